//! Choosing a file: by the system's dialog, or by dropping it on the window.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, TryRecvError},
    task::Poll,
    time::{Duration, Instant},
};

use egui::{Context, Stroke, StrokeKind, Ui, vec2};

use crate::{
    layout::Theme,
    open::worker,
    view::{messages, text::color},
};

/// Distance of the drop target's frame from the window's edge, in px.
const TARGET_PX: f32 = 10.0;

/// A dialog that ends sooner than a person could close it was never shown: where no desktop offers
/// one it ends at once, and the library does not say why.
const NO_DIALOG: Duration = Duration::from_millis(200);

/// The system's dialog, open on a thread: the window stays responsive behind it.
pub(super) struct Dialog {
    chosen: Receiver<Chosen>,
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
    /// Opens it.
    pub fn open(ctx: &Context) -> Self {
        let ctx = ctx.clone();
        // Where no thread can be started, the next poll returns that there is no dialog.
        let chosen = worker::start(
            "dialog",
            move || ctx.request_repaint(),
            |outbox| {
                let dialog = rfd::FileDialog::new()
                    .set_title("Open a chronology")
                    .add_filter("Chronologies", &["json"])
                    .add_filter("All files", &["*"]);
                let opened = Instant::now();
                outbox.send(match dialog.pick_file() {
                    Some(path) => Chosen::File(path),
                    None if opened.elapsed() < NO_DIALOG => Chosen::NoDialog,
                    None => Chosen::Nothing,
                });
            },
        );
        Self { chosen }
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
