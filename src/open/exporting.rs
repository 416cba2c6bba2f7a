//! Exports beside the window: previews of the very output, files, pictures for the clipboard, PDFs for
//! the printer.
//!
//! One thread takes orders one after the other, and of several previews that wait the latest. What is
//! no longer wanted ends before anything is written.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
};

use super::{
    Origin, one_line,
    pictures::{Beside, for_document},
    saving::{Existing, save},
    system_fonts::SystemFonts,
    worker::{self, Outbox},
};
use crate::{
    export::{
        ExportError,
        choice::{ExportChoice, ExportKind},
        job::{Document, Format, Job, Selection},
        picture::Pictures,
        png,
        shape::Shaper,
        svg::{Pixels, Texts},
    },
    layout::{
        BundledFonts, FilterResult, LaneIndex,
        page::{PX_PER_MM, Page},
        paper::Paper,
        picture::View,
        sheet::Shows,
    },
    model::{Filter, Timeline},
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
    fn document(&self) -> Document {
        self.choice.document(self.canvas_px)
    }

    /// For which pixels it is drawn, so many per px.
    fn pixels(&self, per_px: f32) -> Pixels {
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

enum Order {
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
struct Ordered {
    order: Order,
    progress: Arc<Progress>,
}

/// How far an order is, shared with the thread. Each has its own, so that cancelling one cancels no
/// other.
#[derive(Default)]
struct Progress {
    is_cancelled: AtomicBool,
    /// Of a thousand.
    done: AtomicUsize,
}

/// The thread that exports.
pub struct ExportThread {
    orders: Sender<Ordered>,
    made: Receiver<Exported>,
    /// Of the last file, print or copy.
    progress: Arc<Progress>,
    /// Of the last preview.
    preview: Arc<Progress>,
    number: u64,
    /// Whether a file, a print or a copy is being made.
    is_busy: bool,
    /// Whether it was said that the thread has ended.
    has_told_end: bool,
}

impl ExportThread {
    /// Starts the thread. `wake` is called from it when something was made.
    pub fn start(wake: impl Fn() + Send + 'static) -> Self {
        let (orders, waiting) = channel::<Ordered>();
        let made = worker::start("export", wake, move |outbox| {
            let mut maker = Maker {
                fonts: SystemFonts::default(),
                measure: BundledFonts::default(),
                progress: Arc::default(),
                laid: None,
            };
            maker.work(&waiting, outbox);
        });
        Self {
            orders,
            made,
            progress: Arc::default(),
            preview: Arc::default(),
            number: 0,
            is_busy: false,
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
        self.progress = self.order(order);
        self.is_busy = true;
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

    /// Cancels what is being made, unless it is being written already.
    pub fn cancel(&mut self) {
        self.progress.cancel();
        self.is_busy = false;
    }

    /// How much of a file, a print or a copy is made, from 0 to 1; `None` where none is.
    pub fn progress(&self) -> Option<f32> {
        let done = self.progress.done.load(Ordering::Relaxed);
        self.is_busy.then_some(done as f32 / 1000.0)
    }

    /// What was made since the last call.
    pub fn take(&mut self) -> Vec<Exported> {
        let mut made = Vec::new();
        loop {
            match self.made.try_recv() {
                Ok(one) => {
                    self.is_busy &= matches!(one, Exported::Preview(..));
                    made.push(one);
                }
                Err(TryRecvError::Disconnected) => {
                    let broken = "the export broke off, which is a fault of this program; please report it, with the file";
                    if self.is_busy {
                        self.is_busy = false;
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
        self.progress.cancel();
        self.preview.cancel();
    }
}

impl Progress {
    fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }
}

/// What the thread keeps between orders.
struct Maker {
    fonts: SystemFonts,
    measure: BundledFonts,
    /// Of the order that is carried out.
    progress: Arc<Progress>,
    /// The pages of the last preview.
    laid: Option<Laid>,
}

/// Pages, and for what they were laid out.
struct Laid {
    task: ExportTask,
    pages: Arc<Vec<Page>>,
    pictures: Arc<Pictures>,
}

/// A cancelled export: no message is sent.
struct Cancelled;

/// Why nothing was made.
enum Failed {
    Cancelled,
    /// The message.
    Said(String),
}

impl From<ExportError> for Failed {
    fn from(error: ExportError) -> Self {
        Self::Said(error.to_string())
    }
}

impl From<Cancelled> for Failed {
    fn from(Cancelled: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl Maker {
    fn work(&mut self, waiting: &Receiver<Ordered>, outbox: &Outbox<Exported>) {
        while let Ok(first) = waiting.recv() {
            let mut orders = vec![first];
            orders.extend(waiting.try_iter());
            let last = orders
                .iter()
                .rposition(|it| matches!(it.order, Order::Preview { .. }));
            for (number, Ordered { order, progress }) in orders.into_iter().enumerate() {
                let is_old = matches!(order, Order::Preview { .. }) && Some(number) != last;
                if is_old || progress.is_cancelled.load(Ordering::Relaxed) {
                    continue;
                }
                self.progress = progress;
                let Ok(made) = self.made(order) else { continue };
                if !outbox.send(made) {
                    return;
                }
            }
        }
    }

    fn made(&mut self, order: Order) -> Result<Exported, Cancelled> {
        match order {
            Order::Preview { task, page, number } => {
                let made = outcome(self.preview(&task, page))?;
                Ok(Exported::Preview(number, made))
            }
            Order::File {
                task,
                path,
                existing,
            } => {
                let format = task.choice.format();
                let made = outcome(self.bytes(&task, format))?;
                Ok(Exported::File(made.and_then(|(bytes, left_out)| {
                    let saved = save(&path, &bytes, existing);
                    saved
                        .map(|()| (path, left_out))
                        .map_err(|error| error.to_string())
                })))
            }
            Order::Print(task) => {
                let made = outcome(self.bytes(&task, Format::Pdf))?;
                Ok(Exported::Print(made.and_then(|(bytes, _)| printed(&bytes))))
            }
            Order::Copy(task) => {
                let made = outcome(self.copied(&task))?;
                self.check()?;
                Ok(Exported::Copy(made))
            }
        }
    }

    /// Ends where it was cancelled.
    fn check(&self) -> Result<(), Cancelled> {
        if self.progress.is_cancelled.load(Ordering::Relaxed) {
            return Err(Cancelled);
        }
        Ok(())
    }

    fn report(&self, thousandths: usize) {
        self.progress.done.store(thousandths, Ordering::Relaxed);
    }

    /// The file's bytes, and the pictures that are left out.
    fn bytes(&self, task: &ExportTask, format: Format) -> Result<(Vec<u8>, Vec<String>), Failed> {
        let lane_index = task.selection.lane_index(&task.timeline)?;
        self.report(50);
        let document = task.document();
        let (pictures, left_out) = self.pictures(task, document, &lane_index);
        self.check()?;
        self.report(500);
        let filtered = task
            .dimmed
            .as_ref()
            .and_then(|filter| FilterResult::of(filter, &lane_index));
        let bytes = self
            .job(task, document, (&lane_index, &pictures, filtered.as_ref()))
            .file(format)?;
        self.check()?;
        self.report(950);
        Ok((bytes, left_out))
    }

    fn job<'a>(
        &'a self,
        task: &'a ExportTask,
        document: Document,
        (lane_index, pictures, filtered): (
            &'a Arc<LaneIndex>,
            &'a Pictures,
            Option<&'a FilterResult>,
        ),
    ) -> Job<'a> {
        Job {
            lane_index,
            document,
            view: task.view,
            filtered,
            theme: task.choice.look.theme(),
            shows: task.choice.shows,
            texts: Texts::Text,
            measure: &self.measure,
            pictures,
            fonts: &self.fonts,
        }
    }

    /// The pictures of the events, and why others are left out.
    fn pictures(
        &self,
        task: &ExportTask,
        document: Document,
        lane_index: &LaneIndex,
    ) -> (Pictures, Vec<String>) {
        /// 300 dots per inch at the width of a handout's text.
        const MOST_PX: u32 = 1600;
        if !document.has_pictures() {
            return Default::default();
        }
        let beside = Beside::of(&task.origin);
        let timeline = &task.timeline;
        let count = lane_index.len().max(1);
        let events = lane_index
            .in_time_order()
            .enumerate()
            .inspect(|(number, _)| self.report(50 + 450 * number / count))
            .take_while(|_| self.check().is_ok())
            .map(|(_, event)| event);
        let (pictures, errors) = for_document(&beside, timeline, events, MOST_PX);
        let errors = errors.iter().map(ToString::to_string);
        (pictures, errors.collect())
    }

    fn preview(&mut self, task: &ExportTask, page: usize) -> Result<Preview, Failed> {
        /// The longest side of a preview, in pixels.
        const MOST_PX: f32 = 1000.0;
        let (pages, pictures) = self.pages_of(task)?;
        let page = page.min(pages.len().saturating_sub(1));
        let nothing = || Failed::Said("there is nothing to show".to_owned());
        let shown = pages.get(page).ok_or_else(nothing)?;
        let scale = (MOST_PX / shown.width_px.max(shown.height_px)).min(2.0);
        let mut shaper = Shaper::new(&self.fonts);
        let pixels = task.pixels(scale);
        let image = png::image(shown, pixels, &pictures.files, &mut shaper)?;
        let (width, height) = image.size();
        Ok(Preview {
            size: (width as usize, height as usize),
            rgba: image.rgba(),
            page,
            pages: pages.len(),
            words: words(task, &pages),
        })
    }

    /// The pages of a task, laid out anew only where it has changed.
    fn pages_of(&mut self, task: &ExportTask) -> Result<(Arc<Vec<Page>>, Arc<Pictures>), Failed> {
        if let Some(laid) = self.laid.as_ref().filter(|laid| laid.task == *task) {
            return Ok((Arc::clone(&laid.pages), Arc::clone(&laid.pictures)));
        }
        let lane_index = task.selection.lane_index(&task.timeline)?;
        let document = task.document();
        let (pictures, _) = self.pictures(task, document, &lane_index);
        self.check()?;
        let filtered = task
            .dimmed
            .as_ref()
            .and_then(|filter| FilterResult::of(filter, &lane_index));
        // A web page has no pages: its timeline stands for it.
        let shown = match document {
            Document::WebPage => Document::Picture {
                size_px: (1280.0, 720.0),
                scale: 1.0,
            },
            other => other,
        };
        let job = Job {
            shows: if document == Document::WebPage {
                Shows {
                    title: true,
                    ..Shows::NOTHING
                }
            } else {
                task.choice.shows
            },
            view: if document == Document::WebPage {
                View::Whole
            } else {
                task.view
            },
            ..self.job(task, shown, (&lane_index, &pictures, filtered.as_ref()))
        };
        let pages = Arc::new(job.pages()?);
        let pictures = Arc::new(pictures);
        self.laid = Some(Laid {
            task: task.clone(),
            pages: Arc::clone(&pages),
            pictures: Arc::clone(&pictures),
        });
        Ok((pages, pictures))
    }

    /// The first page as a picture.
    fn copied(&mut self, task: &ExportTask) -> Result<((usize, usize), Vec<u8>), Failed> {
        let (pages, pictures) = self.pages_of(task)?;
        let nothing = || Failed::Said("there is nothing to copy".to_owned());
        let page = pages.first().ok_or_else(nothing)?;
        self.report(400);
        let scale = match task.document() {
            Document::Picture { scale, .. } => scale,
            // As large as is well seen on a screen.
            _ => (2400.0 / page.width_px.max(page.height_px)).clamp(0.5, 2.0),
        };
        let mut shaper = Shaper::new(&self.fonts);
        let pixels = task.pixels(scale);
        let image = png::image(page, pixels, &pictures.files, &mut shaper)?;
        let (width, height) = image.size();
        Ok(((width as usize, height as usize), image.rgba()))
    }
}

/// The outcome of an order, or that it was cancelled.
fn outcome<T>(made: Result<T, Failed>) -> Result<Result<T, String>, Cancelled> {
    match made {
        Ok(made) => Ok(Ok(made)),
        Err(Failed::Said(said)) => Ok(Err(said)),
        Err(Failed::Cancelled) => Err(Cancelled),
    }
}

/// What the output is, in words: “A2 landscape · 594 × 420 mm · 1 page”.
fn words(task: &ExportTask, pages: &[Page]) -> String {
    let count = match pages.len() {
        1 => "1 page".to_owned(),
        count => format!("{count} pages"),
    };
    let of_page = pages.first().map_or_else(String::new, |page| {
        let [width, height] = [page.width_px, page.height_px].map(|px| px / PX_PER_MM);
        Paper::new(width, height).words()
    });
    match task.choice.kind {
        ExportKind::WebPage => "one file, for any browser".to_owned(),
        ExportKind::Slides => match pages.len() {
            1 => "1 slide".to_owned(),
            count => format!("{count} slides"),
        },
        ExportKind::Picture => {
            let Document::Picture { size_px, scale } = task.document() else {
                return String::new();
            };
            let [width, height] = [size_px.0, size_px.1].map(|px| (px * scale).round());
            format!("{width} × {height} pixels")
        }
        _ => format!("{of_page} · {count}"),
    }
}

/// Writes a PDF where the system's viewer finds it.
fn printed(bytes: &[u8]) -> Result<PathBuf, String> {
    let failed = |error: std::io::Error| {
        format!(
            "the PDF for printing could not be written ({error}); export it to a folder of your own and print that"
        )
    };
    let file = tempfile::Builder::new()
        .prefix("meanwhile-")
        .suffix(".pdf")
        .tempfile()
        .map_err(failed)?;
    let (_, path) = file.keep().map_err(|error| failed(error.error))?;
    save(&path, bytes, Existing::Replace).map_err(|error| error.to_string())?;
    Ok(path)
}

/// Hands a file to the program that the system has for it.
///
/// # Errors
///
/// A sentence with the file's path, where there is none.
pub fn hand_over(path: &Path) -> Result<(), String> {
    opener::open(path).map_err(|_| {
        let name = one_line(&path.display().to_string());
        format!("no program that shows PDFs could be started; the PDF to print is {name}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let mut maker = Maker {
            fonts: SystemFonts::default(),
            measure: BundledFonts::default(),
            progress: Arc::default(),
            laid: None,
        };
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
