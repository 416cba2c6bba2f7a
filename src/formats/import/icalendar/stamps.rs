//! Dates, times with their zones, and lengths of time of a calendar.

use chrono::{
    Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, TimeDelta, TimeZone as _,
    Timelike as _,
};
use chrono_tz::Tz;

use crate::formats::import::dates::Date;

/// A time zone by its name, before which some programs put a path of their own.
pub fn zone_of(name: &str) -> Option<Tz> {
    /// No name is longer.
    const LONGEST: usize = 200;
    let mut rest = name.trim().trim_matches('"').trim_start_matches('/');
    if rest.len() > LONGEST {
        return None;
    }
    loop {
        if let Ok(zone) = rest.parse::<Tz>() {
            return Some(zone);
        }
        rest = rest.split_once('/')?.1;
    }
}

/// On which clocks a time was written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Zone {
    /// Those where it happens.
    None,
    Utc,
    Of(Tz),
}

/// A day, or a second.
#[derive(Copy, Clone, Debug)]
pub struct Stamp {
    pub local: NaiveDateTime,
    pub is_day: bool,
    pub zone: Zone,
}

impl Stamp {
    /// Reads `20140610` or `20140610T143000Z`; hyphens and colons within it do no harm.
    pub fn read(value: &str) -> Option<Self> {
        const LONGEST: usize = 40;
        let plain = value.chars().take(LONGEST);
        let plain: String = plain.filter(|c| !matches!(c, '-' | ':')).collect();
        if !plain.is_ascii() {
            return None;
        }
        let (date, time) = match plain.split_once(['T', 't', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (plain.as_str(), None),
        };
        let number = |text: &str, from: usize, to: usize| {
            let digits = text.get(from..to)?;
            let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| digits.parse::<u32>().ok()).flatten()
        };
        if date.len() != 8 {
            return None;
        }
        let year = i32::try_from(number(date, 0, 4)?).ok()?;
        let day = NaiveDate::from_ymd_opt(year, number(date, 4, 6)?, number(date, 6, 8)?)?;
        let Some(time) = time else {
            return Some(Self {
                local: day.and_time(NaiveTime::MIN),
                is_day: true,
                zone: Zone::None,
            });
        };
        let (time, zone) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, Zone::Utc),
            None => (time, Zone::None),
        };
        let second = match time.len() {
            4 => 0,
            // A leap second.
            6 => number(time, 4, 6)?.min(59),
            _ => return None,
        };
        let clock = NaiveTime::from_hms_opt(number(time, 0, 2)?, number(time, 2, 4)?, second)?;
        Some(Self {
            local: day.and_time(clock),
            is_day: false,
            zone,
        })
    }

    pub fn day(self) -> NaiveDate {
        self.local.date()
    }

    pub fn edtf(self) -> Option<String> {
        let date = Date {
            year: i64::from(self.local.year()),
            month: u8::try_from(self.local.month()).ok(),
            day: u8::try_from(self.local.day()).ok(),
            time: None,
        };
        if self.is_day {
            return date.edtf();
        }
        let time = self.local.time();
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        let zone = match self.zone {
            Zone::None => String::new(),
            Zone::Utc => "Z".to_owned(),
            Zone::Of(zone) => {
                // Before there were zones a clock ran some seconds off: EDTF counts minutes.
                let minutes = shift_secs(zone, &self.local) / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.abs();
                format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        };
        Date {
            time: Some(format!("{hour:02}:{minute:02}:{second:02}{zone}")),
            ..date
        }
        .edtf()
    }

    /// So much later. Days are those of the calendar, and hours those that pass.
    pub fn after(self, length: Length) -> Option<Self> {
        let days = TimeDelta::try_days(length.days)?;
        let secs = TimeDelta::try_seconds(length.secs)?;
        let local = self.local.checked_add_signed(days)?;
        let local = match self.zone {
            Zone::Of(zone) if length.secs != 0 => {
                let shift = TimeDelta::try_seconds(i64::from(shift_secs(zone, &local)))?;
                let utc = local.checked_sub_signed(shift)?.checked_add_signed(secs)?;
                let shift = zone.offset_from_utc_datetime(&utc).fix().local_minus_utc();
                utc.checked_add_signed(TimeDelta::try_seconds(i64::from(shift))?)?
            }
            _ => local.checked_add_signed(secs)?,
        };
        Some(Self { local, ..self })
    }

    /// The last day or second that is touched, of an event that begins at `start` and ends here;
    /// `is_behind` where this is the first day that is not touched.
    pub fn last_of(self, start: Self, is_behind: bool) -> Self {
        let is_day = self.is_day || start.is_day;
        let local = if is_behind {
            let before = self.local.checked_sub_signed(TimeDelta::days(1));
            // An event of no days is one of its first.
            before
                .unwrap_or(self.local)
                .max(start.day().and_time(NaiveTime::MIN))
        } else {
            self.local
        };
        Self {
            local,
            is_day,
            ..self
        }
    }
}

/// The distance of a zone from UTC in seconds, when its clocks show this.
pub fn shift_secs(zone: Tz, local: &NaiveDateTime) -> i32 {
    // Of a time that is there twice the first; one that is skipped has the shift before it.
    let found = zone.offset_from_local_datetime(local).earliest();
    let shift = found.unwrap_or_else(|| zone.offset_from_utc_datetime(local));
    shift.fix().local_minus_utc()
}

/// How long an event is.
#[derive(Copy, Clone, Default, Debug)]
pub struct Length {
    pub days: i64,
    pub secs: i64,
}

impl Length {
    /// Reads `P1D`, `PT1H30M` or `P2W`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('+').unwrap_or(text);
        let rest = text.strip_prefix(['P', 'p'])?;
        let mut length = Self::default();
        let mut number: Option<i64> = None;
        for c in rest.chars() {
            if let Some(digit) = c.to_digit(10) {
                let above = number.unwrap_or(0).checked_mul(10)?;
                number = Some(above.checked_add(i64::from(digit))?);
                continue;
            }
            let (days, secs) = match c.to_ascii_uppercase() {
                'T' if number.is_none() => continue,
                'W' => (7, 0),
                'D' => (1, 0),
                'H' => (0, 3600),
                'M' => (0, 60),
                'S' => (0, 1),
                _ => return None,
            };
            let count = number.take()?;
            length.days = length.days.checked_add(count.checked_mul(days)?)?;
            length.secs = length.secs.checked_add(count.checked_mul(secs)?)?;
        }
        number.is_none().then_some(length)
    }
}
