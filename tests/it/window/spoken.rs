//! What a screen reader has of the window: what it is told, where the focus is, names and roles.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{AccessKitNode, NodeT as _, Queryable as _},
};
use meanwhile::app::App;

use super::{LARGE, event, mark_name, spoken, wait_until, window};

fn press(window: &mut Harness<'_, App>, key: Key) {
    window.key_press(key);
    window.run();
}

/// The name of what has the keyboard focus.
fn focused(window: &Harness<'_, App>) -> String {
    let mut found = window.query_all_by(|node: &AccessKitNode<'_>| node.is_focused());
    let node = found.next().and_then(|node| node.accesskit_node().label());
    node.unwrap_or_default()
}

/// What is said of it besides.
fn described(window: &Harness<'_, App>) -> String {
    let mut found = window.query_all_by(|node: &AccessKitNode<'_>| node.is_focused());
    let node = found
        .next()
        .and_then(|node| node.accesskit_node().description());
    node.unwrap_or_default()
}

fn select(window: &mut Harness<'_, App>, id: &str) -> String {
    let wanted = event(window, id);
    for _ in 0..20 {
        if window.state().state().selected == Some(wanted) {
            break;
        }
        press(window, Key::ArrowRight);
    }
    mark_name(window, wanted)
}

fn says_of_its_own(window: &Harness<'_, App>, words: &str) -> bool {
    spoken(window).iter().any(|said| said.contains(words))
}

#[test]
fn the_focus_goes_with_the_choice_and_back_to_where_it_was() {
    let mut window = window(LARGE);
    let name = select(&mut window, "paris");
    assert_eq!(focused(&window), name);
    let slash = (Key::Slash, Modifiers::NONE);
    let question = (Key::Questionmark, Modifiers::SHIFT);
    let palette = (Key::K, Modifiers::COMMAND | Modifiers::CTRL);
    for (key, modifiers) in [slash, question, palette] {
        window.key_press_modifiers(modifiers, key);
        window.run();
        assert_ne!(focused(&window), name, "{key:?} takes it");
        press(&mut window, Key::Escape);
        assert_eq!(focused(&window), name, "{key:?} gives it back");
    }
    // Also what is not selected: the button that had it.
    for _ in 0..3 {
        press(&mut window, Key::Tab);
    }
    let other = focused(&window);
    assert_ne!(other, name);
    press(&mut window, Key::Slash);
    press(&mut window, Key::Escape);
    assert_eq!(focused(&window), other);
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowRight);
    // The story opens while the camera flies and the event may be out of view: it keeps the focus.
    press(&mut window, Key::Enter);
    assert_eq!(focused(&window), name);
    let story = described(&window);
    assert!(story.starts_with("Story open. France is host"), "{story}");
    press(&mut window, Key::Enter);
    assert_eq!(focused(&window), "Close the story");
    press(&mut window, Key::Escape);
    assert_eq!(focused(&window), name);
    for _ in 0..12 {
        press(&mut window, Key::Plus);
    }
    press(&mut window, Key::PageUp);
    assert_eq!(focused(&window), name, "also where it is out of view");
}

#[test]
fn the_list_has_the_focus_in_its_rows_and_says_where_they_are() {
    let mut window = window(LARGE);
    press(&mut window, Key::F6);
    assert!(focused(&window).starts_with("A US-led coalition invades Iraq"));
    let place = |window: &Harness<'_, App>| {
        let mut rows = window.query_all_by(|node: &AccessKitNode<'_>| node.is_focused());
        let row = rows.next().expect("a row");
        let node = row.accesskit_node();
        assert_eq!(node.role(), Role::ListBoxOption);
        (node.position_in_set(), node.size_of_set())
    };
    assert_eq!(place(&window), (Some(0), Some(15)));
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    assert!(place(&window).0 > Some(0), "arrows go through it");
    let row = focused(&window);
    press(&mut window, Key::Enter);
    assert!(described(&window).starts_with("Story open. "));
    press(&mut window, Key::Enter);
    assert_eq!(focused(&window), "Close the story");
    press(&mut window, Key::Escape);
    assert_eq!(focused(&window), row);
    press(&mut window, Key::F6);
    assert_eq!(
        focused(&window),
        row.replace(" · Thursday", ""),
        "on the canvas"
    );
}

#[test]
fn search_and_palette_say_their_choice_and_how_many_there_are() {
    let mut window = window(LARGE);
    press(&mut window, Key::Slash);
    window.event(egui::Event::Text("sad".to_owned()));
    wait_until(&mut window, "what was found", |window| {
        says_of_its_own(window, "6 found. Muqtada al-Sadr, Person")
    });
    assert!(says_of_its_own(&window, "1 of 6"));
    press(&mut window, Key::ArrowDown);
    assert!(says_of_its_own(&window, "Mahdi Army") && says_of_its_own(&window, "2 of 6"));
    press(&mut window, Key::Escape);
    assert!(spoken(&window).is_empty());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::CTRL, Key::K);
    window.run();
    window.event(egui::Event::Text("dark".to_owned()));
    window.run();
    assert!(says_of_its_own(&window, "Dark theme, 1 of 1"));
}

