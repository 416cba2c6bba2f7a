//! The timeline itself: the scene painted, and every way to move in it by hand.
//!
//! Marks are nodes: they can be clicked, tabbed to and read aloud by name, date and lane. What a
//! gesture means in time is asked of the camera; nothing is changed here, commands are returned.

use std::time::Duration;

use egui::{
    CornerRadius, CursorIcon, Event, Id, MouseWheelUnit, PointerButton, Pos2, Rect, Response, Role,
    Sense, Tooltip, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    Pane, hover,
    paint::{self, Brush, Lie, Picture},
    text::color,
    widgets,
};
use crate::{
    command::Command,
    layout::{
        Camera, Hit, SceneInput, Sight, Target,
        draw::{self, counted::write_count},
        hit::hit,
        index::{AXIS_PX, LANE_LINE_PX, TOP_PX},
        mark::DIAMOND_BELOW_PX,
    },
    model::{EventId, Facet, LaneId},
    time::{between, words},
};

/// A notch of the wheel (50 px of scrolling) comes closer by this factor.
const WHEEL_ZOOM: f64 = 1.22;
/// What egui makes of a notch, in px.
const NOTCH_PX: f64 = 50.0;
/// The second click of a double click comes within this, in seconds (egui's own limit), and this
/// near, in px.
const DOUBLE_CLICK_SECS: f64 = 0.3;
/// See [`DOUBLE_CLICK_SECS`].
const DOUBLE_CLICK_PX: f32 = 8.0;
/// A selection on the axis shorter than this is a click, in px.
const SHORTEST_RANGE_PX: f32 = 6.0;

/// How much of the plot an era takes that is flown to.
const ERA_SHARE: f64 = 0.9;

/// The canvas' picture: of a sight, at a [revision](Pane::revision).
pub type CanvasPicture = Picture<(Sight, u64)>;

/// Shows the canvas in `rect`, with a picture and a brush that are reused from frame to frame. Tells how
/// many events are told in view.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    pane: &mut Pane<'_>,
    picture: &mut CanvasPicture,
    brush: &mut Brush,
) -> usize {
    let id = canvas_id();
    let origin = rect.min.to_vec2();
    let hovered_id = id.with("hovered");
    let hovered = ui
        .data(|data| data.get_temp::<Option<EventId>>(hovered_id))
        .flatten();
    let sight = Sight {
        camera: pane.camera,
        width_px: rect.width(),
        height_px: rect.height(),
        covered_px: pane.covered_px,
        scroll_px: pane.state.scroll_px,
        selected: pane.state.selected,
        measured: pane.state.measured,
        hovered,
    };
    let input = SceneInput {
        sight,
        lit: pane.lit,
        found: pane.found,
        theme: pane.theme,
        lane_colors: pane.lane_colors,
        measure: pane.measure,
    };
    let lie = Lie {
        origin,
        ground: pane.theme.ground,
    };
    let shown = (sight, pane.revision);
    brush.paint(picture, shown, &ui.painter_at(rect), lie, |scene| {
        draw::scene(pane.index, &input, scene);
    });
    let scene = picture.scene();

    let plot = paint::egui_rect(&scene.plot, origin);
    let rect = rect.with_max_x(rect.right() - pane.covered_px);
    // Neither has anything to do for a key of its own: Tab goes from mark to mark.
    let whole = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
    whole.widget_info(|| WidgetInfo::labeled(Role::Group, true, "Timeline"));
    let axis_rect = Rect::from_min_max(plot.left_bottom(), rect.max);
    let axis = ui.interact(axis_rect, id.with("axis"), Sense::CLICK | Sense::DRAG);
    axis.widget_info(|| {
        WidgetInfo::labeled(Role::Group, true, "Axis: drag to choose a range to fly to")
    });

    drag(&whole, pane);
    wheel(ui, rect, plot, hovered, pane);
    choose_range(ui, &axis, plot, pane);
    let is_double = double_click(ui, &whole, pane);
    if whole.clicked() && !is_double {
        let at = whole.interact_pointer_pos().unwrap_or_default() - origin;
        let command = match hit(scene, at.x, at.y).map(|hit| hit.target) {
            // Just beside a mark is near enough.
            Some(Target::Event(event)) => Command::Choose(event),
            // A click beside everything closes what is open, one level at a time.
            _ => Command::Dismiss,
        };
        pane.commands.push(command);
    }
    if whole.dragged() {
        ui.set_cursor_icon(CursorIcon::Grabbing);
    }
    scroll_bar(ui, id, plot, rect.height(), pane);
    lane_names(ui, id, rect, pane);

    let mut in_view = 0;
    let mut now_hovered = None;
    for hit in &scene.hits {
        let within = match hit.target {
            Target::Between(..) => rect,
            Target::Event(_) | Target::Era(_) | Target::Counted { .. } => plot,
        };
        let node_rect = paint::egui_rect(&hit.rect, origin).intersect(within);
        if !node_rect.is_positive() {
            continue;
        }
        let response = node(ui, id, hit, node_rect, pane);
        if let Target::Event(event) = hit.target {
            in_view += 1;
            if response.hovered() {
                now_hovered = Some(event);
            }
        }
    }
    if now_hovered != hovered {
        ui.data_mut(|data| data.insert_temp(hovered_id, now_hovered));
        ui.request_repaint();
    }
    in_view
}

