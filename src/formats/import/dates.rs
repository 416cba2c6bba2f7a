//! The dates of a table as EDTF: written in one cell as people write them, or in parts.

use crate::time::{
    When,
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
            return self.in_year(year);
        }
        if ![self.month, self.day]
            .iter()
            .all(|part| part.trim().is_empty())
        {
            return None;
        }
        let plain = |edtf: String| Understood { edtf, doubt: None };
        if self.time.trim().is_empty() && When::parse(date).is_ok() {
            return Some(plain(date.to_owned()));
        }
        let reading = freeform::read(date, order)?;
        // The order is decided for the whole column.
        let is_new =
            |doubt: &&Doubt| order.is_none() || !matches!(doubt, Doubt::DayOrMonthFirst { .. });
        let doubt = reading.doubts.iter().find(is_new).map(Doubt::to_string);
        let edtf = match time_of(self.time) {
            Some(time) if reading.edtf.len() == "2014-06-10".len() => {
                format!("{}T{time}", reading.edtf)
            }
            Some(_) => return None,
            None => reading.edtf,
        };
        When::parse(&edtf)
            .is_ok()
            .then_some(Understood { edtf, doubt })
    }

    /// A date whose parts stand in cells of their own.
    fn in_year(&self, year: i64) -> Option<Understood> {
        // There is no year 0 where years are counted: −1 is 1 BC, which EDTF writes as 0000.
        let year = if year < 0 { year + 1 } else { year };
        let mut edtf = match year {
            -9999..=-1 => format!("-{:04}", -year),
            0..=9999 => format!("{year:04}"),
            _ => format!("Y{year}"),
        };
        let number = |part: &str| match part.trim() {
            "" => Some(None),
            part => part.parse::<u8>().ok().map(Some),
        };
        let (month, day) = (number(self.month)?, number(self.day)?);
        let month = month.map_or_else(String::new, |month| format!("-{month:02}"));
        let is_whole = !month.is_empty();
        edtf.push_str(&month);
        if let Some(day) = day {
            if !is_whole {
                return None;
            }
            let time = time_of(self.time).map_or_else(String::new, |time| format!("T{time}"));
            edtf = format!("{edtf}-{day:02}{time}");
        }
        When::parse(&edtf)
            .is_ok()
            .then_some(Understood { edtf, doubt: None })
    }
}

/// A number that is a year: no more digits than years have, with spaces and commas inside taken out,
/// as spreadsheets put them there.
fn year_of(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | ',')).collect();
    let year = digits
        .strip_suffix(".0")
        .unwrap_or(&digits)
        .parse::<i64>()
        .ok()?;
    // Eight digits are a date, and a zero before others is meant.
    let is_year = !digits.starts_with('0') && (digits.len() < 8 || year < 0);
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

/// The order of day and month in a column, from the values that decide it. `None` where none does;
/// an error where some say this and others that.
pub fn order<'c>(cells: impl Iterator<Item = &'c str>) -> Result<Option<DayMonthOrder>, ()> {
    let mut found = None;
    for cell in cells.filter(|cell| !cell.trim().is_empty()) {
        if year_of(cell.trim()).is_some() || When::parse(cell.trim()).is_ok() {
            continue;
        }
        let orders = [DayMonthOrder::DayFirst, DayMonthOrder::MonthFirst];
        let [day_first, month_first] =
            orders.map(|order| freeform::read(cell, Some(order)).is_some());
        let decided = match (day_first, month_first) {
            (true, false) => DayMonthOrder::DayFirst,
            (false, true) => DayMonthOrder::MonthFirst,
            _ => continue,
        };
        if found.is_some_and(|found| found != decided) {
            return Err(());
        }
        found = Some(decided);
    }
    Ok(found)
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
        let order = |cells: &[&str]| order(cells.iter().copied());
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
