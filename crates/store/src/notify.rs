//! News for people: inboxes, what each person chose, digests. Whether a mail goes with a piece of news is decided by the
//! statements here from the topic's standard and the person's choice, for any number of people at once.

pub mod bounce;
pub mod digest;

use domain::{
    ids::UserId,
    notify::{Channel, Times, Topic},
    time::Timestamp,
};
use serde_json::json;
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    /// `$1`: `[[identity of the news, person], …]`. The channel is the person's own, else `$7`.
    NOTE = sqlite "INSERT INTO notification (id, person_id, org_id, topic, line, path, at, seen_at, waits, digest_id)
           SELECT unhex(json_extract(j.value, '$[0]')), p.id, (SELECT o.id FROM org o WHERE o.handle = $2), $3, $4, $5, $6, NULL,
           CASE COALESCE(c.channel, $7) WHEN 'daily' THEN 'daily' WHEN 'weekly' THEN 'weekly' ELSE '' END, NULL
           FROM json_each($1) j JOIN person p ON p.id = unhex(json_extract(j.value, '$[1]'))
           LEFT JOIN notify_choice c ON c.person_id = p.id AND c.topic = $3 AND $8
           WHERE p.email_confirmed_at IS NOT NULL AND p.disabled_at IS NULL",
           postgres "INSERT INTO notification (id, person_id, org_id, topic, line, path, at, seen_at, waits, digest_id)
           SELECT CAST(j ->> 0 AS uuid), p.id, (SELECT o.id FROM org o WHERE o.handle = $2), $3, $4, $5, $6, NULL,
           CASE COALESCE(c.channel, $7) WHEN 'daily' THEN 'daily' WHEN 'weekly' THEN 'weekly' ELSE '' END, NULL
           FROM jsonb_array_elements(CAST(CAST($1 AS text) AS jsonb)) j JOIN person p ON p.id = CAST(j ->> 1 AS uuid)
           LEFT JOIN notify_choice c ON c.person_id = p.id AND c.topic = $3 AND $8
           WHERE p.email_confirmed_at IS NOT NULL AND p.disabled_at IS NULL";
    /// A mail for each of them who wants one at once, under the identity of the news. An address that takes no mail gets only
    /// what cannot be switched off.
    MAIL = sqlite "INSERT INTO outbox (id, template, recipient, lang, link, detail, state, attempts, next_at, claimed_until,
           last_error, created_at, since, done_at, person_id)
           SELECT unhex(json_extract(j.value, '$[0]')), $2, p.email, p.lang, $3 || '/' || p.lang || $4, $5, 'waiting', 0, $6, NULL,
           '', $7, $6, NULL, p.id FROM json_each($1) j JOIN person p ON p.id = unhex(json_extract(j.value, '$[1]'))
           LEFT JOIN notify_choice c ON c.person_id = p.id AND c.topic = $8 AND $10
           WHERE p.email_confirmed_at IS NOT NULL AND p.disabled_at IS NULL AND COALESCE(c.channel, $9) = 'at_once'
           AND (NOT $10 OR NOT EXISTS (SELECT 1 FROM mail_broken b WHERE b.email = p.email))",
           postgres "INSERT INTO outbox (id, template, recipient, lang, link, detail, state, attempts, next_at, claimed_until,
           last_error, created_at, since, done_at, person_id)
           SELECT CAST(j ->> 0 AS uuid), $2, p.email, p.lang, $3 || '/' || p.lang || $4, $5, 'waiting', 0, $6, NULL,
           '', $7, $6, NULL, p.id FROM jsonb_array_elements(CAST(CAST($1 AS text) AS jsonb)) j
           JOIN person p ON p.id = CAST(j ->> 1 AS uuid)
           LEFT JOIN notify_choice c ON c.person_id = p.id AND c.topic = $8 AND $10
           WHERE p.email_confirmed_at IS NOT NULL AND p.disabled_at IS NULL AND COALESCE(c.channel, $9) = 'at_once'
           AND (NOT $10 OR NOT EXISTS (SELECT 1 FROM mail_broken b WHERE b.email = p.email))";
    /// Those of them who want it with a digest have one to come.
    WAIT = sqlite "INSERT INTO digest_due (person_id, kind, due_at)
           SELECT n.person_id, n.waits, 0 FROM json_each($1) j JOIN notification n ON n.id = unhex(json_extract(j.value, '$[0]'))
           WHERE n.waits <> '' ON CONFLICT (person_id, kind) DO NOTHING",
           postgres "INSERT INTO digest_due (person_id, kind, due_at)
           SELECT DISTINCT n.person_id, n.waits, CAST(0 AS BIGINT) FROM jsonb_array_elements(CAST(CAST($1 AS text) AS jsonb)) j
           JOIN notification n ON n.id = CAST(j ->> 0 AS uuid) WHERE n.waits <> '' ON CONFLICT (person_id, kind) DO NOTHING";
    /// Gone for whoever left the organisation that it is about.
    LIST = "SELECT n.id, n.topic, n.line, n.path, n.at, n.seen_at, o.name AS org_name
            FROM notification n LEFT JOIN org o ON o.id = n.org_id
            WHERE n.person_id = $1 AND n.at <= $2 AND ($3 = '' OR n.topic = $3) AND (n.seen_at IS NULL OR $4)
            AND (n.at < $5 OR n.at = $5 AND n.id < $6)
            AND (n.org_id IS NULL OR EXISTS (SELECT 1 FROM membership m WHERE m.person_id = $1 AND m.org_id = n.org_id AND m.ended_at IS NULL))
            ORDER BY n.at DESC, n.id DESC LIMIT $7";
    UNSEEN = "SELECT n.topic, count(*) AS many FROM notification n WHERE n.person_id = $1 AND n.seen_at IS NULL AND n.at <= $2
              AND (n.org_id IS NULL OR EXISTS (SELECT 1 FROM membership m WHERE m.person_id = $1 AND m.org_id = n.org_id AND m.ended_at IS NULL))
              GROUP BY n.topic";
    ONE = "SELECT n.path FROM notification n WHERE n.id = $1 AND n.person_id = $2 AND n.at <= $3
           AND (n.org_id IS NULL OR EXISTS (SELECT 1 FROM membership m WHERE m.person_id = $2 AND m.org_id = n.org_id AND m.ended_at IS NULL))";
    SEE = "UPDATE notification SET seen_at = $3 WHERE id = $1 AND person_id = $2 AND seen_at IS NULL";
    UNSEE = "UPDATE notification SET seen_at = NULL WHERE id = $1 AND person_id = $2";
    SEE_ALL = "UPDATE notification SET seen_at = $2 WHERE person_id = $1 AND seen_at IS NULL AND at <= $2 AND ($3 = '' OR topic = $3)";
    AT_PATH = "SELECT count(*) FROM notification WHERE person_id = $1 AND seen_at IS NULL AND at <= $2 AND path = $3";
    SEE_PATH = "UPDATE notification SET seen_at = $2 WHERE person_id = $1 AND seen_at IS NULL AND at <= $2 AND path = $3";
    READ_UNTIL = "UPDATE notification SET seen_at = $2 WHERE at < $1 AND seen_at IS NULL";
    WITHDRAW = "DELETE FROM notification WHERE id = $1 AND digest_id IS NULL";
    CHOICES = "SELECT topic, channel FROM notify_choice WHERE person_id = $1";
    CHOOSE = "INSERT INTO notify_choice (person_id, topic, channel) VALUES ($1, $2, $3)
              ON CONFLICT (person_id, topic) DO UPDATE SET channel = $3";
    FORGET_CHOICE = "DELETE FROM notify_choice WHERE person_id = $1 AND topic = $2";
    TIMES = "SELECT hour, weekday FROM notify_times WHERE person_id = $1";
    SET_TIMES = "INSERT INTO notify_times (person_id, hour, weekday) VALUES ($1, $2, $3)
                 ON CONFLICT (person_id) DO UPDATE SET hour = $2, weekday = $3";
    /// What waits follows a new choice of channel.
    REROUTE = "UPDATE notification SET waits = $3 WHERE person_id = $1 AND topic = $2 AND waits <> '' AND digest_id IS NULL";
    /// Digests to come are planned anew.
    REPLAN = "UPDATE digest_due SET due_at = 0 WHERE person_id = $1";
    EXPECT = "INSERT INTO digest_due (person_id, kind, due_at) SELECT DISTINCT n.person_id, n.waits, CAST(0 AS BIGINT) FROM notification n
              WHERE n.person_id = $1 AND n.waits <> '' ON CONFLICT (person_id, kind) DO NOTHING";
    SWEEP_SEEN = "DELETE FROM notification WHERE seen_at < $1 AND waits = ''";
    SWEEP_OLD = "DELETE FROM notification WHERE at < $1";
    DROP_NEWS = "DELETE FROM notification WHERE person_id = $1";
    DROP_CHOICES = "DELETE FROM notify_choice WHERE person_id = $1";
    DROP_TIMES = "DELETE FROM notify_times WHERE person_id = $1";
    DROP_DUE = "DELETE FROM digest_due WHERE person_id = $1";
    DROP_TOLD = "DELETE FROM notice_told WHERE person_id = $1";
    DROP_DIGESTS = "DELETE FROM digest WHERE person_id = $1";
}

