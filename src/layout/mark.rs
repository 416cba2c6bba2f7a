//! How a date is drawn: one function from an event's date to its mark, one from the mark to pixels.
//!
//! ```text
//! one date, narrow     ◆            as wide as it is uncertain; under 8 px a diamond in its middle
//! one date             ░▒▓▓▓▓▒░     somewhere in here: a pale band with soft ends
//! a span               ▒▓████▓▒     an end coarser than a day fades over its precision
//! …known to the day    ████████
//! open end             ███████▶     to the file's "as of" date, then an arrow
//! unknown end          █████▓▒░     fades to nothing over 96 px at any scale: no end is claimed
//! expected             ┌╌╌╌╌╌╌┐     dashed outline, 18 % fill; where its end is open, both run out
//!                                   over 96 px, from the file's "as of" date on
//! ```
//!
//! A [`Mark`] is independent of scale: times, and constants in pixels that point outward
//! ([`Mark::overhang_px`]). That is what lets rows be chosen once (see [`labels`](super::labels)).
//! It leaves colours and rows to [`draw`](super::draw).

use super::camera::Camera;
use crate::{
    model::Certainty,
    time::{Bound, DateRange, Moment, Precision, When},
};

/// Below this width, in px, one date is drawn as a diamond.
pub const DIAMOND_BELOW_PX: f64 = 8.0;
/// Half the width and height of a diamond, in px.
pub const DIAMOND_HALF_PX: f32 = 6.0;
/// An unknown end fades to nothing over this, in px.
pub const FADE_PX: f32 = 96.0;
/// The length of the arrow of an event that still goes on, in px.
pub const ARROW_PX: f32 = 8.0;
/// The length of a band's soft ends, in px; each is at most a quarter of the band.
const SOFT_PX: f64 = 10.0;
/// The narrowest bar, in px: an hour of a war is still visible.
const NARROWEST_PX: f64 = 4.0;
/// The strength of a feather's outer end, as a share of full strength: were it 0, the peak at its
/// inner end would look like an event.
const FEATHER_FLOOR: f32 = 0.35;
/// The least fill strength of a band, 0 to 1; a colour that needs more gets it when it is drawn
/// ([`Theme::band_strength`](super::Theme::band_strength)).
pub const BAND_STRENGTH: f32 = 0.55;
/// The fill strengths of a band, a bar and an expected event.
const STRENGTH: (f32, f32, f32) = (BAND_STRENGTH, 1.0, 0.18);

/// What kind of time a mark stands for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// One date: somewhere between both ends.
    OneDate,
    /// From one end to the other.
    Span,
}

/// What one end of a mark looks like.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Known to the day: cut straight.
    Square,
    /// The soft end of a band.
    Soft,
    /// Fades from here to `inner`, over the width of the end's precision.
    Feather {
        /// Where the fading stops.
        inner: Moment,
    },
    /// Not stated, or expected and open: fades to nothing over [`FADE_PX`] beyond this end.
    Fade,
    /// Still going on: an arrow beyond this end.
    Arrow,
}

/// An event's date as it is drawn, independent of scale.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The earliest instant that is claimed.
    pub from: Moment,
    /// The first instant after the latest that is claimed.
    pub to: Moment,
    /// The end at `from`.
    pub start: End,
    /// The end at `to`.
    pub end: End,
    /// One date or a span.
    pub body: Body,
    /// Uncertain (`?`): hatched.
    pub is_hatched: bool,
    /// Expected: a dashed outline.
    pub is_dashed: bool,
}

impl Mark {
    /// The mark of a date. `from` and `to` are the event's drawn extent, with open ends extended to
    /// the file's "as of" date ([`Timeline::start`](crate::model::Timeline::start) and `end`).
    pub fn new(when: &When, certainty: Certainty, from: Moment, to: Moment) -> Self {
        let is_dashed = certainty == Certainty::Expected;
        let (body, start, end) = match when {
            When::Date(range) => {
                let end = if range.approximate {
                    End::Feather {
                        inner: middle(from, to),
                    }
                } else {
                    End::Soft
                };
                (Body::OneDate, end, end)
            }
            When::Span { start, end } => (
                Body::Span,
                start_of_span(start),
                end_of_span(end, is_dashed),
            ),
            // “2014 or later”, “1849 or earlier”: there is no limit on that side.
            When::Set { .. } if when.earliest().is_none() || when.latest().is_none() => {
                let end = |limit: Option<Moment>| limit.map_or(End::Fade, |_| End::Square);
                (Body::Span, end(when.earliest()), end(when.latest()))
            }
            When::Set { all: true, .. } => (Body::Span, End::Square, End::Square),
            When::Set { all: false, .. } => (Body::OneDate, End::Soft, End::Soft),
        };
        Self {
            from,
            to,
            start,
            end,
            body,
            is_hatched: when.is_uncertain(),
            is_dashed,
        }
    }

