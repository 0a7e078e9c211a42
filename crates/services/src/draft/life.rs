//! How long a draft lives, and whose it is.
//!
//! A draft is kept for 30 days after its last change. A week before the end and a day before it, whoever writes it gets a
//! mail that says only that a draft will be deleted, and when; then what it holds is erased, with its files. One that was put
//! away is erased 30 days after that, without a reminder. Nothing is erased earlier than a day after the last reminder, even
//! if the service was not running when that was due.

use domain::{
    access::{Action, Principal},
    answers::when::long_date,
    date::Date,
    ids::{DraftId, OrgId, ReportId, UserId},
    organisation::OrgKind,
    time::Timestamp,
};
use serde_json::json;
use store::{Tx, draft::DraftRow, person::MemberRow};

use super::{DraftView, KEPT_FOR, act, lock, record};
use crate::{
    Context, Result,
    audit::{self, Actor},
    error::{Problem, Refusal},
    outbox::{self, Template},
    report::standing::Trace,
    seat::Seat,
    thread,
};

/// The number of each reminder and how long before the end it is sent. The nearest end comes first: who gets the last
/// reminder needs no earlier one.
const REMINDERS: [(i64, i64); 2] = [(LAST, Timestamp::DAY), (1, 7 * Timestamp::DAY)];

/// The number of the last reminder.
const LAST: i64 = 2;

/// A colleague to whom a draft can be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Identity.
    pub id: UserId,
    /// Name.
    pub name: String,
}

/// Those of the company who can go on with a draft.
///
/// # Errors
/// [`Refusal::NotFound`] without the right to the draft.
pub async fn colleagues(ctx: &Context, principal: &Principal, draft: &DraftView) -> Result<Vec<Colleague>> {
    if draft.taken_by_authority {
        return Ok(Vec::new());
    }
    let seat = Seat::take(principal, draft.company_id, Action::WriteReports)?;
    if draft.author_id != seat.id() && !seat.is_admin() {
        return Err(Refusal::NotFound);
    }
    let members = store::person::members(&mut ctx.db.reader(), draft.company_id).await?;
    let others = members.into_iter().filter(|member| member.person_id != draft.author_id.0 && writes(member));
    Ok(others.map(|member| Colleague { id: UserId(member.person_id), name: member.name }).collect())
}

fn writes(member: &MemberRow) -> bool {
    member.may(Action::WriteReports)
}

/// Hands a draft over to a colleague, who gets a mail. Who handed it over sees it no more, unless they run the company's
/// account. With a draft that becomes the next version of a report the colleague may see that report.
///
/// # Errors
/// [`Refusal::Invalid`] if the colleague does not write reports; [`Refusal::NotPossible`] if it is theirs already or not an
/// open one; [`Refusal::NotFound`] without the right, or for somebody who is not in the company.
pub async fn hand_over(ctx: &Context, principal: &Principal, id: DraftId, to: UserId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = lock(&mut tx, principal, id).await?;
    if row.taken_by_authority.is_some() {
        return Err(Refusal::NotFound);
    }
    let members = store::person::members(&mut tx, OrgId(row.org_id)).await?;
    let member = members.iter().find(|member| member.person_id == to.0).ok_or(Refusal::NotFound)?;
    if !row.archived_as.is_empty() || row.author_id == to.0 {
        return Err(Refusal::NotPossible("This draft is theirs already, or it is not open any more.".into()));
    }
    if !writes(member) {
        return Err(Refusal::Invalid(vec![Problem::new("person", "Choose a colleague who writes reports")]));
    }
    give(ctx, &mut tx, seat, &row, to).await?;
    tell(ctx, &mut tx, &row, (member, OrgKind::Company), Template::DraftHandedOver, "").await?;
    tx.commit().await?;
    Ok(())
}

/// Makes an open draft somebody else's, who then has 30 days for it and may see the report of which it becomes the next
/// version. In the caller's transaction; who may do that, and who is told, is the caller's.
pub(crate) async fn give(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, row: &DraftRow, to: UserId) -> Result<()> {
    store::draft::hand_over(tx, DraftId(row.id), to, ctx.now()).await?;
    if let Some(report) = row.completes_report.map(ReportId) {
        let found = store::report::lock(tx, report).await?;
        let before = Trace::of(&found);
        if store::report::people::add(tx, report, to, seat.id(), ctx.now()).await? {
            let step = format!("report shared with {to}");
            thread::record(ctx, tx, seat, (Action::WriteReports, &step), Some(&before), &found).await?;
        }
    }
    let author = |person: UserId| json!({ "author": person.to_string() });
    let step = format!("draft handed over to {to}");
    let act = act(seat.actor(), row.taken_by_authority.is_some(), &step, DraftId(row.id));
    audit::record(ctx, tx, act, Some(&author(UserId(row.author_id))), Some(&author(to))).await
}

