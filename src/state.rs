//! NOW: what the window shows, as plain data, and what each command makes of it.
//!
//! It knows no toolkit's window and no clock: the time comes in as a value ([`Stage::now_secs`]).
//! Views read it and return commands; only [`State::apply`] and [`State::advance`] change it, and the app
//! where a lesson begins and ends in its windows.

mod anew;
mod look;
mod seeking;
pub mod telling;
mod trail;
mod walking;
mod wishing;

pub use look::{Look, TEXT_SIZES};
pub use seeking::Seeking;
pub use telling::Telling;
use trail::Trail;

use crate::{
    command::Command,
    layout::{
        Camera, Flight, Index,
        camera::FINEST_SECS_PER_PX,
        index::{AXIS_PX, TOP_PX},
        labels::label_range,
    },
    model::{EventId, Filter, LaneId},
    time::Moment,
};

/// How much closer one press of a key or button comes.
const ZOOM_STEP: f64 = 1.6;
/// A fling loses its speed by a factor of e in this time, in seconds.
const FLING_FADE_SECS: f64 = 0.32;
/// A fling slower than this has ended, in px per second.
const FLING_END: f64 = 12.0;
/// How far from the plot's edge an event is brought that was out of view, in px.
const REVEAL_EDGE_PX: f64 = 24.0;
/// How near to the other edge it may come for that, in px.
const LEAST_EDGE_PX: f64 = 1.0;
/// The frame around a chosen event, in px.
const CHOSEN_EDGE_PX: f64 = 7.0;
/// Events that begin within so many px at the closest scale are listed rather than flown into.
const TOGETHER_PX: f64 = 8.0;
/// How much of the plot is taken by what was flown into.
const PARTED_SHARE: f64 = 0.6;
/// What the bar that scrolls the lanes covers, in px.
const SCROLL_BAR_PX: f64 = 12.0;

/// How the camera is moving by itself.
#[derive(Copy, Clone, Debug, PartialEq)]
enum Motion {
    Flight { flight: Flight, since_secs: f64 },
    Fling { px_per_sec: f64, at_secs: f64 },
}

/// What lies open over the canvas, one at a time.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The list of keys.
    Keys,
    /// All events as a list, in the place of the canvas.
    AllEvents,
    /// The messages about the file.
    Messages,
    /// What can be filtered by.
    Filters,
    /// All commands, to be found by their words.
    Palette,
    /// The lessons to choose from.
    Lessons,
}

/// Events of one lane that lie together, shown as a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Their lane.
    pub lane: LaneId,
    /// In the order of time.
    pub events: Vec<EventId>,
}

/// What the window shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Where one looks; `None` until the canvas has a size: then the whole file.
    pub camera: Option<Camera>,
    /// The chosen event.
    pub selected: Option<EventId>,
    /// Whether its story is open.
    pub is_story_open: bool,
    /// The event from which it is told how long it is to the chosen one; the same while the other is
    /// still to be chosen.
    pub measured: Option<EventId>,
    /// Counts up when the story is to have the keyboard.
    pub story_asked: u32,
    /// How far the lanes are scrolled, in px.
    pub scroll_px: f32,
    /// Theme and text size.
    pub look: Look,
    /// Whether the system asks for less motion.
    pub is_still_by_system: bool,
    /// What lies open over the canvas.
    pub panel: Option<Panel>,
    /// Events that no zoom parts, open as a list.
    pub listed: Option<Listed>,
    /// Which events are wished for.
    pub filter: Filter,
    /// Which picture of the open story is shown enlarged, by its number.
    pub enlarged: Option<usize>,
    /// Whether what does not pass the filter is hidden rather than dimmed.
    pub is_hiding: bool,
    /// The search, while it is open.
    pub seeking: Option<Seeking>,
    /// The lesson that is told, if one is.
    pub telling: Option<Telling>,
    /// How often a search was asked for.
    searches: u32,
    trail: Trail,
    /// The view before and after a sheet made itself room.
    made_room: Option<(Camera, Camera)>,
    motion: Option<Motion>,
}

/// What a command is carried out on.
pub struct Stage<'a> {
    /// The file, made ready.
    pub index: &'a Index,
    /// The plot's width in px while no story is open.
    pub shut_px: f32,
    /// The plot's width in px while a story is open.
    pub open_px: f32,
    /// How much of the plot an open story covers on its right, in px; 0 where it has a column of its own.
    pub sheet_px: f32,
    /// The canvas' height, in px.
    pub canvas_px: f32,
    /// A clock that never runs backward, in seconds.
    pub now_secs: f64,
}

