//! What the export thread does with an order.

use std::sync::{Arc, atomic::Ordering, mpsc::Receiver};

use super::{
    order::{ExportTask, Exported, Order, Ordered, Preview, Progress},
    printing::printed,
};
use crate::{
    export::{
        ExportError,
        choice::ExportKind,
        job::{Document, Format, Job},
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
    open::{
        pictures::{Beside, for_document},
        saving::save,
        system_fonts::SystemFonts,
        worker::Outbox,
    },
};

/// What the thread keeps between orders.
#[derive(Default)]
pub(super) struct Maker {
    fonts: SystemFonts,
    measure: BundledFonts,
    /// Of the order that is carried out.
    pub(super) progress: Arc<Progress>,
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
pub(super) struct Cancelled;

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
    /// Carries out orders until there are no more, or nobody takes what is made.
    pub(super) fn work(&mut self, waiting: &Receiver<Ordered>, outbox: &Outbox<Exported>) {
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

    /// What an order makes.
    pub(super) fn made(&mut self, order: Order) -> Result<Exported, Cancelled> {
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
        let (pictures, mut left_out) = self.pictures(task, document, &lane_index);
        self.check()?;
        // What earlier previews asked for is no part of this.
        let _ = self.fonts.take_missing();
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
        // A browser has fonts of its own.
        let missing = self.fonts.take_missing();
        left_out.extend(missing.filter(|_| format != Format::Html));
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
