//! Measures a whole frame without a window: the real program, driven by wheel and pointer, then
//! tessellated as for the screen.
//!
//! ```sh
//! cargo bench --bench frame
//! cargo bench --bench frame -- --sizes 1k,1m --workloads history --paths pan,zoom
//! ```
//!
//! A line is a path over a workload, in milliseconds: the percentiles of the frame, then the 95th
//! percentiles of its parts. *Layout* is the scene alone, drawn once more for the same cameras
//! after the path; *ui* is everything else the program does in a frame; *tess* turns egui's shapes
//! into triangles. `moved` is the share of frames in which the camera moved. The last table is
//! flatness, as in `scene`, of whole frames.
//!
//! Left out: uploading triangles to the GPU and swapping (`window`), and opening (`open`): the file
//! is on screen before the first frame counts. egui's clock advances by a sixtieth of a second per
//! frame, however long a frame takes, so that flings and flights are the same on every machine.

#![allow(
    clippy::expect_used,
    reason = "a measurement that cannot go on has nobody to tell but its reader"
)]

mod common;

use std::{
    fs::File,
    io::BufWriter,
    thread,
    time::{Duration, Instant},
};

use clap::{Parser, ValueEnum};
use common::{
    input_script::{InputScript, Turn},
    options::Options,
    paths::{FRAMES_PER_SEC, Path, WINDOW_PX},
    stats::{self, Samples, Short, Summary, millis},
    subject::{self, Subject},
    workload::{Distribution, Workload},
};
use eframe::App as _;
use meanwhile::{app::App, layout::Camera};

/// Frames before the first that counts.
const WARM_UP: usize = 60;
/// The numbers of events measured by default.
const SIZES: [usize; 5] = [10, 1000, 10_000, 100_000, 1_000_000];
/// The number of events that flatness is relative to.
const BASE: usize = 1000;

/// Measures whole frames without a window.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
    /// Leave out the share of the layout, which needs a second one
    #[arg(long)]
    together: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let options = &arguments.options;
    println!("{}", stats::about("frame", options.seed));
    let mut lines = Vec::new();
    for workload in options.all(&SIZES, &[Distribution::History]) {
        measure(&workload, &arguments, &mut lines);
    }
    flatness(&lines);
}

/// The program without a window.
struct Headless {
    ctx: egui::Context,
    app: App,
    frame: eframe::Frame,
    frames: u64,
}

/// How long the parts of a frame took, in milliseconds.
struct Took {
    ui: f64,
    tessellation: f64,
}

impl Headless {
    fn run(&mut self, turn: Turn) -> Took {
        let size = egui::vec2(
            (f64::from(WINDOW_PX.0) * turn.width).round() as f32,
            WINDOW_PX.1,
        );
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
            time: Some(self.frames as f64 / FRAMES_PER_SEC),
            events: turn.events,
            focused: true,
            ..egui::RawInput::default()
        };
        self.frames += 1;
        let begun = Instant::now();
        let mut output = self.ctx.run_ui(input, |ui| {
            self.app.logic(ui.ctx(), &mut self.frame);
            self.app.ui(ui, &mut self.frame);
        });
        let ui = millis(begun.elapsed());
        // Nobody uploads it.
        output.textures_delta.clear();
        let begun = Instant::now();
        let triangles = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let tessellation = millis(begun.elapsed());
        drop(triangles);
        Took { ui, tessellation }
    }
}

/// The measurements of one path.
#[derive(Default)]
struct Run {
    frame: Samples,
    ui: Samples,
    tessellation: Samples,
    cameras: Vec<Camera>,
}

/// A line of the table, kept for the flatness table.
struct Line {
    workload: Workload,
    path: Path,
    frame: Summary,
}

