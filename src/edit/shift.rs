//! A date moved by a drag: in steps of its own precision, so that what is known to the year moves by
//! years.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, TimeDelta};

use crate::time::{When, edtf};

/// What of an event is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// All of it.
    Whole,
    /// Its beginning.
    Start,
    /// Its end.
    End,
}

const DAY_SECS: i64 = 86_400;
/// The mean year and month of the Gregorian calendar.
const YEAR_SECS: f64 = 31_556_952.0;
const MONTH_SECS: f64 = YEAR_SECS / 12.0;

/// A date in EDTF, moved by so many seconds, rounded to steps of its precision; `None` where it
/// cannot be moved so: a season, a set, a date whose end would come before its beginning.
pub fn shifted(edtf: &str, moved: Moved, by_secs: i64) -> Option<String> {
    let text = edtf.trim();
    let sides: Vec<&str> = text.split('/').collect();
    let shifted = match (sides.as_slice(), moved) {
        ([only], Moved::Whole) => side(only, by_secs)?,
        // A single date that is pulled at one end becomes a span.
        ([only], Moved::Start) => format!("{}/{only}", side(only, by_secs)?),
        ([only], Moved::End) => format!("{only}/{}", side(only, by_secs)?),
        ([start, end], _) => {
            let is_moved = |end: Moved| moved == Moved::Whole || moved == end;
            let start = if is_moved(Moved::Start) {
                side(start, by_secs)?
            } else {
                (*start).to_owned()
            };
            let end = if is_moved(Moved::End) {
                side(end, by_secs)?
            } else {
                (*end).to_owned()
            };
            if start == end {
                start
            } else {
                format!("{start}/{end}")
            }
        }
        _ => return None,
    };
    When::parse(&shifted).is_ok().then_some(shifted)
}

/// One end of a date; an open one stays.
fn side(text: &str, by_secs: i64) -> Option<String> {
    if text.is_empty() || text == ".." {
        return Some(text.to_owned());
    }
    let date = text.trim_end_matches(['?', '~', '%']);
    let qualifier = text.get(date.len()..)?;
    Some(format!("{}{qualifier}", moved_date(date, by_secs)?))
}

fn steps(by_secs: i64, step_secs: f64) -> i64 {
    (by_secs as f64 / step_secs).round() as i64
}

fn moved_date(date: &str, by_secs: i64) -> Option<String> {
    if let Some((day, time)) = date.split_once('T') {
        return moved_time(day, time, by_secs);
    }
    // The year may be negative, long, or have open digits.
    let (sign, digits) = match date.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", date),
    };
    if let Some(year) = digits.strip_prefix('Y') {
        let year: i64 = year.parse().ok()?;
        let year = year.checked_add(steps(by_secs, YEAR_SECS))?;
        return Some(edtf::year(year));
    }
    let mut parts = digits.split('-');
    let year_digits = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let open = year_digits
        .chars()
        .rev()
        .take_while(|it| *it == 'X')
        .count();
    let scale = 10_i64.checked_pow(u32::try_from(open).ok()?)?;
    let known: i64 = year_digits.get(..year_digits.len() - open)?.parse().ok()?;
    let year = if sign.is_empty() { known } else { -known };
    match rest.as_slice() {
        [] => {
            let by = steps(by_secs, YEAR_SECS * scale as f64);
            let year = year.checked_add(by)?;
            if open == 0 {
                return Some(edtf::year(year));
            }
            let width = 4 - open.min(4);
            let sign = if year < 0 { "-" } else { "" };
            Some(format!("{sign}{:0width$}{}", year.abs(), "X".repeat(open)))
        }
        [month] if open == 0 => {
            let month: i64 = month.parse().ok().filter(|it| (1..=12).contains(it))?;
            let months = year
                .checked_mul(12)?
                .checked_add(month - 1)?
                .checked_add(steps(by_secs, MONTH_SECS))?;
            let month = months.rem_euclid(12) as u8 + 1;
            Some(edtf::month(months.div_euclid(12), month))
        }
        [month, day] if open == 0 => {
            let date = day_of(year, month, day)?;
            let days = TimeDelta::try_days(steps(by_secs, DAY_SECS as f64))?;
            let date = date.checked_add_signed(days)?;
            Some(written_day(date))
        }
        _ => None,
    }
}

