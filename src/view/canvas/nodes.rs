//! The targets on the canvas as widgets: each can be pointed at, clicked, tabbed to and read aloud.

use egui::{
    CornerRadius, CursorIcon, Event, Id, Memory, Pos2, Rect, Response, Sense, Tooltip, Ui, vec2,
};

use super::{clicks, spoken};
use crate::{
    command::{Command, MenuCommand},
    layout::{Camera, Hit, Target},
    model::EventId,
    view::{ViewContext, accessible, hover, text::color},
};

/// The share of the plot's width that an era takes after flying to it.
const ERA_SHARE: f64 = 0.9;

/// The id of the canvas.
pub fn canvas_id() -> Id {
    Id::unique("canvas")
}

/// The id under which a mark has the keyboard focus.
pub fn node_id(event: EventId) -> Id {
    canvas_id().with(("event", event.index()))
}

/// So far from the pointer, in px, targets are widgets while only the pointer can ask for them: further
/// than a hand moves it from one frame to the next before it clicks.
const NEAR_PX: f32 = 100.0;

/// Which targets on the canvas are widgets in a frame, and what they have in common.
///
/// There are hundreds of targets, and a widget takes a thousandth of a frame. So only those near the
/// pointer are, unless somebody listens or presses a key.
#[derive(Copy, Clone)]
pub struct Nodes {
    /// The id of the canvas.
    id: Id,
    /// Whether assistive technology listens.
    is_heard: bool,
    /// Whether a key is pressed or released, which may move the keyboard focus.
    is_key: bool,
    /// What has the keyboard focus.
    focused: Option<Id>,
    /// Where the pointer is, was in the frame before, and was pressed: what is pressed or left in this
    /// frame was a widget in the one before, and gets its click.
    pointers: [Option<Pos2>; 3],
}

impl Nodes {
    /// Those of this frame.
    pub fn of(ui: &Ui, id: Id) -> Self {
        let is_key = |event: &Event| matches!(event, Event::Key { .. });
        let [now, pressed] = ui.input(|input| {
            let pointer = &input.pointer;
            [pointer.latest_pos(), pointer.press_origin()]
        });
        let before = follow_pointer(ui, id.with("pointer"), now);
        Self {
            id,
            is_heard: accessible::is_heard(ui.ctx()),
            is_key: ui.input(|input| input.events.iter().any(is_key)),
            focused: ui.memory(Memory::focused),
            pointers: [now, before, pressed],
        }
    }

    /// Whether a target is a widget in this frame.
    fn holds(self, target: Target, node_id: Id, rect: Rect) -> bool {
        let is_near = |at: Pos2| rect.distance_to_pos(at) < NEAR_PX;
        self.is_heard
            || self.is_key
            || self.focused == Some(node_id)
            // It may lie over the axis, which would take its clicks; there is one at most.
            || matches!(target, Target::Between(..))
            || self.pointers.into_iter().flatten().any(is_near)
    }

    fn id_of(self, target: Target) -> Id {
        match target {
            Target::Event(event) => node_id(event),
            Target::Cluster { lane, from, .. } => {
                self.id.with(("cluster", lane.index(), from.secs()))
            }
            Target::Era(number) => self.id.with(("era", number)),
            Target::Between(..) => self.id.with("between"),
        }
    }

    /// One target on the canvas: its name, hover, focus and click. `None` where it is no widget in this
    /// frame.
    pub fn show(
        self,
        ui: &Ui,
        hit: &Hit,
        rect: Rect,
        cx: &mut ViewContext<'_>,
    ) -> Option<Response> {
        let node_id = self.id_of(hit.target);
        if !self.holds(hit.target, node_id, rect) {
            return None;
        }
        let response = ui
            .interact(rect, node_id, Sense::click())
            .on_hover_cursor(CursorIcon::PointingHand);
        let is_selected =
            matches!(hit.target, Target::Event(event) if cx.state.selected == Some(event));
        if self.is_heard {
            accessible::name_mark(&response, is_selected, || spoken::name(hit.target, cx));
            if let Target::Event(event) = hit.target {
                spoken::describe_open(&response, event, cx);
            }
        }
        let may_focus = self.is_key || self.focused == Some(node_id);
        let has_focus = may_focus && response.has_focus();
        if response.hovered() && matches!(hit.target, Target::Cluster { .. }) {
            let wash = color(cx.theme.ink.faded(0.07));
            ui.painter().rect_filled(rect, CornerRadius::same(4), wash);
        }
        if has_focus && !is_selected {
            let ring = rect.expand2(vec2(5.0, 3.0));
            let stroke = egui::Stroke::new(2.0, color(cx.theme.accent));
            ui.painter().rect_stroke(
                ring,
                egui::CornerRadius::same(8),
                stroke,
                egui::StrokeKind::Inside,
            );
        }
        if let Target::Event(event) = hit.target
            && !is_selected
            && !cx.state.is_moving()
        {
            // The card is shown beside its mark.
            if has_focus {
                Tooltip::for_widget(&response).show(|ui| hover::card(ui, event, rect, cx));
            } else if response.hovered() {
                let response = response.clone();
                response.on_hover_ui(|ui| hover::card(ui, event, rect, cx));
            }
        }
        if response.clicked() && !response.double_clicked() {
            press(ui, hit.target, response.interact_pointer_pos(), cx);
        }
        Some(response)
    }
}

/// Where the pointer was in the frame before. Where it has come from further away, its target was no
/// widget then, when egui looks for what is pointed at: in the next frame it is found.
fn follow_pointer(ui: &Ui, id: Id, now: Option<Pos2>) -> Option<Pos2> {
    let before: Option<Pos2> = ui.data(|data| data.get_temp(id)).flatten();
    let is_near = |at: Pos2| before.is_some_and(|before| at.distance(before) < NEAR_PX);
    if now.is_some_and(|at| !is_near(at)) {
        ui.request_repaint();
    }
    if before != now {
        ui.data_mut(|data| data.insert_temp(id, now));
    }
    before
}

/// A target is pressed, at a place or by a key.
pub fn press(ui: &Ui, target: Target, at: Option<Pos2>, cx: &mut ViewContext<'_>) {
    clicks::note(ui, target, at.unwrap_or_default());
    match target {
        Target::Event(event) => {
            // With Shift the event is the other end of a duration measurement.
            let is_measuring = ui.input(|input| input.modifiers.shift);
            // With Ctrl it is one of several.
            let is_also = ui.input(|input| input.modifiers.command);
            let is_by_key = at.is_none();
            cx.commands
                .push(if cx.state.selected == Some(event) && is_by_key {
                    Command::Menu(MenuCommand::OpenStory)
                } else if is_measuring {
                    Command::MeasureTo(event)
                } else if is_also && !is_by_key {
                    Command::AlsoSelect(event)
                } else {
                    Command::Select(event)
                });
        }
        Target::Between(..) => cx.commands.push(MenuCommand::Measure.into()),
        Target::Era(number) => {
            if let Some(era) = cx.layout.timeline.eras().get(number) {
                let width = f64::from(cx.plot_px - cx.covered_px);
                let camera = Camera::over(era.start, era.end, width);
                let camera = camera.zoomed_about(width / 2.0, ERA_SHARE);
                cx.commands.push(Command::FlyTo(camera));
            }
        }
        Target::Cluster { lane, from, to, .. } => {
            cx.commands
                .push(Command::ZoomIntoCluster { lane, from, to });
        }
    }
}
