//! Exports beside the window: previews of the very output, files, pictures for the clipboard, PDFs for
//! the printer.
//!
//! One thread takes orders one after the other, and of several previews that wait the latest. What is
//! no longer wanted ends before anything is written.

mod maker;
mod order;
mod printing;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::Ordering,
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
};

use self::{
    maker::Maker,
    order::{Order, Ordered, Progress},
};
pub use self::{
    order::{ExportTask, Exported, Preview},
    printing::hand_over,
};
use super::{saving::Existing, worker};

/// The thread that exports.
pub struct ExportThread {
    orders: Sender<Ordered>,
    made: Receiver<Exported>,
    /// Of the files, prints and copies that are not yet made, the first one first.
    pending: Vec<Arc<Progress>>,
    /// Of the last preview.
    preview: Arc<Progress>,
    number: u64,
    /// Whether it was said that the thread has ended.
    has_told_end: bool,
}

impl ExportThread {
    /// Starts the thread. `wake` is called from it when something was made.
    pub fn start(wake: impl Fn() + Send + 'static) -> Self {
        let (orders, waiting) = channel::<Ordered>();
        let made = worker::start("export", wake, move |outbox| {
            Maker::default().work(&waiting, outbox);
        });
        Self {
            orders,
            made,
            pending: Vec::new(),
            preview: Arc::default(),
            number: 0,
            has_told_end: false,
        }
    }

    /// Orders a preview; its number. Earlier ones are dropped.
    pub fn preview(&mut self, task: ExportTask, page: usize) -> u64 {
        self.number += 1;
        self.preview.cancel();
        self.preview = self.order(Order::Preview {
            task: Box::new(task),
            page,
            number: self.number,
        });
        self.number
    }

    /// Orders a file.
    pub fn file(&mut self, task: ExportTask, path: &Path, existing: Existing) {
        self.begin(Order::File {
            task: Box::new(task),
            path: path.to_owned(),
            existing,
        });
    }

    /// Orders a PDF for the printer.
    pub fn print(&mut self, task: ExportTask) {
        self.begin(Order::Print(Box::new(task)));
    }

    /// Orders a picture for the clipboard.
    pub fn copy(&mut self, task: ExportTask) {
        self.begin(Order::Copy(Box::new(task)));
    }

    fn begin(&mut self, order: Order) {
        let progress = self.order(order);
        self.pending.push(progress);
    }

    fn order(&self, order: Order) -> Arc<Progress> {
        let progress = Arc::<Progress>::default();
        let shared = Arc::clone(&progress);
        // Where the thread has ended, the next poll says so.
        let _ = self.orders.send(Ordered {
            order,
            progress: shared,
        });
        progress
    }

    /// Cancels all that is being made or waits, unless it is being written already.
    pub fn cancel(&mut self) {
        for progress in self.pending.drain(..) {
            progress.cancel();
        }
    }

    /// How much of a file, a print or a copy is made, from 0 to 1; `None` where none is.
    pub fn progress(&self) -> Option<f32> {
        let done = self.pending.first()?.done.load(Ordering::Relaxed);
        Some(done as f32 / 1000.0)
    }

    /// What was made since the last call.
    pub fn take(&mut self) -> Vec<Exported> {
        let mut made = Vec::new();
        loop {
            match self.made.try_recv() {
                Ok(one) => {
                    if !matches!(one, Exported::Preview(..)) && !self.pending.is_empty() {
                        self.pending.remove(0);
                    }
                    made.push(one);
                }
                Err(TryRecvError::Disconnected) => {
                    let broken = "the export broke off, which is a fault of this program; please report it, with the file";
                    if !self.pending.is_empty() {
                        self.pending.clear();
                        made.push(Exported::File(Err(broken.to_owned())));
                    } else if !self.has_told_end {
                        made.push(Exported::Preview(self.number, Err(broken.to_owned())));
                    }
                    self.has_told_end = true;
                    return made;
                }
                Err(_) => return made,
            }
        }
    }
}

