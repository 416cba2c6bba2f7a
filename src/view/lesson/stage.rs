//! The stage: what the class sees. Large letters, the stage timeline below, and nothing else.
//!
//! ```text
//!  ┌────────────────────────────────────────┐
//!  │  LANE                                  │
//!  │  Title             text                │  story
//!  │  date · what is not known              │
//!  │  ● lane   ▒▓▒ name   ▒▓▓▒ name         │  timeline: the height that
//!  │  ● lane      ███ name     not yet told │  the story leaves
//!  │        ──┬──────┬─────┬──────┬───      │
//!  │  5 / 9        ● ● ● ◉ ○ ○     lesson   │
//!  └────────────────────────────────────────┘
//! ```
//!
//! A click goes on, a right click goes back, a swipe does either.

use std::time::Duration;

use egui::{Color32, Mesh, Pos2, Rect, Role, Sense, Shape, Ui, UiBuilder, pos2, vec2};

use super::{
    Show, StagePart, Unit, opened, picture,
    stage_timeline::{self, StageTimelineMemory},
    story::{self, More},
};
use crate::{
    command::{Command, LessonCommand, LessonMenuCommand},
    layout::{
        Face,
        measure::{elided, half_px},
    },
    state::lesson::Cover,
    view::{accessible, text::color, widgets},
};

/// The margins beside the story at a unit of 1, in px: of a wide and of a squarer stage.
const MARGINS_PX: (f32, f32) = (120.0, 70.0);
/// The height of the footer under the timeline, at a unit of 1, in px.
const FOOTER_PX: f32 = 110.0;
/// The size of the footer's letters, at a unit of 1, in px.
const FOOTER_SIZE_PX: f32 = 20.0;
/// The gap between story and timeline, at a unit of 1, in px.
const STORY_GAP_PX: f32 = 20.0;
/// A story that does not fit in the smallest letters takes at most this share of the timeline.
const MORE_SHARE: f32 = 0.12;
/// More steps than this are not shown as dots.
const MOST_DOTS: usize = 40;
/// A swipe is at least this share of the width.
const SWIPE_SHARE: f32 = 0.12;
/// How often the line that shows the autoplay's progress is redrawn.
const AUTOPLAY_FRAME: Duration = Duration::from_millis(100);

/// What one stage keeps from frame to frame.
#[derive(Default)]
pub struct StageMemory {
    stage_timeline: StageTimelineMemory,
}

/// Whether a stage is the one that the class sees, or a picture of it.
#[derive(Copy, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The class sees it.
    Live,
    /// A small picture of it for the presenter, who can answer questions in it, too.
    Picture,
}

/// What a stage shows.
#[derive(Copy, Clone)]
pub struct StageContent<'a> {
    /// The lesson.
    pub show: &'a Show,
    /// Who sees it.
    pub kind: Kind,
    /// The lesson clock, in seconds.
    pub clock_secs: f64,
}

