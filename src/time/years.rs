//! Years and months in words: `44 BC`, `AD 79`, `2014`, `66 million years ago`.
//!
//! Years are astronomical here as everywhere (0 is 1 BC) and turn into BC and AD in
//! this file alone. "Ago" needs no clock: it is only used from a million years on,
//! where today's year makes no difference. The far future is a year number, not "in 5
//! billion years", so that it needs no clock either.

use std::fmt::Write as _;

const MONTHS: [(&str, &str); 12] = [
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May", "May"),
    ("June", "June"),
    ("July", "July"),
    ("August", "Aug"),
    ("September", "Sept"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
];

/// From this many years BC on, years are written as years ago.
const LONG_AGO: u64 = 1_000_000;
/// Three decimals resolve a thousand years in a million and a million in a billion:
/// finer than any date of that age is known.
const DECIMALS: u32 = 3;

/// `January` to `December`; empty where there is no such month.
pub fn month_name(month: u8) -> &'static str {
    month_names(month).0
}

/// `Jan`, `June`, `Sept`: as newspapers shorten them, without a full stop; empty
/// where there is no such month.
pub fn month_short(month: u8) -> &'static str {
    month_names(month).1
}

fn month_names(month: u8) -> (&'static str, &'static str) {
    usize::from(month)
        .checked_sub(1)
        .and_then(|at| MONTHS.get(at))
        .copied()
        .unwrap_or_default()
}

/// A year as it stands in a sentence.
///
/// ```
/// use meanwhile::time::words::year_words;
///
/// assert_eq!(year_words(2014), "2014");
/// assert_eq!(year_words(79), "AD 79");
/// assert_eq!(year_words(-43), "44 BC");
/// assert_eq!(year_words(-66_000_000), "66 million years ago");
/// assert_eq!(year_words(1_000_000_000), "the year 1,000,000,000");
/// ```
pub fn year_words(year: i64) -> String {
    let mut words = String::new();
    write_year(year, &mut words);
    words
}

/// Appends [`year_words`] to `out`. Only years a million and more ago allocate temporary strings.
pub(super) fn write_year(year: i64, out: &mut String) {
    match (bc(year), year) {
        (Some(LONG_AGO..), _) => out.push_str(&long_ago(year, DECIMALS).join(" ")),
        (Some(bc), _) => {
            write_grouped(rounded_bc(bc), out);
            out.push_str(" BC");
        }
        (None, ..=999) => {
            out.push_str("AD ");
            write_grouped(year.unsigned_abs(), out);
        }
        (None, ..=9999) => write_grouped(year.unsigned_abs(), out),
        (None, _) => {
            out.push_str("the year ");
            write_grouped(year.unsigned_abs(), out);
        }
    }
}

/// A round astronomical year before 10,000 BC is kept round: −300000 is meant as 300,000 BC, though
/// it is exactly 300,001 BC, since BC has no year 0.
fn rounded_bc(bc: u64) -> u64 {
    if bc > 10_000 && (bc - 1).is_multiple_of(1000) {
        bc - 1
    } else {
        bc
    }
}

/// Two years of a span, what they share written once: `50` and `44 BC`, `66` and `65
/// million years ago`, `AD 79` and `81`. Years long ago get enough decimals to differ.
pub(super) fn year_pair(first: i64, last: i64) -> [String; 2] {
    if let (Some(LONG_AGO..), Some(LONG_AGO..)) = (bc(first), bc(last)) {
        return long_ago_pair(first, last);
    }
    let mut words = [String::new(), String::new()];
    let [from, to] = &mut words;
    write_first_of_pair(first, last, from);
    write_last_of_pair(first, last, to);
    words
}

fn long_ago_pair(first: i64, last: i64) -> [String; 2] {
    let [from, to] = (DECIMALS..9)
        .map(|decimals| [first, last].map(|year| long_ago(year, decimals)))
        .find(|[from, to]| from != to)
        .unwrap_or_else(|| [first, last].map(|year| long_ago(year, 9)));
    let shared = from.last() == to.last();
    let [number, unit] = from;
    [
        if shared {
            number
        } else {
            format!("{number} {unit}")
        },
        to.join(" "),
    ]
}

/// Writes the first of two years of a span: see [`year_pair`].
pub(super) fn write_first_of_pair(first: i64, last: i64, out: &mut String) {
    match (bc(first), bc(last)) {
        (Some(LONG_AGO..), Some(LONG_AGO..)) => {
            let [words, _] = long_ago_pair(first, last);
            out.push_str(&words);
        }
        (Some(bc @ ..LONG_AGO), Some(..LONG_AGO)) => write_grouped(rounded_bc(bc), out),
        _ => write_year(first, out),
    }
}

/// Writes the last of two years of a span: see [`year_pair`].
pub(super) fn write_last_of_pair(first: i64, last: i64, out: &mut String) {
    match (bc(first), bc(last)) {
        (Some(LONG_AGO..), Some(LONG_AGO..)) => {
            let [_, words] = long_ago_pair(first, last);
            out.push_str(&words);
        }
        (None, None) if last <= 999 => write_grouped(last.unsigned_abs(), out),
        _ => write_year(last, out),
    }
}

