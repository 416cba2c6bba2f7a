//! How a lesson begins and ends: chosen, named on the command line, made from the events, broken
//! off and resumed; in which window, and what a reload or another file does to it.

use std::fs;

use egui::Key;
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{
    app::{App, WhichLesson},
    open::Origin,
};

use super::{
    LARGE, PLACES, begin, click_mark, drop_on, event, file, lessons, press, says, session, step,
    wait_for, wait_until, window_in, window_of,
};

#[test]
fn a_lesson_that_was_killed_can_be_resumed() {
    for stage in PLACES {
        let (folder, mut window) = lessons(stage, LARGE);
        begin(&mut window);
        press(&mut window, &[Key::Num5, Key::Enter]);
        // As if killed: the app is not told that it ends, so it saves nothing then.
        std::mem::forget(window);
        let path = folder.path().join("lessons.json");
        let mut window = window_in(folder.path(), Some(Origin::File(path.clone())), LARGE);
        wait_for(&mut window, "the file", |app| app.timeline().len() == 4);
        assert!(
            says(&window, "The lesson “All kinds” was broken off at step 5"),
            "{stage}"
        );
        window.get_by_label("Go on there").click();
        window.run_steps(5);
        assert_eq!(step(&window), 5);
        press(&mut window, &[Key::Escape]);
        assert!(!says(&window, "was broken off"));
        // A lesson that was left is not offered.
        std::mem::forget(window);
        let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
        wait_for(&mut window, "the file", |app| app.timeline().len() == 4);
        assert!(!says(&window, "was broken off"));
    }
}

#[test]
fn a_lesson_begins_at_once_where_the_command_line_asks_for_it() {
    for (asked, expected) in [
        (WhichLesson::First, Ok("main")),
        (WhichLesson::Named("short".to_owned()), Ok("short")),
        (WhichLesson::Named("A short one".to_owned()), Ok("short")),
        (WhichLesson::Named("2".to_owned()), Ok("short")),
        (
            WhichLesson::Named("long".to_owned()),
            Err("There is no lesson “long”; this file has main, short"),
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lessons.json");
        fs::write(&path, file()).expect("written");
        let mut window = window_in(folder.path(), Some(Origin::Shipped), LARGE);
        window.state_mut().open(Origin::File(path));
        window.state_mut().present_when_opened(asked.clone());
        wait_for(&mut window, "the file", |app| app.timeline().len() == 4);
        window.run_steps(5);
        match expected {
            Ok(id) => assert_eq!(session(&window).lesson.id, id, "{asked:?}"),
            Err(said) => assert!(says(&window, said), "{asked:?}: {}", window.state().says()),
        }
    }
}

#[test]
fn a_file_without_a_lesson_gets_one_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("none.json");
    let file = r#"{ "title": "No lesson", "events": [{ "title": "One", "date": "2001" }, { "title": "Two", "date": "2002" }] }"#;
    fs::write(&path, file).expect("written");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| app.timeline().len() == 2);
    press(&mut window, &[Key::F5]);
    assert!(session(&window).is_made());
    assert!(says(
        &window,
        "made from the events by importance · No lesson"
    ));
    press(&mut window, &[Key::ArrowRight, Key::Escape]);
    // A file without events has no lesson, which is shown as a message.
    fs::write(
        folder.path().join("empty.json"),
        r#"{ "title": "T", "events": [] }"#,
    )
    .expect("written");
    window
        .state_mut()
        .open(Origin::File(folder.path().join("empty.json")));
    wait_for(&mut window, "the file", |app| app.timeline().is_empty());
    press(&mut window, &[Key::F5]);
    assert!(says(&window, "There is nothing to tell"));
}

#[test]
fn a_lesson_goes_on_when_its_file_is_reloaded() {
    let (folder, mut window) = lessons("here", LARGE);
    begin(&mut window);
    press(&mut window, &[Key::Num3, Key::Enter]);
    let path = folder.path().join("lessons.json");
    fs::write(&path, file().replace("Nothing happened.", "Something did.")).expect("written");
    wait_until(&mut window, "the reload", |window| {
        says(window, "Something did.")
    });
    assert_eq!(step(&window), 3);
}

