//! Finds the way of a line from one rectangle to another: a curve that touches nothing.
//!
//! ```text
//!                      ┌──────────┐
//!            ╭───────▶ │ effect   │      from the middle of a side, straight away from it,
//!   ▒▓▓▒ ───╯          └──────────┘      to the middle of a side of the other
//! ```
//!
//! Of the curves of one bend between the sides the shortest is taken that touches no obstacle, of
//! bends the first that has one. Where there is none, the line turns at right angles with round corners, along the gaps between the rows, and
//! obstacles interrupt it.

use crate::layout::scene::Rect;

/// A point in px.
pub(super) type Point = (f32, f32);

/// The gap between a line's end and its rectangle, in px.
const END_GAP_PX: f32 = 3.0;
/// Air around an obstacle, in px.
const AIR_PX: f32 = 2.0;
/// How strongly a curve bends: how far it goes straight on before it turns, as a share of its way.
/// The first with which a way is free is taken.
const BENDS: [f32; 4] = [0.45, 0.25, 0.9, 1.5];
/// At least and at most this many px.
const STRAIGHT_PX: (f32, f32) = (18.0, 120.0);
/// The parts of a curve.
const PARTS: usize = 28;
/// The radius of a round corner, in px.
const CORNER_PX: f32 = 8.0;
/// The least share of a line that is seen.
const LEAST_SEEN: f32 = 0.8;
/// How far from a rectangle a line turns that goes at right angles, in px.
const TURN_PX: f32 = 3.0;

/// Finds ways between rectangles.
pub(super) struct Router<'a> {
    /// What they stay in.
    pub(super) plot: Rect,
    /// How large everything is: 1 on the canvas.
    pub(super) unit: f32,
    /// What they touch nothing of.
    pub(super) obstacles: &'a [Rect],
}

/// What a line begins or ends outside of.
#[derive(Copy, Clone, Debug)]
pub(super) struct End {
    /// The mark, or the frame around it.
    pub(super) mark: Rect,
    /// The same with the label.
    pub(super) whole: Rect,
}

impl End {
    /// An end without a label beside it.
    pub(super) fn of(rect: Rect) -> Self {
        Self {
            mark: rect,
            whole: rect,
        }
    }
}

/// Where a line begins or ends, and the direction away from its rectangle.
#[derive(Copy, Clone)]
struct Port {
    at: Point,
    out: Point,
}

