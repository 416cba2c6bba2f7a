//! What Back and Forward do, and which commands they lead back before.

use super::{State, environment::CanvasGeometry, history::View};
use crate::command::{Command, MenuCommand};

/// Most views kept to go back to.
const MOST: usize = 100;

impl State {
    /// The current view, with the camera at the end of a running flight.
    pub(super) fn view(&self) -> View {
        View {
            camera: self.aim(),
            selected: self.selected,
            is_story_open: self.is_story_open,
            filter: self.filter.clone(),
        }
    }

    /// Returns to a view.
    pub(super) fn restore(&mut self, view: View, geometry: &CanvasGeometry<'_>) {
        self.open_story(view.is_story_open, geometry);
        if self.selected != view.selected {
            self.enlarged = None;
        }
        self.selected = view.selected;
        // A selected event is always visible: if the subset shown lacks it, hiding ends.
        self.is_hiding &= view
            .selected
            .is_none_or(|event| geometry.layout.lane_index.contains(event));
        self.measure_start = self.measure_start.filter(|_| self.selected.is_some());
        self.filter = view.filter;
        if let Some(camera) = view.camera {
            self.fly(camera, geometry);
        }
    }

    /// Whether there is a view to go back to, and one to go forward to.
    pub fn can_go(&self) -> (bool, bool) {
        (
            !self.history.past.is_empty(),
            !self.history.future.is_empty(),
        )
    }

    /// Records the current view before a command that navigates away from it.
    pub(super) fn remember(&mut self, command: &Command) {
        let leads_away = matches!(
            command,
            Command::Select(_)
                | Command::FlyToEvent(_)
                | Command::MeasureTo(_)
                | Command::FlyIntoEvent(_)
                | Command::FlyTo(_)
                | Command::ZoomIntoCluster { .. }
                | Command::GoToResult(_)
                | Command::FollowPerson(_)
                | Command::Menu(
                    MenuCommand::Cause | MenuCommand::Consequence | MenuCommand::FitAll
                )
        );
        let here = self.view();
        if !leads_away || self.history.past.last() == Some(&here) {
            return;
        }
        self.history.past.push(here);
        self.history.future.clear();
        let too_many = self.history.past.len().saturating_sub(MOST);
        self.history.past.drain(..too_many);
    }

    pub(super) fn go_back(&mut self, geometry: &CanvasGeometry<'_>) {
        let here = self.view();
        // A view recorded before a command that changed nothing is skipped.
        while let Some(view) = self.history.past.pop() {
            if view != here {
                self.history.future.push(here);
                return self.restore(view, geometry);
            }
        }
    }

    pub(super) fn go_forward(&mut self, geometry: &CanvasGeometry<'_>) {
        if let Some(view) = self.history.future.pop() {
            let here = self.view();
            self.history.past.push(here);
            self.restore(view, geometry);
        }
    }
}
