//! A person's chip and card, with their events in order.

use egui::{Align, Layout, Popup, PopupCloseBehavior, Rect, Response, ScrollArea, Ui, vec2};

use super::{
    ViewContext, markdown,
    side::Side,
    sources::reference,
    text::{Style, color},
    widgets::{self, LinkRow},
};
use crate::{
    command::{Command, Layer},
    layout::{measure::Face, wording::Wording},
    model::{EventId, Facet, Filter, PersonId, SourceId},
};

/// The width of the card, in px.
const WIDTH_PX: f32 = 300.0;
/// The greatest height of the list of events, in px.
const EVENTS_PX: f32 = 220.0;
/// At most this many events are listed; the canvas shows all.
const MOST_LISTED: usize = 50;

/// A person's name: a click opens their card and follows them (filters by this person).
pub fn chip(ui: &mut Ui, id: PersonId, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let layout = cx.layout;
    let name = &layout.timeline.person(id).name;
    let style = Style::new(Face::SansMedium, 13.0, color(theme.ink));
    let chip: Response = widgets::chip(ui, name, &style, theme);
    if chip.clicked() && !is_followed(id, cx) {
        cx.commands.push(Command::FollowPerson(id));
    }
    Popup::menu(&chip)
        .layout(Layout::top_down(Align::Min))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            let frame = egui::Frame::new().inner_margin(egui::Margin::same(8));
            frame.show(ui, |ui| {
                ui.set_width(WIDTH_PX);
                widgets::in_window(ui, |ui| {
                    let style = Style::new(Face::SansSemiBold, 13.5, color(cx.theme.ink));
                    let name = &cx.layout.timeline.person(id).name;
                    widgets::paragraph(ui, name, &style, cx.measure);
                    ui.add_space(4.0);
                    card(ui, id, cx);
                });
            });
        });
}

fn is_followed(id: PersonId, cx: &ViewContext<'_>) -> bool {
    cx.state.filter == Filter::only(Facet::Person(id))
}

/// Shows the card of a person who was searched for, beside the canvas.
pub fn show(ui: &mut Ui, rect: Rect, id: PersonId, cx: &mut ViewContext<'_>) {
    let side = Side {
        rect,
        name: "Person",
        close: "Close the card",
        layer: Layer::Person,
    };
    side.show(ui, cx, |ui, cx| {
        let (theme, person) = (cx.theme, cx.layout.timeline.person(id));
        widgets::heading(ui, person.kind.title(), theme.muted);
        ui.add_space(10.0);
        let title = Style {
            line_height: 1.2,
            ..Style::new(Face::SerifSemiBold, 28.0, color(theme.ink))
        };
        widgets::balanced(ui, &person.name, &title, cx.measure);
        ui.add_space(4.0);
        card(ui, id, cx);
    });
}

/// Shows the native name, summary, groups and members of a person, where that is written, and the events
/// they took part in.
fn card(ui: &mut Ui, id: PersonId, cx: &mut ViewContext<'_>) {
    let (theme, layout) = (cx.theme, cx.layout);
    let timeline = &layout.timeline;
    let person = timeline.person(id);
    ui.spacing_mut().item_spacing.y = 4.0;
    if !person.native_name.is_empty() {
        let style = Style::new(Face::Serif, 17.0, color(theme.ink));
        widgets::paragraph(ui, &person.native_name, &style, cx.measure);
    }
    ui.add_space(4.0);
    markdown::show(ui, &person.summary, theme, cx.measure);
    ui.add_space(4.0);
    let groups = person.member_of.iter();
    let groups: Vec<&str> = groups
        .map(|&group| timeline.person(group).name.as_str())
        .collect();
    let members = timeline
        .people()
        .iter()
        .filter(|it| it.member_of.contains(&id));
    let members: Vec<&str> = members.map(|it| it.name.as_str()).collect();
    for (words, names) in [("Member of", groups), ("Members", members)] {
        if !names.is_empty() {
            let style = Style::new(Face::Sans, 12.0, color(theme.muted));
            let words = format!("{words}: {}", names.join(", "));
            widgets::paragraph(ui, &words, &style, cx.measure);
        }
    }
    let events: Vec<EventId> = timeline.events_of_person(id).collect();
    sources(ui, &events, cx);
    ui.add_space(6.0);
    if events.is_empty() {
        let style = Style::new(Face::Sans, 12.5, color(theme.muted));
        widgets::paragraph(ui, "No event of this file names them.", &style, cx.measure);
        return;
    }
    let follows = is_followed(id, cx);
    let words = if follows { "Stop following" } else { "Follow" };
    let size = vec2(116.0, 28.0);
    if widgets::quiet_button(ui, (words, Face::SansSemiBold), words, size, theme).clicked() {
        cx.commands.push(Command::FollowPerson(id));
    }
    ui.add_space(4.0);
    let count = events.len();
    let words = if count == 1 {
        "One event".to_owned()
    } else {
        format!("{count} events")
    };
    widgets::heading(ui, &words, theme.muted);
    ScrollArea::vertical().max_height(EVENTS_PX).show(ui, |ui| {
        let mut wording = Wording::default();
        for event in events.into_iter().take(MOST_LISTED) {
            let row = LinkRow {
                title: timeline.short(event),
                label: "",
                date: wording.date(timeline, event),
                dot: cx.lane_color(event),
            };
            if row.show(ui, theme, cx.measure).clicked() {
                cx.commands.push(Command::FlyToEvent(event));
            }
        }
    });
}

/// Where what is said of somebody is written: the sources of their events, or the only one of the
/// file.
fn sources(ui: &mut Ui, events: &[EventId], cx: &ViewContext<'_>) {
    let timeline = &cx.layout.timeline;
    let mut cited: Vec<SourceId> = Vec::new();
    for &event in events.iter().take(MOST_LISTED) {
        let of_event = timeline.event(event).sources.into_iter();
        for source in of_event.map(|it| it.source) {
            if !cited.contains(&source) {
                cited.push(source);
            }
        }
    }
    if cited.is_empty() && timeline.sources().len() == 1 {
        cited.extend(SourceId::from_index(0));
    }
    if cited.is_empty() {
        return;
    }
    ui.add_space(8.0);
    let heading = if cited.len() == 1 {
        "Source"
    } else {
        "Sources"
    };
    widgets::heading(ui, heading, cx.theme.muted);
    let body = Style::new(Face::Sans, 12.5, color(cx.theme.ink));
    for source in cited {
        if let Some(source) = timeline.sources().get(source.index()) {
            reference(ui, source, &body, cx);
        }
    }
}
