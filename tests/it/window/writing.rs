//! Writing a chronology: the form, the line of a new event, undo, saving, what another program saves.

mod beside;
mod drags;
mod handed_on;
mod hours;
mod kept;
mod killed;
mod list_rows;
mod stumbles;
mod ways;

use std::{fs, path::Path};

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{app::App, command::Layer, open::Origin};

use super::{LARGE, says, wait_for, wait_until, window_in};

const CTRL: Modifiers = Modifiers {
    ctrl: true,
    command: true,
    ..Modifiers::NONE
};

const FILE: &str = r#"{
  "title": "Small",
  "lanes": [
    { "id": "war", "label": "War" },
    { "id": "peace", "label": "Peace" }
  ],
  "people": [{ "id": "ada", "name": "Ada" }],
  "events": [
    { "id": "a", "title": "First", "date": "2000", "lane": "war", "odd": 1e3 },
    { "id": "b", "title": "Second", "date": "2005", "lane": "peace", "because": [{ "event": "a" }] }
  ]
}
"#;

/// A window with the file.
fn opened(folder: &Path) -> Harness<'static, App> {
    opened_with(folder, FILE)
}

/// The same with another text.
fn opened_with(folder: &Path, text: &str) -> Harness<'static, App> {
    let path = folder.join("small.json");
    fs::write(&path, text).expect("a file");
    let mut window = window_in(folder, Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        !app.is_loading() && app.layout().is_some()
    });
    window
}

fn in_file(folder: &Path) -> String {
    fs::read_to_string(folder.join("small.json")).expect("the file")
}

fn press(window: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

/// Gives the first event the title "Ours", and closes the form.
fn rename_first(window: &mut Harness<'_, App>) {
    edit(window, "First");
    fill(window, "Title", "Ours");
    press(window, Modifiers::NONE, Key::Enter);
    press(window, Modifiers::NONE, Key::Escape);
}

/// Selects the event of a title and opens its form.
fn edit(window: &mut Harness<'_, App>, title: &str) {
    let name = window.state().timeline();
    let event = name.events().find(|&it| name.event(it).title == title);
    let event = event.expect("the event");
    let id = meanwhile::view::canvas::node_id(event);
    window.ctx.memory_mut(|memory| memory.request_focus(id));
    window.run();
    press(window, Modifiers::NONE, Key::Enter);
    // An open form goes on with the event that is selected.
    if !window.state().state().has(Layer::Form) {
        press(window, Modifiers::NONE, Key::E);
    }
    assert!(window.state().state().has(Layer::Form));
}

/// The line in which a new event is typed.
const LINE: &str = "New event: when, and what happened";

/// Adds an event by that line, which stays open.
fn add_event(window: &mut Harness<'_, App>, words: &str) {
    press(window, Modifiers::NONE, Key::N);
    window.get_by_label(LINE).type_text(words);
    window.run();
    press(window, Modifiers::NONE, Key::Enter);
}

/// Begins a chronology with one event, in a window that ends before that is saved.
fn lose_a_new_chronology(folder: &Path) {
    let mut window = opened(folder);
    press(&mut window, CTRL, Key::N);
    wait_for(&mut window, "a new one", |app| {
        app.timeline().title() == "New chronology"
    });
    add_event(&mut window, "1789 A beginning");
    window.run_steps(300);
}

/// Types into the field of a label, in the place of what is there.
fn fill(window: &mut Harness<'_, App>, label: &str, text: &str) {
    window.get_by_label(label).focus();
    window.run();
    press(window, CTRL, Key::A);
    window.get_by_label(label).type_text(text);
    window.run();
}

#[test]
fn a_title_is_changed_undone_and_saved_as_one_changed_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Title", "Another first");
    press(&mut window, Modifiers::NONE, Key::Enter);
    let title = |window: &Harness<'_, App>| {
        let timeline = window.state().timeline();
        let event = timeline.find_event("a").expect("it is there");
        timeline.event(event).title.to_owned()
    };
    assert_eq!(title(&window), "Another first");
    assert!(window.state().state().has(Layer::Form), "the form stays");
    assert_eq!(in_file(folder.path()), FILE, "nothing is saved yet");
    assert!(says(&window, "Undo: change title"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, CTRL, Key::Z);
    assert_eq!(title(&window), "First");
    press(&mut window, CTRL | Modifiers::SHIFT, Key::Z);
    assert_eq!(title(&window), "Another first");
    press(&mut window, CTRL, Key::S);
    assert_eq!(
        in_file(folder.path()),
        FILE.replace(r#""title": "First""#, r#""title": "Another first""#)
    );
}

#[test]
fn a_wrong_date_is_said_in_place_and_is_not_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Date", "March 2001");
    assert!(says(&window, "March 2001 · day not stated"));
    fill(&mut window, "Date", "nonsense");
    assert!(says(&window, "“nonsense” is not understood"));
    press(&mut window, Modifiers::NONE, Key::Enter);
    // It is neither in the chronology nor gone.
    let date = |window: &Harness<'_, App>| {
        let timeline = window.state().timeline();
        timeline
            .date_words(timeline.find_event("a").expect("it"))
            .date
    };
    assert_eq!(date(&window), "2000");
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::NONE, Key::E);
    assert!(says(&window, "“nonsense” is not understood"));
    fill(&mut window, "Date", "10 June 2001");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(date(&window), "10 June 2001");
}

