//! JSON of other programs, as objects whose fields are read one by one: strings and numbers alike,
//! since these programs write one for the other.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::draft::Draft;
use crate::formats::{
    Location,
    json::{
        lines::Cursor,
        raw::{Kind, each_item, fields_of, name_of, offset_in},
    },
    rows::Text,
};

/// A JSON text that is walked through from its beginning to its end.
pub struct Walk<'t> {
    text: &'t str,
    cursor: Cursor<'t>,
}

/// An object, with the place where it begins.
#[derive(Clone)]
pub struct Object<'t> {
    fields: Vec<(Cow<'t, str>, &'t RawValue)>,
    /// Where it begins, and the path to it.
    pub at: Location,
}

impl<'t> Walk<'t> {
    /// Of a text, and its topmost value; `None` where it is no JSON.
    pub fn of(text: &'t str) -> Option<(Self, &'t RawValue)> {
        let top: &RawValue = serde_json::from_str(text).ok()?;
        let walk = Self {
            text,
            cursor: Cursor::new(text),
        };
        Some((walk, top))
    }

    /// The place of a value, which lies behind those that were asked for before.
    pub fn location(&mut self, raw: &RawValue, path: String) -> Location {
        let offset = offset_in(self.text, raw.get()).unwrap_or(0);
        let (line, column) = self.cursor.advance_to(offset);
        Location { line, column, path }
    }

    /// Visits the objects of a list; what is no object is left out, and said.
    pub fn each_object(
        &mut self,
        list: &'t RawValue,
        path: &str,
        draft: &mut Draft,
        mut visit: impl FnMut(&mut Draft, Object<'t>),
    ) {
        each_item(list, |number, item| {
            let at = self.location(item, format!("{path}[{number}]"));
            if let Some(object) = Object::of(item, at.clone()) {
                visit(draft, object);
            } else {
                let kind = Kind::of(item).name();
                let message = format!("this is {kind}, and no object, so it is left out");
                draft.error(&at, message, "");
            }
        });
    }
}

impl<'t> Object<'t> {
    /// An object; `None` where the value is none.
    pub fn of(raw: &'t RawValue, at: Location) -> Option<Self> {
        let fields = fields_of(raw)?.into_iter();
        let fields = fields.map(|(name, value)| (name_of(name), value)).collect();
        Some(Self { fields, at })
    }

    /// The value of a field, as it stands; of fields that stand twice the last, `null` as none.
    pub fn raw(&self, name: &str) -> Option<&'t RawValue> {
        let field = self.fields.iter().rfind(|(known, _)| known == name);
        field
            .map(|(_, raw)| *raw)
            .filter(|raw| Kind::of(raw) != Kind::Null)
    }

    /// The names of the fields.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(name, _)| &**name)
    }

    /// A string, or a number or truth as it is written, without white space around it; empty where
    /// there is none.
    pub fn text(&self, name: &str) -> String {
        let Some(raw) = self.raw(name) else {
            return String::new();
        };
        match Kind::of(raw) {
            Kind::Text => {
                let text = serde_json::from_str::<Text<'_>>(raw.get());
                text.map_or_else(|_| String::new(), |text| text.trim().to_owned())
            }
            Kind::Number | Kind::Bool => raw.get().to_owned(),
            Kind::Null | Kind::List | Kind::Object => String::new(),
        }
    }

    /// An object in a field.
    pub fn object(&self, name: &str) -> Option<Self> {
        Self::of(self.raw(name)?, self.at.of(name))
    }

    /// Names the fields that are not of these: a timeline has no place for them.
    pub fn leave_out_all_but(&self, known: &[&str], draft: &mut Draft) {
        let prefix = self.at.path.rsplit(']').next().unwrap_or_default();
        let prefix = prefix.trim_start_matches('.');
        for (name, raw) in &self.fields {
            let is_empty = matches!(raw.get(), "null" | "\"\"" | "{}" | "[]" | "false");
            if !is_empty && !known.contains(&&**name) {
                let field = if prefix.is_empty() {
                    name.to_string()
                } else {
                    format!("{prefix}.{name}")
                };
                draft.leave_out(&field, &self.at);
            }
        }
    }
}
