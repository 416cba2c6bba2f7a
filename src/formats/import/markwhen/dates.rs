//! The dates of a markwhen text: absolute, relative to other events, with lengths of time. What the
//! events are is left to the importer.

pub mod resolve;

use crate::{
    formats::{
        Counting,
        import::dates::{Date, iso},
        syntax::markwhen::{LONGEST_DATE, MONTHS, may_be_event},
    },
    time::{
        Civil, Moment, When,
        freeform::{self, DayMonthOrder},
        moment::days_in_month,
    },
};

/// So many colons may stand in and behind a date: those of times and distances from UTC.
const MOST_COLONS: usize = 12;
/// What can part the sides of a range, from the clearest to the least clear.
const SEPARATORS: [&str; 5] = [" - ", " – ", " to ", " / ", "/"];
const SECS_PER_DAY: i64 = 86_400;

/// A line that begins with a date.
#[derive(Debug)]
pub struct Dated<'l> {
    /// The date as it stands.
    pub date: &'l str,
    /// What it says.
    pub range: Range,
    /// How it recurs, as it stands.
    pub recurs: Option<&'l str>,
    /// What follows the colon.
    pub title: &'l str,
}

/// A date or a stretch of time, before it is known what it is relative to.
#[derive(Debug)]
pub struct Range {
    start: Start,
    end: Option<End>,
}

#[derive(Debug)]
enum Start {
    At(Point),
    Now,
    Relative(Relative),
    /// Relative, but not understood.
    Unknown,
}

#[derive(Debug)]
enum End {
    At(Point),
    /// Now or open.
    Open,
    /// So long after the start.
    After(Amount),
}

/// One date.
#[derive(Debug)]
struct Point {
    edtf: String,
    /// What the text does not tell.
    doubt: Option<String>,
}

/// So long after or before another event: the one with this id, or the one above.
#[derive(Debug)]
struct Relative {
    id: Option<String>,
    is_before: bool,
    /// Of the other event; where it is not said, the end for what comes after, else the start.
    is_of_start: Option<bool>,
    amount: Amount,
}

/// A length of time.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
struct Amount {
    months: i64,
    secs: i64,
    /// Its finest unit.
    part: Part,
}

/// How exact a date is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Year,
    Month,
    Day,
    Second,
}

/// Reads a line that begins with a date and a colon. Leading spaces are taken off already.
pub fn event(line: &str, order: DayMonthOrder) -> Option<Dated<'_>> {
    if !may_be_event(line) {
        return None;
    }
    let near = line.get(..line.floor_char_boundary(LONGEST_DATE))?;
    let mut colons = near.match_indices(':').take(MOST_COLONS);
    colons.find_map(|(at, _)| {
        let after = line.get(at + 1..)?;
        // Of a time of day, or of an address.
        if after.starts_with(|c: char| c.is_ascii_digit() || c == '/') {
            return None;
        }
        let date = line.get(..at)?.trim();
        let (range, recurs) = dated(date, order)?;
        Some(Dated {
            date,
            range,
            recurs,
            title: after.trim(),
        })
    })
}

impl Dated<'_> {
    /// Whether this is certainly a date, and no number before a colon.
    pub fn is_telling(&self) -> bool {
        let bytes = self.date.as_bytes();
        let is_number = |three: &[u8]| three.iter().all(u8::is_ascii_digit);
        let is_bc = self.date.to_ascii_lowercase().contains("bc");
        matches!(self.range.start, Start::At(_)) && (is_bc || bytes.windows(3).any(is_number))
    }
}

