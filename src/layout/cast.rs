//! What the timeline of a lesson shows: its events with their rows, and when each may be seen.
//!
//! ```text
//!  step 2 of 4        not yet told
//!  ▒▓▒  ░▓▒   ▓▓▶     ┊
//! ──┬────┬────┬───────┬──
//! ```
//!
//! Rows are chosen once a lesson, so that nothing moves while the story grows. What lies later than
//! what has been told is hidden, and so is what a later step tells: only what came before it, and what
//! led to it, stands beside what is told. It leaves drawing to [`draw::foot`](super::draw::foot).

use super::{camera::Camera, mark::Mark, tally};
use crate::{
    model::{EventId, Lesson, Question, Step, Timeline},
    time::{Moment, When},
};

/// Cameras of a lesson look at a timeline of this width, in px: about that of a projector's. One of
/// another width looks at the same time ([`Cast::seen_over`]).
pub const WIDTH_PX: f64 = 1600.0;
/// So many events that no step tells are shown beside those that are told: more would hide them.
const MOST_OTHERS: usize = 40;
/// More rows would be thinner than what is seen from the last row.
const MOST_ROWS: usize = 8;
/// One year may begin where the one before ends: their soft ends keep them apart. So much of an overlap
/// is a matter of rounding, in px.
const TOUCH_PX: f64 = 0.01;
/// The share of the width that is left free on both sides of what is shown.
const MARGIN: f64 = 0.03;

/// An event of the lesson's timeline.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The event.
    pub event: EventId,
    /// Its row, counted from the axis up.
    pub row: u16,
    /// The first step that tells it.
    pub told_by: Option<usize>,
    /// The first step whose answer tells its place in an order.
    pub asked_by: Option<usize>,
    /// The first step that tells something that it led to.
    pub leads_to: Option<usize>,
}

/// All events of the lesson's timeline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cast {
    /// In the order of time.
    pub parts: Vec<Part>,
    /// How many rows they need.
    pub rows: u16,
    /// How many events of the file have no part.
    pub left_out: usize,
    /// How many steps the lesson has.
    steps: usize,
    /// From the first to the last instant of what the lesson tells.
    whole: Option<(Moment, Moment)>,
}

impl Cast {
    /// The events of a lesson, and the most important others of its time.
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
        let parts = events.iter().map(|&event| {
            Part {
            event,
            row: 0,
            told_by: first_step(&|told| told == event),
            asked_by: lesson.steps.iter().position(|step| {
                matches!(&step.question, Some(Question::Order(asked)) if asked.contains(&event))
            }),
            leads_to: first_step(&|told| {
                timeline
                    .event(told)
                    .because
                    .into_iter()
                    .any(|link| link.event == event)
            }),
        }
        });
        let mut cast = Self {
            parts: parts.collect(),
            rows: 0,
            left_out: 0,
            steps: lesson.steps.len(),
            whole,
        };
        cast.choose_rows(timeline);
        cast
    }

    /// The lowest row in which each fits, in the order of time. Where there are too many at once, what the
    /// lesson does not tell is left out, and of the rest some lie over each other.
    fn choose_rows(&mut self, timeline: &Timeline) {
        let camera = self.camera(None);
        let mut ends: Vec<f64> = Vec::new();
        self.parts.retain_mut(|part| {
            let mark = tally::mark(timeline, part.event);
            let drawn = mark.drawn(&camera);
            let free = ends.iter().position(|&end| end <= drawn.x0 + TOUCH_PX);
            let is_own = part.told_by.or(part.asked_by).or(part.leads_to).is_some();
            let row = match free {
                Some(row) => row,
                None if ends.len() < MOST_ROWS => {
                    ends.push(f64::MIN);
                    ends.len() - 1
                }
                None if is_own => {
                    // Where the one that lies there ends first.
                    let rows = ends.iter().enumerate();
                    let first = rows.min_by(|a, b| a.1.total_cmp(b.1));
                    first.map_or(0, |(row, _)| row)
                }
                None => return false,
            };
            if let Some(end) = ends.get_mut(row) {
                *end = end.max(drawn.x1);
            }
            part.row = u16::try_from(row).unwrap_or(u16::MAX);
            true
        });
        self.left_out = timeline.len() - self.parts.len();
        self.rows = u16::try_from(ends.len()).unwrap_or(u16::MAX);
    }

    /// Where a step looks, over [`WIDTH_PX`]: its own stretch of time, else that of the whole lesson.
    pub fn camera(&self, view: Option<&When>) -> Camera {
        let own = view.and_then(|view| view.earliest().zip(view.latest()));
        let own = own.filter(|(from, to)| from < to);
        let (from, to) = own.or(self.whole).unwrap_or_else(|| {
            let year = Moment::year_start;
            (year(2000), year(2001))
        });
        Camera::over(from, to, WIDTH_PX).zoomed_about(WIDTH_PX / 2.0, 1.0 - 2.0 * MARGIN)
    }

    /// The same stretch of time over another width.
    pub fn seen_over(camera: Camera, width_px: f64) -> Camera {
        let scale = camera.secs_per_px() * WIDTH_PX / width_px.max(1.0);
        camera.with_scale_about(0.0, scale)
    }

    /// What may be seen at a step: what it and the steps before it tell, what led to that, and what
    /// began before it. `hidden` is what the step asks about. All of it where `is_all_told`.
    pub fn shown<'a>(
        &'a self,
        timeline: &'a Timeline,
        step: usize,
        hidden: Vec<EventId>,
        is_all_told: bool,
    ) -> impl Iterator<Item = Part> + 'a {
        let by_now = move |by: Option<usize>| by.is_some_and(|by| by <= step);
        let is_told = move |part: &Part| by_now(part.told_by) || by_now(part.asked_by);
        let told = self.parts.iter();
        let told = told.filter(|part| is_told(part) && !hidden.contains(&part.event));
        let latest = told.map(|part| timeline.start(part.event)).max();
        let is_last = step + 1 >= self.steps;
        self.parts.iter().copied().filter(move |part| {
            if hidden.contains(&part.event) {
                return false;
            }
            let leads_here = by_now(part.leads_to);
            let start = timeline.start(part.event);
            // At the end nothing is left that is still to come.
            let is_before =
                is_last && hidden.is_empty() || latest.is_some_and(|latest| start < latest);
            let is_free =
                part.told_by.is_none() && (leads_here || part.asked_by.is_none() && is_before);
            is_all_told || is_told(part) || is_free
        })
    }

    /// How an event's date is drawn.
    pub fn mark(timeline: &Timeline, event: EventId) -> Mark {
        tally::mark(timeline, event)
    }
}

