//! Chronologies of any size, the same for the same seed.
//!
//! A row is what a plain event of a real file has: id, title of 3 to 8 words, EDTF date, one of
//! five lanes, importance (few are 5), a summary of some 60 characters. A million rows of `history`
//! are about 186 MB. Rows are not sorted by time, which is the harder case, and are made one at a
//! time, so that ten million of them need no memory.
//!
//! Size 10 is not generated. It stands for the chronology that ships, whatever the distribution.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use clap::ValueEnum;
use meanwhile::time::{Civil, Moment};

use super::random::Random;

/// The size that stands for the chronology that ships.
pub const SHIPPED: usize = 10;
/// The names of the lanes.
pub const LANES: [&str; 5] = ["War", "Trade", "Science", "Law and faith", "Arts"];
/// A Gregorian year, in seconds.
const YEAR_SECS: f64 = 31_556_952.0;
const DAY_SECS: i64 = 86_400;

/// How events lie in time.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum Distribution {
    /// Most of what is known is recent: year = 2025 − 5000 u³; 30 % spans; dates to the day, month
    /// or year, coarser the older.
    History,
    /// A thousand years, evenly, to the day; 30 % spans.
    Uniform,
    /// A thousand years, with 80 % of the events in ten of them.
    Burst,
    /// Ten events over five millennia, all others within one hour, to the second.
    Needle,
    /// Some 500 spans overlap in each lane at any time.
    Deep,
    /// Everything at one instant.
    Same,
    /// As `history`, with titles in Arabic, Chinese, Japanese, mixed directions, and of 200
    /// characters.
    Text,
}

impl Distribution {
    /// Its name in options and tables.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// A chronology to generate.
#[derive(Copy, Clone, Debug)]
pub struct Workload {
    /// How its events lie in time.
    pub distribution: Distribution,
    /// The number of events.
    pub events: usize,
    /// The seed of its random numbers.
    pub seed: u64,
}

/// One event. Its texts hold neither quotes nor backslashes, so they are JSON as they are.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// `e` and its number.
    pub id: String,
    /// The title.
    pub title: String,
    /// The date, in EDTF.
    pub date: String,
    /// Which of [`LANES`].
    pub lane: usize,
    /// From 1 to 5.
    pub importance: u8,
    /// The summary.
    pub summary: String,
}

impl Workload {
    /// Whether it is the chronology that ships.
    pub const fn is_shipped(&self) -> bool {
        self.events == SHIPPED
    }

    /// Its name in tables, without the size.
    pub fn name(&self) -> String {
        if self.is_shipped() {
            "shipped".to_owned()
        } else {
            self.distribution.name()
        }
    }

    /// Passes every row in turn to `take`; the row's buffers are reused.
    ///
    /// # Errors
    ///
    /// The first error of `take`, after which it stops.
    pub fn each<E>(&self, mut take: impl FnMut(&Row) -> Result<(), E>) -> Result<(), E> {
        let mut random = Random::new(self.seed);
        let mut row = Row::default();
        for number in 0..self.events {
            self.fill(number, &mut random, &mut row);
            take(&row)?;
        }
        Ok(())
    }

