//! One date, or the two dates of a span, in British English: `about 10 June 2014`,
//! `10 to 20 June 2014`, `the 19th century`, `December in the 1560s`.
//!
//! The words are made from the range, not from the text it was read from: a range
//! that is exactly June 2014 is `June 2014`, whether the file has `2014-06` or
//! `2014-06-XX`. `words` adds what spans and open ends need.

use super::moment::days_in_month;
use std::fmt::Write as _;

use super::years::{
    month_name, ordinal, write_first_of_pair, write_last_of_pair, write_year, year_pair, year_words,
};
use super::{Civil, DateRange, Moment, Offset, Precision};

/// The form in which a range is put into words.
enum Shape {
    /// A time of day, on the clocks where it was written, and their distance from UTC.
    Clock(Civil, Option<Offset>),
    Day(Civil),
    Month {
        year: i64,
        month: u8,
    },
    Year(i64),
    /// Anything else, already in words.
    Other(String),
}

/// One date: `about 10 June 2014`.
pub(super) fn date(range: &DateRange) -> String {
    let mut words = String::new();
    write_date(range, &mut words);
    words
}

/// Writes one date at the end of a text.
pub(super) fn write_date(range: &DateRange, out: &mut String) {
    write_about(range, out);
    write_shape(&shape(range), out);
}

/// A note on what the date does not state, where a reader would expect it.
pub(super) fn not_stated(range: &DateRange) -> Option<&'static str> {
    match shape(range) {
        // Nobody expects the day of a year ten thousand years away.
        Shape::Year(-9999..=9999) => Some("month and day not stated"),
        Shape::Month { .. } => Some("day not stated"),
        Shape::Clock(..) if range.precision == Precision::Hour => Some("minute not stated"),
        Shape::Other(_) if range.precision == Precision::Season => Some("month and day not stated"),
        _ => None,
    }
}

/// Two dates of a span, with what they share written once: `10 to 20 June 2014`.
/// `to` is the text between them, its spaces included.
pub(super) fn between(start: &DateRange, end: &DateRange, to: &str) -> String {
    let mut words = String::new();
    write_between(start, end, to, &mut words);
    words
}

/// Writes two dates of a span at the end of a text.
pub(super) fn write_between(start: &DateRange, end: &DateRange, to: &str, out: &mut String) {
    // `about 10 to 20 June` would make both dates approximate.
    let apart = start.approximate && !end.approximate;
    let apart = apart || start.is_or_earlier() || end.is_or_later();
    let (first, last) = (shape(start), shape(end));
    write_about(start, out);
    match (&first, &last) {
        _ if apart => write_shape(&first, out),
        (Shape::Day(a), Shape::Day(b)) if (a.year, a.month) == (b.year, b.month) => {
            write_number(a.day, out);
        }
        (Shape::Day(a), Shape::Day(b)) if a.year == b.year => write_day_of_year(*a, out),
        (Shape::Month { year: a, month }, Shape::Month { year: b, .. }) if a == b => {
            out.push_str(month_name(*month));
        }
        (Shape::Year(a), Shape::Year(b)) => write_first_of_pair(*a, *b, out),
        // What both share is written once, behind the second.
        (Shape::Clock(a, offset), Shape::Clock(b, other))
            if day_of(*a) == day_of(*b) && offset == other =>
        {
            write_shape(&Shape::Clock(*a, None), out);
        }
        _ => write_shape(&first, out),
    }
    out.push_str(to);
    write_about(end, out);
    match (&first, &last) {
        _ if apart => write_shape(&last, out),
        (Shape::Clock(a, _), Shape::Clock(b, offset)) if day_of(*a) == day_of(*b) => {
            write_time(*b, out);
            write_offset(*offset, out);
        }
        (Shape::Year(a), Shape::Year(b)) => write_last_of_pair(*a, *b, out),
        _ => write_shape(&last, out),
    }
}

fn write_about(range: &DateRange, out: &mut String) {
    if range.approximate {
        out.push_str("about ");
    }
}

