//! Reading hits: a company's list, one side by side, and what of a file is known.

use std::collections::HashMap;

use domain::{
    access::{Action, Principal},
    customer::PartyRole,
    ids::{CustomerId, HitId, OrgId},
    screening::{Cause, Decision, State, Tally},
    time::Timestamp,
    watchlist::Meaning,
};
use store::screening::{
    self as rows, StandsRow,
    hit::{self, HitLineRow, StepRow, Wanted},
    job,
};

use super::{
    DECIDE, Progress,
    decide::takes_two,
    decision,
    known::searched_since,
    state,
    subject::{Subject, parse, role},
};
use crate::{
    Context, Result,
    customer::read::find,
    error::Refusal,
    seat::Seat,
    watchlist::{self, Asking, Finding, Search, Searched},
};

/// Hits on a page.
pub const PAGE: i64 = 50;
/// The most hits that are shown on a file.
const ON_FILE: i64 = 20;

/// Which hits are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In this state; without one those that somebody has to look at.
    pub state: Option<State>,
    /// In every state.
    pub all: bool,
    /// On the list with this code; empty for all.
    pub list: String,
    /// One customer's.
    pub customer: Option<CustomerId>,
}

/// A hit in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Identity.
    pub id: HitId,
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// What the one who was found is for the customer.
    pub role: PartyRole,
    /// By which name.
    pub name: String,
    /// Who stands on the list.
    pub entry: String,
    /// The list.
    pub list: String,
    /// The gravest that it means.
    pub means: Meaning,
    /// From 0 to 1.
    pub score: f32,
    /// Where it stands.
    pub state: State,
    /// When it was found first.
    pub found: Timestamp,
}

impl Line {
    fn of(row: HitLineRow) -> Self {
        Self {
            id: HitId(row.id),
            customer: CustomerId(row.customer_id),
            customer_name: row.customer,
            role: role(&row.party),
            name: row.party_name,
            entry: row.entry_name,
            list: named(row.list),
            means: Meaning::from_code(&row.means).unwrap_or(Meaning::Watch),
            score: row.score as f32 / 1000.0,
            state: state(&row.state),
            found: Timestamp(row.found_at),
        }
    }
}

/// The name of a list; the company's own set has none in the store.
fn named(list: String) -> String {
    if list.is_empty() { watchlist::OWN_SET.to_owned() } else { list }
}

/// A page of hits.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// What waits for people first, then by score.
    pub lines: Vec<Line>,
    /// Whether there are more behind these.
    pub more: bool,
    /// Lists on which the company has hits: code and name.
    pub lists: Vec<(String, String)>,
}

/// Hits of a company: the `page`th page from 0.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company.
pub async fn list(ctx: &Context, principal: &Principal, org: OrgId, filter: &Filter, page: u16) -> Result<Listed> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    let mut db = ctx.db.reader();
    let state = if filter.all { "all" } else { filter.state.map_or("", State::code) };
    let (list, customer) = (filter.list.as_str(), filter.customer);
    let wanted = Wanted { org, state, list, customer, most: PAGE + 1, skip: i64::from(page) * PAGE };
    let mut found = hit::listed(&mut db, &wanted).await?;
    let more = found.len() as i64 > PAGE;
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let lists = hit::lists(&mut db, org).await?.into_iter().map(|(code, label)| (code, named(label))).collect();
    Ok(Listed { lines: found.into_iter().map(Line::of).collect(), more, lists })
}

/// Another hit of a company that waits for somebody, the first of its list.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company.
pub async fn next(ctx: &Context, principal: &Principal, org: OrgId, but: HitId) -> Result<Option<HitId>> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    let wanted = Wanted { org, state: "", list: "", customer: None, most: 2, skip: 0 };
    let found = hit::listed(&mut ctx.db.reader(), &wanted).await?;
    Ok(found.into_iter().map(|row| HitId(row.id)).find(|id| *id != but))
}

/// How many hits of a company somebody has to look at.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company.
pub async fn to_do(ctx: &Context, principal: &Principal, org: OrgId) -> Result<i64> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    Ok(hit::to_do(&mut ctx.db.reader(), org).await?)
}

/// What is at work for a company: files that wait, and the change of a list that is worked through.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company.
pub async fn progress(ctx: &Context, principal: &Principal, org: OrgId) -> Result<(i64, Option<Progress>)> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    let mut db = ctx.db.reader();
    let job = job::next(&mut db).await?.map(|row| Progress::of(&row, ctx.now())).transpose()?;
    Ok((rows::due_count(&mut db, Some(org)).await?, job))
}

