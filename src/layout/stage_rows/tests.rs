use std::sync::Arc;

use super::*;
use crate::layout::{BundledFonts, StageLanes};

/// Page widths, heights, units and scales of letters: 1920 × 1080, 1366 × 768, 1024 × 768.
const STAGES: [(f32, f32, f32, f32); 4] = [
    (1680.0, 540.0, 1.0, 1.0),
    (1195.0, 384.0, 0.711, 1.0),
    (924.0, 384.0, 0.711, 1.0),
    (924.0, 384.0, 0.711, 1.118),
];

fn rows_of(
    timeline: &Arc<Timeline>,
    (width, height, unit, scale): (f32, f32, f32, f32),
) -> (LessonTimeline, StageRows) {
    let lesson = &timeline.lessons()[0];
    let lesson_timeline = LessonTimeline::of(timeline, lesson);
    let rows = StageRows::new(
        (timeline, lesson),
        &lesson_timeline,
        (width, height),
        StageSizes::at(unit, scale),
        &BundledFonts::default(),
    );
    (lesson_timeline, rows)
}

fn shipped() -> Arc<Timeline> {
    let text = include_bytes!("../../../timeline.json");
    crate::formats::read(text).unwrap().timeline
}

/// 45 events in three lanes, of which the lesson tells five.
fn many() -> Arc<Timeline> {
    let events: Vec<String> = (0..45)
        .map(|n| {
            format!(
                r#"{{"id": "e{n}", "title": "An event with the number {n}", "date": "{}",
                   "lane": "l{}", "importance": {}}}"#,
                1900 + 2 * n,
                n % 3,
                1 + n % 5
            )
        })
        .collect();
    let steps: Vec<String> = (0..5)
        .map(|n| format!(r#"{{"event": "e{}"}}"#, 11 * n))
        .collect();
    let file = format!(
        r#"{{"title": "T", "events": [{}], "lessons": [{{"title": "L", "steps": [{}]}}]}}"#,
        events.join(","),
        steps.join(",")
    );
    crate::formats::read(file.as_bytes()).unwrap().timeline
}

#[test]
fn the_rows_of_a_lane_are_in_the_order_of_time() {
    for (timeline, stage) in [shipped(), many()]
        .iter()
        .flat_map(|timeline| STAGES.map(|stage| (timeline, stage)))
    {
        let (_, rows) = rows_of(timeline, stage);
        for lane in 0..rows.lanes.len() {
            let of_lane = |row: u16| {
                let places = rows.places.iter().filter(move |place| place.lane == lane);
                let places = places.filter(move |place| place.row == Some(row));
                let known = places.map(|place| {
                    let mark = LessonTimeline::mark(timeline, place.event);
                    let is_unknown = mark.start == End::Fade;
                    if is_unknown { mark.to } else { mark.from }
                });
                known.min()
            };
            let firsts: Vec<Moment> = (0..).map_while(of_lane).collect();
            assert!(
                !firsts.is_empty() && firsts.is_sorted(),
                "{stage:?}: {firsts:?}"
            );
        }
    }
}

#[test]
fn all_events_of_the_shipped_lesson_have_their_names_in_a_classroom() {
    let timeline = shipped();
    for stage in STAGES {
        let (_, rows) = rows_of(&timeline, stage);
        assert_eq!(rows.places.len(), 15);
        assert!(
            rows.places.iter().all(|it| it.row.is_some()),
            "{stage:?}: {rows:?}"
        );
        let shown = vec![Some((0.0, 1.0)); 15];
        let (least, _) = StageLanes::heights_px(&rows, &shown);
        assert!(least <= stage.1 * 1.02, "{stage:?}: {least}");
        assert!(stage.2 < 1.0 || rows.sizes.name >= 20.0);
    }
}

#[test]
fn names_of_a_row_overlap_in_no_view_of_the_lesson() {
    for timeline in [shipped(), many()] {
        let lesson = &timeline.lessons()[0];
        for stage in STAGES {
            let (lesson_timeline, rows) = rows_of(&timeline, stage);
            let mut checked = 0;
            for (number, step) in lesson.steps.iter().enumerate() {
                let camera = lesson_timeline.camera(step.view.as_ref());
                let camera = LessonTimeline::seen_over(camera, f64::from(rows.plot_px));
                let shown = lesson_timeline.shown(&timeline, number, Vec::new(), false);
                let shown: Vec<EventId> = shown.map(|it| it.event).collect();
                for form in [Form::Under, Form::Beside] {
                    let form = StageForm { form, grown: 1.0 };
                    let mut taken: Vec<(usize, u16, f32, f32)> = Vec::new();
                    for place in rows.places.iter().filter(|it| shown.contains(&it.event)) {
                        let drawn = LessonTimeline::mark(&timeline, place.event).drawn(&camera);
                        let (Some(row), Some(mark)) = (place.row, rows.mark_x(&drawn, 1.0)) else {
                            continue;
                        };
                        let (x, _) = rows.name_x(mark, place, form);
                        assert!(x >= 0.0, "{place:?}");
                        let (x0, x1) = (x.min(mark.0), mark.1.max(x + place.name_px));
                        for &(lane, other, from, to) in &taken {
                            let is_same = (lane, other) == (place.lane, row);
                            assert!(
                                !is_same || to <= x0 || x1 <= from,
                                "step {number}, {form:?}, {stage:?}: {place:?}"
                            );
                        }
                        taken.push((place.lane, row, x0, x1));
                        checked += 1;
                    }
                }
            }
            assert!(checked > 50, "{checked}");
        }
    }
}

#[test]
fn where_there_are_too_many_events_the_least_important_have_no_name() {
    let timeline = many();
    let (lesson_timeline, rows) = rows_of(&timeline, (924.0, 200.0, 0.711, 1.0));
    let with_name = |it: &&StagePlace| it.row.is_some();
    let named = rows.places.iter().filter(with_name).count();
    assert!(
        (10..lesson_timeline.events.len()).contains(&named),
        "{named}"
    );
    for (place, event) in rows.places.iter().zip(&lesson_timeline.events) {
        assert!(
            event.revealed_by.is_none() || place.row.is_some(),
            "what is told has its name: {place:?}"
        );
    }
    let least = |is_named: bool| {
        let places = rows.places.iter().zip(&lesson_timeline.events);
        let of = places
            .filter(|(place, event)| place.row.is_some() == is_named && event.revealed_by.is_none())
            .map(|(place, _)| f64::from(timeline.importance(place.event)));
        let of: Vec<f64> = of.collect();
        of.iter().sum::<f64>() / of.len() as f64
    };
    assert!(least(true) > least(false) + 1.0);
}
