//! The real window with the real program in it, driven by an input script.
//!
//! An `eframe::App` around Meanwhile's: it adds the script's events to the system's input
//! (`raw_input_hook`), and records two figures of each frame on the main thread.
//!
//! - *Work* is what a browser counts for a page, too: input, logic, ui and tessellation. The first
//!   three lie between `raw_input_hook` and a plugin's `output_hook`; tessellation is done there
//!   once more, on a copy of the shapes, since eframe does not report its own.
//! - *Frame* is all that eframe counts (`cpu_usage`): work and the calls of OpenGL, without waiting
//!   for the swap and less the time for that copy. Without a GPU those calls are most of it.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    path::{Path as FilePath, PathBuf},
    rc::Rc,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use eframe::{CreationContext, NativeOptions};
use egui::{Context, FullOutput, Plugin, RawInput, Ui, ViewportBuilder, ViewportCommand};
use meanwhile::{app::App, layout::Camera};
use serde::{Deserialize, Serialize};

use super::{
    input_script::InputScript,
    machine::{self, Memory},
    paths::{Path, WINDOW_PX},
    stats::{Samples, Summary, millis},
    subject,
};

/// Frames before the first that counts on a path.
const WARM_UP: usize = 60;

/// All motion in the window has ended after this time.
const CALM: Duration = Duration::from_millis(1500);

/// What the window does in a run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The file to open.
    pub file: PathBuf,
    /// The folder of its settings, a temporary one.
    pub folder: PathBuf,
    /// The paths of the camera.
    pub paths: Vec<Path>,
    /// Steps per path.
    pub steps: usize,
    /// Frames per step: one, as in a pan by hand, where every frame has an input; or more.
    pub frames_a_step: usize,
    /// Idle time at the end, in seconds.
    pub idle_secs: f64,
}

/// What was measured; all times in milliseconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The number of events.
    pub events: usize,
    /// From the command to open the file until a frame that shows it was swapped.
    pub open_ms: f64,
    /// The same from the beginning of `main`.
    pub main_ms: f64,
    /// Memory with the file open and at rest, before the first path.
    pub memory: Memory,
    /// Memory at the end.
    pub memory_after: Memory,
    /// The measurements of each path, by its name.
    pub paths: BTreeMap<String, Moved>,
    /// The measurements of the idle time.
    pub idle: Idle,
}

/// The measurements of one path.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moved {
    /// The number of steps.
    pub steps: usize,
    /// The share of steps that moved the camera, 0 to 1.
    pub share: f64,
    /// Input, logic, ui and tessellation, of all frames of a step together.
    pub work_ms: Percentiles,
    /// The same with the calls of OpenGL.
    pub frame_ms: Percentiles,
}

/// Mean, percentiles and maximum of samples.
#[derive(Copy, Clone, Debug, Serialize, Deserialize)]
pub struct Percentiles {
    /// The mean.
    pub mean: f64,
    /// The median.
    pub p50: f64,
    /// The 95th percentile.
    pub p95: f64,
    /// The 99th percentile.
    pub p99: f64,
    /// The largest.
    pub max: f64,
}

impl From<Summary> for Percentiles {
    fn from(summary: Summary) -> Self {
        Self {
            mean: summary.sum / summary.n as f64,
            p50: summary.p50,
            p95: summary.p95,
            p99: summary.p99,
            max: summary.max,
        }
    }
}

/// What the program did while idle.
#[derive(Copy, Clone, Debug, Default, Serialize, Deserialize)]
pub struct Idle {
    /// How long it was idle, in seconds.
    pub secs: f64,
    /// Frames painted in that time.
    pub frames: usize,
    /// CPU time of all threads in that time.
    pub process_ms: f64,
}

/// Opens the window, carries out the plan, and closes it.
///
/// # Errors
///
/// Where no window can be opened, or it was closed before the end.
pub fn run(plan: Plan, main_begun: Instant) -> Result<Report, String> {
    let report = Rc::new(RefCell::new(None));
    let written = Rc::clone(&report);
    // As the program itself opens it: see `meanwhile::app::run`.
    let options = NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Meanwhile")
            .with_inner_size([WINDOW_PX.0, WINDOW_PX.1]),
        ..NativeOptions::default()
    };
    let create = move |context: &CreationContext<'_>| {
        let hosted = Hosted::new(&context.egui_ctx, &plan, main_begun, written);
        Ok(Box::new(hosted) as Box<dyn eframe::App>)
    };
    eframe::run_native("meanwhile", options, Box::new(create))
        .map_err(|error| error.to_string())?;
    report
        .take()
        .ok_or_else(|| "the window was closed before the end".to_owned())
}

