//! What the commands of the export dialog do: previews are ordered, files written, copies and prints
//! handed over.

use std::{path::Path, sync::Arc};

use egui::{ColorImage, Context};

use super::{
    canvas::canvas_size,
    dialog::Dialog,
    exporting::PreviewOrder,
    shell::{App, Frame},
};
use crate::{
    command::{Command, MenuCommand, Panel},
    export::{
        choice::{ExportChoice, ExportKind, LookName, What},
        job::{Format, Selection},
    },
    layout::{Theme, picture::View, sheet::Shows},
    model::{EventSet, Filter},
    open::{
        self, Origin,
        exporting::{ExportTask, Exported},
        saving::Existing,
    },
    view::{export::PreviewImage, toast::Toast},
};

impl App {
    /// What is exported by a choice now.
    fn export_task(&self, mut choice: ExportChoice, frame: &Frame) -> ExportTask {
        // The file may have fewer lessons than when the choice was made.
        let lessons = self.document.timeline().lessons().len().max(1);
        choice.slides.lesson = choice.slides.lesson.min(lessons - 1);
        let areas = self.areas(frame);
        let size = canvas_size(&areas);
        let state = &self.state;
        let is_picture = choice.kind == ExportKind::Picture;
        // Slides are a lesson's, whose steps are chosen already.
        let what = match choice.kind {
            ExportKind::Slides => What::Whole,
            _ => choice.what,
        };
        let passing = || self.canvas.filter_result().map(|it| Arc::clone(&it.events));
        let (events, dimmed): (Option<Arc<EventSet>>, Option<Filter>) = match what {
            What::Filtered => (passing(), None),
            What::View if is_picture && state.is_hiding => (passing(), None),
            What::View if is_picture => (None, Some(state.filter.clone())),
            _ => (None, None),
        };
        let view = match state.camera {
            Some(camera) if is_picture && choice.what == What::View => View::Window {
                size,
                camera,
                scroll_px: state.scroll_px,
            },
            _ => View::Whole,
        };
        ExportTask {
            timeline: Arc::clone(self.document.timeline()),
            origin: self.document.origin.clone(),
            choice,
            selection: Selection {
                events,
                ..Selection::default()
            },
            view,
            dimmed: dimmed.filter(|filter| !filter.is_empty()),
            canvas_px: (size.whole_px, size.height_px),
        }
    }

    /// Orders a preview where the dialog is open and something has changed.
    pub(super) fn follow_export(&mut self, ctx: &Context, frame: &Frame) {
        self.take_exported(ctx);
        if !self.state.shows(Panel::Export) {
            let exporting = &mut self.panels.exporting;
            let is_busy = exporting
                .thread
                .as_ref()
                .is_some_and(|it| it.progress().is_some());
            exporting.preview = None;
            exporting.ordered = None;
            if !is_busy {
                exporting.thread = None;
            }
            return;
        }
        let choice = self.state.export;
        let task = self.export_task(choice, frame);
        let exporting = &mut self.panels.exporting;
        if let Some(before) = &exporting.ordered {
            if before.page == exporting.page && before.task == task {
                return;
            }
            let is_other = before.task.choice.kind != choice.kind
                || !Arc::ptr_eq(&before.task.timeline, &task.timeline);
            if is_other {
                exporting.page = 0;
                exporting.preview = None;
            }
        }
        let page = exporting.page;
        let number = exporting.thread(ctx).preview(task.clone(), page);
        exporting.ordered = Some(PreviewOrder { task, page, number });
        let name = self.export_name(choice);
        self.panels.exporting.name = name;
    }

    /// The name under which an export is suggested: that of the file, with the format's ending.
    fn export_name(&self, choice: ExportChoice) -> String {
        let file = self.document.file();
        let stem = file.as_deref().and_then(Path::file_stem);
        let stem = stem.map_or_else(
            || slug(self.document.timeline().title()),
            |stem| stem.to_string_lossy().into_owned(),
        );
        let kind = match choice.kind {
            ExportKind::Handout => "-handout",
            ExportKind::Worksheet => "-worksheet",
            ExportKind::Slides => "-lesson",
            ExportKind::Poster => "-poster",
            ExportKind::Picture | ExportKind::WebPage => "",
        };
        format!("{stem}{kind}.{}", choice.format().ending())
    }

    /// Carries out a command of the dialog, or one that exports without it. Returns whether it was
    /// one.
    pub(super) fn apply_export(&mut self, command: &Command, ctx: &Context, frame: &Frame) -> bool {
        let choice = self.state.export;
        match command {
            Command::SetExport(choice) => {
                self.apply_to_state(command, frame);
                let file = self.document.file();
                let settings = &mut self.preferences.settings;
                let kept = settings.export_of(file.as_deref()).unwrap_or_default();
                // What was read from standard input is no file that is found again.
                if kept != *choice && self.document.origin != Origin::Stdin {
                    settings.keep_export(file.as_deref(), *choice);
                    self.preferences.is_save_due = true;
                }
            }
            Command::ShowExportPage(page) => {
                self.panels.exporting.page = *page;
                ctx.request_repaint();
            }
            Command::SaveExport => {
                let name = self.export_name(choice);
                let ending = choice.format().ending();
                let dialog = &mut self.panels.dialog;
                dialog.get_or_insert_with(|| Dialog::export(ctx, name, ending));
            }
            Command::CancelExport => {
                if let Some(thread) = &mut self.panels.exporting.thread {
                    thread.cancel();
                }
            }
            Command::CopyExport => {
                let task = self.export_task(choice, frame);
                self.panels.exporting.thread(ctx).copy(task);
            }
            Command::Menu(MenuCommand::CopyPicture) if self.state.session.is_none() => {
                let task = self.export_task(self.present_picture(), frame);
                self.panels.exporting.thread(ctx).copy(task);
            }
            Command::PrintExport => self.print(ctx, frame),
            Command::Menu(MenuCommand::Print) if self.state.session.is_none() => {
                self.print(ctx, frame);
            }
            _ => return false,
        }
        true
    }

