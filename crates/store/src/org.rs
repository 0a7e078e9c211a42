//! Organisations and which authority answers for which country.

use domain::{ids::OrgId, ids::UserId, time::Timestamp};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO org (id, handle, kind, name, country, status, operator_roles, authority_id, registration_number,
              registration_key, name_key, vat, lei, address, phone, website, duty_email, time_zone, act_for_proof, checks,
              decision_reason, decided_by, decided_at, created_at, version)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, '', NULL, NULL, $21, 1)";
    BY_ID = "SELECT id, handle, kind, name, country, status, operator_roles, authority_id, registration_number,
             registration_key, name_key, vat, lei, address, phone, website, duty_email, time_zone, act_for_proof, checks,
             decision_reason, decided_by, decided_at, created_at, version FROM org WHERE id = $1";
    BY_HANDLE = "SELECT id, handle, kind, name, country, status, operator_roles, authority_id, registration_number,
                 registration_key, name_key, vat, lei, address, phone, website, duty_email, time_zone, act_for_proof, checks,
                 decision_reason, decided_by, decided_at, created_at, version FROM org WHERE handle = $1";
    SET_STATUS = "UPDATE org SET status = $3, version = version + 1 WHERE id = $1 AND status = $2";
    DECIDE = "UPDATE org SET status = $3, decision_reason = $4, decided_by = $5, decided_at = $6, version = version + 1
              WHERE id = $1 AND version = $2";
    /// One authority's companies; the newest first, from behind a place in that order. `''` stands for any status.
    COMPANIES = "SELECT id, handle, name, country, status, registration_number, operator_roles, created_at, decided_at
                 FROM org WHERE authority_id = $1 AND kind = 'company' AND status <> 'unconfirmed' AND ($2 = '' OR status = $2)
                 AND (created_at < $3 OR (created_at = $3 AND id < $4)) ORDER BY created_at DESC, id DESC LIMIT $5";
    COUNT_BY_STATUS = "SELECT status, count(*) AS n FROM org WHERE authority_id = $1 AND kind = 'company' GROUP BY status";
    OF_KIND = "SELECT id, handle, kind, name, country, status, operator_roles, authority_id, registration_number,
               registration_key, name_key, vat, lei, address, phone, website, duty_email, time_zone, act_for_proof, checks,
               decision_reason, decided_by, decided_at, created_at, version FROM org WHERE kind = $1 ORDER BY name, id LIMIT 500";
    COUNT_KIND = "SELECT count(*) FROM org WHERE kind = $1 AND status <> 'unconfirmed'";
    /// Companies that may be the same firm: equal number in the same country, VAT number, LEI or name.
    ALIKE = "SELECT id, handle, name, country, status, created_at, registration_key, name_key, vat, lei
             FROM org WHERE kind = 'company' AND id <> $1 AND status <> 'unconfirmed'
             AND ((country = $2 AND registration_key = $3 AND $3 <> '') OR (vat = $4 AND $4 <> '') OR (lei = $5 AND $5 <> '')
             OR (country = $2 AND name_key = $6 AND $6 <> ''))
             ORDER BY created_at, id LIMIT 20";
    ADD_SCOPE = "INSERT INTO authority_scope (authority_id, country, list, is_default) VALUES ($1, $2, $3, $4)";
    SCOPES = "SELECT country, list FROM authority_scope WHERE authority_id = $1 ORDER BY country, list";
    /// The one that is asked where nothing says otherwise; of several without a mark, the oldest.
    AUTHORITY_OF = "SELECT a.id, a.handle, a.name, a.country, a.status, a.registration_number, a.operator_roles, a.created_at,
                    a.decided_at FROM authority_scope s JOIN org a ON a.id = s.authority_id
                    WHERE s.country = $1 AND s.list = '' AND a.status = 'approved' ORDER BY s.is_default DESC, a.created_at, a.id LIMIT 1";
    HAS_DEFAULT = "SELECT count(*) FROM authority_scope WHERE country = $1 AND list = $2 AND is_default";
    COUNTRIES = "SELECT DISTINCT s.country FROM authority_scope s JOIN org a ON a.id = s.authority_id
                 WHERE a.status = 'approved' AND s.list = '' ORDER BY s.country";
    ABANDONED = "SELECT id FROM org WHERE status = 'unconfirmed' AND created_at < $1 ORDER BY created_at LIMIT 100";
    REMOVE_UNCONFIRMED = "DELETE FROM org WHERE id = $1 AND status = 'unconfirmed'";
}

