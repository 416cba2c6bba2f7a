//! Writes a file in one step, so that it is never half there.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use tempfile::NamedTempFile;
use thiserror::Error;

use super::one_line;

/// What is done where there is a file already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Existing {
    /// It is kept, and nothing is written.
    Keep,
    /// It is replaced. What is no file, such as a pipe, is refused: a window would wait for who reads it.
    Replace,
    /// It is replaced; a pipe or a device is written to as it is, as a command line expects.
    Overwrite,
}

/// Why a file could not be written: one sentence without a full stop. What was there is intact.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SaveError {
    /// There is such a file already.
    #[error("{name} exists already, and is kept; choose another name")]
    Exists {
        /// Its path.
        name: String,
    },
    /// It is a folder.
    #[error("{name} is a folder; name a file in it")]
    IsFolder {
        /// Its path.
        name: String,
    },
    /// Its folder does not exist.
    #[error("{name}: there is no folder {folder}; make it first")]
    NoFolder {
        /// Its path.
        name: String,
        /// The path of the folder.
        folder: String,
    },
    /// It is a pipe or a device.
    #[error("{name} is no file, but a pipe or a device; name a file")]
    NoFile {
        /// Its path.
        name: String,
    },
    /// The system could not write it.
    #[error("{name} could not be written: {}", reason(.source))]
    Failed {
        /// Its path.
        name: String,
        /// What the system says.
        source: io::Error,
    },
}

/// Why the system could not write, and what to do.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full; make room on it, or save on another one".to_owned()
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "you may not write there; save in another folder".to_owned()
        }
        _ => {
            let words = error.to_string();
            // Without the name of the file that was made on the way.
            let words = words.split(" at path ").next().unwrap_or_default();
            format!("{words}; look whether its folder is there and can be written to")
        }
    }
}

/// Writes a file: all of it, and to the disk, or nothing. Through a link to the file that it leads
/// to; the permissions of a file that is replaced are kept.
///
/// # Errors
///
/// See [`SaveError`].
pub fn save(path: &Path, bytes: impl AsRef<[u8]>, existing: Existing) -> Result<(), SaveError> {
    let bytes = bytes.as_ref();
    let saved = save_with(path, bytes, existing, &|_| Ok(()));
    match &saved {
        Ok(()) => tracing::info!(bytes = bytes.len(), "saved"),
        Err(SaveError::Failed { source, .. }) => {
            tracing::warn!(bytes = bytes.len(), kind = ?source.kind(), "not saved");
        }
        Err(_) => tracing::info!(bytes = bytes.len(), "not saved"),
    }
    saved
}

/// A step of writing a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    /// A new file is made beside it.
    Make,
    /// So much of it is written.
    Write,
    /// It gets the permissions of the one before.
    Permit,
    /// It is written to the disk.
    Sync,
    /// It takes the place of the one before.
    Move,
}

/// So many bytes are written in one step.
const CHUNK: usize = 1 << 20;

