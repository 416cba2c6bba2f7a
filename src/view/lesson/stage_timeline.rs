//! The stage timeline in egui: the camera flies from step to step, marks appear when their events
//! are revealed and can be opened, and a guess is put on the axis.

use egui::{Context, CursorIcon, Rect, Role, Sense, Stroke, StrokeKind, Ui};

use super::{Show, StagePart};
use crate::{
    command::{Command, LessonCommand},
    layout::{
        Camera, Flight, LessonTimeline, Target,
        draw::stage_timeline::{StageMark, StageTimeline},
        lesson_timeline::{WIDTH_PX, asked_about},
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
const REACH_PX: f32 = 4.0;
/// A mark appears over this long, in seconds.
const APPEAR_SECS: f64 = 0.4;

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
}

impl StageTimelineMemory {
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
    let parts: Vec<_> = session.shown(timeline).collect();
    let events: Vec<EventId> = parts.iter().map(|part| part.event).collect();
    let (appeared, is_appearing) = memory.appear(&events, now_secs, show.is_still);
    if is_flying || is_appearing {
        ui.request_repaint();
    }
    let names_some = !step.people.is_empty() || !step.lanes.is_empty();
    let is_named = |event: EventId| {
        let people = timeline.event(event).people;
        step.lanes.contains(&timeline.lane(event))
            || people.iter().any(|it| step.people.contains(it))
    };
    let asked = asked_about(step);
    let seen: Vec<StageMark> = parts
        .iter()
        .zip(appeared)
        .map(|(part, appeared)| StageMark {
            event: part.event,
            row: part.row,
            is_highlighted: names_some && is_named(part.event) || asked.contains(&part.event),
            is_current: step.event == Some(part.event),
            appeared,
        })
        .collect();
    let is_hidden = parts.len() < session.timeline.events.len();
    let more = session.timeline.left_out;
    let is_guessed = session.open_question().is_some()
        && session
            .attempt()
            .is_some_and(|attempt| attempt.guess.is_some());
    let later = match (is_hidden, more) {
        // The guess is drawn there.
        _ if is_guessed => String::new(),
        (true, _) => "not yet told".to_owned(),
        (false, 1..) if session.is_all_revealed => format!("and {more} more in the file"),
        _ => String::new(),
    };
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
        camera: LessonTimeline::seen_over(camera, f64::from(rect.width())),
        size_px: (rect.width(), rect.height()),
        unit: unit.px,
        rows: session.timeline.rows,
        seen: &seen,
        later: &later,
        guess: guess_words
            .as_ref()
            .map(|(moment, words)| (*moment, words.as_str())),
        as_of: as_of.map(|(moment, words)| (*moment, words.as_str())),
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
    for hit in &scene.hits {
        let Target::Event(event) = hit.target else {
            continue;
        };
        let area = egui_rect(&hit.rect, rect.min.to_vec2()).expand(REACH_PX);
        let id = ui.scope_id().with(("mark", event.index()));
        let response = ui.interact(area, id, Sense::click());
        accessible::name_mark(&response, false, || {
            let words = timeline.date_words(event);
            format!("Open {}, {words}", timeline.event(event).title)
        });
        if response.has_focus() || response.hovered() {
            let ink = color(show.theme.accent);
            let stroke = Stroke::new(if response.has_focus() { 2.0 } else { 1.0 }, ink);
            ui.painter()
                .rect_stroke(area.expand(2.0), 4.0, stroke, StrokeKind::Outside);
        }
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            commands.push(Command::Lesson(LessonCommand::Open(event)));
        }
    }
}

/// A click or a drag puts the guess where the pointer is.
fn guess(ui: &Ui, rect: Rect, stage_timeline: &StageTimeline<'_>, commands: &mut Vec<Command>) {
    let id = ui.scope_id().with("guess");
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
