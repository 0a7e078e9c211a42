//! Files of notices: what they are. The bytes lie where evidence lies.

use domain::{
    ids::{NoticeFileId, NoticeId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO notice_file (id, notice_id, storage, name, kind, size, sha256, added_by, added_at, published)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    FIND = "SELECT id, notice_id, storage, name, kind, size, sha256 FROM notice_file WHERE id = $1";
    /// What was published stays for as long as its revision.
    DROP = "DELETE FROM notice_file WHERE id = $1 AND NOT published";
    PUBLISH = sqlite "UPDATE notice_file SET published = 1 WHERE id = $1",
              postgres "UPDATE notice_file SET published = TRUE WHERE id = $1";
    IS_KEPT = "SELECT count(*) FROM notice_file WHERE storage = $1";
}

/// A file of a notice.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FileRow {
    /// Identity.
    pub id: Uuid,
    /// Of which notice.
    pub notice_id: Uuid,
    /// Its name in the folder.
    pub storage: String,
    /// Its name as shown.
    pub name: String,
    /// Code of its kind.
    pub kind: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 over them.
    pub sha256: Vec<u8>,
}

/// A file to note, whose bytes are durable.
#[derive(Clone, Debug)]
pub struct NewFile<'a> {
    /// Identity.
    pub id: NoticeFileId,
    /// Of which notice.
    pub notice: NoticeId,
    /// Its name in the folder.
    pub storage: &'a str,
    /// Its name as shown.
    pub name: &'a str,
    /// Code of its kind.
    pub kind: &'a str,
    /// Bytes.
    pub size: i64,
    /// SHA-256 over them.
    pub sha256: [u8; 32],
    /// Who adds it.
    pub by: UserId,
    /// Now.
    pub at: Timestamp,
}

/// Notes a file.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, new: &NewFile<'_>) -> Result<()> {
    let args = args![new.id, new.notice, new.storage, new.name, new.kind, new.size, new.sha256, new.by, new.at, false,];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// The file with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: NoticeFileId) -> Result<Option<FileRow>> {
    db.one(&FIND, args![id]).await
}

/// Forgets a file that was never published; its bytes are swept later.
///
/// # Errors
/// If the database refuses.
pub async fn drop(tx: &mut Tx, id: NoticeFileId) -> Result<()> {
    tx.run(&DROP, args![id]).await?;
    Ok(())
}

/// Marks a file as published: it stays.
///
/// # Errors
/// If the database refuses.
pub async fn publish(tx: &mut Tx, id: NoticeFileId) -> Result<()> {
    tx.run(&PUBLISH, args![id]).await?;
    Ok(())
}

/// Whether bytes in the folder belong to a notice.
///
/// # Errors
/// If the database does not answer.
pub async fn is_kept(db: &mut impl Read, storage: &str) -> Result<bool> {
    Ok(db.number(&IS_KEPT, args![storage]).await?.is_some_and(|files| files > 0))
}
