//! Radio buttons, and rows of chips.

use egui::{CornerRadius, Response, Role, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::{
    layout::Face,
    view::{
        ViewContext,
        accessible::Pressable,
        text::{Style, color},
        widgets,
    },
};

/// The gap between two toggles, in px.
const GAP_PX: f32 = 4.0;

/// A radio button.
#[derive(Clone, Copy)]
pub struct Toggle<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether it is the one.
    pub is_on: bool,
    /// The air on either side of its name, in px.
    pub air_px: f32,
    /// The size of its name, in px.
    pub size_px: f32,
}

impl<'a> Toggle<'a> {
    /// As wide as it is where there is room.
    pub const fn new(name: &'a str, is_on: bool) -> Self {
        Self {
            name,
            is_on,
            air_px: 12.0,
            size_px: 13.0,
        }
    }

    /// The same in other sizes, from wide to narrow.
    fn sizes(self) -> [Self; 4] {
        [(12.0, 13.0), (9.0, 13.0), (6.0, 12.5), (5.0, 12.0)].map(|(air_px, size_px)| Self {
            air_px,
            size_px,
            ..self
        })
    }

    fn width(&self, cx: &ViewContext<'_>) -> f32 {
        let name_px = cx.measure.width(self.name, Face::SansMedium, self.size_px);
        name_px + 2.0 * self.air_px
    }

    /// Shows it.
    pub fn show(&self, ui: &mut Ui, cx: &ViewContext<'_>) -> Response {
        let theme = cx.theme;
        let size = vec2(self.width(cx), 32.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let choice = Pressable::choice(Role::RadioButton, self.name, self.is_on);
        choice.paint(ui, response, theme, |response| {
            let (fill, stroke) = if self.is_on {
                (theme.ink.faded(0.14), Stroke::new(1.5, color(theme.ink)))
            } else if response.hovered() {
                (
                    theme.ink.faded(0.05),
                    Stroke::new(1.0, color(theme.hairline)),
                )
            } else {
                (theme.ground, Stroke::new(1.0, color(theme.hairline)))
            };
            let radius = CornerRadius::same(6);
            ui.painter()
                .rect(rect, radius, color(fill), stroke, StrokeKind::Inside);
            let at = pos2(rect.left() + self.air_px, rect.center().y);
            let font = (Face::SansMedium, self.size_px);
            widgets::write(ui, at, self.name, font, theme.ink);
        })
    }
}

/// Shows a radio button; whether it was pressed.
pub fn toggle(ui: &mut Ui, name: &str, is_on: bool, cx: &ViewContext<'_>) -> bool {
    Toggle::new(name, is_on).show(ui, cx).clicked() && !is_on
}

/// Radio buttons on one line: they are closer where that is narrow. Which was pressed.
pub fn toggles(ui: &mut Ui, names: &[&str], on: usize, cx: &ViewContext<'_>) -> Option<usize> {
    let room_px = ui.available_width() + GAP_PX;
    let is_fitting = |size: &usize| {
        let sized = names
            .iter()
            .filter_map(|name| Toggle::new(name, false).sizes().get(*size).copied());
        sized.map(|it| it.width(cx) + GAP_PX).sum::<f32>() <= room_px
    };
    let size = (0..4).find(is_fitting).unwrap_or(0);
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP_PX, GAP_PX);
        for (number, name) in names.iter().enumerate() {
            let wide = Toggle::new(name, number == on);
            let toggle = wide.sizes().get(size).copied().unwrap_or(wide);
            if toggle.show(ui, cx).clicked() && number != on {
                chosen = Some(number);
            }
        }
    });
    chosen
}

/// A row of chips, each with a cross that takes it away, read aloud as “Remove the tag War”; which was
/// pressed.
pub fn chips(ui: &mut Ui, names: &[String], remove: &str, cx: &ViewContext<'_>) -> Option<usize> {
    if names.is_empty() {
        return None;
    }
    let style = Style::new(Face::SansMedium, 13.0, color(cx.theme.ink));
    let mut removed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for (number, name) in names.iter().enumerate() {
            let chip = widgets::chip(ui, &format!("{name}  ×"), &style, cx.theme);
            let remove = format!("{remove} {name}");
            Pressable::button(&remove).describe(&chip);
            if chip.on_hover_text(remove.as_str()).clicked() {
                removed = Some(number);
            }
        }
    });
    ui.add_space(6.0);
    removed
}
