//! What can lie on top of the canvas, as one stack.

/// A panel: one is open at a time.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The list of keys.
    Keys,
    /// All events as a list, which replaces the canvas.
    AllEvents,
    /// The messages about the file.
    Messages,
    /// The filter.
    Filters,
    /// All commands, found by their words.
    Palette,
    /// The lessons to choose from.
    Lessons,
    /// What the file is about.
    About,
    /// The licences of all that is in the program.
    Licenses,
    /// The formats in which the chronology can be saved.
    SaveAs,
    /// The export.
    Export,
    /// Which column of a table is what.
    Columns,
    /// The lists of the chronology, to be changed.
    Lists,
    /// Whether another file may end the lesson that is running.
    ConfirmOpen,
    /// Which version is kept of what another program has changed, too.
    Conflict,
    /// Whether changes are to be saved before they are left.
    Unsaved,
}

/// The field of a form in which one goes on typing when it was opened.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum FormField {
    /// What happened.
    #[default]
    Title,
    /// How it hangs together with the last of its causes.
    LastCause,
}

/// Something that a step back closes.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Layer {
    /// A panel.
    Panel(Panel),
    /// The enlarged picture of a story.
    Picture,
    /// The list of a cluster's events.
    ClusterList,
    /// The search.
    Search,
    /// The card of a person who was searched for.
    Person,
    /// A duration measurement.
    Measurement,
    /// An event that is gripped to be moved.
    Grip,
    /// The line in which a new event is typed.
    NewEvent,
    /// Several events that are selected together.
    Several,
    /// The form in which the selected event is changed, in the place of its story.
    Form,
    /// The story of the selected event.
    Story,
    /// The selection itself.
    Selection,
    /// Following a person.
    Following,
}

impl Layer {
    /// The order in which things lie over each other, the topmost first. Escape closes the first
    /// that is there.
    pub const STACK: [Self; 27] = [
        Self::Panel(Panel::Unsaved),
        Self::Panel(Panel::Conflict),
        Self::Panel(Panel::ConfirmOpen),
        Self::Grip,
        Self::Panel(Panel::Keys),
        Self::Panel(Panel::Licenses),
        Self::Panel(Panel::Palette),
        Self::Panel(Panel::Lessons),
        Self::Panel(Panel::SaveAs),
        Self::Panel(Panel::Export),
        Self::Picture,
        Self::ClusterList,
        Self::NewEvent,
        Self::Several,
        Self::Search,
        Self::Panel(Panel::Messages),
        Self::Panel(Panel::Filters),
        Self::Panel(Panel::About),
        Self::Panel(Panel::Columns),
        Self::Panel(Panel::Lists),
        Self::Person,
        Self::Measurement,
        Self::Form,
        Self::Story,
        Self::Panel(Panel::AllEvents),
        Self::Selection,
        Self::Following,
    ];
}
