//! What stands around a timeline on paper and in a picture: title above, legend and sources below.
//!
//! ```text
//! ┌───────────────────────────────┐
//! │ Title                         │
//! │ subtitle · 15 events, 5 lanes │
//! │ ┌ canvas ───────────────────┐ │
//! │ │                           │ │
//! │ └───────────────────────────┘ │
//! │ HOW A DATE IS DRAWN   SOURCES │
//! └───────────────────────────────┘
//! ```
//!
//! The canvas itself is drawn by [`draw::scene`](super::draw::scene).

use serde::{Deserialize, Serialize};

use super::{
    LaneIndex,
    draw::legend::{LegendRow, SAMPLE_PX},
    line_breaks,
    measure::{Face, TextMeasure},
    metrics::HAIRLINE_X_PX,
    page::{PageLink, Part, Role},
    scene::{Anchor, Rect, Scene},
    theme::{Rgba, Theme},
    typeset::{Block, TextStyle},
    wording,
};
use crate::model::Timeline;

/// What is shown beside the timeline itself.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shows {
    /// Title and subtitle.
    pub title: bool,
    /// How dates are drawn.
    pub legend: bool,
    /// The sources.
    pub sources: bool,
}

impl Default for Shows {
    fn default() -> Self {
        Self::ALL
    }
}

impl Shows {
    /// The timeline alone.
    pub const NOTHING: Self = Self {
        title: false,
        legend: false,
        sources: false,
    };
    /// All there is.
    pub const ALL: Self = Self {
        title: true,
        legend: true,
        sources: true,
    };
}

/// What a sheet is made of.
pub struct SheetInput<'a> {
    /// The events that are shown.
    pub lane_index: &'a LaneIndex,
    /// The theme.
    pub theme: &'a Theme,
    /// Measures texts.
    pub measure: &'a dyn TextMeasure,
    /// What is shown.
    pub shows: Shows,
    /// The kinds of dates that the legend explains.
    pub legend: &'a [&'static LegendRow],
    /// Width and height, in px.
    pub size_px: (f32, f32),
    /// The air at its edges, in px.
    pub margin_px: f32,
    /// How much larger title and subtitle are than usual.
    pub title_scale: f32,
    /// The largest share of the height that the sources take; what has no room is counted.
    pub most_sources: f32,
}

/// A sheet without its timeline.
pub struct Sheet {
    /// What stands above the timeline.
    pub above: Vec<Part>,
    /// What stands below it.
    pub below: Vec<Part>,
    /// Where the timeline is drawn.
    pub canvas: Rect,
}

/// The gap between header, timeline and footer, in px.
const GAP_PX: f32 = 14.0;
/// The gap between columns of the footer, in px.
const COLUMN_GAP_PX: f32 = 28.0;
/// The narrowest column of the footer, in px.
const COLUMN_PX: f32 = 300.0;
/// The height of a row of the legend, in px.
const LEGEND_ROW_PX: f32 = 22.0;
/// The size of the smallest text on a sheet, canvas included, in px.
pub const SMALLEST_TEXT_PX: f32 = 11.0;

