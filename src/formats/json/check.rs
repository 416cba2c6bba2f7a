//! What the rows mean: dates, links, ranges, names. Whatever is wrong is left out of the timeline
//! and said; the rest stays.
//!
//! Both readings end here, so that a fault of meaning is found by the same lines however the rows
//! came about. What is found carries a path; its line is looked up afterwards.

mod events;
mod gather;
mod lessons;
mod lists;
mod mentions;

pub use gather::Gathered;

use super::faults::{Faults, Trail, quoted};
use super::names::{Known, Suggestions};
use super::positions::EventPositions;
use crate::formats::rows::{DateText, FileRow, Text};
use crate::model::{Header, Rgb, Timeline, TimelineBuilder};
use crate::time::When;

/// Makes the timeline of what is right in the rows, and says what is not.
pub fn check<'a>(
    rows: FileRow<'a>,
    gathered: Gathered<'a>,
    faults: &mut Faults,
) -> (Timeline, EventPositions) {
    let mut notes = Notes {
        faults,
        suggestions: Suggestions::default(),
    };
    let mut header = Header {
        title: titled(rows.title, &mut notes),
        subtitle: owned(rows.subtitle),
        language: language(rows.language, &mut notes),
        about: owned(rows.about),
        ..Header::default()
    };
    header.as_of = notes.optional_date(rows.as_of, &Trail::TOP.key("as_of"));

    let mut builder = TimelineBuilder::new(header);
    let mut lists = lists::Lists {
        lanes: lists::lanes(rows.lanes, &mut builder, &mut notes),
        people: lists::people(rows.people, &mut builder, &mut notes),
        places: lists::places(rows.places, &mut builder, &mut notes),
        sources: lists::sources(rows.sources, &mut builder, &mut notes),
    };
    lists::eras(rows.eras, &mut builder, &mut notes);
    let (events, positions) = events::events(gathered, &mut lists, &mut builder, &mut notes);
    lessons::lessons(rows.lessons, &lists, &events, &mut builder, &mut notes);
    builder.events(events.events);
    (builder.build(), positions)
}

fn titled(title: Option<Text<'_>>, notes: &mut Notes<'_>) -> String {
    match &title {
        None => notes.faults.error(&Trail::TOP, || {
            (
                "the timeline has no title",
                "add \"title\" at the top of the file",
            )
        }),
        Some(title) if title.is_blank() => notes.faults.error(&Trail::TOP.key("title"), || {
            ("the title is empty", "say what the timeline is about")
        }),
        Some(_) => {}
    }
    owned(title)
}

fn language(language: Option<Text<'_>>, notes: &mut Notes<'_>) -> String {
    if language.as_ref().is_some_and(Text::is_blank) {
        notes.faults.warning(&Trail::TOP.key("language"), || {
            (
                "the language is empty",
                "write a tag such as \"en\" or \"ar\", or take the field out",
            )
        });
        return String::new();
    }
    owned(language)
}

/// A text that may be absent.
fn owned(text: Option<Text<'_>>) -> String {
    text.map_or_else(String::new, Text::into_string)
}

/// Reads a date, or says what is wrong with it and what that has for an effect.
fn read_date(date: &str, trail: &Trail<'_>, effect: &str, faults: &mut Faults) -> Option<When> {
    match When::parse(date) {
        Ok(when) => Some(when),
        Err(_) if date.trim().is_empty() => {
            let help = "write one such as \"2014\" or \"2014-06-10\"";
            faults.error(trail, || (format!("the date is empty, so {effect}"), help));
            None
        }
        Err(error) => {
            faults.error(trail, || {
                let quote = quoted(date);
                // Some mistakes are told by quoting the date themselves.
                let what = error.what();
                let what = if what.starts_with('"') {
                    what.to_owned()
                } else {
                    format!("{quote}: {what}")
                };
                (format!("{what}, so {effect}"), error.help().to_owned())
            });
            None
        }
    }
}

/// What all checks write to.
struct Notes<'f> {
    faults: &'f mut Faults,
    suggestions: Suggestions,
}

impl Notes<'_> {
    /// Reads a date, or says what is wrong with it.
    fn date(&mut self, date: &str, trail: &Trail<'_>, effect: &str) -> Option<When> {
        read_date(date, trail, effect, self.faults)
    }

    /// Reads a date that may be absent.
    fn optional_date(&mut self, date: Option<DateText<'_>>, trail: &Trail<'_>) -> Option<When> {
        let DateText(date) = date?;
        self.date(&date, trail, "it is left out")
    }

    /// Reads a colour that may be absent.
    fn color(&mut self, color: Option<Text<'_>>, trail: &Trail<'_>) -> Option<Rgb> {
        let color = color?;
        let read = Rgb::parse(&color);
        if read.is_none() {
            self.faults.error(trail, || {
                let found = format!("{} is not a colour of the form #RRGGBB", quoted(&color));
                (found, "write six hexadecimal digits, such as \"#B4521E\"")
            });
        }
        read
    }

    /// Follows an id into a list, or says that it leads nowhere.
    fn link(&mut self, names: &impl Known, id: &str, trail: &Trail<'_>) -> Option<u32> {
        let found = names.find(id);
        if found.is_none() {
            let suggestions = &mut self.suggestions;
            self.faults.error(trail, || {
                let missing = format!("there is no {} {}", names.noun().one, quoted(id));
                (missing, suggestions.help(id, names))
            });
        }
        found
    }
}
