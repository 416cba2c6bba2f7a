//! A lesson that is told: which step, what is covered, what was guessed, and how long it has taken.
//!
//! Plain data like the rest of the state. The time comes in as a value: seconds of a clock that goes on
//! while the computer sleeps ([`Telling::apply`]). What the window showed before stays as it is beside
//! this, so that leaving needs nothing given back.

mod attempt;
mod stopwatch;

pub use attempt::{Attempt, Verdict};
pub use stopwatch::{Stopwatch, clock_words};

use std::sync::Arc;

use crate::{
    command::Tell,
    layout::{
        Camera, Cast,
        cast::{Part, asked_about},
    },
    model::{EventId, Lesson, Question, Step, Timeline},
};

/// A step stays for so many seconds where the lesson goes on by itself, at first.
const USUAL_AUTOPLAY_SECS: u16 = 20;
/// The shortest and the longest, and by how much one press changes it.
const AUTOPLAY_SECS: (u16, u16, u16) = (5, 300, 5);
/// No lesson has more steps than such a number tells.
const MOST_DIGITS: u32 = 9_999;

/// What covers the stage.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Cover {
    /// All black.
    Black,
    /// All white.
    White,
}

/// Whether a lesson goes on.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Course {
    /// It is told.
    Goes,
    /// It is over.
    Ends,
}

/// A lesson that is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// The lesson.
    pub lesson: Arc<Lesson>,
    /// What its timeline shows.
    pub cast: Arc<Cast>,
    /// The step that is told, counted from 0.
    pub step: usize,
    /// Whether all is shown that is not told yet.
    pub is_all_told: bool,
    /// What covers the stage.
    pub cover: Option<Cover>,
    /// Whether a light follows the pointer.
    pub has_spotlight: bool,
    /// Whether it is said where a step is written.
    pub has_captions: bool,
    /// When it came to the step from which it goes on by itself, in seconds of the clock.
    pub autoplay_since: Option<f64>,
    /// How long it stays on each step then, in seconds.
    pub autoplay_secs: u16,
    /// The number that is being typed.
    pub typed: Option<u32>,
    /// The event that was opened in the middle of it.
    pub opened: Option<EventId>,
    /// By how many lines a text that is longer than the stage is scrolled down with the keys.
    pub scrolled: i32,
    /// How long it has taken.
    pub stopwatch: Stopwatch,
    attempts: Vec<Attempt>,
}

