//! The canvas: paints the scene of the timeline and handles every gesture on it.
//!
//! Marks are accessible nodes: they can be clicked, tabbed to and read aloud by name, date and
//! lane. The camera translates gestures to time; nothing is changed here, commands are returned.

mod clicks;
mod ground;
mod moving;
mod nodes;
mod out_of_sight;
mod several;
mod spoken;
mod touch;

use egui::{
    CornerRadius, CursorIcon, Event, Id, MouseWheelUnit, PointerButton, Pos2, Rect, Response, Role,
    Sense, Tooltip, Ui, pos2, vec2,
};

pub use clicks::double_click_may_come;
pub use nodes::node_id;
use nodes::{Nodes, canvas_id};

use super::{
    ViewContext,
    accessible::{self, Pressable},
    hover,
    paint::{self, Picture, Placement, TextPainter},
    text::color,
};
use crate::{
    command::{Command, MenuCommand},
    layout::{
        Camera, Hit, InView, SceneInput, Target, ViewParams, draw,
        hit::hit,
        mark::DIAMOND_BELOW_PX,
        metrics::{AXIS_PX, LANE_LINE_PX},
        scene::Scene,
    },
    model::{EventId, Facet, LaneId},
    state::ChosenBy,
};

/// A notch of the wheel (50 px of scrolling) zooms in by this factor.
const WHEEL_ZOOM: f64 = 1.22;
/// How far egui scrolls per notch, in px.
const NOTCH_PX: f64 = 50.0;
/// A selection on the axis shorter than this is a click, in px.
const SHORTEST_RANGE_PX: f32 = 6.0;

/// What the canvas keeps from frame to frame: its picture, keyed by view params and
/// [revision](ViewContext::revision), and buffers.
#[derive(Default)]
pub struct CanvasMemory {
    picture: Picture<(ViewParams, u64)>,
    scratch: draw::Scratch,
}

/// Shows the canvas in `rect`, with a picture and a text painter that are reused from frame to
/// frame. Returns how many events are in view.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    cx: &mut ViewContext<'_>,
    CanvasMemory { picture, scratch }: &mut CanvasMemory,
    text_painter: &mut TextPainter,
) -> InView {
    let id = canvas_id();
    let origin = rect.min.to_vec2();
    let hovered_id = id.with("hovered");
    let hovered = ui
        .data(|data| data.get_temp::<Option<EventId>>(hovered_id))
        .flatten();
    let params = ViewParams {
        has_whole_names: false,
        camera: cx.camera,
        width_px: rect.width(),
        height_px: rect.height(),
        covered_px: cx.covered_px,
        scroll_px: cx.state.scroll_px,
        selected: cx.state.selected,
        measure_start: cx.state.measure_start,
        hovered,
        cut_labels: cut_labels(ui, id, cx),
    };
    let input = SceneInput {
        params,
        filtered: cx.filtered,
        found: cx.found,
        theme: cx.theme,
        lane_colors: cx.lane_colors,
        measure: cx.measure,
    };
    let placement = Placement {
        origin,
        ground: cx.theme.ground,
    };
    let shown = (params, cx.revision);
    text_painter.paint(picture, shown, &ui.painter_at(rect), placement, |scene| {
        draw::scene(cx.layout, &input, scratch, scene);
    });
    let scene = picture.scene();

    let plot = paint::egui_rect(&scene.plot, origin);
    let rect = rect.with_max_x(rect.right() - cx.covered_px);
    // Neither takes the keyboard focus: Tab goes from mark to mark.
    let whole = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
    accessible::name(&whole, Role::Group, "Timeline");
    let axis_rect = Rect::from_min_max(plot.left_bottom(), rect.max);
    let axis = ui.interact(axis_rect, id.with("axis"), Sense::CLICK | Sense::DRAG);
    let axis_name = "Axis: drag to choose a range to fly to";
    accessible::name(&axis, Role::Group, axis_name);

    if !touch::pinch(ui, rect, plot, cx) {
        drag(ui, &whole, &scene.hits, cx);
        wheel(ui, rect, plot, hovered, cx);
    }
    choose_range(ui, &axis, plot, cx);
    let is_double = double_click(ui, &whole, cx);
    if whole.clicked() && !is_double {
        click(ui, &whole, scene, cx);
    }
    if whole.dragged() {
        ui.set_cursor_icon(CursorIcon::Grabbing);
    }
    scroll_bar(ui, id, plot, rect.height(), cx);
    lane_names(ui, id, rect, cx);

    let in_view = scene.in_view;
    out_of_sight::show(ui, (rect, plot), in_view, cx);
    let mut now_hovered = None;
    let mut is_selected_shown = false;
    let held = touch::held_at(ui);
    let nodes = Nodes::of(ui, id);
    for hit in &scene.hits {
        let within = match hit.target {
            Target::Between(..) => rect,
            Target::Event(_) | Target::Era(_) | Target::Cluster { .. } => plot,
        };
        let node_rect = paint::egui_rect(&hit.rect, origin).intersect(within);
        if !node_rect.is_positive() {
            continue;
        }
        let response = nodes.show(ui, hit, node_rect, cx);
        let (Some(response), Target::Event(event)) = (response, hit.target) else {
            continue;
        };
        is_selected_shown |= cx.state.selected == Some(event);
        if response.hovered() {
            now_hovered = Some(event);
        }
        if held.is_some_and(|at| node_rect.contains(at)) && cx.state.selected != Some(event) {
            Tooltip::for_widget(&response).show(|ui| hover::card(ui, event, node_rect, cx));
        }
    }
    chosen(ui, whole.rect.min, &scene.hits, plot, cx);
    if !is_selected_shown {
        keep_focus(ui, plot, cx);
    }
    if now_hovered != hovered {
        ui.data_mut(|data| data.insert_temp(hovered_id, now_hovered));
        ui.request_repaint();
    }
    in_view
}

