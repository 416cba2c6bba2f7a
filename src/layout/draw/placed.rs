//! Where each labelled event in view lies: found before anything is drawn, so that grid lines can
//! stop at labels.

use super::{pen::Pen, routes::End};
use crate::{
    layout::{
        labels::{self, LabelSlot, Side},
        mark::{BAND_STRENGTH, Drawn, Mark},
        metrics::{Form, INSET_PX},
        scene::Rect,
        summaries,
        theme::Rgba,
    },
    model::EventId,
};

/// The least distance of a label from the plot's edge while it slides within its mark, in px.
const SLIDE_EDGE_PX: f32 = 8.0;
/// A label fades while the last of its mark, this many px, leaves the plot.
const LEAVING_PX: f64 = 24.0;
/// Air inside the frame of an event, in px: half the gap between two footprints, and above and
/// below.
const FRAME_PX: (f32, f32) = (7.0, 4.0);

/// A labelled event in view.
#[derive(Clone, Debug)]
pub(super) struct PlacedEvent {
    pub(super) event: EventId,
    pub(super) slot: LabelSlot,
    pub(super) mark: Mark,
    pub(super) drawn: Drawn,
    /// The y of its row.
    pub(super) top: f32,
    /// The rectangle of its mark, cut to a little more than the plot.
    pub(super) bar: Rect,
    /// The rectangle of its label.
    pub(super) label: Rect,
    /// Whether its label is in view, and not left out because an edge would cut it.
    pub(super) is_written: bool,
    /// Whether it is left out because an edge would cut it.
    pub(super) is_left_out: bool,
    pub(super) opacity: f32,
    /// A further opacity of the label, while its mark leaves the plot or an edge cuts it.
    pub(super) leaving: f32,
    pub(super) color: Rgba,
    /// The strength of a band, as a multiple of `BAND_STRENGTH`.
    pub(super) band: f32,
}

impl PlacedEvent {
    /// Mark and label.
    pub(super) fn whole(&self) -> Rect {
        if self.is_left_out {
            self.bar
        } else {
            self.bar.united(&self.label)
        }
    }

    /// Where lines begin or end.
    pub(super) fn end(&self) -> End {
        End {
            mark: self.bar,
            whole: self.whole(),
        }
    }

    /// The frame around both.
    pub(super) fn frame(&self) -> Rect {
        framed(&self.whole())
    }
}

/// The frame around an event's mark and label.
pub(super) fn framed(whole: &Rect) -> Rect {
    whole.expanded(FRAME_PX.0, FRAME_PX.1)
}

impl Pen<'_> {
    /// Where an event lies; `None` out of view.
    pub(super) fn placed(&self, (event, slot): (EventId, LabelSlot)) -> Option<PlacedEvent> {
        let layout = self.layout;
        let mark = layout.mark(event)?;
        let drawn = mark.drawn(&self.input.params.camera);
        // How many px of the mark are in view, measured from the edge over which it leaves.
        let inside = drawn.x1.min(f64::from(self.plot.width()) - drawn.x0);
        if inside <= 0.0 {
            return None;
        }
        let lane = layout.timeline.lane(event);
        let lane_box = layout.stack.lanes.get(lane.index())?;
        let pitch = layout.stack.pitch;
        let top = self.lanes_y + lane_box.first_row + f32::from(slot.row) * pitch;
        if top > self.plot.y1 || top + pitch < self.plot.y0 {
            return None;
        }
        // Where a stretch of time is chosen, a label hangs from the part of its mark within it.
        let seen = layout.extent().map_or(mark, |extent| mark.within(extent));
        let held = if seen == mark {
            drawn
        } else {
            seen.drawn(&self.input.params.camera)
        };
        let label = self.label((event, &slot), &held, top);
        let scale = self.input.params.camera.px_per_sec();
        let (plot, params) = (self.plot, &self.input.params);
        let is_seen = label.x1 >= plot.x0 && label.x0 <= plot.x1;
        let is_cut = label.x0 < plot.x0 - 0.5 || label.x1 > plot.x1 + 0.5;
        let is_asked = self.is_selected(event) || params.hovered == Some(event);
        let cut = if is_cut && !is_asked {
            params.cut_labels
        } else {
            1.0
        };
        let is_left_out = is_seen && cut <= 0.0;
        Some(PlacedEvent {
            event,
            slot,
            bar: self.bar_rect(&drawn, top),
            is_written: is_seen && !is_left_out,
            is_left_out,
            label,
            top,
            opacity: self.visibility(event) * labels::opacity(&slot, scale, self.whole_scale),
            leaving: cut * (inside / LEAVING_PX).min(1.0) as f32,
            color: self.lane_color(lane),
            band: self.input.lane_colors.strength(lane) / BAND_STRENGTH,
            mark,
            drawn,
        })
    }

    /// Whether an event is framed: it is selected, or a duration is measured from it.
    pub(super) fn is_selected(&self, event: EventId) -> bool {
        let params = &self.input.params;
        [params.selected, params.measure_start].contains(&Some(event))
    }

    /// The label's rectangle: hung from its mark, slid along it to stay in view.
    fn label(&self, (event, slot): (EventId, &LabelSlot), drawn: &Drawn, top: f32) -> Rect {
        let width = slot.label_px;
        let (form, side) = (self.layout.form, slot.side);
        // In plot x and `f64`, from the whole mark: the bar's own rectangle is cut for painting.
        let (x0, x1) = labels::label_range(slot, form, drawn);
        let low = f64::from(SLIDE_EDGE_PX);
        let high = f64::from(self.plot.width()) - low;
        let wide = f64::from(width);
        let x0 = match (form, side) {
            // At most to the end of the mark.
            (Form::Under, Side::Right) => x0.max(low.min(drawn.x1 - wide)),
            (Form::Under, Side::Left) => x1.min(high.max(drawn.x0 + wide)) - wide,
            // Beside a long mark, too: over it, where it would leave the view before its mark does.
            (Form::Beside, Side::Right) if drawn.x1 - drawn.x0 >= wide + 2.0 * INSET_PX => {
                x0.min((high - wide).max(drawn.x0 + INSET_PX))
            }
            (Form::Beside, Side::Left) if drawn.x1 - drawn.x0 >= wide + 2.0 * INSET_PX => {
                x0.max(low.min(drawn.x1 - INSET_PX - wide))
            }
            (Form::Beside, _) => x0,
        };
        let x0 = self.plot.x0 + x0.clamp(-1e5, 1e5) as f32;
        let (y0, y1) = match form {
            Form::Under => {
                let summaries = self.layout.summaries.as_deref();
                let lines = summaries.map_or(0, |summaries| summaries.lines(event).len());
                // A little under the date, then line by line.
                let below = if lines > 0 { 4.0 } else { 0.0 };
                (
                    top + 17.0,
                    top + 47.0 + below + lines as f32 * summaries::LINE_PX,
                )
            }
            Form::Beside => (top + 4.0, top + self.layout.stack.pitch - 4.0),
        };
        Rect::new(x0, y0, x0 + width, y1)
    }
}
