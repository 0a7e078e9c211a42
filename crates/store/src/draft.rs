//! Reports that are still being written. A draft that somebody puts away is archived; its content is erased when nobody has
//! changed it for long enough, and the row stays to say so.

use domain::{
    ids::{DraftId, OrgId, ReportId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO draft (id, org_id, author_id, taken_by_authority, question_set, quick, title, answers, history, kept,
              version, completes_report, based_on, created_at, updated_at, archived_at, archived_as)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '{}', '{}', 1, $9, $11, $10, $10, NULL, '')";
    FIND = "SELECT id, org_id, author_id, taken_by_authority, question_set, quick, title, answers, history, kept, version,
            completes_report, based_on, created_at, updated_at, archived_at, archived_as FROM draft WHERE id = $1";
    LOCK = sqlite "SELECT id, org_id, author_id, taken_by_authority, question_set, quick, title, answers, history, kept,
            version, completes_report, based_on, created_at, updated_at, archived_at, archived_as FROM draft WHERE id = $1",
           postgres "SELECT id, org_id, author_id, taken_by_authority, question_set, quick, title, answers, history, kept,
            version, completes_report, based_on, created_at, updated_at, archived_at, archived_as FROM draft WHERE id = $1 FOR UPDATE";
    SAVE = "UPDATE draft SET title = $3, answers = $4, history = $5, kept = $6, updated_at = $7, version = version + 1, reminded = 0
            WHERE id = $1 AND version = $2 AND archived_as = ''";
    ARCHIVE = "UPDATE draft SET archived_at = $3, archived_as = $2 WHERE id = $1 AND archived_as = ''";
    /// A draft brought back counts as touched now, or it would age at once.
    REOPEN = "UPDATE draft SET archived_at = NULL, archived_as = '', updated_at = $2, reminded = 0
              WHERE id = $1 AND archived_as IN ('deleted', 'aged', 'erased')";
    OF_ORG = "SELECT d.id, d.author_id, p.name AS author, d.quick, d.title, d.completes_report, d.created_at, d.updated_at,
              d.archived_at, d.archived_as FROM draft d JOIN person p ON p.id = d.author_id
              WHERE d.org_id = $1 AND d.taken_by_authority IS NULL AND ($3 OR d.author_id = $2)
              AND ((NOT $4 AND d.archived_as = '') OR ($4 AND d.archived_as IN ('deleted', 'aged')))
              ORDER BY d.updated_at DESC, d.id LIMIT 200";
    TAKEN = "SELECT d.id, d.author_id, o.name AS author, d.quick, d.title, d.completes_report, d.created_at, d.updated_at,
             d.archived_at, d.archived_as FROM draft d JOIN org o ON o.id = d.org_id
             WHERE d.taken_by_authority = $1 AND d.author_id = $2 AND d.archived_as = '' ORDER BY d.updated_at DESC, d.id LIMIT 200";
    HAND_OVER = "UPDATE draft SET author_id = $2, updated_at = $3, reminded = 0 WHERE id = $1 AND archived_as = ''";
    TO_REMIND = "SELECT id FROM draft WHERE archived_as = '' AND reminded < $1 AND updated_at < $2 ORDER BY updated_at LIMIT 200";
    REMINDED = "UPDATE draft SET reminded = $2, reminded_at = $3 WHERE id = $1 AND archived_as = '' AND reminded < $2";
    LAPSED = "SELECT id FROM draft WHERE (archived_as = '' AND updated_at < $1 AND reminded >= $3 AND reminded_at <= $2)
              OR (archived_as IN ('deleted', 'aged') AND archived_at < $1) ORDER BY updated_at LIMIT 200";
    ERASE = "UPDATE draft SET title = '', answers = '{}', history = '{}', kept = '{}', archived_as = 'erased', archived_at = $2,
             version = version + 1 WHERE id = $1 AND archived_as <> 'sent'";
    CONTINUING = "SELECT id FROM draft WHERE completes_report = $1 AND author_id = $2 AND quick = $3 AND archived_as = ''
                  ORDER BY created_at LIMIT 1";
    REBASE = "UPDATE draft SET based_on = $2, quick = $3 WHERE id = $1";
}

