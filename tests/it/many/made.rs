//! Random chronologies of any size, the same for the same seed.
//!
//! They are like those of `benches/common`, but built directly and not parsed from text: ten
//! thousand events take an unoptimised build some 0.1 s. Each title begins with its event's number,
//! so that a label in a scene identifies its event.

use std::{fmt::Write as _, sync::Arc};

use meanwhile::{
    model::{FileEvent, Header, Lane, Texts, Timeline, TimelineBuilder},
    time::{Bound, Civil, DateRange, Moment, Precision, When},
};

/// How events are distributed in time.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// Mostly recent: year = 2025 − 5000 u³; 30 % spans; older dates are less precise.
    History,
    /// A thousand years, with 80 % of the events in ten of them.
    Burst,
    /// Ten events over five millennia, all others within one hour.
    Needle,
    /// Spans that overlap, up to some 500 in each lane at any time.
    Deep,
    /// Everything at one instant.
    Same,
    /// Some 40 runs, from a month to a century long, with gaps of all widths between them.
    Runs,
    /// As `History`, with titles in Arabic, Chinese, mixed directions, and of 200 characters.
    Text,
}

impl Distribution {
    /// All distributions.
    pub const ALL: [Self; 7] = [
        Self::History,
        Self::Burst,
        Self::Needle,
        Self::Deep,
        Self::Same,
        Self::Runs,
        Self::Text,
    ];
}

/// `SplitMix64`: no update of a crate changes what a seed stands for.
pub struct Random(pub u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// The next number in 0 ≤ u < 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// The next number in 0 ≤ i < `below`.
    pub fn below(&mut self, below: usize) -> usize {
        (self.unit() * below as f64) as usize
    }
}

const LANES: [&str; 5] = ["War", "Trade", "Science", "Law and faith", "Arts"];
const WORDS: [&str; 16] = [
    "siege", "of", "the", "treaty", "council", "revolt", "in", "harbour", "letter", "to", "fleet",
    "burns", "charter", "reaches", "city", "peace",
];
const FOREIGN: [&str; 10] = [
    "معركة",
    "الموصل",
    "اتفاق",
    "السلام",
    "مجلس",
    "條約",
    "戰役",
    "江戸",
    "始まる",
    "(2016)",
];
const YEAR_SECS: f64 = 31_556_952.0;
const DAY_SECS: i64 = 86_400;

/// A chronology of `events` events in five lanes.
pub fn timeline(distribution: Distribution, events: usize, seed: u64) -> Arc<Timeline> {
    timeline_in_lanes(LANES.len(), distribution, events, seed)
}

/// A chronology of `events` events in up to five lanes.
pub fn timeline_in_lanes(
    count: usize,
    distribution: Distribution,
    events: usize,
    seed: u64,
) -> Arc<Timeline> {
    let mut random = Random(seed);
    let as_of = Moment::from_civil(Civil::date(2026, 1, 1)).expect("a date");
    let mut builder = TimelineBuilder::new(Header {
        title: format!("{distribution:?} {events}"),
        as_of: Some(When::Date(range(as_of.secs(), Precision::Day))),
        ..Header::default()
    });
    let lanes = LANES.map(|label| {
        let lane = Lane {
            id: label.to_owned(),
            label: label.to_owned(),
            ..Lane::EMPTY
        };
        builder.lane(lane).expect("a lane")
    });
    let mut title = String::new();
    for number in 0..events {
        write_title(distribution, number, &mut random, &mut title);
        let texts = Texts {
            title: &title,
            ..Texts::default()
        };
        let importance = match random.unit() {
            u if u < 0.01 => 5,
            u if u < 0.05 => 4,
            u if u < 0.20 => 3,
            u if u < 0.50 => 2,
            _ => 1,
        };
        let when = when(distribution, (number, events), &mut random);
        builder.event(&FileEvent {
            lane: Some(lanes[random.below(count)]),
            importance,
            ..FileEvent::new(texts, Some(when))
        });
    }
    Arc::new(builder.build())
}

/// Spans that all overlap, evenly in `lanes` lanes of this name.
pub fn overlapping(events: usize, lanes: usize, name: &str) -> Arc<Timeline> {
    let mut builder = TimelineBuilder::new(Header::default());
    let lane = |number: usize| Lane {
        id: number.to_string(),
        label: name.to_owned(),
        ..Lane::EMPTY
    };
    let lanes: Vec<_> = (0..lanes)
        .map(|it| builder.lane(lane(it)).expect("a lane"))
        .collect();
    for number in 0..events {
        let texts = Texts {
            title: &format!("{number} overlaps"),
            ..Texts::default()
        };
        let start = secs_of_year(2000.0 + number as f64);
        let when = span(start, start + secs_of_year(2020.0), Precision::Year);
        builder.event(&FileEvent {
            lane: Some(lanes[number % lanes.len()]),
            ..FileEvent::new(texts, Some(when))
        });
    }
    Arc::new(builder.build())
}

