//! Text for a terminal: styles, and paragraphs folded to a width.

use std::fmt::Write;

use anstyle::{Effects, Style};
use textwrap::WrapAlgorithm;

use crate::open::one_line;

/// The style of headings.
pub const STRONG: Style = Style::new().effects(Effects::BOLD);
/// The style of the note of a date, and of the names of details.
pub const FAINT: Style = Style::new().effects(Effects::DIMMED);

/// Writes a paragraph, each line indented; nothing for an empty text.
pub fn push_lines(out: &mut String, text: &str, width: usize, indent: &str, style: Style) {
    for line in wrapped(&one_line(text), width.saturating_sub(indent.len()), "") {
        out.push_str(indent);
        push_styled(out, &line, style);
        out.push('\n');
    }
}

/// Writes a text in a style; for an empty style, the text alone. Its indentation is not styled.
pub fn push_styled(out: &mut String, text: &str, style: Style) {
    if style.is_plain() {
        out.push_str(text);
    } else {
        let words = text.trim_start();
        out.push_str(text.strip_suffix(words).unwrap_or_default());
        // Writing to a string does not fail.
        let _ = write!(out, "{style}{words}{style:#}");
    }
}

/// A text in lines of this width, all but the first indented; no lines for an empty text.
pub fn wrapped(text: &str, width: usize, indent: &str) -> Vec<String> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    // First fit: lines are less even, but it is faster, with a million events to lay out.
    let options = textwrap::Options::new(width.max(1))
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .subsequent_indent(indent);
    textwrap::wrap(text, options)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}
