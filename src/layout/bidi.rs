//! The visual order of a line with right-to-left text, as runs that are shaped one by one.
//!
//! A shaper turns a run of right-to-left letters, if it is in one font; what is written in several
//! comes out piece by piece from left to right. So a visual run of the bidirectional algorithm (UAX
//! 9, by unicode-bidi) is split here wherever its font changes, and the pieces of a right-to-left
//! run are put in reverse order:
//!
//! ```text
//! logical         אחד (two) שלוש 1948
//! visual runs     [1948][ שלוש ][(two)][אחד ]      of the algorithm; the letters in them logical
//! runs here       [1948][ ][שלוש ][)][two][(][אחד ]    one font each; brackets are mirrored
//! ```
//!
//! What a shaper would turn although it is to be read from left to right (the digits ۱۳۵۷, whose
//! script is Arabic), or would not turn although it should (a bracket between two Hebrew words),
//! is reversed here. Which fonts are used beyond the bundled ones is left to the toolkit: letters of
//! other scripts stand in runs of their own.

use std::{borrow::Cow, ops::Range};

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_script::{Script, UnicodeScript as _};
use unicode_segmentation::UnicodeSegmentation as _;

use super::measure::Face;

/// A piece of a line, to be shaped on its own. Runs follow each other from left to right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run<'a> {
    /// Its characters, as a shaper takes them.
    pub text: Cow<'a, str>,
    /// The face that it needs.
    pub kind: Kind,
    /// Where it stands in the logical line, in bytes.
    pub range: Range<usize>,
    /// Whether it is read from right to left.
    pub is_right_to_left: bool,
}

/// Whether a text has characters that are ordered from right to left, or that a shaper would turn.
pub fn has_right_to_left(text: &str) -> bool {
    text.chars()
        .any(|c| c >= '\u{590}' && (is_right_to_left(c) || is_turned(c)))
}

/// The direction of a text as a whole: that of its first letter; `None` where it has none.
pub fn direction(text: &str) -> Option<Level> {
    text.chars().find_map(|c| match bidi_class(c) {
        BidiClass::L => Some(Level::ltr()),
        BidiClass::R | BidiClass::AL => Some(Level::rtl()),
        _ => None,
    })
}

/// What the first letter of a text needs: for a field, which is laid out as one run.
pub fn kind(text: &str) -> Kind {
    text.chars().find_map(Kind::of).unwrap_or(Kind::Own)
}

/// The runs of one line in visual order, in the direction of its first letter or, of a line of a
/// paragraph, in that of the paragraph. No run crosses a byte position of `limits`, at which the
/// style of the text changes.
pub fn visual_runs<'a>(line: &'a str, direction: Option<Level>, limits: &[usize]) -> Vec<Run<'a>> {
    let bidi = BidiInfo::new(line, direction);
    let mut all = Vec::new();
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for range in runs {
            let is_right_to_left = levels.get(range.start).is_some_and(Level::is_rtl);
            let mut pieces = pieces(line, range, limits);
            if is_right_to_left {
                pieces.reverse();
            }
            all.extend(pieces.into_iter().map(|(kind, range)| Run {
                text: shaped(
                    line.get(range.clone()).unwrap_or_default(),
                    is_right_to_left,
                ),
                kind,
                range,
                is_right_to_left,
            }));
        }
    }
    all
}

/// What one font can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters that are not turned, and what belongs to no script.
    Own,
    /// Arabic letters, and what stands between them.
    Arabic,
    /// Hebrew letters, and what stands between them.
    Hebrew,
    /// Letters of another script that are turned.
    Other(Script),
}

impl Kind {
    fn of(c: char) -> Option<Self> {
        match c.script() {
            Script::Common | Script::Inherited | Script::Unknown => None,
            _ if !is_turned(c) => Some(Self::Own),
            Script::Arabic => Some(Self::Arabic),
            Script::Hebrew => Some(Self::Hebrew),
            other => Some(Self::Other(other)),
        }
    }

    /// The face of a run in a text of this face.
    #[must_use]
    pub const fn face(self, face: Face) -> Face {
        match self {
            Self::Own | Self::Other(_) => face,
            Self::Arabic => face.arabic(),
            Self::Hebrew => face.hebrew(),
        }
    }

