//! Draws the causes and effects of the selected event: curves from mark to mark that cross no label,
//! with their words.
//!
//! ```text
//!                                 ┌──────────┐
//!                 three years ──▶ │ effect   │
//!   ▒▓▓▒ cause ╶───╯   later      └──────────┘
//! ```
//!
//! A line begins outside the mark of the cause and ends outside the mark, or the frame, of the
//! effect. Its way comes from [`routes`](super::routes). Its words lie on it, on a halo of the
//! ground, where they cover nothing; else beside it; else they are left out: the story has them.

use super::{
    pen::Pen,
    placed::PlacedEvent,
    routes::{End, Point, Router, length},
    scratch::Scratch,
};
use crate::{
    layout::{
        measure::{Face, TextMeasure, half_px},
        scene::{Anchor, Rect, Scene, Shape},
        theme::{Rgba, Theme},
    },
    model::EventId,
};

/// How thick a line is, in px.
const LINE_PX: f32 = 1.5;
/// The size of its words, in px.
const WORDS_PX: f32 = 11.5;
/// The arrow head: half its width, and its length, in px.
const HEAD_PX: (f32, f32) = (3.5, 8.0);
/// The opacity of lines and their words.
const LINE_STRENGTH: f32 = 0.75;
/// Where on its line the words may lie, as shares of its points, best first.
const ALONG: [f32; 7] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
/// The halo around the words, in px.
const HALO_PX: (f32, f32) = (4.0, 1.0);

/// One line: from the cause to the effect, and its words.
pub(super) struct CauseLine<'a> {
    pub(super) from: End,
    pub(super) to: End,
    pub(super) words: &'a str,
}

/// A line and its way.
struct Routed<'a> {
    pieces: Vec<Vec<Point>>,
    words: &'a str,
}

impl Pen<'_> {
    /// Draws the lines of the selected event.
    pub(super) fn causes(&self, placed: &[PlacedEvent], scratch: &Scratch, scene: &mut Scene) {
        let Some(chosen) = self.input.params.selected else {
            return;
        };
        let find = |event: EventId| placed.iter().find(|it| it.event == event);
        let Some(frame) = find(chosen).map(PlacedEvent::frame) else {
            return;
        };
        let here = End::of(frame);
        let end = |event: EventId| find(event).map(PlacedEvent::end);
        let timeline = &self.layout.timeline;
        let causes = timeline.event(chosen).because.into_iter();
        let causes = causes.filter_map(|link| {
            Some(CauseLine {
                from: end(link.event)?,
                to: here,
                words: link.label,
            })
        });
        let effects = timeline.led_to(chosen).into_iter();
        let effects = effects.filter_map(|link| {
            Some(CauseLine {
                from: here,
                to: end(link.event)?,
                words: link.label,
            })
        });
        let lines: Vec<_> = causes.chain(effects).collect();
        if lines.is_empty() {
            return;
        }
        let mut obstacles = scratch.obstacles.clone();
        obstacles.push(frame);
        CauseLines {
            plot: self.lanes_clip(),
            theme: self.input.theme,
            measure: self.input.measure,
            unit: 1.0,
            ground: &|x| self.ground_at(x, &scratch.eras),
        }
        .draw(&lines, &obstacles, scene);
    }
}

/// Draws lines from causes to their effects.
pub(super) struct CauseLines<'a> {
    /// What they stay in.
    pub(super) plot: Rect,
    pub(super) theme: &'a Theme,
    pub(super) measure: &'a dyn TextMeasure,
    /// How large everything is: 1 on the canvas.
    pub(super) unit: f32,
    /// The colour of the ground at an x.
    pub(super) ground: &'a dyn Fn(f32) -> Rgba,
}

