//! A field of a form: its name, its text, what is said of it.

use egui::{
    Context, CornerRadius, Frame, Id, Key, Margin, Response, Stroke, TextEdit, Ui, pos2, vec2,
};

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
    /// Whether it was left with another text than the file has: by Esc as well, for it can be undone.
    pub is_left: bool,
    /// The same where something is added by it: not by Esc, after which it is still there to be added.
    pub is_added: bool,
    /// Whether it was left by Enter.
    pub is_entered: bool,
    /// The field.
    pub response: Response,
}

/// What is typed and not yet in the file.
#[derive(Clone, Default)]
struct Buffer {
    /// What the file had.
    value: String,
    text: String,
    /// What was handed over when it was left, until it is gone to again: a field may be lost in two
    /// frames.
    handed: Option<String>,
}

/// Under this id stands which field has the keyboard.
fn focused_id() -> Id {
    Id::unique("field that has the keyboard")
}

impl Field<'_> {
    /// Shows it over the width that there is.
    pub fn show(&self, ui: &mut Ui, theme: &Theme) -> Typed {
        if !self.label.is_empty() {
            // The field is read aloud by this name: it need not be a text of its own.
            let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 16.0));
            let at = pos2(rect.left(), rect.center().y);
            widgets::write(ui, at, self.label, (Face::Sans, 12.0), theme.muted);
            ui.add_space(4.0);
        }
        let mut buffer = ui
            .data(|data| data.get_temp::<Buffer>(self.id))
            .unwrap_or_default();
        if buffer.value != self.value {
            buffer = Buffer {
                value: self.value.to_owned(),
                text: self.value.to_owned(),
                handed: None,
            };
        }
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
                .id(self.id.with("edit"))
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
        let is_escaped = response.lost_focus() && pressed(Key::Escape) && !is_entered;
        let is_other = buffer.text != buffer.value && buffer.handed.as_ref() != Some(&buffer.text);
        let is_left = response.lost_focus() && is_other;
        if response.has_focus() {
            buffer.handed = None;
            ui.data_mut(|data| data.insert_temp(focused_id(), response.id));
        } else if is_left {
            buffer.handed = Some(buffer.text.clone());
        }
        ui.data_mut(|data| data.insert_temp(self.id, buffer.clone()));
        Typed {
            text: buffer.text,
            is_left,
            is_added: is_left && !is_escaped,
            is_entered,
            response,
        }
    }

    /// What is typed in the field with this id; `None` where it was never shown.
    pub fn typed(ui: &Ui, id: Id) -> Option<String> {
        let buffer = ui.data(|data| data.get_temp::<Buffer>(id));
        buffer.map(|buffer| buffer.text)
    }

    /// After Enter the next one is typed in a field that adds things.
    pub fn go_on(typed: &Typed) {
        if typed.is_entered {
            typed.response.request_focus();
        }
    }

    /// Forgets what was typed: the field shows what the file has.
    pub fn forget(ui: &Ui, id: Id) {
        ui.data_mut(|data| data.remove::<Buffer>(id));
    }
}

/// Whether a field has the keyboard: what is typed in it is not yet in the file.
pub fn is_typed_in(ctx: &Context) -> bool {
    let field: Option<Id> = ctx.data(|data| data.get_temp(focused_id()));
    field.is_some() && ctx.memory(|memory| memory.focused() == field)
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
