//! What was typed into a public form that could not be taken, for showing it again.

use domain::time::Timestamp;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    KEEP = "INSERT INTO form_stash (token_hash, form, typed, problems, expires_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (token_hash) DO UPDATE SET form = $2, typed = $3, problems = $4, expires_at = $5";
    FIND = "SELECT typed, problems FROM form_stash WHERE token_hash = $1 AND form = $2 AND expires_at > $3";
    DROP = "DELETE FROM form_stash WHERE token_hash = $1";
    SWEEP = "DELETE FROM form_stash WHERE expires_at <= $1";
}

/// Keeps or replaces what stands under a token.
///
/// # Errors
/// If the database refuses.
pub async fn keep(
    tx: &mut Tx,
    token_hash: [u8; 32],
    form: &str,
    typed: &str,
    problems: &str,
    expires: Timestamp,
) -> Result<()> {
    tx.run(&KEEP, args![token_hash, form, typed, problems, expires]).await?;
    Ok(())
}

/// Typed fields and problems, both JSON, of this form.
///
/// # Errors
/// If the database does not answer.
pub async fn find(
    db: &mut impl Read,
    token_hash: [u8; 32],
    form: &str,
    now: Timestamp,
) -> Result<Option<(String, String)>> {
    db.one(&FIND, args![token_hash, form, now]).await
}

/// Forgets what stands under a token.
///
/// # Errors
/// If the database refuses.
pub async fn drop(tx: &mut Tx, token_hash: [u8; 32]) -> Result<()> {
    tx.run(&DROP, args![token_hash]).await?;
    Ok(())
}

/// Forgets what has expired; how many.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    tx.run(&SWEEP, args![now]).await
}
