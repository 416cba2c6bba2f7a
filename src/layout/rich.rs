//! Markdown as rows of text in several styles, for pages.
//!
//! Words are broken into lines by their measured widths; in a paragraph from right to left the
//! pieces of a line follow each other from the right. Each piece is ordered in itself when it is
//! shaped.

use super::{
    flow::{Piece, Row},
    line_breaks,
    measure::{Face, TextMeasure},
    scene::Anchor,
    theme::Rgba,
    typeset::{TextStyle, directed, is_right_to_left},
};
use crate::model::{
    markdown::{self, Block, Span},
    web_address,
};

/// How a text in several styles looks.
#[derive(Copy, Clone, Debug)]
pub struct RichStyle {
    /// The style of plain words.
    pub text: TextStyle,
    /// The face of emphasis.
    pub emphasis: Face,
    /// The face of strong words.
    pub strong: Face,
    /// The colour of links.
    pub link: Rgba,
}

/// The rows of a Markdown text, with the air between its blocks.
pub fn rows(text: &str, style: &RichStyle, width_px: f32, measure: &dyn TextMeasure) -> Vec<Row> {
    rows_of(&markdown::blocks(text), style, width_px, measure)
}

/// The rows of blocks, with the air between them.
pub fn rows_of(
    blocks: &[Block],
    style: &RichStyle,
    width_px: f32,
    measure: &dyn TextMeasure,
) -> Vec<Row> {
    let mut writer = Writer {
        style,
        measure,
        rows: Vec::new(),
    };
    writer.blocks(blocks, 0.0, width_px);
    writer.rows
}

/// The rows of one paragraph of spans.
pub fn paragraph(
    spans: &[Span],
    style: &RichStyle,
    width_px: f32,
    measure: &dyn TextMeasure,
) -> Vec<Row> {
    let mut writer = Writer {
        style,
        measure,
        rows: Vec::new(),
    };
    writer.spans(spans, 0.0, width_px);
    writer.rows
}

/// The rows of a text in one style.
pub fn plain(text: &str, style: TextStyle, width_px: f32, measure: &dyn TextMeasure) -> Vec<Row> {
    let span = Span {
        text: text.to_owned(),
        ..Span::default()
    };
    let style = RichStyle {
        text: style,
        emphasis: style.face,
        strong: style.face,
        link: style.color,
    };
    paragraph(&[span], &style, width_px, measure)
}

struct Writer<'a> {
    style: &'a RichStyle,
    measure: &'a dyn TextMeasure,
    rows: Vec<Row>,
}

/// A word, or a part of one, in one style.
struct Word<'a> {
    text: &'a str,
    face: Face,
    link: Option<&'a str>,
    has_space_before: bool,
    breaks_before: bool,
    /// Whether it goes on with the word before, in another style.
    goes_on: bool,
}

