//! The web page: what is in its file, and how it behaves in a browser.

use std::path::PathBuf;

use data_encoding::BASE64;
use meanwhile::export::job::{Document, Format};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Exported, browser::Browser};

fn page() -> String {
    let bytes = Exported::shipped(Document::WebPage).file(Format::Html);
    String::from_utf8(bytes).expect("text")
}

/// What stands between two texts.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).expect(start);
    rest.split_once(end).expect(end).0
}

#[test]
fn a_page_is_small_and_allows_its_own_script_and_style_alone() {
    let page = page();
    let mut rest = page.as_str();
    let mut own = 0;
    while let Some((before, after)) = rest.split_once(";base64,") {
        own += before.len();
        rest =
            after.trim_start_matches(|it: char| it.is_ascii_alphanumeric() || "+/=".contains(it));
    }
    own += rest.len();
    assert!(own < 300 * 1024, "{own} bytes without fonts and pictures");
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    for (text, directive) in [
        (between(&page, "<style>", "</style>"), "style-src"),
        (between(&page, "<script>", "</script>"), "script-src"),
    ] {
        let hash = BASE64.encode(&Sha256::digest(text.as_bytes()));
        let allowed = format!("{directive} 'sha256-{hash}'");
        assert!(policy.contains(&allowed), "{allowed} in {policy}");
    }
    for forbidden in [" style=\"", " onclick=", "<link", "<iframe", "url(http"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    let data: Value =
        serde_json::from_str(between(&page, "id=\"data\">", "</script>")).expect("data");
    assert_eq!(data["events"].as_array().expect("events").len(), 15);
}

#[test]
fn texts_of_a_file_cannot_end_the_script_or_run() {
    let json = r#"{ "title": "</script><script>alert(1)</script>", "events": [
        { "title": "</script><img src=x onerror=alert(1)>", "date": "2000",
          "summary": "<script>alert(1)</script> [a](javascript:alert(1))" } ] }"#;
    let bytes = Exported::of(json, Document::WebPage).file(Format::Html);
    let page = String::from_utf8(bytes).expect("text");
    assert_eq!(page.matches("</script>").count(), 2, "data and script");
    assert!(!page.contains("<img src=x") && !page.contains("href=\"javascript"));
}

/// The page in a file, and its folder.
fn written() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.html");
    std::fs::write(&path, page()).expect("a file");
    (folder, path)
}

/// The middle of the button of an event in the timeline.
fn middle(browser: &mut Browser, name: &str) -> (f64, f64) {
    let found = browser.value(&format!(
        "(() => {{ const it = [...document.querySelectorAll('#timeline li:not([hidden]) button')]\
         .find(it => it.ariaLabel.startsWith('{name}')); if (!it) return null; \
         const r = it.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
    ));
    let at = |number: usize| found[number].as_f64().expect(name);
    (at(0), at(1))
}

/// The names of the events that the timeline shows, each with the height at which it stands.
fn shown(browser: &mut Browser) -> Vec<(String, String)> {
    let found = browser.value(
        "[...document.querySelectorAll('#timeline li:not([hidden]) button')].map(it => [it.ariaLabel, it.style.top])",
    );
    serde_json::from_value(found).expect("names and heights")
}

#[test]
fn the_page_works_by_pointer_and_keyboard() {
    let (_folder, path) = written();
    let Some(mut browser) = Browser::open(&path, (1280, 900), true) else {
        return;
    };
    browser.settle();
    let whole = shown(&mut browser);
    assert_eq!(whole.len(), 15, "every event has its name: {whole:?}");

    let story = "document.getElementById('story').hidden ? '' : document.querySelector('#story h3').textContent";
    let at = middle(&mut browser, "Mosul falls");
    browser.click(at);
    assert_eq!(browser.value(story), json!("Mosul falls to the IS group"));
    browser.key("Escape");
    assert_eq!(browser.value(story), json!(""));

    // Zooming keeps rows, and what is under the pointer.
    let all = middle_of_button(&mut browser, "all");
    browser.click(all);
    let at = middle(&mut browser, "Khazali released");
    for _ in 0..8 {
        let before = middle(&mut browser, "Khazali released").0;
        browser.wheel(at, -120.0);
        let after = middle(&mut browser, "Khazali released").0;
        assert!((after - before).abs() < 40.0, "{before} → {after}");
        for (name, top) in shown(&mut browser) {
            let first = whole
                .iter()
                .find(|(known, _)| *known == name)
                .expect("it was there");
            assert_eq!(first.1, top, "{name} keeps its row");
        }
    }
    let all = middle_of_button(&mut browser, "all");
    browser.click(all);
    assert_eq!(shown(&mut browser), whole, "all is as it was");

    // By keyboard alone.
    browser.value("document.querySelector('#timeline li:not([hidden]) button').focus()");
    let first = browser.value("document.activeElement.ariaLabel");
    browser.key("ArrowRight");
    let next = browser.value("document.activeElement.ariaLabel");
    assert_ne!(first, next);
    browser.value("document.activeElement.click()");
    assert_ne!(browser.value(story), json!(""));

    browser.key("Escape");
    browser.value("document.getElementById('search').focus()");
    browser.text("fatwa");
    let counted = browser.value("document.getElementById('found').textContent");
    assert_eq!(counted, json!("2 of 15"));
    let listed = browser.value("document.querySelectorAll('#events > li:not([hidden])').length");
    assert_eq!(listed, json!(2));
}

