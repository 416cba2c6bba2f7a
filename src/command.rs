//! DO: everything that can be done in the window.
//!
//! A [`Command`] without a value has a text and keys and stands in one table: [`MenuCommand`] for
//! the window, [`LessonMenuCommand`] for a lesson. The palette and the list of keys show these
//! tables; the View menu picks from them. A view returns commands, and
//! [`State::apply`](crate::state::State::apply) applies them; what needs the window or a file (full
//! screen, opening) is done by the app.

#[macro_use]
mod table;
mod keys;
mod layer;
mod lesson;
mod menu;

pub use keys::{Key, Shortcut};
pub use layer::{FormField, Layer, Panel};
pub use lesson::{LessonCommand, LessonGroup, LessonMenuCommand, StagePlace};
pub use menu::{Group, MenuCommand};

use std::{fmt, path::PathBuf, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    edit::{Change, Moved, Winner},
    export::choice::ExportChoice,
    formats::{columns::Field, json::ranges::RowList, write::Target},
    layout::Camera,
    model::{EventId, Facet, LaneId, PersonId, Timeline, search::Found},
    time::Moment,
};

/// What is done in the lists of the chronology, while they are changed.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum ListCommand {
    /// Opens a list; `None`: what the chronology says of itself.
    Show(Option<RowList>),
    /// Opens the fields of a row of that list, by its number, and closes those of the others.
    OpenRow(Option<usize>),
    /// Asks whether a row of that list is to be deleted.
    AskToDelete(RowToDelete),
    /// Answers that it is not.
    KeepRow,
    /// Opens the fields of a step of the open lesson, by its number.
    OpenStep(Option<usize>),
}

/// A row of a list of which it is asked whether it is to be deleted.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct RowToDelete {
    /// Its number in the timeline's own list.
    pub row: usize,
    /// How many events name it.
    pub named_by: usize,
}

impl From<ListCommand> for Command {
    fn from(command: ListCommand) -> Self {
        Self::List(command)
    }
}

