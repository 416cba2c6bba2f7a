//! The steps of a lesson, to be changed.

use egui::{Id, Ui, vec2};
use serde_json::{Map, Value};

use super::{
    event_choice::{EventField, Pick},
    field::{Field, note, part},
    order::{Move, reordered},
    question,
    row_head::{Pressed, RowHead},
};
use crate::{
    command::{Command, ListCommand},
    edit::{Change, Item, Subject, typed_date},
    formats::json::ranges::RowList,
    layout::Face,
    model::EventId,
    time::edtf,
    view::{ViewContext, widgets},
};

/// Shows the steps of the lesson of a number.
pub fn show(ui: &mut Ui, lesson: usize, row: &Value, cx: &mut ViewContext<'_>) {
    part(ui, "Steps", cx.theme);
    let item = Item::of(Subject::Row(RowList::Lessons, lesson));
    let steps = row.get("steps").and_then(Value::as_array);
    let steps = steps.map_or(&[][..], Vec::as_slice);
    let open = cx.state.writing.open_step;
    // Above them, so that one is added after the other without looking for it.
    add_steps(ui, &item, steps.len(), cx);
    ui.add_space(6.0);
    let mut heads = Vec::new();
    let mut wanted: Option<Move> = None;
    for (number, step) in steps.iter().enumerate() {
        let is_open = open == Some(number);
        let head = RowHead {
            id: Id::unique("step line").with(number),
            name: &format!("{}. {}", number + 1, title(step, cx)),
            spoken: &format!("step {}", number + 1),
            ways: ["earlier", "later"],
            face: Face::Sans,
            ink: None,
            is_open,
            place: number,
            count: steps.len(),
        };
        let (response, pressed) = head.show(ui, cx);
        heads.push(response);
        match pressed {
            Some(Pressed::Line) => {
                let open = (!is_open).then_some(number);
                cx.commands.push(ListCommand::OpenStep(open).into());
            }
            Some(Pressed::Move(moved)) => wanted = Some(moved),
            Some(Pressed::Delete) => {
                let change = item.remove("steps", number);
                cx.commands.push(Command::Edit(change));
            }
            None => {}
        }
        if is_open {
            let lesson = row.get("id").and_then(Value::as_str);
            let id = Id::unique("step").with((lesson, number, cx.writing.renumbered));
            let step = StepFields {
                item: item.within("steps", number),
                id,
                step,
            };
            step.show(ui, cx);
            let asked = question::Asked {
                item: step.item,
                id,
                step: step.step,
            };
            asked.show(ui, steps, cx);
            ui.add_space(12.0);
        }
    }
    if let Some((from, to)) = wanted.or_else(|| reordered(ui, &heads, cx)) {
        let change = item.move_item("steps", from, to);
        cx.commands.push(Command::Edit(change));
    }
}

/// What makes a step of the selected events, of another one, or of text alone; it is open then.
fn add_steps(ui: &mut Ui, lesson: &Item, count: usize, cx: &mut ViewContext<'_>) {
    let add = |steps: Vec<Map<String, Value>>, cx: &mut ViewContext<'_>| {
        let last = count + steps.len();
        let changes = steps.into_iter();
        let changes = changes.map(|step| lesson.add("steps", Value::Object(step)));
        let mut changes: Vec<Change> = changes.collect();
        let change = match changes.len() {
            1 => changes.remove(0),
            many => Change::Together {
                name: format!("add {many} steps"),
                changes,
            },
        };
        cx.commands.push(Command::Edit(change));
        cx.commands
            .push(ListCommand::OpenStep(last.checked_sub(1)).into());
    };
    let several = &cx.state.writing.several;
    let mut chosen: Vec<EventId> = if several.is_empty() {
        cx.state.selected.into_iter().collect()
    } else {
        several.clone()
    };
    // In the order of time.
    chosen.sort_unstable();
    let words = match chosen.len() {
        0 | 1 => "Step of the selected event".to_owned(),
        count => format!("Steps of the {count} selected events"),
    };
    if chosen.is_empty() {
        note(
            ui,
            "Click an event on the timeline, or find one here",
            false,
            cx.theme,
        );
        ui.add_space(4.0);
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        if !chosen.is_empty() && worded_button(ui, &words, cx) {
            let steps = chosen.iter().map(|&event| step_of(event, cx)).collect();
            add(steps, cx);
        }
        if worded_button(ui, "Step of text alone", cx) {
            let mut step = Map::new();
            step.insert("title".to_owned(), Value::from("A step"));
            add(vec![step], cx);
        }
    });
    ui.add_space(4.0);
    let field = EventField {
        label: "",
        id: Id::unique("new step"),
        value: "",
        hint: "Step of another event",
        about: None,
    };
    if let Some(event) = field.show(ui, cx).and_then(Pick::event) {
        let step = step_of(event, cx);
        add(vec![step], cx);
    }
}

