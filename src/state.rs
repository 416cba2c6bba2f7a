//! NOW: what the window shows, as plain data, and what each command changes in it.
//!
//! It knows no toolkit and no clock: the time comes in as a value ([`CanvasGeometry::now_secs`]).
//! Views only read it and return commands. It is changed by [`State::apply`] (a command), by
//! [`State::advance`] (the camera's animation), and by the app alone:
//! - at start-up and when the system's motion setting changes: `look`, `system_reduces_motion`;
//! - when a file is opened or reloaded: [`State::reset_place`], [`State::carry_over`], the saved
//!   view;
//! - before a frame, for the canvas: the first camera, [`State::resize`], [`State::keep_scroll`],
//!   [`State::keep_selected_in_view`];
//! - around a lesson: `session`, `panel`, `search`, `look.stage`, and `camera` and `scroll_px` when
//!   the earlier view is restored.

mod filtering;
mod history;
pub mod lesson;
mod look;
mod navigation;
mod reload;
mod search;

use history::History;
pub use lesson::LessonSession;
pub use look::{Look, TEXT_SIZES};
pub use search::Search;

use crate::{
    command::Command,
    layout::{
        Camera, Flight, Layout,
        camera::FINEST_SECS_PER_PX,
        labels::label_range,
        metrics::{AXIS_PX, TOP_PX},
    },
    model::{EventId, Filter, LaneId},
    time::Moment,
};

/// Zoom factor of one press of a key or button.
const ZOOM_STEP: f64 = 1.6;
/// Time in which a fling's speed falls by a factor of e, in seconds.
const FLING_FADE_SECS: f64 = 0.32;
/// A fling slower than this has ended, in px per second.
const FLING_END: f64 = 12.0;
/// Distance from the plot's edge to which an event that was out of view is brought, in px.
const REVEAL_EDGE_PX: f64 = 24.0;
/// Least distance that it keeps from the opposite edge, in px.
const LEAST_EDGE_PX: f64 = 1.0;
/// Margin for the frame around a selected event, in px.
const CHOSEN_EDGE_PX: f64 = 7.0;
/// A cluster whose starts lie within this many px at the closest scale is listed, not zoomed into.
const TOGETHER_PX: f64 = 8.0;
/// Share of the plot's width that a cluster's events take after zooming into it.
const PARTED_SHARE: f64 = 0.6;
/// Width of the lanes' scroll bar, in px.
const SCROLL_BAR_PX: f64 = 12.0;

/// A running animation of the camera.
#[derive(Copy, Clone, Debug, PartialEq)]
enum Motion {
    Flight { flight: Flight, since_secs: f64 },
    Fling { px_per_sec: f64, at_secs: f64 },
}

/// A panel open over the canvas; at most one at a time.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The list of keys.
    Keys,
    /// All events as a list, in place of the canvas.
    AllEvents,
    /// The messages about the file.
    Messages,
    /// The values to filter by.
    Filters,
    /// All commands, searchable by their text.
    Palette,
    /// The lessons to choose from.
    Lessons,
}

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
    /// Counts requests to move the keyboard focus into the open story.
    pub story_focus_requests: u32,
    /// How far the lanes are scrolled, in px.
    pub scroll_px: f32,
    /// Theme, text size, motion and the stage's window.
    pub look: Look,
    /// Whether the system asks for less motion.
    pub system_reduces_motion: bool,
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
    /// The lesson session, while a lesson is running.
    pub session: Option<LessonSession>,
    /// Number of search requests so far; see [`Search::asked`].
    searches: u32,
    history: History,
    /// The camera before and after it was panned to uncover the selected event beside a sheet.
    made_room: Option<(Camera, Camera)>,
    motion: Option<Motion>,
}

/// The layout, sizes and time that a command is applied with.
pub struct CanvasGeometry<'a> {
    /// The file's layout.
    pub layout: &'a Layout,
    /// The plot's width in px while no story is open.
    pub shut_px: f32,
    /// The plot's width in px while a story is open.
    pub open_px: f32,
    /// Width of the plot's right part that an open story covers, in px; 0 where it has its own
    /// column.
    pub sheet_px: f32,
    /// The canvas' height, in px.
    pub canvas_px: f32,
    /// Time of a monotonic clock, in seconds.
    pub now_secs: f64,
}

