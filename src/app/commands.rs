//! Applies commands: by the state or, where they need the window or a file, here. Then advances the
//! state to the frame's time.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use egui::{Context, FocusDirection, Id, ViewportCommand};

use super::{
    dialog::Dialog,
    input::Input,
    lesson::is_full_screen,
    shell::{App, Frame, environment},
    writing::Next,
};
use crate::{
    command::{Command, Layer, LessonCommand, LessonMenuCommand, MenuCommand, Panel},
    layout::Theme,
    model::EventId,
    view::{self, canvas},
};

impl App {
    /// Applies what has come in, in order, and lets the keyboard focus follow.
    pub(super) fn apply(&mut self, input: &Input, ctx: &Context, frame: &Frame) {
        let commands = &input.commands;
        let (top, has_list) = (self.state.top(), self.state.shows(Panel::AllEvents));
        let focused = ctx.memory(egui::Memory::focused);
        // One who types goes on typing.
        let is_typing = ctx.text_edit_focused();
        let (look, selected) = (self.state.look, self.state.selected);
        let story_focus = self.state.story_focus_requests;
        let mut timeline = Arc::clone(self.document.timeline());
        let mut pending: VecDeque<Command> = commands.iter().cloned().collect();
        while let Some(command) = pending.pop_front() {
            if !self.panels.deferred.commands.is_empty() && !command.is_of_window() {
                // None overtakes one that waits.
                self.panels.deferred.commands.push(command);
                continue;
            }
            self.apply_one(&command, ctx, frame);
            if let Some(changed) = self.document.changed.take() {
                // After a change of one's own the rest still means the same events.
                let follow = |event| self.document.followed(&changed, event);
                let followed = pending.iter().filter_map(|it| it.followed(&follow));
                pending = followed.collect();
                timeline = Arc::clone(self.document.timeline());
            } else if !Arc::ptr_eq(&timeline, self.document.timeline()) {
                // Where another file was opened, what follows was meant for the one before.
                break;
            }
        }
        self.follow_lesson(ctx, frame);
        if self.state.look != look {
            self.save();
            ctx.request_repaint();
        }
        if self.state.session.is_some() {
            return;
        }
        let has_stepped_back = commands.contains(&MenuCommand::StepBack.into());
        if has_stepped_back && self.state.selected.is_none() {
            // Nothing is selected any more: the focus ring goes too.
            surrender_focus(ctx);
        }
        // Screen readers announce what gets the focus. An open search keeps it, for typing.
        let is_by_person = commands.iter().any(|command| !command.is_of_window());
        let is_other = is_by_person && self.state.selected != selected;
        let event = self
            .state
            .selected
            .filter(|_| input.focus_follows && !is_typing || is_other);
        // What is closed gives the focus back to the event that it was about or was called from.
        let is_closed = is_by_person && top.is_some_and(|layer| !self.state.has(layer));
        let is_listed = self.state.shows(Panel::AllEvents) && !has_list;
        let event = event.or_else(|| self.state.selected.filter(|_| is_closed || is_listed));
        let event = if is_listed {
            self.first_listed(event)
        } else {
            event
        };
        let mut wanted = event.map(|event| self.event_id(event));
        let now = self.state.top();
        if now != top && now.is_some_and(takes_focus) {
            self.panels.focused_before = focused;
        }
        if is_closed && top.is_some_and(takes_focus) {
            let before = self.panels.focused_before.take();
            wanted = before.filter(|_| !is_other).or(wanted);
        }
        let is_free = self.state.search.is_none();
        // In the frame in which a dialog closes egui lets nothing behind it have the focus.
        let due = self.panels.focus_due.take();
        if let Some(id) = due.or(wanted).filter(|_| is_free) {
            focus(ctx, id);
        }
        let is_dialog = matches!(
            top,
            Some(Layer::Panel(
                Panel::Keys | Panel::Licenses | Panel::Lessons | Panel::SaveAs | Panel::Export
            ))
        );
        if is_closed && is_dialog {
            self.panels.focus_due = wanted;
            ctx.request_repaint();
        }
        if self.state.story_focus_requests != story_focus {
            view::details::take_keyboard(ctx);
        }
    }

