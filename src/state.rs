//! NOW: what the window shows, as plain data, and what each command changes in it.
//!
//! It knows no toolkit and no clock: the time comes in as a value ([`Environment`]). Views only
//! read it and return commands. It is changed by [`State::apply`], which applies a command, and by
//! [`State::advance`], which adapts it to the time and to the canvas; by nothing else.
//!
//! A file is one part of it: the data where others read them, `camera`, `selection`, `layers` (what
//! Esc closes), `filtering`, `look`, `lesson`; or what the commands of a part do, `navigation`,
//! `back_and_forward`, `searching`, `presenting`, `reload`.

mod back_and_forward;
mod camera;
mod editing;
mod environment;
mod filtering;
mod history;
mod layers;
pub mod lesson;
mod look;
mod motion;
mod navigation;
mod open_rows;
mod presenting;
mod reload;
mod search;
mod searching;
mod selection;
mod writing;

pub use environment::{CanvasGeometry, Environment};
pub use lesson::LessonSession;
pub use look::{Look, TEXT_SIZES};
pub use motion::ChosenBy;
pub use search::Search;
pub use writing::{NewEvent, Writing};

use history::{History, View};
use motion::Motion;

use crate::{
    command::{Command, MenuCommand, Panel, ThemeChoice},
    export::choice::ExportChoice,
    layout::Camera,
    model::{EventId, Filter, LaneId, PersonId},
    time::Moment,
};

/// Zoom factor of one press of a key or button.
const ZOOM_STEP: f64 = 1.6;
/// Time in which a fling's speed falls by a factor of e, in seconds.
const FLING_FADE_SECS: f64 = 0.32;
/// A fling slower than this has ended, in px per second.
const FLING_END: f64 = 12.0;

/// Events of one cluster that no zoom separates, shown as a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterList {
    /// Their lane.
    pub lane: LaneId,
    /// In chronological order.
    pub events: Vec<EventId>,
}

/// What the window shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The camera; `None` until the canvas has a size, then one that fits the whole file.
    pub camera: Option<Camera>,
    /// The selected event.
    pub selected: Option<EventId>,
    /// Whether its story is open.
    pub is_story_open: bool,
    /// Start of a duration measurement; `selected` is its end. Both are equal until an end is
    /// selected.
    pub measure_start: Option<EventId>,
    /// What is open while the chronology is written.
    pub writing: Writing,
    /// Counts requests to move the keyboard focus into the open story.
    pub story_focus_requests: u32,
    /// How far the lanes are scrolled, in px.
    pub scroll_px: f32,
    /// Theme, text size, motion and the stage's window.
    pub look: Look,
    /// Whether the system asks for less motion.
    pub system_reduces_motion: bool,
    /// What is chosen in the export dialog.
    pub export: ExportChoice,
    /// The panel that is open.
    pub panel: Option<Panel>,
    /// The cluster that is shown as a list.
    pub cluster_list: Option<ClusterList>,
    /// The current filter.
    pub filter: Filter,
    /// Index of the open story's picture that is shown enlarged.
    pub enlarged: Option<usize>,
    /// Whether events that do not pass the filter are hidden rather than dimmed.
    pub is_hiding: bool,
    /// The search, while it is open.
    pub search: Option<Search>,
    /// The person whose card is open.
    pub person: Option<PersonId>,
    /// The lesson session, while a lesson is running.
    pub session: Option<LessonSession>,
    /// The lesson that was left last, to go on at the same step.
    pub left_lesson: Option<LessonSession>,
    /// Number of search requests so far; see [`Search::asked`].
    searches: u32,
    history: History,
    /// The view before a person was followed from the search.
    before_following: Option<(PersonId, View)>,
    /// The camera before and after it was panned to uncover the selected event beside a sheet.
    made_room: Option<(Camera, Camera)>,
    motion: Option<Motion>,
    /// Who has chosen the view.
    pub view_chosen_by: ChosenBy,
    canvas: Option<CanvasSeen>,
}

