//! Names and roles for assistive technology, and what can be pressed: the only place that tells
//! egui what a widget is.
//!
//! What changes without the keyboard focus going there is said by [`announce`] and [`alert`]. What
//! egui itself leaves unnamed is named by [`MissingNames`].
//!
//! Everything that is pressed by pointer or keyboard is a [`Pressable`]: it has a role, a name, a
//! cursor, and a ring while it has the keyboard focus. The marks of a timeline are named by
//! [`name_mark`], since thousands of them are on screen and their rings have other shapes.

use egui::{
    Context, CornerRadius, CursorIcon, FullOutput, Id, Plugin, Response, Role, Stroke, StrokeKind,
    Ui, WidgetInfo,
    accesskit::{Live, Node, NodeId},
    accesskit_root_id,
};

use super::text::color;
use crate::{
    layout::Theme,
    model::{EventId, Timeline},
};

/// The corner radius of focus rings, in px.
const RADIUS: u8 = 6;

/// Names a widget that is not pressed: a text that is shown otherwise than it is read aloud, a
/// group, a slider.
pub fn name(response: &Response, role: Role, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
}

/// The parts of a name, without those that are empty.
pub fn joined(parts: &[&str]) -> String {
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.copied().collect::<Vec<_>>().join(", ")
}

/// The name of an event: its title, its date in these words, how certain it is, its lane.
pub fn event_name(timeline: &Timeline, event: EventId, date: &str) -> String {
    let lane = &timeline.lane_record(timeline.lane(event)).label;
    let certainty = timeline.certainty(event).said();
    joined(&[timeline.event(event).title, date, certainty, lane])
}

/// Names a text.
pub fn name_text(response: &Response, words: &str) {
    name(response, Role::Label, words);
}

/// Names a heading; the title of a text has level 1.
pub fn name_heading(response: &Response, words: &str, level: usize) {
    name(response, Role::Heading, words);
    node(response, |node| node.set_level(level));
}

/// Names the window.
pub fn name_window(ctx: &Context, title: impl FnOnce() -> String) {
    ctx.accesskit_node_builder(accesskit_root_id(), |node| node.set_label(title()));
}

/// Has a screen reader say something when it has finished what it says, whenever the words of this
/// `salt` have changed.
pub fn announce(ctx: &Context, salt: &str, words: impl FnOnce() -> String) {
    live(ctx, salt, words, Live::Polite);
}

/// Has a screen reader say something at once, whenever the words of this `salt` have changed.
pub fn alert(ctx: &Context, salt: &str, words: &str) {
    live(ctx, salt, || words.to_owned(), Live::Assertive);
}

/// The words are made only where assistive technology listens, and must not ask the context.
fn live(ctx: &Context, salt: &str, words: impl FnOnce() -> String, live: Live) {
    ctx.accesskit_node_builder(Id::unique(("said", salt)), |node| {
        node.set_role(Role::Status);
        node.set_label(words());
        node.set_live(live);
    });
}

/// Adds what egui's own description of a widget does not hold.
fn node(response: &Response, add: impl FnOnce(&mut Node)) {
    response.ctx.accesskit_node_builder(response.id, add);
}

/// Says in which language the texts of a part of the window are, as a BCP 47 tag, so that they are
/// read aloud in it. Nothing is said where the file does not say it.
pub fn speak(ui: &Ui, language: &str) {
    if !language.is_empty() {
        ui.ctx()
            .accesskit_node_builder(ui.unique_id(), |node| node.set_language(language));
    }
}

/// Names a part of the window that holds the rows of a list, and says how many those are, on screen
/// or not.
pub fn name_list(ui: &Ui, name: &str, count: usize) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(Role::ListBox);
        node.set_label(name);
        node.set_size_of_set(count);
    });
}

/// Whether assistive technology listens: only then names are asked for.
pub fn is_heard(ctx: &Context) -> bool {
    let root = ctx.accesskit_node_builder(accesskit_root_id(), |_| ());
    root.is_some()
}

/// Names a mark of a timeline. Its name is made only when assistive technology asks for it.
pub fn name_mark(response: &Response, is_selected: bool, name: impl Fn() -> String) {
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name()));
    node(response, |node| node.set_selected(is_selected));
}