/// Appends the axis label of a year to `out`, where ticks are `step_years` apart. Nothing
/// is allocated as long as `out` has capacity.
///
/// Years long ago are written as in newspaper charts, `66m years ago` and `13.8bn years
/// ago`: geologists' `66 Ma` is shorter, but would have to be explained to a class, and
/// a minus sign says neither "ago" nor from when. Years before AD 1000 carry AD; so do
/// those after 9999, which would otherwise read as amounts.
///
/// Two ticks one step apart never have the same label: the step sets the number of
/// decimals. From a step of 100 on, multiples of the step before AD 1 are labelled with
/// the round number (`500 BC` for the astronomical year −500, which is 501 BC): the error
/// of one year is then at most a hundredth of the gap between two ticks. Below that the
/// label is exact; ticks placed at [`tick_year`] have round labels there as well.
pub fn write_year_tick(year: i64, step_years: i64, out: &mut String) {
    let step = step_years.max(1).unsigned_abs();
    let size = year.unsigned_abs();
    match bc(year) {
        Some(bc @ LONG_AGO..) if step >= 1000 => {
            let (zeros, unit) = ago_unit(bc, step);
            write_scaled(size, zeros, zeros - step.ilog10().min(zeros), out);
            out.push_str(unit);
            out.push_str(" years ago");
        }
        Some(bc) => {
            let is_round = step >= 100 && size.is_multiple_of(step);
            write_grouped(if is_round { (bc - 1).max(1) } else { bc }, out);
            out.push_str(" BC");
        }
        None if size >= LONG_AGO && step >= 1000 => {
            let (zeros, unit) = ago_unit(size, step);
            out.push_str("AD ");
            write_scaled(size, zeros, zeros - step.ilog10().min(zeros), out);
            out.push_str(unit);
        }
        None if size <= 999 || size >= 10_000 => {
            out.push_str("AD ");
            write_grouped(size, out);
        }
        None => write_grouped(size, out),
    }
}

/// The unit of an axis label: billions where the step needs at most three decimals of
/// them, else millions.
fn ago_unit(size: u64, step: u64) -> (u32, &'static str) {
    if size >= 1_000_000_000 && step >= 1_000_000 {
        (9, "bn")
    } else {
        (6, "m")
    }
}

/// The year of the tick for a multiple of the step, moved so that its label is round in
/// BC and AD, which have no year 0: −500 → −499 (500 BC), 0 → 1 (AD 1), 500 → 500.
/// At a step of one year every year has its tick, and nothing is moved.
pub const fn tick_year(multiple: i64, step_years: i64) -> i64 {
    if multiple <= 0 && step_years > 1 {
        multiple.saturating_add(1)
    } else {
        multiple
    }
}

/// The year counted BC, where it lies before AD 1.
fn bc(year: i64) -> Option<u64> {
    (year <= 0).then(|| year.unsigned_abs() + 1)
}

/// `66`, `million years ago`.
fn long_ago(year: i64, decimals: u32) -> [String; 2] {
    let size = year.unsigned_abs();
    let million = scaled(size, 6, decimals);
    // Rounded, so that 999.9999 million is a billion.
    let (number, unit) = if million.contains(',') || million == "1000" || size >= 1_000_000_000 {
        (scaled(size, 9, decimals), "billion years ago")
    } else {
        (million, "million years ago")
    };
    [number, unit.to_owned()]
}

/// `size` in units of ten to the power `zeros`, rounded to at most `decimals` places
/// and without zeros at the end: 66 500 000 → `66.5`.
pub(super) fn scaled(size: u64, zeros: u32, decimals: u32) -> String {
    let mut text = String::new();
    write_scaled(size, zeros, decimals, &mut text);
    text
}

/// Appends [`scaled`] to `out`.
fn write_scaled(size: u64, zeros: u32, decimals: u32, out: &mut String) {
    let decimals = decimals.min(zeros);
    let grain = 10_u64.pow(zeros - decimals);
    let grains = size / grain + u64::from(size % grain >= grain.div_ceil(2) && grain > 1);
    let whole = 10_u64.pow(decimals);
    write_grouped(grains / whole, out);
    let rest = grains % whole;
    if rest > 0 {
        let places = decimals as usize;
        // Writing to a String cannot fail.
        let _ = write!(out, ".{rest:0places$}");
        out.truncate(out.trim_end_matches('0').len());
    }
}

/// A number with commas between thousands, from five digits on.
pub(super) fn grouped(number: u64) -> String {
    let mut text = String::new();
    write_grouped(number, &mut text);
    text
}

/// Appends [`grouped`] to `out`.
fn write_grouped(number: u64, out: &mut String) {
    fn write_thousands(number: u64, out: &mut String) {
        // Writing to a String cannot fail.
        if number < 1000 {
            let _ = write!(out, "{number}");
        } else {
            write_thousands(number / 1000, out);
            let _ = write!(out, ",{:03}", number % 1000);
        }
    }
    if number < 10_000 {
        let _ = write!(out, "{number}");
    } else {
        write_thousands(number, out);
    }
}

