//! The fonts of a document: the bundled faces, and what a provider finds for characters that they
//! lack.
//!
//! It leaves shaping to [`shape`](super::shape). Fonts of the system are files, so they come in
//! through [`FallbackFonts`]; without a provider a missing character is drawn as an empty box.

use std::{collections::HashMap, sync::Arc};

use harfrust::ShaperData;
use skrifa::{
    FontRef, MetadataProvider as _,
    instance::{LocationRef, Size},
    raw::TableProvider as _,
};

use crate::layout::Face;

/// Finds fonts for characters that no bundled face has.
pub trait FallbackFonts: Sync {
    /// A font that has the character.
    fn font_with(&self, character: char) -> Option<FontFile>;
}

/// No fonts beyond the bundled ones: the same everywhere.
pub struct BundledOnly;

impl FallbackFonts for BundledOnly {
    fn font_with(&self, _: char) -> Option<FontFile> {
        None
    }
}

/// A font file.
#[derive(Clone)]
pub struct FontFile {
    /// Its bytes.
    pub bytes: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// Which font of a collection it is, from 0.
    pub index: u32,
    /// The name of its family.
    pub family: String,
}

/// The number of a font in [`Fonts`].
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FontId(usize);

/// A font that is used.
pub struct Font {
    /// The file.
    pub file: FontFile,
    /// Its weight, 100 to 900.
    pub weight: u16,
    /// Whether it is italic.
    pub is_italic: bool,
    /// Units of its outlines per em.
    pub units_per_em: f32,
    pub(super) shaper: ShaperData,
}

impl Font {
    fn new(file: FontFile, weight: u16, is_italic: bool) -> Option<Self> {
        let font = FontRef::from_index((*file.bytes).as_ref(), file.index).ok()?;
        let units_per_em = f32::from(font.head().ok()?.units_per_em()).max(1.0);
        let shaper = ShaperData::new(&font);
        Some(Self {
            file,
            weight,
            is_italic,
            units_per_em,
            shaper,
        })
    }

    /// The font as its tables.
    pub fn tables(&self) -> Option<FontRef<'_>> {
        FontRef::from_index((*self.file.bytes).as_ref(), self.file.index).ok()
    }

    fn has(&self, character: char) -> bool {
        self.tables()
            .is_some_and(|font| font.charmap().map(character).is_some())
    }

    /// How far it reaches above and below the baseline, in ems; both are positive.
    pub fn extent(&self) -> (f32, f32) {
        self.tables().map_or((0.9, 0.3), |font| {
            let metrics = font.metrics(Size::new(1.0), LocationRef::default());
            (metrics.ascent, -metrics.descent)
        })
    }
}

/// The fonts of one document, in the order in which they were first used.
pub struct Fonts<'p> {
    used: Vec<Font>,
    by_face: [Option<FontId>; Face::ALL.len()],
    /// The font of a character that no bundled face has; `None` where there is none.
    by_character: HashMap<char, Option<FontId>>,
    fallback: &'p dyn FallbackFonts,
}

impl<'p> Fonts<'p> {
    /// The bundled faces, and those of a provider.
    pub fn new(fallback: &'p dyn FallbackFonts) -> Self {
        Self {
            used: Vec::new(),
            by_face: [None; Face::ALL.len()],
            by_character: HashMap::new(),
            fallback,
        }
    }

    /// A font by its number.
    pub fn get(&self, id: FontId) -> Option<&Font> {
        self.used.get(id.0)
    }

    /// All fonts, with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FontId, &Font)> {
        let ids = (0..self.used.len()).map(FontId);
        ids.zip(&self.used)
    }

    /// The font of a bundled face.
    pub fn of_face(&mut self, face: Face) -> Option<FontId> {
        let slot = *self.by_face.get(face as usize)?;
        if slot.is_some() {
            return slot;
        }
        let (family, weight, is_italic) = names(face);
        let bytes: &'static [u8] = face.bytes();
        let file = FontFile {
            bytes: Arc::new(bytes),
            index: 0,
            family: family.to_owned(),
        };
        let id = self.add(Font::new(file, weight, is_italic)?);
        if let Some(slot) = self.by_face.get_mut(face as usize) {
            *slot = Some(id);
        }
        Some(id)
    }

    /// The font in which a character of a text in `face` is drawn: the face itself, else one of the
    /// other bundled ones, else one of the provider's, else the face, which draws an empty box.
    pub fn of_character(&mut self, character: char, face: Face) -> Option<FontId> {
        let own = self.of_face(face)?;
        let others = [face.arabic(), face.hebrew(), Face::Icons];
        if self.has(own, character) {
            return Some(own);
        }
        for other in others {
            if other.has(character) {
                return self.of_face(other);
            }
        }
        if let Some(known) = self.by_character.get(&character) {
            return known.or(Some(own));
        }
        let mut known = self.used.iter().skip(1).position(|font| {
            !Face::ALL
                .iter()
                .any(|face| names(*face).0 == font.file.family)
                && font.has(character)
        });
        let found = known
            .take()
            .map(|at| FontId(at + 1))
            .or_else(|| self.found(character));
        self.by_character.insert(character, found);
        found.or(Some(own))
    }

    fn found(&mut self, character: char) -> Option<FontId> {
        let file = self.fallback.font_with(character)?;
        let font = Font::new(file, 400, false)?;
        Some(self.add(font))
    }

    fn has(&self, id: FontId, character: char) -> bool {
        self.get(id).is_some_and(|font| font.has(character))
    }

    fn add(&mut self, font: Font) -> FontId {
        self.used.push(font);
        FontId(self.used.len() - 1)
    }
}

/// The family of a bundled face, its weight, and whether it is italic.
const fn names(face: Face) -> (&'static str, u16, bool) {
    match face {
        Face::Sans => ("Inter", 400, false),
        Face::SansMedium => ("Inter", 500, false),
        Face::SansSemiBold => ("Inter", 600, false),
        Face::SansBold => ("Inter", 700, false),
        Face::Serif => ("Source Serif 4", 400, false),
        Face::SerifItalic => ("Source Serif 4", 400, true),
        Face::SerifSemiBold => ("Source Serif 4", 600, false),
        Face::Arabic => ("Noto Naskh Arabic", 400, false),
        Face::ArabicSemiBold => ("Noto Naskh Arabic", 600, false),
        Face::Hebrew => ("Noto Sans Hebrew", 400, false),
        Face::HebrewBold => ("Noto Sans Hebrew", 700, false),
        Face::Icons => ("Phosphor", 400, false),
    }
}
