//! `cargo xtask drill database`: PostgreSQL is stopped without ceremony and started again under load.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::{Options, proof, reporters, send_while};
use crate::build::Kind;
use crate::portal::{Portal, Setting};
use crate::postgres;
use crate::step::step;

/// The database works so long between two restarts.
const BETWEEN: Duration = Duration::from_secs(2);

/// The portal must answer so soon after the database is back.
const RECOVERY: Duration = Duration::from_secs(10);

/// Builds the server and carries out the drill.
pub fn database(options: &Options) -> Result<()> {
    super::carry_out(options, |kind, folder| drill(options, kind, folder))
}

fn drill(options: &Options, kind: Kind, folder: &Path) -> Result<String> {
    let mut postgres = postgres::Server::start()?;
    step("Start the server with demonstration data on it");
    let setting = Setting::demo(kind.server(), folder).with("--database", postgres.url());
    let mut portal = Portal::start(setting)?;
    let (accounts, reporters) = reporters(&portal, options.clients)?;

    step(&format!("Restart PostgreSQL {} times while {} clients send reports", options.rounds, options.clients));
    let mut slowest = Duration::ZERO;
    let shown = send_while(reporters, || {
        for _ in 0..options.rounds {
            thread::sleep(BETWEEN);
            postgres.restart()?;
            let back = Instant::now();
            portal.wait()?;
            slowest = slowest.max(back.elapsed());
        }
        thread::sleep(BETWEEN);
        Ok(())
    })?;
    ensure!(slowest <= RECOVERY, "the portal needed {slowest:?} to answer after the database was back");
    let outcome = proof::whole(&mut portal, &accounts, &shown)?;
    Ok(format!(
        "{} restarts of PostgreSQL, the portal answered again within {} ms: {outcome}",
        options.rounds,
        slowest.as_millis()
    ))
}
