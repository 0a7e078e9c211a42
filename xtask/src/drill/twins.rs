//! `cargo xtask drill twins`: the same report is sent by many clients in the same instant, as by an impatient double
//! click on a slow line. One report each, and everybody is shown the same reference.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Barrier;
use std::thread;

use anyhow::{Context as _, Result};

use super::{Options, proof, reporters};
use crate::build::Kind;
use crate::portal::reporter::{Reporter, Shown, ended, mark};
use crate::portal::{Portal, Setting};
use crate::step::step;

/// Builds the server and carries out the drill.
pub fn twins(options: &Options) -> Result<()> {
    super::carry_out(options, |kind, folder| drill(options, kind, folder))
}

fn drill(options: &Options, kind: Kind, folder: &Path) -> Result<String> {
    step("Start the server with demonstration data");
    let mut portal = Portal::start(Setting::demo(kind.server(), folder))?;
    let (accounts, mut clients) = reporters(&portal, 1)?;
    let reporter = clients.first_mut().context("there is no client")?;

    step(&format!("Send {} reports, each {} times at once", options.rounds, options.clients));
    let mut shown = Vec::new();
    for round in 0..options.rounds {
        let mark = mark(0, round);
        let draft = reporter.fill(&mark)?;
        let references = send_at_once(reporter, &draft, options.clients)?;
        shown.extend(references.into_iter().map(|reference| Shown { mark: mark.clone(), reference }));
    }
    let outcome = proof::whole(&mut portal, &accounts, &shown)?;
    proof::log(&portal)?;
    Ok(format!("{} clients sent each report at once: {outcome}", options.clients))
}

/// The references that the clients were shown: one, if all is well.
fn send_at_once(reporter: &Reporter, draft: &str, clients: u32) -> Result<BTreeSet<String>> {
    let start = Barrier::new(clients as usize);
    thread::scope(|scope| {
        let client = || {
            let mut reporter = reporter.clone();
            start.wait();
            reporter.send(draft)
        };
        let running: Vec<_> = (0..clients).map(|_| scope.spawn(client)).collect();
        running.into_iter().map(ended).collect()
    })
}
