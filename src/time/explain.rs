//! Error messages for texts that are not dates.
//!
//! The most helpful reason comes first: a date that the calendar does not have
//! (`there is no month 13`), then a suggestion (`write 2014-06-01`, from `freeform`),
//! then the rule that was broken. The grammar's own message, such as an offset or
//! an expected sign, is shown only for the rarer forms, whose writers know it.

use std::fmt::Write as _;

use super::edtf;
use super::freeform::{self, Doubt};
use super::grammar::{self, Fault};
use super::moment::days_in_month;
use super::when::WhenError;
use super::words::{Outlook, label, month_name, year_words};

const FORMS: &str = "write 2014, 2014-06 or 2014-06-10";
const RANGE: &str =
    "dates may lie between 20 billion years ago and the year 2,000,000,000 (Y-2E10 and Y2E9)";

/// The error for a text that [`grammar::read`] did not read.
pub(super) fn explain(text: &str, fault: Fault<'_>) -> WhenError {
    match fault {
        Fault::OutOfRange { part } => WhenError::new(
            format!("{} lies outside the time this program knows", quoted(part)),
            RANGE,
        ),
        Fault::Order { start, end } => order(start, end),
        Fault::NoDate => WhenError::new(
            "a span needs a date on at least one side",
            "write 2014/.. where it goes on, 2014/ where its end is not known, /2014 where its \
             start is not known",
        ),
        Fault::Slashes => likely(text, text)
            .or_else(|| impossible(text))
            .unwrap_or_else(|| {
                WhenError::new(
                    format!("{} has more than one /", quoted(text)),
                    "write one / between the start and the end, and hyphens inside a date: \
                 2014-06-01/2014-06-10",
                )
            }),
        Fault::Syntax { .. } if text.is_empty() => WhenError::new("the date is empty", FORMS),
        Fault::Syntax { part, reason } => calendar(text, part)
            .or_else(|| likely(text, part))
            .or_else(|| impossible(text))
            .unwrap_or_else(|| broken_rule(text, part, reason)),
    }
}

fn order(start: &str, end: &str) -> WhenError {
    let error = |help: String| {
        WhenError::new(
            format!(
                "the end {} lies before the start {}",
                shortened(end),
                shortened(start)
            ),
            help,
        )
    };
    let swapped = format!("{end}/{start}");
    if grammar::read(&swapped).is_ok() {
        error(format!(
            "if the two are the wrong way round, write {swapped}"
        ))
        .suggesting(swapped)
    } else {
        error("put the earlier date first".to_owned())
    }
}

/// A month or a day that no calendar has, in a date that is otherwise well formed.
fn calendar(text: &str, part: &str) -> Option<WhenError> {
    let (year, month, day) = year_month_day(part)?;
    let prefix = edtf::year(year);
    // The error, the advice, and the date that ends the advice, if there is one.
    let (what, help, instead) = match (month, day) {
        (0, _) => (
            "there is no month 0".to_owned(),
            "where the month is not known, write ",
            prefix,
        ),
        (1..=12, Some(day)) => return no_such_day(year, month, day),
        // 21 to 41 are seasons, which have no days.
        // `2014-161` is the day of a year.
        (1..=12 | 21..=41 | 100.., None) => return None,
        (_, Some(day)) => (
            format!("there is no month {month}"),
            "months run from 01 to 12; if the day came first, write ",
            format!("{prefix}-{day:02}-{month:02}"),
        ),
        // `1914-18` is how people write a span of years.
        (_, None) => (
            format!("there is no month {month}"),
            "months run from 01 to 12; for a span of years, write ",
            format!(
                "{prefix}/{}",
                edtf::year(year.div_euclid(100) * 100 + month)
            ),
        ),
    };
    // Not for one side of a span: the suggestion would replace the whole span.
    if text == part && grammar::read(&instead).is_ok() {
        return Some(WhenError::new(what, format!("{help}{instead}")).suggesting(instead));
    }
    let rule = help.split(';').next().unwrap_or(help);
    Some(WhenError::new(
        what,
        if month == 0 {
            format!("{help}{instead}")
        } else {
            rule.to_owned()
        },
    ))
}

