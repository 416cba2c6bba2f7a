//! The panel beside the canvas that is not a story: about, filter, a person's card.

use egui::{Margin, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::{
    ViewContext, accessible,
    text::color,
    widgets::{self, icon},
};
use crate::{
    command::{Command, Layer},
    layout::Face,
};

/// The margins of the panel, in px.
const MARGIN_PX: i8 = 28;
/// The height of what stays above scrolled contents, in px.
const HEAD_PX: f32 = 54.0;

/// A panel in the place of a story.
pub struct Side<'a> {
    /// Where.
    pub rect: Rect,
    /// Its accessible name.
    pub name: &'a str,
    /// The accessible name of its close button.
    pub close: &'a str,
    /// What closing it closes.
    pub layer: Layer,
}

impl Side<'_> {
    /// Shows the panel with contents that scroll where they are higher than it. Nothing behind it
    /// is hit.
    pub fn show(
        &self,
        ui: &mut Ui,
        cx: &mut ViewContext<'_>,
        add: impl FnOnce(&mut Ui, &mut ViewContext<'_>),
    ) {
        let (rect, theme) = (self.rect, cx.theme);
        ui.painter().rect_filled(rect, 0.0, color(theme.panel));
        let edge = rect.with_max_x(rect.left() + 1.0);
        ui.painter().rect_filled(edge, 0.0, color(theme.hairline));
        ui.interact(
            rect,
            ui.scope_id().with(self.name),
            Sense::CLICK | Sense::DRAG,
        );
        accessible::announce(ui.ctx(), "side", || self.name.to_owned());
        // Over what has scrolled under it, nothing but the button is pressed.
        let scrolled_id = ui.scope_id().with((self.name, "is scrolled"));
        let is_scrolled: bool = ui.data(|data| data.get_temp(scrolled_id)).unwrap_or(false);
        if is_scrolled {
            // The ids of what follows are the same either way: the keyboard stays where it is.
            ui.skip_ahead_auto_ids(1);
        } else {
            self.close_button(ui, cx);
        }
        let builder = UiBuilder::new()
            .max_rect(rect)
            .id_salt(self.name)
            .accessibility_label(self.name);
        let offset_px = ui.scope_builder(builder, |ui| {
            ui.set_clip_rect(rect.intersect(ui.clip_rect()));
            let area = ScrollArea::vertical().auto_shrink(false);
            let shown = area.show(ui, |ui| {
                let frame = egui::Frame::new().inner_margin(Margin::same(MARGIN_PX));
                frame.show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    add(ui, cx);
                });
            });
            shown.state.clamped_offset().y
        });
        ui.data_mut(|data| data.insert_temp(scrolled_id, offset_px.inner > 0.5));
        if is_scrolled {
            let strip =
                Rect::from_min_size(rect.min + vec2(1.0, 0.0), vec2(rect.width() - 1.0, HEAD_PX));
            ui.interact(strip, scrolled_id.with("strip"), Sense::CLICK);
            ui.painter().rect_filled(strip, 0.0, color(theme.panel));
            widgets::hairline(ui, strip, strip.bottom(), theme);
            self.close_button(ui, cx);
        }
    }

    fn close_button(&self, ui: &mut Ui, cx: &mut ViewContext<'_>) {
        let size = vec2(30.0, 30.0);
        let corner = pos2(self.rect.right() - size.x - 18.0, self.rect.top() + 20.0);
        let builder = UiBuilder::new()
            .max_rect(Rect::from_min_size(corner, size))
            .id_salt("close");
        ui.scope_builder(builder, |ui| {
            let face = (icon::X, Face::Icons);
            let button = widgets::quiet_button(ui, face, self.close, size, cx.theme);
            if button.on_hover_text("Close (Esc)").clicked() {
                cx.commands.push(Command::Close(self.layer));
            }
        });
    }
}
