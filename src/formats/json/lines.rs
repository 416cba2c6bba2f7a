//! Line and column of a byte of a text.

/// Counts lines and columns on one walk through the text.
pub struct Cursor<'a> {
    text: &'a str,
    offset: usize,
    line: u32,
    column: u32,
}

impl<'a> Cursor<'a> {
    /// At the first character.
    pub const fn new(text: &'a str) -> Self {
        Self {
            text,
            offset: 0,
            line: 1,
            column: 1,
        }
    }

    /// Line and column (in characters) of a byte of the text, both from 1. Offsets come in
    /// ascending order; one that lies behind or off the text gives the present place.
    pub fn advance_to(&mut self, offset: usize) -> (u32, u32) {
        if let Some(passed) = self.text.get(self.offset..offset) {
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let tail = match passed.rfind('\n') {
                Some(last_break) => {
                    let breaks = passed.bytes().filter(|&byte| byte == b'\n').count();
                    self.line = self.line.saturating_add(count(breaks));
                    self.column = 1;
                    passed.get(last_break + 1..).unwrap_or_default()
                }
                None => passed,
            };
            self.column = self.column.saturating_add(count(tail.chars().count()));
            self.offset = offset;
        }
        (self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted_in_characters() {
        let text = "{\n  \"الموصل\": 1,\r\n\t\"b\": 2}";
        let mut cursor = Cursor::new(text);
        for (wanted, expected) in [
            ("{", (1, 1)),
            ("\"ا", (2, 3)),
            ("1", (2, 13)),
            ("2", (3, 7)),
        ] {
            assert_eq!(
                cursor.advance_to(text.find(wanted).unwrap()),
                expected,
                "{wanted}"
            );
        }
        assert_eq!(cursor.advance_to(text.len() + 9), (3, 7));
    }
}
