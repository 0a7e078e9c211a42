//! The browser tests of `end2end/`: Playwright, driving Chromium against the real server.
//!
//! Playwright's packages come from npm by the lock file; the browser is the one the machine has or its package manager
//! gives. `CHROMIUM` names another one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::build::{self, Kind};
use crate::command::{Cmd, find};
use crate::step::step;
use crate::test::Tally;
use crate::{debian, project, setup};

/// Names under which Chromium is installed.
const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// The oldest Node.js Playwright runs on.
const NODE: u32 = 20;

/// Where Debian's DejaVu fonts stand: without any font, text in screenshots is empty boxes.
const FONTS: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

/// The browser to use; `None` is the one Playwright keeps itself.
pub struct Chromium(Option<PathBuf>);

/// Gets node, npm, the browser, a font, and Playwright.
pub fn prepare() -> Result<Chromium> {
    install_missing()?;
    install_packages()?;
    if let Some(path) = chromium() {
        return Ok(Chromium(Some(path)));
    }
    step("Let Playwright download Chromium");
    let download = npx(&["playwright", "install", "chromium"]).run();
    download.context(
        "the browser tests need Chromium: install it, or name one in CHROMIUM, \
         or leave these tests out with `cargo xtask test --without-browser`",
    )?;
    Ok(Chromium(None))
}

fn chromium() -> Option<PathBuf> {
    match std::env::var_os("CHROMIUM") {
        Some(named) if !named.is_empty() => Some(PathBuf::from(named)),
        _ => CHROMIUM.iter().find_map(|name| find(name)),
    }
}

fn install_missing() -> Result<()> {
    let needed = [
        (find("node").is_some(), "nodejs"),
        (find("npm").is_some(), "npm"),
        (chromium().is_some(), "chromium"),
        (Path::new(FONTS).is_file(), "fonts-dejavu-core"),
    ];
    let missing: Vec<&str> = needed.iter().filter(|(there, _)| !there).map(|(_, package)| *package).collect();
    if !missing.is_empty() && debian::can_install() {
        debian::install(&missing)?;
    }
    let version = Cmd::new("node", &["--version"]).output().ok().and_then(|text| major(&text));
    ensure!(
        version.is_some_and(|major| major >= NODE) && find("npm").is_some(),
        "the browser tests need Node.js {NODE} or newer with npm: install them, \
         or leave these tests out with `cargo xtask test --without-browser`"
    );
    Ok(())
}

/// The first number of a version such as `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// `npm ci`, unless what the lock file asks for is there already.
fn install_packages() -> Result<()> {
    let folder = project::end2end();
    let lock = fs::read(folder.join("package-lock.json")).context("end2end has no package-lock.json")?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|then| then == lock) {
        return Ok(());
    }
    step("Get Playwright");
    Cmd::new("npm", &["ci", "--no-fund", "--no-audit"])
        .within(&folder)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .output()?;
    fs::write(installed, lock).context("cannot note what was installed")
}

fn npx(arguments: &[&str]) -> Cmd {
    Cmd::new("npx", &["--no-install"]).within(&project::end2end()).args(arguments)
}

/// Takes pictures of every page into `end2end/screenshots`, and those of the README into `docs/images`.
pub fn screenshots() -> Result<()> {
    setup::setup(false)?;
    let chromium = prepare()?;
    build::build(Kind::Quick)?;
    step("Take the pictures");
    playwright(&chromium, &Kind::Quick.server(), &["--config", "screens.config.ts"]).run()
}

/// How soon the public pages of this server program show what matters, as a table.
pub fn speed(chromium: &Chromium, server: &Path) -> Result<String> {
    let table = project::target().join("speed.md");
    playwright(chromium, server, &["--config", "speed.config.ts"]).env("SPEED_TABLE", &table).run()?;
    fs::read_to_string(&table).context("the browser measured nothing")
}

/// Playwright's test runner, told which browser and which server program.
fn playwright(chromium: &Chromium, server: &Path, arguments: &[&str]) -> Cmd {
    let cmd = npx(&["playwright", "test"]).args(arguments).env("FORERUNNER_BINARY", server);
    match &chromium.0 {
        Some(path) => cmd.env("CHROMIUM", path),
        None => cmd,
    }
}

/// Checks the types of the tests, then runs them against this server program.
pub fn tests(chromium: &Chromium, server: &Path) -> Result<Tally> {
    step("Check the browser tests' types");
    npx(&["tsc", "--noEmit"]).run()?;
    step("Run the browser tests");
    let report = project::target().join("end2end.json");
    // A report of an earlier run must not be taken for this one's.
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let cmd = playwright(chromium, server, &["--reporter=list,json"]).env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    let succeeded = cmd.succeeds();
    let text = fs::read_to_string(&report).context("Playwright stopped before it had run the tests")?;
    let tally = tally(&text).context("Playwright's report cannot be read")?;
    ensure!(succeeded || tally.failed > 0, "Playwright found something wrong outside of the tests (see above)");
    Ok(tally)
}

/// Counts from Playwright's JSON report. A test that passed only when tried again has failed.
fn tally(report: &str) -> Result<Tally> {
    let report: Value = serde_json::from_str(report)?;
    let count = |name: &str| report["stats"][name].as_u64().with_context(|| format!("no count of {name}"));
    Ok(Tally { passed: count("expected")?, failed: count("unexpected")? + count("flaky")?, skipped: count("skipped")? })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn node_s_version_is_read() {
        let cases = [("v20.20.2\n", Some(20)), ("v8.0.0", Some(8)), ("20.1", None), ("vX", None), ("", None)];
        for (version, expected) in cases {
            assert_eq!(major(version), expected, "{version}");
        }
    }

    #[test]
    fn playwright_s_report_is_counted() {
        let report = r#"{"stats": {"expected": 7, "skipped": 1, "unexpected": 2, "flaky": 3, "duration": 4.5}}"#;
        assert_eq!(tally(report).unwrap(), Tally { passed: 7, failed: 5, skipped: 1 });
        for broken in ["", "{}", r#"{"stats": {"expected": 7}}"#] {
            assert!(tally(broken).is_err(), "{broken}");
        }
    }
}
