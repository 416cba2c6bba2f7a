//! Files that nobody has written: they are read or refused.

use proptest::prelude::*;

use super::{CLEAN, OWN};
use crate::formats::read;

proptest! {
    #![proptest_config(crate::testing::fixed(256))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn a_changed_byte_is_read_or_refused(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        for text in [CLEAN, OWN] {
            let mut bytes = text.as_bytes().to_vec();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            if let Ok(loaded) = read(&bytes) {
                for diagnostic in &loaded.diagnostics {
                    prop_assert!(diagnostic.location.line >= 1 && diagnostic.location.column >= 1);
                    prop_assert!(!diagnostic.to_string().contains('\n'));
                }
            }
        }
    }

    #[test]
    fn a_truncated_file_is_refused(at in any::<prop::sample::Index>()) {
        let bytes = CLEAN.as_bytes();
        prop_assert!(read(&bytes[..at.index(bytes.len())]).is_err());
    }

    #[test]
    fn any_values_in_the_places_of_others_are_survived(
        values in proptest::collection::vec(
            prop::sample::select(vec![
                "null", "true", "0", "-1.5", "1e999", "\"\"", "\"a\"", "\"2014\"", "\"\\ud800\"",
                "[]", "[[]]", "{}", "[\"a\", 1, null]", "{\"event\": \"a\"}", "[{\"event\": \"a\"}]",
            ]),
            30,
        ),
    ) {
        let keys = [
            "id", "title", "short", "date", "date_label", "lane", "importance", "certainty",
            "summary", "people", "place", "tags", "because", "see_also", "sources", "media",
        ];
        let fields = |values: &[&str]| {
            let pairs = keys.iter().zip(values).map(|(key, value)| format!("\"{key}\": {value}"));
            pairs.collect::<Vec<_>>().join(", ")
        };
        let (first, second) = values.split_at(keys.len());
        let text = format!(
            "{{\"title\": \"t\", \"events\": [{{{}}}, {{{}}}], \"lessons\": {}}}",
            fields(first), fields(second), values[0],
        );
        prop_assert!(read(text.as_bytes()).is_ok());
    }
}
