//! The fonts of the system, for characters that no bundled face has.
//!
//! They are found as the window's toolkit finds them: by the script of the character, as the system
//! falls back. Enumerating them can take hundreds of milliseconds, so that is done when the first
//! is needed.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use fontique::{
    Collection, CollectionOptions, FallbackKey, GenericFamily, Language, Query, QueryFamily,
    QueryFont, QueryStatus, Script, SourceCache, SourceCacheOptions,
};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use unicode_script::{Script as OfUnicode, UnicodeScript as _};

use crate::export::fonts::{FallbackFonts, FontFile};

/// Languages whose fonts have Han characters, each not all of them.
const HAN: [&str; 4] = ["zh-SG", "zh-TW", "ja", "ko"];

/// The fonts of the system.
#[derive(Default)]
pub struct SystemFonts {
    fonts: Mutex<Option<(Collection, SourceCache)>>,
    /// The visible characters that no font has.
    missing: Mutex<BTreeSet<char>>,
}

impl SystemFonts {
    /// Says which characters were asked for since the last call and are in no font, if there are
    /// such.
    pub fn take_missing(&self) -> Option<String> {
        /// More are only counted.
        const MOST_NAMED: usize = 10;
        let missing = std::mem::take(&mut *self.missing.lock().ok()?);
        if missing.is_empty() {
            return None;
        }
        let named = missing.iter().take(MOST_NAMED);
        let named: Vec<String> = named
            .map(|&character| format!("{character} (U+{:04X})", u32::from(character)))
            .collect();
        let more = match missing.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Some(format!(
            "no font of this system has {}{more}: a box is drawn instead; install a font that has it",
            named.join(", ")
        ))
    }

    fn found(&self, character: char) -> Option<FontFile> {
        let mut fonts = self.fonts.lock().ok()?;
        let (collection, cache) = fonts.get_or_insert_with(|| {
            let options = CollectionOptions {
                shared: false,
                system_fonts: true,
            };
            (
                Collection::new(options),
                SourceCache::new(SourceCacheOptions::default()),
            )
        });
        let font = match character.script() {
            OfUnicode::Common | OfUnicode::Inherited | OfUnicode::Unknown => {
                let mut query = collection.query(cache);
                query.set_families(GENERIC.map(QueryFamily::Generic));
                found(&mut query, character)
            }
            script => {
                let key = Script::parse(script.short_name()).ok()?;
                let han = HAN.iter().filter(|_| script == OfUnicode::Han);
                let languages = han.filter_map(|tag| Language::parse(tag).ok()).map(Some);
                std::iter::once(None).chain(languages).find_map(|language| {
                    let mut query = collection.query(cache);
                    query.set_families([QueryFamily::Generic(GenericFamily::SansSerif)]);
                    query.set_fallbacks(FallbackKey::new(key, language.as_ref()));
                    found(&mut query, character)
                })
            }
        }?;
        let family = collection.family_name(font.family.0).unwrap_or("fallback");
        let (bytes, _) = font.blob.into_raw_parts();
        Some(FontFile {
            family: family.to_owned(),
            bytes: Arc::new(Shared(bytes)),
            index: font.index,
        })
    }
}

impl FallbackFonts for SystemFonts {
    fn font_with(&self, character: char) -> Option<FontFile> {
        let found = self.found(character);
        if found.is_none()
            && is_visible(character)
            && let Ok(mut missing) = self.missing.lock()
        {
            missing.insert(character);
        }
        found
    }
}

/// Whether a character draws something: not white, and no control, joiner or mark of direction.
fn is_visible(character: char) -> bool {
    let is_ignored = matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}'
    );
    !is_ignored && !character.is_control() && !character.is_whitespace()
}

/// Where characters of no script are looked for: punctuation, symbols.
const GENERIC: [GenericFamily; 5] = [
    GenericFamily::SansSerif,
    GenericFamily::SystemUi,
    GenericFamily::Serif,
    GenericFamily::Math,
    GenericFamily::Monospace,
];

/// A font file that is shared with the collection.
struct Shared(Arc<dyn AsRef<[u8]> + Send + Sync>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

/// The first font of a query that can draw a character.
fn found(query: &mut Query<'_>, character: char) -> Option<QueryFont> {
    let mut found = None;
    query.matches_with(|font| {
        if has_outline(font, character) {
            found = Some(font.clone());
            QueryStatus::Stop
        } else {
            QueryStatus::Continue
        }
    });
    found
}

fn has_outline(font: &QueryFont, character: char) -> bool {
    let Ok(tables) = FontRef::from_index(font.blob.as_ref(), font.index) else {
        return false;
    };
    let glyph = tables.charmap().map(character);
    glyph.is_some_and(|glyph| {
        glyph != GlyphId::NOTDEF && tables.outline_glyphs().get(glyph).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_no_font_has_are_named_once_and_unseen_ones_are_not() {
        let fonts = SystemFonts::default();
        assert_eq!(fonts.take_missing(), None);
        // Of a plane for private use: no font has them.
        for character in ['\u{10FFFD}', '\u{200D}', '\n', '\u{10FFFD}'] {
            fonts.font_with(character);
        }
        let said = fonts.take_missing().expect("one is missing");
        assert!(said.contains("has \u{10FFFD} (U+10FFFD): a box"), "{said}");
        assert_eq!(fonts.take_missing(), None, "said once");
    }
}
