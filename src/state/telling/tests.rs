//! A lesson told by its commands.

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

fn telling() -> (Timeline, Telling) {
    let timeline = crate::formats::read(FILE.as_bytes()).unwrap().timeline;
    let lesson = timeline.lessons()[0].clone();
    let telling = Telling::new(&timeline, lesson, (0, 0.0), 100.0);
    (timeline, telling)
}

/// Carries commands out and tells the step, counted from 1.
fn after(tells: &[Tell]) -> (Timeline, Telling) {
    let (timeline, mut telling) = telling();
    for tell in tells {
        assert_eq!(
            telling.apply(tell, &timeline, 100.0),
            Course::Goes,
            "{tell:?}"
        );
    }
    (timeline, telling)
}

#[test]
fn keys_lead_from_step_to_step_and_through_questions() {
    use Tell::{Back, Black, Digit, Enter, First, GoTo, Last, Next, Reveal};
    for (tells, step) in [
        (&[][..], 1),
        (&[Next], 2),
        // The first Next answers.
        (&[Next, Next], 2),
        (&[Next, Next, Next], 3),
        (&[Next, Reveal, Next], 3),
        (&[Next, Next, Next, Back], 2),
        // What was answered stays so.
        (&[Next, Next, Next, Back, Next], 3),
        (&[Back], 1),
        (&[Last], 5),
        (&[Last, Next], 5),
        (&[Last, First], 1),
        (&[GoTo(3)], 4),
        (&[Digit(4), Enter], 4),
        (&[Digit(1), Digit(2), Enter], 5),
        (&[Digit(0), Enter], 1),
        // A number that is not finished is forgotten.
        (&[Digit(4), Next, Enter], 2),
        // Black covers the answer, too: going on uncovers.
        (&[Next, Black, Next], 3),
    ] {
        let (_, telling) = after(tells);
        assert_eq!(telling.step + 1, step, "{tells:?}");
        assert_eq!(telling.cover, None);
    }
}

#[test]
fn leaving_closes_what_lies_open_first() {
    let (timeline, mut telling) = after(&[Tell::Black]);
    let event = timeline.find_event("a").unwrap();
    telling.apply(&Tell::Open(event), &timeline, 100.0);
    assert_eq!(telling.opened, Some(event));
    assert_eq!(telling.apply(&Tell::Leave, &timeline, 100.0), Course::Goes);
    assert_eq!((telling.opened, telling.cover), (None, Some(Cover::Black)));
    assert_eq!(telling.apply(&Tell::Leave, &timeline, 100.0), Course::Goes);
    assert_eq!(telling.apply(&Tell::Leave, &timeline, 100.0), Course::Ends);
    let (_, telling) = after(&[Tell::Digit(4), Tell::Leave, Tell::Enter]);
    assert_eq!(
        (telling.step, telling.typed),
        (0, None),
        "a number is forgotten"
    );
    let (_, mut telling) = after(&[Tell::Black]);
    assert_eq!(telling.apply(&Tell::End, &timeline, 100.0), Course::Ends);
}

#[test]
fn a_guess_is_told_how_far_off_it_was() {
    let (timeline, mut telling) = after(&[Tell::Next]);
    let guess = |year, month, day| {
        let civil = crate::time::Civil::date(year, month, day);
        Tell::Guess(Moment::from_civil(civil).unwrap())
    };
    for (tell, is_right, words) in [
        (guess(2014, 6, 20), true, "Right."),
        (guess(2014, 4, 20), false, "One to three months too early."),
        (
            guess(2016, 6, 1),
            false,
            "One year and eleven months to two years and one month too late.",
        ),
    ] {
        telling.apply(&tell, &timeline, 100.0);
        let verdict = telling.verdict(&timeline).unwrap();
        assert_eq!(verdict.is_right, Some(is_right), "{tell:?}");
        assert_eq!(verdict.words, words, "{tell:?}");
    }
    telling.apply(&Tell::Reveal, &timeline, 100.0);
    // Once it is told nothing is guessed any more.
    telling.apply(&guess(2014, 6, 20), &timeline, 100.0);
    let attempt = telling.attempt().unwrap();
    assert_eq!(attempt.guess.map(|it| it.civil().year), Some(2016));
    let (_, telling) = after(&[Tell::Next, Tell::Reveal]);
    let verdict = telling.verdict(&timeline).unwrap();
    assert_eq!(verdict.is_right, None);
}

