//! `cargo xtask readers`: throws damaged lists at every reader, as many as one likes.
//!
//! The tests do the same with twenty thousand cases for each reader; a million take some minutes in the release build.

use anyhow::Result;

use crate::project;
use crate::step::step;

/// Each reader meets a case in so many tests: any bytes, any signs, and its own files changed.
const TESTS: u32 = 3;

/// Tries so many cases for each reader.
///
/// # Errors
/// If one of them panics or tells what does not hold together; the smallest case that does is printed.
pub fn readers(cases: u32) -> Result<()> {
    step("Throw damaged lists at every reader");
    let test = ["test", "--package", "screening", "--release", "--test", "lists_properties"];
    project::cargo(&test).env("PROPTEST_CASES", cases.div_ceil(TESTS).to_string()).run()
}
