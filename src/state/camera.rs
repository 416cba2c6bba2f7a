//! Camera moves: flights, zooming, and bringing events into view.

use std::sync::Arc;

use super::{
    CanvasSeen, ClusterList, FLING_END, FLING_FADE_SECS, State,
    environment::CanvasGeometry,
    motion::{ChosenBy, Motion},
};
use crate::{
    layout::{Camera, Flight, camera::FINEST_SECS_PER_PX, labels::label_range, metrics::AXIS_PX},
    model::{EventId, EventSet, LaneId},
    time::Moment,
};

/// Distance from the plot's edge to which an event that was out of view is brought, in px.
const REVEAL_EDGE_PX: f64 = 24.0;
/// Least distance that it keeps from the opposite edge, in px.
const LEAST_EDGE_PX: f64 = 1.0;
/// Margin for the frame around a selected event, in px.
const CHOSEN_EDGE_PX: f64 = 7.0;
/// A cluster whose starts lie within this many px at the closest scale is listed, not zoomed into.
const TOGETHER_PX: f64 = 8.0;
/// Share of the plot's width that a cluster's events take after zooming into it.
const PARTED_SHARE: f64 = 0.6;
/// Width of the lanes' scroll bar, in px.
const SCROLL_BAR_PX: f64 = 12.0;

impl State {
    /// Adapts the camera to a plot of which `from_px` were uncovered before: a view of the whole
    /// file fits the width uncovered now, any other keeps its left edge. See [`State::keep_selected_in_view`] for the
    /// selected event.
    pub(super) fn resize(&mut self, from_px: f32, geometry: &CanvasGeometry<'_>, is_eased: bool) {
        let seen_px = self.seen_px(geometry);
        if let Some(canvas) = &mut self.canvas {
            canvas.seen_px = seen_px;
        }
        let Some(camera) = self.camera else { return };
        let aim = self.aim().unwrap_or(camera);
        let was_fitting = geometry.layout.is_fitting(&aim, from_px);
        let wanted = if was_fitting {
            geometry.layout.fit(seen_px)
        } else {
            self.allowed(aim, geometry)
        };
        let chosen_by = self.view_chosen_by;
        if is_eased {
            self.fly(wanted, geometry);
            // It shows what it showed, in another width.
            self.view_chosen_by = chosen_by;
        } else {
            self.motion = None;
            self.camera = Some(wanted);
        }
        self.scroll_to(self.scroll_px, geometry);
    }

    /// Where a story is open, pans and scrolls to keep the selected event visible after the window,
    /// the text size or the rows have changed.
    pub(super) fn keep_selected_in_view(&mut self, geometry: &CanvasGeometry<'_>) {
        let selected = self.selected.filter(|_| self.is_story_open);
        if let Some(event) = selected.filter(|&event| geometry.layout.lane_index.contains(event)) {
            self.reveal(event, geometry);
            self.reveal_row(event, geometry);
        }
    }

    pub(super) fn scroll_to(&mut self, px: f32, geometry: &CanvasGeometry<'_>) {
        self.scroll_px = px.clamp(0.0, geometry.layout.most_scroll_px(geometry.canvas_px));
    }

    /// The destination of a running flight, else the current camera.
    pub(super) fn aim(&self) -> Option<Camera> {
        match self.motion {
            Some(Motion::Flight { flight, .. }) => Some(flight.to()),
            _ => self.camera,
        }
    }

    pub(super) fn allowed(&self, camera: Camera, geometry: &CanvasGeometry<'_>) -> Camera {
        geometry.layout.allowed(camera, self.seen_px(geometry))
    }

    pub(super) fn fly(&mut self, to: Camera, geometry: &CanvasGeometry<'_>) {
        let from = self.camera(geometry);
        let to = self.allowed(to, geometry);
        self.view_chosen_by = ChosenBy::Program;
        if self.is_still() {
            (self.camera, self.motion) = (Some(to), None);
            return;
        }
        self.camera = Some(from);
        self.motion = (from != to).then(|| Motion::Flight {
            flight: Flight::new(from, to, f64::from(self.plot_px(geometry))),
            since_secs: geometry.now_secs,
        });
    }

    /// Zooms about the selected event where it is in view, else about the middle.
    pub(super) fn zoom(&mut self, factor: f64, geometry: &CanvasGeometry<'_>) {
        let aim = self.aim().unwrap_or_else(|| self.camera(geometry));
        let width = f64::from(self.seen_px(geometry));
        let selected = self.selected.and_then(|event| geometry.layout.mark(event));
        let x = selected
            .map(|mark| f64::midpoint(aim.x_from_time(mark.from), aim.x_from_time(mark.to)))
            .filter(|x| (0.0..=width).contains(x))
            .unwrap_or(width / 2.0);
        self.fly(aim.zoomed_about(x, factor), geometry);
    }

