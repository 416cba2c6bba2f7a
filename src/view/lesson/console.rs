//! The presenter's view: the step that the class sees, the next one, private notes in large
//! letters, all steps, the elapsed time and the time of day.
//!
//! ```text
//!  5 / 9              12:46                 10:32
//!  ┌───────────────────────┐  NEXT
//!  │ what the class sees   │  ┌────────────────┐
//!  └───────────────────────┘  └────────────────┘
//!  NOTES                      LESSON
//!  Ask first: why …           1 The invasion …
//!  ‹ Back   Next ›   Black out   Spotlight …
//! ```
//!
//! In a small window everything stands in one column, which scrolls.

use egui::{
    Align2, CornerRadius, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2,
};

use super::{
    Show,
    stage::{self, Kind, StageContent, StageMemory},
    story,
};
use crate::{
    command::{Command, LessonCommand, LessonMenuCommand},
    layout::{Face, measure::elided},
    state::lesson::clock_words,
    view::{
        accessible::{self, Pressable, SetPosition},
        markdown,
        text::{self, Style, color},
        widgets,
    },
};

/// The height of the bar at the top, in px.
const HEAD_PX: f32 = 84.0;
/// The height of the row of buttons at the bottom with its margins, in px.
const FOOT_PX: f32 = 60.0;
/// The height of each further row of buttons, in px.
const BUTTON_ROW_PX: f32 = 38.0;
/// The gap between two buttons, in px.
const BUTTON_GAP_PX: f32 = 10.0;
/// The margin beside everything, in px.
const AIR_PX: f32 = 28.0;
/// From this width on there are two columns, in px.
const WIDE_FROM_PX: f32 = 760.0;
/// The left column's share of the width.
const LEFT_SHARE: f32 = 0.575;
/// The height of a row of the list of steps, in px.
const ROW_PX: f32 = 30.0;
/// The width of the column of their numbers, in px.
const NUMBER_PX: f32 = 26.0;
/// The size of the notes' letters, in px.
const NOTES_PX: f32 = 21.0;

/// The height of the note that the stage is hidden, in px.
const HIDDEN_PX: f32 = 62.0;
/// What it says.
const STAGE_IS_HIDDEN: &str = "Only this screen is left, so the stage is hidden. It comes back with \
                               the other screen; M shows it here.";

/// The lesson clock and the time of day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clock {
    /// The lesson clock, in seconds.
    pub secs: f64,
    /// Hours and minutes, in local time.
    pub local: String,
}

/// What the presenter's view shows.
#[derive(Copy, Clone)]
pub struct ConsoleContent<'a> {
    /// The lesson.
    pub show: &'a Show,
    /// The clocks.
    pub clock: &'a Clock,
    /// Whether the stage is hidden, as its monitor is unplugged.
    pub is_stage_hidden: bool,
}

/// Shows the presenter's view in `rect`.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    shown: ConsoleContent<'_>,
    memory: &mut StageMemory,
    commands: &mut Vec<Command>,
) {
    let ConsoleContent { show, clock, .. } = shown;
    ui.painter()
        .rect_filled(rect, 0.0, color(show.theme.ground));
    let head = rect.with_max_y(rect.top() + HEAD_PX);
    let rows = button_rows(show, rect.width() - 2.0 * AIR_PX);
    let timeline_px = FOOT_PX + (rows - 1) as f32 * BUTTON_ROW_PX;
    let stage_timeline = rect.with_min_y(rect.bottom() - timeline_px);
    header(ui, head, show, clock, commands);
    let body = Rect::from_min_max(head.left_bottom(), stage_timeline.right_top())
        .shrink2(vec2(AIR_PX, 0.0));
    if rect.width() >= WIDE_FROM_PX && body.height() > 300.0 {
        two_columns(ui, body, shown, memory, commands);
    } else {
        one_column(ui, body, shown, memory, commands);
    }
    widgets::hairline(ui, stage_timeline, stage_timeline.top(), show.theme);
    buttons(
        ui,
        stage_timeline.shrink2(vec2(AIR_PX, 14.0)),
        rows,
        show,
        commands,
    );
}

