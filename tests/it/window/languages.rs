//! Texts in other languages and scripts: what is read aloud and copied is what the file says.

use egui::{Event, Key, OutputCommand};
use egui_kittest::{
    Harness,
    kittest::{AccessKitNode, NodeT as _, Queryable as _},
};
use meanwhile::{app::App, open::Origin};

use super::{LARGE, event, wait_for, window_in};

const PARAGRAPH: &str =
    "בשנת 1948 (תש״ח) הוקמה המדינה, 14–15 במאי; ראו “Palestine Post” מאותו היום.";

/// Opens a file in Hebrew and its only event's story.
fn opened() -> (tempfile::TempDir, Harness<'static, App>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("hebrew.json");
    let json = serde_json::json!({
        "title": "אחד (שתיים) שלוש 1948",
        "language": "he",
        "events": [{ "id": "one", "title": "הקמה", "date": "1948", "summary": PARAGRAPH }],
    });
    std::fs::write(&path, json.to_string()).expect("written");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| app.timeline().len() == 1);
    for key in [Key::ArrowRight, Key::Enter] {
        window.key_press(key);
        window.run();
    }
    let one = event(&window, "one");
    assert_eq!(window.state().state().selected, Some(one));
    (folder, window)
}

/// What a frame asks to be copied.
pub fn copied(window: &Harness<'_, App>) -> Vec<String> {
    let commands = window.output().platform_output.commands.iter();
    let text = |command: &OutputCommand| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    };
    commands.filter_map(text).collect()
}

#[test]
fn a_right_to_left_paragraph_is_copied_whole_as_it_is_in_the_file() {
    let (_folder, mut window) = opened();
    window.event(Event::Copy);
    window.step();
    assert_ne!(copied(&window), [PARAGRAPH], "it is not chosen");
    window.get_by_label(PARAGRAPH).click();
    window.run();
    window.event(Event::Copy);
    window.step();
    assert_eq!(copied(&window), [PARAGRAPH]);
}

#[test]
fn the_language_of_a_story_is_told_to_screen_readers() {
    let (_folder, window) = opened();
    let has_language = |text: &str| {
        let node = window.get_by_label(text);
        std::iter::successors(Some(node.accesskit_node()), AccessKitNode::parent)
            .find_map(|it| it.data().language().map(str::to_owned))
    };
    assert_eq!(has_language(PARAGRAPH).as_deref(), Some("he"));
    // What the program says is in English.
    assert_eq!(has_language("Filter"), None);
}