/// What is said of an event whose story is open.
pub fn open_story(summary: &str) -> String {
    format!("Story open. {summary}")
}

/// Says more of a mark than its name, when it gets the focus and whenever it changes.
pub fn describe_mark(response: &Response, words: impl Fn() -> String) {
    node(response, |node| node.set_description(words()));
}

/// Names a slider over a stretch of time: where it is, from 0 to 1, and that in words.
pub fn name_slider(response: &Response, name: &str, share: f64, words: &str) {
    response.widget_info(|| WidgetInfo {
        value: Some((share * 100.0).round()),
        ..WidgetInfo::labeled(Role::Slider, true, format!("{name}: {words}"))
    });
    node(response, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
        node.set_numeric_value_step(SLIDER_STEP * 100.0);
    });
}

/// How far a screen reader's step moves a slider: this part of its whole.
pub const SLIDER_STEP: f64 = 0.05;

/// Where a screen reader moves a slider to, as [`name_slider`] counts, if it does.
pub fn slid(response: &Response, share: f64) -> Option<f64> {
    use egui::accesskit::{Action, ActionData};
    response.ctx.input(|input| {
        let steps = |action| input.num_accesskit_action_requests(response.id, action) as f64;
        let by = (steps(Action::Increment) - steps(Action::Decrement)) * SLIDER_STEP;
        let requests = input.accesskit_action_requests(response.id, Action::SetValue);
        let set = requests.filter_map(|request| match request.data {
            Some(ActionData::NumericValue(percent)) => Some(percent / 100.0),
            _ => None,
        });
        let to = set.last().or_else(|| (by != 0.0).then_some(share + by));
        to.map(|to| to.clamp(0.0, 1.0))
    })
}

/// Names a field for text by its hint: what is in it, and what was in it in the frame before.
pub fn name_field(response: &Response, now: &str, before: &str, hint: &str) {
    response.widget_info(|| WidgetInfo::text_edit(true, before, now, hint));
    node(response, |node| node.set_label(hint));
}

/// Names a progress bar; `share` is the part that is done, from 0 to 1.
pub fn name_progress(response: &Response, share: f32, name: &str) {
    response.widget_info(|| WidgetInfo {
        value: Some(f64::from((share * 100.0).round())),
        ..WidgetInfo::labeled(Role::ProgressIndicator, true, name)
    });
}

/// Something that is pressed: a button, a row of a list, a switch, a link.
#[derive(Copy, Clone, Debug)]
#[must_use]
pub struct Pressable<'a> {
    name: &'a str,
    role: Role,
    is_selected: Option<bool>,
    place: Option<SetPosition>,
    is_enabled: bool,
    cursor: CursorIcon,
}

impl<'a> Pressable<'a> {
    /// A button of this name.
    pub const fn button(name: &'a str) -> Self {
        Self {
            name,
            role: Role::Button,
            is_selected: None,
            place: None,
            is_enabled: true,
            cursor: CursorIcon::PointingHand,
        }
    }

    /// A link of this name.
    pub const fn link(name: &'a str) -> Self {
        Self {
            role: Role::Link,
            ..Self::button(name)
        }
    }

    /// One of several of which some are selected: a row of a list, a switch.
    pub const fn choice(role: Role, name: &'a str, is_selected: bool) -> Self {
        Self {
            role,
            is_selected: Some(is_selected),
            ..Self::button(name)
        }
    }

    /// A row of a list of which one is chosen, and its place in it.
    pub const fn option(name: &'a str, is_chosen: bool, place: SetPosition) -> Self {
        Self {
            role: Role::ListBoxOption,
            is_selected: Some(is_chosen),
            place: Some(place),
            ..Self::button(name)
        }
    }

    /// An entry of a menu; `is_on` for one that can be on.
    pub const fn menu_item(name: &'a str, is_on: Option<bool>) -> Self {
        Self {
            role: match is_on {
                Some(_) => Role::MenuItemCheckBox,
                None => Role::MenuItem,
            },
            is_selected: is_on,
            ..Self::button(name)
        }
    }

    /// The same, but not to be pressed now unless `is_enabled`.
    pub const fn enabled(self, is_enabled: bool) -> Self {
        Self { is_enabled, ..self }
    }

