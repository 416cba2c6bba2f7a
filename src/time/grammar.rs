//! EDTF text → [`When`].
//!
//! edtf-core knows the grammar and the bounds of a single date. Its bounds are
//! whole days, and it allows a time of day only as `hh:mm:ss` and only in a single
//! date, so spans are split here and times of day are added here. The text is never
//! altered to make it valid: a text that cannot be read is a [`Fault`], which
//! `explain` turns into a message and, where it can, a suggestion. The most common
//! forms, all that most files have, are read by `fast_path` instead.

use edtf_core::{Date, Edtf, SetElement, SetKind, TimeShift, YearKind};

use super::{Bound, Civil, DateRange, Moment, Offset, Precision, When};

const SECS_PER_DAY: i64 = 86_400;

/// Why a text could not be read; borrows the faulty parts from that text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault<'a> {
    /// This part is not a date; the reason is edtf-core's or one of this file.
    Syntax { part: &'a str, reason: &'static str },
    /// Not between [`Moment::EARLIEST`] and [`Moment::LATEST`].
    OutOfRange { part: &'a str },
    /// The end lies before the start.
    Order { start: &'a str, end: &'a str },
    /// A span without a date on either side.
    NoDate,
    /// More than one `/`.
    Slashes,
}

/// Reads a text, which is not trimmed, with the full grammar. A [`Fault`] has no message yet.
pub(super) fn read(text: &str) -> Result<When, Fault<'_>> {
    if text.starts_with(['{', '[']) {
        set(text)
    } else if let Some((start, end)) = text.split_once('/') {
        span(start, end)
    } else {
        point(text).map(When::Date)
    }
}

fn span<'a>(start_text: &'a str, end_text: &'a str) -> Result<When, Fault<'a>> {
    if end_text.contains('/') {
        return Err(Fault::Slashes);
    }
    let start = match (start_text.strip_prefix(".."), start_text) {
        (Some(""), _) => Bound::Open,
        (_, "") => Bound::Unknown,
        (Some(rest), _) => Bound::Known(DateRange {
            earliest: Moment::EARLIEST,
            ..point(rest)?
        }),
        (None, text) => Bound::Known(point(text)?),
    };
    let end = match (end_text.strip_suffix(".."), end_text) {
        (Some(""), _) => Bound::Open,
        (_, "") => Bound::Unknown,
        (Some(rest), _) => Bound::Known(DateRange {
            latest: Moment::LATEST,
            ..point(rest)?
        }),
        (None, text) => Bound::Known(point(text)?),
    };
    match (start, end) {
        (Bound::Known(first), Bound::Known(last)) if first.earliest >= last.latest => {
            Err(Fault::Order {
                start: start_text,
                end: end_text,
            })
        }
        (Bound::Known(_), _) | (_, Bound::Known(_)) => Ok(When::Span { start, end }),
        _ => Err(Fault::NoDate),
    }
}

fn set(text: &str) -> Result<When, Fault<'_>> {
    let set = match Edtf::parse(text) {
        Ok(Edtf::Set(set)) => set,
        Ok(_) => {
            return Err(Fault::Syntax {
                part: text,
                reason: "not a set",
            });
        }
        Err(error) => {
            return Err(Fault::Syntax {
                part: member_at(text, error.offset),
                reason: error.message,
            });
        }
    };
    let known = |date: &Date| date_range(date, text);
    let members = set
        .elements
        .iter()
        .map(|element| {
            Ok(match element {
                SetElement::Date(date) => When::Date(known(date)?),
                SetElement::OnOrBefore(date) => When::Span {
                    start: Bound::Open,
                    end: Bound::Known(known(date)?),
                },
                SetElement::OnOrAfter(date) => When::Span {
                    start: Bound::Known(known(date)?),
                    end: Bound::Open,
                },
                SetElement::Range(from, to) => When::Span {
                    start: Bound::Known(known(from)?),
                    end: Bound::Known(known(to)?),
                },
            })
        })
        .collect::<Result<Box<[When]>, Fault<'_>>>()?;
    Ok(When::Set {
        members,
        all: set.kind == SetKind::AllMembers,
    })
}

/// The member of a set at a byte offset, without brackets, commas and spaces.
fn member_at(text: &str, byte: usize) -> &str {
    let mut end = 0;
    for piece in text.split_inclusive(',') {
        end += piece.len();
        if byte < end {
            return piece.trim_matches(['{', '}', '[', ']', ',', ' ']);
        }
    }
    text
}

