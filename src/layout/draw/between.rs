//! Draws the measured duration between two events: a line from each mark down to the axis, a bar
//! between them on the axis, and the duration in words.
//!
//! ```text
//!      ◆ one                ◆ other
//!      ┊                    ┊
//!  ────┸━━━━━━━━━━━━━━━━━━━━┸──── axis
//!        ( six to eight years )
//! ```
//!
//! The bar is faint over the uncertain part of the dates.

use super::{pen::Pen, placed::PlacedEvent, routes::interrupted, scratch::Scratch};
use crate::{
    layout::{
        Hit,
        measure::{Face, elided},
        scene::Shape,
        scene::{Anchor, Rect, Scene, Target},
    },
    model::EventId,
    time::{DateRange, between},
};

/// How thick the bar on the axis is, in px.
const BAR_PX: f32 = 4.0;
/// The opacity of the bar over the uncertain part.
const FAINT: f32 = 0.4;
/// The dotted line down from a mark: the length of a dot, and of a dot with its gap, in px.
const DOT_PX: (f32, f32) = (2.0, 5.0);
/// The words: their size, the height of their frame, and the air on both sides, in px.
const WORDS_PX: (f32, f32, f32) = (12.5, 24.0, 12.0);
/// The label that asks for the other event.
const ASK: &str = "How long until…? Choose another event";

/// The face of the words.
const FACE: Face = Face::SansSemiBold;

/// The words at the axis; tick labels that overlap them are left out.
pub(super) struct Said {
    words: String,
    /// The two dates that are measured, the earlier first, where both are known.
    ends: Option<[DateRange; 2]>,
    events: (EventId, EventId),
    /// The frame of the words.
    pub(super) rect: Rect,
}

impl Pen<'_> {
    /// Start and end of the duration measurement: `measured` and `selected`.
    fn measured(&self) -> Option<(EventId, EventId)> {
        let params = &self.input.params;
        params.measure_start.zip(params.selected)
    }

    /// Draws the lines from the marks down to the axis, interrupted by marks and labels.
    pub(super) fn plumb_lines(
        &self,
        placed: &[PlacedEvent],
        scratch: &mut Scratch,
        scene: &mut Scene,
    ) {
        let Some((one, other)) = self.measured() else {
            return;
        };
        let ink = self.input.theme.accent;
        let Scratch {
            obstacles, gaps, ..
        } = scratch;
        for event in [one, other] {
            let Some(it) = placed.iter().find(|it| it.event == event) else {
                continue;
            };
            let half = self.input.theme.stroke_px / 2.0;
            let seen = it.bar.intersected(&self.plot);
            let x = f32::midpoint(seen.x0, seen.x1);
            let line = Rect::new(x - half, it.bar.y1, x + half, self.plot.y1);
            interrupted(line, obstacles, gaps, |part| {
                let (on, every) = DOT_PX;
                let mut y = part.y0;
                while y < part.y1 {
                    let dot = Rect {
                        y0: y,
                        y1: (y + on).min(part.y1),
                        ..part
                    };
                    scene.rect(dot, ink);
                    y += every;
                }
            });
        }
    }

    /// The words under the axis, and their frame.
    pub(super) fn said(&self, text: &mut String, scene: &Scene) -> Option<Said> {
        let (one, other) = self.measured()?;
        let (plot, measure) = (self.plot, self.input.measure);
        let (size, height, air) = WORDS_PX;
        let middle = |event: EventId| {
            let drawn = self
                .layout
                .mark(event)
                .map(|mark| mark.drawn(&self.input.params.camera));
            let x = drawn.map_or(0.0, |drawn| f64::midpoint(drawn.x0, drawn.x1));
            plot.x0 + x.clamp(0.0, f64::from(plot.width())) as f32
        };
        let timeline = &self.layout.timeline;
        let (words, ends, x) = if one == other {
            (ASK.to_owned(), None, middle(one))
        } else {
            let between = between::between(&timeline.when(one), &timeline.when(other));
            let whole = between.words.to_string();
            let whole_px = measure.width(&whole, FACE, size) + 2.0 * air;
            // Without room for all of it: the duration alone.
            let is_whole = whole_px < plot.width();
            let words = if is_whole { whole } else { between.words.date };
            let (x0, x1) = match between.ends {
                Some(ends) => self.outer(ends),
                None => (middle(one), middle(other)),
            };
            (words, between.ends, f32::midpoint(x0, x1))
        };
        let room = plot.width() - 2.0 * air;
        let words = elided(&words, (FACE, size), room, measure, text).to_owned();
        let half = measure.width(&words, FACE, size) / 2.0 + air;
        let x = x.min(plot.x1 - half).max(plot.x0 + half);
        // Over no date: above the axis or at the top, where no event is; else in the tick labels'
        // place.
        let above = [plot.y1 - BAR_PX - height, plot.y0 + BAR_PX];
        let free = above.into_iter().find(|&top| {
            let rect = Rect::new(x - half, top, x + half, top + height).expanded(4.0, 2.0);
            let is_note = rect.y0 < plot.y0 + self.layout.top_px();
            let is_event = scene.hits.iter().any(|hit| hit.rect.overlaps(&rect));
            !is_event && !is_note
        });
        let top = free.unwrap_or(plot.y1 + BAR_PX);
        Some(Said {
            words,
            ends,
            events: (one, other),
            rect: Rect::new(x - half, top, x + half, top + height),
        })
    }

    /// Draws the bar on the axis, and the words under it.
    pub(super) fn between(&self, said: &Said, scene: &mut Scene) {
        if let Some(ends) = said.ends {
            self.bar(ends, scene);
        }
        let (theme, rect) = (self.input.theme, said.rect);
        scene.shapes.push(Shape::Frame {
            rect,
            radius: rect.height() / 2.0,
            fill: theme.panel,
            border: theme.accent,
            border_px: theme.stroke_px,
        });
        let at = (
            f32::midpoint(rect.x0, rect.x1),
            f32::midpoint(rect.y0, rect.y1) + 4.5,
        );
        let style = (FACE, WORDS_PX.0, theme.accent);
        scene.text(at, Anchor::Middle, style, &said.words);
        scene.hits.push(Hit {
            rect,
            target: Target::Between(said.events.0, said.events.1),
        });
    }

    /// Canvas x of the first and of the last instant of two dates, clamped to the plot.
    fn outer(&self, [from, to]: [DateRange; 2]) -> (f32, f32) {
        let x = |time| self.canvas_x(time).clamp(self.plot.x0, self.plot.x1);
        (
            x(from.earliest.min(to.earliest)),
            x(to.latest.max(from.latest)),
        )
    }

    /// Draws the bar from one date to another.
    fn bar(&self, [from, to]: [DateRange; 2], scene: &mut Scene) {
        let (theme, plot) = (self.input.theme, self.plot);
        let x = |time| self.canvas_x(time).clamp(plot.x0, plot.x1);
        let outer = self.outer([from, to]);
        let inner = (x(from.latest).min(outer.1), x(to.earliest).max(outer.0));
        let y = plot.y1 - (BAR_PX - theme.stroke_px) / 2.0;
        let mut part = |x0: f32, x1: f32, strength: f32| {
            if x1 > x0 {
                scene.rect(
                    Rect::new(x0, y, x1, y + BAR_PX),
                    theme.accent.faded(strength),
                );
            }
        };
        if inner.0 < inner.1 {
            part(outer.0, inner.0, FAINT);
            part(inner.0, inner.1, 1.0);
            part(inner.1, outer.1, FAINT);
        } else {
            part(outer.0, outer.1, FAINT);
        }
    }
}
