//! The clicks on targets, of which two in short order are one.

use std::time::Duration;

use egui::{Id, Pos2, Ui};

use crate::layout::Target;

/// The clicks of a double click are at most this far apart, in seconds (egui's own limit) and in
/// px.
const DOUBLE_CLICK_SECS: f64 = 0.3;
/// See [`DOUBLE_CLICK_SECS`].
const DOUBLE_CLICK_PX: f32 = 8.0;

/// The last click on a target: where and when.
#[derive(Copy, Clone)]
struct Clicked {
    target: Target,
    at: Pos2,
    at_secs: f64,
}

fn clicked_id() -> Id {
    Id::unique("canvas clicked")
}

/// Notes a click on a target.
pub fn note(ui: &Ui, target: Target, at: Pos2) {
    let clicked = Clicked {
        target,
        at,
        at_secs: ui.input(|input| input.time),
    };
    ui.data_mut(|data| data.insert_temp(clicked_id(), Some(clicked)));
}

/// The target that was clicked just before, about there. It is forgotten.
pub fn take(ui: &Ui, at: Pos2) -> Option<Target> {
    let clicked = fresh(ui).filter(|clicked| clicked.at.distance(at) < DOUBLE_CLICK_PX);
    ui.data_mut(|data| data.remove_temp::<Option<Clicked>>(clicked_id()));
    clicked.map(|clicked| clicked.target)
}

/// The last click on a target, while a second one may still make it a double click.
fn fresh(ui: &Ui) -> Option<Clicked> {
    let clicked = ui
        .data(|data| data.get_temp::<Option<Clicked>>(clicked_id()))
        .flatten();
    let now_secs = ui.input(|input| input.time);
    clicked.filter(|clicked| now_secs - clicked.at_secs < DOUBLE_CLICK_SECS)
}

/// The time left in which a second click would make the last click on an event a double click.
pub fn double_click_may_come(ui: &Ui) -> Option<Duration> {
    let clicked = fresh(ui).filter(|clicked| matches!(clicked.target, Target::Event(_)))?;
    let left = clicked.at_secs + DOUBLE_CLICK_SECS - ui.input(|input| input.time);
    Some(Duration::from_secs_f64(left.max(0.0)))
}
