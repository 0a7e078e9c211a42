//! People and their places in organisations.
//!
//! An address belongs to one **account** (a person whose address is confirmed); applications that still wait for the
//! click in the mail bring persons of their own, with the same address if need be. Addresses are stored in the form
//! that `services` gives them (lower case).

use domain::{
    access::{Action, Role},
    ids::{OrgId, UserId},
    lang::Lang,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO person (id, email, name, phone, password_hash, lang, theme, email_confirmed_at, disabled_at,
              last_sign_in_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, 'system', $7, NULL, NULL, $8)";
    BY_ID = "SELECT id, email, name, phone, password_hash, lang, theme, email_confirmed_at, disabled_at, last_sign_in_at, created_at
             FROM person WHERE id = $1";
    BY_EMAIL = "SELECT id, email, name, phone, password_hash, lang, theme, email_confirmed_at, disabled_at, last_sign_in_at, created_at
                FROM person WHERE email = $1 AND email_confirmed_at IS NOT NULL";
    SET_PASSWORD = "UPDATE person SET password_hash = $2 WHERE id = $1";
    CLEAR_PASSWORD = "UPDATE person SET password_hash = NULL WHERE id = $1";
    SET_PROFILE = "UPDATE person SET name = $2, phone = $3, lang = $4, theme = $5 WHERE id = $1";
    SET_EMAIL = "UPDATE person SET email = $2, email_confirmed_at = $3 WHERE id = $1";
    /// What names the person goes; the row stays for what refers to it.
    ERASE = "UPDATE person SET email = $2, name = '', phone = '', password_hash = NULL, disabled_at = $3 WHERE id = $1";
    SIGNED_IN = "UPDATE person SET last_sign_in_at = $2 WHERE id = $1";
    CONFIRM = "UPDATE person SET email_confirmed_at = $2 WHERE id = $1 AND email_confirmed_at IS NULL";
    /// Moves what an application brought to the account that its applicant turned out to have.
    MOVE_MEMBERSHIPS = "UPDATE membership SET person_id = $2 WHERE person_id = $1";
    /// Waiting persons whose application was forgotten, or was given to an account.
    REMOVE_STRAY = "DELETE FROM person WHERE email_confirmed_at IS NULL AND created_at < $1
                    AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = person.id)
                    AND NOT EXISTS (SELECT 1 FROM one_time_token t WHERE t.person_id = person.id)";

    MEMBERSHIPS = "SELECT o.id AS org_id, o.handle, o.name AS org_name, o.kind, o.country, o.status, m.role
                   FROM membership m JOIN org o ON o.id = m.org_id
                   WHERE m.person_id = $1 AND m.ended_at IS NULL ORDER BY o.name, o.id LIMIT 200";
    /// Somebody who comes back gets the old place again, with the new role.
    JOIN = "INSERT INTO membership (id, person_id, org_id, role, created_at, ended_at) VALUES ($1, $2, $3, $4, $5, NULL)
            ON CONFLICT (person_id, org_id) DO UPDATE SET role = $4, created_at = $5, ended_at = NULL";
    SET_ROLE = "UPDATE membership SET role = $3 WHERE person_id = $1 AND org_id = $2 AND ended_at IS NULL";
    LEAVE = "UPDATE membership SET ended_at = $3 WHERE person_id = $1 AND org_id = $2 AND ended_at IS NULL";
    MEMBERS = "SELECT p.id AS person_id, p.name, p.email, p.phone, p.lang, m.role, m.created_at AS since, p.last_sign_in_at,
               p.email_confirmed_at, (SELECT count(*) FROM second_factor f WHERE f.person_id = p.id) AS factors
               FROM membership m JOIN person p ON p.id = m.person_id
               WHERE m.org_id = $1 AND m.ended_at IS NULL AND p.disabled_at IS NULL ORDER BY p.name, p.id LIMIT 1000";
    /// Locked, so that two administrators cannot remove each other in the same moment.
    COUNT_ROLE = sqlite "SELECT count(*) FROM membership m JOIN person p ON p.id = m.person_id
                 WHERE m.org_id = $1 AND m.role = $2 AND m.ended_at IS NULL AND p.disabled_at IS NULL",
                 postgres "SELECT count(*) FROM (SELECT m.id FROM membership m JOIN person p ON p.id = m.person_id
                 WHERE m.org_id = $1 AND m.role = $2 AND m.ended_at IS NULL AND p.disabled_at IS NULL FOR UPDATE OF m) AS held";
    ANYBODY_WITH_ROLE = "SELECT count(*) FROM membership WHERE role = $1 AND ended_at IS NULL";
    DROP_MEMBERSHIPS = "DELETE FROM membership WHERE org_id = $1";
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PersonRow {
    /// Identity.
    pub id: Uuid,
    /// Address, in lower case.
    pub email: String,
    /// Name.
    pub name: String,
    /// Telephone, as typed; may be empty.
    pub phone: String,
    /// PHC string; none until a password is chosen.
    pub password_hash: Option<String>,
    /// Language tag.
    pub lang: String,
    /// Appearance: `system`, `light` or `dark`.
    pub theme: String,
    /// When the mailbox proved to be theirs; none for an application that waits.
    pub email_confirmed_at: Option<i64>,
    /// When the account was closed.
    pub disabled_at: Option<i64>,
    /// When they last signed in.
    pub last_sign_in_at: Option<i64>,
    /// When they came.
    pub created_at: i64,
}

