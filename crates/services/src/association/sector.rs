//! What is reported in the sector of an association's members: by month, in figures that tell of nobody
//! ([`domain::suppress`]). A month is counted once, after it is over, of those who were members at its end; what was told is
//! stored and never counted again, whoever joins or leaves later.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    access::{Action, Principal},
    date::Date,
    ids::OrgId,
    indicator::{Assessment, RuleSet},
    organisation::{OrgKind, OrgStatus},
    report::ReportKind,
    substance::{Kind, Substance, Table as Schedule},
    suppress::{self, Cell, Table},
    time::Timestamp,
};
use store::association::sector::{self as rows, CountedRow};
use uuid::Uuid;

use crate::{Context, Refusal, Result, seat::Seat};

/// Months that are told of after the fact, when nobody looked for so long.
const LATE: u32 = 3;
/// Months that a page shows.
const SHOWN: u32 = 12;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Reports by kind.
    Kind,
    /// Reports by family of the first substance that they name.
    Substance,
    /// Reports with a red flag of a group.
    Flag,
}

impl What {
    /// Everything that is counted.
    pub const ALL: [Self; 3] = [Self::Kind, Self::Substance, Self::Flag];

    const fn code(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Substance => "substance",
            Self::Flag => "flag",
        }
    }
}

/// Families of substances that are broad enough to be told: code and name. The last one is hidden first.
pub const FAMILIES: [(&str, &str); 6] = [
    ("table-1", "Table I of the 1988 Convention"),
    ("table-2", "Table II of the 1988 Convention"),
    ("other", "Other chemicals of the catalogue"),
    ("equipment", "Equipment"),
    ("mixture", "Medicines and mixtures"),
    ("unknown", "Not in the catalogue, or none named"),
];

fn family(entry: Option<&Substance>, on: Date) -> &'static str {
    match entry.map(|entry| (entry.kind, entry.table_on(on))) {
        Some((_, Some(Schedule::I))) => "table-1",
        Some((_, Some(Schedule::II))) => "table-2",
        Some((Kind::Equipment, None)) => "equipment",
        Some((Kind::Mixture, None)) => "mixture",
        Some((Kind::Substance | Kind::FamilyRule, None)) => "other",
        None => "unknown",
    }
}

/// The tables of one month.
type Told = BTreeMap<What, Table<String>>;

/// What was told to an association.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sector {
    /// Members now, and invitations that wait.
    pub reach: (i64, i64),
    /// Every month that was told, the oldest first, with its tables.
    pub months: Vec<(Date, Told)>,
    /// Names of the codes in the tables.
    pub names: BTreeMap<String, String>,
}

/// What was told to an association of the last twelve months.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn view(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Sector> {
    Seat::take(principal, org, Action::ReadSector)?;
    let mut db = ctx.db.reader();
    let reach = store::association::counts(&mut db, org, ctx.now()).await?;
    let from = suppress::ripe(Date::of(ctx.now()), SHOWN).first().copied().unwrap_or(Date::from_days(0));
    let mut months: BTreeMap<i64, Told> = BTreeMap::new();
    for (month, what, told) in rows::tables(&mut db, org, from).await? {
        let Some(what) = What::ALL.into_iter().find(|one| one.code() == what) else { continue };
        let table = serde_json::from_str(&told).map_err(|error| Refusal::Fault(error.to_string()))?;
        months.entry(month).or_default().insert(what, table);
    }
    let months = months.into_iter().map(|(month, told)| (Date::from_days(month), told)).collect();
    Ok(Sector { reach, months, names: names() })
}

fn names() -> BTreeMap<String, String> {
    let kinds = ReportKind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.label().to_owned()));
    let families = FAMILIES.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned()));
    kinds.chain(families).chain(groups()).collect()
}

