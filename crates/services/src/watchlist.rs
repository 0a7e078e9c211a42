//! Watch lists: loading versions, comparing them, putting one in force, going back, and asking whether somebody is on one.
//!
//! A version is read from files ([`import`]), seen once it is whole, and searched once it is in force ([`held`]). Versions
//! are never removed: what was asked ([`screen`]) is kept with the versions that were searched, and says the same years
//! later. Files come by the page, the command line or a folder ([`folder`]).

use domain::{
    access::{Action, Principal},
    encoding::hex,
    ids::{OrgId, UserId},
    time::Timestamp,
    watchlist::Meaning,
};
use serde::Serialize;
use store::{
    Read, Tx,
    watchlist::{self as rows, ListRow, VersionRow},
};

use crate::{
    Context, Result,
    audit::{self, Act, Actor},
    customer,
    error::{Problem, Refusal},
    organisation::system,
    seat::Seat,
};

mod diff;
mod download;
pub mod folder;
mod held;
mod import;
mod own;
mod screen;
mod seek;
mod share;
mod sight;
mod tray;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

pub use diff::{Change, Changed, Diff, Part, diff};
pub use download::{Download, Downloads, downloads};
pub use held::{Lists, refresh, run};
pub use import::{Into, Outcome, Room, load, sort, sweep};
pub use own::Source;
pub(crate) use screen::glance;
pub use screen::{Asking, Check, Hit, Line, NUMBER_KINDS, Searched, check, checks, in_force, screen};
pub use share::{Share, answer, end, leave, members, offer, offers};
pub use tray::{Tray, tray};

pub(crate) use held::Held;
pub(crate) use own::LABEL as OWN_SET;
pub(crate) use seek::{Finding, Found, Search, Touched, at_hand, searched_now, whole};
pub(crate) use share::lapse;
pub(crate) use sight::Sight;

/// Who changes lists.
#[derive(Clone, Copy, Debug)]
pub enum By<'p> {
    /// Somebody who runs the installation, on a page; its lists.
    Person(&'p Principal),
    /// Somebody of an association, on a page; the association's own lists.
    Owner(&'p Principal, OrgId),
    /// Whoever has the machine, on its command line.
    Console,
    /// A file in the folder.
    Folder,
    /// A download.
    Download,
}

/// The same, with the right checked.
#[derive(Clone, Copy)]
struct Hand<'p> {
    actor: Actor<'p>,
    person: Option<UserId>,
    /// Whose lists; none for the installation's.
    owner: Option<OrgId>,
    action: Action,
    /// How it came, for the log.
    way: &'static str,
}

impl<'p> By<'p> {
    fn settle(self) -> Result<Hand<'p>> {
        let machine = |way| Hand { actor: Actor::System, person: None, owner: None, action: Action::ManageLists, way };
        let person = |seat: Seat<'p>, owner, action| Hand {
            actor: seat.actor(),
            person: Some(seat.id()),
            owner,
            action,
            way: "",
        };
        Ok(match self {
            Self::Person(principal) => {
                let own = system(principal, Action::ManageLists)?.org;
                person(Seat::take(principal, own, Action::ManageLists)?, None, Action::ManageLists)
            }
            Self::Owner(principal, org) => {
                person(Seat::take(principal, org, Action::ShareLists)?, Some(org), Action::ShareLists)
            }
            Self::Console => machine(" on the command line"),
            Self::Folder => machine(" from the folder"),
            Self::Download => machine(" by download"),
        })
    }
}

impl Hand<'_> {
    /// Whether a list is theirs.
    fn has(self, row: &ListRow) -> bool {
        row.owner_id == self.owner.map(|owner| owner.0)
    }

    async fn record(
        self,
        ctx: &Context,
        tx: &mut Tx,
        (step, code): (&str, &str),
        before: Option<&impl Serialize>,
        after: Option<&impl Serialize>,
    ) -> Result<()> {
        let step = format!("{step}{}", self.way);
        let act = Act {
            actor: self.actor,
            action: self.action,
            step: &step,
            object_kind: "watch_list",
            object_id: code.to_owned(),
        };
        audit::record(ctx, tx, act, before, after).await
    }
}

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Loaded, never in force.
    Loaded,
    /// In force.
    Active,
    /// Was in force.
    Retired,
}

/// A version of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// Where it stands.
    pub state: State,
    /// Its format, in words.
    pub format: String,
    /// Names of its files.
    pub files: Vec<String>,
    /// SHA-256 over them, in hexadecimal.
    pub sha256: String,
    /// How large they are together.
    pub bytes: u64,
    /// When they were made by their own word; empty if they do not say.
    pub generated: String,
    /// How many stand on it.
    pub entries: i64,
    /// In how many places it breaks its own rules.
    pub deviations: i64,
    /// The first of these, each with its place.
    pub told: Vec<(String, String)>,
    /// Who loaded it; none for the command line and the folder.
    pub loader: Option<String>,
    /// When.
    pub loaded_at: Timestamp,
    /// Who put it in force the last time.
    pub activator: Option<String>,
    /// When.
    pub activated_at: Option<Timestamp>,
    id: uuid::Uuid,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// What a hit on it means in law.
    pub means: Meaning,
    /// Whether a version from the folder is put in force by itself.
    pub automatic: bool,
    /// The version in force.
    pub active: Option<Version>,
}

/// The most deviations that a page tells.
const TOLD: usize = 100;

