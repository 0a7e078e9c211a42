//! Lists that are downloaded from addresses that whoever runs the installation wrote into its settings. Off unless they did.
//!
//! A download takes the way of the watched folder from where the file lies there whole: a file that is cut off or something
//! else is refused whole, the version before stays, and a version is put in force by itself only where the list is set so.
//! What may be reached is said by [`guard`], how it is fetched by [`client`].

mod client;
mod guard;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use domain::{
    time::Timestamp,
    watchlist::{Code, by_code},
};
use screening::files;
use store::watchlist::fetch::{self as rows, FetchRow, Tried};
use tokio::{
    sync::{oneshot, watch},
    time::sleep,
};
use ureq::tls::{PemItem, parse_pem};

use self::{
    client::{Client, Got, Limits, Seen},
    guard::Guard,
};
use super::{By, Into, Outcome, Room, load, sort, tray::Tray};
use crate::{
    Context, Result,
    error::{Problem, Refusal},
    jobs::Job,
};

/// How often it is looked whether something is due.
const LOOK: Duration = Duration::from_secs(60);
/// A fault is tried again after this.
const AGAIN: i64 = Timestamp::HOUR;
/// The most addresses of one list: OFAC's set has four files.
const MOST: usize = 8;

/// What is downloaded.
#[derive(Clone, Debug)]
pub struct Downloads {
    /// The addresses of each list, by its code. The files of a set have several.
    lists: BTreeMap<String, Vec<String>>,
    /// How long after a success it is tried again.
    every: i64,
    client: Client,
}

impl Default for Downloads {
    fn default() -> Self {
        let client = Client { guard: Guard::default(), limits: Limits::default(), roots: Vec::new() };
        Self { lists: BTreeMap::new(), every: 24 * Timestamp::HOUR, client }
    }
}

impl Downloads {
    /// Reads the settings: `lists` as `code=address`, hours from one time to the next, names of hosts that may have
    /// addresses inside the network, and PEM of those who vouch for them.
    ///
    /// # Errors
    /// What is wrong with them, in plain words.
    pub fn read(lists: &[String], hours: u32, inside: &[String], roots: &[u8]) -> std::result::Result<Self, String> {
        let mut new = Self { every: i64::from(hours.max(1)) * Timestamp::HOUR, ..Self::default() };
        new.client.guard.inside = inside.iter().map(|name| name.trim().to_owned()).collect();
        for item in parse_pem(roots) {
            match item.map_err(|error| format!("the certificates cannot be read: {error}"))? {
                PemItem::Certificate(one) => new.client.roots.push(one),
                _ => return Err("beside certificates something else stands in the file of those who vouch".into()),
            }
        }
        for text in lists.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
            let (code, url) = text.split_once('=').ok_or("write a list to download as CODE=https://…")?;
            let code = Code::new(code).map_err(|error| format!("the code of a list to download: {error}"))?;
            let url =
                new.client.guard.read(url.trim()).map_err(|why| format!("the address of {}: {why}", code.as_str()))?;
            let urls = new.lists.entry(code.as_str().to_owned()).or_default();
            urls.push(url.to_string());
            if urls.len() > MOST {
                return Err(format!("{} has more than {MOST} addresses", code.as_str()));
            }
        }
        Ok(new)
    }

    fn is_off(&self) -> bool {
        self.lists.is_empty()
    }
}

/// How the download of a list stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// Code of the list.
    pub code: String,
    /// When it is tried next.
    pub next_at: Timestamp,
    /// When it was tried the last time.
    pub tried_at: Option<Timestamp>,
    /// What came of it, in words; empty before the first time.
    pub outcome: String,
    /// Whether that was a fault.
    pub failed: bool,
}

