//! Settings kept between runs: the window, the look, the last file, and a saved view of each file.
//!
//! One small JSON file in the platform's settings folder. It is replaced atomically, so that a
//! crash leaves the old or the new one and never half of each. A broken file is renamed and kept,
//! since a person may have edited it. No error here keeps the program from starting: it is reported
//! in a sentence, and the default settings are used.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    state::{Look, TEXT_SIZES},
    time::Moment,
};

/// Most saved views kept; the oldest is dropped first.
const MOST_SAVED_VIEWS: usize = 50;
/// The smallest window, in logical pixels: less leaves no room for the story beside the canvas.
const LEAST_WINDOW: (f32, f32) = (800.0, 600.0);
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

/// Why settings could not be saved: one sentence without a full stop.
#[derive(Debug, Error)]
#[error("the settings could not be saved to {} ({source}); look whether that folder can be written to", path.display())]
pub struct SaveError {
    path: PathBuf,
    source: io::Error,
}

/// The file in which settings are kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Store {
    path: Option<PathBuf>,
}

impl Store {
    /// The platform's file: `~/.config/meanwhile/settings.json` on Linux. Where a platform names no
    /// settings folder, nothing is kept.
    pub fn platform() -> Self {
        let folders = directories::ProjectDirs::from("", "", "meanwhile");
        Self {
            path: folders.map(|folders| folders.config_dir().join("settings.json")),
        }
    }

    /// A store in this file.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: Some(path.into()),
        }
    }

    /// The settings, and a sentence about what was wrong with their file, if anything was.
    pub fn load(&self) -> (Settings, Option<String>) {
        let usual = Settings::default();
        let Some(path) = &self.path else {
            return (usual, None);
        };
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return (usual, None),
            Err(error) => {
                let path = path.display();
                let said = format!(
                    "the settings in {path} could not be read ({error}); the usual ones are used"
                );
                return (usual, Some(said));
            }
        };
        match serde_json::from_slice::<Settings>(&bytes) {
            Ok(settings) => (settings.tidied(), None),
            Err(error) => (usual, Some(set_aside(path, &error))),
        }
    }

    /// Saves the settings atomically; creates the folder where there is none.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written. What was saved before is then intact.
    pub fn save(&self, settings: &Settings) -> Result<(), SaveError> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        replace(path, settings).map_err(|source| SaveError {
            path: path.clone(),
            source,
        })
    }
}

fn replace(path: &Path, settings: &Settings) -> io::Result<()> {
    // Where the file is a symlink into a settings folder under version control, it stays one.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut text = serde_json::to_vec_pretty(&settings.tidied())?;
    text.push(b'\n');
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&text)?;
    file.as_file().sync_all()?;
    file.persist(&target)?;
    Ok(())
}

/// Renames a broken settings file to a name that is free, and returns a sentence about it.
fn set_aside(path: &Path, error: &serde_json::Error) -> String {
    let numbered = |number: u32| match number {
        1 => path.with_extension("broken.json"),
        number => path.with_extension(format!("broken-{number}.json")),
    };
    let is_free = |candidate: &PathBuf| fs::symlink_metadata(candidate).is_err();
    let broken = format!("the settings in {} are broken ({error})", path.display());
    let renamed = (1..=u32::MAX)
        .map(numbered)
        .find(is_free)
        .map(|free| fs::rename(path, &free).map(|()| free));
    match renamed {
        Some(Ok(free)) => {
            let name = free
                .file_name()
                .unwrap_or(free.as_os_str())
                .to_string_lossy();
            format!("{broken}; they were set aside as {name}, and the usual ones are used")
        }
        Some(Err(_)) | None => format!("{broken}; the usual ones are used"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what is loaded from this text, and a part of the sentence about it.
    fn check(text: &str, expected: &Settings, said: Option<&str>) {
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

    fn sized(width: f32, height: f32) -> Settings {
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
            &sized(800.0, 600.0),
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

    #[test]
    fn broken_settings_are_set_aside_and_reported() {
        let usual = Settings::default();
        for text in [
            "",
            "{",
            "\u{0}",
            r#"{"window": {"width": "wide"}}"#,
            r#"{"look": {"text_percent": -1}}"#,
        ] {
            check(
                text,
                &usual,
                Some("they were set aside as settings.broken.json, and the usual ones are used"),
            );
        }
    }

    #[test]
    fn settings_set_aside_before_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        for text in ["one", "two", "three"] {
            fs::write(&path, text).unwrap();
            Store::at(&path).load();
        }
        for (name, expected) in [
            ("broken", "one"),
            ("broken-2", "two"),
            ("broken-3", "three"),
        ] {
            let kept =
                fs::read_to_string(folder.path().join(format!("settings.{name}.json"))).unwrap();
            assert_eq!(kept, expected);
        }
        assert!(!path.exists());
    }

    #[test]
    fn what_is_saved_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().join("new/folder/settings.json"));
        assert_eq!(store.load(), (Settings::default(), None));
        let mut settings = sized(1200.0, 800.0);
        settings.last_file = Some(folder.path().join("زمن.json"));
        settings.keep_view(SavedView {
            view: Some((-5, 5)),
            selected: Some("paris".into()),
            ..SavedView::default()
        });
        store.save(&settings).unwrap();
        store.save(&settings).unwrap();
        assert_eq!(store.load(), (settings, None));
        let left = fs::read_dir(folder.path().join("new/folder"))
            .unwrap()
            .count();
        assert_eq!(left, 1, "no half-written file is left behind");
    }

    #[test]
    fn no_size_and_no_name_keep_settings_from_being_saved() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().join("settings.json"));
        store.save(&sized(f32::NAN, 600.0)).unwrap();
        assert_eq!(store.load(), (Settings::default(), None));
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
