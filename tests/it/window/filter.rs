//! Filtering by lane, person, place, certainty and time: the count is shown, one click shows all
//! again.

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{
    app::App,
    model::{Certainty, EventId, Facet},
};

use super::{LARGE, PROJECTOR, click_mark, event, mark_name, says, walk::tab_to, window};

fn press(window: &mut Harness<'_, App>, key: Key) {
    window.key_press(key);
    window.run();
}

/// Scrolls to a node and clicks it.
fn click(window: &mut Harness<'_, App>, label: &str) {
    window.get_by_label(label).scroll_to_me();
    window.run();
    window.get_by_label(label).click();
    window.run();
}

/// Searches for words and goes to the first result.
fn go_to(window: &mut Harness<'_, App>, words: &str) {
    press(window, Key::Slash);
    window.event(egui::Event::Text(words.to_owned()));
    window.run();
    super::wait_for(window, "an answer", |app| app.found().is_some());
    press(window, Key::Enter);
}

/// The events that pass the filter.
fn passing(window: &Harness<'_, App>) -> Vec<EventId> {
    let timeline = window.state().timeline();
    let filter = &window.state().state().filter;
    filter.events(timeline).iter().collect()
}

#[test]
fn filter_values_are_combined_shown_and_removed() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        press(&mut window, Key::F);
        assert!(says(&window, "15 of 15 shown"));
        click(&mut window, "Only Militias and their leaders");
        let of_lane = passing(&window).len();
        assert!(says(&window, &format!("Filter: {of_lane} of 15 shown")));
        click(&mut window, "Reported");
        let of_both = passing(&window).len();
        assert!((1..of_lane).contains(&of_both), "{of_both} of {of_lane}");
        assert!(says(&window, &format!("Filter: {of_both} of 15 shown")));
        // Values that no event has together are reported, with what to do.
        click(&mut window, "Only Clergy");
        assert!(passing(&window).is_empty());
        assert!(says(&window, "No event has all of these."));
        click(&mut window, "Show all events");
        assert_eq!(passing(&window).len(), 15);
        press(&mut window, Key::Escape);
        assert!(!says(&window, "Only Clergy"), "Esc closes the panel");
    }
}

#[test]
fn a_lanes_name_takes_it_away_and_with_alt_shows_it_alone() {
    let mut window = window(LARGE);
    let lane = "War and occupation";
    click(&mut window, lane);
    assert_eq!(passing(&window).len(), 14);
    click(&mut window, lane);
    assert_eq!(passing(&window).len(), 15);
    window.get_by_label(lane).click_modifiers(Modifiers::ALT);
    window.run();
    assert_eq!(passing(&window).len(), 1);
    click(&mut window, "Clear the filter");
    assert!(window.state().state().filter.is_empty());
}

#[test]
fn a_persons_chip_opens_their_card_and_follows_them() {
    let mut window = window(LARGE);
    let released = event(&window, "khazali-released");
    click_mark(&mut window, released);
    click(&mut window, "Qais al-Khazali");
    assert!(says(&window, "Stop following"));
    assert!(says(&window, "2 events"));
    let followed = passing(&window);
    assert_eq!(followed, [event(&window, "khazali-captured"), released]);
    click(&mut window, "Stop following");
    assert_eq!(passing(&window).len(), 15);
}

#[test]
fn a_found_person_is_followed_and_esc_shows_all_again() {
    let mut window = window(LARGE);
    go_to(&mut window, "khazali");
    let state = window.state().state();
    assert!(state.search.is_none(), "the search is closed");
    assert_eq!(passing(&window).len(), 2);
    assert!(
        says(&window, "FRANCE 24, Leela Jacinto, October 2016"),
        "the card says where"
    );
    // Esc closes the card, a second time it ends the following.
    press(&mut window, Key::Escape);
    assert!(!says(&window, "Stop following"));
    assert_eq!(passing(&window).len(), 2);
    press(&mut window, Key::Escape);
    assert_eq!(passing(&window).len(), 15);
}

#[test]
fn somebody_whom_no_event_names_is_shown_with_the_source_and_not_followed() {
    let mut window = window(PROJECTOR);
    go_to(&mut window, "kataib");
    assert!(says(&window, "which Iran backs"));
    assert!(says(&window, "FRANCE 24, Leela Jacinto, October 2016"));
    assert!(says(&window, "No event of this file names them."));
    assert_eq!(passing(&window).len(), 15);
}

