//! Sources: where claims come from.

use std::fmt;

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

    /// How it is cited in full.
    pub fn reference(&self) -> Reference<'_> {
        let date = self.date_words();
        let stated = [&self.publisher, &self.author, &date].map(|part| part.trim());
        let stated: Vec<_> = stated.into_iter().filter(|part| !part.is_empty()).collect();
        Reference {
            origin: stated.join(", "),
            title: self.title.trim(),
            url: self.url.trim(),
        }
    }

    /// How it is cited in passing: by its publisher, else its author, else its title.
    pub fn short_name(&self) -> &str {
        let names = [&self.publisher, &self.author, &self.title].map(|name| name.trim());
        names
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or("")
    }

    /// The date in words, or as the file gives it where it can't be read as a date.
    pub fn date_words(&self) -> String {
        When::parse(&self.date).map_or_else(
            |_| self.date.clone(),
            |when| words::label(&when, Outlook::Happened),
        )
    }
}

/// How a source is cited in full. What is not stated is empty. As text it is one line with commas.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference<'a> {
    /// Publisher, author and date in words, with commas between them.
    pub origin: String,
    /// The title.
    pub title: &'a str,
    /// The URL.
    pub url: &'a str,
}

impl fmt::Display for Reference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [self.origin.as_str(), self.title, self.url];
        let stated: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        f.write_str(&stated.join(", "))
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
    fn a_source_is_cited_by_what_is_stated() {
        let source = Source {
            title: "A plan".into(),
            author: "L. J.".into(),
            date: "2016-10".into(),
            ..Source::EMPTY
        };
        assert_eq!(
            source.reference().to_string(),
            "L. J., October 2016, A plan"
        );
        assert_eq!(source.short_name(), "L. J.");
        let published = Source {
            publisher: " France 24".into(),
            date: "lately".into(),
            url: "https://example.org".into(),
            ..source
        };
        assert_eq!(
            published.reference().to_string(),
            "France 24, L. J., lately, A plan, https://example.org"
        );
        assert_eq!(published.short_name(), "France 24");
        assert_eq!(Source::EMPTY.reference().to_string(), "");
        assert_eq!(Source::EMPTY.short_name(), "");
    }

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
