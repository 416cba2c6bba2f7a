//! The data sets of vis-timeline: items, and groups to which they belong.

use std::collections::HashMap;

use super::{
    dates::{Parts, epoch_millis, iso, span},
    draft::Draft,
    html,
    importer::Importer,
    json::{Object, Walk},
    timelinejs::some_item_has,
};
use crate::{
    formats::{
        Counting, Format, Location,
        json::raw::{Kind, each_item},
        rows::{DateText, EraRow, EventRow, LaneRow, Text},
    },
    time::freeform::DayMonthOrder,
};

const ITEM: [&str; 8] = [
    "id", "content", "start", "end", "type", "group", "subgroup", "title",
];
const GROUP: [&str; 7] = [
    "id",
    "content",
    "order",
    "visible",
    "nestedGroups",
    "title",
    "treeLevel",
];
/// What to do about a date that is not understood.
const DATE_HELP: &str = "write it like 2014-06-10, or in milliseconds";

/// Reads data sets of vis-timeline.
pub struct Vis;

impl Importer for Vis {
    fn format(&self) -> Format {
        Format::Vis
    }

    fn is_of(&self, text: &str) -> bool {
        let Some((_, top)) = Walk::of(text) else {
            return false;
        };
        if let Some(top) = Object::of(top, Location::default()) {
            return ["items", "data"]
                .iter()
                .any(|list| some_item_has(&top, list, &["start"]));
        }
        let mut is_item = false;
        each_item(top, |number, item| {
            let item = Object::of(item, Location::default());
            is_item |= number < 20
                && item.is_some_and(|it| it.raw("start").is_some() && it.raw("content").is_some());
        });
        is_item
    }

    fn read(&self, text: &str, draft: &mut Draft) -> bool {
        let Some((mut walk, top)) = Walk::of(text) else {
            return false;
        };
        draft.file.title = Some(Text::owned("Untitled"));
        let Some(top) = Object::of(top, Location::line(1)) else {
            walk.each_object(top, "", draft, |draft, object| {
                item(&object, &Groups::default(), draft);
            });
            return true;
        };
        top.leave_out_all_but(&["items", "data", "groups", "title"], draft);
        if !top.text("title").is_empty() {
            draft.file.title = Text::some(html::plain(&top.text("title")));
        }
        let groups = top
            .raw("groups")
            .map_or_else(Groups::default, |list| Groups::of(list, draft));
        let name = if top.raw("items").is_some() {
            "items"
        } else {
            "data"
        };
        if let Some(list) = top.raw(name) {
            walk.each_object(list, name, draft, |draft, object| {
                item(&object, &groups, draft);
            });
        }
        true
    }
}

/// The names of the groups, by their ids.
#[derive(Default)]
struct Groups(HashMap<String, String>);

impl Groups {
    /// Reads the groups and lists them as lanes, in their order.
    fn of(list: &serde_json::value::RawValue, draft: &mut Draft) -> Self {
        let mut groups: Vec<(f64, Object<'_>)> = Vec::new();
        each_item(list, |number, item| {
            // Their lines are not looked for: they stand before or after the items.
            let at = Location {
                path: format!("groups[{number}]"),
                ..Location::line(1)
            };
            if let Some(group) = Object::of(item, at) {
                let order = group.text("order").parse().unwrap_or(f64::from(number));
                groups.push((order, group));
            }
        });
        groups.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let mut names = HashMap::new();
        for (_, group) in groups {
            group.leave_out_all_but(&GROUP, draft);
            let (id, name) = (group.text("id"), html::plain(&group.text("content")));
            let name = if name.is_empty() { id.clone() } else { name };
            if group
                .raw("nestedGroups")
                .is_some_and(|it| Kind::of(it) == Kind::List)
            {
                let message = format!("the groups nested in “{name}” become lanes of their own");
                draft.warning(&group.at, message, "");
            }
            if group.text("visible") == "false" {
                draft.warning(
                    &group.at,
                    format!("the group “{name}” was hidden, and is shown"),
                    "",
                );
            }
            draft.file.lanes.push(LaneRow {
                id: Some(Text::owned(id.clone())),
                label: Some(Text::owned(name.clone())),
                ..LaneRow::default()
            });
            names.insert(id, name);
        }
        Self(names)
    }
}

fn item(item: &Object<'_>, groups: &Groups, draft: &mut Draft) {
    item.leave_out_all_but(&ITEM, draft);
    let (start, end) = (item.text("start"), item.text("end"));
    let title = html::plain(&item.text("content"));
    let Some(from) = date(&start) else {
        let message = if start.is_empty() {
            "there is no start, so the item is left out".to_owned()
        } else {
            format!("the start “{start}” is not understood, so the item is left out")
        };
        draft.error(&item.at.of("start"), message, DATE_HELP);
        return;
    };
    let to = date(&end);
    if to.is_none() && !end.is_empty() {
        let message = format!("the end “{end}” is not understood, and is left out");
        draft.error(&item.at.of("end"), message, DATE_HELP);
    }
    let date = Some(DateText(Text::owned(span(from, to))));
    if item.text("type") == "background" && item.raw("group").is_none() {
        draft.file.eras.push(EraRow {
            label: Text::some(title),
            date,
            ..EraRow::default()
        });
        return;
    }
    let group = item.text("group");
    if !group.is_empty() && !groups.0.is_empty() && !groups.0.contains_key(&group) {
        let message = format!("there is no group “{group}”: a lane is made of it");
        draft.warning(&item.at.of("group"), message, "");
    }
    let subgroup = item.text("subgroup");
    let mut row = EventRow {
        id: Text::some(item.text("id")),
        title: Text::some(title),
        date,
        lane: Text::some(group),
        summary: draft.markdown(&item.at.of("title"), &item.text("title")),
        ..EventRow::default()
    };
    row.tags.0.extend(Text::some(subgroup).map(|tag| (0, tag)));
    draft.event(&item.at, &row);
}

/// A date: ISO, or milliseconds since 1970; midnight is the day itself.
fn date(text: &str) -> Option<String> {
    let is_year = text.len() == 7 && text.starts_with(['+', '-']);
    // `-000043` is a year of six digits, and `2014` a year.
    let number = text.parse::<f64>().ok();
    let number = number.filter(|_| !is_year && (text.len() > 5 || text.starts_with('-')));
    let date = match number {
        // Within what 64 bits hold by far.
        Some(millis) if millis.abs() < 1e18 => Some(epoch_millis(millis as i64)),
        Some(_) => None,
        None => iso(text, Counting::WithZero),
    };
    if let Some(date) = date {
        return date.without_midnight().edtf();
    }
    let parts = Parts {
        date: text,
        ..Parts::default()
    };
    // As JavaScript reads it: the month comes first.
    let order = Some(DayMonthOrder::MonthFirst);
    parts.read(order).map(|understood| understood.edtf)
}
