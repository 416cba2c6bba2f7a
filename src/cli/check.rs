//! The output of `meanwhile check` for a file that could be read: a line per fault, and a summary.
//!
//! What is a fault is decided by [`formats`](crate::formats); where the lines go, by
//! [`cli`](super).

use std::fmt::Write;

use crate::{
    formats::{Severity, Source},
    open::one_line,
};

/// One line for each fault, in the order of the file: `FILE:LINE:COLUMN: error: FIELD: …; …`, the
/// form that editors jump from.
pub fn lines(name: &str, loaded: &Source) -> String {
    loaded
        .diagnostics
        .iter()
        .fold(String::new(), |mut lines, diagnostic| {
            let line = format!("{name}:{diagnostic}");
            // Writing to a string does not fail.
            let _ = writeln!(lines, "{}", one_line(&line));
            lines
        })
}

/// One line about the file as a whole: `timeline.json: 2 errors, 1 warning`.
pub fn summary(name: &str, loaded: &Source) -> String {
    let timeline = &loaded.timeline;
    if let Some(faults) = fault_counts(loaded) {
        return format!("{name}: {faults}");
    }
    let lanes = timeline
        .lanes()
        .iter()
        .filter(|lane| !lane.label.is_empty())
        .count();
    let all = [
        (timeline.len(), "event"),
        (lanes, "lane"),
        (timeline.lessons().len(), "lesson"),
    ];
    let some = all
        .into_iter()
        .filter(|(number, noun)| *number > 0 || *noun == "event");
    let counts: Vec<_> = some.map(|(number, noun)| count(number, noun)).collect();
    format!("{name}: nothing is wrong: {}", counts.join(", "))
}

/// How many faults a file has: `2 errors, 1 warning`; `None` where it has none.
pub fn fault_counts(loaded: &Source) -> Option<String> {
    let counts = [Severity::Error, Severity::Warning]
        .into_iter()
        .filter_map(|severity| {
            let number = loaded
                .diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity == severity)
                .count();
            (number > 0).then(|| count(number, &severity.to_string()))
        });
    let counts: Vec<_> = counts.collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{formats, open::SHIPPED};

    fn check(file: &str, expected_starts: &[&str], expected_summary: &str) {
        let loaded = formats::read(file.as_bytes()).unwrap();
        let lines = lines("a.json", &loaded);
        let starts: Vec<_> = lines
            .lines()
            .zip(expected_starts)
            .map(|(line, start)| line.get(..start.len()).unwrap())
            .collect();
        assert_eq!(starts, expected_starts, "{lines}");
        assert_eq!(lines.lines().count(), expected_starts.len(), "{lines}");
        assert!(!lines.contains('\u{1b}'), "{lines}");
        assert_eq!(summary("a.json", &loaded), expected_summary);
    }

    #[test]
    fn faults_are_lines_and_a_summary_counts_them() {
        check(
            SHIPPED,
            &[],
            "a.json: nothing is wrong: 15 events, 5 lanes, 1 lesson",
        );
        check(
            r#"{"title": "t", "events": []}"#,
            &[],
            "a.json: nothing is wrong: 0 events",
        );
        check(
            "{\"title\": \"t\", \"events\": [\n  {\"title\": \"a\", \"date\": \"2014-13\"}\n]}",
            &["a.json:2:26: error: events[0].date: "],
            "a.json: 1 error",
        );
        check(
            "{\"title\": \"t\", \"titel\": 1, \"events\": [{\"title\": \"a\", \"date\": \"a\\u001b\"}]}",
            &["a.json:1:16: warning: titel: ", "a.json:1:"],
            "a.json: 1 error, 1 warning",
        );
    }
}
