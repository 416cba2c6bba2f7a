//! The words beside the strip: the time in view, and how many events are in it.

use std::time::Duration;

use egui::{Rect, Sense, Ui, pos2};

use crate::{
    layout::{
        Camera, InView,
        draw::clusters::write_count,
        measure::{Face, elided},
    },
    time::{Moment, view_range},
    view::{ViewContext, accessible, paint::TextPainter},
};

/// While only the view moves, the words stay for so long at least, in seconds. Nobody reads them faster,
/// and laying out new numbers takes a twentieth of a frame.
const LEAST_SECS: f64 = 0.1;

/// How many events there are, and how many of them are where.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Counts {
    /// The events of the layout.
    pub all: usize,
    /// On the canvas; `None` where the list of all events replaces it.
    pub in_view: Option<InView>,
}

/// The words, kept from frame to frame.
#[derive(Default)]
pub struct Caption {
    made: Option<Made>,
    lines: Vec<Line>,
}

/// What the words are of.
#[derive(Copy, Clone, PartialEq, Debug)]
struct Of {
    camera: Camera,
    counts: Counts,
    revision: u64,
    /// Whether more labels are being placed.
    is_partial: bool,
    /// How much of the plot is seen, and the room for the words, in px.
    seen_px: f32,
    room_px: f32,
}

/// When the words were made, in seconds of the window's clock.
#[derive(Copy, Clone, Debug)]
struct Made {
    of: Of,
    at_secs: f64,
}

/// A line of words.
struct Line {
    /// As it fits.
    shown: String,
    /// As it is read aloud.
    whole: String,
    size_px: f32,
}

/// When the words are made again.
#[derive(Copy, Clone, PartialEq, Debug)]
enum Due {
    Never,
    Now,
    InSecs(f64),
}

impl Due {
    fn of(made: Option<Made>, now: &Of, now_secs: f64) -> Self {
        let Some(Made { of, at_secs }) = made else {
            return Self::Now;
        };
        let left_secs = at_secs + LEAST_SECS - now_secs;
        // What moves with the view; not whether there is one.
        let is_view = of.counts.in_view.is_some() && now.counts.in_view.is_some();
        let in_view = (if is_view { now } else { &of }).counts.in_view;
        let counts = Counts {
            in_view,
            ..of.counts
        };
        let moved = Of {
            camera: now.camera,
            counts,
            ..of
        };
        if of == *now {
            Self::Never
        } else if moved == *now && left_secs > 0.0 {
            Self::InSecs(left_secs)
        } else {
            Self::Now
        }
    }
}

impl Caption {
    /// Shows the words at the left of `rect`, in a room of so many px.
    pub fn show(
        &mut self,
        ui: &Ui,
        (rect, room_px): (Rect, f32),
        cx: &ViewContext<'_>,
        counts: Counts,
        text_painter: &mut TextPainter,
    ) {
        let of = Of {
            camera: cx.camera,
            counts,
            revision: cx.revision,
            is_partial: cx.layout.slots.is_partial(cx.camera.px_per_sec()),
            seen_px: cx.plot_px - cx.covered_px,
            room_px,
        };
        let at_secs = ui.input(|input| input.time);
        match Due::of(self.made, &of, at_secs) {
            Due::Never => {}
            // Who listens is told at once.
            Due::InSecs(secs) if !accessible::is_heard(ui.ctx()) => {
                let left = Duration::from_secs_f64(secs);
                ui.ctx().request_repaint_after(left);
            }
            Due::Now | Due::InSecs(_) => {
                self.lines = lines(&of, cx);
                self.made = Some(Made { of, at_secs });
            }
        }
        if cx.filtered.is_some() {
            let counted = self.lines.iter().skip(1);
            let counted = || counted.map(|it| it.whole.as_str()).collect::<Vec<_>>();
            accessible::announce(ui.ctx(), "filter", || counted().join(" "));
        }
        let mut y = if self.lines.len() > 2 { 16.0 } else { 22.0 };
        for (number, line) in self.lines.iter().enumerate() {
            let (face, ink) = if number == 0 {
                (Face::SansSemiBold, cx.theme.ink)
            } else {
                (Face::Sans, cx.theme.muted)
            };
            let at = pos2(rect.left() + 24.0, rect.top() + y);
            let style = (face, line.size_px);
            let area = text_painter.words(ui.painter(), at, &line.shown, style, ink);
            let id = ui.scope_id().with(("caption", number));
            let response = ui.interact(area, id, Sense::hover());
            accessible::name_text(&response, &line.whole);
            y += if number == 0 { 19.0 } else { 15.0 };
        }
    }

    /// The time in view, in words.
    pub fn range(&self) -> &str {
        self.lines.first().map_or("", |line| &line.whole)
    }
}

