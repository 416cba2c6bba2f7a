//! The form of an event, in the place and the order of its story.

use egui::{
    Align, Id, Key, Layout as UiLayout, Modifiers, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2,
};
use serde_json::Value;

use super::{
    choice::{Choice, Chosen},
    field::{Field, ask_for_text, note, part},
    form::Form,
    toggles::{toggle, toggles},
};
use crate::{
    command::{Command, FormField, Layer, MenuCommand},
    edit::{Change, Named, Subject, typed_date},
    layout::Face,
    model::{Certainty, EventId},
    time::Moment,
    view::{
        ViewContext, accessible,
        text::{self, Style, color},
        widgets::{self, icon},
    },
};

/// The coloured edge, the heading, and the bar at the bottom, in px.
const EDGE_PX: f32 = 5.0;
const HEAD_PX: f32 = 62.0;
const FOOT_PX: f32 = 54.0;
/// The longest line of a form, in px.
const LINE_PX: f32 = 560.0;

/// Shows the form of an event in `rect`.
pub fn show(ui: &mut Ui, rect: Rect, event: EventId, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    ui.painter().rect_filled(rect, 0.0, color(theme.panel));
    let edge = Rect::from_min_max(rect.min, pos2(rect.left() + EDGE_PX, rect.bottom()));
    let lane_color = cx.lane_color(event);
    ui.painter().rect_filled(edge, 0.0, color(lane_color));
    let foot = Rect::from_min_max(pos2(edge.right(), rect.bottom() - FOOT_PX), rect.max);
    let body = Rect::from_min_max(
        pos2(edge.right(), rect.top() + HEAD_PX),
        pos2(rect.right(), foot.top()),
    );
    let builder = UiBuilder::new()
        .max_rect(body)
        .id_salt("form")
        .accessibility_label("Edit event");
    // Ctrl+Enter closes the form once the field has handed over what is typed.
    let ctrl_enter =
        |input: &mut egui::InputState| input.consume_key(Modifiers::COMMAND, Key::Enter);
    let is_done = ui.input_mut(ctrl_enter);
    if is_done {
        ask_for_text(ui);
    }
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(body.intersect(ui.clip_rect()));
        accessible::announce(ui.ctx(), "side", || "Edit event".to_owned());
        let id = Id::unique("form").with(&cx.state.writing.form_name);
        let area = ScrollArea::vertical().auto_shrink(false).id_salt(id);
        area.show(ui, |ui| {
            let margin = egui::Margin {
                left: 28,
                right: 28,
                top: 6,
                bottom: 24,
            };
            egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.set_max_width(LINE_PX.min(ui.available_width()));
                Form { ui, event, cx }.fields();
            });
        });
    });
    head(ui, rect, event, cx);
    bottom(ui, foot, cx);
    if is_done {
        cx.commands.push(Command::Close(Layer::Form));
    }
}

/// What stands above the fields, whatever of them is in view.
fn head(ui: &mut Ui, rect: Rect, event: EventId, cx: &mut ViewContext<'_>) {
    let left = rect.left() + EDGE_PX + 28.0;
    let at = Rect::from_min_max(
        pos2(left, rect.top() + 28.0),
        rect.right_top() + vec2(-60.0, HEAD_PX),
    );
    let ink = cx.lane_color(event);
    ui.scope_builder(UiBuilder::new().max_rect(at), |ui| {
        widgets::heading(ui, "Edit event", ink);
    });
    let size = vec2(30.0, 30.0);
    let at = Rect::from_min_size(pos2(rect.right() - size.x - 18.0, rect.top() + 22.0), size);
    ui.scope_builder(UiBuilder::new().max_rect(at), |ui| {
        let face = (icon::X, Face::Icons);
        let button = widgets::quiet_button(ui, face, "Close the form", size, cx.theme);
        if button.on_hover_text("Close (Esc)").clicked() {
            cx.commands.push(Command::Close(Layer::Form));
        }
    });
}

