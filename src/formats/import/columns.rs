//! What the columns of a table are, by their headers: of `TimelineJS`'s sheet, and of any other that
//! has a date and a title.

use std::collections::HashSet;

use crate::{
    formats::columns::{ColumnChoice, Field},
    time::fold::fold,
};

/// The headers by which each field is known, folded.
const HEADERS: [(Field, &[&str]); 28] = [
    (
        Field::Date,
        &[
            "date",
            "start",
            "start date",
            "start time",
            "when",
            "year",
            "start year",
            "from",
            "begin",
            "beginning",
            "datum",
            "wann",
            "quand",
            "cuando",
            "jahr",
            "fecha",
            "ano",
            "annee",
            "التاريخ",
        ],
    ),
    (
        Field::Month,
        &["month", "start month", "monat", "mois", "mes"],
    ),
    (
        Field::Day,
        &["day", "start day", "tag des monats", "jour", "dia"],
    ),
    (Field::Time, &["time", "uhrzeit"]),
    (
        Field::End,
        &["end", "end date", "end year", "to", "until", "ende", "fin"],
    ),
    (Field::EndMonth, &["end month"]),
    (Field::EndDay, &["end day"]),
    (Field::EndTime, &["end time"]),
    (
        Field::DateLabel,
        &["display date", "date label", "date_label"],
    ),
    (Field::Id, &["id", "uid", "unique id", "unique_id"]),
    (
        Field::Title,
        &[
            "title",
            "event",
            "name",
            "headline",
            "what",
            "titel",
            "was",
            "quoi",
            "que",
            "ereignis",
            "titre",
            "evenement",
            "titulo",
            "itemlabel",
            "eventlabel",
            "العنوان",
        ],
    ),
    (Field::Short, &["short", "short title"]),
    (
        Field::Lane,
        &[
            "lane",
            "group",
            "category",
            "track",
            "tag",
            "gruppe",
            "kategorie",
            "thema",
            "themenkreis",
            "bereich",
            "categorie",
            "categoria",
        ],
    ),
    (
        Field::Summary,
        &[
            "summary",
            "description",
            "text",
            "beschreibung",
            "descripcion",
        ],
    ),
    (
        Field::Details,
        &[
            "details",
            "notes",
            "story",
            "bemerkung",
            "bemerkungen",
            "notizen",
        ],
    ),
    (
        Field::People,
        &[
            "people",
            "person",
            "persons",
            "who",
            "actors",
            "personen",
            "wer",
            "qui",
            "quien",
            "personnes",
            "beteiligte",
        ],
    ),
    (
        Field::Place,
        &[
            "place", "location", "where", "city", "ort", "wo", "lieu", "ou", "lugar", "donde",
        ],
    ),
    (Field::Tags, &["tags", "keywords", "labels"]),
    (Field::Source, &["source", "sources", "reference", "quelle"]),
    (
        Field::Address,
        &["url", "link", "item", "website", "hyperlink"],
    ),
    (
        Field::Picture,
        &["media", "image", "picture", "photo", "bild"],
    ),
    (
        Field::PictureCredit,
        &["media credit", "image credit", "credit"],
    ),
    (
        Field::PictureCaption,
        &["media caption", "image caption", "caption"],
    ),
    (Field::PictureAlt, &["alt text", "alt", "image alt"]),
    (Field::Certainty, &["certainty"]),
    (Field::Importance, &["importance"]),
    (Field::Kind, &["type"]),
    (Field::LeftOut, &["background", "media thumbnail"]),
];

/// What a column with this header holds; `None` where it is not known.
pub fn field(header: &str) -> Option<Field> {
    let header = header.trim();
    named(header).or_else(|| named(header.strip_suffix("Label")?))
}

/// What a column of this name holds. The label of a thing, in the result of a query, is its name.
fn named(header: &str) -> Option<Field> {
    let mut folded = String::new();
    fold(header, &mut folded);
    let folded = folded.replace('_', " ");
    let mut fields = HEADERS.iter();
    let found = fields.find(|(_, headers)| {
        headers
            .iter()
            .any(|known| known.replace('_', " ") == folded)
    });
    found.map(|(field, _)| *field)
}

/// The columns of a table.
#[derive(Debug, Default)]
pub struct Columns {
    /// What each holds.
    pub fields: Vec<Option<Field>>,
    /// Their headers.
    pub headers: Vec<String>,
}