fn two_columns(
    ui: &mut Ui,
    body: Rect,
    shown: ConsoleContent<'_>,
    memory: &mut StageMemory,
    commands: &mut Vec<Command>,
) {
    let show = shown.show;
    let gap = AIR_PX;
    let left_px = (body.width() - gap) * LEFT_SHARE;
    let picture_px = (left_px * 9.0 / 16.0).min(body.height() * 0.58);
    let picture = Rect::from_min_size(body.min, vec2(left_px, picture_px));
    small_stage(ui, picture, shown, memory, commands);
    let notes = Rect::from_min_max(
        pos2(body.left(), picture.bottom() + 24.0),
        pos2(picture.right(), body.bottom() - 8.0),
    );
    within(ui, notes, "notes", |ui| {
        widgets::heading(ui, "Notes", show.theme.muted);
        ui.add_space(4.0);
        scroll(ui, ("notes", show.session.step), |ui| notes_words(ui, show));
    });
    let left = picture.right() + gap;
    let next = Rect::from_min_max(
        pos2(left, body.top()),
        pos2(body.right(), body.top() + (body.height() * 0.36).min(300.0)),
    );
    within(ui, next, "next", |ui| {
        widgets::heading(ui, "Next", show.theme.muted);
    });
    next_card(ui, next.with_min_y(next.top() + 26.0), show);
    let list = Rect::from_min_max(pos2(left, next.bottom() + 24.0), body.max);
    within(ui, list, "lesson", |ui| {
        widgets::heading(ui, &show.session.lesson.title, show.theme.muted);
        ui.add_space(4.0);
        scroll(ui, ("steps", 0), |ui| steps(ui, show, true, commands));
    });
}

fn one_column(
    ui: &mut Ui,
    body: Rect,
    shown: ConsoleContent<'_>,
    memory: &mut StageMemory,
    commands: &mut Vec<Command>,
) {
    let show = shown.show;
    within(ui, body, "column", |ui| {
        scroll(ui, ("column", show.session.step), |ui| {
            let width = ui.available_width();
            let (picture, _) =
                ui.allocate_exact_size(vec2(width, width * 9.0 / 16.0), Sense::hover());
            small_stage(ui, picture, shown, memory, commands);
            ui.add_space(16.0);
            widgets::heading(ui, "Notes", show.theme.muted);
            ui.add_space(4.0);
            notes_words(ui, show);
            ui.add_space(16.0);
            widgets::heading(ui, "Next", show.theme.muted);
            ui.add_space(4.0);
            let (next, _) = ui.allocate_exact_size(vec2(width, 150.0), Sense::hover());
            next_card(ui, next, show);
            ui.add_space(16.0);
            widgets::heading(ui, &show.session.lesson.title, show.theme.muted);
            ui.add_space(4.0);
            steps(ui, show, false, commands);
        });
    });
}

fn within(ui: &mut Ui, rect: Rect, salt: &str, add: impl FnOnce(&mut Ui)) {
    // A child: the layout around it depends on its rectangle, not on its contents.
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(salt));
    child.set_clip_rect(rect.expand(8.0).intersect(ui.clip_rect()));
    child.spacing_mut().item_spacing.y = 0.0;
    add(&mut child);
}

/// Contents that scroll if they are too high. Each new salt begins at the top.
fn scroll(ui: &mut Ui, salt: (&str, usize), add: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical()
        .auto_shrink(false)
        .id_salt(salt)
        .show(ui, add);
}

/// The number of the step, the elapsed time, the time of day.
fn header(ui: &mut Ui, rect: Rect, show: &Show, clock: &Clock, commands: &mut Vec<Command>) {
    let (session, theme) = (&show.session, show.theme);
    let inner = rect.shrink2(vec2(AIR_PX, 0.0));
    let y = rect.top() + 34.0;
    let count = session.lesson.steps.len();
    let number = show.place();
    let named = |ui: &Ui, at: Rect, name: String, salt: &str| {
        let response = ui.interact(at, ui.scope_id().with(salt), Sense::hover());
        accessible::name_text(&response, &name);
    };
    widgets::write(
        ui,
        pos2(inner.left(), y),
        &number,
        (Face::SansSemiBold, 20.0),
        theme.ink,
    );
    let at = Rect::from_center_size(pos2(inner.left() + 40.0, y), vec2(80.0, 30.0));
    named(
        ui,
        at,
        format!("Step {} of {count}", session.step + 1),
        "step",
    );
    let style = (Face::Sans, 20.0);
    let width = show.measure.width(&clock.local, style.0, style.1);
    widgets::write(
        ui,
        pos2(inner.right() - width, y),
        &clock.local,
        style,
        theme.muted,
    );
    let at = Rect::from_center_size(pos2(inner.right() - width / 2.0, y), vec2(width, 30.0));
    named(ui, at, format!("It is {}", clock.local), "clock");

    let elapsed = clock_words(session.stopwatch.secs(clock.secs));
    let is_running = session.stopwatch.is_running();
    let button =
        Rect::from_center_size(pos2(rect.center().x, rect.top() + 42.0), vec2(210.0, 70.0));
    let response = ui.interact(button, ui.scope_id().with("elapsed"), Sense::click());
    let (what, does) = if is_running {
        ("elapsed", "pause")
    } else {
        ("paused", "go on")
    };
    let name = format!("{elapsed} {what}: {does}");
    let style = |face, size, ink| Style::new(face, size, color(ink));
    let response = widgets::quiet(ui, response, &name, theme, |_| {
        let ink = if is_running { theme.ink } else { theme.accent };
        let large = ui.fonts_mut(|fonts| {
            fonts.layout_job(text::job(&elapsed, &style(Face::SansSemiBold, 34.0, ink)))
        });
        let at = Align2::CENTER_CENTER.anchor_size(pos2(button.center().x, y + 2.0), large.size());
        ui.painter().galley(at.min, large, color(ink));
        let words = format!("{what} · click to {does}");
        let small = ui.fonts_mut(|fonts| {
            fonts.layout_job(text::job(&words, &style(Face::Sans, 12.0, theme.muted)))
        });
        let at = Align2::CENTER_CENTER.anchor_size(pos2(button.center().x, y + 32.0), small.size());
        ui.painter().galley(at.min, small, color(theme.muted));
    });
    if response.clicked() {
        commands.push(LessonMenuCommand::Pause.into());
    }
}

