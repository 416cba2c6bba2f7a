//! The dialog that chooses a lesson, where a file has several.

use egui::{Color32, Modal, Ui};

use crate::{
    command::{Command, MenuCommand},
    layout::Face,
    view::{
        ViewContext,
        text::{Style, color},
        widgets,
    },
};

/// Shows the lessons of the file, in front of everything, and one made of its events.
pub fn show(ui: &Ui, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let lessons = cx.layout.timeline.lessons();
    let shown = Modal::new(ui.scope_id().with("lessons"))
        .frame(widgets::sheet(theme, 28.0))
        .backdrop_color(Color32::from_black_alpha(90))
        .show(ui.ctx(), |ui| {
            ui.set_width(420.0_f32.min(ui.ctx().content_rect().width() - 100.0));
            widgets::in_window(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                let title = Style::new(Face::SerifSemiBold, 22.0, color(theme.ink));
                widgets::paragraph(ui, "Which lesson?", &title, cx.measure);
                ui.add_space(8.0);
                let named = lessons.iter().map(|lesson| {
                    let count = lesson.steps.len();
                    let steps = if count == 1 {
                        "1 step".to_owned()
                    } else {
                        format!("{count} steps")
                    };
                    (lesson.title.as_str(), steps)
                });
                let made = ("Made from the events", "by importance and time".to_owned());
                let left = cx.state.left_lesson.as_ref();
                let lesson_left = left.map(|left| {
                    let mut all = lessons.iter();
                    let number = all.position(|lesson| lesson.id == left.lesson.id);
                    (number.unwrap_or(lessons.len()), left.step + 1)
                });
                for (number, (title, what)) in named.chain([made]).enumerate() {
                    let what = match lesson_left {
                        Some((left, step)) if left == number => format!("goes on at step {step}"),
                        _ => what,
                    };
                    let row = widgets::LinkRow {
                        title,
                        label: &what,
                        date: "",
                        dot: theme.accent,
                    };
                    let response = row.show(ui, theme, cx.measure);
                    let is_first = number == lesson_left.map_or(0, |left| left.0);
                    if is_first && ui.memory(|memory| memory.focused().is_none()) {
                        response.request_focus();
                    }
                    if response.clicked() {
                        cx.commands.push(Command::StartLesson {
                            lesson: number,
                            step: 0,
                            elapsed_secs: 0.0,
                        });
                    }
                    ui.add_space(2.0);
                }
            });
        });
    if shown.should_close() {
        cx.commands.push(MenuCommand::StepBack.into());
    }
}