/// So many people at most in one statement.
const AT_ONCE: usize = 2000;

/// A piece of news.
#[derive(Clone, Copy, Debug)]
pub struct News<'a> {
    /// What it is about.
    pub topic: Topic,
    /// Name of the mail's template, whose sentence is shown.
    pub template: &'a str,
    /// Handle of the organisation that it is about; empty for none.
    pub org: &'a str,
    /// This installation's address, for mails.
    pub base: &'a str,
    /// Where it leads, without the language.
    pub path: &'a str,
    /// What the mail names beside the link.
    pub detail: &'a str,
    /// From when it is shown, and its mail may leave.
    pub at: Timestamp,
    /// Now.
    pub now: Timestamp,
}

/// Tells people: each pair is the identity of the news, and of its mail, and a person. Persons without a confirmed account
/// are left out.
///
/// # Errors
/// If the database refuses.
pub async fn tell(tx: &mut Tx, pairs: &[(Uuid, UserId)], news: &News<'_>) -> Result<()> {
    let (topic, standard, free) = (news.topic.code(), news.topic.standard().code(), !news.topic.is_fixed());
    for some in pairs.chunks(AT_ONCE) {
        let whom: Vec<_> =
            some.iter().map(|(id, person)| json!([id.simple().to_string(), person.to_string()])).collect();
        let whom = json!(whom).to_string();
        let noted = args![&whom, news.org, topic, news.template, news.path, news.at, standard, free];
        tx.run(&NOTE, noted).await?;
        let mailed =
            args![&whom, news.template, news.base, news.path, news.detail, news.at, news.now, topic, standard, free];
        tx.run(&MAIL, mailed).await?;
        tx.run(&WAIT, args![whom]).await?;
    }
    Ok(())
}

