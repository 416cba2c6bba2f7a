//! Bytes of any kind through every door, short and from fixed seeds: see [`bodies`]. The seeds are
//! files of every format that is read, cut, joined and changed at random.
//!
//! `MEANWHILE_HOSTILE=50 cargo test --locked --test it hostile` tries fifty times as many.

pub mod bodies;

use std::{fs, path::Path};

use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{RngSeed, TestRunner},
};

use bodies::SHIPPED;

/// So many inputs a body.
const CASES: u32 = 200;

/// A file in each format that is read.
fn seeds() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/file");
    let files = fs::read_dir(folder).expect("the seeds");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| fs::read(path).expect("a seed");
    let mut seeds: Vec<Vec<u8>> = paths.iter().map(read).collect();
    assert!(seeds.len() >= 10, "one for each format");
    seeds.push(SHIPPED.as_bytes().to_vec());
    seeds
}

/// A seed with parts changed, removed, doubled, or taken from another one.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let seeds = seeds();
    let cuts = vec(
        (
            any::<u16>(),
            any::<u16>(),
            any::<u16>(),
            0_u8..6,
            any::<u8>(),
        ),
        0..6,
    );
    (0..seeds.len(), 0..seeds.len(), cuts).prop_map(move |(one, other, cuts)| {
        let mut bytes = seeds[one].clone();
        for (at, length, from, how, byte) in cuts {
            let place = |number: u16, end: usize| usize::from(number) % (end + 1);
            let at = place(at, bytes.len());
            let end = (at + usize::from(length % 40)).min(bytes.len());
            match how {
                0 => drop(bytes.drain(at..end)),
                1 => bytes[at..end].fill(byte),
                2 => {
                    let part = bytes[at..end].to_vec();
                    bytes.splice(at..at, part);
                }
                3 => {
                    let other = &seeds[other];
                    let from = place(from, other.len());
                    let until = (from + usize::from(length % 200)).min(other.len());
                    bytes.splice(at..end, other[from..until].iter().copied());
                }
                4 => {
                    let words: [&[u8]; 6] =
                        [b"\"", b"{", b"9999999999999", b"-", b"\xff\xfe", b"\r\n"];
                    let word = words[usize::from(byte) % words.len()];
                    bytes.splice(at..end, word.iter().copied());
                }
                _ => bytes.truncate(at),
            }
        }
        bytes
    })
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(2016),
        failure_persistence: None,
        ..ProptestConfig::default()
    })
}

/// How many times as many inputs are tried as usual.
fn times() -> u32 {
    let times = std::env::var("MEANWHILE_HOSTILE").ok();
    times.and_then(|times| times.parse().ok()).unwrap_or(1)
}

fn tried(cases: u32, inputs: impl Strategy<Value = Vec<u8>>, body: impl Fn(&[u8])) {
    let outcome = runner(cases * times()).run(&inputs, |bytes| {
        body(&bytes);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

/// What fuzzing begins with, and what it has found.
#[test]
fn what_is_kept_of_fuzzing_still_holds() {
    type Body = fn(&[u8]);
    let bodies: [(&str, Body); 8] = [
        ("clipboard", bodies::clipboard),
        ("exports", bodies::exports),
        ("picture", bodies::picture),
        ("date", bodies::date),
        ("layout", bodies::layout),
        ("edits", bodies::edits),
        ("commands", bodies::commands),
        ("kept", bodies::kept),
    ];
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, body) in bodies {
        let files = fs::read_dir(corpus.join(name)).expect("the seeds");
        let mut count = 0;
        for file in files {
            body(&fs::read(file.expect("a file").path()).expect("a seed"));
            count += 1;
        }
        assert!(count > 0, "{name} has seeds");
    }
}

#[test]
fn files_of_every_kind_are_read_or_refused() {
    tried(CASES * 5, mutated(), bodies::file);
}

#[test]
fn what_is_written_of_any_file_can_be_read_again() {
    tried(CASES, mutated(), bodies::writers);
}

#[test]
fn whatever_is_pasted_becomes_events_or_is_refused() {
    tried(CASES, mutated(), bodies::clipboard);
}

#[test]
fn every_document_is_made_of_any_file_or_refused() {
    let chosen = (any::<u8>(), mutated()).prop_map(|(choice, file)| [vec![choice], file].concat());
    tried(CASES / 4, chosen, bodies::exports);
}

#[test]
fn pictures_of_every_kind_are_decoded_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/picture");
    let seeds: Vec<Vec<u8>> = fs::read_dir(folder)
        .expect("the seeds")
        .map(|file| fs::read(file.expect("a file").path()).expect("a seed"))
        .collect();
    let changed =
        (0..seeds.len(), vec((any::<u16>(), any::<u8>()), 0..6)).prop_map(move |(one, changes)| {
            let mut bytes = seeds[one].clone();
            for (at, byte) in changes {
                let at = usize::from(at) % bytes.len();
                bytes[at] = byte;
            }
            bytes
        });
    tried(CASES, changed, bodies::picture);
}

#[test]
fn dates_of_every_kind_are_understood_or_refused() {
    let words = prop::sample::select(vec![
        "2014",
        "10",
        "june",
        "c.",
        "before",
        "-",
        "/",
        "..",
        "bc",
        "century",
        "1990s",
        "to",
        "?",
        "~",
        "Y",
        "44",
        "19th",
        "million",
        "years",
        "ago",
        "T",
        ":",
        "03",
        "حزيران",
        "٢٠١٤",
        ",",
        "d",
        "av.",
        "J.-C.",
        "XIX",
        "early",
        "between",
        "and",
    ]);
    let dates = vec((words, any::<bool>()), 0..9).prop_map(|words| {
        let words = words.into_iter().map(|(word, is_spaced)| {
            let space = if is_spaced { " " } else { "" };
            format!("{word}{space}")
        });
        words.collect::<String>().into_bytes()
    });
    tried(CASES * 20, dates, bodies::date);
    tried(CASES * 5, vec(any::<u8>(), 0..40), bodies::date);
}

#[test]
fn any_chronology_is_laid_out_in_any_window() {
    tried(CASES / 2, vec(any::<u8>(), 0..4000), bodies::layout);
}

#[test]
fn any_changes_keep_the_text_and_can_be_undone() {
    tried(CASES / 4, vec(any::<u8>(), 0..400), bodies::edits);
}

#[test]
fn whatever_is_kept_is_taken_up_or_refused() {
    // Steps that fit, and such that do not: cuts of them lead to both.
    let steps = serde_json::json!([
        { "name": "a", "splices": [{ "at": 4, "removed": "", "inserted": " " }], "moves": [] },
        { "name": "b", "splices": [{ "at": 4, "removed": " ", "inserted": "é" }],
          "moves": [{ "list": "events", "from": 3, "to": null }] },
    ]);
    let settings = serde_json::to_vec(&meanwhile::settings::Settings::default()).expect("JSON");
    let seeds = [steps.to_string().into_bytes(), settings];
    let changed =
        (0..2_usize, vec((any::<u16>(), any::<u8>()), 0..4)).prop_map(move |(one, cuts)| {
            let mut bytes = seeds[one].clone();
            for (at, byte) in cuts {
                let at = usize::from(at) % bytes.len();
                bytes[at] = if byte < 128 { byte } else { b'0' + byte % 10 };
            }
            bytes
        });
    tried(CASES * 2, changed, bodies::kept);
}

#[test]
fn any_commands_keep_the_window_within_the_chronology() {
    tried(CASES / 4, vec(any::<u8>(), 0..1500), bodies::commands);
}
