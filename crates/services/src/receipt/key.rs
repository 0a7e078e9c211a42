//! The secret key in the data folder: 64 hexadecimal digits in a file that only the service reads.
//!
//! A file is written whole under another name and then takes its place in one step, so that nobody ever reads half a key
//! and two processes that start together end with the same one.

use std::{
    io,
    path::{Path, PathBuf},
};

use domain::receipt::{PublicKey, SecretKey};
use store::StoreError;
use tokio::{fs, io::AsyncWriteExt as _};

use crate::{Context, Refusal, context::random_hex};

/// Name of the file.
const NAME: &str = "receipt-key";

/// Why there is no key to sign with; sentences for the operator.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file system refused.
    #[error("cannot read or write {}: {cause}", .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// The file is not what the program wrote.
    #[error("{} is damaged: restore it from the backup, or move it away and a new key is made", .0.display())]
    Damaged(PathBuf),
    /// The file holds a key that was replaced: an old backup was restored.
    #[error("{} holds a key that was replaced. Run `forerunner keys rotate` to make a new one", .0.display())]
    Replaced(PathBuf),
    /// Something else went wrong.
    #[error(transparent)]
    Refused(Refusal),
}

impl From<Refusal> for KeyError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for KeyError {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<KeyError> for Refusal {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Refused(refusal) => refusal,
            other => Self::Fault(other.to_string()),
        }
    }
}

/// Where the key lies.
pub(super) fn path(ctx: &Context) -> PathBuf {
    ctx.config.data_dir.join(NAME)
}

/// The key, if there is one.
pub(super) async fn open(ctx: &Context) -> Result<Option<SecretKey>, KeyError> {
    let path = path(ctx);
    match fs::read_to_string(&path).await {
        Ok(text) => text.trim().parse().map(Some).map_err(|_| KeyError::Damaged(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(KeyError::Damaged(path)),
        Err(cause) => Err(KeyError::File { path, cause }),
    }
}

/// The key; it is made if there is none.
pub(super) async fn open_or_make(ctx: &Context) -> Result<SecretKey, KeyError> {
    if let Some(key) = open(ctx).await? {
        return Ok(key);
    }
    Fresh::draw(ctx)?.put_first().await?;
    open(ctx).await?.ok_or_else(|| KeyError::File { path: path(ctx), cause: io::ErrorKind::NotFound.into() })
}

/// A new key that is nowhere on the disk yet.
pub(super) struct Fresh {
    hex: String,
    public: PublicKey,
    path: PathBuf,
}

impl Fresh {
    /// Draws a key.
    pub fn draw(ctx: &Context) -> Result<Self, KeyError> {
        let (hex, path) = (random_hex::<32>(), path(ctx));
        let key: SecretKey = hex.parse().map_err(|_| KeyError::Damaged(path.clone()))?;
        Ok(Self { public: key.public(), hex, path })
    }

    /// The public part.
    pub const fn public(&self) -> PublicKey {
        self.public
    }

    /// Puts it where there is none; one that somebody else has put there meanwhile stays.
    async fn put_first(&self) -> Result<(), KeyError> {
        let beside = self.write_beside().await?;
        let linked = match fs::hard_link(&beside, &self.path).await {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other,
        };
        let removed = fs::remove_file(&beside).await;
        linked.and(removed).map_err(|cause| KeyError::File { path: self.path.clone(), cause })?;
        sync_folder(&self.path).await
    }

    /// Puts it in the place of the one that is there.
    pub async fn replace(&self) -> Result<(), KeyError> {
        let beside = self.write_beside().await?;
        let renamed = fs::rename(&beside, &self.path).await;
        renamed.map_err(|cause| KeyError::File { path: self.path.clone(), cause })?;
        sync_folder(&self.path).await
    }

    async fn write_beside(&self) -> Result<PathBuf, KeyError> {
        let beside = self.path.with_extension(format!("new-{}", random_hex::<4>()));
        let written = write(&beside, &self.hex).await;
        written.map(|()| beside.clone()).map_err(|cause| KeyError::File { path: beside, cause })
    }
}

async fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).await?;
    file.write_all(text.as_bytes()).await?;
    file.sync_all().await
}

/// A name is on the disk once its folder is.
async fn sync_folder(path: &Path) -> Result<(), KeyError> {
    let Some(folder) = path.parent() else { return Ok(()) };
    // An empty path is the folder in which the program was started.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let synced = async { fs::File::open(folder).await?.sync_all().await }.await;
    synced.map_err(|cause| KeyError::File { path: folder.to_owned(), cause })
}
