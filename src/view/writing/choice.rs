//! A field that is completed: one of what there is, or something new.

use egui::{Id, Key, Rect, Response, Sense, Ui, pos2, vec2};

use super::field::Field;
use crate::{
    layout::{Face, measure::elided},
    time::fold::fold,
    view::{
        ViewContext,
        accessible::{Pressable, SetPosition},
        text::{Style, color},
        widgets,
    },
};

/// At most this many are offered.
const MOST: usize = 6;
/// The air beside the name of a toggle, and the size of that, in px, where there is room.
pub(super) const WIDE: (f32, f32) = (12.0, 13.0);
/// The height of an offer, in px.
const ROW_PX: f32 = 28.0;

/// A field in which one of many is chosen by its name.
pub struct Choice<'a> {
    /// The name of the field; without one, its hint is.
    pub label: &'a str,
    /// Tells it from other fields.
    pub id: Id,
    /// The name of what is chosen now; empty where nothing is, or where one more is added.
    pub value: &'a str,
    /// What is shown while it is empty.
    pub hint: &'a str,
    /// The names that can be chosen.
    pub names: &'a [&'a str],
    /// What something new would be called, “lane”; empty where nothing new can be made.
    pub new: &'a str,
}

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// One of the names, by its number.
    Known(usize),
    /// A new one, by its name.
    New(String),
    /// Nothing: the field was emptied.
    None,
}

fn open_id(id: Id) -> Id {
    id.with("open")
}

fn has_focus(ui: &Ui, id: Id) -> bool {
    ui.memory(|memory| memory.has_focus(id.with("edit")))
}

fn is_kept_open(ui: &Ui, id: Id) -> bool {
    ui.data(|data| data.get_temp(open_id(id))).unwrap_or(false)
}

impl Choice<'_> {
    /// Whether the names of the choice with this id may be seen, so that they need to be there.
    pub fn is_open(ui: &Ui, id: Id) -> bool {
        has_focus(ui, id) || is_kept_open(ui, id)
    }

    /// Shows it; what was chosen, once it is.
    pub fn show(&self, ui: &mut Ui, cx: &ViewContext<'_>) -> Option<Chosen> {
        let row_id = self.id.with("row");
        let field = Field {
            label: self.label,
            id: self.id,
            value: self.value,
            hint: self.hint,
            lines: 1,
        };
        // Arrows choose among the offers; egui would move the caret.
        let mut row: Option<usize> = ui.data(|data| data.get_temp(row_id)).flatten();
        let has_focus = has_focus(ui, self.id);
        let (down, up, enter) = if has_focus {
            ui.input_mut(|input| {
                let mut took = |key| input.consume_key(egui::Modifiers::NONE, key);
                (took(Key::ArrowDown), took(Key::ArrowUp), took(Key::Enter))
            })
        } else {
            (false, false, false)
        };
        let typed = field.show(ui, cx.theme);
        let text = typed.text.trim().to_owned();
        let open_id = open_id(self.id);
        let was_open = is_kept_open(ui, self.id);
        // There may be thousands of names: they are looked through only while that is seen.
        let offers = if has_focus || was_open || typed.response.has_focus() {
            self.offers(&text)
        } else {
            Vec::new()
        };
        let may_add = !self.new.is_empty() && !text.is_empty() && text != self.value;
        let is_known = self.names.iter().any(|name| *name == text);
        let count = offers.len() + usize::from(may_add && !is_known);
        // Nothing is chosen before something is typed or an arrow is pressed: Enter takes no name that
        // nobody asked for.
        if typed.response.changed() {
            row = (!text.is_empty()).then_some(0);
        } else if !typed.response.has_focus() && !was_open {
            row = None;
        }
        if down {
            row = Some(row.map_or(0, |row| row + 1).min(count.saturating_sub(1)));
        } else if up {
            row = row.and_then(|row| row.checked_sub(1));
        }
        row = row.filter(|row| *row < count);
        ui.data_mut(|data| data.insert_temp(row_id, row));

        let is_pressing =
            ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
        // A press on an offer takes the focus from the field before it is one.
        let is_open = typed.response.has_focus() || was_open && is_pressing;
        ui.data_mut(|data| data.insert_temp(open_id, is_open));
        let mut chosen = None;
        if is_open && count > 0 {
            ui.add_space(3.0);
            if !was_open {
                let height = count as f32 * ROW_PX + 12.0;
                let below = Rect::from_min_size(ui.cursor().min, vec2(10.0, height));
                ui.scroll_to_rect(below, None);
            }
            for (number, &name) in offers.iter().enumerate() {
                let place = SetPosition {
                    index: number,
                    count,
                };
                let words = self.names.get(name).copied().unwrap_or_default();
                let is_row = row == Some(number);
                if offer(ui, words, (is_row, place), cx) || enter && is_row {
                    chosen = Some(Chosen::Known(name));
                }
            }
            if may_add && !is_known {
                let number = offers.len();
                let place = SetPosition {
                    index: number,
                    count,
                };
                let words = format!("New {}: {text}", self.new);
                let is_row = row == Some(number);
                if offer(ui, &words, (is_row, place), cx) || enter && is_row {
                    chosen = Some(Chosen::New(text.clone()));
                }
            }
        }
        if chosen.is_none()
            && (typed.is_added || enter)
            && text.is_empty()
            && !self.value.is_empty()
        {
            chosen = Some(Chosen::None);
        }
        let is_gone = typed.response.lost_focus() && !is_open;
        if chosen.is_some() || is_gone {
            Field::forget(ui, self.id);
            ui.data_mut(|data| data.insert_temp(open_id, false));
        }
        if chosen.is_some() && !self.value.is_empty() {
            ui.memory_mut(|memory| memory.surrender_focus(self.id.with("edit")));
        }
        chosen
    }

    /// The names that fit what is typed, that one itself first, then those that begin with it; all while nothing is.
    fn offers(&self, text: &str) -> Vec<usize> {
        let folded = |text: &str| {
            let mut out = String::new();
            fold(text, &mut out);
            out
        };
        let wanted = folded(text);
        let is_unchanged = text == self.value;
        let mut found: Vec<((bool, bool), usize)> = Vec::new();
        for (number, name) in self.names.iter().enumerate() {
            let name = folded(name);
            if is_unchanged || wanted.is_empty() || name.contains(&wanted) {
                let is_same = name == wanted;
                found.push(((!is_same, !name.starts_with(&wanted)), number));
            }
        }
        if !is_unchanged {
            found.sort_by_key(|(rank, _)| *rank);
        }
        found
            .into_iter()
            .take(MOST)
            .map(|(_, number)| number)
            .collect()
    }
}