impl Columns {
    /// The columns of a row of headers, if it is one: with a date and a title.
    pub fn of(record: &[&str], choice: &ColumnChoice) -> Option<Self> {
        let columns = Self::known(record, choice);
        let is_header = columns.has(Field::Date) && columns.has(Field::Title);
        is_header.then_some(columns)
    }

    /// What is known of columns with these headers: what a person has said, else by their names. Of
    /// two columns of one field the first counts.
    pub fn known(record: &[&str], choice: &ColumnChoice) -> Self {
        let chosen: Vec<Option<Option<Field>>> = record
            .iter()
            .map(|header| choice.of(header.trim()))
            .collect();
        // Few, however many columns there are.
        let taken: HashSet<Field> = chosen.iter().flatten().flatten().copied().collect();
        let mut seen: HashSet<Field> = HashSet::new();
        // In German a “Tag” beside a “Monat” is a day, and elsewhere it marks a group.
        let fields = || record.iter().filter_map(|header| field(header));
        let has_days =
            fields().any(|it| it == Field::Month) && !fields().any(|it| it == Field::Day);
        let named = |header: &str| {
            let is_tag = header.trim().eq_ignore_ascii_case("tag");
            if is_tag && has_days {
                Some(Field::Day)
            } else {
                field(header)
            }
        };
        let mut columns = Self::default();
        for (header, chosen) in record.iter().zip(&chosen) {
            let known = || named(header).filter(|field| !taken.contains(field));
            let field = chosen.unwrap_or_else(known);
            let field = field.filter(|field| *field == Field::LeftOut || seen.insert(*field));
            columns.fields.push(field);
            columns.headers.push(header.trim().to_owned());
        }
        columns
    }

    /// Whether there is a column of this field.
    pub fn has(&self, field: Field) -> bool {
        self.position(field).is_some()
    }

    /// The column of a field, from 0.
    pub fn position(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|it| *it == Some(field))
    }

    /// The columns of which it is not known what they hold.
    pub fn unknown(&self) -> impl DoubleEndedIterator<Item = usize> {
        let fields = self.fields.iter().enumerate();
        fields
            .filter(|(_, field)| field.is_none())
            .map(|(at, _)| at)
    }

    /// The columns that may hold dates, whatever their headers say: a column of days, too.
    pub fn for_a_date(&self) -> impl DoubleEndedIterator<Item = usize> {
        let fields = self.fields.iter().enumerate();
        let is_free = |field: &Option<Field>| {
            matches!(
                field,
                None | Some(Field::Day | Field::Month | Field::Time | Field::End)
            )
        };
        fields
            .filter(move |(_, field)| is_free(field))
            .map(|(at, _)| at)
    }

    /// Takes a column for one of this field.
    pub fn choose(&mut self, column: usize, field: Field) {
        if let Some(chosen) = self.fields.get_mut(column) {
            *chosen = Some(field);
        }
    }

    /// The header of a field.
    pub fn header(&self, field: Field) -> &str {
        let at = self.position(field);
        at.and_then(|at| self.headers.get(at))
            .map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_header_stands_for_two_fields() {
        for (field_of, headers) in HEADERS {
            for header in headers {
                assert_eq!(field(header), Some(field_of), "{header}");
                assert_eq!(field(&header.to_uppercase()), Some(field_of), "{header}");
            }
        }
        assert_eq!(field("colour of the cover"), None);
    }

    #[test]
    fn a_row_is_one_of_headers_where_it_has_a_date_and_a_title() {
        let columns = |row: &str| {
            let cells: Vec<&str> = row.split(',').collect();
            Columns::of(&cells, &ColumnChoice::default()).map(|it| it.fields)
        };
        assert_eq!(
            columns("Year,Headline,Colour,Title"),
            Some(vec![Some(Field::Date), Some(Field::Title), None, None])
        );
        let days = [Field::Date, Field::Month, Field::Day, Field::Title].map(Some);
        assert_eq!(columns("Jahr,Monat,Tag,Titel"), Some(days.to_vec()));
        assert_eq!(columns("Wars of the world,,"), None);
        assert_eq!(columns("1914,The first"), None);
    }

    #[test]
    fn what_a_person_has_said_of_a_column_counts() {
        let mut choice = ColumnChoice::default();
        choice.set("Headline", None);
        choice.set("Colour", Some(Field::Title));
        let columns = Columns::of(&["Year", "Headline", "Colour", "Title"], &choice);
        let fields = columns.map(|it| it.fields);
        let expected = vec![Some(Field::Date), None, Some(Field::Title), None];
        assert_eq!(fields, Some(expected));
    }
}
