//! The authority's side: the list of what waits, a question with the register beside it, the answer.

use domain::{
    access::{Action, Principal},
    answers::{Answers, when::Order},
    ids::{CustomerId, LicenceId, LicenceRequestId, OrgId},
    licence::{
        Entry,
        check::Verdict,
        request::{Outcome, RequestState},
    },
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use store::licence::{
    self as entries,
    request::{self as rows, RequestRow},
};

use super::{Request, record, request, tell_company};
use crate::{
    Context, Result,
    calendar::WhyDue,
    customer::risk,
    error::Refusal,
    input::Form,
    learning,
    licence::{held, held::Match, read},
    seat::Seat,
};

/// Beside which entry of the register a request was answered. For the authority alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Which.
    pub licence: LicenceId,
    /// Its number then.
    pub number: String,
    /// Its version then.
    pub version: i64,
    /// What the check said.
    pub verdict: Verdict,
}

/// A licence that may be meant, with what the check says.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// How near it is to what was asked.
    pub likeness: Match,
    /// The entry.
    pub item: read::Item,
    /// What the check says about the question.
    pub verdict: Verdict,
}

/// A request, as the desk sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct DeskRequest {
    /// What the company sees too.
    pub request: Request,
    /// Who asks.
    pub company: String,
    /// Its handle.
    pub company_handle: String,
    /// Who answered.
    pub answered_by: Option<String>,
    /// Beside what it was answered.
    pub beside: Option<Beside>,
    /// The likeliest licences; empty in the list.
    pub candidates: Vec<Candidate>,
    /// Why it is due when it is.
    pub why_due: WhyDue,
    /// Whether the person may answer.
    pub may_answer: bool,
}

fn seen(ctx: &Context, row: RequestRow, may_answer: bool) -> Result<DeskRequest> {
    let (company, company_handle) = (row.company.clone(), row.company_handle.clone());
    let (answered_by, beside) = (row.answered_by.clone(), serde_json::from_str(&row.beside).ok());
    let request = request(row)?;
    let allowed = domain::licence::request::ANSWER_WITHIN;
    let why_due = WhyDue::new(&ctx.calendars(), request.question.country, request.at, allowed, request.due);
    Ok(DeskRequest {
        request,
        company,
        company_handle,
        answered_by,
        beside,
        candidates: Vec::new(),
        why_due,
        may_answer,
    })
}

/// How many requests wait at a desk.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk.
pub async fn waiting(ctx: &Context, principal: &Principal, org: OrgId) -> Result<u64> {
    Seat::take(principal, org, Action::ReadLicences)?;
    Ok(rows::waiting(&mut ctx.db.reader(), org).await?.unsigned_abs())
}

/// Requests at a desk that stand at `state`, behind `after` (when due, and identity), the next due first; whether there are
/// more.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk.
pub async fn at_desk(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    state: RequestState,
    after: Option<(i64, LicenceRequestId)>,
    limit: usize,
) -> Result<(Vec<DeskRequest>, bool)> {
    Seat::take(principal, org, Action::ReadLicences)?;
    let may_answer = principal.allowed_in(org, Action::KeepLicences).is_ok();
    let most = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut found =
        rows::at_desk(&mut ctx.db.reader(), org, state.code(), after.map(|(due, id)| (due, id.0)), most).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    Ok((found.into_iter().map(|row| seen(ctx, row, may_answer)).collect::<Result<_>>()?, more))
}

/// The row of a request to an authority, and the authority.
async fn asked(db: &mut impl store::Read, principal: &Principal, id: LicenceRequestId) -> Result<(RequestRow, OrgId)> {
    principal.signed_in()?;
    let row = rows::find(db, id).await?.ok_or(Refusal::NotFound)?;
    let authority = row.authority_id.map(OrgId).ok_or(Refusal::NotFound)?;
    Seat::take(principal, authority, Action::ReadLicences)?;
    Ok((row, authority))
}

/// A request with the register beside it; the authority it is for.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, or for anybody outside the authority that was asked.
pub async fn look(ctx: &Context, principal: &Principal, id: LicenceRequestId) -> Result<(DeskRequest, OrgId)> {
    let (row, authority) = asked(&mut ctx.db.reader(), principal, id).await?;
    let may_answer = principal.allowed_in(authority, Action::KeepLicences).is_ok();
    let mut view = seen(ctx, row, may_answer)?;
    if view.request.state == RequestState::Open {
        view.candidates = candidates(ctx, authority, &view.request).await?;
    }
    Ok((view, authority))
}

