//! Facts that reports share, on both engines: across the companies of one authority, never across authorities.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "reports/fixtures.rs"]
#[expect(dead_code, reason = "shared with the tests of reports")]
mod fixtures;
mod support;

use domain::{
    fact::{Fact, FactKind},
    ids::ReportId,
};
use fixtures::*;
use store::{
    Db, Tx, fact, registry,
    report::{self, ReportRow, own::Asker, queue},
};
use support::each_engine;

fn of(kind: FactKind, key: &str, role: &str) -> Fact {
    Fact { kind, key: key.into(), shown: format!("shown {key}"), role: role.into() }
}

/// A report with facts; the identity.
async fn with(tx: &mut Tx, report: ReportRow, facts: &[Fact]) -> ReportId {
    assert!(report::insert(tx, &report).await.unwrap());
    let id = ReportId(report.id);
    fact::set(tx, id, domain::ids::OrgId(report.authority_id), facts).await.unwrap();
    id
}

#[tokio::test]
async fn the_desk_sees_who_shares_what_strong_before_weak() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let phone = of(FactKind::Phone, "+31", "subject");
        let name = of(FactKind::Name, "grey", "subject");
        let mine = with(&mut tx, row(1, 5), &[phone.clone(), name.clone()]).await;
        let other = ReportRow { org_id: OTHER_COMPANY.0, ..row(2, 5) };
        with(&mut tx, other, &[of(FactKind::Phone, "+31", "payer"), name.clone()]).await;
        with(&mut tx, row(3, 5), std::slice::from_ref(&name)).await;
        with(&mut tx, row(4, 5), &[of(FactKind::Email, "+31", "subject")]).await;
        let elsewhere = ReportRow { authority_id: OTHER_COMPANY.0, ..row(5, 5) };
        with(&mut tx, elsewhere, &[phone.clone(), name.clone()]).await;

        let shared = fact::shared(&mut tx, mine, 20).await.unwrap();
        let mut told: Vec<_> = shared.iter().map(|row| (row.reference.as_str(), row.kind.as_str())).collect();
        told.sort_unstable();
        assert_eq!(told, [("FR-2", "name"), ("FR-2", "phone"), ("FR-3", "name")]);
        assert_eq!(shared[0].reference, "FR-2", "the strong one first, although the other is newer");
        assert!(shared.iter().all(|row| row.total == 2));
        let strong = shared.iter().find(|row| row.kind == "phone").unwrap();
        assert_eq!((strong.role.as_str(), strong.other_role.as_str()), ("subject", "payer"));
        assert_eq!((strong.company.as_str(), strong.other_shown.as_str()), ("two", "shown +31"));
        let first = fact::shared(&mut tx, mine, 1).await.unwrap();
        assert_eq!(first.iter().map(|row| row.total).collect::<Vec<_>>(), [2, 2], "the count goes over all");

        let flagged = queue::page(&mut tx, &wanted(START, 9)).await.unwrap();
        let flagged: Vec<_> = flagged.iter().filter(|row| row.shares).map(|row| row.reference.as_str()).collect();
        assert_eq!(flagged, ["FR-1", "FR-2"]);

        fact::set(&mut tx, mine, AUTHORITY, &[]).await.unwrap();
        assert_eq!(fact::shared(&mut tx, mine, 20).await.unwrap(), [], "a later version replaces them");
    })
    .await;
}

#[tokio::test]
async fn a_company_finds_its_own_reports_only() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let phone = of(FactKind::Phone, "+31", "subject");
        let own = with(&mut tx, row(1, 5), std::slice::from_ref(&phone)).await;
        let foreign = ReportRow { org_id: OTHER_COMPANY.0, ..row(2, 5) };
        with(&mut tx, foreign, std::slice::from_ref(&phone)).await;
        with(&mut tx, row(3, 5), &[of(FactKind::Phone, "+31", "carrier")]).await;
        let asker = |person, sees_all| Asker { org: COMPANY, person, sees_all };
        let none = ReportId(uuid::Uuid::nil());
        for (asker, may_see) in [(asker(ANA, false), true), (asker(BEN, false), false), (asker(BEN, true), true)] {
            let found = fact::reported(&mut tx, AUTHORITY, asker, none, &phone).await.unwrap().unwrap();
            assert_eq!((found.reference.as_str(), found.may_see), ("FR-1", may_see));
        }
        assert_eq!(fact::reported(&mut tx, AUTHORITY, asker(ANA, true), own, &phone).await.unwrap(), None);
        assert_eq!(fact::reports(&mut tx, none).await.unwrap().len(), 3);
    })
    .await;
}

/// Looking for the same fact never walks over all facts.
#[tokio::test]
async fn shared_facts_are_found_by_their_index() {
    each_engine(async |db: Db| {
        let Db::Sqlite { read, .. } = &db else { return };
        for name in ["fact::SHARED", "fact::REPORTED"] {
            let sql = registry::all().find(|sql| sql.name.ends_with(name)).unwrap();
            let plan: Vec<(i64, i64, i64, String)> =
                sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", sql.sqlite)))
                    .fetch_all(read)
                    .await
                    .unwrap();
            let steps: Vec<&str> = plan.iter().map(|(.., step)| step.as_str()).collect();
            assert!(steps.iter().any(|step| step.contains("report_fact_by_key (authority_id=? AND kind=? AND key=?")));
            assert!(!steps.iter().any(|step| step.starts_with("SCAN report_fact")), "{steps:#?}");
        }
    })
    .await;
}