/// A day that its month, from 1 to 12, does not have.
fn no_such_day(year: i64, month: i64, day: i64) -> Option<WhenError> {
    let month_number = u8::try_from(month).ok()?;
    let in_month = days_in_month(year, month_number);
    let name = month_name(month_number);
    let prefix = edtf::year(year);
    let said = year_words(year);
    match day {
        0 => Some(WhenError::new(
            "there is no day 0",
            format!("where the day is not known, write {prefix}-{month:02}"),
        )),
        29 if in_month == 28 => Some(WhenError::new(
            format!("{said} has no 29 February: it is not a leap year"),
            format!("write {prefix}-02-28 or {prefix}-03-01, or {prefix}-02 for the month"),
        )),
        _ if day > i64::from(in_month) => Some(WhenError::new(
            if day > 31 {
                format!("there is no day {day}")
            } else {
                format!("{day} {name} does not exist")
            },
            format!(
                "{name} {said} has {in_month} days; the last is {prefix}-{month:02}-{in_month}"
            ),
        )),
        _ => None,
    }
}

/// The numbers of `2014-6-31`, `-0043-13-01` or `2014.6.31`, whether or not there is
/// such a date. Single digits are accepted, so that a missing zero does not hide the
/// mistake that matters.
fn year_month_day(part: &str) -> Option<(i64, i64, Option<i64>)> {
    let date = part.split('T').next().unwrap_or(part);
    let date = date.trim_end_matches(['?', '~', '%']);
    let (sign, date) = match date.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, date),
    };
    let numbers: Vec<i64> = date.split(['-', '.']).map(number).collect::<Option<_>>()?;
    let year_has_four_digits = date.find(['-', '.']) == Some(4);
    match *numbers.as_slice() {
        [year, month] if year_has_four_digits => Some((sign * year, month, None)),
        [year, month, day] if year_has_four_digits => Some((sign * year, month, Some(day))),
        _ => None,
    }
}

/// A suggestion for the whole text, or for the faulty part of it.
fn likely(text: &str, part: &str) -> Option<WhenError> {
    let what = format!("{} is not a date this program reads", quoted(text));
    let (meant, doubts) = match freeform::read(text, None) {
        Some(reading) => (reading.edtf, reading.doubts),
        None => (in_place(text, part)?, Vec::new()),
    };
    if let Some(Doubt::DayOrMonthFirst { month_first }) = doubts.first() {
        let help = format!("write {meant} if the day comes first, {month_first} if the month does");
        return Some(WhenError::new(what, help));
    }
    let mut help = match grammar::read(&meant) {
        Ok(when) if needs_words(&meant) => {
            format!("write {meant} ({})", label(&when, Outlook::Happened))
        }
        _ => format!("write {meant}"),
    };
    for doubt in doubts {
        // Writing to a String cannot fail.
        let _ = write!(help, "; {doubt}");
    }
    Some(WhenError::new(what, help).suggesting(meant))
}

/// A day that its month does not have, written in words or with slashes.
fn impossible(text: &str) -> Option<WhenError> {
    let day = freeform::impossible_day(text)?;
    no_such_day(day.year, i64::from(day.month), i64::from(day.day))
}

/// Whether a date is explained in words, since its writer may not know the form: seasons, open
/// digits, sets, and years BC: `-44` is the year that people call 45 BC.
fn needs_words(edtf: &str) -> bool {
    let is_season = |part: &str| {
        let code = part.get(5..7).and_then(|code| code.parse::<u8>().ok());
        part.get(4..5) == Some("-") && code.is_some_and(|code| code > 20)
    };
    edtf.starts_with('-')
        || edtf == "0000"
        || edtf.contains(['X', 'S', '[', '{'])
        || edtf.split('/').any(is_season)
}

