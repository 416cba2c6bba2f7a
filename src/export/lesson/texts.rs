//! The texts of a slide: each in its style, in the largest letters with which all of them fit.

use super::story::Story;
use crate::{
    layout::{
        Face, LineBreaker, TextMeasure, Theme,
        flow::Row,
        rich::{self, RichStyle},
        scene::{Anchor, Rect},
        theme::Rgba,
        typeset::TextStyle,
    },
    model::markdown::{self, Block, Span},
};

/// The share of the width that a title takes beside a text or a picture.
pub const TITLE_SHARE: f32 = 0.53;
/// The share of the width that the gap beside it takes.
pub const GAP_SHARE: f32 = 0.05;
/// The steps in which letters shrink until a story fits; the text shrinks by their square roots.
const SHRINKING: [f32; 9] = [1.0, 0.9, 0.8, 0.7, 0.62, 0.55, 0.48, 0.41, 0.34];
/// The smallest text.
pub const LEAST_PX: f32 = 20.0;

/// What a text on a slide is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The lane, above the title.
    Lane,
    /// The title.
    Title,
    /// The date in words.
    Date,
    /// What is not known of it.
    Note,
    /// The text.
    Body,
    /// Answers, or events to be put in order.
    Answers,
}

/// A text on a slide.
pub struct SlideText {
    /// What it is.
    pub kind: TextKind,
    /// Where.
    pub rect: Rect,
    /// Its words.
    pub blocks: Vec<Block>,
    /// The size of its letters.
    pub size_px: f32,
    /// Its colour.
    pub color: Rgba,
}

impl TextKind {
    /// The distance of baselines as a multiple of the letters' size.
    const fn line_height(self) -> f32 {
        match self {
            Self::Title => 1.12,
            Self::Body | Self::Answers => 1.42,
            _ => 1.25,
        }
    }

    const fn face(self) -> Face {
        match self {
            Self::Lane => Face::SansBold,
            Self::Title => Face::SerifSemiBold,
            Self::Date => Face::SansSemiBold,
            Self::Note => Face::Sans,
            Self::Body | Self::Answers => Face::Serif,
        }
    }
}

/// A text in one style; nothing of an empty one.
fn words_of(text: &str) -> Vec<Block> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let span = Span {
        text: text.to_owned(),
        ..Span::default()
    };
    vec![Block::Paragraph(vec![span])]
}

impl SlideText {
    /// The words of a text in one style.
    fn words(&self) -> String {
        let texts = self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(spans) => Some(markdown::plain(spans)),
            _ => None,
        });
        texts.collect()
    }

    fn style(&self) -> TextStyle {
        let line_px = self.size_px * self.kind.line_height();
        TextStyle::new(self.kind.face(), self.size_px, line_px, self.color)
    }
}

/// Sets the texts of slides.
#[derive(Clone, Copy)]
pub struct Typesetter<'a> {
    /// Gives colours and sizes.
    pub theme: &'static Theme,
    /// Measures them.
    pub measure: &'a dyn TextMeasure,
}

