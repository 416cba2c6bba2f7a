//! The steps of a lesson, to be changed.

use egui::{Id, Role, Sense, Ui, pos2, vec2};
use serde_json::{Map, Value, json};

use super::{
    choice::{Choice, Chosen, toggle},
    field::{Field, part},
};
use crate::{
    command::Command,
    edit::{Change, Part, Subject, typed_date},
    formats::json::ranges::RowList,
    layout::{Face, measure::elided},
    model::Ask,
    view::{
        ViewContext, accessible,
        text::color,
        widgets::{self, icon},
    },
};

/// Shows the steps of the lesson of a number.
pub fn show(ui: &mut Ui, lesson: usize, row: &Value, cx: &mut ViewContext<'_>) {
    part(ui, "Steps", cx.theme);
    let of = Subject::Row(RowList::Lessons, lesson);
    let steps = row.get("steps").and_then(Value::as_array);
    let steps = steps.map_or(&[][..], Vec::as_slice);
    let open_id = Id::unique("open step").with(lesson);
    let open: Option<usize> = ui.data(|data| data.get_temp(open_id)).flatten();
    for (number, step) in steps.iter().enumerate() {
        let is_open = open == Some(number);
        head(ui, (of, number, steps.len()), step, (open_id, is_open), cx);
        if is_open {
            fields(ui, of, (lesson, number), step, cx);
            ui.add_space(12.0);
        }
    }
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        let size = vec2(190.0, 32.0);
        let add = |step: Map<String, Value>| {
            Command::Edit(Change::AddItem {
                of,
                path: Vec::new(),
                list: "steps",
                item: Value::Object(step),
            })
        };
        ui.add_enabled_ui(cx.state.selected.is_some(), |ui| {
            let words = "Step of the selected event";
            let face = (words, Face::SansMedium);
            if widgets::quiet_button(ui, face, words, size, cx.theme).clicked()
                && let Some(event) = cx.state.selected
            {
                let record = cx.layout.timeline.event(event);
                let mut step = Map::new();
                step.insert("event".to_owned(), Value::from(record.id));
                if !record.summary.is_empty() {
                    step.insert("say".to_owned(), Value::from(record.summary));
                }
                cx.commands.push(add(step));
            }
        });
        let words = "Step of text alone";
        let face = (words, Face::SansMedium);
        if widgets::quiet_button(ui, face, words, vec2(150.0, 32.0), cx.theme).clicked() {
            let mut step = Map::new();
            step.insert("title".to_owned(), Value::from("A step"));
            cx.commands.push(add(step));
        }
    });
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

fn head(
    ui: &mut Ui,
    (of, number, count): (Subject, usize, usize),
    step: &Value,
    (open_id, is_open): (Id, bool),
    cx: &mut ViewContext<'_>,
) {
    let theme = cx.theme;
    let name = format!("{}. {}", number + 1, title(step, cx));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let size = vec2((ui.available_width() - 90.0).max(60.0), 30.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let choice = accessible::Pressable::choice(Role::DisclosureTriangle, &name, is_open);
        let response = choice.paint(ui, response, theme, |response| {
            if response.hovered() || is_open {
                ui.painter()
                    .rect_filled(rect, 6.0, color(theme.ink.faded(0.05)));
            }
            let mut cut = String::new();
            let font = (Face::Sans, 13.5);
            let shown = elided(&name, font, rect.width() - 12.0, cx.measure, &mut cut);
            widgets::write(
                ui,
                pos2(rect.left() + 8.0, rect.center().y),
                shown,
                font,
                theme.ink,
            );
        });
        if response.clicked() {
            let open = (!is_open).then_some(number);
            ui.data_mut(|data| data.insert_temp(open_id, open));
        }
        let ends = [
            number.checked_sub(1),
            Some(number + 1).filter(|it| *it < count),
        ];
        for ((sign, words), to) in [("↑", "earlier"), ("↓", "later")].into_iter().zip(ends) {
            ui.add_enabled_ui(to.is_some(), |ui| {
                let words = format!("Move step {} {words}", number + 1);
                let face = (sign, Face::Sans);
                let button = widgets::quiet_button(ui, face, &words, vec2(28.0, 28.0), theme);
                if let Some(to) = to.filter(|_| button.clicked()) {
                    cx.commands.push(Command::Edit(Change::MoveItem {
                        of,
                        path: Vec::new(),
                        list: "steps",
                        from: number,
                        to,
                    }));
                }
            });
        }
        let words = format!("Delete step {}", number + 1);
        let face = (icon::X, Face::Icons);
        if widgets::quiet_button(ui, face, &words, vec2(28.0, 28.0), theme).clicked() {
            cx.commands.push(Command::Edit(Change::RemoveItem {
                of,
                path: Vec::new(),
                list: "steps",
                number,
            }));
        }
    });
}

