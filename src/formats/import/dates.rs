//! The dates of a table as EDTF: written in one cell as people write them, or in parts.

use std::fmt::Write as _;

use crate::formats::Counting;
use crate::time::{
    Moment, When,
    freeform::{self, DayMonthOrder, Doubt},
};

/// The parts of a date, as they stand in their cells; empty where there are none.
#[derive(Copy, Clone, Debug, Default)]
pub struct Parts<'c> {
    /// The year, or a whole date.
    pub date: &'c str,
    pub month: &'c str,
    pub day: &'c str,
    pub time: &'c str,
}

/// A date that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// In EDTF.
    pub edtf: String,
    /// What the cell does not tell, in words.
    pub doubt: Option<String>,
}

impl Parts<'_> {
    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        let parts = [self.date, self.month, self.day, self.time];
        parts.iter().all(|part| part.trim().is_empty())
    }

    /// As they stand, for a message.
    pub fn words(&self) -> String {
        let parts = [self.date, self.month, self.day, self.time];
        let parts = parts.iter().map(|part| part.trim());
        parts
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The date; `None` where it is not understood.
    pub fn read(&self, order: Option<DayMonthOrder>) -> Option<Understood> {
        let date = self.date.trim();
        if let Some(year) = year_of(date) {
            let mut understood = self.in_year(year)?;
            let is_alone = self.month.trim().is_empty();
            if (10_000..100_000).contains(&year) && is_alone {
                let doubt =
                    format!("{year} is taken for a year; a spreadsheet counts days so, too");
                understood.doubt = Some(doubt);
            }
            return Some(understood);
        }
        if ![self.month, self.day]
            .iter()
            .all(|part| part.trim().is_empty())
        {
            return None;
        }
        let plain = |edtf: String| Understood { edtf, doubt: None };
        if let Some(of_database) = at_midnight_utc(date) {
            return Some(of_database);
        }
        if self.time.trim().is_empty() && may_be_edtf(date) && When::parse(date).is_ok() {
            return Some(plain(date.to_owned()));
        }
        // Where numbers are parted by dots, the day comes first.
        let is_dotted = date.contains('.') && !date.contains('/');
        let order = order.or(is_dotted.then_some(DayMonthOrder::DayFirst));
        let reading = freeform::read(date, order)?;
        // The order is decided for the whole column.
        let is_new =
            |doubt: &&Doubt| order.is_none() || !matches!(doubt, Doubt::DayOrMonthFirst { .. });
        let doubt = reading.doubts.iter().find(is_new).map(Doubt::to_string);
        let edtf = match time_of(self.time) {
            Some(time) if reading.edtf.len() == "2014-06-10".len() => {
                format!("{}T{time}", reading.edtf)
            }
            Some(_) | None => {
                let edtf = reading.edtf;
                let doubt = doubt.or_else(|| lost_time(self.time));
                return Some(Understood { edtf, doubt });
            }
        };
        When::parse(&edtf)
            .is_ok()
            .then_some(Understood { edtf, doubt })
    }

    /// A date whose parts stand in cells of their own.
    fn in_year(&self, year: i64) -> Option<Understood> {
        let number = |part: &str| match part.trim() {
            "" => Some(None),
            part => part
                .strip_suffix(".0")
                .unwrap_or(part)
                .parse::<u8>()
                .ok()
                .map(Some),
        };
        let date = Date {
            year: Counting::WithoutZero.to_edtf(year),
            month: number(self.month)?,
            day: number(self.day)?,
            // A time without a day says nothing.
            time: time_of(self.time),
        };
        if date.day.is_some() && date.month.is_none() {
            return None;
        }
        let edtf = date.edtf()?;
        let is_lost = date.day.is_none() || date.time.is_none();
        Some(Understood {
            edtf,
            doubt: is_lost.then(|| lost_time(self.time)).flatten(),
        })
    }
}

/// That a time of day is left out, where one is written.
fn lost_time(time: &str) -> Option<String> {
    let time = time.trim();
    (!time.is_empty()).then(|| format!("the time “{time}” is not understood, and is left out"))
}

