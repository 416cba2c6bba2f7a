//! Markdown as blocks: what summaries, details, captions and notes are written in.
//!
//! ```text
//! 9. November 1989    List [ Item "9."  Paragraph "November 1989" ]
//! 18. *March* 1990         [ Item "18." Paragraph "March" (emphasis) " 1990" ]
//! ```
//!
//! `CommonMark` with tables, read by `pulldown-cmark`. Two things differ, because a chronology is
//! full of numbers: a list item keeps the number that was written, not the one that would follow
//! the item before it; and a list that begins with a number of three or more digits is no list but
//! a paragraph for each year. HTML is text as any other, and nothing is ever fetched.

use std::{iter::Peekable, ops::Range};

use pulldown_cmark::{Event, OffsetIter, Options, Parser, Tag, TagEnd};

/// Lists and quotations nest at most this deep; what is deeper is shown at this depth.
const MAX_DEPTH: usize = 12;
/// From this many digits on, a number at the beginning of a line is a year.
const YEAR_DIGITS: usize = 3;

/// A block of a Markdown text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// A paragraph. A hard break is a `\n` in its spans, a soft one a space.
    Paragraph(Vec<Span>),
    /// A heading.
    Heading {
        /// 1, the highest, to 6.
        level: u8,
        /// Its text.
        spans: Vec<Span>,
    },
    /// A list.
    List(Vec<Item>),
    /// A quotation.
    Quote(Vec<Self>),
    /// Code: lines whose spaces and breaks are kept, with no break at the end.
    Code(String),
    /// A table: rows of cells, the header first.
    Table(Vec<Vec<Vec<Span>>>),
    /// A line across the column.
    Rule,
}

/// An item of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// Its number with the full stop or bracket, as it was written; `None` for a bullet.
    pub number: Option<String>,
    /// Its contents.
    pub blocks: Vec<Block>,
}

impl Item {
    /// What stands before it: its number, or a bullet.
    pub fn marker(&self) -> &str {
        self.number.as_deref().unwrap_or("•")
    }
}

/// A piece of text in one style.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// The text.
    pub text: String,
    /// `*emphasis*`
    pub is_emphasis: bool,
    /// `**strong**`
    pub is_strong: bool,
    /// `` `code` ``
    pub is_code: bool,
    /// The URL that it links to, as it was written: see [`super::web_address`].
    pub link: Option<String>,
}

impl Span {
    fn has_style_of(&self, other: &Self) -> bool {
        let flags = |span: &Self| (span.is_emphasis, span.is_strong, span.is_code);
        flags(self) == flags(other) && self.link == other.link
    }
}

/// The text of spans without their styles.
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Spans as they are in a heading.
pub fn strong(spans: &[Span]) -> Vec<Span> {
    let strong = spans.iter().map(|span| Span {
        is_strong: true,
        ..span.clone()
    });
    strong.collect()
}

/// The first words of blocks, which decide from which side they are read.
pub fn first_words(blocks: &[Block]) -> String {
    match blocks.first() {
        Some(Block::Paragraph(spans) | Block::Heading { spans, .. }) => plain(spans),
        Some(Block::List(items)) => items
            .first()
            .map_or_else(String::new, |item| first_words(&item.blocks)),
        Some(Block::Quote(blocks)) => first_words(blocks),
        _ => String::new(),
    }
}

/// Spans in runs that lead to one URL or to none, with that URL: a link may hold several styles.
pub fn links(spans: &[Span]) -> impl Iterator<Item = (&[Span], Option<&str>)> {
    let runs = spans.chunk_by(|one, next| one.link == next.link);
    runs.map(|run| (run, run.first().and_then(|span| span.link.as_deref())))
}

/// The blocks of a Markdown text.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter();
    let mut reader = Reader {
        markdown,
        events: events.peekable(),
        spans: Vec::new(),
        style: Span::default(),
        open: (0, 0),
        is_line_broken: false,
    };
    reader.blocks(0)
}

/// A Markdown text as HTML, for programs that show that. HTML in it is text as any other.
pub fn html(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

/// Reads blocks from the events of the parser.
struct Reader<'a> {
    markdown: &'a str,
    events: Peekable<OffsetIter<'a>>,
    /// The spans of the block that is being read.
    spans: Vec<Span>,
    /// The style of the next text; its own text is empty.
    style: Span,
    /// How many emphases are open, and how many strong ones: they nest.
    open: (usize, usize),
    /// A hard break was read last: spaces after it are left out.
    is_line_broken: bool,
}

