//! Lessons and their steps.

use super::events::{Events, people};
use super::lists::Lists;
use super::{Notes, owned};
use crate::formats::json::faults::Trail;
use crate::formats::json::names::{Names, Noun};
use crate::formats::json::rows::{LessonRow, StepRow};
use crate::formats::json::value::{List, Text};
use crate::model::{DraftId, LaneId, Lesson, Step, TimelineBuilder};

/// Checks all lessons and hands them to the builder.
pub fn lessons(
    rows: List<LessonRow<'_>>,
    lists: &Lists<'_>,
    events: &Events,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) {
    const LESSONS: Noun = Noun {
        list: "lessons",
        one: "lesson",
        label: "title",
    };
    let list = Trail::TOP.key(LESSONS.list);
    let entries = rows.entries(|row| (row.id.as_ref(), row.title.as_ref()));
    let (_, ids) = Names::claim(LESSONS, entries, notes.faults);
    for ((position, row), id) in rows.into_iter().zip(ids) {
        let lesson = list.index(position);
        let trail = lesson.key("steps");
        let steps = row.steps.into_iter();
        let steps = steps.map(|(index, row)| step(row, &trail.index(index), lists, events, notes));
        let steps = steps.collect();
        builder.lesson(Lesson {
            id,
            title: owned(row.title),
            steps,
            extra: row.extra,
        });
    }
}

/// A step; one whose event is missing stays as text.
fn step(
    row: StepRow<'_>,
    trail: &Trail<'_>,
    lists: &Lists<'_>,
    events: &Events,
    notes: &mut Notes<'_>,
) -> Step<DraftId> {
    let tells = [&row.event, &row.title, &row.say];
    if tells.into_iter().flatten().all(Text::is_blank) {
        notes.faults.warning(trail, || {
            (
                "this step shows nothing",
                "give it an \"event\", or text in \"say\"",
            )
        });
    }
    let event = row.event.filter(|event| !event.is_blank());
    let event = event.and_then(|event| events.link(&event, &trail.key("event"), notes));
    let (view, view_date) = notes.optional_date(row.view, &trail.key("view"));
    let lanes_trail = trail.key("lanes");
    let mut lanes = Vec::with_capacity(row.lanes.len());
    for (index, id) in &row.lanes {
        let lane = notes.link(&lists.lanes.names, id, &lanes_trail.index(*index));
        lanes.extend(lane.and_then(|lane| LaneId::from_index(lane as usize)));
    }
    Step {
        event,
        title: owned(row.title),
        say: owned(row.say),
        notes: owned(row.notes),
        view,
        view_date,
        people: people(&row.people, &lists.people, &trail.key("people"), notes),
        lanes,
        extra: row.extra,
    }
}