/// A draft, whole.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DraftRow {
    /// Identity.
    pub id: Uuid,
    /// The company whose report it will be.
    pub org_id: Uuid,
    /// Who writes it.
    pub author_id: Uuid,
    /// The authority whose officer writes it by telephone.
    pub taken_by_authority: Option<Uuid>,
    /// Version of the questions.
    pub question_set: String,
    /// Whether the four questions are asked.
    pub quick: bool,
    /// What it is about, for lists.
    pub title: String,
    /// The raw answers, JSON.
    pub answers: String,
    /// Which version changed which field, JSON.
    pub history: String,
    /// What was typed elsewhere or removed, JSON.
    pub kept: String,
    /// Counts saves, from 1.
    pub version: i64,
    /// The report whose next version it becomes: it completes or amends it.
    pub completes_report: Option<Uuid>,
    /// The version of that report that it was begun from.
    pub based_on: Option<i64>,
    /// When it was begun.
    pub created_at: i64,
    /// Last save.
    pub updated_at: i64,
    /// When it was put away.
    pub archived_at: Option<i64>,
    /// Why: empty, `sent`, `deleted`, `aged` or `erased`.
    pub archived_as: String,
}

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DraftListRow {
    /// Identity.
    pub id: Uuid,
    /// Who writes it.
    pub author_id: Uuid,
    /// Their name; in the list of an authority, the company's.
    pub author: String,
    /// Whether the four questions are asked.
    pub quick: bool,
    /// What it is about.
    pub title: String,
    /// The report it completes.
    pub completes_report: Option<Uuid>,
    /// When it was begun.
    pub created_at: i64,
    /// Last save.
    pub updated_at: i64,
    /// When it was put away.
    pub archived_at: Option<i64>,
    /// Why: empty, `deleted` or `aged`.
    pub archived_as: String,
}

/// A draft to store.
#[derive(Clone, Debug)]
pub struct NewDraft<'a> {
    /// Identity.
    pub id: DraftId,
    /// The company.
    pub org: OrgId,
    /// Who writes it.
    pub author: UserId,
    /// The authority that writes it down.
    pub taken_by: Option<OrgId>,
    /// Version of the questions.
    pub question_set: &'a str,
    /// Whether the four questions are asked.
    pub quick: bool,
    /// What it is about.
    pub title: &'a str,
    /// Answers to begin with, JSON.
    pub answers: &'a str,
    /// The report whose next version it becomes, and the version it begins from.
    pub continues: Option<(ReportId, i64)>,
    /// Now.
    pub at: Timestamp,
}

/// What a save replaces.
#[derive(Clone, Debug)]
pub struct Content<'a> {
    /// What it is about.
    pub title: &'a str,
    /// The raw answers, JSON.
    pub answers: &'a str,
    /// Which version changed which field, JSON.
    pub history: &'a str,
    /// What was typed elsewhere or removed, JSON.
    pub kept: &'a str,
}

/// Stores a new draft with version 1.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, new: &NewDraft<'_>) -> Result<()> {
    let (report, based_on) = new.continues.unzip();
    let args = args![
        new.id,
        new.org,
        new.author,
        new.taken_by,
        new.question_set,
        new.quick,
        new.title,
        new.answers,
        report,
        new.at,
        based_on,
    ];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// The draft with this identity, archived or not.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: DraftId) -> Result<Option<DraftRow>> {
    db.one(&FIND, args![id]).await
}

/// The same, held against other writers until the transaction ends.
///
/// # Errors
/// If the database does not answer.
pub async fn lock(tx: &mut Tx, id: DraftId) -> Result<Option<DraftRow>> {
    tx.one(&LOCK, args![id]).await
}

