//! Notices that were adapted from those of somebody else.

use domain::ids::NoticeId;
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    LINK = "INSERT INTO notice_adapted (notice_id, original_id, revision) VALUES ($1, $2, $3)";
    LOOK = "UPDATE notice_adapted SET revision = $2 WHERE notice_id = $1";
    ORIGINAL = "SELECT n.id, n.reference, n.org_id, o.name AS publisher, o.handle, n.revision, n.card, n.withdrawn_at,
                a.revision AS looked_at FROM notice_adapted a JOIN notice n ON n.id = a.original_id
                JOIN org o ON o.id = n.org_id WHERE a.notice_id = $1";
    ADAPTED = "SELECT n.id, n.reference, n.org_id, o.name AS publisher, o.handle, n.revision, n.card, n.withdrawn_at,
               a.revision AS looked_at FROM notice_adapted a JOIN notice n ON n.id = a.notice_id
               JOIN org o ON o.id = n.org_id WHERE a.original_id = $1 ORDER BY n.id LIMIT 500";
}

/// A notice at the other end of a link.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LinkedRow {
    /// Identity.
    pub id: Uuid,
    /// Its number.
    pub reference: String,
    /// Whose it is.
    pub org_id: Uuid,
    /// Name of its organisation.
    pub publisher: String,
    /// Handle of its organisation.
    pub handle: String,
    /// Number of its last revision; 0 before the first.
    pub revision: i64,
    /// What lists need of that, JSON; empty before the first.
    pub card: String,
    /// When it was withdrawn.
    pub withdrawn_at: Option<i64>,
    /// The last revision of the original that those who adapted it have looked at.
    pub looked_at: i64,
}

/// Notes that a notice was made from a revision of another one.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if it was made from one already.
pub async fn link(tx: &mut Tx, notice: NoticeId, original: NoticeId, revision: i64) -> Result<()> {
    tx.run(&LINK, args![notice, original, revision]).await?;
    Ok(())
}

/// Notes that a revision of the original was looked at.
///
/// # Errors
/// [`crate::StoreError::Stale`] if the notice was not adapted.
pub async fn look(tx: &mut Tx, notice: NoticeId, revision: i64) -> Result<()> {
    tx.run_one(&LOOK, args![notice, revision]).await
}

/// The notice from which one was adapted.
///
/// # Errors
/// If the database does not answer.
pub async fn original(db: &mut impl Read, notice: NoticeId) -> Result<Option<LinkedRow>> {
    db.one(&ORIGINAL, args![notice]).await
}

/// The notices that were adapted from one, published or not.
///
/// # Errors
/// If the database does not answer.
pub async fn of(db: &mut impl Read, original: NoticeId) -> Result<Vec<LinkedRow>> {
    db.all(&ADAPTED, args![original]).await
}
