//! What somebody may do with a chronology: change it, and move about in its window.

use std::sync::Arc;

use meanwhile::{
    command::{Command, LessonMenuCommand, ListCommand, MenuCommand},
    edit::{Change, Named, OpenText, Subject},
    export::choice::ExportChoice,
    formats::{self, ReadProgress, Source, json::ranges::RowList},
    layout::{Camera, CanvasSize, Layout},
    model::{Certainty, Facet, LaneId, Timeline},
    state::{CanvasGeometry, Environment, Look, State},
    time::Moment,
};
use serde_json::{Map, Value, json};

use super::{Choices, FONTS, SHIPPED, an_event, is_sound, read, size};

fn a_change(source: &Source, choices: &mut Choices<'_>) -> Option<Change> {
    const FIELDS: [&str; 10] = [
        "title",
        "date",
        "summary",
        "lane",
        "people",
        "because",
        "media",
        "importance",
        "sources",
        "id",
    ];
    const LISTS: [&str; 6] = ["people", "because", "see_also", "sources", "media", "tags"];
    let event = an_event(&source.timeline, choices)?;
    let of = if choices.byte().is_multiple_of(8) {
        Subject::File
    } else {
        Subject::Event(event)
    };
    let value = |choices: &mut Choices<'_>| match choices.byte() % 6 {
        0 => Value::Null,
        1 => json!(choices.number()),
        2 => json!([choices.text(), { "event": choices.text() }]),
        3 => json!({ "event": choices.text(), "label": choices.text() }),
        _ => json!(choices.text()),
    };
    let path = Vec::new();
    let list = choices.one(&RowList::ALL);
    let row = |choices: &mut Choices<'_>| {
        let mut row = Map::new();
        for field in ["title", "name", "label", "date"] {
            row.insert(field.to_owned(), json!(choices.text()));
        }
        row
    };
    Some(match choices.byte() % 15 {
        9 => Change::AddRow(list, row(choices)),
        10 => Change::MoveRow {
            list,
            from: choices.below(20),
            to: choices.below(20),
        },
        11 => Change::MoveItem {
            of,
            path,
            list: choices.one(&LISTS),
            from: choices.below(4),
            to: choices.below(4),
        },
        12 => Change::AddNamed {
            event,
            what: choices.one(&[Named::Lane, Named::Person, Named::Place, Named::Source]),
            name: choices.text(),
        },
        13 => Change::WriteAll {
            values: vec![(event, value(choices))],
            field: choices.one(&FIELDS),
        },
        14 => Change::Delete(vec![
            Subject::Row(list, choices.below(9)),
            Subject::Event(event),
        ]),
        0 | 1 => Change::Write {
            of,
            path,
            field: choices.one(&FIELDS),
            value: value(choices),
        },
        2 => Change::AddItem {
            of,
            path,
            list: choices.one(&LISTS),
            item: value(choices),
        },
        3 => Change::RemoveItem {
            of,
            path,
            list: choices.one(&LISTS),
            number: choices.below(4),
        },
        4 => Change::Delete(vec![Subject::Event(event)]),
        5 => Change::Duplicate(event),
        6 => Change::Rename {
            of: Subject::Event(event),
            id: choices.text(),
        },
        7 => Change::AddEvents(vec![row(choices)]),
        _ => Change::Paste(value(choices)),
    })
}

/// Any changes of the chronology that ships: the text stays JSON, and undo leads back to its bytes.
pub fn edits(bytes: &[u8]) {
    let choices = &mut Choices(bytes);
    let mut open = OpenText::saved(Arc::new(SHIPPED.to_owned()));
    let mut source = read(SHIPPED.as_bytes()).expect("it ships");
    while choices.is_left() {
        let Some(change) = a_change(&source, choices) else {
            break;
        };
        // What does not fit is refused.
        if !matches!(open.change(&change, &source), Ok(Some(_))) {
            continue;
        }
        let value: Result<Value, _> = serde_json::from_str(open.text());
        assert!(value.is_ok(), "{change:?}");
        match formats::read_text(
            open.text(),
            source.timeline.known_texts(),
            &ReadProgress::default(),
        ) {
            Ok(read) => {
                is_sound(&read.timeline);
                source = read;
            }
            // The window takes back what cannot be read.
            Err(_) => drop(open.undo()),
        }
    }
    while open.undo().is_some() {}
    assert_eq!(open.text().as_str(), SHIPPED);
}

