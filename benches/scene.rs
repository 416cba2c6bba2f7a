//! Measures layout alone: one scene per frame along camera paths, and hit tests in each of them.
//!
//! ```sh
//! cargo bench --bench scene
//! cargo bench --bench scene -- --sizes 1k,1m --workloads history --paths pan,zoom
//! ```
//!
//! A line is a path over a workload: the number of frames, the most shapes of a scene and, in
//! milliseconds, the percentiles of [`draw::scene`](meanwhile::layout::draw::scene); then, in
//! microseconds, those of the hit test (eight points per frame). The line above a workload's paths
//! gives the time to build its layout. The last table is flatness: the 95th percentile divided by
//! that of 1,000 events on the same path, which should stay under 2 at any size.
//!
//! Left out: reading files (`open`), painting and the rest of the window (`frame`). A resize is
//! drawn with the layout of the first size; building a layout is a separate figure here. Ten
//! million events are measured only on request, since they need some gigabytes.

mod common;

use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use common::{
    options::Options,
    paths::{self, Path},
    stats::{self, Samples, Short, Summary, millis},
    subject::{self, Subject},
    workload::{Distribution, Workload},
};

/// Frames before the first that counts.
const WARM_UP: usize = 60;
/// Hit tests per frame.
const HITS_A_FRAME: usize = 8;
/// The numbers of events measured by default.
const SIZES: [usize; 5] = [10, 1000, 10_000, 100_000, 1_000_000];
/// The number of events that flatness is relative to.
const BASE: usize = 1000;

/// Measures layout and hit test.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

/// One line of the table.
struct Line {
    workload: Workload,
    path: Path,
    scene: Summary,
}

fn main() {
    let Arguments { options } = Arguments::parse();
    println!("{}", stats::about("scene", options.seed));
    let mut lines = Vec::new();
    for workload in options.all(&SIZES, Distribution::value_variants()) {
        measure(&workload, &options, &mut lines);
    }
    flatness(&lines);
}

fn measure(workload: &Workload, options: &Options, lines: &mut Vec<Line>) {
    let name = workload.name();
    let size = stats::size_name(workload.events);
    let begun = Instant::now();
    let timeline = subject::timeline(workload);
    let made = millis(begun.elapsed());
    let begun = Instant::now();
    let layout = subject::layout(timeline);
    let built = millis(begun.elapsed());
    println!(
        "\n{name} {size}: index built in {} ms (timeline made in {} ms)",
        Short(built),
        Short(made)
    );
    println!(
        "{:<10}{:>7}{:>8}{:>9}{:>9}{:>9}{:>9}  |{:>9}{:>9}{:>9}{:>9}",
        "path",
        "frames",
        "shapes",
        "p50 ms",
        "p95",
        "p99",
        "max",
        "hit p50",
        "p95 µs",
        "p99",
        "max"
    );
    let mut subject = Subject::new(layout);
    for &path in options.paths(Path::value_variants()) {
        let (scene, hit, shapes) = along(path, &mut subject, options);
        println!(
            "{:<10}{:>7}{:>8}{}  |{}",
            path.name(),
            scene.n,
            shapes,
            stats::columns(&scene),
            stats::columns(&hit)
        );
        lines.push(Line {
            workload: *workload,
            path,
            scene,
        });
    }
}

/// Returns scenes in milliseconds, hit tests in microseconds, and the most shapes of any scene.
fn along(path: Path, subject: &mut Subject, options: &Options) -> (Summary, Summary, usize) {
    let start = subject.start();
    let budget = Duration::from_secs_f64(options.budget_secs);
    let (mut scenes, mut hits) = (Samples::default(), Samples::default());
    let mut most_shapes = 0;
    let first = paths::step(path, &start, 0, options.frames);
    let camera = subject.aim(&first);
    let begun = Instant::now();
    for _ in 0..WARM_UP {
        subject.draw(camera);
        if begun.elapsed() > budget / 10 {
            break;
        }
    }
    let begun = Instant::now();
    for number in 0..options.frames {
        let step = paths::step(path, &start, number, options.frames);
        let camera = subject.aim(&step);
        let before = Instant::now();
        subject.draw(camera);
        scenes.push(millis(before.elapsed()));
        most_shapes = most_shapes.max(subject.shapes());
        for point in 0..HITS_A_FRAME {
            let across = (step.pointer.0 + point as f64 / HITS_A_FRAME as f64).fract();
            let before = Instant::now();
            let is_hit = subject.hits((across, step.pointer.1));
            hits.push(micros(before.elapsed()));
            std::hint::black_box(is_hit);
        }
        if begun.elapsed() > budget {
            break;
        }
    }
    (scenes.summary(), hits.summary(), most_shapes)
}

/// p95 divided by the p95 of [`BASE`] events: a line per path, a column per size.
fn flatness(lines: &[Line]) {
    let measured = lines.iter().map(|line| stats::Flat {
        name: format!(
            "{:<10}{:<10}",
            line.workload.distribution.name(),
            line.path.name()
        ),
        events: line.workload.events,
        p95: line.scene.p95,
    });
    stats::print_flatness(&measured.collect::<Vec<_>>(), BASE);
}

fn micros(elapsed: Duration) -> f64 {
    elapsed.as_secs_f64() * 1e6
}
