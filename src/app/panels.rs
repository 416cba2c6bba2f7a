//! What lies over the canvas: lists, filter, search, palette, notes. One is in front of the other in
//! the order in which they are shown.

use egui::Ui;

use crate::{
    command::{Command, Mode},
    state::{Panel, State},
    view::{
        self, Areas, Pane, StoryForm,
        messages::{self, Messages},
        top_bar::Places,
    },
};

/// What the panels show besides the pane.
pub(super) struct Around<'a> {
    /// What there is to say about the file.
    pub messages: &'a Messages,
    /// Whether the answer to a search is on its way.
    pub is_asking: bool,
    /// What is on its way into the window, in words.
    pub opening: Option<messages::Coming>,
}

/// Shows those that are open.
pub(super) fn show(
    ui: &mut Ui,
    areas: &Areas,
    places: Places,
    around: &Around<'_>,
    pane: &mut Pane<'_>,
) {
    let state: &State = pane.state;
    let is_page = state.is_story_open && areas.story_form == StoryForm::Page;
    if state.shows(Panel::AllEvents) && !is_page {
        let right = areas.canvas.right() - pane.covered_px;
        view::all_events::show(ui, areas.canvas.with_max_x(right), pane);
    }
    if state.shows(Panel::Messages) && !around.messages.diagnostics.is_empty() {
        messages::list(ui, areas.canvas, around.messages, pane);
    }
    // Beside the story, which tells what was gone to.
    let is_beside = state.is_story_open && areas.story_form == StoryForm::Column;
    let most_right = if is_beside {
        areas.story.left()
    } else {
        areas.top_bar.right()
    };
    if state.shows(Panel::Filters) {
        view::filter::show(ui, (places.filter, most_right), pane);
    }
    if let Some(seeking) = &state.seeking {
        let found = (pane.found, around.is_asking);
        view::search::show(ui, (places.field, most_right), seeking, found, pane);
    }
    if let Some(listed) = &state.listed {
        view::listing::show(ui, areas.canvas, listed, pane);
    }
    let story = state.selected.filter(|_| state.is_story_open);
    if let Some((event, number)) = story.zip(state.enlarged)
        && let Some(media) = pane.index.timeline.event(event).media.get(number)
    {
        view::pictures::enlarged(ui, media, pane);
    }
    if state.shows(Panel::Lessons) {
        view::lesson::chooser::show(ui, pane);
    }
    if state.shows(Panel::Palette) {
        view::palette::show(ui, pane);
    }
    if state.shows(Panel::Keys) {
        messages::keys(ui, pane.theme, Mode::Exploring, pane.commands);
    }
    if let Some(coming) = &around.opening {
        if messages::opening(ui, areas.canvas, coming, pane.theme) {
            pane.commands.push(Command::CancelOpening);
        }
    } else if pane.index.timeline.is_empty() {
        let words = "There are no events in this file.";
        messages::note(ui, areas.canvas, words, pane.theme);
    } else if pane.index.tally.is_empty() && !state.shows(Panel::AllEvents) {
        let words = "No event passes the filter: C shows all again.";
        messages::note(ui, areas.canvas, words, pane.theme);
    }
}
