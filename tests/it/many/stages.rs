//! While finer levels are still being laid out, existing labels stay as they are; and a frame's
//! cost depends on what is in view.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use meanwhile::{
    layout::{
        Camera, CanvasSize, Face, LaneIndex, Layout, LayoutBuilder, Scene, Target, TextMeasure,
    },
    model::EventId,
};
use proptest::prelude::*;

use super::{CANVAS_PX, Distribution, SIZE, Subject, made, params, timeline};
use crate::it::{FONTS, rows::fixed};

/// The tops of the hit rectangles of the labelled events in view, in px.
fn labelled(scene: &Scene) -> HashMap<EventId, f32> {
    let labelled = scene.hits.iter().filter_map(|hit| match hit.target {
        Target::Event(event) => Some((event, hit.rect.y0)),
        Target::Cluster { .. } | Target::Era(_) | Target::Between(..) => None,
    });
    labelled.collect()
}

proptest! {
    #![proptest_config(fixed(8))]

    #[test]
    fn finer_levels_add_labels_and_leave_coarser_views_alone(
        params in params(), at in 0.0..1.0f64, octaves in prop::collection::vec(0.1..20.0f64, 4),
    ) {
        let timeline = timeline(params.distribution, params.events, params.seed);
        let mut builder = LayoutBuilder::new(&Arc::new(LaneIndex::of(timeline)), SIZE, &*FONTS);
        let mut before: Vec<Option<Scene>> = vec![None; octaves.len()];
        let mut has_more = true;
        // The scale up to which views were decided before the last level came.
        let mut decided = 0.0;
        while has_more {
            // What coarser views show is decided: the level that comes next begins here.
            let next = builder.layout().slots.next_scale();
            let subject = Subject::new(builder.layout().clone(), CANVAS_PX);
            for (octaves, before) in octaves.iter().zip(&mut before) {
                let camera = subject.around(subject.start(at), octaves.exp2());
                let mut scene = Scene::default();
                subject.draw(camera, &mut scene);
                if let Some(before) = before.as_ref() {
                    let now = labelled(&scene);
                    for (event, y) in labelled(before) {
                        prop_assert_eq!(now.get(&event), Some(&y), "a finer level moved {:?}", event);
                    }
                    prop_assert!(scene.labelled >= before.labelled);
                    if camera.px_per_sec() < decided * 0.999 {
                        prop_assert_eq!(scene.dump(), before.dump(), "a finer level changed a view");
                    }
                }
                *before = Some(scene);
            }
            decided = next;
            has_more = builder.add_level(&*FONTS);
        }
        let subject = Subject::made(params);
        for (octaves, before) in octaves.iter().zip(before) {
            let mut scene = Scene::default();
            subject.draw(subject.around(subject.start(at), octaves.exp2()), &mut scene);
            prop_assert_eq!(Some(scene), before, "level by level is all at once");
        }
    }

    #[test]
    fn a_scene_drawn_over_another_is_the_same_as_a_new_one(
        params in params(), views in prop::collection::vec((0.0..1.0f64, 0.0..24.0f64), 10),
    ) {
        let subject = Subject::made(params);
        let mut reused = Scene::default();
        for (at, octaves) in views {
            let camera = subject.around(subject.start(at), octaves.exp2());
            let mut new = Scene::default();
            subject.draw(camera, &mut new);
            subject.draw(camera, &mut reused);
            prop_assert_eq!(&reused, &new);
            prop_assert_eq!(reused.dump(), new.dump());
        }
    }
}

/// More labels could not be read, and each one adds to a frame's cost.
#[test]
fn no_window_shows_more_than_some_three_hundred_labels_at_once() {
    const MOST: usize = 320;
    for (distribution, seed) in [(Distribution::History, 1), (Distribution::Burst, 2)] {
        let timeline = timeline(distribution, 10_000, seed);
        for (width_px, height_px) in [(1440.0, 900.0), (1920.0, 1080.0), (3840.0, 2160.0)] {
            let size = CanvasSize {
                width_px,
                whole_px: width_px,
                height_px: height_px - 124.0,
            };
            let layout = Layout::build(Arc::clone(&timeline), size, &*FONTS);
            let subject = Subject::new(layout, width_px);
            let mut scene = Scene::default();
            let mut most = 0;
            for octave in 0..8 {
                for at in [0.3, 0.5, 0.9] {
                    let factor = f64::from(octave).exp2();
                    let camera = subject.around(subject.start(at), factor);
                    subject.draw(camera, &mut scene);
                    most = most.max(labelled(&scene).len());
                }
            }
            assert!(
                most <= MOST,
                "{most} labels of {distribution:?} at {width_px} px"
            );
            assert!(
                most >= 40,
                "only {most} labels of {distribution:?} at {width_px} px"
            );
        }
    }
}

