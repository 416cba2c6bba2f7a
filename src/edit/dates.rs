//! Dates as they are typed: in EDTF, or as people write them.

use crate::time::{
    When, Words,
    freeform::{self, Doubt},
    words::{Outlook, say},
};

/// What was understood of a date that was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedDate {
    /// The date in EDTF, as the file has it.
    pub edtf: String,
    /// The same date.
    pub when: When,
    /// What the text leaves open.
    pub doubts: Vec<Doubt>,
}

impl TypedDate {
    /// The date in words.
    pub fn words(&self) -> Words {
        say(&self.when, Outlook::Happened)
    }
}

/// Reads a date that was typed: EDTF as it stands, anything else as people write it.
///
/// # Errors
///
/// What is not understood, and what to write.
pub fn typed_date(text: &str) -> Result<TypedDate, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("write when it was: 2014, June 2014, 10 June 2014, c. 1200, 44 BC".to_owned());
    }
    let error = match When::parse(text) {
        Ok(when) => {
            return Ok(TypedDate {
                edtf: text.to_owned(),
                when,
                doubts: Vec::new(),
            });
        }
        Err(error) => error,
    };
    match freeform::read(text, None) {
        Some(reading) => Ok(TypedDate {
            edtf: reading.edtf,
            when: reading.when,
            doubts: reading.doubts,
        }),
        None => Err(format!("“{text}” is not understood: {error}")),
    }
}

/// An event that was typed in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedEvent {
    /// When it was.
    pub date: TypedDate,
    /// What happened; empty while it is not yet typed.
    pub title: String,
}

/// Words that begin a title, and end no date.
const ARTICLES: [&str; 14] = [
    "the", "a", "an", "der", "die", "das", "le", "la", "les", "un", "une", "el", "los", "las",
];

/// Reads an event in one line, “2014-06-10 Mosul falls”: as many words as make a date, then the
/// title. A date may also stand at the end, behind a comma or in brackets.
///
/// # Errors
///
/// Where no date is found: what to write.
pub fn typed_event(line: &str) -> Result<TypedEvent, String> {
    /// More words are no date.
    const MOST_WORDS: usize = 8;
    let line = line.trim();
    let ends = line
        .char_indices()
        .filter(|(_, it)| it.is_whitespace())
        .map(|(at, _)| at)
        .chain([line.len()]);
    let mut found = None;
    // Whether what was found is a number of at most two digits, such as the day of a date.
    let mut is_day = false;
    for end in ends.take(MOST_WORDS) {
        let words = line.get(..end).unwrap_or_default();
        let last = words.split_whitespace().next_back().unwrap_or_default();
        if ARTICLES.contains(&last.to_lowercase().as_str()) {
            // “March 2003 – the invasion”: what ends so goes on.
            continue;
        }
        let date = words.trim_end_matches([':', ',', ';', '–', '-', ' ']);
        let date = if When::parse(words).is_ok() {
            words
        } else {
            date
        };
        if let Ok(read) = typed_date(date) {
            found = Some((read, end));
            is_day = is_small_number(date);
        }
    }
    if is_day && let Some(why) = impossible_day(line) {
        return Err(why);
    }
    if let Some((date, end)) = found {
        let rest = line.get(end..).unwrap_or_default();
        let title = rest.trim_start_matches(|it: char| {
            it.is_whitespace() || matches!(it, ':' | ',' | ';' | '–' | '-')
        });
        return Ok(TypedEvent {
            date,
            title: title.to_owned(),
        });
    }
    let behind = line
        .strip_suffix(')')
        .and_then(|line| line.rsplit_once('('))
        .or_else(|| line.rsplit_once(','));
    if let Some((title, date)) = behind
        && let Ok(date) = typed_date(date)
    {
        return Ok(TypedEvent {
            date,
            title: title.trim().to_owned(),
        });
    }
    Err("begin with when it was, then what happened: 2014-06-10 Mosul falls".to_owned())
}

fn is_small_number(text: &str) -> bool {
    text.len() <= 2 && text.bytes().all(|it| it.is_ascii_digit())
}

/// What is wrong with the date at the beginning of a line, where it is a day that a month does not
/// have: “31 February 2014”.
fn impossible_day(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    let day = words.next()?;
    let month = words.next()?.trim_end_matches([',', '.']);
    let year = words.next()?.trim_end_matches([',', ':', ';']);
    // With a day that every month has, these words make a date.
    typed_date(&format!("1 {month} {year}")).ok()?;
    typed_date(&format!("{day} {month} {year}")).err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_a_month_does_not_have_is_no_year() {
        for wrong in [
            "31 February 2014 wrong",
            "31 June 2014: wrong",
            "30 Feb. 2014 wrong",
        ] {
            let why = typed_event(wrong).unwrap_err();
            assert!(why.contains("not understood"), "{wrong}: {why}");
        }
        assert_eq!(
            typed_event("31 Tiberius falls ill").unwrap().date.edtf,
            "0031"
        );
    }

    #[test]
    fn a_date_is_taken_as_it_is_typed() {
        for (typed, edtf) in [
            ("2014-06-10", "2014-06-10"),
            (" 2003/ ", "2003/"),
            ("March 2014", "2014-03"),
            ("c. 1200", "1200~"),
            ("44 BC", "-0043"),
            ("1990s", "199X"),
            ("10 June 2014", "2014-06-10"),
        ] {
            assert_eq!(typed_date(typed).unwrap().edtf, edtf, "{typed}");
        }
        for wrong in ["", "yesterday-ish", "2014-13"] {
            assert!(typed_date(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_event_in_a_line_is_a_date_and_a_title() {
        for (line, edtf, title) in [
            ("2014-06-10 Mosul falls", "2014-06-10", "Mosul falls"),
            ("10 June 2014: Mosul falls", "2014-06-10", "Mosul falls"),
            ("2014 Mosul falls", "2014", "Mosul falls"),
            ("March 2003 – the invasion", "2003-03", "the invasion"),
            ("1914-1918 The Great War", "1914/1918", "The Great War"),
            ("44 BC Caesar is murdered", "-0043", "Caesar is murdered"),
            (
                "2-6 September 1792 September massacres",
                "1792-09-02/1792-09-06",
                "September massacres",
            ),
            ("2014", "2014", ""),
            ("Mosul falls (June 2014)", "2014-06", "Mosul falls"),
            ("Mosul falls, 2014", "2014", "Mosul falls"),
        ] {
            let typed = typed_event(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!((&*typed.date.edtf, &*typed.title), (edtf, title), "{line}");
        }
        assert!(typed_event("Mosul falls").is_err());
    }
}
