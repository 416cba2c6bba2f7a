//! Markdown in the window: the blocks of [`model::markdown`](crate::model::markdown), laid out in a
//! column.
//!
//! A text is laid out first, so that a lesson knows its height before it chooses the size of its
//! letters, and then shown as it was laid. Links open in the browser on a click and never by
//! themselves.

use std::sync::Arc;

use egui::{Color32, Galley, Hyperlink, Label, Stroke, Ui, UiBuilder, Vec2, text::LayoutJob, vec2};

use super::{
    column::{Column, Paragraph},
    text::{self, Style, color},
};
use crate::{
    layout::{TextMeasure, Theme, measure::Face},
    model::{
        markdown::{self, Block, Item, Span},
        web_address,
    },
};

/// The size of a story's letters, in px. All distances below but [`MARKER_GAP_PX`] are at this size,
/// in px, and grow with the letters.
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
    LaidText::new(&Column::of(ui, &ctx, measure), markdown, body, theme).show(ui);
}

/// A text that was laid out.
pub struct LaidText {
    parts: Vec<Part>,
    /// The colour of lines.
    line: Color32,
    /// The letters' size as a multiple of [`STORY_PX`].
    scale: f32,
}

/// A block, laid out, after a gap.
struct Part {
    gap_px: f32,
    content: Content,
}

enum Content {
    Paragraph(Paragraph),
    Linked(Linked),
    /// An item: its marker, the marker's width with the gap behind it, and its contents.
    Item(Arc<Galley>, f32, LaidText),
    Quote(LaidText),
    Table(Table),
    Rule,
}

/// A paragraph with links, which are widgets of their own.
struct Linked {
    /// What stands above the links of a right-to-left paragraph, whose words are ordered as a whole.
    above: Option<Paragraph>,
    /// The pieces of text, and the URLs of those that are links.
    pieces: Vec<(LayoutJob, Option<String>)>,
    height_px: f32,
}

/// Rows of cells, and the width of each column, in px.
struct Table {
    widths_px: Vec<f32>,
    rows: Vec<Vec<Paragraph>>,
}

impl LaidText {
    /// Lays a text out in a column.
    pub fn new(column: &Column<'_>, markdown: &str, body: &Style, theme: &Theme) -> Self {
        let setter = Setter {
            column: *column,
            body,
            theme,
        };
        setter.blocks(&markdown::blocks(markdown))
    }

    /// Its height in px, in a `Ui` without a distance between items.
    pub fn height(&self) -> f32 {
        let parts = self.parts.iter();
        parts
            .map(|part| part.gap_px + part.content.height(self.scale))
            .sum()
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui) {
        for part in self.parts {
            if part.gap_px > 0.0 {
                ui.add_space(part.gap_px);
            }
            part.content.show(ui, self.line, self.scale);
        }
    }
}

impl Content {
    fn height(&self, scale: f32) -> f32 {
        match self {
            Self::Paragraph(paragraph) => paragraph.height(),
            Self::Linked(linked) => linked.height_px,
            Self::Item(marker, _, text) => marker.size().y.max(text.height()),
            Self::Quote(text) => text.height(),
            Self::Table(table) => table.height(scale),
            Self::Rule => GAP_PX * scale,
        }
    }

    fn show(self, ui: &mut Ui, line: Color32, scale: f32) {
        match self {
            Self::Paragraph(paragraph) => {
                paragraph.show(ui);
            }
            Self::Linked(linked) => linked.show(ui),
            Self::Item(marker, indent_px, text) => {
                let left = ui.cursor().left();
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 0.0;
                    ui.add(Label::new(marker).selectable(false));
                    ui.add_space((left + indent_px - ui.cursor().left()).max(0.0));
                    ui.vertical(|ui| text.show(ui));
                });
            }
            Self::Quote(text) => {
                let shown = ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 0.0;
                    ui.add_space(QUOTE_PX * scale);
                    ui.vertical(|ui| text.show(ui));
                });
                let rect = shown.response.rect;
                let stroke = Stroke::new(2.0, line);
                ui.painter()
                    .vline(rect.left() + 2.0, rect.y_range(), stroke);
            }
            Self::Table(table) => table.show(ui, line, scale),
            Self::Rule => {
                let size = vec2(ui.available_width(), GAP_PX * scale);
                let (_, rect) = ui.allocate_space(size);
                let stroke = Stroke::new(1.0, line);
                ui.painter().hline(rect.x_range(), rect.center().y, stroke);
            }
        }
    }
}

impl Linked {
    fn show(self, ui: &mut Ui) {
        let is_below = self.above.is_some();
        if let Some(above) = self.above {
            above.show(ui);
        }
        let add = |ui: &mut Ui| {
            for (job, address) in self.pieces {
                match address {
                    None => {
                        ui.add(Label::new(job).wrap());
                    }
                    Some(address) => {
                        let link = Hyperlink::from_label_and_url(job, &address);
                        ui.add(link.open_in_new_tab(true)).on_hover_text(address);
                    }
                }
            }
        };
        if is_below {
            add(ui);
        } else {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                add(ui);
            });
        }
    }
}

