//! What the commands of a lesson do to the state: it starts, goes on and ends.

use super::{LessonSession, State, environment::Environment, lesson::Outcome};
use crate::{
    command::{LessonCommand, LessonMenuCommand, MenuCommand, Panel},
    model::Lesson,
};

impl State {
    /// Starts a lesson by its index in the file, or one generated from the events, at a step and
    /// with some seconds elapsed. One without steps does not start. The one that was left last goes
    /// on where it was, with its answers, unless another step is asked for.
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
        // One who writes the lesson goes on there when it has ended.
        self.panel = self.panel.filter(|panel| *panel == Panel::Lists);
        // A search field that is not visible must not take the typed letters.
        self.search = None;
        let now_secs = environment.clock_secs;
        let left = self.left_lesson.take().filter(|it| *it.lesson == lesson);
        // A lesson that was told to its end begins anew.
        let left = left.filter(|it| it.step + 1 < it.lesson.steps.len());
        let (step, elapsed_secs) = begin;
        self.session = Some(match left {
            Some(left) if elapsed_secs == 0.0 => {
                let step = if step == 0 { left.step } else { step };
                left.resumed(step, now_secs)
            }
            _ => LessonSession::new(timeline, lesson, begin, now_secs),
        });
    }

    /// Starts a lesson at the step that is about the selected event: the first lesson of the file
    /// that has one, else the one generated from the events. Where none has, it starts as without a
    /// selected event.
    pub(super) fn start_at_selected(&mut self, environment: &Environment<'_>) {
        let timeline = environment.timeline;
        let made = Lesson::made_of(timeline);
        let lessons = timeline.lessons().iter().chain([&made]).enumerate();
        let found = self.selected.and_then(|event| {
            let mut found = lessons.filter_map(|(number, lesson)| {
                let mut steps = lesson.steps.iter();
                Some((number, steps.position(|step| step.event == Some(event))?))
            });
            found.next()
        });
        let Some((number, step)) = found else {
            return self.apply(&MenuCommand::Present.into(), environment);
        };
        self.start_lesson(number, (step, 0.0), environment);
        if let Some(session) = &mut self.session {
            session.step = step;
        }
    }

    /// Applies a lesson's command; nothing while no lesson is running.
    pub(super) fn apply_lesson(&mut self, command: &LessonCommand, environment: &Environment<'_>) {
        let leaves = *command == LessonCommand::Menu(LessonMenuCommand::Leave);
        if self.shows(Panel::ConfirmOpen) {
            // Nothing goes on behind the question.
            if leaves {
                self.panel = None;
            }
            return;
        }
        if leaves && self.shows(Panel::Keys) {
            self.panel = None;
            return;
        }
        let Some(session) = &mut self.session else {
            return;
        };
        match session.apply(command, environment.timeline, environment.clock_secs) {
            Outcome::Ends => {
                let left = self.session.take();
                self.left_lesson = left.map(|session| session.left(environment.clock_secs));
                self.panel = self.panel.filter(|panel| *panel == Panel::Lists);
            }
            Outcome::Continues => {}
        }
    }
}
