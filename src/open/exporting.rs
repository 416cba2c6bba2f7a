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
        svg::Texts,
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

/// How far a file is, shared with the thread.
#[derive(Default)]
struct Progress {
    is_cancelled: AtomicBool,
    /// Of a thousand.
    done: AtomicUsize,
}

/// The thread that exports.
pub struct ExportThread {
    orders: Sender<Order>,
    made: Receiver<Exported>,
    progress: Arc<Progress>,
    number: u64,
    /// Whether a file, a print or a copy is being made.
    is_busy: bool,
}

impl ExportThread {
    /// Starts the thread. `wake` is called from it when something was made.
    pub fn start(wake: impl Fn() + Send + 'static) -> Self {
        let (orders, waiting) = channel::<Order>();
        let progress = Arc::new(Progress::default());
        let shared = Arc::clone(&progress);
        let made = worker::start("export", wake, move |outbox| {
            let mut maker = Maker {
                fonts: SystemFonts::default(),
                measure: BundledFonts::default(),
                progress: shared,
                pages: None,
            };
            maker.work(&waiting, outbox);
        });
        Self {
            orders,
            made,
            progress,
            number: 0,
            is_busy: false,
        }
    }

    /// Orders a preview; its number. Those that still wait are dropped.
    pub fn preview(&mut self, task: ExportTask, page: usize) -> u64 {
        self.number += 1;
        self.order(Order::Preview {
            task: Box::new(task),
            page,
            number: self.number,
        });
        self.number
    }

    /// Orders a file.
    pub fn file(&mut self, task: ExportTask, path: &Path, existing: Existing) {
        self.begin();
        self.order(Order::File {
            task: Box::new(task),
            path: path.to_owned(),
            existing,
        });
    }

    /// Orders a PDF for the printer.
    pub fn print(&mut self, task: ExportTask) {
        self.begin();
        self.order(Order::Print(Box::new(task)));
    }

    /// Orders a picture for the clipboard.
    pub fn copy(&mut self, task: ExportTask) {
        self.begin();
        self.order(Order::Copy(Box::new(task)));
    }

    fn begin(&mut self) {
        self.progress.is_cancelled.store(false, Ordering::Relaxed);
        self.progress.done.store(0, Ordering::Relaxed);
        self.is_busy = true;
    }

    fn order(&self, order: Order) {
        // Where the thread has ended, the next poll says so.
        let _ = self.orders.send(order);
    }

    /// Cancels what is being made, unless it is being written already.
    pub fn cancel(&mut self) {
        self.progress.is_cancelled.store(true, Ordering::Relaxed);
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
                Err(TryRecvError::Disconnected) if self.is_busy => {
                    self.is_busy = false;
                    let broken = "the export broke off, which is a fault of this program; please report it, with the file";
                    made.push(Exported::File(Err(broken.to_owned())));
                }
                Err(_) => return made,
            }
        }
    }
}

/// What the thread keeps between orders.
struct Maker {
    fonts: SystemFonts,
    measure: BundledFonts,
    progress: Arc<Progress>,
    /// The pages of the last preview, and for what they were laid out.
    pages: Option<Laid>,
}

/// Pages, and for what they were laid out.
struct Laid {
    timeline: Arc<Timeline>,
    choice: ExportChoice,
    selection: Selection,
    view: View,
    pages: Arc<Vec<Page>>,
    pictures: Arc<Pictures>,
}

/// A cancelled export: nobody is told.
struct Cancelled;

