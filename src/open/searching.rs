//! Searches on a thread of its own: a new query cancels the previous one.
//!
//! The search index of a file is built when it is first searched. Queries wait meanwhile, and only
//! the newest of them is answered.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
    mpsc::{Receiver, Sender, channel},
};

use super::worker::{self, Outbox};
use crate::{
    layout::{LaneIndex, SearchHighlight},
    model::{Timeline, search::SearchIndex},
};

/// The search of a file.
pub struct SearchThread {
    asked: Sender<(u64, String)>,
    found: Receiver<(u64, SearchHighlight)>,
    /// The number of the newest query; 0 once this is dropped.
    newest: Arc<AtomicU64>,
    next: u64,
    is_asking: bool,
}

impl SearchThread {
    /// Starts to build a file's search index. `wake` is called from that thread when there are
    /// results.
    pub fn start(lane_index: Arc<LaneIndex>, wake: impl Fn() + Send + 'static) -> Self {
        let (asked, questions) = channel();
        let newest = Arc::new(AtomicU64::new(1));
        let of_thread = Arc::clone(&newest);
        // Where no thread can be started, nothing is ever found.
        let found = worker::start("search", wake, move |outbox| {
            answer(&lane_index, &questions, &of_thread, outbox);
        });
        Self {
            asked,
            found,
            newest,
            next: 2,
            is_asking: false,
        }
    }

    /// Starts a query and cancels the previous one.
    pub fn ask(&mut self, words: &str) {
        let number = self.next;
        self.next += 1;
        self.newest.store(number, Ordering::Relaxed);
        self.is_asking = self.asked.send((number, words.to_owned())).is_ok();
    }

    /// The results of the newest query, once.
    pub fn take(&mut self) -> Option<SearchHighlight> {
        let newest = self.next - 1;
        let (_, highlight) = self
            .found
            .try_iter()
            .find(|(number, _)| *number == newest)?;
        self.is_asking = false;
        Some(highlight)
    }

    /// Whether results are pending.
    pub const fn is_asking(&self) -> bool {
        self.is_asking
    }
}

impl Drop for SearchThread {
    fn drop(&mut self) {
        self.newest.store(0, Ordering::Relaxed);
    }
}

fn answer(
    lane_index: &LaneIndex,
    questions: &Receiver<(u64, String)>,
    newest: &AtomicU64,
    outbox: &Outbox<(u64, SearchHighlight)>,
) {
    let timeline: &Arc<Timeline> = lane_index.timeline();
    let is_open = || newest.load(Ordering::Relaxed) != 0;
    let Some(index) = SearchIndex::of(Arc::clone(timeline), is_open) else {
        return;
    };
    while let Ok(first) = questions.recv() {
        let (number, words) = questions.try_iter().last().unwrap_or(first);
        let is_wanted = || newest.load(Ordering::Relaxed) == number;
        let query = index.query(&words);
        let Some(results) = index.find(&query, is_wanted) else {
            continue;
        };
        let highlight = SearchHighlight::new(words, query, results, lane_index);
        if !outbox.send((number, highlight)) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Receiver;

    use super::*;
    use crate::open::{self, Origin};

    fn start() -> (SearchThread, Receiver<()>) {
        let loaded = open::read(&Origin::Shipped).expect("the shipped file");
        let lane_index = Arc::new(LaneIndex::of(loaded.timeline));
        let (sender, woken) = channel();
        let wake = move || sender.send(()).unwrap_or_default();
        (SearchThread::start(lane_index, wake), woken)
    }

    #[test]
    fn the_newest_query_is_answered() {
        let (mut thread, woken) = start();
        for words in ["m", "mo", "mos", "mosul"] {
            thread.ask(words);
        }
        assert!(thread.is_asking());
        let highlight = loop {
            woken.recv().expect("an answer");
            if let Some(highlight) = thread.take() {
                break highlight;
            }
        };
        assert_eq!(highlight.words, "mosul");
        assert!(highlight.results.count > 3);
        let in_bins: u32 = highlight.bins.iter().sum();
        assert!(in_bins as usize >= highlight.results.events.len());
        assert!(!thread.is_asking() && thread.take().is_none());
    }

    #[test]
    fn a_cancelled_search_ends() {
        let (thread, woken) = start();
        drop(thread);
        // The thread wakes at its end and drops `wake`, and with it the last sender.
        assert_eq!(woken.iter().count(), 1);
    }
}
