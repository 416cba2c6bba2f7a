//! Words with what else is to be said.

/// Words, with a remark in brackets where there is one.
pub(super) fn with_remark(words: &str, remark: &str) -> String {
    match remark.trim() {
        "" => words.to_owned(),
        remark => format!("{words} ({remark})"),
    }
}