/// The text with its faulty part replaced by what was likely meant.
fn in_place(text: &str, part: &str) -> Option<String> {
    if part.is_empty() || part == text || grammar::read(part).is_ok() {
        return None;
    }
    let meant = freeform::read(part, None).filter(|reading| reading.doubts.is_empty())?;
    let whole = text.replacen(part, &meant.edtf, 1);
    grammar::read(&whole).is_ok().then_some(whole)
}

fn broken_rule(text: &str, part: &str, reason: &str) -> WhenError {
    let (what, help) = match reason {
        "negative years cannot contain unspecified digits" => {
            return open_digits_bc(text, part);
        }
        "unterminated set" => (
            "the set is not closed".to_owned(),
            "write [1667,1668] for one of them, {1667,1668} for all of them",
        ),
        "sub-year groupings cannot carry a day" => (
            "a season has no days".to_owned(),
            "write 2014-21 for spring 2014, or a month from 01 to 12",
        ),
        "a time of day needs a plain day before it" => (
            reason.to_owned(),
            "write 2016-10-20T09:30, or leave the time out",
        ),
        "a time of day is neither approximate nor uncertain" => (
            reason.to_owned(),
            "leave out its sign, or leave out the time: 2016-10-20~",
        ),
        "only whole seconds and fractions of one can be read" => (
            format!(
                "{} has a fraction of an hour or minute, or none after its sign",
                quoted(part)
            ),
            "write a time of day as 2016-10-20T09:30 or 2016-10-20T09:30:15.5",
        ),
        "hour must be 00-23 (24 is not allowed)" => return midnight(text, part),
        _ if reason.starts_with("minute") || reason.starts_with("second ") => (
            "minutes and seconds run from 00 to 59".to_owned(),
            "write a time of day as 2016-10-20T09:30",
        ),
        _ if reason.contains("shift") => (
            format!("{} has no valid time zone", quoted(part)),
            "write Z, +03 or +03:00, or leave it out for the time on the clocks there",
        ),
        _ if reason.starts_with("time") => (
            format!("{} has no valid time of day", quoted(part)),
            "write it as 2016-10-20T09:30",
        ),
        _ if [
            "set",
            "significant",
            "exponent",
            "no calendar month",
            "'..'",
            "empty set",
        ]
        .iter()
        .any(|rarer| reason.starts_with(rarer)) =>
        {
            (
                format!(
                    "{} is not a date this program reads: {reason}",
                    quoted(part)
                ),
                FORMS,
            )
        }
        _ => (
            format!("{} is not a date this program reads", quoted(part)),
            FORMS,
        ),
    };
    WhenError::new(what, help)
}

/// `2016-10-20T24:00`: the midnight at which the next day begins.
fn midnight(text: &str, part: &str) -> WhenError {
    let what = "the hour must be 00 to 23";
    let is_midnight = |time: &str| time.starts_with("24:00");
    let day = part.split_once('T').filter(|(_, time)| is_midnight(time));
    let day = day.and_then(|(day, _)| grammar::read(day).ok()?.latest());
    let Some(next) = day else {
        return WhenError::new(what, "write a time of day as 2016-10-20T09:30");
    };
    let meant = format!("{}T00:00", edtf::day(next.civil()));
    let error = WhenError::new(what, format!("write {meant} for the midnight at its end"));
    if text == part {
        error.suggesting(meant)
    } else {
        error
    }
}

