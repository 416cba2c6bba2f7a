//! [`When`], a date exactly as precise as the file gives it.
//!
//! `2010` is not 1 January 2010: it is some time in that year, so it becomes a
//! [`DateRange`] from the year's first instant to the first instant after it.
//! What is open stays open, and what is not known stays unknown:
//!
//! ```text
//!   2014/2016      ├───start──┤         ├────end───┤
//!   2003/          ├───start──┤         ? the end is not stated
//!   2014/..        ├───start──┤         → it goes on
//!   /2010~         ? not stated         ├────end───┤ (about)
//! ```
//!
//! `parse` reads dates, `explain` writes the error messages and `words` puts dates
//! into words. The model decides how far an open end is drawn, since that depends
//! on the rest of the file.

use super::{Civil, Moment};

/// A date, a span of time or a set of dates, including what is not known about it.
///
/// ```
/// use meanwhile::time::{Civil, Moment, When};
///
/// let when = When::parse("2016-10~/..").unwrap();
/// assert_eq!(when.earliest(), Moment::from_civil(Civil::date(2016, 10, 1)));
/// assert_eq!(when.latest(), None); // still going on
/// assert!(when.is_approximate() && when.ends_open());
///
/// let error = When::parse("2014-6-1").unwrap_err();
/// assert_eq!(error.help(), "write 2014-06-01");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// One date: the event lies somewhere in this range.
    Date(DateRange),
    /// A span of time. At least one side is [`Bound::Known`].
    Span {
        /// When it began.
        start: Bound,
        /// When it ended.
        end: Bound,
    },
    /// Several dates. Never empty; a member is a `Date` or, for `1670..1672`,
    /// `..1984` and `1984..`, a `Span`.
    Set {
        /// In the order of the file.
        members: Box<[When]>,
        /// `{…}`, all of them, or `[…]`, one of them.
        all: bool,
    },
}

/// One side of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// It lies somewhere in this range.
    Known(DateRange),
    /// `..`: there is none, it goes on (or has no beginning).
    Open,
    /// Nothing before or after the `/`: there is one, but it is not stated.
    Unknown,
}

/// The range of time in which a date lies: `earliest` inclusive, `latest` exclusive,
/// and `earliest < latest` always.
///
/// The start in EDTF's `..2014/2016` ("began in 2014 or earlier") and the end in
/// `2014/2016..` have no limit on one side: `earliest` is [`Moment::EARLIEST`], or
/// `latest` is [`Moment::LATEST`]; [`When::earliest`] and [`When::latest`] give `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRange {
    /// The earliest possible instant.
    pub earliest: Moment,
    /// The first instant after the range (exclusive).
    pub latest: Moment,
    /// The finest part that was given. The range may be wider than one such part:
    /// `156X-12-25` is given to the day, in one of ten years.
    pub precision: Precision,
    /// `~`: the date is an estimate.
    pub approximate: bool,
    /// `?`: the source is in doubt.
    pub uncertain: bool,
    /// The date is a season of the southern hemisphere (EDTF 29 to 32), where
    /// March to May is autumn.
    pub southern: bool,
    /// The distance from UTC that was written beside a time of day; both instants are then in UTC.
    /// Without it they are in the local time of the file.
    pub offset: Option<Offset>,
}

/// A distance from UTC as it is written beside a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Offset {
    /// `Z`
    Utc,
    /// `+01:00`: this many minutes east of Greenwich, from −14 to 14 hours.
    Minutes(i16),
}

impl Offset {
    /// In seconds; positive in the east.
    pub const fn secs(self) -> i64 {
        match self {
            Self::Utc => 0,
            Self::Minutes(minutes) => minutes as i64 * 60,
        }
    }
}

