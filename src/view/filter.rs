//! What can be wished for: lanes, people, tags, how sure, and a time; and how many events pass.
//!
//! The button in the top bar always says how many are shown of how many, and one click beside it
//! shows all again.

use egui::{
    Align, Area, Color32, CornerRadius, CursorIcon, Id, Layout, Order, Pos2, Rect, Response, Role,
    ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    Pane,
    paint::Brush,
    text::{self, Style, color},
    widgets::{self, icon},
};
use crate::{
    command::Command,
    layout::{
        draw::counted::write_count,
        measure::{Face, elided},
    },
    model::{Certainty, Facet, LaneId, PersonId, TagId},
};

/// The width of the panel, in px.
const WIDTH_PX: f32 = 340.0;
/// The height of the button and of a lane's row, in px.
const ROW_PX: f32 = 32.0;
/// Air inside the panel, in px.
const AIR_PX: f32 = 16.0;
/// From this width of the window on there is room for the button's words, in px.
const WORDS_FROM_PX: f32 = 760.0;
/// From this width of the window on it says who is followed, in so many px at most.
const NAME_FROM_PX: f32 = 1200.0;
/// See [`NAME_FROM_PX`].
const MOST_NAME_PX: f32 = 150.0;
/// What opens so soon after a click was opened by it, in seconds.
const CLICKED_SECS: f32 = 0.5;
/// So many people or tags are offered; a search finds the others.
const MOST_OFFERED: usize = 60;

/// Shows the button left of `right`, and beside it, while a filter is on, the one that clears it. Tells
/// where they lie.
pub fn button(ui: &Ui, bar: Rect, right: f32, pane: &mut Pane<'_>, brush: &mut Brush) -> Rect {
    let theme = pane.theme;
    // One who is followed alone is named.
    let mut facets = pane.state.filter.facets();
    let alone = facets
        .next()
        .filter(|facet| matches!(facet, Facet::Person(_)));
    let alone = alone
        .filter(|_| facets.next().is_none())
        .map(|it| name(it, pane));
    drop(facets);
    let label = match &alone {
        Some(alone) => format!("{}, {alone}", shown(pane)),
        None => shown(pane),
    };
    let words = match pane.lit {
        Some(_) if bar.width() >= NAME_FROM_PX => alone.map_or_else(
            || shown(pane),
            |alone| {
                let mut cut = String::new();
                let style = (Face::SansMedium, 13.0);
                let alone = elided(&alone, style, MOST_NAME_PX, pane.measure, &mut cut);
                format!("{alone}: {}", shown(pane))
            },
        ),
        Some(_) => shown(pane),
        None if bar.width() >= WORDS_FROM_PX => "Filter".to_owned(),
        None => String::new(),
    };
    let style = (Face::SansMedium, 13.0);
    let ink = if pane.lit.is_some() {
        theme.accent
    } else {
        theme.ink
    };
    let words_px = pane.measure.width(&words, style.0, style.1);
    let clear_px = if pane.lit.is_some() { 28.0 } else { 0.0 };
    let gap = if words.is_empty() { 0.0 } else { 6.0 };
    let size = vec2(words_px + gap + 30.0, ROW_PX);
    let left_top = pos2(right - clear_px - size.x, bar.center().y - size.y / 2.0);
    let rect = Rect::from_min_size(left_top, size);
    let response = ui.interact(rect, ui.scope_id().with("filter"), Sense::click());
    let name = if pane.lit.is_some() {
        format!("Filter: {label}")
    } else {
        "Filter".to_owned()
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    wash(ui, &response, pane);
    let painter = ui.painter();
    let funnel = pos2(rect.left() + 14.0, rect.center().y);
    brush.centred(painter, funnel, icon::FUNNEL, (Face::Icons, 14.0), ink);
    let at = pos2(rect.left() + 22.0 + gap, rect.center().y);
    brush.line(painter, at, &words, style, ink);
    widgets::focus_ring(ui, &response, theme);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        pane.commands.push(Command::Filters);
    }
    if pane.lit.is_none() {
        return rect;
    }
    let clear = Rect::from_min_size(rect.right_top(), vec2(clear_px, ROW_PX));
    let response = ui.interact(clear, ui.scope_id().with("clear filter"), Sense::click());
    widgets::quiet(ui, &response, "Clear the filter", theme, |ink| {
        brush.centred(
            ui.painter(),
            clear.center(),
            icon::X,
            (Face::Icons, 13.0),
            ink,
        );
    });
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.on_hover_text("Clear the filter").clicked() {
        pane.commands.push(Command::ClearFilter);
    }
    rect.union(clear)
}

