//! At every scale each event is either labelled, or clustered in exactly one cluster.

use std::collections::{BTreeMap, HashSet};

use meanwhile::{
    layout::{Camera, Layout, Scene, Target, TextMeasure as _, hit::hit, scene::Shape},
    model::{EventId, LaneId},
    time::Moment,
};
use proptest::prelude::*;

use super::{CANVAS_PX, Distribution, SIZE, Subject, lane_of, params};
use crate::it::{FONTS, rows::fixed};

/// The labelled events and the clusters seen in a series of views at one scale.
#[derive(Default)]
struct Account {
    labelled: HashSet<EventId>,
    /// End and count, by lane and start.
    clusters: BTreeMap<(usize, Moment), (Moment, u32)>,
    scene: Scene,
}

impl Account {
    fn look(&mut self, subject: &Subject, camera: Camera) {
        subject.draw(camera, &mut self.scene);
        let scene = &self.scene;
        assert_eq!(
            scene.labelled + scene.clustered,
            subject.layout.timeline.len()
        );
        for hit in &scene.hits {
            match hit.target {
                Target::Era(_) | Target::Between(..) => {}
                Target::Event(event) => {
                    self.labelled.insert(event);
                }
                Target::Cluster {
                    lane,
                    count,
                    from,
                    to,
                } => {
                    let key = (lane.index(), from);
                    let before = *self.clusters.entry(key).or_insert((to, count));
                    assert_eq!(before, (to, count), "a cluster changed while panning");
                }
            }
        }
    }