/// A click on the canvas where no target is a widget.
fn click(ui: &Ui, whole: &Response, scene: &Scene, cx: &mut ViewContext<'_>) {
    let clicked_at = whole.interact_pointer_pos();
    let at = clicked_at.unwrap_or_default() - whole.rect.min.to_vec2();
    match hit(scene, at.x, at.y) {
        // It was no widget yet: the pointer has come from afar.
        Some(hit) if hit.rect.contains(at.x, at.y) => {
            nodes::press(ui, hit.target, clicked_at, cx);
        }
        // A click just beside a mark counts as on it.
        Some(Hit {
            target: Target::Event(event),
            ..
        }) => cx.commands.push(Command::Select(*event)),
        // A click on nothing closes what is open, one level at a time.
        _ => cx.commands.push(Command::Dismiss),
    }
}

/// A selected event keeps the keyboard focus while it is out of view, in a flight or behind a panel.
fn keep_focus(ui: &Ui, plot: Rect, cx: &ViewContext<'_>) {
    let Some(event) = cx.state.selected else {
        return;
    };
    let id = node_id(event);
    if ui.memory(|memory| memory.has_focus(id)) {
        let rect = Rect::from_min_size(plot.min, vec2(1.0, 1.0));
        let response = ui.interact(rect, id, Sense::focusable_noninteractive());
        accessible::name_mark(&response, true, || spoken::name(Target::Event(event), cx));
        spoken::describe_open(&response, event, cx);
    }
}

/// The lanes' names: a click shows or hides a lane, Alt + click shows it alone.
fn lane_names(ui: &Ui, id: Id, rect: Rect, cx: &mut ViewContext<'_>) {
    let layout = cx.layout;
    let lanes = layout.stack.lanes.iter().zip(layout.lane_names.iter());
    for (number, (lane, names)) in lanes.enumerate() {
        let Some(lane_id) = LaneId::from_index(number).filter(|_| !names.is_empty()) else {
            continue;
        };
        let top = rect.top() + layout.top_px() - cx.state.scroll_px + lane.first_row;
        let height = LANE_LINE_PX * names.len() as f32 + 8.0;
        let area = Rect::from_min_size(
            pos2(rect.left() + 12.0, top - 4.0),
            vec2(layout.gutter_px - 20.0, height),
        );
        let area = area.intersect(rect.with_max_y(rect.bottom() - AXIS_PX));
        if !area.is_positive() {
            continue;
        }
        let response = ui.interact(area, id.with(("lane", number)), Sense::click());
        let is_shown = cx.state.filter.shows_lane(lane_id);
        let label = &layout.timeline.lane_record(lane_id).label;
        let switched = Pressable::choice(Role::CheckBox, label, is_shown);
        let response = switched.paint(ui, response, cx.theme, |response| {
            if response.hovered() {
                let wash = color(cx.theme.ink.faded(0.05));
                ui.painter().rect_filled(area, CornerRadius::same(6), wash);
            }
        });
        // A name that has no room in its column.
        let response = if names.last().is_some_and(|line| line.ends_with('…')) {
            response.on_hover_text(label)
        } else {
            response
        };
        if response.clicked() {
            let is_alone = ui.input(|input| input.modifiers.alt);
            let facet = Facet::Lane(lane_id);
            cx.commands.push(if is_alone {
                Command::IsolateFacet(facet)
            } else {
                Command::ToggleFacet(facet)
            });
        }
    }
}

