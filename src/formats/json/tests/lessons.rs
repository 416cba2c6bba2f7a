//! Lessons with questions: right ones are asked, wrong ones are reported.

use super::{load, said};
use crate::model::Question;

/// The messages about the lesson of a file of three events, and what its steps ask.
fn asked(steps: &str) -> (Vec<String>, Vec<Option<Question>>) {
    let text = format!(
        r#"{{"title": "t", "events": [
            {{"id": "a", "title": "A", "date": "2003"}}, {{"id": "b", "title": "B", "date": "2001"}},
            {{"id": "lost", "title": "L", "date": "soon"}}],
          "lessons": [{{"title": "L", "steps": [
            {steps}]}}]}}"#
    );
    let loaded = load(&text);
    let said = said(&loaded);
    let said = said.into_iter().filter(|said| said.contains("lessons[0]"));
    let steps = loaded.timeline.lessons()[0].steps.iter();
    (
        said.collect(),
        steps.map(|step| step.question.clone()).collect(),
    )
}

#[test]
fn questions_are_read_and_what_they_lack_is_said() {
    let (said, questions) = asked(
        r#"{"ask": "order", "events": ["a", "b"]}, {"ask": "when", "event": "a"},
           {"ask": "choose", "title": "Who?", "answers": [{"text": "He"}, {"text": "She", "right": true}]}"#,
    );
    assert_eq!(said, [""; 0] as [&str; 0]);
    let [
        Some(Question::Order(events)),
        Some(Question::When),
        Some(Question::Choose(answers)),
    ] = &questions[..]
    else {
        panic!("{questions:?}");
    };
    assert_eq!(events.len(), 2);
    assert!(events[0] > events[1], "in the file's order");
    let answers: Vec<_> = answers
        .iter()
        .map(|it| (it.text.as_str(), it.is_right))
        .collect();
    assert_eq!(answers, [("He", false), ("She", true)]);

    for (step, expected) in [
        (
            r#"{"ask": "order", "events": ["a", "c"]}"#,
            "steps[0].events[1]: there is no event",
        ),
        (
            r#"{"ask": "order", "events": ["a", "lost"]}"#,
            "steps[0].ask: this question needs at least two events",
        ),
        (
            r#"{"ask": "order", "events": ["a", "a", "b"]}"#,
            "steps[0].events[1]: the event \"a\" stands here twice",
        ),
        (
            r#"{"ask": "when", "say": "s"}"#,
            "steps[0].ask: this question needs an event whose date",
        ),
        (
            r#"{"ask": "choose", "answers": [{"text": "x", "right": true}, {"text": "y"}]}"#,
            "steps[0].ask: this question needs words",
        ),
        (
            r#"{"ask": "choose", "title": "t", "answers": [{"text": "x", "right": true}, {"text": " "}]}"#,
            "steps[0].answers[1]: this answer says nothing",
        ),
        (
            r#"{"ask": "choose", "title": "t", "answers": [{"text": "x"}, {"text": "y"}]}"#,
            "steps[0].ask: this question needs exactly one answer",
        ),
        (
            r#"{"ask": "whom", "say": "s"}"#,
            "steps[0].ask: \"whom\" is not one of the words allowed here",
        ),
        (
            r#"{"ask": "when", "event": "a", "answers": [{"text": "x", "right": "yes"}]}"#,
            "steps[0].answers[0].right: ",
        ),
        (
            r#"{"ask": "when", "event": "a", "events": ["a", "b"]}"#,
            "steps[0].events: \"events\" is for a question of another kind",
        ),
    ] {
        let (said, questions) = asked(step);
        assert!(
            said.iter().any(|said| said.contains(expected)),
            "{step}: {said:#?}"
        );
        assert_eq!(questions.len(), 1, "the step stays");
    }
}