fn write_shape(shape: &Shape, out: &mut String) {
    match shape {
        Shape::Clock(at, offset) => {
            write_day(*at, out);
            out.push_str(", ");
            write_time(*at, out);
            write_offset(*offset, out);
        }
        Shape::Day(at) => write_day(*at, out),
        Shape::Month { year, month } => {
            out.push_str(month_name(*month));
            out.push(' ');
            write_year(*year, out);
        }
        Shape::Year(year) => write_year(*year, out),
        Shape::Other(words) => out.push_str(words),
    }
}

fn write_offset(offset: Option<Offset>, out: &mut String) {
    if let Some(offset) = offset {
        // Writing to a String cannot fail.
        let _ = write!(out, " {offset}");
    }
}

fn write_number(number: u8, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = write!(out, "{number}");
}

/// `20 October`
fn write_day_of_year(at: Civil, out: &mut String) {
    write_number(at.day, out);
    out.push(' ');
    out.push_str(month_name(at.month));
}

/// `20 October 2016`
fn write_day(at: Civil, out: &mut String) {
    write_day_of_year(at, out);
    out.push(' ');
    write_year(at.year, out);
}

fn shape(range: &DateRange) -> Shape {
    let first = range.earliest.civil();
    let last = range.latest.plus_secs(-1).civil();
    if range.is_or_earlier() {
        let last = local(range, range.latest.plus_secs(-1));
        return Shape::Other(format!("{} or earlier", limit(range.precision, last)));
    }
    if range.is_or_later() {
        let first = local(range, range.earliest);
        return Shape::Other(format!("{} or later", limit(range.precision, first)));
    }
    let same_year = first.year == last.year;
    let same_month = same_year && first.month == last.month;
    let to_month_end = first.day == 1 && last.day == days_in_month(last.year, last.month);
    let to_year_end = to_month_end && first.month == 1 && last.month == 12;
    match range.precision {
        Precision::Second | Precision::Minute | Precision::Hour => {
            Shape::Clock(range.local_earliest().civil(), range.offset)
        }
        Precision::Season => Shape::Other(season(range, first, last)),
        _ if same_month && first.day == last.day => Shape::Day(first),
        _ if same_month && to_month_end => Shape::Month {
            year: first.year,
            month: first.month,
        },
        _ if same_year && to_year_end => Shape::Year(first.year),
        _ if to_year_end => Shape::Other(one_of_years(first.year, last.year)),
        _ => Shape::Other(one_of_days(range.precision, first, last, to_month_end)),
    }
}

/// An instant on the clocks where the date was written.
fn local(range: &DateRange, moment: Moment) -> Civil {
    let offset = range.offset.map_or(0, Offset::secs);
    moment.plus_secs(offset).civil()
}

/// The known side of a range that has no limit on the other side.
fn limit(precision: Precision, at: Civil) -> String {
    match precision {
        Precision::Second | Precision::Minute | Precision::Hour | Precision::Day => day(at),
        Precision::Month | Precision::Season => {
            format!("{} {}", month_name(at.month), year_words(at.year))
        }
        _ => year_words(at.year),
    }
}

/// A day or a month with digits left open: `156X-12-25`, `15XX-12-XX`, `2004-1X`.
fn one_of_days(precision: Precision, first: Civil, last: Civil, whole_months: bool) -> String {
    let years = || one_of_years(first.year, last.year);
    let month = month_name(first.month);
    if first.year != last.year && first.month == last.month {
        if first.day == last.day {
            return format!("{} {month} in {}", first.day, years());
        }
        // February may end on the 28th in one year and on the 29th in another.
        if whole_months {
            return format!("{month} in {}", years());
        }
    }
    let (a, b) = if precision == Precision::Month {
        let words = |at: Civil| format!("{} {}", month_name(at.month), year_words(at.year));
        let first_words = if first.year == last.year {
            month.to_owned()
        } else {
            words(first)
        };
        (first_words, words(last))
    } else {
        let first_words = if (first.year, first.month) == (last.year, last.month) {
            first.day.to_string()
        } else if first.year == last.year {
            format!("{} {month}", first.day)
        } else {
            day(first)
        };
        (first_words, day(last))
    };
    let unit = if precision == Precision::Month {
        "month"
    } else {
        "day"
    };
    format!("a {unit} from {a} to {b}")
}

