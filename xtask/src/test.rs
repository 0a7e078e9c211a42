//! `cargo xtask test`: every test there is, and the parts they need: the WebAssembly target, a PostgreSQL server of
//! their own, Chromium.
//!
//! A test that fails does not stop the others. The last line of the output counts them all: `N passed, N failed`.

use std::fmt;
use std::ops::AddAssign;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};

use crate::build::{self, Kind};
use crate::command::Cmd;
use crate::postgres::Server;
use crate::step::step;
use crate::{browser, project, setup};

/// How the tests went.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Tests that ran and found everything as it should be.
    pub passed: u64,
    /// Tests that found something wrong.
    pub failed: u64,
    /// Tests that did not run.
    pub skipped: u64,
}

impl Tally {
    /// An error unless every test ran and passed.
    pub fn must_be_clean(self) -> Result<()> {
        ensure!(self.failed == 0, "{} of the tests failed", self.failed);
        ensure!(self.skipped == 0, "{} tests are marked to be skipped: repair or remove them", self.skipped);
        Ok(())
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Runs everything, except what was asked to be left out.
pub fn test(with_postgres: bool, with_browser: bool) -> Result<()> {
    setup::setup(false)?;
    // What may have to be installed comes first: whoever lacks it should not wait for the compiler to hear so.
    let postgres = if with_postgres { Some(Server::start()?) } else { None };
    let chromium = if with_browser { Some(browser::prepare()?) } else { None };
    build::build(Kind::Quick)?;
    let mut tally = rust_tests(postgres.as_ref().map(Server::url))?;
    drop(postgres);
    if let Some(chromium) = chromium {
        tally += browser::tests(&chromium, &Kind::Quick.server())?;
    }
    step("All tests have run");
    println!("{tally}");
    tally.must_be_clean()
}

/// Rust's tests, on SQLite and, where there is one, on this PostgreSQL server.
pub fn rust_tests(postgres: Option<&str>) -> Result<Tally> {
    step(match postgres {
        Some(_) => "Run the Rust tests on SQLite and PostgreSQL",
        None => "Run the Rust tests on SQLite",
    });
    let whole = ["test", "--workspace", "--exclude", "frontend", "--no-fail-fast"];
    let cargo = project::cargo(&whole).without_env("TEST_SERVICES_POSTGRES_URL");
    let Some(url) = postgres else { return counted(cargo.without_env("TEST_POSTGRES_URL")) };
    let mut tally = counted(cargo.env("TEST_POSTGRES_URL", url))?;
    step("Run the use cases' tests once more, on PostgreSQL");
    let services = Cmd::new(services_tests()?, &[]).within(&project::root().join("crates/services"));
    tally += counted(services.env("TEST_SERVICES_POSTGRES_URL", url))?;
    Ok(tally)
}

/// The program that holds the tests of the use cases. They alone ask for a server, so the others need not run twice;
/// asked for together with the rest, which chooses the features of dependencies, so that nothing is compiled once more.
fn services_tests() -> Result<PathBuf> {
    let compiled = ["test", "--workspace", "--exclude", "frontend", "--no-run", "--message-format=json"];
    let messages = project::cargo(&compiled).output()?;
    messages.lines().find_map(services_executable).context("cargo names no program with the tests of `services`")
}

/// Reads the path from cargo's message about what it has compiled, if it is that program.
fn services_executable(message: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(message).ok()?;
    let ours = message["target"]["name"] == "services" && message["profile"]["test"] == true;
    ours.then(|| message["executable"].as_str().map(PathBuf::from)).flatten()
}

/// Runs tests and counts them.
fn counted(cargo: Cmd) -> Result<Tally> {
    let mut tally = Tally::default();
    let status = cargo.each_line(|line| tally += result_line(line).unwrap_or_default())?;
    ensure!(status.success() || tally.failed > 0, "the tests could not be run to their end ({status})");
    Ok(tally)
}

/// Reads `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`.
fn result_line(line: &str) -> Option<Tally> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let count = |name: &str| {
        let words = counts.split(';').map(str::trim);
        words.filter_map(|part| part.split_once(' ')).find(|(_, what)| *what == name)?.0.parse().ok()
    };
    Some(Tally { passed: count("passed")?, failed: count("failed")?, skipped: count("ignored")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_that_count_are_read() {
        let tally = |passed, failed, skipped| Some(Tally { passed, failed, skipped });
        let cases = [
            (
                "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
                tally(12, 0, 1),
            ),
            (
                "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 9 filtered out; finished in 4.20s",
                tally(3, 2, 0),
            ),
            ("test report::sent_twice_is_one ... ok", None),
            ("running 12 tests", None),
            ("test result: ok. many passed", None),
            ("", None),
        ];
        for (line, expected) in cases {
            assert_eq!(result_line(line), expected, "{line}");
        }
    }

    #[test]
    fn the_program_of_the_use_cases_is_found() {
        let message = |name, test| {
            format!(r#"{{"target":{{"name":"{name}"}},"profile":{{"test":{test}}},"executable":"/built/services-1"}}"#)
        };
        assert_eq!(services_executable(&message("services", true)), Some(PathBuf::from("/built/services-1")));
        assert_eq!(services_executable(&message("services", false)), None);
        assert_eq!(services_executable(&message("store", true)), None);
        assert_eq!(services_executable("Finished"), None);
    }

    #[test]
    fn only_a_whole_success_is_clean() {
        let clean = |passed, failed, skipped| Tally { passed, failed, skipped }.must_be_clean().is_ok();
        assert!(clean(5, 0, 0));
        assert!(!clean(5, 1, 0));
        assert!(!clean(5, 0, 1));
    }

    #[test]
    fn the_last_line_is_plain() {
        let mut tally = Tally { passed: 5, failed: 1, skipped: 0 };
        tally += Tally { passed: 2, failed: 1, skipped: 0 };
        assert_eq!(tally.to_string(), "7 passed, 2 failed");
    }
}