/// The lanes' names: a click shows a lane or not, with Alt it is shown alone.
fn lane_names(ui: &Ui, id: Id, rect: Rect, pane: &mut Pane<'_>) {
    let index = pane.index;
    let lanes = index.stack.lanes.iter().zip(index.lane_names.iter());
    for (number, (lane, names)) in lanes.enumerate() {
        let Some(lane_id) = LaneId::from_index(number).filter(|_| !names.is_empty()) else {
            continue;
        };
        let top = rect.top() + TOP_PX - pane.state.scroll_px + lane.first_row;
        let height = LANE_LINE_PX * names.len() as f32 + 8.0;
        let area = Rect::from_min_size(
            pos2(rect.left() + 12.0, top - 4.0),
            vec2(index.gutter_px - 20.0, height),
        );
        let area = area.intersect(rect.with_max_y(rect.bottom() - AXIS_PX));
        if !area.is_positive() {
            continue;
        }
        let response = ui.interact(area, id.with(("lane", number)), Sense::click());
        let is_shown = pane.state.filter.shows_lane(lane_id);
        let label = &index.timeline.lane_record(lane_id).label;
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_shown, label));
        if response.hovered() {
            let wash = color(pane.theme.ink.faded(0.05));
            ui.painter().rect_filled(area, CornerRadius::same(6), wash);
        }
        widgets::focus_ring(ui, &response, pane.theme);
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        if response.clicked() {
            let is_alone = ui.input(|input| input.modifiers.alt);
            let facet = Facet::Lane(lane_id);
            pane.commands.push(if is_alone {
                Command::Isolate(facet)
            } else {
                Command::Toggle(facet)
            });
        }
    }
}

fn canvas_id() -> Id {
    Id::unique("canvas")
}

/// The id under which a mark has the keyboard's focus.
pub fn node_id(event: EventId) -> Id {
    canvas_id().with(("event", event.index()))
}

