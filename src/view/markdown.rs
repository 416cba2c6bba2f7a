//! Markdown in summaries and details: paragraphs, lists, headings, emphasis, links.
//!
//! HTML is shown as text. Links open in the browser on a click and never by themselves. Left out:
//! tables, footnotes and pictures, which do not fit in a story's column.

use std::borrow::Cow;

use egui::{Hyperlink, Label, Ui, Vec2, text::LayoutJob};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{
    text::{self, Style, color},
    widgets,
};
use crate::{
    layout::{TextMeasure, Theme, measure::Face},
    model::web_address,
};

/// A piece of a paragraph in one style.
#[derive(Clone, Debug, PartialEq)]
struct Span {
    text: String,
    is_emphasis: bool,
    is_strong: bool,
    link: Option<String>,
}

/// A paragraph, heading, list item or code block.
#[derive(Clone, Debug, PartialEq)]
struct Block {
    spans: Vec<Span>,
    is_heading: bool,
    /// Its bullet or number in a list.
    bullet: Option<String>,
}

/// Shows a text in the story's face.
pub fn show(ui: &mut Ui, markdown: &str, theme: &Theme, measure: &dyn TextMeasure) {
    let body = Style {
        line_height: 1.45,
        ..Style::new(Face::Serif, 15.0, color(theme.ink))
    };
    show_in(ui, markdown, &body, theme, measure);
}

/// Shows a text in the size, colour and line height of `body`; the faces are those of a story.
pub fn show_in(
    ui: &mut Ui,
    markdown: &str,
    body: &Style,
    theme: &Theme,
    measure: &dyn TextMeasure,
) {
    let gap = body.size_px / 15.0;
    for (number, block) in blocks(markdown).iter().enumerate() {
        if number > 0 {
            ui.add_space(gap * if block.bullet.is_some() { 3.0 } else { 8.0 });
        }
        match &block.bullet {
            Some(bullet) => {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 8.0;
                    ui.add(Label::new(text::job(bullet, body)).selectable(false));
                    ui.vertical(|ui| show_block(ui, block, body, theme, measure));
                });
            }
            None => show_block(ui, block, body, theme, measure),
        }
    }
}

fn show_block(ui: &mut Ui, block: &Block, body: &Style, theme: &Theme, measure: &dyn TextMeasure) {
    let plain: String = block.spans.iter().map(|span| span.text.as_str()).collect();
    let has_link = block.spans.iter().any(|span| span.address().is_some());
    if text::has_right_to_left(&plain) {
        // Broken and ordered as a whole; emphasis inside is left out.
        widgets::paragraph(ui, &plain, body, measure);
    } else if has_link {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            for span in &block.spans {
                show_span(ui, span, block.is_heading, body, theme);
            }
        });
        return;
    } else {
        let mut job = LayoutJob::default();
        for span in &block.spans {
            job.append(&span.text, 0.0, body.format(span.face(block.is_heading)));
        }
        job.wrap.max_width = ui.available_width();
        ui.add(Label::new(job).wrap());
    }
    // A right-to-left paragraph has its links below it.
    for span in block.spans.iter().filter(|_| has_link) {
        show_span(ui, span, false, body, theme);
    }
}

/// One piece of a paragraph with links in it.
fn show_span(ui: &mut Ui, span: &Span, is_heading: bool, body: &Style, theme: &Theme) {
    let Some(address) = span.address() else {
        let job = text::job(
            &span.text,
            &Style {
                face: span.face(is_heading),
                ..*body
            },
        );
        ui.add(Label::new(job).wrap());
        return;
    };
    let style = Style {
        face: span.face(is_heading),
        color: color(theme.accent),
        ..*body
    };
    let link = Hyperlink::from_label_and_url(text::job(&span.text, &style), address);
    ui.add(link.open_in_new_tab(true)).on_hover_text(address);
}

impl Block {
    /// Adds words in a style. Neighbours of one style are one span, which is read aloud as a whole.
    fn add(&mut self, words: &str, style: &Span) {
        let last = self.spans.last_mut();
        if let Some(last) = last.filter(|last| last.is_like(style)) {
            last.text.push_str(words);
        } else {
            self.spans.push(Span {
                text: words.to_owned(),
                ..style.clone()
            });
        }
    }
}

impl Span {
    fn is_like(&self, other: &Self) -> bool {
        (self.is_emphasis, self.is_strong) == (other.is_emphasis, other.is_strong)
            && self.link == other.link
    }

    fn face(&self, is_heading: bool) -> Face {
        match (is_heading || self.is_strong, self.is_emphasis) {
            (true, _) => Face::SerifSemiBold,
            (false, true) => Face::SerifItalic,
            (false, false) => Face::Serif,
        }
    }

