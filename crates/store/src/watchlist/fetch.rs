//! Lists that are downloaded: how it went, and when the next time is.

use domain::time::Timestamp;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD = "INSERT INTO list_fetch (code, next_at, tried_at, outcome, failed, seen) VALUES ($1, $2, NULL, '', $3, '')
           ON CONFLICT (code) DO NOTHING";
    REMOVE = "DELETE FROM list_fetch WHERE code = $1";
    EVERY = "SELECT code, next_at, tried_at, outcome, failed, seen FROM list_fetch ORDER BY code LIMIT 1000";
    CLAIM = "UPDATE list_fetch SET next_at = $3 WHERE code = $1 AND next_at = $2";
    NOTE = "UPDATE list_fetch SET next_at = $2, tried_at = $3, outcome = $4, failed = $5, seen = $6 WHERE code = $1";
}

/// A list that is downloaded.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FetchRow {
    /// Code of the list.
    pub code: String,
    /// When it is tried next.
    pub next_at: i64,
    /// When it was tried the last time.
    pub tried_at: Option<i64>,
    /// What came of it, in words.
    pub outcome: String,
    /// Whether that was a fault.
    pub failed: bool,
    /// What each address said about the file that was loaded last, JSON; empty before the first.
    pub seen: String,
}

/// What came of a try.
#[derive(Clone, Copy, Debug)]
pub struct Tried<'a> {
    /// When it is tried next.
    pub next_at: Timestamp,
    /// Now.
    pub at: Timestamp,
    /// What came of it, in words.
    pub outcome: &'a str,
    /// Whether that was a fault.
    pub failed: bool,
    /// What each address said, JSON.
    pub seen: &'a str,
}

/// Adds a list that is to be tried from `at` on; one that is there stays as it is.
///
/// # Errors
/// If the database refuses.
pub async fn add(tx: &mut Tx, code: &str, at: Timestamp) -> Result<()> {
    tx.run(&ADD, args![code, at, false]).await?;
    Ok(())
}

/// Removes a list that is not downloaded any more.
///
/// # Errors
/// If the database refuses.
pub async fn remove(tx: &mut Tx, code: &str) -> Result<()> {
    tx.run(&REMOVE, args![code]).await?;
    Ok(())
}

/// Every list that is downloaded, by code.
///
/// # Errors
/// If the database does not answer.
pub async fn all(db: &mut impl Read) -> Result<Vec<FetchRow>> {
    db.all(&EVERY, args![]).await
}

/// Takes the try that is due, so that no other process does, and says when it is due again if this one comes to nothing.
/// Whether it was taken.
///
/// # Errors
/// If the database refuses.
pub async fn claim(tx: &mut Tx, row: &FetchRow, again: Timestamp) -> Result<bool> {
    Ok(tx.run(&CLAIM, args![&row.code, row.next_at, again]).await? == 1)
}

/// Notes what came of a try.
///
/// # Errors
/// If the database refuses.
pub async fn note(tx: &mut Tx, code: &str, tried: Tried<'_>) -> Result<()> {
    let args = args![code, tried.next_at, tried.at, tried.outcome, tried.failed, tried.seen];
    tx.run(&NOTE, args).await?;
    Ok(())
}
