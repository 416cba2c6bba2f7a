//! Draws the causes and effects of the selected event: lines from mark to mark that cross no label.
//!
//! ```text
//!  ◆ cause ┐           up to the air above its row, along it, over to the other row where
//!   Label  │ label     nothing is in the way, and down on the mark
//!          └──────▼
//!                 ◆ effect
//! ```
//!
//! Lines are vertical and horizontal; of all x at which a line can go over to the other row without
//! crossing a mark or a label, the one with the shortest path is taken. Where there is none, the
//! obstacles interrupt the line.

use super::pen::Pen;
use crate::{
    layout::{
        labels::LabelSlot,
        measure::{Face, TextMeasure, half_px},
        scene::{Anchor, Hit, Rect, Scene, Shape, Target},
        theme::Theme,
    },
    model::EventId,
};

/// How thick a line is, in px.
const LINE_PX: f32 = 1.25;
/// How far above a mark its line runs: in the air between two rows, in px.
const ABOVE_PX: f32 = 2.5;
/// Air around an obstacle that a line avoids, in px.
const AIR_PX: f32 = 4.0;
/// The size of a label, in px.
const LABEL_PX: f32 = 11.5;
/// The tip on the effect's mark: half its width, and its height, in px.
const TIP_PX: (f32, f32) = (3.5, 5.0);

/// The opacity of lines and their labels.
const LINE_STRENGTH: f32 = 0.75;

/// The corners of a line, from the cause to its effect.
type Path = [(f32, f32); 6];

/// One end of a line: the middle of a mark's upper edge.
#[derive(Copy, Clone)]
pub(super) struct End {
    pub(super) x: f32,
    pub(super) y: f32,
}

impl Pen<'_> {
    /// Draws the lines of the selected event. The obstacles are the marks and labels in
    /// `scene.hits`: all events must have been drawn.
    pub(super) fn causes(&self, in_view: &[(EventId, LabelSlot)], scene: &mut Scene) {
        let Some(chosen) = self.input.params.selected else {
            return;
        };
        let end = |event: EventId| {
            let labelled = in_view.iter().find(|(it, _)| *it == event);
            labelled.and_then(|&(event, slot)| self.upper_end(event, slot))
        };
        let Some(here) = end(chosen) else { return };
        let timeline = &self.layout.timeline;
        let causes = timeline.event(chosen).because.into_iter();
        let causes = causes.filter_map(|link| Some(((end(link.event)?, here), link.label)));
        let effects = timeline.led_to(chosen).into_iter();
        let effects = effects.filter_map(|link| Some(((here, end(link.event)?), link.label)));
        let lines: Vec<_> = causes.chain(effects).collect();
        CauseLines {
            plot: self.plot,
            theme: self.input.theme,
            measure: self.input.measure,
            unit: 1.0,
        }
        .draw(&lines, scene);
    }

    pub(super) fn upper_end(&self, event: EventId, slot: LabelSlot) -> Option<End> {
        let mark = self.layout.mark(event)?;
        let lane = self
            .layout
            .stack
            .lanes
            .get(self.layout.timeline.lane(event).index())?;
        let drawn = mark.drawn(&self.input.params.camera);
        let top = self.lanes_y + lane.first_row + f32::from(slot.row) * self.layout.stack.pitch;
        let bar = self.bar_rect(&drawn, top);
        let seen = (bar.x0.max(self.plot.x0), bar.x1.min(self.plot.x1));
        let x = if seen.0 < seen.1 {
            f32::midpoint(seen.0, seen.1)
        } else {
            f32::midpoint(bar.x0, bar.x1).clamp(self.plot.x0, self.plot.x1)
        };
        Some(End { x, y: bar.y0 })
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
}

