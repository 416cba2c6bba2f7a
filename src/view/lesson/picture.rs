//! The pictures of a step's event: the first one beside the story, each of them over the whole stage
//! when it is asked for; and those of an opened event in its card.
//!
//! ```text
//!  LANE             text        ┌───────────┐
//!  Title                        │  picture  │
//!  date                         └───────────┘
//!                               caption  credit
//! ```

use egui::{Align, CursorIcon, Rect, Role, Sense, TextureHandle, Ui, UiBuilder, Vec2, vec2};

use super::{Show, StagePart, Unit};
use crate::{
    command::{Command, LessonMenuCommand},
    layout::{Face, measure::half_px},
    model::{EventId, Media, markdown::blocks},
    view::{
        accessible::{self, Pressable},
        column::Column,
        gallery::PictureState,
        laid_text::{LaidText, Part},
        markdown,
        pictures::{fitted, name, paint},
        text::{Style, color},
    },
};

/// The share of the width that a picture takes beside a story: on a wide and on a squarer stage.
const WIDTH_SHARES: (f32, f32) = (0.31, 0.38);
/// The gap between a story and its picture, as a share of the width.
const GAP_SHARE: f32 = 0.03;
/// The sizes of caption and credit, at a unit of 1, in px.
const CAPTION_PX: f32 = 22.0;
/// The margin around a picture over the whole stage, as a share of its height.
const AROUND_SHARE: f32 = 0.05;
/// The most of a card's height that a picture takes, as a share of its width.
const CARD_SHARE: f32 = 0.5;

/// The pictures of an event that can be shown: those beside the file.
fn local(show: &Show, event: EventId) -> impl Iterator<Item = &Media> {
    let media = show.timeline.event(event).media.iter();
    media.filter(|media| media.is_local())
}

/// A picture that has been read, or why it cannot be shown; `None` while it is being read.
fn read<'a>(show: &'a Show, media: &Media) -> Option<Result<&'a TextureHandle, &'a str>> {
    match show.gallery.get(&media.file)? {
        PictureState::Shown(texture) => Some(Ok(texture)),
        PictureState::Failed(why) => Some(Err(why)),
        PictureState::Waiting => None,
    }
}

/// Caption and credit, or why there is no picture.
fn beneath(
    column: &Column<'_>,
    media: &Media,
    why: Option<&str>,
    show: &Show,
    px: f32,
) -> LaidText {
    let theme = show.theme;
    let size = half_px(CAPTION_PX * px);
    let of = |ink| Style {
        line_height: 1.3,
        ..Style::new(Face::Sans, size, color(ink))
    };
    let mut laid = LaidText::default();
    if let Some(why) = why {
        let line = column.paragraph(why, &of(theme.muted));
        laid.push(0.0, Part::Paragraph(line));
    }
    if !media.caption.is_empty() {
        let caption = markdown::lay(column, &blocks(&media.caption), &of(theme.ink), theme);
        laid.append(0.3 * size, caption);
    }
    if !media.credit.is_empty() {
        let credit = column.paragraph(&media.credit, &of(theme.muted));
        laid.push(0.2 * size, Part::Paragraph(credit));
    }
    laid
}

/// Shows the first picture of the step's event at the right of the story, if it has one that may be
/// seen by now. Returns what is left for the story, and the y of the picture's bottom.
pub(super) fn beside(
    ui: &mut Ui,
    part: StagePart,
    show: &Show,
    commands: &mut Vec<Command>,
) -> (Rect, f32) {
    let StagePart { rect, unit } = part;
    let nothing = (rect, rect.top());
    let session = &show.session;
    let event = session.current_step().and_then(|step| step.event);
    let Some(event) = event.filter(|_| session.open_question().is_none()) else {
        return nothing;
    };
    let Some(media) = local(show, event).next() else {
        return nothing;
    };
    let share = if unit.is_stacked {
        WIDTH_SHARES.1
    } else {
        WIDTH_SHARES.0
    };
    let place = rect.with_min_x(rect.right() - share * rect.width());
    let story = rect.with_max_x(place.left() - GAP_SHARE * rect.width());
    let Some(found) = read(show, media) else {
        // Its place is kept, so that the story does not move when it is there.
        return (story, rect.top());
    };
    let ctx = ui.ctx().clone();
    let column = Column {
        ctx: &ctx,
        measure: &*show.measure,
        width_px: place.width(),
        align: Align::Min,
    };
    let under = beneath(&column, media, found.err(), show, unit.px);
    let gap = 10.0 * unit.px;
    let mut bottom = place.top();
    if let Ok(texture) = found {
        let room = vec2(
            place.width(),
            (place.height() - under.height() - gap).max(0.0),
        );
        let size = fitted(texture.size_vec2(), room);
        let picture = Rect::from_min_size(place.min, size);
        let count = local(show, event).count();
        let label = if count > 1 {
            format!("Picture 1 of {count}: {}. Enlarge", name(media))
        } else {
            format!("Picture: {}. Enlarge", name(media))
        };
        if pressed(ui, picture, texture, &label, show) {
            commands.push(LessonMenuCommand::Picture.into());
        }
        bottom = picture.bottom() + gap;
    }
    let place = place.with_min_y(bottom);
    bottom += under.height();
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        under.show(ui);
    });
    (story, bottom)
}