/// An offer below the field; whether it was pressed.
fn offer(
    ui: &mut Ui,
    words: &str,
    (is_chosen, place): (bool, SetPosition),
    cx: &ViewContext<'_>,
) -> bool {
    let size = vec2(ui.available_width(), ROW_PX);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let option = Pressable::option(words, is_chosen, place);
    let response = option.paint(ui, response, cx.theme, |response| {
        if is_chosen || response.hovered() {
            let wash = color(cx.theme.ink.faded(0.06));
            ui.painter().rect_filled(rect, 5.0, wash);
        }
        let mut cut = String::new();
        let font = (Face::Sans, 13.0);
        let room = rect.width() - 20.0;
        let shown = elided(words, font, room, cx.measure, &mut cut);
        let at = pos2(rect.left() + 11.0, rect.center().y);
        widgets::write(ui, at, shown, font, cx.theme.ink);
    });
    response.clicked()
}

/// A row of chips, each with a cross that takes it away, read aloud as “Remove the tag War”; which was
/// pressed.
pub fn chips(ui: &mut Ui, names: &[String], remove: &str, cx: &ViewContext<'_>) -> Option<usize> {
    let style = Style::new(Face::SansMedium, 13.0, color(cx.theme.ink));
    let mut removed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for (number, name) in names.iter().enumerate() {
            let chip = widgets::chip(ui, &format!("{name}  ×"), &style, cx.theme);
            let remove = format!("{remove} {name}");
            Pressable::button(&remove).describe(&chip);
            if chip.on_hover_text(remove.as_str()).clicked() {
                removed = Some(number);
            }
        }
    });
    if !names.is_empty() {
        ui.add_space(6.0);
    }
    removed
}

/// Several of which one is on, on one line: they are closer where that is narrow. Which was pressed.
pub fn toggles(ui: &mut Ui, names: &[&str], on: usize, cx: &ViewContext<'_>) -> Option<usize> {
    const GAP_PX: f32 = 4.0;
    let width = |(air_px, size_px): (f32, f32)| {
        let widths = names.iter();
        let widths = widths.map(|name| cx.measure.width(name, Face::SansMedium, size_px));
        widths.map(|px| px + 2.0 * air_px + GAP_PX).sum::<f32>()
    };
    let room_px = ui.available_width() + GAP_PX;
    let sizes = [WIDE, (9.0, 13.0), (6.0, 12.5), (5.0, 12.0)];
    let size = sizes.into_iter().find(|&size| width(size) <= room_px);
    let size = size.unwrap_or(WIDE);
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP_PX, GAP_PX);
        for (number, name) in names.iter().enumerate() {
            let response = toggle_of(ui, (name, number == on), size, cx);
            if response.clicked() && number != on {
                chosen = Some(number);
            }
        }
    });
    chosen
}

/// One of several of which one is on; whether it was pressed.
pub fn toggle(ui: &mut Ui, name: &str, is_on: bool, cx: &ViewContext<'_>) -> bool {
    toggle_of(ui, (name, is_on), WIDE, cx).clicked() && !is_on
}

/// The same with the air beside its name and the size of that, in px.
pub(super) fn toggle_of(
    ui: &mut Ui,
    (name, is_on): (&str, bool),
    (air_px, size_px): (f32, f32),
    cx: &ViewContext<'_>,
) -> Response {
    let theme = cx.theme;
    let width = cx.measure.width(name, Face::SansMedium, size_px) + 2.0 * air_px;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 32.0), egui::Sense::click());
    let choice = Pressable::choice(egui::Role::RadioButton, name, is_on);
    choice.paint(ui, response, theme, |response| {
        let fill = if is_on {
            theme.ink.faded(0.14)
        } else if response.hovered() {
            theme.ink.faded(0.05)
        } else {
            theme.ground
        };
        ui.painter().rect(
            rect,
            egui::CornerRadius::same(6),
            color(fill),
            if is_on {
                egui::Stroke::new(1.5, color(theme.ink))
            } else {
                egui::Stroke::new(1.0, color(theme.hairline))
            },
            egui::StrokeKind::Inside,
        );
        let at = pos2(rect.left() + air_px, rect.center().y);
        widgets::write(ui, at, name, (Face::SansMedium, size_px), theme.ink);
    })
}
