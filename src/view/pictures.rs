//! The pictures of a story: in their place in it, and enlarged over the window.
//!
//! Reading them is left to others; here they are shown, or what there is to say instead.

use std::collections::HashMap;

use egui::{
    Area, Color32, CornerRadius, CursorIcon, Id, Order, Rect, Role, Sense, Stroke, StrokeKind,
    TextureHandle, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::{
    Pane, markdown,
    text::{Style, color},
    widgets,
};
use crate::{command::Command, layout::measure::Face, model::Media};

/// The highest picture in a story, in px.
const HIGHEST_PX: f32 = 360.0;
/// The box in which something is said instead of a picture, in px.
const BOX_PX: f32 = 96.0;
/// Air around an enlarged picture, in px.
const AROUND_PX: f32 = 28.0;
/// Room for what is said under an enlarged picture, in px.
const UNDER_PX: f32 = 76.0;

/// A picture as far as it is there.
pub enum Slot {
    /// It is being read.
    Waiting,
    /// This can be shown.
    Shown(TextureHandle),
    /// It cannot be shown, for this reason.
    Failed(String),
}

/// The pictures of the story that is open, by the names of their files.
pub type Gallery = HashMap<String, Slot>;

/// Shows the pictures of a story, one under the other.
pub fn show(ui: &mut Ui, media: &[Media], pane: &mut Pane<'_>) {
    for (number, media) in media.iter().enumerate() {
        ui.add_space(16.0);
        if let Some(address) = media.web_address() {
            link(ui, media, address, pane);
        } else {
            picture(ui, number, media, pane);
        }
        beneath(ui, media, pane);
    }
}

/// What a picture is called where it cannot be seen.
fn name(media: &Media) -> &str {
    let names = [&media.alt, &media.caption, &media.file];
    let mut names = names.into_iter().map(|name| name.trim());
    names.find(|name| !name.is_empty()).unwrap_or("picture")
}

fn picture(ui: &mut Ui, number: usize, media: &Media, pane: &mut Pane<'_>) {
    let (theme, width) = (pane.theme, ui.available_width());
    let words = match pane.gallery.get(&media.file) {
        Some(Slot::Shown(texture)) => {
            let size = fitted(texture.size_vec2(), vec2(width, HIGHEST_PX));
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            let label = format!("Picture: {}. Enlarge", name(media));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
            paint(ui, texture, rect);
            widgets::focus_ring(ui, &response, theme);
            if response.on_hover_cursor(CursorIcon::ZoomIn).clicked() {
                pane.commands.push(Command::Enlarge(number));
            }
            return;
        }
        Some(Slot::Failed(why)) => why.clone(),
        Some(Slot::Waiting) | None => format!("Reading {}…", media.file.trim()),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, BOX_PX), Sense::hover());
    let label = format!("Picture: {}. {words}", name(media));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &label));
    let stroke = Stroke::new(1.0, color(theme.hairline));
    let (radius, ground) = (CornerRadius::same(6), color(theme.ground));
    ui.painter()
        .rect(rect, radius, ground, stroke, StrokeKind::Inside);
    let inner = egui::UiBuilder::new().max_rect(rect.shrink2(vec2(14.0, 12.0)));
    // It takes no room of its own: the box has it.
    let mut inside = ui.new_child(inner);
    let style = Style {
        line_height: 1.35,
        ..Style::new(Face::Sans, 12.5, color(theme.muted))
    };
    for line in [media.alt.trim(), &words] {
        if !line.is_empty() {
            widgets::paragraph(&mut inside, line, &style, pane.measure);
        }
    }
}

/// A picture that lies elsewhere: nothing is fetched, a click opens the browser.
fn link(ui: &mut Ui, media: &Media, address: &str, pane: &Pane<'_>) {
    let style = Style::new(Face::Sans, 13.0, color(pane.theme.accent));
    let words = format!("{} (opens in the browser)", name(media));
    let link = super::text::job(&words, &style);
    ui.add(egui::Hyperlink::from_label_and_url(link, address).open_in_new_tab(true));
}

/// Caption and credit.
fn beneath(ui: &mut Ui, media: &Media, pane: &Pane<'_>) {
    let theme = pane.theme;
    ui.add_space(6.0);
    if !media.caption.is_empty() {
        markdown::show(ui, &media.caption, theme, pane.measure);
    }
    if !media.credit.is_empty() {
        let style = Style::new(Face::Sans, 12.0, color(theme.muted));
        widgets::paragraph(ui, &media.credit, &style, pane.measure);
    }
}

/// Shows a picture as large as the window allows; a click or Esc closes it.
pub fn enlarged(ui: &Ui, media: &Media, pane: &mut Pane<'_>) {
    let Some(Slot::Shown(texture)) = pane.gallery.get(&media.file) else {
        return;
    };
    let (theme, window) = (pane.theme, ui.ctx().content_rect());
    let area = Area::new(Id::unique("enlarged picture"))
        .order(Order::Foreground)
        .fixed_pos(window.min);
    area.show(ui.ctx(), |ui| {
        let response = ui.interact(window, Id::unique("close picture"), Sense::click());
        let label = format!("{}: close the picture", name(media));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
        ui.painter().rect_filled(window, 0.0, color(theme.ground));
        let room = window.shrink(AROUND_PX);
        let room = room.with_max_y(room.bottom() - UNDER_PX);
        let size = fitted(texture.size_vec2(), room.size());
        let picture = Rect::from_center_size(room.center(), size);
        paint(ui, texture, picture);
        // A narrow picture's words have the window's width.
        let left = picture.left().min(room.center().x - 200.0).max(room.left());
        let top = pos2(left, picture.bottom() + 10.0);
        let under = Rect::from_min_max(top, pos2(room.right(), window.bottom()));
        let builder = egui::UiBuilder::new().max_rect(under);
        ui.scope_builder(builder, |ui| beneath(ui, media, pane));
        if response.on_hover_cursor(CursorIcon::ZoomOut).clicked() {
            pane.commands.push(Command::ClosePicture);
        }
    });
}

fn paint(ui: &Ui, texture: &TextureHandle, rect: Rect) {
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter()
        .image(texture.id(), rect, whole, Color32::WHITE);
}

/// The size of a picture in a room: as large as fits, no larger than it is.
fn fitted(size: Vec2, room: Vec2) -> Vec2 {
    let share = (room.x / size.x.max(1.0)).min(room.y / size.y.max(1.0));
    size * share.clamp(0.0, 1.0)
}
