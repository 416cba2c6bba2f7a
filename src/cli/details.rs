//! The details below an event in `meanwhile list --details`, as plain text.
//!
//! Markdown becomes plain text; emphasis is left out, since its marks would only be in the way. A
//! source is named once, at the end, and cited by its number.

use textwrap::core::display_width;

use super::{
    selection::Selection,
    text::{FAINT, STRONG, push_lines, push_styled, wrapped},
};
use crate::{
    model::{
        EventId, SourceId, Timeline,
        markdown::{self, Block, Item, Span},
    },
    open::one_line,
};

/// The indentation of details.
const INDENT: &str = "    ";

/// Writes all details of an event.
pub fn write(out: &mut String, timeline: &Timeline, event: EventId, width: usize) {
    let record = timeline.event(event);
    write_markdown(out, record.summary, width, INDENT);
    write_markdown(out, record.details, width, INDENT);
    let cited = record.sources.iter().map(|citation| {
        let number = citation.source.index() + 1;
        format!("[{number}] {}", citation.place_in_source)
            .trim_end()
            .to_owned()
    });
    let people = timeline.people_words(event).join(", ");
    field(out, "People", &people, width);
    let place = timeline.place_words(event).unwrap_or_default();
    field(out, "Place", &place, width);
    for (name, links) in [
        ("Because of", record.because),
        ("Led to", timeline.led_to(event)),
        ("See also", record.see_also),
    ] {
        field(out, name, &timeline.link_words(links).join("; "), width);
    }
    field(out, "Sources", &cited.collect::<Vec<_>>().join("; "), width);
}

/// Writes the sources that the chosen events cite, with their numbers.
pub fn write_sources(out: &mut String, timeline: &Timeline, selection: &Selection, width: usize) {
    let cited = selection
        .events(timeline)
        .flat_map(|event| timeline.event(event).sources);
    let mut sources: Vec<SourceId> = cited.map(|citation| citation.source).collect();
    sources.sort_unstable();
    sources.dedup();
    if sources.is_empty() {
        return;
    }
    push_lines(out, "Sources", width, "", STRONG);
    for id in sources {
        hung(
            out,
            &format!("[{}]", id.index() + 1),
            &timeline.source(id).reference().to_string(),
            width,
            "",
        );
    }
}

/// Writes a detail after its name; nothing where its text is empty.
fn field(out: &mut String, name: &str, text: &str, width: usize) {
    if !text.is_empty() {
        hung(out, &format!("{name}:"), text, width, INDENT);
    }
}

/// Writes a paragraph with a hanging indent; `head`, its first word, is in the style [`FAINT`].
fn hung(out: &mut String, head: &str, text: &str, width: usize, indent: &str) {
    let whole = format!("{head} {}", one_line(text));
    for (number, line) in wrapped(&whole, width.saturating_sub(indent.len()), "  ")
        .into_iter()
        .enumerate()
    {
        out.push_str(indent);
        match line.strip_prefix(head).filter(|_| number == 0) {
            Some(rest) => {
                push_styled(out, head, FAINT);
                out.push_str(rest);
            }
            None => out.push_str(&line),
        }
        out.push('\n');
    }
}

/// Writes Markdown as plain text.
pub fn write_markdown(out: &mut String, markdown: &str, width: usize, indent: &str) {
    let mut text = MarkdownText {
        out,
        width,
        margin: indent.to_owned(),
        head: None,
    };
    text.blocks(&markdown::blocks(markdown));
}

/// Writes blocks of Markdown.
struct MarkdownText<'a> {
    out: &'a mut String,
    /// The width of the terminal, in columns.
    width: usize,
    /// What stands before every line.
    margin: String,
    /// What stands before the next line in place of the margin: it ends in an item's number or
    /// bullet.
    head: Option<String>,
}

