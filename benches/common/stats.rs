//! Percentiles of samples, and what must accompany any figure: the seed, the number of samples, and
//! the load of the machine.

use std::{fmt, time::Duration};

/// Measured values, one per frame or run; milliseconds unless stated otherwise.
#[derive(Clone, Debug, Default)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// Adds a sample.
    pub fn push(&mut self, value: f64) {
        self.0.push(value);
    }

    /// Whether there are no samples.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The samples in the order in which they were measured.
    pub fn iter(&self) -> impl Iterator<Item = f64> + '_ {
        self.0.iter().copied()
    }

    /// Their number, percentiles, extremes and sum.
    pub fn summary(&self) -> Summary {
        let mut sorted = self.0.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        // The nearest rank: a percentile is always one of the samples.
        let rank = |percent: f64| {
            let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
            sorted
                .get(rank.saturating_sub(1))
                .copied()
                .unwrap_or(f64::NAN)
        };
        Summary {
            n: sorted.len(),
            min: rank(0.0),
            p50: rank(50.0),
            p95: rank(95.0),
            p99: rank(99.0),
            max: rank(100.0),
            sum: sorted.iter().sum(),
        }
    }
}

impl FromIterator<f64> for Samples {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

/// Number, percentiles, extremes and sum of samples.
#[derive(Copy, Clone, Debug)]
pub struct Summary {
    /// How many samples there were.
    pub n: usize,
    /// The smallest.
    pub min: f64,
    /// The median.
    pub p50: f64,
    /// The 95th percentile.
    pub p95: f64,
    /// The 99th percentile.
    pub p99: f64,
    /// The largest.
    pub max: f64,
    /// The sum of all samples.
    pub sum: f64,
}

/// Displays a number with about three significant digits: `0.0123`, `1.23`, `123`.
#[derive(Copy, Clone)]
pub struct Short(pub f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0;
        let text = match value.abs() {
            _ if value.is_nan() => "–".to_owned(),
            0.0 => "0".to_owned(),
            size if size < 0.1 => format!("{value:.4}"),
            size if size < 1.0 => format!("{value:.3}"),
            size if size < 10.0 => format!("{value:.2}"),
            size if size < 100.0 => format!("{value:.1}"),
            _ => format!("{value:.0}"),
        };
        f.pad(&text)
    }
}

/// p50, p95, p99 and the maximum as columns of a table, each nine characters wide.
pub fn columns(summary: &Summary) -> String {
    let Summary {
        p50, p95, p99, max, ..
    } = *summary;
    let [p50, p95, p99, max] = [p50, p95, p99, max].map(Short);
    format!("{p50:>9}{p95:>9}{p99:>9}{max:>9}")
}

/// A duration in milliseconds.
pub fn millis(elapsed: Duration) -> f64 {
    elapsed.as_secs_f64() * 1e3
}

/// A figure for the flatness table: how much it grows with the number of events.
pub struct Flat {
    /// What was measured: the same at every size.
    pub name: String,
    /// The number of events.
    pub events: usize,
    /// The 95th percentile.
    pub p95: f64,
}

/// Prints each figure divided by that of `base` events: 1 is flat, and the goal is under 2.
pub fn print_flatness(figures: &[Flat], base: usize) {
    if !figures.iter().any(|figure| figure.events > base) {
        return;
    }
    let size = size_name(base);
    println!("\nflatness: p95 over p95 of {size} on the same path");
    for first in figures.iter().filter(|figure| figure.events == base) {
        let larger = figures
            .iter()
            .filter(|figure| figure.name == first.name && figure.events > base);
        let ratios: Vec<String> = larger
            .map(|figure| {
                let size = size_name(figure.events);
                format!("{size} {}", Short(figure.p95 / first.p95))
            })
            .collect();
        println!("{}{}", first.name, ratios.join("  "));
    }
}

/// The load average of the last minute; `None` where the system does not report it.
pub fn load_average() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// The first line of a run's output.
pub fn about(what: &str, seed: u64) -> String {
    about_unseeded(&format!("{what} · seed {seed}"))
}

/// The first line of a run's output, without a seed.
pub fn about_unseeded(what: &str) -> String {
    let load = load_average().map_or("unknown".to_owned(), |load| format!("{load:.2}"));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let version = env!("CARGO_PKG_VERSION");
    format!("{what} · Meanwhile {version} · {cores} cores · load average {load}")
}

/// A number of events in short form: `1k`, `100k`, `10m`.
pub fn size_name(events: usize) -> String {
    match events {
        1000..1_000_000 if events.is_multiple_of(1000) => format!("{}k", events / 1000),
        1_000_000.. if events.is_multiple_of(1_000_000) => format!("{}m", events / 1_000_000),
        _ => events.to_string(),
    }
}
