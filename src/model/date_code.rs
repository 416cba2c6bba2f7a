//! Dates in two bytes.
//!
//! An event's start and end are in two columns anyway. For nearly every date only its form is
//! missing: whether it is one date or a span, the precision of each side, and its qualifiers. So a
//! [`When`] is stored as that form and rebuilt on request:
//!
//! ```text
//!  bit  15 14..12  11..6     5..0
//!        ·  kind   end side  start side      side: precision (4), approximate, uncertain
//!        distance from UTC   of one date: in quarters of an hour
//!
//!  2014-06/2016    start = 1 June 2014, end = 1 January 2017, span from a month to a year
//!                  ⇒ start side: June 2014 · end side: the year before the end
//! ```
//!
//! What can't be rebuilt exactly (sets, unspecified digits in the middle, ten thousand years and
//! more) has no code ([`DateCode::UNCODED`]) and is stored as a [`When`]. Nothing is assumed: a
//! code is only given where decoding it gives exactly the date that was encoded.

use crate::time::{Bound, Civil, DateRange, Moment, Offset, Precision, When};

/// The form of a date. Together with the extent that is drawn it gives the whole date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct DateCode(u16);

const SIDE_BITS: u32 = 6;
const SIDE: u16 = (1 << SIDE_BITS) - 1;
const APPROXIMATE: u16 = 1 << 4;
const UNCERTAIN: u16 = 1 << 5;

const UNCODED: u16 = 0;
const DATE: u16 = 1;
const SPAN: u16 = 2;
const FROM_OPEN: u16 = 3;
const FROM_UNKNOWN: u16 = 4;
const UNTIL_OPEN: u16 = 5;
const UNTIL_UNKNOWN: u16 = 6;
const UNDATED: u16 = 7;

impl DateCode {
    /// A date that is stored separately, as a [`When`].
    pub const UNCODED: Self = Self::new(UNCODED, 0, 0);
    /// No date at all.
    pub const UNDATED: Self = Self::new(UNDATED, 0, 0);

    const fn new(kind: u16, start: u16, end: u16) -> Self {
        Self(kind << (2 * SIDE_BITS) | end << SIDE_BITS | start)
    }

    /// The form of a date whose known parts extend from `start` to `end`, or
    /// [`UNCODED`](Self::UNCODED) where form and extent do not determine the date.
    pub fn of(when: &When, start: Moment, end: Moment) -> Self {
        let code = Self::guess(when).unwrap_or(Self::UNCODED);
        if let When::Date(range) = when
            && (range.earliest, range.latest) == (start, end)
            && (!range.southern || range.precision == Precision::Season)
            && range.offset.is_none()
        {
            return code;
        }
        if code.date(start, end).as_ref() == Some(when) {
            code
        } else {
            Self::UNCODED
        }
    }

    fn guess(when: &When) -> Option<Self> {
        let When::Span { start, end } = when else {
            let When::Date(range) = when else { return None };
            let offset = offset_code(range.offset)?;
            let code = Self::new(DATE, side(range)?, offset & SIDE);
            return Some(Self(code.0 | (offset >> SIDE_BITS) << 15));
        };
        Some(match (start, end) {
            (Bound::Known(start), Bound::Known(end)) => Self::new(SPAN, side(start)?, side(end)?),
            (Bound::Known(start), Bound::Open) => Self::new(FROM_OPEN, side(start)?, 0),
            (Bound::Known(start), Bound::Unknown) => Self::new(FROM_UNKNOWN, side(start)?, 0),
            (Bound::Open, Bound::Known(end)) => Self::new(UNTIL_OPEN, 0, side(end)?),
            (Bound::Unknown, Bound::Known(end)) => Self::new(UNTIL_UNKNOWN, 0, side(end)?),
            (Bound::Open | Bound::Unknown, Bound::Open | Bound::Unknown) => return None,
        })
    }

    /// Whether there is a date.
    pub const fn is_dated(self) -> bool {
        self.kind() != UNDATED
    }

