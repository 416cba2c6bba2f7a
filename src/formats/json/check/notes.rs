//! What all checks share: reading dates, colours and links, and reporting what is wrong with them.

use crate::formats::json::faults::{Faults, Trail, quoted};
use crate::formats::json::names::{Known, Suggestions};
use crate::formats::rows::{DateText, Text};
use crate::model::{Rgb, markdown};
use crate::time::{When, WhenError};

/// A text that may be absent.
pub fn owned(text: Option<Text<'_>>) -> String {
    text.map_or_else(String::new, Text::into_string)
}

/// A text that is shown on one line: its line ends and control characters become a space, which is
/// reported. `row` leads to what has the text as its field `key`.
pub fn one_line<'a>(
    text: Option<Text<'a>>,
    (row, key): (&Trail<'_>, &str),
    faults: &mut Faults,
) -> Option<Text<'a>> {
    let text = text?;
    if !has_break(&text) {
        return Some(text);
    }
    faults.warning(&row.key(key), || {
        let found = format!(
            "{} has a line end or a control character, shown as a space",
            quoted(&text)
        );
        (found, "write it on one line")
    });
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    for tag in markdown::line_breaks(&text) {
        plain.push_str(text.get(at..tag.start).unwrap_or_default());
        plain.push('\n');
        at = tag.end;
    }
    plain.push_str(text.get(at..).unwrap_or_default());
    let words: Vec<&str> = plain
        .split(is_break)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    Some(Text(words.join(" ").into()))
}

/// Whether a text has a line end or a control character. Most bytes tell at once that it has none.
fn has_break(text: &str) -> bool {
    let is_suspect = |byte: u8| byte < 0x20 || matches!(byte, 0x7f | 0xc2 | 0xe2 | b'<');
    text.bytes().any(is_suspect)
        && (text.contains(is_break) || markdown::line_breaks(text).next().is_some())
}

/// The control characters of Unicode, its separators of lines and paragraphs, and the marks that
/// turn all that follows (not the isolates, which end by themselves).
fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}')
}

/// Reads a date, or reports what is wrong with it, and the effect.
pub fn read_date(date: &str, trail: &Trail<'_>, effect: &str, faults: &mut Faults) -> Option<When> {
    match When::parse(date) {
        Ok(when) => Some(when),
        Err(_) if date.trim().is_empty() => {
            let help = "write one such as \"2014\" or \"2014-06-10\"";
            faults.error(trail, || (format!("the date is empty, so {effect}"), help));
            None
        }
        Err(error) => {
            faults.error(trail, || {
                let what = what_is_wrong(date, &error);
                (format!("{what}, so {effect}"), error.help().to_owned())
            });
            None
        }
    }
}

/// What is wrong with a date, with the date itself, which some messages quote already.
pub fn what_is_wrong(date: &str, error: &WhenError) -> String {
    let what = error.what();
    if what.starts_with('"') {
        return what.to_owned();
    }
    format!("{}: {what}", quoted(date))
}

/// What all checks write to.
pub struct Notes<'f> {
    pub faults: &'f mut Faults,
    pub suggestions: Suggestions,
}

impl Notes<'_> {
    /// Reads a date, or reports what is wrong with it.
    pub fn date(&mut self, date: &str, trail: &Trail<'_>, effect: &str) -> Option<When> {
        read_date(date, trail, effect, self.faults)
    }

    /// Reads a date that may be absent.
    pub fn optional_date(&mut self, date: Option<DateText<'_>>, trail: &Trail<'_>) -> Option<When> {
        let DateText(date) = date?;
        self.date(&date, trail, "it is left out")
    }

    /// See [`one_line`]; absent texts are empty.
    pub fn one_line(&mut self, text: Option<Text<'_>>, row: &Trail<'_>, key: &str) -> String {
        owned(one_line(text, (row, key), self.faults))
    }

    /// Reads a colour that may be absent.
    pub fn color(&mut self, color: Option<Text<'_>>, trail: &Trail<'_>) -> Option<Rgb> {
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

    /// Follows an id into a list, or reports that it leads nowhere.
    pub fn link(&mut self, names: &impl Known, id: &str, trail: &Trail<'_>) -> Option<u32> {
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
