//! Other windows, and what becomes of the file beside the window.

use std::fs;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use meanwhile::open::Origin;

use super::super::{LARGE, says, wait_for, window_in};
use super::{CTRL, FILE, add_event, edit, fill, in_file, opened, press};

#[test]
fn two_windows_on_one_file_keep_a_draft_each_and_neither_takes_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("small.json");
    let another = || {
        let mut window = window_in(folder.path(), Some(Origin::File(path.clone())), LARGE);
        wait_for(&mut window, "the file", |app| {
            app.timeline().title() == "Small"
        });
        window
    };
    let offer = "were not saved the last time";
    {
        let mut first = opened(folder.path());
        add_event(&mut first, "2001 One thing");
        first.run_steps(300);
        // What a window that lives has changed is no lost change.
        let mut second = another();
        assert!(!says(&second, offer));
        add_event(&mut second, "2002 Two thing");
        second.run_steps(300);
        first.run_steps(3);
        // Both are killed.
    }
    let found = |title: &str| {
        let drafts = fs::read_dir(folder.path().join("drafts")).expect("drafts");
        let mut texts = drafts.map(|file| {
            let path = file.expect("a file").path();
            fs::read_to_string(path).expect("a draft")
        });
        texts.any(|text| text.contains(title))
    };
    assert!(found("One thing") && found("Two thing"));
    // One after the other is offered.
    let mut titles = Vec::new();
    for _ in 0..2 {
        let mut window = another();
        assert!(says(&window, offer));
        window.get_by_label("Take them up").click();
        window.run();
        let timeline = window.state().timeline();
        let events = timeline.events().map(|it| timeline.event(it).title);
        titles.extend(events.filter(|it| it.ends_with("thing")).map(str::to_owned));
        // It is not saved, but put away for good.
        press(&mut window, CTRL, Key::Z);
        window.run_steps(300);
    }
    titles.sort();
    assert_eq!(titles, ["One thing", "Two thing"]);
    assert!(!says(&another(), offer));
    assert_eq!(in_file(folder.path()), FILE);
}

#[test]
#[cfg(unix)]
fn a_file_that_has_become_a_pipe_is_not_waited_for_when_saving() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("small.json");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Title", "Ours");
    press(&mut window, Modifiers::NONE, Key::Enter);
    fs::remove_file(&path).expect("removed");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.expect("mkfifo").success());
    press(&mut window, CTRL, Key::S);
    window.run_steps(5);
    assert!(says(&window, "is no file"), "it says so, and goes on");
    fs::remove_file(&path).expect("removed");
    press(&mut window, CTRL, Key::S);
    window.run_steps(5);
    assert!(in_file(folder.path()).contains("Ours"));
}