    /// Compares the account with the file, for the events that start in a range of time.
    fn check(&self, subject: &Subject, (from, to): (Moment, Moment), scale: f64) {
        let timeline = &subject.layout.timeline;
        let lanes = timeline.lanes().len();
        let mut starts: Vec<Vec<(EventId, Moment)>> = vec![Vec::new(); lanes];
        for event in timeline.events() {
            starts[timeline.lane(event).index()].push((event, timeline.start(event)));
        }
        for (number, starts) in starts.iter().enumerate() {
            let lane = LaneId::from_index(number).expect("a lane");
            let ends =
                (number, Moment::from_secs(i64::MIN))..(number + 1, Moment::from_secs(i64::MIN));
            let clusters: Vec<_> = self.clusters.range(ends).collect();
            for pair in clusters.windows(2) {
                assert!(pair[0].1.0 <= pair[1].0.1, "two clusters overlap");
            }
            for &(&(_, first), &(after, count)) in &clusters {
                let clustered = subject.layout.clustered(lane, (first, after), scale);
                assert_eq!(
                    clustered.len(),
                    count as usize,
                    "what is opened is what was counted"
                );
            }
            let is_within = |&&(_, start): &&(EventId, Moment)| from <= start && start < to;
            let clustered = starts.iter().filter(is_within);
            let clustered: Vec<_> = clustered
                .filter(|(event, _)| !self.labelled.contains(event))
                .collect();
            for (event, start) in &clustered {
                let at = clusters.partition_point(|((_, first), _)| first <= start);
                let is_clustered = at > 0 && *start < clusters[at - 1].1.0;
                assert!(is_clustered, "{event:?} is neither labelled nor clustered");
            }
            for &(&(_, first), &(after, count)) in &clusters {
                if from <= first && after <= to {
                    let inside = clustered
                        .iter()
                        .filter(|(_, start)| (first..after).contains(start));
                    assert_eq!(
                        inside.count(),
                        count as usize,
                        "a cluster counts what is labelled"
                    );
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(fixed(12))]

    #[test]
    fn labelled_and_clustered_events_make_up_the_file(
        params in params(), octaves in 0.0..4.5f64, step in 0.3..0.95f64,
    ) {
        let subject = Subject::made(params);
        let (from, to) = subject.layout.extent().expect("events");
        let mut camera = subject.allowed(subject.fit().zoomed_about(0.0, octaves.exp2()));
        let scale = camera.px_per_sec();
        let mut account = Account::default();
        while camera.x_from_time(to) > 0.0 {
            account.look(&subject, camera);
            camera = camera.panned(step * subject.plot_px());
        }
        account.check(&subject, (from, to.plus_secs(1)), scale);
        let clustered: u32 = account.clusters.values().map(|&(_, count)| count).sum();
        prop_assert_eq!(account.labelled.len() + clustered as usize, subject.layout.timeline.len());
    }

    #[test]
    fn close_up_each_event_is_labelled_or_clustered_once(
        params in params(), at in 0.0..1.0f64, octaves in 1.0..26.0f64, step in 0.02..0.9f64,
    ) {
        let subject = Subject::made(params);
        let first = subject.around(subject.start(at), octaves.exp2());
        let mut account = Account::default();
        let mut camera = first;
        for frame in -8..=8 {
            camera = first.panned(f64::from(frame) * step * subject.plot_px());
            account.look(&subject, camera);
        }
        let from = first.panned(-8.0 * step * subject.plot_px()).time_from_x(0.0);
        let to = camera.time_from_x(subject.plot_px());
        account.check(&subject, (from, to), camera.px_per_sec());
    }
}

/// The length of a bin in seconds; it is drawn [`BIN_PX`] wide.
const BIN_SECS: i64 = 1 << 20;
/// The width of a bin in px.
const BIN_PX: f64 = 6.0;

proptest! {
    #![proptest_config(fixed(40))]

    /// A run of 32 bins or more is cut, a shorter one is not; the bins that decide may be out of
    /// view.
    #[test]
    fn a_run_just_long_enough_to_be_cut_is_cut_alike_wherever_it_lies(
        first in -8i64..2, before in 1i64..8, bins in 22i64..36, after in 1i64..8,
    ) {
        let last = first + before + bins - 1 + after;
        let runs = (first + before..first + before + bins).chain([first, last]);
        let starts = runs.flat_map(|bin| (0..20).map(move |n| bin * BIN_SECS + n));
        let ends = [-3_000 * BIN_SECS, 3_000 * BIN_SECS];
        let layout = Layout::build(lane_of(starts.chain(ends)), SIZE, &*FONTS);
        let subject = Subject::new(layout, CANVAS_PX);
        let camera = Camera::new(Moment::from_secs(0), BIN_SECS as f64 / BIN_PX);
        let mut account = Account::default();
        let mut dx = -subject.plot_px() - 150.0;
        while dx < 450.0 {
            account.look(&subject, camera.panned(dx));
            dx += 61.0;
        }
        let (from, to) = (first * BIN_SECS, (last + 1) * BIN_SECS);
        let stretch = (Moment::from_secs(from), Moment::from_secs(to));
        account.check(&subject, stretch, camera.px_per_sec());
    }
}

/// Left and right ends of the counts on screen, from left to right, by baseline: one for each lane.
fn counts_on_screen(scene: &Scene) -> BTreeMap<i64, Vec<(f32, f32)>> {
    let mut counts = BTreeMap::<i64, Vec<(f32, f32)>>::new();
    for shape in &scene.shapes {
        if let Shape::Text(run) = shape
            && run.size_px == 11.0
        {
            let width = FONTS.width(scene.str(run), run.face, run.size_px);
            let ends = (run.x, run.x + width);
            counts.entry(run.baseline as i64).or_default().push(ends);
        }
    }
    counts
}

#[test]
fn counts_stand_apart_and_within_the_plot_and_the_last_hill_has_one() {
    for distribution in [
        Distribution::History,
        Distribution::Burst,
        Distribution::Needle,
    ] {
        let subject = Subject::of(distribution, 10_000, 3);
        let mut scene = Scene::default();
        let whole = subject.fit();
        let zoomed = [1.5, 8.0, 90.0].map(|factor| subject.around(subject.start(0.9), factor));
        for camera in zoomed.into_iter().chain([whole]) {
            subject.draw(camera, &mut scene);
            for (&baseline, ends) in &counts_on_screen(&scene) {
                // A count can be clicked where it is written.
                for &(left, right) in ends {
                    let middle = f32::midpoint(left, right).min(scene.plot.x1 - 1.0);
                    let hit = hit(&scene, middle, baseline as f32 - 3.0);
                    let is_count = matches!(hit.map(|it| it.target), Some(Target::Cluster { .. }));
                    assert!(is_count, "{distribution:?}: {left}..{right}");
                }
                let is_apart = ends.windows(2).all(|pair| pair[0].1 <= pair[1].0);
                assert!(is_apart, "{distribution:?}: {ends:?}");
                let last = ends.last().expect("a count");
                assert!(last.1 <= scene.plot.x1 + 4.0, "{distribution:?}: {last:?}");
            }
        }
        // With the whole file in view nothing is cut off: the last hill of a lane has a count.
        let lanes = counts_on_screen(&scene);
        let hits = scene
            .hits
            .iter()
            .filter(|hit| matches!(hit.target, Target::Cluster { .. }));
        let mut ends = BTreeMap::<i64, f32>::new();
        for hit in hits {
            let end = ends.entry(hit.rect.y0 as i64).or_default();
            *end = end.max(hit.rect.x0);
        }
        for ((_, counts), (_, last_hill)) in lanes.iter().zip(&ends) {
            let nearest = counts.iter().map(|count| (count.0 - last_hill).abs());
            let nearest = nearest.fold(f32::INFINITY, f32::min);
            assert!(
                nearest < 60.0,
                "{distribution:?}: {nearest} px from the last hill"
            );
        }
    }
}
