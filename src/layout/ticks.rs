//! The axis: two levels of ticks at most, from minutes to billions of years.
//!
//! The finer level is the finest step whose labels have room; the coarser one names the unit that
//! contains it (the day of hours, the month of days, the year of months). A level fades in over a
//! short range of scales, by scale alone; a tick that the next coarser step has too is opaque
//! throughout. A label stands in the middle of the year, month or day that it names, which begins at
//! its tick; a time of day is an instant and stands at its tick.
//!
//! It leaves painting to [`draw`](super::draw) and names of years to `time::words`.

use std::{fmt::Write as _, ops::Range};

use super::{
    camera::Camera,
    measure::{Face, TextMeasure},
};
use crate::time::{Civil, Moment, words};

/// The size of tick labels in px.
pub const TICK_SIZE_PX: f32 = 13.0;
/// The least air between two tick labels, in px.
const AIR_PX: f32 = 18.0;
/// A level is opaque once its step is this many times as wide as its labels need.
const APPEAR_RATIO: f64 = 1.05;
/// The opacity of a level whose labels just fit.
const FAINTEST: f32 = 0.7;
/// Mean lengths in seconds, to choose a step by.
const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;
const YEAR: f64 = 365.2425 * DAY;

/// A step of the axis.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// This many minutes.
    Minutes(u8),
    /// This many hours.
    Hours(u8),
    /// This many days, restarting each month.
    Days(u8),
    /// This many months.
    Months(u8),
    /// This many years: 1, 2 or 5 times a power of ten.
    Years(i64),
}

/// One tick.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Its line, in px from the plot's left edge.
    pub x: f64,
    /// The middle of its label, in px; `None` where the label would be cut at the plot's edge.
    pub label_x: Option<f64>,
    /// Its label's characters; read them with [`Axis::label`].
    label: Range<usize>,
    /// 0 to 1.
    pub opacity: f32,
    /// The tick's instant.
    pub from: Moment,
    /// The end of the unit that its label names; `from` where it names an instant.
    pub named_to: Moment,
    /// The next tick's instant.
    pub to: Moment,
}

/// The axis at one camera.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// The finer level.
    pub minor: Vec<Tick>,
    /// The units that contain the finer level's; empty where the finer level is years.
    pub major: Vec<Tick>,
    /// The labels' characters.
    text: String,
}

/// The view for which ticks are computed.
#[derive(Copy, Clone)]
struct View<'a> {
    camera: &'a Camera,
    width_px: f64,
    measure: &'a dyn TextMeasure,
}

impl Axis {
    /// The characters of a tick's label.
    pub fn label(&self, tick: &Tick) -> &str {
        self.text.get(tick.label.clone()).unwrap_or_default()
    }

    /// Whether a long line at a tick would strike through the label of a finer tick.
    pub fn is_struck(&self, tick: &Tick, measure: &dyn TextMeasure) -> bool {
        const LINE_AIR_PX: f64 = 3.0;
        const WIDEST_PX: f64 = 80.0;
        let mut near = self.minor.iter().filter_map(|minor| {
            let away = (minor.label_x? - tick.x).abs();
            (away < WIDEST_PX).then_some((minor, away))
        });
        near.any(|(minor, away)| {
            let half = measure.width(self.label(minor), Face::SansSemiBold, TICK_SIZE_PX) / 2.0;
            away < f64::from(half) + LINE_AIR_PX
        })
    }