/// One date, with or without a time of day.
fn point(text: &str) -> Result<DateRange, Fault<'_>> {
    if let Some((date, time)) = text.split_once('T').filter(|(date, _)| has_digit(date)) {
        return clock(text, date, time);
    }
    match Edtf::parse(text) {
        Ok(Edtf::Date(date)) => date_range(&date, text),
        Ok(_) => Err(Fault::Syntax {
            part: text,
            reason: "not a single date",
        }),
        Err(error) if error.message.ends_with("out of supported range") => {
            Err(Fault::OutOfRange { part: text })
        }
        Err(error) => Err(Fault::Syntax {
            part: text,
            reason: error.message,
        }),
    }
}

/// A day with a time of day. The time is completed to `hh:mm:ss` and checked by
/// edtf-core after a fixed valid day, so that years BC can have one too. A fraction of
/// a second, which EDTF has not but ISO 8601 has, is left out: an instant is a second.
fn clock<'a>(part: &'a str, date: &'a str, time: &str) -> Result<DateRange, Fault<'a>> {
    let syntax = |reason| Fault::Syntax { part, reason };
    if time.ends_with(['?', '~', '%']) {
        return Err(syntax("a time of day is neither approximate nor uncertain"));
    }
    let day = point(date)?;
    if day.precision != Precision::Day
        || day.latest != day.earliest.plus_secs(SECS_PER_DAY)
        || day.approximate
        || day.uncertain
    {
        return Err(syntax("a time of day needs a plain day before it"));
    }
    let (digits, zone) = time.split_at(time.find(['Z', '+', '-']).unwrap_or(time.len()));
    let digits = match digits.split_once(['.', ',']) {
        Some((whole, fraction)) if whole.len() == 8 && is_fraction(fraction) => whole,
        Some(_) => {
            return Err(syntax(
                "only whole seconds and fractions of one can be read",
            ));
        }
        None => digits,
    };
    let (missing, precision, length) = match digits.len() {
        2 => (":00:00", Precision::Hour, 3600),
        5 => (":00", Precision::Minute, 60),
        _ => ("", Precision::Second, 1),
    };
    match Edtf::parse(&format!("2000-01-01T{digits}{missing}{zone}")) {
        Ok(Edtf::DateTime(complete)) => {
            let time = complete.time;
            let second = i64::from(time.second.min(59));
            let clock = i64::from(time.hour) * 3600 + i64::from(time.minute) * 60 + second;
            let offset = time.shift.map(|shift| match shift {
                TimeShift::Utc => Offset::Utc,
                TimeShift::Offset { minutes, .. } => Offset::Minutes(minutes),
            });
            let earliest = day
                .earliest
                .plus_secs(clock - offset.map_or(0, Offset::secs));
            Ok(DateRange {
                offset,
                ..DateRange::new(earliest, earliest.plus_secs(length), precision)
            })
        }
        Ok(_) => Err(syntax("not a time of day")),
        Err(error) => Err(syntax(error.message)),
    }
}

/// Whether a text may be the date before a time: the T of `Thursday` is no sign of one.
fn has_digit(date: &str) -> bool {
    date.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_fraction(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn date_range<'a>(date: &Date, part: &'a str) -> Result<DateRange, Fault<'a>> {
    let bounds = Edtf::Date(*date).bounds();
    let (edtf_core::Bound::Date(first), edtf_core::Bound::Date(last)) =
        (bounds.earliest, bounds.latest)
    else {
        return Err(Fault::OutOfRange { part });
    };
    let midnight =
        |day: edtf_core::BoundDate| Moment::from_civil(Civil::date(day.year, day.month, day.day));
    let (Some(earliest), Some(last_day)) = (midnight(first), midnight(last)) else {
        return Err(Fault::OutOfRange { part });
    };
    let latest = last_day.plus_secs(SECS_PER_DAY);
    // Strictly inside, since the ends themselves stand for "or earlier" and
    // "or later" in a DateRange.
    if earliest <= Moment::EARLIEST || latest >= Moment::LATEST {
        return Err(Fault::OutOfRange { part });
    }
    let code = date.month.and_then(edtf_core::DateField::value);
    Ok(DateRange {
        earliest,
        latest,
        precision: precision(date, last.year - first.year + 1),
        approximate: date.is_approximate(),
        uncertain: date.is_uncertain(),
        southern: code.is_some_and(|code| (29..=32).contains(&code)),
        offset: None,
    })
}

/// The finest part that was given; `years` is how many years the date touches.
fn precision(date: &Date, years: i64) -> Precision {
    match date.precision() {
        edtf_core::Precision::Day => Precision::Day,
        edtf_core::Precision::Month => Precision::Month,
        edtf_core::Precision::Season => Precision::Season,
        // `1XX9` leaves digits open in the middle: some single year, not a century.
        edtf_core::Precision::Year if !trailing_digits_open(date) => Precision::Year,
        edtf_core::Precision::Year => match years {
            ..=1 => Precision::Year,
            10 => Precision::Decade,
            100 => Precision::Century,
            1000 => Precision::Millennium,
            _ => Precision::Years(years.unsigned_abs()),
        },
    }
}

