//! A long text in pieces, each short enough for a slide of its own.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::markdown::{Block, Item, Span};

/// The most letters of a piece.
const MOST_LETTERS: usize = 480;

/// The blocks of a text, long paragraphs and lists divided; nothing is left out.
pub fn pieces(blocks: &[Block]) -> Vec<Block> {
    blocks.iter().flat_map(divided).collect()
}

fn divided(block: &Block) -> Vec<Block> {
    match block {
        Block::Paragraph(spans) => {
            let parts = divided_spans(spans).into_iter();
            parts.map(Block::Paragraph).collect()
        }
        Block::List(items) => {
            let items = items.iter().flat_map(|item| {
                let blocks = pieces(&item.blocks).into_iter().enumerate();
                blocks.map(|(number, block)| {
                    // Only the first piece of an item has its number.
                    let is_first = number == 0;
                    let item = Item {
                        number: item.number.clone().filter(|_| is_first),
                        blocks: vec![block],
                    };
                    Block::List(vec![item])
                })
            });
            items.collect()
        }
        Block::Quote(blocks) => {
            let parts = pieces(blocks).into_iter();
            parts.map(|block| Block::Quote(vec![block])).collect()
        }
        Block::Code(text) => {
            let lines: Vec<&str> = text.split('\n').collect();
            let parts = lines.chunks(8).map(|lines| Block::Code(lines.join("\n")));
            parts.collect()
        }
        Block::Table(rows) => {
            let parts = rows.chunks(6).map(|rows| Block::Table(rows.to_vec()));
            parts.collect()
        }
        Block::Heading { .. } | Block::Rule => vec![block.clone()],
    }
}

/// Spans in pieces of at most [`MOST_LETTERS`], cut after a sentence where one ends, else after a word,
/// else anywhere between letters.
fn divided_spans(spans: &[Span]) -> Vec<Vec<Span>> {
    let mut parts = vec![Vec::new()];
    let mut letters = 0;
    for span in spans {
        let mut rest = span.text.as_str();
        while !rest.is_empty() {
            let room = MOST_LETTERS - letters;
            let cut = cut(rest, room);
            let (text, after) = rest.split_at(cut);
            if let Some(part) = parts.last_mut()
                && !text.is_empty()
            {
                letters += text.graphemes(true).count();
                part.push(Span {
                    text: text.to_owned(),
                    ..span.clone()
                });
            }
            rest = after;
            if !rest.is_empty() || letters >= MOST_LETTERS {
                parts.push(Vec::new());
                letters = 0;
            }
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Where a text is cut that has room for so many letters: all of it where it has room; 0 where it is
/// better begun in the next piece.
fn cut(text: &str, room: usize) -> usize {
    let Some((end, _)) = text.grapheme_indices(true).nth(room) else {
        return text.len();
    };
    let head = text.get(..end).unwrap_or_default();
    let after = |what: &str| head.rfind(what).map(|at| at + what.len());
    let sentence = [". ", "! ", "? ", "؟ ", "。"].into_iter().filter_map(after);
    let word = || {
        let spaces = head.char_indices().rev().find(|(_, it)| it.is_whitespace());
        spaces.map(|(at, space)| at + space.len_utf8())
    };
    // A sentence that ends early in the room leaves most of it empty.
    let sentence = sentence.max().filter(|&at| at * 3 > end);
    let anywhere = if room < MOST_LETTERS { 0 } else { end };
    sentence.or_else(word).unwrap_or(anywhere)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::markdown;

    fn text(blocks: &[Block]) -> String {
        let texts = blocks.iter().map(|block| match block {
            Block::Paragraph(spans) => markdown::plain(spans),
            Block::List(items) => items.iter().map(|item| text(&item.blocks)).collect(),
            Block::Quote(blocks) => text(blocks),
            Block::Code(text) => text.replace('\n', ""),
            _ => String::new(),
        });
        texts.collect()
    }

    #[test]
    fn pieces_are_short_and_hold_all_of_the_text() {
        let sentence = "The quick brown fox jumps over the lazy dog. ";
        for long in [
            sentence.repeat(60),
            "x".repeat(3000),
            format!(
                "{} **{}** {}",
                sentence.repeat(9),
                "bold ".repeat(200),
                "end"
            ),
            format!("- {}\n- {}", sentence.repeat(30), sentence.repeat(30)),
            format!("> {}", "كلمة ".repeat(400)),
            "    line\n".repeat(50),
            "short".to_owned(),
        ] {
            let blocks = markdown::blocks(&long);
            let pieces = pieces(&blocks);
            assert_eq!(text(&pieces), text(&blocks));
            for piece in &pieces {
                let letters = text(std::slice::from_ref(piece)).graphemes(true).count();
                assert!((1..=MOST_LETTERS).contains(&letters), "{letters}");
            }
        }
    }

    #[test]
    fn a_text_is_cut_after_a_sentence() {
        let sentence = "The quick brown fox jumps over the lazy dog. ";
        let pieces = pieces(&markdown::blocks(&sentence.repeat(30)));
        let ends = |piece: &Block| {
            text(std::slice::from_ref(piece))
                .trim_end()
                .ends_with("dog.")
        };
        assert!(pieces.len() > 2 && pieces.iter().all(ends));
    }
}
