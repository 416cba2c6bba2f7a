//! Dates in words, as precise as the date: [`say`] for a panel or a list, [`label`]
//! for the short form under a mark.
//!
//! A note names what is not stated, and a span that was only expected is never called
//! "still going on". English, in British order (20 October 2016); other languages use
//! a file's own `date_label`, which the model prefers to these words. `phrase` has the
//! words of single dates, `years` those of years.

use std::fmt::{self, Write as _};

use super::{Bound, DateRange, When, phrase};

pub use super::years::{month_name, month_short, tick_year, write_year_tick, year_words};

/// A date in words, with a note on what is not known about it. Displays as both:
/// `2010 · month and day not stated`, `from 2003, end not stated`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The date: `2010`, `from 2003`.
    pub date: String,
    /// What is not known about it: `month and day not stated`.
    pub note: Option<String>,
    joiner: &'static str,
}

impl Words {
    /// Words without a note, such as a file's own `date_label`.
    pub fn plain(date: impl Into<String>) -> Self {
        Self {
            date: date.into(),
            note: None,
            joiner: "",
        }
    }

    /// The same with a day of the week as a further note, if there is one.
    #[must_use]
    pub fn with_weekday(self, weekday: Option<&str>) -> Self {
        let Some(weekday) = weekday else { return self };
        let note = self
            .note
            .map_or_else(|| weekday.to_owned(), |note| format!("{weekday} · {note}"));
        Self {
            note: Some(note),
            joiner: " · ",
            ..self
        }
    }

    pub(super) fn noted(date: String, notes: &[&str]) -> Self {
        Self {
            date,
            note: (!notes.is_empty()).then(|| notes.join(", ")),
            joiner: ", ",
        }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.date)?;
        match &self.note {
            Some(note) => write!(f, "{}{note}", self.joiner),
            None => Ok(()),
        }
    }
}

/// Whether an event has happened or was only expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outlook {
    /// It happened, as far as is known. With an open end it is "still going on".
    Happened,
    /// It was expected when the file was written. With an open end it has "no end
    /// stated", since it may never have begun.
    Expected,
}

/// A date in words, with a note on what is not known about it.
///
/// ```
/// use meanwhile::time::{Outlook, When, words::say};
///
/// let in_words = |text: &str| say(&When::parse(text).unwrap(), Outlook::Happened).to_string();
/// assert_eq!(in_words("2010"), "2010 · month and day not stated");
/// assert_eq!(in_words("2003/"), "from 2003, end not stated");
/// assert_eq!(in_words("2016-10~/.."), "about October 2016, still going on");
/// assert_eq!(in_words("-0043-03-15"), "15 March 44 BC");
/// ```
pub fn say(when: &When, outlook: Outlook) -> Words {
    match when {
        When::Date(range) => say_date(range),
        When::Span { start, end } => say_span(start, end, outlook),
        When::Set { members, all } => {
            let sure = members.iter().any(|member| !member.is_uncertain());
            let notes: &[&str] = match (when.is_uncertain(), sure) {
                (true, true) => &["partly uncertain"],
                (true, false) => &["uncertain"],
                (false, _) => &[],
            };
            Words::noted(list(members, *all), notes)
        }
    }
}

/// The short form under a mark: `2014 – 2016`, `since 2014`, `2014?`.
pub fn label(when: &When, outlook: Outlook) -> String {
    let mut label = String::new();
    write_label(when, outlook, &mut label);
    label
}

/// Appends [`label`] to `out`. Nothing is allocated for days, months and years and spans of them,
/// as long as `out` has capacity.
pub fn write_label(when: &When, outlook: Outlook, out: &mut String) {
    /// A set of more dates than this becomes their number: `4 dates`.
    const MOST: usize = 3;
    let mut ending = "";
    match when {
        When::Date(range) => phrase::write_date(range, out),
        When::Set { members, all } if members.len() > MOST => {
            let one = if *all { "" } else { "one of " };
            // Writing to a String cannot fail.
            let _ = write!(out, "{one}{} dates", members.len());
        }
        When::Set { members, all } => out.push_str(&list(members, *all)),
        When::Span { start, end } => match (start, end) {
            (Bound::Known(start), Bound::Known(end)) if start == end => {
                phrase::write_date(start, out);
            }
            (Bound::Known(start), Bound::Known(end)) => {
                phrase::write_between(start, end, " – ", out);
            }
            (Bound::Known(start), Bound::Open) => {
                match outlook {
                    Outlook::Expected => out.push_str("after "),
                    // "since about" is no English; a dash at the end replaces "since".
                    Outlook::Happened if start.approximate => ending = " –",
                    Outlook::Happened => out.push_str("since "),
                }
                phrase::write_date(start, out);
            }
            (Bound::Known(start), Bound::Unknown) => {
                out.push_str("from ");
                phrase::write_date(start, out);
                ending = ", end not stated";
            }
            (Bound::Open | Bound::Unknown, Bound::Known(end)) => {
                out.push_str("until ");
                phrase::write_date(end, out);
            }
            (Bound::Open | Bound::Unknown, Bound::Open | Bound::Unknown) => {
                return out.push_str(NO_DATE);
            }
        },
    }
    if when.is_uncertain() {
        out.push('?');
    }
    out.push_str(ending);
}