/// See [`ViewParams::cut_labels`]: they fade when a flight has arrived, and come back with the first
/// move by hand.
fn cut_labels(ui: &Ui, id: Id, cx: &ViewContext<'_>) -> f32 {
    const FADE_SECS: f32 = 0.2;
    let is_chosen = cx.state.view_chosen_by == ChosenBy::Program && !cx.state.is_moving();
    let secs = if cx.state.is_still() { 0.0 } else { FADE_SECS };
    let id = id.with("cut labels");
    1.0 - ui.ctx().animate_bool_with_time(id, is_chosen, secs)
}

/// A double click flies to the event that its first click selected: opening the story may have
/// moved the event away from the pointer or covered it. On empty canvas a new event begins, in the
/// lane and at the time that were clicked. Returns whether there was a double click.
fn double_click(ui: &Ui, whole: &Response, cx: &mut ViewContext<'_>) -> bool {
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
    if let Some(target) = clicks::take(ui, at) {
        if let Target::Event(event) = target {
            cx.commands.push(Command::FlyIntoEvent(event));
        }
        return true;
    }
    if whole.double_clicked() {
        let x = at.x - whole.rect.left() - cx.layout.gutter_px;
        if x > 0.0 {
            cx.commands.push(Command::BeginEvent {
                lane: ground::lane_at(at.y - whole.rect.top(), cx),
                date: Some(ground::date_at(x, &cx.camera)),
            });
        }
        return true;
    }
    false
}

/// What is seen of the events that are chosen: which they are, and the handle for causes.
fn chosen(ui: &Ui, origin: Pos2, hits: &[Hit], plot: Rect, cx: &mut ViewContext<'_>) {
    ground::typed(ui, plot, cx);
    several::marked(ui, origin, hits, &cx.state.writing.several, cx);
    moving::handle(ui, origin, hits, plot, cx);
}

/// Dragging pans; releasing while moving flings. With Ctrl it moves an event, or chooses several.
fn drag(ui: &Ui, whole: &Response, hits: &[Hit], cx: &mut ViewContext<'_>) {
    if moving::show(ui, whole, hits, cx) || several::choose(ui, whole, hits, cx) {
        return;
    }
    if whole.dragged() {
        let delta = whole.drag_delta();
        if delta.x != 0.0 {
            cx.commands
                .push(Command::SetCamera(cx.camera.panned(f64::from(-delta.x))));
        }
        if delta.y != 0.0 {
            cx.commands.push(Command::Scroll(-delta.y));
        }
    }
    if whole.drag_stopped() {
        let velocity = whole.ctx.input(|input| input.pointer.velocity());
        cx.commands.push(Command::Fling(f64::from(-velocity.x)));
    }
}