impl Version {
    fn of(row: VersionRow) -> Self {
        let summary: screening::list::Summary = serde_json::from_str(&row.summary).unwrap_or_default();
        let told = summary.deviations.into_iter().take(TOLD).map(|one| (one.place, one.what)).collect();
        let format = screening::list::Format::from_code(&row.format);
        Self {
            number: row.number,
            state: match row.state.as_str() {
                "active" => State::Active,
                "retired" => State::Retired,
                _ => State::Loaded,
            },
            format: format.map_or(row.format, |format| format.label().to_owned()),
            files: row.files.lines().map(str::to_owned).collect(),
            sha256: hex(&row.sha256),
            bytes: u64::try_from(row.bytes).unwrap_or_default(),
            generated: row.generated,
            entries: row.entries,
            deviations: row.deviations,
            told,
            loader: row.loader,
            loaded_at: Timestamp(row.loaded_at),
            activator: row.activator,
            activated_at: row.activated_at.map(Timestamp),
            id: row.id,
        }
    }
}

fn meaning(code: &str) -> Meaning {
    Meaning::from_code(code).unwrap_or(Meaning::Watch)
}

fn list_of(row: ListRow, active: Option<VersionRow>) -> List {
    let means = meaning(&row.means);
    List { code: row.code, label: row.label, means, automatic: row.automatic, active: active.map(Version::of) }
}

/// Every list of the installation, or of the association, with the version in force.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn lists(ctx: &Context, by: By<'_>) -> Result<Vec<List>> {
    let hand = by.settle()?;
    let mut db = ctx.db.reader();
    let mut active = rows::active(&mut db).await?;
    let lists = rows::lists(&mut db, hand.owner).await?.into_iter().map(|row| {
        let place = active.iter().position(|version| version.list_id == row.id);
        let version = place.map(|place| active.swap_remove(place));
        list_of(row, version)
    });
    Ok(lists.collect())
}

/// A list with its versions, the last one first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or if there is no such list.
pub async fn list(ctx: &Context, by: By<'_>, code: &str) -> Result<(List, Vec<Version>)> {
    let hand = by.settle()?;
    let mut db = ctx.db.reader();
    let row = found(&mut db, hand, code).await?;
    let versions = rows::versions(&mut db, row.id).await?;
    let active = versions.iter().find(|version| version.state == "active").cloned();
    Ok((list_of(row, active), versions.into_iter().map(Version::of).collect()))
}

/// The list with this code, if it is theirs.
async fn found(db: &mut impl Read, hand: Hand<'_>, code: &str) -> Result<ListRow> {
    rows::list(db, code).await?.filter(|row| hand.has(row)).ok_or(Refusal::NotFound)
}

async fn numbered(db: &mut impl Read, list: &ListRow, number: i64) -> Result<VersionRow> {
    rows::version(db, list.id, number).await?.ok_or(Refusal::NotFound)
}

/// What the log commits to of a list.
#[derive(Serialize)]
struct Settings<'a> {
    label: &'a str,
    means: &'a str,
    automatic: bool,
}

impl<'a> Settings<'a> {
    fn of(row: &'a ListRow) -> Self {
        Self { label: &row.label, means: &row.means, automatic: row.automatic }
    }
}

/// Changes a list's name, what a hit on it means, and whether versions from the folder are put in force by themselves.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem at `label` or `means`; [`Refusal::NotFound`] without the right or such a list.
pub async fn change(
    ctx: &Context,
    principal: &Principal,
    code: &str,
    (label, means, automatic): (&str, &str, bool),
) -> Result<()> {
    let hand = By::Person(principal).settle()?;
    let mut tx = ctx.db.begin().await?;
    let before = found(&mut tx, hand, code).await?;
    let (label, means) = (named(label), Meaning::from_code(means));
    let (Ok(label), Some(means)) = (&label, means) else {
        let means = means.is_none().then(|| Problem::new("means", "Choose what a hit on this list means."));
        return Err(Refusal::Invalid(label.err().into_iter().chain(means).collect()));
    };
    let after = ListRow { label: label.clone(), means: means.code().into(), automatic, ..before.clone() };
    rows::change_list(&mut tx, &after).await?;
    let step = ("watch list changed", code);
    hand.record(ctx, &mut tx, step, Some(&Settings::of(&before)), Some(&Settings::of(&after))).await?;
    tx.commit().await?;
    Ok(())
}

/// The most letters of a list's name.
const LONGEST_LABEL: usize = 120;

fn named(label: &str) -> Result<String, Problem> {
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    match label.chars().count() {
        0 => Err(Problem::new("label", "Give the list a name that people know it by.")),
        count if count > LONGEST_LABEL => Err(Problem::new("label", "Use at most 120 characters.")),
        _ => Ok(label),
    }
}

/// Puts a version in force in place of the one before. An earlier one is gone back to in the same way.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or such a version; [`Refusal::NotPossible`] if it is in force already;
/// [`Refusal::Stale`] if somebody else put one in force at the same moment.
pub async fn activate(ctx: &Context, by: By<'_>, code: &str, number: i64) -> Result<()> {
    let hand = by.settle()?;
    let mut tx = ctx.db.begin().await?;
    store::screening::changes(&mut tx).await?;
    let list = found(&mut tx, hand, code).await?;
    let version = numbered(&mut tx, &list, number).await?;
    if version.state == "active" {
        return Err(Refusal::NotPossible(format!("Version {number} of this list is in force already.")));
    }
    let active = rows::active(&mut tx).await?.into_iter().find(|row| row.list_id == list.id);
    rows::activate(&mut tx, list.id, version.id, hand.person, ctx.now()).await.map_err(Refusal::overtaken)?;
    customer::screening::list_changed(ctx, &mut tx, active.as_ref(), version.id).await?;
    let before = active.map(|row| row.number);
    let back = before.is_some_and(|before| before > number);
    let step = if back { "watch list rolled back" } else { "watch list put in force" };
    hand.record(ctx, &mut tx, (step, code), before.as_ref(), Some(&number)).await?;
    tx.commit().await?;
    Ok(())
}
