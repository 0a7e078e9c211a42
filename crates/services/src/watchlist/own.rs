//! A company's own watch set: whom it reported, and to whom it sells nothing. It is made from the company's reports and
//! files when the company searches, kept for as long as nothing of them changed, and seen by this company alone. So a report
//! that is sent, amended or withdrawn counts with the next question, and companies that never ask cost nothing.

use std::sync::{Arc, PoisonError};

use domain::{
    customer::{Customer, Party, PartyRole, parties},
    date::Date,
    encoding::hex,
    ids::{CustomerId, OrgId},
    report::{CanonicalReport, Party as Reported},
    time::Timestamp,
    watchlist::Meaning,
};
use screening::{
    entry::{Address, Birth, Entry, Identifier, Kind, Name, NameRole, NumberKind, Place, Tie},
    index::Index,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::watchlist::own::{self as rows, ReportRow, Stamp, StoppedRow};
use tokio::task;
use uuid::Uuid;

use super::held::Searched;
use crate::{
    Context, Refusal, Result,
    customer::terms::{kind, number_kind},
};

/// Rows that are read at once.
const AT_ONCE: i64 = 500;
/// The most reports and the most customers of one company; a company has some dozens.
const MOST: usize = 50_000;
/// So many companies' sets are kept in memory.
const KEPT: usize = 64;
/// Code of the set among the lists that were searched.
pub(super) const CODE: &str = "own-reports";
/// Its name.
pub(crate) const LABEL: &str = "Your own reports and refusals";

/// Where somebody of the set is known from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A report of the company, by the number that people see.
    Report(String),
    /// A file of a customer to whom nothing is sold.
    Customer(CustomerId),
}

/// The set of one company.
pub(super) struct Own {
    org: OrgId,
    stamps: [Stamp; 2],
    pub entries: Vec<Entry>,
    pub sources: Vec<Source>,
    pub index: Index,
    /// As it is listed beside the others; none if nobody is in it.
    pub searched: Option<Searched>,
}

/// The sets that this process keeps, the one asked for last at the end.
#[derive(Default)]
pub(super) struct Sets(std::sync::Mutex<Vec<Arc<Own>>>);

impl Sets {
    fn find(&self, org: OrgId, stamps: [Stamp; 2]) -> Option<Arc<Own>> {
        let mut sets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = sets.iter().position(|set| set.org == org && set.stamps == stamps)?;
        let found = sets.remove(at);
        sets.push(found.clone());
        Some(found)
    }

    fn keep(&self, set: &Arc<Own>) {
        let mut sets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sets.retain(|other| other.org != set.org);
        if sets.len() >= KEPT {
            sets.remove(0);
        }
        sets.push(set.clone());
    }
}

/// The set of a company as its reports and files stand now. Other organisations have an empty one.
pub(super) async fn own(ctx: &Context, org: OrgId) -> Result<Arc<Own>> {
    // Before what it is made of is read: what changes meanwhile is then seen with the next question.
    let stamps = rows::stamps(&mut ctx.db.reader(), org).await?;
    if let Some(set) = ctx.lists.own.find(org, stamps) {
        return Ok(set);
    }
    let making = stopped(ctx, org, reports(ctx, org, Making::default()).await?).await?;
    let set = Arc::new(aside(move || Ok(making.done(org, stamps))).await?);
    ctx.lists.own.keep(&set);
    Ok(set)
}

/// Where it holds up nobody's request.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    task::spawn_blocking(work).await.map_err(|error| Refusal::Fault(error.to_string()))?
}

