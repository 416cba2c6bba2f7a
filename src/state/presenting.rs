//! What the commands of a lesson do to the state: it starts, goes on and ends.

use super::{LessonSession, State, environment::Environment, lesson::Outcome};
use crate::{
    command::{LessonCommand, LessonMenuCommand, Panel},
    model::Lesson,
};

impl State {
    /// Starts a lesson by its index in the file, or one generated from the events, at a step and
    /// with some seconds elapsed. One without steps does not start.
    pub(super) fn start_lesson(
        &mut self,
        number: usize,
        begin: (usize, f64),
        environment: &Environment<'_>,
    ) {
        let timeline = environment.timeline;
        let own = timeline.lessons().get(number).cloned();
        let lesson = own.unwrap_or_else(|| Lesson::made_of(timeline));
        if lesson.steps.is_empty() {
            return;
        }
        self.panel = None;
        // A search field that is not visible must not take the typed letters.
        self.search = None;
        let session = LessonSession::new(timeline, lesson, begin, environment.clock_secs);
        self.session = Some(session);
    }

    /// Applies a lesson's command; nothing while no lesson is running.
    pub(super) fn apply_lesson(&mut self, command: &LessonCommand, environment: &Environment<'_>) {
        let leaves = *command == LessonCommand::Menu(LessonMenuCommand::Leave);
        if leaves && self.shows(Panel::Keys) {
            self.panel = None;
            return;
        }
        let Some(session) = &mut self.session else {
            return;
        };
        match session.apply(command, environment.timeline, environment.clock_secs) {
            Outcome::Ends => (self.session, self.panel) = (None, None),
            Outcome::Continues => {}
        }
    }
}