/// Values are offered with the number of their events, those of no event not at all.
#[test]
fn values_have_their_counts_and_what_no_event_has_is_not_offered() {
    let mut window = window(LARGE);
    press(&mut window, Key::F);
    assert!(says(&window, "Sistani"));
    assert!(!says(&window, "Kataib Hezbollah"), "no event names them");
    assert!(!says(&window, "Disputed"), "no event is disputed");
    let timeline = window.state().timeline();
    let counts = meanwhile::model::FacetCounts::of(timeline);
    for (facet, expected) in [
        (Facet::Certainty(Certainty::Reported), 3),
        (Facet::Certainty(Certainty::Expected), 2),
        (
            Facet::Lane(timeline.find_lane("militias").expect("a lane")),
            6,
        ),
        (
            Facet::Person(timeline.find_person("khazali").expect("him")),
            2,
        ),
    ] {
        assert_eq!(counts.of_value(facet), expected, "{facet:?}");
    }
}

/// The panel stands beside the canvas, and nothing in it moves when nothing is found.
#[test]
fn the_panel_covers_no_event_and_nothing_in_it_jumps() {
    let mut window = window(LARGE);
    press(&mut window, Key::F);
    for id in ["day-after", "mosul-recapture", "paris", "invasion"] {
        let name = mark_name(&window, event(&window, id));
        let mark = window.get_by_label(&name).rect();
        let panel = window.get_by_label("Close the filter").rect();
        assert!(mark.right() < panel.left() - 250.0, "{id}: {mark:?}");
    }
    let top = |window: &Harness<'_, App>| window.get_by_label("Only Clergy").rect().top();
    let before = top(&window);
    click(&mut window, "Expected");
    click(&mut window, "Only Clergy");
    assert!(passing(&window).is_empty());
    window.get_by_label("Only Clergy").scroll_to_me();
    assert!((top(&window) - before).abs() < 1.0);
}

#[test]
fn only_the_time_in_view_passes() {
    let mut window = window(LARGE);
    for _ in 0..3 {
        press(&mut window, Key::Plus);
    }
    press(&mut window, Key::F);
    click(&mut window, "Only the time in view");
    let few = passing(&window).len();
    assert!((1..15).contains(&few), "{few} events");
    click(&mut window, "Only a part of the time");
    assert_eq!(passing(&window).len(), 15);
}

#[test]
fn filtered_out_events_can_be_hidden_and_a_selected_one_is_visible() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        let [captured, released, falls] =
            ["khazali-captured", "khazali-released", "mosul-falls"].map(|id| event(&window, id));
        let hidden = mark_name(&window, falls);
        press(&mut window, Key::F);
        click(&mut window, "Qais al-Khazali");
        press(&mut window, Key::Escape);
        assert!(says(&window, &hidden), "it is dimmed at first");
        press(&mut window, Key::F);
        click(&mut window, "Hide the rest");
        press(&mut window, Key::Escape);
        assert!(!says(&window, &hidden), "it is hidden");
        assert!(says(&window, "2 of 15 shown"));
        // The arrow keys reach only the events that pass.
        for (key, expected) in [
            (Key::ArrowRight, captured),
            (Key::ArrowRight, released),
            (Key::ArrowRight, released),
            (Key::ArrowLeft, captured),
        ] {
            press(&mut window, key);
            assert_eq!(window.state().state().selected, Some(expected));
        }
        press(&mut window, Key::Enter);
        assert!(
            !says(&window, "Previous:"),
            "the first of two has none before it"
        );
        assert!(says(&window, "Next:"));
        press(&mut window, Key::Escape);
        press(&mut window, Key::H);
        assert!(says(&window, &hidden), "H dims again");
        press(&mut window, Key::H);
        assert!(!says(&window, &hidden));
        // A search finds hidden events; going to one dims what was hidden.
        press(&mut window, Key::Slash);
        window.event(egui::Event::Text("mosul falls".to_owned()));
        window.run();
        super::wait_for(&mut window, "an answer", |app| app.found().is_some());
        press(&mut window, Key::Enter);
        assert_eq!(window.state().state().selected, Some(falls));
        assert!(!window.state().state().is_hiding);
    }
}

#[test]
fn nothing_to_show_says_what_shows_all_again() {
    let mut window = window(LARGE);
    press(&mut window, Key::F);
    click(&mut window, "Only Militias and their leaders");
    click(&mut window, "Expected");
    press(&mut window, Key::H);
    press(&mut window, Key::F);
    assert!(says(&window, "No event passes the filter"));
    press(&mut window, Key::C);
    assert!(!says(&window, "No event passes the filter"));
    assert_eq!(passing(&window).len(), 15);
}

/// Everything in the panel and in a person's card, with Tab, Space and Enter.
#[test]
fn filter_values_and_a_persons_card_need_no_pointer() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        press(&mut window, Key::F);
        for (label, key, passes) in [
            ("Only Militias and their leaders", Key::Enter, 6),
            ("Reported", Key::Space, 3),
            ("Show all events", Key::Enter, 15),
            ("Qais al-Khazali", Key::Space, 2),
            ("Hide the rest", Key::Space, 2),
            ("Show all events", Key::Enter, 15),
        ] {
            tab_to(&mut window, label);
            press(&mut window, key);
            assert_eq!(passing(&window).len(), passes, "after {label}");
        }
        press(&mut window, Key::Escape);
        assert!(!says(&window, "Only Clergy"), "Esc closes the panel");
        let released = event(&window, "khazali-released");
        click_mark(&mut window, released);
        press(&mut window, Key::Enter);
        tab_to(&mut window, "Qais al-Khazali");
        press(&mut window, Key::Enter);
        tab_to(&mut window, "Stop following");
        press(&mut window, Key::Enter);
        assert_eq!(passing(&window).len(), 15);
    }
}

