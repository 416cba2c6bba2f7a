//! Slides: what is in the presentation, and the lesson as pages.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
};

use meanwhile::{
    export::job::{Document, Format},
    layout::{page::Role, scene::Shape},
};
use quick_xml::{Reader, events::Event};

use super::Exported;

const LESSON: Document = Document::Lesson {
    number: 0,
    has_notes: false,
};

/// The parts of a presentation by their names.
fn parts(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|number| {
            let mut file = archive.by_index(number).expect("a part");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("its bytes");
            (file.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

fn ending(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

/// The texts of a part, one line a paragraph; checks that it is well-formed.
fn texts(part: &[u8]) -> String {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = true;
    let mut out = String::new();
    let mut depth = 0;
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(_) => depth += 1,
            Event::End(end) => {
                depth -= 1;
                if end.name().as_ref() == "a:p" {
                    out.push('\n');
                }
            }
            Event::Text(text) => out.push_str(&text),
            Event::GeneralRef(name) => out.push_str(match &*name {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                _ => "\"",
            }),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "every element is closed");
    out
}

#[test]
fn a_presentation_has_a_slide_a_step_and_the_notes_in_the_notes() {
    let exported = Exported::shipped(LESSON);
    let parts = parts(exported.file(Format::Pptx));
    let lesson = exported.timeline.lessons().first().expect("a lesson");
    let asked = lesson.steps.iter().filter(|step| step.question.is_some());
    let slides = lesson.steps.len() + asked.count();
    let of_kind = |folder: &str| {
        let names = parts.keys().filter(|name| name.starts_with(folder));
        names.filter(|name| ending(name) == "xml").count()
    };
    assert_eq!(
        of_kind("ppt/slides/"),
        slides,
        "a question is a slide of its own"
    );
    assert_eq!(of_kind("ppt/notesSlides/"), slides);
    for (name, bytes) in &parts {
        if ["xml", "rels"].contains(&ending(name)) {
            texts(bytes);
        }
    }
    let first = texts(&parts["ppt/slides/slide1.xml"]);
    assert!(first.contains("A US-led coalition invades Iraq"), "{first}");
    let notes = texts(&parts["ppt/notesSlides/notesSlide1.xml"]);
    let first_words = lesson.steps[0]
        .notes
        .split(' ')
        .take(4)
        .collect::<Vec<_>>()
        .join(" ");
    assert!(notes.contains(&first_words), "{notes}");
    let slide = String::from_utf8_lossy(&parts["ppt/slides/slide1.xml"]);
    assert!(
        slide.contains("descr=\"Timeline: 1 event. 2003: "),
        "the picture has words"
    );
}

#[test]
fn every_part_that_is_named_is_there_and_has_a_kind() {
    let parts = parts(Exported::shipped(LESSON).file(Format::Pptx));
    let types = String::from_utf8_lossy(&parts["[Content_Types].xml"]);
    for name in parts.keys() {
        let ending = ending(name);
        let is_known = types.contains(&format!("PartName=\"/{name}\""))
            || types.contains(&format!("Extension=\"{ending}\"")) && ending != "xml";
        assert!(
            is_known || name == "[Content_Types].xml",
            "{name} has a kind"
        );
    }
    for (name, bytes) in parts.iter().filter(|(name, _)| ending(name) == "rels") {
        let text = String::from_utf8_lossy(bytes);
        let owner = name.replace("_rels/", "");
        let folder: Vec<&str> = owner.split('/').collect();
        let mut ids = BTreeSet::new();
        for relation in text.split("<Relationship ").skip(1) {
            let value = |key: &str| {
                let (_, rest) = relation.split_once(&format!("{key}=\"")).expect(key);
                rest.split('"').next().expect(key)
            };
            assert!(ids.insert(value("Id").to_owned()), "{name}: ids are unique");
            if relation.contains("TargetMode=\"External\"") {
                continue;
            }
            let mut path: Vec<&str> = folder[..folder.len() - 1].to_vec();
            for step in value("Target").split('/') {
                if step == ".." {
                    path.pop();
                } else {
                    path.push(step);
                }
            }
            let target = path.join("/");
            assert!(parts.contains_key(&target), "{name} names {target}");
        }
    }
}

#[test]
fn what_a_question_asks_is_not_told_before_it_is_answered() {
    let exported = Exported::shipped(LESSON);
    let pages = exported.pages();
    let words = |number: usize| {
        let parts = pages[number].parts.iter();
        let shapes = parts.flat_map(|part| {
            part.scene.shapes.iter().filter_map(|shape| match shape {
                Shape::Text(run) => Some(part.scene.str(run)),
                _ => None,
            })
        });
        shapes.collect::<Vec<_>>().join(" ")
    };
    let asked = (0..pages.len()).find(|&number| words(number).contains("When does Mosul"));
    let asked = asked.expect("the question");
    assert!(
        !words(asked).contains("second-largest city"),
        "{}",
        words(asked)
    );
    assert!(!words(asked).contains("Mosul falls"), "{}", words(asked));
    assert!(words(asked + 1).contains("second-largest city"));
}

#[test]
fn a_lesson_as_pages_has_its_notes_where_they_are_asked_for() {
    let noted = Exported::shipped(Document::Lesson {
        number: 0,
        has_notes: true,
    });
    let lesson = noted.timeline.lessons().first().expect("a lesson");
    let word = lesson.steps[0].notes.split(' ').next().expect("a word");
    let has = |exported: &Exported| {
        let pages = exported.pages();
        let parts = pages[0]
            .parts
            .iter()
            .filter(|part| part.role == Role::Paragraph);
        let mut texts = parts.flat_map(|part| {
            part.scene.shapes.iter().filter_map(|shape| match shape {
                Shape::Text(run) => Some(part.scene.str(run)),
                _ => None,
            })
        });
        texts.any(|text| text.starts_with(word))
    };
    assert!(has(&noted) && !has(&Exported::shipped(LESSON)));
}

#[test]
fn a_file_without_lessons_has_one_made_of_it() {
    let json = r#"{ "title": "Two", "events": [
        { "title": "First", "date": "2000" }, { "title": "Second", "date": "2001" } ] }"#;
    let exported = Exported::of(json, LESSON);
    assert_eq!(exported.pages().len(), 2);
    let parts = parts(exported.file(Format::Pptx));
    assert!(texts(&parts["ppt/slides/slide2.xml"]).contains("Second"));
}

#[test]
fn slides_carry_the_pictures_they_show_and_no_others() {
    let json = r#"{ "title": "Two", "events": [
        { "title": "First", "date": "2000", "media": [{ "file": "a.png", "alt": "A drawing" }] },
        { "title": "Second", "date": "2001" } ] }"#;
    let exported = Exported::of(json, LESSON)
        .with_picture("unused.png")
        .with_picture("a.png");
    let parts = parts(exported.file(Format::Pptx));
    let pictures: Vec<&str> = parts
        .keys()
        .filter_map(|name| name.strip_prefix("ppt/media/"))
        .filter(|name| name.starts_with("picture"))
        .collect();
    assert_eq!(pictures, ["picture1.png"]);
    let slide = String::from_utf8_lossy(&parts["ppt/slides/slide1.xml"]);
    assert!(slide.contains("descr=\"A drawing\""), "{slide}");
    let relations = String::from_utf8_lossy(&parts["ppt/slides/_rels/slide1.xml.rels"]);
    assert!(relations.contains("../media/picture1.png"), "{relations}");
}

