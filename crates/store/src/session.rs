//! Sign-ins. Whether one still holds is decided in `services::session`; here are only rows.

use domain::{
    ids::{OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO session (token_hash, id, person_id, created_at, last_active_at, expires_at, agent)
              VALUES ($1, $2, $3, $4, $4, $5, $6)";
    /// A disabled person has no sign-in, whatever rows there are.
    FIND = "SELECT s.id, s.created_at, s.last_active_at, s.expires_at, s.agent, p.id AS person_id, p.name, p.email, p.lang, p.theme,
            (SELECT count(*) FROM second_factor f WHERE f.person_id = p.id) AS factors,
            (SELECT count(*) FROM (SELECT 1 FROM notification n WHERE n.person_id = p.id AND n.seen_at IS NULL AND n.at <= $2
            AND (n.org_id IS NULL OR EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.org_id = n.org_id AND m.ended_at IS NULL))
            LIMIT 100) AS news) AS unread,
            (SELECT count(*) FROM mail_broken b WHERE b.email = p.email) AS broken
            FROM session s JOIN person p ON p.id = s.person_id WHERE s.token_hash = $1 AND p.disabled_at IS NULL";
    TOUCH = "UPDATE session SET last_active_at = $2 WHERE token_hash = $1 AND last_active_at < $2";
    ROTATE = "UPDATE session SET token_hash = $2, last_active_at = $3 WHERE token_hash = $1";
    END = "DELETE FROM session WHERE token_hash = $1";
    END_ONE = "DELETE FROM session WHERE id = $1 AND person_id = $2";
    END_ALL = "DELETE FROM session WHERE person_id = $1";
    END_OTHERS = "DELETE FROM session WHERE person_id = $1 AND token_hash <> $2";
    /// Whoever belongs elsewhere too goes on there: rights are read with every request.
    END_BOUND = "DELETE FROM session WHERE person_id IN (SELECT m.person_id FROM membership m WHERE m.org_id = $1 AND m.ended_at IS NULL)
                 AND NOT EXISTS (SELECT 1 FROM membership e WHERE e.person_id = session.person_id AND e.org_id <> $1 AND e.ended_at IS NULL)";
    OF_PERSON = "SELECT id, created_at, last_active_at, expires_at, agent FROM session
                 WHERE person_id = $1 AND expires_at > $2 ORDER BY last_active_at DESC LIMIT 100";
    /// One that has rested too long stays until its end at the latest: whose it was is asked for a form that comes late.
    SWEEP = "DELETE FROM session WHERE expires_at <= $1";
}

/// A sign-in with the person it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionRow {
    /// Identity in the person's own list.
    pub id: Uuid,
    /// When the person signed in.
    pub created_at: i64,
    /// Last real activity.
    pub last_active_at: i64,
    /// The end at the latest.
    pub expires_at: i64,
    /// The browser, in its own words.
    pub agent: String,
    /// Whose.
    pub person_id: Uuid,
    /// Name of the person.
    pub name: String,
    /// Address of the person.
    pub email: String,
    /// Language tag.
    pub lang: String,
    /// Appearance.
    pub theme: String,
    /// How many second factors the person has: one or none.
    pub factors: i64,
    /// How many lines of their inbox they have not read; counted up to 100.
    pub unread: i64,
    /// Whether their address takes no mail: one or none.
    pub broken: i64,
}

/// A sign-in in the person's own list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnSession {
    /// Identity.
    pub id: Uuid,
    /// When the person signed in.
    pub created_at: i64,
    /// Last real activity.
    pub last_active_at: i64,
    /// The end at the latest.
    pub expires_at: i64,
    /// The browser, in its own words.
    pub agent: String,
}

/// A sign-in to store.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub person: UserId,
    /// Now.
    pub at: Timestamp,
    /// The end at the latest.
    pub expires: Timestamp,
    /// The browser, in its own words.
    pub agent: &'a str,
}

/// Stores a sign-in.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, new: &NewSession<'_>) -> Result<()> {
    tx.run(&INSERT, args![new.token_hash, new.id, new.person, new.at, new.expires, new.agent]).await?;
    Ok(())
}

/// The sign-in with this token, also one that has lapsed.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, token_hash: [u8; 32], now: Timestamp) -> Result<Option<SessionRow>> {
    db.one(&FIND, args![token_hash, now]).await
}

/// Notes activity.
///
/// # Errors
/// If the database refuses.
pub async fn touch(tx: &mut Tx, token_hash: [u8; 32], at: Timestamp) -> Result<()> {
    tx.run(&TOUCH, args![token_hash, at]).await?;
    Ok(())
}

/// Gives a sign-in another token; the old one is worth nothing from then on.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such sign-in.
pub async fn rotate(tx: &mut Tx, old: [u8; 32], new: [u8; 32], at: Timestamp) -> Result<()> {
    tx.run_one(&ROTATE, args![old, new, at]).await
}

/// Ends a sign-in by its token.
///
/// # Errors
/// If the database refuses.
pub async fn end(tx: &mut Tx, token_hash: [u8; 32]) -> Result<u64> {
    tx.run(&END, args![token_hash]).await
}

/// Ends one of a person's own sign-ins; how many there were.
///
/// # Errors
/// If the database refuses.
pub async fn end_one(tx: &mut Tx, id: Uuid, person: UserId) -> Result<u64> {
    tx.run(&END_ONE, args![id, person]).await
}

/// Ends every sign-in of a person, but the one with the token `except`; how many.
///
/// # Errors
/// If the database refuses.
pub async fn end_all(tx: &mut Tx, person: UserId, except: Option<[u8; 32]>) -> Result<u64> {
    match except {
        Some(token_hash) => tx.run(&END_OTHERS, args![person, token_hash]).await,
        None => tx.run(&END_ALL, args![person]).await,
    }
}

/// Ends every sign-in of people who belong to this organisation and to no other; how many.
///
/// # Errors
/// If the database refuses.
pub async fn end_bound(tx: &mut Tx, org: OrgId) -> Result<u64> {
    tx.run(&END_BOUND, args![org]).await
}

/// A person's sign-ins, the last active first, at most 100.
///
/// # Errors
/// If the database does not answer.
pub async fn of_person(db: &mut impl Read, person: UserId, now: Timestamp) -> Result<Vec<OwnSession>> {
    db.all(&OF_PERSON, args![person, now]).await
}

/// Removes sign-ins that ended by `now`; how many.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    tx.run(&SWEEP, args![now]).await
}
