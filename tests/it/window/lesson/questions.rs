//! Questions to the class: answered right and wrong, by keys and with the pointer.

use std::fs;

use egui::Key;
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, open::Origin};

use super::{LARGE, PLACES, begin, lessons, press, says, session, step, wait_for, window_in};

#[test]
fn questions_are_answered_right_and_wrong_by_keys() {
    for stage in PLACES {
        let (_folder, mut window) = lessons(stage, LARGE);
        begin(&mut window);
        // A guess: it starts in the middle of the axis; arrows move it by a year.
        press(&mut window, &[Key::Num5, Key::Enter]);
        assert!(says(&window, "When was it?") && !says(&window, "It is found"));
        press(&mut window, &[Key::ArrowUp]);
        assert!(says(&window, "Your guess: 2008"));
        press(&mut window, &[Key::ArrowDown]);
        assert!(says(&window, "Your guess: 2007"));
        press(&mut window, &[Key::ArrowUp, Key::Enter]);
        assert!(
            says(&window, "Right.") && says(&window, "That was it."),
            "{stage}"
        );
        assert!(says(&window, "It is found"));
        // Cards: right.
        press(&mut window, &[Key::ArrowRight]);
        assert!(says(&window, "1: معركة الموصل") && says(&window, "2: It begins"));
        press(
            &mut window,
            &[Key::Enter, Key::ArrowDown, Key::Enter, Key::R],
        );
        assert!(says(&window, "Right: that is the order."));
        assert!(says(&window, "1: It begins, 2001"));
        // A choice: wrong.
        press(&mut window, &[Key::N, Key::Enter, Key::Enter]);
        assert!(says(&window, "Not quite. The answer: She") && says(&window, "She was."));
        press(&mut window, &[Key::Escape]);

        // The guess and the order wrong, the choice right.
        begin(&mut window);
        press(&mut window, &[Key::Home, Key::Num5, Key::Enter]);
        press(
            &mut window,
            &[Key::ArrowUp, Key::ArrowDown, Key::ArrowDown, Key::R],
        );
        assert!(says(&window, "Two years too early."), "{stage}");
        // Cards that were not moved: their order is shown, and nothing counts as wrong.
        press(&mut window, &[Key::N, Key::N]);
        assert!(says(&window, "This is the order.") && says(&window, "1: It begins, 2001"));
        press(&mut window, &[Key::Escape]);
        begin(&mut window);
        press(&mut window, &[Key::Home, Key::Num6, Key::Enter]);
        let keys = [
            Key::Enter,
            Key::ArrowDown,
            Key::ArrowDown,
            Key::Enter,
            Key::R,
        ];
        press(&mut window, &keys);
        assert!(says(&window, "2 of 3 cards are out of their places."));
        // The right order is shown, and where each card had been put.
        assert!(says(&window, "3: It ends, 2014 · put at 2"));
        press(
            &mut window,
            &[Key::N, Key::ArrowDown, Key::Enter, Key::Enter],
        );
        assert!(says(&window, "Right."));
    }
}

#[test]
fn a_click_goes_on_a_right_click_back_and_a_click_on_the_axis_guesses() {
    let (_folder, mut window) = lessons("here", LARGE);
    begin(&mut window);
    let middle = egui::pos2(700.0, 40.0);
    let click = |window: &mut Harness<'_, App>, at: egui::Pos2, button| {
        window.hover_at(at);
        window.run_steps(2);
        for pressed in [true, false] {
            window.event(egui::Event::PointerButton {
                pos: at,
                button,
                pressed,
                modifiers: egui::Modifiers::NONE,
            });
            window.run_steps(2);
        }
        window.run_steps(30);
    };
    click(&mut window, middle, egui::PointerButton::Primary);
    assert_eq!(step(&window), 2);
    click(&mut window, middle, egui::PointerButton::Secondary);
    assert_eq!(step(&window), 1);
    press(&mut window, &[Key::Num5, Key::Enter]);
    let axis = window
        .get_by_label("Guess on the axis: arrow up is later")
        .rect();
    click(&mut window, axis.center(), egui::PointerButton::Primary);
    assert!(says(&window, "Your guess: 2008"));
    assert_eq!(step(&window), 5, "the guess is no step");
    // Cards are dragged.
    press(&mut window, &[Key::R, Key::N]);
    let [first, second] =
        ["1: معركة الموصل", "2: It begins"].map(|it| window.get_by_label(it).rect().center());
    window.hover_at(first);
    window.run_steps(2);
    window.drag_at(first);
    window.run_steps(2);
    for share in [0.3, 0.6, 1.0] {
        window.hover_at(first + (second - first) * share);
        window.run_steps(2);
    }
    window.drop_at(second);
    window.run_steps(10);
    assert!(says(&window, "1: It begins"), "it lies below now");
}

#[test]
fn a_question_does_not_reveal_its_event_before_it_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ask.json");
    let file = r#"{ "title": "T", "events": [{ "id": "e", "title": "It fell", "date": "2014", "lane": "One" }],
      "lessons": [{ "title": "L", "steps": [{ "ask": "choose", "title": "When did it fall?", "event": "e",
        "answers": [{ "text": "In the year 2010" }, { "text": "In the year 2014", "right": true }] }] }] }"#;
    fs::write(&path, file).expect("written");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| app.timeline().len() == 1);
    press(&mut window, &[Key::F5]);
    assert!(says(&window, "When did it fall?"));
    assert!(!says(&window, "month and day not stated") && !says(&window, "Open It fell"));
    press(&mut window, &[Key::R]);
    assert!(says(&window, "month and day not stated") && says(&window, "Open It fell"));
}

#[test]
fn a_click_that_misses_a_mark_by_a_little_does_not_turn_the_page() {
    let (_folder, mut window) = lessons("here", LARGE);
    begin(&mut window);
    let mark = "Open It begins, 2001 · month and day not stated, The first lane";
    let area = window.get_by_label(mark).rect();
    assert!(area.width() >= 28.0 && area.height() >= 28.0, "{area:?}");
    let mut click = |at: egui::Pos2| {
        window.hover_at(at);
        window.run_steps(2);
        for pressed in [true, false] {
            window.event(egui::Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: egui::Modifiers::NONE,
            });
            window.run_steps(2);
        }
        window.run_steps(30);
        (step(&window), session(&window).opened.is_some())
    };
    assert_eq!(
        click(area.right_center() + egui::vec2(10.0, 0.0)),
        (1, false)
    );
    assert_eq!(click(area.right_center() - egui::vec2(2.0, 0.0)), (1, true));
    assert_eq!(
        click(egui::pos2(700.0, 20.0)),
        (1, false),
        "closes the card"
    );
    assert_eq!(click(egui::pos2(700.0, 20.0)), (2, false), "goes on");
}
