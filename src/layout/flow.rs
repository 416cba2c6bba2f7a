//! Text that flows over pages: rows, the blocks that they form, and where pages break.
//!
//! ```text
//! block   a paragraph, a heading, a picture: what is one thing to a reader
//!   row   a line of it, or the picture: never divided
//! ```
//!
//! A page breaks between rows, but a paragraph leaves no single line behind or alone on the next
//! page, and a heading stays with what follows it. What blocks look like is left to the documents
//! ([`export`](crate::export)), lines in several styles to [`rich`](super::rich).

use super::{
    measure::Face,
    page::{PageLink, Part, Role},
    scene::{Anchor, Rect, Scene},
    theme::Rgba,
};

/// A piece of text in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The x of its anchor, from the left edge of the column, in px.
    pub x: f32,
    /// Which point of it lies there.
    pub anchor: Anchor,
    /// Its face.
    pub face: Face,
    /// Its size, in px.
    pub size_px: f32,
    /// Its colour.
    pub color: Rgba,
    /// Its characters.
    pub text: String,
}

/// What is never divided between two pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its height, in px.
    pub height_px: f32,
    /// Where its baseline lies below its top, in px.
    pub baseline_px: f32,
    /// Its texts.
    pub pieces: Vec<Piece>,
    /// Addresses that parts of it lead to: from x to x, in px.
    pub links: Vec<(f32, f32, String)>,
    /// Other things that are drawn, 0, 0 being its upper left corner.
    pub scene: Option<Scene>,
    /// How much that scene is enlarged.
    pub scene_scale: f32,
    /// A picture: where, and its number in the document.
    pub picture: Option<(Rect, usize)>,
}

/// One thing to a reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// Its left edge, from that of the page's text, in px.
    pub x: f32,
    /// Air above it, left out at the top of a page, in px.
    pub before_px: f32,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Whether the next block stays on its page: it is a heading.
    pub keeps_next: bool,
    /// Whether it stands at the side: it begins where the block before began, and what follows does
    /// not begin below it.
    pub is_aside: bool,
    /// Whether it begins below what stands at the side, too.
    pub clears_side: bool,
}

impl Block {
    /// A block below the one before.
    pub const fn new(role: Role, before_px: f32, rows: Vec<Row>) -> Self {
        Self {
            role,
            x: 0.0,
            before_px,
            rows,
            keeps_next: false,
            is_aside: false,
            clears_side: false,
        }
    }

    /// Moved to the right.
    #[must_use]
    pub const fn at(mut self, x: f32) -> Self {
        self.x = x;
        self
    }

    /// Its height with the air above it, in px.
    pub fn height_px(&self) -> f32 {
        let rows = self.rows.iter().map(|row| row.height_px);
        self.before_px + rows.sum::<f32>()
    }

    /// Kept on one page with what follows.
    #[must_use]
    pub const fn with_next(mut self) -> Self {
        self.keeps_next = true;
        self
    }

    /// At the side of the block before.
    #[must_use]
    pub const fn aside(mut self) -> Self {
        self.is_aside = true;
        self
    }

    /// Below what stands at the side, too.
    #[must_use]
    pub const fn below_all(mut self) -> Self {
        self.clears_side = true;
        self
    }
}

/// Breaks blocks into pages whose text is `height_px` high; the parts of each, with 0, 0 at the
/// upper left corner of its text.
pub fn pages(blocks: &[Block], height_px: f32) -> Vec<Vec<Part>> {
    let mut pages = Pages {
        height_px,
        done: vec![Vec::new()],
        cursor: PageCursor::default(),
    };
    let mut number = 0;
    while number < blocks.len() {
        let chain = chain(blocks, number);
        let kept = blocks.get(number..chain).unwrap_or_default();
        pages.make_room(kept);
        for block in kept {
            pages.add(block);
        }
        number = chain;
    }
    pages.done
}

/// The first block after those that stay together with the `first`.
fn chain(blocks: &[Block], first: usize) -> usize {
    let mut end = first;
    while let Some(block) = blocks.get(end) {
        end += 1;
        let is_next_aside = blocks.get(end).is_some_and(|next| next.is_aside);
        if !block.keeps_next && !is_next_aside {
            break;
        }
    }
    end
}

