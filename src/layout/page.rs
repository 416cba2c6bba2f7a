//! Pages: scenes placed on paper, and what each is to somebody who reads or hears the document.
//!
//! Lengths are px of 1/96 inch (0.75 pt), 0, 0 is the page's top left corner, y grows downward.
//! Writing a page as SVG, PNG or PDF is left to [`export`](crate::export).

use super::scene::{Rect, Scene};

/// Points of 1/72 inch per px.
pub const PT_PER_PX: f32 = 0.75;
/// Px per millimetre.
pub const PX_PER_MM: f32 = 96.0 / 25.4;

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its width.
    pub width_px: f32,
    /// Its height.
    pub height_px: f32,
    /// In the order of reading, which is that of painting.
    pub parts: Vec<Part>,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is to a reader.
    pub role: Role,
    /// The x of its 0, 0 on the page.
    pub x: f32,
    /// The y of its 0, 0 on the page.
    pub y: f32,
    /// How much its scene is enlarged.
    pub scale: f32,
    /// What is drawn.
    pub scene: Scene,
    /// What the scene is cut to, in its own px; `None` where nothing is cut.
    pub clip: Option<Rect>,
    /// Regions that lead to an address, in px of the scene.
    pub links: Vec<PageLink>,
    /// A picture, drawn before the scene: where, in px of the scene, and its number in the document.
    pub picture: Option<(Rect, usize)>,
}

/// What a part of a page is to a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Ground, rules, running heads, page numbers, crop marks: not read aloud.
    Artifact,
    /// The document's title.
    Title,
    /// A heading of a level from 1, which the bookmarks list.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A picture, with what is said in its place.
    Figure {
        /// The words.
        alt: String,
    },
    /// The caption of the picture before.
    Caption,
    /// An item of a list.
    Item,
}

/// A region that leads to an address.
#[derive(Clone, Debug, PartialEq)]
pub struct PageLink {
    /// The region.
    pub rect: Rect,
    /// The address.
    pub url: String,
}

impl Part {
    /// A scene at a place, in its own size.
    pub fn new(role: Role, (x, y): (f32, f32), scene: Scene) -> Self {
        Self {
            role,
            x,
            y,
            scale: 1.0,
            scene,
            clip: None,
            links: Vec::new(),
            picture: None,
        }
    }
}
