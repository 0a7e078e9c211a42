//! Watch lists and their versions. What stands on them: [`entry`]. What was asked: [`check`]. With whom they are shared: [`share`].

use domain::{ids::OrgId, time::Timestamp};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

pub mod check;
pub mod entry;
pub mod fetch;
pub mod own;
pub mod share;

statements! {
    ADD_LIST = "INSERT INTO watch_list (id, code, label, means, automatic, created_at, owner_id)
                VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CHANGE_LIST = "UPDATE watch_list SET label = $2, means = $3, automatic = $4 WHERE id = $1";
    LISTS = "SELECT id, code, label, means, automatic, created_at, owner_id FROM watch_list WHERE owner_id IS NULL
             ORDER BY code LIMIT 1000";
    OWNED = "SELECT id, code, label, means, automatic, created_at, owner_id FROM watch_list WHERE owner_id = $1
             ORDER BY label, code LIMIT 1000";
    LIST = "SELECT id, code, label, means, automatic, created_at, owner_id FROM watch_list WHERE code = $1";
    BEGIN = "INSERT INTO watch_version (id, list_id, number, state, format, files, sha256, bytes, generated, entries,
             deviations, summary, loaded_by, loaded_at) VALUES ($1, $2, 0, 'loading', $3, $4, $5, $6, '', 0, 0, '', $7, $8)";
    TOUCH = "UPDATE watch_version SET loaded_at = $2 WHERE id = $1 AND state = 'loading'";
    FINISH = "UPDATE watch_version SET state = 'loaded', generated = $2, entries = $3, deviations = $4, summary = $5,
              loaded_at = $6, number = (SELECT COALESCE(MAX(o.number), 0) + 1 FROM watch_version o
              WHERE o.list_id = watch_version.list_id AND o.state <> 'loading') WHERE id = $1 AND state = 'loading'";
    RETIRE = "UPDATE watch_version SET state = 'retired' WHERE list_id = $1 AND state = 'active'";
    ACTIVATE = "UPDATE watch_version SET state = 'active', activated_by = $2, activated_at = $3
                WHERE id = $1 AND state IN ('loaded', 'retired')";
    VERSIONS = "SELECT v.id, v.list_id, l.code, l.label, l.means, l.owner_id, o.name AS owner, v.number, v.state, v.format, v.files, v.sha256, v.bytes,
                v.generated, v.entries, v.deviations, v.summary, p.name AS loader, v.loaded_at, a.name AS activator,
                v.activated_at FROM watch_version v JOIN watch_list l ON l.id = v.list_id LEFT JOIN org o ON o.id = l.owner_id
                LEFT JOIN person p ON p.id = v.loaded_by LEFT JOIN person a ON a.id = v.activated_by
                WHERE v.list_id = $1 AND v.state <> 'loading' ORDER BY v.number DESC LIMIT 200";
    ONE = "SELECT v.id, v.list_id, l.code, l.label, l.means, l.owner_id, o.name AS owner, v.number, v.state, v.format, v.files, v.sha256, v.bytes,
           v.generated, v.entries, v.deviations, v.summary, p.name AS loader, v.loaded_at, a.name AS activator,
           v.activated_at FROM watch_version v JOIN watch_list l ON l.id = v.list_id LEFT JOIN org o ON o.id = l.owner_id
           LEFT JOIN person p ON p.id = v.loaded_by LEFT JOIN person a ON a.id = v.activated_by
           WHERE v.list_id = $1 AND v.number = $2 AND v.state <> 'loading'";
    SAME_FILE = "SELECT v.id, v.list_id, l.code, l.label, l.means, l.owner_id, o.name AS owner, v.number, v.state, v.format, v.files, v.sha256, v.bytes,
                 v.generated, v.entries, v.deviations, v.summary, p.name AS loader, v.loaded_at, a.name AS activator,
                 v.activated_at FROM watch_version v JOIN watch_list l ON l.id = v.list_id LEFT JOIN org o ON o.id = l.owner_id
                 LEFT JOIN person p ON p.id = v.loaded_by LEFT JOIN person a ON a.id = v.activated_by
                 WHERE v.list_id = $1 AND v.sha256 = $2 AND v.state <> 'loading'";
    ACTIVE = "SELECT v.id, v.list_id, l.code, l.label, l.means, l.owner_id, o.name AS owner, v.number, v.state, v.format, v.files, v.sha256, v.bytes,
              v.generated, v.entries, v.deviations, '' AS summary, p.name AS loader, v.loaded_at, a.name AS activator,
              v.activated_at FROM watch_version v JOIN watch_list l ON l.id = v.list_id LEFT JOIN org o ON o.id = l.owner_id
              LEFT JOIN person p ON p.id = v.loaded_by LEFT JOIN person a ON a.id = v.activated_by
              WHERE v.state = 'active' ORDER BY l.code LIMIT 1000";
    ACTIVE_IDS = "SELECT id FROM watch_version WHERE state = 'active' ORDER BY id LIMIT 1000";
    BROKEN_OFF = "SELECT id FROM watch_version WHERE state = 'loading' AND loaded_at < $1 LIMIT 100";
    DROP_VERSION = "DELETE FROM watch_version WHERE id = $1 AND state = 'loading'";
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListRow {
    /// Identity.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Code of what a hit on it means in law.
    pub means: String,
    /// Whether a version from the folder is put in force by itself.
    pub automatic: bool,
    /// Since when it is here.
    pub created_at: i64,
    /// Whose it is; none for the installation's.
    pub owner_id: Option<Uuid>,
}

