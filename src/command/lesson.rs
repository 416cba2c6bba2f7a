//! Commands during a lesson. Their keys are those of clickers and of other presentation programs.

use serde::{Deserialize, Serialize};

use super::keys::{Key, Shortcut, key, letter, sign};
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

/// What a lesson's command is about.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum LessonGroup {
    /// Going from step to step.
    Steps,
    /// Answering questions.
    Answers,
    /// What the class sees.
    Stage,
    /// Time and autoplay.
    Time,
}

impl LessonGroup {
    /// All of them, in the order in which the list of keys shows them.
    pub const ALL: [Self; 4] = [Self::Steps, Self::Answers, Self::Stage, Self::Time];

    /// Its heading in the list of keys.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Steps => "Steps",
            Self::Answers => "Questions",
            Self::Stage => "Stage",
            Self::Time => "Time",
        }
    }
}

commands! {
    /// A command of a lesson that needs no value.
    LessonMenuCommand in LessonGroup {
        /// Closes the opened event; else reveals the answer of an open question; else shows the
        /// next step.
        Next "Next step, or the answer" Steps
            [key(Key::ArrowRight), key(Key::Space), key(Key::PageDown), letter('N')],
        /// The previous step.
        Back "Step before" Steps
            [key(Key::ArrowLeft), key(Key::PageUp), letter('P'), key(Key::Backspace)],
        /// The first step, with nothing answered.
        First "Begin anew" Steps [key(Key::Home)],
        /// The last step.
        Last "Last step" Steps [key(Key::End)],
        /// Goes to the step whose number was typed; else picks what the cursor is at, or answers.
        Enter "Go to the number, or pick" Steps [key(Key::Enter)],
        /// Moves to the answer or card above; a guess: later; a long text: scrolls up.
        Up "Answer or card above, later guess, scroll up" Answers [key(Key::ArrowUp)],
        /// Moves to the answer or card below; a guess: earlier; a long text: scrolls down.
        Down "Answer or card below, earlier guess, scroll down" Answers [key(Key::ArrowDown)],
        /// Reveals the answer of an open question; else toggles showing all events.
        Reveal "Reveal the answer, or all" Answers [letter('R')],
        /// Toggles an all black stage.
        Black "Black" Stage [letter('B'), sign('.')],
        /// Toggles an all white stage.
        White "White" Stage [letter('W')],
        /// Toggles a spotlight that follows the pointer.
        Spotlight "Spotlight" Stage [letter('S')],
        /// Enlarges the picture of the step's event; then the next one, and after the last the step
        /// is shown again.
        Picture "Picture, larger; the next one" Stage [letter('V')],
        /// Toggles the sources under each step.
        Sources "Sources" Stage [letter('C')],
        /// Toggles autoplay.
        Autoplay "By itself" Time [letter('A')],
        /// Autoplay stays longer on each step.
        Slower "Longer on each step" Time [sign('+'), sign('=')],
        /// Autoplay stays shorter on each step.
        Faster "Shorter on each step" Time [sign('-')],
        /// Pauses the stopwatch, or lets it run on.
        Pause "Pause the time" Time [letter('T')],
        /// Moves the stage into a window of its own, or back.
        MoveStage "The stage in a window of its own" Stage [letter('M')],
        /// Closes what is open or covers the stage; else ends the lesson.
        Leave "Leave the lesson" Steps [key(Key::Escape), key(Key::Function(5))],
    }
}

/// A command of a running lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum LessonCommand {
    /// One of the menu.
    Menu(LessonMenuCommand),
    /// Adds a digit to the number of a step that is being typed.
    Digit(u8),
    /// Shows this step, counted from 0.
    GoTo(usize),
    /// A key without a command: it only stops autoplay.
    UnboundKey,
    /// Toggles whether the stage's own window fills its monitor.
    FillScreen,
    /// Ends the lesson.
    End,
    /// Opens an event of the stage's timeline, or closes it.
    Open(EventId),
    /// Closes the opened event.
    Close,
    /// Moves a card of a question to another place.
    Move {
        /// The card: its place may have changed since it was drawn.
        card: EventId,
        /// The place.
        to: usize,
    },
    /// Chooses an answer by its index.
    Choose(usize),
    /// Puts the guess at this moment.
    Guess(Moment),
}

impl From<LessonMenuCommand> for LessonCommand {
    fn from(command: LessonMenuCommand) -> Self {
        Self::Menu(command)
    }
}
