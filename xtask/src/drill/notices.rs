//! `cargo xtask drill notices`: everybody is told of one alert while the process that sends is killed again and again. Each of
//! them must get it; a mail that was handed over but not noted comes again under its Message-ID, by which a mailbox knows it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::{Options, Outcome};
use crate::build::Kind;
use crate::portal::smtp::{MailServer, Mood, Taken};
use crate::portal::{Portal, Setting};
use crate::step::step;

/// Where the invented readers live.
const READERS: &str = "@flood.example";

/// No mail may keep the drill waiting longer: a claim of a process that was killed lapses after five minutes.
const LIMIT: Duration = Duration::from_secs(420);

/// Builds the server and carries out the drill.
pub fn notices(options: &Options) -> Result<()> {
    super::carry_out(options, |kind, folder| drill(options, kind, folder))
}

fn drill(options: &Options, kind: Kind, folder: &Path) -> Result<String> {
    let server = MailServer::start()?;
    server.be(Mood::Well);
    step("Start the portal with demonstration data and a mail server");
    let mut portal = Portal::start(Setting::demo(kind.server(), folder).with("--smtp-url", server.url()))?;
    let readers = options.clients;
    step(&format!("Tell {readers} readers of an alert, and kill the portal {} times meanwhile", options.rounds));
    let begun = Instant::now();
    let said = portal.command(&["mail", "flood", &readers.to_string()])?;
    let queued = said.split_whitespace().last().context("it is not said how long the queuing took")?.to_owned();
    for round in 1..=options.rounds {
        wait_for(&server, readers / (options.rounds + 1) * round)?;
        portal.kill_and_restart()?;
    }
    step("Wait until each of them has it");
    wait_for_everybody(&server, readers)?;
    let seconds = begun.elapsed().as_secs_f64();
    portal.stop()?;
    let (outcome, repeated) = judge(&server.taken(), readers as usize);
    outcome.must_be_clean()?;
    let connections = server.connections();
    Ok(format!(
        "mails: {outcome}; {repeated} of them repeated under the same Message-ID; queued in {queued} s, all there after \
         {seconds:.0} s by {connections} connections"
    ))
}

/// Waits until the server has taken so many mails.
fn wait_for(server: &MailServer, many: u32) -> Result<()> {
    let begun = Instant::now();
    while server.count() < many as usize {
        ensure!(begun.elapsed() < LIMIT, "only {} mails came", server.count());
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn wait_for_everybody(server: &MailServer, readers: u32) -> Result<()> {
    let (mut begun, mut seen) = (Instant::now(), 0);
    while reached(&server.taken()).len() < readers as usize {
        let now = server.count();
        if now > seen {
            (begun, seen) = (Instant::now(), now);
        }
        ensure!(begun.elapsed() < LIMIT, "only {} of {readers} were reached", reached(&server.taken()).len());
        thread::sleep(Duration::from_secs(1));
    }
    Ok(())
}

/// Whom a mail has reached, with the Message-IDs under which it came.
fn reached(taken: &[Taken]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found = BTreeMap::<&str, BTreeSet<&str>>::new();
    for mail in taken.iter().filter(|mail| mail.to.ends_with(READERS)) {
        found.entry(&mail.to).or_default().insert(&mail.id);
    }
    found
}

/// What came of it, and how many mails came more often than once under one Message-ID.
fn judge(taken: &[Taken], readers: usize) -> (Outcome, usize) {
    let found = reached(taken);
    let doubled = found.values().filter(|ids| ids.len() > 1).count();
    let (mails, ids) = (
        taken.iter().filter(|mail| mail.to.ends_with(READERS)).count(),
        found.values().map(BTreeSet::len).sum::<usize>(),
    );
    (Outcome { tried: readers, lost: readers - found.len().min(readers), doubled }, mails - ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(to: &str, id: &str) -> Taken {
        Taken { to: format!("{to}{READERS}"), id: id.to_owned(), text: String::new() }
    }

    #[test]
    fn a_mail_may_come_again_under_its_own_name_only() {
        let taken = [mail("a", "1"), mail("a", "1"), mail("b", "2"), mail("b", "3")];
        assert_eq!(judge(&taken, 3), (Outcome { tried: 3, lost: 1, doubled: 1 }, 1));
    }
}
