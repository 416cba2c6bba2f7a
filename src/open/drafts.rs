//! Drafts: the changes of a chronology that are in no file yet, kept in the state folder so that they
//! can be offered after a crash. A draft holds the steps and a fingerprint of what they apply to,
//! never the chronology itself.

use std::{
    collections::HashMap,
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::{
    Origin,
    reading::bytes_of,
    saving::{Existing, SaveError, save},
};
use crate::{
    edit::{Edit, OpenText},
    formats::Fingerprint,
};

/// The changes of a chronology since it was last saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftFile {
    /// The file of the chronology; `None` for one that is in none.
    pub file: Option<PathBuf>,
    /// What the steps apply to.
    pub base: Fingerprint,
    /// The steps, the first one first.
    pub steps: Vec<Edit>,
}

/// The folder of the drafts. Windows share it: each keeps its draft of a chronology in a file of its own,
/// by a lock that it holds as long as it lives.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    folder: Option<PathBuf>,
    held: Arc<Mutex<HashMap<PathBuf, Held>>>,
}

/// The file of a draft that a window has for itself.
#[derive(Debug)]
struct Held {
    draft: PathBuf,
    /// Locked until it is dropped.
    _lock: File,
}

/// So many windows keep drafts of the same chronology.
const MOST_WINDOWS: usize = 32;

impl Drafts {
    /// Drafts in a folder; without one, none is kept.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            held: Arc::default(),
        }
    }

    /// The draft's file of a chronology in the first window; `None` where it keeps none, such as standard
    /// input.
    fn path(&self, origin: &Origin) -> Option<PathBuf> {
        let name = match origin {
            Origin::File(path) => {
                let path = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
                let of_path = Fingerprint::of(path.as_os_str().as_encoded_bytes());
                format!("{of_path}.json")
            }
            Origin::New => "new.json".to_owned(),
            Origin::Shipped => "shipped.json".to_owned(),
            Origin::Stdin => return None,
        };
        Some(self.folder.as_ref()?.join(name))
    }

    /// The draft's file of this window, which no other one writes to.
    fn own_path(&self, origin: &Origin) -> Option<PathBuf> {
        let first = self.path(origin)?;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = held.get(&first) {
            return Some(own.draft.clone());
        }
        if let Some(folder) = first.parent() {
            // Where it cannot be made, saving says so.
            let _ = make_private(folder);
        }
        for draft in numbered(&first) {
            let Ok(lock) = File::create(draft.with_extension("lock")) else {
                break;
            };
            match lock.try_lock() {
                Err(TryLockError::WouldBlock) => {}
                // Where files cannot be locked, windows share one, as if there were one window.
                Ok(()) | Err(TryLockError::Error(_)) => {
                    let own = draft.clone();
                    held.insert(first, Held { draft, _lock: lock });
                    return Some(own);
                }
            }
        }
        Some(first)
    }

    /// Whether a window that lives keeps its draft in a file, and not this one.
    fn is_anothers(&self, draft: &Path) -> bool {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.values().any(|it| it.draft == draft) {
            return false;
        }
        let lock = File::open(draft.with_extension("lock"));
        lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
    }

    /// Keeps the changes of a chronology since its file had the text of this fingerprint.
    ///
    /// # Errors
    ///
    /// See [`SaveError`].
    pub fn keep(
        &self,
        origin: &Origin,
        base: Fingerprint,
        text: &OpenText,
    ) -> Result<(), SaveError> {
        let Some(path) = self.own_path(origin) else {
            return Ok(());
        };
        let Some(steps) = text.steps_since_saved() else {
            return Ok(());
        };
        let draft = DraftFile {
            file: match origin {
                Origin::File(path) => Some(path.clone()),
                _ => None,
            },
            base,
            steps,
        };
        let bytes = serde_json::to_vec(&draft).unwrap_or_default();
        save(&path, bytes, Existing::Replace)
    }

    /// A draft of a chronology, if there is one that can be read and whose window is gone. It is set aside
    /// under another name, so that what is changed from now on does not replace it; one that was set aside
    /// before is found where there is no newer one.
    pub fn find(&self, origin: &Origin) -> Option<Offered> {
        let first = self.path(origin)?;
        let newer = numbered(&first).filter(|path| path.exists() && !self.is_anothers(path));
        let newer = newer.filter_map(|path| Some((read(&path)?, path)));
        for (draft, path) in newer {
            let path_aside = first.with_extension(format!("{}.json", count_aside(&first)));
            if fs::rename(&path, &path_aside).is_ok() {
                let path = path_aside;
                return Some(Offered { path, draft });
            }
        }
        let path = first.with_extension(format!("{}.json", count_aside(&first).checked_sub(1)?));
        let draft = read(&path)?;
        Some(Offered { path, draft })
    }

    /// Whether there is a draft of a chronology whose window is gone.
    pub fn has(&self, origin: &Origin) -> bool {
        let Some(first) = self.path(origin) else {
            return false;
        };
        let mut newer = numbered(&first);
        newer.any(|path| path.exists() && !self.is_anothers(&path)) || count_aside(&first) > 0
    }

    /// Removes this window's draft of a chronology: its changes are saved, or discarded.
    pub fn remove(&self, origin: &Origin) {
        let first = self.path(origin);
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = first.and_then(|first| held.get(&first)) {
            // One that is not there need not be removed.
            let _ = fs::remove_file(&own.draft);
        }
    }
}

