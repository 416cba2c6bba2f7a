//! One date: qualifiers, then deep time, centuries, decades, times of day, numbers, and words.

use super::{
    ages::{ages, decade, long_ago},
    clock,
    doubt::Doubt,
    numeric::{self, numeric},
    order::DayMonthOrder,
    piece::Piece,
    tokens::{Kind, Suffix, Token},
    vocabulary::Meaning,
};
use crate::time::{
    Civil, Moment, When,
    edtf::{self, valid},
    grammar,
};

/// Reads one date. `text` is the folded text whose tokens these are.
pub(super) fn single(text: &str, tokens: &[Token], order: DayMonthOrder) -> Option<Piece> {
    let (tokens, approximate, uncertain) = qualifiers(tokens)?;
    let mut piece = [as_edtf, without_qualifiers]
        .iter()
        .find_map(|way| way(text, &tokens, order))?;
    piece.approximate |= approximate;
    piece.uncertain |= uncertain;
    piece.edtf().is_some().then_some(piece)
}

/// Takes away “circa”, `?`, brackets and such, and says whether it is approximate and uncertain.
fn qualifiers(tokens: &[Token]) -> Option<(Vec<Token>, bool, bool)> {
    let mut rest = tokens.to_vec();
    let (mut approximate, mut uncertain) = (false, false);
    let mut qualify = |token: &Token| match token.kind {
        Kind::Word(Meaning::About | Meaning::Around | Meaning::CircaOrCentury)
        | Kind::Sign('~') => {
            approximate = true;
            true
        }
        Kind::Word(Meaning::Perhaps) | Kind::Sign('?') => {
            uncertain = true;
            true
        }
        Kind::Sign('%') => {
            (approximate, uncertain) = (true, true);
            true
        }
        // “Am” is German “on”.
        Kind::Word(Meaning::Noise | Meaning::ToOrNoise | Meaning::Weekday | Meaning::Am)
        | Kind::Sign(',' | '.' | ':' | ';' | '"' | '“' | '”' | '«' | '»' | '(' | '[') => true,
        _ => false,
    };
    while let Some(first) = rest.first() {
        if !qualify(first) {
            break;
        }
        rest.remove(0);
    }
    while let Some(last) = rest.last() {
        let is_century = |token: &Token| {
            matches!(
                token.kind,
                Kind::Number {
                    suffix: Suffix::Ordinal,
                    ..
                }
            )
        };
        let mut numbers = rest.iter().rev().skip_while(|it| it.is_sign('.'));
        if numbers
            .next()
            .is_some_and(|it| it.is(Meaning::CircaOrCentury))
            && numbers.next().is_some_and(is_century)
        {
            break;
        }
        let is_closing = [')', ']'].iter().any(|sign| last.is_sign(*sign));
        let is_end = last.kind == Kind::Word(Meaning::Am) || last.is(Meaning::ToOrNoise);
        if !is_closing && (is_end || !qualify(last)) {
            break;
        }
        rest.pop();
    }
    (!rest.is_empty()).then_some((rest, approximate, uncertain))
}

/// EDTF itself, in lower case, of 2012, or with spaces inside: `201x`, `199u`, `y-17e7`.
fn as_edtf(text: &str, tokens: &[Token], _: DayMonthOrder) -> Option<Piece> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    let slice = text.get(first.range.start..last.range.end)?;
    if slice.contains('/') {
        return None;
    }
    let year = slice.strip_prefix('y').and_then(|year| year.parse().ok());
    loosely_spelled(slice)
        .or_else(|| year.map(edtf::year))
        .map(Piece::one)
        .or_else(|| numeric::week(slice))
}

/// EDTF in lower case or with spaces inside (`201x`, `2014 / 2016`, `[1667, 1668]`). A space
/// between two digits stays: `20 14` is not 2014; and so does one beside a hyphen, which stands
/// between two dates: `1914 - 18`.
pub(super) fn loosely_spelled(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let at = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or(b'/');
    let tight: String = text
        .char_indices()
        .filter(|&(place, c)| {
            let (before, after) = (at(place.checked_sub(1)), at(place.checked_add(1)));
            let is_between = before.is_ascii_digit() && after.is_ascii_digit();
            c != ' ' || is_between || before == b'-' || after == b'-'
        })
        .map(|(_, c)| c.to_ascii_uppercase())
        .collect();
    valid(tight)
}

