//! A lesson session driven by its commands.

use std::sync::Arc;

use super::*;
use crate::time::Moment;

const FILE: &str = r#"{ "title": "T", "events": [
    { "id": "a", "title": "A", "date": "2001" }, { "id": "b", "title": "B", "date": "2003" },
    { "id": "c", "title": "C", "date": "2014-06" }, { "id": "d", "title": "D", "date": "2003" } ],
  "lessons": [{ "title": "L", "steps": [
    { "event": "a" },
    { "ask": "when", "event": "c", "view": "2000/2020" },
    { "ask": "order", "events": ["a", "b", "c"] },
    { "ask": "choose", "title": "Who?", "answers": [{ "text": "He" }, { "text": "She", "right": true }] },
    { "title": "The end" }] }] }"#;

fn session() -> (Arc<Timeline>, LessonSession) {
    let timeline = crate::formats::read(FILE.as_bytes()).unwrap().timeline;
    let lesson = timeline.lessons()[0].clone();
    let session = LessonSession::new(&timeline, lesson, (0, 0.0), 100.0);
    (timeline, session)
}

/// The session after some commands, none of which ends the lesson.
fn after(commands: &[LessonCommand]) -> (Arc<Timeline>, LessonSession) {
    let (timeline, mut session) = session();
    for command in commands {
        assert_eq!(
            session.apply(command, &timeline, 100.0),
            Outcome::Continues,
            "{command:?}"
        );
    }
    (timeline, session)
}

#[test]
fn keys_lead_from_step_to_step_and_through_questions() {
    use LessonCommand::{Digit, GoTo};
    const NEXT: LessonCommand = LessonCommand::Menu(Menu::Next);
    const BACK: LessonCommand = LessonCommand::Menu(Menu::Back);
    const FIRST: LessonCommand = LessonCommand::Menu(Menu::First);
    const LAST: LessonCommand = LessonCommand::Menu(Menu::Last);
    const ENTER: LessonCommand = LessonCommand::Menu(Menu::Enter);
    const BLACK: LessonCommand = LessonCommand::Menu(Menu::Black);
    const REVEAL: LessonCommand = LessonCommand::Menu(Menu::Reveal);
    for (commands, step) in [
        (&[][..], 1),
        (&[NEXT], 2),
        // The first Next reveals the answer.
        (&[NEXT, NEXT], 2),
        (&[NEXT, NEXT, NEXT], 3),
        (&[NEXT, REVEAL, NEXT], 3),
        (&[NEXT, NEXT, NEXT, BACK], 2),
        // An answer stays revealed.
        (&[NEXT, NEXT, NEXT, BACK, NEXT], 3),
        (&[BACK], 1),
        (&[LAST], 5),
        (&[LAST, NEXT], 5),
        (&[LAST, FIRST], 1),
        (&[GoTo(3)], 4),
        (&[Digit(4), ENTER], 4),
        (&[Digit(1), Digit(2), ENTER], 5),
        (&[Digit(0), ENTER], 1),
        // An unfinished number is discarded.
        (&[Digit(4), NEXT, ENTER], 2),
        // Black covers the question, so Next goes to the next step, which uncovers the stage.
        (&[NEXT, BLACK, NEXT], 3),
    ] {
        let (_, session) = after(commands);
        assert_eq!(session.step + 1, step, "{commands:?}");
        assert_eq!(session.cover, None);
    }
}

#[test]
fn leaving_closes_what_lies_open_first() {
    let (timeline, mut session) = after(&[LessonCommand::Menu(Menu::Black)]);
    let event = timeline.find_event("a").unwrap();
    session.apply(&LessonCommand::Open(event), &timeline, 100.0);
    assert_eq!(session.opened, Some(event));
    assert_eq!(
        session.apply(&LessonCommand::Menu(Menu::Leave), &timeline, 100.0),
        Outcome::Continues
    );
    assert_eq!((session.opened, session.cover), (None, Some(Cover::Black)));
    assert_eq!(
        session.apply(&LessonCommand::Menu(Menu::Leave), &timeline, 100.0),
        Outcome::Continues
    );
    assert_eq!(
        session.apply(&LessonCommand::Menu(Menu::Leave), &timeline, 100.0),
        Outcome::Ends
    );
    let (_, session) = after(&[
        LessonCommand::Digit(4),
        LessonCommand::Menu(Menu::Leave),
        LessonCommand::Menu(Menu::Enter),
    ]);
    assert_eq!(
        (session.step, session.typed),
        (0, None),
        "a number is forgotten"
    );
    let (_, mut session) = after(&[LessonCommand::Menu(Menu::Black)]);
    assert_eq!(
        session.apply(&LessonCommand::End, &timeline, 100.0),
        Outcome::Ends
    );
}

