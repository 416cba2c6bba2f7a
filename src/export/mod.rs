//! OUT: pages and scenes to files that others can open, print and send.
//!
//! ```text
//! Scene, Page ─ shape ─┬─ svg ─→ SVG ─ png ─→ PNG
//!                      └─ pdf ─→ PDF
//! Layout ─ web_page ─ html ────→ HTML
//! lesson ─┬─ pptx ─────────────→ PPTX
//!         └─ Page
//! ```
//!
//! It knows no toolkit, file, thread or clock: the same input gives the same bytes. Texts are
//! shaped in the window's visual order; fonts of the system come in as
//! [`FallbackFonts`](fonts::FallbackFonts). Where the bytes go is left to
//! [`open`](crate::open::saving).

pub mod choice;
pub mod fonts;
pub mod handout;
pub mod html;
pub mod job;
pub mod lesson;
pub mod pdf;
pub mod picture;
mod pieces;
pub mod png;
pub mod pptx;
pub mod shape;
mod strips;
mod subset;
pub mod svg;
pub mod web_page;
pub mod worksheet;

use thiserror::Error;

use crate::layout::poster::PosterError;

/// Why something could not be written: one sentence without a full stop.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExportError {
    /// No event is selected.
    #[error("no event is in these lanes and this time; choose others")]
    Nothing,
    /// A chronology without events, of which only a picture and a web page are made.
    #[error("this chronology has no events yet; write some into it first")]
    Empty,
    /// More events than are described in words.
    #[error(
        "{events} events would fill a book ({most} are the most); choose fewer by range or lanes"
    )]
    TooMany {
        /// How many there are.
        events: usize,
        /// How many there may be.
        most: usize,
    },
    /// The lesson that is asked for.
    #[error(
        "there is no such lesson; this chronology has {count}, choose one by its id, title or number"
    )]
    NoLesson {
        /// How many there are.
        count: usize,
    },
    /// The poster cannot be laid out.
    #[error(transparent)]
    Poster(#[from] PosterError),
    /// Several pages in a format that holds one.
    #[error("this takes {count} pages, and only a PDF holds several; export it as PDF")]
    Pages {
        /// How many.
        count: usize,
    },
    /// A format that a document cannot be written in.
    #[error("a {document} cannot be written as {format}; choose another format")]
    Unsuited {
        /// What it is called.
        document: &'static str,
        /// The ending of the format.
        format: &'static str,
    },
    /// It would need too much memory.
    #[error(
        "{width} by {height} pixels are more than a picture of {most} million can have; choose a smaller size or scale"
    )]
    TooLarge {
        /// Its width, in pixels.
        width: u32,
        /// Its height, in pixels.
        height: u32,
        /// The most pixels, in millions.
        most: u32,
    },
    /// A library that writes the format failed.
    #[error(
        "the {format} could not be made ({said}); this is a fault of Meanwhile, please report it with the file"
    )]
    Format {
        /// The name of the format.
        format: &'static str,
        /// What the library says.
        said: String,
    },
}
