//! Dates of numbers alone: `2014-6-1`, `1.6.2014`, `6/2014`, `20140601`, `79`, `2014-W23`,
//! `2014-161`.

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::{doubt::Doubt, order::DayMonthOrder, piece::Piece, tokens::Token};
use crate::time::{
    Civil,
    edtf::{self, valid},
};

/// A date of numbers with one kind of sign between them.
pub(super) fn numeric(tokens: &[Token], order: DayMonthOrder) -> Option<Piece> {
    let (is_negative, tokens) = match tokens {
        [sign, rest @ ..] if sign.is_sign('-') => (true, rest),
        tokens => (false, tokens),
    };
    let numbers: Vec<(i64, usize)> = tokens
        .iter()
        .step_by(2)
        .map(Token::number)
        .collect::<Option<_>>()?;
    let mut signs = tokens.iter().skip(1).step_by(2);
    let is_parted_alike = match signs.next() {
        None => tokens.len() == 1,
        Some(first) => {
            let is_sign = ['-', '–', '/', '.'].iter().any(|sign| first.is_sign(*sign));
            // A dash between spaces stands between two dates.
            let is_tight = |sign: &Token| !sign.is_spaced || sign.is_sign('.') || sign.is_sign('/');
            let is_alike = |sign: &Token| sign.kind == first.kind && is_tight(sign);
            is_sign && is_tight(first) && signs.all(is_alike)
        }
    };
    if !is_parted_alike || tokens.len() % 2 == 0 {
        return None;
    }
    let is_decimal = tokens.get(1).is_some_and(|sign| sign.is_sign('.'));
    date(&numbers, (is_negative, is_decimal), order)
}

/// The day of two numbers and a year, of which one alone can be the month: `31/11/2014`.
pub(super) fn day_and_month(tokens: &[Token]) -> Option<Civil> {
    if !is_day_month_year(tokens) {
        return None;
    }
    let value = |at: usize| tokens.get(at).and_then(Token::number).map(|it| it.0);
    let (first, second, year) = (value(0)?, value(2)?, value(4)?);
    let (day, month) = if second <= 12 {
        (first, second)
    } else {
        (second, first)
    };
    let month = u8::try_from(month)
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    Some(Civil::date(year, month, u8::try_from(day).ok()?))
}

/// Whether these are two numbers and a year, `25/12/2014`, which are no span in any order.
pub(super) fn is_day_month_year(tokens: &[Token]) -> bool {
    let digits = |at: usize| tokens.get(at).and_then(Token::number).map(|it| it.1);
    tokens.len() == 5
        && [digits(0), digits(2)]
            .iter()
            .all(|it| it.is_some_and(|it| it <= 2))
        && digits(4) == Some(4)
        && tokens.get(1).map(|it| it.kind) == tokens.get(3).map(|it| it.kind)
}

fn date(
    numbers: &[(i64, usize)],
    (is_negative, is_decimal): (bool, bool),
    order: DayMonthOrder,
) -> Option<Piece> {
    let year = |value: i64| if is_negative { -value } else { value };
    // Past 12 there are only codes of seasons, which nobody writes with a slash or a full stop.
    let month = |of: i64, month: i64| {
        let month = u8::try_from(month)
            .ok()
            .filter(|month| (1..=12).contains(month))?;
        Some(edtf::month(of, month))
    };
    let day = |of: i64, month: i64, day: i64| {
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        valid(edtf::day(Civil::date(year(of), month, day)))
    };
    let text = match *numbers {
        [(value, 8)] if !is_negative => day(value / 10_000, value / 100 % 100, value % 100)?,
        [(value, 6)] if !is_negative => month(value / 100, value % 100)?,
        [(value, ..=2)] if !is_negative => {
            let year = valid(edtf::year(value))?;
            return Some(Piece::one(year).doubtful(Doubt::ShortYear));
        }
        // Seconds since 1970 have as many digits as no year of our era.
        [(_, 10..)] if !is_negative => return None,
        [(value, _)] => edtf::year(year(value)),
        [(of, 4), (ordinal, 3)] if !is_negative => ordinal_day(of, ordinal)?,
        // `1850.5` is the middle of a year.
        [(_, _), (_, 1)] if is_decimal => return None,
        [(of, digits), (number, ..=2)] if digits >= 3 || is_negative => month(year(of), number)?,
        [(number, ..=2), (of, 4)] => month(of, number)?,
        [(of, digits), (month, ..=2), (number, ..=2)] if digits >= 3 || is_negative => {
            day(of, month, number)?
        }
        [(first, ..=2), (second, ..=2), (of, 4)] => match order {
            DayMonthOrder::DayFirst => day(of, second, first)?,
            DayMonthOrder::MonthFirst => day(of, first, second)?,
        },
        _ => return None,
    };
    valid(text).map(Piece::one)
}

/// `2014-161`: the day of a year (ISO 8601).
fn ordinal_day(year: i64, day: i64) -> Option<String> {
    let date = NaiveDate::from_yo_opt(i32::try_from(year).ok()?, u32::try_from(day).ok()?)?;
    valid(edtf::day(civil(date)?))
}

/// `2014-W23` and `2014-W23-2`: a week, and a day of it from Monday on (ISO 8601).
pub(super) fn week(text: &str) -> Option<Piece> {
    let (year, rest) = text.split_once(['w', 'W'])?;
    let year: i32 = year.trim_end_matches('-').parse().ok()?;
    let rest: String = rest.chars().filter(|c| *c != '-').collect();
    let (week, day) = rest.split_at_checked(2)?;
    let week: u32 = week.parse().ok()?;
    let date = |weekday| civil(NaiveDate::from_isoywd_opt(year, week, weekday)?).map(edtf::day);
    if day.is_empty() {
        let (first, last) = (date(Weekday::Mon)?, date(Weekday::Sun)?);
        let sides = [first.clone(), last.clone()];
        return Some(Piece::within(first, last, sides));
    }
    let weekday: u8 = day.parse().ok().filter(|day| (1..=7).contains(day))?;
    date(Weekday::try_from(weekday - 1).ok()?).map(Piece::one)
}

fn civil(date: NaiveDate) -> Option<Civil> {
    let (month, day) = (
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
    );
    Some(Civil::date(i64::from(date.year()), month, day))
}
