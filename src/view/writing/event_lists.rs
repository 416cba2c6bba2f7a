//! The lists in the form of an event: people, links, sources, tags, pictures.

use egui::vec2;
use serde_json::{Value, json};

use super::{
    choice::{Choice, Chosen},
    event_choice::EventField,
    field::{Field, part},
    form::{Form, text_of},
    toggles::chips,
};
use crate::{
    command::FormField,
    edit::Named,
    layout::{Face, wording::Wording},
    model::EventId,
    view::{
        accessible,
        text::{self, Style, color},
        widgets::{self, icon},
    },
};

impl Form<'_, '_, '_> {
    fn add_item(&mut self, list: &'static str, item: Value) {
        self.push(self.item().add(list, item));
    }

    pub(super) fn people(&mut self) {
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
            self.push(self.item().remove("people", number));
        }
        let id = self.id("people");
        // Who is there already is not offered.
        let taken = self.names("people");
        let all = self.cx.layout.timeline.people().iter();
        let others = all.map(|it| (it.id.as_str(), it.name.as_str()));
        let (ids, all) = self.offered(id, others, |person| taken.iter().any(|it| it == person));
        let chosen = Choice {
            label: "",
            id,
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

    /// Links to other events, each with the words of the link.
    pub(super) fn links(&mut self, label: &str, list: &'static str) {
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
            let (line, remove) = (
                format!("{title} · {date}"),
                format!("Remove the link to {title}"),
            );
            if self.row(&line, Face::SansMedium, &remove) {
                self.push(self.item().remove(list, number));
            }
            let id = self.numbered(list, "label", number);
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
                let item = self.item().within(list, number);
                self.push(item.write("label", Value::from(typed.text.trim())));
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
    fn row(&mut self, line: &str, face: Face, remove: &str) -> bool {
        let theme = self.cx.theme;
        let style = Style::new(face, 13.5, color(theme.ink));
        let mut is_removed = false;
        self.ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let size = vec2(26.0, 26.0);
            let room = ui.available_width() - size.x - 6.0;
            ui.allocate_ui(vec2(room, 26.0), |ui| {
                ui.set_width(room);
                let label = egui::Label::new(text::job(line, &style)).truncate();
                accessible::name_text(&ui.add(label), line);
            });
            let face = (icon::X, Face::Icons);
            let button = widgets::quiet_button(ui, face, remove, size, theme);
            is_removed = button.on_hover_text("Take it away").clicked();
        });
        self.ui.add_space(2.0);
        is_removed
    }

    pub(super) fn sources(&mut self) {
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
            if self.row(words, Face::Sans, &format!("Remove the source {title}")) {
                self.push(self.item().remove("sources", number));
            }
            let id = self.numbered("sources", "where", number);
            let typed = Field {
                label: "",
                id,
                value: place,
                hint: "Where in it: page, paragraph, minute",
                lines: 1,
            }
            .show(self.ui, self.cx.theme);
            if typed.is_left {
                let item = self.item().within("sources", number);
                self.push(item.write("where", Value::from(typed.text.trim())));
            }
            self.ui.add_space(8.0);
        }
        let id = self.id("sources").with("new");
        let taken: Vec<&str> = items.iter().map(|item| text_of(item, "source")).collect();
        let all = self.cx.layout.timeline.sources().iter();
        let others = all.map(|it| (it.id.as_str(), it.title.as_str()));
        let (ids, all) = self.offered(id, others, |source| taken.contains(&source));
        let chosen = Choice {
            label: "",
            id,
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

    pub(super) fn tags(&mut self) {
        part(self.ui, "Tags", self.cx.theme);
        let names = self.names("tags");
        if let Some(number) = chips(self.ui, &names, "Remove the tag", self.cx) {
            self.push(self.item().remove("tags", number));
        }
        let id = self.id("tags");
        let all = self.cx.layout.timeline.tags().iter();
        let others = all.map(|tag| (tag.as_str(), tag.as_str()));
        let (tags, all) = self.offered(id, others, |tag| names.iter().any(|it| it == tag));
        let chosen = Choice {
            label: "",
            id,
            value: "",
            hint: "Add a tag",
            names: &all,
            new: "tag",
        }
        .show(self.ui, self.cx);
        let tag = match chosen {
            Some(Chosen::Known(number)) => tags.get(number).map(|tag| (*tag).to_owned()),
            Some(Chosen::New(name)) => Some(name),
            _ => None,
        };
        if let Some(tag) = tag.filter(|tag| !names.contains(tag)) {
            self.add_item("tags", Value::from(tag));
        }
    }

    pub(super) fn pictures(&mut self) {
        part(self.ui, "Pictures", self.cx.theme);
        let media = self.cx.layout.timeline.event(self.event).media;
        for (number, media) in media.iter().enumerate() {
            let remove = format!("Remove the picture {}", media.file);
            if self.row(&media.file, Face::Sans, &remove) {
                self.push(self.item().remove("media", number));
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
                let id = self.numbered("media", field, number);
                let typed = Field {
                    label: "",
                    id,
                    value,
                    hint,
                    lines: 1,
                }
                .show(self.ui, self.cx.theme);
                if typed.is_left {
                    let item = self.item().within("media", number);
                    self.push(item.write(field, Value::from(typed.text.trim())));
                }
                self.ui.add_space(6.0);
            }
        }
        let id = self.id("media").with("new");
        let field = Field {
            label: "",
            id,
            value: "",
            hint: "Drop a picture on the window, or name its file",
            lines: 1,
        };
        let typed = field.show(self.ui, self.cx.theme);
        field.remind(self.ui, &typed, self.cx.theme);
        let file = typed.text.trim();
        if typed.is_added && !file.is_empty() {
            self.add_item("media", json!({ "file": file }));
            Field::forget(self.ui, id);
        }
    }
}