    /// Its web address, if it has one: nothing else is ever opened.
    fn address(&self) -> Option<&str> {
        self.link.as_deref().and_then(web_address)
    }
}

/// Escapes the full stop after a year at the beginning of a line, so that it starts no list:
/// "2014. Mosul falls" is a sentence in a chronology, and nobody numbers a thousand things.
fn without_years_as_lists(markdown: &str) -> Cow<'_, str> {
    let stop_of_year = |line: &str| {
        let trimmed = line.trim_start();
        let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
        let is_stop = trimmed
            .get(digits..)
            .is_some_and(|rest| rest.starts_with(". "));
        (digits >= 3 && is_stop).then(|| line.len() - trimmed.len() + digits)
    };
    if markdown.lines().all(|line| stop_of_year(line).is_none()) {
        return markdown.into();
    }
    let lines = markdown.split('\n').map(|line| match stop_of_year(line) {
        Some(at) => {
            let (year, rest) = line.split_at_checked(at).unwrap_or((line, ""));
            format!("{year}\\{rest}")
        }
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n").into()
}

fn blocks(markdown: &str) -> Vec<Block> {
    let markdown = &*without_years_as_lists(markdown);
    let mut blocks = Vec::new();
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut current: Option<Block> = None;
    let mut style = Span {
        text: String::new(),
        is_emphasis: false,
        is_strong: false,
        link: None,
    };
    let mut bullet: Option<String> = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_)) => close(&mut current, &mut blocks),
            Event::Start(Tag::Heading { .. }) => {
                close(&mut current, &mut blocks);
                current = Some(Block {
                    spans: Vec::new(),
                    is_heading: true,
                    bullet: None,
                });
            }
            Event::Start(Tag::List(first)) => {
                close(&mut current, &mut blocks);
                lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                close(&mut current, &mut blocks);
                lists.pop();
            }
            Event::Start(Tag::Item) => {
                close(&mut current, &mut blocks);
                bullet = Some(match lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "•".to_owned(),
                });
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock) => {
                close(&mut current, &mut blocks);
            }
            Event::End(TagEnd::Item) => {
                close(&mut current, &mut blocks);
                // An empty item leaves no bullet behind for the next paragraph.
                bullet = None;
            }
            Event::Start(Tag::Emphasis) => style.is_emphasis = true,
            Event::End(TagEnd::Emphasis) => style.is_emphasis = false,
            Event::Start(Tag::Strong) => style.is_strong = true,
            Event::End(TagEnd::Strong) => style.is_strong = false,
            Event::Start(Tag::Link { dest_url, .. }) => style.link = Some(dest_url.into_string()),
            Event::End(TagEnd::Link) => style.link = None,
            Event::Text(words)
            | Event::Code(words)
            | Event::Html(words)
            | Event::InlineHtml(words) => {
                let block = current.get_or_insert_with(|| Block {
                    spans: Vec::new(),
                    is_heading: false,
                    bullet: bullet.take(),
                });
                block.add(&words, &style);
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(block) = &mut current {
                    block.add(" ", &style);
                }
            }
            _ => {}
        }
    }
    close(&mut current, &mut blocks);
    blocks
}

fn close(current: &mut Option<Block>, blocks: &mut Vec<Block>) {
    blocks.extend(current.take());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expected: &[&str]) {
        let found: Vec<String> = blocks(markdown)
            .iter()
            .map(|block| {
                let mut line = block
                    .bullet
                    .as_ref()
                    .map_or(String::new(), |bullet| format!("{bullet} "));
                if block.is_heading {
                    line += "# ";
                }
                for span in &block.spans {
                    let mark = match (span.is_strong, span.is_emphasis) {
                        (true, _) => "**",
                        (_, true) => "_",
                        _ => "",
                    };
                    line += &format!("{mark}{}{mark}", span.text);
                    if let Some(url) = &span.link {
                        line += &format!("<{url}>");
                    }
                }
                line
            })
            .collect();
        assert_eq!(found, expected, "{markdown:?}");
    }

    #[test]
    fn paragraphs_lists_emphasis_and_links() {
        check("one\ntwo\n\nthree", &["one two", "three"]);
        check("a *b* **c**", &["a _b_ **c**"]);
        check(
            "# Head\n\n- x\n- y\n\n1. p\n2. q",
            &["# Head", "• x", "• y", "1. p", "2. q"],
        );
        check(
            "[here](https://example.org)",
            &["here<https://example.org>"],
        );
        check("a <b>bold</b>", &["a <b>bold</b>"]);
        check("<script>alert(1)</script>", &["<script>alert(1)</script>"]);
        check("- \n\nafter", &["after"]);
        check("", &[]);
    }
}
