//! Mails that came back, and addresses that take none any more.

use domain::time::Timestamp;
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    NOTE = "INSERT INTO mail_bounce (mail_id, email, at, said) VALUES ($1, $2, $3, $4) ON CONFLICT (mail_id) DO NOTHING";
    COUNT = "SELECT count(*) FROM mail_bounce WHERE email = $1 AND at >= $2";
    BREAK = "INSERT INTO mail_broken (email, since) VALUES ($1, $2) ON CONFLICT (email) DO NOTHING";
    IS_BROKEN = "SELECT since FROM mail_broken WHERE email = $1";
    FORGET = "DELETE FROM mail_bounce WHERE email = $1";
    MEND = "DELETE FROM mail_broken WHERE email = $1";
    BOUNCES = "SELECT count(*) FROM mail_bounce WHERE at >= $1";
    BROKEN = "SELECT b.email, b.since, (SELECT m.said FROM mail_bounce m WHERE m.email = b.email ORDER BY m.at DESC, m.mail_id DESC LIMIT 1) AS said
              FROM mail_broken b ORDER BY b.since DESC, b.email LIMIT 200";
    BROKEN_COUNT = "SELECT count(*) FROM mail_broken";
    /// The last word about a broken address stays as long as it is one.
    SWEEP = "DELETE FROM mail_bounce WHERE at < $1 AND NOT EXISTS (SELECT 1 FROM mail_broken b WHERE b.email = mail_bounce.email)";
}

/// An address that takes no mail.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Broken {
    /// The address.
    pub email: String,
    /// Since when no news is sent there.
    pub since: i64,
    /// What was said last.
    pub said: Option<String>,
}

/// Notes that a mail came back; false if that was known.
///
/// # Errors
/// If the database refuses.
pub async fn note(tx: &mut Tx, mail: Uuid, email: &str, at: Timestamp, said: &str) -> Result<bool> {
    Ok(tx.run(&NOTE, args![mail, email, at, said]).await? == 1)
}

/// How many mails to an address have come back since `since`.
///
/// # Errors
/// If the database does not answer.
pub async fn count(db: &mut impl Read, email: &str, since: Timestamp) -> Result<i64> {
    Ok(db.number(&COUNT, args![email, since]).await?.unwrap_or(0))
}

/// No news is sent to this address any more.
///
/// # Errors
/// If the database refuses.
pub async fn set_broken(tx: &mut Tx, email: &str, at: Timestamp) -> Result<()> {
    tx.run(&BREAK, args![email, at]).await?;
    Ok(())
}

/// Since when an address takes no mail; none if it does.
///
/// # Errors
/// If the database does not answer.
pub async fn broken_since(db: &mut impl Read, email: &str) -> Result<Option<Timestamp>> {
    Ok(db.number(&IS_BROKEN, args![email]).await?.map(Timestamp))
}

/// An address takes mail again: what came back is forgotten.
///
/// # Errors
/// If the database refuses.
pub async fn mend(tx: &mut Tx, email: &str) -> Result<()> {
    tx.run(&FORGET, args![email]).await?;
    tx.run(&MEND, args![email]).await?;
    Ok(())
}

/// How many mails have come back since `since`, and how many addresses take none.
///
/// # Errors
/// If the database does not answer.
pub async fn counts(db: &mut impl Read, since: Timestamp) -> Result<(i64, i64)> {
    let bounced = db.number(&BOUNCES, args![since]).await?.unwrap_or(0);
    Ok((bounced, db.number(&BROKEN_COUNT, args![]).await?.unwrap_or(0)))
}

/// Addresses that take no mail, the latest first, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn broken(db: &mut impl Read) -> Result<Vec<Broken>> {
    db.all(&BROKEN, args![]).await
}

/// Forgets what came back before `before`; how many.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(&SWEEP, args![before]).await
}