#[test]
fn another_file_that_is_opened_in_the_middle_ends_the_lesson_and_is_seen_whole() {
    for stage in PLACES {
        let (folder, mut window) = lessons(stage, LARGE);
        press(&mut window, &[Key::Plus, Key::Plus]);
        begin(&mut window);
        let other = folder.path().join("other.json");
        let file = r#"{ "title": "Other", "events": [{ "title": "E", "date": "1801", "lane": "One" }, { "title": "F", "date": "1809", "lane": "One" }] }"#;
        fs::write(&other, file).expect("written");
        window.state_mut().open(Origin::File(other));
        wait_for(&mut window, "the file", |app| app.timeline().len() == 2);
        window.run_steps(40);
        let state = window.state().state();
        assert!(state.session.is_none(), "{stage}");
        assert!(
            says(&window, "E, 1801") && says(&window, "F, 1809"),
            "both are in view"
        );
        press(&mut window, &[Key::F]);
        assert!(
            window
                .state()
                .state()
                .shows(meanwhile::command::Panel::Filters),
            "keys explore again"
        );
    }
}

#[test]
fn where_the_stage_is_can_be_changed_and_is_remembered() {
    let (folder, mut window) = lessons("here", LARGE);
    let is_apart = |window: &Harness<'_, App>| says(window, "elapsed: pause");
    begin(&mut window);
    press(&mut window, &[Key::N]);
    assert!(!is_apart(&window));
    press(&mut window, &[Key::M]);
    assert!(is_apart(&window));
    assert_eq!(step(&window), 2, "the lesson goes on where it was");
    press(&mut window, &[Key::Escape]);
    std::mem::forget(window);
    let path = folder.path().join("lessons.json");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| app.timeline().len() == 4);
    begin(&mut window);
    assert!(is_apart(&window));
    press(&mut window, &[Key::M]);
    assert!(!is_apart(&window));
}

#[test]
fn a_file_that_is_dropped_in_the_middle_asks_before_it_ends_the_lesson() {
    for stage in PLACES {
        let (folder, mut window) = lessons(stage, LARGE);
        begin(&mut window);
        press(&mut window, &[Key::N]);
        let other = folder.path().join("other.json");
        let file = r#"{ "title": "Other", "events": [{ "title": "E", "date": "1801" }] }"#;
        fs::write(&other, file).expect("written");
        let drop = |window: &mut Harness<'_, App>| {
            drop_on(window, &other);
            window.run_steps(3);
            assert!(says(window, "Open “other.json”?"), "{stage}");
        };
        // Keys of the lesson wait; Esc and Enter go on with it.
        for close in [Key::Escape, Key::Enter] {
            drop(&mut window);
            let is_apart = says(&window, "elapsed: pause");
            press(&mut window, &[Key::N, Key::N, Key::M]);
            assert_eq!(step(&window), 2);
            assert_eq!(says(&window, "elapsed: pause"), is_apart, "M waits, too");
            press(&mut window, &[close]);
            assert!(!says(&window, "Open “other.json”?"), "{stage}, {close:?}");
            press(&mut window, &[Key::P]);
            assert_eq!(step(&window), 1, "the keys are the lesson's again");
            press(&mut window, &[Key::N]);
        }
        drop(&mut window);
        window.get_by_label("Open it").click();
        window.run_steps(3);
        wait_for(&mut window, "the file", |app| app.timeline().len() == 1);
        window.run_steps(3);
        assert!(window.state().state().session.is_none());
        // One that cannot be read does not end it.
        let (folder, mut window) = lessons(stage, LARGE);
        begin(&mut window);
        drop_on(&mut window, &folder.path().join("missing.json"));
        window.run_steps(3);
        window.get_by_label("Open it").click();
        window.run_steps(3);
        wait_for(&mut window, "the answer", |app| !app.is_loading());
        window.run_steps(3);
        assert!(says(&window, "The file could not be opened"), "{stage}");
        press(&mut window, &[Key::Enter]);
        assert!(!says(&window, "The file could not be opened"), "{stage}");
        assert_eq!(step(&window), 1, "{stage}");
    }
}

