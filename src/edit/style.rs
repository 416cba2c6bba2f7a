//! How a file is laid out, so that what is added looks like the rest.

use std::fmt::Write as _;

use serde_json::Value;

/// How many lines are looked at for an indentation: a large file without any has a line a row.
const MOST_LINES: usize = 1000;

/// The layout of a JSON text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Style {
    newline: &'static str,
    /// One step of indentation.
    unit: String,
    /// Whether it has no space that it could do without.
    is_tight: bool,
}

impl Style {
    /// The layout of a text: its line ends, its indentation, its spaces.
    pub fn of(text: &str) -> Self {
        let newline = match text.find('\n') {
            Some(at) if text.get(..at).is_some_and(|it| it.ends_with('\r')) => "\r\n",
            _ => "\n",
        };
        let mut beginning = text.lines().skip(1).take(MOST_LINES);
        let indented = beginning.find(|line| line.trim_start() != *line);
        let unit = indented.map_or("  ", indentation);
        let colon = text.find("\":").map(|at| at + 2);
        let after = colon.and_then(|at| text.get(at..)?.chars().next());
        Self {
            newline,
            unit: unit.to_owned(),
            is_tight: after.is_some_and(|character| !character.is_whitespace()),
        }
    }

    /// What stands between a name and its value.
    pub const fn colon(&self) -> &'static str {
        if self.is_tight { ":" } else { ": " }
    }

    /// What stands before an entry in a line of several.
    pub const fn space(&self) -> &'static str {
        if self.is_tight { "" } else { " " }
    }

    /// The beginning of a line at an indentation.
    pub fn line(&self, indent: &str) -> String {
        format!("{}{indent}", self.newline)
    }

    /// An indentation one step deeper.
    pub fn deeper(&self, indent: &str) -> String {
        format!("{indent}{}", self.unit)
    }

    /// A value as text. With the indentation of its line, lists of objects and of lists have a line
    /// an item; without one, all is in one line.
    pub fn value(&self, value: &Value, indent: Option<&str>) -> String {
        let mut out = String::new();
        self.write(value, indent, &mut out);
        out
    }

    /// An object with a line for each field, at the indentation of its line.
    pub fn spread(&self, value: &Value, indent: &str) -> String {
        let Value::Object(fields) = value else {
            return self.value(value, Some(indent));
        };
        if fields.is_empty() {
            return "{}".to_owned();
        }
        let inner = self.deeper(indent);
        let mut out = String::from("{");
        for (number, (name, value)) in fields.iter().enumerate() {
            let comma = if number > 0 { "," } else { "" };
            let line = self.line(&inner);
            let _ = write!(out, "{comma}{line}{}{}", quoted(name), self.colon());
            self.write(value, Some(&inner), &mut out);
        }
        let _ = write!(out, "{}}}", self.line(indent));
        out
    }

    fn write(&self, value: &Value, indent: Option<&str>, out: &mut String) {
        match value {
            Value::Array(items) if items.is_empty() => out.push_str("[]"),
            Value::Object(fields) if fields.is_empty() => out.push_str("{}"),
            Value::Array(items) => {
                let is_spread = items.iter().any(|it| it.is_object() || it.is_array());
                let indent = indent.filter(|_| is_spread);
                out.push('[');
                for (number, item) in items.iter().enumerate() {
                    if number > 0 {
                        out.push(',');
                    }
                    match indent {
                        Some(indent) => out.push_str(&self.line(&self.deeper(indent))),
                        None if number > 0 => out.push_str(self.space()),
                        None => {}
                    }
                    self.write(item, None, out);
                }
                if let Some(indent) = indent {
                    out.push_str(&self.line(indent));
                }
                out.push(']');
            }
            Value::Object(fields) => {
                out.push('{');
                for (number, (name, value)) in fields.iter().enumerate() {
                    if number > 0 {
                        out.push(',');
                    }
                    let _ = write!(out, "{}{}{}", self.space(), quoted(name), self.colon());
                    self.write(value, None, out);
                }
                let _ = write!(out, "{}}}", self.space());
            }
            other => {
                let _ = write!(out, "{other}");
            }
        }
    }
}

/// A text as JSON writes it.
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The white space that a line begins with.
fn indentation(line: &str) -> &str {
    let rest = line.trim_start_matches([' ', '\t']);
    line.get(..line.len() - rest.len()).unwrap_or_default()
}

/// The indentation of the line in which a place of a text lies.
pub fn indent_at(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    indentation(text.get(start..).unwrap_or_default())
}