/// `1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`.
pub(super) fn ordinal(number: i64) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn year_tick(year: i64, step_years: i64) -> String {
        let mut label = String::new();
        write_year_tick(year, step_years, &mut label);
        label
    }

    #[test]
    fn months() {
        assert_eq!((month_name(1), month_short(1)), ("January", "Jan"));
        assert_eq!((month_name(12), month_short(9)), ("December", "Sept"));
        assert_eq!((month_name(0), month_short(13)), ("", ""));
    }

    #[test]
    fn years_in_a_sentence() {
        for (year, words) in [
            (2014, "2014"),
            (1000, "1000"),
            (999, "AD 999"),
            (79, "AD 79"),
            (1, "AD 1"),
            (0, "1 BC"),
            (-43, "44 BC"),
            (-9998, "9999 BC"),
            (-9999, "10,000 BC"),
            (-65_999, "66,000 BC"),
            (-999_998, "999,999 BC"),
            (-999_999, "1 million years ago"),
            (-1_000_000, "1 million years ago"),
            (-66_000_000, "66 million years ago"),
            (-66_043_000, "66.043 million years ago"),
            (-66_012_345, "66.012 million years ago"),
            (-251_902_000, "251.902 million years ago"),
            (-999_999_400, "999.999 million years ago"),
            (-999_999_999, "1 billion years ago"),
            (-4_540_000_000, "4.54 billion years ago"),
            (-13_787_000_000, "13.787 billion years ago"),
            (-13_800_000_000, "13.8 billion years ago"),
            (9999, "9999"),
            (10_000, "the year 10,000"),
            (1_000_000_000, "the year 1,000,000,000"),
            (i64::MIN, "9,223,372,036.855 billion years ago"),
        ] {
            assert_eq!(year_words(year), words, "{year}");
        }
    }

    #[test]
    fn years_in_pairs() {
        for (first, last, words) in [
            (2014, 2016, "2014 to 2016"),
            (-49, -43, "50 to 44 BC"),
            (-43, 14, "44 BC to AD 14"),
            (79, 81, "AD 79 to 81"),
            (900, 1100, "AD 900 to 1100"),
            (-66_000_000, -65_000_000, "66 to 65 million years ago"),
            (
                -66_000_000,
                -65_999_999,
                "66 to 65.999999 million years ago",
            ),
            (
                -1_200_000_000,
                -800_000_000,
                "1.2 billion years ago to 800 million years ago",
            ),
            (-2_000_000, -9_999, "2 million years ago to 10,000 BC"),
            (10_000, 12_000, "the year 10,000 to the year 12,000"),
        ] {
            assert_eq!(year_pair(first, last).join(" to "), words);
        }
    }

    #[test]
    fn years_on_the_axis() {
        for (year, step, label) in [
            (2014, 1, "2014"),
            (500, 500, "AD 500"),
            (0, 500, "1 BC"),
            (1, 500, "AD 1"),
            (-500, 500, "500 BC"),
            (-499, 500, "500 BC"),
            (-752, 100, "753 BC"),
            (-50, 10, "51 BC"),
            (tick_year(-50, 10), 10, "50 BC"),
            (tick_year(0, 10), 10, "AD 1"),
            (tick_year(0, 1), 1, "1 BC"),
            (tick_year(1, 1), 1, "AD 1"),
            (-10_000, 1000, "10,000 BC"),
            (10_000, 1000, "AD 10,000"),
            (-66_000_000, 1_000_000, "66m years ago"),
            (
                tick_year(-66_000_000, 1_000_000),
                1_000_000,
                "66m years ago",
            ),
            (-66_500_000, 500_000, "66.5m years ago"),
            (-66_025_000, 5_000, "66.025m years ago"),
            (-66_000_000, 1, "66,000,001 BC"),
            (-13_800_000_000, 100_000_000, "13.8bn years ago"),
            (-13_000_000_000, 1_000_000_000, "13bn years ago"),
            (-500_000_000, 500_000_000, "500m years ago"),
            (-13_800_025_000, 25_000, "13,800.03m years ago"),
            (1_000_000_000, 500_000_000, "AD 1bn"),
            (5_000_000, 1_000_000, "AD 5m"),
        ] {
            assert_eq!(year_tick(year, step), label, "{year} by {step}");
        }
    }

    proptest! {
        #![proptest_config(crate::testing::fixed(4000))]

        #[test]
        fn neighbouring_ticks_differ(
            count in -2000_i64..2000, lead in prop::sample::select(vec![1_i64, 2, 5, 25]),
            zeros in 0_u32..=9, called_round in any::<bool>(),
        ) {
            let step = lead * 10_i64.pow(zeros);
            let place = |count: i64| {
                let year = count * step;
                if called_round { tick_year(year, step) } else { year }
            };
            let (here, next) = (place(count), place(count + 1));
            prop_assert_ne!(year_tick(here, step), year_tick(next, step), "{} {}", here, step);
        }

        #[test]
        fn every_year_has_words(year in any::<i64>(), step in any::<i64>()) {
            prop_assert!(!year_words(year).is_empty() && !year_tick(year, step).is_empty());
        }
    }
}