/// One thing on the canvas that can be pointed at, with its name.
fn node(ui: &Ui, id: Id, hit: &Hit, rect: Rect, pane: &mut Pane<'_>) -> Response {
    let node_id = match hit.target {
        Target::Event(event) => node_id(event),
        Target::Counted { lane, from, .. } => id.with(("counted", lane.index(), from.secs())),
        Target::Era(number) => id.with(("era", number)),
        Target::Between(..) => id.with("between"),
    };
    let response = ui
        .interact(rect, node_id, Sense::click())
        .on_hover_cursor(CursorIcon::PointingHand);
    let is_selected =
        matches!(hit.target, Target::Event(event) if pane.state.selected == Some(event));
    // The name is made when it is asked for: nobody may listen.
    response.widget_info(|| {
        WidgetInfo::selected(Role::Button, true, is_selected, name(hit.target, pane))
    });
    if response.hovered() && matches!(hit.target, Target::Counted { .. }) {
        let wash = color(pane.theme.ink.faded(0.07));
        ui.painter().rect_filled(rect, CornerRadius::same(4), wash);
    }
    if response.has_focus() && !is_selected {
        let ring = rect.expand2(vec2(5.0, 3.0));
        let stroke = egui::Stroke::new(2.0, color(pane.theme.accent));
        ui.painter().rect_stroke(
            ring,
            egui::CornerRadius::same(8),
            stroke,
            egui::StrokeKind::Inside,
        );
    }
    if let Target::Event(event) = hit.target
        && !is_selected
        && !pane.state.is_moving()
    {
        // It stands beside what it explains.
        if response.has_focus() {
            Tooltip::for_widget(&response).show(|ui| hover::card(ui, event, rect, pane));
        } else if response.hovered() {
            let response = response.clone();
            response.on_hover_ui(|ui| hover::card(ui, event, rect, pane));
        }
    }
    if response.clicked() && !response.double_clicked() {
        match hit.target {
            Target::Event(event) => {
                let clicked = Clicked {
                    event,
                    at: response.interact_pointer_pos().unwrap_or_default(),
                    at_secs: ui.input(|input| input.time),
                };
                ui.data_mut(|data| data.insert_temp(clicked_id(), Some(clicked)));
                // With Shift it is the other end of a time.
                let is_measuring = ui.input(|input| input.modifiers.shift);
                let is_by_key = response.interact_pointer_pos().is_none();
                pane.commands.push(if is_selected && is_by_key {
                    Command::OpenStory
                } else if is_measuring {
                    Command::Measure(event)
                } else {
                    Command::Choose(event)
                });
            }
            Target::Between(..) => pane.commands.push(Command::Between),
            Target::Era(number) => {
                if let Some(era) = pane.index.timeline.eras().get(number) {
                    let width = f64::from(pane.plot_px - pane.covered_px);
                    let camera = Camera::over(era.start, era.end, width);
                    let camera = camera.zoomed_about(width / 2.0, ERA_SHARE);
                    pane.commands.push(Command::FlyTo(camera));
                }
            }
            Target::Counted { lane, from, to, .. } => {
                pane.commands.push(Command::Part { lane, from, to });
            }
        }
    }
    response
}

/// What a screen reader says of a thing on the canvas.
fn name(target: Target, pane: &Pane<'_>) -> String {
    let timeline = &pane.index.timeline;
    let join = |parts: &[&str]| {
        let parts = parts.iter().filter(|part| !part.is_empty());
        parts.copied().collect::<Vec<_>>().join(", ")
    };
    match target {
        Target::Event(event) => {
            let lane = &timeline.lane_record(timeline.lane(event)).label;
            let words = timeline.date_words(event).to_string();
            join(&[timeline.event(event).title, &words, lane])
        }
        Target::Era(number) => {
            let era = timeline.eras().get(number);
            era.map_or_else(String::new, |era| {
                let words = words::say(&era.when, words::Mood::Told);
                format!("Era: {}, {words}", era.label)
            })
        }
        Target::Between(one, other) if one == other => {
            let title = timeline.event(one).title;
            format!("How long is it from {title}? Choose another event")
        }
        Target::Between(one, other) => {
            let (first, second) = (one.min(other), one.max(other));
            let [first, second] = [first, second].map(|event| timeline.event(event).title);
            let words = between::between(&timeline.when(one), &timeline.when(other)).words;
            format!("Between {first} and {second}: {words}")
        }
        Target::Counted { lane, count, .. } => {
            let mut events = String::new();
            write_count(count, &mut events);
            events.push_str(if count == 1 { " event" } else { " events" });
            let name = join(&[&events, &timeline.lane_record(lane).label]);
            let how = if pane.camera.is_closest() {
                "list them"
            } else {
                "zoom in to read"
            };
            format!("{name}: {how}")
        }
    }
}

/// A double click flies to the event that its first click chose: opening the story may have moved it
/// from under the pointer, or the story over it. Beside everything it comes closer.
fn double_click(ui: &Ui, whole: &Response, pane: &mut Pane<'_>) -> bool {
    let (is_double, at) = ui.input(|input| {
        let pointer = &input.pointer;
        (
            pointer.button_double_clicked(PointerButton::Primary),
            pointer.interact_pos(),
        )
    });
    let Some(at) = at.filter(|_| is_double) else {
        return false;
    };
    let clicked = fresh_click(ui).filter(|clicked| clicked.at.distance(at) < DOUBLE_CLICK_PX);
    ui.data_mut(|data| data.remove_temp::<Option<Clicked>>(clicked_id()));
    if let Some(Clicked { event, .. }) = clicked {
        pane.commands.push(Command::FlyInto(event));
        return true;
    }
    if whole.double_clicked() {
        let x = f64::from(at.x - whole.rect.left() - pane.index.gutter_px);
        if x > 0.0 {
            pane.commands
                .push(Command::FlyTo(pane.camera.zoomed_about(x, 2.0)));
        }
        return true;
    }
    false
}

