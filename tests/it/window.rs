//! The window, driven by accessibility labels and keys. No display is needed.

mod about;
mod all_events;
mod alone;
mod between;
mod causes;
mod counts;
mod eras;
mod exporting;
mod files;
mod filter;
mod gestures;
mod languages;
mod lesson;
mod long;
mod look;
mod palette;
mod pictures;
mod search;
mod spoken;
mod tables;
mod touch;
mod unheard;
mod waiting;
mod walk;
mod watched;
mod writing;

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use meanwhile::{app::App, command::Panel, model::EventId, open::Origin, settings::Store};
use waiting::{wait_for, wait_until};

/// How much later each frame is than the one before, in seconds.
const STEP_SECS: f32 = 1.0 / 30.0;

/// A window on `origin`, of `size` in px, with its settings in `folder`.
fn window_in(folder: &Path, origin: Option<Origin>, size: (f32, f32)) -> Harness<'static, App> {
    window_of(folder, origin, size, |_| ())
}

/// The same; `prepare` is done to the app before its first frame.
fn window_of(
    folder: &Path,
    origin: Option<Origin>,
    size: (f32, f32),
    prepare: impl FnOnce(&mut App) + 'static,
) -> Harness<'static, App> {
    let store = Store::at(folder.join("settings.json"));
    let found = store.load();
    let mut window = Harness::builder()
        .with_size(Vec2::new(size.0, size.1))
        .with_max_steps(200)
        .with_step_dt(STEP_SECS)
        .build_eframe(move |context| {
            waiting::notice(&context.egui_ctx);
            let mut app = App::new(&context.egui_ctx, origin, store, found);
            prepare(&mut app);
            app
        });
    window.run();
    window
}

fn window(size: (f32, f32)) -> Harness<'static, App> {
    let folder = tempfile::tempdir().expect("a folder");
    window_in(folder.path(), Some(Origin::Shipped), size)
}

const LARGE: (f32, f32) = (1440.0, 900.0);
const PROJECTOR: (f32, f32) = (1024.0, 768.0);

/// Whether the label or the value of a node on screen contains `words`.
fn says(window: &Harness<'_, App>, words: &str) -> bool {
    let has = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    window
        .query_all_by(|node| {
            node.role() != Role::Status && (has(node.label()) || has(node.value()))
        })
        .next()
        .is_some()
}

/// What a screen reader is told of its own accord.
fn spoken(window: &Harness<'_, App>) -> Vec<String> {
    let live = window.query_all_by(|node| node.role() == Role::Status);
    live.filter_map(|node| node.accesskit_node().label())
        .collect()
}

/// Presses Ctrl and + `times` times.
fn enlarge_text(window: &mut Harness<'_, App>, times: usize) {
    let ctrl = Modifiers {
        ctrl: true,
        command: true,
        ..Modifiers::NONE
    };
    for _ in 0..times {
        window.key_press_modifiers(ctrl, Key::Plus);
        window.run();
    }
}

