//! Measures searching and filtering a large file.
//!
//! ```sh
//! cargo bench --bench search
//! cargo bench --bench search -- --sizes 1m --workloads history,text
//! ```
//!
//! A workload's first line gives the time to build its search index, done once for a file that is
//! searched, and the index's memory. Then come a line per query (growing letter by letter, with a
//! typo, of several words, without a match, by date) and a line per filter: milliseconds, over 21 runs after
//! one that is not counted, and the number of results. "With the rest hidden" includes the lane
//! index and the coarsest level of a layout of the matching events, which a window builds on a
//! thread.
//!
//! Left out: the window's search thread, and drawing the results (`frame`).

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
    layout::{BundledFonts, CanvasSize, LaneIndex, LayoutBuilder},
    model::{Certainty, Facet, Filter, LaneId, search::SearchIndex},
    time::Moment,
};

/// The numbers of events measured by default.
const SIZES: [usize; 2] = [10_000, 1_000_000];
/// The distributions measured by default.
const WORKLOADS: [Distribution; 2] = [Distribution::History, Distribution::Text];
/// The canvas size of "with the rest hidden".
const WINDOW: CanvasSize = CanvasSize {
    width_px: 1060.0,
    whole_px: 1440.0,
    height_px: 776.0,
};
/// Runs per line.
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
    let timeline = subject::timeline(workload);
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
        "2014",
        "before 1900",
        "1990s",
        "June 1914",
    ] {
        line(words, || {
            let answer = index.find(&index.query(words), || true);
            answer.map_or(0, |answer| answer.count)
        });
    }
    head("filter");
    let lane_index = LaneIndex::of(Arc::clone(&timeline));
    let lane = Filter::only(Facet::Lane(LaneId::new(0)));
    let mut several = lane.clone();
    several.toggle(
        Facet::Certainty(Certainty::Confirmed),
        timeline.lanes().len(),
    );
    several.set_range(Some((Moment::year_start(1500), Moment::year_start(1900))));
    let lane_index = Arc::new(lane_index);
    for (name, filter) in [("a lane", lane), ("lane, certainty, time", several)] {
        line(name, || filter.events(&timeline).len());
        line("  with its overview", || {
            lane_index
                .overview_of(filter.events(&timeline).iter())
                .len()
        });
        line("  with the rest hidden", || {
            let events = Arc::new(filter.events(&timeline));
            let chosen = Arc::new(LaneIndex::of_subset(&lane_index, events));
            LayoutBuilder::new(&chosen, WINDOW, &*FONTS)
                .layout()
                .lane_index
                .len()
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
