//! Themes, motion, and the card under the pointer.

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use meanwhile::command::ThemeChoice;

use super::{LARGE, PROJECTOR, event, mark_name, says, window};

#[test]
fn the_projector_theme_is_chosen_from_the_menu_and_is_larger() {
    let mut window = window(PROJECTOR);
    let before = window.ctx.zoom_factor();
    window.get_by_label("View").click();
    window.run();
    window.get_by_label("Projector theme").click();
    window.run();
    assert_eq!(window.state().state().look.theme, ThemeChoice::Projector);
    assert!((window.ctx.zoom_factor() / before - 1.25).abs() < 1e-3);
    let fatwa = event(&window, "fatwa");
    super::click_mark(&mut window, fatwa);
    super::assert_story(&window, fatwa);
}

#[test]
fn without_motion_all_is_there_at_once() {
    let mut window = window(LARGE);
    for is_still in [false, true] {
        let before = window.state().state().camera;
        window.key_press(Key::Plus);
        window.step();
        window.step();
        let state = window.state().state();
        assert_eq!(state.is_moving(), !is_still);
        assert!(!is_still || state.camera != before);
        window.run();
        window.get_by_label("Show everything").click();
        window.run();
        super::palette::run_command(&mut window, "motion");
        assert!(window.state().state().look.is_still != is_still);
    }
}

#[test]
fn a_card_sums_up_what_is_under_the_pointer_and_does_not_cover_it() {
    let mut window = window(LARGE);
    let fatwa = event(&window, "fatwa");
    let name = mark_name(&window, fatwa);
    let mark = window.get_by_label(&name).rect();
    window.hover_at(mark.center());
    window.run_steps(40);
    let title = window.state().timeline().event(fatwa).title.to_owned();
    let card = window.get_by_label(&title).rect();
    assert!(!card.intersects(mark), "{card:?} over {mark:?}");
    assert!(says(&window, &title));
}

#[test]
fn nothing_flies_where_the_system_asks_for_less_motion() {
    let mut window = window(LARGE);
    for is_reduced in [true, false] {
        window.state_mut().set_system_motion(is_reduced);
        let before = window.state().state().camera;
        window.key_press(Key::Plus);
        window.step();
        window.step();
        let state = window.state().state();
        assert_eq!(state.is_moving(), !is_reduced);
        assert!(!is_reduced || state.camera != before, "it is there at once");
        window.run();
        assert!(
            !window.state().state().look.is_still,
            "one's own choice stays"
        );
    }
}

#[test]
fn with_large_text_in_a_small_window_the_whole_menu_can_be_reached() {
    let mut window = window(PROJECTOR);
    super::enlarge_text(&mut window, 5);
    assert_eq!(window.state().state().look.text_percent, 200);
    window.get_by_label("View").click();
    window.run();
    window.get_by_label("Keys").scroll_to_me();
    window.run();
    window.run_steps(20);
    let entry = window.get_by_label("Keys").rect();
    assert!(
        entry.bottom() * 2.0 <= PROJECTOR.1 && entry.top() >= 0.0,
        "{entry:?}"
    );
    window.get_by_label("Keys").click();
    window.run();
    assert!(
        window
            .state()
            .state()
            .shows(meanwhile::command::Panel::Keys)
    );
}

#[test]
fn the_card_of_what_has_the_focus_needs_no_pointer() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        let fatwa = event(&window, "fatwa");
        let name = mark_name(&window, fatwa);
        super::walk::tab_to(&mut window, &name);
        let mark = window.get_by_label(&name).rect();
        let title = window.state().timeline().event(fatwa).title.to_owned();
        let card = window.get_by_label(&title).rect();
        assert!(!card.intersects(mark), "{card:?} over {mark:?}");
        window.key_press(Key::Enter);
        window.run();
        super::assert_story(&window, fatwa);
    }
}

#[test]
fn a_card_for_which_there_is_no_room_leaves_its_summary_out() {
    let mut window = window(PROJECTOR);
    super::palette::run_command(&mut window, "projector theme");
    super::enlarge_text(&mut window, 6);
    let timeline = window.state().timeline().clone();
    let mut left_out = 0;
    let mut seen = 0;
    for event in timeline.events() {
        let name = mark_name(&window, event);
        if !says(&window, &name) {
            continue;
        }
        window.get_by_label(&name).focus();
        window.run();
        seen += 1;
        let mark = window.get_by_label(&name).rect();
        let title = timeline.event(event).title;
        let card = window.get_by_label(title).rect();
        assert!(!card.intersects(mark), "{title}: {card:?} over {mark:?}");
        left_out += usize::from(!says(&window, timeline.event(event).summary));
    }
    assert!(seen > 2 && left_out > 0, "{left_out} of {seen} left out");
}
