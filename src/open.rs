//! Reads a chronology from the program itself, a file or standard input, and does all work beside
//! the window: layouts, searches, pictures, watching the file.
//!
//! Here and in [`settings`](crate::settings) the program touches the disk. Parsing the bytes is
//! left to [`formats`], showing the result to the window or the command line. Each [`OpenError`] is
//! one sentence with the file's name, what is wrong and what to do, since both show it as it is.

pub mod crash_reports;
pub mod drafts;
pub mod editor;
pub mod exporting;
pub mod layout_thread;
pub mod picture_files;
pub mod pictures;
pub mod saving;
pub mod searching;
pub mod system_fonts;
pub mod watching;
pub mod worker;

use std::{
    cell::Cell,
    env,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        mpsc::{Receiver, TryRecvError},
    },
};

use thiserror::Error;

use crate::{
    formats::{
        self, Fingerprint, KeepText, MAX_BYTES, ReadError, ReadOptions, ReadProgress, Source,
        columns::ColumnChoice, source::SourceText,
    },
    model::nearest,
};

/// The chronology that ships.
pub const SHIPPED: &str = include_str!("../timeline.json");

/// A chronology that is begun.
const NEW: &str = "{\n  \"title\": \"New chronology\",\n\n  \"events\": []\n}\n";

/// Where a chronology comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The chronology that ships with the program.
    Shipped,
    /// A file, by the path that the user gave.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A chronology that was begun in the window, and is in no file yet.
    New,
}

impl Origin {
    /// The origin that an argument names: `-` is standard input.
    pub fn of_argument(argument: &Path) -> Self {
        if argument.as_os_str() == "-" {
            Self::Stdin
        } else {
            Self::File(argument.to_owned())
        }
    }

    /// What to open where nothing is named: the file that was open last if it still exists and can
    /// be read, else the chronology that ships.
    pub fn unnamed(last_file: Option<&Path>) -> Self {
        let is_there = |path: &&Path| {
            fs::metadata(path).is_ok_and(|about| about.is_file()) && File::open(path).is_ok()
        };
        last_file
            .filter(is_there)
            .map_or(Self::Shipped, |path| Self::File(path.to_owned()))
    }

    /// The folder of its file, in which its pictures lie.
    pub fn folder(&self) -> Option<&Path> {
        let Self::File(path) = self else { return None };
        // A bare file name is in the current folder.
        let folder = path.parent()?;
        let is_bare = folder.as_os_str().is_empty();
        Some(if is_bare { Path::new(".") } else { folder })
    }

    /// Its name in messages: the path as given, or a description. Always one line.
    pub fn name(&self) -> String {
        match self {
            Self::Shipped => "the chronology that ships".to_owned(),
            Self::File(path) => one_line(&path.display().to_string()),
            Self::Stdin => "standard input".to_owned(),
            Self::New => "a new chronology".to_owned(),
        }
    }
}

/// An untrusted text as one harmless line: a control character, which could move a terminal's
/// cursor or break a message in two, becomes `\u{FFFD}`, white space a space.
pub fn one_line(text: &str) -> String {
    let harmless = |character: char| match character {
        '\n' | '\r' | '\t' => ' ',
        control if control.is_control() => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    text.chars().map(harmless).collect()
}

/// Why a chronology could not be opened: one sentence without a full stop.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// It is a folder.
    #[error("{name} is a folder; name a file in it")]
    Folder {
        /// Its path.
        name: String,
    },
    /// There is no such file.
    #[error("{name}: there is no such file; {}", missing_advice(near.as_deref()))]
    NotFound {
        /// Its path.
        name: String,
        /// The file in the same folder whose name is most like it.
        near: Option<String>,
    },
    /// Its folder does not exist.
    #[error("{name}: there is no folder {folder}; check how the path is written")]
    NoFolder {
        /// The path of the file.
        name: String,
        /// The path of the folder.
        folder: String,
    },
    /// There is no permission to read it.
    #[error("{name} may not be read by you; change its permissions, or ask its owner to")]
    Denied {
        /// Its path.
        name: String,
    },
    /// The system could not read it.
    #[error("{name} could not be read ({source}); try again, or copy it to another place first")]
    Unreadable {
        /// Its path.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// It was read, but nothing of it can be shown.
    #[error("{name}: {source}")]
    Content {
        /// Its path.
        name: String,
        /// What is wrong with it.
        source: ReadError,
    },
    /// Its text was to be read again, and is another one by now.
    #[error("{name} was changed by another program meanwhile; reload it first")]
    Changed {
        /// Its path.
        name: String,
    },
    /// The thread that read it has died.
    #[error(
        "{name}: reading it broke off, which is a fault of this program; please report it, with the file"
    )]
    BrokeOff {
        /// Its path.
        name: String,
    },
}