impl SheetInput<'_> {
    /// Writes header and footer; the timeline gets what they leave.
    pub fn sheet(&self) -> Sheet {
        let (width, height) = self.size_px;
        let mut top = self.margin_px;
        let mut above = Vec::new();
        if self.shows.title {
            top = self.header(top, &mut above);
        }
        let mut below = Vec::new();
        let mut footer_px = 0.0;
        if self.shows.legend && !self.legend.is_empty() {
            footer_px += self.legend_block(footer_px, &mut below);
        }
        if self.shows.sources && !self.timeline().sources().is_empty() {
            let most_px = self.most_sources * height;
            let mut count = self.timeline().sources().len();
            loop {
                let before = below.len();
                let height_px = self.sources_block(footer_px, count, &mut below);
                if height_px <= most_px || count == 0 {
                    footer_px += height_px;
                    break;
                }
                below.truncate(before);
                count = count * 3 / 4;
            }
        }
        let bottom = height - self.margin_px - footer_px;
        for part in &mut below {
            part.y += bottom;
        }
        let gap = if footer_px > 0.0 { GAP_PX } else { 0.0 };
        // Lanes' names have air of their own at the left.
        let inset = (self.margin_px - HAIRLINE_X_PX).max(0.0);
        Sheet {
            above,
            below,
            canvas: Rect::new(inset, top, width - self.margin_px, (bottom - gap).max(top)),
        }
    }

    fn timeline(&self) -> &Timeline {
        self.lane_index.timeline()
    }

    fn width(&self) -> f32 {
        self.size_px.0 - 2.0 * self.margin_px
    }

    /// A part with one paragraph; returns the y below it.
    fn paragraph(
        &self,
        role: Role,
        text: &str,
        style: TextStyle,
        top: f32,
        parts: &mut Vec<Part>,
    ) -> f32 {
        let lines = style.lines(text, self.width(), self.measure);
        let mut scene = Scene::default();
        let at = Block {
            x: 0.0,
            top: 0.0,
            width: self.width(),
        };
        let below = style.write(&lines, at, &mut scene);
        scene.finish();
        parts.push(Part::new(role, (self.margin_px, top), scene));
        top + below
    }

    fn header(&self, mut top: f32, parts: &mut Vec<Part>) -> f32 {
        let theme = self.theme;
        let title = self.timeline().title().trim();
        if !title.is_empty() {
            let style = TextStyle::new(Face::SerifSemiBold, 28.0, 35.0, theme.ink);
            let style = style.enlarged(self.title_scale);
            top = self.paragraph(Role::Title, title, style, top, parts);
        }
        let quiet = TextStyle::new(Face::Sans, 13.0, 19.0, theme.muted);
        let quiet = quiet.enlarged(self.title_scale);
        let counts = wording::counts_of(self.lane_index);
        let subtitle = self.timeline().subtitle().trim();
        for text in [subtitle, counts.as_str()] {
            if !text.is_empty() {
                top = self.paragraph(Role::Paragraph, text, quiet, top, parts);
            }
        }
        top + GAP_PX
    }

    /// A heading in small capitals at the top of a block of the footer; returns the y below it.
    fn footer_heading(&self, words: &str, top: f32, parts: &mut Vec<Part>) -> f32 {
        let style = TextStyle::new(Face::SansSemiBold, SMALLEST_TEXT_PX, 18.0, self.theme.muted);
        self.paragraph(Role::Heading(2), words, style, top, parts) + 4.0
    }

    /// In how many columns so many entries stand, and how far their left edges are apart, in px.
    fn columns(&self, entries: usize) -> (usize, f32) {
        let count =
            ((self.width() + COLUMN_GAP_PX) / (COLUMN_PX + COLUMN_GAP_PX)).max(1.0) as usize;
        let count = count.min(entries.max(1));
        (count, (self.width() + COLUMN_GAP_PX) / count as f32)
    }

    /// The legend; returns its height.
    fn legend_block(&self, top: f32, parts: &mut Vec<Part>) -> f32 {
        let mut y = self.footer_heading("How a date is drawn", top, parts);
        let (columns, apart) = self.columns(self.legend.len());
        let style = TextStyle::new(Face::Sans, 12.0, 15.0, self.theme.ink);
        // Arrows reach beyond their sample.
        let words_x = SAMPLE_PX.0 + 18.0;
        for row in self.legend.chunks(columns) {
            let mut row_px = LEGEND_ROW_PX;
            for (column, kind) in row.iter().enumerate() {
                let mut scene = Scene::default();
                kind.draw(self.theme.accent, self.theme, &mut scene);
                let width = apart - COLUMN_GAP_PX - words_x;
                let lines = style.lines(kind.words, width, self.measure);
                let at = Block {
                    x: words_x,
                    top: -1.0,
                    width,
                };
                let below = style.write(&lines, at, &mut scene);
                row_px = row_px.max(below + 7.0);
                scene.finish();
                let x = self.margin_px + column as f32 * apart;
                parts.push(Part::new(Role::Item, (x, y), scene));
            }
            y += row_px;
        }
        y + 8.0 - top
    }

    /// The first sources, numbered, and how many more there are; returns the block's height.
    fn sources_block(&self, top: f32, count: usize, parts: &mut Vec<Part>) -> f32 {
        let more = self.timeline().sources().len() - count;
        let heading = match (count, more) {
            (_, 0) => "Sources".to_owned(),
            (0, more) => format!("{more} sources, for which there is no room here"),
            (_, more) => format!("Sources, and {more} more for which there is no room here"),
        };
        let begin = self.footer_heading(&heading, top, parts);
        let (columns, apart) = self.columns(count);
        let width = apart - COLUMN_GAP_PX;
        let entries: Vec<(Part, f32)> = self
            .timeline()
            .sources()
            .iter()
            .take(count)
            .enumerate()
            .map(|(number, source)| source_entry(number, source, width, self))
            .collect();
        // Columns of about one height, filled from the left.
        let total: f32 = entries.iter().map(|(_, height)| height).sum();
        let tallest = entries
            .iter()
            .map(|(_, height)| *height)
            .fold(0.0, f32::max);
        let wanted = (total / columns as f32).max(tallest);
        let (mut column, mut y, mut lowest) = (0, begin, begin);
        for (mut part, height) in entries {
            if y > begin && y + height > begin + wanted + tallest * 0.5 && column + 1 < columns {
                (column, y) = (column + 1, begin);
            }
            part.x = self.margin_px + column as f32 * apart;
            part.y = y;
            parts.push(part);
            y += height;
            lowest = lowest.max(y);
        }
        lowest - top
    }
}

