//! Markdown blocks as HTML: what a person reads, and nothing that runs or is fetched.

use super::svg::escaped;
use crate::model::{
    markdown::{self, Block, Span},
    web_address,
};

/// A Markdown text as HTML. Links lead to web pages only; HTML in it is text as any other.
pub fn of_markdown(text: &str) -> String {
    let mut out = String::new();
    for block in &markdown::blocks(text) {
        write_block(block, &mut out);
    }
    out
}

/// A paragraph's spans as HTML.
fn write_spans(spans: &[Span], out: &mut String) {
    for (run, link) in markdown::links(spans) {
        let address = link.and_then(web_address);
        if let Some(address) = address {
            out.push_str("<a href=\"");
            out.push_str(&escaped(address));
            out.push_str("\" rel=\"noopener noreferrer\">");
        }
        for span in run {
            let tags: Vec<&str> = [
                (span.is_strong, "strong"),
                (span.is_emphasis, "em"),
                (span.is_code, "code"),
            ]
            .into_iter()
            .filter_map(|(is, tag)| is.then_some(tag))
            .collect();
            for tag in &tags {
                out.push('<');
                out.push_str(tag);
                out.push('>');
            }
            out.push_str(&escaped_lines(&span.text));
            for tag in tags.iter().rev() {
                out.push_str("</");
                out.push_str(tag);
                out.push('>');
            }
        }
        if address.is_some() {
            out.push_str("</a>");
        }
    }
}

/// A text whose line breaks are kept.
fn escaped_lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(escaped).collect();
    lines.join("<br>")
}

fn write_block(block: &Block, out: &mut String) {
    match block {
        Block::Paragraph(spans) => {
            out.push_str("<p dir=\"auto\">");
            write_spans(spans, out);
            out.push_str("</p>");
        }
        // The page's own headings are above these.
        Block::Heading { spans, .. } => {
            out.push_str("<p dir=\"auto\"><strong>");
            write_spans(spans, out);
            out.push_str("</strong></p>");
        }
        Block::List(items) => {
            let number = items.first().and_then(|item| item.number.as_deref());
            let is_numbered = number.is_some();
            out.push_str(if is_numbered { "<ol>" } else { "<ul>" });
            for item in items {
                let digits: String = item.marker().chars().filter(char::is_ascii_digit).collect();
                if is_numbered && !digits.is_empty() {
                    out.push_str("<li value=\"");
                    out.push_str(&digits);
                    out.push_str("\">");
                } else {
                    out.push_str("<li>");
                }
                for block in &item.blocks {
                    write_block(block, out);
                }
                out.push_str("</li>");
            }
            out.push_str(if is_numbered { "</ol>" } else { "</ul>" });
        }
        Block::Quote(blocks) => {
            out.push_str("<blockquote>");
            for block in blocks {
                write_block(block, out);
            }
            out.push_str("</blockquote>");
        }
        Block::Code(code) => {
            out.push_str("<pre tabindex=\"0\">");
            let lines: Vec<String> = code.lines().map(escaped).collect();
            out.push_str(&lines.join("\n"));
            out.push_str("</pre>");
        }
        Block::Table(rows) => write_table(rows, out),
        Block::Rule => out.push_str("<hr>"),
    }
}

fn write_table(rows: &[Vec<Vec<Span>>], out: &mut String) {
    out.push_str("<table>");
    for (number, row) in rows.iter().enumerate() {
        let tag = if number == 0 { "th" } else { "td" };
        out.push_str("<tr>");
        for cell in row {
            out.push('<');
            out.push_str(tag);
            out.push('>');
            write_spans(cell, out);
            out.push_str("</");
            out.push_str(tag);
            out.push('>');
        }
        out.push_str("</tr>");
    }
    out.push_str("</table>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html_that_cannot_run() {
        for (text, expected) in [
            (
                "A *b* **c** & <script>",
                "<p dir=\"auto\">A <em>b</em> <strong>c</strong> &amp; &lt;script&gt;</p>",
            ),
            (
                "[x](https://example.org/?a=1&b=2)",
                "<p dir=\"auto\"><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer\">x</a></p>",
            ),
            ("[x](javascript:alert(1))", "<p dir=\"auto\">x</p>"),
            (
                "3. a\n4. b",
                "<ol><li value=\"3\"><p dir=\"auto\">a</p></li><li value=\"4\"><p dir=\"auto\">b</p></li></ol>",
            ),
            ("# Head", "<p dir=\"auto\"><strong>Head</strong></p>"),
            (
                "> quoted",
                "<blockquote><p dir=\"auto\">quoted</p></blockquote>",
            ),
            (
                "| a |\n|---|\n| b |",
                "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>",
            ),
        ] {
            assert_eq!(of_markdown(text), expected, "{text}");
        }
    }
}
