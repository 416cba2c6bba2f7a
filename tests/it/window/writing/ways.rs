//! Each field and each way of changing a chronology, by label and key.

use std::fs;

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, open::Origin};
use serde_json::{Value, json};

use super::super::{LARGE, alone::alone, wait_for, window_in};
use super::{CTRL, FILE, edit, fill, in_file, opened, opened_with, press};

/// The file as it is saved now.
fn saved(window: &mut Harness<'_, App>, folder: &std::path::Path) -> Value {
    press(window, CTRL, Key::S);
    window.run_steps(3);
    serde_json::from_str(&in_file(folder)).expect("it is JSON")
}

/// Types into the field of a label, and leaves it by Enter; several lines by another field.
fn enter(window: &mut Harness<'_, App>, label: &str, text: &str) {
    fill(window, label, text);
    press(window, Modifiers::NONE, Key::Enter);
    window.run_steps(2);
}

fn click(window: &mut Harness<'_, App>, label: &str) {
    window.get_by_label(label).scroll_to_me();
    window.run();
    window.get_by_label(label).click();
    window.run_steps(2);
}

fn open_list(window: &mut Harness<'_, App>, list: &str) {
    press(window, Modifiers::NONE, Key::L);
    window.run();
    click(window, list);
}

#[test]
fn every_field_of_an_event_is_filled_in_by_its_label() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    enter(&mut window, "Title", "The first");
    enter(&mut window, "Date", "c. March 2001");
    fill(&mut window, "Summary", "In short");
    fill(&mut window, "Details (Markdown)", "At length");
    enter(&mut window, "Place", "Mosul");
    enter(&mut window, "Add a person or a group", "Grace");
    enter(&mut window, "Add a source", "A book");
    enter(
        &mut window,
        "Where in it: page, paragraph, minute",
        "page 7",
    );
    enter(&mut window, "Add a tag", "siege");
    enter(&mut window, "Short title, for the label", "First");
    enter(&mut window, "Words of the date", "in spring");
    enter(
        &mut window,
        "Id, by which links and lessons name it",
        "the-first",
    );
    click(&mut window, "Disputed");
    click(&mut window, "5");
    let file = saved(&mut window, folder.path());
    let expected = json!({
        "id": "the-first", "title": "The first", "short": "First", "date": "2001-03~",
        "date_label": "in spring", "lane": "war", "importance": 5, "certainty": "disputed",
        "summary": "In short", "details": "At length", "people": ["grace"], "place": "mosul",
        "sources": [{ "source": "a-book", "where": "page 7" }], "tags": ["siege"], "odd": 1e3
    });
    assert_eq!(file["events"][0], expected);
    assert_eq!(
        file["events"][1]["because"],
        json!([{ "event": "the-first" }]),
        "its link follows"
    );
    let names =
        ["people", "places", "sources"].map(|list| file[list].as_array().expect("a list").len());
    assert_eq!(names, [2, 1, 1]);
}

#[test]
fn a_second_event_like_one_is_made_by_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    press(&mut window, CTRL, Key::D);
    window.run_steps(2);
    assert_eq!(window.state().timeline().len(), 3);
    // Its title has the keyboard.
    assert!(window.get_by_label("Title").is_focused());
    enter(&mut window, "Title", "Copied");
    let file = saved(&mut window, folder.path());
    assert_eq!(file["events"][1]["title"], "Copied");
    assert_eq!(file["events"][0]["title"], "First");
}

#[test]
fn people_places_and_sources_are_described_in_their_lists() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    open_list(&mut window, "People");
    enter(&mut window, "New person", "Society");
    click(&mut window, "Society");
    click(&mut window, "Group");
    click(&mut window, "Ada");
    enter(&mut window, "Name in its own script", "Ада");
    fill(&mut window, "Summary (Markdown)", "Who counts");
    enter(&mut window, "A group, a state, an organisation", "society");
    click(&mut window, "Places");
    enter(&mut window, "New place", "Mosul");
    click(&mut window, "Mosul");
    enter(&mut window, "Degrees north", "36.34");
    enter(&mut window, "Degrees east", "43.13");
    click(&mut window, "Sources");
    enter(&mut window, "New source", "A book");
    enter(&mut window, "Author", "Ada");
    enter(&mut window, "Date", "10 June 1843");
    enter(&mut window, "Address on the web", "https://example.org/");
    click(&mut window, "Chronology");
    enter(&mut window, "Language", "en");
    enter(&mut window, "As of", "October 2016");
    let file = saved(&mut window, folder.path());
    assert_eq!(
        file["people"],
        json!([
            { "id": "ada", "name": "Ada", "native_name": "Ада", "summary": "Who counts",
              "member_of": ["society"] },
            { "id": "society", "name": "Society", "kind": "group" }
        ])
    );
    assert_eq!(
        file["places"],
        json!([{ "id": "mosul", "name": "Mosul", "lat": 36.34, "lon": 43.13 }])
    );
    assert_eq!(
        file["sources"],
        json!([{ "id": "a-book", "title": "A book", "author": "Ada", "date": "1843-06-10",
                 "url": "https://example.org/" }])
    );
    assert_eq!([&file["language"], &file["as_of"]], ["en", "2016-10"]);
}

