//! The real window with the real program in it, and a hand that moves it.
//!
//! An `eframe::App` around Meanwhile's: it puts the hand's events where those of the system arrive
//! (`raw_input_hook`), and takes down two figures of each frame on the main thread.
//!
//! - *Work* is what a browser counts for a page, too: input, logic, ui and tessellation. The first
//!   three lie between `raw_input_hook` and a plugin's `output_hook`; tessellation is done there
//!   once more, on a copy of the shapes, since eframe does not tell its own.
//! - *Frame* is all that eframe counts (`cpu_usage`): work and the calls of OpenGL, without waiting
//!   for the swap. What the copy took is taken off it. Without a GPU those calls are most of it.

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
    hand::Hand,
    machine::{self, Memory},
    paths::{Path, WINDOW_PX},
    stats::{Samples, Summary, millis},
    subject,
};

/// Frames before the first that counts on a path.
const WARM_UP: usize = 60;

/// What was moving comes to rest within this.
const CALM: Duration = Duration::from_millis(1500);

/// What the window is to do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What it opens.
    pub file: PathBuf,
    /// Where its settings lie: a folder that is thrown away.
    pub folder: PathBuf,
    /// Where the camera goes.
    pub paths: Vec<Path>,
    /// How many steps a path has.
    pub steps: usize,
    /// Frames a step: one, as in a pan by hand, where every frame has an input; or more.
    pub frames_a_step: usize,
    /// How long nothing is done at the end, in seconds.
    pub idle_secs: f64,
}

/// What was measured; all times in milliseconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// How many events there are.
    pub events: usize,
    /// From when the program was told to open the file until a frame that shows it was swapped.
    pub open_ms: f64,
    /// The same from the beginning of `main`.
    pub main_ms: f64,
    /// What it holds when the file is open and at rest.
    pub memory: Memory,
    /// What it holds at the end.
    pub memory_after: Memory,
    /// What each path took.
    pub paths: BTreeMap<String, Moved>,
    /// What doing nothing took.
    pub idle: Idle,
}

/// What a path took.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moved {
    /// How many steps were made.
    pub steps: usize,
    /// The part of them after which the camera stood elsewhere.
    pub share: f64,
    /// Input, logic, ui and tessellation, of all frames of a step together.
    pub work_ms: Percentiles,
    /// The same with the calls of OpenGL.
    pub frame_ms: Percentiles,
}

/// What samples say together.
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

/// What doing nothing took.
#[derive(Copy, Clone, Debug, Default, Serialize, Deserialize)]
pub struct Idle {
    /// For how long nothing was done, in seconds.
    pub secs: f64,
    /// Frames that were painted all the same.
    pub frames: usize,
    /// How long all threads worked meanwhile.
    pub process_ms: f64,
}

/// Opens the window, does what is planned, and closes it.
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

/// A frame as the next one looks back at it.
#[derive(Copy, Clone, Debug, Default)]
struct Behind {
    counts: Option<(Path, usize)>,
    begun: Option<Instant>,
    work_ms: f64,
    /// What looking at it took.
    watched_ms: f64,
    camera: Option<Camera>,
}

/// What is taken down on a path, step by step: work and frame in milliseconds, and where the camera
/// then stood.
#[derive(Default)]
struct Track {
    steps: Vec<(f64, f64)>,
    cameras: Vec<Option<Camera>>,
}

/// Looks at what a frame gives to be painted.
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

/// The window is there and at rest after so many frames: only then is a file opened in it.
const WAITING_FRAMES: usize = 10;

struct Hosted {
    app: App,
    hand: Hand,
    main_begun: Instant,
    begun: Instant,
    idle_secs: f64,
    /// What is opened once the window is there and has shown something else.
    file: Option<PathBuf>,
    opened: Option<(f64, f64)>,
    memory: Option<Memory>,
    now: Behind,
    behind: Option<Behind>,
    tracks: BTreeMap<String, Track>,
    /// When the next frame is due, if nobody asks for one before.
    wake_in: Option<Duration>,
    /// How many frames there were.
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
            hand: Hand::new(plan.paths.clone(), plan.steps, WARM_UP, plan.frames_a_step),
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

    /// Takes down the frame before, once: what it cost is known only now.
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

    /// Nothing is done any more, until it is time to end. What happens meanwhile is looked at from
    /// another thread: a frame that looked would itself be one.
    fn rest(&mut self, ctx: &Context) {
        let Some(rest) = &self.resting else {
            let rest = Arc::new(OnceLock::new());
            self.resting = Some(Arc::clone(&rest));
            let (ctx, frames, secs) = (ctx.clone(), Arc::clone(&self.frames), self.idle_secs);
            thread::spawn(move || {
                thread::sleep(CALM);
                let (before, worked) = (frames.load(Relaxed), machine::process_ms());
                thread::sleep(Duration::from_secs_f64(secs));
                // It is set but once, so it cannot have been set.
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
        // What the screen's own pointer does is not part of the path.
        input.events.retain(|event| !is_pointer(event));
        let (app, memory) = (&self.app, &mut self.memory);
        let turn = self.hand.turn(camera, || {
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
        // Here and not in the hook: a frame forgets what was asked for before it.
        // While a file is read there is nothing to draw, which would take the reader's time.
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