/// The files for drafts of one chronology, of one window each.
fn numbered(first: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let stem = first.file_stem().unwrap_or_default().to_string_lossy();
    let (stem, folder) = (stem.into_owned(), first.with_file_name(""));
    (0..MOST_WINDOWS).map(move |number| match number {
        0 => folder.join(format!("{stem}.json")),
        number => folder.join(format!("{stem}-{number}.json")),
    })
}

/// How many drafts of a chronology were set aside.
fn count_aside(first: &Path) -> usize {
    let aside = |number: &usize| first.with_extension(format!("{number}.json")).exists();
    (0..1000).take_while(aside).count()
}

/// Makes a folder that others cannot look into: what is in it is of chronologies.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// A draft that is offered, and the file in which it is kept until that is answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    path: PathBuf,
    /// The draft.
    pub draft: DraftFile,
}

impl Offered {
    /// It was taken up.
    pub fn remove(&self) {
        // One that is not there need not be removed.
        let _ = fs::remove_file(&self.path);
    }

    /// It was declined: it is not offered again, and kept until another one is declined.
    /// Returns the file in which it is kept.
    pub fn decline(&self) -> PathBuf {
        let kept = self.path.with_extension("").with_extension("declined");
        match fs::rename(&self.path, &kept) {
            Ok(()) => kept,
            // Then it is offered again.
            Err(_) => self.path.clone(),
        }
    }
}

fn read(path: &Path) -> Option<DraftFile> {
    let draft: DraftFile = serde_json::from_slice(&bytes_of(path).ok()?).ok()?;
    (!draft.steps.is_empty()).then_some(draft)
}

impl DraftFile {
    /// The text with the steps, where it is the one that they were made of.
    pub fn applied(&self, text: &Arc<String>) -> Option<OpenText> {
        if Fingerprint::of(text.as_bytes()) != self.base {
            return None;
        }
        let mut open = OpenText::saved(Arc::clone(text));
        for step in &self.steps {
            if !open.take_again(step.clone()) {
                return None;
            }
        }
        Some(open)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        edit::JsonPointer,
        formats::{json::ranges::RowList, source::RowPosition},
    };

    #[test]
    fn a_draft_is_found_again_and_applies_to_what_it_was_made_of() {
        let folder = tempfile::tempdir().unwrap();
        let drafts = Drafts::new(Some(folder.path().join("drafts")));
        let origin = Origin::File(folder.path().join("a.json"));
        let text = r#"{"title":"T","events":[{"title":"One","date":"2010"}]}"#;
        let text = Arc::new(text.to_owned());
        let mut open = OpenText::saved(Arc::clone(&text));
        let row = RowPosition {
            list: RowList::Events,
            position: 0,
        };
        let edit = open.step("change title", |draft| {
            draft.set(&JsonPointer::row(row), "title", &json!("Two"))
        });
        edit.unwrap().unwrap();
        assert_eq!(drafts.find(&origin), None);
        let base = Fingerprint::of(text.as_bytes());
        drafts.keep(&origin, base, &open).unwrap();
        let offered = drafts.find(&origin).expect("a draft");
        // What is changed meanwhile does not replace it.
        let base = Fingerprint::of(text.as_bytes());
        drafts.keep(&origin, base, &open).unwrap();
        drafts.remove(&origin);
        assert_eq!(drafts.find(&origin), Some(offered.clone()));
        let found = offered.draft.clone();
        assert_eq!(found.base, Fingerprint::of(text.as_bytes()));
        let again = found.applied(&text).expect("it fits");
        assert_eq!(again.text(), open.text());
        assert!(!again.is_saved());
        // An addition would fit anywhere: it is not made in a text that it was not made of.
        assert!(found.applied(&Arc::new(format!(" {text}"))).is_none());
        offered.remove();
        assert_eq!(drafts.find(&origin), None);
        // Another window on the same file has a draft of its own, and neither is offered or removed while
        // both live.
        let other = Drafts::new(Some(folder.path().join("drafts")));
        drafts.keep(&origin, base, &open).unwrap();
        other.keep(&origin, base, &open).unwrap();
        let third = Drafts::new(Some(folder.path().join("drafts")));
        assert!(!third.has(&origin) && third.find(&origin).is_none());
        other.remove(&origin);
        other.keep(&origin, base, &open).unwrap();
        drop((drafts, other));
        for _ in 0..2 {
            assert!(third.has(&origin));
            third.find(&origin).expect("a draft").remove();
        }
        assert!(!third.has(&origin));
        let drafts = third;
        assert_eq!(drafts.find(&Origin::Stdin), None);
    }
}
