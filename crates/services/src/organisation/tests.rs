//! What an authority, a company and the system administrator see and decide, on a real database.

use super::*;
use crate::{
    link::{self, Link},
    testing::World,
};

const SUPERVISOR: &str = "supervisor@pco-nl.example";

fn reason(text: &str) -> Answers {
    let mut fields = Answers::new();
    fields.set_one("reason", text);
    fields
}

async fn desk(world: &World, email: &str) -> (Principal, OrgId) {
    let principal = world.principal(email).await;
    let org = principal.memberships[0].org;
    (principal, org)
}

#[tokio::test]
async fn an_authority_sees_its_own_companies() {
    let world = World::with_people().await;
    let (principal, nl) = desk(&world, "reader@pco-nl.example").await;
    let page = list(&world, &principal, nl, None, None).await.unwrap();
    assert_eq!(page.companies.len(), 8);
    assert_eq!(page.companies[0].handle, "titration", "the newest application first");
    assert!(page.companies.iter().all(|company| company.country == "NL"));
    assert_eq!(
        page.counts,
        [(OrgStatus::Applied, 1), (OrgStatus::Approved, 5), (OrgStatus::Refused, 1), (OrgStatus::Suspended, 1)]
    );
    let waiting = list(&world, &principal, nl, Some(OrgStatus::Applied), None).await.unwrap();
    assert_eq!(waiting.companies.len(), 1);
    let (foreign, ca) = desk(&world, "officer@pco-ca.example").await;
    assert!(matches!(list(&world, &foreign, nl, None, None).await, Err(Refusal::NotFound)));
    assert_eq!(list(&world, &foreign, ca, None, None).await.unwrap().companies.len(), 2);
    for email in ["admin@meridian-reagents.example", "admin@chemtrade-assoc.example", "system@forerunner.example"] {
        let principal = world.principal(email).await;
        assert!(matches!(list(&world, &principal, nl, None, None).await, Err(Refusal::NotFound)), "{email}");
    }
    assert!(matches!(list(&world, &Principal::default(), nl, None, None).await, Err(Refusal::NotSignedIn)));
}

#[test]
fn a_place_in_the_list_reads_back() {
    let cursor = Cursor { at: 1_795_442_400_000_000, id: Uuid::from_u128(7) };
    assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
    for bad in ["", "-", "x-y", "1-", "zz-00000000000000000000000000000007", "1"] {
        assert!(bad.parse::<Cursor>().is_err(), "{bad}");
    }
}

#[tokio::test]
async fn the_approver_sees_who_else_it_may_be() {
    let world = World::with_people().await;
    let (principal, _) = desk(&world, SUPERVISOR).await;
    let mut tx = world.db.begin().await.unwrap();
    let meridian = org::by_handle(&mut tx, "meridian").await.unwrap().unwrap();
    let canada = org::authority_of(&mut tx, "CA").await.unwrap().unwrap();
    let twin = |n: u128, handle: &'static str, authority: Uuid, country: &'static str| NewOrg {
        id: OrgId(Uuid::from_u128(n)),
        handle,
        kind: "company",
        name: "Meridian solvents and reagents",
        country,
        status: "applied",
        operator_roles: "[]",
        authority: Some(OrgId(authority)),
        registration_number: "99 28 44 07",
        registration_key: "99284407",
        name_key: "",
        vat: "NL854291374B98",
        lei: "",
        address: "",
        phone: "",
        website: "",
        duty_email: "",
        time_zone: "",
        act_for_proof: "",
        checks: "[]",
        at: world.now(),
    };
    org::insert(&mut tx, &twin(1, "twin-nl", meridian.authority_id.unwrap(), "NL")).await.unwrap();
    org::insert(&mut tx, &twin(2, "twin-ca", canada.id, "CA")).await.unwrap();
    tx.commit().await.unwrap();
    let seen = detail(&world, &principal, "twin-nl").await.unwrap().alike;
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].company.as_ref().unwrap().0, "meridian");
    assert_eq!(seen[0].same, ["registration_number", "vat"]);
    assert_eq!((seen[1].company.as_ref(), seen[1].country.as_str()), (None, "CA"), "another authority's is not named");
    assert_eq!(seen[1].same, ["vat"]);
}

