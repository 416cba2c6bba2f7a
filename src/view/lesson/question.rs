//! What the class is asked: cards to be put in order, answers to choose from, or a date to guess on the
//! axis; and, once it is answered, what is right and how far off they were.

use egui::{
    CornerRadius, CursorIcon, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    Show,
    story::{Sizes, lines_height},
};
use crate::{
    command::{Command, Tell},
    layout::{Face, measure::elided, theme::Rgba},
    model::Question,
    state::telling::Attempt,
    view::{
        text::{self, Style, color},
        widgets,
    },
};

/// The height of a card or an answer's padding, as a multiple of its letters.
const CARD: f32 = 2.1;
/// The gap between two of them.
const GAP: f32 = 0.35;
/// The number of a card takes so much.
const NUMBER: f32 = 1.9;

/// How high it is over a width, in px.
pub(super) fn height(show: &Show, sizes: &Sizes, width_px: f32) -> f32 {
    let telling = &show.telling;
    let Some(question) = telling.now().and_then(|step| step.question.as_ref()) else {
        return 0.0;
    };
    let size = sizes.body;
    let rows = match question {
        Question::Order(events) => events.len() as f32 * (CARD + GAP) * size,
        Question::Choose(answers) => answers
            .iter()
            .map(|answer| answer_height(&answer.text, size, width_px, show) + GAP * size)
            .sum(),
        Question::When => 1.5 * size,
    };
    // The button, or the verdict over two lines and air.
    rows + 3.4 * size
}

fn answer_height(words: &str, size: f32, width_px: f32, show: &Show) -> f32 {
    let room = width_px - (NUMBER + 0.8) * size;
    let lines = lines_height(words, (Face::SansMedium, size, 1.25), room, show);
    lines + (CARD - 1.25) * size
}

/// Shows it, and its answer where that has been asked for.
pub(super) fn show(ui: &mut Ui, show: &Show, sizes: &Sizes, commands: &mut Vec<Command>) {
    let telling = &show.telling;
    let (Some(step), Some(attempt)) = (telling.now(), telling.attempt()) else {
        return;
    };
    let Some(question) = &step.question else {
        return;
    };
    let size = sizes.body;
    let is_open = !attempt.is_revealed;
    match question {
        Question::Order(_) => cards(ui, attempt, show, size, commands),
        Question::Choose(answers) => {
            for (number, answer) in answers.iter().enumerate() {
                let state = Choice {
                    number,
                    words: &answer.text,
                    is_chosen: attempt.choice == Some(number),
                    is_right: answer.is_right,
                };
                choice(ui, &state, attempt, show, size, commands);
            }
        }
        Question::When if is_open => {
            let words = attempt.guess_words(step, &show.timeline);
            let words = words.map_or_else(
                || "Click on the axis: when was it?".to_owned(),
                |guess| format!("Your guess: {guess}"),
            );
            let style = Style::new(Face::SansMedium, size, color(show.theme.ink));
            widgets::paragraph(ui, &words, &style, &*show.measure);
            ui.add_space(GAP * size);
        }
        Question::When => {}
    }
    ui.add_space(GAP * size);
    if is_open {
        if button(ui, "Show the answer", size, show) {
            commands.push(Command::Tell(Tell::Reveal));
        }
        return;
    }
    let verdict = attempt.verdict(step, &show.timeline);
    if !verdict.words.is_empty() {
        let ink = if verdict.is_right == Some(false) {
            show.theme.accent
        } else {
            show.theme.ink
        };
        let style = Style::new(Face::SansSemiBold, size, color(ink));
        widgets::paragraph(ui, &verdict.words, &style, &*show.measure);
        ui.add_space(0.6 * size);
    }
}

