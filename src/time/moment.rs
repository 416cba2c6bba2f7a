//! [`Moment`], an instant in whole seconds, and [`Civil`], the same instant as
//! a calendar writes it.
//!
//! Years from the Big Bang to the far future have to be comparable, subtractable
//! and cheap, a million of them in a row, so an instant is a bare `i64`. The
//! calendar rules themselves are chrono's, which reaches some 262,000 years; the
//! Gregorian calendar repeats every 400, so any year is moved into 2000..2400,
//! looked up there and moved back:
//!
//! ```text
//!  year  −13 800 000 000  = 2000 − 34 500 005 × 400      (year mod 400 = 0)
//!                              │
//!   …───┬────────┬────────┬────▼────┬────────┬───…       one box: a cycle of
//!       │  −2nd  │  −1st  │   0th   │  1st   │           400 years, always
//!   …───┴────────┴────────┴─────────┴────────┴───…       146 097 days
//!     1200     1600     2000      2400     2800
//!
//!  days(y, m, d) = cycle(y) × 146 097 + chrono's days from 2000-01-01
//!                                       to (2000 + y mod 400, m, d)
//! ```
//!
//! Left to others: how exactly an instant is known (`when`) and its words
//! (`words`). There are no time zones: a time of day is UTC where a distance from
//! it was written, else the local time of the place where the event happened.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

const SECS_PER_DAY: i64 = 86_400;
/// The length of the Gregorian cycle: 400 years with 97 leap days.
const DAYS_PER_CYCLE: i64 = 146_097;
const YEARS_PER_CYCLE: i64 = 400;
/// The first year of the cycle that is looked up in chrono.
const CYCLE_YEAR: i64 = 2000;
/// 2000-01-01 in days since 1970-01-01.
const CYCLE_DAY: i64 = 10_957;
/// 2000-01-01 in chrono's count of days since 0001-01-01.
const CYCLE_DAY_CE: i32 = 730_120;

/// An instant: seconds since 1970-01-01T00:00:00 in the proleptic Gregorian
/// calendar, without time zone and without leap seconds.
///
/// Every `i64` is a valid instant, some 292 billion years either way. The dates of
/// a file lie between [`Moment::EARLIEST`] and [`Moment::LATEST`].
///
/// ```
/// use meanwhile::time::{Civil, Moment};
///
/// let ides = Moment::from_civil(Civil::date(-43, 3, 15)).unwrap(); // 44 BC
/// assert_eq!(ides.civil(), Civil::date(-43, 3, 15));
///
/// // The calendar holds at any distance: 400 years are 146 097 days.
/// let bang = Moment::year_start(-13_800_000_000);
/// let later = Moment::year_start(-13_799_999_600);
/// assert_eq!(later.secs() - bang.secs(), 146_097 * 86_400);
/// assert_eq!(bang.civil(), Civil::year(-13_800_000_000));
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Moment(i64);

impl Moment {
    /// No date of a file lies before this: the start of the year −20 billion.
    /// The universe began 13.8 billion years ago; the margin lets a date be
    /// vague (`Y-1E10S1` reaches to −19 999 999 999).
    pub const EARLIEST: Self = Self::cycle_start((-20_000_000_000 - CYCLE_YEAR) / YEARS_PER_CYCLE);

    /// No date of a file reaches past this: the start of the year 2 billion.
    pub const LATEST: Self = Self::cycle_start((2_000_000_000 - CYCLE_YEAR) / YEARS_PER_CYCLE);

    /// The instant this many seconds after 1970-01-01T00:00:00.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs)
    }

    /// Seconds since 1970-01-01T00:00:00, negative before it.
    pub const fn secs(self) -> i64 {
        self.0
    }

    /// The instant of a calendar date and time of day. `None` where there is no
    /// such month, day or time, or where it lies outside `i64` seconds.
    pub fn from_civil(civil: Civil) -> Option<Self> {
        if civil.hour > 23 || civil.minute > 59 || civil.second > 59 {
            return None;
        }
        let year_in_cycle = i32::try_from(civil.year.rem_euclid(YEARS_PER_CYCLE)).ok()?;
        let date = NaiveDate::from_ymd_opt(
            year_in_cycle + CYCLE_YEAR as i32,
            u32::from(civil.month),
            u32::from(civil.day),
        )?;
        let cycle = civil.year.div_euclid(YEARS_PER_CYCLE) - CYCLE_YEAR / YEARS_PER_CYCLE;
        let day_in_cycle = i64::from(date.num_days_from_ce() - CYCLE_DAY_CE);
        let days = cycle
            .checked_mul(DAYS_PER_CYCLE)?
            .checked_add(CYCLE_DAY + day_in_cycle)?;
        let clock =
            i64::from(civil.hour) * 3600 + i64::from(civil.minute) * 60 + i64::from(civil.second);
        // In i128: midnight of the first day in range lies below i64, and only
        // adding the time of day brings it back.
        let secs = i128::from(days) * i128::from(SECS_PER_DAY) + i128::from(clock);
        i64::try_from(secs).ok().map(Self)
    }

    /// The calendar date and time of day of this instant.
    pub fn civil(self) -> Civil {
        let clock = self.0.rem_euclid(SECS_PER_DAY);
        let days = self.0.div_euclid(SECS_PER_DAY) - CYCLE_DAY;
        let cycle = days.div_euclid(DAYS_PER_CYCLE);
        // `day_in_cycle` is below 146 097, so chrono has the day; the default is
        // never used.
        let day_in_cycle = days.rem_euclid(DAYS_PER_CYCLE) as i32;
        let date =
            NaiveDate::from_num_days_from_ce_opt(CYCLE_DAY_CE + day_in_cycle).unwrap_or_default();
        Civil {
            year: i64::from(date.year()) + cycle * YEARS_PER_CYCLE,
            month: date.month() as u8,
            day: date.day() as u8,
            hour: (clock / 3600) as u8,
            minute: (clock / 60 % 60) as u8,
            second: (clock % 60) as u8,
        }
    }

    /// Midnight on 1 January of a year, or the nearest instant if the year lies
    /// outside `i64` seconds.
    pub fn year_start(year: i64) -> Self {
        Self::from_civil(Civil::year(year)).unwrap_or(Self(if year < 0 {
            i64::MIN
        } else {
            i64::MAX
        }))
    }

    /// This instant moved by a number of seconds, stopping at the ends of `i64`.
    #[must_use]
    pub const fn plus_secs(self, secs: i64) -> Self {
        Self(self.0.saturating_add(secs))
    }

    /// The start of a 400-year cycle, counted from the one that begins in 2000.
    const fn cycle_start(cycle: i64) -> Self {
        Self((CYCLE_DAY + cycle * DAYS_PER_CYCLE) * SECS_PER_DAY)
    }
}

