//! XML as flat records: an element that an importer asks for, with its attributes and the texts of
//! what stands in it, in any order.
//!
//! Nothing here recurses, and no entity is expanded but the five that XML knows and characters by
//! their number: others stay as they are written. What the elements mean is left to the importers.

use std::mem;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::draft::Draft;
use crate::formats::{Location, json::lines::Cursor};

/// Elements that nest deeper are of no format that is read here.
const DEEPEST: usize = 256;

/// A text in a record, by the name of the element around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name of the element.
    pub name: String,
    /// Its text as it is written, blanks included.
    pub text: String,
    /// The line where it begins.
    pub line: u32,
}

/// A record, or an element outside of records that holds no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element<'t> {
    /// Its name.
    pub name: &'t str,
    /// The name of the element around it; empty for the first one.
    pub parent: &'t str,
    /// The line where it begins.
    pub line: u32,
    /// Names and values of its attributes.
    pub attributes: &'t [(String, String)],
    /// The texts of the elements in it, however deep they stand; of a record alone.
    pub fields: &'t [Field],
    /// Its own text.
    pub text: &'t str,
    /// All that stands in it, as it is written.
    pub inner: &'t str,
}

impl Element<'_> {
    /// The first field of this name that is not blank.
    pub fn field(&self, name: &str) -> Option<&Field> {
        let mut fields = self.fields.iter();
        fields.find(|field| field.name == name && !field.text.trim().is_empty())
    }
}

/// What was found in a text beside its elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The attributes of the first element.
    pub root: Vec<(String, String)>,
    /// Where the text is not well-formed, and why: nothing was read from there on.
    fault: Option<(u32, String)>,
    /// The first reference to an entity that is not expanded.
    entity: Option<(u32, String)>,
    /// Where an attribute is not well-formed.
    attribute: Option<u32>,
}

impl Outcome {
    /// Says what could not be read.
    pub fn say(&self, draft: &mut Draft) {
        if let Some((line, name)) = &self.entity {
            let message =
                format!("“&{name};” is no character, and such references stay as they are");
            let help = "write the text itself";
            draft.warning(&Location::line(*line), message, help);
        }
        if let Some(line) = self.attribute {
            let message = "an attribute is not well-formed, and is left out";
            let help = "write name=\"value\"";
            draft.error(&Location::line(line), message, help);
        }
        if let Some((line, why)) = &self.fault {
            let message = format!("the XML cannot be read from here on: {why}");
            let help = "what stands before is shown";
            draft.error(&Location::line(*line), message, help);
        }
    }
}

/// The name of the first element of a text; `None` where it does not begin as XML.
pub fn root(text: &str) -> Option<String> {
    let text = text.trim_start();
    if !text.starts_with('<') {
        return None;
    }
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => return Some(name_of(&start)),
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Hands over the elements of a text at their ends: those named in `records` with all that stands
/// in them, and of the others those that hold no element. A record that does not end is not handed
/// over.
pub fn each(text: &str, records: &[&str], visit: &mut dyn FnMut(&Element<'_>)) -> Outcome {
    let mut walk = Walk {
        text,
        records,
        visit,
        cursor: Cursor::new(text),
        open: Vec::new(),
        record: None,
        outcome: Outcome::default(),
    };
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    loop {
        let begins = offset(reader.buffer_position());
        let event = reader.read_event();
        let ends = offset(reader.buffer_position());
        let goes_on = match event {
            Ok(event) => walk.step(&event, begins, ends),
            Err(error) => {
                walk.fail(offset(reader.error_position()), error.to_string());
                false
            }
        };
        if !goes_on {
            return walk.outcome;
        }
    }
}

/// A position in a text in memory.
fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// A name without its prefix.
fn name_of(start: &BytesStart<'_>) -> String {
    start.local_name().into_inner().to_owned()
}

/// An element whose end has not come.
#[derive(Debug)]
struct Open {
    name: String,
    line: u32,
    text: String,
    attributes: Vec<(String, String)>,
    /// Where its content begins.
    begins: usize,
    has_elements: bool,
}

/// The record that is being read.
#[derive(Debug, Default)]
struct Record {
    /// How many elements stand around it.
    depth: usize,
    fields: Vec<Field>,
}

/// A walk through a text.
struct Walk<'t> {
    text: &'t str,
    records: &'t [&'t str],
    visit: &'t mut dyn FnMut(&Element<'_>),
    cursor: Cursor<'t>,
    open: Vec<Open>,
    record: Option<Record>,
    outcome: Outcome,
}

