//! Measures the real window: opening, moving, doing nothing, memory.
//!
//! ```sh
//! cargo bench --bench window                           # a private screen (Xvfb), a table
//! cargo bench --bench window -- --sizes 1k,100k --paths whole,close
//! cargo bench --bench window -- --file timeline.json   # the current screen, one line of JSON
//! ```
//!
//! With `--file` it opens that file in a window, follows the paths with wheel and pointer events,
//! idles for a while, closes, and prints its measurements as one line of JSON. Without `--file` it
//! generates the workloads, starts itself once for each, and prints a table. `peers/run.mjs`
//! compares it with other programs.
//!
//! Figures are milliseconds of the main thread for a *step*: one input and the frame that responds
//! to it, as in a pan by hand, where every frame has an input. A lone input is followed by a second
//! frame (egui draws one more after every input): `--frames-a-step 2` counts that, too. `work` is
//! input, logic, ui and tessellation; `with GL` is all that eframe counts, OpenGL calls included,
//! without waiting for the swap. `open` is the wall time from the command to open the file, given
//! to a window at rest, until the frame that shows it was swapped; `main` is the time to that frame
//! from the beginning of `main`.
//!
//! Left out: resizing, which would need a window manager (`frame` has it).

mod common;

use std::{
    fs::File,
    io::{self, BufWriter},
    path::{Path as FilePath, PathBuf},
    time::Instant,
};

use clap::Parser;
use common::{
    host::{self, Plan, Report},
    machine::{self, Screen},
    options::Options,
    paths::Path,
    stats::{self, Short},
    workload::Distribution,
};

/// The numbers of events measured by default.
const SIZES: [usize; 4] = [10, 1000, 10_000, 100_000];
/// The paths measured by default.
const PATHS: [Path; 5] = [
    Path::Whole,
    Path::Close,
    Path::Zoom,
    Path::Fling,
    Path::Sweep,
];

/// Measures the real window.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
    /// Open this on the screen there is, and print one line of JSON
    #[arg(long)]
    file: Option<PathBuf>,
    /// Steps a path
    #[arg(long, default_value_t = 120)]
    steps: usize,
    /// Frames a step
    #[arg(long, default_value_t = 1)]
    frames_a_step: usize,
    /// How long nothing is done at the end, in seconds
    #[arg(long, default_value_t = 3.0)]
    idle_secs: f64,
}

fn main() -> io::Result<()> {
    let main_begun = Instant::now();
    let arguments = Arguments::parse();
    match &arguments.file {
        Some(file) => {
            let report = open(file, &arguments, main_begun)?;
            println!("{}", serde_json::to_string(&report)?);
            Ok(())
        }
        None => table(&arguments),
    }
}

fn open(file: &FilePath, arguments: &Arguments, main_begun: Instant) -> io::Result<Report> {
    let folder = tempfile::tempdir()?;
    let paths = arguments.options.paths(&PATHS).iter().copied();
    let plan = Plan {
        file: file.to_owned(),
        folder: folder.path().to_owned(),
        paths: paths.filter(|&path| path != Path::Resize).collect(),
        steps: arguments.steps,
        frames_a_step: arguments.frames_a_step.max(1),
        idle_secs: arguments.idle_secs,
    };
    host::run(plan, main_begun).map_err(io::Error::other)
}

fn table(arguments: &Arguments) -> io::Result<()> {
    let options = &arguments.options;
    println!("{}", stats::about("window", options.seed));
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("timeline.json");
    let paths: Vec<String> = options
        .paths(&PATHS)
        .iter()
        .map(|path| path.name())
        .collect();
    for workload in options.all(&SIZES, &[Distribution::History]) {
        workload.write_json(BufWriter::with_capacity(1 << 20, File::create(&file)?))?;
        let screen = Screen::start()?;
        let mut command = screen.command(&std::env::current_exe()?, folder.path());
        command
            .arg("--file")
            .arg(&file)
            .args(["--paths", &paths.join(",")])
            .args(["--steps", &arguments.steps.to_string()])
            .args(["--frames-a-step", &arguments.frames_a_step.to_string()])
            .args(["--idle-secs", &arguments.idle_secs.to_string()]);
        let report: Report = machine::answer(&mut command)?;
        print(&workload.name(), &report);
    }
    Ok(())
}

fn print(name: &str, report: &Report) {
    let Report {
        open_ms,
        main_ms,
        memory,
        idle,
        ..
    } = report;
    println!(
        "\n{name} {}: open {} ms, main {} ms · peak {} MiB, anonymous {} MiB, PSS {} MiB · \
         idle {} s: {} frames, {} ms of CPU",
        stats::size_name(report.events),
        Short(*open_ms),
        Short(*main_ms),
        Short(memory.peak),
        Short(memory.anonymous),
        Short(memory.pss),
        Short(idle.secs),
        idle.frames,
        Short(idle.process_ms),
    );
    println!(
        "{:<10}{:>7}{:>7}{:>11}{:>9}{:>9}{:>9}{:>9}  |{:>10}{:>9}{:>9}",
        "path",
        "steps",
        "moved",
        "work mean",
        "p50 ms",
        "p95",
        "p99",
        "max",
        "with GL 50",
        "p95",
        "p99"
    );
    for (path, moved) in &report.paths {
        let (work, frame) = (moved.work_ms, moved.frame_ms);
        println!(
            "{path:<10}{:>7}{:>6.0}%{:>11}{:>9}{:>9}{:>9}{:>9}  |{:>10}{:>9}{:>9}",
            moved.steps,
            100.0 * moved.share,
            Short(work.mean),
            Short(work.p50),
            Short(work.p95),
            Short(work.p99),
            Short(work.max),
            Short(frame.p50),
            Short(frame.p95),
            Short(frame.p99),
        );
    }
}
