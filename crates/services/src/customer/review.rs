//! When customers are looked at again: on a day by their risk, and before it when something happens.
//!
//! Thirty and seven days before the day, and once when something makes it due before, whoever decided is told by mail: how many
//! and where, not whom. If they have left or may decide no more, those who run the company's account are.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    access::{Action, Principal},
    customer::{
        decision::{Event, Verdict},
        document::{AHEAD, REMINDERS},
    },
    date::Date,
    ids::{CustomerId, OrgId},
    organisation::{OrgKind, OrgStatus},
    risk::Band,
    time::Timestamp,
};
use store::{
    Tx,
    customer::standing::{self as rows, ToRemind},
    person::MemberRow,
};
use uuid::Uuid;

use super::document;
use crate::{
    Context, Refusal, Result,
    audit::{self, Act, Actor},
    outbox::{self, Template},
    seat::Seat,
};

/// A review that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub name: String,
    /// Its risk.
    pub band: Option<Band>,
    /// What was decided.
    pub verdict: Option<Verdict>,
    /// The day.
    pub on: Option<Date>,
    /// Since when it is due before that.
    pub since: Option<Timestamp>,
    /// Why.
    pub why: Vec<Event>,
}

/// How much waits in a company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Customers that are due for review today.
    pub reviews: i64,
    /// Decisions that wait for a second person.
    pub waiting: i64,
    /// Documents that have ended or end within 30 days.
    pub documents: usize,
}

/// Reads what is kept of why a customer is due.
pub(super) fn read_events(json: &str) -> Vec<Event> {
    serde_json::from_str(json).unwrap_or_default()
}

/// A company's customers that are due for review, or will be within 90 days, what is due before its day first.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside the company.
pub async fn list(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Review>> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    let today = document::today(ctx, org).await?;
    let found = rows::reviews(&mut ctx.db.reader(), org, Date::from_days(today.days() + AHEAD)).await?;
    let review = |row: rows::ReviewRow| Review {
        customer: CustomerId(row.customer_id),
        name: row.customer,
        band: Band::from_code(&row.band),
        verdict: Verdict::from_code(&row.verdict),
        on: row.review_on.map(Date::from_days),
        since: row.due_since.map(Timestamp),
        why: read_events(&row.due_why),
    };
    Ok(found.into_iter().map(review).collect())
}

/// How much waits today.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside the company.
pub async fn counts(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Counts> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    let today = document::today(ctx, org).await?;
    let mut db = ctx.db.reader();
    let (reviews, waiting) = rows::counts(&mut db, org, today).await?;
    let soon = Date::from_days(today.days() + REMINDERS[0]);
    let documents = store::customer::document::due(&mut db, org, soon).await?.len();
    Ok(Counts { reviews, waiting, documents })
}

/// Makes a decided customer due for review because of this; nothing happens without a decision, or if it was due for it before.
pub(crate) async fn fall_due(ctx: &Context, tx: &mut Tx, id: CustomerId, events: &[Event]) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let Some(standing) = rows::find(tx, id).await? else { return Ok(()) };
    let all: BTreeSet<Event> = read_events(&standing.due_why).into_iter().chain(events.iter().copied()).collect();
    let why = serde_json::to_string(&all).map_err(|error| Refusal::Fault(error.to_string()))?;
    if rows::due(tx, id, &why, ctx.now()).await? {
        let act = Act {
            actor: Actor::System,
            action: Action::DecideCustomers,
            step: "customer due for review",
            object_kind: "customer",
            object_id: id.to_string(),
        };
        audit::record(ctx, tx, act, audit::NONE, Some(&all)).await?;
    }
    Ok(())
}

/// What is reminded of: a day that comes, by its reminder, or what happened.
#[derive(Clone, Copy, Debug)]
enum About {
    Day(i64),
    Event,
}

/// Reminds of reviews, each reminder once; of how many. For the worker, now and then.
///
/// # Errors
/// If the store fails.
pub async fn remind(ctx: &Context) -> Result<usize> {
    let mut touched = 0;
    // The nearest day first: who gets the last reminder needs no earlier one.
    for (place, ahead) in REMINDERS.iter().enumerate().rev() {
        let nth = i64::try_from(place).unwrap_or(0) + 1;
        let day = Date::of(ctx.now().plus(ahead * Timestamp::DAY));
        let found = rows::to_remind(&mut ctx.db.reader(), nth, day).await?;
        touched += tell_all(ctx, found, About::Day(nth)).await?;
    }
    let found = rows::to_tell(&mut ctx.db.reader()).await?;
    Ok(touched + tell_all(ctx, found, About::Event).await?)
}

async fn tell_all(ctx: &Context, found: Vec<ToRemind>, about: About) -> Result<usize> {
    let mut of: BTreeMap<(Uuid, Option<Uuid>), Vec<CustomerId>> = BTreeMap::new();
    for row in found {
        of.entry((row.org_id, row.decided_by)).or_default().push(CustomerId(row.customer_id));
    }
    let mut touched = 0;
    for ((org, person), customers) in of {
        touched += tell(ctx, OrgId(org), person, &customers, about).await?;
    }
    Ok(touched)
}

async fn tell(
    ctx: &Context,
    org: OrgId,
    person: Option<Uuid>,
    customers: &[CustomerId],
    about: About,
) -> Result<usize> {
    let mut tx = ctx.db.begin().await?;
    let mut count = 0;
    for customer in customers {
        count += usize::from(match about {
            About::Day(nth) => rows::reminded(&mut tx, *customer, nth).await?,
            About::Event => rows::told(&mut tx, *customer).await?,
        });
    }
    let company = store::org::by_id(&mut tx, org).await?;
    let company = company.filter(|company| company.status == OrgStatus::Approved.code());
    if let Some(company) = company.filter(|_| count > 0) {
        let members = store::person::members(&mut tx, org).await?;
        let decides = |member: &&MemberRow| member.may(Action::DecideCustomers);
        let told: Vec<&MemberRow> = match members.iter().filter(decides).find(|it| Some(it.person_id) == person) {
            Some(member) => vec![member],
            None => members.iter().filter(|member| member.is_admin()).collect(),
        };
        let detail = count.to_string();
        for member in told {
            let tag = member.lang().tag();
            let path = format!("/{tag}/{}/{}/customers/due", OrgKind::Company.workspace(), company.handle);
            outbox::queue(ctx, &mut tx, Template::ReviewsDue, &member.email, member.lang(), &path, &detail).await?;
        }
    }
    tx.commit().await?;
    Ok(count)
}
