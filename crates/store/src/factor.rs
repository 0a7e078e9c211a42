//! Second factors and recovery codes. What a code is worth is decided in `services::factor`; here are only rows.

use domain::{ids::UserId, time::Timestamp};

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO second_factor (person_id, secret, last_step, created_at) VALUES ($1, $2, $3, $4)";
    FIND = "SELECT secret, last_step, created_at FROM second_factor WHERE person_id = $1";
    /// Of two who bring the same code at once, one changes a row.
    USE_STEP = "UPDATE second_factor SET last_step = $2 WHERE person_id = $1 AND last_step < $2";
    REMOVE = "DELETE FROM second_factor WHERE person_id = $1";
    ADD_CODE = "INSERT INTO recovery_code (code_hash, person_id, created_at, used_at) VALUES ($1, $2, $3, NULL)";
    USE_CODE = "UPDATE recovery_code SET used_at = $3 WHERE code_hash = $1 AND person_id = $2 AND used_at IS NULL";
    COUNT_CODES = "SELECT count(*) FROM recovery_code WHERE person_id = $1 AND used_at IS NULL";
    DROP_CODES = "DELETE FROM recovery_code WHERE person_id = $1";
}

/// A person's second factor.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FactorRow {
    /// The secret, sealed.
    pub secret: Vec<u8>,
    /// Time step of the last code that was used.
    pub last_step: i64,
    /// When it was set up.
    pub created_at: i64,
}

/// Stores a second factor.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if the person has one.
pub async fn insert(tx: &mut Tx, person: UserId, secret: &[u8], last_step: i64, at: Timestamp) -> Result<()> {
    tx.run(&INSERT, args![person, secret, last_step, at]).await?;
    Ok(())
}

/// A person's second factor.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, person: UserId) -> Result<Option<FactorRow>> {
    db.one(&FIND, args![person]).await
}

/// Uses a time step up; whether it was still there to be used.
///
/// # Errors
/// If the database refuses.
pub async fn use_step(tx: &mut Tx, person: UserId, step: i64) -> Result<bool> {
    Ok(tx.run(&USE_STEP, args![person, step]).await? > 0)
}

/// Removes a person's second factor with its recovery codes; whether there was one.
///
/// # Errors
/// If the database refuses.
pub async fn remove(tx: &mut Tx, person: UserId) -> Result<bool> {
    tx.run(&DROP_CODES, args![person]).await?;
    Ok(tx.run(&REMOVE, args![person]).await? > 0)
}

/// Puts new recovery codes in the place of the old ones.
///
/// # Errors
/// If the database refuses.
pub async fn replace_codes(tx: &mut Tx, person: UserId, hashes: &[[u8; 32]], at: Timestamp) -> Result<()> {
    tx.run(&DROP_CODES, args![person]).await?;
    for hash in hashes {
        tx.run(&ADD_CODE, args![*hash, person, at]).await?;
    }
    Ok(())
}

/// Uses a recovery code up; whether it was one of theirs and unused.
///
/// # Errors
/// If the database refuses.
pub async fn use_code(tx: &mut Tx, person: UserId, hash: [u8; 32], at: Timestamp) -> Result<bool> {
    Ok(tx.run(&USE_CODE, args![hash, person, at]).await? > 0)
}

/// How many recovery codes are left.
///
/// # Errors
/// If the database does not answer.
pub async fn codes_left(db: &mut impl Read, person: UserId) -> Result<i64> {
    Ok(db.number(&COUNT_CODES, args![person]).await?.unwrap_or(0))
}
