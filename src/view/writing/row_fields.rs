//! The fields of a row of a list, and of the chronology itself.

use egui::{Id, Role, Sense, Stroke, Ui, pos2, vec2};
use serde_json::Value;

use super::{
    choice::{Choice, Chosen},
    field::{Field, note, part},
    toggles::{chips, toggle},
};
use crate::{
    command::Command,
    edit::{Change, Item, Subject, typed_date},
    formats::json::ranges::RowList,
    layout::theme::Rgba,
    model::PersonKind,
    view::{ViewContext, accessible::Pressable, text::color},
};

/// What is in a field of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Lines,
    Date,
    Color,
    Person,
    Degrees,
    Members,
}

/// A field of a row.
struct Spec {
    /// What it is called.
    label: &'static str,
    /// Its name in the file.
    field: &'static str,
    kind: Kind,
    /// What is shown while it is empty.
    hint: &'static str,
}

const fn spec(label: &'static str, field: &'static str, kind: Kind, hint: &'static str) -> Spec {
    Spec {
        label,
        field,
        kind,
        hint,
    }
}

const CHRONOLOGY: &[Spec] = &[
    spec(
        "Title",
        "title",
        Kind::Text,
        "What it is about, in a few words",
    ),
    spec("Subtitle", "subtitle", Kind::Text, "A line under the title"),
    spec(
        "About (Markdown)",
        "about",
        Kind::Lines,
        "Where it comes from, what it leaves open",
    ),
    spec("Language", "language", Kind::Text, "en, ar, pt-BR"),
    spec(
        "As of",
        "as_of",
        Kind::Date,
        "When it was written: what is later was not known",
    ),
];
const LANES: &[Spec] = &[
    spec("Name", "label", Kind::Text, "What is shown beside the lane"),
    spec(
        "Colour",
        "color",
        Kind::Color,
        "#B4521E; the theme chooses where it is empty",
    ),
];
const PEOPLE: &[Spec] = &[
    spec("Name", "name", Kind::Text, "As it is shown"),
    spec(
        "Name in its own script",
        "native_name",
        Kind::Text,
        "قيس الخزعلي",
    ),
    spec("Kind", "kind", Kind::Person, ""),
    spec("Summary (Markdown)", "summary", Kind::Lines, "Who they are"),
    spec(
        "Belongs to",
        "member_of",
        Kind::Members,
        "A group, a state, an organisation",
    ),
];
const PLACES: &[Spec] = &[
    spec("Name", "name", Kind::Text, "As it is shown"),
    spec(
        "Name in its own script",
        "native_name",
        Kind::Text,
        "الموصل",
    ),
    spec("Degrees north", "lat", Kind::Degrees, "36.34"),
    spec("Degrees east", "lon", Kind::Degrees, "43.13"),
];
const SOURCES: &[Spec] = &[
    spec("Title", "title", Kind::Text, "Of the article, the book"),
    spec("Author", "author", Kind::Text, "Who wrote it"),
    spec("Publisher", "publisher", Kind::Text, "Who brought it out"),
    spec("Date", "date", Kind::Date, "When it appeared"),
    spec("Address on the web", "url", Kind::Text, "https://"),
];
const ERAS: &[Spec] = &[
    spec("Name", "label", Kind::Text, "What is shown"),
    spec("From when to when", "date", Kind::Date, "2014 – 2016"),
    spec(
        "Colour",
        "color",
        Kind::Color,
        "#8C2333; the theme chooses where it is empty",
    ),
];
const LESSONS: &[Spec] = &[spec("Title", "title", Kind::Text, "What the class is told")];

const fn fields(list: Option<RowList>) -> &'static [Spec] {
    match list {
        None => CHRONOLOGY,
        Some(RowList::Lanes) => LANES,
        Some(RowList::People) => PEOPLE,
        Some(RowList::Places) => PLACES,
        Some(RowList::Sources) => SOURCES,
        Some(RowList::Eras) => ERAS,
        Some(RowList::Lessons | RowList::Events) => LESSONS,
    }
}