impl State {
    /// The width of the plot, in px.
    pub fn plot_px(&self, stage: &Stage<'_>) -> f32 {
        if self.is_story_open {
            stage.open_px
        } else {
            stage.shut_px
        }
    }

    /// The width of the part of the plot that nothing covers, in px.
    fn seen_px(&self, stage: &Stage<'_>) -> f32 {
        self.plot_px(stage)
            - if self.is_story_open {
                stage.sheet_px
            } else {
                0.0
            }
    }

    /// Carries out a command. Those that only the window can do change nothing here.
    pub fn apply(&mut self, command: &Command, stage: &Stage<'_>) {
        self.remember(command);
        match command {
            Command::Cause => self.walk_causes(true, stage),
            Command::Consequence => self.walk_causes(false, stage),
            Command::Between => self.measure(stage),
            Command::Measure(event) => {
                self.measured = Some(self.selected.unwrap_or(*event));
                self.select(*event, stage);
            }
            Command::Enlarge(number) => self.enlarged = Some(*number),
            Command::Back => self.go_back(stage),
            Command::Forward => self.go_forward(stage),
            Command::FitAll => self.fly(stage.index.fit(self.plot_px(stage)), stage),
            Command::ZoomIn => self.zoom(ZOOM_STEP, stage),
            Command::ZoomOut => self.zoom(1.0 / ZOOM_STEP, stage),
            Command::Next => self.step(1, stage),
            Command::Previous => self.step(-1, stage),
            Command::LaneUp => self.step_lane(-1, stage),
            Command::LaneDown => self.step_lane(1, stage),
            Command::OpenStory => {
                let first = self.selected.or_else(|| self.first_in_view(stage));
                self.story_asked += u32::from(self.is_story_open);
                if let Some(event) = first {
                    self.choose(event, stage);
                }
            }
            Command::StepBack | Command::Dismiss => self.step_back(stage),
            Command::CloseSearch => self.stop_seeking(stage),
            Command::CloseList => self.listed = None,
            Command::ClosePicture => self.enlarged = None,
            Command::CloseStory => self.open_story(false, stage),
            Command::TextLarger => self.look.step_text(1),
            Command::TextSmaller => self.look.step_text(-1),
            Command::TextReset => self.look.text_percent = 100,
            Command::Theme(theme) => self.look.theme = *theme,
            Command::Motion => self.look.is_still = !self.look.is_still,
            Command::Keys => self.toggle(Panel::Keys),
            Command::Messages => self.toggle(Panel::Messages),
            Command::AllEvents => self.toggle(Panel::AllEvents),
            Command::Filters => self.toggle(Panel::Filters),
            Command::Palette => self.toggle(Panel::Palette),
            Command::ClearFilter => self.filter = Filter::default(),
            Command::Hide => self.is_hiding = !self.is_hiding,
            Command::Toggle(facet) => {
                self.filter
                    .toggle(*facet, stage.index.timeline.lanes().len());
            }
            Command::Isolate(facet) => self.filter.isolate(*facet),
            Command::Follow(person) => self.follow(*person, stage),
            Command::FilterView => self.filter_view(stage),
            Command::Search => self.search(),
            Command::Seek(words) => self.seek(words),
            Command::SeekRow(row) => {
                if let Some(seeking) = &mut self.seeking {
                    seeking.row = *row;
                }
            }
            Command::Take(found) => self.take(*found, stage),
            Command::Choose(event) => self.choose(*event, stage),
            Command::Visit(event) => {
                self.choose(*event, stage);
                self.visit(*event, stage);
            }
            Command::FlyInto(event) => {
                self.choose(*event, stage);
                let camera = stage.index.around(*event, self.seen_px(stage));
                self.fly(camera, stage);
            }
            Command::FlyTo(camera) => self.fly(*camera, stage),
            Command::Part { lane, from, to } => self.part(*lane, (*from, *to), stage),
            Command::Look(camera) => {
                self.motion = None;
                self.camera = Some(self.allowed(*camera, stage));
            }
            Command::Fling(px_per_sec) => {
                if px_per_sec.abs() > FLING_END && !self.is_still() {
                    self.motion = Some(Motion::Fling {
                        px_per_sec: *px_per_sec,
                        at_secs: stage.now_secs,
                    });
                }
            }
            Command::Scroll(px) => self.scroll_to(self.scroll_px + px, stage),
            Command::FullScreen
            | Command::Quit
            | Command::OpenShipped
            | Command::Open
            | Command::CancelOpening
            | Command::OpenFile(_)
            | Command::Present
            | Command::PresentLesson(_)
            | Command::Resume
            | Command::Tell(_) => {}
        }
    }

