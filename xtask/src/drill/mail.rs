//! `cargo xtask drill mail`: the mail server is down, then fails at every second mail, then works. Every mail must
//! arrive, twins under the same Message-ID only, and what is refused for good must be given up and shown.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::{Options, proof, reporters, send_while};
use crate::build::Kind;
use crate::portal::http::Browser;
use crate::portal::reporter::{Shown, insist};
use crate::portal::smtp::{MailServer, Mood, REFUSED, Taken};
use crate::portal::{Portal, Setting};
use crate::step::step;

/// The server is down so long, and fails so long after that: short of the third try, so that no mail has to wait for the
/// next one, which comes ten minutes later.
const TROUBLE: Duration = Duration::from_secs(20);

/// After it works again every mail must arrive within this time: the pause after the third failure, and a little.
const LIMIT: Duration = Duration::from_secs(240);

/// Builds the server and carries out the drill.
pub fn mail(options: &Options) -> Result<()> {
    super::carry_out(options, |kind, folder| drill(options, kind, folder))
}

fn drill(options: &Options, kind: Kind, folder: &Path) -> Result<String> {
    let server = MailServer::start()?;
    step("Start the portal with demonstration data and a mail server that is down");
    let portal = Portal::start(Setting::demo(kind.server(), folder).with("--smtp-url", server.url()))?;
    let (accounts, reporters) = reporters(&portal, options.clients)?;

    step(&format!(
        "Let {} clients send reports while it is down, and while it fails at every second mail",
        options.clients
    ));
    let shown = send_while(reporters, || {
        forget_password(portal.port)?;
        thread::sleep(TROUBLE);
        server.be(Mood::Flapping);
        thread::sleep(TROUBLE);
        Ok(())
    })?;
    server.be(Mood::Well);
    let outcome = proof::judge(&proof::reports(&accounts)?, &shown)?;

    step(&format!("Wait for the mails about {} reports", shown.len()));
    let begun = Instant::now();
    while let Some(missing) = missing(&shown, &server.taken()) {
        ensure!(begun.elapsed() < LIMIT, "no mail told the authority of {missing}");
        thread::sleep(Duration::from_millis(200));
    }
    let (mails, twins) = twins(&server.taken())?;
    given_up(&portal)?;
    Ok(format!("{mails} mails arrived, {twins} of them twice under the same Message-ID; reports: {outcome}"))
}

/// Lets somebody whose mailbox does not exist ask for a new password.
fn forget_password(port: u16) -> Result<()> {
    let address = format!("{REFUSED}meridian-reagents.example");
    let answer = insist(|| Browser::new(port).post("/en/forgot", &[("email", &address)]))?;
    ensure!(answer.status == 303, "asking for a new password was answered with {}", answer.status);
    Ok(())
}

/// A report of which no mail tells.
fn missing<'a>(shown: &'a [Shown], taken: &[Taken]) -> Option<&'a str> {
    let told: BTreeSet<String> = taken.iter().filter_map(|mail| proof::reference_in(&mail.text)).collect();
    shown.iter().map(|shown| shown.reference.as_str()).find(|reference| !told.contains(*reference))
}

/// How many mails there are by Message-ID and how many came more than once. An error if two that tell the same person of
/// the same report differ in their Message-ID.
fn twins(taken: &[Taken]) -> Result<(usize, usize)> {
    let (mut ids, mut told) = (BTreeMap::<&str, usize>::new(), BTreeMap::new());
    for mail in taken {
        ensure!(!mail.id.is_empty(), "a mail without a Message-ID");
        *ids.entry(&mail.id).or_default() += 1;
        let Some(reference) = proof::reference_in(&mail.text) else { continue };
        let first = told.entry((mail.to.clone(), reference.clone())).or_insert(&mail.id);
        ensure!(*first == &mail.id, "{reference} was told twice under different Message-IDs");
    }
    Ok((ids.len(), ids.values().filter(|count| **count > 1).count()))
}

/// What was refused for good is counted among what was given up.
fn given_up(portal: &Portal) -> Result<()> {
    let said = portal.command(&["mail", "dead"])?;
    said.lines().find(|line| line.contains(REFUSED)).context("the refused mail is not shown as given up")?;
    Ok(())
}
