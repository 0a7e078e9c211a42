//! `cargo xtask …`: everything one does with this repository, from the first build to the tests.
//!
//! Each command is a module of its own and gets what it needs by itself: whoever has Rust and a C compiler types
//! `cargo xtask run` and has a running Forerunner. The rules: nothing is downloaded as a ready-made binary except by
//! the machine's own package managers (rustup, apt, npm); a step whose inputs have not changed is skipped; a step that
//! cannot be done says in one sentence what to install.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

mod bench;
mod browser;
mod build;
mod check;
mod command;
mod compress;
mod css;
mod debian;
mod dist;
mod drill;
mod names;
mod portal;
mod postgres;
mod project;
mod readers;
mod run;
mod samples;
mod setup;
mod step;
mod test;

/// Builds, runs and tests Forerunner.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Get the WebAssembly target for the frontend (`run` and `test` do this on their own).
    Setup {
        /// Build the target from Debian's sources even where rustup could download it.
        #[arg(long)]
        from_debian: bool,
    },
    /// Build the frontend, the style sheet and the server.
    Build {
        /// Optimise for real use.
        #[arg(long)]
        release: bool,
    },
    /// Build everything and start it with demonstration data.
    Run {
        /// Start with an empty database; the first administrator is made by a token printed on the console.
        #[arg(long)]
        empty: bool,
        /// Optimise for real use.
        #[arg(long)]
        release: bool,
        /// Listen on this port.
        #[arg(long)]
        port: Option<u16>,
        /// Keep the database here [default: forerunner-data/demo, with --empty forerunner-data/own].
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Everything for an installation, in one folder and one archive: the program, a systemd unit, a container file.
    Dist,
    /// Formatting, lints and the fast tests.
    Check,
    /// Every test, on SQLite, on PostgreSQL and in the browser, getting what they need.
    Test {
        /// Leave out the tests on PostgreSQL (where it can be neither found nor installed).
        #[arg(long)]
        without_postgres: bool,
        /// Leave out the tests in the browser.
        #[arg(long)]
        without_browser: bool,
    },
    /// Take a picture of every page at 1280 and 360 pixels, light and dark, and the two of the README.
    Screenshots,
    /// Measure the release build with many reports in it.
    Bench {
        /// How many reports there are; said several times, the figures stand side by side.
        #[arg(long, default_values_t = [100_000, 1_000_000])]
        reports: Vec<u32>,
        /// Measure SQLite only.
        #[arg(long)]
        without_postgres: bool,
        /// Put the figures into docs/benchmarks.md.
        #[arg(long)]
        keep: bool,
        /// Measure how soon the public pages show what matters in a browser on a slow connection, and nothing else.
        #[arg(long, conflicts_with_all = ["reports", "keep", "without_postgres", "installed"])]
        browser: bool,
        /// How often the times are measured; the best run counts.
        #[arg(long, default_value_t = 3)]
        runs: u32,
        /// Measure the filled demo installation in this folder, whose data lies in `data` within it, and the program as it
        /// was built last.
        #[arg(long, conflicts_with_all = ["reports", "keep", "without_postgres"])]
        installed: Option<PathBuf>,
        /// The database of that installation, where it is not in the folder.
        #[arg(long, requires = "installed")]
        database: Option<String>,
    },
    /// Measure how right and how fast names are screened, beside RapidFuzz and PostgreSQL's trigrams.
    Names,
    /// Read every published list in a folder and say what came out of it.
    Samples {
        /// Where the files are.
        #[arg(long)]
        dir: PathBuf,
    },
    /// Throw damaged lists at every reader, more of them than the tests do.
    Readers {
        /// How many for each reader.
        #[arg(long, default_value_t = 1_000_000)]
        cases: u32,
    },
    /// Let the running server meet what happens to servers.
    #[command(subcommand)]
    Drill(Drill),
}

