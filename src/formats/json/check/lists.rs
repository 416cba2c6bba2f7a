//! Checks the lists that events refer to: lanes, people, places, sources; and eras.

use std::borrow::Cow;

use super::notes::{Notes, owned, what_is_wrong};
use crate::formats::json::faults::{Trail, quoted};
use crate::formats::json::names::{Entry, Known as _, Names, Noun};
use crate::formats::rows::{DateText, List, Text};
use crate::formats::rows::{EraRow, LaneRow, PersonRow, PlaceRow, SourceRow};
use crate::model::{Era, Lane, LaneId, Person, PersonId, Place, Source, TimelineBuilder};
use crate::time::When;

/// The ids of all lists that events lean on.
pub struct Lists<'a> {
    pub lanes: Lanes<'a>,
    pub people: Names<'a>,
    pub places: Names<'a>,
    pub sources: Names<'a>,
}

/// The ids of the lanes, which can grow.
pub struct Lanes<'a> {
    pub names: Names<'a>,
    /// Whether the file lists lanes; else the events' own lane names make them.
    are_listed: bool,
}

/// What an id is made of, for any kind of row.
fn entry<'a>(position: u32, id: Option<&Text<'a>>, label: Option<&Text<'a>>) -> Entry<'a> {
    let label = label.map_or(Cow::Borrowed(""), |label| label.0.clone());
    Entry {
        position,
        id: id.map(|id| id.0.clone()),
        label,
    }
}

impl<T> List<T> {
    /// The entries for which ids are claimed.
    pub fn entries<'t, 'a: 't>(
        &'t self,
        names: impl Fn(&'t T) -> (Option<&'t Text<'a>>, Option<&'t Text<'a>>),
    ) -> Vec<Entry<'a>> {
        let claim = |(position, row): &'t (u32, T)| {
            let (id, label) = names(row);
            entry(*position, id, label)
        };
        self.into_iter().map(claim).collect()
    }
}

/// The name to show: the given one or, where it is absent, the id.
fn shown(label: String, id: &str) -> String {
    if label.trim().is_empty() {
        id.to_owned()
    } else {
        label
    }
}

pub fn lanes<'a>(
    rows: List<LaneRow<'a>>,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) -> Lanes<'a> {
    const LANES: Noun = Noun {
        list: "lanes",
        one: "lane",
        label: "label",
    };
    let list = Trail::TOP.key(LANES.list);
    let entries = rows.entries(|row| (row.id.as_ref(), row.label.as_ref()));
    let (names, ids) = Names::claim(LANES, entries, notes.faults);
    let are_listed = !rows.is_empty();
    for ((position, row), id) in rows.into_iter().zip(ids) {
        let lane = list.index(position);
        let color = notes.color(row.color, &lane.key("color"));
        let label = notes.one_line(row.label, &lane, "label");
        let label = shown(label, &id);
        if builder.lane(Lane { id, label, color }).is_none() {
            say_too_many_lanes(&lane, notes);
        }
    }
    Lanes { names, are_listed }
}

impl<'a> Lanes<'a> {
    /// The lane with this id. One that isn't listed is added below the others, and reported where
    /// the file lists any.
    pub fn find_or_add(
        &mut self,
        id: Text<'a>,
        trail: &Trail<'_>,
        builder: &mut TimelineBuilder,
        notes: &mut Notes<'_>,
    ) -> Option<LaneId> {
        if id.is_blank() {
            return None;
        }
        if let Some(lane) = self.names.find(&id) {
            return LaneId::from_index(lane as usize);
        }
        if self.are_listed {
            let (names, suggestions) = (&self.names, &mut notes.suggestions);
            notes.faults.warning(trail, || {
                let missing = format!("there is no lane {}, so one is added", quoted(&id));
                (missing, suggestions.help(&id, names))
            });
        }
        let label = id.to_string();
        let lane = builder.lane(Lane {
            id: label.clone(),
            label,
            ..Lane::EMPTY
        });
        match lane {
            Some(lane) => self
                .names
                .add(id.0, u32::try_from(lane.index()).unwrap_or(u32::MAX)),
            None => say_too_many_lanes(trail, notes),
        }
        lane
    }
}

fn say_too_many_lanes(trail: &Trail<'_>, notes: &mut Notes<'_>) {
    notes.faults.error(trail, || {
        let most = TimelineBuilder::MAX_LANES;
        (
            format!("there are more than {most} lanes"),
            "put events of one kind into one lane",
        )
    });
}

