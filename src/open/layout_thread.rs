//! Lays out a large timeline on a thread of its own, level by level.
//!
//! The layout so far can be taken at any time: the coarsest level comes within a tenth of a second
//! for a million events, the finer ones while it is shown. A cancelled layout stops at its next
//! level.

use std::{
    cell::Cell,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, TryRecvError},
    },
};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::worker::{self, Outbox};
use crate::{
    layout::{CanvasSize, LaneIndex, Layout, LayoutBuilder, TextMeasure},
    model::{EventSet, Timeline},
};

/// What a layout is made from.
pub enum Basis {
    /// A timeline that was just read.
    Timeline(Arc<Timeline>),
    /// The lane index of a timeline that is shown, for another canvas size.
    LaneIndex(Arc<LaneIndex>),
    /// The lane index of all events, and the subset of events to lay out.
    Subset(Arc<LaneIndex>, Arc<EventSet>),
}

impl Basis {
    /// The lane index: the lanes' events in chronological order.
    pub fn lane_index(self) -> Arc<LaneIndex> {
        match self {
            Self::Timeline(timeline) => Arc::new(LaneIndex::of(timeline)),
            Self::LaneIndex(lane_index) => lane_index,
            Self::Subset(whole, events) => Arc::new(LaneIndex::of_subset(&whole, events)),
        }
    }
}

/// Measures the width of texts, on any thread.
pub type Measure = Arc<dyn TextMeasure + Send + Sync>;

/// A layout that is being made on a thread.
pub struct LayoutThread {
    size: CanvasSize,
    made: Receiver<Layout>,
    wish: Arc<Wish>,
    has_some: Cell<bool>,
    has_ended: Cell<bool>,
}

/// What the window wants of a thread.
#[derive(Debug)]
struct Wish {
    /// Whether it wants the layout.
    is_wanted: AtomicBool,
    /// Whether it waits for it, and has nothing better to do with a processor.
    is_awaited: AtomicBool,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            is_wanted: AtomicBool::new(true),
            is_awaited: AtomicBool::new(true),
        }
    }
}

impl Wish {
    fn is_wanted(&self) -> bool {
        self.is_wanted.load(Ordering::Relaxed)
    }

    fn is_awaited(&self) -> bool {
        self.is_awaited.load(Ordering::Relaxed)
    }
}

/// All processors but one, which the window draws with: where it had to share, frames took up to 9 ms.
/// `None` where its threads cannot be started.
static ALL_BUT_ONE: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let threads = rayon::current_num_threads().saturating_sub(1).max(1);
    ThreadPoolBuilder::new().num_threads(threads).build().ok()
});

/// The thread has died before it had made a layout.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Died;

impl LayoutThread {
    /// Starts to make a layout. `wake` is called from its thread whenever [`take`](Self::take) has
    /// something new, and when the thread ends.
    pub fn start(
        basis: Basis,
        size: CanvasSize,
        measure: Measure,
        wake: impl Fn() + Send + 'static,
    ) -> Self {
        let wish = Arc::new(Wish::default());
        let heard = Arc::clone(&wish);
        let made = worker::start("layout", wake, move |outbox| {
            if heard.is_wanted() {
                make(&basis.lane_index(), size, &*measure, &heard, outbox);
            }
        });
        Self {
            size,
            made,
            wish,
            has_some: Cell::new(false),
            has_ended: Cell::new(false),
        }
    }

    /// What was made so far is shown: the rest leaves the window a processor.
    pub fn note_shown(&self) {
        self.wish.is_awaited.store(false, Ordering::Relaxed);
    }

    /// The canvas size that it is made for.
    pub const fn size(&self) -> CanvasSize {
        self.size
    }

    /// Whether nothing more comes, as far as [`take`](Self::take) has seen: it is whole, or the thread
    /// has died.
    pub const fn has_ended(&self) -> bool {
        self.has_ended.get()
    }

