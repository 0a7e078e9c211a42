//! An authority's approval of an association's notice. Where the authority wants it ([`super::gate`]), nothing of the association
//! is published without: whatever would publish asks here first ([`missing`]), and what was not approved waits for the
//! authority. An approval holds for the text with one hash and for one publication.

use domain::{
    access::{Action, Principal},
    ids::{ApprovalId, NoticeFileId, NoticeId, OrgId, UserId},
    notice::{Act, Approval, Content, NoticeRef, approver},
    question::ChangedGroup,
    time::Timestamp,
};
use sha2::{Digest as _, Sha256};
use store::{
    Read, Tx,
    notice::{
        self as notices, NoticeRow,
        approval::{self as rows, ApprovalRow, NewApproval},
    },
};
use uuid::Uuid;

use super::{
    Trace, advance, content_of, file, keep, mail, number_of,
    publish::{By, put_out, reason},
    sanitise, work, writers_of,
};
use crate::{
    Context, Result,
    audit::Actor,
    draft::profile::zone_name,
    error::Refusal,
    evidence::Download,
    outbox::{self, Template},
    roster::Today,
    seat::Seat,
};

/// What an authority was asked, and what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Number of the notice.
    pub reference: NoticeRef,
    /// Its first title, as it was then.
    pub headline: String,
    /// Whose notice it is.
    pub association: String,
    /// Who was asked.
    pub authority: String,
    /// Where it stands.
    pub state: Approval,
    /// When it was asked.
    pub at: Timestamp,
    /// When it was decided.
    pub decided: Option<Timestamp>,
    /// Why it was sent back; else empty.
    pub reason: String,
}

impl Asked {
    fn of(row: ApprovalRow) -> Result<Self> {
        Ok(Self {
            reference: number_of(&row.reference)?,
            state: state_of(&row)?,
            headline: row.headline,
            association: row.association,
            authority: row.authority,
            at: Timestamp(row.asked_at),
            decided: row.decided_at.map(Timestamp),
            reason: row.reason,
        })
    }
}

fn state_of(row: &ApprovalRow) -> Result<Approval> {
    Approval::from_code(&row.state).ok_or_else(|| Refusal::Fault(format!("approval {}: state {}", row.id, row.state)))
}

/// Where a text stands with the authority that has to approve it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    /// The authority that still has to approve it before it is published; none where nobody has to, or where it has.
    pub missing: Option<String>,
    /// What an authority was asked last.
    pub last: Option<Asked>,
}

/// Where a notice stands with the authority.
pub(super) async fn stand(db: &mut impl Read, row: &NoticeRow) -> Result<Stand> {
    let authority = match missing(db, row).await? {
        Some(id) => store::org::by_id(db, id).await?.map(|org| org.name),
        None => None,
    };
    let last = rows::last(db, NoticeId(row.id)).await?.map(Asked::of).transpose()?;
    Ok(Stand { missing: authority, last })
}

/// The authority that still has to approve a text before it is published.
pub(super) async fn missing(db: &mut impl Read, row: &NoticeRow) -> Result<Option<OrgId>> {
    let Some(authority) = rows::gate(db, OrgId(row.org_id)).await? else { return Ok(None) };
    let approved = rows::is_approved(db, NoticeId(row.id), authority, hash(row)).await?;
    Ok((!approved).then_some(authority))
}

fn hash(row: &NoticeRow) -> [u8; 32] {
    Sha256::digest(&row.content).into()
}