/// The theme that was chosen.
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
    /// One of the menu.
    Menu(MenuCommand),
    /// One of a running lesson.
    Lesson(LessonCommand),
    /// Closes what is on top, or clears the selection: a click beside everything.
    Dismiss,
    /// Closes one layer, whatever else is open. Closing the search restores the view from before it
    /// if a result was gone to.
    Close(Layer),
    /// Changes the chronology.
    Edit(Change),
    /// Opens the line in which a new event is typed, for a lane and at a time.
    BeginEvent {
        /// The lane that it goes to; `None` for the first.
        lane: Option<LaneId>,
        /// When it is; `None` where that is to be typed.
        date: Option<String>,
    },
    /// Opens what is changed in the lists of the chronology.
    List(ListCommand),
    /// Adds an event to those that are selected together, or takes it away from them.
    AlsoSelect(EventId),
    /// Selects events together.
    SelectSeveral(Vec<EventId>),
    /// Grips an event to be moved, or lets go of it.
    Grip(Option<(EventId, Moved)>),
    /// Changes what is typed in that line.
    SetNewEvent(String),
    /// Adds the event that is typed in that line.
    AddTyped,
    /// Selects an event that was just made, and opens its form where wished.
    SelectNew {
        /// The event.
        event: EventId,
        /// The field in which one goes on typing; `None` where its form is not opened.
        form: Option<FormField>,
    },
    /// Toggles the list of messages about the file.
    Messages,
    /// Dismisses the messages, and what they offer.
    DismissMessages,
    /// Cancels loading.
    CancelOpening,
    /// Opens the first of these files; during a lesson, asks first.
    OpenFiles(Vec<PathBuf>),
    /// Saves the chronology in this format, in a file that is chosen in the system's dialog.
    SaveAs(Target),
    /// Changes what is chosen in the export dialog.
    SetExport(ExportChoice),
    /// Shows a page of the export's preview, from 0.
    ShowExportPage(usize),
    /// Writes the export into a file that is chosen in the system's dialog.
    SaveExport,
    /// Cancels what is being exported.
    CancelExport,
    /// Copies the first page of the export as a picture.
    CopyExport,
    /// Hands the export as a PDF to the program that shows PDFs.
    PrintExport,
    /// Says what the column of this header holds; `None` is nothing that is known.
    SetColumn(String, Option<Field>),
    /// Goes to the event of a fault of the file, by its place among the faults.
    GoToFault(usize),
    /// Asks which version is kept of what was changed here and by another program.
    AskWhichToKeep,
    /// Keeps this version of it.
    KeepVersion(Winner),
    /// Takes the changes up again that were not saved the last time.
    TakeDraft,
    /// Asks whether changes are to be saved before they are left.
    AskToSave,
    /// Saves the changes, and then does what was to be done.
    SaveFirst,
    /// Discards the changes, and does what was to be done.
    Discard,
    /// Opens the line of a fault of the file in a text editor, by its place among the faults.
    OpenFault(usize),
    /// What time a date that is being typed covers; `None` where there is none.
    SetTyped(Option<(Moment, Moment)>),
    /// Asks whether another file may end the lesson.
    AskToEndLesson,
    /// Opens the file that was asked about; the lesson ends once it has been read.
    OpenAsked,
    /// Goes on with the lesson instead.
    KeepLesson,
    /// Starts a lesson by its index in the file, at a step and with some seconds elapsed; an index
    /// past the last lesson generates one from the events.
    StartLesson {
        /// The index of the lesson.
        lesson: usize,
        /// The step, counted from 0.
        step: usize,
        /// The seconds that have elapsed.
        elapsed_secs: f64,
    },
    /// Resumes the interrupted lesson where it was.
    Resume,
    /// Toggles one value of the filter; a lane: whether it is shown.
    ToggleFacet(Facet),
    /// Toggles this value as the only one of its kind.
    IsolateFacet(Facet),
    /// Toggles the filter for one person's events, and brings them all into view.
    FollowPerson(PersonId),
    /// Changes the query of the search.
    SetQuery(String),
    /// Selects a result of the search by its index.
    SelectResult(usize),
    /// Goes to a result of the search; a second time, closes the search and keeps the view.
    GoToResult(Found),
    /// Measures the duration from the selected event to this one, and selects it.
    MeasureTo(EventId),
    /// Enlarges a picture of the open story, by its index.
    Enlarge(usize),
    /// Selects an event and opens its story; the camera moves no more than needed.
    Select(EventId),
    /// Selects an event, opens its story and flies to it.
    FlyToEvent(EventId),
    /// The same, and zooms in on it.
    FlyIntoEvent(EventId),
    /// Flies to a view.
    FlyTo(Camera),
    /// Zooms into the clustered events of a lane that begin in a range of time, until they part;
    /// lists them where they cannot.
    ZoomIntoCluster {
        /// The lane.
        lane: LaneId,
        /// The start of the range.
        from: Moment,
        /// Its end, exclusive.
        to: Moment,
    },
    /// Moves the camera at once: dragging, wheel, brush.
    SetCamera(Camera),
    /// Ends a drag: the camera glides on, in px per second.
    Fling(f64),
    /// Scrolls the lanes by this many px.
    Scroll(f32),
    /// Restores a saved view of the file: the time from the left edge of the plot to the right one,
    /// the selected event, and whether its story is open.
    RestoreView {
        /// The time in view; `None` for the whole file.
        range: Option<(Moment, Moment)>,
        /// The selected event.
        selected: Option<EventId>,
        /// Whether its story is open.
        is_story_open: bool,
    },
    /// Restores camera and scroll as they were before a lesson.
    RestoreCanvas {
        /// The camera.
        camera: Option<Camera>,
        /// How far the lanes were scrolled, in px.
        scroll_px: f32,
    },
    /// The window has another file: everything about the previous one is forgotten.
    Opened,
    /// The window has the same file in another version: selection and filter are kept, as far as it
    /// still has their values.
    Reloaded(Before),
    /// Where the stage of a lesson is from now on.
    SetStage {
        /// Where it is put.
        place: StagePlace,
        /// How many monitors there are.
        monitors: usize,
    },
    /// Whether the system asks for less motion.
    SystemMotion {
        /// Whether it does.
        is_reduced: bool,
    },
}

/// The version of a file before a reload, or before a change.
#[derive(Clone)]
pub struct Before {
    /// What it was read as.
    pub timeline: Arc<Timeline>,
    /// Where events are after a change of one's own, by where they stand in the file; `None` after
    /// a reload, where they are found by their ids.
    pub followed: Option<Vec<(EventId, Option<EventId>)>>,
}

impl PartialEq for Before {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.timeline, &other.timeline) && self.followed == other.followed
    }
}

