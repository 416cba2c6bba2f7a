//! The filter panel: lanes, people, tags, certainty and time; and how many events pass.
//!
//! While a filter is on, the button in the top bar says how many events of how many are shown, and
//! one click beside it shows all again.

use egui::{
    Align, Area, Color32, CornerRadius, Id, Layout, Order, Pos2, Rect, Response, Role, ScrollArea,
    Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::{
    ViewContext,
    accessible::{self, Pressable},
    paint::TextPainter,
    text::{self, Style, color},
    widgets::{self, icon},
};
use crate::{
    command::{Command, MenuCommand},
    layout::{
        draw::clusters::write_count,
        measure::{Face, elided},
    },
    model::{Certainty, Facet, LaneId, PersonId, TagId},
};

/// The width of the panel, in px.
const WIDTH_PX: f32 = 340.0;
/// The height of the button and of a lane's row, in px.
const ROW_PX: f32 = 32.0;
/// The padding inside the panel, in px.
const AIR_PX: f32 = 16.0;
/// In windows at least this wide, in px, the button has its word while no filter is on.
const WORDS_FROM_PX: f32 = 760.0;
/// In windows at least this wide, in px, the button names the followed person, in at most
/// [`MOST_NAME_PX`].
const NAME_FROM_PX: f32 = 1200.0;
/// See [`NAME_FROM_PX`].
const MOST_NAME_PX: f32 = 150.0;
/// A panel that opens this soon after a click was opened by it, in seconds.
const CLICKED_SECS: f32 = 0.5;
/// At most this many people or tags are offered; a search finds the others.
const MOST_OFFERED: usize = 60;

/// Shows the button left of `right`, and beside it, while a filter is on, the one that clears it.
/// Returns their rectangle.
pub fn button(
    ui: &Ui,
    bar: Rect,
    right: f32,
    cx: &mut ViewContext<'_>,
    text_painter: &mut TextPainter,
) -> Rect {
    let theme = cx.theme;
    // If the only filter value is a person, the button names them.
    let mut facets = cx.state.filter.facets();
    let alone = facets
        .next()
        .filter(|facet| matches!(facet, Facet::Person(_)));
    let alone = alone
        .filter(|_| facets.next().is_none())
        .map(|it| name(it, cx));
    drop(facets);
    let label = match &alone {
        Some(alone) => format!("{}, {alone}", shown(cx)),
        None => shown(cx),
    };
    let words = match cx.filtered {
        Some(_) if bar.width() >= NAME_FROM_PX => alone.map_or_else(
            || shown(cx),
            |alone| {
                let mut cut = String::new();
                let style = (Face::SansMedium, 13.0);
                let alone = elided(&alone, style, MOST_NAME_PX, cx.measure, &mut cut);
                format!("{alone}: {}", shown(cx))
            },
        ),
        Some(_) => shown(cx),
        None if bar.width() >= WORDS_FROM_PX => "Filter".to_owned(),
        None => String::new(),
    };
    let style = (Face::SansMedium, 13.0);
    let ink = if cx.filtered.is_some() {
        theme.accent
    } else {
        theme.ink
    };
    let words_px = cx.measure.width(&words, style.0, style.1);
    let clear_px = if cx.filtered.is_some() { 28.0 } else { 0.0 };
    let gap = if words.is_empty() { 0.0 } else { 6.0 };
    let size = vec2(words_px + gap + 30.0, ROW_PX);
    let left_top = pos2(right - clear_px - size.x, bar.center().y - size.y / 2.0);
    let rect = Rect::from_min_size(left_top, size);
    let response = ui.interact(rect, ui.scope_id().with("filter"), Sense::click());
    let name = if cx.filtered.is_some() {
        format!("Filter: {label}")
    } else {
        "Filter".to_owned()
    };
    let response = Pressable::button(&name).paint(ui, response, theme, |response| {
        wash(ui, response, cx);
        let painter = ui.painter();
        let funnel = pos2(rect.left() + 14.0, rect.center().y);
        text_painter.centred(painter, funnel, icon::FUNNEL, (Face::Icons, 14.0), ink);
        let at = pos2(rect.left() + 22.0 + gap, rect.center().y);
        text_painter.line(painter, at, &words, style, ink);
    });
    if response.clicked() {
        cx.commands.push(MenuCommand::Filters.into());
    }
    if cx.filtered.is_none() {
        return rect;
    }
    let clear = Rect::from_min_size(rect.right_top(), vec2(clear_px, ROW_PX));
    let response = ui.interact(clear, ui.scope_id().with("clear filter"), Sense::click());
    let response = widgets::quiet(ui, response, "Clear the filter", theme, |ink| {
        text_painter.centred(
            ui.painter(),
            clear.center(),
            icon::X,
            (Face::Icons, 13.0),
            ink,
        );
    });
    if response.on_hover_text("Clear the filter").clicked() {
        cx.commands.push(MenuCommand::ClearFilter.into());
    }
    rect.union(clear)
}

/// How many events pass, of how many, as the text "n of m shown".
fn shown(cx: &ViewContext<'_>) -> String {
    let count = cx.layout.timeline.len();
    let mut words = String::new();
    let passing = cx.filtered.map_or(count, |filtered| filtered.events.len());
    write_count(u32::try_from(passing).unwrap_or(u32::MAX), &mut words);
    words.push_str(" of ");
    write_count(u32::try_from(count).unwrap_or(u32::MAX), &mut words);
    words + " shown"
}

/// Shows the filter panel under its button, left of `most_right`.
pub fn show(ui: &Ui, (button, most_right): (Rect, f32), cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
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
                head(ui, cx);
                // Opened by a key, the panel takes the keyboard focus.
                let is_clicked =
                    ui.input(|input| input.pointer.time_since_last_click() < CLICKED_SECS);
                let takes_focus = widgets::is_new(ui, Id::unique("filters")) && !is_clicked;
                rest(ui, takes_focus, cx);
                ScrollArea::vertical()
                    .max_height(height)
                    .min_scrolled_height(height)
                    .auto_shrink([false, true])
                    .show(ui, |ui| {
                        ui.set_max_width(width - 2.0 * AIR_PX - 10.0);
                        lanes(ui, cx);
                        people(ui, cx);
                        tags(ui, cx);
                        others(ui, cx);
                        certainties(ui, cx);
                        time(ui, cx);
                    });
            });
        });
}