impl Writer<'_> {
    /// Writes blocks between two edges, with air between them.
    fn blocks(&mut self, blocks: &[Block], left: f32, right: f32) {
        const INDENT_PX: f32 = 16.0;
        for (number, block) in blocks.iter().enumerate() {
            if number > 0 {
                self.air(0.35);
            }
            match block {
                Block::Paragraph(spans) => self.spans(spans, left, right),
                Block::Heading { spans, .. } => {
                    self.spans(&markdown::strong(spans), left, right);
                }
                Block::List(items) => {
                    for item in items {
                        let first = self.rows.len();
                        let marker = item.marker();
                        let style = self.style.text;
                        let width = self.measure.width(marker, style.face, style.size_px) + 6.0;
                        let indent = width.max(INDENT_PX);
                        // At the side at which its text begins.
                        let is_turned = is_right_to_left(&markdown::first_words(&item.blocks));
                        let mut piece = self.piece(marker, style.face, None);
                        if is_turned {
                            self.blocks(&item.blocks, left, right - indent);
                            (piece.x, piece.anchor) = (right, Anchor::End);
                        } else {
                            self.blocks(&item.blocks, left + indent, right);
                            piece.x = left;
                        }
                        if self.rows.len() == first {
                            self.rows.push(self.empty_row());
                        }
                        if let Some(row) = self.rows.get_mut(first) {
                            row.pieces.insert(0, piece);
                        }
                    }
                }
                Block::Quote(blocks) => self.blocks(blocks, left + INDENT_PX, right),
                Block::Code(code) => {
                    for line in code.lines() {
                        if line.trim().is_empty() {
                            self.rows.push(self.empty_row());
                            continue;
                        }
                        let span = Span {
                            text: line.replace(' ', "\u{a0}"),
                            ..Span::default()
                        };
                        self.spans(&[span], left + INDENT_PX, right);
                    }
                }
                Block::Table(rows) => {
                    for row in rows {
                        let cells: Vec<String> =
                            row.iter().map(|cell| markdown::plain(cell)).collect();
                        let span = Span {
                            text: cells.join(" · "),
                            ..Span::default()
                        };
                        self.spans(&[span], left, right);
                    }
                }
                Block::Rule => self.air(0.5),
            }
        }
    }

    /// Air below the last row, as a share of a line.
    fn air(&mut self, lines: f32) {
        if let Some(last) = self.rows.last_mut() {
            last.height_px += lines * self.style.text.line_px;
        }
    }

    fn empty_row(&self) -> Row {
        Row {
            height_px: self.style.text.line_px,
            baseline_px: self.style.text.first_baseline_px(),
            ..Row::default()
        }
    }

    fn piece(&self, text: &str, face: Face, link: Option<&str>) -> Piece {
        let style = self.style.text;
        Piece {
            x: 0.0,
            anchor: Anchor::Start,
            face,
            size_px: style.size_px,
            color: if link.and_then(web_address).is_some() {
                self.style.link
            } else {
                style.color
            },
            text: text.to_owned(),
        }
    }

    fn spans(&mut self, spans: &[Span], left: f32, right: f32) {
        let whole = markdown::plain(spans);
        if whole.trim().is_empty() {
            return;
        }
        let is_right_to_left = is_right_to_left(&whole);
        let faced: Vec<(Face, &Span)> = spans.iter().map(|span| (self.face(span), span)).collect();
        let words = words(&faced);
        let mut line: Vec<&Word<'_>> = Vec::new();
        let mut used = 0.0;
        let broken: Vec<Word<'_>> = words
            .into_iter()
            .flat_map(|word| self.broken(word, right - left))
            .collect();
        let mut at = 0;
        while let Some(word) = broken.get(at) {
            // A word of several styles is not divided.
            let mut end = at + 1;
            while broken.get(end).is_some_and(|next| next.goes_on) {
                end += 1;
            }
            let parts = broken.get(at..end).unwrap_or_default();
            let width: f32 = parts
                .iter()
                .map(|part| self.width(part.text, part.face))
                .sum();
            let space = if line.is_empty() || !word.has_space_before {
                0.0
            } else {
                self.width(" ", word.face)
            };
            let is_full = !line.is_empty() && used + space + width > right - left;
            if is_full || (word.breaks_before && !line.is_empty()) {
                self.line(&line, (left, right), is_right_to_left);
                line.clear();
                used = 0.0;
            }
            used += if line.is_empty() {
                width
            } else {
                space + width
            };
            line.extend(parts);
            at = end;
        }
        if !line.is_empty() {
            self.line(&line, (left, right), is_right_to_left);
        }
    }

    /// A word in pieces that fit the width: addresses are long.
    fn broken<'w>(&self, word: Word<'w>, width_px: f32) -> Vec<Word<'w>> {
        if self.width(word.text, word.face) <= width_px {
            return vec![word];
        }
        let width = |text: &str| self.width(text, word.face);
        line_breaks::broken_word(word.text, width_px, width)
            .into_iter()
            .enumerate()
            .map(|(number, text)| Word {
                text,
                has_space_before: number == 0 && word.has_space_before,
                breaks_before: number > 0 || word.breaks_before,
                goes_on: number == 0 && word.goes_on,
                ..word
            })
            .collect()
    }

    fn width(&self, text: &str, face: Face) -> f32 {
        self.measure.width(text, face, self.style.text.size_px)
    }

    const fn face(&self, span: &Span) -> Face {
        if span.is_strong {
            self.style.strong
        } else if span.is_emphasis {
            self.style.emphasis
        } else {
            self.style.text.face
        }
    }

    /// Writes a line: words in one style that follow each other are one piece.
    fn line(&mut self, words: &[&Word<'_>], (left, right): (f32, f32), is_right_to_left: bool) {
        let mut row = self.empty_row();
        let mut x = 0.0;
        let runs = words.chunk_by(|a, b| a.face == b.face && a.link == b.link);
        for (number, run) in runs.enumerate() {
            let Some(first) = run.first() else { continue };
            if number > 0 && first.has_space_before {
                x += self.width(" ", first.face);
            }
            let mut text = String::new();
            for (number, word) in run.iter().enumerate() {
                if number > 0 && word.has_space_before {
                    text.push(' ');
                }
                text.push_str(word.text);
            }
            let width = self.width(&text, first.face);
            let text = directed(text, is_right_to_left);
            let mut piece = self.piece(&text, first.face, first.link);
            let (from, to) = if is_right_to_left {
                piece.anchor = Anchor::End;
                piece.x = right - x;
                (right - x - width, right - x)
            } else {
                piece.x = left + x;
                (left + x, left + x + width)
            };
            if let Some(url) = first.link.and_then(web_address) {
                row.links.push((from, to, url.to_owned()));
            }
            row.pieces.push(piece);
            x += width;
        }
        self.rows.push(row);
    }
}

