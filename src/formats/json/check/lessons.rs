//! Checks lessons and their steps.

use super::events::{Events, people};
use super::lists::Lists;
use super::notes::{Notes, owned};
use crate::formats::json::faults::{Trail, quoted};
use crate::formats::json::names::{Names, Noun};
use crate::formats::rows::{AnswerRow, LessonRow, StepRow};
use crate::formats::rows::{List, Text};
use crate::model::{Answer, Ask, FileEventId, LaneId, Lesson, Question, Step, TimelineBuilder};

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
            title: notes.one_line(row.title, &lesson, "title"),
            steps,
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
) -> Step<FileEventId> {
    let tells = [&row.event, &row.title, &row.say];
    if row.ask.is_none() && tells.into_iter().flatten().all(Text::is_blank) {
        notes.faults.warning(trail, || {
            (
                "this step shows nothing",
                "give it an \"event\", or text in \"say\"",
            )
        });
    }
    let event = row.event.filter(|event| !event.is_blank());
    let id = event.as_ref().map(|event| event.to_string());
    let event = event.and_then(|event| events.link(&event, &trail.key("event"), notes));
    let asked = Asked {
        ask: row.ask,
        has_words: row.title.as_ref().is_some_and(|title| !title.is_blank()),
        events: row.events,
        answers: row.answers,
    };
    let question = asked.question(event, trail, events, notes);
    let view = notes.optional_date(row.view, &trail.key("view"));
    let lanes_trail = trail.key("lanes");
    let mut lanes = Vec::with_capacity(row.lanes.len());
    for (index, id) in &row.lanes {
        let lane = notes.link(&lists.lanes.names, id, &lanes_trail.index(*index));
        lanes.extend(lane.and_then(|lane| LaneId::from_index(lane as usize)));
    }
    Step {
        event,
        missing: id.filter(|_| event.is_none()).unwrap_or_default(),
        title: notes.one_line(row.title, trail, "title"),
        say: owned(row.say),
        notes: owned(row.notes),
        view,
        people: people(&row.people, &lists.people, &trail.key("people"), notes),
        lanes,
        question,
    }
}

/// The fields of a step that make its question.
struct Asked<'a> {
    ask: Option<Ask>,
    has_words: bool,
    events: List<Text<'a>>,
    answers: List<AnswerRow<'a>>,
}

impl Asked<'_> {
    /// The question, where it can be asked: else that is reported, and the step is shown without
    /// it.
    fn question(
        self,
        event: Option<FileEventId>,
        trail: &Trail<'_>,
        events: &Events,
        notes: &mut Notes<'_>,
    ) -> Option<Question<FileEventId>> {
        self.say_unused(trail, notes);
        let has_words = self.has_words;
        let question = match self.ask? {
            Ask::Order => Question::Order(ordered(&self.events, trail, events, notes)),
            Ask::When => Question::When,
            Ask::Choose => Question::Choose(answers(self.answers, &trail.key("answers"), notes)),
        };
        let right = |answers: &[Answer]| answers.iter().filter(|answer| answer.is_right).count();
        let (is_missing, help) = match &question {
            Question::Order(events) if events.len() < 2 => (
                "at least two events to put in order",
                "name them in \"events\"",
            ),
            Question::When if event.is_none() => {
                ("an event whose date is guessed", "name it in \"event\"")
            }
            Question::Choose(_) if !has_words => ("words", "write it in \"title\""),
            Question::Choose(answers) if answers.len() < 2 => (
                "at least two answers to choose from",
                "write them in \"answers\"",
            ),
            Question::Choose(answers) if right(answers) != 1 => (
                "exactly one answer that is right",
                "write \"right\": true in one of its \"answers\"",
            ),
            _ => return Some(question),
        };
        notes.faults.error(&trail.key("ask"), || {
            let found = format!("this question needs {is_missing}; the step is told without it");
            (found, help)
        });
        None
    }

    /// Says what stands there for a question that is not asked.
    fn say_unused(&self, trail: &Trail<'_>, notes: &mut Notes<'_>) {
        for (key, is_there, ask) in [
            ("events", !self.events.is_empty(), Ask::Order),
            ("answers", !self.answers.is_empty(), Ask::Choose),
        ] {
            if is_there && self.ask != Some(ask) {
                notes.faults.warning(&trail.key(key), || {
                    let found = format!("{} is for a question of another kind", quoted(key));
                    (
                        found,
                        format!("write \"ask\": {}, or take it out", quoted(ask.word())),
                    )
                });
            }
        }
    }
}

/// The events of a question of order, each once.
fn ordered(
    names: &List<Text<'_>>,
    trail: &Trail<'_>,
    events: &Events,
    notes: &mut Notes<'_>,
) -> Vec<FileEventId> {
    let list = trail.key("events");
    let mut found: Vec<FileEventId> = Vec::with_capacity(names.len());
    for (position, id) in names {
        let place = list.index(*position);
        let Some(event) = events.link(id, &place, notes) else {
            continue;
        };
        if found.contains(&event) {
            notes.faults.warning(&place, || {
                let said = format!("the event {} stands here twice", quoted(id));
                (said, "take one of them out")
            });
        } else {
            found.push(event);
        }
    }
    found
}

/// The answers of a question; one without words is left out.
fn answers(rows: List<AnswerRow<'_>>, list: &Trail<'_>, notes: &mut Notes<'_>) -> Vec<Answer> {
    let mut answers = Vec::with_capacity(rows.len());
    for (position, row) in rows {
        if row.text.as_ref().is_none_or(Text::is_blank) {
            notes.faults.error(&list.index(position), || {
                (
                    "this answer says nothing and is left out",
                    "give it a \"text\"",
                )
            });
            continue;
        }
        answers.push(Answer {
            text: owned(row.text),
            is_right: row.right.unwrap_or_default(),
        });
    }
    answers
}
