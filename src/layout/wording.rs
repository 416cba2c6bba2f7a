//! The text of a label, and its width; and what a chronology holds, in words.
//!
//! A date's text is made when a label is measured or drawn, and never kept for events out of view.
//! It leaves eliding and placing to others.

use std::{
    ops::Range,
    sync::{Arc, Weak},
};

use foldhash::HashMap;

use super::{
    LaneIndex,
    measure::{Face, TextMeasure},
    metrics::{BESIDE_GAP_PX, DATE_SIZE_PX, Form, LABEL_SIZE_PX},
};
use crate::{
    model::{Certainty, EventId, LaneId, Timeline},
    time::{Moment, view_range},
};

/// Makes labels' texts in a buffer that is reused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wording {
    date: String,
}

impl Wording {
    /// The text of a label's date, with its certainty.
    pub fn date(&mut self, timeline: &Timeline, event: EventId) -> &str {
        self.date.clear();
        timeline.write_date_label(event, &mut self.date);
        let certainty = timeline.certainty(event);
        // That an event is expected is shown by its dashed mark already.
        let word = certainty
            .qualifier()
            .filter(|_| certainty != Certainty::Expected);
        if let Some(word) = word {
            self.date.push_str(" · ");
            self.date.push_str(word);
        }
        &self.date
    }

    /// The width of title and date without eliding, rounded up to whole px.
    pub fn width_px(
        &mut self,
        timeline: &Timeline,
        event: EventId,
        form: Form,
        measure: &dyn TextMeasure,
    ) -> f32 {
        // In the widest face, so that selecting an event elides nothing.
        let title = measure.width(timeline.short(event), Face::SansSemiBold, LABEL_SIZE_PX);
        let date = measure.width(self.date(timeline, event), Face::Sans, DATE_SIZE_PX);
        match form {
            Form::Under => title.max(date),
            Form::Beside => title + BESIDE_GAP_PX + date,
        }
        .ceil()
    }
}

/// The dates of labels that were drawn lately: the same labels come in frame after frame.
#[derive(Clone, Debug, Default)]
pub struct DrawnDates {
    of: Weak<Timeline>,
    wording: Wording,
    /// All of them, and where in it the one of an event is.
    words: String,
    by_event: HashMap<EventId, Range<usize>>,
}

/// So many dates are kept before all are made anew: those of a few large windows.
const MOST_DRAWN: usize = 2_000;

impl DrawnDates {
    /// The text of a label's date: see [`Wording::date`].
    pub fn date(&mut self, timeline: &Arc<Timeline>, event: EventId) -> &str {
        let is_same = std::ptr::eq(self.of.as_ptr(), Arc::as_ptr(timeline));
        if !is_same || self.by_event.len() >= MOST_DRAWN {
            self.of = Arc::downgrade(timeline);
            self.words.clear();
            self.by_event.clear();
        }
        let (words, wording) = (&mut self.words, &mut self.wording);
        let range = self.by_event.entry(event).or_insert_with(|| {
            let start = words.len();
            words.push_str(wording.date(timeline, event));
            start..words.len()
        });
        words.get(range.clone()).unwrap_or_default()
    }
}

/// “15 events, 5 lanes · 2003 – 2016 · published October 2016”, of a whole chronology.
pub fn counts(timeline: &Timeline) -> String {
    let lanes = timeline.lanes().iter();
    let lanes = lanes.filter(|lane| !lane.label.is_empty()).count();
    counted(
        timeline,
        (lanes, timeline.eras().len()),
        timeline.events(),
        None,
    )
}

/// The same of the events that an index covers: their lanes, and the eras that they lie in.
pub fn counts_of(lane_index: &LaneIndex) -> String {
    let timeline = lane_index.timeline();
    if lane_index.len() == timeline.len() {
        return counts(timeline);
    }
    let has_events = |number| {
        let lane = LaneId::from_index(number);
        lane.is_some_and(|lane| !lane_index.events(lane).is_empty())
    };
    let lanes = timeline.lanes().iter().enumerate();
    let lanes = lanes.filter(|(number, lane)| !lane.label.is_empty() && has_events(*number));
    let extent = lane_index.extent();
    let eras = timeline.eras().iter();
    let eras = eras.filter(|era| extent.is_some_and(|(from, to)| era.start < to && era.end > from));
    let of = (lanes.count(), eras.count());
    counted(timeline, of, lane_index.in_time_order(), extent)
}

/// Only how many events and lanes an index covers: for a page that asks for the dates.
pub fn counts_without_dates(lane_index: &LaneIndex) -> String {
    let words = counts_of(lane_index);
    words.split(" · ").next().unwrap_or_default().to_owned()
}

/// Counts in words, with the span of the events as far as it lies within an extent.
fn counted(
    timeline: &Timeline,
    (lanes, eras): (usize, usize),
    events: impl Iterator<Item = EventId>,
    extent: Option<(Moment, Moment)>,
) -> String {
    let of = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    };
    let (mut count, mut span, mut first) = (0, None, None);
    for event in events {
        let (start, end) = (timeline.start(event), timeline.end(event));
        let (from, to): (Moment, Moment) = span.unwrap_or((start, end));
        span = Some((from.min(start), to.max(end)));
        first = first.or(Some(event));
        count += 1;
    }
    let mut parts = vec![of(count, "event")];
    for (count, one) in [(lanes, "lane"), (eras, "era")] {
        if count > 0 {
            parts.push(of(count, one));
        }
    }
    let mut words = parts.join(", ");
    let span = match (first, span) {
        (Some(event), _) if count == 1 => Some(timeline.date_label(event)),
        (_, Some((from, to))) => {
            let (least, most) = extent.unwrap_or((from, to));
            let (from, to) = (from.max(least), to.min(most));
            Some(view_range::span_words(from, to))
        }
        _ => None,
    };
    for part in span.into_iter().chain(timeline.as_of_label()) {
        words.push_str(" · ");
        words.push_str(&part);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{FileEvent, Texts, TimelineBuilder},
        time::When,
    };

    fn timeline(years: Range<i32>) -> Arc<Timeline> {
        let mut builder = TimelineBuilder::default();
        for year in years {
            let when = When::parse(&year.to_string()).ok();
            builder.event(&FileEvent::new(Texts::default(), when));
        }
        Arc::new(builder.build())
    }

    #[test]
    fn dates_drawn_before_are_those_of_the_timeline_that_is_drawn() {
        let mut drawn = DrawnDates::default();
        let mut wording = Wording::default();
        let many = i32::try_from(MOST_DRAWN).unwrap() + 500;
        let kept = timeline(1000..1000 + many);
        for first in [1500, 1600, 1700] {
            // Made where the last one was.
            let other = timeline(first..first + 3);
            for timeline in [&other, &kept, &other] {
                for event in timeline.events().chain(timeline.events().take(3)) {
                    let date = drawn.date(timeline, event);
                    assert_eq!(date, wording.date(timeline, event));
                    assert!(!date.is_empty());
                }
                assert!(drawn.by_event.len() <= MOST_DRAWN);
            }
        }
    }
}
