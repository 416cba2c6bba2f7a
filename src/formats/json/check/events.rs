//! Checks what events refer to: their ids, lanes, people, places, sources and links.

use std::collections::HashMap;

use super::gather::Gathered;
use super::lists;
use super::mentions::{Linked, Mention, Mentions, Named, Targets};
use super::notes::Notes;
use crate::formats::json::faults::{Faults, Trail, quoted};
use crate::formats::json::names::{Known, Names, Noun, free_id};
use crate::formats::json::positions::EventPositions;
use crate::formats::rows::{List, Text};
use crate::model::{
    EventsBuilder, FileEventId, LaneId, Lists, PackedCitation, PackedLink, PersonId, PlaceId,
    SourceId, TimelineBuilder,
};

const EVENTS: Noun = Noun {
    list: "events",
    one: "event",
    label: "title",
};

/// The events under their ids.
pub struct Events {
    pub events: EventsBuilder,
}

/// Checks all that was gathered.
pub fn events<'a>(
    gathered: Gathered<'a>,
    lists: &mut lists::Lists<'a>,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) -> (Events, EventPositions) {
    let Gathered {
        mut events,
        made,
        lanes,
        lane_of,
        people,
        places,
        sources,
        because,
        see_also,
        targets,
        positions,
        faults,
    } = gathered;
    notes.faults.append(faults);
    settle_ids(&mut events, &made, &positions, notes.faults);

    let found = find_lanes(&lanes, &positions, lists, builder, notes);
    for (id, name) in events.file_events().zip(lane_of) {
        let Some(name) = name else { continue };
        let mut lane = found.get(name.index()).copied().flatten();
        if lane.is_none()
            && let Some((name, first)) = lanes.get(name)
            && *first != id
        {
            // There are too many, which is said at each event.
            let event = (name.clone(), id);
            lane = find_lane(event, &positions, lists, builder, notes);
        }
        if let Some(lane) = lane {
            events.set_lane(id, lane);
        }
    }

    // One kind after the other, so that no two are held twice at a time.
    let mut follow = Follow {
        positions: &positions,
        notes,
    };
    events.attached.people = {
        let Named {
            names,
            lists: named,
            positions,
        } = people;
        let known = Found::of(names, &lists.people);
        named.map(|id, spot, person| {
            let at = FieldPath::new(id, "people").item(positions.of(spot));
            follow.name(&known, person, &at).map(PersonId::new)
        })
    };
    events.attached.places = {
        let known = Found::of(places.names, &lists.places);
        places.lists.map(|id, _, place| {
            let at = FieldPath::new(id, "place");
            follow.name(&known, place, &at).map(PlaceId::new)
        })
    };
    events.attached.sources = {
        let Named {
            names,
            lists: named,
            positions,
        } = sources;
        let known = Found::of(names, &lists.sources);
        named.map(|id, spot, cited| {
            let at = FieldPath::new(id, "sources").item(positions.of(spot));
            let source = follow.name(&known, cited.source, &at.field("source"))?;
            Some(PackedCitation {
                source: SourceId::new(source),
                place_in_source: cited.place_in_source,
            })
        })
    };
    let events = Events { events };
    let because = follow.links(because, &targets, "because", Itself::IsAnError, &events);
    let see_also = follow.links(see_also, &targets, "see_also", Itself::IsUseless, &events);
    let mut events = events;
    events.events.attached.because = because;
    events.events.attached.see_also = see_also;
    (events, positions)
}

/// Gives each event an id of its own, and reports those that were taken. Given ids go first: a made
/// one must not take the id that a later event was given.
fn settle_ids(
    events: &mut EventsBuilder,
    made: &[FileEventId],
    positions: &EventPositions,
    faults: &mut Faults,
) {
    let mut made = made.iter().peekable();
    let mut unsettled = Vec::new();
    for id in events.file_events() {
        if made.next_if(|next| **next == id).is_some() {
            unsettled.push((id, false));
        } else if events.claim(id).is_err() {
            unsettled.push((id, true));
        }
    }
    let mut counts = HashMap::new();
    for (id, is_given) in unsettled {
        if events.claim(id).is_ok() {
            continue;
        }
        let base = events.id(id).to_owned();
        let own = free_id(&base, &mut counts, |id| events.find(id).is_some());
        if is_given {
            EVENTS.say_doubled(positions.of(id), &base, &own, faults);
        }
        events.rename(id, &own);
        // It is free, and so is its slot.
        let _claimed = events.claim(id);
    }
}

/// The lane of each name, in the order in which events name them.
fn find_lanes<'a>(
    lanes: &Mentions<'a>,
    positions: &EventPositions,
    lists: &mut lists::Lists<'a>,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) -> Vec<Option<LaneId>> {
    let names = lanes.names.iter().cloned();
    names
        .map(|event| find_lane(event, positions, lists, builder, notes))
        .collect()
}

fn find_lane<'a>(
    (name, event): (std::borrow::Cow<'a, str>, FileEventId),
    positions: &EventPositions,
    lists: &mut lists::Lists<'a>,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) -> Option<LaneId> {
    let list = Trail::TOP.key(EVENTS.list);
    let event = list.index(positions.of(event));
    let trail = event.key("lane");
    lists.lanes.find_or_add(Text(name), &trail, builder, notes)
}

