//! Consultations on draft rules and the positions of those who are asked.

use domain::{
    ids::{ConsultationId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD = "INSERT INTO consultation (id, owner_id, author_id, version, state, title, body, questions, ends_at, opened_at, response,
           closed_at) VALUES ($1, $2, $3, 1, 'draft', $4, $5, $6, $7, NULL, '', NULL)";
    SAVE = "UPDATE consultation SET version = version + 1, state = $3, title = $4, body = $5, questions = $6, ends_at = $7,
            opened_at = $8, response = $9, closed_at = $10 WHERE id = $1 AND version = $2";
    ONE = "SELECT c.id, c.owner_id, o.name AS owner, c.version, c.state, c.title, c.body, c.questions, c.ends_at, c.opened_at,
           c.response, c.closed_at FROM consultation c JOIN org o ON o.id = c.owner_id WHERE c.id = $1";
    OF_OWNER = "SELECT c.id, c.owner_id, o.name AS owner, c.version, c.state, c.title, c.body, c.questions, c.ends_at, c.opened_at,
                c.response, c.closed_at FROM consultation c JOIN org o ON o.id = c.owner_id
                WHERE c.owner_id = $1 ORDER BY c.id DESC LIMIT 200";
    /// Those put before a company: by its authority $2, or by an association of which it is a member at $3.
    FOR_COMPANY = "SELECT c.id, c.owner_id, o.name AS owner, c.version, c.state, c.title, c.body, c.questions, c.ends_at,
                   c.opened_at, c.response, c.closed_at FROM consultation c JOIN org o ON o.id = c.owner_id
                   WHERE c.state <> 'draft' AND (c.owner_id = $2 OR c.owner_id IN (SELECT m.association_id
                   FROM association_member m WHERE m.org_id = $1 AND m.state = 'accepted'
                   AND (m.ends_at IS NULL OR m.ends_at > $3))) ORDER BY c.ends_at DESC, c.id DESC LIMIT 200";
    /// Those of authorities that are open at $1, for calendars.
    OF_AUTHORITIES = "SELECT c.id, c.owner_id, o.name AS owner, c.version, c.state, c.title, c.body, c.questions, c.ends_at,
                      c.opened_at, c.response, c.closed_at FROM consultation c JOIN org o ON o.id = c.owner_id
                      WHERE o.kind = 'authority' AND o.status = 'approved' AND c.state = 'open' AND c.ends_at > $1
                      ORDER BY c.ends_at, c.id LIMIT 200";
    ASKED = "SELECT id, handle FROM org WHERE authority_id = $1 AND kind = 'company' AND status = 'approved' ORDER BY id";
    TAKE = "INSERT INTO consultation_position (consultation_id, org_id, person_id, position, comment, answers, is_named, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (consultation_id, org_id)
            DO UPDATE SET person_id = $3, position = $4, comment = $5, answers = $6, is_named = $7, at = $8";
    OWN = "SELECT position, comment, answers, is_named, '' AS company FROM consultation_position
           WHERE consultation_id = $1 AND org_id = $2";
    /// In an order that says nothing of when each came.
    POSITIONS = "SELECT p.position, p.comment, p.answers, p.is_named, CASE WHEN p.is_named THEN o.name ELSE '' END AS company
                 FROM consultation_position p JOIN org o ON o.id = p.org_id
                 WHERE p.consultation_id = $1 ORDER BY p.position, p.comment, company LIMIT 5000";
}

/// A consultation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ConsultationRow {
    /// Identity.
    pub id: Uuid,
    /// Who asks.
    pub owner_id: Uuid,
    /// Its name.
    pub owner: String,
    /// Counts changes.
    pub version: i64,
    /// Code of where it stands, but for the end of its time.
    pub state: String,
    /// What it is about.
    pub title: String,
    /// The draft, restricted Markdown.
    pub body: String,
    /// The questions, one a line.
    pub questions: String,
    /// The first instant at which nobody can answer any more.
    pub ends_at: i64,
    /// When it was opened.
    pub opened_at: Option<i64>,
    /// What the owner says in the end.
    pub response: String,
    /// When it was closed.
    pub closed_at: Option<i64>,
}

