//! What the class is asked at a step of a lesson, to be changed.

use egui::{Id, Ui, vec2};
use serde_json::{Value, json};

use super::{
    event_choice::{EventField, Pick},
    field::{Field, part},
    toggles::{chips, toggle},
};
use crate::{
    command::Command,
    edit::{Change, Item},
    layout::Face,
    model::Ask,
    view::{
        ViewContext,
        widgets::{self, icon},
    },
};

/// A few events that a lesson tells, to be put in order; the first ones of all where it tells none.
fn told_events(steps: &[Value], cx: &ViewContext<'_>) -> Vec<Value> {
    const MOST: usize = 4;
    let timeline = &cx.layout.timeline;
    let told = steps.iter().filter_map(|step| step.get("event")?.as_str());
    let told = told.filter(|id| timeline.find_event(id).is_some());
    let all = timeline.events().take(MOST);
    let all = all.map(|event| timeline.event(event).id);
    let mut few: Vec<&str> = Vec::new();
    for id in told.chain(all) {
        if few.len() < MOST && !few.contains(&id) {
            few.push(id);
        }
    }
    few.into_iter().map(Value::from).collect()
}

/// The question of a step.
pub struct Asked<'a> {
    /// Where the step is in the text.
    pub item: Item,
    /// Tells its fields from those of other steps.
    pub id: Id,
    /// The step as the file has it.
    pub step: &'a Value,
}

impl Asked<'_> {
    /// Shows it; `steps` are those of its lesson.
    pub fn show(&self, ui: &mut Ui, steps: &[Value], cx: &mut ViewContext<'_>) {
        part(ui, "Ask the class before", cx.theme);
        self.kinds(ui, steps, cx);
        let now = self.text("ask");
        if now == Ask::Choose.word() {
            self.answers(ui, cx);
        } else if now == Ask::Order.word() {
            self.ordered(ui, cx);
        }
    }

    fn text(&self, field: &str) -> &str {
        let value = self.step.get(field).and_then(Value::as_str);
        value.unwrap_or_default()
    }

    /// Writes a field of an answer.
    fn write_answer(&self, place: usize, field: &'static str, value: Value) -> Change {
        self.item.within("answers", place).write(field, value)
    }

    /// The kinds of questions, of which one is chosen.
    fn kinds(&self, ui: &mut Ui, steps: &[Value], cx: &mut ViewContext<'_>) {
        let now = self.text("ask");
        let mut chosen = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            for (name, value) in [
                ("Nothing", None),
                ("When it was", Some(Ask::When)),
                ("The order", Some(Ask::Order)),
                ("To choose", Some(Ask::Choose)),
            ] {
                let word = value.map_or("", Ask::word);
                if value == Some(Ask::When) && self.text("event").is_empty() {
                    // There is no date to guess.
                    continue;
                }
                if toggle(ui, name, word == now, cx) {
                    chosen = Some(word);
                }
            }
        });
        let Some(word) = chosen else { return };
        let mut changes = vec![self.item.write("ask", Value::from(word))];
        // A question is whole from the beginning: what it needs is filled in, to be changed.
        if word == Ask::Choose.word() {
            if self.text("title").is_empty() {
                changes.push(self.item.write("title", Value::from("Which is right?")));
            }
            if self.step.get("answers").is_none() {
                let right = json!({ "text": "The right answer", "right": true });
                let answers = json!([right, { "text": "A wrong one" }]);
                changes.push(self.item.write("answers", answers));
            }
        } else if word == Ask::Order.word() && self.step.get("events").is_none() {
            changes.push(
                self.item
                    .write("events", Value::Array(told_events(steps, cx))),
            );
        }
        let name = "change question".to_owned();
        cx.commands
            .push(Command::Edit(Change::Together { name, changes }));
    }

    /// The events that are put in order.
    fn ordered(&self, ui: &mut Ui, cx: &mut ViewContext<'_>) {
        let ids = self.step.get("events").and_then(Value::as_array);
        let ids = ids.into_iter().flatten().filter_map(Value::as_str);
        let ids: Vec<&str> = ids.collect();
        let timeline = &cx.layout.timeline;
        let name = |id: &&str| {
            let event = timeline.find_event(id);
            event.map_or(*id, |event| timeline.short(event)).to_owned()
        };
        let names: Vec<String> = ids.iter().map(name).collect();
        ui.add_space(8.0);
        if let Some(gone) = chips(ui, &names, "Remove from the order:", cx) {
            cx.commands
                .push(Command::Edit(self.item.remove("events", gone)));
        }
        let field = EventField {
            label: "",
            id: self.id.with("ordered event"),
            value: "",
            hint: "Another event to put in order",
            about: None,
        };
        if let Some(event) = field.show(ui, cx).and_then(Pick::event) {
            let id = cx.layout.timeline.event(event).id;
            if !ids.contains(&id) {
                let change = self.item.add("events", Value::from(id));
                cx.commands.push(Command::Edit(change));
            }
        }
    }

    /// The answers to choose from, and one more.
    fn answers(&self, ui: &mut Ui, cx: &mut ViewContext<'_>) {
        ui.add_space(10.0);
        let answers = self.step.get("answers").and_then(Value::as_array);
        let answers = answers.map_or(&[][..], Vec::as_slice);
        for (place, answer) in answers.iter().enumerate() {
            self.answer(ui, (place, answers.len()), answer, cx);
            ui.add_space(10.0);
        }
        let id = self.id.with("new answer");
        let field = Field {
            label: "",
            id,
            value: "",
            hint: "Another answer",
            lines: 1,
        };
        let typed = field.show(ui, cx.theme);
        field.remind(ui, &typed, cx.theme);
        let text = typed.text.trim();
        if typed.is_added && !text.is_empty() {
            let change = self.item.add("answers", json!({ "text": text }));
            cx.commands.push(Command::Edit(change));
            Field::forget(ui, id);
            Field::go_on(&typed);
        }
    }

    fn answer(
        &self,
        ui: &mut Ui,
        (place, count): (usize, usize),
        answer: &Value,
        cx: &mut ViewContext<'_>,
    ) {
        let text = answer.get("text").and_then(Value::as_str);
        let is_right = answer.get("right").and_then(Value::as_bool);
        let id = self.id.with(("answer", place));
        let typed = Field {
            label: "",
            id,
            value: text.unwrap_or_default(),
            hint: "An answer",
            lines: 1,
        }
        .show(ui, cx.theme);
        let text = typed.text.trim();
        ui.add_space(2.0);
        let (mut is_chosen, mut is_removed) = (false, typed.is_left && text.is_empty());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            is_chosen = toggle(ui, "The right one", is_right.unwrap_or_default(), cx);
            let words = format!("Remove answer {}", place + 1);
            let face = (icon::X, Face::Icons);
            let button = widgets::quiet_button(ui, face, &words, vec2(30.0, 30.0), cx.theme);
            is_removed |= button.on_hover_text("Take it away").clicked();
        });
        if is_removed {
            // The next one takes its place, and has a text.
            Field::forget(ui, id);
            let change = self.item.remove("answers", place);
            return cx.commands.push(Command::Edit(change));
        }
        if typed.is_left {
            let change = self.write_answer(place, "text", Value::from(text));
            cx.commands.push(Command::Edit(change));
        }
        if is_chosen {
            let changes = (0..count).map(|other| {
                let value = if other == place {
                    json!(true)
                } else {
                    Value::Null
                };
                self.write_answer(other, "right", value)
            });
            cx.commands.push(Command::Edit(Change::Together {
                name: "change the right answer".to_owned(),
                changes: changes.collect(),
            }));
        }
    }
}
