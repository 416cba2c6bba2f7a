//! Sizes that rows, labels and drawing share, and the form of labels.

/// The font size of a label's title, in px.
pub const LABEL_SIZE_PX: f32 = 13.5;
/// The font size of a label's date, in px.
pub const DATE_SIZE_PX: f32 = 12.0;
/// The font size of lane names, in px.
pub const LANE_SIZE_PX: f32 = 13.0;
/// The height of a line of a lane's name, in px.
pub const LANE_LINE_PX: f32 = 17.0;
/// The height of the axis, in px.
pub const AXIS_PX: f32 = 46.0;
/// Room above the lanes for the "as of" note, in px.
pub const TOP_PX: f32 = 22.0;
/// Where hairlines of lanes begin, in px.
pub const HAIRLINE_X_PX: f32 = 20.0;
/// Where a lane's name begins, right of its dot, in px.
pub const NAME_X_PX: f32 = 40.0;
/// The gap between a mark and a label beside it, in px.
pub const BESIDE_GAP_PX: f32 = 8.0;
/// How far inside the ends of its mark a label over it stays, in px.
pub const INSET_PX: f64 = 8.0;

/// Where labels are relative to their marks, the same for all labels of a layout.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Under its mark, title over date.
    Under,
    /// On one line with its mark, where the window is low.
    Beside,
}
