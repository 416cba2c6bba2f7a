//! Markdown in the window: the blocks of [`model::markdown`](crate::model::markdown), laid out in a
//! column.
//!
//! A text is laid out first, so that a lesson knows its height before it chooses the size of its
//! letters, and then shown as it was laid. Links open in the browser on a click and never by
//! themselves.

use egui::{Ui, Vec2, text::LayoutJob, vec2};
use unicode_bidi::Level;

use super::{
    column::Column,
    laid_text::{LaidText, Linked, Part, Side, Table},
    text::{self, Style, color},
};
use crate::{
    layout::{TextMeasure, Theme, measure::Face},
    model::{
        markdown::{self, Block, Item, Span},
        web_address,
    },
};

/// The size of a story's letters, in px. All distances below but [`MARKER_GAP_PX`] are at this
/// size, in px, and grow with the letters.
const STORY_PX: f32 = 15.0;
/// The gap between two paragraphs.
const GAP_PX: f32 = 8.0;
/// The gap between two items of a list.
const ITEM_GAP_PX: f32 = 3.0;
/// The gap between an item's marker and its text, at any size.
const MARKER_GAP_PX: f32 = 8.0;
/// The indentation of a quotation, with its line at the left.
const QUOTE_PX: f32 = 14.0;
/// The gap between two columns of a table, and between two of its rows.
const CELL_GAP: Vec2 = vec2(14.0, 5.0);

/// Shows a text in the story's face.
pub fn show(ui: &mut Ui, markdown: &str, theme: &Theme, measure: &dyn TextMeasure) {
    let body = Style {
        line_height: 1.45,
        ..Style::new(Face::Serif, STORY_PX, color(theme.ink))
    };
    show_in(ui, markdown, &body, theme, measure);
}

/// Shows a text in the size, colour and line height of `body`; the faces are those of a story.
pub fn show_in(
    ui: &mut Ui,
    markdown: &str,
    body: &Style,
    theme: &Theme,
    measure: &dyn TextMeasure,
) {
    let ctx = ui.ctx().clone();
    let column = Column::of(ui, &ctx, measure);
    lay(&column, &markdown::blocks(markdown), body, theme).show(ui);
}

/// Lays blocks out in a column, in the size, colour and line height of `body`.
pub fn lay(column: &Column<'_>, blocks: &[Block], body: &Style, theme: &Theme) -> LaidText {
    let setter = Setter {
        column: *column,
        body,
        theme,
    };
    setter.blocks(blocks)
}

/// Lays out blocks in a style.
#[derive(Copy, Clone)]
struct Setter<'a> {
    column: Column<'a>,
    body: &'a Style,
    theme: &'a Theme,
}

