//! Asking whether somebody stands on a list. Everything by which the answer came about is kept: who was asked for, the
//! version of the engine, the versions of the lists, what was found and why. It says the same years later.

use std::sync::Arc;

use domain::{
    access::{Action, Principal},
    answers::{
        Answers,
        when::{Order, parse_date},
    },
    country::Country,
    date::Date,
    fold::ascii_digits,
    ids::{CheckId, OrgId},
    time::Timestamp,
    watchlist::Meaning,
};
use screening::{
    THRESHOLD, VERSION,
    compare::{self, Comparison},
    entry::{Address, Birth, Entry, Identifier, Kind, NumberKind},
    evidence::{Asked, Support},
};
use serde::{Deserialize, Serialize};
use store::watchlist::{
    check::{self as rows, CheckRow, NewCheck},
    entry,
};
use tokio::task;

pub use super::held::Searched;
use super::{
    held::{Held, held, read},
    own::Source,
    seek::{Finding, Found},
    sight::Sight,
};
use crate::{
    Context, Result,
    audit::{self, Act, NONE},
    error::{Problem, Refusal},
    seat::Seat,
};

/// The most names that are asked for at once.
const MOST_NAMES: usize = 10;
/// The most letters of a name or a number.
const LONGEST: usize = 200;
/// The most hits that are kept of a check; all are counted.
const MOST_HITS: usize = 50;
/// Checks on a page.
const PAGE: usize = 50;

/// The sorts of numbers that can be asked for, each with its words.
pub const NUMBER_KINDS: [(&str, &str, NumberKind); 8] = [
    ("passport", "Passport", NumberKind::Passport),
    ("national", "National number or identity card", NumberKind::National),
    ("tax", "Tax or VAT number", NumberKind::Tax),
    ("registration", "Register of companies", NumberKind::Registration),
    ("lei", "Legal entity identifier (LEI)", NumberKind::Lei),
    ("bic", "Bank code (BIC)", NumberKind::Bic),
    ("imo", "Ship (IMO)", NumberKind::Imo),
    ("other", "Another number", NumberKind::Other),
];

/// Who is asked for, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// In the engine's terms.
    pub asked: Asked,
    /// The day or year of birth, as it was typed.
    #[serde(default)]
    pub birth: String,
}

impl Asking {
    /// By what a person recognises the check: the first name, or the number.
    #[must_use]
    pub fn title(&self) -> &str {
        let number = || self.asked.identifiers.first().map(|number| number.value.as_str());
        self.asked.names.first().map(String::as_str).or_else(number).unwrap_or_default()
    }
}

/// What was found, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Kept {
    /// Which of the lists that were searched.
    list: usize,
    /// Number on that list.
    id: String,
    /// Hash of what the list said; empty if it was the organisation's own.
    hash: String,
    /// What the organisation itself knew, and where from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    own: Option<(Entry, Source)>,
    /// The name there that is most like the one asked for, and the name asked for.
    name: String,
    asked: String,
    score: f32,
    comparison: Comparison,
    support: Vec<Support>,
    means: Vec<Meaning>,
}

/// Somebody who may be the one asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The list and its version.
    pub list: Searched,
    /// What the list said then.
    pub entry: Entry,
    /// The name there that is most like the one asked for.
    pub name: String,
    /// The name asked for that it is like.
    pub asked: String,
    /// From 0 to 1.
    pub score: f32,
    /// How the names compare.
    pub comparison: Comparison,
    /// What else speaks for it or against it.
    pub support: Vec<Support>,
    /// What it means in law, the gravest first.
    pub means: Vec<Meaning>,
    /// Where the organisation itself knows it from; none for entries of lists.
    pub own: Option<Source>,
}

/// A check with everything that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What is known of it in a list.
    pub line: Line,
    /// Version of the engine.
    pub engine: String,
    /// From which score on something was a hit.
    pub threshold: String,
    /// Every version that was searched.
    pub lists: Vec<Searched>,
    /// The best first; at most fifty.
    pub hits: Vec<Hit>,
}

/// A check in a list of checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Identity.
    pub id: CheckId,
    /// Who asked.
    pub person: String,
    /// When.
    pub at: Timestamp,
    /// Whom for.
    pub asking: Asking,
    /// How many hits there were.
    pub count: i64,
}

impl Line {
    fn of(row: &CheckRow) -> Result<Self> {
        let (id, at, count) = (CheckId(row.id), Timestamp(row.at), row.hit_count);
        Ok(Self { id, person: row.person.clone(), at, asking: parse(&row.asked)?, count })
    }
}

fn parse<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Refusal::Fault(format!("a check cannot be read: {error}")))
}

fn text(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Refusal::Fault(error.to_string()))
}