fn missing_advice(near: Option<&str>) -> String {
    match near {
        Some(near) => format!("did you mean {near}?"),
        None => "check its name and its folder".to_owned(),
    }
}

/// Reads a chronology on the calling thread; at most [`MAX_BYTES`] come into memory.
///
/// # Errors
///
/// Where nothing can be shown: see [`OpenError`].
pub fn read(origin: &Origin) -> Result<Source, OpenError> {
    read_with(origin, &ColumnChoice::default(), &ReadProgress::default())
}

/// The folder in which people keep their documents; else their own folder, else the present one.
pub fn documents() -> PathBuf {
    let folders = directories::UserDirs::new();
    let documents = folders
        .as_ref()
        .and_then(directories::UserDirs::document_dir);
    let documents = documents.filter(|folder| folder.is_dir());
    let home = folders.as_ref().map(directories::UserDirs::home_dir);
    let present = || env::current_dir().unwrap_or_default();
    documents.or(home).map_or_else(present, ToOwned::to_owned)
}

/// The text of a chronology that was read from `origin`: from memory, or that of a large file read
/// again.
///
/// # Errors
///
/// [`OpenError::Changed`] where the file does not hold that text any more, and where it cannot be
/// read.
pub fn text(source: &Source, origin: &Origin) -> Result<Arc<str>, OpenError> {
    let fingerprint = match source.text() {
        SourceText::Kept(text) => return Ok(Arc::clone(text)),
        SourceText::InFile(fingerprint) => fingerprint,
    };
    let bytes = match origin {
        Origin::File(path) => read_file(path, &ReadProgress::default())?,
        Origin::Shipped => SHIPPED.as_bytes().to_vec(),
        Origin::Stdin => read_stdin()?.to_vec(),
        Origin::New => NEW.as_bytes().to_vec(),
    };
    let is_same = Fingerprint::of(&bytes) == *fingerprint;
    let text = String::from_utf8(bytes).ok().filter(|_| is_same);
    text.map(Arc::from).ok_or_else(|| OpenError::Changed {
        name: origin.name(),
    })
}

/// Reads a chronology; another thread may follow its progress and cancel it.
fn read_with(
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
    loaded.map_err(|source| OpenError::Content {
        name: origin.name(),
        source,
    })
}

