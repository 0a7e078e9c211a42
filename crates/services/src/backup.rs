//! Backup and restore: one folder that holds everything an installation would miss.
//!
//! Made while the portal works, from one snapshot of the database, on either engine; restored into an empty database of
//! either engine, so it is also the way from SQLite to PostgreSQL. In the folder: `manifest.json`, `tables/NAME.jsonl`
//! (see [`store::dump`]), and `files/` with what lies in the data folder beside the database: keys, the pepper, evidence.
//! The manifest says how many rows and bytes each part has and carries its SHA-256. The folder gets its name only when all
//! of it is on disk: what has the name is whole.

use std::{
    fs::{self, File},
    io::{self, BufRead as _, BufReader, BufWriter, Read, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Component, Path, PathBuf},
};

use domain::{access::Action, encoding::hex, time::Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use store::{Db, StoreError, dump, migrations, setting};

use crate::{
    Context, Refusal,
    audit::{self, Act, Actor},
};

/// The form of the folder that this program writes and reads.
const FORM: u32 = 1;

/// What lies in the data folder and is not part of a backup: databases (the rows are), mails written to files, and files of
/// watch lists (their versions are rows).
fn is_left_out(name: &Path) -> bool {
    let first =
        name.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned()).unwrap_or_default();
    let database = [".db", ".db-wal", ".db-shm"].iter().any(|end| first.ends_with(end));
    database || first == "mail" || first == "lists"
}

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The disk, with the file.
    #[error("{0}: {1}")]
    Io(PathBuf, #[source] io::Error),
    /// The act could not be noted in the audit log.
    #[error("the backup is complete but could not be noted in the audit log: {0}")]
    Audit(Refusal),
    /// The target is there already.
    #[error("{0} is there already: name a folder that does not exist")]
    Exists(PathBuf),
    /// A part of the backup is not what its manifest says.
    #[error("the backup is damaged: {0}. Nothing was restored")]
    Damaged(String),
    /// There is something where the backup should go.
    #[error("{0}. A backup is restored only into an empty database and an empty data folder; nothing was changed")]
    NotEmpty(String),
}

fn at<'p>(path: &'p Path) -> impl FnOnce(io::Error) -> BackupError + 'p {
    |error| BackupError::Io(path.to_owned(), error)
}

/// What a backup holds, `manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Form of the folder.
    form: u32,
    /// Version of the program that wrote it.
    program: String,
    /// Schema of the rows.
    pub schema: i64,
    /// When the snapshot was taken, microseconds since 1970 UTC.
    pub made_at: Timestamp,
    /// The tables.
    pub tables: Vec<TablePart>,
    /// The files, by their path in the data folder.
    pub files: Vec<FilePart>,
}

/// A table in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TablePart {
    /// Its name.
    pub name: String,
    columns: Vec<String>,
    /// How many rows.
    pub rows: u64,
    sha256: String,
}

/// A file in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePart {
    /// Its path in the data folder, parts separated by `/`.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    sha256: String,
}

impl Manifest {
    /// Rows of all tables.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// Writes a backup into `target`, which must not exist. The act is noted in the audit log of the living database.
///
/// # Errors
/// [`BackupError`] in words for the operator; an incomplete folder is left under a name that ends in `.incomplete`.
pub async fn make(ctx: &Context, target: &Path) -> Result<Manifest, BackupError> {
    if target.exists() {
        return Err(BackupError::Exists(target.to_owned()));
    }
    let building = target.with_extension("incomplete");
    if building.exists() {
        fs::remove_dir_all(&building).map_err(at(&building))?;
    }
    let tables_folder = building.join("tables");
    fs::create_dir_all(&tables_folder).map_err(at(&tables_folder))?;
    let made_at = ctx.now();
    let mut snapshot = dump::snapshot(&ctx.db).await?;
    let mut tables = Vec::new();
    for table in dump::tables(&mut snapshot).await? {
        tables.push(write_table(&mut snapshot, &table, &tables_folder).await?);
    }
    drop(snapshot);
    // A row is written after its file, so every file that the snapshot speaks of is there.
    let files = copy_files(&ctx.config.data_dir, &building.join("files"))?;
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let manifest = Manifest { form: FORM, program, schema: migrations::SCHEMA, made_at, tables, files };
    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| BackupError::Damaged(error.to_string()))?;
    write_durably(&building.join("manifest.json"), &mut text.as_slice())?;
    fs::rename(&building, target).map_err(at(target))?;
    if let Some(parent) = target.canonicalize().ok().as_deref().and_then(Path::parent) {
        sync(parent)?;
    }
    note(ctx, &manifest).await.map_err(BackupError::Audit)?;
    Ok(manifest)
}

