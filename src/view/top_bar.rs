//! The bar at the top: what is open, and the menu of what can be done with the view.

use std::sync::Arc;

use egui::{
    Align, Button, CursorIcon, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo,
    containers::menu::MenuButton, pos2, vec2,
};

use super::{
    Pane, Recent, filter,
    paint::Brush,
    search,
    text::{self, Style, color},
    widgets::{self, icon},
};
use crate::{
    command::{Command, ThemeChoice, key_text},
    layout::measure::{Face, elided},
};

/// So many files that were open before are offered.
const MOST_RECENT: usize = 6;

/// From this width on there is a button beside the menu, in px; the menu has it always.
const BUTTON_FROM_PX: f32 = 720.0;

/// The menu, group by group.
const MENU: [&[Command]; 6] = [
    &[Command::Present],
    &[Command::ZoomIn, Command::ZoomOut, Command::FitAll],
    &[
        Command::TextLarger,
        Command::TextSmaller,
        Command::TextReset,
    ],
    &[
        Command::Theme(ThemeChoice::Light),
        Command::Theme(ThemeChoice::Dark),
        Command::Theme(ThemeChoice::Projector),
        Command::Theme(ThemeChoice::System),
    ],
    &[
        Command::Motion,
        Command::AllEvents,
        Command::FullScreen,
        Command::Keys,
    ],
    &[Command::Open, Command::OpenShipped],
];

/// Where parts of the bar lie, for what opens under them.
#[derive(Copy, Clone, Debug)]
pub struct Places {
    /// The field of the search.
    pub field: Rect,
    /// The button of the filter.
    pub filter: Rect,
}

/// Shows the bar in `rect`.
pub fn show(ui: &mut Ui, rect: Rect, pane: &mut Pane<'_>, brush: &mut Brush) -> Places {
    let theme = pane.theme;
    ui.painter().rect_filled(rect, 0.0, color(theme.ground));
    widgets::hairline(ui, rect, rect.bottom() - 0.5, theme);
    let inner = rect.shrink2(vec2(24.0, 0.0));
    let menu = ui.scope_builder(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::right_to_left(Align::Center)),
        |ui| {
            if rect.width() >= BUTTON_FROM_PX {
                present(ui, pane);
                ui.add_space(8.0);
            }
            menu(ui, pane);
        },
    );
    let timeline = Arc::clone(&pane.index.timeline);
    let field_right = menu.response.rect.left() - 14.0;
    let filter = filter::button(ui, rect, field_right, pane, brush);
    let field = search::field(ui, rect, filter.left() - 14.0, pane, brush);
    let right = field.left() - 24.0;
    let mut left = inner.left();
    // The subtitle stands on the title's baseline.
    for (words, face, size_px, ink, drop_px, least_px) in [
        (
            timeline.title(),
            Face::SerifSemiBold,
            22.0,
            theme.ink,
            0.0,
            0.0,
        ),
        (
            timeline.subtitle(),
            Face::Sans,
            13.0,
            theme.muted,
            4.0,
            160.0,
        ),
    ] {
        let room = right - left;
        if words.is_empty() || room < least_px {
            continue;
        }
        let mut cut = String::new();
        let shown = elided(words, (face, size_px), room, pane.measure, &mut cut);
        let at = pos2(left, inner.center().y + drop_px);
        let area = brush.line(ui.painter(), at, shown, (face, size_px), ink);
        let heading = ui.interact(area, ui.scope_id().with(size_px as u32), Sense::hover());
        heading.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
        left = area.right() + 16.0;
    }
    Places { field, filter }
}

/// The one button in colour: in front of a class.
fn present(ui: &mut Ui, pane: &mut Pane<'_>) {
    let theme = pane.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(106.0, 32.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Present"));
    let wash = if response.hovered() { 0.12 } else { 0.0 };
    let fill = color(theme.accent.toward(theme.ink, wash));
    ui.painter().rect_filled(rect, 16.0, fill);
    let y = rect.center().y;
    let icon = (Face::Icons, 13.0);
    widgets::write(
        ui,
        pos2(rect.left() + 17.0, y),
        icon::PLAY,
        icon,
        theme.on_accent,
    );
    let words = (Face::SansSemiBold, 13.0);
    widgets::write(
        ui,
        pos2(rect.left() + 37.0, y),
        "Present",
        words,
        theme.on_accent,
    );
    widgets::focus_ring(ui, &response, theme);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.on_hover_text("Tell the lesson (F5)").clicked() {
        pane.commands.push(Command::Present);
    }
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
        widgets::in_window(ui, |ui| {
            for (number, group) in MENU.iter().enumerate() {
                if number > 0 {
                    ui.separator();
                }
                for command in *group {
                    entry(ui, command, pane);
                }
            }
            recent(ui, pane);
        });
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "View"));
    widgets::focus_ring(ui, &response, pane.theme);
}

/// The files that were open before, by their names; where they lie is told on hovering.
fn recent(ui: &mut Ui, pane: &mut Pane<'_>) {
    if pane.recent.is_empty() {
        return;
    }
    ui.separator();
    for Recent { name, place, path } in pane.recent.iter().take(MOST_RECENT) {
        let button = Button::new(name).min_size(vec2(ui.available_width(), 26.0));
        let response = ui.add(button).on_hover_text(place);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Open {name}")));
        if response.clicked() {
            pane.commands.push(Command::OpenFile(path.clone()));
            ui.close();
        }
    }
}

fn entry(ui: &mut Ui, command: &Command, pane: &mut Pane<'_>) {
    let Some(listed) = command.listing() else {
        return;
    };
    let is_on = match command {
        Command::Theme(theme) => *theme == pane.state.look.theme,
        Command::Motion => !pane.state.look.is_still,
        _ => false,
    };
    let keys = listed.keys.first().map(key_text).unwrap_or_default();
    let keys = if is_on { "✓".to_owned() } else { keys };
    let button = Button::new(listed.text)
        .shortcut_text(keys)
        .min_size(vec2(ui.available_width(), 26.0));
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, listed.text));
    if response.clicked() {
        pane.commands.push(command.clone());
        ui.close();
    }
}