fn middle_of_button(browser: &mut Browser, id: &str) -> (f64, f64) {
    let found = browser.value(&format!(
        "(() => {{ const r = document.getElementById('{id}').getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
    ));
    let at = |number: usize| found[number].as_f64().expect(id);
    (at(0), at(1))
}

#[test]
fn the_page_asks_for_nothing_and_lets_nothing_in() {
    let (_folder, path) = written();
    let Some(mut browser) = Browser::open(&path, (1280, 900), true) else {
        return;
    };
    let asked = browser.value(
        "performance.getEntriesByType('resource').map(it => it.name).filter(it => !it.startsWith('data:'))",
    );
    assert_eq!(asked, json!([]));
    let has_run = browser.value(
        "(() => { const it = document.createElement('script'); it.textContent = 'window.ran = 1'; \
         document.body.append(it); return window.ran === 1; })()",
    );
    assert_eq!(
        has_run,
        json!(false),
        "a script that was put in does not run"
    );
    let fonts = browser.value("document.fonts.ready.then(() => [...document.fonts].filter(it => it.status === 'error').length)");
    assert_eq!(fonts, json!(0), "every font is read");
}

#[test]
fn deep_time_is_zoomed_to_seconds() {
    let json = r#"{ "title": "Deep", "events": [
        { "title": "First fire", "date": "Y-2000000" }, { "title": "Earth", "date": "Y-4540000000" },
        { "title": "Landing", "date": "1969-07-20" } ] }"#;
    let bytes = Exported::of(json, Document::WebPage).file(Format::Html);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.html");
    std::fs::write(&path, bytes).expect("a file");
    let Some(mut browser) = Browser::open(&path, (1280, 900), true) else {
        return;
    };
    browser.settle();
    let at = browser.value(
        "(() => { const r = document.getElementById('timeline').getBoundingClientRect(); return [r.x + r.width / 2, r.y + 60]; })()",
    );
    let at = [0, 1].map(|number| at[number].as_f64().expect("a place"));
    for _ in 0..80 {
        browser.wheel((at[0], at[1]), -600.0);
    }
    assert_eq!(browser.value("1 + 1"), json!(2), "the page is alive");
}

#[test]
fn the_axis_of_a_timeline_that_goes_on_below_the_edge_stays_in_sight() {
    let (_folder, path) = written();
    let Some(mut browser) = Browser::open(&path, (1280, 700), true) else {
        return;
    };
    browser.settle();
    // The line of the axis lies above the window's lower edge.
    let ink = browser.value(
        "(() => { const it = document.querySelector('#timeline canvas'), y = innerHeight - it.getBoundingClientRect().top - 46;          const row = it.getContext('2d').getImageData(Math.round(it.width / 2), Math.round(y * devicePixelRatio) - 1, 1, 3).data;          return Math.max(row[3], row[7], row[11]); })()",
    );
    let is_tall = browser
        .value("document.getElementById('timeline').getBoundingClientRect().bottom > innerHeight");
    assert_eq!(is_tall, json!(true), "the timeline goes on below the edge");
    assert!(ink.as_f64().expect("ink") > 200.0, "{ink}");
}

#[test]
fn without_scripts_the_page_is_a_picture_and_a_list() {
    let (_folder, path) = written();
    let Some(mut browser) = Browser::open(&path, (1280, 900), false) else {
        return;
    };
    let seen = browser.value(
        "[document.querySelector('#whole svg').getBoundingClientRect().height > 200, \
         getComputedStyle(document.getElementById('timeline')).display, \
         document.querySelectorAll('#events > li h3').length]",
    );
    assert_eq!(seen, json!([true, "none", 15]));
}
