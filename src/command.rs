//! DO: everything that can be done, once.
//!
//! Menus, keys and tests read the same list. A view returns commands, [`State::apply`](crate::state::State::apply)
//! carries them out; what only the window can do (full screen, another file) is done by the app.

mod lesson;

pub use lesson::{StagePlace, Tell};

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};
use serde::{Deserialize, Serialize};

use crate::{
    layout::Camera,
    model::{EventId, Facet, LaneId, PersonId, search::Found},
    time::Moment,
};

/// Which look a person chose.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// What the system has on.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
    /// Strong and large, for a projector.
    Projector,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Show the whole file.
    FitAll,
    /// Twice as close, about the middle or the chosen event.
    ZoomIn,
    /// Half as close.
    ZoomOut,
    /// To the next event in time.
    Next,
    /// To the event before in time.
    Previous,
    /// To the nearest event of the lane above.
    LaneUp,
    /// To the nearest event of the lane below.
    LaneDown,
    /// To what led to the chosen event.
    Cause,
    /// To what the chosen event led to.
    Consequence,
    /// How long is it from the chosen event to the next one that is chosen? Or no longer.
    Between,
    /// To where one was before.
    Back,
    /// To where one was before going back.
    Forward,
    /// Open the chosen event's story; where it is open, go into it with the keyboard.
    OpenStory,
    /// One level back: close the story, then choose nothing.
    StepBack,
    /// Close the story, whatever else is open.
    CloseStory,
    /// Close what lies open on top, or choose nothing: a click beside everything.
    Dismiss,
    /// Close the search; who has gone to a result gets the earlier view back.
    CloseSearch,
    /// Close the list of events that lie together.
    CloseList,
    /// Close the picture that is enlarged.
    ClosePicture,
    /// Full screen on or off.
    FullScreen,
    /// Close the window.
    Quit,
    /// Larger text.
    TextLarger,
    /// Smaller text.
    TextSmaller,
    /// Text at 100 %.
    TextReset,
    /// Which look.
    Theme(ThemeChoice),
    /// Whether the camera flies and panels slide, or all is there at once.
    Motion,
    /// The list of keys, opened or closed.
    Keys,
    /// All commands, to be found by their words, opened or closed.
    Palette,
    /// The messages about the file, opened or closed.
    Messages,
    /// All events as a list instead of the canvas, or the canvas again.
    AllEvents,
    /// The chronology that ships.
    OpenShipped,
    /// A file, chosen in the system's dialog.
    Open,
    /// What is being opened is no longer wanted.
    CancelOpening,
    /// Look for something by its words.
    Search,
    /// What can be filtered by, opened or closed.
    Filters,
    /// Only the time in view, or all of it again.
    FilterView,
    /// All events again.
    ClearFilter,
    /// What does not pass the filter is hidden, or dimmed again.
    Hide,

    /// Tell the lesson in front of a class; of several, choose one.
    Present,
    /// Tell this lesson, by its number in the file; one past the last is made of the events.
    PresentLesson(usize),
    /// Tell the lesson that was broken off, from where it was.
    Resume,
    /// Something to do while a lesson is told.
    Tell(Tell),
    /// Wish for something, or no longer; a lane: show it or not.
    Toggle(Facet),
    /// Wish for this alone of its kind, or no longer.
    Isolate(Facet),
    /// Wish for someone's events alone, and see all of them; or no longer.
    Follow(PersonId),
    /// This file.
    OpenFile(PathBuf),
    /// Look for these words.
    Seek(String),
    /// Choose a result of the search, by its number.
    SeekRow(usize),
    /// Go to a result of the search; a second time: close the search and stay.
    Take(Found),
    /// How long is it from the chosen event to this one, which is then chosen?
    Measure(EventId),
    /// Show a picture of the open story enlarged, by its number.
    Enlarge(usize),
    /// Choose an event and open its story, without moving more than needed.
    Choose(EventId),
    /// Choose an event, open its story and fly to it.
    Visit(EventId),
    /// Fly close to an event.
    FlyInto(EventId),
    /// Fly to a view.
    FlyTo(Camera),
    /// Fly into counted events of a lane that begin from one instant to before another, until they
    /// part; list them where they can't.
    Part {
        /// Their lane.
        lane: LaneId,
        /// See above.
        from: Moment,
        /// See above.
        to: Moment,
    },
    /// Be at a view at once: dragging, wheel, brush.
    Look(Camera),
    /// Let go while dragging: glide on, in px per second.
    Fling(f64),
    /// Scroll the lanes by so many px.
    Scroll(f32),
}