/// The bytes of a file.
fn read_file(path: &Path, progress: &ReadProgress) -> Result<Vec<u8>, OpenError> {
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
fn read_stdin() -> Result<&'static [u8], OpenError> {
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

/// A chronology that is being read on a thread of its own.
#[derive(Debug)]
pub struct Opening {
    origin: Origin,
    progress: Arc<ReadProgress>,
    answer: Receiver<Result<Source, OpenError>>,
    is_answered: Cell<bool>,
}

impl Opening {
    /// Starts to read; dropping it requests cancellation. `wake` is called from the reading thread
    /// as soon as [`poll`](Self::poll) has an answer, even after a panic.
    pub fn start(origin: Origin, columns: ColumnChoice, wake: impl Fn() + Send + 'static) -> Self {
        let from = origin.clone();
        let progress = Arc::new(ReadProgress::default());
        let read_by = Arc::clone(&progress);
        let answer = worker::start("open", wake, move |outbox| {
            outbox.send(read_with(&from, &columns, &read_by));
        });
        Self {
            origin,
            progress,
            answer,
            is_answered: Cell::new(false),
        }
    }

    /// Starts to read a text that was changed here.
    pub fn start_text(origin: Origin, text: Arc<str>, wake: impl Fn() + Send + 'static) -> Self {
        let name = origin.name();
        let progress = Arc::new(ReadProgress::default());
        let read_by = Arc::clone(&progress);
        let answer = worker::start("reread", wake, move |outbox| {
            let options = ReadOptions {
                keep: KeepText::Always,
                ..ReadOptions::default()
            };
            let read = formats::read_with(text.as_bytes(), &options, &read_by);
            outbox.send(read.map_err(|source| OpenError::Content { name, source }));
        });
        Self {
            origin,
            progress,
            answer,
            is_answered: Cell::new(false),
        }
    }

    /// What is being read.
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The read progress, from 0 to 1.
    pub fn share(&self) -> f32 {
        self.progress.share()
    }

    /// The answer, once: `None` while it is being read, and again after the answer was given.
    pub fn poll(&self) -> Option<Result<Source, OpenError>> {
        if self.is_answered.get() {
            return None;
        }
        let answer = match self.answer.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err(OpenError::BrokeOff {
                name: self.origin.name(),
            }),
        };
        self.is_answered.set(true);
        Some(answer)
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    /// Reads a file of a folder with `timeline.json`, `broken.json` and the folder `notes` in it.
    fn check(file: &str, expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("timeline.json"), SHIPPED).unwrap();
        fs::write(folder.path().join("broken.json"), "").unwrap();
        fs::create_dir(folder.path().join("notes")).unwrap();
        let said = match read(&Origin::of_argument(&folder.path().join(file))) {
            Ok(loaded) => format!("{} events", loaded.timeline.len()),
            Err(error) => error
                .to_string()
                .replace(&format!("{}/", folder.path().display()), ""),
        };
        assert_eq!(said, expected, "{file}");
    }

    #[test]
    fn what_cannot_be_opened_is_reported_in_a_sentence() {
        check("timeline.json", "15 events");
        check(
            "timelin.json",
            "timelin.json: there is no such file; did you mean timeline.json?",
        );
        check(
            "Timeline.csv",
            "Timeline.csv: there is no such file; did you mean timeline.json?",
        );
        check(
            "timeline",
            "timeline: there is no such file; did you mean timeline.json?",
        );
        check(
            "iraq.json",
            "iraq.json: there is no such file; check its name and its folder",
        );
        check("notes", "notes is a folder; name a file in it");
        check(
            "nowhere/a.json",
            "nowhere/a.json: there is no folder nowhere; check how the path is written",
        );
        check(
            "a\u{1b}[2J\nb",
            "a\u{FFFD}[2J b: there is no such file; check its name and its folder",
        );
        check(
            "broken.json",
            "broken.json: there is nothing in it; save a timeline into it, or open another file",
        );
    }

    #[test]
    fn a_file_too_large_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.json");
        File::create(&path).unwrap().set_len(MAX_BYTES + 1).unwrap();
        let error = read(&Origin::File(path)).unwrap_err().to_string();
        assert!(
            error.ends_with("no more than 1024 MiB can be opened; split it into smaller files"),
            "{error}"
        );
    }

    #[test]
    fn without_a_name_the_last_file_is_opened_while_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        assert_eq!(Origin::unnamed(Some(&path)), Origin::Shipped);
        assert_eq!(Origin::unnamed(Some(folder.path())), Origin::Shipped);
        fs::write(&path, "").unwrap();
        assert_eq!(Origin::unnamed(Some(&path)), Origin::File(path));
        assert_eq!(Origin::unnamed(None), Origin::Shipped);
    }

    #[test]
    fn an_opening_wakes_when_it_has_its_answer_and_gives_it_once() {
        let (sender, woken) = channel();
        let opening = Opening::start(Origin::Shipped, ColumnChoice::default(), move || {
            sender.send(()).unwrap_or_default();
        });
        woken.recv().unwrap();
        assert_eq!(opening.poll().unwrap().unwrap().timeline.len(), 15);
        assert!(opening.poll().is_none());
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

    #[test]
    fn dropping_an_opening_ends_it() {
        let opening = Opening::start(Origin::Shipped, ColumnChoice::default(), || ());
        let progress = Arc::clone(&opening.progress);
        assert!(!progress.is_cancelled());
        drop(opening);
        assert!(progress.is_cancelled());
    }

    #[test]
    fn a_dead_thread_is_an_error() {
        let (sender, answer) = channel();
        drop(sender);
        let opening = Opening {
            origin: Origin::Stdin,
            progress: Arc::default(),
            answer,
            is_answered: Cell::new(false),
        };
        let error = opening.poll().unwrap().unwrap_err().to_string();
        assert!(
            error.starts_with("standard input: reading it broke off"),
            "{error}"
        );
        assert!(opening.poll().is_none());
    }
}
