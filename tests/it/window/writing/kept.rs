//! Nothing that is typed is lost, whatever is pressed next, and nothing is done twice.

use std::{fs, path::Path};

use egui::{Event, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{
    app::App,
    command::{Layer, Panel},
    open::Origin,
};

use super::super::{LARGE, drop_on, palette::run_command, says, wait_for, window_in};
use super::{
    CTRL, FILE, LINE, edit, fill, in_file, lose_a_new_chronology, opened, opened_with, press,
    rename_first,
};

/// A window with a chronology of so many events that each change is read on a thread.
fn large(folder: &Path) -> Harness<'static, App> {
    let event = |number: usize| {
        let year = 1000 + number % 900;
        format!(
            "    {{ \"id\": \"e{number}\", \"title\": \"Event {number}\", \"date\": \"{year}\" }}"
        )
    };
    let events: Vec<String> = (0..3_000).map(event).collect();
    let text = format!(
        "{{\n  \"title\": \"Large\",\n  \"events\": [\n{}\n  ]\n}}\n",
        events.join(",\n")
    );
    opened_with(folder, &text)
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
fn a_lost_chronology_that_was_not_taken_after_all_is_not_taken_later() {
    let folder = tempfile::tempdir().expect("a folder");
    lose_a_new_chronology(folder.path());
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

/// Asks the window to close, as its title bar does, and again where the program asks for that; whether it
/// closes.
fn close(window: &mut Harness<'_, App>) -> bool {
    let has = |window: &Harness<'_, App>, command: &ViewportCommand| {
        let root = window.output().viewport_output.get(&ViewportId::ROOT);
        root.is_some_and(|root| root.commands.contains(command))
    };
    for _ in 0..5 {
        let root = window.input_mut().viewports.entry(ViewportId::ROOT);
        root.or_default().events.push(ViewportEvent::Close);
        window.step();
        let root = window.input_mut().viewports.entry(ViewportId::ROOT);
        root.or_default().events.clear();
        if !has(window, &ViewportCommand::CancelClose) {
            return true;
        }
        let mut is_asked_again = false;
        for _ in 0..5 {
            window.step();
            is_asked_again |= has(window, &ViewportCommand::Close);
        }
        if !is_asked_again {
            return false;
        }
    }
    panic!("it asks for ever");
}

#[test]
fn one_who_saves_in_the_middle_of_a_word_types_on_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Title", "Hello ");
    // What is typed in the very frame of the shortcut is saved, too.
    window.event(Event::Text("wo".to_owned()));
    window.key_press_modifiers(CTRL, Key::S);
    window.run_steps(3);
    assert!(in_file(folder.path()).contains("\"Hello wo\""));
    window.event(Event::Text("rld".to_owned()));
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(title(window.state(), "a"), "Hello world");
    fill(&mut window, "Date", "10 June 201");
    press(&mut window, CTRL, Key::S);
    window.run_steps(3);
    window.event(Event::Text("4".to_owned()));
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    press(&mut window, CTRL, Key::S);
    window.run_steps(3);
    assert!(in_file(folder.path()).contains(r#""date": "2014-06-10""#));
}

#[test]
fn what_is_typed_while_a_large_chronology_is_read_stays_and_all_of_it_is_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = large(folder.path());
    edit(&mut window, "Event 0");
    fill(&mut window, "Title", "Seven");
    press(&mut window, CTRL, Key::S);
    // Before that change is read.
    window.event(Event::Text(" eight".to_owned()));
    window.run_steps(1);
    wait_for(&mut window, "the first change", |app| {
        title(app, "e0").starts_with("Seven")
    });
    let value = window.get_by_label("Title").value();
    assert_eq!(value.as_deref(), Some("Seven eight"));
    // Two changes, and saving them, one right after the other.
    window.key_press(Key::Tab);
    window.run_steps(1);
    window.get_by_label("Summary").focus();
    window.run_steps(1);
    window.get_by_label("Summary").type_text("In short");
    window.run_steps(1);
    window.key_press_modifiers(CTRL, Key::S);
    window.run_steps(2);
    wait_for(&mut window, "all of it", |_| {
        let saved = in_file(folder.path());
        saved.contains("\"Seven eight\"") && saved.contains("In short")
    });
}

#[test]
fn a_file_that_is_dropped_asks_for_what_is_being_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Title", "Typed");
    let other = folder.path().join("other.json");
    fs::write(&other, FILE.replace("Small", "Other")).expect("a file");
    drop_on(&mut window, &other);
    window.run_steps(3);
    assert!(window.state().state().has(Layer::Panel(Panel::Unsaved)));
    assert_eq!(title(window.state(), "a"), "Typed");
}

#[test]
fn what_is_not_understood_is_not_lost_by_closing_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Date", "soon after that");
    assert!(!close(&mut window));
    let said = window.state().says();
    assert!(
        said.contains("what is typed in “Date” is not in the chronology"),
        "{said}"
    );
    assert!(close(&mut window), "asked again, it closes");
}

