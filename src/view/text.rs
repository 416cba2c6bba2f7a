//! Fonts and lines of text: weights, which egui does not know, and the order of Arabic.
//!
//! egui knows no weights, so each face is a family of its own; and it shapes Arabic but does not
//! order mixed text (no bidi), so [`job`] splits a line into its visual runs. That one function can
//! go when egui learns it. The logical text stays what is read aloud and copied.

use std::sync::Arc;

use egui::{
    Color32, Context, FontData, FontDefinitions, FontFamily, FontId,
    text::{ByteIndex, LayoutJob, LayoutSection, TextFormat},
};
use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
};
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

use crate::layout::{TextMeasure, measure::Face, theme::Rgba};

/// Makes the bundled faces known to egui; what they lack is looked for in the system's fonts.
pub fn install_fonts(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let fallbacks: Vec<String> = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    for face in Face::ALL {
        let mut data = FontData::from_static(face.bytes());
        if matches!(face, Face::Arabic | Face::ArabicSemiBold) {
            data.tweak.y_offset_factor = middle_to_baseline(Face::Sans) - middle_to_baseline(face);
        }
        fonts
            .font_data
            .insert(face.name().to_owned(), Arc::new(data));
    }
    let family_of = |face: Face| {
        let mut names = vec![
            face.name().to_owned(),
            face.arabic().name().to_owned(),
            Face::Icons.name().to_owned(),
        ];
        names.dedup();
        names.extend(fallbacks.iter().cloned());
        names
    };
    for face in Face::ALL {
        fonts
            .families
            .insert(FontFamily::Name(face.name().into()), family_of(face));
    }
    fonts
        .families
        .insert(FontFamily::Proportional, family_of(Face::Sans));
    ctx.set_fonts(fonts);
}

/// How far a face's baseline is below the middle of its line, in ems. egui centres faces in a line
/// by their heights; Arabic, which is taller below, would be above the baseline of its neighbours.
fn middle_to_baseline(face: Face) -> f32 {
    FontRef::new(face.bytes()).map_or(0.0, |font| {
        let metrics = font.metrics(Size::new(1.0), LocationRef::default());
        (metrics.ascent + metrics.descent - metrics.leading) / 2.0
    })
}

/// The font of a face at a size.
pub fn font(face: Face, size_px: f32) -> FontId {
    FontId::new(size_px, FontFamily::Name(face.name().into()))
}

/// Converts a colour of the theme to egui's.
pub fn color(color: Rgba) -> Color32 {
    let [r, g, b] = color.rgb;
    Color32::from_rgba_unmultiplied(r, g, b, color.alpha)
}

/// The height of a single line as a multiple of the size. It is always given: only then do faces of
/// different heights stand on one baseline.
const LINE_HEIGHT: f32 = 1.25;

/// A style for a piece of text.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Style {
    /// The face.
    pub face: Face,
    /// Whole or half pixels, so that glyphs are reused.
    pub size_px: f32,
    /// The colour.
    pub color: Color32,
    /// The distance of baselines as a multiple of the size.
    pub line_height: f32,
    /// Extra room between letters, in px: small capitals of headings.
    pub tracking_px: f32,
}

impl Style {
    /// A style for single lines, with no tracking.
    pub const fn new(face: Face, size_px: f32, color: Color32) -> Self {
        Self {
            face,
            size_px,
            color,
            line_height: LINE_HEIGHT,
            tracking_px: 0.0,
        }
    }

    /// The format for a run in a face.
    pub fn format(&self, face: Face) -> TextFormat {
        TextFormat {
            font_id: font(face, self.size_px),
            color: self.color,
            extra_letter_spacing: self.tracking_px,
            line_height: Some((self.line_height * self.size_px).round()),
            ..TextFormat::default()
        }
    }
}

/// One line of text, in visual order: right-to-left runs in the Arabic face with their logical
/// characters inside (the shaper turns them), digits of Arabic-Indic numbers reversed, since egui
/// writes an even run from left to right.
pub fn job(line: &str, style: &Style) -> LayoutJob {
    let mut job = LayoutJob::default();
    append(&mut job, line, style);
    job.wrap.max_width = f32::INFINITY;
    job
}

