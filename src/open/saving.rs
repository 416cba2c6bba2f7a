//! Writes a file in one step, so that it is never half there.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;
use thiserror::Error;

use super::one_line;

/// What is done where there is a file already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Existing {
    /// It is kept, and nothing is written.
    Keep,
    /// It is replaced.
    Replace,
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
    /// The system could not write it.
    #[error(
        "{name} could not be written ({source}); look whether its folder is there and can be written to"
    )]
    Failed {
        /// Its path.
        name: String,
        /// What the system says.
        source: io::Error,
    },
}

/// Writes a file: all of it, and to the disk, or nothing. Through a link to the file that it leads
/// to; the permissions of a file that is replaced are kept.
///
/// # Errors
///
/// See [`SaveError`].
pub fn save(path: &Path, bytes: impl AsRef<[u8]>, existing: Existing) -> Result<(), SaveError> {
    let bytes = bytes.as_ref();
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
        // A pipe or a device is written to as it is.
        return fs::write(&target, bytes).map_err(failed);
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
    let mut file = new_file(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    if let Some(before) = before {
        file.as_file()
            .set_permissions(before.permissions())
            .map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    let moved = match existing {
        // Another program may have made the file in the meantime.
        Existing::Keep => file.persist_noclobber(&target),
        Existing::Replace => file.persist(&target),
    };
    moved.map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => SaveError::Exists { name: name() },
        _ => failed(error.error),
    })?;
    // The name is on the disk only when its folder is; where folders cannot be opened, it is so
    // without.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// A file beside its target, which others may read as they may any new file.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".meanwhile-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What the process masks is taken from it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
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