/// `1879-03-14T00:00:00Z`, as databases write a day, and a year by its first day.
fn at_midnight_utc(text: &str) -> Option<Understood> {
    let day = text.strip_suffix("T00:00:00Z")?;
    let date = iso(day, Counting::WithZero)?;
    let is_year = (date.month, date.day) == (Some(1), Some(1));
    if !is_year {
        return Some(Understood {
            edtf: date.edtf()?,
            doubt: None,
        });
    }
    let year = Date {
        month: None,
        day: None,
        ..date
    };
    Some(Understood {
        edtf: year.edtf()?,
        doubt: Some("1 January at midnight is taken for the year alone".to_owned()),
    })
}

/// A date in numbers, as exact as it is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// In EDTF's counting.
    pub year: i64,
    /// From 1.
    pub month: Option<u8>,
    /// From 1; nothing without a month.
    pub day: Option<u8>,
    /// As EDTF writes it: `14:30:00`, with a distance from UTC perhaps; nothing without a day.
    pub time: Option<String>,
}

impl Date {
    /// In EDTF; `None` where there is no such date.
    pub fn edtf(&self) -> Option<String> {
        let mut edtf = match self.year {
            year @ -9999..=-1 => format!("-{:04}", -year),
            year @ 0..=9999 => format!("{year:04}"),
            year => format!("Y{year}"),
        };
        // EDTF has no months in years of five digits.
        let is_long = edtf.starts_with('Y');
        if let Some(month) = self.month.filter(|_| !is_long) {
            let _infallible = write!(edtf, "-{month:02}");
            if let Some(day) = self.day {
                let _infallible = write!(edtf, "-{day:02}");
                if let Some(time) = &self.time {
                    let _infallible = write!(edtf, "T{time}");
                }
            }
        }
        When::parse(&edtf).is_ok().then_some(edtf)
    }

    /// Without a time of midnight, which programs write that know no days without one.
    pub fn without_midnight(mut self) -> Self {
        let is_midnight = |time: &String| time.get(..8) == Some("00:00:00");
        self.time = self.time.filter(|time| !is_midnight(time));
        self
    }
}