/// An organisation, whole.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OrgRow {
    /// Identity.
    pub id: Uuid,
    /// Name in addresses.
    pub handle: String,
    /// Code of its kind.
    pub kind: String,
    /// Legal name.
    pub name: String,
    /// Country, ISO 3166-1 alpha-2.
    pub country: String,
    /// Code of its status.
    pub status: String,
    /// What it does with chemicals: JSON list of codes.
    pub operator_roles: String,
    /// The authority that answers for it; none for authorities.
    pub authority_id: Option<Uuid>,
    /// Number in the trade register, as typed.
    pub registration_number: String,
    /// Its letters and digits, for comparing.
    pub registration_key: String,
    /// The name folded, for comparing.
    pub name_key: String,
    /// VAT number in its normal form; may be empty.
    pub vat: String,
    /// LEI in its normal form; may be empty.
    pub lei: String,
    /// Postal address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Website; may be empty.
    pub website: String,
    /// Where an authority gets its mail about new reports.
    pub duty_email: String,
    /// IANA name of the time zone in which an authority's deadlines are shown.
    pub time_zone: String,
    /// How the applicant can act for the firm, in their words.
    pub act_for_proof: String,
    /// What was checked when it applied: JSON, see `services::register`.
    pub checks: String,
    /// Why it was refused or suspended.
    pub decision_reason: String,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When it was decided.
    pub decided_at: Option<i64>,
    /// When it applied.
    pub created_at: i64,
    /// Counts changes, for optimistic locking.
    pub version: i64,
}

/// An organisation in a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OrgListRow {
    /// Identity.
    pub id: Uuid,
    /// Name in addresses.
    pub handle: String,
    /// Legal name.
    pub name: String,
    /// Country.
    pub country: String,
    /// Code of its status.
    pub status: String,
    /// Number in the trade register, as typed.
    pub registration_number: String,
    /// JSON list of codes.
    pub operator_roles: String,
    /// When it applied.
    pub created_at: i64,
    /// When it was decided.
    pub decided_at: Option<i64>,
}

/// A company that may be the same firm as another, with what they were compared by.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AlikeRow {
    /// Identity.
    pub id: Uuid,
    /// Name in addresses.
    pub handle: String,
    /// Legal name.
    pub name: String,
    /// Country.
    pub country: String,
    /// Code of its status.
    pub status: String,
    /// When it applied.
    pub created_at: i64,
    /// Letters and digits of the registration number.
    pub registration_key: String,
    /// The name folded.
    pub name_key: String,
    /// VAT number.
    pub vat: String,
    /// LEI.
    pub lei: String,
}

/// An organisation to store. Empty texts where there is nothing to say.
#[derive(Clone, Debug)]
pub struct NewOrg<'a> {
    /// Identity.
    pub id: OrgId,
    /// Name in addresses.
    pub handle: &'a str,
    /// Code of its kind.
    pub kind: &'a str,
    /// Legal name.
    pub name: &'a str,
    /// Country.
    pub country: &'a str,
    /// Code of its status.
    pub status: &'a str,
    /// JSON list of codes.
    pub operator_roles: &'a str,
    /// The authority that answers for it.
    pub authority: Option<OrgId>,
    /// Number in the trade register, as typed.
    pub registration_number: &'a str,
    /// Its letters and digits.
    pub registration_key: &'a str,
    /// The name folded.
    pub name_key: &'a str,
    /// VAT number.
    pub vat: &'a str,
    /// LEI.
    pub lei: &'a str,
    /// Postal address.
    pub address: &'a str,
    /// Telephone.
    pub phone: &'a str,
    /// Website.
    pub website: &'a str,
    /// Address for mail about new reports.
    pub duty_email: &'a str,
    /// IANA time zone.
    pub time_zone: &'a str,
    /// How the applicant can act for the firm.
    pub act_for_proof: &'a str,
    /// What was checked, JSON.
    pub checks: &'a str,
    /// Now.
    pub at: Timestamp,
}

/// Stores an organisation.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if the handle is taken.
pub async fn insert(tx: &mut Tx, new: &NewOrg<'_>) -> Result<()> {
    let args = args![
        new.id,
        new.handle,
        new.kind,
        new.name,
        new.country,
        new.status,
        new.operator_roles,
        new.authority,
        new.registration_number,
        new.registration_key,
        new.name_key,
        new.vat,
        new.lei,
        new.address,
        new.phone,
        new.website,
        new.duty_email,
        new.time_zone,
        new.act_for_proof,
        new.checks,
        new.at,
    ];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// The organisation with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn by_id(db: &mut impl Read, id: OrgId) -> Result<Option<OrgRow>> {
    db.one(&BY_ID, args![id]).await
}

