//! What is done with several events at once.

use egui::{Area, Order, Rect, Ui, pos2, vec2};
use serde_json::Value;

use super::{
    choice::{Choice, Chosen},
    field::Field,
    toggles::toggle,
};
use crate::{
    command::{Command, Layer, MenuCommand},
    edit::{Change, Item, Subject},
    layout::Face,
    model::{Certainty, EventId},
    view::{
        ViewContext, accessible,
        text::{self, Style, color},
        widgets,
    },
};

/// Its width, and its distance from the lower edge of the canvas, in px.
const WIDTH_PX: f32 = 560.0;
const FOOT_PX: f32 = 24.0;

/// Shows the sheet over the canvas.
pub fn show(ui: &Ui, canvas: Rect, events: &[EventId], cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let free = canvas.with_max_x(canvas.right() - cx.covered_px);
    let width = WIDTH_PX.min(free.width() - 60.0).max(240.0);
    let id = ui.scope_id().with("several");
    let area = Area::new(id)
        .order(Order::Foreground)
        .pivot(egui::Align2::CENTER_BOTTOM)
        .fixed_pos(pos2(free.center().x, free.bottom() - FOOT_PX));
    let words = format!("{} events", events.len());
    accessible::announce(ui.ctx(), "several", || format!("{words} selected"));
    area.show(ui.ctx(), |ui| {
        widgets::sheet(theme, 16.0).show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            ui.horizontal(|ui| {
                let style = Style::new(Face::SerifSemiBold, 17.0, color(theme.ink));
                let label = egui::Label::new(text::job(&words, &style)).selectable(false);
                accessible::name_heading(&ui.add(label), &words, 2);
                for (name, command) in [
                    ("Copy", MenuCommand::CopyEvent.into()),
                    ("Delete", MenuCommand::Delete.into()),
                    ("Done", Command::Close(Layer::Several)),
                ] {
                    let face = (name, Face::SansMedium);
                    if widgets::quiet_button(ui, face, name, vec2(64.0, 30.0), theme).clicked() {
                        cx.commands.push(command);
                    }
                }
            });
            lane(ui, events, cx);
            certainty(ui, events, cx);
            tag(ui, events, cx);
        });
    });
}

/// Sets a field of all events.
fn write(events: &[EventId], field: &'static str, value: &Value) -> Command {
    let values = events.iter().map(|&event| (event, value.clone()));
    Command::Edit(Change::WriteAll {
        values: values.collect(),
        field,
    })
}

fn lane(ui: &mut Ui, events: &[EventId], cx: &mut ViewContext<'_>) {
    let timeline = &cx.layout.timeline;
    let lanes = timeline.lanes().iter().filter(|lane| !lane.id.is_empty());
    let lanes: Vec<(&str, &str)> = lanes
        .map(|lane| (lane.id.as_str(), lane.label.as_str()))
        .collect();
    let names: Vec<&str> = lanes.iter().map(|(_, label)| *label).collect();
    let chosen = Choice {
        label: "",
        id: egui::Id::unique("lane of several"),
        value: "",
        hint: "Lane of all",
        names: &names,
        new: "",
    }
    .show(ui, cx);
    if let Some(Chosen::Known(number)) = chosen
        && let Some((id, _)) = lanes.get(number)
    {
        let command = write(events, "lane", &Value::from(*id));
        cx.commands.push(command);
        // It is done: the next key is for the chronology.
        ui.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
    }
}

fn certainty(ui: &mut Ui, events: &[EventId], cx: &mut ViewContext<'_>) {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let timeline = &cx.layout.timeline;
        let now = events.first().map(|&event| timeline.certainty(event));
        let is_same = events.iter().all(|&it| Some(timeline.certainty(it)) == now);
        for certainty in Certainty::ALL {
            let is_on = is_same && now == Some(certainty);
            if toggle(ui, certainty.title(), is_on, cx) {
                chosen = Some(certainty);
            }
        }
    });
    if let Some(certainty) = chosen {
        let value = match certainty {
            Certainty::Confirmed => Value::Null,
            other => Value::from(other.word()),
        };
        cx.commands.push(write(events, "certainty", &value));
    }
}

fn tag(ui: &mut Ui, events: &[EventId], cx: &mut ViewContext<'_>) {
    let id = egui::Id::unique("tag of several");
    let field = Field {
        label: "",
        id,
        value: "",
        hint: "A tag for all",
        lines: 1,
    };
    let typed = field.show(ui, cx.theme);
    field.remind(ui, &typed, cx.theme);
    let tag = typed.text.trim();
    if typed.is_added && !tag.is_empty() {
        let timeline = &cx.layout.timeline;
        let without = events.iter().filter(|&&event| {
            let tags = timeline.event(event).tags;
            !tags.iter().any(|&it| timeline.tag(it) == tag)
        });
        let changes = without.map(|&event| {
            let item = Item::of(Subject::Event(event));
            item.add("tags", Value::from(tag))
        });
        cx.commands.push(Command::Edit(Change::Together {
            name: format!("add tag to {} events", events.len()),
            changes: changes.collect(),
        }));
        Field::forget(ui, id);
    }
}
