//! `cargo xtask run`: from a fresh clone to a running Forerunner.
//!
//! The server itself prints its address and, with demonstration data, the accounts to sign in with. Demonstration data
//! and one's own never share a folder.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::build::Kind;
use crate::command::Cmd;
use crate::step::step;
use crate::{build, project, setup};

/// What was asked for on the command line.
pub struct Options {
    /// Without demonstration data.
    pub empty: bool,
    /// Optimised for real use.
    pub release: bool,
    /// The port to listen on; the server's own default otherwise.
    pub port: Option<u16>,
    /// Where the database is kept; a folder of `forerunner-data` otherwise.
    pub data: Option<PathBuf>,
}

/// Sets up, builds, and becomes the server.
pub fn run(options: &Options) -> Result<()> {
    setup::setup(false)?;
    let kind = Kind::of(options.release);
    build::build(kind)?;
    step("Start the server");
    become_program(server(kind, options).into_inner())
}

fn server(kind: Kind, options: &Options) -> Cmd {
    let folder = if options.empty { "own" } else { "demo" };
    let data = options.data.clone().unwrap_or_else(|| project::root().join("forerunner-data").join(folder));
    let mut cmd = Cmd::new(kind.server(), &["serve", "--data"]).arg(data);
    if !options.empty {
        cmd = cmd.arg("--demo");
    }
    if let Some(port) = options.port {
        cmd = cmd.arg("--port").arg(port.to_string());
    }
    cmd
}

/// Lets the server take this process's place, so that signals and the terminal are its own.
#[cfg(unix)]
fn become_program(mut program: Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(anyhow::Error::new(program.exec()).context("the server could not be started"))
}

#[cfg(not(unix))]
fn become_program(mut program: Command) -> Result<()> {
    anyhow::ensure!(program.status()?.success(), "the server ended with an error");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(options: &Options) -> Vec<String> {
        let command = server(Kind::of(options.release), options).into_inner();
        command.get_args().map(|argument| argument.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn demonstration_data_and_own_data_are_kept_apart() {
        let options = |empty| Options { empty, release: false, port: None, data: None };
        let demo = arguments(&options(false));
        assert!(demo.contains(&"--demo".to_owned()), "{demo:?}");
        assert!(demo[2].ends_with("forerunner-data/demo"), "{demo:?}");
        let own = arguments(&options(true));
        assert!(!own.contains(&"--demo".to_owned()), "{own:?}");
        assert!(own[2].ends_with("forerunner-data/own"), "{own:?}");
    }

    #[test]
    fn port_and_folder_are_handed_on() {
        let options = Options { empty: true, release: true, port: Some(8123), data: Some("elsewhere".into()) };
        assert_eq!(arguments(&options), ["serve", "--data", "elsewhere", "--port", "8123"]);
    }
}
