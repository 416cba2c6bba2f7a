//! The time between two dates, in words as precise as the dates are.
//!
//! ```text
//!   2003-03-20  ┤                    ├──── 2010 ────┤
//!               └─ at least 6 years 9 months       │      6 years 9 months
//!               └── less than 7 years 10 months ────┘      to 7 years 10 months
//! ```
//!
//! It is as tight as the dates allow: the shortest time is rounded down, the longest up, to months,
//! over a hundred years to years. Calendar years and months are counted, not seconds. The time
//! after a span is counted from its end, if that is known and the second date did not begin before
//! it.

use super::{
    Bound, DateRange, Moment, When, Words,
    years::{grouped, scaled},
};

/// The time between two dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// The duration, with a note on what is not known about it.
    pub words: Words,
    /// The two dates that the duration lies between, the earlier first; `None` if it is unknown.
    pub ends: Option<[DateRange; 2]>,
}

/// Measures the time between two dates, given in either order.
///
/// ```
/// use meanwhile::time::{When, between::between};
///
/// let words = |a: &str, b: &str| {
///     between(&When::parse(a).unwrap(), &When::parse(b).unwrap()).words.to_string()
/// };
/// assert_eq!(words("2003-03-20", "2010"), "6 years 9 months to 7 years 10 months");
/// assert_eq!(words("2016-10-20", "2016-10-17"), "three days");
/// assert_eq!(words("2014", "2014"), "less than a year, which came first is not stated");
/// assert_eq!(words("2003/2011", "2016"), "four to six years, from the end of the first to the second");
/// ```
pub fn between(one: &When, other: &When) -> Between {
    let (one, other) = (Sides::of(one), Sides::of(other));
    let (first, second) = if other.begins_before(&one) {
        (other, one)
    } else {
        (one, other)
    };
    let Bound::Known(to) = second.start else {
        return unknown("the beginning of the second is not stated");
    };
    if !first.is_span {
        return match first.start {
            Bound::Known(from) => known(from, to, None),
            Bound::Open | Bound::Unknown => unknown("the first date is not stated"),
        };
    }
    let note = match first.end {
        Bound::Known(end) if end.earliest < to.latest => {
            return known(end, to, Some("from the end of the first to the second"));
        }
        Bound::Known(_) => "from beginning to beginning: the first was not over yet",
        Bound::Open => "from beginning to beginning: the first goes on",
        Bound::Unknown => "from beginning to beginning: the end of the first is not stated",
    };
    match first.start {
        Bound::Known(from) => known(from, to, Some(note)),
        Bound::Open | Bound::Unknown => unknown("the beginning of the first is not stated"),
    }
}

/// The start and the end of a date; the same where it is not a span.
struct Sides {
    start: Bound,
    end: Bound,
    is_span: bool,
}

impl Sides {
    fn of(when: &When) -> Self {
        match when {
            When::Date(range) => Self {
                start: Bound::Known(*range),
                end: Bound::Known(*range),
                is_span: false,
            },
            When::Span { start, end } => Self {
                start: *start,
                end: *end,
                is_span: true,
            },
            // A set counts as one date, somewhere from its earliest to its latest member.
            When::Set { .. } => {
                let range = when.earliest().zip(when.latest());
                let range = range.map(|(earliest, latest)| DateRange {
                    approximate: when.is_approximate(),
                    uncertain: when.is_uncertain(),
                    ..DateRange::new(earliest, latest, when.precision())
                });
                let bound = range.map_or(Bound::Unknown, Bound::Known);
                Self {
                    start: bound,
                    end: bound,
                    is_span: false,
                }
            }
        }
    }

    /// Compares the starts; an end takes the place of a start that is not known.
    fn begins_before(&self, other: &Self) -> bool {
        let key = |sides: &Self| match (sides.start, sides.end) {
            (Bound::Known(start), _) => (start.earliest, start.latest),
            (_, Bound::Known(end)) => (end.earliest, end.latest),
            _ => (Moment::LATEST, Moment::LATEST),
        };
        key(self) < key(other)
    }
}

fn unknown(why: &str) -> Between {
    Between {
        words: Words::noted("how long is not known".to_owned(), &[why]),
        ends: None,
    }
}

