//! Whether the bytes of a file are still those that were added. They are hashed anew before they leave, and before a report is
//! sent with them; nothing of a file that was changed or damaged on the disk is handed out. What was found stays noted until
//! the file is whole again, and stands on the page of the installation's state.

use domain::{
    access::{Action, Principal},
    ids::{DraftId, EvidenceId},
};
use sha2::{Digest as _, Sha256};
use store::evidence::EvidenceRow;
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, AsyncSeekExt as _},
};

use super::{
    incoming::{broken, folder},
    read::PIECE,
};
use crate::{
    Context, Result,
    audit::{self, Act, Actor, NONE},
    draft,
    error::Refusal,
};

/// The file of a row, at its beginning.
///
/// # Errors
/// [`Refusal::Fault`] if its bytes are not those that were added; [`Refusal::Unavailable`] if it cannot be read.
pub(super) async fn open(ctx: &Context, row: &EvidenceRow, action: Action) -> Result<File> {
    let mut file = File::open(folder(ctx).join(&row.storage)).await.map_err(broken)?;
    let is_whole = is_whole(&mut file, Stored::of(row)).await.map_err(broken)?;
    note(ctx, row, action, is_whole).await?;
    if !is_whole {
        return Err(Refusal::Fault(format!("the bytes of evidence {} are not those that were added", row.id)));
    }
    file.rewind().await.map_err(broken)?;
    Ok(file)
}

/// A file as it was taken in.
#[derive(Clone, Copy)]
pub(crate) struct Stored<'a> {
    /// Its name in the folder.
    pub storage: &'a str,
    /// Bytes.
    pub size: u64,
    /// Their SHA-256.
    pub sha256: &'a [u8],
}

impl<'a> Stored<'a> {
    fn of(row: &'a EvidenceRow) -> Self {
        Self { storage: &row.storage, size: row.size.unsigned_abs(), sha256: &row.sha256 }
    }
}

/// A file of the folder, at its beginning.
///
/// # Errors
/// As with [`open`].
pub(super) async fn whole(ctx: &Context, stored: Stored<'_>) -> Result<File> {
    let mut file = File::open(folder(ctx).join(stored.storage)).await.map_err(broken)?;
    if !is_whole(&mut file, stored).await.map_err(broken)? {
        return Err(Refusal::Fault(format!("the bytes of the file {} are not those that were added", stored.storage)));
    }
    file.rewind().await.map_err(broken)?;
    Ok(file)
}

/// A file is small, so all of it is read before the first byte leaves; no more than a piece of it lies in memory.
async fn is_whole(file: &mut File, stored: Stored<'_>) -> std::io::Result<bool> {
    if file.metadata().await?.len() != stored.size {
        return Ok(false);
    }
    let (mut sha256, mut piece) = (Sha256::new(), Vec::with_capacity(PIECE));
    while file.read_buf(&mut piece).await? > 0 {
        sha256.update(&piece);
        piece.clear();
    }
    Ok(sha256.finalize()[..] == *stored.sha256)
}

/// Notes what is new: that a file is damaged, or that it is whole again.
async fn note(ctx: &Context, row: &EvidenceRow, action: Action, is_whole: bool) -> Result<()> {
    if row.damaged_at.is_none() == is_whole {
        return Ok(());
    }
    let step = if is_whole { "evidence is whole again" } else { "evidence is damaged" };
    tracing::error!(evidence = %row.id, file = row.storage, is_whole, "{step}");
    let mut tx = ctx.db.begin().await?;
    store::evidence::set_damaged(&mut tx, EvidenceId(row.id), (!is_whole).then(|| ctx.now())).await?;
    let (object_kind, object_id) = ("evidence", EvidenceId(row.id).to_string());
    audit::record(ctx, &mut tx, Act { actor: Actor::System, action, step, object_kind, object_id }, NONE, NONE).await?;
    tx.commit().await?;
    Ok(())
}

/// Looks at every file of a draft before it is sent. What is not whole can still be added again by who has it.
///
/// # Errors
/// [`Refusal::NotPossible`] with the name of a file that is not what was added; [`Refusal::NotFound`] without the right;
/// [`Refusal::Unavailable`] if a file cannot be read.
pub(crate) async fn of_draft(ctx: &Context, principal: &Principal, id: DraftId) -> Result<()> {
    let (draft, _) = draft::find(ctx, principal, id).await?;
    let action = draft::action(draft.taken_by_authority.is_some());
    let files = store::evidence::of_draft(&mut ctx.db.reader(), id).await?;
    for row in files.into_iter().filter(|row| row.report_id.is_none()) {
        match open(ctx, &row, action).await {
            Ok(_) => {}
            Err(Refusal::Fault(_)) => return Err(Refusal::NotPossible(told(&row.name))),
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(())
}

fn told(name: &str) -> String {
    format!(
        "The file “{name}” was damaged in our storage. Your draft is kept. Take this file out of it, add it again, and \
         then send the report."
    )
}
