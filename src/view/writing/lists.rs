//! The lists of a chronology, to be changed: what it says of itself, lanes, people, places, sources,
//! eras, lessons. Each row opens to its fields.

use egui::{Id, Rect, Response, Role, Sense, Ui, pos2, vec2};
use serde_json::{Map, Value};

use super::{
    ListRows,
    choice::{Choice, Chosen, WIDE, chips, toggle, toggle_of},
    field::{Field, note, part},
    order::{Move, after_move, after_removal, reordered},
    steps,
};
use crate::{
    command::{Command, Layer, ListCommand, Panel},
    edit::{Change, Part, Subject, name_field, one_of, typed_date},
    formats::json::ranges::RowList,
    layout::{Face, measure::elided, theme::Rgba},
    model::PersonKind,
    view::{
        ViewContext, accessible,
        side::Side,
        text::color,
        widgets::{self, icon},
    },
};

/// The lists, and what they are called.
const TABS: [(Option<RowList>, &str); 7] = [
    (None, "Chronology"),
    (Some(RowList::Lanes), "Lanes"),
    (Some(RowList::People), "People"),
    (Some(RowList::Places), "Places"),
    (Some(RowList::Sources), "Sources"),
    (Some(RowList::Eras), "Eras"),
    (Some(RowList::Lessons), "Lessons"),
];

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

/// A field of a row: its name, its name in the file, what is in it, what is shown while it is empty.
type Spec = (&'static str, &'static str, Kind, &'static str);

const fn fields(list: Option<RowList>) -> &'static [Spec] {
    match list {
        None => &[
            (
                "Title",
                "title",
                Kind::Text,
                "What it is about, in a few words",
            ),
            ("Subtitle", "subtitle", Kind::Text, "A line under the title"),
            (
                "About (Markdown)",
                "about",
                Kind::Lines,
                "Where it comes from, what it leaves open",
            ),
            ("Language", "language", Kind::Text, "en, ar, pt-BR"),
            (
                "As of",
                "as_of",
                Kind::Date,
                "When it was written: what is later was not known",
            ),
        ],
        Some(RowList::Lanes) => &[
            ("Name", "label", Kind::Text, "What is shown beside the lane"),
            (
                "Colour",
                "color",
                Kind::Color,
                "#B4521E; the theme chooses where it is empty",
            ),
        ],
        Some(RowList::People) => &[
            ("Name", "name", Kind::Text, "As it is shown"),
            (
                "Name in its own script",
                "native_name",
                Kind::Text,
                "قيس الخزعلي",
            ),
            ("Kind", "kind", Kind::Person, ""),
            ("Summary (Markdown)", "summary", Kind::Lines, "Who they are"),
            (
                "Belongs to",
                "member_of",
                Kind::Members,
                "A group, a state, an organisation",
            ),
        ],
        Some(RowList::Places) => &[
            ("Name", "name", Kind::Text, "As it is shown"),
            (
                "Name in its own script",
                "native_name",
                Kind::Text,
                "الموصل",
            ),
            ("Degrees north", "lat", Kind::Degrees, "36.34"),
            ("Degrees east", "lon", Kind::Degrees, "43.13"),
        ],
        Some(RowList::Sources) => &[
            ("Title", "title", Kind::Text, "Of the article, the book"),
            ("Author", "author", Kind::Text, "Who wrote it"),
            ("Publisher", "publisher", Kind::Text, "Who brought it out"),
            ("Date", "date", Kind::Date, "When it appeared"),
            ("Address on the web", "url", Kind::Text, "https://"),
        ],
        Some(RowList::Eras) => &[
            ("Name", "label", Kind::Text, "What is shown"),
            ("From when to when", "date", Kind::Date, "2014 – 2016"),
            (
                "Colour",
                "color",
                Kind::Color,
                "#8C2333; the theme chooses where it is empty",
            ),
        ],
        Some(RowList::Lessons | RowList::Events) => {
            &[("Title", "title", Kind::Text, "What the class is told")]
        }
    }
}

/// Shows the panel in `rect`.
pub fn show(ui: &mut Ui, rect: Rect, cx: &mut ViewContext<'_>) {
    let side = Side {
        rect,
        name: "Lists of the chronology",
        close: "Close the lists",
        layer: Layer::Panel(Panel::Lists),
    };
    side.show(ui, cx, |ui, cx| {
        widgets::heading(ui, "Write", cx.theme.muted);
        ui.add_space(12.0);
        tabs(ui, cx);
        ui.add_space(14.0);
        let Some(shown) = cx.writing.list else { return };
        match shown.list {
            None => {
                if let Some((_, row)) = shown.rows.first() {
                    row_fields(ui, Subject::File, row, None, cx);
                }
            }
            Some(list) => rows(ui, list, shown, cx),
        }
    });
}

