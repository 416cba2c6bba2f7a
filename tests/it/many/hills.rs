//! The density hills of clusters don't jump: panning does not change them, and a small step of
//! zooming changes them only a little.

use std::collections::BTreeMap;

use meanwhile::layout::{Camera, Scene, scene::Shape};
use proptest::prelude::*;

use super::{Subject, params};
use crate::it::rows::fixed;

/// How much a hill may grow or shrink at a zoom step of one percent, in px.
const MOST_PX: f32 = 1.5;

/// The hills of a view, by the y of their baseline in 1/16 px: from left to right, the x and height
/// in px of both ends of each slope.
struct Hills(BTreeMap<i64, Vec<[(f32, f32); 2]>>);

impl Hills {
    fn of(scene: &Scene) -> Self {
        let mut hills = BTreeMap::<i64, Vec<_>>::new();
        for shape in &scene.shapes {
            if let Shape::Hills { line, bottom, .. } = shape {
                let base = (bottom * 16.0) as i64;
                let slopes = scene.line(line).windows(2);
                let slopes =
                    slopes.map(|pair| [0, 1].map(|end| (pair[end].0, bottom - pair[end].1)));
                hills.entry(base).or_default().extend(slopes);
            }
        }
        Self(hills)
    }

    fn height(&self, base: i64, x: f32) -> f32 {
        let slopes = self.0.get(&base).map_or(&[][..], Vec::as_slice);
        let at = slopes.partition_point(|[_, (x1, _)]| *x1 < x);
        match slopes.get(at) {
            Some(&[(x0, h0), (x1, h1)]) if x0 <= x => h0 + (h1 - h0) * (x - x0) / (x1 - x0),
            _ => 0.0,
        }
    }

    /// The largest difference of heights at the ends and in the middle of slopes; `to` maps an x of
    /// this view to the other one.
    fn difference(&self, other: &Self, to: impl Fn(f32) -> f32, (from, until): (f32, f32)) -> f32 {
        let mut most = 0.0_f32;
        for (base, slopes) in &self.0 {
            for [(x0, h0), (x1, h1)] in slopes {
                let middle = (f32::midpoint(*x0, *x1), f32::midpoint(*h0, *h1));
                for (x, height) in [(*x0, *h0), middle, (*x1, *h1)] {
                    let there = to(x);
                    if (from..until).contains(&x) && (from..until).contains(&there) {
                        most = most.max((height - other.height(*base, there)).abs());
                    }
                }
            }
        }
        most
    }
}

fn hills(subject: &Subject, camera: Camera, scene: &mut Scene) -> Hills {
    subject.draw(camera, scene);
    Hills::of(scene)
}

proptest! {
    #![proptest_config(fixed(12))]

    #[test]
    fn a_hill_is_as_high_wherever_in_the_view_it_lies(
        params in params(), at in 0.0..1.0f64, octaves in 0.3..20.0f64,
        pans in prop::collection::vec(-700.0..700.0f64, 6),
    ) {
        let subject = Subject::made(params);
        let camera = subject.around(subject.start(at), octaves.exp2());
        let mut scene = Scene::default();
        let here = hills(&subject, camera, &mut scene);
        let edges = (scene.plot.x0, scene.plot.x1);
        for dx in pans {
            let there = hills(&subject, camera.panned(dx), &mut scene);
            let most = here.difference(&there, |x| x - dx as f32, edges);
            prop_assert!(most < 0.1, "a hill differs by {most} px after a pan by {dx} px");
            let most = there.difference(&here, |x| x + dx as f32, edges);
            prop_assert!(most < 0.1, "a hill differs by {most} px before a pan by {dx} px");
        }
    }

    #[test]
    fn a_hill_grows_smoothly_while_zooming(
        params in params(), at in 0.0..1.0f64, octaves in 0.0..16.0f64, inward in any::<bool>(),
    ) {
        let subject = Subject::made(params);
        let factor = if inward { 1.01 } else { 1.0 / 1.01 };
        let time = subject.start(at);
        let mut camera = subject.around(time, octaves.exp2());
        let mut scene = Scene::default();
        let mut before = hills(&subject, camera, &mut scene);
        // Two octaves: bins are cut in two at least once.
        for _ in 0..140 {
            let labelled = scene.labelled;
            let focus = camera.x_from_time(time);
            let next = subject.allowed(camera.zoomed_about(focus, factor));
            let after = hills(&subject, next, &mut scene);
            let gutter = f64::from(scene.plot.x0);
            let to = |x: f32| {
                let x = f64::from(x) - gutter - camera.x_from_time(time);
                (x * next.px_per_sec() / camera.px_per_sec() + next.x_from_time(time) + gutter) as f32
            };
            // An event that becomes labelled leaves its cluster, which changes the hill.
            if scene.labelled == labelled {
                let most = before.difference(&after, to, (scene.plot.x0, scene.plot.x1));
                prop_assert!(most < MOST_PX, "a hill changed by {most} px at {}", next.secs_per_px());
            }
            (before, camera) = (after, next);
        }
    }
}
