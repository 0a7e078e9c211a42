//! Advice on one planned sale: a company asks its authority whether it may ship.
//!
//! - What the company types is kept as typed until it sends it ([`save`]); it sees exactly what will be sent before
//!   ([`View::request`]), and nothing else of its files goes along. Whose file it began from, the authority never learns.
//! - The authority's clock ([`domain::advice::clock`]) rests while the company has a question to answer and is shortened by
//!   the delivery. Those who lead the desk are told when it runs out ([`escalate`]).
//! - Beside a request the desk sees its own reports and other requests about the same parties ([`Known`]). No company ever
//!   learns of them, nor who at the authority wrote.
//! - Of a company, those who may write reports see its requests.

mod ask;
mod content;
mod desk;
mod known;
mod own;
mod tick;
mod work;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use domain::{
    access::{Action, Role},
    advice::{Act, Counsel, Did, State, clock::AdviceClock},
    country::Country,
    date::Date,
    deadline::Clock,
    encoding::hex,
    ids::{AdviceId, OrgId, UserId},
    lang::Lang,
    organisation::OrgKind,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::{
    Tx,
    advice::{self as rows, AdviceRow, NewEntry},
    person::MemberRow,
};

use crate::{
    Context, Result,
    audit::{self, Act as AuditAct, Actor},
    calendar,
    draft::json,
    error::Refusal,
    outbox::{self, Template},
    roster::Today,
    seat::Seat,
};

pub use ask::{answer, close, create, prefilled, save, send, to_report, withdraw};
pub(crate) use content::derive_anew;
pub use content::{SIGN_GROUPS, sign_text};
pub use desk::{DeskItem, DeskView, Queue, figures, queue, view as desk_view, waiting};
pub use known::{Known, SameRequest, known};
pub use own::{Item, View, list, view, waiting_for};
pub use tick::escalate;
pub(crate) use work::hand_over;
pub use work::{advise, ask_back, assign};

/// Something said or done with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The company sent it.
    Sent,
    /// The authority asks back.
    Question,
    /// The company answers.
    Answer,
    /// The authority advises.
    Advised {
        /// What.
        counsel: Counsel,
        /// Until which day the goods are held.
        #[serde(default)]
        until: Option<Date>,
    },
    /// The company says what it did.
    Closed {
        /// What.
        did: Did,
    },
    /// The company took it back.
    Withdrawn,
    /// Somebody of the desk has it now; nobody, if none is named. For the desk alone.
    Assigned {
        /// Who.
        to: Option<String>,
    },
    /// Why the desk advised so. For the desk alone.
    Reason,
    /// Those who lead the desk were told of the deadline. For the desk alone.
    Escalated {
        /// Whether it is missed; it is near otherwise.
        missed: bool,
    },
}

impl Event {
    const fn is_for_desk_alone(&self) -> bool {
        matches!(self, Self::Assigned { .. } | Self::Reason | Self::Escalated { .. })
    }
}

/// Who said or did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The company.
    Company,
    /// The authority.
    Authority,
    /// The clock.
    System,
}

impl Side {
    const fn code(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Authority => "authority",
            Self::System => "system",
        }
    }
}

/// An entry of the thread, as the reader may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Whose.
    pub side: Side,
    /// What was done.
    pub event: Event,
    /// What was written.
    pub body: String,
    /// Who, if the reader may know.
    pub person: Option<String>,
}

/// How the authority's clock of a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// When the advice is due.
    pub at: Timestamp,
    /// Whether the clock rests.
    pub rests: bool,
    /// Whether it has run out.
    pub overdue: bool,
}

fn due(due_at: Option<i64>, paused_at: Option<i64>, state: State, now: Timestamp) -> Option<Due> {
    let clock = Clock { due: Timestamp(due_at?), paused_at: paused_at.map(Timestamp) };
    let runs = state.clock_runs();
    Some(Due { at: clock.due, rests: !runs, overdue: runs && clock.is_overdue(now) })
}

fn entry(row: rows::EntryRow) -> Result<Entry> {
    let side = match row.side.as_str() {
        "company" => Side::Company,
        "authority" => Side::Authority,
        _ => Side::System,
    };
    let event = serde_json::from_str(&row.detail).map_err(|error| Refusal::Fault(error.to_string()))?;
    Ok(Entry { at: Timestamp(row.at), side, event, body: row.body, person: row.person })
}

fn state_of(code: &str) -> Result<State> {
    State::from_code(code).ok_or_else(|| Refusal::Fault(format!("no state {code}")))
}

fn sent(row: &AdviceRow) -> Result<domain::advice::Request> {
    serde_json::from_str(&row.content).map_err(|error| Refusal::Fault(format!("advice {}: {error}", row.id)))
}

/// Does `act` to a request: state, clock and the next warning follow.
fn advance(ctx: &Context, row: &mut AdviceRow, act: Act) -> Result<()> {
    let before = state_of(&row.state)?;
    let after = before.after(act).map_err(|refused| Refusal::NotPossible(refused.to_string()))?;
    let now = ctx.now();
    if let Some(due) = row.due_at {
        let clock = Clock { due: Timestamp(due), paused_at: row.paused_at.map(Timestamp) };
        let clock = if !after.clock_runs() {
            clock.pause(now)
        } else if clock.paused_at.is_some() {
            let resumed = calendar::resume_counted(&ctx.calendars(), clock, &row.calendar, now);
            Clock::new(shortened(row, now, resumed.due))
        } else {
            clock
        };
        (row.due_at, row.paused_at) = (Some(clock.due.0), clock.paused_at.map(|at| at.0));
    }
    after.code().clone_into(&mut row.state);
    row.changed_at = now.0;
    place(row, after);
    Ok(())
}