impl Router<'_> {
    /// The pieces of the line from one end to another, in its direction: one piece where there is a
    /// free way, from mark to mark or, where a label is in the way, from label to label. None where
    /// an end is out of view.
    pub(super) fn route(&self, from: &End, to: &End) -> Vec<Vec<Point>> {
        let air = STRAIGHT_PX.1 * self.unit;
        let reach = from.whole.united(&to.whole).expanded(air, air);
        let near = self.obstacles.iter().filter(|it| it.overlaps(&reach));
        let near: Vec<Rect> = near.copied().collect();
        let ends = [
            (&from.mark, &to.mark),
            (&from.whole, &to.mark),
            (&from.mark, &to.whole),
            (&from.whole, &to.whole),
        ];
        let is_seen = |end: &End| end.mark.overlaps(&self.plot);
        if !is_seen(from) || !is_seen(to) {
            return Vec::new();
        }
        let mut free = ends
            .iter()
            .filter_map(|(from, to)| self.free(from, to, &near));
        if let Some(curve) = free.next() {
            return vec![curve];
        }
        let way = self.at_right_angles(&from.mark, &to.mark);
        let pieces = outside(&way, self.obstacles);
        // Stumps beside other marks would lead astray: the story has the words.
        let seen = pieces.iter().map(|piece| length(piece)).sum::<f32>();
        let begins = pieces.first().and_then(|piece| piece.first()) == way.first();
        let ends = pieces.last().and_then(|piece| piece.last()) == way.last();
        if begins && ends && seen >= LEAST_SEEN * length(&way) {
            pieces
        } else {
            Vec::new()
        }
    }

    /// The shortest curve from one rectangle to another that touches nothing.
    fn free(&self, from: &Rect, to: &Rect, near: &[Rect]) -> Option<Vec<Point>> {
        let (starts, ends) = (self.ports(from, to), self.ports(to, from));
        BENDS.iter().find_map(|bend| {
            let starts = starts.iter().flatten();
            let curves = starts.flat_map(|start| {
                let ends = ends.iter().flatten();
                ends.map(|end| self.curve(*start, *end, *bend))
            });
            let free = curves.filter(|curve| self.is_free(curve, near));
            let shortest = free.min_by(|a, b| length(a).total_cmp(&length(b)));
            shortest.map(|curve| curve.to_vec())
        })
    }

    /// The middles of a rectangle's sides that are in view; of its upper and lower side the point
    /// nearest to `other`.
    fn ports(&self, rect: &Rect, other: &Rect) -> [Option<Port>; 4] {
        let gap = END_GAP_PX * self.unit;
        let seen = rect.intersected(&self.plot);
        let y = f32::midpoint(seen.y0, seen.y1);
        let towards = f32::midpoint(other.x0, other.x1);
        let inset = (8.0 * self.unit).min(seen.width() / 2.0);
        let x = towards.clamp(seen.x0 + inset, (seen.x1 - inset).max(seen.x0 + inset));
        let ports = [
            ((rect.x1 + gap, y), (1.0, 0.0)),
            ((rect.x0 - gap, y), (-1.0, 0.0)),
            ((x, rect.y0 - gap), (0.0, -1.0)),
            ((x, rect.y1 + gap), (0.0, 1.0)),
        ];
        let is_seen = seen.width() > 0.0 && seen.height() > 0.0;
        ports.map(|(at, out)| {
            (is_seen && self.plot.contains(at.0, at.1)).then_some(Port { at, out })
        })
    }

    /// A cubic Bézier curve that leaves both ports straight.
    fn curve(&self, start: Port, end: Port, bend: f32) -> [Point; PARTS + 1] {
        let (least, most) = STRAIGHT_PX;
        let way = (end.at.0 - start.at.0).hypot(end.at.1 - start.at.1);
        let straight = (bend * way).clamp(least * self.unit, most * self.unit);
        let ahead = |port: Port| {
            let Port { at, out } = port;
            (at.0 + out.0 * straight, at.1 + out.1 * straight)
        };
        let corners = [start.at, ahead(start), ahead(end), end.at];
        std::array::from_fn(|part| bezier(corners, part as f32 / PARTS as f32))
    }

    /// Whether a line touches no obstacle and stays in view.
    fn is_free(&self, line: &[Point], near: &[Rect]) -> bool {
        let air = AIR_PX * self.unit;
        line.iter().zip(line.iter().skip(1)).all(|(a, b)| {
            let part = Rect::new(a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1));
            let part = part.expanded(air, air);
            part.intersected(&self.plot) == part && !near.iter().any(|it| it.overlaps(&part))
        })
    }

    /// From above one rectangle along the gaps between rows to above the other.
    fn at_right_angles(&self, from: &Rect, to: &Rect) -> Vec<Point> {
        let gap = END_GAP_PX * self.unit;
        let turn = gap + TURN_PX * self.unit;
        let middle = |rect: &Rect| {
            let seen = rect.intersected(&self.plot);
            f32::midpoint(seen.x0, seen.x1)
        };
        let (x0, x1) = (middle(from), middle(to));
        let (y0, y1) = (from.y0 - turn, to.y0 - turn);
        let over = self.crossing((x0, x1), (y0, y1));
        let corners = [
            (x0, from.y0 - gap),
            (x0, y0),
            (over, y0),
            (over, y1),
            (x1, y1),
            (x1, to.y0 - gap),
        ];
        rounded(&corners, CORNER_PX * self.unit)
    }

    /// The x at which a line goes from `y0` to `y1` past all obstacles between them: of the free
    /// ones that with the shortest way, or `x1` where none is free.
    fn crossing(&self, (x0, x1): (f32, f32), (y0, y1): (f32, f32)) -> f32 {
        let air = 2.0 * AIR_PX * self.unit;
        let (top, bottom) = (y0.min(y1), y0.max(y1));
        let between = |rect: &&Rect| rect.y0 < bottom && rect.y1 > top;
        let obstacles = self.obstacles.iter().filter(between);
        let edges = obstacles
            .clone()
            .flat_map(|rect| [rect.x0 - air, rect.x1 + air]);
        let candidates = [x1, x0, f32::midpoint(x0, x1)].into_iter().chain(edges);
        let is_free = |x: &f32| {
            let stands = |rect: &Rect| (rect.x0 - air / 2.0..rect.x1 + air / 2.0).contains(x);
            (self.plot.x0..self.plot.x1).contains(x) && !obstacles.clone().any(stands)
        };
        let way = |x: &f32| (x - x0).abs() + (x - x1).abs();
        let free = candidates.filter(is_free);
        free.min_by(|a, b| way(a).total_cmp(&way(b))).unwrap_or(x1)
    }
}

