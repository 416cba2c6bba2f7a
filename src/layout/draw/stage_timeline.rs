//! Draws the timeline of the stage: lanes with their names, the events told so far with theirs, the
//! frame of the step's event and the lines from its causes, and an axis that is legible from the
//! back of a classroom.
//!
//! ```text
//!  ● War          ▒▓▓▒ Invasion
//!  ─────────────────────────────────────
//!  ● Militias         ▒▓▓▒ Captured ┐
//!                         ┌─────────▼────┐
//!                         │ ▒▓▓▒ Released│
//!                         └──────────────┘    later: not yet told
//!               ──┬──────┬──────┬──────┬──────
//!                  2003   2004   2005   2006
//! ```
//!
//! Rows and sides come from [`stage_rows`](crate::layout::stage_rows), heights from
//! [`stage_lanes`](crate::layout::stage_lanes).

use super::{
    causes::{CauseLine, CauseLines},
    date::Dated,
    pen::FAR_PX,
    routes::End,
    stage_pen::{StageMark, StageTimeline},
};
use crate::layout::{
    labels::Side,
    lesson_timeline::LessonTimeline,
    mark::{BAND_STRENGTH, Drawn},
    measure::{Face, elided},
    metrics::Form,
    scene::{Anchor, Hit, Rect, Scene, Shape, Target},
    stage_lanes::StageBand,
    wording::Wording,
};

/// The opacity of a mark that the step is not about.
const DIM: f32 = 0.55;
/// The opacity of a mark under its name.
const UNDER_NAME: f32 = 0.25;
/// Air inside the frame of the step's event, at a unit of 1, in px.
const FRAME_AIR_PX: (f32, f32) = (10.0, 6.0);
/// The height of the mark of an event without a name, at a unit of 1, in px.
const UNNAMED_PX: f32 = 8.0;
/// The gap between a name and a date beside each other, as a multiple of the date's letters.
const DATE_GAP: f32 = 0.6;
/// The thickness of a cause line, as a multiple of that on the canvas at a unit of 1.
const CAUSE_UNIT: f32 = 1.6;

/// An event about to be drawn.
struct Placed<'a> {
    seen: &'a StageMark,
    drawn: Drawn,
    /// The rectangle of its mark.
    bar: Rect,
    /// The rectangle of its name and date, if it has room for them.
    label: Option<Rect>,
    /// Whether name and date end at the right of their rectangle.
    is_from_end: bool,
    /// Its date, where there is room for it.
    date: Option<(String, f32)>,
}

impl Placed<'_> {
    fn whole(&self) -> Rect {
        self.label.map_or(self.bar, |label| self.bar.united(&label))
    }
}

