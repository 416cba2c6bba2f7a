//! What newcomers stumbled over while they wrote a chronology.

use egui::{Event, Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, command::Layer, open::Origin};

use super::super::{LARGE, says, spoken, wait_for, window_in};
use super::{CTRL, FILE, LINE, edit, fill, in_file, lose_a_new_chronology, opened, press};

/// Opens the lists at their lessons, and makes one with a step.
fn lesson_with_a_step(window: &mut Harness<'_, App>) {
    press(window, Modifiers::NONE, Key::L);
    window.get_by_label("Lessons").click();
    window.run();
    fill(window, "New lesson", "A class");
    press(window, Modifiers::NONE, Key::Enter);
    window.get_by_label("Step of text alone").click();
    window.run();
}

fn press_in_view(window: &mut Harness<'_, App>, label: &str) {
    window.get_by_label(label).scroll_to_me();
    window.run();
    window.get_by_label(label).click();
    window.run();
}

fn type_letters(window: &mut Harness<'_, App>, letters: &[Key]) {
    for &key in letters {
        window.key_press(key);
        let text = key.name().to_lowercase();
        window.event(Event::Text(text));
        window.run();
    }
}

#[test]
fn answers_are_typed_one_after_the_other_and_none_becomes_a_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    lesson_with_a_step(&mut window);
    press_in_view(&mut window, "To choose");
    // The question is whole at once: nothing is wrong with the file.
    let lesson = |window: &Harness<'_, App>| window.state().timeline().lessons()[0].clone();
    assert!(lesson(&window).steps[0].question.is_some());
    window.get_by_label("Another answer").focus();
    window.run();
    for letters in [[Key::N, Key::E], [Key::E, Key::L]] {
        type_letters(&mut window, &letters);
        press(&mut window, Modifiers::NONE, Key::Enter);
    }
    assert!(!window.state().state().has(Layer::NewEvent));
    assert!(!window.state().state().has(Layer::Form));
    press(&mut window, CTRL, Key::S);
    let saved = in_file(folder.path());
    for text in ["The right answer", "A wrong one", "\"ne\"", "\"el\""] {
        assert!(saved.contains(text), "{text}: {saved}");
    }
}

#[test]
fn the_events_of_an_order_are_there_at_once_and_can_be_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    lesson_with_a_step(&mut window);
    press_in_view(&mut window, "The order");
    assert!(
        window.state().timeline().lessons()[0].steps[0]
            .question
            .is_some()
    );
    press(&mut window, CTRL, Key::S);
    assert!(in_file(folder.path()).contains("\"events\": [\"a\", \"b\"]"));
    press_in_view(&mut window, "Remove from the order: First");
    press(&mut window, CTRL, Key::S);
    assert!(in_file(folder.path()).contains("\"events\": [\"b\"]"));
}

#[test]
fn a_letter_typed_beside_the_fields_of_a_form_is_no_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    window.get_by_label("Disputed").click();
    window.run();
    type_letters(&mut window, &[Key::N, Key::E, Key::L, Key::C]);
    assert!(window.state().state().has(Layer::Form), "it stays open");
    assert!(!window.state().state().has(Layer::NewEvent));
    assert_eq!(window.state().state().panel, None);
}

#[test]
fn escape_leaves_a_field_and_keeps_what_was_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    press(&mut window, Modifiers::NONE, Key::L);
    fill(&mut window, "Subtitle", "In short");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(window.state().timeline().subtitle(), "In short");
    press(&mut window, CTRL, Key::Z);
    assert_eq!(window.state().timeline().subtitle(), "");
    // What would be added by Enter is not, and is still there to be added.
    window.get_by_label("Lanes").click();
    window.run();
    fill(&mut window, "New lane", "Trade");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(window.state().timeline().lanes().len(), 2);
}

#[test]
fn a_line_that_is_closed_half_typed_is_there_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    press(&mut window, Modifiers::NONE, Key::N);
    window.get_by_label(LINE).type_text("1 May 1790 half");
    window.run();
    assert!(
        says(&window, "Enter adds “half”"),
        "it says what it will be"
    );
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::NONE, Key::N);
    let words = |window: &Harness<'_, App>| {
        let new_event = window.state().state().writing.new_event.clone();
        new_event.expect("it is open").words
    };
    assert_eq!(words(&window), "1 May 1790 half");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(words(&window), "", "it has become an event");
}

#[test]
fn a_new_chronology_that_was_lost_is_there_with_one_press() {
    let folder = tempfile::tempdir().expect("a folder");
    lose_a_new_chronology(folder.path());
    let path = folder.path().join("small.json");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Small"
    });
    window.run_steps(2);
    window.get_by_label("Show it").click();
    wait_for(&mut window, "what was lost", |app| {
        app.timeline().len() == 1 && app.timeline().title() == "New chronology"
    });
}

#[test]
fn a_deletion_says_how_it_is_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    window.get_by_label("Delete the event").click();
    window.run();
    let said = spoken(&window);
    let words = "“First” is deleted · Ctrl+Z brings it back";
    assert!(said.iter().any(|it| it == words), "{said:?}");
    press(&mut window, CTRL, Key::Z);
    assert_eq!(window.state().timeline().len(), 2);
    assert_eq!(in_file(folder.path()), FILE);
}