/// Delete and Done.
fn bottom(ui: &mut Ui, rect: Rect, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    widgets::hairline(ui, rect, rect.top(), theme);
    let builder = UiBuilder::new()
        .max_rect(rect.shrink2(vec2(18.0, 10.0)))
        .layout(UiLayout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        let size = vec2(84.0, 34.0);
        let delete = ("Delete", Face::SansMedium);
        let button = widgets::quiet_button(ui, delete, "Delete the event", size, theme);
        if button.on_hover_text("Can be undone (Ctrl+Z)").clicked() {
            cx.commands.push(MenuCommand::Delete.into());
        }
        let duplicate = ("Duplicate", Face::SansMedium);
        let button = widgets::quiet_button(ui, duplicate, "Duplicate the event", size, theme);
        if button
            .on_hover_text("A second one like it (Ctrl+D)")
            .clicked()
        {
            cx.commands.push(MenuCommand::Duplicate.into());
        }
        ui.with_layout(UiLayout::right_to_left(Align::Center), |ui| {
            // Where that is narrow, without its keys.
            let (words, width) = if ui.available_width() < 150.0 {
                ("Done", 70.0)
            } else {
                ("Done  Ctrl+Enter", 150.0)
            };
            let done = (words, Face::SansSemiBold);
            let button = widgets::quiet_button(ui, done, "Done", vec2(width, 34.0), theme);
            if button.clicked() {
                cx.commands.push(Command::Close(Layer::Form));
            }
        });
    });
}

/// Has the canvas show where a date is that is being typed.
pub fn show_typed(covers: Option<(Moment, Moment)>, is_other: bool, cx: &mut ViewContext<'_>) {
    let wanted = covers.filter(|_| is_other);
    if cx.state.writing.typed != wanted {
        cx.commands.push(Command::SetTyped(wanted));
    }
}

/// A field of the event that is a text.
struct TextField<'t> {
    label: &'static str,
    /// Its name in the file.
    field: &'static str,
    lines: usize,
    /// What the file has.
    value: &'t str,
    hint: &'t str,
}