    /// The layout so far; `None` where nothing is new.
    ///
    /// # Errors
    ///
    /// Where the thread has died before it had made a layout.
    pub fn take(&self) -> Result<Option<Layout>, Died> {
        let mut newest = None;
        loop {
            match self.made.try_recv() {
                Ok(layout) => newest = Some(layout),
                Err(TryRecvError::Disconnected) => {
                    self.has_ended.set(true);
                    if newest.is_none() && !self.has_some.get() {
                        return Err(Died);
                    }
                    break;
                }
                Err(TryRecvError::Empty) => break,
            }
        }
        if newest.is_some() {
            self.has_some.set(true);
        }
        Ok(newest)
    }
}

impl Drop for LayoutThread {
    fn drop(&mut self) {
        self.wish.is_wanted.store(false, Ordering::Relaxed);
    }
}

fn make(
    lane_index: &Arc<LaneIndex>,
    size: CanvasSize,
    measure: &dyn TextMeasure,
    wish: &Wish,
    outbox: &Outbox<Layout>,
) {
    if !wish.is_wanted() {
        return;
    }
    let mut builder = LayoutBuilder::new(lane_index, size, measure);
    while wish.is_wanted() && outbox.send(builder.layout().clone()) {
        let pool = ALL_BUT_ONE.as_ref().filter(|_| !wish.is_awaited());
        let is_added = match pool {
            Some(pool) => pool.install(|| builder.add_level(measure)),
            None => builder.add_level(measure),
        };
        if !is_added {
            outbox.send(builder.layout().clone());
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::{layout::BundledFonts, open};

    const SIZE: CanvasSize = CanvasSize {
        width_px: 1000.0,
        whole_px: 1000.0,
        height_px: 700.0,
    };

    fn shipped() -> Arc<Timeline> {
        let loaded = open::read(&open::Origin::Shipped).expect("the shipped file");
        loaded.timeline
    }

    #[test]
    fn what_a_thread_makes_is_what_is_built_at_once() {
        let small = Arc::new(LaneIndex::of(shipped()));
        // So many that lanes are laid out beside each other.
        let large = crate::testing::lane_index_of(3000);
        for (lane_index, is_shown) in [
            (&small, false),
            (&small, true),
            (&large, false),
            (&large, true),
        ] {
            let built = Layout::of(lane_index, SIZE, &BundledFonts::default());
            let (sender, woken) = channel();
            let thread = LayoutThread::start(
                Basis::LaneIndex(Arc::clone(lane_index)),
                SIZE,
                Arc::new(BundledFonts::default()),
                move || sender.send(()).unwrap_or_default(),
            );
            if is_shown {
                thread.note_shown();
            }
            let mut last = None;
            while woken.recv().is_ok() {
                last = thread.take().expect("it is alive").or(last);
            }
            last = thread.take().expect("it was alive").or(last);
            assert_eq!(last.map(|layout| layout.slots), Some(built.slots));
            assert!(matches!(thread.take(), Ok(None)));
        }
    }

    #[test]
    fn a_thread_that_died_on_the_way_leaves_what_it_has_made() {
        let (sender, made) = channel();
        let layout = Layout::build(shipped(), SIZE, &BundledFonts::default());
        sender.send(layout).expect("it is taken");
        let thread = LayoutThread {
            size: SIZE,
            made,
            wish: Arc::default(),
            has_some: Cell::new(false),
            has_ended: Cell::new(false),
        };
        assert!(matches!(thread.take(), Ok(Some(_))) && !thread.has_ended());
        drop(sender);
        assert!(matches!(thread.take(), Ok(None)) && thread.has_ended());
    }

    #[test]
    fn a_thread_that_died_is_reported() {
        let (sender, made) = channel();
        drop(sender);
        let thread = LayoutThread {
            size: SIZE,
            made,
            wish: Arc::default(),
            has_some: Cell::new(false),
            has_ended: Cell::new(false),
        };
        assert_eq!(thread.take().err(), Some(Died));
        assert!(thread.has_ended());
    }
}
