//! Anonymous concerns: which authority takes them, and what their reports are beside reports.

use domain::ids::{OrgId, ReportId, UserId};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    DOOR = "SELECT authority_id, is_open, org_id, person_id, version FROM concern_door WHERE authority_id = $1";
    ADD_DOOR = "INSERT INTO concern_door (authority_id, is_open, org_id, person_id, version) VALUES ($1, $2, $3, $4, 1)";
    SET_DOOR = "UPDATE concern_door SET is_open = $3, version = version + 1 WHERE authority_id = $1 AND version = $2";
    /// One row per country: of several authorities the one that is asked by default.
    PLACES = "SELECT s.country, a.id AS authority_id, a.name, a.phone, (d.is_open IS TRUE) AS is_open FROM authority_scope s
              JOIN org a ON a.id = s.authority_id LEFT JOIN concern_door d ON d.authority_id = a.id
              WHERE a.status = 'approved' AND s.list = '' ORDER BY s.country, s.is_default DESC, a.created_at, a.id LIMIT 500";
    INSERT = "INSERT INTO concern (report_id, authority_id, day, lookup, association_id) VALUES ($1, $2, $3, $4, $5)";
    ON_DAY = "SELECT count(*) FROM concern WHERE authority_id = $1 AND day = $2";
    BY_LOOKUP = "SELECT c.report_id, r.reference, c.authority_id, c.day, c.association_id, a.name AS association, c.lookup IS NOT NULL AS is_open
                 FROM concern c JOIN report r ON r.id = c.report_id LEFT JOIN org a ON a.id = c.association_id WHERE c.lookup = $1";
    OF_REPORT = "SELECT c.report_id, r.reference, c.authority_id, c.day, c.association_id, a.name AS association, c.lookup IS NOT NULL AS is_open
                 FROM concern c JOIN report r ON r.id = c.report_id LEFT JOIN org a ON a.id = c.association_id WHERE c.report_id = $1";
    /// What an association passed on, the newest first.
    PASSED_ON = "SELECT r.reference, r.state, r.headline, r.outcome, c.day, h.name AS authority,
                 (SELECT count(*) FROM report_entry e WHERE e.report_id = r.id AND e.side = 'authority' AND e.visible_to_company
                 AND e.kind IN ('message', 'question')) AS answers
                 FROM concern c JOIN report r ON r.id = c.report_id JOIN org h ON h.id = c.authority_id
                 WHERE c.association_id = $1 ORDER BY c.day DESC, r.reference LIMIT 500";
    CLOSE = "UPDATE concern SET lookup = NULL WHERE report_id = $1 AND lookup IS NOT NULL";
    /// Mailboxes whose concern was settled before $1.
    SETTLED = "SELECT c.report_id FROM concern c JOIN report r ON r.id = c.report_id
               WHERE c.lookup IS NOT NULL AND r.shelf = 'closed' AND r.updated_at < $1 ORDER BY c.report_id LIMIT 200";
}

/// Whether an authority takes anonymous concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DoorRow {
    /// The authority.
    pub authority_id: Uuid,
    /// Whether it takes any now.
    pub is_open: bool,
    /// The organisation in whose name their reports stand.
    pub org_id: Uuid,
    /// The person who stands for all senders.
    pub person_id: Uuid,
    /// Counts changes.
    pub version: i64,
}

/// The authority that is asked first for a country, and whether it takes anonymous concerns.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PlaceRow {
    /// The country, ISO 3166-1 alpha-2.
    pub country: String,
    /// The authority.
    pub authority_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its telephone; may be empty.
    pub phone: String,
    /// Whether it takes any.
    pub is_open: bool,
}

/// An anonymous concern.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ConcernRow {
    /// Its report.
    pub report_id: Uuid,
    /// The report's number.
    pub reference: String,
    /// The authority.
    pub authority_id: Uuid,
    /// The day on which it came, in days since 1970-01-01.
    pub day: i64,
    /// The association that passed it on.
    pub association_id: Option<Uuid>,
    /// Its name.
    pub association: Option<String>,
    /// Whether a phrase opens its mailbox.
    pub is_open: bool,
}