async fn note(ctx: &Context, manifest: &Manifest) -> Result<(), Refusal> {
    let mut tx = ctx.db.begin().await?;
    let act = Act {
        actor: Actor::System,
        action: Action::ManageSystem,
        step: "backup made",
        object_kind: "installation",
        object_id: String::new(),
    };
    audit::record(ctx, &mut tx, act, audit::NONE, Some(manifest)).await?;
    tx.commit().await?;
    Ok(())
}

async fn write_table(tx: &mut store::Tx, table: &dump::Table, folder: &Path) -> Result<TablePart, BackupError> {
    let path = folder.join(format!("{}.jsonl", table.name));
    let mut out = BufWriter::new(create(&path)?);
    let (mut rows, mut sha) = (0, Sha256::new());
    dump::read(tx, table, |row| {
        let mut line = serde_json::to_vec(&row).map_err(|error| BackupError::Damaged(error.to_string()))?;
        line.push(b'\n');
        sha.update(&line);
        rows += 1;
        out.write_all(&line).map_err(at(&path))
    })
    .await?;
    let file = out.into_inner().map_err(|error| BackupError::Io(path.clone(), error.into_error()))?;
    file.sync_all().map_err(at(&path))?;
    Ok(TablePart { name: table.name.clone(), columns: table.columns.clone(), rows, sha256: hex(&sha.finalize()) })
}

/// Copies what lies in the data folder.
fn copy_files(data: &Path, into: &Path) -> Result<Vec<FilePart>, BackupError> {
    fs::create_dir_all(into).map_err(at(into))?;
    let mut found = Vec::new();
    for path in walk(data)? {
        let name = path.strip_prefix(data).map_err(|_| BackupError::Damaged(path.display().to_string()))?;
        if is_left_out(name) {
            continue;
        }
        let shown =
            name.to_str().ok_or_else(|| BackupError::Damaged(format!("{} has no readable name", name.display())))?;
        let copy = into.join(name);
        if let Some(parent) = copy.parent() {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        let mut source = File::open(&path).map_err(at(&path))?;
        let (bytes, sha256) = write_durably(&copy, &mut source)?;
        found.push(FilePart { path: shown.to_owned(), bytes, sha256 });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Every ordinary file under a folder, except those of backups that were made inside of it.
fn walk(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).map_err(at(&next))? {
            let entry = entry.map_err(at(&next))?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(at(&next))?);
            let unfinished = path.extension().is_some_and(|end| end == "incomplete");
            if kind.is_dir() && !unfinished && !path.join("manifest.json").is_file() {
                open.push(path);
            } else if kind.is_file() {
                found.push(path);
            }
        }
    }
    Ok(found)
}

/// Restores a backup into an empty database and an empty data folder. Everything is checked before anything is written,
/// and the rows come in one transaction. Afterwards the database is brought to this program's schema.
///
/// # Errors
/// [`BackupError`] in words for the operator.
pub async fn restore(source: &Path, db: &Db, data: &Path) -> Result<Manifest, BackupError> {
    let manifest = read_manifest(source)?;
    for part in &manifest.files {
        let path = inside(&source.join("files"), &part.path)?;
        let (bytes, sha256) = digest(&path)?;
        if (bytes, &sha256) != (part.bytes, &part.sha256) {
            return Err(BackupError::Damaged(format!("the file {} was changed", part.path)));
        }
        let place = inside(data, &part.path)?;
        if place.exists() {
            return Err(BackupError::NotEmpty(format!("{} is there already", place.display())));
        }
    }
    for table in &manifest.tables {
        let (_, sha256) = digest(&table_file(source, table))?;
        if sha256 != table.sha256 {
            return Err(BackupError::Damaged(format!("the table {} was changed", table.name)));
        }
    }
    migrations::migrate_to(db, manifest.schema).await?;
    let mut filling = dump::Filling::begin(db).await.map_err(|error| match error {
        StoreError::Conflict(what) => BackupError::NotEmpty(what),
        other => other.into(),
    })?;
    for table in &manifest.tables {
        fill(&mut filling, source, table).await?;
    }
    for part in &manifest.files {
        let (from, to) = (inside(&source.join("files"), &part.path)?, inside(data, &part.path)?);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        write_durably(&to, &mut File::open(&from).map_err(at(&from))?)?;
    }
    filling.finish().await?;
    migrations::migrate(db, None).await?;
    derive_at_start(db).await?;
    Ok(manifest)
}

