//! The shared parts of the benchmarks; each benchmark uses some of them.
//!
//! [`workload`] generates chronologies, [`paths`] defines the camera paths and [`input_script`]
//! follows them with wheel and pointer events, [`subject`] has the calls into Meanwhile, [`stats`]
//! turns samples into lines of a table, [`options`] has the shared command-line options, [`host`]
//! runs the real window and [`machine`] reads clocks and memory.

#![allow(
    dead_code,
    reason = "each program is compiled with all of this and uses a part"
)]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a measurement that cannot go on has nobody to tell but its reader"
)]

pub mod host;
pub mod input_script;
pub mod machine;
pub mod options;
pub mod paths;
pub mod random;
pub mod stats;
pub mod subject;
pub mod workload;
