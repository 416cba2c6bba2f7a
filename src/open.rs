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
mod origin;
pub mod picture_files;
pub mod pictures;
mod reading;
pub mod saving;
pub mod searching;
pub mod system_fonts;
pub mod watching;
pub mod worker;

use std::{
    cell::Cell,
    env,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError},
    },
};

use origin::NEW;
pub use origin::{OpenError, Origin, SHIPPED, one_line};
pub use reading::bytes_of;
use reading::{read_file, read_stdin, read_with};

use crate::formats::{
    self, Fingerprint, ReadProgress, Source, columns::ColumnChoice, source::SourceText,
};
use crate::model::KnownTexts;

/// Reads a chronology on the calling thread; at most [`MAX_BYTES`](formats::MAX_BYTES) come into memory.
///
/// # Errors
///
/// Where nothing can be shown: see [`OpenError`].
pub fn read(origin: &Origin) -> Result<Source, OpenError> {
    read_with(origin, &ColumnChoice::default(), &ReadProgress::default())
}

/// The path of a file on one line, with `~` for one's own folder.
pub fn at_home(path: &Path) -> String {
    let folders = directories::UserDirs::new();
    let inside = folders.and_then(|it| Some(path.strip_prefix(it.home_dir()).ok()?.to_owned()));
    let short = inside.map(|inside| Path::new("~").join(inside));
    one_line(&short.as_deref().unwrap_or(path).display().to_string())
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
/// [`OpenError::Changed`] where the file does not hold that text any more, or it was read of a text that
/// is being changed; and where it cannot be read.
pub fn text(source: &Source, origin: &Origin) -> Result<Arc<String>, OpenError> {
    let fingerprint = match source.text() {
        SourceText::Kept(text) => return Ok(Arc::clone(text)),
        SourceText::InFile(fingerprint) => fingerprint,
        SourceText::Open => {
            return Err(OpenError::Changed {
                name: origin.name(),
            });
        }
    };
    let bytes = match origin {
        Origin::File(path) => read_file(path, &ReadProgress::default())?,
        Origin::Shipped => SHIPPED.as_bytes().to_vec(),
        Origin::Stdin => read_stdin()?.to_vec(),
        Origin::New => NEW.as_bytes().to_vec(),
    };
    let is_same = Fingerprint::of(&bytes) == *fingerprint;
    let text = String::from_utf8(bytes).ok().filter(|_| is_same);
    text.map(Arc::new).ok_or_else(|| OpenError::Changed {
        name: origin.name(),
    })
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

    /// Starts to read a text that was changed here, with the texts of events that are known.
    pub fn start_text(
        origin: Origin,
        text: Arc<String>,
        known: KnownTexts,
        wake: impl Fn() + Send + 'static,
    ) -> Self {
        let name = origin.name();
        let progress = Arc::new(ReadProgress::default());
        let read_by = Arc::clone(&progress);
        let answer = worker::start("reread", wake, move |outbox| {
            let read = formats::read_text(&text, known, &read_by);
            // So that the next change is made in place.
            drop(text);
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
    use std::{fs, sync::mpsc::channel};

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
