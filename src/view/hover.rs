//! The card beside the mark that is pointed at, or that has the keyboard's focus.

use egui::{Rect, Ui};

use super::{
    ViewContext, markdown,
    text::{Style, color},
    widgets,
};
use crate::{
    layout::{LineBreaker, measure::Face},
    model::EventId,
};

/// Shows an event's title, date in words and summary. The summary is left out (the story has it)
/// where the window is too low to fit all of it beside the mark.
pub fn card(ui: &mut Ui, event: EventId, mark: Rect, cx: &ViewContext<'_>) {
    const WIDTH_PX: f32 = 300.0;
    /// The frame of the card and the gap between it and its mark, in px.
    const AROUND_PX: f32 = 32.0;
    /// The line height of a summary, in px: 15 px at 1.45.
    const LINE_PX: f32 = 22.0;
    let (theme, timeline) = (cx.theme, &cx.layout.timeline);
    let record = timeline.event(event);
    let screen = ui.ctx().content_rect();
    let room = (mark.top() - screen.top()).max(screen.bottom() - mark.bottom()) - AROUND_PX;
    let lines = |text: &str, face, size_px| {
        let breaker = LineBreaker {
            face,
            size_px,
            width_px: WIDTH_PX,
            measure: cx.measure,
        };
        breaker.lines(text).len() as f32
    };
    let head = 18.0 * lines(record.title, Face::SansSemiBold, 13.5) + 18.0;
    let has_room = head + LINE_PX * lines(record.summary, Face::Serif, 15.0) <= room;
    ui.set_max_width(WIDTH_PX);
    ui.spacing_mut().item_spacing.y = 4.0;
    let title = Style::new(Face::SansSemiBold, 13.5, color(theme.ink));
    widgets::paragraph(ui, record.title, &title, cx.measure);
    let date = Style::new(Face::Sans, 12.0, color(theme.muted));
    let words = timeline.date_words(event).to_string();
    widgets::paragraph(ui, &words, &date, cx.measure);
    if !record.summary.is_empty() && has_room {
        markdown::show(ui, record.summary, theme, cx.measure);
    }
}
