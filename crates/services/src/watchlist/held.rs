//! The versions in force, in memory, as they are searched. Built anew when another version is put in force, by this process
//! or another one; until then the old ones serve.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use domain::{time::Timestamp, watchlist::Meaning};
use screening::{entry::Entry, index::Index};
use serde::{Deserialize, Serialize};
use store::{
    Reader,
    watchlist::{
        self as rows, VersionRow,
        entry::{self, EntryRow},
    },
};
use tokio::{
    sync::{Mutex, mpsc, watch},
    task,
    time::sleep,
};
use uuid::Uuid;

use super::{
    download::{self, Downloads},
    folder, meaning,
    own::Sets,
};
use crate::{Context, Refusal, Result, jobs::Job};

/// How often it is looked whether another version is in force.
const LOOK: Duration = Duration::from_secs(3);
/// How often it is looked into the folder.
const FOLDER: i64 = Timestamp::MINUTE;
/// Entries that are read at once.
const AT_ONCE: i64 = 2_000;

/// A version that is searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Searched {
    /// The list's code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// What a hit on it means.
    pub means: Meaning,
    /// The version.
    pub number: i64,
    /// When its files were made, by their own word.
    pub generated: String,
    /// SHA-256 over them, in hexadecimal.
    pub sha256: String,
    /// How many stand on it.
    pub entries: i64,
    /// Since when it is in force, microseconds.
    pub since: i64,
    /// Name of the organisation that shares it; empty for the installation's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
}

impl Searched {
    pub(crate) fn of(row: &VersionRow) -> Self {
        Self {
            code: row.code.clone(),
            label: row.label.clone(),
            means: meaning(&row.means),
            number: row.number,
            generated: row.generated.clone(),
            sha256: domain::encoding::hex(&row.sha256),
            entries: row.entries,
            since: row.activated_at.unwrap_or_default(),
            owner: row.owner.clone().unwrap_or_default(),
        }
    }
}

/// Where an entry of the index stands.
pub(crate) struct Place {
    /// Which of the lists.
    pub(super) list: u16,
    /// Hash of what it says.
    pub(super) hash: [u8; 32],
}

/// A list that belongs to an organisation.
#[derive(Clone, Copy)]
pub(super) struct Owned {
    pub list: Uuid,
    pub owner: Uuid,
}

impl Owned {
    /// Whose the list of a version is; none if it is the installation's.
    pub fn of(row: &VersionRow) -> Option<Self> {
        row.owner_id.map(|owner| Self { list: row.list_id, owner })
    }
}

/// Everything that is held. What of it somebody sees: [`super::sight`].
#[derive(Default)]
pub(crate) struct Held {
    /// The versions, in their own order.
    pub(super) ids: Vec<Uuid>,
    pub(crate) lists: Vec<Searched>,
    /// Of each list whose it is; none for the installation's.
    pub(super) owned: Vec<Option<Owned>>,
    pub(super) index: Index,
    pub(super) places: Vec<Place>,
}

/// The lists of this process.
#[derive(Default)]
pub struct Lists {
    held: RwLock<Option<Arc<Held>>>,
    building: Mutex<()>,
    /// What companies reported and refused themselves.
    pub(super) own: Sets,
    /// What was seen in the folder the last time.
    pub(super) seen: std::sync::Mutex<folder::Seen>,
}

impl fmt::Debug for Lists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lists").finish_non_exhaustive()
    }
}