#[test]
fn a_new_event_is_typed_in_a_line_and_goes_to_the_lane() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    press(&mut window, Modifiers::NONE, Key::N);
    let line = "New event: when, and what happened";
    assert!(says(&window, "Enter adds it to the lane “War”"));
    window
        .get_by_label(line)
        .type_text("10 June 2003 Mosul falls");
    window.run();
    assert!(says(&window, "10 June 2003"));
    press(&mut window, Modifiers::NONE, Key::Enter);
    let timeline = window.state().timeline();
    let event = timeline.find_event("mosul-falls").expect("it has an id");
    assert_eq!(timeline.lane_record(timeline.lane(event)).label, "War");
    assert_eq!(window.state().state().selected, Some(event));
    assert!(
        window.state().state().has(Layer::NewEvent),
        "for the next one"
    );
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!window.state().state().has(Layer::NewEvent));
}

#[test]
fn what_is_deleted_takes_its_links_along_and_comes_back_with_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::NONE, Key::Delete);
    let causes = |window: &Harness<'_, App>| {
        let timeline = window.state().timeline();
        let second = timeline.find_event("b").expect("it stays");
        (timeline.len(), timeline.event(second).because.len())
    };
    assert_eq!(causes(&window), (1, 0));
    press(&mut window, CTRL, Key::Z);
    assert_eq!(causes(&window), (2, 1));
}

#[test]
fn someone_new_is_made_on_the_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    let people = "Add a person or a group";
    fill(&mut window, people, "Ad");
    assert!(says(&window, "Ada") && says(&window, "New person: Ad"));
    press(&mut window, Modifiers::NONE, Key::Enter);
    fill(&mut window, people, "Grace");
    press(&mut window, Modifiers::NONE, Key::Enter);
    let timeline = window.state().timeline();
    let event = timeline.find_event("a").expect("it");
    assert_eq!(timeline.people_words(event), ["Ada", "Grace"]);
}

