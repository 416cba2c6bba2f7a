//! The look of the window: the current theme and text size, applied to egui.

use egui::Context;

use super::App;
use crate::{
    command::ThemeChoice,
    layout::{Face, Theme},
    view::{self, text},
};

impl App {
    pub(super) fn theme(&self, ctx: &Context) -> &'static Theme {
        match self.state.look.theme {
            ThemeChoice::Dark => &Theme::DARK,
            ThemeChoice::Projector => &Theme::PROJECTOR,
            ThemeChoice::System if ctx.system_theme() == Some(egui::Theme::Dark) => &Theme::DARK,
            ThemeChoice::Light | ThemeChoice::System => &Theme::LIGHT,
        }
    }

    /// Computes the lanes' colours where the file or the theme has changed.
    pub(super) fn color_lanes(&mut self, theme: &Theme) {
        if self.lane_colors.1 != Some(theme.name) {
            let colors = theme.lane_colors(self.timeline.lanes());
            self.lane_colors = (colors, Some(theme.name));
            self.revision += 1;
        }
    }

    /// Applies theme and text size to egui where they changed.
    pub(super) fn apply_look(&mut self, ctx: &Context, theme: &Theme) {
        let look = (theme.name, self.state.look.text_percent);
        if self.applied_look == Some(look) {
            return;
        }
        self.applied_look = Some(look);
        ctx.set_zoom_factor(theme.scale * f32::from(look.1) / 100.0);
        let egui_theme = if theme.is_dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        };
        ctx.set_theme(egui_theme);
        ctx.set_visuals_of(egui_theme, view::visuals::visuals(theme));
        ctx.all_styles_mut(|style| {
            for (text_style, font) in &mut style.text_styles {
                let size = if *text_style == egui::TextStyle::Heading {
                    16.0
                } else {
                    13.0
                };
                *font = text::font(Face::Sans, size);
            }
        });
    }
}
