//! What a company sees of its requests.

use domain::{
    access::{Action, Principal},
    advice::{Counsel, Did, Request, State},
    answers::Answers,
    country::Country,
    date::Date,
    ids::{AdviceId, CustomerId, OrgId},
    reference::Reference,
    time::Timestamp,
};
use store::advice::{self as rows, AdviceRow, OwnListRow};

use super::{Due, Entry, content, due, entry, sent, state_of};
use crate::{
    Context, Result,
    draft::profile::zone_name,
    error::{Problem, Refusal},
    report::access,
    seat::Seat,
};

/// Requests on a page.
const PAGE: usize = 50;

/// A request in the company's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Identity.
    pub id: AdviceId,
    /// Where it stands.
    pub state: State,
    /// Substances and amounts; empty before it is sent.
    pub headline: String,
    /// The customer.
    pub party: String,
    /// Where the goods go.
    pub country: Option<Country>,
    /// When they are to leave.
    pub delivery: Option<Timestamp>,
    /// Until when the authority means to answer.
    pub due: Option<Due>,
    /// The last change.
    pub changed: Timestamp,
    /// The advice.
    pub counsel: Option<Counsel>,
    /// What was done.
    pub did: Option<Did>,
    /// Who wrote it.
    pub author: String,
}

/// A request as its company sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Identity.
    pub id: AdviceId,
    /// The company.
    pub org: OrgId,
    /// Its version, for the next act.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// From whose file it began.
    pub customer: Option<CustomerId>,
    /// What was typed.
    pub typed: Answers,
    /// What would be sent, or was; none while something is missing.
    pub request: Option<Request>,
    /// What is missing before it can be sent.
    pub problems: Vec<Problem>,
    /// The report that it belongs to, if the person may see that one.
    pub report: Option<Reference>,
    /// Whether a report was begun from it.
    pub has_draft: bool,
    /// When the goods are to leave.
    pub delivery: Option<Timestamp>,
    /// When it was sent.
    pub sent: Option<Timestamp>,
    /// Until when the authority means to answer.
    pub due: Option<Due>,
    /// The advice.
    pub counsel: Option<Counsel>,
    /// Until which day the goods are held.
    pub hold_until: Option<Date>,
    /// What was done.
    pub did: Option<Did>,
    /// The thread, the oldest first.
    pub thread: Vec<Entry>,
    /// The authority.
    pub authority: String,
    /// Its telephone; may be empty.
    pub phone: String,
    /// The zone in which the company reads times.
    pub time_zone: String,
}

/// What was typed into a request.
pub(super) fn typed(row: &AdviceRow) -> Result<Answers> {
    serde_json::from_str(&row.typed).map_err(|error| Refusal::Fault(format!("advice {}: {error}", row.id)))
}

/// The company's requests before `before`, the newest first, at most 50 (those that began from one customer's file, if one is
/// given), and whether there are more.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn list(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    customer: Option<CustomerId>,
    before: Option<AdviceId>,
) -> Result<(Vec<Item>, bool)> {
    Seat::take(principal, org, Action::AskAdvice)?;
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let mut found = rows::list(&mut ctx.db.reader(), org, customer, before, limit).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let items = found.into_iter().map(|row| item(row, ctx.now())).collect::<Result<_>>()?;
    Ok((items, more))
}

fn item(row: OwnListRow, now: Timestamp) -> Result<Item> {
    let state = state_of(&row.state)?;
    Ok(Item {
        id: AdviceId(row.id),
        state,
        headline: row.headline,
        party: row.party,
        country: Country::parse(&row.country).ok(),
        delivery: row.delivery_at.map(Timestamp),
        due: due(row.due_at, row.paused_at, state, now),
        changed: Timestamp(row.changed_at),
        counsel: Counsel::from_code(&row.counsel),
        did: Did::from_code(&row.did),
        author: row.author,
    })
}

/// How many requests wait for the company: with a question, or with advice after which it has not said what it did. None
/// without the right.
///
/// # Errors
/// If the store fails.
pub async fn waiting_for(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Option<i64>> {
    if Seat::take(principal, org, Action::AskAdvice).is_err() {
        return Ok(None);
    }
    Ok(Some(rows::waiting(&mut ctx.db.reader(), org).await?))
}

/// A request of the company.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody else.
pub async fn view(ctx: &Context, principal: &Principal, id: AdviceId) -> Result<View> {
    principal.signed_in()?;
    let mut db = ctx.db.reader();
    let row = rows::find(&mut db, id).await?.ok_or(Refusal::NotFound)?;
    let org = OrgId(row.org_id);
    Seat::take(principal, org, Action::AskAdvice)?;
    let company = store::org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    let authority = store::org::by_id(&mut db, OrgId(row.authority_id)).await?.ok_or(Refusal::NotFound)?;
    let (state, typed) = (state_of(&row.state)?, typed(&row)?);
    let (request, problems) = if row.content.is_empty() {
        match content::read(ctx, principal, &company, &typed).await {
            Ok(read) => (Some(read.request), Vec::new()),
            Err(Refusal::Invalid(problems)) => (None, problems),
            Err(refusal) => return Err(refusal),
        }
    } else {
        (Some(sent(&row)?), Vec::new())
    };
    let thread = rows::entries(&mut db, id).await?.into_iter().map(entry).collect::<Result<_>>()?;
    let report = report(ctx, principal, &typed).await?;
    Ok(View {
        id,
        org,
        version: row.version,
        state,
        customer: row.customer_id.map(CustomerId),
        request,
        problems,
        report,
        typed,
        has_draft: row.draft_id.is_some(),
        delivery: row.delivery_at.map(Timestamp),
        sent: row.sent_at.map(Timestamp),
        due: due(row.due_at, row.paused_at, state, ctx.now()),
        counsel: Counsel::from_code(&row.counsel),
        hold_until: row.hold_until.map(Date::from_days),
        did: Did::from_code(&row.did),
        thread,
        authority: authority.name,
        phone: authority.phone,
        time_zone: zone_name(&company).to_owned(),
    })
}

/// The report to which the company linked the request, for those who may see that report.
async fn report(ctx: &Context, principal: &Principal, typed: &Answers) -> Result<Option<Reference>> {
    let Ok(reference) = typed.one("report").parse::<Reference>() else { return Ok(None) };
    match access::own(ctx, principal, &reference, Action::ReadOwnReports).await {
        Ok(_) => Ok(Some(reference)),
        Err(Refusal::NotFound) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}
