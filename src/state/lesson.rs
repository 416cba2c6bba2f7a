//! A lesson session: the current step, the cover, the attempts at questions, and the elapsed time.
//!
//! Plain data like the rest of the state. The time comes in as a value: seconds of a clock that
//! goes on while the computer sleeps ([`LessonSession::apply`]). The state's own camera, selection
//! and filter stay untouched beside it, so that leaving a lesson restores nothing here.

mod attempt;
mod stopwatch;

pub use attempt::{Attempt, Verdict};
pub use stopwatch::{Stopwatch, clock_words};

use std::sync::Arc;

use crate::{
    command::{LessonCommand, LessonMenuCommand as Menu},
    layout::{
        Camera, LessonTimeline,
        lesson_timeline::{LessonEvent, asked_about},
    },
    model::{EventId, Lesson, Media, Question, Step, Timeline},
};

/// Initial time on each step in autoplay, in seconds.
const USUAL_AUTOPLAY_SECS: u16 = 20;
/// Shortest time on a step, longest, and change per press of a key, in seconds.
const LEAST_AUTOPLAY_SECS: u16 = 5;
/// See [`LEAST_AUTOPLAY_SECS`].
const MOST_AUTOPLAY_SECS: u16 = 300;
/// See [`LEAST_AUTOPLAY_SECS`].
const AUTOPLAY_STEP_SECS: u16 = 5;
/// Largest step number that can be typed; no lesson has more steps.
const MOST_TYPED_STEP: u32 = 9_999;

/// What covers the stage.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Cover {
    /// All black.
    Black,
    /// All white.
    White,
}

impl Cover {
    /// What the class sees, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Black => "The class sees black",
            Self::White => "The class sees white",
        }
    }
}

/// Whether a lesson continues after a command.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It continues.
    Continues,
    /// It is over.
    Ends,
}

/// A running lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonSession {
    /// The lesson.
    pub lesson: Arc<Lesson>,
    /// Its lesson timeline.
    pub timeline: Arc<LessonTimeline>,
    /// The current step, counted from 0.
    pub step: usize,
    /// Whether all events are shown, those of later steps too.
    pub is_all_revealed: bool,
    /// What covers the stage.
    pub cover: Option<Cover>,
    /// Whether a spotlight follows the pointer.
    pub has_spotlight: bool,
    /// Whether the sources of each step are shown.
    pub has_sources: bool,
    /// When autoplay's time on the current step began, in seconds of the clock; `None` while it is
    /// off.
    pub autoplay_since: Option<f64>,
    /// Time on each step in autoplay, in seconds.
    pub autoplay_secs: u16,
    /// The step number that is being typed.
    pub typed: Option<u32>,
    /// The event that is open on the stage.
    pub opened: Option<EventId>,
    /// Which picture of the step's event is over the whole stage, by its number.
    pub enlarged: Option<usize>,
    /// Lines by which the keys have scrolled down a text that is longer than the stage.
    pub scrolled: i32,
    /// The elapsed time.
    pub stopwatch: Stopwatch,
    attempts: Vec<Attempt>,
}

impl LessonSession {
    /// Starts a lesson at a step with some seconds elapsed; `now_secs` is the clock's time.
    pub fn new(
        timeline: &Timeline,
        lesson: Lesson,
        (step, elapsed_secs): (usize, f64),
        now_secs: f64,
    ) -> Self {
        let last = lesson.steps.len().saturating_sub(1);
        Self {
            timeline: Arc::new(LessonTimeline::of(timeline, &lesson)),
            step: step.min(last),
            is_all_revealed: false,
            cover: None,
            has_spotlight: false,
            has_sources: false,
            autoplay_since: None,
            autoplay_secs: USUAL_AUTOPLAY_SECS,
            typed: None,
            opened: None,
            enlarged: None,
            scrolled: 0,
            stopwatch: Stopwatch::started(now_secs, elapsed_secs),
            attempts: lesson
                .steps
                .iter()
                .map(|step| Attempt::at(step, timeline))
                .collect(),
            lesson: Arc::new(lesson),
        }
    }

