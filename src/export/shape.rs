//! A line of text as glyphs with their positions, in the window's visual order.
//!
//! The runs are those of [`bidi`], so that mixed lines are ordered as on the screen; each is split
//! where its font changes and shaped in its own direction, by the shaper that the toolkit uses too.
//! What is made of the glyphs is left to [`svg`](super::svg) and [`pdf`](super::pdf).

use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use harfrust::{Direction, ShapeOptions, UnicodeBuffer};
use unicode_segmentation::UnicodeSegmentation as _;

use super::fonts::{FallbackFonts, FontId, Fonts};
use crate::layout::{Face, TextMeasure, bidi};

/// A glyph; lengths are in ems.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// The characters that it stands for, in bytes of the line.
    pub range: Range<usize>,
    /// How far the next glyph is to the right.
    pub advance: f32,
    /// How far it is moved to the right.
    pub dx: f32,
    /// How far it is moved up.
    pub dy: f32,
}

/// Glyphs of one font and direction, from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// The font.
    pub font: FontId,
    /// Its characters, in bytes of the line.
    pub range: Range<usize>,
    /// Whether it is read from right to left.
    pub is_right_to_left: bool,
    /// Where it begins, in ems from the left end of the line.
    pub x: f32,
    /// Its width, in ems.
    pub width: f32,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// A shaped line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GlyphLine {
    /// From left to right.
    pub runs: Vec<GlyphRun>,
    /// Its width, in ems.
    pub width: f32,
}

/// Shapes the lines of one document.
pub struct Shaper<'p> {
    /// The fonts that are used so far.
    pub fonts: Fonts<'p>,
    lines: HashMap<(Face, String), Arc<GlyphLine>>,
}

impl<'p> Shaper<'p> {
    /// A shaper with the bundled faces and those of a provider.
    pub fn new(fallback: &'p dyn FallbackFonts) -> Self {
        Self {
            fonts: Fonts::new(fallback),
            lines: HashMap::new(),
        }
    }

    /// One line of text in a face.
    pub fn line(&mut self, text: &str, face: Face) -> Arc<GlyphLine> {
        let key = (face, text.to_owned());
        if let Some(line) = self.lines.get(&key) {
            return Arc::clone(line);
        }
        let line = Arc::new(self.shaped(text, face));
        self.lines.insert(key, Arc::clone(&line));
        line
    }

    /// A line that is shaped as a whole by the provider's font for its first character.
    #[cfg(test)]
    pub(super) fn shaped_in_fallback(&mut self, text: &str, face: Face) -> GlyphLine {
        let mut line = GlyphLine::default();
        let font = self.fonts.of_character('\u{10FFFD}', face).unwrap();
        for run in bidi::visual_runs(text, None, &[]) {
            let run = self.run(text, run.range, font, run.is_right_to_left);
            line.runs.extend(run);
        }
        line
    }

    fn shaped(&mut self, text: &str, face: Face) -> GlyphLine {
        let mut line = GlyphLine::default();
        for run in bidi::visual_runs(text, None, &[]) {
            let mut pieces = self.pieces(text, run.range, run.kind.face(face));
            if run.is_right_to_left {
                pieces.reverse();
            }
            for (font, range) in pieces {
                if let Some(mut run) = self.run(text, range, font, run.is_right_to_left) {
                    run.x = line.width;
                    line.width += run.width;
                    line.runs.push(run);
                }
            }
        }
        line
    }

    /// The parts of a run by their font, in the order of the text.
    fn pieces(&mut self, text: &str, run: Range<usize>, face: Face) -> Vec<(FontId, Range<usize>)> {
        let mut pieces: Vec<(FontId, Range<usize>)> = Vec::new();
        let of_run = text.get(run.clone()).unwrap_or_default();
        for (at, cluster) in of_run.grapheme_indices(true) {
            let range = run.start + at..run.start + at + cluster.len();
            let Some(first) = cluster.chars().next() else {
                continue;
            };
            let Some(font) = self.fonts.of_character(first, face) else {
                continue;
            };
            match pieces.last_mut() {
                Some((last, piece)) if *last == font => piece.end = range.end,
                _ => pieces.push((font, range)),
            }
        }
        pieces
    }