/// The words of spans; a hard break before one is kept.
fn words<'a>(spans: &[(Face, &'a Span)]) -> Vec<Word<'a>> {
    let mut words = Vec::new();
    let mut has_space = false;
    let mut breaks = false;
    for (face, span) in spans {
        for (number, paragraph) in span.text.split('\n').enumerate() {
            breaks |= number > 0;
            let mut end = 0;
            for (place, range) in line_breaks::words(paragraph).into_iter().enumerate() {
                has_space |= range.start > end;
                end = range.end;
                // Words that follow each other in one style may be parted, as in Chinese.
                let is_first = number == 0 && place == 0;
                words.push(Word {
                    text: paragraph.get(range).unwrap_or_default(),
                    face: *face,
                    link: span.link.as_deref(),
                    has_space_before: has_space,
                    breaks_before: breaks,
                    goes_on: is_first && !words.is_empty() && !has_space && !breaks,
                });
                (has_space, breaks) = (false, false);
            }
            has_space |= end < paragraph.len();
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::BundledFonts;

    fn lines(text: &str, width_px: f32) -> Vec<String> {
        let ink = Rgba::hex(0);
        let style = RichStyle {
            text: TextStyle::new(Face::Serif, 12.0, 16.0, ink),
            emphasis: Face::SerifItalic,
            strong: Face::SerifSemiBold,
            link: ink,
        };
        let rows = rows(text, &style, width_px, &BundledFonts::default());
        let words = |row: &Row| {
            let pieces = row.pieces.iter().map(|piece| {
                let mark = match piece.face {
                    Face::SerifItalic => "/",
                    Face::SerifSemiBold => "*",
                    _ => "",
                };
                format!("{mark}{}{mark}", piece.text)
            });
            pieces.collect::<Vec<_>>().join("|")
        };
        rows.iter().map(words).collect()
    }

    #[test]
    fn styles_are_pieces_of_a_line_and_lists_have_their_numbers() {
        assert_eq!(
            lines("The *fatwa* was **issued**, then", 1000.0),
            ["The|/fatwa/|was|*issued*|, then"]
        );
        assert_eq!(lines("1. one\n2. two", 1000.0), ["1.|one", "2.|two"]);
        assert_eq!(lines("a\\\nb", 1000.0), ["a", "b"]);
        assert_eq!(lines("", 1000.0), [""; 0]);
    }

    #[test]
    fn a_text_without_spaces_is_broken_and_a_line_has_the_direction_of_its_paragraph() {
        let fonts = BundledFonts::default();
        let text = "明治維新は江戸幕府を倒して新しい政府を作った一連の改革である。".repeat(4);
        let broken = lines(&text, 200.0);
        assert!(broken.len() > 3, "{broken:?}");
        for line in &broken {
            assert!(fonts.width(line, Face::Serif, 12.0) <= 200.0, "{line}");
        }
        assert_eq!(broken.concat(), text);
        let narrow = lines("People (الجيش العراقي)", 70.0);
        assert!(narrow.len() > 1);
        for line in narrow.iter().skip(1) {
            assert!(line.starts_with('\u{200e}'), "{line:?}");
        }
    }

    #[test]
    fn lines_fit_their_width_and_long_words_are_broken() {
        let fonts = BundledFonts::default();
        for line in lines(
            "A https://example.org/a/very/long/address/indeed ends",
            80.0,
        ) {
            assert!(fonts.width(&line, Face::Serif, 12.0) <= 80.0, "{line}");
        }
    }

    #[test]
    fn a_paragraph_from_right_to_left_is_one_line_after_the_other_from_the_right() {
        assert_eq!(lines("معركة *الموصل*", 1000.0), ["معركة|/الموصل/"]);
    }
}
