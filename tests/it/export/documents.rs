//! Output: the same bytes for the same file, and what is in them.
//!
//! To accept a wanted change of a golden file: `INSTA_UPDATE=always cargo test --test it export`, then
//! look at the pictures in `tests/it/golden`.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use lopdf::{Dictionary, Document as Pdf, Object};
use meanwhile::{
    export::{
        ExportError,
        job::{Document, Format, Selection},
        worksheet::Gap,
    },
    layout::{
        TextMeasure as _, Theme,
        page::{Page, Role},
        paper::Paper,
        poster::Overflow,
        scene::{Anchor, Shape},
        sheet::Shows,
    },
    time::Moment,
};

use super::{Exported, FONTS};

const PICTURE: Document = Document::Picture {
    size_px: (960.0, 540.0),
    scale: 1.0,
};

const fn poster(paper: Paper) -> Document {
    Document::Poster {
        paper,
        least_pt: 6.0,
        overflow: Overflow::Tiles,
    }
}

fn a4() -> Paper {
    Paper::named("A4").expect("a paper")
}

#[test]
fn a_picture_as_svg_is_the_scene_as_text() {
    let exported = Exported {
        shows: Shows::NOTHING,
        ..Exported::shipped(PICTURE)
    };
    let svg = String::from_utf8(exported.file(Format::Svg)).expect("text");
    assert_eq!(
        svg.matches("@font-face").count(),
        3,
        "each face that is used, once"
    );
    // Fonts are compared by what is drawn with them.
    let start = svg.find("<style>").expect("fonts");
    let end = svg.find("</style>").expect("fonts");
    let without_fonts = format!("{}{}", &svg[..start], &svg[end..]);
    insta::with_settings!({snapshot_path => "../golden", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("export_light", without_fonts);
    });
}

/// Compares a picture with a golden file: a few pixels may differ, as floating point does between
/// machines.
fn check_picture(name: &str, exported: &Exported) {
    let png = exported.file(Format::Png);
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/golden/{name}.png"));
    if std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
        std::fs::write(&path, &png).expect("the golden file can be written");
    }
    let golden = std::fs::read(&path).expect("a golden file");
    let [made, golden] = [png, golden].map(|bytes| {
        image::load_from_memory(&bytes)
            .expect("a picture")
            .into_rgba8()
    });
    assert_eq!(made.dimensions(), golden.dimensions(), "{name}");
    let differs = |(a, b): &(&image::Rgba<u8>, &image::Rgba<u8>)| {
        a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 12)
    };
    let count = made.pixels().zip(golden.pixels()).filter(differs).count();
    let most = (made.width() * made.height() / 2_000) as usize;
    assert!(count <= most, "{name}: {count} pixels differ");
}

#[test]
fn pictures_look_as_they_did() {
    for (name, theme) in [
        ("export_light", &Theme::LIGHT),
        ("export_dark", &Theme::DARK),
        ("export_projector", &Theme::PROJECTOR),
    ] {
        let exported = Exported {
            theme,
            ..Exported::shipped(PICTURE)
        };
        check_picture(name, &exported);
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for (document, format) in [
        (PICTURE, Format::Svg),
        (PICTURE, Format::Png),
        (PICTURE, Format::Pdf),
        (poster(a4().landscape()), Format::Pdf),
        (Document::Handout { paper: a4() }, Format::Pdf),
    ] {
        let exported = Exported::shipped(document);
        assert!(
            exported.file(format) == exported.file(format),
            "{document:?}"
        );
    }
}

/// The dictionaries of a type.
fn objects<'a>(pdf: &'a Pdf, kind: &str) -> Vec<&'a Dictionary> {
    let dictionaries = pdf.objects.values().filter_map(|it| it.as_dict().ok());
    dictionaries
        .filter(|it| it.get_type().is_ok_and(|name| name == kind.as_bytes()))
        .collect()
}

/// The roles of the tags, each once.
fn tags(pdf: &Pdf) -> BTreeSet<String> {
    let dictionaries = pdf.objects.values().filter_map(|it| it.as_dict().ok());
    let roles = dictionaries.filter_map(|it| it.get(b"S").and_then(Object::as_name).ok());
    roles
        .map(|role| String::from_utf8_lossy(role).into_owned())
        .collect()
}

