//! The window, driven by accessibility labels and keys. No display is needed.

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers, Pos2, Vec2, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, command::ThemeChoice, model::EventId, open::Origin, settings::Store};

/// A window of a size on what is to be opened, with its settings in a folder of their own.
fn window_in(folder: &Path, origin: Option<Origin>, size: (f32, f32)) -> Harness<'static, App> {
    let store = Store::at(folder.join("settings.json"));
    let found = store.load();
    let mut window = Harness::builder()
        .with_size(Vec2::new(size.0, size.1))
        .with_max_steps(200)
        .with_step_dt(1.0 / 30.0)
        .build_eframe(move |context| App::new(&context.egui_ctx, origin, store, found));
    window.run();
    window
}

fn window(size: (f32, f32)) -> Harness<'static, App> {
    let folder = tempfile::tempdir().expect("a folder");
    window_in(folder.path(), Some(Origin::Shipped), size)
}

const LARGE: (f32, f32) = (1440.0, 900.0);
const PROJECTOR: (f32, f32) = (1024.0, 768.0);

/// Whether something on screen says this, as a name or as a text.
fn says(window: &Harness<'_, App>, words: &str) -> bool {
    let has = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    window
        .query_all_by(|node| has(node.label()) || has(node.value()))
        .next()
        .is_some()
}

/// The name of an event's mark, as a screen reader says it.
fn mark_name(window: &Harness<'_, App>, event: EventId) -> String {
    let timeline = window.state().timeline();
    let lane = &timeline.lane_record(timeline.lane(event)).label;
    let name = format!(
        "{}, {}",
        timeline.event(event).title,
        timeline.date_words(event)
    );
    if lane.is_empty() {
        name
    } else {
        format!("{name}, {lane}")
    }
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
        // Lanes that are too high for the window scroll to what the keys choose.
        while window.state().state().selected != Some(event) {
            window.key_press(Key::ArrowRight);
            window.run();
        }
    }
    window.get_by_label(&name).click();
    window.run();
}

fn assert_story(window: &Harness<'_, App>, event: EventId) {
    let state = window.state().state();
    assert_eq!(state.selected, Some(event));
    assert!(state.is_story_open);
    let title = window.state().timeline().event(event).title.clone();
    assert!(
        window.query_all_by_label(&title).count() >= 1,
        "“{title}” is told"
    );
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
            let story = size.0 - 380.0;
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
        let told = timeline.event(from);
        let links = told
            .because
            .iter()
            .chain(timeline.led_to(from))
            .chain(&told.see_also);
        for link in links {
            click_mark(&mut window, from);
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
                    told.id,
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
    assert!(window.state().state().shows_keys);
    window.key_press(Key::Escape);
    window.run();
    assert!(!window.state().state().shows_keys);
}

#[test]
fn the_wheel_zooms_about_the_pointer_and_shift_pans() {
    let mut window = window(LARGE);
    let fatwa = event(&window, "fatwa");
    let at = window
        .get_by_label(&mark_name(&window, fatwa))
        .rect()
        .left_top()
        + Vec2::new(2.0, 5.0);
    let camera = |window: &Harness<'_, App>| window.state().state().camera.expect("a camera");
    let wheel = |window: &mut Harness<'_, App>, delta: Vec2, modifiers: Modifiers| {
        window.hover_at(at);
        window.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Line,
            delta,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers,
        });
        window.run();
    };
    let before = camera(&window);
    let x = f64::from(at.x - 190.0);
    let time = before.time_from_x(x);
    wheel(&mut window, Vec2::new(0.0, 3.0), Modifiers::NONE);
    let after = camera(&window);
    assert!(after.secs_per_px() < before.secs_per_px() * 0.8, "closer");
    assert!(
        (after.x_from_time(time) - x).abs() < 0.5,
        "the moment under the pointer stays"
    );

    wheel(&mut window, Vec2::new(0.0, -2.0), Modifiers::SHIFT);
    let panned = camera(&window);
    assert!((panned.secs_per_px() / after.secs_per_px() - 1.0).abs() < 1e-9);
    assert!(
        (panned.x_from_time(time) - after.x_from_time(time)).abs() > 10.0,
        "Shift pans"
    );

    window.event(egui::Event::Zoom(2.0));
    window.run();
    assert!(
        (camera(&window).secs_per_px() * 2.0 / panned.secs_per_px() - 1.0).abs() < 1e-3,
        "pinching zooms"
    );
}