/// What must not be seen while a step's question is open: what it asks about.
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

    fn cast() -> (Timeline, Cast) {
        let timeline = crate::formats::read(FILE.as_bytes()).unwrap().timeline;
        let cast = Cast::of(&timeline, &timeline.lessons()[0]);
        (timeline, cast)
    }

    #[test]
    fn what_lies_later_is_hidden_until_it_is_told() {
        let (timeline, cast) = cast();
        let steps = &timeline.lessons()[0].steps;
        for (step, is_answered, expected) in [
            (0, true, "a"),
            (1, true, "a"),
            // What came before it, and what the file says led to it.
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
            let shown = cast.shown(&timeline, step, hidden, false);
            let ids: Vec<_> = shown.map(|part| timeline.event(part.event).id).collect();
            assert_eq!(
                ids.join(" "),
                expected,
                "step {step}, answered: {is_answered}"
            );
        }
        assert_eq!(cast.shown(&timeline, 0, Vec::new(), true).count(), 7);
    }

    #[test]
    fn no_two_marks_of_a_row_overlap_and_rows_do_not_depend_on_the_step() {
        let (timeline, cast) = cast();
        let camera = cast.camera(None);
        for (number, one) in cast.parts.iter().enumerate() {
            for other in cast
                .parts
                .iter()
                .skip(number + 1)
                .filter(|it| it.row == one.row)
            {
                let [a, b] = [one, other].map(|it| Cast::mark(&timeline, it.event).drawn(&camera));
                assert!(
                    a.x1 <= b.x0 + TOUCH_PX || b.x1 <= a.x0 + TOUCH_PX,
                    "{one:?} and {other:?}"
                );
            }
        }
        assert!(cast.rows >= 2);
    }

    #[test]
    fn a_step_looks_at_its_view_over_any_width() {
        let (timeline, cast) = cast();
        let view = timeline.lessons()[0].steps[2].view.as_ref();
        let camera = cast.camera(view);
        for width in [300.0, WIDTH_PX, 3000.0] {
            let seen = Cast::seen_over(camera, width);
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
        let cast = Cast::of(&timeline, &timeline.lessons()[0]);
        assert_eq!(cast.parts.len(), 2 + MOST_OTHERS);
        assert_eq!(cast.left_out, 200 - cast.parts.len());
        let others = cast.parts.iter().filter(|part| part.told_by.is_none());
        assert!(
            others
                .into_iter()
                .all(|part| timeline.importance(part.event) >= 4)
        );
    }
}
