//! Pictures beside the file: shown with caption and credit, enlarged; and the messages where they
//! can't be.

use std::{fs, path::Path};

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use meanwhile::open::Origin;

use super::{LARGE, PROJECTOR, says, wait_for, wait_until, window_in};

const FILE: &str = r#"{
  "title": "Pictures",
  "events": [
    { "title": "A bridge is built", "date": "1932", "media": [
      { "file": "bridge.png", "alt": "A steel arch", "caption": "The arch, half done", "credit": "City archive" },
      { "file": "lost.jpg", "alt": "The opening" },
      { "file": "../secret.png" },
      { "file": "https://example.org/plan.png", "alt": "The plan" } ] },
    { "title": "It is painted", "date": "1933" }
  ] }"#;

fn write(folder: &Path) -> Origin {
    let picture = image::RgbImage::from_fn(600, 400, |x, y| {
        image::Rgb([(x / 3) as u8, (y / 2) as u8, 120])
    });
    picture.save(folder.join("bridge.png")).expect("written");
    let path = folder.join("bridge.json");
    fs::write(&path, FILE).expect("written");
    Origin::File(path)
}

#[test]
fn a_story_shows_its_pictures_and_enlarges_them() {
    for size in [LARGE, PROJECTOR] {
        let folder = tempfile::tempdir().expect("a folder");
        let origin = write(folder.path());
        let mut window = window_in(folder.path(), Some(origin), size);
        wait_for(&mut window, "the file", |app| app.timeline().len() == 2);
        for key in [Key::ArrowRight, Key::Enter] {
            window.key_press(key);
            window.run();
        }
        let enlarge = "Picture: A steel arch. Enlarge";
        wait_until(&mut window, "the picture", |window| says(window, enlarge));
        for words in [
            "The arch, half done",
            "City archive",
            "Picture: The opening. lost.jpg is not there; put it into the folder of this file",
            "../secret.png lies outside the folder of this file",
            "The plan (opens in the browser)",
        ] {
            wait_until(&mut window, words, |window| says(window, words));
        }
        window.get_by_label(enlarge).scroll_to_me();
        window.run();
        window.get_by_label(enlarge).focus();
        window.run();
        window.key_press(Key::Enter);
        window.run();
        assert!(says(&window, "A steel arch: close the picture"));
        window.key_press(Key::Escape);
        window.run();
        assert!(!says(&window, "A steel arch: close the picture"));
        assert!(window.state().state().is_story_open, "one level back");
    }
}
