//! The event whose form is open: what the file has of it, and how it is changed.

use egui::{Id, Response, Ui, vec2};
use serde_json::Value;

use super::choice::Choice;
use crate::{
    command::{Command, FormField},
    edit::{Change, Item, Named, Subject},
    model::EventId,
    view::ViewContext,
};

/// A text of an item; empty where it has none.
pub fn text_of<'v>(item: &'v Value, field: &str) -> &'v str {
    item.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The fields of an event.
pub struct Form<'u, 'c, 'a> {
    /// Where it is shown.
    pub ui: &'u mut Ui,
    /// The event.
    pub event: EventId,
    /// What is shown of it, and where commands go.
    pub cx: &'c mut ViewContext<'a>,
}

impl Form<'_, '_, '_> {
    /// A text of the event as the file has it.
    pub fn in_file(&self, field: &str) -> String {
        let value = self.cx.writing.row.and_then(|row| row.get(field));
        match value {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    /// The items of a list of the event as the file has it: a change names them by their number in it.
    pub fn in_list(&self, list: &str) -> Vec<Value> {
        let items = self.cx.writing.row.and_then(|row| row.get(list));
        items.and_then(Value::as_array).cloned().unwrap_or_default()
    }

    /// The items of a list of names.
    pub fn names(&self, list: &str) -> Vec<String> {
        let name = |item: &Value| item.as_str().unwrap_or_default().to_owned();
        self.in_list(list).iter().map(name).collect()
    }

    /// The id of a field: what is typed in it is of this event.
    pub fn id(&self, field: &str) -> Id {
        Id::unique("form").with((&self.cx.state.writing.form_name, field))
    }

    /// The id of a field of an item of a list, by its number.
    pub fn numbered(&self, list: &str, field: &str, number: usize) -> Id {
        let id = self.id(list).with(self.cx.writing.renumbered);
        id.with((field, number))
    }

    /// Changes the chronology.
    pub fn push(&mut self, change: Change) {
        self.cx.commands.push(Command::Edit(change));
    }

    /// The event in the text.
    pub const fn item(&self) -> Item {
        Item::of(Subject::Event(self.event))
    }

    /// Sets a field; an empty value removes it.
    pub fn write(&mut self, field: &'static str, value: Value) {
        self.push(self.item().write(field, value));
    }

    /// The air between two fields.
    pub fn gap(&mut self) {
        self.ui.add_space(12.0);
    }

    /// Gives a field the keyboard focus where the form was just opened for it.
    pub fn focus_once(&self, field: FormField, response: &Response) {
        let opened_id = Id::unique("form opened");
        let (opened, wanted) = self.cx.state.writing.field;
        if wanted == field && self.ui.data(|data| data.get_temp(opened_id)) != Some(opened) {
            self.ui.data_mut(|data| data.insert_temp(opened_id, opened));
            response.request_focus();
            // What is said below it is seen, too.
            let seen = response.rect.expand2(vec2(0.0, 60.0));
            self.ui.scroll_to_rect(seen, None);
        }
    }

    /// What is offered in the field with this id, as ids and names: nothing while that is not seen, for
    /// there may be thousands.
    pub fn offered<'n>(
        &self,
        id: Id,
        all: impl Iterator<Item = (&'n str, &'n str)>,
        is_taken: impl Fn(&str) -> bool,
    ) -> (Vec<&'n str>, Vec<&'n str>) {
        if !Choice::is_open(self.ui, id) {
            return (Vec::new(), Vec::new());
        }
        all.filter(|(id, _)| !is_taken(id)).unzip()
    }

    /// Makes a row with a name, and has the event name it.
    pub fn add(&mut self, what: Named, name: String) {
        self.push(Change::AddNamed {
            event: self.event,
            what,
            name,
        });
    }
}
