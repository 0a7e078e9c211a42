//! Members' questions. Who asked stands in rows that only [`asker`] and a company's own list read.

use domain::{
    date::Date,
    ids::{OrgId, QuestionId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ASK = "INSERT INTO member_question (id, association_id, org_id, author_id, version, state, asked, asked_on, question, answer,
           is_public, authority_id, drafted_by, reason, signed_by, signed_at)
           VALUES ($1, $2, $3, $4, 1, 'asked', $5, $6, '', '', $7, NULL, NULL, '', NULL, NULL)";
    ONE = "SELECT q.id, q.association_id, a.name AS association, q.version, q.state, q.asked, q.asked_on, q.question, q.answer,
           q.is_public, q.authority_id, s.name AS authority, q.reason, q.signed_at
           FROM member_question q JOIN org a ON a.id = q.association_id LEFT JOIN org s ON s.id = q.authority_id WHERE q.id = $1";
    SAVE = "UPDATE member_question SET version = version + 1, state = $3, question = $4, answer = $5, is_public = $6,
            authority_id = $7, drafted_by = coalesce($8, drafted_by), reason = $9, signed_by = $10, signed_at = $11
            WHERE id = $1 AND version = $2";
    ASKER = "SELECT org_id, author_id FROM member_question WHERE id = $1";
    OF_ASSOCIATION = "SELECT q.id, q.association_id, a.name AS association, q.version, q.state, q.asked, q.asked_on, q.question,
                      q.answer, q.is_public, q.authority_id, s.name AS authority, q.reason, q.signed_at
                      FROM member_question q JOIN org a ON a.id = q.association_id LEFT JOIN org s ON s.id = q.authority_id
                      WHERE q.association_id = $1 ORDER BY q.asked_on DESC, q.id DESC LIMIT 200";
    OF_AUTHORITY = "SELECT q.id, q.association_id, a.name AS association, q.version, q.state, q.asked, q.asked_on, q.question,
                    q.answer, q.is_public, q.authority_id, s.name AS authority, q.reason, q.signed_at
                    FROM member_question q JOIN org a ON a.id = q.association_id LEFT JOIN org s ON s.id = q.authority_id
                    WHERE q.authority_id = $1 ORDER BY q.id DESC LIMIT 200";
    OF_COMPANY = "SELECT q.id, q.association_id, a.name AS association, q.version, q.state, q.asked, q.asked_on, q.question,
                  q.answer, q.is_public, q.authority_id, s.name AS authority, q.reason, q.signed_at
                  FROM member_question q JOIN org a ON a.id = q.association_id LEFT JOIN org s ON s.id = q.authority_id
                  WHERE q.org_id = $1 ORDER BY q.id DESC LIMIT 200";
    /// Answers to members of the associations to which a company belongs at $2.
    FOR_MEMBER = "SELECT q.id, q.association_id, a.name AS association, q.version, q.state, q.asked, q.asked_on, q.question,
                  q.answer, q.is_public, q.authority_id, s.name AS authority, q.reason, q.signed_at
                  FROM member_question q JOIN org a ON a.id = q.association_id LEFT JOIN org s ON s.id = q.authority_id
                  WHERE q.state = 'published' AND q.association_id IN (SELECT m.association_id FROM association_member m
                  WHERE m.org_id = $1 AND m.state = 'accepted' AND (m.ends_at IS NULL OR m.ends_at > $2))
                  ORDER BY q.signed_at DESC, q.id DESC LIMIT 200";
    PUBLIC = "SELECT q.id, q.association_id, a.name AS association, q.version, q.state, q.asked, q.asked_on, q.question,
              q.answer, q.is_public, q.authority_id, s.name AS authority, q.reason, q.signed_at
              FROM member_question q JOIN org a ON a.id = q.association_id LEFT JOIN org s ON s.id = q.authority_id
              WHERE q.state = 'published' AND q.is_public ORDER BY q.signed_at DESC, q.id DESC LIMIT 200";
    WAITING = "SELECT count(*) FILTER (WHERE association_id = $1 AND state IN ('asked', 'returned'))
               + count(*) FILTER (WHERE authority_id = $1 AND state = 'signing')
               FROM member_question WHERE association_id = $1 OR authority_id = $1";
}