/// What is computed from reports is in no backup: the first start makes it anew.
async fn derive_at_start(db: &Db) -> Result<(), BackupError> {
    if setting::get(&mut db.reader(), setting::FACTS).await?.is_some() {
        let mut tx = db.begin().await?;
        setting::put(&mut tx, setting::FACTS, "").await?;
        tx.commit().await?;
    }
    Ok(())
}

fn read_manifest(source: &Path) -> Result<Manifest, BackupError> {
    let path = source.join("manifest.json");
    let text = fs::read(&path).map_err(at(&path))?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|error| BackupError::Damaged(format!("its manifest cannot be read ({error})")))?;
    if manifest.form != FORM {
        let text = format!("its form is {}, and this Forerunner reads form {FORM}", manifest.form);
        return Err(BackupError::Damaged(text));
    }
    Ok(manifest)
}

fn table_file(source: &Path, table: &TablePart) -> PathBuf {
    source.join("tables").join(format!("{}.jsonl", table.name))
}

/// What does not fit into the tables is the backup's fault.
fn damaged(error: StoreError) -> BackupError {
    match error {
        StoreError::Corrupt(what) => BackupError::Damaged(what),
        other => other.into(),
    }
}

async fn fill(filling: &mut dump::Filling, source: &Path, part: &TablePart) -> Result<(), BackupError> {
    let table = dump::Table { name: part.name.clone(), columns: part.columns.clone() };
    let insert = filling.insert_into(&table).map_err(damaged)?;
    let path = table_file(source, part);
    for line in BufReader::new(File::open(&path).map_err(at(&path))?).lines() {
        let line = line.map_err(at(&path))?;
        let row: Vec<Value> = serde_json::from_str(&line)
            .map_err(|error| BackupError::Damaged(format!("a row of {} cannot be read ({error})", part.name)))?;
        filling.write(&insert, row).await.map_err(damaged)?;
    }
    Ok(())
}

/// The file of this name in the folder. A name that leads out of it is refused.
fn inside(folder: &Path, name: &str) -> Result<PathBuf, BackupError> {
    let path = Path::new(name);
    let plain = !name.is_empty() && path.components().all(|part| matches!(part, Component::Normal(_)));
    if plain { Ok(folder.join(path)) } else { Err(BackupError::Damaged(format!("{name} is no name of a file"))) }
}

fn create(path: &Path) -> Result<File, BackupError> {
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(at(path))
}

/// Writes a file that only the service reads, to the disk itself; its size and SHA-256.
fn write_durably(path: &Path, source: &mut impl Read) -> Result<(u64, String), BackupError> {
    let mut file = create(path)?;
    let mut hashed = Hashed { source, sha: Sha256::new() };
    let bytes = io::copy(&mut hashed, &mut file).map_err(at(path))?;
    file.sync_all().map_err(at(path))?;
    if let Some(parent) = path.parent() {
        sync(parent)?;
    }
    Ok((bytes, hex(&hashed.sha.finalize())))
}

fn sync(folder: &Path) -> Result<(), BackupError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder))
}

fn digest(path: &Path) -> Result<(u64, String), BackupError> {
    let mut hashed = Hashed { source: &mut File::open(path).map_err(at(path))?, sha: Sha256::new() };
    let bytes = io::copy(&mut hashed, &mut io::sink()).map_err(at(path))?;
    Ok((bytes, hex(&hashed.sha.finalize())))
}

/// Hashes what is read through it.
struct Hashed<'r, R> {
    source: &'r mut R,
    sha: Sha256,
}

impl<R: Read> Read for Hashed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.sha.update(&buffer[..read]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests;
