//! A whole session with the keyboard alone, as without a mouse.

use egui::{Event, Key, Modifiers, ViewportCommand, ViewportId};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{
    app::App,
    command::ThemeChoice,
    model::{Facet, Filter},
};

use super::{LARGE, PROJECTOR, assert_story, event, palette::run_command, says, wait_for, window};

fn press(window: &mut Harness<'_, App>, key: Key) {
    window.key_press(key);
    window.run();
}

/// Presses Tab until the node with this label has the focus.
pub fn tab_to(window: &mut Harness<'_, App>, label: &str) {
    for _ in 0..120 {
        let is_there = window
            .query_all_by(|node| node.is_focused() && node.label().as_deref() == Some(label))
            .next()
            .is_some();
        if is_there {
            return;
        }
        press(window, Key::Tab);
    }
    panic!("Tab never comes to {label}");
}

#[test]
fn a_walk_with_only_the_keyboard() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        // Open.
        run_command(&mut window, "chronology that ships");
        assert_eq!(window.state().timeline().len(), 15);
        // Search, go there, stay.
        press(&mut window, Key::Slash);
        window.event(egui::Event::Text("khazali is released".to_owned()));
        window.run();
        wait_for(&mut window, "an answer", |app| {
            app.found()
                .is_some_and(|found| found.words == "khazali is released")
        });
        press(&mut window, Key::Enter);
        press(&mut window, Key::Enter);
        let [captured, released] =
            ["khazali-captured", "khazali-released"].map(|id| event(&window, id));
        assert_story(&window, released);
        // Follow a person: into the story, to their name, and back out of their card.
        press(&mut window, Key::Enter);
        tab_to(&mut window, "Qais al-Khazali");
        press(&mut window, Key::Enter);
        assert!(says(&window, "Stop following"), "the card is open");
        let khazali = window
            .state()
            .timeline()
            .find_person("khazali")
            .map(Facet::Person);
        assert_eq!(
            window.state().state().filter,
            khazali.map(Filter::only).unwrap_or_default()
        );
        press(&mut window, Key::Escape);
        assert!(!says(&window, "Stop following"), "and closed");
        // Walk a chain of causes.
        press(&mut window, Key::OpenBracket);
        assert_story(&window, captured);
        press(&mut window, Key::CloseBracket);
        assert_story(&window, released);
        // Filter.
        press(&mut window, Key::C);
        press(&mut window, Key::F);
        tab_to(&mut window, "Reported");
        press(&mut window, Key::Space);
        press(&mut window, Key::Escape);
        assert!(says(&window, "Filter: "));
        assert!(!window.state().state().filter.is_empty());
        // Change the theme.
        run_command(&mut window, "dark theme");
        assert_eq!(window.state().state().look.theme, ThemeChoice::Dark);
        // Quit.
        let ctrl = Modifiers {
            ctrl: true,
            command: true,
            ..Modifiers::NONE
        };
        window.event(Event::Key {
            key: Key::Q,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: ctrl,
        });
        window.step();
        let root = window.output().viewport_output.get(&ViewportId::ROOT);
        let is_closed = root.is_some_and(|root| root.commands.contains(&ViewportCommand::Close));
        assert!(is_closed, "the window closes");
    }
}
