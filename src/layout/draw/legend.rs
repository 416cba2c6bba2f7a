//! Draws the legend: how each kind of date is drawn, by the very function that draws the dates of
//! the canvas.

use super::{date::Dated, pen::MARK_PX};
use crate::{
    layout::{
        camera::Camera,
        mark::{BAND_STRENGTH, Body, End, Mark},
        scene::{Rect, Scene},
        theme::{Rgba, Theme},
    },
    model::Certainty,
    time::{Moment, When},
};

/// The width and height of a sample, in px.
pub const SAMPLE_PX: (f32, f32) = (110.0, MARK_PX);

/// A kind of date: what its mark means, and a date of that kind.
#[derive(Copy, Clone, Debug)]
pub struct LegendRow {
    /// What the mark means.
    pub words: &'static str,
    /// The date.
    edtf: &'static str,
    certainty: Certainty,
    /// The years over which it is drawn, and that in which an open end is drawn.
    years: (i64, i64, i64),
}

const fn row(words: &'static str, edtf: &'static str, years: (i64, i64, i64)) -> LegendRow {
    LegendRow {
        words,
        edtf,
        certainty: Certainty::Confirmed,
        years,
    }
}

/// All kinds of dates.
pub const ROWS: [LegendRow; 8] = [
    row(
        "a date too short to draw at this size",
        "2005-06",
        (2000, 2011, 0),
    ),
    row(
        "somewhere in here: a day, a year, a century",
        "200X",
        (2000, 2010, 0),
    ),
    row(
        "from one date to another",
        "2000-01-01/2009-12-31",
        (2000, 2010, 0),
    ),
    row(
        "the end is blurred as far as it is uncertain",
        "2000-01-01/2002~",
        (2000, 2003, 0),
    ),
    row(
        "still going on when this was written",
        "2000/..",
        (2000, 2004, 2003),
    ),
    row("the end is not stated", "2000-01-01/", (2000, 2008, 2000)),
    LegendRow {
        certainty: Certainty::Expected,
        ..row(
            "expected, not yet happened",
            "2000-01-01/..",
            (2000, 2008, 2000),
        )
    },
    row("the date is uncertain", "200X?", (2000, 2010, 0)),
];

/// The kinds of dates that some marks have at a scale, in the order of [`ROWS`].
pub fn used(marks: impl Iterator<Item = Mark>, camera: &Camera) -> Vec<&'static LegendRow> {
    let mut is_used = [false; ROWS.len()];
    for mark in marks {
        let ends = [mark.start, mark.end];
        let has = |wanted: fn(&End) -> bool| ends.iter().any(wanted);
        let is_diamond = mark.drawn(camera).is_diamond;
        let is_band = !is_diamond && mark.body == Body::OneDate;
        let now = [
            is_diamond,
            is_band,
            mark.body == Body::Span && ends == [End::Square; 2],
            has(|end| matches!(end, End::Feather { .. })),
            has(|end| *end == End::Arrow),
            has(|end| *end == End::Fade) && !mark.is_dashed,
            mark.is_dashed,
            mark.is_hatched,
        ];
        for (is_used, now) in is_used.iter_mut().zip(now) {
            *is_used |= now;
        }
        if is_used.iter().all(|is_used| *is_used) {
            break;
        }
    }
    let rows = ROWS.iter().zip(is_used);
    rows.filter_map(|(row, is_used)| is_used.then_some(row))
        .collect()
}

impl LegendRow {
    /// Draws its sample, of [`SAMPLE_PX`]; 0, 0 is its upper left corner.
    pub fn draw(&self, color: Rgba, theme: &Theme, scene: &mut Scene) {
        let Ok(when) = When::parse(self.edtf) else {
            return;
        };
        let (first, last, end) = self.years;
        let (from, to) = (Moment::year_start(first), Moment::year_start(last));
        let camera = Camera::over(from, to, f64::from(SAMPLE_PX.0));
        let start = when.earliest().unwrap_or(from);
        let end = when.latest().unwrap_or(Moment::year_start(end + 1));
        let mark = Mark::new(&when, self.certainty, start, end);
        let drawn = mark.drawn(&camera);
        let (width, height) = SAMPLE_PX;
        let (x0, x1) = (drawn.x0 as f32, (drawn.x1 as f32).min(width));
        let mut bar = Rect::new(x0, 0.0, x1, height);
        if drawn.is_diamond {
            let (middle, half) = (f32::midpoint(x0, x1), height / 2.0);
            (bar.x0, bar.x1) = (middle - half, middle + half);
        }
        Dated {
            mark: &mark,
            drawn: &drawn,
            bar,
            plot: (0.0, f64::from(width)),
            color,
            band: theme.band_strength(color) / BAND_STRENGTH,
            ground: theme.panel,
        }
        .draw(scene);
        scene.finish();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_a_date_of_its_kind() {
        let marks = ROWS.map(|row| {
            let when = When::parse(row.edtf).unwrap();
            let year = Moment::year_start;
            Mark::new(&when, row.certainty, year(2000), year(2003))
        });
        let [_, band, span, about, going_on, unknown, expected, uncertain] = &marks;
        assert_eq!((band.start, band.end), (End::Soft, End::Soft));
        assert_eq!((span.start, span.end), (End::Square, End::Square));
        assert!(matches!(about.end, End::Feather { .. }));
        assert_eq!((going_on.end, unknown.end), (End::Arrow, End::Fade));
        assert!(expected.is_dashed && uncertain.is_hatched);
        for row in ROWS {
            let mut scene = Scene::default();
            row.draw(Rgba::hex(0x00B4_521E), &Theme::LIGHT, &mut scene);
            assert!(!scene.shapes.is_empty(), "{row:?}");
        }
    }
}