async fn candidates(ctx: &Context, authority: OrgId, request: &Request) -> Result<Vec<Candidate>> {
    let question = &request.question;
    let mut found = Vec::new();
    for likeness in held::matches(ctx, authority, &question.number, &question.holder).await? {
        let Some(row) = entries::find(&mut ctx.db.reader(), likeness.id).await? else { continue };
        let item = read::item(&row, question.on)?;
        let Entry::Licence(licence) = &item.entry else { continue };
        let verdict = licence.check(&question.asked(), &ctx.catalogue());
        found.push(Candidate { likeness, item, verdict });
    }
    Ok(found)
}

/// Answers a request. `typed`: `outcome`, `note`, `until`, and the entry of the register that it was answered beside.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::Stale`] if it was answered or taken back meanwhile;
/// [`Refusal::NotPossible`] without the certificate that the authority requires; [`Refusal::NotFound`] without the right.
pub async fn answer(
    ctx: &Context,
    principal: &Principal,
    (id, version): (LicenceRequestId, i64),
    typed: &Answers,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, authority) = asked(&mut tx, principal, id).await?;
    let seat = Seat::take(principal, authority, Action::KeepLicences)?;
    learning::pass(ctx, &mut tx, &seat).await?;
    let mut form = Form::new(typed);
    let outcome = Outcome::from_code(form.raw("outcome"));
    let note = match outcome {
        Some(Outcome::Limited) => form.lines("note", 1000, "Say within which limits it is valid"),
        _ => {
            let typed = form.optional_lines("note", 1000);
            if outcome.is_none() {
                form.problem("outcome", "Choose an answer");
            }
            typed
        }
    };
    let until = form.optional("until", 60);
    let order = Order::of_country(&seat.membership.country);
    let until = (!until.is_empty()).then(|| domain::answers::when::parse_date(&until, order));
    let until = until.transpose().map_err(|error| form.problem("until", error.to_string())).ok().flatten();
    if until.is_some() && matches!(outcome, Some(Outcome::NotValid | Outcome::CannotSay)) {
        form.problem("until", "Only an answer that something is valid has a last day");
    }
    let beside = beside(ctx, &mut tx, authority, &row, &mut form).await?;
    form.done()?;
    let beside = serde_json::to_string(&beside).map_err(|error| Refusal::Fault(error.to_string()))?;
    let outcome = outcome.map_or("", Outcome::code);
    let (person, at) = (seat.id(), ctx.now());
    let answer = rows::Answer { outcome, note: &note, until, person, at, beside: &beside };
    rows::answer(&mut tx, (id, version), &answer).await?;
    tell_company(ctx, &mut tx, &row).await?;
    if let Some(customer) = row.customer_id {
        risk::mark(&mut tx, CustomerId(customer), OrgId(row.org_id)).await?;
    }
    let said = (outcome, &note, until, &beside);
    record(ctx, &mut tx, (seat, Action::KeepLicences, "request about a licence answered"), id, Some(&said)).await?;
    tx.commit().await?;
    Ok(())
}

/// The entry that was chosen, with what the check says about it now.
async fn beside(
    ctx: &Context,
    tx: &mut store::Tx,
    authority: OrgId,
    row: &RequestRow,
    form: &mut Form<'_>,
) -> Result<Option<Beside>> {
    let Ok(licence) = form.raw("beside").parse::<LicenceId>() else { return Ok(None) };
    let found = entries::find(tx, licence).await?.filter(|found| OrgId(found.org_id) == authority);
    let Some(found) = found else {
        form.problem("beside", "This entry is not in the register any more. Choose another");
        return Ok(None);
    };
    let Entry::Licence(entry) = crate::licence::entry(&found)? else { return Ok(None) };
    let question = request(row.clone())?.question;
    let verdict = entry.check(&question.asked(), &ctx.catalogue());
    Ok(Some(Beside { licence, number: found.number, version: found.version, verdict }))
}

/// The instant behind which a page of the desk's list begins.
#[must_use]
pub const fn mark(request: &Request) -> (i64, LicenceRequestId) {
    let Timestamp(due) = request.due;
    (due, request.id)
}
