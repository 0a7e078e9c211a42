//! `cargo xtask bench`: how fast the portal is when it holds as many reports as a large installation after years.
//!
//! The release program runs on a demo installation that `forerunner fill` has filled, on each engine and with each number
//! of reports, and is asked over HTTP as browsers ask it. What is measured and how stands in `docs/benchmarks.md`; with
//! `--keep` its figures are replaced by those of this run. Nothing here is a test: a slow machine is no fault.
//!
//! To add a figure: a row in [`Figures::rows`], measured in a module beside this one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::build::{self, Kind};
use crate::portal::reporter::Account;
use crate::portal::{Portal, Setting};
use crate::step::step;
use crate::{browser, dist, postgres, project, setup};
use figures::{Figures, Memory, kib};

mod figures;
mod pages;
mod submit;

/// What was asked for on the command line.
pub struct Options {
    /// How many reports the installation holds, in rising order.
    pub reports: Vec<u32>,
    /// Whether PostgreSQL is measured as well.
    pub postgres: bool,
    /// Whether the figures are written into the documentation.
    pub keep: bool,
    /// How often times are measured.
    pub runs: u32,
}

/// Where the figures are kept.
const PAGE: &str = "docs/benchmarks.md";

/// What they stand between there.
const MARKS: (&str, &str) = ("<!-- figures -->\n", "<!-- end of figures -->");

/// How often a start is timed.
const STARTS: usize = 5;

/// Builds, measures and prints.
pub fn bench(options: &Options) -> Result<()> {
    ensure!(options.reports.is_sorted() && !options.reports.is_empty(), "name numbers of reports, the smallest first");
    setup::setup(false)?;
    build::build(Kind::Release)?;
    let mut text = format!("{}\n### What a browser loads\n\n{}\n", machine()?, assets()?);
    text += &engine("SQLite", options, None)?;
    if options.postgres {
        let server = postgres::Server::start()?;
        text += &engine("PostgreSQL", options, Some(server.url()))?;
    }
    println!("\n{text}");
    if options.keep { keep(&text) } else { Ok(()) }
}

/// The figures of one engine, as a section with one column for each number of reports.
fn engine(name: &str, options: &Options, database: Option<&str>) -> Result<String> {
    let reports = &options.reports;
    let folder = tempfile::Builder::new().prefix("forerunner-bench-").tempdir_in(project::target())?;
    let mut columns = Vec::new();
    let mut there = 0;
    for &count in reports {
        step(&format!("{name}: fill up to {count} reports"));
        let mut setting = Setting::demo(Kind::Release.server(), folder.path());
        if let Some(url) = database {
            setting = setting.with("--database", url);
        }
        if there == 0 {
            // The first start makes the people whom the reports are from, and says who they are.
            Portal::start(setting.clone())?.stop()?;
        }
        setting.command(&["fill", &(count - there).to_string()])?;
        there = count;
        step(&format!("{name}: measure with {count} reports"));
        columns.push(measure(setting, options.runs)?);
    }
    let counts: Vec<String> = reports.iter().map(|count| figures::grouped(u64::from(*count))).collect();
    Ok(figures::section(name, &counts, &columns))
}

/// Measures an installation that was filled before, and prints it as one column.
pub fn installed(folder: &Path, database: Option<&str>, runs: u32) -> Result<()> {
    let mut setting = Setting::demo(Kind::Release.server(), folder);
    if let Some(url) = database {
        setting = setting.with("--database", url);
    }
    let figures = measure(setting, runs)?;
    println!("{}", figures::section(&folder.display().to_string(), &["its".to_owned()], &[figures]));
    Ok(())
}

/// Builds, opens the public pages in a browser on a slow connection and a slow processor, and prints what it saw.
pub fn browser() -> Result<()> {
    setup::setup(false)?;
    let chromium = browser::prepare()?;
    build::build(Kind::Release)?;
    step("Open the public pages as on a slow telephone");
    let table = browser::speed(&chromium, &Kind::Release.server())?;
    println!("\n{}\n{table}", machine()?);
    Ok(())
}

