//! Draws one labelled event: its mark, its label, its frame.
//!
//! Where the label hangs is decided by `labels`; here it becomes shapes, and the mark in [`Dated`].
//! It leaves to the parent which events are labelled.

use super::{date::Dated, pen::Pen, scratch::Scratch};
use crate::{
    layout::{
        labels::{self, LabelSlot, Side},
        lanes::LaneBox,
        mark::{Drawn, Mark},
        measure::{Face, elided},
        metrics::{BESIDE_GAP_PX, Form},
        metrics::{DATE_SIZE_PX, LABEL_SIZE_PX},
        scene::{Anchor, Hit, Rect, Scene, Shape, Target},
        theme::Rgba,
    },
    model::EventId,
};

/// Where a label's baselines lie under the top of its row, in px.
const TITLE_BASELINE_PX: f32 = 29.0;
/// See [`TITLE_BASELINE_PX`].
const DATE_BASELINE_PX: f32 = 44.0;
/// The least distance of a label from the plot's edge while it slides within its mark, in px.
const SLIDE_EDGE_PX: f32 = 8.0;
/// How thick a person's thread is, in px.
const THREAD_PX: f32 = 1.5;
/// The opacity of a thread: as visible as a mark has to be (WCAG 2.2, 3 to 1).
const THREAD_STRENGTH: f32 = 0.75;
/// How far the glow of a search result extends beyond its mark, in px.
const GLOW_PX: f32 = 4.0;
/// Air inside the frame of an event, in px: half the gap between two footprints.
const FRAME_PX: f32 = 7.0;