    /// Fills it with the ticks of a plot `width_px` wide. Its buffers are reused.
    pub fn fill(&mut self, camera: &Camera, width_px: f64, measure: &dyn TextMeasure) {
        let view = View {
            camera,
            width_px,
            measure,
        };
        let Self { minor, major, text } = self;
        let mut chosen = (Step::COARSEST, 1.0, None);
        let mut steps = Step::all().peekable();
        while let Some(step) = steps.next() {
            text.clear();
            let room = view.px(step) / view.needed_px(step, minor, text);
            if room >= 1.0 || steps.peek().is_none() {
                chosen = (step, room, steps.peek().copied());
                break;
            }
        }
        let (step, room, coarser) = chosen;
        let share = ((room - 1.0) / (APPEAR_RATIO - 1.0)).clamp(0.0, 1.0) as f32;
        let opacity = FAINTEST + (1.0 - FAINTEST) * share;

        text.clear();
        view.ticks(step, false, minor, text);
        for tick in minor {
            let was_there = coarser.is_some_and(|coarser: Step| {
                coarser.shows_like(step) && coarser.floor(tick.from) == tick.from
            });
            tick.opacity = if was_there { 1.0 } else { opacity };
        }
        major.clear();
        if let Some(parent) = step.parent() {
            view.ticks(parent, true, major, text);
        }
        for tick in major {
            // The label of an interval wider than the view stays in view, inside its interval.
            let (x0, x1) = (tick.x, camera.x_from_time(tick.to));
            let label = text.get(tick.label.clone()).unwrap_or_default();
            let half = f64::from(view.label_px(label)) / 2.0;
            let (seen_from, seen_to) = (x0.max(0.0), x1.min(width_px));
            let fits = seen_to - seen_from >= 2.0 * half + f64::from(AIR_PX);
            tick.label_x = fits.then(|| f64::midpoint(seen_from, seen_to));
        }
    }
}

impl Step {
    /// The coarsest step.
    const COARSEST: Self = Self::Years(10_000_000_000);

    /// All steps from fine to coarse.
    fn all() -> impl Iterator<Item = Self> {
        let below_a_year = [
            Self::Minutes(1),
            Self::Minutes(5),
            Self::Minutes(15),
            Self::Hours(1),
            Self::Hours(3),
            Self::Hours(6),
            Self::Days(1),
            Self::Days(5),
            Self::Months(1),
            Self::Months(3),
        ];
        let years = (0..10)
            .flat_map(|power| [1, 2, 5].map(|factor| Self::Years(factor * 10_i64.pow(power))));
        below_a_year
            .into_iter()
            .chain(years)
            .chain([Self::COARSEST])
    }

    fn mean_secs(self) -> f64 {
        match self {
            Self::Minutes(n) => f64::from(n) * MINUTE,
            Self::Hours(n) => f64::from(n) * HOUR,
            Self::Days(n) => f64::from(n) * DAY,
            Self::Months(n) => f64::from(n) * YEAR / 12.0,
            Self::Years(n) => n as f64 * YEAR,
        }
    }

    /// The step that contains this one and is labelled beneath it.
    fn parent(self) -> Option<Self> {
        match self {
            Self::Minutes(_) | Self::Hours(_) => Some(Self::Days(1)),
            Self::Days(_) => Some(Self::Months(1)),
            Self::Months(_) => Some(Self::Years(1)),
            Self::Years(_) => None,
        }
    }

    /// The unit that its labels name; `None` for times of day, which are instants.
    fn unit(self) -> Option<Self> {
        match self {
            Self::Minutes(_) | Self::Hours(_) => None,
            Self::Days(_) => Some(Self::Days(1)),
            Self::Months(_) => Some(Self::Months(1)),
            Self::Years(_) => Some(Self::Years(1)),
        }
    }

    /// Whether a tick that both steps have looks the same in both. A step of every year, month or day
    /// appears as one: every other label in another grey would look like a fault.
    fn shows_like(self, other: Self) -> bool {
        let is_unit = |step: Self| step.unit() == Some(step);
        !is_unit(self) && !is_unit(other) && self.parent() == other.parent()
    }

