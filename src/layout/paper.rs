//! Sizes of paper.

/// The width and height of a paper, in mm.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Paper {
    /// Its width.
    pub width_mm: f32,
    /// Its height.
    pub height_mm: f32,
}

/// The papers with a name, upright (ISO 216; ANSI/ASME Y14.1).
pub const NAMED: [(&str, Paper); 9] = [
    ("A5", Paper::new(148.0, 210.0)),
    ("A4", Paper::new(210.0, 297.0)),
    ("A3", Paper::new(297.0, 420.0)),
    ("A2", Paper::new(420.0, 594.0)),
    ("A1", Paper::new(594.0, 841.0)),
    ("A0", Paper::new(841.0, 1189.0)),
    ("Letter", Paper::new(215.9, 279.4)),
    ("Legal", Paper::new(215.9, 355.6)),
    ("Tabloid", Paper::new(279.4, 431.8)),
];

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
        let named = NAMED.iter();
        named
            .clone()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, paper)| *paper)
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
        let name = NAMED
            .iter()
            .find(|(_, paper)| paper.portrait() == self.portrait());
        let direction = if self.width_mm > self.height_mm {
            "landscape"
        } else {
            "portrait"
        };
        match name {
            Some((name, _)) => format!("{name} {direction} · {size}"),
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
