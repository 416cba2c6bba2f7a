//! Texts of a calendar: addresses, line breaks and coordinates in them.

use std::borrow::Cow;

use crate::formats::import::html::is_address;

/// So many characters of a line are said.
const MOST_SAID: usize = 60;

/// The beginning of a text, for a message.
pub fn short(text: &str) -> String {
    let mut short: String = text.chars().take(MOST_SAID).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A text without line breaks.
pub fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// Degrees north and east.
pub fn coordinates(text: &str) -> Option<(f64, f64)> {
    let (lat, lon) = text.split_once([';', ','])?;
    let (lat, lon) = (lat.trim().parse().ok()?, lon.trim().parse().ok()?);
    let is_on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
    is_on_earth.then_some((lat, lon))
}

/// Whether the name of a file ends as those of pictures do.
pub fn is_picture(file: &str) -> bool {
    let name = file.split(['?', '#']).next().unwrap_or_default();
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let known = ["jpg", "jpeg", "png", "gif", "webp", "svg"];
    known.iter().any(|it| end.eq_ignore_ascii_case(it))
}

/// A text without the addresses that stand in angle brackets, and how many these are.
pub fn without_addresses(text: &str) -> (String, usize) {
    let (mut masked, mut addresses) = (String::new(), 0);
    each_address(text, |before, address| {
        masked.push_str(before);
        addresses += usize::from(address.is_some());
    });
    (masked, addresses)
}

/// A text of HTML, with its addresses in angle brackets as links.
pub fn with_links(text: &str) -> String {
    let mut linked = String::new();
    each_address(text, |before, address| {
        linked.push_str(before);
        if let Some(address) = address {
            linked.extend(["<a href=\"", address, "\">", address, "</a>"]);
        }
    });
    linked
}

/// HTML whose lines and paragraphs are those of plain text, as elements.
pub fn with_breaks(html: &str) -> Cow<'_, str> {
    let small = html.to_ascii_lowercase();
    let blocks = ["<br", "<p", "<div", "<li", "<td", "<h", "<pre"];
    if !html.contains('\n') || blocks.iter().any(|block| small.contains(block)) {
        return Cow::Borrowed(html);
    }
    Cow::Owned(html.replace("\n\n", "<p>").replace('\n', "<br>"))
}

/// Visits the addresses in angle brackets, each with what stands before it, and the end.
pub fn each_address<'t>(text: &'t str, mut visit: impl FnMut(&'t str, Option<&'t str>)) {
    let mut begins = 0;
    for (at, _) in text.match_indices('<') {
        let rest = text.get(at + 1..).unwrap_or_default();
        if at < begins || !is_address(rest) {
            continue;
        }
        let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"');
        let Some(end) = rest.find(is_end) else {
            continue;
        };
        let (address, behind) = rest.split_at(end);
        if behind.starts_with('>') {
            visit(text.get(begins..at).unwrap_or_default(), Some(address));
            begins = at + end + 2;
        }
    }
    visit(text.get(begins..).unwrap_or_default(), None);
}