    /// The session after a reload of the file: at the same step or the last one, with new attempts.
    /// `None` where the file no longer has the lesson or it has no steps.
    #[must_use]
    pub fn reloaded(&self, timeline: &Timeline, now_secs: f64) -> Option<Self> {
        let lesson = if self.is_made() {
            Lesson::made_of(timeline)
        } else {
            let mut lessons = timeline.lessons().iter();
            lessons.find(|lesson| lesson.id == self.lesson.id)?.clone()
        };
        if lesson.steps.is_empty() {
            return None;
        }
        let begin = (self.step, self.stopwatch.secs(now_secs));
        let mut reloaded = Self::new(timeline, lesson, begin, now_secs);
        reloaded.scrolled = self.scrolled;
        reloaded.stopwatch = self.stopwatch;
        (reloaded.is_all_revealed, reloaded.cover) = (self.is_all_revealed, self.cover);
        (reloaded.has_spotlight, reloaded.has_sources) = (self.has_spotlight, self.has_sources);
        (reloaded.autoplay_since, reloaded.autoplay_secs) =
            (self.autoplay_since, self.autoplay_secs);
        Some(reloaded)
    }

    /// The session as it is kept while the class does something else: nothing is open, and its time
    /// stands still.
    #[must_use]
    pub fn left(mut self, now_secs: f64) -> Self {
        (self.opened, self.cover, self.enlarged) = (None, None, None);
        (self.typed, self.autoplay_since) = (None, None);
        if self.stopwatch.is_running() {
            self.stopwatch.toggle(now_secs);
        }
        self
    }

    /// A session that was [left](Self::left), going on at a step.
    #[must_use]
    pub fn resumed(mut self, step: usize, now_secs: f64) -> Self {
        self.go_to(step);
        self.stopwatch.toggle(now_secs);
        self
    }

    /// Begins anew: at the first step, with nothing answered and nothing revealed but what it shows.
    fn begin_anew(&mut self, timeline: &Timeline) {
        let steps = self.lesson.steps.iter();
        self.attempts = steps.map(|step| Attempt::at(step, timeline)).collect();
        self.is_all_revealed = false;
        self.go_to(0);
    }

    /// Whether the lesson was generated from the events, not read from the file: those of a file
    /// have an id.
    pub fn is_made(&self) -> bool {
        self.lesson.id.is_empty()
    }

    /// The current step.
    pub fn current_step(&self) -> Option<&Step> {
        self.lesson.steps.get(self.step)
    }

    /// The next step.
    pub fn next_step(&self) -> Option<&Step> {
        self.lesson.steps.get(self.step + 1)
    }

    /// The attempt at the current step's question.
    pub fn attempt(&self) -> Option<&Attempt> {
        self.attempts.get(self.step)
    }

    /// The verdict on that attempt.
    pub fn verdict(&self, timeline: &Timeline) -> Option<Verdict> {
        let (step, attempt) = (self.current_step()?, self.attempt()?);
        Some(attempt.verdict(step, self.camera(), timeline))
    }

    /// The guess at when the step's event was, in words.
    pub fn guess_words(&self, timeline: &Timeline) -> Option<String> {
        let (step, attempt) = (self.current_step()?, self.attempt()?);
        attempt.guess_words(step, self.camera(), timeline)
    }

    /// The current step's question, until its answer is revealed.
    pub fn open_question(&self) -> Option<&Question> {
        let question = self.current_step()?.question.as_ref()?;
        (!self.attempt()?.is_revealed).then_some(question)
    }

    /// The events of the lesson timeline that are visible now.
    pub fn shown<'a>(&'a self, timeline: &'a Timeline) -> impl Iterator<Item = LessonEvent> + 'a {
        let hidden = match self.open_question().and(self.current_step()) {
            Some(step) => asked_about(step),
            None => Vec::new(),
        };
        self.timeline
            .shown(timeline, self.step, hidden, self.is_all_revealed)
    }

    /// The current step's camera, for a plot [`WIDTH_PX`](crate::layout::lesson_timeline::WIDTH_PX)
    /// wide.
    pub fn camera(&self) -> Camera {
        let view = self.current_step().and_then(|step| step.view.as_ref());
        self.timeline.camera(view)
    }

