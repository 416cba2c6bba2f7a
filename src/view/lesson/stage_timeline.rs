//! The stage timeline in egui: the camera flies from step to step, lanes and rows spread or draw
//! together, marks appear when their events are revealed and can be opened, and a guess is put on
//! the axis.

use std::{sync::Arc, time::Duration};

use egui::{Context, CursorIcon, InputState, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2};

use super::{Show, StagePart, Unit};
use crate::{
    command::{Command, LessonCommand},
    layout::{
        Camera, Flight, LessonTimeline, StageLanes, StageRows, StageSizes, Target,
        draw::stage_pen::{StageMark, StageTimeline, around_px},
        lesson_timeline::{WIDTH_PX, asked_about, is_named},
        scene::Scene,
    },
    model::{EventId, Question},
    view::{
        accessible,
        paint::{Picture, Placement, TextPainter, egui_rect},
        text::color,
    },
};

/// How far beside a mark a click still hits it, in px.
const REACH_PX: f32 = 8.0;
/// The least size of what is hit by a click, and by a finger, in px.
const LEAST_HIT_PX: (f32, f32) = (28.0, 44.0);
/// A mark is framed for this long, in seconds, after the pointer has moved on it.
const HOVER_SECS: f32 = 1.5;
/// How far beside that a click misses the mark, and does not turn the page either, in px.
const NEAR_PX: f32 = 14.0;
/// A mark appears over this long, in seconds.
const APPEAR_SECS: f64 = 0.4;
/// Lanes and rows go to their places of a step over this long, in seconds.
const SPREAD_SECS: f64 = 0.3;
/// The most that rows take of the stage's height, and what they take of it where the names are to
/// stand under their marks.
const MOST_SHARE: f32 = 0.5;
/// See [`MOST_SHARE`].
const UNDER_SHARE: f32 = 0.42;
/// The height that rows with names beside their marks take, as a multiple of the least.
const BESIDE_AIR: f32 = 1.25;

/// What one stage timeline keeps from frame to frame.
#[derive(Default)]
pub struct StageTimelineMemory {
    text_painter: TextPainter,
    picture: Picture<u64>,
    revision: u64,
    camera: Option<Camera>,
    flight: Option<(Flight, f64)>,
    /// The visible events, and since when, in seconds.
    since: Vec<(EventId, f64)>,
    arranged: Option<Arranged>,
    spread: Option<Spread>,
}

/// The height that is kept for the timeline, in px.
#[derive(Copy, Clone, Default)]
pub(super) struct Reserved {
    /// With which all names have a row.
    pub least_px: f32,
    /// With which they have air, or stand under their marks.
    pub wanted_px: f32,
}

/// Rows and sides, and for what they were chosen.
struct Arranged {
    lesson_timeline: Arc<LessonTimeline>,
    size_px: (f32, f32),
    rows: Arc<StageRows>,
}

/// Lanes and rows on their way from one step to the next, since when in seconds.
struct Spread {
    from: StageLanes,
    to: StageLanes,
    since_secs: f64,
}

impl Spread {
    fn at(&self, now_secs: f64) -> (StageLanes, bool) {
        let share = ((now_secs - self.since_secs) / SPREAD_SECS).clamp(0.0, 1.0);
        let rest = 1.0 - share;
        let eased = (1.0 - rest * rest * rest) as f32;
        let lanes = StageLanes::between(&self.from, &self.to, eased);
        (lanes, share < 1.0)
    }
}

impl StageTimelineMemory {
    /// The height that the timeline is to have at the current step on a stage with this room for
    /// it, in px: the width of the page and the height of the whole stage.
    pub(super) fn reserve(&mut self, size_px: (f32, f32), unit: Unit, show: &Show) -> Reserved {
        let rows = self.rows(size_px, unit, show);
        let marks = shown_marks(&rows, show);
        if has_no_timeline(show, &marks) {
            return Reserved::default();
        }
        let (least, under) = StageLanes::heights_px(&rows, &marks);
        let height = size_px.1;
        let wanted = if under <= UNDER_SHARE * height {
            under
        } else {
            (BESIDE_AIR * least).min(MOST_SHARE * height)
        };
        let around = around_px(unit.px, true).0;
        Reserved {
            least_px: least.min(wanted) + around,
            wanted_px: wanted + around,
        }
    }