/// A line of an inbox.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NewsRow {
    /// Identity.
    pub id: Uuid,
    /// Code of the topic.
    pub topic: String,
    /// Name of the template whose sentence is shown.
    pub line: String,
    /// Where it leads, without the language.
    pub path: String,
    /// Since when it stands there.
    pub at: i64,
    /// When it was read.
    pub seen_at: Option<i64>,
    /// The organisation that it is about.
    pub org_name: Option<String>,
}

/// Which lines of an inbox.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Code of a topic; empty for all.
    pub topic: &'a str,
    /// Whether those that were read, too.
    pub with_seen: bool,
    /// Only what stands after this one.
    pub after: Option<(Timestamp, Uuid)>,
    /// How many.
    pub limit: i64,
}

/// Lines of a person's inbox, newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn list(db: &mut impl Read, person: UserId, now: Timestamp, asked: Asked<'_>) -> Result<Vec<NewsRow>> {
    let (at, id) = asked.after.unwrap_or((Timestamp(i64::MAX), Uuid::max()));
    db.all(&LIST, args![person, now, asked.topic, asked.with_seen, at, id, asked.limit]).await
}

/// How many lines a person has not read, by code of the topic.
///
/// # Errors
/// If the database does not answer.
pub async fn unseen(db: &mut impl Read, person: UserId, now: Timestamp) -> Result<Vec<(String, i64)>> {
    db.all(&UNSEEN, args![person, now]).await
}

/// Where a line of a person's own inbox leads.
///
/// # Errors
/// If the database does not answer.
pub async fn path(db: &mut impl Read, id: Uuid, person: UserId, now: Timestamp) -> Result<Option<String>> {
    Ok(db.one::<(String,)>(&ONE, args![id, person, now]).await?.map(|(path,)| path))
}

