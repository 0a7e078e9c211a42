//! Associations on both engines: memberships, questions without a name, consultations, figures that stay.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "reports/fixtures.rs"]
#[expect(dead_code, reason = "shared with the tests of reports")]
mod fixtures;
mod support;

use domain::{
    date::Date,
    ids::{ConsultationId, EventId, MembershipId, OrgId, QuestionId},
    time::Timestamp,
};
use fixtures::*;
use store::{
    Db, StoreError, Tx,
    association::{
        self, NewMember,
        calendar::{self, EntryRow},
        consultation::{self, ConsultationRow, PositionRow},
        question::{self, Hands},
        sector,
    },
};
use support::each_engine;
use uuid::Uuid;

/// The authority of the fixtures plays the association: statements do not ask for the kind.
const OURS: OrgId = AUTHORITY;

async fn member(tx: &mut Tx, n: u128, key: &str, ends_at: Option<Timestamp>) -> MembershipId {
    let id = MembershipId(Uuid::from_u128(n));
    let new = NewMember {
        id,
        association: OURS,
        member: "One",
        country: "NL",
        registration: key,
        registration_key: key,
        email: "",
        ends_at,
        by: OFFICER,
        at: Timestamp(5),
    };
    association::ask(tx, new).await.unwrap();
    id
}

#[tokio::test]
async fn a_membership_is_answered_once_and_ends() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        people_and_orgs(&mut tx).await;
        let id = member(&mut tx, 1, "77", Some(Timestamp(100))).await;
        let now = Timestamp(10);
        assert_eq!(association::counts(&mut tx, OURS, now).await.unwrap(), (0, 1));
        let offered = association::of_company(&mut tx, COMPANY, ("NL", "77"), "", now).await.unwrap();
        assert_eq!((offered.len(), offered[0].association.as_str()), (1, "aut"));
        assert!(association::of_company(&mut tx, COMPANY, ("NL", ""), "x@x.example", now).await.unwrap().is_empty());
        association::answer(&mut tx, id, "accepted", COMPANY, ANA, now).await.unwrap();
        let again = association::answer(&mut tx, id, "declined", COMPANY, ANA, now).await;
        assert!(matches!(again, Err(StoreError::Stale)));
        assert_eq!(association::companies(&mut tx, OURS, now).await.unwrap(), [(COMPANY, "one".to_owned())]);
        assert_eq!(association::associations(&mut tx, COMPANY, now).await.unwrap().len(), 1);
        assert!(association::associations(&mut tx, COMPANY, Timestamp(100)).await.unwrap().is_empty());
        assert_eq!(association::of_association(&mut tx, OURS, None, 9).await.unwrap().len(), 1);
        assert!(association::of_association(&mut tx, OURS, Some(id), 9).await.unwrap().is_empty());
        association::end(&mut tx, id, "left", now).await.unwrap();
        assert!(matches!(association::end(&mut tx, id, "left", now).await, Err(StoreError::Stale)));
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let first = member(&mut tx, 2, "78", None).await;
        association::answer(&mut tx, first, "accepted", COMPANY, ANA, now).await.unwrap();
        let second = member(&mut tx, 3, "79", None).await;
        let twice = association::answer(&mut tx, second, "accepted", COMPANY, ANA, now).await;
        assert!(matches!(twice, Err(StoreError::Conflict(_))), "a company is a member once");
    })
    .await;
}

