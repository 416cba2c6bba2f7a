//! HTML in the fields of other programs: as Markdown, and as plain text where a field is plain.

use std::borrow::Cow;

use htmd::{Element, HtmlToMarkdown, element_handler::Handlers};

use crate::model::markdown::{self, Block, Item};

/// What is neither text nor layout, and is dropped.
const DROPPED: [&str; 8] = [
    "script", "style", "iframe", "object", "embed", "video", "audio", "form",
];
/// Elements that need no end, or that end each other: they do not nest.
const FLAT: [&str; 14] = [
    "br", "hr", "img", "p", "li", "td", "th", "tr", "dt", "dd", "wbr", "input", "meta", "link",
];
/// Deeper or longer HTML is stripped of its elements rather than converted, which takes a stack
/// frame for each level and some hundred bytes for each element.
const DEEPEST: usize = 200;
const LONGEST_BYTES: usize = 1 << 20;

/// Stands for the words of a link that has none; no text has this sign (Unicode's private use).
const LINK: char = '\u{F8F1}';

/// HTML as Markdown.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Converted {
    /// The text.
    pub markdown: String,
    /// The elements that were dropped.
    pub dropped: Vec<&'static str>,
    /// Whether all elements were taken out, since they nest too deep or are too many.
    pub is_stripped: bool,
}

/// The addresses in angle brackets of a text, which are Markdown and no elements.
fn is_address_at(text: &str, at: usize) -> bool {
    let inside = text.get(at + 1..).unwrap_or_default();
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|begin| inside.starts_with(begin))
}

/// Whether a text holds an element or a character reference.
pub fn is_html(text: &str) -> bool {
    // Where there is none behind the last `>`, there is none.
    let last = text.rfind('>').unwrap_or(0);
    let has_element = text.match_indices('<').any(|(at, _)| {
        let next = text.get(at + 1..).unwrap_or_default();
        let next = next.strip_prefix('/').unwrap_or(next);
        at < last
            && !is_address_at(text, at)
            && next.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!')
    });
    let has_reference = text.match_indices('&').any(|(at, _)| {
        let next = text.get(at + 1..).unwrap_or_default();
        let end = next.find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
        end.is_some_and(|end| end > 1 && next.get(end..).is_some_and(|rest| rest.starts_with(';')))
    });
    has_element || has_reference
}

/// Whether a text is an address on the web.
pub fn is_address(text: &str) -> bool {
    let begins = |with: &str| {
        let start = text.get(..with.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    begins("http://") || begins("https://")
}

/// Converts a text; one without HTML stays as it is.
pub fn convert(text: &str) -> Converted {
    if !is_html(text) {
        return Converted {
            markdown: text.to_owned(),
            ..Converted::default()
        };
    }
    let dropped = dropped_in(text);
    if text.len() > LONGEST_BYTES || depth(text) > DEEPEST || has_long_tag(text) {
        return Converted {
            markdown: stripped(text),
            dropped,
            is_stripped: true,
        };
    }
    let source = |_: &dyn Handlers, element: Element<'_>| {
        // What was shown in a frame stays as a link.
        let attribute = element.attrs.iter().find(|it| &*it.name.local == "src");
        let address = attribute
            .map(|it| it.value.to_string())
            .filter(|it| is_address(it));
        address.map(|address| format!("<{address}>").into())
    };
    let converter = HtmlToMarkdown::builder()
        .add_handler(vec!["iframe", "video", "audio", "embed"], source)
        .skip_tags(vec![
            "script", "style", "object", "form", "head", "template",
        ])
        .build();
    let (text, addresses) = with_links(text);
    let tree = converter.html_to_tree(&text).ok();
    let markdown = tree.map(|tree| converter.tree_to_markdown(&tree));
    let markdown = markdown.map(|markdown| without_marks(&markdown, &addresses));
    Converted {
        markdown: markdown
            .unwrap_or_else(|| stripped(&text))
            .trim()
            .to_owned(),
        dropped,
        is_stripped: false,
    }
}

/// A text whose addresses in angle brackets are elements, with a mark for their words; and these
/// addresses.
fn with_links(text: &str) -> (Cow<'_, str>, Vec<&str>) {
    let (mut linked, mut addresses) = (String::new(), Vec::new());
    let mut done = 0;
    for (at, _) in text.match_indices('<') {
        if at < done || !is_address_at(text, at) {
            continue;
        }
        let inside = text.get(at + 1..).unwrap_or_default();
        let Some(end) = inside.find(['>', '<', '\n']) else {
            break;
        };
        let address = inside.get(..end).unwrap_or_default();
        if inside.as_bytes().get(end) == Some(&b'>') && !address.contains('"') {
            linked.push_str(text.get(done..at).unwrap_or_default());
            linked.push_str("<a href=\"");
            linked.push_str(address);
            linked.push_str("\">");
            linked.push(LINK);
            linked.push_str("</a>");
            addresses.push(address);
            done = at + end + 2;
        }
    }
    if done == 0 {
        return (Cow::Borrowed(text), addresses);
    }
    linked.push_str(text.get(done..).unwrap_or_default());
    (Cow::Owned(linked), addresses)
}

/// The Markdown of a text whose links were marked, with the addresses in angle brackets again.
fn without_marks(markdown: &str, addresses: &[&str]) -> String {
    let mark = format!("[{LINK}](");
    let mut parts = markdown.split(&mark);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for (part, address) in parts.zip(addresses) {
        // What is written as a target may be in angle brackets, or have its brackets escaped.
        let end = if part.starts_with('<') {
            part.find(">)").map(|end| end + 1)
        } else {
            let mut closing = part.match_indices(')').map(|(end, _)| end);
            closing.find(|end| {
                !part
                    .get(..*end)
                    .is_some_and(|before| before.ends_with('\\'))
            })
        };
        let rest = end.and_then(|end| part.get(end + 1..));
        whole.push('<');
        whole.push_str(address);
        whole.push('>');
        whole.push_str(rest.unwrap_or_default());
    }
    whole
}

/// A text without its HTML, for a field that is plain text, in one line.
pub fn plain(text: &str) -> String {
    if !is_html(text) {
        return text.trim().to_owned();
    }
    let converted = convert(text);
    let mut parts = Vec::new();
    collect(&markdown::blocks(&converted.markdown), &mut parts);
    parts
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The texts of blocks, in their order.
fn collect(blocks: &[Block], parts: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(spans) | Block::Heading { spans, .. } => {
                parts.push(markdown::plain(spans));
            }
            Block::List(items) => {
                for Item { blocks, .. } in items {
                    collect(blocks, parts);
                }
            }
            Block::Quote(blocks) => collect(blocks, parts),
            Block::Code(code) => parts.push(code.clone()),
            Block::Table(rows) => {
                for cell in rows.iter().flatten() {
                    parts.push(markdown::plain(cell));
                }
            }
            Block::Rule => {}
        }
    }
}