#[test]
fn in_a_field_in_which_nothing_is_typed_undo_is_of_the_last_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Add a person or a group", "ada");
    press(&mut window, Modifiers::NONE, Key::Enter);
    let people = |window: &Harness<'_, App>| {
        let timeline = window.state().timeline();
        let event = timeline.find_event("a").expect("it");
        timeline.event(event).people.len()
    };
    assert_eq!(people(&window), 1);
    press(&mut window, CTRL, Key::Z);
    window.run_steps(2);
    assert_eq!(people(&window), 0);
    let field = window.get_by_label("Add a person or a group").value();
    assert_eq!(field.as_deref().unwrap_or_default(), "");
    // While something is typed, it is of that.
    fill(&mut window, "Title", "Other");
    press(&mut window, CTRL, Key::Z);
    window.run_steps(2);
    assert_eq!(people(&window), 0);
    assert_ne!(
        window.get_by_label("Title").value().as_deref(),
        Some("Other")
    );
}

#[test]
fn the_offer_of_lost_changes_stays_until_it_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    {
        let mut window = opened(folder.path());
        edit(&mut window, "First");
        fill(&mut window, "Title", "Lost");
        press(&mut window, Modifiers::NONE, Key::Enter);
    }
    let path = folder.path().join("small.json");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| app.timeline().len() == 2);
    window.run_steps(3);
    assert!(
        says(&window, "were not saved the last time"),
        "also where the window just ended"
    );
    press(&mut window, Modifiers::NONE, Key::F5);
    window.run_steps(5);
    press(&mut window, Modifiers::NONE, Key::Escape);
    window.run_steps(5);
    window.get_by_label("Take them up").click();
    window.run_steps(5);
    assert_eq!(title(window.state(), "a"), "Lost");
}

#[test]
fn saving_says_what_is_not_in_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Title", "Other");
    press(&mut window, Modifiers::NONE, Key::Enter);
    fill(&mut window, "Date", "31 February 1789");
    press(&mut window, CTRL, Key::S);
    window.run_steps(3);
    let said = window.state().says();
    assert!(said.contains("without what is typed in “Date”"), "{said}");
    assert!(in_file(folder.path()).contains("\"Other\""));
}

#[test]
fn a_half_typed_name_is_not_lost_by_closing_and_an_exact_one_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Add a person or a group", "Grac");
    assert!(!close(&mut window));
    let said = window.state().says();
    assert!(
        said.contains("“Add a person or a group” is not in the chronology yet"),
        "{said}"
    );
    fill(&mut window, "Add a person or a group", "");
    press(&mut window, CTRL, Key::A);
    press(&mut window, Modifiers::NONE, Key::Backspace);
    fill(&mut window, "Lane", "Peace");
    // Ctrl+Enter takes what is typed as it is called, and closes.
    press(&mut window, CTRL, Key::Enter);
    window.run_steps(3);
    assert!(!window.state().state().has(Layer::Form));
    let lane = |window: &Harness<'_, App>| {
        let timeline = window.state().timeline();
        let event = timeline.find_event("a").expect("it");
        timeline.lane_record(timeline.lane(event)).label.clone()
    };
    assert_eq!(lane(&window), "Peace");
    // Emptied and left, it has none.
    edit(&mut window, "First");
    window.get_by_label("Lane").focus();
    window.run();
    press(&mut window, CTRL, Key::A);
    press(&mut window, Modifiers::NONE, Key::Backspace);
    press(&mut window, Modifiers::NONE, Key::Tab);
    window.run_steps(3);
    assert_eq!(lane(&window), "");
}

#[test]
fn the_next_field_has_the_keyboard_after_a_title_of_which_the_id_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = FILE.replace(r#""id": "b", "#, "");
    let mut window = opened_with(folder.path(), &text);
    edit(&mut window, "Second");
    fill(&mut window, "Title", "Another");
    press(&mut window, Modifiers::NONE, Key::Tab);
    window.run_steps(3);
    assert!(window.get_by_label("Date").is_focused());
}

#[test]
fn what_stays_shown_after_discarding_can_still_be_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    rename_first(&mut window);
    let broken = folder.path().join("broken.json");
    fs::write(&broken, "{ \"events\": [").expect("written");
    drop_on(&mut window, &broken);
    window.run_steps(3);
    window.get_by_label("Discard").click();
    for _ in 0..1000 {
        if says(&window, "broken.json") {
            break;
        }
        window.run_steps(1);
    }
    assert!(
        says(&window, "broken.json"),
        "it says that it was not opened"
    );
    edit(&mut window, "Ours");
    fill(&mut window, "Title", "Changed again");
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.run_steps(3);
    assert_eq!(title(window.state(), "a"), "Changed again");
}
