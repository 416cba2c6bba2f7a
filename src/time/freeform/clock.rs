//! Times of day: `9:30`, `9.30 Uhr`, `14h30`, `9 am`, `09:30:00 UTC`.

use std::fmt::Write as _;

use super::{
    tokens::{Kind, Token},
    vocabulary::Meaning,
};

/// Takes the time of day out of a date: the time as EDTF writes it after `T`, and what is left.
/// `None` where there is none, or one that no clock shows.
pub(super) fn split(tokens: &[Token]) -> Option<(String, Vec<Token>)> {
    let begin = (0..tokens.len()).find(|&at| length(tokens.get(at..).unwrap_or_default()) > 0)?;
    let rest = tokens.get(begin..)?;
    let length = length(rest);
    let time = written(rest.get(..length)?)?;
    let mut before = tokens.get(..begin)?;
    // In “9:30-11:00” the second is no zone, but in an ISO date it is.
    let is_iso = before.get(1).is_some_and(|it| it.is_sign('-'));
    let (zone, zone_length) = zone(rest.get(length..).unwrap_or_default(), is_iso);
    // “at”, “um”, the comma after the day.
    while let [head @ .., last] = before
        && (last.is(Meaning::Around)
            || last.is(Meaning::Noise)
            || last.is(Meaning::ToOrNoise)
            || last.is_sign(','))
    {
        before = head;
    }
    let after = rest.get(length + zone_length..)?;
    Some((format!("{time}{zone}"), [before, after].concat()))
}

/// How many tokens at the beginning are a time of day; 0 if it is none.
fn length(tokens: &[Token]) -> usize {
    let number = |at: usize| {
        let token: &Token = tokens.get(at)?;
        token.number().filter(|(_, digits)| *digits <= 2)
    };
    let sign = |at: usize, sign| tokens.get(at).is_some_and(|it: &Token| it.is_sign(sign));
    let word = |at: usize| match tokens.get(at).map(|it| it.kind) {
        Some(Kind::Word(word)) => Some(word),
        _ => None,
    };
    if number(0).is_none() {
        return 0;
    }
    let parted = |by| sign(1, by) && number(2).is_some();
    let so_far = match word(1) {
        // `14h30`
        Some(Meaning::Clock) if number(2).is_some_and(|(_, digits)| digits == 2) => return 3,
        Some(Meaning::Clock) => return 2,
        _ if parted(':') && sign(3, ':') && number(4).is_some() => 5,
        _ if parted(':') => 3,
        // Only a word makes a time of `9.30`.
        _ if parted('.') && matches!(word(3), Some(Meaning::Clock | Meaning::Am | Meaning::Pm)) => {
            return 4;
        }
        _ => 1,
    };
    // A fraction of a second.
    let is_fraction = so_far == 5 && (sign(5, '.') || sign(5, ','));
    let so_far = if is_fraction && tokens.get(6).is_some_and(|it| it.number().is_some()) {
        7
    } else {
        so_far
    };
    match word(so_far) {
        Some(Meaning::Am | Meaning::Pm | Meaning::Clock) => so_far + 1,
        _ if so_far == 1 => 0,
        _ => so_far,
    }
}

/// `09:30` of `9:30 am`.
fn written(tokens: &[Token]) -> Option<String> {
    let numbers: Vec<i64> = tokens
        .iter()
        .filter_map(Token::number)
        .map(|it| it.0)
        .collect();
    let half = tokens.last().map(|token| token.kind);
    let (hour, rest) = numbers.split_first()?;
    let hour = match half {
        Some(Kind::Word(Meaning::Am)) if *hour == 12 => 0,
        Some(Kind::Word(Meaning::Pm)) if *hour < 12 => hour + 12,
        _ => *hour,
    };
    let mut time = format!("{hour:02}");
    // A fraction of a second is left out, since an instant is a second.
    for number in rest.iter().take(2) {
        // Writing to a String cannot fail.
        let _ = write!(time, ":{number:02}");
    }
    Some(if rest.is_empty() {
        format!("{time}:00")
    } else {
        time
    })
}

/// The zone at the beginning, as EDTF writes it, and how many tokens it takes. `hyphen_is_minus`: a
/// hyphen begins one.
fn zone(tokens: &[Token], hyphen_is_minus: bool) -> (String, usize) {
    let skipped = usize::from(tokens.first().is_some_and(|it| it.is(Meaning::Utc)));
    let rest = tokens.get(skipped..).unwrap_or_default();
    let sign = match rest.first().map(|it| it.kind) {
        Some(Kind::Sign('+')) => '+',
        Some(Kind::Sign('-')) if hyphen_is_minus || skipped == 1 => '-',
        _ if skipped == 1 => return ("Z".to_owned(), 1),
        _ => return (String::new(), 0),
    };
    let numbers: Vec<(i64, usize)> = rest
        .iter()
        .skip(1)
        .step_by(2)
        .map_while(Token::number)
        .take(2)
        .collect();
    let is_colon = rest.get(2).is_some_and(|it| it.is_sign(':'));
    let (hours, minutes, length) = match *numbers.as_slice() {
        [(hours, ..=2), (minutes, 2)] if is_colon => (hours, minutes, 4),
        [(both, 4), ..] => (both / 100, both % 100, 2),
        [(hours, ..=2), ..] => (hours, 0, 2),
        _ => return (String::new(), 0),
    };
    (format!("{sign}{hours:02}:{minutes:02}"), skipped + length)
}
