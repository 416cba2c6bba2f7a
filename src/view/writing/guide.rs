//! What an empty chronology says: how one begins.

use egui::{Align2, Rect, Ui, vec2};

use crate::{
    command::MenuCommand,
    layout::Face,
    view::{
        ViewContext, accessible,
        text::{self, Style, color},
        widgets,
    },
};

/// The lines of the guide.
const LINES: [&str; 4] = [
    "Press N, or double-click here, and type: 2014-06-10 Mosul falls",
    "Enter adds the event; click it and press E to tell its story",
    "L opens its title, lanes, people, sources and lessons",
    "Ctrl+S saves it into a file, which can be presented and printed",
];

/// Shows the guide in the middle of the canvas.
pub fn show(ui: &mut Ui, canvas: Rect, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let free = canvas.with_max_x(canvas.right() - cx.covered_px);
    let size = vec2(560.0_f32.min(free.width() - 32.0), 214.0);
    let at = Align2::CENTER_CENTER.align_size_within_rect(size, free);
    ui.scope_builder(egui::UiBuilder::new().max_rect(at), |ui| {
        ui.vertical_centered(|ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            let title = Style::new(Face::SerifSemiBold, 22.0, color(theme.ink));
            let words = "A chronology begins with one event";
            let label = egui::Label::new(text::job(words, &title)).selectable(false);
            accessible::name_heading(&ui.add(label), words, 2);
            let style = Style::new(Face::Sans, 14.0, color(theme.muted));
            for line in LINES {
                let label = egui::Label::new(text::job(line, &style)).wrap();
                accessible::name_text(&ui.add(label), line);
            }
            ui.add_space(8.0);
            let face = ("New event", Face::SansSemiBold);
            let size = vec2(130.0, 36.0);
            if widgets::quiet_button(ui, face, "New event", size, theme).clicked() {
                cx.commands.push(MenuCommand::NewEvent.into());
            }
        });
    });
}
