//! The one integration crate: whole paths through the library, the window and the binary.
//!
//! Needs neither display nor GPU nor network. The window is driven by accessibility labels.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod it {
    mod chronology;
    mod command_line;
    mod golden;
    mod layers;
    mod rows;
    mod window;
}