/// The delivery shortens the time, whenever it begins to run. The rows of the authority's clock are those of the country.
fn shortened(row: &AdviceRow, from: Timestamp, by_time: Timestamp) -> Timestamp {
    // A clock without working time has no country; every row is then as good as the default.
    let country = Country::parse(&row.calendar).ok().or_else(|| Country::all().next());
    let delivery = row.delivery_at.map(Timestamp);
    country.map_or(by_time, |country| AdviceClock::of(country, Date::of(from)).due(from, by_time, delivery))
}

/// Sets when those who lead the desk are told next: in the last quarter of the time, and when it is over.
fn place(row: &mut AdviceRow, state: State) {
    let due = row.due_at.filter(|_| state.clock_runs());
    let quarter = |due: i64| due.saturating_sub(row.sent_at.unwrap_or(due)).max(0) / 4;
    row.escalate_at = match row.escalated {
        0 => due.map(|due| due - quarter(due)),
        1 => due,
        _ => None,
    };
}

/// What the audit log commits to. What was written is in the thread and in the request.
#[derive(Serialize)]
struct Trace {
    version: i64,
    state: String,
    sha256: Option<String>,
    delivery_at: Option<i64>,
    due_at: Option<i64>,
    paused_at: Option<i64>,
    assigned_to: Option<uuid::Uuid>,
    counsel: String,
    hold_until: Option<i64>,
    did: String,
}

impl Trace {
    fn of(row: &AdviceRow) -> Self {
        let sha256 = (!row.content.is_empty()).then(|| hex(&Sha256::digest(&row.content)));
        Self {
            version: row.version,
            state: row.state.clone(),
            sha256,
            delivery_at: row.delivery_at,
            due_at: row.due_at,
            paused_at: row.paused_at,
            assigned_to: row.assigned_to,
            counsel: row.counsel.clone(),
            hold_until: row.hold_until,
            did: row.did.clone(),
        }
    }
}

fn act<'s>(actor: Actor<'s>, action: Action, step: &'s str, id: uuid::Uuid) -> AuditAct<'s> {
    AuditAct { actor, action, step, object_kind: "advice", object_id: AdviceId(id).to_string() }
}

/// Stores a changed request with its audit row.
async fn keep(
    ctx: &Context,
    tx: &mut Tx,
    (actor, action, step): (Actor<'_>, Action, &str),
    before: &Trace,
    row: &mut AdviceRow,
) -> Result<()> {
    rows::save(tx, row).await?;
    row.version += 1;
    audit::record(ctx, tx, act(actor, action, step, row.id), Some(before), Some(&Trace::of(row))).await
}

/// Adds to the thread.
async fn note(
    ctx: &Context,
    tx: &mut Tx,
    row: &AdviceRow,
    (side, person): (Side, Option<UserId>),
    event: &Event,
    body: &str,
) -> Result<()> {
    let detail = json(event)?;
    let new = NewEntry {
        advice: AdviceId(row.id),
        at: ctx.now(),
        side: side.code(),
        person,
        detail: &detail,
        body,
        visible_to_company: !event.is_for_desk_alone(),
    };
    Ok(rows::add_entry(tx, &new).await?)
}

fn path(lang: Lang, kind: OrgKind, handle: &str, id: uuid::Uuid) -> String {
    format!("/{}/{}/{handle}/advice/{}", lang.tag(), kind.workspace(), AdviceId(id))
}

/// Queues a mail to whoever has the request at the desk, else to the desk. It says nothing but that something waits.
async fn tell_desk(ctx: &Context, tx: &mut Tx, row: &AdviceRow, template: Template) -> Result<()> {
    let today = Today::of(tx, OrgId(row.authority_id), ctx.now()).await?;
    for (address, lang) in today.receivers(row.assigned_to.map(UserId)) {
        let path = path(lang, OrgKind::Authority, today.handle(), row.id);
        outbox::queue(ctx, tx, template, &address, lang, &path, "").await?;
    }
    Ok(())
}

/// Queues a mail to who wrote the request, or, if they may no more, to the company's administrators.
async fn tell_company(ctx: &Context, tx: &mut Tx, row: &AdviceRow, template: Template) -> Result<()> {
    let company = store::org::by_id(tx, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    let members = store::person::members(tx, OrgId(row.org_id)).await?;
    let author = members.iter().find(|one| one.person_id == row.author_id && one.may(Action::AskAdvice));
    let told: Vec<&MemberRow> = match author {
        Some(author) => vec![author],
        None => members.iter().filter(|one| one.role() == Some(Role::CompanyAdmin)).collect(),
    };
    for member in told {
        let path = path(member.lang(), OrgKind::Company, &company.handle, row.id);
        outbox::queue(ctx, tx, template, &member.email, member.lang(), &path, "").await?;
    }
    Ok(())
}

/// The request, held, and the company's seat from which it is changed.
async fn held_own<'p>(
    tx: &mut Tx,
    principal: &'p domain::access::Principal,
    id: AdviceId,
) -> Result<(AdviceRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = rows::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.org_id), Action::AskAdvice)?;
    Ok((row, seat))
}
