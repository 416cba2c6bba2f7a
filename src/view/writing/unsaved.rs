//! The question whether changes are to be saved before they are left.

use egui::{Color32, Modal, Ui, vec2};

use crate::{
    command::{Command, Layer, Panel},
    layout::Face,
    view::{
        ViewContext, accessible,
        text::{self, Style, color},
        widgets,
    },
};

/// Shows the question.
pub fn show(ui: &Ui, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let close = Command::Close(Layer::Panel(Panel::Unsaved));
    let shown = Modal::new(ui.scope_id().with("unsaved"))
        .frame(widgets::sheet(theme, 28.0))
        .backdrop_color(Color32::from_black_alpha(90))
        .show(ui.ctx(), |ui| {
            ui.set_width(420.0_f32.min(ui.ctx().content_rect().width() - 100.0));
            let title = Style::new(Face::SerifSemiBold, 22.0, color(theme.ink));
            let words = "Save the changes?";
            let label = egui::Label::new(text::job(words, &title)).selectable(false);
            accessible::name_heading(&ui.add(label), words, 1);
            ui.add_space(6.0);
            let style = Style::new(Face::Sans, 14.0, color(theme.muted));
            let words = format!(
                "“{}” has changes that are in no file yet.",
                cx.layout.timeline.title()
            );
            widgets::paragraph(ui, &words, &style, cx.measure);
            ui.add_space(18.0);
            ui.horizontal(|ui| {
                for (name, command) in [
                    ("Save", Command::SaveFirst),
                    ("Discard", Command::Discard),
                    ("Cancel", close.clone()),
                ] {
                    let words = (name, Face::SansSemiBold);
                    let button = widgets::quiet_button(ui, words, name, vec2(96.0, 34.0), theme);
                    if name == "Save" && ui.memory(|memory| memory.focused().is_none()) {
                        button.request_focus();
                    }
                    if button.clicked() {
                        cx.commands.push(command);
                    }
                }
            });
        });
    if shown.should_close() {
        cx.commands.push(close);
    }
}