impl Walk<'_> {
    fn line(&mut self, offset: usize) -> u32 {
        self.cursor.advance_to(offset).0
    }

    fn fail(&mut self, offset: usize, why: String) {
        let line = self.line(offset);
        self.outcome.fault = Some((line, why));
    }

    /// Takes what stands between two places; false where nothing more can be read.
    fn step(&mut self, event: &Event<'_>, begins: usize, ends: usize) -> bool {
        match event {
            Event::Start(start) => return self.begin(start, begins, ends),
            Event::Empty(start) => {
                let goes_on = self.begin(start, begins, ends);
                if goes_on {
                    self.end(ends);
                }
                return goes_on;
            }
            Event::End(_) => self.end(begins),
            Event::Text(words) => self.words(&words.xml10_content()),
            Event::CData(words) => self.words(&words.xml10_content()),
            Event::GeneralRef(reference) => self.reference(reference, begins),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => {
                let open = self.open.last();
                let why = open.map(|open| format!("the text ends before “</{}>”", open.name));
                if let Some(why) = why {
                    self.fail(self.text.len(), why);
                }
                return false;
            }
        }
        true
    }

    /// An element begins; false where it nests too deep.
    fn begin(&mut self, start: &BytesStart<'_>, begins: usize, ends: usize) -> bool {
        if self.open.len() >= DEEPEST {
            self.fail(begins, "its elements nest too deep".to_owned());
            return false;
        }
        let line = self.line(begins);
        let name = name_of(start);
        if self.record.is_none() && self.records.contains(&name.as_str()) {
            self.record = Some(Record {
                depth: self.open.len(),
                fields: Vec::new(),
            });
        }
        let attributes = self.attributes(start, line);
        if let Some(around) = self.open.last_mut() {
            around.has_elements = true;
        } else {
            self.outcome.root.clone_from(&attributes);
        }
        self.open.push(Open {
            name,
            line,
            text: String::new(),
            attributes,
            begins: ends,
            has_elements: false,
        });
        true
    }

    fn attributes(&mut self, start: &BytesStart<'_>, line: u32) -> Vec<(String, String)> {
        let mut attributes = Vec::new();
        // Looking for doubles takes quadratic time.
        for attribute in start.attributes().with_checks(false) {
            let Ok(attribute) = attribute else {
                self.outcome.attribute.get_or_insert(line);
                continue;
            };
            let name = attribute.key.local_name().into_inner().to_owned();
            let (value, unknown) = unescaped(&attribute.value);
            if let Some(unknown) = unknown {
                self.outcome.entity.get_or_insert((line, unknown));
            }
            attributes.push((name, value));
        }
        attributes
    }

    fn words(&mut self, words: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(words);
        }
    }

    fn reference(&mut self, name: &str, begins: usize) {
        if let Some(c) = character(name) {
            self.words(c.encode_utf8(&mut [0; 4]));
            return;
        }
        if self.outcome.entity.is_none() && is_entity(name) {
            let line = self.line(begins);
            self.outcome.entity = Some((line, name.to_owned()));
        }
        self.words(&format!("&{name};"));
    }

    /// The innermost element ends, and its content ends at `ends`.
    fn end(&mut self, ends: usize) {
        let Some(open) = self.open.pop() else { return };
        let record = self.record.as_mut();
        let fields = match record {
            Some(record) if record.depth < self.open.len() => {
                // Text between elements is layout, unless there is some.
                if !open.has_elements || !open.text.trim().is_empty() {
                    record.fields.push(Field {
                        name: open.name,
                        text: open.text,
                        line: open.line,
                    });
                }
                return;
            }
            Some(record) => mem::take(&mut record.fields),
            None if open.has_elements => return,
            None => Vec::new(),
        };
        self.record = None;
        let parent = self.open.last().map_or("", |open| open.name.as_str());
        (self.visit)(&Element {
            name: &open.name,
            parent,
            line: open.line,
            attributes: &open.attributes,
            fields: &fields,
            text: &open.text,
            inner: self.text.get(open.begins..ends).unwrap_or_default(),
        });
    }
}

/// The character of a reference, by the text between `&` and `;`.
fn character(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => {
            let number = name.strip_prefix('#')?;
            let (digits, radix) = match number.strip_prefix('x') {
                Some(digits) => (digits, 16),
                None => (number, 10),
            };
            // A sign is no digit.
            let is_number = digits.chars().all(|c| c.is_digit(radix));
            let code = u32::from_str_radix(digits, radix).ok();
            return code
                .filter(|code| is_number && *code > 0)
                .and_then(char::from_u32);
        }
    })
}