#[test]
fn what_another_program_saves_meanwhile_is_taken_together_with_ones_own_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Title", "Ours");
    press(&mut window, Modifiers::NONE, Key::Enter);
    let theirs = FILE.replace("Second", "Theirs");
    fs::write(folder.path().join("small.json"), &theirs).expect("saved elsewhere");
    wait_for(&mut window, "both", |app| {
        let timeline = app.timeline();
        let titles: Vec<&str> = timeline
            .events()
            .map(|it| timeline.event(it).title)
            .collect();
        titles == ["Ours", "Theirs"]
    });
    // The same changed twice is asked about.
    let theirs = theirs.replace("First", "Theirs, too");
    fs::write(folder.path().join("small.json"), &theirs).expect("saved elsewhere");
    wait_until(&mut window, "the question", |window| {
        says(window, "Keep mine")
    });
    assert!(says(&window, "Theirs, too") && says(&window, "Ours"));
    // Before it is answered nothing is saved over the other's, nor changed: also after Esc.
    press(&mut window, CTRL, Key::S);
    press(&mut window, CTRL, Key::Z);
    assert!(says(&window, "Keep mine"));
    assert_eq!(in_file(folder.path()), theirs);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!says(&window, "Keep mine"));
    press(&mut window, CTRL, Key::S);
    assert_eq!(in_file(folder.path()), theirs);
    wait_until(&mut window, "the question again", |window| {
        says(window, "Keep mine")
    });
    window.get_by_label("Keep mine").click();
    window.run();
    press(&mut window, CTRL, Key::S);
    let saved = in_file(folder.path());
    assert!(
        saved.contains("\"Ours\"") && saved.contains("\"Theirs\""),
        "{saved}"
    );
}

#[test]
fn changes_are_not_left_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    rename_first(&mut window);
    press(&mut window, CTRL, Key::N);
    assert!(says(&window, "Save the changes?"));
    window.get_by_label("Cancel").click();
    window.run();
    assert_eq!(window.state().timeline().title(), "Small");
    press(&mut window, CTRL, Key::N);
    window.get_by_label("Discard").click();
    wait_for(&mut window, "a new one", |app| {
        app.timeline().title() == "New chronology"
    });
    assert!(says(&window, "A chronology begins with one event"));
    assert_eq!(in_file(folder.path()), FILE);
}

#[test]
fn changes_that_were_lost_are_offered_again() {
    let folder = tempfile::tempdir().expect("a folder");
    {
        let mut window = opened(folder.path());
        edit(&mut window, "First");
        fill(&mut window, "Title", "Ours");
        press(&mut window, Modifiers::NONE, Key::Enter);
        // A draft is kept within seconds.
        window.run_steps(300);
        assert!(folder.path().join("drafts").is_dir());
        // The program is killed.
    }
    let path = folder.path().join("small.json");
    {
        // Changed again before that is answered, it is still there.
        let mut window = opened(folder.path());
        edit(&mut window, "Second");
        fill(&mut window, "Title", "Other");
        press(&mut window, Modifiers::NONE, Key::Enter);
        window.run_steps(300);
        window.get_by_label("Take them up").click();
        window.run();
        assert!(says(&window, "Undo what you have changed since"));
        press(&mut window, Modifiers::NONE, Key::Escape);
        press(&mut window, CTRL, Key::Z);
        window.run_steps(300);
    }
    let reopened = || {
        let mut window = window_in(folder.path(), Some(Origin::File(path.clone())), LARGE);
        wait_for(&mut window, "the file", |app| {
            app.timeline().title() == "Small"
        });
        window
    };
    let mut window = reopened();
    assert!(says(&window, "Changes of this chronology were not saved"));
    window.get_by_label("Take them up").click();
    window.run();
    assert!(
        window
            .state()
            .timeline()
            .find_event("a")
            .is_some_and(|event| { window.state().timeline().event(event).title == "Ours" })
    );
    assert_eq!(in_file(folder.path()), FILE);
    press(&mut window, CTRL, Key::S);
    assert!(in_file(folder.path()).contains("Ours"));
    drop(window);
    // What is saved is not offered again.
    assert!(!says(&reopened(), "were not saved the last time"));
}

