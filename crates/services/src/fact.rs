//! Facts that reports share, so that an authority sees that three firms refused the same buyer.
//!
//! They are derived from each report's answers when it is sent, in the same transaction ([`crate::report::submit`]), and
//! replaced with every later version. [`derive_anew`] does it for reports that an older program stored, or that were
//! read by older rules. Across companies only the desk reads them, with the report itself ([`crate::desk::view`]); a
//! company is told of its own earlier reports and of nothing else ([`reported_before`]).

use domain::{
    access::{Action, Principal},
    fact::{Fact, FactKind, Own, RULES, of_party, of_report},
    fulltext,
    ids::{OrgId, ReportId, UserId},
    question::relevant,
    reference::Reference,
    report::{CanonicalReport, Context as Reading, Party, State},
    time::Timestamp,
};
use store::{
    Read, Reader, Tx,
    fact::{ReportedRow, SharedRow},
    org::OrgRow,
    report::own::Asker,
    setting,
};
use uuid::Uuid;

use crate::{
    Context, Result, advice,
    draft::DraftView,
    error::Refusal,
    report::{access, judge::Eyes, view::read},
    search,
    seat::Seat,
};

/// Most reports shown beside one.
const SHOWN: i64 = 20;

/// Most parties of a draft that are looked up; who names more has not mistyped a customer.
const PARTIES: usize = 12;

/// A fact that two reports share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedFact {
    /// What it is about.
    pub kind: FactKind,
    /// As it is given in the report that is open.
    pub shown: String,
    /// Whose it is there; see [`Fact::role`].
    pub role: String,
    /// As it is given in the other.
    pub other_shown: String,
    /// Whose it is in the other.
    pub other_role: String,
}

/// Another report that says the same of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedReport {
    /// Its number.
    pub reference: Reference,
    /// The company that sent it.
    pub company: String,
    /// When.
    pub sent_at: Timestamp,
    /// Where it stands.
    pub state: State,
    /// What is the same, the strongest first.
    pub facts: Vec<SharedFact>,
}

/// So many reports that say the same are counted.
pub const COUNTED: i64 = 200;

/// The other reports of an authority that share facts with one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Those with a strong fact first, then the newest; at most 20.
    pub reports: Vec<SharedReport>,
    /// How many there are in all; from [`COUNTED`] on there may be more.
    pub total: i64,
}

/// Somebody whom the company has reported before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedBefore {
    /// The party's number in the draft.
    pub party: u32,
    /// Its name there; may be empty.
    pub name: String,
    /// The newest such report and when it was sent, if the person may see it.
    pub report: Option<(Reference, Timestamp)>,
    /// Whether that report could be amended instead.
    pub may_amend: bool,
}

/// The reports beside one, for the desk that has the right to see it.
pub(crate) async fn shared(db: &mut Reader, report: ReportId) -> Result<Shared> {
    let rows = store::fact::shared(db, report, SHOWN).await?;
    let total = rows.first().map_or(0, |row| row.total);
    let mut reports: Vec<SharedReport> = Vec::new();
    for row in rows {
        let fact = shared_fact(&row)?;
        match reports.last_mut() {
            Some(last) if last.reference.as_str() == row.reference => last.facts.push(fact),
            _ => reports.push(shared_report(row, fact)?),
        }
    }
    for report in &mut reports {
        report.facts.sort_by_key(|fact| fact.kind);
    }
    Ok(Shared { reports, total })
}

fn shared_fact(row: &SharedRow) -> Result<SharedFact> {
    let kind = FactKind::from_code(&row.kind).ok_or_else(|| Refusal::Fault(format!("no kind of fact {}", row.kind)))?;
    Ok(SharedFact {
        kind,
        shown: row.shown.clone(),
        role: row.role.clone(),
        other_shown: row.other_shown.clone(),
        other_role: row.other_role.clone(),
    })
}

fn shared_report(row: SharedRow, first: SharedFact) -> Result<SharedReport> {
    Ok(SharedReport {
        reference: parsed(&row.reference)?,
        state: access::state_of(&row.state)?,
        company: row.company,
        sent_at: Timestamp(row.sent_at),
        facts: vec![first],
    })
}

fn parsed(reference: &str) -> Result<Reference> {
    reference.parse().map_err(|_| Refusal::Fault(format!("reference {reference}")))
}

/// Whom of a draft's parties its company has reported before; only party `only`, if one is given. An officer who writes
/// for the company is told nothing here: the desk shows it once the report is sent.
///
/// # Errors
/// [`Refusal::NotFound`] without the right to write for the company.
pub async fn reported_before(
    ctx: &Context,
    principal: &Principal,
    draft: &DraftView,
    only: Option<u32>,
) -> Result<Vec<ReportedBefore>> {
    if draft.taken_by_authority {
        return Ok(Vec::new());
    }
    let seat = Seat::take(principal, draft.company_id, Action::WriteReports)?;
    let mut db = ctx.db.reader();
    let Some(authority) = draft.authority else { return Ok(Vec::new()) };
    let but = draft.continues.as_ref().map_or(ReportId(Uuid::nil()), |continues| continues.report);
    let asker = Asker { org: draft.company_id, person: seat.id(), sees_all: seat.is_admin() };
    let mut before = Vec::new();
    for party in parties(ctx, draft).into_iter().filter(|party| only.is_none_or(|only| party.number == only)) {
        let facts = of_party(&party, draft.profile.country);
        if let Some(row) = newest(&mut db, authority, asker, but, &facts).await? {
            before.push(told(party, &row)?);
        }
    }
    Ok(before)
}

