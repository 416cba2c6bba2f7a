//! Where lines break: between words and, in scripts without spaces, where Unicode allows it (UAX 14,
//! with a dictionary for Thai, Lao, Khmer and Burmese, by textwrap).
//!
//! For titles, whose lines are balanced, names of lanes, and texts that must be broken before their
//! lines are ordered. Other texts are left to the toolkit.

use std::ops::Range;

use unicode_script::{Script, UnicodeScript as _};
use unicode_segmentation::UnicodeSegmentation as _;

use super::measure::{Face, TextMeasure};

/// Breaks texts in a face and size into lines of a width.
#[derive(Copy, Clone)]
pub struct LineBreaker<'a> {
    /// The face.
    pub face: Face,
    /// The size, in px.
    pub size_px: f32,
    /// The greatest width of a line, in px.
    pub width_px: f32,
    /// Measures words.
    pub measure: &'a dyn TextMeasure,
}

impl LineBreaker<'_> {
    fn width(&self, text: &str) -> f32 {
        self.measure.width(text, self.face, self.size_px)
    }

    /// Breaks a text into lines no wider than this, as ranges of bytes without the spaces around
    /// them; a longer word stands alone.
    pub fn line_ranges(&self, text: &str) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut start = 0;
        for paragraph in text.split('\n') {
            let mut line: Option<Range<usize>> = None;
            for word in words(paragraph) {
                let word = start + word.start..start + word.end;
                line = Some(match line {
                    Some(line) => {
                        let longer = line.start..word.end;
                        let is_fitting = text
                            .get(longer.clone())
                            .is_some_and(|longer| self.width(longer) <= self.width_px);
                        if is_fitting {
                            longer
                        } else {
                            lines.push(line);
                            word
                        }
                    }
                    None => word,
                });
            }
            lines.push(line.unwrap_or(start..start));
            start += paragraph.len() + 1;
        }
        lines
    }

    /// The same, as texts with single spaces between words.
    pub fn lines(&self, text: &str) -> Vec<String> {
        let text = single_spaced(text);
        let lines = self.line_ranges(&text).into_iter();
        lines
            .filter_map(|line| text.get(line).map(str::to_owned))
            .collect()
    }

    /// Like [`lines`](Self::lines), with as few lines but of similar length: of all ways to break
    /// the text into that many lines, the one with the least sum of squared widths.
    pub fn balanced_lines(&self, text: &str) -> Vec<String> {
        /// Longer texts are not titles: they are broken greedily.
        const MOST_WORDS: usize = 40;
        let greedy = self.lines(text);
        let text = single_spaced(text);
        let words = words(&text);
        if greedy.len() < 2 || words.len() > MOST_WORDS || text.contains('\n') {
            return greedy;
        }
        let line = |from: usize, to: usize| {
            let words = words.get(from..to).unwrap_or_default();
            let range = words.first().zip(words.last());
            let range = range.map_or(0..0, |(first, last)| first.start..last.end);
            text.get(range).unwrap_or_default()
        };
        // For each line and number of words up to its end: the least sum, and the line's first word.
        let mut rounds: Vec<Vec<Option<(f32, usize)>>> = Vec::with_capacity(greedy.len());
        let mut sums: Vec<Option<f32>> = vec![None; words.len() + 1];
        if let Some(first) = sums.first_mut() {
            *first = Some(0.0);
        }
        for _ in 0..greedy.len() {
            let round: Vec<Option<(f32, usize)>> = (0..=words.len())
                .map(|to| {
                    let ways = sums.iter().take(to).enumerate().filter_map(|(from, sum)| {
                        let width = self.width(line(from, to));
                        // A single word may be wider than the column.
                        let fits = width <= self.width_px || to - from == 1;
                        fits.then_some((sum.as_ref()? + width * width, from))
                    });
                    ways.min_by(|a, b| a.0.total_cmp(&b.0))
                })
                .collect();
            sums = round.iter().map(|way| way.map(|(sum, _)| sum)).collect();
            rounds.push(round);
        }
        let mut broken = Vec::with_capacity(greedy.len());
        let mut to = words.len();
        for round in rounds.iter().rev() {
            let Some(&Some((_, from))) = round.get(to) else {
                return greedy;
            };
            broken.push(line(from, to).to_owned());
            to = from;
        }
        broken.reverse();
        broken
    }
}

/// Whether a text has letters of a script without spaces that only a dictionary can break.
pub fn needs_dictionary(text: &str) -> bool {
    text.chars().any(|c| {
        c >= '\u{e00}'
            && matches!(
                c.script(),
                Script::Thai | Script::Lao | Script::Khmer | Script::Myanmar | Script::Tai_Tham
            )
    })
}

/// Whether a line may break inside a word: it has letters of a script without spaces.
fn is_without_spaces(word: &str) -> bool {
    word.chars().any(|c| {
        c >= '\u{e00}'
            && matches!(
                c.script(),
                Script::Han
                    | Script::Hiragana
                    | Script::Katakana
                    | Script::Bopomofo
                    | Script::Yi
                    | Script::Tibetan
            )
    }) || needs_dictionary(word)
}

