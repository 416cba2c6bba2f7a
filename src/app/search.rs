//! The open search: sends its thread what is typed, and keeps the results.

use std::sync::Arc;

use egui::Context;

use crate::{
    layout::{Layout, SearchHighlight},
    model::Timeline,
    open::searching::SearchThread,
    state,
};

/// The query and its results. The file's search index is kept until another file is shown.
#[derive(Default)]
pub(super) struct Search {
    thread: Option<(Arc<Timeline>, SearchThread)>,
    asked: String,
    found: Option<SearchHighlight>,
}

impl Search {
    /// Updates the open search, if there is one. Returns whether the results to show have changed.
    pub fn update(
        &mut self,
        search: Option<&state::Search>,
        layout: &Layout,
        ctx: &Context,
    ) -> bool {
        let is_same = |(of, _): &mut (Arc<Timeline>, _)| Arc::ptr_eq(of, &layout.timeline);
        if self.thread.as_mut().is_some_and(|thread| !is_same(thread)) {
            *self = Self::default();
        }
        let words = search.map_or("", |search| search.words.trim());
        if words.is_empty() {
            self.asked.clear();
            return self.found.take().is_some();
        }
        let (_, thread) = self.thread.get_or_insert_with(|| {
            let ctx = ctx.clone();
            let thread =
                SearchThread::start(layout.lane_index.whole(), move || ctx.request_repaint());
            (Arc::clone(&layout.timeline), thread)
        });
        if self.asked != words {
            words.clone_into(&mut self.asked);
            thread.ask(words);
        }
        let newer = thread.take();
        let is_new = newer.is_some();
        // Results of the previous query stay until there are new ones.
        self.found = newer.or(self.found.take());
        is_new
    }

    /// The latest results.
    pub const fn found(&self) -> Option<&SearchHighlight> {
        self.found.as_ref()
    }

    /// Whether results are pending.
    pub fn is_asking(&self) -> bool {
        self.thread
            .as_ref()
            .is_some_and(|(_, thread)| thread.is_asking())
    }
}