/// A source as an entry of a numbered list, with its height.
fn source_entry(
    number: usize,
    source: &crate::model::Source,
    width: f32,
    input: &SheetInput<'_>,
) -> (Part, f32) {
    const NUMBER_PX: f32 = 24.0;
    let theme = input.theme;
    let style = |face, color: Rgba| TextStyle::new(face, SMALLEST_TEXT_PX, 15.0, color);
    let mut scene = Scene::default();
    let own = style(Face::Sans, theme.muted);
    let at = Block {
        x: 0.0,
        top: 0.0,
        width,
    };
    own.write_from(Anchor::Start, &[format!("{}.", number + 1)], at, &mut scene);
    let reference = source.reference();
    let mut links = Vec::new();
    let mut y = 0.0;
    for (text, style) in [
        (reference.title, style(Face::SerifItalic, theme.ink)),
        (reference.origin.as_str(), own),
        (reference.url, style(Face::Sans, theme.accent)),
    ] {
        if text.is_empty() {
            continue;
        }
        let at = Block {
            x: NUMBER_PX,
            top: y,
            width: width - NUMBER_PX,
        };
        let lines = broken_anywhere(&style, text, at.width, input.measure);
        let below = style.write_from(Anchor::Start, &lines, at, &mut scene);
        if text == reference.url
            && let Some(url) = source.web_address()
        {
            links.push(PageLink {
                rect: Rect::new(at.x, y, width, below),
                url: url.to_owned(),
            });
        }
        y = below;
    }
    scene.finish();
    let mut part = Part::new(Role::Item, (0.0, 0.0), scene);
    part.links = links;
    (part, y.max(own.line_px) + 5.0)
}

/// Lines of a width, in which a longer word (an address) is broken where it must be.
pub fn broken_anywhere(
    style: &TextStyle,
    text: &str,
    width_px: f32,
    measure: &dyn TextMeasure,
) -> Vec<String> {
    let mut lines = Vec::new();
    for line in style.lines(text, width_px, measure) {
        let width = |text: &str| measure.width(text, style.face, style.size_px);
        let pieces = line_breaks::broken_word(&line, width_px, width);
        lines.extend(pieces.into_iter().map(str::to_owned));
    }
    lines
}
