//! The display list: everything visible, as plain data in paint order.
//!
//! A [`Scene`] knows no toolkit and no file format: the canvas, the overview and the stage timeline
//! are each one, which the window paints as it is. Its buffers are reused from frame to frame
//! ([`Scene::clear`]); all texts share one arena. It leaves to [`draw`](super::draw) what goes in,
//! and to [`hit`](super::hit) what is under a point. All lengths are logical pixels, y grows
//! downward, 0, 0 is the canvas' top left corner.
//!
//! What the window paints over a scene follows pointer and keyboard or is a control, and belongs on
//! no paper: the wash over a hovered cluster or lane name, the ring around what has the keyboard's
//! focus, the card of a hovered event, the range that is being dragged on the axis, the scroll bar
//! of the lanes, and the overview's brush, caption and buttons.

use std::{fmt::Write as _, ops::Range};

use super::{measure::Face, theme::Rgba};
use crate::{
    model::{EventId, LaneId},
    time::Moment,
};

/// A rectangle.
#[derive(Copy, Clone, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left.
    pub x0: f32,
    /// Top.
    pub y0: f32,
    /// Right.
    pub x1: f32,
    /// Bottom.
    pub y1: f32,
}

impl Rect {
    /// From its left, top, right and bottom.
    pub const fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Self { x0, y0, x1, y1 }
    }

    /// Its width.
    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    /// Its height.
    pub fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    /// Whether the point lies in it, edges included.
    pub fn contains(&self, x: f32, y: f32) -> bool {
        (self.x0..=self.x1).contains(&x) && (self.y0..=self.y1).contains(&y)
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Grown by `dx` and `dy` on each side.
    #[must_use]
    pub fn expanded(&self, dx: f32, dy: f32) -> Self {
        Self {
            x0: self.x0 - dx,
            y0: self.y0 - dy,
            x1: self.x1 + dx,
            y1: self.y1 + dy,
        }
    }

    /// What the two share; empty (no width or height) where they share nothing.
    #[must_use]
    pub fn intersected(&self, other: &Self) -> Self {
        let (x0, y0) = (self.x0.max(other.x0), self.y0.max(other.y0));
        Self {
            x0,
            y0,
            x1: self.x1.min(other.x1).max(x0),
            y1: self.y1.min(other.y1).max(y0),
        }
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn united(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }
}

/// Which point of a text lies at its x.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// One line of text; the characters are in the scene's arena.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// The x of the anchor.
    pub x: f32,
    /// The y of the baseline.
    pub baseline: f32,
    /// Which point of the text lies at `x`.
    pub anchor: Anchor,
    /// Its face.
    pub face: Face,
    /// Its size, whole or half pixels.
    pub size_px: f32,
    /// Its colour.
    pub color: Rgba,
    /// Its characters; read them with [`Scene::str`].
    pub chars: Range<usize>,
}

/// One thing to paint.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Clips the shapes that follow, until the next `Clip`.
    Clip(Rect),
    /// A filled rectangle with a linear gradient from left to right.
    Ramp {
        /// Where.
        rect: Rect,
        /// The colour at its left edge.
        left: Rgba,
        /// The colour at its right edge.
        right: Rgba,
    },
    /// The filled area between a horizontal base line and a polyline above it.
    Hills {
        /// The points, from left to right; read them with [`Scene::line`].
        line: Range<usize>,
        /// The y of the base line.
        bottom: f32,
        /// The fill.
        fill: Rgba,
    },
    /// A convex polygon of three or four points.
    Polygon {
        /// The corners, in order; a triangle repeats one of them.
        points: [(f32, f32); 4],
        /// Its fill.
        fill: Rgba,
    },
    /// A rectangle with round corners.
    Frame {
        /// Where.
        rect: Rect,
        /// The corners' radius.
        radius: f32,
        /// Its fill.
        fill: Rgba,
        /// Its border's colour; drawn inside.
        border: Rgba,
        /// Its border's width.
        border_px: f32,
    },
    /// A line through points.
    Line {
        /// The points; read them with [`Scene::line`].
        line: Range<usize>,
        /// How thick it is.
        px: f32,
        /// Its colour.
        color: Rgba,
    },
    /// A line of text.
    Text(TextRun),
}

/// What a point of the scene belongs to.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An event with a mark of its own.
    Event(EventId),
    /// The name of an era, by its index in the file.
    Era(usize),
    /// The duration between two events, in words.
    Between(EventId, EventId),
    /// Clustered events.
    Cluster {
        /// Their lane.
        lane: LaneId,
        /// How many.
        count: u32,
        /// All of them begin at or after this instant…
        from: Moment,
        /// …and before this one.
        to: Moment,
    },
}

/// A region that can be pointed at.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Hit {
    /// The region, cut to what is visible.
    pub rect: Rect,
    /// What it belongs to.
    pub target: Target,
}

