//! Makes a large timeline ready on a thread of its own, level by level.
//!
//! What there is so far can be taken at any time: the coarsest level comes within a tenth of a second
//! for a million events, the finer ones while one looks. An index that is no longer wanted stops at
//! its next level.

use std::{
    cell::Cell,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
    thread,
};

use crate::{
    layout::{Index, Indexing, Key, Tally, TextMeasure},
    model::{EventSet, Timeline},
};

/// What an index is made of.
pub enum Basis {
    /// A timeline that was just read.
    Timeline(Arc<Timeline>),
    /// One that is shown, for another size of the window.
    Tally(Arc<Tally>),
    /// Some events of it.
    Choice(Arc<Tally>, Arc<EventSet>),
}

impl Basis {
    /// The lanes' events in the order of time.
    pub fn tally(self) -> Arc<Tally> {
        match self {
            Self::Timeline(timeline) => Arc::new(Tally::of(timeline)),
            Self::Tally(tally) => tally,
            Self::Choice(whole, events) => Arc::new(Tally::choosing(&whole, events)),
        }
    }
}

/// How wide texts are, for any thread.
pub type Measure = Arc<dyn TextMeasure + Send + Sync>;

/// An index that is being made.
pub struct IndexThread {
    key: Key,
    made: Receiver<Index>,
    is_wanted: Arc<AtomicBool>,
    has_some: Cell<bool>,
}

/// The thread has died before there was anything.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Died;

impl IndexThread {
    /// Begins to make an index. `wake` is called from that thread whenever [`take`](Self::take) has
    /// something new, and when the thread ends.
    pub fn start(
        basis: Basis,
        key: Key,
        measure: Measure,
        wake: impl Fn() + Send + 'static,
    ) -> Self {
        let (sender, made) = channel();
        let is_wanted = Arc::new(AtomicBool::new(true));
        let wanted = Arc::clone(&is_wanted);
        let work = move || {
            let wake = Waker(wake);
            if !wanted.load(Ordering::Relaxed) {
                return;
            }
            make(basis.tally(), key, &*measure, &wanted, &sender, &wake);
            // Hangs up before the last call to wake.
            drop(sender);
        };
        // Where no thread can be had, the sender is gone, and the first look says so.
        let _ = thread::Builder::new().name("index".to_owned()).spawn(work);
        Self {
            key,
            made,
            is_wanted,
            has_some: Cell::new(false),
        }
    }

    /// The size that it is made for.
    pub const fn key(&self) -> Key {
        self.key
    }

    /// What there is so far; `None` where nothing is new.
    ///
    /// # Errors
    ///
    /// Where the thread has died before there was anything.
    pub fn take(&self) -> Result<Option<Index>, Died> {
        let mut newest = None;
        loop {
            match self.made.try_recv() {
                Ok(index) => newest = Some(index),
                Err(TryRecvError::Disconnected) if newest.is_none() && !self.has_some.get() => {
                    return Err(Died);
                }
                Err(_) => break,
            }
        }
        if newest.is_some() {
            self.has_some.set(true);
        }
        Ok(newest)
    }
}

impl Drop for IndexThread {
    fn drop(&mut self) {
        self.is_wanted.store(false, Ordering::Relaxed);
    }
}

fn make(
    tally: Arc<Tally>,
    key: Key,
    measure: &dyn TextMeasure,
    is_wanted: &AtomicBool,
    sender: &Sender<Index>,
    wake: &Waker<impl Fn()>,
) {
    if !is_wanted.load(Ordering::Relaxed) {
        return;
    }
    let mut indexing = Indexing::new(tally, key, measure);
    while is_wanted.load(Ordering::Relaxed) && sender.send(indexing.index().clone()).is_ok() {
        (wake.0)();
        if !indexing.add_level(measure) {
            let _ = sender.send(indexing.index().clone());
            break;
        }
    }
}

/// Calls its function once more when it is dropped, after a panic too.
struct Waker<F: Fn()>(F);

impl<F: Fn()> Drop for Waker<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layout::BundledFonts, open};

    const KEY: Key = Key {
        width_px: 1000.0,
        height_px: 700.0,
    };

    fn shipped() -> Arc<Timeline> {
        let loaded = open::read(&open::Origin::Shipped).expect("the shipped file");
        Arc::new(loaded.timeline)
    }

    #[test]
    fn what_a_thread_makes_is_what_is_built_at_once() {
        let (sender, woken) = channel();
        let thread = IndexThread::start(
            Basis::Timeline(shipped()),
            KEY,
            Arc::new(BundledFonts::default()),
            move || sender.send(()).unwrap_or_default(),
        );
        let mut last = None;
        while woken.recv().is_ok() {
            last = thread.take().expect("it is alive").or(last);
        }
        last = thread.take().expect("it was alive").or(last);
        let built = Index::build(shipped(), KEY, &BundledFonts::default());
        assert_eq!(last.map(|index| index.places), Some(built.places));
        assert!(matches!(thread.take(), Ok(None)));
    }

    #[test]
    fn a_thread_that_died_is_told() {
        let (sender, made) = channel();
        drop(sender);
        let thread = IndexThread {
            key: KEY,
            made,
            is_wanted: Arc::default(),
            has_some: Cell::new(false),
        };
        assert_eq!(thread.take().err(), Some(Died));
    }
}
