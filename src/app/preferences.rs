//! The settings: kept between runs, and applied to the window.

use egui::{Context, Ui};

use super::system_motion::SystemMotion;
use crate::{
    command::ThemeChoice,
    layout::{Face, Theme},
    open::drafts::Drafts,
    settings::{Settings, Store, WindowPlace},
    state::Look,
    view::{self, text},
};

/// The settings and where they are stored.
pub(super) struct Preferences {
    pub settings: Settings,
    /// Whether the settings have changed and are to be saved once a frame has been shown.
    pub is_save_due: bool,
    /// The system's motion setting; only a real window listens to it.
    pub system_motion: Option<SystemMotion>,
    /// Where drafts of changes are kept.
    pub drafts: Drafts,
    store: Store,
    /// The settings as this window last found or saved them.
    saved: Settings,
    /// The theme and the text size that egui was last given.
    applied: Option<(&'static Theme, u16)>,
}

impl Preferences {
    pub fn new(settings: Settings, store: Store) -> Self {
        Self {
            saved: settings.clone(),
            settings,
            is_save_due: false,
            system_motion: None,
            drafts: Drafts::new(store.drafts().map(Into::into)),
            store,
            applied: None,
        }
    }

    /// Saves the settings with this look.
    ///
    /// # Errors
    ///
    /// Where they cannot be saved: a sentence that says why.
    pub fn save(&mut self, look: Look) -> Result<(), String> {
        self.is_save_due = false;
        self.settings.look = look;
        let saved = self.store.save(&self.settings, &self.saved);
        saved.map_err(|error| error.to_string())?;
        self.saved = self.settings.clone();
        Ok(())
    }

    /// Records the size of the window, unless it is full screen or covered by a lesson.
    pub fn keep_window(&mut self, ui: &Ui, is_lesson: bool) {
        let (is_maximized, is_full) = ui.input(|input| {
            let viewport = input.viewport();
            (
                viewport.maximized.unwrap_or(false),
                viewport.fullscreen.unwrap_or(false),
            )
        });
        if !is_full && !is_maximized && !is_lesson {
            // In px at 100 % text size, so that the window gets this size back at any text size.
            let size = ui.max_rect().size() * ui.ctx().zoom_factor();
            self.settings.window = Some(WindowPlace {
                width: size.x,
                height: size.y,
                maximized: false,
            });
        } else if let Some(window) = &mut self.settings.window {
            window.maximized = is_maximized;
        }
    }

    /// Applies theme and text size to egui where they changed, and returns the theme.
    pub fn apply_look(&mut self, ctx: &Context, look: Look) -> &'static Theme {
        let theme = theme(ctx, look.theme);
        let is_applied = |(applied, percent): (&Theme, u16)| {
            applied.name == theme.name && percent == look.text_percent
        };
        if self.applied.is_some_and(is_applied) {
            return theme;
        }
        self.applied = Some((theme, look.text_percent));
        ctx.set_zoom_factor(theme.scale * f32::from(look.text_percent) / 100.0);
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
        theme
    }

    /// The theme that was last applied.
    pub fn applied_theme(&self) -> &'static Theme {
        self.applied.map_or(&Theme::LIGHT, |(theme, _)| theme)
    }
}

/// The theme of a choice; the system's where that is chosen.
fn theme(ctx: &Context, choice: ThemeChoice) -> &'static Theme {
    match choice {
        ThemeChoice::Dark => &Theme::DARK,
        ThemeChoice::Projector => &Theme::PROJECTOR,
        ThemeChoice::System if ctx.system_theme() == Some(egui::Theme::Dark) => &Theme::DARK,
        ThemeChoice::Light | ThemeChoice::System => &Theme::LIGHT,
    }
}
