//! The pointer in a window to which no assistive technology listens: there only the marks near the
//! pointer are widgets.

use std::{path::Path, time::Duration};

use egui::{
    Context, CursorIcon, Event, FullOutput, Key, Modifiers, PointerButton, Pos2, TouchDeviceId,
    TouchId, TouchPhase, Vec2,
};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use meanwhile::{app::App, layout::Camera, model::EventId, open::Origin, settings::Store};
use serde_json::json;

use super::{LARGE, STEP_SECS, waiting::wait_until, window_in};

/// A window without the test harness, to which somebody listens or not.
struct Bare {
    ctx: Context,
    app: App,
    frame: eframe::Frame,
    frames: u32,
    is_heard: bool,
}

/// What the pointer and the keys have brought about.
#[derive(Debug, PartialEq)]
struct Outcome {
    selected: Option<EventId>,
    also: usize,
    measured_from: Option<EventId>,
    camera: Option<Camera>,
    top: String,
}

impl Bare {
    fn open(is_heard: bool, folder: &Path) -> Self {
        // None that another window has written.
        let store = Store::at(folder.join("no settings").join("settings.json"));
        let found = store.load();
        let ctx = Context::default();
        let app = App::new(&ctx, Some(chronology(folder)), store, found);
        let mut bare = Self {
            ctx,
            app,
            // The only way to create an `eframe::Frame` without a window.
            frame: eframe::Frame::_new_kittest(),
            frames: 0,
            is_heard,
        };
        while bare.app.timeline().is_empty() || bare.app.state().camera.is_none() {
            bare.step(Vec::new());
            std::thread::sleep(Duration::from_millis(1));
        }
        bare.rest();
        bare
    }

    fn step(&mut self, events: Vec<Event>) -> FullOutput {
        if self.is_heard {
            self.ctx.enable_accesskit();
        } else {
            self.ctx.disable_accesskit();
        }
        self.frames += 1;
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(Pos2::ZERO, Vec2::from(LARGE))),
            time: Some(f64::from(self.frames) * f64::from(STEP_SECS)),
            events,
            focused: true,
            ..egui::RawInput::default()
        };
        let mut output = self.ctx.run_ui(input, |ui| {
            eframe::App::logic(&mut self.app, ui.ctx(), &mut self.frame);
            eframe::App::ui(&mut self.app, ui, &mut self.frame);
        });
        output.textures_delta.clear();
        output
    }

    /// Frames in which nothing happens, until flights have arrived and no click is half of a double one.
    fn rest(&mut self) {
        for _ in 0..40 {
            self.step(Vec::new());
        }
    }

    fn outcome(&self) -> Outcome {
        let state = self.app.state();
        Outcome {
            selected: state.selected,
            also: state.writing.several.len(),
            measured_from: state.measure_start,
            camera: state.camera,
            top: format!(
                "{:?}",
                (state.top(), state.writing.is_form_open, state.panel)
            ),
        }
    }
}

/// What is done at a place, frame by frame.
struct Script {
    name: &'static str,
    frames: Vec<Vec<Event>>,
}

fn button(at: Pos2, pressed: bool, modifiers: Modifiers) -> Event {
    Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    }
}

/// A click by a pointer that was elsewhere in the frame before.
fn click(at: Pos2, modifiers: Modifiers) -> Vec<Vec<Event>> {
    let click = vec![
        Event::ModifiersChanged(modifiers),
        Event::PointerMoved(at),
        button(at, true, modifiers),
        button(at, false, modifiers),
    ];
    vec![click, vec![Event::ModifiersChanged(Modifiers::NONE)]]
}

