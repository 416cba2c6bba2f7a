//! Chooses the style of a file's labels, and how many rows each lane has.

use std::sync::Arc;

use super::{
    camera::FINEST_SECS_PER_PX,
    labels::{self, LabelPlacer, LabelSlots, Plan},
    lane_index::LaneIndex,
    lanes::{self, LaneNeed, RowSizes},
    measure::TextMeasure,
    metrics::{Form, LANE_LINE_PX},
    summaries,
};
use crate::model::LaneId;

/// A file of at most this many events gets as many rows as it needs; a larger one only as many as
/// fit the height. If all of them overlap, that is a lane of 60 rows, which can still be scrolled.
const SMALL: usize = 60;
/// About the most labels in a plot at once: more would be unreadable, and a frame's cost grows with
/// their number.
const MOST_LABELS: f32 = 300.0;
/// The usual width of a label with the air around it, in px.
const USUAL_LABEL_PX: f32 = 100.0;
/// Where not all labels fit, those of up to [`labels::FEW`] events are beside their marks if at least
/// this many times as many are in view then.
const MORE_BESIDE: f32 = 1.25;
/// A label with its air is hardly narrower, in px.
const LEAST_LABEL_PX: f32 = 50.0;
/// A file of at most this many events shows its summaries where there is room for all of them.
const MOST_SUMMED: usize = 600;

/// How labels look, and how high their rows are.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(super) struct LabelStyle {
    pub(super) form: Form,
    pub(super) has_summaries: bool,
    pub(super) sizes: RowSizes,
}

impl LabelStyle {
    /// Title and date under the mark.
    pub(super) const UNDER: Self = Self {
        form: Form::Under,
        has_summaries: false,
        sizes: RowSizes::UNDER,
    };
    /// All on one line.
    pub(super) const BESIDE: Self = Self {
        form: Form::Beside,
        has_summaries: false,
        sizes: RowSizes::BESIDE,
    };
    /// Title, date and summary under the mark.
    pub(super) const SUMMED: Self = Self {
        form: Form::Under,
        has_summaries: true,
        sizes: RowSizes::SUMMED,
    };
}

/// What label placement depends on, apart from the form.
pub(super) struct Sketch<'a> {
    pub(super) lane_index: &'a Arc<LaneIndex>,
    pub(super) plot_px: f32,
    pub(super) whole_px: f32,
    pub(super) room_px: f32,
    /// The widest label, in px: a longer one is elided.
    pub(super) widest_px: f32,
    pub(super) measure: &'a dyn TextMeasure,
}

