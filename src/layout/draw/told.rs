//! One event that is told: its mark, its label, its frame.
//!
//! Where the label hangs is said by `labels`; here it becomes shapes, and the mark by [`Dated`]. It
//! leaves to the parent which events are told.

use super::{FAR_PX, MARK_PX, Pen, Scratch, date::Dated};
use crate::{
    layout::{
        index::{DATE_SIZE_PX, LABEL_SIZE_PX},
        labels::{self, BESIDE_GAP_PX, Form, Place, Side},
        lanes::LaneBox,
        mark::{Drawn, Mark},
        measure::{Face, elided},
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
/// How strongly it is drawn: as a mark that is to be seen (WCAG 2.2, 3 to 1).
const THREAD_STRENGTH: f32 = 0.75;
/// How far the glow of what was found reaches beyond its mark, in px.
const GLOW_PX: f32 = 4.0;
/// Air around what is framed, in px: half the gap between two footprints.
const FRAME_PX: f32 = 7.0;

impl Pen<'_> {
    pub(super) fn event(
        &self,
        told: &Told<'_>,
        lane: &LaneBox,
        scratch: &mut Scratch,
        scene: &mut Scene,
    ) {
        let top =
            self.lanes_y + lane.first_row + f32::from(told.place.row) * self.index.stack.pitch;
        if top > self.plot.y1 || top + self.index.stack.pitch < self.plot.y0 {
            return;
        }
        let bar = self.bar_rect(told.drawn, top);
        let label = self.label(told, top);
        let whole = bar.united(&label.rect);
        let sight = &self.input.sight;
        let is_selected = [sight.selected, sight.measured].contains(&Some(told.event));
        if is_selected || self.input.sight.hovered == Some(told.event) {
            self.frame(&whole, is_selected, told.color, scene);
        }
        if self
            .input
            .found
            .is_some_and(|found| found.holds(told.event))
        {
            self.glow(&bar, scene);
        }
        self.mark(told, &bar, scene);
        self.write_label(told, &label, scratch, scene);
        let rect = whole.intersected(&self.plot);
        if rect.width() > 0.0 && rect.height() > 0.0 {
            scene.hits.push(Hit {
                rect,
                target: Target::Event(told.event),
            });
        }
    }

    /// The thread of one person, from mark to mark in the order of time: behind all of them.
    pub(super) fn thread(&self, in_view: &[(EventId, Place)], scene: &mut Scene) {
        let (Some(lit), ink) = (
            self.input.lit,
            self.input.theme.accent.faded(THREAD_STRENGTH),
        ) else {
            return;
        };
        let mut before: Option<(f32, f32)> = None;
        for &(event, place) in in_view
            .iter()
            .filter(|(event, _)| lit.events.contains(*event))
        {
            let lane = self
                .index
                .stack
                .lanes
                .get(self.index.timeline.lane(event).index());
            let (Some(mark), Some(lane)) = (self.index.mark(event), lane) else {
                continue;
            };
            let drawn = mark.drawn(&self.input.sight.camera);
            let top = self.lanes_y + lane.first_row + f32::from(place.row) * self.index.stack.pitch;
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

    /// Behind the mark of what was found.
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
        // A mark that runs out of the plot takes its frame with it; both stay within an f32's pixels.
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

    /// Where marks lie under the top of their row.
    pub(super) fn mark_top(&self) -> f32 {
        match self.index.form {
            Form::Under => 1.0,
            Form::Beside => ((self.index.stack.pitch - MARK_PX) / 2.0).floor(),
        }
    }

    /// Where the mark lies, cut to a little more than the plot.
    pub(super) fn bar_rect(&self, drawn: &Drawn, top: f32) -> Rect {
        let width = f64::from(self.plot.width());
        let x = |x: f64| self.plot.x0 + x.clamp(-FAR_PX, width + FAR_PX) as f32;
        let y = top + self.mark_top();
        Rect::new(x(drawn.x0), y, x(drawn.x1), y + MARK_PX)
    }

    fn mark(&self, told: &Told<'_>, bar: &Rect, scene: &mut Scene) {
        let dated = Dated {
            mark: told.mark,
            drawn: told.drawn,
            bar: *bar,
            plot: (self.plot.x0, f64::from(self.plot.width())),
            color: told.color.faded(told.opacity),
            band: told.band,
            ground: self.input.theme.ground.faded(told.opacity),
        };
        dated.draw(scene);
    }

    /// Where the label stands: hung from its mark, slid within it to stay in view.
    fn label(&self, told: &Told<'_>, top: f32) -> LabelBox {
        let width = told.place.label_px;
        let (form, side) = (self.index.form, told.place.side);
        // In plot x and f64, from the mark as it is: the bar's own rectangle is cut for painting.
        let (x0, x1) = labels::label_range(&told.place, form, told.drawn);
        let low = f64::from(SLIDE_EDGE_PX);
        let high = f64::from(self.plot.width()) - low;
        let wide = f64::from(width);
        let x0 = match (form, side) {
            // At most as far as the mark reaches.
            (Form::Under, Side::Right) => x0.max(low.min(told.drawn.x1 - wide)),
            (Form::Under, Side::Left) => x1.min(high.max(told.drawn.x0 + wide)) - wide,
            (Form::Beside, _) => x0,
        };
        let x0 = self.plot.x0 + x0.clamp(-1e5, 1e5) as f32;
        let (y0, y1) = match form {
            Form::Under => (top + 17.0, top + 47.0),
            Form::Beside => (top + 4.0, top + self.index.stack.pitch - 4.0),
        };
        LabelBox {
            rect: Rect::new(x0, y0, x0 + width, y1),
            top,
        }
    }

    fn write_label(
        &self,
        told: &Told<'_>,
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
        let sight = &self.input.sight;
        let is_selected = [sight.selected, sight.measured].contains(&Some(told.event));
        if !is_selected && self.input.sight.hovered != Some(told.event) {
            self.clear_as_of(rect, scene);
        }
        let face = if is_selected {
            Face::SansSemiBold
        } else {
            Face::SansMedium
        };
        let title = self.index.timeline.short(told.event);
        let Scratch { wording, text, .. } = scratch;
        let date = wording.date(&self.index.timeline, told.event);
        let ink = (
            face,
            LABEL_SIZE_PX,
            theme.ink.faded(told.opacity * told.leaving),
        );
        let muted = (
            Face::Sans,
            DATE_SIZE_PX,
            theme.muted.faded(told.opacity * told.leaving),
        );
        // Measured in the widest face, as the row was chosen: choosing an event elides nothing.
        match self.index.form {
            Form::Under => {
                let (x, anchor) = match told.place.side {
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
                let baseline = label.top + self.index.stack.pitch / 2.0 + 4.5;
                let date_px = measure.width(date, Face::Sans, DATE_SIZE_PX) + BESIDE_GAP_PX;
                // Too narrow for both: the title has it all, and is cut only if it must be.
                let whole_px = measure.width(title, Face::SansSemiBold, LABEL_SIZE_PX);
                let has_date = whole_px + date_px <= rect.width() + 0.5;
                let measured = (Face::SansSemiBold, LABEL_SIZE_PX);
                let title = elided(title, measured, rect.width(), measure, text);
                let title_px = measure.width(title, face, LABEL_SIZE_PX);
                match told.place.side {
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

/// The corners of a straight line from one point to another, so many px thick.
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
pub(super) struct Told<'a> {
    pub(super) event: EventId,
    pub(super) mark: &'a Mark,
    pub(super) drawn: &'a Drawn,
    pub(super) place: Place,
    pub(super) opacity: f32,
    /// The label's own, while its mark leaves the plot.
    pub(super) leaving: f32,
    pub(super) color: Rgba,
    /// How much stronger than usual it is where it is a band.
    pub(super) band: f32,
}

/// A label's place; `top` is its row's.
struct LabelBox {
    rect: Rect,
    top: f32,
}
