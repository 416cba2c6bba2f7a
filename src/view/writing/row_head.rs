//! The line of a row of a list, or of a step: its name, what moves it, what deletes it.

use egui::{Id, Response, Role, Sense, Ui, pos2, vec2};

use super::order::Move;
use crate::{
    layout::{Face, measure::elided, theme::Rgba},
    view::{
        ViewContext, accessible,
        text::color,
        widgets::{self, icon},
    },
};

/// The height of the line, and the width of a button in it, in px.
const HEIGHT_PX: f32 = 32.0;
const BUTTON_PX: f32 = 28.0;
const GAP_PX: f32 = 2.0;

/// The line of a row, whose fields open below it.
pub struct RowHead<'a> {
    /// Tells its line from those of the other places: what moves there has its keyboard.
    pub id: Id,
    /// What is shown.
    pub name: &'a str,
    /// What its buttons call it: “Delete step 2”.
    pub spoken: &'a str,
    /// How one way and the other are called.
    pub ways: [&'a str; 2],
    /// The face of its name.
    pub face: Face,
    /// The colour of a lane or an era.
    pub ink: Option<Rgba>,
    /// Whether its fields are open.
    pub is_open: bool,
    /// Its place among the rows.
    pub place: usize,
    /// How many rows there are.
    pub count: usize,
}

/// What was pressed in the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// The line itself: its fields open or close.
    Line,
    /// What moves it.
    Move(Move),
    /// What deletes it.
    Delete,
}

impl RowHead<'_> {
    /// Shows it; its line, which can be dragged, and what was pressed.
    pub fn show(&self, ui: &mut Ui, cx: &ViewContext<'_>) -> (Response, Option<Pressed>) {
        let mut pressed = None;
        let shown = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP_PX;
            let line = self.line(ui, cx);
            if line.clicked() {
                pressed = Some(Pressed::Line);
            }
            let after = Some(self.place + 1).filter(|it| *it < self.count);
            let ends = [self.place.checked_sub(1), after];
            for ((sign, way), to) in ["↑", "↓"].into_iter().zip(self.ways).zip(ends) {
                ui.add_enabled_ui(to.is_some(), |ui| {
                    let words = format!("Move {} {way}", self.spoken);
                    let is_pressed = button(ui, (sign, Face::Sans), &words, cx).clicked();
                    if let Some(to) = to.filter(|_| is_pressed) {
                        pressed = Some(Pressed::Move((self.place, to)));
                    }
                });
            }
            let words = format!("Delete {}", self.spoken);
            let delete = button(ui, (icon::X, Face::Icons), &words, cx);
            if delete.on_hover_text(words.as_str()).clicked() {
                pressed = Some(Pressed::Delete);
            }
            line
        });
        (shown.inner, pressed)
    }

    fn line(&self, ui: &mut Ui, cx: &ViewContext<'_>) -> Response {
        let theme = cx.theme;
        let buttons_px = 3.0 * (BUTTON_PX + GAP_PX);
        let size = vec2((ui.available_width() - buttons_px).max(60.0), HEIGHT_PX);
        let (_, rect) = ui.allocate_space(size);
        let response = ui.interact(rect, self.id, Sense::click_and_drag());
        let choice =
            accessible::Pressable::choice(Role::DisclosureTriangle, self.name, self.is_open);
        choice.paint(ui, response, theme, |response| {
            if response.hovered() || self.is_open {
                let wash = color(theme.ink.faded(0.05));
                ui.painter().rect_filled(rect, 6.0, wash);
            }
            let mut left = rect.left() + 8.0;
            if let Some(ink) = self.ink {
                let at = pos2(left + 5.0, rect.center().y);
                ui.painter().circle_filled(at, 5.0, color(ink));
                left += 18.0;
            }
            let mut cut = String::new();
            let font = (self.face, 13.5);
            let shown = elided(self.name, font, rect.right() - left, cx.measure, &mut cut);
            widgets::write(ui, pos2(left, rect.center().y), shown, font, theme.ink);
        })
    }
}

fn button(ui: &mut Ui, sign: (&str, Face), words: &str, cx: &ViewContext<'_>) -> Response {
    widgets::quiet_button(ui, sign, words, vec2(BUTTON_PX, 30.0), cx.theme)
}
