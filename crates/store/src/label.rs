//! The labels of an authority, and which of them stick on which report.

use domain::{
    ids::{LabelId, OrgId, ReportId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD = "INSERT INTO label (id, authority_id, name, name_key, colour, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    CHANGE = "UPDATE label SET name = $2, name_key = $3, colour = $4 WHERE id = $1";
    STRIP = "DELETE FROM report_label WHERE label_id = $1";
    REMOVE = "DELETE FROM label WHERE id = $1";
    BY_ID = "SELECT id, authority_id, name, colour FROM label WHERE id = $1";
    OF_AUTHORITY = "SELECT id, authority_id, name, colour FROM label WHERE authority_id = $1 ORDER BY name_key LIMIT 200";
    /// How many reports carry a label, the decided ones too.
    COUNT = "SELECT count(*) FROM report_label WHERE label_id = $1";
    OF_REPORT = "SELECT l.id, l.authority_id, l.name, l.colour FROM report_label s JOIN label l ON l.id = s.label_id
                 WHERE s.report_id = $1 ORDER BY l.name_key";
    STICK = "INSERT INTO report_label (report_id, label_id) VALUES ($1, $2) ON CONFLICT (report_id, label_id) DO NOTHING";
    TAKE_OFF = "DELETE FROM report_label WHERE report_id = $1 AND label_id = $2";
}

/// A label.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LabelRow {
    /// Identity.
    pub id: Uuid,
    /// The authority.
    pub authority_id: Uuid,
    /// As it is shown.
    pub name: String,
    /// Code of the colour.
    pub colour: String,
}

/// Adds a label.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if the authority has one that looks alike.
pub async fn add(
    tx: &mut Tx,
    id: LabelId,
    authority: OrgId,
    (name, key): (&str, &str),
    colour: &str,
    at: Timestamp,
) -> Result<()> {
    tx.run(&ADD, args![id, authority, name, key, colour, at]).await?;
    Ok(())
}

/// Gives a label another name or colour.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if the authority has another one that looks alike; [`crate::StoreError::Stale`] if it
/// is gone.
pub async fn change(tx: &mut Tx, id: LabelId, (name, key): (&str, &str), colour: &str) -> Result<()> {
    tx.run_one(&CHANGE, args![id, name, key, colour]).await
}

/// Takes a label off every report and out of the authority's list.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it is gone.
pub async fn remove(tx: &mut Tx, id: LabelId) -> Result<()> {
    tx.run(&STRIP, args![id]).await?;
    tx.run_one(&REMOVE, args![id]).await
}

/// The label with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn by_id(db: &mut impl Read, id: LabelId) -> Result<Option<LabelRow>> {
    db.one(&BY_ID, args![id]).await
}

/// The labels of an authority, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn of_authority(db: &mut impl Read, authority: OrgId) -> Result<Vec<LabelRow>> {
    db.all(&OF_AUTHORITY, args![authority]).await
}

/// How many reports carry a label.
///
/// # Errors
/// If the database does not answer.
pub async fn count(db: &mut impl Read, id: LabelId) -> Result<i64> {
    Ok(db.number(&COUNT, args![id]).await?.unwrap_or(0))
}

/// The labels of a report, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn of_report(db: &mut impl Read, report: ReportId) -> Result<Vec<LabelRow>> {
    db.all(&OF_REPORT, args![report]).await
}

/// Sticks a label on a report; one that is there already stays.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if there is no such label any more.
pub async fn stick(tx: &mut Tx, report: ReportId, label: LabelId) -> Result<()> {
    tx.run(&STICK, args![report, label]).await?;
    Ok(())
}

/// Takes a label off a report.
///
/// # Errors
/// If the database refuses.
pub async fn take_off(tx: &mut Tx, report: ReportId, label: LabelId) -> Result<()> {
    tx.run(&TAKE_OFF, args![report, label]).await?;
    Ok(())
}
