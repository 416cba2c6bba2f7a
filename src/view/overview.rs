//! The overview strip at the bottom: the whole file, the brush on it, how many events are labelled,
//! and the zoom control.
//!
//! [`Strip`] translates between the strip's x and time; here the brush is dragged.

use egui::{CornerRadius, CursorIcon, Rect, Role, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{
    ViewContext, accessible,
    paint::{self, Picture, Placement, TextPainter},
    text::color,
    widgets,
};
use crate::{
    command::{Command, MenuCommand},
    layout::{
        Strip,
        draw::clusters::write_count,
        measure::{Face, elided},
        scene,
    },
    time::{Civil, Moment, When, words},
};

/// The zoom control's width, in px.
const ZOOM_PX: f32 = 118.0;
/// The least width of the caption, in px.
const CAPTION_PX: f32 = 156.0;
/// How far from the brush's edge it can be grasped, in px.
const GRASP_PX: f32 = 7.0;

/// The strip's picture, keyed by its rectangle and [revision](ViewContext::revision).
pub type StripPicture = Picture<(scene::Rect, u64)>;

/// Shows the strip in `rect`. `shown`: how many events are in view (labelled, or in the list of all
/// events), and how many the layout covers.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    cx: &mut ViewContext<'_>,
    shown: (usize, usize),
    (picture, paint): (&mut StripPicture, &mut TextPainter),
) {
    let theme = cx.theme;
    ui.painter().rect_filled(rect, 0.0, color(theme.panel));
    widgets::hairline(ui, rect, rect.top() + 0.5, theme);
    let gutter = cx.layout.gutter_px.max(CAPTION_PX);
    caption(ui, rect, cx, shown, paint);

    let strip_rect = Rect::from_min_max(
        pos2(rect.left() + gutter, rect.top() + 7.0),
        pos2(
            (rect.right() - ZOOM_PX - 36.0).max(rect.left() + gutter + 40.0),
            rect.bottom() - 7.0,
        ),
    );
    let strip = Strip::new(cx.layout, plain(strip_rect));
    let placement = Placement {
        origin: vec2(0.0, 0.0),
        ground: theme.ground,
    };
    let shown = (strip.rect, cx.revision);
    paint.paint(picture, shown, ui.painter(), placement, |scene| {
        strip.draw(
            cx.layout,
            cx.lane_colors,
            cx.filtered,
            (cx.found, theme),
            scene,
        );
    });
    brush(ui, strip_rect, &strip, cx);
    zoom(
        ui,
        Rect::from_min_size(
            pos2(rect.right() - ZOOM_PX - 18.0, rect.center().y - 17.0),
            vec2(ZOOM_PX, 34.0),
        ),
        cx,
        paint,
    );
}

/// The years in view and how many events are shown.
fn caption(
    ui: &Ui,
    rect: Rect,
    cx: &ViewContext<'_>,
    (shown, count): (usize, usize),
    text_painter: &mut TextPainter,
) {
    let theme = cx.theme;
    // The time in view, clamped to the file's extent.
    let (first, last) = cx
        .layout
        .extent()
        .unwrap_or((Moment::EARLIEST, Moment::LATEST));
    let from = cx.camera.time_from_x(0.0).max(first);
    let seen_px = f64::from(cx.plot_px - cx.covered_px);
    let to = cx
        .camera
        .time_from_x(seen_px)
        .min(last)
        .plus_secs(-1)
        .max(from);
    let years = range_words(from, to);
    let events = if count == 1 { "event" } else { "events" };
    let mut caption = String::new();
    write_count(shown as u32, &mut caption);
    caption.push_str(" of ");
    write_count(count as u32, &mut caption);
    caption = caption + " " + events + " in view";
    if cx.layout.slots.is_partial(cx.camera.px_per_sec()) {
        caption.push('…');
    }
    for (words, face, size, ink, y) in [
        (&years, Face::SansSemiBold, 13.0, theme.ink, 22.0),
        (&caption, Face::Sans, 12.0, theme.muted, 41.0),
    ] {
        let room = cx.layout.gutter_px.max(CAPTION_PX) - 24.0 - 8.0;
        // Years in billions need more letters than others: they are set smaller, then cut.
        let fits = |size: &f32| cx.measure.width(words, face, *size) <= room;
        let size = [size, size - 1.0, size - 2.0]
            .into_iter()
            .find(fits)
            .unwrap_or(size - 2.0);
        let mut cut = String::new();
        let shown = elided(words, (face, size), room, cx.measure, &mut cut);
        let at = pos2(rect.left() + 24.0, rect.top() + y);
        let area = text_painter.words(ui.painter(), at, shown, (face, size), ink);
        let response = ui.interact(
            area,
            ui.scope_id().with(("caption", y as u32)),
            Sense::hover(),
        );
        accessible::name_text(&response, words.as_str());
    }
}