/// Shows a picture of the step's event over the whole stage, if one is enlarged.
pub(super) fn enlarged(ui: &mut Ui, rect: Rect, show: &Show, commands: &mut Vec<Command>) {
    let session = &show.session;
    let event = session.current_step().and_then(|step| step.event);
    let Some((number, event)) = session.enlarged.zip(event) else {
        return;
    };
    let Some(media) = local(show, event).nth(number) else {
        return;
    };
    let count = local(show, event).count();
    let px = Unit::of(rect.size()).px;
    ui.painter()
        .rect_filled(rect, 0.0, color(show.theme.ground));
    let around = AROUND_SHARE * rect.height();
    let ctx = ui.ctx().clone();
    let column = Column {
        ctx: &ctx,
        measure: &*show.measure,
        width_px: rect.width() - 2.0 * around,
        align: Align::Min,
    };
    let found = read(show, media);
    let why = match found {
        Some(found) => found.err(),
        None => Some("…"),
    };
    let under = beneath(&column, media, why, show, px);
    let gap = 14.0 * px;
    let room = rect.shrink(around);
    let room = room.with_max_y(room.bottom() - under.height() - gap);
    let shield = ui.interact(rect, ui.scope_id().with("picture"), Sense::click());
    let label = format!("Picture {} of {count}: {}. Go on", number + 1, name(media));
    Pressable::button(&label).describe(&shield);
    if shield.clicked() {
        commands.push(LessonMenuCommand::Picture.into());
    }
    let mut corner = room.left_center();
    if let Some(Ok(texture)) = found {
        let size = grown(texture.size_vec2(), room.size());
        let picture = Rect::from_center_size(room.center(), size);
        paint(ui, texture, picture);
        corner = picture.left_bottom();
    }
    let place = Rect::from_min_max(corner + vec2(0.0, gap), rect.shrink(around).max);
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        under.show(ui);
    });
}

/// The pictures of an opened event, below each other in its card.
pub(super) struct CardPictures<'a> {
    show: &'a Show,
    px: f32,
    width_px: f32,
    event: EventId,
}

impl<'a> CardPictures<'a> {
    pub(super) fn new(show: &'a Show, event: EventId, width_px: f32, px: f32) -> Self {
        Self {
            show,
            px,
            width_px,
            event,
        }
    }

    fn size(&self, texture: &TextureHandle) -> Vec2 {
        fitted(
            texture.size_vec2(),
            vec2(self.width_px, CARD_SHARE * self.width_px),
        )
    }

    /// How high they are, in px.
    pub(super) fn height(&self, column: &Column<'_>) -> f32 {
        let media = local(self.show, self.event);
        media
            .filter_map(|media| {
                let found = read(self.show, media)?;
                let under = beneath(column, media, found.err(), self.show, self.px);
                let picture = found.map_or(0.0, |texture| self.size(texture).y);
                Some(picture + under.height() + 30.0 * self.px)
            })
            .sum()
    }

    /// Shows them where the text ends.
    pub(super) fn show(&self, ui: &mut Ui, column: &Column<'_>) {
        for media in local(self.show, self.event) {
            let Some(found) = read(self.show, media) else {
                continue;
            };
            ui.add_space(20.0 * self.px);
            if let Ok(texture) = found {
                let (rect, response) = ui.allocate_exact_size(self.size(texture), Sense::hover());
                paint(ui, texture, rect);
                let label = format!("Picture: {}", name(media));
                accessible::name(&response, Role::Image, &label);
            }
            ui.add_space(10.0 * self.px);
            beneath(column, media, found.err(), self.show, self.px).show(ui);
        }
    }
}

/// Paints a picture that can be pressed; says whether it was.
fn pressed(ui: &Ui, rect: Rect, texture: &TextureHandle, label: &str, show: &Show) -> bool {
    let id = ui.scope_id().with("first picture");
    let response = ui.interact(rect, id, Sense::click());
    let pressable = Pressable::button(label).cursor(CursorIcon::ZoomIn);
    pressable
        .paint(ui, response, show.theme, |_| paint(ui, texture, rect))
        .clicked()
}

/// The size of a picture in a room: as large as fits, at most twice its own size.
fn grown(size: Vec2, room: Vec2) -> Vec2 {
    fitted(2.0 * size, room)
}
