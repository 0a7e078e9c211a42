//! Figures for everybody: counting the reports of a month, and the quarters as they were told.

use domain::time::Timestamp;
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    /// By company, kind, country of the company and the first substance that is named; `-` where none is. It reads every
    /// report of the month, three times a quarter.
    COUNT = "SELECT r.org_id, r.kind, o.country, coalesce(s.slug, '-') AS slug, count(*) AS n FROM report r
             JOIN org o ON o.id = r.org_id
             LEFT JOIN report_substance s ON s.report_id = r.id
             AND s.n = (SELECT min(f.n) FROM report_substance f WHERE f.report_id = r.id)
             WHERE r.sent_at >= $1 AND r.sent_at < $2 GROUP BY r.org_id, r.kind, o.country, coalesce(s.slug, '-')";
    FIRST = "SELECT min(sent_at) AS at FROM report";
    COUNTRIES = "SELECT DISTINCT country FROM authority_scope";
    USERS = "SELECT kind, count(*) AS n FROM org WHERE status = 'approved' GROUP BY kind";
    PUT = "INSERT INTO statistic (quarter, content, published_at) VALUES ($1, $2, $3) ON CONFLICT (quarter) DO NOTHING";
    ALL_OF_THEM = "SELECT quarter, content, published_at FROM statistic ORDER BY quarter DESC LIMIT 400";
    LAST = "SELECT max(quarter) AS quarter FROM statistic";
}

/// Reports of a month that are alike.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CountRow {
    /// The company.
    pub org_id: Uuid,
    /// Code of the kind.
    pub kind: String,
    /// Country of the company, ISO 3166-1 alpha-2.
    pub country: String,
    /// The first substance named: its handle, empty if the catalogue does not know it, `-` if none is named.
    pub slug: String,
    /// How many.
    pub n: i64,
}

/// A quarter as it was told.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StatisticRow {
    /// The quarter: `2026-Q3`.
    pub quarter: String,
    /// Its tables, JSON.
    pub content: String,
    /// When it was told.
    pub published_at: i64,
}

/// Counts the reports sent from one instant on and before another.
///
/// # Errors
/// If the database does not answer.
pub async fn count(db: &mut impl Read, from: Timestamp, to: Timestamp) -> Result<Vec<CountRow>> {
    db.all(&COUNT, args![from, to]).await
}

/// When the first report was sent; nothing if there is none.
///
/// # Errors
/// If the database does not answer.
pub async fn first(db: &mut impl Read) -> Result<Option<Timestamp>> {
    let row: Option<(Option<i64>,)> = db.one(&FIRST, args![]).await?;
    Ok(row.and_then(|(at,)| at).map(Timestamp))
}

/// The countries for which an authority answers.
///
/// # Errors
/// If the database does not answer.
pub async fn countries(db: &mut impl Read) -> Result<Vec<String>> {
    Ok(db.all::<(String,)>(&COUNTRIES, args![]).await?.into_iter().map(|(country,)| country).collect())
}

/// Approved organisations by code of their kind.
///
/// # Errors
/// If the database does not answer.
pub async fn users(db: &mut impl Read) -> Result<Vec<(String, i64)>> {
    db.all(&USERS, args![]).await
}

/// Stores a quarter as it is told; says whether it was not there yet.
///
/// # Errors
/// If the database refuses.
pub async fn put(tx: &mut Tx, quarter: &str, content: &str, at: Timestamp) -> Result<bool> {
    Ok(tx.run(&PUT, args![quarter, content, at]).await? == 1)
}

/// Every quarter that was told, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn all(db: &mut impl Read) -> Result<Vec<StatisticRow>> {
    db.all(&ALL_OF_THEM, args![]).await
}

/// The newest quarter that was told.
///
/// # Errors
/// If the database does not answer.
pub async fn last(db: &mut impl Read) -> Result<Option<String>> {
    let row: Option<(Option<String>,)> = db.one(&LAST, args![]).await?;
    Ok(row.and_then(|(quarter,)| quarter))
}
