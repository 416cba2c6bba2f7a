//! Lessons by keys: with the stage in the main window, and in a window of its own beside the
//! presenter's.

mod beginning;
mod questions;

use std::{fs, path::Path, time::Duration};

use egui::{Key, ViewportId};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{
    app::App,
    open::Origin,
    state::{LessonSession, lesson::Cover},
};
use tempfile::TempDir;

use super::{
    LARGE, PROJECTOR, click_mark, drop_on, event, says, wait_for, wait_until, window_in, window_of,
};

/// Questions of all kinds, short and long texts, a step whose event is missing.
fn file() -> String {
    let long = "A sentence of which there are many. ".repeat(50);
    format!(
        r#"{{ "title": "Lessons", "as_of": "2016",
  "sources": [{{ "id": "s", "title": "The archive" }}],
  "lanes": [{{ "id": "one", "label": "The first lane" }}, {{ "id": "two", "label": "المسار" }}],
  "events": [
    {{ "id": "first", "title": "It begins", "date": "2001", "lane": "one", "summary": "How it began.",
       "sources": [{{ "source": "s", "where": "page 3" }}] }},
    {{ "id": "arabic", "title": "معركة الموصل", "date": "2003-05", "lane": "two" }},
    {{ "id": "guess", "title": "It is found", "date": "2008", "lane": "one" }},
    {{ "id": "last", "title": "It ends", "date": "2014", "lane": "one" }} ],
  "lessons": [
    {{ "id": "main", "title": "All kinds", "steps": [
      {{ "event": "first", "say": "Three short words.", "notes": "A private note" }},
      {{ "event": "arabic", "say": "{long}" }},
      {{ "title": "Text alone", "say": "Nothing happened." }},
      {{ "event": "nowhere", "say": "Its event is missing." }},
      {{ "ask": "when", "event": "guess", "title": "When was it?", "say": "That was it." }},
      {{ "ask": "order", "title": "Which came first?", "events": ["arabic", "first", "last"], "say": "So it was." }},
      {{ "ask": "choose", "title": "Who was it?", "say": "She was.",
         "answers": [{{ "text": "He" }}, {{ "text": "She", "right": true }}] }},
      {{ "event": "last" }} ] }},
    {{ "id": "short", "title": "A short one", "steps": [{{ "event": "last" }}] }} ] }}"#
    )
}

/// The settings of where the stage is: in the main window, or in one of its own.
const PLACES: [&str; 2] = ["here", "apart"];

fn settings(folder: &Path, stage: &str) {
    let settings = format!(r#"{{"look": {{"stages": {{"one": "{stage}"}}}}}}"#);
    fs::write(folder.join("settings.json"), settings).expect("written");
}

/// A window on [`file`], with the stage `here` or `apart`.
fn lessons(stage: &str, size: (f32, f32)) -> (TempDir, Harness<'static, App>) {
    let folder = tempfile::tempdir().expect("a folder");
    settings(folder.path(), stage);
    let path = folder.path().join("lessons.json");
    fs::write(&path, file()).expect("written");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), size);
    wait_for(&mut window, "the file", |app| app.timeline().len() == 4);
    (folder, window)
}

/// A window on the chronology that ships.
fn shipped(stage: &str, size: (f32, f32)) -> Harness<'static, App> {
    let folder = tempfile::tempdir().expect("a folder");
    settings(folder.path(), stage);
    window_in(folder.path(), Some(Origin::Shipped), size)
}

/// Presses keys one after the other. Runs a fixed number of frames after each: the presenter's
/// clock asks for one every second, so the window never becomes idle.
fn press(window: &mut Harness<'_, App>, keys: &[Key]) {
    for &key in keys {
        window.key_press(key);
        window.run_steps(3);
    }
    window.run_steps(45);
}

fn session<'a>(window: &'a Harness<'_, App>) -> &'a LessonSession {
    let session = window.state().state().session.as_ref();
    session.expect("a lesson is presented")
}

/// The step that is shown, counted from 1.
fn step(window: &Harness<'_, App>) -> usize {
    session(window).step + 1
}

/// Starts the first lesson of [`file`]: there are two to choose from.
fn begin(window: &mut Harness<'_, App>) {
    press(window, &[Key::F5]);
    assert!(says(window, "Which lesson?"));
    press(window, &[Key::Enter]);
}