/// `UTC`, `+01:00`
impl std::fmt::Display for Offset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self::Minutes(minutes) = self else {
            return f.write_str("UTC");
        };
        let sign = if *minutes < 0 { '−' } else { '+' };
        let minutes = minutes.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl DateRange {
    /// A range without qualifiers.
    pub const fn new(earliest: Moment, latest: Moment, precision: Precision) -> Self {
        Self {
            earliest,
            latest,
            precision,
            approximate: false,
            uncertain: false,
            southern: false,
            offset: None,
        }
    }

    /// The first instant on the clocks where it was written.
    pub const fn local_earliest(&self) -> Moment {
        match self.offset {
            Some(offset) => self.earliest.plus_secs(offset.secs()),
            None => self.earliest,
        }
    }

    /// The day of the week, in words, of a date that is known to the day or finer and is no guess.
    /// Only since the Gregorian calendar began, on 15 October 1582: earlier dates are often given in
    /// another one.
    pub fn weekday(&self) -> Option<&'static str> {
        const DAY_SECS: i64 = 86_400;
        const NAMES: [&str; 7] = [
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
            "Monday",
            "Tuesday",
            "Wednesday",
        ];
        let length = self.latest.secs().saturating_sub(self.earliest.secs());
        let is_day = self.precision <= Precision::Day && length <= DAY_SECS;
        let gregorian = Moment::from_civil(Civil::date(1582, 10, 15))?;
        let begin = self.local_earliest();
        if !is_day || self.approximate || self.uncertain || begin < gregorian {
            return None;
        }
        // 1 January 1970 was a Thursday.
        let day = begin.secs().div_euclid(DAY_SECS).rem_euclid(7);
        usize::try_from(day)
            .ok()
            .and_then(|day| NAMES.get(day).copied())
    }

    /// Whether not even its first digit is known of the year (`XXXX-10`, `X914`): it is of any of at
    /// least nine thousand years AD.
    pub fn is_of_unknown_year(&self) -> bool {
        // Asked of every date in every frame: nearly all are too short to have years counted.
        const LEAST_SECS: i64 = 8_999 * 365 * 86_400;
        if self.earliest.plus_secs(LEAST_SECS) > self.latest {
            return false;
        }
        let (earliest, latest) = (self.earliest.civil().year, self.latest.civil().year);
        earliest >= 0 && latest <= 10_000 && latest - earliest >= 9_000
    }

    /// Whether it has no limit towards the past (`..2014/2016`).
    pub fn is_or_earlier(&self) -> bool {
        self.earliest == Moment::EARLIEST
    }

    /// Whether it has no limit towards the future (`2014/2016..`).
    pub fn is_or_later(&self) -> bool {
        self.latest == Moment::LATEST
    }
}

/// The finest part of a date that was given, from fine to coarse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// `2016-10-20T09:30:00`
    Second,
    /// `2016-10-20T09:30`
    Minute,
    /// `2016-10-20T09`
    Hour,
    /// `2016-10-20`
    Day,
    /// `2016-10`
    Month,
    /// `2014-21`: a season, quarter, third or half of a year.
    Season,
    /// `2014`
    Year,
    /// `201X`, `2014S3`: ten years.
    Decade,
    /// `20XX`: a hundred years.
    Century,
    /// `2XXX`: a thousand years.
    Millennium,
    /// This many years, ten thousand or more: `XXXX`, `Y-138E8S3`.
    Years(u64),
}

impl When {
    /// The earliest instant that it may include; `None` where the start is open or
    /// unknown, or has no limit (`..2014/2016`).
    pub fn earliest(&self) -> Option<Moment> {
        match self {
            Self::Date(range)
            | Self::Span {
                start: Bound::Known(range),
                ..
            } => (!range.is_or_earlier()).then_some(range.earliest),
            Self::Span { .. } => None,
            // None sorts before every Some, so one open member opens the set.
            Self::Set { members, .. } => members.iter().map(Self::earliest).min().flatten(),
        }
    }

    /// The first instant after all that it may include; `None` where the end is open
    /// or unknown, or has no limit (`2014/2016..`).
    pub fn latest(&self) -> Option<Moment> {
        match self {
            Self::Date(range)
            | Self::Span {
                end: Bound::Known(range),
                ..
            } => (!range.is_or_later()).then_some(range.latest),
            Self::Span { .. } => None,
            Self::Set { members, .. } => members
                .iter()
                .map(Self::latest)
                .try_fold(Moment::EARLIEST, |latest, member| Some(latest.max(member?))),
        }
    }

