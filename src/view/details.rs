//! An event's story: title, date, certainty, text, pictures, people, place, causes, consequences
//! and sources.

use egui::{
    Align, Color32, CornerRadius, Layout, Popup, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2,
};

use super::{
    ViewContext,
    accessible::{self, Pressable},
    markdown, person, pictures, sources,
    text::{self, Style, color},
    widgets::{self, LinkRow, icon},
};
use crate::{
    command::{Command, Layer, MenuCommand},
    layout::{
        measure::{Face, elided},
        theme::Rgba,
        wording::Wording,
    },
    model::{Certainty, Citations, EventId, Links, PersonId},
};

/// The coloured edge, the margins and the bar at the bottom, in px.
const EDGE_PX: f32 = 5.0;
/// See [`EDGE_PX`].
const MARGIN_PX: f32 = 28.0;
/// See [`EDGE_PX`].
const FOOT_PX: f32 = 54.0;

/// Room for the caret of previous and next, in px.
const CARET_PX: f32 = 35.0;
/// The longest line of a story, in px.
const LINE_PX: f32 = 560.0;

/// Shows the story of an event in `rect`.
pub fn show(ui: &mut Ui, rect: Rect, event: EventId, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let lane_color = cx.lane_color(event);
    ui.painter().rect_filled(rect, 0.0, color(theme.panel));
    let edge = Rect::from_min_max(rect.min, pos2(rect.left() + EDGE_PX, rect.bottom()));
    ui.painter().rect_filled(edge, 0.0, color(lane_color));

    let bottom = Rect::from_min_max(pos2(edge.right(), rect.bottom() - FOOT_PX), rect.max);
    let body = Rect::from_min_max(
        pos2(edge.right(), rect.top()),
        pos2(rect.right(), bottom.top()),
    );
    // Before the story, so that Tab enters the story at its top.
    close_button(ui, rect, cx);
    menu_button(ui, rect, cx);
    edit_button(ui, rect, cx);
    let builder = UiBuilder::new()
        .max_rect(body)
        .id_salt(("story", event.index()))
        .accessibility_label("Story");
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(body.intersect(ui.clip_rect()));
        accessible::speak(ui, cx.layout.timeline.language());
        let mut area = ScrollArea::vertical().auto_shrink(false);
        if widgets::is_new(ui, ui.scope_id()) {
            // A story opens at its top, however far it was scrolled last time.
            area = area.vertical_scroll_offset(0.0);
        }
        area.show(ui, |ui| {
            egui::Frame::new()
                .inner_margin(egui::Margin {
                    left: 28,
                    right: 28,
                    top: 30,
                    bottom: 24,
                })
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    // Lines stay as short as a book's where the story is a page.
                    ui.set_max_width(LINE_PX.min(ui.available_width()));
                    head(ui, event, lane_color, cx);
                    story(ui, event, cx);
                });
        });
    });
    neighbours(ui, bottom, event, cx);
}

/// Focuses the story's first button, from which Tab goes on through it.
pub fn take_keyboard(ctx: &egui::Context) {
    ctx.data_mut(|data| data.insert_temp(asked_id(), true));
}

fn asked_id() -> egui::Id {
    egui::Id::unique("story takes the keyboard")
}

fn close_button(ui: &mut Ui, rect: Rect, cx: &mut ViewContext<'_>) {
    let size = vec2(30.0, 30.0);
    let at = Rect::from_min_size(pos2(rect.right() - size.x - 18.0, rect.top() + 22.0), size);
    ui.scope_builder(UiBuilder::new().max_rect(at), |ui| {
        let button = widgets::quiet_button(
            ui,
            (icon::X, Face::Icons),
            "Close the story",
            size,
            cx.theme,
        );
        let is_asked = ui.data_mut(|data| data.remove_temp::<bool>(asked_id()));
        if is_asked == Some(true) {
            button.request_focus();
        }
        if button.on_hover_text("Close (Esc)").clicked() {
            cx.commands.push(Command::Close(Layer::Story));
        }
    });
}

/// The button left of the one that closes the story, and its menu: what can be done with the event.
fn menu_button(ui: &mut Ui, rect: Rect, cx: &mut ViewContext<'_>) {
    const WIDTH_PX: f32 = 290.0;
    let size = vec2(30.0, 30.0);
    let at = Rect::from_min_size(
        pos2(rect.right() - 2.0 * size.x - 20.0, rect.top() + 22.0),
        size,
    );
    ui.scope_builder(UiBuilder::new().max_rect(at), |ui| {
        let face = (icon::DOTS_THREE, Face::Icons);
        let button = widgets::quiet_button(ui, face, "More about this event", size, cx.theme);
        let button = button.on_hover_text("More");
        Popup::menu(&button).width(WIDTH_PX).show(|ui| {
            for command in [
                MenuCommand::Edit,
                MenuCommand::Duplicate,
                MenuCommand::Delete,
                MenuCommand::OpenInEditor,
                MenuCommand::Measure,
                MenuCommand::CopyEvent,
                MenuCommand::PresentSelected,
            ] {
                widgets::menu_entry(ui, command, None, cx.commands);
            }
        });
    });
}