/// A range in words, as precise as its length requires: years, months or days.
fn range_words(from: Moment, to: Moment) -> String {
    let (a, b) = (from.civil(), to.civil());
    let months = (b.year - a.year) * 12 + i64::from(b.month) - i64::from(a.month);
    let edtf = |civil: &Civil| match months {
        0..=2 => format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day),
        _ => format!("{:04}-{:02}", civil.year, civil.month),
    };
    let is_fine = months <= 24 && (1..=9999).contains(&a.year) && b.year <= 9999;
    let (start, end) = (edtf(&a), edtf(&b));
    let text = if start == end {
        start
    } else {
        format!("{start}/{end}")
    };
    match When::parse(&text).ok().filter(|_| is_fine) {
        Some(when) => words::label(&when, words::Outlook::Happened),
        None if a.year == b.year => words::year_words(a.year),
        None => format!(
            "{} – {}",
            words::year_words(a.year),
            words::year_words(b.year)
        ),
    }
}

fn brush(ui: &Ui, strip_rect: Rect, strip: &Strip, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let seen = strip.brush(&cx.camera, cx.plot_px);
    let seen_rect = paint::egui_rect(&seen, vec2(0.0, 0.0));
    let response = ui.interact(
        strip_rect,
        ui.scope_id().with("overview"),
        Sense::click_and_drag(),
    );
    let name = "Overview: drag to move, drag an edge to zoom";
    accessible::name(&response, Role::Slider, name);

    // The grip stays the same until the drag ends.
    let grip_id = ui.scope_id().with("grip");
    if response.drag_started()
        && let Some(at) = ui.input(|input| input.pointer.press_origin())
    {
        ui.data_mut(|data| data.insert_temp(grip_id, Grip::at(at.x, seen.x0, seen.x1)));
    }
    let grip = ui
        .data(|data| data.get_temp::<Grip>(grip_id))
        .unwrap_or_default();
    let at = response.interact_pointer_pos().map_or(0.0, |at| at.x);
    if response.dragged() {
        let camera = match grip {
            Grip::Left => strip.camera(at.min(seen.x1 - 2.0), seen.x1, cx.plot_px),
            Grip::Right => strip.camera(seen.x0, at.max(seen.x0 + 2.0), cx.plot_px),
            Grip::Inside => strip.panned(cx.camera, response.drag_delta().x),
            Grip::Outside => strip.centred(cx.camera, at, cx.plot_px),
        };
        cx.commands.push(Command::SetCamera(camera));
    } else if response.clicked() && Grip::at(at, seen.x0, seen.x1) == Grip::Outside {
        cx.commands
            .push(Command::FlyTo(strip.centred(cx.camera, at, cx.plot_px)));
    }
    if let Some(at) = response.hover_pos() {
        let cursor = match if response.dragged() {
            grip
        } else {
            Grip::at(at.x, seen.x0, seen.x1)
        } {
            Grip::Left | Grip::Right => CursorIcon::ResizeHorizontal,
            Grip::Inside if response.dragged() => CursorIcon::Grabbing,
            Grip::Inside => CursorIcon::Grab,
            Grip::Outside => CursorIcon::PointingHand,
        };
        ui.set_cursor_icon(cursor);
    }

    let veil = color(theme.panel.faded(0.6));
    ui.painter().rect_filled(
        Rect::from_min_max(strip_rect.min, pos2(seen_rect.left(), strip_rect.bottom())),
        0.0,
        veil,
    );
    ui.painter().rect_filled(
        Rect::from_min_max(pos2(seen_rect.right(), strip_rect.top()), strip_rect.max),
        0.0,
        veil,
    );
    let fill = color(theme.ink.faded(0.035));
    let stroke = Stroke::new(1.25, color(theme.ink));
    ui.painter().rect(
        seen_rect,
        CornerRadius::same(6),
        fill,
        stroke,
        StrokeKind::Inside,
    );
    accessible::focus_ring(ui, &response, theme);
}

