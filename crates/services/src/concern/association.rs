//! Concerns of members that an association passes on: in the same form, without naming the member. The association reads where they
//! stand and what the authority says, and answers; it sees nothing else of the report.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    concern::Limits,
    ids::{OrgId, ReportId},
    organisation::OrgKind,
    reference::Reference,
    report::{OutcomeClass, ReporterState},
    time::Timestamp,
};
use store::{
    Tx,
    concern::{self as rows, ConcernRow},
    report::ReportRow,
};
use uuid::Uuid;

use super::{
    Mailbox, Place, mailbox,
    send::{self, Whose},
};
use crate::{
    Context, Result,
    error::Refusal,
    evidence::{Arrived, Rejected},
    outbox::{self, Template},
    report::access,
    seat::Seat,
};

/// A concern in the association's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Its number.
    pub reference: Reference,
    /// The authority.
    pub authority: String,
    /// What it is about.
    pub headline: String,
    /// Where it stands.
    pub state: ReporterState,
    /// What came of it.
    pub outcome: Option<OutcomeClass>,
    /// The day on which it was passed on.
    pub day: Timestamp,
    /// How often the authority wrote.
    pub answers: i64,
}

/// What an association passed on, the newest first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn list(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Passed>> {
    Seat::take(principal, org, Action::PassOnConcerns)?;
    let item = |row: rows::PassedRow| {
        Ok(Passed {
            reference: row.reference.parse().map_err(|_| Refusal::Fault(format!("reference {}", row.reference)))?,
            authority: row.authority,
            headline: row.headline,
            state: access::state_of(&row.state)?.for_reporter(),
            outcome: OutcomeClass::from_code(&row.outcome),
            day: Timestamp(row.day.saturating_mul(Timestamp::DAY)),
            answers: row.answers,
        })
    };
    rows::passed_on(&mut ctx.db.reader(), org).await?.into_iter().map(item).collect()
}

/// Whether somebody may pass concerns on: asked before anything is taken in.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub fn may_pass_on(principal: &Principal, org: OrgId) -> Result<()> {
    Seat::take(principal, org, Action::PassOnConcerns).map(drop)
}

/// Passes a member's concern on; its number.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotPossible`] if the authority takes none, or no more today;
/// [`Refusal::TooOften`]; [`Refusal::NotFound`] without the right.
pub async fn pass_on(
    ctx: &Context,
    principal: &Principal,
    (org, place): (OrgId, &Place),
    typed: &Answers,
    files: Vec<Arrived>,
) -> Result<Reference> {
    let seat = Seat::take(principal, org, Action::PassOnConcerns)?;
    let (answers, files) = (send::read(typed)?, send::nameless(files)?);
    let dated = send::open(ctx, place).await?;
    ctx.gate.pass(ctx.now(), &[(Limits::get().authority, place.authority.to_string())])?;
    send::store(&dated, answers, files, Whose::Association(ctx, seat)).await
}

async fn own<'p>(
    ctx: &Context,
    principal: &'p Principal,
    org: OrgId,
    reference: &Reference,
) -> Result<(ConcernRow, Seat<'p>)> {
    let seat = Seat::take(principal, org, Action::PassOnConcerns)?;
    let mut db = ctx.db.reader();
    let report = store::report::find(&mut db, reference.as_str()).await?.ok_or(Refusal::NotFound)?;
    let row = rows::of_report(&mut db, ReportId(report.id)).await?;
    let row = row.filter(|row| row.association_id == Some(org.0)).ok_or(Refusal::NotFound)?;
    Ok((row, seat))
}

/// A concern that the association passed on.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody else.
pub async fn passed(ctx: &Context, principal: &Principal, org: OrgId, reference: &Reference) -> Result<Mailbox> {
    let (row, _) = own(ctx, principal, org, reference).await?;
    mailbox::read(ctx, &row).await
}

/// Says something to the authority about it.
///
/// # Errors
/// As [`mailbox::add`]; [`Refusal::NotFound`] for anybody else.
pub async fn reply(
    ctx: &Context,
    principal: &Principal,
    (org, reference): (OrgId, &Reference),
    text: &str,
    files: Vec<Arrived>,
) -> Result<Vec<Rejected>> {
    let (row, seat) = own(ctx, principal, org, reference).await?;
    let rejected = mailbox::say(ctx, &row, text, files).await?;
    let mut tx = ctx.db.begin().await?;
    send::record(ctx, &mut tx, seat, "answered about a member's concern", reference).await?;
    tx.commit().await?;
    Ok(rejected)
}

/// Queues a mail to those of the association who pass concerns on; nothing for a concern of a sender without an account.
pub(crate) async fn tell(
    ctx: &Context,
    tx: &mut Tx,
    row: &ReportRow,
    template: Template,
    due: Timestamp,
) -> Result<Vec<Uuid>> {
    let concern = rows::of_report(tx, ReportId(row.id)).await?;
    let Some(org) = concern.and_then(|concern| concern.association_id).map(OrgId) else { return Ok(Vec::new()) };
    let association = store::org::by_id(tx, org).await?.ok_or(Refusal::NotFound)?;
    let mut mails = Vec::new();
    for member in store::person::members(tx, org).await?.iter().filter(|one| one.may(Action::PassOnConcerns)) {
        let (lang, rooms) = (member.lang(), OrgKind::Association.workspace());
        let path = format!("/{}/{rooms}/{}/concerns/{}", lang.tag(), association.handle, row.reference);
        mails.push(outbox::queue_for(ctx, tx, due, template, (&member.email, lang), &path, "").await?);
    }
    Ok(mails)
}
