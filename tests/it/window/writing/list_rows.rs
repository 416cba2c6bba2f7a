//! Rows of lists, and items of a form: each text is of its own row, whatever is moved or taken away.

use std::fs;

use egui::{Event, Key, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use meanwhile::{app::App, command::Panel, open::Origin};

use super::super::{PROJECTOR, palette::run_command, says, wait_for, window_in};
use super::{CTRL, FILE, edit, fill, in_file, opened, opened_with, press};

/// Deletes what is typed in the first answer, and stays in its field.
fn empty_the_first_answer(window: &mut Harness<'_, App>) {
    let field = window.get_all_by_label("An answer").next();
    let field = field.expect("the first answer");
    field.scroll_to_me();
    field.focus();
    window.run();
    press(window, CTRL, Key::A);
    press(window, Modifiers::NONE, Key::Backspace);
}

#[test]
fn lists_are_changed_row_by_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    press(&mut window, Modifiers::NONE, Key::L);
    fill(&mut window, "Title", "Larger");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().timeline().title(), "Larger");

    window.get_by_label("Lanes").click();
    window.run();
    fill(&mut window, "New lane", "Trade");
    press(&mut window, Modifiers::NONE, Key::Enter);
    let labels = |window: &Harness<'_, App>| {
        let lanes = window.state().timeline().lanes().iter();
        lanes.map(|it| it.label.clone()).collect::<Vec<_>>()
    };
    assert_eq!(labels(&window), ["War", "Peace", "Trade"]);
    window.get_by_label("Move Trade up").click();
    window.run();
    assert_eq!(labels(&window), ["War", "Trade", "Peace"]);
    // What is named says so, and goes with its links.
    window.get_by_label("Delete War").click();
    window.run();
    assert!(says(
        &window,
        "One event is in it. It stays, without that link."
    ));
    window.get_by_label("Delete").click();
    window.run();
    assert_eq!(labels(&window), ["Trade", "Peace", ""]);
    press(&mut window, CTRL, Key::Z);
    assert_eq!(labels(&window), ["War", "Trade", "Peace"]);

    window.get_by_label("Lessons").click();
    window.run();
    fill(&mut window, "New lesson", "A class");
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.run();
    window.get_by_label("Step of text alone").click();
    window.run();
    let lesson = &window.state().timeline().lessons()[0];
    assert_eq!((lesson.title.as_str(), lesson.steps.len()), ("A class", 1));
    // It is open, to be filled in.
    fill(&mut window, "Notes for the presenter", "Ask them");
    window.get_by_label("Lessons").focus();
    window.run();
    let lesson = &window.state().timeline().lessons()[0];
    assert_eq!(lesson.steps[0].notes, "Ask them");
}

#[test]
fn an_answer_that_is_emptied_goes_alone_and_comes_back_with_its_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = r#""lessons": [{ "id": "l", "title": "L", "steps": [{ "title": "Which?", "ask": "choose",
      "answers": [{ "text": "Same" }, { "text": "Same" }, { "text": "Other", "right": true }] }] }],
  "events""#;
    let text = FILE.replace("\"events\"", lesson);
    let mut window = opened_with(folder.path(), &text);
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
    empty_the_first_answer(&mut window);
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
fn an_era_of_a_chronology_before_the_year_0_has_a_valid_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = FILE
        .replace("\"2000\"", "\"-0500\"")
        .replace("\"2005\"", "\"-0043\"");
    let mut window = opened_with(folder.path(), &text);
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
    let mut window = opened_with(folder.path(), &text);
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

/// The line of a row in the list that is open.
fn row_line(window: &Harness<'_, App>, name: &str) -> egui::Pos2 {
    let mut rows = window.get_all_by_label(name);
    let row = rows.find(|it| it.rect().left() > 900.0).expect("its line");
    row.rect().center()
}

