//! A field of a form: its name, its text, what is said of it.

use egui::{
    Context, CornerRadius, Event, Frame, Id, InputState, Key, Margin, Response, Stroke, TextEdit,
    Ui, pos2, text_edit::TextEditState, vec2,
};

use super::untaken;
use crate::{
    layout::{Face, bidi, theme::Theme},
    view::{
        accessible,
        text::{self, Style, color},
        widgets,
    },
};

/// A field for text.
pub struct Field<'a> {
    /// Its name, above it.
    pub label: &'a str,
    /// Tells it from other fields, whatever it holds: of which row it is, and which field.
    pub id: Id,
    /// What the file has.
    pub value: &'a str,
    /// What is shown while it is empty.
    pub hint: &'a str,
    /// How many lines it has; one ends with Enter.
    pub lines: usize,
}

/// What was done in a field.
pub struct Typed {
    /// What is in it.
    pub text: String,
    /// Whether that is handed over now: it is another text than the file has, and the field was left,
    /// by Esc as well, for it can be undone; or the text was asked for.
    pub is_left: bool,
    /// Whether what is in it is to be added, where something is added by it: by Enter alone, for what is
    /// half typed is no new lane.
    pub is_added: bool,
    /// How typing has ended, if it has.
    pub end: End,
    /// The field.
    pub response: Response,
}

/// How typing in a field has ended in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It goes on, or has not begun.
    None,
    /// The text was asked for; the field has the focus.
    Asked,
    /// The field was left.
    Left,
    /// It was left by Enter.
    Enter,
}

/// What is typed and not yet in the file.
#[derive(Clone, Default)]
struct Buffer {
    /// What the file had.
    value: String,
    text: String,
    /// The text that was handed over, and how many texts had been refused before: `lost_focus()` is true
    /// in two frames, and a text is handed over once, unless it is refused.
    handed: Option<(String, u64)>,
    /// Whether it was shown since it was last forgotten.
    is_shown: bool,
}

impl Buffer {
    /// Takes over what the file has now; what is just being typed stays. Whether there is another text
    /// then.
    fn follow(&mut self, value: &str, has_focus: bool) -> bool {
        if self.value == value && self.is_shown {
            return false;
        }
        let is_other = !self.is_shown || !has_focus || self.text == self.value;
        if is_other {
            (self.text, self.handed) = (value.to_owned(), None);
        }
        self.is_shown = true;
        value.clone_into(&mut self.value);
        is_other
    }

    /// Whether it has a text that is neither in the file nor handed over.
    fn is_new(&self, refused: u64) -> bool {
        let is_handed = |(text, before): &(String, u64)| *text == self.text && *before == refused;
        self.text != self.value && !self.handed.as_ref().is_some_and(is_handed)
    }
}

/// The field that has the focus, and whether something new is in it.
#[derive(Clone, Copy)]
struct Focused {
    id: Id,
    is_new: bool,
    /// Whether another text than that of the file is in it.
    is_other: bool,
}

impl Focused {
    /// Where it stands between two frames.
    fn id() -> Id {
        Id::unique("field that has the focus")
    }
}

/// In which frame the text of the field that has the focus was asked for.
fn asked_id() -> Id {
    Id::unique("text that is asked for")
}