#[test]
fn a_place_that_was_searched_for_can_be_taken_back_in_the_panel() {
    let mut window = window(LARGE);
    press(&mut window, Key::Slash);
    window.event(egui::Event::Text("Diyala province".to_owned()));
    window.run();
    super::wait_for(&mut window, "an answer", |app| {
        app.found()
            .is_some_and(|found| found.words == "Diyala province")
    });
    for _ in 0..6 {
        press(&mut window, Key::Enter);
        if passing(&window).len() < 15 {
            break;
        }
        press(&mut window, Key::ArrowDown);
    }
    assert_eq!(passing(&window).len(), 1, "the place is wished for");
    // Enter once more closes the search; the filter's value stays.
    press(&mut window, Key::Enter);
    assert!(window.state().state().search.is_none());
    press(&mut window, Key::F);
    click(&mut window, "Diyala province");
    assert_eq!(passing(&window).len(), 15);
}

#[test]
fn what_lies_on_top_is_closed_first() {
    let mut window = window(LARGE);
    press(&mut window, Key::F);
    window.key_press(Key::Slash);
    window.run();
    window.event(egui::Event::Text("mali".to_owned()));
    window.run();
    assert!(window.state().state().search.is_some());
    click(&mut window, "Close the search");
    assert!(window.state().state().search.is_none());
    assert!(says(&window, "Only Clergy"), "the filter stays");
    press(&mut window, Key::Escape);
    assert!(!says(&window, "Only Clergy"));
}

#[test]
fn searching_for_someone_who_is_followed_goes_on_following() {
    let mut window = window(LARGE);
    let released = event(&window, "khazali-released");
    click_mark(&mut window, released);
    click(&mut window, "Qais al-Khazali");
    assert_eq!(passing(&window).len(), 2);
    // The card is on top and has the keyboard.
    press(&mut window, Key::Escape);
    press(&mut window, Key::Slash);
    window.event(egui::Event::Text("Qais al-Khazali".to_owned()));
    window.run();
    super::wait_for(&mut window, "an answer", |app| {
        app.found()
            .is_some_and(|found| found.words == "Qais al-Khazali")
    });
    press(&mut window, Key::Enter);
    assert_eq!(passing(&window).len(), 2, "still followed");
    // The person is named below, and still is when the search is closed.
    assert!(says(&window, "Stop following") && says(&window, "2 events"));
    press(&mut window, Key::Enter);
    assert!(window.state().state().search.is_none());
    assert!(says(&window, "Filter: 2 of 15 shown, Qais al-Khazali"));
}

#[test]
fn typing_on_after_a_result_still_gives_the_earlier_view_back() {
    let mut window = window(LARGE);
    let before = window.state().state().clone();
    press(&mut window, Key::Slash);
    window.event(egui::Event::Text("fatwa".to_owned()));
    window.run();
    super::wait_for(&mut window, "an answer", |app| app.found().is_some());
    press(&mut window, Key::Enter);
    assert!(window.state().state().selected.is_some());
    window.event(egui::Event::Text("s".to_owned()));
    window.run();
    press(&mut window, Key::Escape);
    let after = window.state().state();
    assert_eq!(
        (after.selected, after.camera),
        (before.selected, before.camera)
    );
}

#[test]
fn a_filter_that_was_cleared_leads_no_more_back_before_the_search() {
    let mut window = window(LARGE);
    go_to(&mut window, "khazali");
    press(&mut window, Key::Escape);
    press(&mut window, Key::C);
    press(&mut window, Key::Plus);
    let camera = window.state().state().camera;
    press(&mut window, Key::F);
    click(&mut window, "Qais al-Khazali");
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    assert_eq!(passing(&window).len(), 15, "Esc ends the following");
    assert_eq!(window.state().state().camera, camera, "and moves nothing");
}

#[test]
fn a_panel_over_a_story_covers_it_for_the_keyboard_and_gives_it_back() {
    for key in [Key::F, Key::I] {
        let mut window = window(LARGE);
        let fatwa = event(&window, "fatwa");
        click_mark(&mut window, fatwa);
        assert!(says(&window, "Close the story"));
        press(&mut window, key);
        assert!(!says(&window, "Close the story"), "{key:?}");
        press(&mut window, Key::Escape);
        assert!(says(&window, "Close the story"), "{key:?}");
    }
}
