//! The second person: publishing, setting the time, sending back, withdrawing; and the clock that publishes. Where an authority has
//! to approve a text first and has not yet, all of them lead to it instead ([`super::approval`]): [`put_out`] lets nothing by.

use domain::{
    access::{Action, Principal},
    answers::{
        clean_text,
        when::{LocalTime, Order},
    },
    ids::{NoticeFileId, NoticeId, OrgId},
    notice::{Act, second_person},
    receipt::{Fingerprint, SealStatement, Second},
    time::Timestamp,
};
use sha2::{Digest as _, Sha256};
use store::{
    Tx,
    notice::{self as rows, NewRevision, NoticeRow},
};
use uuid::Uuid;

use super::{
    Own, Trace, adapt, advance, announce, approval, content_of, ends_at, fault, held, keep, number_of, sanitise,
    tell_author, writers_of,
};
use crate::{
    Context, Result,
    audit::Actor,
    draft::profile::{instant, zone_name},
    error::Refusal,
    input::invalid,
    receipt,
    seat::Seat,
};

/// Longest reason, in characters.
const LONGEST: usize = 2_000;
/// So far ahead a publication can be set, microseconds.
const FARTHEST: i64 = 366 * Timestamp::DAY;

/// Where a text went that a second person let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Went {
    /// To readers, at once or at its time.
    Out,
    /// To the authority that has to approve it.
    ToAuthority,
}

/// Who publishes, by which right, and who is the second person.
#[derive(Clone, Copy, Debug)]
pub(super) struct By<'a> {
    /// As the audit log has it.
    pub step: (Actor<'a>, Action, &'a str),
    /// The second person.
    pub publisher: Uuid,
}

impl<'a> By<'a> {
    const fn own(actor: Actor<'a>, publisher: Uuid) -> Self {
        Self { step: (actor, Action::PublishNotices, "notice published"), publisher }
    }
}

/// The notice, held by somebody who may be its second person.
async fn looked_at<'p>(
    tx: &mut Tx,
    principal: &'p Principal,
    own: Own<'_>,
    version: i64,
) -> Result<(NoticeRow, Seat<'p>)> {
    let (row, seat) = held(tx, principal, own, Action::PublishNotices).await?;
    if row.version != version {
        return Err(Refusal::Stale);
    }
    second_person(&writers_of(&row)?, seat.id()).map_err(|refused| Refusal::NotPossible(refused.to_string()))?;
    Ok((row, seat))
}

/// Publishes what somebody else wrote. `confirmed` says that the warnings were read.
///
/// # Errors
/// [`Refusal::NotPossible`] for a writer, or if it does not wait; [`Refusal::Stale`] if it was changed since it was looked
/// at; [`Refusal::Invalid`] at `confirm` if there are warnings; [`Refusal::NotFound`] without the right.
pub async fn publish(
    ctx: &Context,
    principal: &Principal,
    own: Own<'_>,
    version: i64,
    confirmed: bool,
) -> Result<Went> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = looked_at(&mut tx, principal, own, version).await?;
    sanitise::must_confirm(&mut tx, own.0, &content_of(&row)?, confirmed).await?;
    let went = put_out(ctx, &mut tx, &mut row, By::own(seat.actor(), seat.id().0)).await?;
    tx.commit().await?;
    Ok(went)
}

/// Approves what somebody else wrote and sets when it is published: day and time on the clock of the organisation.
///
/// # Errors
/// As [`publish`]; [`Refusal::Invalid`] at `publish_at` for a time that cannot be read or does not lie ahead.
pub async fn schedule(
    ctx: &Context,
    principal: &Principal,
    own: Own<'_>,
    version: i64,
    (at, confirmed): (&str, bool),
) -> Result<Went> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = looked_at(&mut tx, principal, own, version).await?;
    let org = store::org::by_id(&mut tx, own.0).await?.ok_or(Refusal::NotFound)?;
    let time = LocalTime::parse(at, Order::of_country(&org.country)).ok();
    let at = time.and_then(|time| instant(zone_name(&org), time.date, time.clock()));
    let at = at.ok_or_else(|| invalid("publish_at", "Write day and time like 23 November 2026, 14:30."))?;
    if at <= ctx.now() || at.since(ctx.now()) > FARTHEST {
        return Err(invalid("publish_at", "Choose a time that lies ahead, within a year."));
    }
    sanitise::must_confirm(&mut tx, own.0, &content_of(&row)?, confirmed).await?;
    if let Some(authority) = approval::missing(&mut tx, &row).await? {
        let hands = (seat.actor(), seat.id().0);
        approval::ask(ctx, &mut tx, &mut row, hands, (authority, Some(at.0))).await?;
        tx.commit().await?;
        return Ok(Went::ToAuthority);
    }
    let before = Trace::of(&row);
    advance(ctx, &mut row, Act::Schedule)?;
    (row.publish_at, row.approved_by) = (Some(at.0), Some(seat.id().0));
    tell_author(ctx, &mut tx, &row, row.author_id).await?;
    let step = (seat.actor(), Action::PublishNotices, "publication of a notice scheduled");
    keep(ctx, &mut tx, step, &before, &mut row).await?;
    tx.commit().await?;
    Ok(Went::Out)
}

/// Publishes every notice whose time has come; how many. What cannot be published now does not hold up the others.
///
/// # Errors
/// If the store fails, or the last thing that went wrong with one of them.
pub async fn publish_due(ctx: &Context) -> Result<usize> {
    let due = rows::to_publish(&mut ctx.db.reader(), ctx.now()).await?;
    let (mut published, mut wrong) = (0, None);
    for reference in due {
        match publish_one(ctx, &reference).await {
            Ok(true) => published += 1,
            Ok(false) => {}
            Err(refusal) => wrong = Some(refusal),
        }
    }
    wrong.map_or(Ok(published), Err)
}