    /// Flies to an event: at the current scale where it is labelled and fits, else at its own.
    pub(super) fn visit(&mut self, event: EventId, geometry: &CanvasGeometry<'_>) {
        let Some(mark) = geometry.layout.mark(event) else {
            return;
        };
        let aim = self.aim().unwrap_or_else(|| self.camera(geometry));
        if !geometry.layout.is_labelled(event, aim.px_per_sec()) {
            return self.fly(
                geometry.layout.around(event, self.seen_px(geometry)),
                geometry,
            );
        }
        if geometry.layout.is_fitting(&aim, self.seen_px(geometry)) {
            return;
        }
        let drawn = mark.drawn(&aim);
        let seen = f64::from(self.seen_px(geometry));
        if drawn.x1 - drawn.x0 > 0.9 * seen {
            // At this scale the view would lie inside the event, with neither end visible.
            return self.fly(
                geometry.layout.around(event, self.seen_px(geometry)),
                geometry,
            );
        }
        let middle = mark.from.secs().midpoint(mark.to.secs());
        let x = seen / 2.0;
        self.fly(aim.with_time_at(Moment::from_secs(middle), x), geometry);
    }

    /// Zooms into a cluster until its events separate. Where they never do, since they are too
    /// close together or the scale is the finest, they are listed; a single event is visited.
    pub(super) fn zoom_into_cluster(
        &mut self,
        lane: LaneId,
        range: (Moment, Moment),
        geometry: &CanvasGeometry<'_>,
    ) {
        let layout = geometry.layout;
        let camera = self.camera(geometry);
        let events = layout.clustered(lane, range, camera.px_per_sec());
        let (Some(&first), Some(&last)) = (events.first(), events.last()) else {
            return;
        };
        if first == last {
            return match layout.slot(first) {
                Some(_) => {
                    self.choose(first, geometry);
                    self.visit(first, geometry);
                }
                None => self.choose(first, geometry),
            };
        }
        let (from, to) = (layout.timeline.start(first), layout.timeline.start(last));
        let closest = Camera::new(from, FINEST_SECS_PER_PX);
        if camera.is_closest() || closest.x_from_time(to) <= TOGETHER_PX {
            self.cluster_list = Some(ClusterList { lane, events });
            return;
        }
        let seen = f64::from(self.seen_px(geometry));
        let secs_per_px = Camera::over(from, to, PARTED_SHARE * seen).secs_per_px();
        // Always zooms in, at least by a factor of two.
        let secs_per_px = secs_per_px.min(camera.secs_per_px() / 2.0);
        let middle = Moment::from_secs(from.secs().midpoint(to.secs()));
        let closer = Camera::new(middle, secs_per_px).with_time_at(middle, seen / 2.0);
        self.fly(closer, geometry);
    }

    /// Pans only as far as needed for an event to be visible beside whatever covers the plot.
    pub(super) fn reveal(&mut self, event: EventId, geometry: &CanvasGeometry<'_>) {
        let Some(mark) = geometry.layout.mark(event) else {
            return;
        };
        let aim = self.aim().unwrap_or_else(|| self.camera(geometry));
        if !geometry.layout.is_labelled(event, aim.px_per_sec()) {
            return self.visit(event, geometry);
        }
        let drawn = mark.drawn(&aim);
        let (mut x0, mut x1) = (drawn.x0, drawn.x1);
        if let Some(slot) = geometry.layout.slot(event) {
            let label = label_range(&slot, geometry.layout.form, &drawn);
            (x0, x1) = (x0.min(label.0), x1.max(label.1));
        }
        // With the frame around it, and clear of the lanes' scroll bar.
        let can_scroll = geometry.layout.most_scroll_px(geometry.canvas_px) > 0.0;
        let seen = f64::from(self.seen_px(geometry)) - if can_scroll { SCROLL_BAR_PX } else { 0.0 };
        (x0, x1) = (x0 - CHOSEN_EDGE_PX, x1 + CHOSEN_EDGE_PX);
        if x1 - x0 > seen {
            // No room for mark and label together: only the mark.
            (x0, x1) = (drawn.x0, drawn.x1);
        }
        // Where that is wider than the view, its nearer end stays visible.
        let by = if x1 > seen + 1.0 && x0 > 0.0 {
            (x1 - seen + REVEAL_EDGE_PX)
                .min(x0 - LEAST_EDGE_PX)
                .max(0.0)
        } else if x0 < -1.0 && x1 < seen {
            (x0 - REVEAL_EDGE_PX)
                .max(x1 - seen + LEAST_EDGE_PX)
                .min(0.0)
        } else {
            0.0
        };
        if by != 0.0 {
            let after = self.allowed(aim.panned(by), geometry);
            if self.is_story_open && geometry.sheet_px > 0.0 {
                let made_room = self.made_room.filter(|(_, after)| *after == aim);
                self.made_room = Some((made_room.map_or(aim, |(before, _)| before), after));
            }
            self.fly(after, geometry);
        }
    }