/// How several files of a company stand.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company.
pub async fn tallies(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    customers: &[CustomerId],
) -> Result<HashMap<CustomerId, Tally>> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    let mut db = ctx.db.reader();
    let mut found: HashMap<CustomerId, Tally> = HashMap::new();
    for customer in hit::due_among(&mut db, customers).await? {
        found.entry(customer).or_default().due = true;
    }
    for row in hit::tallies(&mut db, customers).await? {
        let tally = found.entry(CustomerId(row.customer_id)).or_default();
        tally.add(state(&row.state), decision(&row.holds), row.many);
    }
    Ok(found)
}

/// How far a file is; none for files that were never marked.
pub(super) async fn stands(ctx: &Context, org: OrgId, customer: CustomerId) -> Result<Option<StandsRow>> {
    let row = rows::stands(&mut ctx.db.reader(), customer).await?;
    if row.as_ref().is_some_and(|row| row.org_id != org.0) {
        return Err(Refusal::NotFound);
    }
    Ok(row)
}

pub(super) async fn tally(ctx: &Context, customer: CustomerId, stands: Option<&StandsRow>) -> Result<Tally> {
    let search = stands.and_then(|row| row.search.as_deref()).map(parse::<Search>).transpose()?;
    let mut db = ctx.db.reader();
    let mut lists = search.map_or(0, |search| search.lists.len());
    if lists == 0 {
        // A list that came after the screening is searched by its job.
        let behind = stands.map_or(0, |row| row.job);
        lists = job::done_between(&mut db, behind, Timestamp(i64::MAX)).await?.len();
    }
    let mut tally = Tally { due: stands.is_none_or(|row| row.due), lists, ..Tally::default() };
    for row in hit::tally(&mut db, customer).await? {
        tally.add(state(&row.state), decision(&row.holds), row.many);
    }
    Ok(tally)
}

/// The last screening of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: Why,
    /// How many were asked for.
    pub parties: usize,
    /// How many were found.
    pub found: i64,
    /// How many of these somebody had to look at.
    pub fresh: i64,
    /// Version of the engine.
    pub engine: String,
    /// From which score on something was a hit.
    pub threshold: String,
    /// Every version that the file was searched in since, that of later changes of lists included.
    pub lists: Vec<Searched>,
}

/// What a file's page says about watch lists.
#[derive(Clone, Debug, PartialEq)]
pub struct OfFile {
    /// How it stands.
    pub tally: Tally,
    /// The last screening; none before the first.
    pub last: Option<Ran>,
    /// Hits to look at, and matches; at most twenty.
    pub hits: Vec<Line>,
    /// The change of a list that is worked through.
    pub job: Option<Progress>,
}

/// What is known of a file.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside its company.
pub async fn of_file(ctx: &Context, principal: &Principal, customer: CustomerId) -> Result<OfFile> {
    let row = find(ctx, principal, customer).await?;
    let org = OrgId(row.org_id);
    let stands = stands(ctx, org, customer).await?;
    let tally = tally(ctx, customer, stands.as_ref()).await?;
    let mut db = ctx.db.reader();
    let wanted = Wanted { org, state: "all", list: "", customer: Some(customer), most: ON_FILE, skip: 0 };
    let hits = hit::listed(&mut db, &wanted).await?.into_iter().map(Line::of);
    let hits = hits.filter(|line| line.state.is_to_do() || line.state == State::Match).collect();
    let job = job::next(&mut db).await?.map(|row| Progress::of(&row, ctx.now())).transpose()?;
    let last = match stands {
        Some(row) => last(ctx, row).await?,
        None => None,
    };
    Ok(OfFile { tally, last, hits, job })
}

async fn last(ctx: &Context, row: StandsRow) -> Result<Option<Ran>> {
    let (Some(at), Some(cause), Some(parties), Some(search)) = (row.at, row.cause, row.parties, row.search) else {
        return Ok(None);
    };
    let search: Search = parse(&search)?;
    let later = job::done_between(&mut ctx.db.reader(), row.job, Timestamp(i64::MAX)).await?;
    Ok(Some(Ran {
        at: Timestamp(at),
        why: Why::Screened(cause_of(&cause), row.person),
        parties: parse::<Vec<Subject>>(&parties)?.len(),
        found: row.found.unwrap_or(0),
        fresh: row.fresh.unwrap_or(0),
        engine: search.engine,
        threshold: search.threshold,
        lists: searched_since(search.lists, &later)?,
    }))
}

/// Why something happened to a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The file was screened; by whom that was caused.
    Screened(Cause, Option<String>),
    /// This version of a list was put in force.
    List(Box<Searched>),
    /// A person decided.
    Person,
    /// Time passed.
    Time,
}

