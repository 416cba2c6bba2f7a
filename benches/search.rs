//! Measures searching and filtering a large file.
//!
//! ```sh
//! cargo bench --bench search
//! cargo bench --bench search -- --sizes 1m --workloads history,text
//! ```
//!
//! A workload's first line tells how long its words take to be read and how much memory they hold,
//! once a file that is searched. Then a line a query, as it grows letter by letter, with a typo, of
//! several words, and of what is not there; and a line a filter: milliseconds, of 21 runs after one
//! that is not counted, and how much was found. "With the rest hidden" ends when the coarsest rows of
//! what is left are there, which a window makes on a thread.
//!
//! Left out: the thread that a window asks on, and drawing what was found (`frame`).

mod common;

use std::{
    sync::{Arc, LazyLock},
    time::Instant,
};

use clap::Parser;
use common::{
    options::Options,
    stats::{self, Samples, Short, millis},
    subject,
    workload::{Distribution, Workload},
};
use meanwhile::{
    layout::{BundledFonts, Indexing, Key, Tally},
    model::{Certainty, Facet, Filter, LaneId, search::SearchIndex},
    time::Moment,
};

/// What is measured where nothing is asked for.
const SIZES: [usize; 2] = [10_000, 1_000_000];
/// See [`SIZES`].
const WORKLOADS: [Distribution; 2] = [Distribution::History, Distribution::Text];
/// The canvas for which the rest is hidden, in px.
const WINDOW: Key = Key {
    width_px: 1060.0,
    height_px: 776.0,
};
/// So often each is done.
const RUNS: usize = 21;

static FONTS: LazyLock<BundledFonts> = LazyLock::new(BundledFonts::default);

/// Measures search and filter.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

fn main() {
    let Arguments { options } = Arguments::parse();
    println!("{}", stats::about("search", options.seed));
    for workload in options.all(&SIZES, &WORKLOADS) {
        measure(&workload);
    }
}

fn measure(workload: &Workload) {
    let timeline = Arc::new(subject::timeline(workload));
    let begun = Instant::now();
    let index = SearchIndex::of(Arc::clone(&timeline), || true);
    let Some(index) = index else { return };
    println!(
        "\n{} {}: words read in {} ms, {} MiB",
        workload.distribution.name(),
        stats::size_name(workload.events),
        Short(millis(begun.elapsed())),
        Short(index.size() as f64 / f64::from(1 << 20)),
    );
    head("query");
    for words in [
        "s",
        "se",
        "sen",
        "sena",
        "senate",
        "snate",
        "senate trial",
        "council trial treaty",
        "qqqqqqqq",
        "ال",
    ] {
        line(words, || {
            let answer = index.find(&index.query(words), || true);
            answer.map_or(0, |answer| answer.count)
        });
    }
    head("filter");
    let tally = Tally::of(Arc::clone(&timeline));
    let lane = Filter::only(Facet::Lane(LaneId::new(0)));
    let mut several = lane.clone();
    several.toggle(
        Facet::Certainty(Certainty::Confirmed),
        timeline.lanes().len(),
    );
    several.set_range(Some((Moment::year_start(1500), Moment::year_start(1900))));
    let tally = Arc::new(tally);
    for (name, filter) in [("a lane", lane), ("lane, certainty, time", several)] {
        line(name, || filter.events(&timeline).len());
        line("  with its overview", || {
            tally.overview_of(filter.events(&timeline).iter()).len()
        });
        line("  with the rest hidden", || {
            let events = Arc::new(filter.events(&timeline));
            let chosen = Arc::new(Tally::choosing(&tally, events));
            Indexing::new(chosen, WINDOW, &*FONTS).index().tally.len()
        });
    }
}

fn head(name: &str) {
    println!(
        "{name:<24}{:>9}{:>9}{:>9}{:>11}",
        "p50 ms", "p95", "max", "found"
    );
}

fn line(name: &str, run: impl Fn() -> usize) {
    let found = run();
    let samples = (0..RUNS).map(|_| {
        let begun = Instant::now();
        run();
        millis(begun.elapsed())
    });
    let summary = samples.collect::<Samples>().summary();
    println!(
        "{name:<24}{:>9}{:>9}{:>9}{found:>11}",
        Short(summary.p50),
        Short(summary.p95),
        Short(summary.max),
    );
}