    /// Hands what is chosen to the program that shows PDFs: slides as pages, and what is no page as a
    /// poster.
    fn print(&mut self, ctx: &Context, frame: &Frame) {
        let choice = self.state.export;
        let kind = match choice.kind {
            ExportKind::Slides => ExportKind::Slides,
            kind if choice.format() == Format::Pdf => kind,
            _ => ExportKind::Poster,
        };
        let choice = ExportChoice { kind, ..choice };
        let task = self.export_task(choice, frame);
        self.panels.exporting.thread(ctx).print(task);
    }

    /// The choice by which the canvas is copied as it is.
    fn present_picture(&self) -> ExportChoice {
        let look = match self.preferences.applied_theme() {
            theme if *theme == Theme::DARK => LookName::Dark,
            theme if *theme == Theme::PROJECTOR => LookName::Projector,
            _ => LookName::Light,
        };
        ExportChoice {
            kind: ExportKind::Picture,
            what: What::View,
            look,
            shows: Shows::NOTHING,
            ..ExportChoice::default()
        }
    }

    /// Writes the export into a file that was chosen, or beside the open one, never over another.
    pub(super) fn save_export(&mut self, path: Option<&Path>, ctx: &Context, frame: &Frame) {
        let choice = self.state.export;
        let ending = choice.format().ending();
        let (path, existing) = match path {
            // The dialog has asked about the name that was chosen, not about one with an ending added.
            Some(path) if ends_in(path, ending) => (path.to_owned(), Existing::Replace),
            Some(path) => {
                let mut longer = path.as_os_str().to_owned();
                longer.push(".");
                longer.push(ending);
                (longer.into(), Existing::Keep)
            }
            None => {
                let folder = self.document.origin.folder().unwrap_or(Path::new("."));
                let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
                (folder.join(self.export_name(choice)), Existing::Keep)
            }
        };
        let task = self.export_task(choice, frame);
        self.panels
            .exporting
            .thread(ctx)
            .file(task, &path, existing);
    }

    /// Takes what the thread has made.
    fn take_exported(&mut self, ctx: &Context) {
        let exporting = &mut self.panels.exporting;
        let Some(thread) = &mut exporting.thread else {
            return;
        };
        if thread.progress().is_some() {
            ctx.request_repaint_after(std::time::Duration::from_millis(100));
        }
        for made in thread.take() {
            let done = match made {
                Exported::Preview(number, preview) => {
                    let ordered = exporting.ordered.as_mut();
                    if let Some(ordered) = ordered.filter(|it| it.number == number) {
                        exporting.preview = Some(preview.map(|preview| PreviewImage {
                            number,
                            size: preview.size,
                            rgba: preview.rgba,
                            page: (preview.page, preview.pages),
                            words: preview.words,
                        }));
                        // Where there are fewer pages than before, the last of them is shown.
                        if let Some(Ok(shown)) = &exporting.preview {
                            exporting.page = shown.page.0;
                            ordered.page = shown.page.0;
                        }
                    }
                    continue;
                }
                Exported::File(Ok((path, left_out))) => {
                    let name = open::one_line(&path.display().to_string());
                    match left_out.first() {
                        None => Ok(format!("Exported as “{name}”")),
                        Some(first) if left_out.len() == 1 => {
                            Err(format!("exported as “{name}”, but {first}"))
                        }
                        Some(first) => Err(format!(
                            "exported as “{name}”, but {first}; and {} more like it",
                            left_out.len() - 1
                        )),
                    }
                }
                Exported::Print(Ok(path)) => open::exporting::hand_over(&path).map(|()| {
                    "The PDF was handed to the program that shows PDFs: print it there".to_owned()
                }),
                Exported::Copy(Ok((size, rgba))) => {
                    let image = ColorImage::from_rgba_unmultiplied([size.0, size.1], &rgba);
                    ctx.copy_image(image);
                    Ok(format!(
                        "Copied: a picture of {} × {} pixels",
                        size.0, size.1
                    ))
                }
                Exported::File(Err(said))
                | Exported::Print(Err(said))
                | Exported::Copy(Err(said)) => Err(said),
            };
            match done {
                Ok(done) => self.panels.toast = Some(Toast::new(done)),
                Err(why) => self.panels.messages.sentence = Some(why),
            }
            if self.state.shows(Panel::Export) {
                // What was said is behind the dialog.
                self.commands
                    .push(Command::Close(crate::command::Layer::Panel(Panel::Export)));
            }
        }
    }
}

/// Whether a name has an ending, in whatever case.
fn ends_in(path: &Path, ending: &str) -> bool {
    path.extension()
        .is_some_and(|it| it.eq_ignore_ascii_case(ending))
}

/// A title as the name of a file: small letters and digits, with hyphens between words.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for word in title.split(|it: char| !it.is_alphanumeric()) {
        if !word.is_empty() {
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(&word.to_lowercase());
            // A system's names are at most some 255 bytes long.
            if slug.len() > 120 {
                slug.truncate(slug.floor_char_boundary(120));
                break;
            }
        }
    }
    if slug.is_empty() {
        slug.push_str("timeline");
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_the_name_of_a_file() {
        for (title, expected) in [
            ("Mosul and the day after", "mosul-and-the-day-after"),
            ("  “Who?” – 1/2 ", "who-1-2"),
            ("معركة الموصل", "معركة-الموصل"),
            ("…", "timeline"),
        ] {
            assert_eq!(slug(title), expected);
        }
    }
}
