use super::*;
use crate::{
    export::fonts::BundledOnly,
    layout::{Face, page::Role},
};

fn svg_of(draw: impl FnOnce(&mut Scene), texts: Texts) -> String {
    let mut scene = Scene::default();
    draw(&mut scene);
    scene.finish();
    let on = Page {
        width_px: 100.0,
        height_px: 50.0,
        parts: vec![Part::new(Role::Artifact, (0.0, 0.0), scene)],
    };
    let about = About {
        title: "A & B",
        description: "",
        language: "en",
    };
    page(&on, about, texts, &[], &mut Shaper::new(&BundledOnly))
}

fn with_text(text: &str, texts: Texts) -> String {
    let style = (Face::SansMedium, 13.5, Rgba::hex(0x12_3456));
    svg_of(
        |scene| scene.text((10.0, 20.0), Anchor::Start, style, text),
        texts,
    )
}

#[test]
fn text_stays_text_in_an_embedded_font_or_becomes_an_outline() {
    let svg = with_text("a < b & c", Texts::Text);
    assert!(svg.contains(">a &lt; b &amp; c</text>"), "{svg}");
    assert!(svg.contains("@font-face{font-family:'Inter';font-weight:500;src:url(data:"));
    assert!(svg.contains("<title>A &amp; B</title>"));
    let outlined = with_text("a < b & c", Texts::Outlines);
    assert!(!outlined.contains("<text") && !outlined.contains("@font-face"));
    assert!(outlined.contains("<path d=\"M"));
}

#[test]
fn for_pixels_lines_lie_on_whole_ones_as_the_window_draws_them() {
    let ink = Rgba::hex(0x12_3456);
    let pixels = |per_px, is_dark| Texts::Pixels(Pixels { per_px, is_dark });
    let rect_of = |rect: Rect, per_px| {
        let svg = svg_of(|scene| scene.rect(rect, ink), pixels(per_px, false));
        let written = svg.lines().find(|line| line.starts_with("<rect"));
        written.expect("a rectangle").to_owned()
    };
    // A pixel is covered where its centre is; at an edge, the left one's is not.
    for (x1, width) in [(11.4, 1), (11.5, 1), (11.6, 2), (12.0, 2)] {
        let written = rect_of(Rect::new(10.0, 4.0, x1, 8.0), 1.0);
        let expected = format!("<rect x=\"10\" y=\"4\" width=\"{width}\" height=\"4\"");
        assert!(written.starts_with(&expected), "{x1}: {written}");
        assert!(written.contains("crispEdges"));
    }
    // At half its size, a line of one px is softened and not lost.
    let written = rect_of(Rect::new(10.0, 4.0, 11.0, 8.0), 0.5);
    assert!(
        written.contains("width=\"1\"") && !written.contains("crispEdges"),
        "{written}"
    );
}

#[test]
fn for_pixels_a_baseline_between_two_rows_is_on_the_lower_and_light_letters_are_heavier() {
    let of = |baseline, is_dark| {
        let style = (Face::Sans, 12.0, Rgba::hex(0x12_3456));
        let per_px = 1.0;
        let texts = Texts::Pixels(Pixels { per_px, is_dark });
        let draw = |scene: &mut Scene| scene.text((10.2, baseline), Anchor::Start, style, "l");
        svg_of(draw, texts)
    };
    assert_eq!(of(20.5, false), of(21.0, false));
    assert_eq!(of(20.4, false), of(20.0, false));
    assert_ne!(of(20.4, false), of(20.5, false));
    assert!(of(20.0, true).contains("stroke-width=\"0.333\""));
    assert!(!of(20.0, false).contains("stroke"));
}

#[test]
fn a_family_that_is_no_identifier_is_quoted_where_it_is_used_as_where_it_is_embedded() {
    let style = (Face::SerifSemiBold, 28.0, Rgba::hex(0x12_3456));
    let svg = svg_of(
        |scene| scene.text((10.0, 20.0), Anchor::Start, style, "Title"),
        Texts::Text,
    );
    assert!(svg.contains("font-family=\"'Source Serif 4'\""));
    assert!(svg.contains("@font-face{font-family:'Source Serif 4';"));
}

#[test]
fn a_mixed_line_is_written_run_by_run_in_the_order_of_reading() {
    let svg = with_text("Mosul (الموصل), 2016", Texts::Text);
    let texts: Vec<_> = svg
        .lines()
        .filter(|line| line.starts_with("<text"))
        .map(|line| line.split_once('>').unwrap().1.trim_end_matches("</text>"))
        .collect();
    assert_eq!(texts, ["Mosul (", "\u{202e}الموصل\u{202c}", "), ", "2016"]);
}

#[test]
fn lengths_are_short_and_never_not_a_number() {
    for (length, expected) in [
        (1.0, "1"),
        (0.125, "0.13"),
        (-0.001, "0"),
        (1234.5, "1234.5"),
        (f32::NAN, "0"),
        (f32::INFINITY, "0"),
    ] {
        assert_eq!(number(length), expected);
    }
}
