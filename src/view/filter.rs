//! The filter panel: lanes, people, tags, certainty and time; and how many events pass.
//!
//! While a filter is on, the button in the top bar says how many events of how many are shown, and
//! one click beside it shows all again.

use std::sync::{Arc, Weak};

use egui::{
    Align, Color32, CornerRadius, Id, Layout, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    pos2, vec2,
};

use super::{
    ViewContext,
    accessible::{self, Pressable},
    paint::TextPainter,
    side::Side,
    text::{self, Style, color},
    widgets::{self, icon},
};
use crate::{
    command::{Command, Layer, MenuCommand, Panel},
    layout::{
        draw::clusters::write_count,
        measure::{Face, elided},
    },
    model::{Certainty, Facet, FacetCounts, LaneId, PersonId, TagId, Timeline},
};

/// The height of the button and of a lane's row, in px.
const ROW_PX: f32 = 32.0;
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

/// What the panel keeps from frame to frame: how many events have each value, and of which file.
#[derive(Default)]
pub struct FilterMemory {
    of: Weak<Timeline>,
    counts: FacetCounts,
}

impl FilterMemory {
    fn counts(&mut self, timeline: &Arc<Timeline>) -> &FacetCounts {
        if !Weak::ptr_eq(&self.of, &Arc::downgrade(timeline)) {
            (self.of, self.counts) = (Arc::downgrade(timeline), FacetCounts::of(timeline));
        }
        &self.counts
    }
}

/// What the sections of the panel show, and the commands that they return.
struct Shown<'a, 'c> {
    cx: &'a mut ViewContext<'c>,
    counts: &'a FacetCounts,
}

/// Shows the filter panel in `rect`.
pub fn show(ui: &mut Ui, rect: Rect, cx: &mut ViewContext<'_>, memory: &mut FilterMemory) {
    let side = Side {
        rect,
        name: "Filter",
        close: "Close the filter",
        layer: Layer::Panel(Panel::Filters),
    };
    let counts = memory.counts(&cx.layout.timeline);
    side.show(ui, cx, |ui, cx| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        head(ui, cx);
        // Opened by a key, the panel takes the keyboard focus.
        let is_clicked = ui.input(|input| input.pointer.time_since_last_click() < CLICKED_SECS);
        let takes_focus = widgets::is_new(ui, Id::unique("filters")) && !is_clicked;
        rest(ui, takes_focus, cx);
        let shown = &mut Shown { cx, counts };
        lanes(ui, shown);
        certainties(ui, shown);
        people(ui, shown);
        tags(ui, shown);
        others(ui, shown);
        time(ui, shown.cx);
    });
}

/// How many events pass, and the button that shows all; what to do if none passes. As high as
/// either: nothing below jumps.
fn head(ui: &mut Ui, cx: &mut ViewContext<'_>) {
    const NOTE_PX: f32 = 36.0;
    let theme = cx.theme;
    widgets::heading(ui, "Filter", theme.muted);
    ui.horizontal(|ui| {
        ui.set_height(30.0);
        let style = Style::new(Face::SerifSemiBold, 22.0, color(theme.ink));
        let words = shown(cx);
        let label = ui.add(egui::Label::new(text::job(&words, &style)).selectable(false));
        accessible::name_text(&label, &words);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if cx.filtered.is_some() {
                let size = vec2(72.0, 28.0);
                let face = ("Show all", Face::SansMedium);
                let all = widgets::quiet_button(ui, face, "Show all events", size, theme);
                if all.clicked() {
                    cx.commands.push(MenuCommand::ClearFilter.into());
                }
            }
        });
    });
    let words = match cx.filtered {
        None => "Choose what to see; the rest is dimmed or hidden.",
        Some(filtered) if filtered.events.is_empty() => {
            "No event has all of these. Turn one off, or show all."
        }
        Some(_) => "Of each kind, one of the chosen values is enough.",
    };
    let style = Style {
        line_height: 1.4,
        ..Style::new(Face::Sans, 12.5, color(theme.muted))
    };
    let top = ui.cursor().top();
    widgets::paragraph(ui, words, &style, cx.measure);
    ui.add_space((NOTE_PX - (ui.cursor().top() - top)).max(0.0));
}

fn section(ui: &mut Ui, words: &str, cx: &ViewContext<'_>) {
    ui.add_space(10.0);
    widgets::heading(ui, words, cx.theme.muted);
    ui.add_space(2.0);
}

/// The lanes, each with a switch to show or hide it, and a button to show it alone.
fn lanes(ui: &mut Ui, shown: &mut Shown<'_, '_>) {
    let cx = &mut *shown.cx;
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
        let count = shown.counts.of_value(Facet::Lane(lane));
        lane_row(ui, (lane, count), cx);
    }
}

fn lane_row(ui: &mut Ui, (lane, count): (LaneId, u32), cx: &mut ViewContext<'_>) {
    const COUNT_PX: f32 = 44.0;
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
    let mut is_cut = false;
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
        let room = switch.width() - 32.0 - COUNT_PX;
        let shown = elided(name, style, room, cx.measure, &mut cut);
        is_cut = shown != name.as_str();
        let letters = if is_shown { theme.ink } else { theme.muted };
        let at = pos2(rect.left() + 26.0, rect.center().y);
        widgets::write(ui, at, shown, style, letters);
        let number = number(count);
        let width = cx.measure.width(&number, Face::Sans, 12.5);
        let at = pos2(switch.right() - 8.0 - width, rect.center().y);
        widgets::write(ui, at, &number, (Face::Sans, 12.5), theme.muted);
    });
    let response = if is_cut {
        response.on_hover_text(name)
    } else {
        response
    };
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