/// That no label flickers must not cost many of them: beside a placement made afresh for each scale.
#[test]
fn nearly_as_many_labels_are_there_as_would_fit_at_each_scale_by_itself() {
    let mut shares = Vec::new();
    for distribution in [
        Distribution::History,
        Distribution::Burst,
        Distribution::Text,
    ] {
        for (events, lanes) in [60, 200, 560].into_iter().flat_map(|it| [(it, 1), (it, 5)]) {
            let timeline = made::timeline_in_lanes(lanes, distribution, events, 3);
            let lane_index = Arc::new(LaneIndex::of(timeline));
            let mut builder = LayoutBuilder::new(&lane_index, SIZE, &*FONTS);
            while builder.add_level(&*FONTS) {}
            let layout = builder.layout();
            for zoom in [1.0, 1.5, 2.5, 4.0, 6.0, 10.0, 18.0, 30.0, 50.0] {
                let scale = layout.whole_scale() * zoom;
                let fresh = builder.afresh(scale, &*FONTS);
                let share = layout.slots.labelled(scale) as f64 / fresh as f64;
                assert!(
                    share >= 0.78,
                    "{share:.2} of {fresh} labels: {events} events of {distribution:?} in {lanes} lanes, ×{zoom}"
                );
                shares.push(share);
            }
        }
    }
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    assert!(mean >= 0.87, "{mean:.3} on the mean");
}

#[test]
fn lanes_that_need_no_more_compact_rows_than_there_are_need_no_scrolling() {
    const ROWS: usize = 25;
    for (lanes, names) in [
        (1, "A"),
        (5, "A"),
        (25, "A name that takes two or three lines of its column"),
    ] {
        let timeline = made::overlapping(ROWS, lanes, names);
        let layout = Layout::build(timeline, SIZE, &*FONTS);
        let rows: u16 = layout.stack.lanes.iter().map(|lane| lane.rows).sum();
        assert_eq!(usize::from(rows), ROWS, "each has a row of its own");
        assert_eq!(layout.most_scroll_px(SIZE.height_px), 0.0, "{lanes} lanes");
        assert_eq!(layout.slots.labelled(layout.coarsest()), ROWS);
    }
}

/// Counts the texts that a frame measures.
#[derive(Default)]
struct Asked(AtomicUsize);

impl TextMeasure for Asked {
    fn width(&self, text: &str, face: Face, size_px: f32) -> f32 {
        self.0.fetch_add(1, Ordering::Relaxed);
        FONTS.width(text, face, size_px)
    }
}

/// A cheap stand-in for time, which tests don't measure: the shapes that a frame makes and the
/// texts that it measures.
#[test]
fn a_frame_has_no_more_to_do_however_many_events_there_are() {
    let costs = [1_000, 10_000, 100_000].map(|events| {
        let timeline = timeline(Distribution::History, events, 7);
        let mut builder = LayoutBuilder::new(&Arc::new(LaneIndex::of(timeline)), SIZE, &*FONTS);
        // Levels finer than the views need make no difference.
        for _ in 0..10 {
            builder.add_level(&*FONTS);
        }
        let subject = Subject::new(builder.layout().clone(), CANVAS_PX);
        let asked = Asked::default();
        let mut scene = Scene::default();
        let views = (0..5).map(|octave| -> Camera {
            subject.around(subject.start(0.7), f64::from(octave).exp2())
        });
        let costs = views.map(|camera| {
            asked.0.store(0, Ordering::Relaxed);
            subject.draw_measured(camera, &asked, &mut scene);
            (
                scene.shapes.len(),
                scene.hits.len(),
                asked.0.load(Ordering::Relaxed),
            )
        });
        costs.collect::<Vec<_>>()
    });
    let [few, some, many] = costs;
    for (view, ((few, some), many)) in few.iter().zip(&some).zip(&many).enumerate() {
        for (one, other) in [(few, some), (some, many)] {
            assert!(
                other.0 <= 2 * one.0,
                "view {view}: {} shapes, then {}",
                one.0,
                other.0
            );
            assert!(
                other.2 <= 2 * one.2,
                "view {view}: {} texts, then {}",
                one.2,
                other.2
            );
        }
        assert!(
            many.0 < 4_000 && many.1 < 600 && many.2 < 4_000,
            "view {view}: {many:?}"
        );
    }
}