/// The names of the elements that begin in a text, lower case; of one that ends, with a slash.
fn elements(text: &str) -> impl Iterator<Item = String> {
    text.match_indices('<').filter_map(|(at, _)| {
        let next = text.get(at + 1..)?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '/';
        let end = next.find(|c| !is_name(c)).unwrap_or(next.len()).min(20);
        let name = next.get(..end)?.to_ascii_lowercase();
        let is_element = name
            .trim_start_matches('/')
            .starts_with(|c: char| c.is_ascii_alphabetic());
        is_element.then(|| {
            if name.starts_with('/') {
                name
            } else {
                name.trim_end_matches('/').to_owned()
            }
        })
    })
}

fn dropped_in(text: &str) -> Vec<&'static str> {
    let mut dropped: Vec<&'static str> = Vec::new();
    for name in elements(text) {
        let known = DROPPED.into_iter().find(|it| *it == name);
        if let Some(known) = known.filter(|known| !dropped.contains(known)) {
            dropped.push(known);
        }
    }
    dropped
}

/// Whether there is an element with more attributes than any page has: they are compared with each
/// other.
fn has_long_tag(text: &str) -> bool {
    /// A player's frame has some 500 bytes of them.
    const LONGEST_TAG_BYTES: usize = 8192;
    text.split('<').skip(1).any(|tag| {
        let near = tag.as_bytes().get(..LONGEST_TAG_BYTES);
        near.is_some_and(|near| !near.contains(&b'>'))
    })
}

/// How deep elements nest, at most.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for name in elements(text) {
        if name.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !FLAT.contains(&name.as_str()) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// A text without what stands in angle brackets.
fn stripped(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        rest = after.split_once('>').map_or("", |(_, behind)| behind);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(convert(html).markdown, expected, "{html}");
    }

    #[test]
    fn links_emphasis_lists_and_paragraphs_are_kept() {
        check(
            "Nothing of it: 3 < 4 & 5 > 2",
            "Nothing of it: 3 < 4 & 5 > 2",
        );
        check(
            "<p>What <b>women</b> did.</p><p>And <i>men</i></p>",
            "What **women** did.\n\nAnd *men*",
        );
        check(
            "<a href=\"https://example.org/a\">here</a>",
            "[here](https://example.org/a)",
        );
        check("<ul><li>a</li><li>b</li></ul>", "*   a\n*   b");
        check(
            "See <https://example.org/a>.",
            "See <https://example.org/a>.",
        );
        check(
            "<b>See</b> <https://example.org/a>.",
            "**See** <https://example.org/a>.",
        );
        check(
            "<i>x</i> <https://example.org/A_(b)> <https://example.org/c_d>",
            "*x* <https://example.org/A_(b)> <https://example.org/c_d>",
        );
        check("R&amp;D", "R&D");
        check(
            "<iframe src=\"https://example.org/v\"></iframe>",
            "<https://example.org/v>",
        );
    }

    #[test]
    fn scripts_and_frames_are_dropped_and_named() {
        let converted = convert("<style>a{}</style>b<SCRIPT>alert(1)</SCRIPT><script>2</script>");
        assert_eq!(converted.markdown, "b");
        assert_eq!(converted.dropped, ["style", "script"]);
    }

    #[test]
    fn a_title_is_plain() {
        for (html, expected) in [
            (" Plain *text* ", "Plain *text*"),
            ("<h2>The <em>first</em></h2> &amp; last", "The first & last"),
            ("a<br>b", "a b"),
            ("2 * 3 <b>*</b>", "2 * 3 *"),
        ] {
            assert_eq!(plain(html), expected);
        }
    }

    #[test]
    fn what_nests_too_deep_is_stripped() {
        let deep = "<div>".repeat(100_000) + "a" + &"</div>".repeat(100_000);
        let converted = convert(&deep);
        assert_eq!(converted.markdown, "a");
        assert!(converted.is_stripped);
        assert!(!convert(&"<p>a<br>".repeat(1000)).is_stripped);
    }
}
