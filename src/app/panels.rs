//! The panels over the canvas: lists, filter, search, palette, notes. Each is in front of those
//! shown before it.

use std::path::PathBuf;

use egui::{Id, Ui};

use super::{
    dialog::Dialog,
    document::Unmerged,
    exporting::Exporting,
    pictures::Pictures,
    saving::Saving,
    search::Search,
    writing::{Deferred, Drafting, Merging, Next, Pending, Rows, SelectDue, Waiting},
};
use crate::{
    command::{Command, Mode, Panel},
    edit::Conflict,
    formats::columns::ColumnChoice,
    open::drafts::Offered,
    state::State,
    view::{
        self, Areas, Recent, StoryForm, ViewContext,
        export::{ExportMemory, ExportView},
        messages::{self, Messages},
        toast::Toast,
        top_bar::PanelAnchors,
    },
};

/// What the panels show, kept between frames.
#[derive(Default)]
pub(super) struct Panels {
    /// The messages about the file and the offer to resume a lesson.
    pub messages: Messages,
    pub search: Search,
    pub pictures: Pictures,
    /// The system's dialog, while it is open.
    pub dialog: Option<Dialog>,
    /// What gets the keyboard focus in the next frame.
    pub focus_due: Option<Id>,
    /// What had it before a search or dialog took it.
    pub focused_before: Option<Id>,
    /// The files that were to be opened in the middle of a lesson, which the first of them would
    /// end.
    pub asked: Vec<PathBuf>,
    /// Which of the files dropped at once are not opened: said once the first one is.
    pub left_out: Option<String>,
    /// The thread that saves the chronology in another format.
    pub saving: Option<Saving>,
    /// What the window exports.
    pub exporting: Exporting,
    /// What is done once the changes are saved or discarded.
    pub next: Option<Next>,
    /// The field of whose text it was asked whether the window is closed though it cannot be taken.
    pub asked_of: Option<(Id, String)>,
    /// Whether the window may be closed though there are changes.
    pub may_close: bool,
    /// What is shown of the text of the file while it is changed.
    pub rows: Rows,
    /// The versions of a file that was saved by another program while it was changed here.
    pub merging: Option<Merging>,
    /// What both have changed.
    pub conflicts: Vec<Conflict>,
    /// The text as it was before a merge, until what was merged is shown.
    pub merge_due: Option<Unmerged>,
    /// The change of a large chronology that is being read.
    pub pending: Option<Pending>,
    /// The changes that wait for it.
    pub waiting: Vec<Waiting>,
    /// What is done then with what it adds.
    pub select_due: Option<SelectDue>,
    /// A draft that is offered.
    pub offered: Option<Offered>,
    /// What is done later.
    pub deferred: Deferred,
    /// When a draft of the changes was last kept.
    pub drafting: Drafting,
    /// What was just done.
    pub toast: Option<Toast>,
    /// What was said of the columns before the last change, until a file read with that is shown.
    pub columns_before: Option<ColumnChoice>,
    /// The files that were open before.
    pub recent: Vec<Recent>,
    /// See [`ViewContext::has_hint`].
    pub has_hint: bool,
}

/// What the panels show besides the view context.
pub(super) struct PanelContent<'a> {
    /// The messages about the file.
    pub messages: &'a Messages,
    /// Whether search results are pending.
    pub is_asking: bool,
    /// What was changed here and by another program.
    pub conflicts: &'a [Conflict],
    /// The file being opened, and its progress.
    pub opening: Option<messages::OpeningProgress>,
    /// What the export dialog shows, while it is open, and what it keeps.
    pub export: Option<(ExportView<'a>, &'a mut ExportMemory)>,
}

/// Shows the open panels.
pub(super) fn show(
    ui: &mut Ui,
    areas: &Areas,
    anchors: PanelAnchors,
    around: &mut PanelContent<'_>,
    cx: &mut ViewContext<'_>,
) {
    let state: &State = cx.state;
    let is_page = state.is_side_open() && areas.story_form == StoryForm::Page;
    if state.shows(Panel::AllEvents) && !is_page {
        let right = areas.canvas.right() - cx.covered_px;
        view::all_events::show(ui, areas.canvas.with_max_x(right), cx);
    }
    if state.shows(Panel::Messages) && !around.messages.faults.is_empty() {
        view::faults::list(ui, areas.canvas, &around.messages.faults, cx);
    }
    // Beside the story, which is about the result that was gone to.
    let is_beside = state.is_side_open() && areas.story_form == StoryForm::Column;
    let most_right = if is_beside {
        areas.story.left()
    } else {
        areas.top_bar.right()
    };
    if let Some(search) = &state.search {
        let found = (cx.found, around.is_asking);
        view::search::show(ui, (anchors.field, most_right), search, found, cx);
    }
    if let Some(listed) = &state.cluster_list {
        view::listing::show(ui, areas.canvas, listed, cx);
    }
    let story = state.selected.filter(|_| state.is_story_open);
    if let Some((event, number)) = story.zip(state.enlarged)
        && let Some(media) = cx.layout.timeline.event(event).media.get(number)
    {
        view::pictures::enlarged(ui, media, cx);
    }
    if state.shows(Panel::Lessons) {
        view::lesson::chooser::show(ui, cx);
    }
    if let Some(new_event) = &state.writing.new_event {
        view::writing::show_new_event(ui, areas.canvas, new_event, cx);
    }
    if !state.writing.several.is_empty() {
        view::writing::show_several(ui, areas.canvas, &state.writing.several, cx);
    }
    if state.shows(Panel::Conflict) {
        view::writing::show_conflicts(ui, around.conflicts, cx);
    }
    if state.shows(Panel::Unsaved) {
        view::writing::show_unsaved(ui, cx);
    }
    if state.shows(Panel::SaveAs) {
        view::save_as::show(ui, cx);
    }
    if state.shows(Panel::Export)
        && let Some((exported, memory)) = &mut around.export
    {
        view::export::show(ui, exported, cx, memory);
    }
    if state.shows(Panel::Palette) {
        view::palette::show(ui, cx);
    }
    if state.shows(Panel::Licenses) {
        view::licenses::show(ui, cx.theme, cx.commands);
    }
    if state.shows(Panel::Keys) {
        messages::keys(ui, cx.theme, Mode::Exploring, cx.commands);
    }
    if let Some(coming) = &around.opening {
        if messages::opening(ui, areas.canvas, coming, cx.theme) {
            cx.commands.push(Command::CancelOpening);
        }
    } else if cx.layout.timeline.is_empty() {
        if state.writing.new_event.is_none() {
            view::writing::show_guide(ui, areas.canvas, cx);
        }
    } else if cx.layout.lane_index.is_empty() && !state.shows(Panel::AllEvents) {
        let words = "No event passes the filter: C shows all again.";
        messages::note(ui, areas.canvas, words, cx.theme);
    }
}