    /// The part of it within a stretch of time, square where it is cut.
    #[must_use]
    pub fn within(mut self, (from, to): (Moment, Moment)) -> Self {
        if self.from < from {
            (self.from, self.start) = (from, End::Square);
        }
        if self.to > to {
            (self.to, self.end) = (to, End::Square);
        }
        self
    }

    /// How far the drawing may extend beyond `from` and `to` at any scale, in px. Both are ≥ 0.
    pub fn overhang_px(&self) -> (f32, f32) {
        let least = match self.body {
            Body::OneDate => DIAMOND_HALF_PX,
            Body::Span => NARROWEST_PX as f32 / 2.0,
        };
        let of = |end| match end {
            End::Fade => FADE_PX,
            End::Arrow => ARROW_PX + least,
            _ => least,
        };
        (of(self.start), of(self.end))
    }

    /// The mark in pixels at a camera.
    pub fn drawn(&self, camera: &Camera) -> Drawn {
        let (from, to) = (camera.x_from_time(self.from), camera.x_from_time(self.to));
        if self.body == Body::OneDate && to - from < DIAMOND_BELOW_PX {
            return Drawn::diamond(f64::midpoint(from, to));
        }
        // Too short a bar grows on both sides; a fade makes it long enough already.
        let grows = self.start != End::Fade && self.end != End::Fade;
        let lacking = if grows {
            (NARROWEST_PX - (to - from)).max(0.0) / 2.0
        } else {
            0.0
        };
        let (from, to) = (from - lacking, to + lacking);
        let strength = match (self.is_dashed, self.body) {
            (true, _) => STRENGTH.2,
            (false, Body::OneDate) => STRENGTH.0,
            (false, Body::Span) => STRENGTH.1,
        };

        let soft = SOFT_PX.min((to - from) / 4.0);
        let inner_x = |inner: Moment| camera.x_from_time(inner).clamp(from, to);
        let mut drawn = Drawn {
            x0: from,
            x1: to,
            arrow: None,
            is_diamond: false,
            ramp: Ramp::default(),
        };
        let floor = strength * FEATHER_FLOOR;
        match self.start {
            End::Soft => drawn.ramp.push(from, 0.0).push(from + soft, strength),
            End::Feather { inner } => drawn.ramp.push(from, floor).push(inner_x(inner), strength),
            End::Fade => {
                drawn.x0 = from - f64::from(FADE_PX);
                drawn.ramp.push(drawn.x0, 0.0).push(from, strength)
            }
            End::Square | End::Arrow => drawn.ramp.push(from, strength),
        };
        match self.end {
            End::Soft => drawn.ramp.push(to - soft, strength).push(to, 0.0),
            End::Feather { inner } => drawn.ramp.push(inner_x(inner), strength).push(to, floor),
            End::Fade => {
                drawn.x1 = to + f64::from(FADE_PX);
                drawn.ramp.push(to, strength).push(drawn.x1, 0.0)
            }
            End::Arrow => {
                drawn.arrow = Some(to);
                drawn.x1 = to + f64::from(ARROW_PX);
                drawn.ramp.push(to, strength)
            }
            End::Square => drawn.ramp.push(to, strength),
        };
        drawn
    }
}

fn middle(from: Moment, to: Moment) -> Moment {
    Moment::from_secs(from.secs().midpoint(to.secs()))
}

fn is_square(range: &DateRange) -> bool {
    !range.approximate
        && matches!(
            range.precision,
            Precision::Day | Precision::Hour | Precision::Minute | Precision::Second
        )
}