impl CauseLines<'_> {
    /// Draws lines from cause to effect, each with its words. The obstacles are the marks and
    /// labels in `scene.hits`: all events must have been drawn.
    pub(super) fn draw(&self, lines: &[((End, End), &str)], scene: &mut Scene) {
        let labelled = |hit: &&Hit| matches!(hit.target, Target::Event(_));
        let obstacles: Vec<Rect> = scene
            .hits
            .iter()
            .filter(labelled)
            .map(|hit| hit.rect)
            .collect();
        let lines: Vec<_> = lines
            .iter()
            .map(|&(ends, label)| (self.path(ends, &obstacles), label))
            .collect();
        // What a label must not cover: marks with their labels, all lines, and other labels.
        let mut taken = obstacles.clone();
        for (path, _) in &lines {
            taken.extend(pieces(path, self.unit * (LINE_PX / 2.0 + 1.0)));
            self.line(path, &obstacles, scene);
        }
        for (path, label) in &lines {
            let label = if label.is_empty() { "led to" } else { label };
            taken.extend(self.line_label(label, path, &taken, scene));
        }
    }

    /// The corners of a line from a cause to its effect.
    fn path(&self, (from, to): (End, End), obstacles: &[Rect]) -> Path {
        let above = ABOVE_PX * self.unit;
        let (y0, y1) = (from.y - above, to.y - above);
        let over = self.crossing((from.x, to.x), (y0, y1), obstacles);
        [
            (from.x, from.y),
            (from.x, y0),
            (over, y0),
            (over, y1),
            (to.x, y1),
            (to.x, to.y),
        ]
    }

    fn line(&self, path: &Path, obstacles: &[Rect], scene: &mut Scene) {
        let theme = self.theme;
        for piece in pieces(path, self.unit * LINE_PX / 2.0) {
            uncovered(piece, obstacles, &mut |piece| {
                scene.rect(piece, theme.ink.faded(LINE_STRENGTH));
            });
        }
        let [.., tip] = *path;
        let (half, height) = (TIP_PX.0 * self.unit, TIP_PX.1 * self.unit);
        let corners = [
            (tip.0 - half, tip.1 - height),
            (tip.0 + half, tip.1 - height),
            tip,
            tip,
        ];
        scene.shapes.push(Shape::Polygon {
            points: corners,
            fill: theme.ink,
        });
    }

    /// The x at which a line goes from `y0` to `y1` past all obstacles between them: of the free
    /// ones that with the shortest path, or `x1` where none is free.
    fn crossing(&self, (x0, x1): (f32, f32), (y0, y1): (f32, f32), obstacles: &[Rect]) -> f32 {
        let air = AIR_PX * self.unit;
        let (top, bottom) = (y0.min(y1), y0.max(y1));
        let between = |rect: &&Rect| rect.y0 < bottom && rect.y1 > top;
        let edges = obstacles
            .iter()
            .filter(between)
            .flat_map(|rect| [rect.x0 - air, rect.x1 + air]);
        let plot = self.plot;
        let candidates = [x1, x0, f32::midpoint(x0, x1)].into_iter().chain(edges);
        let is_free = |x: &f32| {
            let stands = |rect: &Rect| (rect.x0 - air / 2.0..rect.x1 + air / 2.0).contains(x);
            (plot.x0..plot.x1).contains(x) && !obstacles.iter().filter(between).any(stands)
        };
        let way = |x: &f32| (x - x0).abs() + (x - x1).abs();
        let free = candidates.filter(is_free);
        free.min_by(|a, b| way(a).total_cmp(&way(b))).unwrap_or(x1)
    }

    /// Draws the label beside the first segment of its line where it covers nothing; returns its
    /// rectangle.
    fn line_label(
        &self,
        label: &str,
        path: &Path,
        taken: &[Rect],
        scene: &mut Scene,
    ) -> Option<Rect> {
        let face = Face::SerifItalic;
        let (unit, size) = (self.unit, half_px(LABEL_PX * self.unit));
        let width = self.measure.width(label, face, size);
        let slots = path.iter().zip(path.iter().skip(1)).flat_map(|(a, b)| {
            let middle = (f32::midpoint(a.0, b.0), f32::midpoint(a.1, b.1));
            // Above a horizontal segment, right or left of a vertical one.
            [
                (middle.0 - width / 2.0, middle.1 - 5.0 * unit),
                (middle.0 + 6.0 * unit, middle.1 + 4.0 * unit),
                (middle.0 - width - 6.0 * unit, middle.1 + 4.0 * unit),
            ]
        });
        let room = |(x, baseline): (f32, f32)| {
            Rect::new(
                x - 2.0,
                baseline - size,
                x + width + 2.0,
                baseline + 3.0 * unit,
            )
        };
        let is_free = |&at: &(f32, f32)| {
            let rect = room(at);
            rect.intersected(&self.plot) == rect && !taken.iter().any(|it| it.overlaps(&rect))
        };
        let mut slots = slots;
        let at = slots.find(is_free)?;
        let style = (face, size, self.theme.ink.faded(LINE_STRENGTH));
        scene.text(at, Anchor::Start, style, label);
        Some(room(at))
    }
}

/// The straight segments of a line as rectangles, `half_px` thick on either side.
fn pieces(path: &Path, half_px: f32) -> impl Iterator<Item = Rect> + '_ {
    path.iter().zip(path.iter().skip(1)).map(move |(a, b)| {
        let (x0, x1) = (a.0.min(b.0), a.0.max(b.0));
        let (y0, y1) = (a.1.min(b.1), a.1.max(b.1));
        Rect::new(x0, y0, x1, y1).expanded(half_px, half_px)
    })
}

/// Draws the parts of a thin rectangle that no obstacle covers. An overlap of less than 1.5 px
/// does not cover: a line begins and ends at marks.
pub(super) fn uncovered(piece: Rect, obstacles: &[Rect], draw: &mut dyn FnMut(Rect)) {
    let inner = |rect: &Rect| rect.expanded(-1.5, -1.5);
    let Some((at, first)) = obstacles
        .iter()
        .enumerate()
        .map(|(at, rect)| (at, inner(rect)))
        .find(|(_, rect)| rect.overlaps(&piece))
    else {
        return draw(piece);
    };
    let rest = obstacles.get(at + 1..).unwrap_or_default();
    let parts = if piece.width() > piece.height() {
        [
            Rect {
                x1: first.x0,
                ..piece
            },
            Rect {
                x0: first.x1,
                ..piece
            },
        ]
    } else {
        [
            Rect {
                y1: first.y0,
                ..piece
            },
            Rect {
                y0: first.y1,
                ..piece
            },
        ]
    };
    for part in parts {
        if part.x0 < part.x1 && part.y0 < part.y1 {
            uncovered(part, rest, draw);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_covered_is_not_drawn() {
        let line = Rect::new(0.0, 10.0, 100.0, 11.0);
        let obstacles = [
            Rect::new(20.0, 0.0, 40.0, 30.0),
            Rect::new(60.0, 0.0, 70.0, 30.0),
        ];
        let mut parts = Vec::new();
        uncovered(line, &obstacles, &mut |part| parts.push((part.x0, part.x1)));
        assert_eq!(parts, [(0.0, 21.5), (38.5, 61.5), (68.5, 100.0)]);
        let mut parts = 0;
        uncovered(line, &[Rect::new(0.0, 11.0, 100.0, 40.0)], &mut |_| {
            parts += 1;
        });
        assert_eq!(parts, 1, "what it only touches does not cover it");
    }
}