/// How many events pass, of how many.
fn shown(pane: &Pane<'_>) -> String {
    let count = pane.index.timeline.len();
    let mut words = String::new();
    let passing = pane.lit.map_or(count, |lit| lit.events.len());
    write_count(u32::try_from(passing).unwrap_or(u32::MAX), &mut words);
    words.push_str(" of ");
    write_count(u32::try_from(count).unwrap_or(u32::MAX), &mut words);
    words + " shown"
}

/// Shows what can be wished for under its button, left of `most_right`.
pub fn show(ui: &Ui, (button, most_right): (Rect, f32), pane: &mut Pane<'_>) {
    let theme = pane.theme;
    let window = ui.ctx().content_rect();
    let width = WIDTH_PX.min(window.width() - 24.0);
    let right = (button.right() + AIR_PX).min(most_right - 12.0);
    let right = right.max(window.left() + 12.0 + width);
    let corner = Pos2::new(right - width, button.bottom() + 8.0);
    let height = (window.bottom() - corner.y - 72.0 - 2.0 * AIR_PX).max(3.0 * ROW_PX);
    let frame = widgets::sheet(theme, AIR_PX);
    Area::new(Id::unique("filters"))
        .order(Order::Foreground)
        .fixed_pos(corner)
        .show(ui.ctx(), |ui| {
            frame.show(ui, |ui| {
                ui.set_width(width - 2.0 * AIR_PX);
                ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
                head(ui, pane);
                // By a key: then the keyboard goes on in it.
                let is_clicked =
                    ui.input(|input| input.pointer.time_since_last_click() < CLICKED_SECS);
                let takes_focus = widgets::is_new(ui, Id::unique("filters")) && !is_clicked;
                rest(ui, takes_focus, pane);
                ScrollArea::vertical()
                    .max_height(height)
                    .min_scrolled_height(height)
                    .auto_shrink([false, true])
                    .show(ui, |ui| {
                        ui.set_max_width(width - 2.0 * AIR_PX - 10.0);
                        lanes(ui, pane);
                        people(ui, pane);
                        tags(ui, pane);
                        others(ui, pane);
                        certainties(ui, pane);
                        time(ui, pane);
                    });
            });
        });
}

/// How many pass, and what shows all again; where none does, what can be done.
fn head(ui: &mut Ui, pane: &mut Pane<'_>) {
    let theme = pane.theme;
    ui.horizontal(|ui| {
        ui.set_height(26.0);
        let style = Style::new(Face::SansSemiBold, 13.5, color(theme.ink));
        let words = shown(pane);
        let label = ui.add(egui::Label::new(text::job(&words, &style)).selectable(false));
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let size = vec2(26.0, 26.0);
            if widgets::quiet_button(ui, icon::X, "Close the filter", size, Face::Icons, theme)
                .clicked()
            {
                pane.commands.push(Command::Filters);
            }
            if pane.lit.is_some() {
                let size = vec2(72.0, 26.0);
                let all = widgets::quiet_button(
                    ui,
                    "Show all",
                    "Show all events",
                    size,
                    Face::SansMedium,
                    theme,
                );
                if all.clicked() {
                    pane.commands.push(Command::ClearFilter);
                }
            }
        });
    });
    if pane.lit.is_some_and(|lit| lit.events.is_empty()) {
        let style = Style {
            line_height: 1.4,
            ..Style::new(Face::Sans, 12.5, color(theme.muted))
        };
        let words = "No event is all of this at once. Take a wish away, or show all events.";
        widgets::paragraph(ui, words, &style, pane.measure);
    }
}

