//! What a report says: its versions, and the substances of the current one by which it is found.

use domain::{
    ids::{DraftId, ReportId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD_VERSION = "INSERT INTO report_version (report_id, version, draft_id, question_set, rule_set, catalogue, profile,
                   quick, answers, canonical, assessment, desk_assessment, sha256, person_id, at, refdata)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    VERSION = "SELECT v.version, v.question_set, v.rule_set, v.catalogue, v.profile, v.quick, v.answers, v.canonical,
               v.assessment, v.desk_assessment, v.sha256, v.person_id, p.name AS person, v.at,
               v.refdata FROM report_version v JOIN person p ON p.id = v.person_id
               WHERE v.report_id = $1 AND v.version = $2";
    VERSIONS = "SELECT v.version, v.quick, p.name AS person, v.at FROM report_version v JOIN person p ON p.id = v.person_id
                WHERE v.report_id = $1 ORDER BY v.version LIMIT 1000";
    SENT_AS = "SELECT r.reference FROM report_version v JOIN report r ON r.id = v.report_id WHERE v.draft_id = $1";
    CLEAR_SUBSTANCES = "DELETE FROM report_substance WHERE report_id = $1";
    ADD_SUBSTANCE = "INSERT INTO report_substance (report_id, n, slug, name, cas, base_quantity, dimension)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)";
    SUBSTANCES = "SELECT n, slug, name, cas, base_quantity, dimension FROM report_substance WHERE report_id = $1 ORDER BY n";
}

/// One state of a report's content, to store.
#[derive(Clone, Debug)]
pub struct NewVersion<'a> {
    /// The report.
    pub report: ReportId,
    /// From 1.
    pub version: i64,
    /// The draft it was.
    pub draft: DraftId,
    /// Version of the questions.
    pub question_set: &'a str,
    /// Version of the rules that judged it.
    pub rule_set: &'a str,
    /// State of the catalogue.
    pub catalogue: &'a str,
    /// What the company was then, JSON.
    pub profile: &'a str,
    /// Whether only the four questions were answered.
    pub quick: bool,
    /// Raw answers, JSON.
    pub answers: &'a str,
    /// Typed reading, JSON.
    pub canonical: &'a str,
    /// Assessment by the rules that companies see, JSON.
    pub assessment: &'a str,
    /// Assessment by all rules, JSON.
    pub desk_assessment: &'a str,
    /// Over `answers`.
    pub sha256: [u8; 32],
    /// Who sent it.
    pub person: UserId,
    /// When.
    pub at: Timestamp,
    /// The versions of the reference data that judged it, JSON.
    pub refdata: &'a str,
}

/// One state of a report's content.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct VersionRow {
    /// From 1.
    pub version: i64,
    /// Version of the questions.
    pub question_set: String,
    /// Version of the rules that judged it.
    pub rule_set: String,
    /// State of the catalogue.
    pub catalogue: String,
    /// What the company was then, JSON.
    pub profile: String,
    /// Whether only the four questions were answered.
    pub quick: bool,
    /// Raw answers, JSON.
    pub answers: String,
    /// Typed reading, JSON.
    pub canonical: String,
    /// Assessment by the rules that companies see, JSON.
    pub assessment: String,
    /// Assessment by all rules, JSON.
    pub desk_assessment: String,
    /// Over `answers`.
    pub sha256: Vec<u8>,
    /// Who sent it.
    pub person_id: Uuid,
    /// Their name.
    pub person: String,
    /// When.
    pub at: i64,
    /// The versions of the reference data that judged it, JSON.
    pub refdata: String,
}

/// One state of a report's content, for lists.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct VersionListRow {
    /// From 1.
    pub version: i64,
    /// Whether only the four questions were answered.
    pub quick: bool,
    /// Who sent it.
    pub person: String,
    /// When.
    pub at: i64,
}

/// A substance of the current version.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SubstanceRow {
    /// Its number in the answers.
    pub n: i64,
    /// Its place in the catalogue; empty if it has none.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its CAS number; may be empty.
    pub cas: String,
    /// Milligrams, microlitres or pieces.
    pub base_quantity: Option<i64>,
    /// Which of these: `mass`, `volume`, `pieces`; empty without a quantity.
    pub dimension: String,
}

/// Stores a state of the content.
///
/// # Errors
/// [`StoreError::Conflict`] if the draft was sent before.
pub async fn add_version(tx: &mut Tx, new: &NewVersion<'_>) -> Result<()> {
    let args = args![
        new.report,
        new.version,
        new.draft,
        new.question_set,
        new.rule_set,
        new.catalogue,
        new.profile,
        new.quick,
        new.answers,
        new.canonical,
        new.assessment,
        new.desk_assessment,
        new.sha256,
        new.person,
        new.at,
        new.refdata,
    ];
    tx.run(&ADD_VERSION, args).await?;
    Ok(())
}

/// One state of the content.
///
/// # Errors
/// If the database does not answer.
pub async fn version(db: &mut impl Read, report: ReportId, version: i64) -> Result<Option<VersionRow>> {
    db.one(&VERSION, args![report, version]).await
}

/// Every state of the content, the first sent first, at most 1000.
///
/// # Errors
/// If the database does not answer.
pub async fn versions(db: &mut impl Read, report: ReportId) -> Result<Vec<VersionListRow>> {
    db.all(&VERSIONS, args![report]).await
}

/// The number of the report that a draft became.
///
/// # Errors
/// If the database does not answer.
pub async fn sent_as(db: &mut impl Read, draft: DraftId) -> Result<Option<String>> {
    let row: Option<(String,)> = db.one(&SENT_AS, args![draft]).await?;
    Ok(row.map(|(reference,)| reference))
}

/// Replaces the substances by which a report is found.
///
/// # Errors
/// If the database refuses.
pub async fn set_substances(tx: &mut Tx, report: ReportId, rows: &[SubstanceRow]) -> Result<()> {
    tx.run(&CLEAR_SUBSTANCES, args![report]).await?;
    for row in rows {
        let args = args![report, row.n, &row.slug, &row.name, &row.cas, row.base_quantity, &row.dimension];
        tx.run(&ADD_SUBSTANCE, args).await?;
    }
    Ok(())
}

/// The substances of the current version.
///
/// # Errors
/// If the database does not answer.
pub async fn substances(db: &mut impl Read, report: ReportId) -> Result<Vec<SubstanceRow>> {
    db.all(&SUBSTANCES, args![report]).await
}