    /// Writes it as a timeline.json.
    ///
    /// # Errors
    ///
    /// Where `out` cannot be written to.
    pub fn write_json(&self, mut out: impl Write) -> io::Result<()> {
        if self.is_shipped() {
            return out.write_all(meanwhile::open::SHIPPED.as_bytes());
        }
        let Self {
            distribution,
            events,
            seed,
        } = self;
        let name = distribution.name();
        write!(
            out,
            r#"{{"title":"{events} events, {name}, seed {seed}","as_of":"2026","lanes":["#
        )?;
        for (number, label) in LANES.iter().enumerate() {
            let comma = if number > 0 { "," } else { "" };
            write!(out, r#"{comma}{{"id":"lane-{number}","label":"{label}"}}"#)?;
        }
        out.write_all(b"],\"events\":[")?;
        let mut comma = "";
        self.each(|row| {
            let Row {
                id,
                title,
                date,
                lane,
                importance,
                summary,
            } = row;
            let done = write!(
                out,
                "{comma}\n{{\"id\":\"{id}\",\"title\":\"{title}\",\"date\":\"{date}\",\
                 \"lane\":\"lane-{lane}\",\"importance\":{importance},\"summary\":\"{summary}\"}}"
            );
            comma = ",";
            done
        })?;
        out.write_all(b"\n]}\n")?;
        out.flush()
    }

    fn fill(&self, number: usize, random: &mut Random, row: &mut Row) {
        row.id.clear();
        row.date.clear();
        row.title.clear();
        row.summary.clear();
        // Writing to a String cannot fail.
        let _ = write!(row.id, "e{number}");
        row.lane = random.below(LANES.len());
        row.importance = match random.unit() {
            u if u < 0.01 => 5,
            u if u < 0.05 => 4,
            u if u < 0.20 => 3,
            u if u < 0.50 => 2,
            _ => 1,
        };
        self.date(number, random, &mut row.date);
        if self.distribution == Distribution::Text {
            foreign_title(number, random, &mut row.title);
        } else {
            let words = 3 + random.below(6);
            sentence(random, &mut row.title, |_, count| count >= words);
        }
        sentence(random, &mut row.summary, |text, _| text.len() >= 57);
        row.summary.push('.');
    }

    fn date(&self, number: usize, random: &mut Random, out: &mut String) {
        match self.distribution {
            Distribution::History | Distribution::Text => history(random, out),
            Distribution::Uniform => {
                let year = 1025.0 + 1000.0 * random.unit();
                days(random, year, 0.3, out);
            }
            Distribution::Burst => {
                let is_in_burst = random.unit() < 0.8;
                let (from, years) = if is_in_burst {
                    (2003.0, 10.0)
                } else {
                    (1025.0, 1000.0)
                };
                let year = from + years * random.unit();
                days(random, year, 0.1, out);
            }
            Distribution::Needle if number < 10 => {
                let year = -3000.0 + 5000.0 * random.unit();
                push_date(out, secs_of_year(year), Given::Year);
            }
            Distribution::Needle => {
                let within = random.below(3600) as i64;
                let hour = Civil::date(2016, 10, 20);
                let start = Moment::from_civil(hour).map_or(0, Moment::secs) + 9 * 3600;
                push_date(out, start + within, Given::Second);
            }
            Distribution::Deep => {
                // In a lane, n/5 spans of length l over 2,000 years overlap (n/5) l / 2000 times.
                let length = (500.0 * 2000.0 * LANES.len() as f64 / self.events as f64).min(1500.0);
                let length = length * (0.5 + random.unit());
                let start = 25.0 + (2000.0 - length).max(1.0) * random.unit();
                push_date(out, secs_of_year(start), Given::Day);
                out.push('/');
                push_date(out, secs_of_year(start + length) + DAY_SECS, Given::Day);
            }
            Distribution::Same => out.push_str("2016-10-20T09:30:00"),
        }
    }
}

/// The precision in which a date is written.
#[derive(Copy, Clone)]
enum Given {
    Year,
    Month,
    Day,
    Second,
}

fn secs_of_year(year: f64) -> i64 {
    ((year - 1970.0) * YEAR_SECS) as i64
}

fn history(random: &mut Random, out: &mut String) {
    let year = 2025.0 - 5000.0 * random.unit().powi(3);
    let given = match (random.unit(), year) {
        (u, 1800.0..) if u < 0.6 => Given::Day,
        (u, 1800.0..) if u < 0.8 => Given::Month,
        (u, 1000.0..) if u < 0.3 => Given::Day,
        (u, 1000.0..) if u < 0.5 => Given::Month,
        _ => Given::Year,
    };
    push_date(out, secs_of_year(year), given);
    if random.unit() < 0.3 {
        let years = (0.1 + (2025.0 - year) * 0.03) * random.waiting();
        out.push('/');
        push_date(out, secs_of_year((year + years).min(2025.9)), given);
    }
}

/// A date to the day, and in 30 % of cases a span of `years` on average.
fn days(random: &mut Random, year: f64, years: f64, out: &mut String) {
    let start = secs_of_year(year);
    push_date(out, start, Given::Day);
    if random.unit() < 0.3 {
        let length = (years * random.waiting() * YEAR_SECS) as i64 + DAY_SECS;
        out.push('/');
        push_date(out, start + length, Given::Day);
    }
}

fn push_date(out: &mut String, secs: i64, given: Given) {
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
    } = Moment::from_secs(secs).civil();
    let sign = if year < 0 { "-" } else { "" };
    let year = year.unsigned_abs();
    // Writing to a String cannot fail.
    let _ = match given {
        Given::Year => write!(out, "{sign}{year:04}"),
        Given::Month => write!(out, "{sign}{year:04}-{month:02}"),
        Given::Day => write!(out, "{sign}{year:04}-{month:02}-{day:02}"),
        Given::Second => write!(
            out,
            "{sign}{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        ),
    };
}

/// Appends random words until `is_enough`, given the text and the number of words so far.
fn sentence(random: &mut Random, out: &mut String, is_enough: impl Fn(&str, usize) -> bool) {
    let mut count = 0;
    while !is_enough(out, count) {
        if count == 0 {
            let word = random.one_of(&WORDS);
            let (first, rest) = word.split_at(1);
            out.push_str(&first.to_uppercase());
            out.push_str(rest);
        } else {
            out.push(' ');
            out.push_str(random.one_of(&WORDS));
        }
        count += 1;
    }
}

/// Appends a title that is hard to typeset; the forms alternate.
fn foreign_title(number: usize, random: &mut Random, out: &mut String) {
    let join = |random: &mut Random, out: &mut String, words: &[&str], count: usize, gap: &str| {
        for word in 0..count {
            out.push_str(if word > 0 { gap } else { "" });
            out.push_str(random.one_of(words));
        }
    };
    let count = 3 + random.below(6);
    match number % 5 {
        0 => join(random, out, &ARABIC, count, " "),
        1 => join(random, out, &CHINESE, count, ""),
        2 => join(random, out, &JAPANESE, count, ""),
        3 => {
            join(random, out, &ARABIC, 2, " ");
            out.push_str(" (");
            join(random, out, &WORDS, 2, " ");
            out.push_str("), 2016");
        }
        _ => {
            sentence(random, out, |text, _| text.len() >= 200);
            out.truncate(200);
        }
    }
}

#[rustfmt::skip]
const WORDS: [&str; 64] = [
    "siege", "of", "the", "treaty", "king", "and", "council", "revolt", "in", "harbour", "first",
    "letter", "to", "senate", "fleet", "burns", "new", "charter", "plague", "reaches", "city",
    "peace", "with", "north", "railway", "opens", "crown", "trial", "eclipse", "seen", "from",
    "temple", "founded", "by", "miners", "strike", "bridge", "over", "river", "falls", "army",
    "crosses", "border", "census", "taken", "school", "printed", "edition", "election", "after",
    "long", "drought", "ship", "returns", "without", "captain", "second", "congress", "meets",
    "at", "old", "market", "law", "against",
];
const ARABIC: [&str; 12] = [
    "معركة",
    "الموصل",
    "اتفاق",
    "السلام",
    "مجلس",
    "النواب",
    "انتخابات",
    "الثورة",
    "في",
    "مدينة",
    "بغداد",
    "الأولى",
];
const CHINESE: [&str; 10] = [
    "條約",
    "戰役",
    "皇帝",
    "革命",
    "北京",
    "第一次",
    "會議",
    "選舉",
    "鐵路",
    "開通",
];
const JAPANESE: [&str; 10] = [
    "幕府",
    "の",
    "条約",
    "江戸",
    "が",
    "始まる",
    "戦い",
    "東京",
    "会議",
    "ひらく",
];
