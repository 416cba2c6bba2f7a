//! Where things happened.

use super::event::Extra;

/// One place. Absent texts are empty.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Place {
    /// The name by which the file's links know it.
    pub id: String,
    /// The name that is shown.
    pub name: String,
    /// The name in its own script.
    pub native_name: String,
    /// Degrees north, from −90 to 90.
    pub lat: Option<f64>,
    /// Degrees east, from −180 to 180.
    pub lon: Option<f64>,
    /// Fields that this program doesn't know.
    pub extra: Extra,
}

impl Place {
    /// A place about which nothing is told.
    pub const EMPTY: Self = Self {
        id: String::new(),
        name: String::new(),
        native_name: String::new(),
        lat: None,
        lon: None,
        extra: Extra::EMPTY,
    };
}
