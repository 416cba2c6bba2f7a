//! Reload of a file: keeps selection and filter, as far as the file still has their values.

use super::{State, environment::Environment, history::History};
use crate::{
    command::Before,
    model::{Facet, Filter, LaneId, TagId, Timeline},
};

impl State {
    /// Resets everything except the look and the system's motion setting, for another file.
    pub(super) fn reset_for_file(&mut self) {
        let (look, system_reduces_motion) = (self.look, self.system_reduces_motion);
        *self = Self {
            look,
            system_reduces_motion,
            ..Self::default()
        };
    }

    /// Carries selection, measurement, filter and lesson over to a newer timeline of the same file,
    /// by the ids and tags that the file gives; after a change of one's own, events by where they
    /// stand. The camera is unchanged, as far as the new timeline allows; a view of the whole file is
    /// one of the whole of it.
    pub(super) fn carry_over(&mut self, before: &Before, environment: &Environment<'_>) {
        let (old, new) = (&*before.timeline, environment.timeline);
        let selected = self.selected;
        self.selected = selected.and_then(|event| before.follow(event, new));
        if self.selected.is_none() && selected.is_some() {
            self.is_story_open = false;
            self.writing.is_form_open = false;
        }
        let measured = self.measure_start.filter(|_| self.selected.is_some());
        self.measure_start = measured.and_then(|event| before.follow(event, new));
        (self.writing.gripped, self.writing.typed) = (None, None);
        self.writing.follow_rows(old, new);
        let several = std::mem::take(&mut self.writing.several).into_iter();
        let followed = several.filter_map(|event| before.follow(event, new));
        self.writing.several = followed.collect();
        if let Some(new_event) = &mut self.writing.new_event {
            let lane = new_event.lane.take();
            let lane = lane.map(|lane| &old.lane_record(lane).id);
            new_event.lane = lane.and_then(|id| new.find_lane(id));
        }
        self.filter = carried(&self.filter, old, new);
        // Both hold event ids of the old timeline.
        self.cluster_list = None;
        self.history = History::default();
        self.before_following = None;
        let person = self.person.take();
        self.person = person.and_then(|person| new.find_person(&old.person(person).id));
        self.enlarged = None;
        // The file may now span another time, of which no view is allowed to show too much.
        if let Some((camera, canvas)) = self.camera.zip(environment.canvas.as_ref()) {
            self.camera = Some(self.allowed(camera, canvas));
            self.motion = None;
            // One who sees the whole sees what is added to it, too.
            if self.canvas.is_some_and(|before| before.is_whole) {
                self.fly(canvas.layout.fit(self.seen_px(canvas)), canvas);
            }
        }
        let view = self.view();
        if let Some(search) = &mut self.search {
            search.forget(view);
        }
        for session in [&mut self.session, &mut self.left_lesson] {
            let before = session.take();
            *session = before.and_then(|it| it.reloaded(new, environment.clock_secs));
        }
        if self.session.is_none() {
            self.panel = self
                .panel
                .filter(|panel| *panel != crate::command::Panel::ConfirmOpen);
        }
    }
}

fn carried(filter: &Filter, old: &Timeline, new: &Timeline) -> Filter {
    let mut carried = Filter::default();
    carried.set_range(filter.range());
    let lane_of = |lane: LaneId| {
        let id = &old.lane_record(lane).id;
        new.find_lane(id)
    };
    for facet in filter.facets() {
        let facet = match facet {
            Facet::Lane(lane) => lane_of(lane).map(Facet::Lane),
            Facet::Person(person) => new.find_person(&old.person(person).id).map(Facet::Person),
            Facet::Place(place) => new.find_place(&old.place(place).id).map(Facet::Place),
            Facet::Tag(tag) => {
                let at = new.tags().iter().position(|it| it == old.tag(tag));
                at.and_then(TagId::from_index).map(Facet::Tag)
            }
            Facet::Certainty(certainty) => Some(Facet::Certainty(certainty)),
        };
        if let Some(facet) = facet {
            carried.add(facet);
        }
    }
    carried
}
