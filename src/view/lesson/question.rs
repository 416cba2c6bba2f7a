//! The question of a step: cards to put in order, answers to choose from, or a date to guess on the
//! axis; and, once it is answered, what is right and how far off the guess was.

use egui::{CornerRadius, CursorIcon, Rect, Role, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{Show, sizes::Sizes};
use crate::{
    command::{Command, LessonCommand, LessonMenuCommand},
    layout::{Face, LineBreaker, measure::half_px, theme::Rgba},
    model::{Answer, EventId, Question},
    state::lesson::Attempt,
    view::{
        accessible::{Pressable, SetPosition},
        text::{self, Style, color},
        widgets,
    },
};

/// The height of a card or answer of one line, as a multiple of its letters.
const CARD: f32 = 2.1;
/// The gap between two of them, as a multiple of their letters.
const GAP: f32 = 0.35;
/// The letters of the hint how to answer, and the gap before it, as multiples of the question's.
const HINT: f32 = 0.62;
const HINT_GAP: f32 = 0.6;
/// The width of a card's number, as a multiple of its letters.
const NUMBER: f32 = 1.9;

/// The question of a step, laid out at a width.
pub(super) struct LaidQuestion {
    rows: Rows,
    /// The size of its letters, in px.
    size: f32,
}

/// What is answered.
enum Rows {
    /// The step has no question.
    None,
    /// Cards to put in order, from top to bottom.
    Cards(Vec<Card>),
    /// The lines of each answer to choose from.
    Answers(Vec<Vec<String>>),
    /// A date to guess.
    Date,
}

impl LaidQuestion {
    /// Lays the question of the current step out at a width in px.
    pub(super) fn new(show: &Show, sizes: &Sizes, width_px: f32) -> Self {
        let size = sizes.body;
        let step = show.session.current_step();
        let rows = match step.and_then(|step| step.question.as_ref()) {
            None => Rows::None,
            Some(Question::Order(_)) => {
                let attempt = show.session.attempt();
                let cards = attempt.map(|attempt| laid(attempt, show, size, width_px));
                Rows::Cards(cards.unwrap_or_default())
            }
            Some(Question::Choose(answers)) => {
                let room = width_px - (NUMBER + 0.8) * size;
                let lines = answers
                    .iter()
                    .map(|answer| breaker(show, size, room).lines(&answer.text));
                Rows::Answers(lines.collect())
            }
            Some(Question::When) => Rows::Date,
        };
        Self { rows, size }
    }

    /// Its height, in px.
    pub(super) fn height(&self) -> f32 {
        let size = self.size;
        let row = |lines: &Vec<String>| row_height(lines, size) + GAP * size;
        let rows: f32 = match &self.rows {
            Rows::None => return 0.0,
            Rows::Cards(cards) => cards.iter().map(|card| row(&card.lines)).sum(),
            Rows::Answers(answers) => answers.iter().map(row).sum(),
            Rows::Date => 1.5 * size,
        };
        // Room for the button, or for a verdict of two lines and a gap.
        rows + 3.4 * size
    }

    /// Shows the question, and its answer once that is revealed.
    pub(super) fn show(self, ui: &mut Ui, show: &Show, commands: &mut Vec<Command>) {
        let session = &show.session;
        let (Some(step), Some(attempt)) = (session.current_step(), session.attempt()) else {
            return;
        };
        let Some(question) = &step.question else {
            return;
        };
        let size = self.size;
        let is_open = !attempt.is_revealed;
        match (self.rows, question) {
            (Rows::Cards(shown), _) => cards(ui, &shown, show, size, commands),
            (Rows::Answers(lines), Question::Choose(answers)) => {
                for (number, (answer, lines)) in answers.iter().zip(&lines).enumerate() {
                    let state = Choice {
                        number,
                        words: &answer.text,
                        lines,
                        is_right: answer.is_right,
                        attempt,
                    };
                    choice(ui, &state, size, show, commands);
                }
            }
            (Rows::Date, _) if is_open => {
                let words = session.guess_words(&show.timeline);
                let words = words.map_or_else(
                    || "Click on the axis: when was it?".to_owned(),
                    |guess| format!("Your guess: {guess}"),
                );
                let style = Style::new(Face::SansMedium, size, color(show.theme.ink));
                widgets::paragraph(ui, &words, &style, &*show.measure);
                ui.add_space(GAP * size);
            }
            _ => {}
        }
        ui.add_space(GAP * size);
        if is_open {
            let hint = match question {
                Question::Order(_) => "drag, or Enter, then ↑ ↓",
                Question::Choose(_) => "click, or ↑ ↓ and Enter",
                Question::When => "",
            };
            ui.horizontal(|ui| {
                if button(ui, "Show the answer", size, show) {
                    commands.push(LessonMenuCommand::Reveal.into());
                }
                let room = ui.available_width() - HINT_GAP * size;
                let style = (Face::Sans, half_px(HINT * size));
                let width = show.measure.width(hint, style.0, style.1);
                if !hint.is_empty() && width <= room {
                    ui.add_space(HINT_GAP * size);
                    let style = Style::new(style.0, style.1, color(show.theme.muted));
                    ui.label(text::job(hint, &style));
                }
            });
            return;
        }
        let verdict = session.verdict(&show.timeline);
        if let Some(verdict) = verdict.filter(|verdict| !verdict.words.is_empty()) {
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
}

/// The height of a card or answer of these lines, in px.
fn row_height(lines: &[String], size: f32) -> f32 {
    lines.len() as f32 * (1.25 * size).round() + (CARD - 1.25) * size
}

/// A card of an ordering question.
struct Card {
    event: EventId,
    title: String,
    /// Its date and, if misplaced, where it had been put; empty until the answer is revealed.
    note: String,
    is_placed: bool,
    /// Its title, broken into lines.
    lines: Vec<String>,
}

/// The cards from top to bottom: as the class has put them while the question is open, then in
/// their right order.
fn laid(attempt: &Attempt, show: &Show, size: f32, width_px: f32) -> Vec<Card> {
    let timeline = &show.timeline;
    let mut order: Vec<(usize, EventId)> = attempt.order.iter().copied().enumerate().collect();
    let is_open = !attempt.is_revealed;
    if !is_open {
        order.sort_by_key(|&(_, event)| timeline.start(event));
    }
    let cards = order.iter().enumerate().map(|(place, &(put, event))| {
        let there = attempt.order.get(place).map(|&it| timeline.start(it));
        // Events with the same start may be in either order.
        let is_placed = !attempt.is_tried || there == Some(timeline.start(event));
        let date = timeline.date_label(event);
        let note = match (is_open, is_placed) {
            (true, _) => String::new(),
            (false, true) => date,
            (false, false) => format!("{date} · put at {}", put + 1),
        };
        let title = timeline.short(event);
        let note_px = show.measure.width(&note, Face::Sans, 0.8 * size);
        let air = if note.is_empty() { 0.5 } else { 1.4 };
        let room = (width_px - (NUMBER + 0.55 + air) * size - note_px).max(2.0 * size);
        Card {
            event,
            title: title.to_owned(),
            lines: breaker(show, size, room).lines(title),
            note,
            is_placed,
        }
    });
    cards.collect()
}

/// Breaks the texts of answers and cards.
fn breaker(show: &Show, size_px: f32, width_px: f32) -> LineBreaker<'_> {
    LineBreaker {
        face: Face::SansMedium,
        size_px,
        width_px,
        measure: &*show.measure,
    }
}

/// The cards of an ordering question. They are dragged, or moved by keys.
fn cards(ui: &mut Ui, cards: &[Card], show: &Show, size: f32, commands: &mut Vec<Command>) {
    let Some(attempt) = show.session.attempt() else {
        return;
    };
    let theme = show.theme;
    let width = ui.available_width();
    let is_open = !attempt.is_revealed;
    let mut bottoms = Vec::with_capacity(cards.len());
    let mut dragged = None;
    for (place, card) in cards.iter().enumerate() {
        let height = row_height(&card.lines, size);
        let (whole, _) = ui.allocate_exact_size(vec2(width, height + GAP * size), Sense::hover());
        let rect = whole.with_max_y(whole.bottom() - GAP * size);
        bottoms.push(whole.bottom());
        let sense = if is_open {
            Sense::click_and_drag()
        } else {
            Sense::hover()
        };
        let response = ui.interact(
            rect,
            ui.scope_id().with(("card", card.event.index())),
            sense,
        );
        let is_at = is_open && attempt.cursor == place;
        let name = if is_open {
            format!("{}: {}", place + 1, card.title)
        } else {
            format!("{}: {}, {}", place + 1, card.title, card.note)
        };
        let in_list = SetPosition {
            index: place,
            count: cards.len(),
        };
        let pressable = Pressable::option(&name, is_at, in_list).enabled(is_open);
        let pressable = pressable.cursor(if is_open {
            CursorIcon::Grab
        } else {
            CursorIcon::Default
        });
        let response = pressable.paint(ui, response, theme, |_| {
            let is_wrong = !is_open && !card.is_placed;
            let border = if is_at || is_wrong {
                theme.accent
            } else {
                theme.hairline
            };
            box_of(ui, rect, border, if is_at { 2.5 } else { 1.0 }, show);
            let is_held = is_at && attempt.is_held;
            let left = rect.left() + if is_held { 0.25 * size } else { 0.0 };
            let line = rect.top() + 0.5 * CARD * size;
            let count = (place + 1).to_string();
            let small = (Face::SansSemiBold, 0.8 * size);
            write(ui, (left + 0.7 * size, line), &count, small, theme.muted);
            let dot = pos2(left + NUMBER * size, line);
            ui.painter()
                .circle_filled(dot, 0.2 * size, color(show.lane(card.event).1));
            for (number, words) in card.lines.iter().enumerate() {
                let y = line + number as f32 * (1.25 * size).round();
                let at = (left + (NUMBER + 0.55) * size, y);
                write(ui, at, words, (Face::SansMedium, size), theme.ink);
            }
            let note_style = (Face::Sans, 0.8 * size);
            let x = rect.right()
                - show.measure.width(&card.note, note_style.0, note_style.1)
                - 0.6 * size;
            let ink = if is_wrong { theme.accent } else { theme.muted };
            write(ui, (x, line), &card.note, note_style, ink);
        });
        if response.dragged() {
            dragged = response
                .interact_pointer_pos()
                .map(|at| (place, card.event, at.y));
        }
    }
    if let Some((from, card, y)) = dragged {
        let to = bottoms.iter().position(|&bottom| y < bottom);
        let to = to.unwrap_or(cards.len() - 1);
        if to != from {
            commands.push(Command::Lesson(LessonCommand::Move { card, to }));
        }
    }
}

/// An answer to choose.
struct Choice<'a> {
    number: usize,
    words: &'a str,
    /// The same, broken into lines.
    lines: &'a [String],
    is_right: bool,
    attempt: &'a Attempt,
}

fn choice(ui: &mut Ui, state: &Choice<'_>, size: f32, show: &Show, commands: &mut Vec<Command>) {
    let theme = show.theme;
    let width = ui.available_width();
    let attempt = state.attempt;
    let is_open = !attempt.is_revealed;
    let is_at = is_open && attempt.cursor == state.number;
    let is_chosen = attempt.choice == Some(state.number);
    let height = row_height(state.lines, size);
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
        (false, false) if is_chosen => format!("{}, chosen, not right", state.words),
        _ => state.words.to_owned(),
    };
    let pressable = Pressable::choice(Role::RadioButton, &name, is_chosen).enabled(is_open);
    let response = pressable.paint(ui, response, theme, |_| {
        let is_strong = is_chosen || !is_open && state.is_right;
        let (border, thick) = match (is_strong, is_at) {
            (true, _) => (theme.ink, 2.5),
            (false, true) => (theme.accent, 2.5),
            _ => (theme.hairline, 1.0),
        };
        box_of(ui, rect, border, thick, show);
        let mark = match (is_open, state.is_right, is_chosen) {
            (false, true, _) => "✓".to_owned(),
            (false, false, true) => "×".to_owned(),
            _ => Answer::letter(state.number),
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
        for (number, words) in state.lines.iter().enumerate() {
            let y = line + number as f32 * (1.25 * size).round();
            write(
                ui,
                (rect.left() + NUMBER * size, y),
                words,
                (Face::SansMedium, size),
                ink,
            );
        }
    });
    if response.clicked() {
        commands.push(Command::Lesson(LessonCommand::Choose(state.number)));
    }
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
    let size = half_px(size);
    widgets::write(ui, pos2(x, y), words, (face, size), ink);
}

/// A button scaled to the stage.
fn button(ui: &mut Ui, words: &str, size: f32, show: &Show) -> bool {
    let small = half_px(0.75 * size);
    let width = show.measure.width(words, Face::SansSemiBold, small) + 1.6 * small;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 2.2 * small), Sense::click());
    let response = Pressable::button(words).paint(ui, response, show.theme, |response| {
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
    });
    response.clicked()
}
