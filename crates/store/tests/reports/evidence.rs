//! Files and their custody log behave the same on both engines.

use domain::{
    ids::{DraftId, EvidenceId, ReportId},
    time::Timestamp,
};
use store::{
    Db, StoreError, draft,
    evidence::{self, NewCustody, NewEvidence},
    report,
};
use uuid::Uuid;

use crate::{fixtures::*, support::each_engine};

const DRAFT: DraftId = DraftId(Uuid::from_u128(50));
const REPORT: ReportId = ReportId(Uuid::from_u128(60));

fn id(n: u128) -> EvidenceId {
    EvidenceId(Uuid::from_u128(n))
}

fn new(n: u128, storage: &'static str) -> NewEvidence<'static> {
    NewEvidence {
        id: id(n),
        draft: Some(DRAFT),
        report: None,
        storage,
        name: "order.txt",
        original_name: "C:\\order.txt",
        kind: "txt",
        size: 10,
        sha256: [7; 32],
        side: "company",
        person: ANA,
        at: Timestamp(i64::try_from(n).unwrap()),
    }
}

fn line(n: u128, act: &'static str, side: &'static str) -> NewCustody<'static> {
    let person = if side == "company" { ANA } else { OFFICER };
    let at = Timestamp(i64::try_from(n).unwrap());
    NewCustody { id: Uuid::from_u128(n), evidence: id(101), at, act, side, role: "role", person }
}

#[tokio::test]
async fn files_go_from_the_draft_to_the_report_or_away() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        draft::insert(&mut tx, &new_draft(50, ANA)).await.unwrap();
        report::insert(&mut tx, &row(60, 1)).await.unwrap();
        for (n, storage) in [(101, "one"), (102, "two")] {
            evidence::insert(&mut tx, &new(n, storage)).await.unwrap();
        }
        let held = evidence::held(&mut tx, Some(DRAFT), None).await.unwrap();
        assert_eq!((held.files, held.bytes), (2, 20));
        assert_eq!(evidence::held(&mut tx, None, Some(REPORT)).await.unwrap(), evidence::Held::default());

        evidence::set_damaged(&mut tx, id(101), Some(Timestamp(150))).await.unwrap();
        evidence::set_damaged(&mut tx, id(102), Some(Timestamp(160))).await.unwrap();
        assert_eq!(evidence::find(&mut tx, id(101)).await.unwrap().unwrap().damaged_at, Some(150));
        assert_eq!(evidence::damaged(&mut tx).await.unwrap(), 2);
        evidence::set_damaged(&mut tx, id(101), None).await.unwrap();
        assert_eq!(evidence::find(&mut tx, id(101)).await.unwrap().unwrap().damaged_at, None);

        evidence::remove(&mut tx, id(102), DRAFT, ANA, Timestamp(200)).await.unwrap();
        assert_eq!(evidence::damaged(&mut tx).await.unwrap(), 0, "what was removed is missed by nobody");
        let again = evidence::remove(&mut tx, id(102), DRAFT, ANA, Timestamp(201)).await;
        assert!(matches!(again, Err(StoreError::Stale)));
        assert_eq!(evidence::find(&mut tx, id(102)).await.unwrap(), None);
        assert!(evidence::is_kept(&mut tx, "two").await.unwrap(), "until it is swept");
        assert_eq!(evidence::to_sweep(&mut tx, Timestamp(200)).await.unwrap(), Vec::<String>::new());
        assert_eq!(evidence::to_sweep(&mut tx, Timestamp(201)).await.unwrap(), ["two"]);
        evidence::swept(&mut tx, "two", Timestamp(300)).await.unwrap();
        assert!(!evidence::is_kept(&mut tx, "two").await.unwrap());

        assert_eq!(evidence::hand_over(&mut tx, DRAFT, REPORT, 1).await.unwrap(), 1);
        let kept = evidence::remove(&mut tx, id(101), DRAFT, ANA, Timestamp(400)).await;
        assert!(matches!(kept, Err(StoreError::Stale)), "what was handed over stays");
        let files = evidence::of_report(&mut tx, REPORT).await.unwrap();
        assert_eq!(
            (files.len(), files[0].id, files[0].version, files[0].person.as_str()),
            (1, id(101).0, Some(1), "Ana")
        );
    })
    .await;
}

#[tokio::test]
async fn the_company_is_not_told_who_at_the_authority() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        draft::insert(&mut tx, &new_draft(50, ANA)).await.unwrap();
        report::insert(&mut tx, &row(60, 1)).await.unwrap();
        evidence::insert(&mut tx, &new(101, "one")).await.unwrap();
        evidence::hand_over(&mut tx, DRAFT, REPORT, 1).await.unwrap();
        evidence::note(&mut tx, &line(301, "added", "company")).await.unwrap();
        evidence::note(&mut tx, &line(302, "opened", "authority")).await.unwrap();
        let people = |rows: Vec<evidence::CustodyRow>| rows.into_iter().map(|row| row.person).collect::<Vec<_>>();
        let desk = people(evidence::custody(&mut tx, REPORT).await.unwrap());
        assert_eq!(desk, [Some("Olga".to_owned()), Some("Ana".to_owned())]);
        let company = people(evidence::custody_for_company(&mut tx, REPORT).await.unwrap());
        assert_eq!(company, [None, Some("Ana".to_owned())]);
    })
    .await;
}
