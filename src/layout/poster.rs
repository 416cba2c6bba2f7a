//! A poster: the whole chronology on paper, every event labelled, with title, legend and sources.
//!
//! All is laid out in px at a type scale of 1 and then enlarged. The scale is the largest at which
//! everything fits the paper, found by halving; a label has its summary where that costs little of
//! the scale, and stands beside its mark where nothing else fits. Where not even the smallest
//! legible text fits, the poster becomes several pages that are put together, or a taller one.
//!
//! ```text
//! one page         tiles, with what is printed twice
//! ┌─────────┐      ┌─────┬┬─────┐
//! │         │      │     ││     │
//! └─────────┘      ├─────┼┼─────┤
//!                  └─────┴┴─────┘
//! ```

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    build::{CanvasSize, Layout, LayoutBuilder, PaperStyle},
    draw::{self, legend},
    input::{SceneInput, ViewParams},
    lane_index::{self, LaneIndex},
    measure::{Face, TextMeasure},
    page::{PT_PER_PX, PX_PER_MM, Page, Part, Role},
    paper::Paper,
    picture,
    scene::{Anchor, Rect, Scene},
    sheet::{SMALLEST_TEXT_PX, Sheet, SheetInput, Shows},
    theme::Theme,
};

/// What is done where a poster does not fit its paper.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// It becomes several pages, to be put together.
    #[default]
    Tiles,
    /// Its page becomes taller.
    Taller,
}

/// What a poster is made of.
pub struct PosterInput<'a> {
    /// The events that are shown.
    pub lane_index: &'a Arc<LaneIndex>,
    /// The theme.
    pub theme: &'static Theme,
    /// Measures texts.
    pub measure: &'a dyn TextMeasure,
    /// What stands around the timeline.
    pub shows: Shows,
    /// The paper.
    pub paper: Paper,
    /// The smallest text, in pt.
    pub least_pt: f32,
    /// What is done where it does not fit.
    pub overflow: Overflow,
}

/// Why there is no poster: one sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PosterError {
    /// More events than are laid out on paper.
    #[error(
        "{events} events are more than a poster can label ({most}); choose fewer by range or lanes, or export a picture, which counts what has no room"
    )]
    TooMany {
        /// How many there are.
        events: usize,
        /// How many there may be.
        most: usize,
    },
    /// It does not fit, however many pages there are.
    #[error(
        "the events do not fit {pages} pages of this paper; choose a larger paper, smaller text, or fewer events by range or lanes"
    )]
    NoRoom {
        /// The most pages.
        pages: usize,
    },
    /// The paper leaves no room for a timeline.
    #[error("this paper is too small for a timeline; choose at least 100 by 100 mm")]
    TooSmall,
}

/// The most events of a poster.
const MOST_EVENTS: usize = 10_000;
/// The most pages that are put together.
const MOST_TILES: usize = 100;
/// The tallest page, in px: 5 m, about what PDF can hold (200 inches).
const TALLEST_PX: f32 = 19_000.0;
/// The largest type scale: beyond it a poster is not read more easily.
const LARGEST: f32 = 6.0;
/// The least width of the timeline of a poster, in px at a scale of 1, that is still well read: a
/// larger scale is not used.
const LEAST_WIDTH_PX: f32 = 900.0;
/// From this scale on labels are well read (10 pt), and what larger ones would gain is given up for
/// a richer style.
const WELL_READ: f32 = 1.0;
/// So is all but this share of the best scale below that.
const WORTH: f32 = 0.8;
/// The shorter side of A4, in px.
const A4_SHORT_PX: f32 = 794.0;
/// How often the range of scales is halved: to 1 %.
const HALVINGS: usize = 7;
/// The part of a tile that its neighbour prints too, in mm.
const OVERLAP_MM: f32 = 10.0;
/// What printers leave white at the edges of a tile, in mm.
const TILE_MARGIN_MM: f32 = 10.0;

/// A poster before it is cut into pages.
struct Composed {
    layout: Layout,
    sheet: Sheet,
    /// Its width and height at a scale of 1, in px.
    size_px: (f32, f32),
    scale: f32,
}

