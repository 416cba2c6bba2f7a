//! What a line of markwhen means by how it begins: for the reader, and for the writer, who escapes
//! the lines that would mean something else.

/// No date of a line is longer, in bytes.
pub const LONGEST_DATE: usize = 120;

/// The months in small letters.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Other words that a date can begin with.
const DATE_WORDS: [&str; 6] = ["now", "after", "before", "by", "ad", "ce"];

/// How groups of older files begin and end.
const GROUP_WORDS: [&str; 4] = ["group", "section", "endgroup", "endsection"];

/// What a line with a source begins with.
pub const SOURCE: &str = "Source: ";

/// A line `key: value`.
pub fn key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim().split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key
            .bytes()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-'));
    let is_apart = value.is_empty() || value.starts_with(char::is_whitespace);
    (is_key && is_apart).then_some((key, value.trim()))
}

/// The tag that a word begins with, `#war`; a number is none.
pub fn tag(word: &str) -> Option<&str> {
    let rest = word.strip_prefix('#')?;
    let end = rest.find(|c: char| !is_of_tag(c)).unwrap_or(rest.len());
    let tag = rest.get(..end)?;
    (!tag.bytes().all(|c| c.is_ascii_digit())).then_some(tag)
}

pub fn is_of_tag(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// Whether a line can begin with a date, at a first look.
pub fn may_be_event(line: &str) -> bool {
    let near = line
        .get(..line.floor_char_boundary(LONGEST_DATE))
        .unwrap_or_default();
    if !near.contains(':') {
        return false;
    }
    let rest = near.trim_start_matches(['-', 'Y', '+']);
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return near.len() - rest.len() < 3;
    }
    if near.starts_with(['!', '.']) {
        return true;
    }
    let word = first_word(near);
    let is_month = MONTHS.iter().any(|it| it.starts_with(word.as_str()));
    word.len() >= 3 && is_month || DATE_WORDS.contains(&word.as_str())
}

/// In small letters.
fn first_word(line: &str) -> String {
    let letters = line.chars().take_while(char::is_ascii_alphabetic);
    // Longer than any word that means something.
    letters.take(12).map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a line means something by how it begins.
fn is_marked(line: &str) -> bool {
    let heading = line.trim_start_matches('#');
    let is_heading = heading.len() < line.len()
        && (heading.is_empty() || heading.starts_with(char::is_whitespace));
    is_heading
        || line.starts_with("//")
        || line.starts_with(SOURCE)
        || GROUP_WORDS.contains(&first_word(line).as_str())
        || may_be_event(line)
}

/// A line of a description that means nothing by how it looks.
pub fn escaped(line: &str) -> String {
    let line = with_marks(line);
    let text = line.trim_start();
    if !is_marked(text.trim_start_matches('\\')) {
        return line;
    }
    let indent = line.get(..line.len() - text.len()).unwrap_or_default();
    format!("{indent}\\{text}")
}

/// Undoes the escaping of a line of a description.
pub fn unescaped(line: &str) -> String {
    let text = line.trim_start();
    match text.strip_prefix('\\') {
        Some(rest) if is_marked(rest.trim_start_matches('\\')) => {
            let indent = line.get(..line.len() - text.len()).unwrap_or_default();
            without_marks(&format!("{indent}{rest}"))
        }
        _ => without_marks(line),
    }
}

/// A text whose words like `#war` are no tags: each has a backslash before it.
pub fn with_marks(text: &str) -> String {
    by_words(text, |word, out| {
        out.push('\\');
        out.push_str(word);
    })
}

/// Undoes `with_marks`.
pub fn without_marks(text: &str) -> String {
    by_words(text, |word, out| {
        out.push_str(word.strip_prefix('\\').unwrap_or(word));
    })
}

/// Changes the words of a text that are tags, or would be without the backslashes before them.
fn by_words(text: &str, change: impl Fn(&str, &mut String)) -> String {
    if !text.contains('#') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        if tag(word.trim_start_matches('\\')).is_some() {
            change(word, &mut out);
        } else {
            out.push_str(word);
        }
    }
    out
}