#[test]
fn a_question_keeps_its_answers_beyond_the_letters() {
    let answers: Vec<String> = (0..28)
        .map(|number| {
            format!(
                r#"{{ "text": "Answer {number}", "right": {} }}"#,
                number == 27
            )
        })
        .collect();
    let json = format!(
        r#"{{ "title": "Many", "events": [{{ "id": "a", "title": "First", "date": "2000" }}],
            "lessons": [{{ "title": "L", "steps": [
                {{ "event": "a", "title": "Which?", "ask": "choose", "answers": [{}] }} ] }}] }}"#,
        answers.join(",")
    );
    let exported = Exported::of(&json, LESSON);
    let parts = parts(exported.file(Format::Pptx));
    let slides = parts
        .keys()
        .filter(|name| name.starts_with("ppt/slides/slide"));
    let asked: String = slides.map(|name| texts(&parts[name])).collect();
    for expected in [
        "A. Answer 0",
        "Z. Answer 25",
        "27. Answer 26",
        "28. Answer 27",
    ] {
        assert!(asked.contains(expected), "{expected} in {asked}");
    }
    let slides = parts
        .keys()
        .filter(|name| name.starts_with("ppt/slides/slide"));
    let all: Vec<String> = slides.map(|name| texts(&parts[name])).collect();
    assert!(
        all.iter().any(|slide| slide.contains("28. Answer 27 ✓")),
        "{all:?}"
    );
}
