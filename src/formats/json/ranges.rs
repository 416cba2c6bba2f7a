//! Where the rows of a timeline.json lie in its text, in bytes.
//!
//! Found when it is called for, by parsing the text once: only the file's own object and its
//! lists are taken apart, the rows themselves are skipped over. While the text is changed, the
//! ranges follow.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::raw::{Kind, each_item, fields_of, name_of, offset_in, without_mark};

/// The lists of a file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowList {
    /// `lanes`
    Lanes,
    /// `people`
    People,
    /// `places`
    Places,
    /// `sources`
    Sources,
    /// `eras`
    Eras,
    /// `events`
    Events,
    /// `lessons`
    Lessons,
}

impl RowList {
    /// All lists, in the order in which they are written.
    pub const ALL: [Self; 7] = [
        Self::Lanes,
        Self::People,
        Self::Places,
        Self::Sources,
        Self::Eras,
        Self::Events,
        Self::Lessons,
    ];

    /// The field of the file that holds the list.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Lanes => "lanes",
            Self::People => "people",
            Self::Places => "places",
            Self::Sources => "sources",
            Self::Eras => "eras",
            Self::Events => "events",
            Self::Lessons => "lessons",
        }
    }
}

/// Whether one part of a JSON text can replace the other without changing how the text after it is
/// read, be it in a string that they begin or outside: neither ends an object or list that began before it, or leaves one open, and both end
/// within a string, or both outside.
fn leave_alike(one: &str, other: &str) -> bool {
    [false, true].into_iter().all(|is_in_string| {
        let end = end_of(one, is_in_string);
        end.is_some() && end == end_of(other, is_in_string)
    })
}

/// Where a part of a JSON text ends: in a string, and behind a backslash. `None` where brackets have
/// no partner in it.
fn end_of(part: &str, mut is_in_string: bool) -> Option<(bool, bool)> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for byte in part.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_in_string = !is_in_string,
            b'{' | b'[' if !is_in_string => depth += 1,
            b'}' | b']' if !is_in_string => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    (depth == 0).then_some((is_in_string, is_escaped))
}

/// The field of a file whose rows are handed over one by one, for there may be a million.
pub const EVENTS: &str = RowList::Events.field();

/// The byte range of each row of each list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranges {
    lists: [Vec<Range<usize>>; RowList::ALL.len()],
}

impl Ranges {
    /// The ranges of all rows. They are ranges of `text`, which may begin with a byte order mark. A
    /// text that is not a JSON object has none. Of a list that stands twice the last one counts, as
    /// it does where the file is read; one row without its list is a list of one.
    pub fn of(text: &str) -> Self {
        let mut ranges = Self::default();
        let Ok(top) = serde_json::from_str::<&RawValue>(without_mark(text)) else {
            return ranges;
        };
        let range = |raw: &RawValue| {
            let start = offset_in(text, raw.get()).unwrap_or(0);
            start..start + raw.get().len()
        };
        for (key, value) in fields_of(top).unwrap_or_default() {
            let name = name_of(key);
            let list = RowList::ALL.iter().position(|list| list.field() == name);
            let Some(list) = list.and_then(|list| ranges.lists.get_mut(list)) else {
                continue;
            };
            list.clear();
            if Kind::of(value) == Kind::Object {
                list.push(range(value));
            } else {
                each_item(value, |_, item| list.push(range(item)));
            }
        }
        ranges
    }

    /// Whether [`change`](Self::change) follows a change of the text, in which `removed` at `at` became
    /// `inserted`: one that lies within a row and leaves it one, or that lies outside all of them and can
    /// neither make nor unmake one. `false` where that is not certain.
    pub fn can_follow(&self, at: usize, removed: &str, inserted: &str) -> bool {
        let end = at + removed.len();
        for rows in &self.lists {
            let first = rows.partition_point(|range| range.end <= at);
            match rows.get(first) {
                Some(row) if row.start < at && end < row.end => {
                    return leave_alike(removed, inserted);
                }
                Some(row) if row.start < end => return false,
                _ => {}
            }
        }
        // A row needs one of these, or a comma before it.
        let may_be_rows = |text: &str| text.contains(['[', '{', ',']);
        !may_be_rows(removed) && !may_be_rows(inserted)
    }

    /// Follows a change within a row, or outside all: `removed` bytes at `at` became `inserted`.
    pub fn change(&mut self, at: usize, removed: usize, inserted: usize) {
        let after = at + removed;
        let moved = |place: usize| place - removed + inserted;
        for rows in &mut self.lists {
            let from = rows.partition_point(|range| range.end <= at);
            for range in rows.iter_mut().skip(from) {
                if range.start >= after && range.start > at {
                    range.start = moved(range.start);
                }
                if range.end >= after {
                    range.end = moved(range.end);
                }
            }
        }
    }

    /// Follows a row that is inserted into its list at a position. `inserted` is what is inserted at
    /// `at`: the row, with a comma and white space before or after it.
    pub fn insert_row(&mut self, list: RowList, position: usize, at: usize, inserted: &str) {
        let is_around = |it: char| it == ',' || it.is_ascii_whitespace();
        let row = inserted.trim_start_matches(is_around);
        let start = at + inserted.len() - row.len();
        let row = start..start + row.trim_end_matches(is_around).len();
        for (number, rows) in self.lists.iter_mut().enumerate() {
            let is_own = number == list as usize;
            // Of its own list, those from its position on; of others, those that begin later.
            let from = if is_own {
                position.min(rows.len())
            } else {
                rows.partition_point(|range| range.start < at)
            };
            for later in rows.iter_mut().skip(from) {
                *later = later.start + inserted.len()..later.end + inserted.len();
            }
            if is_own {
                rows.insert(from, row.clone());
            }
        }
    }

    /// Follows a row that is taken out of its list, with the comma beside it: `removed` bytes at `at`.
    pub fn remove_row(&mut self, list: RowList, position: usize, at: usize, removed: usize) {
        let rows = self.lists.get_mut(list as usize);
        if let Some(rows) = rows.filter(|rows| position < rows.len()) {
            rows.remove(position);
        }
        self.change(at, removed, 0);
    }

    /// The rows of a list, by their positions in it.
    pub fn list(&self, list: RowList) -> &[Range<usize>] {
        self.lists.get(list as usize).map_or(&[], Vec::as_slice)
    }

    /// The row at a position of a list.
    pub fn row(&self, list: RowList, position: u32) -> Option<Range<usize>> {
        self.list(list).get(position as usize).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_can_stand_for_another_where_neither_breaks_what_is_around_it() {
        for (one, other, expected) in [
            ("Old", "New", true),
            ("", r#", "short": "x""#, true),
            ("", r#"a \"quoted\" word"#, true),
            (r#""a""#, r#"["a", {"b": 1}]"#, true),
            ("", "(a) [b]", true),
            ("", "}, {", false),
            (r#"a" }, { "b"#, "x", false),
            (r#"a{" }, {"t": "}c"#, "x", false),
            ("", r#"" "#, false),
            ("", "\\", false),
            // It may be meant as a text, but who knows.
            ("", "{", false),
        ] {
            assert_eq!(leave_alike(one, other), expected, "{one} and {other}");
            assert_eq!(leave_alike(other, one), expected, "{other} and {one}");
        }
    }
}