/// The canvas as the state was last adapted to it.
#[derive(Copy, Clone, Debug, PartialEq)]
struct CanvasSeen {
    /// The plot's width with the story closed, and what of it was uncovered, in px.
    shut_px: f32,
    seen_px: f32,
    /// Tells the shown events from others: the address of their set, 0 for all of the file's.
    subset: usize,
    /// Whether the view showed the whole file, or was on its way to it.
    is_whole: bool,
}

/// What there is to do after the state has been advanced.
#[derive(Copy, Clone, Debug, Default, PartialEq)]
pub struct Advanced {
    /// Whether the camera is still moving: another frame is needed at once.
    pub is_moving: bool,
    /// In how many seconds the state has to be advanced next.
    pub due_secs: Option<f64>,
}

impl State {
    /// The state of a window before it has a file.
    pub fn new(look: Look) -> Self {
        Self {
            look,
            ..Self::default()
        }
    }

    /// Applies a command. Those that only the app can carry out change nothing here.
    pub fn apply(&mut self, command: &Command, environment: &Environment<'_>) {
        if self.is_blocked(command) {
            return;
        }
        match command {
            Command::Opened => self.reset_for_file(),
            Command::Reloaded(before) => self.carry_over(before, environment),
            Command::SetStage { place, monitors } => self.look.stages.set(*monitors, *place),
            Command::SetExport(choice) => self.export = *choice,
            Command::SystemMotion { is_reduced } => self.system_reduces_motion = *is_reduced,
            Command::Lesson(command) => self.apply_lesson(command, environment),
            Command::StartLesson {
                lesson,
                step,
                elapsed_secs,
            } => self.start_lesson(*lesson, (*step, *elapsed_secs), environment),
            Command::Menu(MenuCommand::Present) if environment.timeline.lessons().len() > 1 => {
                self.toggle(Panel::Lessons);
            }
            Command::Menu(MenuCommand::Present) => self.start_lesson(0, (0, 0.0), environment),
            Command::Menu(MenuCommand::PresentSelected) => self.start_at_selected(environment),
            Command::Menu(MenuCommand::Keys) => self.toggle(Panel::Keys),
            Command::AskWhichToKeep => self.panel = Some(Panel::Conflict),
            Command::AskToSave => self.panel = Some(Panel::Unsaved),
            Command::AskToEndLesson => self.panel = Some(Panel::ConfirmOpen),
            Command::KeepLesson => {
                self.panel = self.panel.filter(|panel| *panel != Panel::ConfirmOpen);
            }
            _ => {
                if let Some(canvas) = &environment.canvas {
                    self.adapt(canvas);
                    self.remember(command);
                    self.apply_to_canvas(command, canvas);
                }
            }
        }
    }

    /// Whether an open list or a running lesson keeps a command from being applied.
    fn is_blocked(&self, command: &Command) -> bool {
        let is_any = |allowed: &[MenuCommand]| match command {
            Command::Menu(command) => allowed.contains(command),
            _ => false,
        };
        if command.is_of_window() || matches!(command, Command::Lesson(_)) {
            return false;
        }
        if self.session.is_some() {
            return !is_any(&[MenuCommand::Keys]) || self.shows(Panel::ConfirmOpen);
        }
        match self.panel {
            Some(Panel::Export) => {
                let is_own = matches!(command, Command::Close(_) | Command::SetExport(_));
                let toggles = [
                    MenuCommand::Export,
                    MenuCommand::SaveAs,
                    MenuCommand::StepBack,
                ];
                !(is_own || is_any(&toggles))
            }
            Some(Panel::Conflict) => {
                let is_answer = matches!(command, Command::Close(_) | Command::KeepVersion(_));
                !(is_answer || is_any(&[MenuCommand::StepBack]))
            }
            Some(Panel::Unsaved) => {
                let is_answer = matches!(
                    command,
                    Command::Close(_) | Command::SaveFirst | Command::Discard
                );
                !(is_answer || is_any(&[MenuCommand::StepBack]))
            }
            Some(Panel::SaveAs) => {
                let is_close = matches!(command, Command::Close(_));
                !(is_close || is_any(&[MenuCommand::SaveAs, MenuCommand::StepBack]))
            }
            Some(panel @ (Panel::Keys | Panel::Lessons)) => {
                let is_start = matches!(command, Command::StartLesson { .. });
                let toggles_keys = panel == Panel::Keys && is_any(&[MenuCommand::Keys]);
                let is_free = is_any(&[MenuCommand::Present, MenuCommand::StepBack]);
                !(is_start || toggles_keys || is_free)
            }
            _ => false,
        }
    }

