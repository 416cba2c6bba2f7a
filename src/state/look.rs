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
    pub stages: StagePlaces,
}

/// Where the stage was last put, with one monitor, with two, and with more.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StagePlaces {
    one: StagePlace,
    two: StagePlace,
    more: StagePlace,
}

impl StagePlaces {
    /// The place with so many monitors.
    pub const fn with(self, monitors: usize) -> StagePlace {
        match monitors {
            0 | 1 => self.one,
            2 => self.two,
            _ => self.more,
        }
    }

    /// Keeps the place that was chosen with so many monitors.
    pub const fn set(&mut self, monitors: usize, place: StagePlace) {
        match monitors {
            0 | 1 => self.one = place,
            2 => self.two = place,
            _ => self.more = place,
        }
    }
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            text_percent: 100,
            is_still: false,
            stages: StagePlaces::default(),
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
