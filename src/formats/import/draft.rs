//! What an importer makes of a file: the rows of its events one by one, what they name, and what
//! was left out or changed, each with its place.

use std::collections::{BTreeMap, HashSet};

use super::html::{self, is_address};
use crate::formats::{
    Diagnostic, Format, KeepText, Location, ReadError, ReadOptions, ReadProgress, Severity, Source,
    columns::{ColumnChoice, TableColumns},
    diagnostic::MOST_LISTED,
    json,
    origins::Origins,
    rows::{CitationRow, EventRow, FileRow, PersonRow, PlaceRow, SourceRow, Text},
    schema,
    write::json::EventsText,
};

/// A chronology that is being made of a foreign file.
#[derive(Debug)]
pub struct Draft {
    /// All but the events.
    pub file: FileRow<'static>,
    /// What a person has said of the columns of a table.
    pub choice: ColumnChoice,
    /// The title where the file says none.
    name: String,
    /// What the columns of a table were taken for.
    pub columns: Option<TableColumns>,
    format: Format,
    events: EventsText,
    /// Line and column of each event.
    origins: Vec<(u32, u32)>,
    diagnostics: Vec<Diagnostic>,
    /// How many of them were found before the last event, or with it.
    assigned: usize,
    /// How many errors and warnings there are, those that are not listed included.
    found: (usize, usize),
    /// Fields that are left out, with how often, and where first.
    left_out: BTreeMap<String, (usize, Location)>,
    named: HashSet<(Named, String)>,
}

/// What events refer to by name.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
enum Named {
    Person,
    Place,
    Source,
}

impl Draft {
    /// Of a file of this format.
    pub fn new(format: Format, options: &ReadOptions) -> Self {
        Self {
            file: FileRow::default(),
            choice: options.columns.clone(),
            name: options.name.clone(),
            columns: None,
            format,
            events: EventsText::default(),
            origins: Vec::new(),
            diagnostics: Vec::new(),
            assigned: 0,
            found: (0, 0),
            left_out: BTreeMap::new(),
            named: HashSet::new(),
        }
    }

    /// How many events there are so far.
    pub fn len(&self) -> u32 {
        self.events.len
    }

    /// Something was left out or changed.
    pub fn error(&mut self, at: &Location, message: impl Into<String>, help: &str) {
        self.say(Severity::Error, at, message.into(), help);
    }

    /// Something is probably not meant as it stands.
    pub fn warning(&mut self, at: &Location, message: impl Into<String>, help: &str) {
        self.say(Severity::Warning, at, message.into(), help);
    }

    fn say(&mut self, severity: Severity, at: &Location, message: String, help: &str) {
        self.add(Diagnostic {
            severity,
            location: at.clone(),
            message,
            help: help.to_owned(),
            event: None,
        });
    }