fn tabs(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    let now = cx.state.writing.list;
    let mut chosen = None;
    // One who has just opened the lists goes on from here by keyboard.
    let frame = ui.ctx().cumulative_frame_nr();
    let seen_id = Id::unique("lists seen");
    let seen: Option<u64> = ui.data(|data| data.get_temp(seen_id));
    ui.data_mut(|data| data.insert_temp(seen_id, frame));
    let is_new = seen.is_none_or(|seen| seen + 1 < frame);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for (list, name) in TABS {
            let response = toggle_of(ui, (name, list == now), WIDE, cx);
            if is_new && list == now && !ui.input(|input| input.pointer.any_released()) {
                response.request_focus();
            }
            if is_new {
                response.scroll_to_me(None);
            }
            if response.clicked() && list != now {
                chosen = Some(list);
            }
        }
    });
    if let Some(list) = chosen {
        cx.commands.push(ListCommand::Show(list).into());
    }
}

fn rows(ui: &mut Ui, list: RowList, shown: &ListRows, cx: &mut ViewContext<'_>) {
    let (open, doomed) = (cx.state.writing.open_row, cx.state.writing.doomed_row);
    let mut heads = Vec::new();
    let mut wanted: Option<Move> = None;
    for (place, (number, row)) in shown.rows.iter().enumerate() {
        let number = *number;
        let is_open = open == Some(number);
        let head = Head {
            list,
            row,
            number,
            is_open,
            place: (place, shown.rows.len()),
        };
        let (response, pressed) = head.show(ui, cx);
        heads.push(response);
        wanted = wanted.or(pressed);
        if doomed == Some(number) {
            confirm(ui, list, number, cx);
        }
        if is_open {
            ui.add_space(4.0);
            let of = Subject::Row(list, number);
            row_fields(ui, of, row, Some(list), cx);
            if list == RowList::Lessons {
                steps::show(ui, number, row, cx);
            }
            ui.add_space(12.0);
        }
    }
    if let Some((from, to)) = wanted.or_else(|| reordered(ui, &heads, cx)) {
        let number = |place: usize| shown.rows.get(place).map_or(place, |row| row.0);
        let moved = (number(from), number(to));
        let (from, to) = moved;
        cx.commands
            .push(Command::Edit(Change::MoveRow { list, from, to }));
        let open = open.map(|open| after_move(open, moved));
        cx.commands.push(ListCommand::OpenRow(open).into());
    }
    ui.add_space(10.0);
    let id = Id::unique("new row").with(list);
    let hint = format!("New {}", one_of(list));
    let typed = Field {
        label: "",
        id,
        value: "",
        hint: &hint,
        lines: 1,
    }
    .show(ui, cx.theme);
    let name = typed.text.trim();
    if typed.is_added && !name.is_empty() {
        let mut row = Map::new();
        row.insert(name_field(list).to_owned(), Value::from(name));
        if list == RowList::Eras {
            // An era needs a date: one that is seen, to be changed.
            let extent = cx.layout.timeline.extent();
            let years = extent.map(|(from, to)| [from.civil().year, to.civil().year]);
            let [from, to] = years.unwrap_or([2000, 2001]);
            let date = if (0..=9999).contains(&from) && (0..=9999).contains(&to) {
                format!("{from:04}/{to:04}")
            } else {
                format!("Y{from}/Y{to}")
            };
            row.insert("date".to_owned(), Value::from(date));
        }
        if list == RowList::Lessons {
            row.insert("steps".to_owned(), Value::Array(Vec::new()));
        }
        cx.commands.push(Command::Edit(Change::AddRow(list, row)));
        // What is new has more to be said of it.
        let number = shown.rows.last().map_or(0, |(number, _)| number + 1);
        if matches!(list, RowList::Lessons | RowList::Eras | RowList::Sources) {
            cx.commands.push(ListCommand::OpenRow(Some(number)).into());
        }
        Field::forget(ui, id);
        Field::go_on(&typed);
    }
}

/// The line of a row: its name, what moves it, what deletes it.
struct Head<'a> {
    list: RowList,
    row: &'a Value,
    number: usize,
    is_open: bool,
    /// Its place among the rows, and how many there are.
    place: (usize, usize),
}

