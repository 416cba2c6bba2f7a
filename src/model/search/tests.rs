//! Which queries find what, in the shipped chronology and in made-up ones.

use std::ops::Range;

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
        Found::Date(event) => format!("@{}", timeline.event(event).id),
        Found::With(event, subject) => {
            let name = match subject {
                Subject::Person(person) => &timeline.person(person).name,
                Subject::Place(place) => &timeline.place(place).name,
                Subject::Tag(tag) => timeline.tag(tag),
            };
            format!("{} with {name}", timeline.event(event).id)
        }
        Found::Text(event) => format!("…{}", timeline.event(event).id),
        Found::PersonText(person) => format!("…{}", timeline.person(person).name),
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
        ["…Muqtada al-Sadr"]
    );
    // After everything with it in its name, and after events with it in their texts.
    let found = names(&index, &find(&index, "sadr"));
    let place = |name: &str| found.iter().position(|it| it == name);
    assert!(
        place("Muqtada al-Sadr") < place("…Qais al-Khazali"),
        "{found:?}"
    );
    assert!(place("…Qais al-Khazali").is_some(), "{found:?}");
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
fn a_phrase_is_marked_as_a_whole_in_a_text() {
    let index = index_of(&[("x", 3)]);
    let query = index.query("in 2014");
    let text = "In Iraq, a city fell in 2014. In 2015 it was not free.";
    let marks = query.marks_in_text(text);
    let words = |marks: Vec<Range<usize>>, text: &str| {
        marks
            .into_iter()
            .map(|mark| text[mark].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(words(marks, text), ["in 2014"]);
    let text = "In 2015";
    let marks = words(query.marks_in_text(text), text);
    assert_eq!(marks, ["In"], "where it is not there, its words");
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

/// The results that were found by date, without their sign.
fn dated(index: &SearchIndex, query: &str) -> Vec<String> {
    let results = find(index, query);
    let names = names(index, &results).into_iter();
    names
        .filter_map(|name| name.strip_prefix('@').map(str::to_owned))
        .collect()
}

#[test]
fn events_are_found_by_their_date() {
    let index = shipped();
    let of_2014 = dated(&index, "2014");
    assert_eq!(of_2014.len(), 4, "{of_2014:?}");
    for query in [
        "in 2014",
        "the year 2014",
        "2014 AD",
        "٢٠١٤",
        "عام 2014",
        "im Jahr 2014",
    ] {
        assert_eq!(dated(&index, query), of_2014, "{query}");
    }
    // They are the first results, before what has these letters in its title or text.
    let all = names(&index, &find(&index, "2014"));
    assert!(
        all.iter().take(4).all(|name| name.starts_with('@')),
        "{all:?}"
    );
    assert_eq!(dated(&index, "in 2010").len(), 2);
    assert_eq!(dated(&index, "before 2005").len(), 2);
    assert_eq!(dated(&index, "2003 to 2010").len(), 5);
    assert_eq!(dated(&index, "20 October 2016").len(), 3);
    assert_eq!(dated(&index, "October 2016").len(), 4);
    assert_eq!(dated(&index, "2016-10~/..").len(), 4);
    assert_eq!(dated(&index, "about October 2016").len(), 4);
}

#[test]
fn words_and_a_time_find_what_has_both() {
    let index = shipped();
    let all = |query: &str| names(&index, &find(&index, query));
    for query in [
        "khazali 2010",
        "2010 khazali",
        "Khazali in 2010",
        "in 2010 qais khazali",
    ] {
        assert_eq!(all(query), ["khazali-released"], "{query}");
    }
    assert!(all("mosul before 2005").is_empty());
    let of_mosul = all("mosul since 2014");
    assert!(of_mosul.len() > 2, "{of_mosul:?}");
}

#[test]
fn a_time_without_events_of_its_own_finds_those_that_may_be_of_it() {
    let json = r#"{"title":"T","as_of":"2016","events":[
        {"title":"Some year","date":"2014"},{"title":"Decade","date":"199X"},
        {"title":"War","date":"1939/1945"},{"title":"June 1941","date":"1970"}]}"#;
    let file = crate::formats::read(json.as_bytes()).expect("a file");
    let index = SearchIndex::of(file.timeline, || true).expect("it is wanted");
    let all = |query| {
        let results = find(&index, query);
        (names(&index, &results), results.is_near)
    };
    assert_eq!(all("June 2014"), (vec!["@some-year".to_owned()], true));
    assert_eq!(all("1990s"), (vec!["@decade".to_owned()], false));
    assert_eq!(all("1995"), (vec!["@decade".to_owned()], true));
    assert_eq!(all("1942"), (vec!["@war".to_owned()], true));
    // The words are in a title: that is exact, and the war in that month is not.
    assert_eq!(all("June 1941"), (vec!["june-1941".to_owned()], false));
    assert_eq!(all("1850"), (vec![], true));
}

#[test]
fn what_is_near_is_found_only_where_nothing_matches() {
    let json = r#"{"title":"T","people":[{"id":"iraq","name":"Iraq"}],"events":[
        {"title":"War in Iraq","date":"2003","people":["iraq"]},
        {"title":"Talks","date":"2015","summary":"A treaty with Iran."}]}"#;
    let file = crate::formats::read(json.as_bytes()).expect("a file");
    let index = SearchIndex::of(file.timeline, || true).expect("it is wanted");
    let all = |query| {
        let results = find(&index, query);
        (names(&index, &results), results.is_near)
    };
    assert_eq!(all("Iran"), (vec!["…talks".to_owned()], false));
    let iraq = ["Iraq", "war-in-iraq"].map(str::to_owned).to_vec();
    assert_eq!(all("iraq"), (iraq.clone(), false));
    assert_eq!(all("irak"), (iraq, true));
}

#[test]
fn somebody_who_is_found_brings_their_events() {
    let json = r#"{"title":"T","people":[{"id":"p","name":"Zaïd"},{"id":"q","name":"Omar","summary":"A cousin of Zaid"}],
        "places":[{"id":"m","name":"Mosul"}],"events":[
        {"title":"Zaid speaks","date":"2003","people":["p"]},
        {"title":"A meeting","date":"2004","people":["q","p"]},
        {"title":"Another","date":"2005","people":["q"],"tags":["trade fair"]},
        {"title":"Fire","date":"2006","place":"m"}]}"#;
    let file = crate::formats::read(json.as_bytes()).expect("a file");
    let index = SearchIndex::of(file.timeline, || true).expect("it is wanted");
    let all = |query| names(&index, &find(&index, query));
    assert_eq!(
        all("zaid"),
        ["Zaïd", "zaid-speaks", "a-meeting with Zaïd", "…Omar"]
    );
    assert_eq!(find(&index, "zaid").events.len(), 2);
    assert_eq!(
        all("omar"),
        ["Omar", "a-meeting with Omar", "another with Omar"]
    );
    assert_eq!(all("mosul"), ["Mosul", "fire with Mosul"]);
    assert_eq!(all("trade"), ["#trade fair", "another with trade fair"]);
}

#[test]
fn the_label_of_a_date_is_found() {
    let json = r#"{"title":"T","events":[
        {"title":"Fire","date":"2004","date_label":"Ramadan 1425"}]}"#;
    let file = crate::formats::read(json.as_bytes()).expect("a file");
    let index = SearchIndex::of(file.timeline, || true).expect("it is wanted");
    assert_eq!(names(&index, &find(&index, "ramadan 1425")), ["fire"]);
}