fn known(from: DateRange, to: DateRange, note: Option<&str>) -> Between {
    if [from, to]
        .iter()
        .any(|range| range.is_or_earlier() || range.is_or_later())
    {
        return unknown("one of the dates has no limit");
    }
    let is_either = from.latest > to.earliest && width(from).max(width(to)) > DAY;
    let about = if from.approximate || to.approximate {
        "about "
    } else {
        ""
    };
    let notes = [
        note,
        is_either.then_some("which came first is not stated"),
        (from.uncertain || to.uncertain).then_some("as far as the dates are certain"),
    ];
    let notes: Vec<&str> = notes.into_iter().flatten().collect();
    Between {
        words: Words::noted(format!("{about}{}", how_long(from, to)), &notes),
        ends: Some([from, to]),
    }
}

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// How wide a range is, in seconds.
fn width(range: DateRange) -> u64 {
    range.latest.secs().abs_diff(range.earliest.secs())
}

/// The shortest and longest possible duration in words: the least rounded down, the most rounded up.
fn how_long(from: DateRange, to: DateRange) -> String {
    let widest = width(from).max(width(to));
    let is_either = from.latest > to.earliest;
    // The shortest time lies between the inner edges, the longest between the outer ones.
    let inner = (from.latest.min(to.earliest), to.earliest);
    // Where either may have been first, the longest time is that of the two ways round.
    let (there, back) = ((from.earliest, to.latest), (to.earliest, from.latest));
    let secs = |(from, to): (Moment, Moment)| to.secs() - from.secs();
    let outer = if is_either && secs(back) > secs(there) {
        back
    } else {
        there
    };
    match widest {
        0..=60 => exact_clock(from.earliest, to.earliest),
        61..=DAY => {
            // Precise to the hour or the day: counted in calendar days.
            exact_days(from.earliest, to.earliest)
        }
        _ => {
            let finest = width(from).min(width(to));
            let unit = Unit::of(finest, outer);
            let least = if is_either { 0 } else { unit.whole(inner) };
            let most = unit.rounded_up(outer);
            let (least, most) = (least.unsigned_abs(), most.unsigned_abs());
            spread(least, most, unit)
        }
    }
}

/// The unit in which the shortest and the longest possible duration are said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Days,
    Months,
    Years,
}

impl Unit {
    /// The finest that both the dates and the length allow: days only where one date is known to the
    /// day and they are not many, months up to a hundred years.
    fn of(finest_secs: u64, (from, to): (Moment, Moment)) -> Self {
        const MANY_DAYS: u64 = 60;
        const MANY_YEARS: i64 = 100;
        let secs = to.secs().abs_diff(from.secs());
        if finest_secs <= DAY && secs <= MANY_DAYS * DAY {
            Self::Days
        } else if years((from, to)) < MANY_YEARS {
            Self::Months
        } else {
            Self::Years
        }
    }

    /// Whole units between two instants.
    fn whole(self, ends: (Moment, Moment)) -> i64 {
        match self {
            Self::Days => (ends.1.secs() - ends.0.secs()).div_euclid(DAY as i64),
            Self::Months => months(ends),
            Self::Years => years(ends),
        }
    }

    /// The same, rounded up.
    fn rounded_up(self, (from, to): (Moment, Moment)) -> i64 {
        let floor = self.whole((from, to));
        // An exact number of units stays: there, one second less gives a smaller count.
        floor + i64::from(self.whole((from, to.plus_secs(-1))) == floor)
    }

    fn words(self, least: u64, most: u64) -> String {
        match self {
            Self::Days => range(least, most, "day"),
            Self::Months => month_words(least, most),
            Self::Years => range(least, most, "year"),
        }
    }
}

/// Words for a duration of at least `least` and less than `most`.
fn spread(least: u64, most: u64, unit: Unit) -> String {
    match (least, most) {
        (0, 1) => format!(
            "less than a {}",
            unit.words(1, 1).trim_start_matches("one ")
        ),
        (0, 12) if unit == Unit::Months => "less than a year".to_owned(),
        (0, most) => format!("up to {}", unit.words(most, most)),
        _ => unit.words(least, most),
    }
}

fn exact_clock(from: Moment, to: Moment) -> String {
    let secs = to.secs().abs_diff(from.secs());
    if secs >= 2 * DAY {
        return exact_days(from, to);
    }
    let (hours, minutes) = (secs / HOUR, secs % HOUR / 60);
    let parts = [(hours, "hour"), (minutes, "minute")];
    let parts: Vec<String> = some(&parts);
    match (parts.is_empty(), secs) {
        (true, 0) => "no time at all".to_owned(),
        (true, _) => "less than a minute".to_owned(),
        _ => parts.join(" and "),
    }
}