/// A question, without who asked it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct QuestionRow {
    /// Identity.
    pub id: Uuid,
    /// Who is asked.
    pub association_id: Uuid,
    /// Its name.
    pub association: String,
    /// Counts changes.
    pub version: i64,
    /// Code of where it stands.
    pub state: String,
    /// What was asked.
    pub asked: String,
    /// On which day, days since 1970-01-01.
    pub asked_on: i64,
    /// The question as it is published.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// Whether everybody may read it.
    pub is_public: bool,
    /// Who signs.
    pub authority_id: Option<Uuid>,
    /// Its name.
    pub authority: Option<String>,
    /// Why it was changed, sent back or not answered.
    pub reason: String,
    /// When it was signed.
    pub signed_at: Option<i64>,
}

/// What an act changes of a question.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hands {
    /// Who drafted; none to leave as it is.
    pub drafted_by: Option<UserId>,
    /// Who signed.
    pub signed_by: Option<UserId>,
}

/// Stores a question of `asker`, a company's officer.
///
/// # Errors
/// If the database does not answer.
pub async fn ask(
    tx: &mut Tx,
    id: QuestionId,
    association: OrgId,
    asker: (OrgId, UserId),
    (text, on): (&str, Date),
) -> Result<()> {
    tx.run(&ASK, args![id, association, asker.0, asker.1, text, on.days(), false]).await?;
    Ok(())
}

/// A question.
///
/// # Errors
/// If the database does not answer.
pub async fn one(db: &mut impl Read, id: QuestionId) -> Result<Option<QuestionRow>> {
    db.one(&ONE, args![id]).await
}

/// Who asked: for telling them, and for their own page.
///
/// # Errors
/// If the database does not answer.
pub async fn asker(db: &mut impl Read, id: QuestionId) -> Result<Option<(OrgId, UserId)>> {
    let row: Option<(Uuid, Uuid)> = db.one(&ASKER, args![id]).await?;
    Ok(row.map(|(org, person)| (OrgId(org), UserId(person))))
}

/// Saves a question as it was changed from `row.version`.
///
/// # Errors
/// [`crate::StoreError::Stale`] if somebody else changed it.
pub async fn save(tx: &mut Tx, row: &QuestionRow, hands: Hands) -> Result<()> {
    let args = args![
        row.id,
        row.version,
        &row.state,
        &row.question,
        &row.answer,
        row.is_public,
        row.authority_id,
        hands.drafted_by,
        &row.reason,
        hands.signed_by,
        row.signed_at,
    ];
    tx.run_one(&SAVE, args).await
}

/// What members of an association asked, the last day first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_association(db: &mut impl Read, association: OrgId) -> Result<Vec<QuestionRow>> {
    db.all(&OF_ASSOCIATION, args![association]).await
}

/// What an authority has to sign, signed and sent back.
///
/// # Errors
/// If the database does not answer.
pub async fn of_authority(db: &mut impl Read, authority: OrgId) -> Result<Vec<QuestionRow>> {
    db.all(&OF_AUTHORITY, args![authority]).await
}

/// What a company asked itself.
///
/// # Errors
/// If the database does not answer.
pub async fn of_company(db: &mut impl Read, org: OrgId) -> Result<Vec<QuestionRow>> {
    db.all(&OF_COMPANY, args![org]).await
}

/// What was answered to members of the associations of a company.
///
/// # Errors
/// If the database does not answer.
pub async fn for_member(db: &mut impl Read, org: OrgId, now: Timestamp) -> Result<Vec<QuestionRow>> {
    db.all(&FOR_MEMBER, args![org, now]).await
}

/// What everybody may read.
///
/// # Errors
/// If the database does not answer.
pub async fn public(db: &mut impl Read) -> Result<Vec<QuestionRow>> {
    db.all(&PUBLIC, args![]).await
}

/// How many questions wait for an association, or for an authority's signature.
///
/// # Errors
/// If the database does not answer.
pub async fn waiting(db: &mut impl Read, org: OrgId) -> Result<i64> {
    Ok(db.one::<(i64,)>(&WAITING, args![org]).await?.map_or(0, |(n,)| n))
}
