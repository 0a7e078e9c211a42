//! The state of the installation, for who runs it: program, database, data folder, worker, mail, backups, key. Nothing of
//! what people do with it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use domain::{
    access::{Action, Principal},
    time::Timestamp,
};
use store::{outbox, system as rows};
use tokio::{task::spawn_blocking, time::timeout};

use crate::{
    Context, Result,
    jobs::{Job, Ran},
    organisation, receipt,
};

/// A disk that hangs must not hang the page.
const PATIENCE: Duration = Duration::from_secs(3);

/// The database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    /// Whether it is the file in the data folder rather than a server.
    pub is_embedded: bool,
    /// Version of the engine.
    pub version: String,
    /// Number of the last migration.
    pub schema: i64,
    /// Bytes it takes.
    pub bytes: u64,
}

/// What lies in the data folder, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Database files, with what is not yet written back.
    pub database: u64,
    /// Files of reports.
    pub evidence: u64,
    /// Pepper and keys.
    pub keys: u64,
    /// Mails that became files.
    pub mails: u64,
    /// Anything else: copies made before a migration, for example.
    pub other: u64,
}

/// The data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// What lies in it; none if that could not be read in time.
    pub sizes: Option<Sizes>,
    /// Bytes of the disk that are free for the service; none if the system does not say.
    pub free: Option<u64>,
}

/// How the mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mails {
    /// They wait for their first or next try.
    pub waiting: i64,
    /// Of these, so many were tried in vain.
    pub failing: i64,
    /// They were given up.
    pub dead: i64,
}

/// The state of the installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Version of the program.
    pub version: &'static str,
    /// When this process began.
    pub started: Timestamp,
    /// Now.
    pub now: Timestamp,
    /// The database.
    pub database: Database,
    /// The data folder.
    pub folder: Folder,
    /// Each job of the worker; none where it has not run in this process.
    pub jobs: Vec<(Job, Option<Ran>)>,
    /// The mail.
    pub mails: Mails,
    /// How many files of reports are known not to be what was added.
    pub damaged_files: i64,
    /// When a backup was last completed by `forerunner backup`; none if there never was one.
    pub last_backup: Option<Timestamp>,
    /// The public key with which receipts are signed here, or why there is none.
    pub receipt_key: std::result::Result<Option<String>, String>,
}

/// The state of the installation.
///
/// # Errors
/// [`crate::Refusal::NotFound`] for anybody but a system administrator.
pub async fn state(ctx: &Context, principal: &Principal) -> Result<State> {
    organisation::system(principal, Action::ViewSystem)?;
    let mut db = ctx.db.reader();
    let database = Database {
        is_embedded: ctx.db.is_embedded(),
        version: rows::version(&mut db).await?,
        schema: rows::schema(&mut db).await?,
        bytes: u64::try_from(rows::size(&mut db).await?).unwrap_or_default(),
    };
    let mails = Mails {
        waiting: outbox::count(&mut db, "waiting").await?,
        failing: rows::failing(&mut db).await?,
        dead: outbox::count(&mut db, "dead").await?,
    };
    let receipt_key = receipt::signing(ctx).await;
    Ok(State {
        version: env!("CARGO_PKG_VERSION"),
        started: ctx.started,
        now: ctx.now(),
        database,
        folder: folder(&ctx.config.data_dir).await,
        jobs: Job::ALL.iter().map(|job| (*job, ctx.jobs.last(*job))).collect(),
        mails,
        damaged_files: store::evidence::damaged(&mut db).await?,
        last_backup: rows::last_backup(&mut db).await?,
        receipt_key: receipt_key.map(|key| key.map(|key| key.to_string())).map_err(|error| error.to_string()),
    })
}

async fn folder(path: &Path) -> Folder {
    let (sizes, free) = (path.to_owned(), path.to_owned());
    let sizes = timeout(PATIENCE, spawn_blocking(move || measure(&sizes)));
    let free = timeout(PATIENCE, spawn_blocking(move || free_bytes(&free)));
    let (sizes, free) = tokio::join!(sizes, free);
    Folder {
        path: path.to_owned(),
        sizes: sizes.ok().and_then(std::result::Result::ok).and_then(std::result::Result::ok),
        free: free.ok().and_then(std::result::Result::ok).flatten(),
    }
}

/// Adds up what lies in the data folder. What goes away while it is looked at does not count.
fn measure(folder: &Path) -> io::Result<Sizes> {
    let mut sizes = Sizes::default();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let bytes = weigh(&entry.path());
        *part(&mut sizes, &name) += bytes;
    }
    Ok(sizes)
}

