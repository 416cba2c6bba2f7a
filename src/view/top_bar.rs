//! The bar at the top: the file's title, search, filter, the menu of the view, export, and present.

use std::sync::Arc;

use egui::{
    Align, Button, CursorIcon, Layout, Rect, Sense, Ui, UiBuilder, containers::menu::MenuButton,
    pos2, vec2,
};

use super::{
    Recent, ViewContext,
    accessible::{self, Pressable},
    filter,
    paint::TextPainter,
    search,
    text::{self, Style, color},
    widgets::{self, icon},
};
use crate::{
    command::{Command, MenuCommand, ThemeChoice},
    layout::measure::{Face, elided},
};

/// What stands in the place of the subtitle at the very first start, and opens what is about.
const HINT: &str = "What this is about, and how dates are drawn";

/// At most this many recent files are offered.
const MOST_RECENT: usize = 6;

/// In windows at least this wide, in px, the button that presents has its word.
const PRESENT_FROM_PX: f32 = 720.0;

/// In windows at least this wide, in px, there is a button that exports; the menu has it, too.
const EXPORT_FROM_PX: f32 = 1100.0;

/// The menu of the view, group by group.
const VIEW_MENU: [&[MenuCommand]; 7] = [
    &[MenuCommand::Present],
    &[
        MenuCommand::NewEvent,
        MenuCommand::Edit,
        MenuCommand::Lists,
        MenuCommand::Undo,
        MenuCommand::Redo,
    ],
    &[MenuCommand::Measure, MenuCommand::CopyEvent],
    &[
        MenuCommand::ZoomIn,
        MenuCommand::ZoomOut,
        MenuCommand::FitAll,
    ],
    &[
        MenuCommand::TextLarger,
        MenuCommand::TextSmaller,
        MenuCommand::TextReset,
    ],
    &[
        MenuCommand::ThemeLight,
        MenuCommand::ThemeDark,
        MenuCommand::ThemeProjector,
        MenuCommand::ThemeSystem,
    ],
    &[
        MenuCommand::ToggleMotion,
        MenuCommand::AllEvents,
        MenuCommand::About,
        MenuCommand::FullScreen,
        MenuCommand::Keys,
    ],
];

/// The menu of the file, group by group.
const FILE_MENU: [&[MenuCommand]; 3] = [
    &[
        MenuCommand::New,
        MenuCommand::Open,
        MenuCommand::OpenShipped,
    ],
    &[MenuCommand::Save, MenuCommand::SaveAs, MenuCommand::Collect],
    &[
        MenuCommand::Export,
        MenuCommand::CopyPicture,
        MenuCommand::Print,
    ],
];

/// What the mark of changes says.
const NOT_SAVED: &str = "There are changes that are not saved (Ctrl+S)";

/// The rectangles of the parts of the bar under which panels open.
#[derive(Copy, Clone, Debug)]
pub struct PanelAnchors {
    /// The search field.
    pub field: Rect,
    /// The filter button.
    pub filter: Rect,
}

/// Shows the bar in `rect`.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    cx: &mut ViewContext<'_>,
    text_painter: &mut TextPainter,
) -> PanelAnchors {
    let theme = cx.theme;
    ui.painter().rect_filled(rect, 0.0, color(theme.ground));
    widgets::hairline(ui, rect, rect.bottom() - 0.5, theme);
    let inner = rect.shrink2(vec2(24.0, 0.0));
    let id = ui.scope_id().with("lefts");
    let before = ui
        .data(|data| data.get_temp::<Lefts>(id))
        .unwrap_or_default();
    title(ui, inner, before.field - 24.0, cx, text_painter);
    let field = search::field(ui, rect, before.filter - 14.0, cx, text_painter);
    let filter = filter::button(ui, rect, before.menu - 14.0, cx, text_painter);
    let builder = UiBuilder::new()
        .max_rect(inner.with_min_x(before.menu))
        .layout(Layout::left_to_right(Align::Center));
    let buttons = ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        writing(ui, rect.width() >= EXPORT_FROM_PX, cx);
        menu(ui, "File", &FILE_MENU, cx);
        menu(ui, "View", &VIEW_MENU, cx);
        if rect.width() >= EXPORT_FROM_PX {
            export(ui, cx);
        }
        ui.add_space(8.0);
        present(ui, rect.width() >= PRESENT_FROM_PX, cx);
    });
    let menu_left = inner.right() - buttons.response.rect.width();
    let filter_left = menu_left - 14.0 - filter.width();
    let now = Lefts {
        menu: menu_left,
        filter: filter_left,
        field: filter_left - 14.0 - field.width(),
    };
    if now != before {
        ui.data_mut(|data| data.insert_temp(id, now));
        ui.request_discard("the top bar has other widths");
    }
    PanelAnchors { field, filter }
}