/// Whether a text between `&` and `;` was meant as a reference, and is no prose.
fn is_entity(name: &str) -> bool {
    /// Longer names are none.
    const LONGEST: usize = 64;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '#' | '_' | '-' | '.' | ':');
    name.len() <= LONGEST && name.chars().all(is_name)
}

/// The value of an attribute, and the first reference in it that stays as it is.
fn unescaped(raw: &str) -> (String, Option<String>) {
    let mut value = String::with_capacity(raw.len());
    let mut unknown = None;
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        value.push_str(before);
        rest = after;
        let end = after.find(['&', ';']);
        let name = end.and_then(|end| {
            let is_closed = after.get(end..)?.starts_with(';');
            after
                .get(..end)
                .filter(|name| is_closed && !name.is_empty())
        });
        let Some(name) = name else {
            value.push('&');
            continue;
        };
        if let Some(c) = character(name) {
            value.push(c);
            rest = after.get(name.len() + 1..).unwrap_or_default();
        } else {
            value.push('&');
            if is_entity(name) {
                unknown.get_or_insert_with(|| name.to_owned());
            }
        }
    }
    value.push_str(rest);
    (value, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The elements as `line parent/name [attributes] (fields) text`, and what was found beside.
    fn read(text: &str) -> (Vec<String>, Outcome) {
        let mut elements = Vec::new();
        let outcome = each(text, &["event"], &mut |element| {
            let attributes = element.attributes.iter();
            let attributes = attributes.map(|(name, value)| format!("{name}={value}"));
            let fields = element.fields.iter();
            let fields =
                fields.map(|field| format!("{}:{}={}", field.line, field.name, field.text));
            elements.push(format!(
                "{} {}/{} [{}] ({}) {}",
                element.line,
                element.parent,
                element.name,
                attributes.collect::<Vec<_>>().join(", "),
                fields.collect::<Vec<_>>().join(", "),
                element.text.trim(),
            ));
        });
        (elements, outcome)
    }

    #[test]
    fn records_are_flat() {
        let (elements, outcome) = read(
            "<?xml version=\"1.0\"?>\r\n<!-- <event/> -->\r\n<t a='1'>\r\n<v>2</v>\r\n\
             <events><event start=\"a &amp; &#66;&#x43;\"\r\n end='b &lt; &who; &'>x\r\n\
             <c><d>1</d>\r\n<d><![CDATA[<2>]]></d></c></event>\r\n<event/></events></t>",
        );
        assert_eq!(
            elements,
            [
                "4 t/v [] () 2",
                "5 events/event [start=a & BC, end=b < &who; &] (7:d=1, 8:d=<2>) x",
                "9 events/event [] () ",
            ]
        );
        assert_eq!(outcome.root, [("a".to_owned(), "1".to_owned())]);
        assert_eq!(outcome.entity, Some((5, "who".to_owned())));
        assert_eq!(outcome.fault, None);
    }

    #[test]
    fn entities_are_never_expanded() {
        let (elements, outcome) = read(
            "<!DOCTYPE t [<!ENTITY a \"b\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\n\
             <t><v>&a; &f; &lt; & more</v></t>",
        );
        assert_eq!(elements, ["2 t/v [] () &a; &f; < & more"]);
        assert_eq!(outcome.entity, Some((2, "a".to_owned())));
    }

    #[test]
    fn what_was_read_is_kept_where_a_text_ends_or_is_broken() {
        for (text, line) in [
            ("<t>\n<event/>\n<event><a>1</a>\n", 4),
            ("<t>\n<event/>\n<event><a>1</b></event></t>\n", 3),
            ("<t>\n<event/>\n<event", 3),
        ] {
            let (elements, outcome) = read(text);
            assert_eq!(elements, ["2 t/event [] () "], "{text}");
            assert_eq!(outcome.fault.unwrap().0, line, "{text}");
        }
        let deep = "<a>".repeat(100_000);
        assert!(read(&deep).1.fault.unwrap().1.contains("too deep"));
    }

    #[test]
    fn the_first_element_tells_the_format() {
        for (text, expected) in [
            ("\n<?xml version='1.0'?><!-- <a> --><b:data/>", Some("data")),
            ("<!DOCTYPE x><timeline>", Some("timeline")),
            ("<", None),
            ("timeline", None),
            ("", None),
        ] {
            assert_eq!(root(text).as_deref(), expected, "{text}");
        }
    }

    proptest::proptest! {
    #![proptest_config(crate::testing::fixed(200))]

            #[test]
            fn any_text_is_read(text in "[<>/&;a-c='\"!\\[\\]\\-#x1 \n\\PC]{0,80}") {
                let _ = read(&text);
                let _ = root(&text);
            }
        }
}