/// A concern in the list of the association that passed it on.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PassedRow {
    /// The report's number.
    pub reference: String,
    /// Code of its state.
    pub state: String,
    /// What it is about.
    pub headline: String,
    /// Code of the outcome class; empty until decided.
    pub outcome: String,
    /// The day on which it was passed on.
    pub day: i64,
    /// To which authority.
    pub authority: String,
    /// How often the authority wrote.
    pub answers: i64,
}

/// An anonymous concern to note, in the transaction of its report.
#[derive(Clone, Copy, Debug)]
pub struct NewConcern {
    /// Its report.
    pub report: ReportId,
    /// The authority.
    pub authority: OrgId,
    /// The day, in days since 1970-01-01.
    pub day: i64,
    /// Keyed hash of the phrase.
    pub lookup: Option<[u8; 32]>,
    /// The association that passes it on.
    pub association: Option<OrgId>,
}

/// Whether an authority takes anonymous concerns; none if it never did.
///
/// # Errors
/// If the database does not answer.
pub async fn door(db: &mut impl Read, authority: OrgId) -> Result<Option<DoorRow>> {
    db.one(&DOOR, args![authority]).await
}

/// Opens or closes the door of an authority for the first time.
///
/// # Errors
/// If the database refuses.
pub async fn add_door(tx: &mut Tx, authority: OrgId, is_open: bool, org: OrgId, person: UserId) -> Result<()> {
    tx.run(&ADD_DOOR, args![authority, is_open, org, person]).await?;
    Ok(())
}

/// Opens or closes the door of an authority.
///
/// # Errors
/// [`crate::StoreError::Stale`] if somebody else did meanwhile.
pub async fn set_door(tx: &mut Tx, authority: OrgId, version: i64, is_open: bool) -> Result<()> {
    tx.run_one(&SET_DOOR, args![authority, version, is_open]).await
}

/// Every country with its authorities, those asked by default first.
///
/// # Errors
/// If the database does not answer.
pub async fn places(db: &mut impl Read) -> Result<Vec<PlaceRow>> {
    db.all(&PLACES, args![]).await
}

/// Notes an anonymous concern.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if there is one with this phrase.
pub async fn insert(tx: &mut Tx, new: NewConcern) -> Result<()> {
    let lookup = new.lookup.map(|lookup| lookup.to_vec());
    tx.run(&INSERT, args![new.report, new.authority, new.day, lookup, new.association]).await?;
    Ok(())
}

/// How many concerns an authority got on a day.
///
/// # Errors
/// If the database does not answer.
pub async fn on_day(db: &mut impl Read, authority: OrgId, day: i64) -> Result<i64> {
    Ok(db.number(&ON_DAY, args![authority, day]).await?.unwrap_or(0))
}

/// The concern whose phrase has this keyed hash.
///
/// # Errors
/// If the database does not answer.
pub async fn by_lookup(db: &mut impl Read, lookup: &[u8; 32]) -> Result<Option<ConcernRow>> {
    db.one(&BY_LOOKUP, args![*lookup]).await
}

/// What a report is as an anonymous concern; none if it is none.
///
/// # Errors
/// If the database does not answer.
pub async fn of_report(db: &mut impl Read, report: ReportId) -> Result<Option<ConcernRow>> {
    db.one(&OF_REPORT, args![report]).await
}

/// What an association passed on, the newest first, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn passed_on(db: &mut impl Read, association: OrgId) -> Result<Vec<PassedRow>> {
    db.all(&PASSED_ON, args![association]).await
}

/// Closes a mailbox for good; false if it was closed.
///
/// # Errors
/// If the database refuses.
pub async fn close(tx: &mut Tx, report: ReportId) -> Result<bool> {
    Ok(tx.run(&CLOSE, args![report]).await? == 1)
}

/// Concerns with an open mailbox that were settled before `before` (microseconds), at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn settled(db: &mut impl Read, before: i64) -> Result<Vec<ReportId>> {
    let rows: Vec<(Uuid,)> = db.all(&SETTLED, args![before]).await?;
    Ok(rows.into_iter().map(|(id,)| ReportId(id)).collect())
}