fn a_command(timeline: &Timeline, choices: &mut Choices<'_>, camera: Camera) -> Option<Command> {
    let event = an_event(timeline, choices);
    match choices.byte() % 18 {
        0 => Some(Command::Select(event?)),
        1 => Some(Command::FlyToEvent(event?)),
        2 => Some(Command::FlyIntoEvent(event?)),
        3 => Some(Command::MeasureTo(event?)),
        4 => Some(Command::AlsoSelect(event?)),
        5 => Some(Command::SetQuery(choices.text())),
        6 => {
            let lane = LaneId::from_index(choices.below(timeline.lanes().len()))?;
            let facets = [
                Facet::Lane(lane),
                Facet::Certainty(Certainty::ALL[choices.below(Certainty::ALL.len())]),
            ];
            Some(Command::ToggleFacet(choices.one(&facets)))
        }
        7 => {
            let secs_per_px = camera.secs_per_px() * 2_f64.powf(choices.below(80) as f64 - 40.0);
            let left = Moment::from_secs(choices.number());
            Some(Command::SetCamera(Camera::new(left, secs_per_px)))
        }
        8 => Some(Command::Fling(choices.number() as f64)),
        9 => Some(Command::Scroll(choices.number() as f32)),
        10 => Some(Command::BeginEvent {
            lane: None,
            date: Some(choices.text()),
        }),
        11 => Some(ListCommand::OpenRow(Some(choices.below(9))).into()),
        12 => Some(Command::SetExport(ExportChoice::default())),
        13 => Some(choices.one(LessonMenuCommand::ALL).into()),
        _ => Some(choices.one(MenuCommand::ALL).into()),
    }
}

/// Any commands, in a window of any size: what the window shows stays within the chronology.
pub fn commands(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let mut window = Window::new(&mut choices);
    window.go_on(&mut choices);
}

/// What a window shows of the chronology that ships.
pub struct Window {
    timeline: Arc<Timeline>,
    size: CanvasSize,
    layout: Layout,
    state: State,
    now_secs: f64,
}

impl Window {
    /// A window of any size.
    pub fn new(choices: &mut Choices<'_>) -> Self {
        let source = read(SHIPPED.as_bytes()).expect("it ships");
        let size = size(choices);
        Self {
            layout: Layout::build(Arc::clone(&source.timeline), size, &*FONTS),
            timeline: source.timeline,
            size,
            state: State::new(Look::default()),
            now_secs: 0.0,
        }
    }

    /// Gives commands until the choices are used up; how many.
    pub fn go_on(&mut self, choices: &mut Choices<'_>) -> usize {
        let mut count = 0;
        while choices.is_left() {
            self.now_secs += f64::from(choices.byte()) / 64.0;
            let (layout, size) = (&self.layout, self.size);
            let environment = Environment {
                timeline: &self.timeline,
                canvas: Some(CanvasGeometry {
                    layout,
                    shut_px: size.whole_px - layout.gutter_px,
                    open_px: size.width_px - layout.gutter_px,
                    sheet_px: 0.0,
                    canvas_px: size.height_px,
                    now_secs: self.now_secs,
                }),
                clock_secs: self.now_secs,
            };
            self.state.advance(&environment);
            let camera = self
                .state
                .camera
                .expect("it has one from the first frame on");
            self.is_within_the_chronology(camera);
            if let Some(command) = a_command(&self.timeline, choices, camera) {
                self.state.apply(&command, &environment);
                count += 1;
            }
            if choices.byte().is_multiple_of(32) {
                closes_all(&mut self.state, &environment);
            }
        }
        count
    }

    fn is_within_the_chronology(&self, camera: Camera) {
        let (layout, size, state) = (&self.layout, self.size, &self.state);
        assert!(camera.secs_per_px().is_finite() && camera.secs_per_px() > 0.0);
        // Beside an open story, what fits is narrower.
        let fit = layout.fit(size.width_px - layout.gutter_px);
        assert!(
            camera.secs_per_px() <= fit.secs_per_px() * 1.01,
            "never further out"
        );
        let most_px = layout.most_scroll_px(size.height_px);
        assert!((0.0..=most_px).contains(&state.scroll_px));
        if let Some(event) = state.selected {
            assert!(event.index() < self.timeline.len());
        }
        assert!(!state.is_story_open || state.selected.is_some());
    }
}

/// Escape leads back from wherever one is.
fn closes_all(state: &mut State, environment: &Environment<'_>) {
    for _ in 0..60 {
        if state.session.is_some() {
            state.apply(&LessonMenuCommand::Leave.into(), environment);
        } else if state.top().is_none() {
            return;
        } else {
            state.apply(&MenuCommand::StepBack.into(), environment);
        }
    }
    panic!("{:?} stays open", state.top());
}
