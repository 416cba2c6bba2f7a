//! Walking from event to event: in time, from lane to lane, along causes.

use super::{EventId, LaneId, Stage, State};
use crate::layout::labels::Place;

impl State {
    /// To the next or previous event in time, of those that are told: one stays as close as one is.
    /// Where there is none, to the next of all.
    pub(super) fn step(&mut self, by: i64, stage: &Stage<'_>) {
        let (index, scale) = (stage.index, self.camera(stage).px_per_sec());
        let next = match self.selected {
            None => self.first_in_view(stage),
            Some(event) => {
                let next = index.tally.beside(event, by > 0);
                let is_told = next.is_some_and(|next| index.is_told(next, scale));
                let told = || index.told_beside(event, by > 0, scale);
                next.filter(|_| is_told).or_else(told).or(next)
            }
        };
        if let Some(event) = next {
            self.select(event, stage);
        }
    }

    /// To the event of the nearest other lane that is nearest in time.
    pub(super) fn step_lane(&mut self, by: i64, stage: &Stage<'_>) {
        let timeline = &stage.index.timeline;
        let Some(from) = self.selected.or_else(|| self.first_in_view(stage)) else {
            return;
        };
        if self.selected.is_none() {
            return self.select(from, stage);
        }
        let scale = self.camera(stage).px_per_sec();
        let lanes = timeline.lanes().len() as i64;
        let start = timeline.lane(from).index() as i64;
        let others = (1..lanes).map(|away| start + away * by);
        let mut others = others
            .filter(|lane| (0..lanes).contains(lane))
            .filter_map(|lane| LaneId::from_index(lane as usize));
        if let Some(event) = others.find_map(|lane| stage.index.nearest_told(lane, from, scale)) {
            self.select(event, stage);
        }
    }

    /// The first event whose mark begins in view and is told, or simply the first.
    pub(super) fn first_in_view(&self, stage: &Stage<'_>) -> Option<EventId> {
        let camera = self.camera(stage);
        let index = stage.index;
        let width = f64::from(self.plot_px(stage));
        let range = index.events_between((camera.time_from_x(0.0), camera.time_from_x(width)));
        let mut told: Vec<(EventId, Place)> = Vec::new();
        for lane in (0..index.timeline.lanes().len()).filter_map(LaneId::from_index) {
            index.told(lane, camera.px_per_sec(), range, &mut told);
        }
        let in_view = told.into_iter().map(|(event, _)| event).filter(|&event| {
            let x = camera.x_from_time(index.timeline.start(event));
            (0.0..width).contains(&x)
        });
        in_view.min().or_else(|| index.tally.first())
    }

    /// Begins to tell how long it is from the chosen event to the next one that is chosen, or ends it.
    pub(super) fn measure(&mut self, stage: &Stage<'_>) {
        if self.measured.take().is_some() {
            return;
        }
        if self.selected.is_none()
            && let Some(first) = self.first_in_view(stage)
        {
            self.select(first, stage);
        }
        self.measured = self.selected;
    }

    /// To the first of what led to the chosen event, or of what it led to.
    pub(super) fn walk_causes(&mut self, is_back: bool, stage: &Stage<'_>) {
        let timeline = &stage.index.timeline;
        let Some(event) = self.selected else { return };
        let links = if is_back {
            timeline.event(event).because
        } else {
            timeline.led_to(event)
        };
        if let Some(link) = links.into_iter().next() {
            self.select(link.event, stage);
            self.visit(link.event, stage);
        }
    }
}