/// The accessible name of an event's mark.
fn mark_name(window: &Harness<'_, App>, event: EventId) -> String {
    let timeline = window.state().timeline();
    let lane = &timeline.lane_record(timeline.lane(event)).label;
    let date = timeline.date_words(event).to_string();
    let certainty = timeline.certainty(event).said();
    let parts = [timeline.event(event).title, &date, certainty, lane];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

fn event(window: &Harness<'_, App>, id: &str) -> EventId {
    window
        .state()
        .timeline()
        .find_event(id)
        .unwrap_or_else(|| panic!("{id} is in the file"))
}

fn click_mark(window: &mut Harness<'_, App>, event: EventId) {
    // Long enough after the last click that the two are no double click.
    window.run_steps(20);
    let name = mark_name(window, event);
    if !says(window, &name) {
        // Lanes that are too high for the window scroll to the event that keys select.
        let selected = |window: &Harness<'_, App>| window.state().state().selected;
        for _ in 0..2 * window.state().timeline().len() {
            let is_later = selected(window).is_some_and(|now| now > event);
            window.key_press(if is_later {
                Key::ArrowLeft
            } else {
                Key::ArrowRight
            });
            window.run();
            if selected(window) == Some(event) {
                break;
            }
        }
        assert_eq!(selected(window), Some(event), "keys lead to {name}");
    }
    window.get_by_label(&name).click();
    window.run();
}

fn assert_story(window: &Harness<'_, App>, event: EventId) {
    let state = window.state().state();
    assert_eq!(state.selected, Some(event));
    assert!(state.is_story_open);
    let title = window.state().timeline().event(event).title.to_owned();
    assert!(
        window.query_all_by_label(&title).count() >= 1,
        "“{title}” is in the story"
    );
}

/// A file as the system drops it.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// Drops a file on the window in the next frame.
fn drop_on(window: &mut Harness<'_, App>, path: &Path) {
    let dropped = std::sync::Arc::new(Dropped(path.to_owned()));
    window.input_mut().dropped_files.push(dropped);
}

#[test]
fn a_click_on_every_mark_opens_its_story() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        let events: Vec<EventId> = window.state().timeline().events().collect();
        assert_eq!(events.len(), 15);
        for event in events {
            click_mark(&mut window, event);
            assert_story(&window, event);
            window.key_press(Key::Escape);
            window.run();
            assert!(
                !window.state().state().is_story_open,
                "Esc closes the story"
            );
        }
    }
}

#[test]
fn what_was_clicked_is_never_covered_by_its_story() {
    for size in [LARGE, PROJECTOR, (800.0, 600.0)] {
        let mut window = window(size);
        for event in window.state().timeline().events().collect::<Vec<_>>() {
            click_mark(&mut window, event);
            let name = mark_name(&window, event);
            assert!(
                says(&window, &name),
                "{name} at {size:?}: {:?}",
                window.state().state()
            );
            let mark = window.get_by_label(&name).rect();
            let story = size.0 - if size.0 < 1000.0 { 340.0 } else { 380.0 };
            assert!(
                mark.is_positive() && mark.right() <= story + 1.0,
                "{name} at {size:?}: {mark:?}"
            );
            window.key_press(Key::Escape);
            window.run();
            window.key_press(Key::Home);
            window.run();
        }
    }
}

#[test]
fn previous_and_next_walk_all_fifteen() {
    let mut window = window(LARGE);
    let first = event(&window, "invasion");
    click_mark(&mut window, first);
    let mut walked = vec![first];
    while let Some(button) = window.query_by(|node| {
        node.label()
            .is_some_and(|label| label.starts_with("Next: "))
    }) {
        button.click();
        window.run();
        let now = window.state().state().selected.expect("an event");
        assert_story(&window, now);
        walked.push(now);
    }
    assert_eq!(
        walked,
        window.state().timeline().events().collect::<Vec<_>>()
    );
    while let Some(button) = window.query_by(|node| {
        node.label()
            .is_some_and(|label| label.starts_with("Previous: "))
    }) {
        button.click();
        window.run();
    }
    assert_eq!(window.state().state().selected, Some(first));
}

#[test]
fn every_link_in_every_story_leads_to_its_event() {
    let mut window = window(LARGE);
    let timeline = window.state().timeline().clone();
    let mut walked = 0;
    for from in timeline.events() {
        let record = timeline.event(from);
        let links = record
            .because
            .iter()
            .chain(timeline.led_to(from))
            .chain(record.see_also);
        for link in links {
            click_mark(&mut window, from);
            if !record.media.is_empty() {
                // What is below a picture is another widget once the picture is there.
                wait_until(&mut window, "the picture", |window| {
                    says(window, ". Enlarge")
                });
                window.run();
            }
            let start = timeline.short(link.event).to_owned();
            let rows: Vec<_> = window
                .query_all_by(|node| {
                    node.role() == Role::Link
                        && node.label().is_some_and(|label| label.starts_with(&start))
                })
                .collect();
            let row = rows.first().unwrap_or_else(|| {
                panic!(
                    "a link to {start} in the story of {}; open is {:?}",
                    record.id,
                    window.state().state().selected
                )
            });
            row.click_accesskit();
            drop(rows);
            window.run();
            assert_story(&window, link.event);
            let name = mark_name(&window, link.event);
            assert!(window.query_by_label(&name).is_some(), "{name} is in view");
            walked += 1;
        }
    }
    assert!(walked >= 20, "{walked} links");
}