/// Under this id stands which field takes the keyboard focus.
fn focus_id() -> Id {
    Id::unique("field of a row that takes the focus")
}

/// The fields of a row.
pub struct RowFields<'a> {
    item: Item,
    /// Tells them from those of other rows, also where rows before it come and go.
    id: Id,
    list: Option<RowList>,
    row: &'a Value,
}

impl<'a> RowFields<'a> {
    /// Of a row as the file has it; `list` is `None` for the chronology itself. Where it has no id,
    /// it is known by its number.
    pub fn of(of: Subject, list: Option<RowList>, row: &'a Value, renumbered: u64) -> Self {
        let id = Id::unique("row");
        let id = match row.get("id").and_then(Value::as_str) {
            Some(name) => id.with((list, name)),
            None => id.with((list, of, renumbered)),
        };
        Self {
            item: Item::of(of),
            id,
            list,
            row,
        }
    }

    /// Has a field take the keyboard focus in the row that is shown next.
    pub fn focus_next(ui: &Ui, field: &'static str) {
        ui.data_mut(|data| data.insert_temp(focus_id(), Some(field)));
    }

    /// Shows them.
    pub fn show(&self, ui: &mut Ui, cx: &mut ViewContext<'_>) {
        for (number, spec) in fields(self.list).iter().enumerate() {
            if number > 0 {
                ui.add_space(10.0);
            }
            match spec.kind {
                Kind::Person => self.person_kind(ui, cx),
                Kind::Members => self.members(ui, spec, cx),
                _ => self.text(ui, spec, cx),
            }
        }
    }

    fn text(&self, ui: &mut Ui, spec: &Spec, cx: &mut ViewContext<'_>) {
        let value = match self.row.get(spec.field) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let input = Field {
            label: spec.label,
            id: self.id.with(spec.field),
            value: &value,
            hint: spec.hint,
            lines: if spec.kind == Kind::Lines { 4 } else { 1 },
        };
        let typed = input.show(ui, cx.theme);
        let wanted: Option<&'static str> = ui.data(|data| data.get_temp(focus_id())).flatten();
        if wanted == Some(spec.field) {
            typed.response.request_focus();
            typed.response.scroll_to_me(None);
            ui.data_mut(|data| data.insert_temp(focus_id(), None::<&'static str>));
        }
        let text = typed.text.trim();
        let mut wanted = Value::from(text);
        match spec.kind {
            Kind::Date if !text.is_empty() => match typed_date(text) {
                Ok(date) => {
                    note(ui, &date.words().to_string(), false, cx.theme);
                    wanted = Value::from(date.edtf);
                }
                Err(why) => return input.refuse(ui, &why, cx.theme),
            },
            Kind::Color if !text.is_empty() => {
                let Some(ink) = hex(text) else {
                    input.refuse(ui, "Write it as #B4521E, or choose one", cx.theme);
                    return self.swatches(ui, spec, cx);
                };
                let contrast = ink.contrast(cx.theme.ground);
                let words = format!("Contrast to the ground {contrast:.1} to 1");
                note(ui, &words, contrast < 3.0, cx.theme);
                let rect = typed.response.rect;
                let at = pos2(rect.right() - 12.0, rect.center().y);
                ui.painter().circle_filled(at, 7.0, color(ink));
            }
            Kind::Degrees if !text.is_empty() => {
                let degrees = text.parse::<f64>().ok();
                let Some(degrees) = degrees.and_then(serde_json::Number::from_f64) else {
                    return input.refuse(ui, "Write degrees as 36.34", cx.theme);
                };
                wanted = Value::Number(degrees);
            }
            _ => {}
        }
        if typed.is_left {
            self.write(spec.field, wanted, cx);
        }
        if spec.kind == Kind::Color {
            self.swatches(ui, spec, cx);
        }
    }

    /// The colours of the theme, to choose from.
    fn swatches(&self, ui: &mut Ui, spec: &Spec, cx: &mut ViewContext<'_>) {
        const SIDE_PX: f32 = 26.0;
        let now = self.row.get(spec.field).and_then(Value::as_str);
        let mut chosen = None;
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for ink in cx.theme.lanes {
                let [red, green, blue] = ink.rgb;
                let name = format!("#{red:02X}{green:02X}{blue:02X}");
                let is_on = now.is_some_and(|now| now.eq_ignore_ascii_case(&name));
                let size = vec2(SIDE_PX, SIDE_PX);
                let (rect, response) = ui.allocate_exact_size(size, Sense::click());
                let swatch = Pressable::choice(Role::RadioButton, &name, is_on);
                let response = swatch.paint(ui, response, cx.theme, |response| {
                    let radius = if response.hovered() || is_on {
                        11.0
                    } else {
                        9.0
                    };
                    let at = rect.center();
                    ui.painter().circle_filled(at, radius, color(ink));
                    if is_on {
                        let ring = Stroke::new(2.0, color(cx.theme.ink));
                        ui.painter().circle_stroke(at, 12.0, ring);
                    }
                });
                if response.clicked() {
                    chosen = Some(name);
                }
            }
        });
        if let Some(name) = chosen {
            Field::forget(ui, self.id.with(spec.field));
            self.write(spec.field, Value::from(name), cx);
        }
    }