impl Head<'_> {
    /// Shows it; its line, and the move that was pressed.
    fn show(&self, ui: &mut Ui, cx: &mut ViewContext<'_>) -> (Response, Option<Move>) {
        let name = self.row.get(name_field(self.list)).and_then(Value::as_str);
        let name = name
            .filter(|name| !name.is_empty())
            .unwrap_or("without a name")
            .to_owned();
        let mut moved = None;
        let shown = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let buttons = 3.0 * 30.0;
            let size = vec2((ui.available_width() - buttons).max(60.0), 32.0);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
            let theme = cx.theme;
            let choice =
                accessible::Pressable::choice(Role::DisclosureTriangle, &name, self.is_open);
            let response = choice.paint(ui, response, theme, |response| {
                if response.hovered() || self.is_open {
                    ui.painter()
                        .rect_filled(rect, 6.0, color(theme.ink.faded(0.05)));
                }
                let mut left = rect.left() + 8.0;
                if let Some(ink) = self.ink(cx) {
                    ui.painter()
                        .circle_filled(pos2(left + 5.0, rect.center().y), 5.0, color(ink));
                    left += 18.0;
                }
                let mut cut = String::new();
                let font = (Face::SansMedium, 13.5);
                let shown = elided(&name, font, rect.right() - left, cx.measure, &mut cut);
                widgets::write(ui, pos2(left, rect.center().y), shown, font, theme.ink);
            });
            if response.clicked() {
                let open = (!self.is_open).then_some(self.number);
                cx.commands.push(ListCommand::OpenRow(open).into());
            }
            for (sign, words, to) in step_buttons(self.place) {
                let words = format!("Move {name} {words}");
                ui.add_enabled_ui(to.is_some(), |ui| {
                    let face = (sign, Face::Sans);
                    let button = widgets::quiet_button(ui, face, &words, vec2(28.0, 30.0), theme);
                    if let Some(to) = to.filter(|_| button.clicked()) {
                        moved = Some((self.place.0, to));
                    }
                });
            }
            let words = format!("Delete {name}");
            let face = (icon::X, Face::Icons);
            let button = widgets::quiet_button(ui, face, &words, vec2(28.0, 30.0), theme);
            if button.on_hover_text(words.as_str()).clicked() {
                if named_by(self.list, self.number, cx) == 0 {
                    delete(self.list, self.number, cx);
                } else {
                    cx.commands
                        .push(ListCommand::AskToDelete(Some(self.number)).into());
                }
            }
            response
        });
        (shown.inner, moved)
    }

    /// The colour of a lane or an era.
    fn ink(&self, cx: &ViewContext<'_>) -> Option<Rgba> {
        match self.list {
            RowList::Lanes => {
                let lane = crate::model::LaneId::from_index(self.number)?;
                Some(cx.lane_colors.of(lane))
            }
            RowList::Eras => hex(self.row.get("color")?.as_str()?),
            _ => None,
        }
    }
}

/// The buttons that move a row up and down: their signs, their words, and where they lead.
fn step_buttons(
    (place, count): (usize, usize),
) -> [(&'static str, &'static str, Option<usize>); 2] {
    let after = Some(place + 1).filter(|it| *it < count);
    [("↑", "up", place.checked_sub(1)), ("↓", "down", after)]
}

fn delete(list: RowList, number: usize, cx: &mut ViewContext<'_>) {
    let rows = vec![Subject::Row(list, number)];
    cx.commands.push(Command::Edit(Change::Delete(rows)));
    let open = cx.state.writing.open_row;
    let open = open.and_then(|open| after_removal(open, number));
    cx.commands.push(ListCommand::OpenRow(open).into());
}

/// How many events name a row.
fn named_by(list: RowList, number: usize, cx: &ViewContext<'_>) -> usize {
    let timeline = &cx.layout.timeline;
    let names = |event| {
        let record = timeline.event(event);
        match list {
            RowList::Lanes => timeline.lane(event).index() == number,
            RowList::People => record.people.iter().any(|it| it.index() == number),
            RowList::Places => record.place.is_some_and(|it| it.index() == number),
            RowList::Sources => record
                .sources
                .into_iter()
                .any(|it| it.source.index() == number),
            RowList::Eras | RowList::Events | RowList::Lessons => false,
        }
    };
    timeline.events().filter(|event| names(*event)).count()
}

/// Says what refers to a row that is to be deleted.
fn confirm(ui: &mut Ui, list: RowList, number: usize, cx: &mut ViewContext<'_>) {
    let count = named_by(list, number, cx);
    let name = if list == RowList::Lanes {
        "in it"
    } else {
        "linked to it"
    };
    let words = match count {
        1 => format!("One event is {name}. It stays, without that link."),
        count => format!("{count} events are {name}. They stay, without that link."),
    };
    note(ui, &words, true, cx.theme);
    ui.horizontal(|ui| {
        for (name, is_deleted) in [("Delete", true), ("Keep", false)] {
            let face = (name, Face::SansSemiBold);
            let button = widgets::quiet_button(ui, face, name, vec2(70.0, 30.0), cx.theme);
            if button.clicked() {
                cx.commands.push(ListCommand::AskToDelete(None).into());
                if is_deleted {
                    delete(list, number, cx);
                }
            }
        }
    });
}

