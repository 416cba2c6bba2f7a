//! Sizes of paper.

use serde::{Deserialize, Serialize};

/// The width and height of a paper, in mm.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Paper {
    /// Its width.
    pub width_mm: f32,
    /// Its height.
    pub height_mm: f32,
}

/// A paper with a name (ISO 216; ANSI/ASME Y14.1).
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum PaperName {
    A5,
    #[default]
    A4,
    A3,
    A2,
    A1,
    A0,
    Letter,
    Legal,
    Tabloid,
}

impl PaperName {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::A5,
        Self::A4,
        Self::A3,
        Self::A2,
        Self::A1,
        Self::A0,
        Self::Letter,
        Self::Legal,
        Self::Tabloid,
    ];

    /// How it is called.
    pub const fn words(self) -> &'static str {
        match self {
            Self::A5 => "A5",
            Self::A4 => "A4",
            Self::A3 => "A3",
            Self::A2 => "A2",
            Self::A1 => "A1",
            Self::A0 => "A0",
            Self::Letter => "Letter",
            Self::Legal => "Legal",
            Self::Tabloid => "Tabloid",
        }
    }

    /// The paper, upright.
    pub const fn paper(self) -> Paper {
        match self {
            Self::A5 => Paper::new(148.0, 210.0),
            Self::A4 => Paper::new(210.0, 297.0),
            Self::A3 => Paper::new(297.0, 420.0),
            Self::A2 => Paper::new(420.0, 594.0),
            Self::A1 => Paper::new(594.0, 841.0),
            Self::A0 => Paper::new(841.0, 1189.0),
            Self::Letter => Paper::new(215.9, 279.4),
            Self::Legal => Paper::new(215.9, 355.6),
            Self::Tabloid => Paper::new(279.4, 431.8),
        }
    }
}

impl Paper {
    /// A paper of a width and height in mm.
    pub const fn new(width_mm: f32, height_mm: f32) -> Self {
        Self {
            width_mm,
            height_mm,
        }
    }

    /// The paper of a name, upright; upper and lower case are the same.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = PaperName::ALL.into_iter();
        all.find(|known| known.words().eq_ignore_ascii_case(name))
            .map(PaperName::paper)
    }

    /// The same paper with its longer side across.
    #[must_use]
    pub fn landscape(self) -> Self {
        Self {
            width_mm: self.width_mm.max(self.height_mm),
            height_mm: self.width_mm.min(self.height_mm),
        }
    }

    /// The same paper with its longer side upright.
    #[must_use]
    pub fn portrait(self) -> Self {
        let Self {
            width_mm,
            height_mm,
        } = self.landscape();
        Self {
            width_mm: height_mm,
            height_mm: width_mm,
        }
    }

    /// Its name and direction, and its size: `A2 landscape · 594 × 420 mm`.
    pub fn words(self) -> String {
        let size = format!("{} × {} mm", self.width_mm.round(), self.height_mm.round());
        let mut all = PaperName::ALL.into_iter();
        let is_near = |a: f32, b: f32| (a - b).abs() < 0.5;
        let upright = self.portrait();
        let name = all.find(|name| {
            let paper = name.paper();
            is_near(paper.width_mm, upright.width_mm) && is_near(paper.height_mm, upright.height_mm)
        });
        let direction = if self.width_mm > self.height_mm {
            "landscape"
        } else {
            "portrait"
        };
        match name {
            Some(name) => format!("{} {direction} · {size}", name.words()),
            None => size,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_named_and_turned() {
        for (name, words) in [
            ("a2", "A2 portrait · 420 × 594 mm"),
            ("TABLOID", "Tabloid portrait · 279 × 432 mm"),
        ] {
            assert_eq!(Paper::named(name).unwrap().words(), words);
        }
        let turned = Paper::named("A2").unwrap().landscape();
        assert_eq!(turned.words(), "A2 landscape · 594 × 420 mm");
        assert_eq!(turned.portrait(), Paper::named("A2").unwrap());
        assert_eq!(Paper::named("A9"), None);
        assert_eq!(Paper::new(100.0, 50.0).words(), "100 × 50 mm");
    }
}
