//! Lanes, the eras behind them, and their colours.

use std::fmt;

use crate::time::{Moment, When};

/// A colour as a file gives it: red, green, blue, each from 0 to 255.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// Reads `#RRGGBB`, in capital or small letters, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self([red, green, blue]))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02X}{green:02X}{blue:02X}")
    }
}

/// A lane: events that belong together, drawn as a band of its own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lane {
    /// The id that events use; empty for the lane of events that name none.
    pub id: String,
    /// The name that is shown; empty for the lane of events that name none.
    pub label: String,
    /// Its colour; where absent, the theme chooses.
    pub color: Option<Rgb>,
}

impl Lane {
    /// A lane without a name.
    pub const EMPTY: Self = Self {
        id: String::new(),
        label: String::new(),
        color: None,
    };
}

/// A span of time, drawn behind all lanes.
#[derive(Clone, PartialEq, Debug)]
pub struct Era {
    /// The name that is shown, or empty.
    pub label: String,
    /// The date as it was read.
    pub when: When,
    /// Where it begins to be drawn, by the rules of [`Timeline::start`](super::Timeline::start).
    pub start: Moment,
    /// Where it stops being drawn, by the rules of [`Timeline::end`](super::Timeline::end).
    pub end: Moment,
    /// Its colour; where absent, the theme chooses.
    pub color: Option<Rgb>,
}

impl Era {
    /// An era without a name. Its start and end are set when the timeline is built.
    pub const fn new(when: When) -> Self {
        Self {
            label: String::new(),
            when,
            start: Moment::from_secs(0),
            end: Moment::from_secs(0),
            color: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_six_hexadecimal_digits() {
        for (text, expected) in [
            ("#B4521E", Some([0xB4, 0x52, 0x1E])),
            ("#b4521e", Some([0xB4, 0x52, 0x1E])),
            ("#000000", Some([0, 0, 0])),
            ("B4521E", None),
            ("#B45", None),
            ("#B4521E00", None),
            ("#+4521E", None),
            ("#é521E", None),
            ("orange", None),
            ("", None),
        ] {
            assert_eq!(Rgb::parse(text), expected.map(Rgb), "{text}");
        }
        assert_eq!(Rgb([0xB4, 0x52, 0x1E]).to_string(), "#B4521E");
    }
}
