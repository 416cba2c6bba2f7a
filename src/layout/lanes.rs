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

/// How high rows may be, and how much air lanes may have, in px.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct RowSizes {
    /// The least height of a row.
    pub least: f32,
    /// The largest height of a row, where there is height to spare.
    pub most: f32,
    /// The least air per lane, half above and half below its rows.
    pub least_air: f32,
    /// The most air per lane.
    pub most_air: f32,
}

impl RowSizes {
    /// Mark, title and date under each other.
    pub const UNDER: Self = Self {
        least: 50.0,
        most: 72.0,
        least_air: 16.0,
        most_air: 56.0,
    };
    /// All on one line: 25 lanes of a row each fit a window of 1440 × 900.
    pub const BESIDE: Self = Self {
        least: 26.0,
        most: 32.0,
        least_air: 2.0,
        most_air: 56.0,
    };
    /// Mark, title, date and three to six lines of the summary under each other.
    pub const SUMMED: Self = Self {
        least: 104.0,
        most: 152.0,
        least_air: 20.0,
        most_air: 72.0,
    };
}

/// The height of a lane's density band, in px.
pub const DENSITY_PX: f32 = 28.0;
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

impl LaneBox {
    /// Whether it takes no place.
    pub fn is_hidden(&self) -> bool {
        self.top == self.bottom
    }
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
    /// Whether it takes no place at all.
    pub is_hidden: bool,
}

/// Stacks the lanes; where `height_px` leaves room, rows and air grow up to a limit.
pub fn stack(needs: &[LaneNeed], sizes: &RowSizes, height_px: f32) -> Stack {
    let tight = height_of(needs, sizes.least, sizes.least_air);
    let loose = height_of(needs, sizes.most, sizes.most_air);
    let share = ((height_px - tight) / (loose - tight).max(1.0)).clamp(0.0, 1.0);
    // Whole pixels, so that text stays sharp.
    let between = |least: f32, most: f32| (least + (most - least) * share).floor();
    let pitch = between(sizes.least, sizes.most);
    let air = between(sizes.least_air, sizes.most_air);

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

/// The least height of these lanes, in px.
pub fn least_height(needs: &[LaneNeed], sizes: &RowSizes) -> f32 {
    height_of(needs, sizes.least, sizes.least_air)
}

fn height_of(needs: &[LaneNeed], pitch: f32, air: f32) -> f32 {
    needs.iter().map(|need| lane_px(*need, pitch, air)).sum()
}

fn lane_px(need: LaneNeed, pitch: f32, air: f32) -> f32 {
    if need.is_hidden {
        return 0.0;
    }
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
            is_hidden: false,
        }
    }

    #[test]
    fn twelve_rows_in_five_lanes_take_680_px() {
        let needs = [1, 4, 1, 3, 3].map(need);
        assert_eq!(least_height(&needs, &RowSizes::UNDER), 680.0);
        assert!((stack(&needs, &RowSizes::UNDER, 680.0).height - 680.0).abs() < 0.5);
    }

    #[test]
    fn spare_height_is_used_up_to_a_comfortable_measure_and_never_overrun() {
        let needs = [1, 4, 1, 3, 3].map(need);
        for height in [300.0, 690.0, 730.0, 800.0, 910.0, 4000.0] {
            let stack = stack(&needs, &RowSizes::UNDER, height);
            assert!(stack.height <= height.max(680.0));
            assert!(stack.pitch <= RowSizes::UNDER.most && stack.pitch >= RowSizes::UNDER.least);
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
        assert_eq!(
            least_height(&[tall], &RowSizes::BESIDE),
            51.0 + RowSizes::BESIDE.least_air
        );
    }
}