/// The cards of a question of order. They are dragged, or moved by keys.
fn cards(ui: &mut Ui, attempt: &Attempt, show: &Show, size: f32, commands: &mut Vec<Command>) {
    let theme = show.theme;
    let width = ui.available_width();
    let is_open = !attempt.is_revealed;
    let pitch = (CARD + GAP) * size;
    let top = ui.cursor().top();
    let mut right: Vec<_> = attempt
        .order
        .iter()
        .map(|&it| show.timeline.start(it))
        .collect();
    right.sort_unstable();
    for (place, &event) in attempt.order.iter().enumerate() {
        let (whole, _) = ui.allocate_exact_size(vec2(width, pitch), Sense::hover());
        let rect = whole.with_max_y(whole.bottom() - GAP * size);
        let sense = if is_open {
            Sense::click_and_drag()
        } else {
            Sense::hover()
        };
        let response = ui.interact(rect, ui.scope_id().with(("card", event.index())), sense);
        let title = show.timeline.short(event);
        let is_placed = right.get(place) == Some(&show.timeline.start(event));
        let date = show.timeline.date_label(event);
        let name = match (is_open, is_placed) {
            (true, _) => format!("{}: {title}", place + 1),
            (false, true) => format!("{}: {title}, {date}, in its place", place + 1),
            (false, false) => format!("{}: {title}, {date}, out of its place", place + 1),
        };
        let is_at = is_open && attempt.cursor == place;
        response.widget_info(|| WidgetInfo::selected(Role::Button, is_open, is_at, &name));
        let border = match (is_open, is_placed) {
            (true, _) if is_at => theme.accent,
            (false, false) => theme.accent,
            _ => theme.hairline,
        };
        let is_held = is_at && attempt.is_held;
        box_of(
            ui,
            rect,
            border,
            if is_held || is_at { 2.5 } else { 1.0 },
            show,
        );
        let drawn = if is_held {
            rect.translate(vec2(0.25 * size, 0.0))
        } else {
            rect
        };
        let number = (place + 1).to_string();
        write(
            ui,
            (drawn.left() + 0.7 * size, rect.center().y),
            &number,
            (Face::SansSemiBold, 0.8 * size),
            theme.muted,
        );
        let dot = pos2(drawn.left() + NUMBER * size, rect.center().y);
        ui.painter()
            .circle_filled(dot, 0.2 * size, color(show.lane(event).1));
        let date_px = if is_open {
            0.0
        } else {
            show.measure.width(&date, Face::Sans, 0.8 * size) + 0.8 * size
        };
        let left = drawn.left() + (NUMBER + 0.55) * size;
        let mut cut = String::new();
        let room = rect.right() - left - date_px - 0.6 * size;
        let style = (Face::SansMedium, size);
        let shown = elided(title, style, room, &*show.measure, &mut cut);
        write(ui, (left, rect.center().y), shown, style, theme.ink);
        if !is_open {
            let x = rect.right() - date_px;
            let ink = if is_placed { theme.muted } else { theme.accent };
            write(
                ui,
                (x, rect.center().y),
                &date,
                (Face::Sans, 0.8 * size),
                ink,
            );
        }
        widgets::focus_ring(ui, &response, theme);
        if !is_open {
            continue;
        }
        if response.dragged()
            && let Some(at) = response.interact_pointer_pos()
        {
            let to = ((at.y - top) / pitch).floor().max(0.0) as usize;
            let to = to.min(attempt.order.len() - 1);
            if to != place {
                commands.push(Command::Tell(Tell::Move { from: place, to }));
            }
        }
        response.on_hover_cursor(CursorIcon::Grab);
    }
}

/// An answer to choose.
struct Choice<'a> {
    number: usize,
    words: &'a str,
    is_chosen: bool,
    is_right: bool,
}

