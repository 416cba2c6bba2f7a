//! The file of the settings: read, merged with what another window wrote, replaced in one step.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Condvar, Mutex},
    time::Duration,
};

use thiserror::Error;

use super::{Settings, merge};

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
    drafts: Option<PathBuf>,
}

impl Store {
    /// The platform's file: `~/.config/meanwhile/settings.json` on Linux. Where a platform names no
    /// settings folder, nothing is kept.
    pub fn platform() -> Self {
        let folders = directories::ProjectDirs::from("", "", "meanwhile");
        let folders = folders.as_ref();
        let state = folders.map(|it| it.state_dir().unwrap_or_else(|| it.data_local_dir()));
        Self {
            path: folders.map(|it| it.config_dir().join("settings.json")),
            drafts: state.map(|it| it.join("drafts")),
        }
    }

    /// The folder for drafts of changes: `~/.local/state/meanwhile/drafts` on Linux, beside a file of
    /// one's own; `None` where a platform names none.
    pub fn drafts(&self) -> Option<&Path> {
        self.drafts.as_deref()
    }

    /// The folder for crash reports, beside that for drafts; `None` where a platform names none.
    pub fn reports(&self) -> Option<PathBuf> {
        Some(self.drafts()?.with_file_name("crashes"))
    }

    /// A store in this file.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self {
            drafts: path.parent().map(|folder| folder.join("drafts")),
            path: Some(path),
        }
    }

    /// The settings, and a sentence about what was wrong with their file, if anything was.
    pub fn load(&self) -> (Settings, Option<String>) {
        let usual = Settings::default();
        let Some(path) = &self.path else {
            return (usual, None);
        };
        let bytes = match read(path) {
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

    /// Saves what has changed in the settings since they were as `before`, atomically; what another
    /// window has changed meanwhile is kept. Creates the folder where there is none.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written. What was saved before is then intact.
    pub fn save(&self, settings: &Settings, before: &Settings) -> Result<(), SaveError> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        save(path, settings, before).map_err(|source| SaveError {
            path: path.clone(),
            source,
        })
    }
}

fn save(path: &Path, settings: &Settings, before: &Settings) -> io::Result<()> {
    // Where the file is a symlink into a settings folder under version control, it stays one.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // One window at a time reads and writes. The file of the lock stays.
    let lock = File::create(target.with_extension("lock"))?;
    if locked(&lock)? {
        remove_leftovers(folder);
    }
    let settings = settings.tidied();
    let found = match read(&target) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return replace(&target, folder, &settings);
        }
        Err(error) => return Err(error),
    };
    match serde_json::from_slice::<Settings>(&found) {
        Ok(found) => {
            let merged = merge::merged(&before.tidied(), &settings, &found.tidied());
            replace(&target, folder, &merged)
        }
        Err(error) => {
            // A person may be editing it.
            set_aside(path, &error);
            replace(&target, folder, &settings)
        }
    }
}

/// Locks the settings; returns false where the file system has no locks.
///
/// # Errors
///
/// Where another window does not give the lock back: this one must not stand still with it.
fn locked(lock: &File) -> io::Result<bool> {
    const TRIES: u32 = 1500;
    // Nobody rings: it is waited for the time alone.
    let (mutex, bell) = (Mutex::new(()), Condvar::new());
    for _ in 0..TRIES {
        match lock.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::Error(_)) => return Ok(false),
            Err(TryLockError::WouldBlock) => {
                if let Ok(guard) = mutex.lock() {
                    let _ = bell.wait_timeout(guard, WAIT);
                }
            }
        }
    }
    Err(io::Error::other(
        "another window is saving them and does not end",
    ))
}

/// The bytes of the settings' file. A pipe in its place would be waited for.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    /// Settings are some thousand bytes.
    const MOST_BYTES: u64 = 1 << 20;
    let about = fs::metadata(path)?;
    if !about.is_file() || about.len() > MOST_BYTES {
        let why = "it is not a file of settings";
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    fs::read(path)
}

/// Between two tries to lock the settings.
const WAIT: Duration = Duration::from_millis(1);
/// How a file is named until it is whole.
const TEMP_PREFIX: &str = ".meanwhile-settings-";