    /// Rows and sides, chosen anew for another lesson or size.
    fn rows(&mut self, size_px: (f32, f32), unit: Unit, show: &Show) -> Arc<StageRows> {
        let sizes = StageSizes::at(unit.px, show.theme.scale.sqrt());
        let lesson_timeline = &show.session.timeline;
        let is_same = |it: &&Arranged| {
            Arc::ptr_eq(&it.lesson_timeline, lesson_timeline)
                && it.size_px == size_px
                && it.rows.sizes == sizes
        };
        if let Some(arranged) = self.arranged.as_ref().filter(is_same) {
            return arranged.rows.clone();
        }
        let of = (&*show.timeline, &*show.session.lesson);
        let most = (size_px.0, MOST_SHARE * size_px.1);
        let rows = StageRows::new(of, lesson_timeline, most, sizes, &*show.measure);
        let rows = Arc::new(rows);
        self.spread = None;
        self.arranged = Some(Arranged {
            lesson_timeline: lesson_timeline.clone(),
            size_px,
            rows: rows.clone(),
        });
        rows
    }

    /// Lanes and rows now, on their way to those of the step; and whether they still move.
    fn spread(&mut self, to: StageLanes, now_secs: f64, is_still: bool) -> (StageLanes, bool) {
        let is_there = self.spread.as_ref().is_some_and(|spread| spread.to == to);
        if !is_there {
            let before = self.spread.as_ref().filter(|_| !is_still);
            let from = before.map_or_else(|| to.clone(), |spread| spread.at(now_secs).0);
            self.spread = Some(Spread {
                from,
                to: to.clone(),
                since_secs: now_secs,
            });
        }
        self.spread
            .as_ref()
            .map_or((to, false), |spread| spread.at(now_secs))
    }

    /// The camera now, on its flight to `to`; and whether it is still moving.
    fn fly(&mut self, to: Camera, now_secs: f64, is_still: bool) -> (Camera, bool) {
        let from = self.camera.unwrap_or(to);
        let aim = self.flight.map_or(from, |(flight, _)| flight.to());
        if is_still {
            (self.flight, self.camera) = (None, Some(to));
        } else if aim != to {
            self.flight = Some((Flight::new(from, to, WIDTH_PX), now_secs));
        }
        if let Some((flight, since)) = self.flight {
            let share = (now_secs - since) / flight.duration_secs();
            self.camera = Some(flight.at(share));
            if share >= 1.0 {
                self.flight = None;
            }
        }
        let camera = *self.camera.get_or_insert(to);
        (camera, self.flight.is_some())
    }

    /// How far each event has appeared, from 0 to 1; and whether any is still appearing. The events
    /// of the first frame appear at once.
    fn appear(&mut self, events: &[EventId], now_secs: f64, is_still: bool) -> (Vec<f32>, bool) {
        let is_first = self.since.is_empty();
        let at_once = is_first || is_still;
        self.since.retain(|(event, _)| events.contains(event));
        let mut is_moving = false;
        let shares = events.iter().map(|event| {
            let since = self.since.iter().find(|(it, _)| it == event).map(|it| it.1);
            let since = since.unwrap_or_else(|| {
                let since = if at_once { f64::MIN } else { now_secs };
                self.since.push((*event, since));
                since
            });
            let share = ((now_secs - since) / APPEAR_SECS).clamp(0.0, 1.0);
            is_moving |= share < 1.0;
            share as f32
        });
        (shares.collect(), is_moving)
    }
}

/// Whether a step has no timeline: one that asks for an order, which a timeline would tell, and one
/// that shows no event, whose axis would be empty, unless it asks when something was.
fn has_no_timeline(show: &Show, marks: &[Option<(f32, f32)>]) -> bool {
    let step = show.session.current_step();
    match step.and_then(|step| step.question.as_ref()) {
        Some(Question::Order(_)) => true,
        Some(Question::When) => false,
        Some(Question::Choose(_)) | None => marks.iter().all(Option::is_none),
    }
}

