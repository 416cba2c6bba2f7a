//! Searches on a thread of its own: what is typed next makes what is looked for now unwanted.
//!
//! The words of a file are read when it is first searched. What was asked for meanwhile waits, and of
//! that only the newest is answered.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use crate::{
    layout::{Findings, Tally},
    model::{Timeline, search::SearchIndex},
};

/// A file that is searched.
pub struct SearchThread {
    asked: Sender<(u64, String)>,
    found: Receiver<(u64, Findings)>,
    /// The number of the newest question; 0 when nobody will ask again.
    newest: Arc<AtomicU64>,
    next: u64,
    is_asking: bool,
}

impl SearchThread {
    /// Begins to read a file's words. `wake` is called from that thread when there is an answer.
    pub fn start(tally: Arc<Tally>, wake: impl Fn() + Send + 'static) -> Self {
        let (asked, questions) = channel();
        let (answers, found) = channel();
        let newest = Arc::new(AtomicU64::new(1));
        let of_thread = Arc::clone(&newest);
        let work = move || answer(&tally, &questions, &answers, &of_thread, &wake);
        // Where no thread can be had, nothing is ever found; the program has other worries then.
        let _ = thread::Builder::new().name("search".to_owned()).spawn(work);
        Self {
            asked,
            found,
            newest,
            next: 2,
            is_asking: false,
        }
    }

    /// Asks for some words; what was asked for before is no longer wanted.
    pub fn ask(&mut self, words: &str) {
        let number = self.next;
        self.next += 1;
        self.newest.store(number, Ordering::Relaxed);
        self.is_asking = self.asked.send((number, words.to_owned())).is_ok();
    }

    /// The answer to what was asked last, once.
    pub fn take(&mut self) -> Option<Findings> {
        let newest = self.next - 1;
        let (_, findings) = self
            .found
            .try_iter()
            .find(|(number, _)| *number == newest)?;
        self.is_asking = false;
        Some(findings)
    }

    /// Whether an answer is on its way.
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
    tally: &Tally,
    questions: &Receiver<(u64, String)>,
    answers: &Sender<(u64, Findings)>,
    newest: &AtomicU64,
    wake: &impl Fn(),
) {
    let timeline: &Arc<Timeline> = tally.timeline();
    let is_open = || newest.load(Ordering::Relaxed) != 0;
    let Some(index) = SearchIndex::of(Arc::clone(timeline), is_open) else {
        return;
    };
    while let Ok(first) = questions.recv() {
        let (number, words) = questions.try_iter().last().unwrap_or(first);
        let is_wanted = || newest.load(Ordering::Relaxed) == number;
        let query = index.query(&words);
        let Some(answer) = index.find(&query, is_wanted) else {
            continue;
        };
        let findings = Findings {
            bins: tally.bins_of(answer.events.iter()),
            words,
            query,
            answer,
        };
        if answers.send((number, findings)).is_err() {
            return;
        }
        wake();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Receiver;

    use super::*;
    use crate::open::{self, Origin};

    fn start() -> (SearchThread, Receiver<()>) {
        let loaded = open::read(&Origin::Shipped).expect("the shipped file");
        let tally = Arc::new(Tally::of(Arc::new(loaded.timeline)));
        let (sender, woken) = channel();
        let wake = move || sender.send(()).unwrap_or_default();
        (SearchThread::start(tally, wake), woken)
    }

    #[test]
    fn the_newest_question_is_answered() {
        let (mut thread, woken) = start();
        for words in ["m", "mo", "mos", "mosul"] {
            thread.ask(words);
        }
        assert!(thread.is_asking());
        let findings = loop {
            woken.recv().expect("an answer");
            if let Some(findings) = thread.take() {
                break findings;
            }
        };
        assert_eq!(findings.words, "mosul");
        assert!(findings.answer.count > 3);
        let in_bins: u32 = findings.bins.iter().sum();
        assert!(in_bins as usize >= findings.answer.events.len());
        assert!(!thread.is_asking() && thread.take().is_none());
    }

    #[test]
    fn a_search_that_is_given_up_ends() {
        let (thread, woken) = start();
        drop(thread);
        // The thread lets go of what wakes: there is nobody left to wait for.
        assert!(woken.recv().is_err());
    }
}
