//! Property tests for any text, valid or not: nothing panics, and every date that
//! parses is in order and in range and has words. Kept apart from the tables in `parse`
//! and `words`, since the same text generators serve both.

use edtf_core::Edtf;
use proptest::prelude::*;

use super::grammar::{Fault, read};
use super::words::{label, say};
use super::{Bound, Moment, Outlook, When};
use crate::testing::fixed;

/// One date in EDTF, valid or nearly so.
fn date_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "-?[0-9X]{4}[?~%]?",
        "[0-2][0-9X]{3}-[0-4X][0-9X][?~%]?",
        "-?[0-2][0-9X]{3}-[01X][0-9X]-[0-3X][0-9X][?~%]?",
        "Y-?[1-9][0-9]{4,12}(S[1-5])?[?~%]?",
        "Y-?[1-9][0-9]?E[0-9]{1,2}(S[1-3])?",
        "[12][0-9]{3}S[1-4]",
        "[12][0-9]{3}-0[1-9]-[12][0-9]T[012][0-9]:[0-6][0-9](:[0-6][0-9])?(Z|\\+0[0-9])?",
        "[12][0-9]{3}-0[1-9]-[12][0-9]T[012][0-9]",
    ]
}

/// An EDTF expression, valid or nearly so.
pub(crate) fn edtf_text() -> impl Strategy<Value = String> {
    let side = || prop_oneof![4 => date_text(), 1 => Just(String::new()), 1 => Just("..".into())];
    prop_oneof![
        date_text(),
        (side(), side()).prop_map(|(a, b)| format!("{a}/{b}")),
        (date_text(), date_text()).prop_map(|(a, b)| format!("..{a}/{b}..")),
        (date_text(), date_text()).prop_map(|(a, b)| format!("[{a},..{b}]")),
        (date_text(), date_text(), date_text()).prop_map(|(a, b, c)| format!("{{{a}..{b},{c}}}")),
    ]
}

fn holds(when: &When) -> Result<(), TestCaseError> {
    if let (Some(earliest), Some(latest)) = (when.earliest(), when.latest()) {
        prop_assert!(earliest < latest);
    }
    for moment in [when.earliest(), when.latest()].into_iter().flatten() {
        prop_assert!(Moment::EARLIEST < moment && moment < Moment::LATEST);
        prop_assert_eq!(Moment::from_civil(moment.civil()), Some(moment));
    }
    match when {
        When::Date(range) => prop_assert!(range.earliest < range.latest),
        When::Span { start, end } => {
            prop_assert!(
                [start, end]
                    .iter()
                    .any(|side| matches!(side, Bound::Known(_)))
            );
        }
        When::Set { members, .. } => {
            prop_assert!(!members.is_empty());
            members.iter().try_for_each(holds)?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(fixed(2000))]

    #[test]
    fn what_is_read_is_in_order_and_in_range(text in edtf_text()) {
        if let Ok(when) = When::parse(&text) {
            holds(&when)?;
        }
    }

    #[test]
    fn what_edtf_core_reads_is_read(text in edtf_text()) {
        match (Edtf::parse(&text), read(&text)) {
            (Ok(_), Err(fault)) => {
                prop_assert!(matches!(fault, Fault::OutOfRange { .. }), "{text}: {fault:?}");
            }
            (Err(_), Ok(_)) => prop_assert!(text.contains('T'), "{text}"),
            _ => {}
        }
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>()) {
        let _ = When::parse(&text);
    }

    #[test]
    fn no_text_of_date_signs_is_too_odd(text in "[-0-9XTYESZ/.,?~%:{}\\[\\] ]{0,24}") {
        let _ = When::parse(&text);
    }

    #[test]
    fn all_that_is_read_can_be_said(
        text in "(\\.\\.)?[0-2X][0-9X]{3}(-[0-4X][0-9X](-[0-3X][0-9X])?)?[?~%]?(/|/\\.\\.|/[2-9]9[0-9X]{2}[?~%]?|)",
    ) {
        if let Ok(when) = When::parse(&text) {
            for outlook in [Outlook::Happened, Outlook::Expected] {
                let words = say(&when, outlook).to_string();
                prop_assert!(!words.is_empty() && !words.contains("a season"), "{text}: {words}");
                prop_assert!(!label(&when, outlook).is_empty());
                prop_assert!(outlook == Outlook::Happened || !words.contains("going on"), "{text}");
            }
        }
    }
}