/// By the number of its place: from where to where the mark of an event reaches that is shown at
/// the current step, in its view.
fn shown_marks(rows: &StageRows, show: &Show) -> Vec<Option<(f32, f32)>> {
    let (session, timeline) = (&show.session, &*show.timeline);
    let camera = LessonTimeline::seen_over(session.camera(), f64::from(rows.plot_px));
    let shown: Vec<EventId> = session.shown(timeline).map(|it| it.event).collect();
    let marks = rows.places.iter().map(|place| {
        shown.binary_search(&place.event).ok()?;
        rows.mark_x(
            &LessonTimeline::mark(timeline, place.event).drawn(&camera),
            1.0,
        )
    });
    marks.collect()
}

/// Shows the stage timeline in a part of the stage.
pub(super) fn show(
    ui: &mut Ui,
    part: StagePart,
    show: &Show,
    memory: &mut StageTimelineMemory,
    commands: &mut Vec<Command>,
) {
    let StagePart { rect, unit } = part;
    let (session, timeline) = (&show.session, &*show.timeline);
    let now_secs = ui.input(|input| input.time);
    let Some(step) = session.current_step() else {
        return;
    };
    let (camera, is_flying) = memory.fly(session.camera(), now_secs, show.is_still);
    let Some(rows) = memory.arranged.as_ref().map(|it| it.rows.clone()) else {
        return;
    };
    let reached = shown_marks(&rows, show);
    if has_no_timeline(show, &reached) {
        return;
    }
    let shown = rows.places.iter().enumerate().zip(&reached);
    let parts: Vec<(usize, EventId)> = shown
        .filter(|(_, mark)| mark.is_some())
        .map(|((at, place), _)| (at, place.event))
        .collect();
    let events: Vec<EventId> = parts.iter().map(|part| part.1).collect();
    let (appeared, is_appearing) = memory.appear(&events, now_secs, show.is_still);
    let later = later(show);
    let (around, floor) = around_px(unit.px, !later.is_empty());
    let room = rect.height() - around + floor;
    let lanes = StageLanes::new(&rows, &reached, room, floor);
    let (lanes, is_spreading) = memory.spread(lanes, now_secs, show.is_still);
    if is_flying || is_appearing || is_spreading {
        ui.request_repaint();
    }
    let asked = asked_about(step);
    let seen: Vec<StageMark> = parts
        .iter()
        .zip(appeared)
        .map(|(&(place, event), appeared)| StageMark {
            place,
            event,
            is_highlighted: is_named(step, timeline, event) || asked.contains(&event),
            is_current: step.event == Some(event),
            appeared,
        })
        .collect();
    let asks_when = matches!(step.question, Some(Question::When));
    let guess_words = session.attempt().filter(|_| asks_when).and_then(|attempt| {
        let words = session.guess_words(timeline)?;
        Some((attempt.guess?, words))
    });
    let as_of_words = timeline.as_of().zip(timeline.as_of_label());
    // The "as of" line is shown only when a visible event reaches it.
    let comes_to_it = |moment| seen.iter().any(|it| timeline.end(it.event) >= moment);
    let as_of = as_of_words
        .as_ref()
        .filter(|(moment, _)| comes_to_it(*moment));
    let stage_timeline = StageTimeline {
        timeline,
        camera: LessonTimeline::seen_over(camera, f64::from(rows.plot_px)),
        size_px: (rect.width(), rect.height()),
        rows: &rows,
        lanes: &lanes,
        seen: &seen,
        later: &later,
        guess: guess_words
            .as_ref()
            .map(|(moment, words)| (*moment, words.as_str())),
        as_of: as_of.map(|(_, words)| words.as_str()),
        theme: show.theme,
        lane_colors: &show.lane_colors,
        measure: &*show.measure,
    };
    paint(ui, rect, show, &stage_timeline, memory);
    marks(ui, rect, show, memory.picture.scene(), commands);
    if asks_when && session.open_question().is_some() {
        guess(ui, rect, &stage_timeline, commands);
    }
}

