//! The pictures of the open story, as far as they are read.

use std::collections::HashMap;

use egui::TextureHandle;

/// The state of a picture's reading.
#[derive(Clone, PartialEq)]
pub enum PictureState {
    /// It is being read.
    Waiting,
    /// It can be shown, as this texture.
    Shown(TextureHandle),
    /// It cannot be shown, for this reason.
    Failed(String),
}

/// The pictures of the story that is open, by the names of their files.
pub type Gallery = HashMap<String, PictureState>;