/// How many events pass, and the button that shows all; if none passes, what to do.
fn head(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    ui.horizontal(|ui| {
        ui.set_height(26.0);
        let style = Style::new(Face::SansSemiBold, 13.5, color(theme.ink));
        let words = shown(cx);
        let label = ui.add(egui::Label::new(text::job(&words, &style)).selectable(false));
        accessible::name_text(&label, &words);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let size = vec2(26.0, 26.0);
            if widgets::quiet_button(ui, (icon::X, Face::Icons), "Close the filter", size, theme)
                .clicked()
            {
                cx.commands.push(MenuCommand::Filters.into());
            }
            if cx.filtered.is_some() {
                let size = vec2(72.0, 26.0);
                let all = widgets::quiet_button(
                    ui,
                    ("Show all", Face::SansMedium),
                    "Show all events",
                    size,
                    theme,
                );
                if all.clicked() {
                    cx.commands.push(MenuCommand::ClearFilter.into());
                }
            }
        });
    });
    if cx
        .filtered
        .is_some_and(|filtered| filtered.events.is_empty())
    {
        let style = Style {
            line_height: 1.4,
            ..Style::new(Face::Sans, 12.5, color(theme.muted))
        };
        let words = "No event is all of this at once. Take a wish away, or show all events.";
        widgets::paragraph(ui, words, &style, cx.measure);
    }
}

fn section(ui: &mut Ui, words: &str, cx: &ViewContext<'_>) {
    ui.add_space(10.0);
    widgets::heading(ui, words, cx.theme.muted);
    ui.add_space(2.0);
}

/// The lanes, each with a switch to show or hide it, and a button to show it alone.
fn lanes(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    let timeline = &cx.layout.timeline;
    let named = timeline.lanes().iter().any(|lane| !lane.label.is_empty());
    if !named || timeline.lanes().len() < 2 {
        return;
    }
    section(ui, "Lanes", cx);
    let lanes: Vec<LaneId> = (0..timeline.lanes().len())
        .filter_map(LaneId::from_index)
        .collect();
    for lane in lanes {
        lane_row(ui, lane, cx);
    }
}

fn lane_row(ui: &mut Ui, lane: LaneId, cx: &mut ViewContext<'_>) {
    const ONLY_PX: f32 = 48.0;
    let theme = cx.theme;
    let name = &cx.layout.timeline.lane_record(lane).label;
    let is_shown = cx.state.filter.shows_lane(lane);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX), Sense::hover());
    let switch = rect.with_max_x(rect.right() - ONLY_PX);
    let response = ui.interact(
        switch,
        ui.scope_id().with(("lane", lane.index())),
        Sense::click(),
    );
    let switched = Pressable::choice(Role::CheckBox, name, is_shown);
    let response = switched.paint(ui, response, theme, |response| {
        wash(ui, response, cx);
        let ink = cx.lane_colors.of(lane);
        let middle = pos2(rect.left() + 12.0, rect.center().y);
        if is_shown {
            ui.painter().circle_filled(middle, 5.0, color(ink));
        } else {
            ui.painter()
                .circle_stroke(middle, 4.5, Stroke::new(1.5, color(theme.muted)));
        }
        let mut cut = String::new();
        let style = (Face::SansMedium, 13.5);
        let shown = elided(name, style, switch.width() - 32.0, cx.measure, &mut cut);
        let letters = if is_shown { theme.ink } else { theme.muted };
        let at = pos2(rect.left() + 26.0, rect.center().y);
        widgets::write(ui, at, shown, style, letters);
    });
    if response.clicked() {
        cx.commands.push(Command::ToggleFacet(Facet::Lane(lane)));
    }
    let only = Rect::from_min_max(pos2(switch.right(), rect.top()), rect.max);
    let response = ui.interact(
        only,
        ui.scope_id().with(("only", lane.index())),
        Sense::click(),
    );
    let label = format!("Only {name}");
    let response = widgets::quiet(ui, response, &label, theme, |ink| {
        let at = pos2(only.left() + 9.0, only.center().y);
        widgets::write(ui, at, "Only", (Face::Sans, 12.5), ink);
    });
    if response.clicked() {
        cx.commands.push(Command::IsolateFacet(Facet::Lane(lane)));
    }
}