fn drag(window: &mut Harness<'_, App>, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.run();
    window.drag_at(from);
    window.run_steps(2);
    for step in 1..=6u8 {
        window.hover_at(from + (to - from) * (f32::from(step) / 6.0));
        window.run_steps(1);
    }
    window.drop_at(to);
    window.run();
}

#[test]
fn dragging_moves_what_is_under_the_pointer() {
    let mut window = window(LARGE);
    window.key_press(Key::Plus);
    window.run();
    window.key_press(Key::Plus);
    window.run();
    let before = window.state().state().camera.expect("a camera");
    drag(
        &mut window,
        Pos2::new(700.0, 500.0),
        Pos2::new(600.0, 500.0),
    );
    let after = window.state().state().camera.expect("a camera");
    let time = before.time_from_x(300.0);
    assert!(
        after.x_from_time(time) <= 201.0,
        "it went along, and glided on: {}",
        after.x_from_time(time)
    );
}

#[test]
fn dragging_on_the_axis_flies_to_the_range() {
    let mut window = window(LARGE);
    let before = window.state().state().camera.expect("a camera");
    let y = 900.0 - 64.0 - 20.0;
    drag(&mut window, Pos2::new(500.0, y), Pos2::new(700.0, y));
    let after = window.state().state().camera.expect("a camera");
    for (x, plot_x) in [(310.0, 0.0), (510.0, 1250.0)] {
        let time = before.time_from_x(x);
        assert!(
            (after.x_from_time(time) - plot_x).abs() < 12.0,
            "{x} stands at {}",
            after.x_from_time(time)
        );
    }
}

#[test]
fn the_overview_moves_and_its_edges_zoom() {
    let mut window = window(LARGE);
    for _ in 0..4 {
        window.get_by_label("Zoom in").click();
        window.run();
    }
    let before = window.state().state().camera.expect("a camera");
    let strip = window
        .get_by(|node| {
            node.label()
                .is_some_and(|label| label.starts_with("Overview"))
        })
        .rect();
    window.hover_at(strip.right_center() - Vec2::new(30.0, 0.0));
    window.run();
    drag(
        &mut window,
        strip.right_center() - Vec2::new(30.0, 0.0),
        strip.right_center() - Vec2::new(28.0, 0.0),
    );
    let after = window.state().state().camera.expect("a camera");
    assert!(
        after.time_from_x(0.0) > before.time_from_x(0.0),
        "it went there"
    );
    window.get_by_label("Show everything").click();
    window.run();
    let whole = window.state().state().camera.expect("a camera");
    drag(
        &mut window,
        strip.left_center() + Vec2::new(1.0, 0.0),
        strip.center(),
    );
    let half = window.state().state().camera.expect("a camera");
    assert!(
        half.secs_per_px() < whole.secs_per_px() * 0.6,
        "its edge zooms"
    );
}

#[test]
fn a_double_click_flies_into_an_event() {
    let mut window = window(LARGE);
    let paris = event(&window, "paris");
    let at = window
        .get_by_label(&mark_name(&window, paris))
        .rect()
        .center();
    window.hover_at(at);
    for _ in 0..2 {
        window.drag_at(at);
        window.drop_at(at);
    }
    window.run();
    assert_story(&window, paris);
    let camera = window.state().state().camera.expect("a camera");
    assert!(
        camera.secs_per_px() < 2_000.0,
        "close to the day: {}",
        camera.secs_per_px()
    );
}

