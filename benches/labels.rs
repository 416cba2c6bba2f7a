//! Measures how many events have a label: what it costs that no label flickers.
//!
//! ```sh
//! cargo bench --bench labels
//! ```
//!
//! A line is a workload in one or in five lanes: at nine zooms, from the whole file in a window of
//! 1440 × 900 without a story to a fiftieth of it, the labels there are in the whole file, over those
//! of a placement made afresh for that very scale, in the order of importance, then of time, in the
//! same rows and with the same footprints. Under 1, coarser scales have taken room; over 1, narrow
//! labels that came first have saved some. At last the whole file's label count and the row count,
//! and the mean and least of all shares.
//!
//! Nothing here depends on the machine. Source of the comparison: `labels` in `src/layout`.

mod common;

use std::sync::Arc;

use clap::Parser;
use common::{
    subject,
    workload::{Distribution, Workload},
};
use meanwhile::layout::{BundledFonts, LaneIndex, LayoutBuilder};

/// How many times closer than the whole file.
const ZOOMS: [f64; 9] = [1.0, 1.5, 2.5, 4.0, 6.0, 10.0, 18.0, 30.0, 50.0];

/// Measures how many events have a label.
#[derive(Parser)]
struct Arguments {
    /// How events lie in time
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Distribution::History, Distribution::Burst, Distribution::Text])]
    workloads: Vec<Distribution>,
    /// How many events
    #[arg(long, value_delimiter = ',', default_values_t = [60, 200, 560])]
    sizes: Vec<usize>,
    /// How many lanes they are in
    #[arg(long, value_delimiter = ',', default_values_t = [1, 5])]
    lanes: Vec<usize>,
    /// What random numbers start from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What `cargo bench` passes
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    println!(
        "# labels shown over those of a fresh placement, seed {}\n",
        arguments.seed
    );
    print!("{:<10}{:>6}{:>6}", "workload", "events", "lanes");
    for zoom in ZOOMS {
        print!("{:>7}", format!("×{zoom}"));
    }
    println!("{:>8}{:>6}  form", "labels", "rows");
    let mut shares = Vec::new();
    for &distribution in &arguments.workloads {
        for &events in &arguments.sizes {
            let workload = Workload {
                distribution,
                events,
                seed: arguments.seed,
            };
            for &lanes in &arguments.lanes {
                shares.extend(line(&workload, lanes));
            }
        }
    }
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    let least = shares.iter().copied().fold(f64::INFINITY, f64::min);
    println!("\nmean {mean:.3}, least {least:.3}");
}

/// Prints a line and returns its shares.
fn line(workload: &Workload, lanes: usize) -> Vec<f64> {
    let measure = BundledFonts::default();
    let lane_index = Arc::new(LaneIndex::of(subject::timeline_in_lanes(workload, lanes)));
    let mut builder = LayoutBuilder::new(&lane_index, subject::canvas_size(), &measure);
    while builder.add_level(&measure) {}
    let layout = builder.layout();
    print!(
        "{:<10}{:>6}{:>6}",
        workload.distribution.name(),
        workload.events,
        lanes
    );
    let shares = ZOOMS.map(|zoom| {
        let scale = layout.whole_scale() * zoom;
        let fresh = builder.afresh(scale, &measure);
        layout.slots.labelled(scale) as f64 / fresh.max(1) as f64
    });
    for share in shares {
        print!("{share:>7.2}");
    }
    let rows: u16 = layout.stack.lanes.iter().map(|lane| lane.rows).sum();
    println!(
        "{:>8}{rows:>6}  {:?}",
        layout.slots.labelled(layout.whole_scale()),
        layout.form
    );
    shares.to_vec()
}