impl Maker {
    fn work(&mut self, waiting: &Receiver<Order>, outbox: &Outbox<Exported>) {
        while let Ok(first) = waiting.recv() {
            let mut orders = vec![first];
            orders.extend(waiting.try_iter());
            let last = orders
                .iter()
                .rposition(|order| matches!(order, Order::Preview { .. }));
            for (number, order) in orders.into_iter().enumerate() {
                let is_old = matches!(order, Order::Preview { .. }) && Some(number) != last;
                if is_old {
                    continue;
                }
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
                Ok(Exported::Preview(number, self.preview(&task, page)))
            }
            Order::File {
                task,
                path,
                existing,
            } => {
                let format = task.choice.format();
                let made = match self.bytes(&task, format) {
                    Err(None) => return Err(Cancelled),
                    Err(Some(said)) => Err(said),
                    Ok((bytes, left_out)) => {
                        self.check()?;
                        let saved = save(&path, &bytes, existing);
                        saved
                            .map(|()| (path, left_out))
                            .map_err(|error| error.to_string())
                    }
                };
                Ok(Exported::File(made))
            }
            Order::Print(task) => {
                let made = match self.bytes(&task, Format::Pdf) {
                    Err(None) => return Err(Cancelled),
                    Err(Some(said)) => Err(said),
                    Ok((bytes, _)) => {
                        self.check()?;
                        printed(&bytes)
                    }
                };
                Ok(Exported::Print(made))
            }
            Order::Copy(task) => {
                let made = self.copied(&task);
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

    fn at(&self, thousandths: usize) {
        self.progress.done.store(thousandths, Ordering::Relaxed);
    }

    /// The file's bytes, and the pictures that are left out; `None` where it was cancelled.
    fn bytes(
        &self,
        task: &ExportTask,
        format: Format,
    ) -> Result<(Vec<u8>, Vec<String>), Option<String>> {
        let said = |error: ExportError| Some(error.to_string());
        let lane_index = task.selection.lane_index(&task.timeline).map_err(said)?;
        self.at(50);
        let document = task.choice.document(task.canvas_px);
        let (pictures, left_out) = self.pictures(task, document, &lane_index);
        self.check().map_err(|Cancelled| None)?;
        self.at(500);
        let filtered = task
            .dimmed
            .as_ref()
            .and_then(|filter| FilterResult::of(filter, &lane_index));
        let bytes = self
            .job(task, document, (&lane_index, &pictures, filtered.as_ref()))
            .file(format)
            .map_err(said)?;
        self.check().map_err(|Cancelled| None)?;
        self.at(950);
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
        let events = timeline
            .events()
            .filter(|&event| lane_index.contains(event))
            .enumerate()
            .inspect(|(number, _)| self.at(50 + 450 * number / count))
            .take_while(|_| self.check().is_ok())
            .map(|(_, event)| event);
        let (pictures, errors) = for_document(&beside, timeline, events, MOST_PX);
        let errors = errors.iter().map(ToString::to_string);
        (pictures, errors.collect())
    }

    fn preview(&mut self, task: &ExportTask, page: usize) -> Result<Preview, String> {
        /// The longest side of a preview, in pixels.
        const MOST_PX: f32 = 1000.0;
        let (pages, pictures) = self.pages_of(task)?;
        let page = page.min(pages.len().saturating_sub(1));
        let shown = pages.get(page).ok_or("there is nothing to show")?;
        let scale = (MOST_PX / shown.width_px.max(shown.height_px)).min(2.0);
        let mut shaper = Shaper::new(&self.fonts);
        let image = png::image_with(shown, scale, &pictures, &mut shaper);
        let image = image.map_err(|error| error.to_string())?;
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
    fn pages_of(&mut self, task: &ExportTask) -> Result<(Arc<Vec<Page>>, Arc<Pictures>), String> {
        let is_same = |laid: &&Laid| {
            Arc::ptr_eq(&laid.timeline, &task.timeline)
                && laid.choice == task.choice
                && laid.selection == task.selection
                && laid.view == task.view
        };
        if let Some(laid) = self.pages.as_ref().filter(is_same) {
            return Ok((Arc::clone(&laid.pages), Arc::clone(&laid.pictures)));
        }
        let lane_index = task
            .selection
            .lane_index(&task.timeline)
            .map_err(|error| error.to_string())?;
        let document = task.choice.document(task.canvas_px);
        let (pictures, _) = self.pictures(task, document, &lane_index);
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
        let pages = Arc::new(job.pages().map_err(|error| error.to_string())?);
        let pictures = Arc::new(pictures);
        self.pages = Some(Laid {
            timeline: Arc::clone(&task.timeline),
            choice: task.choice,
            selection: task.selection.clone(),
            view: task.view,
            pages: Arc::clone(&pages),
            pictures: Arc::clone(&pictures),
        });
        Ok((pages, pictures))
    }

    /// The first page as a picture.
    fn copied(&mut self, task: &ExportTask) -> Result<((usize, usize), Vec<u8>), String> {
        let (pages, pictures) = self.pages_of(task)?;
        let page = pages.first().ok_or("there is nothing to copy")?;
        self.at(400);
        let scale = match task.choice.document(task.canvas_px) {
            Document::Picture { scale, .. } => scale,
            // As large as is well seen on a screen.
            _ => (2400.0 / page.width_px.max(page.height_px)).clamp(0.5, 2.0),
        };
        let mut shaper = Shaper::new(&self.fonts);
        let image = png::image_with(page, scale, &pictures, &mut shaper);
        let image = image.map_err(|error| error.to_string())?;
        let (width, height) = image.size();
        Ok(((width as usize, height as usize), image.rgba()))
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
            let Document::Picture { size_px, scale } = task.choice.document(task.canvas_px) else {
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
    fn what_is_cancelled_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("poster.pdf");
        let mut maker = Maker {
            fonts: SystemFonts::default(),
            measure: BundledFonts::default(),
            progress: Arc::default(),
            pages: None,
        };
        maker.progress.is_cancelled.store(true, Ordering::Relaxed);
        let order = Order::File {
            task: Box::new(task(ExportChoice::default())),
            path: path.clone(),
            existing: Existing::Keep,
        };
        assert!(maker.made(order).is_err());
        assert!(!path.exists());
    }
}
