//! The views of before and after, as data: see `back_and_forward`.

use crate::{
    layout::Camera,
    model::{EventId, Filter},
};

/// A view to return to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct View {
    pub(super) camera: Option<Camera>,
    pub(super) selected: Option<EventId>,
    pub(super) is_story_open: bool,
    pub(super) filter: Filter,
}

/// The views before and after the current one, the nearest last.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct History {
    pub(super) past: Vec<View>,
    pub(super) future: Vec<View>,
}