/// Shows the stage in `rect`.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    shown: StageContent<'_>,
    memory: &mut StageMemory,
    commands: &mut Vec<Command>,
) {
    let StageContent {
        show,
        kind,
        clock_secs,
    } = shown;
    let builder = UiBuilder::new()
        .max_rect(rect)
        .id_salt(("stage", kind == Kind::Live));
    let ui = &mut ui.new_child(builder);
    ui.style_mut().interaction.selectable_labels = false;
    accessible::speak(ui, show.timeline.language());
    ui.set_clip_rect(rect.intersect(ui.clip_rect()));
    let session = &show.session;
    let cover = session.cover.filter(|_| kind == Kind::Live);
    let ground = match cover {
        Some(Cover::Black) => Color32::BLACK,
        Some(Cover::White) => Color32::WHITE,
        None => color(show.theme.ground),
    };
    ui.painter().rect_filled(rect, 0.0, ground);
    if kind == Kind::Live {
        background(ui, rect, show, commands);
    }
    if cover.is_some() {
        return;
    }
    let unit = Unit::of(rect.size());
    let px = unit.px;
    let margin = px
        * if unit.is_stacked {
            MARGINS_PX.1
        } else {
            MARGINS_PX.0
        };
    let page = Rect::from_min_max(
        pos2(rect.left() + margin, rect.top() + 60.0 * px),
        pos2(rect.right() - margin, rect.bottom() - FOOTER_PX * px),
    );
    let part = |rect| StagePart { rect, unit };
    let timeline_memory = &mut memory.stage_timeline;
    let reserved = timeline_memory.reserve((page.width(), rect.height()), unit, show);
    let gap = STORY_GAP_PX * px;
    let story_rect = page.with_max_y(page.bottom() - reserved.wanted_px - gap);
    let (story_rect, picture_bottom) = picture::beside(ui, part(story_rect), show, commands);
    let more = More {
        at_once_px: reserved.wanted_px - reserved.least_px,
        at_last_px: MORE_SHARE * reserved.least_px,
    };
    let story_bottom = story::show(ui, part(story_rect), more, show, commands);
    let stage_timeline = page.with_min_y(story_bottom.max(picture_bottom) + gap);
    stage_timeline::show(ui, part(stage_timeline), show, timeline_memory, commands);
    footer(ui, rect, stage_timeline, px, show);
    if let Some(event) = session.opened {
        opened::show(ui, rect, event, show, commands);
    }
    picture::enlarged(ui, rect, show, commands);
    if kind == Kind::Picture {
        return;
    }
    if let Some(share) = session.autoplay_share(clock_secs) {
        let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 4.0), rect.right_bottom());
        let line = line.with_max_x(rect.left() + rect.width() * share);
        ui.painter()
            .rect_filled(line, 0.0, color(show.theme.accent));
        ui.request_repaint_after(AUTOPLAY_FRAME);
    }
    if session.has_spotlight {
        spotlight(ui, rect);
    }
}

/// A click anywhere goes on, a right click back; a swipe to the left goes on, to the right back.
fn background(ui: &Ui, rect: Rect, show: &Show, commands: &mut Vec<Command>) {
    let response = ui.interact(
        rect,
        ui.scope_id().with("background"),
        Sense::CLICK | Sense::DRAG,
    );
    let step = show.session.step + 1;
    let name = format!("Stage, step {step} of {}", show.session.lesson.steps.len());
    accessible::name(&response, Role::Group, &name);
    let is_open = show.session.opened.is_some();
    if response.clicked() {
        commands.push(if is_open {
            Command::Lesson(LessonCommand::Close)
        } else {
            LessonMenuCommand::Next.into()
        });
    }
    if response.secondary_clicked() {
        commands.push(LessonMenuCommand::Back.into());
    }
    // The distance dragged so far is kept until the drag ends.
    let way_id = response.id.with("way");
    if response.dragged() {
        let before = ui.data(|data| data.get_temp::<f32>(way_id)).unwrap_or(0.0);
        let way = before + response.drag_delta().x;
        ui.data_mut(|data| data.insert_temp(way_id, way));
    }
    if response.drag_stopped() {
        let way = ui
            .data_mut(|data| data.remove_temp::<f32>(way_id))
            .unwrap_or(0.0);
        let share = way / rect.width();
        if share.abs() > SWIPE_SHARE {
            let command = if share < 0.0 {
                LessonMenuCommand::Next
            } else {
                LessonMenuCommand::Back
            };
            commands.push(command.into());
        }
    }
}