#[test]
fn the_steps_of_a_lesson_and_their_questions_are_said() {
    let mut window = window(LARGE);
    press(&mut window, Key::F5);
    for part in [
        "Step 1 of 10. A US-led coalition invades Iraq. 2003",
        "Step 2 of 10",
        "Step 3 of 10. Qais al-Khazali is released. 2010 · month and day not stated. reported.",
        "Step 4 of 10. When does Mosul fall to the IS group? Click on the axis",
        "In 2014, Mosul, the second-largest city",
        "1: The Iraqi army. 2: Militias with local leaders",
    ] {
        assert!(
            says_of_its_own(&window, part),
            "{part}: {:?}",
            spoken(&window)
        );
        let name = window.root().accesskit_node().label().unwrap_or_default();
        assert!(
            name.contains(part),
            "the window has the name of what is shown: {name}"
        );
        press(&mut window, Key::N);
    }
    assert!(says_of_its_own(
        &window,
        "The answer: Militias with local leaders"
    ));
    press(&mut window, Key::Escape);
    assert!(spoken(&window).is_empty());
}

#[test]
fn messages_about_a_file_are_said_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = meanwhile::open::Origin::File(folder.path().join("missing.json"));
    let mut window = super::window_in(folder.path(), Some(missing), LARGE);
    wait_until(&mut window, "the message", |window| {
        says_of_its_own(window, "missing.json")
    });
}

/// Checks every node: the window, dialogs, headings, menu items, scroll bars.
#[test]
fn nothing_is_without_a_name_and_everything_has_its_role() {
    let mut window = window(LARGE);
    let check = |window: &Harness<'_, App>, place: &str| {
        let nameless = window.query_all_by(|node: &AccessKitNode<'_>| {
            let is_named = node.label().is_some() || node.value().is_some();
            let is_reached = matches!(
                node.role(),
                Role::Button
                    | Role::CheckBox
                    | Role::Dialog
                    | Role::Heading
                    | Role::Link
                    | Role::ListBoxOption
                    | Role::MenuItem
                    | Role::MenuItemCheckBox
                    | Role::RadioButton
                    | Role::ScrollBar
                    | Role::Slider
            );
            is_reached && !is_named
        });
        assert_eq!(nameless.count(), 0, "{place}");
        let icons = window.query_all_by(|node: &AccessKitNode<'_>| {
            let is_icon =
                |text: String| text.chars().any(|c| ('\u{e000}'..='\u{f8ff}').contains(&c));
            node.label().is_some_and(is_icon) || node.value().is_some_and(is_icon)
        });
        assert_eq!(icons.count(), 0, "{place}");
    };
    check(&window, "canvas");
    assert_eq!(
        window.root().accesskit_node().label().as_deref(),
        Some("Mosul and the day after")
    );
    let slider = window.get_by_label("Overview: 2003 – 2017");
    assert!(slider.accesskit_node().numeric_value().is_some());
    select(&mut window, "khazali-released");
    press(&mut window, Key::Enter);
    check(&window, "story");
    let headings = window.query_all_by(|node| node.role() == Role::Heading);
    let headings: Vec<String> = headings
        .filter_map(|it| it.accesskit_node().label())
        .collect();
    for heading in [
        "Qais al-Khazali is released",
        "People and groups",
        "Sources",
    ] {
        assert!(headings.iter().any(|it| it == heading), "{headings:?}");
    }
    for (key, place) in [
        (Key::F, "filter"),
        (Key::I, "about"),
        (Key::F6, "list"),
        (Key::Slash, "search"),
    ] {
        press(&mut window, key);
        check(&window, place);
        press(&mut window, Key::Escape);
    }
    window.key_press_modifiers(Modifiers::SHIFT, Key::Questionmark);
    window.run();
    check(&window, "keys");
    let keys = window.get_by_role_and_label(Role::Dialog, "Keys");
    assert!(keys.accesskit_node().is_modal());
    press(&mut window, Key::Escape);
    window.get_by_label("View").click();
    window.run();
    check(&window, "menu");
    let dark = window.get_by_label("Dark theme");
    assert_eq!(dark.accesskit_node().role(), Role::MenuItemCheckBox);
}

#[test]
fn tab_runs_in_the_order_of_reading() {
    let mut window = window(LARGE);
    let mut names = Vec::new();
    for _ in 0..8 {
        window.key_press(Key::Tab);
        window.run();
        names.push(focused(&window));
    }
    let places = [
        "Mosul and the day after",
        "Search",
        "Filter",
        "File",
        "View",
        "Present",
    ]
    .map(|name| names.iter().position(|it| it == name));
    assert!(places.is_sorted() && places[0].is_some(), "{names:?}");
}

#[test]
fn the_overview_is_moved_by_a_screen_reader() {
    let mut window = window(LARGE);
    for _ in 0..4 {
        press(&mut window, Key::Plus);
    }
    let at = |window: &Harness<'_, App>| {
        let slider = window.get_by_role(Role::Slider);
        slider.accesskit_node().numeric_value().expect("a value")
    };
    let before = at(&window);
    window.get_by_role(Role::Slider).increment_accesskit();
    window.run();
    let after = at(&window);
    assert!(after > before, "{before} {after}");
    window.get_by_role(Role::Slider).decrement_accesskit();
    window.run();
    assert!((at(&window) - before).abs() < 2.0);
    window.get_by_role(Role::Slider).set_value_accesskit(20.0);
    window.run();
    assert!((at(&window) - 20.0).abs() < 2.0);
}