impl Telling {
    /// Begins a lesson at a step, at a time of the clock.
    pub fn new(
        timeline: &Timeline,
        lesson: Lesson,
        (step, elapsed_secs): (usize, f64),
        now_secs: f64,
    ) -> Self {
        let last = lesson.steps.len().saturating_sub(1);
        Self {
            cast: Arc::new(Cast::of(timeline, &lesson)),
            step: step.min(last),
            is_all_told: false,
            cover: None,
            has_spotlight: false,
            has_captions: false,
            autoplay_since: None,
            autoplay_secs: USUAL_AUTOPLAY_SECS,
            typed: None,
            opened: None,
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

    /// The same lesson in a file that was read anew: at the same step, as far as there is one.
    /// `None` where the file no longer has it.
    #[must_use]
    pub fn anew(&self, timeline: &Timeline, now_secs: f64) -> Option<Self> {
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
        let mut anew = Self::new(timeline, lesson, begin, now_secs);
        anew.scrolled = self.scrolled;
        anew.stopwatch = self.stopwatch;
        (anew.is_all_told, anew.cover) = (self.is_all_told, self.cover);
        (anew.has_spotlight, anew.has_captions) = (self.has_spotlight, self.has_captions);
        (anew.autoplay_since, anew.autoplay_secs) = (self.autoplay_since, self.autoplay_secs);
        Some(anew)
    }

    /// Whether the file brought none, and it was made of the events: those of a file have an id.
    pub fn is_made(&self) -> bool {
        self.lesson.id.is_empty()
    }

    /// The step that is told.
    pub fn now(&self) -> Option<&Step> {
        self.lesson.steps.get(self.step)
    }

    /// The step after it.
    pub fn coming(&self) -> Option<&Step> {
        self.lesson.steps.get(self.step + 1)
    }

    /// What was tried at the question of the step that is told.
    pub fn attempt(&self) -> Option<&Attempt> {
        self.attempts.get(self.step)
    }

    /// How good the attempt at it is.
    pub fn verdict(&self, timeline: &Timeline) -> Option<Verdict> {
        let (step, attempt) = (self.now()?, self.attempt()?);
        Some(attempt.verdict(step, self.camera(), timeline))
    }

    /// The guess at when the step's event was, in words.
    pub fn guess_words(&self, timeline: &Timeline) -> Option<String> {
        let (step, attempt) = (self.now()?, self.attempt()?);
        attempt.guess_words(step, self.camera(), timeline)
    }

    /// The question of the step that is told, while it is open.
    pub fn open_question(&self) -> Option<&Question> {
        let question = self.now()?.question.as_ref()?;
        (!self.attempt()?.is_revealed).then_some(question)
    }

    /// What is seen of the lesson's timeline.
    pub fn shown<'a>(&'a self, timeline: &'a Timeline) -> impl Iterator<Item = Part> + 'a {
        let hidden = match self.open_question().and(self.now()) {
            Some(step) => asked_about(step),
            None => Vec::new(),
        };
        self.cast
            .shown(timeline, self.step, hidden, self.is_all_told)
    }

    /// Where the step that is told looks, over [`cast::WIDTH_PX`](crate::layout::cast::WIDTH_PX).
    pub fn camera(&self) -> Camera {
        let view = self.now().and_then(|step| step.view.as_ref());
        self.cast.camera(view)
    }

    /// Carries a command out, at a time of the clock.
    pub fn apply(&mut self, tell: &Tell, timeline: &Timeline, now_secs: f64) -> Course {
        // Whoever does anything no longer wants it to go on by itself.
        let was_playing = self.autoplay_since.is_some();
        let is_about_playing = matches!(tell, Tell::Autoplay | Tell::Slower | Tell::Faster);
        if !is_about_playing {
            self.autoplay_since = None;
        }
        let had_typed = self.typed.is_some();
        if !matches!(tell, Tell::Digit(_) | Tell::Enter | Tell::Other) {
            self.typed = None;
        }
        match tell {
            Tell::Next => self.next(),
            Tell::Back => self.go_to(self.step.saturating_sub(1)),
            Tell::First => self.go_to(0),
            Tell::Last => self.go_to(usize::MAX),
            Tell::GoTo(step) => self.go_to(*step),
            Tell::Digit(digit) => {
                let typed = self.typed.unwrap_or(0) * 10 + u32::from(*digit);
                self.typed = Some(typed.min(MOST_DIGITS));
            }
            Tell::Enter => match self.typed.take() {
                Some(number) => self.go_to((number as usize).saturating_sub(1)),
                None => self.pick(),
            },
            Tell::Black => self.toggle_cover(Cover::Black),
            Tell::White => self.toggle_cover(Cover::White),
            Tell::Spotlight => self.has_spotlight = !self.has_spotlight,
            Tell::Captions => self.has_captions = !self.has_captions,
            Tell::Reveal => {
                if self.open_question().is_some() {
                    self.reveal();
                } else {
                    self.is_all_told = !self.is_all_told;
                }
            }
            Tell::Autoplay => self.autoplay_since = (!was_playing).then_some(now_secs),
            Tell::Slower => {
                self.autoplay_secs = (self.autoplay_secs + AUTOPLAY_SECS.2).min(AUTOPLAY_SECS.1);
            }
            Tell::Faster => {
                let faster = self.autoplay_secs.saturating_sub(AUTOPLAY_SECS.2);
                self.autoplay_secs = faster.max(AUTOPLAY_SECS.0);
            }
            Tell::Pause => self.stopwatch.toggle(now_secs),
            Tell::Up | Tell::Down => self.step_cursor(*tell == Tell::Up, timeline),
            Tell::Open(event) => self.opened = (self.opened != Some(*event)).then_some(*event),
            Tell::Close => self.opened = None,
            Tell::Move { card, to } => {
                if let Some(attempt) = self.trying() {
                    attempt.put_card(*card, *to);
                }
            }
            Tell::Choose(number) => {
                if let Some(attempt) = self.trying() {
                    attempt.choose(*number);
                }
            }
            Tell::Guess(moment) => {
                if let Some(attempt) = self.trying() {
                    attempt.guess = Some(*moment);
                }
            }
            // What was typed is forgotten.
            Tell::Leave if had_typed => {}
            Tell::Leave if self.opened.is_some() => self.opened = None,
            Tell::Leave if self.cover.is_some() => self.cover = None,
            Tell::Leave | Tell::End => return Course::Ends,
            // Where windows stand is the app's business.
            Tell::Place | Tell::FillScreen | Tell::Other => {}
        }
        Course::Goes
    }

    /// Goes on by itself where that is due, and says in how many seconds it will be.
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

    /// How much of the time on this step has gone by, from 0 to 1, where it goes on by itself.
    pub fn autoplay_share(&self, now_secs: f64) -> Option<f32> {
        let since = self.autoplay_since?;
        let share = (now_secs - since) / f64::from(self.autoplay_secs.max(1));
        Some(share.clamp(0.0, 1.0) as f32)
    }

    fn next(&mut self) {
        if self.opened.take().is_some() {
            // The step goes on where it was.
        } else if self.cover.is_none() && self.open_question().is_some() {
            self.reveal();
        } else {
            self.go_to(self.step + 1);
        }
    }

    fn go_to(&mut self, step: usize) {
        (self.cover, self.opened, self.scrolled) = (None, None, 0);
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
    fn trying(&mut self) -> Option<&mut Attempt> {
        self.open_question()?;
        self.attempts.get_mut(self.step)
    }

    /// Enter: takes a card up or puts it down, chooses an answer; once something is chosen or guessed,
    /// answers.
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

    /// At a question the cursor goes up or down; else a long text is scrolled.
    fn step_cursor(&mut self, is_up: bool, timeline: &Timeline) {
        let camera = self.camera();
        let step = self.now().cloned();
        match (step, self.trying()) {
            (Some(step), Some(attempt)) => attempt.step(&step, is_up, camera, timeline),
            _ if is_up => self.scrolled = (self.scrolled - 1).max(0),
            _ => self.scrolled += 1,
        }
    }
}

#[cfg(test)]
mod tests;