#[test]
fn a_poster_is_one_tagged_page_whose_text_can_be_found() {
    let pdf = Exported::shipped(poster(a4().landscape())).pdf();
    assert_eq!(pdf.get_pages().len(), 1);
    let text = pdf.extract_text(&[1]).expect("text");
    let text: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    for words in [
        "Mosul and the day after",
        "Sistani’s fatwa",
        "20 October 2016",
        "FRANCE 24",
    ] {
        let words: String = words.chars().filter(|it| !it.is_whitespace()).collect();
        assert!(text.contains(&words), "{words} in {text}");
    }
    for font in objects(&pdf, "FontDescriptor") {
        let has = |key: &[u8]| font.has(key);
        assert!(
            has(b"FontFile2") || has(b"FontFile3"),
            "every font is embedded"
        );
    }
    let tags = tags(&pdf);
    for tag in ["H1", "H2", "P", "Figure", "L", "LI", "Link"] {
        assert!(tags.contains(tag), "{tag} is among {tags:?}");
    }
    let catalog = pdf.catalog().expect("a catalog");
    let language = catalog
        .get(b"Lang")
        .and_then(Object::as_str)
        .expect("a language");
    assert_eq!(language, b"en");
    assert!(catalog.has(b"Outlines"), "it has bookmarks");
    let size = objects(&pdf, "Page")[0].get(b"MediaBox").expect("a size");
    let size: Vec<f32> = size
        .as_array()
        .expect("four")
        .iter()
        .map(|it| it.as_float().expect("a number"))
        .collect();
    assert!(
        (size[2] - 841.89).abs() < 0.1 && (size[3] - 595.28).abs() < 0.1,
        "{size:?}"
    );
}

/// A PDF has the glyphs of a word from left to right, and readers turn them; words stand in the order
/// of reading. A font that composes Arabic letters of several glyphs still gives each letter once.
#[test]
fn arabic_can_be_found() {
    let titles = ["معركة الموصل", "Mosul (تنظيم), 2016", "סוף המלחמה"];
    let json = format!(
        r#"{{ "title": "{}", "events": [
            {{ "title": "{}", "date": "2016" }}, {{ "title": "{}", "date": "1948" }}
        ] }}"#,
        titles[0], titles[1], titles[2]
    );
    let pdf = Exported::of(&json, poster(a4().landscape())).pdf();
    let text = pdf.extract_text(&[1]).expect("text");
    let text: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    let turned = |word: &str| word.chars().rev().collect::<String>();
    for expected in [
        format!("{}{}", turned("معركة"), turned("الموصل")),
        format!("Mosul({}),2016", turned("تنظيم")),
        turned("סוףהמלחמה"),
    ] {
        assert!(text.contains(&expected), "{expected} in {text}");
    }
}

#[test]
fn a_handout_tells_every_event_and_a_worksheet_hides_what_it_asks() {
    let paper = a4();
    let exported = Exported::shipped(Document::Handout { paper });
    let words = |exported: &Exported| {
        let pages = exported.pages();
        let parts = pages.iter().flat_map(|page| &page.parts);
        let texts = parts
            .filter(|part| !matches!(part.role, Role::Figure { .. }))
            .flat_map(|part| {
                part.scene.shapes.iter().filter_map(|shape| match shape {
                    Shape::Text(run) => Some(part.scene.str(run)),
                    _ => None,
                })
            });
        (pages.len(), texts.collect::<Vec<_>>().join(" "))
    };
    let (_, told) = words(&exported);
    let timeline = &exported.timeline;
    for event in timeline.events() {
        assert!(told.contains(timeline.event(event).title), "{told}");
    }
    let worksheet = |gap| {
        words(&Exported::shipped(Document::Worksheet {
            paper,
            gap,
            count: Some(15),
            seed: 3,
        }))
    };
    for (gap, hidden) in [
        (Gap::Date, "20 October 2016"),
        (Gap::Title, "A meeting in Paris"),
    ] {
        let (_, asked) = worksheet(gap);
        let key = asked.find("Key").expect("a key");
        let (sheet, key) = asked.split_at(key);
        let sheet = match gap {
            // The titles to choose from stand above.
            Gap::Title => sheet.split_once("choose from:").expect("a task").1,
            _ => sheet,
        };
        let count = sheet.matches(hidden).count();
        assert_eq!(count, usize::from(gap == Gap::Title), "{hidden} in {sheet}");
        assert!(key.contains(hidden), "{key}");
    }
}

