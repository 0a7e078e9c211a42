//! Keys of people's own feeds and calendars.

use domain::{date::Date, ids::UserId, time::Timestamp};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    PUT = "INSERT INTO feed_key (person_id, id, token_hash, made_at, ends_at, used_day) VALUES ($1, $2, $3, $4, $5, NULL)
           ON CONFLICT (person_id) DO UPDATE SET id = $2, token_hash = $3, made_at = $4, ends_at = $5, used_day = NULL";
    OF = "SELECT person_id, id, made_at, ends_at, used_day FROM feed_key WHERE person_id = $1 AND ends_at > $2";
    FIND = "SELECT person_id, id, made_at, ends_at, used_day FROM feed_key WHERE token_hash = $1 AND ends_at > $2";
    USE = "UPDATE feed_key SET used_day = $2 WHERE id = $1";
    DROP = "DELETE FROM feed_key WHERE person_id = $1";
    SWEEP = "DELETE FROM feed_key WHERE ends_at <= $1";
}

/// A key.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KeyRow {
    /// Whose it is.
    pub person_id: Uuid,
    /// What the token is derived from.
    pub id: Uuid,
    /// When it was made.
    pub made_at: i64,
    /// Until when it opens anything.
    pub ends_at: i64,
    /// The last day on which a program came with it.
    pub used_day: Option<i64>,
}

/// Gives a person a key, instead of the one before.
///
/// # Errors
/// If the database refuses.
pub async fn put(
    tx: &mut Tx,
    person: UserId,
    (id, token_hash): (Uuid, [u8; 32]),
    (made, ends): (Timestamp, Timestamp),
) -> Result<()> {
    tx.run(&PUT, args![person, id, token_hash, made, ends]).await?;
    Ok(())
}

/// A person's key that still opens something.
///
/// # Errors
/// If the database does not answer.
pub async fn of(db: &mut impl Read, person: UserId, now: Timestamp) -> Result<Option<KeyRow>> {
    db.one(&OF, args![person, now]).await
}

/// The key with this token that still opens something.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, token_hash: [u8; 32], now: Timestamp) -> Result<Option<KeyRow>> {
    db.one(&FIND, args![token_hash, now]).await
}

/// Notes the day of a use.
///
/// # Errors
/// If the database refuses.
pub async fn note(tx: &mut Tx, id: Uuid, day: Date) -> Result<()> {
    tx.run(&USE, args![id, day.days()]).await?;
    Ok(())
}

/// Takes a person's key away; whether there was one.
///
/// # Errors
/// If the database refuses.
pub async fn end(tx: &mut Tx, person: UserId) -> Result<bool> {
    Ok(tx.run(&DROP, args![person]).await? > 0)
}

/// Forgets keys that have ended; how many.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    tx.run(&SWEEP, args![now]).await
}
