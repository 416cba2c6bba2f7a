//! Nothing that is typed is lost, whatever is pressed next, and nothing is done twice.

use std::{fs, path::Path};

use egui::{Event, Key, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use meanwhile::{
    app::App,
    command::{Layer, Panel},
    open::Origin,
};

use super::super::{LARGE, PROJECTOR, palette::run_command, says, wait_for, window_in};
use super::{CTRL, FILE, edit, fill, in_file, opened, press};

const LINE: &str = "New event: when, and what happened";

/// A window with a chronology of so many events that each change is read on a thread.
fn large(folder: &Path) -> Harness<'static, App> {
    let event = |number: usize| {
        let year = 1000 + number % 900;
        format!(
            "    {{ \"id\": \"e{number}\", \"title\": \"Event {number}\", \"date\": \"{year}\" }}"
        )
    };
    let events: Vec<String> = (0..3_000).map(event).collect();
    let path = folder.join("small.json");
    let text = format!(
        "{{\n  \"title\": \"Large\",\n  \"events\": [\n{}\n  ]\n}}\n",
        events.join(",\n")
    );
    fs::write(&path, text).expect("a file");
    let mut window = window_in(folder, Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        app.layout().is_some() && app.timeline().len() == 3_000
    });
    window
}

fn of(text: &str, folder: &Path) -> Harness<'static, App> {
    let path = folder.join("small.json");
    fs::write(&path, text).expect("a file");
    let mut window = window_in(folder, Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        !app.timeline().is_empty() && !app.is_loading()
    });
    window
}

fn title(app: &App, id: &str) -> String {
    let timeline = app.timeline();
    let event = timeline.find_event(id).expect("it is there");
    timeline.event(event).title.to_owned()
}

fn words(window: &Harness<'_, App>) -> Option<String> {
    let line = window.state().state().writing.new_event.clone();
    line.map(|line| line.words)
}

#[test]
fn a_key_that_hides_the_field_keeps_what_is_typed_in_it() {
    let shift = CTRL | Modifiers::SHIFT;
    for (modifiers, key) in [
        (shift, Key::S),
        (CTRL, Key::K),
        (CTRL, Key::E),
        (CTRL, Key::F),
        (CTRL, Key::D),
        (Modifiers::NONE, Key::F6),
        (Modifiers::NONE, Key::F5),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut window = opened(folder.path());
        edit(&mut window, "First");
        fill(&mut window, "Title", "Typed");
        press(&mut window, modifiers, key);
        window.run_steps(3);
        assert_eq!(title(window.state(), "a"), "Typed", "{key:?}");
    }
}

#[test]
fn a_command_of_the_palette_is_done_while_a_form_is_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Title", "Typed");
    run_command(&mut window, "filter");
    assert!(window.state().state().shows(Panel::Filters));
    assert_eq!(title(window.state(), "a"), "Typed");
    // What lies over the form has its keys.
    press(&mut window, Modifiers::NONE, Key::F);
    assert!(!window.state().state().shows(Panel::Filters));
}

#[test]
fn one_who_saves_goes_on_typing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Title", "Typed");
    press(&mut window, CTRL, Key::S);
    window.run_steps(3);
    assert!(in_file(folder.path()).contains("\"Typed\""));
    window.event(Event::Text(" on".to_owned()));
    window.run();
    press(&mut window, CTRL, Key::S);
    window.run_steps(3);
    assert!(in_file(folder.path()).contains("\"Typed on\""));
}

#[test]
fn what_zooms_is_no_letter_and_delete_in_a_list_deletes_no_event() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    press(&mut window, Modifiers::NONE, Key::Escape);
    let px = |window: &Harness<'_, App>| {
        let camera = window.state().state().camera.expect("a camera");
        camera.secs_per_px()
    };
    let before = px(&window);
    press(&mut window, Modifiers::NONE, Key::Plus);
    window.run_steps(30);
    assert!(px(&window) < before);
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::NONE, Key::L);
    window.run();
    window.ctx.memory_mut(egui::Memory::stop_text_input);
    press(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(window.state().timeline().len(), 2);
}

#[test]
fn events_of_a_large_chronology_are_typed_one_after_the_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = large(folder.path());
    press(&mut window, Modifiers::NONE, Key::N);
    window.get_by_label(LINE).type_text("1 May 1790 One");
    window.run_steps(2);
    // Enter twice: the second one has nothing to add.
    for _ in 0..2 {
        window.key_press(Key::Enter);
        window.run_steps(1);
    }
    window.get_by_label(LINE).type_text("2 May 1790 Two");
    window.run_steps(1);
    window.key_press(Key::Enter);
    window.run_steps(1);
    // While the first ones are still read.
    window.get_by_label(LINE).type_text("3 May 1790 Thr");
    wait_for(&mut window, "both", |app| app.timeline().len() >= 3_002);
    window.run_steps(30);
    assert_eq!(window.state().timeline().len(), 3_002, "each is added once");
    assert_eq!(words(&window).as_deref(), Some("3 May 1790 Thr"));
}

