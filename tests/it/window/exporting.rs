//! The export dialog: what is chosen is previewed, kept for the file, and written.

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::{
    app::App,
    command::Panel,
    export::choice::{ExportKind, LookName},
    layout::paper::PaperName,
    open::Origin,
};

use super::{LARGE, PROJECTOR, says, wait_until, window, window_in};

const CTRL: Modifiers = Modifiers {
    ctrl: true,
    command: true,
    ..Modifiers::NONE
};

fn open_export(window: &mut Harness<'_, App>) {
    window.key_press_modifiers(CTRL, Key::E);
    window.run();
    assert!(window.state().state().shows(Panel::Export));
}

/// Waits for a preview with these words.
fn wait_for_preview(window: &mut Harness<'_, App>, words: &str) {
    wait_until(window, words, |window| says(window, words));
}

/// Chooses a value of a list of the dialog.
fn choose(window: &mut Harness<'_, App>, name: &str, now: &str, wanted: &str) {
    window.get_by_label(&format!("{name}: {now}")).click();
    window.run();
    window.get_by_label(wanted).click();
    window.run();
}

#[test]
fn every_kind_of_output_has_its_preview() {
    let mut window = window(LARGE);
    open_export(&mut window);
    wait_for_preview(&mut window, "A4 landscape · 297 × 210 mm · 1 page");
    for (kind, words) in [
        ("Picture", "pixels"),
        ("Handout", "A4 portrait · 210 × 297 mm"),
        ("Worksheet", "A4 portrait · 210 × 297 mm"),
        ("Web page", "one file, for any browser"),
        ("Slides", "13 slides"),
    ] {
        window.get_by_label(kind).click();
        window.run();
        wait_for_preview(&mut window, words);
    }
}

#[test]
fn the_pages_of_a_preview_are_turned() {
    let mut window = window(PROJECTOR);
    open_export(&mut window);
    window.get_by_label("Slides").click();
    window.run();
    wait_for_preview(&mut window, "Preview, page 1 of 13");
    window.get_by_label("Next page").click();
    window.run();
    wait_for_preview(&mut window, "Preview, page 2 of 13");
    window.get_by_label("Previous page").click();
    window.run();
    wait_for_preview(&mut window, "Preview, page 1 of 13");
}

#[test]
fn what_was_chosen_is_found_again_for_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    {
        let mut window = window_in(folder.path(), Some(Origin::Shipped), LARGE);
        open_export(&mut window);
        choose(&mut window, "Paper", "A4", "A2");
        choose(&mut window, "Look", "Light", "Dark");
        wait_for_preview(&mut window, "A2 landscape · 594 × 420 mm");
        window.key_press(Key::Escape);
        window.run();
        assert!(!window.state().state().shows(Panel::Export));
    }
    let window = window_in(folder.path(), Some(Origin::Shipped), LARGE);
    let kept = window.state().state().export;
    assert_eq!(
        (kept.kind, kept.paper.name),
        (ExportKind::Poster, PaperName::A2)
    );
    assert_eq!(kept.look, LookName::Dark);
}

#[test]
fn a_poster_that_does_not_fit_says_so_instead_of_a_preview() {
    let folder = tempfile::tempdir().expect("a folder");
    let events: Vec<String> = (0..10_001)
        .map(|number| {
            format!(
                r#"{{ "title": "E{number}", "date": "{:04}" }}"#,
                1 + number % 2000
            )
        })
        .collect();
    let path = folder.path().join("many.json");
    let text = format!(r#"{{ "title": "Many", "events": [{}] }}"#, events.join(","));
    std::fs::write(&path, text).expect("a file");
    let mut window = window_in(folder.path(), Some(Origin::File(path)), LARGE);
    super::wait_for(&mut window, "the file", |app| {
        app.timeline().title() == "Many"
    });
    open_export(&mut window);
    wait_for_preview(&mut window, "more than a poster can label");
}

#[test]
fn the_dialog_takes_the_keys_and_gives_them_back() {
    let mut window = window(LARGE);
    open_export(&mut window);
    // A key of the canvas does nothing behind it.
    window.key_press(Key::F);
    window.run();
    assert!(window.state().state().shows(Panel::Export));
    window.get_by_label("Data").click();
    window.run();
    assert!(
        window.state().state().shows(Panel::SaveAs),
        "data is saved as"
    );
    window.key_press(Key::Escape);
    window.run();
    window.key_press(Key::F);
    window.run();
    assert!(window.state().state().shows(Panel::Filters));
}
