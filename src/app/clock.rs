//! The clock of lessons: the wall clock, which goes on while the computer sleeps.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::view::lesson::console::Clock;

/// The current time.
pub(super) fn now() -> Clock {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Clock {
        secs: since.map_or(0.0, |since| since.as_secs_f64()),
        local: chrono::Local::now().format("%H:%M").to_string(),
    }
}
