//! `cargo xtask check`: what one runs before every commit. Formatting, lints on both targets, the fast tests.
//!
//! The fast tests are all of Rust's on SQLite; PostgreSQL and the browser belong to `cargo xtask test`.

use std::fs;

use anyhow::Result;

use crate::setup::WASM;
use crate::step::step;
use crate::{project, setup, test};

/// Stops at the first thing that is wrong.
pub fn check() -> Result<()> {
    setup::setup(false)?;
    fs::create_dir_all(project::assets())?;
    step("Check the formatting");
    project::cargo(&["fmt", "--all", "--check"]).run()?;
    step("Look for mistakes in the server's code");
    let host = ["clippy", "--workspace", "--exclude", "frontend", "--all-targets", "--", "-D", "warnings"];
    project::cargo(&host).run()?;
    step("Look for mistakes in the browser's code");
    // The profile of the quick build, so that what both need is compiled once.
    let browser =
        ["clippy", "--package", "frontend", "--target", WASM, "--profile", "wasm-dev", "--", "-D", "warnings"];
    project::cargo(&browser).run()?;
    let tally = test::rust_tests(None)?;
    println!("{tally}");
    tally.must_be_clean()
}
