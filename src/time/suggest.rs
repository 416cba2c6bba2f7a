//! Suggests the EDTF for dates that are written in another way: `10 June 2014`,
//! `c. 1200`, `2014-2016`, `66 million years ago`.
//!
//! A guess is shown in the message of `explain` but never applied: the file stays
//! as it is. One is made only where the meaning is clear, and only if it parses.

use super::grammar;

/// What was likely meant, in valid EDTF.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Suggestion {
    /// One likely meaning.
    One(String),
    /// `06/10/2014`: ambiguous, so both readings are given.
    DayOrMonthFirst {
        day_first: String,
        month_first: String,
    },
}

/// Longer texts, in bytes, are prose. The limit also bounds the recursion over nested prefixes.
const LONGEST: usize = 80;

const ABOUT: [&str; 9] = [
    "circa",
    "approximately",
    "approx.",
    "about",
    "around",
    "ca.",
    "ca ",
    "c.",
    "c ",
];
const PERHAPS: [&str; 4] = ["perhaps ", "maybe ", "possibly ", "probably "];

pub(super) fn suggest(text: &str) -> Option<Suggestion> {
    if text.len() > LONGEST {
        return None;
    }
    let text = normalised(text);
    if let Some((day_first, month_first)) = day_or_month_first(&text) {
        return Some(Suggestion::DayOrMonthFirst {
            day_first,
            month_first,
        });
    }
    [loosely_spelled, single, span]
        .iter()
        .find_map(|way| way(&text).filter(|meant| reads(meant)))
        .map(Suggestion::One)
}

/// A year as EDTF writes it: `2014`, `-0043`, `Y-66000000`.
pub(super) fn edtf_year(year: i64) -> String {
    let sign = if year < 0 { "-" } else { "" };
    match year.unsigned_abs() {
        size @ ..=9999 => format!("{sign}{size:04}"),
        size => format!("Y{sign}{size}"),
    }
}

fn reads(text: &str) -> bool {
    grammar::read(text).is_ok()
}

/// Lower case, one kind of hyphen, single spaces.
fn normalised(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            c => c.to_ascii_lowercase(),
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// EDTF in lower case or with spaces inside (`201x`, `2014 / 2016`, `[1667, 1668]`).
/// A space between two digits stays: `20 14` is not 2014.
fn loosely_spelled(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let tight: String = text
        .char_indices()
        .filter(|&(at, c)| c != ' ' || (at > 0 && digit(at - 1) && digit(at + 1)))
        .map(|(_, c)| c.to_ascii_uppercase())
        .collect();
    reads(&tight).then_some(tight)
}

/// `2014-2016`, `1914-18`, `from 2014 to 2016`, `10-20 June 2014`, `2014 - present`,
/// `since 2014`, `until 2014`, and spans with a loosely written side.
fn span(text: &str) -> Option<String> {
    let after = |words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word));
    let sides = ["/", "..", " to ", " until ", " till ", " - ", "-"]
        .iter()
        .find_map(|between| {
            let (start, end) = text.split_once(between)?;
            let plain = *between != "-" || !(start.contains('-') || end.contains('-'));
            plain.then_some((start, end))
        });
    if let Some((start, end)) = sides {
        let start = start.strip_prefix("from ").unwrap_or(start).trim();
        let end = end.trim();
        if let "" | "present" | "now" | "today" | "ongoing" = end {
            return Some(format!("{}/..", year_or_date(start)?));
        }
        let first = borrowing(start, end).or_else(|| year_or_date(start))?;
        // `1914-18`: the century is that of the start.
        if end.len() == 2 && first.len() == 4 && digits(end).is_some() {
            return Some(format!("{first}/{}{end}", first.get(..2)?));
        }
        return Some(format!("{first}/{}", year_or_date(end)?));
    }
    if let Some(start) = after(&["since ", "from "]) {
        return Some(format!("{}/..", year_or_date(start)?));
    }
    let end = after(&["until ", "till ", "up to "])?;
    Some(format!("/{}", year_or_date(end)?))
}

/// A date, but not a number of one or two digits, which in a span is as likely a day
/// as a year.
fn year_or_date(text: &str) -> Option<String> {
    if text.len() <= 2 { None } else { single(text) }
}

