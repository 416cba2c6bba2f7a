//! What is left of one's changes when the program is killed: ten times, or as often as
//! `MEANWHILE_KILLED=50 cargo test --locked --test it killed` says.

use std::{
    env,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command as Process, Stdio},
    time::Duration,
};

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, open::Origin};

use super::super::{LARGE, says, wait_for, window_in};
use super::{CTRL, FILE, edit, fill, in_file, opened, press};

/// The folder of the process that is killed.
const FOLDER: &str = "MEANWHILE_KILLED_IN";
/// Every so many changes are saved.
const SAVED_EVERY: u32 = 3;
/// So many frames are more than what lies between two drafts.
const FRAMES: usize = 100;

fn title(number: u32) -> String {
    format!("Title {number}")
}

/// The number of the title that the first event has now; 0 for the first one.
fn number(window: &Harness<'_, App>) -> u32 {
    let timeline = window.state().timeline();
    let event = timeline.find_event("a").expect("it is there");
    let number = timeline.event(event).title.strip_prefix("Title ");
    number.map_or(0, |number| number.parse().expect("a number"))
}

/// Changes a title again and again, in a process of its own: it is started, and killed, by the test
/// below.
#[test]
fn writes_until_it_is_killed() {
    let Some(folder) = env::var_os(FOLDER) else {
        return;
    };
    let mut window = opened(Path::new(&folder));
    edit(&mut window, "First");
    for number in 1.. {
        fill(&mut window, "Title", &title(number));
        press(&mut window, Modifiers::NONE, Key::Enter);
        if number % SAVED_EVERY == 0 {
            press(&mut window, CTRL, Key::S);
        }
        window.run_steps(FRAMES);
        // On a line of its own, whatever the test harness has written before.
        println!("\nchanged {number}");
        std::io::stdout().flush().expect("its output");
    }
}

/// Starts that process and kills it a while after it has made so many changes; the last change that
/// it told of.
fn killed(folder: &Path, after: u32, later: Duration) -> u32 {
    let mut process = Process::new(env::current_exe().expect("this program"))
        .args([
            "--exact",
            "it::window::writing::killed::writes_until_it_is_killed",
        ])
        .arg("--nocapture")
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process");
    let output = process.stdout.take().expect("its output");
    let mut told = 0;
    let mut lines = BufReader::new(output).lines();
    for line in lines.by_ref() {
        if let Some(number) = line.expect("a line").strip_prefix("changed ") {
            told = number.parse().expect("a number");
            if told == after {
                break;
            }
        }
    }
    assert_eq!(told, after, "it wrote until it was killed");
    std::thread::sleep(later);
    process.kill().expect("it is killed");
    process.wait().expect("it has ended");
    // What it told of before it was killed.
    let last = lines.map_while(Result::ok).filter_map(|line| {
        let number = line.strip_prefix("changed ")?;
        number.parse().ok()
    });
    last.last().unwrap_or(told)
}

#[test]
fn killed_at_any_moment_only_the_last_seconds_are_lost() {
    let runs = env::var("MEANWHILE_KILLED").ok();
    let runs = runs.and_then(|runs| runs.parse().ok()).unwrap_or(10);
    for run in 0..runs {
        let folder = tempfile::tempdir().expect("a folder");
        let after = 1 + run % 4;
        let told = killed(
            folder.path(),
            after,
            Duration::from_millis(u64::from(run % 10) * 9),
        );
        // The file is whole, as it was saved last.
        let saved = in_file(folder.path());
        let is_whole = (0..=told + 1).any(|number| {
            let of = if number == 0 {
                FILE.to_owned()
            } else {
                FILE.replace("First", &title(number))
            };
            saved == of
        });
        assert!(is_whole, "{saved}");
        let path = folder.path().join("small.json");
        let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
        wait_for(&mut window, "the file", |app| {
            app.timeline().title() == "Small"
        });
        window.run_steps(3);
        let in_file = number(&window);
        if says(&window, "were not saved the last time") && in_file < told {
            window.get_by_label("Take them up").click();
            window.run();
        }
        assert!(
            number(&window) >= told,
            "run {run}: it told of {told}, and has {}, in the file {in_file}",
            number(&window)
        );
    }
}
