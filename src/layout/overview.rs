//! The overview strip at the bottom: the whole file, and the part of it that the camera shows.
//!
//! It leaves dragging the brush to the view; it converts between brush and camera
//! ([`Strip::brush`], [`Strip::camera`]).

use super::{
    build::Layout,
    camera::{Camera, FINEST_SECS_PER_PX},
    filter_result::FilterResult,
    lane_index::OVERVIEW_BINS,
    measure::{Face, TextMeasure},
    scene::{Anchor, Rect, Scene},
    search_highlight::SearchHighlight,
    theme::{LaneColors, Theme},
    ticks::Axis,
};

/// The narrowest brush, in px: still wide enough to be dragged.
const NARROWEST_PX: f32 = 10.0;

/// What the strip is drawn with.
#[derive(Copy, Clone)]
pub struct StripInput<'a> {
    /// The events that pass the filter: only they are drawn.
    pub filtered: Option<&'a FilterResult>,
    /// The search results: they are marked.
    pub found: Option<&'a SearchHighlight>,
    /// The theme.
    pub theme: &'a Theme,
    /// The lanes' colours in this theme.
    pub lane_colors: &'a LaneColors,
    /// Measures the widths of texts.
    pub measure: &'a dyn TextMeasure,
}

/// The strip, and the one mapping from its x to time.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Strip {
    /// Its position.
    pub rect: Rect,
    whole: Camera,
}

impl Strip {
    /// A strip over the whole of a file.
    pub fn new(layout: &Layout, rect: Rect) -> Self {
        let whole = layout.fit(rect.width());
        Self { rect, whole }
    }

    /// The part of the strip that a camera over a plot `plot_px` wide shows.
    pub fn brush(&self, camera: &Camera, plot_px: f32) -> Rect {
        let x = |plot_x: f64| {
            let time = camera.time_from_x(plot_x);
            (f64::from(self.rect.x0) + self.whole.x_from_time(time)).clamp(-1e6, 1e6) as f32
        };
        let (x0, x1) = (x(0.0), x(f64::from(plot_px)));
        let lacking = (NARROWEST_PX - (x1 - x0)).max(0.0) / 2.0;
        let x0 = (x0 - lacking).clamp(self.rect.x0, self.rect.x1 - NARROWEST_PX);
        let x1 = (x1 + lacking).clamp(x0 + NARROWEST_PX, self.rect.x1);
        Rect::new(x0, self.rect.y0, x1, self.rect.y1)
    }

    /// The camera over a plot `plot_px` wide that shows the time between two x of the strip.
    pub fn camera(&self, x0: f32, x1: f32, plot_px: f32) -> Camera {
        let time = |x: f32| self.whole.time_from_x(f64::from(x - self.rect.x0));
        Camera::over(time(x0.min(x1)), time(x0.max(x1)), f64::from(plot_px))
    }

    /// `camera` moved by `dx` px of the strip.
    pub fn panned(&self, camera: Camera, dx: f32) -> Camera {
        let secs = f64::from(dx) * self.whole.secs_per_px();
        camera.panned(secs / camera.secs_per_px().max(FINEST_SECS_PER_PX))
    }

    /// `camera` with the instant at `x` of the strip in the middle of a plot `plot_px` wide.
    pub fn centred(&self, camera: Camera, x: f32, plot_px: f32) -> Camera {
        let time = self.whole.time_from_x(f64::from(x - self.rect.x0));
        camera.with_time_at(time, f64::from(plot_px) / 2.0)
    }

    /// Draws the lanes as thin bars, stronger where there are more events, and years below them;
    /// under a filter, only the events that pass it. Eras lie behind them; search results are marked
    /// by strokes of the accent across all lanes.
    pub fn draw(&self, layout: &Layout, input: &StripInput<'_>, scene: &mut Scene) {
        let StripInput {
            lane_colors,
            filtered,
            found,
            theme,
            ..
        } = *input;
        scene.clear();
        scene.plot = self.rect;
        self.eras(layout, theme, scene);
        self.years(input, scene);
        let Some((from, to)) = layout.extent() else {
            return;
        };
        let (x0, x1) = (self.whole.x_from_time(from), self.whole.x_from_time(to));
        let bin_px = (x1 - x0) / OVERVIEW_BINS as f64;
        let x = |bin: usize| self.rect.x0 + (x0 + bin as f64 * bin_px) as f32;
        let lanes = layout.timeline.lanes().len();
        let pitch = (self.rect.height() - 12.0 - YEARS_PX) / lanes.max(1) as f32;
        let thick = (pitch - 4.0).clamp(1.5, 4.0);
        // Under a filter, only the events that pass it.
        let counts = filtered.map_or(layout.lane_index.overview(), |filtered| {
            filtered.overview.as_slice()
        });
        let peak = counts.iter().flatten().copied().max().unwrap_or(0);
        for (number, (bins, color)) in counts.iter().zip(lane_colors.iter()).enumerate() {
            let y = self.rect.y0 + 6.0 + (number as f32 + 0.5) * pitch - thick / 2.0;
            for run in runs(bins, peak) {
                let rect = Rect::new(x(run.0), y, x(run.1).max(x(run.0) + 2.0), y + thick);
                scene.rect(rect, color.faded(run.2));
            }
        }
        let Some(found) = found else { return };
        let glow = theme.accent;
        let peak = found.bins.iter().copied().max().unwrap_or(0);
        for run in runs(&found.bins, peak) {
            let right = x(run.1).max(x(run.0) + 2.0);
            let rect = Rect::new(x(run.0), self.rect.y0 + 1.0, right, self.rect.y0 + 5.0);
            scene.rect(rect, glow.faded(run.2));
            let rect = Rect::new(x(run.0), rect.y1, right, self.rect.y1 - 1.0);
            scene.rect(rect, glow.faded(run.2 * 0.16));
        }
    }
}

