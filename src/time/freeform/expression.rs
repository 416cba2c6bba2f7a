//! A whole text: one date, a date before or after which it was, a span, or several dates.

use super::{
    clock,
    doubt::Doubt,
    edtf_2012,
    numeric::is_day_month_year,
    order::DayMonthOrder,
    piece::{Dates, Piece},
    single::{loosely_spelled, single},
    tokens::{Kind, Token, tokens},
    vocabulary::Meaning,
};
use crate::time::{
    Precision, When,
    edtf::{self, valid},
};

/// A text as EDTF, with what is doubtful about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) edtf: String,
    pub(super) doubts: Vec<Doubt>,
}

impl Expression {
    fn of(edtf: String, doubts: Vec<Doubt>) -> Option<Self> {
        Some(Self {
            edtf: valid(edtf)?,
            doubts,
        })
    }
}

/// Reads a folded text.
pub(super) fn expression(text: &str, order: DayMonthOrder) -> Option<Expression> {
    if let Some(edtf) = loosely_spelled(text) {
        return match years_with_code(&edtf) {
            Some(years) => Expression::of(years, vec![Doubt::YearsOrPart { part: edtf }]),
            None => Expression::of(edtf, Vec::new()),
        };
    }
    if let Some((edtf, doubt)) = edtf_2012::read(text) {
        return Expression::of(edtf, doubt.into_iter().collect());
    }
    let tokens = tokens(text)?;
    let reader = Reader { text, order };
    reader.whole(&tokens)
}

/// Whether a sign or word that can part two dates does so here.
fn is_parting_at(start: &[Token], sign: &Token, end: &[Token]) -> bool {
    let has_end = end.iter().any(|it| !it.is(Meaning::Noise));
    let numbers = start.iter().filter(|it| it.number().is_some()).count();
    let is_last_short = |most: usize| start.last().is_some_and(|it| is_short(it, most));
    match sign.kind {
        _ if start.is_empty() => false,
        // `2014 –` goes on, `2014 to` is not finished.
        Kind::Word(_) => has_end,
        // `11/22 February 1732` is one day in two calendars.
        Kind::Sign('/') => !has_end || start.len() != 1 || !is_last_short(2),
        // `185-` is a decade.
        Kind::Sign('-') => has_end || numbers != 1 || !is_last_short(3),
        _ => true,
    }
}

/// Whether this is a number of so many digits at most.
fn is_short(token: &Token, most: usize) -> bool {
    token.number().is_some_and(|(_, digits)| digits <= most)
}

/// The rest of `pre-1850`.
fn without_hyphen(tokens: &[Token]) -> &[Token] {
    match tokens {
        [sign, rest @ ..] if sign.is_sign('-') && !sign.is_spaced => rest,
        tokens => tokens,
    }
}

/// `1939-40` is the first half of 1939 in EDTF, but people mean two years by it.
fn years_with_code(edtf: &str) -> Option<String> {
    let (year, code) = edtf.split_once('-').filter(|(year, _)| year.len() == 4)?;
    let (century, of_century) = year.split_at_checked(2)?;
    let is_code = code.parse::<u8>().is_ok_and(|code| code > 24) && code.len() == 2;
    (is_code && code > of_century).then(|| format!("{year}/{century}{code}"))
}

struct Reader<'a> {
    text: &'a str,
    order: DayMonthOrder,
}

/// Where two dates of a span are parted, from the clearest sign to the least clear.
const PARTINGS: [fn(&Token) -> bool; 6] = [
    |it| it.is(Meaning::To),
    |it| it.is_sign('…') || it.is_sign('/'),
    |it| it.is(Meaning::ToOrNoise),
    |it| it.is_sign('–'),
    |it| it.is_sign('-') && it.is_spaced,
    |it| it.is_sign('-'),
];

