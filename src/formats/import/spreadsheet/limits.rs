//! How much a spreadsheet may hold: a few bytes of it can stand for billions of cells.

/// A spreadsheet with more cells is not read: each takes some 32 bytes.
pub const MOST_CELLS: u64 = 8_000_000;
/// A spreadsheet with more text in its cells is not read, in bytes.
pub const MOST_TEXT_BYTES: u64 = 256 << 20;