    /// This event if the list has it, else the first one that the list has.
    fn first_listed(&self, event: Option<EventId>) -> Option<EventId> {
        let Some(filtered) = self.canvas.filter_result() else {
            return event.or_else(|| self.document.timeline().events().next());
        };
        let listed = &filtered.events;
        event
            .filter(|event| listed.contains(*event))
            .or_else(|| listed.iter().next())
    }

    /// The id under which an event has the keyboard focus where it is shown.
    fn event_id(&self, event: EventId) -> Id {
        if self.state.shows(Panel::AllEvents) {
            view::all_events::row_id(event)
        } else {
            canvas::node_id(event)
        }
    }

    fn apply_one(&mut self, command: &Command, ctx: &Context, frame: &Frame) {
        if let Command::Menu(menu) = command {
            tracing::debug!("{menu:?}");
        }
        let is_lesson = self.state.session.is_some();
        let leave = LessonCommand::Menu(LessonMenuCommand::Leave);
        if self.apply_export(command, ctx, frame)
            || self.apply_edit(command, ctx, frame)
            || self.answer_unsaved(command, ctx, frame)
        {
            return;
        }
        match command {
            // A question in front of the lesson is answered first.
            Command::Lesson(lesson) if self.state.shows(Panel::ConfirmOpen) && *lesson != leave => {
            }
            Command::Menu(MenuCommand::FullScreen) => {
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!is_full_screen(ctx)));
            }
            Command::Menu(MenuCommand::CopyEvent) if !is_lesson => {
                if let Some(event) = self.state.selected {
                    ctx.copy_text(self.document.timeline().event_text(event));
                }
            }
            Command::Menu(MenuCommand::Quit) => ctx.send_viewport_cmd(ViewportCommand::Close),
            Command::Menu(MenuCommand::Open) => {
                let dialog = &mut self.panels.dialog;
                dialog.get_or_insert_with(|| Dialog::open(ctx));
            }
            Command::SaveAs(target) => {
                self.apply_to_state(&Command::Close(Layer::Panel(Panel::SaveAs)), frame);
                let name = self.suggested_name(*target);
                if self.panels.saving.is_none() {
                    let dialog = &mut self.panels.dialog;
                    dialog.get_or_insert_with(|| Dialog::save(ctx, *target, name));
                }
            }
            Command::SetColumn(header, field) => self.set_column(header, *field),
            Command::GoToFault(fault) => self.go_to_fault(*fault, frame),
            Command::Menu(MenuCommand::Columns) if self.document.source.columns.is_none() => {
                let message = "this file is no table, so there are no columns to choose";
                self.panels.messages.sentence = Some(message.to_owned());
            }
            Command::OpenFiles(paths) => self.open_or_ask(paths.clone(), frame),
            Command::OpenAsked => {
                let asked = std::mem::take(&mut self.panels.asked);
                self.leave_for(Next::Open(asked), frame);
                self.apply_to_state(&Command::KeepLesson, frame);
            }
            Command::CancelOpening => self.cancel(frame),
            Command::DismissMessages => self.dismiss_messages(),
            // Stepping back while another file is loading cancels that; a reload of the open file
            // continues.
            Command::Menu(MenuCommand::StepBack) if self.document.is_loading_other() => {
                self.cancel(frame);
            }
            Command::Menu(MenuCommand::StepBack)
                if !is_lesson && self.state.top().is_none() && is_full_screen(ctx) =>
            {
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(false));
            }
            // In a list in front of all else the arrows move the focus.
            Command::Menu(MenuCommand::LaneDown | MenuCommand::Next)
                if self.state.shows(Panel::Lessons) || self.state.shows(Panel::SaveAs) =>
            {
                ctx.memory_mut(|memory| memory.move_focus(FocusDirection::Next));
            }
            Command::Menu(MenuCommand::LaneUp | MenuCommand::Previous)
                if self.state.shows(Panel::Lessons) || self.state.shows(Panel::SaveAs) =>
            {
                ctx.memory_mut(|memory| memory.move_focus(FocusDirection::Previous));
            }
            Command::Resume => {
                if let Some(start) = self.resume() {
                    self.apply_and_keep_step(&start, frame);
                }
            }
            Command::Lesson(LessonCommand::Menu(LessonMenuCommand::MoveStage)) if is_lesson => {
                self.apply_and_keep_step(command, frame);
                let place = self.lesson.other_place();
                let monitors = self.lesson.monitors.count;
                self.apply_to_state(&Command::SetStage { place, monitors }, frame);
                self.preferences.is_save_due = true;
                self.lesson.close_stage(ctx);
            }
            Command::Lesson(lesson) if is_lesson => {
                if matches!(lesson, LessonCommand::Digit(_)) {
                    // Enter is then for the typed step, not for the widget that has the focus.
                    surrender_focus(ctx);
                }
                self.apply_and_keep_step(command, frame);
                if *lesson == LessonCommand::FillScreen {
                    self.lesson.fill_screen(ctx);
                }
            }
            Command::Menu(MenuCommand::Present | MenuCommand::PresentSelected)
            | Command::StartLesson { .. } => {
                self.refuse_empty_lesson(command);
                self.apply_and_keep_step(command, frame);
            }
            _ => self.apply_to_state(command, frame),
        }
    }

    /// Dismisses the messages, and what they offer: that is then not offered again.
    fn dismiss_messages(&mut self) {
        let messages = std::mem::take(&mut self.panels.messages);
        let offered = messages.offer.as_ref().map(|offer| &offer.command);
        if offered == Some(&Command::TakeDraft) {
            if let Some(offered) = self.panels.offered.take() {
                offered.decline();
            }
        } else if messages.offer.is_some() {
            self.preferences.settings.broken_off = None;
            self.preferences.is_save_due = true;
        }
    }

    fn apply_all(&mut self, commands: &[Command], frame: &Frame) {
        for command in commands {
            self.apply_to_state(command, frame);
        }
    }

    fn cancel(&mut self, frame: &Frame) {
        let opened = self.cancel_opening();
        self.apply_all(&opened, frame);
    }

    /// Applies a command that may start a lesson or change its step, and keeps that in the
    /// settings.
    fn apply_and_keep_step(&mut self, command: &Command, frame: &Frame) {
        let before = self.step();
        self.apply_to_state(command, frame);
        let after = self.step();
        if after.is_some() && after != before {
            self.keep_step(frame.clock_secs);
        }
    }

    /// The third step of a frame: advances the state to its time, and what the panels show with it.
    pub(super) fn advance(&mut self, ctx: &Context, frame: &Frame, theme: &Theme) {
        self.lay_out(frame);
        let areas = self.areas(frame);
        let step = self.step();
        let environment = environment(&self.document, &self.canvas, &self.state, &areas, frame);
        let advanced = self.state.advance(&environment);
        if advanced.is_moving {
            ctx.request_repaint();
        }
        if let Some(due_secs) = advanced.due_secs {
            ctx.request_repaint_after(Duration::from_secs_f64(due_secs));
        }
        if self.state.session.is_some() && self.step() != step {
            self.keep_step(frame.clock_secs);
        }
        self.panels.has_hint &= !self.state.shows(Panel::About);
        self.canvas.color_lanes(self.document.timeline(), theme);
        if let Some(session) = &self.state.session {
            let wanted = session.wanted_pictures(self.document.timeline());
            let beside = self.document.beside();
            self.panels.pictures.update(&beside, &wanted, ctx);
            return;
        }
        if let Some(layout) = &self.canvas.layout {
            let search = self.state.search.as_ref();
            let is_changed = self.panels.search.update(search, layout, ctx);
            self.canvas.revision += u64::from(is_changed);
        }
        let story = self.state.selected.filter(|_| self.state.is_story_open);
        let timeline = self.document.timeline();
        let wanted = story.map_or(&[][..], |event| timeline.event(event).media);
        let beside = self.document.beside();
        self.panels.pictures.update(&beside, wanted, ctx);
    }
}

/// Whether the keyboard focus goes into a layer when it opens.
const fn takes_focus(layer: Layer) -> bool {
    matches!(
        layer,
        Layer::Search | Layer::Panel(Panel::Keys | Panel::Lessons | Panel::Palette)
    )
}

fn focus(ctx: &Context, id: Id) {
    ctx.memory_mut(|memory| memory.request_focus(id));
}

pub(super) fn surrender_focus(ctx: &Context) {
    ctx.memory_mut(|memory| {
        if let Some(id) = memory.focused() {
            memory.surrender_focus(id);
        }
    });
}
