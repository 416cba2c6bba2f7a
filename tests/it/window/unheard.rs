//! The pointer in a window to which no assistive technology listens: there only the marks near the
//! pointer are widgets.

use egui::{Context, CursorIcon, Event, FullOutput, Key, Modifiers, PointerButton, Pos2, Vec2};
use egui_kittest::kittest::Queryable as _;
use meanwhile::{app::App, layout::Camera, model::EventId, open::Origin, settings::Store};

use super::{LARGE, STEP_SECS, event, mark_name, window};

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
    is_story_open: bool,
}

impl Bare {
    fn open(is_heard: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::at(folder.path().join("settings.json"));
        let found = store.load();
        let ctx = Context::default();
        let app = App::new(&ctx, Some(Origin::Shipped), store, found);
        let mut bare = Self {
            ctx,
            app,
            // The only way to create an `eframe::Frame` without a window.
            frame: eframe::Frame::_new_kittest(),
            frames: 0,
            is_heard,
        };
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
            is_story_open: state.is_story_open,
        }
    }
}

fn click(at: Pos2, modifiers: Modifiers) -> Vec<Event> {
    let button = |pressed| Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    };
    vec![
        Event::ModifiersChanged(modifiers),
        Event::PointerMoved(at),
        button(true),
        button(false),
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

/// Where marks and the era are, and a place where nothing is.
fn places() -> Vec<(String, Pos2)> {
    let window = window(LARGE);
    let mut places: Vec<(String, Pos2)> = ["fatwa", "paris"]
        .into_iter()
        .filter_map(|id| {
            let event = window.state().timeline().find_event(id)?;
            let name = mark_name(&window, event);
            let at = window.query_by_label(&name)?.rect().center();
            Some((id.to_owned(), at))
        })
        .collect();
    assert!(places.len() >= 2, "{places:?}");
    let paris = event(&window, "paris");
    let mark = window.get_by_label(&mark_name(&window, paris)).rect();
    places.push((
        "just beside".to_owned(),
        mark.left_center() - Vec2::new(2.0, 0.0),
    ));
    for node in window.query_all_by(|node| node.label().is_some_and(|it| it.starts_with("Era: "))) {
        let node: egui_kittest::Node<'_> = node;
        places.push(("era".to_owned(), node.rect().center()));
    }
    places.push(("nothing".to_owned(), Pos2::new(700.0, 70.0)));
    places
}

#[test]
fn the_pointer_does_the_same_whether_somebody_listens_or_not() {
    let places = places();
    let from = Pos2::new(1400.0, 30.0);
    for (name, at) in &places {
        for (how, modifiers, clicks) in [
            ("a click", Modifiers::NONE, 1),
            ("a double click", Modifiers::NONE, 2),
            ("a click with Shift", SHIFT, 1),
            ("a click with Ctrl", CTRL, 1),
        ] {
            for is_jump in [true, false] {
                let outcomes = [true, false].map(|is_heard| {
                    let mut bare = Bare::open(is_heard);
                    // Something is selected before, elsewhere.
                    let (_, other) = places
                        .iter()
                        .find(|(it, _)| it != name)
                        .expect("there are more");
                    bare.step(click(*other, Modifiers::NONE));
                    bare.rest();
                    bare.step(vec![Event::PointerMoved(from)]);
                    bare.rest();
                    if !is_jump {
                        bare.step(vec![Event::PointerMoved(*at)]);
                        bare.step(Vec::new());
                    }
                    for _ in 0..clicks {
                        bare.step(click(*at, modifiers));
                        bare.step(vec![Event::ModifiersChanged(Modifiers::NONE)]);
                    }
                    bare.rest();
                    bare.outcome()
                });
                assert_eq!(
                    outcomes[0], outcomes[1],
                    "{how} on {name}, after a jump: {is_jump}"
                );
            }
        }
    }
}

#[test]
fn a_mark_far_from_where_the_pointer_was_is_pointed_at_in_the_next_frame() {
    let mut bare = Bare::open(false);
    bare.step(vec![Event::PointerMoved(Pos2::new(1400.0, 30.0))]);
    bare.rest();
    let (_, at) = places().swap_remove(1);
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
        let mut bare = Bare::open(is_heard);
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