/// A position.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PositionRow {
    /// Code of the position.
    pub position: String,
    /// What was written.
    pub comment: String,
    /// One answer for each question, JSON list.
    pub answers: String,
    /// Whether the owner may know whose it is.
    pub is_named: bool,
    /// Whose, if the owner may know.
    pub company: String,
}

/// Stores a new one as a draft.
///
/// # Errors
/// If the database does not answer.
pub async fn add(tx: &mut Tx, row: &ConsultationRow, author: UserId) -> Result<()> {
    let args = args![row.id, row.owner_id, author, &row.title, &row.body, &row.questions, row.ends_at];
    tx.run(&ADD, args).await?;
    Ok(())
}

/// Saves one as it was changed from `row.version`.
///
/// # Errors
/// [`crate::StoreError::Stale`] if somebody else changed it.
pub async fn save(tx: &mut Tx, row: &ConsultationRow) -> Result<()> {
    let args = args![
        row.id,
        row.version,
        &row.state,
        &row.title,
        &row.body,
        &row.questions,
        row.ends_at,
        row.opened_at,
        &row.response,
        row.closed_at,
    ];
    tx.run_one(&SAVE, args).await
}

/// A consultation.
///
/// # Errors
/// If the database does not answer.
pub async fn one(db: &mut impl Read, id: ConsultationId) -> Result<Option<ConsultationRow>> {
    db.one(&ONE, args![id]).await
}

/// Those of an organisation, the last one first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_owner(db: &mut impl Read, owner: OrgId) -> Result<Vec<ConsultationRow>> {
    db.all(&OF_OWNER, args![owner]).await
}

/// Those put before a company by its authority and its associations.
///
/// # Errors
/// If the database does not answer.
pub async fn for_company(
    db: &mut impl Read,
    org: OrgId,
    authority: Option<Uuid>,
    now: Timestamp,
) -> Result<Vec<ConsultationRow>> {
    db.all(&FOR_COMPANY, args![org, authority, now]).await
}

/// Those of authorities that are open.
///
/// # Errors
/// If the database does not answer.
pub async fn of_authorities(db: &mut impl Read, now: Timestamp) -> Result<Vec<ConsultationRow>> {
    db.all(&OF_AUTHORITIES, args![now]).await
}

/// The companies that an authority asks, with their names in addresses.
///
/// # Errors
/// If the database does not answer.
pub async fn asked(db: &mut impl Read, authority: OrgId) -> Result<Vec<(OrgId, String)>> {
    let rows: Vec<(Uuid, String)> = db.all(&ASKED, args![authority]).await?;
    Ok(rows.into_iter().map(|(id, handle)| (OrgId(id), handle)).collect())
}

/// Keeps a company's position; the last one counts.
///
/// # Errors
/// If the database does not answer.
pub async fn take(
    tx: &mut Tx,
    id: ConsultationId,
    (org, by): (OrgId, UserId),
    row: &PositionRow,
    at: Timestamp,
) -> Result<()> {
    let args = args![id, org, by, &row.position, &row.comment, &row.answers, row.is_named, at];
    tx.run(&TAKE, args).await?;
    Ok(())
}

/// A company's own position.
///
/// # Errors
/// If the database does not answer.
pub async fn own(db: &mut impl Read, id: ConsultationId, org: OrgId) -> Result<Option<PositionRow>> {
    db.one(&OWN, args![id, org]).await
}

/// Every position, with the names of those who agreed to that.
///
/// # Errors
/// If the database does not answer.
pub async fn positions(db: &mut impl Read, id: ConsultationId) -> Result<Vec<PositionRow>> {
    db.all(&POSITIONS, args![id]).await
}
