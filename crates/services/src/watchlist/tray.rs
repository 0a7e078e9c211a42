//! A folder for files on their way in from a page; it goes when they were read.

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tokio::fs;

use super::{By, folder};
use crate::{Context, Result, context::random_hex, error::Refusal};

/// What lies so long was left by a process that ended.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);

/// The folder.
#[derive(Debug)]
pub struct Tray(PathBuf);

impl Tray {
    /// Makes one.
    pub(super) async fn make(ctx: &Context) -> Result<Self> {
        let path = room(ctx).join(random_hex::<16>());
        fs::create_dir_all(&path).await.map_err(|error| Refusal::Unavailable(error.into()))?;
        Ok(Self(path))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Tray {
    fn drop(&mut self) {
        // What cannot be removed now is swept later.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn room(ctx: &Context) -> PathBuf {
    folder::path(ctx).join(".incoming")
}

/// Makes one for somebody who may load lists.
///
/// # Errors
/// [`Refusal::NotFound`] without the right; [`Refusal::Unavailable`] if the disk takes nothing.
pub async fn tray(ctx: &Context, by: By<'_>) -> Result<Tray> {
    by.settle()?;
    Tray::make(ctx).await
}

/// Removes what processes left that ended while files came in.
pub(super) async fn sweep(ctx: &Context) {
    let Ok(mut items) = fs::read_dir(room(ctx)).await else { return };
    while let Ok(Some(item)) = items.next_entry().await {
        let changed = item.metadata().await.and_then(|about| about.modified());
        let age = changed.ok().and_then(|at| SystemTime::now().duration_since(at).ok());
        if age.is_some_and(|age| age > OLD) {
            let _ = fs::remove_dir_all(item.path()).await;
        }
    }
}
