//! Imports of customers: files, their rows, and what their columns are.

use domain::{
    ids::{ImportId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO customer_import (id, org_id, person_id, state, file_name, titles, mapping, total, created_at, began_at,
              ended_at) VALUES ($1, $2, $3, 'mapping', $4, $5, $6, $7, $8, $8, NULL)";
    ADD_ROW = sqlite "INSERT INTO customer_import_row (import_id, number, cells, state, problems)
               SELECT $1, json_extract(value, '$[0]'), json_extract(value, '$[1]'), 'new', '[]' FROM json_each($2)",
              postgres "INSERT INTO customer_import_row (import_id, number, cells, state, problems)
               SELECT $1, CAST(r ->> 0 AS BIGINT), r ->> 1, 'new', '[]' FROM json_array_elements(CAST(CAST($2 AS text) AS json)) AS r";
    FIND = "SELECT i.id, i.org_id, i.person_id, i.state, i.file_name, i.titles, i.mapping, i.total, i.created_at, i.began_at,
            i.ended_at, p.name AS person FROM customer_import i JOIN person p ON p.id = i.person_id WHERE i.id = $1";
    LOCK = sqlite "SELECT i.id, i.org_id, i.person_id, i.state, i.file_name, i.titles, i.mapping, i.total, i.created_at, i.began_at,
            i.ended_at, p.name AS person FROM customer_import i JOIN person p ON p.id = i.person_id WHERE i.id = $1",
           postgres "SELECT i.id, i.org_id, i.person_id, i.state, i.file_name, i.titles, i.mapping, i.total, i.created_at, i.began_at,
            i.ended_at, p.name AS person FROM customer_import i JOIN person p ON p.id = i.person_id WHERE i.id = $1 FOR UPDATE OF i";
    OF_ORG = "SELECT i.id, i.org_id, i.person_id, i.state, i.file_name, i.titles, i.mapping, i.total, i.created_at, i.began_at,
            i.ended_at, p.name AS person FROM customer_import i JOIN person p ON p.id = i.person_id
            WHERE i.org_id = $1 ORDER BY i.created_at DESC, i.id DESC LIMIT 50";
    TO_DO = "SELECT id FROM customer_import WHERE state IN ('trying', 'running') ORDER BY began_at, id LIMIT 1";
    MOVE = "UPDATE customer_import SET state = $3, began_at = $4, ended_at = $5 WHERE id = $1 AND state = $2";
    SET_MAPPING = "UPDATE customer_import SET mapping = $2 WHERE id = $1";
    ROWS = "SELECT number, cells, state, problems FROM customer_import_row
            WHERE import_id = $1 AND state = $2 AND number > $3 ORDER BY number LIMIT $4";
    SET_ROW = "UPDATE customer_import_row SET state = $3, problems = $4 WHERE import_id = $1 AND number = $2";
    COUNTS = "SELECT state, count(*) FROM customer_import_row WHERE import_id = $1 GROUP BY state";
    ANEW = "UPDATE customer_import_row SET state = 'new', problems = '[]' WHERE import_id = $1";
    OLD = "SELECT id FROM customer_import WHERE created_at < $1 AND state NOT IN ('trying', 'running') ORDER BY created_at LIMIT 20";
    DROP_ROWS = "DELETE FROM customer_import_row WHERE import_id = $1";
    DROP = "DELETE FROM customer_import WHERE id = $1";
    REMEMBER = "INSERT INTO customer_mapping (org_id, title_key, target) VALUES ($1, $2, $3)
                ON CONFLICT (org_id, title_key) DO UPDATE SET target = $3";
    REMEMBERED = "SELECT title_key, target FROM customer_mapping WHERE org_id = $1 LIMIT 5000";
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ImportRow {
    /// Identity.
    pub id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// Who imports.
    pub person_id: Uuid,
    /// Code of its stage.
    pub state: String,
    /// Name of the file.
    pub file_name: String,
    /// Titles of the columns, JSON.
    pub titles: String,
    /// What each column is, JSON.
    pub mapping: String,
    /// How many rows.
    pub total: i64,
    /// When the file came.
    pub created_at: i64,
    /// When the present stage began.
    pub began_at: i64,
    /// When all ended.
    pub ended_at: Option<i64>,
    /// Name of who imports.
    pub person: String,
}

/// A file to import.
#[derive(Clone, Debug)]
pub struct NewImport<'a> {
    /// Identity.
    pub id: ImportId,
    /// The company.
    pub org: OrgId,
    /// Who imports.
    pub person: UserId,
    /// Name of the file.
    pub file_name: &'a str,
    /// Titles of the columns, JSON.
    pub titles: &'a str,
    /// What each column probably is, JSON.
    pub mapping: &'a str,
    /// How many rows.
    pub total: i64,
    /// Now.
    pub at: Timestamp,
}

/// A row of the file.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RowRow {
    /// The line of the file.
    pub number: i64,
    /// Its cells, JSON.
    pub cells: String,
    /// Code of where it stands.
    pub state: String,
    /// What is wrong, JSON.
    pub problems: String,
}

