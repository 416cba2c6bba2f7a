//! The visual order of right-to-left text, beside that of GNU `fribidi`.
//!
//! `bidi/visual_order.tsv` has a line for each of 100 strings in five scripts: the language, the
//! string, and its characters from left to right as version 1.0.8 gives them (`fribidi
//! --reordernsm --vtol --levels`, with mirrored brackets).

use egui::{Color32, Context, RawInput};
use meanwhile::{
    layout::{Face, bidi},
    view::text::{Style, install_fonts, job},
};
use unicode_segmentation::UnicodeSegmentation as _;

const TABLE: &str = include_str!("bidi/visual_order.tsv");

struct Row {
    language: &'static str,
    logical: &'static str,
    visual: &'static str,
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().map(|line| {
        let mut columns = line.split('\t');
        let mut next = || columns.next().expect(line);
        Row {
            language: next(),
            logical: next(),
            visual: next(),
        }
    })
}

/// What a shaper makes of a run: it turns one whose first letter is of a right-to-left script, and
/// mirrors its brackets.
fn turned(run: &str) -> String {
    let is_turned = bidi::is_turned_by_shapers(run);
    if !is_turned {
        return run.to_owned();
    }
    run.graphemes(true)
        .rev()
        .flat_map(|cluster| cluster.chars().map(bidi::mirrored))
        .collect()
}

#[test]
fn runs_are_in_the_order_of_the_bidirectional_algorithm() {
    let mut wrong = Vec::new();
    for row in rows() {
        let runs = bidi::visual_runs(row.logical, None, &[]);
        let visual: String = runs.iter().map(|run| turned(&run.text)).collect();
        // Where the joiners stand among their letters makes no difference.
        let joiner = '\u{200c}';
        if visual.replace(joiner, "") != row.visual.replace(joiner, "") {
            wrong.push(format!(
                "{}: {} not {}",
                row.logical,
                escaped(&visual),
                escaped(row.visual)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(rows().count(), 100);
}

/// The characters in the order of writing, since a terminal would order them again.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| [c, '\u{200e}']).collect()
}

/// The window's own glyphs, from left to right: no face falls back to another inside a run.
#[test]
fn glyphs_of_the_bundled_fonts_stand_in_that_order() {
    let ctx = Context::default();
    install_fonts(&ctx);
    let mut wrong = Vec::new();
    let mut output = ctx.run_ui(RawInput::default(), |ui| {
        for row in rows().filter(|row| row.language != "sy") {
            let job = job(row.logical, &Style::new(Face::Sans, 20.0, Color32::BLACK));
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let glyphs = galley.rows.iter().flat_map(|row| row.glyphs.iter());
            // The rest of a cluster, and the dots of letters, have no width of their own.
            let glyphs = glyphs.filter(|it| it.advance_width > 0.0);
            let mut glyphs: Vec<(f32, char)> = glyphs.map(|it| (it.pos.x, it.chr)).collect();
            glyphs.sort_by(|a, b| a.0.total_cmp(&b.0));
            // Brackets are mirrored by their glyphs. Marks and ligatures share a place.
            let shown =
                |c: &char| !unicode_normalization::char::is_combining_mark(*c) && *c != '\u{200c}';
            let plain = |c: char| if bidi::mirrored(c) == c { c } else { '|' };
            let drawn: String = glyphs
                .iter()
                .map(|it| it.1)
                .filter(shown)
                .map(plain)
                .collect();
            let expected: String = row.visual.chars().filter(shown).map(plain).collect();
            if drawn != expected {
                wrong.push(format!(
                    "{}: {} not {}",
                    row.logical,
                    escaped(&drawn),
                    escaped(&expected)
                ));
            }
        }
    });
    output.textures_delta.clear();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