impl MarkdownText<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(spans) | Block::Heading { spans, .. } => {
                    self.paragraph(&with_links(spans));
                }
                Block::List(items) => items.iter().for_each(|item| self.item(item)),
                Block::Quote(blocks) => {
                    if let Some(head) = &mut self.head {
                        head.push_str("> ");
                    }
                    self.within("> ", |text| text.blocks(blocks));
                }
                Block::Code(code) => {
                    for line in code.lines() {
                        self.line(&one_line(line));
                    }
                }
                Block::Table(rows) => {
                    for row in rows {
                        let cells: Vec<_> = row.iter().map(|cell| with_links(cell)).collect();
                        self.paragraph(&cells.join(" | "));
                    }
                }
                Block::Rule => self.line("* * *"),
            }
        }
    }

    /// An item: what it contains stands below each other behind its number or bullet.
    fn item(&mut self, item: &Item) {
        let marker = one_line(item.marker());
        let hanging = " ".repeat(display_width(&marker) + 1);
        let margin = self.head.take().unwrap_or_else(|| self.margin.clone());
        self.head = Some(format!("{margin}{marker} "));
        self.within(&hanging, |text| text.blocks(&item.blocks));
        // Of an empty item its number is written, but no bullet.
        if let Some(head) = self.head.take().filter(|_| item.number.is_some()) {
            self.out.extend([head.trim_end(), "\n"]);
        }
    }

    /// Writes with a wider margin.
    fn within(&mut self, more: &str, write: impl FnOnce(&mut Self)) {
        let length = self.margin.len();
        self.margin.push_str(more);
        write(self);
        self.margin.truncate(length);
    }

    fn paragraph(&mut self, text: &str) {
        for part in text.split('\n') {
            let room = self.width.saturating_sub(display_width(&self.margin));
            for line in wrapped(&one_line(part), room, "") {
                self.line(&line);
            }
        }
    }

    fn line(&mut self, line: &str) {
        let before = self.head.take();
        for part in [before.as_ref().unwrap_or(&self.margin), line, "\n"] {
            self.out.push_str(part);
        }
    }
}

/// Spans as plain text, a link followed by its URL where that is not its text.
fn with_links(spans: &[Span]) -> String {
    let mut text = String::new();
    for (run, url) in markdown::links(spans) {
        let words = markdown::plain(run);
        text.push_str(&words);
        if let Some(url) = url.filter(|url| *url != words) {
            text.extend([" (", url, ")"]);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expected: &str) {
        let mut out = String::new();
        write_markdown(&mut out, markdown, 24, "  ");
        assert_eq!(out, expected, "{markdown}");
    }

    #[test]
    fn markdown_becomes_paragraphs() {
        check("", "");
        check(
            "One *or* **two**\nsentences.\n\nMore.",
            "  One or two sentences.\n  More.\n",
        );
        check(
            "# Why\n- first\n- second, which runs on",
            "  Why\n  • first\n  • second, which runs\n    on\n",
        );
        check("3. three\n4. four", "  3. three\n  4. four\n");
        check(
            "9. November 1989\n18. March 1990",
            "  9. November 1989\n  18. March 1990\n",
        );
        check(
            "1944. One\n1946. Two\n1950. Three",
            "  1944. One\n  1946. Two\n  1950. Three\n",
        );
        check(
            "- a\n  1. b\n\n     more\n- c",
            "  • a\n    1. b\n       more\n  • c\n",
        );
        check("- > so *he* said\n- ", "  • > so he said\n");
        check("1.\n2. b\n3.", "  1.\n  2. b\n  3.\n");
        check("[a **b** c](u)", "  a b c (u)\n");
        check(
            "> so it was said\n> by many of them",
            "  > so it was said by\n  > many of them\n",
        );
        check("one\\\ntwo", "  one\n  two\n");
        check("    a   b\n      c", "  a   b\n    c\n");
        check("|a|b|\n|-|-|\n|1|2|", "  a | b\n  1 | 2\n");
        check("[here](http://a.b)", "  here (http://a.b)\n");
        check("<http://a.b>", "  http://a.b\n");
        check("<b>bold</b>", "  <b>bold</b>\n");
        check("bell &#7; `code`", "  bell \u{FFFD} code\n");
    }
}
