//! Reload of the open file when another program saves it: camera, selection and filter stay.

use std::{fs, path::Path};

use egui::Key;
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, model::Facet, open::Origin};

use super::{LARGE, says, wait_for, window_in};

fn json(last: &str) -> String {
    format!(
        r#"{{"title":"Watched","lanes":[{{"id":"a","label":"First lane"}},{{"id":"b","label":"Second lane"}}],
        "events":[{{"id":"x","title":"Stays here","date":"1969-07-20","lane":"a"}},
        {{"id":"y","title":"{last}","date":"1989","lane":"b"}}]}}"#
    )
}

fn save(path: &Path, text: &str) {
    fs::write(path, text).expect("a file can be written");
}

fn title(app: &App, id: &str) -> String {
    let timeline = app.timeline();
    let event = timeline.find_event(id);
    event.map_or_else(String::new, |event| timeline.event(event).title.to_owned())
}

fn wait_for_title(window: &mut Harness<'_, App>, expected: &str) {
    wait_for(window, expected, |app| title(app, "y") == expected);
}

#[test]
fn a_file_saved_in_place_by_rename_or_broken_and_mended_is_reloaded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("watched.json");
    save(&path, &json("As it was"));
    let mut window = window_in(folder.path(), Some(Origin::File(path.clone())), LARGE);
    wait_for_title(&mut window, "As it was");
    // Zoomed in, with an event selected and a lane filtered out.
    for key in [Key::Plus, Key::Plus, Key::ArrowRight] {
        window.key_press(key);
        window.run();
    }
    window.get_by_label("Second lane").click();
    window.run();
    let view = |window: &Harness<'_, App>| {
        let state = window.state().state();
        let chosen = state.selected.map(|event| title_of(window, event));
        (
            state.camera,
            chosen,
            state.filter.facets().collect::<Vec<Facet>>(),
        )
    };
    let before = view(&window);
    assert!(before.1.is_some() && before.2.len() == 1, "{before:?}");

    save(&path, &json("Saved in place"));
    wait_for_title(&mut window, "Saved in place");
    assert_eq!(view(&window), before);

    let other = folder.path().join("watched.json.tmp");
    save(&other, &json("Saved by rename"));
    fs::rename(&other, &path).expect("renamed");
    wait_for_title(&mut window, "Saved by rename");
    assert_eq!(view(&window), before);

    save(&path, r#"{ "title": "Watched", "events": [ "#);
    wait_for(&mut window, "the fault", |app| {
        app.says().contains("shown is what it was before")
    });
    assert_eq!(
        title(window.state(), "y"),
        "Saved by rename",
        "the last good state stays"
    );
    assert_eq!(view(&window), before);
    assert!(says(&window, "line 1"), "where it is broken is said");

    save(&path, &json("Mended"));
    wait_for_title(&mut window, "Mended");
    assert_eq!(view(&window), before);
    assert!(!says(&window, "shown is what it was before"));
}

fn title_of(window: &Harness<'_, App>, event: meanwhile::model::EventId) -> String {
    window.state().timeline().event(event).title.to_owned()
}

#[test]
fn with_new_events_before_it_the_selected_one_stays_selected_and_enter_opens_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("watched.json");
    save(&path, &json("As it was"));
    let mut window = window_in(folder.path(), Some(Origin::File(path.clone())), LARGE);
    wait_for_title(&mut window, "As it was");
    let press = |window: &mut Harness<'_, App>, key| {
        window.key_press(key);
        window.run();
    };
    let chosen = |window: &Harness<'_, App>| {
        let selected = window.state().state().selected;
        selected.map(|event| title_of(window, event))
    };
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::Slash);
    window.event(egui::Event::Text("as it was".to_owned()));
    window.run();
    wait_for(&mut window, "an answer", |app| app.found().is_some());
    press(&mut window, Key::Enter);
    assert_eq!(chosen(&window).as_deref(), Some("As it was"));

    let with_earlier = json("Saved").replace(
        r#""events":["#,
        r#""events":[{"id":"e","title":"Earlier","date":"1950","lane":"a"},{"id":"f","title":"Earlier, too","date":"1951","lane":"b"},"#,
    );
    save(&path, &with_earlier);
    wait_for_title(&mut window, "Saved");
    // The view that Esc would have restored belonged to the file before the reload.
    press(&mut window, Key::Escape);
    assert!(window.state().state().search.is_none());
    assert_eq!(chosen(&window).as_deref(), Some("Saved"));
    press(&mut window, Key::Escape);
    press(&mut window, Key::ArrowLeft);
    assert_eq!(chosen(&window).as_deref(), Some("Stays here"));

    let back = json("Without them");
    save(&path, &back);
    wait_for_title(&mut window, "Without them");
    press(&mut window, Key::Enter);
    assert_eq!(chosen(&window).as_deref(), Some("Stays here"));
    assert!(
        window.state().state().is_story_open,
        "Enter opens what is chosen"
    );
}

