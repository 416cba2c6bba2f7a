//! The open search: asks its thread for what is typed, and keeps what was found.

use std::sync::Arc;

use egui::Context;

use crate::{
    layout::{Findings, Index},
    model::Timeline,
    open::searching::SearchThread,
    state::Seeking,
};

/// What is looked for, and what was found. The file's words are kept until another file is shown.
#[derive(Default)]
pub(super) struct Searching {
    thread: Option<(Arc<Timeline>, SearchThread)>,
    asked: String,
    found: Option<Findings>,
}

impl Searching {
    /// Goes on with the search that is open in the window, if there is one. Tells whether there is
    /// something else to be shown.
    pub fn progress(&mut self, seeking: Option<&Seeking>, index: &Index, ctx: &Context) -> bool {
        let is_same = |(of, _): &mut (Arc<Timeline>, _)| Arc::ptr_eq(of, &index.timeline);
        if self.thread.as_mut().is_some_and(|thread| !is_same(thread)) {
            *self = Self::default();
        }
        let words = seeking.map_or("", |seeking| seeking.words.trim());
        if words.is_empty() {
            self.asked.clear();
            return self.found.take().is_some();
        }
        let (_, thread) = self.thread.get_or_insert_with(|| {
            let ctx = ctx.clone();
            let thread = SearchThread::start(index.tally.whole(), move || ctx.request_repaint());
            (Arc::clone(&index.timeline), thread)
        });
        if self.asked != words {
            words.clone_into(&mut self.asked);
            thread.ask(words);
        }
        let newer = thread.take();
        let is_new = newer.is_some();
        // What was found for the letters before stays until there is something else to show.
        self.found = newer.or(self.found.take());
        is_new
    }

    /// What was found last.
    pub const fn found(&self) -> Option<&Findings> {
        self.found.as_ref()
    }

    /// Whether an answer is on its way.
    pub fn is_asking(&self) -> bool {
        self.thread
            .as_ref()
            .is_some_and(|(_, thread)| thread.is_asking())
    }
}
