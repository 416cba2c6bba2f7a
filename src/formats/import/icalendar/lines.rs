//! The content lines of a calendar, and the properties in them (RFC 5545, section 3.1).

use std::borrow::Cow;

use ::icalendar::parser::{ParseString, Property};

/// What stands behind a word at the beginning of a line, whatever its case.
pub fn after<'l>(line: &'l str, word: &str) -> Option<&'l str> {
    let start = line.get(..word.len())?;
    let rest = line.get(word.len()..)?;
    start.eq_ignore_ascii_case(word).then(|| rest.trim())
}

/// The content lines of a text, each with the number of its first line. A line that begins with a
/// space or a tab continues the one before.
pub struct Lines<'t> {
    rest: &'t str,
    number: u32,
}

impl<'t> Lines<'t> {
    /// Those of a text, from line 1.
    pub fn of(text: &'t str) -> Self {
        Self {
            rest: text,
            number: 1,
        }
    }

    /// The next line as it stands.
    pub fn plain(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        self.number = self.number.saturating_add(1);
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (u32, Cow<'t, str>);

    fn next(&mut self) -> Option<Self::Item> {
        let number = self.number;
        let mut line = Cow::Borrowed(self.plain()?);
        while self.rest.starts_with([' ', '\t']) {
            let more = self.plain()?;
            line.to_mut().push_str(more.get(1..).unwrap_or_default());
        }
        Some((number, line))
    }
}

/// A line with the name of its property in capitals, by which the library knows it.
pub fn with_capitals(mut line: Cow<'_, str>) -> Cow<'_, str> {
    let end = line.find([':', ';']).unwrap_or(0);
    let has_small = |name: &str| name.bytes().any(|byte| byte.is_ascii_lowercase());
    if line.get(..end).is_some_and(has_small)
        && let Some(name) = line.to_mut().get_mut(..end)
    {
        name.make_ascii_uppercase();
    }
    line
}

/// A line taken apart; `None` where it is not understood.
pub fn property(line: &str) -> Option<Property<'_>> {
    let property = Property::try_from(line).ok()?;
    // The library takes what it does not understand for a name without a value.
    let is_whole = !property.val.as_str().is_empty() || line.ends_with(':');
    (is_whole && !property.name.as_str().is_empty()).then_some(property)
}

pub fn parameter<'p>(property: &'p Property<'_>, name: &str) -> Option<&'p str> {
    let mut all = property.params.iter();
    let found = all.find(|it| it.key.as_str().eq_ignore_ascii_case(name))?;
    found.val.as_ref().map(ParseString::as_str)
}

/// A text whose escapes are undone.
pub fn unescaped(text: &str) -> String {
    ParseString::from(text).unescape_text().as_str().to_owned()
}

/// The texts between commas that are not escaped.
pub fn list(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    let (mut begins, mut is_escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if c == ',' && !is_escaped {
            items.push(text.get(begins..at).unwrap_or_default());
            begins = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    items.push(text.get(begins..).unwrap_or_default());
    let items = items.into_iter().map(|item| unescaped(item.trim()));
    items.filter(|item| !item.is_empty()).collect()
}
