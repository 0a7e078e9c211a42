//! Members of associations: who was invited, who takes part, until when.

pub mod calendar;
pub mod consultation;
pub mod question;
pub mod sector;

use domain::{
    ids::{MembershipId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ASK = "INSERT INTO association_member (id, association_id, member, country, registration, registration_key, email, state,
           ends_at, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'asked', $8, $9, $10)";
    ANSWER = "UPDATE association_member SET state = $2, org_id = $3, answered_by = $4, answered_at = $5
              WHERE id = $1 AND state = 'asked'";
    END = "UPDATE association_member SET state = $2, ended_at = $3 WHERE id = $1 AND state IN ('asked', 'accepted')";
    ONE = "SELECT m.id, m.association_id, a.name AS association, m.member, m.country, m.registration, m.registration_key, m.email,
           m.state, m.ends_at, m.asked_at, m.org_id, m.answered_at, m.ended_at
           FROM association_member m JOIN org a ON a.id = m.association_id WHERE m.id = $1";
    /// An association's own behind $2 in the order of identities, the last one first.
    OF_ASSOCIATION = "SELECT m.id, m.association_id, a.name AS association, m.member, m.country, m.registration,
                      m.registration_key, m.email, m.state, m.ends_at, m.asked_at, m.org_id, m.answered_at, m.ended_at
                      FROM association_member m JOIN org a ON a.id = m.association_id
                      WHERE m.association_id = $1 AND m.id < $2 ORDER BY m.id DESC LIMIT $3";
    COUNTS = "SELECT count(*) FILTER (WHERE state = 'accepted' AND (ends_at IS NULL OR ends_at > $2)) AS members,
              count(*) FILTER (WHERE state = 'asked' AND (ends_at IS NULL OR ends_at > $2)) AS asked
              FROM association_member WHERE association_id = $1";
    /// What a company was offered by its number in the register ($2, $3) or an officer's address ($4), and what it answered.
    OF_COMPANY = "SELECT m.id, m.association_id, a.name AS association, m.member, m.country, m.registration, m.registration_key,
                  m.email, m.state, m.ends_at, m.asked_at, m.org_id, m.answered_at, m.ended_at
                  FROM association_member m JOIN org a ON a.id = m.association_id
                  WHERE (m.state = 'asked' AND a.status = 'approved' AND (m.ends_at IS NULL OR m.ends_at > $5)
                  AND ((m.country = $2 AND m.registration_key = $3 AND $3 <> '') OR (m.email = $4 AND $4 <> '')))
                  OR m.org_id = $1 ORDER BY m.id DESC LIMIT 200";
    /// The associations of which a company is a member now.
    ASSOCIATIONS = "SELECT a.id, a.name FROM association_member m JOIN org a ON a.id = m.association_id
                    WHERE m.org_id = $1 AND m.state = 'accepted' AND (m.ends_at IS NULL OR m.ends_at > $2)
                    AND a.status = 'approved' ORDER BY a.name, a.id";
    /// The same for every company: who is a member of which, by handle.
    EVERYWHERE = "SELECT m.org_id, a.handle FROM association_member m JOIN org a ON a.id = m.association_id
                  WHERE m.org_id IS NOT NULL AND m.state = 'accepted' AND (m.ends_at IS NULL OR m.ends_at > $1)
                  AND a.status = 'approved' ORDER BY m.org_id, a.handle";
    HANDLES = "SELECT a.handle FROM association_member m JOIN org a ON a.id = m.association_id
               WHERE m.org_id = $1 AND m.state = 'accepted' AND (m.ends_at IS NULL OR m.ends_at > $2)
               AND a.status = 'approved' ORDER BY a.handle";
    /// The companies that are members of an association now.
    COMPANIES = "SELECT o.id, o.handle FROM association_member m JOIN org o ON o.id = m.org_id
                 WHERE m.association_id = $1 AND m.state = 'accepted' AND (m.ends_at IS NULL OR m.ends_at > $2)
                 AND o.status = 'approved' ORDER BY o.id";
}

/// An invitation to a company. Either the number or the address is empty.
#[derive(Clone, Copy, Debug)]
pub struct NewMember<'a> {
    /// Identity.
    pub id: MembershipId,
    /// Whose member.
    pub association: OrgId,
    /// Name of the company, as the association knows it.
    pub member: &'a str,
    /// Code of its country.
    pub country: &'a str,
    /// Its number in the register, as typed.
    pub registration: &'a str,
    /// Its letters and digits, for comparing.
    pub registration_key: &'a str,
    /// Address of one of its officers.
    pub email: &'a str,
    /// The first instant at which it ends; none for no end.
    pub ends_at: Option<Timestamp>,
    /// Who invites.
    pub by: UserId,
    /// Now.
    pub at: Timestamp,
}