#[test]
fn a_table_that_another_program_replaces_is_reloaded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("watched.csv");
    save(
        &path,
        "date,title,id\n1969-07-20,Stays here,x\n1989,As it was,y\n",
    );
    let mut window = window_in(folder.path(), Some(Origin::File(path.clone())), LARGE);
    wait_for_title(&mut window, "As it was");
    // As LibreOffice does: a lock beside it, another file, and that in its place.
    save(&folder.path().join(".~lock.watched.csv#"), "me");
    let other = folder.path().join("lu1234.tmp");
    save(
        &other,
        "date,title,id\n1969-07-20,Stays here,x\n1989,As it is,y\nsoon,Never,z\n",
    );
    fs::rename(&other, &path).expect("a file can be renamed");
    wait_for_title(&mut window, "As it is");
    assert!(says(&window, "1 error"), "and its faults are said");
    // Emptied for a moment, as some programs write.
    save(&path, "");
    save(
        &path,
        "date,title,id\n1969-07-20,Stays here,x\n1989,As it will be,y\n",
    );
    wait_for_title(&mut window, "As it will be");
}

/// What another program may do to a file that is open.
#[cfg(unix)]
#[test]
fn whatever_becomes_of_the_file_what_was_shown_stays_and_its_return_is_seen() {
    use std::os::unix::fs::PermissionsExt as _;

    type Done = (&'static str, fn(&Path), fn(&Path));
    let back: fn(&Path) = |_| ();
    let done: [Done; 6] = [
        (
            "deleted",
            |path| fs::remove_file(path).expect("removed"),
            back,
        ),
        ("truncated", |path| save(path, ""), back),
        ("half written", |path| save(path, &json("Half")[..60]), back),
        (
            "a folder",
            |path| {
                fs::remove_file(path).expect("removed");
                fs::create_dir(path).expect("made");
            },
            |path| fs::remove_dir(path).expect("removed"),
        ),
        (
            "a pipe",
            |path| {
                fs::remove_file(path).expect("removed");
                let made = std::process::Command::new("mkfifo").arg(path).status();
                assert!(made.expect("mkfifo").success());
            },
            |path| fs::remove_file(path).expect("removed"),
        ),
        (
            "unreadable",
            |path| {
                save(path, &json("Unseen"));
                fs::set_permissions(path, fs::Permissions::from_mode(0o000)).expect("hidden");
            },
            |path| fs::remove_file(path).expect("removed"),
        ),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("watched.json");
    save(&path, &json("As it was"));
    let mut window = window_in(folder.path(), Some(Origin::File(path.clone())), LARGE);
    wait_for_title(&mut window, "As it was");
    let mut before = "As it was".to_owned();
    for (what, happens, mended) in done {
        happens(&path);
        // A superuser reads what nobody may read.
        if what == "unreadable" && fs::File::open(&path).is_ok() {
            wait_for_title(&mut window, "Unseen");
        } else {
            wait_for(&mut window, what, |app| {
                app.says().contains("shown is what it was before")
            });
            assert_eq!(title(window.state(), "y"), before, "{what}");
        }
        mended(&path);
        before = format!("After it was {what}");
        save(&path, &json(&before));
        wait_for_title(&mut window, &before);
        assert!(
            !window
                .state()
                .says()
                .contains("shown is what it was before"),
            "{what}"
        );
    }
    // It grows while it is read.
    for part in 0..20 {
        save(&path, &json(&format!("Part {part}")));
        window.run_steps(1);
    }
    wait_for_title(&mut window, "Part 19");
}