fn section(ui: &mut Ui, words: &str, pane: &Pane<'_>) {
    ui.add_space(10.0);
    widgets::heading(ui, words, pane.theme.muted);
    ui.add_space(2.0);
}

/// The lanes, each shown or not; its second button shows it alone.
fn lanes(ui: &mut Ui, pane: &mut Pane<'_>) {
    let timeline = &pane.index.timeline;
    let named = timeline.lanes().iter().any(|lane| !lane.label.is_empty());
    if !named || timeline.lanes().len() < 2 {
        return;
    }
    section(ui, "Lanes", pane);
    let lanes: Vec<LaneId> = (0..timeline.lanes().len())
        .filter_map(LaneId::from_index)
        .collect();
    for lane in lanes {
        lane_row(ui, lane, pane);
    }
}

fn lane_row(ui: &mut Ui, lane: LaneId, pane: &mut Pane<'_>) {
    const ONLY_PX: f32 = 48.0;
    let theme = pane.theme;
    let name = &pane.index.timeline.lane_record(lane).label;
    let is_shown = pane.state.filter.shows_lane(lane);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX), Sense::hover());
    let switch = rect.with_max_x(rect.right() - ONLY_PX);
    let response = ui.interact(
        switch,
        ui.scope_id().with(("lane", lane.index())),
        Sense::click(),
    );
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_shown, name));
    wash(ui, &response, pane);
    let ink = pane
        .lane_colors
        .get(lane.index())
        .copied()
        .unwrap_or(theme.ink);
    let middle = pos2(rect.left() + 12.0, rect.center().y);
    if is_shown {
        ui.painter().circle_filled(middle, 5.0, color(ink));
    } else {
        ui.painter()
            .circle_stroke(middle, 4.5, Stroke::new(1.5, color(theme.muted)));
    }
    let mut cut = String::new();
    let style = (Face::SansMedium, 13.5);
    let shown = elided(name, style, switch.width() - 32.0, pane.measure, &mut cut);
    let letters = if is_shown { theme.ink } else { theme.muted };
    let at = pos2(rect.left() + 26.0, rect.center().y);
    widgets::write(ui, at, shown, style, letters);
    widgets::focus_ring(ui, &response, theme);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        pane.commands.push(Command::Toggle(Facet::Lane(lane)));
    }
    let only = Rect::from_min_max(pos2(switch.right(), rect.top()), rect.max);
    let response = ui.interact(
        only,
        ui.scope_id().with(("only", lane.index())),
        Sense::click(),
    );
    let label = format!("Only {name}");
    widgets::quiet(ui, &response, &label, theme, |ink| {
        let at = pos2(only.left() + 9.0, only.center().y);
        widgets::write(ui, at, "Only", (Face::Sans, 12.5), ink);
    });
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        pane.commands.push(Command::Isolate(Facet::Lane(lane)));
    }
}

fn people(ui: &mut Ui, pane: &mut Pane<'_>) {
    let people = pane.index.timeline.people();
    if people.is_empty() {
        return;
    }
    section(ui, "People and groups", pane);
    let ids: Vec<PersonId> = (0..people.len().min(MOST_OFFERED))
        .filter_map(PersonId::from_index)
        .collect();
    chips(ui, pane, ids.into_iter().map(Facet::Person));
}

fn tags(ui: &mut Ui, pane: &mut Pane<'_>) {
    let tags = pane.index.timeline.tags();
    if tags.is_empty() {
        return;
    }
    section(ui, "Tags", pane);
    let ids: Vec<TagId> = (0..tags.len().min(MOST_OFFERED))
        .filter_map(TagId::from_index)
        .collect();
    chips(ui, pane, ids.into_iter().map(Facet::Tag));
}

/// What is wished for and stands nowhere else: a place that was searched for, somebody far down the
/// file's list.
fn others(ui: &mut Ui, pane: &mut Pane<'_>) {
    let is_other = |facet: &Facet| match facet {
        Facet::Lane(_) | Facet::Certainty(_) => false,
        Facet::Person(person) => person.index() >= MOST_OFFERED,
        Facet::Tag(tag) => tag.index() >= MOST_OFFERED,
        Facet::Place(_) => true,
    };
    let others: Vec<Facet> = pane.state.filter.facets().filter(is_other).collect();
    if !others.is_empty() {
        section(ui, "Searched for", pane);
        chips(ui, pane, others.into_iter());
    }
}