/// The groups of red flags that companies see.
fn groups() -> impl Iterator<Item = (String, String)> {
    let rules = RuleSet::latest().for_companies();
    let used: BTreeSet<String> = rules.indicators.iter().map(|sign| sign.group.clone()).collect();
    rules.groups.into_iter().filter(move |group| used.contains(&group.id)).map(|group| (group.id, group.title))
}

/// Tells every association of the months that are over and were not told yet. How many tables were made.
///
/// # Errors
/// If the store fails.
pub(crate) async fn settle(ctx: &Context) -> Result<usize> {
    let mut made = 0;
    for row in store::org::of_kind(&mut ctx.db.reader(), OrgKind::Association.code()).await? {
        if row.status != OrgStatus::Approved.code() {
            continue;
        }
        let org = OrgId(row.id);
        let told = rows::months(&mut ctx.db.reader(), org).await?;
        for month in suppress::ripe(Date::of(ctx.now()), LATE) {
            if !told.contains(&month.days()) {
                made += tell(ctx, org, month).await?;
            }
        }
    }
    Ok(made)
}

async fn tell(ctx: &Context, org: OrgId, month: Date) -> Result<usize> {
    let at = |day: Date| Timestamp(day.days() * Timestamp::DAY);
    let span = (at(month), at(month.plus_months(1)));
    let mut tx = ctx.db.begin().await?;
    let counted = rows::reports(&mut tx, org, span).await?;
    let sources: BTreeSet<Uuid> = counted.iter().map(|row| row.org_id).collect();
    let everybody = rows::reporters(&mut tx, span).await?.into_iter().collect();
    let mut others: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for (association, company) in rows::told_of(&mut tx, month, org).await? {
        others.entry(association).or_default().insert(company);
    }
    // What sets these companies apart from all, or from those of another association, must not be a few.
    let may = suppress::apart(&sources, &everybody) && others.values().all(|other| suppress::apart(&sources, other));
    let tables = tables(ctx, if may { &counted } else { &[] }, month);
    for (what, table) in &tables {
        let told = serde_json::to_string(table).map_err(|error| Refusal::Fault(error.to_string()))?;
        rows::tell(&mut tx, org, month, (what.code(), &told), ctx.now()).await?;
    }
    if may {
        rows::tell_of(&mut tx, org, month, sources).await?;
    }
    tx.commit().await?;
    Ok(tables.len())
}

/// The tables of some reports.
fn tables(ctx: &Context, counted: &[CountedRow], month: Date) -> Told {
    let catalogue = ctx.catalogue();
    let of = |matches: &dyn Fn(&CountedRow) -> bool| -> Cell<Uuid> {
        counted.iter().filter(|row| matches(row)).map(|row| (row.org_id, 1)).collect()
    };
    let kinds = ReportKind::ALL.iter().map(|kind| (kind.code().to_owned(), of(&|row| row.kind == kind.code())));
    let families = FAMILIES.iter().map(|(code, _)| {
        let cell = of(&|row| family(catalogue.find(&row.slug), month) == *code);
        ((*code).to_owned(), cell)
    });
    let flagged = |row: &CountedRow, group: &str| {
        let assessment = serde_json::from_str::<Assessment>(&row.assessment);
        assessment.is_ok_and(|found| found.hits.iter().any(|hit| hit.group == group))
    };
    let flags = groups().map(|(group, _)| {
        let cell = of(&|row| flagged(row, &group));
        (group, cell)
    });
    BTreeMap::from([
        (What::Kind, suppress::partition(kinds.collect())),
        (What::Substance, suppress::partition(families.collect())),
        (What::Flag, suppress::marks(&of(&|_| true), flags.collect())),
    ])
}

/// Keeps tables that were made elsewhere, for the demo.
///
/// # Errors
/// If the store fails.
pub(crate) async fn keep(ctx: &Context, org: OrgId, month: Date, tables: &[(What, Table<String>)]) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    for (what, table) in tables {
        let told = serde_json::to_string(table).map_err(|error| Refusal::Fault(error.to_string()))?;
        rows::tell(&mut tx, org, month, (what.code(), &told), ctx.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}
