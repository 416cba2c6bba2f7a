//! Reads the bytes of a chronology, from wherever it comes.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
    sync::OnceLock,
    time::Instant,
};

use super::origin::{NEW, OpenError, Origin, SHIPPED, one_line};
use crate::{
    formats::{
        self, KeepText, MAX_BYTES, ReadError, ReadOptions, ReadProgress, Source,
        columns::ColumnChoice,
    },
    model::nearest,
};

/// Reads a chronology; another thread may follow its progress and cancel it.
pub(super) fn read_with(
    origin: &Origin,
    columns: &ColumnChoice,
    progress: &ReadProgress,
) -> Result<Source, OpenError> {
    let name = match origin {
        Origin::File(path) => path
            .file_stem()
            .map(|stem| one_line(&stem.to_string_lossy())),
        Origin::Shipped | Origin::Stdin | Origin::New => None,
    };
    let options = |keep| ReadOptions {
        keep,
        columns: columns.clone(),
        name: name.clone().unwrap_or_default(),
    };
    let started = Instant::now();
    let loaded = match origin {
        Origin::Shipped => {
            formats::read_with(SHIPPED.as_bytes(), &options(KeepText::Always), progress)
        }
        Origin::File(path) => {
            let bytes = read_file(path, progress)?;
            formats::read_with(&bytes, &options(KeepText::UnlessLarge), progress)
        }
        Origin::Stdin => formats::read_with(read_stdin()?, &options(KeepText::Always), progress),
        Origin::New => formats::read_with(NEW.as_bytes(), &options(KeepText::Always), progress),
    };
    let ms = started.elapsed().as_millis();
    match &loaded {
        Ok(source) => tracing::info!(
            ms,
            format = ?source.format,
            events = source.timeline.len(),
            faults = source.diagnostics.len(),
            "read"
        ),
        Err(error) => tracing::warn!(ms, kind = kind_of(error), "not read"),
    }
    loaded.map_err(|source| OpenError::Content {
        name: origin.name(),
        source,
    })
}

/// The bytes of a file that may have become something else: a pipe would be waited for, and a device may
/// have no end.
///
/// # Errors
///
/// Where it is no file, is larger than any that is read, or cannot be read.
pub fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let about = fs::metadata(path)?;
    if !about.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
    }
    read_some(File::open(path)?, about.len(), &ReadProgress::default())
}

/// The bytes of a file.
pub(super) fn read_file(path: &Path, progress: &ReadProgress) -> Result<Vec<u8>, OpenError> {
    let name = || Origin::File(path.to_owned()).name();
    let failed = |error| why(path, error);
    let about = fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(OpenError::Folder { name: name() });
    }
    if about.len() > MAX_BYTES {
        let source = ReadError::TooLarge {
            bytes: about.len(),
            limit: MAX_BYTES,
        };
        return Err(OpenError::Content {
            name: name(),
            source,
        });
    }
    let file = File::open(path).map_err(failed)?;
    read_some(file, about.len(), progress).map_err(failed)
}

/// The bytes of standard input, cached: it can be read only once, and may be needed again when the
/// window that read it could not be opened, or for a reload.
pub(super) fn read_stdin() -> Result<&'static [u8], OpenError> {
    static STDIN: OnceLock<Result<Vec<u8>, (io::ErrorKind, String)>> = OnceLock::new();
    let read = || {
        // Read to the end even if the caller cancels: the bytes are cached for the next one.
        let all = read_some(io::stdin().lock(), 0, &ReadProgress::default());
        all.map_err(|error| (error.kind(), error.to_string()))
    };
    match STDIN.get_or_init(read) {
        Ok(bytes) => Ok(bytes),
        Err((kind, message)) => {
            let source = io::Error::new(*kind, message.clone());
            Err(OpenError::Unreadable {
                name: Origin::Stdin.name(),
                source,
            })
        }
    }
}

