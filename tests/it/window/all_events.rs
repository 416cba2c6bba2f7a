//! The list of all events, the full alternative to the canvas: driven by keys and accessible names.

use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::{LARGE, PROJECTOR, assert_story, event, says, window};

#[test]
fn every_event_is_in_the_list_and_opens_from_it() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        window.key_press(Key::F6);
        window.run();
        assert!(says(&window, "All events"));
        let fatwa = event(&window, "fatwa");
        let timeline = window.state().timeline();
        let lane = &timeline.lane_record(timeline.lane(fatwa)).label;
        let name = format!(
            "{}, {}, {lane}",
            timeline.event(fatwa).title,
            timeline.date_words(fatwa)
        );
        // Only the list has a node of this name: the canvas is hidden.
        window.get_by_label(&name).click();
        window.run();
        assert_story(&window, fatwa);
        for expected in [true, false] {
            // The story is above the list, so it closes first.
            window.key_press(Key::Escape);
            window.run();
            assert_eq!(says(&window, "All events"), expected);
            assert!(!window.state().state().is_story_open);
        }
    }
}
