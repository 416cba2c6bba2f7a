//! Loading a file into the window: it is read, then laid out.
//!
//! The shown file stays until the next one can be shown whole. A small file is laid out between two
//! frames, a large one on a thread ([`LayoutThread`]). Reading may begin before there is a window:
//! most files are read while the system opens it.

use std::sync::{Arc, OnceLock};

use egui::Context;

use crate::{
    formats::{Source, columns::ColumnChoice},
    layout::{CanvasSize, Layout},
    model::{EventSet, KnownTexts, Timeline},
    open::{
        OpenError, Opening, Origin,
        layout_thread::{Basis, Died, LayoutThread, Measure},
    },
    view::messages::OpeningProgress,
};

/// Most events of a file that is laid out between two frames: 2,000 take some 10 ms.
pub(super) const AT_ONCE: usize = 2_000;

/// Share of reading in the progress of opening; the rest is the layout.
const READING: f32 = 0.7;

/// A file being loaded, and layouts being made.
#[derive(Default)]
pub(super) struct Loading {
    reading: Option<Opening>,
    read: Option<Incoming>,
    /// The thread that makes the layout of `read`, and what it has made so far.
    coming: Option<LayoutThread>,
    made: Option<Layout>,
    /// The thread that makes finer levels of the shown layout, or another layout of the same
    /// timeline.
    shown: Option<(Wanted, LayoutThread)>,
    /// Another layout, whose levels do not yet reach the camera's scale.
    held: Option<Layout>,
    /// The layout whose thread has died: it is not tried again.
    dead: Option<Wanted>,
    /// The window that is woken when there is something new; empty until it exists.
    window: Arc<OnceLock<Context>>,
}

/// The layout that is wanted.
#[derive(Clone)]
pub(super) struct Wanted {
    /// The canvas size.
    pub size: CanvasSize,
    /// The subset of events; `None` for all.
    pub subset: Option<Arc<EventSet>>,
}

impl Wanted {
    /// All events, at a size.
    const fn all(size: CanvasSize) -> Self {
        Self { size, subset: None }
    }

    fn is_same_subset(&self, other: Option<&Arc<EventSet>>) -> bool {
        match (&self.subset, other) {
            (None, None) => true,
            (Some(this), Some(other)) => Arc::ptr_eq(this, other),
            _ => false,
        }
    }

    /// Whether a layout is the wanted one.
    fn is_met(&self, layout: &Layout) -> bool {
        self.size == layout.size && self.is_same_subset(layout.lane_index.subset())
    }

    /// What it is made from, given another layout of the same timeline.
    fn basis(&self, layout: &Layout) -> Basis {
        let lane_index = || Arc::clone(&layout.lane_index);
        match &self.subset {
            _ if self.is_same_subset(layout.lane_index.subset()) => Basis::LaneIndex(lane_index()),
            None => Basis::LaneIndex(layout.lane_index.whole()),
            Some(events) => Basis::Subset(layout.lane_index.whole(), Arc::clone(events)),
        }
    }
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Self) -> bool {
        self.size == other.size && self.is_same_subset(other.subset.as_ref())
    }
}

/// A file that was read and is not yet shown.
pub(super) struct Incoming {
    pub origin: Origin,
    pub source: Source,
}

/// How far a requested file has come.
pub(super) enum Progress {
    /// Nothing new.
    Waiting,
    /// The file can be shown; its layout comes with it where that was made on a thread.
    Arrived(Box<Incoming>, Option<Layout>),
    /// It cannot be shown.
    Failed(Origin, OpenError),
}

impl Loading {
    /// Sets the window that is woken from now on. What arrives before its first frame is shown in
    /// that.
    pub fn attach(&self, ctx: &Context) {
        let _ = self.window.set(ctx.clone());
    }

    /// Starts to read a file and cancels the one being loaded.
    pub fn start(&mut self, origin: Origin, columns: ColumnChoice) {
        self.cancel();
        self.reading = Some(Opening::start(origin, columns, self.wake()));
    }

    /// Starts to read a text that was changed here, of which these texts of events are known, and
    /// cancels the file being loaded.
    pub fn start_text(&mut self, origin: Origin, text: Arc<String>, known: KnownTexts) {
        self.cancel();
        self.reading = Some(Opening::start_text(origin, text, known, self.wake()));
    }

    /// Cancels the file being loaded; layouts of the shown file continue.
    pub fn cancel(&mut self) {
        (self.reading, self.read) = (None, None);
        (self.coming, self.made) = (None, None);
    }

    /// Cancels the file being loaded and layouts of the shown one: another file is shown at once.
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

    /// Whether a file is being loaded, for the first time or again.
    pub fn is_busy(&self) -> bool {
        self.reading.is_some() || self.read.is_some()
    }