/// The note on what is not shown yet; nothing if there is none.
fn later(show: &Show) -> String {
    let session = &show.session;
    let shown = session.shown(&show.timeline).count();
    let is_hidden = shown < session.timeline.events.len();
    let more = session.timeline.left_out;
    let guessed = session.attempt().filter(|attempt| attempt.guess.is_some());
    match (is_hidden, more) {
        // The guess is drawn there.
        _ if session.open_question().is_some() && guessed.is_some() => String::new(),
        (true, _) => "not yet told".to_owned(),
        (false, 1..) if session.is_all_revealed => format!("and {more} more in the file"),
        _ => String::new(),
    }
}

fn paint(
    ui: &Ui,
    rect: Rect,
    show: &Show,
    stage_timeline: &StageTimeline<'_>,
    memory: &mut StageTimelineMemory,
) {
    let ctx: &Context = ui.ctx();
    memory.text_painter.begin(ctx);
    let placement = Placement {
        origin: rect.min.to_vec2(),
        ground: show.theme.ground,
    };
    memory.revision += 1;
    let painter = ui.painter_at(rect.expand2(egui::vec2(0.0, 8.0)));
    let revision = memory.revision;
    memory.text_painter.paint(
        &mut memory.picture,
        revision,
        &painter,
        placement,
        |scene| {
            scene.clear();
            stage_timeline.draw(scene);
        },
    );
}

/// The marks: each with its name, opened by a click.
fn marks(ui: &Ui, rect: Rect, show: &Show, scene: &Scene, commands: &mut Vec<Command>) {
    let timeline = &show.timeline;
    let least = if ui.input(InputState::has_touch_screen) {
        LEAST_HIT_PX.1
    } else {
        LEAST_HIT_PX.0
    };
    let areas = scene.hits.iter().filter_map(|hit| {
        let Target::Event(event) = hit.target else {
            return None;
        };
        let seen = egui_rect(&hit.rect, rect.min.to_vec2());
        let area = seen.expand(REACH_PX);
        let lacking = (Vec2::splat(least) - area.size()).max(Vec2::ZERO);
        Some((event, seen, area.expand2(lacking / 2.0)))
    });
    let areas: Vec<(EventId, Rect, Rect)> = areas.collect();
    for (event, _, area) in &areas {
        let id = ui.scope_id().with(("near", event.index()));
        ui.interact(area.expand(NEAR_PX), id, Sense::CLICK);
    }
    for (event, seen, area) in areas {
        let id = ui.scope_id().with(("mark", event.index()));
        let response = ui.interact(area, id, Sense::click());
        accessible::name_mark(&response, false, || {
            let words = timeline.date_words(event).to_string();
            format!("Open {}", accessible::event_name(timeline, event, &words))
        });
        // Not while it rests: one presents with a clicker.
        let is_moving = ui.input(|input| input.pointer.time_since_last_movement() < HOVER_SECS);
        if response.hovered() && is_moving {
            ui.request_repaint_after(Duration::from_secs_f32(HOVER_SECS));
        }
        if response.has_focus() || response.hovered() && is_moving {
            let ink = color(show.theme.accent);
            let stroke = Stroke::new(if response.has_focus() { 2.0 } else { 1.0 }, ink);
            ui.painter()
                .rect_stroke(seen.expand(1.0), 4.0, stroke, StrokeKind::Outside);
        }
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            commands.push(Command::Lesson(LessonCommand::Open(event)));
        }
    }
}

/// A click or a drag puts the guess where the pointer is.
fn guess(ui: &Ui, rect: Rect, stage_timeline: &StageTimeline<'_>, commands: &mut Vec<Command>) {
    let id = ui.scope_id().with("guess");
    let rect = rect.with_min_x(rect.left() + stage_timeline.plot().x0);
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let name = "Guess on the axis: arrow up is later";
    accessible::name(&response, Role::Slider, name);
    let is_put = response.clicked() || response.dragged();
    if let Some(at) = response.interact_pointer_pos().filter(|_| is_put) {
        let moment = stage_timeline
            .camera
            .time_from_x(f64::from(at.x - rect.left()));
        commands.push(Command::Lesson(LessonCommand::Guess(moment)));
    }
    response.on_hover_cursor(CursorIcon::ResizeHorizontal);
}
