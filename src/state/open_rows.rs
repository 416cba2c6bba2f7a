//! What is open in the lists of a chronology stays with its row, wherever that is after a change.

use super::Writing;
use crate::{
    formats::json::ranges::RowList,
    model::{Era, Lesson, Step, Timeline},
};

impl Writing {
    /// Has the open row and step be the same ones in a newer timeline; no row is to be deleted any more.
    pub(super) fn follow_rows(&mut self, old: &Timeline, new: &Timeline) {
        self.row_to_delete = None;
        let Some((list, row)) = self.list.zip(self.open_row) else {
            self.open_step = None;
            return;
        };
        self.open_row = followed_row(list, row, old, new);
        let lessons = (old.lessons().get(row), self.open_row);
        self.open_step = match lessons {
            (Some(before), Some(now)) if list == RowList::Lessons => {
                let now = new.lessons().get(now);
                self.open_step.zip(now).and_then(|(step, now)| {
                    let is_same = |it: &Step, other: &Step| is_same_step(it, old, other, new);
                    followed(step, &before.steps, &now.steps, is_same)
                })
            }
            // A lesson that is just being added has no step yet.
            _ => None,
        };
    }
}

fn followed_row(list: RowList, row: usize, old: &Timeline, new: &Timeline) -> Option<usize> {
    match list {
        RowList::Lanes => followed(row, old.lanes(), new.lanes(), |it, other| it.id == other.id),
        RowList::People => followed(row, old.people(), new.people(), |it, other| {
            it.id == other.id
        }),
        RowList::Places => followed(row, old.places(), new.places(), |it, other| {
            it.id == other.id
        }),
        RowList::Sources => followed(row, old.sources(), new.sources(), |it, other| {
            it.id == other.id
        }),
        RowList::Lessons => {
            let is_same = |it: &Lesson, other: &Lesson| it.id == other.id;
            followed(row, old.lessons(), new.lessons(), is_same)
        }
        RowList::Eras => {
            let is_same =
                |it: &Era, other: &Era| (&it.label, &it.when) == (&other.label, &other.when);
            followed(row, old.eras(), new.eras(), is_same)
        }
        // Events are in no list to be changed.
        RowList::Events => None,
    }
}

/// Whether steps of two timelines tell the same.
fn is_same_step(it: &Step, old: &Timeline, other: &Step, new: &Timeline) -> bool {
    let event = it.event.map(|event| old.event(event).id);
    let other_event = other.event.map(|event| new.event(event).id);
    let texts = |[one, other]: [&Step; 2]| {
        (&one.missing, &one.title, &one.say, &one.notes)
            == (&other.missing, &other.title, &other.say, &other.notes)
    };
    event == other_event && texts([it, other]) && it.view == other.view
}

/// The place of a thing in a newer list: of what is the same, at its own place first; where nothing is
/// and as many are left, it was changed where it stands. `None` where it is gone.
fn followed<T>(
    place: usize,
    old: &[T],
    new: &[T],
    is_same: impl Fn(&T, &T) -> bool,
) -> Option<usize> {
    let Some(it) = old.get(place) else {
        // It was just being added.
        return (place < new.len()).then_some(place);
    };
    if new.get(place).is_some_and(|other| is_same(it, other)) {
        return Some(place);
    }
    let is_changed_here = old.len() == new.len();
    // One that was the same before, too, is another one.
    let is_twin = |at: usize| {
        let before = old.get(at).filter(|_| is_changed_here);
        before.is_some_and(|before| is_same(it, before))
    };
    let mut others = (0..).zip(new);
    let found = others.find(|(at, other)| is_same(it, other) && !is_twin(*at));
    let found = found.map(|(at, _)| at);
    found.or_else(|| is_changed_here.then_some(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_stays_open_wherever_it_goes() {
        for (place, old, new, expected) in [
            (1, "abc", "bac", Some(0)),
            (1, "abc", "acb", Some(2)),
            (1, "abc", "ac", None),
            (2, "abc", "ac", Some(1)),
            (1, "abc", "axc", Some(1)),
            (1, "abc", "dabc", Some(2)),
            (1, "aaa", "aaa", Some(1)),
            (1, "aa", "ax", Some(1)),
            (3, "abc", "abcd", Some(3)),
            (3, "abc", "abc", None),
        ] {
            let [before, after] = [old, new].map(|it| it.chars().collect::<Vec<_>>());
            let now = followed(place, &before, &after, |it, other| it == other);
            assert_eq!(now, expected, "{place} of {old} in {new}");
        }
    }
}
