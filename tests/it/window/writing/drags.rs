//! What is changed by dragging on the canvas, and in the lists.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, Vec2};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, command::Layer, model::EventId};

use super::super::{mark_name, says, spoken};
use super::{CTRL, FILE, edit, in_file, opened, opened_with, press};

fn find(window: &Harness<'_, App>, id: &str) -> EventId {
    let timeline = window.state().timeline();
    timeline.find_event(id).expect("the event")
}

/// Where the mark of an event is, with its label.
fn mark(window: &Harness<'_, App>, id: &str) -> Rect {
    let name = mark_name(window, find(window, id));
    window.get_by_label(&name).rect()
}

fn date(window: &Harness<'_, App>, id: &str) -> String {
    let timeline = window.state().timeline();
    timeline.date_words(find(window, id)).date
}

/// Presses the button, moves the pointer in steps, and does something before it is let go.
fn drag_until(
    window: &mut Harness<'_, App>,
    (from, to): (Pos2, Pos2),
    modifiers: Modifiers,
    before_drop: impl FnOnce(&mut Harness<'_, App>),
) {
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    };
    window.hover_at(from);
    window.event(Event::ModifiersChanged(modifiers));
    window.run_steps(1);
    window.event(button(from, true));
    window.run_steps(1);
    for step in 1..=8_u8 {
        window.hover_at(from + (to - from) * (f32::from(step) / 8.0));
        window.run_steps(1);
    }
    before_drop(window);
    window.event(button(to, false));
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    window.run();
}

fn drag(window: &mut Harness<'_, App>, ends: (Pos2, Pos2), modifiers: Modifiers) {
    drag_until(window, ends, modifiers, |_| ());
}

/// Opens one of the lists of the chronology.
fn open_list(window: &mut Harness<'_, App>, name: &str) {
    press(window, Modifiers::NONE, Key::L);
    window.get_by_label(name).click();
    window.run();
}

/// A place on the mark itself, away from its ends.
fn on_mark(mark: Rect) -> Pos2 {
    mark.left_top() + Vec2::new(60.0, 6.0)
}

#[test]
fn ctrl_and_a_drag_move_an_event_by_years_and_say_where_it_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    let from = on_mark(mark(&window, "a"));
    let camera = window.state().state().camera.expect("a camera");
    let year_px = 365.25 * 86_400.0 / camera.secs_per_px();
    let to = from + Vec2::new((2.0 * year_px) as f32, 0.0);
    drag_until(&mut window, (from, to), CTRL, |window| {
        assert!(window.state().state().has(Layer::Grip));
        let said = spoken(window);
        assert!(
            said.iter().any(|it| it.contains("2002")),
            "the date is said while it is moved"
        );
    });
    assert_eq!(date(&window, "a"), "2002");
    assert!(says(&window, "Undo: move event"));
    press(&mut window, CTRL, Key::S);
    let expected = FILE.replace(r#""date": "2000""#, r#""date": "2002""#);
    assert_eq!(in_file(folder.path()), expected);
    press(&mut window, CTRL, Key::Z);
    assert_eq!(date(&window, "a"), "2000");
}

#[test]
fn escape_puts_a_dragged_event_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    let from = on_mark(mark(&window, "a"));
    let to = from + Vec2::new(300.0, 0.0);
    drag_until(&mut window, (from, to), CTRL, |window| {
        window.key_press_modifiers(CTRL, Key::Escape);
        window.run_steps(2);
        assert!(!window.state().state().has(Layer::Grip));
    });
    assert_eq!(date(&window, "a"), "2000");
    assert!(!says(&window, "Undo: move event"));
}

#[test]
fn an_event_is_dragged_to_another_lane() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    let (from, other) = (on_mark(mark(&window, "a")), mark(&window, "b"));
    let to = Pos2::new(from.x, other.center().y);
    drag(&mut window, (from, to), CTRL);
    let timeline = window.state().timeline();
    let lane = timeline.lane_record(timeline.lane(find(&window, "a")));
    assert_eq!(lane.label, "Peace");
    assert_eq!(date(&window, "a"), "2000", "its date is as it was");
}

