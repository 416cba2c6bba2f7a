//! DO: every command, defined once.
//!
//! Menus, keys and tests read the same list. A view returns commands,
//! [`State::apply`](crate::state::State::apply) carries them out; what only the window can do (full
//! screen, another file) is done by the app.

mod lesson;

pub use lesson::{LessonCommand, StagePlace};

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};
use serde::{Deserialize, Serialize};

use crate::{
    layout::Camera,
    model::{EventId, Facet, LaneId, PersonId, search::Found},
    time::Moment,
};

/// The theme that the user chose.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// That of the system.
    #[default]
    System,
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
    /// High contrast and large, for a projector.
    Projector,
}

/// A command of the user.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Show the whole file.
    FitAll,
    /// Zoom in by a factor of 1.6, about the selected event where it is in view, else the middle.
    ZoomIn,
    /// Zoom out by the same factor.
    ZoomOut,
    /// Select the next event in time.
    Next,
    /// Select the previous event in time.
    Previous,
    /// Select the nearest event of the lane above.
    LaneUp,
    /// Select the nearest event of the lane below.
    LaneDown,
    /// Go to the first cause of the selected event.
    Cause,
    /// Go to the first consequence of the selected event.
    Consequence,
    /// Start measuring the duration from the selected event to the next one selected, or stop.
    Between,
    /// Back in the navigation history.
    Back,
    /// Forward in the navigation history.
    Forward,
    /// Open the selected event's story; where it is open, move the keyboard focus into it.
    OpenStory,
    /// Close the topmost open item; with none open, deselect the event.
    StepBack,
    /// Close the story, whatever else is open.
    CloseStory,
    /// Like [`Command::StepBack`], for a click beside everything.
    Dismiss,
    /// Close the search; if a result was gone to, restore the view from before the search.
    CloseSearch,
    /// Close the list of a cluster's events.
    CloseList,
    /// Close the enlarged picture.
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
    /// Set the theme.
    Theme(ThemeChoice),
    /// Turn animations of the camera and the panels on or off.
    Motion,
    /// Open or close the list of keys.
    Keys,
    /// Open or close the palette of all commands.
    Palette,
    /// Open or close the messages about the file.
    Messages,
    /// Switch between the canvas and a list of all events.
    AllEvents,
    /// Open the chronology that ships.
    OpenShipped,
    /// Open a file chosen in the system's dialog.
    Open,
    /// Cancel the file that is being opened.
    CancelOpening,
    /// Open the search.
    Search,
    /// Open or close the values to filter by.
    Filters,
    /// Filter for the time in view, or clear the time range.
    FilterView,
    /// Clear the filter.
    ClearFilter,
    /// Switch between hiding and dimming events that do not pass the filter.
    Hide,

    /// Present the lesson to a class; of several, open the list to choose from.
    Present,
    /// Present a lesson by its index in the file; one past the last is generated from the events.
    PresentLesson(usize),
    /// Resume the interrupted lesson at its step.
    Resume,
    /// A command to the running lesson.
    Lesson(LessonCommand),
    /// Toggle one value of the filter; a lane: show or hide it.
    Toggle(Facet),
    /// Make this the filter's only value of its kind; if it is, remove it.
    Isolate(Facet),
    /// Toggle a filter for one person's events; setting it also brings them all into view.
    Follow(PersonId),
    /// Open this file.
    OpenFile(PathBuf),
    /// Set the search query.
    SearchFor(String),
    /// Choose a search result by its index, without going to it.
    SearchRow(usize),
    /// Go to a search result; a second time, close the search and keep the view.
    Take(Found),
    /// Measure the duration from the selected event to this one, which is then selected.
    Measure(EventId),
    /// Show a picture of the open story enlarged, by its index.
    Enlarge(usize),
    /// Select an event and open its story, moving the camera no more than needed.
    Choose(EventId),
    /// Select an event, open its story and fly to it.
    Visit(EventId),
    /// Select an event, open its story and fly close to it.
    FlyInto(EventId),
    /// Fly to a view.
    FlyTo(Camera),
    /// Zoom into the clustered events of a lane that begin in a time range until they separate;
    /// list them where they cannot.
    Part {
        /// Their lane.
        lane: LaneId,
        /// Start of the range.
        from: Moment,
        /// End of the range, exclusive.
        to: Moment,
    },
    /// Set the camera at once: dragging, wheel, the overview's brush.
    Look(Camera),
    /// End a drag with the camera gliding on, at this speed in px per second.
    Fling(f64),
    /// Scroll the lanes by this many px.
    Scroll(f32),
}

/// The mode, which decides what the keys do.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Exploring a file.
    #[default]
    Exploring,
    /// Presenting a lesson.
    Lesson,
}

/// A command that needs no value, as menus and the list of keys show it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What it does, in words for the user.
    pub text: &'static str,
    /// The command.
    pub command: Command,
    /// Its keys; the first one is shown.
    pub keys: Vec<KeyboardShortcut>,
    /// The modes in which it is available.
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
                Self::FullScreen | Self::Quit | Self::Keys => &[Mode::Exploring, Mode::Lesson],
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

    /// The listed commands of a mode.
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

    /// The command of a key press. Shift is ignored where the symbol itself may need it (`?`, `+`).
    pub fn of_key(pressed: Key, modifiers: Modifiers, mode: Mode) -> Option<Self> {
        if mode == Mode::Lesson
            // On some keyboards digits are written with Shift.
            && !modifiers.command
            && !modifiers.alt
            && let Some(digit) = lesson::digit(pressed)
        {
            return Some(Self::Lesson(LessonCommand::Digit(digit)));
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
        for mode in [Mode::Exploring, Mode::Lesson] {
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
    fn a_clickers_keys_control_the_lesson() {
        let none = Modifiers::NONE;
        for (key, expected) in [
            (Key::PageDown, LessonCommand::Next),
            (Key::PageUp, LessonCommand::Back),
            (Key::Space, LessonCommand::Next),
            (Key::Backspace, LessonCommand::Back),
            (Key::Period, LessonCommand::Black),
            (Key::Escape, LessonCommand::Leave),
            (Key::Num7, LessonCommand::Digit(7)),
        ] {
            let command = Command::of_key(key, none, Mode::Lesson);
            assert_eq!(command, Some(Command::Lesson(expected)), "{key:?}");
        }
        assert_eq!(Command::of_key(Key::F, none, Mode::Lesson), None);
        for (key, expected) in [
            (Key::Num7, LessonCommand::Digit(7)),
            (Key::Period, LessonCommand::Black),
        ] {
            let command = Command::of_key(key, Modifiers::SHIFT, Mode::Lesson);
            assert_eq!(
                command,
                Some(Command::Lesson(expected)),
                "{key:?} with Shift"
            );
        }
    }
}
