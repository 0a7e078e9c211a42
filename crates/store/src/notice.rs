//! Notices, their revisions and their files. Who sees which is decided in one place, `services::notice::sight`: the
//! statements here give every row.

pub mod adapted;
pub mod approval;
pub mod file;
pub mod reach;
pub mod told;

use domain::{
    ids::{NoticeId, OrgId, UserId},
    notice::NoticeRef,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO notice (id, reference, org_id, version, state, author_id, writers, content, headline, note, sent_back,
              asked_at, approved_by, publish_at, revision, card, access, ends_at, published_at, revised_at, withdrawn_at,
              withdrawn_reason, created_at, changed_at)
              VALUES ($1, $2, $3, 1, 'draft', $4, $5, $6, $7, '', '', NULL, NULL, NULL, 0, '', '', NULL, NULL, NULL, NULL, '', $8, $8)";
    FIND = "SELECT n.id, n.reference, n.org_id, n.version, n.state, n.author_id, n.writers, n.content, n.headline, n.note, n.sent_back,
            n.asked_at, n.approved_by, n.publish_at, n.revision, n.card, n.access, n.ends_at, n.published_at, n.revised_at,
            n.withdrawn_at, n.withdrawn_reason, n.created_at, n.changed_at FROM notice n WHERE n.reference = $1";
    LOCK = sqlite "SELECT n.id, n.reference, n.org_id, n.version, n.state, n.author_id, n.writers, n.content, n.headline, n.note, n.sent_back,
            n.asked_at, n.approved_by, n.publish_at, n.revision, n.card, n.access, n.ends_at, n.published_at, n.revised_at,
            n.withdrawn_at, n.withdrawn_reason, n.created_at, n.changed_at FROM notice n WHERE n.reference = $1",
           postgres "SELECT n.id, n.reference, n.org_id, n.version, n.state, n.author_id, n.writers, n.content, n.headline, n.note, n.sent_back,
            n.asked_at, n.approved_by, n.publish_at, n.revision, n.card, n.access, n.ends_at, n.published_at, n.revised_at,
            n.withdrawn_at, n.withdrawn_reason, n.created_at, n.changed_at FROM notice n WHERE n.reference = $1 FOR UPDATE OF n";
    SAVE = "UPDATE notice SET version = version + 1, state = $3, author_id = $4, writers = $5, content = $6, headline = $7, note = $8,
            sent_back = $9, asked_at = $10, approved_by = $11, publish_at = $12, revision = $13, card = $14, access = $15,
            ends_at = $16, published_at = $17, revised_at = $18, withdrawn_at = $19, withdrawn_reason = $20, changed_at = $21
            WHERE id = $1 AND version = $2";
    /// An organisation's own in a state ('' for any) before a place, the last changed first.
    LIST = "SELECT n.id, n.reference, n.state, n.content, n.headline, n.revision, n.publish_at, n.ends_at, n.withdrawn_at, n.changed_at,
            p.name AS author FROM notice n JOIN person p ON p.id = n.author_id
            WHERE n.org_id = $1 AND (CAST($2 AS TEXT) = '' OR n.state = $2)
            AND (n.changed_at < $3 OR (n.changed_at = $3 AND n.id < $4)) ORDER BY n.changed_at DESC, n.id DESC LIMIT $5";
    COUNTS = "SELECT state, count(*) AS n FROM notice WHERE org_id = $1 GROUP BY state ORDER BY state";
    /// What is published, before a place, the newest first.
    PUBLISHED = "SELECT n.id, n.reference, n.org_id, o.name AS publisher, o.handle, n.revision, n.card, n.ends_at, n.published_at,
                 n.revised_at FROM notice n JOIN org o ON o.id = n.org_id
                 WHERE n.revision > 0 AND n.withdrawn_at IS NULL
                 AND (n.published_at < $1 OR (n.published_at = $1 AND n.id < $2)) ORDER BY n.published_at DESC, n.id DESC LIMIT $3";
    TO_PUBLISH = "SELECT reference FROM notice WHERE state = 'scheduled' AND publish_at <= $1 ORDER BY publish_at LIMIT 100";
    ADD_REVISION = "INSERT INTO notice_revision (notice_id, number, at, content, sha256, seal, note, author_id, publisher_id)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    REVISION = "SELECT r.number, r.at, r.content, r.sha256, r.seal, r.note, a.name AS author, p.name AS publisher
                FROM notice_revision r JOIN person a ON a.id = r.author_id JOIN person p ON p.id = r.publisher_id
                WHERE r.notice_id = $1 AND r.number = $2";
    HISTORY = "SELECT r.number, r.at, r.sha256, r.seal, r.note FROM notice_revision r
               WHERE r.notice_id = $1 ORDER BY r.number DESC LIMIT 500";
}