#[tokio::test]
async fn a_company_is_approved_and_told() {
    let world = World::with_people().await;
    let (principal, _) = desk(&world, SUPERVISOR).await;
    let before = detail(&world, &principal, "titration").await.unwrap();
    assert_eq!(before.decisions, [Decision::Approve, Decision::Refuse]);
    assert_eq!(before.people[0].1, "admin@titration-supplies.example");
    let applicant = world.sign_in("admin@titration-supplies.example").await;
    let own_id = applicant.principal.memberships[0].org;
    assert_eq!(own(&world, &applicant.principal, own_id).await.unwrap().listed.status, OrgStatus::Applied);
    decide(&world, &principal, "titration", before.version, Decision::Approve, &Answers::new()).await.unwrap();
    let after = detail(&world, &principal, "titration").await.unwrap();
    assert_eq!((after.listed.status, after.decided_by.as_deref()), (OrgStatus::Approved, Some("Adaeze Okoye")));
    assert_eq!(after.history.last().unwrap().1, "approved");
    let mails = world.mails().await;
    let expected = ("application_approved", "admin@titration-supplies.example");
    assert_eq!((mails[0].0.as_str(), mails[0].1.as_str()), expected);
    let token = &applicant.session.token;
    let now = crate::session::resolve(&world, token, crate::session::Activity::Person).await.unwrap().unwrap();
    assert!(now.must_enrol, "at the next request, which asks its administrator for a second factor first");
    let able = world.principal("admin@titration-supplies.example").await;
    assert!(able.allowed_in(own_id, Action::WriteReports).is_ok());
}

#[tokio::test]
async fn refusing_needs_a_reason_that_the_company_reads() {
    let world = World::with_people().await;
    let (principal, _) = desk(&world, SUPERVISOR).await;
    let version = detail(&world, &principal, "titration").await.unwrap().version;
    let megabyte = "x".repeat(1_000_000);
    for bad in ["", "  \n ", "\u{200b}", megabyte.as_str()] {
        let outcome = decide(&world, &principal, "titration", version, Decision::Refuse, &reason(bad)).await;
        assert!(matches!(outcome, Err(Refusal::Invalid(_))), "{outcome:?}");
    }
    let why = "The number is another firm's.\nApply again.";
    decide(&world, &principal, "titration", version, Decision::Refuse, &reason(why)).await.unwrap();
    let applicant = world.principal("admin@titration-supplies.example").await;
    let own = own(&world, &applicant, applicant.memberships[0].org).await.unwrap();
    assert_eq!((own.listed.status, own.reason.as_str()), (OrgStatus::Refused, why));
    assert_eq!(own.authority.unwrap().0, "Precursor Control Office (demo)");
    assert!(applicant.allowed_in(applicant.memberships[0].org, Action::WriteReports).is_err());
}

#[tokio::test]
async fn two_deciders_are_one_decision() {
    let world = World::with_people().await;
    let (first, _) = desk(&world, SUPERVISOR).await;
    let (second, _) = desk(&world, "admin@pco-nl.example").await;
    let version = detail(&world, &first, "titration").await.unwrap().version;
    let (nothing, why) = (Answers::new(), reason("no"));
    let outcomes = tokio::join!(
        decide(&world, &first, "titration", version, Decision::Approve, &nothing),
        decide(&world, &second, "titration", version, Decision::Refuse, &why),
    );
    assert_ne!(outcomes.0.is_ok(), outcomes.1.is_ok());
    let lost = outcomes.0.and(outcomes.1).unwrap_err();
    assert!(matches!(lost, Refusal::Stale), "{lost:?}");
}

#[tokio::test]
async fn steps_cannot_be_skipped_and_rights_not_borrowed() {
    let world = World::with_people().await;
    let (principal, _) = desk(&world, SUPERVISOR).await;
    for (handle, decision, possible) in [
        ("meridian", Decision::Approve, false),
        ("meridian", Decision::Refuse, false),
        ("meridian", Decision::Lift, false),
        ("titration", Decision::Suspend, false),
        ("quickpress", Decision::Refuse, false),
        ("quickpress", Decision::Approve, true),
        ("meridian", Decision::Suspend, true),
        ("meridian", Decision::Lift, true),
    ] {
        let version = detail(&world, &principal, handle).await.unwrap().version;
        let outcome = decide(&world, &principal, handle, version, decision, &reason("because")).await;
        assert_eq!(outcome.is_ok(), possible, "{handle} {decision:?}: {outcome:?}");
    }
    let version = detail(&world, &principal, "titration").await.unwrap().version;
    for email in [
        "officer@pco-nl.example",
        "reader@pco-nl.example",
        "supervisor@pco-ca.example",
        "admin@titration-supplies.example",
        "system@forerunner.example",
    ] {
        let principal = world.principal(email).await;
        let outcome = decide(&world, &principal, "titration", version, Decision::Approve, &Answers::new()).await;
        assert!(matches!(outcome, Err(Refusal::NotFound)), "{email}: {outcome:?}");
    }
    for handle in ["", "nothing", "pco-nl", "chemtrade-assoc", "laurentian", "titration' OR 1=1 --"] {
        assert!(matches!(detail(&world, &principal, handle).await, Err(Refusal::NotFound)), "{handle}");
    }
    let nobody = detail(&world, &Principal::default(), "titration").await;
    assert!(matches!(nobody, Err(Refusal::NotSignedIn)));
}

