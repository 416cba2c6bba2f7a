//! What the class answers: cards in an order, a guess on the axis, an answer of several.

use crate::{
    layout::Camera,
    layout::cast::WIDTH_PX,
    model::{EventId, Question, Step, Timeline},
    time::{Civil, DateRange, Moment, Precision, When, between::between, words},
};

/// A guess is no finer than this share of what is in view: nobody points more exactly.
const LEAST_SHARE: f64 = 0.01;
/// Mean lengths of a day and a year, in seconds.
const DAY_SECS: f64 = 86_400.0;
/// See [`DAY_SECS`].
const YEAR_SECS: f64 = 365.2425 * DAY_SECS;

/// An attempt at a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attempt {
    /// Whether the answer has been shown.
    pub is_revealed: bool,
    /// The card or answer at which the keyboard stands.
    pub cursor: usize,
    /// Whether that card has been taken up and moves with the cursor.
    pub is_held: bool,
    /// Whether a card was moved at all.
    pub is_tried: bool,
    /// The cards in the order in which they lie.
    pub order: Vec<EventId>,
    /// The answer that was chosen.
    pub choice: Option<usize>,
    /// When it was, as was guessed.
    pub guess: Option<Moment>,
}

/// What there is to say of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it was right; `None` where nothing was tried.
    pub is_right: Option<bool>,
    /// In words, with how far off it was.
    pub words: String,
}

impl Attempt {
    /// The first state of a step's question. Cards that the file lists in their right order are turned
    /// round: they would give themselves away.
    pub fn at(step: &Step, timeline: &Timeline) -> Self {
        let mut order = match &step.question {
            Some(Question::Order(events)) => events.clone(),
            _ => Vec::new(),
        };
        if misplaced(&order, timeline) == 0 {
            order.reverse();
        }
        Self {
            order,
            ..Self::default()
        }
    }

    /// Puts a card to another place.
    pub fn put(&mut self, from: usize, to: usize) {
        if from < self.order.len() && to < self.order.len() {
            let card = self.order.remove(from);
            self.order.insert(to, card);
            self.cursor = to;
            self.is_tried = true;
        }
    }

    /// Puts a card to a place; where it lies there already nothing happens.
    pub fn put_card(&mut self, card: EventId, to: usize) {
        if let Some(from) = self.order.iter().position(|&it| it == card) {
            self.put(from, to);
        }
    }

    /// Chooses an answer, or no longer.
    pub fn choose(&mut self, number: usize) {
        self.cursor = number;
        self.choice = (self.choice != Some(number)).then_some(number);
    }

    /// Takes or puts down the card at the cursor, or chooses the answer there. Tells whether there was
    /// something to pick: else what stands is the answer.
    pub fn pick(&mut self, question: &Question) -> bool {
        match question {
            Question::Order(_) => {
                self.is_held = !self.is_held;
                true
            }
            Question::Choose(_) if self.choice != Some(self.cursor) => {
                self.choice = Some(self.cursor);
                true
            }
            Question::Choose(_) | Question::When => false,
        }
    }

    /// The cursor, and the card that it holds, goes up or down; a guess later or earlier by what its
    /// date is known to, in a view over [`WIDTH_PX`].
    pub fn step(&mut self, step: &Step, is_up: bool, camera: Camera, timeline: &Timeline) {
        let count = match &step.question {
            Some(Question::Order(_)) => self.order.len(),
            Some(Question::Choose(answers)) => answers.len(),
            Some(Question::When) => {
                if let Some(event) = step.event {
                    self.step_guess(&timeline.when(event), is_up, camera);
                }
                return;
            }
            None => return,
        };
        let last = count.saturating_sub(1);
        let to = if is_up {
            self.cursor.saturating_sub(1)
        } else {
            (self.cursor + 1).min(last)
        };
        if self.is_held {
            self.put(self.cursor, to);
        }
        self.cursor = to;
    }

    fn step_guess(&mut self, when: &When, is_up: bool, camera: Camera) {
        let Some(guess) = self.guess else {
            self.guess = Some(camera.time_from_x(WIDTH_PX / 2.0));
            return;
        };
        let range = guessed(guess, when, camera);
        let by = range.latest.secs().saturating_sub(range.earliest.secs());
        let middle = i64::midpoint(range.earliest.secs(), range.latest.secs());
        let to = middle.saturating_add(if is_up { by } else { -by });
        let (first, last) = (camera.time_from_x(0.0), camera.time_from_x(WIDTH_PX));
        self.guess = Some(Moment::from_secs(to).clamp(first, last));
    }

    /// The guess in words: as exactly as the event's date is known, and as one can point in a view over
    /// [`WIDTH_PX`].
    pub fn guess_words(&self, step: &Step, camera: Camera, timeline: &Timeline) -> Option<String> {
        let range = guessed(self.guess?, &timeline.when(step.event?), camera);
        Some(words::label(&When::Date(range), words::Mood::Told))
    }