/// `-01XX`, the years that begin as −150 does: `-0150S2`.
fn open_digits_bc(text: &str, part: &str) -> WhenError {
    let what = "a year BC cannot have open digits";
    let digits = part.trim_end_matches(['X', '?', '~', '%']);
    let known = digits.len().saturating_sub(1);
    let meant = format!(
        "{digits}{}S{known}",
        "5000".get(..4usize.saturating_sub(known)).unwrap_or("5")
    );
    match grammar::read(&meant) {
        Ok(when) => {
            let words = label(&when, Outlook::Happened);
            let error = WhenError::new(what, format!("write {meant} ({words})"));
            // Not for one side of a span: the suggestion would replace the whole span.
            if text == part {
                error.suggesting(meant)
            } else {
                error
            }
        }
        Err(_) => WhenError::new(
            what,
            "write a span such as -0199/-0100 (the 2nd century BC)",
        ),
    }
}

fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// The text in quotation marks, its control characters made visible.
fn quoted(text: &str) -> String {
    format!("{:?}", shortened(text))
}

/// The text, cut to 40 characters so that it fits into a line of a message.
fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let mut start: String = text.chars().take(MOST).collect();
    start.push('…');
    start
}

#[cfg(test)]
mod tests {
    use crate::time::When;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, message: &str) {
        let error = When::parse(text).expect_err(text);
        assert_eq!(error.to_string(), message, "{text:?}");
    }

    #[test]
    fn what_the_calendar_lacks() {
        check(
            "2014-13-01",
            "there is no month 13; months run from 01 to 12; if the day came first, write \
             2014-01-13",
        );
        check("2014-13", "there is no month 13; months run from 01 to 12");
        check(
            "2014-567",
            "\"2014-567\" is not a date this program reads; write 2014, 2014-06 or 2014-06-10",
        );
        check(
            "1914-18",
            "there is no month 18; months run from 01 to 12; for a span of years, write 1914/1918",
        );
        check(
            "2014-99-99",
            "there is no month 99; months run from 01 to 12",
        );
        check(
            "2014-00-00",
            "there is no month 0; where the month is not known, write 2014",
        );
        check(
            "2014-06-00",
            "there is no day 0; where the day is not known, write 2014-06",
        );
        check(
            "2014-06-31",
            "31 June does not exist; June 2014 has 30 days; the last is 2014-06-30",
        );
        check(
            "2014-6-31",
            "31 June does not exist; June 2014 has 30 days; the last is 2014-06-30",
        );
        check(
            "2015-02-30",
            "30 February does not exist; February 2015 has 28 days; the last is 2015-02-28",
        );
        check(
            "2014-06-42",
            "there is no day 42; June 2014 has 30 days; the last is 2014-06-30",
        );
        check(
            "2015-02-29",
            "2015 has no 29 February: it is not a leap year; write 2015-02-28 or 2015-03-01, or \
             2015-02 for the month",
        );
        for text in [
            "31 June 2014",
            "31/06/2014",
            "31. Juni 2014",
            "31 juin 2014",
            "June 31, 2014",
        ] {
            check(
                text,
                "31 June does not exist; June 2014 has 30 days; the last is 2014-06-30",
            );
        }
        check(
            "29 February 2015",
            "2015 has no 29 February: it is not a leap year; write 2015-02-28 or 2015-03-01, or \
             2015-02 for the month",
        );
        check(
            "2014/2015-02-29",
            "2015 has no 29 February: it is not a leap year; write 2015-02-28 or 2015-03-01, or \
             2015-02 for the month",
        );
        check(
            "-0043-13-01/-0042",
            "there is no month 13; months run from 01 to 12",
        );
    }

    #[test]
    fn spans_and_range() {
        check(
            "2005/2003",
            "the end 2003 lies before the start 2005; if the two are the wrong way round, write \
             2003/2005",
        );
        let range = "dates may lie between 20 billion years ago and the year 2,000,000,000 \
                     (Y-2E10 and Y2E9)";
        for text in [
            "Y-99999999999999",
            "Y-99999999999999999999",
            "Y17E100",
            "Y2E9",
            "Y9E18S1",
        ] {
            check(
                text,
                &format!("\"{text}\" lies outside the time this program knows; {range}"),
            );
        }
        for text in ["/..", "../..", "/", "../"] {
            check(
                text,
                "a span needs a date on at least one side; write 2014/.. where it goes on, 2014/ \
                 where its end is not known, /2014 where its start is not known",
            );
        }
    }

    #[test]
    fn broken_rules() {
        check("", "the date is empty; write 2014, 2014-06 or 2014-06-10");
        check("  ", "the date is empty; write 2014, 2014-06 or 2014-06-10");
        check(
            "spring",
            "\"spring\" is not a date this program reads; write 2014, 2014-06 or 2014-06-10",
        );
        check(
            "-19XX",
            "a year BC cannot have open digits; write -1950S2 (the 20th century BC)",
        );
        check(
            "2016-10-20T24:00",
            "the hour must be 00 to 23; write 2016-10-21T00:00 for the midnight at its end",
        );
        check(
            "2016-10-20T09:30~",
            "a time of day is neither approximate nor uncertain; leave out its sign, or leave out \
             the time: 2016-10-20~",
        );
        check(
            "2016-10T09:30",
            "a time of day needs a plain day before it; write 2016-10-20T09:30, or leave the time \
             out",
        );
        check(
            "[1667,1668",
            "the set is not closed; write [1667,1668] for one of them, {1667,1668} for all of them",
        );
        let long = "x".repeat(1000);
        assert!(When::parse(&long).unwrap_err().to_string().len() < 200);
    }

    #[test]
    fn what_was_likely_meant() {
        for (text, meant) in [
            ("2014-6-1", "2014-06-01"),
            ("2014/6/1", "2014-06-01"),
            ("10 June 2014", "2014-06-10"),
            ("c. 1200", "1200~"),
            ("2014-6/2014-07", "2014-06/2014-07"),
            ("1914-1918", "1914/1918"),
            ("2014-161", "2014-06-10"),
            ("1985/open", "1985/.."),
            ("+1994-05-13T00:00:00Z", "1994-05-13"),
            ("٢٠١٤", "2014"),
        ] {
            check(
                text,
                &format!("\"{text}\" is not a date this program reads; write {meant}"),
            );
            let error = When::parse(text).unwrap_err();
            assert_eq!(error.suggestion(), Some(meant), "{text}");
        }
        check(
            "-44",
            "\"-44\" is not a date this program reads; write -0044 (45 BC)",
        );
        check(
            "1 BC",
            "\"1 BC\" is not a date this program reads; write 0000 (1 BC)",
        );
        for (text, meant) in [
            ("[1667, 1668]", "[1667,1668] (one of 1667 or 1668)"),
            ("19uu", "19XX (the 20th century)"),
            ("2nd century BC", "-0150S2 (the 2nd century BC)"),
            ("before 1850", "[..1849] (1849 or earlier)"),
            (
                "between 1850 and 1860",
                "[1850..1860] (between 1850 and 1860)",
            ),
            ("winter 1918/19", "1918-24 (winter 1918–19)"),
            ("1800s", "18XX (the 19th century); it may also be 180X"),
        ] {
            check(
                text,
                &format!("\"{text}\" is not a date this program reads; write {meant}"),
            );
        }
        check(
            "06/10/2014",
            "\"06/10/2014\" is not a date this program reads; write 2014-10-06 if the day comes \
             first, 2014-06-10 if the month does",
        );
    }

    proptest! {
        #![proptest_config(crate::testing::fixed(1000))]

        #[test]
        fn a_suggestion_can_be_parsed(
            text in "(c\\. |circa |since |-|Y|)[0-9]{1,5}([-/. ](|June |[0-9X]{1,2})){0,3}(s|th century| BC|)",
        ) {
            if let Err(error) = When::parse(&text) {
                prop_assert!(!error.what().is_empty() && !error.help().is_empty());
                if let Some(suggestion) = error.suggestion() {
                    prop_assert!(When::parse(suggestion).is_ok(), "{text}: {suggestion}");
                }
            }
        }
    }
}
