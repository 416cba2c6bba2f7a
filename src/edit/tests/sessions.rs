//! Whole sessions of writing, at random: changes, undos, redos, saves, and saves by other programs in
//! between.

use std::{fmt::Write as _, sync::Arc};

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{knows_its_rows, laid_out};
use crate::{
    edit::{Change, Edit, Named, OpenText, Subject, ThreeTexts, Winner, merge},
    formats::{
        self, ReadProgress, Source,
        json::ranges::{Ranges, RowList},
        source::RowPosition,
    },
    model::{EventId, KnownTexts},
    testing::fixed,
};

const SHIPPED: &str = include_str!("../../../timeline.json");

/// What somebody does, with numbers that choose among what is there.
#[derive(Clone, Debug)]
enum Deed {
    Change(u8, usize, usize, String),
    Undo,
    Redo,
    Save,
    /// Another program saves the file with a change of its own.
    SavedElsewhere(u8, usize, String, bool),
}

fn deed() -> impl Strategy<Value = Deed> {
    let words = "[\\PC&&[^\\p{Z}]]{1,9}";
    prop_oneof![
        8 => (0_u8..17, 0_usize..40, 0_usize..40, words)
            .prop_map(|(kind, one, other, words)| Deed::Change(kind, one, other, words)),
        3 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
        2 => Just(Deed::Save),
        1 => (0_u8..3, 0_usize..40, words, any::<bool>()).prop_map(
            |(kind, one, words, is_ours)| Deed::SavedElsewhere(kind, one, words, is_ours)
        ),
    ]
}

fn event(source: &Source, number: usize) -> Option<EventId> {
    let count = source.timeline.len();
    let number = number.checked_rem(count)?;
    source.timeline.events().nth(number)
}

/// A change of what there is; `None` where there is nothing to change so.
fn change(source: &Source, (kind, one, other): (u8, usize, usize), words: &str) -> Option<Change> {
    let timeline = &source.timeline;
    let (it, also) = (event(source, one), event(source, other));
    let write = |of, field, value: Value| Change::Write {
        of,
        path: Vec::new(),
        field,
        value,
    };
    let add = |list, item: Value| {
        Some(Change::AddItem {
            of: Subject::Event(it?),
            path: Vec::new(),
            list,
            item,
        })
    };
    let row = |fields: Value| match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    let dates = ["1914", "2014-06-10", "1200~", "-0043", "2003/2010", "199X"];
    let date = dates.get(other % dates.len()).copied().unwrap_or_default();
    match kind {
        0 => Some(write(Subject::Event(it?), "summary", json!(words))),
        1 => Some(write(Subject::Event(it?), "date", json!(date))),
        2 => add("people", json!(words)),
        3 => add("because", json!({ "event": timeline.event(also?).id })),
        4 => Some(Change::RemoveItem {
            of: Subject::Event(it?),
            path: Vec::new(),
            list: "people",
            number: 0,
        }),
        5 => Some(write(Subject::Event(it?), "title", json!(words))),
        6 => Some(Change::AddEvents(vec![row(
            json!({ "title": words, "date": date }),
        )])),
        7 => Some(Change::Delete(vec![Subject::Event(it?)])),
        8 => Some(Change::Duplicate(it?)),
        9 => Some(Change::Rename {
            of: Subject::Event(it?),
            id: words.to_owned(),
        }),
        10 => {
            let kinds = [Named::Lane, Named::Person, Named::Place, Named::Source];
            Some(Change::AddNamed {
                event: it?,
                what: *kinds.get(other % kinds.len())?,
                name: words.to_owned(),
            })
        }
        11 => {
            let lanes = timeline.lanes().len();
            Some(Change::MoveRow {
                list: RowList::Lanes,
                from: one.checked_rem(lanes)?,
                to: other.checked_rem(lanes)?,
            })
        }
        12 => Some(Change::AddRow(
            RowList::People,
            row(json!({ "name": words })),
        )),
        13 => Some(write(Subject::File, "subtitle", json!(words))),
        14 => Some(Change::WriteAll {
            values: vec![(it?, json!(words)), (also?, json!(words))],
            field: "place",
        }),
        15 => Some(Change::Together {
            name: "both".to_owned(),
            changes: vec![
                write(Subject::Event(it?), "summary", json!(words)),
                write(Subject::Event(also?), "details", json!(words)),
            ],
        }),
        _ => Some(Change::Paste(json!({
            "title": "", "events": [{ "id": words, "title": words, "date": date }],
        }))),
    }
}