    /// The origin of the file being loaded.
    pub fn origin(&self) -> Option<&Origin> {
        let reading = self.reading.as_ref().map(Opening::origin);
        reading.or(self.read.as_ref().map(|incoming| &incoming.origin))
    }

    /// The file being loaded, and its progress.
    pub fn coming(&self) -> Option<OpeningProgress> {
        let origin = self.origin()?;
        let read = self.reading.as_ref().map_or(1.0, Opening::share);
        Some(OpeningProgress {
            words: format!("Opening {}…", origin.name()),
            share: READING * read,
        })
    }

    /// Checks whether the file has been read, and has it laid out for this canvas size. It has arrived
    /// when its levels reach `scale`, in px per second, so that a file that is read again shows at
    /// once all that it showed; 0 for the first picture of another file.
    pub fn progress(&mut self, size: CanvasSize, scale: f64, measure: &Measure) -> Progress {
        if let Some(answer) = self.reading.as_ref().and_then(Opening::poll)
            && let Some(reading) = self.reading.take()
        {
            let origin = reading.origin().clone();
            match answer {
                Ok(source) => self.read = Some(Incoming { origin, source }),
                Err(error) => return Progress::Failed(origin, error),
            }
        }
        let Some(incoming) = &self.read else {
            return Progress::Waiting;
        };
        if is_small(&incoming.source.timeline) {
            return self.arrived(None);
        }
        if self
            .coming
            .as_ref()
            .is_none_or(|thread| thread.size() != size)
        {
            let basis = Basis::Timeline(Arc::clone(&incoming.source.timeline));
            self.made = None;
            self.coming = Some(self.thread(basis, size, measure));
        }
        match self.coming.as_ref().map(LayoutThread::take) {
            Some(Ok(Some(layout))) => self.made = Some(layout),
            Some(Err(_)) => {
                let origin = incoming.origin.clone();
                let name = origin.name();
                self.cancel();
                return Progress::Failed(origin, OpenError::BrokeOff { name });
            }
            _ => {}
        }
        // One that has died on the way makes no more.
        let has_ended = self.coming.as_ref().is_some_and(LayoutThread::has_ended);
        let is_due = |made: &mut Layout| has_ended || !made.slots.is_partial(scale);
        match self.made.take_if(is_due) {
            Some(layout) => self.arrived(Some(layout)),
            None => Progress::Waiting,
        }
    }

    fn arrived(&mut self, layout: Option<Layout>) -> Progress {
        let coming = self.coming.take();
        if let (Some(thread), Some(_)) = (&coming, &layout) {
            thread.note_shown();
        }
        self.shown = coming.map(|thread| (Wanted::all(thread.size()), thread));
        (self.held, self.dead) = (None, None);
        match self.read.take() {
            Some(incoming) => Progress::Arrived(Box::new(incoming), layout),
            None => Progress::Waiting,
        }
    }

    /// A newer layout of the shown timeline, for what is wanted; `shown` is the current one. A
    /// layout for another size or subset comes when its levels reach the camera's `scale`, in px
    /// per second, so that no label vanishes for a while.
    ///
    /// # Errors
    ///
    /// Once, where the thread that makes the layout has died.
    pub fn layout(
        &mut self,
        (shown, timeline): (Option<&Layout>, &Arc<Timeline>),
        wanted: &Wanted,
        scale: f64,
        measure: &Measure,
    ) -> Result<Option<Layout>, Died> {
        let is_fitting = shown.is_some_and(|layout| wanted.is_met(layout));
        let Some(layout) = shown.filter(|_| !is_small(timeline)) else {
            let basis = || {
                let all = || Basis::Timeline(Arc::clone(timeline));
                shown.map_or_else(all, |layout| wanted.basis(layout))
            };
            let build = || Layout::of(&basis().lane_index(), wanted.size, measure.as_ref());
            return Ok((!is_fitting).then(build));
        };
        if self.shown.as_ref().is_some_and(|(it, _)| it != wanted) {
            // It is for a former canvas size or filter.
            (self.shown, self.held) = (None, None);
        }
        if !is_fitting && self.shown.is_none() && self.dead.as_ref() != Some(wanted) {
            let thread = self.thread(wanted.basis(layout), wanted.size, measure);
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
        let is_due = |held: &Layout| is_fitting || !held.slots.is_partial(scale);
        let due = self.held.take_if(|held| is_due(held));
        if let (Some(_), Some((_, thread))) = (&due, &self.shown) {
            thread.note_shown();
        }
        Ok(due)
    }

    fn thread(&self, basis: Basis, size: CanvasSize, measure: &Measure) -> LayoutThread {
        LayoutThread::start(basis, size, Arc::clone(measure), self.wake())
    }
}

fn is_small(timeline: &Timeline) -> bool {
    timeline.len() <= AT_ONCE
}
