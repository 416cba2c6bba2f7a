//! Writes a chronology of any size as timeline.json to standard output.
//!
//! ```sh
//! cargo bench --bench workloads -- history 1m > w1m.json
//! cargo bench --bench workloads -- needle 10k --seed 7 > needle.json
//! ```
//!
//! The same arguments give the same bytes. `-- --help` lists the distributions; size 10 is the
//! chronology that ships. Nothing is measured here.

mod common;

use std::io::{self, BufWriter};

use clap::Parser;
use common::{
    options,
    workload::{Distribution, Workload},
};

/// Writes a chronology of any size as timeline.json to standard output.
#[derive(Parser)]
struct Arguments {
    /// How events lie in time
    distribution: Distribution,
    /// How many events: 1000, 10k, 1m
    #[arg(value_parser = options::size)]
    events: usize,
    /// What random numbers start from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What `cargo bench` passes
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> io::Result<()> {
    let Arguments {
        distribution,
        events,
        seed,
        ..
    } = Arguments::parse();
    let workload = Workload {
        distribution,
        events,
        seed,
    };
    workload.write_json(BufWriter::with_capacity(1 << 20, io::stdout().lock()))
}
