//! Texts that are laid out, and shown as they were laid: below each other, each after a gap.
//!
//! The height is known before anything is shown: a lesson chooses the size of its letters by it.

use std::sync::Arc;

use egui::{Color32, Galley, Hyperlink, Label, Stroke, Ui, UiBuilder, Vec2, text::LayoutJob, vec2};

use super::column::Paragraph;

/// Texts below each other.
#[derive(Default)]
pub struct LaidText {
    /// Each after a gap, in px.
    parts: Vec<(f32, Part)>,
}

/// A part of a text. Distances are in px.
pub enum Part {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A paragraph with links.
    Linked(Linked),
    /// An item of a list: its marker, and its contents beside it.
    Item {
        /// Its number or bullet.
        marker: Arc<Galley>,
        /// How far the contents are from the side of the marker.
        indent_px: f32,
        /// What stands beside the marker.
        text: LaidText,
        /// How wide the text is.
        text_px: f32,
        /// The side of the marker.
        side: Side,
    },
    /// A quotation, with a line beside it.
    Quote {
        /// How far the text is from the side of the line.
        indent_px: f32,
        /// The line's colour.
        line: Color32,
        /// What is quoted.
        text: LaidText,
        /// How wide the text is.
        text_px: f32,
        /// The side of the line.
        side: Side,
    },
    /// A table, with a line below its header.
    Table(Table),
    /// A line across the column.
    Rule {
        /// The height with the room above and below it.
        height_px: f32,
        /// Its colour.
        line: Color32,
    },
}

/// Where a text begins.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// It is written from left to right.
    Left,
    /// It is written from right to left.
    Right,
}

/// A paragraph with links, which are widgets of their own.
pub struct Linked {
    /// What stands above the links of a right-to-left paragraph, whose words are ordered as a
    /// whole.
    pub above: Option<Paragraph>,
    /// The pieces of text, and the URLs of those that are links.
    pub pieces: Vec<(LayoutJob, Option<String>)>,
    /// The height, in px.
    pub height_px: f32,
}

/// Rows of cells.
pub struct Table {
    /// The width of each column, in px.
    pub widths_px: Vec<f32>,
    /// The rows, the header first.
    pub rows: Vec<Vec<Paragraph>>,
    /// The gap between two columns and between two rows, in px.
    pub gap: Vec2,
    /// The colour of the line.
    pub line: Color32,
}

impl LaidText {
    /// Adds a part below the others, after a gap in px. The gap is left out before the first.
    pub fn push(&mut self, gap_px: f32, part: Part) {
        let gap_px = if self.parts.is_empty() { 0.0 } else { gap_px };
        self.parts.push((gap_px, part));
    }

    /// Adds the parts of another text, the first after a gap in px.
    pub fn append(&mut self, gap_px: f32, other: Self) {
        for (number, (own_px, part)) in other.parts.into_iter().enumerate() {
            self.push(if number == 0 { gap_px } else { own_px }, part);
        }
    }

    /// Its height in px, in a `Ui` without a distance between items.
    pub fn height(&self) -> f32 {
        let parts = self.parts.iter();
        parts.map(|(gap_px, part)| gap_px + part.height()).sum()
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui) {
        for (gap_px, part) in self.parts {
            if gap_px > 0.0 {
                ui.add_space(gap_px);
            }
            part.show(ui);
        }
    }
}

impl Part {
    fn height(&self) -> f32 {
        match self {
            Self::Paragraph(paragraph) => paragraph.height(),
            Self::Linked(linked) => linked.height_px,
            Self::Item { marker, text, .. } => marker.size().y.max(text.height()),
            Self::Quote { text, .. } => text.height(),
            Self::Table(table) => table.height(),
            Self::Rule { height_px, .. } => *height_px,
        }
    }

    fn show(self, ui: &mut Ui) {
        match self {
            Self::Paragraph(paragraph) => {
                paragraph.show(ui);
            }
            Self::Linked(linked) => linked.show(ui),
            Self::Item {
                marker,
                indent_px,
                text,
                text_px,
                side,
            } => {
                let left = ui.cursor().left();
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 0.0;
                    if side == Side::Right {
                        ui.vertical(|ui| text.show(ui));
                        let end = left + text_px + indent_px - marker.size().x;
                        ui.add_space((end - ui.cursor().left()).max(0.0));
                        ui.add(Label::new(marker).selectable(false));
                        return;
                    }
                    ui.add(Label::new(marker).selectable(false));
                    ui.add_space((left + indent_px - ui.cursor().left()).max(0.0));
                    ui.vertical(|ui| text.show(ui));
                });
            }
            Self::Quote {
                indent_px,
                line,
                text,
                text_px,
                side,
            } => {
                let shown = ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 0.0;
                    if side == Side::Left {
                        ui.add_space(indent_px);
                    }
                    ui.vertical(|ui| text.show(ui));
                });
                let rect = shown.response.rect;
                let x = match side {
                    Side::Left => rect.left() + 2.0,
                    Side::Right => rect.left() + text_px + indent_px - 2.0,
                };
                let stroke = Stroke::new(2.0, line);
                ui.painter().vline(x, rect.y_range(), stroke);
            }
            Self::Table(table) => table.show(ui),
            Self::Rule { height_px, line } => {
                let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height_px));
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

    fn height(&self) -> f32 {
        let rows = self.rows.iter();
        rows.map(|row| Self::row_height(row) + self.gap.y).sum()
    }

    fn show(self, ui: &mut Ui) {
        let gap = self.gap;
        let widths = self.widths_px.iter();
        let across = widths.map(|width| width + gap.x).sum::<f32>() - gap.x;
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
                let y = rect.bottom() - 0.5 * gap.y;
                ui.painter()
                    .hline(rect.x_range(), y, Stroke::new(1.0, self.line));
            }
        }
    }
}
