//! Panics of a library that reads a broken file, which are no crash of the program.

use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe},
};

thread_local! {
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread is expected, so that nothing is to be told of it.
pub fn is_caught() -> bool {
    IS_CAUGHT.get()
}

/// Runs it; `None` where it panics.
pub fn caught<T>(run: impl FnOnce() -> T) -> Option<T> {
    let before = IS_CAUGHT.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(run));
    IS_CAUGHT.set(before);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_expected_only_within() {
        assert!(!is_caught());
        assert_eq!(
            caught(|| caught(|| 1).map(|it| (it, is_caught()))),
            Some(Some((1, true)))
        );
        assert_eq!(caught(|| panic!("a broken file")), None::<()>);
        assert!(!is_caught());
    }
}
