//! Sending reports at a steady pace, as many as a country sends on its worst day in a second.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::figures::Times;
use crate::portal::Portal;
use crate::portal::reporter::{Account, Reporter, ended, mark};

/// Time between two reports: 50 a second.
const PACE: Duration = Duration::from_millis(20);

/// How many are sent.
const REPORTS: u32 = 1000;

/// Clients that send in turn. Enough that a slow answer delays no other report.
const CLIENTS: u32 = 16;

/// From when each report should have been sent until its reference was read whole. A server that falls behind pays for the
/// wait of the reports behind.
pub fn measure(portal: &Portal) -> Result<Times> {
    let accounts = Account::of_reporters(portal)?;
    let clients: Vec<Client> = thread::scope(|scope| {
        let accounts = &accounts;
        let prepare = |number| move || Client::prepare(Reporter::new(number, accounts), number);
        let prepared: Vec<_> = (0..CLIENTS).map(|number| scope.spawn(prepare(number))).collect();
        prepared.into_iter().map(ended).collect::<Result<_>>()
    })?;
    let begin = Instant::now() + PACE;
    thread::scope(|scope| {
        let sending: Vec<_> = clients.into_iter().map(|client| scope.spawn(move || client.send(begin))).collect();
        let mut times = Vec::new();
        for one in sending {
            times.extend(ended(one)?);
        }
        Ok(Times::new(times))
    })
}

struct Client {
    number: u32,
    reporter: Reporter,
    drafts: Vec<String>,
}

impl Client {
    /// Writes the drafts that this client will send.
    fn prepare(mut reporter: Reporter, number: u32) -> Result<Self> {
        let count = REPORTS.div_ceil(CLIENTS);
        let drafts = (0..count).map(|count| reporter.fill(&mark(number, count))).collect::<Result<_>>()?;
        Ok(Self { number, reporter, drafts })
    }

    /// Sends each when its turn has come.
    fn send(mut self, begin: Instant) -> Result<Vec<Duration>> {
        let mut times = Vec::new();
        for (round, draft) in (0..).zip(&self.drafts) {
            let due = begin + PACE * (round * CLIENTS + self.number);
            thread::sleep(due.saturating_duration_since(Instant::now()));
            self.reporter.send(draft)?;
            times.push(due.elapsed());
        }
        Ok(times)
    }
}