fn people(ui: &mut Ui, shown: &mut Shown<'_, '_>) {
    let people = (0..shown.cx.layout.timeline.people().len()).filter_map(PersonId::from_index);
    offer(ui, "People and groups", people.map(Facet::Person), shown);
}

fn tags(ui: &mut Ui, shown: &mut Shown<'_, '_>) {
    let tags = (0..shown.cx.layout.timeline.tags().len()).filter_map(TagId::from_index);
    offer(ui, "Tags", tags.map(Facet::Tag), shown);
}

/// The values of a kind that events have, as far as they are offered.
fn offered<'f>(
    facets: impl Iterator<Item = Facet> + 'f,
    shown: &'f Shown<'_, '_>,
) -> impl Iterator<Item = Facet> + 'f {
    let (counts, filter) = (shown.counts, &shown.cx.state.filter);
    // One that was chosen before a reload can always be turned off.
    let is_had = move |facet: &Facet| counts.of_value(*facet) > 0 || filter.has(*facet);
    facets.filter(is_had).take(MOST_OFFERED)
}

/// A section of the values of a kind that events have.
fn offer(
    ui: &mut Ui,
    heading: &str,
    facets: impl Iterator<Item = Facet>,
    shown: &mut Shown<'_, '_>,
) {
    let facets: Vec<Facet> = offered(facets, shown).collect();
    if facets.is_empty() {
        return;
    }
    section(ui, heading, shown.cx);
    chips(ui, facets.into_iter(), shown);
}

/// Filter values that no other section offers: places from a search, and people and tags after the
/// first [`MOST_OFFERED`].
fn others(ui: &mut Ui, shown: &mut Shown<'_, '_>) {
    let timeline = &shown.cx.layout.timeline;
    let people = (0..timeline.people().len()).filter_map(PersonId::from_index);
    let tags = (0..timeline.tags().len()).filter_map(TagId::from_index);
    let people: Vec<Facet> = offered(people.map(Facet::Person), shown).collect();
    let tags: Vec<Facet> = offered(tags.map(Facet::Tag), shown).collect();
    let is_other = |facet: &Facet| match facet {
        Facet::Lane(_) | Facet::Certainty(_) => false,
        Facet::Person(_) => !people.contains(facet),
        Facet::Tag(_) => !tags.contains(facet),
        Facet::Place(_) => true,
    };
    let others: Vec<Facet> = shown.cx.state.filter.facets().filter(is_other).collect();
    if !others.is_empty() {
        section(ui, "Also chosen", shown.cx);
        chips(ui, others.into_iter(), shown);
    }
}

fn certainties(ui: &mut Ui, shown: &mut Shown<'_, '_>) {
    let all = Certainty::ALL.into_iter().map(Facet::Certainty);
    offer(ui, "How sure", all, shown);
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
        if chip(ui, (words, ""), is_on, Role::CheckBox, cx).clicked() {
            cx.commands.push(MenuCommand::FilterView.into());
        }
    });
}

/// Whether events that do not pass are dimmed or hidden.
fn rest(ui: &mut Ui, takes_focus: bool, cx: &mut ViewContext<'_>) {
    ui.horizontal_wrapped(|ui| {
        for (words, is_hiding) in [("Dim the rest", false), ("Hide the rest", true)] {
            let is_on = cx.state.is_hiding == is_hiding;
            let chip = chip(ui, (words, ""), is_on, Role::RadioButton, cx);
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
fn chips(ui: &mut Ui, facets: impl Iterator<Item = Facet>, shown: &mut Shown<'_, '_>) {
    let cx = &mut *shown.cx;
    ui.horizontal_wrapped(|ui| {
        for facet in facets {
            let is_on = cx.state.filter.has(facet);
            let count = shown.counts.of_value(facet);
            let words = (name(facet, cx), number(count));
            let role = Role::CheckBox;
            let chip = chip(ui, (&words.0, &words.1), is_on, role, cx);
            if chip.clicked() {
                cx.commands.push(Command::ToggleFacet(facet));
            }
        }
    });
}

/// A number in words that fit beside a value.
fn number(count: u32) -> String {
    let mut words = String::new();
    write_count(count, &mut words);
    words
}

/// A value with the number of events that have it, which may be empty.
fn chip(
    ui: &mut Ui,
    (words, count): (&str, &str),
    is_on: bool,
    role: Role,
    cx: &ViewContext<'_>,
) -> Response {
    let theme = cx.theme;
    let (ink, border) = if is_on {
        (theme.accent, theme.accent)
    } else {
        (theme.ink, theme.hairline)
    };
    let style = Style::new(Face::SansMedium, 12.5, color(ink));
    let mut job = text::job(words, &style);
    if !count.is_empty() {
        let muted = Style::new(Face::Sans, 12.5, color(theme.muted));
        job.append(count, 6.0, muted.format(muted.face));
    }
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
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
