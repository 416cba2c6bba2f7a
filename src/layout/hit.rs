//! The hit test: what lies under a point of the scene.
//!
//! It leaves to others what a click does. The scene holds only what is on screen, so the cost of a
//! search through it depends on pixels, not on events.

use super::scene::{Hit, Scene};

/// A mark can be hit from this far away, in px: a diamond alone is a small target.
const REACH_PX: f32 = 4.0;

/// The topmost hit at a point; where none contains it, the nearest one within `REACH_PX`. `None`
/// outside the plot.
pub fn hit(scene: &Scene, x: f32, y: f32) -> Option<&Hit> {
    if !scene.plot.contains(x, y) {
        return None;
    }
    let exact = scene.hits.iter().rev().find(|hit| hit.rect.contains(x, y));
    exact.or_else(|| {
        let near = scene
            .hits
            .iter()
            .filter(|hit| hit.rect.expanded(REACH_PX, REACH_PX).contains(x, y));
        near.min_by(|a, b| distance(a, x, y).total_cmp(&distance(b, x, y)))
    })
}

fn distance(hit: &Hit, x: f32, y: f32) -> f32 {
    let out = |low: f32, high: f32, at: f32| (low - at).max(at - high).max(0.0);
    out(hit.rect.x0, hit.rect.x1, x).hypot(out(hit.rect.y0, hit.rect.y1, y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        layout::scene::{Rect, Target},
        model::EventId,
    };

    #[test]
    fn the_topmost_then_the_nearest_is_hit_and_nothing_outside_the_plot() {
        let mut scene = Scene::default();
        scene.plot = Rect::new(0.0, 0.0, 100.0, 100.0);
        for (id, rect) in [
            (0, Rect::new(10.0, 10.0, 30.0, 20.0)),
            (1, Rect::new(20.0, 10.0, 40.0, 20.0)),
            (2, Rect::new(46.0, 10.0, 90.0, 120.0)),
        ] {
            scene.hits.push(Hit {
                rect,
                target: Target::Event(EventId::new(id)),
            });
        }
        for (x, y, expected) in [
            (15.0, 15.0, Some(0)),
            (25.0, 15.0, Some(1)),
            (42.0, 15.0, Some(1)),
            (44.0, 15.0, Some(2)),
            (43.0, 50.0, Some(2)),
            (5.0, 15.0, None),
            (60.0, 110.0, None),
        ] {
            let found = hit(&scene, x, y).map(|hit| hit.target);
            assert_eq!(
                found,
                expected.map(|id| Target::Event(EventId::new(id))),
                "at {x}, {y}"
            );
        }
    }
}