/// The event that was clicked last, where and when.
#[derive(Copy, Clone)]
struct Clicked {
    event: EventId,
    at: Pos2,
    at_secs: f64,
}

fn clicked_id() -> Id {
    canvas_id().with("clicked")
}

/// The click on an event that a second one may still make a double click of.
fn fresh_click(ui: &Ui) -> Option<Clicked> {
    let clicked = ui
        .data(|data| data.get_temp::<Option<Clicked>>(clicked_id()))
        .flatten();
    let now_secs = ui.input(|input| input.time);
    clicked.filter(|clicked| now_secs - clicked.at_secs < DOUBLE_CLICK_SECS)
}

/// How long a second click may still belong to the one that opened the story.
pub fn double_click_may_come(ui: &Ui) -> Option<Duration> {
    let clicked = fresh_click(ui)?;
    let left = clicked.at_secs + DOUBLE_CLICK_SECS - ui.input(|input| input.time);
    Some(Duration::from_secs_f64(left.max(0.0)))
}

/// Dragging pans; letting go while moving glides on.
fn drag(whole: &Response, pane: &mut Pane<'_>) {
    if whole.dragged() {
        let delta = whole.drag_delta();
        if delta.x != 0.0 {
            pane.commands
                .push(Command::Look(pane.camera.panned(f64::from(-delta.x))));
        }
        if delta.y != 0.0 {
            pane.commands.push(Command::Scroll(-delta.y));
        }
    }
    if whole.drag_stopped() {
        let velocity = whole.ctx.input(|input| input.pointer.velocity());
        pane.commands.push(Command::Fling(f64::from(-velocity.x)));
    }
}

/// The wheel and pinching zoom about the pointer; Shift and sideways swipes pan; where lanes are
/// scrolled, a swipe up or down on a touchpad, or the wheel over their names, scrolls them.
fn wheel(ui: &Ui, rect: Rect, plot: Rect, hovered: Option<EventId>, pane: &mut Pane<'_>) {
    let Some(at) = ui
        .input(|input| input.pointer.hover_pos())
        .filter(|at| rect.contains(*at))
    else {
        return;
    };
    if !ui.rect_contains_pointer(rect) {
        return;
    }
    let (scroll, pinch, unit) = ui.input(|input| {
        let unit = input.events.iter().rev().find_map(|event| match event {
            Event::MouseWheel { unit, .. } => Some(*unit),
            _ => None,
        });
        (
            input.smooth_scroll_delta(),
            f64::from(input.zoom_delta()),
            unit,
        )
    });
    // A swipe goes on for some frames after its last event; it stays a swipe.
    let swipe_id = canvas_id().with("swipe");
    if let Some(unit) = unit {
        ui.data_mut(|data| data.insert_temp(swipe_id, unit == MouseWheelUnit::Point));
    }
    let is_touchpad = ui.data(|data| data.get_temp(swipe_id)).unwrap_or(false);
    let x = on_its_date(plot_x(at, plot), hovered, pane);
    let can_scroll = pane.index.most_scroll_px(rect.height()) > 0.0;
    let is_scrolling = can_scroll && (is_touchpad || at.x < plot.left());
    let mut camera = pane.camera;
    if scroll.x != 0.0 {
        camera = camera.panned(f64::from(-scroll.x));
    }
    if scroll.y != 0.0 && is_scrolling {
        pane.commands.push(Command::Scroll(-scroll.y));
    } else if scroll.y != 0.0 && scroll.y.abs() > scroll.x.abs() {
        camera = camera.zoomed_about(x, WHEEL_ZOOM.powf(f64::from(scroll.y) / NOTCH_PX));
    }
    if pinch != 1.0 {
        camera = camera.zoomed_about(x, pinch);
    }
    if camera != pane.camera {
        // Zooming out past the whole file would only pan.
        let fit = pane.index.fit(pane.plot_px);
        let is_at_limit = camera.secs_per_px() > fit.secs_per_px()
            && pane.camera.secs_per_px() >= fit.secs_per_px() * 0.999;
        if !is_at_limit {
            pane.commands.push(Command::Look(camera));
        } else if !pane.index.is_fitting(&pane.camera, pane.plot_px) && !pane.state.is_moving() {
            pane.commands.push(Command::FitAll);
        }
    }
}

