//! What the export thread is asked for, and what it answers.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use crate::{
    export::{
        choice::ExportChoice,
        job::{Document, Selection},
        svg::Pixels,
    },
    layout::picture::View,
    model::{Filter, Timeline},
    open::{Origin, saving::Existing},
};

/// What is exported.
#[derive(Clone)]
pub struct ExportTask {
    /// The chronology.
    pub timeline: Arc<Timeline>,
    /// Where its pictures are.
    pub origin: Origin,
    /// What was chosen.
    pub choice: ExportChoice,
    /// Which events.
    pub selection: Selection,
    /// What a picture shows.
    pub view: View,
    /// A filter: what does not pass it is dimmed in a picture.
    pub dimmed: Option<Filter>,
    /// The width and height of the window's canvas, in px.
    pub canvas_px: (f32, f32),
}

impl ExportTask {
    /// What it makes.
    pub(super) fn document(&self) -> Document {
        self.choice.document(self.canvas_px)
    }

    /// For which pixels it is drawn, so many per px.
    pub(super) fn pixels(&self, per_px: f32) -> Pixels {
        self.document().pixels(self.choice.look.theme(), per_px)
    }
}

impl PartialEq for ExportTask {
    /// Whether the same pages come of both.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.timeline, &other.timeline)
            && self.origin == other.origin
            && self.choice == other.choice
            && self.selection == other.selection
            && self.view == other.view
            && self.dimmed == other.dimmed
            && self.canvas_px == other.canvas_px
    }
}

/// A page of the output, small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Width and height, in pixels.
    pub size: (usize, usize),
    /// Red, green, blue and opacity of each pixel, row by row.
    pub rgba: Vec<u8>,
    /// Which page it is, from 0.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// What it is, in words.
    pub words: String,
}

/// What the thread has made.
pub enum Exported {
    /// A preview, of the order with this number; or why there is none.
    Preview(u64, Result<Preview, String>),
    /// The file was written, and what was left out of it; or why not.
    File(Result<(PathBuf, Vec<String>), String>),
    /// A PDF for the printer.
    Print(Result<PathBuf, String>),
    /// A picture for the clipboard: width and height, and its pixels.
    Copy(Result<((usize, usize), Vec<u8>), String>),
}

pub(super) enum Order {
    Preview {
        task: Box<ExportTask>,
        page: usize,
        number: u64,
    },
    File {
        task: Box<ExportTask>,
        path: PathBuf,
        existing: Existing,
    },
    Print(Box<ExportTask>),
    Copy(Box<ExportTask>),
}

/// An order, and how far it is.
pub(super) struct Ordered {
    pub(super) order: Order,
    pub(super) progress: Arc<Progress>,
}

/// How far an order is, shared with the thread. Each has its own, so that cancelling one cancels no
/// other.
#[derive(Default)]
pub(super) struct Progress {
    pub(super) is_cancelled: AtomicBool,
    /// Of a thousand.
    pub(super) done: AtomicUsize,
}

impl Progress {
    pub(super) fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }
}
