//! Where claims come from.

use super::event::Extra;
use crate::time::{
    When,
    words::{self, Mood},
};

/// One source: an article, a book, a recording. Absent texts are empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Source {
    /// The name by which the file's citations know it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// Who brought it out.
    pub publisher: String,
    /// When it appeared, as the file gives it: in EDTF.
    pub date: String,
    /// Its address on the web. Look at [`Source::web_address`] before opening it.
    pub url: String,
    /// Fields that this program doesn't know.
    pub extra: Extra,
}

impl Source {
    /// A source about which nothing is told.
    pub const EMPTY: Self = Self {
        id: String::new(),
        title: String::new(),
        author: String::new(),
        publisher: String::new(),
        date: String::new(),
        url: String::new(),
        extra: Extra::EMPTY,
    };

    /// The address, if it is one that a browser opens as a page.
    pub fn web_address(&self) -> Option<&str> {
        web_address(&self.url)
    }

    /// The date in words; as it stands where it is not a date.
    pub fn date_words(&self) -> String {
        When::parse(&self.date).map_or_else(
            |_| self.date.clone(),
            |when| words::label(&when, Mood::Told),
        )
    }
}

/// An address that a browser opens as a page. Anything else (`file:`, `javascript:`) is shown as
/// text and never opened.
pub fn web_address(url: &str) -> Option<&str> {
    let url = url.trim();
    let starts = |scheme: &str| {
        url.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    (starts("https://") || starts("http://")).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_are_opened() {
        for (url, expected) in [
            ("https://example.org/a", Some("https://example.org/a")),
            (" HTTP://example.org", Some("HTTP://example.org")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("example.org", None),
            ("", None),
        ] {
            let source = Source {
                url: url.into(),
                ..Source::EMPTY
            };
            assert_eq!(source.web_address(), expected, "{url}");
        }
    }
}
