//! Opens the window and runs the program in it.

use eframe::{CreationContext, NativeOptions};
use egui::{ViewportBuilder, vec2};

use super::{
    document::Document,
    first_frame::{Ending, FirstFrame},
    lesson::WhichLesson,
    no_window::NoWindow,
    shell::App,
};
use crate::{
    open::{self, Origin, crash_reports},
    settings::{LEAST_WINDOW, Store},
};

/// The first window, in px.
const FIRST: (f32, f32) = (1440.0, 900.0);

/// Opens the window with `origin` (`None`: the file that was open last, at first the chronology
/// that ships), and with the lesson `present`, if one is requested. Returns when the window is
/// closed.
///
/// # Errors
///
/// Where no window can be opened: no display, or one without OpenGL.
pub fn run(
    origin: Option<Origin>,
    ending: Ending,
    present: Option<WhichLesson>,
) -> Result<(), NoWindow> {
    let store = Store::platform();
    let (settings, warning) = store.load();
    let said = [warning, broke_off(&store)].into_iter().flatten();
    let said: Vec<String> = said.collect();
    let warning = (!said.is_empty()).then(|| said.join("; "));
    // While the system opens the window, most files are read.
    let document = Document::start(origin, &settings);
    let window = settings.window;
    let size = window.map_or(FIRST, |window| (window.width, window.height));
    let viewport = ViewportBuilder::default()
        .with_title("Meanwhile")
        .with_app_id("meanwhile")
        .with_inner_size(vec2(size.0, size.1))
        .with_min_inner_size(vec2(LEAST_WINDOW.0, LEAST_WINDOW.1))
        .with_maximized(window.is_some_and(|window| window.maximized));
    let viewport = match eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png"))
    {
        Ok(icon) => viewport.with_icon(icon),
        Err(_) => viewport,
    };
    let options = NativeOptions {
        viewport,
        ..NativeOptions::default()
    };
    let create = move |context: &CreationContext<'_>| {
        let ctx = &context.egui_ctx;
        let mut app = App::with(ctx, document, store, (settings, warning));
        if let Some(lesson) = present {
            app.present_when_opened(lesson);
        }
        app.listen(context);
        Ok(match ending {
            Ending::ByPerson => Box::new(app) as Box<dyn eframe::App>,
            Ending::AfterFirstFrame(started) => Box::new(FirstFrame::new(app, started)),
        })
    };
    eframe::run_native("meanwhile", options, Box::new(create))
        .map_err(|error| NoWindow::new(&error))
}

/// From now on faults are reported; whether one was the last time, in a sentence.
fn broke_off(store: &Store) -> Option<String> {
    let folder = store.reports()?;
    let report = crash_reports::take_new(&folder);
    crash_reports::install(folder);
    let report = open::at_home(&report?);
    Some(format!(
        "Meanwhile broke off the last time; please report it with “{report}”, in which nothing of your files is"
    ))
}