fn measure(workload: &Workload, arguments: &Arguments, lines: &mut Vec<Line>) {
    let options = &arguments.options;
    let folder = tempfile::tempdir().expect("a folder for the file");
    let file = folder.path().join("timeline.json");
    let out = File::create(&file).expect("a file in it");
    workload
        .write_json(BufWriter::with_capacity(1 << 20, out))
        .expect("room for it");

    let ctx = egui::Context::default();
    let app = subject::app(&ctx, &file, folder.path());
    let mut window = Headless {
        ctx,
        app,
        // The only way to create an `eframe::Frame` without a window.
        frame: eframe::Frame::_new_kittest(),
        frames: 0,
    };
    let begun = Instant::now();
    while subject::camera(&window.app).is_none() {
        window.run(Turn {
            width: 1.0,
            ..Turn::default()
        });
        thread::sleep(Duration::from_millis(1));
    }
    let opened = millis(begun.elapsed());
    let name = workload.name();
    let size = stats::size_name(workload.events);
    println!("\n{name} {size}: on screen after {} ms", Short(opened));
    println!(
        "{:<10}{:>7}{:>7}{:>9}{:>9}{:>9}{:>9}  |{:>10}{:>9}{:>9}",
        "path", "frames", "moved", "p50 ms", "p95", "p99", "max", "layout 95", "ui 95", "tess 95"
    );
    let mut subject = (!arguments.together).then(|| {
        let timeline = subject::timeline_of(&window.app);
        Subject::new(subject::layout(timeline))
    });
    for &path in options.paths(Path::value_variants()) {
        let run = along(path, &mut window, options);
        let line = Line {
            workload: *workload,
            path,
            frame: run.frame.summary(),
        };
        print_line(&line, &run, subject.as_mut());
        lines.push(line);
    }
}

fn along(path: Path, window: &mut Headless, options: &Options) -> Run {
    let mut input_script = InputScript::new(vec![path], options.frames, WARM_UP, 1);
    let mut run = Run::default();
    let mut begun = None;
    loop {
        let camera = subject::camera(&window.app).expect("the file stays on screen");
        let Some(turn) = input_script.turn(camera, || subject::start(&window.app)) else {
            return run;
        };
        let counts = turn.counts.is_some();
        let took = window.run(turn);
        if counts {
            run.ui.push(took.ui);
            run.tessellation.push(took.tessellation);
            run.frame.push(took.ui + took.tessellation);
            run.cameras.extend(subject::camera(&window.app));
            let begun = *begun.get_or_insert_with(Instant::now);
            if begun.elapsed().as_secs_f64() > options.budget_secs {
                input_script.hurry();
            }
        }
    }
}

fn print_line(line: &Line, run: &Run, subject: Option<&mut Subject>) {
    let is_resized = line.path == Path::Resize;
    // The subject is drawn at one width only, so it cannot repeat a resize.
    let layout = subject.filter(|_| !is_resized).map(|subject| {
        let timed = run.cameras.iter().map(|&camera| {
            let begun = Instant::now();
            subject.draw(camera);
            millis(begun.elapsed())
        });
        timed.collect::<Vec<f64>>()
    });
    let (layout_p95, ui) = match layout {
        Some(layout) => {
            let rest = run.ui.iter().zip(&layout).map(|(ui, layout)| ui - layout);
            let rest: Samples = rest.collect();
            (layout.into_iter().collect::<Samples>().summary().p95, rest)
        }
        None => (f64::NAN, run.ui.clone()),
    };
    let moved = run
        .cameras
        .windows(2)
        .filter(|pair| pair.first() != pair.last())
        .count();
    println!(
        "{:<10}{:>7}{:>6}%{}  |{:>10}{:>9}{:>9}",
        line.path.name(),
        line.frame.n,
        100 * moved / run.cameras.len().max(2).saturating_sub(1),
        stats::columns(&line.frame),
        Short(layout_p95),
        Short(ui.summary().p95),
        Short(run.tessellation.summary().p95)
    );
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
        p95: line.frame.p95,
    });
    stats::print_flatness(&measured.collect::<Vec<_>>(), BASE);
}