#[test]
fn a_whole_lesson_by_keys_alone_leaves_everything_as_it_was() {
    for stage in PLACES {
        for size in [LARGE, PROJECTOR] {
            let (_folder, mut window) = lessons(stage, size);
            press(
                &mut window,
                &[Key::ArrowRight, Key::Enter, Key::Plus, Key::Plus],
            );
            let before = window.state().state().clone();
            assert!(before.is_story_open && before.selected.is_some());
            begin(&mut window);
            assert_eq!(step(&window), 1, "{stage}");
            assert!(says(&window, "It begins") && says(&window, "Three short words."));
            // Forward to the end: a question takes one more press, for its answer.
            let mut steps = vec![];
            for _ in 0..12 {
                steps.push(step(&window));
                press(&mut window, &[Key::PageDown]);
            }
            assert_eq!(steps, [1, 2, 3, 4, 5, 5, 6, 6, 7, 7, 8, 8]);
            // Back to the start, past the answered questions.
            press(&mut window, &[Key::PageUp; 9]);
            assert_eq!(step(&window), 1);
            press(&mut window, &[Key::Num6, Key::Enter]);
            assert_eq!(step(&window), 6);
            press(&mut window, &[Key::End]);
            assert_eq!(step(&window), 8);
            press(&mut window, &[Key::Home, Key::Period]);
            assert_eq!(session(&window).cover, Some(Cover::Black));
            press(&mut window, &[Key::Period, Key::W]);
            assert_eq!(session(&window).cover, Some(Cover::White));
            press(&mut window, &[Key::Space]);
            assert_eq!(
                (session(&window).cover, step(&window)),
                (None, 2),
                "going on uncovers"
            );
            press(&mut window, &[Key::Escape]);
            let mut after = window.state().state().clone();
            assert_eq!(after.session, None);
            assert!(after.left_lesson.take().is_some(), "to be gone on with");
            assert_eq!(after.camera, before.camera, "to the pixel");
            assert_eq!(after, before, "{stage}");
        }
    }
}

#[test]
fn later_events_are_hidden_until_their_step_is_shown_or_all_are_revealed() {
    let mut window = shipped("here", LARGE);
    press(&mut window, &[Key::F5]);
    let paris = "Open A meeting in Paris";
    assert!(!says(&window, paris));
    assert!(says(&window, "Open A US-led coalition invades Iraq"));
    press(&mut window, &[Key::Num8, Key::Enter]);
    assert!(says(&window, paris));
    press(&mut window, &[Key::Home]);
    assert!(!says(&window, paris));
    // R reveals all events; End moves the camera to where this one is.
    press(&mut window, &[Key::R, Key::End]);
    assert!(says(&window, paris));
    press(&mut window, &[Key::R]);
    assert!(!session(&window).is_all_revealed);
    press(&mut window, &[Key::R, Key::Home]);
    assert!(!session(&window).is_all_revealed, "it begins anew");
}

#[test]
fn notes_are_the_presenters_alone() {
    for (stage, is_seen) in [("here", false), ("apart", true)] {
        let (_folder, mut window) = lessons(stage, LARGE);
        begin(&mut window);
        assert_eq!(says(&window, "A private note"), is_seen, "{stage}");
        assert_eq!(says(&window, "elapsed: pause"), is_seen);
        assert_eq!(says(&window, "Step 1 of 8"), is_seen);
    }
}

#[test]
fn the_presenter_goes_to_a_step_by_its_name_and_pauses_the_time() {
    for size in [LARGE, PROJECTOR, (640.0, 420.0)] {
        let (_folder, mut window) = lessons("apart", size);
        begin(&mut window);
        tab_to_briefly(&mut window, "6 Which came first?");
        press(&mut window, &[Key::Enter]);
        assert_eq!(step(&window), 6, "{size:?}");
        press(&mut window, &[Key::T]);
        assert!(!session(&window).stopwatch.is_running());
        assert!(says(&window, "paused: go on"));
        tab_to_briefly(&mut window, "End  Esc");
        press(&mut window, &[Key::Enter]);
        assert!(window.state().state().session.is_none());
    }
}

/// Presses Tab until the node has the focus, without waiting for an idle window: see [`press`].
fn tab_to_briefly(window: &mut Harness<'_, App>, label: &str) {
    for _ in 0..80 {
        let mut there =
            window.query_all_by(|node| node.is_focused() && node.label().as_deref() == Some(label));
        if there.next().is_some() {
            return;
        }
        drop(there);
        window.key_press(Key::Tab);
        window.run_steps(2);
    }
    panic!("Tab never comes to {label}");
}

#[test]
fn an_event_is_opened_in_the_middle_and_closed_without_losing_the_step() {
    for stage in PLACES {
        let (_folder, mut window) = lessons(stage, LARGE);
        begin(&mut window);
        press(&mut window, &[Key::End]);
        assert_eq!(step(&window), 8);
        tab_to_briefly(
            &mut window,
            "Open It begins, 2001 · month and day not stated, The first lane",
        );
        press(&mut window, &[Key::Enter]);
        assert!(says(&window, "Opened: It begins"), "{stage}");
        assert!(says(&window, "How it began.") && says(&window, "Source: The archive, page 3"));
        press(&mut window, &[Key::Escape]);
        assert!(!says(&window, "How it began."));
        assert_eq!(step(&window), 8);
    }
}

#[test]
fn sources_are_shown_when_asked_for() {
    let (_folder, mut window) = lessons("here", LARGE);
    begin(&mut window);
    assert!(!says(&window, "Source: The archive"));
    press(&mut window, &[Key::C]);
    assert!(says(&window, "Source: The archive, page 3"));
}