impl Drop for ExportThread {
    fn drop(&mut self) {
        self.cancel();
        self.preview.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        export::{
            choice::{ExportChoice, ExportKind},
            job::Selection,
        },
        layout::picture::View,
        open::Origin,
    };

    fn task(choice: ExportChoice) -> ExportTask {
        let source = super::super::read(&Origin::Shipped).unwrap();
        ExportTask {
            timeline: source.timeline,
            origin: Origin::Shipped,
            choice,
            selection: Selection::default(),
            view: View::Whole,
            dimmed: None,
            canvas_px: (1000.0, 600.0),
        }
    }

    /// Waits for what an order makes.
    fn made(order: impl FnOnce(&mut ExportThread)) -> Exported {
        let (sender, woken) = channel();
        let mut thread = ExportThread::start(move || sender.send(()).unwrap_or_default());
        order(&mut thread);
        loop {
            woken.recv().unwrap();
            if let Some(made) = thread.take().into_iter().next() {
                return made;
            }
        }
    }

    #[test]
    fn a_preview_says_what_the_output_is() {
        for (kind, expected) in [
            (ExportKind::Poster, "A4 landscape · 297 × 210 mm · 1 page"),
            (ExportKind::Picture, "2000 × 1200 pixels"),
            (ExportKind::WebPage, "one file, for any browser"),
            (ExportKind::Slides, "13 slides"),
        ] {
            let choice = ExportChoice {
                kind,
                ..ExportChoice::default()
            };
            let Exported::Preview(1, preview) = made(|thread| {
                thread.preview(task(choice), 0);
            }) else {
                panic!("a preview");
            };
            let preview = preview.unwrap();
            assert_eq!(preview.words, expected);
            assert_eq!(preview.rgba.len(), 4 * preview.size.0 * preview.size.1);
        }
    }

    #[test]
    fn a_file_is_written_and_never_over_another_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("handout.pdf");
        let choice = ExportChoice {
            kind: ExportKind::Handout,
            ..ExportChoice::default()
        };
        let write = || made(|thread| thread.file(task(choice), &path, Existing::Keep));
        let Exported::File(Ok((written, left_out))) = write() else {
            panic!("a file");
        };
        assert_eq!((written, left_out), (path.clone(), Vec::new()));
        assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
        let Exported::File(Err(said)) = write() else {
            panic!("refused");
        };
        assert!(said.contains("exists already"), "{said}");
    }

    #[test]
    fn a_copy_is_as_large_as_the_canvas_and_a_print_is_a_pdf() {
        let choice = ExportChoice {
            kind: ExportKind::Picture,
            ..ExportChoice::default()
        };
        let Exported::Copy(Ok(((width, height), rgba))) = made(|thread| thread.copy(task(choice)))
        else {
            panic!("a picture");
        };
        assert_eq!(width * 600, height * 1000, "the shape of the canvas");
        assert_eq!(rgba.len(), 4 * width * height);
        let choice = ExportChoice::default();
        let Exported::Print(Ok(path)) = made(|thread| thread.print(task(choice))) else {
            panic!("a PDF");
        };
        let printed = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(printed.starts_with(b"%PDF"));
    }

    #[test]
    fn cancelling_one_order_cancels_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let choice = ExportChoice {
            kind: ExportKind::Handout,
            ..ExportChoice::default()
        };
        let path = |name: &str| folder.path().join(name);
        let Exported::File(Ok((written, left_out))) = made(|thread| {
            thread.file(task(choice), &path("first.pdf"), Existing::Keep);
            thread.cancel();
            thread.file(task(choice), &path("second.pdf"), Existing::Keep);
        }) else {
            panic!("the second file");
        };
        assert_eq!((written, left_out), (path("second.pdf"), Vec::new()));
        assert!(!path("first.pdf").exists());
    }

    #[test]
    fn what_is_cancelled_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("poster.pdf");
        let mut maker = Maker::default();
        maker.progress.cancel();
        let order = Order::File {
            task: Box::new(task(ExportChoice::default())),
            path: path.clone(),
            existing: Existing::Keep,
        };
        assert!(maker.made(order).is_err());
        assert!(!path.exists());
    }
}
