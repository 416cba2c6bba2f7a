//! Draws a lane's clustered events: the histogram along the bottom of the lane, and the counts.
//!
//! The bins and their heights come from [`density`](crate::layout::density).

use std::{fmt::Write as _, ops::Range};

use super::{pen::Pen, scratch::Scratch};
use crate::{
    layout::{
        density::Cluster,
        filter_result::FilterResult,
        labels::LabelSlot,
        lanes::DENSITY_PX,
        measure::Face,
        scene::{Anchor, Hit, Rect, Scene, Shape, Target},
        theme::Rgba,
    },
    model::{EventId, LaneId},
};

/// The size of counts, in px.
const COUNT_SIZE_PX: f32 = 11.0;
/// Where a count's baseline lies under the top of the band, in px: over the hills.
const COUNT_BASELINE_PX: f32 = 9.0;
/// Air beside a count, in px.
const COUNT_AIR_PX: f32 = 4.0;
/// How far beside its bins a cluster can be clicked, in px: its hill runs out there.
const GRASP_PX: f32 = 5.0;
/// The height of the highest hill, in px.
const HIGHEST_PX: f32 = DENSITY_PX - 12.0;

impl Pen<'_> {
    /// Draws one lane's histogram and counts in the band that begins at `top`; `own` are its events
    /// among the labelled ones.
    pub(super) fn clustered(
        &self,
        lane: LaneId,
        (own, top): (Range<usize>, f32),
        scratch: &mut Scratch,
        scene: &mut Scene,
    ) {
        let Scratch {
            histogram,
            labelled,
            text,
            ..
        } = scratch;
        let in_lane = labelled.get(own).unwrap_or_default();
        histogram.count(&self.layout.lane_index, lane, &self.grid, in_lane);
        // Not dimmed where the filter hides the rest: they then count only events that pass.
        let filtered = self.input.filtered;
        let filtered = filtered.filter(|_| self.layout.lane_index.subset().is_none());
        let opacity = filtered.map_or(1.0, FilterResult::hills_opacity);
        let color = self.lane_color(lane);
        let strength = self.input.lane_colors.strength(lane);
        let color = color.faded(opacity * strength);
        let bottom = top + DENSITY_PX;
        self.hills(&histogram.heights, bottom, color, scene);
        self.found(lane, in_lane, bottom, scene);
        self.chosen(lane, in_lane, bottom, scene);
        let clusters = histogram.clusters.iter();
        let mut following = clusters.clone().skip(1);
        let mut free_x = self.plot.x0;
        for cluster in clusters {
            let next = following.next();
            let next_x = next.map_or(f32::INFINITY, |next| self.canvas_x(next.from));
            let room = Rect::new(free_x, top, next_x.min(self.plot.x1), bottom);
            free_x = self.cluster(lane, cluster, room, text, scene);
        }
    }

    /// Draws the best search results that are clustered here: diamonds among the hills.
    fn found(
        &self,
        lane: LaneId,
        labelled: &[(EventId, LabelSlot)],
        bottom: f32,
        scene: &mut Scene,
    ) {
        let Some(found) = self.input.found else {
            return;
        };
        let timeline = &self.layout.timeline;
        let is_clustered =
            |event: &EventId| !labelled.iter().any(|(labelled, _)| labelled == event);
        let here = found
            .best_events()
            .filter(|&event| timeline.lane(event) == lane)
            // Hidden events are neither labelled nor clustered.
            .filter(|&event| self.layout.lane_index.contains(event));
        for event in here.filter(is_clustered) {
            let (x, y) = (self.canvas_x(timeline.start(event)), bottom - 6.0);
            if (self.plot.x0 - 6.0..self.plot.x1 + 6.0).contains(&x) {
                scene.shapes.push(Shape::Polygon {
                    points: [(x, y - 5.0), (x + 5.0, y), (x, y + 5.0), (x - 5.0, y)],
                    fill: self.input.theme.accent,
                });
            }
        }
    }

    /// Draws the selected event if it is clustered here: a framed diamond among the hills.
    fn chosen(
        &self,
        lane: LaneId,
        labelled: &[(EventId, LabelSlot)],
        bottom: f32,
        scene: &mut Scene,
    ) {
        let timeline = &self.layout.timeline;
        let is_here = |event: &EventId| {
            timeline.lane(*event) == lane && !labelled.iter().any(|(labelled, _)| labelled == event)
        };
        let chosen = self.input.params.selected.filter(is_here);
        let Some(mark) = chosen.and_then(|event| self.layout.mark(event)) else {
            return;
        };
        let (x, y) = (self.canvas_x(mark.from), bottom - 8.0);
        if x < self.plot.x0 - 12.0 || x > self.plot.x1 + 12.0 {
            return;
        }
        let color = self.lane_color(lane);
        scene.shapes.push(Shape::Frame {
            rect: Rect::new(x - 10.0, y - 10.0, x + 10.0, y + 10.0),
            radius: 6.0,
            fill: self.input.theme.panel,
            border: color,
            border_px: 1.5,
        });
        scene.shapes.push(Shape::Polygon {
            points: [(x, y - 6.0), (x + 6.0, y), (x, y + 6.0), (x - 6.0, y)],
            fill: color,
        });
    }

    /// Draws the histogram: straight lines between its points, one shape per run above zero.
    fn hills(&self, heights: &[f32], bottom: f32, fill: Rgba, scene: &mut Scene) {
        let left = f64::from(self.plot.x0);
        let point = |(number, height): (usize, &f32)| {
            let x = left + self.grid.point_x(number);
            (x as f32, bottom - height * HIGHEST_PX)
        };
        let mut first = 0;
        while let Some(rest) = heights.get(first..) {
            let flat = rest.iter().take_while(|height| **height == 0.0).count();
            let hill = rest.iter().skip(flat).take_while(|height| **height > 0.0);
            let length = hill.count();
            if length == 0 {
                break;
            }
            // With the zero point on either side.
            let from = (first + flat).saturating_sub(1);
            first += flat + length;
            let line = heights.iter().enumerate().skip(from).take(first + 1 - from);
            scene.hills(line.map(point), bottom, fill);
        }
    }

    /// Draws one cluster's count, within `room`, and adds its hit region. A wide cluster has a line
    /// where it begins, to show that its count is of what follows. Returns the x at which the next
    /// count may begin.
    fn cluster(
        &self,
        lane: LaneId,
        cluster: &Cluster,
        room: Rect,
        text: &mut String,
        scene: &mut Scene,
    ) -> f32 {
        let (x0, x1) = (self.canvas_x(cluster.from), self.canvas_x(cluster.to));
        let (top, bottom) = (room.y0, room.y1);
        let rect = Rect::new(x0, top, x1, bottom);
        let seen = rect.expanded(GRASP_PX, 0.0).intersected(&self.plot);
        if seen.width() <= 0.0 || seen.height() <= 0.0 {
            return room.x0;
        }
        let target = Target::Cluster {
            lane,
            count: cluster.count,
            from: cluster.from,
            to: cluster.to,
        };
        let number = scene.hits.len();
        scene.hits.push(Hit { rect: seen, target });
        text.clear();
        write_count(cluster.count, text);
        let style = (Face::Sans, COUNT_SIZE_PX, self.input.theme.muted);
        let needed = self.input.measure.width(text, style.0, style.1) + 2.0 * COUNT_AIR_PX;
        let is_wide = x1 - x0 >= needed;
        // A cluster that leaves the plot on the left keeps its count in view while there is room.
        let (left, right) = (x0.max(self.plot.x0), x1.min(self.plot.x1));
        let x = if right - left >= needed {
            left + COUNT_AIR_PX
        } else if is_wide || x0 < self.plot.x0 {
            return room.x0;
        } else {
            // Over a narrow cluster, from its beginning, at most to the next one; at the end of the
            // plot from before its beginning.
            x0.min(self.plot.x1 + COUNT_AIR_PX - needed)
        };
        if x < room.x0 || x + needed > room.x1 + COUNT_AIR_PX {
            return room.x0;
        }
        if is_wide && x0 > self.plot.x0 {
            let tick = Rect::new(x0.round(), top, x0.round() + 1.0, bottom);
            let color = self
                .input
                .theme
                .hairline
                .toward(self.input.theme.muted, 0.4);
            scene.rect(tick, color);
        }
        // The count can be clicked like its cluster.
        let said = Rect::new(x - COUNT_AIR_PX, top, x + needed - COUNT_AIR_PX, rect.y1);
        if let Some(hit) = scene.hits.get_mut(number) {
            hit.rect = hit.rect.united(&said.intersected(&self.plot));
        }
        let baseline = top + COUNT_BASELINE_PX;
        scene.text((x, baseline), Anchor::Start, style, text);
        x + needed - COUNT_AIR_PX
    }
}

/// A count with its thousands set apart: `1,204`.
pub fn write_count(count: u32, out: &mut String) {
    let (millions, thousands, ones) = (count / 1_000_000, count / 1_000 % 1_000, count % 1_000);
    // Writing to a String cannot fail.
    let _ = match (millions, thousands) {
        (0, 0) => write!(out, "{ones}"),
        (0, _) => write!(out, "{thousands},{ones:03}"),
        _ => write!(out, "{millions},{thousands:03},{ones:03}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (count, expected) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_204_007, "1,204,007"),
            (4_294_967_295, "4294,967,295"),
        ] {
            let mut text = String::new();
            write_count(count, &mut text);
            assert_eq!(text, expected);
        }
    }
}
