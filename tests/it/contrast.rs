//! Contrast on the canvas in all three themes: at least 4.5 for texts and 3 for marks (WCAG 2.2).
//!
//! What a filter or a search dims is exempt, as the standard exempts inactive components.

use std::sync::Arc;

use meanwhile::{
    formats,
    layout::{
        CanvasSize, FilterResult, LaneColors, Layout, Scene, SceneInput, Target, Theme, ViewParams,
        draw,
        scene::{Rect, Shape},
        theme::Rgba,
    },
    model::{Facet, Filter, Timeline},
    open::SHIPPED,
};

use super::FONTS;

/// Least contrast ratio of texts, and of marks and other meaningful graphics.
const LEAST: (f64, f64) = (4.5, 3.0);

/// Eras in light, dark and default colours, behind events with all kinds of dates.
const ERAS: &str = r##"{ "title": "Eras", "as_of": "2016-10",
  "lanes": [{ "id": "a", "label": "Pale", "color": "#FFEE88" }, { "id": "b", "label": "Dark", "color": "#101010" }],
  "eras": [{ "label": "First", "date": "2001/2004", "color": "#FFFF00" }, { "label": "Second", "date": "2004/2010", "color": "#000080" },
           { "label": "Third", "date": "2010/2016" }],
  "events": [{ "title": "Day", "date": "2002-02-02", "lane": "a" }, { "title": "Year", "date": "2005", "lane": "a" },
             { "title": "Perhaps", "date": "2007?/2009~", "lane": "b" }, { "title": "Still", "date": "2012/..", "lane": "b" },
             { "title": "Expected", "date": "2015/2016", "lane": "a", "certainty": "expected" },
             { "title": "Open", "date": "2003/", "lane": "b", "certainty": "disputed" }] }"##;

/// A colour blended by its alpha over an opaque one.
fn on(color: Rgba, ground: Rgba) -> Rgba {
    let solid = Rgba {
        alpha: 255,
        ..color
    };
    ground.toward(solid, f32::from(color.alpha) / 255.0)
}

/// The opaque colour behind a point: the fill of the last `Frame` around it, or the theme's ground.
fn ground(before: &[Shape], (x, y): (f32, f32), theme: &Theme) -> Rgba {
    let holds = |rect: &Rect| rect.x0 <= x && x <= rect.x1 && rect.y0 <= y && y <= rect.y1;
    let frames = before.iter().rev().find_map(|shape| match shape {
        Shape::Frame { rect, fill, .. } if holds(rect) => Some(*fill),
        _ => None,
    });
    frames.unwrap_or(theme.ground)
}

/// The ground as tinted by the eras behind a point; era bands span the whole plot height.
fn tinted(shapes: &[Shape], (x, y): (f32, f32), plot: &Rect, ground: Rgba) -> Rgba {
    shapes.iter().fold(ground, |ground, shape| match shape {
        Shape::Ramp { rect, left, right }
            if left == right && left.alpha < 40 && rect.height() >= plot.height() - 1.0 =>
        {
            let is_there = rect.x0 <= x && x < rect.x1 - 0.5 && rect.y0 <= y && y <= rect.y1;
            let is_behind = is_there && rect.width() > 2.0;
            if is_behind { on(*left, ground) } else { ground }
        }
        _ => ground,
    })
}

fn check_texts(scene: &Scene, theme: &Theme, what: &str) -> usize {
    let mut texts = 0;
    for (at, shape) in scene.shapes.iter().enumerate() {
        let Shape::Text(run) = shape else { continue };
        let ground = ground(&scene.shapes[..at], (run.x, run.baseline), theme);
        let ground = if ground == theme.ground {
            tinted(&scene.shapes, (run.x, run.baseline), &scene.plot, ground)
        } else {
            ground
        };
        let contrast = on(run.color, ground).contrast(ground);
        let words = scene.str(run);
        assert!(
            contrast >= LEAST.0,
            "{what}, {}: “{words}” {contrast:.2}",
            theme.name
        );
        texts += 1;
    }
    texts
}