#[test]
fn a_selection_shows_its_events_and_their_lanes_alone() {
    let exported = Exported::shipped(PICTURE);
    let lane = exported.timeline.find_lane("clergy").expect("a lane");
    let exported = Exported {
        selection: Selection {
            lanes: vec![lane],
            ..Selection::default()
        },
        ..exported
    };
    let svg = String::from_utf8(exported.file(Format::Svg)).expect("text");
    assert!(svg.contains(">Sistani’s fatwa</text>") && svg.contains(">Clergy</text>"));
    assert!(!svg.contains(">War and occupation</text>") && !svg.contains(">Mosul falls</text>"));
}

/// The texts of pages.
fn texts(pages: &[Page]) -> BTreeSet<String> {
    let parts = pages.iter().flat_map(|page| &page.parts);
    let runs = parts.flat_map(|part| {
        part.scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(run) => Some(part.scene.str(run).to_owned()),
            _ => None,
        })
    });
    runs.collect()
}

#[test]
fn what_a_range_cuts_has_its_whole_name_and_the_counts_are_those_of_what_is_shown() {
    let whole = Exported::shipped(poster(a4().landscape()));
    let (from, to) = (Moment::year_start(2014), Moment::year_start(2016));
    for document in [
        poster(a4().landscape()),
        PICTURE,
        Document::Handout { paper: a4() },
    ] {
        let exported = Exported {
            timeline: Arc::clone(&whole.timeline),
            selection: Selection {
                range: Some((from, to)),
                ..Selection::default()
            },
            document,
            ..Exported::shipped(document)
        };
        let texts = texts(&exported.pages());
        for expected in [
            "Popular Mobilisation Units",
            "IS group holds Mosul",
            "4 events, 3 lanes, 1 era · January 2014 – December 2015 · Published October 2016",
        ] {
            assert!(
                texts.contains(expected),
                "{document:?}: {expected} in {texts:?}"
            );
        }
    }
}

#[test]
fn every_span_is_seen_on_a_picture_and_a_handout_or_counted() {
    let handout = Document::Handout { paper: a4() };
    for (document, count, has_room) in [
        (PICTURE, 20, true),
        (PICTURE, 40, false),
        (handout, 40, true),
    ] {
        let events: Vec<String> = (0..count)
            .map(|number| {
                format!(
                    r#"{{ "title": "Reign {number}", "date": "{}/{}" }}"#,
                    1700 + number % 90,
                    1900 + number % 90
                )
            })
            .collect();
        let json = format!(
            r#"{{ "title": "Reigns", "events": [{}] }}"#,
            events.join(",")
        );
        let pages = Exported::of(&json, document).pages();
        let texts = texts(pages.get(..1).expect("a page"));
        let is_named = |text: &&String| text.starts_with("Reign ");
        let named = texts.iter().filter(is_named).count();
        let said = texts.iter().find_map(|text| {
            let (_, rest) = text.split_once("and ")?;
            let count = rest.strip_suffix(" events that have no room here")?;
            count.parse::<usize>().ok()
        });
        assert_eq!(said.is_none(), has_room, "{document:?}: {named}, {said:?}");
        assert!(named + said.unwrap_or(0) >= count, "{document:?}: {named}");
    }
}

/// A chronology of so many events in four hundred years.
fn many(count: usize) -> String {
    let events: Vec<String> = (0..count)
        .map(|number| {
            format!(
                r#"{{ "title": "Event number {number}", "date": "{}" }}"#,
                1000 + number % 400
            )
        })
        .collect();
    format!(r#"{{ "title": "Many", "events": [{}] }}"#, events.join(","))
}

#[test]
fn a_thousand_events_take_several_pages_or_one_taller() {
    let json = many(1000);
    let tiled = Exported::of(&json, poster(a4().landscape()));
    let pages = tiled.pages();
    assert!(pages.len() > 1);
    assert!(pages.iter().all(|page| page.width_px == pages[0].width_px));
    let refused = tiled
        .job(|job| job.file(Format::Png))
        .expect_err("one page only");
    assert!(matches!(refused, ExportError::Pages { .. }), "{refused}");
    let taller = Exported {
        document: Document::Poster {
            paper: a4(),
            least_pt: 6.0,
            overflow: Overflow::Taller,
        },
        ..tiled
    };
    let pages = taller.pages();
    assert_eq!(pages.len(), 1);
    assert!(pages[0].height_px > 1200.0);
    let labels = pages[0].parts.iter().flat_map(|part| {
        part.scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(run) => Some(part.scene.str(run)),
            _ => None,
        })
    });
    let labels: BTreeSet<&str> = labels.filter(|text| text.starts_with("Event")).collect();
    assert_eq!(labels.len(), 1000, "every event has its name");
}

