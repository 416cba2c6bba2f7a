//! Tables in the window: which column is what, the list of faults, saving in another format.

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, open::Origin};

use super::{LARGE, languages::copied, says, wait_for, window_in};

/// A table with columns that are not known, and a row without a date.
const TABLE: &str = "Zeitpunkt;Geschehen;Farbe\n28.07.1914;The first;rot\n1.9.1939;The second;blau\n\
                     2001;The third;rot\nsoon;Never;gelb\n";

fn opened(folder: &std::path::Path) -> Harness<'static, App> {
    let path = folder.join("wars.csv");
    std::fs::write(&path, TABLE).expect("a file can be written");
    let mut window = window_in(folder, Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the table", |app| app.timeline().len() == 3);
    window
}

fn lanes(window: &Harness<'_, App>) -> Vec<String> {
    let lanes = window.state().timeline().lanes().iter();
    lanes.map(|lane| lane.label.clone()).collect()
}

#[test]
fn what_a_column_is_can_be_said_and_is_remembered_for_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    assert_eq!(lanes(&window), [""]);
    window.get_by_label("Say which is what").click();
    window.run();
    assert!(
        says(&window, "28 July 1914"),
        "the first rows are shown as events"
    );
    window.get_by_label("Farbe is: In the details").click();
    window.run();
    window.get_by_label("Lane").click();
    window.run();
    wait_for(&mut window, "the lanes", |app| {
        app.timeline().lanes().len() == 2
    });
    assert_eq!(lanes(&window), ["rot", "blau"]);
    assert!(says(&window, "28 July 1914 · rot"));
    assert!(says(&window, "Farbe is: Lane"), "the panel stays open");
    // Another window, later.
    drop(window);
    let window = {
        let path = folder.path().join("wars.csv");
        let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
        wait_for(&mut window, "the table", |app| app.timeline().len() == 3);
        window
    };
    assert_eq!(lanes(&window), ["rot", "blau"]);
}

#[test]
fn what_cannot_be_read_so_is_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    window.get_by_label("Say which is what").click();
    window.run();
    window.get_by_label("Zeitpunkt is: Date or year").click();
    window.run();
    window.get_by_label("Lane").click();
    window.run();
    wait_for(&mut window, "the refusal", |app| {
        app.says().contains("a table")
    });
    window.run();
    assert_eq!(window.state().timeline().len(), 3, "what was shown stays");
    assert!(says(&window, "Zeitpunkt is: Date or year"));
}

#[test]
fn a_fault_leads_to_its_event_and_all_can_be_copied() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("faults.csv");
    let table = "date,title,certainty\n2001,First,\n2002,Second,perhaps\nsoon,Never,\n";
    std::fs::write(&path, table).expect("a file can be written");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the table", |app| app.timeline().len() == 2);
    window.get_by_label("Show the messages").click();
    window.run();
    window.get_by_label("Copy all messages").click();
    window.step();
    let copied = copied(&window).join("");
    assert_eq!(copied.lines().count(), 2, "{copied}");
    window.run();
    let fault = |window: &Harness<'_, App>| {
        let node = window.get_by(|node| {
            node.label()
                .is_some_and(|label| label.contains("“perhaps” is no certainty"))
        });
        node.click();
    };
    fault(&window);
    window.run();
    let second = window.state().timeline().events().nth(1);
    assert_eq!(window.state().state().selected, second);
}

#[test]
fn the_formats_to_save_in_are_offered() {
    let mut window = super::window(LARGE);
    window.key_press_modifiers(
        Modifiers::COMMAND | Modifiers::CTRL | Modifiers::SHIFT,
        Key::S,
    );
    window.run();
    for name in [
        "timeline.json",
        "TimelineJS (JSON)",
        "Table (CSV)",
        "markwhen",
        "iCalendar",
    ] {
        assert!(says(&window, name), "{name}");
    }
    window.key_press(Key::Escape);
    window.run();
    assert!(!says(&window, "iCalendar"));
}