fn part<'s>(sizes: &'s mut Sizes, name: &str) -> &'s mut u64 {
    let is_database = [".db", ".db-wal", ".db-shm"].iter().any(|end| name.ends_with(end));
    match name {
        "evidence" => &mut sizes.evidence,
        "mail" => &mut sizes.mails,
        "pepper" => &mut sizes.keys,
        name if name.starts_with("receipt-key") => &mut sizes.keys,
        name if is_database && !name.starts_with("before-migration-") => &mut sizes.database,
        _ => &mut sizes.other,
    }
}

fn weigh(path: &Path) -> u64 {
    let Ok(about) = fs::symlink_metadata(path) else { return 0 };
    if !about.is_dir() {
        return about.len();
    }
    let Ok(entries) = fs::read_dir(path) else { return 0 };
    entries.flatten().map(|entry| weigh(&entry.path())).sum()
}

/// Free bytes of the disk under a folder, as `df` tells them; the standard library cannot be asked.
fn free_bytes(folder: &Path) -> Option<u64> {
    let told = Command::new("df").arg("-Pk").arg(folder).env("LC_ALL", "C").output().ok()?;
    read_df(&String::from_utf8_lossy(&told.stdout))
}

/// The fourth column of the last line: kilobytes available.
fn read_df(text: &str) -> Option<u64> {
    let line = text.lines().next_back()?;
    line.split_whitespace().nth(3)?.parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::{Refusal, testing::World};

    #[tokio::test]
    async fn the_state_is_told_to_who_runs_the_installation_only() {
        let world = World::with_people().await;
        receipt::prepare(&world).await.unwrap();
        let system = world.principal("system@forerunner.example").await;
        world.wait(Timestamp::HOUR);
        let seen = state(&world, &system).await.unwrap();
        assert_eq!(seen.now.since(seen.started), Timestamp::HOUR);
        assert_eq!(seen.database.schema, store::migrations::SCHEMA);
        assert!(!seen.database.version.is_empty() && seen.database.bytes > 0);
        assert!(seen.folder.sizes.unwrap().keys > 0, "the key of receipts lies there");
        assert!(seen.receipt_key.unwrap().is_some() && seen.last_backup.is_none());
        assert!(seen.jobs.iter().all(|(_, ran)| ran.is_none()), "no worker runs here");
        for email in ["admin@pco-nl.example", "admin@meridian-reagents.example", "admin@chemtrade-assoc.example"] {
            let principal = world.principal(email).await;
            assert!(matches!(state(&world, &principal).await, Err(Refusal::NotFound)), "{email}");
        }
        assert!(matches!(state(&world, &Principal::default()).await, Err(Refusal::NotSignedIn)));
    }

    #[tokio::test]
    async fn a_backup_and_a_damaged_key_are_told() {
        let world = World::with_people().await;
        let system = world.principal("system@forerunner.example").await;
        let target = world.config.data_dir.join("backup");
        crate::backup::make(&world, &target).await.unwrap();
        fs::write(world.config.data_dir.join("receipt-key"), "not a key").unwrap();
        let seen = state(&world, &system).await.unwrap();
        assert_eq!(seen.last_backup, Some(world.now()));
        assert!(seen.receipt_key.unwrap_err().contains("damaged"));
    }

    #[test]
    fn each_file_counts_where_it_belongs() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, bytes: usize| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, vec![0; bytes]).unwrap();
        };
        for (name, bytes) in [
            ("forerunner.db", 100),
            ("forerunner.db-wal", 20),
            ("before-migration-1.db", 7),
            ("pepper", 64),
            ("receipt-key", 64),
            ("mail/new/a.eml", 5),
            ("evidence/ab/cd", 11),
            ("evidence/ef", 1),
        ] {
            put(name, bytes);
        }
        let sizes = measure(folder.path()).unwrap();
        assert_eq!(sizes, Sizes { database: 120, evidence: 12, keys: 128, mails: 5, other: 7 });
        assert!(measure(&folder.path().join("nowhere")).is_err());
    }

    #[test]
    fn df_is_read_and_nonsense_is_not() {
        let told = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 1000 600 400 60% /data disk\n";
        assert_eq!(read_df(told), Some(400 * 1024));
        for bad in ["", "\n", "df: no such file", "a b c d e", "a b c 99999999999999999999 e"] {
            assert_eq!(read_df(bad), None, "{bad:?}");
        }
    }
}