fn check_marks(scene: &Scene, theme: &Theme, timeline: &Timeline, colors: &LaneColors, what: &str) {
    for hit in &scene.hits {
        let Target::Event(event) = hit.target else {
            continue;
        };
        let lane = colors.of(timeline.lane(event));
        let is_own = |color: &Rgba| color.rgb == lane.rgb;
        let strongest = scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Ramp { rect, left, right } if rect.overlaps(&hit.rect) => {
                let both = [*left, *right].into_iter().filter(is_own);
                both.map(|color| on(color, theme.ground).contrast(theme.ground))
                    .max_by(f64::total_cmp)
            }
            Shape::Polygon { points, fill } if is_own(fill) => {
                let inside = points.iter().any(|&(x, y)| {
                    hit.rect
                        .expanded(1.0, 1.0)
                        .overlaps(&Rect::new(x, y, x + 0.1, y + 0.1))
                });
                inside.then(|| on(*fill, theme.ground).contrast(theme.ground))
            }
            _ => None,
        });
        let strongest = strongest.max_by(f64::total_cmp).unwrap_or(0.0);
        let title = timeline.short(event);
        assert!(
            strongest >= LEAST.1,
            "{what}, {}: the mark of “{title}” {strongest:.2}",
            theme.name
        );
    }
}

#[test]
fn every_text_reads_and_every_mark_is_seen_in_all_themes() {
    for (what, file) in [("the shipped file", SHIPPED), ("a file of eras", ERAS)] {
        let timeline = formats::read(file.as_bytes()).expect(what).timeline;
        let timeline = Arc::new(timeline);
        let size = CanvasSize {
            width_px: 1440.0,
            whole_px: 1440.0,
            height_px: 776.0,
        };
        let layout = Layout::build(Arc::clone(&timeline), size, &*FONTS);
        let camera = layout.fit(size.width_px - layout.gutter_px);
        for theme in Theme::ALL {
            let colors = theme.lane_colors(timeline.lanes());
            for selected in timeline.events().map(Some).chain([None]) {
                let input = SceneInput {
                    params: ViewParams {
                        selected,
                        measure_start: selected.and(timeline.events().next()),
                        ..ViewParams::new(camera, (size.width_px, size.height_px))
                    },
                    filtered: None,
                    found: None,
                    theme,
                    lane_colors: &colors,
                    measure: &*FONTS,
                };
                let mut scene = Scene::default();
                draw::scene(&layout, &input, &mut draw::Scratch::default(), &mut scene);
                assert!(check_texts(&scene, theme, what) > 2 * timeline.len());
                check_marks(&scene, theme, &timeline, &colors, what);
            }
        }
    }
}

#[test]
fn eras_lie_behind_the_lanes_with_their_names() {
    let timeline = Arc::new(formats::read(ERAS.as_bytes()).expect("eras").timeline);
    let size = CanvasSize {
        width_px: 1440.0,
        whole_px: 1440.0,
        height_px: 776.0,
    };
    let layout = Layout::build(Arc::clone(&timeline), size, &*FONTS);
    let camera = layout.fit(size.width_px - layout.gutter_px);
    let theme = &Theme::LIGHT;
    let input = SceneInput {
        params: ViewParams::new(camera, (size.width_px, size.height_px)),
        filtered: None,
        found: None,
        theme,
        lane_colors: &theme.lane_colors(timeline.lanes()),
        measure: &*FONTS,
    };
    let mut scene = Scene::default();
    draw::scene(&layout, &input, &mut draw::Scratch::default(), &mut scene);
    for era in timeline.eras() {
        let (x0, x1) = (camera.x_from_time(era.start), camera.x_from_time(era.end));
        let [x0, x1] = [x0, x1].map(|x| scene.plot.x0 + x as f32);
        let band = scene.shapes.iter().position(|shape| {
            matches!(shape, Shape::Ramp { rect, .. }
                if (rect.x0 - x0).abs() < 0.5 && (rect.x1 - x1).abs() < 0.5
                    && rect.height() == scene.plot.height())
        });
        let first_mark = scene
            .shapes
            .iter()
            .position(|shape| matches!(shape, Shape::Text(run) if scene.str(run) == "Day"));
        assert!(band.is_some() && band < first_mark, "{}", era.label);
        let name = scene.shapes.iter().find_map(|shape| match shape {
            Shape::Text(run) if scene.str(run) == era.label => Some(run.x),
            _ => None,
        });
        assert!(
            name.is_some_and(|x| x0 < x && x < x1),
            "{}: {name:?}",
            era.label
        );
    }
}

