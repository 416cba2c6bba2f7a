//! A lesson generated for a file without one: its most important events in the order of time.

use super::super::{ids::EventId, timeline::Timeline};
use super::{Lesson, Step};

/// The most steps of a generated lesson: a school hour has room for about a dozen.
const MOST_STEPS: usize = 12;

impl Lesson {
    /// Generates a lesson of a timeline's most important events: one step per event, in the order
    /// of time, with its summary as the text on the screen. Where not all equally important events
    /// fit, they are sampled evenly in the order of time.
    pub fn made_of(timeline: &Timeline) -> Self {
        let mut chosen: Vec<EventId> = Vec::new();
        let highest = timeline.importances().iter().max();
        for importance in (0..=highest.copied().unwrap_or(0)).rev() {
            let room = MOST_STEPS - chosen.len();
            if room == 0 {
                break;
            }
            let of_it = || {
                timeline
                    .events()
                    .filter(|&it| timeline.importance(it) == importance)
            };
            let count = of_it().count();
            // The middles of `room` equal parts.
            let taken =
                (0..room.min(count)).map(|part| (2 * part + 1) * count / (2 * room.min(count)));
            let mut taken = taken.peekable();
            for (number, event) in of_it().enumerate() {
                if taken.next_if_eq(&number).is_some() {
                    chosen.push(event);
                }
            }
        }
        chosen.sort_unstable();
        let step = |event| Step {
            event: Some(event),
            say: timeline.event(event).summary.to_owned(),
            ..Step::default()
        };
        Self {
            id: String::new(),
            title: timeline.title().to_owned(),
            steps: chosen.into_iter().map(step).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the years of the steps generated from events given as year and importance.
    fn check(events: &[(i32, u8)], expected: &[&str]) {
        let rows: Vec<String> = events
            .iter()
            .map(|(year, importance)| {
                format!(r#"{{"title": "{year}", "date": "{year}", "importance": {importance}, "summary": "s"}}"#)
            })
            .collect();
        let file = format!(r#"{{"title": "T", "events": [{}]}}"#, rows.join(","));
        let timeline = crate::formats::read(file.as_bytes()).unwrap().timeline;
        let lesson = Lesson::made_of(&timeline);
        let steps = lesson.steps.iter().filter_map(|step| step.event);
        let years: Vec<_> = steps.map(|event| timeline.event(event).title).collect();
        assert_eq!(years, expected);
        assert!(lesson.steps.iter().all(|step| step.say == "s"));
        assert_eq!(lesson.title, "T");
    }

    #[test]
    fn the_most_important_events_are_steps_in_the_order_of_time() {
        check(&[], &[]);
        check(&[(2003, 1), (2001, 5)], &["2001", "2003"]);
        // Twelve of fourteen: the one important event, and eleven of the rest, evenly spread.
        let mut events: Vec<(i32, u8)> = (0..13).map(|year| (2000 + year, 3)).collect();
        events.push((1990, 5));
        let years = [
            "1990", "2000", "2001", "2002", "2004", "2005", "2006", "2007", "2008", "2010", "2011",
            "2012",
        ];
        check(&events, &years);
    }
}
