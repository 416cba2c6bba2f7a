//! Imports point one way: reads `src/` and fails on an arrow the other way.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Each room and the rooms it may import from.
const ARROWS: &[(&str, &[&str])] = &[
    ("time", &[]),
    ("model", &["time"]),
    ("formats", &["time", "model"]),
    ("layout", &["time", "model"]),
    ("command", &["time", "model", "layout"]),
    ("state", &["time", "model", "layout", "command"]),
    ("open", &["model", "formats", "layout"]),
    ("settings", &["time", "state"]),
    (
        "view",
        &["time", "model", "formats", "layout", "command", "state"],
    ),
    (
        "app",
        &[
            "time", "model", "formats", "layout", "command", "state", "open", "settings", "view",
        ],
    ),
    (
        "cli",
        &[
            "time", "model", "formats", "layout", "open", "settings", "app",
        ],
    ),
    ("main", &["cli"]),
    ("testing", &[]),
];

/// What the inner rooms must not know.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("time", PURE),
    ("model", PURE),
    ("formats", PURE),
    ("layout", PURE),
    (
        "state",
        &[
            "egui::",
            "std::fs",
            "std::thread",
            "Instant::now",
            "SystemTime::now",
        ],
    ),
    ("open", &["egui::"]),
    ("settings", &["egui::"]),
];

const PURE: &[&str] = &[
    "egui::",
    "eframe::",
    "std::fs",
    "std::thread",
    "Instant::now",
    "SystemTime::now",
    "Utc::now",
    "Local::now",
    "std::env",
    "std::net",
];

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for (room, path, code) in sources() {
        let allowed = ARROWS.iter().find(|(name, _)| *name == room);
        let (_, allowed) = allowed
            .unwrap_or_else(|| panic!("{room} has no place in the house: {}", path.display()));
        for target in imported_rooms(&code) {
            // What tests share is not in the program.
            let is_test_only = target == "testing";
            if target != room && !is_test_only && !allowed.contains(&target.as_str()) {
                wrong.push(format!("{} imports {target}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn inner_rooms_know_no_window_file_thread_or_clock() {
    let mut wrong = Vec::new();
    for (room, path, code) in sources() {
        let forbidden = FORBIDDEN
            .iter()
            .filter(|(name, _)| *name == room)
            .flat_map(|(_, words)| *words);
        wrong.extend(
            forbidden
                .filter(|word| code.contains(**word))
                .map(|word| format!("{} knows {word}", path.display())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Differences of time as numbers are taken in `camera.rs`; of the others only those that plan for
/// every scale at once may ask for one.
#[test]
fn only_the_camera_turns_time_into_x() {
    let planners = [
        "camera.rs",
        "flight.rs",
        "build.rs",
        "outline.rs",
        "lane_index.rs",
        "footprint.rs",
        "placing.rs",
    ];
    let is_planner = |path: &Path| planners.iter().any(|name| path.ends_with(name));
    let subtracts = |code: &str| code.contains("secs_between(") || code.contains(".secs() -");
    let wrong: Vec<_> = sources()
        .into_iter()
        .filter(|(room, path, code)| {
            ["layout", "state", "view", "app"].contains(&room.as_str())
                && !is_planner(path)
                && subtracts(code)
        })
        .map(|(_, path, _)| path)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn nothing_opens_a_connection() {
    for (_, path, code) in sources() {
        for word in ["TcpStream", "UdpSocket", "reqwest", "ureq", "hyper::"] {
            assert!(!code.contains(word), "{} knows {word}", path.display());
        }
    }
}

/// Every file of `src/`: its room, its path, its code without comments and tests.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(&root).expect("below src").to_path_buf();
            let first = inside.iter().next().expect("a name").to_string_lossy();
            let room = first.trim_end_matches(".rs").to_owned();
            let is_test_only = path.file_name().is_some_and(|name| name == "tests.rs");
            if room == "lib" || is_test_only {
                continue;
            }
            let text = fs::read_to_string(&path).expect("UTF-8");
            let code = text
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default();
            let code: Vec<&str> = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            found.push((room, inside, code.join("\n")));
        }
    }
    assert!(found.len() > 40, "src was read");
    found
}

/// The rooms named after `crate::`, also inside braces.
fn imported_rooms(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for after in code
        .split("crate::")
        .skip(1)
        .chain(code.split("meanwhile::").skip(1))
    {
        let name = |text: &str| {
            text.chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect::<String>()
        };
        let Some(group) = after.strip_prefix('{') else {
            rooms.insert(name(after));
            continue;
        };
        let mut depth = 1;
        let mut at_start = true;
        for (index, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => at_start = true,
                c if at_start && depth == 1 && c.is_alphabetic() => {
                    rooms.insert(name(&group[index..]));
                    at_start = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    rooms
}