/// The organisation with this handle.
///
/// # Errors
/// If the database does not answer.
pub async fn by_handle(db: &mut impl Read, handle: &str) -> Result<Option<OrgRow>> {
    db.one(&BY_HANDLE, args![handle]).await
}

/// Moves an organisation from one status to another.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it does not stand at `from`.
pub async fn set_status(tx: &mut Tx, id: OrgId, from: &str, to: &str) -> Result<()> {
    tx.run_one(&SET_STATUS, args![id, from, to]).await
}

/// Stores a decision about an organisation as it stood at `version`.
///
/// # Errors
/// [`crate::StoreError::Stale`] if somebody else changed it since.
pub async fn decide(
    tx: &mut Tx,
    id: OrgId,
    version: i64,
    status: &str,
    reason: &str,
    by: UserId,
    at: Timestamp,
) -> Result<()> {
    tx.run_one(&DECIDE, args![id, version, status, reason, by, at]).await
}

/// An authority's companies, newest first, those behind `after` (time of application and identity); any status if `status` is empty.
///
/// # Errors
/// If the database does not answer.
pub async fn companies(
    db: &mut impl Read,
    authority: OrgId,
    status: &str,
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<OrgListRow>> {
    let (at, id) = after.unwrap_or((i64::MAX, Uuid::max()));
    db.all(&COMPANIES, args![authority, status, at, id, limit]).await
}

/// How many companies of an authority stand where: code of the status and count.
///
/// # Errors
/// If the database does not answer.
pub async fn count_by_status(db: &mut impl Read, authority: OrgId) -> Result<Vec<(String, i64)>> {
    db.all(&COUNT_BY_STATUS, args![authority]).await
}

/// Every organisation of a kind, by name, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn of_kind(db: &mut impl Read, kind: &str) -> Result<Vec<OrgRow>> {
    db.all(&OF_KIND, args![kind]).await
}

/// How many organisations of a kind there are.
///
/// # Errors
/// If the database does not answer.
pub async fn count_kind(db: &mut impl Read, kind: &str) -> Result<i64> {
    Ok(db.number(&COUNT_KIND, args![kind]).await?.unwrap_or(0))
}

/// Companies that may be the same firm as this one, oldest first, at most 20.
///
/// # Errors
/// If the database does not answer.
pub async fn alike(db: &mut impl Read, org: &OrgRow) -> Result<Vec<AlikeRow>> {
    let args = args![org.id, &org.country, &org.registration_key, &org.vat, &org.lei, &org.name_key];
    db.all(&ALIKE, args).await
}

/// Lets an authority answer for a country, or for one list of substances in it (`list` not empty).
///
/// # Errors
/// [`crate::StoreError::Conflict`] if it does already.
pub async fn add_scope(tx: &mut Tx, authority: OrgId, country: &str, list: &str, is_default: bool) -> Result<()> {
    tx.run(&ADD_SCOPE, args![authority, country, list, is_default]).await?;
    Ok(())
}

/// Country and list of each scope of an authority.
///
/// # Errors
/// If the database does not answer.
pub async fn scopes(db: &mut impl Read, authority: OrgId) -> Result<Vec<(String, String)>> {
    db.all(&SCOPES, args![authority]).await
}

/// The authority that answers for a country.
///
/// # Errors
/// If the database does not answer.
pub async fn authority_of(db: &mut impl Read, country: &str) -> Result<Option<OrgListRow>> {
    db.one(&AUTHORITY_OF, args![country]).await
}

/// Whether a country already has an authority by default.
///
/// # Errors
/// If the database does not answer.
pub async fn has_default(db: &mut impl Read, country: &str, list: &str) -> Result<bool> {
    Ok(db.number(&HAS_DEFAULT, args![country, list]).await?.unwrap_or(0) > 0)
}

/// The countries in which companies can apply.
///
/// # Errors
/// If the database does not answer.
pub async fn countries(db: &mut impl Read) -> Result<Vec<String>> {
    Ok(db.all::<(String,)>(&COUNTRIES, args![]).await?.into_iter().map(|(country,)| country).collect())
}

/// Applications from before `before` that nobody confirmed, oldest first, at most 100.
///
/// # Errors
/// If the database does not answer.
pub async fn abandoned(db: &mut impl Read, before: Timestamp) -> Result<Vec<OrgId>> {
    Ok(db.all::<(Uuid,)>(&ABANDONED, args![before]).await?.into_iter().map(|(id,)| OrgId(id)).collect())
}

/// Removes an application that nobody confirmed, once nothing points to it any more.
///
/// # Errors
/// If the database refuses.
pub async fn remove_unconfirmed(tx: &mut Tx, id: OrgId) -> Result<u64> {
    tx.run(&REMOVE_UNCONFIRMED, args![id]).await
}
