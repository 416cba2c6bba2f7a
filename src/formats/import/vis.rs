//! The data sets of vis-timeline: items, and groups to which they belong.

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
        Counting, Format, Location, ReadProgress,
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

    fn read(&self, text: &str, _: &ReadProgress, draft: &mut Draft) -> bool {
        let Some((mut walk, top)) = Walk::of(text) else {
            return false;
        };
        let Some(top) = Object::of(top, Location::line(1)) else {
            walk.each_object(top, "", draft, |draft, object| {
                item(&object, draft);
            });
            return true;
        };
        top.leave_out_all_but(&["items", "data", "groups", "title"], draft);
        if !top.text("title").is_empty() {
            draft.file.title = Text::some(html::plain(&top.text("title")));
        }
        if let Some(list) = top.raw("groups") {
            lanes(list, draft);
        }
        let name = if top.raw("items").is_some() {
            "items"
        } else {
            "data"
        };
        if let Some(list) = top.raw(name) {
            walk.each_object(list, name, draft, |draft, object| {
                item(&object, draft);
            });
        }
        true
    }
}

/// Reads the groups and lists them as lanes, in their order.
fn lanes(list: &serde_json::value::RawValue, draft: &mut Draft) {
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
            id: Some(Text::owned(id)),
            label: Some(Text::owned(name)),
            ..LaneRow::default()
        });
    }
}

fn item(item: &Object<'_>, draft: &mut Draft) {
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

#[cfg(test)]
mod tests {
    use crate::{
        formats::read,
        testing::{events, said, survives_changes},
    };

    /// Every field and trap of the format.
    const FIXTURE: &str = r#"{
  "groups": [
    { "id": 2, "content": "<b>Second</b>", "order": 2, "visible": false },
    { "id": 1, "content": "First", "order": 1, "nestedGroups": [2], "className": "x" }
  ],
  "items": [
    { "id": "a", "content": "Mosul &amp; more", "start": "2014-06-10", "group": 1, "title": "A <i>tip</i>", "className": "red", "style": "color: red" },
    { "id": "b", "content": "Span", "start": "2014-06-10T08:00:00.000Z", "end": "2014-06-12", "type": "range", "group": 2, "subgroup": "s" },
    { "content": "Epoch", "start": 1402358400000, "type": "point" },
    { "content": "Caesar", "start": "-000043-03-15" },
    { "content": "1 BC", "start": "0000" },
    { "content": "Year", "start": "-000043" },
    { "content": "Slash", "start": "06/10/2014" },
    { "content": "Era", "start": "1900-01-01", "end": "1910-01-01", "type": "background" },
    { "content": "No group", "start": "2014", "group": 9 },
    { "content": "Never", "start": "soon" },
    { "content": "None" }
  ]
}"#;

    #[test]
    fn a_data_set_is_opened() {
        let source = read(FIXTURE.as_bytes()).expect("it is opened");
        assert_eq!(
            events(&source),
            [
                "Year | 44 BC | ",
                "Caesar | 15 March 44 BC | ",
                "1 BC | 1 BC | ",
                "No group | 2014 | 9",
                "Mosul & more | 10 June 2014 | First",
                "Epoch | 10 June 2014 | ",
                "Slash | 10 June 2014 | ",
                "Span | 10 June 2014, 08:00 UTC to 12 June 2014 | Second",
            ]
        );
        let lanes = source
            .timeline
            .lanes()
            .iter()
            .map(|lane| lane.label.as_str());
        assert_eq!(lanes.take(2).collect::<Vec<_>>(), ["First", "Second"]);
        assert_eq!(source.timeline.eras().len(), 1);
        assert_eq!(
            said(&source),
            [
                "1:1: warning: groups[0]: the group “Second” was hidden, and is shown",
                "1:1: warning: groups[1]: the groups nested in “First” become lanes of their own",
                "1:1: warning: groups[1]: a timeline has no place for “className”: it is left out, 2 times",
                "7:5: warning: items[0]: a timeline has no place for “style”: it is left out",
                "15:5: warning: lane: there is no lane \"9\", so one is added; write one of the ids in \
                 \"lanes\", or take this one out",
                "16:5: error: items[9].start: the start “soon” is not understood, so the item is left out; \
                 write it like 2014-06-10, or in milliseconds",
                "17:5: error: items[10].start: there is no start, so the item is left out; \
                 write it like 2014-06-10, or in milliseconds",
            ]
        );
    }

    #[test]
    fn a_list_of_items_is_opened() {
        let source = read(br#"[{"content": "a", "start": "2014-06-10", "group": "War"}]"#);
        assert_eq!(
            events(&source.expect("it is opened")),
            ["a | 10 June 2014 | War"]
        );
    }

    #[test]
    fn a_changed_file_is_read_or_refused() {
        survives_changes(FIXTURE);
    }
}
