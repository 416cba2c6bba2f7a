//! Days as a spreadsheet shows them: `LibreOffice` counts them in one row, and shows those before
//! 15 October 1582 in the Julian calendar.

use crate::{
    formats::{
        Counting,
        import::dates::{Date, iso},
    },
    time::{Civil, Moment},
};

const SECS_PER_DAY: i64 = 86_400;
/// 30 December 1899, day 0 of spreadsheets, in days from 1 January 1970.
const DAY_0: i64 = -25_569;
/// 15 October 1582, the first day of the Gregorian calendar, in days from 1 January 1970.
const FIRST_GREGORIAN: i64 = -141_427;
/// 1 January 1970 as a Julian day number.
const DAY_1970: i64 = 2_440_588;

/// The day with a number as `LibreOffice` writes it: before 1900 it is negative, and Excel has none.
pub fn day_of_serial(serial: f64) -> String {
    // Within what 64 bits hold by far: a sheet has no such dates.
    shown(DAY_0 + serial.floor().clamp(-1e9, 1e9) as i64)
}

/// A day of `OpenDocument`, which is written in the Gregorian calendar whenever it was, as it is
/// shown; `None` of one since 1582, and of what is more or less exact than a day.
pub fn as_shown(date: &str) -> Option<String> {
    let read = iso(date, Counting::WithZero).filter(|read| read.time.is_none())?;
    let civil = Civil::date(read.year, read.month?, read.day?);
    let days = Moment::from_civil(civil)?.secs().div_euclid(SECS_PER_DAY);
    (days < FIRST_GREGORIAN).then(|| shown(days))
}

/// A day in days from 1 January 1970, in EDTF.
fn shown(days: i64) -> String {
    let (year, month, day) = if days < FIRST_GREGORIAN {
        julian(days + DAY_1970)
    } else {
        let Civil {
            year, month, day, ..
        } = Moment::from_secs(days * SECS_PER_DAY).civil();
        (year, month, day)
    };
    let date = Date {
        year,
        month: Some(month),
        day: Some(day),
        time: None,
    };
    date.edtf().unwrap_or_default()
}

/// Year, month and day in the Julian calendar of a Julian day number (E. G. Richards, *Mapping Time*,
/// 1998, algorithm F for that calendar).
fn julian(number: i64) -> (i64, u8, u8) {
    let c = number + 32_082;
    let d = (4 * c + 3).div_euclid(1461);
    let e = c - (1461 * d).div_euclid(4);
    let m = (5 * e + 2).div_euclid(153);
    let day = e - (153 * m + 2).div_euclid(5) + 1;
    let month = m + 3 - 12 * (m / 10);
    let part = |number: i64| u8::try_from(number).unwrap_or(1);
    (d - 4800 + m / 10, part(month), part(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_before_1582_are_shown_in_the_julian_calendar() {
        for (gregorian, expected) in [
            ("1066-10-20", Some("1066-10-14")),
            ("1582-10-14", Some("1582-10-04")),
            ("1582-10-15", None),
            ("0001-01-01", Some("0001-01-03")),
            ("-0043-03-13", Some("-0043-03-15")),
            ("2014", None),
        ] {
            assert_eq!(as_shown(gregorian).as_deref(), expected, "{gregorian}");
        }
        for (serial, expected) in [(0.0, "1899-12-30"), (-30_876.0, "1815-06-18")] {
            assert_eq!(day_of_serial(serial), expected);
        }
    }
}
