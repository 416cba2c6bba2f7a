//! Commands during a lesson, on the keys that clickers and other presentation programs use.

use egui::Key;
use serde::{Deserialize, Serialize};

use super::{Command, Listed, Mode, key};
use crate::{model::EventId, time::Moment};

/// In which window the stage is.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StagePlace {
    /// In its own window on another monitor where there is one, else in the main window.
    #[default]
    Auto,
    /// In its own window; the main window shows the presenter's view.
    Apart,
    /// In the main window.
    Here,
}

/// A command during a lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum LessonCommand {
    /// Close the opened event; else reveal the answer of an open question that no cover hides; else
    /// go to the next step.
    Next,
    /// Go to the previous step.
    Back,
    /// Go to the first step.
    First,
    /// Go to the last step.
    Last,
    /// Type a digit of a step's number.
    Digit(u8),
    /// Go to the step whose number was typed; else pick the card or answer at the question's
    /// cursor, or reveal the answer.
    Enter,
    /// Go to this step, counted from 0.
    GoTo(usize),
    /// Cover the stage in black, or uncover it.
    Black,
    /// Cover the stage in white, or uncover it.
    White,
    /// Toggle a spotlight that follows the pointer.
    Spotlight,
    /// Show or hide the sources of each step.
    Captions,
    /// Reveal the answer of an open question; else show or hide the events of later steps.
    Reveal,
    /// Start or stop autoplay from step to step.
    Autoplay,
    /// Stay longer on each step in autoplay.
    Slower,
    /// Stay shorter on each step in autoplay.
    Faster,
    /// Pause or resume the stopwatch.
    Pause,
    /// Move the stage into its own window, or back into the main one.
    Place,
    /// A key without a command: it stops autoplay.
    Other,
    /// Toggle whether the stage's own window fills its monitor.
    FillScreen,
    /// Move to the answer or card above, a guess to a later time, or scroll a long text up.
    Up,
    /// Move to the answer or card below, a guess to an earlier time, or scroll a long text down.
    Down,
    /// Discard a typed number, else close what is open, else end the lesson.
    Leave,
    /// End the lesson.
    End,
    /// Open or close an event of the stage's timeline.
    Open(EventId),
    /// Close the opened event.
    Close,
    /// Move a card of an order question.
    Move {
        /// The card's event; its index may have changed since it was drawn.
        card: EventId,
        /// Its new index.
        to: usize,
    },
    /// Choose an answer by its index, or clear the choice.
    Choose(usize),
    /// Guess this time for the event.
    Guess(Moment),
}

/// The commands of a lesson, in the order in which the list of keys shows them.
pub(super) fn listed() -> Vec<Listed> {
    let listed = |text, command, keys: &[Key]| Listed {
        text,
        command: Command::Lesson(command),
        keys: keys.iter().map(|it| key(*it)).collect(),
        modes: &[Mode::Lesson],
    };
    vec![
        listed(
            "Next step, or the answer",
            LessonCommand::Next,
            &[Key::ArrowRight, Key::Space, Key::PageDown, Key::N],
        ),
        listed(
            "Step before",
            LessonCommand::Back,
            &[Key::ArrowLeft, Key::PageUp, Key::P, Key::Backspace],
        ),
        listed("First step", LessonCommand::First, &[Key::Home]),
        listed("Last step", LessonCommand::Last, &[Key::End]),
        listed(
            "Go to the number, or pick",
            LessonCommand::Enter,
            &[Key::Enter],
        ),
        listed(
            "Answer or card above, later guess, scroll up",
            LessonCommand::Up,
            &[Key::ArrowUp],
        ),
        listed(
            "Answer or card below, earlier guess, scroll down",
            LessonCommand::Down,
            &[Key::ArrowDown],
        ),
        listed(
            "Reveal the answer, or all",
            LessonCommand::Reveal,
            &[Key::R],
        ),
        listed("Black", LessonCommand::Black, &[Key::B, Key::Period]),
        listed("White", LessonCommand::White, &[Key::W]),
        listed("Spotlight", LessonCommand::Spotlight, &[Key::S]),
        listed("Sources", LessonCommand::Captions, &[Key::C]),
        listed("By itself", LessonCommand::Autoplay, &[Key::A]),
        listed(
            "Longer on each step",
            LessonCommand::Slower,
            &[Key::Plus, Key::Equals],
        ),
        listed("Shorter on each step", LessonCommand::Faster, &[Key::Minus]),
        listed("Pause the time", LessonCommand::Pause, &[Key::T]),
        listed(
            "The stage in a window of its own",
            LessonCommand::Place,
            &[Key::M],
        ),
        listed(
            "Leave the lesson",
            LessonCommand::Leave,
            &[Key::Escape, Key::F5],
        ),
    ]
}

/// The digit of a key.
pub(super) fn digit(pressed: Key) -> Option<u8> {
    const DIGITS: [Key; 10] = [
        Key::Num0,
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    let at = DIGITS.iter().position(|&digit| digit == pressed)?;
    u8::try_from(at).ok()
}
