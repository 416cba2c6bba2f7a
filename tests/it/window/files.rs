//! Opening files, and restoring the last file, its view and the settings.

use std::path::{Path, PathBuf};

use egui::Key;
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, command::ThemeChoice, open::Origin, settings::Store};

use super::{
    LARGE, click_mark, drop_on, enlarge_text, event, says, wait_for, wait_until, window_in,
};

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file can be written");
    path
}

const SMALL: &str = r#"{ "title": "Small", "events": [{ "id": "a", "title": "First", "date": "1969-07-20" }, { "id": "b", "title": "Second", "date": "1989" }] }"#;

#[test]
fn a_file_is_opened_and_its_faults_are_shown_in_the_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "faulty.json", include_str!("../faulty.json"));
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Ten faults"
    });
    window.get_by_label("Show the messages").click();
    window.run();
    assert!(says(&window, "line 15"));
    window.get_by_label("Dismiss").click();
    window.run();
    assert!(window.query_by_label("Dismiss").is_none());
}

#[test]
fn a_file_that_cannot_be_read_is_reported_and_the_window_is_not_empty() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("broken.json", "{ \"title\": "),
        ("empty.json", ""),
        ("list.json", "[]"),
    ] {
        let path = write(folder.path(), name, text);
        let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
        wait_for(&mut window, name, |app| !app.timeline().is_empty());
        assert_eq!(window.state().timeline().title(), "Mosul and the day after");
        assert!(says(&window, name), "{name} is named");
    }
}

#[test]
fn the_last_file_and_its_view_are_restored() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "small.json", SMALL);
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Small"
    });
    let second = event(&window, "b");
    click_mark(&mut window, second);
    for _ in 0..3 {
        window.key_press(Key::Plus);
        window.run();
    }
    let camera = window.state().state().camera.expect("a camera");
    let mut app = window.into_state();
    eframe::App::on_exit(&mut app, None);

    let mut window = window_in(folder.path(), None, LARGE);
    wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Small"
    });
    window.run();
    assert_eq!(window.state().state().selected, Some(second));
    assert!(window.state().state().is_story_open);
    let again = window.state().state().camera.expect("a camera");
    assert!((again.secs_per_px() / camera.secs_per_px() - 1.0).abs() < 0.01);
    assert!((again.x_from_time(camera.time_from_x(100.0)) - 100.0).abs() < 2.0);

    window.get_by_label("File").click();
    window.run();
    window
        .get_by_label("Open the chronology that ships")
        .click();
    window.run();
    assert_eq!(window.state().timeline().title(), "Mosul and the day after");
}

#[test]
fn a_broken_settings_file_is_set_aside() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "settings.json", "{ not settings");
    let window = window_in(folder.path(), Some(Origin::Shipped), LARGE);
    assert_eq!(window.state().timeline().len(), 15);
    let kept =
        std::fs::read_to_string(folder.path().join("settings.broken.json")).expect("set aside");
    assert_eq!(kept, "{ not settings");
    assert!(says(&window, "settings"));
}

#[test]
fn the_view_menu_changes_theme_and_text_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window_in(folder.path(), Some(Origin::Shipped), LARGE);
    for (entry, theme) in [
        ("Dark theme", ThemeChoice::Dark),
        ("Light theme", ThemeChoice::Light),
    ] {
        window.get_by_label("View").click();
        window.run();
        window.get_by_label(entry).click();
        window.run();
        assert_eq!(window.state().state().look.theme, theme);
    }
    enlarge_text(&mut window, 1);
    assert_eq!(window.state().state().look.text_percent, 110);
    assert!((window.ctx.zoom_factor() - 1.1).abs() < 1e-6);
    let (saved, warning) = Store::at(folder.path().join("settings.json")).load();
    assert_eq!(
        (saved.look, warning),
        (window.state().state().look, None),
        "kept at once"
    );
}

