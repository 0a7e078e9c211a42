//! Browsers from which people have signed in before.

use domain::{ids::UserId, time::Timestamp};

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    IS_KNOWN = "SELECT count(*) FROM known_browser WHERE mark_hash = $1 AND person_id = $2 AND seen_at > $3";
    IS_OURS = "SELECT count(*) FROM known_browser WHERE mark_hash = $1 AND seen_at > $2";
    SEE = "INSERT INTO known_browser (mark_hash, person_id, seen_at) VALUES ($1, $2, $3)
           ON CONFLICT (mark_hash, person_id) DO UPDATE SET seen_at = $3";
    FORGET = "DELETE FROM known_browser WHERE person_id = $1";
    SWEEP = "DELETE FROM known_browser WHERE seen_at <= $1";
}

/// Whether a person has signed in from a browser after `since`.
///
/// # Errors
/// If the database does not answer.
pub async fn is_known(db: &mut impl Read, mark: [u8; 32], person: UserId, since: Timestamp) -> Result<bool> {
    Ok(db.number(&IS_KNOWN, args![mark, person, since]).await?.unwrap_or(0) > 0)
}

/// Whether anybody has signed in from a browser after `since`, so that its mark is one that we gave.
///
/// # Errors
/// If the database does not answer.
pub async fn is_ours(db: &mut impl Read, mark: [u8; 32], since: Timestamp) -> Result<bool> {
    Ok(db.number(&IS_OURS, args![mark, since]).await?.unwrap_or(0) > 0)
}

/// Notes that a person has signed in from a browser.
///
/// # Errors
/// If the database refuses.
pub async fn see(tx: &mut Tx, mark: [u8; 32], person: UserId, at: Timestamp) -> Result<()> {
    tx.run(&SEE, args![mark, person, at]).await?;
    Ok(())
}

/// Forgets every browser of a person; how many.
///
/// # Errors
/// If the database refuses.
pub async fn forget(tx: &mut Tx, person: UserId) -> Result<u64> {
    tx.run(&FORGET, args![person]).await
}

/// Forgets browsers not seen since `before`; how many.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(&SWEEP, args![before]).await
}
