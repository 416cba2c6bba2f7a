//! Eras: bands whose name is accessible; pressing it flies to the era.

use egui::Key;
use meanwhile::open::Origin;

use super::{LARGE, PROJECTOR, says, wait_for, walk::tab_to, window_in};

const FILE: &str = r#"{
  "title": "Eras", "as_of": "2016-10",
  "eras": [{ "label": "The war", "date": "2003/2006" }, { "label": "The peace", "date": "2010/2014" }],
  "about": "From *one* source",
  "events": [{ "title": "It begins", "date": "2003" }, { "title": "It ends", "date": "2014",
    "summary": "See [the archive](https://example.org/a) and <b>this</b>." }] }"#;

#[test]
fn an_era_is_read_aloud_and_flown_to_by_keys() {
    for size in [LARGE, PROJECTOR] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("eras.json");
        std::fs::write(&path, FILE).expect("written");
        let mut window = window_in(folder.path(), Some(Origin::File(path)), size);
        wait_for(&mut window, "the file", |app| app.timeline().len() == 2);
        assert!(says(&window, "Era: The war, 2003 to 2006"));
        let whole = window.state().state().camera.expect("a camera");
        tab_to(&mut window, "Era: The peace, 2010 to 2014");
        window.key_press(Key::Enter);
        window.run();
        let close = window.state().state().camera.expect("a camera");
        let ratio = close.secs_per_px() / whole.secs_per_px();
        assert!(ratio < 0.6, "{ratio}");
        let era = window.state().timeline().eras()[1].clone();
        assert!(close.x_from_time(era.start) > 0.0);
    }
}

#[test]
fn links_of_a_summary_open_in_the_browser_and_html_is_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("links.json");
    std::fs::write(&path, FILE).expect("written");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| app.timeline().len() == 2);
    for key in [Key::ArrowRight, Key::ArrowRight, Key::Enter, Key::Enter] {
        window.key_press(key);
        window.run();
    }
    assert!(says(&window, "<b>this</b>"), "HTML is shown as text");
    tab_to(&mut window, "the archive");
    window.event(egui::Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: egui::Modifiers::NONE,
    });
    window.step();
    let opened: Vec<String> = window
        .output()
        .platform_output
        .commands
        .iter()
        .filter_map(|command| match command {
            egui::OutputCommand::OpenUrl(open) => Some(open.url.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(opened, ["https://example.org/a"]);
}