/// Notes a file; its rows follow with [`add_rows`].
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, new: &NewImport<'_>) -> Result<()> {
    let args = args![new.id, new.org, new.person, new.file_name, new.titles, new.mapping, new.total, new.at];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// Adds rows: number and cells, as JSON `[[2, "[…]"], …]`.
///
/// # Errors
/// If the database refuses.
pub async fn add_rows(tx: &mut Tx, id: ImportId, rows: &str) -> Result<()> {
    tx.run(&ADD_ROW, args![id, rows]).await?;
    Ok(())
}

/// The import with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: ImportId) -> Result<Option<ImportRow>> {
    db.one(&FIND, args![id]).await
}

/// The same, held against other writers until the transaction ends.
///
/// # Errors
/// If the database does not answer.
pub async fn lock(tx: &mut Tx, id: ImportId) -> Result<Option<ImportRow>> {
    tx.one(&LOCK, args![id]).await
}

/// A company's imports, the last one first, at most 50.
///
/// # Errors
/// If the database does not answer.
pub async fn of_org(db: &mut impl Read, org: OrgId) -> Result<Vec<ImportRow>> {
    db.all(&OF_ORG, args![org]).await
}

/// The import of which rows are to be tried or carried out; the one that waits longest.
///
/// # Errors
/// If the database does not answer.
pub async fn to_do(db: &mut impl Read) -> Result<Option<ImportId>> {
    let row: Option<(Uuid,)> = db.one(&TO_DO, args![]).await?;
    Ok(row.map(|(id,)| ImportId(id)))
}

/// Moves an import to its next stage.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it does not stand at `from`.
pub async fn advance(
    tx: &mut Tx,
    id: ImportId,
    (from, to): (&str, &str),
    at: Timestamp,
    ended: Option<Timestamp>,
) -> Result<()> {
    tx.run_one(&MOVE, args![id, from, to, at, ended]).await
}

/// Says what the columns are.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such import.
pub async fn set_mapping(tx: &mut Tx, id: ImportId, mapping: &str) -> Result<()> {
    tx.run_one(&SET_MAPPING, args![id, mapping]).await
}

/// Rows that stand at `state` behind line `after`, in the order of the file.
///
/// # Errors
/// If the database does not answer.
pub async fn rows(db: &mut impl Read, id: ImportId, state: &str, after: i64, limit: i64) -> Result<Vec<RowRow>> {
    db.all(&ROWS, args![id, state, after, limit]).await
}

/// Says where a row stands and what is wrong with it.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such row.
pub async fn set_row(tx: &mut Tx, id: ImportId, number: i64, state: &str, problems: &str) -> Result<()> {
    tx.run_one(&SET_ROW, args![id, number, state, problems]).await
}

/// How many rows stand where.
///
/// # Errors
/// If the database does not answer.
pub async fn counts(db: &mut impl Read, id: ImportId) -> Result<Vec<(String, i64)>> {
    db.all(&COUNTS, args![id]).await
}

/// Sets every row back to where nothing was tried.
///
/// # Errors
/// If the database refuses.
pub async fn anew(tx: &mut Tx, id: ImportId) -> Result<()> {
    tx.run(&ANEW, args![id]).await?;
    Ok(())
}

/// Removes imports whose file came before `before` and that are not at work, with their rows; how many. At most 20.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    let old: Vec<(Uuid,)> = tx.all(&OLD, args![before]).await?;
    for (id,) in &old {
        tx.run(&DROP_ROWS, args![ImportId(*id)]).await?;
        tx.run(&DROP, args![ImportId(*id)]).await?;
    }
    Ok(old.len() as u64)
}

/// Remembers what a company's column with this folded title is.
///
/// # Errors
/// If the database refuses.
pub async fn remember(tx: &mut Tx, org: OrgId, title_key: &str, target: &str) -> Result<()> {
    tx.run(&REMEMBER, args![org, title_key, target]).await?;
    Ok(())
}

/// What a company's columns were before, by folded title.
///
/// # Errors
/// If the database does not answer.
pub async fn remembered(db: &mut impl Read, org: OrgId) -> Result<Vec<(String, String)>> {
    db.all(&REMEMBERED, args![org]).await
}