impl Pen<'_> {
    pub(super) fn event(
        &self,
        labelled: &Labelled<'_>,
        lane: &LaneBox,
        scratch: &mut Scratch,
        scene: &mut Scene,
    ) {
        let top =
            self.lanes_y + lane.first_row + f32::from(labelled.slot.row) * self.layout.stack.pitch;
        if top > self.plot.y1 || top + self.layout.stack.pitch < self.plot.y0 {
            return;
        }
        let bar = self.bar_rect(labelled.drawn, top);
        let label = self.label(labelled, top);
        let whole = bar.united(&label.rect);
        let params = &self.input.params;
        let is_selected = [params.selected, params.measure_start].contains(&Some(labelled.event));
        if is_selected || self.input.params.hovered == Some(labelled.event) {
            self.frame(&whole, is_selected, labelled.color, scene);
        }
        if self
            .input
            .found
            .is_some_and(|found| found.holds(labelled.event))
        {
            self.glow(&bar, scene);
        }
        self.mark(labelled, &bar, scene);
        self.write_label(labelled, &label, scratch, scene);
        let rect = whole.intersected(&self.plot);
        if rect.width() > 0.0 && rect.height() > 0.0 {
            scene.hits.push(Hit {
                rect,
                target: Target::Event(labelled.event),
            });
        }
    }

    /// Draws the thread of one person: lines from mark to mark in time order, behind all of them.
    pub(super) fn thread(&self, in_view: &[(EventId, LabelSlot)], scene: &mut Scene) {
        let (Some(filtered), ink) = (
            self.input.filtered,
            self.input.theme.accent.faded(THREAD_STRENGTH),
        ) else {
            return;
        };
        let mut before: Option<(f32, f32)> = None;
        for &(event, slot) in in_view
            .iter()
            .filter(|(event, _)| filtered.events.contains(*event))
        {
            let lane = self
                .layout
                .stack
                .lanes
                .get(self.layout.timeline.lane(event).index());
            let (Some(mark), Some(lane)) = (self.layout.mark(event), lane) else {
                continue;
            };
            let drawn = mark.drawn(&self.input.params.camera);
            let top = self.lanes_y + lane.first_row + f32::from(slot.row) * self.layout.stack.pitch;
            let bar = self.bar_rect(&drawn, top);
            let here = (f32::midpoint(bar.x0, bar.x1), f32::midpoint(bar.y0, bar.y1));
            if let Some(before) = before {
                scene.shapes.push(Shape::Polygon {
                    points: stroke(before, here, THREAD_PX),
                    fill: ink,
                });
            }
            before = Some(here);
        }
    }

    /// Draws the glow behind the mark of a search result.
    fn glow(&self, bar: &Rect, scene: &mut Scene) {
        let accent = self.input.theme.accent;
        scene.shapes.push(Shape::Frame {
            rect: bar
                .expanded(GLOW_PX, GLOW_PX)
                .intersected(&self.plot.expanded(40.0, 40.0)),
            radius: 6.0,
            fill: accent.faded(0.18),
            border: accent.faded(0.75),
            border_px: 1.5,
        });
    }

    fn frame(&self, around: &Rect, is_selected: bool, color: Rgba, scene: &mut Scene) {
        let theme = self.input.theme;
        let (border, border_px) = if is_selected {
            (color, 1.5 * theme.stroke_px)
        } else {
            (theme.hairline, theme.stroke_px)
        };
        // The frame of a mark that leaves the plot leaves with it; both stay in an `f32`'s range.
        let rect = around
            .expanded(FRAME_PX, 4.0)
            .intersected(&self.plot.expanded(40.0, 40.0));
        scene.shapes.push(Shape::Frame {
            rect,
            radius: 8.0,
            fill: theme.panel,
            border,
            border_px,
        });
    }

    fn mark(&self, labelled: &Labelled<'_>, bar: &Rect, scene: &mut Scene) {
        let dated = Dated {
            mark: labelled.mark,
            drawn: labelled.drawn,
            bar: *bar,
            plot: (self.plot.x0, f64::from(self.plot.width())),
            color: labelled.color.faded(labelled.opacity),
            band: labelled.band,
            ground: self.input.theme.ground.faded(labelled.opacity),
        };
        dated.draw(scene);
    }

    /// The label's rectangle: hung from its mark, slid along it to stay in view.
    fn label(&self, labelled: &Labelled<'_>, top: f32) -> LabelBox {
        let width = labelled.slot.label_px;
        let (form, side) = (self.layout.form, labelled.slot.side);
        // In plot x and `f64`, from the whole mark: the bar's own rectangle is cut for painting.
        let (x0, x1) = labels::label_range(&labelled.slot, form, labelled.drawn);
        let low = f64::from(SLIDE_EDGE_PX);
        let high = f64::from(self.plot.width()) - low;
        let wide = f64::from(width);
        let x0 = match (form, side) {
            // At most to the end of the mark.
            (Form::Under, Side::Right) => x0.max(low.min(labelled.drawn.x1 - wide)),
            (Form::Under, Side::Left) => x1.min(high.max(labelled.drawn.x0 + wide)) - wide,
            (Form::Beside, _) => x0,
        };
        let x0 = self.plot.x0 + x0.clamp(-1e5, 1e5) as f32;
        let (y0, y1) = match form {
            Form::Under => (top + 17.0, top + 47.0),
            Form::Beside => (top + 4.0, top + self.layout.stack.pitch - 4.0),
        };
        LabelBox {
            rect: Rect::new(x0, y0, x0 + width, y1),
            top,
        }
    }

    fn write_label(
        &self,
        labelled: &Labelled<'_>,
        label: &LabelBox,
        scratch: &mut Scratch,
        scene: &mut Scene,
    ) {
        let rect = &label.rect;
        if rect.x1 < self.plot.x0 || rect.x0 > self.plot.x1 {
            return;
        }
        let theme = self.input.theme;
        let measure = self.input.measure;
        let params = &self.input.params;
        let is_selected = [params.selected, params.measure_start].contains(&Some(labelled.event));
        if !is_selected && self.input.params.hovered != Some(labelled.event) {
            self.clear_as_of(rect, scene);
        }
        let face = if is_selected {
            Face::SansSemiBold
        } else {
            Face::SansMedium
        };
        let title = self.layout.timeline.short(labelled.event);
        let Scratch { wording, text, .. } = scratch;
        let date = wording.date(&self.layout.timeline, labelled.event);
        let ink = (
            face,
            LABEL_SIZE_PX,
            theme.ink.faded(labelled.opacity * labelled.leaving),
        );
        let muted = (
            Face::Sans,
            DATE_SIZE_PX,
            theme.muted.faded(labelled.opacity * labelled.leaving),
        );
        // Measured in the widest face, as when rows were chosen: selecting an event elides nothing.
        match self.layout.form {
            Form::Under => {
                let (x, anchor) = match labelled.slot.side {
                    Side::Right => (rect.x0, Anchor::Start),
                    Side::Left => (rect.x1, Anchor::End),
                };
                for (words, measured, style, baseline) in [
                    (title, Face::SansSemiBold, ink, TITLE_BASELINE_PX),
                    (date, Face::Sans, muted, DATE_BASELINE_PX),
                ] {
                    let words = elided(words, (measured, style.1), rect.width(), measure, text);
                    scene.text((x, label.top + baseline), anchor, style, words);
                }
            }
            Form::Beside => {
                let baseline = label.top + self.layout.stack.pitch / 2.0 + 4.5;
                let date_px = measure.width(date, Face::Sans, DATE_SIZE_PX) + BESIDE_GAP_PX;
                // Too narrow for both: the title gets all the room, and is elided only if need be.
                let whole_px = measure.width(title, Face::SansSemiBold, LABEL_SIZE_PX);
                let has_date = whole_px + date_px <= rect.width() + 0.5;
                let measured = (Face::SansSemiBold, LABEL_SIZE_PX);
                let title = elided(title, measured, rect.width(), measure, text);
                let title_px = measure.width(title, face, LABEL_SIZE_PX);
                match labelled.slot.side {
                    Side::Right => {
                        scene.text((rect.x0, baseline), Anchor::Start, ink, title);
                        if has_date {
                            scene.text(
                                (rect.x0 + title_px + BESIDE_GAP_PX, baseline),
                                Anchor::Start,
                                muted,
                                date,
                            );
                        }
                    }
                    Side::Left => {
                        let title_end = if has_date { rect.x1 - date_px } else { rect.x1 };
                        scene.text((title_end, baseline), Anchor::End, ink, title);
                        if has_date {
                            scene.text((rect.x1, baseline), Anchor::End, muted, date);
                        }
                    }
                }
            }
        }
    }
}

/// The corners of a straight line from one point to another, `thick_px` thick.
fn stroke(from: (f32, f32), to: (f32, f32), thick_px: f32) -> [(f32, f32); 4] {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let half = thick_px / 2.0 / dx.hypot(dy).max(1e-3);
    let (nx, ny) = (-dy * half, dx * half);
    [
        (from.0 + nx, from.1 + ny),
        (to.0 + nx, to.1 + ny),
        (to.0 - nx, to.1 - ny),
        (from.0 - nx, from.1 - ny),
    ]
}

/// An event about to be drawn.
pub(super) struct Labelled<'a> {
    pub(super) event: EventId,
    pub(super) mark: &'a Mark,
    pub(super) drawn: &'a Drawn,
    pub(super) slot: LabelSlot,
    pub(super) opacity: f32,
    /// A further opacity of the label, while its mark leaves the plot.
    pub(super) leaving: f32,
    pub(super) color: Rgba,
    /// The strength of a band, as a multiple of `BAND_STRENGTH`.
    pub(super) band: f32,
}

/// A label's rectangle; `top` is the y of its row.
struct LabelBox {
    rect: Rect,
    top: f32,
}
