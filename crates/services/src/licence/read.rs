//! Reading the register: the list, an entry with its history, what a version changed.

use domain::{
    access::{Action, Membership, Principal},
    country::Country,
    date::Date,
    fold::words,
    ids::{LicenceId, OrgId},
    licence::{Entry, Sort, Standing},
    question::{ChangedGroup, SummaryGroup, SummaryRow, changes},
    substance::Catalogue,
    time::Timestamp,
};
use store::{
    licence::{self as rows, LicenceRow, RegisterRow, Wanted},
    search::{self, NewQuestion},
};

use super::entry;
use crate::{
    Context, Result,
    calendar::Local,
    error::{Problem, Refusal},
    search::QuestionId,
    seat::Seat,
};

/// How long a question is kept.
const LIFE: i64 = 12 * Timestamp::HOUR;
/// The most letters of a question.
const LONGEST: usize = 200;
/// The most words that are looked for.
const MOST_WORDS: usize = 4;
/// The most versions that a page tells.
const HISTORY: i64 = 50;
/// By which questions to the register are told from others.
const SHELF: &str = "licences";

/// What of the register is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Licences or permits.
    pub sort: Sort,
    /// Only those that stand here today.
    pub standing: Option<Standing>,
    /// Only those with all these words in their numbers and names.
    pub words: String,
}

/// An entry in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Identity.
    pub id: LicenceId,
    /// What it says.
    pub entry: Entry,
    /// Where it stands today.
    pub standing: Standing,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// By holder.
    pub items: Vec<Item>,
    /// Behind which entry the next page begins, if there is more.
    pub next: Option<LicenceId>,
    /// How many licences the register holds.
    pub licences: i64,
    /// How many permits.
    pub permits: i64,
}

/// A version of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// What was done.
    pub step: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Identity.
    pub id: LicenceId,
    /// The authority.
    pub org: OrgId,
    /// Its version, for the next change.
    pub version: i64,
    /// What it says.
    pub entry: Entry,
    /// Where it stands today.
    pub standing: Standing,
    /// Today, where the authority is.
    pub today: Date,
    /// Its last versions, the last one first.
    pub history: Vec<Version>,
    /// Whether the person may change it.
    pub may_keep: bool,
}

/// A version and what it changed of the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The authority.
    pub org: OrgId,
    /// The entry's present number.
    pub entry: String,
    /// The version.
    pub version: Version,
    /// What differs; of the first version everything.
    pub groups: Vec<ChangedGroup>,
}

/// The day it is where an organisation sits.
pub(super) fn day_there(member: &Membership, now: Timestamp) -> Date {
    use domain::calendar::Zone as _;
    let zone = Country::parse(&member.country).map_or("UTC", Country::time_zone);
    Local::named(zone).day(now)
}

