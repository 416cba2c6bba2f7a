//! The single integration-test crate: whole paths through the library, the window and the binary.
//!
//! Needs neither display nor GPU nor network. The window is driven by accessibility labels.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod it {
    use std::sync::LazyLock;

    use meanwhile::layout::BundledFonts;

    mod allocations;
    mod bidi;
    mod chronology;
    mod command_line;
    mod contrast;
    mod conversions;
    mod eras;
    mod export;
    mod golden;
    mod hostile;
    mod layers;
    mod lines;
    mod long_runs;
    mod many;
    mod rows;
    mod source;
    mod window;

    /// Text widths of the bundled fonts, which are loaded once for all tests.
    static FONTS: LazyLock<BundledFonts> = LazyLock::new(BundledFonts::default);
}