/// A point of a cubic Bézier curve, `part` from 0 to 1 along it.
fn bezier([a, b, c, d]: [Point; 4], part: f32) -> Point {
    let rest = 1.0 - part;
    let weights = [
        rest * rest * rest,
        3.0 * rest * rest * part,
        3.0 * rest * part * part,
        part * part * part,
    ];
    let sum = |coordinate: fn(Point) -> f32| -> f32 {
        let points = [a, b, c, d].into_iter().zip(weights);
        points
            .map(|(point, weight)| coordinate(point) * weight)
            .sum()
    };
    (sum(|point| point.0), sum(|point| point.1))
}

/// The length of a line, in px.
pub(super) fn length(line: &[Point]) -> f32 {
    let parts = line.iter().zip(line.iter().skip(1));
    parts.map(|(a, b)| (b.0 - a.0).hypot(b.1 - a.1)).sum()
}

/// A line with round corners.
fn rounded(corners: &[Point], radius: f32) -> Vec<Point> {
    let mut line = Vec::new();
    line.extend(corners.first());
    for three in corners.windows(3) {
        let &[before, corner, after] = three else {
            continue;
        };
        let towards = |other: Point| {
            let (dx, dy) = (other.0 - corner.0, other.1 - corner.1);
            let way = dx.hypot(dy);
            let share = radius.min(way / 2.0) / way.max(1e-3);
            (corner.0 + dx * share, corner.1 + dy * share)
        };
        let (start, end) = (towards(before), towards(after));
        line.extend((0..=4).map(|part| {
            // A quadratic Bézier curve about the corner.
            let part = part as f32 / 4.0;
            let between = |a: f32, b: f32, c: f32| {
                let rest = 1.0 - part;
                rest * rest * a + 2.0 * rest * part * b + part * part * c
            };
            (
                between(start.0, corner.0, end.0),
                between(start.1, corner.1, end.1),
            )
        }));
    }
    line.extend(corners.last());
    line
}