/// The pages of the poster.
///
/// # Errors
///
/// See [`PosterError`].
pub fn pages(input: &PosterInput<'_>) -> Result<Vec<Page>, PosterError> {
    let events = input.lane_index.len();
    if events > MOST_EVENTS {
        return Err(PosterError::TooMany {
            events,
            most: MOST_EVENTS,
        });
    }
    let paper_px = (
        input.paper.width_mm * PX_PER_MM,
        input.paper.height_mm * PX_PER_MM,
    );
    if !(paper_px.0 >= 377.0 && paper_px.1 >= 377.0) {
        return Err(PosterError::TooSmall);
    }
    if let Some(composed) = input.best(paper_px) {
        let size = composed.size_px;
        let scale = composed.scale;
        let parts = input.parts(composed);
        return Ok(vec![Page {
            width_px: size.0 * scale,
            height_px: size.1 * scale,
            parts,
        }]);
    }
    match input.overflow {
        Overflow::Taller => input.taller(paper_px),
        Overflow::Tiles => input.tiled(paper_px),
    }
}

impl PosterInput<'_> {
    /// The scale at which the smallest text has the smallest size.
    fn least_scale(&self) -> f32 {
        self.least_pt / (SMALLEST_TEXT_PX * PT_PER_PX)
    }

    /// The best style and scale on a paper; `None` where it does not fit.
    fn best(&self, paper_px: (f32, f32)) -> Option<Composed> {
        let found = PaperStyle::ALL.map(|style| self.largest(paper_px, style));
        let best = found.iter().flatten().map(|it| it.scale);
        let best = best.fold(0.0, f32::max);
        found
            .into_iter()
            .flatten()
            .find(|it| it.scale >= WELL_READ.min(best * WORTH))
            .or_else(|| {
                // A title longer than the paper is wide is elided rather than printed on two pages.
                let scale = self.least_scale();
                let styles = PaperStyle::ALL.into_iter();
                styles
                    .skip(1)
                    .find_map(|style| self.composed(paper_px, scale, (style, true)))
            })
    }

    /// The largest scale in a style.
    fn largest(&self, paper_px: (f32, f32), style: PaperStyle) -> Option<Composed> {
        let mut low = self.least_scale();
        let mut best = self.composed(paper_px, low, (style, false))?;
        let mut high = (paper_px.0 / LEAST_WIDTH_PX).clamp(1.0, LARGEST);
        if high <= low {
            return Some(best);
        }
        for round in 0..HALVINGS {
            // The largest first: a small file nearly always has it.
            let scale = if round == 0 {
                high
            } else {
                (low * high).sqrt()
            };
            match self.composed(paper_px, scale, (style, false)) {
                Some(composed) => {
                    best = composed;
                    low = scale;
                    if round == 0 {
                        break;
                    }
                }
                None => high = scale,
            }
        }
        Some(best)
    }

    /// The poster at a scale; `None` where it does not fit.
    fn composed(
        &self,
        paper_px: (f32, f32),
        scale: f32,
        style: (PaperStyle, bool),
    ) -> Option<Composed> {
        let size_px = (paper_px.0 / scale, paper_px.1 / scale);
        let sheet = self.sheet(size_px, scale);
        if sheet.canvas.width() < 300.0 || sheet.canvas.height() < 120.0 {
            return None;
        }
        let size = CanvasSize {
            width_px: sheet.canvas.width(),
            whole_px: sheet.canvas.width(),
            height_px: sheet.canvas.height(),
        };
        let layout = LayoutBuilder::with_all_labels(self.lane_index, size, style, self.measure)?;
        Some(Composed {
            layout,
            sheet,
            size_px,
            scale,
        })
    }

    fn sheet(&self, size_px: (f32, f32), scale: f32) -> Sheet {
        let timeline = self.lane_index.timeline();
        let camera = self.lane_index.outline().fit(size_px.0);
        let marks = self
            .lane_index
            .in_time_order()
            .map(|event| lane_index::mark(timeline, event));
        let legend = if self.shows.legend {
            legend::used(marks, &camera)
        } else {
            Vec::new()
        };
        // 10 mm on A4, some 30 on A0, whatever the scale.
        let short_px = size_px.0.min(size_px.1) * scale;
        let margin_px = (short_px * 0.035).clamp(26.0, 130.0) / scale;
        SheetInput {
            lane_index: self.lane_index,
            theme: self.theme,
            measure: self.measure,
            shows: self.shows,
            legend: &legend,
            size_px,
            margin_px,
            // As large as the paper, whatever the scale of the rest.
            most_sources: f32::INFINITY,
            title_scale: (short_px / A4_SHORT_PX / scale).clamp(1.0, 8.0),
        }
        .sheet()
    }

    /// What is on the poster, at its scale.
    fn parts(&self, composed: Composed) -> Vec<Part> {
        let Composed {
            layout,
            sheet,
            size_px,
            scale,
        } = composed;
        let canvas = sheet.canvas;
        let camera = layout.fit(canvas.width() - layout.gutter_px);
        let lane_colors = self.theme.lane_colors(layout.timeline.lanes());
        // The axis stands right below the lanes.
        let used_px = layout.used_px();
        let height_px = canvas.height().min(used_px);
        let input = SceneInput {
            params: ViewParams::on_paper(camera, (canvas.width(), height_px)),
            filtered: None,
            found: None,
            theme: self.theme,
            lane_colors: &lane_colors,
            measure: self.measure,
        };
        let mut scene = Scene::default();
        draw::scene(&layout, &input, &mut draw::Scratch::default(), &mut scene);
        let alt = picture::alt(&layout.lane_index);
        // What is left is shared above and below.
        let spare = (canvas.height() - height_px) / 2.0;
        let timeline = Part {
            clip: Some(Rect::new(0.0, 0.0, canvas.width(), height_px)),
            ..Part::new(Role::Figure { alt }, (canvas.x0, canvas.y0 + spare), scene)
        };
        let mut parts = vec![picture::ground(self.theme, size_px)];
        parts.extend(sheet.above);
        parts.push(timeline);
        parts.extend(sheet.below);
        for part in &mut parts {
            part.x *= scale;
            part.y *= scale;
            part.scale *= scale;
        }
        parts
    }

    /// One page that is as tall as it needs to be.
    fn taller(&self, paper_px: (f32, f32)) -> Result<Vec<Page>, PosterError> {
        let scale = self.least_scale().max(1.0);
        let mut height_px = paper_px.1;
        while height_px < TALLEST_PX {
            height_px = (height_px * 1.25).min(TALLEST_PX);
            for style in [PaperStyle::Under, PaperStyle::Beside] {
                let Some(mut composed) =
                    self.composed((paper_px.0, height_px), scale, (style, true))
                else {
                    continue;
                };
                // As tall as what is on it.
                let canvas = composed.sheet.canvas;
                let spare = (canvas.height() - composed.layout.used_px()).max(0.0);
                for part in &mut composed.sheet.below {
                    part.y -= spare;
                }
                composed.sheet.canvas.y1 -= spare;
                composed.size_px.1 -= spare;
                let size = composed.size_px;
                return Ok(vec![Page {
                    width_px: size.0 * scale,
                    height_px: size.1 * scale,
                    parts: self.parts(composed),
                }]);
            }
        }
        Err(PosterError::NoRoom { pages: 1 })
    }

    /// Several pages of the paper that are put together: as few as possible.
    fn tiled(&self, paper_px: (f32, f32)) -> Result<Vec<Page>, PosterError> {
        let margin = TILE_MARGIN_MM * PX_PER_MM;
        let overlap = OVERLAP_MM * PX_PER_MM;
        let inner = (paper_px.0 - 2.0 * margin, paper_px.1 - 2.0 * margin);
        let length = |tiles: usize, inner: f32| {
            tiles as f32 * inner - tiles.saturating_sub(1) as f32 * overlap
        };
        for count in 2..=MOST_TILES {
            // The squarer one first.
            let mut grids: Vec<(usize, usize)> = (1..=count)
                .filter(|columns| count % columns == 0)
                .map(|columns| (columns, count / columns))
                .collect();
            let ratio = |&(columns, rows): &(usize, usize)| {
                let (w, h) = (length(columns, inner.0), length(rows, inner.1));
                (w / h).max(h / w)
            };
            grids.sort_by(|a, b| ratio(a).total_cmp(&ratio(b)));
            for grid in grids.into_iter().filter(|grid| ratio(grid) < 4.0) {
                let whole = (length(grid.0, inner.0), length(grid.1, inner.1));
                // A title that is wider than a label may be is elided.
                let styles = [false, true].into_iter().flat_map(|may_elide| {
                    let styles = [PaperStyle::Under, PaperStyle::Beside];
                    styles.map(|style| (style, may_elide))
                });
                let scale = self.least_scale();
                let mut found = styles.filter_map(|style| self.composed(whole, scale, style));
                if let Some(composed) = found.next() {
                    let parts = self.parts(composed);
                    return Ok(tiles(&parts, grid, paper_px));
                }
            }
        }
        Err(PosterError::NoRoom { pages: MOST_TILES })
    }
}

