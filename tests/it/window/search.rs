//! Searching by keys alone: Enter goes to a result, Esc restores the earlier view.

use std::cell::RefCell;

use egui::{Key, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::app::App;

use super::{LARGE, PROJECTOR, assert_story, event, says, wait_for, window};

fn press(window: &mut Harness<'_, App>, key: Key) {
    window.key_press(key);
    window.run();
}

/// Opens the search by its key, types `words` and waits for their results.
fn search(window: &mut Harness<'_, App>, words: &str) {
    press(window, Key::Slash);
    window.event(egui::Event::Text(words.to_owned()));
    window.run();
    wait_for(window, "an answer", |app| {
        app.found().is_some_and(|found| found.words == words)
    });
}

/// The accessible name of the selected result.
fn chosen(window: &Harness<'_, App>) -> Option<String> {
    let names = RefCell::new(Vec::new());
    let is_chosen = window.query_all_by(|node| {
        let name = node.label().filter(|name| name.contains(", "));
        names.borrow_mut().extend(
            name.filter(|_| node.role() == Role::ListBoxOption && node.is_selected() == Some(true)),
        );
        false
    });
    assert_eq!(is_chosen.count(), 0);
    names.into_inner().into_iter().next()
}

#[test]
fn a_search_goes_there_and_back_by_keys_alone() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        press(&mut window, Key::Plus);
        let camera = window.state().state().camera;
        search(&mut window, "khazli");
        assert!(says(&window, "Nothing matches “khazli” exactly"));
        assert_eq!(
            chosen(&window).as_deref(),
            Some("Qais al-Khazali, Person · قيس الخزعلي")
        );
        press(&mut window, Key::ArrowDown);
        press(&mut window, Key::Enter);
        let released = event(&window, "khazali-released");
        assert_story(&window, released);
        // Esc closes the search and restores the earlier view.
        press(&mut window, Key::Escape);
        let state = window.state().state();
        assert!(state.search.is_none() && !state.is_story_open);
        assert_eq!((state.selected, state.camera), (None, camera));
    }
}

#[test]
fn a_year_finds_its_events_first_and_goes_there() {
    let mut window = window(PROJECTOR);
    search(&mut window, "in 2014");
    let found = window.state().found().expect("results");
    let timeline = window.state().timeline();
    let year = |event| timeline.start(event).civil().year;
    let best: Vec<i64> = found.best_events().take(4).map(year).collect();
    assert_eq!(best, [2014; 4]);
    let first = found.best_events().next().expect("an event");
    press(&mut window, Key::Enter);
    assert_story(&window, first);
}

#[test]
fn enter_twice_stays_where_one_went() {
    let mut window = window(LARGE);
    search(&mut window, "fatwa");
    let fatwa = window
        .state()
        .found()
        .and_then(|found| found.best_events().next());
    press(&mut window, Key::Enter);
    press(&mut window, Key::Enter);
    assert!(window.state().state().search.is_none());
    assert_story(&window, fatwa.expect("it is found"));
}

#[test]
fn a_search_without_results_is_reported_and_the_next_query_is_answered() {
    let mut window = window(LARGE);
    search(&mut window, "zzzz");
    assert!(says(&window, "Nothing has “zzzz”"));
    for _ in 0..4 {
        press(&mut window, Key::Backspace);
    }
    assert!(window.state().found().is_none(), "nothing is asked for");
    window.event(egui::Event::Text("الصدر".to_owned()));
    window.run();
    wait_for(&mut window, "an answer", |app| {
        app.found().is_some_and(|found| found.words == "الصدر")
    });
    assert!(says(&window, "Muqtada al-Sadr, Person"));
}

#[test]
fn the_field_in_the_bar_opens_the_search_and_its_cross_closes_it() {
    let mut window = window(PROJECTOR);
    window.get_by_label("Search").click();
    window.run();
    assert!(window.state().state().search.is_some());
    window.get_by_label("Close the search").click();
    window.run();
    assert!(window.state().state().search.is_none());
}

#[test]
fn the_search_takes_letters_each_time_it_is_opened() {
    let mut window = super::window(super::LARGE);
    for words in ["sadr", "mali", "paris"] {
        window.key_press(egui::Key::Slash);
        window.run();
        window.event(egui::Event::Text(words.to_owned()));
        window.run();
        let search = window.state().state().search.as_ref();
        assert_eq!(search.map(|it| it.words.as_str()), Some(words));
        window.key_press(egui::Key::Escape);
        window.run();
        assert!(window.state().state().search.is_none());
    }
}