    fn run(
        &self,
        text: &str,
        range: Range<usize>,
        id: FontId,
        is_right_to_left: bool,
    ) -> Option<GlyphRun> {
        let font = self.fonts.get(id)?;
        let tables = font.tables()?;
        let shaper = font.shaper.shaper(&tables).build();
        let mut buffer = UnicodeBuffer::new();
        let of_run = text.get(range.clone())?;
        for (at, character) in of_run.char_indices() {
            if !bidi::is_control(character) {
                buffer.add(character, u32::try_from(at).ok()?);
            }
        }
        buffer.guess_segment_properties();
        buffer.set_direction(if is_right_to_left {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        });
        let shaped = shaper.shape(buffer, ShapeOptions::new());
        let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
        let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
        starts.push(of_run.len());
        starts.sort_unstable();
        starts.dedup();
        let em = |units: i32| units as f32 / font.units_per_em;
        let glyphs = infos.iter().zip(positions).map(|(info, position)| {
            let start = info.cluster as usize;
            let after = starts.partition_point(|&other| other <= start);
            let end = starts.get(after).copied().unwrap_or(of_run.len());
            Glyph {
                id: info.glyph_id,
                range: range.start + start..range.start + end,
                advance: em(position.x_advance),
                dx: em(position.x_offset),
                dy: em(position.y_offset),
            }
        });
        let glyphs: Vec<Glyph> = glyphs.collect();
        Some(GlyphRun {
            font: id,
            is_right_to_left,
            x: 0.0,
            width: glyphs.iter().map(|glyph| glyph.advance).sum(),
            range,
            glyphs,
        })
    }
}

/// Measures lines as they are drawn, kerning and joining included: for texts whose pieces stand next
/// to each other.
pub struct ExactMeasure<'p>(Mutex<Shaper<'p>>);

impl<'p> ExactMeasure<'p> {
    /// Measures with the bundled faces and those of a provider.
    pub fn new(fallback: &'p dyn FallbackFonts) -> Self {
        Self(Mutex::new(Shaper::new(fallback)))
    }
}

impl TextMeasure for ExactMeasure<'_> {
    fn width(&self, text: &str, face: Face, size_px: f32) -> f32 {
        let mut shaper = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shaper.line(text, face).width * size_px
    }

    /// A character that no bundled face has is taken from a font that is in use, where one has it.
    fn depends_on_order(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{export::fonts::BundledOnly, layout::BundledFonts};

    #[test]
    fn runs_stand_in_visual_order_and_say_which_characters_they_are() {
        let text = "Mosul (الموصل), 2016";
        let mut shaper = Shaper::new(&BundledOnly);
        let line = shaper.line(text, Face::SansMedium);
        let of = |range: &Range<usize>| text.get(range.clone()).unwrap();
        let runs: Vec<_> = line.runs.iter().map(|run| of(&run.range)).collect();
        assert_eq!(runs, ["Mosul (", "الموصل", "), ", "2016"]);
        let arabic = &line.runs[1];
        assert!(arabic.is_right_to_left);
        let letters: Vec<_> = arabic
            .glyphs
            .iter()
            .rev()
            .map(|glyph| of(&glyph.range))
            .collect();
        assert_eq!(letters.concat(), "الموصل", "from right to left");
        let ends = line.runs.iter().map(|run| run.x + run.width);
        let starts = line.runs.iter().skip(1).map(|run| run.x);
        assert!(
            ends.zip(starts)
                .all(|(end, start)| (end - start).abs() < 1e-4)
        );
    }

    /// Layout reserves what [`BundledFonts`] measures: a shaped line must not be wider.
    #[test]
    fn no_line_is_wider_than_it_was_measured() {
        let fonts = BundledFonts::default();
        let mut shaper = Shaper::new(&BundledOnly);
        for text in [
            "Qais al-Khazali is released",
            "AVATAR To. Yes, We",
            "معركة الموصل 2016–2017",
            "אחד (two) שלוש 1948",
            "مُحَمَّد · ١٠ حزيران ٢٠١٤",
        ] {
            for face in [
                Face::Sans,
                Face::SansSemiBold,
                Face::Serif,
                Face::SerifItalic,
            ] {
                let drawn = shaper.line(text, face).width * 20.0;
                let measured = fonts.width(text, face, 20.0);
                assert!(
                    drawn <= measured + 0.75,
                    "{text} {face:?}: {drawn} > {measured}"
                );
            }
        }
    }

    #[test]
    fn a_character_without_a_font_is_an_empty_box_and_keeps_its_place() {
        let mut shaper = Shaper::new(&BundledOnly);
        let line = shaper.line("a漢b", Face::Sans);
        assert_eq!(line.runs.len(), 1);
        assert_eq!(line.runs[0].glyphs[1].id, 0);
    }
}
