//! What the class answers: cards put in order, a guess on the axis, or one of several answers.

use crate::{
    layout::Camera,
    layout::lesson_timeline::WIDTH_PX,
    model::{EventId, Question, Step, Timeline},
    time::{Civil, DateRange, Moment, Precision, When, between::between, words},
};

/// A guess is no finer than this share of the view: no pointer is more precise.
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
    /// Index of the card or answer at the keyboard cursor.
    pub cursor: usize,
    /// Whether that card has been picked up and moves with the cursor.
    pub is_held: bool,
    /// Whether a card was moved at all.
    pub is_tried: bool,
    /// The cards in their current order.
    pub order: Vec<EventId>,
    /// Index of the chosen answer.
    pub choice: Option<usize>,
    /// The guessed time of the event.
    pub guess: Option<Moment>,
}

/// How good an attempt was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it was right; `None` where nothing was tried.
    pub is_right: Option<bool>,
    /// In words, with how far off it was.
    pub words: String,
}

impl Attempt {
    /// The initial attempt at a step's question. Cards that the file lists in the right order are
    /// reversed: they would give the answer away.
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

    /// Moves the card at index `from` to index `to`.
    pub fn put(&mut self, from: usize, to: usize) {
        if from < self.order.len() && to < self.order.len() {
            let card = self.order.remove(from);
            self.order.insert(to, card);
            self.cursor = to;
            self.is_tried = true;
        }
    }

    /// Moves a card to index `to`; where it is there already, the order stays.
    pub fn put_card(&mut self, card: EventId, to: usize) {
        if let Some(from) = self.order.iter().position(|&it| it == card) {
            self.put(from, to);
        }
    }

    /// Chooses an answer by its index, or clears the choice if it is that one.
    pub fn choose(&mut self, number: usize) {
        self.cursor = number;
        self.choice = (self.choice != Some(number)).then_some(number);
    }

    /// Picks up or drops the card at the cursor, or chooses the answer there. Returns whether it
    /// did either; if not, the current choice or guess is final.
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

    /// Moves the cursor, and the card that it holds, up or down. A guess moves later (up) or
    /// earlier by one unit of its precision. `camera` is that of a plot [`WIDTH_PX`] wide.
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

    /// The guess in words: as precise as the event's date, but no finer than one can point in a
    /// plot [`WIDTH_PX`] wide.
    pub fn guess_words(&self, step: &Step, camera: Camera, timeline: &Timeline) -> Option<String> {
        let range = guessed(self.guess?, &timeline.when(step.event?), camera);
        Some(words::label(&When::Date(range), words::Outlook::Happened))
    }

    /// How good the attempt is, with the camera of a plot [`WIDTH_PX`] wide.
    pub fn verdict(&self, step: &Step, camera: Camera, timeline: &Timeline) -> Verdict {
        let (is_right, words) = match (&step.question, step.event) {
            (Some(Question::Order(_)), _) => {
                let wrong = misplaced(&self.order, timeline);
                if !self.is_tried {
                    return Verdict {
                        is_right: None,
                        words: "This is the order.".to_owned(),
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
                    Some(_) => (Some(false), format!("Not quite. The answer: {right}")),
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
        // Right as far as one can point: the guessed range overlaps the event.
        if range.earliest < to && from < range.latest {
            return (Some(true), "Right.".to_owned());
        }
        let is_early = guess < from;
        let mut words = if range.precision <= Precision::Hour {
            // Hours for two instants; for a date known to the hour `between` gives days.
            let guess = DateRange::new(guess, guess.plus_secs(60), Precision::Minute);
            between(&When::Date(guess), &when).words.date
        } else {
            // In whole units, as one counts them: from 2013 to 2014 it is one year.
            let near = if is_early { from } else { to.plus_secs(-1) };
            let near = part_around(near, range.precision);
            let first_day = |part: DateRange| {
                let begin = part.earliest;
                When::Date(DateRange::new(
                    begin,
                    begin.plus_secs(86_400),
                    Precision::Day,
                ))
            };
            between(&first_day(range), &first_day(near)).words.date
        };
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let side = if is_early { "too early" } else { "too late" };
        (Some(false), format!("{words} {side}."))
    }
}

/// Number of cards out of chronological order. Events with the same start may lie either way round.
fn misplaced(order: &[EventId], timeline: &Timeline) -> usize {
    let starts = || order.iter().map(|&event| timeline.start(event));
    let mut sorted: Vec<Moment> = starts().collect();
    sorted.sort_unstable();
    starts()
        .zip(sorted)
        .filter(|(here, there)| here != there)
        .count()
}

/// The range that a guess stands for: at the event's own precision, or the coarser one of pointing.
fn guessed(guess: Moment, when: &When, camera: Camera) -> DateRange {
    let least_secs = camera.secs_per_px() * WIDTH_PX * LEAST_SHARE;
    part_around(guess, when.precision().max(pointed(least_secs)))
}

/// The finest precision whose unit is about this many seconds long.
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
            // The next lower power of ten, at least 10,000 years.
            let power = (secs / YEAR_SECS).log10().floor().clamp(4.0, 9.0) as u32;
            Precision::Years(10_u64.pow(power))
        },
        |(_, precision)| *precision,
    )
}

/// The hour, day, month, year or larger unit of a precision that contains an instant.
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
