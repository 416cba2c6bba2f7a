//! The places one has been: back, and forward again.

use super::{Camera, EventId, Filter, Stage, State};
use crate::command::Command;

/// So many places are remembered.
const MOST: usize = 100;

/// What is seen, to be seen again.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct View {
    camera: Option<Camera>,
    selected: Option<EventId>,
    is_story_open: bool,
    filter: Filter,
}

/// The places before and after the one where one is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Trail {
    past: Vec<View>,
    future: Vec<View>,
}

impl State {
    /// What is seen, or will be when the camera has come to rest.
    pub(super) fn view(&self) -> View {
        View {
            camera: self.aim(),
            selected: self.selected,
            is_story_open: self.is_story_open,
            filter: self.filter.clone(),
        }
    }

    /// Sees that again.
    pub(super) fn restore(&mut self, view: View, stage: &Stage<'_>) {
        self.open_story(view.is_story_open, stage);
        if self.selected != view.selected {
            self.enlarged = None;
        }
        self.selected = view.selected;
        // What is chosen is seen.
        self.is_hiding &= view
            .selected
            .is_none_or(|event| stage.index.tally.holds(event));
        self.measured = self.measured.filter(|_| self.selected.is_some());
        self.filter = view.filter;
        if let Some(camera) = view.camera {
            self.fly(camera, stage);
        }
    }

    /// Whether there is somewhere to go back to, and to go forward to.
    pub fn can_go(&self) -> (bool, bool) {
        (!self.trail.past.is_empty(), !self.trail.future.is_empty())
    }

    /// Takes down where one is before a command that leads elsewhere.
    pub(super) fn remember(&mut self, command: &Command) {
        let leads_away = matches!(
            command,
            Command::Choose(_)
                | Command::Visit(_)
                | Command::Measure(_)
                | Command::FlyInto(_)
                | Command::FlyTo(_)
                | Command::Part { .. }
                | Command::Take(_)
                | Command::Follow(_)
                | Command::Cause
                | Command::Consequence
                | Command::FitAll
        );
        let here = self.view();
        if !leads_away || self.trail.past.last() == Some(&here) {
            return;
        }
        self.trail.past.push(here);
        self.trail.future.clear();
        let too_many = self.trail.past.len().saturating_sub(MOST);
        self.trail.past.drain(..too_many);
    }

    pub(super) fn go_back(&mut self, stage: &Stage<'_>) {
        let here = self.view();
        // What was taken down before a command that led nowhere is no step back.
        while let Some(view) = self.trail.past.pop() {
            if view != here {
                self.trail.future.push(here);
                return self.restore(view, stage);
            }
        }
    }

    pub(super) fn go_forward(&mut self, stage: &Stage<'_>) {
        if let Some(view) = self.trail.future.pop() {
            let here = self.view();
            self.trail.past.push(here);
            self.restore(view, stage);
        }
    }
}
