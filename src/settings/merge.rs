//! What two windows have changed in the settings, put together.

use super::{MOST_SAVED_VIEWS, SavedView, Settings};
use crate::state::Look;

/// The settings as `found` in their file, with what has changed from `before` to `now`.
pub(super) fn merged(before: &Settings, now: &Settings, found: &Settings) -> Settings {
    let (look, old_look, look_found) = (now.look, before.look, found.look);
    Settings {
        window: changed(&before.window, &now.window, &found.window),
        look: Look {
            theme: changed(&old_look.theme, &look.theme, &look_found.theme),
            text_percent: changed(
                &old_look.text_percent,
                &look.text_percent,
                &look_found.text_percent,
            ),
            is_still: changed(&old_look.is_still, &look.is_still, &look_found.is_still),
            stages: changed(&old_look.stages, &look.stages, &look_found.stages),
        },
        last_file: changed(&before.last_file, &now.last_file, &found.last_file),
        saved_views: merged_views(before, now, found),
        broken_off: changed(&before.broken_off, &now.broken_off, &found.broken_off),
    }
}

/// A value as it is now if it has changed, else as it was found.
fn changed<T: Clone + PartialEq>(before: &T, now: &T, found: &T) -> T {
    if now == before { found } else { now }.clone()
}

/// The views that have changed, then those found of other files.
fn merged_views(before: &Settings, now: &Settings, found: &Settings) -> Vec<SavedView> {
    let is_changed = |saved: &&SavedView| !before.saved_views.contains(saved);
    let changed: Vec<&SavedView> = now.saved_views.iter().filter(is_changed).collect();
    let is_other = |saved: &&SavedView| changed.iter().all(|it| it.file != saved.file);
    let others = found.saved_views.iter().filter(is_other);
    let all = changed.iter().copied().chain(others);
    all.take(MOST_SAVED_VIEWS).cloned().collect()
}