/// A notice, whole.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "see the table's own words in migrations/*/0051_notice.sql")]
pub struct NoticeRow {
    pub id: Uuid,
    pub reference: String,
    pub org_id: Uuid,
    pub version: i64,
    pub state: String,
    pub author_id: Uuid,
    pub writers: String,
    pub content: String,
    pub headline: String,
    pub note: String,
    pub sent_back: String,
    pub asked_at: Option<i64>,
    pub approved_by: Option<Uuid>,
    pub publish_at: Option<i64>,
    pub revision: i64,
    pub card: String,
    pub access: String,
    pub ends_at: Option<i64>,
    pub published_at: Option<i64>,
    pub revised_at: Option<i64>,
    pub withdrawn_at: Option<i64>,
    pub withdrawn_reason: String,
    pub created_at: i64,
    pub changed_at: i64,
}

/// A notice in the list of its organisation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnListRow {
    /// Identity.
    pub id: Uuid,
    /// Its number.
    pub reference: String,
    /// Code of its state.
    pub state: String,
    /// What people work on, JSON.
    pub content: String,
    /// Its first title.
    pub headline: String,
    /// Number of the last revision; 0 before the first.
    pub revision: i64,
    /// When it is to be published.
    pub publish_at: Option<i64>,
    /// When what is published ends.
    pub ends_at: Option<i64>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<i64>,
    /// The last change.
    pub changed_at: i64,
    /// Who began the present text.
    pub author: String,
}

/// A published notice in a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PublishedRow {
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
    /// Number of the last revision.
    pub revision: i64,
    /// What lists need, JSON.
    pub card: String,
    /// When it ends.
    pub ends_at: Option<i64>,
    /// The first publication.
    pub published_at: Option<i64>,
    /// The last.
    pub revised_at: Option<i64>,
}

/// A revision.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RevisionRow {
    /// Its number, from 1.
    pub number: i64,
    /// When it was published.
    pub at: i64,
    /// What it says, canonical JSON.
    pub content: String,
    /// SHA-256 over that.
    pub sha256: Vec<u8>,
    /// What attests it.
    pub seal: String,
    /// What changed, in the author's words.
    pub note: String,
    /// Who wrote it; for its organisation only.
    pub author: String,
    /// Who published it; for its organisation only.
    pub publisher: String,
}

/// A revision in the history that readers see.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HistoryRow {
    /// Its number.
    pub number: i64,
    /// When.
    pub at: i64,
    /// SHA-256 over its content.
    pub sha256: Vec<u8>,
    /// What attests it.
    pub seal: String,
    /// What changed, in the author's words.
    pub note: String,
}

/// A notice to store: a draft.
#[derive(Clone, Debug)]
pub struct NewNotice<'a> {
    /// Identity.
    pub id: NoticeId,
    /// Its number.
    pub reference: &'a NoticeRef,
    /// Whose.
    pub org: OrgId,
    /// Who writes it.
    pub author: UserId,
    /// JSON list with the author.
    pub writers: &'a str,
    /// JSON.
    pub content: &'a str,
    /// Its first title.
    pub headline: &'a str,
    /// Now.
    pub at: Timestamp,
}

