//! Filtering for one person's events, or for the time in view.

use super::{State, environment::CanvasGeometry};
use crate::{
    layout::Camera,
    model::{Facet, Filter, PersonId},
};

impl State {
    /// The person who is followed: the filter's only value.
    pub fn followed(&self) -> Option<PersonId> {
        let mut facets = self.filter.facets();
        match (facets.next(), facets.next(), self.filter.range()) {
            (Some(Facet::Person(person)), None, None) => Some(person),
            _ => None,
        }
    }

    /// Stops following; returns to the view from before, where that was left by the search.
    pub(super) fn stop_following(&mut self, geometry: &CanvasGeometry<'_>) {
        let followed = self.followed();
        self.filter = Filter::default();
        let before = self.before_following.take();
        if let Some((_, view)) = before.filter(|(person, _)| followed == Some(*person)) {
            self.restore(view, geometry);
        }
    }

    /// Toggles a filter for one person's events; setting it also brings them all into view.
    pub(super) fn follow(&mut self, person: PersonId, geometry: &CanvasGeometry<'_>) {
        let only = Filter::only(Facet::Person(person));
        self.before_following = None;
        if self.filter == only {
            self.filter = Filter::default();
            return;
        }
        self.see_all_of(person, geometry);
    }

    /// Filters for one person's events and brings them all into view.
    pub(super) fn see_all_of(&mut self, person: PersonId, geometry: &CanvasGeometry<'_>) {
        self.filter = Filter::only(Facet::Person(person));
        let timeline = &geometry.layout.timeline;
        let ends = timeline.events_of_person(person).fold(None, |ends, event| {
            let (from, to) = (timeline.start(event), timeline.end(event));
            let (first, last) = ends.unwrap_or((from, to));
            Some((from.min(first), to.max(last)))
        });
        let Some((from, to)) = ends else { return };
        let camera = self.aim().unwrap_or_else(|| self.camera(geometry));
        let width = f64::from(self.seen_px(geometry));
        let is_seen = camera.x_from_time(from) >= 0.0 && camera.x_from_time(to) <= width;
        if !is_seen {
            // With a margin on both sides.
            let middle = Camera::over(from, to, width);
            self.fly(middle.zoomed_about(width / 2.0, 0.8), geometry);
        }
    }

    /// Sets the filter's time range to the time in view, or clears the range if one is set.
    pub(super) fn filter_view(&mut self, geometry: &CanvasGeometry<'_>) {
        let camera = self.aim().unwrap_or_else(|| self.camera(geometry));
        let to = camera.time_from_x(f64::from(self.seen_px(geometry)));
        let range = (camera.time_from_x(0.0), to);
        let range = self.filter.range().is_none().then_some(range);
        self.filter.set_range(range);
    }
}
