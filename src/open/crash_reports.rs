//! Crash reports: what the program writes down when it breaks off, so that the next start can show it.
//! Nothing of the user's file is in one: of what a fault says only what stands in the source itself.

use std::{
    backtrace::Backtrace,
    env, fs,
    panic::{self, PanicHookInfo},
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicBool, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use super::{
    drafts::make_private,
    saving::{Existing, save},
};
use crate::formats;

/// So many reports are kept, the latest ones.
const MOST: usize = 5;
/// How the name of a report ends that was not shown yet, and of one that was.
const NEW: &str = "new.txt";
const TOLD: &str = "told.txt";

/// Has a report written into a folder at the first fault of this program; what follows from that one
/// would only hide it. The standard error says what it always says. What a broken file of another
/// program does to the library that reads it is no such fault, and nothing is said of it.
pub fn install(folder: PathBuf) {
    let has_written = AtomicBool::new(false);
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if formats::is_caught() {
            return;
        }
        before(info);
        let place = info.location().map(ToString::to_string);
        tracing::error!("broke off at {}", place.unwrap_or_default());
        if !has_written.swap(true, Ordering::SeqCst) {
            // What is told here is lost where it cannot be written: standard error has it.
            let _ = write(&folder, &report(info));
        }
    }));
}

/// What a report says.
fn report(info: &PanicHookInfo<'_>) -> String {
    // A message that was made while the program ran may quote a chronology.
    let said = info.payload().downcast_ref::<&'static str>().copied();
    let place = info
        .location()
        .map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    let backtrace = Backtrace::force_capture();
    format!(
        "Meanwhile {} broke off.\n\nsystem: {} on {}\nplace: {place}\nfault: {}\n\n{backtrace}\n",
        env!("CARGO_PKG_VERSION"),
        env::consts::OS,
        env::consts::ARCH,
        said.unwrap_or("(left out, since it may quote the chronology)"),
    )
}

fn write(folder: &Path, report: &str) -> Option<PathBuf> {
    make_private(folder).ok()?;
    let secs = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    let path = folder.join(format!("crash-{secs}-{}.{NEW}", process::id()));
    save(&path, report.as_bytes(), Existing::Replace).ok()?;
    Some(path)
}

/// The latest report that was not shown yet. From now on it counts as shown, and old ones are removed.
pub fn take_new(folder: &Path) -> Option<PathBuf> {
    let files = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let mut reports: Vec<PathBuf> = files
        .map(|file| file.path())
        .filter(|it| is_report(it))
        .collect();
    // Their names begin with the time.
    reports.sort();
    let mut latest = None;
    for path in &mut reports {
        if name(path).ends_with(NEW) {
            let told = folder.join(name(path).replace(NEW, TOLD));
            if fs::rename(&*path, &told).is_ok() {
                *path = told;
            }
            // Where it cannot be renamed it is shown once more.
            latest = Some(path.clone());
        }
    }
    let old = reports.len().saturating_sub(MOST);
    for path in reports.iter().take(old) {
        let _ = fs::remove_file(path);
    }
    latest
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn is_report(path: &Path) -> bool {
    let name = name(path);
    name.starts_with("crash-") && [NEW, TOLD].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_shown_once_and_only_the_latest_ones_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(take_new(folder.path()), None);
        for secs in 0..8 {
            let path = folder.path().join(format!("crash-100{secs}-1.{NEW}"));
            fs::write(path, secs.to_string()).unwrap();
        }
        fs::write(folder.path().join("another.txt"), "kept").unwrap();
        let shown = take_new(folder.path()).expect("the latest");
        assert_eq!(fs::read_to_string(shown).unwrap(), "7");
        assert_eq!(take_new(folder.path()), None);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), MOST + 1);
    }

    /// The folder in which the process below writes its report.
    const FOLDER: &str = "MEANWHILE_BREAKS_OFF_IN";

    /// Does nothing by itself: it is started by the test below, in a process of its own.
    #[test]
    fn breaks_off() {
        let Some(folder) = env::var_os(FOLDER) else {
            return;
        };
        install(folder.into());
        assert!(formats::caught(|| panic!("a broken file")).is_none());
        for words in ["a secret of the chronology", "another one"] {
            let words = words.to_owned();
            let ended = panic::catch_unwind(|| panic!("{words} was read"));
            assert!(ended.is_err());
        }
    }

    #[test]
    fn the_first_fault_is_reported_and_nothing_is_quoted_that_was_made_while_the_program_ran() {
        let folder = tempfile::tempdir().unwrap();
        // The hook is that of a whole process.
        let ended = process::Command::new(env::current_exe().unwrap())
            .args(["--exact", "open::crash_reports::tests::breaks_off"])
            .env(FOLDER, folder.path())
            .output()
            .unwrap();
        assert!(ended.status.success(), "{ended:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let report = fs::read_to_string(take_new(folder.path()).expect("one")).unwrap();
        assert!(
            report.contains("place: src/open/crash_reports.rs:"),
            "{report}"
        );
        assert!(!report.contains("a secret"), "{report}");
    }
}