/// The range of time in view, and how many events are in it.
fn lines(of: &Of, cx: &ViewContext<'_>) -> Vec<Line> {
    let ranges = ranges_in_view(cx);
    let width = |words: &str, face, size| cx.measure.width(words, face, size);
    let line = |words: &str, whole: &str, (face, size_px): (Face, f32)| {
        let mut cut = String::new();
        let shown = elided(words, (face, size_px), of.room_px, cx.measure, &mut cut);
        Line {
            shown: shown.to_owned(),
            whole: whole.to_owned(),
            size_px,
        }
    };
    // In shorter words rather than in small letters, and in these rather than cut.
    let sizes = [13.0, 12.0, 11.0];
    let fitting = ranges
        .iter()
        .flat_map(|words| sizes.map(|size| (words, size)))
        .find(|(words, size)| width(words, Face::SansSemiBold, *size) <= of.room_px);
    let (range, size) = fitting.or_else(|| Some((ranges.last()?, 11.0))).unzip();
    let range = range.map_or("", String::as_str);
    let whole = ranges.first().map_or(range, String::as_str);
    let range = line(range, whole, (Face::SansSemiBold, size.unwrap_or(13.0)));
    let counted = counted(of, cx).into_iter().map(|whole| {
        // Where there is no room for it, without the noun, and then without where they are.
        let shorter = whole.replace(" events", "");
        let shortest = shorter.replace(" in view", "");
        let is_fitting = |words: &&String| width(words, Face::Sans, 11.0) <= of.room_px;
        let fitting = [&whole, &shorter].into_iter().find(is_fitting);
        let words = fitting.unwrap_or(&shortest);
        let size = if width(words, Face::Sans, 12.0) <= of.room_px {
            12.0
        } else {
            11.0
        };
        line(words, &whole, (Face::Sans, size))
    });
    std::iter::once(range).chain(counted).collect()
}

/// The time in view in longer and shorter words.
fn ranges_in_view(cx: &ViewContext<'_>) -> Vec<String> {
    let extent = cx.layout.extent();
    let (first, last) = extent.unwrap_or((Moment::EARLIEST, Moment::LATEST));
    let seen_px = f64::from(cx.plot_px - cx.covered_px);
    let from = cx.camera.time_from_x(0.0);
    let to = cx.camera.time_from_x(seen_px);
    // Of a view of millions of years, the air at its edges is no range of years to name.
    let is_deep = view_range::is_deep(from, to);
    let (from, to) = if is_deep {
        (from.max(first), to.min(last))
    } else {
        (from, to)
    };
    let to = to.max(from);
    let mut ranges = view_range::words(from, to);
    if cx.layout.timeline.has_offsets() {
        for range in ranges.iter_mut().filter(|range| range.contains(':')) {
            range.push_str(" UTC");
        }
    }
    ranges
}

/// How many events are in view, and how many of them have their names: one or two lines.
fn counted(of: &Of, cx: &ViewContext<'_>) -> Vec<String> {
    let number = |count: usize| {
        let mut words = String::new();
        write_count(u32::try_from(count).unwrap_or(u32::MAX), &mut words);
        words
    };
    let all = of.counts.all;
    let events = if all == 1 { "event" } else { "events" };
    if let Some(filtered) = cx.filtered {
        let matching = filtered.events.len();
        // Hidden events are not among those of the layout.
        let all = cx.layout.timeline.len();
        return vec![format!(
            "{} of {} {events} shown",
            number(matching),
            number(all)
        )];
    }
    let Some(in_view) = of.counts.in_view else {
        return vec![format!("{} {events} listed", number(all))];
    };
    let shown = in_view.labelled + in_view.clustered;
    let partial = if of.is_partial { "…" } else { "" };
    let shown_words = if shown == all {
        format!("{} {events} in view", number(all))
    } else {
        format!("{} of {} {events} in view", number(shown), number(all))
    };
    if in_view.clustered == 0 {
        return vec![shown_words + partial];
    }
    vec![
        shown_words + ",",
        format!("{} with names{partial}", number(in_view.labelled)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(all: usize, labelled: usize) -> Counts {
        let in_view = Some(InView {
            labelled,
            ..InView::default()
        });
        Counts { all, in_view }
    }

    #[test]
    fn words_follow_the_view_ten_times_a_second_and_everything_else_at_once() {
        let of = Of {
            camera: Camera::over(Moment::from_secs(0), Moment::from_secs(1000), 500.0),
            counts: counts(15, 3),
            revision: 7,
            is_partial: false,
            seen_px: 500.0,
            room_px: 140.0,
        };
        let made = Made { of, at_secs: 10.0 };
        let moved = Of {
            camera: of.camera.panned(20.0),
            ..of
        };
        let counted = Of {
            counts: counts(15, 4),
            ..moved
        };
        let added = Of {
            counts: counts(16, 3),
            ..of
        };
        let listed = Of {
            counts: Counts {
                all: 15,
                in_view: None,
            },
            ..of
        };
        let narrower = Of {
            room_px: 120.0,
            ..of
        };
        let filtered = Of { revision: 8, ..of };
        let placed = Of {
            is_partial: true,
            ..moved
        };
        let half = LEAST_SECS / 2.0;
        for (before, now, after_secs, expected) in [
            (None, of, 0.0, Due::Now),
            (Some(made), of, half, Due::Never),
            (Some(made), of, 100.0, Due::Never),
            (Some(made), moved, half, Due::InSecs(half)),
            (Some(made), counted, half, Due::InSecs(half)),
            (Some(made), moved, 2.0 * LEAST_SECS, Due::Now),
            (Some(made), filtered, half, Due::Now),
            (Some(made), added, half, Due::Now),
            (Some(made), listed, half, Due::Now),
            (Some(made), narrower, half, Due::Now),
            (Some(made), placed, half, Due::Now),
        ] {
            let found = match Due::of(before, &now, 10.0 + after_secs) {
                // To the microsecond.
                Due::InSecs(secs) => Due::InSecs((secs * 1e6).round() / 1e6),
                found => found,
            };
            assert_eq!(found, expected, "{after_secs} s after {before:?}: {now:?}");
        }
    }
}