    /// Applies a command for which the chronology has to be laid out.
    fn apply_to_canvas(&mut self, command: &Command, geometry: &CanvasGeometry<'_>) {
        match command {
            Command::Menu(command) => self.apply_menu(*command, geometry),
            Command::Dismiss => self.step_back(geometry),
            Command::Close(layer) => self.close(*layer, geometry),
            Command::Messages => self.toggle(Panel::Messages),
            Command::MeasureTo(event) => self.measure_to(*event, geometry),
            Command::Enlarge(number) => self.enlarged = Some(*number),
            Command::BeginEvent { .. }
            | Command::List(_)
            | Command::SetTyped(_)
            | Command::AlsoSelect(_)
            | Command::SelectSeveral(_)
            | Command::Grip(_)
            | Command::SetNewEvent(_)
            | Command::SelectNew { .. } => {
                self.apply_writing(command, geometry);
            }
            Command::ToggleFacet(facet) => {
                self.before_following = None;
                self.filter
                    .toggle(*facet, geometry.layout.timeline.lanes().len());
            }
            Command::IsolateFacet(facet) => {
                self.before_following = None;
                self.filter.isolate(*facet);
            }
            Command::FollowPerson(person) => self.follow(*person, geometry),
            Command::SetQuery(words) => self.set_query(words),
            Command::SelectResult(row) => {
                if let Some(search) = &mut self.search {
                    search.row = *row;
                }
            }
            Command::GoToResult(found) => self.go_to_result(*found, geometry),
            // Beside the steps of a lesson it becomes one of them.
            Command::Select(event) if self.is_writing_lesson() => self.select(*event, geometry),
            Command::Select(event) => self.choose(*event, geometry),
            Command::FlyToEvent(event) => {
                self.choose(*event, geometry);
                self.visit(*event, geometry);
            }
            Command::FlyIntoEvent(event) => {
                self.choose(*event, geometry);
                let camera = geometry.layout.around(*event, self.seen_px(geometry));
                self.fly(camera, geometry);
            }
            Command::FlyTo(camera) => self.fly(*camera, geometry),
            Command::ZoomIntoCluster { lane, from, to } => {
                self.zoom_into_cluster(*lane, (*from, *to), geometry);
            }
            Command::SetCamera(camera) => {
                (self.motion, self.view_chosen_by) = (None, ChosenBy::Hand);
                self.camera = Some(self.allowed(*camera, geometry));
            }
            Command::Fling(px_per_sec) => self.fling(*px_per_sec, geometry),
            Command::Scroll(px) => self.scroll_to(self.scroll_px + px, geometry),
            Command::RestoreCanvas { camera, scroll_px } => {
                (self.camera, self.scroll_px) = (*camera, *scroll_px);
            }
            Command::RestoreView {
                range,
                selected,
                is_story_open,
            } => {
                self.selected = *selected;
                self.is_story_open = *is_story_open && selected.is_some();
                self.restore_range(*range, geometry);
            }
            // The app's, and those that need no canvas.
            Command::Edit(_)
            | Command::AddTyped
            | Command::TakeDraft
            | Command::AskToSave
            | Command::AskWhichToKeep
            | Command::KeepVersion(_)
            | Command::SaveFirst
            | Command::Discard
            | Command::CancelOpening
            | Command::DismissMessages
            | Command::OpenFiles(_)
            | Command::SaveAs(_)
            | Command::SetExport(_)
            | Command::ShowExportPage(_)
            | Command::SaveExport
            | Command::CancelExport
            | Command::CopyExport
            | Command::PrintExport
            | Command::SetColumn(..)
            | Command::GoToFault(_)
            | Command::OpenFault(_)
            | Command::AskToEndLesson
            | Command::OpenAsked
            | Command::KeepLesson
            | Command::Resume
            | Command::StartLesson { .. }
            | Command::Lesson(_)
            | Command::Opened
            | Command::Reloaded(_)
            | Command::SetStage { .. }
            | Command::SystemMotion { .. } => {}
        }
    }