fn people(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    let people = cx.layout.timeline.people();
    if people.is_empty() {
        return;
    }
    section(ui, "People and groups", cx);
    let ids: Vec<PersonId> = (0..people.len().min(MOST_OFFERED))
        .filter_map(PersonId::from_index)
        .collect();
    chips(ui, cx, ids.into_iter().map(Facet::Person));
}

fn tags(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    let tags = cx.layout.timeline.tags();
    if tags.is_empty() {
        return;
    }
    section(ui, "Tags", cx);
    let ids: Vec<TagId> = (0..tags.len().min(MOST_OFFERED))
        .filter_map(TagId::from_index)
        .collect();
    chips(ui, cx, ids.into_iter().map(Facet::Tag));
}

/// Filter values that no other section offers: places from a search, and people and tags after the
/// first [`MOST_OFFERED`].
fn others(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    let is_other = |facet: &Facet| match facet {
        Facet::Lane(_) | Facet::Certainty(_) => false,
        Facet::Person(person) => person.index() >= MOST_OFFERED,
        Facet::Tag(tag) => tag.index() >= MOST_OFFERED,
        Facet::Place(_) => true,
    };
    let others: Vec<Facet> = cx.state.filter.facets().filter(is_other).collect();
    if !others.is_empty() {
        section(ui, "Searched for", cx);
        chips(ui, cx, others.into_iter());
    }
}

fn certainties(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    section(ui, "How sure", cx);
    chips(ui, cx, Certainty::ALL.into_iter().map(Facet::Certainty));
}

/// The switch that filters by the time in view.
fn time(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    section(ui, "Time", cx);
    ui.horizontal_wrapped(|ui| {
        let is_on = cx.state.filter.range().is_some();
        let words = if is_on {
            "Only a part of the time"
        } else {
            "Only the time in view"
        };
        if chip(ui, words, is_on, Role::CheckBox, cx).clicked() {
            cx.commands.push(MenuCommand::FilterView.into());
        }
    });
}

/// Whether events that do not pass are dimmed or hidden.
fn rest(ui: &mut Ui, takes_focus: bool, cx: &mut ViewContext<'_>) {
    ui.horizontal_wrapped(|ui| {
        for (words, is_hiding) in [("Dim the rest", false), ("Hide the rest", true)] {
            let is_on = cx.state.is_hiding == is_hiding;
            let chip = chip(ui, words, is_on, Role::RadioButton, cx);
            if takes_focus && is_on {
                chip.request_focus();
            }
            if chip.clicked() && !is_on {
                cx.commands.push(MenuCommand::ToggleHiding.into());
            }
        }
    });
}

/// Filter values, on or off, side by side.
fn chips(ui: &mut Ui, cx: &mut ViewContext<'_>, facets: impl Iterator<Item = Facet>) {
    ui.horizontal_wrapped(|ui| {
        for facet in facets {
            let is_on = cx.state.filter.has(facet);
            if chip(ui, &name(facet, cx), is_on, Role::CheckBox, cx).clicked() {
                cx.commands.push(Command::ToggleFacet(facet));
            }
        }
    });
}

fn chip(ui: &mut Ui, words: &str, is_on: bool, role: Role, cx: &ViewContext<'_>) -> Response {
    let theme = cx.theme;
    let (ink, border) = if is_on {
        (theme.accent, theme.accent)
    } else {
        (theme.ink, theme.hairline)
    };
    let style = Style::new(Face::SansMedium, 12.5, color(ink));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(text::job(words, &style)));
    let size = galley.size() + vec2(22.0, 11.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    Pressable::choice(role, words, is_on).paint(ui, response, theme, |response| {
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
    })
}

/// The name of a filter value.
pub fn name(facet: Facet, cx: &ViewContext<'_>) -> String {
    let timeline = &cx.layout.timeline;
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

fn wash(ui: &Ui, response: &Response, cx: &ViewContext<'_>) {
    if response.hovered() {
        let fill = color(cx.theme.ink.faded(0.05));
        ui.painter()
            .rect_filled(response.rect, CornerRadius::same(6), fill);
    }
}
