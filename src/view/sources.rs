//! A source as a reader sees it: who published it and when, its title, its address.

use egui::{Hyperlink, Ui};

use super::{
    ViewContext,
    text::{self, Style, color},
    widgets,
};
use crate::{layout::Face, model::Source};

/// Shows where a source is from, its title and its address, each on a line of its own.
pub fn reference(ui: &mut Ui, source: &Source, body: &Style, cx: &ViewContext<'_>) {
    let reference = source.reference();
    if !reference.origin.is_empty() {
        widgets::paragraph(ui, &reference.origin, body, cx.measure);
    }
    let title = Style {
        face: Face::SerifItalic,
        size_px: 13.5,
        ..*body
    };
    if !reference.title.is_empty() {
        widgets::paragraph(ui, reference.title, &title, cx.measure);
    }
    if let Some(address) = source.web_address() {
        let accent = color(cx.theme.accent);
        let style = Style {
            color: accent,
            ..*body
        };
        let link = text::job(address, &style);
        ui.add(Hyperlink::from_label_and_url(link, address).open_in_new_tab(true));
    }
}
