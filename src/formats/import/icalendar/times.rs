//! When something was, of the dates, lengths and time zones that a calendar gives.

use std::collections::{HashMap, HashSet};

use chrono_tz::Tz;

use super::{
    stamps::{Length, Stamp, Zone, zone_of},
    texts::short,
};
use crate::{
    formats::{
        Location,
        import::{dates::span, draft::Draft},
        syntax::icalendar::stamps,
        write::losses::Losses,
    },
    time::When,
};

/// What to do about a date that is not understood.
const DATE_HELP: &str = "write it like 20140610 or 20140610T143000Z";

/// A date as it stands.
#[derive(Default)]
pub struct Given {
    pub value: String,
    pub zone: Option<String>,
    pub at: Location,
}

/// What is given of when something was.
#[derive(Default)]
pub struct Times {
    pub start: Option<Given>,
    pub end: Option<Given>,
    pub due: Option<Given>,
    pub duration: Option<Given>,
    /// The date in EDTF, of a file that was written by this program.
    pub edtf: Option<(String, Location)>,
}

/// The time zones of a calendar.
#[derive(Default)]
pub struct Zones {
    /// The id of the one that is being described.
    described: Option<String>,
    /// Those that go by a name of the file's own.
    known: HashMap<String, Tz>,
    unknown: HashSet<String>,
}

impl Times {
    /// The date in EDTF, or none, which is said: “this event has no date”, with the noun of what
    /// stands at this location.
    pub fn date(
        &self,
        noun: &str,
        at: &Location,
        zones: &mut Zones,
        draft: &mut Draft,
    ) -> Option<String> {
        let Some(given) = self.start.as_ref().or(self.due.as_ref()) else {
            let message = format!("this {noun} has no date, so the event is left out");
            draft.error(at, message, "give it a DTSTART");
            return None;
        };
        if let Some((edtf, at)) = &self.edtf {
            let end = self.end.as_ref().map(|end| end.value.as_str());
            let written = stamps(edtf, &mut Losses::default());
            if written.is_some_and(|it| it.start == given.value && it.end.as_deref() == end) {
                return Some(edtf.clone());
            }
            let message = "the event was moved since it was written, so this date is left out";
            draft.warning(at, message, "take the line out, or move the event back");
        }
        let start = zones.stamp(given, draft);
        let from = start.and_then(Stamp::edtf);
        let (Some(start), Some(from)) = (start, from) else {
            let value = short(&given.value);
            let message = format!("the date “{value}” is not understood, so the event is left out");
            draft.error(&given.at, message, DATE_HELP);
            return None;
        };
        let due = self.due.as_ref().filter(|_| self.start.is_some());
        let ends = [
            (self.end.as_ref(), true),
            (due, false),
            (self.duration.as_ref(), true),
        ];
        let end = ends
            .into_iter()
            .find_map(|(end, is_behind)| Some((end?, is_behind)));
        let Some((end, is_behind)) = end else {
            return Some(from);
        };
        let is_length = self.end.is_none() && due.is_none();
        let last = if is_length {
            Length::read(&end.value).and_then(|length| start.after(length))
        } else {
            zones.stamp(end, draft)
        };
        let to = last.and_then(|last| last.last_of(start, is_behind && last.is_day).edtf());
        let is_before = last.is_some_and(|last| last.is_day && last.day() < start.day());
        let date = to.map(|to| span(from.clone(), Some(to)));
        let date = date.filter(|date| !is_before && When::parse(date).is_ok());
        if date.is_none() {
            let message = format!(
                "the end “{}” is not understood or lies before the start, and is left out",
                short(&end.value)
            );
            draft.error(&end.at, message, DATE_HELP);
        }
        Some(date.unwrap_or(from))
    }
}

impl Zones {
    /// What a description of a time zone says of its name elsewhere.
    pub fn line(&mut self, line: &str) {
        if let Some(id) = line.strip_prefix("TZID:") {
            self.described = Some(id.trim().to_owned());
        } else if let Some(name) = line.strip_prefix("X-LIC-LOCATION:")
            && let Some(id) = &self.described
            && let Some(zone) = zone_of(name)
        {
            self.known.insert(id.clone(), zone);
        }
    }

    /// What is said from here on is of another time zone.
    pub fn end_description(&mut self) {
        self.described = None;
    }

    fn stamp(&mut self, given: &Given, draft: &mut Draft) -> Option<Stamp> {
        let stamp = Stamp::read(&given.value)?;
        match given.zone.as_deref() {
            Some(zone) if !stamp.is_day && stamp.zone == Zone::None => Some(Stamp {
                zone: self.zone(zone, &given.at, draft),
                ..stamp
            }),
            _ => Some(stamp),
        }
    }

    fn zone(&mut self, name: &str, at: &Location, draft: &mut Draft) -> Zone {
        if ["UTC", "Etc/UTC", "GMT"].contains(&name) {
            return Zone::Utc;
        }
        let known = self.known.get(name).copied().or_else(|| zone_of(name));
        if known.is_none() && self.unknown.insert(name.to_owned()) {
            let message = format!(
                "the time zone “{}” is not known, so times in it are shown without one",
                short(name)
            );
            let help = "name it like Europe/Berlin";
            draft.warning(at, message, help);
        }
        known.map_or(Zone::None, Zone::Of)
    }
}
