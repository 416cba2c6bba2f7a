//! The texts and attachments of one event, read when it is opened, listed or searched.
//!
//! Date, lane, importance and certainty are read at every frame and are columns of
//! [`Timeline`](super::Timeline). An [`Event`] is a view assembled on request: its texts are packed
//! ([`records`](super::records)), and what only some events have is stored separately
//! ([`attached`](super::attached)).

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
    /// All values, from the most to the least certain.
    pub const ALL: [Self; 4] = [
        Self::Confirmed,
        Self::Reported,
        Self::Disputed,
        Self::Expected,
    ];

    /// The qualifier shown after a date or a title; `None` where the event is confirmed.
    pub const fn qualifier(self) -> Option<&'static str> {
        match self {
            Self::Confirmed => None,
            Self::Reported => Some("reportedly"),
            Self::Disputed => Some("disputed"),
            Self::Expected => Some("expected"),
        }
    }

    /// The word where it is to be said: not of what is confirmed.
    pub const fn said(self) -> &'static str {
        match self {
            Self::Confirmed => "",
            _ => self.word(),
        }
    }

    /// Its name where one is chosen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Confirmed => "Confirmed",
            Self::Reported => "Reported",
            Self::Disputed => "Disputed",
            Self::Expected => "Expected",
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

/// The importance of an event whose file names none.
pub const USUAL_IMPORTANCE: u8 = 3;

/// The texts and attachments of one event, borrowed from its [`Timeline`](super::Timeline). Absent
/// texts are empty.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Event<'a> {
    /// The id that the file's links use; made from the title where the file gives none.
    pub id: &'a str,
    /// What happened, in a line.
    pub title: &'a str,
    /// A shorter title for the label beside its mark, or empty.
    pub short: &'a str,
    /// The date as the file gives it, in EDTF.
    pub date: &'a str,
    /// Shown instead of the words made from the date; or empty.
    pub date_label: &'a str,
    /// One or two sentences, in Markdown.
    pub summary: &'a str,
    /// The full account, in Markdown.
    pub details: &'a str,
    /// Who took part.
    pub people: &'a [PersonId],
    /// Where it was.
    pub place: Option<PlaceId>,
    /// Words by which it can be found: see [`Timeline::tag`](super::Timeline::tag).
    pub tags: &'a [TagId],
    /// The events that led to it.
    pub because: Links<'a>,
    /// Related events.
    pub see_also: Links<'a>,
    /// Where each claim comes from.
    pub sources: Citations<'a>,
    /// Pictures.
    pub media: &'a [Media],
}

impl Event<'_> {
    /// An event without texts and attachments.
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
    };
}

/// A picture that belongs to an event.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Media {
    /// The path or URL as the chronology gives it. Open [`Media::beside`] instead.
    pub file: String,
    /// A description of the picture, for people who can't see it.
    pub alt: String,
    /// The text shown under it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
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

    /// What is said in its place: its alt text, else its caption, else the title of its event.
    pub fn alt_words<'a>(&'a self, title: &'a str) -> &'a str {
        let words = [self.alt.trim(), self.caption.trim()];
        words
            .into_iter()
            .find(|words| !words.is_empty())
            .unwrap_or(title)
    }

    /// What stands below it: “Who stood with whom · Photo: somebody”.
    pub fn caption_and_credit(&self) -> String {
        let words = [self.caption.trim(), self.credit.trim()].into_iter();
        words
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// The URL of a picture on the web: it is never fetched, only linked to.
    pub fn web_address(&self) -> Option<&str> {
        let path = self.file.trim();
        let is_web = path.starts_with("https://") || path.starts_with("http://");
        is_web.then_some(path)
    }

    /// The picture itself in base64, where it stands in the chronology: `data:image/png;base64,…`.
    pub fn embedded(&self) -> Option<&str> {
        let (kind, picture) = self
            .file
            .trim()
            .strip_prefix("data:image/")?
            .split_once(',')?;
        kind.ends_with(";base64").then_some(picture)
    }

    /// Whether it can be shown, and is not merely linked to on the web.
    pub fn is_local(&self) -> bool {
        self.web_address().is_none()
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

    #[test]
    fn a_picture_may_stand_in_the_chronology_itself() {
        for (file, expected) in [
            ("data:image/png;base64,iVBORw0=", Some("iVBORw0=")),
            ("data:image/svg+xml,<svg/>", None),
            ("data:text/html;base64,AAAA", None),
            ("picture.png", None),
        ] {
            let media = Media {
                file: file.into(),
                ..Media::default()
            };
            assert_eq!(media.embedded(), expected, "{file}");
        }
    }
}