impl Reader<'_> {
    fn single(&self, tokens: &[Token]) -> Option<Piece> {
        single(self.text, tokens, self.order)
    }

    fn whole(&self, tokens: &[Token]) -> Option<Expression> {
        // `1905–06` are two years, though `1905-06` is a month.
        let has_one_dash = tokens.iter().filter(|it| it.is_sign('–')).count() == 1;
        if has_one_dash && let Some(mut span) = self.span(tokens) {
            let part = self.single(tokens).and_then(|piece| piece.edtf());
            span.doubts
                .extend(part.map(|part| Doubt::YearsOrPart { part }));
            return Some(span);
        }
        if let Some(years) = self.dual_years(tokens) {
            let part = self.single(tokens).and_then(|piece| piece.edtf());
            let doubts = part.map(|part| Doubt::YearsOrPart { part });
            return Expression::of(years, doubts.into_iter().collect());
        }
        if let Some(piece) = self.single(tokens) {
            return Expression::of(piece.edtf()?, piece.doubts);
        }
        if is_day_month_year(tokens) {
            return None;
        }
        self.bounded(tokens)
            .or_else(|| self.span(tokens))
            .or_else(|| self.several(tokens))
    }

    /// `1604/5`, `1918/19`: a year and the next one.
    fn dual_years(&self, tokens: &[Token]) -> Option<String> {
        let [first, sign, second] = tokens else {
            return None;
        };
        let (Some((year, 4)), Some((next, digits @ 1..=2))) = (first.number(), second.number())
        else {
            return None;
        };
        let is_next = (year + 1) % 10_i64.pow(digits as u32) == next;
        let years = self.sides(tokens.get(..1)?, tokens.get(2..)?)?;
        (sign.is_sign('/') && is_next).then(|| format!("{}/{}", years.0.start(), years.1.end()))
    }

    /// `before 1850`, `between 1850 and 1860`, `1850 or later`, `since 1850`, `until 1850`, `2014+`.
    fn bounded(&self, tokens: &[Token]) -> Option<Expression> {
        let (first, rest) = tokens.split_first()?;
        let (last, start) = tokens.split_last()?;
        match first.kind {
            Kind::Word(Meaning::Noise) => return self.bounded(rest),
            Kind::Word(Meaning::Between) => return self.between(rest),
            Kind::Word(Meaning::Before) | Kind::Sign('<') => {
                return self.up_to(without_hyphen(rest), true);
            }
            Kind::Word(Meaning::After) | Kind::Sign('>') => {
                return self.from(without_hyphen(rest), true);
            }
            Kind::Word(Meaning::AtLatest) | Kind::Sign('≤') => return self.up_to(rest, false),
            Kind::Word(Meaning::AtEarliest) | Kind::Sign('≥') => return self.from(rest, false),
            Kind::Word(Meaning::To) | Kind::Sign('–' | '…') => {
                let piece = self.single(rest)?;
                return Expression::of(format!("/{}", piece.end()), piece.doubts);
            }
            _ => {}
        }
        match last.kind {
            Kind::Word(Meaning::OrEarlier) => self.up_to(start, false),
            Kind::Word(Meaning::OrLater) => self.from(start, false),
            Kind::Word(Meaning::Onwards) | Kind::Sign('+') => self.going_on(start),
            _ if first.is(Meaning::From) => self.span(tokens).or_else(|| self.going_on(rest)),
            _ => None,
        }
    }

    fn going_on(&self, tokens: &[Token]) -> Option<Expression> {
        let tokens = match tokens {
            [first, rest @ ..] if first.is(Meaning::From) => rest,
            tokens => tokens,
        };
        let piece = self.single(tokens)?;
        Expression::of(format!("{}/..", piece.start()), piece.doubts)
    }

    /// One date between two.
    fn between(&self, tokens: &[Token]) -> Option<Expression> {
        const PARTINGS: [fn(&Token) -> bool; 4] = [
            |it| it.is(Meaning::And),
            |it| it.is(Meaning::To),
            |it| it.is_sign('–'),
            |it| it.is_sign('-'),
        ];
        PARTINGS.iter().find_map(|is_parting| {
            let places = (0..tokens.len()).filter(|&at| tokens.get(at).is_some_and(is_parting));
            places.into_iter().find_map(|at| {
                let (start, end) = self.sides(tokens.get(..at)?, tokens.get(at + 1..)?)?;
                let is_qualified = [&start, &end]
                    .iter()
                    .any(|it| it.approximate || it.uncertain);
                let (first, last) = (limits(&start)?.0, limits(&end)?.1);
                let doubt = is_qualified.then_some(Doubt::ExactLimits);
                let doubts = [start.doubts, end.doubts, doubt.into_iter().collect()].concat();
                Expression::of(format!("[{first}..{last}]"), doubts)
            })
        })
    }

    /// One date that is `..` a date, or strictly before it.
    fn up_to(&self, tokens: &[Token], is_before: bool) -> Option<Expression> {
        let piece = self.single(tokens)?;
        let end = if is_before {
            before(&piece)?
        } else {
            limit(&piece, piece.end(), limits(&piece)?.1)
        };
        Expression::of(format!("[..{end}]"), piece.doubts)
    }

    /// One date from a date on, or strictly after it.
    fn from(&self, tokens: &[Token], is_after: bool) -> Option<Expression> {
        let piece = self.single(tokens)?;
        let start = if is_after {
            after(&piece)?
        } else {
            limit(&piece, piece.start(), limits(&piece)?.0)
        };
        Expression::of(format!("[{start}..]"), piece.doubts)
    }

    /// `2014-2016`, `1914-18`, `from 2014 to 2016`, `10-20 June 2014`, `2014 - present`.
    fn span(&self, tokens: &[Token]) -> Option<Expression> {
        let tokens = match tokens {
            [first, rest @ ..] if first.is(Meaning::From) => rest,
            tokens => tokens,
        };
        PARTINGS.iter().find_map(|is_parting| {
            let places = (0..tokens.len()).filter(|&at| tokens.get(at).is_some_and(is_parting));
            let mut places: Vec<usize> = places.collect();
            // `2014-06-10-2014-06-20`: the one in the middle first.
            places.sort_by_key(|at| (2 * at + 1).abs_diff(tokens.len()));
            places.iter().find_map(|&at| {
                let end = tokens.get(at + 1..).unwrap_or_default();
                let (start, sign) = (tokens.get(..at)?, tokens.get(at)?);
                if !is_parting_at(start, sign, end) {
                    return None;
                }
                self.parted(start, end)
            })
        })
    }

    fn parted(&self, start: &[Token], end: &[Token]) -> Option<Expression> {
        let is_open = |tokens: &[Token]| {
            let is_word = |it: &Token| it.is(Meaning::Present) || it.is(Meaning::Open);
            tokens.iter().all(|it| is_word(it) || it.is(Meaning::Noise))
        };
        if is_open(end) {
            return self.going_on(start);
        }
        if end
            .iter()
            .all(|it| it.is(Meaning::Unknown) || it.is_sign('?'))
        {
            let piece = self.single(start)?;
            return Expression::of(format!("{}/", piece.start()), piece.doubts);
        }
        if !start.is_empty()
            && start
                .iter()
                .all(|it| it.is(Meaning::Unknown) || it.is_sign('?'))
        {
            let piece = self.single(end)?;
            return Expression::of(format!("/{}", piece.start()), piece.doubts);
        }
        let (start, end) = self.sides(start, end)?;
        let text = format!("{}/{}", start.start(), end.end());
        let doubts = [start.doubts, end.doubts].concat().into_iter();
        // A side of a span is a whole decade or month.
        let doubts = doubts.map(|doubt| match doubt {
            Doubt::Third => Doubt::PartLeftOut,
            doubt => doubt,
        });
        Expression::of(text, doubts.collect())
    }

    /// Two dates, each completed from the other with what both share: the `10` of `10-20 June
    /// 2014`, the `June` of `June to October 2014`, the `50` of `50 to 44 BC`, the `18` of `1914-18`.
    fn sides(&self, start: &[Token], end: &[Token]) -> Option<(Piece, Piece)> {
        let first = self.borrowing(start, end).or_else(|| self.side(start))?;
        let is_whole = |it: &Token| it.number().is_some_and(|(_, digits)| digits == 4);
        let last = Self::same_century(&first, end)
            .filter(|_| start.last().is_some_and(is_whole))
            .or_else(|| self.side(end))
            .or_else(|| self.lending(start, end, &first))?;
        Some((first, last))
    }

    /// A date, but not a number of one or two digits, which in a span is as likely a day as a year.
    fn side(&self, tokens: &[Token]) -> Option<Piece> {
        if matches!(tokens, [only] if is_short(only, 2)) {
            return None;
        }
        self.single(tokens)
    }

    /// The start of a span, completed from the end.
    fn borrowing(&self, start: &[Token], end: &[Token]) -> Option<Piece> {
        let has_year = start
            .iter()
            .any(|it| matches!(it.kind, Kind::Number { digits: 3.., .. }));
        let has_era = |tokens: &[Token]| tokens.iter().any(|it| it.is(Meaning::Bc));
        let has_unit = |tokens: &[Token]| {
            tokens
                .iter()
                .any(|it| it.is(Meaning::Century) || it.is(Meaning::Millennium))
        };
        let is_scaled = |tokens: &[Token]| {
            tokens.iter().any(|it| {
                matches!(
                    it.kind,
                    Kind::Word(Meaning::Scale(_) | Meaning::ScaleAgo(_))
                )
            })
        };
        let is_lacking = |has: &dyn Fn(&[Token]) -> bool| has(end) && !has(start);
        let is_ad = start.iter().any(|it| it.is(Meaning::Ad));
        let borrows = is_lacking(&has_era) && !is_ad
            || is_lacking(&has_unit)
            || is_lacking(&is_scaled)
            || !has_year && !has_era(start) && !has_unit(start) && !is_ad;
        if !borrows {
            return None;
        }
        // The longest tail of the end first, so that a month in it is taken too.
        (1..end.len())
            .filter_map(|from| end.get(from..))
            .filter(|tail| {
                tail.first()
                    .is_some_and(|it| !matches!(it.kind, Kind::Sign(_)))
            })
            .find_map(|tail| self.single(&[start, tail].concat()))
    }

    /// The end of a span, completed from the start: `June 10–20, 2014` and `9:30–11:00`.
    fn lending(&self, start: &[Token], end: &[Token], first: &Piece) -> Option<Piece> {
        // `1850 BC/AD` is not two dates.
        let is_era = |it: &Token| it.is(Meaning::Bc) || it.is(Meaning::Ad);
        if end.iter().all(is_era) {
            return None;
        }
        let completed = |head: &[Token]| {
            let last = self.single(&[head, end].concat())?;
            valid(format!("{}/{}", first.start(), last.end()))?;
            Some(last)
        };
        if let Some((time, day)) = clock::split(start) {
            // A time alone is of the same day. Where the first has its distance from UTC, that of
            // the second is not known.
            let is_time = clock::split(end).is_some_and(|(_, rest)| rest.is_empty());
            let has_zone = time.contains(['Z', '+', '-']);
            return completed(&day).filter(|_| is_time && !has_zone);
        }
        (1..start.len())
            .rev()
            .find_map(|to| completed(start.get(..to)?))
    }

    /// `1914-18`, `1990-5`: the end has the century, or the decade, of the start.
    fn same_century(first: &Piece, end: &[Token]) -> Option<Piece> {
        let Dates::One(start) = &first.date else {
            return None;
        };
        let [only] = end else {
            return None;
        };
        let (value, digits @ 1..=2) = only.number()? else {
            return None;
        };
        let is_year = start.len() == 4 && start.bytes().all(|b| b.is_ascii_digit());
        let kept = start.get(..4 - digits).filter(|_| is_year)?;
        let end = format!("{kept}{value:0digits$}");
        (end > *start).then(|| Piece::one(end))
    }

    /// `1850 or 1851`, `1667, 1668 and 1670`, `1 or 2 June 2014`.
    fn several(&self, tokens: &[Token]) -> Option<Expression> {
        let is_joint = |it: &Token| it.is(Meaning::Or) || it.is(Meaning::And);
        let is_all = !tokens.iter().any(|it| it.is(Meaning::Or));
        let at = tokens.iter().rposition(is_joint)?;
        let last = tokens.get(at + 1..)?;
        let mut parts = vec![last];
        for part in tokens
            .get(..at)?
            .rsplit(|it| is_joint(it) || it.is_sign(','))
        {
            if !part.is_empty() {
                parts.push(part);
            }
        }
        parts.reverse();
        let pieces: Vec<Piece> = parts
            .iter()
            .map(|part| self.borrowing(part, last).or_else(|| self.side(part)))
            .collect::<Option<_>>()?;
        if pieces.len() < 2 {
            return None;
        }
        let members: Vec<String> = pieces.iter().map(Piece::start).collect();
        let members = members.join(",");
        let text = if is_all {
            format!("{{{members}}}")
        } else {
            format!("[{members}]")
        };
        Expression::of(
            text,
            pieces.into_iter().flat_map(|piece| piece.doubts).collect(),
        )
    }
}

