//! `cargo xtask drill kill`: is everything there that people were told is there?
//!
//! The real server runs on a folder of its own while clients send quick reports as fast as they can. It is killed
//! (SIGKILL) at random moments and started again, many times. Then every reference that a client was shown must be found
//! once, complete and with its audit row, no report may have come in twice, and the audit log must be whole.
//!
//! This proves that nothing is promised before it is stored. It does not prove what the disk does when the power fails:
//! the operating system lives on.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};

use crate::build::{self, Kind};
use crate::setup;
use crate::step::step;

mod http;
mod portal;
mod proof;
mod reporter;

use portal::Portal;
use reporter::{Account, Reporter, Shown};

/// The server lives at least and at most so long in each round, in milliseconds after it answers.
const LIFE: std::ops::Range<u32> = 50..2_500;

/// What was asked for on the command line.
pub struct Options {
    /// How often the server is killed.
    pub rounds: u32,
    /// How many clients send at the same time.
    pub clients: u32,
    /// Whether the server is optimised as for real use; it then sends some twenty times as many reports in a round.
    pub release: bool,
}

/// Builds the server and carries out the drill.
pub fn kill(options: &Options) -> Result<()> {
    ensure!(options.rounds > 0 && options.clients > 0, "at least one round and one client are needed");
    setup::setup(false)?;
    let kind = Kind::of(options.release);
    build::build(kind)?;
    let folder = tempfile::Builder::new().prefix("forerunner-drill-").tempdir()?;
    match drill(options, kind, folder.path()) {
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

fn drill(options: &Options, kind: Kind, folder: &std::path::Path) -> Result<String> {
    step("Start the server with demonstration data");
    let mut portal = Portal::start(kind.server(), folder)?;
    let accounts = Account::of_reporters(&portal)?;
    let reporters: Vec<Reporter> = (0..options.clients).map(|number| Reporter::new(number, &accounts)).collect();

    step(&format!("Kill it {} times while {} clients send reports", options.rounds, options.clients));
    let begun = Instant::now();
    let shown = send_and_kill(&mut portal, options.rounds, reporters)?;
    let seconds = begun.elapsed().as_secs();
    ensure!(
        shown.len() >= options.clients as usize,
        "only {} references were shown in {} rounds: that proves nothing",
        shown.len(),
        options.rounds
    );

    step(&format!("Look for the {} references that were shown", shown.len()));
    let found = proof::reports(&accounts, &shown)?;
    proof::mails(&portal, &shown)?;
    portal.stop()?;
    proof::log(&portal)?;
    let rows = proof::audit(&portal, &found)?;
    Ok(format!(
        "{} kills in {seconds} s: {} references shown, each there once, complete and with its audit row and mail; \
         {} more reports were stored and their answer cut off; audit log whole, {rows} rows",
        options.rounds,
        shown.len(),
        found.len() - shown.len(),
    ))
}

/// Lets every reporter send in a thread of its own while the server dies and comes back; what they were shown.
fn send_and_kill(portal: &mut Portal, rounds: u32, reporters: Vec<Reporter>) -> Result<Vec<Shown>> {
    let enough = AtomicBool::new(false);
    thread::scope(|scope| {
        let running: Vec<_> = reporters
            .into_iter()
            .map(|reporter| {
                let enough = &enough;
                scope.spawn(move || reporter.send_until(enough))
            })
            .collect();
        let killed = (0..rounds).try_for_each(|_| -> Result<()> {
            thread::sleep(Duration::from_millis(random_within(LIFE)?.into()));
            portal.kill_and_restart()
        });
        // Whatever happened, the threads must be told to end before the scope waits for them.
        enough.store(true, Ordering::Relaxed);
        let ended: Vec<_> = running.into_iter().map(thread::ScopedJoinHandle::join).collect();
        killed?;
        let mut shown = Vec::new();
        for outcome in ended {
            shown.extend(outcome.map_err(|_| anyhow::anyhow!("a client broke"))??);
        }
        Ok(shown)
    })
}

fn random_within(range: std::ops::Range<u32>) -> Result<u32> {
    Ok(range.start + getrandom::u32()? % (range.end - range.start))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn lives_differ_and_stay_within_bounds() {
        let lives: Vec<u32> = (0..200).map(|_| random_within(LIFE).unwrap()).collect();
        assert!(lives.iter().all(|life| LIFE.contains(life)), "{lives:?}");
        assert!(lives.iter().any(|life| *life != lives[0]), "{lives:?}");
    }
}