pub fn people<'a>(
    rows: List<PersonRow<'a>>,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) -> Names<'a> {
    const PEOPLE: Noun = Noun {
        list: "people",
        one: "person",
        label: "name",
    };
    let list = Trail::TOP.key(PEOPLE.list);
    let entries = rows.entries(|row| (row.id.as_ref(), row.name.as_ref()));
    let (names, ids) = Names::claim(PEOPLE, entries, notes.faults);
    for (own, ((position, row), id)) in (0u32..).zip(rows.into_iter().zip(ids)) {
        let person = list.index(position);
        let groups = person.key("member_of");
        let mut member_of = Vec::with_capacity(row.member_of.len());
        for (index, group) in &row.member_of {
            let group_trail = groups.index(*index);
            match notes.link(&names, group, &group_trail) {
                Some(group) if group == own => notes.faults.error(&group_trail, || {
                    (
                        format!("{} cannot be a member of itself", quoted(&id)),
                        "take it out",
                    )
                }),
                Some(group) => member_of.push(PersonId::new(group)),
                None => {}
            }
        }
        builder.person(Person {
            name: shown(notes.one_line(row.name, &person, "name"), &id),
            id,
            native_name: notes.one_line(row.native_name, &person, "native_name"),
            kind: row.kind.unwrap_or_default(),
            summary: owned(row.summary),
            member_of,
        });
    }
    names
}

pub fn places<'a>(
    rows: List<PlaceRow<'a>>,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) -> Names<'a> {
    const PLACES: Noun = Noun {
        list: "places",
        one: "place",
        label: "name",
    };
    let list = Trail::TOP.key(PLACES.list);
    let entries = rows.entries(|row| (row.id.as_ref(), row.name.as_ref()));
    let (names, ids) = Names::claim(PLACES, entries, notes.faults);
    for ((position, row), id) in rows.into_iter().zip(ids) {
        let place = list.index(position);
        check_degrees(row.lat, 90.0, &place.key("lat"), notes);
        check_degrees(row.lon, 180.0, &place.key("lon"), notes);
        builder.place(Place {
            name: shown(notes.one_line(row.name, &place, "name"), &id),
            id,
            native_name: notes.one_line(row.native_name, &place, "native_name"),
        });
    }
    names
}

/// Reports a latitude or longitude that lies off the globe.
fn check_degrees(given: Option<f64>, most: f64, trail: &Trail<'_>, notes: &mut Notes<'_>) {
    if let Some(given) = given.filter(|given| given.abs() > most) {
        notes.faults.error(trail, || {
            let found = format!("{given} degrees lie off the globe and are left out");
            (found, format!("write a number from -{most} to {most}"))
        });
    }
}

pub fn sources<'a>(
    rows: List<SourceRow<'a>>,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) -> Names<'a> {
    const SOURCES: Noun = Noun {
        list: "sources",
        one: "source",
        label: "title",
    };
    let list = Trail::TOP.key(SOURCES.list);
    let entries = rows.entries(|row| (row.id.as_ref(), row.title.as_ref()));
    let (names, ids) = Names::claim(SOURCES, entries, notes.faults);
    for ((position, row), id) in rows.into_iter().zip(ids) {
        let trail = list.index(position);
        let date = row
            .date
            .map_or_else(String::new, |DateText(date)| date.into_string());
        // The date of a source is only shown, so that it stays even if it isn't EDTF.
        if let Err(error) = When::parse(&date)
            && !date.is_empty()
        {
            notes.faults.warning(&trail.key("date"), || {
                (what_is_wrong(&date, &error), error.help().to_owned())
            });
        }
        let source = Source {
            title: shown(notes.one_line(row.title, &trail, "title"), &id),
            id,
            author: owned(row.author),
            publisher: owned(row.publisher),
            date,
            url: owned(row.url),
        };
        if !source.url.is_empty() && source.web_address().is_none() {
            notes.faults.warning(&trail.key("url"), || {
                let found = format!("{} is no address of a web page", quoted(&source.url));
                (
                    found,
                    "write one that begins with https://; this one is shown, but not opened",
                )
            });
        }
        builder.source(source);
    }
    names
}

/// Returns the positions of the eras that are shown.
pub fn eras(
    rows: List<EraRow<'_>>,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) -> Vec<u32> {
    let mut positions = Vec::new();
    let list = Trail::TOP.key("eras");
    for (position, row) in rows {
        let era = list.index(position);
        let color = notes.color(row.color, &era.key("color"));
        let Some(DateText(date)) = row.date else {
            notes.faults.error(&era, || {
                (
                    "this era has no date, so it is left out",
                    "add \"date\", such as \"2014/2016\"",
                )
            });
            continue;
        };
        let when = notes.date(&date, &era.key("date"), "the era is left out");
        if let Some(when) = when {
            let label = notes.one_line(row.label, &era, "label");
            builder.era(Era {
                label,
                color,
                ..Era::new(when)
            });
            positions.push(position);
        }
    }
    positions
}
