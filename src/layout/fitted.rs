//! The whole of a chronology on a canvas that cannot be scrolled: where it is too high it becomes
//! smaller, and what has no room at the smallest size is counted.

use std::sync::Arc;

use super::{
    LaneIndex, Layout, TextMeasure,
    build::CanvasSize,
    measure::Face,
    metrics::{AXIS_PX, HAIRLINE_X_PX},
    page::{Part, Role},
    scene::{Anchor, Rect, Scene},
    theme::Theme,
};
use crate::model::EventId;

/// More events are not worth the search: the window's layout gives each of their lanes a few rows.
const MOST_SEARCHED: usize = 10_000;

/// A layout, and how much smaller it is drawn.
pub struct Fitted {
    /// The layout.
    pub layout: Layout,
    /// Px of the page per px of the layout.
    pub scale: f32,
    /// How many events lie below the canvas' lower edge.
    pub hidden: usize,
}

impl Fitted {
    /// The layout at the first of these scales at which it fits a width and height in px of the page,
    /// else at the last; `None` without a scale.
    pub fn of(
        lane_index: &Arc<LaneIndex>,
        (width_px, height_px): (f32, f32),
        scales: &[f32],
        measure: &dyn TextMeasure,
    ) -> Option<Self> {
        let is_large = lane_index.len() > MOST_SEARCHED;
        let scales = if is_large { scales.get(..1)? } else { scales };
        let mut last = None;
        for &scale in scales {
            // Lanes' names stay where they are.
            let width = (width_px - HAIRLINE_X_PX * (1.0 - scale)) / scale;
            let size = CanvasSize {
                width_px: width,
                whole_px: width,
                height_px: height_px / scale,
            };
            let layout = Layout::of(lane_index, size, measure);
            let fits = layout.used_px() <= size.height_px + 0.5;
            let hidden = if fits { 0 } else { hidden(&layout) };
            last = Some(Self {
                layout,
                scale,
                hidden,
            });
            if fits {
                break;
            }
        }
        last
    }

    /// How far right of a canvas' left edge it is drawn, in px of the page.
    pub fn x_px(&self) -> f32 {
        HAIRLINE_X_PX * (1.0 - self.scale)
    }

    /// What is said of the hidden events; `None` where there are none.
    pub fn note_words(&self) -> Option<String> {
        match self.hidden {
            0 => None,
            1 => Some("and 1 event that has no room here".to_owned()),
            count => Some(format!("and {count} events that have no room here")),
        }
    }

    /// The same as a part of a page, at the right above the axis of a canvas.
    pub fn note(&self, canvas: &Rect, theme: &Theme, measure: &dyn TextMeasure) -> Option<Part> {
        const SIZE_PX: f32 = 11.5;
        let words = self.note_words()?;
        let baseline = canvas.y1 - AXIS_PX * self.scale - 7.0;
        let width = measure.width(&words, Face::SansMedium, SIZE_PX);
        let right = canvas.x1 - 8.0;
        let mut scene = Scene::default();
        let ground = Rect::new(
            right - width - 6.0,
            baseline - 14.0,
            right + 6.0,
            baseline + 5.0,
        );
        scene.rect(ground, theme.ground);
        let style = (Face::SansMedium, SIZE_PX, theme.accent);
        scene.text((right, baseline), Anchor::End, style, &words);
        scene.finish();
        Some(Part::new(Role::Paragraph, (0.0, 0.0), scene))
    }
}

/// How many events lie below the lower edge of a layout's canvas.
fn hidden(layout: &Layout) -> usize {
    let bottom = layout.size.height_px - AXIS_PX - layout.top_px();
    let is_below = |event: &EventId| {
        let lane = layout.timeline.lane(*event);
        let lane_box = layout.stack.lanes.get(lane.index());
        lane_box.is_some_and(|lane_box| match layout.slot(*event) {
            Some(slot) => {
                let row = f32::from(slot.row) + 1.0;
                lane_box.first_row + row * layout.stack.pitch > bottom + 0.5
            }
            None => lane_box.density.unwrap_or(lane_box.top) > bottom,
        })
    };
    layout.lane_index.in_time_order().filter(is_below).count()
}