    fn write(&self, field: &'static str, value: Value, cx: &mut ViewContext<'_>) {
        let change = self.item.write(field, value);
        cx.commands.push(Command::Edit(change));
    }

    fn person_kind(&self, ui: &mut Ui, cx: &mut ViewContext<'_>) {
        part(ui, "Kind", cx.theme);
        let now = self.row.get("kind").and_then(Value::as_str);
        let now = now.unwrap_or(PersonKind::Person.word());
        let mut chosen = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            for kind in PersonKind::ALL {
                if toggle(ui, kind.title(), kind.word() == now, cx) {
                    chosen = Some(kind);
                }
            }
        });
        if let Some(kind) = chosen {
            self.write("kind", Value::from(kind.word()), cx);
        }
    }

    /// The groups that somebody belongs to.
    fn members(&self, ui: &mut Ui, spec: &Spec, cx: &mut ViewContext<'_>) {
        part(ui, spec.label, cx.theme);
        let timeline = &cx.layout.timeline;
        let ids = self.row.get(spec.field).and_then(Value::as_array);
        let ids = ids.into_iter().flatten().filter_map(Value::as_str);
        let ids: Vec<&str> = ids.collect();
        // A group that the file does not have is shown by its id, so that it can be taken away.
        let names = ids.iter().map(|id| {
            let person = timeline.find_person(id);
            person.map_or_else(|| (*id).to_owned(), |it| timeline.person(it).name.clone())
        });
        let names: Vec<String> = names.collect();
        if let Some(number) = chips(ui, &names, "Remove", cx) {
            let change: Change = self.item.remove(spec.field, number);
            cx.commands.push(Command::Edit(change));
        }
        // Neither those it belongs to already, nor itself.
        let own = self.row.get("id").and_then(Value::as_str);
        let people = cx.layout.timeline.people().iter();
        let others = people.filter(|it| !ids.contains(&&*it.id) && Some(&*it.id) != own);
        let id = self.id.with(spec.field);
        // There may be thousands: they are gathered only while they may be seen.
        let (ids, all): (Vec<&str>, Vec<&str>) = if Choice::is_open(ui, id) {
            others.map(|it| (it.id.as_str(), it.name.as_str())).unzip()
        } else {
            (Vec::new(), Vec::new())
        };
        let chosen = Choice {
            label: "",
            id,
            value: "",
            hint: spec.hint,
            names: &all,
            new: "",
        }
        .show(ui, cx);
        if let Some(Chosen::Known(number)) = chosen
            && let Some(id) = ids.get(number)
        {
            let change = self.item.add(spec.field, Value::from(*id));
            cx.commands.push(Command::Edit(change));
        }
    }
}

/// A colour as `#RRGGBB`.
pub fn hex(text: &str) -> Option<Rgba> {
    let digits = text.strip_prefix('#').filter(|it| it.len() == 6)?;
    u32::from_str_radix(digits, 16).ok().map(Rgba::hex)
}