/// 4,000 events in two lanes, those of the second at one instant: more than are laid out between
/// two frames.
fn large_file() -> String {
    let rows: Vec<String> = (0..4_000)
        .map(|n| {
            let (year, month) = (1000 + n / 4, n % 12 + 1);
            let (lane, date) = if n % 2 == 0 {
                ("a", format!("{year}-{month:02}-07"))
            } else {
                ("b", "2014-06-10T09:30:00".to_owned())
            };
            format!(r#"{{"title":"Event {n}","date":"{date}","lane":"{lane}"}}"#)
        })
        .collect();
    format!(
        r#"{{"title":"Large","lanes":[{{"id":"a","label":"Spread"}},{{"id":"b","label":"Together"}}],"events":[{}]}}"#,
        rows.join(",")
    )
}

#[test]
fn a_large_file_is_laid_out_on_a_thread_and_events_at_one_instant_are_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "large.json", &large_file());
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Large" && !app.is_loading()
    });
    // Many events are clustered, some are labelled, and both have names.
    assert!(says(&window, "events, Spread: zoom in to read"));
    assert!(says(&window, "4,000 events in view"));
    // Events at one instant open as a list; choosing from it opens a story, Esc steps back.
    let together = window
        .query_all_by(|node| {
            node.label()
                .is_some_and(|label| label.contains("events, Together"))
        })
        .next()
        .expect("those that lie together");
    together.click();
    window.run();
    assert!(says(&window, "events at one time · Together"));
    // A mark's name ends with its lane, a row's with its date.
    let row = window
        .query_all_by(|node| {
            node.label()
                .is_some_and(|label| label.ends_with(", 10 June 2014, 09:30"))
        })
        .next()
        .expect("a row of the list");
    row.click();
    window.run();
    assert!(window.state().state().is_story_open);
    window.key_press(Key::Escape);
    window.run();
    assert!(!says(&window, "events at one time"));
    assert!(window.state().state().is_story_open);
}

#[test]
fn another_size_of_the_window_takes_no_label_of_a_large_file_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "large.json", &large_file());
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Large" && !app.is_loading()
    });
    for _ in 0..8 {
        window.key_press(Key::Plus);
        window.run();
    }
    wait_until(&mut window, "the finer levels", is_laid_out);
    let labelled_count = |window: &Harness<'_, App>| {
        window
            .query_all_by(|node| {
                node.label()
                    .is_some_and(|label| label.ends_with(", Spread"))
            })
            .count()
    };
    let before = labelled_count(&window);
    assert!(before > 3, "{before} are labelled");
    window.set_size(egui::vec2(1430.0, 880.0));
    // No frame on the way has only the labels of the coarsest level.
    wait_until(&mut window, "the layout for the new size", |window| {
        let now = labelled_count(window);
        assert!(now * 2 > before, "{now} of {before} are left");
        let size = window.state().layout().map(|layout| layout.size);
        size.is_some_and(|size| size.height_px < 800.0) && is_laid_out(window)
    });
}

/// Whether the layout has all its levels: the count of events in view is then without an ellipsis.
fn is_laid_out(window: &Harness<'_, App>) -> bool {
    let is_partial = says(window, "events in view…") || says(window, "with names…");
    says(window, "4,000 events in view") && !is_partial
}