/// The figures of a frame, completed and recorded in the next one.
#[derive(Copy, Clone, Debug, Default)]
struct Behind {
    counts: Option<(Path, usize)>,
    begun: Option<Instant>,
    work_ms: f64,
    /// What copying and tessellating the shapes again took.
    watched_ms: f64,
    camera: Option<Camera>,
}

/// The figures of a path, per step: work and frame in milliseconds, and the camera after it.
#[derive(Default)]
struct Track {
    steps: Vec<(f64, f64)>,
    cameras: Vec<Option<Camera>>,
}

/// Measures the end of a frame and the tessellation of its shapes.
#[derive(Default)]
struct Watch {
    ended: Option<Instant>,
    tessellation_ms: f64,
    watched_ms: f64,
}

impl Plugin for Watch {
    fn debug_name(&self) -> &'static str {
        "watch"
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        let ended = Instant::now();
        let shapes = output.shapes.clone();
        let begun = Instant::now();
        let triangles = ctx.tessellate(shapes, output.pixels_per_point);
        self.tessellation_ms = millis(begun.elapsed());
        drop(triangles);
        self.ended = Some(ended);
        self.watched_ms = millis(ended.elapsed());
    }
}

/// After this many frames the window is at rest; only then is a file opened in it.
const WAITING_FRAMES: usize = 10;

struct Hosted {
    app: App,
    input_script: InputScript,
    main_begun: Instant,
    begun: Instant,
    idle_secs: f64,
    /// The file to open once the window has shown the chronology that ships; then `None`.
    file: Option<PathBuf>,
    opened: Option<(f64, f64)>,
    memory: Option<Memory>,
    now: Behind,
    behind: Option<Behind>,
    tracks: BTreeMap<String, Track>,
    /// When the next frame is due, unless one is requested before.
    wake_in: Option<Duration>,
    /// The number of frames so far.
    frames: Arc<AtomicUsize>,
    resting: Option<Arc<OnceLock<Idle>>>,
    report: Rc<RefCell<Option<Report>>>,
}

impl Hosted {
    fn new(
        ctx: &Context,
        plan: &Plan,
        main_begun: Instant,
        report: Rc<RefCell<Option<Report>>>,
    ) -> Self {
        ctx.add_plugin(Watch::default());
        let begun = Instant::now();
        let folder: &FilePath = &plan.folder;
        Self {
            app: subject::waiting_app(ctx, folder),
            file: Some(plan.file.clone()),
            input_script: InputScript::new(
                plan.paths.clone(),
                plan.steps,
                WARM_UP,
                plan.frames_a_step,
            ),
            main_begun,
            begun,
            idle_secs: plan.idle_secs,
            opened: None,
            memory: None,
            now: Behind::default(),
            behind: None,
            tracks: BTreeMap::new(),
            wake_in: None,
            frames: Arc::default(),
            resting: None,
            report,
        }
    }

    /// Records the previous frame, once: its cost is known only now.
    fn look_back(&mut self, cpu_secs: Option<f32>) {
        let (Some(behind), Some(cpu)) = (self.behind.take(), cpu_secs) else {
            return;
        };
        let Some((path, step)) = behind.counts else {
            return;
        };
        let frame_ms = f64::from(cpu) * 1e3 - behind.watched_ms;
        let track = self.tracks.entry(path.name()).or_default();
        if track.steps.len() <= step {
            track.steps.push((0.0, 0.0));
            track.cameras.push(None);
        }
        if let (Some(sum), Some(camera)) = (track.steps.last_mut(), track.cameras.last_mut()) {
            sum.0 += behind.work_ms;
            sum.1 += frame_ms;
            *camera = behind.camera;
        }
    }