fn exact_days(from: Moment, to: Moment) -> String {
    let midnight =
        |time: Moment| Moment::from_secs(time.secs().div_euclid(DAY as i64) * DAY as i64);
    let (from, to) = (midnight(from), midnight(to));
    let days = to.secs().abs_diff(from.secs()) / DAY;
    match days {
        0 => return "the same day".to_owned(),
        1..=60 => return quantity_words(days, "day"),
        _ => {}
    }
    let all = months((from, to));
    let (years, months) = (all.unsigned_abs() / 12, all.unsigned_abs() % 12);
    let days = to.secs().abs_diff(added(from, all).secs()) / DAY;
    let parts = some(&[(years, "year"), (months, "month"), (days, "day")]);
    match parts.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        parts => parts.concat(),
    }
}

/// The counts that are not 0, in words.
fn some(parts: &[(u64, &str)]) -> Vec<String> {
    let parts = parts.iter().filter(|part| part.0 > 0);
    parts
        .map(|&(count, unit)| quantity_words(count, unit))
        .collect()
}

fn quantity_words(count: u64, unit: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{} {unit}{s}", number(count))
}

/// A number for a sentence: spelled out up to twelve.
fn number(count: u64) -> String {
    const LETTERS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let at = usize::try_from(count).unwrap_or(usize::MAX);
    match at.checked_sub(1).and_then(|at| LETTERS.get(at)) {
        Some(letters) => (*letters).to_owned(),
        None if count >= 1_000_000_000 => scaled(count, 9, 2) + " billion",
        None if count >= 1_000_000 => scaled(count, 6, 1) + " million",
        None => grouped(count),
    }
}

/// Months as years and months: `two to four years`, `5 to 17 months`, `12 years 9 months to 13 years
/// 10 months`.
fn month_words(least: u64, most: u64) -> String {
    if least.is_multiple_of(12) && most.is_multiple_of(12) {
        return range(least / 12, most / 12, "year");
    }
    if most < 24 {
        return range(least, most, "month");
    }
    let both = |months: u64| {
        let years = (months >= 12).then(|| plain(months / 12, "year"));
        let months = (!months.is_multiple_of(12)).then(|| plain(months % 12, "month"));
        let parts: Vec<String> = years.into_iter().chain(months).collect();
        parts.join(" ")
    };
    if least == most {
        return both(least);
    }
    if least / 12 == most / 12 && !least.is_multiple_of(12) {
        let years = plain(least / 12, "year");
        return format!("{years} {} to {}", least % 12, plain(most % 12, "month"));
    }
    format!("{} to {}", both(least), both(most))
}

/// A count in digits: `12 years`.
fn plain(count: u64, unit: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{} {unit}{s}", grouped(count))
}

fn range(least: u64, most: u64, unit: &str) -> String {
    let (first, last) = (number(least), number(most));
    if first == last {
        // Both round to the same number: too long for one year to matter.
        return quantity_words(most, unit);
    }
    // Digits for both where only one could be spelled out.
    if least <= 12 && most > 12 {
        return format!("{} to {last} {unit}s", grouped(least));
    }
    format!("{first} to {last} {unit}s")
}

/// Whole calendar months from one instant to a later one.
fn months((from, to): (Moment, Moment)) -> i64 {
    let (a, b) = (from.civil(), to.civil());
    let clock = |civil: super::Civil| (civil.day, civil.hour, civil.minute, civil.second);
    let full = (b.year - a.year) * 12 + i64::from(b.month) - i64::from(a.month);
    full - i64::from(clock(b) < clock(a))
}

/// Whole calendar years from one instant to a later one.
fn years(ends: (Moment, Moment)) -> i64 {
    months(ends).div_euclid(12)
}