fn authority() -> Answers {
    let mut fields = Answers::new();
    for (field, text) in [
        ("name", "Service fédéral des précurseurs"),
        ("country", "BE"),
        ("time_zone", ""),
        ("duty_email", "duty@precurseurs.example"),
        ("phone", "+32 2 555 01 20"),
        ("address", "Rue de la Loi 1\n1000 Bruxelles"),
        ("website", ""),
        ("admin_email", "chef@precurseurs.example"),
    ] {
        fields.set_one(field, text);
    }
    fields.set("scopes", ["BE", "LU", "NL"]);
    fields
}

#[tokio::test]
async fn the_system_administrator_makes_an_authority() {
    let world = World::with_people().await;
    let principal = world.principal("system@forerunner.example").await;
    let handle = create_authority(&world, &principal, &authority()).await.unwrap();
    let mut reader = world.db.reader();
    let row = org::by_handle(&mut reader, &handle).await.unwrap().unwrap();
    assert_eq!((row.time_zone.as_str(), row.status.as_str()), ("Europe/Brussels", "approved"));
    let of = async |country| org::authority_of(&mut world.db.reader(), country).await.unwrap().unwrap().handle;
    assert_eq!((of("BE").await, of("LU").await), (handle.clone(), handle.clone()));
    assert_eq!(of("NL").await, "pco-nl", "the first authority of a country stays the one by default");
    let token = world.token_mailed("invitation", "chef@precurseurs.example").await;
    let Link::Invitation(offer) = link::peek(&world, &token).await.unwrap() else { panic!("no invitation") };
    assert_eq!(offer.role, Role::AuthorityAdmin);
    let seen = installation(&world, &principal).await.unwrap();
    assert_eq!((seen.authorities.len(), seen.associations.len(), seen.companies), (3, 1, 10));
    let new = seen.authorities.iter().find(|body| body.handle == handle).unwrap();
    assert_eq!((new.people, new.invitations, new.scopes.len()), (0, 1, 3));
    // Nobody has joined yet: another address can be invited.
    let mut fields = Answers::new();
    fields.set_one("admin_email", "autre@precurseurs.example");
    invite_first(&world, &principal, &handle, &fields).await.unwrap();
    let settled = invite_first(&world, &principal, "pco-nl", &fields).await;
    assert!(matches!(settled, Err(Refusal::Invalid(_))), "{settled:?}");
}

#[tokio::test]
async fn the_system_administrator_makes_an_association() {
    let world = World::with_people().await;
    let principal = world.principal("system@forerunner.example").await;
    let handle = create_association(&world, &principal, &authority()).await.unwrap();
    let row = org::by_handle(&mut world.db.reader(), &handle).await.unwrap().unwrap();
    assert_eq!(row.kind, "association");
    let token = world.token_mailed("invitation", "chef@precurseurs.example").await;
    let Link::Invitation(offer) = link::peek(&world, &token).await.unwrap() else { panic!("no invitation") };
    assert_eq!(offer.role, Role::AssociationAdmin);
}

