//! The events on a lesson's timeline, and the step from which each is shown.
//!
//! ```text
//!  step 2 of 4        not yet told
//!  ▒▓▒  ░▓▒   ▓▓▶     ┊
//! ──┬────┬────┬───────┬──
//! ```
//!
//! Events later than the latest revealed one are hidden, and so are events that a later step
//! reveals; besides the revealed events only earlier ones and causes are shown. It leaves rows to
//! [`stage_rows`](super::stage_rows) and drawing to
//! [`draw::stage_timeline`](super::draw::stage_timeline).

use super::{camera::Camera, lane_index, mark::Mark};
use crate::{
    model::{EventId, Lesson, Question, Step, Timeline},
    time::{Moment, When},
};

/// The width in px for which a lesson's cameras are made: about that of a projector's.
/// [`LessonTimeline::seen_over`] adapts a camera to another width.
pub const WIDTH_PX: f64 = 1600.0;
/// At most this many events are added to the lesson's own: more would crowd them out.
const MOST_OTHERS: usize = 40;
/// The share of the width that is left free on each side of the time shown.
const MARGIN: f64 = 0.03;

/// An event of the lesson's timeline.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct LessonEvent {
    /// The event.
    pub event: EventId,
    /// The first step whose event it is.
    pub revealed_by: Option<usize>,
    /// The first step that asks to put it in order.
    pub asked_by: Option<usize>,
    /// The first step whose event it led to.
    pub leads_to: Option<usize>,
}

/// All events of the lesson's timeline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LessonTimeline {
    /// In the order of time.
    pub events: Vec<LessonEvent>,
    /// How many events of the file are not among them.
    pub left_out: usize,
    /// How many steps the lesson has.
    steps: usize,
    /// The first and last instant of the lesson's own events and their causes.
    whole: Option<(Moment, Moment)>,
}

impl LessonTimeline {
    /// The events of a lesson with their causes, and the most important others of the same time.
    pub fn of(timeline: &Timeline, lesson: &Lesson) -> Self {
        let mut events: Vec<EventId> = lesson.steps.iter().filter_map(|step| step.event).collect();
        let asked = lesson.steps.iter().filter_map(|step| match &step.question {
            Some(Question::Order(events)) => Some(events),
            _ => None,
        });
        let mut own = events.clone();
        own.extend(asked.flatten());
        let causes = own.iter().flat_map(|&event| timeline.event(event).because);
        events.extend(own.iter().copied().chain(causes.map(|link| link.event)));
        events.sort_unstable();
        events.dedup();
        let whole = events.iter().fold(None, |whole, &event| {
            let (from, to) = (timeline.start(event), timeline.end(event));
            let (first, last) = whole.unwrap_or((from, to));
            Some((from.min(first), to.max(last)))
        });
        let mut others: Vec<EventId> = timeline
            .events()
            .filter(|event| events.binary_search(event).is_err())
            .filter(|&event| {
                whole.is_none_or(|(from, to)| {
                    timeline.start(event) <= to && from <= timeline.end(event)
                })
            })
            .collect();
        let by_importance =
            |event: &EventId| (std::cmp::Reverse(timeline.importance(*event)), *event);
        if others.len() > MOST_OTHERS {
            others.select_nth_unstable_by_key(MOST_OTHERS, by_importance);
            others.truncate(MOST_OTHERS);
        }
        events.extend(others);
        events.sort_unstable();
        let first_step = |is_it: &dyn Fn(EventId) -> bool| {
            let mut steps = lesson.steps.iter();
            steps.position(|step| step.event.is_some_and(is_it))
        };
        let asked_by = |event: EventId| {
            let mut steps = lesson.steps.iter();
            steps.position(|step| match &step.question {
                Some(Question::Order(asked)) => asked.contains(&event),
                _ => false,
            })
        };
        let leads_to = |event: EventId, shown: EventId| {
            let mut causes = timeline.event(shown).because.into_iter();
            causes.any(|link| link.event == event)
        };
        let events = events.iter().map(|&event| LessonEvent {
            event,
            revealed_by: first_step(&|shown| shown == event),
            asked_by: asked_by(event),
            leads_to: first_step(&|shown| leads_to(event, shown)),
        });
        let events: Vec<LessonEvent> = events.collect();
        Self {
            left_out: timeline.len() - events.len(),
            events,
            steps: lesson.steps.len(),
            whole,
        }
    }