/// The texts of the events, and all that stands between them.
fn parts(text: &str) -> (Vec<&str>, String) {
    let ranges = Ranges::of(text);
    let (mut rows, mut between, mut at) = (Vec::new(), String::new(), 0);
    for position in 0.. {
        let row = RowPosition {
            list: RowList::Events,
            position,
        };
        let Some(range) = row.range(&ranges) else {
            break;
        };
        let _ = write!(between, "{}\u{0}", &text[at..range.start]);
        at = range.end;
        rows.push(&text[range]);
    }
    between.push_str(&text[at..]);
    (rows, between)
}

/// A session: the text as it is open, and what the file has.
struct Session {
    open: OpenText,
    source: Source,
    in_file: String,
    /// The text to which undo leads back.
    first: String,
}

impl Session {
    fn of(text: &str) -> Self {
        Self {
            open: OpenText::saved(Arc::new(text.to_owned())),
            source: formats::read(text.as_bytes()).expect("a chronology"),
            in_file: text.to_owned(),
            first: text.to_owned(),
        }
    }

    fn reread(&mut self) {
        let text = self.open.text();
        let value: Result<Value, _> = serde_json::from_str(text);
        assert!(value.is_ok(), "it stays JSON: {text}");
        let read = |known| formats::read_text(text, known, &ReadProgress::default());
        let before = self.source.timeline.known_texts();
        let fresh = read(KnownTexts::default()).expect("it stays a chronology");
        self.source = read(before).expect("whatever was known before");
        assert_eq!(self.source.timeline, fresh.timeline);
    }

    fn change(&mut self, change: &Change) {
        let before = Arc::clone(self.open.text());
        if !matches!(self.open.change(change, &self.source), Ok(Some(_))) {
            assert_eq!(&before, self.open.text());
            return;
        }
        if let Some(row) = self.only_row(change) {
            let (old, new) = (parts(&before), parts(self.open.text()));
            assert_eq!(old.1, new.1, "all around the events is as it was");
            for (position, (old, new)) in old.0.iter().zip(&new.0).enumerate() {
                assert!(old == new || position == row, "another event is as it was");
            }
            self.shows_what_was_written(change, row);
        }
        self.reread();
    }

    /// The place of the event that a change is of, where it is of that alone.
    fn only_row(&self, change: &Change) -> Option<usize> {
        let of = match change {
            Change::Write { of, field, .. } if !["title", "id"].contains(field) => of,
            Change::AddItem { of, .. } | Change::RemoveItem { of, .. } => of,
            _ => return None,
        };
        let Subject::Event(event) = of else {
            return None;
        };
        Some(self.source.position_of(*event)?.position as usize)
    }

    fn shows_what_was_written(&self, change: &Change, row: usize) {
        let text = self.open.text();
        let (rows, _) = parts(text);
        let row: Value = serde_json::from_str(rows[row]).expect("an event");
        if let Change::Write { field, value, .. } = change {
            assert_eq!(row.get(field), Some(value));
        }
        if let Change::AddItem { list, item, .. } = change {
            let items = row.get(list).and_then(Value::as_array);
            assert_eq!(items.and_then(|items| items.last()), Some(item));
        }
    }

