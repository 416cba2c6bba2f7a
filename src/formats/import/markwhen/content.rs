//! What the lines below an event say: pictures, sources, tags, addresses, and text.

use std::collections::HashSet;

use crate::formats::{
    import::html::is_address,
    syntax::markwhen::{SOURCE, tag, unescaped, without_marks},
};

/// What an event says, part by part.
#[derive(Default)]
pub struct Content {
    pub tags: Vec<String>,
    known_tags: HashSet<String>,
    pub addresses: Vec<String>,
    /// Alternative text and file.
    pub pictures: Vec<(String, String)>,
    pub sources: Vec<Cited>,
    lines: Vec<String>,
}

/// A source, and the place in it.
pub struct Cited {
    pub id: String,
    pub title: String,
    pub place: String,
}

impl Content {
    pub fn tag(&mut self, tag: &str) {
        if !tag.is_empty() && self.known_tags.insert(tag.to_owned()) {
            self.tags.push(tag.to_owned());
        }
    }

    pub fn tags_of(&mut self, text: &str) {
        if text.contains('#') {
            let words = text.split_whitespace();
            words.filter_map(tag).for_each(|tag| self.tag(tag));
        }
    }

    pub fn title(&mut self, text: &str) -> String {
        let text = self.without_pictures(text);
        self.tags_of(&text);
        let (title, _) = without_tags(&text);
        let addresses = &mut self.addresses;
        let title = without_links(title, "[", |label, target| {
            if !is_address(target) {
                return None;
            }
            addresses.push(target.to_owned());
            Some(label.to_owned())
        });
        without_marks(title.trim())
    }

    pub fn without_pictures(&mut self, text: &str) -> String {
        let pictures = &mut self.pictures;
        without_links(text, "![", |alt, file| {
            pictures.push((alt.to_owned(), file.to_owned()));
            Some(String::new())
        })
    }

    pub fn line(&mut self, line: &str) {
        if let Some(source) = line.trim().strip_prefix(SOURCE) {
            self.source(source.trim());
            return;
        }
        let text = self.without_pictures(line);
        let is_gone = text.trim().is_empty() && !line.trim().is_empty();
        self.tags_of(&text);
        let mut words = text.split_whitespace().peekable();
        let is_tags = words.peek().is_some()
            && words.all(|word| tag(word).is_some_and(|tag| tag.len() + 1 == word.len()));
        if !is_gone && !is_tags {
            self.lines.push(unescaped(&text));
        }
    }

    pub fn source(&mut self, text: &str) {
        let mut found = None;
        let place = without_links(text, "[", |title, address| {
            found = found
                .take()
                .or(Some((title.to_owned(), address.to_owned())));
            Some(String::new())
        });
        self.sources.push(match found {
            Some((title, id)) => Cited {
                id,
                title,
                place: place.trim_start_matches([',', ' ']).trim().to_owned(),
            },
            None => Cited {
                id: text.to_owned(),
                title: text.to_owned(),
                place: String::new(),
            },
        });
    }

    /// The first paragraph, and the rest.
    pub fn texts(&self) -> (String, String) {
        let is_blank = |line: &String| line.trim().is_empty();
        let lines = self.lines.iter();
        let mut lines = lines.skip_while(|line| is_blank(line)).peekable();
        let mut summary: Vec<&str> = Vec::new();
        while let Some(line) = lines.next_if(|line| !is_blank(line)) {
            summary.push(line);
        }
        let details: Vec<&str> = lines.map(String::as_str).collect();
        (summary.join("\n"), details.join("\n").trim().to_owned())
    }
}

/// A text without its links, or pictures, for which `replaced` gives other words. What comes behind
/// a link that does not end stays as it is.
pub fn without_links(
    text: &str,
    mark: &str,
    mut replaced: impl FnMut(&str, &str) -> Option<String>,
) -> String {
    let mut out = String::new();
    // Up to where the text is written, and searched.
    let (mut done, mut searched) = (0, 0);
    while let Some(close) = text.get(searched..).and_then(|rest| rest.find("](")) {
        let close = searched + close;
        searched = close + 2;
        let before = text.get(done..close).unwrap_or_default();
        if before.ends_with('\\') {
            continue;
        }
        let is_open = |at: &usize| {
            let ahead = before.get(..*at).unwrap_or_default();
            !ahead.ends_with('\\') && (mark != "[" || !ahead.ends_with('!'))
        };
        let mut opens = before.rmatch_indices(mark).map(|(at, _)| at);
        let Some(open) = opens.find(is_open) else {
            out.push_str(text.get(done..searched).unwrap_or_default());
            done = searched;
            continue;
        };
        let Some((target, end)) = text.get(searched..).and_then(target) else {
            break;
        };
        let label = before.get(open + mark.len()..).unwrap_or_default();
        let label = label.replace("\\[", "[").replace("\\]", "]");
        let end = searched + end;
        if let Some(words) = replaced(&label, target) {
            out.push_str(before.get(..open).unwrap_or_default());
            out.push_str(&words);
        } else {
            out.push_str(text.get(done..end).unwrap_or_default());
        }
        (done, searched) = (end, end);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// The target of a link behind its `](`, and where it ends.
pub fn target(text: &str) -> Option<(&str, usize)> {
    if let Some(target) = text.strip_prefix('<') {
        let end = target.find(">)")?;
        return Some((target.get(..end)?, end + 3));
    }
    let mut depth = 0_usize;
    let end = text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
        None
    })?;
    let target = text.get(..end)?;
    // A title may stand behind it.
    let target = target
        .split_once(" \"")
        .map_or(target, |(target, _)| target);
    Some((target.trim(), end + 1))
}

/// A text without the tags at its end, and these.
pub fn without_tags(text: &str) -> (&str, Vec<&str>) {
    let mut rest = text.trim();
    let mut tags = Vec::new();
    loop {
        let at = rest.rfind(char::is_whitespace);
        let word = at.and_then(|at| rest.get(at..)).unwrap_or(rest).trim();
        let Some(tag) = tag(word).filter(|tag| tag.len() + 1 == word.len()) else {
            break;
        };
        tags.push(tag);
        rest = at
            .and_then(|at| rest.get(..at))
            .unwrap_or_default()
            .trim_end();
    }
    tags.reverse();
    (rest, tags)
}
