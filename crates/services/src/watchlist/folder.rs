//! A folder that is watched, `lists` in the data folder: a list that is put there is loaded within two minutes.
//!
//! A file is taken once it looks the same twice, a minute apart, so that one that is still being copied is left alone. What
//! was loaded is moved to `done`, what was refused to `refused` with a text that says why. A list of one's own is told by
//! the name of its file: `national-watch.csv` is a version of the list `national-watch`, which has to be there already.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use screening::{
    files::{self, Found},
    list::Format,
};
use tokio::task;

use super::{By, Into, Outcome, Room, load};
use crate::{Context, Result, error::Refusal};

/// Size and time of change of the files that were seen at the last look.
pub type Seen = HashMap<PathBuf, (u64, Option<SystemTime>)>;

/// The folder.
#[must_use]
pub fn path(ctx: &Context) -> PathBuf {
    ctx.config.data_dir.join("lists")
}

/// Looks once, and loads what lies there complete. How many files were taken.
///
/// # Errors
/// If the store fails or the folder cannot be read or written; the files then stay for the next look.
pub async fn look(ctx: &Context) -> Result<usize> {
    let folder = path(ctx);
    let now = on_disk({
        let folder = folder.clone();
        move || seen(&folder)
    })
    .await?;
    let before = {
        let mut seen = ctx.lists.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::replace(&mut *seen, now.clone())
    };
    let (ready, growing): (Vec<_>, Vec<_>) =
        now.into_iter().partition(|(path, state)| state.0 > 0 && before.get(path) == Some(state));
    if ready.is_empty() {
        return Ok(0);
    }
    let (ready, growing) = (paths(ready), paths(growing));
    let (lists, others) = on_disk(move || complete(&ready, &growing)).await?;
    let mut taken = 0;
    for other in others {
        let why = "This is no list in a format that the portal reads. Unpack archives first.".to_owned();
        taken += put_aside(&folder, vec![other], Some(why), ctx.now().0).await?;
    }
    for (format, paths) in lists {
        let why = match take(ctx, (format, paths.clone())).await {
            Ok(outcome) => {
                tracing::info!(list = outcome.code, version = outcome.number, "a list came by the folder");
                None
            }
            Err(Refusal::Invalid(problems)) => {
                let words: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
                Some(words.join("\n"))
            }
            Err(other) => return Err(other),
        };
        taken += put_aside(&folder, paths, why, ctx.now().0).await?;
    }
    Ok(taken)
}

fn paths(files: Vec<(PathBuf, (u64, Option<SystemTime>))>) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = files.into_iter().map(|(path, _)| path).collect();
    paths.sort();
    paths
}

async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    let done = task::spawn_blocking(work).await.map_err(|error| Refusal::Fault(error.to_string()))?;
    done.map_err(|error| Refusal::Unavailable(format!("the folder of lists does not work: {error}").into()))
}

/// The files of the folder. It is made where it is not there; hidden files, links and folders are left alone.
fn seen(folder: &Path) -> io::Result<Seen> {
    fs::create_dir_all(folder)?;
    let mut seen = Seen::new();
    for item in fs::read_dir(folder)? {
        let item = item?;
        // Not through a link: what it leads to is not in the folder.
        let about = match item.metadata() {
            Ok(about) => about,
            // Somebody took it away between two steps.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        if about.is_file() && !item.file_name().to_string_lossy().starts_with('.') {
            seen.insert(item.path(), (about.len(), about.modified().ok()));
        }
    }
    Ok(seen)
}

/// Lists whose files are all there, and what is no list. A set waits while one more of its files is still growing.
fn complete(ready: &[PathBuf], growing: &[PathBuf]) -> io::Result<(Vec<Found>, Vec<PathBuf>)> {
    let (lists, others) = files::sort(ready)?;
    let is_set = |path: &PathBuf| matches!(files::recognise(path), Ok(Some(Format::SdnCsv)));
    let waits = growing.iter().any(is_set);
    let lists = lists.into_iter().filter(|(format, _)| !(waits && *format == Format::SdnCsv));
    Ok((lists.collect(), others))
}

async fn take(ctx: &Context, found: Found) -> Result<Outcome> {
    let name = found.1.first().map(|path| files::name(path)).unwrap_or_default();
    let stem = Path::new(&name).file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let code = if domain::watchlist::by_format(found.0.code()).is_some() { "" } else { stem.as_str() };
    if !code.is_empty() && store::watchlist::list(&mut ctx.db.reader(), code).await?.is_none() {
        let words = format!(
            "There is no list “{code}” yet. Load its first version on the page or the command line, which gives it a name; \
             after that, files of this name are its next versions."
        );
        return Err(Refusal::Invalid(vec![crate::error::Problem::new("code", words)]));
    }
    load(ctx, By::Folder, found, Into { code, ..Into::default() }, Room::AsSet).await
}

/// Moves files out of the way: to `done`, or to `refused` with a text that says why. How many.
async fn put_aside(folder: &Path, paths: Vec<PathBuf>, why: Option<String>, at: i64) -> Result<usize> {
    let folder = folder.to_owned();
    on_disk(move || {
        let room = folder.join(if why.is_some() { "refused" } else { "done" });
        fs::create_dir_all(&room)?;
        for path in &paths {
            let name = files::name(path);
            // The time before it: a file of the same name may lie there from another day.
            fs::rename(path, room.join(format!("{at}-{name}")))?;
            if let Some(why) = &why {
                fs::write(room.join(format!("{at}-{name}.why.txt")), format!("{why}\n"))?;
                tracing::warn!(file = name, why, "a file in the folder of lists was refused");
            }
        }
        Ok(paths.len())
    })
    .await
}