/// A time of day moves by minutes.
fn moved_time(day: &str, time: &str, by_secs: i64) -> Option<String> {
    let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(zone_at)?;
    let (sign, digits) = match day.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, day),
    };
    let mut parts = digits.split('-');
    let year: i64 = parts.next()?.parse().ok()?;
    let date = day_of(sign * year, parts.next()?, parts.next()?)?;
    let mut fields = clock.split(':');
    let mut field = || fields.next()?.parse::<u32>().ok();
    let (hour, minute) = (field()?, field()?);
    let second = field().unwrap_or(0);
    let before: NaiveDateTime = date.and_hms_opt(hour, minute, second)?;
    let by = TimeDelta::try_minutes(steps(by_secs, 60.0))?;
    let after = before.checked_add_signed(by)?;
    let day = written_day(after.date());
    // What it says of seconds stays as it is.
    let seconds = clock.get(5..)?;
    Some(format!("{day}T{}{seconds}{zone}", after.format("%H:%M")))
}

fn day_of(year: i64, month: &str, day: &str) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok()?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
}

fn written_day(date: NaiveDate) -> String {
    let month = edtf::month(i64::from(date.year()), date.month() as u8);
    format!("{month}-{:02}", date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_moves_in_steps_of_its_precision() {
        let year = YEAR_SECS as i64;
        for (edtf, moved, by_secs, expected) in [
            ("2010", Moved::Whole, 3 * year, "2013"),
            ("2010", Moved::Whole, year / 3, "2010"),
            ("2010~", Moved::Whole, -2 * year, "2008~"),
            ("2010-12", Moved::Whole, 40 * DAY_SECS, "2011-01"),
            ("2010-02-27", Moved::Whole, 2 * DAY_SECS, "2010-03-01"),
            ("2010-02-27", Moved::Whole, DAY_SECS / 3, "2010-02-27"),
            ("199X", Moved::Whole, 12 * year, "200X"),
            ("-0043", Moved::Whole, 50 * year, "0007"),
            ("Y-13800000000", Moved::Whole, year * 1000, "Y-13799999000"),
            ("2003/2010", Moved::Whole, year, "2004/2011"),
            ("2003/2010", Moved::Start, year, "2004/2010"),
            ("2003/", Moved::Whole, year, "2004/"),
            ("2003/..", Moved::End, year, "2003/.."),
            ("2003", Moved::End, 2 * year, "2003/2005"),
            ("2003/2005", Moved::End, -2 * year, "2003"),
            (
                "2016-10-20T09:30:00",
                Moved::Whole,
                3600,
                "2016-10-20T10:30:00",
            ),
            ("2016-10-20T09:30Z", Moved::Whole, 0, "2016-10-20T09:30Z"),
            (
                "2016-10-20T23:59:01.5+02:00",
                Moved::Whole,
                60,
                "2016-10-21T00:00:01.5+02:00",
            ),
        ] {
            let shifted = shifted(edtf, moved, by_secs);
            assert_eq!(
                shifted.as_deref(),
                Some(expected),
                "{edtf} {moved:?} {by_secs}"
            );
        }
        // No end before its beginning; no season or set.
        assert_eq!(shifted("2003/2005", Moved::End, -5 * year), None);
        for edtf in ["2010-21", "[2003,2004]", ""] {
            let shifted = shifted(edtf, Moved::Whole, 5 * year);
            assert!(shifted.is_none() || edtf.is_empty(), "{edtf}: {shifted:?}");
        }
    }
}