/// Midnight of the day `months` later, or of the last day of that month where it has no such day.
fn added(from: Moment, months: i64) -> Moment {
    let civil = from.civil();
    let month = civil.year * 12 + i64::from(civil.month) - 1 + months;
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) as u8 + 1);
    let day = civil.day.min(super::moment::days_in_month(year, month));
    Moment::from_civil(super::Civil::date(year, month, day)).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::fixed;

    fn words(one: &str, other: &str) -> String {
        let [one, other] = [one, other].map(|text| When::parse(text).expect(text));
        let words = between(&one, &other).words.to_string();
        assert_eq!(between(&other, &one).words.to_string(), words, "either way");
        words
    }

    #[test]
    fn it_is_as_sure_as_the_dates_are() {
        for (one, other, expected) in [
            (
                "2003-03-20",
                "2010",
                "6 years 9 months to 7 years 10 months",
            ),
            ("2007", "2010", "two to four years"),
            ("2014", "2015", "up to two years"),
            ("2003", "2016-10", "12 years 9 months to 13 years 10 months"),
            // The least rounded down, the most rounded up.
            (
                "2003",
                "2016-10-20",
                "12 years 9 months to 13 years 10 months",
            ),
            ("1990", "2003", "12 to 14 years"),
            ("1995", "2003", "seven to nine years"),
            ("1993", "2006-01", "12 years to 13 years 1 month"),
            ("1992", "2003", "ten to twelve years"),
            ("2007-03", "2007-06", "two to four months"),
            ("2014-06", "2016-10", "2 years 3 to 5 months"),
            (
                "2014-06",
                "2014-06-10",
                "up to 21 days, which came first is not stated",
            ),
            ("2014-06", "2014-07-10", "9 to 40 days"),
            ("2014-06", "2015", "6 to 19 months"),
            ("2014-06", "2016-06", "1 year 11 months to 2 years 1 month"),
            ("2014-06-10", "2014-06-10", "the same day"),
            ("2014-06-10", "2014-06-29", "19 days"),
            ("2014-06-10", "2014-06-13", "three days"),
            (
                "2014-06-10",
                "2016-10-20",
                "two years, four months and ten days",
            ),
            ("2014-01-31", "2014-04-30", "two months and 30 days"),
            ("2015-06-10", "2016-06-10", "one year"),
            (
                "2016-10-20T09:30",
                "2016-10-20T14:00",
                "four hours and 30 minutes",
            ),
            ("2016-10-20T09:30", "2016-10-23T14:00", "three days"),
            ("2016-10-20", "2016-10-23T14:00", "three days"),
            // One clock is an hour ahead of the other.
            ("2025-03-30T01:15+01:00", "2025-03-30T00:30Z", "15 minutes"),
            (
                "2025-03-30T01:15+01:00",
                "2025-03-30T03:15+02:00",
                "one hour",
            ),
            ("2010~", "2014", "about three to five years"),
            (
                "2010?",
                "2014",
                "three to five years, as far as the dates are certain",
            ),
            ("201X", "2030", "10 to 21 years"),
            (
                "-0043-03-15",
                "0014-08-19",
                "57 years, five months and four days",
            ),
            ("Y-66000000", "Y-13800000000", "13.73 billion years"),
            ("-0500", "2000", "2499 to 2501 years"),
        ] {
            assert_eq!(words(one, other), expected, "{one} and {other}");
        }
    }

    #[test]
    fn what_is_not_known_is_said() {
        for (one, other, expected) in [
            (
                "2014",
                "2014",
                "less than a year, which came first is not stated",
            ),
            (
                "2014",
                "2014-06-10",
                "up to seven months, which came first is not stated",
            ),
            (
                "2003/2011",
                "2016",
                "four to six years, from the end of the first to the second",
            ),
            (
                "2003/",
                "2016",
                "12 to 14 years, from beginning to beginning: the end of the first is not stated",
            ),
            (
                "2014/..",
                "2016-10-20",
                "1 year 9 months to 2 years 10 months, from beginning to beginning: the first goes on",
            ),
            (
                "2003/2011",
                "2007",
                "three to five years, from beginning to beginning: the first was not over yet",
            ),
            (
                "/2010",
                "2007",
                "how long is not known, the beginning of the first is not stated",
            ),
            (
                "/2010",
                "2014",
                "three to five years, from the end of the first to the second",
            ),
        ] {
            if one == "/2010" && other == "2007" {
                // The first ends after the second, which may lie anywhere inside it.
                assert!(words(one, other).starts_with("how long is not known"));
                continue;
            }
            assert_eq!(words(one, other), expected, "{one} and {other}");
        }
    }

    proptest! {
        #![proptest_config(fixed(256))]

        #[test]
        fn the_true_time_lies_within_what_is_said(
            first in 1900i64..2000, months in 0u8..12, later in 1i64..100, month in 0u8..12,
        ) {
            let day = |year, month: u8| {
                Moment::from_civil(super::super::Civil::date(year, month + 1, 15)).expect("a day")
            };
            let (a, b) = (day(first, months), day(first + later, month));
            let truth = years((a, b));
            let range = |text: String| match When::parse(&text).expect("a year") {
                When::Date(range) => range,
                other => panic!("{other:?}"),
            };
            let (from, to) = (range(first.to_string()), range((first + later).to_string()));
            let least = years((from.latest, to.earliest));
            let most = Unit::Years.rounded_up((from.earliest, to.latest));
            prop_assert!(least <= truth && truth < most);
            prop_assert_eq!((least, most), (later - 1, later + 1));
        }
    }
}