/// Where the parts at the right begin, which are as wide as their words: known from the pass before,
/// since they come after what is left of them, for Tab and for screen readers.
#[derive(Copy, Clone, Debug, Default, PartialEq)]
struct Lefts {
    menu: f32,
    filter: f32,
    field: f32,
}

/// Title and subtitle, up to `right`.
fn title(
    ui: &Ui,
    inner: Rect,
    right: f32,
    cx: &mut ViewContext<'_>,
    text_painter: &mut TextPainter,
) {
    let theme = cx.theme;
    let timeline = Arc::clone(&cx.layout.timeline);
    let mut left = inner.left();
    if cx.writing.is_changed {
        let at = pos2(left - 11.0, inner.center().y + 1.0);
        ui.painter().circle_filled(at, 4.0, color(theme.accent));
        let area = Rect::from_center_size(at, vec2(14.0, 30.0));
        let id = ui.scope_id().with("is changed");
        let mark = ui.interact(area, id, Sense::hover());
        accessible::name_text(&mark, NOT_SAVED);
        mark.on_hover_text(NOT_SAVED);
    }
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
            if cx.has_hint {
                HINT
            } else {
                timeline.subtitle()
            },
            Face::Sans,
            13.0,
            if cx.has_hint {
                theme.accent
            } else {
                theme.muted
            },
            4.0,
            160.0,
        ),
    ] {
        let room = right - left;
        if words.is_empty() || room < least_px {
            continue;
        }
        let mut cut = String::new();
        let shown = elided(words, (face, size_px), room, cx.measure, &mut cut);
        let at = pos2(left, inner.center().y + drop_px);
        let area = text_painter.line(ui.painter(), at, shown, (face, size_px), ink);
        let id = ui.scope_id().with(size_px as u32);
        if face == Face::SerifSemiBold || cx.has_hint {
            let title = ui.interact(area, id, Sense::click());
            Pressable::button(words).describe(&title);
            accessible::focus_ring(ui, &title, theme);
            let title = title.on_hover_cursor(CursorIcon::PointingHand);
            let hint = format!("{words}\nAbout this chronology (I)");
            if title.on_hover_text(hint).clicked() {
                cx.commands.push(MenuCommand::About.into());
            }
        } else {
            let subtitle = ui.interact(area, id, Sense::hover());
            accessible::name_text(&subtitle, words);
            if shown != words {
                subtitle.on_hover_text(words);
            }
        }
        left = area.right() + 16.0;
    }
}

/// The one button in colour: presents a lesson in front of a class.
fn present(ui: &mut Ui, has_words: bool, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let (width, icon_x) = if has_words {
        (106.0, 17.0)
    } else {
        (32.0, 10.5)
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, 32.0), Sense::click());
    let pressable = Pressable::button("Present");
    let response = pressable.paint(ui, response, theme, |response| {
        let wash = if response.hovered() { 0.12 } else { 0.0 };
        let fill = color(theme.accent.toward(theme.ink, wash));
        ui.painter().rect_filled(rect, 16.0, fill);
        let y = rect.center().y;
        let icon = (Face::Icons, 13.0);
        widgets::write(
            ui,
            pos2(rect.left() + icon_x, y),
            icon::PLAY,
            icon,
            theme.on_accent,
        );
        if !has_words {
            return;
        }
        let words = (Face::SansSemiBold, 13.0);
        widgets::write(
            ui,
            pos2(rect.left() + 37.0, y),
            "Present",
            words,
            theme.on_accent,
        );
    });
    if response.on_hover_text("Tell the lesson (F5)").clicked() {
        cx.commands.push(MenuCommand::Present.into());
    }
}

