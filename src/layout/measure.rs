//! How wide a text is: the bundled faces and their advance widths.
//!
//! Rows are chosen by these widths, on any thread, without a window. It leaves
//! shaping to the painter: [`BundledFonts`] adds up nominal advances and leaves out kerning and the
//! joining of Arabic letters. Both nearly always make a text narrower, so the sum serves as an
//! upper bound, with slack for the pairs that kern apart; a test in `view::text` compares it with
//! the window's own galleys. In exchange a width costs one look-up per character.

use std::{collections::HashMap, sync::OnceLock};

use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};
use unicode_normalization::char::is_combining_mark;

/// A bundled face. Weights are faces of their own, as drawn by their designers.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// Inter 400: the interface, dates.
    Sans,
    /// Inter 500: labels.
    SansMedium,
    /// Inter 600: lane names, the selected label.
    SansSemiBold,
    /// Inter 700: dates in the story.
    SansBold,
    /// Source Serif 4 400: stories.
    Serif,
    /// Source Serif 4 italic: emphasis.
    SerifItalic,
    /// Source Serif 4 600: titles.
    SerifSemiBold,
    /// Noto Naskh Arabic 400, for the Arabic in any of the above.
    Arabic,
    /// Noto Naskh Arabic 600, for the Arabic in the bolder ones.
    ArabicSemiBold,
    /// Noto Sans Hebrew 400, for the Hebrew in any of the above.
    Hebrew,
    /// Noto Sans Hebrew 700, for the Hebrew in the bolder ones.
    HebrewBold,
    /// Phosphor: icons.
    Icons,
}

impl Face {
    /// All faces.
    pub const ALL: [Self; 12] = [
        Self::Sans,
        Self::SansMedium,
        Self::SansSemiBold,
        Self::SansBold,
        Self::Serif,
        Self::SerifItalic,
        Self::SerifSemiBold,
        Self::Arabic,
        Self::ArabicSemiBold,
        Self::Hebrew,
        Self::HebrewBold,
        Self::Icons,
    ];

    /// The font file, as bundled in `assets/fonts`.
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Sans => include_bytes!("../../assets/fonts/Inter_400Regular.ttf"),
            Self::SansMedium => include_bytes!("../../assets/fonts/Inter_500Medium.ttf"),
            Self::SansSemiBold => include_bytes!("../../assets/fonts/Inter_600SemiBold.ttf"),
            Self::SansBold => include_bytes!("../../assets/fonts/Inter_700Bold.ttf"),
            Self::Serif => include_bytes!("../../assets/fonts/SourceSerif4_400Regular.ttf"),
            Self::SerifItalic => {
                include_bytes!("../../assets/fonts/SourceSerif4_400Regular_Italic.ttf")
            }
            Self::SerifSemiBold => {
                include_bytes!("../../assets/fonts/SourceSerif4_600SemiBold.ttf")
            }
            Self::Arabic => include_bytes!("../../assets/fonts/NotoNaskhArabic_400Regular.ttf"),
            Self::ArabicSemiBold => {
                include_bytes!("../../assets/fonts/NotoNaskhArabic_600SemiBold.ttf")
            }
            Self::Hebrew => include_bytes!("../../assets/fonts/NotoSansHebrew_400Regular.ttf"),
            Self::HebrewBold => include_bytes!("../../assets/fonts/NotoSansHebrew_700Bold.ttf"),
            Self::Icons => include_bytes!("../../assets/fonts/Phosphor.ttf"),
        }
    }

    /// The name under which the toolkit knows the face.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sans => "sans",
            Self::SansMedium => "sans-500",
            Self::SansSemiBold => "sans-600",
            Self::SansBold => "sans-700",
            Self::Serif => "serif",
            Self::SerifItalic => "serif-italic",
            Self::SerifSemiBold => "serif-600",
            Self::Arabic => "arabic",
            Self::ArabicSemiBold => "arabic-600",
            Self::Hebrew => "hebrew",
            Self::HebrewBold => "hebrew-700",
            Self::Icons => "icons",
        }
    }

    /// The face for Arabic characters in a text of this face.
    #[must_use]
    pub const fn arabic(self) -> Self {
        if self.is_bold() {
            Self::ArabicSemiBold
        } else {
            Self::Arabic
        }
    }

    /// The face for Hebrew characters in a text of this face.
    #[must_use]
    pub const fn hebrew(self) -> Self {
        if self.is_bold() {
            Self::HebrewBold
        } else {
            Self::Hebrew
        }
    }

    const fn is_bold(self) -> bool {
        matches!(
            self,
            Self::SansSemiBold
                | Self::SansBold
                | Self::SerifSemiBold
                | Self::ArabicSemiBold
                | Self::HebrewBold
        )
    }

    /// Whether the face has a character.
    pub fn has(self, c: char) -> bool {
        FontRef::new(self.bytes()).is_ok_and(|font| font.charmap().map(c).is_some())
    }
}

/// Measures the width of a line of text. Lanes are laid out beside each other, so it can be asked from
/// several threads.
pub trait TextMeasure: Sync {
    /// An upper bound for the width of `text` on one line, in logical pixels at `size_px`.
    fn width(&self, text: &str, face: Face, size_px: f32) -> f32;

    /// Whether a width may depend on what was measured before: lanes are then laid out one by one.
    fn depends_on_order(&self) -> bool {
        false
    }
}