/// For a span without a date, which `When::parse` never makes.
const NO_DATE: &str = "date not stated";

fn say_date(range: &DateRange) -> Words {
    let date = phrase::date(range);
    if range.uncertain {
        return Words::noted(date, &["uncertain"]);
    }
    // "about 2010" already implies that the day is not known.
    let note = phrase::not_stated(range).filter(|_| !range.approximate);
    Words {
        date,
        note: note.map(str::to_owned),
        joiner: " · ",
    }
}

fn say_span(start: &Bound, end: &Bound, outlook: Outlook) -> Words {
    match (start, end) {
        (Bound::Known(start), Bound::Known(end)) if start == end => say_date(start),
        (Bound::Known(start), Bound::Known(end)) => {
            let notes: &[&str] = match (start.uncertain, end.uncertain) {
                (true, true) => &["uncertain"],
                (true, false) => &["start uncertain"],
                (false, true) => &["end uncertain"],
                (false, false) => &[],
            };
            Words::noted(phrase::between(start, end, " to "), notes)
        }
        (Bound::Known(start), Bound::Open) => {
            let date = phrase::date(start);
            let (words, note) = match outlook {
                Outlook::Expected => (format!("after {date}"), "no end stated"),
                Outlook::Happened if start.approximate => (date, "still going on"),
                Outlook::Happened => (format!("since {date}"), "still going on"),
            };
            one_sided(words, note, start, "start uncertain")
        }
        (Bound::Known(start), Bound::Unknown) => one_sided(
            format!("from {}", phrase::date(start)),
            "end not stated",
            start,
            "start uncertain",
        ),
        (Bound::Open, Bound::Known(end)) => one_sided(
            format!("until {}", phrase::date(end)),
            "start open",
            end,
            "end uncertain",
        ),
        (Bound::Unknown, Bound::Known(end)) => one_sided(
            format!("until {}", phrase::date(end)),
            "start not stated",
            end,
            "end uncertain",
        ),
        (Bound::Open | Bound::Unknown, Bound::Open | Bound::Unknown) => Words::plain(NO_DATE),
    }
}

fn one_sided(date: String, note: &str, known: &DateRange, doubt: &str) -> Words {
    if known.uncertain {
        Words::noted(date, &[note, doubt])
    } else {
        Words::noted(date, &[note])
    }
}