#[tokio::test]
async fn a_new_authority_is_checked_field_by_field() {
    let world = World::with_people().await;
    let principal = world.principal("system@forerunner.example").await;
    let megabyte = "x".repeat(1_000_000);
    for (field, bad) in [
        ("name", ""),
        ("name", megabyte.as_str()),
        ("country", "ZZ"),
        ("time_zone", "Europe/Nowhere"),
        ("time_zone", megabyte.as_str()),
        ("duty_email", ""),
        ("duty_email", "duty"),
        ("phone", "none"),
        ("address", "\u{202e}"),
        ("website", "javascript:alert(1)"),
        ("admin_email", "a@b.example\nBcc: c@d.example"),
        ("scopes", "ZZ"),
    ] {
        let mut fields = authority();
        fields.set_one(field, bad);
        match create_authority(&world, &principal, &fields).await {
            Err(Refusal::Invalid(problems)) => {
                assert_eq!(problems.iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), [field]);
            }
            other => panic!("{field}: {other:?}"),
        }
    }
    for email in ["admin@pco-nl.example", "admin@meridian-reagents.example"] {
        let principal = world.principal(email).await;
        assert!(matches!(create_authority(&world, &principal, &authority()).await, Err(Refusal::NotFound)), "{email}");
        assert!(matches!(installation(&world, &principal).await, Err(Refusal::NotFound)), "{email}");
    }
}

/// The steps that stand in somebody's log.
async fn logged(world: &World, email: &str, org: OrgId) -> Vec<(String, crate::log::Who)> {
    let principal = world.principal(email).await;
    let page = crate::log::page(world, &principal, org, &crate::log::Filter::default(), 50).await.unwrap();
    page.entries.into_iter().map(|entry| (entry.what, entry.who)).collect()
}

async fn version_of(world: &World, handle: &str) -> (OrgId, i64) {
    let row = org::by_handle(&mut world.db.reader(), handle).await.unwrap().unwrap();
    (OrgId(row.id), row.version)
}

#[tokio::test]
async fn a_suspended_company_is_out_at_once_and_comes_back() {
    use crate::session::{Activity, resolve};
    let world = World::with_people().await;
    let (by, nl) = desk(&world, SUPERVISOR).await;
    let officer = world.sign_in("officer@meridian-reagents.example").await;
    let (id, version) = version_of(&world, "meridian").await;
    decide(&world, &by, "meridian", version, Decision::Suspend, &reason("Wound up.")).await.unwrap();
    assert_eq!(resolve(&world, &officer.session.token, Activity::Person).await.unwrap(), None, "signed out");
    // Whoever still holds rights from before the request is refused as well.
    let held = world.principal("officer@meridian-reagents.example").await;
    let started = crate::draft::start(&world, &held, id, crate::draft::Start::default()).await;
    assert!(matches!(started, Err(Refusal::NotFound)), "{started:?}");
    let mails = world.mails().await;
    let told: Vec<_> = mails.iter().map(|(template, to, _)| (template.as_str(), to.as_str())).collect();
    assert_eq!(told, [("company_suspended", "admin@meridian-reagents.example")]);
    let who = |name: &str| crate::log::Who::Unit { name: name.into(), role: Some(Role::AuthoritySupervisor) };
    decide(&world, &by, "meridian", version + 1, Decision::Lift, &Answers::new()).await.unwrap();
    let theirs = logged(&world, "admin@meridian-reagents.example", id).await;
    let unit = who("Precursor Control Office (demo)");
    assert_eq!(theirs[..2], [("suspension lifted".to_owned(), unit.clone()), ("suspended".to_owned(), unit)]);
    let ours = logged(&world, SUPERVISOR, nl).await;
    assert_eq!((ours[0].0.as_str(), ours[1].0.as_str()), ("suspension lifted", "suspended"));
    assert!(world.mails().await.iter().any(|(template, ..)| template == "organisation_reinstated"));
    let held = world.principal("officer@meridian-reagents.example").await;
    assert!(crate::draft::start(&world, &held, id, crate::draft::Start::default()).await.is_ok());
}