/// The versions that are searched now, by code, for somebody who may ask.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn in_force(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Searched>> {
    Seat::take(principal, org, Action::ScreenNames)?;
    let sight = Sight::of_one(ctx, org).await?;
    Ok(held(ctx).await?.lists_for(org, &sight))
}

/// Asks whether somebody stands on a list, and keeps the answer.
///
/// Fields: `kind` (`person`, `organisation`, `vessel`, `any`), `names` (one a line), `birth` (a day or a year), `country`,
/// `address`, `number_kind`, `number`.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotPossible`] while no list is in force;
/// [`Refusal::NotFound`] without the right.
pub async fn screen(ctx: &Context, principal: &Principal, org: OrgId, typed: &Answers) -> Result<CheckId> {
    let seat = Seat::take(principal, org, Action::ScreenNames)?;
    let asking = asking(typed, &seat.membership.country)?;
    let sight = Sight::of_one(ctx, org).await?;
    let held = held(ctx).await?;
    let lists = held.lists_for(org, &sight);
    if lists.is_empty() {
        return Err(Refusal::NotPossible(
            "No watch list is in force in this installation, so nobody can be found. Ask those who run it to load one."
                .into(),
        ));
    }
    let (searched, asked) = (Arc::clone(&held), asking.asked.clone());
    let found = task::spawn_blocking(move || searched.seek(org, &sight, &asked)).await;
    let found = found.map_err(|error| Refusal::Fault(error.to_string()))?;
    let count = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let mut hits = Vec::new();
    for one in found.into_iter().take(MOST_HITS) {
        hits.push(kept(ctx, (&held, &lists), &asking.asked, one).await?);
    }
    let id = CheckId(ctx.new_id());
    let new = NewCheck {
        id,
        org,
        person: seat.id(),
        at: ctx.now(),
        asked: &text(&asking)?,
        engine: VERSION,
        threshold: &format!("{THRESHOLD:.2}"),
        lists: &text(&lists)?,
        hits: &text(&hits)?,
        count,
    };
    let mut tx = ctx.db.begin().await?;
    rows::insert(&mut tx, new).await?;
    let act = Act {
        actor: seat.actor(),
        action: Action::ScreenNames,
        step: "name asked for on the watch lists",
        object_kind: "check",
        object_id: id.to_string(),
    };
    audit::record(ctx, &mut tx, act, NONE, Some(&count)).await?;
    tx.commit().await?;
    Ok(id)
}

/// How many entries of the lists in force are like each of these, for a first look: nobody is named and nothing is kept. To
/// know whom, one asks with [`screen`]. `None` while no list is in force.
pub(crate) async fn glance(ctx: &Context, org: OrgId, asked: Vec<Asked>) -> Result<Option<Vec<usize>>> {
    let sight = Sight::of_one(ctx, org).await?;
    let held = held(ctx).await?;
    if held.lists_for(org, &sight).is_empty() {
        return Ok(None);
    }
    let count = move || asked.iter().map(|asked| held.seek(org, &sight, asked).len()).collect();
    task::spawn_blocking(count).await.map(Some).map_err(|error| Refusal::Fault(error.to_string()))
}

async fn kept(ctx: &Context, (held, lists): (&Held, &[Searched]), asked: &Asked, found: Found) -> Result<Kept> {
    let found = Finding::of(ctx, held, asked, found).await?;
    let list = lists.iter().position(|list| list.code == found.list.code);
    Ok(Kept {
        list: list.ok_or_else(|| Refusal::Fault("a hit has no list".into()))?,
        id: found.id,
        hash: if found.own.is_some() { String::new() } else { found.hash },
        own: found.own,
        name: found.name,
        asked: found.like,
        score: found.score,
        comparison: found.comparison,
        support: found.support,
        means: found.means,
    })
}

/// What a list said, by its hash.
pub(super) async fn said(ctx: &Context, hash: &[u8]) -> Result<Entry> {
    let content = entry::content(&mut ctx.db.reader(), hash).await?;
    read(&content.ok_or_else(|| Refusal::Fault("what a list said is not there".into()))?)
}

/// The name of an entry that is most like one asked for, and that one.
pub(super) fn likest(entry: &Entry, asked: &Asked) -> (String, String) {
    let kind = if asked.kind == Kind::Any { entry.kind } else { asked.kind };
    let pairs = entry.names.iter().flat_map(|name| asked.names.iter().map(move |asked| (name, asked)));
    let scored = pairs.map(|(name, asked)| (compare::names(asked, &name.text, kind).score, name, asked));
    // Of several that are equal the first, which is the main one.
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let main = || entry.names.first().map(|name| name.text.clone()).unwrap_or_default();
    best.map_or_else(|| (main(), String::new()), |(_, name, asked)| (name.text.clone(), asked.clone()))
}

