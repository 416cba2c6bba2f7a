//! Drafts: the changes of a chronology that are in no file yet, kept in the state folder so that they
//! can be offered after a crash. A draft holds the steps and a fingerprint of what they apply to,
//! never the chronology itself.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    Origin,
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

/// The folder of the drafts.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    folder: Option<PathBuf>,
}

impl Drafts {
    /// Drafts in a folder; without one, none is kept.
    pub const fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// The draft's file of a chronology; `None` where it keeps none, such as standard input.
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
        let Some(path) = self.path(origin) else {
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
        if let Some(folder) = path.parent() {
            // Where it cannot be made, saving says so.
            let _ = fs::create_dir_all(folder);
        }
        let bytes = serde_json::to_vec(&draft).unwrap_or_default();
        save(&path, bytes, Existing::Replace)
    }

    /// The draft of a chronology, if there is one that can be read. It is set aside under another
    /// name, so that what is changed from now on does not replace it; one that was set aside before
    /// is found where there is no newer one.
    pub fn find(&self, origin: &Origin) -> Option<Offered> {
        let path = self.path(origin)?;
        let aside = |number: usize| path.with_extension(format!("{number}.json"));
        let count = (0..1000_usize)
            .take_while(|number| aside(*number).exists())
            .count();
        let newest = read(&path).and_then(|draft| {
            let path_aside = aside(count);
            fs::rename(&path, &path_aside).ok()?;
            Some((path_aside, draft))
        });
        let (path, draft) = newest.or_else(|| {
            let path = aside(count.checked_sub(1)?);
            let draft = read(&path)?;
            Some((path, draft))
        })?;
        Some(Offered { path, draft })
    }

    /// Whether there is a draft of a chronology.
    pub fn has(&self, origin: &Origin) -> bool {
        let path = self.path(origin);
        path.is_some_and(|path| path.exists() || path.with_extension("0.json").exists())
    }

    /// Removes the draft of a chronology: its changes are saved, or discarded.
    pub fn remove(&self, origin: &Origin) {
        if let Some(path) = self.path(origin) {
            // One that is not there need not be removed.
            let _ = fs::remove_file(path);
        }
    }
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
    let draft: DraftFile = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
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
        let mut draft = open.draft();
        draft
            .set(&JsonPointer::row(row), "title", &json!("Two"))
            .unwrap();
        open.take(draft, "change title").unwrap();
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
        assert_eq!(drafts.find(&Origin::Stdin), None);
    }
}
