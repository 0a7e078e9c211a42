//! Rows of throttling buckets: how full, and when last counted. What that means is decided in `services::throttle`.

use domain::time::Timestamp;

use crate::{Read as _, Tx, args, engine::Result, statements};

statements! {
    ENSURE = "INSERT INTO throttle (bucket, level, updated_at) VALUES ($1, 0, 0) ON CONFLICT (bucket) DO NOTHING";
    /// Holds the row until the transaction ends, so that attempts at the same moment are counted one after the other.
    LOCK = sqlite "SELECT level, updated_at FROM throttle WHERE bucket = $1",
           postgres "SELECT level, updated_at FROM throttle WHERE bucket = $1 FOR UPDATE";
    SET = "UPDATE throttle SET level = $2, updated_at = $3 WHERE bucket = $1";
    CLEAR = "DELETE FROM throttle WHERE bucket = $1";
    SWEEP = "DELETE FROM throttle WHERE updated_at < $1";
}

/// The level and the time of the last count; zeros for a new bucket. Locked until the transaction ends.
///
/// # Errors
/// If the database refuses.
pub async fn lock(tx: &mut Tx, bucket: &str) -> Result<(i64, Timestamp)> {
    tx.run(&ENSURE, args![bucket]).await?;
    let row: Option<(i64, i64)> = tx.one(&LOCK, args![bucket]).await?;
    Ok(row.map_or((0, Timestamp(0)), |(level, at)| (level, Timestamp(at))))
}

/// Writes a bucket that was locked before.
///
/// # Errors
/// If the database refuses.
pub async fn set(tx: &mut Tx, bucket: &str, level: i64, at: Timestamp) -> Result<()> {
    tx.run_one(&SET, args![bucket, level, at]).await
}

/// Empties a bucket.
///
/// # Errors
/// If the database refuses.
pub async fn clear(tx: &mut Tx, bucket: &str) -> Result<()> {
    tx.run(&CLEAR, args![bucket]).await?;
    Ok(())
}

/// Removes buckets not counted since `before`; how many.
///
/// # Errors
/// If the database refuses.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(&SWEEP, args![before]).await
}
