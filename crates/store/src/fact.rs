//! Facts that reports share: which other reports of the same authority say the same of somebody.
//!
//! Everything but [`reported`] reads across companies and is for the authority's desk only. [`reported`] stays within
//! one company's own reports.

use domain::{
    fact::Fact,
    ids::{OrgId, ReportId},
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, report::own::Asker, statements};

statements! {
    CLEAR = "DELETE FROM report_fact WHERE report_id = $1";
    ADD = "INSERT INTO report_fact (report_id, authority_id, kind, key, shown, role, weak) VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (report_id, kind, key) DO NOTHING";
    /// The other reports first: those with a strong fact before those with weak ones only, then the newest; each with all
    /// that it shares. Of each fact the newest 200 are looked at (identities are ordered by time), since half of all
    /// reports may name the same marketplace.
    SHARED = sqlite "WITH near AS (
              SELECT r.id, r.sent_at, min(CASE WHEN mine.weak THEN 1 ELSE 0 END) AS weak, count(*) OVER () AS total
              FROM report_fact mine JOIN report r ON r.id IN (
              SELECT x.report_id FROM report_fact x WHERE x.authority_id = mine.authority_id AND x.kind = mine.kind
              AND x.key = mine.key AND x.report_id <> mine.report_id ORDER BY x.report_id DESC LIMIT 200)
              WHERE mine.report_id = $1 GROUP BY r.id, r.sent_at ORDER BY 3, r.sent_at DESC, r.id LIMIT $2)
              SELECT r.id, r.reference, r.state, r.sent_at, o.name AS company, near.total, mine.kind, mine.shown, mine.role,
              other.shown AS other_shown, other.role AS other_role
              FROM near JOIN report r ON r.id = near.id JOIN org o ON o.id = r.org_id
              JOIN report_fact mine ON mine.report_id = $1
              JOIN report_fact other ON other.report_id = near.id AND other.kind = mine.kind AND other.key = mine.key
              ORDER BY near.weak, near.sent_at DESC, near.id",
              postgres "WITH near AS (
              SELECT r.id, r.sent_at, min(CASE WHEN mine.weak THEN 1 ELSE 0 END) AS weak, count(*) OVER () AS total
              FROM report_fact mine CROSS JOIN LATERAL (
              SELECT x.report_id FROM report_fact x WHERE x.authority_id = mine.authority_id AND x.kind = mine.kind
              AND x.key = mine.key AND x.report_id <> mine.report_id ORDER BY x.report_id DESC LIMIT 200) AS newest
              JOIN report r ON r.id = newest.report_id
              WHERE mine.report_id = $1 GROUP BY r.id, r.sent_at ORDER BY 3, r.sent_at DESC, r.id LIMIT $2)
              SELECT r.id, r.reference, r.state, r.sent_at, o.name AS company, near.total, mine.kind, mine.shown, mine.role,
              other.shown AS other_shown, other.role AS other_role
              FROM near JOIN report r ON r.id = near.id JOIN org o ON o.id = r.org_id
              JOIN report_fact mine ON mine.report_id = $1
              JOIN report_fact other ON other.report_id = near.id AND other.kind = mine.kind AND other.key = mine.key
              ORDER BY near.weak, near.sent_at DESC, near.id";
    /// Whom the company itself has reported before; the ones that the person may see first.
    REPORTED = "SELECT r.id, r.reference, r.sent_at, r.state, ($5 OR r.author_id = $4
                OR EXISTS (SELECT 1 FROM report_person n WHERE n.report_id = r.id AND n.person_id = $4)) AS may_see
                FROM report_fact f JOIN report r ON r.id = f.report_id
                WHERE f.authority_id = $1 AND f.kind = $6 AND f.key = $7 AND f.role = 'subject' AND r.org_id = $3 AND r.id <> $2
                ORDER BY 5 DESC, r.sent_at DESC, r.id LIMIT 1";
    /// Names of parties in an authority's reports whose keys are in a JSON list.
    NAMED = sqlite "SELECT DISTINCT shown FROM report_fact WHERE authority_id = $1 AND kind = 'name'
              AND key IN (SELECT value FROM json_each($2)) ORDER BY shown LIMIT 20",
            postgres "SELECT DISTINCT shown FROM report_fact WHERE authority_id = $1 AND kind = 'name'
              AND key IN (SELECT jsonb_array_elements_text(CAST($2 AS jsonb))) ORDER BY shown LIMIT 20";
    REPORTS = "SELECT id FROM report WHERE id > $1 ORDER BY id LIMIT 100";
}

/// One fact that another report shares with this one.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SharedRow {
    /// The other report.
    pub id: Uuid,
    /// Its number.
    pub reference: String,
    /// Code of its state.
    pub state: String,
    /// When it was sent.
    pub sent_at: i64,
    /// Name of its company.
    pub company: String,
    /// How many reports share anything, shown here or not; of those that share the same fact, 200 are counted.
    pub total: i64,
    /// Code of the kind of fact.
    pub kind: String,
    /// As it was given here.
    pub shown: String,
    /// Whose it is here.
    pub role: String,
    /// As it was given there.
    pub other_shown: String,
    /// Whose it is there.
    pub other_role: String,
}

/// A report of the same company about the same party.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportedRow {
    /// Identity.
    pub id: Uuid,
    /// Its number.
    pub reference: String,
    /// When it was sent.
    pub sent_at: i64,
    /// Code of its state.
    pub state: String,
    /// Whether the asking person may see it.
    pub may_see: bool,
}

/// Replaces the facts of a report.
///
/// # Errors
/// If the database refuses.
pub async fn set(tx: &mut Tx, report: ReportId, authority: OrgId, facts: &[Fact]) -> Result<()> {
    tx.run(&CLEAR, args![report]).await?;
    for fact in facts {
        let (kind, weak) = (fact.kind.code(), fact.kind.is_weak());
        tx.run(&ADD, args![report, authority, kind, &fact.key, &fact.shown, &fact.role, weak]).await?;
    }
    Ok(())
}

/// What other reports of the same authority share with this one: at most `reports` of them, each with all its facts.
///
/// # Errors
/// If the database does not answer.
pub async fn shared(db: &mut impl Read, report: ReportId, reports: i64) -> Result<Vec<SharedRow>> {
    db.all(&SHARED, args![report, reports]).await
}

/// The newest report in which the asker's own company reported somebody with this fact, other than `but`.
///
/// # Errors
/// If the database does not answer.
pub async fn reported(
    db: &mut impl Read,
    authority: OrgId,
    asker: Asker,
    but: ReportId,
    fact: &Fact,
) -> Result<Option<ReportedRow>> {
    let args = args![authority, but, asker.org, asker.person, asker.sees_all, fact.kind.code(), &fact.key];
    db.one(&REPORTED, args).await
}

/// Reports behind `after` by identity, at most 100: for deriving facts anew.
///
/// # Errors
/// If the database does not answer.
pub async fn reports(db: &mut impl Read, after: ReportId) -> Result<Vec<ReportId>> {
    let rows: Vec<(Uuid,)> = db.all(&REPORTS, args![after]).await?;
    Ok(rows.into_iter().map(|(id,)| ReportId(id)).collect())
}

/// Which of these keys (a JSON list) are names of parties in an authority's reports: the names as they were given, at most 20.
///
/// # Errors
/// If the database does not answer.
pub async fn named(db: &mut impl Read, authority: OrgId, keys: &str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db.all(&NAMED, args![authority, keys]).await?;
    Ok(rows.into_iter().map(|(shown,)| shown).collect())
}