/// The pieces of a line that lie outside all obstacles.
fn outside(line: &[Point], obstacles: &[Rect]) -> Vec<Vec<Point>> {
    const STEP_PX: f32 = 3.0;
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut is_open = false;
    let mut add = |at: Point| {
        let air = AIR_PX / 2.0;
        if obstacles
            .iter()
            .any(|it| it.expanded(air, air).contains(at.0, at.1))
        {
            is_open = false;
            return;
        }
        if !is_open {
            pieces.push(Vec::new());
            is_open = true;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(at);
        }
    };
    for (a, b) in line.iter().zip(line.iter().skip(1)) {
        let steps = ((b.0 - a.0).hypot(b.1 - a.1) / STEP_PX).ceil().max(1.0) as usize;
        for step in 0..steps {
            let part = step as f32 / steps as f32;
            add((a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part));
        }
    }
    line.last().copied().into_iter().for_each(add);
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// Passes the parts of a vertical line that no obstacle covers to `draw`; `gaps` is a buffer.
pub(super) fn interrupted(
    line: Rect,
    obstacles: &[Rect],
    gaps: &mut Vec<(f32, f32)>,
    mut draw: impl FnMut(Rect),
) {
    gaps.clear();
    let covers = |it: &&Rect| it.x0 < line.x1 && it.x1 > line.x0;
    gaps.extend(obstacles.iter().filter(covers).map(|it| (it.y0, it.y1)));
    gaps.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let mut y = line.y0;
    for &(y0, y1) in gaps.iter() {
        if y0.min(line.y1) > y {
            draw(Rect {
                y0: y,
                y1: y0.min(line.y1),
                ..line
            });
        }
        y = y.max(y1);
    }
    if y < line.y1 {
        draw(Rect { y0: y, ..line });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Rect = Rect::new(0.0, 0.0, 1000.0, 500.0);

    fn route(from: Rect, to: Rect, obstacles: &[Rect]) -> Vec<Vec<Point>> {
        let router = Router {
            plot: PLOT,
            unit: 1.0,
            obstacles,
        };
        router.route(&End::of(from), &End::of(to))
    }

    #[test]
    fn a_free_way_is_one_curve_from_outside_to_outside() {
        let from = Rect::new(100.0, 100.0, 150.0, 113.0);
        let to = Rect::new(400.0, 300.0, 500.0, 340.0);
        let pieces = route(from, to, &[from, to]);
        let [curve] = pieces.as_slice() else {
            panic!("{pieces:?}")
        };
        assert!(
            curve
                .iter()
                .all(|&(x, y)| !from.contains(x, y) && !to.contains(x, y))
        );
        let ends = [curve[0], curve[curve.len() - 1]];
        for (end, rect) in ends.into_iter().zip([from, to]) {
            assert!(
                rect.expanded(END_GAP_PX + 0.1, END_GAP_PX + 0.1)
                    .contains(end.0, end.1)
            );
        }
    }

    #[test]
    fn a_curve_goes_round_what_is_in_its_way_or_is_interrupted() {
        let from = Rect::new(100.0, 100.0, 150.0, 113.0);
        let to = Rect::new(400.0, 100.0, 450.0, 113.0);
        let between = Rect::new(250.0, 90.0, 300.0, 130.0);
        let wall = Rect::new(250.0, 0.0, 260.0, 500.0);
        for (obstacles, count) in [([between, from, to], 1), ([wall, from, to], 2)] {
            let pieces = route(from, to, &obstacles);
            assert_eq!(pieces.len(), count, "{pieces:?}");
            for (x, y) in pieces.concat() {
                assert!(!obstacles.iter().any(|it| it.contains(x, y)), "{x}, {y}");
            }
        }
    }

    #[test]
    fn what_is_out_of_view_has_no_way() {
        let from = Rect::new(-100.0, 100.0, -50.0, 113.0);
        let to = Rect::new(400.0, 100.0, 450.0, 113.0);
        assert!(route(from, to, &[]).is_empty());
    }

    #[test]
    fn a_vertical_line_has_gaps_where_labels_are() {
        let line = Rect::new(50.0, 0.0, 51.0, 100.0);
        let labels = [
            Rect::new(40.0, 60.0, 60.0, 70.0),
            Rect::new(0.0, 10.0, 49.0, 20.0),
            Rect::new(50.5, 20.0, 60.0, 30.0),
        ];
        let mut parts = Vec::new();
        interrupted(line, &labels, &mut Vec::new(), |part| {
            parts.push((part.y0, part.y1));
        });
        assert_eq!(parts, [(0.0, 20.0), (30.0, 60.0), (70.0, 100.0)]);
    }
}