/// Slack for pairs that kern apart and for rounding; the test in `view::text` shows it suffices.
const SLACK: f32 = 1.005;
/// The width of a character that no bundled face has (the system's fonts draw it), in ems: CJK is
/// one em wide, anything else is narrower.
const MISSING_EM: f32 = 1.0;
/// Advances of code points below this are in an array, the rest in a map.
const TABLE: u32 = 0x250;

/// [`TextMeasure`] by the advance widths of the bundled fonts.
///
/// A face is parsed on the first request for a width: the window opens without unused ones.
#[derive(Default)]
pub struct BundledFonts {
    faces: [OnceLock<Advances>; Face::ALL.len()],
}

/// Advances of one face, in ems.
struct Advances {
    first: Vec<Option<f32>>,
    rest: HashMap<char, f32>,
}

impl TextMeasure for BundledFonts {
    fn width(&self, text: &str, face: Face, size_px: f32) -> f32 {
        let ems: f32 = text.chars().map(|c| self.advance(c, face)).sum();
        ems * size_px * SLACK
    }
}

impl BundledFonts {
    fn advance(&self, c: char, face: Face) -> f32 {
        let by = |face: Face| {
            self.faces
                .get(face as usize)
                .and_then(|slot| slot.get_or_init(|| Advances::read(face.bytes())).of(c))
        };
        by(face)
            .or_else(|| by(face.arabic()))
            .or_else(|| by(face.hebrew()))
            .unwrap_or_else(|| {
                if is_combining_mark(c) {
                    0.0
                } else {
                    MISSING_EM
                }
            })
    }
}

impl Advances {
    /// A font that cannot be read gives no advances: every character then counts as missing.
    fn read(bytes: &[u8]) -> Self {
        let mut advances = Self {
            first: vec![None; TABLE as usize],
            rest: HashMap::new(),
        };
        let Ok(font) = FontRef::new(bytes) else {
            return advances;
        };
        let metrics = GlyphMetrics::new(&font, Size::new(1.0), LocationRef::default());
        for (code, glyph) in font.charmap().mappings() {
            let (Some(c), Some(advance)) = (char::from_u32(code), metrics.advance_width(glyph))
            else {
                continue;
            };
            match advances.first.get_mut(code as usize) {
                Some(slot) => *slot = Some(advance),
                None => {
                    advances.rest.insert(c, advance);
                }
            }
        }
        advances
    }

    fn of(&self, c: char) -> Option<f32> {
        match self.first.get(c as usize) {
            Some(advance) => *advance,
            None => self.rest.get(&c).copied(),
        }
    }
}

/// The longest prefix of `text`, with an ellipsis, that is at most `max_px` wide in a face and
/// size, written into `cut`; the text itself where that fits. Cuts between characters, never
/// inside one.
pub fn elided<'t>(
    text: &'t str,
    (face, size_px): (Face, f32),
    max_px: f32,
    measure: &dyn TextMeasure,
    cut: &'t mut String,
) -> &'t str {
    if measure.width(text, face, size_px) <= max_px {
        return text;
    }
    let room = max_px - measure.width("…", face, size_px);
    let mut width = 0.0;
    cut.clear();
    for c in text.chars() {
        width += measure.width(c.encode_utf8(&mut [0; 4]), face, size_px);
        if width > room {
            break;
        }
        cut.push(c);
    }
    // Half a number is another number.
    let next = text.get(cut.len()..).and_then(|rest| rest.chars().next());
    if next.is_some_and(char::is_numeric) {
        cut.truncate(cut.trim_end_matches(char::is_numeric).len());
    }
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

/// Rounds to whole or half pixels, at least 1, so that cached glyphs are reused.
pub fn half_px(size_px: f32) -> f32 {
    ((size_px * 2.0).round() / 2.0).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_fonts() {
        let fonts = BundledFonts::default();
        // Inter's digit 0 is 1,264 of 2,048 units wide at weight 400; a space is not a digit.
        let zero = fonts.width("0", Face::Sans, 100.0);
        assert!((55.0..70.0).contains(&zero), "{zero}");
        assert!(fonts.width("iii", Face::Sans, 13.0) < fonts.width("mmm", Face::Sans, 13.0));
        assert!(
            fonts.width("Mosul", Face::Sans, 13.0) < fonts.width("Mosul", Face::SansBold, 13.0)
        );
        assert!(
            (fonts.width("السا", Face::Sans, 10.0) - fonts.width("السا", Face::Arabic, 10.0)).abs()
                < 1e-3
        );
        assert_eq!(fonts.width("", Face::Serif, 13.0), 0.0);
        assert!((fonts.width("漢", Face::Sans, 10.0) - 10.0 * SLACK).abs() < 1e-3);
    }

    #[test]
    fn elided_text_fits_and_whole_text_is_left_alone() {
        let fonts = BundledFonts::default();
        let title = "A title that is far too long for the room that is left, مُحَمَّد and 漢字";
        for max in [20.0, 60.0, 100.0, 300.0] {
            let mut buffer = String::new();
            let cut = elided(title, (Face::SansMedium, 13.5), max, &fonts, &mut buffer);
            assert!(
                cut.ends_with('…') && fonts.width(cut, Face::SansMedium, 13.5) <= max + 0.5,
                "{cut}"
            );
        }
        let mut buffer = String::new();
        let cut = elided(
            "Treaty of 1950",
            (Face::Sans, 13.0),
            82.0,
            &fonts,
            &mut buffer,
        );
        assert_eq!(cut, "Treaty of…", "a number is not cut");
        let mut buffer = String::new();
        let whole = elided("Mosul", (Face::Sans, 13.0), 500.0, &fonts, &mut buffer);
        assert_eq!(whole, "Mosul");
    }
}
