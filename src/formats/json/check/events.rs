//! What events say of each other and of the lists: ids, lanes, people, links.

use std::collections::HashMap;

use super::gather::{Gathered, LaneNames, Positions, Ties};
use super::lists::Lists;
use super::{Notes, owned};
use crate::formats::json::faults::{Faults, Trail, quoted};
use crate::formats::json::names::{Known, Names, Noun};
use crate::formats::json::rows::{CitationRow, LinkRow};
use crate::formats::json::value::{List, Text};
use crate::model::{
    Attached, Citation, DraftId, Drafts, LaneId, Link, PersonId, PlaceId, SourceId, TimelineBuilder,
};

const EVENTS: Noun = Noun {
    list: "events",
    one: "event",
    label: "title",
};

/// The events under their ids.
pub struct Events {
    pub drafts: Drafts,
}

/// Checks all that was gathered.
pub fn events<'a>(
    gathered: Gathered<'a>,
    lists: &mut Lists<'a>,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) -> Events {
    let Gathered {
        mut drafts,
        made,
        lanes,
        lane_of,
        ties,
        positions,
        faults,
    } = gathered;
    notes.faults.append(faults);
    settle_ids(&mut drafts, &made, &positions, notes.faults);

    let found = find_lanes(&lanes, &positions, lists, builder, notes);
    for (draft, name) in drafts.drafts().zip(lane_of) {
        let Some(name) = name else { continue };
        let mut lane = found.get(name.index()).copied().flatten();
        if lane.is_none()
            && let Some((name, first)) = lanes.names.get(name.index())
            && *first != draft
        {
            // There are too many, which is said at each event.
            let event = (name.clone(), draft);
            lane = find_lane(event, &positions, lists, builder, notes);
        }
        if let Some(lane) = lane {
            drafts.set_lane(draft, lane);
        }
    }

    let mut events = Events { drafts };
    let list = Trail::TOP.key(EVENTS.list);
    for (draft, ties) in ties {
        let mut checking = Checking {
            events: &events,
            lists,
            notes,
        };
        let event = list.index(positions.of(draft));
        let attached = checking.attached(*ties, events.drafts.id(draft), &event);
        events.drafts.attach(draft, attached);
    }
    events
}

/// Gives each event an id of its own, and says which were taken. Given ids go first: a made one must
/// not take the id that a later event was given.
fn settle_ids(drafts: &mut Drafts, made: &[DraftId], positions: &Positions, faults: &mut Faults) {
    let mut made = made.iter().peekable();
    let mut unsettled = Vec::new();
    for draft in drafts.drafts() {
        if made.next_if(|next| **next == draft).is_some() {
            unsettled.push((draft, false));
        } else if drafts.claim(draft).is_err() {
            unsettled.push((draft, true));
        }
    }
    // How far each id was numbered, so that a million events of one title take no million tries
    // each.
    let mut counts = HashMap::new();
    for (draft, is_given) in unsettled {
        if drafts.claim(draft).is_ok() {
            continue;
        }
        let base = drafts.id(draft).to_owned();
        let own = free(&base, drafts, &mut counts);
        if is_given {
            EVENTS.say_doubled(positions.of(draft), &base, &own, faults);
        }
        drafts.rename(draft, &own);
        // It is free, and so is its slot.
        let _claimed = drafts.claim(draft);
    }
}

/// The first free id with a number behind this one.
fn free(base: &str, drafts: &Drafts, counts: &mut HashMap<String, u32>) -> String {
    if !counts.contains_key(base) {
        counts.insert(base.to_owned(), 1);
    }
    loop {
        let count = counts.get_mut(base).map_or(u32::MAX, |count| {
            *count = count.saturating_add(1);
            *count
        });
        let numbered = format!("{base}-{count}");
        if drafts.find(&numbered).is_none() {
            return numbered;
        }
    }
}

/// The lane of each name, in the order in which events name them.
fn find_lanes<'a>(
    lanes: &LaneNames<'a>,
    positions: &Positions,
    lists: &mut Lists<'a>,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) -> Vec<Option<LaneId>> {
    let names = lanes.names.iter().cloned();
    names
        .map(|event| find_lane(event, positions, lists, builder, notes))
        .collect()
}

fn find_lane<'a>(
    (name, event): (std::borrow::Cow<'a, str>, DraftId),
    positions: &Positions,
    lists: &mut Lists<'a>,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) -> Option<LaneId> {
    let list = Trail::TOP.key(EVENTS.list);
    let event = list.index(positions.of(event));
    let trail = event.key("lane");
    lists.lanes.find_or_add(Text(name), &trail, builder, notes)
}