/// Where the brush is grasped.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
enum Grip {
    Left,
    Right,
    Inside,
    #[default]
    Outside,
}

impl Grip {
    fn at(x: f32, x0: f32, x1: f32) -> Self {
        // A narrow brush is moved rather than resized.
        let grasp = GRASP_PX.min((x1 - x0) / 4.0);
        if (x - x0).abs() <= grasp {
            Self::Left
        } else if (x - x1).abs() <= grasp {
            Self::Right
        } else if (x0..=x1).contains(&x) {
            Self::Inside
        } else {
            Self::Outside
        }
    }
}

fn zoom(ui: &Ui, rect: Rect, cx: &mut ViewContext<'_>, text_painter: &mut TextPainter) {
    let theme = cx.theme;
    let stroke = Stroke::new(1.0, color(theme.hairline));
    ui.painter().rect(
        rect,
        CornerRadius::same(17),
        color(theme.panel),
        stroke,
        StrokeKind::Inside,
    );
    let mut left = rect.left() + 6.0;
    for (shown, name, width, command) in [
        ("−", "Zoom out", 32.0, Command::Menu(MenuCommand::ZoomOut)),
        (
            "Fit",
            "Show everything",
            38.0,
            Command::Menu(MenuCommand::FitAll),
        ),
        ("+", "Zoom in", 32.0, Command::Menu(MenuCommand::ZoomIn)),
    ] {
        let size = vec2(width, 28.0);
        let area = Rect::from_min_size(pos2(left, rect.center().y - size.y / 2.0), size);
        left = area.right() + 2.0;
        let button = ui.interact(area, ui.scope_id().with(name), Sense::click());
        let face = (Face::SansSemiBold, 13.0);
        let button = widgets::quiet(ui, button, name, theme, |ink| {
            text_painter.centred(ui.painter(), area.center(), shown, face, ink);
        });
        if button.on_hover_text(name).clicked() {
            cx.commands.push(command);
        }
    }
}

fn plain(rect: Rect) -> scene::Rect {
    scene::Rect::new(rect.left(), rect.top(), rect.right(), rect.bottom())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn range_words_are_as_precise_as_the_range_requires() {
        let day = |y, m, d| Moment::from_civil(Civil::date(y, m, d)).unwrap();
        for (from, to, expected) in [
            (day(2003, 1, 1), day(2016, 12, 31), "2003 – 2016"),
            (
                day(2015, 3, 1),
                day(2016, 10, 31),
                "March 2015 – October 2016",
            ),
            (day(2016, 10, 8), day(2016, 10, 11), "8 – 11 October 2016"),
            (day(2016, 10, 20), day(2016, 10, 20), "20 October 2016"),
            (day(-43, 3, 15), day(-43, 3, 16), "44 BC"),
        ] {
            assert_eq!(range_words(from, to), expected);
        }
    }

    #[test]
    fn the_brush_is_grasped_at_its_edges_inside_or_outside() {
        for (x, expected) in [
            (95.0, Grip::Left),
            (106.0, Grip::Left),
            (150.0, Grip::Inside),
            (197.0, Grip::Right),
            (80.0, Grip::Outside),
            (220.0, Grip::Outside),
        ] {
            assert_eq!(Grip::at(x, 100.0, 200.0), expected, "at {x}");
        }
        assert_eq!(Grip::at(105.0, 100.0, 110.0), Grip::Inside);
    }
}