/// The fields of a row.
fn row_fields(
    ui: &mut Ui,
    of: Subject,
    row: &Value,
    list: Option<RowList>,
    cx: &mut ViewContext<'_>,
) {
    for (number, spec) in fields(list).iter().enumerate() {
        if number > 0 {
            ui.add_space(10.0);
        }
        let id = Id::unique("row").with((of, spec.1));
        one_field(ui, (id, of), row, *spec, cx);
    }
}

fn one_field(
    ui: &mut Ui,
    (id, of): (Id, Subject),
    row: &Value,
    (label, field, kind, hint): Spec,
    cx: &mut ViewContext<'_>,
) {
    let value = match row.get(field) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    match kind {
        Kind::Person => return person_kind(ui, of, &value, cx),
        Kind::Members => return members(ui, (id, of), row, (label, hint), cx),
        _ => {}
    }
    let typed = Field {
        label,
        id,
        value: &value,
        hint,
        lines: if kind == Kind::Lines { 4 } else { 1 },
    }
    .show(ui, cx.theme);
    let text = typed.text.trim();
    let mut wanted = Value::from(text);
    match kind {
        Kind::Date if !text.is_empty() => match typed_date(text) {
            Ok(date) => {
                note(ui, &date.words().to_string(), false, cx.theme);
                wanted = Value::from(date.edtf);
            }
            Err(why) => return note(ui, &why, true, cx.theme),
        },
        Kind::Color if !text.is_empty() => {
            let Some(ink) = hex(text) else {
                return note(ui, "Write it as #B4521E", true, cx.theme);
            };
            let contrast = ink.contrast(cx.theme.ground);
            let words = format!("Contrast to the ground {contrast:.1} to 1");
            note(ui, &words, contrast < 3.0, cx.theme);
            let at = pos2(
                typed.response.rect.right() - 12.0,
                typed.response.rect.center().y,
            );
            ui.painter().circle_filled(at, 7.0, color(ink));
        }
        Kind::Degrees if !text.is_empty() => {
            let Some(degrees) = text
                .parse::<f64>()
                .ok()
                .and_then(serde_json::Number::from_f64)
            else {
                return note(ui, "Write degrees as 36.34", true, cx.theme);
            };
            wanted = Value::Number(degrees);
        }
        _ => {}
    }
    if typed.is_left {
        cx.commands.push(Command::Edit(Change::Write {
            of,
            path: Vec::new(),
            field,
            value: wanted,
        }));
    }
}

fn person_kind(ui: &mut Ui, of: Subject, now: &str, cx: &mut ViewContext<'_>) {
    part(ui, "Kind", cx.theme);
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for kind in PersonKind::ALL {
            let is_on = kind.word() == now || now.is_empty() && kind == PersonKind::Person;
            if toggle(ui, kind.title(), is_on, cx) {
                chosen = Some(kind);
            }
        }
    });
    if let Some(kind) = chosen {
        cx.commands.push(Command::Edit(Change::Write {
            of,
            path: Vec::new(),
            field: "kind",
            value: Value::from(kind.word()),
        }));
    }
}

/// The groups that somebody belongs to.
fn members(
    ui: &mut Ui,
    (id, of): (Id, Subject),
    row: &Value,
    (label, hint): (&str, &str),
    cx: &mut ViewContext<'_>,
) {
    part(ui, label, cx.theme);
    let timeline = &cx.layout.timeline;
    let ids = row.get("member_of").and_then(Value::as_array);
    let ids: Vec<&str> = ids
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let names: Vec<String> = ids
        .iter()
        .map(|id| {
            let person = timeline.find_person(id);
            person.map_or_else(|| (*id).to_owned(), |it| timeline.person(it).name.clone())
        })
        .collect();
    if let Some(number) = chips(ui, &names, "Remove", cx) {
        cx.commands.push(Command::Edit(Change::RemoveItem {
            of,
            path: Vec::new(),
            list: "member_of",
            number,
        }));
    }
    let timeline = &cx.layout.timeline;
    let all: Vec<&str> = timeline
        .people()
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    let chosen = Choice {
        label: "",
        id,
        value: "",
        hint,
        names: &all,
        new: "",
    }
    .show(ui, cx);
    if let Some(Chosen::Known(number)) = chosen
        && let Some(person) = cx.layout.timeline.people().get(number)
    {
        let item = Value::from(person.id.as_str());
        cx.commands.push(Command::Edit(Change::AddItem {
            of,
            path: Vec::<Part>::new(),
            list: "member_of",
            item,
        }));
    }
}

/// A colour as `#RRGGBB`.
fn hex(text: &str) -> Option<Rgba> {
    let digits = text.strip_prefix('#').filter(|it| it.len() == 6)?;
    u32::from_str_radix(digits, 16).ok().map(Rgba::hex)
}
