//! Which queries find what, in the shipped chronology and in made-up ones.

use super::*;

fn shipped() -> SearchIndex {
    let file = crate::formats::read(include_bytes!("../../../timeline.json")).expect("it ships");
    SearchIndex::of(file.timeline, || true).expect("it is wanted")
}

fn find(index: &SearchIndex, query: &str) -> SearchResults {
    index
        .find(&index.query(query), || true)
        .expect("it is wanted")
}

/// The names of the results.
fn names(index: &SearchIndex, answer: &SearchResults) -> Vec<String> {
    let timeline = index.timeline();
    let name = |found: &Found| match *found {
        Found::Person(person) => timeline.person(person).name.clone(),
        Found::Place(place) => timeline.place(place).name.clone(),
        Found::Tag(tag) => format!("#{}", timeline.tag(tag)),
        Found::Event(event) => timeline.event(event).id.to_owned(),
        Found::Text(event) => format!("…{}", timeline.event(event).id),
    };
    answer.best.iter().map(name).collect()
}

#[test]
fn a_name_is_found_however_it_is_written() {
    let index = shipped();
    for query in [
        "sadr",
        "SADR",
        "Sadr’s",
        "الصدر",
        "الصد",
        "صد",
        "صدر",
        "الصَّدر",
        "muqtada",
        "moqtada",
        "Muqtda sadr",
        "sadr muqtada",
    ] {
        let found = names(&index, &find(&index, query));
        assert!(
            found.iter().take(3).any(|name| name == "Muqtada al-Sadr"),
            "{query}: {found:?}"
        );
    }
}

#[test]
fn someone_is_found_by_who_they_are() {
    let index = shipped();
    assert_eq!(
        names(&index, &find(&index, "nationalist")),
        ["Muqtada al-Sadr"]
    );
    // After everything with it in its name, and after events with it in their texts.
    let found = names(&index, &find(&index, "sadr"));
    let place = |name: &str| found.iter().position(|it| it == name);
    assert!(
        place("Muqtada al-Sadr") < place("Qais al-Khazali"),
        "{found:?}"
    );
    assert!(place("Qais al-Khazali").is_some(), "{found:?}");
}

#[test]
fn the_better_match_comes_first() {
    let index = index_of(&[
        ("Wars and more", 3),
        ("War of the walls", 1),
        ("The war", 5),
        ("A ward", 4),
        ("Wer kommt", 5),
        ("Warsaw", 2),
    ]);
    // The word itself before longer ones, then by importance; no typos are forgiven in short words.
    let expected = [
        "the-war",
        "war-of-the-walls",
        "a-ward",
        "wars-and-more",
        "warsaw",
    ];
    assert_eq!(names(&index, &find(&index, "war")), expected);
}

fn index_of(titles: &[(&str, u8)]) -> SearchIndex {
    let events: Vec<String> = titles
        .iter()
        .map(|(title, importance)| {
            format!(r#"{{"title":"{title}","date":"2003","importance":{importance}}}"#)
        })
        .collect();
    let json = format!(r#"{{"title":"T","events":[{}]}}"#, events.join(","));
    let file = crate::formats::read(json.as_bytes()).expect("a file");
    SearchIndex::of(file.timeline, || true).expect("it is wanted")
}

#[test]
fn typos_are_forgiven_by_length() {
    let index = index_of(&[
        ("Reconstruction", 3),
        ("Treaty", 3),
        ("Oil", 3),
        ("2015", 3),
    ]);
    for (query, expected) in [
        ("treaty", Some("treaty")),
        ("traety", Some("treaty")),
        ("treatt", Some("treaty")),
        ("traett", None),
        ("recnstruktion", Some("reconstruction")),
        ("recnstruk", Some("reconstruction")),
        ("rcnstruktio", None),
        ("oil", Some("oil")),
        ("oyl", None),
        ("2014", None),
        ("", None),
        ("  –  ", None),
    ] {
        let found = names(&index, &find(&index, query));
        assert_eq!(found.first().map(String::as_str), expected, "{query}");
    }
}

#[test]
fn texts_are_found_by_what_they_hold_and_come_last() {
    let json = r#"{"title":"T","people":[{"id":"p","name":"Zaïd Bridge"}],"events":[
        {"title":"Meeting","date":"2003","summary":"They crossed the Façade bridge."},
        {"title":"Bridges","date":"2004"},
        {"title":"Other","date":"2005","details":"Über die Brücke"}]}"#;
    let file = crate::formats::read(json.as_bytes()).expect("a file");
    let index = SearchIndex::of(file.timeline, || true).expect("it is wanted");
    let all = |query| names(&index, &find(&index, query));
    assert_eq!(all("bridge"), ["Zaïd Bridge", "bridges", "…meeting"]);
    assert_eq!(all("facade bri"), ["…meeting"]);
    assert_eq!(all("brucke"), ["…other"]);
    assert_eq!(all("ü"), Vec::<String>::new(), "a letter is in every text");
    let in_text = index.query("acade").marks_in_text("the Façade");
    assert_eq!(in_text.first(), Some(&(4..11)));
    let long = "x".repeat(100_000);
    assert_eq!(all(&long), Vec::<String>::new());
    let answer = find(&index, "bridge");
    assert_eq!((answer.count, answer.events.len()), (3, 2));
}

#[test]
fn all_words_have_to_be_there() {
    let index = index_of(&[("Fall of Mosul", 3), ("Fall of Baghdad", 3), ("Mosul", 3)]);
    assert_eq!(
        names(&index, &find(&index, "mosul fall")),
        ["fall-of-mosul"]
    );
    assert_eq!(names(&index, &find(&index, "fall")).len(), 2);
}

#[test]
fn what_was_found_is_marked() {
    let index = index_of(&[("x", 3)]);
    for (query, text, expected) in [
        ("sad", "Muqtada al-Sadr’s men", "Muqtada al-[Sad]r’s men"),
        ("malik", "Nūrī al-Mālikī", "Nūrī al-[Mālik]ī"),
        ("الصدر", "مقتدى الصَّدر", "مقتدى [الصَّدر]"),
        ("traety", "A Treaty, treaties", "A [Treaty], treaties"),
        ("war", "Warsaw pact war", "[War]saw pact [war]"),
        ("idge", "Bridge", "Bridge"),
        ("none", "Nothing here", "Nothing here"),
        ("a war", "Warsaw and a", "[War]saw [a]nd [a]"),
        ("a", "Baghdad", "Baghdad"),
    ] {
        let mut marked = text.to_owned();
        for range in index.query(query).marks(text).into_iter().rev() {
            marked.insert(range.end, ']');
            marked.insert(range.start, '[');
        }
        assert_eq!(marked, expected, "{query}");
    }
}

#[test]
fn the_best_results_are_returned_and_all_are_counted() {
    let titles: Vec<(String, u8)> = (0..1000u32)
        .map(|n| (format!("Event number {n}"), (n % 5 + 1) as u8))
        .collect();
    let titles: Vec<(&str, u8)> = titles
        .iter()
        .map(|(title, it)| (title.as_str(), *it))
        .collect();
    let index = index_of(&titles);
    let answer = find(&index, "event");
    assert_eq!((answer.best.len(), answer.count), (MOST_FOUND, 1000));
    assert_eq!(answer.events.len(), 1000);
    let best = answer.best.iter().filter_map(|found| found.event());
    assert!(
        best.into_iter()
            .all(|event| index.timeline().importance(event) == 5)
    );
    assert!(index.find(&index.query("event"), || false).is_none());
}
