//! The button that says how many events of the time in view are in lanes above and below the view.

use egui::{CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::{
    command::Command,
    layout::{Face, InView, draw::clusters::write_count},
    view::{ViewContext, accessible::Pressable, text::color, widgets},
};

/// The size of its words, in px.
const SIZE_PX: f32 = 12.0;
/// Its height, in px.
const HEIGHT_PX: f32 = 28.0;
/// A click scrolls by this share of the plot's height.
const SCROLL_SHARE: f32 = 0.8;

/// Shows it on a canvas of this rectangle and plot, if there are any; a click scrolls to those below,
/// or back to those above.
pub fn show(ui: &Ui, (rect, plot): (Rect, Rect), in_view: InView, cx: &mut ViewContext<'_>) {
    let Some((words, arrow, direction)) = words(in_view) else {
        return;
    };
    let width_of = |words: &str| cx.measure.width(words, Face::SansMedium, SIZE_PX) + 34.0;
    // Beside the axis, where nothing else is, if the lanes have names; in fewer words if need be.
    let room = plot.left() - rect.left() - 16.0;
    let short = format!("↑ {} · {}", in_view.above, in_view.below);
    let is_long = in_view.above > 0 && in_view.below > 0 && width_of(&words) > room;
    let shown = if is_long { &short } else { &words };
    let width = width_of(shown);
    let at = if room >= width {
        pos2(rect.left() + 12.0, plot.bottom() + 9.0)
    } else {
        pos2(plot.right() - width - 16.0, plot.bottom() - 36.0)
    };
    let area = Rect::from_min_size(at, vec2(width, HEIGHT_PX));
    let response = ui.interact(area, ui.scope_id().with("out of sight"), Sense::click());
    let theme = cx.theme;
    let response = Pressable::button(&words).paint(ui, response, theme, |response| {
        let ink = if response.hovered() {
            theme.ink
        } else {
            theme.muted
        };
        let border = Stroke::new(1.0, color(theme.hairline));
        let (radius, inside) = (CornerRadius::same(14), StrokeKind::Inside);
        ui.painter()
            .rect(area, radius, color(theme.panel), border, inside);
        let style = (Face::SansMedium, SIZE_PX);
        let middle = area.center().y;
        widgets::write(ui, pos2(area.left() + 12.0, middle), shown, style, ink);
        widgets::write(ui, pos2(area.right() - 20.0, middle), arrow, style, ink);
    });
    if response.clicked() {
        cx.commands
            .push(Command::Scroll(direction * SCROLL_SHARE * plot.height()));
    }
}

/// Its words, and which way a click scrolls: 1 down, −1 up.
fn words(in_view: InView) -> Option<(String, &'static str, f32)> {
    let count = |count: usize, after: &str| {
        let mut words = String::new();
        write_count(u32::try_from(count).unwrap_or(u32::MAX), &mut words);
        words + after
    };
    match (in_view.above, in_view.below) {
        (0, 0) => None,
        (0, below) => Some((count(below, " more below"), "↓", 1.0)),
        (above, 0) => Some((count(above, " more above"), "↑", -1.0)),
        (above, below) => {
            let words = count(above, " above, ") + &count(below, " below");
            Some((words, "↓", 1.0))
        }
    }
}
