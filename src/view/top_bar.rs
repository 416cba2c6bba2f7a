//! The bar at the top: what is open, and the menu of what can be done with the view.

use egui::{Align, Button, Layout, Rect, Ui, UiBuilder, containers::menu::MenuButton, vec2};

use super::{
    Pane,
    text::{self, Style, color},
    widgets::{self, icon},
};
use crate::{
    command::{Command, ThemeChoice, key_text},
    layout::measure::{Face, elided},
};

/// The menu, group by group.
const MENU: [&[Command]; 5] = [
    &[Command::ZoomIn, Command::ZoomOut, Command::FitAll],
    &[
        Command::TextLarger,
        Command::TextSmaller,
        Command::TextReset,
    ],
    &[
        Command::Theme(ThemeChoice::Light),
        Command::Theme(ThemeChoice::Dark),
        Command::Theme(ThemeChoice::System),
    ],
    &[Command::FullScreen, Command::Keys],
    &[Command::OpenShipped],
];

/// Shows the bar in `rect`.
pub fn show(ui: &mut Ui, rect: Rect, pane: &mut Pane<'_>) {
    let theme = pane.theme;
    ui.painter().rect_filled(rect, 0.0, color(theme.ground));
    widgets::hairline(ui, rect, rect.bottom() - 0.5, theme);
    let inner = rect.shrink2(vec2(24.0, 0.0));
    ui.scope_builder(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::right_to_left(Align::Center)),
        |ui| {
            menu(ui, pane);
            let room = ui.available_width() - 16.0;
            let title = pane.index.timeline.title();
            let style = Style::new(Face::SerifSemiBold, 22.0, color(theme.ink));
            let (mut cut, font) = (String::new(), (style.face, style.size_px));
            let shown = elided(title, font, room, pane.measure, &mut cut);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 16.0;
                let job = text::job(shown, &style);
                let heading = ui.add(egui::Label::new(job).selectable(false));
                heading.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, title));
                let subtitle = pane.index.timeline.subtitle();
                let left = ui.available_width() - 8.0;
                if !subtitle.is_empty() && left > 160.0 {
                    let style = Style::new(Face::Sans, 13.0, color(theme.muted));
                    let (mut cut, font) = (String::new(), (style.face, style.size_px));
                    let shown = elided(subtitle, font, left, pane.measure, &mut cut);
                    let job = text::job(shown, &style);
                    // On the title's baseline, not in its middle.
                    ui.scope_builder(
                        UiBuilder::new()
                            .max_rect(ui.available_rect_before_wrap().translate(vec2(0.0, 4.0))),
                        |ui| {
                            ui.add(egui::Label::new(job).selectable(false));
                        },
                    );
                }
            });
        },
    );
}

fn menu(ui: &mut Ui, pane: &mut Pane<'_>) {
    let mut label = text::job(
        "View ",
        &Style::new(Face::SansMedium, 13.0, color(pane.theme.ink)),
    );
    text::append(
        &mut label,
        icon::CARET_DOWN,
        &Style::new(Face::Icons, 11.0, color(pane.theme.muted)),
    );
    for section in &mut label.sections {
        section.format.valign = Align::Center;
    }
    let (response, _) = MenuButton::from_button(
        Button::new(label)
            .frame_when_inactive(false)
            .min_size(vec2(0.0, 34.0)),
    )
    .ui(ui, |ui| {
        ui.set_width(240.0);
        for (number, group) in MENU.iter().enumerate() {
            if number > 0 {
                ui.separator();
            }
            for command in *group {
                entry(ui, command, pane);
            }
        }
    });
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "View"));
    widgets::focus_ring(ui, &response, pane.theme);
}

fn entry(ui: &mut Ui, command: &Command, pane: &mut Pane<'_>) {
    let Some(listed) = command.listing() else {
        return;
    };
    let is_on = matches!(command, Command::Theme(theme) if *theme == pane.state.look.theme);
    let keys = listed.keys.first().map(key_text).unwrap_or_default();
    let keys = if is_on { "✓".to_owned() } else { keys };
    let button = Button::new(listed.text)
        .shortcut_text(keys)
        .min_size(vec2(ui.available_width(), 26.0));
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, listed.text));
    if response.clicked() {
        pane.commands.push(command.clone());
        ui.close();
    }
}