/// The start of a span, completed from the end, which has what both share: the `10` of
/// `10-20 June 2014`, the `June` of `June to October 2014`, the `50` of `50 to 44 bc`.
fn borrowing(start: &str, end: &str) -> Option<String> {
    let has_year = start
        .split(|c: char| !c.is_ascii_digit())
        .any(|number| number.len() >= 3);
    let has_era = |text: &str| text.ends_with(" bc") || text.ends_with(" bce");
    if has_era(start) || (has_year && !has_era(end)) {
        return None;
    }
    // The longest tail of the end first, so that a month in it is taken too.
    end.match_indices(' ')
        .filter_map(|(at, _)| end.get(at..))
        .find_map(|tail| single(&format!("{start}{tail}")))
}

/// One date, optionally with "about" or "perhaps" before it and a time of day after it.
fn single(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(tight) = loosely_spelled(text).filter(|tight| !tight.contains('/')) {
        return Some(tight);
    }
    for (words, sign) in [(&ABOUT[..], '~'), (&PERHAPS[..], '?')] {
        if let Some(rest) = words.iter().find_map(|word| text.strip_prefix(word)) {
            return single(rest).map(|date| format!("{date}{sign}"));
        }
    }
    if let Some((date, time)) = text
        .rsplit_once([' ', 't'])
        .filter(|(_, time)| time.contains(':'))
    {
        let (hour, rest) = time.split_once(':')?;
        let day = single(date.trim_end_matches([',', ' ']))?;
        return Some(format!("{day}T{hour:0>2}:{}", rest.to_ascii_uppercase()));
    }
    numbers(text)
        .or_else(|| words(text))
        .filter(|meant| reads(meant))
}

/// `2014-6-1`, `2014/6/1`, `1.6.2014` (where only one order makes sense), `2014/6`,
/// `6/2014`, `20140601`, `79`, `-43`, `12000`, `10,000`, `y2014`.
fn numbers(text: &str) -> Option<String> {
    let (sign, rest) = match text.strip_prefix('y').unwrap_or(text) {
        negative if negative.starts_with('-') => (-1, negative.get(1..)?),
        positive => (1, positive),
    };
    let parts: Vec<&str> = rest.split(['-', '/', '.']).collect();
    let values: Vec<i64> = parts
        .iter()
        .map(|part| digits(part))
        .collect::<Option<_>>()?;
    let year = |value: i64| edtf_year(sign * value);
    match (parts.as_slice(), values.as_slice()) {
        ([text], _) if sign > 0 && text.len() == 8 && !text.contains(',') => {
            let (year, rest) = text.split_at_checked(4)?;
            let (month, day) = rest.split_at_checked(2)?;
            let date = format!("{year}-{month}-{day}");
            reads(&date).then_some(date)
        }
        ([text], _) if sign > 0 && text.len() == 6 && !text.contains(',') => {
            let (year, month) = text.split_at_checked(4)?;
            Some(format!("{year}-{month}"))
        }
        (_, &[only]) => Some(year(only)),
        ([y, ..], &[value, month]) if y.len() >= 3 || sign < 0 => {
            Some(format!("{}-{month:02}", year(value)))
        }
        ([_, y], &[month, value]) if y.len() == 4 => Some(format!("{}-{month:02}", year(value))),
        ([y, ..], &[value, month, day]) if y.len() >= 3 || sign < 0 => {
            Some(format!("{}-{month:02}-{day:02}", year(value)))
        }
        ([.., y], &[a, b, value]) if y.len() == 4 => {
            let (day, month) = if b > 12 { (b, a) } else { (a, b) };
            Some(format!("{}-{month:02}-{day:02}", year(value)))
        }
        _ => None,
    }
}

