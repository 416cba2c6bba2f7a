//! The lists of a chronology, to be changed: what it says of itself, lanes, people, places, sources,
//! eras, lessons. Each row opens to its fields.

use egui::{Id, Rect, Ui, vec2};
use serde_json::{Map, Value};

use super::{
    ListRows,
    field::{Field, note},
    order::{Move, reordered},
    row_fields::{RowFields, hex},
    row_head::{Pressed, RowHead},
    steps,
    toggles::Toggle,
};
use crate::{
    command::{Command, Layer, ListCommand, Panel, RowToDelete},
    edit::{Change, Subject, name_field, one_of},
    formats::json::ranges::RowList,
    layout::{Face, theme::Rgba},
    model::LaneId,
    time::edtf,
    view::{ViewContext, side::Side, widgets},
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
                    RowFields::of(Subject::File, None, row, 0).show(ui, cx);
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
    let opened = cx.state.writing.lists_opened;
    let seen_id = Id::unique("lists opened");
    let seen: Option<u32> = ui.data(|data| data.get_temp(seen_id));
    ui.data_mut(|data| data.insert_temp(seen_id, opened));
    let is_new = seen != Some(opened);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for (list, name) in TABS {
            let response = Toggle::new(name, list == now).show(ui, cx);
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
    let (open, asked) = (cx.state.writing.open_row, cx.state.writing.row_to_delete);
    let mut heads = Vec::new();
    let mut wanted: Option<Move> = None;
    for (place, (number, row)) in shown.rows.iter().enumerate() {
        let number = *number;
        let is_open = open == Some(number);
        let name = row.get(name_field(list)).and_then(Value::as_str);
        let name = name.filter(|name| !name.is_empty());
        let name = name.unwrap_or("without a name");
        let head = RowHead {
            id: Id::unique("row line").with((list, place)),
            name,
            spoken: name,
            ways: ["up", "down"],
            face: Face::SansMedium,
            ink: ink(list, number, row, cx),
            is_open,
            place,
            count: shown.rows.len(),
        };
        let (response, pressed) = head.show(ui, cx);
        heads.push(response);
        match pressed {
            Some(Pressed::Line) => {
                let open = (!is_open).then_some(number);
                cx.commands.push(ListCommand::OpenRow(open).into());
            }
            Some(Pressed::Move(moved)) => wanted = Some(moved),
            Some(Pressed::Delete) => ask_to_delete(list, number, cx),
            None => {}
        }
        if let Some(asked) = asked.filter(|it| it.row == number) {
            confirm(ui, list, asked, cx);
        }
        if is_open {
            ui.add_space(4.0);
            let of = Subject::Row(list, number);
            let fields = RowFields::of(of, Some(list), row, cx.writing.renumbered);
            fields.show(ui, cx);
            if list == RowList::Lessons {
                steps::show(ui, number, row, cx);
            }
            ui.add_space(12.0);
        }
    }
    if let Some((from, to)) = wanted.or_else(|| reordered(ui, &heads, cx)) {
        let number = |place: usize| shown.rows.get(place).map_or(place, |row| row.0);
        let (from, to) = (number(from), number(to));
        cx.commands
            .push(Command::Edit(Change::MoveRow { list, from, to }));
    }
    ui.add_space(10.0);
    new_row(ui, list, shown, cx);
}

/// A field in which a row is added by its name.
fn new_row(ui: &mut Ui, list: RowList, shown: &ListRows, cx: &mut ViewContext<'_>) {
    let id = Id::unique("new row").with(list);
    let hint = format!("New {}", one_of(list));
    let field = Field {
        label: "",
        id,
        value: "",
        hint: &hint,
        lines: 1,
    };
    let typed = field.show(ui, cx.theme);
    field.remind(ui, &typed, cx.theme);
    let name = typed.text.trim();
    if !typed.is_added || name.is_empty() {
        return;
    }
    let mut row = Map::new();
    row.insert(name_field(list).to_owned(), Value::from(name));
    if list == RowList::Eras {
        // An era needs a date: one that is seen, to be changed.
        let extent = cx.layout.timeline.extent();
        let years = extent.map(|(from, to)| [from.civil().year, to.civil().year]);
        let [from, to] = years.unwrap_or([2000, 2001]).map(edtf::year);
        row.insert("date".to_owned(), Value::from(format!("{from}/{to}")));
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
    match list {
        RowList::Eras => RowFields::focus_next(ui, "date"),
        RowList::Sources => RowFields::focus_next(ui, "author"),
        _ => Field::go_on(&typed),
    }
}

/// The colour of a lane or an era.
fn ink(list: RowList, number: usize, row: &Value, cx: &ViewContext<'_>) -> Option<Rgba> {
    match list {
        RowList::Lanes => Some(cx.lane_colors.of(LaneId::from_index(number)?)),
        RowList::Eras => hex(row.get("color")?.as_str()?),
        _ => None,
    }
}

/// Deletes a row; where events name it, that is asked first.
fn ask_to_delete(list: RowList, row: usize, cx: &mut ViewContext<'_>) {
    let named_by = named_by(list, row, cx);
    if named_by == 0 {
        delete(list, row, cx);
    } else {
        let asked = RowToDelete { row, named_by };
        cx.commands.push(ListCommand::AskToDelete(asked).into());
    }
}

fn delete(list: RowList, number: usize, cx: &mut ViewContext<'_>) {
    let rows = vec![Subject::Row(list, number)];
    cx.commands.push(Command::Edit(Change::Delete(rows)));
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
fn confirm(ui: &mut Ui, list: RowList, asked: RowToDelete, cx: &mut ViewContext<'_>) {
    let name = if list == RowList::Lanes {
        "in it"
    } else {
        "linked to it"
    };
    let words = match asked.named_by {
        1 => format!("One event is {name}. It stays, without that link."),
        count => format!("{count} events are {name}. They stay, without that link."),
    };
    note(ui, &words, true, cx.theme);
    ui.horizontal(|ui| {
        for (name, is_deleted) in [("Delete", true), ("Keep", false)] {
            let face = (name, Face::SansSemiBold);
            let button = widgets::quiet_button(ui, face, name, vec2(70.0, 30.0), cx.theme);
            if button.clicked() {
                cx.commands.push(ListCommand::KeepRow.into());
                if is_deleted {
                    delete(list, asked.row, cx);
                }
            }
        }
    });
}