impl Reader<'_> {
    /// The blocks up to the end of the container that is being read.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        // How many containers beyond the greatest depth are open.
        let mut deeper = 0;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(tag @ (Tag::BlockQuote(_) | Tag::List(_) | Tag::Item))
                    if depth == MAX_DEPTH =>
                {
                    self.end_paragraph(&mut blocks);
                    deeper += 1;
                    let number = self.number_at(range).filter(|_| tag == Tag::Item);
                    if let Some(number) = number {
                        self.push(&(number + " "));
                    }
                }
                Event::Start(Tag::BlockQuote(_)) => {
                    self.end_paragraph(&mut blocks);
                    blocks.push(Block::Quote(self.blocks(depth + 1)));
                }
                Event::Start(Tag::List(_)) => {
                    self.end_paragraph(&mut blocks);
                    self.list(depth + 1, &mut blocks);
                }
                Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => {
                    self.end_paragraph(&mut blocks);
                    if deeper == 0 {
                        return blocks;
                    }
                    deeper -= 1;
                }
                Event::Start(Tag::Table(_)) => {
                    self.end_paragraph(&mut blocks);
                    blocks.push(Block::Table(self.table()));
                }
                Event::End(TagEnd::Heading(level)) => {
                    let (level, spans) = (level as u8, self.take_spans());
                    blocks.push(Block::Heading { level, spans });
                }
                Event::End(TagEnd::CodeBlock) => {
                    let code = plain(&std::mem::take(&mut self.spans));
                    blocks.push(Block::Code(code.trim_end_matches('\n').to_owned()));
                }
                Event::Rule => {
                    self.end_paragraph(&mut blocks);
                    blocks.push(Block::Rule);
                }
                Event::Start(Tag::Paragraph) => {
                    // In an item at the greatest depth its number comes first.
                    if deeper == 0 {
                        self.end_paragraph(&mut blocks);
                    }
                }
                Event::Start(Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock)
                | Event::End(TagEnd::Paragraph | TagEnd::HtmlBlock) => {
                    self.end_paragraph(&mut blocks);
                }
                inline => self.inline(inline),
            }
        }
        self.end_paragraph(&mut blocks);
        blocks
    }

    /// A list, or the paragraphs of its years.
    fn list(&mut self, depth: usize, blocks: &mut Vec<Block>) {
        let mut items = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => items.push(Item {
                    number: self.number_at(range),
                    blocks: self.blocks(depth),
                }),
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        let first = items.first().and_then(|item| item.number.as_deref());
        if first.is_some_and(|number| number.len() > YEAR_DIGITS) {
            for item in items {
                push_year(item, blocks);
            }
        } else {
            blocks.push(Block::List(items));
        }
    }

    /// The number with which the source of an item begins.
    fn number_at(&self, range: Range<usize>) -> Option<String> {
        let source = self.markdown.get(range)?.trim_start();
        let digits = source.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0)
            .then(|| source.get(..=digits).map(str::to_owned))
            .flatten()
    }

    fn table(&mut self) -> Vec<Vec<Vec<Span>>> {
        let mut rows: Vec<Vec<Vec<Span>>> = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::End(TagEnd::TableCell) => {
                    let cell = self.take_spans();
                    if let Some(row) = rows.last_mut() {
                        row.push(cell);
                    }
                }
                Event::End(TagEnd::Table) => break,
                inline => self.inline(inline),
            }
        }
        rows
    }

    fn inline(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Emphasis) => self.open.0 += 1,
            Event::End(TagEnd::Emphasis) => self.open.0 -= 1,
            Event::Start(Tag::Strong) => self.open.1 += 1,
            Event::End(TagEnd::Strong) => self.open.1 -= 1,
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.style.link = Some(dest_url.into_string());
            }
            Event::End(TagEnd::Link) => self.style.link = None,
            // The one tag that texts from the web are full of.
            Event::Html(text) | Event::InlineHtml(text) if is_line_break(&text) => self.end_line(),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.push(&text),
            Event::Code(text) => {
                self.style.is_code = true;
                self.push(&text);
                self.style.is_code = false;
            }
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.end_line(),
            _ => {}
        }
    }

    /// Breaks the line, without spaces at its end.
    fn end_line(&mut self) {
        let Some(last) = self.spans.last_mut() else {
            return;
        };
        last.text.truncate(last.text.trim_end_matches(' ').len());
        self.push("\n");
        self.is_line_broken = true;
    }

    /// Adds text in the current style, without spaces at the beginning of a line. Neighbours of one style are one span, which is read aloud
    /// as a whole.
    fn push(&mut self, text: &str) {
        (self.style.is_emphasis, self.style.is_strong) = (self.open.0 > 0, self.open.1 > 0);
        let text = if self.is_line_broken {
            text.trim_start_matches(' ')
        } else {
            text
        };
        if text.is_empty() {
            return;
        }
        self.is_line_broken = false;
        let style = &self.style;
        let last = self.spans.last_mut();
        if let Some(last) = last.filter(|last| last.has_style_of(style)) {
            last.text.push_str(text);
        } else {
            let text = text.to_owned();
            self.spans.push(Span {
                text,
                ..style.clone()
            });
        }
    }

    fn end_paragraph(&mut self, blocks: &mut Vec<Block>) {
        let spans = self.take_spans();
        if !spans.is_empty() {
            blocks.push(Block::Paragraph(spans));
        }
    }

    /// The spans so far, without white space at the end; none if that is all there is.
    fn take_spans(&mut self) -> Vec<Span> {
        let mut spans = std::mem::take(&mut self.spans);
        while let Some(last) = spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            spans.pop();
        }
        spans
    }
}