/// Who is asked for, as it was typed.
fn asking(typed: &Answers, country: &str) -> Result<Asking> {
    let mut problems = Vec::new();
    let kind = match typed.one("kind") {
        "person" => Kind::Person,
        "organisation" => Kind::Organisation,
        "vessel" => Kind::Vessel,
        _ => Kind::Any,
    };
    let names: Vec<String> = typed.one("names").lines().map(joined).filter(|name| !name.is_empty()).collect();
    let birth = joined(typed.one("birth"));
    let births = match birth.is_empty() {
        true => Vec::new(),
        false => born(&birth, Order::of_country(country)).map_or_else(
            || {
                problems.push(Problem::new("birth", "Write a day like 12 August 1970, or a year like 1970."));
                Vec::new()
            },
            |birth| vec![birth],
        ),
    };
    let countries = match typed.one("country").trim() {
        "" => Vec::new(),
        text => Country::find(text).map_or_else(
            |error| {
                problems.push(Problem::new("country", error.to_string()));
                Vec::new()
            },
            |country| vec![country],
        ),
    };
    let number = joined(typed.one("number"));
    let number_kind = NUMBER_KINDS.iter().find(|(code, ..)| *code == typed.one("number_kind"));
    let number_kind = number_kind.map_or(NumberKind::Other, |(.., kind)| *kind);
    let too_long = |text: &String| text.chars().count() > LONGEST;
    match () {
        () if names.is_empty() && number.is_empty() => {
            problems.push(Problem::new("names", "Write the name that you look for, or a number below."));
        }
        () if names.len() > MOST_NAMES => problems.push(Problem::new("names", "Ask for at most 10 names at once.")),
        () if names.iter().any(too_long) => {
            problems.push(Problem::new("names", "A name has at most 200 characters. Write one name a line."));
        }
        () => {}
    }
    if too_long(&number) {
        problems.push(Problem::new("number", "A number has at most 200 characters."));
    }
    let lines = typed.one("address").lines().map(joined).filter(|line| !line.is_empty());
    let address = lines.collect::<Vec<_>>().join(", ");
    if too_long(&address) {
        problems.push(Problem::new("address", "An address has at most 200 characters."));
    }
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    let identifiers = (!number.is_empty()).then_some(Identifier { kind: number_kind, value: number, country: None });
    let identifiers = identifiers.into_iter().collect();
    let address = (!address.is_empty()).then_some(Address { text: address, country: None });
    let addresses = address.into_iter().collect();
    Ok(Asking { asked: Asked { kind, names, births, countries, identifiers, addresses }, birth })
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A day, or a whole year.
fn born(text: &str, order: Order) -> Option<Birth> {
    let digits = ascii_digits(text);
    match digits.parse::<u16>() {
        Ok(year) if digits.len() == 4 => Some(Birth { from: Date::new(year, 1, 1)?, to: Date::new(year, 12, 31)? }),
        _ => parse_date(text, order).ok().map(|day| Birth { from: day, to: day }),
    }
}

/// A check of one's own organisation.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if it is another organisation's.
pub async fn check(ctx: &Context, principal: &Principal, org: OrgId, id: CheckId) -> Result<Check> {
    principal.signed_in()?;
    let row = rows::one(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotFound)?;
    Seat::take(principal, OrgId(row.org_id), Action::ScreenNames)?;
    if row.org_id != org.0 {
        return Err(Refusal::NotFound);
    }
    let lists: Vec<Searched> = parse(&row.lists)?;
    let mut hits = Vec::new();
    for kept in parse::<Vec<Kept>>(&row.hits)? {
        let (entry, own) = match kept.own {
            Some((entry, source)) => (entry, Some(source)),
            None => {
                let hash = domain::encoding::from_hex(&kept.hash);
                let hash = hash.ok_or_else(|| Refusal::Fault("a hash of a check cannot be read".into()))?;
                (said(ctx, &hash).await?, None)
            }
        };
        let list = lists.get(kept.list).cloned();
        hits.push(Hit {
            list: list.ok_or_else(|| Refusal::Fault("a hit has no list".into()))?,
            entry,
            own,
            name: kept.name,
            asked: kept.asked,
            score: kept.score,
            comparison: kept.comparison,
            support: kept.support,
            means: kept.means,
        });
    }
    let line = Line::of(&row)?;
    Ok(Check { line, engine: row.engine, threshold: row.threshold, lists, hits })
}

/// The checks of one's own organisation before another one, the last one first, and whether there are more.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn checks(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    before: Option<CheckId>,
) -> Result<(Vec<Line>, bool)> {
    Seat::take(principal, org, Action::ScreenNames)?;
    let mut found = rows::of_org(&mut ctx.db.reader(), org, before, PAGE as i64 + 1).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    Ok((found.iter().map(Line::of).collect::<Result<_>>()?, more))
}