#[test]
fn a_missing_event_is_reported_and_the_step_is_shown_as_text() {
    let (_folder, mut window) = lessons("here", LARGE);
    assert!(says(&window, "1 error in this file"));
    begin(&mut window);
    press(&mut window, &[Key::Num4, Key::Enter]);
    assert!(says(&window, "Its event is missing."));
}

#[test]
fn no_frame_is_drawn_while_a_step_stands_still() {
    for (stage, least) in [
        ("here", Duration::from_hours(1)),
        ("apart", Duration::from_millis(1)),
    ] {
        let mut window = shipped(stage, LARGE);
        press(&mut window, &[Key::F5]);
        for _ in 0..3 {
            press(&mut window, &[Key::N]);
            let root = window.output().viewport_output.get(&ViewportId::ROOT);
            let delay = root.expect("the window").repaint_delay;
            assert!(
                delay >= least && (stage == "here" || delay <= Duration::from_secs(1)),
                "{stage}: {delay:?}"
            );
        }
    }
}

#[test]
fn every_step_fits_the_stage_at_every_size_and_in_every_theme() {
    use super::palette::run_command;
    for size in [PROJECTOR, (1366.0, 768.0), (1920.0, 1080.0), (800.0, 600.0)] {
        for theme in ["light theme", "dark theme", "projector theme"] {
            let (_folder, mut window) = lessons("here", size);
            run_command(&mut window, theme);
            begin(&mut window);
            let count = session(&window).lesson.steps.len();
            for number in 1..=count {
                let session = session(&window);
                let title = session.lesson.steps[number - 1].title.clone();
                let event = session.lesson.steps[number - 1].event;
                let title = match event {
                    Some(event) if title.is_empty() => {
                        window.state().timeline().event(event).title.to_owned()
                    }
                    _ => title,
                };
                if !title.is_empty() {
                    let rect = window.get_by_label(&title).rect();
                    let stage = window.ctx.content_rect();
                    assert!(
                        stage.expand(1.0).contains_rect(rect),
                        "{title} at {size:?}, {theme}: {rect:?}"
                    );
                }
                press(&mut window, &[Key::R, Key::N]);
            }
        }
    }
}

#[test]
fn all_keys_of_the_lesson_are_shown_and_esc_closes_them_first() {
    let (_folder, mut window) = lessons("here", LARGE);
    begin(&mut window);
    window.key_press_modifiers(egui::Modifiers::SHIFT, Key::Questionmark);
    window.run_steps(5);
    assert!(says(&window, "Spotlight") && says(&window, "Leave the lesson"));
    press(&mut window, &[Key::Escape]);
    assert!(!says(&window, "Leave the lesson"));
    assert_eq!(step(&window), 1, "the lesson goes on");
}

#[test]
fn what_is_longer_than_the_stage_is_scrolled_by_keys_and_the_next_step_begins_at_its_top() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.json");
    let long = "A sentence of which there are very many, one after the other. ".repeat(120);
    let file = format!(
        r#"{{ "title": "Long", "events": [{{ "title": "E", "date": "2001" }}], "lessons": [{{ "title": "L", "steps": [
          {{ "title": "First", "say": "{long}" }}, {{ "title": "Second", "say": "{long}" }}] }}] }}"#
    );
    fs::write(&path, file).expect("written");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), PROJECTOR);
    wait_for(&mut window, "the file", |app| app.timeline().len() == 1);
    press(&mut window, &[Key::F5]);
    let top = |window: &Harness<'_, App>, title: &str| window.get_by_label(title).rect().top();
    let at_first = top(&window, "First");
    press(&mut window, &[Key::ArrowDown, Key::ArrowDown]);
    assert!(top(&window, "First") < at_first - 20.0, "it went up");
    press(&mut window, &[Key::ArrowUp, Key::ArrowUp]);
    assert!((top(&window, "First") - at_first).abs() < 1.0);
    press(&mut window, &[Key::ArrowDown, Key::ArrowDown, Key::N]);
    assert!((top(&window, "Second") - at_first).abs() < 1.0);
}

#[test]
fn a_swipe_goes_on_and_back() {
    let (_folder, mut window) = lessons("here", LARGE);
    begin(&mut window);
    for (from, to, expected) in [(900.0, 500.0, 2), (900.0, 850.0, 2), (500.0, 900.0, 1)] {
        let at = |x: f32| egui::pos2(x, 40.0);
        window.hover_at(at(from));
        window.run_steps(2);
        window.drag_at(at(from));
        window.run_steps(2);
        for share in [0.3, 0.6, 1.0] {
            window.hover_at(at(from + (to - from) * share));
            window.run_steps(1);
        }
        window.drop_at(at(to));
        window.run_steps(20);
        assert_eq!(step(&window), expected, "from {from} to {to}");
    }
}