/// How many events of the time in view are where. An event that goes on in it is counted where it is
/// labelled, a clustered one where it begins.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct InView {
    /// Labelled, in a row that is in view.
    pub labelled: usize,
    /// Clustered, in a histogram that is in view.
    pub clustered: usize,
    /// In rows and histograms above the view.
    pub above: usize,
    /// In rows and histograms below the view.
    pub below: usize,
}

/// Everything visible, and the regions that can be pointed at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// In paint order.
    pub shapes: Vec<Shape>,
    /// In paint order: of two that overlap the later one is on top.
    pub hits: Vec<Hit>,
    /// Where marks are drawn: right of the lanes' names, above the axis.
    pub plot: Rect,
    /// How many events are labelled at this scale, in view or not.
    pub labelled: usize,
    /// How many are clustered instead; labelled + clustered is the number of events.
    pub clustered: usize,
    /// How many events of the time in view are in view, and how many above and below it.
    pub in_view: InView,
    arena: String,
    points: Vec<(f32, f32)>,
    /// The texts of the current clip, which are painted over its other shapes.
    texts: Vec<TextRun>,
}

impl Scene {
    /// Empties it and keeps its buffers.
    pub fn clear(&mut self) {
        self.shapes.clear();
        self.hits.clear();
        self.arena.clear();
        self.points.clear();
        self.texts.clear();
        (self.labelled, self.clustered) = (0, 0);
        self.in_view = InView::default();
    }

    /// Clips what is added from now on.
    pub fn clip(&mut self, rect: Rect) {
        self.finish();
        self.shapes.push(Shape::Clip(rect));
    }

    /// Puts the texts of the current clip over its other shapes. To be called at the end.
    pub fn finish(&mut self) {
        self.shapes.extend(self.texts.drain(..).map(Shape::Text));
    }

    /// Reserves room for more text.
    pub(super) fn make_room(&mut self, bytes: usize) {
        self.arena.reserve(bytes);
    }

    /// The characters of a run.
    pub fn str(&self, run: &TextRun) -> &str {
        self.arena.get(run.chars.clone()).unwrap_or_default()
    }

    /// The points of a [`Shape::Hills`] or a [`Shape::Line`].
    pub fn line(&self, line: &Range<usize>) -> &[(f32, f32)] {
        self.points.get(line.clone()).unwrap_or_default()
    }

    /// Adds the area between a base line and a polyline, given from left to right.
    pub fn hills(&mut self, line: impl IntoIterator<Item = (f32, f32)>, bottom: f32, fill: Rgba) {
        let start = self.points.len();
        self.points.extend(line);
        self.shapes.push(Shape::Hills {
            line: start..self.points.len(),
            bottom,
            fill,
        });
    }

    /// Adds a line through points, `px` thick.
    pub fn line_through(
        &mut self,
        line: impl IntoIterator<Item = (f32, f32)>,
        px: f32,
        color: Rgba,
    ) {
        let start = self.points.len();
        self.points.extend(line);
        self.shapes.push(Shape::Line {
            line: start..self.points.len(),
            px,
            color,
        });
    }

    /// Drops the shapes that lie outside a window; of texts, whose widths are not known here, those
    /// above and below it and those that begin far beside it.
    pub fn keep_within(&mut self, window: &Rect) {
        /// No line of text is wider than this many times its size.
        const WIDEST_EM: f32 = 250.0;
        let points = std::mem::take(&mut self.points);
        let of_line = |line: &Range<usize>, px: f32| {
            let points = points.get(line.clone()).unwrap_or_default().iter();
            let rects = points.map(|(x, y)| Rect::new(*x, *y, *x, *y));
            let around = rects.reduce(|a, b| a.united(&b)).unwrap_or_default();
            around.expanded(px, px)
        };
        self.shapes.retain(|shape| {
            let rect = match shape {
                Shape::Clip(_) => return true,
                Shape::Ramp { rect, .. } | Shape::Frame { rect, .. } => *rect,
                Shape::Hills { line, bottom, .. } => {
                    let above = of_line(line, 0.0);
                    Rect {
                        y1: *bottom,
                        ..above
                    }
                }
                Shape::Line { line, px, .. } => of_line(line, *px),
                Shape::Polygon {
                    points: [(x, y), rest @ ..],
                    ..
                } => {
                    let first = Rect::new(*x, *y, *x, *y);
                    let rest = rest.iter().map(|(x, y)| Rect::new(*x, *y, *x, *y));
                    rest.fold(first, |around, it| around.united(&it))
                }
                Shape::Text(run) => {
                    let wide = WIDEST_EM * run.size_px;
                    let (left, right) = match run.anchor {
                        Anchor::Start => (0.0, wide),
                        Anchor::Middle => (wide, wide),
                        Anchor::End => (wide, 0.0),
                    };
                    let (top, bottom) = (run.baseline - 1.5 * run.size_px, run.baseline);
                    Rect::new(run.x - left, top, run.x + right, bottom + run.size_px)
                }
            };
            // What has no width or no height is seen by its stroke.
            rect.expanded(0.5, 0.5).overlaps(window)
        });
        self.points = points;
    }

