//! What a screen reader says of a lesson: the step, its question, the answer that the keys are at,
//! and how good it was.

use egui::Context;

use super::Show;
use crate::{
    model::{Question, Step},
    state::lesson::Attempt,
    view::accessible::{self, SetPosition},
};

/// Has a screen reader say what the class sees, whenever that changes. It is the name of the window,
/// too, by which those say it that know no announcements (Orca before 45).
pub fn announce(ctx: &Context, show: &Show) {
    let Some(step) = show.session.current_step() else {
        return;
    };
    if let Some(cover) = show.session.cover {
        accessible::announce(ctx, "cover", || cover.words().to_owned());
    }
    if let Some(event) = step.event.filter(|_| show.session.has_sources) {
        accessible::announce(ctx, "sources", || show.sources(event));
    }
    let is_begun = |it: &Attempt| {
        it.is_revealed || it.is_held || it.cursor > 0 || it.guess.is_some() || it.choice.is_some()
    };
    let is_answering = show.session.attempt().is_some_and(is_begun);
    accessible::name_window(ctx, || {
        let (step, answer) = (of_step(step, show), of_answer(step, show));
        if is_answering && !answer.is_empty() {
            then(answer, &step)
        } else {
            step
        }
    });
    accessible::announce(ctx, "step", || of_step(step, show));
    if is_answering {
        accessible::announce(ctx, "answer", || of_answer(step, show));
    }
    if let Some(event) = show.session.opened {
        accessible::announce(ctx, "opened", || {
            let words = show.timeline.date_words(event).to_string();
            accessible::event_name(&show.timeline, event, &words)
        });
    }
}

/// A sentence, and another one after it.
fn then(mut words: String, more: &str) -> String {
    if !more.is_empty() {
        let is_ended = words.ends_with(['.', '?', '!', '…']);
        words.push_str(if is_ended { " " } else { ". " });
        words.push_str(more);
    }
    words
}

/// The step with its number, and its question, or its title, date and text.
fn of_step(step: &Step, show: &Show) -> String {
    let session = &show.session;
    let place = SetPosition {
        index: session.step,
        count: session.lesson.steps.len(),
    };
    let mut words = format!("Step {}. {}", place.words(), show.title(step));
    let mut add = |more: &str| words = then(std::mem::take(&mut words), more);
    if session.open_question().is_some() {
        match &step.question {
            Some(Question::Choose(answers)) => {
                for (number, answer) in answers.iter().enumerate() {
                    add(&format!("{}: {}", number + 1, answer.text));
                }
            }
            Some(Question::Order(_)) => {
                add("Put these in the order of time");
                for (number, event) in session
                    .attempt()
                    .map_or(&[][..], |it| &it.order)
                    .iter()
                    .enumerate()
                {
                    add(&format!("{}: {}", number + 1, show.timeline.short(*event)));
                }
            }
            Some(Question::When) => add("Click on the axis: when was it?"),
            None => {}
        }
        return words;
    }
    match step.event {
        Some(event) => {
            add(&show.timeline.date_words_with_weekday(event).to_string());
            add(show.timeline.certainty(event).said());
        }
        None if step.missing.is_empty() => {}
        None => add("The file has no such event"),
    }
    add(&step.say);
    words
}

/// The card or answer that the keys are at; once the answer is shown, how good the attempt was.
fn of_answer(step: &Step, show: &Show) -> String {
    let session = &show.session;
    let Some(attempt) = session.attempt() else {
        return String::new();
    };
    if attempt.is_revealed {
        let verdict = session.verdict(&show.timeline);
        return verdict.map_or_else(String::new, |verdict| verdict.words);
    }
    let (words, count) = match &step.question {
        Some(Question::Order(_)) => {
            let event = attempt.order.get(attempt.cursor);
            let held = if attempt.is_held { ", picked up" } else { "" };
            let title = event.map_or("", |event| show.timeline.short(*event));
            (format!("{title}{held}"), attempt.order.len())
        }
        Some(Question::Choose(answers)) => {
            let answer = answers.get(attempt.cursor);
            let text = answer.map_or("", |answer| answer.text.as_str());
            let is_chosen = attempt.choice == Some(attempt.cursor);
            let chosen = if is_chosen { ", chosen" } else { "" };
            (format!("{text}{chosen}"), answers.len())
        }
        Some(Question::When) => {
            return session.guess_words(&show.timeline).unwrap_or_default();
        }
        None => return String::new(),
    };
    let place = SetPosition {
        index: attempt.cursor,
        count,
    };
    format!("{words}, {}", place.words())
}
