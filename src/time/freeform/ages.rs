//! Decades, centuries and longer ages: `the 1990s`, `XIXe siècle`, `66 million years ago`.

use super::{
    doubt::Doubt,
    piece::Piece,
    tokens::{Kind, Suffix, Token},
    vocabulary::Meaning,
};
use crate::time::edtf;

/// `66 million years ago`, `13,8 Milliarden`, `hace 66 millones de años`, `66 Ma`, `10,000 BP`.
pub(super) fn long_ago(tokens: &[Token]) -> Option<Piece> {
    // “Hace 66 millones de años”; and “vor 66 Millionen Jahren”, where German “before” is “ago”.
    let (tokens, before) = match tokens {
        [first, rest @ ..] if first.is(Meaning::AgoBefore) || first.is(Meaning::Before) => {
            (rest, true)
        }
        tokens => (tokens, false),
    };
    let (size, rest) = tokens.split_first()?;
    let (value, _) = size.number()?;
    // `13.8` and `13,8`
    let (fraction, rest) = match rest {
        [sign, digits, rest @ ..]
            if (sign.is_sign('.') || sign.is_sign(',')) && !digits.is_spaced =>
        {
            (Some(digits.number()?), rest)
        }
        rest => (None, rest),
    };
    let is_silent = |token: &&Token| !token.is(Meaning::Noise) && !token.is_sign('.');
    let rest: Vec<&Token> = rest.iter().filter(is_silent).collect();
    let is_years = |token: &Token| token.is(Meaning::Years);
    let (zeros, from) = match *rest.as_slice() {
        [unit, years] if before && is_years(years) => (zeros_of(unit)?, 0),
        _ if before => return None,
        [present] if present.is(Meaning::BeforePresent) => (0, 1950),
        [unit] => match unit.kind {
            Kind::Word(Meaning::ScaleAgo(zeros)) => (zeros, 0),
            _ => return None,
        },
        [unit, years, ago] if is_years(years) && ago.is(Meaning::AgoOrAugust) => {
            (zeros_of(unit)?, 0)
        }
        // There is no year 0.
        [unit, era] if era.is(Meaning::Bc) => (zeros_of(unit)?, 1),
        [unit, present] if present.is(Meaning::BeforePresent) => (zeros_of(unit)?, 1950),
        _ => return None,
    };
    let mut years = i128::from(value) * 10i128.pow(u32::from(zeros));
    if let Some((value, digits)) = fraction {
        let missing = usize::from(zeros).checked_sub(digits)?;
        years += i128::from(value) * 10i128.pow(u32::try_from(missing).ok()?);
    }
    let year = i64::try_from(from - years).ok()?;
    // Millions of years are round numbers, whatever the year that they are counted from.
    let year = if zeros >= 6 {
        i64::try_from(-years).ok()?
    } else {
        year
    };
    Some(Piece::one(edtf::year(year)))
}

/// How many zeros “million” has.
const fn zeros_of(unit: &Token) -> Option<u8> {
    match unit.kind {
        Kind::Word(Meaning::Scale(zeros)) => Some(zeros),
        _ => None,
    }
}

/// `19th century`, `XIXe siècle`, `siglo II a. C.`, `3rd millennium BC`.
pub(super) fn ages(tokens: &[Token]) -> Option<Piece> {
    let mut number = None;
    let mut unit = None;
    let mut bc = false;
    for token in tokens {
        match token.kind {
            Kind::Number { value, .. } if number.is_none() => number = Some(value),
            Kind::Word(Meaning::Ordinal(value)) if number.is_none() => number = Some(value.into()),
            Kind::Word(Meaning::Century | Meaning::CircaOrCentury) if unit.is_none() => {
                unit = Some(100);
            }
            Kind::Word(Meaning::Millennium) if unit.is_none() => unit = Some(1000),
            Kind::Word(Meaning::Bc) => bc = true,
            Kind::Word(Meaning::Ad | Meaning::Noise) | Kind::Sign('.' | ',' | '-') => {}
            _ => return None,
        }
    }
    let (number, years) = (number?, unit?);
    let greatest = 10_000 / years;
    if !(1..=greatest).contains(&number) {
        return None;
    }
    let significant = if years == 100 { 2 } else { 1 };
    if bc {
        // The 2nd century BC is 200 to 101 BC, −199 to −100: all years that begin as −150 does.
        let middle = years / 2 - years * number;
        return Some(Piece::one(format!("{}S{significant}", edtf::year(middle))));
    }
    Some(Piece::one(if years == 100 {
        format!("{:02}XX", number - 1)
    } else {
        format!("{}XXX", number - 1)
    }))
}

/// `the 1990s`, `die 90er Jahre`, `años 90`, `the nineties`, `decade of 1990`, `40s BC`.
pub(super) fn decade(tokens: &[Token]) -> Option<Piece> {
    let mut decade = None;
    let mut is_decade = false;
    let mut century = None;
    let (mut bc, mut in_century) = (false, false);
    for token in tokens {
        match token.kind {
            Kind::Number {
                value,
                digits,
                suffix,
            } if decade.is_none() => {
                is_decade |= suffix == Suffix::Decade;
                decade = Some((value, digits));
            }
            Kind::Word(Meaning::Nineties(tens)) if decade.is_none() => {
                is_decade = true;
                decade = Some((tens.into(), 2));
            }
            Kind::Number { value, .. } => century = Some(value),
            Kind::Word(Meaning::Ordinal(value)) => century = Some(value.into()),
            Kind::Word(Meaning::Century) => in_century = true,
            Kind::Word(Meaning::Years) => is_decade |= decade.is_none(),
            Kind::Word(Meaning::Decade) => is_decade = true,
            Kind::Word(Meaning::Bc) => bc = true,
            Kind::Word(Meaning::Ad | Meaning::Noise) | Kind::Sign('.' | ',' | '-') => {}
            _ => return None,
        }
    }
    let (value, digits) = decade?;
    if !is_decade || value % 10 != 0 || in_century != century.is_some() {
        return None;
    }
    let open = |year: i64| format!("{:03}X", year / 10);
    if bc {
        // The 40s BC are 49 to 40 BC.
        let (first, last) = (-value - 8, 1 - value);
        let coarse = edtf::year(first);
        let sides = [coarse.clone(), coarse];
        return Some(Piece::within(edtf::year(first), edtf::year(last), sides));
    }
    match (digits, century) {
        (2, Some(century @ 1..=100)) => Some(Piece::one(open((century - 1) * 100 + value))),
        (2, None) => Some(Piece::one(open(1900 + value)).doubtful(Doubt::Century)),
        (3 | 4, None)
            if value % 100 == 0
                && tokens.iter().any(|it| {
                    matches!(
                        it.kind,
                        Kind::Number {
                            suffix: Suffix::Decade,
                            ..
                        }
                    )
                }) =>
        {
            // “The 1800s” are mostly the century, “the 2000s” the decade.
            let (century, decade) = (format!("{:02}XX", value / 100), open(value));
            let (meant, other) = if value < 2000 {
                (century, decade)
            } else {
                (decade, century)
            };
            Some(Piece::one(meant).doubtful(Doubt::CenturyOrDecade { other }))
        }
        (3 | 4, None) => Some(Piece::one(open(value))),
        _ => None,
    }
}
