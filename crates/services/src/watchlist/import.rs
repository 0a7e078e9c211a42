//! Loading a version from its files: read in a thread of its own, written by some thousand entries at a time, seen once it
//! is whole. A file that is refused leaves nothing behind.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use domain::{
    encoding::hex,
    time::Timestamp,
    watchlist::{Code, Known, Meaning, by_code, by_format, shrank},
};
use screening::{
    entry::{Entry, Kind},
    files::{self, Found},
    list::{Format, Refused, Summary},
};
use sha2::{Digest as _, Sha256};
use store::{
    StoreError,
    watchlist::{
        self as rows, ListRow, Loaded, NewVersion,
        entry::{self, NewEntry},
    },
};
use tokio::{sync::mpsc, task};
use uuid::Uuid;

use super::{By, Hand, Settings, activate, named};
use crate::{
    Context, Result, audit,
    context::random_hex,
    error::{Problem, Refusal},
};

/// Entries that are written at once: other writers wait no longer than that takes.
const AT_ONCE: usize = 2_000;
/// Entries that are removed at once.
const REMOVED_AT_ONCE: i64 = 5_000;
/// The most bytes of a list that belongs to an organisation: every process holds it in memory.
const MOST_OWN: i64 = 10 * 1024 * 1024;
/// The most lists of one organisation.
const MOST_LISTS: usize = 20;
/// A load that rests so long was broken off.
const RESTS: i64 = 15 * Timestamp::MINUTE;

/// Into which list files are loaded. What is empty is told by their format.
#[derive(Clone, Copy, Debug, Default)]
pub struct Into<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its name, if it is new.
    pub label: &'a str,
    /// Code of what a hit on it means, if it is new.
    pub means: &'a str,
}

/// What came of loading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The list.
    pub code: String,
    /// The version.
    pub number: i64,
    /// Whether this very file had been loaded before; then nothing new was made.
    pub known: bool,
    /// How many stand on it.
    pub entries: i64,
    /// In how many places it breaks its own rules.
    pub deviations: i64,
    /// Whether it is in force now.
    pub active: bool,
    /// Whether it holds so much less than the version in force that it was not put in force by itself.
    pub shrank: bool,
}

/// When a version is put in force as soon as it is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Not before somebody says so.
    Wait,
    /// At once: somebody said so.
    AtOnce,
    /// If the list is set so and the version did not shrink.
    AsSet,
}

/// The lists among files, each with those that make it up.
///
/// # Errors
/// [`Refusal::Invalid`] at `file` if one of them is no list, with its name.
pub async fn sort(paths: Vec<PathBuf>) -> Result<Vec<Found>> {
    let sorted = task::spawn_blocking(move || files::sort(&paths)).await.map_err(broken)?;
    let (lists, others) = sorted.map_err(|error| at_file(format!("The file could not be read: {error}.")))?;
    match others.first() {
        Some(other) => Err(at_file(format!(
            "“{}” is no list in a format that we know. Unpack archives first; the formats are in the documentation.",
            files::name(other)
        ))),
        None if lists.is_empty() => Err(at_file("Choose a file.")),
        None => Ok(lists),
    }
}

fn at_file(words: impl std::convert::Into<String>) -> Refusal {
    Refusal::Invalid(vec![Problem::new("file", words)])
}

fn broken(error: task::JoinError) -> Refusal {
    Refusal::Fault(error.to_string())
}

