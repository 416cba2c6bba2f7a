//! The line in which a new event is typed: a date and a title.

use egui::{
    Area, CornerRadius, Frame, Id, Key, Margin, Modifiers, Order, Rect, Stroke, TextEdit, Ui, pos2,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
};

use super::event_form::show_typed;
use crate::{
    command::{Command, Layer, MenuCommand},
    edit::typed_event,
    layout::Face,
    state::NewEvent,
    view::{
        ViewContext, accessible,
        text::{self, Style, color},
        widgets,
    },
};

const NAME: &str = "New event: when, and what happened";
const HINT: &str = "2014-06-10 Mosul falls";
/// Its width, and its distance from the lower edge of the canvas, in px.
const WIDTH_PX: f32 = 480.0;
const FOOT_PX: f32 = 120.0;

/// Shows the line over the canvas.
pub fn show(ui: &Ui, canvas: Rect, new_event: &NewEvent, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let free = canvas.with_max_x(canvas.right() - cx.covered_px);
    let width = WIDTH_PX.min(free.width() - 48.0).max(200.0);
    let at = pos2(free.center().x - width / 2.0, free.bottom() - FOOT_PX);
    let id = ui.scope_id().with("new event");
    let area = Area::new(id).order(Order::Foreground).fixed_pos(at);
    area.show(ui.ctx(), |ui| {
        widgets::sheet(theme, 14.0).show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            field(ui, id, new_event, cx);
            ui.add_space(8.0);
            let typed = typed_event(&new_event.words).ok();
            let covers = typed.and_then(|it| it.date.when.earliest().zip(it.date.when.latest()));
            show_typed(covers, true, cx);
            let (words, is_wrong) = explained(new_event, cx);
            let ink = if is_wrong { theme.accent } else { theme.muted };
            let style = Style::new(Face::Sans, 12.5, color(ink));
            let label = egui::Label::new(text::job(&words, &style)).wrap();
            accessible::name_text(&ui.add(label), &words);
            accessible::announce(ui.ctx(), "new event", || words.clone());
        });
    });
}

fn field(ui: &mut Ui, id: Id, new_event: &NewEvent, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let edit_id = id.with("edit");
    let has_focus = ui.memory(|memory| memory.has_focus(edit_id));
    let enter = has_focus && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    // Where nothing is typed there is nothing to undo but the last event.
    let is_undo = has_focus
        && new_event.words.is_empty()
        && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Z));
    let mut words = new_event.words.clone();
    let frame = Frame::new()
        .fill(color(theme.panel))
        .stroke(Stroke::new(1.5, color(theme.accent)))
        .corner_radius(CornerRadius::same(20))
        .inner_margin(Margin::symmetric(18, 10));
    let response = frame.show(ui, |ui| {
        let edit = TextEdit::singleline(&mut words)
            .id(edit_id)
            .font(text::font(Face::Sans, 14.5))
            .text_color(color(theme.ink))
            .hint_text(HINT)
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .desired_width(ui.available_width());
        ui.add(edit)
    });
    let response = response.inner;
    accessible::name_field(&response, &words, &new_event.words, NAME);
    let asked_id = id.with("asked");
    if ui.data(|data| data.get_temp(asked_id)) != Some(new_event.asked) {
        ui.data_mut(|data| data.insert_temp(asked_id, new_event.asked));
        response.request_focus();
        // Undo leads back to what was typed in this line, not to one that has become an event.
        if let Some(mut state) = TextEditState::load(ui.ctx(), edit_id) {
            state.clear_undoer();
            // What is there from before goes with the first letter that is typed, unless it is gone on with.
            if new_event.given.is_empty() {
                let all =
                    CCursorRange::two(CCursor::default(), CCursor::new(words.chars().count()));
                state.cursor.set_char_range(Some(all));
            }
            state.store(ui.ctx(), edit_id);
        }
    } else if ui.memory(|memory| memory.focused().is_none()) && !response.lost_focus() {
        // Nothing else has the keyboard while a line is open.
        response.request_focus();
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
        cx.commands.push(Command::Close(Layer::NewEvent));
    }
    if words != new_event.words {
        cx.commands.push(Command::SetNewEvent(words));
    }
    if enter {
        cx.commands.push(Command::AddTyped);
    } else if is_undo {
        cx.commands.push(MenuCommand::Undo.into());
    }
}

/// What is understood of the line, and what Enter does; whether something is wrong.
fn explained(new_event: &NewEvent, cx: &ViewContext<'_>) -> (String, bool) {
    let timeline = &cx.layout.timeline;
    let lane = new_event.lane.map(|lane| timeline.lane_record(lane));
    let lane = lane.or_else(|| timeline.lanes().first());
    let to = lane
        .filter(|lane| !lane.label.is_empty())
        .map_or_else(String::new, |lane| format!(" to the lane “{}”", lane.label));
    if new_event.words.trim().is_empty() {
        return (
            format!("When, then what happened. Enter adds it{to}, Esc closes"),
            false,
        );
    }
    match typed_event(&new_event.words) {
        Ok(typed) if typed.title.is_empty() => {
            let words = typed.date.words();
            (format!("{words} · now what happened"), false)
        }
        Ok(typed) => {
            let words = typed.date.words();
            let title = &typed.title;
            (format!("Enter adds “{title}”{to} · {words}"), false)
        }
        Err(why) => {
            let is_begun = new_event.words.trim().chars().count() > 6;
            let mut letters = why.chars();
            let first = letters.next().map(|it| it.to_uppercase().to_string());
            (first.unwrap_or_default() + letters.as_str(), is_begun)
        }
    }
}