/// An ISO date, with or without a time: `2014-06-10`, `-000043-03-15T00:00:00.000Z`,
/// `+1879-03-14T00:00:00Z`, `2014-06-10 14:30`. The year is taken as `counting` says. Parts of
/// seconds are left out.
pub fn iso(text: &str, counting: Counting) -> Option<Date> {
    let text = text.trim();
    let (is_negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (date, time) = match rest.find(['T', 't', ' ']) {
        Some(at) => (rest.get(..at)?, Some(rest.get(at + 1..)?.trim())),
        None => (rest, None),
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = date.split('-');
    let year = parts
        .next()
        .filter(|year| is_number(year) && year.len() <= 12)?;
    let year: i64 = year.parse().ok()?;
    let mut part = || match parts.next() {
        None => Some(None),
        // A month or day of 0 is one that is not known.
        Some(part) if is_number(part) => {
            Some(Some(part.parse::<u8>().ok()?).filter(|number| *number > 0))
        }
        Some(_) => None,
    };
    let (month, day) = (part()?, part()?);
    let day = day.filter(|_| month.is_some());
    if parts.next().is_some() {
        return None;
    }
    let time = match time {
        None | Some("") => None,
        Some(time) => Some(iso_time(time)?),
    };
    Some(Date {
        year: counting.to_edtf(if is_negative { -year } else { year }),
        month,
        day,
        time: time.filter(|_| day.is_some()),
    })
}

/// `14:30`, `14:30:05.123Z`, `143005+0200` as EDTF writes it.
fn iso_time(text: &str) -> Option<String> {
    let at = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, shift) = (text.get(..at)?.trim(), text.get(at..)?);
    let clock = clock.split_once('.').map_or(clock, |(whole, _)| whole);
    let digits = if clock.contains(':') {
        // Each part may have one digit.
        let parts = clock.split(':').map(|part| format!("{part:0>2}"));
        parts.collect::<String>()
    } else {
        format!("{clock:0>2}")
    };
    let two = |text: &str, at: usize| {
        text.get(at..at + 2)
            .map_or(Some(0), |it| it.parse::<u8>().ok())
    };
    let (hour, minute, second) = (two(&digits, 0)?, two(&digits, 2)?, two(&digits, 4)?);
    let shift = match shift.get(..1) {
        None => String::new(),
        Some("Z" | "z") => "Z".to_owned(),
        Some(sign) => {
            let digits: String = shift.chars().filter(char::is_ascii_digit).collect();
            format!("{sign}{:02}:{:02}", two(&digits, 0)?, two(&digits, 2)?)
        }
    };
    (hour < 24 && minute < 60 && second < 60)
        .then(|| format!("{hour:02}:{minute:02}:{second:02}{shift}"))
}

/// Milliseconds from 1970 on, in UTC.
pub fn epoch_millis(millis: i64) -> Date {
    let civil = Moment::from_secs(millis.div_euclid(1000)).civil();
    Date {
        year: civil.year,
        month: Some(civil.month),
        day: Some(civil.day),
        time: Some(format!(
            "{:02}:{:02}:{:02}Z",
            civil.hour, civil.minute, civil.second
        )),
    }
}

/// A stretch of time; an end that is the start says nothing.
pub fn span(from: String, to: Option<String>) -> String {
    match to {
        Some(to) if to != from && !from.contains('/') && !to.contains('/') => {
            format!("{from}/{to}")
        }
        _ => from,
    }
}

/// Why there is no such day or month, in words; `None` of what is no date at all.
pub fn impossible(text: &str) -> Option<String> {
    let error = When::parse(text.trim()).err()?;
    let words = error.to_string();
    let is_it = ["there is no month", "there is no day", " days"]
        .iter()
        .any(|it| words.contains(it));
    is_it.then_some(words)
}

/// Whether a text has only signs that EDTF has. Asked before a text is read as EDTF, since what is
/// wrong with one that is none is explained at length.
fn may_be_edtf(text: &str) -> bool {
    let is_of_it = |byte: u8| byte.is_ascii_digit() || b"-/~?%.:+,[]{}XYSETZ".contains(&byte);
    text.bytes().all(is_of_it)
}

/// A number that is a year: no more digits than years have, with spaces and commas inside taken out,
/// as spreadsheets put them there.
fn year_of(text: &str) -> Option<i64> {
    // Most cells of most tables are dates or words: no room is made for those.
    let is_of_number =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b' ' | b',' | b'.' | b'-' | b'+');
    if !text.bytes().all(is_of_number) {
        return None;
    }
    // A date, and no number.
    if text.get(1..).is_some_and(|rest| rest.contains('-')) {
        return None;
    }
    // Spreadsheets part thousands: 13,800,000,000.
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let mut groups = rest.split([',', ' ']);
    let first = groups.next()?;
    let mut digits = format!("{sign}{first}");
    for group in groups {
        if first.len() > 3 || group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    let digits = digits.strip_suffix(".0").unwrap_or(&digits);
    let year = digits.parse::<i64>().ok()?;
    // Eight digits are a date, and a zero before others is EDTF.
    let is_padded = digits.trim_start_matches('-').starts_with('0') && digits.len() > 1;
    let is_year = !is_padded && (digits.len() < 8 || year < 0);
    is_year.then_some(year)
}

/// A time of day as `hh:mm:ss`: `14:30`, `1430`, `2:30 pm`.
fn time_of(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let (text, is_later) = match (text.strip_suffix("pm"), text.strip_suffix("am")) {
        (Some(rest), _) => (rest.trim(), Some(true)),
        (_, Some(rest)) => (rest.trim(), Some(false)),
        _ => (text.as_str(), None),
    };
    let parts: Vec<&str> = match text.len() {
        4 if !text.contains(':') => vec![text.get(..2)?, text.get(2..)?],
        _ => text.split(':').collect(),
    };
    let numbers: Option<Vec<u8>> = parts.iter().map(|part| part.parse().ok()).collect();
    let numbers = numbers.filter(|numbers| (1..=3).contains(&numbers.len()))?;
    let at = |part: usize| numbers.get(part).copied().unwrap_or(0);
    let hour = match (at(0), is_later) {
        (12, Some(false)) => 0,
        (hour @ 1..=11, Some(true)) => hour + 12,
        (hour, _) => hour,
    };
    (hour < 24 && at(1) < 60 && at(2) < 60).then(|| format!("{hour:02}:{:02}:{:02}", at(1), at(2)))
}

/// The order of day and month in a column, from the values that decide it.
#[derive(Copy, Clone, Debug, Default)]
pub struct Order {
    found: Option<DayMonthOrder>,
    is_mixed: bool,
    /// How many values have two readings.
    pub undecided: usize,
}

impl Order {
    /// One that was found before.
    pub fn known(found: Option<DayMonthOrder>) -> Self {
        Self {
            found,
            ..Self::default()
        }
    }

    /// Looks at another value.
    pub fn look_at(&mut self, cell: &str) {
        let cell = cell.trim();
        // `2014-06-10`, as most cells of most tables: the year comes first.
        if cell
            .as_bytes()
            .first_chunk::<4>()
            .is_some_and(|year| year.iter().all(u8::is_ascii_digit))
        {
            return;
        }
        // Only numbers with signs between them have two orders.
        if cell.chars().any(char::is_alphabetic)
            || !cell.contains(['/', '.', '-', ' '])
            || year_of(cell).is_some()
            || When::parse(cell).is_ok()
        {
            return;
        }
        let orders = [DayMonthOrder::DayFirst, DayMonthOrder::MonthFirst];
        let [day_first, month_first] =
            orders.map(|order| freeform::read(cell, Some(order)).is_some());
        let decided = match (day_first, month_first) {
            (true, false) => DayMonthOrder::DayFirst,
            (false, true) => DayMonthOrder::MonthFirst,
            (false, false) => return,
            (true, true) => {
                let is_dotted = cell.contains('.') && !cell.contains('/');
                let reading = freeform::read(cell, None);
                let has_two = reading.is_some_and(|reading| {
                    let doubts = &mut reading.doubts.iter();
                    doubts.any(|doubt| matches!(doubt, Doubt::DayOrMonthFirst { .. }))
                });
                self.undecided += usize::from(has_two && !is_dotted);
                return;
            }
        };
        self.is_mixed |= self.found.is_some_and(|found| found != decided);
        self.found = Some(decided);
    }

    /// The order; `None` where no value decides it, an error where some say this and others that.
    pub fn decided(self) -> Result<Option<DayMonthOrder>, ()> {
        if self.is_mixed {
            Err(())
        } else {
            Ok(self.found)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parts: [&str; 4], expected: Option<&str>) {
        let [date, month, day, time] = parts;
        let parts = Parts {
            date,
            month,
            day,
            time,
        };
        let read = parts.read(None).map(|understood| understood.edtf);
        assert_eq!(read.as_deref(), expected, "{parts:?}");
    }

    #[test]
    fn dates_in_one_cell_and_in_parts() {
        for (parts, expected) in [
            (["2014", "", "", ""], Some("2014")),
            (["1,066", "10", "14", ""], Some("1066-10-14")),
            // Not the year 1062014.
            (["10 6 2014", "", "", ""], None),
            (["2014", "6", "10", "noon"], Some("2014-06-10")),
            (["2014.0", "6", "", ""], Some("2014-06")),
            (["-44", "3", "15", ""], Some("-0043-03-15")),
            (["-1", "", "", ""], Some("0000")),
            (["-13800000000", "", "", ""], Some("Y-13799999999")),
            (["2014", "6", "10", "2:30 pm"], Some("2014-06-10T14:30:00")),
            (["2014", "6", "10", "0905"], Some("2014-06-10T09:05:00")),
            (["2014", "13", "", ""], None),
            (["2014", "", "10", ""], None),
            (["2014-06-10", "", "", ""], Some("2014-06-10")),
            (
                ["10 June 2014", "", "", "14:30"],
                Some("2014-06-10T14:30:00"),
            ),
            (["44 BC", "", "", ""], Some("-0043")),
            (["1990s", "", "", ""], Some("199X")),
            (["soon", "", "", ""], None),
            (["", "", "", ""], None),
        ] {
            check(parts, expected);
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_that_of_the_values_that_tell_it() {
        let order = |cells: &[&str]| {
            let mut order = Order::default();
            for cell in cells {
                order.look_at(cell);
            }
            order.decided()
        };
        assert_eq!(order(&["03/04/2014", "2014", ""]), Ok(None));
        assert_eq!(
            order(&["03/04/2014", "25/12/2014"]),
            Ok(Some(DayMonthOrder::DayFirst))
        );
        assert_eq!(
            order(&["03/04/2014", "12/25/2014"]),
            Ok(Some(DayMonthOrder::MonthFirst))
        );
        assert_eq!(order(&["25/12/2014", "12/25/2014"]), Err(()));
    }
}