#[test]
fn a_wrong_guess_is_reported_with_how_far_off_it_was() {
    let (timeline, mut session) = after(&[LessonCommand::Menu(Menu::Next)]);
    let guess = |year, month, day| {
        let civil = crate::time::Civil::date(year, month, day);
        LessonCommand::Guess(Moment::from_civil(civil).unwrap())
    };
    for (command, is_right, words) in [
        (guess(2014, 6, 20), true, "Right."),
        (guess(2014, 4, 20), false, "Two months too early."),
        (guess(2016, 6, 1), false, "Two years too late."),
    ] {
        session.apply(&command, &timeline, 100.0);
        let verdict = session.verdict(&timeline).unwrap();
        assert_eq!(verdict.is_right, Some(is_right), "{command:?}");
        assert_eq!(verdict.words, words, "{command:?}");
    }
    session.apply(&LessonCommand::Menu(Menu::Reveal), &timeline, 100.0);
    // Once the answer is revealed, guesses are ignored.
    session.apply(&guess(2014, 6, 20), &timeline, 100.0);
    let attempt = session.attempt().unwrap();
    assert_eq!(attempt.guess.map(|it| it.civil().year), Some(2016));
    let (_, session) = after(&[
        LessonCommand::Menu(Menu::Next),
        LessonCommand::Menu(Menu::Reveal),
    ]);
    let verdict = session.verdict(&timeline).unwrap();
    assert_eq!(verdict.is_right, None);
}

#[test]
fn arrows_move_a_guess_by_what_the_date_is_known_to() {
    let (timeline, mut session) = after(&[
        LessonCommand::Menu(Menu::Next),
        LessonCommand::Menu(Menu::Up),
    ]);
    let civil = |session: &LessonSession| session.attempt().unwrap().guess.unwrap().civil();
    let first = civil(&session);
    assert!(
        (2009..=2011).contains(&first.year),
        "in the middle: {first:?}"
    );
    for _ in 0..3 {
        session.apply(&LessonCommand::Menu(Menu::Up), &timeline, 100.0);
    }
    let later = civil(&session);
    assert!(later > first && later.year <= first.year + 1, "{later:?}");
    for _ in 0..1000 {
        session.apply(&LessonCommand::Menu(Menu::Down), &timeline, 100.0);
    }
    assert!(civil(&session).year >= 1999, "it stays in view");
}

#[test]
fn cards_are_put_in_order_by_keys_and_alike_ones_either_way() {
    let to_cards = [LessonCommand::GoTo(2)];
    let (timeline, session) = after(&to_cards);
    let ids = |session: &LessonSession| -> String {
        let order = &session.attempt().unwrap().order;
        order
            .iter()
            .map(|&event| timeline.event(event).id)
            .collect()
    };
    assert_eq!(ids(&session), "cba", "what lay right is turned round");
    let verdict = |session: &LessonSession| session.verdict(&timeline).unwrap();
    // No card has been moved yet.
    assert_eq!(verdict(&session).is_right, None);
    let mut session = session;
    for command in [
        LessonCommand::Menu(Menu::Enter),
        LessonCommand::Menu(Menu::Down),
        LessonCommand::Menu(Menu::Down),
        LessonCommand::Menu(Menu::Enter),
        LessonCommand::Menu(Menu::Up),
        LessonCommand::Menu(Menu::Enter),
        LessonCommand::Menu(Menu::Up),
        LessonCommand::Menu(Menu::Enter),
    ] {
        session.apply(&command, &timeline, 100.0);
    }
    assert_eq!(ids(&session), "abc");
    assert_eq!(
        verdict(&session),
        Verdict {
            is_right: Some(true),
            words: "Right: that is the order.".to_owned()
        }
    );
    let card = timeline.find_event("a").unwrap();
    // A repeated move changes nothing: a window may send it again before it sees the result.
    for to in [2, 2, 9] {
        session.apply(&LessonCommand::Move { card, to }, &timeline, 100.0);
        assert_eq!(ids(&session), "bca");
    }
    let words = verdict(&session).words;
    assert_eq!(words, "3 of 3 cards are out of their places.");
    let alike = Attempt {
        is_tried: true,
        order: ["d", "b"]
            .map(|id| timeline.find_event(id).unwrap())
            .to_vec(),
        ..Attempt::default()
    };
    assert_eq!(
        alike
            .verdict(session.current_step().unwrap(), session.camera(), &timeline)
            .is_right,
        Some(true)
    );
}