/// A revision to store.
#[derive(Clone, Debug)]
pub struct NewRevision<'a> {
    /// Of which notice; the caller holds it.
    pub notice: NoticeId,
    /// Its number.
    pub number: i64,
    /// Now.
    pub at: Timestamp,
    /// Canonical JSON.
    pub content: &'a str,
    /// SHA-256 over it.
    pub sha256: [u8; 32],
    /// What attests it.
    pub seal: &'a str,
    /// What changed.
    pub note: &'a str,
    /// Who wrote it.
    pub author: Uuid,
    /// Who publishes it.
    pub publisher: Uuid,
}

/// A place in a list that is ordered by an instant, then by identity.
pub type Place = (Timestamp, NoticeId);

/// Before everything else in a list with the newest first.
pub const FIRST: Place = (Timestamp(i64::MAX), NoticeId(Uuid::max()));

/// Stores a draft.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if the number is taken.
pub async fn insert(tx: &mut Tx, new: &NewNotice<'_>) -> Result<()> {
    let reference = new.reference.to_string();
    let args = args![new.id, reference, new.org, new.author, new.writers, new.content, new.headline, new.at];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// The notice with this number.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, reference: &NoticeRef) -> Result<Option<NoticeRow>> {
    db.one(&FIND, args![reference.to_string()]).await
}

/// The same, held against other writers until the transaction ends.
///
/// # Errors
/// If the database does not answer.
pub async fn lock(tx: &mut Tx, reference: &NoticeRef) -> Result<Option<NoticeRow>> {
    tx.one(&LOCK, args![reference.to_string()]).await
}

/// Stores a changed notice and counts its version up.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was changed since the row's version.
pub async fn save(tx: &mut Tx, row: &NoticeRow) -> Result<()> {
    let args = args![
        row.id,
        row.version,
        &row.state,
        row.author_id,
        &row.writers,
        &row.content,
        &row.headline,
        &row.note,
        &row.sent_back,
        row.asked_at,
        row.approved_by,
        row.publish_at,
        row.revision,
        &row.card,
        &row.access,
        row.ends_at,
        row.published_at,
        row.revised_at,
        row.withdrawn_at,
        &row.withdrawn_reason,
        row.changed_at,
    ];
    tx.run_one(&SAVE, args).await
}

/// An organisation's own notices behind a place, the last changed first; in one state, or ('') in any.
///
/// # Errors
/// If the database does not answer.
pub async fn list(db: &mut impl Read, org: OrgId, state: &str, (at, id): Place, limit: i64) -> Result<Vec<OwnListRow>> {
    db.all(&LIST, args![org, state, at, id, limit]).await
}

/// How many notices an organisation has in each state.
///
/// # Errors
/// If the database does not answer.
pub async fn counts(db: &mut impl Read, org: OrgId) -> Result<Vec<(String, i64)>> {
    db.all(&COUNTS, args![org]).await
}

/// What is published behind a place, the newest first: of everybody, whoever may see it.
///
/// # Errors
/// If the database does not answer.
pub async fn published(db: &mut impl Read, (at, id): Place, limit: i64) -> Result<Vec<PublishedRow>> {
    db.all(&PUBLISHED, args![at, id, limit]).await
}

/// Numbers of the notices whose time of publication has come, at most 100.
///
/// # Errors
/// If the database does not answer.
pub async fn to_publish(db: &mut impl Read, now: Timestamp) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db.all(&TO_PUBLISH, args![now]).await?;
    Ok(rows.into_iter().map(|(reference,)| reference).collect())
}

/// Stores a revision.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if the notice has one with this number.
pub async fn add_revision(tx: &mut Tx, new: &NewRevision<'_>) -> Result<()> {
    let args =
        args![new.notice, new.number, new.at, new.content, new.sha256, new.seal, new.note, new.author, new.publisher,];
    tx.run(&ADD_REVISION, args).await?;
    Ok(())
}

/// One revision of a notice.
///
/// # Errors
/// If the database does not answer.
pub async fn revision(db: &mut impl Read, notice: NoticeId, number: i64) -> Result<Option<RevisionRow>> {
    db.one(&REVISION, args![notice, number]).await
}

/// The revisions of a notice, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn history(db: &mut impl Read, notice: NoticeId) -> Result<Vec<HistoryRow>> {
    db.all(&HISTORY, args![notice]).await
}
