//! Reading customers: the list, a file, its history.

use domain::{
    access::{Action, Principal},
    country::Country,
    customer::{Customer, State, decision::Verdict, summary},
    date::Date,
    fold::words,
    ids::{CustomerId, OrgId},
    question::{ChangedGroup, changes},
    risk::Band,
    time::Timestamp,
};
use store::{
    customer::{self as rows, CustomerListRow, CustomerRow, Wanted},
    search::{self, NewQuestion},
};

use super::file;
use crate::{
    Context, Result,
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
/// Versions on one page.
const HISTORY: i64 = 50;

/// What of the list is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only customers who stand here.
    pub state: Option<State>,
    /// Only those in whose files all these words stand.
    pub words: String,
}

/// A customer in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Identity.
    pub id: CustomerId,
    /// Legal name.
    pub name: String,
    /// Country.
    pub country: Option<Country>,
    /// Where it stands.
    pub state: State,
    /// The company's own number; may be empty.
    pub own_number: String,
    /// When the file was changed last.
    pub changed: Timestamp,
    /// By whom.
    pub by: String,
    /// Its risk, once it was rated.
    pub band: Option<Band>,
    /// What is decided.
    pub verdict: Option<Verdict>,
    /// Whether a decision waits for a second person.
    pub waits: bool,
    /// Day of the next review.
    pub review_on: Option<Date>,
    /// Whether it is due before that.
    pub due: bool,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// By name.
    pub items: Vec<Item>,
    /// Behind which file the next page begins, if there is more.
    pub next: Option<CustomerId>,
    /// How many the company has in all.
    pub all: i64,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Identity.
    pub id: CustomerId,
    /// The company.
    pub org: OrgId,
    /// Its version, for the next change.
    pub version: i64,
    /// What it says.
    pub customer: Customer,
    /// When it was made.
    pub created: Timestamp,
    /// When it was changed last.
    pub changed: Timestamp,
    /// By whom.
    pub by: String,
    /// Whether the person may change it.
    pub may_write: bool,
}

/// A version in a file's history.
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

/// A version and what it changed of the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The company.
    pub org: OrgId,
    /// The customer's present name.
    pub name: String,
    /// The version.
    pub version: Version,
    /// What differs from the version before; of the first everything.
    pub groups: Vec<ChangedGroup>,
}

/// Keeps what somebody looks for, so that no name stands in an address; by which it is found again.
///
/// # Errors
/// [`Refusal::Invalid`] without a word in it; [`Refusal::NotFound`] without a place in the company.
pub async fn ask(ctx: &Context, principal: &Principal, org: OrgId, text: &str) -> Result<QuestionId> {
    let seat = Seat::take(principal, org, Action::ReadCustomers)?;
    let text: String = text.trim().chars().take(LONGEST).collect();
    if words(&text).is_empty() {
        return Err(Refusal::Invalid(vec![Problem::new("words", "Type a name or a number")]));
    }
    let id = ctx.new_id();
    let expires = ctx.now().plus(LIFE);
    let question = NewQuestion { id, authority: org, person: seat.id(), text: &text, shelf: "customers", expires };
    let mut tx = ctx.db.begin().await?;
    search::ask(&mut tx, &question).await?;
    tx.commit().await?;
    Ok(QuestionId(id))
}

/// What was looked for under this identity; none if this person asked nothing here, or it has lapsed.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company.
pub async fn asked(ctx: &Context, principal: &Principal, org: OrgId, id: QuestionId) -> Result<Option<String>> {
    let seat = Seat::take(principal, org, Action::ReadCustomers)?;
    let found = search::asked(&mut ctx.db.reader(), id.0, org, seat.id(), ctx.now()).await?;
    Ok(found.filter(|(_, shelf)| shelf == "customers").map(|(text, _)| text))
}

/// Customers by name, behind `after`.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company.
pub async fn list(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    filter: &Filter,
    after: Option<CustomerId>,
    limit: u16,
) -> Result<Listed> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    let mut db = ctx.db.reader();
    let folded = words(&filter.words);
    let looked_for: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    let state = filter.state.map_or("", State::code);
    let limit = usize::from(limit);
    let most = i64::try_from(limit).unwrap_or(i64::MAX) + 1;
    let wanted = Wanted { org, after, state, words: &looked_for, limit: most };
    let mut found = rows::list(&mut db, &wanted).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|row| CustomerId(row.id));
    let all = rows::count(&mut db, org).await?;
    Ok(Listed { items: found.into_iter().map(item).collect(), next, all })
}