/// The same; `before_step` is called before each step, and what it returns is as if the system had returned
/// it.
fn save_with(
    path: &Path,
    bytes: &[u8],
    existing: Existing,
    before_step: &dyn Fn(Step) -> io::Result<()>,
) -> Result<(), SaveError> {
    let name = || one_line(&path.display().to_string());
    let failed = |source| SaveError::Failed {
        name: name(),
        source,
    };
    let target: PathBuf = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&target).ok();
    if before.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(SaveError::IsFolder { name: name() });
    }
    if before.is_some() && existing == Existing::Keep {
        return Err(SaveError::Exists { name: name() });
    }
    if before.as_ref().is_some_and(|about| !about.is_file()) {
        return match existing {
            Existing::Overwrite => fs::write(&target, bytes).map_err(failed),
            Existing::Keep | Existing::Replace => Err(SaveError::NoFile { name: name() }),
        };
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        let folder = one_line(&folder.display().to_string());
        return Err(SaveError::NoFolder {
            name: name(),
            folder,
        });
    }
    let step = |step| before_step(step).map_err(failed);
    step(Step::Make)?;
    let mut file = new_file(folder).map_err(failed)?;
    for chunk in bytes.chunks(CHUNK) {
        step(Step::Write)?;
        file.write_all(chunk).map_err(failed)?;
    }
    if let Some(before) = before {
        step(Step::Permit)?;
        file.as_file()
            .set_permissions(before.permissions())
            .map_err(failed)?;
    }
    step(Step::Sync)?;
    file.as_file().sync_all().map_err(failed)?;
    step(Step::Move)?;
    let moved = match existing {
        // Another program may have made the file in the meantime.
        Existing::Keep => file.persist_noclobber(&target),
        Existing::Replace | Existing::Overwrite => file.persist(&target),
    };
    moved.map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => SaveError::Exists { name: name() },
        _ => failed(error.error),
    })?;
    // The name is on the disk only when its folder is; where folders cannot be opened, it is so
    // without.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    remove_leftovers(folder);
    Ok(())
}

/// How the name of a file begins that is on the way to its place.
const PREFIX: &str = ".meanwhile-";

/// Removes what was left beside a file by a program that was ended while it wrote: its lock is free, and
/// it is some seconds old, so that nobody is just making it.
fn remove_leftovers(folder: &Path) {
    const LEAST_AGE: Duration = Duration::from_secs(10);
    const MOST_LOOKED_AT: usize = 10_000;
    let entries = fs::read_dir(folder).into_iter().flatten();
    for entry in entries.take(MOST_LOOKED_AT).flatten() {
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        let is_old = |about: &fs::Metadata| {
            let changed = about.modified().ok();
            about.is_file()
                && changed
                    .and_then(|it| it.elapsed().ok())
                    .is_some_and(|it| it >= LEAST_AGE)
        };
        let path = entry.path();
        // What cannot be removed is in nobody's way.
        if entry.metadata().is_ok_and(|about| is_old(&about))
            && File::open(&path).is_ok_and(|file| file.try_lock().is_ok())
        {
            let _ = fs::remove_file(path);
        }
    }
}