fn dated(text: &str, order: DayMonthOrder) -> Option<(Range, Option<&str>)> {
    // These part the cells of a table.
    let is_cell = |(at, _): (usize, &str)| {
        let next = text.get(at + 1..).unwrap_or_default();
        !next.starts_with(' ')
    };
    if text.contains([';', '\t', '|']) || text.match_indices(',').any(is_cell) {
        return None;
    }
    let Some(at) = text.to_ascii_lowercase().find(" every ") else {
        return Some((range(text, order)?, None));
    };
    let recurs = text.get(at..)?.trim();
    let often = recurs.split_whitespace().nth(1)?.to_ascii_lowercase();
    let is_often = unit(&often).is_some()
        || often.starts_with(|c: char| c.is_ascii_digit())
        || ["other", "weekday"].contains(&often.as_str())
        || often.ends_with("day");
    let range = range(text.get(..at)?.trim(), order)?;
    is_often.then_some((range, Some(recurs)))
}

fn range(text: &str, order: DayMonthOrder) -> Option<Range> {
    if text.len() >= 4 && When::parse(text).is_ok() {
        let point = Point {
            edtf: text.to_owned(),
            doubt: None,
        };
        return Some(Range::of(Start::At(point)));
    }
    if let Some(start) = start(text, order) {
        return Some(Range::of(start));
    }
    let lower = text.to_ascii_lowercase();
    let mut backwards = None;
    for separator in SEPARATORS {
        for (at, _) in lower.match_indices(separator).take(4) {
            let from = text.get(..at)?.trim();
            let to = text.get(at + separator.len()..)?.trim();
            // Else `13/4/2014` would go from the year 13 to a month.
            if separator == "/" && from.len() < 4 {
                continue;
            }
            let Some(end) = end(to, order) else {
                continue;
            };
            let Some(start) = start(&in_era(from, to), order) else {
                continue;
            };
            let range = Range {
                start,
                end: Some(end),
            };
            if range.is_forwards() {
                return Some(range);
            }
            backwards = backwards.or(Some(range));
        }
    }
    if let Some(point) = as_people_write(text, order) {
        return Some(Range::of(Start::At(point)));
    }
    if backwards.is_some() {
        return backwards;
    }
    let (word, rest) = lower.split_once(' ')?;
    let is_relative =
        ["after", "before", "by"].contains(&word) && rest.trim_start().starts_with('!');
    is_relative.then(|| Range::of(Start::Unknown))
}

/// The start of `300 - 200 BC` is before Christ too.
fn in_era(from: &str, to: &str) -> String {
    let is_bare = !from.is_empty() && from.bytes().all(|byte| byte.is_ascii_digit());
    let to = to.to_ascii_lowercase();
    if is_bare && (to.ends_with("bc") || to.ends_with("bce")) {
        format!("{from} BC")
    } else {
        from.to_owned()
    }
}

fn start(text: &str, order: DayMonthOrder) -> Option<Start> {
    if text.eq_ignore_ascii_case("now") {
        return Some(Start::Now);
    }
    let relative = relative(text).or_else(|| {
        Some(Relative {
            id: None,
            is_before: false,
            is_of_start: None,
            amount: Amount::read(text)?,
        })
    });
    relative
        .map(Start::Relative)
        .or_else(|| point(text, order).map(Start::At))
}

fn end(text: &str, order: DayMonthOrder) -> Option<End> {
    if text.eq_ignore_ascii_case("now") || text == ".." {
        return Some(End::Open);
    }
    let after = Amount::read(text).map(End::After);
    after.or_else(|| point(text, order).map(End::At))
}

/// `after !id 3 days`, `!id.start 3 days`, `before 2 weeks`.
fn relative(text: &str) -> Option<Relative> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let is_before = match word.to_ascii_lowercase().as_str() {
        "after" => Some(false),
        "before" | "by" => Some(true),
        _ => None,
    };
    let rest = if is_before.is_some() {
        rest.trim()
    } else {
        text
    };
    let (named, rest) = match rest.strip_prefix('!') {
        Some(named) => named.split_once(' ').unwrap_or((named, "")),
        None => ("", rest),
    };
    let (id, is_of_start) = if let Some(id) = named.strip_suffix(".start") {
        (id, Some(true))
    } else if let Some(id) = named.strip_suffix(".end") {
        (id, Some(false))
    } else {
        (named, None)
    };
    let amount = if rest.trim().is_empty() && !id.is_empty() {
        Amount::NONE
    } else {
        Amount::read(rest)?
    };
    (is_before.is_some() || !id.is_empty()).then(|| Relative {
        id: (!id.is_empty()).then(|| id.to_owned()),
        is_before: is_before.unwrap_or(false),
        is_of_start,
        amount,
    })
}