/// Where the lanes are too high for the canvas: how far they are scrolled, to be dragged.
fn scroll_bar(ui: &Ui, id: Id, plot: Rect, height: f32, pane: &mut Pane<'_>) {
    let most = pane.index.most_scroll_px(height);
    if most <= 0.0 {
        return;
    }
    let track = Rect::from_min_max(
        pos2(plot.right() - 10.0, plot.top() + 4.0),
        plot.right_bottom() - vec2(2.0, 4.0),
    );
    let thumb_px = (track.height() * plot.height() / (plot.height() + most)).max(24.0);
    let top = track.top() + (track.height() - thumb_px) * pane.state.scroll_px / most;
    let thumb = Rect::from_min_max(
        pos2(track.left() + 2.0, top),
        pos2(track.right() - 2.0, top + thumb_px),
    );
    let response = ui.interact(track, id.with("scroll"), Sense::drag());
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Scroll the lanes"));
    let strength = if response.hovered() || response.dragged() {
        0.55
    } else {
        0.25
    };
    ui.painter().rect_filled(
        thumb,
        CornerRadius::same(3),
        color(pane.theme.ink.faded(strength)),
    );
    if response.dragged() {
        let px = response.drag_delta().y * most / (track.height() - thumb_px).max(1.0);
        pane.commands.push(Command::Scroll(px));
    }
}

/// The x to zoom about. A pointer on a narrow mark stands up to half a diamond beside its date, which
/// would soon carry the mark away: there it counts as on the date.
fn on_its_date(x: f64, hovered: Option<EventId>, pane: &Pane<'_>) -> f64 {
    let mark = hovered.and_then(|event| pane.index.mark(event));
    let Some(mark) = mark else {
        return x;
    };
    let drawn = mark.drawn(&pane.camera);
    if !(drawn.x0..=drawn.x1).contains(&x) {
        return x;
    }
    let (from, to) = (
        pane.camera.x_from_time(mark.from),
        pane.camera.x_from_time(mark.to),
    );
    if to - from < DIAMOND_BELOW_PX {
        x.clamp(from, to)
    } else {
        x
    }
}

/// Dragging on the axis chooses a range; letting go flies to it.
fn choose_range(ui: &Ui, axis: &Response, plot: Rect, pane: &mut Pane<'_>) {
    if axis.hovered() || axis.dragged() {
        ui.set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    let start_id = axis.id.with("start");
    if axis.drag_started()
        && let Some(at) = ui.input(|input| input.pointer.press_origin())
    {
        ui.data_mut(|data| data.insert_temp(start_id, at.x));
    }
    let (Some(start), Some(at)) = (
        ui.data(|data| data.get_temp::<f32>(start_id)),
        axis.interact_pointer_pos(),
    ) else {
        return;
    };
    let (x0, x1) = (
        start.min(at.x).max(plot.left()),
        start.max(at.x).min(plot.right()),
    );
    if axis.dragged() {
        let band = Rect::from_x_y_ranges(x0..=x1, plot.top()..=plot.bottom() + AXIS_PX);
        ui.painter()
            .rect_filled(band, 0.0, color(pane.theme.accent.faded(0.12)));
        for x in [x0, x1] {
            ui.painter().vline(
                x,
                band.y_range(),
                egui::Stroke::new(1.0, color(pane.theme.accent)),
            );
        }
    }
    if axis.drag_stopped() {
        ui.data_mut(|data| data.remove_temp::<f32>(start_id));
        if x1 - x0 >= SHORTEST_RANGE_PX {
            let time = |x: f32| pane.camera.time_from_x(f64::from(x - plot.left()));
            let camera = Camera::over(time(x0), time(x1), f64::from(pane.plot_px));
            pane.commands.push(Command::FlyTo(camera));
        }
    }
}

fn plot_x(at: Pos2, plot: Rect) -> f64 {
    f64::from((at.x - plot.left()).max(0.0))
}