impl Form<'_, '_, '_> {
    fn fields(&mut self) {
        let record = self.cx.layout.timeline.event(self.event);
        self.text(&TextField {
            label: "Title",
            field: "title",
            lines: 1,
            value: record.title,
            hint: "What happened, in a line",
        });
        self.gap();
        self.date();
        self.gap();
        self.lane();
        self.gap();
        self.certainty();
        self.gap();
        self.text(&TextField {
            label: "Summary",
            field: "summary",
            lines: 3,
            value: record.summary,
            hint: "One or two sentences",
        });
        self.gap();
        self.text(&TextField {
            label: "Details (Markdown)",
            field: "details",
            lines: 3,
            value: record.details,
            hint: "The whole story",
        });
        self.people();
        self.gap();
        self.place();
        self.links("Because of", "because");
        self.links("See also", "see_also");
        self.sources();
        self.tags();
        self.pictures();
        part(self.ui, "More", self.cx.theme);
        self.text(&TextField {
            label: "Short title, for the label",
            field: "short",
            lines: 1,
            value: &self.in_file("short"),
            hint: record.title,
        });
        self.gap();
        self.text(&TextField {
            label: "Words of the date",
            field: "date_label",
            lines: 1,
            value: &self.in_file("date_label"),
            hint: "What is said instead of the words made of the date",
        });
        self.gap();
        self.importance();
        self.gap();
        self.identity();
    }

    fn text(&mut self, text: &TextField<'_>) {
        let field = Field {
            label: text.label,
            id: self.id(text.field),
            value: text.value,
            hint: text.hint,
            lines: text.lines,
        };
        let typed = field.show(self.ui, self.cx.theme);
        if text.field == "title" {
            self.focus_once(FormField::Title, &typed.response);
            if typed.text.trim().is_empty() {
                return field.refuse(self.ui, "An event needs a title", self.cx.theme);
            }
        }
        if typed.is_left {
            self.write(text.field, Value::from(typed.text.trim()));
        }
    }

    /// The date: what is understood is said while one types, and what is not is kept.
    fn date(&mut self) {
        let value = self.in_file("date");
        let field = Field {
            label: "Date",
            id: self.id("date"),
            value: &value,
            hint: "2014, June 2014, 10 June 2014, c. 1200, 44 BC, 2003–2010",
            lines: 1,
        };
        let typed = field.show(self.ui, self.cx.theme);
        match typed_date(&typed.text) {
            Ok(date) => {
                let is_other = date.edtf != value;
                show_typed(
                    date.when.earliest().zip(date.when.latest()),
                    is_other,
                    self.cx,
                );
                note(self.ui, &date.words().to_string(), false, self.cx.theme);
                for doubt in &date.doubts {
                    note(self.ui, &doubt.to_string(), false, self.cx.theme);
                }
                if typed.is_left {
                    self.write("date", Value::from(date.edtf));
                }
            }
            Err(why) => field.refuse(self.ui, &why, self.cx.theme),
        }
    }

    fn lane(&mut self) {
        let timeline = &self.cx.layout.timeline;
        let lanes: Vec<(&str, &str)> = timeline
            .lanes()
            .iter()
            .filter(|lane| !lane.id.is_empty())
            .map(|lane| (lane.id.as_str(), lane.label.as_str()))
            .collect();
        let names: Vec<&str> = lanes.iter().map(|(_, label)| *label).collect();
        let now = &timeline.lane_record(timeline.lane(self.event)).label;
        let chosen = Choice {
            label: "Lane",
            id: self.id("lane"),
            value: now,
            hint: "No lane",
            names: &names,
            new: "lane",
        }
        .show(self.ui, self.cx);
        match chosen {
            Some(Chosen::Known(number)) => {
                if let Some((id, _)) = lanes.get(number) {
                    self.write("lane", Value::from(*id));
                }
            }
            Some(Chosen::New(name)) => self.add(Named::Lane, name),
            Some(Chosen::None) => self.write("lane", Value::Null),
            None => {}
        }
    }

    fn certainty(&mut self) {
        let now = self.cx.layout.timeline.certainty(self.event);
        let style = Style::new(Face::Sans, 12.0, color(self.cx.theme.muted));
        let label = egui::Label::new(text::job("How sure", &style)).selectable(false);
        self.ui.add(label);
        self.ui.add_space(4.0);
        let names = Certainty::ALL.map(Certainty::title);
        let on = Certainty::ALL.iter().position(|it| *it == now);
        let chosen = toggles(self.ui, &names, on.unwrap_or(0), self.cx);
        if let Some(certainty) = chosen.and_then(|number| Certainty::ALL.get(number).copied()) {
            let value = match certainty {
                Certainty::Confirmed => Value::Null,
                other => Value::from(other.word()),
            };
            self.write("certainty", value);
        }
    }

    fn importance(&mut self) {
        let now = self.cx.layout.timeline.importance(self.event);
        let style = Style::new(Face::Sans, 12.0, color(self.cx.theme.muted));
        let words = "How important: 5 keeps its label longest";
        let label = egui::Label::new(text::job(words, &style)).selectable(false);
        self.ui.add(label);
        self.ui.add_space(4.0);
        let mut chosen = None;
        self.ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for importance in 1..=5_u8 {
                let name = importance.to_string();
                if toggle(ui, &name, importance == now, self.cx) {
                    chosen = Some(importance);
                }
            }
        });
        if let Some(importance) = chosen {
            let value = if importance == 3 {
                Value::Null
            } else {
                Value::from(importance)
            };
            self.write("importance", value);
        }
    }

    fn place(&mut self) {
        let timeline = &self.cx.layout.timeline;
        let now = timeline.event(self.event).place;
        let now = now.map_or("", |place| timeline.place(place).name.as_str());
        let id = self.id("place");
        let all = timeline.places().iter();
        let all = all.map(|it| (it.id.as_str(), it.name.as_str()));
        let (ids, all) = self.offered(id, all, |_| false);
        let chosen = Choice {
            label: "Place",
            id,
            value: now,
            hint: "Where it was",
            names: &all,
            new: "place",
        }
        .show(self.ui, self.cx);
        match chosen {
            Some(Chosen::Known(number)) => {
                if let Some(id) = ids.get(number).map(|id| Value::from(*id)) {
                    self.write("place", id);
                }
            }
            Some(Chosen::New(name)) => self.add(Named::Place, name),
            Some(Chosen::None) => self.write("place", Value::Null),
            None => {}
        }
    }

    /// The id by which links and lessons name the event.
    fn identity(&mut self) {
        let id = self.cx.layout.timeline.event(self.event).id.to_owned();
        let field = Field {
            label: "Id, by which links and lessons name it",
            id: self.id("id"),
            value: &id,
            hint: "",
            lines: 1,
        };
        let typed = field.show(self.ui, self.cx.theme);
        let wanted = typed.text.trim();
        let is_taken = wanted != id && self.cx.layout.timeline.find_event(wanted).is_some();
        if is_taken {
            field.refuse(self.ui, "Another event has this id", self.cx.theme);
        } else if typed.is_left && !wanted.is_empty() {
            self.push(Change::Rename {
                of: Subject::Event(self.event),
                id: wanted.to_owned(),
            });
        }
    }
}
