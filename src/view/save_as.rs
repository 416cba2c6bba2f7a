//! The dialog that chooses the format in which the chronology is saved.

use egui::{Color32, Modal, Ui, vec2};

use super::{
    ViewContext, accessible,
    text::{Style, color},
    widgets,
};
use crate::{
    command::{Command, Layer, Panel},
    formats::write::Target,
    layout::Face,
};

/// Shows the formats, each with what it is for and what it keeps.
pub fn show(ui: &Ui, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let shown = Modal::new(ui.scope_id().with("save as"))
        .frame(widgets::sheet(theme, 28.0))
        .backdrop_color(Color32::from_black_alpha(90))
        .show(ui.ctx(), |ui| {
            ui.set_width(520.0_f32.min(ui.ctx().content_rect().width() - 100.0));
            widgets::in_window(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let title = Style::new(Face::SerifSemiBold, 22.0, color(theme.ink));
                let title = egui::Label::new(super::text::job("Save as", &title)).selectable(false);
                accessible::name_heading(&ui.add(title), "Save as", 1);
                ui.add_space(8.0);
                for target in Target::ALL {
                    if choice(ui, target, cx) {
                        cx.commands.push(Command::SaveAs(target));
                    }
                }
                ui.add_space(8.0);
                let size = vec2(90.0, 32.0);
                let words = ("Cancel", Face::SansSemiBold);
                if widgets::quiet_button(ui, words, "Cancel", size, theme).clicked() {
                    cx.commands
                        .push(Command::Close(Layer::Panel(Panel::SaveAs)));
                }
            });
        });
    if shown.should_close() {
        cx.commands
            .push(Command::Close(Layer::Panel(Panel::SaveAs)));
    }
}

/// A format to choose; whether it was.
fn choice(ui: &mut Ui, target: Target, cx: &ViewContext<'_>) -> bool {
    let theme = cx.theme;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 52.0), egui::Sense::click());
    if target == Target::Timeline && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    let name = format!("{}: {}", target.name(), keeps(target));
    let pressable = accessible::Pressable::button(&name);
    let response = pressable.paint(ui, response, theme, |response| {
        if response.hovered() || response.has_focus() {
            ui.painter()
                .rect_filled(rect, 6.0, color(theme.ink.faded(0.05)));
        }
        let at = |y| egui::pos2(rect.left() + 12.0, rect.top() + y);
        widgets::write(
            ui,
            at(16.0),
            target.name(),
            (Face::SansSemiBold, 14.0),
            theme.ink,
        );
        let mut cut = String::new();
        let font = (Face::Sans, 12.5);
        let words = crate::layout::measure::elided(
            keeps(target),
            font,
            rect.width() - 24.0,
            cx.measure,
            &mut cut,
        );
        widgets::write(ui, at(36.0), words, font, theme.muted);
    });
    response.clicked()
}

/// What a format is for, and what it keeps.
const fn keeps(target: Target) -> &'static str {
    match target {
        Target::Timeline => "Meanwhile’s own: everything, and good to edit and to share",
        Target::TimelineJs => "For a web page: dates, texts, groups, a picture each",
        Target::TimelineJsSheet => "The same as a table, to upload to Google Sheets",
        Target::Table => "For spreadsheet programs: a row an event, nearly everything",
        Target::Markwhen => "A text to write on: dates, lanes, tags, sources, pictures",
        Target::Calendar => "For calendar programs: days, lanes, places, texts",
    }
}
