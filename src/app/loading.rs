//! What is on its way into the window: a file that is being read, then made ready.
//!
//! What was shown stays until the next can be shown whole. A small file is made ready between two
//! frames, a large one on a thread ([`IndexThread`]). Reading may begin before there is a window: while
//! the system opens it, most files have been read.

use std::sync::{Arc, OnceLock};

use egui::Context;

use crate::{
    formats::{Diagnostic, Loaded},
    layout::{Index, Key},
    model::{EventSet, Timeline},
    open::{
        OpenError, Opening, Origin,
        indexing::{Basis, Died, IndexThread, Measure},
    },
    view::messages::Coming,
};

/// Up to so many events are made ready between two frames: 2,000 take some 10 ms.
const AT_ONCE: usize = 2_000;

/// What reading is of opening; the rest is making it ready.
const READING: f32 = 0.7;

/// What is on its way.
#[derive(Default)]
pub(super) struct Loading {
    reading: Option<Opening>,
    read: Option<Incoming>,
    /// What makes the index of `read`.
    coming: Option<IndexThread>,
    /// What makes finer levels of the timeline that is shown, or another index of it.
    shown: Option<(Wanted, IndexThread)>,
    /// Another index whose levels do not yet reach where one looks.
    held: Option<Index>,
    /// That for which the thread has died: it is not tried again.
    dead: Option<Wanted>,
    /// The window that is woken when there is something new; empty until it is there.
    window: Arc<OnceLock<Context>>,
}

/// What an index is to be made for.
#[derive(Clone)]
pub(super) struct Wanted {
    /// The size.
    pub key: Key,
    /// The events that there are to be, where they are not all.
    pub choice: Option<Arc<EventSet>>,
}

impl Wanted {
    /// All events, at a size.
    const fn all(key: Key) -> Self {
        Self { key, choice: None }
    }

    fn is_same_choice(&self, other: Option<&Arc<EventSet>>) -> bool {
        match (&self.choice, other) {
            (None, None) => true,
            (Some(this), Some(other)) => Arc::ptr_eq(this, other),
            _ => false,
        }
    }

    /// Whether an index is that.
    fn is_met(&self, index: &Index) -> bool {
        self.key == index.key && self.is_same_choice(index.tally.choice())
    }

    /// From what it is made, where there is another index of the same timeline.
    fn basis(&self, index: &Index) -> Basis {
        let tally = || Arc::clone(&index.tally);
        match &self.choice {
            _ if self.is_same_choice(index.tally.choice()) => Basis::Tally(tally()),
            None => Basis::Tally(index.tally.whole()),
            Some(events) => Basis::Choice(index.tally.whole(), Arc::clone(events)),
        }
    }
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.is_same_choice(other.choice.as_ref())
    }
}

/// A file that was read and is not yet shown.
pub(super) struct Incoming {
    pub origin: Origin,
    pub timeline: Arc<Timeline>,
    pub diagnostics: Vec<Diagnostic>,
}

/// What has become of what was asked for.
pub(super) enum Progress {
    /// Nothing new.
    Waiting,
    /// This can be shown from now on; its index comes with it where it was made on a thread.
    Arrived(Box<Incoming>, Option<Index>),
    /// It cannot be shown.
    Failed(Origin, OpenError),
}

impl Loading {
    /// Names the window that is woken from now on. What is new before its first frame is seen in it.
    pub fn attach(&self, ctx: &Context) {
        let _ = self.window.set(ctx.clone());
    }

    /// Starts to read; whatever was on its way before is no longer wanted.
    pub fn start(&mut self, origin: Origin) {
        (self.reading, self.read, self.coming) = (None, None, None);
        self.reading = Some(Opening::start(origin, self.wake()));
    }

    /// Forgets what was on its way; what is made of what is shown goes on.
    pub fn cancel(&mut self) {
        (self.reading, self.read, self.coming) = (None, None, None);
    }

    /// Forgets what was on its way, for what is shown too: something else is shown at once.
    pub fn stop(&mut self) {
        *self = Self {
            window: Arc::clone(&self.window),
            ..Self::default()
        };
    }