    /// How good it is, in a view over [`WIDTH_PX`].
    pub fn verdict(&self, step: &Step, camera: Camera, timeline: &Timeline) -> Verdict {
        let (is_right, words) = match (&step.question, step.event) {
            (Some(Question::Order(_)), _) => {
                let wrong = misplaced(&self.order, timeline);
                if !self.is_tried {
                    return Verdict {
                        is_right: None,
                        words: "In this order:".to_owned(),
                    };
                }
                let words = match wrong {
                    0 => "Right: that is the order.".to_owned(),
                    1 => "One card is out of its place.".to_owned(),
                    n => format!("{n} of {} cards are out of their places.", self.order.len()),
                };
                (Some(wrong == 0), words)
            }
            (Some(Question::Choose(answers)), _) => {
                let right = answers.iter().find(|answer| answer.is_right);
                let right = right.map_or("", |answer| answer.text.as_str());
                match self.choice.and_then(|choice| answers.get(choice)) {
                    None => (None, format!("The answer: {right}")),
                    Some(answer) if answer.is_right => (Some(true), "Right.".to_owned()),
                    Some(_) => (Some(false), format!("No: {right}")),
                }
            }
            (Some(Question::When), Some(event)) => self.guess_verdict(event, camera, timeline),
            _ => (None, String::new()),
        };
        Verdict { is_right, words }
    }

    fn guess_verdict(
        &self,
        event: EventId,
        camera: Camera,
        timeline: &Timeline,
    ) -> (Option<bool>, String) {
        let when = timeline.when(event);
        let Some(guess) = self.guess else {
            return (None, String::new());
        };
        let (from, to) = (timeline.start(event), timeline.end(event));
        let range = guessed(guess, &when, camera);
        // What was pointed at as well as one can.
        if range.earliest < to && from < range.latest {
            return (Some(true), "Right.".to_owned());
        }
        // Hours are told between two instants: a date that is known to the hour is told in days.
        let told = if range.precision == Precision::Hour {
            DateRange::new(
                guess,
                Moment::from_secs(guess.secs().saturating_add(60)),
                Precision::Minute,
            )
        } else {
            range
        };
        let mut words = between(&When::Date(told), &when).words.date;
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let side = if guess < from {
            "too early"
        } else {
            "too late"
        };
        (Some(false), format!("{words} {side}."))
    }
}

/// How many cards do not lie where the order of time puts them. Events that begin alike may lie either
/// way round.
fn misplaced(order: &[EventId], timeline: &Timeline) -> usize {
    let starts = || order.iter().map(|&event| timeline.start(event));
    let mut sorted: Vec<Moment> = starts().collect();
    sorted.sort_unstable();
    starts()
        .zip(sorted)
        .filter(|(here, there)| here != there)
        .count()
}

/// The part of time that a guess means: of the event's own precision, or as much coarser as one points.
fn guessed(guess: Moment, when: &When, camera: Camera) -> DateRange {
    let least_secs = camera.secs_per_px() * WIDTH_PX * LEAST_SHARE;
    part_around(guess, when.precision().max(pointed(least_secs)))
}

/// The finest precision whose parts are about as long as this.
fn pointed(secs: f64) -> Precision {
    const COARSER: [(f64, Precision); 7] = [
        (0.5, Precision::Hour),
        (15.0, Precision::Day),
        (200.0, Precision::Month),
        (4.0 * 365.0, Precision::Year),
        (40.0 * 365.0, Precision::Decade),
        (400.0 * 365.0, Precision::Century),
        (4_000.0 * 365.0, Precision::Millennium),
    ];
    let found = COARSER.iter().find(|(days, _)| secs < days * DAY_SECS);
    found.map_or_else(
        || {
            // The power of ten below it, of 10,000 years at least.
            let power = (secs / YEAR_SECS).log10().floor().clamp(4.0, 9.0) as u32;
            Precision::Years(10_u64.pow(power))
        },
        |(_, precision)| *precision,
    )
}

/// The hour, day, month, year or larger part of time around an instant, by a precision.
fn part_around(moment: Moment, precision: Precision) -> DateRange {
    let civil = moment.civil();
    let years = |count: i64| {
        let first = civil.year.div_euclid(count).saturating_mul(count);
        let after = first.saturating_add(count);
        (Moment::year_start(first), Moment::year_start(after))
    };
    let of = |civil: Civil| Moment::from_civil(civil).unwrap_or(moment);
    let day = Civil::date(civil.year, civil.month, civil.day);
    let lasting = |from: Civil, secs: i64| {
        let from = of(from);
        (from, Moment::from_secs(from.secs().saturating_add(secs)))
    };
    let (precision, (earliest, latest)) = match precision {
        Precision::Second | Precision::Minute | Precision::Hour => {
            (Precision::Hour, lasting(day.at(civil.hour, 0, 0), 3_600))
        }
        Precision::Day => (Precision::Day, lasting(day, 86_400)),
        Precision::Month | Precision::Season => {
            let next = match civil.month {
                12 => Civil::year(civil.year.saturating_add(1)),
                month => Civil::date(civil.year, month + 1, 1),
            };
            let first = of(Civil::date(civil.year, civil.month, 1));
            (Precision::Month, (first, of(next)))
        }
        Precision::Year => (precision, years(1)),
        Precision::Decade => (precision, years(10)),
        Precision::Century => (precision, years(100)),
        Precision::Millennium => (precision, years(1_000)),
        Precision::Years(count) => {
            let count = i64::try_from(count).unwrap_or(i64::MAX).max(1);
            (precision, years(count))
        }
    };
    DateRange::new(earliest, latest, precision)
}