impl Known for Drafts {
    fn noun(&self) -> Noun {
        EVENTS
    }

    fn find(&self, id: &str) -> Option<u32> {
        // A draft's position came from a u32.
        Drafts::find(self, id).map(|draft| draft.index() as u32)
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.drafts().map(|draft| self.id(draft))
    }
}

impl Events {
    /// Follows an id to an event that is shown, or says that it leads nowhere.
    pub fn link(&self, id: &str, trail: &Trail<'_>, notes: &mut Notes<'_>) -> Option<DraftId> {
        let draft = DraftId::new(notes.link(&self.drafts, id, trail)?);
        let is_shown = self.drafts.is_dated(draft);
        if !is_shown {
            notes.faults.warning(trail, || {
                let found = format!("the event {} is left out, and so is this link", quoted(id));
                (found, "correct the date of that event")
            });
        }
        is_shown.then_some(draft)
    }
}

/// What one event is checked against.
struct Checking<'c, 'a, 'f> {
    events: &'c Events,
    lists: &'c Lists<'a>,
    notes: &'c mut Notes<'f>,
}

impl<'a> Checking<'_, 'a, '_> {
    /// Follows all ties of an event. `own` is its id.
    fn attached(&mut self, ties: Ties<'a>, own: &str, event: &Trail<'_>) -> Attached {
        let because = self.links(ties.because, own, &event.key("because"), Itself::IsAnError);
        let see_also = self.links(ties.see_also, own, &event.key("see_also"), Itself::IsIdle);
        let place = ties.place.and_then(|place| {
            self.notes
                .link(&self.lists.places, &place, &event.key("place"))
        });
        Attached {
            people: people(
                &ties.people,
                &self.lists.people,
                &event.key("people"),
                self.notes,
            ),
            place: place.map(PlaceId::new),
            because,
            see_also,
            sources: self.citations(ties.sources, &event.key("sources")),
            ..ties.attached
        }
    }

    /// Links to other events. `own` is the id of the event they start from.
    fn links(
        &mut self,
        rows: List<LinkRow<'a>>,
        own: &str,
        trail: &Trail<'_>,
        itself: Itself,
    ) -> Vec<Link<DraftId>> {
        let mut links = Vec::with_capacity(rows.len());
        for (position, row) in rows {
            let link = trail.index(position);
            let Some(id) = row.event else {
                self.notes.faults.error(&link, || {
                    (
                        "this link names no event, so it is left out",
                        "add \"event\" with an id",
                    )
                });
                continue;
            };
            let target = link.key("event");
            if *id == *own {
                itself.say(own, &target, self.notes);
            } else if let Some(event) = self.events.link(&id, &target, self.notes) {
                links.push(Link {
                    event,
                    label: owned(row.label),
                    extra: row.extra,
                });
            }
        }
        links
    }

    fn citations(&mut self, rows: List<CitationRow<'a>>, trail: &Trail<'_>) -> Vec<Citation> {
        let mut citations = Vec::with_capacity(rows.len());
        for (position, row) in rows {
            let citation = trail.index(position);
            let Some(id) = row.source else {
                self.notes.faults.error(&citation, || {
                    let found = "this citation names no source, so it is left out";
                    (found, "add \"source\" with an id from \"sources\"")
                });
                continue;
            };
            let source = self
                .notes
                .link(&self.lists.sources, &id, &citation.key("source"));
            citations.extend(source.map(|source| Citation {
                source: SourceId::new(source),
                place_in_source: owned(row.place_in_source),
                extra: row.extra,
            }));
        }
        citations
    }
}

/// What a link from an event to itself is.
#[derive(Clone, Copy)]
enum Itself {
    /// Nothing is because of itself.
    IsAnError,
    /// A link that leads where one is.
    IsIdle,
}

impl Itself {
    fn say(self, own: &str, trail: &Trail<'_>, notes: &mut Notes<'_>) {
        match self {
            Self::IsAnError => notes.faults.error(trail, || {
                let found = format!("the event {} cannot be because of itself", quoted(own));
                (found, "name the event that led to it, or take the link out")
            }),
            Self::IsIdle => notes.faults.warning(trail, || {
                let found = format!("the event {} names itself here", quoted(own));
                (found, "name another event, or take the link out")
            }),
        }
    }
}

/// People by their ids; those who aren't there are said.
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
