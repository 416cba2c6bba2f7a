//! Measures how a timeline is made ready: the tally, the coarsest level that a window waits for, and
//! the finer levels that follow while it is used.
//!
//! ```sh
//! cargo bench --bench index
//! cargo bench --bench index -- --sizes 1m --workloads history --levels
//! ```
//!
//! A line is a workload: milliseconds for the tally, to the first index, to the last level; how many
//! levels there are, and how many events the coarsest and the finest tell. With `--levels` each level
//! has a line. Each figure is of one run in a fresh process' state: run it again for others.
//!
//! Left out: reading files (`open`), and drawing (`scene`).

mod common;

use std::{sync::Arc, time::Instant};

use clap::{Parser, ValueEnum};
use common::{
    options::Options,
    stats::{self, Short, millis},
    subject,
    workload::{Distribution, Workload},
};
use meanwhile::layout::{BundledFonts, Indexing, Tally};

/// What is measured where nothing is asked for.
const SIZES: [usize; 4] = [1000, 10_000, 100_000, 1_000_000];

/// Measures the index.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
    /// Say how long each level took
    #[arg(long)]
    levels: bool,
}

fn main() {
    let Arguments { options, levels } = Arguments::parse();
    println!("{}\n", stats::about("index", options.seed));
    println!(
        "{:<10}{:>6}{:>10}{:>10}{:>10}{:>8}{:>15}{:>13}",
        "workload",
        "size",
        "tally ms",
        "first ms",
        "all ms",
        "levels",
        "coarsest told",
        "finest told"
    );
    for workload in options.all(&SIZES, Distribution::value_variants()) {
        measure(&workload, levels);
    }
}

fn measure(workload: &Workload, shows_levels: bool) {
    let timeline = Arc::new(subject::timeline(workload));
    let measure = BundledFonts::default();
    let begun = Instant::now();
    let tally = Arc::new(Tally::of(timeline));
    let tallied = millis(begun.elapsed());
    let mut indexing = Indexing::new(tally, subject::key(), &measure);
    let first = millis(begun.elapsed());
    let finest = 1.0 / meanwhile::layout::camera::FINEST_SECS_PER_PX;
    let told = |indexing: &Indexing| indexing.index().places.told(finest);
    let coarsest_told = told(&indexing);
    let mut levels = 1;
    loop {
        let before = Instant::now();
        if !indexing.add_level(&measure) {
            break;
        }
        levels += 1;
        if shows_levels {
            let took = Short(millis(before.elapsed()));
            println!(
                "  level {levels:>3}: {took:>9} ms, {:>9} told",
                told(&indexing)
            );
        }
    }
    println!(
        "{:<10}{:>6}{:>10}{:>10}{:>10}{:>8}{:>15}{:>13}",
        workload.distribution.name(),
        stats::size_name(workload.events),
        Short(tallied),
        Short(first),
        Short(millis(begun.elapsed())),
        levels,
        coarsest_told,
        told(&indexing)
    );
}