/// Replaces the content of an open draft and counts its version up.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was saved since `version`, or put away.
pub async fn save(tx: &mut Tx, id: DraftId, version: i64, content: &Content<'_>, at: Timestamp) -> Result<()> {
    let args = args![id, version, content.title, content.answers, content.history, content.kept, at];
    tx.run_one(&SAVE, args).await
}

/// Puts an open draft away, `why` being `sent`, `deleted` or `aged`.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it is not open.
pub async fn archive(tx: &mut Tx, id: DraftId, why: &str, at: Timestamp) -> Result<()> {
    tx.run_one(&ARCHIVE, args![id, why, at]).await
}

/// Takes a draft out of the archive, unless it was sent. One that was erased is then an empty one.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it is not there.
pub async fn reopen(tx: &mut Tx, id: DraftId, at: Timestamp) -> Result<()> {
    tx.run_one(&REOPEN, args![id, at]).await
}

/// A company's drafts that it writes itself, last touched first, at most 200: those of `author`, or everybody's.
///
/// # Errors
/// If the database does not answer.
pub async fn of_org(
    db: &mut impl Read,
    org: OrgId,
    author: UserId,
    everybodys: bool,
    archived: bool,
) -> Result<Vec<DraftListRow>> {
    db.all(&OF_ORG, args![org, author, everybodys, archived]).await
}

/// What an officer is writing down for companies, last touched first, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn taken(db: &mut impl Read, authority: OrgId, author: UserId) -> Result<Vec<DraftListRow>> {
    db.all(&TAKEN, args![authority, author]).await
}

/// Gives an open draft to another author.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it is not open.
pub async fn hand_over(tx: &mut Tx, id: DraftId, to: UserId, at: Timestamp) -> Result<()> {
    tx.run_one(&HAND_OVER, args![id, to, at]).await
}

/// Open drafts that nobody changed since `before` and whose reminder `nth` was not sent, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn to_remind(db: &mut impl Read, nth: i64, before: Timestamp) -> Result<Vec<DraftId>> {
    ids(db.all(&TO_REMIND, args![nth, before]).await?)
}

/// Notes that the reminder `nth` is sent; false if it was before, or the draft is not open.
///
/// # Errors
/// If the database refuses.
pub async fn reminded(tx: &mut Tx, id: DraftId, nth: i64, at: Timestamp) -> Result<bool> {
    Ok(tx.run(&REMINDED, args![id, nth, at]).await? == 1)
}

/// What is to be erased, at most 200: open drafts that nobody changed since `before` and whose reminder `last` was sent at
/// `reminded_by` or earlier, and those put away before `before`.
///
/// # Errors
/// If the database does not answer.
pub async fn lapsed(db: &mut impl Read, before: Timestamp, reminded_by: Timestamp, last: i64) -> Result<Vec<DraftId>> {
    ids(db.all(&LAPSED, args![before, reminded_by, last]).await?)
}

/// Erases what a draft holds. The row stays and says when.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was sent.
pub async fn erase(tx: &mut Tx, id: DraftId, at: Timestamp) -> Result<()> {
    tx.run_one(&ERASE, args![id, at]).await
}

fn ids(rows: Vec<(Uuid,)>) -> Result<Vec<DraftId>> {
    Ok(rows.into_iter().map(|(id,)| DraftId(id)).collect())
}

/// The open draft by which `author` makes the next version of a report, with the four questions or all of them.
///
/// # Errors
/// If the database does not answer.
pub async fn continuing(db: &mut impl Read, report: ReportId, author: UserId, quick: bool) -> Result<Option<DraftId>> {
    let row: Option<(Uuid,)> = db.one(&CONTINUING, args![report, author, quick]).await?;
    Ok(row.map(|(id,)| DraftId(id)))
}

/// Notes that a draft has taken over what a later version of its report changed, and whether the four questions are still
/// all that is asked.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such draft.
pub async fn rebase(tx: &mut Tx, id: DraftId, version: i64, quick: bool) -> Result<()> {
    tx.run_one(&REBASE, args![id, version, quick]).await
}