/// Undo, redo and save, while there is something to be.
fn writing(ui: &mut Ui, has_words: bool, cx: &mut ViewContext<'_>) {
    let writing = cx.writing;
    if writing.undo.is_none() && writing.redo.is_none() && !writing.is_changed {
        return;
    }
    let theme = cx.theme;
    for (sign, name, step, command) in [
        (icon::UNDO, "Undo", writing.undo, MenuCommand::Undo),
        (icon::REDO, "Redo", writing.redo, MenuCommand::Redo),
    ] {
        let words = match step {
            Some(step) => format!("{name}: {step}"),
            None => name.to_owned(),
        };
        let keys = command.keys().first().map(|keys| keys.text());
        let hint = format!("{words} ({})", keys.unwrap_or_default());
        ui.add_enabled_ui(step.is_some(), |ui| {
            let face = (sign, Face::Icons);
            let button = widgets::quiet_button(ui, face, &words, vec2(30.0, 34.0), theme);
            if button.on_hover_text(hint).clicked() {
                cx.commands.push(command.into());
            }
        });
    }
    if has_words || writing.is_changed {
        ui.add_enabled_ui(writing.is_changed, |ui| {
            let face = ("Save", Face::SansSemiBold);
            let button = widgets::quiet_button(ui, face, "Save", vec2(54.0, 34.0), theme);
            if button
                .on_hover_text("Save into the file (Ctrl+S)")
                .clicked()
            {
                cx.commands.push(MenuCommand::Save.into());
            }
        });
    }
    ui.add_space(10.0);
}

fn export(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    let style = Style::new(Face::SansMedium, 13.0, color(cx.theme.ink));
    let button = Button::new(text::job("Export", &style))
        .frame_when_inactive(false)
        .min_size(vec2(0.0, 34.0));
    let hint = "Poster, handout, picture, web page, slides (Ctrl+E)";
    if ui.add(button).on_hover_text(hint).clicked() {
        cx.commands.push(MenuCommand::Export.into());
    }
}

fn menu(ui: &mut Ui, name: &str, groups: &[&[MenuCommand]], cx: &mut ViewContext<'_>) {
    let mut label = text::job(
        &format!("{name} "),
        &Style::new(Face::SansMedium, 13.0, color(cx.theme.ink)),
    );
    text::append(
        &mut label,
        icon::CARET_DOWN,
        &Style::new(Face::Icons, 11.0, color(cx.theme.muted)),
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
            for (number, group) in groups.iter().enumerate() {
                if number > 0 {
                    ui.separator();
                }
                for command in *group {
                    entry(ui, *command, cx);
                }
            }
            if groups.concat().contains(&MenuCommand::Open) {
                recent(ui, cx);
            }
        });
    });
    Pressable::button(name).describe(&response);
    accessible::focus_ring(ui, &response, cx.theme);
}

/// The files that were open before, by their names; hovering shows the path.
fn recent(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    if cx.recent.is_empty() {
        return;
    }
    ui.separator();
    for Recent {
        name,
        path_text,
        path,
    } in cx.recent.iter().take(MOST_RECENT)
    {
        let button = Button::new(name).min_size(vec2(ui.available_width(), 26.0));
        let response = ui.add(button).on_hover_text(path_text);
        Pressable::menu_item(&format!("Open {name}"), None).describe(&response);
        if response.clicked() {
            cx.commands.push(Command::OpenFiles(vec![path.clone()]));
            ui.close();
        }
    }
}

fn entry(ui: &mut Ui, command: MenuCommand, cx: &mut ViewContext<'_>) {
    let look = &cx.state.look;
    let is_on = match command {
        MenuCommand::ThemeLight => Some(look.theme == ThemeChoice::Light),
        MenuCommand::ThemeDark => Some(look.theme == ThemeChoice::Dark),
        MenuCommand::ThemeProjector => Some(look.theme == ThemeChoice::Projector),
        MenuCommand::ThemeSystem => Some(look.theme == ThemeChoice::System),
        MenuCommand::ToggleMotion => Some(!look.is_still),
        _ => None,
    };
    widgets::menu_entry(ui, command, is_on, cx.commands);
}
