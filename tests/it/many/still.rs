//! Labels are stable: zooming and panning add and remove each at most once, and never change its
//! row or side.

use std::collections::{HashMap, HashSet};

use meanwhile::{
    layout::{Camera, Scene, camera::FINEST_SECS_PER_PX},
    model::EventId,
};
use proptest::prelude::*;

use super::{Seen, Subject, params};
use crate::it::rows::{assert_apart, fixed};

/// The labelled events seen while zooming or panning in one direction.
#[derive(Default)]
struct Watch {
    seen: HashMap<EventId, Seen>,
    gone: HashSet<EventId>,
    scene: Scene,
}

impl Watch {
    /// Draws the next view and compares it with what was seen before.
    fn look(&mut self, subject: &Subject, camera: &Camera) {
        subject.draw(*camera, &mut self.scene);
        assert_apart(&self.scene, "while moving");
        let now = subject.seen(&self.scene);
        for (event, before) in &mut self.seen {
            let Some(now) = now.get(event) else {
                let is_in_view = subject.is_in_view(*event, camera);
                assert!(!is_in_view, "{event:?} vanished in the middle of the view");
                self.gone.insert(*event);
                continue;
            };
            assert!(!self.gone.contains(event), "{event:?} left and came back");
            assert_eq!(now.y, before.y, "{event:?} changed its row");
            if let (Some(now), Some(before)) = (now.side, before.side) {
                assert_eq!(now, before, "{event:?} changed its side");
            }
            before.side = before.side.or(now.side);
        }
        for (event, now) in now {
            self.seen.entry(event).or_insert(now);
        }
    }
}

proptest! {
    #![proptest_config(fixed(12))]

    #[test]
    fn zooming_in_brings_labels_and_takes_none_that_stay_in_view(
        params in params(), at in 0.0..1.0f64, factor in 1.15..1.6f64,
    ) {
        let subject = Subject::made(params);
        let time = subject.start(at);
        let mut watch = Watch::default();
        let mut camera = subject.fit();
        loop {
            watch.look(&subject, &camera);
            if camera.secs_per_px() <= FINEST_SECS_PER_PX {
                break;
            }
            camera = subject.allowed(camera.zoomed_about(camera.x_from_time(time), factor));
        }
        prop_assert!(watch.seen.len() >= 2, "something was seen");
    }

    #[test]
    fn panning_takes_a_label_over_the_edge_and_nowhere_else(
        params in params(), at in 0.0..1.0f64, octaves in 0.3..14.0f64, step in 0.003..0.4f64,
    ) {
        let subject = Subject::made(params);
        let camera = subject.around(subject.start(at), octaves.exp2());
        for direction in [-1.0, 1.0] {
            let mut watch = Watch::default();
            for frame in 0..30 {
                let dx = direction * f64::from(frame) * step * subject.plot_px();
                watch.look(&subject, &subject.allowed(camera.panned(dx)));
            }
        }
    }
}
