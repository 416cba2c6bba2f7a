//! The licences of all that is in the program, in front of everything.

use std::sync::LazyLock;

use egui::{Align, Color32, Layout as UiLayout, Modal, ScrollArea, Ui, vec2};

use super::{
    accessible,
    text::{self, Style, color},
    widgets::{self, icon},
};
use crate::{
    LICENSES,
    command::{Command, MenuCommand},
    layout::{Face, Theme},
};

/// The height of a line, in px.
const LINE_PX: f32 = 17.0;

static LINES: LazyLock<Vec<&str>> = LazyLock::new(|| LICENSES.lines().collect());

/// Shows them.
pub fn show(ui: &Ui, theme: &Theme, commands: &mut Vec<Command>) {
    let shown = Modal::new(ui.scope_id().with("licences"))
        .frame(widgets::sheet(theme, 28.0))
        .backdrop_color(Color32::from_black_alpha(90))
        .show(ui.ctx(), |ui| {
            let window = ui.ctx().content_rect().size();
            ui.set_width(700.0_f32.min(window.x - 120.0));
            ui.horizontal(|ui| {
                let words = "Licences of what is in Meanwhile";
                let title = Style::new(Face::SerifSemiBold, 22.0, color(theme.ink));
                let title = egui::Label::new(text::job(words, &title)).selectable(false);
                accessible::name_heading(&ui.add(title), words, 1);
                ui.with_layout(UiLayout::right_to_left(Align::Center), |ui| {
                    let (face, size) = ((icon::X, Face::Icons), vec2(30.0, 30.0));
                    let button = widgets::quiet_button(ui, face, "Close the licences", size, theme);
                    if !button.has_focus() {
                        button.request_focus();
                    }
                    if button.on_hover_text("Close (Esc)").clicked() {
                        commands.push(MenuCommand::Licenses.into());
                    }
                });
            });
            ui.add_space(8.0);
            let height = (window.y - 200.0).clamp(120.0, 640.0);
            let area = ScrollArea::both().max_height(height).auto_shrink(false);
            area.show_rows(ui, LINE_PX, LINES.len(), |ui, rows| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for line in LINES.get(rows).unwrap_or_default() {
                    let style = Style::new(Face::Sans, 12.5, color(theme.ink));
                    let size = vec2(ui.available_width(), LINE_PX);
                    ui.allocate_ui(size, |ui| {
                        let label = egui::Label::new(text::job(line, &style)).extend();
                        accessible::name_text(&ui.add(label), line);
                    });
                }
            });
        });
    if shown.should_close() {
        commands.push(MenuCommand::Licenses.into());
    }
}