/// A calendar date with its time of day, in the proleptic Gregorian calendar.
///
/// Years are counted as astronomers do: 1 is AD 1, 0 is 1 BC, −43 is 44 BC. The
/// fields may hold anything; [`Moment::from_civil`] says whether there is such a
/// date. Displays as ISO 8601: `-0043-03-15T00:00:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil {
    /// Astronomical year: 0 is 1 BC.
    pub year: i64,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
}

impl Civil {
    /// Midnight on 1 January of this year.
    pub const fn year(year: i64) -> Self {
        Self::date(year, 1, 1)
    }

    /// Midnight at the start of this day.
    pub const fn date(year: i64, month: u8, day: u8) -> Self {
        Self {
            year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
        }
    }

    /// The same day at this time.
    #[must_use]
    pub const fn at(self, hour: u8, minute: u8, second: u8) -> Self {
        Self {
            hour,
            minute,
            second,
            ..self
        }
    }
}

impl std::fmt::Display for Civil {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(
            f,
            "{sign}{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            self.year.unsigned_abs(),
            self.month,
            self.day,
            self.hour,
            self.minute,
            self.second
        )
    }
}

/// Whether an astronomical year has a 29 February.
pub const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days a month has; 0 where there is no such month.
pub const fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_instants() {
        fn check(civil: Civil, secs: i64) {
            assert_eq!(Moment::from_civil(civil), Some(Moment(secs)), "{civil}");
            assert_eq!(Moment(secs).civil(), civil, "{secs}");
        }
        check(Civil::year(1970), 0);
        check(Civil::date(1969, 12, 31).at(23, 59, 59), -1);
        check(Civil::year(2000), 946_684_800);
        check(Civil::date(2016, 10, 20).at(9, 30, 0), 1_476_955_800);
        check(Civil::year(1), -62_135_596_800);
        check(Civil::year(0), -62_167_219_200);
        check(Civil::date(2000, 2, 29), 951_782_400);
    }

    #[test]
    fn no_such_date() {
        for civil in [
            Civil::date(2015, 2, 29),
            Civil::date(1900, 2, 29),
            Civil::date(2014, 13, 1),
            Civil::date(2014, 0, 1),
            Civil::date(2014, 6, 31),
            Civil::date(2014, 6, 0),
            Civil::year(2014).at(24, 0, 0),
            Civil::year(2014).at(0, 60, 0),
            Civil::year(2014).at(0, 0, 60),
            Civil::year(i64::MAX),
            Civil::year(i64::MIN),
        ] {
            assert_eq!(Moment::from_civil(civil), None, "{civil}");
        }
    }

    #[test]
    fn the_ends_hold() {
        assert_eq!(Moment::EARLIEST, Moment::year_start(-20_000_000_000));
        assert_eq!(Moment::LATEST, Moment::year_start(2_000_000_000));
        assert_eq!(Moment::year_start(i64::MAX).secs(), i64::MAX);
        assert_eq!(Moment::year_start(i64::MIN).secs(), i64::MIN);
        for secs in [i64::MIN, i64::MIN + 1, i64::MAX] {
            let civil = Moment(secs).civil();
            assert_eq!(Moment::from_civil(civil), Some(Moment(secs)));
        }
    }

    #[test]
    fn serde_is_a_bare_number() {
        assert_eq!(serde_json::to_string(&Moment(-5)).unwrap(), "-5");
        assert_eq!(serde_json::from_str::<Moment>("7").unwrap(), Moment(7));
    }

    proptest! {
        #![proptest_config(crate::testing::fixed(1000))]

        #[test]
        fn any_moment_survives_the_calendar(secs in any::<i64>()) {
            prop_assert_eq!(Moment::from_civil(Moment(secs).civil()), Some(Moment(secs)));
        }

        #[test]
        fn any_date_survives_the_clock(
            year in -20_000_000_000_i64..2_000_000_000, month in 1_u8..=12, day in 1_u8..=31,
        ) {
            let civil = Civil::date(year, month, day);
            match Moment::from_civil(civil) {
                Some(moment) => prop_assert_eq!(moment.civil(), civil),
                None => prop_assert!(day > days_in_month(year, month)),
            }
        }

        #[test]
        fn calendar_order_is_time_order(a in any::<i64>(), b in any::<i64>()) {
            prop_assert_eq!(a.cmp(&b), Moment(a).civil().cmp(&Moment(b).civil()));
        }
    }
}