fn choice(
    ui: &mut Ui,
    state: &Choice<'_>,
    attempt: &Attempt,
    show: &Show,
    size: f32,
    commands: &mut Vec<Command>,
) {
    let theme = show.theme;
    let width = ui.available_width();
    let is_open = !attempt.is_revealed;
    let height = answer_height(state.words, size, width, show);
    let (whole, _) = ui.allocate_exact_size(vec2(width, height + GAP * size), Sense::hover());
    let rect = whole.with_max_y(whole.bottom() - GAP * size);
    let sense = if is_open {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.interact(rect, ui.scope_id().with(("answer", state.number)), sense);
    let name = match (is_open, state.is_right) {
        (false, true) => format!("{}, the right answer", state.words),
        (false, false) if state.is_chosen => format!("{}, chosen, not right", state.words),
        _ => state.words.to_owned(),
    };
    response
        .widget_info(|| WidgetInfo::selected(Role::RadioButton, is_open, state.is_chosen, &name));
    let is_at = is_open && attempt.cursor == state.number;
    let is_strong = state.is_chosen || !is_open && state.is_right;
    let (border, thick) = match (is_strong, is_at) {
        (true, _) => (theme.ink, 2.5),
        (false, true) => (theme.accent, 2.5),
        _ => (theme.hairline, 1.0),
    };
    box_of(ui, rect, border, thick, show);
    let mark = match (is_open, state.is_right, state.is_chosen) {
        (false, true, _) => "✓".to_owned(),
        (false, false, true) => "×".to_owned(),
        _ => letter(state.number),
    };
    let line = rect.top() + 0.5 * CARD * size;
    let ink = if is_strong { theme.ink } else { theme.muted };
    write(
        ui,
        (rect.left() + 0.7 * size, line),
        &mark,
        (Face::SansSemiBold, 0.9 * size),
        ink,
    );
    let is_faded = !is_open && !state.is_right;
    let ink = if is_faded { theme.muted } else { theme.ink };
    let room = width - (NUMBER + 0.8) * size;
    let lines = text::lines(state.words, Face::SansMedium, size, room, &*show.measure);
    for (number, words) in lines.iter().enumerate() {
        let y = line + number as f32 * (1.25 * size).round();
        write(
            ui,
            (rect.left() + NUMBER * size, y),
            words,
            (Face::SansMedium, size),
            ink,
        );
    }
    widgets::focus_ring(ui, &response, theme);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        commands.push(Command::Tell(Tell::Choose(state.number)));
    }
}

/// A, B, C …
fn letter(number: usize) -> String {
    let letter = u8::try_from(number)
        .ok()
        .and_then(|it| b'A'.checked_add(it));
    let letter = letter.filter(u8::is_ascii_uppercase);
    letter.map_or_else(|| (number + 1).to_string(), |it| char::from(it).to_string())
}

fn box_of(ui: &Ui, rect: Rect, border: Rgba, thick: f32, show: &Show) {
    let stroke = Stroke::new(thick, color(border));
    ui.painter().rect(
        rect,
        CornerRadius::same(8),
        color(show.theme.panel),
        stroke,
        StrokeKind::Inside,
    );
}

fn write(ui: &Ui, (x, y): (f32, f32), words: &str, (face, size): (Face, f32), ink: Rgba) {
    let size = crate::layout::draw::foot::half_px(size);
    widgets::write(ui, pos2(x, y), words, (face, size), ink);
}

/// A button in the size of the stage.
fn button(ui: &mut Ui, words: &str, size: f32, show: &Show) -> bool {
    let small = crate::layout::draw::foot::half_px(0.75 * size);
    let width = show.measure.width(words, Face::SansSemiBold, small) + 1.6 * small;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 2.2 * small), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    let radius = CornerRadius::same((1.1 * small).min(250.0) as u8);
    let border = if response.hovered() {
        show.theme.ink
    } else {
        show.theme.muted
    };
    ui.painter().rect(
        rect,
        radius,
        color(show.theme.panel),
        Stroke::new(1.0, color(border)),
        StrokeKind::Inside,
    );
    write(
        ui,
        (rect.left() + 0.8 * small, rect.center().y),
        words,
        (Face::SansSemiBold, small),
        show.theme.ink,
    );
    widgets::focus_ring(ui, &response, show.theme);
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}
