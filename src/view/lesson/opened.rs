//! An event that was opened during a lesson, over the stage: as high as its text.

use egui::{Align, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::{Show, Unit, picture::CardPictures};
use crate::{
    command::{Command, LessonCommand},
    layout::{Face, measure::half_px, theme::Rgba},
    model::{EventId, markdown::blocks},
    view::{
        accessible,
        column::Column,
        laid_text::{LaidText, Part},
        markdown,
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
    let width = (WIDTH_PX * px).min(rect.width() * 0.86);
    let ctx = ui.ctx().clone();
    let column = Column {
        ctx: &ctx,
        measure: &*show.measure,
        width_px: width - 2.0 * AIR_PX * px,
        align: Align::Min,
    };
    let (head, texts) = (
        head(&column, event, px, show),
        texts(&column, event, px, show),
    );
    let pictures = CardPictures::new(show, event, column.width_px, px);
    let height = head.height() + pictures.height(&column) + texts.height();
    let height = (height + 2.0 * AIR_PX * px).min(rect.height() * MOST_HEIGHT);
    let size = vec2(width, height);
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
    scroll.show(&mut child, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        head.show(ui);
        pictures.show(ui, &column);
        texts.show(ui);
    });
    let close = Rect::from_center_size(area.right_top() + vec2(-26.0, 26.0), vec2(32.0, 32.0));
    let mut corner = ui.new_child(UiBuilder::new().max_rect(close));
    let name = "Close and go on with the lesson";
    let cross = widgets::icon::X;
    let face = Face::Icons;
    if widgets::quiet_button(&mut corner, (cross, face), name, close.size(), theme).clicked() {
        commands.push(Command::Lesson(LessonCommand::Close));
    }
}

/// Lane, title and date of an event.
fn head(column: &Column<'_>, event: EventId, px: f32, show: &Show) -> LaidText {
    let theme = show.theme;
    let record = show.timeline.event(event);
    let of = |face, size: f32, ink: Rgba| Style::new(face, half_px(size * px), color(ink));
    let gap_px = 10.0 * px;
    let mut story = LaidText::default();
    let (lane, ink) = show.lane(event);
    if !lane.is_empty() {
        let lane = column.paragraph(&lane.to_uppercase(), &of(Face::SansBold, 20.0, ink));
        story.push(gap_px, Part::Paragraph(lane));
    }
    let title = column.balanced(record.title, &of(Face::SerifSemiBold, 60.0, theme.ink));
    story.push(gap_px, Part::Paragraph(title));
    let words = show.timeline.date_words(event).to_string();
    let date = column.paragraph(&words, &of(Face::Sans, 28.0, theme.muted));
    story.push(gap_px, Part::Paragraph(date));
    story
}

/// Its texts and sources.
fn texts(column: &Column<'_>, event: EventId, px: f32, show: &Show) -> LaidText {
    let theme = show.theme;
    let record = show.timeline.event(event);
    let of = |face, size: f32, ink: Rgba| Style::new(face, half_px(size * px), color(ink));
    let text_gap_px = 16.0 * px;
    let mut story = LaidText::default();
    let body = Style {
        line_height: 1.45,
        ..of(Face::Serif, 34.0, theme.ink)
    };
    for text in [record.summary, record.details] {
        story.append(
            text_gap_px,
            markdown::lay(column, &blocks(text), &body, theme),
        );
    }
    let sources = show.sources(event);
    if !sources.is_empty() {
        let words = format!("Source: {sources}");
        let sources = column.paragraph(&words, &of(Face::Sans, 20.0, theme.muted));
        story.push(text_gap_px, Part::Paragraph(sources));
    }
    story
}