/// The direction of a text as a whole: that of its first letter; `None` where it has none.
pub fn direction(text: &str) -> Option<Level> {
    text.chars().find_map(|c| match bidi_class(c) {
        BidiClass::L => Some(Level::ltr()),
        BidiClass::R | BidiClass::AL => Some(Level::rtl()),
        _ => None,
    })
}

/// Adds one line in visual order to a job, in the direction of its first letter.
pub fn append(job: &mut LayoutJob, line: &str, style: &Style) {
    append_directed(job, line, style, None);
}

/// Adds one line in visual order to a job, in a direction given from outside: of the paragraph that
/// it is a line of.
pub fn append_directed(job: &mut LayoutJob, line: &str, style: &Style, direction: Option<Level>) {
    if !has_right_to_left(line) {
        return job.append(line, 0.0, style.format(style.face));
    }
    let bidi = BidiInfo::new(line, direction);
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let Some(text) = line.get(run.clone()) else {
                continue;
            };
            let is_right_to_left = levels.get(run.start).is_some_and(Level::is_rtl);
            if is_right_to_left && !text.chars().any(is_right_to_left_letter) {
                // Without a letter the shaper takes it for left to right, and turns nothing.
                let turned: String = text.chars().rev().map(mirrored).collect();
                push_run(job, &turned, style.format(style.face));
            } else if is_right_to_left {
                push_run(job, text, style.format(style.face.arabic()));
            } else if text.chars().any(|c| bidi_class(c) == BidiClass::AN) {
                let reversed: String = text.chars().rev().collect();
                push_run(job, &reversed, style.format(style.face.arabic()));
            } else {
                push_run(job, text, style.format(style.face));
            }
        }
    }
}

fn is_right_to_left_letter(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// The bracket or quotation mark that looks the other way.
fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 6] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('«', '»'),
        ('‹', '›'),
    ];
    let other = |&(a, b): &(char, char)| (c == a).then_some(b).or_else(|| (c == b).then_some(a));
    PAIRS.iter().find_map(other).unwrap_or(c)
}

/// Adds a run as a section of its own. (`LayoutJob::append` joins neighbours of one format, which
/// would then be shaped, and turned, together.)
fn push_run(job: &mut LayoutJob, text: &str, format: TextFormat) {
    let start = job.text.len();
    job.text.push_str(text);
    let byte_range = ByteIndex(start)..ByteIndex(job.text.len());
    job.sections.push(LayoutSection {
        leading_space: 0.0,
        byte_range,
        format,
    });
}

/// Whether a text has letters or digits that are ordered from right to left.
pub fn has_right_to_left(text: &str) -> bool {
    text.chars().any(|c| {
        c >= '\u{590}' && matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN)
    })
}

/// Breaks a text into lines no wider than `width_px`, between words; a longer word stands alone.
/// For text with right-to-left runs, which must be broken before it is ordered.
pub fn lines(
    text: &str,
    face: Face,
    size_px: f32,
    width_px: f32,
    measure: &dyn TextMeasure,
) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if line.is_empty() || measure.width(&longer, face, size_px) <= width_px {
                line = longer;
            } else {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            }
        }
        lines.push(line);
    }
    lines
}