#[test]
fn arrows_move_a_guess_by_what_the_date_is_known_to() {
    let (timeline, mut telling) = after(&[Tell::Next, Tell::Up]);
    let civil = |telling: &Telling| telling.attempt().unwrap().guess.unwrap().civil();
    let first = civil(&telling);
    assert!(
        (2009..=2011).contains(&first.year),
        "in the middle: {first:?}"
    );
    for _ in 0..3 {
        telling.apply(&Tell::Up, &timeline, 100.0);
    }
    let later = civil(&telling);
    assert!(later > first && later.year <= first.year + 1, "{later:?}");
    for _ in 0..1000 {
        telling.apply(&Tell::Down, &timeline, 100.0);
    }
    assert!(civil(&telling).year >= 1999, "it stays in view");
}

#[test]
fn cards_are_put_in_order_by_keys_and_alike_ones_either_way() {
    let to_cards = [Tell::GoTo(2)];
    let (timeline, telling) = after(&to_cards);
    let ids = |telling: &Telling| -> String {
        let order = &telling.attempt().unwrap().order;
        order
            .iter()
            .map(|&event| timeline.event(event).id)
            .collect()
    };
    assert_eq!(ids(&telling), "cba", "what lay right is turned round");
    let verdict = |telling: &Telling| telling.verdict(&timeline).unwrap();
    // Nobody has put them anywhere yet.
    assert_eq!(verdict(&telling).is_right, None);
    let mut telling = telling;
    for tell in [
        Tell::Enter,
        Tell::Down,
        Tell::Down,
        Tell::Enter,
        Tell::Up,
        Tell::Enter,
        Tell::Up,
        Tell::Enter,
    ] {
        telling.apply(&tell, &timeline, 100.0);
    }
    assert_eq!(ids(&telling), "abc");
    assert_eq!(
        verdict(&telling),
        Verdict {
            is_right: Some(true),
            words: "Right: that is the order.".to_owned()
        }
    );
    let card = timeline.find_event("a").unwrap();
    // However often it is said: a window may say it again before it sees it done.
    for to in [2, 2, 9] {
        telling.apply(&Tell::Move { card, to }, &timeline, 100.0);
        assert_eq!(ids(&telling), "bca");
    }
    let words = verdict(&telling).words;
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
            .verdict(telling.now().unwrap(), telling.camera(), &timeline)
            .is_right,
        Some(true)
    );
}

#[test]
fn an_answer_is_chosen_and_the_next_enter_answers() {
    for (tells, is_right, words) in [
        (
            &[Tell::GoTo(3), Tell::Enter, Tell::Enter][..],
            Some(false),
            "No: She",
        ),
        (
            &[Tell::GoTo(3), Tell::Down, Tell::Enter, Tell::Enter],
            Some(true),
            "Right.",
        ),
        (
            &[Tell::GoTo(3), Tell::Choose(1), Tell::Next],
            Some(true),
            "Right.",
        ),
        (
            &[Tell::GoTo(3), Tell::Choose(1), Tell::Choose(1), Tell::Next],
            None,
            "The answer: She",
        ),
    ] {
        let (timeline, telling) = after(tells);
        let attempt = telling.attempt().unwrap();
        assert!(attempt.is_revealed, "{tells:?}");
        let verdict = telling.verdict(&timeline).unwrap();
        assert_eq!(
            (verdict.is_right, verdict.words.as_str()),
            (is_right, words),
            "{tells:?}"
        );
    }
}

