//! A font with only the characters that a document uses, as another program needs it to shape them:
//! with its rules for ligatures, joining and kerning.

use std::collections::BTreeSet;

use skera::{DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::raw::{
    collections::IntSet,
    types::{GlyphId, NameId, Tag},
};

use super::fonts::Font;

/// What other programs don't need to draw the text.
const DROPPED: [&[u8; 4]; 8] = [
    b"DSIG", b"kern", b"LTSH", b"PCLT", b"JSTF", b"EBDT", b"EBLC", b"SVG ",
];
/// Names 0 to 6: copyright, family, style.
const NAMES: std::ops::RangeInclusive<u16> = 0..=6;
const ENGLISH: u16 = 0x409;

/// The font with these characters, as a TrueType or OpenType file; the whole font where it cannot be
/// taken apart.
pub fn subset(font: &Font, characters: &BTreeSet<char>) -> Vec<u8> {
    let whole = || (*font.file.bytes).as_ref().to_vec();
    let Some(tables) = font.tables() else {
        return whole();
    };
    let mut unicodes = IntSet::<u32>::empty();
    for &character in characters {
        unicodes.insert(u32::from(character));
    }
    let mut names = IntSet::<NameId>::empty();
    names.insert_range(NameId::from(*NAMES.start())..=NameId::from(*NAMES.end()));
    let mut languages = IntSet::<u16>::empty();
    languages.insert(ENGLISH);
    let plan = Plan::new(
        &IntSet::<GlyphId>::empty(),
        &unicodes,
        &tables,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &DROPPED.iter().map(|tag| Tag::new(tag)).collect(),
        &IntSet::<Tag>::all(),
        &DEFAULT_LAYOUT_FEATURES.iter().copied().collect(),
        &names,
        &languages,
    );
    subset_font(&tables, &plan).unwrap_or_else(|_| whole())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        export::{
            fonts::{BundledOnly, FallbackFonts, FontFile},
            shape::Shaper,
        },
        layout::Face,
    };

    /// Takes the place of the system's fonts.
    struct Only(FontFile);

    impl FallbackFonts for Only {
        fn font_with(&self, _: char) -> Option<FontFile> {
            Some(self.0.clone())
        }
    }

    /// Whoever opens an SVG shapes its texts anew, with the subset: the same lines must come out.
    #[test]
    fn a_subset_shapes_its_characters_like_the_whole_font() {
        for (text, face) in [
            (
                "Qais al-Khazali is released, AVATAR To 2016–2017 fi",
                Face::SansMedium,
            ),
            ("Grand Ayatollah’s “fatwa” affiliation", Face::SerifSemiBold),
            ("مُحَمَّد معركة الموصل لله", Face::Arabic),
            ("שלום עולם", Face::Hebrew),
        ] {
            let mut shaper = Shaper::new(&BundledOnly);
            let whole = shaper.line(text, face);
            let id = whole.runs[0].font;
            let font = shaper.fonts.get(id).unwrap();
            let small = subset(font, &text.chars().collect());
            assert!(
                small.len() * 4 < face.bytes().len(),
                "{face:?}: {}",
                small.len()
            );
            let file = FontFile {
                bytes: Arc::new(small),
                index: 0,
                family: "small".to_owned(),
            };
            // No bundled face has this character, so the text is shaped by the fallback.
            let only = Only(file);
            let mut again = Shaper::new(&only);
            let small = again.shaped_in_fallback(text, face);
            let widths = |line: &crate::export::shape::GlyphLine| {
                let glyphs = line.runs.iter().flat_map(|run| &run.glyphs);
                glyphs
                    .map(|glyph| [glyph.advance, glyph.dx, glyph.dy])
                    .collect::<Vec<_>>()
            };
            assert_eq!(widths(&small), widths(&whole), "{text}");
        }
    }
}
