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

/// The views that were kept since `before`, then those found of other files: the newest first.
fn merged_views(before: &Settings, now: &Settings, found: &Settings) -> Vec<SavedView> {
    let changed = kept_since(&before.saved_views, &now.saved_views);
    let is_other = |saved: &&SavedView| changed.iter().all(|it| it.file != saved.file);
    let others = found.saved_views.iter().filter(is_other);
    let all = changed.iter().chain(others);
    all.take(MOST_SAVED_VIEWS).cloned().collect()
}

/// The views at the beginning of `now` that were kept since it was `before`: each was put there, and
/// what follows is as it was.
fn kept_since<'v>(before: &[SavedView], now: &'v [SavedView]) -> &'v [SavedView] {
    let is_rest = |kept: usize| {
        let (changed, rest) = now.split_at_checked(kept)?;
        let is_other = |saved: &&SavedView| changed.iter().all(|it| it.file != saved.file);
        let others = before.iter().filter(is_other);
        others.take(rest.len()).eq(rest).then_some(changed)
    };
    (0..=now.len()).find_map(is_rest).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_opened_again_is_the_newest_though_its_view_is_the_same() {
        let of = |names: &[&str]| {
            let mut settings = Settings::default();
            for name in names {
                settings.keep_view(SavedView {
                    file: Some(format!("/{name}").into()),
                    ..SavedView::default()
                });
            }
            settings
        };
        for (before, now, found, expected) in [
            (&["a", "b"][..], &["a", "b", "a"][..], &["a", "b"][..], "ab"),
            (&["a", "b"], &["a", "b"], &["a", "b", "c"], "cba"),
            (&["a"], &["a", "b"], &["a", "c"], "bca"),
            (&[], &["a"], &[], "a"),
        ] {
            let merged = merged(&of(before), &of(now), &of(found));
            let files = merged
                .saved_views
                .iter()
                .filter_map(|saved| saved.file.as_ref());
            let files: String = files
                .map(|file| file.display().to_string().replace('/', ""))
                .collect();
            assert_eq!(files, expected, "{before:?} {now:?} {found:?}");
        }
    }
}
