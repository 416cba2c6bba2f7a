//! The extents that are drawn of events, where they are not those that their dates state: open ends,
//! and unknown years.

use super::event::Certainty;
use super::events_builder::EventsBuilder;
use super::ids::FileEventId;
use super::open_ends::OpenEnds;
use crate::time::Moment;

/// Sets the drawn extents of all events that need it.
pub(super) fn set(events: &mut EventsBuilder, open_ends: &OpenEnds) {
    draw_open_ends(events, open_ends);
    draw_unknown_years(events);
}

/// Sets the drawn end of events whose date has an open end: see [`OpenEnds`].
fn draw_open_ends(events: &mut EventsBuilder, open_ends: &OpenEnds) {
    let certainties = &events.certainties;
    let is_expected = |event: usize| certainties.get(event) == Some(&Certainty::Expected);
    let extents = events.starts.iter().zip(&mut events.ends);
    for (event, ((&start, end), code)) in extents.zip(&events.codes).enumerate() {
        if code.ends_open() {
            *end = open_ends.drawn_end((start, *end), is_expected(event));
        }
    }
    for (file_event, when) in &events.uncoded_dates {
        let event = file_event.index();
        let extent = events.starts.get(event).zip(events.ends.get_mut(event));
        if let Some((&start, end)) = extent.filter(|_| when.ends_open()) {
            *end = open_ends.drawn_end((start, *end), is_expected(event));
        }
    }
}

/// Draws events of an unknown year over all that is known, which they do not extend.
fn draw_unknown_years(events: &mut EventsBuilder) {
    if events.without_year.is_empty() {
        return;
    }
    let mut known: Option<(Moment, Moment)> = None;
    for (position, code) in events.codes.iter().enumerate() {
        let is_known = |event: FileEventId| events.without_year.binary_search(&event).is_err();
        let extent = events.starts.get(position).zip(events.ends.get(position));
        if let Some((&start, &end)) = extent
            && code.is_dated()
            && FileEventId::from_index(position).is_some_and(is_known)
        {
            known = Some(known.map_or((start, end), |(from, to)| (from.min(start), to.max(end))));
        }
    }
    let Some((from, to)) = known else { return };
    for event in &events.without_year {
        let extent = events.starts.get_mut(event.index());
        if let Some((start, end)) = extent.zip(events.ends.get_mut(event.index())) {
            (*start, *end) = (from, to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{FileEvent, Header, Texts, TimelineBuilder},
        time::When,
    };

    fn when(text: &str) -> When {
        When::parse(text).unwrap()
    }

    fn file_event<'a>(id: &'a str, date: &str) -> FileEvent<'a> {
        let texts = Texts {
            id,
            title: id,
            ..Texts::default()
        };
        FileEvent::new(texts, Some(when(date)))
    }

    #[test]
    fn an_expected_open_end_is_not_before_the_files_date_and_claims_no_later_one() {
        for (as_of, date, end) in [
            (Some("2016-10"), "2016-10-20/..", "2016-10"),
            (Some("2016-10"), "2014/..", "2016-10"),
            (Some("2016-10"), "2016-10-20T09:00+02:00/..", "2016-10"),
            // It may begin until the end of 2017.
            (Some("2016-10"), "2017/..", "2017"),
            (None, "2017/..", "2017"),
        ] {
            let mut builder = TimelineBuilder::new(Header {
                as_of: as_of.map(when),
                ..Header::default()
            });
            builder.event(&FileEvent {
                certainty: Certainty::Expected,
                ..file_event("e", date)
            });
            builder.event(&file_event("late", "2030"));
            let timeline = builder.build();
            let event = timeline.find_event("e").unwrap();
            assert_eq!(timeline.end(event), when(end).latest().unwrap(), "{date}");
        }
    }
}