    /// Scrolls the lanes so that an event's row is in view.
    pub(super) fn reveal_row(&mut self, event: EventId, geometry: &CanvasGeometry<'_>) {
        let Some((top, bottom)) = geometry.layout.row_y(event) else {
            return;
        };
        let height = geometry.canvas_px - AXIS_PX - geometry.layout.top_px();
        let scroll = self.scroll_px.min(top).max(bottom - height);
        self.scroll_to(scroll, geometry);
    }

    /// Adapts camera and scroll to a canvas whose size, rows or shown events have changed since the
    /// last time. The first camera shows the whole file.
    pub(super) fn adapt(&mut self, geometry: &CanvasGeometry<'_>) {
        self.scroll_to(self.scroll_px, geometry);
        let before = self.canvas;
        let subset = geometry.layout.lane_index.subset().map(Arc::as_ptr);
        let after = CanvasSeen {
            shut_px: geometry.shut_px,
            seen_px: self.seen_px(geometry),
            subset: subset.map_or(0, <*const EventSet>::addr),
            is_whole: before.is_some_and(|before| before.is_whole),
        };
        if before.is_some_and(|before| before.subset != after.subset) {
            self.keep_selected_in_view(geometry);
        }
        let is_resized = |before: &CanvasSeen| before.shut_px != after.shut_px;
        let has_side = |before: &CanvasSeen| before.seen_px != after.seen_px;
        if let Some(before) = before.filter(|before| is_resized(before) || has_side(before)) {
            // A panel that opens beside the canvas eases it aside.
            self.resize(before.seen_px, geometry, !is_resized(&before));
            self.keep_selected_in_view(geometry);
        }
        self.canvas = Some(after);
        if self.camera.is_none() {
            self.camera = Some(geometry.layout.fit(self.seen_px(geometry)));
        }
    }

    /// Remembers whether the view shows the whole file: when that grows, so does the view.
    pub(super) fn note_whole(&mut self, geometry: &CanvasGeometry<'_>) {
        let seen_px = self.seen_px(geometry);
        let aim = self.aim();
        if let Some(canvas) = &mut self.canvas {
            canvas.is_whole = aim.is_some_and(|aim| geometry.layout.is_fitting(&aim, seen_px));
        }
    }

    /// Advances the camera's animation to the geometry's time. Returns whether it is still moving.
    pub(super) fn advance_camera(&mut self, geometry: &CanvasGeometry<'_>) -> bool {
        match self.motion {
            None => return false,
            Some(Motion::Flight { flight, since_secs }) => {
                let fraction = (geometry.now_secs - since_secs) / flight.duration_secs();
                // The smooth path may zoom out past the whole file; labels of its level would
                // vanish.
                let camera = flight.at(fraction);
                self.camera = Some(if fraction >= 1.0 {
                    camera
                } else {
                    self.allowed(camera, geometry)
                });
                if fraction >= 1.0 {
                    self.motion = None;
                }
            }
            Some(Motion::Fling {
                px_per_sec,
                at_secs,
            }) => {
                let secs = (geometry.now_secs - at_secs).max(0.0);
                let left = px_per_sec * (-secs / FLING_FADE_SECS).exp();
                let moved = FLING_FADE_SECS * (px_per_sec - left);
                let camera = self.camera(geometry);
                let wanted = camera.panned(moved);
                let allowed = self.allowed(wanted, geometry);
                self.camera = Some(allowed);
                let is_over = left.abs() < FLING_END || allowed != wanted && secs > 0.0;
                self.motion = (!is_over).then_some(Motion::Fling {
                    px_per_sec: left,
                    at_secs: geometry.now_secs,
                });
            }
        }
        self.motion.is_some()
    }
}
