//! What stands or is used for hours does not grow.

use std::{fs, path::Path};

use egui::Key;
use egui_kittest::Harness;
use meanwhile::{app::App, command::Layer, open::Origin};

use super::{LARGE, alone::alone, wait_for, window_in};

/// The memory that this process holds, in KiB.
pub fn held_kib() -> usize {
    let about = fs::read_to_string("/proc/self/status").expect("what the system says");
    let line = about.lines().find(|line| line.starts_with("RssAnon:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number
        .and_then(|number| number.parse().ok())
        .expect("a number")
}

fn file(folder: &Path, number: usize) -> std::path::PathBuf {
    let events = (0..400).map(|event| {
        let year = 1000 + event % 900;
        format!(r#"{{ "title": "Event {event} of file {number}", "date": "{year}" }}"#)
    });
    let events: Vec<String> = events.collect();
    let path = folder.join(format!("{number}.json"));
    let text = format!(
        r#"{{ "title": "File {number}", "events": [{}] }}"#,
        events.join(",")
    );
    fs::write(&path, text).expect("a file");
    path
}

#[cfg(target_os = "linux")]
#[test]
fn two_hundred_files_opened_one_after_another_leave_no_memory_behind() {
    /// One chronology of this size, with its layout, search and text, is 0.7 MiB: a hundred and fifty
    /// that were kept would be a hundred.
    const SLACK_KIB: usize = 12 * 1024;
    let test =
        "it::window::long::two_hundred_files_opened_one_after_another_leave_no_memory_behind";
    alone(test, |folder| {
        let mut window = window_in(folder, Some(Origin::File(file(folder, 0))), LARGE);
        let mut after_some = 0;
        for number in 1..=200 {
            let path = file(folder, number);
            window.state_mut().open(Origin::File(path.clone()));
            let title = format!("File {number}");
            wait_for(&mut window, &title, |app| app.timeline().title() == title);
            window.run_steps(2);
            fs::remove_file(path).expect("removed");
            if number == 50 {
                after_some = held_kib();
            }
        }
        let grown = held_kib().saturating_sub(after_some);
        assert!(grown < SLACK_KIB, "{grown} KiB more than after 50 files");
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_lesson_that_is_left_standing_overnight_stays_as_it_is() {
    /// So many frames, of a minute each.
    const FRAMES: usize = 12 * 60;
    const SLACK_KIB: usize = 4 * 1024;
    let test = "it::window::long::a_lesson_that_is_left_standing_overnight_stays_as_it_is";
    alone(test, |folder| {
        let mut window: Harness<'static, App> = window_in(folder, Some(Origin::Shipped), LARGE);
        window.key_press(Key::F5);
        window.run_steps(30);
        for _ in 0..3 {
            window.key_press(Key::ArrowRight);
            window.run_steps(30);
        }
        let step = |window: &Harness<'_, App>| {
            let session = window.state().state().session.as_ref();
            session.map(|session| session.step)
        };
        let before = step(&window);
        assert!(before.is_some());
        window.run_steps(60);
        let held = held_kib();
        let mut time = window.ctx.input(|input| input.time);
        for _ in 0..FRAMES {
            time += 60.0;
            window.input_mut().time = Some(time);
            window.step();
        }
        window.input_mut().time = None;
        assert_eq!(step(&window), before, "nobody has turned the page");
        let grown = held_kib().saturating_sub(held);
        assert!(grown < SLACK_KIB, "{grown} KiB more in the morning");
        window.key_press(Key::ArrowLeft);
        window.run_steps(30);
        assert_ne!(step(&window), before, "and it goes on");
        assert!(!window.state().state().has(Layer::Story));
    });
}