    fn saved_elsewhere(&mut self, (kind, one): (u8, usize), words: &str, winner: Winner) {
        let mut theirs = Self::of(&self.in_file);
        let kind = [6, 0, 7]
            .get(usize::from(kind))
            .copied()
            .unwrap_or_default();
        let Some(change) = change(&theirs.source, (kind, one, one), words) else {
            return;
        };
        theirs.change(&change);
        let theirs = Arc::clone(theirs.open.text());
        if self.open.is_saved() {
            *self = Self::of(&theirs);
            return;
        }
        let ours = Arc::clone(self.open.text());
        let texts = ThreeTexts {
            base: &self.in_file,
            ours: &ours,
            theirs: &theirs,
        };
        let (draft, conflicts) = merge(&texts, winner).expect("both are chronologies");
        let merged = draft.text().to_owned();
        if conflicts.is_empty() {
            for text in [&*ours, &theirs] {
                for title in new_titles(&self.in_file, text) {
                    assert!(titles(&merged).contains(&title), "“{title}” is kept");
                }
            }
        }
        self.open = OpenText::saved(Arc::clone(&theirs));
        self.open.take(draft, "your changes");
        (self.in_file, self.first) = (theirs.to_string(), theirs.to_string());
        self.reread();
    }

    /// What a draft keeps leads from the file to the text, so that a crash loses nothing.
    fn can_be_taken_up(&self) {
        knows_its_rows(&self.open);
        let in_file = self.open.text_in_file();
        assert_eq!(in_file.as_deref(), Some(&self.in_file));
        let steps = self.open.steps_since_saved().expect("it is in a file");
        let kept = serde_json::to_string(&steps).expect("steps can be kept");
        let steps: Vec<Edit> = serde_json::from_str(&kept).expect("and read");
        let mut again = OpenText::saved(self.in_file.clone().into());
        assert!(steps.into_iter().all(|step| again.take_again(step)));
        assert_eq!(again.text(), self.open.text());
    }

    fn does(&mut self, deed: &Deed) {
        match deed {
            Deed::Change(kind, one, other, words) => {
                if let Some(change) = change(&self.source, (*kind, *one, *other), words) {
                    self.change(&change);
                }
            }
            Deed::Undo | Deed::Redo => {
                let before = Arc::clone(self.open.text());
                let is_undo = matches!(deed, Deed::Undo);
                let done = if is_undo {
                    self.open.undo()
                } else {
                    self.open.redo()
                };
                if done.is_some() {
                    let mut again = self.open.clone();
                    let back = if is_undo { again.redo() } else { again.undo() };
                    assert!(back.is_some());
                    assert_eq!(again.text(), &before);
                }
                self.reread();
            }
            Deed::Save => {
                self.in_file = self.open.text().to_string();
                self.open.set_saved();
            }
            Deed::SavedElsewhere(kind, one, words, is_ours) => {
                let winner = if *is_ours {
                    Winner::Ours
                } else {
                    Winner::Theirs
                };
                self.saved_elsewhere((*kind, *one), words, winner);
            }
        }
        self.can_be_taken_up();
    }
}

fn titles(text: &str) -> Vec<String> {
    let source = formats::read(text.as_bytes()).expect("a chronology");
    let timeline = &source.timeline;
    let titles = timeline.events().map(|it| timeline.event(it).title);
    titles.map(ToOwned::to_owned).collect()
}

fn new_titles(before: &str, after: &str) -> Vec<String> {
    let known = titles(before);
    let mut new = titles(after);
    new.retain(|title| !known.contains(title));
    new
}

fn plays(text: &str, deeds: &[Deed]) {
    let mut session = Session::of(text);
    for deed in deeds {
        session.does(deed);
    }
    let last = Arc::clone(session.open.text());
    let mut undone = 0;
    while session.open.undo().is_some() {
        undone += 1;
    }
    assert_eq!(
        session.open.text().as_str(),
        session.first,
        "undone altogether"
    );
    for _ in 0..undone {
        session.open.redo().expect("it was undone");
    }
    assert_eq!(session.open.text(), &last);
}

proptest! {
    #![proptest_config(fixed(96))]

    #[test]
    fn a_session_over_a_made_file_loses_nothing(
        layout in 0_u8..4,
        events in 0_usize..7,
        deeds in prop::collection::vec(deed(), 1..30),
    ) {
        plays(&laid_out(events, layout), &deeds);
    }

    #[test]
    fn a_session_over_the_shipped_file_loses_nothing(
        deeds in prop::collection::vec(deed(), 1..12),
    ) {
        plays(SHIPPED, &deeds);
    }
}