/// The parties that the answers name so far.
fn parties(ctx: &Context, draft: &DraftView) -> Vec<Party> {
    let (set, profile) = (draft.set, &draft.profile);
    let catalogue = ctx.catalogue();
    let reading = Reading { set, profile, substances: catalogue.as_ref(), instant: &|_| None };
    let read = CanonicalReport::read(&draft.answers, &reading).map(|report| report.parties).unwrap_or_default();
    read.into_iter().take(PARTIES).collect()
}

/// The report that somebody with one of these facts was in: one that the person may see, if there is one.
async fn newest(
    db: &mut Reader,
    authority: OrgId,
    asker: Asker,
    but: ReportId,
    facts: &[Fact],
) -> Result<Option<ReportedRow>> {
    let mut hidden = None;
    let telling = |fact: &&Fact| !matches!(fact.kind, FactKind::Address | FactKind::Domain);
    for fact in facts.iter().filter(telling) {
        match store::fact::reported(db, authority, asker, but, fact).await? {
            Some(row) if row.may_see => return Ok(Some(row)),
            found => hidden = hidden.or(found),
        }
    }
    Ok(hidden)
}

fn told(party: Party, row: &ReportedRow) -> Result<ReportedBefore> {
    let report = if row.may_see { Some((parsed(&row.reference)?, Timestamp(row.sent_at))) } else { None };
    let may_amend = row.may_see && access::amendable(&row.state).is_ok();
    Ok(ReportedBefore { party: party.number, name: party.name, report, may_amend })
}

/// The data of the reporting company, which are never facts; with the addresses of those who write for it.
pub(crate) fn own<'a>(company: &OrgRow, emails: impl IntoIterator<Item = &'a String>) -> Own {
    let party = Party {
        name: company.name.clone(),
        address: company.address.clone(),
        country: domain::country::Country::parse(&company.country).ok(),
        phone: company.phone.clone(),
        email: company.duty_email.clone(),
        website: company.website.clone(),
        registration: company.registration_number.clone(),
        vat: company.vat.clone(),
        ..Party::default()
    };
    let texts = emails.into_iter().cloned().chain([company.lei.clone()]);
    Own { company: party, texts: texts.filter(|text| !text.is_empty()).collect() }
}

/// Derives the facts of every report and the words by which it is found anew if the rules by which it was done are not this
/// program's: after the update that brought facts, and after each one that changes them. Broken off, it begins again; done, it
/// does nothing.
///
/// # Errors
/// If the store fails or a stored report cannot be read.
pub async fn derive_anew(ctx: &Context) -> Result<()> {
    let rules = format!("{RULES}.{}", fulltext::RULES);
    if setting::get(&mut ctx.db.reader(), setting::FACTS).await?.as_deref() == Some(rules.as_str()) {
        return Ok(());
    }
    let mut after = ReportId(Uuid::nil());
    loop {
        let reports = store::fact::reports(&mut ctx.db.reader(), after).await?;
        let Some(last) = reports.last() else { break };
        after = *last;
        let mut tx = ctx.db.begin().await?;
        for report in reports {
            derive(ctx, &mut tx, report).await?;
        }
        tx.commit().await?;
    }
    advice::derive_anew(ctx).await?;
    let mut tx = ctx.db.begin().await?;
    setting::put(&mut tx, setting::FACTS, &rules).await?;
    tx.commit().await?;
    Ok(())
}

/// The facts and words of one report as it stands, held so that no later version is overwritten.
async fn derive(ctx: &Context, tx: &mut Tx, report: ReportId) -> Result<()> {
    let row = store::report::lock(tx, report).await?;
    let company = store::org::by_id(tx, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    let version = store::report::content::version(tx, report, row.current_version).await?.ok_or(Refusal::NotFound)?;
    let author = email_of(tx, UserId(version.person_id)).await?;
    let canonical: CanonicalReport =
        serde_json::from_str(&version.canonical).map_err(|error| Refusal::Fault(error.to_string()))?;
    let content = read(ctx, version, OrgId(row.authority_id), Eyes::Authority)?;
    let answers = relevant(content.set, &content.answers, &content.profile);
    let facts = of_report(&canonical, &answers, &own(&company, &author));
    store::fact::set(tx, report, OrgId(row.authority_id), &facts).await?;
    search::index(tx, &ctx.catalogue(), &row, &company.name, &content.summary, &canonical).await
}

async fn email_of(db: &mut impl Read, person: UserId) -> Result<Option<String>> {
    Ok(store::person::by_id(db, person).await?.map(|person| person.email))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