    /// Carries out a lesson command; `now_secs` is the clock's time.
    pub fn apply(
        &mut self,
        command: &LessonCommand,
        timeline: &Timeline,
        now_secs: f64,
    ) -> Outcome {
        // Any other command stops autoplay.
        let was_playing = self.autoplay_since.is_some();
        let is_about_playing = matches!(
            command,
            LessonCommand::Menu(Menu::Autoplay | Menu::Slower | Menu::Faster)
        );
        if !is_about_playing {
            self.autoplay_since = None;
        }
        let had_typed = self.typed.is_some();
        if !matches!(
            command,
            LessonCommand::Digit(_) | LessonCommand::Menu(Menu::Enter) | LessonCommand::UnboundKey
        ) {
            self.typed = None;
        }
        match command {
            LessonCommand::Menu(Menu::Next) => self.next(),
            LessonCommand::Menu(Menu::Back) => self.go_to(self.step.saturating_sub(1)),
            LessonCommand::Menu(Menu::First) => self.begin_anew(timeline),
            LessonCommand::Menu(Menu::Last) => self.go_to(usize::MAX),
            LessonCommand::GoTo(step) => self.go_to(*step),
            LessonCommand::Digit(digit) => {
                let typed = self.typed.unwrap_or(0) * 10 + u32::from(*digit);
                self.typed = Some(typed.min(MOST_TYPED_STEP));
            }
            LessonCommand::Menu(Menu::Enter) => match self.typed.take() {
                Some(number) => self.go_to((number as usize).saturating_sub(1)),
                None => self.pick(),
            },
            LessonCommand::Menu(Menu::Black) => self.toggle_cover(Cover::Black),
            LessonCommand::Menu(Menu::White) => self.toggle_cover(Cover::White),
            LessonCommand::Menu(Menu::Spotlight) => self.has_spotlight = !self.has_spotlight,
            LessonCommand::Menu(Menu::Picture) => {
                let next = self.enlarged.map_or(0, |number| number + 1);
                self.enlarged = (next < self.picture_count(timeline)).then_some(next);
            }
            LessonCommand::Menu(Menu::Sources) => self.has_sources = !self.has_sources,
            LessonCommand::Menu(Menu::Reveal) => {
                if self.open_question().is_some() {
                    self.reveal();
                } else {
                    self.is_all_revealed = !self.is_all_revealed;
                }
            }
            LessonCommand::Menu(Menu::Autoplay) => {
                self.autoplay_since = (!was_playing).then_some(now_secs);
            }
            LessonCommand::Menu(Menu::Slower) => {
                self.autoplay_secs =
                    (self.autoplay_secs + AUTOPLAY_STEP_SECS).min(MOST_AUTOPLAY_SECS);
            }
            LessonCommand::Menu(Menu::Faster) => {
                let faster = self.autoplay_secs.saturating_sub(AUTOPLAY_STEP_SECS);
                self.autoplay_secs = faster.max(LEAST_AUTOPLAY_SECS);
            }
            LessonCommand::Menu(Menu::Pause) => self.stopwatch.toggle(now_secs),
            LessonCommand::Menu(Menu::Up | Menu::Down) => {
                self.step_cursor(*command == LessonCommand::Menu(Menu::Up), timeline);
            }
            LessonCommand::Open(event) => {
                self.opened = (self.opened != Some(*event)).then_some(*event);
            }
            LessonCommand::Close => self.opened = None,
            LessonCommand::Move { card, to } => {
                if let Some(attempt) = self.open_attempt() {
                    attempt.put_card(*card, *to);
                }
            }
            LessonCommand::Choose(number) => {
                if let Some(attempt) = self.open_attempt() {
                    attempt.choose(*number);
                }
            }
            LessonCommand::Guess(moment) => {
                if let Some(attempt) = self.open_attempt() {
                    attempt.guess = Some(*moment);
                }
            }
            // Leaving first discards the typed number.
            LessonCommand::Menu(Menu::Leave) if had_typed => {}
            LessonCommand::Menu(Menu::Leave) if self.enlarged.is_some() => self.enlarged = None,
            LessonCommand::Menu(Menu::Leave) if self.opened.is_some() => self.opened = None,
            LessonCommand::Menu(Menu::Leave) if self.cover.is_some() => self.cover = None,
            LessonCommand::Menu(Menu::Leave) | LessonCommand::End => return Outcome::Ends,
            // The app places the windows; `UnboundKey` only stops autoplay.
            LessonCommand::Menu(Menu::MoveStage)
            | LessonCommand::FillScreen
            | LessonCommand::UnboundKey => {}
        }
        Outcome::Continues
    }