#[test]
fn rows_of_a_spreadsheet_are_pasted_as_events_and_copied_as_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    let rows = "Date\tTitle\tLane\tPeople\nMarch 2001\tThird\tWar\tAda; Grace\n2002-05-06\tFourth\tTrade\t\n";
    window.event(egui::Event::Paste(rows.to_owned()));
    window.run();
    let timeline = window.state().timeline();
    let event = |title: &str| {
        let mut events = timeline.events();
        events
            .find(|&it| timeline.event(it).title == title)
            .expect("it was pasted")
    };
    let third = event("Third");
    assert_eq!(
        timeline.lane_record(timeline.lane(third)).id,
        "war",
        "the same lane"
    );
    assert_eq!(timeline.people_words(third), ["Ada", "Grace"]);
    assert_eq!(timeline.people().len(), 2, "Ada is the same");
    let labels: Vec<&str> = timeline
        .lanes()
        .iter()
        .map(|it| it.label.as_str())
        .collect();
    assert_eq!(labels, ["War", "Peace", "Trade"]);
    let said = super::spoken(&window);
    assert!(said.iter().any(|it| it == "2 events pasted"), "{said:?}");
    assert!(says(&window, "2 events"));
    // Both are selected: their lane is changed at once, and undone at once.
    fill(&mut window, "Lane of all", "Peace");
    press(&mut window, Modifiers::NONE, Key::Enter);
    let lanes = |window: &Harness<'_, App>| {
        let timeline = window.state().timeline();
        let lanes = timeline
            .events()
            .map(|it| &timeline.lane_record(timeline.lane(it)).id);
        lanes.filter(|id| *id == "peace").count()
    };
    assert_eq!(lanes(&window), 3);
    press(&mut window, CTRL, Key::Z);
    assert_eq!(lanes(&window), 1);
    window.get_by_label("Delete").click();
    window.run();
    assert_eq!(window.state().timeline().len(), 2);
}

#[test]
fn a_large_chronology_is_changed_without_ever_being_blank() {
    let folder = tempfile::tempdir().expect("a folder");
    let events: Vec<String> = (0..3_000)
        .map(|number| {
            let year = 1000 + number % 900;
            format!("    {{ \"id\": \"e{number}\", \"title\": \"Event {number}\", \"date\": \"{year}\" }}")
        })
        .collect();
    let path = folder.path().join("small.json");
    let text = format!(
        "{{\n  \"title\": \"Large\",\n  \"events\": [\n{}\n  ]\n}}\n",
        events.join(",\n")
    );
    fs::write(&path, &text).expect("a file");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Large"
    });
    wait_for(&mut window, "its rows", |app| app.layout().is_some());
    edit(&mut window, "Event 0");
    fill(&mut window, "Title", "Seven");
    window.key_press(Key::Enter);
    // Two changes at once: the second waits for the first.
    window.run_steps(2);
    window.key_press(Key::Escape);
    for _ in 0..3 {
        window.step();
        assert!(
            window.state().layout().is_some(),
            "it is shown all the while"
        );
    }
    press(&mut window, Modifiers::NONE, Key::Delete);
    wait_for(&mut window, "both changes", |app| {
        app.timeline().len() == 2_999
    });
    press(&mut window, CTRL, Key::Z);
    wait_for(&mut window, "one undone", |app| {
        app.timeline().len() == 3_000
    });
    let title = |app: &App| {
        let timeline = app.timeline();
        let event = timeline.find_event("e0");
        event.map(|event| timeline.event(event).title.to_owned())
    };
    assert_eq!(title(window.state()).as_deref(), Some("Seven"));
    press(&mut window, CTRL, Key::Z);
    wait_for(&mut window, "all undone", |app| {
        title(app).as_deref() == Some("Event 0")
    });
    assert_eq!(in_file(folder.path()), text);
}

