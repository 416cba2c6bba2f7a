//! The commands of menus, palette and keys: those that need no value.

use super::keys::{Key, Shortcut, key, letter, sign};

/// What a command is about.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Going from event to event.
    Events,
    /// Changing the chronology.
    Edit,
    /// Searching and filtering.
    Find,
    /// What is seen of the chronology, and how large.
    View,
    /// Which chronology.
    File,
    /// The window itself; also during a lesson.
    Window,
}

impl Group {
    /// All of them, in the order in which the list of keys shows them.
    pub const ALL: [Self; 6] = [
        Self::Events,
        Self::Edit,
        Self::Find,
        Self::View,
        Self::File,
        Self::Window,
    ];

    /// Its heading in the list of keys.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Events => "Events",
            Self::Edit => "Write",
            Self::Find => "Search and filter",
            Self::View => "View",
            Self::File => "Chronology and lesson",
            Self::Window => "Window",
        }
    }
}

commands! {
    /// A command that needs no value.
    MenuCommand in Group {
        /// Selects the next event in time.
        Next "Next event" Events [key(Key::ArrowRight)],
        /// Selects the previous event in time.
        Previous "Previous event" Events [key(Key::ArrowLeft)],
        /// Selects the nearest event of a lane above.
        LaneUp "Event in the lane above" Events [key(Key::ArrowUp)],
        /// Selects the nearest event of a lane below.
        LaneDown "Event in the lane below" Events [key(Key::ArrowDown)],
        /// Goes to the first cause of the selected event.
        Cause "What led to it" Events [sign('[')],
        /// Goes to the first consequence of the selected event.
        Consequence "What it led to" Events [sign(']')],
        /// Starts a duration measurement at the selected event, or ends it.
        Measure "How long between?" Events [letter('B')],
        /// Copies the selected event as text, with its date, people and sources.
        CopyEvent "Copy the event as text" Events [letter('C').with_ctrl()],
        /// Goes back to the previous view.
        Back "Back" Events [key(Key::ArrowLeft).with_alt()],
        /// Goes forward again after going back.
        Forward "Forward" Events [key(Key::ArrowRight).with_alt()],
        /// Opens the selected event's story; if it is open, moves the keyboard focus into it.
        OpenStory "Open the story" Events [key(Key::Enter)],
        /// Closes what is on top; with nothing open, clears the selection.
        StepBack "One step back" Events [key(Key::Escape)],
        /// Turns the story of the selected event into a form, or back.
        Edit "Edit the event" Edit [letter('E')],
        /// Opens the line in which a new event is typed.
        NewEvent "New event" Edit [letter('N')],
        /// Makes a second event like the selected one.
        Duplicate "Duplicate the event" Edit [letter('D').with_ctrl()],
        /// Deletes what is selected.
        Delete "Delete the event" Edit [key(Key::Delete)],
        /// Toggles the panel with the chronology's lists.
        Lists "Lanes, people, sources, lessons…" Edit [letter('L')],
        /// Opens the line of the selected event in a text editor.
        OpenInEditor "Open the event’s line in an editor" Edit [],
        /// Takes back the last change.
        Undo "Undo" Edit [letter('Z').with_ctrl()],
        /// Makes a change again that was taken back.
        Redo "Redo" Edit [letter('Z').with_ctrl().with_shift(), letter('Y').with_ctrl()],
        /// Opens the search.
        Search "Search" Find [sign('/'), letter('F').with_ctrl()],
        /// Toggles the filter panel.
        Filters "Filter" Find [letter('F')],
        /// Filters for the time in view, or clears the filter's time.
        FilterView "Only the time in view" Find [],
        /// Clears the filter.
        ClearFilter "Clear the filter" Find [letter('C')],
        /// Toggles between hiding and dimming what does not pass the filter.
        ToggleHiding "Hide or dim what is filtered out" Find [letter('H')],
        /// Zooms in by a factor of 1.6, about the selected event where it is in view, else about
        /// the middle.
        ZoomIn "Zoom in" View [sign('+'), sign('=')],
        /// Zooms out by the same factor.
        ZoomOut "Zoom out" View [sign('-')],
        /// Shows the whole file.
        FitAll "Show everything" View [key(Key::Digit(0)), key(Key::Home)],
        /// Toggles the list of all events, which replaces the canvas.
        AllEvents "All events as a list" View [key(Key::Function(6))],
        /// Starts the lesson, or goes on with the one that was left; with several, opens the list of
        /// lessons.
        Present "Present the lesson" File [key(Key::Function(5))],
        /// Starts the lesson at the step about the selected event.
        PresentSelected "Present from the selected event" File
            [key(Key::Function(5)).with_shift()],
        /// Toggles the panel about the file: its text, the legend of its marks, its sources.
        About "About this chronology" File [letter('I')],
        /// Toggles the licences of all that is in the program.
        Licenses "Licences of what is in Meanwhile" Window [],
        /// Toggles full screen.
        FullScreen "Full screen" Window [key(Key::Function(11))],
        /// Enlarges the text.
        TextLarger "Larger text" View [sign('+').with_ctrl(), sign('=').with_ctrl()],
        /// Makes the text smaller.
        TextSmaller "Smaller text" View [sign('-').with_ctrl()],
        /// Resets the text to 100 %.
        TextReset "Text at 100 %" View [key(Key::Digit(0)).with_ctrl()],
        /// Ink on paper.
        ThemeLight "Light theme" View [],
        /// Paper on ink.
        ThemeDark "Dark theme" View [],
        /// Strong and large, for a projector.
        ThemeProjector "Projector theme" View [],
        /// The theme that the system has on.
        ThemeSystem "Theme of the system" View [],
        /// Toggles animation of the camera and of panels.
        ToggleMotion "Motion: flying and sliding" View [],
        /// Opens a file, chosen in the system's dialog.
        Open "Open a file…" File [letter('O').with_ctrl()],
        /// Opens the chronology that ships with the program.
        OpenShipped "Open the chronology that ships" File [],
        /// Begins a chronology.
        New "New chronology" File [letter('N').with_ctrl()],
        /// Saves the chronology into its file.
        Save "Save" File [letter('S').with_ctrl()],
        /// Saves the chronology under another name, or in another format.
        SaveAs "Save as…" File [letter('S').with_ctrl().with_shift()],
        /// Copies the chronology and its pictures into a folder of their own.
        Collect "Collect file and pictures in a folder…" File [],
        /// Opens the dialog that makes posters, handouts, pictures, pages and slides.
        Export "Export…" File [letter('E').with_ctrl()],
        /// Copies the canvas as a picture.
        CopyPicture "Copy the timeline as a picture" File [letter('C').with_ctrl().with_shift()],
        /// Hands what is chosen for export to the system's viewer, as a PDF to print: a poster where that
        /// is no page.
        Print "Print…" File [letter('P').with_ctrl()],
        /// Toggles the panel that says which column of a table is what.
        Columns "Columns of the table" File [],
        /// Closes the window.
        Quit "Quit" Window [letter('Q').with_ctrl()],
        /// Toggles the command palette.
        Palette "All commands" View [letter('K').with_ctrl(), letter('P').with_ctrl().with_shift()],
        /// Toggles the list of keys.
        Keys "Keys" Window [sign('?')],
    }
}