fn fields(
    ui: &mut Ui,
    of: Subject,
    (lesson, number): (usize, usize),
    step: &Value,
    cx: &mut ViewContext<'_>,
) {
    let path = || vec![Part::Field("steps"), Part::Item(number)];
    let id = |field: &str| Id::unique("step").with((lesson, number, field));
    let write = |field: &'static str, value: Value| {
        Command::Edit(Change::Write {
            of,
            path: path(),
            field,
            value,
        })
    };
    let text = |field: &str| step.get(field).and_then(Value::as_str).unwrap_or_default();
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
            id: id(field),
            value: text(field),
            hint,
            lines,
        }
        .show(ui, cx.theme);
        if typed.is_left {
            cx.commands
                .push(write(field, Value::from(typed.text.trim())));
        }
    }
    ui.add_space(8.0);
    event(ui, id("event"), text("event"), &write, cx);
    ui.add_space(8.0);
    view(ui, id("view"), text("view"), &write, cx);
    ask(ui, text("ask"), &write, cx);
    if text("ask") == "choose" {
        answers(ui, (of, number), (lesson, step), cx);
    }
}

/// The event of a step.
fn event(
    ui: &mut Ui,
    id: Id,
    now: &str,
    write: &impl Fn(&'static str, Value) -> Command,
    cx: &mut ViewContext<'_>,
) {
    const MOST_EVENTS: usize = 5_000;
    let timeline = &cx.layout.timeline;
    let events: Vec<_> = timeline.events().take(MOST_EVENTS).collect();
    let names: Vec<&str> = events.iter().map(|&it| timeline.event(it).title).collect();
    let value = timeline
        .find_event(now)
        .map_or(now, |it| timeline.event(it).title);
    let chosen = Choice {
        label: "Event",
        id,
        value,
        hint: "The event that it tells",
        names: &names,
        new: "",
    }
    .show(ui, cx);
    match chosen {
        Some(Chosen::Known(number)) => {
            if let Some(&event) = events.get(number) {
                let id = cx.layout.timeline.event(event).id;
                cx.commands.push(write("event", Value::from(id)));
            }
        }
        Some(Chosen::None) => cx.commands.push(write("event", Value::Null)),
        _ => {}
    }
}

/// The stretch of time that a step shows.
fn view(
    ui: &mut Ui,
    id: Id,
    now: &str,
    write: &impl Fn(&'static str, Value) -> Command,
    cx: &mut ViewContext<'_>,
) {
    let typed = Field {
        label: "Time in view",
        id,
        value: now,
        hint: "2003/2017; that of the whole lesson where it is empty",
        lines: 1,
    }
    .show(ui, cx.theme);
    let text = typed.text.trim();
    let is_right = text.is_empty() || typed_date(text).is_ok();
    if !is_right {
        super::field::note(ui, "Write it as 2003/2017", true, cx.theme);
    } else if typed.is_left {
        let edtf = typed_date(text).map_or_else(|_| String::new(), |date| date.edtf);
        cx.commands.push(write("view", Value::from(edtf)));
    }
    ui.add_space(4.0);
    let words = "As I see it now";
    let face = (words, Face::SansMedium);
    if widgets::quiet_button(ui, face, words, vec2(140.0, 30.0), cx.theme).clicked() {
        let width = f64::from(cx.plot_px - cx.covered_px);
        let [from, to] = [0.0, width].map(|x| cx.camera.time_from_x(x).civil());
        let year = |year: i64| match year {
            0..=9999 => format!("{year:04}"),
            -9999..0 => format!("-{:04}", -year),
            year => format!("Y{year}"),
        };
        let is_short = to.year - from.year < 3 && (0..=9999).contains(&from.year);
        let written = if is_short {
            format!(
                "{}-{:02}/{}-{:02}",
                year(from.year),
                from.month,
                year(to.year),
                to.month
            )
        } else {
            format!("{}/{}", year(from.year), year(to.year))
        };
        cx.commands.push(write("view", Value::from(written)));
    }
}

/// What the class is asked.
fn ask(
    ui: &mut Ui,
    now: &str,
    write: &impl Fn(&'static str, Value) -> Command,
    cx: &mut ViewContext<'_>,
) {
    part(ui, "Ask the class before", cx.theme);
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
            if toggle(ui, name, word == now, cx) {
                chosen = Some(word);
            }
        }
    });
    if let Some(word) = chosen {
        cx.commands.push(write("ask", Value::from(word)));
    }
}

