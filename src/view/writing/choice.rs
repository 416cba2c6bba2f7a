//! A field that is completed: one of what there is, or something new.

use egui::{Id, Key, Rect, Sense, Ui, pos2, vec2};

use super::field::{End, Field};
use crate::{
    layout::{Face, measure::elided},
    time::fold::fold,
    view::{
        ViewContext,
        accessible::{Pressable, SetPosition},
        text::color,
        widgets,
    },
};

/// At most this many are offered.
const MOST: usize = 6;
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

/// What is offered below the field.
struct Offers<'a> {
    /// The names, by their numbers.
    known: &'a [usize],
    /// What something new would be called; `None` where nothing new is offered.
    new: Option<&'a str>,
    /// The row that Enter takes.
    row: Option<usize>,
    /// Whether Enter was pressed.
    enter: bool,
}

fn open_id(id: Id) -> Id {
    id.with("open")
}

fn has_focus(ui: &Ui, id: Id) -> bool {
    ui.memory(|memory| memory.has_focus(id.with("edit")))
}

fn is_kept_open(ui: &Ui, id: Id) -> bool {
    // Since the last frame: a field that was not drawn meanwhile is closed.
    let frame: Option<u64> = ui.data(|data| data.get_temp(open_id(id)));
    frame.is_some_and(|frame| frame + 1 >= ui.ctx().cumulative_frame_nr())
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
        // An offer is pressed once the button is let go, which takes the focus from the field.
        let is_open = typed.response.has_focus() || was_open && is_pressing;
        if is_open {
            let frame = ui.ctx().cumulative_frame_nr();
            ui.data_mut(|data| data.insert_temp(open_id, frame));
        }
        let all = Offers {
            known: &offers,
            new: (may_add && !is_known).then_some(&*text),
            row,
            enter,
        };
        let mut chosen = None;
        if is_open && count > 0 {
            ui.add_space(3.0);
            if !was_open {
                let height = count as f32 * ROW_PX + 12.0;
                let below = Rect::from_min_size(ui.cursor().min, vec2(10.0, height));
                ui.scroll_to_rect(below, None);
            }
            chosen = self.offered(ui, &all, cx);
        }
        let is_escaped =
            typed.response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
        if chosen.is_none()
            && (typed.end != End::None && !is_escaped || enter)
            && text != self.value
        {
            // Emptied, it is nothing; what was typed as it is called is chosen, also without Enter.
            chosen = if text.is_empty() {
                Some(Chosen::None)
            } else {
                self.named(&text).map(Chosen::Known)
            };
        }
        if chosen.is_some() || is_escaped {
            Field::forget(ui, self.id);
            ui.data_mut(|data| data.remove::<u64>(open_id));
        } else if !text.is_empty() && text != self.value {
            field.keep(ui);
            if !is_open {
                let what = if self.new.is_empty() {
                    "choose one of those that are offered".to_owned()
                } else {
                    format!("Enter adds it as a new {}", self.new)
                };
                let why = format!("“{text}” is not taken yet: {what}");
                field.refuse(ui, &why, cx.theme);
            }
        }
        if chosen.is_some() && !self.value.is_empty() {
            ui.memory_mut(|memory| memory.surrender_focus(self.id.with("edit")));
        }
        chosen
    }

    /// Shows the offers below the field; the one that was chosen.
    fn offered(&self, ui: &mut Ui, offers: &Offers<'_>, cx: &ViewContext<'_>) -> Option<Chosen> {
        let names = offers.known.iter().map(|&name| {
            let words = self.names.get(name).copied().unwrap_or_default();
            (words.to_owned(), Chosen::Known(name))
        });
        let new = offers.new.map(|text| {
            let words = format!("New {}: {text}", self.new);
            (words, Chosen::New(text.to_owned()))
        });
        let all: Vec<(String, Chosen)> = names.chain(new).collect();
        let mut chosen = None;
        for (index, (words, what)) in all.iter().enumerate() {
            let place = SetPosition {
                index,
                count: all.len(),
            };
            let is_row = offers.row == Some(index);
            if offer(ui, words, (is_row, place), cx) || offers.enter && is_row {
                chosen = Some(what.clone());
            }
        }
        chosen
    }

    /// The only one that is called so, whatever its capitals.
    fn named(&self, text: &str) -> Option<usize> {
        let wanted = folded(text);
        let mut found = (0..)
            .zip(self.names)
            .filter(|(_, name)| folded(name) == wanted);
        let (number, _) = found.next().filter(|_| !wanted.is_empty())?;
        found.next().is_none().then_some(number)
    }

    /// The names that fit what is typed, that one itself first, then those that begin with it; all while nothing is.
    fn offers(&self, text: &str) -> Vec<usize> {
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

fn folded(text: &str) -> String {
    let mut out = String::new();
    fold(text, &mut out);
    out
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