fn measure(setting: Setting, runs: u32) -> Result<Figures> {
    let mut portal = Portal::start(setting)?;
    let starts = (0..STARTS).map(|_| portal.kill_and_restart()).collect::<Result<Vec<_>>>()?;
    let idle = resident(&portal)?;
    let officer = Account::of_officer(&portal)?;
    let pages = (0..runs).map(|_| pages::measure(&portal, &officer)).collect::<Result<Vec<_>>>()?;
    let pages = figures::best_of_each(pages);
    let submit = (0..runs).map(|_| submit::measure(&portal)).collect::<Result<Vec<_>>>()?;
    let submit = figures::best(submit).context("nothing was measured")?;
    let busy = resident(&portal)?;
    let one_core = pages::on_one_core(&portal, &officer)?;
    let disk = size_of(&portal.data())?;
    portal.stop()?;
    Ok(Figures { starts, memory: Memory { idle, busy }, pages, submit, one_core, disk })
}

/// Memory of the server that is in use, bytes.
fn resident(portal: &Portal) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", portal.id())).context("memory is read from /proc")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()).context("no VmRSS in /proc")?;
    Ok(kilobytes.parse::<u64>()? * 1024)
}

/// Bytes under a folder: the database of SQLite among them.
fn size_of(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        sum += if about.is_dir() { size_of(&entry.path())? } else { about.len() };
    }
    Ok(sum)
}

/// The machine in one sentence.
fn machine() -> Result<String> {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':').map(|(_, name)| name.trim()));
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory =
        memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse().ok());
    let cores = std::thread::available_parallelism()?;
    let day = crate::command::Cmd::new("date", &["-u", "+%Y-%m-%d"]).output()?;
    Ok(format!(
        "{}, version {}: {cores} cores ({}), {} of memory, Linux, release build; the clients run on the same machine.\n",
        day.trim(),
        env!("CARGO_PKG_VERSION"),
        model.unwrap_or("unknown"),
        memory.map_or_else(String::new, |kilobytes: u64| kib(kilobytes * 1024)),
    ))
}

/// What every page loads, in each encoding, as a table.
fn assets() -> Result<String> {
    let folder = tempfile::Builder::new().prefix("forerunner-bench-").tempdir()?;
    let portal = Portal::start(Setting::empty(Kind::Release.server(), folder.path()))?;
    let mut table = "| bytes | plain | gzip | brotli |\n| --- | ---: | ---: | ---: |\n".to_owned();
    let mut sums = [0; 3];
    for (name, sizes) in dist::assets(&portal)? {
        table += &format!("| {name} | {} | {} | {} |\n", sizes[0], sizes[1], sizes[2]);
        sums = std::array::from_fn(|at| sums[at] + sizes[at]);
    }
    Ok(format!("{table}| together | {} | {} | {} |\n", sums[0], sums[1], sums[2]))
}

/// Replaces the figures in the documentation.
fn keep(text: &str) -> Result<()> {
    let path: PathBuf = project::root().join(PAGE);
    let page = fs::read_to_string(&path).with_context(|| format!("{PAGE} cannot be read"))?;
    fs::write(&path, replaced(&page, text).with_context(|| format!("{PAGE} has no place for figures"))?)?;
    Ok(())
}

fn replaced(page: &str, text: &str) -> Option<String> {
    let (before, rest) = page.split_once(MARKS.0)?;
    let (_, after) = rest.split_once(MARKS.1)?;
    Some(format!("{before}{}{text}\n{}{after}", MARKS.0, MARKS.1))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn only_the_figures_of_the_page_are_replaced() {
        let page = format!("# Method\n{}old\n{}\n# More\n", MARKS.0, MARKS.1);
        let now = replaced(&page, "new").unwrap();
        assert_eq!(now, format!("# Method\n{}new\n{}\n# More\n", MARKS.0, MARKS.1));
        assert_eq!(replaced("# Method\n", "new"), None);
    }

    #[test]
    fn the_documentation_has_a_place_for_the_figures() {
        let page = fs::read_to_string(project::root().join(PAGE)).unwrap();
        assert!(replaced(&page, "").is_some());
    }
}