/// Reads to the end, or to one byte past [`MAX_BYTES`], by which [`formats`] recognizes that it is
/// too much: a device or a growing file does not report its true size beforehand. When cancelled,
/// returns the bytes read so far.
fn read_some(from: impl Read, expected: u64, progress: &ReadProgress) -> io::Result<Vec<u8>> {
    /// Bytes read between two checks for cancellation: few enough that the delay is not noticed.
    const CHUNK: u64 = 1 << 20;

    let mut bytes = Vec::new();
    let room = usize::try_from(expected.saturating_add(1)).unwrap_or(usize::MAX);
    bytes
        .try_reserve_exact(room)
        .map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
    let mut from = from.take(MAX_BYTES + 1);
    while !progress.is_cancelled() && from.by_ref().take(CHUNK).read_to_end(&mut bytes)? > 0 {
        progress.fetched(bytes.len() as u64, expected);
    }
    Ok(bytes)
}

/// Turns an error of the system into one about this file.
fn why(path: &Path, source: io::Error) -> OpenError {
    let name = Origin::File(path.to_owned()).name();
    match source.kind() {
        io::ErrorKind::NotFound => {
            let folder = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            match folder.filter(|folder| !folder.is_dir()) {
                Some(folder) => OpenError::NoFolder {
                    name,
                    folder: one_line(&folder.display().to_string()),
                },
                None => OpenError::NotFound {
                    name,
                    near: near_file(path),
                },
            }
        }
        io::ErrorKind::PermissionDenied => OpenError::Denied { name },
        _ => OpenError::Unreadable { name, source },
    }
}

/// The file in the folder of `path` whose name is most like the missing one: one of the same name
/// with another extension or other capitals, else the nearest.
fn near_file(path: &Path) -> Option<String> {
    /// Most entries looked at: a folder may hold any number of files.
    const MOST_FILES: usize = 10_000;
    let wanted = path.file_name()?.to_str()?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let listed = fs::read_dir(if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    })
    .ok()?;
    let files = listed
        .take(MOST_FILES)
        .flatten()
        .filter(|entry| entry.path().is_file());
    let names: Vec<String> = files
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    let names = || names.iter().map(String::as_str);
    let stem = |name: &str| Path::new(&name.to_lowercase()).with_extension("");
    let near = names()
        .filter(|name| stem(name) == stem(wanted))
        .min()
        .or_else(|| nearest(wanted, names()))?;
    Some(one_line(&folder.join(near).display().to_string()))
}

/// What kind of fault it is, for the log: its words may quote the file.
fn kind_of(error: &ReadError) -> String {
    let words = format!("{error:?}");
    let kind = words.split(|letter: char| !letter.is_alphanumeric()).next();
    kind.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_too_large_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.json");
        File::create(&path).unwrap().set_len(MAX_BYTES + 1).unwrap();
        let error = super::super::read(&Origin::File(path))
            .unwrap_err()
            .to_string();
        assert!(
            error.ends_with("no more than 1024 MiB can be opened; split it into smaller files"),
            "{error}"
        );
    }

    /// Endless zeros, cancelled after `left` bytes.
    struct Endless<'r> {
        left: usize,
        progress: &'r ReadProgress,
    }

    impl Read for Endless<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            into.fill(0);
            self.left = self.left.saturating_sub(into.len());
            if self.left == 0 {
                self.progress.cancel();
            }
            Ok(into.len())
        }
    }

    #[test]
    fn what_is_cancelled_is_not_read_to_its_end() {
        let progress = ReadProgress::default();
        let endless = Endless {
            left: 3 << 20,
            progress: &progress,
        };
        let bytes = read_some(endless, 6 << 20, &progress).unwrap();
        assert!((3 << 20..5 << 20).contains(&bytes.len()), "{}", bytes.len());
        // Half of the bytes; reading all of them is a fifth of the work.
        assert!(
            (0.08..0.18).contains(&progress.share()),
            "{}",
            progress.share()
        );
    }
}
