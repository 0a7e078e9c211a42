//! Writing: beginning, saving, asking for a second person, taking back, revising.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    country::Country,
    ids::{NoticeId, OrgId},
    notice::{Act, Content, Kind, NoticeRef},
};
use store::{
    Tx,
    notice::{self as rows, NewNotice},
};

use super::{
    Own, Trace, act, adapt, advance, content_of, form, headline, held, keep, mail, put, sanitise, second_persons,
    writers_of,
};
use crate::{
    Context, Result,
    audit::{self, NONE},
    error::{Problem, Refusal},
    outbox::Template,
    seat::Seat,
};

/// How a notice begins.
#[derive(Clone, Copy, Debug)]
pub enum Begin<'a> {
    /// With nothing, as this kind, in this language (ISO 639-1).
    Empty(Kind, &'a str),
    /// With what another notice of the same organisation says; its files stay there.
    From(&'a NoticeRef),
}

/// Begins a notice.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the notice to begin from is none of the organisation.
pub async fn create(ctx: &Context, principal: &Principal, org: OrgId, begin: Begin<'_>) -> Result<NoticeRef> {
    let seat = Seat::take(principal, org, Action::WriteNotices)?;
    let mut tx = ctx.db.begin().await?;
    let content = match begin {
        Begin::Empty(kind, lang) => {
            let mut content = Content::new(kind, lang);
            content.audience.countries.extend(Country::parse(&seat.membership.country));
            content
        }
        Begin::From(reference) => {
            let row =
                rows::find(&mut tx, reference).await?.filter(|row| row.org_id == org.0).ok_or(Refusal::NotFound)?;
            Content { files: Vec::new(), ..content_of(&row)? }
        }
    };
    let (_, reference) = store_draft(ctx, &mut tx, seat, &content).await?;
    let shown = reference.to_string();
    audit::record(ctx, &mut tx, act(seat.actor(), Action::WriteNotices, "notice begun", &shown), NONE, NONE).await?;
    tx.commit().await?;
    Ok(reference)
}

/// Stores a draft of whoever sits there. The audit row is the caller's.
pub(super) async fn store_draft(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    content: &Content,
) -> Result<(NoticeId, NoticeRef)> {
    let (id, reference) = (NoticeId(ctx.new_id()), NoticeRef::from_bits(u64::from_be_bytes(ctx.random::<8>())));
    let new = NewNotice {
        id,
        reference: &reference,
        org: seat.membership.org,
        author: seat.id(),
        writers: &crate::draft::json(&[seat.id()])?,
        content: &content.canonical(),
        headline: &headline(content),
        at: ctx.now(),
    };
    rows::insert(tx, &new).await?;
    Ok((id, reference))
}

/// Begins a notice with what another one says.
///
/// # Errors
/// As [`create`].
pub async fn duplicate(ctx: &Context, principal: &Principal, (org, from): Own<'_>) -> Result<NoticeRef> {
    create(ctx, principal, org, Begin::From(from)).await
}

/// Keeps what was typed. The fields are those of the editor: `kind`, `severity`, `access`, `trust`, `substances`, `roles`,
/// `associations`, `readers`, `countries`, `valid_from`, `valid_until`, `event_…`, `title.en`, …, `note`.
///
/// # Errors
/// [`Refusal::Invalid`] where something cannot be read; [`Refusal::NotPossible`] if it is no draft any more;
/// [`Refusal::Stale`] if a colleague saved it since; [`Refusal::NotFound`] without the right.
pub async fn save(ctx: &Context, principal: &Principal, own: Own<'_>, version: i64, typed: &Answers) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held(&mut tx, principal, own, Action::WriteNotices).await?;
    if row.version != version {
        return Err(Refusal::Stale);
    }
    if !super::state_of(&row.state)?.is_written() {
        return Err(Refusal::NotPossible("This notice is no draft any more. Take it back to change it.".to_owned()));
    }
    let org = store::org::by_id(&mut tx, own.0).await?.ok_or(Refusal::NotFound)?;
    let before = Trace::of(&row);
    let (content, note) = form::read(ctx, typed, content_of(&row)?, &org)?;
    put(&mut row, &content, seat.id())?;
    row.note = note;
    row.changed_at = ctx.now().0;
    keep(ctx, &mut tx, (seat.actor(), Action::WriteNotices, "notice written"), &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks for a second person's look. `confirmed` says that the author has read the warnings.
///
/// # Errors
/// [`Refusal::Invalid`] with everything that is missing, or at `confirm` if there are warnings; [`Refusal::NotPossible`] if
/// it is no draft any more; [`Refusal::NotFound`] without the right.
pub async fn submit(ctx: &Context, principal: &Principal, own: Own<'_>, confirmed: bool) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held(&mut tx, principal, own, Action::WriteNotices).await?;
    let content = content_of(&row)?;
    let missing = content.missing();
    if !missing.is_empty() {
        return Err(Refusal::Invalid(missing.into_iter().map(|one| Problem::new(one.field, one.message)).collect()));
    }
    adapt::must_not_open(&mut tx, &row, &content).await?;
    sanitise::must_confirm(&mut tx, own.0, &content, confirmed).await?;
    let before = Trace::of(&row);
    advance(ctx, &mut row, Act::Submit)?;
    row.asked_at = Some(ctx.now().0);
    row.sent_back.clear();
    let members = store::person::members(&mut tx, own.0).await?;
    let writers = writers_of(&row)?;
    let second: Vec<_> = second_persons(&members, &writers).collect();
    mail(ctx, &mut tx, &row, Template::NoticeWaiting, &second).await?;
    keep(ctx, &mut tx, (seat.actor(), Action::WriteNotices, "notice submitted for review"), &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}

/// Goes on writing what waits for a second person.
///
/// # Errors
/// [`Refusal::NotPossible`] if it does not wait; [`Refusal::NotFound`] without the right.
pub async fn take_back(ctx: &Context, principal: &Principal, own: Own<'_>) -> Result<()> {
    step(ctx, principal, own, (Act::TakeBack, "notice taken back to change it")).await
}

/// Begins a new revision of what is published; that stays in sight meanwhile.
///
/// # Errors
/// [`Refusal::NotPossible`] if it is not published, or a revision is begun already; [`Refusal::NotFound`] without the right.
pub async fn revise(ctx: &Context, principal: &Principal, own: Own<'_>) -> Result<()> {
    step(ctx, principal, own, (Act::Revise, "revision of a notice begun")).await
}

/// Gives a revision up that was begun.
///
/// # Errors
/// [`Refusal::NotPossible`] if there is none; [`Refusal::NotFound`] without the right.
pub async fn discard(ctx: &Context, principal: &Principal, own: Own<'_>) -> Result<()> {
    step(ctx, principal, own, (Act::Discard, "revision of a notice given up")).await
}

async fn step(ctx: &Context, principal: &Principal, own: Own<'_>, (what, words): (Act, &str)) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held(&mut tx, principal, own, Action::WriteNotices).await?;
    let before = Trace::of(&row);
    advance(ctx, &mut row, what)?;
    (row.asked_at, row.publish_at, row.approved_by) = (None, None, None);
    match what {
        Act::Revise => {
            row.author_id = seat.id().0;
            row.writers = crate::draft::json(&[seat.id()])?;
        }
        Act::Discard => {
            let live = rows::revision(&mut tx, NoticeId(row.id), row.revision).await?.ok_or(Refusal::NotFound)?;
            row.content = live.content;
            row.headline = headline(&content_of(&row)?);
            row.writers = "[]".to_owned();
            row.note.clear();
        }
        _ => {}
    }
    keep(ctx, &mut tx, (seat.actor(), Action::WriteNotices, words), &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}