fn certainties(ui: &mut Ui, pane: &mut Pane<'_>) {
    section(ui, "How sure", pane);
    chips(ui, pane, Certainty::ALL.into_iter().map(Facet::Certainty));
}

/// The time in view, wished for or not.
fn time(ui: &mut Ui, pane: &mut Pane<'_>) {
    section(ui, "Time", pane);
    ui.horizontal_wrapped(|ui| {
        let is_on = pane.state.filter.range().is_some();
        let words = if is_on {
            "Only a part of the time"
        } else {
            "Only the time in view"
        };
        if chip(ui, words, is_on, Role::CheckBox, pane).clicked() {
            pane.commands.push(Command::FilterView);
        }
    });
}

/// What becomes of the rest.
fn rest(ui: &mut Ui, takes_focus: bool, pane: &mut Pane<'_>) {
    ui.horizontal_wrapped(|ui| {
        for (words, is_hiding) in [("Dim the rest", false), ("Hide the rest", true)] {
            let is_on = pane.state.is_hiding == is_hiding;
            let chip = chip(ui, words, is_on, Role::RadioButton, pane);
            if takes_focus && is_on {
                chip.request_focus();
            }
            if chip.clicked() && !is_on {
                pane.commands.push(Command::Hide);
            }
        }
    });
}

/// What is wished for or can be, side by side.
fn chips(ui: &mut Ui, pane: &mut Pane<'_>, facets: impl Iterator<Item = Facet>) {
    ui.horizontal_wrapped(|ui| {
        for facet in facets {
            let is_on = pane.state.filter.has(facet);
            if chip(ui, &name(facet, pane), is_on, Role::CheckBox, pane).clicked() {
                pane.commands.push(Command::Toggle(facet));
            }
        }
    });
}

fn chip(ui: &mut Ui, words: &str, is_on: bool, role: Role, pane: &Pane<'_>) -> Response {
    let theme = pane.theme;
    let (ink, border) = if is_on {
        (theme.accent, theme.accent)
    } else {
        (theme.ink, theme.hairline)
    };
    let style = Style::new(Face::SansMedium, 12.5, color(ink));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(text::job(words, &style)));
    let size = galley.size() + vec2(22.0, 11.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(role, true, is_on, words));
    let fill = if is_on {
        theme.accent.faded(0.1)
    } else if response.hovered() {
        theme.ink.faded(0.05)
    } else {
        theme.ground
    };
    let radius = CornerRadius::same((size.y / 2.0) as u8);
    let stroke = Stroke::new(1.0, color(border));
    ui.painter()
        .rect(rect, radius, color(fill), stroke, StrokeKind::Inside);
    ui.painter().galley(
        rect.center() - galley.size() / 2.0,
        galley,
        Color32::PLACEHOLDER,
    );
    widgets::focus_ring(ui, &response, theme);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// What a wish is called.
pub fn name(facet: Facet, pane: &Pane<'_>) -> String {
    let timeline = &pane.index.timeline;
    match facet {
        Facet::Lane(lane) => timeline.lane_record(lane).label.clone(),
        Facet::Person(person) => timeline.person(person).name.clone(),
        Facet::Place(place) => timeline.place(place).name.clone(),
        Facet::Tag(tag) => timeline.tag(tag).to_owned(),
        Facet::Certainty(certainty) => match certainty {
            Certainty::Confirmed => "Confirmed".to_owned(),
            Certainty::Reported => "Reported".to_owned(),
            Certainty::Disputed => "Disputed".to_owned(),
            Certainty::Expected => "Expected".to_owned(),
        },
    }
}

fn wash(ui: &Ui, response: &Response, pane: &Pane<'_>) {
    if response.hovered() {
        let fill = color(pane.theme.ink.faded(0.05));
        ui.painter()
            .rect_filled(response.rect, CornerRadius::same(6), fill);
    }
}
