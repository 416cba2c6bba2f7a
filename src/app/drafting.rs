//! Drafts: the changes that are in no file yet are kept every few seconds, and offered after a crash.

use std::{sync::Arc, time::Duration};

use egui::Context;

use super::{
    shell::{App, Frame},
    writing::Next,
};
use crate::{
    command::Command,
    open::{self, Origin},
    view::messages::Offer,
};

/// However the window ends, by a fault or since its display is gone, what is changed is kept.
impl Drop for App {
    fn drop(&mut self) {
        if self.document.is_changed() {
            self.keep_draft_now();
        }
    }
}

impl App {
    /// Keeps a draft every few seconds while there are changes.
    pub(super) fn keep_draft(&mut self, ctx: &Context, now_secs: f64) {
        /// So far apart are two drafts, in seconds.
        const APART_SECS: f64 = 3.0;
        let Some(text) = self.document.text.as_ref() else {
            return;
        };
        let now = text.text();
        let drafts = &mut self.panels.drafting;
        // Not held, so that the next change is made in place; a text that is changed is another one then.
        let kept = drafts.kept.as_ref();
        if kept.is_some_and(|kept| kept.as_ptr() == Arc::as_ptr(now)) {
            return;
        }
        let due_secs = drafts.at_secs + APART_SECS;
        if now_secs < due_secs {
            ctx.request_repaint_after(Duration::from_secs_f64(due_secs - now_secs));
            return;
        }
        drafts.at_secs = now_secs;
        self.keep_draft_now();
    }

    /// Keeps a draft of what is changed and in no file yet.
    fn keep_draft_now(&mut self) {
        let Some(text) = self.document.text.as_ref() else {
            return;
        };
        let drafts = &mut self.panels.drafting;
        drafts.kept = Some(Arc::downgrade(text.text()));
        if self.document.is_changed() {
            let base = self.document.base();
            let origin = &self.document.origin;
            let kept = base.map_or(Ok(()), |base| {
                self.preferences.drafts.keep(origin, base, text)
            });
            if let Err(error) = kept.as_ref().map_err(ToString::to_string)
                && !std::mem::replace(&mut drafts.has_failed, true)
            {
                self.panels.messages.sentence = Some(format!(
                    "no draft of your changes can be kept, so save often: {error}"
                ));
            }
        } else {
            self.preferences.drafts.remove(&self.document.origin);
        }
    }

    /// Offers the changes of the open chronology that were not saved the last time.
    pub(super) fn offer_draft(&mut self) {
        let origin = &self.document.origin;
        self.panels.offered = self.preferences.drafts.find(origin);
        let is_taken = std::mem::take(&mut self.panels.drafting.take_due) && *origin == Origin::New;
        let is_first = self.panels.offered.is_none() && *origin != Origin::New;
        if let Some(offered) = &self.panels.offered {
            if self.document.in_file.as_ref() != Some(&offered.draft.base) {
                let kept = open::one_line(&offered.decline().display().to_string());
                self.panels.offered = None;
                self.panels.messages.sentence = Some(format!(
                    "changes that were not saved the last time no longer fit this file, which was \
                     changed since; they are kept in “{kept}”"
                ));
                return;
            }
            if is_taken {
                self.commands.push(Command::TakeDraft);
                return;
            }
            self.panels.messages.offer = Some(Offer {
                words: "Changes of this chronology were not saved the last time".to_owned(),
                name: "Take them up",
                command: Command::TakeDraft,
            });
        } else if is_first && self.preferences.drafts.has(&Origin::New) {
            let offer = &mut self.panels.messages.offer;
            offer.get_or_insert_with(|| Offer {
                words: "A new chronology was not saved the last time".to_owned(),
                name: "Show it",
                command: Command::TakeDraft,
            });
        }
    }

    /// Takes an offer back that is none any more; that of changes which were not saved stays until it is
    /// answered.
    pub(super) fn drop_offer(&mut self) {
        let offer = &mut self.panels.messages.offer;
        offer.take_if(|offer| offer.command != Command::TakeDraft);
    }

    /// Takes the changes up that are offered; those of a new chronology, where that is not open, once it
    /// is.
    pub(super) fn take_draft(&mut self, frame: &Frame) {
        if self.panels.offered.is_none() && self.preferences.drafts.has(&Origin::New) {
            return self.leave_for(Next::Lost, frame);
        }
        let text = self.document.text();
        let (Ok(text), Some(offered)) = (text, &self.panels.offered) else {
            return;
        };
        let Some(open) = offered.draft.applied(&text) else {
            let message = "undo what you have changed since (Ctrl+Z): the changes of the last time \
                           fit the chronology as the file has it";
            self.panels.messages.sentence = Some(message.to_owned());
            return;
        };
        let before = self.document.text.replace(open);
        if let Err(why) = self.show_anew(frame) {
            self.document.text = before;
            self.panels.messages.sentence = Some(why);
            return;
        }
        // From now on they are kept as what is changed now is.
        let text = self.document.text.as_ref();
        let origin = &self.document.origin;
        let base = self.document.base();
        let kept = text
            .zip(base)
            .map(|(text, base)| self.preferences.drafts.keep(origin, base, text));
        if let (Some(Ok(())), Some(offered)) = (kept, self.panels.offered.take()) {
            offered.remove();
        }
        self.panels.messages.offer = None;
        self.panels.messages.sentence = None;
    }
}
