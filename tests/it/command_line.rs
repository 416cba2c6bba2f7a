//! The binary as people call it: results on standard output, messages on standard error, exit
//! codes.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

fn meanwhile(config: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meanwhile"));
    command
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env("XDG_CONFIG_HOME", config)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    let config = tempfile::tempdir().expect("a folder");
    meanwhile(config.path())
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file can be written");
    path
}

#[test]
fn without_a_display_the_chronology_is_printed() {
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(err(&output).lines().count(), 1, "{}", err(&output));
    assert!(err(&output).contains("DISPLAY"), "{}", err(&output));
    let listing = out(&output);
    assert_eq!(listing, out(&run(&["list"])));
    for words in [
        "Mosul and the day after",
        "2003",
        "about October 2016",
        "20 October 2016",
    ] {
        assert!(listing.contains(words), "{words} is in\n{listing}");
    }
    assert!(
        !listing.contains('\u{1b}'),
        "no colours where there is no terminal"
    );
}

#[test]
fn a_display_that_does_not_answer_is_reported_and_the_chronology_printed() {
    let config = tempfile::tempdir().expect("a folder");
    let output = meanwhile(config.path())
        .env("DISPLAY", ":4242")
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains(":4242"), "{}", err(&output));
    assert!(out(&output).contains("Mosul and the day after"));
}