/// Cuts a poster into pages, with crop marks.
fn tiles(parts: &[Part], (columns, rows): (usize, usize), paper_px: (f32, f32)) -> Vec<Page> {
    let margin = TILE_MARGIN_MM * PX_PER_MM;
    let overlap = OVERLAP_MM * PX_PER_MM;
    let inner = Rect::new(margin, margin, paper_px.0 - margin, paper_px.1 - margin);
    let mut pages = Vec::new();
    let mut read = BTreeSet::new();
    for row in 0..rows {
        for column in 0..columns {
            let left = column as f32 * (inner.width() - overlap);
            let top = row as f32 * (inner.height() - overlap);
            let mut on_page = Vec::new();
            for (number, part) in parts.iter().enumerate() {
                let mut part = part.clone();
                part.x += margin - left;
                part.y += margin - top;
                // In its own px.
                let window = Rect::new(
                    (inner.x0 - part.x) / part.scale,
                    (inner.y0 - part.y) / part.scale,
                    (inner.x1 - part.x) / part.scale,
                    (inner.y1 - part.y) / part.scale,
                );
                part.clip = Some(part.clip.map_or(window, |clip| clip.intersected(&window)));
                part.scene.keep_within(&window);
                part.links.retain(|link| window.overlaps(&link.rect));
                if part.scene.shapes.is_empty() {
                    continue;
                }
                // What several tiles show is read once.
                if !read.insert(number) {
                    part.role = Role::Artifact;
                }
                on_page.push(part);
            }
            on_page.push(crop_marks(inner, (column, row), (columns, rows)));
            pages.push(Page {
                width_px: paper_px.0,
                height_px: paper_px.1,
                parts: on_page,
            });
        }
    }
    pages
}