/// Events of one lane that begin at these seconds after 1970-01-01.
pub fn lane_of(starts: impl IntoIterator<Item = i64>) -> Arc<Timeline> {
    let mut builder = TimelineBuilder::new(Header::default());
    for (number, start) in starts.into_iter().enumerate() {
        let texts = Texts {
            title: &format!("{number} in a row"),
            ..Texts::default()
        };
        let when = When::Date(range(start, Precision::Second));
        builder.event(&FileEvent::new(texts, Some(when)));
    }
    Arc::new(builder.build())
}

fn write_title(distribution: Distribution, number: usize, random: &mut Random, out: &mut String) {
    out.clear();
    // Writing to a String cannot fail.
    let _ = write!(out, "{number}");
    let is_foreign = distribution == Distribution::Text && number % 4 < 3;
    let list: &[&str] = if is_foreign { &FOREIGN } else { &WORDS };
    let is_long = distribution == Distribution::Text && number % 4 == 3;
    let words = 3 + random.below(6);
    let mut count = 0;
    while count < words || (is_long && out.len() < 200) {
        let gap = if is_foreign && number % 4 == 1 && count > 0 {
            ""
        } else {
            " "
        };
        out.push_str(gap);
        out.push_str(list[random.below(list.len())]);
        count += 1;
    }
}

fn when(distribution: Distribution, (number, events): (usize, usize), random: &mut Random) -> When {
    match distribution {
        Distribution::History | Distribution::Text => {
            let year = 2025.0 - 5000.0 * random.unit().powi(3);
            let given = match (random.unit(), year) {
                (u, 1800.0..) if u < 0.6 => Precision::Day,
                (u, 1000.0..) if u < 0.4 => Precision::Month,
                _ => Precision::Year,
            };
            let start = secs_of_year(year);
            if random.unit() < 0.3 {
                let years = (0.1 + (2025.0 - year) * 0.03) * -(1.0 - random.unit()).ln();
                span(start, secs_of_year((year + years).min(2025.9)), given)
            } else {
                When::Date(range(start, given))
            }
        }
        Distribution::Burst => {
            let (from, years) = if random.unit() < 0.8 {
                (2003.0, 10.0)
            } else {
                (1025.0, 1000.0)
            };
            let start = secs_of_year(from + years * random.unit());
            if random.unit() < 0.3 {
                let length = (0.1 * random.unit() * YEAR_SECS) as i64 + DAY_SECS;
                span(start, start + length, Precision::Day)
            } else {
                When::Date(range(start, Precision::Day))
            }
        }
        Distribution::Needle if number < 10 => {
            let year = -3000.0 + 5000.0 * random.unit();
            When::Date(range(secs_of_year(year), Precision::Year))
        }
        Distribution::Needle => {
            let hour = Moment::from_civil(Civil::date(2016, 10, 20)).expect("a date");
            let start = hour.secs() + 9 * 3600 + random.below(3600) as i64;
            When::Date(range(start, Precision::Second))
        }
        Distribution::Runs => {
            // A run's position and length depend on its number alone.
            let mut run = Random(random.below(40) as u64);
            let from = 1025.0 + 900.0 * run.unit();
            let years = 100.0 * 0.001_f64.powf(run.unit());
            let start = secs_of_year(from + years * random.unit());
            When::Date(range(start, Precision::Day))
        }
        Distribution::Deep => {
            let length = (500.0 * 2000.0 * LANES.len() as f64 / events as f64).min(1500.0);
            let length = length * (0.5 + random.unit());
            let start = 25.0 + (2000.0 - length).max(1.0) * random.unit();
            let end = secs_of_year(start + length) + DAY_SECS;
            span(secs_of_year(start), end, Precision::Day)
        }
        Distribution::Same => {
            let at = Civil {
                hour: 9,
                minute: 30,
                ..Civil::date(2016, 10, 20)
            };
            let at = Moment::from_civil(at).expect("a date");
            When::Date(range(at.secs(), Precision::Second))
        }
    }
}

fn secs_of_year(year: f64) -> i64 {
    ((year - 1970.0) * YEAR_SECS) as i64
}

fn span(start: i64, end: i64, given: Precision) -> When {
    When::Span {
        start: Bound::Known(range(start, given)),
        end: Bound::Known(range(end, given)),
    }
}

/// The year, month, day or second in which an instant lies.
fn range(secs: i64, given: Precision) -> DateRange {
    let at = Moment::from_secs(secs);
    let Civil {
        year, month, day, ..
    } = at.civil();
    let date =
        |year, month, day| Moment::from_civil(Civil::date(year, month, day)).expect("a date");
    let (from, to) = match given {
        Precision::Year => (date(year, 1, 1), date(year + 1, 1, 1)),
        Precision::Month if month == 12 => (date(year, 12, 1), date(year + 1, 1, 1)),
        Precision::Month => (date(year, month, 1), date(year, month + 1, 1)),
        Precision::Day => {
            let from = date(year, month, day);
            (from, from.plus_secs(DAY_SECS))
        }
        _ => (at, at.plus_secs(1)),
    };
    DateRange::new(from, to, given)
}
