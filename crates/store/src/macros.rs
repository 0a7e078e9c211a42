//! The macros of an authority: named sets of changes.

use domain::{
    ids::{MacroId, OrgId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD = "INSERT INTO macro (id, authority_id, name, name_key, change, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    CHANGE = "UPDATE macro SET name = $2, name_key = $3, change = $4 WHERE id = $1";
    REMOVE = "DELETE FROM macro WHERE id = $1";
    BY_ID = "SELECT id, authority_id, name, change FROM macro WHERE id = $1";
    OF_AUTHORITY = "SELECT id, authority_id, name, change FROM macro WHERE authority_id = $1 ORDER BY name_key LIMIT 200";
    NAMES = "SELECT id, name FROM macro WHERE authority_id = $1 ORDER BY name_key LIMIT 200";
}

/// A macro.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MacroRow {
    /// Identity.
    pub id: Uuid,
    /// The authority.
    pub authority_id: Uuid,
    /// As it is shown.
    pub name: String,
    /// What it changes, JSON.
    pub change: String,
}

/// Adds a macro.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if the authority has one whose name looks alike.
pub async fn add(
    tx: &mut Tx,
    id: MacroId,
    authority: OrgId,
    (name, key): (&str, &str),
    change: &str,
    at: Timestamp,
) -> Result<()> {
    tx.run(&ADD, args![id, authority, name, key, change, at]).await?;
    Ok(())
}

/// Gives a macro another name or content.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if the authority has another one whose name looks alike; [`crate::StoreError::Stale`]
/// if it is gone.
pub async fn change(tx: &mut Tx, id: MacroId, (name, key): (&str, &str), change: &str) -> Result<()> {
    tx.run_one(&CHANGE, args![id, name, key, change]).await
}

/// Removes a macro.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it is gone.
pub async fn remove(tx: &mut Tx, id: MacroId) -> Result<()> {
    tx.run_one(&REMOVE, args![id]).await
}

/// The macro with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn by_id(db: &mut impl Read, id: MacroId) -> Result<Option<MacroRow>> {
    db.one(&BY_ID, args![id]).await
}

/// The macros of an authority, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn of_authority(db: &mut impl Read, authority: OrgId) -> Result<Vec<MacroRow>> {
    db.all(&OF_AUTHORITY, args![authority]).await
}

/// Identity and name of each, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn names(db: &mut impl Read, authority: OrgId) -> Result<Vec<(Uuid, String)>> {
    db.all(&NAMES, args![authority]).await
}
