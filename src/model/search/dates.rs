//! Which events are of the time that a query names: `2014`, `before 2005`, `1990s`, `June 2014`.
//!
//! An event is of a time where it is known to begin or to end in it. What overlaps it otherwise is
//! only near: an event of the 2010s may be of 2014, and a war may go on meanwhile.

use crate::{
    model::{EventId, Timeline},
    time::{
        Bound, DateRange, Moment, When,
        freeform::{self, Doubt},
    },
};

/// The times that a query names; the ends are exclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateRanges(Vec<(Moment, Moment)>);

/// How an event is of a time, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    Begins,
    Ends,
    /// It overlaps the time.
    Near,
}

impl DateRanges {
    /// The time that a query names, if it names one, in any words that `freeform` reads.
    pub(super) fn of(query: &str) -> Option<Self> {
        let reading = freeform::read(query, None)?;
        // A number of one or two digits is more likely not typed to its end than of the first
        // century.
        if reading.doubts.contains(&Doubt::ShortYear) {
            return None;
        }
        let mut ranges = Vec::new();
        add(&reading.when, &mut ranges);
        Some(Self(ranges))
    }

    /// How an event is of these times, if it is. Most events are told by the extent that is drawn,
    /// in some 2 ns; the date itself is only decoded for those that overlap a limit.
    pub(super) fn matches(&self, timeline: &Timeline, event: EventId) -> Option<Match> {
        let (start, end) = (timeline.start(event), timeline.end(event));
        let is_inside = |&(from, to): &(Moment, Moment)| from <= start && end <= to;
        if self.0.iter().any(is_inside) && timeline.is_drawn_as_dated(event) {
            return Some(Match::Begins);
        }
        let overlaps = |&(from, to): &(Moment, Moment)| start < to && from < end;
        if !self.0.iter().any(overlaps) {
            return None;
        }
        Some(self.match_of(&timeline.when(event)))
    }

    fn match_of(&self, when: &When) -> Match {
        let holds = |range: &DateRange| {
            let is_in =
                |&(from, to): &(Moment, Moment)| from <= range.earliest && range.latest <= to;
            self.0.iter().any(is_in)
        };
        let bound = |bound: &Bound| matches!(bound, Bound::Known(range) if holds(range));
        match when {
            When::Date(range) if holds(range) => Match::Begins,
            When::Span { start, .. } if bound(start) => Match::Begins,
            When::Span { end, .. } if bound(end) => Match::Ends,
            // One of them, or a later one: it need not be of that time.
            When::Set {
                members,
                all: false,
            } if members
                .iter()
                .any(|it| it.earliest().is_none() || it.latest().is_none()) =>
            {
                Match::Near
            }
            When::Set { members, .. } => members
                .iter()
                .map(|member| self.match_of(member))
                .min()
                .unwrap_or(Match::Near),
            When::Date(_) | When::Span { .. } => Match::Near,
        }
    }
}

fn add(when: &When, ranges: &mut Vec<(Moment, Moment)>) {
    if let When::Set { members, .. } = when {
        members.iter().for_each(|member| add(member, ranges));
        return;
    }
    let from = when.earliest().unwrap_or(Moment::EARLIEST);
    let to = when.latest().unwrap_or(Moment::LATEST);
    ranges.push((from, to));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, date: &str, expected: Option<Match>) {
        let ranges = DateRanges::of(query).expect(query);
        let json = format!(r#"{{"title":"T","events":[{{"title":"e","date":"{date}"}}]}}"#);
        let timeline = crate::formats::read(json.as_bytes())
            .expect("a file")
            .timeline;
        let event = timeline.events().next().expect("an event");
        assert_eq!(
            ranges.matches(&timeline, event),
            expected,
            "{query}: {date}"
        );
    }

    #[test]
    fn an_event_is_of_the_time_in_which_it_begins_or_ends() {
        use Match::{Begins, Ends, Near};
        for (query, date, expected) in [
            ("2014", "2014", Some(Begins)),
            ("2014", "2014-06-10T09:30", Some(Begins)),
            ("2014", "2014/..", Some(Begins)),
            ("2014", "2014/2016", Some(Begins)),
            ("2016", "2014/2016", Some(Ends)),
            ("in 2010", "/2010~", Some(Begins)),
            // It goes on meanwhile, or it may be of that year.
            ("2015", "2014/2016", Some(Near)),
            ("2014", "201X", Some(Near)),
            ("June 2014", "2014", Some(Near)),
            ("2014", "XXXX-10", Some(Near)),
            ("2014", "2013", None),
            ("2014", "2015", None),
            ("1990s", "1995", Some(Begins)),
            ("1990s", "1989/1991", Some(Ends)),
            ("before 2005", "2004-12-31", Some(Begins)),
            ("before 2005", "2005", None),
            ("before 2005", "200X", Some(Near)),
            ("after 2005", "2006", Some(Begins)),
            ("after 2005", "2005", None),
            ("since 2014", "2014/..", Some(Begins)),
            ("between 2003 and 2010", "2007", Some(Begins)),
            ("2007 or 2010", "2010", Some(Begins)),
            ("2007 or 2010", "2008", None),
            ("2010", "[2008,2010]", Some(Begins)),
            ("2014", "[2014..]", Some(Near)),
            ("2014", "[..2014]", Some(Near)),
            ("44 BC", "-0043-03-15", Some(Begins)),
            ("حزيران ٢٠١٤", "2014-06-10", Some(Begins)),
        ] {
            check(query, date, expected);
        }
    }

    #[test]
    fn words_are_no_time() {
        for query in [
            "", "1", "10", "al", "mosul", "fall", "June", "10 June", "may", "5-", "20 -", "20 to",
            "after 5", "20",
        ] {
            assert_eq!(DateRanges::of(query), None, "{query}");
        }
    }
}
