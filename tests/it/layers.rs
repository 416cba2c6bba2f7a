//! The house as `src/lib.rs` describes it: which rooms may know which, what the inner rooms must
//! not know, who may change what, and no circles of files. Read from the parsed source.

mod house;
mod plants;
mod rules;

use std::{fs, path::Path};

use house::House;

#[test]
fn imports_point_one_way() {
    assert_kept(rules::order);
}

#[test]
fn inner_rooms_know_no_toolkit_file_thread_or_clock() {
    assert_kept(rules::purity);
}

#[test]
fn only_the_camera_turns_time_into_x() {
    assert_kept(rules::time_to_x);
}

#[test]
fn views_change_no_state() {
    assert_kept(rules::state_changes);
}

#[test]
fn nothing_opens_a_connection_and_nothing_is_unsafe() {
    assert_kept(rules::connections);
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    assert_kept(rules::circles);
}

#[test]
fn a_timeline_is_made_by_the_reader_alone() {
    assert_kept(rules::one_reader);
}

#[test]
fn the_text_of_a_file_is_kept_by_its_source_alone() {
    assert_kept(rules::text_changes);
}

#[test]
fn what_is_done_in_one_place_is_done_there_alone() {
    assert_kept(rules::one_of_each);
}

#[test]
fn every_name_is_imported_by_name() {
    assert_kept(rules::no_globs);
}

#[test]
fn no_function_takes_more_than_five_things() {
    assert_kept(rules::few_parameters);
}

/// Checks a rule on the program's own source.
fn assert_kept(rule: fn(&House) -> Vec<String>) {
    let files = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(files.len() > 100, "src was read");
    let house = House::of(
        files
            .iter()
            .map(|(file, text)| (file.as_str(), text.as_str())),
    );
    let broken = rule(&house);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Every file below a folder, but for those that are tests alone: its path and its text.
fn sources(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src can be read") {
            let path = entry.expect("an entry").path();
            if path.file_stem().is_some_and(|name| name == "tests") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(root).expect("below src");
            let inside = inside.to_str().expect("UTF-8").to_owned();
            found.push((inside, fs::read_to_string(&path).expect("UTF-8")));
        }
    }
    found
}