#[test]
fn check_finds_nothing_wrong_with_the_shipped_file() {
    let output = run(&["check", "timeline.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(out(&output), "");
    assert!(
        err(&output).contains("nothing is wrong"),
        "{}",
        err(&output)
    );
    assert_eq!(
        run(&["check", "--strict", "timeline.json"]).status.code(),
        Some(0)
    );
}

#[test]
fn check_names_each_fault_by_file_line_and_column() {
    let output = run(&["check", "tests/it/faulty.json"]);
    assert_eq!(output.status.code(), Some(1));
    let found = out(&output);
    assert!(found.contains("tests/it/faulty.json:15:"), "{found}");
    assert!(found.contains("there is no month 13"), "{found}");
    assert!(found.lines().count() >= 10, "{found}");
}

#[test]
fn check_warns_of_pictures_that_cannot_be_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(
        &folder,
        "p.json",
        br#"{"title":"T","events":[{"title":"A","date":"2003","media":[{"file":"lost.jpg"}]}]}"#,
    );
    let output = run(&["check", &path.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "it is a warning");
    let found = out(&output);
    assert!(
        found.contains("p.json:1:")
            && found.contains("warning: events[0].media[0].file: lost.jpg is not there"),
        "{found}"
    );
}

#[test]
fn a_warning_is_no_failure_unless_it_is_asked_to_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(
        &folder,
        "w.json",
        br#"{"title":"T","subtitel":"x","events":[{"title":"A","date":"2003"}]}"#,
    );
    let path = path.to_string_lossy();
    assert_eq!(run(&["check", &path]).status.code(), Some(0));
    let strict = run(&["check", "--strict", &path]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(
        out(&strict).contains("subtitle"),
        "the nearest name is said: {}",
        out(&strict)
    );
}

#[test]
fn what_cannot_be_read_is_one_clear_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases: [(&str, PathBuf, &str); 7] = [
        (
            "not JSON",
            file(&folder, "a.json", b"{ \"title\": \"x\", }"),
            "line 1",
        ),
        (
            "not UTF-8",
            file(&folder, "b.json", b"{\"title\":\"\xff\"}"),
            "UTF-8",
        ),
        ("empty", file(&folder, "c.json", b"  \n"), "nothing in it"),
        ("a list", file(&folder, "d.json", b"[1, 2]"), "timeline"),
        (
            "no events",
            file(&folder, "e.json", b"{\"title\":\"x\"}"),
            "events",
        ),
        ("a folder", folder.path().to_path_buf(), "folder"),
        (
            "missing",
            folder.path().join("nowhere.json"),
            "nowhere.json",
        ),
    ];
    for (what, path, words) in &cases {
        for verb in [&["check"][..], &["list"], &[]] {
            let mut arguments: Vec<&str> = verb.to_vec();
            let path = path.to_string_lossy();
            arguments.push(&path);
            let output = run(&arguments);
            assert_eq!(
                output.status.code(),
                Some(1),
                "{what} by {verb:?}: {}",
                err(&output)
            );
            let said = err(&output);
            assert!(said.contains(words), "{what} by {verb:?}: {said}");
            assert!(said.contains(&*path), "{what}: the file is named: {said}");
            assert!(!said.contains("panicked"), "{said}");
        }
    }
}

#[test]
fn list_reads_standard_input_filters_and_speaks_json() {
    let config = tempfile::tempdir().expect("a folder");
    let mut child = meanwhile(config.path())
        .args(["list", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let json =
        br#"{"title":"T","events":[{"title":"B","date":"2014"},{"title":"A","date":"2003"}]}"#;
    child
        .stdin
        .take()
        .expect("piped")
        .write_all(json)
        .expect("written");
    let output = child.wait_with_output().expect("it ends");
    let rows: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let titles: Vec<&str> = rows
        .as_array()
        .expect("an array")
        .iter()
        .filter_map(|row| row["title"].as_str())
        .collect();
    assert_eq!(titles, ["A", "B"], "in the order of time");

    let in_lane = out(&run(&["list", "--lane", "clergy"]));
    assert!(
        in_lane.contains("Sistani") && !in_lane.contains("Mahdi"),
        "{in_lane}"
    );
    let in_range = out(&run(&["list", "--range", "2003/2008"]));
    assert!(
        in_range.contains("2007") && !in_range.contains("A meeting in Paris"),
        "{in_range}"
    );
    assert!(out(&run(&["list", "--details"])).contains("paragraph"));
}

#[test]
fn wrong_usage_is_code_2() {
    for arguments in [
        &["list", "--lane", "nobody"][..],
        &["list", "--range", "soon"],
        &["check"],
        &["--nonsense"],
    ] {
        let output = run(arguments);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            err(&output)
        );
        assert!(!err(&output).is_empty());
    }
}

#[test]
fn licences_of_every_crate_in_the_program_are_printed() {
    let licences = out(&run(&["licenses"]));
    let manifest = fs::read_to_string("Cargo.toml").expect("the manifest");
    let lock = fs::read_to_string("Cargo.lock").expect("the lock");
    let dependencies = manifest.split("[dependencies]").nth(1).expect("them");
    let dependencies = dependencies.split("\n[").next().expect("them");
    let names = dependencies.lines().filter(|line| !line.starts_with('#'));
    let names = names.filter_map(|line| Some(line.split_once(" = ")?.0));
    let mut count = 0;
    for name in names {
        let package = format!("name = \"{name}\"\nversion = \"");
        let versions = lock.split(&package).skip(1);
        let is_there = versions
            .filter_map(|rest| rest.split('"').next())
            .any(|version| licences.contains(&format!("\n{name} {version}: ")));
        assert!(is_there, "{name}: run assets/licenses.py");
        count += 1;
    }
    assert!(count > 30);
    for text in ["OFL", "Apache License", "Permission is hereby granted"] {
        assert!(licences.contains(text), "{text}");
    }
}

#[test]
fn a_log_says_what_was_done_and_nothing_of_the_chronology() {
    let folder = tempfile::tempdir().expect("a folder");
    let text =
        r#"{ "title": "A secret", "events": [{ "title": "Nobody knows", "date": "2014" }] }"#;
    let chronology = file(&folder, "hidden.json", text.as_bytes());
    let log = folder.path().join("log.txt");
    let arguments = [
        "list",
        &chronology.display().to_string(),
        "--log",
        &log.display().to_string(),
    ];
    let output = run(&arguments);
    assert!(out(&output).contains("Nobody knows"));
    let log = fs::read_to_string(log).expect("the log");
    for words in [
        env!("CARGO_PKG_VERSION"),
        "started",
        "read",
        "events=1",
        "faults=0",
    ] {
        assert!(log.contains(words), "{words}: {log}");
    }
    for words in ["secret", "Nobody", "hidden"] {
        assert!(!log.contains(words), "{words}: {log}");
    }
    let refused = run(&["list", "--log", "/nowhere/log.txt"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        err(&refused).contains("/nowhere/log.txt"),
        "{}",
        err(&refused)
    );
}

#[test]
fn shells_complete_the_command_line_and_the_manual_has_a_page_for_each_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = out(&run(&["completions", shell]));
        for word in ["meanwhile", "export", "convert", "paper"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(&["man", &folder.path().display().to_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    for page in [
        "meanwhile",
        "meanwhile-export",
        "meanwhile-list",
        "meanwhile-check",
    ] {
        let text = fs::read_to_string(folder.path().join(format!("{page}.1"))).expect(page);
        assert!(text.contains(".SH NAME"), "{page}");
    }
}

#[test]
fn files_of_the_first_version_open_as_they_did() {
    for name in ["first", "last"] {
        let path = format!("tests/it/older/0.1-{name}.json");
        let checked = run(&["check", "--strict", &path]);
        assert_eq!(
            checked.status.code(),
            Some(0),
            "{}{}",
            out(&checked),
            err(&checked)
        );
        let told = out(&run(&["list", "--details", &path]));
        let golden = format!("tests/it/older/0.1-{name}.txt");
        if std::env::var_os("INSTA_UPDATE").is_some_and(|it| it == "always") {
            fs::write(&golden, &told).expect("the golden");
        }
        assert_eq!(
            told,
            fs::read_to_string(&golden).expect("the golden"),
            "{name}"
        );
    }
}

#[test]
fn schema_prints_the_schema_that_ships() {
    let shipped = fs::read_to_string("assets/timeline.schema.json").expect("the schema");
    assert_eq!(out(&run(&["schema"])), shipped);
}

#[test]
fn files_are_converted_and_what_is_lost_is_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (table, calendar) = (path("a.csv"), path("a.ics"));
    let output = run(&["convert", "timeline.json", &table]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).is_empty());
    assert!(err(&output).contains("lessons (1)"), "{}", err(&output));
    let again = run(&["convert", "timeline.json", &table]);
    assert_eq!(again.status.code(), Some(1));
    assert!(err(&again).contains("exists already"), "{}", err(&again));
    let forced = run(&["convert", "timeline.json", &table, "--force"]);
    assert_eq!(forced.status.code(), Some(0), "{}", err(&forced));
    let output = run(&["convert", &table, &calendar]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let printed = run(&["convert", &calendar, "-"]);
    assert!(out(&printed).contains("\"title\": \"Mosul and the day after\""));
    let slides = path("slides.json");
    let output = run(&["convert", "timeline.json", &slides, "--to", "timelinejs"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let json = fs::read_to_string(&slides).expect("it is written");
    assert!(json.contains("\"start_date\""));
    for (arguments, code, words) in [
        (
            &["convert", "timeline.json", "a.doc"][..],
            2,
            "cannot be told by its name",
        ),
        (
            &["convert", "timeline.json", "/nowhere/at/all/a.csv"],
            1,
            "there is no folder",
        ),
        (
            &["convert", "missing.json", "a.csv"],
            1,
            "there is no such file",
        ),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(err(&output).contains(words), "{}", err(&output));
    }
}

#[test]
fn a_new_chronology_and_a_new_sheet_are_written_and_nothing_is_wrong_with_them() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["mine.json", "mine.csv"] {
        let path = folder.path().join(name).display().to_string();
        // Without a display it is printed in the place of a window.
        let output = run(&["new", &path]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert!(out(&output).contains("1990"), "{}", out(&output));
        let check = run(&["check", "--strict", &path]);
        assert_eq!(
            check.status.code(),
            Some(0),
            "{}{}",
            out(&check),
            err(&check)
        );
        let again = run(&["new", &path]);
        assert_eq!(again.status.code(), Some(1));
        assert!(err(&again).contains("exists already"), "{}", err(&again));
    }
}

/// Exports the shipped chronology, or what the arguments name, into a folder.
fn export(folder: &tempfile::TempDir, name: &str, arguments: &[&str]) -> (Output, Vec<u8>) {
    let path = folder.path().join(name);
    let to = path.to_str().expect("a path");
    let output = run(&[&["export", "-o", to], arguments].concat());
    (output, fs::read(&path).unwrap_or_default())
}

#[test]
fn an_export_is_the_kind_of_file_that_its_name_says() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, arguments, begins) in [
        ("a.png", &["--size", "800x450"][..], &b"\x89PNG"[..]),
        ("a.svg", &["--outlines", "--theme", "dark"], b"<svg"),
        ("a.pdf", &["--paper", "a2"], b"%PDF"),
        ("small.pdf", &["--handout", "--size", "148x210mm"], b"%PDF"),
        ("w.pdf", &["--worksheet", "order", "--gaps", "4"], b"%PDF"),
        ("a.html", &["--lanes", "mosul"], b"<!DOCTYPE html>"),
        ("a.pptx", &[], b"PK"),
        ("l.pdf", &["--lesson", "--notes"], b"%PDF"),
        ("a.bin", &["--to", "png"], b"\x89PNG"),
    ] {
        let (output, bytes) = export(&folder, name, arguments);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", err(&output));
        assert!(bytes.starts_with(begins), "{name}");
        let again = export(&folder, name, arguments).0;
        assert!(err(&again).contains("exists already"), "{}", err(&again));
        let forced = export(&folder, name, &[arguments, &["--force"]].concat());
        assert_eq!(forced.0.status.code(), Some(0), "{}", err(&forced.0));
        assert!(forced.1 == bytes, "{name}: the same input, the same bytes");
    }
    let small = fs::read(folder.path().join("small.pdf")).expect("it was written");
    let small = lopdf::Document::load_mem(&small).expect("a PDF");
    let page = small.page_iter().next().expect("a page");
    let size = small
        .get_dictionary(page)
        .and_then(|it| it.get(b"MediaBox"))
        .expect("a size");
    let width = size.as_array().expect("numbers")[2]
        .as_float()
        .expect("a width");
    assert!((width - 148.0 / 25.4 * 72.0).abs() < 1.0, "{width}");
}

#[test]
fn an_option_that_would_do_nothing_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, arguments, said) in [
        (
            "a.html",
            &["--handout"][..],
            "--handout means nothing for a web page",
        ),
        ("a.pptx", &["--worksheet"], "--worksheet"),
        (
            "a.pptx",
            &["--range", "2014"],
            "--range means nothing for a lesson",
        ),
        ("a.pdf", &["--outlines"], "--outlines"),
        ("a.pdf", &["--handout", "--tall"], "--tall"),
        ("a.png", &["--size", "0x4"], "out of range"),
        ("a.png", &["--scale", "9"], "choose 1 to 4"),
        ("a.pdf", &["--notes"], "--lesson"),
        ("a.pdf", &["--worksheet", "--gaps", "0"], "choose 1 or more"),
        ("a.xyz", &[], "end it in .svg"),
        ("a.pptx", &["--lesson", "no such"], "there is no lesson"),
    ] {
        let (output, bytes) = export(&folder, name, arguments);
        assert_eq!(output.status.code(), Some(2), "{name} {arguments:?}");
        assert!(err(&output).contains(said), "{said}: {}", err(&output));
        assert!(bytes.is_empty());
    }
}

#[test]
fn an_export_never_replaces_the_chronology_and_says_what_it_cannot_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = r#"{ "title": "t", "events": [{ "title": "e", "date": "2000" }] }"#;
    let one = file(&folder, "one.json", json.as_bytes());
    let one = one.to_str().expect("a path");
    let output = run(&["export", one, "-o", one, "--to", "svg", "--force"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("is the chronology itself"),
        "{}",
        err(&output)
    );
    assert_eq!(fs::read_to_string(one).expect("it is there"), json);

    let at = folder.path().to_str().expect("a path");
    let output = run(&["export", one, "-o", at, "--to", "png", "--force"]);
    assert!(err(&output).contains("is a folder"), "{}", err(&output));

    let empty = file(&folder, "empty.json", br#"{ "title": "t", "events": [] }"#);
    let empty = empty.to_str().expect("a path");
    let (output, bytes) = export(&folder, "e.pdf", &[empty, "--handout"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("has no events yet"),
        "{}",
        err(&output)
    );
    assert!(bytes.is_empty());

    let (output, _) = export(&folder, "n.pdf", &[one, "--range", "1800/1810"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("choose others"), "{}", err(&output));
}

#[test]
fn a_file_with_faults_is_exported_as_far_as_it_can_be_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = r#"{ "title": "t", "events": [{ "title": "seen", "date": "2000" }, { "title": "x", "date": "no day" }] }"#;
    let faulty = file(&folder, "faulty.json", json.as_bytes());
    let faulty = faulty.to_str().expect("a path");
    let (output, bytes) = export(&folder, "f.html", &[faulty]);
    assert_eq!(output.status.code(), Some(0));
    let said = err(&output);
    assert!(said.contains("faulty.json:1:"), "the line: {said}");
    assert!(said.contains("1 error; run: meanwhile check"), "{said}");
    assert!(String::from_utf8_lossy(&bytes).contains("seen"));
}