    fn measure_to(&mut self, event: EventId, geometry: &CanvasGeometry<'_>) {
        self.measure_start = Some(self.selected.unwrap_or(event));
        self.select(event, geometry);
    }

    /// Ends a drag: the camera glides on, unless it is slow or motion is unwanted.
    fn fling(&mut self, px_per_sec: f64, geometry: &CanvasGeometry<'_>) {
        if px_per_sec.abs() > FLING_END && !self.is_still() {
            self.motion = Some(Motion::Fling {
                px_per_sec,
                at_secs: geometry.now_secs,
            });
        }
    }

    /// Shows a saved range of time; the whole file where there is none.
    fn restore_range(&mut self, range: Option<(Moment, Moment)>, geometry: &CanvasGeometry<'_>) {
        let seen_px = self.seen_px(geometry);
        if let Some(canvas) = &mut self.canvas {
            // The view is one of this plot.
            canvas.seen_px = seen_px;
        }
        self.camera = range.map(|(from, to)| {
            let camera = Camera::over(from, to, f64::from(geometry.shut_px));
            self.allowed(camera, geometry)
        });
    }

    fn apply_menu(&mut self, command: MenuCommand, geometry: &CanvasGeometry<'_>) {
        match command {
            MenuCommand::Next => self.step(1, geometry),
            MenuCommand::Previous => self.step(-1, geometry),
            // In the list the rows are in the order of time.
            MenuCommand::LaneUp if self.shows(Panel::AllEvents) => self.step(-1, geometry),
            MenuCommand::LaneDown if self.shows(Panel::AllEvents) => self.step(1, geometry),
            MenuCommand::LaneUp => self.step_lane(-1, geometry),
            MenuCommand::LaneDown => self.step_lane(1, geometry),
            MenuCommand::Cause => self.walk_causes(true, geometry),
            MenuCommand::Consequence => self.walk_causes(false, geometry),
            MenuCommand::Measure => self.measure(geometry),
            MenuCommand::Back => self.go_back(geometry),
            MenuCommand::Forward => self.go_forward(geometry),
            MenuCommand::OpenStory => {
                let first = self.selected.or_else(|| self.first_in_view(geometry));
                self.story_focus_requests += u32::from(self.is_story_open);
                if let Some(event) = first {
                    self.choose(event, geometry);
                }
            }
            MenuCommand::StepBack => self.step_back(geometry),
            MenuCommand::Search => self.open_search(),
            MenuCommand::Filters => self.toggle(Panel::Filters),
            MenuCommand::FilterView => self.filter_view(geometry),
            MenuCommand::ClearFilter => {
                self.before_following = None;
                self.filter = Filter::default();
            }
            MenuCommand::ToggleHiding => self.is_hiding = !self.is_hiding,
            MenuCommand::ZoomIn => self.zoom(ZOOM_STEP, geometry),
            MenuCommand::ZoomOut => self.zoom(1.0 / ZOOM_STEP, geometry),
            MenuCommand::FitAll => {
                self.fly(geometry.layout.fit(self.seen_px(geometry)), geometry);
                self.scroll_to(0.0, geometry);
            }
            MenuCommand::AllEvents => self.toggle(Panel::AllEvents),
            MenuCommand::About => self.toggle(Panel::About),
            MenuCommand::Licenses => self.toggle(Panel::Licenses),
            MenuCommand::SaveAs => self.toggle(Panel::SaveAs),
            MenuCommand::Export => self.toggle(Panel::Export),
            MenuCommand::Columns => self.toggle(Panel::Columns),
            MenuCommand::TextLarger => self.look.step_text(1),
            MenuCommand::TextSmaller => self.look.step_text(-1),
            MenuCommand::TextReset => self.look.text_percent = 100,
            MenuCommand::ThemeLight => self.look.theme = ThemeChoice::Light,
            MenuCommand::ThemeDark => self.look.theme = ThemeChoice::Dark,
            MenuCommand::ThemeProjector => self.look.theme = ThemeChoice::Projector,
            MenuCommand::ThemeSystem => self.look.theme = ThemeChoice::System,
            MenuCommand::ToggleMotion => self.look.is_still = !self.look.is_still,
            MenuCommand::Palette => self.toggle(Panel::Palette),
            MenuCommand::Lists => self.toggle(Panel::Lists),
            MenuCommand::Edit => self.toggle_form(geometry),
            MenuCommand::NewEvent => {
                let lane = self
                    .selected
                    .map(|event| geometry.layout.timeline.lane(event));
                self.begin_event(lane, None);
            }
            // Applied before, or the app's.
            MenuCommand::Keys
            | MenuCommand::Present
            | MenuCommand::PresentSelected
            | MenuCommand::FullScreen
            | MenuCommand::OpenInEditor
            | MenuCommand::Collect
            | MenuCommand::Duplicate
            | MenuCommand::Delete
            | MenuCommand::Undo
            | MenuCommand::Redo
            | MenuCommand::New
            | MenuCommand::Save
            | MenuCommand::CopyEvent
            | MenuCommand::CopyPicture
            | MenuCommand::Print
            | MenuCommand::Open
            | MenuCommand::OpenShipped
            | MenuCommand::Quit => {}
        }
    }

