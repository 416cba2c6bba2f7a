//! What the measuring programs share. Each of them uses a part of it.
//!
//! [`workload`] makes chronologies, [`paths`] says where the camera goes and [`hand`] goes there by
//! wheel and pointer, [`subject`] is the one place that asks anything of Meanwhile, [`stats`] turns
//! samples into lines of a table, [`options`] reads what a run is restricted to, [`host`] opens the
//! real window and [`machine`] tells clocks and memory.

#![allow(
    dead_code,
    reason = "each program is compiled with all of this and uses a part"
)]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a measurement that cannot go on has nobody to tell but its reader"
)]

pub mod hand;
pub mod host;
pub mod machine;
pub mod options;
pub mod paths;
pub mod random;
pub mod stats;
pub mod subject;
pub mod workload;