    /// Whether it is one date with a distance from UTC.
    pub const fn has_offset(self) -> bool {
        self.kind() == DATE && (self.0 >> SIDE_BITS & SIDE != 0 || self.0 >> 15 != 0)
    }

    /// Whether the end is open, so that how far it is drawn depends on the rest of the file.
    pub const fn ends_open(self) -> bool {
        self.kind() == FROM_OPEN
    }

    const fn kind(self) -> u16 {
        self.0 >> (2 * SIDE_BITS) & 7
    }

    /// Rebuilds the date of this form that is drawn from `start` to `end`; where the date's end is
    /// open, `end` is ignored. `None` where the date is stored separately, or there is none.
    pub fn date(self, start: Moment, end: Moment) -> Option<When> {
        let first = || range(start, end, self.0 & SIDE).map(Bound::Known);
        let last = || range(start, end, self.0 >> SIDE_BITS & SIDE).map(Bound::Known);
        Some(match self.kind() {
            DATE => {
                let offset = self.0 >> SIDE_BITS & SIDE | (self.0 >> 15) << SIDE_BITS;
                When::Date(DateRange {
                    offset: offset_of(offset),
                    ..range(start, end, self.0 & SIDE)?
                })
            }
            SPAN => {
                let (first, last) = (self.0 & SIDE, self.0 >> SIDE_BITS & SIDE);
                When::Span {
                    start: Bound::Known(range(start, after(start, first)?, first)?),
                    end: Bound::Known(range(before(end, last)?, end, last)?),
                }
            }
            FROM_OPEN => When::Span {
                start: Bound::Known(range(start, after(start, self.0 & SIDE)?, self.0 & SIDE)?),
                end: Bound::Open,
            },
            FROM_UNKNOWN => When::Span {
                start: first()?,
                end: Bound::Unknown,
            },
            UNTIL_OPEN => When::Span {
                start: Bound::Open,
                end: last()?,
            },
            UNTIL_UNKNOWN => When::Span {
                start: Bound::Unknown,
                end: last()?,
            },
            _ => return None,
        })
    }
}

/// The precisions by their code, and the length of such a period. The second season is that of
/// the southern hemisphere.
const PRECISIONS: [(Precision, Length); 11] = [
    (Precision::Second, Length::Secs(1)),
    (Precision::Minute, Length::Secs(60)),
    (Precision::Hour, Length::Secs(3600)),
    (Precision::Day, Length::Secs(86_400)),
    (Precision::Month, Length::Months(1)),
    (Precision::Season, Length::Months(3)),
    (Precision::Season, Length::Months(3)),
    (Precision::Year, Length::Months(12)),
    (Precision::Decade, Length::Months(120)),
    (Precision::Century, Length::Months(1200)),
    (Precision::Millennium, Length::Months(12_000)),
];
const SOUTHERN: u16 = 6;

#[derive(Clone, Copy)]
enum Length {
    Secs(i64),
    Months(i64),
}

/// Encodes one side of a date; `None` where its precision has no code.
fn side(range: &DateRange) -> Option<u16> {
    let precision = match range.precision {
        Precision::Second => 0,
        Precision::Minute => 1,
        Precision::Hour => 2,
        Precision::Day => 3,
        Precision::Month => 4,
        Precision::Season if range.southern => SOUTHERN,
        Precision::Season => 5,
        Precision::Year => 7,
        Precision::Decade => 8,
        Precision::Century => 9,
        Precision::Millennium => 10,
        Precision::Years(_) => return None,
    };
    let flag = |is_set: bool, flag: u16| if is_set { flag } else { 0 };
    Some(precision | flag(range.approximate, APPROXIMATE) | flag(range.uncertain, UNCERTAIN))
}

/// The range with the precision and the qualifiers of a side.
fn range(earliest: Moment, latest: Moment, side: u16) -> Option<DateRange> {
    let number = side & (APPROXIMATE - 1);
    let &(precision, _) = PRECISIONS.get(usize::from(number))?;
    Some(DateRange {
        earliest,
        latest,
        precision,
        approximate: side & APPROXIMATE != 0,
        uncertain: side & UNCERTAIN != 0,
        southern: number == SOUTHERN,
        offset: None,
    })
}

