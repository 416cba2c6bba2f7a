//! Names and roles for assistive technology, and what can be pressed: the only place that tells
//! egui what a widget is.
//!
//! Everything that is pressed by pointer or keyboard is a [`Pressable`]: it has a role, a name, a
//! cursor, and a ring while it has the keyboard focus. The marks of a timeline are named by
//! [`name_mark`], since thousands of them are on screen and their rings have other shapes.

use egui::{CornerRadius, CursorIcon, Response, Role, Stroke, StrokeKind, Ui, WidgetInfo};

use super::text::color;
use crate::layout::Theme;

/// The corner radius of focus rings, in px.
const RADIUS: u8 = 6;

/// Names a widget that is not pressed: a text that is shown otherwise than it is read aloud, a
/// group, a slider.
pub fn name(response: &Response, role: Role, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
}

/// Names a text.
pub fn name_text(response: &Response, words: &str) {
    name(response, Role::Label, words);
}

/// Says in which language the texts of a part of the window are, as a BCP 47 tag, so that they are
/// read aloud in it. Nothing is said where the file does not say it.
pub fn speak(ui: &Ui, language: &str) {
    if !language.is_empty() {
        ui.ctx()
            .accesskit_node_builder(ui.unique_id(), |node| node.set_language(language));
    }
}

/// Names a mark of a timeline. Its name is made only when assistive technology asks for it.
pub fn name_mark(response: &Response, is_selected: bool, name: impl Fn() -> String) {
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, name()));
}

/// Names a field for text: what is in it, what was in it in the frame before, and its hint.
pub fn name_field(response: &Response, now: &str, before: &str, hint: &str) {
    response.widget_info(|| WidgetInfo::text_edit(true, before, now, hint));
}

/// Names a progress bar; `share` is the part that is done, from 0 to 1.
pub fn name_progress(response: &Response, share: f32, name: &str) {
    response.widget_info(|| WidgetInfo {
        value: Some(f64::from((share * 100.0).round())),
        ..WidgetInfo::labeled(Role::ProgressIndicator, true, name)
    });
}

/// Something that is pressed: a button, a row of a list, a switch, a link.
#[derive(Copy, Clone, Debug)]
#[must_use]
pub struct Pressable<'a> {
    name: &'a str,
    role: Role,
    is_selected: Option<bool>,
    is_enabled: bool,
    cursor: CursorIcon,
}

impl<'a> Pressable<'a> {
    /// A button of this name.
    pub const fn button(name: &'a str) -> Self {
        Self {
            name,
            role: Role::Button,
            is_selected: None,
            is_enabled: true,
            cursor: CursorIcon::PointingHand,
        }
    }

    /// A link of this name.
    pub const fn link(name: &'a str) -> Self {
        Self {
            role: Role::Link,
            ..Self::button(name)
        }
    }

    /// One of several of which some are selected: a row of a list, a switch.
    pub const fn choice(role: Role, name: &'a str, is_selected: bool) -> Self {
        Self {
            role,
            is_selected: Some(is_selected),
            ..Self::button(name)
        }
    }

    /// The same, but not to be pressed now unless `is_enabled`.
    pub const fn enabled(self, is_enabled: bool) -> Self {
        Self { is_enabled, ..self }
    }

    /// The same with another cursor than the pointing hand.
    pub const fn cursor(self, cursor: CursorIcon) -> Self {
        Self { cursor, ..self }
    }

    /// Makes a pressable of a widget's response: it is drawn by `paint`, and the focus ring over
    /// that.
    pub fn paint(
        self,
        ui: &Ui,
        response: Response,
        theme: &Theme,
        paint: impl FnOnce(&Response),
    ) -> Response {
        self.describe(&response);
        paint(&response);
        focus_ring(ui, &response, theme);
        response.on_hover_cursor(self.cursor)
    }

    /// Names a widget that egui itself draws, with egui's own cursor.
    pub fn describe(self, response: &Response) {
        response.widget_info(|| match self.is_selected {
            Some(is_selected) => {
                WidgetInfo::selected(self.role, self.is_enabled, is_selected, self.name)
            }
            None => WidgetInfo::labeled(self.role, self.is_enabled, self.name),
        });
    }
}

/// Draws a ring around a widget that has the keyboard focus; one that has just got it is scrolled
/// into view.
pub fn focus_ring(ui: &Ui, response: &Response, theme: &Theme) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, color(theme.accent));
        ui.painter().rect_stroke(
            response.rect.expand(1.0),
            CornerRadius::same(RADIUS),
            stroke,
            StrokeKind::Outside,
        );
    }
}
