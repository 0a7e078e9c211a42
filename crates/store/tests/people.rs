//! Organisations, people, sign-ins, links and buckets hold their promises on both engines.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use domain::{
    ids::{OrgId, UserId},
    time::Timestamp,
};
use store::{
    Db, StoreError, Tx,
    org::{self, NewOrg},
    person::{self, NewPerson},
    session, setting, stash, throttle,
    token::{self, NewToken},
};
use uuid::Uuid;

use support::each_engine;

const NOW: Timestamp = Timestamp(1_000 * Timestamp::DAY);

fn new_org(n: u128) -> NewOrg<'static> {
    NewOrg {
        id: OrgId(Uuid::from_u128(n)),
        handle: "",
        kind: "company",
        name: "Meridian",
        country: "NL",
        status: "applied",
        operator_roles: "[\"distributor\"]",
        authority: None,
        registration_number: "12.34",
        registration_key: "1234",
        name_key: "",
        vat: "",
        lei: "",
        address: "Botlekweg 41\nRotterdam",
        phone: "",
        website: "",
        duty_email: "",
        time_zone: "Europe/Amsterdam",
        act_for_proof: "Ünïcode \u{202e} and 'quotes'",
        checks: "[]",
        at: NOW,
    }
}

fn new_person(n: u128, email: &str, confirmed: bool) -> NewPerson<'_> {
    NewPerson {
        id: UserId(Uuid::from_u128(n)),
        email,
        name: "Ingrid",
        phone: "",
        password_hash: Some("phc"),
        lang: "en",
        confirmed: confirmed.then_some(NOW),
        at: NOW,
    }
}

fn new_token(n: u8, purpose: &'static str) -> NewToken<'static> {
    NewToken {
        token_hash: [n; 32],
        id: Uuid::from_u128(u128::from(n)),
        purpose,
        person: None,
        org: None,
        email: "a@x.example",
        role: "company_officer",
        created_by: None,
        at: NOW,
        expires: NOW.plus(Timestamp::HOUR),
    }
}

async fn tx(db: &Db) -> Tx {
    db.begin().await.unwrap()
}

#[tokio::test]
async fn an_organisation_reads_back_and_is_decided_once() {
    each_engine(async |db: Db| {
        let (mut tx, new) = (tx(&db).await, NewOrg { handle: "one", ..new_org(1) });
        org::insert(&mut tx, &new).await.unwrap();
        let row = org::by_handle(&mut tx, "one").await.unwrap().unwrap();
        assert_eq!(org::by_id(&mut tx, new.id).await.unwrap().as_ref(), Some(&row));
        assert_eq!((row.act_for_proof.as_str(), row.address.as_str()), (new.act_for_proof, new.address));
        assert_eq!((row.authority_id, row.version, row.created_at), (None, 1, NOW.0));
        let by = UserId(Uuid::from_u128(9));
        org::decide(&mut tx, new.id, 1, "approved", "", by, NOW).await.unwrap();
        let again = org::decide(&mut tx, new.id, 1, "refused", "late", by, NOW).await;
        assert!(matches!(again, Err(StoreError::Stale)));
        let row = org::by_id(&mut tx, new.id).await.unwrap().unwrap();
        assert_eq!((row.status.as_str(), row.version, row.decided_by), ("approved", 2, Some(by.0)));
        assert!(matches!(org::set_status(&mut tx, new.id, "applied", "refused").await, Err(StoreError::Stale)));
    })
    .await;
}

#[tokio::test]
async fn a_handle_is_taken_once() {
    each_engine(async |db: Db| {
        let mut tx = tx(&db).await;
        org::insert(&mut tx, &NewOrg { handle: "one", ..new_org(1) }).await.unwrap();
        let taken = org::insert(&mut tx, &NewOrg { handle: "one", ..new_org(2) }).await;
        assert!(matches!(taken, Err(StoreError::Conflict(_))), "{taken:?}");
    })
    .await;
}

#[tokio::test]
async fn companies_come_in_pages_newest_first_without_gaps() {
    each_engine(async |db: Db| {
        let mut tx = tx(&db).await;
        let authority = OrgId(Uuid::from_u128(500));
        let desk = NewOrg { id: authority, handle: "desk", kind: "authority", status: "approved", ..new_org(500) };
        org::insert(&mut tx, &desk).await.unwrap();
        for n in 1..=25 {
            let handle = format!("c{n}");
            // Several at the same instant: the identity orders them.
            let at = NOW.plus(i64::try_from(n / 4).unwrap());
            let status = if n % 5 == 0 { "approved" } else { "applied" };
            let new = NewOrg { handle: &handle, authority: Some(authority), at, status, ..new_org(n) };
            org::insert(&mut tx, &new).await.unwrap();
        }
        let hidden = NewOrg { handle: "hidden", authority: Some(authority), status: "unconfirmed", ..new_org(99) };
        org::insert(&mut tx, &hidden).await.unwrap();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = org::companies(&mut tx, authority, "", after, 7).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.created_at, last.id));
            seen.extend(page.into_iter().map(|row| row.id.as_u128()));
        }
        assert_eq!(seen, (1..=25).rev().collect::<Vec<u128>>());
        let approved = org::companies(&mut tx, authority, "approved", None, 50).await.unwrap();
        assert_eq!(approved.len(), 5);
        let foreign = org::companies(&mut tx, OrgId(Uuid::from_u128(501)), "", None, 50).await.unwrap();
        assert!(foreign.is_empty());
        let mut counts = org::count_by_status(&mut tx, authority).await.unwrap();
        counts.sort();
        assert_eq!(counts, [("applied".into(), 20), ("approved".into(), 5), ("unconfirmed".into(), 1)]);
        assert_eq!(org::count_kind(&mut tx, "company").await.unwrap(), 25);
    })
    .await;
}