/// Loads a version of a list. The same file again is recognised and not loaded twice.
///
/// # Errors
/// [`Refusal::Invalid`] at `file`, `code`, `label` or `means`, in plain words; then nothing was kept.
/// [`Refusal::NotFound`] without the right.
pub async fn load(ctx: &Context, by: By<'_>, found: Found, into: Into<'_>, room: Room) -> Result<Outcome> {
    let hand = by.settle()?;
    let (format, paths) = found;
    if format.holds_companies() {
        return Err(at_file(
            "These are data of companies (legal entity identifiers), not a list. Nobody is listed there.",
        ));
    }
    let (measured, paths) = task::spawn_blocking(move || (measure(&paths), paths)).await.map_err(broken)?;
    let (sha256, bytes) = measured.map_err(|error| at_file(format!("The file could not be read: {error}.")))?;
    if hand.owner.is_some() && (bytes > MOST_OWN || format != Format::Own) {
        return Err(at_file("A list of your own is a table (CSV) of at most 10 MB with the headings “id” and “name”."));
    }
    let list = into_list(ctx, hand, format, into).await?;
    if let Some(same) = rows::same_file(&mut ctx.db.reader(), list.id, sha256).await? {
        let active = same.state == "active";
        let mut outcome = Outcome {
            code: list.code.clone(),
            number: same.number,
            known: true,
            entries: same.entries,
            deviations: same.deviations,
            active,
            shrank: false,
        };
        if !active && room == Room::AtOnce {
            activate(ctx, by, &list.code, same.number).await?;
            outcome.active = true;
        }
        return Ok(outcome);
    }
    let version = ctx.new_id();
    let names: Vec<String> = paths.iter().map(|path| files::name(path)).collect();
    let mut tx = ctx.db.begin().await?;
    let new = NewVersion {
        id: version,
        list: list.id,
        format: format.code(),
        files: &names.join("\n"),
        sha256,
        bytes,
        by: hand.person,
        at: ctx.now(),
    };
    rows::begin(&mut tx, new).await?;
    tx.commit().await?;
    let done = match pour(ctx, version, format, paths).await {
        Ok(summary) => finish(ctx, hand, (&list, version), &summary).await,
        Err(refusal) => Err(refusal),
    };
    match done {
        Ok(outcome) => put_in_force(ctx, by, &list, outcome, room).await,
        Err(refusal) => {
            remove(ctx, version).await?;
            Err(refusal)
        }
    }
}

async fn put_in_force(ctx: &Context, by: By<'_>, list: &ListRow, outcome: Outcome, room: Room) -> Result<Outcome> {
    let before = rows::active(&mut ctx.db.reader()).await?.into_iter().find(|row| row.list_id == list.id);
    let shrank = before.is_some_and(|before| shrank(before.entries, outcome.entries));
    let active = room == Room::AtOnce || room == Room::AsSet && list.automatic && !shrank;
    if active {
        activate(ctx, by, &list.code, outcome.number).await?;
    }
    Ok(Outcome { active, shrank, ..outcome })
}

/// The list into which files are loaded; made where it is new.
async fn into_list(ctx: &Context, hand: Hand<'_>, format: Format, into: Into<'_>) -> Result<ListRow> {
    let made = format!("own-{}", random_hex::<8>());
    let code = match into.code.trim() {
        "" if hand.owner.is_some() => &made,
        "" => by_format(format.code()).map(|known| known.code.as_str()).unwrap_or_default(),
        code => code,
    };
    if code.is_empty() {
        return Err(Refusal::Invalid(vec![Problem::new(
            "code",
            "This format does not say which list it is. Choose the list, or give a new one a code.",
        )]));
    }
    let code = Code::new(code).map_err(|error| Refusal::Invalid(vec![Problem::new("code", error.to_string())]))?;
    let known = by_code(code.as_str());
    if let Some(known) = known.filter(|known| !known.formats.iter().any(|one| one == format.code())) {
        let words = format!("The file is “{}”, which is not a format of the list “{}”.", format.label(), known.label);
        return Err(at_file(words));
    }
    let mut tx = ctx.db.begin().await?;
    if let Some(row) = rows::list(&mut tx, code.as_str()).await? {
        let words = "Another list has this code. Choose another one.";
        return if hand.has(&row) { Ok(row) } else { Err(Refusal::Invalid(vec![Problem::new("code", words)])) };
    }
    if hand.owner.is_some() && rows::lists(&mut tx, hand.owner).await?.len() >= MOST_LISTS {
        return Err(Refusal::Invalid(vec![Problem::new("label", "There are 20 lists already, which is the most.")]));
    }
    let row = new_list(ctx, hand, &code, known, into)?;
    rows::add_list(&mut tx, &row).await.map_err(Refusal::overtaken)?;
    hand.record(ctx, &mut tx, ("watch list added", code.as_str()), audit::NONE, Some(&Settings::of(&row))).await?;
    tx.commit().await?;
    Ok(row)
}