/// Meaningful graphics other than texts and event marks: density hills of clusters, lines from
/// cause to consequence, a followed person's thread, the "as of" line.
#[test]
fn lines_hills_and_frames_are_seen_in_all_themes() {
    let many: Vec<String> = (0..3000)
        .map(|n| {
            format!(
                r#"{{"title": "Event {n}", "date": "{}", "lane": "l{}"}}"#,
                1900 + n % 100,
                n % 5
            )
        })
        .collect();
    let many = format!(r#"{{"title": "Many", "events": [{}]}}"#, many.join(","));
    for (what, file) in [
        ("the shipped file", SHIPPED),
        ("a crowded file", many.as_str()),
    ] {
        let timeline = Arc::new(formats::read(file.as_bytes()).expect(what).timeline);
        let size = CanvasSize {
            width_px: 1440.0,
            whole_px: 1440.0,
            height_px: 776.0,
        };
        let layout = Layout::build(Arc::clone(&timeline), size, &*FONTS);
        let camera = layout.fit(size.width_px - layout.gutter_px);
        let selected = timeline.find_event("khazali-released");
        let person = timeline.find_person("khazali");
        let filter = person.map(|person| Filter::only(Facet::Person(person)));
        let filtered = filter.and_then(|filter| FilterResult::of(&filter, &layout.lane_index));
        for theme in Theme::ALL {
            let input = SceneInput {
                params: ViewParams {
                    selected,
                    ..ViewParams::new(camera, (size.width_px, size.height_px))
                },
                filtered: filtered.as_ref(),
                found: None,
                theme,
                lane_colors: &theme.lane_colors(timeline.lanes()),
                measure: &*FONTS,
            };
            let mut scene = Scene::default();
            draw::scene(&layout, &input, &mut draw::Scratch::default(), &mut scene);
            let mut seen = (0, 0, 0);
            for shape in &scene.shapes {
                let (color, kind) = match shape {
                    Shape::Hills { fill, .. } => {
                        seen.0 += 1;
                        (*fill, "a hill")
                    }
                    Shape::Ramp { rect, left, right }
                        if left == right
                            && left.rgb == theme.ink.rgb
                            && rect.width().min(rect.height()) <= 2.0 =>
                    {
                        seen.1 += 1;
                        (*left, "a line from cause to consequence, or the axis")
                    }
                    // The band of the "as of" date, whose end is the line.
                    Shape::Ramp { rect, left, .. }
                        if left.rgb == theme.accent.rgb && rect.height() == scene.plot.height() =>
                    {
                        continue;
                    }
                    Shape::Polygon { fill, .. } | Shape::Ramp { left: fill, .. }
                        if fill.rgb == theme.accent.rgb =>
                    {
                        seen.2 += 1;
                        (*fill, "a thread, or the line of what was known")
                    }
                    _ => continue,
                };
                let contrast = on(color, theme.ground).contrast(theme.ground);
                assert!(
                    contrast >= LEAST.1,
                    "{what}, {}: {kind} {contrast:.2}",
                    theme.name
                );
            }
            if what == "the shipped file" {
                assert!(seen.1 > 5 && seen.2 > 1, "{seen:?}");
            } else {
                assert!(seen.0 >= 5, "{seen:?}");
            }
        }
    }
}
