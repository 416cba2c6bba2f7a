//! What is open while a chronology is written, as data: the form of an event, the line of a new one.
//! See `editing`.

use crate::{
    command::{FormField, RowToDelete},
    edit::Moved,
    formats::json::ranges::RowList,
    model::{EventId, LaneId},
    time::Moment,
};

/// The line in which a new event is typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewEvent {
    /// What is typed: a date and a title.
    pub words: String,
    /// What stood in it when it was opened: the date of where that was.
    pub given: String,
    /// The lane that it goes to; `None` for the first.
    pub lane: Option<LaneId>,
    /// Changes when the field is to take the keyboard focus.
    pub asked: u32,
}

/// What is open while a chronology is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Writing {
    /// Whether the form of the selected event is open, in the place of its story.
    pub is_form_open: bool,
    /// By which name the form knows the event: its id when it was selected, whatever that is since.
    pub form_name: String,
    /// The events that are selected together, in the order in which they were.
    pub several: Vec<EventId>,
    /// What time the date covers that is being typed.
    pub typed: Option<(Moment, Moment)>,
    /// Whether the lists are open again once the palette is closed.
    pub is_under_palette: bool,
    /// How often the lists were opened so far.
    pub lists_opened: u32,
    /// The list that is open, or was last; `None`: what the chronology says of itself.
    pub list: Option<RowList>,
    /// The row of that list whose fields are open, by its number in the timeline's own list.
    pub open_row: Option<usize>,
    /// The row of that list of which it is asked whether it is to be deleted.
    pub row_to_delete: Option<RowToDelete>,
    /// The step of the open lesson whose fields are open.
    pub open_step: Option<usize>,
    /// The event that is gripped to be moved, and what of it.
    pub gripped: Option<(EventId, Moved)>,
    /// The line in which a new event is typed, while it is open.
    pub new_event: Option<NewEvent>,
    /// What was typed in such a line that was closed before it became an event.
    pub unfinished: String,
    /// How often such a line was opened so far.
    pub lines: u32,
    /// How often a form was opened so far, and which field then takes the keyboard focus.
    pub field: (u32, FormField),
}

impl Writing {
    /// Closes the line of a new event; what is typed in it is there again when it is opened.
    pub(super) fn put_line_aside(&mut self) {
        self.typed = None;
        let line = self.new_event.take();
        // A date that only the place of a click has given is no loss.
        if let Some(line) = line.filter(|line| line.given.is_empty() || line.words != line.given) {
            self.unfinished = line.words;
        }
    }
}