impl StageTimeline<'_> {
    /// Draws it; 0, 0 is its upper left corner.
    pub fn draw(&self, scene: &mut Scene) {
        let plot = self.plot();
        scene.plot = plot;
        let axis = self.axis_ticks();
        self.grid(&axis, scene);
        for (number, band) in self.lanes.bands.iter().enumerate() {
            self.lane(band, number > 0, scene);
        }
        self.as_of(scene);
        self.guess(scene);
        let mut placed = self.placed();
        self.add_dates(&mut placed);
        let (now, others): (Vec<&Placed<'_>>, Vec<&Placed<'_>>) =
            placed.iter().partition(|it| it.seen.is_current);
        // The step's event is painted over the others.
        for it in others.iter().chain(&now) {
            self.event(it, scene);
        }
        if let [now] = now.as_slice() {
            self.causes(now, &placed, scene);
        }
        self.as_of_band(scene);
        self.later(scene);
        self.axis(&axis, scene);
        scene.finish();
    }

    fn lane(&self, band: &StageBand, has_line: bool, scene: &mut Scene) {
        let (theme, plot, sizes) = (self.theme, self.plot(), &self.rows.sizes);
        let Some(lane) = self.rows.lanes.get(band.lane) else {
            return;
        };
        let top = plot.y1 + band.top;
        if has_line {
            let line = Rect::new(0.0, top.round(), plot.x1, top.round() + theme.stroke_px);
            scene.rect(line, theme.hairline);
        }
        let air = sizes.lane_air() / 2.0;
        // Beside the first row's mark or name.
        let middle = top
            + air
            + match self.lanes.form.form {
                Form::Under => self.sizes().mark / 2.0,
                Form::Beside => self.lanes.pitch / 2.0,
            };
        let color = self.lane_colors.of(lane.lane);
        if !lane.name.is_empty() {
            let radius = 0.32 * sizes.lane;
            scene.shapes.push(Shape::Frame {
                rect: Rect::new(0.0, middle - radius, 2.0 * radius, middle + radius),
                radius,
                fill: color,
                border: color,
                border_px: 0.0,
            });
        }
        let style = (Face::SansSemiBold, sizes.lane, theme.ink);
        for (number, line) in lane.name.iter().enumerate() {
            let baseline = middle + 0.36 * sizes.lane + number as f32 * 1.22 * sizes.lane;
            scene.text((1.2 * sizes.lane, baseline), Anchor::Start, style, line);
        }
        if band.unnamed > 0 {
            let at = (plot.x0 - 0.5 * sizes.date, plot.y1 + band.bottom - air);
            let style = (Face::Sans, sizes.date, theme.muted);
            scene.text(at, Anchor::End, style, &format!("+{}", band.unnamed));
        }
    }

    /// Where the visible events are, with their names.
    fn placed(&self) -> Vec<Placed<'_>> {
        let (plot, sizes) = (self.plot(), self.sizes());
        let width = f64::from(self.rows.plot_px);
        let grown = self.lanes.form.grown;
        let seen = self.seen.iter().filter_map(|seen| {
            let place = self.rows.places.get(seen.place)?;
            let top = plot.y1 + (*self.lanes.tops.get(seen.place)?)?;
            let drawn = self.drawn(seen.event);
            let height = match place.row {
                Some(_) => sizes.mark.min(0.74 * self.lanes.pitch),
                None => UNNAMED_PX * sizes.unit,
            };
            let bar_top = match (self.lanes.form.form, place.row) {
                (Form::Beside, Some(_)) => top + (self.lanes.pitch - height) / 2.0,
                _ => top,
            };
            let x = |x: f64| plot.x0 + x.clamp(-FAR_PX, width + FAR_PX) as f32;
            let mut bar = Rect::new(x(drawn.x0), bar_top, x(drawn.x1), bar_top + height);
            if drawn.is_diamond {
                let (middle, half) = (f32::midpoint(bar.x0, bar.x1), height / 2.0);
                (bar.x0, bar.x1) = (middle - half, middle + half);
            }
            let mark = self.rows.mark_x(&drawn, grown);
            let is_from_end = match self.lanes.form.form {
                Form::Under => mark.is_some_and(|mark| place.is_from_end(mark, grown)),
                Form::Beside => place.side == Side::Left,
            };
            let label = place.row.and(mark).map(|mark| {
                let (x, _) = self.rows.name_x(mark, place, self.lanes.form);
                let x = plot.x0 + x;
                let (y0, y1) = match self.lanes.form.form {
                    Form::Under => (bar.y1, top + sizes.under_pitch() - 12.0 * sizes.unit),
                    Form::Beside => (top, top + self.lanes.pitch),
                };
                Rect::new(x, y0, (x + grown * place.name_px).min(plot.x1), y1)
            });
            Some(Placed {
                seen,
                drawn,
                bar,
                label,
                is_from_end,
                date: None,
            })
        });
        seen.collect()
    }

    /// Gives each event its date where it covers nothing of its row.
    fn add_dates(&self, placed: &mut [Placed<'_>]) {
        let (plot, sizes) = (self.plot(), self.sizes());
        let mut wording = Wording::default();
        for at in 0..placed.len() {
            let Some(it) = placed.get(at) else { continue };
            let Some(label) = it.label else { continue };
            let words = wording.date(self.timeline, it.seen.event).to_owned();
            let width = self.measure.width(&words, Face::Sans, sizes.date).ceil();
            let gap = DATE_GAP * sizes.date;
            let wanted = match (self.lanes.form.form, it.is_from_end) {
                (Form::Under, false) => Rect {
                    x1: label.x1.max(label.x0 + width),
                    ..label
                },
                (Form::Under, true) => Rect {
                    x0: label.x0.min(label.x1 - width),
                    ..label
                },
                // Over its mark there is no room for more.
                (Form::Beside, _) if label.overlaps(&it.bar) => continue,
                (Form::Beside, false) => Rect {
                    x1: label.x1 + gap + width,
                    ..label
                },
                (Form::Beside, true) => Rect {
                    x0: label.x0 - gap - width,
                    ..label
                },
            };
            let is_free = wanted.x0 >= plot.x0 && wanted.x1 <= plot.x1 && {
                let air = wanted.expanded(gap, -1.0);
                let others = placed.iter().enumerate().filter(|(other, _)| *other != at);
                !others.map(|(_, it)| it.whole()).any(|it| it.overlaps(&air))
            };
            if is_free && let Some(it) = placed.get_mut(at) {
                (it.label, it.date) = (Some(wanted), Some((words, width)));
            }
        }
    }

    fn event(&self, it: &Placed<'_>, scene: &mut Scene) {
        let (theme, plot, unit) = (self.theme, self.plot(), self.unit());
        let Placed { seen, .. } = it;
        let lane = self.timeline.lane(seen.event);
        let color = self.lane_colors.of(lane);
        let strength = if seen.is_current {
            1.0
        } else if seen.is_highlighted {
            0.85
        } else {
            DIM
        };
        let opacity = strength * seen.appeared;
        let mut target = it.whole();
        if seen.is_current {
            let air = FRAME_AIR_PX.0 * unit;
            target = target.expanded(air, self.frame_air_y());
            target = target.intersected(&plot.expanded(air, 0.0));
            scene.shapes.push(Shape::Frame {
                rect: target,
                radius: 8.0 * unit,
                fill: theme.ground.faded(seen.appeared),
                border: color.faded(seen.appeared),
                border_px: (2.0 * unit * theme.stroke_px).max(1.0),
            });
        }
        let mark = LessonTimeline::mark(self.timeline, seen.event);
        let dated = Dated {
            mark: &mark,
            drawn: &it.drawn,
            bar: it.bar,
            plot: (plot.x0, f64::from(self.rows.plot_px)),
            color: color.faded(opacity),
            band: if seen.is_current {
                1.0 / BAND_STRENGTH
            } else {
                self.lane_colors.strength(lane) / BAND_STRENGTH
            },
            ground: theme.ground.faded(opacity),
        };
        scene.clip(Rect {
            x0: plot.x0,
            ..Rect::new(0.0, 0.0, self.size_px.0, self.size_px.1)
        });
        dated.draw(scene);
        scene.clip(Rect::new(
            -20.0,
            -20.0,
            self.size_px.0 + 20.0,
            self.size_px.1 + 20.0,
        ));
        self.name(it, scene);
        let air = FRAME_AIR_PX.0 * unit;
        let target = target.intersected(&plot.expanded(air, 0.0));
        if target.width() > 0.0 {
            scene.hits.push(Hit {
                rect: target,
                target: Target::Event(seen.event),
            });
        }
    }

    /// Air above and below the step's event in its frame: in a row with names beside the marks the
    /// label is as high as the row.
    fn frame_air_y(&self) -> f32 {
        match self.lanes.form.form {
            Form::Under => FRAME_AIR_PX.1 * self.unit(),
            Form::Beside if self.lanes.pitch < 1.5 * self.sizes().name => 1.0,
            Form::Beside => (-0.04 * self.lanes.pitch).max(-4.0),
        }
    }

    fn name(&self, it: &Placed<'_>, scene: &mut Scene) {
        let Some(label) = it.label else { return };
        let (theme, sizes, seen) = (self.theme, self.sizes(), it.seen);
        // Grid lines, and a mark under its name, pass behind.
        if !seen.is_current || label.overlaps(&it.bar) {
            let is_over = label.overlaps(&it.bar);
            let air = if is_over { 8.0 } else { 2.0 } * sizes.unit;
            let halo = label.expanded(air, -0.1 * sizes.name);
            scene.rect(halo, theme.ground.faded(seen.appeared));
            if is_over {
                // The date stays as long as it is, under the name.
                let lane = self.timeline.lane(seen.event);
                let color = self.lane_colors.of(lane).faded(UNDER_NAME * seen.appeared);
                scene.rect(it.bar.intersected(&halo).intersected(&self.plot()), color);
            }
        }
        let (face, ink) = if seen.is_current {
            (Face::SansSemiBold, theme.ink)
        } else if seen.is_highlighted {
            (Face::SansMedium, theme.ink)
        } else {
            (Face::SansMedium, theme.ink.toward(theme.muted, 0.8))
        };
        let name_style = (face, sizes.name, ink.faded(seen.appeared));
        let date_style = (Face::Sans, sizes.date, theme.muted.faded(seen.appeared));
        let (x, anchor) = if it.is_from_end {
            (label.x1, Anchor::End)
        } else {
            (label.x0, Anchor::Start)
        };
        let name = self.timeline.short(seen.event);
        let mut cut = String::new();
        let date_px = it.date.as_ref().map_or(0.0, |(_, width)| *width);
        let gap = DATE_GAP * sizes.date;
        match self.lanes.form.form {
            Form::Under => {
                let measured = (Face::SansSemiBold, sizes.name);
                let name = elided(name, measured, label.width(), self.measure, &mut cut);
                let baseline = label.y0 + 1.2 * sizes.name;
                scene.text((x, baseline), anchor, name_style, name);
                if let Some((words, _)) = &it.date {
                    let baseline = baseline + 1.3 * sizes.date;
                    scene.text((x, baseline), anchor, date_style, words);
                }
            }
            Form::Beside => {
                let baseline = f32::midpoint(label.y0, label.y1) + 0.36 * sizes.name;
                let room = label.width()
                    - if it.date.is_some() {
                        date_px + gap
                    } else {
                        0.0
                    };
                let measured = (Face::SansSemiBold, sizes.name);
                let name = elided(name, measured, room, self.measure, &mut cut);
                // The name is next to its mark.
                scene.text((x, baseline), anchor, name_style, name);
                if let Some((words, _)) = &it.date {
                    let name_px = self.measure.width(name, face, sizes.name);
                    let away = if it.is_from_end { -1.0 } else { 1.0 } * (name_px + gap);
                    scene.text((x + away, baseline), anchor, date_style, words);
                }
            }
        }
    }

    /// Draws the lines to the step's event from those of its causes that are told.
    fn causes(&self, now: &Placed<'_>, placed: &[Placed<'_>], scene: &mut Scene) {
        let (plot, unit) = (self.plot(), self.unit());
        let air = FRAME_AIR_PX.0 * unit;
        let here = now.whole().expanded(air, self.frame_air_y());
        let here = here.intersected(&plot.expanded(air, 0.0));
        let causes = self.timeline.event(now.seen.event).because.into_iter();
        let lines: Vec<_> = causes
            .filter_map(|link| {
                let cause = placed.iter().find(|it| it.seen.event == link.event)?;
                Some(CauseLine {
                    from: End {
                        mark: cause.bar,
                        whole: cause.whole(),
                    },
                    to: End::of(here),
                    words: link.label,
                })
            })
            .collect();
        let others = placed.iter().filter(|it| !it.seen.is_current);
        let mut obstacles: Vec<Rect> = others
            .flat_map(|it| [Some(it.bar), it.label])
            .flatten()
            .collect();
        obstacles.push(here);
        CauseLines {
            plot,
            theme: self.theme,
            measure: self.measure,
            unit: CAUSE_UNIT * unit * self.theme.scale,
            ground: &|_| self.theme.ground,
        }
        .draw(&lines, &obstacles, scene);
    }
}