fn point(text: &str, order: DayMonthOrder) -> Option<Point> {
    let plain = |edtf| Point { edtf, doubt: None };
    if let Some(edtf) = slashed(text, order).or_else(|| before_christ(text)) {
        return Some(plain(edtf));
    }
    if text.contains('/') && When::parse(text).is_ok() {
        return None;
    }
    if When::parse(text).is_ok() {
        return Some(plain(text.to_owned()));
    }
    let is_iso = text.len() > 10 && text.get(10..11) == Some("T");
    if is_iso && let Some(edtf) = iso(text, Counting::WithZero).and_then(|date| date.edtf()) {
        return Some(plain(edtf));
    }
    as_people_write(text, order).filter(|point| !point.edtf.contains('/'))
}

fn as_people_write(text: &str, order: DayMonthOrder) -> Option<Point> {
    let reading = freeform::read(text, Some(order))?;
    Some(Point {
        doubt: reading.doubts.first().map(ToString::to_string),
        edtf: reading.edtf,
    })
}

/// `812`, `44 BC`, `12/2012`, `12/25/2014`: years as they stand, however short.
fn slashed(text: &str, order: DayMonthOrder) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    // A bare number of more digits is `201406`, or is not a year.
    let most = if lower.ends_with(['c', 'e']) { 11 } else { 5 };
    let before = lower.strip_suffix("bce").or(lower.strip_suffix("bc"));
    let mut parts = before
        .unwrap_or(&lower)
        .trim()
        .split('/')
        .map(|part| number(part, most));
    let (first, second, third) = (parts.next()??, parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let short = |(value, digits): (i64, usize)| {
        let value = u8::try_from(value).ok()?;
        (digits <= 2).then_some(value)
    };
    let (year, month, day) = match (second, third) {
        (None, _) => (first.0, None, None),
        (Some(year), None) => (year?.0, Some(short(first)?), None),
        (Some(second), Some(year)) => {
            let (first, second) = (short(first)?, short(second?)?);
            let (month, day) = match order {
                DayMonthOrder::DayFirst => (second, first),
                DayMonthOrder::MonthFirst => (first, second),
            };
            (year?.0, Some(month), Some(day))
        }
    };
    let year = match before {
        Some(_) if year == 0 => return None,
        Some(_) => 1 - year,
        None => year,
    };
    // Codes of seasons are no months.
    if month.is_some_and(|month| !(1..=12).contains(&month)) {
        return None;
    }
    let date = Date {
        year,
        month,
        day,
        time: None,
    };
    date.edtf()
}

/// `March 44 BC`, `15 March 44 BC`, `March 15 44 BC`: years before Christ however short.
fn before_christ(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let (rest, era) = lower.rsplit_once(' ')?;
    let (rest, year) = rest.trim().rsplit_once(' ')?;
    let (year, _) =
        number(year, 11).filter(|(year, _)| ["bc", "bce"].contains(&era) && *year > 0)?;
    let (first, second) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
    let month_of = |word: &str| {
        let mut months = MONTHS.iter();
        let at = months.position(|month| word.len() >= 3 && month.starts_with(word))?;
        u8::try_from(at + 1).ok()
    };
    let day_of = |word: &str| word.trim_end_matches(',').parse::<u8>().ok();
    let (month, day) = match month_of(first) {
        Some(month) if second.is_empty() => (month, None),
        Some(month) => (month, Some(day_of(second)?)),
        None => (month_of(second)?, Some(day_of(first)?)),
    };
    let date = Date {
        year: 1 - year,
        month: Some(month),
        day,
        time: None,
    };
    date.edtf()
}

