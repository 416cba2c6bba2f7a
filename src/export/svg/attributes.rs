//! Lengths, colours and words as SVG writes them.

use std::fmt::Write as _;

use crate::layout::{bidi, scene::Rect, theme::Rgba};

/// The words of a run so that they stand as they are meant to without their neighbours.
pub(super) fn directed(words: &str, is_right_to_left: bool) -> String {
    /// Right-to-left override, left-to-right override, end of either (Unicode UAX 9).
    const MARKS: [char; 3] = ['\u{202e}', '\u{202d}', '\u{202c}'];
    let plain: String = words.chars().filter(|c| !bidi::is_control(*c)).collect();
    let [rtl, ltr, end] = MARKS;
    match (is_right_to_left, bidi::has_right_to_left(&plain)) {
        (true, _) => format!("{rtl}{plain}{end}"),
        (false, true) => format!("{ltr}{plain}{end}"),
        (false, false) => plain,
    }
}

pub(super) fn rect_attributes(rect: &Rect) -> String {
    format!(
        "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
        number(rect.x0),
        number(rect.y0),
        number(rect.width().max(0.0)),
        number(rect.height().max(0.0))
    )
}

pub(super) fn points(points: &[(f32, f32)]) -> String {
    let mut out = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        let gap = if index == 0 { "" } else { " " };
        let _ = write!(out, "{gap}{},{}", number(*x), number(*y));
    }
    out
}

pub(super) fn fill(color: Rgba) -> String {
    let mut out = format!("fill=\"{}\"", hex(color));
    if color.alpha < 255 {
        let _ = write!(out, " fill-opacity=\"{}\"", opacity(color));
    }
    out
}

pub(super) fn stroke(color: Rgba, px: f32) -> String {
    let mut out = format!("stroke=\"{}\" stroke-width=\"{}\"", hex(color), number(px));
    if color.alpha < 255 {
        let _ = write!(out, " stroke-opacity=\"{}\"", opacity(color));
    }
    out
}

/// A fill whose shape is wider by a stroke of the same colour. Both are translucent as one.
pub(super) fn heavier(color: Rgba, px: f32) -> String {
    let hex = hex(color);
    let mut out = format!(
        "fill=\"{hex}\" stroke=\"{hex}\" stroke-width=\"{px:.3}\" stroke-linejoin=\"round\""
    );
    if color.alpha < 255 {
        let _ = write!(out, " opacity=\"{}\"", opacity(color));
    }
    out
}

/// A colour as `#rrggbb`.
pub(in crate::export) fn hex(color: Rgba) -> String {
    let [r, g, b] = color.rgb;
    format!("#{r:02x}{g:02x}{b:02x}")
}

pub(super) fn opacity(color: Rgba) -> String {
    format!("{:.3}", f32::from(color.alpha) / 255.0)
}

/// A length with at most two decimals, without a trailing zero.
pub(in crate::export) fn number(length: f32) -> String {
    let hundredths = (f64::from(length) * 100.0).round();
    if !hundredths.is_finite() {
        return "0".to_owned();
    }
    // Adding zero turns -0 into 0.
    format!("{}", (hundredths + 0.0) / 100.0)
}

/// A text for XML: escaped, and without the characters that XML cannot hold.
pub(in crate::export) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}