    /// What threads call when there is something new.
    pub fn wake(&self) -> impl Fn() + Send + 'static {
        let window = Arc::clone(&self.window);
        move || {
            if let Some(ctx) = window.get() {
                ctx.request_repaint();
            }
        }
    }

    /// Whether something other than what is shown was asked for.
    pub fn is_busy(&self) -> bool {
        self.reading.is_some() || self.read.is_some()
    }

    /// Where what is on its way comes from.
    pub fn origin(&self) -> Option<&Origin> {
        let reading = self.reading.as_ref().map(Opening::origin);
        reading.or(self.read.as_ref().map(|incoming| &incoming.origin))
    }

    /// What is on its way, and how far it has come.
    pub fn coming(&self) -> Option<Coming> {
        let origin = self.origin()?;
        let read = self.reading.as_ref().map_or(1.0, Opening::share);
        Some(Coming {
            words: format!("Opening {}…", origin.name()),
            share: READING * read,
        })
    }

    /// Goes on: looks whether the file has been read, and has it made ready for a window of this size.
    pub fn progress(&mut self, key: Key, measure: &Measure) -> Progress {
        if let Some(answer) = self.reading.as_ref().and_then(Opening::poll)
            && let Some(reading) = self.reading.take()
        {
            let origin = reading.origin().clone();
            match answer {
                Ok(loaded) => self.read = Some(Incoming::new(origin, loaded)),
                Err(error) => return Progress::Failed(origin, error),
            }
        }
        let Some(incoming) = &self.read else {
            return Progress::Waiting;
        };
        if is_small(&incoming.timeline) {
            return self.arrived(None);
        }
        if self
            .coming
            .as_ref()
            .is_none_or(|thread| thread.key() != key)
        {
            let basis = Basis::Timeline(Arc::clone(&incoming.timeline));
            self.coming = Some(self.thread(basis, key, measure));
        }
        match self.coming.as_ref().map(IndexThread::take) {
            Some(Ok(Some(index))) => self.arrived(Some(index)),
            Some(Err(_)) => {
                let origin = incoming.origin.clone();
                let name = origin.name();
                (self.read, self.coming) = (None, None);
                Progress::Failed(origin, OpenError::BrokeOff { name })
            }
            _ => Progress::Waiting,
        }
    }

    fn arrived(&mut self, index: Option<Index>) -> Progress {
        let coming = self.coming.take();
        self.shown = coming.map(|thread| (Wanted::all(thread.key()), thread));
        (self.held, self.dead) = (None, None);
        match self.read.take() {
            Some(incoming) => Progress::Arrived(Box::new(incoming), index),
            None => Progress::Waiting,
        }
    }

    /// The newest index of what is shown, as it is wanted: `shown` is the one there is. Another one
    /// comes when its levels reach the scale at which one looks, in px per second: no label leaves for
    /// a while.
    ///
    /// # Errors
    ///
    /// Once, where the thread that makes it has died.
    pub fn index(
        &mut self,
        (shown, timeline): (Option<&Index>, &Arc<Timeline>),
        wanted: &Wanted,
        scale: f64,
        measure: &Measure,
    ) -> Result<Option<Index>, Died> {
        let is_fitting = shown.is_some_and(|index| wanted.is_met(index));
        let Some(index) = shown.filter(|_| !is_small(timeline)) else {
            let basis = || {
                let all = || Basis::Timeline(Arc::clone(timeline));
                shown.map_or_else(all, |index| wanted.basis(index))
            };
            let build = || Index::of(basis().tally(), wanted.key, measure.as_ref());
            return Ok((!is_fitting).then(build));
        };
        if self.shown.as_ref().is_some_and(|(it, _)| it != wanted) {
            // For a size that the window no longer has, or what nobody filters by any more.
            (self.shown, self.held) = (None, None);
        }
        if !is_fitting && self.shown.is_none() && self.dead.as_ref() != Some(wanted) {
            let thread = self.thread(wanted.basis(index), wanted.key, measure);
            self.shown = Some((wanted.clone(), thread));
        }
        match self.shown.as_ref().map(|(_, thread)| thread.take()) {
            Some(Ok(Some(newer))) => self.held = Some(newer),
            Some(Err(died)) => {
                (self.shown, self.dead) = (None, Some(wanted.clone()));
                return Err(died);
            }
            _ => {}
        }
        let is_due = |held: &Index| is_fitting || !held.places.is_partial(scale);
        Ok(self.held.take_if(|held| is_due(held)))
    }

    fn thread(&self, basis: Basis, key: Key, measure: &Measure) -> IndexThread {
        IndexThread::start(basis, key, Arc::clone(measure), self.wake())
    }
}

impl Incoming {
    pub fn new(origin: Origin, loaded: Loaded) -> Self {
        Self {
            origin,
            timeline: Arc::new(loaded.timeline),
            diagnostics: loaded.diagnostics,
        }
    }
}

fn is_small(timeline: &Timeline) -> bool {
    timeline.len() <= AT_ONCE
}
