//! Access to reports in need. Whether one is open is decided by `services::break_glass`; here are only rows.

use domain::{
    ids::{OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO break_glass (id, asked_by, operator_id, authority_id, reference, reason, asked_at, decision, decided_by,
              decided_at, ends_at, ended_by, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, '', NULL, NULL, NULL, NULL, NULL)";
    FIND = "SELECT g.id, g.asked_by, p.name AS asker, p.email AS asker_email, p.lang AS asker_lang, g.operator_id, g.authority_id,
            a.name AS authority, g.reference, g.reason, g.asked_at, g.decision, g.decided_by, d.name AS decider, g.decided_at,
            g.ends_at, g.ended_at
            FROM break_glass g JOIN person p ON p.id = g.asked_by JOIN org a ON a.id = g.authority_id
            LEFT JOIN person d ON d.id = g.decided_by WHERE g.id = $1";
    OF_OPERATOR = "SELECT g.id, g.asked_by, p.name AS asker, p.email AS asker_email, p.lang AS asker_lang, g.operator_id, g.authority_id,
                   a.name AS authority, g.reference, g.reason, g.asked_at, g.decision, g.decided_by, d.name AS decider,
                   g.decided_at, g.ends_at, g.ended_at
                   FROM break_glass g JOIN person p ON p.id = g.asked_by JOIN org a ON a.id = g.authority_id
                   LEFT JOIN person d ON d.id = g.decided_by WHERE g.operator_id = $1 ORDER BY g.asked_at DESC, g.id DESC LIMIT 200";
    OF_AUTHORITY = "SELECT g.id, g.asked_by, p.name AS asker, p.email AS asker_email, p.lang AS asker_lang, g.operator_id, g.authority_id,
                    a.name AS authority, g.reference, g.reason, g.asked_at, g.decision, g.decided_by, d.name AS decider,
                    g.decided_at, g.ends_at, g.ended_at
                    FROM break_glass g JOIN person p ON p.id = g.asked_by JOIN org a ON a.id = g.authority_id
                    LEFT JOIN person d ON d.id = g.decided_by WHERE g.authority_id = $1 ORDER BY g.asked_at DESC, g.id DESC LIMIT 200";
    OF_ANYBODY = "SELECT count(*) FROM break_glass WHERE authority_id = $1 AND decision = 'approved'";
    WAITING = "SELECT count(*) FROM break_glass WHERE asked_by = $1 AND decision = '' AND asked_at > $2";
    DECIDE = "UPDATE break_glass SET decision = $2, decided_by = $3, decided_at = $4, ends_at = $5 WHERE id = $1 AND decision = ''";
    FINISH = "UPDATE break_glass SET ended_by = $2, ended_at = $3
              WHERE id = $1 AND decision = 'approved' AND ended_at IS NULL AND ends_at > $3";
    REPORTS = "SELECT r.reference, o.name AS company, r.state, r.sent_at FROM report r JOIN org o ON o.id = r.org_id
               WHERE r.authority_id = $1 ORDER BY r.sent_at DESC, r.id DESC LIMIT 200";
}

/// A request with the names of its day.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct GlassRow {
    /// Identity.
    pub id: Uuid,
    /// Who asked.
    pub asked_by: Uuid,
    /// Their name.
    pub asker: String,
    /// Their address.
    pub asker_email: String,
    /// Their language.
    pub asker_lang: String,
    /// The organisation for which they ask.
    pub operator_id: Uuid,
    /// Whose reports.
    pub authority_id: Uuid,
    /// Its name.
    pub authority: String,
    /// The one report; empty for all.
    pub reference: String,
    /// Why.
    pub reason: String,
    /// When.
    pub asked_at: i64,
    /// Empty, `approved` or `refused`.
    pub decision: String,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// Their name.
    pub decider: Option<String>,
    /// When it was decided.
    pub decided_at: Option<i64>,
    /// When it ends by itself.
    pub ends_at: Option<i64>,
    /// When it was ended early.
    pub ended_at: Option<i64>,
}

/// A request to store.
#[derive(Clone, Debug)]
pub struct NewGlass<'a> {
    /// Identity.
    pub id: Uuid,
    /// Who asks.
    pub asked_by: UserId,
    /// For which organisation.
    pub operator: OrgId,
    /// Whose reports.
    pub authority: OrgId,
    /// The one report; empty for all.
    pub reference: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Now.
    pub at: Timestamp,
}

/// A report in the list that an access to all of them opens.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedRow {
    /// The number that people see.
    pub reference: String,
    /// Name of the company.
    pub company: String,
    /// Code of the state.
    pub state: String,
    /// When it was sent.
    pub sent_at: i64,
}

/// Stores a request.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, new: &NewGlass<'_>) -> Result<()> {
    let args = args![new.id, new.asked_by, new.operator, new.authority, new.reference, new.reason, new.at];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// The request with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: Uuid) -> Result<Option<GlassRow>> {
    db.one(&FIND, args![id]).await
}

/// The requests for an installation, newest first, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn of_operator(db: &mut impl Read, operator: OrgId) -> Result<Vec<GlassRow>> {
    db.all(&OF_OPERATOR, args![operator]).await
}

/// The requests for an authority's reports, newest first, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn of_authority(db: &mut impl Read, authority: OrgId) -> Result<Vec<GlassRow>> {
    db.all(&OF_AUTHORITY, args![authority]).await
}

/// Whether anybody was ever allowed to read an authority's reports in need.
///
/// # Errors
/// If the database does not answer.
pub async fn was_allowed(db: &mut impl Read, authority: OrgId) -> Result<bool> {
    Ok(db.number(&OF_ANYBODY, args![authority]).await?.unwrap_or(0) > 0)
}

/// How many requests of somebody since `since` nobody has decided.
///
/// # Errors
/// If the database does not answer.
pub async fn waiting(db: &mut impl Read, asker: UserId, since: Timestamp) -> Result<i64> {
    Ok(db.number(&WAITING, args![asker, since]).await?.unwrap_or(0))
}

/// Decides a request; `ends` for an approval.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was decided meanwhile.
pub async fn decide(
    tx: &mut Tx,
    id: Uuid,
    decision: &str,
    by: UserId,
    at: Timestamp,
    ends: Option<Timestamp>,
) -> Result<()> {
    tx.run_one(&DECIDE, args![id, decision, by, at, ends]).await
}

/// Ends an access before its time.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it is not open.
pub async fn finish(tx: &mut Tx, id: Uuid, by: UserId, at: Timestamp) -> Result<()> {
    tx.run_one(&FINISH, args![id, by, at]).await
}

/// An authority's reports, newest first, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn reports(db: &mut impl Read, authority: OrgId) -> Result<Vec<ListedRow>> {
    db.all(&REPORTS, args![authority]).await
}
