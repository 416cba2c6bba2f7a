//! Places: where events happened.

use super::remark::with_remark;

/// One place. Absent texts are empty.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Place {
    /// The id by which the file refers to it.
    pub id: String,
    /// The name that is shown.
    pub name: String,
    /// The name in its own script.
    pub native_name: String,
}

impl Place {
    /// A place about which nothing is stated.
    pub const EMPTY: Self = Self {
        id: String::new(),
        name: String::new(),
        native_name: String::new(),
    };

    /// Its name, with the one in its own script: “Mosul (الموصل)”.
    pub fn full_name(&self) -> String {
        with_remark(&self.name, &self.native_name)
    }
}