impl Table {
    fn row_height(row: &[Paragraph]) -> f32 {
        row.iter().map(Paragraph::height).fold(0.0, f32::max)
    }

    fn height(&self, scale: f32) -> f32 {
        let rows = self.rows.iter();
        rows.map(|row| Self::row_height(row) + CELL_GAP.y * scale)
            .sum()
    }

    fn show(self, ui: &mut Ui, line: Color32, scale: f32) {
        let gap = CELL_GAP * scale;
        let across = self
            .widths_px
            .iter()
            .map(|width| width + gap.x)
            .sum::<f32>()
            - gap.x;
        for (number, row) in self.rows.into_iter().enumerate() {
            let height = Self::row_height(&row) + gap.y;
            let (_, rect) = ui.allocate_space(vec2(across.max(0.0), height));
            let mut at = rect.min;
            for (cell, width) in row.into_iter().zip(&self.widths_px) {
                let area = egui::Rect::from_min_size(at, vec2(*width, height));
                let mut inside = ui.new_child(UiBuilder::new().max_rect(area));
                cell.show(&mut inside);
                at.x += width + gap.x;
            }
            if number == 0 {
                let stroke = Stroke::new(1.0, line);
                let y = rect.bottom() - 0.5 * gap.y;
                ui.painter().hline(rect.x_range(), y, stroke);
            }
        }
    }
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
        let mut parts = Vec::new();
        let mut add = |gap_px: f32, content: Content| {
            let gap_px = if parts.is_empty() {
                0.0
            } else {
                gap_px * self.scale()
            };
            parts.push(Part { gap_px, content });
        };
        for block in blocks {
            match block {
                Block::Paragraph(spans) => add(GAP_PX, self.spans(spans, false)),
                Block::Heading { spans, .. } => add(GAP_PX, self.spans(spans, true)),
                Block::List(items) => {
                    for item in items {
                        add(ITEM_GAP_PX, self.item(item));
                    }
                }
                Block::Quote(blocks) => {
                    let inside = self.indented(QUOTE_PX * self.scale());
                    add(GAP_PX, Content::Quote(inside.blocks(blocks)));
                }
                Block::Code(code) => {
                    let face = Face::Sans;
                    let style = Style { face, ..*self.body };
                    add(
                        GAP_PX,
                        Content::Paragraph(self.column.paragraph(code, &style)),
                    );
                }
                Block::Table(rows) => add(GAP_PX, Content::Table(self.table(rows))),
                Block::Rule => add(GAP_PX, Content::Rule),
            }
        }
        LaidText {
            parts,
            line: color(self.theme.hairline),
            scale: self.scale(),
        }
    }

    fn item(&self, item: &Item) -> Content {
        let marker = self.column.laid(text::job(item.marker(), self.body));
        let indent_px = marker.size().x + MARKER_GAP_PX;
        let contents = self.indented(indent_px).blocks(&item.blocks);
        Content::Item(marker, indent_px, contents)
    }

    /// A paragraph or heading. Emphasis inside a text with right-to-left runs is left out: it is
    /// broken and ordered as a whole.
    fn spans(&self, spans: &[Span], is_heading: bool) -> Content {
        let plain = markdown::plain(spans);
        let has_right_to_left = text::has_right_to_left(&plain);
        let whole = if has_right_to_left {
            self.column.paragraph(&plain, self.body)
        } else {
            let mut job = LayoutJob::default();
            for span in spans {
                job.append(&span.text, 0.0, self.body.format(face(span, is_heading)));
            }
            self.column.paragraph_of(job)
        };
        if spans.iter().all(|span| address(span).is_none()) {
            return Content::Paragraph(whole);
        }
        let mut height_px = whole.height();
        let mut pieces = Vec::new();
        for span in spans {
            let address = address(span);
            if has_right_to_left && address.is_none() {
                continue;
            }
            let ink = address.map_or(self.body.color, |_| color(self.theme.accent));
            let style = Style {
                face: face(span, is_heading),
                color: ink,
                ..*self.body
            };
            if has_right_to_left {
                height_px += self.column.paragraph(&span.text, &style).height();
            }
            pieces.push((text::job(&span.text, &style), address.map(str::to_owned)));
        }
        Content::Linked(Linked {
            above: has_right_to_left.then_some(whole),
            pieces,
            height_px,
        })
    }

    /// A table: each column as wide as its widest cell, all narrowed alike where that is too wide.
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
        let wanted: f32 = widths_px.iter().sum();
        let narrowed = (free / wanted.max(1.0)).min(1.0);
        for width in &mut widths_px {
            *width *= narrowed;
        }
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

fn face(span: &Span, is_heading: bool) -> Face {
    match (is_heading || span.is_strong, span.is_emphasis) {
        (true, _) => Face::SerifSemiBold,
        (false, _) if span.is_code => Face::Sans,
        (false, true) => Face::SerifItalic,
        (false, false) => Face::Serif,
    }
}

/// The web address of a link, if it has one: nothing else is ever opened.
fn address(span: &Span) -> Option<&str> {
    span.link.as_deref().and_then(web_address)
}
