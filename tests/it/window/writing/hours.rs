//! Writing, saving, reloading, searching and teaching for hours, compressed.

use std::fs;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use meanwhile::command::Layer;

use super::super::{alone::alone, long::held_kib, wait_for};
use super::{CTRL, FILE, edit, fill, in_file, opened, press};

#[cfg(target_os = "linux")]
#[test]
fn hours_of_writing_reloading_and_teaching_leave_no_memory_behind() {
    /// So many rounds; after the first ones all that is kept is there.
    const ROUNDS: u32 = 60;
    const FIRST: u32 = 20;
    const SLACK_KIB: usize = 8 * 1024;
    let test = "it::window::writing::hours::hours_of_writing_reloading_and_teaching_leave_no_memory_behind";
    alone(test, |folder| {
        let mut window = opened(folder);
        let mut held = 0;
        for round in 1..=ROUNDS {
            // A change of one's own, taken back and done again, and saved.
            let title = format!("Title {round}");
            edit(&mut window, "First");
            fill(&mut window, "Title", &title);
            press(&mut window, Modifiers::NONE, Key::Enter);
            press(&mut window, Modifiers::NONE, Key::Escape);
            window.run_steps(5);
            press(&mut window, CTRL, Key::Z);
            press(&mut window, CTRL, Key::Y);
            press(&mut window, CTRL, Key::S);
            assert!(in_file(folder).contains(&title), "round {round}");
            // Another program saves.
            let subtitle = format!("Round {round}");
            let other = FILE.replacen('{', &format!("{{ \"subtitle\": \"{subtitle}\","), 1);
            fs::write(folder.join("small.json"), other).expect("written");
            wait_for(&mut window, &subtitle, |app| {
                app.timeline().subtitle() == subtitle
            });
            // A look around, and a lesson.
            for key in [
                Key::Plus,
                Key::ArrowRight,
                Key::ArrowRight,
                Key::Num0,
                Key::F6,
                Key::F6,
            ] {
                press(&mut window, Modifiers::NONE, key);
            }
            press(&mut window, Modifiers::NONE, Key::Slash);
            window.event(egui::Event::Text("Sec".to_owned()));
            window.run_steps(5);
            press(&mut window, Modifiers::NONE, Key::Escape);
            press(&mut window, Modifiers::NONE, Key::Escape);
            press(&mut window, Modifiers::NONE, Key::F5);
            window.run_steps(5);
            press(&mut window, Modifiers::NONE, Key::ArrowRight);
            window.run_steps(5);
            for _ in 0..6 {
                press(&mut window, Modifiers::NONE, Key::Escape);
            }
            assert!(window.state().state().session.is_none(), "round {round}");
            assert!(!window.state().state().has(Layer::Form));
            assert!(window.query_by_label("Save").is_none(), "all is saved");
            if round == FIRST {
                held = held_kib();
            }
        }
        let grown = held_kib().saturating_sub(held);
        println!("{grown} KiB more after {} rounds", ROUNDS - FIRST);
        assert!(
            grown < SLACK_KIB,
            "{grown} KiB more than after {FIRST} rounds"
        );
    });
}
