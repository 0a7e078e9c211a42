//! What people have read, how they answered quizzes, what they hold. Nothing in here is ever changed: rows are added.

pub mod assigned;

use domain::{
    ids::{OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD_STEP = "INSERT INTO learning_step (person_id, module, version, page, at) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (person_id, module, version, page) DO NOTHING";
    STEPS = "SELECT module, version, page FROM learning_step WHERE person_id = $1 ORDER BY module, version, page LIMIT 10000";
    ADD_ATTEMPT = "INSERT INTO learning_attempt (id, person_id, module, version, chosen, points, questions, passed, at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ATTEMPTS = "SELECT id, module, version, chosen, points, questions, passed, at FROM learning_attempt
                WHERE person_id = $1 AND module = $2 ORDER BY id DESC LIMIT 50";
    ADD_CERTIFICATE = "INSERT INTO certificate (number, person_id, attempt_id, name, title, module, version, issued_at, until_on,
                       public_key, signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    CERTIFICATES = "SELECT number, person_id, name, title, module, version, issued_at, until_on, public_key, signature
                    FROM certificate WHERE person_id = $1 ORDER BY issued_at DESC, number LIMIT 500";
    CERTIFICATE = "SELECT number, person_id, name, title, module, version, issued_at, until_on, public_key, signature
                   FROM certificate WHERE number = $1";
    HOLDS = "SELECT count(*) FROM certificate WHERE person_id = $1 AND module = $2 AND until_on >= $3";
    /// Pages that members of $1 have read, counted by version.
    OF_MEMBERS = "SELECT s.person_id, s.module, s.version, count(*) AS pages FROM learning_step s
                  JOIN membership m ON m.person_id = s.person_id AND m.org_id = $1 AND m.ended_at IS NULL
                  WHERE s.page > 0 GROUP BY s.person_id, s.module, s.version LIMIT 100000";
    HELD_BY_MEMBERS = "SELECT c.number, c.person_id, c.name, c.title, c.module, c.version, c.issued_at, c.until_on, c.public_key,
                       c.signature FROM certificate c
                       JOIN membership m ON m.person_id = c.person_id AND m.org_id = $1 AND m.ended_at IS NULL
                       ORDER BY c.issued_at DESC, c.number LIMIT 100000";
    /// Certificates that held at some time between $2 and $3 (days $4 and on) of people who belonged to $1 in that time.
    HELD_BETWEEN = "SELECT c.number, c.name, c.title, c.version, c.issued_at, c.until_on, m.role FROM certificate c
                    JOIN membership m ON m.person_id = c.person_id AND m.org_id = $1
                    WHERE c.issued_at < $3 AND c.until_on >= $4 AND m.created_at < $3 AND (m.ended_at IS NULL OR m.ended_at >= $2)
                    ORDER BY c.name, c.issued_at, c.number LIMIT 20000";
}

/// Something that was read, or a case that was decided.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StepRow {
    /// Handle of the module; `case/` and the handle of a case.
    pub module: String,
    /// Version of the module; 0 of a case.
    pub version: i64,
    /// From 1; 0 of a case.
    pub page: i64,
}

/// An answer to a quiz.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AttemptRow {
    /// Identity.
    pub id: Uuid,
    /// Handle of the module.
    pub module: String,
    /// Its version.
    pub version: i64,
    /// Places of the chosen options per question, JSON.
    pub chosen: String,
    /// Questions that were answered rightly.
    pub points: i64,
    /// How many there were.
    pub questions: i64,
    /// Whether that was enough.
    pub passed: bool,
    /// When.
    pub at: i64,
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CertificateRow {
    /// Its number.
    pub number: String,
    /// Whose.
    pub person_id: Uuid,
    /// The holder's name on that day.
    pub name: String,
    /// The module's title on that day.
    pub title: String,
    /// Handle of the module.
    pub module: String,
    /// Its version.
    pub version: i64,
    /// When it was issued.
    pub issued_at: i64,
    /// The last day on which it holds.
    pub until_on: i64,
    /// The key that signed.
    pub public_key: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
}

/// Pages that a member has read of a version.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReadRow {
    /// Who.
    pub person_id: Uuid,
    /// Handle of the module.
    pub module: String,
    /// Its version.
    pub version: i64,
    /// How many.
    pub pages: i64,
}

