//! Roman numerals, which French and Spanish write for centuries: `XIXe siècle`, `siglo XIX`.

/// Replaces Roman numerals of at most XXX in a folded text beside a word for “century” or
/// “millennium” by digits.
pub(super) fn to_digits(text: &str) -> String {
    const AGES: [&str; 8] = [
        "century",
        "centuries",
        "siecle",
        "siecles",
        "siglo",
        "siglos",
        "milenio",
        "millenaire",
    ];
    if !text.split([' ', '.', ',']).any(|word| AGES.contains(&word)) {
        return text.to_owned();
    }
    let parts = text.split_inclusive([' ', '-', '–', '.', ',']);
    let digits = parts.map(|part| {
        let word = part.trim_end_matches([' ', '-', '–', '.', ',']);
        let rest = part.get(word.len()..).unwrap_or_default();
        let numeral = ["eme", "e", "th", "er"]
            .iter()
            .find_map(|ending| word.strip_suffix(ending))
            .unwrap_or(word);
        match value(numeral) {
            Some(value) => format!("{value}{rest}"),
            None => part.to_owned(),
        }
    });
    digits.collect()
}

/// The value of a numeral in lower case.
fn value(numeral: &str) -> Option<u32> {
    const NUMERALS: [&str; 30] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
        "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv", "xxvi",
        "xxvii", "xxviii", "xxix", "xxx",
    ];
    (1..)
        .zip(NUMERALS)
        .find_map(|(value, it)| (it == numeral).then_some(value))
}
