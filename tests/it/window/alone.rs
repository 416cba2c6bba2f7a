//! Tests that run in a process of their own.

use std::{env, path::Path, process::Command};

/// The folder in which such a process runs.
const FOLDER: &str = "MEANWHILE_ALONE_IN";

/// Runs the body of the test of this path in a process of its own, with a home of its own, without the
/// system's dialogs, and with `gedit` in that home as its editor.
pub fn alone(test: &str, body: impl FnOnce(&Path)) {
    if let Some(folder) = env::var_os(FOLDER) {
        return body(Path::new(&folder));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let ended = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", test])
        .env(FOLDER, folder.path())
        .env("HOME", folder.path())
        .env("XDG_CONFIG_HOME", folder.path().join("config"))
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
        .env("PATH", "")
        .env("VISUAL", folder.path().join("gedit"))
        .output()
        .expect("a process");
    let output = String::from_utf8_lossy(&ended.stdout);
    let has_passed = ended.status.success() && output.contains("1 passed");
    assert!(has_passed, "{output}");
}
