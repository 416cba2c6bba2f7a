//! Dates that are relative to other events, made absolute once these are known.

use std::collections::HashMap;

use super::{Amount, End, Part, Range, Relative, Start};
use crate::{
    formats::import::dates::{Date, span},
    time::{Civil, Moment, Precision, When},
};

/// What is said of a date that no timeline reaches.
const TOO_FAR: &str = "there is no such date";

/// When an event was, for those that are relative to it.
#[derive(Copy, Clone, Debug)]
struct Extent {
    start: Option<Moment>,
    /// Exclusive.
    end: Option<Moment>,
    exactness: Exactness,
}

/// How a moment is written.
#[derive(Copy, Clone, Debug)]
struct Exactness {
    part: Part,
    /// Whether moments are in UTC, since a distance from it was written.
    is_utc: bool,
}

/// A date that is known.
#[derive(Debug)]
pub struct Resolved {
    /// In EDTF.
    pub edtf: String,
    /// What is left out of it.
    pub fault: Option<&'static str>,
    /// What the text does not tell.
    pub doubts: Vec<String>,
}

/// The events that others can be relative to.
#[derive(Debug, Default)]
pub struct Known {
    by_id: HashMap<String, Extent>,
    previous: Option<Extent>,
}

impl Extent {
    fn of(edtf: &str) -> Option<Self> {
        let when = When::parse(edtf).ok()?;
        let part = match when.precision() {
            Precision::Second | Precision::Minute | Precision::Hour => Part::Second,
            Precision::Day => Part::Day,
            Precision::Month | Precision::Season => Part::Month,
            Precision::Year
            | Precision::Decade
            | Precision::Century
            | Precision::Millennium
            | Precision::Years(_) => Part::Year,
        };
        Some(Self {
            start: when.earliest(),
            end: when.latest(),
            exactness: Exactness {
                part,
                is_utc: when.has_offset(),
            },
        })
    }
}

impl Exactness {
    /// The finer one of this and a part.
    fn finer(self, part: Part) -> Self {
        Self {
            part: self.part.max(part),
            ..self
        }
    }

    fn written(self, moment: Moment) -> Option<String> {
        let civil = moment.civil();
        let zone = if self.is_utc { "Z" } else { "" };
        let time = || {
            let Civil {
                hour,
                minute,
                second,
                ..
            } = civil;
            format!("{hour:02}:{minute:02}:{second:02}{zone}")
        };
        let date = Date {
            year: civil.year,
            month: (self.part >= Part::Month).then_some(civil.month),
            day: (self.part >= Part::Day).then_some(civil.day),
            time: (self.part == Part::Second).then(time),
        };
        date.edtf()
    }

    /// From a moment up to another, exclusive.
    fn between(self, from: Moment, to: Moment) -> Option<String> {
        let last = if self.part == Part::Second {
            to
        } else {
            to.plus_secs(-1)
        };
        let last = last.max(from);
        Some(span(self.written(from)?, Some(self.written(last)?)))
    }
}

impl Known {
    /// Remembers an event for those that are relative to it.
    pub fn remember(&mut self, id: &str, edtf: &str) {
        let Some(extent) = Extent::of(edtf) else {
            return;
        };
        self.previous = Some(extent);
        if !id.is_empty() {
            self.by_id.insert(id.to_owned(), extent);
        }
    }

    /// When an event was.
    ///
    /// # Errors
    ///
    /// Why that is not known, in a clause.
    pub fn resolve(&self, range: &Range) -> Result<Resolved, String> {
        let edtf = match &range.start {
            Start::Now => Err("what is “now” is not known here".to_owned()),
            Start::Unknown => Err("the relative date is not understood".to_owned()),
            Start::At(point) => from_point(&point.edtf, range.end.as_ref()),
            Start::Relative(relative) => self.after_other(relative, range.end.as_ref()),
        }?;
        let is_cut = !range.is_forwards();
        Ok(Resolved {
            edtf,
            fault: is_cut.then_some("the end lies before the start, and is left out"),
            doubts: range.doubts(),
        })
    }

    fn after_other(&self, relative: &Relative, end: Option<&End>) -> Result<String, String> {
        let other = match &relative.id {
            Some(id) => {
                let other = self.by_id.get(id);
                other.ok_or_else(|| format!("no event above has the id “{id}”"))?
            }
            None => self
                .previous
                .as_ref()
                .ok_or("no event above is there that it could follow")?,
        };
        let side = if relative.is_of_start.unwrap_or(relative.is_before) {
            other.start
        } else {
            other.end
        };
        let side = side.ok_or("the event that it is relative to has no start or end")?;
        let Relative {
            amount, is_before, ..
        } = *relative;
        let exactness = other.exactness.finer(amount.part);
        let moved = amount.shift(side, is_before);
        let edtf = moved.and_then(|moved| match end {
            None if amount == Amount::NONE => exactness.finer(Part::Day).written(side),
            None => exactness.between(side.min(moved), side.max(moved)),
            Some(end) => {
                let exactness = match end {
                    End::After(amount) => exactness.finer(amount.part),
                    End::At(_) | End::Open => exactness,
                };
                with_end(moved, exactness, end)
            }
        });
        edtf.ok_or_else(|| TOO_FAR.to_owned())
    }
}

fn with_end(start: Moment, exactness: Exactness, end: &End) -> Option<String> {
    match end {
        End::Open => Some(format!("{}/..", exactness.written(start)?)),
        End::At(point) => {
            let start = exactness.written(start)?;
            let both = span(start.clone(), Some(point.edtf.clone()));
            Some(if When::parse(&both).is_ok() {
                both
            } else {
                start
            })
        }
        End::After(amount) => exactness.between(start, amount.shift(start, false)?),
    }
}

fn from_point(edtf: &str, end: Option<&End>) -> Result<String, String> {
    match end {
        None => Ok(edtf.to_owned()),
        Some(End::Open) => Ok(format!("{edtf}/..")),
        Some(End::At(to)) => {
            let both = span(edtf.to_owned(), Some(to.edtf.clone()));
            let is_date = When::parse(&both).is_ok();
            Ok(if is_date { both } else { edtf.to_owned() })
        }
        Some(End::After(amount)) => {
            let extent = Extent::of(edtf);
            let start = extent.and_then(|extent| Some((extent.start?, extent.exactness)));
            let (start, exactness) = start.ok_or("the start is open")?;
            with_end(start, exactness.finer(amount.part), &End::After(*amount))
                .ok_or_else(|| TOO_FAR.to_owned())
        }
    }
}