/// Adds the contents of an item whose number is a year: the year is the first word of its text.
fn push_year(item: Item, blocks: &mut Vec<Block>) {
    let year = item.number.unwrap_or_default();
    let mut contents = item.blocks.into_iter().peekable();
    let mut first = match contents.next_if(|block| matches!(block, Block::Paragraph(_))) {
        Some(Block::Paragraph(spans)) => spans,
        _ => Vec::new(),
    };
    let plain = Span::default();
    if let Some(span) = first.first_mut().filter(|it| it.has_style_of(&plain)) {
        span.text = format!("{year} {}", span.text);
    } else {
        let text = if first.is_empty() { year } else { year + " " };
        first.insert(0, Span { text, ..plain });
    }
    blocks.push(Block::Paragraph(first));
    blocks.extend(contents);
}

/// Where `<br>` stands in a text that is no Markdown, in any of its forms, in bytes.
pub fn line_breaks(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    /// Longer tags are none: a text may hold a million `<` and no `>`.
    const LONGEST: usize = 200;
    let tags = text.match_indices('<').filter_map(|(start, _)| {
        let near = text.as_bytes().get(start..)?;
        let near = near.get(..LONGEST).unwrap_or(near);
        let length = memchr::memchr(b'>', near)?;
        Some(start..start + length + 1)
    });
    tags.filter(|tag| text.get(tag.clone()).is_some_and(is_line_break))
}