/// Passes what a second person has looked at on to the authority. It is to be published at `at`, or at once.
pub(super) async fn ask(
    ctx: &Context,
    tx: &mut Tx,
    row: &mut NoticeRow,
    (actor, second): (Actor<'_>, Uuid),
    (authority, at): (OrgId, Option<i64>),
) -> Result<()> {
    let before = Trace::of(row);
    advance(ctx, row, Act::Publish.past_gate(false))?;
    (row.asked_at, row.approved_by, row.publish_at) = (None, Some(second), at);
    let notice = NoticeId(row.id);
    rows::close(tx, notice, false).await?;
    let new = NewApproval {
        id: ApprovalId(ctx.new_id()),
        notice,
        authority,
        sha256: hash(row),
        headline: &row.headline,
        by: second,
        at: ctx.now(),
    };
    rows::ask(tx, new).await?;
    let today = Today::of(tx, authority, ctx.now()).await?;
    for (address, lang) in today.receivers(None) {
        let path = format!("/{}/a/{}/approvals/{}", lang.tag(), today.handle(), row.reference);
        outbox::queue(ctx, tx, Template::NoticeToApprove, &address, lang, &path, "").await?;
    }
    // The clock tells both; a second person knows what they did.
    let hands = if matches!(actor, Actor::System) { vec![row.author_id, second] } else { vec![row.author_id] };
    tell(ctx, tx, row, &hands).await?;
    let step = (actor, Action::PublishNotices, "notice passed on to the authority");
    keep(ctx, tx, step, &before, row).await
}

/// Tells people of the association that there is news about the approval.
async fn tell(ctx: &Context, tx: &mut Tx, row: &NoticeRow, whom: &[Uuid]) -> Result<()> {
    let members = store::person::members(tx, OrgId(row.org_id)).await?;
    let those: Vec<_> = members.iter().filter(|member| whom.contains(&member.person_id)).collect();
    mail(ctx, tx, row, Template::ApprovalNews, &those).await
}

/// What waits for an authority, the longest first, and what it has decided, the last first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn list(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<(Vec<Asked>, Vec<Asked>)> {
    Seat::take(principal, authority, Action::ApproveNotices)?;
    let mut db = ctx.db.reader();
    let waiting = rows::waiting(&mut db, authority).await?;
    let decided = rows::decided(&mut db, authority).await?;
    let all = |rows: Vec<ApprovalRow>| rows.into_iter().map(Asked::of).collect::<Result<Vec<_>>>();
    Ok((all(waiting)?, all(decided)?))
}

/// How many wait for an authority; none without the right.
///
/// # Errors
/// If the store fails.
pub async fn waiting(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<i64> {
    if principal.allowed_in(authority, Action::ApproveNotices).is_err() {
        return Ok(0);
    }
    Ok(rows::count(&mut ctx.db.reader(), authority).await?)
}

/// A notice that an authority was asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What it was asked.
    pub asked: Asked,
    /// Version of the notice, for the decision.
    pub version: i64,
    /// What it says, while it is to be approved: what becomes of it later is the association's until it is published.
    pub content: Option<Content>,
    /// What the author says to whoever looks at it.
    pub note: String,
    /// Number of the last revision; 0 before the first.
    pub revision: i64,
    /// What differs from that revision; everything, if there is none.
    pub changes: Vec<ChangedGroup>,
    /// When it is to be published; once it is approved if none.
    pub publish_at: Option<Timestamp>,
    /// What it says that only the authority should know.
    pub warnings: Vec<String>,
    /// Whether the person may decide.
    pub may_decide: bool,
    /// The authority's time zone.
    pub zone: String,
}

/// A notice of an association, for its authority.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the authority was not asked about it.
pub async fn look(ctx: &Context, principal: &Principal, authority: OrgId, reference: &NoticeRef) -> Result<Look> {
    let seat = Seat::take(principal, authority, Action::ApproveNotices)?;
    let mut db = ctx.db.reader();
    let row = notices::find(&mut db, reference).await?.ok_or(Refusal::NotFound)?;
    let asked = of_authority(&mut db, &row, authority).await?;
    let org = store::org::by_id(&mut db, authority).await?.ok_or(Refusal::NotFound)?;
    let is_open = state_of(&asked)? == Approval::Asked;
    let content = content_of(&row)?;
    let before = work::live(&mut db, &row).await?;
    let warnings = if is_open { sanitise::found(&mut db, authority, &content).await? } else { Vec::new() };
    Ok(Look {
        asked: Asked::of(asked)?,
        version: row.version,
        note: if is_open { row.note.clone() } else { String::new() },
        revision: row.revision,
        changes: if is_open { content.differences(before.as_ref()) } else { Vec::new() },
        publish_at: row.publish_at.filter(|_| is_open).map(Timestamp),
        warnings,
        may_decide: is_open && approver(&writers_of(&row)?, row.approved_by.map(UserId), seat.id()).is_ok(),
        zone: zone_name(&org).to_owned(),
        content: is_open.then_some(content),
    })
}