/// Removes what windows have left that were killed while they saved.
fn remove_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(TEMP_PREFIX) {
            // What cannot be removed is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn replace(target: &Path, folder: &Path, settings: &Settings) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(settings)?;
    text.push(b'\n');
    let mut file = tempfile::Builder::new()
        .prefix(TEMP_PREFIX)
        .tempfile_in(folder)?;
    file.write_all(&text)?;
    file.as_file().sync_all()?;
    file.persist(target)?;
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
    use std::{
        io::{BufRead, BufReader},
        process::{Child, Command, Stdio},
        thread,
    };

    use super::*;
    use crate::{
        settings::{
            SavedView,
            tests::{check, sized},
        },
        state::TEXT_SIZES,
    };

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
        let nothing = Settings::default();
        store.save(&settings, &nothing).unwrap();
        store.save(&settings, &settings).unwrap();
        assert_eq!(store.load(), (settings, None));
        let left = fs::read_dir(folder.path().join("new/folder")).unwrap();
        let left = left.map(|entry| entry.unwrap().file_name());
        let mut left: Vec<_> = left.collect();
        left.sort();
        assert_eq!(
            left,
            ["settings.json", "settings.lock"],
            "nothing is left half-written"
        );
    }

    #[test]
    fn no_size_and_no_name_keep_settings_from_being_saved() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().join("settings.json"));
        let odd = sized(f32::NAN, 600.0);
        store.save(&odd, &Settings::default()).unwrap();
        assert_eq!(store.load(), (Settings::default(), None));
    }

    #[test]
    fn each_of_two_windows_writes_only_what_was_changed_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().join("settings.json"));
        let view = |name: &str, from| SavedView {
            file: Some(folder.path().join(name)),
            view: Some((from, 100)),
            ..SavedView::default()
        };
        let mut at_first = sized(1000.0, 800.0);
        at_first.keep_view(view("old", 1));
        store.save(&at_first, &Settings::default()).unwrap();
        let [mut one, mut other] = [0; 2].map(|_| store.load().0);
        let (before_one, before_other) = (one.clone(), other.clone());
        one.look.text_percent = 150;
        one.last_file = Some(folder.path().join("one"));
        one.keep_view(view("one", 2));
        other.look.is_still = true;
        other.look.stages.set(2, crate::command::StagePlace::Here);
        other.keep_view(view("other", 3));
        other.keep_view(view("old", 4));
        store.save(&one, &before_one).unwrap();
        store.save(&other, &before_other).unwrap();
        let (both, said) = store.load();
        assert_eq!(said, None);
        assert_eq!((both.look.text_percent, both.look.is_still), (150, true));
        assert_eq!(both.look.stages, other.look.stages);
        assert_eq!((both.window, &both.last_file), (one.window, &one.last_file));
        let views = ["old", "other", "one"].map(|name| {
            let view = both.view_of(Some(&folder.path().join(name)));
            view.unwrap().view.unwrap().0
        });
        assert_eq!(views, [4, 3, 2]);
    }

    #[test]
    fn two_windows_that_save_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        let keep = |window: usize| {
            let store = Store::at(&path);
            let mut now = store.load().0;
            for number in 0..20 {
                let before = now.clone();
                now.keep_view(SavedView {
                    file: Some(folder.path().join(format!("{window}-{number}"))),
                    ..SavedView::default()
                });
                store.save(&now, &before).unwrap();
            }
        };
        thread::scope(|scope| {
            scope.spawn(|| keep(1));
            scope.spawn(|| keep(2));
        });
        assert_eq!(Store::at(&path).load().0.saved_views.len(), 40);
    }

    /// The folder in which the process of a test saves, until it is killed.
    const SAVING: &str = "MEANWHILE_TEST_SAVES_IN";

    /// No test of its own: the other window of the next one.
    #[test]
    fn another_window() {
        let Some(folder) = std::env::var_os(SAVING) else {
            return;
        };
        let store = Store::at(Path::new(&folder).join("settings.json"));
        let mut now = store.load().0;
        for number in 0.. {
            let before = now.clone();
            now.look.text_percent = TEXT_SIZES[number % TEXT_SIZES.len()];
            store.save(&now, &before).unwrap();
            println!("saved {}", now.look.text_percent);
        }
    }

    /// A process that ends with the test.
    struct OtherWindow(Child);

    impl Drop for OtherWindow {
        fn drop(&mut self) {
            self.0.kill().unwrap();
            self.0.wait().unwrap();
        }
    }

    #[test]
    fn a_window_that_is_killed_leaves_the_settings_whole_and_those_of_another_window() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().join("settings.json"));
        let mut now = sized(1000.0, 800.0);
        store.save(&now, &Settings::default()).unwrap();
        for kill in 0..50_u8 {
            let mut window = Command::new(std::env::current_exe().unwrap())
                .args([
                    "--exact",
                    "settings::store::tests::another_window",
                    "--nocapture",
                ])
                .env(SAVING, folder.path())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let said = BufReader::new(window.stdout.take().unwrap()).lines();
            let window = OtherWindow(window);
            let said = said.map(|line| line.unwrap());
            let mut saved =
                said.filter_map(|line| line.strip_prefix("saved ")?.parse::<u16>().ok());
            // It is somewhere in a further save when it is killed.
            let last = saved.nth(usize::from(kill % 7)).expect("it saves");
            let before = now.clone();
            now.window = sized(1000.0 + f32::from(kill), 800.0).window;
            store.save(&now, &before).unwrap();
            drop(window);
            let last = saved.last().unwrap_or(last);
            let (found, said) = store.load();
            assert_eq!(said, None, "kill {kill}");
            assert_eq!(found.window, now.window, "kill {kill}");
            // The save after the last one that it told of may have been whole, too.
            let at = TEXT_SIZES.iter().position(|it| *it == last).unwrap();
            let next = TEXT_SIZES[(at + 1) % TEXT_SIZES.len()];
            assert!(
                [last, next].contains(&found.look.text_percent),
                "kill {kill}: {found:?}"
            );
        }
        store.save(&now, &now).unwrap();
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 2, "nothing is left half-written");
    }

    #[test]
    fn what_a_killed_window_left_is_removed_and_one_that_stands_still_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        let left = folder.path().join(format!("{TEMP_PREFIX}left"));
        fs::write(&left, "{").unwrap();
        let store = Store::at(&path);
        let settings = sized(1000.0, 800.0);
        store.save(&settings, &Settings::default()).unwrap();
        assert!(!left.exists());
        let lock = File::create(path.with_extension("lock")).unwrap();
        lock.lock().unwrap();
        let wider = sized(1100.0, 800.0);
        let refused = store.save(&wider, &settings).unwrap_err().to_string();
        assert!(refused.contains("another window is saving"), "{refused}");
        assert_eq!(store.load().0, settings);
    }
}