/// What happened to a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It was found, or says something else.
    Found,
    /// It is not found any more.
    Gone,
    /// Somebody decided.
    Decided,
    /// A second person agreed.
    Agreed,
    /// A second person did not.
    Objected,
    /// What was decided held no longer.
    Lapsed,
}

impl What {
    fn of(code: &str) -> Self {
        match code {
            "gone" => Self::Gone,
            "decided" => Self::Decided,
            "agreed" => Self::Agreed,
            "objected" => Self::Objected,
            "lapsed" => Self::Lapsed,
            _ => Self::Found,
        }
    }
}

/// Something that happened to a hit.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What.
    pub what: What,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: Why,
    /// Where the hit stands since.
    pub state: State,
    /// Who did it.
    pub person: Option<String>,
    /// What was decided.
    pub decision: Option<Decision>,
    /// In whose words.
    pub reason: String,
    /// Until when that holds.
    pub until: Option<Timestamp>,
    /// Versions in force when a person decided.
    pub lists: Vec<Searched>,
    /// From 0 to 1.
    pub score: f32,
}

impl Step {
    pub(super) fn of(row: &StepRow) -> Result<Self> {
        let what = What::of(&row.what);
        let why = match (&row.searched, &row.cause) {
            (Some(list), _) => Why::List(Box::new(parse(list)?)),
            (None, Some(cause)) => Why::Screened(cause_of(cause), row.causer.clone()),
            (None, None) if row.person.is_some() => Why::Person,
            (None, None) => Why::Time,
        };
        let search = row.search.as_deref().map(parse::<Search>).transpose()?;
        Ok(Self {
            what,
            at: Timestamp(row.at),
            why,
            state: state(&row.state),
            person: row.person.clone(),
            decision: decision(&row.decision),
            reason: row.reason.clone(),
            until: row.until.map(Timestamp),
            lists: search.map(|search| search.lists).unwrap_or_default(),
            score: row.score as f32 / 1000.0,
        })
    }
}

/// Why a file was screened.
pub(super) fn cause_of(code: &str) -> Cause {
    Cause::from_code(code).unwrap_or(Cause::Changed)
}

/// A hit, side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Identity.
    pub id: HitId,
    /// The company.
    pub org: OrgId,
    /// Its version, for the next decision.
    pub version: i64,
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// What the one who was found is for the customer.
    pub role: PartyRole,
    /// Who was asked for.
    pub asking: Asking,
    /// What was found.
    pub hit: watchlist::Hit,
    /// Version of the engine.
    pub engine: String,
    /// Where it stands.
    pub state: State,
    /// What holds.
    pub holds: Option<Decision>,
    /// Until when.
    pub until: Option<Timestamp>,
    /// What waits for a second person, and whether the reader proposed it.
    pub proposed: Option<(Decision, bool)>,
    /// Whether a decision takes two people.
    pub takes_two: bool,
    /// What happened, the first first.
    pub steps: Vec<Step>,
    /// Whether the reader may decide.
    pub may_decide: bool,
}

/// A hit.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, or for anybody outside its company.
pub async fn hit(ctx: &Context, principal: &Principal, id: HitId) -> Result<View> {
    let me = principal.signed_in()?.id;
    let mut db = ctx.db.reader();
    let row = hit::one(&mut db, id).await?.ok_or(Refusal::NotFound)?;
    let org = OrgId(row.org_id);
    Seat::take(principal, org, Action::ReadCustomers)?;
    let finding: Finding = parse(&row.finding)?;
    let steps = hit::steps(&mut db, id).await?.iter().map(Step::of).collect::<Result<_>>()?;
    Ok(View {
        id,
        org,
        version: row.version,
        customer: CustomerId(row.customer_id),
        role: role(&row.party),
        asking: asking(&finding),
        engine: finding.engine.clone(),
        takes_two: takes_two(&finding),
        hit: finding.shown(ctx).await?,
        customer_name: row.customer,
        state: state(&row.state),
        holds: decision(&row.holds),
        until: row.until.map(Timestamp),
        proposed: decision(&row.proposed).map(|decision| (decision, row.proposed_by == Some(me.0))),
        steps,
        may_decide: principal.allowed_in(org, DECIDE).is_ok(),
    })
}

/// Who was asked for, as pages show it.
fn asking(finding: &Finding) -> Asking {
    let birth = finding.asked.births.first().map(|birth| match birth.from == birth.to {
        true => birth.from.to_string(),
        false => birth.from.year().to_string(),
    });
    Asking { asked: finding.asked.clone(), birth: birth.unwrap_or_default() }
}