#[test]
fn the_view_menu_changes_theme_and_text_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window_in(folder.path(), Some(Origin::Shipped), LARGE);
    for (entry, theme) in [
        ("Dark theme", ThemeChoice::Dark),
        ("Light theme", ThemeChoice::Light),
    ] {
        window.get_by_label("View").click();
        window.run();
        window.get_by_label(entry).click();
        window.run();
        assert_eq!(window.state().state().look.theme, theme);
    }
    let ctrl = Modifiers {
        ctrl: true,
        command: true,
        ..Modifiers::NONE
    };
    window.key_press_modifiers(ctrl, Key::Plus);
    window.run();
    assert_eq!(window.state().state().look.text_percent, 110);
    assert!((window.ctx.zoom_factor() - 1.1).abs() < 1e-6);
    let (saved, warning) = Store::at(folder.path().join("settings.json")).load();
    assert_eq!(
        (saved.look, warning),
        (window.state().state().look, None),
        "kept at once"
    );
}

#[test]
fn every_text_size_shows_every_event_or_lets_one_scroll_to_it() {
    let mut window = window(PROJECTOR);
    let ctrl = Modifiers {
        ctrl: true,
        command: true,
        ..Modifiers::NONE
    };
    for _ in 0..6 {
        window.key_press_modifiers(ctrl, Key::Plus);
        window.run();
    }
    for event in window.state().timeline().events().collect::<Vec<_>>() {
        window.key_press(Key::ArrowRight);
        window.run();
        assert_eq!(window.state().state().selected, Some(event));
        let name = mark_name(&window, event);
        assert!(window.query_by_label(&name).is_some(), "{name} is in view");
    }
}

/// Waits for a file that is read on a thread.
fn wait_for(window: &mut Harness<'_, App>, what: &str, is_there: impl Fn(&App) -> bool) {
    for _ in 0..500 {
        window.run();
        if is_there(window.state()) {
            return;
        }
        std::thread::yield_now();
        std::thread::park_timeout(std::time::Duration::from_millis(4));
    }
    panic!("{what} never came");
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file can be written");
    path
}

const SMALL: &str = r#"{ "title": "Small", "events": [{ "id": "a", "title": "First", "date": "1969-07-20" }, { "id": "b", "title": "Second", "date": "1989" }] }"#;

#[test]
fn a_file_is_opened_and_its_faults_are_said_in_the_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "faulty.json", include_str!("faulty.json"));
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Ten faults"
    });
    window.get_by_label("Show the messages").click();
    window.run();
    assert!(says(&window, "Line 15"));
    window.get_by_label("Dismiss").click();
    window.run();
    assert!(window.query_by_label("Dismiss").is_none());
}

#[test]
fn a_file_that_cannot_be_read_is_said_and_the_window_is_not_empty() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("broken.json", "{ \"title\": "),
        ("empty.json", ""),
        ("list.json", "[]"),
    ] {
        let path = write(folder.path(), name, text);
        let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
        wait_for(&mut window, name, |app| !app.timeline().is_empty());
        assert_eq!(window.state().timeline().title(), "Mosul and the day after");
        assert!(says(&window, name), "{name} is named");
    }
}

#[test]
fn what_was_open_and_where_is_found_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "small.json", SMALL);
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Small"
    });
    let second = event(&window, "b");
    click_mark(&mut window, second);
    for _ in 0..3 {
        window.key_press(Key::Plus);
        window.run();
    }
    let camera = window.state().state().camera.expect("a camera");
    let mut app = window.into_state();
    eframe::App::on_exit(&mut app, None);

    let mut window = window_in(folder.path(), None, LARGE);
    wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Small"
    });
    window.run();
    assert_eq!(window.state().state().selected, Some(second));
    assert!(window.state().state().is_story_open);
    let again = window.state().state().camera.expect("a camera");
    assert!((again.secs_per_px() / camera.secs_per_px() - 1.0).abs() < 0.01);
    assert!((again.x_from_time(camera.time_from_x(100.0)) - 100.0).abs() < 2.0);

    window.get_by_label("View").click();
    window.run();
    window.get_by_label("The chronology that ships").click();
    window.run();
    assert_eq!(window.state().timeline().title(), "Mosul and the day after");
}

#[test]
fn a_broken_settings_file_is_set_aside() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "settings.json", "{ not settings");
    let window = window_in(folder.path(), Some(Origin::Shipped), LARGE);
    assert_eq!(window.state().timeline().len(), 15);
    let kept =
        std::fs::read_to_string(folder.path().join("settings.broken.json")).expect("set aside");
    assert_eq!(kept, "{ not settings");
    assert!(says(&window, "settings"));
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