/// The number of the step, a dot per step, the lesson's title; above them the sources of the step.
fn footer(ui: &Ui, rect: Rect, stage_timeline: Rect, px: f32, show: &Show) {
    let (session, theme) = (&show.session, show.theme);
    let y = rect.bottom() - 48.0 * px;
    let size = half_px(FOOTER_SIZE_PX * px * theme.scale);
    let count = session.lesson.steps.len();
    let number = show.place();
    let style = (Face::SansMedium, size);
    widgets::write(
        ui,
        pos2(stage_timeline.left(), y),
        &number,
        style,
        theme.ink,
    );
    let title = if session.is_made() {
        format!(
            "made from the events by importance · {}",
            session.lesson.title
        )
    } else {
        session.lesson.title.clone()
    };
    let dots_px = if count <= MOST_DOTS {
        (count as f32 * 36.0 * px).min(0.4 * stage_timeline.width())
    } else {
        0.0
    };
    let room = (stage_timeline.width() - dots_px) / 2.0 - size;
    let mut cut = String::new();
    let shown = elided(&title, style, room, &*show.measure, &mut cut);
    let label = |area: Rect, salt: &str, words: &str| {
        let label = ui.interact(area, ui.scope_id().with(salt), Sense::hover());
        accessible::name_text(&label, words);
    };
    let width = show.measure.width(shown, style.0, style.1);
    widgets::write(
        ui,
        pos2(stage_timeline.right() - width, y),
        shown,
        style,
        theme.muted,
    );
    let right = pos2(stage_timeline.right() - width / 2.0, y);
    label(
        Rect::from_center_size(right, vec2(width, size)),
        "lesson",
        &title,
    );
    if count <= MOST_DOTS && count > 1 {
        let pitch = dots_px / count as f32;
        let left = stage_timeline.center().x - dots_px / 2.0 + pitch / 2.0;
        for step in 0..count {
            let is_current = step == session.step;
            let ink = if step <= session.step {
                theme.ink
            } else {
                theme.hairline
            };
            let radius = if is_current { 9.0 } else { 6.0 } * px;
            let at = pos2(left + step as f32 * pitch, y);
            ui.painter()
                .circle_filled(at, radius.min(0.45 * pitch), color(ink));
        }
    }
    let event = session.current_step().and_then(|step| step.event);
    if let Some(event) = event.filter(|_| session.has_sources && session.open_question().is_none())
    {
        let sources = show.sources(event);
        let words = if sources.is_empty() {
            "No source is given".to_owned()
        } else {
            format!("Source: {sources}")
        };
        let mut cut = String::new();
        let shown = elided(
            &words,
            style,
            stage_timeline.width(),
            &*show.measure,
            &mut cut,
        );
        let y = rect.bottom() - 86.0 * px;
        widgets::write(
            ui,
            pos2(stage_timeline.left(), y),
            shown,
            style,
            theme.muted,
        );
        let area = Rect::from_center_size(
            pos2(stage_timeline.center().x, y),
            vec2(stage_timeline.width(), size),
        );
        label(area, "sources", &words);
    }
}

/// Darkens all but a circle around the pointer.
fn spotlight(ui: &Ui, rect: Rect) {
    const CORNERS: u16 = 64;
    let Some(at) = ui
        .input(|input| input.pointer.hover_pos())
        .filter(|at| rect.contains(*at))
    else {
        return;
    };
    let radius = 0.17 * rect.height();
    let dark = Color32::from_black_alpha(170);
    let mut mesh = Mesh::default();
    // Three rings: the edge of the light is soft, and the last one lies beyond every corner.
    let rings = [
        (radius * 0.92, Color32::TRANSPARENT),
        (radius, dark),
        (2.0 * (rect.width() + rect.height()), dark),
    ];
    for corner in 0..=CORNERS {
        let angle = f32::from(corner) / f32::from(CORNERS) * std::f32::consts::TAU;
        for (radius, ink) in rings {
            let point: Pos2 = at + radius * vec2(angle.cos(), angle.sin());
            mesh.colored_vertex(point, ink);
        }
    }
    for corner in 0..u32::from(CORNERS) {
        for ring in 0..2 {
            let (a, b) = (3 * corner + ring, 3 * (corner + 1) + ring);
            mesh.add_triangle(a, a + 1, b);
            mesh.add_triangle(b, a + 1, b + 1);
        }
    }
    ui.painter_at(rect).add(Shape::mesh(mesh));
}