impl fmt::Debug for Before {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Before")
            .field(&self.timeline.title())
            .field(&self.followed)
            .finish()
    }
}

impl Before {
    /// Where an event of it is in a newer timeline; `None` where it is gone.
    pub fn follow(&self, event: EventId, newer: &Timeline) -> Option<EventId> {
        match &self.followed {
            Some(followed) => followed.iter().find(|(before, _)| *before == event)?.1,
            None => newer.find_event(self.timeline.event(event).id),
        }
    }
}

impl Command {
    /// Whether the window itself gives this command, not a person: no open list blocks it.
    pub const fn is_of_window(&self) -> bool {
        matches!(
            self,
            Self::Opened
                | Self::Reloaded(_)
                | Self::RestoreView { .. }
                | Self::RestoreCanvas { .. }
                | Self::SetStage { .. }
                | Self::SystemMotion { .. }
                | Self::AskToEndLesson
                | Self::AskToSave
                | Self::AskWhichToKeep
                | Self::KeepLesson
        )
    }
}

impl Command {
    /// Whether it is a text that a field hands over.
    pub const fn is_written_text(&self) -> bool {
        match self {
            Self::Edit(change) => change.is_write(),
            _ => false,
        }
    }

    /// The same command after a change of the chronology, about the events as they are then; `None`
    /// where it is about one that is gone.
    pub fn followed(&self, follow: &dyn Fn(EventId) -> Option<EventId>) -> Option<Self> {
        let command = match self {
            Self::Select(event) => Self::Select(follow(*event)?),
            Self::FlyToEvent(event) => Self::FlyToEvent(follow(*event)?),
            Self::FlyIntoEvent(event) => Self::FlyIntoEvent(follow(*event)?),
            Self::MeasureTo(event) => Self::MeasureTo(follow(*event)?),
            Self::Edit(change) => Self::Edit(change.followed(follow)?),
            Self::AlsoSelect(event) => Self::AlsoSelect(follow(*event)?),
            Self::SelectSeveral(events) => {
                let followed = events.iter().filter_map(|event| follow(*event));
                Self::SelectSeveral(followed.collect())
            }
            Self::Grip(Some((event, moved))) => Self::Grip(Some((follow(*event)?, *moved))),
            Self::SelectNew { event, form } => Self::SelectNew {
                event: follow(*event)?,
                form: *form,
            },
            other => other.clone(),
        };
        Some(command)
    }
}

impl From<MenuCommand> for Command {
    fn from(command: MenuCommand) -> Self {
        Self::Menu(command)
    }
}

impl From<LessonMenuCommand> for Command {
    fn from(command: LessonMenuCommand) -> Self {
        Self::Lesson(LessonCommand::Menu(command))
    }
}

/// Which commands the keys give.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Exploring a file.
    #[default]
    Exploring,
    /// A running lesson.
    Lesson,
}