#[tokio::test]
async fn the_system_administrator_suspends_an_authority_and_lifts_it() {
    use crate::session::{Activity, resolve};
    let world = World::with_people().await;
    let system = world.principal("system@forerunner.example").await;
    let officer = world.sign_in("officer@pco-nl.example").await;
    let elsewhere = world.sign_in("officer@pco-ca.example").await;
    let (id, version) = version_of(&world, "pco-nl").await;
    let silent = decide_body(&world, &system, "pco-nl", version, Decision::Suspend, &reason("")).await;
    assert!(matches!(silent, Err(Refusal::Invalid(_))), "{silent:?}");
    decide_body(&world, &system, "pco-nl", version, Decision::Suspend, &reason("Keys lost.")).await.unwrap();
    assert_eq!(resolve(&world, &officer.session.token, Activity::Person).await.unwrap(), None);
    assert!(resolve(&world, &elsewhere.session.token, Activity::Person).await.unwrap().is_some());
    let held = world.principal("officer@pco-nl.example").await;
    assert!(matches!(list(&world, &held, id, None, None).await, Err(Refusal::NotFound)));
    assert_eq!(standing(&world, &held, id).await.unwrap().reason, "Keys lost.");
    assert!(matches!(standing(&world, &elsewhere.principal, id).await, Err(Refusal::NotFound)));
    let body =
        installation(&world, &system).await.unwrap().authorities.into_iter().find(|body| body.handle == "pco-nl");
    let body = body.unwrap();
    assert_eq!((body.status, body.reason.as_str(), body.version), (OrgStatus::Suspended, "Keys lost.", version + 1));
    let mails = world.mails().await;
    assert_eq!((mails[0].0.as_str(), mails[0].1.as_str()), ("organisation_suspended", "admin@pco-nl.example"));
    let stale = decide_body(&world, &system, "pco-nl", version, Decision::Lift, &Answers::new()).await;
    assert!(matches!(stale, Err(Refusal::Stale)), "{stale:?}");
    decide_body(&world, &system, "pco-nl", version + 1, Decision::Lift, &Answers::new()).await.unwrap();
    let held = world.principal("officer@pco-nl.example").await;
    assert!(list(&world, &held, id, None, None).await.is_ok());
    assert_eq!(logged(&world, "admin@pco-nl.example", id).await[0].0, "suspension lifted");
    let own = system.memberships[0].org;
    assert_eq!(logged(&world, "system@forerunner.example", own).await[0].0, "suspension lifted");
}

/// What the confirm page promises: companies go on reporting, and an applicant is not sent away.
#[tokio::test]
async fn what_comes_for_a_suspended_authority_waits_for_it() {
    use crate::{desk, register, report::tests as reports};
    let world = World::with_people().await;
    let form = register::tests::form();
    register::apply(&world, &Principal::default(), domain::lang::Lang::En, &form, [192, 0, 2, 9].into()).await.unwrap();
    let system = world.principal("system@forerunner.example").await;
    let (_, version) = version_of(&world, "pco-nl").await;
    decide_body(&world, &system, "pco-nl", version, Decision::Suspend, &reason("Keys lost.")).await.unwrap();
    let reference = reports::sent(&world, &reports::reporter(&world).await, &reports::order()).await;
    let (email, chosen) = (form.one("email"), form.one("password"));
    let token = world.token_mailed("confirm_email", email).await;
    register::confirm(&world, &token, chosen, [192, 0, 2, 9].into(), "").await.unwrap();
    decide_body(&world, &system, "pco-nl", version + 1, Decision::Lift, &Answers::new()).await.unwrap();
    let officer = reports::officer(&world).await;
    assert!(desk::view(&world, &officer.who, &reference).await.is_ok());
    let waiting = list(&world, &officer.who, officer.org, Some(OrgStatus::Applied), None).await.unwrap();
    assert!(waiting.companies.iter().any(|company| company.name == form.one("legal_name")));
}

#[tokio::test]
async fn nobody_suspends_what_is_not_theirs() {
    let world = World::with_people().await;
    let system = world.principal("system@forerunner.example").await;
    let why = reason("because");
    // Companies are their authority's, and an installation does not stop itself.
    for (handle, decision) in [
        ("meridian", Decision::Suspend),
        ("installation", Decision::Suspend),
        ("nothing", Decision::Suspend),
        ("pco-nl", Decision::Refuse),
        ("pco-nl", Decision::Approve),
    ] {
        let version = org::by_handle(&mut world.db.reader(), handle).await.unwrap().map_or(1, |row| row.version);
        let outcome = decide_body(&world, &system, handle, version, decision, &why).await;
        assert!(matches!(outcome, Err(Refusal::NotFound)), "{handle} {decision:?}: {outcome:?}");
    }
    for email in ["admin@pco-nl.example", "admin@chemtrade-assoc.example", "admin@meridian-reagents.example"] {
        let principal = world.principal(email).await;
        let outcome = decide_body(&world, &principal, "chemtrade-assoc", 1, Decision::Suspend, &why).await;
        assert!(matches!(outcome, Err(Refusal::NotFound)), "{email}: {outcome:?}");
    }
    let possible = decide_body(&world, &system, "chemtrade-assoc", 1, Decision::Lift, &Answers::new()).await;
    assert!(matches!(possible, Err(Refusal::NotPossible(_))), "{possible:?}");
}