#[test]
fn what_is_typed_in_a_field_that_was_not_left_is_not_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    fill(&mut window, "Title", "Typed");
    press(&mut window, CTRL, Key::S);
    window.run();
    assert!(in_file(folder.path()).contains("Typed"));
    fill(&mut window, "Details (Markdown)", "A page");
    press(&mut window, CTRL, Key::Enter);
    assert!(!window.state().state().has(Layer::Form));
    press(&mut window, CTRL, Key::S);
    assert!(in_file(folder.path()).contains("A page"));
    // Esc leaves a page, and keeps it.
    press(&mut window, Modifiers::NONE, Key::E);
    fill(&mut window, "Details (Markdown)", "Another page");
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, CTRL, Key::S);
    assert!(in_file(folder.path()).contains("Another page"));
}

#[test]
fn enter_in_a_field_in_which_nothing_was_typed_adds_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    edit(&mut window, "First");
    for label in ["Add a person or a group", "Place", "Another event"] {
        let mut fields = window.get_all_by_label(label);
        fields.next().expect("the field").focus();
        drop(fields);
        window.run();
        press(&mut window, Modifiers::NONE, Key::Enter);
    }
    press(&mut window, CTRL, Key::S);
    assert_eq!(in_file(folder.path()), FILE);
    // Typed, the first one that fits is taken.
    fill(&mut window, "Add a person or a group", "ad");
    press(&mut window, Modifiers::NONE, Key::Enter);
    press(&mut window, CTRL, Key::S);
    assert!(in_file(folder.path()).contains(r#""people": ["ada"]"#));
}

#[test]
fn a_link_that_leads_nowhere_is_shown_and_taken_away_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("small.json");
    let text = FILE.replace(
        r#"[{ "event": "a" }]"#,
        r#"[{ "event": "gone" }, { "event": "a" }]"#,
    );
    fs::write(&path, &text).expect("a file");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| app.timeline().len() == 2);
    edit(&mut window, "Second");
    window.get_by_label("Remove the link to gone").focus();
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    press(&mut window, CTRL, Key::S);
    assert_eq!(in_file(folder.path()), FILE);
}

#[test]
fn the_line_of_a_new_event_has_the_keyboard_while_it_is_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(folder.path());
    let has_keyboard = |window: &Harness<'_, App>| window.ctx.text_edit_focused();
    press(&mut window, CTRL, Key::N);
    wait_for(&mut window, "a new one", |app| {
        app.timeline().title() == "New chronology"
    });
    for title in ["2014-06-10 Mosul falls", "2014-06-12 Second"] {
        press(&mut window, Modifiers::NONE, Key::N);
        window.run_steps(2);
        assert!(has_keyboard(&window), "{title}");
        press(&mut window, Modifiers::NONE, Key::Escape);
        press(&mut window, Modifiers::NONE, Key::N);
        window.run_steps(2);
        assert!(has_keyboard(&window), "again: {title}");
        window
            .get_by_label("New event: when, and what happened")
            .type_text(title);
        window.run();
        press(&mut window, Modifiers::NONE, Key::Enter);
        window.run_steps(30);
        assert!(has_keyboard(&window), "after {title}");
        press(&mut window, Modifiers::NONE, Key::Escape);
    }
    assert_eq!(window.state().timeline().len(), 2);
}

#[test]
fn a_cause_is_found_by_the_name_on_the_timeline() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("small.json");
    let text = FILE
        .replace(
            r#""title": "First","#,
            r#""title": "A long title", "short": "Start","#,
        )
        .replace(r#", "because": [{ "event": "a" }]"#, "");
    fs::write(&path, &text).expect("a file");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    wait_for(&mut window, "the file", |app| app.timeline().len() == 2);
    edit(&mut window, "Second");
    let field = window.get_all_by_label("Another event").next();
    field.expect("the field of causes").focus();
    window.run();
    let field = window.get_all_by_label("Another event").next();
    field.expect("the field of causes").type_text("start");
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    press(&mut window, CTRL, Key::S);
    let saved = in_file(folder.path());
    assert!(
        saved.contains(r#""because": [{ "event": "a" }]"#),
        "{saved}"
    );
}
