//! Fonts and lines of text: weights, which egui does not know, and the order of right-to-left text.
//!
//! egui knows no weights, so each face is a family of its own; and it shapes Arabic but does not
//! order mixed text (no bidi), so [`job`] takes a line apart into its visual runs
//! ([`bidi`]). The logical text stays what is read aloud and copied.

use std::{ops::Range, sync::Arc};

use egui::{
    Color32, Context, FontData, FontDefinitions, FontFamily, FontId,
    text::{ByteIndex, LayoutJob, LayoutSection, TextFormat},
};
use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
};
use unicode_bidi::Level;

use crate::layout::{bidi, measure::Face, theme::Rgba};

pub use crate::layout::bidi::{direction, has_right_to_left};

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
        if matches!(
            face,
            Face::Arabic | Face::ArabicSemiBold | Face::Hebrew | Face::HebrewBold
        ) {
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
            face.hebrew().name().to_owned(),
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

/// One line of text, in visual order: see [`bidi`].
pub fn job(line: &str, style: &Style) -> LayoutJob {
    let mut job = LayoutJob::default();
    append(&mut job, line, style);
    job.wrap.max_width = f32::INFINITY;
    job
}

/// Adds one line in visual order to a job, in the direction of its first letter.
pub fn append(job: &mut LayoutJob, line: &str, style: &Style) {
    append_directed(job, line, style, None);
}

/// Adds one line in visual order to a job, in a direction given from outside: of the paragraph that
/// it is a line of.
pub fn append_directed(job: &mut LayoutJob, line: &str, style: &Style, direction: Option<Level>) {
    append_styled(job, line, &[(0..line.len(), *style)], direction);
}

/// The same for a line whose parts have styles of their own, given by their bytes in logical order.
pub fn append_styled(
    job: &mut LayoutJob,
    line: &str,
    parts: &[(Range<usize>, Style)],
    direction: Option<Level>,
) {
    // A line of a right-to-left paragraph is ordered even where it has no such letter.
    let is_ordered = direction.is_some_and(|level| level.is_rtl()) || has_right_to_left(line);
    if !is_ordered {
        for (range, style) in parts {
            job.append(
                line.get(range.clone()).unwrap_or_default(),
                0.0,
                style.format(style.face),
            );
        }
        return;
    }
    let limits: Vec<usize> = parts.iter().map(|(range, _)| range.start).collect();
    for run in bidi::visual_runs(line, direction, &limits) {
        let style = parts
            .iter()
            .find(|(range, _)| range.contains(&run.range.start));
        if let Some((_, style)) = style {
            push_run(job, &run.text, style.format(run.kind.face(style.face)));
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{BundledFonts, TextMeasure as _};

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
        check("١٠ حزيران", &["حزيران", " ", "٠١"]);
        // Each font has a run of its own, and the runs their order.
        let style = Style::new(Face::Sans, 13.0, Color32::BLACK);
        let mut job = LayoutJob::default();
        append_directed(&mut job, "– 12!", &style, Some(Level::rtl()));
        assert_eq!(job.text, "!12 –", "a line of a right-to-left paragraph");
        check("אחד (two) שלוש", &["שלוש", " (", "two", ")", "אחד "]);
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
}
