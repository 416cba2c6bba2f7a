//! The details below an event in `meanwhile list --details`, as plain text.
//!
//! Markdown becomes paragraphs; emphasis is left out, since its marks would only be in the way. A
//! source is named once, at the end, and cited by its number.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use textwrap::core::display_width;

use super::{
    selection::Selection,
    text::{FAINT, STRONG, push_lines, push_styled, wrapped},
};
use crate::{
    model::{EventId, Links, Source, SourceId, Timeline},
    open::one_line,
};

/// The indentation of details.
const INDENT: &str = "    ";

/// Writes all details of an event.
pub fn write(out: &mut String, timeline: &Timeline, event: EventId, width: usize) {
    let record = timeline.event(event);
    write_markdown(out, record.summary, width, INDENT);
    write_markdown(out, record.details, width, INDENT);
    let people = record.people.iter().map(|&person| timeline.person(person));
    let people: Vec<_> = people
        .map(|person| named(&person.name, &person.native_name))
        .collect();
    let place = record.place.map(|place| timeline.place(place));
    let cited = record.sources.iter().map(|citation| {
        let number = citation.source.index() + 1;
        format!("[{number}] {}", citation.place_in_source)
            .trim_end()
            .to_owned()
    });
    field(out, "People", &people.join(", "), width);
    field(
        out,
        "Place",
        &place
            .map(|place| named(&place.name, &place.native_name))
            .unwrap_or_default(),
        width,
    );
    field(out, "Because of", &links(timeline, record.because), width);
    field(
        out,
        "Led to",
        &links(timeline, timeline.led_to(event)),
        width,
    );
    field(out, "See also", &links(timeline, record.see_also), width);
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
            &source(timeline.source(id)),
            width,
            "",
        );
    }
}

/// A source in one line: author, title, publisher, date, URL.
fn source(source: &Source) -> String {
    let date = source.date_words();
    let parts = [
        &source.author,
        &source.title,
        &source.publisher,
        &date,
        &source.url,
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}

fn named(name: &str, native_name: &str) -> String {
    if native_name.is_empty() {
        name.to_owned()
    } else {
        format!("{name} ({native_name})")
    }
}

fn links(timeline: &Timeline, links: Links<'_>) -> String {
    let links = links.iter().map(|link| {
        let title = timeline.event(link.event).title;
        if link.label.is_empty() {
            title.to_owned()
        } else {
            format!("{title} ({})", link.label)
        }
    });
    links.collect::<Vec<_>>().join("; ")
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

/// Writes Markdown as paragraphs of plain text.
pub fn write_markdown(out: &mut String, markdown: &str, width: usize, indent: &str) {
    for Paragraph { bullet, text } in paragraphs(markdown) {
        let text = one_line(&text);
        if bullet.is_empty() {
            push_lines(out, &text, width, indent, anstyle::Style::new());
            continue;
        }
        let hanging = " ".repeat(display_width(&bullet) + 1);
        let room = width.saturating_sub(indent.len() + hanging.len());
        for (number, line) in wrapped(&text, room, "").into_iter().enumerate() {
            let before = if number == 0 {
                format!("{bullet} ")
            } else {
                hanging.clone()
            };
            for part in [indent, &before, &line, "\n"] {
                out.push_str(part);
            }
        }
    }
}

/// A paragraph or an item of a list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Paragraph {
    /// Its bullet or number in a list, or empty.
    bullet: String,
    text: String,
}

/// The paragraphs of a Markdown text. HTML stays as it is written, and a link is followed by its
/// URL where that is not its text.
fn paragraphs(markdown: &str) -> Vec<Paragraph> {
    let mut all = Vec::new();
    let mut current = Paragraph::default();
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut link: Option<(String, usize)> = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words)
            | Event::Code(words)
            | Event::Html(words)
            | Event::InlineHtml(words) => {
                current.text.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak => current.text.push(' '),
            Event::Start(Tag::Link { dest_url, .. }) => {
                link = Some((dest_url.into_string(), current.text.len()));
            }
            Event::End(TagEnd::Link) => {
                if let Some((url, start)) = link.take()
                    && current.text.get(start..) != Some(url.as_str())
                {
                    current.text.extend([" (", &url, ")"]);
                }
            }
            Event::Start(Tag::List(first)) => {
                close(&mut current, &mut all);
                lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => {
                close(&mut current, &mut all);
                current.bullet = match lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "•".to_owned(),
                };
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock,
            )
            | Event::Rule => close(&mut current, &mut all),
            _ => {}
        }
    }
    close(&mut current, &mut all);
    all
}

/// Ends a paragraph. One without text leaves its bullet to the next.
fn close(current: &mut Paragraph, all: &mut Vec<Paragraph>) {
    if !current.text.trim().is_empty() {
        all.push(std::mem::take(current));
    }
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
        check("[here](http://a.b)", "  here (http://a.b)\n");
        check("<http://a.b>", "  http://a.b\n");
        check("<b>bold</b>", "  <b>bold</b>\n");
        check("bell &#7; `code`", "  bell \u{FFFD} code\n");
    }

    #[test]
    fn a_source_is_a_line() {
        let f24 = Source {
            title: "A plan".into(),
            author: "L. J.".into(),
            date: "2016-10".into(),
            ..Source::EMPTY
        };
        assert_eq!(source(&f24), "L. J., A plan, October 2016");
        assert_eq!(
            source(&Source {
                date: "lately".into(),
                ..f24
            }),
            "L. J., A plan, lately"
        );
    }
}
