//! The program `meanwhile`: a window on a chronology, or the chronology as text.
//!
//! No logic: [`meanwhile::cli`] reads the arguments and decides. The binary stays this thin so that
//! everything can be reached from the library by tests.

use std::process::ExitCode;

/// Runs the command line and gives its exit code to the system.
fn main() -> ExitCode {
    meanwhile::cli::main()
}