/// A number of a date, with how many digits it has, at most so many.
fn number(text: &str, most: usize) -> Option<(i64, usize)> {
    let is_number = (1..=most).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    let value = is_number.then(|| text.parse().ok())??;
    Some((value, text.len()))
}

impl Amount {
    const NONE: Self = Self {
        months: 0,
        secs: 0,
        part: Part::Year,
    };

    /// `5 months`, `1 year, 2 weeks and 3 days`.
    fn read(text: &str) -> Option<Self> {
        let mut amount = Self::NONE;
        let mut rest = text.trim();
        if rest.is_empty() {
            return None;
        }
        while !rest.is_empty() {
            let end = rest.find(|c: char| !c.is_ascii_digit())?;
            let count = rest.get(..end).filter(|digits| digits.len() <= 6)?;
            let count: i64 = count.parse().ok()?;
            rest = rest.get(end..)?.trim_start();
            let end = rest.find(|c: char| !c.is_ascii_alphabetic());
            let end = end.unwrap_or(rest.len());
            let unit = unit(&rest.get(..end)?.to_ascii_lowercase())?;
            amount.months += unit.months * count;
            amount.secs += unit.secs * count;
            amount.part = amount.part.max(unit.part);
            rest = rest.get(end..)?.trim_start();
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
            rest = rest.strip_prefix("and ").unwrap_or(rest).trim_start();
        }
        Some(amount)
    }

    /// A moment so much later, or earlier. Of months that are shorter, the last day is taken.
    fn shift(self, moment: Moment, is_before: bool) -> Option<Moment> {
        let sign = if is_before { -1 } else { 1 };
        let civil = moment.civil();
        let months = civil.year.checked_mul(12)? + i64::from(civil.month) - 1;
        let months = months.checked_add(sign * self.months)?;
        let year = months.div_euclid(12);
        let month = u8::try_from(months.rem_euclid(12) + 1).ok()?;
        let day = civil.day.min(days_in_month(year, month));
        let moment = Moment::from_civil(Civil {
            year,
            month,
            day,
            ..civil
        })?;
        Some(moment.plus_secs(sign * self.secs))
    }
}

/// One of a unit, by its word in small letters.
fn unit(word: &str) -> Option<Amount> {
    let (months, secs, part) = match word {
        "second" | "seconds" | "sec" | "secs" | "s" => (0, 1, Part::Second),
        "minute" | "minutes" | "min" | "mins" => (0, 60, Part::Second),
        "hour" | "hours" | "hr" | "hrs" | "h" => (0, 3600, Part::Second),
        "day" | "days" | "d" => (0, SECS_PER_DAY, Part::Day),
        "week" | "weeks" | "wk" | "wks" | "w" => (0, 7 * SECS_PER_DAY, Part::Day),
        "month" | "months" | "mo" | "mos" => (1, 0, Part::Month),
        "year" | "years" | "yr" | "yrs" | "y" => (12, 0, Part::Year),
        "decade" | "decades" => (120, 0, Part::Year),
        "century" | "centuries" => (1200, 0, Part::Year),
        _ => return None,
    };
    Some(Amount { months, secs, part })
}

impl Range {
    fn of(start: Start) -> Self {
        Self { start, end: None }
    }

    fn is_forwards(&self) -> bool {
        let (Start::At(from), Some(End::At(to))) = (&self.start, &self.end) else {
            return true;
        };
        from.edtf == to.edtf || When::parse(&format!("{}/{}", from.edtf, to.edtf)).is_ok()
    }

    /// What its texts do not tell.
    fn doubts(&self) -> Vec<String> {
        let start = match &self.start {
            Start::At(point) => point.doubt.clone(),
            Start::Now | Start::Relative(_) | Start::Unknown => None,
        };
        let end = match &self.end {
            Some(End::At(point)) => point.doubt.clone(),
            Some(End::Open | End::After(_)) | None => None,
        };
        start.into_iter().chain(end).collect()
    }
}

#[cfg(test)]
mod tests;
