//! Settings kept between runs: the window, the look, the last file, and a saved view of each file.
//!
//! Several windows may share them: each writes only what was changed in it ([`Store::save`]).
//!
//! One small JSON file in the platform's settings folder. It is replaced atomically, so that a
//! crash leaves the old or the new one and never half of each. A broken file is renamed and kept,
//! since a person may have edited it. No error here keeps the program from starting: it is reported
//! in a sentence, and the default settings are used.

mod merge;
mod store;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use store::{SaveError, Store};

use crate::{
    export::choice::ExportChoice,
    formats::columns::ColumnChoice,
    state::{Look, TEXT_SIZES},
    time::Moment,
};

/// Most saved views kept; the oldest is dropped first.
const MOST_SAVED_VIEWS: usize = 50;
/// The smallest window, in logical pixels: in less not even the bar at the top has room.
pub const LEAST_WINDOW: (f32, f32) = (480.0, 360.0);
/// The largest window, in logical pixels: more than any wall of screens has.
const MOST_WINDOW: f32 = 16_384.0;

/// Everything kept between runs.
#[derive(Serialize, Deserialize, Default, Clone, PartialEq, Debug)]
#[serde(default)]
pub struct Settings {
    /// The size of the window.
    pub window: Option<WindowPlace>,
    /// Theme, text size, motion and the stage's window.
    pub look: Look,
    /// The file that was open last; none for the chronology that ships.
    pub last_file: Option<PathBuf>,
    /// A saved view of each file, newest first.
    #[serde(rename = "places")]
    pub saved_views: Vec<SavedView>,
    /// The lesson that was running when the program last ended without leaving it, if any.
    pub broken_off: Option<BrokenOff>,
}

/// An interrupted lesson.
#[derive(Serialize, Deserialize, Default, Clone, PartialEq, Debug)]
#[serde(default)]
pub struct BrokenOff {
    /// The file as an absolute path; none for the chronology that ships.
    pub file: Option<PathBuf>,
    /// The lesson's id; empty for one generated from the events.
    pub lesson: String,
    /// The step, counted from 0.
    pub step: usize,
    /// The elapsed time by then, in seconds.
    pub elapsed_secs: f64,
}

/// The size of the window, in logical pixels.
#[derive(Serialize, Deserialize, Copy, Clone, PartialEq, Debug)]
pub struct WindowPlace {
    /// Its inner width.
    pub width: f32,
    /// Its inner height.
    pub height: f32,
    /// Whether it fills the screen's work area; width and height are then those before.
    #[serde(default)]
    pub maximized: bool,
}

/// A remembered view of a file.
#[derive(Serialize, Deserialize, Default, Clone, PartialEq, Eq, Debug)]
#[serde(default)]
pub struct SavedView {
    /// The file as an absolute path; none for the chronology that ships.
    pub file: Option<PathBuf>,
    /// Start and end of the visible time, in seconds of a [`Moment`]; none for the whole file.
    pub view: Option<(i64, i64)>,
    /// The id of the selected event.
    pub selected: Option<String>,
    /// Whether its story was open.
    pub story_open: bool,
    /// What was said of the columns of a table.
    #[serde(skip_serializing_if = "ColumnChoice::is_empty")]
    pub columns: ColumnChoice,
    /// What was last chosen in the export dialog.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export: Option<ExportChoice>,
}