/// Seven bits for a distance from UTC: 0 for none, 127 for `Z`, else quarters of an hour from −14
/// hours on, from 1. `None` where it is none of these.
fn offset_code(offset: Option<Offset>) -> Option<u16> {
    match offset {
        None => Some(0),
        Some(Offset::Utc) => Some(UTC),
        Some(Offset::Minutes(minutes)) if minutes % 15 == 0 => {
            u16::try_from(minutes / 15 + LEAST_QUARTER)
                .ok()
                .filter(|code| (1..UTC).contains(code))
        }
        Some(Offset::Minutes(_)) => None,
    }
}

const fn offset_of(code: u16) -> Option<Offset> {
    match code {
        0 => None,
        UTC => Some(Offset::Utc),
        code => Some(Offset::Minutes((code as i16 - LEAST_QUARTER) * 15)),
    }
}

const UTC: u16 = 127;
/// What is added to a number of quarters, so that −14 hours are 1.
const LEAST_QUARTER: i16 = 57;

/// The end of the period that begins at `start`.
fn after(start: Moment, side: u16) -> Option<Moment> {
    moved(start, side, 1)
}

/// The beginning of the period that ends at `end`.
fn before(end: Moment, side: u16) -> Option<Moment> {
    moved(end, side, -1)
}

fn moved(moment: Moment, side: u16, direction: i64) -> Option<Moment> {
    let &(_, length) = PRECISIONS.get(usize::from(side & (APPROXIMATE - 1)))?;
    match length {
        Length::Secs(secs) => Some(moment.plus_secs(direction * secs)),
        Length::Months(months) => {
            let civil = moment.civil();
            let months = i64::from(civil.month) - 1 + direction * months;
            let year = civil.year.checked_add(months.div_euclid(12))?;
            let month = months.rem_euclid(12) as u8 + 1;
            Moment::from_civil(Civil::date(year, month, civil.day))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::When;

    /// Encodes a date as for the columns; returns whether it has to be stored separately.
    fn is_uncoded(text: &str) -> bool {
        let when = When::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let (start, end) = super::super::open_ends::stated(&when);
        let code = DateCode::of(&when, start, end);
        if let Some(made) = code.date(start, end) {
            assert_eq!(made, when, "{text}");
        }
        assert!(code.is_dated());
        code == DateCode::UNCODED
    }

    #[test]
    fn common_dates_have_a_code() {
        for text in [
            "2014",
            "2014-06",
            "2014-12",
            "2014-06-10",
            "2014?",
            "2014-06~",
            "2014-06-10%",
            "2016-10-20T09:30:00",
            "2016-10-20T09:30",
            "2016-10-20T09",
            "2014-21",
            "2014-31",
            "2014-36",
            "201X",
            "19XX",
            "1XXX",
            "-0043-03-15",
            "Y-13800000000",
            "2014/2016",
            "2014-06/2016-10-20",
            "2014-12~/2015?",
            "2003/",
            "/2010~",
            "2014/..",
            "../2014",
            "2016-10~/..",
            "2014-21/2015-22",
            "1990/199X",
            "2016-02-29/2016-03",
            "1950S2",
            "2014-24/2016",
            "-0049/-0043",
            "2016-10-20T09:30/2016-10-20T11",
        ] {
            assert!(!is_uncoded(text), "{text}");
        }
    }

    #[test]
    fn what_has_no_code_is_kept_apart() {
        for text in [
            "[1667,1668]",
            "{1960,1961-12}",
            "..2014/2016",
            "2014/2016..",
            "156X-12-25/1600",
            "XXXX",
            "Y-138E8S3",
            "2014-41/2016",
            "2004-XX/2006",
        ] {
            assert!(is_uncoded(text), "{text}");
        }
    }
}
