//! Draws one labelled event: its mark, its label, its frame.
//!
//! Where both lie is in the [`PlacedEvent`]; here they become shapes, and the mark in [`Dated`].

use super::{
    date::Dated,
    pen::Pen,
    placed::{PlacedEvent, framed},
    routes::Router,
    scratch::{EraBand, Scratch},
};
use crate::layout::{
    labels::Side,
    measure::{Face, elided},
    metrics::{BESIDE_GAP_PX, DATE_SIZE_PX, Form, LABEL_SIZE_PX},
    scene::{Anchor, Hit, Rect, Scene, Shape, Target},
    summaries,
    theme::Rgba,
};

/// Where a label's baselines lie under the top of its row, in px.
const TITLE_BASELINE_PX: f32 = 29.0;
/// See [`TITLE_BASELINE_PX`].
const DATE_BASELINE_PX: f32 = 44.0;
/// The opacity of a mark under its label.
const UNDER_LABEL: f32 = 0.25;
/// How thick a person's thread is, in px.
const THREAD_PX: f32 = 1.5;
/// The opacity of a thread: as visible as a mark has to be (WCAG 2.2, 3 to 1).
const THREAD_STRENGTH: f32 = 0.75;
/// How far the glow of a search result extends beyond its mark, in px.
const GLOW_PX: f32 = 4.0;
/// Over how many px a label fades out at an edge that cuts it.
const FADE_PX: f32 = 16.0;

