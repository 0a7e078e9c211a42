//! What the desk sees: the list by what leaves first, and a request.

use domain::{
    access::{Action, Principal},
    advice::{Counsel, Did, Request, State},
    country::Country,
    date::Date,
    ids::{AdviceId, OrgId, UserId},
    reference::Reference,
    time::Timestamp,
};
use store::advice::desk::{self as seen, ListRow};

use super::{Due, Entry, due, entry, state_of};
use crate::{
    Context, Result,
    error::Refusal,
    roster::{Officer, Today},
    seat::Seat,
};

/// Finished requests on a page.
const PAGE: usize = 50;

/// A request in the desk's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskItem {
    /// Identity.
    pub id: AdviceId,
    /// Where it stands.
    pub state: State,
    /// Who asks.
    pub company: String,
    /// Substances and amounts.
    pub headline: String,
    /// The customer.
    pub party: String,
    /// Where the goods go.
    pub country: Option<Country>,
    /// When they are to leave.
    pub delivery: Option<Timestamp>,
    /// When the advice is due.
    pub due: Option<Due>,
    /// The last change.
    pub changed: Timestamp,
    /// The advice.
    pub counsel: Option<Counsel>,
    /// What the company did.
    pub did: Option<Did>,
    /// Who has it.
    pub assignee: Option<String>,
}

/// A list of the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Its requests.
    pub items: Vec<DeskItem>,
    /// Whether there are more behind the last.
    pub more: bool,
}

/// A request as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskView {
    /// Identity.
    pub id: AdviceId,
    /// The authority.
    pub authority: OrgId,
    /// Its version, for the next act.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// Who asks.
    pub company: String,
    /// What was sent.
    pub request: Request,
    /// When the goods are to leave.
    pub delivery: Option<Timestamp>,
    /// When it was sent.
    pub sent: Option<Timestamp>,
    /// When the advice is due.
    pub due: Option<Due>,
    /// Who has it.
    pub assignee: Option<String>,
    /// Whether that is the person who looks.
    pub is_mine: bool,
    /// Those to whom it can be given.
    pub officers: Vec<(UserId, String)>,
    /// The advice.
    pub counsel: Option<Counsel>,
    /// Until which day the goods are held.
    pub hold_until: Option<Date>,
    /// What the company did.
    pub did: Option<Did>,
    /// The report to which the company linked it.
    pub linked: Option<Reference>,
    /// The report that the company made of it.
    pub made: Option<Reference>,
    /// The thread with the desk's own notes, the oldest first.
    pub thread: Vec<Entry>,
    /// Whether the person may work on it.
    pub may_work: bool,
    /// The zone in which the desk reads times.
    pub time_zone: String,
}

/// What is open (what leaves first stands first), or else what is done, before `before`, the newest first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn queue(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    done: bool,
    before: Option<AdviceId>,
) -> Result<Queue> {
    Seat::take(principal, authority, Action::ReadAdvice)?;
    let mut db = ctx.db.reader();
    let (found, more) = if done {
        let limit = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
        let mut found = seen::done(&mut db, authority, before, limit).await?;
        let more = found.len() > PAGE;
        found.truncate(PAGE);
        (found, more)
    } else {
        (seen::open(&mut db, authority).await?, false)
    };
    let items = found.into_iter().map(|row| item(row, ctx.now())).collect::<Result<_>>()?;
    Ok(Queue { items, more })
}

fn item(row: ListRow, now: Timestamp) -> Result<DeskItem> {
    let state = state_of(&row.state)?;
    Ok(DeskItem {
        id: AdviceId(row.id),
        state,
        company: row.company,
        headline: row.headline,
        party: row.party,
        country: Country::parse(&row.country).ok(),
        delivery: row.delivery_at.map(Timestamp),
        due: due(row.due_at, row.paused_at, state, now),
        changed: Timestamp(row.changed_at),
        counsel: Counsel::from_code(&row.counsel),
        did: Did::from_code(&row.did),
        assignee: row.assignee,
    })
}

/// How many requests wait for an authority, for its navigation; none without the right.
///
/// # Errors
/// If the store fails.
pub async fn waiting(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Option<i64>> {
    if Seat::take(principal, authority, Action::ReadAdvice).is_err() {
        return Ok(None);
    }
    Ok(Some(seen::waiting(&mut ctx.db.reader(), authority).await?))
}

/// How many requests wait for an authority, and how many of them too long.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn figures(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<(i64, i64)> {
    Seat::take(principal, authority, Action::ReadAdvice)?;
    let mut db = ctx.db.reader();
    Ok((seen::waiting(&mut db, authority).await?, seen::overdue(&mut db, authority, ctx.now()).await?))
}

/// A request as the desk sees it.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, for anybody outside the desk, and before it is sent.
pub async fn view(ctx: &Context, principal: &Principal, id: AdviceId) -> Result<DeskView> {
    let person = principal.signed_in()?.id;
    let mut db = ctx.db.reader();
    let row = seen::one(&mut db, id).await?.ok_or(Refusal::NotFound)?;
    let authority = OrgId(row.authority_id);
    Seat::take(principal, authority, Action::ReadAdvice)?;
    let state = state_of(&row.state)?;
    let today = Today::of(&mut db, authority, ctx.now()).await?;
    let officers = today.officers().into_iter().map(|Officer { id, name, .. }| (id, name)).collect();
    let request =
        serde_json::from_str(&row.content).map_err(|error| Refusal::Fault(format!("advice {id}: {error}")))?;
    let thread = seen::entries(&mut db, id).await?.into_iter().map(entry).collect::<Result<_>>()?;
    Ok(DeskView {
        id,
        authority,
        version: row.version,
        state,
        company: row.company,
        request,
        delivery: row.delivery_at.map(Timestamp),
        sent: row.sent_at.map(Timestamp),
        due: due(row.due_at, row.paused_at, state, ctx.now()),
        assignee: row.assignee,
        is_mine: row.assigned_to == Some(person.0),
        officers,
        counsel: Counsel::from_code(&row.counsel),
        hold_until: row.hold_until.map(Date::from_days),
        did: Did::from_code(&row.did),
        linked: number(row.linked)?,
        made: number(row.made)?,
        thread,
        may_work: principal.allowed_in(authority, Action::GiveAdvice).is_ok(),
        time_zone: today.zone().to_owned(),
    })
}

fn number(text: Option<String>) -> Result<Option<Reference>> {
    text.map(|text| text.parse().map_err(|_| Refusal::Fault(format!("reference {text}")))).transpose()
}