async fn reports(ctx: &Context, org: OrgId, mut making: Making) -> Result<Making> {
    let (mut read, mut after) = (0, Uuid::nil());
    while read < MOST {
        let page = rows::reports(&mut ctx.db.reader(), org, after, AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        (after, read) = (last.id, read + page.len());
        making = aside(move || making.with_reports(&page)).await?;
    }
    Ok(making)
}

async fn stopped(ctx: &Context, org: OrgId, mut making: Making) -> Result<Making> {
    let (mut read, mut after) = (0, Uuid::nil());
    while read < MOST {
        let page = rows::stopped(&mut ctx.db.reader(), org, after, AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        (after, read) = (last.id, read + page.len());
        making = aside(move || making.with_stopped(&page)).await?;
    }
    Ok(making)
}

/// A set that is being made, page by page: what is read is long, and what is kept of it is short.
#[derive(Default)]
struct Making {
    entries: Vec<Entry>,
    sources: Vec<Source>,
}

impl Making {
    fn with_reports(mut self, rows: &[ReportRow]) -> Result<Self> {
        for row in rows {
            let report: CanonicalReport = serde_json::from_str(&row.canonical)
                .map_err(|error| Refusal::Fault(format!("{}: {error}", row.reference)))?;
            let about = About { title: format!("Report {}", row.reference), at: Timestamp(row.sent_at) };
            let met = report.parties.iter().filter(|party| party.number == 1 || party.kind != "forwarder");
            for entry in met.flat_map(|party| of_report(party, &about)) {
                self.entries.push(Entry { id: format!("{}/{}", row.reference, entry.id), ..entry });
                self.sources.push(Source::Report(row.reference.clone()));
            }
        }
        Ok(self)
    }

    fn with_stopped(mut self, rows: &[StoppedRow]) -> Result<Self> {
        for row in rows {
            let file: Customer = serde_json::from_str(&row.content)
                .map_err(|error| Refusal::Fault(format!("customer {}: {error}", row.id)))?;
            let about = About { title: "Stopped customer".into(), at: Timestamp(row.changed_at) };
            for party in parties(&file).iter().filter(|party| is_met(party.role)) {
                let entry = of_customer(party, &about);
                self.entries.push(Entry { id: format!("{}/{}", file.name(), party.at.1), ..entry });
                self.sources.push(Source::Customer(CustomerId(row.id)));
            }
        }
        Ok(self)
    }

    fn done(self, org: OrgId, stamps: [Stamp; 2]) -> Own {
        let Self { entries, sources } = self;
        let searched = (!entries.is_empty()).then(|| Searched {
            code: CODE.into(),
            label: LABEL.into(),
            means: Meaning::Watch,
            number: 0,
            generated: String::new(),
            sha256: hash(&entries),
            entries: i64::try_from(entries.len()).unwrap_or(i64::MAX),
            since: stamps.iter().map(|stamp| stamp.changed_at).max().unwrap_or_default(),
            owner: String::new(),
        });
        Own { org, stamps, index: Index::new(&entries), entries, sources, searched }
    }
}

/// Over the entries as JSON, which is never held as a whole.
fn hash(entries: &[Entry]) -> String {
    struct Hashed(Sha256);
    impl std::io::Write for Hashed {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut hashed = Hashed(Sha256::new());
    serde_json::to_writer(&mut hashed, entries).expect("entries are written as JSON, and a hash takes every byte");
    hex(&hashed.0.finalize())
}

/// Whether somebody of a refused customer's file is looked for elsewhere. Banks, carriers and sites serve many.
const fn is_met(role: PartyRole) -> bool {
    matches!(
        role,
        PartyRole::Customer
            | PartyRole::Person
            | PartyRole::Owner
            | PartyRole::AccountHolder
            | PartyRole::Consignee
            | PartyRole::Vessel
    )
}

/// Why somebody is in the set, and since when.
struct About {
    title: String,
    at: Timestamp,
}

impl About {
    fn entry(&self, id: String, kind: Kind, names: Vec<Name>) -> Entry {
        let listed_on = Some(Date::from_days(self.at.0.div_euclid(Timestamp::DAY)));
        Entry { id, kind, names, programmes: vec![self.title.clone()], listed_on, ..Entry::default() }
    }
}

/// A party of a report, and whoever was named beside a firm: another name of it or somebody who acts for it.
fn of_report(party: &Reported, about: &About) -> Vec<Entry> {
    let kind = match party.kind.as_str() {
        "company" | "forwarder" => Kind::Organisation,
        "person" => Kind::Person,
        _ => Kind::Any,
    };
    let name = |text: &String, role| Name { text: text.trim().to_owned(), role, ..Name::default() };
    let also = party.also.iter().map(|text| name(text, NameRole::Alias));
    let names = std::iter::once(name(&party.name, NameRole::Primary)).chain(also.clone());
    let names: Vec<Name> = names.filter(|name| !name.text.is_empty()).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let mut found = about.entry(party.number.to_string(), kind, names);
    found.countries = party.country.map(|country| Place { country, tie: Tie::Address }).into_iter().collect();
    found.addresses = address(&party.address, party.country).into_iter().collect();
    let document = party.document.as_ref().map_or("", |(_, number)| number.as_str());
    let numbers = [
        (NumberKind::Registration, party.registration.as_str()),
        (NumberKind::Tax, party.vat.as_str()),
        (NumberKind::Other, document),
    ];
    found.identifiers = numbers.into_iter().filter_map(|(kind, value)| number(kind, value)).collect();
    let beside = (1..).zip(also).filter(|(_, name)| kind == Kind::Organisation && !name.text.is_empty());
    let beside = beside.map(|(at, name)| {
        let name = Name { role: NameRole::Primary, ..name };
        about.entry(format!("{}.{at}", party.number), Kind::Any, vec![name])
    });
    let beside: Vec<Entry> = beside.collect();
    std::iter::once(found).chain(beside).collect()
}

fn of_customer(party: &Party, about: &About) -> Entry {
    let role = |at| if at == 0 { NameRole::Primary } else { NameRole::Alias };
    let names = party.names.iter().enumerate();
    let names = names.map(|(at, text)| Name { text: text.clone(), role: role(at), ..Name::default() });
    let mut found = about.entry(party.at.1.to_string(), kind(party.kind), names.collect());
    found.births = party.birth.map(|birth| Birth { from: birth.from, to: birth.to }).into_iter().collect();
    found.countries = party.countries.iter().map(|country| Place { country: *country, tie: Tie::Other }).collect();
    found.addresses = party.addresses.iter().filter_map(|one| address(&one.text, one.country)).collect();
    found.identifiers = party.numbers.iter().filter_map(|one| number(number_kind(one.kind), &one.value)).collect();
    found
}

fn address(text: &str, country: Option<domain::country::Country>) -> Option<Address> {
    let text = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    (!text.is_empty()).then_some(Address { text, country })
}

fn number(kind: NumberKind, value: &str) -> Option<Identifier> {
    let value = value.trim();
    (!value.is_empty()).then(|| Identifier { kind, value: value.to_owned(), country: None })
}
