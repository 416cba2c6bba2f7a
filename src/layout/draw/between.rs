//! How long it is between two events: a line from each mark down to the axis, the time between them on
//! it, and the words.
//!
//! ```text
//!      ◆ one                ◆ other
//!      ┊                    ┊
//!  ────┸━━━━━━━━━━━━━━━━━━━━┸──── axis
//!        ( six to eight years )
//! ```
//!
//! The bar is faint over what is not certain of the dates.

use super::{MARK_PX, Pen};
use crate::{
    layout::{
        Hit,
        draw::causes::uncovered,
        labels::Place,
        measure::{Face, elided},
        scene::Shape,
        scene::{Anchor, Rect, Scene, Target},
    },
    model::EventId,
    time::{DateRange, between},
};

/// How thick the bar on the axis is, in px.
const BAR_PX: f32 = 4.0;
/// How strong the bar is over what is not certain.
const FAINT: f32 = 0.4;
/// A line down from a mark is dotted: so much is drawn of so much, in px.
const DOT_PX: (f32, f32) = (2.0, 5.0);
/// The words: their size, the height of what they stand on, and air on both sides, in px.
const WORDS_PX: (f32, f32, f32) = (12.5, 24.0, 12.0);
/// The label that asks for the other event.
const ASK: &str = "How long until…? Choose another event";

impl Pen<'_> {
    /// The two events between which it is told how long it is.
    fn measured(&self) -> Option<(EventId, EventId)> {
        let sight = &self.input.sight;
        sight.measured.zip(sight.selected)
    }

    /// The lines from the marks down to the axis, interrupted where something else is told.
    pub(super) fn plumb_lines(&self, in_view: &[(EventId, Place)], scene: &mut Scene) {
        let Some((one, other)) = self.measured() else {
            return;
        };
        let is_event = |hit: &&Hit| matches!(hit.target, Target::Event(_));
        let obstacles: Vec<Rect> = scene
            .hits
            .iter()
            .filter(is_event)
            .map(|it| it.rect)
            .collect();
        let ink = self.input.theme.accent;
        for event in [one, other] {
            let told = in_view.iter().find(|(it, _)| *it == event);
            let Some(end) = told.and_then(|&(event, place)| self.upper_end(event, place)) else {
                continue;
            };
            let half = self.input.theme.stroke_px / 2.0;
            let line = Rect::new(end.x - half, end.y + MARK_PX, end.x + half, self.plot.y1);
            uncovered(line, &obstacles, &mut |part| {
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

    /// The bar on the axis, and the words under it.
    pub(super) fn between(&self, text: &mut String, scene: &mut Scene) {
        let Some((one, other)) = self.measured() else {
            return;
        };
        let timeline = &self.index.timeline;
        let plot = self.plot;
        let middle = |event: EventId| {
            let drawn = self
                .index
                .mark(event)
                .map(|mark| mark.drawn(&self.input.sight.camera));
            drawn.map_or(0.0, |drawn| f64::midpoint(drawn.x0, drawn.x1))
        };
        if one == other {
            let x = plot.x0 + middle(one).clamp(0.0, f64::from(plot.width())) as f32;
            return self.words_at(x, ASK, (one, other), text, scene);
        }
        let between = between::between(&timeline.when(one), &timeline.when(other));
        let (x0, x1) = if let Some(ends) = between.ends {
            self.bar(ends, scene)
        } else {
            let (a, b) = (middle(one), middle(other));
            let canvas = |x: f64| plot.x0 + x.clamp(0.0, f64::from(plot.width())) as f32;
            (canvas(a.min(b)), canvas(a.max(b)))
        };
        let words = between.words.to_string();
        let (size, _, air) = WORDS_PX;
        let is_fitting = |words: &str| {
            self.input.measure.width(words, Face::SansSemiBold, size) + 2.0 * air < plot.width()
        };
        // Where there is no room for all of it, how long is what was asked.
        let words = if is_fitting(&words) {
            &words
        } else {
            &between.words.date
        };
        let x = f32::midpoint(x0, x1);
        self.words_at(x, words, (one, other), text, scene);
    }

    /// The bar from one date to another; tells from where to where it is seen.
    fn bar(&self, [from, to]: [DateRange; 2], scene: &mut Scene) -> (f32, f32) {
        let (theme, plot) = (self.input.theme, self.plot);
        let x = |time| self.canvas_x(time).clamp(plot.x0, plot.x1);
        let outer = (
            x(from.earliest.min(to.earliest)),
            x(to.latest.max(from.latest)),
        );
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
        outer
    }

    /// Words on the axis, as near to `x` as there is room.
    fn words_at(
        &self,
        x: f32,
        words: &str,
        events: (EventId, EventId),
        text: &mut String,
        scene: &mut Scene,
    ) {
        let (theme, plot, measure) = (self.input.theme, self.plot, self.input.measure);
        let (size, height, air) = WORDS_PX;
        let face = Face::SansSemiBold;
        let words = elided(words, (face, size), plot.width() - 2.0 * air, measure, text);
        let half = measure.width(words, face, size) / 2.0 + air;
        let x = x.min(plot.x1 - half).max(plot.x0 + half);
        // Over the axis' own words, which a new clip begins.
        let (width, foot) = (self.input.sight.width_px, self.input.sight.height_px);
        scene
            .shapes
            .push(Shape::Clip(Rect::new(0.0, plot.y1, width, foot)));
        let top = plot.y1 + BAR_PX;
        let rect = Rect::new(x - half, top, x + half, top + height);
        scene.shapes.push(Shape::Frame {
            rect,
            radius: height / 2.0,
            fill: theme.panel,
            border: theme.accent,
            border_px: theme.stroke_px,
        });
        let at = (x, top + height / 2.0 + 4.5);
        scene.text(at, Anchor::Middle, (face, size, theme.accent), words);
        scene.hits.push(Hit {
            rect,
            target: Target::Between(events.0, events.1),
        });
    }
}
