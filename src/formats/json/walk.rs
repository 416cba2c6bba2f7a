//! Walks through a JSON text, value by value, and knows where it is.
//!
//! `serde_json` reads a value from the beginning of a text; between values stands what is only
//! looked at here: white space, commas, colons and brackets.

use serde::de::{DeserializeSeed, Error as _, IgnoredAny};
use serde_json::Error;

/// A place in a text, between two of its tokens.
#[derive(Clone, Copy)]
pub struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Walk<'a> {
    /// Begins in a text at an offset, in bytes.
    pub const fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    /// The whole text.
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// The offset of the next token, in bytes; the length of the text at its end.
    pub fn next_token(&mut self) -> usize {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let is_white = |byte: &&u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        self.at += rest.iter().take_while(is_white).count();
        self.at
    }

    /// Whether the next token is this one, of one byte, which is then passed.
    pub fn passes(&mut self, token: u8) -> bool {
        let at = self.next_token();
        let is_it = self.text.as_bytes().get(at) == Some(&token);
        self.at += usize::from(is_it);
        is_it
    }

    /// Passes this token, of one byte.
    ///
    /// # Errors
    ///
    /// Where it is another one.
    pub fn pass(&mut self, token: u8) -> Result<(), Error> {
        if self.passes(token) {
            Ok(())
        } else {
            Err(Error::custom(format_args!("no {} here", char::from(token))))
        }
    }

    /// Reads the next value, and passes it.
    ///
    /// # Errors
    ///
    /// Where it is no JSON, or not what `seed` expects.
    pub fn value<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut json = serde_json::Deserializer::from_str(rest);
        let value = seed.deserialize(&mut json)?;
        self.at += json.into_iter::<IgnoredAny>().byte_offset();
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use std::marker::PhantomData;

    use serde_json::Value;

    use super::*;

    #[test]
    fn it_stands_behind_what_it_has_read() {
        let text = " { \"ä\" :\t[1, \"]\\\"\", 2.5e3 ] ,\n\"b\": null}";
        let mut walk = Walk::new(text, 0);
        let read = |walk: &mut Walk<'_>| walk.value(PhantomData::<Value>).unwrap().to_string();
        walk.pass(b'{').unwrap();
        assert_eq!(read(&mut walk), "\"ä\"");
        assert!(!walk.passes(b',') && walk.passes(b':'));
        walk.pass(b'[').unwrap();
        for (expected, token) in [("1", b','), ("\"]\\\"\"", b','), ("2500.0", b']')] {
            assert_eq!(read(&mut walk), expected);
            walk.pass(token).unwrap();
        }
        assert_eq!(text.get(walk.next_token()..), Some(",\n\"b\": null}"));
        assert!(walk.pass(b'}').is_err());
        walk.pass(b',').unwrap();
        assert!(walk.value(PhantomData::<u8>).is_err());
        assert_eq!(read(&mut walk), "\"b\"");
        walk.pass(b':').unwrap();
        assert_eq!(read(&mut walk), "null");
        walk.pass(b'}').unwrap();
        assert_eq!(walk.next_token(), text.len());
        assert!(walk.value(PhantomData::<Value>).is_err());
    }
}
