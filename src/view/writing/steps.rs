//! The steps of a lesson, to be changed.

use egui::{Id, Response, Role, Sense, Ui, pos2, vec2};
use serde_json::{Map, Value};

use super::{
    event_choice::{EventField, Pick},
    field::{Field, note, part},
    order::{Move, after_move, after_removal, reordered},
    question,
};
use crate::{
    command::{Command, ListCommand},
    edit::{Change, Part, Subject, typed_date},
    formats::json::ranges::RowList,
    layout::{Face, measure::elided},
    model::EventId,
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
    let open = cx.state.writing.open_step;
    // Above them, so that one is added after the other without looking for it.
    add_steps(ui, of, steps.len(), cx);
    ui.add_space(6.0);
    let mut heads = Vec::new();
    let mut wanted: Option<Move> = None;
    for (number, step) in steps.iter().enumerate() {
        let is_open = open == Some(number);
        let (response, pressed) = head(ui, (of, number, steps.len()), step, is_open, cx);
        heads.push(response);
        wanted = wanted.or(pressed);
        if is_open {
            let told = question::told_events(steps, cx);
            fields(ui, of, (lesson, number), (step, told), cx);
            ui.add_space(12.0);
        }
    }
    if let Some((from, to)) = wanted.or_else(|| reordered(ui, &heads, cx)) {
        cx.commands.push(Command::Edit(Change::MoveItem {
            of,
            path: Vec::new(),
            list: "steps",
            from,
            to,
        }));
        let open = open.map(|open| after_move(open, (from, to)));
        cx.commands.push(ListCommand::OpenStep(open).into());
    }
}

/// What makes a step of the selected events, of another one, or of text alone; it is open then.
fn add_steps(ui: &mut Ui, of: Subject, count: usize, cx: &mut ViewContext<'_>) {
    let add = |steps: Vec<Map<String, Value>>, cx: &mut ViewContext<'_>| {
        let last = count + steps.len();
        let changes = steps.into_iter().map(|step| Change::AddItem {
            of,
            path: Vec::new(),
            list: "steps",
            item: Value::Object(step),
        });
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
    let id = Id::unique("new step").with(of);
    let field = EventField {
        label: "",
        id,
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

fn head(
    ui: &mut Ui,
    (of, number, count): (Subject, usize, usize),
    step: &Value,
    is_open: bool,
    cx: &mut ViewContext<'_>,
) -> (Response, Option<Move>) {
    let theme = cx.theme;
    let name = format!("{}. {}", number + 1, title(step, cx));
    let mut moved = None;
    let shown = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let size = vec2((ui.available_width() - 90.0).max(60.0), 30.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
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
            cx.commands.push(ListCommand::OpenStep(open).into());
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
                    moved = Some((number, to));
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
            let open = cx.state.writing.open_step;
            let open = open.and_then(|open| after_removal(open, number));
            cx.commands.push(ListCommand::OpenStep(open).into());
        }
        response
    });
    (shown.inner, moved)
}

fn fields(
    ui: &mut Ui,
    of: Subject,
    (lesson, number): (usize, usize),
    (step, told): (&Value, Vec<Value>),
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
    let asked = question::Asked {
        of,
        lesson,
        number,
        step,
    };
    asked.show(ui, told, cx);
}

/// The event of a step.
fn event(
    ui: &mut Ui,
    id: Id,
    now: &str,
    write: &impl Fn(&'static str, Value) -> Command,
    cx: &mut ViewContext<'_>,
) {
    let timeline = &cx.layout.timeline;
    let value = timeline
        .find_event(now)
        .map_or(now, |it| timeline.event(it).title)
        .to_owned();
    let field = EventField {
        label: "Event",
        id,
        value: &value,
        hint: "The event that it tells",
        about: None,
    };
    if let Some(chosen) = field.show(ui, cx) {
        let id = chosen
            .event()
            .map(|event| cx.layout.timeline.event(event).id);
        cx.commands
            .push(write("event", id.map_or(Value::Null, Value::from)));
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
        hint: "2003/2017; empty: that of the lesson",
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