    /// Moves the camera on to the stage's time. Returns whether it is still moving.
    pub fn advance(&mut self, stage: &Stage<'_>) -> bool {
        match self.motion {
            None => return false,
            Some(Motion::Flight { flight, since_secs }) => {
                let fraction = (stage.now_secs - since_secs) / flight.duration_secs();
                // The smooth path may rise above the whole file; labels of its level would leave.
                let camera = flight.at(fraction);
                self.camera = Some(if fraction >= 1.0 {
                    camera
                } else {
                    self.allowed(camera, stage)
                });
                if fraction >= 1.0 {
                    self.motion = None;
                }
            }
            Some(Motion::Fling {
                px_per_sec,
                at_secs,
            }) => {
                let secs = (stage.now_secs - at_secs).max(0.0);
                let left = px_per_sec * (-secs / FLING_FADE_SECS).exp();
                let moved = FLING_FADE_SECS * (px_per_sec - left);
                let camera = self.camera(stage);
                let wanted = camera.panned(moved);
                let allowed = self.allowed(wanted, stage);
                self.camera = Some(allowed);
                let is_over = left.abs() < FLING_END || allowed != wanted && secs > 0.0;
                self.motion = (!is_over).then_some(Motion::Fling {
                    px_per_sec: left,
                    at_secs: stage.now_secs,
                });
            }
        }
        self.motion.is_some()
    }

    /// Whether this lies open.
    pub fn shows(&self, panel: Panel) -> bool {
        self.panel == Some(panel)
    }

    fn toggle(&mut self, panel: Panel) {
        self.panel = (!self.shows(panel)).then_some(panel);
    }

    /// Whether a story, a list or a search is open.
    pub fn shows_panel(&self) -> bool {
        self.panel.is_some()
            || self.listed.is_some()
            || self.is_story_open
            || self.seeking.is_some()
    }

    /// Whether there is nothing left to step back from.
    pub fn is_bare(&self) -> bool {
        !self.shows_panel() && self.selected.is_none()
    }

    /// Whether nothing flies or slides: by one's own wish or the system's.
    pub fn is_still(&self) -> bool {
        self.look.is_still || self.is_still_by_system
    }

    /// Whether the camera moves by itself.
    pub fn is_moving(&self) -> bool {
        self.motion.is_some()
    }

    /// Where one looks, or the whole file while nobody has looked yet.
    pub fn camera(&self, stage: &Stage<'_>) -> Camera {
        self.camera
            .unwrap_or_else(|| stage.index.fit(self.plot_px(stage)))
    }

    /// Takes notice that the plot went from one width to another: a view of the whole file eases to
    /// one of what is left, any other keeps its left edge and, where it can, the chosen event in view.
    pub fn resize(&mut self, from_px: f32, stage: &Stage<'_>, is_eased: bool) {
        let Some(camera) = self.camera else { return };
        let aim = self.aim().unwrap_or(camera);
        let was_fitting = stage.index.is_fitting(&aim, from_px);
        let wanted = if was_fitting {
            stage.index.fit(self.plot_px(stage))
        } else {
            self.allowed(aim, stage)
        };
        if is_eased {
            self.fly(wanted, stage);
        } else {
            self.motion = None;
            self.camera = Some(wanted);
        }
        self.scroll_to(self.scroll_px, stage);
    }

    /// Brings the chosen event into what is left of the plot, in time and in row, where its story is
    /// open: the window, the text or the rows have changed.
    pub fn keep_selected_in_view(&mut self, stage: &Stage<'_>) {
        let selected = self.selected.filter(|_| self.is_story_open);
        if let Some(event) = selected.filter(|&event| stage.index.tally.holds(event)) {
            self.reveal(event, stage);
            self.reveal_row(event, stage);
        }
    }

    /// Forgets everything about the file that was shown.
    pub fn reset_place(&mut self) {
        let (look, is_still_by_system) = (self.look, self.is_still_by_system);
        *self = Self {
            look,
            is_still_by_system,
            ..Self::default()
        };
    }

    /// Brings the scroll back into what there is to scroll: the rows may have changed.
    pub fn keep_scroll(&mut self, stage: &Stage<'_>) {
        self.scroll_to(self.scroll_px, stage);
    }