impl Setter<'_> {
    fn scale(&self) -> f32 {
        self.body.size_px / STORY_PX
    }

    fn indented(self, by_px: f32) -> Self {
        Self {
            column: self.column.indented(by_px),
            ..self
        }
    }

    fn blocks(&self, blocks: &[Block]) -> LaidText {
        let mut text = LaidText::default();
        let (gap_px, line) = (GAP_PX * self.scale(), color(self.theme.hairline));
        for block in blocks {
            match block {
                Block::Paragraph(spans) => text.push(gap_px, self.spans(spans, false)),
                Block::Heading { spans, .. } => text.push(gap_px, self.spans(spans, true)),
                Block::List(items) => {
                    for item in items {
                        text.push(ITEM_GAP_PX * self.scale(), self.item(item));
                    }
                }
                Block::Quote(blocks) => {
                    let indent_px = QUOTE_PX * self.scale();
                    let quote = Part::Quote {
                        indent_px,
                        line,
                        text: self.indented(indent_px).blocks(blocks),
                        text_px: self.indented(indent_px).column.width_px,
                        side: side(blocks),
                    };
                    text.push(gap_px, quote);
                }
                Block::Code(code) => {
                    let face = Face::Sans;
                    let style = Style { face, ..*self.body };
                    let code = self.column.paragraph(code, &style);
                    text.push(gap_px, Part::Paragraph(code));
                }
                Block::Table(rows) => text.push(gap_px, Part::Table(self.table(rows))),
                Block::Rule => {
                    let height_px = gap_px;
                    text.push(gap_px, Part::Rule { height_px, line });
                }
            }
        }
        text
    }

    fn item(&self, item: &Item) -> Part {
        let marker = self.column.laid(text::job(item.marker(), self.body));
        let indent_px = marker.size().x + MARKER_GAP_PX;
        let contents = self.indented(indent_px);
        Part::Item {
            marker,
            indent_px,
            text: contents.blocks(&item.blocks),
            text_px: contents.column.width_px,
            side: side(&item.blocks),
        }
    }

    /// A paragraph or heading. The links of a text with right-to-left runs, which is broken and
    /// ordered as a whole, stand below it once more, to be clicked.
    fn spans(&self, spans: &[Span], is_heading: bool) -> Part {
        let plain = markdown::plain(spans);
        let has_right_to_left = text::has_right_to_left(&plain);
        let mut parts = Vec::with_capacity(spans.len());
        let mut at = 0;
        for span in spans {
            let end = at + span.text.len();
            let face = face(span, is_heading);
            parts.push((at..end, Style { face, ..*self.body }));
            at = end;
        }
        let whole = self.column.styled(&plain, &parts);
        let is_link = |url: Option<&str>| url.and_then(web_address).is_some();
        if !markdown::links(spans).any(|(_, url)| is_link(url)) {
            return Part::Paragraph(whole);
        }
        let mut height_px = whole.height();
        let mut pieces = Vec::new();
        for (run, url) in markdown::links(spans) {
            let address = url.and_then(web_address);
            if has_right_to_left && address.is_none() {
                continue;
            }
            let body = Style {
                color: address.map_or(self.body.color, |_| color(self.theme.accent)),
                ..*self.body
            };
            if has_right_to_left {
                let words = markdown::plain(run);
                height_px += self.column.paragraph(&words, &body).height();
                pieces.push((text::job(&words, &body), address.map(str::to_owned)));
                continue;
            }
            let mut job = LayoutJob::default();
            for span in run {
                job.append(&span.text, 0.0, body.format(face(span, is_heading)));
            }
            pieces.push((job, address.map(str::to_owned)));
        }
        Part::Linked(Linked {
            above: has_right_to_left.then_some(whole),
            pieces,
            height_px,
        })
    }

    /// A table: each column as wide as its widest cell, where that is not too wide.
    fn table(&self, rows: &[Vec<Vec<Span>>]) -> Table {
        let gap_px = CELL_GAP.x * self.scale();
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut widths_px = vec![0.0_f32; count];
        let is_header = |number: usize| number == 0;
        for (number, row) in rows.iter().enumerate() {
            for (cell, width) in row.iter().zip(&mut widths_px) {
                let style = self.cell_style(is_header(number));
                let galley = self.column.laid(text::job(&markdown::plain(cell), &style));
                *width = width.max(galley.size().x.ceil());
            }
        }
        let free = (self.column.width_px - gap_px * (count as f32 - 1.0)).max(1.0);
        fit_columns(&mut widths_px, free);
        let rows = rows.iter().enumerate().map(|(number, row)| {
            let style = self.cell_style(is_header(number));
            let cells = row.iter().zip(&widths_px).map(|(cell, &width_px)| {
                let column = Column {
                    width_px,
                    ..self.column
                };
                column.paragraph(&markdown::plain(cell), &style)
            });
            cells.collect()
        });
        Table {
            rows: rows.collect(),
            widths_px,
            gap: CELL_GAP * self.scale(),
            line: color(self.theme.hairline),
        }
    }

    fn cell_style(&self, is_header: bool) -> Style {
        let face = if is_header {
            Face::SerifSemiBold
        } else {
            Face::Serif
        };
        Style { face, ..*self.body }
    }
}

/// Narrows columns to a sum of `free` px: narrow ones keep their width, the others share the rest
/// in proportion.
fn fit_columns(widths_px: &mut [f32], free: f32) {
    let mut order: Vec<usize> = (0..widths_px.len()).collect();
    let width = |widths: &[f32], at: usize| widths.get(at).copied().unwrap_or(0.0);
    order.sort_by(|a, b| width(widths_px, *a).total_cmp(&width(widths_px, *b)));
    let mut rest = free;
    for (number, &at) in order.iter().enumerate() {
        let others = (widths_px.len() - number) as f32;
        if width(widths_px, at) > rest / others {
            let wide = order.get(number..).unwrap_or_default();
            let sum: f32 = wide.iter().map(|&at| width(widths_px, at)).sum();
            for &at in wide.iter().filter(|_| sum > rest) {
                if let Some(width) = widths_px.get_mut(at) {
                    *width *= rest / sum;
                }
            }
            return;
        }
        rest -= width(widths_px, at);
    }
}

