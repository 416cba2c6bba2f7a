//! What can be done while a lesson is told: its keys are those of every clicker and habit.

use egui::Key;
use serde::{Deserialize, Serialize};

use super::{Command, Listed, Mode, key};
use crate::{model::EventId, time::Moment};

/// Where the stage is.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StagePlace {
    /// On the other monitor where there is one, else in the window.
    #[default]
    Auto,
    /// In a window of its own; the first one is the presenter's.
    Apart,
    /// In the window itself.
    Here,
}

/// Something to do while a lesson is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Tell {
    /// What was opened is closed; else the answer, where a question is open and seen; else the next step.
    Next,
    /// The step before.
    Back,
    /// The first step.
    First,
    /// The last step.
    Last,
    /// A digit of the number of a step.
    Digit(u8),
    /// To the step whose number was typed; else pick what a question's mark stands at, or answer it.
    Enter,
    /// To this step, counted from 0.
    GoTo(usize),
    /// All black, or no longer.
    Black,
    /// All white, or no longer.
    White,
    /// A light that follows the pointer.
    Spotlight,
    /// Where it is written, under each step.
    Captions,
    /// The answer, where a question is open; else all that is not told yet, or no longer.
    Reveal,
    /// By itself from step to step.
    Autoplay,
    /// Longer on each step.
    Slower,
    /// Shorter on each step.
    Faster,
    /// The time stands still, or goes on.
    Pause,
    /// The stage goes into a window of its own, or comes back.
    Place,
    /// A key that means nothing: it pauses what goes on by itself.
    Other,
    /// The stage's own window fills its monitor, or no longer.
    FillScreen,
    /// To the answer or card above; a guess: later; a long text: up.
    Up,
    /// To the answer or card below; a guess: earlier; a long text: down.
    Down,
    /// The lesson ends; first what lies open is closed.
    Leave,
    /// The lesson ends.
    End,
    /// An event of the stage's timeline, opened or closed.
    Open(EventId),
    /// Whatever was opened is closed.
    Close,
    /// A card of a question goes from one place to another.
    Move {
        /// Which: its place may have changed since it was drawn.
        card: EventId,
        /// To this place.
        to: usize,
    },
    /// This answer, by its number.
    Choose(usize),
    /// It was then.
    Guess(Moment),
}

/// The commands of a lesson, in the order in which the list of keys shows them.
pub(super) fn listed() -> Vec<Listed> {
    let listed = |text, tell, keys: &[Key]| Listed {
        text,
        command: Command::Tell(tell),
        keys: keys.iter().map(|it| key(*it)).collect(),
        modes: &[Mode::Telling],
    };
    vec![
        listed(
            "Next step, or the answer",
            Tell::Next,
            &[Key::ArrowRight, Key::Space, Key::PageDown, Key::N],
        ),
        listed(
            "Step before",
            Tell::Back,
            &[Key::ArrowLeft, Key::PageUp, Key::P, Key::Backspace],
        ),
        listed("First step", Tell::First, &[Key::Home]),
        listed("Last step", Tell::Last, &[Key::End]),
        listed("Go to the number, or pick", Tell::Enter, &[Key::Enter]),
        listed(
            "Answer or card above, later guess, scroll up",
            Tell::Up,
            &[Key::ArrowUp],
        ),
        listed(
            "Answer or card below, earlier guess, scroll down",
            Tell::Down,
            &[Key::ArrowDown],
        ),
        listed("Reveal the answer, or all", Tell::Reveal, &[Key::R]),
        listed("Black", Tell::Black, &[Key::B, Key::Period]),
        listed("White", Tell::White, &[Key::W]),
        listed("Spotlight", Tell::Spotlight, &[Key::S]),
        listed("Sources", Tell::Captions, &[Key::C]),
        listed("By itself", Tell::Autoplay, &[Key::A]),
        listed(
            "Longer on each step",
            Tell::Slower,
            &[Key::Plus, Key::Equals],
        ),
        listed("Shorter on each step", Tell::Faster, &[Key::Minus]),
        listed("Pause the time", Tell::Pause, &[Key::T]),
        listed("The stage in a window of its own", Tell::Place, &[Key::M]),
        listed("Leave the lesson", Tell::Leave, &[Key::Escape, Key::F5]),
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