/// Reminds of drafts that end soon, each reminder once, and erases those whose time is over; how many drafts it touched. For
/// the worker, now and then.
///
/// # Errors
/// If the store fails.
pub async fn age(ctx: &Context) -> Result<usize> {
    let mut touched = 0;
    for (nth, ahead) in REMINDERS {
        let due = store::draft::to_remind(&mut ctx.db.reader(), nth, ctx.now().plus(ahead - KEPT_FOR)).await?;
        for id in due {
            touched += usize::from(remind(ctx, id, nth).await?);
        }
    }
    let (before, reminded_by) = (ctx.now().plus(-KEPT_FOR), ctx.now().plus(-Timestamp::DAY));
    for id in store::draft::lapsed(&mut ctx.db.reader(), before, reminded_by, LAST).await? {
        touched += usize::from(erase(ctx, id).await?);
    }
    Ok(touched)
}

async fn remind(ctx: &Context, id: DraftId, nth: i64) -> Result<bool> {
    let mut tx = ctx.db.begin().await?;
    let Some(row) = store::draft::lock(&mut tx, id).await? else { return Ok(false) };
    if !store::draft::reminded(&mut tx, id, nth, ctx.now()).await? {
        return Ok(false);
    }
    let (org, kind) = place(&row);
    let members = store::person::members(&mut tx, org).await?;
    let author = members.iter().find(|member| member.person_id == row.author_id);
    let told: Vec<&MemberRow> = match author {
        Some(author) => vec![author],
        // Who wrote it has left: those who run the account can go on with it.
        None => members.iter().filter(|member| member.is_admin()).collect(),
    };
    let until = long_date(Date::of(ends(&row, ctx.now())));
    for member in told {
        tell(ctx, &mut tx, &row, (member, kind), Template::DraftEnds, &until).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// When an open draft is erased, as far as it is known now.
fn ends(row: &DraftRow, now: Timestamp) -> Timestamp {
    Timestamp(row.updated_at).plus(KEPT_FOR).max(now.plus(Timestamp::DAY))
}

async fn erase(ctx: &Context, id: DraftId) -> Result<bool> {
    let mut tx = ctx.db.begin().await?;
    let Some(row) = store::draft::lock(&mut tx, id).await? else { return Ok(false) };
    let before = ctx.now().plus(-KEPT_FOR).0;
    let since = if row.archived_as.is_empty() { row.updated_at } else { row.archived_at.unwrap_or(row.updated_at) };
    // Somebody may have come back to it, or sent it, in the meantime.
    if since >= before || matches!(row.archived_as.as_str(), "sent" | "erased") {
        return Ok(false);
    }
    store::draft::erase(&mut tx, id, ctx.now()).await?;
    store::evidence::erase(&mut tx, id, ctx.now()).await?;
    let taken = row.taken_by_authority.is_some();
    record(ctx, &mut tx, act(Actor::System, taken, "draft deleted after 30 days", id), None, None).await?;
    tx.commit().await?;
    Ok(true)
}

/// In whose workspace a draft stands.
fn place(row: &DraftRow) -> (OrgId, OrgKind) {
    match row.taken_by_authority {
        Some(authority) => (OrgId(authority), OrgKind::Authority),
        None => (OrgId(row.org_id), OrgKind::Company),
    }
}

async fn tell(
    ctx: &Context,
    tx: &mut Tx,
    row: &DraftRow,
    (member, kind): (&MemberRow, OrgKind),
    template: Template,
    detail: &str,
) -> Result<()> {
    let org = store::org::by_id(tx, place(row).0).await?.ok_or(Refusal::NotFound)?;
    let lang = member.lang();
    let path = format!("/{}/{}/{}/drafts/{}", lang.tag(), kind.workspace(), org.handle, DraftId(row.id));
    outbox::queue(ctx, tx, template, &member.email, lang, &path, detail).await
}