/// The marks at which a page is cut, and where it belongs.
fn crop_marks(inner: Rect, (column, row): (usize, usize), (columns, rows): (usize, usize)) -> Part {
    const LENGTH_PX: f32 = 18.0;
    const GAP_PX: f32 = 6.0;
    let mut scene = Scene::default();
    let ink = Theme::LIGHT.ink;
    for (x, out_x) in [(inner.x0, -1.0), (inner.x1, 1.0)] {
        for (y, out_y) in [(inner.y0, -1.0), (inner.y1, 1.0)] {
            let (near, far) = (GAP_PX, GAP_PX + LENGTH_PX);
            scene.line_through([(x + out_x * near, y), (x + out_x * far, y)], 0.5, ink);
            scene.line_through([(x, y + out_y * near), (x, y + out_y * far)], 0.5, ink);
        }
    }
    let words = format!(
        "Row {} of {rows}, column {} of {columns}. Cut along the marks; neighbours share 10 mm.",
        row + 1,
        column + 1
    );
    let style = (Face::Sans, 9.0, Theme::LIGHT.muted);
    let middle = f32::midpoint(inner.x0, inner.x1);
    scene.text((middle, inner.y1 + 22.0), Anchor::Middle, style, &words);
    scene.finish();
    Part::new(Role::Artifact, (0.0, 0.0), scene)
}