/// A person to store.
#[derive(Clone, Debug)]
pub struct NewPerson<'a> {
    /// Identity.
    pub id: UserId,
    /// Address, in lower case.
    pub email: &'a str,
    /// Name.
    pub name: &'a str,
    /// Telephone; may be empty.
    pub phone: &'a str,
    /// PHC string.
    pub password_hash: Option<&'a str>,
    /// Language tag.
    pub lang: &'a str,
    /// When the mailbox proved to be theirs.
    pub confirmed: Option<Timestamp>,
    /// Now.
    pub at: Timestamp,
}

/// A place in an organisation, with what pages need to know about it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MembershipRow {
    /// The organisation.
    pub org_id: Uuid,
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub org_name: String,
    /// Code of its kind.
    pub kind: String,
    /// Its country.
    pub country: String,
    /// Code of its status.
    pub status: String,
    /// Code of the role.
    pub role: String,
}

/// A member of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberRow {
    /// Who.
    pub person_id: Uuid,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Language tag.
    pub lang: String,
    /// Code of the role.
    pub role: String,
    /// Member since.
    pub since: i64,
    /// When they last signed in.
    pub last_sign_in_at: Option<i64>,
    /// When the mailbox proved to be theirs.
    pub email_confirmed_at: Option<i64>,
    /// How many second factors they have: one or none.
    pub factors: i64,
}

impl MemberRow {
    /// Their role; none for a code that this program does not know.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        Role::from_code(&self.role)
    }

    /// Whether their role allows `action`.
    #[must_use]
    pub fn may(&self, action: Action) -> bool {
        self.role().is_some_and(|role| action.allows(role))
    }

    /// Whether they run the organisation's account.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.role().is_some_and(Role::is_admin)
    }

    /// The language in which they read.
    #[must_use]
    pub fn lang(&self) -> Lang {
        Lang::from_tag(&self.lang).unwrap_or_default()
    }
}

/// Stores a person.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if a confirmed address already has an account.
pub async fn insert(tx: &mut Tx, new: &NewPerson<'_>) -> Result<()> {
    let args = args![new.id, new.email, new.name, new.phone, new.password_hash, new.lang, new.confirmed, new.at];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// The person with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn by_id(db: &mut impl Read, id: UserId) -> Result<Option<PersonRow>> {
    db.one(&BY_ID, args![id]).await
}

/// The account with this address.
///
/// # Errors
/// If the database does not answer.
pub async fn by_email(db: &mut impl Read, email: &str) -> Result<Option<PersonRow>> {
    db.one(&BY_EMAIL, args![email]).await
}

/// Replaces the password's hash.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such person.
pub async fn set_password(tx: &mut Tx, id: UserId, hash: &str) -> Result<()> {
    tx.run_one(&SET_PASSWORD, args![id, hash]).await
}

/// Takes the password away: nobody signs in before a new one is chosen.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such person.
pub async fn clear_password(tx: &mut Tx, id: UserId) -> Result<()> {
    tx.run_one(&CLEAR_PASSWORD, args![id]).await
}

/// Replaces what a person says about themself.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such person.
pub async fn set_profile(tx: &mut Tx, id: UserId, name: &str, phone: &str, lang: &str, theme: &str) -> Result<()> {
    tx.run_one(&SET_PROFILE, args![id, name, phone, lang, theme]).await
}