/// Both readings of `06/10/2014`: with the day first, and with the month first.
fn day_or_month_first(text: &str) -> Option<(String, String)> {
    let mut parts = text.split(['/', '-', '.']);
    let (a, b, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || a.len() > 2 || b.len() > 2 {
        return None;
    }
    let (a, b, year) = (digits(a)?, digits(b)?, digits(year)?);
    let both = (1..=12).contains(&a) && (1..=12).contains(&b) && a != b;
    both.then(|| {
        (
            format!("{year:04}-{b:02}-{a:02}"),
            format!("{year:04}-{a:02}-{b:02}"),
        )
    })
}

/// `10 June 2014`, `June 10th, 2014`, `June 2014`, `spring 2014`, `q1 2014`, `44 BC`,
/// `15 March 44 BC`, `the 1990s`, `19th century`, `66 million years ago`.
fn words(text: &str) -> Option<String> {
    // `2014 -` is a span with an open side, and a bare number is left to `numbers`.
    if text.starts_with('-') || text.ends_with('-') || digits(text).is_some() {
        return None;
    }
    let mut numbers: Vec<&str> = Vec::new();
    let mut month = None;
    let mut season = None;
    let mut bc = false;
    let tokens: Vec<&str> = text
        .split([' ', '-'])
        .map(|token| token.trim_end_matches(','))
        .filter(|token| !["", "the", "of", "in", "on", "year"].contains(token))
        .collect();
    match tokens.as_slice() {
        &[size, unit, "years", "ago"] => return long_ago(size, unit),
        &[size, "mya" | "ma"] => return long_ago(size, "million"),
        &[decade] if decade.ends_with("0s") && decade.len() == 5 => {
            let tens = decade.get(..3)?;
            return digits(tens).map(|_| format!("{tens}X"));
        }
        &[ordinal, "century"] | &[ordinal, "century", "ad" | "ce"] => {
            let century = digits(without_ordinal(ordinal))?;
            return (1..=100)
                .contains(&century)
                .then(|| format!("{:02}XX", century - 1));
        }
        _ => {}
    }
    for token in tokens {
        match token {
            "bc" | "bce" | "b.c." | "b.c" => bc = true,
            "ad" | "ce" | "a.d." | "a.d" => {}
            "spring" => season = Some(21),
            "summer" => season = Some(22),
            "autumn" | "fall" => season = Some(23),
            "winter" => season = Some(24),
            "q1" => season = Some(33),
            "q2" => season = Some(34),
            "q3" => season = Some(35),
            "q4" => season = Some(36),
            _ if is_weekday(token) => {}
            _ => match (month_number(token), without_ordinal(token)) {
                (Some(number), _) if month.is_none() => month = Some(number),
                (None, number) if digits(number).is_some() => numbers.push(number),
                _ => return None,
            },
        }
    }
    let (year, day) = match (numbers.as_slice(), month) {
        (&[year], _) => (year, None),
        (&[a, b], Some(_)) if b.len() >= 3 || bc => (b, Some(a)),
        (&[a, b], Some(_)) if a.len() >= 3 => (a, Some(b)),
        _ => return None,
    };
    let year = digits(year)?;
    let year = edtf_year(if bc { 1 - year } else { year });
    match (month.or(season), day) {
        (None, _) => Some(year),
        (Some(month), None) => Some(format!("{year}-{month:02}")),
        (Some(month), Some(day)) => Some(format!("{year}-{month:02}-{:02}", digits(day)?)),
    }
}

/// `66` and `million` → `Y-66000000`.
fn long_ago(size: &str, unit: &str) -> Option<String> {
    let zeros: usize = match unit {
        "thousand" => 3,
        "million" => 6,
        "billion" => 9,
        _ => return None,
    };
    let (whole, fraction) = size.split_once('.').unwrap_or((size, ""));
    let all = format!("{whole}{fraction:0<zeros$}");
    if fraction.len() > zeros {
        return None;
    }
    Some(edtf_year(-digits(&all)?))
}

/// A whole number of digits only, with or without commas between thousands.
fn digits(text: &str) -> Option<i64> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let grouped = text.contains(',');
    let numeric = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    if !numeric(first)
        || (grouped && first.len() > 3)
        || !groups.all(|group| group.len() == 3 && numeric(group))
    {
        return None;
    }
    text.replace(',', "").parse().ok()
}

fn without_ordinal(token: &str) -> &str {
    ["st", "nd", "rd", "th", "."]
        .iter()
        .find_map(|ending| token.strip_suffix(ending))
        .unwrap_or(token)
}

fn is_weekday(token: &str) -> bool {
    let token = token.trim_end_matches('.');
    token.len() >= 3
        && [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ]
        .iter()
        .any(|day| day.starts_with(token))
}

