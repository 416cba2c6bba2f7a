//! A date as formats hold it that know a start and an end in numbers, and nothing vaguer.

use super::losses::Losses;
use crate::time::{Bound, Civil, DateRange, Moment, Offset, Precision, When};

/// How exact a side of a date is.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
    /// To the second.
    Second,
}

/// One side of a date, on the clocks where it was written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Side {
    /// The first instant of it. Years are counted as in EDTF: 0 is 1 BC.
    pub civil: Civil,
    /// The finest part that counts.
    pub part: Part,
    /// The distance from UTC that was written.
    pub offset: Option<Offset>,
}

/// A date in numbers.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Numbers {
    /// The start; where that is not known, the end.
    pub start: Side,
    /// The last part that is touched, inclusive: of 2014 to 2016 it is 2016. None of a single date.
    pub end: Option<Side>,
    /// It goes on: the end is open.
    pub is_ongoing: bool,
}

/// Reads a date for writing it in numbers, and says what they cannot hold; `None` of no date.
pub fn numbers(edtf: &str, losses: &mut Losses) -> Option<Numbers> {
    let when = When::parse(edtf).ok()?;
    if when.is_approximate() || when.is_uncertain() {
        losses.add("that dates are approximate or uncertain");
    }
    match &when {
        When::Date(range) => single(range, losses),
        When::Span { start, end } => span(start, end, losses),
        When::Set { .. } => {
            losses.add("that of several dates it was one, or all: from the first to the last");
            let (first, last) = (when.earliest()?, when.latest()?);
            let precision = when.precision();
            let start = side(first, precision, None);
            let end = side(last.plus_secs(-1), precision, None);
            Some(Numbers {
                start,
                end: (end != start).then_some(end),
                is_ongoing: false,
            })
        }
    }
}

fn single(range: &DateRange, losses: &mut Losses) -> Option<Numbers> {
    let (start, end) = sides(range);
    if end.is_some() {
        losses.add("that a date lies somewhere in a stretch of time");
    }
    Some(Numbers {
        start: start?,
        end,
        is_ongoing: false,
    })
}

fn span(start: &Bound, end: &Bound, losses: &mut Losses) -> Option<Numbers> {
    let known = |bound: &Bound| match bound {
        Bound::Known(range) => Some(sides(range)),
        Bound::Open | Bound::Unknown => None,
    };
    let (from, to) = (known(start), known(end));
    if from.is_none() {
        losses.add("dates whose start is not known: their end is written");
    }
    if *end == Bound::Unknown {
        losses.add("that an end is not known");
    }
    let is_ongoing = *end == Bound::Open;
    let last = to.map(|(first, last)| last.or(first));
    match from {
        Some((first, _)) => Some(Numbers {
            start: first?,
            end: last.flatten().filter(|end| Some(*end) != first),
            is_ongoing,
        }),
        None => Some(Numbers {
            start: last??,
            end: None,
            is_ongoing,
        }),
    }
}

/// First and last part of a range; the last where it is another.
fn sides(range: &DateRange) -> (Option<Side>, Option<Side>) {
    let first = (!range.is_or_earlier())
        .then(|| side(range.local_earliest(), range.precision, range.offset));
    let shift = range.offset.map_or(0, Offset::secs);
    let last = (!range.is_or_later()).then(|| {
        side(
            range.latest.plus_secs(shift - 1),
            range.precision,
            range.offset,
        )
    });
    match (first, last) {
        (Some(first), last) => (Some(first), last.filter(|last| !is_same(&first, last))),
        (None, last) => (last, None),
    }
}

/// Whether two sides are one and the same at the exactness that they have.
fn is_same(one: &Side, other: &Side) -> bool {
    let key = |side: &Side| {
        let Civil {
            year, month, day, ..
        } = side.civil;
        match side.part {
            Part::Year => (year, 0, 0),
            Part::Month => (year, month, 0),
            // A minute or an hour is written by its first second.
            Part::Day | Part::Second => (year, month, day),
        }
    };
    key(one) == key(other)
}

fn side(moment: Moment, precision: Precision, offset: Option<Offset>) -> Side {
    let part = match precision {
        Precision::Second | Precision::Minute | Precision::Hour => Part::Second,
        Precision::Day => Part::Day,
        Precision::Month | Precision::Season => Part::Month,
        Precision::Year
        | Precision::Decade
        | Precision::Century
        | Precision::Millennium
        | Precision::Years(_) => Part::Year,
    };
    Side {
        civil: moment.civil(),
        part,
        offset,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_numbers() {
        for (edtf, expected) in [
            ("2014", "2014"),
            ("2014-06", "2014-06"),
            ("2014-06-10/2016", "2014-06-10 to 2016"),
            ("2014/..", "2014 on"),
            ("2003/", "2003"),
            ("/2010~", "2010"),
            ("-0043-03-15", "-43-03-15"),
            ("199X", "1990 to 1999"),
            ("2014-21", "2014-03 to 2014-05"),
            ("2016-10-20T09:30:00", "2016-10-20T09:30:00"),
            ("2016-10-20T09", "2016-10-20T09:00:00"),
            ("{1918,1939}", "1918 to 1939"),
        ] {
            let said = |side: Side| {
                let Civil {
                    year,
                    month,
                    day,
                    hour,
                    minute,
                    second,
                } = side.civil;
                match side.part {
                    Part::Year => format!("{year}"),
                    Part::Month => format!("{year}-{month:02}"),
                    Part::Day => format!("{year}-{month:02}-{day:02}"),
                    Part::Second => {
                        format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
                    }
                }
            };
            let numbers = numbers(edtf, &mut Losses::default());
            let numbers = numbers.unwrap_or_else(|| panic!("{edtf}"));
            let mut words = said(numbers.start);
            if let Some(end) = numbers.end {
                words += &format!(" to {}", said(end));
            }
            if numbers.is_ongoing {
                words += " on";
            }
            assert_eq!(words, expected, "{edtf}");
        }
    }
}
