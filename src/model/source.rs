//! Sources: where claims come from.

use crate::time::{
    When,
    words::{self, Outlook},
};

/// One source: an article, a book, a recording. Absent texts are empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Source {
    /// The id that the file's citations use.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// Who published it.
    pub publisher: String,
    /// When it was published, as the file gives it: in EDTF.
    pub date: String,
    /// Its URL. Open [`Source::web_address`] instead.
    pub url: String,
}

impl Source {
    /// A source about which nothing is stated.
    pub const EMPTY: Self = Self {
        id: String::new(),
        title: String::new(),
        author: String::new(),
        publisher: String::new(),
        date: String::new(),
        url: String::new(),
    };

    /// The URL, if its scheme is `http` or `https`.
    pub fn web_address(&self) -> Option<&str> {
        web_address(&self.url)
    }

    /// The date in words, or as the file gives it where it can't be read as a date.
    pub fn date_words(&self) -> String {
        When::parse(&self.date).map_or_else(
            |_| self.date.clone(),
            |when| words::label(&when, Outlook::Happened),
        )
    }
}

/// A URL, trimmed, if its scheme is `http` or `https`. Anything else (`file:`, `javascript:`) is
/// shown as text and never opened.
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
