//! The range of time that is in view, in words: as precise as its length requires, and in shorter
//! words where there is little room.
//!
//! Both ends are rounded to the nearest unit, a hundredth of the range or so, so that what a view
//! shows beyond a year or a month by a few pixels is not named: a view from December 2002 to January
//! 2017 is `2003 – 2016`.

use super::{
    Civil, Moment,
    words::{month_name, month_short},
    years::year_pair,
};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// A view of fewer days names times of day.
const FEW_DAYS: i64 = 2;
/// A view of fewer days names days, of fewer months months.
const MANY_DAYS: i64 = 62;
const MANY_MONTHS: i64 = 24;
/// Years are rounded to a power of ten that is at most this part of the range.
const YEARS_PART: i64 = 30;

/// The range from one instant to before another in words, the longest first. Never empty.
///
/// ```
/// use meanwhile::time::{Civil, Moment, view_range::words};
///
/// let day = |y, m, d| Moment::from_civil(Civil::date(y, m, d)).unwrap();
/// let range = words(day(2016, 11, 2), day(2017, 1, 1));
/// assert_eq!(range, ["2 November – 31 December 2016", "2 Nov – 31 Dec 2016"]);
/// ```
pub fn words(from: Moment, to: Moment) -> Vec<String> {
    let secs = to.secs().saturating_sub(from.secs()).max(1);
    let (a, b) = (from.civil(), to.civil());
    let months = (b.year - a.year) * 12 + i64::from(b.month) - i64::from(a.month);
    if secs < FEW_DAYS * DAY {
        let long = hours(from, to, secs);
        let mut words = with_short_months(&long);
        // The axis has the day. Two days go without their times.
        words.extend(
            long.split_once(", ")
                .filter(|_| long.matches(", ").count() == 1)
                .map(|(_, times)| times.to_owned()),
        );
        return words;
    }
    if secs < MANY_DAYS * DAY {
        let (first, last) = (nearest(from, DAY), nearest(to, DAY).plus_secs(-1));
        return with_short_months(&days(first.civil(), last.max(first).civil()));
    }
    if months <= MANY_MONTHS {
        let (first, after) = (nearest_month(from), nearest_month(to));
        return with_short_months(&month_pair(first, (after - 1).max(first)));
    }
    years(from, to)
}

/// The range that events span, in words: unlike that of a view, its years are not rounded, unless it
/// is of deep time.
pub fn span_words(from: Moment, to: Moment) -> String {
    let (a, b) = (from.civil(), to.plus_secs(-1).max(from).civil());
    let months = (b.year - a.year) * 12 + i64::from(b.month) - i64::from(a.month);
    if months <= MANY_MONTHS {
        return words(from, to).into_iter().next().unwrap_or_default();
    }
    let [first, last] = year_pair(a.year, b.year);
    if a.year == b.year {
        return last;
    }
    format!("{first} – {last}")
}

/// Whether a range reaches beyond the years of four digits.
pub fn is_deep(from: Moment, to: Moment) -> bool {
    from.civil().year < -9_999 || to.civil().year > 9_999
}

/// `20 October 2016, 08:00 – 14:00`
fn hours(from: Moment, to: Moment, secs: i64) -> String {
    let unit = if secs > DAY / 2 { HOUR } else { MINUTE };
    let (a, b) = (nearest(from, unit).civil(), nearest(to, unit).civil());
    let day = |at: Civil| format!("{} {} {}", at.day, month_name(at.month), year(at.year));
    let time = |at: Civil| format!("{:02}:{:02}", at.hour, at.minute);
    // Midnight is also the end of the day before.
    let ends_at_midnight = (b.hour, b.minute) == (0, 0) && nearest(to, unit) > nearest(from, unit);
    let last = if ends_at_midnight {
        nearest(to, unit).plus_secs(-1).civil()
    } else {
        b
    };
    if (a.year, a.month, a.day) == (last.year, last.month, last.day) {
        let end = if ends_at_midnight {
            "24:00".to_owned()
        } else {
            time(b)
        };
        return format!("{}, {} – {end}", day(a), time(a));
    }
    let month_of = |at: Civil| format!("{} {}", at.day, month_name(at.month));
    if a.year == b.year {
        return format!("{}, {} – {}, {}", month_of(a), time(a), day(b), time(b));
    }
    format!("{}, {} – {}, {}", day(a), time(a), day(b), time(b))
}

/// `2 November – 31 December 2016`
fn days(first: Civil, last: Civil) -> String {
    let month_of = |at: Civil| format!("{} {}", at.day, month_name(at.month));
    let end = format!("{} {}", month_of(last), year(last.year));
    if (first.year, first.month, first.day) == (last.year, last.month, last.day) {
        return end;
    }
    if (first.year, first.month) == (last.year, last.month) {
        return format!("{} – {end}", first.day);
    }
    if first.year == last.year {
        return format!("{} – {end}", month_of(first));
    }
    format!("{} {} – {end}", month_of(first), year(first.year))
}

/// `March 2015 – October 2016`, of months counted from year 0 on.
fn month_pair(first: i64, last: i64) -> String {
    let name = |month: i64| month_name(month.rem_euclid(12) as u8 + 1);
    let end = format!("{} {}", name(last), year(last.div_euclid(12)));
    if first == last {
        return end;
    }
    if first.div_euclid(12) == last.div_euclid(12) {
        return format!("{} – {end}", name(first));
    }
    format!("{} {} – {end}", name(first), year(first.div_euclid(12)))
}

