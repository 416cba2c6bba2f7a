//! What a label says, and how wide that is.
//!
//! The date is made of words when a label is offered a place or drawn, and never kept for events out
//! of sight. It leaves eliding and placing to others.

use super::{
    index::{DATE_SIZE_PX, LABEL_SIZE_PX},
    labels::{BESIDE_GAP_PX, Form},
    measure::{Face, TextMeasure},
};
use crate::model::{Certainty, EventId, Timeline};

/// Makes labels' texts in a buffer that is reused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wording {
    date: String,
}

impl Wording {
    /// The date as a label says it, with how sure it is.
    pub fn date(&mut self, timeline: &Timeline, event: EventId) -> &str {
        self.date.clear();
        timeline.write_date_label(event, &mut self.date);
        let certainty = timeline.certainty(event);
        // The dashed mark of what is expected says so.
        let word = certainty
            .qualifier()
            .filter(|_| certainty != Certainty::Expected);
        if let Some(word) = word {
            self.date.push_str(" · ");
            self.date.push_str(word);
        }
        &self.date
    }

    /// The width that title and date would like to have, in whole px.
    pub fn width_px(
        &mut self,
        timeline: &Timeline,
        event: EventId,
        form: Form,
        measure: &dyn TextMeasure,
    ) -> f32 {
        // In the widest face, so that choosing an event elides nothing.
        let title = measure.width(timeline.short(event), Face::SansSemiBold, LABEL_SIZE_PX);
        let date = measure.width(self.date(timeline, event), Face::Sans, DATE_SIZE_PX);
        match form {
            Form::Under => title.max(date),
            Form::Beside => title + BESIDE_GAP_PX + date,
        }
        .ceil()
    }
}