/// The heading of a group of commands, and their texts and keys.
pub type ShortcutGroup = (&'static str, Vec<(&'static str, &'static [Shortcut])>);

impl Mode {
    /// The texts and keys of this mode's commands, group by group, as the list of keys shows them:
    /// commands without keys and empty groups are left out.
    pub fn shortcuts(self) -> Vec<ShortcutGroup> {
        let lesson = LessonGroup::ALL.iter().map(|group| {
            let commands = LessonMenuCommand::ALL.iter();
            let commands = commands.filter(|command| command.group() == *group);
            let shortcuts = commands.map(|command| (command.text(), command.keys()));
            (group.title(), shortcuts.collect())
        });
        let menu = Group::ALL.iter().map(|group| {
            let commands = MenuCommand::ALL.iter();
            let commands = commands.filter(|it| it.group() == *group && self.has(**it));
            let shortcuts = commands.map(|command| (command.text(), command.keys()));
            (group.title(), shortcuts.collect())
        });
        let lesson = lesson.filter(|_| self == Self::Lesson);
        let mut groups: Vec<ShortcutGroup> = lesson.chain(menu).collect();
        for (_, shortcuts) in &mut groups {
            shortcuts.retain(|(_, keys)| !keys.is_empty());
        }
        groups.retain(|(_, shortcuts)| !shortcuts.is_empty());
        groups
    }

    /// Whether a command of the menu can be given in this mode.
    pub fn has(self, command: MenuCommand) -> bool {
        self == Self::Exploring || command.group() == Group::Window
    }

    /// The command of pressed keys.
    pub fn command_of(self, pressed: Shortcut) -> Option<Command> {
        if self == Self::Lesson {
            // On some keyboards digits are typed with Shift.
            if let Key::Digit(digit) = pressed.key
                && !pressed.ctrl
                && !pressed.alt
            {
                return Some(Command::Lesson(LessonCommand::Digit(digit)));
            }
            if let Some(command) = LessonMenuCommand::of_keys(pressed) {
                return Some(command.into());
            }
        }
        MenuCommand::of_keys(pressed)
            .filter(|command| self.has(*command))
            .map(Command::Menu)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key_and_every_one_has_a_text() {
        for mode in [Mode::Exploring, Mode::Lesson] {
            let mut seen = Vec::new();
            for (text, keys) in mode
                .shortcuts()
                .into_iter()
                .flat_map(|(_, shortcuts)| shortcuts)
            {
                assert!(!text.is_empty());
                for shortcut in keys {
                    assert!(
                        !seen.contains(shortcut),
                        "{} does two things",
                        shortcut.text()
                    );
                    seen.push(*shortcut);
                    assert!(mode.command_of(*shortcut).is_some(), "{}", shortcut.text());
                }
            }
        }
        for command in MenuCommand::ALL {
            for shortcut in command.keys() {
                let found = Mode::Exploring.command_of(*shortcut);
                assert_eq!(found, Some(Command::Menu(*command)));
            }
        }
        for command in LessonMenuCommand::ALL {
            for shortcut in command.keys() {
                let found = Mode::Lesson.command_of(*shortcut);
                assert_eq!(found, Some((*command).into()));
            }
        }
    }

    #[test]
    fn keys_are_found_with_the_modifiers_that_a_keyboard_sends() {
        let plus = Shortcut::sign('+').with_shift();
        for (pressed, expected) in [
            (plus, Some(MenuCommand::ZoomIn)),
            (Shortcut::sign('?').with_shift(), Some(MenuCommand::Keys)),
            (plus.with_ctrl(), Some(MenuCommand::TextLarger)),
            (
                Shortcut::key(Key::Digit(0)).with_ctrl(),
                Some(MenuCommand::TextReset),
            ),
            (Shortcut::key(Key::Digit(0)), Some(MenuCommand::FitAll)),
            (
                Shortcut::key(Key::ArrowRight).with_alt(),
                Some(MenuCommand::Forward),
            ),
            (Shortcut::key(Key::ArrowUp).with_alt(), None),
            (Shortcut::letter('F').with_shift(), None),
            (Shortcut::letter('A'), None),
        ] {
            let found = Mode::Exploring.command_of(pressed);
            assert_eq!(found, expected.map(Command::Menu), "{pressed:?}");
        }
    }

    #[test]
    fn a_clickers_keys_control_the_lesson() {
        use LessonMenuCommand::{Back, Black, Leave, Next};
        for (key, expected) in [
            (Key::PageDown, Next),
            (Key::PageUp, Back),
            (Key::Space, Next),
            (Key::Backspace, Back),
            (Key::Sign('.'), Black),
            (Key::Escape, Leave),
        ] {
            let found = Mode::Lesson.command_of(Shortcut::key(key));
            assert_eq!(found, Some(expected.into()), "{key:?}");
        }
        assert_eq!(Mode::Lesson.command_of(Shortcut::letter('F')), None);
        let seven = Shortcut::key(Key::Digit(7));
        for pressed in [seven, seven.with_shift()] {
            let found = Mode::Lesson.command_of(pressed);
            assert_eq!(found, Some(Command::Lesson(LessonCommand::Digit(7))));
        }
        let stop = Shortcut::sign('.').with_shift();
        assert_eq!(Mode::Lesson.command_of(stop), Some(Black.into()));
    }

    #[test]
    fn every_panel_lies_in_the_stack() {
        for panel in [
            Panel::Keys,
            Panel::Licenses,
            Panel::AllEvents,
            Panel::Messages,
            Panel::Filters,
            Panel::Palette,
            Panel::Lessons,
            Panel::About,
            Panel::SaveAs,
            Panel::Export,
            Panel::Columns,
            Panel::ConfirmOpen,
            Panel::Unsaved,
            Panel::Conflict,
            Panel::Lists,
        ] {
            assert!(Layer::STACK.contains(&Layer::Panel(panel)), "{panel:?}");
        }
    }
}