/// `one of 1667, 1668 or 1670 to 1672`; `1960 and December 1961`; `between 1850 and 1860`.
fn list(members: &[When], all: bool) -> String {
    let joint = if all { "and" } else { "or" };
    if let (
        false,
        [
            When::Span {
                start: Bound::Known(start),
                end: Bound::Known(end),
            },
        ],
    ) = (all, members)
    {
        return format!("between {}", phrase::between(start, end, " and "));
    }
    let words: Vec<String> = members
        .iter()
        .map(|member| match member {
            When::Span {
                start: Bound::Known(start),
                end: Bound::Known(end),
            } => phrase::between(start, end, " to "),
            When::Span {
                end: Bound::Known(end),
                ..
            } => format!("{} {joint} earlier", phrase::date(end)),
            When::Span {
                start: Bound::Known(start),
                ..
            } => format!("{} {joint} later", phrase::date(start)),
            When::Date(range) => phrase::date(range),
            When::Span { .. } => NO_DATE.to_owned(),
            When::Set { members, all } => list(members, *all),
        })
        .collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            let one = if all { "" } else { "one of " };
            format!("{one}{} {joint} {last}", rest.join(", "))
        }
        Some((only, _)) => only.clone(),
        None => NO_DATE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the words and the label of a date that happened.
    #[track_caller]
    fn check(text: &str, words: &str, short: &str) {
        let when = When::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(say(&when, Outlook::Happened).to_string(), words, "{text}");
        assert_eq!(label(&when, Outlook::Happened), short, "{text}: label");
    }

    #[test]
    fn every_form_in_the_description_of_the_file() {
        check("2010", "2010 · month and day not stated", "2010");
        check("2014-06", "June 2014 · day not stated", "June 2014");
        check("2016-10-20", "20 October 2016", "20 October 2016");
        check(
            "2016-10-20T09:30:00",
            "20 October 2016, 09:30",
            "20 October 2016, 09:30",
        );
        check(
            "2003/",
            "from 2003, end not stated",
            "from 2003, end not stated",
        );
        check(
            "/2010~",
            "until about 2010, start not stated",
            "until about 2010",
        );
        check(
            "2016-10/..",
            "since October 2016, still going on",
            "since October 2016",
        );
        check("2014?", "2014, uncertain", "2014?");
        check("201X", "the 2010s", "the 2010s");
        check("-0043-03-15", "15 March 44 BC", "15 March 44 BC");
        check(
            "Y-13800000000",
            "13.8 billion years ago",
            "13.8 billion years ago",
        );
    }

    #[test]
    fn single_dates() {
        check("-0043", "44 BC · month and day not stated", "44 BC");
        check("0079", "AD 79 · month and day not stated", "AD 79");
        check("0079-08-24", "24 August AD 79", "24 August AD 79");
        check("2010~", "about 2010", "about 2010");
        check("2014%", "about 2014, uncertain", "about 2014?");
        check(
            "2016-10-20~",
            "about 20 October 2016",
            "about 20 October 2016",
        );
        check("2004-06-XX", "June 2004 · day not stated", "June 2004");
        check("2004-XX", "2004 · month and day not stated", "2004");
        check("2004-XX-XX", "2004 · month and day not stated", "2004");
        check(
            "2016-10-20T09:30:15",
            "20 October 2016, 09:30:15",
            "20 October 2016, 09:30:15",
        );
        check(
            "2016-10-20T09",
            "20 October 2016, 09:00 · minute not stated",
            "20 October 2016, 09:00",
        );
        check("2014/2014", "2014 · month and day not stated", "2014");
    }

    #[test]
    fn a_time_is_said_with_its_distance_from_utc_as_it_was_written() {
        for (text, words) in [
            ("2025-03-30T01:15+01:00", "30 March 2025, 01:15 +01:00"),
            ("2025-03-30T00:30Z", "30 March 2025, 00:30 UTC"),
            // The day is that of the clocks there, not of UTC.
            ("2025-03-30T01:15+03", "30 March 2025, 01:15 +03:00"),
            ("2025-03-30T23:15-04:30", "30 March 2025, 23:15 −04:30"),
            ("2025-03-30T23:15:09.5Z", "30 March 2025, 23:15:09 UTC"),
        ] {
            check(text, words, words);
        }
        for (text, words) in [
            (
                "2025-03-30T01:15+01:00/2025-03-30T04:00+01:00",
                "30 March 2025, 01:15 to 04:00 +01:00",
            ),
            (
                "2025-03-30T01:15+01:00/2025-03-30T04:00+02:00",
                "30 March 2025, 01:15 +01:00 to 04:00 +02:00",
            ),
        ] {
            check(text, words, &words.replace(" to ", " – "));
        }
    }

    #[test]
    fn open_digits() {
        for (text, words) in [
            ("199X", "the 1990s"),
            ("199X~", "about the 1990s"),
            ("190X", "the decade 1900 to 1909"),
            ("087X", "the 870s AD"),
            ("000X", "a year from 1 BC to AD 9"),
            ("18XX", "the 19th century"),
            ("20XX", "the 21st century"),
            ("00XX", "the 1st century AD"),
            ("09XX", "the 10th century AD"),
            ("1XXX", "the 2nd millennium"),
            ("0XXX", "the 1st millennium AD"),
            ("XXXX", "an unknown year"),
            ("1XX9", "a year from 1009 to 1999"),
            ("1950S2", "the 20th century"),
            ("-0150S2", "the 2nd century BC"),
            ("-0050S2", "the 1st century BC"),
            ("-0150S3", "a year from 160 to 151 BC"),
            ("Y-138E8S3", "13.9 to 13.8 billion years ago"),
            ("Y171010000S3", "a year from 171,000,000 to 171,999,999"),
            ("156X-12-25", "25 December in the 1560s"),
            ("15XX-12-XX", "December in the 16th century"),
            ("XXXX-12-25", "25 December in an unknown year"),
            ("198X-02", "February in the 1980s"),
            ("2004-1X", "a month from October to December 2004"),
            ("2004-06-1X", "a day from 10 to 19 June 2004"),
            ("2004-XX-25", "a day from 25 January to 25 December 2004"),
        ] {
            check(text, words, words);
        }
    }

    #[test]
    fn deep_time() {
        for (text, words) in [
            ("Y-66000000", "66 million years ago"),
            ("Y-66000000~", "about 66 million years ago"),
            ("Y-454E7", "4.54 billion years ago"),
            ("Y-10000", "10,000 BC"),
            ("Y1E9", "the year 1,000,000,000"),
            ("Y-252000000/Y-66000000", "252 to 66 million years ago"),
            (
                "Y-252000000~/Y-66000000~",
                "about 252 to about 66 million years ago",
            ),
        ] {
            check(text, words, &words.replace(" to ", " – "));
        }
    }

    #[test]
    fn seasons() {
        let note = " · month and day not stated";
        for (text, words) in [
            ("2014-21", "spring 2014"),
            ("2014-22", "summer 2014"),
            ("2014-23", "autumn 2014"),
            ("2014-24", "winter 2014–15"),
            ("1999-24", "winter 1999–2000"),
            ("-0043-24", "winter 44 BC"),
            ("2014-31", "autumn 2014"),
            ("2014-30", "summer 2014–15"),
            ("2014-33", "the first quarter of 2014"),
            ("2014-36", "the last quarter of 2014"),
            ("2014-38", "the second third of 2014"),
            ("2014-41", "the second half of 2014"),
            ("201X-21", "spring in the 2010s"),
            ("201X-33", "the first quarter of a year in the 2010s"),
        ] {
            check(text, &format!("{words}{note}"), words);
        }
        check("2014-21~", "about spring 2014", "about spring 2014");
    }

    #[test]
    fn spans() {
        for (text, words) in [
            ("2014/2016", "2014 to 2016"),
            ("2014~/2016", "about 2014 to 2016"),
            ("2014/2016~", "2014 to about 2016"),
            ("2014-06-10/2014-06-20", "10 to 20 June 2014"),
            ("2014-06-10/2014-07-03", "10 June to 3 July 2014"),
            ("2014-06-10/2015-07-03", "10 June 2014 to 3 July 2015"),
            ("2014-06/2014-10", "June to October 2014"),
            ("2014-06/2015-10", "June 2014 to October 2015"),
            ("2014/2016-10", "2014 to October 2016"),
            ("2004-06-~01/2004-06-~20", "about 1 to about 20 June 2004"),
            (
                "2014-06-10~/2014-06-20",
                "about 10 June 2014 to 20 June 2014",
            ),
            ("-0049/-0043", "50 to 44 BC"),
            ("-0043/0014", "44 BC to AD 14"),
            ("-0043-03-15/-0043-03-20", "15 to 20 March 44 BC"),
            ("199X/201X", "the 1990s to the 2010s"),
            (
                "2016-10-20T09:30:00/2016-10-20T11:00:00",
                "20 October 2016, 09:30 to 11:00",
            ),
            ("..2014/2016", "2014 or earlier to 2016"),
            ("2014-05/2016-06..", "May 2014 to June 2016 or later"),
        ] {
            check(text, words, &words.replace(" to ", " – "));
        }
        check(
            "2014?/2016",
            "2014 to 2016, start uncertain",
            "2014 – 2016?",
        );
        check("2014/2016?", "2014 to 2016, end uncertain", "2014 – 2016?");
        check("2014?/2016?", "2014 to 2016, uncertain", "2014 – 2016?");
    }

    #[test]
    fn spans_with_one_side() {
        check("2014/..", "since 2014, still going on", "since 2014");
        check(
            "2014?/..",
            "since 2014, still going on, start uncertain",
            "since 2014?",
        );
        check(
            "2016-10~/..",
            "about October 2016, still going on",
            "about October 2016 –",
        );
        check("../2014", "until 2014, start open", "until 2014");
        check("/2014", "until 2014, start not stated", "until 2014");
    }

    #[test]
    fn nothing_expected_is_said_to_go_on() {
        let expected = |text: &str| {
            let when = When::parse(text).unwrap();
            (
                say(&when, Outlook::Expected).to_string(),
                label(&when, Outlook::Expected),
            )
        };
        for (text, words, short) in [
            (
                "2016-10-20/..",
                "after 20 October 2016, no end stated",
                "after 20 October 2016",
            ),
            (
                "2016-10~/..",
                "after about October 2016, no end stated",
                "after about October 2016",
            ),
            ("2017", "2017 · month and day not stated", "2017"),
        ] {
            assert_eq!(
                expected(text),
                (words.to_owned(), short.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn sets() {
        check(
            "[1667,1668,1670..1672]",
            "one of 1667, 1668 or 1670 to 1672",
            "one of 1667, 1668 or 1670 to 1672",
        );
        check(
            "{1960,1961-12}",
            "1960 and December 1961",
            "1960 and December 1961",
        );
        check("[1984]", "1984", "1984");
        check(
            "[..1983-12-31]",
            "31 December 1983 or earlier",
            "31 December 1983 or earlier",
        );
        check("{1984..}", "1984 and later", "1984 and later");
        check(
            "[1667?,1668]",
            "one of 1667 or 1668, partly uncertain",
            "one of 1667 or 1668?",
        );
        check("[1667?]", "1667, uncertain", "1667?");
        check("[1001,1002]", "one of 1001 or 1002", "one of 1001 or 1002");
        check(
            "{1667,1668,1669,1671}",
            "1667, 1668, 1669 and 1671",
            "4 dates",
        );
    }
}