    /// Whether characters of no script can stand in a run of this kind.
    fn takes(self, cluster: &str) -> bool {
        match self {
            Self::Own => true,
            Self::Arabic | Self::Hebrew => {
                let face = self.face(Face::Sans);
                cluster.chars().all(|c| face.has(c))
            }
            Self::Other(_) => false,
        }
    }
}

/// A run of one level as pieces of one kind, in logical order.
fn pieces(line: &str, run: Range<usize>, limits: &[usize]) -> Vec<(Kind, Range<usize>)> {
    let mut pieces: Vec<(Kind, Range<usize>)> = Vec::new();
    let text = line.get(run.clone()).unwrap_or_default();
    for (at, cluster) in text.grapheme_indices(true) {
        let range = run.start + at..run.start + at + cluster.len();
        let own = cluster.chars().next().and_then(Kind::of);
        let is_limit = limits.contains(&range.start);
        match pieces.last_mut().filter(|_| !is_limit) {
            Some((kind, last)) if own.map_or_else(|| kind.takes(cluster), |own| own == *kind) => {
                last.end = range.end;
            }
            _ => pieces.push((own.unwrap_or(Kind::Own), range)),
        }
    }
    pieces
}

/// The characters of a piece as a shaper takes them. One that turns them by itself gets them in
/// logical order; where what it does is not what is wanted, they are reversed, letter by letter.
fn shaped(text: &str, is_right_to_left: bool) -> Cow<'_, str> {
    let is_plain = !text.contains(is_control);
    if is_turned_by_shapers(text) == is_right_to_left {
        return if is_plain {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.chars().filter(|c| !is_control(*c)).collect())
        };
    }
    let mut reversed = String::with_capacity(text.len());
    for cluster in text.graphemes(true).rev() {
        // Either the shaper mirrors brackets although it should not, or it doesn't, and should.
        reversed.extend(cluster.chars().filter(|c| !is_control(*c)).map(mirrored));
    }
    Cow::Owned(reversed)
}

/// Whether a shaper that guesses the direction of a text by its first letter turns it.
pub fn is_turned_by_shapers(text: &str) -> bool {
    let first = text.chars().find(|c| Kind::of(*c).is_some());
    first.is_some_and(is_turned)
}

fn is_right_to_left(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN)
}

/// Whether the script of a character is written from right to left.
fn is_turned(c: char) -> bool {
    matches!(
        c.script(),
        Script::Arabic
            | Script::Hebrew
            | Script::Syriac
            | Script::Thaana
            | Script::Nko
            | Script::Samaritan
            | Script::Mandaic
            | Script::Adlam
            | Script::Mende_Kikakui
            | Script::Hanifi_Rohingya
            | Script::Yezidi
            | Script::Phoenician
            | Script::Imperial_Aramaic
            | Script::Nabataean
            | Script::Palmyrene
            | Script::Hatran
            | Script::Lydian
            | Script::Cypriot
            | Script::Kharoshthi
            | Script::Avestan
            | Script::Inscriptional_Parthian
            | Script::Inscriptional_Pahlavi
            | Script::Psalter_Pahlavi
            | Script::Manichaean
            | Script::Old_South_Arabian
            | Script::Old_North_Arabian
            | Script::Old_Turkic
            | Script::Old_Hungarian
            | Script::Old_Sogdian
            | Script::Sogdian
            | Script::Elymaic
            | Script::Chorasmian
            | Script::Old_Uyghur
            | Script::Meroitic_Cursive
            | Script::Meroitic_Hieroglyphs
    )
}

/// Marks of direction, which have done their work and have no glyph.
pub const fn is_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The character that looks the other way (Unicode's mirroring glyphs, without those of mathematics).
pub fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 16] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('«', '»'),
        ('‹', '›'),
        ('≤', '≥'),
        ('⁅', '⁆'),
        ('⁽', '⁾'),
        ('〈', '〉'),
        ('⟨', '⟩'),
        ('⟦', '⟧'),
        ('《', '》'),
        ('「', '」'),
        ('『', '』'),
        ('【', '】'),
    ];
    let other = |&(a, b): &(char, char)| (c == a).then_some(b).or_else(|| (c == b).then_some(a));
    PAIRS.iter().find_map(other).unwrap_or(c)
}
