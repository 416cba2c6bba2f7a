//! The command palette, Ctrl+K: every command by its words.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{AccessKitNode, NodeT as _, Queryable as _},
};
use meanwhile::{
    app::App,
    command::{MenuCommand, Panel, ThemeChoice},
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

/// The commands that the palette offers, in order.
fn rows(window: &Harness<'_, App>) -> Vec<String> {
    let is_row = |node: &AccessKitNode<'_>| node.role() == Role::ListBoxOption;
    let labels = window.query_all_by(is_row);
    let labels = labels.filter_map(|row| row.accesskit_node().label());
    // Marks on the canvas can be chosen as well.
    let is_command = |label: &String| MenuCommand::ALL.iter().any(|it| it.text() == label);
    labels.filter(is_command).collect()
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
        let all = MenuCommand::ALL.iter();
        let others = all.filter(|command| **command != MenuCommand::Palette);
        let texts: Vec<&str> = others.map(|command| command.text()).collect();
        assert_eq!(rows(&window), texts);
        type_words(&mut window, "dark");
        press(&mut window, Key::Enter);
        let state = window.state().state();
        assert_eq!(state.look.theme, ThemeChoice::Dark);
        assert_eq!(state.panel, None, "it closes");
        // The second of several; then one that opens another panel.
        open_palette(&mut window);
        type_words(&mut window, "theme");
        assert_eq!(rows(&window)[1], MenuCommand::ThemeLight.text());
        press(&mut window, Key::ArrowDown);
        press(&mut window, Key::Enter);
        assert_eq!(window.state().state().look.theme, ThemeChoice::Light);
        run_command(&mut window, "filter");
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
    assert!(
        !says(&window, "No command is called"),
        "what was typed is forgotten"
    );
    assert_eq!(rows(&window).len(), MenuCommand::ALL.len() - 1);
}