    /// Adds what was found.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        let count = match diagnostic.severity {
            Severity::Error => &mut self.found.0,
            Severity::Warning => &mut self.found.1,
        };
        *count += 1;
        if *count <= MOST_LISTED {
            let message = shortened(diagnostic.message);
            self.diagnostics.push(Diagnostic {
                message,
                ..diagnostic
            });
        }
    }

    /// Takes over what was found before, of parts of the file that gave no events.
    pub fn take_diagnostics_of(&mut self, before: Self) {
        for diagnostic in before.diagnostics {
            self.add(diagnostic);
        }
    }

    /// A field that a timeline has no place for: named once, however often it is there.
    pub fn leave_out(&mut self, field: &str, at: &Location) {
        if let Some((count, _)) = self.left_out.get_mut(field) {
            *count += 1;
        } else {
            let at = (1, at.clone());
            self.left_out.insert(field.to_owned(), at);
        }
    }

    /// A text that may hold HTML, as Markdown; what cannot be kept of it is said.
    pub fn markdown(&mut self, at: &Location, text: &str) -> Option<Text<'static>> {
        let converted = html::convert(text.trim());
        for dropped in &converted.dropped {
            let message = if ["iframe", "video", "audio", "embed"].contains(dropped) {
                format!("<{dropped}> is left out, but for its address")
            } else {
                format!("<{dropped}> is left out: a text has no place for it")
            };
            self.error(at, message, "");
        }
        if converted.is_stripped {
            let message = "the HTML is too long or nests too deep, so only its words are kept";
            self.error(at, message, "");
        }
        Text::some(converted.markdown)
    }

    /// Adds an event. People, place and sources of its row are their names, or addresses: they are
    /// listed where they are new.
    pub fn event(&mut self, at: &Location, row: &EventRow<'_>) {
        for (_, person) in &row.people {
            self.person(person);
        }
        if let Some(place) = &row.place {
            self.place(place);
        }
        for (_, cited) in &row.sources {
            if let Some(source) = &cited.source {
                self.source(source, source);
            }
        }
        // What was found since the event before, from this one's beginning on, is about this one; what
        // lies before it is about something that was left out.
        let begin = (at.line, at.column);
        let number = self.events.len;
        for fault in self.diagnostics.iter_mut().skip(self.assigned) {
            let place = (fault.location.line, fault.location.column);
            fault.event = (place >= begin).then_some(number);
        }
        self.assigned = self.diagnostics.len();
        self.events.push(row);
        self.origins.push(begin);
    }

    fn is_new(&mut self, named: Named, id: &str) -> bool {
        !id.is_empty() && self.named.insert((named, id.to_owned()))
    }

    fn person(&mut self, name: &str) {
        if self.is_new(Named::Person, name) {
            self.file.people.push(PersonRow {
                id: Some(Text::owned(name)),
                name: Some(Text::owned(name)),
                ..PersonRow::default()
            });
        }
    }

    fn place(&mut self, name: &str) {
        if self.is_new(Named::Place, name) {
            self.file.places.push(PlaceRow {
                id: Some(Text::owned(name)),
                name: Some(Text::owned(name)),
                ..PlaceRow::default()
            });
        }
    }

    /// Lists a source of this title, an address perhaps, unless it is listed.
    pub fn source(&mut self, id: &str, title: &str) {
        if self.is_new(Named::Source, id) {
            let url = is_address(id).then(|| Text::owned(id));
            self.file.sources.push(SourceRow {
                id: Some(Text::owned(id)),
                title: Some(Text::owned(title)),
                url,
                ..SourceRow::default()
            });
        }
    }

    /// Has the one reader read what was made, and leads its faults back to the foreign file.
    ///
    /// # Errors
    ///
    /// [`ReadError::Cancelled`] where cancellation was requested.
    pub fn finish(mut self, progress: &ReadProgress) -> Result<Source, ReadError> {
        for (field, (count, at)) in std::mem::take(&mut self.left_out) {
            let often = if count > 1 {
                format!(", {count} times")
            } else {
                String::new()
            };
            let message = format!("a timeline has no place for “{field}”: it is left out{often}");
            self.say(Severity::Warning, &at, message, "");
        }
        let name = if self.name.is_empty() {
            "Untitled".to_owned()
        } else {
            self.name
        };
        self.file.title.get_or_insert_with(|| Text::owned(name));
        self.file.schema = Some(Text::owned(schema::id()));
        let text = self.events.into_file(&self.file);
        let mut read = json::read(&text, progress)?;
        let (errors, warnings) = self.found;
        let mut diagnostics = self.diagnostics;
        diagnostics.extend(Diagnostic::unlisted(
            errors.saturating_sub(MOST_LISTED),
            warnings.saturating_sub(MOST_LISTED),
        ));
        let origins = Origins(self.origins.into());
        let found = read.diagnostics.drain(..);
        diagnostics.extend(found.map(|diagnostic| origins.led_back(diagnostic)));
        diagnostics.sort_by(|one, other| one.location.cmp(&other.location));
        read.diagnostics = diagnostics;
        let source = Source::new(&text, self.format, KeepText::Always, read);
        Ok(source.imported(origins, self.columns))
    }
}

/// A message that may hold a value of the file, which may be of any length.
fn shortened(message: String) -> String {
    /// As long as a long sentence.
    const MOST_CHARS: usize = 300;
    match message.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", message.get(..end).unwrap_or_default()),
        None => message,
    }
}

/// One citation of a source, by its title or its address.
pub fn citation(source: &str) -> CitationRow<'_> {
    CitationRow {
        source: Text::some(source),
        ..CitationRow::default()
    }
}