/// Like [`lines`], with as few lines but of similar length: of all ways to break the text into that
/// many lines, the one with the least sum of squared widths.
pub fn balanced_lines(
    text: &str,
    face: Face,
    size_px: f32,
    width_px: f32,
    measure: &dyn TextMeasure,
) -> Vec<String> {
    /// Longer texts are not titles: they are broken greedily.
    const MOST_WORDS: usize = 40;
    let greedy = lines(text, face, size_px, width_px, measure);
    let words: Vec<&str> = text.split_whitespace().collect();
    if greedy.len() < 2 || words.len() > MOST_WORDS || text.contains('\n') {
        return greedy;
    }
    let line = |from: usize, to: usize| words.get(from..to).unwrap_or_default().join(" ");
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
                    let width = measure.width(&line(from, to), face, size_px);
                    // A single word may be wider than the column.
                    let fits = width <= width_px || to - from == 1;
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
        broken.push(line(from, to));
        to = from;
    }
    broken.reverse();
    broken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::BundledFonts;

    fn check(line: &str, expected: &[&str]) {
        let job = job(line, &Style::new(Face::Sans, 13.0, Color32::BLACK));
        let runs: Vec<&str> = job
            .sections
            .iter()
            .filter_map(|s| job.text.get(s.byte_range.start.0..s.byte_range.end.0))
            .collect();
        assert_eq!(runs, expected, "{line}");
    }

    #[test]
    fn mixed_lines_are_split_into_visual_runs() {
        check("Mosul 2014", &["Mosul 2014"]);
        check("الموصل", &["الموصل"]);
        check(
            "Mosul (الموصل), 2016",
            &["Mosul (", "الموصل", "), ", "2016"],
        );
        // A right-to-left line: the number stands left of the word before it.
        check("معركة 2014", &["2014", "معركة "]);
        // A bracket between a word and a number belongs to the right-to-left run and is mirrored.
        check("Battle معركة (2014)", &["Battle ", "(", "2014", "معركة ("]);
        check("١٠ حزيران", &[" حزيران", "٠١"]);
    }

    /// Rows are chosen by [`BundledFonts`], texts are drawn by egui: a measured width must never be
    /// less than the drawn one, and not much more.
    #[test]
    fn measured_widths_bound_the_windows_own() {
        let file = crate::formats::read(include_bytes!("../../timeline.json")).unwrap();
        let timeline = file.timeline;
        let fonts = BundledFonts::default();
        let mut texts: Vec<String> = Vec::new();
        for event in timeline.events() {
            texts.push(timeline.short(event).to_owned());
            texts.push(timeline.event(event).title.to_owned());
            texts.push(timeline.date_label(event));
        }
        let names = timeline.people().iter();
        texts.extend(names.flat_map(|person| [person.name.clone(), person.native_name.clone()]));
        texts.extend(["AVATAR To. Yes, We", "WAVE – 1917", "مُحَمَّد", "“quoted”"].map(str::to_owned));
        let ctx = Context::default();
        install_fonts(&ctx);
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            for text in texts.iter().filter(|text| !text.is_empty()) {
                for face in [
                    Face::Sans,
                    Face::SansMedium,
                    Face::SansSemiBold,
                    Face::SerifSemiBold,
                ] {
                    for size in [12.0, 13.5, 28.0] {
                        let job = job(text, &Style::new(face, size, Color32::BLACK));
                        let drawn = ui.fonts_mut(|fonts| fonts.layout_job(job)).size().x;
                        let measured = fonts.width(text, face, size);
                        let is_latin = !has_right_to_left(text);
                        assert!(
                            drawn <= measured + 0.75,
                            "{text} in {face:?} {size}: {drawn} > {measured}"
                        );
                        // Joined Arabic letters are narrower than they are alone.
                        let least = if is_latin { 0.9 } else { 0.6 };
                        assert!(
                            drawn >= measured * least - 1.0,
                            "{text} in {face:?} {size}: {drawn} < {measured}"
                        );
                    }
                }
            }
        });
        output.textures_delta.clear();
    }

    #[test]
    fn a_title_is_broken_into_lines_of_like_length() {
        let fonts = BundledFonts::default();
        let face = Face::SerifSemiBold;
        let title = "Volunteers join the militias of the Popular Mobilisation Units";
        let broken = balanced_lines(title, face, 96.0, 1010.0, &fonts);
        let greedy = lines(title, face, 96.0, 1010.0, &fonts);
        assert_eq!(
            (broken.len(), broken.join(" ")),
            (greedy.len(), title.to_owned())
        );
        let widths = broken.iter().map(|line| fonts.width(line, face, 96.0));
        let (least, most) = widths.fold((f32::MAX, 0.0_f32), |(a, b), w| (a.min(w), b.max(w)));
        assert!(least > 0.5 * most && most <= 1010.0, "{broken:?}");
        for words in ["", "One", "Antidisestablishmentarianism again"] {
            let broken = balanced_lines(words, face, 96.0, 300.0, &fonts);
            assert_eq!(broken.join(" "), words);
        }
    }

    #[test]
    fn lines_break_between_words_only() {
        let fonts = BundledFonts::default();
        let text = "one two three four five six seven\nالموصل وبغداد";
        let broken = lines(text, Face::Serif, 15.0, 80.0, &fonts);
        assert!(broken.len() > 3);
        assert_eq!(
            broken.join(" ").split_whitespace().collect::<Vec<_>>(),
            text.split_whitespace().collect::<Vec<_>>()
        );
        for line in &broken {
            assert!(
                !line.contains(' ') || fonts.width(line, Face::Serif, 15.0) <= 80.0,
                "{line}"
            );
        }
    }
}