fn start_of_span(bound: &Bound) -> End {
    match bound {
        Bound::Known(range) if range.is_or_earlier() || range.is_of_unknown_year() => End::Fade,
        Bound::Known(range) if is_square(range) => End::Square,
        Bound::Known(range) => End::Feather {
            inner: range.latest,
        },
        Bound::Open | Bound::Unknown => End::Fade,
    }
}

fn end_of_span(bound: &Bound, is_expected: bool) -> End {
    match bound {
        Bound::Known(range) if range.is_or_later() || range.is_of_unknown_year() => End::Fade,
        Bound::Known(range) if is_square(range) => End::Square,
        Bound::Known(range) => End::Feather {
            inner: range.earliest,
        },
        // Whether it will end, or begin at all, is not known.
        Bound::Open if is_expected => End::Fade,
        Bound::Open => End::Arrow,
        Bound::Unknown => End::Fade,
    }
}

/// A mark at one scale: x in px from the plot's left edge, strengths from 0 to 1.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The leftmost and rightmost x of the drawing.
    pub x0: f64,
    /// See `x0`.
    pub x1: f64,
    /// A diamond between `x0` and `x1`, with no ramp.
    pub is_diamond: bool,
    /// Where an arrow to the right begins.
    pub arrow: Option<f64>,
    /// How strongly the bar is filled from left to right.
    pub ramp: Ramp,
}

impl Drawn {
    fn diamond(x: f64) -> Self {
        let half = f64::from(DIAMOND_HALF_PX);
        Self {
            x0: x - half,
            x1: x + half,
            is_diamond: true,
            arrow: None,
            ramp: Ramp::default(),
        }
    }
}

/// Strengths at rising x with straight lines between them, like the stops of a gradient.
#[derive(Copy, Clone, Debug, Default, PartialEq)]
pub struct Ramp {
    stops: [(f64, f32); 4],
    len: usize,
}

impl Ramp {
    /// Adds a stop; an x left of the last one is moved to it (two feathers that meet).
    fn push(&mut self, x: f64, strength: f32) -> &mut Self {
        let x = self.stops().last().map_or(x, |last| last.0.max(x));
        if let Some(slot) = self.stops.get_mut(self.len) {
            *slot = (x, strength);
            self.len += 1;
        }
        self
    }

    /// The stops, from left to right.
    pub fn stops(&self) -> &[(f64, f32)] {
        self.stops.get(..self.len).unwrap_or_default()
    }

