//! What comes in and goes out while one writes: pictures, folders, copies, lines for an editor.
//!
//! Where the system would open a dialog or an editor, the window runs in a process of its own, in
//! which there is none.

use std::{
    fs,
    path::{Path, PathBuf},
};

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, open::Origin};

use super::super::{LARGE, alone::alone, drop_on, palette::run_command, wait_for, window_in};
use super::{CTRL, FILE, add_event, edit, fill, in_file, opened, press};

/// A picture in a folder of its own.
fn picture(folder: &Path) -> PathBuf {
    let elsewhere = folder.join("elsewhere");
    fs::create_dir_all(&elsewhere).expect("a folder");
    let path = elsewhere.join("map.png");
    let dots = image::RgbImage::from_pixel(4, 3, image::Rgb([200, 80, 30]));
    dots.save(&path).expect("a picture");
    path
}

fn wait_until_said(window: &mut Harness<'_, App>, words: &str) {
    wait_for(window, words, |app| app.says().contains(words));
}

/// The folder of the chronology, beside that of the picture.
fn class(folder: &Path) -> PathBuf {
    let class = folder.join("class");
    fs::create_dir_all(&class).expect("a folder");
    class
}

/// Opens the form of an event and drops a picture on it.
fn with_picture(folder: &Path) -> Harness<'static, App> {
    let mut window = opened(&class(folder));
    edit(&mut window, "First");
    drop_on(&mut window, &picture(folder));
    window.run_steps(3);
    window
}

#[test]
fn a_picture_that_is_dropped_on_a_form_lies_beside_the_file_and_asks_what_it_shows() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = with_picture(folder.path());
    assert_eq!(
        window.state().timeline().title(),
        "Small",
        "nothing else is opened"
    );
    fill(
        &mut window,
        "What it shows, for those who can’t see it",
        "A map",
    );
    press(&mut window, Modifiers::NONE, Key::Enter);
    press(&mut window, CTRL, Key::S);
    let saved = in_file(&class(folder.path()));
    let media = r#""media": [{ "file": "pictures/map.png", "alt": "A map" }]"#;
    assert!(saved.contains(media), "{saved}");
    assert!(class(folder.path()).join("pictures/map.png").is_file());
    // The same picture again is the same file.
    edit(&mut window, "Second");
    drop_on(&mut window, &picture(folder.path()));
    window.run_steps(3);
    let pictures = fs::read_dir(class(folder.path()).join("pictures")).expect("the folder");
    assert_eq!(pictures.count(), 1);
}

#[test]
fn a_chronology_and_its_pictures_are_collected_in_a_folder() {
    alone(
        "it::window::writing::handed_on::a_chronology_and_its_pictures_are_collected_in_a_folder",
        |folder| {
            let mut window = with_picture(folder);
            press(&mut window, Modifiers::NONE, Key::Escape);
            run_command(&mut window, "collect");
            wait_until_said(&mut window, "and its picture are in");
            let collected = class(folder).join("collected");
            assert!(collected.join("pictures/map.png").is_file());
            // With the change that is not saved yet.
            let text = fs::read_to_string(collected.join("small.json")).expect("the chronology");
            assert!(text.contains("pictures/map.png"));
            assert_eq!(in_file(&class(folder)), FILE);
        },
    );
}

#[test]
fn a_new_chronology_is_saved_among_ones_documents_where_no_dialog_can_be_had() {
    let test = "it::window::writing::handed_on::a_new_chronology_is_saved_among_ones_documents_where_no_dialog_can_be_had";
    alone(test, |folder| {
        let mut window = window_in(&folder.join("state"), Some(Origin::New), LARGE);
        wait_for(&mut window, "a new one", |app| {
            app.timeline().title() == "New chronology"
        });
        add_event(&mut window, "1789 A beginning");
        press(&mut window, Modifiers::NONE, Key::Escape);
        press(&mut window, CTRL, Key::S);
        wait_until_said(&mut window, "Saved as");
        let saved = folder.join("new-chronology.json");
        assert!(
            window.state().says().contains("new-chronology.json"),
            "it says where"
        );
        assert!(
            fs::read_to_string(&saved)
                .expect("the file")
                .contains("A beginning")
        );
        // From now on it is that file.
        edit(&mut window, "A beginning");
        fill(&mut window, "Title", "The beginning");
        press(&mut window, CTRL, Key::S);
        window.run_steps(3);
        assert!(
            fs::read_to_string(&saved)
                .expect("the file")
                .contains("The beginning")
        );
    });
}

#[test]
fn a_copy_is_saved_under_a_free_name_and_in_another_format() {
    alone(
        "it::window::writing::handed_on::a_copy_is_saved_under_a_free_name_and_in_another_format",
        |folder| {
            let mut window = opened(folder);
            press(&mut window, CTRL | Modifiers::SHIFT, Key::S);
            let tables = window.query_all_by(|node| {
                let label = node.label();
                label.is_some_and(|label| label.starts_with("Table (CSV)"))
            });
            let table = { tables }.next().expect("the format is offered");
            table.click();
            wait_until_said(&mut window, "aved as");
            let table = fs::read_to_string(folder.join("small.csv")).expect("a table");
            assert!(table.contains("First") && table.contains("2005"), "{table}");
            assert_eq!(in_file(folder), FILE);
        },
    );
}

#[cfg(unix)]
#[test]
fn the_line_of_an_event_is_opened_in_ones_editor() {
    use std::os::unix::fs::PermissionsExt as _;

    alone(
        "it::window::writing::handed_on::the_line_of_an_event_is_opened_in_ones_editor",
        |folder| {
            let (editor, told) = (folder.join("gedit"), folder.join("told"));
            let script = format!(
                "#!/bin/sh\necho \"$@\" > {}.new\nmv {0}.new {0}\n",
                told.display()
            );
            let script = script.replace("mv ", "/bin/mv ");
            fs::write(&editor, script).expect("a script");
            fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).expect("it can run");
            let mut window = opened(folder);
            edit(&mut window, "Second");
            press(&mut window, Modifiers::NONE, Key::Escape);
            run_command(&mut window, "in an editor");
            // It runs beside the window, which it does not wake.
            for _ in 0..600 {
                if told.exists() {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            let told = fs::read_to_string(told).expect("what it was told");
            let line = 1 + FILE
                .lines()
                .position(|line| line.contains("Second"))
                .expect("it is there");
            let file = folder.join("small.json");
            assert_eq!(told.trim(), format!("+{line} {}", file.display()));
        },
    );
}
