//! What a worksheet asks, and its key.

use super::Writer;
use crate::{
    export::worksheet::{Gap, Worksheet},
    layout::{
        Face, Scene, Theme,
        flow::{Block, Piece, Row},
        page::Role,
        scene::{Anchor, Rect, Shape},
    },
    model::EventId,
};

const LEFT_TO_RIGHT_MARK: char = '\u{200e}';
/// The distance of lines to write on, in px: 8 mm.
const WRITING_PX: f32 = 30.0;

impl Writer<'_> {
    /// What a worksheet asks.
    pub(super) fn exercise(&mut self, worksheet: &Worksheet) {
        let width = self.inner.0;
        let task = self.rows(worksheet.task(), self.styles.body.text, width);
        self.blocks
            .push(Block::new(Role::Paragraph, 16.0, task).below_all());
        if worksheet.kind == Gap::Order {
            for &event in &worksheet.shuffled {
                self.order_item(event);
            }
            return;
        }
        if worksheet.kind == Gap::Title {
            let titles: Vec<&str> = worksheet
                .shuffled
                .iter()
                .map(|&event| self.timeline.event(event).title)
                .collect();
            let rows = self.rows(&titles.join("  ·  "), self.styles.small, width);
            self.blocks.push(Block::new(Role::Paragraph, 8.0, rows));
        }
        for event in self.events() {
            let gap = worksheet.is_gap(event).then_some(worksheet.kind);
            self.event(event, gap);
        }
    }

    /// An event without its date, and a box for its number.
    fn order_item(&mut self, event: EventId) {
        const BOX_PX: f32 = 26.0;
        let x = BOX_PX + 16.0;
        let width = self.inner.0 - x;
        let mut rows = self.rows(self.timeline.event(event).title, self.styles.heading, width);
        for row in &mut rows {
            row.pieces.iter_mut().for_each(|piece| {
                if piece.anchor == Anchor::Start {
                    piece.x += x;
                }
            });
        }
        if let Some(first) = rows.first_mut() {
            let mut scene = Scene::default();
            scene.shapes.push(Shape::Frame {
                rect: Rect::new(0.0, 0.0, BOX_PX, BOX_PX),
                radius: 3.0,
                fill: self.input.theme.panel,
                border: self.input.theme.muted,
                border_px: 1.0,
            });
            first.scene = Some(scene);
            first.scene_scale = 1.0;
            first.height_px = first.height_px.max(BOX_PX + 2.0);
            first.baseline_px += 3.0;
        }
        self.blocks.push(Block::new(Role::Item, 10.0, rows));
    }

    /// The answers.
    pub(super) fn key(&mut self, worksheet: &Worksheet) {
        let heading = self.rows("Key", self.styles.section, self.inner.0);
        self.blocks
            .push(Block::new(Role::Heading(2), 0.0, heading).with_next());
        let asked: Vec<EventId> = match worksheet.kind {
            Gap::Order => {
                let mut events = worksheet.shuffled.clone();
                events.sort_unstable();
                events
            }
            _ => self
                .events()
                .into_iter()
                .filter(|&event| worksheet.is_gap(event))
                .collect(),
        };
        for (number, event) in asked.into_iter().enumerate() {
            let title = self.timeline.event(event).title;
            let date = self.timeline.date_words(event).date;
            // A list from left to right, whatever a title begins with.
            let line = match worksheet.kind {
                Gap::Order => format!("{LEFT_TO_RIGHT_MARK}{}. {title} ({date})", number + 1),
                _ => format!("{LEFT_TO_RIGHT_MARK}{date}: {title}"),
            };
            let rows = self.rows(&line, self.styles.small, self.inner.0);
            self.blocks.push(Block::new(Role::Item, 4.0, rows));
        }
    }
}

/// A line to write on.
pub(super) fn writing_line(width: f32, theme: &Theme) -> Row {
    let mut scene = Scene::default();
    let y = WRITING_PX - 6.0;
    scene.rect(Rect::new(0.0, y, width, y + 0.75), theme.muted);
    Row {
        height_px: WRITING_PX,
        baseline_px: y - 3.0,
        // Not a scene alone: texts can stand on it.
        pieces: vec![Piece {
            x: 0.0,
            anchor: Anchor::Start,
            face: Face::Sans,
            size_px: 11.0,
            color: theme.muted,
            text: " ".to_owned(),
        }],
        scene: Some(scene),
        scene_scale: 1.0,
        ..Row::default()
    }
}