/// A file beside its target, which others may read as they may any new file.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What the process masks is taken from it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    // Held until it is in its place, so that nobody takes it for a leftover.
    let _ = file.as_file().try_lock();
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_never_over_another_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        save(&path, "one", Existing::Keep).unwrap();
        let refused = save(&path, "two", Existing::Keep).unwrap_err().to_string();
        assert!(refused.contains("exists already"), "{refused}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        save(&path, "two", Existing::Replace).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(names.len(), 1, "nothing is left behind");
        let missing = folder.path().join("none/b.json");
        let failed = save(&missing, "x", Existing::Keep).unwrap_err().to_string();
        assert!(failed.contains("there is no folder"), "{failed}");
    }

    #[cfg(unix)]
    /// What a folder holds.
    fn names(folder: &Path) -> Vec<String> {
        let files = fs::read_dir(folder).unwrap().map(Result::unwrap);
        let mut names: Vec<String> = files
            .map(|file| file.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn whatever_step_fails_the_old_file_is_whole_and_nothing_lies_beside_it() {
        // In several chunks, so that the disk is full in the middle of it.
        let new = vec![b'n'; 3 * CHUNK];
        let steps = [
            (Step::Make, 0),
            (Step::Write, 0),
            (Step::Write, 1),
            (Step::Write, 2),
            (Step::Permit, 0),
            (Step::Sync, 0),
            (Step::Move, 0),
        ];
        for (failing, after) in steps {
            for kind in [io::ErrorKind::StorageFull, io::ErrorKind::PermissionDenied] {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("a.json");
                fs::write(&path, "old").unwrap();
                let left = std::cell::Cell::new(after);
                let before_step = |step| {
                    if step == failing && left.replace(left.get() - 1) == 0 {
                        return Err(io::Error::from(kind));
                    }
                    Ok(())
                };
                let failed = save_with(&path, &new, Existing::Replace, &before_step);
                let said = failed.unwrap_err().to_string();
                assert!(said.contains("could not be written"), "{said}");
                assert_eq!(fs::read_to_string(&path).unwrap(), "old", "{failing:?}");
                assert_eq!(names(folder.path()), ["a.json"], "{failing:?}");
            }
        }
    }

    #[test]
    fn wherever_the_power_goes_the_file_is_the_old_or_the_new_one() {
        let new = vec![b'n'; 2 * CHUNK];
        for failing in [
            Step::Make,
            Step::Write,
            Step::Permit,
            Step::Sync,
            Step::Move,
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.json");
            fs::write(&path, "old").unwrap();
            // What the file has when the power goes.
            let found = std::cell::RefCell::new(None);
            let steps = std::cell::RefCell::new(Vec::new());
            let before_step = |step| {
                steps.borrow_mut().push(step);
                if step == failing {
                    found.replace(Some(fs::read(&path)?));
                }
                Ok(())
            };
            save_with(&path, &new, Existing::Replace, &before_step).unwrap();
            assert_eq!(found.take().as_deref(), Some(&b"old"[..]), "{failing:?}");
            // What is not yet on the disk takes no place: a disk may keep the new name and lose what is
            // written. (That it is truly synced is looked at in `tests/broken_disks.sh`.)
            let steps = steps.take();
            let last = |step| steps.iter().rposition(|it| *it == step);
            assert!(last(Step::Write) < last(Step::Sync) && last(Step::Sync) < last(Step::Move));
            assert_eq!(steps.last(), Some(&Step::Move));
            assert_eq!(fs::read(&path).unwrap(), new);
        }
    }

    #[test]
    #[cfg(unix)]
    fn what_was_left_by_a_program_that_was_ended_goes_and_what_is_being_written_stays() {
        let folder = tempfile::tempdir().unwrap();
        let old = |name: &str| {
            let path = folder.path().join(name);
            let file = File::create(&path).unwrap();
            let long_ago = std::time::SystemTime::now() - Duration::from_mins(1);
            file.set_modified(long_ago).unwrap();
            file
        };
        drop(old(".meanwhile-left"));
        drop(old(".another"));
        let writing = old(".meanwhile-writing");
        writing.try_lock().unwrap();
        File::create(folder.path().join(".meanwhile-new")).unwrap();
        save(&folder.path().join("a"), "one", Existing::Keep).unwrap();
        let expected = [".another", ".meanwhile-new", ".meanwhile-writing", "a"];
        assert_eq!(names(folder.path()), expected);
    }

    #[test]
    #[cfg(unix)]
    fn a_pipe_is_refused_where_a_window_would_wait_for_its_reader() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        for existing in [Existing::Keep, Existing::Replace] {
            let refused = save(&path, "one", existing).unwrap_err().to_string();
            let is_kept = existing == Existing::Keep && refused.contains("exists already");
            assert!(is_kept || refused.contains("is no file"), "{refused}");
        }
    }

    #[test]
    fn why_it_failed_is_said_without_names_of_our_own() {
        for (kind, expected) in [
            (io::ErrorKind::StorageFull, "the disk is full"),
            (io::ErrorKind::ReadOnlyFilesystem, "you may not write there"),
            (io::ErrorKind::PermissionDenied, "you may not write there"),
        ] {
            assert!(reason(&kind.into()).starts_with(expected), "{kind:?}");
        }
        let folder = tempfile::tempdir().unwrap();
        let missing = new_file(&folder.path().join("none")).unwrap_err();
        assert!(!reason(&missing).contains(PREFIX), "{}", reason(&missing));
    }

    #[test]
    fn a_link_and_permissions_are_kept() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        save(&link, "two", Existing::Replace).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
