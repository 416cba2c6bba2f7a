//! The question which version is kept of what was changed here and by another program.

use egui::{Color32, Grid, Modal, ScrollArea, Ui, vec2};

use crate::{
    command::Command,
    edit::{Conflict, Winner},
    layout::Face,
    view::{
        ViewContext, accessible,
        text::{self, Style, color},
        widgets,
    },
};

/// Shows what both have changed, side by side.
pub fn show(ui: &Ui, conflicts: &[Conflict], cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    Modal::new(ui.scope_id().with("conflicts"))
        .frame(widgets::sheet(theme, 28.0))
        .backdrop_color(Color32::from_black_alpha(90))
        .show(ui.ctx(), |ui| {
            ui.set_width(720.0_f32.min(ui.ctx().content_rect().width() - 100.0));
            widgets::in_window(ui, |ui| {
                let title = Style::new(Face::SerifSemiBold, 22.0, color(theme.ink));
                let words = "Changed here and by another program";
                let label = egui::Label::new(text::job(words, &title)).selectable(false);
                accessible::name_heading(&ui.add(label), words, 1);
                let style = Style::new(Face::Sans, 14.0, color(theme.muted));
                let words = "Everything else is kept of both. Nothing is saved yet.";
                widgets::paragraph(ui, words, &style, cx.measure);
                ui.add_space(12.0);
                // The title above and the buttons below stay in view.
                let room_px = ui.ctx().content_rect().height() - 300.0;
                let area = ScrollArea::vertical().max_height(room_px.max(120.0));
                area.show(ui, |ui| {
                    for (number, conflict) in conflicts.iter().enumerate() {
                        side_by_side(ui, number, conflict, cx);
                    }
                });
                ui.add_space(18.0);
                ui.horizontal(|ui| {
                    for (name, winner) in [
                        ("Keep mine", Winner::Ours),
                        ("Take the file’s", Winner::Theirs),
                    ] {
                        let words = (name, Face::SansSemiBold);
                        let size = vec2(130.0, 34.0);
                        if widgets::quiet_button(ui, words, name, size, theme).clicked() {
                            cx.commands.push(Command::KeepVersion(winner));
                        }
                    }
                });
            });
        });
}

fn side_by_side(ui: &mut Ui, number: usize, conflict: &Conflict, cx: &ViewContext<'_>) {
    let theme = cx.theme;
    let name = Style::new(Face::SansSemiBold, 14.0, color(theme.ink));
    widgets::paragraph(ui, &conflict.about, &name, cx.measure);
    let quiet = Style::new(Face::Sans, 12.0, color(theme.muted));
    let plain = Style::new(Face::Sans, 13.0, color(theme.ink));
    let column = (ui.available_width() - 130.0) / 2.0;
    Grid::new(("conflict", number))
        .num_columns(3)
        .show(ui, |ui| {
            for words in ["", "here", "in the file"] {
                ui.add(egui::Label::new(text::job(words, &quiet)).selectable(false));
            }
            ui.end_row();
            for (field, here, there) in &conflict.fields {
                ui.add(egui::Label::new(text::job(field, &quiet)).selectable(false));
                for words in [here, there] {
                    ui.vertical(|ui| {
                        ui.set_width(column);
                        widgets::paragraph(ui, words, &plain, cx.measure);
                    });
                }
                ui.end_row();
            }
        });
    ui.add_space(10.0);
}
