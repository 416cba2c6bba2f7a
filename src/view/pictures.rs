//! The pictures of a story: in their place in it, and enlarged over the window.
//!
//! They are read by `open::pictures`; here they are shown, or a message in their place.

use egui::{
    Area, Color32, CornerRadius, CursorIcon, Id, Order, Rect, Role, Sense, Stroke, StrokeKind,
    TextureHandle, Ui, Vec2, pos2, vec2,
};

use super::{
    ViewContext,
    accessible::{self, Pressable},
    gallery::PictureState,
    markdown,
    text::{Style, color},
    widgets,
};
use crate::{
    command::{Command, Layer},
    layout::measure::Face,
    model::Media,
};

/// The greatest height of a picture in a story, in px.
const HIGHEST_PX: f32 = 360.0;
/// The height of the box that shows a message instead of a picture, in px.
const BOX_PX: f32 = 96.0;
/// The margin around an enlarged picture, in px.
const AROUND_PX: f32 = 28.0;
/// The height left for caption and credit under an enlarged picture, in px.
const UNDER_PX: f32 = 76.0;

/// Shows the pictures of a story, one under the other.
pub fn show(ui: &mut Ui, media: &[Media], cx: &mut ViewContext<'_>) {
    for (number, media) in media.iter().enumerate() {
        ui.add_space(16.0);
        if let Some(address) = media.web_address() {
            link(ui, media, address, cx);
        } else {
            picture(ui, number, media, cx);
        }
        beneath(ui, media, cx);
    }
}

/// The name of a picture for screen readers and links: its text alternative, caption or file.
pub fn name(media: &Media) -> &str {
    let names = [&media.alt, &media.caption, &media.file];
    let mut names = names.into_iter().map(|name| name.trim());
    names.find(|name| !name.is_empty()).unwrap_or("picture")
}

fn picture(ui: &mut Ui, number: usize, media: &Media, cx: &mut ViewContext<'_>) {
    let (theme, width) = (cx.theme, ui.available_width());
    let words = match cx.gallery.get(&media.file) {
        Some(PictureState::Shown(texture)) => {
            let size = fitted(texture.size_vec2(), vec2(width, HIGHEST_PX));
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            let label = format!("Picture: {}. Enlarge", name(media));
            let pressable = Pressable::button(&label).cursor(CursorIcon::ZoomIn);
            let response = pressable.paint(ui, response, theme, |_| paint(ui, texture, rect));
            if response.clicked() {
                cx.commands.push(Command::Enlarge(number));
            }
            return;
        }
        Some(PictureState::Failed(why)) => why.clone(),
        Some(PictureState::Waiting) | None => format!("Reading {}…", media.file.trim()),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, BOX_PX), Sense::hover());
    let label = format!("Picture: {}. {words}", name(media));
    accessible::name(&response, Role::Image, &label);
    let stroke = Stroke::new(1.0, color(theme.hairline));
    let (radius, ground) = (CornerRadius::same(6), color(theme.ground));
    ui.painter()
        .rect(rect, radius, ground, stroke, StrokeKind::Inside);
    let inner = egui::UiBuilder::new().max_rect(rect.shrink2(vec2(14.0, 12.0)));
    // A child takes no space of its own: the box has allocated it.
    let mut inside = ui.new_child(inner);
    let style = Style {
        line_height: 1.35,
        ..Style::new(Face::Sans, 12.5, color(theme.muted))
    };
    for line in [media.alt.trim(), &words] {
        if !line.is_empty() {
            widgets::paragraph(&mut inside, line, &style, cx.measure);
        }
    }
}

/// A picture on the web: nothing is fetched, a click opens the browser.
fn link(ui: &mut Ui, media: &Media, address: &str, cx: &ViewContext<'_>) {
    let style = Style::new(Face::Sans, 13.0, color(cx.theme.accent));
    let words = format!("{} (opens in the browser)", name(media));
    let link = super::text::job(&words, &style);
    ui.add(egui::Hyperlink::from_label_and_url(link, address).open_in_new_tab(true));
}

/// Caption and credit.
fn beneath(ui: &mut Ui, media: &Media, cx: &ViewContext<'_>) {
    let theme = cx.theme;
    ui.add_space(6.0);
    if !media.caption.is_empty() {
        markdown::show(ui, &media.caption, theme, cx.measure);
    }
    if !media.credit.is_empty() {
        let style = Style::new(Face::Sans, 12.0, color(theme.muted));
        widgets::paragraph(ui, &media.credit, &style, cx.measure);
    }
}

/// Shows a picture as large as the window allows; a click or Esc closes it.
pub fn enlarged(ui: &Ui, media: &Media, cx: &mut ViewContext<'_>) {
    let Some(PictureState::Shown(texture)) = cx.gallery.get(&media.file) else {
        return;
    };
    let (theme, window) = (cx.theme, ui.ctx().content_rect());
    let area = Area::new(Id::unique("enlarged picture"))
        .order(Order::Foreground)
        .fixed_pos(window.min);
    area.show(ui.ctx(), |ui| {
        let response = ui.interact(window, Id::unique("close picture"), Sense::click());
        let label = format!("{}: close the picture", name(media));
        Pressable::button(&label).describe(&response);
        ui.painter().rect_filled(window, 0.0, color(theme.ground));
        let room = window.shrink(AROUND_PX);
        let room = room.with_max_y(room.bottom() - UNDER_PX);
        let size = fitted(texture.size_vec2(), room.size());
        let picture = Rect::from_center_size(room.center(), size);
        paint(ui, texture, picture);
        // The caption may be wider than a narrow picture.
        let left = picture.left().min(room.center().x - 200.0).max(room.left());
        let top = pos2(left, picture.bottom() + 10.0);
        let under = Rect::from_min_max(top, pos2(room.right(), window.bottom()));
        let builder = egui::UiBuilder::new().max_rect(under);
        ui.scope_builder(builder, |ui| beneath(ui, media, cx));
        if response.on_hover_cursor(CursorIcon::ZoomOut).clicked() {
            cx.commands.push(Command::Close(Layer::Picture));
        }
    });
}

/// Paints a picture into a rectangle.
pub fn paint(ui: &Ui, texture: &TextureHandle, rect: Rect) {
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter()
        .image(texture.id(), rect, whole, Color32::WHITE);
}

/// The size of a picture in a room: as large as fits, at most its own size.
pub fn fitted(size: Vec2, room: Vec2) -> Vec2 {
    let share = (room.x / size.x.max(1.0)).min(room.y / size.y.max(1.0));
    size * share.clamp(0.0, 1.0)
}