/// A version of a list, loaded whole.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct VersionRow {
    /// Identity.
    pub id: Uuid,
    /// The list.
    pub list_id: Uuid,
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Code of what a hit on it means in law.
    pub means: String,
    /// Whose list it is; none for the installation's.
    pub owner_id: Option<Uuid>,
    /// Name of that organisation.
    pub owner: Option<String>,
    /// Which version.
    pub number: i64,
    /// `loaded`, `active` or `retired`.
    pub state: String,
    /// Code of its format.
    pub format: String,
    /// Names of its files, parted by line ends.
    pub files: String,
    /// SHA-256 over them.
    pub sha256: Vec<u8>,
    /// How large they are together.
    pub bytes: i64,
    /// When they were made, by their own word.
    pub generated: String,
    /// How many stand on it.
    pub entries: i64,
    /// In how many places it breaks its own rules.
    pub deviations: i64,
    /// What the reader said, JSON.
    pub summary: String,
    /// Who loaded it; none for the command line and the folder.
    pub loader: Option<String>,
    /// When.
    pub loaded_at: i64,
    /// Who put it in force the last time.
    pub activator: Option<String>,
    /// When.
    pub activated_at: Option<i64>,
}

/// A version that begins to be loaded.
#[derive(Clone, Copy, Debug)]
pub struct NewVersion<'a> {
    /// Identity.
    pub id: Uuid,
    /// The list.
    pub list: Uuid,
    /// Code of its format.
    pub format: &'a str,
    /// Names of its files, parted by line ends.
    pub files: &'a str,
    /// SHA-256 over them.
    pub sha256: [u8; 32],
    /// How large they are together.
    pub bytes: i64,
    /// Who loads it.
    pub by: Option<domain::ids::UserId>,
    /// Now.
    pub at: Timestamp,
}

/// What is known of a version once it was read to its end.
#[derive(Clone, Copy, Debug)]
pub struct Loaded<'a> {
    /// When the file was made, by its own word.
    pub generated: &'a str,
    /// How many stand on it.
    pub entries: i64,
    /// In how many places it breaks its own rules.
    pub deviations: i64,
    /// What the reader said, JSON.
    pub summary: &'a str,
}

/// Adds a list.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if there is one with this code.
pub async fn add_list(tx: &mut Tx, row: &ListRow) -> Result<()> {
    let args = args![row.id, &row.code, &row.label, &row.means, row.automatic, row.created_at, row.owner_id];
    tx.run(&ADD_LIST, args).await?;
    Ok(())
}

/// Changes name, meaning and whether versions are put in force by themselves.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such list.
pub async fn change_list(tx: &mut Tx, row: &ListRow) -> Result<()> {
    tx.run_one(&CHANGE_LIST, args![row.id, &row.label, &row.means, row.automatic]).await
}

