//! Markdown in summaries, details and abouts: paragraphs, lists, headings, emphasis, links.
//!
//! HTML is shown as text. Links open in the browser on a click and never by themselves. Left out:
//! tables, footnotes and pictures, which have no place in a story's column.

use egui::{Hyperlink, Label, Ui, text::LayoutJob};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{
    text::{self, Style, color},
    widgets,
};
use crate::layout::{TextMeasure, Theme, measure::Face};

/// A piece of a paragraph in one style.
#[derive(Clone, Debug, PartialEq)]
struct Span {
    text: String,
    is_emphasis: bool,
    is_strong: bool,
    link: Option<String>,
}

/// What stands by itself.
#[derive(Clone, Debug, PartialEq)]
struct Block {
    spans: Vec<Span>,
    is_heading: bool,
    /// What stands before it in a list.
    bullet: Option<String>,
}

/// Shows a text in the story's face.
pub fn show(ui: &mut Ui, markdown: &str, theme: &Theme, measure: &dyn TextMeasure) {
    let body = Style {
        line_height: 1.45,
        ..Style::new(Face::Serif, 15.0, color(theme.ink))
    };
    for (number, block) in blocks(markdown).iter().enumerate() {
        if number > 0 {
            ui.add_space(if block.bullet.is_some() { 3.0 } else { 8.0 });
        }
        match &block.bullet {
            Some(bullet) => {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 8.0;
                    ui.add(Label::new(text::job(bullet, &body)).selectable(false));
                    ui.vertical(|ui| show_block(ui, block, &body, theme, measure));
                });
            }
            None => show_block(ui, block, &body, theme, measure),
        }
    }
}

fn show_block(ui: &mut Ui, block: &Block, body: &Style, theme: &Theme, measure: &dyn TextMeasure) {
    let plain: String = block.spans.iter().map(|span| span.text.as_str()).collect();
    if text::has_right_to_left(&plain) {
        // Broken and ordered as a whole; emphasis inside is left out.
        widgets::paragraph(ui, &plain, body, measure);
    } else {
        let mut job = LayoutJob::default();
        for span in &block.spans {
            let face = match (block.is_heading || span.is_strong, span.is_emphasis) {
                (true, _) => Face::SerifSemiBold,
                (false, true) => Face::SerifItalic,
                (false, false) => Face::Serif,
            };
            job.append(&span.text, 0.0, body.format(face));
        }
        job.wrap.max_width = ui.available_width();
        ui.add(Label::new(job).wrap());
    }
    for span in &block.spans {
        if let Some(url) = &span.link {
            let job = text::job(
                &span.text,
                &Style::new(Face::Sans, 13.0, color(theme.accent)),
            );
            ui.add(Hyperlink::from_label_and_url(job, url).open_in_new_tab(true))
                .on_hover_text(url);
        }
    }
}

fn blocks(markdown: &str) -> Vec<Block> {
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
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock,
            ) => {
                close(&mut current, &mut blocks);
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
                block.spans.push(Span {
                    text: words.into_string(),
                    ..style.clone()
                });
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(block) = &mut current {
                    block.spans.push(Span {
                        text: " ".to_owned(),
                        ..style.clone()
                    });
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
        check("", &[]);
    }
}
