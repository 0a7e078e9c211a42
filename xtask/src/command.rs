//! Running other programs, with errors that name the whole command.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// A program to run, with its arguments.
pub struct Cmd(Command);

impl Cmd {
    /// A program by name (looked up in PATH) or by path.
    pub fn new(program: impl AsRef<OsStr>, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments);
        Self(command)
    }

    /// A further argument, for paths, which need not be text.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.0.arg(argument);
        self
    }

    /// Further arguments.
    pub fn args(mut self, arguments: &[&str]) -> Self {
        self.0.args(arguments);
        self
    }

    /// Sets one environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// Takes one environment variable away.
    pub fn without_env(mut self, name: &str) -> Self {
        self.0.env_remove(name);
        self
    }

    /// Runs in this folder.
    pub fn within(mut self, folder: &Path) -> Self {
        self.0.current_dir(folder);
        self
    }

    /// The command as the standard library has it.
    pub fn into_inner(self) -> Command {
        self.0
    }

    /// Runs to the end, output passed through. An error if it could not start or did not succeed.
    pub fn run(mut self) -> Result<()> {
        let status = self.0.status().with_context(|| self.unstarted())?;
        self.succeeded(status, "")
    }

    /// Runs to the end, output passed through, and says only whether it succeeded.
    pub fn succeeds(mut self) -> bool {
        self.0.status().is_ok_and(|status| status.success())
    }

    /// Runs in silence; the standard output as text. The error carries what the program complained of.
    pub fn output(mut self) -> Result<String> {
        let output = self.0.stdin(Stdio::null()).output().with_context(|| self.unstarted())?;
        self.succeeded(output.status, String::from_utf8_lossy(&output.stderr).trim())?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs to the end, showing the standard output line by line and handing each line on.
    pub fn each_line(mut self, mut line: impl FnMut(&str)) -> Result<ExitStatus> {
        let mut child = self.0.stdout(Stdio::piped()).spawn().with_context(|| self.unstarted())?;
        let stdout = child.stdout.take().expect("the output was asked for");
        for text in BufReader::new(stdout).split(b'\n') {
            let text = text.context("cannot read what the program writes")?;
            let text = String::from_utf8_lossy(&text);
            println!("{text}");
            line(&text);
        }
        child.wait().with_context(|| self.unstarted())
    }

    /// Runs in silence for at most so long; whether it succeeded in that time.
    pub fn succeeds_within(mut self, limit: Duration) -> bool {
        let quiet = self.0.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let Ok(mut child) = quiet.spawn() else { return false };
        let begun = Instant::now();
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return status.success(),
                Ok(None) if begun.elapsed() < limit => std::thread::sleep(Duration::from_millis(100)),
                Ok(None) | Err(_) => {
                    // Whether it could be killed or had just ended makes no difference: it did not succeed.
                    let _ = child.kill();
                    let _ = child.wait();
                    return false;
                }
            }
        }
    }

    fn unstarted(&self) -> String {
        format!("`{}` could not be started", self.text())
    }

    fn succeeded(&self, status: ExitStatus, complaint: &str) -> Result<()> {
        match (status.success(), complaint) {
            (true, _) => Ok(()),
            (false, "") => bail!("`{}` failed ({status})", self.text()),
            (false, complaint) => bail!("`{}` failed ({status}): {complaint}", self.text()),
        }
    }

    fn text(&self) -> String {
        let words = std::iter::once(self.0.get_program()).chain(self.0.get_args());
        words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
    }
}

/// Whether a program of this name stands in PATH; where.
pub fn find(program: &str) -> Option<std::path::PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}