/// A tap by a finger, which is nowhere before and after.
fn tap(at: Pos2) -> Vec<Vec<Event>> {
    let touch = |phase| Event::Touch {
        device_id: TouchDeviceId(1),
        id: TouchId::from(0),
        phase,
        pos: at,
        force: None,
    };
    let start = vec![
        touch(TouchPhase::Start),
        Event::PointerMoved(at),
        button(at, true, Modifiers::NONE),
    ];
    let end = vec![
        touch(TouchPhase::End),
        button(at, false, Modifiers::NONE),
        Event::PointerGone,
    ];
    vec![start, end]
}

/// All that is done at a place.
fn scripts(at: Pos2) -> Vec<Script> {
    let script = |name, frames: &[Vec<Vec<Event>>]| Script {
        name,
        frames: frames.concat(),
    };
    let way = || vec![vec![Event::PointerMoved(at)], Vec::new()];
    let once = click(at, Modifiers::NONE);
    let left = vec![
        vec![button(at, true, Modifiers::NONE)],
        vec![
            button(at, false, Modifiers::NONE),
            Event::PointerMoved(at + Vec2::new(-300.0, 0.0)),
        ],
    ];
    vec![
        script("a click after a jump", std::slice::from_ref(&once)),
        script("a click", &[way(), once.clone()]),
        script("a double click after a jump", &[once.clone(), once.clone()]),
        script("a double click", &[way(), once.clone(), once]),
        script("a click with Shift after a jump", &[click(at, SHIFT)]),
        script("a click with Ctrl after a jump", &[click(at, CTRL)]),
        script("a click that leaves at once", &[way(), left]),
        script("a tap", &[tap(at)]),
        script("a double tap", &[tap(at), tap(at)]),
    ]
}

const SHIFT: Modifiers = Modifiers {
    shift: true,
    ..Modifiers::NONE
};
const CTRL: Modifiers = Modifiers {
    ctrl: true,
    command: true,
    ..Modifiers::NONE
};

/// A chronology with events that stand alone, some that are clustered, and an era.
fn chronology(folder: &Path) -> Origin {
    let mut events = vec![
        json!({"id": "first", "title": "The first", "date": "1950-02"}),
        json!({"id": "last", "title": "The last", "date": "2010-05"}),
    ];
    events.extend((1..=60).map(|number| {
        let date = format!("1980-03-{:02}", number % 28 + 1);
        json!({"title": format!("One of many, number {number}"), "date": date, "importance": 1})
    }));
    let file = folder.join("timeline.json");
    let era = json!({"label": "An era", "date": "1960/1975"});
    let text = json!({"title": "Targets", "eras": [era], "events": events});
    std::fs::write(&file, text.to_string()).expect("written");
    Origin::File(file)
}

/// Where targets of every kind are, and places where nothing is.
fn places(folder: &Path) -> Vec<(&'static str, Pos2)> {
    let mut window = window_in(folder, Some(chronology(folder)), LARGE);
    wait_until(&mut window, "the chronology", |window| {
        window.state().timeline().len() > 20
    });
    window.run();
    let at = |words: &str| {
        let has = |node: &egui_kittest::Node<'_>| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.contains(words))
        };
        let mut found =
            window.query_all_by(|node| node.label().is_some_and(|label| label.contains(words)));
        let node = found
            .find(has)
            .unwrap_or_else(|| panic!("{words} is on the canvas"));
        node.rect()
    };
    let last = at("The last, ");
    vec![
        ("the first", at("The first, ").center()),
        ("the last", last.center()),
        (
            "just beside the last",
            last.left_center() - Vec2::new(2.0, 0.0),
        ),
        ("an era", at("Era: ").center()),
        ("a cluster", at(": zoom in to read").center()),
        ("nothing", Pos2::new(1000.0, 600.0)),
    ]
}