    /// Adds the shapes of another scene, moved; what is not in paint order yet stays in order.
    pub fn append(&mut self, other: &Self, (dx, dy): (f32, f32)) {
        let (chars, points) = (self.arena.len(), self.points.len());
        self.arena.push_str(&other.arena);
        let moved = |(x, y): (f32, f32)| (x + dx, y + dy);
        self.points.extend(other.points.iter().copied().map(moved));
        let range = |range: &Range<usize>, by: usize| range.start + by..range.end + by;
        let rect = |rect: &Rect| {
            let ((x0, y0), (x1, y1)) = (moved((rect.x0, rect.y0)), moved((rect.x1, rect.y1)));
            Rect::new(x0, y0, x1, y1)
        };
        let shapes = other.shapes.iter().map(|shape| match shape.clone() {
            Shape::Clip(it) => Shape::Clip(rect(&it)),
            Shape::Ramp {
                rect: it,
                left,
                right,
            } => Shape::Ramp {
                rect: rect(&it),
                left,
                right,
            },
            Shape::Hills { line, bottom, fill } => Shape::Hills {
                line: range(&line, points),
                bottom: bottom + dy,
                fill,
            },
            Shape::Polygon {
                points: corners,
                fill,
            } => Shape::Polygon {
                points: corners.map(moved),
                fill,
            },
            Shape::Frame {
                rect: it,
                radius,
                fill,
                border,
                border_px,
            } => Shape::Frame {
                rect: rect(&it),
                radius,
                fill,
                border,
                border_px,
            },
            Shape::Line { line, px, color } => Shape::Line {
                line: range(&line, points),
                px,
                color,
            },
            Shape::Text(run) => Shape::Text(TextRun {
                x: run.x + dx,
                baseline: run.baseline + dy,
                chars: range(&run.chars, chars),
                ..run
            }),
        });
        self.shapes.extend(shapes);
    }

    /// Adds a filled rectangle.
    pub fn rect(&mut self, rect: Rect, color: Rgba) {
        self.shapes.push(Shape::Ramp {
            rect,
            left: color,
            right: color,
        });
    }

    /// Adds a line of text. It is painted over all other shapes of the current clip, those that are
    /// added later too: no mark or line crosses a label.
    pub fn text(
        &mut self,
        (x, baseline): (f32, f32),
        anchor: Anchor,
        style: (Face, f32, Rgba),
        text: &str,
    ) {
        let start = self.arena.len();
        self.arena.push_str(text);
        let (face, size_px, color) = style;
        let chars = start..self.arena.len();
        self.texts.push(TextRun {
            x,
            baseline,
            anchor,
            face,
            size_px,
            color,
            chars,
        });
    }

    /// The scene as text, one shape per line: for golden files and for reading a difference.
    pub fn dump(&self) -> String {
        let mut out = format!("labelled {} clustered {}\n", self.labelled, self.clustered);
        let rect = |r: &Rect| format!("{:.1},{:.1} {:.1}×{:.1}", r.x0, r.y0, r.width(), r.height());
        let color = |c: &Rgba| {
            let [r, g, b] = c.rgb;
            format!("#{r:02X}{g:02X}{b:02X}/{}", c.alpha)
        };
        let points = |points: &[(f32, f32)]| {
            let points: Vec<_> = points
                .iter()
                .map(|(x, y)| format!("{x:.1},{y:.1}"))
                .collect();
            points.join(" ")
        };
        for shape in &self.shapes {
            // Writing to a String cannot fail.
            let _ = match shape {
                Shape::Clip(r) => writeln!(out, "clip {}", rect(r)),
                Shape::Ramp {
                    rect: r,
                    left,
                    right,
                } if left == right => writeln!(out, "rect {} {}", rect(r), color(left)),
                Shape::Ramp {
                    rect: r,
                    left,
                    right,
                } => {
                    writeln!(out, "ramp {} {} → {}", rect(r), color(left), color(right))
                }
                Shape::Hills { line, bottom, fill } => {
                    let (points, fill) = (points(self.line(line)), color(fill));
                    writeln!(out, "hills {points} on {bottom:.1} {fill}")
                }
                Shape::Line {
                    line,
                    px,
                    color: ink,
                } => {
                    let (points, ink) = (points(self.line(line)), color(ink));
                    writeln!(out, "line {points} {px}px {ink}")
                }
                Shape::Polygon {
                    points: corners,
                    fill,
                } => {
                    writeln!(out, "polygon {} {}", points(corners), color(fill))
                }
                Shape::Frame {
                    rect: r,
                    radius,
                    fill,
                    border,
                    border_px,
                } => {
                    writeln!(
                        out,
                        "frame {} r{radius} {} {border_px}px {}",
                        rect(r),
                        color(fill),
                        color(border)
                    )
                }
                Shape::Text(run) => writeln!(
                    out,
                    "text {:.1},{:.1} {:?} {} {} {} “{}”",
                    run.x,
                    run.baseline,
                    run.anchor,
                    run.face.name(),
                    run.size_px,
                    color(&run.color),
                    self.str(run)
                ),
            };
        }
        out
    }
}
