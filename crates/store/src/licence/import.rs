//! Files that are taken into a register, in pieces.

use domain::{
    ids::{ImportId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO licence_import (id, org_id, person_id, sort, state, file_name, columns, total, created_at, began_at, ended_at)
              VALUES ($1, $2, $3, $4, 'trying', $5, $6, $7, $8, $8, NULL)";
    ADD_PIECE = "INSERT INTO licence_import_piece (import_id, n, lines, state, adds, changes, same, wrong, problems)
                 VALUES ($1, $2, $3, 'new', 0, 0, 0, 0, '[]')";
    FIND = "SELECT i.id, i.org_id, i.person_id, i.sort, i.state, i.file_name, i.columns, i.total, i.created_at, i.began_at, i.ended_at,
            p.name AS person FROM licence_import i JOIN person p ON p.id = i.person_id WHERE i.id = $1";
    LOCK = sqlite "SELECT i.id, i.org_id, i.person_id, i.sort, i.state, i.file_name, i.columns, i.total, i.created_at, i.began_at,
            i.ended_at, p.name AS person FROM licence_import i JOIN person p ON p.id = i.person_id WHERE i.id = $1",
           postgres "SELECT i.id, i.org_id, i.person_id, i.sort, i.state, i.file_name, i.columns, i.total, i.created_at, i.began_at,
            i.ended_at, p.name AS person FROM licence_import i JOIN person p ON p.id = i.person_id WHERE i.id = $1 FOR UPDATE OF i";
    OF_ORG = "SELECT i.id, i.org_id, i.person_id, i.sort, i.state, i.file_name, i.columns, i.total, i.created_at, i.began_at, i.ended_at,
            p.name AS person FROM licence_import i JOIN person p ON p.id = i.person_id
            WHERE i.org_id = $1 ORDER BY i.created_at DESC, i.id DESC LIMIT 50";
    TO_DO = "SELECT id FROM licence_import WHERE state IN ('trying', 'running') ORDER BY began_at, id LIMIT 1";
    MOVE = "UPDATE licence_import SET state = $3, began_at = $4, ended_at = $5 WHERE id = $1 AND state = $2";
    PIECE = "SELECT n, lines FROM licence_import_piece WHERE import_id = $1 AND state = $2 ORDER BY n LIMIT 1";
    SET_PIECE = "UPDATE licence_import_piece SET state = $3, adds = $4, changes = $5, same = $6, wrong = $7, problems = $8
                 WHERE import_id = $1 AND n = $2";
    COUNTS = "SELECT CAST(COALESCE(SUM(adds), 0) AS BIGINT) AS adds, CAST(COALESCE(SUM(changes), 0) AS BIGINT) AS changes,
              CAST(COALESCE(SUM(same), 0) AS BIGINT) AS same, CAST(COALESCE(SUM(wrong), 0) AS BIGINT) AS wrong,
              COUNT(*) AS pieces, CAST(COALESCE(SUM(CASE WHEN state = 'new' THEN 0 ELSE 1 END), 0) AS BIGINT) AS tried,
              CAST(COALESCE(SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END), 0) AS BIGINT) AS done
              FROM licence_import_piece WHERE import_id = $1";
    PROBLEMS = "SELECT problems FROM licence_import_piece WHERE import_id = $1 AND wrong > 0 ORDER BY n LIMIT $2";
    OLD = "SELECT id FROM licence_import WHERE created_at < $1 AND state NOT IN ('trying', 'running') ORDER BY created_at LIMIT 20";
    DROP_PIECES = "DELETE FROM licence_import_piece WHERE import_id = $1";
    DROP = "DELETE FROM licence_import WHERE id = $1";
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ImportRow {
    /// Identity.
    pub id: Uuid,
    /// The authority.
    pub org_id: Uuid,
    /// Who imports.
    pub person_id: Uuid,
    /// Code of what the rows are.
    pub sort: String,
    /// Code of its stage.
    pub state: String,
    /// Name of the file.
    pub file_name: String,
    /// What each column is, JSON.
    pub columns: String,
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
    /// The authority.
    pub org: OrgId,
    /// Who imports.
    pub person: UserId,
    /// Code of what the rows are.
    pub sort: &'a str,
    /// Name of the file.
    pub file_name: &'a str,
    /// What each column is, JSON.
    pub columns: &'a str,
    /// How many rows.
    pub total: i64,
    /// Now.
    pub at: Timestamp,
}

/// How many rows of an import stand where, and how many pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// Rows that make an entry.
    pub adds: i64,
    /// Rows that change one.
    pub changes: i64,
    /// Rows that change nothing.
    pub same: i64,
    /// Rows that cannot be carried out.
    pub wrong: i64,
    /// Pieces.
    pub pieces: i64,
    /// Pieces that were tried.
    pub tried: i64,
    /// Pieces that were carried out.
    pub done: i64,
}

/// Notes a file; its pieces follow with [`add_piece`].
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, new: &NewImport<'_>) -> Result<()> {
    let args = args![new.id, new.org, new.person, new.sort, new.file_name, new.columns, new.total, new.at];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// Adds a piece of the file.
///
/// # Errors
/// If the database refuses.
pub async fn add_piece(tx: &mut Tx, id: ImportId, n: i64, lines: &str) -> Result<()> {
    tx.run(&ADD_PIECE, args![id, n, lines]).await?;
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

/// An authority's imports, the last one first, at most 50.
///
/// # Errors
/// If the database does not answer.
pub async fn of_org(db: &mut impl Read, org: OrgId) -> Result<Vec<ImportRow>> {
    db.all(&OF_ORG, args![org]).await
}

/// The import that is to be tried or carried out; the one that waits longest.
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

/// The next piece that stands at `state`: its number and its lines.
///
/// # Errors
/// If the database does not answer.
pub async fn piece(db: &mut impl Read, id: ImportId, state: &str) -> Result<Option<(i64, String)>> {
    db.one(&PIECE, args![id, state]).await
}

/// Says where a piece stands and what came of it.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such piece.
pub async fn set_piece(
    tx: &mut Tx,
    (id, n): (ImportId, i64),
    state: &str,
    [adds, changes, same, wrong]: [i64; 4],
    problems: &str,
) -> Result<()> {
    tx.run_one(&SET_PIECE, args![id, n, state, adds, changes, same, wrong, problems]).await
}

/// How far an import is.
///
/// # Errors
/// If the database does not answer.
pub async fn counts(db: &mut impl Read, id: ImportId) -> Result<Counts> {
    Ok(db.one(&COUNTS, args![id]).await?.unwrap_or_default())
}

/// What is wrong in the first pieces in which something is, each JSON.
///
/// # Errors
/// If the database does not answer.
pub async fn problems(db: &mut impl Read, id: ImportId, pieces: i64) -> Result<Vec<String>> {
    Ok(db.all::<(String,)>(&PROBLEMS, args![id, pieces]).await?.into_iter().map(|(problems,)| problems).collect())
}

/// Removes imports whose file came before `before` and that are not at work; how many. At most 20.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    let old: Vec<(Uuid,)> = tx.all(&OLD, args![before]).await?;
    for (id,) in &old {
        tx.run(&DROP_PIECES, args![ImportId(*id)]).await?;
        tx.run(&DROP, args![ImportId(*id)]).await?;
    }
    Ok(old.len() as u64)
}