/// A small picture of the stage, and what covers the stage.
fn small_stage(
    ui: &mut Ui,
    rect: Rect,
    shown: ConsoleContent<'_>,
    memory: &mut StageMemory,
    commands: &mut Vec<Command>,
) {
    let ConsoleContent {
        show,
        clock,
        is_stage_hidden,
    } = shown;
    let theme = show.theme;
    let event = show.session.current_step().and_then(|step| step.event);
    let ink = event.map_or(theme.accent, |event| show.lane(event).1);
    let picture = StageContent {
        show,
        kind: Kind::Picture,
        clock_secs: clock.secs,
    };
    stage::show(ui, rect.shrink(3.0), picture, memory, commands);
    let painter = ui.painter();
    if let Some(cover) = show.session.cover {
        let words = cover.words();
        painter.rect_filled(rect, 8.0, color(theme.ground.faded(0.75)));
        let style = (Face::SansSemiBold, 16.0);
        let half = show.measure.width(words, style.0, style.1) / 2.0;
        widgets::write(
            ui,
            pos2(rect.center().x - half, rect.center().y),
            words,
            style,
            theme.accent,
        );
        let response = ui.interact(rect, ui.scope_id().with("cover"), Sense::hover());
        accessible::name_text(&response, words);
    }
    if is_stage_hidden {
        hidden(ui, rect, show);
    }
    let stroke = Stroke::new(2.0, color(ink));
    ui.painter()
        .rect_stroke(rect, CornerRadius::same(8), stroke, StrokeKind::Inside);
}

/// Says over the picture of the stage that the class does not see it, and what brings it back.
fn hidden(ui: &mut Ui, rect: Rect, show: &Show) {
    let theme = show.theme;
    let inner = rect.shrink(3.0);
    let style = Style::new(Face::SansSemiBold, 15.0, color(theme.accent));
    let bar = inner.with_min_y(inner.bottom() - HIDDEN_PX);
    ui.painter().rect_filled(bar, 6.0, color(theme.ground));
    widgets::hairline(ui, bar, bar.top(), theme);
    within(ui, bar.shrink2(vec2(14.0, 8.0)), "hidden", |ui| {
        widgets::paragraph(ui, STAGE_IS_HIDDEN, &style, &*show.measure);
        accessible::alert(ui.ctx(), "hidden", STAGE_IS_HIDDEN);
    });
}

fn notes_words(ui: &mut Ui, show: &Show) {
    let notes = show
        .session
        .current_step()
        .map_or("", |step| step.notes.as_str());
    let style = |ink| Style {
        line_height: 1.45,
        ..Style::new(Face::Serif, NOTES_PX, color(ink))
    };
    if notes.is_empty() {
        let words = "There are no notes for this step.";
        widgets::paragraph(ui, words, &style(show.theme.muted), &*show.measure);
    } else {
        markdown::show_in(
            ui,
            notes,
            &style(show.theme.ink),
            show.theme,
            &*show.measure,
        );
    }
}

fn next_card(ui: &mut Ui, rect: Rect, show: &Show) {
    let theme = show.theme;
    ui.painter().rect(
        rect,
        CornerRadius::same(8),
        color(theme.panel),
        Stroke::new(1.0, color(theme.hairline)),
        StrokeKind::Inside,
    );
    if let Some(step) = show.session.next_step() {
        story::card(ui, rect, step, show);
    } else {
        let words = "This is the last step.";
        within(ui, rect.shrink(24.0), "last", |ui| {
            let style = Style::new(Face::Sans, 15.0, color(theme.muted));
            widgets::paragraph(ui, words, &style, &*show.measure);
        });
    }
}

/// All steps: a click goes there. In a list of its own the current step is scrolled into view.
fn steps(ui: &mut Ui, show: &Show, is_own_list: bool, commands: &mut Vec<Command>) {
    ui.scope(|ui| step_rows(ui, show, is_own_list, commands));
}