impl Known for EventsBuilder {
    fn noun(&self) -> Noun {
        EVENTS
    }

    fn find(&self, id: &str) -> Option<u32> {
        // A position fits: ids are made from a u32.
        EventsBuilder::find(self, id).map(|id| id.index() as u32)
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.file_events().map(|id| self.id(id))
    }
}

impl Events {
    /// Follows an id to an event that is shown, or reports that it leads nowhere.
    pub fn link(&self, id: &str, trail: &Trail<'_>, notes: &mut Notes<'_>) -> Option<FileEventId> {
        let event = FileEventId::new(notes.link(&self.events, id, trail)?);
        let is_shown = self.events.is_dated(event);
        if !is_shown {
            notes.faults.warning(trail, || {
                let found = format!("the event {} is left out, and so is this link", quoted(id));
                (found, "correct the date of that event")
            });
        }
        is_shown.then_some(event)
    }
}

/// Names, and what each of them leads to.
struct Found<'c, 'a> {
    mentions: Mentions<'a>,
    ids: Vec<Option<u32>>,
    names: &'c Names<'a>,
}

impl<'c, 'a> Found<'c, 'a> {
    fn of(mentions: Mentions<'a>, names: &'c Names<'a>) -> Self {
        let ids = mentions.names.iter().map(|(name, _)| names.find(name));
        Self {
            ids: ids.collect(),
            mentions,
            names,
        }
    }
}

/// Where a name stands in an event: `because[2].event`.
#[derive(Clone, Copy)]
struct FieldPath {
    event: FileEventId,
    list: &'static str,
    item: Option<u32>,
    field: Option<&'static str>,
}

impl FieldPath {
    const fn new(event: FileEventId, list: &'static str) -> Self {
        Self {
            event,
            list,
            item: None,
            field: None,
        }
    }

    fn item(self, item: u32) -> Self {
        let item = Some(item);
        Self { item, ..self }
    }

    fn field(self, field: &'static str) -> Self {
        let field = Some(field);
        Self { field, ..self }
    }
}

/// Follows names to what they lead to, and reports those that lead nowhere.
struct Follow<'n, 'f> {
    positions: &'n EventPositions,
    notes: &'n mut Notes<'f>,
}

impl Follow<'_, '_> {
    /// Does something with the way to a name.
    fn at<T>(&mut self, path: &FieldPath, act: impl FnOnce(&Trail<'_>, &mut Notes<'_>) -> T) -> T {
        let list = Trail::TOP.key(EVENTS.list);
        let event = list.index(self.positions.of(path.event));
        let list = event.key(path.list);
        let item = path.item.map_or(list, |item| list.index(item));
        let trail = path.field.map_or(item, |field| item.key(field));
        act(&trail, self.notes)
    }

    /// Follows a name into a list.
    fn name(&mut self, found: &Found<'_, '_>, name: Mention, path: &FieldPath) -> Option<u32> {
        let id = found.ids.get(name.index()).copied().flatten();
        if let (None, Some((name, _))) = (id, found.mentions.get(name)) {
            return self.at(path, |trail, notes| notes.link(found.names, name, trail));
        }
        id
    }

    /// Follows links to other events.
    fn links(
        &mut self,
        linked: Linked,
        targets: &Targets,
        list: &'static str,
        itself: Itself,
        events: &Events,
    ) -> Lists<FileEventId, PackedLink> {
        let Linked { lists, positions } = linked;
        lists.map(|event, spot, link| {
            let path = FieldPath::new(event, list).item(positions.of(spot));
            let id = targets.text(link.target);
            let own = events.events.id(event);
            self.at(&path.field("event"), |trail, notes| {
                if id == own {
                    itself.say(own, trail, notes);
                    return None;
                }
                let event = events.link(id, trail, notes)?;
                let label = link.label;
                Some(PackedLink { event, label })
            })
        })
    }
}

/// What a link from an event to itself is.
#[derive(Clone, Copy)]
enum Itself {
    /// Nothing is because of itself.
    IsAnError,
    /// A link that leads where one is.
    IsUseless,
}

impl Itself {
    fn say(self, own: &str, trail: &Trail<'_>, notes: &mut Notes<'_>) {
        match self {
            Self::IsAnError => notes.faults.error(trail, || {
                let found = format!("the event {} cannot be because of itself", quoted(own));
                (found, "name the event that led to it, or take the link out")
            }),
            Self::IsUseless => notes.faults.warning(trail, || {
                let found = format!("the event {} names itself here", quoted(own));
                (found, "name another event, or take the link out")
            }),
        }
    }
}

/// People by their ids; those that aren't there are reported.
pub fn people(
    rows: &List<Text<'_>>,
    names: &Names<'_>,
    trail: &Trail<'_>,
    notes: &mut Notes<'_>,
) -> Vec<PersonId> {
    let found = |(position, id): &(u32, Text<'_>)| {
        notes
            .link(names, id, &trail.index(*position))
            .map(PersonId::new)
    };
    rows.into_iter().filter_map(found).collect()
}