#[test]
fn what_is_asked_about_is_not_shown_before_it_is_answered() {
    let (timeline, telling) = after(&[Tell::Next]);
    let c = timeline.find_event("c").unwrap();
    let shows = |telling: &Telling| telling.shown(&timeline).any(|part| part.event == c);
    assert!(!shows(&telling));
    let mut telling = telling;
    telling.is_all_told = true;
    assert!(!shows(&telling), "not even where all is told");
    telling.apply(&Tell::Reveal, &timeline, 100.0);
    assert!(shows(&telling));
}

#[test]
fn it_goes_on_by_itself_until_anything_is_pressed_or_it_is_over() {
    let (timeline, mut telling) = after(&[Tell::Autoplay, Tell::Slower]);
    assert_eq!(telling.autoplay(110.0), Some(15.0));
    assert_eq!(telling.autoplay_share(112.5), Some(0.5));
    assert_eq!((telling.autoplay(125.0), telling.step), (Some(25.0), 1));
    // A question is answered by itself, too.
    telling.autoplay(150.0);
    assert!(telling.step == 1 && telling.open_question().is_none());
    telling.apply(&Tell::Other, &timeline, 151.0);
    assert_eq!(telling.autoplay(1000.0), None, "paused");
    telling.apply(&Tell::Last, &timeline, 1000.0);
    telling.apply(&Tell::Autoplay, &timeline, 1000.0);
    assert_eq!(telling.autoplay(2000.0), None, "over");
}

#[test]
fn a_file_that_is_read_anew_keeps_the_step() {
    let (_, telling) = after(&[Tell::GoTo(3)]);
    let shorter = FILE.replace(r#"{ "ask": "order", "events": ["a", "b", "c"] },"#, "");
    let shorter = crate::formats::read(shorter.as_bytes()).unwrap().timeline;
    let anew = telling.anew(&shorter, 100.0).unwrap();
    assert_eq!((anew.step, anew.lesson.steps.len()), (3, 4));
    let none = crate::formats::read(br#"{"title": "T", "events": []}"#)
        .unwrap()
        .timeline;
    assert_eq!(telling.anew(&none, 100.0), None);
}

#[test]
fn a_guess_is_as_exact_as_one_can_point() {
    let told = |dates: [&str; 3], share: f64| {
        let [first, asked, last] = dates;
        let file = format!(
            r#"{{ "title": "T", "events": [{{ "title": "A", "date": "{first}" }},
              {{ "id": "b", "title": "B", "date": "{asked}" }}, {{ "title": "C", "date": "{last}" }}],
              "lessons": [{{ "title": "L", "steps": [{{ "ask": "when", "event": "b", "view": "{first}/{last}" }}] }}] }}"#
        );
        let timeline = crate::formats::read(file.as_bytes()).unwrap().timeline;
        let lesson = timeline.lessons()[0].clone();
        let mut telling = Telling::new(&timeline, lesson, (0, 0.0), 0.0);
        let guess = telling
            .camera()
            .time_from_x(crate::layout::cast::WIDTH_PX * share);
        telling.apply(&Tell::Guess(guess), &timeline, 0.0);
        (
            telling.guess_words(&timeline).unwrap(),
            telling.verdict(&timeline).unwrap().words,
        )
    };
    // Hours of a day.
    let day = [
        "1944-06-06T00:00:00",
        "1944-06-06T09:15:00",
        "1944-06-06T23:59:00",
    ];
    let (guess, words) = told(day, 0.6);
    assert!(
        guess.contains("14") && words.contains("hours") && words.ends_with("too late."),
        "{guess}: {words}"
    );
    assert_eq!(told(day, 0.41).1, "Right.");
    // Thousands of millions of years.
    let deep = ["Y-13800000000", "Y-4540000000", "2000"];
    let (guess, words) = told(deep, 0.45);
    assert!(
        guess.len() < 32 && words.ends_with("too early."),
        "{guess}: {words}"
    );
}