    /// The camera of a step, over [`WIDTH_PX`]: on its own view, else on the whole lesson's time.
    pub fn camera(&self, view: Option<&When>) -> Camera {
        let own = view.and_then(|view| view.earliest().zip(view.latest()));
        let own = own.filter(|(from, to)| from < to);
        let (from, to) = own.or(self.whole).unwrap_or_else(|| {
            let year = Moment::year_start;
            (year(2000), year(2001))
        });
        Camera::over(from, to, WIDTH_PX).zoomed_about(WIDTH_PX / 2.0, 1.0 - 2.0 * MARGIN)
    }

    /// The camera that shows the same time over another width.
    pub fn seen_over(camera: Camera, width_px: f64) -> Camera {
        let scale = camera.secs_per_px() * WIDTH_PX / width_px.max(1.0);
        camera.with_scale_about(0.0, scale)
    }

    /// The events shown at a step: those that it and the steps before it reveal, their causes, and
    /// those that began before the latest of them; with `is_all_revealed` all events. Never those
    /// in `hidden`, which the step asks about.
    pub fn shown<'a>(
        &'a self,
        timeline: &'a Timeline,
        step: usize,
        hidden: Vec<EventId>,
        is_all_revealed: bool,
    ) -> impl Iterator<Item = LessonEvent> + 'a {
        let by_now = move |by: Option<usize>| by.is_some_and(|by| by <= step);
        let is_revealed =
            move |event: &LessonEvent| by_now(event.revealed_by) || by_now(event.asked_by);
        let revealed = self.events.iter();
        let revealed =
            revealed.filter(|event| is_revealed(event) && !hidden.contains(&event.event));
        let latest = revealed.map(|event| timeline.start(event.event)).max();
        let is_last = step + 1 >= self.steps;
        self.events.iter().copied().filter(move |event| {
            if hidden.contains(&event.event) {
                return false;
            }
            let leads_here = by_now(event.leads_to);
            let start = timeline.start(event.event);
            // The last step hides no later events.
            let is_before =
                is_last && hidden.is_empty() || latest.is_some_and(|latest| start < latest);
            let is_free = event.revealed_by.is_none()
                && (leads_here || event.asked_by.is_none() && is_before);
            is_all_revealed || is_revealed(event) || is_free
        })
    }

    /// The mark of an event's date.
    pub fn mark(timeline: &Timeline, event: EventId) -> Mark {
        lane_index::mark(timeline, event)
    }
}

/// Whether a step names an event's lane or one of its people.
pub fn is_named(step: &Step, timeline: &Timeline, event: EventId) -> bool {
    let people = timeline.event(event).people;
    step.lanes.contains(&timeline.lane(event)) || people.iter().any(|it| step.people.contains(it))
}