    /// The same with another cursor than the pointing hand.
    pub const fn cursor(self, cursor: CursorIcon) -> Self {
        Self { cursor, ..self }
    }

    /// Makes a pressable of a widget's response: it is drawn by `paint`, and the focus ring over
    /// that.
    pub fn paint(
        self,
        ui: &Ui,
        response: Response,
        theme: &Theme,
        paint: impl FnOnce(&Response),
    ) -> Response {
        self.describe(&response);
        paint(&response);
        focus_ring(ui, &response, theme);
        response.on_hover_cursor(self.cursor)
    }

    /// Names a widget that egui itself draws, with egui's own cursor.
    pub fn describe(self, response: &Response) {
        let Some(place) = self.place else {
            response.widget_info(|| match self.is_selected {
                Some(is_selected) => {
                    WidgetInfo::selected(self.role, self.is_enabled, is_selected, self.name)
                }
                None => WidgetInfo::labeled(self.role, self.is_enabled, self.name),
            });
            return;
        };
        response.widget_info(|| WidgetInfo::labeled(self.role, self.is_enabled, self.name));
        node(response, |node| {
            node.set_selected(self.is_selected.unwrap_or_default());
            node.set_position_in_set(place.index);
            node.set_size_of_set(place.count);
        });
    }
}

/// A place in a list.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct SetPosition {
    /// Counted from 0.
    pub index: usize,
    /// How many there are.
    pub count: usize,
}

impl SetPosition {
    /// The place in words, counted from 1: `3 of 15`.
    pub fn words(self) -> String {
        format!("{} of {}", self.index + 1, self.count)
    }
}

/// Names what egui leaves unnamed in the window as a screen reader has it, and says that its dialogs
/// are modal.
#[derive(Default)]
pub struct MissingNames;

impl Plugin for MissingNames {
    fn debug_name(&self) -> &'static str {
        "missing names"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        let Some(update) = &mut output.platform_output.accesskit_update else {
            return;
        };
        let dialogs = update.nodes.iter().filter_map(|(id, node)| {
            let is_dialog = node.role() == Role::Dialog;
            is_dialog.then(|| (*id, first_label(&update.nodes, node)))
        });
        let dialogs: Vec<(NodeId, Option<String>)> = dialogs.collect();
        for (id, node) in &mut update.nodes {
            let unnamed = node.label().is_none();
            match node.role() {
                Role::ScrollBar if unnamed => node.set_label("Scroll"),
                Role::Menu if unnamed => node.set_label("Menu"),
                Role::Label if unnamed && node.value().is_none_or(str::is_empty) => {
                    node.set_hidden();
                }
                _ => {}
            }
            if let Some((_, label)) = dialogs.iter().find(|dialog| dialog.0 == *id) {
                node.set_modal();
                if let Some(label) = label.as_ref().filter(|_| node.label().is_none()) {
                    node.set_label(label.as_str());
                }
            }
        }
    }
}

/// The first text below a node.
fn first_label(nodes: &[(NodeId, Node)], node: &Node) -> Option<String> {
    node.children().iter().find_map(|child| {
        let (_, node) = nodes.iter().find(|(id, _)| id == child)?;
        let own = node.label().or_else(|| node.value());
        own.map(str::to_owned).or_else(|| first_label(nodes, node))
    })
}

/// Draws a ring around a field that has the keyboard focus; `rect` is its frame.
pub fn field_ring(ui: &Ui, response: &Response, rect: egui::Rect, theme: &Theme) {
    if response.has_focus() {
        let stroke = Stroke::new(1.5, color(theme.accent));
        let radius = CornerRadius::same(RADIUS);
        ui.painter()
            .rect_stroke(rect, radius, stroke, StrokeKind::Inside);
    }
}

/// Draws a ring around a widget that has the keyboard focus; one that has just got it is scrolled
/// into view.
pub fn focus_ring(ui: &Ui, response: &Response, theme: &Theme) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, color(theme.accent));
        ui.painter().rect_stroke(
            response.rect.expand(1.0),
            CornerRadius::same(RADIUS),
            stroke,
            StrokeKind::Outside,
        );
    }
}