    /// The last tick at or before `time`.
    fn floor(self, time: Moment) -> Moment {
        let civil = time.civil();
        let date = |month, day| Civil::date(civil.year, month, day);
        let day = date(civil.month, civil.day);
        let floored = match self {
            Self::Minutes(n) => Civil {
                hour: civil.hour,
                minute: civil.minute / n * n,
                ..day
            },
            Self::Hours(n) => Civil {
                hour: civil.hour / n * n,
                ..day
            },
            // 1, 6, 11, 16, 21, 26: a 31st would be too close to the next 1st.
            Self::Days(n) => date(
                civil.month,
                ((civil.day - 1) / n * n + 1).min(if n == 1 { 31 } else { 26 }),
            ),
            Self::Months(n) => date((civil.month - 1) / n * n + 1, 1),
            Self::Years(n) => return Moment::year_start(floor_year(civil.year, n)),
        };
        Moment::from_civil(floored).unwrap_or(time)
    }

    /// The tick after the tick at `tick`.
    fn next(self, tick: Moment) -> Moment {
        let civil = tick.civil();
        let later = |secs: f64| Moment::from_secs(tick.secs().saturating_add(secs as i64));
        match self {
            Self::Minutes(_) | Self::Hours(_) => later(self.mean_secs()),
            Self::Days(1) => later(DAY),
            Self::Days(n) if civil.day + n <= 26 => later(f64::from(n) * DAY),
            Self::Days(_) => self.floor(Step::Months(1).next(Step::Months(1).floor(tick))),
            // Past the longest such step, so into the next one, then back to its first instant.
            Self::Months(n) => self.floor(later(f64::from(n) * 31.0 * DAY + DAY)),
            Self::Years(n) => Moment::year_start(next_year(civil.year, n)),
        }
    }

    fn write_label(self, tick: Moment, px: f64, out: &mut String) {
        let civil = tick.civil();
        // Writing to a String cannot fail.
        let _ = match self {
            Self::Minutes(_) | Self::Hours(_) => {
                write!(out, "{:02}:{:02}", civil.hour, civil.minute)
            }
            Self::Days(_) => write!(out, "{}", civil.day),
            Self::Months(1) if px > 110.0 => out.write_str(words::month_name(civil.month)),
            Self::Months(_) => out.write_str(words::month_short(civil.month)),
            Self::Years(n) => {
                words::write_year_tick(civil.year, n, out);
                Ok(())
            }
        };
    }

    /// The label on the coarser of two levels, which names the containing units too.
    fn write_full_label(self, tick: Moment, out: &mut String) {
        let civil = tick.civil();
        let month = words::month_name(civil.month);
        let _ = match self {
            Self::Days(_) => write!(out, "{} {month} ", civil.day),
            Self::Months(_) => write!(out, "{month} "),
            _ => Ok(()),
        };
        words::write_year_tick(civil.year, 1, out);
    }
}

/// The last tick year at or before `year`: round in the years that people use, without a year 0
/// (200 BC, 100 BC, AD 1, 100).
fn floor_year(year: i64, step: i64) -> i64 {
    words::tick_year(multiple_at(year, step), step)
}

/// The tick year after the one at `tick`.
fn next_year(tick: i64, step: i64) -> i64 {
    words::tick_year(multiple_at(tick, step).saturating_add(step), step)
}

/// The largest multiple of the step whose tick is not after `year`.
fn multiple_at(year: i64, step: i64) -> i64 {
    let floored = |year: i64| year.div_euclid(step).saturating_mul(step);
    let multiple = floored(year);
    if words::tick_year(multiple, step) <= year {
        multiple
    } else {
        floored(year.saturating_sub(1))
    }
}