/// The wheel and pinching zoom about the pointer; Shift and sideways swipes pan; where lanes are
/// scrolled, a swipe up or down on a touchpad, or the wheel over their names, scrolls them.
fn wheel(ui: &Ui, rect: Rect, plot: Rect, hovered: Option<EventId>, cx: &mut ViewContext<'_>) {
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
    // egui smooths a swipe over some frames after its last event: they count as the swipe, too.
    let swipe_id = canvas_id().with("swipe");
    if let Some(unit) = unit {
        ui.data_mut(|data| data.insert_temp(swipe_id, unit == MouseWheelUnit::Point));
    }
    let is_touchpad = ui.data(|data| data.get_temp(swipe_id)).unwrap_or(false);
    let x = on_its_date(plot_x(at, plot), hovered, cx);
    let can_scroll = cx.layout.most_scroll_px(rect.height()) > 0.0;
    let is_scrolling = can_scroll && (is_touchpad || at.x < plot.left());
    let mut camera = cx.camera;
    if scroll.x != 0.0 {
        camera = camera.panned(f64::from(-scroll.x));
    }
    if scroll.y != 0.0 && is_scrolling {
        cx.commands.push(Command::Scroll(-scroll.y));
    } else if scroll.y != 0.0 && scroll.y.abs() > scroll.x.abs() {
        camera = camera.zoomed_about(x, WHEEL_ZOOM.powf(f64::from(scroll.y) / NOTCH_PX));
    }
    if pinch != 1.0 {
        camera = camera.zoomed_about(x, pinch);
    }
    if camera != cx.camera {
        // Zooming out past the whole file would only pan.
        let seen_px = cx.plot_px - cx.covered_px;
        let fit = cx.layout.fit(seen_px);
        let is_at_limit = camera.secs_per_px() > fit.secs_per_px()
            && cx.camera.secs_per_px() >= fit.secs_per_px() * 0.999;
        if !is_at_limit {
            cx.commands.push(Command::SetCamera(camera));
        } else if !cx.layout.is_fitting(&cx.camera, seen_px) && !cx.state.is_moving() {
            cx.commands.push(MenuCommand::FitAll.into());
        }
    }
}

/// The scroll bar of the lanes, shown where they are too high for the canvas; it can be dragged.
fn scroll_bar(ui: &Ui, id: Id, plot: Rect, height: f32, cx: &mut ViewContext<'_>) {
    let most = cx.layout.most_scroll_px(height);
    if most <= 0.0 {
        return;
    }
    let track = Rect::from_min_max(
        pos2(plot.right() - 10.0, plot.top() + 4.0),
        plot.right_bottom() - vec2(2.0, 4.0),
    );
    let thumb_px = (track.height() * plot.height() / (plot.height() + most)).max(24.0);
    let top = track.top() + (track.height() - thumb_px) * cx.state.scroll_px / most;
    let thumb = Rect::from_min_max(
        pos2(track.left() + 2.0, top),
        pos2(track.right() - 2.0, top + thumb_px),
    );
    let response = ui.interact(track, id.with("scroll"), Sense::drag());
    accessible::name(&response, Role::ScrollBar, "Scroll the lanes");
    let strength = if response.hovered() || response.dragged() {
        0.55
    } else {
        0.25
    };
    ui.painter().rect_filled(
        thumb,
        CornerRadius::same(3),
        color(cx.theme.ink.faded(strength)),
    );
    if response.dragged() {
        let px = response.drag_delta().y * most / (track.height() - thumb_px).max(1.0);
        cx.commands.push(Command::Scroll(px));
    }
}

/// The x to zoom about. On a narrow mark the pointer is up to half a diamond beside the date, and
/// zooming about it would soon move the mark away: there it counts as on the date.
fn on_its_date(x: f64, hovered: Option<EventId>, cx: &ViewContext<'_>) -> f64 {
    let mark = hovered.and_then(|event| cx.layout.mark(event));
    let Some(mark) = mark else {
        return x;
    };
    let drawn = mark.drawn(&cx.camera);
    if !(drawn.x0..=drawn.x1).contains(&x) {
        return x;
    }
    let (from, to) = (
        cx.camera.x_from_time(mark.from),
        cx.camera.x_from_time(mark.to),
    );
    if to - from < DIAMOND_BELOW_PX {
        x.clamp(from, to)
    } else {
        x
    }
}

/// Dragging on the axis selects a range; releasing flies to it.
fn choose_range(ui: &Ui, axis: &Response, plot: Rect, cx: &mut ViewContext<'_>) {
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
            .rect_filled(band, 0.0, color(cx.theme.accent.faded(0.12)));
        for x in [x0, x1] {
            ui.painter().vline(
                x,
                band.y_range(),
                egui::Stroke::new(1.0, color(cx.theme.accent)),
            );
        }
    }
    if axis.drag_stopped() {
        ui.data_mut(|data| data.remove_temp::<f32>(start_id));
        if x1 - x0 >= SHORTEST_RANGE_PX {
            let time = |x: f32| cx.camera.time_from_x(f64::from(x - plot.left()));
            let camera = Camera::over(time(x0), time(x1), f64::from(cx.plot_px));
            cx.commands.push(Command::FlyTo(camera));
        }
    }
}

fn plot_x(at: Pos2, plot: Rect) -> f64 {
    f64::from((at.x - plot.left()).max(0.0))
}
