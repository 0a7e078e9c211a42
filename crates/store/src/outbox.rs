//! Mail waiting to be sent. Written in the transaction of the change it tells of; claimed and settled by the worker.

use domain::{ids::UserId, time::Timestamp};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, notify, statements};

statements! {
    QUEUE = "INSERT INTO outbox (id, template, recipient, lang, link, detail, state, attempts, next_at, claimed_until,
             last_error, created_at, since, done_at, person_id) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, NULL, '', $8, $7, NULL, $9)";
    DUE = "SELECT CAST(1 AS BIGINT) AS due FROM outbox WHERE state = 'waiting' AND next_at <= $1
           AND (claimed_until IS NULL OR claimed_until < $1) LIMIT 1";
    /// Takes the longest due mail for as long as a worker may need; a worker that died loses its claim by itself.
    CLAIM = sqlite "UPDATE outbox SET attempts = attempts + 1, claimed_until = $2 WHERE id = (SELECT id FROM outbox
             WHERE state = 'waiting' AND next_at <= $1 AND (claimed_until IS NULL OR claimed_until < $1)
             ORDER BY next_at, id LIMIT 1)
             RETURNING id, template, recipient, lang, link, detail, state, attempts, next_at, last_error, created_at, since, done_at, person_id",
            postgres "UPDATE outbox SET attempts = attempts + 1, claimed_until = $2 WHERE id = (SELECT id FROM outbox
             WHERE state = 'waiting' AND next_at <= $1 AND (claimed_until IS NULL OR claimed_until < $1)
             ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
             RETURNING id, template, recipient, lang, link, detail, state, attempts, next_at, last_error, created_at, since, done_at, person_id";
    SENT = "UPDATE outbox SET state = 'sent', claimed_until = NULL, last_error = '', done_at = $2 WHERE id = $1";
    /// Of those that were made up with the past they belong to.
    ALL_SENT = "UPDATE outbox SET state = 'sent', claimed_until = NULL, last_error = '', done_at = $1 WHERE state = 'waiting'";
    RETRY = "UPDATE outbox SET claimed_until = NULL, next_at = $2, last_error = $3 WHERE id = $1";
    DEAD = "UPDATE outbox SET state = 'dead', claimed_until = NULL, last_error = $3, done_at = $2 WHERE id = $1";
    REVIVE = "UPDATE outbox SET state = 'waiting', attempts = 0, next_at = $2, since = $2, done_at = NULL WHERE id = $1 AND state = 'dead'";
    LIST = "SELECT id, template, recipient, lang, link, detail, state, attempts, next_at, last_error, created_at, since, done_at, person_id
            FROM outbox WHERE state = $1 ORDER BY next_at DESC LIMIT $2";
    COUNT = "SELECT count(*) FROM outbox WHERE state = $1";
    ONE = "SELECT id, template, recipient, lang, link, detail, state, attempts, next_at, last_error, created_at, since, done_at, person_id
           FROM outbox WHERE id = $1";
    /// One that a worker has taken up is on its way.
    WITHDRAW = "DELETE FROM outbox WHERE id = $1 AND state = 'waiting' AND attempts = 0";
    FORGET_WAITING = "DELETE FROM outbox WHERE (person_id = $1 OR recipient = $2) AND state = 'waiting' AND attempts = 0";
    FORGET = "UPDATE outbox SET recipient = '', link = '', person_id = NULL WHERE (person_id = $1 OR recipient = $2) AND state <> 'waiting'";
    SWEEP = "DELETE FROM outbox WHERE state = 'sent' AND done_at < $1";
}

/// One mail.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Mail {
    /// Identity; also the Message-ID, so that a mail sent twice is recognised as one.
    pub id: Uuid,
    /// Name of the template.
    pub template: String,
    /// Address.
    pub recipient: String,
    /// Language tag.
    pub lang: String,
    /// The link that the mail is about, absolute.
    pub link: String,
    /// What the template names beside the link: an organisation's name, never case content.
    pub detail: String,
    /// `waiting`, `sent` or `dead`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is due, microseconds UTC.
    pub next_at: i64,
    /// What the last try ended with.
    pub last_error: String,
    /// When it was queued.
    pub created_at: i64,
    /// Since when it has been tried.
    pub since: i64,
    /// When it was sent or given up.
    pub done_at: Option<i64>,
    /// Whose it is, where it is news for somebody with an account.
    pub person_id: Option<Uuid>,
}

