//! Choosing a file to open or to save: by the system's dialog, or by dropping it on the window.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, TryRecvError},
    task::Poll,
    time::{Duration, Instant},
};

use egui::{Context, Stroke, StrokeKind, Ui, vec2};

use crate::{
    formats::write::Target,
    layout::Theme,
    open::worker,
    view::{messages, text::color},
};

/// Distance of the drop target's frame from the window's edge, in px.
const TARGET_PX: f32 = 10.0;

/// How the names of files end that can be opened.
const ENDINGS: [&str; 15] = [
    "json", "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "timeline", "xml", "mw", "markwhen",
    "md", "ics", "srj",
];

/// A dialog that ends sooner than a person could close it was never shown: where no desktop offers
/// one it ends at once, and the library does not say why.
const NO_DIALOG: Duration = Duration::from_millis(200);

/// The system's dialog, open on a thread: the window stays responsive behind it.
pub(super) struct Dialog {
    chosen: Receiver<Chosen>,
    /// What a file is chosen for.
    pub purpose: Purpose,
}

/// What a file is chosen for.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To open it.
    Open,
    /// To save the chronology in this format.
    Save(Target),
    /// To write what the export dialog makes.
    Export,
    /// To collect the chronology and its pictures in a folder.
    Collect,
}

/// The result of a dialog.
pub(super) enum Chosen {
    /// A file.
    File(PathBuf),
    /// Nothing: it was closed.
    Nothing,
    /// No dialog is available.
    NoDialog,
}

impl Dialog {
    /// Opens one that chooses a file to open.
    pub fn open(ctx: &Context) -> Self {
        Self::show(ctx, Purpose::Open, |dialog| {
            let dialog = dialog.set_title("Open a chronology");
            let dialog = dialog.add_filter("What can be opened", &ENDINGS);
            dialog.add_filter("All files", &["*"]).pick_file()
        })
    }

    /// Opens one that chooses where the chronology is saved, under this name if nothing else is
    /// chosen. It asks itself before a file is replaced.
    pub fn save(ctx: &Context, target: Target, name: String) -> Self {
        Self::show(ctx, Purpose::Save(target), move |dialog| {
            let dialog = dialog.set_title("Save the chronology").set_file_name(name);
            dialog
                .add_filter(target.name(), &[target.ending()])
                .save_file()
        })
    }

    /// Opens one that chooses where an export is written, whose files have this ending.
    pub fn export(ctx: &Context, name: String, ending: &'static str) -> Self {
        Self::show(ctx, Purpose::Export, move |dialog| {
            let dialog = dialog.set_title("Export").set_file_name(name);
            dialog
                .add_filter(ending.to_uppercase(), &[ending])
                .save_file()
        })
    }

    /// Opens one that chooses the folder in which the chronology and its pictures are collected.
    pub fn collect(ctx: &Context) -> Self {
        Self::show(ctx, Purpose::Collect, |dialog| {
            let dialog = dialog.set_title("Collect the chronology and its pictures in a folder");
            dialog.pick_folder()
        })
    }

    fn show(
        ctx: &Context,
        purpose: Purpose,
        choose: impl FnOnce(rfd::FileDialog) -> Option<PathBuf> + Send + 'static,
    ) -> Self {
        let ctx = ctx.clone();
        // Where no thread can be started, the next poll returns that there is no dialog.
        let chosen = worker::start(
            "dialog",
            move || ctx.request_repaint(),
            move |outbox| {
                let opened = Instant::now();
                outbox.send(match choose(rfd::FileDialog::new()) {
                    Some(path) => Chosen::File(path),
                    None if opened.elapsed() < NO_DIALOG => Chosen::NoDialog,
                    None => Chosen::Nothing,
                });
            },
        );
        Self { chosen, purpose }
    }

    /// The result, once the dialog has been closed.
    pub fn poll(&self) -> Poll<Chosen> {
        match self.chosen.try_recv() {
            Ok(chosen) => Poll::Ready(chosen),
            Err(TryRecvError::Disconnected) => Poll::Ready(Chosen::NoDialog),
            Err(TryRecvError::Empty) => Poll::Pending,
        }
    }
}

/// While a file is dragged over the window, marks the whole window as the drop target.
pub(super) fn show_drop_target(ui: &Ui, theme: &Theme) {
    if ui.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let window = ui.ctx().content_rect();
    let painter = ui.ctx().layer_painter(egui::LayerId::new(
        egui::Order::Foreground,
        egui::Id::unique("drop"),
    ));
    painter.rect_filled(window, 0.0, color(theme.ground.faded(0.7)));
    painter.rect(
        window.shrink(TARGET_PX),
        10.0,
        color(theme.accent.faded(0.06)),
        Stroke::new(2.0, color(theme.accent)),
        StrokeKind::Inside,
    );
    let at = egui::Rect::from_center_size(window.center(), vec2(window.width(), 60.0));
    messages::note_on(&painter, ui, at, "Drop the file to open it", theme);
}