#[test]
fn a_link_flies_when_one_is_close_up() {
    let mut window = window(LARGE);
    let paris = event(&window, "paris");
    click_mark(&mut window, paris);
    for _ in 0..9 {
        window.key_press(Key::Plus);
        window.run();
    }
    let mali = event(&window, "mali");
    assert!(
        window.query_by_label(&mark_name(&window, mali)).is_none(),
        "Mali is out of view"
    );
    window
        .get_by(|node| {
            node.role() == Role::Link
                && node
                    .label()
                    .is_some_and(|label| label.starts_with("France in Mali"))
        })
        .click_accesskit();
    window.run();
    assert_story(&window, mali);
    assert!(
        window.query_by_label(&mark_name(&window, mali)).is_some(),
        "Mali is in view"
    );
}

#[test]
fn keys_walk_zoom_and_step_back() {
    let mut window = window(LARGE);
    let press = |window: &mut Harness<'_, App>, key| {
        window.key_press(key);
        window.run();
    };
    press(&mut window, Key::ArrowRight);
    assert_eq!(
        window.state().state().selected,
        Some(event(&window, "invasion"))
    );
    assert!(
        !window.state().state().is_story_open,
        "walking opens nothing"
    );
    press(&mut window, Key::ArrowRight);
    assert_eq!(
        window.state().state().selected,
        Some(event(&window, "mahdi-army"))
    );
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowDown);
    let lane = window
        .state()
        .timeline()
        .lane(window.state().state().selected.expect("an event"));
    assert_eq!(lane.index(), 1, "down leads to the lane below");
    press(&mut window, Key::ArrowUp);
    assert_eq!(
        window.state().state().selected,
        Some(event(&window, "invasion"))
    );
    press(&mut window, Key::Enter);
    assert_story(&window, event(&window, "invasion"));

    let scale = |window: &Harness<'_, App>| {
        window
            .state()
            .state()
            .camera
            .expect("a camera")
            .secs_per_px()
    };
    let whole = scale(&window);
    press(&mut window, Key::Plus);
    assert!(scale(&window) < whole);
    press(&mut window, Key::Minus);
    assert!((scale(&window) / whole - 1.0).abs() < 1e-6);
    press(&mut window, Key::Plus);
    press(&mut window, Key::Num0);
    assert!((scale(&window) / whole - 1.0).abs() < 1e-6, "0 fits all");

    press(&mut window, Key::Escape);
    assert!(!window.state().state().is_story_open);
    assert!(
        window.state().state().selected.is_some(),
        "one level at a time"
    );
    press(&mut window, Key::Escape);
    assert_eq!(window.state().state().selected, None);
}

#[test]
fn enter_on_a_focused_mark_opens_it() {
    let mut window = window(LARGE);
    let fatwa = event(&window, "fatwa");
    window.get_by_label(&mark_name(&window, fatwa)).focus();
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_story(&window, fatwa);
}

#[test]
fn the_question_mark_shows_all_keys() {
    let mut window = window(LARGE);
    window.key_press_modifiers(Modifiers::SHIFT, Key::Questionmark);
    window.run();
    assert!(window.state().state().shows(Panel::Keys));
    // Group by group.
    for heading in ["Events", "Search and filter", "View", "By hand"] {
        assert!(says(&window, heading), "{heading}");
    }
    window.key_press(Key::Escape);
    window.run();
    assert!(!window.state().state().shows(Panel::Keys));
}

