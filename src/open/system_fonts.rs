//! The fonts of the system, for characters that no bundled face has.
//!
//! They are found as the window's toolkit finds them: by the script of the character, as the system
//! falls back. Enumerating them can take hundreds of milliseconds, so that is done when the first
//! is needed.

use std::sync::{Arc, Mutex};

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
}

impl FallbackFonts for SystemFonts {
    fn font_with(&self, character: char) -> Option<FontFile> {
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
