//! A file that another program has saved while it was changed here: both are taken together.

use std::sync::Arc;

use super::{
    file_commands::faults,
    loading::Incoming,
    shell::{App, Frame},
    writing::Merging,
};
use crate::{
    command::{Before, Command},
    edit::{Conflict, Edit, OpenText, ThreeTexts, Winner, merge},
    open::{self},
};

impl App {
    /// Takes what another program has saved meanwhile together with the changes of one's own. Where
    /// both have changed the same, it is asked which is kept.
    pub(super) fn merge(&mut self, incoming: &Incoming) -> Vec<Command> {
        let theirs = open::text(&incoming.source, &incoming.origin);
        let base = self.document.text.as_ref().and_then(OpenText::text_in_file);
        let (Ok(theirs), Some(base)) = (theirs, base) else {
            let name = incoming.origin.name();
            self.panels.messages.sentence = Some(format!(
                "“{name}” was saved by another program meanwhile; your changes are kept here: save them under another name"
            ));
            return Vec::new();
        };
        self.panels.merging = Some(Merging { base, theirs });
        let conflicts = self.merged(Winner::Ours, true);
        if conflicts.is_empty() {
            return Vec::new();
        }
        self.panels.conflicts = conflicts;
        vec![Command::AskWhichToKeep]
    }

    /// Merges; with `only_if_free` not where both have changed the same. Returns that.
    pub(super) fn merged(&mut self, winner: Winner, only_if_free: bool) -> Vec<Conflict> {
        let (Some(merging), Some(text)) = (&self.panels.merging, &self.document.text) else {
            return Vec::new();
        };
        let ours = Arc::clone(text.text());
        let texts = ThreeTexts {
            base: &merging.base,
            ours: &ours,
            theirs: &merging.theirs,
        };
        let merged = merge(&texts, winner);
        let (draft, conflicts) = match merged {
            Ok(merged) => merged,
            Err(why) => {
                self.panels.messages.sentence = Some(why.to_string());
                return Vec::new();
            }
        };
        if only_if_free && !conflicts.is_empty() {
            return conflicts;
        }
        let theirs = Arc::clone(&merging.theirs);
        self.panels.merging = None;
        let before = self.document.take_merged(theirs, draft);
        // What was merged before and not yet shown may be what cannot be.
        self.panels.merge_due.get_or_insert(before);
        Vec::new()
    }

    /// Shows what was merged.
    pub(super) fn show_merged(&mut self, frame: &Frame) {
        let Some(before) = self.panels.merge_due.take() else {
            return;
        };
        match self.show_anew(frame) {
            Ok(()) => {
                let name = self.document.origin.name();
                self.panels.messages.sentence = None;
                self.say(format!(
                    "“{name}” was saved by another program meanwhile; its changes and yours are both here"
                ));
            }
            Err(why) => {
                self.document.unmerge(before);
                let name = self.document.origin.name();
                self.panels.messages.sentence = Some(format!(
                    "“{name}” was saved by another program meanwhile, and both together cannot be read: {why}. Your changes are kept here: save them under another name"
                ));
            }
        }
    }

    /// Shows the text, in which rows may be anywhere: they are found by their ids.
    pub(super) fn show_anew(&mut self, frame: &Frame) -> Result<(), String> {
        let edit = Edit {
            name: "your changes".to_owned(),
            splices: Vec::new(),
            moves: Vec::new(),
        };
        let timeline = self.document.reread(edit)?;
        self.document.changed = None;
        self.canvas.replace(None);
        self.panels.messages.faults = faults(&self.document.source);
        let before = Before {
            timeline,
            followed: None,
        };
        self.apply_to_state(&Command::Reloaded(before), frame);
        Ok(())
    }
}