fn step_rows(ui: &mut Ui, show: &Show, is_own_list: bool, commands: &mut Vec<Command>) {
    let (session, theme) = (&show.session, show.theme);
    accessible::name_list(ui, "Steps", session.lesson.steps.len());
    for (number, step) in session.lesson.steps.iter().enumerate() {
        let width = ui.available_width();
        let (rect, response) = ui.allocate_exact_size(vec2(width, ROW_PX), Sense::click());
        let is_current = number == session.step;
        let words = format!("{} {}", number + 1, show.short(step));
        let place = SetPosition {
            index: number,
            count: session.lesson.steps.len(),
        };
        let pressable = Pressable::option(&words, is_current, place);
        let response = pressable.paint(ui, response, theme, |response| {
            if is_current || response.hovered() {
                let wash = if is_current {
                    theme.accent.faded(0.16)
                } else {
                    theme.ink.faded(0.05)
                };
                ui.painter()
                    .rect_filled(rect, CornerRadius::same(6), color(wash));
            }
            let shown_id = ui.scope_id().with("now");
            let was_scrolled_to = ui.data(|data| data.get_temp(shown_id)) == Some(number);
            if is_current && is_own_list && !was_scrolled_to {
                response.scroll_to_me(None);
                ui.data_mut(|data| data.insert_temp(shown_id, number));
            }
            let (face, ink) = if is_current {
                (Face::SansSemiBold, theme.ink)
            } else {
                (Face::Sans, theme.muted)
            };
            // Separate texts: in one line with an Arabic title the number would end up behind it.
            let left = pos2(rect.left() + 12.0, rect.center().y);
            let count = (number + 1).to_string();
            widgets::write(ui, left, &count, (face, 14.0), ink);
            let mut cut = String::new();
            let room = width - NUMBER_PX - 24.0;
            let shown = elided(
                show.short(step),
                (face, 14.0),
                room,
                &*show.measure,
                &mut cut,
            );
            let left = pos2(left.x + NUMBER_PX, left.y);
            widgets::write(ui, left, shown, (face, 14.0), ink);
        });
        if response.clicked() {
            commands.push(Command::Lesson(LessonCommand::GoTo(number)));
        }
    }
}

/// The actions of the buttons, each with its text and key.
fn actions(show: &Show) -> [(String, LessonCommand); 9] {
    let session = &show.session;
    let reveal = if session.open_question().is_some() {
        "Show the answer  R"
    } else if session.is_all_revealed {
        "Hide what is later  R"
    } else {
        "Reveal all  R"
    };
    let autoplay = if session.autoplay_since.is_some() {
        "Stop  A".to_owned()
    } else {
        format!("Every {} s  A", session.autoplay_secs)
    };
    [
        ("‹ Back".to_owned(), LessonMenuCommand::Back.into()),
        ("Next ›".to_owned(), LessonMenuCommand::Next.into()),
        ("Black out  B".to_owned(), LessonMenuCommand::Black.into()),
        (
            "Spotlight  S".to_owned(),
            LessonMenuCommand::Spotlight.into(),
        ),
        (reveal.to_owned(), LessonMenuCommand::Reveal.into()),
        ("Sources  C".to_owned(), LessonMenuCommand::Sources.into()),
        (autoplay, LessonMenuCommand::Autoplay.into()),
        (
            "Stage in this window  M".to_owned(),
            LessonMenuCommand::MoveStage.into(),
        ),
        ("End  Esc".to_owned(), LessonCommand::End),
    ]
}

/// How many rows the buttons take in a width, if at most two; else they are one row that scrolls.
fn button_rows(show: &Show, width_px: f32) -> usize {
    let mut rows = 1;
    let mut left = 0.0;
    for (words, _) in &actions(show) {
        let wide = show.measure.width(words, Face::SansSemiBold, 13.0) + 24.0 + BUTTON_GAP_PX;
        if left + wide > width_px {
            rows += 1;
            left = 0.0;
        }
        left += wide;
    }
    if rows > 2 { 1 } else { rows }
}

fn buttons(ui: &mut Ui, rect: Rect, rows: usize, show: &Show, commands: &mut Vec<Command>) {
    let mut add = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing = vec2(BUTTON_GAP_PX, 8.0);
        for (words, command) in actions(show) {
            let style = Style::new(Face::SansSemiBold, 13.0, color(show.theme.ink));
            if widgets::chip(ui, &words, &style, show.theme).clicked() {
                commands.push(Command::Lesson(command));
            }
        }
    };
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("buttons"));
    if rows > 1 {
        child.horizontal_wrapped(add);
    } else {
        ScrollArea::horizontal()
            .id_salt("buttons")
            .auto_shrink(false)
            .show(&mut child, |ui| ui.horizontal(|ui| add(ui)));
    }
}
