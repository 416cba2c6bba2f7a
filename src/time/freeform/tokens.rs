//! A folded text as numbers, signs and words of dates.

use std::ops::Range;

use super::vocabulary::{LONGEST_PHRASE, Meaning, meaning};

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Where it stands in the folded text, in bytes.
    pub(super) range: Range<usize>,
    /// Whether white space stands before it.
    pub(super) is_spaced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number {
        value: i64,
        digits: usize,
        suffix: Suffix,
    },
    /// A sign, of which there is one for each use: `-` for a hyphen and a minus, `–` for dashes that
    /// are mostly written between two dates, `…` for any row of dots.
    Sign(char),
    Word(Meaning),
}

/// What is written at a number, without a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suffix {
    None,
    /// `1st`, `1er`, `2e`
    Ordinal,
    /// `1990s`, `1990er`
    Decade,
}

impl Token {
    pub(super) fn is(&self, meaning: Meaning) -> bool {
        self.kind == Kind::Word(meaning)
    }

    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// Whether it is one letter that says nothing, other than the T before a time of day.
    fn is_stray(&self, text: &str) -> bool {
        let letter = text.get(self.range.clone()).unwrap_or_default();
        self.is(Meaning::Noise) && letter.len() == 1 && letter != "t"
    }

    /// A number without a suffix, and how many digits it has.
    pub(super) fn number(&self) -> Option<(i64, usize)> {
        match self.kind {
            Kind::Number {
                value,
                digits,
                suffix: Suffix::None,
            } => Some((value, digits)),
            _ => None,
        }
    }
}

/// The parts of a folded text. `None` for a number past 18 digits, and where a stray letter stands at
/// one: in “d13 June” it is a slip of the hand, though “d’août” has the same letter.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut is_spaced = false;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next()?;
        let run = |is_in: fn(char) -> bool| rest.find(|c| !is_in(c)).unwrap_or(rest.len());
        let (kind, length) = if first.is_whitespace() {
            at += first.len_utf8();
            is_spaced = true;
            continue;
        } else if first.is_ascii_digit() {
            let digits = run(|c| c.is_ascii_digit());
            if digits > 18 || !is_spaced && tokens.last().is_some_and(|it| it.is_stray(text)) {
                return None;
            }
            let value = rest.get(..digits)?.parse().ok()?;
            let (suffix, letters) = suffix(value, digits, rest.get(digits..)?);
            let kind = Kind::Number {
                value,
                digits,
                suffix,
            };
            (kind, digits + letters)
        } else if first.is_alphabetic() {
            word(rest, run(char::is_alphabetic))
        } else {
            sign(rest, first)
        };
        tokens.push(Token {
            kind,
            range: at..at + length,
            is_spaced,
        });
        at += length;
        is_spaced = false;
    }
    Some(tokens)
}

/// The suffix of a number at the beginning of what follows it, and its length.
fn suffix(value: i64, digits: usize, rest: &str) -> (Suffix, usize) {
    let letters = rest
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len());
    let is_tens = digits >= 2 && value % 10 == 0;
    match rest.get(..letters).unwrap_or_default() {
        "s" | "er" | "ers" | "ies" if is_tens => (Suffix::Decade, letters),
        "st" | "nd" | "rd" | "th" | "e" | "eme" | "er" | "re" | "ere" | "nde" | "o" | "a"
        | "ten" | "te" => (Suffix::Ordinal, letters),
        _ => (Suffix::None, 0),
    }
}

/// The longest phrase at the beginning of a text, whose first word has this many bytes.
fn word(rest: &str, first: usize) -> (Kind, usize) {
    let letters = |from: usize| {
        let tail = rest.get(from..).unwrap_or_default();
        from + tail
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(tail.len())
    };
    let mut phrase = rest.get(..first).unwrap_or_default().to_owned();
    let mut end = first;
    let mut best = (Kind::Word(meaning(&phrase)), first);
    for _ in 1..LONGEST_PHRASE {
        let tail = rest.get(end..).unwrap_or_default();
        let gap = tail
            .find(|c| !matches!(c, ' ' | '.' | '-'))
            .unwrap_or(tail.len());
        let next = letters(end + gap);
        if gap == 0 || next == end + gap {
            break;
        }
        phrase.push(' ');
        phrase.push_str(rest.get(end + gap..next).unwrap_or_default());
        end = next;
        let found = meaning(&phrase);
        if found != Meaning::Other {
            best = (Kind::Word(found), end);
        }
    }
    best
}

fn sign(rest: &str, first: char) -> (Kind, usize) {
    if rest.starts_with("..") {
        let length = rest.find(|c| c != '.').unwrap_or(rest.len());
        return (Kind::Sign('…'), length);
    }
    if rest.starts_with("--") {
        let length = rest.find(|c| c != '-').unwrap_or(rest.len());
        return (Kind::Sign('–'), length);
    }
    let sign = match first {
        '‐' | '‑' | '−' | '﹣' => '-',
        '‒' | '–' | '—' | '―' | '→' => '–',
        '≈' | '∼' | '≃' | '≅' => '~',
        '؟' | '？' => '?',
        '،' | '、' | '٬' => ',',
        '٫' => '.',
        '⁄' | '∕' => '/',
        other => other,
    };
    (Kind::Sign(sign), first.len_utf8())
}
