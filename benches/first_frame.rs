//! Measures the time from starting the program to its first frame, against that of an empty window.
//!
//! ```sh
//! cargo bench --bench first_frame
//! cargo bench --bench first_frame -- --runs 20 --file timeline.json
//! ```
//!
//! The empty window is built first. Each round starts `meanwhile FILE --first-frame` and the empty
//! window in turn on a private screen (Xvfb, no GPU). Both print `monotonic_ms process_ms` once
//! their first frame has been painted, and exit. A program's line gives, in milliseconds, the wall
//! time from just before it was started to that frame, and the CPU time of all its threads until
//! then. The last line is the ratio of the medians.
//!
//! Left out: the first start after booting, with a cold disk cache; an uncounted round warms it.

#[path = "common/machine.rs"]
#[allow(dead_code, reason = "a part of it is asked here")]
mod machine;
#[path = "common/stats.rs"]
#[allow(dead_code, reason = "a part of it is asked here")]
mod stats;

use std::{
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use clap::Parser;
use machine::Screen;
use stats::{Samples, Short};

const MEANWHILE: &str = env!("CARGO_BIN_EXE_meanwhile");

/// Measures start-up beside an empty window.
#[derive(Parser)]
struct Arguments {
    /// How often each program is started
    #[arg(long, default_value_t = 20)]
    runs: usize,
    /// What is opened
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/timeline.json"))]
    file: PathBuf,
    /// What `cargo bench` passes
    #[arg(long, hide = true)]
    bench: bool,
}

/// The measurements of one program.
#[derive(Default)]
struct Starts {
    wall: Samples,
    process: Samples,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    println!("{}", stats::about_unseeded("first frame"));
    let screen = Screen::start()?;
    let folder = tempfile::tempdir()?;
    let empty = machine::empty_window(MEANWHILE)?;
    let ours = || {
        let mut command = screen.command(Path::new(MEANWHILE), folder.path());
        command.arg(&arguments.file).arg("--first-frame");
        command
    };
    let theirs = || {
        let mut command = screen.command(&empty, folder.path());
        command.arg("--first-frame");
        command
    };
    let (mut meanwhile, mut window) = (Starts::default(), Starts::default());
    for round in 0..=arguments.runs {
        let (one, other) = (start(ours())?, start(theirs())?);
        if round > 0 {
            meanwhile.keep(one);
            window.keep(other);
        }
    }
    println!(
        "{:<14}{:>6}{:>10}{:>10}{:>10}{:>12}",
        "program", "runs", "min ms", "median", "max", "process 50"
    );
    let ours = meanwhile.print("meanwhile");
    let empty = window.print("empty window");
    println!("ratio of the medians {}", Short(ours / empty));
    Ok(())
}

impl Starts {
    fn keep(&mut self, (wall, process): (f64, f64)) {
        self.wall.push(wall);
        self.process.push(process);
    }

    /// Prints a program's line and returns its median wall time in ms.
    fn print(&self, name: &str) -> f64 {
        let (wall, process) = (self.wall.summary(), self.process.summary());
        let [min, median, max] = [wall.min, wall.p50, wall.max].map(Short);
        let process = Short(process.p50);
        println!(
            "{name:<14}{:>6}{min:>10}{median:>10}{max:>10}{process:>12}",
            wall.n
        );
        wall.p50
    }
}

/// Starts a program and returns the time to its first frame: wall and CPU time, in ms.
fn start(mut command: Command) -> io::Result<(f64, f64)> {
    let begun = machine::monotonic_ms();
    let output = command.stderr(Stdio::inherit()).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut numbers = text
        .split_whitespace()
        .map_while(|word| word.parse::<f64>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(at), Some(process)) => Ok((at - begun, process)),
        _ => Err(io::Error::other(format!(
            "{command:?} printed no two numbers but “{text}”, {}",
            output.status
        ))),
    }
}