impl State {
    /// The width of the plot, in px.
    pub fn plot_px(&self, geometry: &CanvasGeometry<'_>) -> f32 {
        if self.is_story_open {
            geometry.open_px
        } else {
            geometry.shut_px
        }
    }

    /// The width of the part of the plot that nothing covers, in px.
    fn seen_px(&self, geometry: &CanvasGeometry<'_>) -> f32 {
        self.plot_px(geometry)
            - if self.is_story_open {
                geometry.sheet_px
            } else {
                0.0
            }
    }

    /// Carries out a command. Those that only the app can carry out change nothing here.
    pub fn apply(&mut self, command: &Command, geometry: &CanvasGeometry<'_>) {
        self.remember(command);
        match command {
            Command::Cause => self.walk_causes(true, geometry),
            Command::Consequence => self.walk_causes(false, geometry),
            Command::Between => self.measure(geometry),
            Command::Measure(event) => {
                self.measure_start = Some(self.selected.unwrap_or(*event));
                self.select(*event, geometry);
            }
            Command::Enlarge(number) => self.enlarged = Some(*number),
            Command::Back => self.go_back(geometry),
            Command::Forward => self.go_forward(geometry),
            Command::FitAll => self.fly(geometry.layout.fit(self.plot_px(geometry)), geometry),
            Command::ZoomIn => self.zoom(ZOOM_STEP, geometry),
            Command::ZoomOut => self.zoom(1.0 / ZOOM_STEP, geometry),
            Command::Next => self.step(1, geometry),
            Command::Previous => self.step(-1, geometry),
            Command::LaneUp => self.step_lane(-1, geometry),
            Command::LaneDown => self.step_lane(1, geometry),
            Command::OpenStory => {
                let first = self.selected.or_else(|| self.first_in_view(geometry));
                self.story_focus_requests += u32::from(self.is_story_open);
                if let Some(event) = first {
                    self.choose(event, geometry);
                }
            }
            Command::StepBack | Command::Dismiss => self.step_back(geometry),
            Command::CloseSearch => self.close_search(geometry),
            Command::CloseList => self.cluster_list = None,
            Command::ClosePicture => self.enlarged = None,
            Command::CloseStory => self.open_story(false, geometry),
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
                    .toggle(*facet, geometry.layout.timeline.lanes().len());
            }
            Command::Isolate(facet) => self.filter.isolate(*facet),
            Command::Follow(person) => self.follow(*person, geometry),
            Command::FilterView => self.filter_view(geometry),
            Command::Search => self.search(),
            Command::SearchFor(words) => self.seek(words),
            Command::SearchRow(row) => {
                if let Some(search) = &mut self.search {
                    search.row = *row;
                }
            }
            Command::Take(found) => self.take(*found, geometry),
            Command::Choose(event) => self.choose(*event, geometry),
            Command::Visit(event) => {
                self.choose(*event, geometry);
                self.visit(*event, geometry);
            }
            Command::FlyInto(event) => {
                self.choose(*event, geometry);
                let camera = geometry.layout.around(*event, self.seen_px(geometry));
                self.fly(camera, geometry);
            }
            Command::FlyTo(camera) => self.fly(*camera, geometry),
            Command::Part { lane, from, to } => self.part(*lane, (*from, *to), geometry),
            Command::Look(camera) => {
                self.motion = None;
                self.camera = Some(self.allowed(*camera, geometry));
            }
            Command::Fling(px_per_sec) => {
                if px_per_sec.abs() > FLING_END && !self.is_still() {
                    self.motion = Some(Motion::Fling {
                        px_per_sec: *px_per_sec,
                        at_secs: geometry.now_secs,
                    });
                }
            }
            Command::Scroll(px) => self.scroll_to(self.scroll_px + px, geometry),
            Command::FullScreen
            | Command::Quit
            | Command::OpenShipped
            | Command::Open
            | Command::CancelOpening
            | Command::OpenFile(_)
            | Command::Present
            | Command::PresentLesson(_)
            | Command::Resume
            | Command::Lesson(_) => {}
        }
    }

    /// Advances the camera's animation to the geometry's time. Returns whether it is still moving.
    pub fn advance(&mut self, geometry: &CanvasGeometry<'_>) -> bool {
        match self.motion {
            None => return false,
            Some(Motion::Flight { flight, since_secs }) => {
                let fraction = (geometry.now_secs - since_secs) / flight.duration_secs();
                // The smooth path may zoom out past the whole file; labels of its level would
                // vanish.
                let camera = flight.at(fraction);
                self.camera = Some(if fraction >= 1.0 {
                    camera
                } else {
                    self.allowed(camera, geometry)
                });
                if fraction >= 1.0 {
                    self.motion = None;
                }
            }
            Some(Motion::Fling {
                px_per_sec,
                at_secs,
            }) => {
                let secs = (geometry.now_secs - at_secs).max(0.0);
                let left = px_per_sec * (-secs / FLING_FADE_SECS).exp();
                let moved = FLING_FADE_SECS * (px_per_sec - left);
                let camera = self.camera(geometry);
                let wanted = camera.panned(moved);
                let allowed = self.allowed(wanted, geometry);
                self.camera = Some(allowed);
                let is_over = left.abs() < FLING_END || allowed != wanted && secs > 0.0;
                self.motion = (!is_over).then_some(Motion::Fling {
                    px_per_sec: left,
                    at_secs: geometry.now_secs,
                });
            }
        }
        self.motion.is_some()
    }

    /// Whether this panel is open.
    pub fn shows(&self, panel: Panel) -> bool {
        self.panel == Some(panel)
    }

    fn toggle(&mut self, panel: Panel) {
        self.panel = (!self.shows(panel)).then_some(panel);
    }

    /// Whether a panel, a list, a story or the search is open.
    pub fn shows_panel(&self) -> bool {
        self.panel.is_some()
            || self.cluster_list.is_some()
            || self.is_story_open
            || self.search.is_some()
    }

    /// Whether [`Command::StepBack`] has nothing left to close or deselect.
    pub fn is_bare(&self) -> bool {
        !self.shows_panel() && self.selected.is_none()
    }

    /// Whether animations are off, by the user's setting or the system's.
    pub fn is_still(&self) -> bool {
        self.look.is_still || self.system_reduces_motion
    }

    /// Whether an animation of the camera is running.
    pub fn is_moving(&self) -> bool {
        self.motion.is_some()
    }

    /// The camera, or one that fits the whole file while there is none.
    pub fn camera(&self, geometry: &CanvasGeometry<'_>) -> Camera {
        self.camera
            .unwrap_or_else(|| geometry.layout.fit(self.plot_px(geometry)))
    }

    /// Adapts the camera to a plot that was `from_px` wide before: a view of the whole file fits
    /// the new width, any other keeps its left edge. See [`State::keep_selected_in_view`] for the
    /// selected event.
    pub fn resize(&mut self, from_px: f32, geometry: &CanvasGeometry<'_>, is_eased: bool) {
        let Some(camera) = self.camera else { return };
        let aim = self.aim().unwrap_or(camera);
        let was_fitting = geometry.layout.is_fitting(&aim, from_px);
        let wanted = if was_fitting {
            geometry.layout.fit(self.plot_px(geometry))
        } else {
            self.allowed(aim, geometry)
        };
        if is_eased {
            self.fly(wanted, geometry);
        } else {
            self.motion = None;
            self.camera = Some(wanted);
        }
        self.scroll_to(self.scroll_px, geometry);
    }

    /// Where a story is open, pans and scrolls to keep the selected event visible after the window,
    /// the text size or the rows have changed.
    pub fn keep_selected_in_view(&mut self, geometry: &CanvasGeometry<'_>) {
        let selected = self.selected.filter(|_| self.is_story_open);
        if let Some(event) = selected.filter(|&event| geometry.layout.lane_index.contains(event)) {
            self.reveal(event, geometry);
            self.reveal_row(event, geometry);
        }
    }

    /// Resets everything except the look and the system's motion setting, for another file.
    pub fn reset_place(&mut self) {
        let (look, system_reduces_motion) = (self.look, self.system_reduces_motion);
        *self = Self {
            look,
            system_reduces_motion,
            ..Self::default()
        };
    }

    /// Clamps the scroll offset to the lanes' height: the rows may have changed.
    pub fn keep_scroll(&mut self, geometry: &CanvasGeometry<'_>) {
        self.scroll_to(self.scroll_px, geometry);
    }

    fn scroll_to(&mut self, px: f32, geometry: &CanvasGeometry<'_>) {
        self.scroll_px = px.clamp(0.0, geometry.layout.most_scroll_px(geometry.canvas_px));
    }

    /// The destination of a running flight, else the current camera.
    fn aim(&self) -> Option<Camera> {
        match self.motion {
            Some(Motion::Flight { flight, .. }) => Some(flight.to()),
            _ => self.camera,
        }
    }

    fn allowed(&self, camera: Camera, geometry: &CanvasGeometry<'_>) -> Camera {
        geometry
            .layout
            .allowed(camera, self.plot_px(geometry), self.seen_px(geometry))
    }

    fn fly(&mut self, to: Camera, geometry: &CanvasGeometry<'_>) {
        let from = self.camera(geometry);
        let to = self.allowed(to, geometry);
        if self.is_still() {
            (self.camera, self.motion) = (Some(to), None);
            return;
        }
        self.camera = Some(from);
        self.motion = (from != to).then(|| Motion::Flight {
            flight: Flight::new(from, to, f64::from(self.plot_px(geometry))),
            since_secs: geometry.now_secs,
        });
    }

    /// Zooms about the selected event where it is in view, else about the middle.
    fn zoom(&mut self, factor: f64, geometry: &CanvasGeometry<'_>) {
        let aim = self.aim().unwrap_or_else(|| self.camera(geometry));
        let width = f64::from(self.seen_px(geometry));
        let selected = self.selected.and_then(|event| geometry.layout.mark(event));
        let x = selected
            .map(|mark| f64::midpoint(aim.x_from_time(mark.from), aim.x_from_time(mark.to)))
            .filter(|x| (0.0..=width).contains(x))
            .unwrap_or(width / 2.0);
        self.fly(aim.zoomed_about(x, factor), geometry);
    }

    fn choose(&mut self, event: EventId, geometry: &CanvasGeometry<'_>) {
        self.open_story(true, geometry);
        self.select(event, geometry);
    }

    /// Opens or closes the story; the camera eases to the remaining plot.
    fn open_story(&mut self, is_open: bool, geometry: &CanvasGeometry<'_>) {
        if self.is_story_open != is_open {
            let (from_px, aim) = (self.plot_px(geometry), self.aim());
            self.is_story_open = is_open;
            self.enlarged = None;
            self.resize(from_px, geometry, true);
            // Undoes a pan that uncovered the event beside a sheet, unless the camera has moved
            // since.
            let made_room = self.made_room.take().filter(|_| !is_open);
            if let Some((before, _)) = made_room.filter(|(_, after)| aim == Some(*after)) {
                self.fly(before, geometry);
            }
        }
    }

    fn select(&mut self, event: EventId, geometry: &CanvasGeometry<'_>) {
        if self.selected != Some(event) {
            self.enlarged = None;
        }
        self.selected = Some(event);
        // A selected event is always visible: if the subset shown lacks it, hiding ends.
        self.is_hiding &= geometry.layout.lane_index.contains(event);
        self.reveal(event, geometry);
        self.reveal_row(event, geometry);
    }

    /// Closes the topmost open item, in stacking order; with none open, deselects the event.
    fn step_back(&mut self, geometry: &CanvasGeometry<'_>) {
        let on_top = [Panel::Keys, Panel::Palette, Panel::Lessons];
        if self.panel.is_some_and(|panel| on_top.contains(&panel)) {
            self.panel = None;
        } else if self.enlarged.is_some() {
            self.enlarged = None;
        } else if self.cluster_list.is_some() {
            self.cluster_list = None;
        } else if self.search.is_some() {
            self.close_search(geometry);
        } else if self.panel.is_some_and(|panel| panel != Panel::AllEvents) {
            self.panel = None;
        } else if self.measure_start.is_some() {
            self.measure_start = None;
        } else if self.is_story_open {
            self.open_story(false, geometry);
        } else if self.panel.is_some() {
            self.panel = None;
        } else {
            self.selected = None;
        }
    }

    /// Flies to an event: at the current scale where it is labelled and fits, else at its own.
    fn visit(&mut self, event: EventId, geometry: &CanvasGeometry<'_>) {
        let Some(mark) = geometry.layout.mark(event) else {
            return;
        };
        let aim = self.aim().unwrap_or_else(|| self.camera(geometry));
        if !geometry.layout.is_labelled(event, aim.px_per_sec()) {
            return self.fly(
                geometry.layout.around(event, self.seen_px(geometry)),
                geometry,
            );
        }
        if geometry.layout.is_fitting(&aim, self.plot_px(geometry))
            && self.plot_px(geometry) == self.seen_px(geometry)
        {
            return;
        }
        let drawn = mark.drawn(&aim);
        let seen = f64::from(self.seen_px(geometry));
        if drawn.x1 - drawn.x0 > 0.9 * seen {
            // At this scale the view would lie inside the event, with neither end visible.
            return self.fly(
                geometry.layout.around(event, self.seen_px(geometry)),
                geometry,
            );
        }
        let middle = mark.from.secs().midpoint(mark.to.secs());
        let x = seen / 2.0;
        self.fly(aim.with_time_at(Moment::from_secs(middle), x), geometry);
    }

    /// Zooms into a cluster until its events separate. Where they never do, since they are too
    /// close together or the scale is the finest, they are listed; a single event is visited.
    fn part(&mut self, lane: LaneId, range: (Moment, Moment), geometry: &CanvasGeometry<'_>) {
        let layout = geometry.layout;
        let camera = self.camera(geometry);
        let events = layout.clustered(lane, range, camera.px_per_sec());
        let (Some(&first), Some(&last)) = (events.first(), events.last()) else {
            return;
        };
        if first == last {
            return match layout.slot(first) {
                Some(_) => self.apply(&Command::Visit(first), geometry),
                None => self.choose(first, geometry),
            };
        }
        let (from, to) = (layout.timeline.start(first), layout.timeline.start(last));
        let closest = Camera::new(from, FINEST_SECS_PER_PX);
        if camera.is_closest() || closest.x_from_time(to) <= TOGETHER_PX {
            self.cluster_list = Some(ClusterList { lane, events });
            return;
        }
        let seen = f64::from(self.seen_px(geometry));
        let secs_per_px = Camera::over(from, to, PARTED_SHARE * seen).secs_per_px();
        // Always zooms in, at least by a factor of two.
        let secs_per_px = secs_per_px.min(camera.secs_per_px() / 2.0);
        let middle = Moment::from_secs(from.secs().midpoint(to.secs()));
        let closer = Camera::new(middle, secs_per_px).with_time_at(middle, seen / 2.0);
        self.fly(closer, geometry);
    }

    /// Pans only as far as needed for an event to be visible beside whatever covers the plot.
    fn reveal(&mut self, event: EventId, geometry: &CanvasGeometry<'_>) {
        let Some(mark) = geometry.layout.mark(event) else {
            return;
        };
        let aim = self.aim().unwrap_or_else(|| self.camera(geometry));
        if !geometry.layout.is_labelled(event, aim.px_per_sec()) {
            return self.visit(event, geometry);
        }
        let drawn = mark.drawn(&aim);
        let (mut x0, mut x1) = (drawn.x0, drawn.x1);
        if let Some(place) = geometry.layout.slot(event) {
            let label = label_range(&place, geometry.layout.form, &drawn);
            (x0, x1) = (x0.min(label.0), x1.max(label.1));
        }
        // With the frame around it, and clear of the lanes' scroll bar.
        let can_scroll = geometry.layout.most_scroll_px(geometry.canvas_px) > 0.0;
        let seen = f64::from(self.seen_px(geometry)) - if can_scroll { SCROLL_BAR_PX } else { 0.0 };
        (x0, x1) = (x0 - CHOSEN_EDGE_PX, x1 + CHOSEN_EDGE_PX);
        if x1 - x0 > seen {
            // No room for mark and label together: only the mark.
            (x0, x1) = (drawn.x0, drawn.x1);
        }
        // Where that is wider than the view, its nearer end stays visible.
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
            let after = self.allowed(aim.panned(by), geometry);
            if self.is_story_open && geometry.sheet_px > 0.0 {
                let made_room = self.made_room.filter(|(_, after)| *after == aim);
                self.made_room = Some((made_room.map_or(aim, |(before, _)| before), after));
            }
            self.fly(after, geometry);
        }
    }

    /// Scrolls the lanes so that an event's row is in view.
    fn reveal_row(&mut self, event: EventId, geometry: &CanvasGeometry<'_>) {
        let Some((top, bottom)) = geometry.layout.row_y(event) else {
            return;
        };
        let height = geometry.canvas_px - AXIS_PX - TOP_PX;
        let scroll = self.scroll_px.min(top).max(bottom - height);
        self.scroll_to(scroll, geometry);
    }
}
