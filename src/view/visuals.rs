//! egui's own visuals, in the theme's colours.

use egui::{Color32, Visuals};

use super::text::color;
use crate::layout::Theme;

/// The visuals of egui's own parts (menus, tooltips, scroll bars), in the theme's colours.
pub fn visuals(theme: &Theme) -> Visuals {
    let mut visuals = if theme.is_dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    let (ink, hairline) = (color(theme.ink), color(theme.hairline));
    visuals.panel_fill = color(theme.ground);
    visuals.window_fill = color(theme.panel);
    visuals.window_stroke = egui::Stroke::new(1.0, hairline);
    visuals.extreme_bg_color = color(theme.ground);
    visuals.hyperlink_color = color(theme.accent);
    visuals.selection.bg_fill = color(theme.accent.faded(0.22));
    visuals.selection.stroke = egui::Stroke::new(1.0, ink);
    visuals.window_shadow = egui::Shadow {
        offset: [0, 6],
        blur: 18,
        spread: 0,
        color: Color32::from_black_alpha(40),
    };
    visuals.popup_shadow = visuals.window_shadow;
    for (widget, wash) in [
        (&mut visuals.widgets.noninteractive, 0.0),
        (&mut visuals.widgets.inactive, 0.0),
        (&mut visuals.widgets.hovered, 0.06),
        (&mut visuals.widgets.active, 0.1),
        (&mut visuals.widgets.open, 0.06),
    ] {
        widget.bg_fill = color(theme.ink.faded(wash));
        widget.weak_bg_fill = widget.bg_fill;
        widget.bg_stroke = egui::Stroke::NONE;
        widget.fg_stroke = egui::Stroke::new(1.0, ink);
        widget.expansion = 0.0;
    }
    visuals.widgets.noninteractive.bg_stroke = egui::Stroke::new(1.0, hairline);
    visuals
}