/// A certificate in the records of a company.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HeldRow {
    /// Its number.
    pub number: String,
    /// The holder's name.
    pub name: String,
    /// The module's title.
    pub title: String,
    /// Version of the module.
    pub version: i64,
    /// When it was issued.
    pub issued_at: i64,
    /// The last day on which it holds.
    pub until_on: i64,
    /// Code of the holder's role.
    pub role: String,
}

/// An answer to store.
#[derive(Clone, Debug)]
pub struct NewAttempt<'a> {
    /// Identity.
    pub id: Uuid,
    /// Whose.
    pub person: UserId,
    /// Handle of the module.
    pub module: &'a str,
    /// Its version.
    pub version: u32,
    /// Places of the chosen options per question, JSON.
    pub chosen: &'a str,
    /// Questions that were answered rightly.
    pub points: i64,
    /// How many there were.
    pub questions: i64,
    /// Whether that was enough.
    pub passed: bool,
    /// Now.
    pub at: Timestamp,
}

/// Notes that a page was read or a case decided; once.
///
/// # Errors
/// If the database refuses.
pub async fn add_step(tx: &mut Tx, person: UserId, step: &StepRow, at: Timestamp) -> Result<()> {
    tx.run(&ADD_STEP, args![person, &step.module, step.version, step.page, at]).await?;
    Ok(())
}

/// What somebody has read and decided.
///
/// # Errors
/// If the database does not answer.
pub async fn steps(db: &mut impl Read, person: UserId) -> Result<Vec<StepRow>> {
    db.all(&STEPS, args![person]).await
}

/// Stores an answer to a quiz.
///
/// # Errors
/// If the database refuses.
pub async fn add_attempt(tx: &mut Tx, new: &NewAttempt<'_>) -> Result<()> {
    let args =
        args![new.id, new.person, new.module, new.version, new.chosen, new.points, new.questions, new.passed, new.at];
    tx.run(&ADD_ATTEMPT, args).await?;
    Ok(())
}

/// Somebody's answers to the quiz of a module, the newest first, at most 50.
///
/// # Errors
/// If the database does not answer.
pub async fn attempts(db: &mut impl Read, person: UserId, module: &str) -> Result<Vec<AttemptRow>> {
    db.all(&ATTEMPTS, args![person, module]).await
}

/// Stores a certificate for an attempt.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if the number is taken.
pub async fn add_certificate(tx: &mut Tx, row: &CertificateRow, attempt: Uuid) -> Result<()> {
    let args = args![
        &row.number,
        row.person_id,
        attempt,
        &row.name,
        &row.title,
        &row.module,
        row.version,
        row.issued_at,
        row.until_on,
        row.public_key.clone(),
        row.signature.clone(),
    ];
    tx.run(&ADD_CERTIFICATE, args).await?;
    Ok(())
}

/// What somebody holds or held, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn certificates(db: &mut impl Read, person: UserId) -> Result<Vec<CertificateRow>> {
    db.all(&CERTIFICATES, args![person]).await
}

/// The certificate with this number.
///
/// # Errors
/// If the database does not answer.
pub async fn certificate(db: &mut impl Read, number: &str) -> Result<Option<CertificateRow>> {
    db.one(&CERTIFICATE, args![number]).await
}

/// Whether somebody holds a certificate of a module on `day` (since 1970-01-01).
///
/// # Errors
/// If the database does not answer.
pub async fn holds(db: &mut impl Read, person: UserId, module: &str, day: i64) -> Result<bool> {
    Ok(db.number(&HOLDS, args![person, module, day]).await?.unwrap_or(0) > 0)
}

/// Pages that the members of an organisation have read.
///
/// # Errors
/// If the database does not answer.
pub async fn read_by_members(db: &mut impl Read, org: OrgId) -> Result<Vec<ReadRow>> {
    db.all(&OF_MEMBERS, args![org]).await
}

/// Certificates of the members of an organisation, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn held_by_members(db: &mut impl Read, org: OrgId) -> Result<Vec<CertificateRow>> {
    db.all(&HELD_BY_MEMBERS, args![org]).await
}

/// Certificates that held at some time from `from` to `until` of people who belonged to an organisation then. `first_day` is the
/// day of `from`.
///
/// # Errors
/// If the database does not answer.
pub async fn held_between(
    db: &mut impl Read,
    org: OrgId,
    (from, until): (Timestamp, Timestamp),
    first_day: i64,
) -> Result<Vec<HeldRow>> {
    db.all(&HELD_BETWEEN, args![org, from, until, first_day]).await
}
