//! Why a text is not JSON, in words for people who write it by hand.
//!
//! `serde_json` knows where it stopped; what is wrong mostly shows in the character there and in
//! the one before it. Where neither shows it, the message is `serde_json`'s own.

use super::lines::Cursor;
use crate::formats::ReadError;

/// Turns `serde_json`'s error into ours.
pub fn explain(text: &str, error: &serde_json::Error) -> ReadError {
    let stopped = offset_of(text, error);
    let said = error.to_string();
    let said = said
        .rsplit_once(" at line ")
        .map_or(said.as_str(), |(words, _)| words);
    let (offset, message) = advice(text, stopped, said);
    let (line, column) = Cursor::new(text).advance_to(offset);
    ReadError::Syntax {
        line,
        column,
        message,
    }
}

/// The byte at which `serde_json` stopped. It counts lines from 1 and, in the line, the bytes it
/// has taken; a line break that was taken counts as the beginning of the next line.
fn offset_of(text: &str, error: &serde_json::Error) -> usize {
    let line_start = match error.line() {
        0 | 1 => 0,
        line => text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(text.len(), |(at, _)| at + 1),
    };
    let mut offset = (line_start + error.column())
        .saturating_sub(1)
        .min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Where to point, and what to say.
fn advice(text: &str, stopped: usize, said: &str) -> (usize, String) {
    let (before, rest) = text.split_at_checked(stopped).unwrap_or((text, ""));
    let found = rest.chars().next();
    let before = before.trim_end();
    let previous = before.chars().next_back();
    let comma = before.len().saturating_sub(1);
    let here = |message: &str| (stopped, message.to_owned());

    if said.starts_with("EOF") {
        let missing = if said.contains("string") {
            "quotation mark"
        } else {
            "bracket"
        };
        return (
            text.trim_end().len(),
            format!(
                "the file ends too early; add the closing {missing} that is missing, or look whether it was saved whole"
            ),
        );
    }
    if said.starts_with("control character") {
        // serde_json stops just before that character, which is mostly the end of the line.
        let end = rest
            .find(char::is_control)
            .map_or(stopped, |ahead| stopped + ahead);
        return (end, "a text is not closed in its line; put a quotation mark at its end, and write \\n for a line break inside it".to_owned());
    }
    if said.starts_with("invalid escape") {
        return here(
            "a backslash is followed by a character that has no meaning there; write \\\\ for a backslash and \\\" for a quotation mark",
        );
    }
    if said.starts_with("invalid number") {
        return here(
            "this number is not written as JSON has it; write it like 7 or -36.34, without a plus, a comma or a zero before it",
        );
    }
    if said.starts_with("trailing characters") {
        return here(
            "something stands after the closing bracket; take it out, or look for a closing bracket too many before it",
        );
    }
    match found {
        Some('/' | '#' | '<') => here("this looks like a comment, and JSON has none; take it out"),
        Some(']' | '}') if previous == Some(',') => (
            comma,
            "there is a comma after the last entry; take it out".to_owned(),
        ),
        Some(',') if matches!(previous, Some(',' | '[' | '{')) => {
            here("there is a comma too many; take it out")
        }
        Some('\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '`') => {
            here("only straight double quotation marks are quotation marks in JSON; write \"…\"")
        }
        _ if said.starts_with("key must be a string") => {
            here("the name of a field belongs here; put it in double quotation marks")
        }
        _ if said.starts_with("expected `:`") => {
            here("a colon is missing after the name of a field; put it here")
        }
        Some(']' | '}') if said.starts_with("expected `,`") => {
            here("this bracket does not fit the one that was opened; change or remove it")
        }
        Some('"' | '{' | '[') if said.starts_with("expected `,`") => {
            here("a comma is missing before this; put one between the two entries")
        }
        _ if said.starts_with("expected `,`") => here(
            "a comma or a closing bracket belongs here; if this is part of a text, write \\\" for each quotation mark inside it",
        ),
        _ if said.starts_with("expected ident") => here(
            "this word is not known; write true, false or null, or put a text in double quotation marks",
        ),
        Some(']' | '}') if previous == Some(':') => {
            here("a field has no value; write one after the colon, or take the field out")
        }
        _ if said.starts_with("expected value") => {
            here("a value belongs here; put a text in double quotation marks")
        }
        _ => (
            stopped,
            format!("this is not JSON ({said}); correct it here or just before"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::read;

    fn check(text: &str, line: u32, column: u32, beginning: &str) {
        match read(text.as_bytes()) {
            Err(ReadError::Syntax {
                line: l,
                column: c,
                message,
            }) => {
                assert!(message.starts_with(beginning), "{text}: {message}");
                assert!(message.contains("; "), "{text}: says what to do: {message}");
                assert_eq!((l, c), (line, column), "{text}: {message}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn what_is_no_json_is_explained() {
        let ends = "the file ends too early";
        check("{\"title\": \"a\",\n \"events\": []", 2, 14, ends);
        check("{\"title\": \"a", 1, 13, ends);
        check(
            "{\"events\": [\n1,\n]}",
            2,
            2,
            "there is a comma after the last entry",
        );
        check(
            "{\"events\": [], }",
            1,
            14,
            "there is a comma after the last entry",
        );
        check("{\"a\": 1,, \"b\": 2}", 1, 9, "there is a comma too many");
        check(
            "{\n  // note\n  \"events\": []}",
            2,
            3,
            "this looks like a comment",
        );
        check(
            "{\"events\": [] /* x */}",
            1,
            15,
            "this looks like a comment",
        );
        check(
            "{\"é\": \"open\n}",
            1,
            12,
            "a text is not closed in its line",
        );
        check(
            "{'events': []}",
            1,
            2,
            "only straight double quotation marks",
        );
        check(
            "{“events”: []}",
            1,
            2,
            "only straight double quotation marks",
        );
        check(
            "{\"title\": ‘a’}",
            1,
            11,
            "only straight double quotation marks",
        );
        check("{events: []}", 1, 2, "the name of a field belongs here");
        check("{\"events\" []}", 1, 11, "a colon is missing");
        check(
            "{\"title\": \"a\"\n \"events\": []}",
            2,
            2,
            "a comma is missing before this",
        );
        check(
            "{\"events\": [{} {}]}",
            1,
            16,
            "a comma is missing before this",
        );
        check(
            "{\"title\": \"say \"no\" now\"}",
            1,
            17,
            "a comma or a closing bracket belongs here",
        );
        check("{\"events\": [}", 1, 13, "a value belongs here");
        check("{\"events\": [1}", 1, 14, "this bracket does not fit");
        check("{\"title\": }", 1, 11, "a field has no value");
        check("{\"file\": \"C:\\pics\"}", 1, 14, "a backslash is followed");
        check("{\"lat\": 036}", 1, 10, "this number is not written");
        check("{\"lat\": +36}", 1, 9, "a value belongs here");
        check("{\"a\": True}", 1, 7, "a value belongs here");
        check("{\"a\": nil}", 1, 8, "this word is not known");
        check(
            "{\"events\": []}}",
            1,
            15,
            "something stands after the closing bracket",
        );
    }
}