#[test]
fn a_drag_from_the_handle_makes_a_cause_whose_words_are_typed_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = FILE.replace(r#", "because": [{ "event": "a" }]"#, "");
    let mut window = opened_with(folder.path(), &text);
    let name = mark_name(&window, find(&window, "b"));
    window.get_by_label(&name).focus();
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    let handle = window.get_by_label("Drag to the event that it led to");
    let (from, to) = (handle.rect().center(), mark(&window, "a").center());
    drag(&mut window, (from, to), Modifiers::NONE);
    let links = |window: &Harness<'_, App>| {
        let timeline = window.state().timeline();
        let links = timeline.event(find(window, "a")).because;
        links
            .iter()
            .map(|link| timeline.event(link.event).id.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(links(&window), ["b"]);
    assert!(window.state().state().has(Layer::Form));
    // The field of its words has the keyboard.
    window.event(Event::Text("the year after".to_owned()));
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    press(&mut window, CTRL, Key::S);
    let saved = in_file(folder.path());
    let link = r#""because": [{ "event": "b", "label": "the year after" }]"#;
    assert!(saved.contains(link), "{saved}");
}

#[test]
fn several_are_selected_by_ctrl_and_click_and_by_a_rectangle() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    let several = |window: &Harness<'_, App>| window.state().state().writing.several.clone();
    let ids = [find(&window, "a"), find(&window, "b")];
    for id in ["a", "b"] {
        let at = on_mark(mark(&window, id));
        drag(&mut window, (at, at), CTRL);
    }
    assert_eq!(several(&window), ids);
    assert!(says(&window, "2 events"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(several(&window), []);
    let both = mark(&window, "a").union(mark(&window, "b")).expand(14.0);
    // On the right of both is empty ground.
    drag(&mut window, (both.right_top(), both.left_bottom()), CTRL);
    assert_eq!(several(&window), ids);
    press(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(window.state().timeline().len(), 0);
    press(&mut window, CTRL, Key::Z);
    assert_eq!(window.state().timeline().len(), 2);
}

#[test]
fn lanes_are_ordered_by_drag_by_key_and_by_button() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    let labels = |window: &Harness<'_, App>| {
        let lanes = window.state().timeline().lanes().iter();
        lanes.map(|lane| lane.label.clone()).collect::<Vec<_>>()
    };
    open_list(&mut window, "Lanes");
    let head = |window: &Harness<'_, App>, name: &str| {
        let mut heads = window.get_all_by_label(name);
        let head = heads.find(|it| it.rect().left() > 1000.0);
        head.expect("its line in the list").rect().center()
    };
    let ends = (head(&window, "War"), head(&window, "Peace"));
    drag(
        &mut window,
        (ends.0, ends.1 + Vec2::new(0.0, 6.0)),
        Modifiers::NONE,
    );
    assert_eq!(labels(&window), ["Peace", "War"]);
    window.get_by_label("Move War up").click();
    window.run();
    assert_eq!(labels(&window), ["War", "Peace"]);
    let mut heads = window.get_all_by_label("War");
    let line = heads.find(|it| it.rect().left() > 1000.0).expect("it");
    line.focus();
    drop(heads);
    window.run();
    press(&mut window, CTRL, Key::ArrowDown);
    assert_eq!(labels(&window), ["Peace", "War"]);
}

#[test]
fn what_is_selected_becomes_steps_of_a_new_lesson_without_leaving_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    open_list(&mut window, "Lessons");
    let field = window.get_by_label("New lesson");
    field.focus();
    window.run();
    window.get_by_label("New lesson").type_text("First lesson");
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    // Its fields are open; a click on an event leaves them open, and makes it a step on request.
    for id in ["b", "a"] {
        let at = on_mark(mark(&window, id));
        drag(&mut window, (at, at), Modifiers::NONE);
        window.get_by_label("Step of the selected event").click();
        window.run();
    }
    let lesson = &window.state().timeline().lessons()[0];
    assert_eq!(lesson.steps.len(), 2);
    // The step that was just made is open, down to its question.
    assert!(says(&window, "Ask the class before"));
    window.get_by_label("When it was").scroll_to_me();
    window.run();
    window.get_by_label("When it was").click();
    window.run();
    press(&mut window, CTRL, Key::S);
    let saved = in_file(folder.path());
    assert!(
        saved.contains(r#""event": "a""#) && saved.contains(r#""ask": "when""#),
        "{saved}"
    );
}

#[test]
fn the_title_has_the_keyboard_when_a_form_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    window.run();
    let title = window.get_by_label("Title");
    assert!(title.is_focused());
}

#[test]
fn undo_in_the_empty_line_takes_the_last_event_back_and_no_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    press(&mut window, Modifiers::NONE, Key::N);
    let line = "New event: when, and what happened";
    window.get_by_label(line).type_text("1950 Long before");
    window.run();
    let before = window.state().state().camera.expect("a camera");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().timeline().len(), 3);
    let after = window.state().state().camera.expect("a camera");
    assert!(
        after.secs_per_px() > before.secs_per_px() * 3.0,
        "one who sees the whole sees what is new, too"
    );
    press(&mut window, CTRL, Key::Z);
    assert_eq!(window.state().timeline().len(), 2);
    let new_event = window.state().state().writing.new_event.clone();
    assert_eq!(new_event.map(|it| it.words).as_deref(), Some(""));
}

#[test]
fn one_end_of_a_span_is_pulled_and_the_other_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = FILE.replace(r#""date": "2000""#, r#""date": "2000/2002""#);
    let mut window = opened_with(folder.path(), &text);
    let end = |window: &Harness<'_, App>| {
        let layout = window.state().layout().expect("a layout");
        let bar = layout.mark(find(window, "a")).expect("its bar");
        let camera = window.state().state().camera.expect("a camera");
        let plot = window.get_by_label("Timeline").rect().left() + layout.gutter_px;
        let x = plot + bar.drawn(&camera).x1 as f32;
        Pos2::new(x - 2.0, mark(window, "a").top() + 6.0)
    };
    let camera = window.state().state().camera.expect("a camera");
    let year_px = (365.25 * 86_400.0 / camera.secs_per_px()) as f32;
    let from = end(&window);
    drag(&mut window, (from, from + Vec2::new(year_px, 0.0)), CTRL);
    assert_eq!(date(&window, "a"), "2000 to 2003");
    press(&mut window, CTRL, Key::S);
    let expected = text.replace("2000/2002", "2000/2003");
    assert_eq!(in_file(folder.path()), expected);
}

#[test]
fn what_an_event_came_of_cannot_come_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    let name = mark_name(&window, find(&window, "b"));
    window.get_by_label(&name).focus();
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    let handle = window.get_by_label("Drag to the event that it led to");
    let ends = (handle.rect().center(), mark(&window, "a").center());
    drag(&mut window, ends, Modifiers::NONE);
    let timeline = window.state().timeline();
    assert!(timeline.event(find(&window, "a")).because.is_empty());
    assert!(!says(&window, "Undo: add cause"));
}