#[tokio::test]
async fn a_question_is_saved_once_and_found_by_everybody_concerned() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        people_and_orgs(&mut tx).await;
        let id = QuestionId(Uuid::from_u128(9));
        question::ask(&mut tx, id, OURS, (COMPANY, ANA), ("Why?", Date::from_days(4))).await.unwrap();
        assert_eq!(question::asker(&mut tx, id).await.unwrap(), Some((COMPANY, ANA)));
        assert_eq!(question::waiting(&mut tx, OURS).await.unwrap(), 1);
        let mut row = question::one(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((row.asked_on, row.authority.as_deref()), (4, None));
        (row.state, row.is_public, row.signed_at) = ("published".into(), true, Some(7));
        row.authority_id = Some(AUTHORITY.0);
        question::save(&mut tx, &row, Hands { drafted_by: Some(BEN), signed_by: Some(OFFICER) }).await.unwrap();
        assert!(matches!(question::save(&mut tx, &row, Hands::default()).await, Err(StoreError::Stale)));
        assert_eq!(question::public(&mut tx).await.unwrap().len(), 1);
        assert_eq!(question::of_company(&mut tx, COMPANY).await.unwrap().len(), 1);
        assert_eq!(question::of_association(&mut tx, OURS).await.unwrap().len(), 1);
        assert_eq!(question::of_authority(&mut tx, AUTHORITY).await.unwrap()[0].authority.as_deref(), Some("aut"));
        assert!(question::for_member(&mut tx, COMPANY, Timestamp(10)).await.unwrap().is_empty());
        let member = member(&mut tx, 1, "77", None).await;
        association::answer(&mut tx, member, "accepted", COMPANY, ANA, Timestamp(10)).await.unwrap();
        assert_eq!(question::for_member(&mut tx, COMPANY, Timestamp(10)).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_position_replaces_the_one_before_and_hides_its_name() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        people_and_orgs(&mut tx).await;
        let id = ConsultationId(Uuid::from_u128(5));
        let mut row = ConsultationRow {
            id: id.0,
            owner_id: AUTHORITY.0,
            owner: String::new(),
            version: 1,
            state: "open".into(),
            title: "T".into(),
            body: "B".into(),
            questions: "Q?".into(),
            ends_at: 50,
            opened_at: Some(2),
            response: String::new(),
            closed_at: None,
        };
        consultation::add(&mut tx, &row, OFFICER).await.unwrap();
        let now = Timestamp(10);
        assert!(consultation::for_company(&mut tx, COMPANY, Some(AUTHORITY.0), now).await.unwrap().is_empty());
        consultation::save(&mut tx, &row).await.unwrap();
        assert!(matches!(consultation::save(&mut tx, &row).await, Err(StoreError::Stale)));
        row = consultation::one(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((row.version, row.owner.as_str()), (2, "aut"));
        assert_eq!(consultation::for_company(&mut tx, COMPANY, Some(AUTHORITY.0), now).await.unwrap().len(), 1);
        assert!(consultation::for_company(&mut tx, COMPANY, None, now).await.unwrap().is_empty());
        assert_eq!(consultation::of_authorities(&mut tx, now).await.unwrap().len(), 1);
        assert!(consultation::of_authorities(&mut tx, Timestamp(50)).await.unwrap().is_empty());
        assert!(consultation::asked(&mut tx, AUTHORITY).await.unwrap().is_empty());
        let position = |named: bool| PositionRow {
            position: "oppose".into(),
            comment: "No.".into(),
            answers: "[]".into(),
            is_named: named,
            company: String::new(),
        };
        consultation::take(&mut tx, id, (COMPANY, ANA), &position(false), now).await.unwrap();
        assert_eq!(consultation::positions(&mut tx, id).await.unwrap()[0].company, "");
        consultation::take(&mut tx, id, (COMPANY, BEN), &position(true), now).await.unwrap();
        let all = consultation::positions(&mut tx, id).await.unwrap();
        assert_eq!((all.len(), all[0].company.as_str()), (1, "one"));
        assert!(consultation::own(&mut tx, id, COMPANY).await.unwrap().unwrap().is_named);
        assert!(consultation::own(&mut tx, id, OTHER_COMPANY).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn calendars_and_figures_are_kept() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        people_and_orgs(&mut tx).await;
        let id = EventId(Uuid::from_u128(6));
        let entry = EntryRow {
            id: id.0,
            org_id: OURS.0,
            owner: String::new(),
            title: "Meeting".into(),
            about: String::new(),
            place: String::new(),
            first_day: 10,
            last_day: 11,
        };
        calendar::add(&mut tx, &entry, OFFICER, Timestamp(1)).await.unwrap();
        assert_eq!(calendar::of_org(&mut tx, OURS, Date::from_days(11)).await.unwrap().len(), 1);
        assert!(calendar::of_org(&mut tx, OURS, Date::from_days(12)).await.unwrap().is_empty());
        assert!(calendar::for_member(&mut tx, COMPANY, Date::from_days(1), Timestamp(1)).await.unwrap().is_empty());
        assert!(matches!(calendar::remove(&mut tx, id, COMPANY, Timestamp(2)).await, Err(StoreError::Stale)));
        calendar::remove(&mut tx, id, OURS, Timestamp(2)).await.unwrap();
        let month = Date::from_days(0);
        let span = (Timestamp(0), Timestamp(i64::MAX));
        assert!(sector::reports(&mut tx, OURS, span).await.unwrap().is_empty());
        assert!(sector::reporters(&mut tx, span).await.unwrap().is_empty());
        for told in ["first", "second"] {
            sector::tell(&mut tx, OURS, month, ("kind", told), Timestamp(1)).await.unwrap();
        }
        let told = sector::tables(&mut tx, OURS, month).await.unwrap();
        assert_eq!(told, [(0, "kind".to_owned(), "first".to_owned())], "what was told stays");
        sector::tell_of(&mut tx, OURS, month, [COMPANY.0, COMPANY.0]).await.unwrap();
        assert_eq!(sector::told_of(&mut tx, month, COMPANY).await.unwrap(), [(OURS.0, COMPANY.0)]);
        assert!(sector::told_of(&mut tx, month, OURS).await.unwrap().is_empty());
        assert_eq!(sector::months(&mut tx, OURS).await.unwrap(), [0]);
    })
    .await;
}