#[test]
fn an_answer_is_chosen_and_the_next_enter_answers() {
    for (commands, is_right, words) in [
        (
            &[
                LessonCommand::GoTo(3),
                LessonCommand::Menu(Menu::Enter),
                LessonCommand::Menu(Menu::Enter),
            ][..],
            Some(false),
            "Not quite. The answer: She",
        ),
        (
            &[
                LessonCommand::GoTo(3),
                LessonCommand::Menu(Menu::Down),
                LessonCommand::Menu(Menu::Enter),
                LessonCommand::Menu(Menu::Enter),
            ],
            Some(true),
            "Right.",
        ),
        (
            &[
                LessonCommand::GoTo(3),
                LessonCommand::Choose(1),
                LessonCommand::Menu(Menu::Next),
            ],
            Some(true),
            "Right.",
        ),
        (
            &[
                LessonCommand::GoTo(3),
                LessonCommand::Choose(1),
                LessonCommand::Choose(1),
                LessonCommand::Menu(Menu::Next),
            ],
            None,
            "The answer: She",
        ),
    ] {
        let (timeline, session) = after(commands);
        let attempt = session.attempt().unwrap();
        assert!(attempt.is_revealed, "{commands:?}");
        let verdict = session.verdict(&timeline).unwrap();
        assert_eq!(
            (verdict.is_right, verdict.words.as_str()),
            (is_right, words),
            "{commands:?}"
        );
    }
}

#[test]
fn what_is_asked_about_is_not_shown_before_it_is_answered() {
    let (timeline, session) = after(&[LessonCommand::Menu(Menu::Next)]);
    let c = timeline.find_event("c").unwrap();
    let shows = |session: &LessonSession| session.shown(&timeline).any(|part| part.event == c);
    assert!(!shows(&session));
    let mut session = session;
    session.is_all_revealed = true;
    assert!(!shows(&session), "not even where all is revealed");
    session.apply(&LessonCommand::Menu(Menu::Reveal), &timeline, 100.0);
    assert!(shows(&session));
}

#[test]
fn autoplay_runs_until_anything_is_pressed_or_the_lesson_is_over() {
    let (timeline, mut session) = after(&[
        LessonCommand::Menu(Menu::Autoplay),
        LessonCommand::Menu(Menu::Slower),
    ]);
    assert_eq!(session.autoplay(110.0), Some(15.0));
    assert_eq!(session.autoplay_share(112.5), Some(0.5));
    assert_eq!((session.autoplay(125.0), session.step), (Some(25.0), 1));
    // Autoplay reveals an answer, too.
    session.autoplay(150.0);
    assert!(session.step == 1 && session.open_question().is_none());
    session.apply(&LessonCommand::UnboundKey, &timeline, 151.0);
    assert_eq!(session.autoplay(1000.0), None, "paused");
    session.apply(&LessonCommand::Menu(Menu::Last), &timeline, 1000.0);
    session.apply(&LessonCommand::Menu(Menu::Autoplay), &timeline, 1000.0);
    assert_eq!(session.autoplay(2000.0), None, "over");
}

#[test]
fn a_reload_keeps_the_step() {
    let (_, session) = after(&[LessonCommand::GoTo(3)]);
    let shorter = FILE.replace(r#"{ "ask": "order", "events": ["a", "b", "c"] },"#, "");
    let shorter = crate::formats::read(shorter.as_bytes()).unwrap().timeline;
    let reloaded = session.reloaded(&shorter, 100.0).unwrap();
    assert_eq!((reloaded.step, reloaded.lesson.steps.len()), (3, 4));
    let none = crate::formats::read(br#"{"title": "T", "events": []}"#)
        .unwrap()
        .timeline;
    assert_eq!(session.reloaded(&none, 100.0), None);
}

#[test]
fn a_guess_is_as_exact_as_one_can_point() {
    let found = |dates: [&str; 3], share: f64| {
        let [first, asked, last] = dates;
        let file = format!(
            r#"{{ "title": "T", "events": [{{ "title": "A", "date": "{first}" }},
              {{ "id": "b", "title": "B", "date": "{asked}" }}, {{ "title": "C", "date": "{last}" }}],
              "lessons": [{{ "title": "L", "steps": [{{ "ask": "when", "event": "b", "view": "{first}/{last}" }}] }}] }}"#
        );
        let timeline = crate::formats::read(file.as_bytes()).unwrap().timeline;
        let lesson = timeline.lessons()[0].clone();
        let mut session = LessonSession::new(&timeline, lesson, (0, 0.0), 0.0);
        let guess = session
            .camera()
            .time_from_x(crate::layout::lesson_timeline::WIDTH_PX * share);
        session.apply(&LessonCommand::Guess(guess), &timeline, 0.0);
        (
            session.guess_words(&timeline).unwrap(),
            session.verdict(&timeline).unwrap().words,
        )
    };
    // Hours of a day.
    let day = [
        "1944-06-06T00:00:00",
        "1944-06-06T09:15:00",
        "1944-06-06T23:59:00",
    ];
    let (guess, words) = found(day, 0.6);
    assert!(
        guess.contains("14") && words.contains("hours") && words.ends_with("too late."),
        "{guess}: {words}"
    );
    assert_eq!(found(day, 0.41).1, "Right.");
    // Thousands of millions of years.
    let deep = ["Y-13800000000", "Y-4540000000", "2000"];
    let (guess, words) = found(deep, 0.45);
    assert!(
        guess.len() < 32 && words.ends_with("too early."),
        "{guess}: {words}"
    );
}