/// A button as wide as its words; whether it was pressed.
fn worded_button(ui: &mut Ui, words: &str, cx: &ViewContext<'_>) -> bool {
    let shown = format!("+  {words}");
    let width = cx.measure.width(&shown, Face::SansMedium, 13.0) + 24.0;
    let face = (shown.as_str(), Face::SansMedium);
    widgets::quiet_button(ui, face, words, vec2(width, 32.0), cx.theme).clicked()
}

/// A step that tells an event.
fn step_of(event: EventId, cx: &ViewContext<'_>) -> Map<String, Value> {
    let record = cx.layout.timeline.event(event);
    let mut step = Map::new();
    step.insert("event".to_owned(), Value::from(record.id));
    if !record.summary.is_empty() {
        step.insert("say".to_owned(), Value::from(record.summary));
    }
    step
}

/// The name of a step.
fn title(step: &Value, cx: &ViewContext<'_>) -> String {
    let text = |field: &str| step.get(field).and_then(Value::as_str);
    let timeline = &cx.layout.timeline;
    let event = text("event").and_then(|id| timeline.find_event(id));
    match (text("title"), event) {
        (Some(title), _) if !title.is_empty() => title.to_owned(),
        (_, Some(event)) => timeline.short(event).to_owned(),
        _ => text("event").unwrap_or("without a title").to_owned(),
    }
}

/// The fields of a step.
struct StepFields<'a> {
    item: Item,
    /// Tells them from those of other steps.
    id: Id,
    step: &'a Value,
}

impl StepFields<'_> {
    fn show(&self, ui: &mut Ui, cx: &mut ViewContext<'_>) {
        for (label, field, lines, hint) in [
            (
                "Title, or the question",
                "title",
                1,
                "The event’s title where it is empty",
            ),
            ("On the screen (Markdown)", "say", 3, "What the class reads"),
            ("Notes for the presenter", "notes", 3, "What only you see"),
        ] {
            ui.add_space(8.0);
            let typed = Field {
                label,
                id: self.id.with(field),
                value: self.text(field),
                hint,
                lines,
            }
            .show(ui, cx.theme);
            if typed.is_left {
                self.write(field, Value::from(typed.text.trim()), cx);
            }
        }
        ui.add_space(8.0);
        self.event(ui, cx);
        ui.add_space(8.0);
        self.view(ui, cx);
    }

    /// A text of the step as the file has it; empty where it has none.
    fn text(&self, field: &str) -> &str {
        let value = self.step.get(field).and_then(Value::as_str);
        value.unwrap_or_default()
    }

    fn write(&self, field: &'static str, value: Value, cx: &mut ViewContext<'_>) {
        let change = self.item.write(field, value);
        cx.commands.push(Command::Edit(change));
    }

    /// The event that it tells.
    fn event(&self, ui: &mut Ui, cx: &mut ViewContext<'_>) {
        let now = self.text("event");
        let timeline = &cx.layout.timeline;
        let event = timeline.find_event(now);
        let field = EventField {
            label: "Event",
            id: self.id.with("event"),
            value: event.map_or(now, |it| timeline.event(it).title),
            hint: "The event that it tells",
            about: None,
        };
        if let Some(chosen) = field.show(ui, cx) {
            let id = chosen.event().map(|event| timeline.event(event).id);
            let value = id.map_or(Value::Null, Value::from);
            self.write("event", value, cx);
        }
    }

    /// The stretch of time that it shows.
    fn view(&self, ui: &mut Ui, cx: &mut ViewContext<'_>) {
        let field = Field {
            label: "Time in view",
            id: self.id.with("view"),
            value: self.text("view"),
            hint: "2003/2017; empty: that of the lesson",
            lines: 1,
        };
        let typed = field.show(ui, cx.theme);
        let text = typed.text.trim();
        let is_right = text.is_empty() || typed_date(text).is_ok();
        if !is_right {
            field.refuse(ui, "Write it as 2003/2017", cx.theme);
        } else if typed.is_left {
            let edtf = typed_date(text).map_or_else(|_| String::new(), |date| date.edtf);
            self.write("view", Value::from(edtf), cx);
        }
        ui.add_space(4.0);
        if worded_button(ui, "As I see it now", cx) {
            let seen = seen_now(cx);
            self.write("view", Value::from(seen), cx);
        }
    }
}

/// The stretch of time in view, in EDTF: years, or months where it is short.
fn seen_now(cx: &ViewContext<'_>) -> String {
    let width = f64::from(cx.plot_px - cx.covered_px);
    let [from, to] = [0.0, width].map(|x| cx.camera.time_from_x(x).civil());
    // A long year has no months in EDTF.
    let is_short = to.year - from.year < 3 && from.year.abs().max(to.year.abs()) <= 9999;
    let [from, to] = [from, to].map(|it| {
        if is_short {
            edtf::month(it.year, it.month)
        } else {
            edtf::year(it.year)
        }
    });
    format!("{from}/{to}")
}