/// What may stand in a line of its own: words, and their parts in scripts without spaces. Ranges of
/// bytes, without spaces.
pub fn words(paragraph: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    for piece in paragraph.split_inclusive(is_breaking_space) {
        let word = piece.trim_end_matches(is_breaking_space);
        let start = at;
        at += piece.len();
        if word.is_empty() {
            continue;
        }
        if !is_without_spaces(word) {
            words.push(start..start + word.len());
            continue;
        }
        let mut begin = start;
        for part in textwrap::WordSeparator::UnicodeBreakProperties.find_words(word) {
            words.push(begin..begin + part.word.len());
            begin += part.word.len() + part.whitespace.len();
        }
    }
    words
}

/// White space at which a line may break: not the no-break spaces.
fn is_breaking_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

fn single_spaced(text: &str) -> String {
    let lines = text.split('\n');
    let words = |line: &str| {
        let words = line
            .split(is_breaking_space)
            .filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    let lines = lines.map(words);
    lines.collect::<Vec<_>>().join("\n")
}

/// A word in pieces that fit a width, broken between letters: addresses are long. `width` gives the
/// width of a text in px.
pub fn broken_word(word: &str, width_px: f32, width: impl Fn(&str) -> f32) -> Vec<&str> {
    /// A piece is measured anew with every letter: letters without a width end it, too.
    const MOST_LETTERS: usize = 400;
    let mut pieces = Vec::new();
    let (mut start, mut letters) = (0, 0);
    for (at, letter) in word.grapheme_indices(true) {
        let piece = word.get(start..at + letter.len()).unwrap_or_default();
        if at > start && (letters == MOST_LETTERS || width(piece) > width_px) {
            pieces.push(word.get(start..at).unwrap_or_default());
            (start, letters) = (at, 0);
        }
        letters += 1;
    }
    pieces.push(word.get(start..).unwrap_or_default());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::BundledFonts;

    fn breaker(fonts: &BundledFonts, face: Face, size_px: f32, width_px: f32) -> LineBreaker<'_> {
        LineBreaker {
            face,
            size_px,
            width_px,
            measure: fonts,
        }
    }

    #[test]
    fn a_title_is_broken_into_lines_of_like_length() {
        let fonts = BundledFonts::default();
        let set = breaker(&fonts, Face::SerifSemiBold, 96.0, 1010.0);
        let title = "Volunteers join the militias of the Popular Mobilisation Units";
        let (broken, greedy) = (set.balanced_lines(title), set.lines(title));
        assert_eq!(
            (broken.len(), broken.join(" ")),
            (greedy.len(), title.to_owned())
        );
        let widths = broken.iter().map(|line| set.width(line));
        let (least, most) = widths.fold((f32::MAX, 0.0_f32), |(a, b), w| (a.min(w), b.max(w)));
        assert!(least > 0.5 * most && most <= 1010.0, "{broken:?}");
        let set = breaker(&fonts, Face::SerifSemiBold, 96.0, 300.0);
        for words in ["", "One", "Antidisestablishmentarianism again"] {
            assert_eq!(set.balanced_lines(words).join(" "), words);
        }
    }

    #[test]
    fn lines_break_between_words_only() {
        let fonts = BundledFonts::default();
        let text = "one two  three four five six seven\nالموصل وبغداد 2014/2016";
        let set = breaker(&fonts, Face::Serif, 15.0, 80.0);
        let broken = set.lines(text);
        assert!(broken.len() > 3);
        assert_eq!(
            broken.join(" ").split_whitespace().collect::<Vec<_>>(),
            text.split_whitespace().collect::<Vec<_>>()
        );
        for line in &broken {
            assert!(!line.contains(' ') || set.width(line) <= 80.0, "{line}");
        }
    }

    #[test]
    fn a_no_break_space_stays() {
        let fonts = BundledFonts::default();
        let set = breaker(&fonts, Face::Sans, 20.0, 60.0);
        assert_eq!(set.lines("10\u{a0}000 men"), ["10\u{a0}000", "men"]);
    }

    #[test]
    fn scripts_without_spaces_break_where_unicode_allows() {
        let fonts = BundledFonts::default();
        for (text, width_px, expected) in [
            (
                "第二次世界大戦後の日本の経済復興と国際社会への復帰の歴史",
                150.0,
                &[
                    "第二次世界大戦",
                    "後の日本の経済",
                    "復興と国際社会",
                    "への復帰の歴史",
                ][..],
            ),
            // No line begins with a full stop or ends with an opening bracket.
            (
                "摩苏尔「陷落」。伊拉克",
                82.0,
                &["摩苏尔", "「陷", "落」。伊", "拉克"][..],
            ),
        ] {
            let set = breaker(&fonts, Face::Sans, 20.0, width_px);
            assert_eq!(set.lines(text), expected);
        }
        let set = breaker(&fonts, Face::Sans, 20.0, 200.0);
        let thai = "สงครามโลกครั้งที่สองสิ้นสุดลงในปี พ.ศ. 2488";
        let broken = set.lines(thai);
        assert!(
            broken.len() > 1 && broken.iter().any(|line| line == "สงครามโลก"),
            "{broken:?}"
        );
        assert_eq!(broken.concat().replace(' ', ""), thai.replace(' ', ""));
        for line in set.balanced_lines("第二次世界大戦後の日本の経済復興") {
            assert!(set.width(&line) <= 200.0);
        }
    }
}
