//! Theme, text size, motion and the stage's window: kept between runs, whatever file is open.

use serde::{Deserialize, Serialize};

use crate::command::{StagePlace, ThemeChoice};

/// The text sizes to choose from, in percent.
pub const TEXT_SIZES: [u16; 8] = [80, 90, 100, 110, 125, 150, 175, 200];

/// Appearance settings that do not depend on the file.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// The chosen theme.
    pub theme: ThemeChoice,
    /// The text size in percent, one of [`TEXT_SIZES`].
    pub text_percent: u16,
    /// Whether animations are off.
    pub is_still: bool,
    /// In which window the stage of a lesson is.
    pub stage: StagePlace,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            text_percent: 100,
            is_still: false,
            stage: StagePlace::Auto,
        }
    }
}

impl Look {
    /// Changes to the next larger (1) or smaller (−1) text size.
    pub(super) fn step_text(&mut self, by: i32) {
        let now = self.text_percent;
        let larger = TEXT_SIZES.iter().copied().find(|&size| size > now);
        let smaller = TEXT_SIZES.iter().rev().copied().find(|&size| size < now);
        self.text_percent = if by > 0 { larger } else { smaller }.unwrap_or(now);
    }
}