/// Whether the open digits of the year are its last ones, as in `19XX` and `1950S2`.
fn trailing_digits_open(date: &Date) -> bool {
    match date.year.kind {
        YearKind::Standard { digits, .. } if date.year.significant_digits.is_none() => digits
            .iter()
            .rev()
            .skip_while(|digit| digit.is_none())
            .all(Option::is_some),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A moment for the tables: `2014-06-01`, with its time unless that is midnight.
    fn shown(moment: Option<Moment>) -> String {
        moment.map_or("-".to_owned(), |moment| {
            let text = moment.civil().to_string();
            text.strip_suffix("T00:00:00").unwrap_or(&text).to_owned()
        })
    }

    /// Flags: `~` approximate, `?` uncertain, then each end's `..` or `/` for
    /// open and unknown, start before end.
    fn flags(when: &When) -> String {
        [
            (when.is_approximate(), "~"),
            (when.is_uncertain(), "?"),
            (when.starts_open(), "<.."),
            (when.starts_unknown(), "</"),
            (when.ends_open(), "..>"),
            (when.ends_unknown(), "/>"),
        ]
        .iter()
        .filter_map(|(set, sign)| set.then_some(*sign))
        .collect()
    }

    #[track_caller]
    fn check(text: &str, earliest: &str, latest: &str, precision: Precision, signs: &str) {
        let when = When::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(shown(when.earliest()), earliest, "{text}: earliest");
        assert_eq!(shown(when.latest()), latest, "{text}: latest");
        assert_eq!(when.precision(), precision, "{text}: precision");
        assert_eq!(flags(&when), signs, "{text}: flags");
    }

    #[test]
    fn single_dates() {
        use Precision::{Century, Day, Decade, Millennium, Month, Year, Years};
        check("2010", "2010-01-01", "2011-01-01", Year, "");
        check(" 2014\t", "2014-01-01", "2015-01-01", Year, "");
        check("2014-06", "2014-06-01", "2014-07-01", Month, "");
        check("2014-12", "2014-12-01", "2015-01-01", Month, "");
        check("2016-10-20", "2016-10-20", "2016-10-21", Day, "");
        check("2016-02-29", "2016-02-29", "2016-03-01", Day, "");
        check("2014?", "2014-01-01", "2015-01-01", Year, "?");
        check("2014~", "2014-01-01", "2015-01-01", Year, "~");
        check("2014%", "2014-01-01", "2015-01-01", Year, "~?");
        check("2004-06~-11", "2004-06-11", "2004-06-12", Day, "~");
        check("201X", "2010-01-01", "2020-01-01", Decade, "");
        check("18XX", "1800-01-01", "1900-01-01", Century, "");
        check("1XXX", "1000-01-01", "2000-01-01", Millennium, "");
        check("XXXX", "0000-01-01", "10000-01-01", Years(10_000), "");
        check("1XX9", "1009-01-01", "2000-01-01", Year, "");
        check("2004-XX", "2004-01-01", "2005-01-01", Month, "");
        check("2004-06-XX", "2004-06-01", "2004-07-01", Day, "");
        check("156X-12-25", "1560-12-25", "1569-12-26", Day, "");
        check("15XX-12-XX", "1500-12-01", "1600-01-01", Day, "");
        check("198X-02-29", "1980-02-29", "1988-03-01", Day, "");
        check("1950S2", "1900-01-01", "2000-01-01", Century, "");
        check("0000", "0000-01-01", "0001-01-01", Year, "");
        check("-0043", "-0043-01-01", "-0042-01-01", Year, "");
        check("-0043-03-15", "-0043-03-15", "-0043-03-16", Day, "");
    }

    #[test]
    fn deep_time() {
        use Precision::{Year, Years};
        check(
            "Y-13800000000",
            "-13800000000-01-01",
            "-13799999999-01-01",
            Year,
            "",
        );
        check(
            "Y-138E8S3",
            "-13899999999-01-01",
            "-13799999999-01-01",
            Years(100_000_000),
            "",
        );
        check("Y17E8", "1700000000-01-01", "1700000001-01-01", Year, "");
        check("Y1E9", "1000000000-01-01", "1000000001-01-01", Year, "");
        check(
            "Y171010000S3",
            "171000000-01-01",
            "172000000-01-01",
            Years(1_000_000),
            "",
        );
        check(
            "Y-66000000~",
            "-66000000-01-01",
            "-65999999-01-01",
            Year,
            "~",
        );
    }

    #[test]
    fn seasons() {
        use Precision::Season;
        check("2014-21", "2014-03-01", "2014-06-01", Season, "");
        check("2014-22", "2014-06-01", "2014-09-01", Season, "");
        check("2014-23", "2014-09-01", "2014-12-01", Season, "");
        check("2014-24", "2014-12-01", "2015-03-01", Season, "");
        check("2015-24", "2015-12-01", "2016-03-01", Season, "");
        check("2014-31", "2014-03-01", "2014-06-01", Season, "");
        check("2014-33", "2014-01-01", "2014-04-01", Season, "");
        check("2014-38", "2014-05-01", "2014-09-01", Season, "");
        check("2014-41", "2014-07-01", "2015-01-01", Season, "");
        check("201X-21", "2010-03-01", "2019-06-01", Season, "");
    }

    #[test]
    fn times_of_day() {
        use Precision::{Hour, Minute, Second};
        for (text, earliest, latest, precision) in [
            ("T09:30:00", "T09:30:00", "T09:30:01", Second),
            ("T09:30", "T09:30:00", "T09:31:00", Minute),
            ("T09", "T09:00:00", "T10:00:00", Hour),
            ("T23:59:60", "T23:59:59", "", Second),
            // With a distance from UTC, the instant in UTC.
            ("T09:30:00Z", "T09:30:00", "T09:30:01", Second),
            ("T09:30+03", "T06:30:00", "T06:31:00", Minute),
            ("T09:30:00-04:30", "T14:00:00", "T14:00:01", Second),
            // A fraction of a second is in its second.
            ("T09:30:00.999", "T09:30:00", "T09:30:01", Second),
            ("T09:30:00,5+01:00", "T08:30:00", "T08:30:01", Second),
        ] {
            let day = "2016-10-20";
            let end = if latest.is_empty() {
                "2016-10-21".to_owned()
            } else {
                format!("{day}{latest}")
            };
            check(
                &format!("{day}{text}"),
                &format!("{day}{earliest}"),
                &end,
                precision,
                "",
            );
        }
        check(
            "-0043-03-15T11:00",
            "-0043-03-15T11:00:00",
            "-0043-03-15T11:01:00",
            Minute,
            "",
        );
    }

    #[test]
    fn spans() {
        use Precision::{Day, Month, Second, Year};
        check("2003/", "2003-01-01", "-", Year, "/>");
        check("/2010~", "-", "2011-01-01", Year, "~</");
        check("2016-10~/..", "2016-10-01", "-", Month, "~..>");
        check("2014/..", "2014-01-01", "-", Year, "..>");
        check("2016-10-20/..", "2016-10-20", "-", Day, "..>");
        check("../2014", "-", "2015-01-01", Year, "<..");
        check("2014/2016-10", "2014-01-01", "2016-11-01", Month, "");
        check("2014/2014", "2014-01-01", "2015-01-01", Year, "");
        check("2014/2014-01", "2014-01-01", "2014-02-01", Month, "");
        check(
            "2004-06-~01/2004-06-~20",
            "2004-06-01",
            "2004-06-21",
            Day,
            "~",
        );
        check(
            "2016-10-20T09:30:00/2016-10-20T11:00:00",
            "2016-10-20T09:30:00",
            "2016-10-20T11:00:01",
            Second,
            "",
        );
        // Began in 2014 or earlier, ended in 2016 or later: no limit either way.
        check("..2014/2016", "-", "2017-01-01", Year, "");
        check("2014/2016..", "2014-01-01", "-", Year, "");
    }

    #[test]
    fn sets() {
        use Precision::{Day, Month, Year};
        check(
            "[1667,1668,1670..1672]",
            "1667-01-01",
            "1673-01-01",
            Year,
            "",
        );
        check("{1960,1961-12}", "1960-01-01", "1962-01-01", Month, "");
        check("[..1983-12-31]", "-", "1984-01-01", Day, "");
        check("[1667,1760-12..]", "1667-01-01", "-", Month, "");
        check("[1667?]", "1667-01-01", "1668-01-01", Year, "?");
        let When::Set { members, all } = When::parse("{1960,1961..1963}").unwrap() else {
            panic!("not a set");
        };
        assert!(all && members.len() == 2);
    }

    #[test]
    fn the_southern_autumn_differs_from_the_northern_spring() {
        let season = |text: &str| match When::parse(text).unwrap() {
            When::Date(range) => range.southern,
            _ => panic!("{text}"),
        };
        assert!(season("2014-31") && !season("2014-21"));
    }

    #[test]
    fn precision_sorts_from_fine_to_coarse() {
        use Precision::{Century, Day, Decade, Hour, Millennium, Minute, Month, Season, Second};
        let sorted = [
            Second,
            Minute,
            Hour,
            Day,
            Month,
            Season,
            Precision::Year,
            Decade,
            Century,
            Millennium,
            Precision::Years(10_000),
            Precision::Years(1_000_000),
        ];
        assert!(sorted.is_sorted());
    }
}