#[derive(Subcommand)]
enum Drill {
    /// Kill it again and again while clients send reports.
    Kill {
        /// How often the server is killed.
        #[arg(long, default_value_t = 50)]
        rounds: u32,
        /// How many clients send at the same time.
        #[arg(long, default_value_t = 20)]
        clients: u32,
        /// Optimise the server as for real use.
        #[arg(long)]
        release: bool,
    },
    /// Send each report many times in the same instant: one report each.
    Twins {
        /// How many reports.
        #[arg(long, default_value_t = 100)]
        rounds: u32,
        /// How often each is sent at once.
        #[arg(long, default_value_t = 100)]
        clients: u32,
        /// Optimise the server as for real use.
        #[arg(long)]
        release: bool,
    },
    /// Let the mail server be down, then unreliable: every mail arrives.
    Mail {
        /// How many clients send at the same time.
        #[arg(long, default_value_t = 4)]
        clients: u32,
        /// Optimise the server as for real use.
        #[arg(long)]
        release: bool,
    },
    /// Tell many readers of one alert and kill the server meanwhile: each of them gets it.
    Notices {
        /// How often the server is killed.
        #[arg(long, default_value_t = 5)]
        rounds: u32,
        /// How many readers there are.
        #[arg(long, default_value_t = 10_000)]
        readers: u32,
        /// Optimise the server as for real use.
        #[arg(long)]
        release: bool,
    },
    /// Fill the disk while clients send reports, and free it again.
    Disk {
        /// How often the disk is filled.
        #[arg(long, default_value_t = 5)]
        rounds: u32,
        /// How many clients send at the same time.
        #[arg(long, default_value_t = 10)]
        clients: u32,
        /// Optimise the server as for real use.
        #[arg(long)]
        release: bool,
    },
    /// Restart PostgreSQL while clients send reports.
    Database {
        /// How often PostgreSQL is restarted.
        #[arg(long, default_value_t = 10)]
        rounds: u32,
        /// How many clients send at the same time.
        #[arg(long, default_value_t = 10)]
        clients: u32,
        /// Optimise the server as for real use.
        #[arg(long)]
        release: bool,
    },
}

fn main() -> ExitCode {
    match perform(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<()> {
    match task {
        Task::Setup { from_debian } => setup::setup(from_debian),
        Task::Build { release } => {
            setup::setup(false)?;
            build::build(build::Kind::of(release))
        }
        Task::Run { empty, release, port, data } => run::run(&run::Options { empty, release, port, data }),
        Task::Dist => dist::dist(),
        Task::Check => check::check(),
        Task::Screenshots => browser::screenshots(),
        Task::Bench { browser: true, .. } => bench::browser(),
        Task::Bench { installed: Some(folder), database, runs, .. } => {
            bench::installed(&folder, database.as_deref(), runs)
        }
        Task::Bench { reports, without_postgres, keep, runs, .. } => {
            bench::bench(&bench::Options { reports, postgres: !without_postgres, keep, runs })
        }
        Task::Names => names::names(),
        Task::Samples { dir } => samples::samples(&dir),
        Task::Readers { cases } => readers::readers(cases),
        Task::Drill(drill) => carry_out(drill),
        Task::Test { without_postgres, without_browser } => test::test(!without_postgres, !without_browser),
    }
}

fn carry_out(drill: Drill) -> Result<()> {
    let options = |rounds, clients, release| drill::Options { rounds, clients, release };
    match drill {
        Drill::Kill { rounds, clients, release } => drill::kill::kill(&options(rounds, clients, release)),
        Drill::Twins { rounds, clients, release } => drill::twins::twins(&options(rounds, clients, release)),
        Drill::Mail { clients, release } => drill::mail::mail(&options(1, clients, release)),
        Drill::Notices { rounds, readers, release } => drill::notices::notices(&options(rounds, readers, release)),
        Drill::Disk { rounds, clients, release } => drill::disk::disk(&options(rounds, clients, release)),
        Drill::Database { rounds, clients, release } => drill::database::database(&options(rounds, clients, release)),
    }
}