/// The side of the marker of an item, or of the line of a quotation: where its first paragraph
/// begins.
fn side(blocks: &[Block]) -> Side {
    let first = blocks.iter().find_map(|block| match block {
        Block::Paragraph(spans) | Block::Heading { spans, .. } => {
            Some(text::direction(&markdown::plain(spans)))
        }
        Block::Quote(blocks) => Some(match side(blocks) {
            Side::Left => None,
            Side::Right => Some(Level::rtl()),
        }),
        _ => None,
    });
    match first.flatten() {
        Some(level) if level.is_rtl() => Side::Right,
        _ => Side::Left,
    }
}

fn face(span: &Span, is_heading: bool) -> Face {
    match (is_heading || span.is_strong, span.is_emphasis) {
        (true, _) => Face::SerifSemiBold,
        (false, _) if span.is_code => Face::Sans,
        (false, true) => Face::SerifItalic,
        (false, false) => Face::Serif,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::BundledFonts;

    /// A lesson chooses its letters by the height that a text says it has.
    #[test]
    fn a_text_is_as_high_as_it_says() {
        let ctx = egui::Context::default();
        text::install_fonts(&ctx);
        let fonts = BundledFonts::default();
        let long = "A sentence that is long enough to be wrapped in a narrow column. ".repeat(3);
        let texts = [
            "one".to_owned(),
            format!("{long}\n\n{long}"),
            format!("# {long}\n\n- {long}\n- b\n  1. c\n\n     {long}"),
            format!("> {long}\n> - {long}"),
            format!("| a | b |\n|---|---|\n| 1 | {long} |"),
            "    code\n      more".to_owned(),
            "above\n\n---\n\nbelow".to_owned(),
            format!("{long}[a *link* of several words](https://example.org) {long}"),
            "hard\\\nbreak".to_owned(),
            "المعركة **في** الموصل [رابط](https://example.org)".to_owned(),
            "- المعركة في الموصل\n- أ\n\n> المعركة *في* الموصل والمعركة في بغداد والمعركة"
                .to_owned(),
            "สงครามโลกครั้งที่สองสิ้นสุดลงในปีสงครามโลกครั้งที่**สอง**สิ้นสุดลงในปี".to_owned(),
        ];
        for size_px in [15.0, 34.0] {
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                for markdown in &texts {
                    let body = Style {
                        line_height: 1.45,
                        ..Style::new(Face::Serif, size_px, color(Theme::LIGHT.ink))
                    };
                    let area = egui::Rect::from_min_size(egui::Pos2::ZERO, vec2(320.0, 4000.0));
                    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(area));
                    let ctx = inside.ctx().clone();
                    let column = Column::of(&inside, &ctx, &fonts);
                    let blocks = markdown::blocks(markdown);
                    let laid = lay(&column, &blocks, &body, &Theme::LIGHT);
                    let said = laid.height();
                    laid.show(&mut inside);
                    let shown = inside.min_rect().height();
                    assert!((said - shown).abs() < 1.5, "{markdown}: {said} ≠ {shown}");
                }
            });
            output.textures_delta.clear();
        }
    }

    #[test]
    fn wide_columns_give_way_to_narrow_ones() {
        for (wanted, free, expected) in [
            (vec![30.0, 40.0], 100.0, vec![30.0, 40.0]),
            (vec![30.0, 200.0], 100.0, vec![30.0, 70.0]),
            (vec![300.0, 30.0, 100.0], 230.0, vec![100.0, 30.0, 100.0]),
            (vec![200.0, 200.0], 100.0, vec![50.0, 50.0]),
            (vec![], 100.0, vec![]),
        ] {
            let mut widths = wanted.clone();
            fit_columns(&mut widths, free);
            assert_eq!(widths, expected, "{wanted:?}");
        }
    }
}
