//! Clocks that two processes share, memory figures, and a private screen.
//!
//! All of it is for Linux; a figure that is not available is NaN, which tables show as a dash.

use std::{
    fs,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};

/// Milliseconds of the monotonic clock, which is the same for all processes.
pub fn monotonic_ms() -> f64 {
    millis_of(ClockId::Monotonic)
}

/// CPU time of all threads of this process, in milliseconds.
pub fn process_ms() -> f64 {
    millis_of(ClockId::ProcessCPUTime)
}

fn millis_of(clock: ClockId) -> f64 {
    let time = clock_gettime(clock);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// Memory of this process, in MiB.
#[derive(Copy, Clone, Debug, Serialize, Deserialize)]
pub struct Memory {
    /// Peak resident memory (`VmHWM`), shared libraries included.
    pub peak: f64,
    /// Anonymous resident memory now (`RssAnon`): the heap.
    pub anonymous: f64,
    /// Proportional set size now: its own pages, and its part of the shared ones.
    pub pss: f64,
}

impl Memory {
    /// Reads the current figures.
    pub fn now() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let rollup = fs::read_to_string("/proc/self/smaps_rollup").unwrap_or_default();
        Self {
            peak: mib(&status, "VmHWM:"),
            anonymous: mib(&status, "RssAnon:"),
            pss: mib(&rollup, "Pss:"),
        }
    }

    /// Lets the peak begin anew with what is used now.
    pub fn forget_peak() {
        // Where that is not possible the peak stays what it was, which is no less.
        let _unsupported = fs::write("/proc/self/clear_refs", "5");
    }
}

/// A line such as `VmHWM:   123456 kB`, in MiB.
fn mib(text: &str, name: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
    kib.map_or(f64::NAN, |kib| kib / 1024.0)
}

/// A virtual screen (Xvfb), stopped when it is dropped.
pub struct Screen {
    xvfb: Child,
    display: String,
}

impl Screen {
    /// Starts one, on a free display number.
    ///
    /// # Errors
    ///
    /// Where there is no Xvfb.
    pub fn start() -> io::Result<Self> {
        let mut xvfb = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1440x900x24"])
            .args(["-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| io::Error::new(error.kind(), format!("{error}; install xvfb")))?;
        let mut number = String::new();
        if let Some(stdout) = xvfb.stdout.take() {
            BufReader::new(stdout).read_line(&mut number)?;
        }
        let display = format!(":{}", number.trim());
        Ok(Self { xvfb, display })
    }

    /// A command whose window opens there, drawn without a GPU, with its settings in `folder`.
    pub fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.display)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("XDG_CONFIG_HOME", folder)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET");
        command
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // An error means that it has already exited.
        let _ = self.xvfb.kill();
        let _ = self.xvfb.wait();
    }
}

/// Builds the `empty_window` example, if it is not up to date, and returns its path beside
/// `meanwhile`. A bench that was not started by cargo takes the one that was built before.
///
/// # Errors
///
/// Where it cannot be built; the error has the command that builds it.
pub fn empty_window(meanwhile: &str) -> io::Result<PathBuf> {
    let folder = Path::new(meanwhile).parent().unwrap_or(Path::new("."));
    let program = folder.join("examples").join("empty_window");
    let arguments = ["build", "--release", "--example", "empty_window"];
    let is_built = match std::env::var_os("CARGO") {
        Some(cargo) => Command::new(cargo)
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()?
            .success(),
        None => true,
    };
    if is_built && program.is_file() {
        return Ok(program);
    }
    let advice = format!(
        "the empty window could not be built; run `cargo {}`",
        arguments.join(" ")
    );
    Err(io::Error::new(io::ErrorKind::NotFound, advice))
}

/// Runs a command and parses its last line of output as JSON.
///
/// # Errors
///
/// Where it could not be started, or that line is no such JSON; the error then has all its output.
pub fn answer<T: serde::de::DeserializeOwned>(command: &mut Command) -> io::Result<T> {
    let output = command.stderr(Stdio::inherit()).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().last().unwrap_or_default();
    serde_json::from_str(line)
        .map_err(|_| io::Error::other(format!("{command:?} said “{text}”, {}", output.status)))
}