struct Pages {
    height_px: f32,
    done: Vec<Vec<Part>>,
    cursor: PageCursor,
}

/// Where the next block of a page begins.
#[derive(Copy, Clone, Default)]
struct PageCursor {
    /// The y below the last block.
    y: f32,
    /// The y below what stands at the side.
    side: f32,
    /// The y at which the last block began.
    begun: f32,
}

impl PageCursor {
    fn top(&self, block: &Block, is_at_top: bool) -> f32 {
        let before = if is_at_top { 0.0 } else { block.before_px };
        if block.is_aside {
            self.begun
        } else if block.clears_side {
            self.y.max(self.side) + before
        } else {
            self.y + before
        }
    }

    fn after(&mut self, block: &Block, top: f32, bottom: f32) {
        if block.is_aside {
            self.side = self.side.max(bottom);
        } else {
            (self.y, self.begun) = (bottom, top);
        }
    }
}

/// A paragraph leaves at least this many lines on each page.
const LEAST_LINES: usize = 2;

impl Pages {
    fn turn(&mut self) {
        self.done.push(Vec::new());
        self.cursor = PageCursor::default();
    }

    fn is_at_top(&self) -> bool {
        self.done.last().is_none_or(Vec::is_empty)
    }

    /// Turns the page where the beginning of a chain has no room on it.
    fn make_room(&mut self, chain: &[Block]) {
        if self.is_at_top() {
            return;
        }
        // All but the last block, and of that as many lines as may stand alone.
        let mut cursor = self.cursor;
        let mut lowest = 0.0_f32;
        for (number, block) in chain.iter().enumerate() {
            let top = cursor.top(block, false);
            let is_last = number + 1 == chain.len();
            let lines = if is_last && block.rows.len() >= 2 * LEAST_LINES {
                LEAST_LINES
            } else {
                block.rows.len()
            };
            let height: f32 = block.rows.iter().take(lines).map(|row| row.height_px).sum();
            lowest = lowest.max(top + height);
            cursor.after(block, top, top + height);
        }
        if lowest > self.height_px {
            self.turn();
        }
    }

    fn add(&mut self, block: &Block) {
        let mut top = self.cursor.top(block, self.is_at_top());
        let mut rows = block.rows.as_slice();
        while !rows.is_empty() {
            let fitting = self.fitting(rows, top);
            if fitting == 0 && !self.is_at_top() {
                self.turn();
                top = 0.0;
                continue;
            }
            // What is higher than a page is cut rather than lost.
            let (here, next) = rows.split_at(fitting.max(1).min(rows.len()));
            let part = part(&block.role, (block.x, top), here);
            if let Some(page) = self.done.last_mut() {
                page.push(part);
            }
            let bottom = top + here.iter().map(|row| row.height_px).sum::<f32>();
            self.cursor.after(block, top, bottom);
            rows = next;
            if !rows.is_empty() {
                self.turn();
                top = 0.0;
            }
        }
    }

    /// How many rows are put on this page from a y on.
    fn fitting(&self, rows: &[Row], top: f32) -> usize {
        let mut bottom = top;
        let fits = |row: &&Row| {
            bottom += row.height_px;
            bottom <= self.height_px + 0.5
        };
        let fitting = rows.iter().take_while(fits).count();
        let left = rows.len() - fitting;
        let fitting = if left > 0 && left < LEAST_LINES {
            fitting.saturating_sub(LEAST_LINES - left)
        } else {
            fitting
        };
        let is_too_few = left > 0 && fitting < LEAST_LINES.min(rows.len());
        if is_too_few { 0 } else { fitting }
    }
}