/// Whether a tag is `<br>`, in any of its forms.
fn is_line_break(tag: &str) -> bool {
    let inside = tag
        .trim()
        .strip_prefix('<')
        .and_then(|tag| tag.strip_suffix('>'));
    let name = inside.and_then(|tag| tag.split([' ', '/', '\n', '\t']).next());
    name.is_some_and(|name| name.eq_ignore_ascii_case("br"))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// Writes blocks in a short form: one line each, marked with what they lie in.
    fn shown(blocks: &[Block], before: &str, out: &mut String) {
        for block in blocks {
            match block {
                Block::Paragraph(spans) => writeln!(out, "{before}{}", styled(spans)).unwrap(),
                Block::Heading { level, spans } => {
                    writeln!(out, "{before}h{level} {}", styled(spans)).unwrap();
                }
                Block::List(items) => {
                    for item in items {
                        let before = format!("{before}{} ", item.marker());
                        shown(&item.blocks, &before, out);
                    }
                }
                Block::Quote(inner) => shown(inner, &format!("{before}> "), out),
                Block::Code(code) => writeln!(out, "{before}code {code:?}").unwrap(),
                Block::Table(rows) => {
                    for row in rows {
                        let cells: Vec<_> = row.iter().map(|cell| styled(cell)).collect();
                        writeln!(out, "{before}| {}", cells.join(" | ")).unwrap();
                    }
                }
                Block::Rule => writeln!(out, "{before}rule").unwrap(),
            }
        }
    }

    fn styled(spans: &[Span]) -> String {
        let spans = spans.iter().map(|span| {
            let text = span.text.replace('\n', "/");
            let mut text = match (span.is_strong, span.is_emphasis) {
                (true, _) => format!("**{text}**"),
                (_, true) => format!("_{text}_"),
                _ => text,
            };
            if span.is_code {
                text = format!("`{text}`");
            }
            match &span.link {
                Some(url) => format!("{text}<{url}>"),
                None => text,
            }
        });
        spans.collect()
    }

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        let mut out = String::new();
        shown(&blocks(markdown), "", &mut out);
        assert_eq!(out.trim_end(), expected, "{markdown:?}");
    }

    #[test]
    fn paragraphs_headings_and_styles() {
        check("", "");
        check("one\ntwo\n\nthree", "one two\nthree");
        check("one  \ntwo\\\nthree", "one/two/three");
        check("a *b* **c** `d`", "a _b_ **c** `d`");
        check("## Why", "h2 Why");
        check(
            "[here](https://a.b) <http://c.d>",
            "here<https://a.b> http://c.d<http://c.d>",
        );
        check("above\n\n---\n\nbelow", "above\nrule\nbelow");
        check("    let x;\n      y", "code \"let x;\\n  y\"");
        check("> said\n>\n> - twice", "> said\n> • twice");
        check("| a | b |\n|---|---|\n| *1* | 2 |", "| a | b\n| _1_ | 2");
    }

    #[test]
    fn styles_nest() {
        check("*a *b* c*", "_a b c_");
        check("**a *b* c** d", "**a ****b**** c** d");
        let text = blocks("[a **b** c](u) d");
        let [Block::Paragraph(spans)] = &*text else {
            panic!()
        };
        let runs: Vec<_> = links(spans).map(|(run, url)| (plain(run), url)).collect();
        assert_eq!(runs, [("a b c".into(), Some("u")), (" d".into(), None)]);
    }

    #[test]
    fn blocks_in_a_tight_item_follow_its_text() {
        check(
            "- item\n  | a | b |\n  |---|---|\n  | 1 | 2 |",
            "• item\n• | a | b\n• | 1 | 2",
        );
        check("- item\n  ***\n  after", "• item\n• rule\n• after");
        check("- item\n  <div>x</div>\n", "• item\n• <div>x</div>");
    }

    #[test]
    fn br_breaks_a_line() {
        for markdown in [
            "a<br>b",
            "a<br/>b",
            "a <BR /> b",
            "a<br clear=\"all\">b",
            "<br>a<br>b<br>",
            "a<br>\nb",
            "a\\\nb",
        ] {
            check(markdown, "a/b");
        }
        check("*a*<br>b", "_a_/b");
        check("| a<br>b | c |\n|---|---|", "| a/b | c");
    }

    #[test]
    fn html_is_text() {
        check("a <b>bold</b>", "a <b>bold</b>");
        check(
            "<script>alert(1)</script>\n\nafter",
            "<script>alert(1)</script>\nafter",
        );
    }

    #[test]
    fn numbers_are_as_they_were_written() {
        check("3. p\n4. q", "3. p\n4. q");
        check("3. p\n3. q", "3. p\n3. q");
        check("1) p\n2) q", "1) p\n2) q");
        check(
            "9. November 1989: it falls\n18. March 1990: they vote",
            "9. November 1989: it falls\n18. March 1990: they vote",
        );
        check("> 7. one\n> 05. two", "> 7. one\n> 05. two");
        check("- a\n  1. b\n- c", "• a\n• 1. b\n• c");
        check("98. p\n99. q\n100. r", "98. p\n99. q\n100. r");
    }

    #[test]
    fn a_year_at_the_beginning_of_a_line_starts_no_list() {
        check("2014. Mosul falls", "2014. Mosul falls");
        check(
            "1944. One\n1946. Two\n1950. Three",
            "1944. One\n1946. Two\n1950. Three",
        );
        check("1944. *One*\n\n      more", "1944. _One_\nmore");
        check("1944.\n1945. > quoted", "1944.\n1945.\n> quoted");
    }

    #[test]
    fn empty_items_keep_their_place() {
        check("- \n\nafter", "after");
        assert_eq!(blocks("- \n- x").len(), 1);
        let [Block::List(items)] = &*blocks("- \n- x") else {
            panic!()
        };
        assert_eq!(items.len(), 2);
    }

    #[test]
    fn any_depth_is_read() {
        for markdown in [
            format!("{}deep", "> ".repeat(20_000)),
            (0..400)
                .flat_map(|depth| [" ".repeat(2 * depth), "- x\n".to_owned()])
                .collect(),
        ] {
            let mut out = String::new();
            shown(&blocks(&markdown), "", &mut out);
            assert!(out.contains('x') || out.contains("deep"));
        }
        let nested: String = (0..20)
            .map(|depth| format!("{}{}. item\n", " ".repeat(4 * depth), depth + 1))
            .fold(String::new(), |all, line| all + &line);
        let mut out = String::new();
        shown(&blocks(&nested), "", &mut out);
        for number in 1..=20 {
            assert!(out.contains(&format!("{number}. item")), "{number}: {out}");
        }
    }
}
