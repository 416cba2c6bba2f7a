//! The JSON Schema of timeline.json, for editors that complete and check while one writes.
//!
//! Made from the very types that read the file, so that the two cannot differ. The types allow
//! `null` for whatever may be absent, and serde knows defaults; both are taken out here, since an
//! editor would offer them.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::{Map, Value};

use super::rows::FileRow;

/// The version of the form of timeline.json that this program reads and writes. The second number rises
/// with what older programs do not know, the first with what they would misunderstand.
const FORM: (u32, u32) = (0, 2);
/// How the schema's id begins: its version follows.
const ID: &str = "urn:meanwhile:timeline:";

/// The schema's id, by which a file names the form that it is written in.
pub fn id() -> String {
    let (major, minor) = FORM;
    format!("{ID}{major}.{minor}")
}

/// The version of the form that a file names as its `$schema`, where that is a later one than this
/// program knows.
pub fn later_form(schema: &str) -> Option<&str> {
    let version = schema.trim().strip_prefix(ID)?;
    let (major, minor) = version.split_once('.').unwrap_or((version, "0"));
    let named: (u32, u32) = (major.parse().ok()?, minor.parse().ok()?);
    (named > FORM).then_some(version)
}

/// The schema, in draft 2020-12.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12();
    let mut schema = settings.into_generator().into_root_schema_for::<FileRow>();
    RecursiveTransform(only_what_is_written).transform(&mut schema);
    if let Some(root) = schema.as_object_mut() {
        let (major, minor) = FORM;
        root.insert(
            "title".to_owned(),
            format!("Meanwhile timeline {major}.{minor}").into(),
        );
        root.insert("$id".to_owned(), id().into());
    }
    schema.to_value()
}

/// The schema as a file: indented, with a line break at the end.
pub fn schema_text() -> String {
    format!("{:#}\n", schema())
}

/// Takes `null` and defaults out of one schema.
fn only_what_is_written(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    object.remove("default");
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    let choices = object.get_mut("anyOf").and_then(Value::as_array_mut);
    if let Some(choices) = choices {
        choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
        if let [Value::Object(only)] = choices.as_slice() {
            let only: Map<_, _> = only.clone();
            object.remove("anyOf");
            object.extend(only);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn accepts(file: &Value) -> bool {
        jsonschema::validator_for(&schema()).unwrap().is_valid(file)
    }

    #[test]
    fn the_schema_accepts_what_is_right_and_refuses_what_is_wrong() {
        let event = json!({"title": "a", "date": "2014", "importance": 5, "certainty": "reported"});
        for (expected, file) in [
            (true, json!({"title": "t", "events": []})),
            (
                true,
                json!({"title": "t", "events": [event], "$schema": "x", "mine": 1}),
            ),
            (false, json!({"title": "t"})),
            (false, json!({"events": []})),
            (false, json!([])),
            (false, json!({"title": "t", "events": [{"title": "a"}]})),
            (
                false,
                json!({"title": "t", "events": [{"title": "a", "date": 2014}]}),
            ),
            (
                false,
                json!({"title": "t", "events": [{"title": "a", "date": "2014", "importance": 6}]}),
            ),
            (
                false,
                json!({"title": "t", "events": [{"title": "a", "date": "2014", "certainty": "sure"}]}),
            ),
            (
                false,
                json!({"title": "t", "events": [], "lanes": [{"id": "a", "color": "red"}]}),
            ),
            (
                false,
                json!({"title": "t", "events": [], "people": [{"id": "a", "kind": "cat"}]}),
            ),
        ] {
            assert_eq!(accepts(&file), expected, "{file}");
        }
    }

    #[test]
    fn a_later_form_is_told_from_this_one_and_from_earlier_ones() {
        let id = schema()["$id"].as_str().unwrap().to_owned();
        assert_eq!(later_form(&id), None);
        for (named, expected) in [
            ("urn:meanwhile:timeline:0.1", None),
            ("urn:meanwhile:timeline:0.3", Some("0.3")),
            ("urn:meanwhile:timeline:1.0", Some("1.0")),
            ("urn:meanwhile:timeline:9", Some("9")),
            ("urn:meanwhile:timeline:0", None),
            ("assets/timeline.schema.json", None),
            ("urn:meanwhile:timeline:next", None),
        ] {
            assert_eq!(later_form(named), expected, "{named}");
        }
    }

    #[test]
    fn every_field_is_described() {
        fn visit(path: &str, schema: &Value) {
            let Some(fields) = schema.get("properties").and_then(Value::as_object) else {
                return;
            };
            for (name, field) in fields {
                assert!(field.get("description").is_some(), "{path}.{name}: {field}");
                assert!(field.get("default").is_none(), "{path}.{name}: {field}");
                assert!(
                    !field.to_string().contains("null"),
                    "{path}.{name}: {field}"
                );
            }
        }
        let schema = schema();
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        visit("", &schema);
        for (name, def) in schema["$defs"].as_object().unwrap() {
            visit(name, def);
        }
    }
}
