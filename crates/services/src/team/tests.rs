//! Inviting, joining, changing and leaving, on a real database.

use super::*;
use crate::testing::World;

const ADMIN: &str = "admin@meridian-reagents.example";
const OFFICER: &str = "officer@meridian-reagents.example";
const NEW: &str = "lars@meridian-reagents.example";
const PASSWORD: &str = "violet kettle marching upwards";

fn invitation(email: &str, role: &str) -> Answers {
    let mut fields = Answers::new();
    fields.set_one("email", email);
    fields.set_one("role", role);
    fields
}

fn newcomer() -> Answers {
    let mut fields = Answers::new();
    fields.set_one("name", "Lars Visser");
    fields.set_one("password", PASSWORD);
    fields
}

async fn admin(world: &World) -> (Principal, OrgId) {
    let principal = world.principal(ADMIN).await;
    let org = principal.memberships[0].org;
    (principal, org)
}

async fn id(world: &World, email: &str) -> UserId {
    world.principal(email).await.person.unwrap().id
}

async fn invited(world: &World, email: &str, role: &str) -> String {
    let (principal, org) = admin(world).await;
    invite(world, &principal, org, &invitation(email, role)).await.unwrap();
    world.token_mailed("invitation", email).await
}

#[tokio::test]
async fn somebody_new_is_invited_and_joins() {
    let world = World::with_people().await;
    let token = invited(&world, NEW, "company_officer").await;
    let (principal, org) = admin(&world).await;
    let team = view(&world, &principal, org).await.unwrap();
    assert_eq!((team.members.len(), team.invitations.len(), team.may_manage), (3, 1, true));
    assert_eq!(team.invitations[0].email, NEW);
    let offer = peek(&world, &token).await.unwrap();
    assert_eq!((offer.role, offer.has_account), (Role::CompanyOfficer, false));
    assert!(offer.org_name.starts_with("Meridian"));
    let signed = accept_new(&world, &token, Lang::En, &newcomer(), "Browser").await.unwrap();
    assert!(signed.principal.allowed_in(org, Action::WriteReports).is_ok());
    let team = view(&world, &principal, org).await.unwrap();
    assert_eq!((team.members.len(), team.invitations.len()), (4, 0));
    assert!(matches!(accept_new(&world, &token, Lang::En, &newcomer(), "").await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn somebody_with_an_account_signs_in_and_joins_under_a_new_token() {
    let world = World::with_people().await;
    let foreign = "officer@noordkust.example";
    let token = invited(&world, foreign, "company_reader").await;
    assert!(peek(&world, &token).await.unwrap().has_account);
    let new = accept_new(&world, &token, Lang::En, &newcomer(), "").await;
    assert!(matches!(new, Err(Refusal::NotPossible(_))), "no second account: {new:?}");
    let other = world.sign_in(OFFICER).await;
    let wrong = accept(&world, &other.principal, &other.session.token, &token).await;
    assert!(matches!(wrong, Err(Refusal::NotPossible(_))), "another address: {wrong:?}");
    let signed = world.sign_in(foreign).await;
    let session = accept(&world, &signed.principal, &signed.session.token, &token).await.unwrap();
    assert_ne!(session.token, signed.session.token);
    let now = session::resolve(&world, &session.token, session::Activity::Person).await.unwrap().unwrap();
    assert_eq!(now.principal.memberships.len(), 2);
    let old = session::resolve(&world, &signed.session.token, session::Activity::Person).await.unwrap();
    assert_eq!(old, None);
}

#[tokio::test]
async fn invitations_lapse_are_withdrawn_and_replaced() {
    let world = World::with_people().await;
    let (principal, org) = admin(&world).await;
    let first = invited(&world, NEW, "company_reader").await;
    world.wait(Timestamp::MINUTE);
    let second = invited(&world, NEW, "company_officer").await;
    assert!(matches!(peek(&world, &first).await, Err(Refusal::NotFound)), "replaced");
    let open = view(&world, &principal, org).await.unwrap().invitations;
    assert_eq!(open.len(), 1);
    withdraw(&world, &principal, org, open[0].id).await.unwrap();
    assert!(matches!(withdraw(&world, &principal, org, open[0].id).await, Err(Refusal::NotFound)));
    assert!(matches!(accept_new(&world, &second, Lang::En, &newcomer(), "").await, Err(Refusal::NotFound)));
    world.wait(Timestamp::DAY);
    let third = invited(&world, NEW, "company_officer").await;
    world.wait(INVITATION_LIFE);
    assert!(matches!(accept_new(&world, &third, Lang::En, &newcomer(), "").await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn invitations_are_checked_and_capped() {
    let world = World::with_people().await;
    let (principal, org) = admin(&world).await;
    for (email, role, field) in [
        ("", "company_officer", "email"),
        ("nobody", "company_officer", "email"),
        ("x@y.example\r\nCc: z@y.example", "company_officer", "email"),
        (NEW, "", "role"),
        (NEW, "authority_admin", "role"),
        (NEW, "system_admin", "role"),
        (OFFICER, "company_admin", "email"),
    ] {
        match invite(&world, &principal, org, &invitation(email, role)).await {
            Err(Refusal::Invalid(problems)) => assert_eq!(problems[0].field, field, "{email} {role}"),
            other => panic!("{email} {role}: {other:?}"),
        }
    }
    for _ in 0..3 {
        invited(&world, NEW, "company_reader").await;
    }
    let more = invite(&world, &principal, org, &invitation(NEW, "company_reader")).await;
    assert!(matches!(more, Err(Refusal::TooOften(_))));
}

#[tokio::test]
async fn only_administrators_manage_and_only_members_look() {
    let world = World::with_people().await;
    let (_, org) = admin(&world).await;
    let colleague = id(&world, OFFICER).await;
    let officer = world.principal("reader@meridian-reagents.example").await;
    let seen = view(&world, &officer, org).await.unwrap();
    assert!(!seen.may_manage && seen.invitations.is_empty() && seen.members.len() == 3);
    for email in [OFFICER, "admin@noordkust.example", "admin@pco-nl.example", "system@forerunner.example"] {
        let principal = world.principal(email).await;
        let tries = [
            invite(&world, &principal, org, &invitation(NEW, "company_reader")).await,
            set_role(&world, &principal, org, colleague, "company_admin").await,
            remove(&world, &principal, org, colleague, &Answers::new()).await,
            withdraw(&world, &principal, org, Uuid::from_u128(1)).await,
        ];
        assert!(tries.iter().all(|outcome| matches!(outcome, Err(Refusal::NotFound))), "{email}: {tries:?}");
        assert_eq!(view(&world, &principal, org).await.is_ok(), email == OFFICER, "{email}");
    }
    let nobody = view(&world, &Principal::default(), org).await;
    assert!(matches!(nobody, Err(Refusal::NotSignedIn)));
}

#[tokio::test]
async fn a_colleague_of_another_organisation_cannot_be_touched() {
    let world = World::with_people().await;
    let (principal, org) = admin(&world).await;
    let foreign = id(&world, "officer@noordkust.example").await;
    assert!(matches!(set_role(&world, &principal, org, foreign, "company_reader").await, Err(Refusal::NotFound)));
    assert!(matches!(remove(&world, &principal, org, foreign, &Answers::new()).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let world = World::with_people().await;
    let (principal, org) = admin(&world).await;
    let (own, officer) = (id(&world, ADMIN).await, id(&world, OFFICER).await);
    assert!(matches!(leave(&world, &principal, org, &Answers::new()).await, Err(Refusal::NotPossible(_))));
    assert!(matches!(remove(&world, &principal, org, own, &Answers::new()).await, Err(Refusal::NotPossible(_))));
    let lesser = set_role(&world, &principal, org, own, "company_reader").await;
    assert!(matches!(lesser, Err(Refusal::NotPossible(_))));
    set_role(&world, &principal, org, own, "company_admin").await.unwrap();
    set_role(&world, &principal, org, officer, "company_admin").await.unwrap();
    leave(&world, &principal, org, &Answers::new()).await.unwrap();
    assert!(world.principal(ADMIN).await.memberships.is_empty());
    let successor = world.principal(OFFICER).await;
    assert!(matches!(leave(&world, &successor, org, &Answers::new()).await, Err(Refusal::NotPossible(_))));
}

#[tokio::test]
async fn two_administrators_cannot_remove_each_other_at_once() {
    let world = World::with_people().await;
    let (first, org) = admin(&world).await;
    let (one, two) = (id(&world, ADMIN).await, id(&world, OFFICER).await);
    set_role(&world, &first, org, two, "company_admin").await.unwrap();
    let second = world.principal(OFFICER).await;
    let nobody = Answers::new();
    let outcomes = tokio::join!(remove(&world, &first, org, two, &nobody), remove(&world, &second, org, one, &nobody));
    assert_ne!(outcomes.0.is_ok(), outcomes.1.is_ok());
}

#[tokio::test]
async fn removal_and_roles_work_at_the_next_request() {
    let world = World::with_people().await;
    let (principal, org) = admin(&world).await;
    let signed = world.sign_in(OFFICER).await;
    let officer = id(&world, OFFICER).await;
    let allowed = async |action| {
        let token = &signed.session.token;
        let now = session::resolve(&world, token, session::Activity::Person).await.unwrap().unwrap();
        now.principal.allowed_in(org, action).is_ok()
    };
    assert!(allowed(Action::WriteReports).await);
    set_role(&world, &principal, org, officer, "company_reader").await.unwrap();
    assert!(!allowed(Action::WriteReports).await && allowed(Action::ReadOwnReports).await);
    remove(&world, &principal, org, officer, &Answers::new()).await.unwrap();
    assert!(!allowed(Action::ReadOwnReports).await);
    // And back again, by invitation.
    let token = invited(&world, OFFICER, "company_officer").await;
    let back = world.sign_in(OFFICER).await;
    accept(&world, &back.principal, &back.session.token, &token).await.unwrap();
    assert!(allowed(Action::WriteReports).await);
}