fn click_at(window: &mut Harness<'_, App>, at: egui::Pos2) {
    window.hover_at(at);
    for pressed in [true, false] {
        window.event(Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.run_steps(1);
    }
    window.run();
}

#[test]
fn the_cross_above_a_field_deletes_its_row_and_gives_the_text_to_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let lanes = r#"{ "id": "x", "label": "X" }, { "id": "war", "label": "War" }"#;
    let text = FILE.replace(r#"{ "id": "war", "label": "War" }"#, lanes);
    let mut window = opened_with(folder.path(), &text);
    press(&mut window, Modifiers::NONE, Key::L);
    window.get_by_label("Lanes").click();
    window.run();
    let line = row_line(&window, "X");
    click_at(&mut window, line);
    fill(&mut window, "Name", "Typed");
    let cross = window.get_by_label("Delete X").rect().center();
    click_at(&mut window, cross);
    window.run_steps(3);
    let lanes = window.state().timeline().lanes().iter();
    let labels: Vec<&str> = lanes.map(|lane| lane.label.as_str()).collect();
    assert_eq!(labels, ["War", "Peace"]);
}

#[test]
fn an_emptied_answer_whose_cross_is_pressed_takes_no_other_along() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = r#""lessons": [{ "id": "l", "title": "L", "steps": [{ "title": "Which?", "ask": "choose",
      "answers": [{ "text": "One" }, { "text": "Two" }, { "text": "Three", "right": true }] }] }],
  "events""#;
    let mut window = opened_with(folder.path(), &FILE.replace("\"events\"", lesson));
    press(&mut window, Modifiers::NONE, Key::L);
    window.get_by_label("Lessons").click();
    window.run();
    for name in ["L", "1. Which?"] {
        let line = row_line(&window, name);
        click_at(&mut window, line);
    }
    empty_the_first_answer(&mut window);
    let cross = window.get_by_label("Remove answer 1").rect().center();
    click_at(&mut window, cross);
    window.run_steps(3);
    let fields = window.get_all_by_label("An answer");
    let texts: Vec<String> = fields.filter_map(|it| it.value()).collect();
    assert_eq!(texts, ["Two", "Three"]);
}

#[test]
fn a_new_row_is_added_by_enter_alone_and_its_next_field_has_the_keyboard() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    press(&mut window, Modifiers::NONE, Key::L);
    window.get_by_label("Eras").click();
    window.run();
    fill(&mut window, "New era", "Half");
    press(&mut window, Modifiers::NONE, Key::Tab);
    window.run_steps(2);
    assert!(window.state().timeline().eras().is_empty());
    assert!(says(&window, "“Half” is not added yet: Enter adds it"));
    fill(&mut window, "New era", "War");
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.run_steps(3);
    assert!(window.get_by_label("From when to when").is_focused());
    press(&mut window, CTRL, Key::A);
    window.event(Event::Text("1789 to 1792".to_owned()));
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    let eras = window.state().timeline().eras();
    assert_eq!(eras.len(), 1);
    assert_eq!(eras[0].start.civil().year, 1789);
}

#[test]
fn a_colour_is_chosen_from_those_of_the_theme() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    press(&mut window, Modifiers::NONE, Key::L);
    window.get_by_label("Lanes").click();
    window.run();
    let line = row_line(&window, "War");
    click_at(&mut window, line);
    window.get_by_label("#B4521E").click();
    window.run_steps(2);
    press(&mut window, CTRL, Key::S);
    window.run_steps(2);
    assert!(in_file(folder.path()).contains("\"color\": \"#B4521E\""));
}

#[test]
fn the_lists_are_open_again_after_the_palette() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    press(&mut window, Modifiers::NONE, Key::L);
    run_command(&mut window, "dark theme");
    assert!(window.state().state().shows(Panel::Lists));
    press(&mut window, CTRL, Key::K);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.state().state().shows(Panel::Lists));
    run_command(&mut window, "filter");
    assert!(window.state().state().shows(Panel::Filters));
}

#[test]
fn words_of_a_link_that_is_taken_away_are_given_to_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = FILE.replace(
        r#""because": [{ "event": "a" }]"#,
        r#""because": [{ "event": "x" }, { "event": "a" }]"#,
    );
    let mut window = opened_with(folder.path(), &text);
    edit(&mut window, "Second");
    let hint = "How the two hang together, such as: three years later";
    let field = window.get_all_by_label(hint).next().expect("the first");
    field.scroll_to_me();
    field.focus();
    drop(window.get_all_by_label(hint));
    window.run();
    window.event(Event::Text("typed".to_owned()));
    window.run();
    let cross = window.get_by_label("Remove the link to x").rect().center();
    click_at(&mut window, cross);
    window.run_steps(3);
    let fields = window.get_all_by_label(hint);
    let texts: Vec<String> = fields.map(|it| it.value().unwrap_or_default()).collect();
    assert_eq!(texts, [""]);
    press(&mut window, CTRL, Key::S);
    window.run_steps(3);
    assert!(!in_file(folder.path()).contains("typed"));
}
