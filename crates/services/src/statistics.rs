//! Figures for everybody. The worker tells a quarter once it has been over for [`SETTLES`]; what was told is read ever after
//! and never computed again, so that nothing that changes later can be told from a difference.

use std::collections::BTreeSet;

use domain::{
    access::Action,
    country::Country,
    date::Date,
    organisation::OrgKind,
    report::ReportKind,
    statistics::{self, Quarter, Row, Tables, User},
    time::Timestamp,
};
use store::{Read, statistic as rows};
use uuid::Uuid;

use crate::{
    Context, Result,
    audit::{self, Act, Actor},
    error::Refusal,
};

/// How long after its end a quarter is told: mails and corrections of the last days have settled by then.
const SETTLES: i64 = 7 * Timestamp::DAY;
/// Most quarters that are made up for, where nobody ran this version before.
const MOST: usize = 40;

/// A quarter as it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Which.
    pub quarter: Quarter,
    /// When.
    pub at: Timestamp,
    /// What.
    pub tables: Tables,
}

/// Every quarter that was told, the newest first. A quarter that this version cannot read is left out and told to the operator.
///
/// # Errors
/// If the store fails.
pub async fn published(ctx: &Context) -> Result<Vec<Published>> {
    let read = |row: rows::StatisticRow| {
        let tables = serde_json::from_str(&row.content);
        if let Err(error) = &tables {
            tracing::error!(quarter = row.quarter, %error, "figures of a quarter cannot be read");
        }
        Some(Published { quarter: row.quarter.parse().ok()?, at: Timestamp(row.published_at), tables: tables.ok()? })
    };
    Ok(rows::all(&mut ctx.db.reader()).await?.into_iter().filter_map(read).collect())
}

fn instant(day: Date) -> Timestamp {
    Timestamp(day.days() * Timestamp::DAY)
}

/// Tells every quarter that is due; how many.
///
/// # Errors
/// If the store fails. What was told until then stays.
pub async fn tell(ctx: &Context) -> Result<usize> {
    let settled = ctx.now().plus(-SETTLES);
    let newest = Quarter::of(Date::of(settled)).before();
    let mut db = ctx.db.reader();
    let last: Option<Quarter> = rows::last(&mut db).await?.and_then(|quarter| quarter.parse().ok());
    if last.is_some_and(|last| last >= newest) {
        return Ok(0);
    }
    let Some(first) = rows::first(&mut db).await? else { return Ok(0) };
    let first = Quarter::of(Date::of(first));
    let due = std::iter::successors(Some(newest), |quarter| Some(quarter.before()));
    let mut due: Vec<Quarter> =
        due.take(MOST).take_while(|quarter| *quarter >= first && last.is_none_or(|last| *quarter > last)).collect();
    due.reverse();
    for quarter in &due {
        let tables = counted(ctx, &mut db, *quarter).await?;
        store(ctx, *quarter, &tables).await?;
    }
    Ok(due.len())
}

/// Counts the reports of a quarter and says what may be told of them.
async fn counted(ctx: &Context, db: &mut impl Read, quarter: Quarter) -> Result<Tables> {
    let catalogue = ctx.catalogue();
    let mut found: Vec<Row<Uuid>> = Vec::new();
    for month in quarter.months().windows(2) {
        let counts = rows::count(db, instant(month[0]), instant(month[1])).await?;
        for count in counts {
            let kind = ReportKind::from_code(&count.kind).unwrap_or(ReportKind::Other);
            let slug = (count.slug != "-").then_some(count.slug.as_str());
            let country = Country::parse(&count.country)
                .map_err(|_| Refusal::Fault(format!("a company is in no country: {}", count.country)))?;
            let heading = statistics::heading(&catalogue, slug, month[0]);
            let n = u64::try_from(count.n).unwrap_or_default();
            found.push(Row { month: month[0], source: count.org_id, kind, heading, country, n });
        }
    }
    let countries: BTreeSet<Country> =
        rows::countries(db).await?.iter().filter_map(|code| Country::parse(code).ok()).collect();
    let users = users(rows::users(db).await?);
    Ok(statistics::tables(quarter, &catalogue, &countries, &found, &users))
}

fn users(found: Vec<(String, i64)>) -> Vec<(User, u64)> {
    let of = |kind: OrgKind| {
        let n = found.iter().find(|(code, _)| code == kind.code()).map_or(0, |(_, n)| *n);
        u64::try_from(n).unwrap_or_default()
    };
    vec![
        (User::Companies, of(OrgKind::Company)),
        (User::Authorities, of(OrgKind::Authority)),
        (User::Associations, of(OrgKind::Association)),
    ]
}

/// Writes a quarter down for good. Another worker may have been quicker; then its figures stay.
pub(crate) async fn store(ctx: &Context, quarter: Quarter, tables: &Tables) -> Result<()> {
    let content = serde_json::to_string(tables).map_err(|error| Refusal::Fault(error.to_string()))?;
    let mut tx = ctx.db.begin().await?;
    if rows::put(&mut tx, &quarter.to_string(), &content, ctx.now()).await? {
        let act = Act {
            actor: Actor::System,
            action: Action::ViewPublic,
            step: "statistics published",
            object_kind: "statistic",
            object_id: quarter.to_string(),
        };
        audit::record(ctx, &mut tx, act, audit::NONE, Some(tables)).await?;
    }
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::{
        report::tests::{order, reporter, sent},
        testing::World,
    };

    #[tokio::test]
    async fn a_quarter_is_told_once_and_stays_as_it_was_told() {
        let world = World::with_people().await;
        let me = reporter(&world).await;
        assert_eq!(tell(&world).await.unwrap(), 0, "there is no report yet");
        for _ in 0..7 {
            sent(&world, &me, &order()).await;
        }
        assert_eq!(tell(&world).await.unwrap(), 0, "the quarter is not over");
        world.wait(50 * Timestamp::DAY);
        assert_eq!(tell(&world).await.unwrap(), 1);
        let told = published(&world).await.unwrap();
        assert_eq!(told[0].quarter.to_string(), "2026-Q4");
        // Seven reports of one company are that company's business.
        assert!(told[0].tables.months.cells.iter().all(|(_, figure)| figure.told().is_none()), "{told:?}");
        assert_eq!(tell(&world).await.unwrap(), 0);
        world.wait(92 * Timestamp::DAY);
        assert_eq!(tell(&world).await.unwrap(), 1, "a quarter without reports is told as well");
        let later = published(&world).await.unwrap();
        assert_eq!((later.len(), &later[1]), (2, &told[0]));
        let stored = store::statistic::all(&mut world.db.reader()).await.unwrap();
        assert!(stored.iter().all(|row| !row.content.contains("meridian")), "{stored:?}");
    }

    #[tokio::test]
    async fn several_workers_tell_a_quarter_once() {
        let world = World::with_people().await;
        let me = reporter(&world).await;
        sent(&world, &me, &order()).await;
        world.wait(50 * Timestamp::DAY);
        let (one, other) = tokio::join!(tell(&world), tell(&world));
        one.unwrap();
        other.unwrap();
        assert_eq!(published(&world).await.unwrap().len(), 1);
    }
}