#[tokio::test]
async fn companies_alike_are_found_by_what_is_filled() {
    each_engine(async |db: Db| {
        let mut tx = tx(&db).await;
        let base = NewOrg { registration_key: "", vat: "", lei: "", name_key: "", ..new_org(0) };
        let seeds = [
            (1, NewOrg { registration_key: "1234", vat: "NL1", lei: "L1", name_key: "meridian", ..base.clone() }),
            (2, NewOrg { registration_key: "1234", ..base.clone() }),
            (3, NewOrg { registration_key: "1234", country: "BE", ..base.clone() }),
            (4, NewOrg { vat: "NL1", country: "BE", ..base.clone() }),
            (5, NewOrg { lei: "L1", ..base.clone() }),
            (6, NewOrg { name_key: "meridian", ..base.clone() }),
            (7, NewOrg { registration_key: "1234", status: "unconfirmed", ..base.clone() }),
            (8, base.clone()),
            (9, base.clone()),
        ];
        for (n, seed) in &seeds {
            let handle = format!("c{n}");
            let new = NewOrg { id: OrgId(Uuid::from_u128(*n)), handle: &handle, ..seed.clone() };
            org::insert(&mut tx, &new).await.unwrap();
        }
        for (of, expected) in [(1, vec![2, 4, 5, 6]), (3, vec![]), (8, vec![]), (2, vec![1])] {
            let row = org::by_id(&mut tx, OrgId(Uuid::from_u128(of))).await.unwrap().unwrap();
            let alike = org::alike(&mut tx, &row).await.unwrap();
            let ids: Vec<u128> = alike.iter().map(|row| row.id.as_u128()).collect();
            assert_eq!(ids, expected, "of {of}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_country_has_its_authority() {
    each_engine(async |db: Db| {
        let mut tx = tx(&db).await;
        for (n, handle, status) in [(1, "old", "approved"), (2, "new", "approved"), (3, "closed", "suspended")] {
            let at = NOW.plus(i64::try_from(n).unwrap());
            let new = NewOrg { handle, kind: "authority", status, at, ..new_org(n) };
            org::insert(&mut tx, &new).await.unwrap();
        }
        let id = |n| OrgId(Uuid::from_u128(n));
        org::add_scope(&mut tx, id(1), "NL", "", false).await.unwrap();
        assert!(!org::has_default(&mut tx, "NL", "").await.unwrap());
        org::add_scope(&mut tx, id(2), "NL", "", true).await.unwrap();
        org::add_scope(&mut tx, id(1), "BE", "", false).await.unwrap();
        org::add_scope(&mut tx, id(3), "FR", "", true).await.unwrap();
        org::add_scope(&mut tx, id(1), "DE", "equipment", true).await.unwrap();
        assert!(org::has_default(&mut tx, "NL", "").await.unwrap());
        let of = async |tx: &mut Tx, country| org::authority_of(tx, country).await.unwrap().map(|row| row.handle);
        assert_eq!(of(&mut tx, "NL").await.as_deref(), Some("new"));
        assert_eq!(of(&mut tx, "BE").await.as_deref(), Some("old"));
        assert_eq!(of(&mut tx, "FR").await, None, "a suspended authority takes nobody");
        assert_eq!(of(&mut tx, "DE").await, None, "one list is not the whole country");
        assert_eq!(org::countries(&mut tx).await.unwrap(), ["BE", "NL"]);
        assert_eq!(org::scopes(&mut tx, id(1)).await.unwrap().len(), 3);
        let twice = org::add_scope(&mut tx, id(1), "NL", "", false).await;
        assert!(matches!(twice, Err(StoreError::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn an_address_has_one_account_and_any_number_of_applications() {
    each_engine(async |db: Db| {
        let mut first = tx(&db).await;
        person::insert(&mut first, &new_person(1, "a@x.example", false)).await.unwrap();
        person::insert(&mut first, &new_person(2, "a@x.example", false)).await.unwrap();
        assert_eq!(person::by_email(&mut first, "a@x.example").await.unwrap(), None);
        person::confirm(&mut first, UserId(Uuid::from_u128(2)), NOW).await.unwrap();
        let account = person::by_email(&mut first, "a@x.example").await.unwrap().unwrap();
        assert_eq!((account.id.as_u128(), account.theme.as_str()), (2, "system"));
        let again = person::confirm(&mut first, UserId(Uuid::from_u128(2)), NOW).await;
        assert!(matches!(again, Err(StoreError::Stale)));
        first.commit().await.unwrap();
        let mut second = tx(&db).await;
        let other = person::confirm(&mut second, UserId(Uuid::from_u128(1)), NOW).await;
        assert!(matches!(other, Err(StoreError::Conflict(_))), "{other:?}");
        drop(second);
        let mut third = tx(&db).await;
        let new = person::insert(&mut third, &new_person(3, "a@x.example", true)).await;
        assert!(matches!(new, Err(StoreError::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn people_join_change_leave_and_come_back() {
    each_engine(async |db: Db| {
        let mut tx = tx(&db).await;
        let (org, who) = (OrgId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        org::insert(&mut tx, &NewOrg { handle: "one", ..new_org(1) }).await.unwrap();
        person::insert(&mut tx, &new_person(2, "a@x.example", true)).await.unwrap();
        person::join(&mut tx, Uuid::from_u128(10), who, org, "company_admin", NOW).await.unwrap();
        let places = person::memberships(&mut tx, who).await.unwrap();
        assert_eq!((places.len(), places[0].role.as_str(), places[0].handle.as_str()), (1, "company_admin", "one"));
        assert_eq!(person::count_role(&mut tx, org, "company_admin").await.unwrap(), 1);
        assert!(person::anybody_with_role(&mut tx, "company_admin").await.unwrap());
        person::set_role(&mut tx, who, org, "company_reader").await.unwrap();
        assert_eq!(person::members(&mut tx, org).await.unwrap()[0].role, "company_reader");
        person::leave(&mut tx, who, org, NOW).await.unwrap();
        assert!(person::memberships(&mut tx, who).await.unwrap().is_empty());
        assert!(person::members(&mut tx, org).await.unwrap().is_empty());
        assert!(matches!(person::leave(&mut tx, who, org, NOW).await, Err(StoreError::Stale)));
        assert!(matches!(person::set_role(&mut tx, who, org, "x").await, Err(StoreError::Stale)));
        person::join(&mut tx, Uuid::from_u128(11), who, org, "company_officer", NOW).await.unwrap();
        assert_eq!(person::memberships(&mut tx, who).await.unwrap()[0].role, "company_officer");
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_is_found_touched_rotated_and_ended() {
    each_engine(async |db: Db| {
        let mut tx = tx(&db).await;
        for n in [1, 2] {
            let email = format!("p{n}@x.example");
            person::insert(&mut tx, &new_person(n, &email, true)).await.unwrap();
        }
        let (one, two) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let new = |n: u8, person| session::NewSession {
            token_hash: [n; 32],
            id: Uuid::from_u128(u128::from(n)),
            person,
            at: NOW,
            expires: NOW.plus(Timestamp::HOUR),
            agent: "Browser",
        };
        for (n, person) in [(1, one), (2, one), (3, one), (4, two)] {
            session::insert(&mut tx, &new(n, person)).await.unwrap();
        }
        session::touch(&mut tx, [1; 32], NOW.plus(5)).await.unwrap();
        session::touch(&mut tx, [1; 32], NOW.plus(3)).await.unwrap();
        let found = session::find(&mut tx, [1; 32], NOW).await.unwrap().unwrap();
        assert_eq!((found.last_active_at, found.email.as_str()), (NOW.0 + 5, "p1@x.example"));
        session::rotate(&mut tx, [1; 32], [11; 32], NOW).await.unwrap();
        assert_eq!(session::find(&mut tx, [1; 32], NOW).await.unwrap(), None);
        assert!(matches!(session::rotate(&mut tx, [1; 32], [12; 32], NOW).await, Err(StoreError::Stale)));
        assert_eq!(session::end_one(&mut tx, Uuid::from_u128(4), one).await.unwrap(), 0, "somebody else's");
        assert_eq!(session::of_person(&mut tx, one, NOW).await.unwrap().len(), 3);
        assert_eq!(session::end_all(&mut tx, one, Some([11; 32])).await.unwrap(), 2);
        assert_eq!(session::end_all(&mut tx, one, None).await.unwrap(), 1);
        assert_eq!(session::sweep(&mut tx, NOW.plus(Timestamp::HOUR)).await.unwrap(), 1);
        assert_eq!(session::find(&mut tx, [4; 32], NOW).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_used_once_in_time_for_its_purpose() {
    each_engine(async |db: Db| {
        let mut tx = tx(&db).await;
        for n in 1..=3 {
            token::insert(&mut tx, &new_token(n, "reset")).await.unwrap();
        }
        let later = NOW.plus(Timestamp::HOUR);
        assert!(token::peek(&mut tx, [1; 32], "reset").await.unwrap().is_some());
        assert_eq!(token::peek(&mut tx, [1; 32], "invite").await.unwrap(), None);
        assert_eq!(token::consume(&mut tx, [1; 32], "invite", NOW).await.unwrap(), None);
        assert_eq!(token::consume(&mut tx, [1; 32], "reset", later).await.unwrap(), None, "lapsed");
        assert_eq!(token::consume(&mut tx, [1; 32], "reset", NOW).await.unwrap().unwrap().used_at, Some(NOW.0));
        assert_eq!(token::consume(&mut tx, [1; 32], "reset", NOW).await.unwrap(), None, "used");
        assert_eq!(token::cancel_purpose(&mut tx, "reset", NOW).await.unwrap(), 2);
        assert_eq!(token::sweep(&mut tx, later.plus(1)).await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn of_many_who_use_a_link_one_gets_it() {
    each_engine(async |db: Db| {
        let mut first = tx(&db).await;
        token::insert(&mut first, &new_token(1, "reset")).await.unwrap();
        first.commit().await.unwrap();
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move {
                    let mut tx = db.begin().await.unwrap();
                    let row = token::consume(&mut tx, [1; 32], "reset", NOW).await.unwrap();
                    tx.commit().await.unwrap();
                    row.is_some()
                })
            })
            .collect();
        let mut won = 0;
        for one in tries {
            won += usize::from(one.await.unwrap());
        }
        assert_eq!(won, 1);
    })
    .await;
}

#[tokio::test]
async fn invitations_are_listed_and_withdrawn_within_their_organisation() {
    each_engine(async |db: Db| {
        let mut tx = tx(&db).await;
        let (one, two) = (OrgId(Uuid::from_u128(1)), OrgId(Uuid::from_u128(2)));
        for (org, handle) in [(1, "one"), (2, "two")] {
            org::insert(&mut tx, &NewOrg { handle, ..new_org(org) }).await.unwrap();
        }
        for n in 1..=3 {
            token::insert(&mut tx, &NewToken { org: Some(one), ..new_token(n, "invite") }).await.unwrap();
        }
        assert_eq!(token::pending(&mut tx, one, "invite", NOW).await.unwrap().len(), 3);
        assert!(token::pending(&mut tx, two, "invite", NOW).await.unwrap().is_empty());
        let id = Uuid::from_u128(1);
        assert_eq!(token::cancel(&mut tx, id, two, NOW).await.unwrap(), None);
        assert!(token::cancel(&mut tx, id, one, NOW).await.unwrap().is_some());
        assert_eq!(token::cancel_email(&mut tx, one, "invite", "a@x.example", NOW).await.unwrap(), 2);
        assert!(token::pending(&mut tx, one, "invite", NOW).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn buckets_settings_and_stashes_are_replaced_and_swept() {
    each_engine(async |db: Db| {
        let mut tx = tx(&db).await;
        assert_eq!(throttle::lock(&mut tx, "b").await.unwrap(), (0, Timestamp(0)));
        throttle::set(&mut tx, "b", 7, NOW).await.unwrap();
        assert_eq!(throttle::lock(&mut tx, "b").await.unwrap(), (7, NOW));
        assert_eq!(throttle::sweep(&mut tx, NOW).await.unwrap(), 0);
        assert_eq!(throttle::sweep(&mut tx, NOW.plus(1)).await.unwrap(), 1);
        throttle::clear(&mut tx, "b").await.unwrap();

        assert!(!setting::is_demo(&mut tx).await.unwrap());
        setting::put(&mut tx, setting::DEMO, "1").await.unwrap();
        setting::put(&mut tx, setting::DEMO, "2").await.unwrap();
        assert_eq!(setting::get(&mut tx, setting::DEMO).await.unwrap().as_deref(), Some("2"));
        assert!(setting::is_demo(&mut tx).await.unwrap());

        stash::keep(&mut tx, [1; 32], "f", "{}", "[]", NOW).await.unwrap();
        stash::keep(&mut tx, [1; 32], "f", "{\"a\":1}", "[]", NOW.plus(2)).await.unwrap();
        let found = stash::find(&mut tx, [1; 32], "f", NOW).await.unwrap();
        assert_eq!(found, Some(("{\"a\":1}".into(), "[]".into())));
        assert_eq!(stash::find(&mut tx, [1; 32], "g", NOW).await.unwrap(), None);
        assert_eq!(stash::find(&mut tx, [1; 32], "f", NOW.plus(2)).await.unwrap(), None);
        assert_eq!(stash::sweep(&mut tx, NOW.plus(2)).await.unwrap(), 1);
    })
    .await;
}