fn without_qualifiers(text: &str, tokens: &[Token], order: DayMonthOrder) -> Option<Piece> {
    let tokens = grouped(tokens);
    if let Some((time, day)) = clock::split(&tokens) {
        let day = single(text, &day, order)?;
        let with_time = |date: String| valid(format!("{date}T{time}"));
        let date = with_time(day.edtf()?)?;
        return Some(day.with(date));
    }
    let parts = [part_of, fraction_of]
        .iter()
        .find_map(|way| way(text, &tokens, order));
    if parts.is_some() {
        return parts;
    }
    [long_ago, ages, decade]
        .iter()
        .find_map(|way| way(&tokens))
        .or_else(|| numeric(&tokens, order))
        .or_else(|| with_era(&tokens, order))
        .or_else(|| words(&tokens))
}

/// Joins `12,000` into one number, and before “BC” also `12.000` and `12 000`; not the day and the
/// year of `4.9.476` and `September 4 476`.
fn grouped(tokens: &[Token]) -> Vec<Token> {
    let is_era = |token: &Token| {
        token.is(Meaning::Bc) || token.is(Meaning::Ad) || token.is(Meaning::BeforePresent)
    };
    let has_month = |token: &Token| matches!(token.kind, Kind::Word(Meaning::Month(_)));
    let is_year = tokens.iter().any(is_era) && !tokens.iter().any(has_month);
    let mut grouped: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        let mut token = token.clone();
        let is_after_dot = grouped.last().is_some_and(|last| last.is_sign('.'));
        while let Some((value, digits)) = token.number() {
            let (sign, next) = match tokens.get(at..).unwrap_or_default() {
                [sign, next, ..] if sign.is_sign(',') => (1, next),
                [sign, next, ..] if sign.is_sign('.') && is_year && !is_after_dot => (1, next),
                [next, ..] if is_year && next.is_spaced => (0, next),
                _ => break,
            };
            // The first group has at most three digits.
            let is_begun = digits <= 3 || value > 999;
            let group = next.number().filter(|(_, digits)| *digits == 3 && is_begun);
            let is_tight = sign == 0 || !next.is_spaced;
            let Some((thousands, _)) = group.filter(|_| is_tight) else {
                break;
            };
            let joined = value
                .checked_mul(1000)
                .and_then(|it| it.checked_add(thousands));
            let Some(value) = joined else { break };
            token.kind = Kind::Number {
                value,
                digits: digits + 3,
                suffix: Suffix::None,
            };
            token.range.end = next.range.end;
            at += 1 + sign;
        }
        grouped.push(token);
    }
    grouped
}

/// `early 2014`, `mid-June 2014`, `late 19th century`.
fn part_of(text: &str, tokens: &[Token], order: DayMonthOrder) -> Option<Piece> {
    let (first, rest) = tokens.split_first()?;
    let third = match first.kind {
        Kind::Word(Meaning::Early) => 0,
        Kind::Word(Meaning::Mid) => 1,
        Kind::Word(Meaning::Late) => 2,
        _ => return None,
    };
    let rest = match rest {
        [sign, rest @ ..] if sign.is_sign('-') => rest,
        rest => rest,
    };
    let whole = single(text, rest, order)?;
    let coarse = whole.edtf()?;
    let Ok(When::Date(range)) = grammar::read(&coarse) else {
        return None;
    };
    let (from, to) = (range.earliest.civil(), range.latest.plus_secs(-1).civil());
    let years = to.year - from.year + 1;
    let piece = match (years, coarse.len()) {
        // A month: its first ten days, the ten in the middle, the rest.
        (1, 7) if from.month == to.month => {
            let first = 1 + 10 * third;
            let last = if third == 2 { to.day } else { first + 9 };
            let day = |day| edtf::day(Civil { day, ..from });
            Piece::within(day(first), day(last), [coarse.clone(), coarse])
        }
        (1, _) if from.month == 1 && to.month == 12 => {
            Piece::one(edtf::month(from.year, 37 + third))
        }
        (10..=1000, _) => {
            let third = i64::from(third);
            let (first, last) = (
                from.year + years * third / 3,
                from.year + years * (third + 1) / 3 - 1,
            );
            Piece::within(
                edtf::year(first),
                edtf::year(last),
                [coarse.clone(), coarse],
            )
        }
        _ => return None,
    };
    let piece = Piece {
        approximate: whole.approximate,
        uncertain: whole.uncertain,
        ..piece
    };
    Some(piece.doubtful(Doubt::Third))
}