    fn scroll_to(&mut self, px: f32, stage: &Stage<'_>) {
        self.scroll_px = px.clamp(0.0, stage.index.most_scroll_px(stage.canvas_px));
    }

    /// Where the camera will be when it has come to rest, as far as that is known.
    fn aim(&self) -> Option<Camera> {
        match self.motion {
            Some(Motion::Flight { flight, .. }) => Some(flight.to()),
            _ => self.camera,
        }
    }

    fn allowed(&self, camera: Camera, stage: &Stage<'_>) -> Camera {
        stage
            .index
            .allowed(camera, self.plot_px(stage), self.seen_px(stage))
    }

    fn fly(&mut self, to: Camera, stage: &Stage<'_>) {
        let from = self.camera(stage);
        let to = self.allowed(to, stage);
        if self.is_still() {
            (self.camera, self.motion) = (Some(to), None);
            return;
        }
        self.camera = Some(from);
        self.motion = (from != to).then(|| Motion::Flight {
            flight: Flight::new(from, to, f64::from(self.plot_px(stage))),
            since_secs: stage.now_secs,
        });
    }

    /// Zooms about the chosen event where it is in view, else about the middle.
    fn zoom(&mut self, factor: f64, stage: &Stage<'_>) {
        let aim = self.aim().unwrap_or_else(|| self.camera(stage));
        let width = f64::from(self.seen_px(stage));
        let selected = self.selected.and_then(|event| stage.index.mark(event));
        let x = selected
            .map(|mark| f64::midpoint(aim.x_from_time(mark.from), aim.x_from_time(mark.to)))
            .filter(|x| (0.0..=width).contains(x))
            .unwrap_or(width / 2.0);
        self.fly(aim.zoomed_about(x, factor), stage);
    }

    fn choose(&mut self, event: EventId, stage: &Stage<'_>) {
        self.open_story(true, stage);
        self.select(event, stage);
    }

    /// Opens or shuts the story; the camera eases to the plot that is left.
    fn open_story(&mut self, is_open: bool, stage: &Stage<'_>) {
        if self.is_story_open != is_open {
            let (from_px, aim) = (self.plot_px(stage), self.aim());
            self.is_story_open = is_open;
            self.enlarged = None;
            self.resize(from_px, stage, true);
            // Whoever has not moved since a sheet made itself room gets the view back.
            let made_room = self.made_room.take().filter(|_| !is_open);
            if let Some((before, _)) = made_room.filter(|(_, after)| aim == Some(*after)) {
                self.fly(before, stage);
            }
        }
    }

    fn select(&mut self, event: EventId, stage: &Stage<'_>) {
        if self.selected != Some(event) {
            self.enlarged = None;
        }
        self.selected = Some(event);
        // What is chosen is seen.
        self.is_hiding &= stage.index.tally.holds(event);
        self.reveal(event, stage);
        self.reveal_row(event, stage);
    }

    /// Closes what lies on top, in the order in which things lie over each other.
    fn step_back(&mut self, stage: &Stage<'_>) {
        let on_top = [Panel::Keys, Panel::Palette, Panel::Lessons];
        if self.panel.is_some_and(|panel| on_top.contains(&panel)) {
            self.panel = None;
        } else if self.enlarged.is_some() {
            self.enlarged = None;
        } else if self.listed.is_some() {
            self.listed = None;
        } else if self.seeking.is_some() {
            self.stop_seeking(stage);
        } else if self.panel.is_some_and(|panel| panel != Panel::AllEvents) {
            self.panel = None;
        } else if self.measured.is_some() {
            self.measured = None;
        } else if self.is_story_open {
            self.open_story(false, stage);
        } else if self.panel.is_some() {
            self.panel = None;
        } else {
            self.selected = None;
        }
    }

    /// Flies to an event: at the same scale where it is told at that and fits, else at its own.
    fn visit(&mut self, event: EventId, stage: &Stage<'_>) {
        let Some(mark) = stage.index.mark(event) else {
            return;
        };
        let aim = self.aim().unwrap_or_else(|| self.camera(stage));
        if !stage.index.is_told(event, aim.px_per_sec()) {
            return self.fly(stage.index.around(event, self.seen_px(stage)), stage);
        }
        if stage.index.is_fitting(&aim, self.plot_px(stage))
            && self.plot_px(stage) == self.seen_px(stage)
        {
            return;
        }
        let drawn = mark.drawn(&aim);
        let seen = f64::from(self.seen_px(stage));
        if drawn.x1 - drawn.x0 > 0.9 * seen {
            // At this scale one would stand inside it, with neither end in view.
            return self.fly(stage.index.around(event, self.seen_px(stage)), stage);
        }
        let middle = mark.from.secs().midpoint(mark.to.secs());
        let x = seen / 2.0;
        self.fly(aim.with_time_at(Moment::from_secs(middle), x), stage);
    }