impl Lists {
    pub(super) fn held(&self) -> Option<Arc<Held>> {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What is searched now; read from the store where this process has not done so yet.
pub(crate) async fn held(ctx: &Context) -> Result<Arc<Held>> {
    if let Some(held) = ctx.lists.held() {
        return Ok(held);
    }
    refresh(ctx).await?;
    ctx.lists.held().ok_or_else(|| Refusal::Fault("the lists were read and are not there".into()))
}

/// Takes in what was put in force since. Whether there was anything.
///
/// # Errors
/// If the store fails; then what was searched before goes on being searched.
pub async fn refresh(ctx: &Context) -> Result<bool> {
    if is_current(ctx).await? {
        return Ok(false);
    }
    let _one_at_a_time = ctx.lists.building.lock().await;
    if is_current(ctx).await? {
        return Ok(false);
    }
    let held = build(ctx).await?;
    *ctx.lists.held.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(held));
    Ok(true)
}

async fn is_current(ctx: &Context) -> Result<bool> {
    let mut ids = rows::active_ids(&mut ctx.db.reader()).await?;
    ids.sort_unstable();
    Ok(ctx.lists.held().is_some_and(|held| held.ids == ids))
}

async fn build(ctx: &Context) -> Result<Held> {
    let (began, memory) = (Instant::now(), resident());
    let mut db = ctx.db.reader();
    let active = rows::active(&mut db).await?;
    let sources: Vec<Source> = active.iter().map(|row| Source::Whole(row.id)).collect();
    let (index, places) = index(&mut db, &sources, |_| {}).await?;
    let lists: Vec<Searched> = active.iter().map(Searched::of).collect();
    let owned = active.iter().map(Owned::of).collect();
    let mut ids: Vec<Uuid> = active.iter().map(|row| row.id).collect();
    ids.sort_unstable();
    let more = resident().zip(memory).map(|(now, before)| now.saturating_sub(before));
    let (took_ms, entries, lists_held) = (began.elapsed().as_millis(), index.len(), lists.len());
    tracing::info!(lists = lists_held, entries, took_ms, memory_kib = more, "the watch lists in force were read");
    Ok(Held { ids, lists, owned, index, places })
}

/// Whence entries come.
#[derive(Clone, Copy)]
pub(super) enum Source {
    /// Everything on a version.
    Whole(Uuid),
    /// What a version says that another one does not, or says otherwise: the older, the newer.
    Changed(Uuid, Uuid),
}

impl Source {
    async fn page(self, db: &mut Reader, after: &str) -> Result<Vec<EntryRow>> {
        Ok(match self {
            Self::Whole(version) => entry::page(db, version, after, AT_ONCE).await?,
            Self::Changed(older, newer) => entry::touched(db, older, newer, after, AT_ONCE).await?,
        })
    }
}

/// Reads entries into an index: with each the place of its source among those. Each is shown to `seen`.
pub(super) async fn index(
    db: &mut Reader,
    sources: &[Source],
    mut seen: impl FnMut(&EntryRow),
) -> Result<(Index, Vec<Place>)> {
    let (sender, mut receiver) = mpsc::channel::<Vec<Entry>>(2);
    let building = task::spawn_blocking(move || Index::new(std::iter::from_fn(|| receiver.blocking_recv()).flatten()));
    let mut places = Vec::new();
    for (list, source) in (0_u16..).zip(sources) {
        let mut after = String::new();
        loop {
            let page = source.page(db, &after).await?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.entry_id);
            let mut entries = Vec::with_capacity(page.len());
            for row in page {
                seen(&row);
                let hash = row.hash.try_into().map_err(|_| Refusal::Fault("a hash is too short".into()))?;
                places.push(Place { list, hash });
                entries.push(read(&row.content)?);
            }
            sender.send(entries).await.map_err(|error| Refusal::Fault(error.to_string()))?;
        }
    }
    drop(sender);
    let index = building.await.map_err(|error| Refusal::Fault(error.to_string()))?;
    Ok((index, places))
}

/// What a list says about somebody.
pub(super) fn read(content: &str) -> Result<Entry> {
    serde_json::from_str(content).map_err(|error| Refusal::Fault(format!("an entry cannot be read: {error}")))
}

/// Memory of this process in KiB, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// Keeps what is searched up to date, takes lists from the folder and downloads them, until told to stop. In a task of its
/// own: a large list must not hold up mails.
pub async fn run(ctx: Context, downloads: Downloads, stop: watch::Receiver<bool>) {
    tokio::join!(keep(&ctx, stop.clone()), download::run(&ctx, &downloads, stop));
}

async fn keep(ctx: &Context, mut stop: watch::Receiver<bool>) {
    let mut looked = Timestamp(0);
    while !*stop.borrow() {
        if let Err(error) = refresh(ctx).await {
            tracing::error!(%error, "the watch lists in force could not be read; those before are searched");
        }
        if ctx.now().since(looked) >= FOLDER {
            looked = ctx.now();
            let outcome = folder::look(ctx).await;
            ctx.jobs.note(Job::Lists, ctx.now(), outcome.as_ref().err());
            if let Err(error) = outcome {
                tracing::error!(%error, "lists could not be taken from the folder");
            }
        }
        tokio::select! {
            () = sleep(LOOK) => {}
            // An error means that nobody can tell us any more, which is the end as well.
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
}
