//! The summaries of events, broken into lines: in a large window they stand under the labels.
//!
//! ```text
//!  ▒▓▓▒
//!  Mosul falls
//!  2014
//!  The IS group takes Mosul, the
//!  second-largest city in Iraq. …
//! ```

use super::{
    labels::LabelSlots,
    lane_index::LaneIndex,
    lanes::RowSizes,
    line_breaks::LineBreaker,
    measure::{Face, TextMeasure, elided},
    typeset::{directed, is_right_to_left},
};
use crate::model::{
    EventId, Timeline,
    markdown::{self, Block},
};

/// The face of summaries.
pub const FACE: Face = Face::Serif;
/// The size of summaries, in px.
pub const SIZE_PX: f32 = 13.0;
/// The height of a line, in px.
pub const LINE_PX: f32 = 16.0;
/// The widest line, in px: some 45 letters.
pub const WIDTH_PX: f32 = 270.0;
/// Where the first baseline lies under the top of a row, in px.
pub const BASELINE_PX: f32 = 64.0;
/// The height of a row without its summary, in px.
const HEAD_PX: f32 = 56.0;

/// The lines of the summaries of a file's events.
#[derive(Clone, Debug, PartialEq)]
pub struct Summaries {
    /// By event.
    lines: Vec<Vec<String>>,
    /// The most lines that one has.
    pub most_lines: usize,
}

impl Summaries {
    /// Breaks each summary into at most `most_lines` lines as wide as its label; the last one is
    /// elided where there are more.
    pub fn of(
        timeline: &Timeline,
        slots: &LabelSlots,
        most_lines: usize,
        measure: &dyn TextMeasure,
    ) -> Self {
        let lines = timeline.events().map(|event| {
            let slot = slots.of(event, timeline.lane(event));
            let Some(width_px) = slot.map(|slot| slot.label_px) else {
                return Vec::new();
            };
            let breaker = LineBreaker {
                face: FACE,
                size_px: SIZE_PX,
                width_px,
                measure,
            };
            let summary = text(timeline, event);
            let is_turned = is_right_to_left(&summary);
            let mut lines = breaker.lines(&summary);
            lines.retain(|line| !line.is_empty());
            if lines.len() > most_lines {
                let rest = lines.split_off(most_lines.saturating_sub(1)).join(" ");
                let style = (FACE, SIZE_PX);
                lines.push(elided(&rest, style, width_px, measure, &mut String::new()).to_owned());
            }
            let lines = lines.into_iter().map(|line| directed(line, is_turned));
            lines.collect()
        });
        Self {
            lines: lines.collect(),
            most_lines,
        }
    }

    /// How many lines the longest has.
    pub fn longest(&self) -> usize {
        self.lines.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The lines of an event's summary.
    pub fn lines(&self, event: EventId) -> &[String] {
        self.lines.get(event.index()).map_or(&[], Vec::as_slice)
    }
}

/// How many lines there is room for in a row of this height, in px.
pub fn lines_in(row_px: f32) -> usize {
    ((row_px - HEAD_PX) / LINE_PX).max(0.0) as usize
}

/// Row heights in which summaries of this many lines have room; `None` where rows would be too high
/// to be read as rows.
pub fn sizes_for(lines: usize) -> Option<RowSizes> {
    const MOST_LINES: usize = 10;
    let least = (HEAD_PX + lines as f32 * LINE_PX + 8.0).max(RowSizes::SUMMED.least);
    (lines <= MOST_LINES).then_some(RowSizes {
        least,
        most: least.max(RowSizes::SUMMED.most),
        ..RowSizes::SUMMED
    })
}

/// The width that a summary takes, at most [`WIDTH_PX`].
pub fn width_px(timeline: &Timeline, event: EventId, measure: &dyn TextMeasure) -> f32 {
    measure
        .width(&text(timeline, event), FACE, SIZE_PX)
        .min(WIDTH_PX)
}

/// Whether any event has a summary.
pub fn are_in(lane_index: &LaneIndex) -> bool {
    let timeline = lane_index.timeline();
    let mut events = timeline.events();
    events.any(|event| !timeline.event(event).summary.is_empty())
}

/// The summary's paragraphs without their styles.
fn text(timeline: &Timeline, event: EventId) -> String {
    let blocks = markdown::blocks(timeline.event(event).summary);
    let paragraphs = blocks.iter().filter_map(|block| match block {
        Block::Paragraph(spans) => Some(markdown::plain(spans)),
        _ => None,
    });
    paragraphs.collect::<Vec<_>>().join(" ")
}