/// The events to hide while a step's question is open: those it asks about, and the step's event.
pub fn asked_about(step: &Step) -> Vec<EventId> {
    let mut asked: Vec<EventId> = match &step.question {
        Some(Question::Order(events)) => events.clone(),
        Some(Question::When | Question::Choose(_)) => Vec::new(),
        None => return Vec::new(),
    };
    asked.extend(step.event);
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{ "title": "T", "events": [
        { "id": "a", "title": "A", "date": "2001" },
        { "id": "b", "title": "B", "date": "2003", "because": [{ "event": "later" }] },
        { "id": "between", "title": "Between", "date": "2002" },
        { "id": "later", "title": "Later", "date": "2004" },
        { "id": "c", "title": "C", "date": "2005/" },
        { "id": "d", "title": "D", "date": "2005" },
        { "id": "last", "title": "Last", "date": "2009" } ],
      "lessons": [{ "title": "L", "steps": [
        { "event": "a" }, { "title": "text" }, { "event": "b", "view": "2002/2006" },
        { "ask": "when", "event": "d" }, { "event": "c" },
        { "ask": "order", "events": ["c", "a"] }, { "event": "last" }] }] }"#;

    fn lesson_timeline() -> (std::sync::Arc<Timeline>, LessonTimeline) {
        let timeline = crate::formats::read(FILE.as_bytes()).unwrap().timeline;
        let lesson_timeline = LessonTimeline::of(&timeline, &timeline.lessons()[0]);
        (timeline, lesson_timeline)
    }

    #[test]
    fn later_events_are_hidden_until_they_are_revealed() {
        let (timeline, lesson_timeline) = lesson_timeline();
        let steps = &timeline.lessons()[0].steps;
        for (step, is_answered, expected) in [
            (0, true, "a"),
            (1, true, "a"),
            // Earlier events, and the causes that the file states.
            (2, true, "a between b later"),
            (3, false, "a between b later"),
            (3, true, "a between b later d"),
            (4, true, "a between b later c d"),
            (5, false, "between b later d"),
            (5, true, "a between b later c d"),
            (6, true, "a between b later c d last"),
        ] {
            let hidden = if is_answered {
                Vec::new()
            } else {
                asked_about(&steps[step])
            };
            let shown = lesson_timeline.shown(&timeline, step, hidden, false);
            let ids: Vec<_> = shown.map(|event| timeline.event(event.event).id).collect();
            assert_eq!(
                ids.join(" "),
                expected,
                "step {step}, answered: {is_answered}"
            );
        }
        assert_eq!(
            lesson_timeline
                .shown(&timeline, 0, Vec::new(), true)
                .count(),
            7
        );
    }

    #[test]
    fn a_step_looks_at_its_view_over_any_width() {
        let (timeline, lesson_timeline) = lesson_timeline();
        let view = timeline.lessons()[0].steps[2].view.as_ref();
        let camera = lesson_timeline.camera(view);
        for width in [300.0, WIDTH_PX, 3000.0] {
            let seen = LessonTimeline::seen_over(camera, width);
            let x = |year| seen.x_from_time(Moment::year_start(year));
            assert!(x(2002) > 0.0 && x(2002) < 0.05 * width, "{}", x(2002));
            assert!(x(2007) < width && x(2007) > 0.95 * width, "{}", x(2007));
        }
    }

    #[test]
    fn of_many_others_the_most_important_have_a_part() {
        let rows: Vec<String> = (0..200)
            .map(|n| {
                format!(
                    r#"{{"id": "e{n}", "title": "E", "date": "20{:02}", "importance": {}}}"#,
                    n % 100,
                    1 + n % 5
                )
            })
            .collect();
        let file = format!(
            r#"{{"title": "T", "events": [{}], "lessons": [{{"title": "L", "steps": [{{"event": "e0"}}, {{"event": "e99"}}]}}]}}"#,
            rows.join(",")
        );
        let timeline = crate::formats::read(file.as_bytes()).unwrap().timeline;
        let lesson_timeline = LessonTimeline::of(&timeline, &timeline.lessons()[0]);
        assert_eq!(lesson_timeline.events.len(), 2 + MOST_OTHERS);
        assert_eq!(lesson_timeline.left_out, 200 - lesson_timeline.events.len());
        let others = lesson_timeline
            .events
            .iter()
            .filter(|event| event.revealed_by.is_none());
        assert!(
            others
                .into_iter()
                .all(|event| timeline.importance(event.event) >= 4)
        );
    }
}
