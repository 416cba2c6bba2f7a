//! Navigation from event to event: in time, from lane to lane, along causes.

use super::{State, environment::CanvasGeometry};
use crate::{
    layout::labels::LabelSlot,
    model::{EventId, LaneId},
};

impl State {
    /// Selects the next or previous labelled event in time, so that the scale stays the same; where
    /// there is none, the next or previous of all events.
    pub(super) fn step(&mut self, by: i64, geometry: &CanvasGeometry<'_>) {
        let (layout, scale) = (geometry.layout, self.camera(geometry).px_per_sec());
        let next = match self.selected {
            None => self.first_in_view(geometry),
            Some(event) => {
                let next = layout.lane_index.beside(event, by > 0);
                let is_labelled = next.is_some_and(|next| layout.is_labelled(next, scale));
                let labelled = || layout.labelled_beside(event, by > 0, scale);
                next.filter(|_| is_labelled).or_else(labelled).or(next)
            }
        };
        if let Some(event) = next {
            self.select(event, geometry);
        }
    }

    /// Selects the labelled event nearest in time, in the nearest lane above or below that has one.
    pub(super) fn step_lane(&mut self, by: i64, geometry: &CanvasGeometry<'_>) {
        let timeline = &geometry.layout.timeline;
        let Some(from) = self.selected.or_else(|| self.first_in_view(geometry)) else {
            return;
        };
        if self.selected.is_none() {
            return self.select(from, geometry);
        }
        let scale = self.camera(geometry).px_per_sec();
        let lanes = timeline.lanes().len() as i64;
        let start = timeline.lane(from).index() as i64;
        let others = (1..lanes).map(|away| start + away * by);
        let mut others = others
            .filter(|lane| (0..lanes).contains(lane))
            .filter_map(|lane| LaneId::from_index(lane as usize));
        if let Some(event) =
            others.find_map(|lane| geometry.layout.nearest_labelled(lane, from, scale))
        {
            self.select(event, geometry);
        }
    }

    /// The first labelled event that begins in view, else the first of all.
    pub(super) fn first_in_view(&self, geometry: &CanvasGeometry<'_>) -> Option<EventId> {
        let camera = self.camera(geometry);
        let layout = geometry.layout;
        let width = f64::from(self.plot_px(geometry));
        let range = layout.events_between((camera.time_from_x(0.0), camera.time_from_x(width)));
        let mut labelled: Vec<(EventId, LabelSlot)> = Vec::new();
        for lane in (0..layout.timeline.lanes().len()).filter_map(LaneId::from_index) {
            layout.labelled(lane, camera.px_per_sec(), range, &mut labelled);
        }
        let in_view = labelled
            .into_iter()
            .map(|(event, _)| event)
            .filter(|&event| {
                let x = camera.x_from_time(layout.timeline.start(event));
                (0.0..width).contains(&x)
            });
        in_view.min().or_else(|| layout.lane_index.first())
    }

    /// Starts a duration measurement at the selected event (else the first in view), or ends it.
    pub(super) fn measure(&mut self, geometry: &CanvasGeometry<'_>) {
        if self.measure_start.take().is_some() {
            return;
        }
        if self.selected.is_none()
            && let Some(first) = self.first_in_view(geometry)
        {
            self.select(first, geometry);
        }
        self.measure_start = self.selected;
    }

    /// Goes to the first cause of the selected event, or to its first consequence.
    pub(super) fn walk_causes(&mut self, is_back: bool, geometry: &CanvasGeometry<'_>) {
        let timeline = &geometry.layout.timeline;
        let Some(event) = self.selected else { return };
        let links = if is_back {
            timeline.event(event).because
        } else {
            timeline.led_to(event)
        };
        if let Some(link) = links.into_iter().next() {
            self.select(link.event, geometry);
            self.visit(link.event, geometry);
        }
    }
}