/// Rows as a part of a page, at a place on it, with the regions of their links.
pub fn part(role: &Role, (x, y): (f32, f32), rows: &[Row]) -> Part {
    // A scene of its own, such as the timeline, is the whole part.
    if let [row] = rows
        && let Some(scene) = &row.scene
        && row.pieces.is_empty()
    {
        let mut part = Part::new(role.clone(), (x, y), scene.clone());
        part.scale = row.scene_scale;
        return part;
    }
    let mut scene = Scene::default();
    let mut links = Vec::new();
    let mut picture = None;
    let mut top = 0.0;
    for row in rows {
        if let Some(drawn) = &row.scene {
            scene.append(drawn, (0.0, top));
        }
        if let Some((rect, number)) = row.picture {
            let moved = Rect::new(rect.x0, rect.y0 + top, rect.x1, rect.y1 + top);
            picture = Some((moved, number));
        }
        for piece in &row.pieces {
            scene.text(
                (piece.x, top + row.baseline_px),
                piece.anchor,
                (piece.face, piece.size_px, piece.color),
                &piece.text,
            );
        }
        for (from, to, url) in &row.links {
            links.push(PageLink {
                rect: Rect::new(*from, top, *to, top + row.height_px),
                url: url.clone(),
            });
        }
        top += row.height_px;
    }
    scene.finish();
    let mut part = Part::new(role.clone(), (x, y), scene);
    part.links = links;
    part.picture = picture;
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: usize, name: &str) -> Vec<Row> {
        let row = |number: usize| Row {
            height_px: 10.0,
            baseline_px: 8.0,
            pieces: vec![Piece {
                x: 0.0,
                anchor: Anchor::Start,
                face: Face::Sans,
                size_px: 10.0,
                color: Rgba::hex(0),
                text: format!("{name}{number}"),
            }],
            ..Row::default()
        };
        (1..=count).map(row).collect()
    }

    /// Breaks blocks into pages of ten lines and compares the texts on each.
    fn check(blocks: &[Block], expected: &[&str]) {
        let pages = pages(blocks, 100.0);
        let words = |parts: &Vec<Part>| {
            let shapes = parts.iter().flat_map(|part| {
                part.scene.shapes.iter().filter_map(|shape| match shape {
                    crate::layout::scene::Shape::Text(run) => Some(part.scene.str(run).to_owned()),
                    _ => None,
                })
            });
            shapes.collect::<Vec<_>>().join(" ")
        };
        let pages: Vec<String> = pages.iter().map(words).collect();
        assert_eq!(pages, expected);
    }

    #[test]
    fn no_line_stands_alone_and_no_heading_at_the_end() {
        let paragraph = |count, name| Block::new(Role::Paragraph, 0.0, lines(count, name));
        check(
            &[paragraph(9, "a"), paragraph(3, "b")],
            &["a1 a2 a3 a4 a5 a6 a7 a8 a9", "b1 b2 b3"],
        );
        check(
            &[paragraph(6, "a"), paragraph(5, "b")],
            &["a1 a2 a3 a4 a5 a6 b1 b2 b3", "b4 b5"],
        );
        let heading = Block::new(Role::Heading(2), 0.0, lines(1, "h")).with_next();
        check(
            &[paragraph(8, "a"), heading.clone(), paragraph(4, "b")],
            &["a1 a2 a3 a4 a5 a6 a7 a8", "h1 b1 b2 b3 b4"],
        );
        check(
            &[paragraph(7, "a"), heading, paragraph(4, "b")],
            &["a1 a2 a3 a4 a5 a6 a7 h1 b1 b2", "b3 b4"],
        );
        check(
            &[paragraph(13, "a")],
            &["a1 a2 a3 a4 a5 a6 a7 a8 a9 a10", "a11 a12 a13"],
        );
    }

    #[test]
    fn what_stands_at_the_side_begins_with_its_block_and_pushes_nothing_down() {
        let head = Block::new(Role::Heading(2), 10.0, lines(1, "h")).with_next();
        let date = Block::new(Role::Paragraph, 10.0, lines(4, "d"))
            .at(50.0)
            .aside();
        let text = Block::new(Role::Paragraph, 5.0, lines(1, "t"));
        let next = Block::new(Role::Paragraph, 5.0, lines(1, "n")).below_all();
        let first = Block::new(Role::Paragraph, 0.0, lines(1, "f"));
        let pages = pages(&[first, head, date, text, next], 100.0);
        let tops: Vec<f32> = pages[0].iter().map(|part| part.y).collect();
        assert_eq!(tops, [0.0, 20.0, 20.0, 35.0, 65.0]);
    }
}
