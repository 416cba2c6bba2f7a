//! The form of an event, in the place and the order of its story.

use egui::{
    Align, Id, Key, Layout as UiLayout, Modifiers, Rect, Response, ScrollArea, Ui, UiBuilder, pos2,
    vec2,
};
use serde_json::{Value, json};

use super::{
    choice::{Choice, Chosen, chips, toggle, toggles},
    event_choice::EventField,
    field::{Field, note, part},
};
use crate::{
    command::{Command, FormField, Layer, MenuCommand},
    edit::{Change, Named, Part, Subject, typed_date},
    layout::{Face, wording::Wording},
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
    // Ctrl+Enter leaves the field, which so far has what is typed, before it closes the form.
    let ctrl_enter =
        |input: &mut egui::InputState| input.consume_key(Modifiers::COMMAND, Key::Enter);
    let is_done = ui.input_mut(ctrl_enter);
    if is_done {
        ui.memory_mut(|memory| {
            if let Some(id) = memory.focused() {
                memory.surrender_focus(id);
            }
        });
    }
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(body.intersect(ui.clip_rect()));
        accessible::announce(ui.ctx(), "side", || "Edit event".to_owned());
        let id = cx.layout.timeline.event(event).id;
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
            let done = ("Done  Ctrl+Enter", Face::SansSemiBold);
            let button = widgets::quiet_button(ui, done, "Done", vec2(150.0, 34.0), theme);
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

/// A text of an item; empty where it has none.
fn text_of<'v>(item: &'v Value, field: &str) -> &'v str {
    item.get(field).and_then(Value::as_str).unwrap_or_default()
}

struct Form<'u, 'c, 'a> {
    ui: &'u mut Ui,
    event: EventId,
    cx: &'c mut ViewContext<'a>,
}

