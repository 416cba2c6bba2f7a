//! How Meanwhile writes dates and marks of its own into a calendar, so that it finds them again.

use crate::{
    formats::write::{
        dates::{Part, Side, numbers},
        losses::Losses,
    },
    time::{Civil, Moment, Offset},
};

/// Who wrote the file.
pub const PRODUCT: &str = "-//Meanwhile//Meanwhile//EN";

/// What stands behind the ids of events.
pub const ID_END: &str = "@meanwhile";

/// The line that holds a date in EDTF.
pub const DATE: &str = "X-MEANWHILE-DATE";

/// The line that says that all categories are tags.
pub const NO_LANE: &str = "X-MEANWHILE-NO-LANE";

const SECS_A_DAY: i64 = 86_400;

/// The start and the end of an event as `iCalendar` writes them: `20140610` or `20140610T143000Z`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stamps {
    /// The first day or second.
    pub start: String,
    /// The first day behind it, or its last second; of one day or second there is none.
    pub end: Option<String>,
    /// The date that is read from these two.
    pub edtf: String,
}

/// Writes a date; `None` where it has none of the years 1 to 9999.
pub fn stamps(edtf: &str, losses: &mut Losses) -> Option<Stamps> {
    let date = numbers(edtf, losses)?;
    let parts = [Some(date.start), date.end];
    if parts
        .iter()
        .flatten()
        .any(|side| !(1..=9999).contains(&side.civil.year))
    {
        return None;
    }
    if parts.iter().flatten().any(|side| side.part < Part::Day) {
        losses.add("that dates are no more exact than a month or a year");
    }
    losses.add_some("that events go on", usize::from(date.is_ongoing));
    let start = date.start;
    let is_utc = start.offset.is_some() && date.end.is_none_or(|end| end.offset.is_some());
    let is_time = start.part == Part::Second;
    let written = |civil: Civil| if is_time { second(civil) } else { day(civil) };
    let (end, read_end) = match date.end {
        // What goes on has no end.
        _ if date.is_ongoing => (None, None),
        Some(end) if is_time && end.part == Part::Second => {
            let civil = clock(&end, is_utc)?;
            let zone = if is_utc { "Z" } else { "" };
            let read = format!("{}{zone}", words(civil, true));
            (Some(format!("{}{zone}", second(civil))), Some(read))
        }
        Some(end) => {
            let behind = behind(&end);
            let read = last_before(behind).map(|last| words(last, false));
            (behind.map(written), read.filter(|_| !is_time))
        }
        None if start.part < Part::Day => {
            let behind = behind(&start);
            let read = last_before(behind).map(|last| words(last, false));
            (behind.map(written), read)
        }
        None => (None, None),
    };
    let civil = clock(&start, is_utc)?;
    let zone = if is_utc && is_time { "Z" } else { "" };
    let first = format!("{}{zone}", words(civil, is_time));
    Some(Stamps {
        start: format!("{}{zone}", written(civil)),
        end,
        edtf: match read_end {
            Some(last) if last != first => format!("{first}/{last}"),
            _ => first,
        },
    })
}

/// The time of a side in UTC, where it has a distance from that and is to be so written.
fn clock(side: &Side, is_utc: bool) -> Option<Civil> {
    let shift = side.offset.filter(|_| is_utc).map_or(0, Offset::secs);
    let civil = Moment::from_civil(side.civil)?.plus_secs(-shift).civil();
    (1..=9999).contains(&civil.year).then_some(civil)
}

/// The first day behind a side; `None` where its year has five digits.
fn behind(side: &Side) -> Option<Civil> {
    let Civil {
        year, month, day, ..
    } = side.civil;
    let civil = match side.part {
        Part::Month if month < 12 => Civil::date(year, month + 1, 1),
        Part::Year | Part::Month => Civil::year(year + 1),
        Part::Day | Part::Second => {
            let begins = Moment::from_civil(Civil::date(year, month, day))?;
            begins.plus_secs(SECS_A_DAY).civil()
        }
    };
    (civil.year <= 9999).then_some(civil)
}

/// The day before one.
fn last_before(behind: Option<Civil>) -> Option<Civil> {
    let moment = Moment::from_civil(behind?)?;
    Some(moment.plus_secs(-SECS_A_DAY).civil())
}

fn day(civil: Civil) -> String {
    let Civil {
        year, month, day, ..
    } = civil;
    format!("{year:04}{month:02}{day:02}")
}

fn second(civil: Civil) -> String {
    let Civil {
        hour,
        minute,
        second,
        ..
    } = civil;
    format!("{}T{hour:02}{minute:02}{second:02}", day(civil))
}

/// In EDTF.
fn words(civil: Civil, is_time: bool) -> String {
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
    } = civil;
    let date = format!("{year:04}-{month:02}-{day:02}");
    if is_time {
        format!("{date}T{hour:02}:{minute:02}:{second:02}")
    } else {
        date
    }
}