/// `first half of the 19th century`, `2. Viertel 19. Jh.`. Of a year, EDTF has codes for these.
fn fraction_of(text: &str, tokens: &[Token], order: DayMonthOrder) -> Option<Piece> {
    let silent = |it: &Token| it.is(Meaning::Noise) || it.is_sign('.');
    let mut rest = tokens;
    let mut next = || {
        while let Some((first, others)) = rest.split_first() {
            rest = others;
            if !silent(first) {
                return Some(first);
            }
        }
        None
    };
    let (number, part) = (next()?, next()?);
    let Kind::Word(Meaning::Part(before)) = part.kind else {
        return None;
    };
    let count = match before {
        32 => 4,
        36 => 3,
        _ => 2,
    };
    let nth = match number.kind {
        Kind::Word(Meaning::Ordinal(nth)) => i64::from(nth),
        Kind::Word(Meaning::Last) => count,
        Kind::Number { value, .. } => value,
        _ => return None,
    };
    let whole = single(text, rest, order)?;
    let coarse = whole.edtf()?;
    let Ok(When::Date(range)) = grammar::read(&coarse) else {
        return None;
    };
    let (from, to) = (range.earliest.civil().year, range.latest.civil().year);
    let years = to - from;
    if !(1..=count).contains(&nth) || years < 10 {
        return None;
    }
    let (first, last) = (
        from + years * (nth - 1) / count,
        from + years * nth / count - 1,
    );
    let (first, last) = (edtf::year(first), edtf::year(last));
    Some(Piece::within(first, last, [coarse.clone(), coarse]))
}

