//! Signed receipts of what was sent, and the public keys that check them.

use domain::{ids::ReportId, receipt::PublicKey, time::Timestamp};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD_KEY = "INSERT INTO receipt_key (public_key, since, until) VALUES ($1, $2, NULL) ON CONFLICT (public_key) DO NOTHING";
    /// Changes the row so that it is held until the transaction ends. A key that signs for a moment before its first
    /// (reports that were sent before there were receipts, demo data) has been in use since then.
    HOLD_KEY = "UPDATE receipt_key SET since = CASE WHEN since > $2 THEN $2 ELSE since END
                WHERE public_key = $1 AND until IS NULL";
    END_KEY = "UPDATE receipt_key SET until = $2 WHERE public_key = $1 AND until IS NULL";
    KEYS = "SELECT public_key, since, until FROM receipt_key ORDER BY since DESC, public_key LIMIT 1000";
    FACTS = "SELECT r.reference, v.version, a.handle AS authority, c.handle AS company, v.at, v.sha256
             FROM report_version v JOIN report r ON r.id = v.report_id JOIN org a ON a.id = r.authority_id
             JOIN org c ON c.id = r.org_id WHERE v.report_id = $1 AND v.version = $2";
    ADD = "INSERT INTO receipt (report_id, version, text) VALUES ($1, $2, $3) ON CONFLICT (report_id, version) DO NOTHING";
    ONE = "SELECT text FROM receipt WHERE report_id = $1 AND version = $2";
    WITHOUT = "SELECT v.report_id, v.version FROM report_version v WHERE NOT EXISTS
               (SELECT 1 FROM receipt x WHERE x.report_id = v.report_id AND x.version = v.version)
               ORDER BY v.report_id, v.version LIMIT 200";
}

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KeyRow {
    /// Its 32 bytes.
    pub public_key: Vec<u8>,
    /// Since when it signs.
    pub since: i64,
    /// When it was replaced.
    pub until: Option<i64>,
}

/// What a receipt attests of a version.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Facts {
    /// The report's number.
    pub reference: String,
    /// Which version of it.
    pub version: i64,
    /// Handle of the authority.
    pub authority: String,
    /// Handle of the company.
    pub company: String,
    /// When the version was sent.
    pub at: i64,
    /// Over its answers.
    pub sha256: Vec<u8>,
}

/// Makes a key known; false if it was.
///
/// # Errors
/// If the database refuses.
pub async fn add_key(tx: &mut Tx, key: PublicKey, since: Timestamp) -> Result<bool> {
    Ok(tx.run(&ADD_KEY, args![key.0, since]).await? == 1)
}

/// Holds a key that signs for the moment `at`: until the transaction ends nobody else replaces it. False if somebody
/// has.
///
/// # Errors
/// If the database refuses.
pub async fn hold_key(tx: &mut Tx, key: PublicKey, at: Timestamp) -> Result<bool> {
    Ok(tx.run(&HOLD_KEY, args![key.0, at]).await? == 1)
}

/// Marks a key as replaced; it goes on checking what it signed.
///
/// # Errors
/// If the database refuses.
pub async fn end_key(tx: &mut Tx, key: PublicKey, until: Timestamp) -> Result<()> {
    tx.run(&END_KEY, args![key.0, until]).await?;
    Ok(())
}

/// Every public key, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn keys(db: &mut impl Read) -> Result<Vec<KeyRow>> {
    db.all(&KEYS, args![]).await
}

/// What is to be attested of a version.
///
/// # Errors
/// If the database does not answer.
pub async fn facts(db: &mut impl Read, report: ReportId, version: i64) -> Result<Option<Facts>> {
    db.one(&FACTS, args![report, version]).await
}

/// Stores the receipt of a version; one that is there stays.
///
/// # Errors
/// If the database refuses.
pub async fn add(tx: &mut Tx, report: ReportId, version: i64, text: &str) -> Result<()> {
    tx.run(&ADD, args![report, version, text]).await?;
    Ok(())
}

/// The receipt of a version.
///
/// # Errors
/// If the database does not answer.
pub async fn one(db: &mut impl Read, report: ReportId, version: i64) -> Result<Option<String>> {
    let row: Option<(String,)> = db.one(&ONE, args![report, version]).await?;
    Ok(row.map(|(text,)| text))
}

/// Versions that have no receipt, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn without(db: &mut impl Read) -> Result<Vec<(ReportId, i64)>> {
    let rows: Vec<(Uuid, i64)> = db.all(&WITHOUT, args![]).await?;
    Ok(rows.into_iter().map(|(report, version)| (ReportId(report), version)).collect())
}