/// The limit of a range: a date as it was given, with its qualifier; where that has open digits or is
/// a range itself, its own limit.
fn limit(piece: &Piece, given: String, own: String) -> String {
    match &piece.date {
        Dates::One(date) if !date.contains(['X', 'S']) => given,
        _ => own,
    }
}

/// The first and the last date of a piece, as the limits of a range in EDTF, which cannot have open
/// digits or qualifiers: `1990` and `1999` for the 1990s.
fn limits(piece: &Piece) -> Option<(String, String)> {
    match &piece.date {
        Dates::Within { first, last, .. } => Some((first.clone(), last.clone())),
        Dates::One(date) if date.contains(['X', 'S']) => {
            let when = piece.when()?;
            let (first, after) = (when.earliest()?.civil(), when.latest()?.civil());
            Some((edtf::year(first.year), edtf::year(after.year - 1)))
        }
        Dates::One(date) => Some((date.clone(), date.clone())),
    }
}

/// The last date before one, as precise as it is, with its qualifiers.
fn before(piece: &Piece) -> Option<String> {
    let earliest = piece.when()?.earliest()?;
    beside(piece, earliest.plus_secs(-1).civil())
}

/// The first date after one, as precise as it is, with its qualifiers.
fn after(piece: &Piece) -> Option<String> {
    let latest = piece.when()?.latest()?;
    beside(piece, latest.civil())
}

fn beside(piece: &Piece, civil: crate::time::Civil) -> Option<String> {
    let precision = match piece.when()? {
        When::Date(range) => range.precision,
        _ => Precision::Year,
    };
    let date = match precision {
        Precision::Second | Precision::Minute | Precision::Hour | Precision::Day => {
            edtf::day(civil)
        }
        Precision::Month | Precision::Season => edtf::month(civil.year, civil.month),
        _ => edtf::year(civil.year),
    };
    Some(piece.with(date).start())
}