/// `2003 – 2016`, `970 – 250 million years ago`
fn years(from: Moment, to: Moment) -> Vec<String> {
    let (first, after) = (nearest_year(from), nearest_year(to));
    let many = (after.saturating_sub(first) / YEARS_PART).max(1);
    let unit = 10_i64.pow(many.ilog10());
    let rounded = |year: i64| {
        // Rounded, the years of history would be year 0 in a view of millions.
        if year.abs() < unit {
            year
        } else if year > 0 {
            year.saturating_add(unit / 2) / unit * unit
        } else {
            // In years BC, so that they are round.
            1 - (1 - year).saturating_add(unit / 2) / unit * unit
        }
    };
    let (first, last) = if unit == 1 {
        (first, (after - 1).max(first))
    } else {
        let last = rounded(after);
        (rounded(first), if last == after { after - 1 } else { last })
    };
    let [a, b] = year_pair(first, last);
    let long = if first == last {
        b
    } else {
        format!("{a} – {b}")
    };
    let short = [
        (" billion years ago", " Ga"),
        (" million years ago", " Ma"),
        ("AD ", ""),
        ("the year ", ""),
    ];
    let short = short.iter().fold(long.clone(), |text, (word, short)| {
        text.replace(word, short)
    });
    together([long, short])
}

/// A year as it is written beside a month.
fn year(year: i64) -> String {
    super::words::year_words(year)
}

/// The same, and with the names of months abbreviated.
fn with_short_months(long: &str) -> Vec<String> {
    let short = (1..=12).fold(long.to_owned(), |text, month| {
        text.replace(month_name(month), month_short(month))
    });
    together([long.to_owned(), short])
}

fn together([long, short]: [String; 2]) -> Vec<String> {
    let is_shorter = short != long;
    std::iter::once(long)
        .chain(is_shorter.then_some(short))
        .collect()
}

/// The nearest multiple of so many seconds.
fn nearest(moment: Moment, secs: i64) -> Moment {
    let moved = moment.plus_secs(secs / 2).secs();
    Moment::from_secs(moved.div_euclid(secs).saturating_mul(secs))
}

/// The nearest beginning of a month, in months since the year 0.
fn nearest_month(moment: Moment) -> i64 {
    let at = moment.civil();
    at.year * 12 + i64::from(at.month) - 1 + i64::from(at.day > 15)
}

/// The nearest beginning of a year.
fn nearest_year(moment: Moment) -> i64 {
    let at = moment.civil();
    at.year + i64::from(at.month > 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        let when = super::super::When::parse(text).expect(text);
        when.earliest().expect(text)
    }

    #[test]
    fn it_is_as_precise_as_its_length_requires() {
        let times = words(at("2016-10-20T08:00"), at("2016-10-20T09:15"));
        assert_eq!(times.last().map(String::as_str), Some("08:00 – 09:15"));
        for (from, to, long, short) in [
            ("2002-10", "2017-02", "2003 – 2016", ""),
            ("2003", "2017", "2003 – 2016", ""),
            (
                "2015-02-27",
                "2016-11-03",
                "March 2015 – October 2016",
                "Mar 2015 – Oct 2016",
            ),
            ("2016-03", "2016-06", "March – May 2016", "Mar – May 2016"),
            (
                "2016-11-02",
                "2017-01",
                "2 November – 31 December 2016",
                "2 Nov – 31 Dec 2016",
            ),
            (
                "2016-10-08",
                "2016-10-12",
                "8 – 11 October 2016",
                "8 – 11 Oct 2016",
            ),
            (
                "2016-12-30",
                "2017-01-03",
                "30 December 2016 – 2 January 2017",
                "30 Dec 2016 – 2 Jan 2017",
            ),
            (
                "2016-10-20",
                "2016-10-21",
                "20 October 2016, 00:00 – 24:00",
                "20 Oct 2016, 00:00 – 24:00",
            ),
            (
                "2016-10-20T08:00:10",
                "2016-10-20T09:14:40",
                "20 October 2016, 08:00 – 09:15",
                "20 Oct 2016, 08:00 – 09:15",
            ),
            (
                "2016-10-20T22:00",
                "2016-10-21T07:00",
                "20 October, 22:00 – 21 October 2016, 07:00",
                "20 Oct, 22:00 – 21 Oct 2016, 07:00",
            ),
            (
                "-0043-03-15",
                "-0043-03-20",
                "15 – 19 March 44 BC",
                "15 – 19 Mar 44 BC",
            ),
            ("1083", "1867", "1080 – 1870", ""),
            ("-0499", "0503", "500 BC – AD 500", "500 BC – 500"),
            (
                "Y-967631000",
                "2017",
                "970 million years ago – 2016",
                "970 Ma – 2016",
            ),
            (
                "Y-13800000000",
                "Y-66000000",
                "13.8 billion years ago – 66 million years ago",
                "13.8 Ga – 66 Ma",
            ),
            (
                "Y-252000000",
                "Y-66000000",
                "252 – 66 million years ago",
                "252 – 66 Ma",
            ),
        ] {
            let mut words = words(at(from), at(to));
            words.truncate(2);
            let expected: Vec<&str> = [long, short]
                .into_iter()
                .filter(|it| !it.is_empty())
                .collect();
            assert_eq!(words, expected, "{from} to {to}");
        }
    }

    #[test]
    fn the_ends_of_time_have_words() {
        for (from, to) in [
            (i64::MIN, i64::MAX),
            (i64::MIN, i64::MIN),
            (i64::MAX - 5, i64::MAX),
        ] {
            let words = words(Moment::from_secs(from), Moment::from_secs(to));
            assert!(words.iter().all(|it| !it.is_empty()) && !words.is_empty());
        }
    }
}
