//! The fast path for the most common dates: `2014`, `2014-06`, `-0043-03-15`, each with an optional
//! `~`, `?` or `%` at the end, and spans of them (`2014/2016`, `2014/..`, `2003/`, `/2010~`).
//!
//! Nearly every date of nearly every file has one of these forms, and a large file has a million of
//! them: the fast path takes some 28 ns a date, the full grammar (`grammar`) some 150. It reads
//! only what is certainly valid. For everything else, invalid dates included, it returns `None` and
//! the full grammar decides, so that no rule and no message exists twice.

use super::moment::{days_in_month, is_leap};
use super::{Bound, Civil, DateRange, Moment, Precision, When};

const SECS_PER_DAY: i64 = 86_400;

/// Reads a date or a span in one of the common forms; `None` for every other text.
pub(super) fn read(text: &str) -> Option<When> {
    let bytes = text.as_bytes();
    let Some(slash) = bytes.iter().position(|&byte| byte == b'/') else {
        return date(bytes).map(When::Date);
    };
    let (start, end) = bytes.split_at_checked(slash)?;
    let (start, end) = (bound(start)?, bound(end.get(1..)?)?);
    match (start, end) {
        // In the wrong order: the full grammar reports it.
        (Bound::Known(first), Bound::Known(last)) if first.earliest >= last.latest => None,
        (Bound::Known(_), _) | (_, Bound::Known(_)) => Some(When::Span { start, end }),
        _ => None,
    }
}

fn bound(text: &[u8]) -> Option<Bound> {
    match text {
        b"" => Some(Bound::Unknown),
        b".." => Some(Bound::Open),
        _ => date(text).map(Bound::Known),
    }
}

fn date(text: &[u8]) -> Option<DateRange> {
    let (text, approximate, uncertain) = match text {
        [date @ .., b'~'] => (date, true, false),
        [date @ .., b'?'] => (date, false, true),
        [date @ .., b'%'] => (date, true, true),
        date => (date, false, false),
    };
    let (text, is_negative) = match text {
        [b'-', date @ ..] => (date, true),
        date => (date, false),
    };
    let (year, rest) = text.split_first_chunk::<4>()?;
    let year = number(*year)?;
    let (month, rest) = part(rest)?;
    let (day, rest) = part(rest)?;
    if !rest.is_empty() {
        return None;
    }
    // There is no year −0.
    if is_negative && year == 0 {
        return None;
    }
    let year = if is_negative { -year } else { year };
    // A month past 12 may be a season.
    let month = month.map_or(Some(None), |month| {
        (1..=12).contains(&month).then_some(Some(month as u8))
    })?;
    let first = month.unwrap_or(1);
    let (days, precision) = match (month, day) {
        (Some(month), Some(day)) => {
            if day == 0 || day > i64::from(days_in_month(year, month)) {
                return None;
            }
            (1, Precision::Day)
        }
        (Some(month), None) => (i64::from(days_in_month(year, month)), Precision::Month),
        (None, _) => (365 + i64::from(is_leap(year)), Precision::Year),
    };
    let earliest = Moment::from_civil(Civil::date(year, first, day.unwrap_or(1) as u8))?;
    Some(DateRange {
        approximate,
        uncertain,
        ..DateRange::new(earliest, earliest.plus_secs(days * SECS_PER_DAY), precision)
    })
}

/// Splits off a hyphen with a two-digit month or day, if there is one; returns it and the rest.
fn part(text: &[u8]) -> Option<(Option<i64>, &[u8])> {
    match text {
        [] => Some((None, text)),
        [b'-', tens, ones, rest @ ..] => Some((Some(number([*tens, *ones])?), rest)),
        _ => None,
    }
}

/// Parses exactly `DIGITS` ASCII digits; `None` where another character is among them.
fn number<const DIGITS: usize>(text: [u8; DIGITS]) -> Option<i64> {
    text.into_iter().try_fold(0, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + i64::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::grammar;
    use super::super::properties::edtf_text;
    use super::*;
    use crate::testing::fixed;

    #[track_caller]
    fn agrees(text: &str) {
        if let Some(when) = read(text) {
            assert_eq!(grammar::read(text), Ok(when), "{text}");
        }
    }

    #[test]
    fn common_forms_are_read() {
        for text in [
            "2014",
            "2014-06",
            "2016-02-29",
            "-0043-03-15",
            "0000",
            "0000-02-29",
            "9999-12-31",
            "-9999",
            "2014?",
            "2014-06~",
            "2014-06-10%",
            "2014/2016",
            "2014-06~/2016-10-20?",
            "2014/..",
            "../2014",
            "2003/",
            "/2010~",
            "2014/2014",
            "2014/2014-01",
            "-0049/-0043",
        ] {
            assert!(read(text).is_some(), "{text}");
            agrees(text);
        }
    }

    #[test]
    fn all_else_is_left_to_the_grammar() {
        for text in [
            "",
            "201",
            "20145",
            "2014-13",
            "2014-00",
            "2014-21",
            "2014-06-31",
            "2015-02-29",
            "2014-06-00",
            "-0000",
            "--0043",
            "201X",
            "Y17E8",
            "2014-6-1",
            "2014~?",
            "~2014",
            "2014-~06",
            "2016/2014",
            "/",
            "..",
            "../..",
            "2014/2015/2016",
            "2014..",
            "+2014",
            "٢٠١٤",
            "2014-06-10T09:30",
            "[2014]",
            "2014 ",
            "..2014/2016",
            "-",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(fixed(4000))]

        #[test]
        fn both_ways_agree_on_dates(text in edtf_text()) {
            agrees(&text);
        }

        #[test]
        fn both_ways_agree_on_texts_of_date_signs(text in "[-0-9XTYES/.~%?]{0,24}") {
            agrees(&text);
        }

        #[test]
        fn both_ways_agree_on_nearly_common_forms(
            text in "(-?[0-9]{4}(-[0-3][0-9](-[0-3][0-9])?)?[?~%]?|\\.\\.|)(/(-?[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?[?~%]?|\\.\\.|))?",
        ) {
            agrees(&text);
            // Of these texts, the fast path reads all that the grammar reads, except seasons.
            if let Ok(when) = grammar::read(&text) && when.precision() != Precision::Season {
                let season = matches!(&when, When::Span { start, end } if [start, end].iter().any(
                    |side| matches!(side, Bound::Known(range) if range.precision == Precision::Season),
                ));
                prop_assert!(season || read(&text).is_some(), "{}", text);
            }
        }
    }
}