fn new_list(ctx: &Context, hand: Hand<'_>, code: &Code, known: Option<&Known>, into: Into<'_>) -> Result<ListRow> {
    let (label, means) = match known {
        Some(known) => (known.label.clone(), known.means),
        None => {
            let means = match into.means {
                // Nobody but a state forbids anything.
                _ if hand.owner.is_some() => Some(Meaning::Watch),
                "" => Some(Meaning::Watch),
                code => Meaning::from_code(code),
            };
            let means = means.ok_or_else(|| Problem::new("means", "Choose what a hit on this list means."));
            match (named(into.label), means) {
                (Ok(label), Ok(means)) => (label, means),
                (label, means) => {
                    return Err(Refusal::Invalid(label.err().into_iter().chain(means.err()).collect()));
                }
            }
        }
    };
    Ok(ListRow {
        id: ctx.new_id(),
        code: code.as_str().to_owned(),
        label,
        means: means.code().to_owned(),
        automatic: hand.owner.is_some(),
        created_at: ctx.now().0,
        owner_id: hand.owner.map(|owner| owner.0),
    })
}

/// SHA-256 and size of files: of one its own, of several one over the hashes and names of all.
fn measure(paths: &[PathBuf]) -> std::io::Result<([u8; 32], i64)> {
    let mut all = paths.iter().map(|path| one(path)).collect::<std::io::Result<Vec<_>>>()?;
    let bytes = all.iter().map(|(_, _, bytes)| bytes).sum();
    if let [(_, sha256, _)] = all[..] {
        return Ok((sha256, bytes));
    }
    all.sort();
    let lines = all.iter().map(|(name, sha256, _)| format!("{}  {}\n", hex(sha256), name.to_lowercase()));
    Ok((Sha256::digest(lines.collect::<String>()).into(), bytes))
}

fn one(path: &Path) -> std::io::Result<(String, [u8; 32], i64)> {
    let (mut file, mut hash, mut bytes) = (File::open(path)?, Sha256::new(), 0);
    let mut piece = vec![0; 128 * 1024];
    loop {
        let count = file.read(&mut piece)?;
        if count == 0 {
            return Ok((files::name(path), hash.finalize().into(), bytes));
        }
        hash.update(&piece[..count]);
        bytes += count as i64;
    }
}

/// Reads the files and writes what stands in them.
async fn pour(ctx: &Context, version: Uuid, format: Format, paths: Vec<PathBuf>) -> Result<Summary> {
    let (sender, mut receiver) = mpsc::channel::<Vec<NewEntry>>(2);
    let reading = task::spawn_blocking(move || read(format, &paths, &sender));
    while let Some(batch) = receiver.recv().await {
        let mut tx = ctx.db.begin().await?;
        rows::touch(&mut tx, version, ctx.now()).await?;
        entry::add(&mut tx, version, &batch).await.map_err(doubled)?;
        tx.commit().await?;
    }
    let read = reading.await.map_err(broken)?;
    read.map_err(|refused| at_file(format!("Nothing was loaded: {refused}.")))
}

fn doubled(error: StoreError) -> Refusal {
    match error {
        StoreError::Conflict(_) => at_file("Nothing was loaded: two entries have one number."),
        other => other.into(),
    }
}

