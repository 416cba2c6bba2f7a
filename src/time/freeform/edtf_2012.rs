//! EDTF as it was drafted in 2012, before ISO 8601-2: `1985/open`, `unknown/2010`, `19uu`,
//! `y17e7p3`, `2004-06-(01)~`, `2001-21^southernHemisphere`; years written as `+1994`, and digits that
//! are left open in other ways: `18??`.

use super::doubt::Doubt;
use crate::time::edtf::valid;

/// The date in today's EDTF, with what is doubtful about it.
pub(super) fn read(text: &str) -> Option<(String, Option<Doubt>)> {
    if let Some(rest) = text.strip_prefix('+') {
        return database_time(rest);
    }
    if let Some(edtf) = open_digits(text) {
        return valid(edtf).map(|edtf| (edtf, None));
    }
    let mut sides = text.split('/');
    let (first, second) = (sides.next()?, sides.next());
    if sides.next().is_some() {
        return None;
    }
    let edtf = match second {
        None => date(first)?,
        Some(second) => format!("{}/{}", side(first)?, side(second)?),
    };
    valid(edtf).map(|edtf| (edtf, None))
}

/// Digits that are left open as libraries do it: `18??`, `185?`, `19--`, `199-`, `19..`,
/// `1850-06-??`.
fn open_digits(text: &str) -> Option<String> {
    let is_open = |c: char| matches!(c, '?' | '-' | '_' | '.');
    if let Some(date) = text.strip_suffix("-??") {
        let date = date
            .strip_suffix("-??")
            .map_or_else(|| format!("{date}-XX"), str::to_owned);
        return date
            .starts_with(|c: char| c.is_ascii_digit())
            .then_some(date);
    }
    // A question mark after another sign is a doubt.
    let (text, doubt) = match text.strip_suffix('?') {
        Some(rest) if rest.ends_with(['-', '_', '.']) => (rest, "?"),
        _ => (text, ""),
    };
    let known = text.trim_end_matches(is_open);
    let open = text.get(known.len()..)?;
    let is_alike = open.chars().all(|c| open.starts_with(c));
    let is_number = known.len() >= 2 && known.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && is_alike && known.len() + open.len() == 4 && !open.is_empty())
        .then(|| format!("{known}{}{doubt}", "X".repeat(open.len())))
}

fn side(text: &str) -> Option<String> {
    Some(match text.trim() {
        "open" => "..".to_owned(),
        "unknown" | "" => String::new(),
        text => date(text)?,
    })
}

fn date(text: &str) -> Option<String> {
    let is_sign = |c: char| c.is_ascii_digit() || "-ux?~%()yeps^: .,[]{}t+z".contains(c);
    let (text, hemisphere) = text
        .split_once('^')
        .map_or((text, ""), |(date, it)| (date, it));
    if !text.chars().all(is_sign) {
        return None;
    }
    let mut date = text.replace("?~", "%").replace("~?", "%");
    if let Some(rest) = date.strip_prefix('y') {
        date = format!("Y{}", rest.replace('e', "E").replace(['p', 's'], "S"));
    } else {
        date = date
            .replace(['u', 'x'], "X")
            .replace('t', "T")
            .replace('z', "Z");
    }
    date = ungrouped(&date)?;
    match hemisphere {
        "" => Some(date),
        "southernhemisphere" => {
            let (year, season) = date.rsplit_once('-')?;
            let season: u8 = season
                .parse()
                .ok()
                .filter(|code| (21..=24).contains(code))?;
            Some(format!("{year}-{}", season + 8))
        }
        _ => None,
    }
}

/// `2004-06-(01)~`, where the qualifier is of what stands in the brackets: `2004-06-~01`.
fn ungrouped(date: &str) -> Option<String> {
    let Some((before, rest)) = date.split_once('(') else {
        return Some(date.to_owned());
    };
    let (inside, after) = rest.split_once(')')?;
    let (sign, after) = after.split_at_checked(1)?;
    if !["~", "?", "%"].contains(&sign) || inside.contains('(') {
        return None;
    }
    let qualified: Vec<String> = inside
        .split('-')
        .map(|part| format!("{sign}{part}"))
        .collect();
    Some(format!(
        "{before}{}{}",
        qualified.join("-"),
        ungrouped(after)?
    ))
}

/// `+1994-05-13T00:00:00Z`, as Wikidata gives dates: midnight stands for the day, a month or day of
/// 00 for what is not known.
fn database_time(text: &str) -> Option<(String, Option<Doubt>)> {
    let (date, time) = text.split_once('t').unwrap_or((text, ""));
    let date = date.trim_start_matches('0');
    let digits = date.find('-').unwrap_or(date.len());
    let date = format!(
        "{:0>width$}",
        date,
        width = date.len() + 4usize.saturating_sub(digits)
    );
    let date = date.strip_suffix("-00").unwrap_or(&date);
    let date = date.strip_suffix("-00").unwrap_or(date);
    let is_midnight = time.is_empty() || time.starts_with("00:00:00");
    if !is_midnight {
        return valid(format!("{date}T{}", time.to_ascii_uppercase())).map(|edtf| (edtf, None));
    }
    let is_first = date.ends_with("-01-01") && !time.is_empty();
    valid(date.to_owned()).map(|edtf| (edtf, is_first.then_some(Doubt::PerhapsYear)))
}