    /// Advances autoplay where that is due; returns the seconds until it is due next.
    pub fn autoplay(&mut self, now_secs: f64) -> Option<f64> {
        let since = self.autoplay_since?;
        let left = since + f64::from(self.autoplay_secs) - now_secs;
        if left > 0.0 {
            return Some(left);
        }
        if self.step + 1 >= self.lesson.steps.len() && self.open_question().is_none() {
            self.autoplay_since = None;
            return None;
        }
        self.next();
        self.autoplay_since = Some(now_secs);
        Some(f64::from(self.autoplay_secs))
    }

    /// Share of the step's autoplay time that has passed, from 0 to 1; `None` while it is off.
    pub fn autoplay_share(&self, now_secs: f64) -> Option<f32> {
        let since = self.autoplay_since?;
        let share = (now_secs - since) / f64::from(self.autoplay_secs.max(1));
        Some(share.clamp(0.0, 1.0) as f32)
    }

    fn next(&mut self) {
        if self.opened.take().is_some() {
            // Closing the opened event is enough; the step stays.
        } else if self.cover.is_none() && self.open_question().is_some() {
            self.reveal();
        } else {
            self.go_to(self.step + 1);
        }
    }

    /// How many pictures of the step's event can be shown by now.
    fn picture_count(&self, timeline: &Timeline) -> usize {
        let event = self.current_step().and_then(|step| step.event);
        let event = event.filter(|_| self.open_question().is_none());
        let media = event.map_or(&[][..], |event| timeline.event(event).media);
        media.iter().filter(|media| media.is_local()).count()
    }

    /// The pictures of the step's event, of the opened one, and of the next step's, so that they are
    /// read when it comes.
    pub fn wanted_pictures(&self, timeline: &Timeline) -> Vec<Media> {
        let steps = [self.current_step(), self.next_step()]
            .into_iter()
            .flatten();
        let events = steps.filter_map(|step| step.event).chain(self.opened);
        events
            .flat_map(|event| timeline.event(event).media)
            .cloned()
            .collect()
    }

    fn go_to(&mut self, step: usize) {
        (self.cover, self.opened, self.enlarged, self.scrolled) = (None, None, None, 0);
        self.step = step.min(self.lesson.steps.len().saturating_sub(1));
    }

    fn toggle_cover(&mut self, cover: Cover) {
        self.cover = (self.cover != Some(cover)).then_some(cover);
    }

    fn reveal(&mut self) {
        if let Some(attempt) = self.attempts.get_mut(self.step) {
            attempt.is_revealed = true;
        }
    }

    /// The attempt at the question of this step, while it is open.
    fn open_attempt(&mut self) -> Option<&mut Attempt> {
        self.open_question()?;
        self.attempts.get_mut(self.step)
    }

    /// Enter: picks up or drops a card, or chooses an answer; with the answer at the cursor chosen,
    /// or at a question about time, reveals the answer.
    fn pick(&mut self) {
        let Some(question) = self.open_question().cloned() else {
            return;
        };
        let Some(attempt) = self.attempts.get_mut(self.step) else {
            return;
        };
        if !attempt.pick(&question) {
            self.reveal();
        }
    }

    /// Moves the cursor of an open question up or down; else scrolls a long text.
    fn step_cursor(&mut self, is_up: bool, timeline: &Timeline) {
        let camera = self.camera();
        let step = self.current_step().cloned();
        match (step, self.open_attempt()) {
            (Some(step), Some(attempt)) => attempt.step(&step, is_up, camera, timeline),
            _ if is_up => self.scrolled = (self.scrolled - 1).max(0),
            _ => self.scrolled += 1,
        }
    }
}

#[cfg(test)]
mod tests;
