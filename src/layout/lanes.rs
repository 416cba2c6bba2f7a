//! The y positions of lanes and rows, from top to bottom: independent of the camera.
//!
//! The number of rows comes from [`labels`](super::labels). Scrolling is left to others: y is 0 at
//! the top of the first lane's air, in px.
//!
//! ```text
//! ── hairline ─────────────────── top
//!    air / 2
//!    row 0    mark, title, date      pitch
//!    row 1    …
//!    density  clustered events
//!    air / 2
//! ── hairline ─────────────────── bottom
//! ```

use super::metrics::Form;

/// The height of a row in px: mark, title and date under each other.
pub const ROW_UNDER_PX: f32 = 50.0;
/// The height of a row in px: all on one line.
pub const ROW_BESIDE_PX: f32 = 26.0;
/// The least air per lane, half above and half below its rows, in px.
const AIR_PX: f32 = 16.0;
/// The same where rows are low: 25 lanes of a row each fit a window of 1440 × 900.
const LEAST_AIR_PX: f32 = 2.0;
/// The height of a lane's density band, in px.
pub const DENSITY_PX: f32 = 28.0;
/// The largest row height and air per lane, in px, where there is height to spare.
const LOOSEST: (f32, f32) = (72.0, 56.0);

/// The position of one lane.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct LaneBox {
    /// The y of its upper hairline.
    pub top: f32,
    /// The y of its lower hairline.
    pub bottom: f32,
    /// The y at which its first row begins.
    pub first_row: f32,
    /// How many rows it has.
    pub rows: u16,
    /// The y at which its density band begins, where it has one.
    pub density: Option<f32>,
}

/// All lanes from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct Stack {
    /// By lane.
    pub lanes: Vec<LaneBox>,
    /// The height of a row, in px.
    pub pitch: f32,
    /// The height of all lanes, in px.
    pub height: f32,
}

/// What a lane's height depends on.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct LaneNeed {
    /// How many rows it has.
    pub rows: u16,
    /// Whether some of its events are clustered at the coarsest scale.
    pub has_density: bool,
    /// The height of its name in the gutter, in px.
    pub name_px: f32,
}

/// Stacks the lanes; where `height_px` leaves room, rows and air grow up to a limit.
pub fn stack(needs: &[LaneNeed], form: Form, height_px: f32) -> Stack {
    let pitch = row_px(form);
    let least_air = least_air_px(form);
    let tight = height_of(needs, pitch, least_air);
    let (loose_pitch, loose_air) = match form {
        Form::Under => LOOSEST,
        Form::Beside => (ROW_BESIDE_PX + 6.0, LOOSEST.1),
    };
    let loose = height_of(needs, loose_pitch, loose_air);
    let share = ((height_px - tight) / (loose - tight).max(1.0)).clamp(0.0, 1.0);
    // Whole pixels, so that text stays sharp.
    let pitch = (pitch + (loose_pitch - pitch) * share).floor();
    let air = (least_air + (loose_air - least_air) * share).floor();

    let mut top = 0.0;
    let lanes = needs
        .iter()
        .map(|need| {
            let first_row = top + air / 2.0;
            let rows_end = first_row + f32::from(need.rows) * pitch;
            let bottom = top + lane_px(*need, pitch, air);
            let density = need.has_density.then_some(rows_end);
            let lane = LaneBox {
                top,
                bottom,
                first_row,
                rows: need.rows,
                density,
            };
            top = bottom;
            lane
        })
        .collect();
    Stack {
        lanes,
        pitch,
        height: top,
    }
}

/// The least height of a row of this form, in px.
pub const fn row_px(form: Form) -> f32 {
    match form {
        Form::Under => ROW_UNDER_PX,
        Form::Beside => ROW_BESIDE_PX,
    }
}

/// The least air per lane with rows of this form, in px.
pub const fn least_air_px(form: Form) -> f32 {
    match form {
        Form::Under => AIR_PX,
        Form::Beside => LEAST_AIR_PX,
    }
}

/// The least height of these lanes, in px.
pub fn least_height(needs: &[LaneNeed], form: Form) -> f32 {
    height_of(needs, row_px(form), least_air_px(form))
}

fn height_of(needs: &[LaneNeed], pitch: f32, air: f32) -> f32 {
    needs.iter().map(|need| lane_px(*need, pitch, air)).sum()
}

fn lane_px(need: LaneNeed, pitch: f32, air: f32) -> f32 {
    let density = if need.has_density { DENSITY_PX } else { 0.0 };
    (f32::from(need.rows) * pitch + density).max(need.name_px) + air
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(rows: u16) -> LaneNeed {
        LaneNeed {
            rows,
            has_density: false,
            name_px: 17.0,
        }
    }

    #[test]
    fn twelve_rows_in_five_lanes_take_680_px() {
        let needs = [1, 4, 1, 3, 3].map(need);
        assert_eq!(least_height(&needs, Form::Under), 680.0);
        assert!((stack(&needs, Form::Under, 680.0).height - 680.0).abs() < 0.5);
    }

    #[test]
    fn spare_height_is_used_up_to_a_comfortable_measure_and_never_overrun() {
        let needs = [1, 4, 1, 3, 3].map(need);
        for height in [300.0, 690.0, 730.0, 800.0, 910.0, 4000.0] {
            let stack = stack(&needs, Form::Under, height);
            assert!(stack.height <= height.max(680.0));
            assert!(stack.pitch <= LOOSEST.0 && stack.pitch >= ROW_UNDER_PX);
            for pair in stack.lanes.windows(2) {
                let [above, below] = pair else { continue };
                assert_eq!(above.bottom, below.top);
            }
        }
    }

    #[test]
    fn a_lane_is_as_high_as_its_name() {
        let tall = LaneNeed {
            name_px: 51.0,
            ..need(1)
        };
        assert_eq!(least_height(&[tall], Form::Beside), 51.0 + LEAST_AIR_PX);
    }
}
