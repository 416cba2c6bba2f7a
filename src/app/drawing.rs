//! Draws everything in the window. The views return commands, which the next frame applies.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::{
    dialog::show_drop_target,
    panels::{self, PanelContent},
    shell::{App, Frame, geometry},
};
use crate::{
    command::{Command, Panel},
    layout::Theme,
    view::{self, Areas, StoryForm, ViewContext, canvas, messages, overview::Counts, toast::Toast},
};

/// A panel slides for this long, in seconds.
const SLIDE_SECS: f32 = 0.2;

impl App {
    /// Draws everything in the window.
    pub(super) fn draw(&mut self, ui: &mut Ui, frame: &Frame, theme: &'static Theme) {
        if self.state.session.is_some() {
            self.draw_lesson(ui, frame, theme);
            return;
        }
        // Culling checks every vertex of a mesh, and ours are never culled: that costs some 30 µs.
        // Of long scrolled texts it leaves out what is out of view, which saves more.
        let has_long_texts = self.state.shows_texts();
        ui.ctx()
            .tessellation_options_mut(|it| it.coarse_tessellation_culling = has_long_texts);
        let coming = self.document.loading.coming();
        if let Some(coming) = coming.as_ref().filter(|_| !self.document.has_opened) {
            // Before the first file there is no chronology to show.
            if messages::opening(ui, ui.max_rect(), coming, theme) {
                self.commands.push(Command::CancelOpening);
            }
            return;
        }
        let areas = self.areas(frame);
        self.keep_rows();
        self.keep_list();
        let Some(layout) = &self.canvas.layout else {
            return;
        };
        let state = &self.state;
        let geometry = geometry(layout, &areas, state.is_side_open(), frame.now_secs);
        let mut cx = ViewContext {
            layout,
            state,
            camera: state.camera(&geometry),
            plot_px: state.plot_px(&geometry),
            covered_px: if state.is_side_open() {
                areas.sheet_px()
            } else {
                0.0
            },
            revision: self.canvas.revision,
            recent: &self.panels.recent,
            has_hint: self.panels.has_hint,
            filtered: self.canvas.filter_result(),
            found: self.panels.search.found(),
            gallery: self.panels.pictures.gallery(),
            writing: self.document.writing(&self.panels.rows),
            theme,
            lane_colors: self.canvas.lane_colors(),
            measure: self.canvas.measure.as_ref(),
            commands: &mut self.commands,
        };
        let painting = &mut self.painting;
        let anchors = view::top_bar::show(ui, areas.top_bar, &mut cx, &mut painting.text_painter);
        if !self.panels.messages.is_empty() {
            messages::bar(ui, message_bar(&areas), &self.panels.messages, &mut cx);
        }
        let is_behind_page = state.is_side_open() && areas.story_form == StoryForm::Page;
        if !is_behind_page {
            let counts = Counts {
                all: layout.lane_index.len(),
                // The list replaces the canvas.
                in_view: (!state.shows(Panel::AllEvents)).then(|| {
                    let (memory, text_painter) = (&mut painting.canvas, &mut painting.text_painter);
                    canvas::show(ui, areas.canvas, &mut cx, memory, text_painter)
                }),
            };
            view::overview::show(
                ui,
                areas.overview,
                &mut cx,
                counts,
                (&mut painting.overview, &mut painting.text_painter),
            );
        }
        // One of them at a time: what is covered takes neither keys nor clicks.
        let (rect, text_painter) = (areas.story, &mut painting.text_painter);
        match (state.panel, state.person) {
            (Some(Panel::Filters), _) => {
                view::filter::show(ui, rect, &mut cx, &mut painting.filter);
            }
            (Some(Panel::About), _) => {
                view::about::show(ui, rect, &mut cx, &mut painting.about, text_painter);
            }
            (Some(Panel::Columns), _) => {
                if let Some(columns) = &self.document.source.columns {
                    view::columns::show(ui, rect, columns, &mut cx, &mut painting.columns);
                }
            }
            (Some(Panel::Lists), _) => view::writing::show_lists(ui, rect, &mut cx),
            (_, Some(person)) => view::person::show(ui, rect, person, &mut cx),
            _ => story(ui, &areas, &mut cx),
        }
        let mut around = PanelContent {
            messages: &self.panels.messages,
            conflicts: &self.panels.conflicts,
            is_asking: self.panels.search.is_asking(),
            // A reload of the open file shows no progress.
            opening: coming.filter(|_| self.document.is_loading_other()),
            export: state.shows(Panel::Export).then(|| {
                let shown = self.panels.exporting.shown(self.document.timeline());
                (shown, &mut painting.export)
            }),
        };
        panels::show(ui, &areas, anchors, &mut around, &mut cx);
        if let Some(toast) = &self.panels.toast {
            show_toast(ui, areas.canvas, toast, &cx);
        }
        show_drop_target(ui, theme);
    }
}

/// Where the message bar lies, while there are messages.
fn message_bar(areas: &Areas) -> Rect {
    let (left, right) = (areas.top_bar.left_bottom(), areas.top_bar.right());
    Rect::from_min_max(left, pos2(right, areas.canvas.top()))
}

/// Shows what was just done over the part of the canvas that is free.
fn show_toast(ui: &Ui, canvas: Rect, toast: &Toast, cx: &ViewContext<'_>) {
    let free = canvas.with_max_x(canvas.right() - cx.covered_px);
    let writing = &cx.state.writing;
    let is_foot_taken = writing.new_event.is_some() || !writing.several.is_empty();
    toast.show(ui, free, is_foot_taken, cx.theme);
}

/// Shows the story of the selected event, which slides in and out.
fn story(ui: &mut Ui, areas: &Areas, cx: &mut ViewContext<'_>) {
    let state = cx.state;
    let slide_secs = if state.is_still() { 0.0 } else { SLIDE_SECS };
    let open = ui.animate_bool_with_time_and_easing(
        ui.scope_id().with("story"),
        state.is_story_open,
        slide_secs,
        egui::emath::easing::cubic_out,
    );
    let Some(event) = state.selected.filter(|_| open > 0.0) else {
        return;
    };
    let away = vec2((1.0 - open) * areas.story.width(), 0.0);
    let rect = areas.story.translate(away);
    if state.writing.is_form_open {
        view::writing::show_form(ui, rect, event, cx);
    } else {
        view::details::show(ui, rect, event, cx);
    }
    if let Some(left) = canvas::double_click_may_come(ui) {
        // The story that a first click opened must not receive the second click.
        ui.interact(rect, ui.scope_id().with("shield"), Sense::CLICK);
        ui.ctx().request_repaint_after(left);
    }
}