fn item(row: CustomerListRow) -> Item {
    Item {
        id: CustomerId(row.id),
        name: row.name,
        country: Country::parse(&row.country).ok(),
        state: State::from_code(&row.state).unwrap_or(State::Checking),
        own_number: row.own_number.unwrap_or_default(),
        changed: Timestamp(row.changed_at),
        by: row.person,
        band: row.band.as_deref().and_then(Band::from_code),
        verdict: row.verdict.as_deref().and_then(Verdict::from_code),
        waits: row.waiting_id.is_some(),
        review_on: row.review_on.map(Date::from_days),
        due: row.due_since.is_some(),
    }
}

/// Whole files by name, behind `after`, at most `limit`.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company.
pub async fn every(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    filter: &Filter,
    after: Option<CustomerId>,
    limit: u16,
) -> Result<(Vec<Customer>, Option<CustomerId>)> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    let folded = words(&filter.words);
    let looked_for: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    let state = filter.state.map_or("", State::code);
    let wanted = Wanted { org, after, state, words: &looked_for, limit: i64::from(limit) };
    let found = rows::contents(&mut ctx.db.reader(), &wanted).await?;
    let next = found.last().filter(|_| found.len() == usize::from(limit)).map(|row| CustomerId(row.id));
    Ok((found.iter().map(file).collect::<Result<_>>()?, next))
}

/// The row of a file that the person may read.
pub(super) async fn find(ctx: &Context, principal: &Principal, id: CustomerId) -> Result<CustomerRow> {
    principal.signed_in()?;
    let row = rows::find(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotFound)?;
    Seat::take(principal, OrgId(row.org_id), Action::ReadCustomers)?;
    Ok(row)
}

/// A file.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, or for anybody outside its company.
pub async fn view(ctx: &Context, principal: &Principal, id: CustomerId) -> Result<View> {
    let row = find(ctx, principal, id).await?;
    let org = OrgId(row.org_id);
    Ok(View {
        id,
        org,
        version: row.version,
        customer: file(&row)?,
        created: Timestamp(row.created_at),
        changed: Timestamp(row.changed_at),
        may_write: principal.allowed_in(org, Action::WriteCustomers).is_ok(),
        by: row.person,
    })
}

/// The versions of a file before `before` (all from the last one without it), the last one first; whether there are more.
///
/// # Errors
/// As [`view`].
pub async fn history(
    ctx: &Context,
    principal: &Principal,
    id: CustomerId,
    before: Option<i64>,
) -> Result<(View, Vec<Version>, bool)> {
    let view = view(ctx, principal, id).await?;
    let mut found = rows::history(&mut ctx.db.reader(), id, before.unwrap_or(i64::MAX), HISTORY + 1).await?;
    let more = found.len() as i64 > HISTORY;
    found.truncate(usize::try_from(HISTORY).unwrap_or(usize::MAX));
    Ok((view, found.into_iter().map(version).collect(), more))
}

fn version(row: rows::VersionRow) -> Version {
    Version { number: row.version, step: row.step, at: Timestamp(row.at), by: row.person }
}

/// A version with what it changed.
///
/// # Errors
/// As [`view`]; [`Refusal::NotFound`] if the file has no such version.
pub async fn compare(ctx: &Context, principal: &Principal, id: CustomerId, number: i64) -> Result<Compared> {
    let row = find(ctx, principal, id).await?;
    let mut db = ctx.db.reader();
    let line = rows::history(&mut db, id, number.saturating_add(1), 1).await?;
    let line = line.into_iter().next().filter(|line| line.version == number).ok_or(Refusal::NotFound)?;
    let mut of = async |number: i64| -> Result<Customer> {
        match rows::version(&mut db, id, number).await? {
            None => Ok(Customer::new()),
            Some(json) => serde_json::from_str(&json).map_err(|error| Refusal::Fault(error.to_string())),
        }
    };
    let (before, after) = (of(number - 1).await?, of(number).await?);
    let groups = changes(&summary(&before), &summary(&after));
    Ok(Compared { org: OrgId(row.org_id), name: row.name, version: version(line), groups })
}