/// The pencil, which turns the story into a form.
fn edit_button(ui: &mut Ui, rect: Rect, cx: &mut ViewContext<'_>) {
    let size = vec2(30.0, 30.0);
    let at = Rect::from_min_size(
        pos2(rect.right() - 3.0 * size.x - 22.0, rect.top() + 22.0),
        size,
    );
    ui.scope_builder(UiBuilder::new().max_rect(at), |ui| {
        let face = (icon::PENCIL, Face::Icons);
        let button = widgets::quiet_button(ui, face, "Edit the event", size, cx.theme);
        if button.on_hover_text("Edit (E)").clicked() {
            cx.commands.push(MenuCommand::Edit.into());
        }
    });
}

/// Lane, title, date, certainty.
fn head(ui: &mut Ui, event: EventId, lane_color: Rgba, cx: &ViewContext<'_>) {
    let theme = cx.theme;
    let timeline = &cx.layout.timeline;
    let lane = &timeline.lane_record(timeline.lane(event)).label;
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width() - 94.0);
        if lane.is_empty() {
            // The title stays clear of the close button.
            ui.add_space(24.0);
        } else {
            widgets::heading(ui, lane, lane_color);
            ui.add_space(10.0);
        }
    });
    let title = Style {
        line_height: 1.2,
        ..Style::new(Face::SerifSemiBold, 28.0, color(theme.ink))
    };
    widgets::balanced(ui, timeline.event(event).title, &title, cx.measure);
    ui.add_space(12.0);
    date(ui, event, cx);
    if let Some(word) = certainty_word(timeline.certainty(event)) {
        ui.add_space(10.0);
        let style = Style::new(Face::SansMedium, 12.0, color(lane_color));
        let fill = color(lane_color.faded(0.14));
        widgets::pill(ui, word, &style, fill, Color32::TRANSPARENT);
    }
    ui.add_space(16.0);
}

/// The date in words: what is known in bold, what is not known after it.
fn date(ui: &mut Ui, event: EventId, cx: &ViewContext<'_>) {
    let theme = cx.theme;
    let words = cx.layout.timeline.date_words_with_weekday(event);
    let whole = words.to_string();
    let note = words.note.clone().unwrap_or_default();
    let bold = Style {
        line_height: 1.4,
        ..Style::new(Face::SansSemiBold, 15.0, color(theme.ink))
    };
    if note.is_empty() || text::has_right_to_left(&whole) {
        widgets::paragraph(ui, &whole, &bold, cx.measure);
        return;
    }
    let quiet = Style {
        face: Face::Sans,
        size_px: 13.5,
        color: color(theme.muted),
        ..bold
    };
    let mut job = egui::text::LayoutJob::default();
    job.append(&words.date, 0.0, bold.format(bold.face));
    job.append(&format!("  ·  {note}"), 0.0, quiet.format(quiet.face));
    job.wrap.max_width = ui.available_width();
    let response = ui.add(egui::Label::new(job).wrap());
    accessible::name_text(&response, &whole);
}

fn certainty_word(certainty: Certainty) -> Option<&'static str> {
    (certainty != Certainty::Confirmed).then(|| certainty.title())
}

fn story(ui: &mut Ui, event: EventId, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let layout = cx.layout;
    let record = layout.timeline.event(event);
    if !record.summary.is_empty() {
        markdown::show(ui, record.summary, theme, cx.measure);
    }
    if !record.details.is_empty() {
        ui.add_space(10.0);
        markdown::show(ui, record.details, theme, cx.measure);
    }
    pictures::show(ui, record.media, cx);
    people(ui, record.people, cx);
    if let Some(place) = record.place {
        let place = layout.timeline.place(place);
        section(ui, "Place", cx);
        let words = if place.native_name.is_empty() {
            place.name.clone()
        } else {
            format!("{} · {}", place.name, place.native_name)
        };
        widgets::paragraph(
            ui,
            &words,
            &Style::new(Face::Sans, 13.5, color(theme.ink)),
            cx.measure,
        );
    }
    links(ui, "Because of", record.because, cx);
    links(ui, "Led to", layout.timeline.led_to(event), cx);
    links(ui, "See also", record.see_also, cx);
    sources(ui, record.sources, cx);
}

fn section(ui: &mut Ui, title: &str, cx: &ViewContext<'_>) {
    ui.add_space(22.0);
    widgets::heading(ui, title, cx.theme.muted);
    ui.add_space(8.0);
}

fn people(ui: &mut Ui, people: &[PersonId], cx: &mut ViewContext<'_>) {
    if people.is_empty() {
        return;
    }
    section(ui, "People and groups", cx);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        for &id in people {
            person::chip(ui, id, cx);
        }
    });
}

fn links(ui: &mut Ui, title: &str, links: Links<'_>, cx: &mut ViewContext<'_>) {
    if links.is_empty() {
        return;
    }
    section(ui, title, cx);
    let layout = cx.layout;
    let mut wording = Wording::default();
    for link in links {
        let date = wording.date(&layout.timeline, link.event);
        let row = LinkRow {
            title: layout.timeline.short(link.event),
            label: link.label,
            date,
            dot: cx.lane_color(link.event),
        };
        if row.show(ui, cx.theme, cx.measure).clicked() {
            cx.commands.push(Command::FlyToEvent(link.event));
        }
    }
}