#[test]
fn a_handout_has_pictures_with_their_words_and_says_what_an_event_came_of() {
    let json = r#"{ "title": "Two", "events": [
        { "id": "a", "title": "First of all", "date": "2000" },
        { "title": "Second", "date": "2001", "because": [{ "event": "a", "label": "a year later" }],
          "media": [{ "file": "a.png", "alt": "A drawing", "caption": "Drawn later", "credit": "Nobody" }] } ] }"#;
    let exported = Exported::of(json, Document::Handout { paper: a4() }).with_picture("a.png");
    let pages = exported.pages();
    let parts: Vec<_> = pages.iter().flat_map(|page| &page.parts).collect();
    let at = parts
        .iter()
        .position(|part| part.picture.is_some())
        .expect("a picture");
    let alt = "A drawing".to_owned();
    assert_eq!(parts[at].role, Role::Figure { alt });
    assert_eq!(parts[at + 1].role, Role::Caption);
    let words = texts(&pages);
    assert!(
        words.contains("Because of: First of all (a year later)"),
        "{words:?}"
    );
    assert!(
        words
            .iter()
            .any(|text| text.contains("Drawn later") && text.contains("Nobody"))
    );
    let pdf = exported.pdf();
    let images = pdf.objects.values().filter(|object| {
        let subtype = object.as_stream().and_then(|it| it.dict.get(b"Subtype"));
        subtype
            .and_then(Object::as_name)
            .is_ok_and(|name| name == b"Image")
    });
    assert_eq!(images.count(), 1);
}

/// Pages are put together by eye: what a cut goes through is whole on a neighbour or goes on there.
#[test]
fn tiles_overlap_and_show_every_name_and_are_read_once() {
    let json = many(600);
    let pages = Exported::of(&json, poster(a4().landscape())).pages();
    assert!(pages.len() > 1);
    let mut whole = BTreeSet::new();
    let mut read = Vec::new();
    for page in &pages {
        let tile = page.parts.last().expect("crop marks");
        assert_eq!(tile.role, Role::Artifact);
        for part in &page.parts {
            if !matches!(part.role, Role::Artifact) {
                read.push(part.role.clone());
            }
            let Some(clip) = part.clip else { continue };
            // The page's edge is never reached: printers leave it white.
            assert!(part.x + clip.x0 * part.scale >= 30.0);
            assert!(part.x + clip.x1 * part.scale <= page.width_px - 30.0);
            for shape in &part.scene.shapes {
                let Shape::Text(run) = shape else { continue };
                let text = part.scene.str(run);
                let width = FONTS.width(text, run.face, run.size_px);
                let left = match run.anchor {
                    Anchor::Start => run.x,
                    Anchor::Middle => run.x - width / 2.0,
                    Anchor::End => run.x - width,
                };
                let is_whole = left >= clip.x0 && left + width <= clip.x1;
                if is_whole && run.baseline <= clip.y1 && run.baseline - run.size_px >= clip.y0 {
                    whole.insert(text.to_owned());
                }
            }
        }
    }
    let names = whole
        .iter()
        .filter(|text| text.starts_with("Event"))
        .count();
    assert!(names > 590, "{names} of 600 names are whole on a page");
    let figures = read.iter().filter(|it| matches!(it, Role::Figure { .. }));
    assert_eq!(figures.count(), 1, "the timeline is read once");
    assert_eq!(read.iter().filter(|it| **it == Role::Title).count(), 1);
}

#[test]
fn many_sources_leave_a_picture_its_timeline() {
    let sources: Vec<String> = (0..80)
        .map(|number| format!(r#"{{ "id": "s{number}", "title": "Source {number}" }}"#))
        .collect();
    let json = format!(
        r#"{{ "title": "T", "sources": [{}], "events": [{{ "title": "One", "date": "2010" }}] }}"#,
        sources.join(",")
    );
    let pages = Exported::of(&json, PICTURE).pages();
    let words = texts(&pages);
    assert!(
        words.contains("One") && words.contains("Source 0"),
        "{words:?}"
    );
    assert!(
        words
            .iter()
            .any(|text| text.contains("more for which there is no room"))
    );
    for part in &pages[0].parts {
        assert!(part.y >= 0.0, "{:?}", part.role);
    }
}