#[test]
fn the_search_that_was_open_takes_no_letters_from_the_lesson() {
    let (_folder, mut window) = lessons("here", LARGE);
    press(&mut window, &[Key::Slash]);
    window.event(egui::Event::Text("begins".to_owned()));
    window.run_steps(3);
    begin(&mut window);
    press(&mut window, &[Key::N]);
    assert_eq!(step(&window), 2);
}

#[test]
fn the_lessons_are_chosen_with_arrows_and_nothing_moves_behind_them() {
    let (_folder, mut window) = lessons("here", LARGE);
    press(&mut window, &[Key::F5, Key::ArrowDown, Key::Enter]);
    assert_eq!(session(&window).lesson.id, "short");
    press(&mut window, &[Key::Escape]);
    assert_eq!(window.state().state().selected, None);
    press(
        &mut window,
        &[
            Key::F5,
            // From the one that was left.
            Key::ArrowDown,
            Key::ArrowUp,
            Key::ArrowUp,
            Key::Enter,
        ],
    );
    assert_eq!(session(&window).lesson.id, "main");
}

#[test]
fn a_file_that_cannot_be_read_is_not_presented_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let origin = Origin::File(folder.path().join("typo.json"));
    let present = |app: &mut App| app.present_when_opened(WhichLesson::First);
    let mut window = window_of(folder.path(), Some(origin), LARGE, present);
    wait_for(&mut window, "the fault", |app| {
        app.says().contains("typo.json")
    });
    window.run_steps(10);
    assert!(window.state().state().session.is_none());
}

#[test]
fn a_lesson_that_was_left_goes_on_at_its_step_with_what_was_answered() {
    let (_folder, mut window) = lessons("here", LARGE);
    begin(&mut window);
    press(&mut window, &[Key::Num5, Key::Enter, Key::R]);
    let answered = session(&window).clone();
    assert!(answered.open_question().is_none());
    press(&mut window, &[Key::Escape]);
    assert!(window.state().state().session.is_none());
    press(&mut window, &[Key::F5]);
    assert!(says(&window, "goes on at step 5"));
    press(&mut window, &[Key::Enter]);
    assert_eq!(step(&window), 5);
    assert!(session(&window).open_question().is_none(), "it is answered");
    press(&mut window, &[Key::Home]);
    assert_eq!(step(&window), 1);
    press(&mut window, &[Key::Num5, Key::Enter]);
    assert!(session(&window).open_question().is_some(), "anew");
}

#[test]
fn shift_f5_begins_at_the_step_of_the_selected_event() {
    let (_folder, mut window) = lessons("here", LARGE);
    let guess = event(&window, "guess");
    click_mark(&mut window, guess);
    window.key_press_modifiers(egui::Modifiers::SHIFT, Key::F5);
    window.run_steps(45);
    assert_eq!(step(&window), 5);
    press(&mut window, &[Key::Escape]);
    // Without a selected event it is as F5.
    press(&mut window, &[Key::Escape, Key::Escape]);
    window.key_press_modifiers(egui::Modifiers::SHIFT, Key::F5);
    window.run_steps(10);
    assert!(says(&window, "Which lesson?"));
}

#[test]
fn a_step_whose_event_the_file_does_not_have_says_so() {
    let (_folder, mut window) = lessons("here", LARGE);
    begin(&mut window);
    press(&mut window, &[Key::Num4, Key::Enter]);
    assert!(says(&window, "Its event is missing."));
    assert!(says(&window, "The file has no event “nowhere”"));
}