/// The absolute path, which names the same file when the program is next started in another folder.
pub fn lasting(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

impl Settings {
    /// The saved view of a file; `None` asks for the chronology that ships.
    pub fn view_of(&self, file: Option<&Path>) -> Option<&SavedView> {
        let file = file.map(lasting);
        self.saved_views.iter().find(|saved| saved.file == file)
    }

    /// What was said of the columns of a file.
    pub fn columns_of(&self, file: Option<&Path>) -> ColumnChoice {
        let saved = file.and_then(|file| self.view_of(Some(file)));
        saved.map_or_else(ColumnChoice::default, |saved| saved.columns.clone())
    }

    /// Keeps what was said of the columns of a file.
    pub fn keep_columns(&mut self, file: &Path, columns: ColumnChoice) {
        let saved = self.view_of(Some(file)).cloned().unwrap_or_default();
        self.keep_view(SavedView {
            file: Some(file.to_owned()),
            columns,
            ..saved
        });
    }

    /// What was last chosen for a file in the export dialog.
    pub fn export_of(&self, file: Option<&Path>) -> Option<ExportChoice> {
        self.view_of(file).and_then(|saved| saved.export)
    }

    /// Keeps what was chosen for a file in the export dialog.
    pub fn keep_export(&mut self, file: Option<&Path>, choice: ExportChoice) {
        let saved = self.view_of(file).cloned().unwrap_or_default();
        self.keep_view(SavedView {
            file: file.map(Path::to_owned),
            export: Some(choice),
            ..saved
        });
    }

    /// Keeps a saved view as the newest, replacing the one kept for the same file.
    pub fn keep_view(&mut self, saved: SavedView) {
        let saved = SavedView {
            file: saved.file.as_deref().map(lasting),
            ..saved
        };
        self.saved_views.retain(|kept| kept.file != saved.file);
        self.saved_views.insert(0, saved);
        self.saved_views.truncate(MOST_SAVED_VIEWS);
    }

    /// A copy with every value in range and fit for JSON: a settings file may have been edited by
    /// hand, and JSON cannot hold a path that is not Unicode.
    #[must_use]
    fn tidied(&self) -> Self {
        let is_unicode = |path: &Path| path.to_str().is_some();
        let mut saved_views: Vec<SavedView> = Vec::new();
        for saved in self
            .saved_views
            .iter()
            .filter(|saved| saved.file.as_deref().is_none_or(is_unicode))
        {
            if saved_views.len() < MOST_SAVED_VIEWS
                && saved_views.iter().all(|kept| kept.file != saved.file)
            {
                saved_views.push(SavedView {
                    view: saved.view.and_then(view_in_range),
                    ..saved.clone()
                });
            }
        }
        let nearest = TEXT_SIZES
            .into_iter()
            .min_by_key(|size| size.abs_diff(self.look.text_percent));
        Self {
            window: self.window.and_then(WindowPlace::in_range),
            look: Look {
                text_percent: nearest.unwrap_or(100),
                ..self.look
            },
            last_file: self.last_file.clone().filter(|path| is_unicode(path)),
            saved_views,
            broken_off: self.broken_off.clone().filter(|broken| {
                broken.file.as_deref().is_none_or(is_unicode) && broken.elapsed_secs.is_finite()
            }),
        }
    }
}

impl WindowPlace {
    /// The size clamped to what is allowed; `None` where it is not finite.
    fn in_range(self) -> Option<Self> {
        let (width, height) = LEAST_WINDOW;
        let is_size = self.width.is_finite() && self.height.is_finite();
        is_size.then(|| Self {
            width: self.width.clamp(width, MOST_WINDOW),
            height: self.height.clamp(height, MOST_WINDOW),
            ..self
        })
    }
}

/// A view clamped to the range of [`Moment`]; `None` where nothing is left of it.
fn view_in_range((from, to): (i64, i64)) -> Option<(i64, i64)> {
    let in_range = |secs: i64| secs.clamp(Moment::EARLIEST.secs(), Moment::LATEST.secs());
    let (from, to) = (in_range(from), in_range(to));
    (from < to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Checks what is loaded from this text, and a part of the sentence about it.
    pub(super) fn check(text: &str, expected: &Settings, said: Option<&str>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        fs::write(&path, text).unwrap();
        let (settings, sentence) = Store::at(&path).load();
        assert_eq!(&settings, expected, "{text}");
        match said {
            None => assert_eq!(sentence, None, "{text}"),
            Some(said) => assert!(
                sentence.clone().unwrap().contains(said),
                "{text}: {sentence:?}"
            ),
        }
    }

    pub(super) fn sized(width: f32, height: f32) -> Settings {
        Settings {
            window: Some(WindowPlace {
                width,
                height,
                maximized: false,
            }),
            ..Settings::default()
        }
    }

    fn text_of(text_percent: u16) -> Settings {
        Settings {
            look: Look {
                text_percent,
                ..Look::default()
            },
            ..Settings::default()
        }
    }

    #[test]
    fn settings_are_brought_into_range() {
        let usual = Settings::default();
        check("{}", &usual, None);
        check(r#"{"a_field_of_tomorrow": 1}"#, &usual, None);
        check(
            r#"{"window": {"width": 1024, "height": 768}}"#,
            &sized(1024.0, 768.0),
            None,
        );
        check(
            r#"{"window": {"width": 1, "height": -3}}"#,
            &sized(480.0, 360.0),
            None,
        );
        check(
            r#"{"window": {"width": 9e9, "height": 1000}}"#,
            &sized(16_384.0, 1000.0),
            None,
        );
        check(
            r#"{"window": {"width": 1e30, "height": 1000}}"#,
            &sized(16_384.0, 1000.0),
            None,
        );
        check(r#"{"look": {"text_percent": 130}}"#, &text_of(125), None);
        check(r#"{"look": {"text_percent": 0}}"#, &text_of(80), None);
        check(r#"{"look": {"text_percent": 65535}}"#, &text_of(200), None);
        let seen = |view| Settings {
            saved_views: vec![SavedView {
                view,
                ..SavedView::default()
            }],
            ..Settings::default()
        };
        check(
            r#"{"places": [{"view": [5, 9]}, {"view": [1, 2]}]}"#,
            &seen(Some((5, 9))),
            None,
        );
        check(r#"{"places": [{"view": [9, 5]}]}"#, &seen(None), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_unicode_is_left_out() {
        use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
        let odd = PathBuf::from(OsStr::from_bytes(b"/\xFF.json"));
        let mut settings = Settings {
            last_file: Some(odd.clone()),
            ..Settings::default()
        };
        settings.keep_view(SavedView {
            file: Some(odd),
            ..SavedView::default()
        });
        assert_eq!(settings.tidied(), Settings::default());
    }

    #[test]
    fn a_file_keeps_one_saved_view_and_the_newest_come_first() {
        let mut settings = Settings::default();
        let place = |name: usize, story_open| SavedView {
            file: Some(format!("/{name}").into()),
            story_open,
            ..SavedView::default()
        };
        for name in 0..60 {
            settings.keep_view(place(name, false));
        }
        settings.keep_view(place(30, true));
        assert_eq!(settings.saved_views.len(), MOST_SAVED_VIEWS);
        assert_eq!(settings.saved_views.first(), Some(&place(30, true)));
        assert_eq!(
            settings.view_of(Some(Path::new("/59"))),
            Some(&place(59, false))
        );
        assert_eq!(settings.view_of(Some(Path::new("/9"))), None);
        assert_eq!(settings.view_of(None), None);
    }
}
