//! What the window claims about how much is in view.

use std::cell::RefCell;

use egui::Key;
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, open::Origin};

use super::{LARGE, PROJECTOR, says, wait_for, window, window_in};

fn press(window: &mut Harness<'_, App>, key: Key) {
    window.key_press(key);
    window.run();
}

/// Opens a file of so many events in so many lanes, a day apart.
fn opened(
    events: usize,
    lanes: usize,
    size: (f32, f32),
) -> (tempfile::TempDir, Harness<'static, App>) {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: Vec<String> = (0..events)
        .map(|n| {
            let (month, day) = (n / 28 % 12 + 1, n % 28 + 1);
            let (year, lane) = (2000 + n / 336, n % lanes);
            format!(
                r#"{{"title":"Event number {n}","date":"{year}-{month:02}-{day:02}","lane":"l{lane}"}}"#
            )
        })
        .collect();
    let json = format!(r#"{{"title":"T","events":[{}]}}"#, rows.join(","));
    let path = folder.path().join("many.json");
    std::fs::write(&path, json).expect("written");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), size);
    wait_for(&mut window, "the file", |app| {
        app.timeline().len() == events
    });
    window.run();
    (folder, window)
}

/// The first number of the label that contains some words.
fn number(window: &Harness<'_, App>, words: &str) -> usize {
    let found = RefCell::new(None);
    let nodes = window.query_all_by(|node| {
        let text = [node.label(), node.value()].into_iter().flatten();
        let text = text.into_iter().find(|text| text.contains(words));
        let has = text.is_some();
        if let Some(text) = text {
            found.borrow_mut().get_or_insert(text);
        }
        has
    });
    assert!(nodes.count() > 0, "{words}");
    let label = found.into_inner().expect(words);
    let digits = label.split(' ').next().expect(words).replace(',', "");
    digits.parse().unwrap_or_else(|_| panic!("{label}"))
}

#[test]
fn what_is_in_view_without_a_name_is_told_from_what_has_one() {
    let (_folder, mut window) = opened(560, 1, LARGE);
    assert!(says(&window, "560 events in view,"));
    let named = number(&window, " with names");
    assert!((20..300).contains(&named), "{named}");
    for _ in 0..12 {
        press(&mut window, Key::Plus);
    }
    assert!(
        number(&window, " of 560 events in view") < 100,
        "closer, fewer are"
    );
}

#[test]
fn a_small_file_has_all_its_names_in_view() {
    let mut window = window(LARGE);
    assert!(says(&window, "15 events in view") && !says(&window, "with names"));
    assert!(!says(&window, "more below"));
    press(&mut window, Key::Plus);
    press(&mut window, Key::Plus);
    assert!(number(&window, " of 15 events in view") < 15);
}

#[test]
fn events_in_lanes_below_are_counted_apart_and_scrolled_to() {
    let (_folder, mut window) = opened(60, 12, PROJECTOR);
    let below = number(&window, " more below");
    let shown = number(&window, " of 60 events in view");
    assert!(below > 0 && shown + below == 60, "{shown} + {below}");
    let scroll = |window: &Harness<'_, App>| window.state().state().scroll_px;
    // What shows everything also scrolls back.
    for key in [Key::Home, Key::Num0] {
        window.get_by_label_contains("more below").click();
        window.run();
        assert!(scroll(&window) > 0.0);
        press(&mut window, key);
        assert_eq!(scroll(&window), 0.0);
    }
    assert_eq!(number(&window, " more below"), below);
}

#[test]
fn under_a_filter_the_events_that_pass_are_counted() {
    let mut window = window(LARGE);
    press(&mut window, Key::F);
    for label in ["Only Clergy", "Reported"] {
        window.get_by_label(label).scroll_to_me();
        window.run();
        window.get_by_label(label).click();
        window.run();
    }
    let timeline = window.state().timeline();
    let passing = window.state().state().filter.events(timeline).len();
    assert_eq!(passing, 0, "values that no event has together");
    assert!(says(&window, "0 of 15 events shown"));
}