/// An invitation and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberRow {
    /// Identity.
    pub id: Uuid,
    /// Whose member.
    pub association_id: Uuid,
    /// Name of the association.
    pub association: String,
    /// Name of the company, as the association knows it.
    pub member: String,
    /// Code of its country.
    pub country: String,
    /// Its number in the register, as typed.
    pub registration: String,
    /// Its letters and digits.
    pub registration_key: String,
    /// Address of one of its officers.
    pub email: String,
    /// Code of where it stands.
    pub state: String,
    /// The first instant at which it ends.
    pub ends_at: Option<i64>,
    /// When the company was invited.
    pub asked_at: i64,
    /// The company that answered.
    pub org_id: Option<Uuid>,
    /// When.
    pub answered_at: Option<i64>,
    /// When the company left or the association ended it.
    pub ended_at: Option<i64>,
}

/// Invites a company.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if it is invited, or a member, already.
pub async fn ask(tx: &mut Tx, new: NewMember<'_>) -> Result<()> {
    let args = args![
        new.id,
        new.association,
        new.member,
        new.country,
        new.registration,
        new.registration_key,
        new.email,
        new.ends_at,
        new.by,
        new.at,
    ];
    tx.run(&ASK, args).await?;
    Ok(())
}

/// Keeps a company's answer.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was answered or ended meanwhile, [`crate::StoreError::Conflict`] if the company is a
/// member by another invitation.
pub async fn answer(tx: &mut Tx, id: MembershipId, state: &str, org: OrgId, by: UserId, at: Timestamp) -> Result<()> {
    tx.run_one(&ANSWER, args![id, state, org, by, at]).await
}

/// Ends it.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it has ended already.
pub async fn end(tx: &mut Tx, id: MembershipId, state: &str, at: Timestamp) -> Result<()> {
    tx.run_one(&END, args![id, state, at]).await
}

/// A membership or invitation.
///
/// # Errors
/// If the database does not answer.
pub async fn one(db: &mut impl Read, id: MembershipId) -> Result<Option<MemberRow>> {
    db.one(&ONE, args![id]).await
}

/// An association's members and invitations before `before`, the last one first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_association(
    db: &mut impl Read,
    association: OrgId,
    before: Option<MembershipId>,
    limit: i64,
) -> Result<Vec<MemberRow>> {
    let before = before.unwrap_or(MembershipId(Uuid::max()));
    db.all(&OF_ASSOCIATION, args![association, before, limit]).await
}

/// How many members an association has now, and how many invitations wait.
///
/// # Errors
/// If the database does not answer.
pub async fn counts(db: &mut impl Read, association: OrgId, now: Timestamp) -> Result<(i64, i64)> {
    Ok(db.one(&COUNTS, args![association, now]).await?.unwrap_or_default())
}

/// What a company was offered and what it answered, the last one first. `number` is its country and its number's letters
/// and digits, `email` the address of who looks.
///
/// # Errors
/// If the database does not answer.
pub async fn of_company(
    db: &mut impl Read,
    org: OrgId,
    number: (&str, &str),
    email: &str,
    now: Timestamp,
) -> Result<Vec<MemberRow>> {
    db.all(&OF_COMPANY, args![org, number.0, number.1, email, now]).await
}

/// The associations of which a company is a member now, with their names.
///
/// # Errors
/// If the database does not answer.
pub async fn associations(db: &mut impl Read, org: OrgId, now: Timestamp) -> Result<Vec<(OrgId, String)>> {
    let rows: Vec<(Uuid, String)> = db.all(&ASSOCIATIONS, args![org, now]).await?;
    Ok(rows.into_iter().map(|(id, name)| (OrgId(id), name)).collect())
}

/// The handles of the associations of which a company is a member now.
///
/// # Errors
/// If the database does not answer.
pub async fn handles(db: &mut impl Read, org: OrgId, now: Timestamp) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db.all(&HANDLES, args![org, now]).await?;
    Ok(rows.into_iter().map(|(handle,)| handle).collect())
}

/// Which company is a member of which association now: company, and handle of the association.
///
/// # Errors
/// If the database does not answer.
pub async fn everywhere(db: &mut impl Read, now: Timestamp) -> Result<Vec<(Uuid, String)>> {
    db.all(&EVERYWHERE, args![now]).await
}

/// The companies that are members of an association now, with their names in addresses.
///
/// # Errors
/// If the database does not answer.
pub async fn companies(db: &mut impl Read, association: OrgId, now: Timestamp) -> Result<Vec<(OrgId, String)>> {
    let rows: Vec<(Uuid, String)> = db.all(&COMPANIES, args![association, now]).await?;
    Ok(rows.into_iter().map(|(id, handle)| (OrgId(id), handle)).collect())
}