    /// The pieces between the stops, clipped to `left..right`: (x, strength) at both ends. Done in
    /// `f64`, since the x of a bar of a million years does not fit an `f32` at a close scale.
    pub fn pieces(&self, left: f64, right: f64) -> impl Iterator<Item = [(f32, f32); 2]> + '_ {
        self.stops().windows(2).filter_map(move |pair| {
            let &[(x0, s0), (x1, s1)] = pair else {
                return None;
            };
            let (a, b) = (x0.max(left), x1.min(right));
            let at = |x: f64| (x as f32, s0 + (s1 - s0) * ((x - x0) / (x1 - x0)) as f32);
            (a < b).then(|| [at(a), at(b)])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws `edtf` with x = 0 at 2000 and `px_per_year`, "as of" the end of October 2016.
    fn check(edtf: &str, certainty: Certainty, px_per_year: f64, expected: &str) {
        let json = format!(
            r#"{{"title":"T","as_of":"2016-10","events":[{{"title":"E","date":"{edtf}","certainty":"{}"}}]}}"#,
            certainty.word()
        );
        let timeline = crate::formats::read(json.as_bytes()).expect(edtf).timeline;
        let event = timeline.events().next().expect(edtf);
        let mark = Mark::new(
            &timeline.when(event),
            certainty,
            timeline.start(event),
            timeline.end(event),
        );
        let camera = Camera::new(Moment::year_start(2000), 31_556_952.0 / px_per_year);
        let drawn = mark.drawn(&camera);
        let mut text = format!("{:.0}..{:.0}", drawn.x0, drawn.x1);
        if drawn.is_diamond {
            text += " diamond";
        }
        for (x, strength) in drawn.ramp.stops() {
            text += &format!(" {x:.0}:{:.0}%", strength * 100.0);
        }
        for (on, word) in [
            (drawn.arrow.is_some(), "arrow"),
            (mark.is_hatched, "hatched"),
            (mark.is_dashed, "dashed"),
        ] {
            if on {
                text = text + " " + word;
            }
        }
        assert_eq!(text, expected, "{edtf} at {px_per_year} px a year");
        // At any scale the drawing stays inside the extent for which rows were chosen.
        let (left, right) = mark.overhang_px();
        assert!(drawn.x0 >= camera.x_from_time(mark.from) - f64::from(left) - 1e-6);
        assert!(drawn.x1 <= camera.x_from_time(mark.to) + f64::from(right) + 1e-6);
    }

    #[test]
    fn a_date_is_drawn_as_wide_as_it_is_uncertain() {
        use Certainty::{Confirmed, Expected};
        // One date: a diamond while it is narrow, then a band over all of it, a day or a decade.
        check("2003", Confirmed, 4.0, "8..20 diamond");
        check(
            "2003",
            Confirmed,
            70.0,
            "210..280 210:0% 220:55% 270:55% 280:0%",
        );
        check("2016-10-20", Confirmed, 70.0, "1170..1182 diamond");
        check(
            "2016-10-20",
            Confirmed,
            36_525.0,
            "613713..613813 613713:0% 613723:55% 613803:55% 613813:0%",
        );
        check(
            "201X",
            Confirmed,
            70.0,
            "700..1400 700:0% 710:55% 1390:55% 1400:0%",
        );
        check(
            "2014~",
            Confirmed,
            70.0,
            "980..1050 980:19% 1015:55% 1015:55% 1050:19%",
        );
        check(
            "2014?",
            Confirmed,
            70.0,
            "980..1050 980:0% 990:55% 1040:55% 1050:0% hatched",
        );
        // A span: feathered over its ends' precision, square where an end is known to the day.
        check(
            "2014/2016",
            Confirmed,
            70.0,
            "980..1190 980:35% 1050:100% 1120:100% 1190:35%",
        );
        check(
            "2014-01-01/2014-12-31",
            Confirmed,
            70.0,
            "980..1050 980:100% 1050:100%",
        );
        check(
            "2014/2014",
            Confirmed,
            70.0,
            "980..1050 980:35% 1050:100% 1050:100% 1050:35%",
        );
        // Open: an arrow after "as of". Unknown: 96 px to nothing, at any scale.
        check(
            "2014/..",
            Confirmed,
            70.0,
            "980..1186 980:35% 1050:100% 1178:100% arrow",
        );
        check(
            "2003/",
            Confirmed,
            70.0,
            "210..376 210:35% 280:100% 280:100% 376:0%",
        );
        check(
            "2003/",
            Confirmed,
            7.0,
            "21..124 21:35% 28:100% 28:100% 124:0%",
        );
        check(
            "/2010~",
            Confirmed,
            70.0,
            "604..770 604:0% 700:100% 700:100% 770:35%",
        );
        // An end of which only one limit is known claims nothing beyond it.
        check(
            "..2014/2016",
            Confirmed,
            70.0,
            "954..1190 954:0% 1050:100% 1120:100% 1190:35%",
        );
        check(
            "2014-01-01/2016..",
            Confirmed,
            70.0,
            "980..1216 980:100% 1120:100% 1216:0%",
        );
        // Expected: pale and dashed, running out where its end is open.
        check(
            "2016-10-20/..",
            Expected,
            70.0,
            "1176..1274 1176:18% 1178:18% 1274:0% dashed",
        );
        check(
            "2017",
            Expected,
            70.0,
            "1190..1260 1190:0% 1200:18% 1250:18% 1260:0% dashed",
        );
    }

    #[test]
    fn a_ramp_is_cut_where_the_plot_ends() {
        let mut ramp = Ramp::default();
        ramp.push(-1e12, 0.0)
            .push(0.0, 1.0)
            .push(10.0, 1.0)
            .push(1e12, 0.0);
        let pieces: Vec<_> = ramp.pieces(-5.0, 20.0).collect();
        assert_eq!(pieces.first(), Some(&[(-5.0, 1.0), (0.0, 1.0)]));
        assert_eq!(pieces.len(), 3);
        assert!(ramp.pieces(2e12, 3e12).next().is_none());
    }
}
