//! The columns of a table: what each was taken for, and what a person has said of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::time::freeform::DayMonthOrder;

/// What a column holds.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// A date as people write it, or the year of one whose month and day have columns of their own.
    Date,
    /// The month of the date.
    Month,
    /// The day of the date.
    Day,
    /// The time of day.
    Time,
    /// The end: a date or its year.
    End,
    /// The month of the end.
    EndMonth,
    /// The day of the end.
    EndDay,
    /// The time of day of the end.
    EndTime,
    /// What is said instead of the date.
    DateLabel,
    /// The id.
    Id,
    /// The title.
    Title,
    /// A shorter title.
    Short,
    /// The lane.
    Lane,
    /// The summary.
    Summary,
    /// The details.
    Details,
    /// Who took part.
    People,
    /// Where it was.
    Place,
    /// Tags.
    Tags,
    /// Sources.
    Source,
    /// An address on the web.
    Address,
    /// A picture's file or address.
    Picture,
    /// Who made the picture.
    PictureCredit,
    /// What is said under the picture.
    PictureCaption,
    /// What the picture shows.
    PictureAlt,
    /// The certainty.
    Certainty,
    /// The importance.
    Importance,
    /// Whether the row is an event, an era or the title of the whole (`TimelineJS`).
    Kind,
    /// What has no place here: a background, a thumbnail (`TimelineJS`).
    LeftOut,
}

impl Field {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 28] = [
        Self::Date,
        Self::End,
        Self::Title,
        Self::Lane,
        Self::Summary,
        Self::Details,
        Self::People,
        Self::Place,
        Self::Tags,
        Self::Source,
        Self::Address,
        Self::Picture,
        Self::PictureCredit,
        Self::PictureCaption,
        Self::PictureAlt,
        Self::Certainty,
        Self::Importance,
        Self::Short,
        Self::DateLabel,
        Self::Id,
        Self::Month,
        Self::Day,
        Self::Time,
        Self::EndMonth,
        Self::EndDay,
        Self::EndTime,
        Self::Kind,
        Self::LeftOut,
    ];

    /// What people call it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Date => "Date or year",
            Self::Month => "Month",
            Self::Day => "Day",
            Self::Time => "Time of day",
            Self::End => "End",
            Self::EndMonth => "Month of the end",
            Self::EndDay => "Day of the end",
            Self::EndTime => "Time of the end",
            Self::DateLabel => "Words for the date",
            Self::Id => "Id",
            Self::Title => "Title",
            Self::Short => "Short title",
            Self::Lane => "Lane",
            Self::Summary => "Summary",
            Self::Details => "Details",
            Self::People => "People",
            Self::Place => "Place",
            Self::Tags => "Tags",
            Self::Source => "Source",
            Self::Address => "Web address",
            Self::Picture => "Picture",
            Self::PictureCredit => "Credit of the picture",
            Self::PictureCaption => "Caption of the picture",
            Self::PictureAlt => "What the picture shows",
            Self::Certainty => "Certainty",
            Self::Importance => "Importance",
            Self::Kind => "Event, era or title",
            Self::LeftOut => "Nothing: left out",
        }
    }
}

/// What a person has said of columns, by their headers: of one that is `None`, that it is none of
/// the fields and stands in the details.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ColumnChoice(BTreeMap<String, Option<Field>>);

impl ColumnChoice {
    /// What was said of a column; `None` where nothing was.
    pub fn of(&self, header: &str) -> Option<Option<Field>> {
        self.0.get(header).copied()
    }

    /// Says what a column holds.
    pub fn set(&mut self, header: &str, field: Option<Field>) {
        self.0.insert(header.to_owned(), field);
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The columns of a table that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableColumns {
    /// Their headers.
    pub headers: Vec<String>,
    /// What each was taken for; `None` stands in the details.
    pub fields: Vec<Option<Field>>,
    /// The first rows below the headers.
    pub samples: Vec<Vec<String>>,
    /// Whether date and title were guessed.
    pub is_guessed: bool,
    /// The order of day and month that all rows gave.
    pub order: Option<DayMonthOrder>,
}

impl TableColumns {
    /// How many columns with a name are not known, and nothing was said of them.
    pub fn unknown(&self, choice: &ColumnChoice) -> usize {
        let columns = self.headers.iter().zip(&self.fields);
        let unknown = columns.filter(|(header, field)| {
            field.is_none() && !header.is_empty() && choice.of(header).is_none()
        });
        unknown.count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_offered_once() {
        let mut all = Field::ALL.to_vec();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), Field::ALL.len());
    }

    #[test]
    fn a_choice_is_kept_as_json() {
        let mut choice = ColumnChoice::default();
        choice.set("Wann", Some(Field::Date));
        choice.set("Farbe", None);
        let json = serde_json::to_string(&choice).unwrap();
        assert_eq!(json, r#"{"Farbe":null,"Wann":"date"}"#);
        assert_eq!(serde_json::from_str::<ColumnChoice>(&json).unwrap(), choice);
    }
}