#[test]
fn a_field_of_a_large_chronology_is_handed_over_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = large(folder.path());
    edit(&mut window, "Event 0");
    fill(&mut window, "Title", "Seven");
    press(&mut window, Modifiers::NONE, Key::Enter);
    wait_for(&mut window, "the change", |app| title(app, "e0") == "Seven");
    window.run_steps(30);
    assert!(!says(&window, "try again"));
    assert!(says(&window, "Undo: change title"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, CTRL, Key::Z);
    wait_for(&mut window, "one step back", |app| {
        title(app, "e0") == "Event 0"
    });
    assert!(!says(&window, "Undo: change title"), "it was one change");
}

#[test]
fn a_date_that_only_a_click_has_given_takes_no_words_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    press(&mut window, Modifiers::NONE, Key::N);
    window.get_by_label(LINE).type_text("1 May 1790 half");
    window.run();
    press(&mut window, Modifiers::NONE, Key::Escape);
    let ground = window.get_by_label("Timeline").rect().left_bottom();
    let ground = ground + egui::Vec2::new(300.0, -200.0);
    for _ in 0..2 {
        window.hover_at(ground);
        for pressed in [true, false] {
            window.event(Event::PointerButton {
                pos: ground,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
            window.run_steps(1);
        }
    }
    window.run();
    let given = words(&window).expect("the line is open");
    assert!(!given.contains("half") && !given.is_empty(), "{given}");
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::NONE, Key::N);
    assert_eq!(words(&window).as_deref(), Some("1 May 1790 half"));
}

#[test]
fn an_answer_that_is_emptied_goes_alone_and_comes_back_with_its_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = r#""lessons": [{ "id": "l", "title": "L", "steps": [{ "title": "Which?", "ask": "choose",
      "answers": [{ "text": "Same" }, { "text": "Same" }, { "text": "Other", "right": true }] }] }],
  "events""#;
    let text = FILE.replace("\"events\"", lesson);
    let mut window = of(&text, folder.path());
    let answers = |window: &Harness<'_, App>| {
        let lesson = &window.state().timeline().lessons()[0];
        match &lesson.steps[0].question {
            Some(meanwhile::model::Question::Choose(answers)) => {
                answers.iter().map(|it| it.text.clone()).collect::<Vec<_>>()
            }
            _ => Vec::new(),
        }
    };
    press(&mut window, Modifiers::NONE, Key::L);
    window.get_by_label("Lessons").click();
    window.run();
    for name in ["L", "1. Which?"] {
        let mut rows = window.get_all_by_label(name);
        let row = rows.find(|it| it.rect().left() > 900.0).expect("it");
        row.scroll_to_me();
        row.click();
        drop(rows);
        window.run();
    }
    let field = window.get_all_by_label("An answer").next();
    let field = field.expect("the first answer");
    field.scroll_to_me();
    field.focus();
    window.run();
    press(&mut window, CTRL, Key::A);
    press(&mut window, Modifiers::NONE, Key::Backspace);
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.run_steps(3);
    assert_eq!(answers(&window), ["Same", "Other"]);
    let shown = |window: &Harness<'_, App>| {
        let fields = window.get_all_by_label("An answer");
        fields.filter_map(|it| it.value()).collect::<Vec<_>>()
    };
    assert_eq!(shown(&window), ["Same", "Other"]);
    press(&mut window, CTRL, Key::Z);
    window.run_steps(3);
    assert_eq!(shown(&window), ["Same", "Same", "Other"]);
}

#[test]
fn what_is_typed_in_a_completed_field_stays_until_it_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Add a person or a group", "Grace");
    press(&mut window, Modifiers::NONE, Key::Tab);
    window.run_steps(3);
    assert!(says(
        &window,
        "“Grace” is not taken yet: Enter adds it as a new person"
    ));
    window.get_by_label("Add a person or a group").focus();
    window.run();
    assert_eq!(
        window
            .get_by_label("Add a person or a group")
            .value()
            .as_deref(),
        Some("Grace")
    );
    // What is called so is taken without Enter.
    fill(&mut window, "Lane", "peace");
    press(&mut window, Modifiers::NONE, Key::Tab);
    window.run_steps(3);
    let timeline = window.state().timeline();
    let event = timeline.find_event("a").expect("it");
    assert_eq!(timeline.lane_record(timeline.lane(event)).label, "Peace");
}