/// The answers to choose from; a click on the ring makes one the right one.
fn answers(
    ui: &mut Ui,
    (of, number): (Subject, usize),
    (lesson, step): (usize, &Value),
    cx: &mut ViewContext<'_>,
) {
    let answers = step.get("answers").and_then(Value::as_array);
    let answers = answers.map_or(&[][..], Vec::as_slice);
    let path = || vec![Part::Field("steps"), Part::Item(number)];
    for (place, answer) in answers.iter().enumerate() {
        let text = answer
            .get("text")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_right = answer
            .get("right")
            .and_then(Value::as_bool)
            .unwrap_or_default();
        let mut inner = path();
        inner.extend([Part::Field("answers"), Part::Item(place)]);
        let typed = Field {
            label: "",
            id: Id::unique("answer").with((lesson, number, place)),
            value: text,
            hint: "An answer",
            lines: 1,
        }
        .show(ui, cx.theme);
        if typed.is_left {
            let text = typed.text.trim();
            cx.commands.push(Command::Edit(if text.is_empty() {
                Change::RemoveItem {
                    of,
                    path: path(),
                    list: "answers",
                    number: place,
                }
            } else {
                Change::Write {
                    of,
                    path: inner.clone(),
                    field: "text",
                    value: Value::from(text),
                }
            }));
        }
        ui.add_space(2.0);
        if toggle(ui, "The right one", is_right, cx) {
            let mark = |place: usize, value: Value| {
                let mut inner = path();
                inner.extend([Part::Field("answers"), Part::Item(place)]);
                Change::Write {
                    of,
                    path: inner,
                    field: "right",
                    value,
                }
            };
            let changes = (0..answers.len()).map(|other| {
                let value = if other == place {
                    json!(true)
                } else {
                    Value::Null
                };
                mark(other, value)
            });
            cx.commands.push(Command::Edit(Change::Together {
                name: "change the right answer".to_owned(),
                changes: changes.collect(),
            }));
        }
        ui.add_space(6.0);
    }
    let id = Id::unique("new answer").with((lesson, number));
    let typed = Field {
        label: "",
        id,
        value: "",
        hint: "Another answer",
        lines: 1,
    }
    .show(ui, cx.theme);
    let text = typed.text.trim();
    if typed.is_left && !text.is_empty() {
        cx.commands.push(Command::Edit(Change::AddItem {
            of,
            path: path(),
            list: "answers",
            item: json!({ "text": text }),
        }));
        Field::forget(ui, id);
    }
}
