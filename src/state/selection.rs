//! The selected event and its story.

use super::{ChosenBy, State, environment::CanvasGeometry};
use crate::model::EventId;

impl State {
    pub(super) fn choose(&mut self, event: EventId, geometry: &CanvasGeometry<'_>) {
        self.uncover_story();
        self.open_story(true, geometry);
        // Beside its story no label is cut.
        self.view_chosen_by = ChosenBy::Program;
        self.select(event, geometry);
    }

    /// Opens or closes the story; the camera eases to the remaining plot.
    pub(super) fn open_story(&mut self, is_open: bool, geometry: &CanvasGeometry<'_>) {
        if self.is_story_open != is_open {
            let (from_px, aim) = (self.seen_px(geometry), self.aim());
            self.is_story_open = is_open;
            self.writing.is_form_open &= is_open;
            self.enlarged = None;
            self.resize(from_px, geometry, true);
            // Undoes a pan that uncovered the event beside a sheet, unless the camera has moved
            // since.
            let made_room = self.made_room.take().filter(|_| !is_open);
            if let Some((before, _)) = made_room.filter(|(_, after)| aim == Some(*after)) {
                self.fly(before, geometry);
            }
        }
    }

    pub(super) fn select(&mut self, event: EventId, geometry: &CanvasGeometry<'_>) {
        if self.selected != Some(event) {
            // An open form goes on with the event that is selected next.
            self.enlarged = None;
            let id = geometry.layout.timeline.event(event).id;
            id.clone_into(&mut self.writing.form_name);
        }
        self.selected = Some(event);
        // A selected event is always visible: if the subset shown lacks it, hiding ends.
        self.is_hiding &= geometry.layout.lane_index.contains(event);
        self.reveal(event, geometry);
        self.reveal_row(event, geometry);
    }
}