impl Sketch<'_> {
    /// The style in which all labels are in view, with summaries where there is room for all of them;
    /// else, of up to [`labels::FEW`] events, that with clearly more labels. With its labels placed.
    pub(super) fn best_style(
        &self,
        lane_names: &[Vec<String>],
    ) -> (LabelStyle, LabelPlacer, LabelSlots) {
        let count = self.lane_index.len();
        let fits = |style: &LabelStyle, placer: &LabelPlacer, slots: &LabelSlots| {
            let needs = needs(self.lane_index, slots, placer, lane_names);
            lanes::least_height(&needs, &style.sizes) <= self.room_px
        };
        let labelled =
            |placer: &LabelPlacer, slots: &LabelSlots| slots.labelled(placer.plan().coarsest);
        if count <= MOST_SUMMED && summaries::are_in(self.lane_index) {
            let style = LabelStyle::SUMMED;
            let (placer, slots) = self.place(&style);
            if labelled(&placer, &slots) == count && fits(&style, &placer, &slots) {
                return (style, placer, slots);
            }
        }
        let style = LabelStyle::UNDER;
        let (placer, slots) = self.place(&style);
        let (labels, fits) = (labelled(&placer, &slots), fits(&style, &placer, &slots));
        if fits && (labels == count || count > labels::FEW) {
            return (style, placer, slots);
        }
        let (compact, compact_slots) = self.place(&LabelStyle::BESIDE);
        let more = labelled(&compact, &compact_slots) as f32;
        if fits && more < labels as f32 * MORE_BESIDE {
            return (style, placer, slots);
        }
        (LabelStyle::BESIDE, compact, compact_slots)
    }

    /// Places a small file's labels at all scales, a large one's at the coarsest.
    fn place(&self, style: &LabelStyle) -> (LabelPlacer, LabelSlots) {
        let count = self.lane_index.len();
        let lanes = self.lane_index.timeline().lanes().len();
        if count <= SMALL {
            let mut placer = self.placer(style, vec![u16::MAX; lanes]);
            let slots = placer.levels(usize::MAX, self.measure);
            return (placer, slots);
        }
        if count <= labels::FEW {
            // If all of them have room, no height has to be kept for clusters.
            let most = self.most_rows(style, lanes, 0.0);
            if count as f32 * LEAST_LABEL_PX > f32::from(most) * self.plot_px {
                return self.share_out(style, lanes);
            }
            let mut placer = self.placer(style, vec![most; lanes]);
            let slots = placer.levels(1, self.measure);
            let rows: u32 = placer.rows().map(u32::from).sum();
            if slots.labelled(placer.plan().coarsest) == count && rows <= u32::from(most) {
                return (placer, slots);
            }
        }
        self.share_out(style, lanes)
    }

    /// All labels in a style, in as many rows as they need.
    pub(super) fn all_labels(&self, style: &LabelStyle) -> (LabelPlacer, LabelSlots) {
        let lanes = self.lane_index.timeline().lanes().len();
        let mut placer = self.placer(style, vec![u16::MAX; lanes]);
        let slots = placer.levels(1, self.measure);
        (placer, slots)
    }

    /// Places labels in a lane's share of the rows that there are.
    fn share_out(&self, style: &LabelStyle, lanes: usize) -> (LabelPlacer, LabelSlots) {
        // First find how many rows each lane wants.
        let most = self.most_rows(style, lanes, lanes::DENSITY_PX);
        let mut placer = self.placer(style, vec![most; lanes]);
        let mut slots = placer.levels(1, self.measure);
        let wanted: Vec<u16> = placer.rows().map(|rows| rows.max(1)).collect();
        if wanted.iter().map(|&rows| usize::from(rows)).sum::<usize>() > usize::from(most) {
            placer = placer.again(shared_out(&wanted, most), self.measure);
            slots = placer.levels(1, self.measure);
        }
        placer.keep_rows();
        (placer, slots)
    }

    /// The most rows that all lanes together may have; at least one per lane.
    fn most_rows(&self, style: &LabelStyle, lanes: usize, density_px: f32) -> u16 {
        let lanes_px = lanes as f32 * (style.sizes.least_air + density_px);
        let by_height = (self.room_px - lanes_px) / style.sizes.least;
        let by_labels = MOST_LABELS * USUAL_LABEL_PX / self.plot_px.max(1.0);
        (by_height.min(by_labels).max(0.0) as u16).max(u16::try_from(lanes).unwrap_or(u16::MAX))
    }

    fn placer(&self, style: &LabelStyle, most_rows: Vec<u16>) -> LabelPlacer {
        let outline = self.lane_index.outline();
        let coarsest = outline.fit(self.plot_px);
        let plan = Plan {
            form: style.form,
            summary_px: if style.has_summaries {
                summaries::WIDTH_PX
            } else {
                0.0
            },
            coarsest: coarsest.px_per_sec(),
            whole_scale: outline.fit(self.whole_px).px_per_sec(),
            finest: 1.0 / FINEST_SECS_PER_PX,
            left: coarsest.time_from_x(0.0),
            width_px: self.plot_px,
            extent: outline.extent().unwrap_or_default(),
            widest_px: self.widest_px,
            most_rows,
        };
        LabelPlacer::new(self.lane_index, plan, self.measure)
    }
}

/// Shares `most` rows out among lanes: each gets as many as it wants, or an even share of what the
/// lanes that want fewer leave. At least one each.
fn shared_out(wanted: &[u16], most: u16) -> Vec<u16> {
    let mut got = vec![1; wanted.len()];
    let mut left = usize::from(most).saturating_sub(wanted.len());
    while left > 0 {
        let before = left;
        for (got, wanted) in got.iter_mut().zip(wanted) {
            if left > 0 && *got < *wanted {
                *got += 1;
                left -= 1;
            }
        }
        if left == before {
            break;
        }
    }
    got
}

/// What each lane needs: its rows, room for its name, and a density band if not all of its events
/// are labelled.
pub(super) fn needs(
    lane_index: &LaneIndex,
    slots: &LabelSlots,
    placer: &LabelPlacer,
    lane_names: &[Vec<String>],
) -> Vec<LaneNeed> {
    let coarsest = placer.plan().coarsest;
    let needs = placer.rows().enumerate().map(|(number, rows)| {
        let lane = LaneId::from_index(number).unwrap_or(LaneId::new(0));
        LaneNeed {
            rows: rows.max(1),
            has_density: slots.labelled_in_lane(lane, coarsest) < lane_index.events(lane).len(),
            name_px: lane_names.get(number).map_or(0, Vec::len) as f32 * LANE_LINE_PX,
            is_hidden: lane_index.hides(lane),
        }
    });
    needs.collect()
}