#[test]
fn keys_walk_a_large_file_without_coming_closer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "large.json", &large_file());
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Large" && !app.is_loading()
    });
    let scale = |window: &Harness<'_, App>| {
        let camera = window.state().state().camera;
        camera.expect("a view").secs_per_px()
    };
    let before = scale(&window);
    let mut walked = Vec::new();
    for key in [Key::ArrowRight; 5]
        .into_iter()
        .chain([Key::ArrowDown, Key::ArrowUp])
    {
        window.key_press(key);
        window.run();
        walked.push(window.state().state().selected.expect("an event"));
        assert!((scale(&window) / before - 1.0).abs() < 1e-6, "{key:?}");
    }
    assert!(
        walked.windows(2).take(4).all(|pair| pair[0] < pair[1]),
        "{walked:?}"
    );
    let lanes = walked
        .iter()
        .map(|&event| window.state().timeline().lane(event).index());
    assert_eq!(lanes.skip(5).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn a_file_is_dropped_on_the_window_and_the_one_before_is_offered_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = write(folder.path(), "first.json", SMALL);
    let second = write(
        folder.path(),
        "second.json",
        &SMALL.replace("Small", "Other"),
    );
    let mut window = window_in(folder.path(), Some(Origin::File(first)), LARGE);
    wait_for(&mut window, "the first", |app| {
        app.timeline().title() == "Small"
    });
    window
        .input_mut()
        .hovered_files
        .push(egui::HoveredFile::default());
    window.step();
    assert!(says(&window, "Drop the file to open it"));
    window.input_mut().hovered_files.clear();
    drop_on(&mut window, &second);
    window.step();
    wait_for(&mut window, "the second", |app| {
        app.timeline().title() == "Other"
    });
    assert!(!says(&window, "Drop the file to open it"));
    // The menu offers what was open before.
    window.get_by_label("File").click();
    window.run();
    window.get_by_label("Open first.json").click();
    window.run();
    wait_for(&mut window, "the first again", |app| {
        app.timeline().title() == "Small"
    });
}

#[test]
fn of_several_files_dropped_at_once_the_first_opens_and_the_others_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window_in(folder.path(), None, LARGE);
    for (name, title) in [
        ("one.json", "One"),
        ("two.json", "Two"),
        ("three.json", "Three"),
    ] {
        let path = write(folder.path(), name, &SMALL.replace("Small", title));
        drop_on(&mut window, &path);
    }
    window.step();
    wait_for(&mut window, "the first", |app| {
        app.timeline().title() == "One"
    });
    assert!(
        window
            .state()
            .says()
            .contains("“two.json” and “three.json” are not")
    );
}

#[test]
fn a_path_or_a_copied_file_that_is_pasted_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "a b.json", SMALL);
    let path = path.to_str().expect("UTF-8");
    for text in [
        path.to_owned(),
        format!("file://{}\r\n", path.replace(' ', "%20")),
    ] {
        let mut window = window_in(folder.path(), Some(Origin::Shipped), LARGE);
        window.event(egui::Event::Paste("a sentence".to_owned()));
        window.run();
        assert!(!window.state().is_loading());
        // What is pasted into the search is searched for.
        window.key_press(Key::Slash);
        window.run();
        window.event(egui::Event::Paste(text.clone()));
        window.run();
        assert!(!window.state().is_loading());
        window.key_press(Key::Escape);
        window.run();
        window.event(egui::Event::Paste(text.clone()));
        window.step();
        wait_for(&mut window, "the file", |app| {
            app.timeline().title() == "Small"
        });
    }
}

#[cfg(unix)]
#[test]
fn opening_can_be_cancelled_and_what_was_shown_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    // Without a writer, reading it does not end.
    let endless = folder.path().join("endless.json");
    let made = std::process::Command::new("mkfifo").arg(&endless).status();
    assert!(made.expect("mkfifo").success());
    let mut window = window_in(folder.path(), Some(Origin::File(endless.clone())), LARGE);
    assert!(window.state().is_loading() && says(&window, "Opening "));
    let progress = window.get_by_label("Opening, in per cent");
    assert_eq!(
        egui_kittest::kittest::NodeT::accesskit_node(&progress).numeric_value(),
        Some(0.0)
    );
    window.get_by_label("Cancel opening").click();
    window.run();
    assert!(!window.state().is_loading());
    assert_eq!(
        window.state().timeline().len(),
        15,
        "what ships is shown instead"
    );
    let first = window.state().timeline().events().next();
    window.key_press(Key::ArrowRight);
    window.state_mut().open(Origin::File(endless));
    window.run();
    assert!(says(&window, "Opening "));
    window.key_press(Key::Escape);
    window.run();
    assert!(!window.state().is_loading() && !says(&window, "Opening "));
    assert_eq!(
        window.state().state().selected,
        first,
        "Esc took only that back"
    );
}