#[test]
fn pointer_and_finger_do_the_same_whether_somebody_listens_or_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let places = places(folder.path());
    for (name, at) in &places {
        for script in scripts(*at) {
            let outcomes = [true, false].map(|is_heard| {
                let mut bare = Bare::open(is_heard, folder.path());
                // Something is selected before, elsewhere.
                let other = places.iter().find(|(it, _)| it != name);
                let (_, other) = other.expect("there are more");
                for events in click(*other, Modifiers::NONE) {
                    bare.step(events);
                }
                bare.rest();
                bare.step(vec![Event::PointerMoved(Pos2::new(1400.0, 30.0))]);
                bare.rest();
                for events in &script.frames {
                    bare.step(events.clone());
                }
                bare.rest();
                bare.outcome()
            });
            assert_eq!(outcomes[0], outcomes[1], "{} on {name}", script.name);
        }
    }
}

#[test]
fn the_duration_between_two_events_is_pressed_by_every_pointer() {
    let folder = tempfile::tempdir().expect("a folder");
    let places = places(folder.path());
    let at = |name: &str| {
        places
            .iter()
            .find(|(it, _)| *it == name)
            .expect("it is there")
            .1
    };
    let mut window = window_in(folder.path(), Some(chronology(folder.path())), LARGE);
    wait_until(&mut window, "the chronology", |window| {
        window.state().timeline().len() > 20
    });
    let measure = [
        click(at("the last"), Modifiers::NONE),
        vec![Vec::new(); 20],
        click(at("the first"), SHIFT),
        vec![Vec::new(); 20],
    ];
    for events in measure.concat() {
        for event in events {
            window.event(event);
        }
        window.step();
    }
    let words =
        window.query_all_by(|node| node.label().is_some_and(|it| it.starts_with("Between ")));
    let pill = words
        .map(|node| node.rect().center())
        .next()
        .expect("how long it is");
    for frames in [click(pill, Modifiers::NONE), tap(pill)] {
        let mut bare = Bare::open(false, folder.path());
        for events in measure.concat() {
            bare.step(events);
        }
        assert!(bare.outcome().measured_from.is_some());
        for events in frames {
            bare.step(events);
        }
        bare.rest();
        assert_eq!(bare.outcome().measured_from, None, "it is closed");
    }
}

#[test]
fn a_mark_far_from_where_the_pointer_was_is_pointed_at_in_the_next_frame() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bare = Bare::open(false, folder.path());
    bare.step(vec![Event::PointerMoved(Pos2::new(1400.0, 30.0))]);
    bare.rest();
    let (_, at) = places(folder.path()).swap_remove(1);
    let output = bare.step(vec![Event::PointerMoved(at)]);
    let asks = output.viewport_output.values();
    assert!(
        asks.map(|it| it.repaint_delay)
            .min()
            .is_some_and(|it| it.is_zero()),
        "another frame follows"
    );
    let output = bare.step(Vec::new());
    assert_eq!(output.platform_output.cursor_icon, CursorIcon::PointingHand);
    // And it is not asked for frame after frame.
    bare.rest();
    let output = bare.step(Vec::new());
    let asks = output.viewport_output.values();
    assert!(
        asks.map(|it| it.repaint_delay)
            .min()
            .is_some_and(|it| !it.is_zero())
    );
}

#[test]
fn tab_goes_the_same_way_whether_somebody_listens_or_not() {
    let ways = [true, false].map(|is_heard| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut bare = Bare::open(is_heard, folder.path());
        let tab = |modifiers| {
            let key = |pressed| Event::Key {
                key: Key::Tab,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers,
            };
            [vec![key(true)], vec![key(false)]]
        };
        let mut way = Vec::new();
        for modifiers in [[Modifiers::NONE; 40].as_slice(), &[SHIFT; 30]].concat() {
            for events in tab(modifiers) {
                bare.step(events);
                bare.step(Vec::new());
                bare.step(Vec::new());
            }
            way.push(bare.ctx.memory(egui::Memory::focused));
        }
        way
    });
    assert_eq!(ways[0], ways[1]);
    let places: std::collections::HashSet<_> = ways[0].iter().flatten().collect();
    assert!(
        places.len() > 20,
        "the marks are among them: {}",
        places.len()
    );
}
