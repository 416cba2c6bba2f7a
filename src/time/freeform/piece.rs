//! What a part of a text was understood as.

use super::doubt::Doubt;
use crate::time::{When, edtf::valid, grammar};

/// One date, as EDTF without qualifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) date: Dates,
    /// It is an estimate (`~`).
    pub(super) approximate: bool,
    /// The writer was not certain (`?`).
    pub(super) uncertain: bool,
    pub(super) doubts: Vec<Doubt>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Dates {
    /// `201X`
    One(String),
    /// One date from the first to the last: the early 1990s. And what stands for it as the start and
    /// as the end of a span, which has no such ranges.
    Within {
        first: String,
        last: String,
        sides: [String; 2],
    },
}

impl Piece {
    pub(super) fn one(date: impl Into<String>) -> Self {
        Self::of(Dates::One(date.into()))
    }

    pub(super) fn within(first: String, last: String, sides: [String; 2]) -> Self {
        Self::of(Dates::Within { first, last, sides })
    }

    fn of(date: Dates) -> Self {
        Self {
            date,
            approximate: false,
            uncertain: false,
            doubts: Vec::new(),
        }
    }

    pub(super) fn doubtful(mut self, doubt: Doubt) -> Self {
        self.doubts.push(doubt);
        self
    }

    fn qualifier(&self) -> &'static str {
        match (self.approximate, self.uncertain) {
            (false, false) => "",
            (true, false) => "~",
            (false, true) => "?",
            (true, true) => "%",
        }
    }

    /// As EDTF, if it is valid.
    pub(super) fn edtf(&self) -> Option<String> {
        let sign = self.qualifier();
        let text = match &self.date {
            Dates::One(date) => format!("{date}{sign}"),
            Dates::Within { first, last, .. } if sign.is_empty() => format!("[{first}..{last}]"),
            // The limits of a range cannot be qualified.
            Dates::Within {
                sides: [start, end],
                ..
            } if start == end => format!("{start}{sign}"),
            Dates::Within { .. } => return None,
        };
        valid(text)
    }

    /// As the start of a span.
    pub(super) fn start(&self) -> String {
        let (Dates::One(date)
        | Dates::Within {
            sides: [date, _], ..
        }) = &self.date;
        format!("{date}{}", self.qualifier())
    }

    /// As the end of a span.
    pub(super) fn end(&self) -> String {
        let (Dates::One(date)
        | Dates::Within {
            sides: [_, date], ..
        }) = &self.date;
        format!("{date}{}", self.qualifier())
    }

    /// The same with another date.
    pub(super) fn with(&self, date: String) -> Self {
        Self {
            date: Dates::One(date),
            ..self.clone()
        }
    }

    pub(super) fn when(&self) -> Option<When> {
        grammar::read(&self.edtf()?).ok()
    }
}