fn read(format: Format, paths: &[PathBuf], sender: &mpsc::Sender<Vec<NewEntry>>) -> Result<Summary, Refused> {
    let mut batch = Vec::with_capacity(AT_ONCE);
    let summary = files::read(format, paths, &mut |entry| {
        batch.push(new_entry(&entry));
        if batch.len() == AT_ONCE {
            // Nobody takes it any more once writing has failed: then what is read is dropped.
            let _ = sender.blocking_send(std::mem::replace(&mut batch, Vec::with_capacity(AT_ONCE)));
        }
    })?;
    if !batch.is_empty() {
        let _ = sender.blocking_send(batch);
    }
    Ok(summary)
}

fn new_entry(entry: &Entry) -> NewEntry {
    let content = serde_json::to_string(entry).expect("an entry is plain data");
    let name = entry.names.first().map(|name| name.text.replace('\0', "\u{fffd}")).unwrap_or_default();
    let hash = hex(&Sha256::digest(&content));
    NewEntry { id: entry.id.replace('\0', "\u{fffd}"), kind: kind(entry.kind), name, content, hash }
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
        Kind::Vessel => "vessel",
        Kind::Aircraft => "aircraft",
        Kind::Any => "any",
    }
}

/// What the log commits to of a version.
#[derive(serde::Serialize)]
struct Trace<'a> {
    version: i64,
    sha256: String,
    entries: i64,
    files: &'a str,
}

async fn finish(
    ctx: &Context,
    hand: Hand<'_>,
    (list, version): (&ListRow, Uuid),
    summary: &Summary,
) -> Result<Outcome> {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let text = serde_json::to_string(summary).map_err(|error| Refusal::Fault(error.to_string()))?;
    let loaded = Loaded {
        generated: summary.generated.as_deref().unwrap_or_default(),
        entries: count(summary.total()),
        deviations: count(summary.deviating()),
        summary: &text,
    };
    let mut tx = ctx.db.begin().await?;
    rows::finish(&mut tx, version, loaded, ctx.now()).await.map_err(Refusal::overtaken)?;
    let made = rows::versions(&mut tx, list.id).await?.into_iter().find(|row| row.id == version);
    let made = made.ok_or_else(|| Refusal::Fault("a version that was just loaded is not there".into()))?;
    let trace = Trace { version: made.number, sha256: hex(&made.sha256), entries: made.entries, files: &made.files };
    hand.record(ctx, &mut tx, ("watch list loaded", &list.code), audit::NONE, Some(&trace)).await?;
    tx.commit().await?;
    Ok(Outcome {
        code: list.code.clone(),
        number: made.number,
        known: false,
        entries: made.entries,
        deviations: made.deviations,
        active: false,
        shrank: false,
    })
}

/// Removes a version that was not loaded to its end, by and by.
async fn remove(ctx: &Context, version: Uuid) -> Result<u64> {
    let mut removed = 0;
    loop {
        let mut tx = ctx.db.begin().await?;
        let some = entry::remove_some(&mut tx, version, REMOVED_AT_ONCE).await?;
        if some == 0 {
            removed += rows::drop_version(&mut tx, version).await?;
            tx.commit().await?;
            break;
        }
        tx.commit().await?;
        removed += some;
    }
    loop {
        let mut tx = ctx.db.begin().await?;
        let some = entry::remove_unused(&mut tx, REMOVED_AT_ONCE).await?;
        tx.commit().await?;
        if some == 0 {
            return Ok(removed);
        }
    }
}

/// Removes what is left of loads that were broken off; how many rows.
///
/// # Errors
/// If the store fails.
pub async fn sweep(ctx: &Context) -> Result<u64> {
    let mut removed = 0;
    for version in rows::broken_off(&mut ctx.db.reader(), ctx.now().plus(-RESTS)).await? {
        removed += remove(ctx, version).await?;
    }
    super::tray::sweep(ctx).await;
    Ok(removed)
}
