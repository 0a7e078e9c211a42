//! Files of notices. They are taken in, judged by content and kept as evidence is ([`crate::evidence`]), and handed out as
//! downloads by the same rule as the notice itself.

use domain::{
    access::{Action, Principal},
    encoding::hex,
    evidence::Kind,
    ids::{NoticeFileId, NoticeId},
    notice::{Content, FileFact, MAX_FILES, NoticeRef},
};
use store::notice::{self as rows, NoticeRow, file as files};

use super::{Own, Trace, content_of, held, keep, put, sight::Eyes, state_of};
use crate::{
    Context, Result,
    error::{Problem, Refusal},
    evidence::{Arrived, Download, FIELD, Stored, hand_out},
    seat::Seat,
};

/// Whether files may be added: asked before anything is taken in.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the notice is none of the organisation.
pub async fn may_add(ctx: &Context, principal: &Principal, (org, reference): Own<'_>) -> Result<()> {
    Seat::take(principal, org, Action::WriteNotices)?;
    let row = rows::find(&mut ctx.db.reader(), reference).await?.filter(|row| row.org_id == org.0);
    row.map(drop).ok_or(Refusal::NotFound)
}

fn written(row: &NoticeRow) -> Result<()> {
    if state_of(&row.state)?.is_written() {
        return Ok(());
    }
    Err(Refusal::NotPossible("This notice is no draft any more. Take it back to change it.".to_owned()))
}

/// Adds files to a draft.
///
/// # Errors
/// [`Refusal::Invalid`] if there would be too many; [`Refusal::NotPossible`] if it is no draft; [`Refusal::NotFound`] without
/// the right.
pub async fn add(ctx: &Context, principal: &Principal, own: Own<'_>, arrived: Vec<Arrived>) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held(&mut tx, principal, own, Action::WriteNotices).await?;
    written(&row)?;
    let before = Trace::of(&row);
    let mut content = content_of(&row)?;
    if content.files.len() + arrived.len() > MAX_FILES {
        let words = format!("A notice has at most {MAX_FILES} files.");
        return Err(Refusal::Invalid(vec![Problem::new(FIELD, words)]));
    }
    for file in &arrived {
        let id = NoticeFileId(ctx.new_id());
        let new = files::NewFile {
            id,
            notice: NoticeId(row.id),
            storage: &file.storage,
            name: &file.name,
            kind: file.kind.code(),
            size: i64::try_from(file.size).unwrap_or(i64::MAX),
            sha256: file.sha256,
            by: seat.id(),
            at: ctx.now(),
        };
        files::insert(&mut tx, &new).await?;
        content.files.push(FileFact {
            id: id.to_string(),
            name: file.name.clone(),
            kind: file.kind.code().to_owned(),
            size: file.size,
            sha256: hex(&file.sha256),
        });
    }
    put(&mut row, &content, seat.id())?;
    row.changed_at = ctx.now().0;
    keep(ctx, &mut tx, (seat.actor(), Action::WriteNotices, "files added to a notice"), &before, &mut row).await?;
    // Before the commit: a request that is given up meanwhile must not take the bytes of a row along. What a failed commit
    // leaves is swept.
    arrived.into_iter().for_each(Arrived::keep);
    tx.commit().await?;
    Ok(())
}

/// Takes a file out of a draft. One that was published stays with its revision.
///
/// # Errors
/// [`Refusal::NotPossible`] if it is no draft; [`Refusal::NotFound`] without the right, or if it has no such file.
pub async fn remove(ctx: &Context, principal: &Principal, own: Own<'_>, id: NoticeFileId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held(&mut tx, principal, own, Action::WriteNotices).await?;
    let before = Trace::of(&row);
    let mut content = content_of(&row)?;
    let count = content.files.len();
    content.files.retain(|file| file.id != id.to_string());
    if content.files.len() == count {
        return Err(Refusal::NotFound);
    }
    written(&row)?;
    files::drop(&mut tx, id).await?;
    put(&mut row, &content, seat.id())?;
    row.changed_at = ctx.now().0;
    keep(ctx, &mut tx, (seat.actor(), Action::WriteNotices, "file taken out of a notice"), &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes out a file of what is published, for somebody who sees the notice.
///
/// # Errors
/// [`Refusal::NotFound`] for everybody else, after it was withdrawn, and if the revision in sight has no such file.
pub async fn open(ctx: &Context, principal: &Principal, reference: &NoticeRef, id: NoticeFileId) -> Result<Download> {
    let mut db = ctx.db.reader();
    let row = rows::find(&mut db, reference).await?.ok_or(Refusal::NotFound)?;
    if row.revision == 0 || row.withdrawn_at.is_some() {
        return Err(Refusal::NotFound);
    }
    let eyes = Eyes::of_person(&mut db, principal, ctx.now()).await?;
    if !eyes.see(row.org_id, &super::card_of(&row.reference, &row.card)?) {
        return Err(Refusal::NotFound);
    }
    let live = rows::revision(&mut db, NoticeId(row.id), row.revision).await?.ok_or(Refusal::NotFound)?;
    let content: Content = serde_json::from_str(&live.content).map_err(|error| super::fault(&row, &error))?;
    give(ctx, &row, &content, id).await
}

/// Takes out a file of the text on which people work.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if it has no such file.
pub async fn open_own(
    ctx: &Context,
    principal: &Principal,
    (org, reference): Own<'_>,
    id: NoticeFileId,
) -> Result<Download> {
    Seat::take(principal, org, Action::ReadNotices)?;
    let row = rows::find(&mut ctx.db.reader(), reference).await?.filter(|row| row.org_id == org.0);
    let row = row.ok_or(Refusal::NotFound)?;
    let content = content_of(&row)?;
    give(ctx, &row, &content, id).await
}

pub(super) async fn give(ctx: &Context, row: &NoticeRow, content: &Content, id: NoticeFileId) -> Result<Download> {
    if !content.files.iter().any(|file| file.id == id.to_string()) {
        return Err(Refusal::NotFound);
    }
    let file = files::find(&mut ctx.db.reader(), id).await?.filter(|file| file.notice_id == row.id);
    let file = file.ok_or(Refusal::NotFound)?;
    let kind = Kind::from_code(&file.kind).ok_or_else(|| super::fault(row, &"unknown kind of file"))?;
    let stored = Stored { storage: &file.storage, size: file.size.unsigned_abs(), sha256: &file.sha256 };
    hand_out(ctx, stored, &file.name, kind).await
}
