//! Deleting bytes that nobody can reach: files that were removed from drafts, and files that never got a row.

use std::time::UNIX_EPOCH;

use domain::time::Timestamp;

use super::incoming::{broken, folder};
use crate::{Context, Result};

/// How long bytes stay after their removal, and how long an upload may take to get its row.
const GRACE: i64 = Timestamp::DAY;

/// Deletes the bytes of files removed a day ago, and files of that age that no row knows; how many.
///
/// # Errors
/// If the store fails or the folder cannot be read.
pub async fn sweep(ctx: &Context) -> Result<u64> {
    Ok(removed(ctx).await? + orphans(ctx).await?)
}

async fn removed(ctx: &Context) -> Result<u64> {
    let gone = store::evidence::to_sweep(&mut ctx.db.reader(), ctx.now().plus(-GRACE)).await?;
    for storage in &gone {
        delete(ctx, storage).await?;
        let mut tx = ctx.db.begin().await?;
        store::evidence::swept(&mut tx, storage, ctx.now()).await?;
        tx.commit().await?;
    }
    Ok(gone.len() as u64)
}

async fn orphans(ctx: &Context) -> Result<u64> {
    let mut swept = 0;
    let mut entries = match tokio::fs::read_dir(folder(ctx)).await {
        Ok(entries) => entries,
        // Nobody has added a file yet.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(broken(error)),
    };
    while let Some(entry) = entries.next_entry().await.map_err(broken)? {
        let Ok(storage) = entry.file_name().into_string() else { continue };
        // Another process may have swept it since.
        let Ok(about) = entry.metadata().await else { continue };
        let old = about.modified().is_ok_and(|at| at_micros(at) < ctx.now().0 - GRACE);
        if is_ours(&storage) && old && !is_kept(ctx, &storage).await? {
            delete(ctx, &storage).await?;
            swept += 1;
        }
    }
    Ok(swept)
}

/// Whether a file belongs to a report, a draft, a document of a customer or a notice.
async fn is_kept(ctx: &Context, storage: &str) -> Result<bool> {
    let mut db = ctx.db.reader();
    Ok(store::evidence::is_kept(&mut db, storage).await?
        || store::customer::document::is_kept(&mut db, storage).await?
        || store::notice::file::is_kept(&mut db, storage).await?)
}

/// The names that we give; what else lies in the folder is not ours to delete.
fn is_ours(storage: &str) -> bool {
    storage.len() == 64 && storage.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn at_micros(at: std::time::SystemTime) -> i64 {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

async fn delete(ctx: &Context, storage: &str) -> Result<()> {
    match tokio::fs::remove_file(folder(ctx).join(storage)).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(broken(error)),
        _ => Ok(()),
    }
}