/// Marks one of a person's lines as read, or as unread.
///
/// # Errors
/// If the database refuses.
pub async fn see(tx: &mut Tx, id: Uuid, person: UserId, seen: Option<Timestamp>) -> Result<()> {
    match seen {
        Some(at) => tx.run(&SEE, args![id, person, at]).await?,
        None => tx.run(&UNSEE, args![id, person]).await?,
    };
    Ok(())
}

/// Marks all lines of a topic (`""` for every one) as read; how many.
///
/// # Errors
/// If the database refuses.
pub async fn see_all(tx: &mut Tx, person: UserId, now: Timestamp, topic: &str) -> Result<u64> {
    tx.run(&SEE_ALL, args![person, now, topic]).await
}

/// Whether a person has unread lines that lead to `path`.
///
/// # Errors
/// If the database does not answer.
pub async fn leads_to(db: &mut impl Read, person: UserId, now: Timestamp, path: &str) -> Result<bool> {
    Ok(db.number(&AT_PATH, args![person, now, path]).await?.unwrap_or(0) > 0)
}

/// Marks the lines that lead to `path` as read.
///
/// # Errors
/// If the database refuses.
pub async fn see_path(tx: &mut Tx, person: UserId, now: Timestamp, path: &str) -> Result<()> {
    tx.run(&SEE_PATH, args![person, now, path]).await?;
    Ok(())
}

/// Marks everybody's lines from before `before` as read: those of invented reports.
///
/// # Errors
/// If the database refuses.
pub async fn read_until(tx: &mut Tx, before: Timestamp, now: Timestamp) -> Result<()> {
    tx.run(&READ_UNTIL, args![before, now]).await?;
    Ok(())
}

/// Takes a piece of news back that has not gone out with a digest; whether there was one.
///
/// # Errors
/// If the database refuses.
pub async fn withdraw(tx: &mut Tx, id: Uuid) -> Result<bool> {
    Ok(tx.run(&WITHDRAW, args![id]).await? == 1)
}

/// What a person chose: code of the topic, code of the channel.
///
/// # Errors
/// If the database does not answer.
pub async fn choices(db: &mut impl Read, person: UserId) -> Result<Vec<(String, String)>> {
    db.all(&CHOICES, args![person]).await
}

/// Notes how a person wants a topic; none for its standard. What waits already follows.
///
/// # Errors
/// If the database refuses.
pub async fn choose(tx: &mut Tx, person: UserId, topic: Topic, chosen: Option<Channel>) -> Result<()> {
    match chosen {
        Some(channel) => tx.run(&CHOOSE, args![person, topic.code(), channel.code()]).await?,
        None => tx.run(&FORGET_CHOICE, args![person, topic.code()]).await?,
    };
    let channel = topic.channel(chosen);
    let waits = if channel.is_digest() { channel.code() } else { "" };
    tx.run(&REROUTE, args![person, topic.code(), waits]).await?;
    tx.run(&EXPECT, args![person]).await?;
    Ok(())
}

/// When a person's digests leave; none if they have not chosen.
///
/// # Errors
/// If the database does not answer.
pub async fn times(db: &mut impl Read, person: UserId) -> Result<Option<Times>> {
    let row = db.one::<(i64, i64)>(&TIMES, args![person]).await?;
    Ok(row.and_then(|(hour, weekday)| Times::new(hour, weekday)))
}

/// Notes when a person's digests leave; those to come are planned anew.
///
/// # Errors
/// If the database refuses.
pub async fn set_times(tx: &mut Tx, person: UserId, times: Times) -> Result<()> {
    tx.run(&SET_TIMES, args![person, i64::from(times.hour), i64::from(times.weekday)]).await?;
    tx.run(&REPLAN, args![person]).await?;
    Ok(())
}

/// Removes lines read before `seen` and any from before `old`, and digests of those days; how many.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, seen: Timestamp, old: Timestamp) -> Result<u64> {
    let lines = tx.run(&SWEEP_SEEN, args![seen]).await? + tx.run(&SWEEP_OLD, args![old]).await?;
    Ok(lines + digest::sweep(tx, seen).await?)
}

/// Removes everything about a person.
///
/// # Errors
/// If the database refuses.
pub async fn forget(tx: &mut Tx, person: UserId) -> Result<()> {
    for sql in [&DROP_NEWS, &DROP_CHOICES, &DROP_TIMES, &DROP_DUE, &DROP_TOLD, &DROP_DIGESTS] {
        tx.run(sql, args![person]).await?;
    }
    Ok(())
}