impl Field<'_> {
    /// Shows it over the width that there is.
    pub fn show(&self, ui: &mut Ui, theme: &Theme) -> Typed {
        self.label_above(ui, theme);
        let edit_id = self.id.with("edit");
        let mut buffer = ui
            .data(|data| data.get_temp::<Buffer>(self.id))
            .unwrap_or_default();
        let has_focus = ui.memory(|memory| memory.has_focus(edit_id));
        if buffer.follow(self.value, has_focus)
            && let Some(mut state) = TextEditState::load(ui.ctx(), edit_id)
        {
            // What was typed before leads nowhere any more.
            state.clear_undoer();
            state.store(ui.ctx(), edit_id);
        }
        untaken::remove(ui, self.id);
        let before = buffer.text.clone();
        let (face, size_px) = if self.lines > 1 {
            (Face::Serif, 14.0)
        } else {
            (Face::Sans, 13.5)
        };
        let face = bidi::kind(&buffer.text).face(face);
        let frame = Frame::new()
            .fill(color(theme.ground))
            .stroke(Stroke::new(1.0, color(theme.hairline)))
            .corner_radius(CornerRadius::same(6))
            .inner_margin(Margin::symmetric(11, 8));
        let shown = frame.show(ui, |ui| {
            let edit = if self.lines > 1 {
                TextEdit::multiline(&mut buffer.text).desired_rows(self.lines)
            } else {
                TextEdit::singleline(&mut buffer.text)
            };
            let edit = edit
                .id(edit_id)
                .font(text::font(face, size_px))
                .text_color(color(theme.ink))
                .hint_text(self.hint)
                .frame(Frame::NONE)
                .margin(Margin::ZERO)
                .desired_width(ui.available_width());
            ui.add(edit)
        });
        let response = shown.inner;
        let name = if self.label.is_empty() {
            self.hint
        } else {
            self.label
        };
        accessible::name_field(&response, &buffer.text, &before, name);
        accessible::field_ring(ui, &response, shown.response.rect, theme);
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        if response.gained_focus() {
            // What is said below it is seen, too.
            let seen = shown.response.rect.expand2(vec2(0.0, 28.0));
            ui.scroll_to_rect(seen, None);
        }
        // Of both in one frame, Enter came first.
        let is_entered = response.lost_focus() && pressed(Key::Enter);
        if response.gained_focus() {
            buffer.handed = None;
        }
        let has_focus = response.has_focus();
        let is_asked = has_focus && {
            let frame: Option<u64> = ui.data(|data| data.get_temp(asked_id()));
            frame == Some(ui.ctx().cumulative_frame_nr())
        };
        let refused = refused(ui);
        let is_new = buffer.is_new(refused);
        let end = if is_entered {
            End::Enter
        } else if response.lost_focus() {
            End::Left
        } else if is_asked {
            End::Asked
        } else {
            End::None
        };
        let is_left = is_new && end != End::None;
        if is_left {
            buffer.handed = Some((buffer.text.clone(), refused));
        }
        if is_new && !is_left && !has_focus {
            // It was refused, and is not lost.
            self.keep(ui);
        }
        if has_focus {
            let focused = Focused {
                id: edit_id,
                is_new: buffer.is_new(refused),
                is_other: buffer.text != buffer.value,
            };
            ui.data_mut(|data| data.insert_temp(Focused::id(), focused));
        }
        ui.data_mut(|data| data.insert_temp(self.id, buffer.clone()));
        Typed {
            text: buffer.text,
            is_left,
            is_added: is_new && end == End::Enter,
            end,
            response,
        }
    }

    fn label_above(&self, ui: &mut Ui, theme: &Theme) {
        if !self.label.is_empty() {
            // The field is read aloud by this name: it need not be a text of its own.
            let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 16.0));
            let at = pos2(rect.left(), rect.center().y);
            widgets::write(ui, at, self.label, (Face::Sans, 12.0), theme.muted);
            ui.add_space(4.0);
        }
    }

    /// What is typed in the field with this id; `None` where it was never shown.
    pub fn typed(ui: &Ui, id: Id) -> Option<String> {
        let buffer = ui.data(|data| data.get_temp::<Buffer>(id));
        buffer.map(|buffer| buffer.text)
    }

    /// What is typed in it is not added yet: says so below it, once it was left.
    pub fn remind(&self, ui: &mut Ui, typed: &Typed, theme: &Theme) {
        if !typed.text.trim().is_empty() && !typed.is_added {
            self.keep(ui);
            if !typed.response.has_focus() {
                let words = format!("“{}” is not added yet: Enter adds it", typed.text.trim());
                note(ui, &words, true, theme);
            }
        }
    }

    /// Says below it why what is typed in it cannot be taken.
    pub fn refuse(&self, ui: &mut Ui, why: &str, theme: &Theme) {
        if Self::typed(ui, self.id).is_some_and(|text| text != self.value) {
            self.keep(ui);
        }
        note(ui, why, true, theme);
    }

    /// What is typed in it is taken by nothing yet: it is not to be lost unasked.
    pub fn keep(&self, ui: &Ui) {
        let name = if self.label.is_empty() {
            self.hint
        } else {
            self.label
        };
        untaken::add(ui, self.id, name);
    }

    /// After Enter the next one is typed in a field that adds things.
    pub fn go_on(typed: &Typed) {
        if typed.end == End::Enter {
            typed.response.request_focus();
        }
    }

    /// Forgets what was typed: the field shows what the file has.
    pub fn forget(ui: &Ui, id: Id) {
        ui.data_mut(|data| data.remove::<Buffer>(id));
        untaken::remove(ui, id);
    }
}

/// Whether something new is in the field that has the focus.
pub fn is_typed_in(ctx: &Context) -> bool {
    let field: Option<Focused> = ctx.data(|data| data.get_temp(Focused::id()));
    let is_typing = |input: &InputState| {
        let mut events = input.events.iter();
        events.any(|event| matches!(event, Event::Text(_) | Event::Paste(_) | Event::Ime(_)))
    };
    field.is_some_and(|field| {
        let has_focus = ctx.memory(|memory| memory.has_focus(field.id));
        has_focus && (field.is_new || ctx.input(is_typing))
    })
}

/// Whether a field has the focus in which stands what the file has: to undo is then to undo a change.
pub fn is_unchanged_field_focused(ctx: &Context) -> bool {
    let field: Option<Focused> = ctx.data(|data| data.get_temp(Focused::id()));
    field.is_some_and(|field| !field.is_other && ctx.memory(|memory| memory.has_focus(field.id)))
}

/// How many texts that were handed over could not be taken so far.
fn refused(ctx: &Context) -> u64 {
    ctx.data(|data| data.get_temp(refused_id())).unwrap_or(0)
}

fn refused_id() -> Id {
    Id::unique("texts that were refused")
}

/// A text that was handed over could not be taken now: fields hand theirs over again.
pub fn refuse_text(ctx: &Context) {
    let count = refused(ctx) + 1;
    ctx.data_mut(|data| data.insert_temp(refused_id(), count));
}

/// Has the field that has the focus hand over its text when it is drawn in this frame; it keeps the
/// focus.
pub fn ask_for_text(ctx: &Context) {
    let frame = ctx.cumulative_frame_nr();
    ctx.data_mut(|data| data.insert_temp(asked_id(), frame));
}

/// A quiet line below a field; in the colour of an error where it says what is wrong.
pub fn note(ui: &mut Ui, words: &str, is_wrong: bool, theme: &Theme) {
    let ink = if is_wrong { theme.accent } else { theme.muted };
    let style = Style::new(Face::Sans, 12.0, color(ink));
    ui.add_space(4.0);
    let label = egui::Label::new(text::job(words, &style)).wrap();
    accessible::name_text(&ui.add(label), words);
}

/// The name of a part of a form.
pub fn part(ui: &mut Ui, words: &str, theme: &Theme) {
    ui.add_space(14.0);
    let style = Style::new(Face::Sans, 12.0, color(theme.muted));
    let label = egui::Label::new(text::job(words, &style)).selectable(false);
    accessible::name_heading(&ui.add(label), words, 3);
    ui.add_space(4.0);
}