/// Numbers with an era: `15.3.44 v. Chr.`.
fn with_era(tokens: &[Token], order: DayMonthOrder) -> Option<Piece> {
    let (last, rest) = tokens.split_last()?;
    let [day, dot, month, second, year] = rest else {
        return None;
    };
    let bc = match last.kind {
        Kind::Word(Meaning::Bc) => true,
        Kind::Word(Meaning::Ad) => false,
        _ => return None,
    };
    if dot.kind != second.kind || !matches!(dot.kind, Kind::Sign('.' | '/')) {
        return None;
    }
    let (mut day, mut month, year) = (day.number()?.0, month.number()?.0, year.number()?.0);
    if order == DayMonthOrder::MonthFirst {
        (day, month) = (month, day);
    }
    let year = if bc { 1 - year } else { year };
    let date = Civil::date(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    valid(edtf::day(date)).map(Piece::one)
}

/// `10 June 2014`, `June 10th, 2014`, `June 2014`, `winter 1918/19`, `Q1 2014`, `44 BC`,
/// `15 March 44 BC`, `first half of 2014`.
fn words(tokens: &[Token]) -> Option<Piece> {
    match in_words(tokens)? {
        InWords::Day(day) => valid(edtf::day(day)),
        InWords::Other(text) => valid(text),
    }
    .map(Piece::one)
}

/// A date of words and numbers, whether or not the calendar has it.
enum InWords {
    Day(Civil),
    Other(String),
}

/// A day that the calendar does not have: `31 June 2014`, `29/02/1900`.
pub(super) fn impossible_day(tokens: &[Token]) -> Option<Civil> {
    let (tokens, ..) = qualifiers(tokens)?;
    let day = match in_words(&tokens) {
        Some(InWords::Day(day)) => day,
        _ => numeric::day_and_month(&tokens)?,
    };
    Moment::from_civil(day).is_none().then_some(day)
}

fn in_words(tokens: &[Token]) -> Option<InWords> {
    // `2014 -` is a span with an open side.
    if tokens.first()?.is_sign('-') || tokens.last()?.is_sign('-') {
        return None;
    }
    let mut numbers: Vec<(i64, usize)> = Vec::new();
    let (mut month, mut season, mut ordinal, mut part) = (None, None, None, None);
    let (mut bc, mut ad) = (false, false);
    let mut has_word = false;
    let mut last_is_number = false;
    let mut last_is_month = false;
    let mut tokens = tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        has_word |= matches!(token.kind, Kind::Word(_));
        let is_after_number = std::mem::replace(&mut last_is_number, token.number().is_some());
        let is_after_month = last_is_month;
        last_is_month = match token.kind {
            Kind::Word(Meaning::Month(_)) => true,
            Kind::Sign(_) => is_after_month,
            _ => false,
        };
        match token.kind {
            Kind::Number {
                suffix: Suffix::Decade,
                ..
            } => return None,
            Kind::Number { value, digits, .. } => numbers.push((value, digits)),
            // Also twice, in two calendars of names: `حزيران/يونيو`.
            Kind::Word(Meaning::Month(number))
                if month.is_none() || month == Some(number) && is_after_month =>
            {
                month = Some(number);
            }
            Kind::Word(Meaning::AgoOrAugust) if month.is_none() => month = Some(8),
            Kind::Word(Meaning::Season(code)) if season.is_none() => season = Some(code),
            Kind::Word(Meaning::Ordinal(number)) if ordinal.is_none() => ordinal = Some(number),
            Kind::Word(Meaning::Ordinal(3)) if part.is_none() => part = Some(36),
            Kind::Word(Meaning::Last) if ordinal.is_none() => ordinal = Some(0),
            Kind::Word(Meaning::Part(before)) if part.is_none() => part = Some(before),
            Kind::Word(Meaning::QuarterLetter) if season.is_none() => {
                let (number, _) = tokens.next()?.number()?;
                season = Some(
                    u8::try_from(number)
                        .ok()
                        .filter(|it| (1..=4).contains(it))?
                        + 32,
                );
            }
            Kind::Word(Meaning::Bc) => bc = true,
            Kind::Word(Meaning::Ad) => ad = true,
            // German “on”; after a year, `AM` counts from the creation of the world.
            Kind::Word(Meaning::Am) if numbers.is_empty() => {}
            // `4th Friday of June`
            Kind::Word(Meaning::Weekday) if month.is_none() && !numbers.is_empty() => return None,
            Kind::Word(Meaning::Noise | Meaning::Weekday) | Kind::Sign(',' | '.') => {}
            // Not between two numbers, as in `December 2014-15`, but in `winter 1918/19`.
            Kind::Sign('-' | '–' | '/') if !token.is_spaced => {
                let is_between =
                    is_after_number && tokens.peek().is_some_and(|it| it.number().is_some());
                if is_between && season.is_none() {
                    return None;
                }
            }
            _ => return None,
        }
    }
    if !has_word {
        return None;
    }
    if let Some(before) = part {
        season = Some(part_of_year(before, ordinal.take(), &mut numbers)?);
    }
    if ordinal.is_some() {
        return None;
    }
    // `winter 1918/19`
    if let (Some(24 | 30), [(first, 4), (second, _)]) = (season, numbers.as_slice())
        && [first + 1, (first + 1) % 100, (first + 1) % 10].contains(second)
    {
        numbers.pop();
    }
    let (year, day) = match (numbers.as_slice(), month) {
        (&[(year, digits)], _) if digits >= 3 || bc || ad => (year, None),
        (&[(day, ..=2), (year, digits)], Some(_)) if digits >= 3 || bc || ad => (year, Some(day)),
        (&[(year, digits), (day, ..=2)], Some(_)) if digits >= 3 => (year, Some(day)),
        _ => return None,
    };
    if bc && (year == 0 || ad) {
        return None;
    }
    let year = if bc { 1 - year } else { year };
    Some(InWords::Other(match (month.or(season), day) {
        (None, _) => edtf::year(year),
        (Some(_), _) if month.is_some() && season.is_some() => return None,
        (Some(month), None) => edtf::month(year, month),
        (Some(month), Some(day)) => {
            return Some(InWords::Day(Civil::date(
                year,
                month,
                u8::try_from(day).ok()?,
            )));
        }
    }))
}

/// The code of a quarter, a third or a half, whose number is a word or the first of the numbers:
/// `1. Quartal 2014`. It takes that number out.
fn part_of_year(before: u8, ordinal: Option<u8>, numbers: &mut Vec<(i64, usize)>) -> Option<u8> {
    let number = match (ordinal, numbers.as_slice()) {
        (Some(number), _) => number,
        (None, [(number, 1), _]) => {
            let number = u8::try_from(*number).ok()?;
            numbers.remove(0);
            number
        }
        _ => return None,
    };
    let most = match before {
        32 => 4,
        36 => 3,
        _ => 2,
    };
    let number = if number == 0 { most } else { number };
    (1..=most).contains(&number).then_some(before + number)
}