impl CauseLines<'_> {
    /// Draws lines from cause to effect, each with its words. The obstacles are all marks, labels
    /// and frames.
    pub(super) fn draw(&self, lines: &[CauseLine<'_>], obstacles: &[Rect], scene: &mut Scene) {
        let router = Router {
            plot: self.plot,
            unit: self.unit,
            obstacles,
        };
        let lines: Vec<_> = lines
            .iter()
            .map(|line| Routed {
                pieces: router.route(&line.from, &line.to),
                words: if line.words.is_empty() {
                    "led to"
                } else {
                    line.words
                },
            })
            .collect();
        for line in &lines {
            self.line(&line.pieces, scene);
        }
        // What words must not cover: marks, labels, frames, and other words.
        let mut taken = obstacles.to_vec();
        for line in &lines {
            let others = lines.iter().filter(|it| !std::ptr::eq(*it, line));
            let others: Vec<&Point> = others.flat_map(|it| it.pieces.iter().flatten()).collect();
            taken.extend(self.words(line, &taken, &others, scene));
        }
    }

    fn line(&self, pieces: &[Vec<Point>], scene: &mut Scene) {
        let ink = self.theme.ink.faded(LINE_STRENGTH);
        let (half, long) = (HEAD_PX.0 * self.unit, HEAD_PX.1 * self.unit);
        let count = pieces.len();
        for (number, piece) in pieces.iter().enumerate() {
            let is_last = number + 1 == count;
            let Some(&tip) = piece.last().filter(|_| is_last) else {
                scene.line_through(piece.iter().copied(), LINE_PX * self.unit, ink);
                continue;
            };
            // The line ends in the head, which points where it comes from. Between two rows there
            // is only room for a small one.
            let long_here = long.min(0.8 * length(piece));
            let half = half * long_here / long;
            let away = |at: &Point| (at.0 - tip.0).hypot(at.1 - tip.1);
            let shaft = piece.iter().copied();
            let shaft = shaft.take_while(|at| away(at) >= long_here);
            let Some(back) = shaft.clone().last() else {
                continue;
            };
            let way = away(&back).max(1e-3);
            let (dx, dy) = ((tip.0 - back.0) / way, (tip.1 - back.1) / way);
            let base = (tip.0 - dx * long_here, tip.1 - dy * long_here);
            scene.line_through(shaft.chain([base]), LINE_PX * self.unit, ink);
            scene.shapes.push(Shape::Polygon {
                points: [
                    (base.0 - dy * half, base.1 + dx * half),
                    tip,
                    tip,
                    (base.0 + dy * half, base.1 - dx * half),
                ],
                fill: self.theme.ink,
            });
        }
    }

    /// Draws the words of a line on it, or beside it, where they cover nothing; returns their
    /// rectangle.
    fn words(
        &self,
        line: &Routed<'_>,
        taken: &[Rect],
        others: &[&Point],
        scene: &mut Scene,
    ) -> Option<Rect> {
        let face = Face::SerifItalic;
        let (unit, size) = (self.unit, half_px(WORDS_PX * self.unit));
        let width = self.measure.width(line.words, face, size);
        let points: Vec<Point> = line.pieces.iter().flatten().copied().collect();
        let (&first, &last) = (points.first()?, points.last()?);
        let halo = |(x, y): Point| {
            let (dx, dy) = (HALO_PX.0 * unit, HALO_PX.1 * unit);
            let half = 0.62 * size;
            Rect::new(x - width / 2.0, y - half, x + width / 2.0, y + half).expanded(dx, dy)
        };
        let on = ALONG.iter().filter_map(|share| {
            let at = (share * (points.len() - 1) as f32).round() as usize;
            points.get(at).copied()
        });
        let beside = on.clone().flat_map(|(x, y)| {
            let (dx, dy) = (width / 2.0 + 8.0 * unit, size);
            [(x, y - dy), (x, y + dy), (x + dx, y), (x - dx, y)]
        });
        // Enough of the line is left on either side for it to be seen where it goes.
        let shows_ends = |rect: &Rect| {
            let air = 2.0 * HEAD_PX.1 * unit;
            let around = rect.expanded(air, air);
            !around.contains(last.0, last.1) && !rect.expanded(4.0, 4.0).contains(first.0, first.1)
        };
        let is_free = |at: &Point| {
            let rect = halo(*at);
            rect.intersected(&self.plot) == rect
                && !taken.iter().any(|it| it.overlaps(&rect))
                && !others.iter().any(|at| rect.contains(at.0, at.1))
                && shows_ends(&rect)
        };
        let at = on.clone().chain(beside).find(is_free)?;
        let rect = halo(at);
        scene.rect(rect, (self.ground)(at.0));
        let style = (face, size, self.theme.ink.faded(LINE_STRENGTH));
        scene.text(
            (at.0, at.1 + 0.32 * size),
            Anchor::Middle,
            style,
            line.words,
        );
        Some(rect)
    }
}