impl Strip {
    /// Names years, or what is coarser than the axis' ticks, along the lower edge.
    fn years(&self, input: &StripInput<'_>, scene: &mut Scene) {
        let mut axis = Axis::default();
        axis.fill(&self.whole, f64::from(self.rect.width()), input.measure);
        let ticks = if axis.major.is_empty() {
            &axis.minor
        } else {
            &axis.major
        };
        let style = (Face::Sans, YEAR_SIZE_PX, input.theme.muted);
        for tick in ticks {
            let Some(x) = tick.label_x else { continue };
            let at = (self.rect.x0 + x as f32, self.rect.y1 - 4.0);
            scene.text(at, Anchor::Middle, style, axis.label(tick));
        }
        scene.finish();
    }

    /// Draws the eras as tinted bands, each with a line at the top, in rows where they overlap.
    fn eras(&self, layout: &Layout, theme: &Theme, scene: &mut Scene) {
        let rows = layout.eras.rows().max(1) as f32;
        let pitch = (ERAS_PX / rows).min(ERA_LINE_PX + 1.0);
        for (number, row) in layout.eras.iter() {
            let Some(era) = layout.timeline.eras().get(number) else {
                continue;
            };
            let x = |time| {
                let x = self
                    .whole
                    .x_from_time(time)
                    .clamp(0.0, f64::from(self.rect.width()));
                self.rect.x0 + x as f32
            };
            let (x0, x1) = (x(era.start), x(era.end));
            if x1 <= self.rect.x0 || x0 >= self.rect.x1 {
                continue;
            }
            let color = theme.era_color(era);
            let band = Rect::new(x0, self.rect.y0, x1.max(x0 + 1.0), self.rect.y1);
            scene.rect(band, color.faded(ERA_TINT));
            let top = self.rect.y0 + ERAS_TOP_PX + row as f32 * pitch;
            let height = pitch.min(ERA_LINE_PX);
            scene.rect(Rect::new(x0, top, band.x1, top + height), color.faded(0.8));
        }
    }
}

/// The height of the line of years, in px, and the size of its letters.
const YEARS_PX: f32 = 10.0;
const YEAR_SIZE_PX: f32 = 10.0;
/// Below the frame of the brush, in px.
const ERAS_TOP_PX: f32 = 3.0;
/// The height of all lines of eras together, in px, and of one at most.
const ERAS_PX: f32 = 9.0;
const ERA_LINE_PX: f32 = 2.0;
/// The strength of an era's band.
const ERA_TINT: f32 = 0.06;

/// The opacity of a bin in distinguishable steps, 0 to [`STEPS`]; 0 where it is empty. One event is
/// drawn at 70 %, each further one 10 % more strongly; if the peak is above [`FEW`], opacity grows
/// with the square root of the number of events.
fn step(count: u32, peak: u32) -> u32 {
    let share = if count == 0 {
        0.0
    } else if peak <= FEW {
        (0.6 + 0.1 * count as f32).min(1.0)
    } else {
        0.25 + 0.75 * (count as f32 / peak as f32).sqrt()
    };
    (share * STEPS).round() as u32
}

/// Up to this many events in the fullest bin, opacity grows with each event.
const FEW: u32 = 12;
/// See [`step`]. With a rectangle per bin, a million events would be some thousand of them a lane.
const STEPS: f32 = 20.0;

/// Neighbouring bins of the same opacity: (first, after the last, opacity); empty ones are left
/// out.
fn runs(bins: &[u32], peak: u32) -> impl Iterator<Item = (usize, usize, f32)> + '_ {
    let step = move |at: usize| bins.get(at).map(|&count| step(count, peak));
    let mut at = 0;
    std::iter::from_fn(move || {
        while step(at) == Some(0) {
            at += 1;
        }
        let (first, strength) = (at, step(at)?);
        while step(at) == Some(strength) {
            at += 1;
        }
        Some((first, at, strength as f32 / STEPS))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_join_equal_bins() {
        let found: Vec<_> = runs(&[0, 1, 1, 0, 0, 2, 1], 2).collect();
        assert_eq!(found, [(1, 3, 0.7), (5, 6, 0.8), (6, 7, 0.7)]);
        assert_eq!(runs(&[0, 0], 0).count(), 0);
        // Counts that look the same are one rectangle.
        assert_eq!(runs(&[1000, 1001, 999], 2000).count(), 1);
    }
}