/// Numbered as in the file, so that a number means the same source in every story.
fn sources(ui: &mut Ui, citations: Citations<'_>, cx: &ViewContext<'_>) {
    if citations.is_empty() {
        return;
    }
    section(ui, "Sources", cx);
    let theme = cx.theme;
    let mut last = None;
    for citation in citations {
        let source = cx.layout.timeline.source(citation.source);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let number = format!("{}", citation.source.index() + 1);
            let style = Style {
                line_height: 1.4,
                ..Style::new(Face::SansSemiBold, 11.0, color(theme.accent))
            };
            let number = if last == Some(citation.source) {
                String::new()
            } else {
                number
            };
            let left = ui.cursor().left();
            ui.add(egui::Label::new(text::job(&number, &style)).selectable(false));
            ui.add_space((left + 18.0 - ui.cursor().left()).max(0.0));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let body = Style {
                    line_height: 1.35,
                    ..Style::new(Face::Sans, 13.0, color(theme.ink))
                };
                if last != Some(citation.source) {
                    sources::reference(ui, source, &body, cx);
                }
                if !citation.place_in_source.is_empty() {
                    let quiet = Style {
                        size_px: 12.0,
                        color: color(theme.muted),
                        ..body
                    };
                    widgets::paragraph(ui, citation.place_in_source, &quiet, cx.measure);
                }
            });
        });
        ui.add_space(4.0);
        last = Some(citation.source);
    }
}

/// The buttons to the previous and next event, at the bottom.
fn neighbours(ui: &mut Ui, rect: Rect, event: EventId, cx: &mut ViewContext<'_>) {
    widgets::hairline(ui, rect, rect.top() + 0.5, cx.theme);
    let lane_index = &cx.layout.lane_index;
    let inner = rect.shrink2(vec2(MARGIN_PX - 10.0, 8.0));
    ui.scope_builder(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::left_to_right(Align::Center)),
        |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let (previous, next) = (
                lane_index.beside(event, false),
                lane_index.beside(event, true),
            );
            let wanted = |event: Option<EventId>| {
                event.map_or(0.0, |event| {
                    let title = cx.layout.timeline.short(event);
                    cx.measure.width(title, Face::SansMedium, 13.0) + CARET_PX
                })
            };
            // Each gets the width it needs; if that is too much, the longer one is cut.
            let (left, right) = (wanted(previous), wanted(next));
            let both = inner.width() - 4.0;
            let left_px = if left + right <= both {
                left + (both - left - right) / 2.0
            } else {
                left.min((both / 2.0).max(both - right))
            };
            for (neighbour, name, is_left) in [(previous, "Previous", true), (next, "Next", false)]
            {
                let width = if is_left { left_px } else { both - left_px };
                let area = vec2(width, inner.height());
                let Some(other) = neighbour else {
                    ui.allocate_space(area);
                    continue;
                };
                if neighbour_button(
                    ui,
                    area,
                    (name, cx.layout.timeline.short(other)),
                    is_left,
                    cx,
                )
                .clicked()
                {
                    cx.commands.push(Command::Select(other));
                }
            }
        },
    );
}

fn neighbour_button(
    ui: &mut Ui,
    area: egui::Vec2,
    (name, title): (&str, &str),
    is_left: bool,
    cx: &ViewContext<'_>,
) -> egui::Response {
    let theme = cx.theme;
    let (rect, response) = ui.allocate_exact_size(area, egui::Sense::click());
    let whole = format!("{name}: {title}");
    let mut is_cut = false;
    let response = Pressable::button(&whole).paint(ui, response, theme, |response| {
        if response.hovered() {
            ui.painter()
                .rect_filled(rect, CornerRadius::same(6), color(theme.ink.faded(0.05)));
        }
        let ink = if response.hovered() {
            theme.ink
        } else {
            theme.muted
        };
        let style = Style::new(Face::SansMedium, 13.0, color(ink));
        let mut cut = String::new();
        let (font, room) = ((style.face, style.size_px), area.x - CARET_PX + 1.0);
        let shown = elided(title, font, room, cx.measure, &mut cut);
        is_cut = shown != title;
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(text::job(shown, &style)));
        let (caret, x, text_x) = if is_left {
            (icon::CARET_LEFT, rect.left() + 14.0, rect.left() + 26.0)
        } else {
            (
                icon::CARET_RIGHT,
                rect.right() - 14.0,
                rect.right() - 26.0 - galley.size().x,
            )
        };
        let middle = rect.center().y;
        ui.painter().text(
            pos2(x, middle),
            egui::Align2::CENTER_CENTER,
            caret,
            text::font(Face::Icons, 13.0),
            color(ink),
        );
        ui.painter().galley(
            pos2(text_x, middle - galley.size().y / 2.0),
            galley,
            color(ink),
        );
    });
    if is_cut {
        response.on_hover_text(title)
    } else {
        response
    }
}
