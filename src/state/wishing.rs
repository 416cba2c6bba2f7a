//! Wishing for some of the events: somebody's, or those of the time in view.

use super::{Camera, Filter, Stage, State};
use crate::model::{Facet, PersonId};

impl State {
    /// Dims all in which someone takes no part, and shows all in which they do; or no longer.
    pub(super) fn follow(&mut self, person: PersonId, stage: &Stage<'_>) {
        let only = Filter::only(Facet::Person(person));
        if self.filter == only {
            self.filter = Filter::default();
            return;
        }
        self.see_all_of(person, stage);
    }

    /// Dims all in which someone takes no part, and shows all in which they do.
    pub(super) fn see_all_of(&mut self, person: PersonId, stage: &Stage<'_>) {
        self.filter = Filter::only(Facet::Person(person));
        let timeline = &stage.index.timeline;
        let ends = timeline.events_of_person(person).fold(None, |ends, event| {
            let (from, to) = (timeline.start(event), timeline.end(event));
            let (first, last) = ends.unwrap_or((from, to));
            Some((from.min(first), to.max(last)))
        });
        let Some((from, to)) = ends else { return };
        let camera = self.aim().unwrap_or_else(|| self.camera(stage));
        let width = f64::from(self.seen_px(stage));
        let is_seen = camera.x_from_time(from) >= 0.0 && camera.x_from_time(to) <= width;
        if !is_seen {
            // With some air on both sides.
            let middle = Camera::over(from, to, width);
            self.fly(middle.zoomed_about(width / 2.0, 0.8), stage);
        }
    }

    /// Wishes for the time in view, or, where that is wished for, for no particular one.
    pub(super) fn filter_view(&mut self, stage: &Stage<'_>) {
        let camera = self.aim().unwrap_or_else(|| self.camera(stage));
        let to = camera.time_from_x(f64::from(self.seen_px(stage)));
        let range = (camera.time_from_x(0.0), to);
        let wished = self.filter.range().is_none().then_some(range);
        self.filter.set_range(wished);
    }
}
