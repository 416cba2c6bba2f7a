//! The command palette, Ctrl+K: every command by its words.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use meanwhile::{
    app::App,
    command::{Command, Mode, ThemeChoice},
    state::Panel,
};

use super::{LARGE, PROJECTOR, says, window};

fn press(window: &mut Harness<'_, App>, key: Key) {
    window.key_press(key);
    window.run();
}

fn open_palette(window: &mut Harness<'_, App>) {
    let ctrl = Modifiers {
        ctrl: true,
        command: true,
        ..Modifiers::NONE
    };
    window.key_press_modifiers(ctrl, Key::K);
    window.run();
    assert!(window.state().state().shows(Panel::Palette));
}

fn type_words(window: &mut Harness<'_, App>, words: &str) {
    window.event(egui::Event::Text(words.to_owned()));
    window.run();
}

/// Runs a command from the palette by some of its words.
pub fn run_command(window: &mut Harness<'_, App>, words: &str) {
    open_palette(window);
    type_words(window, words);
    press(window, Key::Enter);
}

#[test]
fn every_command_is_offered_and_done_by_typing_and_enter() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        open_palette(&mut window);
        for listed in Command::listed_in(Mode::Exploring) {
            let is_offered = says(&window, listed.text);
            assert!(
                is_offered || listed.command == Command::Palette,
                "{}",
                listed.text
            );
        }
        type_words(&mut window, "dark");
        press(&mut window, Key::Enter);
        let state = window.state().state();
        assert_eq!(state.look.theme, ThemeChoice::Dark);
        assert_eq!(state.panel, None, "it closes");
        // The first of several, after down and up again; it opens another panel.
        open_palette(&mut window);
        type_words(&mut window, "filter");
        press(&mut window, Key::ArrowDown);
        press(&mut window, Key::ArrowUp);
        press(&mut window, Key::Enter);
        assert!(window.state().state().shows(Panel::Filters));
    }
}

#[test]
fn esc_closes_the_palette_and_it_opens_empty_again() {
    let mut window = window(LARGE);
    open_palette(&mut window);
    type_words(&mut window, "qqq");
    assert!(says(&window, "No command is called “qqq”."));
    press(&mut window, Key::Escape);
    assert_eq!(window.state().state().panel, None);
    open_palette(&mut window);
    assert!(says(&window, "Zoom in"), "what was typed is forgotten");
}