#[test]
fn several_events_get_a_tag_and_how_sure_they_are_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened_with(folder.path(), FILE);
    let events: Vec<_> = window.state().timeline().events().collect();
    window.event(egui::Event::Paste(
        "Date\tTitle\n2001\tThird\n2002\tFourth\n".to_owned(),
    ));
    window.run();
    assert_eq!(window.state().state().writing.several.len(), 2);
    click(&mut window, "Reported");
    enter(&mut window, "A tag for all", "siege");
    let file = saved(&mut window, folder.path());
    for row in file["events"]
        .as_array()
        .expect("a list")
        .iter()
        .skip(events.len())
    {
        assert_eq!(
            [&row["certainty"], &row["tags"]],
            [&json!("reported"), &json!(["siege"])]
        );
    }
    assert_eq!(file["events"][0].get("tags"), None);
}

#[test]
fn an_imported_table_is_saved_as_a_timeline_beside_it_and_stays_as_it_was() {
    let test = "it::window::writing::ways::an_imported_table_is_saved_as_a_timeline_beside_it_and_stays_as_it_was";
    alone(test, |folder| {
        let table = folder.join("table.csv");
        let text = "date,title\n2000,First\n2005,Second\n";
        fs::write(&table, text).expect("a table");
        let mut window = window_in(folder, Some(Origin::File(table.clone())), LARGE);
        wait_for(&mut window, "the table", |app| app.timeline().len() == 2);
        edit(&mut window, "First");
        enter(&mut window, "Title", "The first");
        press(&mut window, CTRL, Key::S);
        wait_for(&mut window, "it is saved", |app| {
            app.says().contains("Saved as")
        });
        assert_eq!(fs::read_to_string(&table).expect("the table"), text);
        let made = fs::read_to_string(folder.join("table.json")).expect("the timeline");
        assert!(made.contains("The first"), "{made}");
        // From now on it is that file.
        edit(&mut window, "Second");
        enter(&mut window, "Title", "The second");
        press(&mut window, CTRL, Key::S);
        window.run_steps(3);
        let made = fs::read_to_string(folder.join("table.json")).expect("the timeline");
        assert!(made.contains("The second"), "{made}");
    });
}

#[test]
fn a_copy_of_the_chronology_that_ships_becomes_ones_own() {
    let test = "it::window::writing::ways::a_copy_of_the_chronology_that_ships_becomes_ones_own";
    alone(test, |folder| {
        let mut window = window_in(&folder.join("state"), Some(Origin::Shipped), LARGE);
        edit(&mut window, "A US-led coalition invades Iraq");
        enter(&mut window, "Title", "The invasion");
        press(&mut window, CTRL, Key::S);
        wait_for(&mut window, "it is saved", |app| {
            app.says().contains("Saved as")
        });
        let made = fs::read_dir(folder)
            .expect("the home")
            .filter_map(Result::ok);
        let mut made = made.map(|file| file.path());
        let made = made.find(|path| path.extension().is_some_and(|it| it == "json"));
        let text = fs::read_to_string(made.expect("a file")).expect("its text");
        assert!(text.contains("\"title\": \"The invasion\""));
        // All else is as it ships, line by line.
        let shipped = meanwhile::open::SHIPPED;
        let other = text
            .lines()
            .zip(shipped.lines())
            .filter(|(one, other)| one != other);
        assert_eq!(
            (text.lines().count(), other.count()),
            (shipped.lines().count(), 1)
        );
    });
}
