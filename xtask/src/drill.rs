//! `cargo xtask drill …`: is everything there that people were told is there, whatever happens to the server?
//!
//! The real server runs on a folder of its own while clients send quick reports. Something goes wrong, again and again;
//! a client that gets no answer, or is told to come back, sends the same form again as a person would. In the end every
//! reference that a client was shown must be found once, complete and with its audit row and its mail, no report may
//! have come in twice, and the audit log must be whole.
//!
//! This proves that nothing is promised before it is stored. It does not prove what the disk does when the power fails:
//! the operating system lives on.
//!
//! To add a drill: a module that starts a [`Portal`], lets something happen in [`send_while`], and ends with
//! [`proof::whole`]; a variant of the command line's `Drill`.

use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use anyhow::{Result, bail, ensure};

use crate::build::{self, Kind};
use crate::portal::Portal;
use crate::portal::reporter::{Account, Reporter, Shown, ended};
use crate::setup;

pub mod database;
pub mod disk;
pub mod kill;
pub mod mail;
pub mod notices;
mod proof;
pub mod twins;

/// What was asked for on the command line.
pub struct Options {
    /// How often it happens.
    pub rounds: u32,
    /// How many clients send at the same time.
    pub clients: u32,
    /// Whether the server is optimised as for real use; it then sends some twenty times as many reports in a round.
    pub release: bool,
}

/// What came of the reports that were tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Outcome {
    /// How many reports a client saw accepted.
    tried: usize,
    /// How many of them are not there as they were written.
    lost: usize,
    /// How many came in more than once.
    doubled: usize,
}

impl Outcome {
    fn must_be_clean(self) -> Result<()> {
        ensure!(self.tried > 0, "no report was accepted: that proves nothing");
        ensure!(self.lost == 0 && self.doubled == 0, "{self}");
        Ok(())
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} tried, {} lost, {} doubled", self.tried, self.lost, self.doubled)
    }
}

/// Builds the server and carries out a drill in a folder that is removed if all went well and kept if not.
fn carry_out(options: &Options, drill: impl FnOnce(Kind, &Path) -> Result<String>) -> Result<()> {
    ensure!(options.rounds > 0 && options.clients > 0, "at least one round and one client are needed");
    setup::setup(false)?;
    let kind = Kind::of(options.release);
    build::build(kind)?;
    let folder = tempfile::Builder::new().prefix("forerunner-drill-").tempdir()?;
    match drill(kind, folder.path()) {
        Ok(said) => {
            println!("{said}");
            Ok(())
        }
        Err(error) => {
            let kept = folder.keep();
            bail!("{error:#}\nThe database and the server's log are kept in {}", kept.display())
        }
    }
}

/// As many clients as were asked for, signed in.
fn reporters(portal: &Portal, clients: u32) -> Result<(Vec<Account>, Vec<Reporter>)> {
    let accounts = Account::of_reporters(portal)?;
    let reporters = (0..clients).map(|number| Reporter::new(number, &accounts)).collect();
    Ok((accounts, reporters))
}

/// Lets every client send in a thread of its own while something happens; what they were shown.
fn send_while(reporters: Vec<Reporter>, happening: impl FnOnce() -> Result<()>) -> Result<Vec<Shown>> {
    let enough = AtomicBool::new(false);
    thread::scope(|scope| {
        let running: Vec<_> = reporters
            .into_iter()
            .map(|reporter| {
                let enough = &enough;
                scope.spawn(move || reporter.send_until(enough))
            })
            .collect();
        let happened = happening();
        // Whatever happened, the threads must be told to end before the scope waits for them.
        enough.store(true, Ordering::Relaxed);
        let outcomes: Vec<_> = running.into_iter().map(ended).collect();
        happened?;
        let shown: Vec<Vec<Shown>> = outcomes.into_iter().collect::<Result<_>>()?;
        Ok(shown.into_iter().flatten().collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_tried_and_kept_is_clean() {
        let clean = |tried, lost, doubled| Outcome { tried, lost, doubled }.must_be_clean().is_ok();
        assert!(clean(3, 0, 0));
        assert!(!clean(0, 0, 0));
        assert!(!clean(3, 1, 0));
        assert!(!clean(3, 0, 1));
    }
}
