//! One-time links. Only hashes of their tokens are kept; using one is a single statement that two cannot win.

use domain::{
    ids::{OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO one_time_token (token_hash, id, purpose, person_id, org_id, email, role, created_by, created_at,
              expires_at, used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL)";
    PEEK = "SELECT id, purpose, person_id, org_id, email, role, created_by, created_at, expires_at, used_at
            FROM one_time_token WHERE token_hash = $1 AND purpose = $2";
    FIND = "SELECT id, purpose, person_id, org_id, email, role, created_by, created_at, expires_at, used_at
            FROM one_time_token WHERE token_hash = $1";
    USE = "UPDATE one_time_token SET used_at = $3 WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
           RETURNING id, purpose, person_id, org_id, email, role, created_by, created_at, expires_at, used_at";
    PENDING = "SELECT id, purpose, person_id, org_id, email, role, created_by, created_at, expires_at, used_at
               FROM one_time_token WHERE org_id = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
               ORDER BY created_at DESC LIMIT 200";
    CANCEL = "UPDATE one_time_token SET used_at = $3 WHERE id = $1 AND org_id = $2 AND used_at IS NULL
              RETURNING id, purpose, person_id, org_id, email, role, created_by, created_at, expires_at, used_at";
    CANCEL_EMAIL = "UPDATE one_time_token SET used_at = $4
                    WHERE org_id = $1 AND purpose = $2 AND email = $3 AND used_at IS NULL";
    CANCEL_PERSON = "UPDATE one_time_token SET used_at = $3 WHERE person_id = $1 AND purpose = $2 AND used_at IS NULL";
    CANCEL_PURPOSE = "UPDATE one_time_token SET used_at = $2 WHERE purpose = $1 AND used_at IS NULL";
    DROP_OF_ORG = "DELETE FROM one_time_token WHERE org_id = $1";
    DROP_OF_PERSON = "DELETE FROM one_time_token WHERE person_id = $1";
    SWEEP = "DELETE FROM one_time_token WHERE expires_at < $1";
}

/// A one-time link.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TokenRow {
    /// Identity in lists; not the token.
    pub id: Uuid,
    /// What it is for.
    pub purpose: String,
    /// For which person, if there is an account or an application already.
    pub person_id: Option<Uuid>,
    /// For which organisation.
    pub org_id: Option<Uuid>,
    /// The address it was sent to; empty for one that was printed.
    pub email: String,
    /// The role it gives; empty if none.
    pub role: String,
    /// Who made it.
    pub created_by: Option<Uuid>,
    /// When it was made.
    pub created_at: i64,
    /// When it lapses.
    pub expires_at: i64,
    /// When it was used or withdrawn.
    pub used_at: Option<i64>,
}

/// A one-time link to store.
#[derive(Clone, Debug)]
pub struct NewToken<'a> {
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// Identity in lists.
    pub id: Uuid,
    /// What it is for.
    pub purpose: &'a str,
    /// For which person.
    pub person: Option<UserId>,
    /// For which organisation.
    pub org: Option<OrgId>,
    /// The address it is sent to.
    pub email: &'a str,
    /// The role it gives.
    pub role: &'a str,
    /// Who makes it.
    pub created_by: Option<UserId>,
    /// Now.
    pub at: Timestamp,
    /// When it lapses.
    pub expires: Timestamp,
}

/// Stores a link.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, new: &NewToken<'_>) -> Result<()> {
    let args = args![
        new.token_hash,
        new.id,
        new.purpose,
        new.person,
        new.org,
        new.email,
        new.role,
        new.created_by,
        new.at,
        new.expires,
    ];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// Looks at a link without using it; also one that was used or has lapsed.
///
/// # Errors
/// If the database does not answer.
pub async fn peek(db: &mut impl Read, token_hash: [u8; 32], purpose: &str) -> Result<Option<TokenRow>> {
    db.one(&PEEK, args![token_hash, purpose]).await
}

/// Looks at a link of any purpose without using it; also one that was used or has lapsed.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, token_hash: [u8; 32]) -> Result<Option<TokenRow>> {
    db.one(&FIND, args![token_hash]).await
}

/// Uses a link: of many who try, one gets the row.
///
/// # Errors
/// If the database refuses.
pub async fn consume(tx: &mut Tx, token_hash: [u8; 32], purpose: &str, now: Timestamp) -> Result<Option<TokenRow>> {
    tx.one(&USE, args![token_hash, purpose, now]).await
}

/// An organisation's open links of a purpose, newest first, at most 200.
///
/// # Errors
/// If the database does not answer.
pub async fn pending(db: &mut impl Read, org: OrgId, purpose: &str, now: Timestamp) -> Result<Vec<TokenRow>> {
    db.all(&PENDING, args![org, purpose, now]).await
}

/// Withdraws one open link of an organisation; the row, if there was one.
///
/// # Errors
/// If the database refuses.
pub async fn cancel(tx: &mut Tx, id: Uuid, org: OrgId, now: Timestamp) -> Result<Option<TokenRow>> {
    tx.one(&CANCEL, args![id, org, now]).await
}

/// Withdraws an organisation's open links to one address; how many.
///
/// # Errors
/// If the database refuses.
pub async fn cancel_email(tx: &mut Tx, org: OrgId, purpose: &str, email: &str, now: Timestamp) -> Result<u64> {
    tx.run(&CANCEL_EMAIL, args![org, purpose, email, now]).await
}

/// Withdraws a person's open links of a purpose; how many.
///
/// # Errors
/// If the database refuses.
pub async fn cancel_person(tx: &mut Tx, person: UserId, purpose: &str, now: Timestamp) -> Result<u64> {
    tx.run(&CANCEL_PERSON, args![person, purpose, now]).await
}

/// Withdraws every open link of a purpose; how many.
///
/// # Errors
/// If the database refuses.
pub async fn cancel_purpose(tx: &mut Tx, purpose: &str, now: Timestamp) -> Result<u64> {
    tx.run(&CANCEL_PURPOSE, args![purpose, now]).await
}

/// Removes every link of an organisation that is itself about to be removed; how many.
///
/// # Errors
/// If the database refuses.
pub async fn drop_of_org(tx: &mut Tx, org: OrgId) -> Result<u64> {
    tx.run(&DROP_OF_ORG, args![org]).await
}

/// Removes every link of a person; how many.
///
/// # Errors
/// If the database refuses.
pub async fn drop_of_person(tx: &mut Tx, person: UserId) -> Result<u64> {
    tx.run(&DROP_OF_PERSON, args![person]).await
}

/// Removes links that lapsed before `before`; how many.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(&SWEEP, args![before]).await
}
