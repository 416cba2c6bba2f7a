//! Pictures beside the file: shown with caption and credit, enlarged; and the messages where they
//! can't be.

use std::{fs, path::Path};

use egui::Key;
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, open::Origin};

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

#[test]
fn the_stage_shows_the_pictures_of_its_event_and_a_key_enlarges_them_one_by_one() {
    for size in [LARGE, PROJECTOR] {
        let folder = tempfile::tempdir().expect("a folder");
        let origin = write(folder.path());
        let mut window = window_in(folder.path(), Some(origin), size);
        wait_for(&mut window, "the file", |app| app.timeline().len() == 2);
        let press = |window: &mut Harness<'_, App>, key: Key| {
            window.key_press(key);
            window.run_steps(20);
        };
        press(&mut window, Key::F5);
        let first = "Picture 1 of 3: A steel arch. Enlarge";
        wait_until(&mut window, "the picture", |window| says(window, first));
        let title = window.get_by_label("A bridge is built").rect();
        let picture = window.get_by_label(first).rect();
        assert!(!title.intersects(picture) && picture.width() > 150.0);
        assert!(says(&window, "The arch, half done") && says(&window, "City archive"));
        press(&mut window, Key::V);
        assert!(says(&window, "Picture 1 of 3: A steel arch. Go on"));
        press(&mut window, Key::V);
        assert!(says(&window, "Picture 2 of 3: The opening. Go on"));
        wait_until(&mut window, "why not", |window| {
            says(window, "lost.jpg is not there")
        });
        // Esc closes the picture before it ends the lesson.
        press(&mut window, Key::Escape);
        assert!(window.state().state().session.is_some());
        assert!(!says(&window, "Go on"));
        for _ in 0..4 {
            press(&mut window, Key::V);
        }
        assert!(
            !says(&window, "Go on"),
            "after the last the step is shown again"
        );
        let mark = "Open A bridge is built, 1932 · month and day not stated";
        window.get_by_label(mark).click();
        window.run_steps(20);
        assert!(says(&window, "Picture: A steel arch"), "in its card");
        press(&mut window, Key::Escape);
        press(&mut window, Key::N);
        assert!(!says(&window, first));
    }
}
