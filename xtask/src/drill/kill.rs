//! `cargo xtask drill kill`: the server is killed (SIGKILL) at random moments and started again, many times.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::{Options, proof, reporters, send_while};
use crate::build::Kind;
use crate::portal::{Portal, Setting};
use crate::step::step;

/// The server lives at least and at most so long in each round, in milliseconds after it answers.
const LIFE: std::ops::Range<u32> = 50..2_500;

/// Builds the server and carries out the drill.
pub fn kill(options: &Options) -> Result<()> {
    super::carry_out(options, |kind, folder| drill(options, kind, folder))
}

fn drill(options: &Options, kind: Kind, folder: &Path) -> Result<String> {
    step("Start the server with demonstration data");
    let mut portal = Portal::start(Setting::demo(kind.server(), folder))?;
    let (accounts, reporters) = reporters(&portal, options.clients)?;

    step(&format!("Kill it {} times while {} clients send reports", options.rounds, options.clients));
    let begun = Instant::now();
    let shown = send_while(reporters, || {
        (0..options.rounds).try_for_each(|_| {
            thread::sleep(Duration::from_millis(random_within(LIFE)?.into()));
            portal.kill_and_restart().map(drop)
        })
    })?;
    let seconds = begun.elapsed().as_secs();
    ensure!(
        shown.len() >= options.clients as usize,
        "only {} references were shown in {} rounds: that proves nothing",
        shown.len(),
        options.rounds
    );
    let outcome = proof::whole(&mut portal, &accounts, &shown)?;
    proof::log(&portal)?;
    Ok(format!("{} kills in {seconds} s: {outcome}", options.rounds))
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