/// What the keys are for.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Looking around in a file.
    #[default]
    Exploring,
    /// Telling a lesson.
    Telling,
}

/// A command that needs no value, as menus and the list of keys show it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What it does, as a person says it.
    pub text: &'static str,
    /// The command.
    pub command: Command,
    /// Its keys; the first one is shown.
    pub keys: Vec<KeyboardShortcut>,
    /// Where it can be done.
    pub modes: &'static [Mode],
}

const fn key(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

impl Command {
    /// The commands of menus and keys, in the order in which the list of keys shows them.
    pub fn listed() -> Vec<Listed> {
        let listed = |text, command, keys: &[KeyboardShortcut]| Listed {
            text,
            modes: match command {
                Self::FullScreen | Self::Quit | Self::Keys => &[Mode::Exploring, Mode::Telling],
                _ => &[Mode::Exploring],
            },
            command,
            keys: keys.to_vec(),
        };
        let mut all = vec![
            listed("Next event", Self::Next, &[key(Key::ArrowRight)]),
            listed("Previous event", Self::Previous, &[key(Key::ArrowLeft)]),
            listed(
                "Event in the lane above",
                Self::LaneUp,
                &[key(Key::ArrowUp)],
            ),
            listed(
                "Event in the lane below",
                Self::LaneDown,
                &[key(Key::ArrowDown)],
            ),
            listed("What led to it", Self::Cause, &[key(Key::OpenBracket)]),
            listed(
                "What it led to",
                Self::Consequence,
                &[key(Key::CloseBracket)],
            ),
            listed("How long between?", Self::Between, &[key(Key::B)]),
            listed("Back", Self::Back, &[alt(Key::ArrowLeft)]),
            listed("Forward", Self::Forward, &[alt(Key::ArrowRight)]),
            listed("Open the story", Self::OpenStory, &[key(Key::Enter)]),
            listed("One step back", Self::StepBack, &[key(Key::Escape)]),
            listed("Search", Self::Search, &[key(Key::Slash), ctrl(Key::F)]),
            listed("Filter", Self::Filters, &[key(Key::F)]),
            listed("Only the time in view", Self::FilterView, &[]),
            listed("Clear the filter", Self::ClearFilter, &[key(Key::C)]),
            listed(
                "Hide or dim what is filtered out",
                Self::Hide,
                &[key(Key::H)],
            ),
            listed("Zoom in", Self::ZoomIn, &[key(Key::Plus), key(Key::Equals)]),
            listed("Zoom out", Self::ZoomOut, &[key(Key::Minus)]),
            listed(
                "Show everything",
                Self::FitAll,
                &[key(Key::Num0), key(Key::Home)],
            ),
            listed("All events as a list", Self::AllEvents, &[key(Key::F6)]),
            listed("Present the lesson", Self::Present, &[key(Key::F5)]),
            listed("Full screen", Self::FullScreen, &[key(Key::F11)]),
            listed(
                "Larger text",
                Self::TextLarger,
                &[ctrl(Key::Plus), ctrl(Key::Equals)],
            ),
            listed("Smaller text", Self::TextSmaller, &[ctrl(Key::Minus)]),
            listed("Text at 100 %", Self::TextReset, &[ctrl(Key::Num0)]),
            listed("Light theme", Self::Theme(ThemeChoice::Light), &[]),
            listed("Dark theme", Self::Theme(ThemeChoice::Dark), &[]),
            listed("Projector theme", Self::Theme(ThemeChoice::Projector), &[]),
            listed("Theme of the system", Self::Theme(ThemeChoice::System), &[]),
            listed("Motion: flying and sliding", Self::Motion, &[]),
            listed("Open a file…", Self::Open, &[ctrl(Key::O)]),
            listed("Open the chronology that ships", Self::OpenShipped, &[]),
            listed("Quit", Self::Quit, &[ctrl(Key::Q)]),
            listed(
                "All commands",
                Self::Palette,
                &[ctrl(Key::K), ctrl_shift(Key::P)],
            ),
            listed("Keys", Self::Keys, &[key(Key::Questionmark)]),
        ];
        all.extend(lesson::listed());
        all
    }

    /// Those of a mode.
    pub fn listed_in(mode: Mode) -> impl Iterator<Item = Listed> {
        let listed = Self::listed().into_iter();
        listed.filter(move |listed| listed.modes.contains(&mode))
    }

    /// The entry of a listed command.
    pub fn listing(&self) -> Option<Listed> {
        Self::listed()
            .into_iter()
            .find(|listed| listed.command == *self)
    }

    /// The command of a key press. Shift is overlooked where the key itself says it (`?`, `+`).
    pub fn of_key(pressed: Key, modifiers: Modifiers, mode: Mode) -> Option<Self> {
        if mode == Mode::Telling
            // On some keyboards digits are written with Shift.
            && !modifiers.command
            && !modifiers.alt
            && let Some(digit) = lesson::digit(pressed)
        {
            return Some(Self::Tell(Tell::Digit(digit)));
        }
        let is_symbol = matches!(
            pressed,
            Key::OpenBracket
                | Key::CloseBracket
                | Key::Plus
                | Key::Questionmark
                | Key::Equals
                | Key::Minus
                | Key::Slash
                | Key::Period
        );
        let modifiers = if is_symbol {
            Modifiers {
                shift: false,
                ..modifiers
            }
        } else {
            modifiers
        };
        let is_pressed = |keys: &KeyboardShortcut| {
            keys.logical_key == pressed && modifiers.matches_exact(keys.modifiers)
        };
        Self::listed_in(mode)
            .find(|listed| listed.keys.iter().any(is_pressed))
            .map(|listed| listed.command)
    }
}

/// How keys are written beside a command.
pub fn key_text(keys: &KeyboardShortcut) -> String {
    let name = match keys.logical_key {
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::Plus => "+",
        Key::Minus => "−",
        Key::Equals => "=",
        Key::Escape => "Esc",
        Key::Slash => "/",
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        Key::Questionmark => "?",
        other => other.name(),
    };
    if keys.modifiers.alt {
        format!("Alt {name}")
    } else if keys.modifiers.command && keys.modifiers.shift {
        format!("Ctrl Shift {name}")
    } else if keys.modifiers.command {
        format!("Ctrl {name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key_and_every_one_has_a_text() {
        for mode in [Mode::Exploring, Mode::Telling] {
            let mut seen = Vec::new();
            for entry in Command::listed_in(mode) {
                assert!(!entry.text.is_empty());
                for keys in &entry.keys {
                    assert!(!seen.contains(keys), "{keys:?} does two things");
                    seen.push(*keys);
                    assert_eq!(
                        Command::of_key(keys.logical_key, keys.modifiers, mode),
                        Some(entry.command.clone())
                    );
                }
            }
        }
        assert!(
            Command::listed()
                .iter()
                .all(|entry| !entry.modes.is_empty())
        );
    }

    #[test]
    fn keys_are_found_with_the_modifiers_that_a_keyboard_sends() {
        let shift = Modifiers::SHIFT;
        let ctrl = Modifiers {
            ctrl: true,
            command: true,
            ..Modifiers::NONE
        };
        for (key, modifiers, expected) in [
            (Key::Plus, shift, Some(Command::ZoomIn)),
            (Key::Questionmark, shift, Some(Command::Keys)),
            (Key::Plus, ctrl | shift, Some(Command::TextLarger)),
            (Key::Num0, ctrl, Some(Command::TextReset)),
            (Key::Num0, Modifiers::NONE, Some(Command::FitAll)),
            (Key::ArrowRight, Modifiers::ALT, Some(Command::Forward)),
            (Key::ArrowUp, Modifiers::ALT, None),
            (Key::A, Modifiers::NONE, None),
        ] {
            assert_eq!(
                Command::of_key(key, modifiers, Mode::Exploring),
                expected,
                "{key:?} {modifiers:?}"
            );
        }
    }

    #[test]
    fn a_clickers_keys_tell_the_lesson() {
        let none = Modifiers::NONE;
        for (key, expected) in [
            (Key::PageDown, Tell::Next),
            (Key::PageUp, Tell::Back),
            (Key::Space, Tell::Next),
            (Key::Backspace, Tell::Back),
            (Key::Period, Tell::Black),
            (Key::Escape, Tell::Leave),
            (Key::Num7, Tell::Digit(7)),
        ] {
            let command = Command::of_key(key, none, Mode::Telling);
            assert_eq!(command, Some(Command::Tell(expected)), "{key:?}");
        }
        assert_eq!(Command::of_key(Key::F, none, Mode::Telling), None);
        for (key, expected) in [(Key::Num7, Tell::Digit(7)), (Key::Period, Tell::Black)] {
            let command = Command::of_key(key, Modifiers::SHIFT, Mode::Telling);
            assert_eq!(command, Some(Command::Tell(expected)), "{key:?} with Shift");
        }
    }
}
