//! A file on its way in: written piece by piece into the folder, hashed and measured while it comes, judged at its end.
//!
//! No more of it lies in memory than the piece at hand, and at the end its beginning and end. What turns out unfit is
//! deleted at once and what still comes of it is dropped. A file that was taken is flushed to the disk, and so is the
//! folder that names it, before anybody writes its row.

use std::{
    io::SeekFrom,
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use domain::evidence::{HEAD, Kind, MAX_FILE, Sample, TAIL, Unfit, check, is_text, shown_name};
use sha2::{Digest as _, Sha256};
use tokio::{
    fs::{DirBuilder, File, OpenOptions},
    io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _},
};

use super::Rejected;
use crate::{Context, Refusal, Result, context::random_hex};

/// The most letters kept of the name as it came.
const LONGEST_NAME: usize = 1_000;

/// Where the files lie.
pub(super) fn folder(ctx: &Context) -> PathBuf {
    ctx.config.data_dir.join("evidence")
}

pub(super) fn broken(error: std::io::Error) -> Refusal {
    Refusal::Unavailable(format!("the folder of evidence did not take or give a file: {error}").into())
}

/// A file in the folder that goes with its owner, unless it is claimed.
#[derive(Debug)]
struct Unclaimed(Option<PathBuf>);

impl Drop for Unclaimed {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            // What cannot be removed now is swept later.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// A file that comes in.
#[derive(Debug)]
pub struct Incoming {
    name: String,
    original_name: String,
    size: u64,
    sha256: Sha256,
    state: State,
}

#[derive(Debug)]
enum State {
    Fit { kind: Kind, storage: String, file: File, unclaimed: Unclaimed, folder: PathBuf },
    Unfit(Unfit),
}

/// A file that came in whole, is what it says, and is on the disk. Dropped without being added, it is deleted.
#[derive(Debug)]
pub struct Arrived {
    /// Its name as shown.
    pub name: String,
    /// Bytes.
    pub size: u64,
    pub(super) original_name: String,
    pub(crate) kind: Kind,
    pub(crate) storage: String,
    pub(crate) sha256: [u8; 32],
    unclaimed: Unclaimed,
}

impl Arrived {
    /// The same file under a name that says nothing but which one it is and its kind.
    pub(crate) fn nameless(mut self, nth: usize) -> Self {
        let ending = self.name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase());
        self.name = format!("file {nth}.{ending}");
        self.original_name.clone_from(&self.name);
        self
    }

    /// The same file with the context's time as the time of its last change on the disk.
    pub(crate) fn dated(self, ctx: &Context) -> Self {
        let at = UNIX_EPOCH + Duration::from_micros(ctx.now().0.unsigned_abs());
        // Where the disk does not take it, the file still says nothing but when it was written.
        if let Some(path) = &self.unclaimed.0
            && let Ok(file) = std::fs::File::options().write(true).open(path)
        {
            let _ = file.set_modified(at);
        }
        self
    }

    /// The file stays.
    pub(crate) fn keep(mut self) {
        self.unclaimed.0 = None;
    }
}

impl Incoming {
    /// Begins to take in a file with this name. One whose ending is not taken is dropped as it comes.
    ///
    /// # Errors
    /// If the folder takes nothing.
    pub async fn begin(ctx: &Context, original_name: &str) -> Result<Self> {
        let name = shown_name(original_name);
        let state = match Kind::of_name(&name) {
            Some(kind) => Self::create(ctx, kind).await.map_err(broken)?,
            None => State::Unfit(Unfit::Kind),
        };
        // No database takes the letter NUL.
        let original_name = original_name.replace('\0', "\u{fffd}").chars().take(LONGEST_NAME).collect();
        Ok(Self { name, original_name, size: 0, sha256: Sha256::new(), state })
    }

    async fn create(ctx: &Context, kind: Kind) -> std::io::Result<State> {
        let (folder, storage) = (folder(ctx), random_hex::<32>());
        DirBuilder::new().recursive(true).mode(0o700).create(&folder).await?;
        let path = folder.join(&storage);
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path).await?;
        Ok(State::Fit { kind, storage, file, unclaimed: Unclaimed(Some(path)), folder })
    }

    /// Takes in the next piece.
    ///
    /// # Errors
    /// If the folder takes nothing more.
    pub async fn write(&mut self, piece: &[u8]) -> Result<()> {
        let State::Fit { kind, file, .. } = &mut self.state else { return Ok(()) };
        self.size += piece.len() as u64;
        if self.size > MAX_FILE {
            self.state = State::Unfit(Unfit::TooLarge);
        } else if kind.is_text() && !is_text(piece) {
            self.state = State::Unfit(Unfit::NotText);
        } else {
            self.sha256.update(piece);
            file.write_all(piece).await.map_err(broken)?;
        }
        Ok(())
    }

    /// Judges the whole file and makes it durable.
    ///
    /// # Errors
    /// If the folder does not keep it.
    pub async fn finish(self) -> Result<std::result::Result<Arrived, Rejected>> {
        let Self { name, original_name, size, sha256, state } = self;
        let rejected = |name: String, unfit: Unfit| Ok(Err(Rejected { name, why: unfit.to_string() }));
        let (kind, storage, mut file, unclaimed, folder) = match state {
            State::Fit { kind, storage, file, unclaimed, folder } => (kind, storage, file, unclaimed, folder),
            State::Unfit(unfit) => return rejected(name, unfit),
        };
        let judged = judge(&mut file, kind, size).await.map_err(broken)?;
        if let Err(unfit) = judged {
            return rejected(name, unfit);
        }
        durable(&file, &folder).await.map_err(broken)?;
        Ok(Ok(Arrived { name, size, original_name, kind, storage, sha256: sha256.finalize().into(), unclaimed }))
    }
}

async fn judge(file: &mut File, kind: Kind, size: u64) -> std::io::Result<std::result::Result<(), Unfit>> {
    file.flush().await?;
    let head = part(file, 0, size.min(HEAD as u64)).await?;
    let tail = part(file, size.saturating_sub(TAIL as u64), size.min(TAIL as u64)).await?;
    Ok(check(kind, Sample { size, head: &head, tail: &tail }))
}

async fn part(file: &mut File, from: u64, length: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
    file.seek(SeekFrom::Start(from)).await?;
    file.read_exact(&mut bytes).await?;
    Ok(bytes)
}

/// Flushes the file, then the folder that names it.
async fn durable(file: &File, folder: &Path) -> std::io::Result<()> {
    file.sync_all().await?;
    File::open(folder).await?.sync_all().await
}
