//! Saved views of the queue: filters under a name, and with which of them somebody's queue opens.

use domain::{
    ids::{OrgId, UserId, ViewId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD = "INSERT INTO saved_view (id, authority_id, person_id, name, filter, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    BY_ID = "SELECT v.id, v.authority_id, v.person_id, v.name, v.filter, NOT 1 = 1 AS first FROM saved_view v WHERE v.id = $1";
    /// Somebody's own and those of the desk, the desk's first.
    OF = "SELECT v.id, v.authority_id, v.person_id, v.name, v.filter, f.view_id IS NOT NULL AS first
          FROM saved_view v LEFT JOIN saved_view_first f ON f.view_id = v.id AND f.person_id = $2
          WHERE v.authority_id = $1 AND (v.person_id = $2 OR v.person_id IS NULL)
          ORDER BY CASE WHEN v.person_id IS NULL THEN 0 ELSE 1 END, v.created_at, v.id LIMIT 100";
    LEAVE = "DELETE FROM saved_view_first WHERE view_id = $1";
    REMOVE = "DELETE FROM saved_view WHERE id = $1";
    FIRST = "INSERT INTO saved_view_first (person_id, authority_id, view_id) VALUES ($1, $2, $3)
             ON CONFLICT (person_id, authority_id) DO UPDATE SET view_id = $3";
    NONE_FIRST = "DELETE FROM saved_view_first WHERE person_id = $1 AND authority_id = $2";
}

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ViewRow {
    /// Identity.
    pub id: Uuid,
    /// The authority.
    pub authority_id: Uuid,
    /// Whose it is; the whole desk's without anybody.
    pub person_id: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// What is shown, JSON.
    pub filter: String,
    /// Whether the asking person's queue opens with it.
    pub first: bool,
}

/// Saves a view.
///
/// # Errors
/// If the database refuses.
pub async fn add(
    tx: &mut Tx,
    id: ViewId,
    (authority, person): (OrgId, Option<UserId>),
    name: &str,
    filter: &str,
    at: Timestamp,
) -> Result<()> {
    tx.run(&ADD, args![id, authority, person, name, filter, at]).await?;
    Ok(())
}

/// The view with this identity; whether it is anybody's first is not said.
///
/// # Errors
/// If the database does not answer.
pub async fn by_id(db: &mut impl Read, id: ViewId) -> Result<Option<ViewRow>> {
    db.one(&BY_ID, args![id]).await
}

/// Somebody's own views and those of the desk.
///
/// # Errors
/// If the database does not answer.
pub async fn of(db: &mut impl Read, authority: OrgId, person: UserId) -> Result<Vec<ViewRow>> {
    db.all(&OF, args![authority, person]).await
}

/// Removes a view; whose queue opened with it begins with the open reports again.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it is gone.
pub async fn remove(tx: &mut Tx, id: ViewId) -> Result<()> {
    tx.run(&LEAVE, args![id]).await?;
    tx.run_one(&REMOVE, args![id]).await
}

/// Lets somebody's queue open with a view, or (`None`) with the open reports.
///
/// # Errors
/// If the database refuses.
pub async fn set_first(tx: &mut Tx, authority: OrgId, person: UserId, id: Option<ViewId>) -> Result<()> {
    match id {
        Some(id) => tx.run(&FIRST, args![person, authority, id]).await?,
        None => tx.run(&NONE_FIRST, args![person, authority]).await?,
    };
    Ok(())
}
