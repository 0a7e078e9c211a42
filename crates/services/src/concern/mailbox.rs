//! What the sender of a concern sees and does with the phrase: where it stands, what the authority asked, a reply, the end.
//!
//! Looking leaves no trace at all. What was sent at first is not shown again: whoever finds the phrase learns what is said from
//! then on, not the concern.

use domain::{
    access::Action,
    concern::Limits,
    ids::{OrgId, ReportId},
    phrase::Phrase,
    reference::Reference,
    report::{OutcomeClass, ReporterState},
    time::Timestamp,
};
use store::concern::{self as rows, ConcernRow};

use super::{Dated, gate, phrase, phrase::Ticket, send::nameless};
use crate::{
    Context, Result,
    draft::profile::zone_name,
    error::{Problem, Refusal},
    evidence::{self, Arrived, Rejected},
    report::{
        access,
        standing::{self, Trace},
        view::unmarked,
    },
    thread::{self, Said, Side, checked},
};

/// Who said something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Whoever holds the phrase, or the association.
    Sender,
    /// The authority.
    Authority,
    /// The authority, and it waits for an answer.
    Question,
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When; of what the sender said, the day.
    pub at: Timestamp,
    /// Who.
    pub voice: Voice,
    /// What.
    pub text: String,
}

/// A concern as its sender sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// The authority.
    pub authority: String,
    /// Its telephone; may be empty.
    pub phone: String,
    /// Its time zone.
    pub zone: String,
    /// Where the concern stands.
    pub state: ReporterState,
    /// What came of it.
    pub outcome: Option<OutcomeClass>,
    /// The day on which it came.
    pub sent: Timestamp,
    /// The question that waits for an answer.
    pub question: Option<String>,
    /// What was said, the oldest first.
    pub thread: Vec<Entry>,
}

/// Opens the mailbox of a phrase. A phrase that never was, one that has ended and one of another installation are one answer.
///
/// # Errors
/// [`Refusal::Invalid`] at `phrase` for what can be no phrase; [`Refusal::NotFound`] if nothing has it; [`Refusal::TooOften`].
pub async fn open(ctx: &Context, typed: &str, form: &str, nonce: &str) -> Result<(Ticket, Mailbox)> {
    let phrase =
        Phrase::read(typed).map_err(|error| Refusal::Invalid(vec![Problem::new("phrase", error.to_string())]))?;
    let limits = Limits::get();
    let lane = match gate::is_proven(ctx, form, nonce) {
        true => (limits.proven_look, "proven look"),
        false => (limits.unproven_look, "unproven look"),
    };
    ctx.gate.pass(ctx.now(), &[(lane.0, lane.1.to_owned())])?;
    let lookup = phrase::lookup(ctx, &phrase);
    let row = rows::by_lookup(&mut ctx.db.reader(), &lookup).await?.ok_or(Refusal::NotFound)?;
    let mailbox = read(ctx, &row).await?;
    Ok((Ticket::give(ctx, ReportId(row.report_id)), mailbox))
}

/// The mailbox of a page that is open.
///
/// # Errors
/// [`Refusal::NotFound`] once its time is over: the phrase is asked for again.
pub async fn look(ctx: &Context, ticket: &str) -> Result<(Ticket, Mailbox)> {
    let row = Ticket::concern(ctx, ticket).await?;
    Ok((Ticket::give(ctx, ReportId(row.report_id)), read(ctx, &row).await?))
}

pub(super) fn number(row: &ConcernRow) -> Result<Reference> {
    row.reference.parse().map_err(|_| Refusal::Fault(format!("reference {}", row.reference)))
}

/// What whoever sent a concern may know of it.
pub(super) async fn read(ctx: &Context, row: &ConcernRow) -> Result<Mailbox> {
    let (dated, _) = Dated::at(ctx, OrgId(row.authority_id)).await?;
    let seen = unmarked(ctx, &dated.sender, &number(row)?).await?;
    let thread = seen.thread.into_iter().rev().filter_map(|entry| {
        let voice = match (&entry.said, entry.side) {
            (Said::Question { .. }, _) => Voice::Question,
            (Said::Message | Said::Answer, Side::Company) => Voice::Sender,
            (Said::Message, _) => Voice::Authority,
            _ => return None,
        };
        Some(Entry { at: entry.at, voice, text: entry.body })
    });
    Ok(Mailbox {
        thread: thread.collect(),
        authority: seen.authority.name,
        phone: seen.authority.phone,
        zone: zone_name(&dated.authority).to_owned(),
        state: seen.state,
        outcome: seen.outcome,
        sent: seen.sent_at,
        question: seen.question.map(|question| question.text),
    })
}

/// Says something to the authority, with files or without; an open question is answered by it. Files for which there is no room
/// come back.
///
/// # Errors
/// [`Refusal::Invalid`] if nothing is said or it is too long; [`Refusal::TooOften`]; as [`look`].
pub async fn add(ctx: &Context, ticket: &str, text: &str, files: Vec<Arrived>) -> Result<Vec<Rejected>> {
    let row = Ticket::concern(ctx, ticket).await?;
    say(ctx, &row, text, files).await
}

/// [`add`] for a concern whose caller has the right to it.
pub(super) async fn say(ctx: &Context, row: &ConcernRow, text: &str, files: Vec<Arrived>) -> Result<Vec<Rejected>> {
    let (dated, _) = Dated::at(ctx, OrgId(row.authority_id)).await?;
    let reference = number(row)?;
    let files = nameless(files)?;
    let text = if text.trim().is_empty() && !files.is_empty() { FILES_ALONE } else { text };
    checked(text, "text")?;
    ctx.gate.pass(ctx.now(), &[(Limits::get().reply, row.reference.clone())])?;
    let asked = unmarked(ctx, &dated.sender, &reference).await?.question.is_some();
    let rejected = match files.is_empty() {
        true => Vec::new(),
        false => {
            let files = files.into_iter().map(|file| file.dated(&dated.ctx)).collect();
            evidence::add_to_report(&dated.ctx, &dated.sender, &reference, files).await?
        }
    };
    match asked {
        true => thread::answer(&dated.ctx, &dated.sender, &reference, text).await?,
        false => thread::message(&dated.ctx, &dated.sender, &reference, text).await?,
    }
    Ok(rejected)
}

const FILES_ALONE: &str = "Files were added.";
const CLOSED: &str = "The sender has closed the mailbox. Nobody reads what is written from here on.";

/// Closes a mailbox for good: no phrase opens it any more. The concern stays.
///
/// # Errors
/// As [`look`].
pub async fn close(ctx: &Context, ticket: &str) -> Result<()> {
    let concern = Ticket::concern(ctx, ticket).await?;
    let (dated, _) = Dated::at(ctx, OrgId(concern.authority_id)).await?;
    let mut tx = ctx.db.begin().await?;
    let reference = number(&concern)?;
    let (mut row, seat) = access::lock_own(&mut tx, &dated.sender, &reference, Action::WriteReports).await?;
    if !rows::close(&mut tx, ReportId(row.id)).await? {
        return Err(Refusal::NotFound);
    }
    let before = Trace::of(&row);
    thread::by_company(&dated.ctx, &mut tx, &mut row, seat, Said::Message, CLOSED).await?;
    standing::save(&mut tx, &mut row).await?;
    let step = (Action::WriteReports, "mailbox of a concern closed");
    thread::record(&dated.ctx, &mut tx, seat, step, Some(&before), &row).await?;
    tx.commit().await?;
    Ok(())
}