impl View<'_> {
    /// The mean width of a step, in px.
    fn px(&self, step: Step) -> f64 {
        step.mean_secs() / self.camera.secs_per_px()
    }

    fn label_px(&self, label: &str) -> f32 {
        self.measure.width(label, Face::SansSemiBold, TICK_SIZE_PX)
    }

    /// The px that a step needs so that its labels do not touch: the widest label in view, and air.
    /// For years the labels are written out, into `ticks` and an empty `text`, and measured.
    fn needed_px(&self, step: Step, ticks: &mut Vec<Tick>, text: &mut String) -> f64 {
        let widest = match step {
            Step::Minutes(_) | Step::Hours(_) => self.label_px("00:00"),
            Step::Days(_) => self.label_px("00"),
            Step::Months(_) => self.label_px("Sept"),
            // A step too narrow for any label needs no measuring of all of them.
            Step::Years(_) if self.px(step) < f64::from(AIR_PX) => self.label_px("0"),
            Step::Years(_) => {
                self.ticks(step, false, ticks, text);
                let labels = ticks.iter().filter_map(|tick| text.get(tick.label.clone()));
                labels.map(|label| self.label_px(label)).fold(0.0, f32::max)
            }
        };
        f64::from(widest + AIR_PX)
    }

    /// Fills `ticks` with those of a step in view, and adds their labels to `text`.
    fn ticks(&self, step: Step, is_major: bool, ticks: &mut Vec<Tick>, text: &mut String) {
        ticks.clear();
        let (camera, width_px, px) = (self.camera, self.width_px, self.px(step));
        let mut from = step.floor(camera.time_from_x(-px));
        // One label per tick: their number is bounded by the width. The bound guards against a step
        // that does not advance at the limits of `Moment`.
        for _ in 0..(width_px / px.max(1.0)) as usize + 6 {
            let (x, to) = (camera.x_from_time(from), step.next(from));
            if x > width_px + px || to <= from {
                break;
            }
            let start = text.len();
            if is_major {
                step.write_full_label(from, text);
            } else {
                step.write_label(from, px, text);
            }
            let label = start..text.len();
            let named_to = step.unit().map_or(from, |unit| unit.next(from));
            let middle = f64::midpoint(x, camera.x_from_time(named_to));
            let words = text.get(label.clone()).unwrap_or_default();
            let half = f64::from(self.label_px(words)) / 2.0;
            let label_x = (middle - half >= 0.0 && middle + half <= width_px).then_some(middle);
            ticks.push(Tick {
                x,
                label_x,
                label,
                opacity: 1.0,
                from,
                named_to,
                to,
            });
            from = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::measure::BundledFonts;

    fn axis(camera: &Camera) -> Axis {
        let mut axis = Axis::default();
        axis.fill(camera, 1000.0, &BundledFonts::default());
        axis
    }

    fn labels(axis: &Axis, ticks: &[Tick]) -> String {
        let shown = ticks.iter().filter(|tick| tick.label_x.is_some());
        let labels: Vec<&str> = shown.map(|tick| axis.label(tick)).collect();
        labels.join(" | ")
    }

    fn check(from: Civil, to: Civil, minor: &str, major: &str) {
        let moment = |civil| Moment::from_civil(civil).expect("a date");
        let camera = Camera::over(moment(from), moment(to), 1000.0);
        let axis = axis(&camera);
        assert_eq!(labels(&axis, &axis.minor), minor);
        assert_eq!(labels(&axis, &axis.major), major);
    }

    #[test]
    fn two_levels_name_the_time_at_every_scale() {
        let year = Civil::year;
        check(
            year(2003),
            year(2017),
            "2003 | 2004 | 2005 | 2006 | 2007 | 2008 | 2009 | 2010 | 2011 | 2012 | 2013 | 2014 | 2015 | 2016",
            "",
        );
        check(
            year(2014),
            year(2016),
            "Jan | Apr | July | Oct | Jan | Apr | July | Oct",
            "2014 | 2015",
        );
        check(
            year(2014),
            year(2015),
            "Jan | Feb | Mar | Apr | May | June | July | Aug | Sept | Oct | Nov | Dec",
            "2014",
        );
        check(
            Civil::date(2016, 10, 16),
            Civil::date(2016, 10, 25),
            "16 | 17 | 18 | 19 | 20 | 21 | 22 | 23 | 24",
            "October 2016",
        );
        let hour = |hour| Civil {
            hour,
            ..Civil::date(2016, 10, 20)
        };
        check(
            hour(8),
            hour(12),
            "08:15 | 08:30 | 08:45 | 09:00 | 09:15 | 09:30 | 09:45 | 10:00 | 10:15 | 10:30 | 10:45 | 11:00 | 11:15 | 11:30 | 11:45",
            "20 October 2016",
        );
    }

    #[test]
    fn a_label_stands_in_the_middle_of_what_it_names_and_is_not_struck_through() {
        let day = |month, day| Civil::date(2016, month, day);
        let hour = |hour| Civil {
            hour,
            ..Civil::date(2016, 10, 20)
        };
        // Three months, five days, hours: from, to, whether labels stand right of their tick.
        for (from, to, is_right) in [
            (Civil::year(2014), Civil::year(2016), true),
            (Civil::year(1400), Civil::year(1450), true),
            (day(9, 1), day(12, 1), true),
            (day(10, 19), hour(12), false),
        ] {
            let moment = |civil| Moment::from_civil(civil).expect("a date");
            let camera = Camera::over(moment(from), moment(to), 1000.0);
            let axis = axis(&camera);
            for tick in &axis.minor {
                let Some(label_x) = tick.label_x else {
                    continue;
                };
                assert_eq!(label_x > tick.x, is_right, "{}", axis.label(tick));
            }
            let fonts = BundledFonts::default();
            let is_midnight = |tick: &&Tick| axis.label(tick) == "00:00";
            for midnight in axis.minor.iter().filter(is_midnight) {
                assert_eq!(axis.is_struck(midnight, &fonts), midnight.label_x.is_some());
            }
        }
    }

    #[test]
    fn years_are_counted_as_people_do_across_the_eras() {
        let check = |year: i64, step: i64, floor: i64, next: i64| {
            assert_eq!(
                (floor_year(year, step), next_year(floor, step)),
                (floor, next),
                "{year} by {step}"
            );
        };
        // 200 BC is −199, 100 BC is −99, then AD 1, then AD 100.
        check(-150, 100, -199, -99);
        check(-99, 100, -99, 1);
        check(0, 100, -99, 1);
        check(1, 100, 1, 100);
        check(99, 100, 1, 100);
        check(150, 100, 100, 200);
        check(-44, 1, -44, -43);
        check(
            -13_500_000_000,
            1_000_000_000,
            -13_999_999_999,
            -12_999_999_999,
        );
    }

    proptest! {
        #![proptest_config(crate::testing::fixed(512))]

        #[test]
        fn no_tick_label_overlaps_and_ticks_tile_the_view(
            middle in -14_000_000_000i64..1_000_000_000, near in any::<bool>(), zoom in 0.0..15.5f64,
        ) {
            let fonts = BundledFonts::default();
            let year = if near { middle % 3000 } else { middle };
            let camera = Camera::new(Moment::year_start(year), 10f64.powf(zoom));
            let axis = axis(&camera);
            for (level, name) in [(&axis.minor, "minor"), (&axis.major, "major")] {
                let mut right = f64::NEG_INFINITY;
                for tick in level {
                    prop_assert!(tick.from < tick.to);
                    let Some(middle) = tick.label_x else { continue };
                    let half = f64::from(fonts.width(axis.label(tick), Face::SansSemiBold, TICK_SIZE_PX)) / 2.0;
                    prop_assert!(middle - half > right, "{name} {:?} overlaps its neighbour", axis.label(tick));
                    prop_assert!(middle - half >= -1e-6 && middle + half <= 1000.0 + 1e-6);
                    right = middle + half;
                }
                for pair in level.windows(2) {
                    prop_assert_eq!(pair[0].to, pair[1].from);
                }
            }
            prop_assert!(axis.minor.len() <= 60);
        }
    }
}