    /// Adapts the state to the time and to the canvas: the camera's animation, a canvas of another
    /// size or with other events, and autoplay.
    pub fn advance(&mut self, environment: &Environment<'_>) -> Advanced {
        let session = self.session.as_mut();
        let session = session.filter(|_| self.panel != Some(Panel::ConfirmOpen));
        let due_secs = session.and_then(|session| session.autoplay(environment.clock_secs));
        let mut is_moving = false;
        if let Some(canvas) = &environment.canvas {
            self.adapt(canvas);
            is_moving = self.advance_camera(canvas);
            self.note_whole(canvas);
        }
        Advanced {
            is_moving,
            due_secs,
        }
    }

    /// Whether animations are off, by one's own setting or the system's.
    pub fn is_still(&self) -> bool {
        self.look.is_still || self.system_reduces_motion
    }

    /// Whether the camera is being animated.
    pub fn is_moving(&self) -> bool {
        self.motion.is_some()
    }

    /// The camera, or one that fits the whole file while nothing has moved it.
    pub fn camera(&self, geometry: &CanvasGeometry<'_>) -> Camera {
        self.camera
            .unwrap_or_else(|| geometry.layout.fit(self.seen_px(geometry)))
    }

    /// The width of the plot, in px.
    pub fn plot_px(&self, geometry: &CanvasGeometry<'_>) -> f32 {
        if self.is_side_open() {
            geometry.open_px
        } else {
            geometry.shut_px
        }
    }

    /// The plot's width with the story closed and what of it is uncovered, in px, in the last
    /// frame.
    pub fn plot_widths(&self) -> Option<(f32, f32)> {
        self.canvas.map(|canvas| (canvas.shut_px, canvas.seen_px))
    }

    /// The width of the part of the plot that nothing covers, in px.
    fn seen_px(&self, geometry: &CanvasGeometry<'_>) -> f32 {
        self.plot_px(geometry)
            - if self.is_side_open() {
                geometry.sheet_px
            } else {
                0.0
            }
    }
}