/// A mail to queue.
#[derive(Clone, Debug)]
pub struct NewMail<'a> {
    /// Identity.
    pub id: Uuid,
    /// Name of the template.
    pub template: &'a str,
    /// Address.
    pub recipient: &'a str,
    /// Language tag.
    pub lang: &'a str,
    /// Absolute link.
    pub link: &'a str,
    /// What the template names beside the link.
    pub detail: &'a str,
    /// Now.
    pub at: Timestamp,
    /// When it becomes due.
    pub due: Timestamp,
    /// Whose it is, where it is news for somebody with an account.
    pub person: Option<UserId>,
}

/// Queues a mail in the caller's transaction.
///
/// # Errors
/// If the database refuses.
pub async fn queue(tx: &mut Tx, mail: &NewMail<'_>) -> Result<()> {
    let args = args![
        mail.id,
        mail.template,
        mail.recipient,
        mail.lang,
        mail.link,
        mail.detail,
        mail.due,
        mail.at,
        mail.person
    ];
    tx.run(&QUEUE, args).await?;
    Ok(())
}

/// Whether any mail can be claimed.
///
/// # Errors
/// If the database does not answer.
pub async fn is_due(db: &mut impl Read, now: Timestamp) -> Result<bool> {
    Ok(db.number(&DUE, args![now]).await?.is_some())
}

/// Removes mails that were sent before `before`; how many.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(&SWEEP, args![before]).await
}

/// Claims the mail that has been due longest, until `until`.
///
/// # Errors
/// If the database refuses.
pub async fn claim(tx: &mut Tx, now: Timestamp, until: Timestamp) -> Result<Option<Mail>> {
    tx.one(&CLAIM, args![now, until]).await
}

/// How a try ended.
#[derive(Clone, Debug)]
pub enum Settled<'a> {
    /// The server took it.
    Sent,
    /// To be tried again at this time.
    Retry(Timestamp, &'a str),
    /// Given up: shown to the administrator.
    Dead(&'a str),
}

/// Notes how a try ended.
///
/// # Errors
/// If the database refuses.
pub async fn settle(tx: &mut Tx, id: Uuid, now: Timestamp, how: Settled<'_>) -> Result<()> {
    match how {
        Settled::Sent => tx.run_one(&SENT, args![id, now]).await,
        Settled::Retry(at, error) => tx.run_one(&RETRY, args![id, at, error]).await,
        Settled::Dead(error) => tx.run_one(&DEAD, args![id, now, error]).await,
    }
}

/// Withdraws a mail that has not been tried, with the news that it belongs to; false if it was tried, or if there is neither.
///
/// # Errors
/// If the database refuses.
pub async fn withdraw(tx: &mut Tx, id: Uuid) -> Result<bool> {
    let mail = tx.run(&WITHDRAW, args![id]).await? == 1;
    if !mail && one(tx, id).await?.is_some() {
        return Ok(false);
    }
    Ok(notify::withdraw(tx, id).await? || mail)
}

/// The mail with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn one(db: &mut impl Read, id: Uuid) -> Result<Option<Mail>> {
    db.one(&ONE, args![id]).await
}

/// Withdraws what was not tried yet and erases for whom the rest was.
///
/// # Errors
/// If the database refuses.
pub async fn forget(tx: &mut Tx, person: UserId, email: &str) -> Result<()> {
    tx.run(&FORGET_WAITING, args![person, email]).await?;
    tx.run(&FORGET, args![person, email]).await?;
    Ok(())
}

/// Marks every waiting mail as sent: those of invented reports, which go to nobody.
///
/// # Errors
/// If the database refuses.
pub async fn all_sent(tx: &mut Tx, now: Timestamp) -> Result<()> {
    tx.run(&ALL_SENT, args![now]).await?;
    Ok(())
}

/// Gives a dead mail another series of tries.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it is not dead.
pub async fn revive(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<()> {
    tx.run_one(&REVIVE, args![id, now]).await
}

/// Mails in a state, newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn list(db: &mut impl Read, state: &str, limit: i64) -> Result<Vec<Mail>> {
    db.all(&LIST, args![state, limit]).await
}

/// How many are in a state.
///
/// # Errors
/// If the database does not answer.
pub async fn count(db: &mut impl Read, state: &str) -> Result<i64> {
    Ok(db.number(&COUNT, args![state]).await?.unwrap_or(0))
}
