//! The command palette (Ctrl+K): all commands, found by parts of their words.
//!
//! Arrows select, Enter runs, Esc closes. The list is that of [`MenuCommand`].

use egui::{
    Align, Area, Color32, CornerRadius, Frame, Id, Key, Margin, Modifiers, Order, Pos2, Response,
    ScrollArea, Sense, TextEdit, Ui, pos2, vec2,
};

use super::{
    ViewContext,
    accessible::{self, Pressable, SetPosition},
    text::{self, Style, color},
    widgets,
};
use crate::{command::MenuCommand, layout::measure::Face, time::fold::fold};

/// The width of the palette, in px.
const WIDTH_PX: f32 = 460.0;
/// The height of a command, in px.
const ROW_PX: f32 = 34.0;
/// The greatest height of the list, in px.
const LIST_PX: f32 = 360.0;
/// The padding inside, in px.
const AIR_PX: f32 = 8.0;

/// The hint in the empty field.
const HINT: &str = "Type a command";

/// The query and the selected row; kept while the palette is open.
#[derive(Clone, Debug, Default, PartialEq)]
struct Typed {
    words: String,
    row: usize,
    /// The frame in which it was last shown; a palette not shown in the frame before starts empty.
    frame: u64,
}

/// Shows the palette in the upper middle of the window.
pub fn show(ui: &Ui, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let window = ui.ctx().content_rect();
    let width = WIDTH_PX.min(window.width() - 24.0);
    let corner = Pos2::new(window.center().x - width / 2.0, window.top() + 72.0);
    let height = LIST_PX.min(window.bottom() - corner.y - 90.0);
    let id = Id::unique("palette");
    let frame_number = ui.ctx().cumulative_frame_nr();
    let typed = ui
        .data(|data| data.get_temp::<Typed>(id))
        .unwrap_or_default();
    let is_new = typed.frame + 1 < frame_number;
    let mut typed = if is_new { Typed::default() } else { typed };
    typed.frame = frame_number;
    let frame = widgets::sheet(theme, AIR_PX);
    Area::new(id)
        .order(Order::Foreground)
        .fixed_pos(corner)
        .show(ui.ctx(), |ui| {
            frame.show(ui, |ui| {
                ui.set_width(width - 2.0 * AIR_PX);
                ui.spacing_mut().item_spacing.y = 0.0;
                contents(ui, &mut typed, (is_new, height), cx);
            });
        });
    ui.data_mut(|data| data.insert_temp(id, typed));
}

fn contents(
    ui: &mut Ui,
    typed: &mut Typed,
    (is_new, height): (bool, f32),
    cx: &mut ViewContext<'_>,
) {
    let theme = cx.theme;
    let id = ui.scope_id().with("words");
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let before = typed.row;
    let matching = matching(&typed.words);
    let last = matching.len().saturating_sub(1);
    let mut chosen = None;
    if has_focus {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::ArrowDown) {
            typed.row = (typed.row + 1).min(last);
        }
        if pressed(Key::ArrowUp) {
            typed.row = typed.row.saturating_sub(1);
        }
        if pressed(Key::Enter) {
            chosen = matching.get(typed.row).copied();
        }
    }
    let words_before = typed.words.clone();
    let edit = TextEdit::singleline(&mut typed.words)
        .id(id)
        .hint_text(HINT)
        .font(text::font(Face::Sans, 14.0))
        .text_color(color(theme.ink))
        .frame(Frame::new().inner_margin(Margin::symmetric(8, 8)))
        .desired_width(ui.available_width());
    let response = ui.add(edit);
    accessible::name_field(&response, &typed.words, &words_before, HINT);
    if is_new {
        response.request_focus();
    }
    if response.changed() {
        typed.row = 0;
    }
    // On Esc egui takes the focus from the field before any view runs.
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
        cx.commands.push(MenuCommand::StepBack.into());
    }
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    widgets::hairline(ui, rect, rect.center().y, theme);
    ui.add_space(6.0);
    ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            accessible::name_list(ui, "Commands", matching.len());
            for (number, &command) in matching.iter().enumerate() {
                let is_chosen = number == typed.row;
                let place = SetPosition {
                    index: number,
                    count: matching.len(),
                };
                let response = row(ui, command, (place, is_chosen), cx);
                if is_chosen {
                    // The keyboard stays in the field.
                    accessible::announce(ui.ctx(), "palette", || {
                        format!("{}, {}", command.text(), place.words())
                    });
                }
                if is_chosen && typed.row != before {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    chosen = Some(command);
                }
            }
            if matching.is_empty() {
                let style = Style::new(Face::Sans, 13.0, color(theme.muted));
                let words = format!("No command is called “{}”.", typed.words.trim());
                accessible::announce(ui.ctx(), "palette", || words.clone());
                widgets::paragraph(ui, &words, &style, cx.measure);
            }
        });
    if let Some(command) = chosen {
        cx.commands.push(MenuCommand::Palette.into());
        cx.commands.push(command.into());
    }
}

/// The commands that contain all typed words; those that start with the query come first.
fn matching(words: &str) -> Vec<MenuCommand> {
    let folded = |text: &str| {
        let mut folded = String::new();
        fold(text, &mut folded);
        folded
    };
    let wanted = folded(words.trim());
    let all = MenuCommand::ALL.iter().copied();
    let others = all.filter(|command| *command != MenuCommand::Palette);
    let mut found: Vec<(bool, MenuCommand)> = others
        .filter_map(|command| {
            let text = folded(command.text());
            let has_all = wanted.split_whitespace().all(|word| text.contains(word));
            has_all.then(|| (!text.starts_with(&wanted), command))
        })
        .collect();
    found.sort_by_key(|(is_later, _)| *is_later);
    found.into_iter().map(|(_, command)| command).collect()
}

fn row(
    ui: &mut Ui,
    command: MenuCommand,
    (place, is_chosen): (SetPosition, bool),
    cx: &ViewContext<'_>,
) -> Response {
    let theme = cx.theme;
    let size = vec2(ui.available_width(), ROW_PX);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let pressable = Pressable::option(command.text(), is_chosen, place);
    pressable.paint(ui, response, theme, |response| {
        if is_chosen || response.hovered() {
            let wash = theme.ink.faded(if is_chosen { 0.08 } else { 0.04 });
            ui.painter()
                .rect_filled(rect, CornerRadius::same(8), color(wash));
        }
        let keys = command.keys().first().map(|keys| keys.text());
        let ends = [
            (
                command.text(),
                Face::SansMedium,
                13.5,
                theme.ink,
                Align::Min,
            ),
            (
                &*keys.unwrap_or_default(),
                Face::Sans,
                12.5,
                theme.muted,
                Align::Max,
            ),
        ];
        for (words, face, size_px, ink, align) in ends {
            let job = text::job(words, &Style::new(face, size_px, color(ink)));
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let x = if align == Align::Min {
                rect.left() + 10.0
            } else {
                rect.right() - 10.0 - galley.size().x
            };
            let at = pos2(x, rect.center().y - galley.size().y / 2.0);
            ui.painter().galley(at, galley, Color32::PLACEHOLDER);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_parts_of_their_words() {
        let texts = |words| -> Vec<&str> { matching(words).iter().map(|it| it.text()).collect() };
        assert_eq!(texts("zoom"), ["Zoom in", "Zoom out"]);
        assert_eq!(texts("theme dark"), ["Dark theme"]);
        assert_eq!(texts("FILTER").first(), Some(&"Filter"));
        assert!(texts("qqq").is_empty());
        let all = MenuCommand::ALL.len();
        assert_eq!(texts("").len(), all - 1, "every command but this one");
    }
}