/// The day it is where the authority sits.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the authority.
pub fn today(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Date> {
    let seat = Seat::take(principal, org, Action::ReadLicences)?;
    Ok(day_there(seat.membership, ctx.now()))
}

/// Keeps what somebody looks for, so that no name stands in an address; by which it is found again.
///
/// # Errors
/// [`Refusal::Invalid`] without a word in it; [`Refusal::NotFound`] without a place in the authority.
pub async fn ask(ctx: &Context, principal: &Principal, org: OrgId, text: &str) -> Result<QuestionId> {
    let seat = Seat::take(principal, org, Action::ReadLicences)?;
    let text: String = text.trim().chars().take(LONGEST).collect();
    if words(&text).is_empty() {
        return Err(Refusal::Invalid(vec![Problem::new("words", "Type a name or a number")]));
    }
    let id = ctx.new_id();
    let expires = ctx.now().plus(LIFE);
    let question = NewQuestion { id, authority: org, person: seat.id(), text: &text, shelf: SHELF, expires };
    let mut tx = ctx.db.begin().await?;
    search::ask(&mut tx, &question).await?;
    tx.commit().await?;
    Ok(QuestionId(id))
}

/// What was looked for under this identity; none if this person asked nothing here, or it has lapsed.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the authority.
pub async fn asked(ctx: &Context, principal: &Principal, org: OrgId, id: QuestionId) -> Result<Option<String>> {
    let seat = Seat::take(principal, org, Action::ReadLicences)?;
    let found = search::asked(&mut ctx.db.reader(), id.0, org, seat.id(), ctx.now()).await?;
    Ok(found.filter(|(_, shelf)| shelf == SHELF).map(|(text, _)| text))
}

/// Entries by holder, behind `after`.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the authority.
pub async fn list(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    filter: &Filter,
    after: Option<LicenceId>,
    limit: u16,
) -> Result<Listed> {
    let (mut items, _) = every(ctx, principal, org, filter, after, limit.saturating_add(1)).await?;
    let more = items.len() > usize::from(limit);
    items.truncate(usize::from(limit));
    let RegisterRow { licences, permits, .. } = rows::register(&mut ctx.db.reader(), org).await?;
    Ok(Listed { next: items.last().filter(|_| more).map(|item| item.id), items, licences, permits })
}

/// Entries by holder, behind `after`, at most `limit`; behind which there may be more.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the authority.
pub async fn every(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    filter: &Filter,
    after: Option<LicenceId>,
    limit: u16,
) -> Result<(Vec<Item>, Option<LicenceId>)> {
    let on = today(ctx, principal, org)?;
    let folded = words(&filter.words);
    let looked_for: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    let wanted = Wanted {
        org,
        sort: filter.sort.code(),
        after,
        words: &looked_for,
        standing: filter.standing.map_or("", Standing::code),
        on,
        limit: i64::from(limit),
    };
    let found = rows::list(&mut ctx.db.reader(), &wanted).await?;
    let next = found.last().filter(|_| found.len() == usize::from(limit)).map(|row| LicenceId(row.id));
    Ok((found.iter().map(|row| item(row, on)).collect::<Result<_>>()?, next))
}

pub(super) fn item(row: &LicenceRow, on: Date) -> Result<Item> {
    let entry = entry(row)?;
    Ok(Item { id: LicenceId(row.id), standing: entry.standing(on), entry })
}

/// The row of an entry that the person may read.
async fn find(ctx: &Context, principal: &Principal, id: LicenceId) -> Result<LicenceRow> {
    principal.signed_in()?;
    let row = rows::find(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotFound)?;
    Seat::take(principal, OrgId(row.org_id), Action::ReadLicences)?;
    Ok(row)
}

/// An entry.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, or for anybody outside its authority.
pub async fn view(ctx: &Context, principal: &Principal, id: LicenceId) -> Result<View> {
    let row = find(ctx, principal, id).await?;
    let org = OrgId(row.org_id);
    let today = today(ctx, principal, org)?;
    let history = rows::history(&mut ctx.db.reader(), id, i64::MAX, HISTORY).await?;
    let entry = entry(&row)?;
    Ok(View {
        id,
        org,
        version: row.version,
        standing: entry.standing(today),
        entry,
        today,
        history: history.into_iter().map(version).collect(),
        may_keep: principal.allowed_in(org, Action::KeepLicences).is_ok(),
    })
}

fn version(row: store::customer::VersionRow) -> Version {
    Version { number: row.version, step: row.step, at: Timestamp(row.at), by: row.person }
}

/// A version with what it changed.
///
/// # Errors
/// As [`view`]; [`Refusal::NotFound`] if the entry has no such version.
pub async fn compare(ctx: &Context, principal: &Principal, id: LicenceId, number: i64) -> Result<Compared> {
    let row = find(ctx, principal, id).await?;
    let mut db = ctx.db.reader();
    let line = rows::history(&mut db, id, number.saturating_add(1), 1).await?;
    let line = line.into_iter().next().filter(|line| line.version == number).ok_or(Refusal::NotFound)?;
    let catalogue = ctx.catalogue();
    let mut of = async |number: i64| -> Result<Vec<SummaryGroup>> {
        let Some(json) = rows::version(&mut db, id, number).await? else { return Ok(Vec::new()) };
        let entry: Entry = serde_json::from_str(&json).map_err(|error| Refusal::Fault(error.to_string()))?;
        Ok(summary(&entry, &catalogue))
    };
    let (before, after) = (of(number - 1).await?, of(number).await?);
    let groups = changes(&before, &after);
    Ok(Compared { org: OrgId(row.org_id), entry: row.number, version: version(line), groups })
}

/// An entry as labelled rows.
fn summary(entry: &Entry, catalogue: &Catalogue) -> Vec<SummaryGroup> {
    let cells = entry.cells(catalogue);
    let row = |column: &domain::licence::Column| {
        let value: Vec<String> = cells.one(column.name).lines().map(str::to_owned).collect();
        (!value.is_empty()).then(|| SummaryRow {
            field: column.name.to_owned(),
            label: column.title.to_owned(),
            value,
            provided: true,
            sound: true,
            section: "entry".to_owned(),
            page: column.name.to_owned(),
        })
    };
    let rows = entry.sort().columns().iter().filter_map(row).collect();
    vec![SummaryGroup { section: "entry".to_owned(), title: entry.sort().label().to_owned(), is_item: false, rows }]
}