/// Several years of which one is meant: `the 1990s`, `the 19th century`.
fn one_of_years(first: i64, last: i64) -> String {
    let in_units = |years: i64, name: &str| {
        let length = last - first + 1 == years;
        // -199 to -100 are 200 BC to 101 BC, the 2nd century BC.
        if length && last <= 0 && last % years == 0 && last > -10_000 {
            Some(format!("the {} {name} BC", ordinal(1 - last / years)))
        } else if length && first >= 0 && first % years == 0 && last < 10_000 {
            let era = if last < 1000 { " AD" } else { "" };
            Some(format!("the {} {name}{era}", ordinal(first / years + 1)))
        } else {
            None
        }
    };
    if first == last {
        return year_words(first);
    }
    if (first, last) == (0, 9999) {
        return "an unknown year".to_owned();
    }
    if let Some(words) = in_units(100, "century").or_else(|| in_units(1000, "millennium")) {
        return words;
    }
    let [from, to] = year_pair(first, last);
    if to.ends_with("ago") {
        return format!("{from} to {to}");
    }
    match (last - first, first % 10) {
        // `the 1900s` would be taken for a century.
        (9, 0) if (10..10_000).contains(&first) && first % 100 == 0 => {
            format!("the decade {from} to {to}")
        }
        (9, 0) if (1000..10_000).contains(&first) => format!("the {first}s"),
        (9, 0) if (10..1000).contains(&first) => format!("the {first}s AD"),
        _ => {
            let bare = |words: &str| words.strip_prefix("the year ").unwrap_or(words).to_owned();
            format!("a year from {} to {}", bare(&from), bare(&to))
        }
    }
}

/// A season, quarter, third or half of a year.
fn season(range: &DateRange, first: Civil, last: Civil) -> String {
    let wraps = first.month > last.month;
    let last_year = last.year - i64::from(wraps);
    let (name, of_a_year) = match (first.month, last.month, range.southern) {
        (3, 5, false) | (9, 11, true) => ("spring", false),
        (6, 8, false) | (12, 2, true) => ("summer", false),
        (9, 11, false) | (3, 5, true) => ("autumn", false),
        (12, 2, false) | (6, 8, true) => ("winter", false),
        (1, 3, _) => ("the first quarter", true),
        (4, 6, _) => ("the second quarter", true),
        (7, 9, _) => ("the third quarter", true),
        (10, 12, _) => ("the last quarter", true),
        (1, 4, _) => ("the first third", true),
        (5, 8, _) => ("the second third", true),
        (9, 12, _) => ("the last third", true),
        (1, 6, _) => ("the first half", true),
        (7, 12, _) => ("the second half", true),
        _ => ("a season", true),
    };
    let years = one_of_years(first.year, last_year);
    match (first.year == last_year, of_a_year) {
        (true, true) => format!("{name} of {years}"),
        (true, false) if wraps && first.year >= 1000 => {
            let next = first.year + 1;
            let century = next % 100 == 0;
            if century {
                format!("{name} {years}–{next}")
            } else {
                format!("{name} {years}–{:02}", next % 100)
            }
        }
        (true, false) => format!("{name} {years}"),
        (false, true) => format!("{name} of a year in {years}"),
        (false, false) => format!("{name} in {years}"),
    }
}

fn day(at: Civil) -> String {
    let mut words = String::new();
    write_day(at, &mut words);
    words
}

const fn day_of(at: Civil) -> Civil {
    Civil::date(at.year, at.month, at.day)
}

/// `09:30`, with seconds where they are not 0: EDTF requires them even where they
/// are unknown.
fn write_time(at: Civil, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = write!(out, "{:02}:{:02}", at.hour, at.minute);
    if at.second != 0 {
        let _ = write!(out, ":{:02}", at.second);
    }
}
