//! What is used for hours does not grow.

use allocation_counter::measure;

use super::hostile::bodies::{Choices, Window};

/// Bytes by a linear congruential generator (Knuth, MMIX).
fn bytes(count: usize, mut seed: u64) -> Vec<u8> {
    let next = || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 56) as u8
    };
    std::iter::repeat_with(next).take(count).collect()
}

#[test]
fn a_hundred_thousand_commands_leave_no_memory_behind() {
    /// So much may be held more than after the first thousands: a query, a list of a cluster.
    const SLACK_BYTES: i64 = 64 * 1024;
    let used = bytes(60_000, 1);
    let mut window = Window::new(&mut Choices(&used));
    window.go_on(&mut Choices(&used));
    let mut count = 0;
    let mut held = 0;
    for part in 0..10 {
        let used = bytes(120_000, part + 2);
        let memory = measure(|| count += window.go_on(&mut Choices(&used)));
        held += memory.bytes_current;
        assert!(
            held < SLACK_BYTES,
            "{held} bytes more after {count} commands"
        );
    }
    assert!(count > 100_000, "{count}");
}
