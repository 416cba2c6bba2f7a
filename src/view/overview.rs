//! The overview strip at the bottom: the whole file, the brush on it, how many events are labelled,
//! and the zoom control.
//!
//! [`Strip`] translates between the strip's x and time; here the brush is dragged.

use egui::{CornerRadius, CursorIcon, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

mod caption;

use caption::Caption;
pub use caption::Counts;

use super::{
    ViewContext, accessible,
    paint::{self, Picture, Placement, TextPainter},
    text::color,
    widgets,
};
use crate::{
    command::{Command, MenuCommand},
    layout::{Strip, StripInput, measure::Face, scene},
};

/// The zoom control's width, in px.
const ZOOM_PX: f32 = 118.0;
/// The least width of the caption, in px.
const CAPTION_PX: f32 = 156.0;
/// How far from the brush's edge it can be grasped, in px.
const GRASP_PX: f32 = 7.0;

/// What the strip keeps from frame to frame: its picture, keyed by its rectangle and
/// [revision](ViewContext::revision), and the words beside it.
#[derive(Default)]
pub struct OverviewMemory {
    picture: Picture<(scene::Rect, u64)>,
    caption: Caption,
}

/// Shows the strip in `rect`. `counts`: how many events there are and are in view.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    cx: &mut ViewContext<'_>,
    counts: Counts,
    (OverviewMemory { picture, caption }, paint): (&mut OverviewMemory, &mut TextPainter),
) {
    let theme = cx.theme;
    ui.painter().rect_filled(rect, 0.0, color(theme.panel));
    widgets::hairline(ui, rect, rect.top() + 0.5, theme);
    let gutter = cx.layout.gutter_px.max(CAPTION_PX);
    let room = gutter - 24.0 - 8.0;
    caption.show(ui, (rect, room), cx, counts, paint);

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
        let input = StripInput {
            filtered: cx.filtered,
            found: cx.found,
            theme,
            lane_colors: cx.lane_colors,
            measure: cx.measure,
        };
        strip.draw(cx.layout, &input, scene);
    });
    brush(ui, (strip_rect, caption.range()), &strip, cx);
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

/// The frame around what is in view; `range` says that in words.
fn brush(ui: &Ui, (strip_rect, range): (Rect, &str), strip: &Strip, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    // Without what a sheet covers.
    let seen_px = cx.plot_px - cx.covered_px;
    let seen = strip.brush(&cx.camera, seen_px);
    let seen_rect = paint::egui_rect(&seen, vec2(0.0, 0.0));
    let response = ui.interact(
        strip_rect,
        ui.scope_id().with("overview"),
        Sense::click_and_drag(),
    );
    let whole = f64::from(strip_rect.width().max(1.0));
    let middle = f64::from(f32::midpoint(seen.x0, seen.x1) - strip_rect.left());
    let share = (middle / whole).clamp(0.0, 1.0);
    accessible::name_slider(&response, "Overview", share, range);
    if let Some(share) = accessible::slid(&response, share) {
        let x = strip_rect.left() + (share * whole) as f32;
        cx.commands
            .push(Command::FlyTo(strip.centred(cx.camera, x, seen_px)));
    }

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
            Grip::Left => strip.camera(at.min(seen.x1 - 2.0), seen.x1, seen_px),
            Grip::Right => strip.camera(seen.x0, at.max(seen.x0 + 2.0), seen_px),
            Grip::Inside => strip.panned(cx.camera, response.drag_delta().x),
            Grip::Outside => strip.centred(cx.camera, at, seen_px),
        };
        cx.commands.push(Command::SetCamera(camera));
    } else if response.clicked() && Grip::at(at, seen.x0, seen.x1) == Grip::Outside {
        cx.commands
            .push(Command::FlyTo(strip.centred(cx.camera, at, seen_px)));
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