impl Pen<'_> {
    pub(super) fn event(&self, it: &PlacedEvent, scratch: &mut Scratch, scene: &mut Scene) {
        let params = &self.input.params;
        let is_selected = self.is_selected(it.event);
        if is_selected || params.hovered == Some(it.event) {
            self.frame(&it.whole(), is_selected, it.color, scene);
        }
        if self.input.found.is_some_and(|found| found.holds(it.event)) {
            self.glow(&it.bar, scene);
        }
        self.mark(it, scene);
        self.write_label(it, scratch, scene);
        let rect = it.whole().intersected(&self.plot);
        if rect.width() > 0.0 && rect.height() > 0.0 {
            scene.hits.push(Hit {
                rect,
                target: Target::Event(it.event),
            });
        }
    }

    /// Lets the labels that are cut at an edge of the plot fade out over their last pixels.
    pub(super) fn fade_cut_labels(
        &self,
        placed: &[PlacedEvent],
        eras: &[EraBand],
        scene: &mut Scene,
    ) {
        let plot = self.plot;
        let is_cut = |it: &&PlacedEvent| {
            let label = it.label;
            it.is_written
                && (label.x0 < plot.x0 && label.x1 > plot.x0
                    || label.x0 < plot.x1 && label.x1 > plot.x1)
        };
        let mut cut = placed.iter().filter(is_cut).peekable();
        if cut.peek().is_none() {
            return;
        }
        // Over the texts.
        scene.clip(self.lanes_clip());
        for it in cut {
            let params = &self.input.params;
            let is_framed = self.is_selected(it.event) || params.hovered == Some(it.event);
            let label = it.label;
            let ground = |x: f32| {
                if is_framed {
                    self.input.theme.panel
                } else {
                    self.ground_at(x, eras)
                }
            };
            let (left, right) = (ground(plot.x0), ground(plot.x1));
            if label.x0 < plot.x0 {
                scene.shapes.push(Shape::Ramp {
                    rect: Rect::new(plot.x0, label.y0, plot.x0 + FADE_PX, label.y1),
                    left,
                    right: left.faded(0.0),
                });
            }
            if label.x1 > plot.x1 {
                scene.shapes.push(Shape::Ramp {
                    rect: Rect::new(plot.x1 - FADE_PX, label.y0, plot.x1, label.y1),
                    left: right.faded(0.0),
                    right,
                });
            }
        }
    }

    /// Draws the thread of one person: lines from mark to mark in time order, behind all of them,
    /// past all labels.
    pub(super) fn thread(&self, placed: &[PlacedEvent], obstacles: &[Rect], scene: &mut Scene) {
        let Some(filtered) = self.input.filtered else {
            return;
        };
        let ink = self.input.theme.accent.faded(THREAD_STRENGTH);
        let router = Router {
            plot: self.lanes_clip(),
            unit: 1.0,
            obstacles,
        };
        let theirs = placed
            .iter()
            .filter(|it| filtered.events.contains(it.event));
        for (before, it) in theirs.clone().zip(theirs.skip(1)) {
            for piece in router.route(&before.end(), &it.end()) {
                scene.line_through(piece, THREAD_PX, ink);
            }
        }
    }

    /// Draws the glow behind the mark of a search result.
    fn glow(&self, bar: &Rect, scene: &mut Scene) {
        let accent = self.input.theme.accent;
        scene.shapes.push(Shape::Frame {
            rect: bar
                .expanded(GLOW_PX, GLOW_PX)
                .intersected(&self.plot.expanded(40.0, 40.0)),
            radius: 6.0,
            fill: accent.faded(0.18),
            border: accent.faded(0.75),
            border_px: 1.5,
        });
    }

    fn frame(&self, around: &Rect, is_selected: bool, color: Rgba, scene: &mut Scene) {
        let theme = self.input.theme;
        let (border, border_px) = if is_selected {
            (color, 1.5 * theme.stroke_px)
        } else {
            (theme.hairline, theme.stroke_px)
        };
        // The frame of a mark that leaves the plot leaves with it; both stay in an `f32`'s range.
        let rect = framed(around).intersected(&self.plot.expanded(40.0, 40.0));
        scene.shapes.push(Shape::Frame {
            rect,
            radius: 8.0,
            fill: theme.panel,
            border,
            border_px,
        });
    }

    fn mark(&self, it: &PlacedEvent, scene: &mut Scene) {
        let dated = Dated {
            mark: &it.mark,
            drawn: &it.drawn,
            bar: it.bar,
            plot: (self.plot.x0, f64::from(self.plot.width())),
            color: it.color.faded(it.opacity),
            band: it.band,
            ground: self.input.theme.ground.faded(it.opacity),
        };
        dated.draw(scene);
    }

    fn write_label(&self, it: &PlacedEvent, scratch: &mut Scratch, scene: &mut Scene) {
        if !it.is_written {
            return;
        }
        let rect = &it.label;
        let theme = self.input.theme;
        let measure = self.input.measure;
        let is_selected = self.is_selected(it.event);
        // Importance shows.
        let (face, ink) = match self.layout.timeline.importance(it.event) {
            5.. => (Face::SansSemiBold, theme.ink),
            _ if is_selected => (Face::SansSemiBold, theme.ink),
            3 | 4 => (Face::SansMedium, theme.ink),
            _ => (Face::Sans, theme.muted),
        };
        let title = self.layout.timeline.short(it.event);
        let Scratch { dates, text, .. } = scratch;
        let date = dates.date(&self.layout.timeline, it.event);
        let ink = (face, LABEL_SIZE_PX, ink.faded(it.opacity * it.leaving));
        let muted = (
            Face::Sans,
            DATE_SIZE_PX,
            theme.muted.faded(it.opacity * it.leaving),
        );
        // Measured in the widest face, as when rows were chosen: selecting an event elides nothing.
        match self.layout.form {
            Form::Under => {
                let (x, anchor) = match it.slot.side {
                    Side::Right => (rect.x0, Anchor::Start),
                    Side::Left => (rect.x1, Anchor::End),
                };
                for (words, measured, style, baseline) in [
                    (title, Face::SansSemiBold, ink, TITLE_BASELINE_PX),
                    (date, Face::Sans, muted, DATE_BASELINE_PX),
                ] {
                    let words = elided(words, (measured, style.1), rect.width(), measure, text);
                    scene.text((x, it.top + baseline), anchor, style, words);
                }
                let summaries = self.layout.summaries.as_deref();
                let lines = summaries.map_or(&[][..], |summaries| summaries.lines(it.event));
                let style = (summaries::FACE, summaries::SIZE_PX, muted.2);
                let mut baseline = it.top + summaries::BASELINE_PX;
                for line in lines {
                    scene.text((x, baseline), anchor, style, line);
                    baseline += summaries::LINE_PX;
                }
            }
            Form::Beside => {
                if rect.overlaps(&it.bar) {
                    // Over its mark, whose extent still shows.
                    let under = rect.expanded(4.0, -2.0).intersected(&it.bar);
                    scene.rect(under, theme.ground.faded(it.opacity));
                    scene.rect(under, it.color.faded(UNDER_LABEL * it.opacity));
                }
                let baseline = it.top + self.layout.stack.pitch / 2.0 + 4.5;
                let date_px = measure.width(date, Face::Sans, DATE_SIZE_PX) + BESIDE_GAP_PX;
                // Too narrow for both: the title gets all the room, and is elided only if need be.
                let whole_px = measure.width(title, Face::SansSemiBold, LABEL_SIZE_PX);
                let has_date = whole_px + date_px <= rect.width() + 0.5;
                let measured = (Face::SansSemiBold, LABEL_SIZE_PX);
                let title = if has_date {
                    title
                } else {
                    elided(title, measured, rect.width(), measure, text)
                };
                match it.slot.side {
                    Side::Right => {
                        scene.text((rect.x0, baseline), Anchor::Start, ink, title);
                        if has_date {
                            let title_px = measure.width(title, face, LABEL_SIZE_PX);
                            scene.text(
                                (rect.x0 + title_px + BESIDE_GAP_PX, baseline),
                                Anchor::Start,
                                muted,
                                date,
                            );
                        }
                    }
                    Side::Left => {
                        let title_end = if has_date { rect.x1 - date_px } else { rect.x1 };
                        scene.text((title_end, baseline), Anchor::End, ink, title);
                        if has_date {
                            scene.text((rect.x1, baseline), Anchor::End, muted, date);
                        }
                    }
                }
            }
        }
    }
}
