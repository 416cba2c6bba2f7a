//! Dates as people write them, as EDTF: `10 June 2014`, `c. 1200`, `1914–18`, `19. Jahrhundert`,
//! `av. 44 J.-C.`, `حزيران ٢٠١٤`, `66 million years ago`.
//!
//! English, German, French, Spanish and Arabic, in one grammar, since a list of dates is seldom in
//! one language alone. A text is folded ([`super::fold`]) and taken apart into numbers, signs and
//! words (`tokens`, `vocabulary`); `expression` reads spans and bounds, `single` one date. What is
//! not wholly understood is not read at all: one word that is not in the vocabulary, such as the
//! name of another calendar, and there is no date. What the text leaves open is a [`Doubt`].
//!
//! The file stays as it is: error messages show what to write, a search looks for it, and importers
//! write it.

mod ages;
mod clock;
mod doubt;
mod edtf_2012;
mod expression;
mod numeric;
mod order;
mod piece;
mod roman;
mod single;
mod tokens;
mod vocabulary;

pub use doubt::Doubt;
pub use order::DayMonthOrder;

use std::ops::RangeInclusive;

use expression::{Expression, expression};

use super::{
    Civil, When, Words,
    fold::fold,
    grammar,
    words::{Outlook, say},
};

/// Longer texts, in characters, are prose.
const LONGEST: usize = 80;

/// What a text was understood as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The date in EDTF.
    pub edtf: String,
    /// The same date.
    pub when: When,
    /// What the text does not tell.
    pub doubts: Vec<Doubt>,
}

impl Reading {
    fn of(expression: Expression) -> Option<Self> {
        let when = grammar::read(&expression.edtf).ok()?;
        let mut doubts: Vec<Doubt> = Vec::new();
        for doubt in expression.doubts {
            // Of both sides of a span.
            if !doubts.contains(&doubt) {
                doubts.push(doubt);
            }
        }
        Some(Self {
            edtf: expression.edtf,
            when,
            doubts,
        })
    }

    /// What was understood, in words.
    pub fn words(&self) -> Words {
        say(&self.when, Outlook::Happened)
    }
}

/// Reads a date that may be written in any usual way. `None` where it is not understood.
///
/// `order` says which number of `06/10/2014` is the day; without it, the day is taken to come first
/// unless that gives no date, and where both orders give one, that is a [`Doubt`].
///
/// ```
/// use meanwhile::time::freeform::{self, Doubt};
///
/// let understood = |text| freeform::read(text, None).map(|reading| reading.edtf);
/// assert_eq!(understood("c. 1200").as_deref(), Some("1200~"));
/// assert_eq!(understood("2nd century BC").as_deref(), Some("-0150S2"));
/// assert_eq!(understood("حزيران ٢٠١٤").as_deref(), Some("2014-06"));
/// assert_eq!(understood("12/25/2014").as_deref(), Some("2014-12-25"));
/// assert_eq!(understood("soon"), None);
///
/// let reading = freeform::read("06/10/2014", None).unwrap();
/// assert_eq!(reading.words().to_string(), "6 October 2014");
/// let month_first = "2014-06-10".to_owned();
/// assert_eq!(reading.doubts, [Doubt::DayOrMonthFirst { month_first }]);
/// ```
pub fn read(text: &str, order: Option<DayMonthOrder>) -> Option<Reading> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let calendar = of_other_calendar(text);
    let text = folded(text);
    let reading = |expression| {
        let mut reading = Reading::of(expression)?;
        let year = reading
            .when
            .earliest()
            .map(|earliest| earliest.civil().year);
        if year.is_some_and(|year| calendar.as_ref().is_some_and(|years| years.contains(&year))) {
            reading.doubts.push(Doubt::OtherCalendar);
        }
        Some(reading)
    };
    if let Some(order) = order {
        return reading(expression(&text, order)?);
    }
    let day_first = expression(&text, DayMonthOrder::DayFirst);
    let month_first = expression(&text, DayMonthOrder::MonthFirst);
    let expression = match (day_first, month_first) {
        (Some(mut day_first), Some(month_first)) => {
            if day_first.edtf != month_first.edtf {
                let month_first = month_first.edtf;
                day_first
                    .doubts
                    .push(Doubt::DayOrMonthFirst { month_first });
            }
            day_first
        }
        (day_first, month_first) => day_first.or(month_first)?,
    };
    reading(expression)
}

/// A day that is written in any usual way but that the calendar does not have: `31 June 2014`.
pub(super) fn impossible_day(text: &str) -> Option<Civil> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    single::impossible_day(&tokens::tokens(&folded(text))?)
}

/// The years that are more likely of the calendar of those who write such digits: the solar Hijri of
/// Persian ones, the Buddhist of Thai ones.
fn of_other_calendar(text: &str) -> Option<RangeInclusive<i64>> {
    text.chars().find_map(|c| match c {
        '\u{6f0}'..='\u{6f9}' => Some(1200..=1450),
        '\u{e50}'..='\u{e59}' => Some(2400..=2600),
        _ => None,
    })
}

/// The text folded, with single spaces, and Roman numerals of centuries as digits.
fn folded(text: &str) -> String {
    let mut parted = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        // An apostrophe parts two words (`l’an`, `d’avril`), but not in `1990’s`.
        let is_between = before.is_some_and(char::is_alphabetic)
            && chars.peek().copied().is_some_and(char::is_alphabetic);
        parted.push(if matches!(c, '\'' | '’') && is_between {
            ' '
        } else {
            c
        });
        before = Some(c);
    }
    let mut folded = String::with_capacity(parted.len());
    fold(&parted, &mut folded);
    let words: Vec<&str> = folded.split_whitespace().collect();
    roman::to_digits(&words.join(" "))
}

#[cfg(test)]
mod tests;