    /// Whether any part of it is in doubt (`?` or `%`).
    pub fn is_uncertain(&self) -> bool {
        self.any(&|range| range.uncertain)
    }

    /// Whether a distance from UTC is written beside any part of it.
    pub fn has_offset(&self) -> bool {
        self.any(&|range| range.offset.is_some())
    }

    /// Whether any part of it is an estimate (`~` or `%`).
    pub fn is_approximate(&self) -> bool {
        self.any(&|range| range.approximate)
    }

    /// Whether it is a span with an open start (`../2014`).
    pub fn starts_open(&self) -> bool {
        matches!(
            self,
            Self::Span {
                start: Bound::Open,
                ..
            }
        )
    }

    /// Whether it is a span with an open end, and so goes on (`2014/..`).
    pub fn ends_open(&self) -> bool {
        matches!(
            self,
            Self::Span {
                end: Bound::Open,
                ..
            }
        )
    }

    /// Whether it began, but when is not stated (`/2010`).
    pub fn starts_unknown(&self) -> bool {
        matches!(
            self,
            Self::Span {
                start: Bound::Unknown,
                ..
            }
        )
    }

    /// Whether it ended or will end, but when is not stated (`2003/`).
    pub fn ends_unknown(&self) -> bool {
        matches!(
            self,
            Self::Span {
                end: Bound::Unknown,
                ..
            }
        )
    }

    /// Whether it is a span of time and not one date or a set of dates.
    pub const fn is_span(&self) -> bool {
        matches!(self, Self::Span { .. })
    }

    /// The finest precision of any of its parts.
    pub fn precision(&self) -> Precision {
        let bound = |bound: &Bound| match bound {
            Bound::Known(range) => Some(range.precision),
            Bound::Open | Bound::Unknown => None,
        };
        match self {
            Self::Date(range) => range.precision,
            Self::Span { start, end } => [bound(start), bound(end)]
                .into_iter()
                .flatten()
                .min()
                .unwrap_or(Precision::Year),
            Self::Set { members, .. } => members
                .iter()
                .map(Self::precision)
                .min()
                .unwrap_or(Precision::Year),
        }
    }

    fn any(&self, test: &dyn Fn(&DateRange) -> bool) -> bool {
        match self {
            Self::Date(range) => test(range),
            Self::Span { start, end } => [start, end]
                .into_iter()
                .any(|bound| matches!(bound, Bound::Known(range) if test(range))),
            Self::Set { members, .. } => members.iter().any(|member| member.any(test)),
        }
    }
}

/// Why a text is not a date: what is wrong, and what to do.
///
/// Opaque, and not an enum to match on, since a caller can only show it. Displays
/// as both halves: `there is no month 13; months run from 01 to 12`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}; {help}")]
pub struct WhenError {
    what: String,
    help: String,
    suggestion: Option<String>,
}

impl WhenError {
    pub(super) fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            help: help.into(),
            suggestion: None,
        }
    }

    pub(super) fn suggesting(mut self, suggestion: String) -> Self {
        self.suggestion = Some(suggestion);
        self
    }

    /// What is wrong: `there is no month 13`.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What to do about it: `write 2014-06-01`.
    pub fn help(&self) -> &str {
        &self.help
    }

    /// The text that was likely meant, where that is clear. It can be parsed.
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_known_to_the_day_has_a_day_of_the_week() {
        for (text, expected) in [
            ("2016-10-20", Some("Thursday")),
            ("2014-06-10T09:30", Some("Tuesday")),
            ("1969-07-20", Some("Sunday")),
            ("1583-01-01", Some("Saturday")),
            // Where it was written it is still the day before.
            ("2025-03-30T23:30-05:00", Some("Sunday")),
            // In the Julian calendar this was a Friday.
            ("1066-10-14", None),
            ("2016-10", None),
            ("2016-10-2X", None),
            ("2016-10-20~", None),
            ("2016-10-20?", None),
        ] {
            let When::Date(range) = When::parse(text).unwrap() else {
                panic!("{text} is one date");
            };
            assert_eq!(range.weekday(), expected, "{text}");
        }
    }
}
