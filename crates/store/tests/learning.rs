//! Learning on both engines: steps once, attempts all, certificates, assignments by role, who is reminded of what.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "reports/fixtures.rs"]
#[expect(dead_code, reason = "shared with the tests of reports")]
mod fixtures;
mod support;

use domain::{
    ids::{AssignmentId, UserId},
    time::Timestamp,
};
use fixtures::*;
use store::{
    Db, StoreError, Tx,
    learning::{
        self, CertificateRow, NewAttempt, StepRow,
        assigned::{self, AssignmentRow},
    },
};
use support::each_engine;
use uuid::Uuid;

fn step(module: &str, page: i64) -> StepRow {
    StepRow { module: module.into(), version: 1, page }
}

async fn passed(tx: &mut Tx, n: u128, person: UserId, until_on: i64) -> CertificateRow {
    let id = Uuid::from_u128(n);
    let attempt = NewAttempt {
        id,
        person,
        module: "m",
        version: 1,
        chosen: "[[0]]",
        points: 1,
        questions: 1,
        passed: true,
        at: Timestamp(50),
    };
    learning::add_attempt(tx, &attempt).await.unwrap();
    let row = CertificateRow {
        number: format!("FC-{n}"),
        person_id: person.0,
        name: "Ana".into(),
        title: "M".into(),
        module: "m".into(),
        version: 1,
        issued_at: 50,
        until_on,
        public_key: vec![1; 32],
        signature: vec![2; 64],
    };
    learning::add_certificate(tx, &row, id).await.unwrap();
    row
}

async fn assigned_to(tx: &mut Tx, n: u128, role: &str, due_on: i64) -> AssignmentId {
    let (role, module) = (role.to_owned(), "m".to_owned());
    let row = AssignmentRow { id: Uuid::from_u128(n), org_id: COMPANY.0, role, module, due_on, created_at: 5 };
    assigned::add(tx, &row, BEN).await.unwrap();
    AssignmentId(row.id)
}

#[tokio::test]
async fn what_was_read_and_answered_is_kept() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        people_and_orgs(&mut tx).await;
        for page in [1, 2, 2] {
            learning::add_step(&mut tx, ANA, &step("m", page), Timestamp(9)).await.unwrap();
        }
        let case = StepRow { module: "case/c".into(), version: 0, page: 0 };
        learning::add_step(&mut tx, ANA, &case, Timestamp(9)).await.unwrap();
        assert_eq!(learning::steps(&mut tx, ANA).await.unwrap(), [case, step("m", 1), step("m", 2)]);
        let row = passed(&mut tx, 1, ANA, 100).await;
        assert_eq!(learning::certificates(&mut tx, ANA).await.unwrap(), std::slice::from_ref(&row));
        assert_eq!(learning::certificate(&mut tx, "FC-1").await.unwrap(), Some(row.clone()));
        assert_eq!(learning::certificate(&mut tx, "FC-2").await.unwrap(), None);
        let attempts = learning::attempts(&mut tx, ANA, "m").await.unwrap();
        assert!(attempts.len() == 1 && attempts[0].passed, "{attempts:?}");
        assert!(learning::holds(&mut tx, ANA, "m", 100).await.unwrap());
        assert!(!learning::holds(&mut tx, ANA, "m", 101).await.unwrap());
        assert!(!learning::holds(&mut tx, BEN, "m", 100).await.unwrap());
        let read = learning::read_by_members(&mut tx, COMPANY).await.unwrap();
        assert_eq!(read.iter().map(|row| (row.person_id, row.pages)).collect::<Vec<_>>(), [(ANA.0, 2)]);
        assert_eq!(learning::held_by_members(&mut tx, COMPANY).await.unwrap().len(), 1);
        assert_eq!(learning::held_by_members(&mut tx, AUTHORITY).await.unwrap().len(), 0);
        let span = async |tx: &mut Tx, from, until, day| {
            learning::held_between(tx, COMPANY, (Timestamp(from), Timestamp(until)), day).await.unwrap().len()
        };
        assert_eq!(span(&mut tx, 0, 60, 0).await, 1);
        assert_eq!(span(&mut tx, 0, 50, 0).await, 0, "issued later");
        assert_eq!(span(&mut tx, 60, 70, 101).await, 0, "ended before");
    })
    .await;
}

#[tokio::test]
async fn assignments_go_by_role_and_remind_once() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        people_and_orgs(&mut tx).await;
        let first = assigned_to(&mut tx, 1, "company_officer", 90).await;
        let second = assigned_to(&mut tx, 2, "company_officer", 80).await;
        assert_eq!(assigned::find(&mut tx, first).await.unwrap(), None, "replaced by the second");
        assert_eq!(assigned::of_org(&mut tx, COMPANY).await.unwrap().len(), 1);
        assert_eq!(assigned::of_person(&mut tx, ANA).await.unwrap()[0].due_on, 80);
        assert_eq!(assigned::of_person(&mut tx, BEN).await.unwrap(), []);
        let who = |rows: Vec<assigned::ToRemind>| rows.into_iter().map(|row| row.person_id).collect::<Vec<_>>();
        let due = async |tx: &mut Tx, by| who(assigned::to_remind(tx, by, Timestamp(0)).await.unwrap());
        assert!(due(&mut tx, 79).await.is_empty());
        assert_eq!(due(&mut tx, 80).await, [ANA.0]);
        assert!(assigned::reminded(&mut tx, ANA, second.0, Timestamp(9)).await.unwrap());
        assert!(!assigned::reminded(&mut tx, ANA, second.0, Timestamp(9)).await.unwrap());
        assert!(due(&mut tx, 80).await.is_empty());
        assigned_to(&mut tx, 3, "company_admin", 80).await;
        assert_eq!(due(&mut tx, 80).await, [BEN.0]);
        passed(&mut tx, 7, BEN, 69).await;
        assert!(due(&mut tx, 80).await.is_empty(), "told when it ends");
        let ended = async |tx: &mut Tx| who(assigned::ended(tx, 60, 70).await.unwrap());
        assert_eq!(ended(&mut tx).await, [BEN.0]);
        passed(&mut tx, 8, BEN, 75).await;
        assert!(ended(&mut tx).await.is_empty());
        assigned::end(&mut tx, second, Timestamp(9)).await.unwrap();
        assert!(matches!(assigned::end(&mut tx, second, Timestamp(9)).await, Err(StoreError::Stale)));
        assert_eq!(assigned::mode(&mut tx, AUTHORITY).await.unwrap(), None);
        assigned::set_mode(&mut tx, AUTHORITY, "tell").await.unwrap();
        assigned::set_mode(&mut tx, AUTHORITY, "require").await.unwrap();
        assert_eq!(assigned::mode(&mut tx, AUTHORITY).await.unwrap().as_deref(), Some("require"));
    })
    .await;
}