    /// Flies into counted events until they part. Where they never do, since they lie at one instant
    /// or nothing comes closer, they are listed; a single one is visited.
    fn part(&mut self, lane: LaneId, range: (Moment, Moment), stage: &Stage<'_>) {
        let index = stage.index;
        let camera = self.camera(stage);
        let events = index.counted(lane, range, camera.px_per_sec());
        let (Some(&first), Some(&last)) = (events.first(), events.last()) else {
            return;
        };
        if first == last {
            return match index.place(first) {
                Some(_) => self.apply(&Command::Visit(first), stage),
                None => self.choose(first, stage),
            };
        }
        let (from, to) = (index.timeline.start(first), index.timeline.start(last));
        let closest = Camera::new(from, FINEST_SECS_PER_PX);
        if camera.is_closest() || closest.x_from_time(to) <= TOGETHER_PX {
            self.listed = Some(Listed { lane, events });
            return;
        }
        let seen = f64::from(self.seen_px(stage));
        let secs_per_px = Camera::over(from, to, PARTED_SHARE * seen).secs_per_px();
        // What was pointed at is not left further away than it was.
        let secs_per_px = secs_per_px.min(camera.secs_per_px() / 2.0);
        let middle = Moment::from_secs(from.secs().midpoint(to.secs()));
        let closer = Camera::new(middle, secs_per_px).with_time_at(middle, seen / 2.0);
        self.fly(closer, stage);
    }

    /// Moves the camera only as far as needed for an event to be seen beside whatever covers it.
    fn reveal(&mut self, event: EventId, stage: &Stage<'_>) {
        let Some(mark) = stage.index.mark(event) else {
            return;
        };
        let aim = self.aim().unwrap_or_else(|| self.camera(stage));
        if !stage.index.is_told(event, aim.px_per_sec()) {
            return self.visit(event, stage);
        }
        let drawn = mark.drawn(&aim);
        let (mut x0, mut x1) = (drawn.x0, drawn.x1);
        if let Some(place) = stage.index.place(event) {
            let label = label_range(&place, stage.index.form, &drawn);
            (x0, x1) = (x0.min(label.0), x1.max(label.1));
        }
        // With the frame around it, and clear of the bar that scrolls the lanes.
        let can_scroll = stage.index.most_scroll_px(stage.canvas_px) > 0.0;
        let seen = f64::from(self.seen_px(stage)) - if can_scroll { SCROLL_BAR_PX } else { 0.0 };
        (x0, x1) = (x0 - CHOSEN_EDGE_PX, x1 + CHOSEN_EDGE_PX);
        if x1 - x0 > seen {
            // No room for mark and label together: the mark.
            (x0, x1) = (drawn.x0, drawn.x1);
        }
        // Of what is wider than the view, the nearer end stays in it.
        let by = if x1 > seen + 1.0 && x0 > 0.0 {
            (x1 - seen + REVEAL_EDGE_PX)
                .min(x0 - LEAST_EDGE_PX)
                .max(0.0)
        } else if x0 < -1.0 && x1 < seen {
            (x0 - REVEAL_EDGE_PX)
                .max(x1 - seen + LEAST_EDGE_PX)
                .min(0.0)
        } else {
            0.0
        };
        if by != 0.0 {
            let after = self.allowed(aim.panned(by), stage);
            if self.is_story_open && stage.sheet_px > 0.0 {
                let made_room = self.made_room.filter(|(_, after)| *after == aim);
                self.made_room = Some((made_room.map_or(aim, |(before, _)| before), after));
            }
            self.fly(after, stage);
        }
    }

    /// Scrolls the lanes so that an event's row is in view.
    fn reveal_row(&mut self, event: EventId, stage: &Stage<'_>) {
        let Some((top, bottom)) = stage.index.row_y(event) else {
            return;
        };
        let height = stage.canvas_px - AXIS_PX - TOP_PX;
        let scroll = self.scroll_px.min(top).max(bottom - height);
        self.scroll_to(scroll, stage);
    }
}