/// A month's English name or at least its first three letters.
fn month_number(token: &str) -> Option<u8> {
    let token = token.trim_end_matches('.');
    (1..=12).find(|&month| {
        token.len() >= 3
            && super::words::month_name(month)
                .to_ascii_lowercase()
                .starts_with(token)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, meant: &str) {
        assert_eq!(
            suggest(text),
            Some(Suggestion::One(meant.to_owned())),
            "{text:?}"
        );
    }

    #[test]
    fn numbers_in_other_orders() {
        for text in ["2014-6-1", "2014/6/1", "2014.6.1", "2014/06/01", "20140601"] {
            check(text, "2014-06-01");
        }
        check("25.12.2014", "2014-12-25");
        check("12/25/2014", "2014-12-25");
        check("6/6/2014", "2014-06-06");
        check("2014-6", "2014-06");
        check("2014/6", "2014-06");
        check("6/2014", "2014-06");
        check("201406", "2014-06");
        check("79", "0079");
        check("-43", "-0043");
        check("-44-3-15", "-0044-03-15");
        check("12000", "Y12000");
        check("-13800000000", "Y-13800000000");
        check("10,000", "Y10000");
        check("Y2014", "2014");
        check("-0000", "0000");
    }

    #[test]
    fn words_for_dates() {
        for text in [
            "10 June 2014",
            "June 10, 2014",
            "10th of June 2014",
            "Tuesday, 10 June 2014",
            "10 jun. 2014",
            "2014 June 10",
            "10-Jun-2014",
        ] {
            check(text, "2014-06-10");
        }
        check("June 2014", "2014-06");
        check("Sept 2014", "2014-09");
        check("spring 2014", "2014-21");
        check("Winter of 2014", "2014-24");
        check("2014-Q1", "2014-33");
        check("44 BC", "-0043");
        check("15 March 44 BC", "-0043-03-15");
        check("AD 79", "0079");
        check("2014 AD", "2014");
        check("the 1990s", "199X");
        check("19th century", "18XX");
        check("the 1st century AD", "00XX");
        check("66 million years ago", "Y-66000000");
        check("13.8 billion years ago", "Y-13800000000");
        check("12,000 BC", "Y-11999");
    }

    #[test]
    fn about_and_perhaps() {
        check("c. 1200", "1200~");
        check("c.1200", "1200~");
        check("ca 1200", "1200~");
        check("circa 44 BC", "-0043~");
        check("about June 2014", "2014-06~");
        check("perhaps 1200", "1200?");
        check("2014 ?", "2014?");
    }

    #[test]
    fn spans_as_people_write_them() {
        check("2014-2016", "2014/2016");
        check("2014–2016", "2014/2016");
        check("2014 to 2016", "2014/2016");
        check("from 10 June 2014 to July 2014", "2014-06-10/2014-07");
        check("1914/18", "1914/1918");
        check("1914 - 18", "1914/1918");
        check("2014-present", "2014/..");
        check("2014 -", "2014/..");
        check("since 2014", "2014/..");
        check("until about 2010", "/2010~");
        check("2014 / 2016", "2014/2016");
        check("2014..2016", "2014/2016");
        check("2014-06..", "2014-06/..");
        check("10-20 June 2014", "2014-06-10/2014-06-20");
        check("10 June to 3 July 2014", "2014-06-10/2014-07-03");
        check("June to October 2014", "2014-06/2014-10");
        check("50–44 BC", "-0049/-0043");
        check("500 BC - 400 BC", "-0499/-0399");
        check("44 BC - AD 14", "-0043/0014");
        check("2014-6-1/2014-6-3", "2014-06-01/2014-06-03");
    }

    #[test]
    fn case_and_times() {
        check("201x", "201X");
        check("y-138e8s3", "Y-138E8S3");
        check("2016-10-20t09:30z", "2016-10-20T09:30Z");
        check("2016-10-20 09:30", "2016-10-20T09:30");
        check("20 October 2016, 9:30", "2016-10-20T09:30");
    }

    #[test]
    fn unclear_texts_get_no_guess() {
        for text in [
            "spring",
            "soon",
            "",
            "20 14",
            "1/6/14",
            "June",
            "before 1200",
            "2014 2015",
            "20140631",
            "201413",
            "2014-06-10/20",
            "10-20",
        ] {
            assert_eq!(suggest(text), None, "{text:?}");
        }
        assert!(matches!(
            suggest("06/10/2014"),
            Some(Suggestion::DayOrMonthFirst { .. })
        ));
    }
}
