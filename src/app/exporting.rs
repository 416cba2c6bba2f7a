//! What the window exports: the thread, and the preview that the dialog shows.

use egui::Context;

use crate::{
    model::Timeline,
    open::exporting::{ExportTask, ExportThread},
    view::export::{ExportView, PreviewImage},
};

/// What the window exports, and what it knows of it.
#[derive(Default)]
pub(super) struct Exporting {
    pub thread: Option<ExportThread>,
    /// The last preview that was ordered.
    pub ordered: Option<PreviewOrder>,
    pub preview: Option<Result<PreviewImage, String>>,
    /// Which page is shown.
    pub page: usize,
    /// The name under which it is saved.
    pub name: String,
}

/// A preview that was ordered.
pub(super) struct PreviewOrder {
    pub task: ExportTask,
    pub page: usize,
    /// By which it is known when it is made.
    pub number: u64,
}

impl Exporting {
    /// The thread, which is started when it is first needed.
    pub fn thread(&mut self, ctx: &Context) -> &mut ExportThread {
        self.thread.get_or_insert_with(|| {
            let ctx = ctx.clone();
            ExportThread::start(move || ctx.request_repaint())
        })
    }

    /// What the dialog shows.
    pub fn shown<'a>(&'a self, timeline: &'a Timeline) -> ExportView<'a> {
        let preview = self.preview.as_ref().map(|preview| match preview {
            Ok(image) => Ok(image),
            Err(why) => Err(why.as_str()),
        });
        let lessons = timeline.lessons().iter();
        ExportView {
            preview,
            progress: self.thread.as_ref().and_then(ExportThread::progress),
            name: &self.name,
            lessons: lessons.map(|lesson| lesson.title.as_str()).collect(),
        }
    }
}