/// How the downloads stand, by code of their lists; none if nothing is downloaded.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn downloads(ctx: &Context, by: By<'_>) -> Result<Vec<Download>> {
    if by.settle()?.owner.is_some() {
        return Err(Refusal::NotFound);
    }
    let all = rows::all(&mut ctx.db.reader()).await?.into_iter().map(|row| Download {
        code: row.code,
        next_at: Timestamp(row.next_at),
        tried_at: row.tried_at.map(Timestamp),
        outcome: row.outcome,
        failed: row.failed,
    });
    Ok(all.collect())
}

/// Downloads what is due, until told to stop. A download that runs is then broken off.
pub(super) async fn run(ctx: &Context, downloads: &Downloads, mut stop: watch::Receiver<bool>) {
    if let Err(error) = begin(ctx, downloads).await {
        tracing::error!(%error, "the lists to download could not be noted");
    }
    while !downloads.is_off() && !*stop.borrow() {
        let outcome = tokio::select! {
            outcome = look(ctx, downloads) => outcome,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        if outcome.as_ref().map_or(true, |tried| *tried > 0) {
            ctx.jobs.note(Job::Downloads, ctx.now(), outcome.as_ref().err());
        }
        tokio::select! {
            () = sleep(LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
}

/// Makes the table say what the settings say: once, when a process starts.
///
/// # Errors
/// If the store fails.
async fn begin(ctx: &Context, downloads: &Downloads) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    for row in rows::all(&mut tx).await? {
        if !downloads.lists.contains_key(&row.code) {
            rows::remove(&mut tx, &row.code).await?;
        }
    }
    for code in downloads.lists.keys() {
        rows::add(&mut tx, code, ctx.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Downloads what is due. How many lists were tried.
///
/// # Errors
/// If the store fails, or the last of what was tried was a fault: it is noted with the list, and tried again.
async fn look(ctx: &Context, downloads: &Downloads) -> Result<usize> {
    if downloads.is_off() {
        return Ok(0);
    }
    let (mut tried, mut fault) = (0, None);
    for row in rows::all(&mut ctx.db.reader()).await? {
        let Some(urls) = downloads.lists.get(&row.code).filter(|_| row.next_at <= ctx.now().0) else { continue };
        let mut tx = ctx.db.begin().await?;
        let is_ours = rows::claim(&mut tx, &row, ctx.now().plus(AGAIN)).await?;
        tx.commit().await?;
        if is_ours {
            tried += 1;
            fault = one(ctx, downloads, urls, &row).await?.or(fault);
        }
    }
    fault.map_or(Ok(tried), |words| Err(Refusal::NotPossible(words)))
}

/// Tries one list and notes what came of it; the fault, if it was one.
async fn one(ctx: &Context, downloads: &Downloads, urls: &[String], row: &FetchRow) -> Result<Option<String>> {
    let done = fetched(ctx, downloads, urls, row).await?;
    let failed = done.is_err();
    let (words, seen) = match &done {
        Ok((words, seen)) => (words.as_str(), seen.as_str()),
        Err(words) => (words.as_str(), row.seen.as_str()),
    };
    let at = ctx.now();
    let next_at = at.plus(if failed { AGAIN } else { downloads.every });
    let mut tx = ctx.db.begin().await?;
    rows::note(&mut tx, &row.code, Tried { next_at, at, outcome: words, failed, seen }).await?;
    tx.commit().await?;
    match failed {
        true => tracing::warn!(list = row.code, why = words, "a list was not downloaded"),
        false => tracing::info!(list = row.code, outcome = words, "a list was downloaded or had not changed"),
    }
    Ok(failed.then(|| format!("{}: {words}", row.code)))
}

/// What came of a list, in words, and what its servers said; or why nothing did.
type Told = std::result::Result<(String, String), String>;

async fn fetched(ctx: &Context, downloads: &Downloads, urls: &[String], row: &FetchRow) -> Result<Told> {
    let tray = Tray::make(ctx).await?;
    let before: Vec<Seen> = serde_json::from_str(&row.seen).unwrap_or_default();
    let (client, urls, room) = (downloads.client.clone(), urls.to_owned(), tray.path().to_owned());
    let (send, got) = oneshot::channel();
    // Not in a thread of the runtime, which would wait for it when it is told to stop.
    std::thread::spawn(move || {
        // Nobody takes it any more once it was broken off.
        let _ = send.send(files_of(&client, &urls, &before, &room));
    });
    let (paths, seen) = match got.await.map_err(|error| Refusal::Fault(error.to_string()))? {
        Ok(Some(got)) => got,
        Ok(None) => return Ok(Ok(("Has not changed since.".into(), row.seen.clone()))),
        Err(why) => return Ok(Err(format!("Nothing was loaded: {why}."))),
    };
    let seen = serde_json::to_string(&seen).map_err(|error| Refusal::Fault(error.to_string()))?;
    match taken(ctx, &row.code, paths).await {
        Ok(outcome) => Ok(Ok((words(&outcome), seen))),
        Err(Refusal::Invalid(problems)) => {
            Ok(Err(problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join(" ")))
        }
        Err(other) => Err(other),
    }
}

fn words(outcome: &Outcome) -> String {
    let number = outcome.number;
    match outcome {
        Outcome { known: true, .. } => format!("The same file as version {number}."),
        Outcome { active: true, .. } => format!("Version {number} was loaded and put in force."),
        Outcome { shrank: true, .. } => {
            format!("Version {number} was loaded. It holds less than four fifths of the one in force: look at it.")
        }
        _ => format!("Version {number} was loaded. It waits to be put in force."),
    }
}

type Files = (Vec<PathBuf>, Vec<Seen>);

/// Downloads the files of a list; none if no one of them changed. If one did, all are fetched: they belong together.
fn files_of(
    client: &Client,
    urls: &[String],
    before: &[Seen],
    room: &std::path::Path,
) -> std::result::Result<Option<Files>, String> {
    let known = |url: &String| before.iter().find(|seen| seen.url == *url);
    let (mut paths, mut all, mut same) = (Vec::new(), Vec::new(), Vec::new());
    for (place, url) in urls.iter().enumerate() {
        let path = room.join(name(place, url));
        match client.get(url, known(url), &path)? {
            Got::File(seen) => {
                paths.push(path);
                all.push(seen);
            }
            Got::Same => same.push((path, url)),
        }
    }
    if paths.is_empty() {
        return Ok(None);
    }
    for (path, url) in same {
        match client.get(url, None, &path)? {
            Got::File(seen) => {
                paths.push(path);
                all.push(seen);
            }
            Got::Same => return Err("the server says that a file has not changed, though nobody asked".into()),
        }
    }
    Ok(Some((paths, all)))
}

/// A name for a file: the end of its address, as far as it is harmless. OFAC's set is told apart by names.
fn name(place: usize, url: &str) -> String {
    let path = url::Url::parse(url).map(|url| url.path().to_owned()).unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let harmless = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let last: String = last.chars().filter(harmless).take(80).collect();
    let last = last.trim_start_matches('.');
    if last.is_empty() { format!("list-{place}") } else { last.to_owned() }
}

/// Loads what was downloaded, as if it had lain in the folder.
async fn taken(ctx: &Context, code: &str, paths: Vec<PathBuf>) -> Result<Outcome> {
    let refused = |words: &str| Refusal::Invalid(vec![Problem::new("file", words)]);
    let mut lists = sort(paths).await?;
    let found = lists.pop().filter(|_| lists.is_empty());
    let found: files::Found =
        found.ok_or_else(|| refused("The files that were downloaded belong to several lists."))?;
    if by_code(code).is_none() && store::watchlist::list(&mut ctx.db.reader(), code).await?.is_none() {
        let words = format!(
            "There is no list “{code}” yet. Load its first version on the page or the command line, which gives it a name."
        );
        return Err(refused(&words));
    }
    load(ctx, By::Download, found, Into { code, ..Into::default() }, Room::AsSet).await
}
