//! What is told about one event, read when it is opened, listed or searched.
//!
//! When it was, in which lane, how important and how certain it is are asked for at every frame and
//! lie in the columns of [`Timeline`](super::Timeline). An [`Event`] is a view put together when it is
//! asked for: its texts are packed ([`records`](super::records)), and what few events have lies
//! apart ([`attached`](super::attached)).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ids::{PersonId, PlaceId, TagId};
use super::links::{Citations, Links};

/// How sure it is that something happened as told.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// It happened: the sources agree.
    #[default]
    Confirmed,
    /// Someone says so, and it is told as their account.
    Reported,
    /// Sources contradict each other.
    Disputed,
    /// It had not happened when the chronology was written.
    Expected,
}

impl Certainty {
    /// All of them, from the surest to the least sure.
    pub const ALL: [Self; 4] = [
        Self::Confirmed,
        Self::Reported,
        Self::Disputed,
        Self::Expected,
    ];

    /// The word that goes with what is not simply so, after a date or a title.
    pub const fn qualifier(self) -> Option<&'static str> {
        match self {
            Self::Confirmed => None,
            Self::Reported => Some("reportedly"),
            Self::Disputed => Some("disputed"),
            Self::Expected => Some("expected"),
        }
    }

    /// The word that files use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Reported => "reported",
            Self::Disputed => "disputed",
            Self::Expected => "expected",
        }
    }
}

/// What is told about one event, lent by its [`Timeline`](super::Timeline). Absent texts are empty.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Event<'a> {
    /// The name by which the file's links know it; made from the title where the file gives none.
    pub id: &'a str,
    /// What happened, in a line.
    pub title: &'a str,
    /// A shorter title for the label beside its mark, or empty.
    pub short: &'a str,
    /// The date as the file gives it, in EDTF.
    pub date: &'a str,
    /// What is said instead of the words made from the date, or empty.
    pub date_label: &'a str,
    /// One or two sentences, in Markdown.
    pub summary: &'a str,
    /// The whole story, in Markdown.
    pub details: &'a str,
    /// Who took part.
    pub people: &'a [PersonId],
    /// Where it was.
    pub place: Option<PlaceId>,
    /// Words by which it can be found: see [`Timeline::tag`](super::Timeline::tag).
    pub tags: &'a [TagId],
    /// What led to it.
    pub because: Links<'a>,
    /// What else is worth a look.
    pub see_also: Links<'a>,
    /// Where each claim comes from.
    pub sources: Citations<'a>,
    /// Pictures.
    pub media: &'a [Media],
    /// Fields that this program doesn't know.
    pub extra: &'a Extra,
}

impl Event<'_> {
    /// An event about which nothing is told.
    pub const EMPTY: Event<'static> = Event {
        id: "",
        title: "",
        short: "",
        date: "",
        date_label: "",
        summary: "",
        details: "",
        people: &[],
        place: None,
        tags: &[],
        because: Links::EMPTY,
        see_also: Links::EMPTY,
        sources: Citations::EMPTY,
        media: &[],
        extra: &NO_EXTRA,
    };
}

pub(super) static NO_EXTRA: Extra = Extra::EMPTY;

/// A picture that belongs to an event.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Media {
    /// The file, as the chronology names it. Open [`Media::beside`] instead.
    pub file: String,
    /// What it shows, for those who can't see it.
    pub alt: String,
    /// What is said under it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
    /// Fields that this program doesn't know.
    pub extra: Extra,
}

impl Media {
    /// The file as a path below the folder of the chronology, or `None` where it would lead out of
    /// that folder: a chronology from a stranger must not choose what is read from the disk.
    pub fn beside(&self) -> Option<&str> {
        let path = self.file.trim();
        let leads_out = path.is_empty()
            || path.starts_with(['/', '\\', '~'])
            || path.contains(':') // a drive, a URL, an alternate stream
            || path.split(['/', '\\']).any(|part| part == "..");
        (!leads_out).then_some(path)
    }

    /// The address of a picture that lies on the web: it is never fetched, only linked to.
    pub fn web_address(&self) -> Option<&str> {
        let path = self.file.trim();
        let is_web = path.starts_with("https://") || path.starts_with("http://");
        is_web.then_some(path)
    }
}

/// Fields of a record that this program doesn't know, kept so that a file is written back whole:
/// names and their values as JSON text, in the file's order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Extra(Vec<(String, String)>);

impl Extra {
    /// No unknown fields.
    pub const EMPTY: Self = Self(Vec::new());

    /// Keeps a field and the JSON text of its value.
    pub fn keep(&mut self, name: impl Into<String>, json: impl Into<String>) {
        self.0.push((name.into(), json.into()));
    }

    /// Names and JSON texts, in the file's order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, json)| (name.as_str(), json.as_str()))
    }

    /// The JSON text of a field's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find_map(|(known, json)| (known == name).then_some(json))
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_stays_beside_its_chronology() {
        for (file, expected) in [
            ("picture.jpg", Some("picture.jpg")),
            ("pictures/mosul.png", Some("pictures/mosul.png")),
            ("a..b.png", Some("a..b.png")),
            ("", None),
            ("/etc/passwd", None),
            ("C:\\secret.png", None),
            ("\\\\server\\share.png", None),
            ("../above.png", None),
            ("pictures\\..\\..\\above.png", None),
            ("https://example.org/a.png", None),
            ("~/a.png", None),
        ] {
            let media = Media {
                file: file.into(),
                ..Media::default()
            };
            assert_eq!(media.beside(), expected, "{file}");
        }
    }
}
