//! Progress: one line per step, led by the seconds since the command began.
//!
//! Everything goes to the standard error stream, so that results on the standard output can be piped.

use std::sync::LazyLock;
use std::time::Instant;

static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Announces what is done next.
pub fn step(what: &str) {
    eprintln!("[{:6.1} s] {what}", BEGUN.elapsed().as_secs_f64());
}
