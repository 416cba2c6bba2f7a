//! Measures how a timeline is laid out: the lane index, the coarsest level, which a window waits
//! for, and the finer levels, which follow while it is used.
//!
//! ```sh
//! cargo bench --bench index
//! cargo bench --bench index -- --sizes 1m --workloads history --levels
//! ```
//!
//! A line is a workload: milliseconds from the start to the lane index, the first layout and the
//! last level; the number of levels, and how many events are labelled at the closest zoom with the
//! coarsest level alone and with all of them. With `--levels` each level has a line. Each figure is
//! of a single run: run the program again for more.
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
use meanwhile::layout::{BundledFonts, LaneIndex, LayoutBuilder};

/// The numbers of events measured by default.
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
        "lane_index ms",
        "first ms",
        "all ms",
        "levels",
        "coarsest labelled",
        "finest labelled"
    );
    for workload in options.all(&SIZES, Distribution::value_variants()) {
        measure(&workload, levels);
    }
}

fn measure(workload: &Workload, shows_levels: bool) {
    let timeline = subject::timeline(workload);
    let measure = BundledFonts::default();
    let begun = Instant::now();
    let lane_index = Arc::new(LaneIndex::of(timeline));
    let indexed = millis(begun.elapsed());
    let mut builder = LayoutBuilder::new(&lane_index, subject::canvas_size(), &measure);
    let first = millis(begun.elapsed());
    let finest = 1.0 / meanwhile::layout::camera::FINEST_SECS_PER_PX;
    let labelled = |builder: &LayoutBuilder| builder.layout().slots.labelled(finest);
    let coarsest_labelled = labelled(&builder);
    let mut levels = 1;
    loop {
        let before = Instant::now();
        if !builder.add_level(&measure) {
            break;
        }
        levels += 1;
        if shows_levels {
            let took = Short(millis(before.elapsed()));
            println!(
                "  level {levels:>3}: {took:>9} ms, {:>9} labelled",
                labelled(&builder)
            );
        }
    }
    println!(
        "{:<10}{:>6}{:>10}{:>10}{:>10}{:>8}{:>15}{:>13}",
        workload.distribution.name(),
        stats::size_name(workload.events),
        Short(indexed),
        Short(first),
        Short(millis(begun.elapsed())),
        levels,
        coarsest_labelled,
        labelled(&builder)
    );
}