/// Every list of the installation, by code; or every list of an organisation, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn lists(db: &mut impl Read, owner: Option<OrgId>) -> Result<Vec<ListRow>> {
    match owner {
        None => db.all(&LISTS, args![]).await,
        Some(owner) => db.all(&OWNED, args![owner]).await,
    }
}

/// The list with this code.
///
/// # Errors
/// If the database does not answer.
pub async fn list(db: &mut impl Read, code: &str) -> Result<Option<ListRow>> {
    db.one(&LIST, args![code]).await
}

/// Begins a version. Nobody sees it before [`finish`].
///
/// # Errors
/// If the database refuses.
pub async fn begin(tx: &mut Tx, new: NewVersion<'_>) -> Result<()> {
    let args = args![new.id, new.list, new.format, new.files, new.sha256, new.bytes, new.by, new.at];
    tx.run(&BEGIN, args).await?;
    Ok(())
}

/// Says that a version is still being loaded.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was given up meanwhile.
pub async fn touch(tx: &mut Tx, version: Uuid, at: Timestamp) -> Result<()> {
    tx.run_one(&TOUCH, args![version, at]).await
}

/// Ends the loading of a version and gives it its number.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was given up meanwhile; [`crate::StoreError::Conflict`] if somebody else loaded the
/// same file or took the number at the same moment.
pub async fn finish(tx: &mut Tx, version: Uuid, loaded: Loaded<'_>, at: Timestamp) -> Result<()> {
    let args = args![version, loaded.generated, loaded.entries, loaded.deviations, loaded.summary, at];
    tx.run_one(&FINISH, args).await
}

/// Puts a version in force in place of the one before.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it is in force already; [`crate::StoreError::Conflict`] if somebody else put one in
/// force at the same moment.
pub async fn activate(
    tx: &mut Tx,
    list: Uuid,
    version: Uuid,
    by: Option<domain::ids::UserId>,
    at: Timestamp,
) -> Result<()> {
    tx.run(&RETIRE, args![list]).await?;
    tx.run_one(&ACTIVATE, args![version, by, at]).await
}

/// The versions of a list, the last one first; at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn versions(db: &mut impl Read, list: Uuid) -> Result<Vec<VersionRow>> {
    db.all(&VERSIONS, args![list]).await
}

/// The version with this number.
///
/// # Errors
/// If the database does not answer.
pub async fn version(db: &mut impl Read, list: Uuid, number: i64) -> Result<Option<VersionRow>> {
    db.one(&ONE, args![list, number]).await
}

/// The version that was made of this file.
///
/// # Errors
/// If the database does not answer.
pub async fn same_file(db: &mut impl Read, list: Uuid, sha256: [u8; 32]) -> Result<Option<VersionRow>> {
    db.one(&SAME_FILE, args![list, sha256]).await
}

/// The versions in force, by code of their lists, without what the reader said.
///
/// # Errors
/// If the database does not answer.
pub async fn active(db: &mut impl Read) -> Result<Vec<VersionRow>> {
    db.all(&ACTIVE, args![]).await
}

/// Their identities, in their own order: to see whether something changed.
///
/// # Errors
/// If the database does not answer.
pub async fn active_ids(db: &mut impl Read) -> Result<Vec<Uuid>> {
    Ok(db.all::<(Uuid,)>(&ACTIVE_IDS, args![]).await?.into_iter().map(|(id,)| id).collect())
}

/// Versions whose loading rests since before `since`.
///
/// # Errors
/// If the database does not answer.
pub async fn broken_off(db: &mut impl Read, since: Timestamp) -> Result<Vec<Uuid>> {
    Ok(db.all::<(Uuid,)>(&BROKEN_OFF, args![since]).await?.into_iter().map(|(id,)| id).collect())
}

/// Removes a version that was not loaded to its end and of which no entry is left.
///
/// # Errors
/// If the database refuses.
pub async fn drop_version(tx: &mut Tx, version: Uuid) -> Result<u64> {
    tx.run(&DROP_VERSION, args![version]).await
}