impl Typesetter<'_> {
    /// The texts in the largest letters with which all of them fit, or the smallest; and whether they
    /// fit.
    pub fn texts(
        &self,
        story: &Story<'_>,
        room: Rect,
        has_picture: bool,
    ) -> (Vec<SlideText>, bool) {
        let mut last = Vec::new();
        for shrunk in SHRINKING {
            let (texts, fits) = self.texts_at(story, room, has_picture, shrunk);
            if fits {
                return (texts, true);
            }
            last = texts;
        }
        (last, false)
    }

    /// The texts in letters of a size, as a multiple of the usual; and whether they fit.
    pub fn texts_at(
        &self,
        story: &Story<'_>,
        room: Rect,
        has_picture: bool,
        shrunk: f32,
    ) -> (Vec<SlideText>, bool) {
        let theme = self.theme;
        let less = shrunk.sqrt();
        let size = |px: f32, by: f32| (px * by * theme.scale).max(LEAST_PX).round();
        let has_side = !story.body.is_empty() || !story.answers.is_empty();
        let is_divided = has_picture || has_side && !story.title.is_empty() && !story.is_continued;
        let width = if is_divided {
            room.width() * TITLE_SHARE
        } else {
            room.width()
        };
        let mut texts = Vec::new();
        let mut fits = true;
        let mut y = room.y0;
        let mut add = |kind: TextKind,
                       blocks: Vec<Block>,
                       gap: f32,
                       at: (f32, f32, f32),
                       look: (f32, Rgba)| {
            let (x, top, width) = at;
            if blocks.is_empty() {
                return top;
            }
            let mut text = SlideText {
                kind,
                rect: Rect::new(x, top + gap, x + width, top + gap),
                blocks,
                size_px: look.0,
                color: look.1,
            };
            let (height, widest) = self.measured(&text);
            text.rect.y1 = text.rect.y0 + height;
            fits &= widest <= width + 1.0 && text.rect.y1 <= room.y1;
            let below = text.rect.y1;
            texts.push(text);
            below
        };
        let left = |y: f32| (room.x0, y, width);
        if let Some((lane, color)) = story.lane {
            y = add(
                TextKind::Lane,
                words_of(&lane.to_uppercase()),
                0.0,
                left(y),
                (LEAST_PX, color),
            );
        }
        let title = (size(96.0, shrunk), theme.ink);
        y = add(TextKind::Title, words_of(story.title), 10.0, left(y), title);
        let date = (size(34.0, less), theme.ink);
        y = add(
            TextKind::Date,
            words_of(&story.date),
            0.5 * date.0,
            left(y),
            date,
        );
        let note = (size(28.0, less), theme.muted);
        y = add(TextKind::Note, words_of(&story.note), 4.0, left(y), note);
        let body = (size(34.0, less), theme.ink);
        // Beside a picture, the text stands below the title.
        let (x, mut top, side) = if is_divided && !has_picture {
            let gap = room.width() * GAP_SHARE;
            (room.x0 + width + gap, room.y0, room.width() - width - gap)
        } else {
            (room.x0, y, width)
        };
        let drop = if is_divided && !has_picture {
            36.0
        } else {
            0.8 * body.0
        };
        top = add(
            TextKind::Answers,
            story.answers.clone(),
            drop,
            (x, top, side),
            body,
        );
        let gap = if story.answers.is_empty() {
            drop
        } else {
            0.6 * body.0
        };
        add(
            TextKind::Body,
            story.body.clone(),
            gap,
            (x, top, side),
            body,
        );
        (texts, fits)
    }

    /// The rows of a text.
    pub fn rows(&self, text: &SlideText) -> Vec<Row> {
        let style = text.style();
        let (width, exact) = (text.rect.width(), self.measure);
        match text.kind {
            TextKind::Body | TextKind::Answers => {
                let style = RichStyle {
                    text: style,
                    emphasis: Face::SerifItalic,
                    strong: Face::SerifSemiBold,
                    link: self.theme.accent,
                };
                rich::rows_of(&text.blocks, &style, width, exact)
            }
            TextKind::Title => {
                let breaker = LineBreaker {
                    face: style.face,
                    size_px: style.size_px,
                    width_px: width,
                    measure: exact,
                };
                let lines = breaker.balanced_lines(&text.words());
                lines
                    .iter()
                    .flat_map(|line| rich::plain(line, style, width, exact))
                    .collect()
            }
            _ => rich::plain(&text.words(), style, width, exact),
        }
    }

    /// The height of a text and the width of its widest line.
    fn measured(&self, text: &SlideText) -> (f32, f32) {
        let rows = self.rows(text);
        let widest = rows.iter().flat_map(|row| &row.pieces).map(|piece| {
            let width = self.measure.width(&piece.text, piece.face, piece.size_px);
            match piece.anchor {
                Anchor::Start => piece.x + width,
                _ => width,
            }
        });
        (
            rows.iter().map(|row| row.height_px).sum(),
            widest.fold(0.0, f32::max),
        )
    }
}