/// Gives an account another address, whose mailbox proved to be the person's.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if the address has an account; [`crate::StoreError::Stale`] if there is no such person.
pub async fn set_email(tx: &mut Tx, id: UserId, email: &str, at: Timestamp) -> Result<()> {
    tx.run_one(&SET_EMAIL, args![id, email, at]).await
}

/// Closes an account and erases what names the person.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such person.
pub async fn erase(tx: &mut Tx, id: UserId, at: Timestamp) -> Result<()> {
    tx.run_one(&ERASE, args![id, format!("deleted {id}"), at]).await
}

/// Notes a sign-in.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such person.
pub async fn signed_in(tx: &mut Tx, id: UserId, at: Timestamp) -> Result<()> {
    tx.run_one(&SIGNED_IN, args![id, at]).await
}

/// Makes a waiting person an account.
///
/// # Errors
/// [`crate::StoreError::Stale`] if they were one already.
pub async fn confirm(tx: &mut Tx, id: UserId, at: Timestamp) -> Result<()> {
    tx.run_one(&CONFIRM, args![id, at]).await
}

/// Gives the places of a waiting person to the account with the same address.
///
/// # Errors
/// If the database refuses.
pub async fn fold_into(tx: &mut Tx, waiting: UserId, account: UserId) -> Result<()> {
    tx.run(&MOVE_MEMBERSHIPS, args![waiting, account]).await?;
    Ok(())
}

/// Removes persons from before `before` who never confirmed and belong to nothing; how many.
///
/// # Errors
/// If the database refuses.
pub async fn remove_stray(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(&REMOVE_STRAY, args![before]).await
}

/// The places a person holds, by name of the organisation.
///
/// # Errors
/// If the database does not answer.
pub async fn memberships(db: &mut impl Read, person: UserId) -> Result<Vec<MembershipRow>> {
    db.all(&MEMBERSHIPS, args![person]).await
}

/// Gives a person a place in an organisation.
///
/// # Errors
/// If the database refuses.
pub async fn join(tx: &mut Tx, id: Uuid, person: UserId, org: OrgId, role: &str, at: Timestamp) -> Result<()> {
    tx.run(&JOIN, args![id, person, org, role, at]).await?;
    Ok(())
}

/// Changes a member's role.
///
/// # Errors
/// [`crate::StoreError::Stale`] if they are no member.
pub async fn set_role(tx: &mut Tx, person: UserId, org: OrgId, role: &str) -> Result<()> {
    tx.run_one(&SET_ROLE, args![person, org, role]).await
}

/// Ends a membership.
///
/// # Errors
/// [`crate::StoreError::Stale`] if they are no member.
pub async fn leave(tx: &mut Tx, person: UserId, org: OrgId, at: Timestamp) -> Result<()> {
    tx.run_one(&LEAVE, args![person, org, at]).await
}

/// The members of an organisation, by name, at most 1000.
///
/// # Errors
/// If the database does not answer.
pub async fn members(db: &mut impl Read, org: OrgId) -> Result<Vec<MemberRow>> {
    db.all(&MEMBERS, args![org]).await
}

/// Those of the members who run the organisation's account.
///
/// # Errors
/// If the database does not answer.
pub async fn administrators(db: &mut impl Read, org: OrgId) -> Result<Vec<MemberRow>> {
    let mut members = members(db, org).await?;
    members.retain(MemberRow::is_admin);
    Ok(members)
}

/// How many active members hold a role; their rows stay locked until the transaction ends.
///
/// # Errors
/// If the database refuses.
pub async fn count_role(tx: &mut Tx, org: OrgId, role: &str) -> Result<i64> {
    Ok(tx.number(&COUNT_ROLE, args![org, role]).await?.unwrap_or(0))
}

/// Whether anybody anywhere holds a role.
///
/// # Errors
/// If the database does not answer.
pub async fn anybody_with_role(db: &mut impl Read, role: &str) -> Result<bool> {
    Ok(db.number(&ANYBODY_WITH_ROLE, args![role]).await?.unwrap_or(0) > 0)
}

/// Removes every membership of an organisation that is itself about to be removed.
///
/// # Errors
/// If the database refuses.
pub async fn drop_memberships(tx: &mut Tx, org: OrgId) -> Result<u64> {
    tx.run(&DROP_MEMBERSHIPS, args![org]).await
}
