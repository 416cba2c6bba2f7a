//! What was found wrong, and the path to it.
//!
//! While rows are read and checked, the way to the present field is a chain on the stack
//! ([`Trail`]), which costs nothing. Where a fault is found it is written down as a [`Path`]; line
//! and column are found afterwards, by `locate`.

use std::fmt;

use super::ranges::EVENTS;
use crate::formats::{Severity, diagnostic::MOST_LISTED};

/// One step down into JSON.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Segment<Key> {
    /// Into a field of an object.
    Key(Key),
    /// Into an item of a list, from 0.
    Index(u32),
}

/// The way from the top of the file to a value, as a chain of borrowed steps.
#[derive(Clone, Copy, Debug)]
pub struct Trail<'t> {
    above: Option<(&'t Trail<'t>, Step<'t>)>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'t> {
    Key(&'t str),
    Index(u32),
}

impl Trail<'_> {
    /// The file as a whole.
    pub const TOP: Trail<'static> = Trail { above: None };

    /// The way on into a field.
    pub fn key<'t>(&'t self, key: &'t str) -> Trail<'t> {
        Trail {
            above: Some((self, Step::Key(key))),
        }
    }

    /// The way on into an item.
    pub fn index(&self, index: u32) -> Trail<'_> {
        Trail {
            above: Some((self, Step::Index(index))),
        }
    }

    /// The way, written down.
    pub fn path(&self) -> Path {
        let mut segments = Vec::new();
        let mut trail = *self;
        while let Some((above, step)) = trail.above {
            segments.push(match step {
                Step::Key(key) => Segment::Key(key.to_owned()),
                Step::Index(index) => Segment::Index(index),
            });
            trail = *above;
        }
        segments.reverse();
        Path(segments)
    }
}

/// The way from the top of the file to a value. Displayed as `events[3].date`; a name that doesn't
/// fit that form stands in quotation marks: `events[3]["a b"]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path(pub Vec<Segment<String>>);

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) if is_plain(key) => {
                    f.write_str(if depth == 0 { "" } else { "." })?;
                    f.write_str(key)?;
                }
                Segment::Key(key) => write!(f, "[{}]", quoted(key))?,
            }
        }
        Ok(())
    }
}

fn is_plain(key: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$');
    !key.is_empty() && key.len() <= 60 && key.chars().all(plain)
}

/// A text of the file in quotation marks, on one line and not too long.
pub fn quoted(text: &str) -> String {
    /// As long as a long title; what is longer is recognised by its beginning.
    const MAX_CHARS: usize = 60;
    let mut said = String::from("\"");
    for (count, c) in text.chars().enumerate() {
        if count == MAX_CHARS {
            said.push('…');
            break;
        }
        // Control characters would break the line or colour a terminal, and those for the direction
        // of writing would turn the rest of the line round.
        let unseen =
            c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        said.push(if unseen { '\u{FFFD}' } else { c });
    }
    said.push('"');
    said
}

/// One fault, not yet placed.
#[derive(Debug)]
pub struct Fault {
    /// How bad it is.
    pub severity: Severity,
    /// The value that is wrong.
    pub path: Path,
    /// Where it is in the text in bytes, if that is known; else `locate` follows the path.
    pub offset: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What was found wrong with a file.
#[derive(Debug, Default)]
pub struct Faults {
    /// Those kept one by one.
    pub listed: Vec<Fault>,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
}

impl Faults {
    /// Something had to be left out or changed. The words are only made if there is room for them.
    pub fn error<W: Words>(&mut self, trail: &Trail<'_>, words: impl FnOnce() -> W) {
        self.add(Severity::Error, trail, None, words);
    }

    /// Something is probably not meant.
    pub fn warning<W: Words>(&mut self, trail: &Trail<'_>, words: impl FnOnce() -> W) {
        self.add(Severity::Warning, trail, None, words);
    }

    /// A fault whose place in the text may be known already.
    pub fn add<W: Words>(
        &mut self,
        severity: Severity,
        trail: &Trail<'_>,
        offset: Option<usize>,
        words: impl FnOnce() -> W,
    ) {
        let count = self.count(severity);
        *count += 1;
        if *count <= MOST_LISTED {
            let (message, help) = words().message_and_help();
            self.listed.push(Fault {
                severity,
                path: trail.path(),
                offset,
                message,
                help,
            });
        }
    }

    /// Adds what was found in a later part of the list of events, which begins at `position`.
    pub fn append_part(&mut self, mut part: Self, position: u32) {
        for fault in &mut part.listed {
            if let [Segment::Key(list), Segment::Index(index), ..] = fault.path.0.as_mut_slice()
                && list == EVENTS
            {
                *index = index.saturating_add(position);
            }
        }
        self.append(part);
    }

    /// Adds what was found elsewhere.
    pub fn append(&mut self, other: Self) {
        let (errors, warnings) = other.unlisted();
        for fault in other.listed {
            let count = self.count(fault.severity);
            *count += 1;
            if *count <= MOST_LISTED {
                self.listed.push(fault);
            }
        }
        self.errors += errors;
        self.warnings += warnings;
    }

    fn count(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        }
    }

    /// How many errors and warnings were counted only.
    pub fn unlisted(&self) -> (usize, usize) {
        (
            self.errors.saturating_sub(MOST_LISTED),
            self.warnings.saturating_sub(MOST_LISTED),
        )
    }
}

/// What is wrong and what to do.
pub trait Words {
    /// The two, in this order.
    fn message_and_help(self) -> (String, String);
}

impl<M: Into<String>, H: Into<String>> Words for (M, H) {
    fn message_and_help(self) -> (String, String) {
        (self.0.into(), self.1.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_as_people_write_them() {
        let top = Trail::TOP;
        assert_eq!(top.path().to_string(), "");
        let events = top.key("events");
        let third = events.index(3);
        let date = third.key("date");
        assert_eq!(date.path().to_string(), "events[3].date");
        for (key, expected) in [
            ("$schema", "$schema"),
            ("a b", "[\"a b\"]"),
            ("", "[\"\"]"),
            ("ملاحظة", "ملاحظة"),
            ("line\nbreak", "[\"line\u{FFFD}break\"]"),
        ] {
            assert_eq!(top.key(key).path().to_string(), expected);
        }
    }

    #[test]
    fn faults_past_the_limit_are_counted() {
        let mut faults = Faults::default();
        for _ in 0..MOST_LISTED + 3 {
            faults.warning(&Trail::TOP, || ("odd", "look at it"));
        }
        faults.error(&Trail::TOP, || ("wrong", "mend it"));
        assert_eq!(faults.listed.len(), MOST_LISTED + 1);
        assert_eq!(faults.unlisted(), (0, 3));
    }
}
