//! An event that was opened during a lesson, over the stage: as high as its text.

use egui::{Rect, Role, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::{Show, Unit};
use crate::{
    command::{Command, LessonCommand},
    layout::{Face, measure::half_px, theme::Rgba},
    model::EventId,
    view::{
        accessible, markdown,
        text::{Style, color},
        widgets,
    },
};

/// The padding inside it, at a unit of 1, in px.
const AIR_PX: f32 = 44.0;
/// Its width at a unit of 1, in px, and the most of the stage's height that it takes.
const WIDTH_PX: f32 = 1240.0;
/// See [`WIDTH_PX`].
const MOST_HEIGHT: f32 = 0.76;

/// Shows the event over `rect`, the whole stage.
pub(super) fn show(
    ui: &mut Ui,
    rect: Rect,
    event: EventId,
    show: &Show,
    commands: &mut Vec<Command>,
) {
    let theme = show.theme;
    let px = Unit::of(rect.size()).px * theme.scale;
    let title = show.timeline.event(event).title;
    // As high as its contents were in the last frame.
    let height_id = ui
        .scope_id()
        .with(("height", event.index(), rect.width() as u32));
    let known = ui.data(|data| data.get_temp::<f32>(height_id));
    let most = rect.height() * MOST_HEIGHT;
    let height = known.map_or(most, |known| (known + 2.0 * AIR_PX * px).min(most));
    let size = vec2((WIDTH_PX * px).min(rect.width() * 0.86), height);
    let area = Rect::from_center_size(rect.center() - vec2(0.0, 0.06 * rect.height()), size);
    ui.painter()
        .rect_filled(rect, 0.0, color(theme.ground.faded(0.8)));
    let shield = ui.interact(rect, ui.scope_id().with("shield"), Sense::click());
    if shield.clicked() {
        commands.push(Command::Lesson(LessonCommand::Close));
    }
    ui.painter().add(widgets::sheet(theme, 0.0).paint(area));
    let frame = ui.interact(area, ui.scope_id().with("opened"), Sense::click());
    accessible::name(&frame, Role::Group, &format!("Opened: {title}"));
    let inner = area.shrink(AIR_PX * px);
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).id_salt("opened"));
    let scroll = ScrollArea::vertical().auto_shrink(false);
    let output = scroll.show(&mut child, |ui| story(ui, event, px, show));
    let content_px = output.content_size.y;
    if known.is_none_or(|known| (known - content_px).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(height_id, content_px));
        ui.request_repaint();
    }
    let close = Rect::from_center_size(area.right_top() + vec2(-26.0, 26.0), vec2(32.0, 32.0));
    let mut corner = ui.new_child(UiBuilder::new().max_rect(close));
    let name = "Close and go on with the lesson";
    let cross = widgets::icon::X;
    let face = Face::Icons;
    if widgets::quiet_button(&mut corner, (cross, face), name, close.size(), theme).clicked() {
        commands.push(Command::Lesson(LessonCommand::Close));
    }
}

fn story(ui: &mut Ui, event: EventId, px: f32, show: &Show) {
    let theme = show.theme;
    let record = show.timeline.event(event);
    ui.spacing_mut().item_spacing.y = 10.0 * px;
    let of = |face, size: f32, ink: Rgba| Style::new(face, half_px(size * px), color(ink));
    let (lane, ink) = show.lane(event);
    let words = show.timeline.date_words(event).to_string();
    if !lane.is_empty() {
        let style = of(Face::SansBold, 20.0, ink);
        widgets::paragraph(ui, &lane.to_uppercase(), &style, &*show.measure);
    }
    let title = of(Face::SerifSemiBold, 60.0, theme.ink);
    widgets::balanced(ui, record.title, &title, &*show.measure);
    let date = of(Face::Sans, 28.0, theme.muted);
    widgets::paragraph(ui, &words, &date, &*show.measure);
    let body = Style {
        line_height: 1.45,
        ..of(Face::Serif, 34.0, theme.ink)
    };
    for text in [record.summary, record.details] {
        if !text.is_empty() {
            ui.add_space(6.0 * px);
            markdown::show_in(ui, text, &body, theme, &*show.measure);
        }
    }
    let sources = show.sources(event);
    if !sources.is_empty() {
        ui.add_space(6.0 * px);
        let words = format!("Source: {sources}");
        let small = of(Face::Sans, 20.0, theme.muted);
        widgets::paragraph(ui, &words, &small, &*show.measure);
    }
}
