//! The text of an open chronology, and what was done to it.

use std::sync::Arc;

use super::{
    change::Change,
    container::FieldError,
    draft::{Draft, Finished},
    step::Edit,
};
use crate::formats::{Source, json::ranges::Ranges};

/// The text of an open chronology: with every step back, and those ahead.
#[derive(Clone, Debug)]
pub struct OpenText {
    text: Arc<String>,
    ranges: Option<Ranges>,
    done: Vec<Edit>,
    undone: Vec<Edit>,
    /// How many steps were done when it was saved; `None` where it is in no file.
    saved: Option<usize>,
}

impl OpenText {
    /// A text that is in its file.
    pub fn saved(text: Arc<String>) -> Self {
        Self {
            text,
            ranges: None,
            done: Vec::new(),
            undone: Vec::new(),
            saved: Some(0),
        }
    }

    /// A text that is in no file.
    pub fn unsaved(text: Arc<String>) -> Self {
        Self {
            saved: None,
            ..Self::saved(text)
        }
    }

    /// The text.
    pub const fn text(&self) -> &Arc<String> {
        &self.text
    }

    /// Whether the file has this text.
    pub fn is_saved(&self) -> bool {
        self.saved == Some(self.done.len())
    }

    /// No text that it has or had is known to be in the file.
    pub const fn set_unsaved(&mut self) {
        self.saved = None;
    }

    /// The file has this text from now on.
    pub const fn set_saved(&mut self) {
        self.saved = Some(self.done.len());
    }

    /// What undo would take back.
    pub fn undo_name(&self) -> Option<&str> {
        self.done.last().map(|edit| edit.name.as_str())
    }

    /// What redo would do again.
    pub fn redo_name(&self) -> Option<&str> {
        self.undone.last().map(|edit| edit.name.as_str())
    }

    /// The steps that were done, the first one first.
    pub fn done(&self) -> &[Edit] {
        &self.done
    }

    /// Makes a change of a chronology that was read from this text. Returns the step that it became,
    /// `None` where it changes nothing; what was undone is forgotten.
    ///
    /// # Errors
    ///
    /// Where the text has no such row, or has it in another form; then the text stays as it is.
    pub fn change(&mut self, change: &Change, source: &Source) -> Result<Option<Edit>, FieldError> {
        self.step(&change.name(), |draft| draft.change(change, source))
    }

    /// Makes a step of what `make` does to the text: see [`change`](Self::change).
    ///
    /// # Errors
    ///
    /// That of `make`.
    pub fn step<E>(
        &mut self,
        name: &str,
        make: impl FnOnce(&mut Draft) -> Result<(), E>,
    ) -> Result<Option<Edit>, E> {
        // The rows are looked for once: the draft gives them back, and undo follows them.
        let ranges = self.ranges.take();
        let ranges = ranges.unwrap_or_else(|| Ranges::of(&self.text));
        // The draft has the text, so that it is changed in place where nobody else holds it.
        let mut draft = Draft::new(std::mem::take(&mut self.text), ranges);
        match make(&mut draft) {
            Ok(()) if draft.is_changed() => Ok(Some(self.done_with(draft, name))),
            made => {
                (self.text, self.ranges) = draft.taken_back();
                made.map(|()| None)
            }
        }
    }

    /// Takes a draft that was made of this text elsewhere; the step that it became, `None` where it
    /// changes nothing.
    pub fn take(&mut self, draft: Draft, name: &str) -> Option<Edit> {
        draft.is_changed().then(|| self.done_with(draft, name))
    }

    fn done_with(&mut self, draft: Draft, name: &str) -> Edit {
        let Finished { edit, text, ranges } = draft.finish(name);
        (self.text, self.ranges) = (text, Some(ranges));
        self.forget_undone();
        self.done.push(edit.clone());
        edit
    }

    /// Where the rows are, if that is known.
    pub const fn ranges(&self) -> Option<&Ranges> {
        self.ranges.as_ref()
    }

    /// The text as the file has it: with the steps since then taken back.
    pub fn text_in_file(&self) -> Option<Arc<String>> {
        let saved = self.saved?;
        let mut text = Arc::clone(&self.text);
        if saved <= self.done.len() {
            for edit in self.done.iter().skip(saved).rev() {
                text = edit.inverse().applied(text).ok()?;
            }
        } else {
            // What was saved lies ahead.
            for edit in self.undone.iter().rev().take(saved - self.done.len()) {
                text = edit.applied(text).ok()?;
            }
        }
        Some(text)
    }

    /// Takes a step that was made of this text before, as that of a draft of the program; whether it
    /// fits.
    pub fn take_again(&mut self, edit: Edit) -> bool {
        if self.apply(&edit).is_none() {
            return false;
        }
        self.forget_undone();
        self.done.push(edit);
        true
    }

    /// What was undone can no longer be done again. Steps that the file has become steps of their own,
    /// and so does taking them back, so that what the file has can always be told.
    fn forget_undone(&mut self) {
        let in_file = self.saved.unwrap_or(0).saturating_sub(self.done.len());
        let ahead: Vec<Edit> = self.undone.drain(..).rev().take(in_file).collect();
        let back: Vec<Edit> = ahead.iter().rev().map(Edit::inverse).collect();
        self.done.extend(ahead);
        self.done.extend(back);
    }

    /// The steps that lead from what the file has to this text; `None` where it is in no file.
    pub fn steps_since_saved(&self) -> Option<Vec<Edit>> {
        let saved = self.saved?;
        let ahead = saved.saturating_sub(self.done.len());
        let back = self.undone.iter().rev().take(ahead);
        let mut steps: Vec<Edit> = back.map(Edit::inverse).collect();
        steps.reverse();
        steps.extend(self.done.iter().skip(saved).cloned());
        Some(steps)
    }

    /// Takes back the last step; what that did.
    pub fn undo(&mut self) -> Option<Edit> {
        let edit = self.done.pop()?;
        let inverse = edit.inverse();
        self.apply(&inverse)?;
        self.undone.push(edit);
        Some(inverse)
    }

    /// Takes the last step that was taken back; what that did.
    pub fn redo(&mut self) -> Option<Edit> {
        let edit = self.undone.pop()?;
        self.apply(&edit)?;
        self.done.push(edit.clone());
        Some(edit)
    }

    /// Makes a step's changes of the text; `None` where they do not fit, and then none is made.
    fn apply(&mut self, edit: &Edit) -> Option<()> {
        match edit.applied(std::mem::take(&mut self.text)) {
            Ok(text) => self.text = text,
            Err(text) => {
                self.text = text;
                return None;
            }
        }
        let ranges = self.ranges.take();
        self.ranges = ranges.and_then(|ranges| edit.followed(ranges));
        Some(())
    }
}