#[test]
fn keys_copy_the_selected_event_as_text() {
    let mut window = window(LARGE);
    for _ in 0..5 {
        window.key_press(Key::ArrowRight);
        window.run();
    }
    let selected = window.state().state().selected.expect("an event");
    let expected = window.state().timeline().event_text(selected);
    window.event(egui::Event::Copy);
    window.step();
    let mut copied = None;
    for _ in 0..3 {
        for command in &window.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                copied = Some(text.clone());
            }
        }
        window.step();
    }
    assert_eq!(copied, Some(expected));
}

#[test]
fn every_text_size_shows_every_event_or_lets_one_scroll_to_it() {
    let mut window = window(PROJECTOR);
    enlarge_text(&mut window, 6);
    for event in window.state().timeline().events().collect::<Vec<_>>() {
        window.key_press(Key::ArrowRight);
        window.run();
        assert_eq!(window.state().state().selected, Some(event));
        let name = mark_name(&window, event);
        assert!(window.query_by_label(&name).is_some(), "{name} is in view");
    }
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let mut window = window(LARGE);
    window.run();
    let output = window.output();
    let delay = output
        .viewport_output
        .get(&egui::ViewportId::ROOT)
        .expect("the window")
        .repaint_delay;
    assert!(
        delay > std::time::Duration::from_hours(1),
        "the next frame is asked for in {delay:?}"
    );
}

#[test]
fn a_sheet_that_made_itself_room_gives_the_view_back() {
    let mut window = window(PROJECTOR);
    let before = window.state().state().camera;
    let paris = event(&window, "paris");
    click_mark(&mut window, paris);
    assert_ne!(window.state().state().camera, before, "it made room");
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(window.state().state().camera, before);
}

#[test]
fn where_there_is_no_room_for_both_the_story_is_a_page() {
    let mut window = window(PROJECTOR);
    enlarge_text(&mut window, 5);
    let paris = event(&window, "paris");
    click_mark(&mut window, paris);
    assert_story(&window, paris);
    assert!(
        window.query_by_label("Zoom in").is_none(),
        "nothing peeps out behind it"
    );
    // Long enough after the click that opened it that the two are no double click.
    window.run_steps(20);
    window.get_by_label("Close the story").click();
    window.run();
    assert!(window.query_by_label("Zoom in").is_some());
}

#[test]
fn a_window_made_smaller_keeps_the_open_storys_event_in_view() {
    let mut window = window(LARGE);
    for id in ["khazali-released", "paris", "invasion"] {
        let event = event(&window, id);
        click_mark(&mut window, event);
        for size in [(1000.0, 700.0), (800.0, 600.0), (1440.0, 900.0)] {
            window.set_size(Vec2::new(size.0, size.1));
            window.run();
            let name = mark_name(&window, event);
            assert!(says(&window, &name), "{name} is in view at {size:?}");
        }
    }
}

#[test]
fn a_window_made_smaller_keeps_the_whole_file_beside_an_open_story() {
    let mut window = window(LARGE);
    let paris = event(&window, "paris");
    click_mark(&mut window, paris);
    for size in [
        (1150.0, 800.0),
        (1024.0, 768.0),
        (1000.0, 760.0),
        (1440.0, 900.0),
    ] {
        window.set_size(Vec2::new(size.0, size.1));
        window.run();
        let story = window.get_by_label("Close the story").rect().right() - 340.0;
        for event in window.state().timeline().events() {
            let name = mark_name(&window, event);
            let mark = window.get_by(|node| node.label().is_some_and(|label| label == name));
            let right = mark.rect().right();
            assert!(
                right <= story,
                "{name} ends at {right} of {story} at {size:?}"
            );
        }
    }
    window.key_press(Key::Escape);
    window.run();
    let camera = window.state().state().camera;
    window.key_press(Key::Num0);
    window.run();
    assert_eq!(
        window.state().state().camera,
        camera,
        "closed, it fits the window"
    );
}

#[test]
fn nothing_moves_behind_the_list_of_keys() {
    let mut window = window(LARGE);
    window.key_press_modifiers(Modifiers::SHIFT, Key::Questionmark);
    window.run();
    window.key_press(Key::ArrowRight);
    window.run();
    assert_eq!(window.state().state().selected, None);
}
