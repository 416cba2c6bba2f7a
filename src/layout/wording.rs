//! The text of a label, and its width; and what a chronology holds, in words.
//!
//! A date's text is made when a label is measured or drawn, and never kept for events out of view.
//! It leaves eliding and placing to others.

use super::{
    measure::{Face, TextMeasure},
    metrics::{BESIDE_GAP_PX, DATE_SIZE_PX, Form, LABEL_SIZE_PX},
};
use crate::{
    model::{Certainty, EventId, Timeline},
    time::view_range,
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

/// “15 events, 5 lanes · 2003 – 2016 · published October 2016”.
pub fn counts(timeline: &Timeline) -> String {
    let of = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    };
    let mut parts = vec![of(timeline.len(), "event")];
    let lanes = timeline
        .lanes()
        .iter()
        .filter(|lane| !lane.label.is_empty());
    for (count, one) in [(lanes.count(), "lane"), (timeline.eras().len(), "era")] {
        if count > 0 {
            parts.push(of(count, one));
        }
    }
    let mut words = parts.join(", ");
    let spans = timeline
        .events()
        .map(|it| (timeline.start(it), timeline.end(it)));
    let span = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let span = span.and_then(|(from, to)| view_range::words(from, to).into_iter().next());
    for part in span.into_iter().chain(timeline.as_of_label()) {
        words.push_str(" · ");
        words.push_str(&part);
    }
    words
}