/// Another worker may have been first; then the row does not wait any more.
async fn publish_one(ctx: &Context, reference: &str) -> Result<bool> {
    let mut tx = ctx.db.begin().await?;
    let Some(mut row) = rows::lock(&mut tx, &number_of(reference)?).await? else { return Ok(false) };
    let due =
        row.state == domain::notice::State::Scheduled.code() && row.publish_at.is_some_and(|at| at <= ctx.now().0);
    let Some(approved) = row.approved_by.filter(|_| due) else { return Ok(false) };
    let went = put_out(ctx, &mut tx, &mut row, By::own(Actor::System, approved)).await?;
    tx.commit().await?;
    Ok(went == Went::Out)
}

/// Makes the next revision of what people worked on, and lets readers see it. The only way out: what an authority has to approve
/// goes to it instead.
pub(super) async fn put_out(ctx: &Context, tx: &mut Tx, row: &mut NoticeRow, by: By<'_>) -> Result<Went> {
    let By { step: (actor, action, words), publisher } = by;
    if let Some(authority) = approval::missing(tx, row).await? {
        approval::ask(ctx, tx, row, (actor, publisher), (authority, None)).await?;
        return Ok(Went::ToAuthority);
    }
    let before = Trace::of(row);
    advance(ctx, row, Act::Publish)?;
    let (content, now) = (content_of(row)?, ctx.now());
    let org = store::org::by_id(tx, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    let canonical = content.canonical();
    let sha256: [u8; 32] = Sha256::digest(&canonical).into();
    let number = row.revision + 1;
    let statement = SealStatement {
        notice: row.reference.clone(),
        revision: u32::try_from(number).map_err(|error| fault(row, &error))?,
        publisher: org.handle.parse().map_err(|error| fault(row, &error))?,
        published: Second::of(now),
        fingerprint: Fingerprint(sha256),
    };
    let seal = receipt::seal(ctx, tx, now, statement).await?;
    let author = row.author_id;
    let new = NewRevision {
        notice: NoticeId(row.id),
        number,
        at: now,
        content: &canonical,
        sha256,
        seal: &seal,
        note: &row.note,
        author,
        publisher,
    };
    rows::add_revision(tx, &new).await?;
    for file in &content.files {
        let id: NoticeFileId = file.id.parse().map_err(|error| fault(row, &error))?;
        rows::file::publish(tx, id).await?;
    }
    row.revision = number;
    row.card = crate::draft::json(&content.card())?;
    content.access.code().clone_into(&mut row.access);
    row.ends_at = ends_at(&content, zone_name(&org)).map(|at| at.0);
    row.published_at = row.published_at.or(Some(now.0));
    row.revised_at = Some(now.0);
    (row.asked_at, row.publish_at, row.approved_by) = (None, None, None);
    row.writers = "[]".to_owned();
    row.note.clear();
    announce::announce(ctx, tx, row, &content).await?;
    if number > 1 {
        adapt::tell(ctx, tx, row).await?;
    }
    // An authority that approves tells the author itself.
    if action == Action::PublishNotices && !matches!(actor, Actor::System) {
        tell_author(ctx, tx, row, author).await?;
    }
    keep(ctx, tx, (actor, action, words), &before, row).await?;
    Ok(Went::Out)
}

pub(super) fn reason(text: &str, field: &str, missing: &str) -> Result<String> {
    let text = clean_text(text);
    match text.chars().count() {
        0 => Err(invalid(field, missing)),
        n if n > LONGEST => Err(invalid(field, format!("Use at most {LONGEST} characters."))),
        _ => Ok(text),
    }
}

/// Sends what waits, or is scheduled, back to its author with words why.
///
/// # Errors
/// [`Refusal::Invalid`] at `why` without words; [`Refusal::NotPossible`] for a writer, or if it does not wait;
/// [`Refusal::Stale`]; [`Refusal::NotFound`] without the right.
pub async fn send_back(ctx: &Context, principal: &Principal, own: Own<'_>, version: i64, why: &str) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = looked_at(&mut tx, principal, own, version).await?;
    let why = reason(why, "why", "Say what has to be changed.")?;
    let before = Trace::of(&row);
    advance(ctx, &mut row, Act::SendBack)?;
    row.sent_back = why;
    (row.asked_at, row.publish_at, row.approved_by) = (None, None, None);
    tell_author(ctx, &mut tx, &row, row.author_id).await?;
    let step = (seat.actor(), Action::PublishNotices, "notice sent back to its author");
    keep(ctx, &mut tx, step, &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a notice back, whatever its state, with a reason that readers see. One person is enough: a wrong notice must not
/// stay in sight for want of a second one.
///
/// # Errors
/// [`Refusal::Invalid`] at `reason` without one; [`Refusal::NotPossible`] if it was withdrawn; [`Refusal::NotFound`] without
/// the right.
pub async fn withdraw(ctx: &Context, principal: &Principal, own: Own<'_>, words: &str) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held(&mut tx, principal, own, Action::PublishNotices).await?;
    let words = reason(words, "reason", "Say why it is withdrawn. Readers see this.")?;
    let before = Trace::of(&row);
    advance(ctx, &mut row, Act::Withdraw)?;
    row.withdrawn_reason = words;
    row.withdrawn_at = Some(ctx.now().0);
    (row.asked_at, row.publish_at, row.approved_by) = (None, None, None);
    announce::recall(ctx, &mut tx, &row).await?;
    adapt::tell(ctx, &mut tx, &row).await?;
    let step = (seat.actor(), Action::PublishNotices, "notice withdrawn");
    keep(ctx, &mut tx, step, &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}
