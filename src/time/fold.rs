//! Folds texts so that differences of spelling are ignored: no case, no diacritics, one form for
//! each Arabic letter, one set of digits.
//!
//! ```text
//! Sadr’s  →  sadrs       Nūrī  →  nuri        Đặng  →  dang        ﬁ and other ligatures split
//! الصَّدر  →  الصدر       أحمد  →  احمد        مدرسة →  مدرسه       tashkeel and tatweel go
//! ٢٠١٤ ۲۰۱۴ २०१४  →  2014
//! ```
//!
//! Decomposition is Unicode's NFKD; what it leaves whole (`ø`, `ß`, alif wasla) is mapped here.
//! Dates that people write are compared in this form (`freeform`), and so is what is searched: it is
//! here since this is the room below both.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Appends the folded form of a text to `out`.
pub fn fold(text: &str, out: &mut String) {
    if text.is_ascii() {
        let kept = text.chars().filter(|&c| !is_left_out(c));
        out.extend(kept.map(|c| c.to_ascii_lowercase()));
        return;
    }
    for c in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ł' => out.push('l'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            // NFKD decomposes hamza seats, but not these.
            'ٱ' => out.push('ا'),
            'ى' | 'ی' => out.push('ي'),
            'ة' => out.push('ه'),
            'ک' => out.push('ك'),
            c if is_left_out(c) => {}
            c if c >= '\u{660}' && c.is_numeric() => out.push(ascii_digit(c).unwrap_or(c)),
            c => out.push(c),
        }
    }
}

/// Characters that some writers leave out: apostrophes, the ʿayn and hamza of transcriptions,
/// accents and vowel signs of any script, tatweel, soft hyphens, joiners and marks of direction.
pub fn is_left_out(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | 'ـ' | '\u{ad}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    ) || !c.is_ascii() && is_combining_mark(c)
}

/// The digits 0 of the scripts that have their own, each followed by its 1 to 9 (Unicode 16,
/// general category Nd, without those that NFKD already makes ASCII and the rarer scripts).
const ZEROS: [char; 19] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}',
    '\u{be6}', '\u{c66}', '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}',
    '\u{17e0}', '\u{1810}', '\u{1946}',
];

/// The ASCII digit with the value of a decimal digit of another script.
fn ascii_digit(c: char) -> Option<char> {
    let value = |zero: &char| {
        (c as u32)
            .checked_sub(*zero as u32)
            .filter(|value| *value < 10)
    };
    char::from_digit(ZEROS.iter().find_map(value)?, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_alike_is_folded_alike() {
        for (text, expected) in [
            ("SADR", "sadr"),
            ("Nūrī al-Mālikī", "nuri al-maliki"),
            ("Ba‘ath", "baath"),
            ("Đặng Łódź Straße", "dang lodz strasse"),
            ("ﬁnal ²", "final 2"),
            ("٢٠١٤ ۲۰۱۴ २०१४ ２０１４", "2014 2014 2014 2014"),
            ("İstanbul", "istanbul"),
            ("مُقْتَدَى الصَّدْر", "مقتدي الصدر"),
            ("أإآٱ ؤئ ة ى", "اااا وي ه ي"),
            ("الــصدر", "الصدر"),
            ("中文", "中文"),
            ("don't do`nt don´t", "dont dont don t"),
            (
                "recon\u{ad}struction می\u{200c}خواهم",
                "reconstruction ميخواهم",
            ),
            ("ΜΟΣΟΥΛΗΣ μοσούλης", "μοσουλησ μοσουλησ"),
        ] {
            let mut folded = String::new();
            fold(text, &mut folded);
            assert_eq!(folded, expected, "{text}");
        }
    }
}
