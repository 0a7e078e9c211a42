//! Digests: who has one to come, and what goes into it. Taking one up, gathering its lines and queuing its mail are one
//! transaction of the caller's; a person has at most one of a kind a day.

use domain::{ids::UserId, time::Timestamp};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    DUE = "SELECT person_id, kind, due_at FROM digest_due WHERE due_at <= $1 ORDER BY due_at, person_id LIMIT $2";
    PLAN = "UPDATE digest_due SET due_at = $3 WHERE person_id = $1 AND kind = $2";
    /// Locks the row, so that of two workers one finds it gone.
    TAKE = "DELETE FROM digest_due WHERE person_id = $1 AND kind = $2 AND due_at = $3";
    RECIPIENT = "SELECT p.email, p.lang, (SELECT o.time_zone FROM membership m JOIN org o ON o.id = m.org_id
                 WHERE m.person_id = p.id AND m.ended_at IS NULL ORDER BY m.created_at, m.id LIMIT 1) AS time_zone,
                 COALESCE((SELECT r.country FROM reader r WHERE r.person_id = p.id), (SELECT o.country FROM membership m
                 JOIN org o ON o.id = m.org_id WHERE m.person_id = p.id AND m.ended_at IS NULL ORDER BY m.created_at, m.id LIMIT 1)) AS country, t.hour, t.weekday,
                 (SELECT max(d.day) FROM digest d WHERE d.person_id = p.id AND d.kind = $2) AS last_day
                 FROM person p LEFT JOIN notify_times t ON t.person_id = p.id
                 WHERE p.id = $1 AND p.disabled_at IS NULL AND NOT EXISTS (SELECT 1 FROM mail_broken b WHERE b.email = p.email)";
    INSERT = "INSERT INTO digest (id, person_id, kind, day, created_at) VALUES ($1, $2, $3, $4, $5)
              ON CONFLICT (person_id, kind, day) DO NOTHING";
    /// What was read meanwhile, and what is about an organisation that the person left, needs no mail.
    SKIP = "UPDATE notification SET waits = '' WHERE person_id = $1 AND waits = $2 AND at <= $3 AND (seen_at IS NOT NULL
            OR org_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = $1 AND m.org_id = notification.org_id AND m.ended_at IS NULL))";
    GATHER = "UPDATE notification SET waits = '', digest_id = $4 WHERE person_id = $1 AND waits = $2 AND at <= $3";
    DROP = "UPDATE notification SET waits = '' WHERE person_id = $1 AND waits = $2";
    COUNT = "SELECT count(*) FROM notification WHERE person_id = $1 AND waits = $2 AND at <= $3";
    LINES = "SELECT n.topic, n.line, n.path, count(*) AS many FROM notification n WHERE n.digest_id = $1
             GROUP BY n.topic, n.line, n.path ORDER BY min(n.at), n.path LIMIT 1000";
    REST = "INSERT INTO digest_due (person_id, kind, due_at) SELECT DISTINCT n.person_id, n.waits, CAST(0 AS BIGINT) FROM notification n
            WHERE n.person_id = $1 AND n.waits = $2 ON CONFLICT (person_id, kind) DO NOTHING";
    SWEEP = "DELETE FROM digest WHERE created_at < $1";
}

/// Somebody's digest to come.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Due {
    /// Whose.
    pub person_id: Uuid,
    /// `daily` or `weekly`.
    pub kind: String,
    /// When; 0 if that is not known yet.
    pub due_at: i64,
}

/// What has to be known of a person to make a digest.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Recipient {
    /// Address.
    pub email: String,
    /// Language tag.
    pub lang: String,
    /// Time zone of the organisation where they came first.
    pub time_zone: Option<String>,
    /// A reader's country, or that organisation's.
    pub country: Option<String>,
    /// The hour that they chose.
    pub hour: Option<i64>,
    /// The weekday that they chose.
    pub weekday: Option<i64>,
    /// Day of their last digest of this kind.
    pub last_day: Option<String>,
}

/// A line of a digest.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// Code of the topic.
    pub topic: String,
    /// Name of the template whose sentence is shown.
    pub line: String,
    /// Where it leads, without the language.
    pub path: String,
    /// How many there are of the same.
    pub many: i64,
}

/// Digests that are due, or of which it is not known when.
///
/// # Errors
/// If the database does not answer.
pub async fn due(db: &mut impl Read, now: Timestamp, limit: i64) -> Result<Vec<Due>> {
    db.all(&DUE, args![now, limit]).await
}

/// The person of a digest; none if no mail can go there.
///
/// # Errors
/// If the database does not answer.
pub async fn recipient(db: &mut impl Read, person: UserId, kind: &str) -> Result<Option<Recipient>> {
    db.one(&RECIPIENT, args![person, kind]).await
}

/// Notes when a digest is due.
///
/// # Errors
/// If the database refuses.
pub async fn plan(tx: &mut Tx, due: &Due, at: Timestamp) -> Result<()> {
    tx.run(&PLAN, args![due.person_id, &due.kind, at]).await?;
    Ok(())
}

/// Takes a due digest up; false if another worker has.
///
/// # Errors
/// If the database refuses.
pub async fn take(tx: &mut Tx, due: &Due) -> Result<bool> {
    Ok(tx.run(&TAKE, args![due.person_id, &due.kind, due.due_at]).await? == 1)
}

/// Gathers what waits into the digest `id` of a day; how many lines. None: there is one of that day already.
///
/// # Errors
/// If the database refuses.
pub async fn gather(tx: &mut Tx, due: &Due, id: Uuid, day: &str, now: Timestamp) -> Result<Option<i64>> {
    tx.run(&SKIP, args![due.person_id, &due.kind, now]).await?;
    let lines = tx.number(&COUNT, args![due.person_id, &due.kind, now]).await?.unwrap_or(0);
    if lines == 0 {
        return Ok(Some(0));
    }
    if tx.run(&INSERT, args![id, due.person_id, &due.kind, day, now]).await? == 0 {
        return Ok(None);
    }
    tx.run(&GATHER, args![due.person_id, &due.kind, now, id]).await?;
    Ok(Some(lines))
}

/// What still waits has a digest to come.
///
/// # Errors
/// If the database refuses.
pub async fn expect_rest(tx: &mut Tx, due: &Due) -> Result<()> {
    tx.run(&REST, args![due.person_id, &due.kind]).await?;
    Ok(())
}

/// What waits for a digest that can go nowhere stays in the inbox alone.
///
/// # Errors
/// If the database refuses.
pub async fn drop_waiting(tx: &mut Tx, due: &Due) -> Result<()> {
    tx.run(&DROP, args![due.person_id, &due.kind]).await?;
    Ok(())
}

/// The lines of a digest, the oldest first; equal ones as one.
///
/// # Errors
/// If the database does not answer.
pub async fn lines(db: &mut impl Read, id: Uuid) -> Result<Vec<Line>> {
    db.all(&LINES, args![id]).await
}

pub(super) async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(&SWEEP, args![before]).await
}