async fn of_authority(db: &mut impl Read, row: &NoticeRow, authority: OrgId) -> Result<ApprovalRow> {
    rows::last_of(db, NoticeId(row.id), authority).await?.ok_or(Refusal::NotFound)
}

/// Takes out a file of a notice that is to be approved.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, once it is decided, or if it has no such file.
pub async fn open_file(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    (reference, id): (&NoticeRef, NoticeFileId),
) -> Result<Download> {
    Seat::take(principal, authority, Action::ApproveNotices)?;
    let mut db = ctx.db.reader();
    let row = notices::find(&mut db, reference).await?.ok_or(Refusal::NotFound)?;
    if state_of(&of_authority(&mut db, &row, authority).await?)? != Approval::Asked {
        return Err(Refusal::NotFound);
    }
    file::give(ctx, &row, &content_of(&row)?, id).await
}

/// A notice that waits for an authority, held by somebody who may decide, as they saw it.
async fn held<'p>(
    tx: &mut Tx,
    principal: &'p Principal,
    authority: OrgId,
    (reference, version): (&NoticeRef, i64),
) -> Result<(NoticeRow, ApprovalRow, Seat<'p>)> {
    let seat = Seat::take(principal, authority, Action::ApproveNotices)?;
    let row = notices::lock(tx, reference).await?.ok_or(Refusal::NotFound)?;
    let asked = of_authority(tx, &row, authority).await?;
    if state_of(&asked)? != Approval::Asked {
        return Err(Refusal::NotPossible("This was decided or taken back meanwhile. Load the page again.".to_owned()));
    }
    if row.version != version {
        return Err(Refusal::Stale);
    }
    let fits = approver(&writers_of(&row)?, row.approved_by.map(UserId), seat.id());
    fits.map_err(|refused| Refusal::NotPossible(refused.to_string()))?;
    Ok((row, asked, seat))
}

/// Approves a notice of an association: it is published, at once or at the time that was set. `confirmed` says that the warnings
/// were read.
///
/// # Errors
/// [`Refusal::NotPossible`] for somebody who had a hand in it, or if it does not wait; [`Refusal::Stale`] if it was changed since
/// it was looked at; [`Refusal::Invalid`] at `confirm` if there are warnings; [`Refusal::NotFound`] without the right.
pub async fn approve(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    seen: (&NoticeRef, i64),
    confirmed: bool,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, asked, seat) = held(&mut tx, principal, authority, seen).await?;
    sanitise::must_confirm(&mut tx, authority, &content_of(&row)?, confirmed).await?;
    rows::decide(&mut tx, ApprovalId(asked.id), Approval::Approved, (seat.id(), ctx.now()), "").await?;
    tell(ctx, &mut tx, &row, &[row.author_id, asked.asked_by]).await?;
    let step = (seat.actor(), Action::ApproveNotices, "notice of an association approved");
    if row.publish_at.is_some_and(|at| at > ctx.now().0) {
        let before = Trace::of(&row);
        advance(ctx, &mut row, Act::Schedule)?;
        keep(ctx, &mut tx, step, &before, &mut row).await?;
    } else {
        put_out(ctx, &mut tx, &mut row, By { step, publisher: asked.asked_by }).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Sends a notice back to its association with words why.
///
/// # Errors
/// [`Refusal::Invalid`] at `why` without words; else as [`approve`].
pub async fn send_back(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    seen: (&NoticeRef, i64),
    why: &str,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, asked, seat) = held(&mut tx, principal, authority, seen).await?;
    let why = reason(why, "why", "Say what has to be changed. The association reads this.")?;
    rows::decide(&mut tx, ApprovalId(asked.id), Approval::Returned, (seat.id(), ctx.now()), &why).await?;
    let before = Trace::of(&row);
    advance(ctx, &mut row, Act::SendBack)?;
    row.sent_back = why;
    (row.asked_at, row.publish_at, row.approved_by) = (None, None, None);
    tell(ctx, &mut tx, &row, &[row.author_id, asked.asked_by]).await?;
    let step = (seat.actor(), Action::ApproveNotices, "notice of an association sent back");
    keep(ctx, &mut tx, step, &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}