impl Form<'_, '_, '_> {
    /// A text of the event as the file has it.
    fn in_file(&self, field: &str) -> String {
        let value = self.cx.writing.row.and_then(|row| row.get(field));
        match value {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    /// The items of a list of the event as the file has it: a change names them by their number in it.
    fn in_list(&self, list: &str) -> Vec<Value> {
        let items = self.cx.writing.row.and_then(|row| row.get(list));
        items.and_then(Value::as_array).cloned().unwrap_or_default()
    }

    /// The items of a list of names.
    fn names(&self, list: &str) -> Vec<String> {
        let name = |item: &Value| item.as_str().unwrap_or_default().to_owned();
        self.in_list(list).iter().map(name).collect()
    }

    /// The id of a field: what is typed in it is of this event.
    fn id(&self, field: &str) -> Id {
        let id = self.cx.layout.timeline.event(self.event).id;
        Id::unique("form").with((id, field))
    }

    fn push(&mut self, change: Change) {
        self.cx.commands.push(Command::Edit(change));
    }

    fn write(&mut self, path: Vec<Part>, field: &'static str, value: Value) {
        self.push(Change::Write {
            of: Subject::Event(self.event),
            path,
            field,
            value,
        });
    }

    fn fields(&mut self) {
        let timeline = &self.cx.layout.timeline;
        let record = timeline.event(self.event);
        self.text(
            ("Title", "title", 1),
            record.title,
            "What happened, in a line",
        );
        self.gap();
        self.date();
        self.gap();
        self.lane();
        self.gap();
        self.certainty();
        self.gap();
        let record = self.cx.layout.timeline.event(self.event);
        self.text(
            ("Summary", "summary", 3),
            record.summary,
            "One or two sentences",
        );
        self.gap();
        let record = self.cx.layout.timeline.event(self.event);
        self.text(
            ("Details (Markdown)", "details", 3),
            record.details,
            "The whole story",
        );
        self.people();
        self.gap();
        self.place();
        self.links(("Because of", "because"));
        self.links(("See also", "see_also"));
        self.sources();
        self.tags();
        self.pictures();
        part(self.ui, "More", self.cx.theme);
        let record = self.cx.layout.timeline.event(self.event);
        let short = self.in_file("short");
        self.text(
            ("Short title, for the label", "short", 1),
            &short,
            record.title,
        );
        self.gap();
        let label = self.in_file("date_label");
        let said = "What is said instead of the words made of the date";
        self.text(("Words of the date", "date_label", 1), &label, said);
        self.gap();
        self.importance();
        self.gap();
        self.identity();
    }

    fn gap(&mut self) {
        self.ui.add_space(12.0);
    }

    /// A field of the event that is a text.
    fn text(
        &mut self,
        (label, field, lines): (&str, &'static str, usize),
        value: &str,
        hint: &str,
    ) {
        let typed = Field {
            label,
            id: self.id(field),
            value,
            hint,
            lines,
        }
        .show(self.ui, self.cx.theme);
        if field == "title" {
            self.focus_once(FormField::Title, &typed.response);
        }
        if field == "title" && typed.text.trim().is_empty() {
            note(self.ui, "An event needs a title", true, self.cx.theme);
            return;
        }
        if typed.is_left {
            self.write(Vec::new(), field, Value::from(typed.text.trim()));
        }
    }

    /// Gives a field the keyboard focus where the form was just opened for it.
    fn focus_once(&self, field: FormField, response: &Response) {
        let opened_id = Id::unique("form opened");
        let (opened, wanted) = self.cx.state.writing.field;
        if wanted == field && self.ui.data(|data| data.get_temp(opened_id)) != Some(opened) {
            self.ui.data_mut(|data| data.insert_temp(opened_id, opened));
            response.request_focus();
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
                    self.write(Vec::new(), "date", Value::from(date.edtf));
                }
            }
            Err(why) => note(self.ui, &why, true, self.cx.theme),
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
                    self.write(Vec::new(), "lane", Value::from(*id));
                }
            }
            Some(Chosen::New(name)) => self.add(Named::Lane, name),
            Some(Chosen::None) => self.write(Vec::new(), "lane", Value::Null),
            None => {}
        }
    }

    fn add(&mut self, what: Named, name: String) {
        self.push(Change::AddNamed {
            event: self.event,
            what,
            name,
        });
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
            self.write(Vec::new(), "certainty", value);
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
            self.write(Vec::new(), "importance", value);
        }
    }

    fn remove_item(&mut self, list: &'static str, number: usize) {
        self.push(Change::RemoveItem {
            of: Subject::Event(self.event),
            path: Vec::new(),
            list,
            number,
        });
    }

    fn add_item(&mut self, list: &'static str, item: Value) {
        self.push(Change::AddItem {
            of: Subject::Event(self.event),
            path: Vec::new(),
            list,
            item,
        });
    }

    fn people(&mut self) {
        part(self.ui, "People and groups", self.cx.theme);
        let timeline = &self.cx.layout.timeline;
        // Somebody whom the file does not have is shown by the id, so that it can be taken away.
        let items = self.names("people").into_iter();
        let names: Vec<String> = items
            .map(|it| match timeline.find_person(&it) {
                Some(id) => timeline.person(id).name.clone(),
                None => it,
            })
            .collect();
        if let Some(number) = chips(self.ui, &names, "Remove the person", self.cx) {
            self.remove_item("people", number);
        }
        let layout = self.cx.layout;
        let timeline = &layout.timeline;
        // Who is there already is not offered.
        let taken = self.names("people");
        let others = timeline.people().iter();
        let others = others.filter(|person| !taken.contains(&person.id));
        let (ids, all): (Vec<&str>, Vec<&str>) =
            others.map(|it| (it.id.as_str(), it.name.as_str())).unzip();
        let chosen = Choice {
            label: "",
            id: self.id("people"),
            value: "",
            hint: "Add a person or a group",
            names: &all,
            new: "person",
        }
        .show(self.ui, self.cx);
        match chosen {
            Some(Chosen::Known(number)) => {
                if let Some(id) = ids.get(number).map(|id| Value::from(*id)) {
                    self.add_item("people", id);
                }
            }
            Some(Chosen::New(name)) => self.add(Named::Person, name),
            _ => {}
        }
    }

    fn place(&mut self) {
        let timeline = &self.cx.layout.timeline;
        let now = timeline.event(self.event).place;
        let now = now.map_or("", |place| timeline.place(place).name.as_str());
        let all: Vec<&str> = timeline
            .places()
            .iter()
            .map(|it| it.name.as_str())
            .collect();
        let chosen = Choice {
            label: "Place",
            id: self.id("place"),
            value: now,
            hint: "Where it was",
            names: &all,
            new: "place",
        }
        .show(self.ui, self.cx);
        match chosen {
            Some(Chosen::Known(number)) => {
                if let Some(place) = self.cx.layout.timeline.places().get(number) {
                    self.write(Vec::new(), "place", Value::from(place.id.as_str()));
                }
            }
            Some(Chosen::New(name)) => self.add(Named::Place, name),
            Some(Chosen::None) => self.write(Vec::new(), "place", Value::Null),
            None => {}
        }
    }

    /// Links to other events, each with the words of the link.
    fn links(&mut self, (label, list): (&str, &'static str)) {
        part(self.ui, label, self.cx.theme);
        let timeline = &self.cx.layout.timeline;
        let mut wording = Wording::default();
        let items = self.in_list(list);
        let links: Vec<(String, &str, String)> = items
            .iter()
            .map(|item| {
                let (id, words) = (text_of(item, "event"), text_of(item, "label"));
                match timeline.find_event(id) {
                    Some(event) => {
                        let date = wording.date(timeline, event).to_owned();
                        (timeline.short(event).to_owned(), words, date)
                    }
                    None => (id.to_owned(), words, "no such event".to_owned()),
                }
            })
            .collect();
        for (number, (title, words, date)) in links.iter().enumerate() {
            let style = Style::new(Face::SansMedium, 13.5, color(self.cx.theme.ink));
            if self.row(title, date, &style, &format!("Remove the link to {title}")) {
                self.remove_item(list, number);
            }
            let id = self.id(list).with(("label", number));
            let typed = Field {
                label: "",
                id,
                value: words,
                hint: "How the two hang together, such as: three years later",
                lines: 1,
            }
            .show(self.ui, self.cx.theme);
            if list == "because" && number + 1 == links.len() {
                self.focus_once(FormField::LastCause, &typed.response);
            }
            if typed.is_left {
                let path = vec![Part::Field(list), Part::Item(number)];
                self.write(path, "label", Value::from(typed.text.trim()));
            }
            self.ui.add_space(8.0);
        }
        if let Some(other) = self.other_event(list) {
            let id = self.cx.layout.timeline.event(other).id;
            self.add_item(list, json!({ "event": id }));
        }
    }

    /// A field in which another event is found.
    fn other_event(&mut self, list: &str) -> Option<EventId> {
        let field = EventField {
            label: "",
            id: self.id(list).with("new"),
            value: "",
            hint: "Another event",
            about: Some(self.event),
        };
        field.show(self.ui, self.cx)?.event()
    }

    /// A row with a cross that takes it away; whether it was pressed.
    fn row(&mut self, words: &str, date: &str, style: &Style, remove: &str) -> bool {
        let theme = self.cx.theme;
        let mut is_removed = false;
        self.ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let size = vec2(26.0, 26.0);
            let room = ui.available_width() - size.x - 6.0;
            let line = if date.is_empty() {
                words.to_owned()
            } else {
                format!("{words} · {date}")
            };
            ui.allocate_ui(vec2(room, 26.0), |ui| {
                ui.set_width(room);
                let label = egui::Label::new(text::job(&line, style)).truncate();
                accessible::name_text(&ui.add(label), &line);
            });
            let face = (icon::X, Face::Icons);
            let button = widgets::quiet_button(ui, face, remove, size, theme);
            is_removed = button.on_hover_text("Take it away").clicked();
        });
        self.ui.add_space(2.0);
        is_removed
    }

    fn sources(&mut self) {
        part(self.ui, "Sources", self.cx.theme);
        let timeline = &self.cx.layout.timeline;
        let items = self.in_list("sources");
        let cited: Vec<(String, String, &str)> = items
            .iter()
            .map(|item| {
                let id = text_of(item, "source");
                let mut sources = timeline.sources().iter().enumerate();
                let source = sources.find(|(_, source)| source.id == id);
                let (words, title) = match source {
                    Some((number, source)) => {
                        let words = format!("{}  {}", number + 1, source.title);
                        (words, source.title.clone())
                    }
                    None => (format!("{id} · no such source"), id.to_owned()),
                };
                (words, title, text_of(item, "where"))
            })
            .collect();
        for (number, (words, title, place)) in cited.iter().enumerate() {
            let style = Style::new(Face::Sans, 13.5, color(self.cx.theme.ink));
            if self.row(words, "", &style, &format!("Remove the source {title}")) {
                self.remove_item("sources", number);
            }
            let id = self.id("sources").with(("where", number));
            let typed = Field {
                label: "",
                id,
                value: place,
                hint: "Where in it: page, paragraph, minute",
                lines: 1,
            }
            .show(self.ui, self.cx.theme);
            if typed.is_left {
                let path = vec![Part::Field("sources"), Part::Item(number)];
                self.write(path, "where", Value::from(typed.text.trim()));
            }
            self.ui.add_space(8.0);
        }
        let layout = self.cx.layout;
        let timeline = &layout.timeline;
        let taken: Vec<&str> = items.iter().map(|item| text_of(item, "source")).collect();
        let others = timeline.sources().iter();
        let others = others.filter(|source| !taken.contains(&source.id.as_str()));
        let (ids, all): (Vec<&str>, Vec<&str>) =
            others.map(|it| (it.id.as_str(), it.title.as_str())).unzip();
        let chosen = Choice {
            label: "",
            id: self.id("sources").with("new"),
            value: "",
            hint: "Add a source",
            names: &all,
            new: "source",
        }
        .show(self.ui, self.cx);
        match chosen {
            Some(Chosen::Known(number)) => {
                if let Some(id) = ids.get(number) {
                    let citation = json!({ "source": id });
                    self.add_item("sources", citation);
                }
            }
            Some(Chosen::New(name)) => self.add(Named::Source, name),
            _ => {}
        }
    }

    fn tags(&mut self) {
        part(self.ui, "Tags", self.cx.theme);
        let names = self.names("tags");
        if let Some(number) = chips(self.ui, &names, "Remove the tag", self.cx) {
            self.remove_item("tags", number);
        }
        let timeline = &self.cx.layout.timeline;
        let all: Vec<&str> = timeline.tags().iter().map(String::as_str).collect();
        let chosen = Choice {
            label: "",
            id: self.id("tags"),
            value: "",
            hint: "Add a tag",
            names: &all,
            new: "tag",
        }
        .show(self.ui, self.cx);
        let tag = match chosen {
            Some(Chosen::Known(number)) => self.cx.layout.timeline.tags().get(number).cloned(),
            Some(Chosen::New(name)) => Some(name),
            _ => None,
        };
        if let Some(tag) = tag.filter(|tag| !names.contains(tag)) {
            self.add_item("tags", Value::from(tag));
        }
    }

    fn pictures(&mut self) {
        part(self.ui, "Pictures", self.cx.theme);
        let media = self.cx.layout.timeline.event(self.event).media;
        for (number, media) in media.iter().enumerate() {
            let style = Style::new(Face::Sans, 13.5, color(self.cx.theme.ink));
            let remove = format!("Remove the picture {}", media.file);
            if self.row(&media.file, "", &style, &remove) {
                self.remove_item("media", number);
            }
            for (field, value, hint) in [
                (
                    "alt",
                    &media.alt,
                    "What it shows, for those who can’t see it",
                ),
                ("caption", &media.caption, "What is said under it"),
                ("credit", &media.credit, "Who made it"),
            ] {
                let id = self.id("media").with((field, number));
                let typed = Field {
                    label: "",
                    id,
                    value,
                    hint,
                    lines: 1,
                }
                .show(self.ui, self.cx.theme);
                if typed.is_left {
                    let path = vec![Part::Field("media"), Part::Item(number)];
                    self.write(path, field, Value::from(typed.text.trim()));
                }
                self.ui.add_space(6.0);
            }
        }
        let id = self.id("media").with("new");
        let typed = Field {
            label: "",
            id,
            value: "",
            hint: "Drop a picture on the window, or name its file",
            lines: 1,
        }
        .show(self.ui, self.cx.theme);
        let file = typed.text.trim();
        if typed.is_added && !file.is_empty() {
            self.add_item("media", json!({ "file": file }));
            Field::forget(self.ui, id);
        }
    }

    /// The id by which links and lessons name the event.
    fn identity(&mut self) {
        let id = self.cx.layout.timeline.event(self.event).id.to_owned();
        let typed = Field {
            label: "Id, by which links and lessons name it",
            id: self.id("id"),
            value: &id,
            hint: "",
            lines: 1,
        }
        .show(self.ui, self.cx.theme);
        let wanted = typed.text.trim();
        let is_taken = wanted != id && self.cx.layout.timeline.find_event(wanted).is_some();
        if is_taken {
            note(self.ui, "Another event has this id", true, self.cx.theme);
        } else if typed.is_left && !wanted.is_empty() {
            self.push(Change::Rename {
                of: Subject::Event(self.event),
                id: wanted.to_owned(),
            });
        }
    }
}