    /// Idles until it is time to close. Another thread measures the idle time: a frame that did so
    /// would itself be counted.
    fn rest(&mut self, ctx: &Context) {
        let Some(rest) = &self.resting else {
            let rest = Arc::new(OnceLock::new());
            self.resting = Some(Arc::clone(&rest));
            let (ctx, frames, secs) = (ctx.clone(), Arc::clone(&self.frames), self.idle_secs);
            thread::spawn(move || {
                thread::sleep(CALM);
                let (before, worked) = (frames.load(Relaxed), machine::process_ms());
                thread::sleep(Duration::from_secs_f64(secs));
                // Set only here and only once, so this cannot fail.
                let _ = rest.set(Idle {
                    secs,
                    frames: frames.load(Relaxed) - before,
                    process_ms: machine::process_ms() - worked,
                });
                ctx.request_repaint();
            });
            return;
        };
        let Some(&idle) = rest.get() else { return };
        let (open_ms, main_ms) = self.opened.unwrap_or((f64::NAN, f64::NAN));
        let now = Memory::now();
        *self.report.borrow_mut() = Some(Report {
            events: subject::timeline_of(&self.app).len(),
            open_ms,
            main_ms,
            memory: self.memory.unwrap_or(now),
            memory_after: now,
            paths: self
                .tracks
                .iter()
                .map(|(name, track)| (name.clone(), track.moved()))
                .collect(),
            idle,
        });
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }
}

impl Track {
    fn moved(&self) -> Moved {
        let elsewhere = self
            .cameras
            .windows(2)
            .filter(|pair| pair.first() != pair.last());
        let pairs = self.cameras.len().saturating_sub(1).max(1);
        let of = |part: fn(&(f64, f64)) -> f64| {
            Percentiles::from(self.steps.iter().map(part).collect::<Samples>().summary())
        };
        Moved {
            steps: self.steps.len(),
            share: elsewhere.count() as f64 / pairs as f64,
            work_ms: of(|step| step.0),
            frame_ms: of(|step| step.1),
        }
    }
}

impl eframe::App for Hosted {
    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.frames.fetch_add(1, Relaxed);
        let frames = self.frames.load(Relaxed);
        if frames > WAITING_FRAMES
            && let Some(file) = self.file.take()
        {
            self.begun = Instant::now();
            subject::open(&mut self.app, &file);
        }
        if self.file.is_some() || self.app.is_loading() {
            return;
        }
        let Some(camera) = subject::camera(&self.app) else {
            return;
        };
        // The frame that showed the file has been swapped.
        self.opened.get_or_insert_with(|| {
            (
                millis(self.begun.elapsed()),
                millis(self.main_begun.elapsed()),
            )
        });
        let mut behind = std::mem::take(&mut self.now);
        ctx.with_plugin(|watch: &mut Watch| {
            let (begun, ended) = (behind.begun, watch.ended.take());
            if let Some((begun, ended)) = begun.zip(ended) {
                behind.work_ms = millis(ended - begun) + watch.tessellation_ms;
                behind.watched_ms = watch.watched_ms;
            }
        });
        self.behind = Some(behind);
        // Events of the screen's own pointer are not part of the path.
        input.events.retain(|event| !is_pointer(event));
        let (app, memory) = (&self.app, &mut self.memory);
        let turn = self.input_script.turn(camera, || {
            memory.get_or_insert_with(Memory::now);
            subject::start(app)
        });
        match turn {
            Some(turn) => {
                input.events.extend(turn.events);
                self.now.counts = turn.counts;
                self.wake_in = Some(Duration::ZERO);
            }
            None => self.rest(ctx),
        }
        self.now.begun = Some(Instant::now());
    }

    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        self.look_back(frame.info().cpu_usage);
        self.app.logic(ctx, frame);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.app.ui(ui, frame);
        self.now.camera = subject::camera(&self.app);
        // Here and not in the hook: a frame drops the repaints requested before it.
        // While a file is read there is nothing to draw, and frames would take the reader's time.
        let is_waiting = self.file.is_some() || !self.app.is_loading();
        if self.opened.is_none() && is_waiting {
            ui.request_repaint();
        } else if let Some(wake_in) = self.wake_in.take() {
            ui.ctx().request_repaint_after(wake_in);
        }
    }
}

fn is_pointer(event: &egui::Event) -> bool {
    use egui::Event;
    matches!(
        event,
        Event::PointerMoved(_)
            | Event::PointerGone
            | Event::MouseMoved(_)
            | Event::WindowFocused(_)
    )
}
