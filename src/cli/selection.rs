//! Which events of a chronology are printed.

use crate::{
    model::nearest,
    model::{EventId, LaneId, Timeline},
    time::{Moment, When},
};

/// A range of time to print; a side that is `None` is open.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Range {
    /// The first instant.
    from: Option<Moment>,
    /// The first instant after it.
    to: Option<Moment>,
}

impl Range {
    /// Parses a date in the form that files use: `2014`, `2003/2010`, `2014-06/..`.
    ///
    /// # Errors
    ///
    /// What is wrong with the text and what to write in its place.
    pub fn parse(text: &str) -> Result<Self, String> {
        let when = When::parse(text).map_err(|error| error.to_string())?;
        Ok(Self {
            from: when.earliest(),
            to: when.latest(),
        })
    }

    /// The range as two instants; an open side reaches to the end of the chronology.
    pub fn within(self, timeline: &Timeline) -> (Moment, Moment) {
        let ends = timeline.events().map(|event| timeline.end(event));
        let starts = timeline.events().map(|event| timeline.start(event));
        let first = starts.chain(timeline.as_of()).min().unwrap_or_default();
        let last = ends.chain(timeline.as_of()).max().unwrap_or_default();
        let from = self.from.unwrap_or(first);
        (from, self.to.unwrap_or(last).max(from.plus_secs(1)))
    }

    /// Whether an event from `start` to `end`, exclusive, has an instant in common with it.
    fn touches(self, start: Moment, end: Moment) -> bool {
        // An event without length still takes up an instant.
        let end = end.max(start.plus_secs(1));
        self.from.is_none_or(|from| end > from) && self.to.is_none_or(|to| start < to)
    }
}

/// Which events are printed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Selection {
    /// Only these lanes; all where this is empty.
    pub lanes: Vec<LaneId>,
    /// Only events that are drawn in this time.
    pub range: Option<Range>,
}

impl Selection {
    /// The events, in the order of time.
    pub fn events<'a>(&'a self, timeline: &'a Timeline) -> impl Iterator<Item = EventId> + 'a {
        timeline.events().filter(|&event| {
            let is_in_lane = self.lanes.is_empty() || self.lanes.contains(&timeline.lane(event));
            let touches = |range: Range| range.touches(timeline.start(event), timeline.end(event));
            is_in_lane && self.range.is_none_or(touches)
        })
    }
}

/// The lanes with these ids or labels. Ids take precedence; labels are compared without case.
///
/// # Errors
///
/// A sentence with the nearest name and all lanes.
pub fn lanes_named(timeline: &Timeline, names: &[String]) -> Result<Vec<LaneId>, String> {
    let by_label = |name: &str| {
        let position = timeline
            .lanes()
            .iter()
            .position(|lane| lane.label.to_lowercase() == name.to_lowercase());
        position.and_then(LaneId::from_index)
    };
    let find = |name: &String| {
        let lane = timeline
            .find_lane(name)
            .or_else(|| by_label(name))
            .filter(|_| !name.is_empty());
        lane.ok_or_else(|| unknown_lane(timeline, name))
    };
    names.iter().map(find).collect()
}

fn unknown_lane(timeline: &Timeline, name: &str) -> String {
    let lanes = || timeline.lanes().iter().filter(|lane| !lane.id.is_empty());
    let mut sentence = format!("there is no lane \"{name}\"");
    if lanes().next().is_none() {
        return sentence + "; this chronology has no lanes";
    }
    if let Some(near) = nearest(
        name,
        lanes().flat_map(|lane| [lane.id.as_str(), lane.label.as_str()]),
    ) {
        sentence.extend([" (did you mean \"", near, "\"?)"]);
    }
    let all: Vec<_> = lanes()
        .map(|lane| format!("{} ({})", lane.id, lane.label))
        .collect();
    format!("{sentence}; the lanes are {}", all.join(", "))
}