#[test]
fn an_era_of_a_chronology_before_the_year_0_has_a_valid_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = FILE
        .replace("\"2000\"", "\"-0500\"")
        .replace("\"2005\"", "\"-0043\"");
    let mut window = of(&text, folder.path());
    press(&mut window, Modifiers::NONE, Key::L);
    window.get_by_label("Eras").click();
    window.run();
    fill(&mut window, "New era", "Rome");
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.run_steps(3);
    assert_eq!(
        window.state().timeline().eras().len(),
        1,
        "{}",
        window.state().says()
    );
    press(&mut window, CTRL, Key::S);
    window.run_steps(3);
    let saved = in_file(folder.path());
    assert!(saved.contains(r#""date": "-0500/-0042""#), "{saved}");
}

#[test]
fn a_row_is_moved_on_and_on_by_key_and_stays_open_through_undo() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = FILE.replace(
        r#"{ "id": "peace", "label": "Peace" }"#,
        r#"{ "id": "peace", "label": "Peace" }, { "id": "art", "label": "Art" }"#,
    );
    let mut window = of(&text, folder.path());
    let labels = |window: &Harness<'_, App>| {
        let lanes = window.state().timeline().lanes().iter();
        lanes.map(|lane| lane.label.clone()).collect::<Vec<_>>()
    };
    let open = |window: &Harness<'_, App>| {
        let row = window
            .state()
            .state()
            .writing
            .open_row
            .expect("a row is open");
        window.state().timeline().lanes()[row].label.clone()
    };
    press(&mut window, Modifiers::NONE, Key::L);
    window.get_by_label("Lanes").click();
    window.run();
    let line = |window: &mut Harness<'_, App>| {
        let mut rows = window.get_all_by_label("War");
        let row = rows.find(|it| it.rect().left() > 900.0).expect("its line");
        row.click();
        row.focus();
        drop(rows);
        window.run();
    };
    line(&mut window);
    assert_eq!(open(&window), "War");
    for expected in [["Peace", "War", "Art"], ["Peace", "Art", "War"]] {
        press(&mut window, CTRL, Key::ArrowDown);
        assert_eq!(labels(&window), expected);
        assert_eq!(open(&window), "War");
    }
    press(&mut window, CTRL, Key::Z);
    assert_eq!(labels(&window), ["Peace", "War", "Art"]);
    assert_eq!(open(&window), "War");
    // What is asked of one row is never answered for another.
    window.get_by_label("Delete Peace").click();
    window.run();
    assert!(says(&window, "One event is in it"));
    press(&mut window, CTRL, Key::Z);
    assert!(!says(&window, "One event is in it"));
}

#[test]
fn tab_goes_on_where_the_list_begins_to_scroll() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("small.json");
    let people = (0..30).map(|it| format!("{{ \"id\": \"p{it}\", \"name\": \"Person {it:02}\" }}"));
    let people = people.collect::<Vec<_>>().join(", ");
    let text = FILE.replace(r#"{ "id": "ada", "name": "Ada" }"#, &people);
    fs::write(&path, text).expect("a file");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), PROJECTOR);
    wait_for(&mut window, "the file", |app| app.timeline().len() == 2);
    press(&mut window, Modifiers::NONE, Key::L);
    window.get_by_label("People").click();
    window.run();
    let focused = |window: &Harness<'_, App>| {
        let node = window
            .query_all_by(|node| node.is_focused() && node.label().is_some())
            .next();
        node.and_then(|node| node.accesskit_node().label())
    };
    window.get_by_label("Person 00").focus();
    window.run();
    let mut rows = Vec::new();
    for _ in 0..140 {
        if let Some(name) = focused(&window).filter(|name| name.starts_with("Person ")) {
            rows.push(name);
        }
        press(&mut window, Modifiers::NONE, Key::Tab);
        if rows.len() == 30 {
            break;
        }
    }
    let expected: Vec<String> = (0..30).map(|it| format!("Person {it:02}")).collect();
    assert_eq!(rows, expected);
}

#[test]
fn a_lost_chronology_that_was_not_taken_after_all_is_not_taken_later() {
    let folder = tempfile::tempdir().expect("a folder");
    {
        let mut window = opened(folder.path());
        press(&mut window, CTRL, Key::N);
        wait_for(&mut window, "a new one", |app| app.timeline().is_empty());
        press(&mut window, Modifiers::NONE, Key::N);
        window.get_by_label(LINE).type_text("1789 A beginning");
        window.run();
        press(&mut window, Modifiers::NONE, Key::Enter);
        window.run_steps(300);
    }
    let path = folder.path().join("small.json");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Small"
    });
    edit(&mut window, "First");
    fill(&mut window, "Title", "Changed");
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.get_by_label("Show it").click();
    window.run();
    // The changes here are in the way: one stays.
    assert!(window.state().state().has(Layer::Panel(Panel::Unsaved)));
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!window.state().state().has(Layer::Panel(Panel::Unsaved)));
    press(&mut window, CTRL, Key::S);
    press(&mut window, CTRL, Key::N);
    wait_for(&mut window, "a new one", |app| {
        app.timeline().title() != "Small"
    });
    window.run_steps(5);
    assert!(
        window.state().timeline().is_empty(),
        "it is offered, not taken"
    );
    window.get_by_label("Take them up");
}
