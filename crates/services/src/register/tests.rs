//! Applying and confirming, on a real database.

use domain::organisation::OrgStatus;

use super::*;
use crate::{
    audit::Verdict as Chain,
    error::Problem,
    session,
    testing::{World, sign_in as from},
};

const PASSWORD: &str = "violet kettle marching upwards";
const EMAIL: &str = "dana@rijnchem.example";

pub(crate) fn form() -> Answers {
    let mut fields = Answers::new();
    for (field, text) in [
        ("legal_name", "Rijn Chemie Handel B.V."),
        ("country", "NL"),
        ("registration_number", "24117359"),
        ("vat", ""),
        ("lei", ""),
        ("address", "Waalhaven 3\n3089 JH Rotterdam"),
        ("phone", "+31 10 555 0190"),
        ("website", "www.rijnchem.example"),
        ("act_for", "Managing director in the trade register."),
        ("person_name", "Dana Smit"),
        ("email", EMAIL),
        ("password", PASSWORD),
    ] {
        fields.set_one(field, text);
    }
    fields.set("operator_roles", ["distributor", "importer"]);
    fields
}

async fn send(world: &World, fields: &Answers) -> Result<Applied> {
    apply(world, &Principal::default(), Lang::En, fields, [192, 0, 2, 7].into()).await
}

async fn problems(world: &World, fields: &Answers) -> Vec<Problem> {
    match send(world, fields).await {
        Err(Refusal::Invalid(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

async fn press(world: &World, token: &str, password: &str) -> Result<Confirmed> {
    confirm(world, token, password, [192, 0, 2, 7].into(), "Browser").await
}

#[tokio::test]
async fn a_company_applies_confirms_and_waits() {
    let world = World::with_people().await;
    assert_eq!(send(&world, &form()).await.unwrap(), Applied::CheckMail);
    assert!(account::sign_in(&world, from(EMAIL, PASSWORD)).await.is_err(), "not before the address is confirmed");
    let token = world.token_mailed("confirm_email", EMAIL).await;
    let waiting = peek_confirm(&world, &token).await.unwrap();
    assert_eq!((waiting.org_name.as_str(), waiting.email.as_str()), ("Rijn Chemie Handel B.V.", EMAIL));
    assert!(world.mails().await.iter().all(|(template, ..)| template != "application_waiting"));
    let Confirmed::SignedIn(signed) = press(&world, &token, PASSWORD).await.unwrap() else { panic!("not signed in") };
    let member = &signed.principal.memberships[0];
    assert_eq!((member.status, member.role), (OrgStatus::Applied, Role::CompanyAdmin));
    assert!(signed.principal.allowed_in(member.org, Action::WriteReports).is_err());
    assert!(session::resolve(&world, &signed.session.token, session::Activity::Person).await.unwrap().is_some());
    let mails = world.mails().await;
    let told = mails.iter().find(|(template, ..)| template == "application_waiting").unwrap();
    assert_eq!(told.1, "duty@pco-nl.example");
    assert_eq!(told.2, format!("https://forerunner.example/en/a/pco-nl/organisations/{}", member.handle));
    assert!(matches!(press(&world, &token, PASSWORD).await, Err(Refusal::NotFound)), "the link works once");
    assert!(account::sign_in(&world, from(EMAIL, PASSWORD)).await.is_ok());
    assert!(matches!(audit::verify(&mut world.db.reader()).await.unwrap(), Chain::Whole(_)));
}

#[tokio::test]
async fn every_field_says_what_is_wrong_with_it() {
    let world = World::with_people().await;
    let megabyte = "x".repeat(1_000_000);
    let long = "x".repeat(1001);
    let required = [
        "legal_name",
        "country",
        "registration_number",
        "address",
        "phone",
        "act_for",
        "person_name",
        "email",
        "password",
    ];
    let mut cases: Vec<(&str, &str)> = required.iter().flat_map(|field| [(*field, ""), (*field, "   ")]).collect();
    for field in required.iter().chain(&["vat", "lei", "website"]) {
        cases.push((field, &megabyte));
    }
    for field in ["legal_name", "registration_number", "address", "act_for", "person_name"] {
        cases.extend([(field, "\u{202e}\u{200f}\u{200b}"), (field, "\0"), (field, "caf\u{fffd}"), (field, &long)]);
    }
    cases.extend([
        ("country", "XX"),
        ("country", "<script>"),
        ("country", "BR"),
        ("vat", "NL004495446B01"),
        ("lei", "5493001KJTIIGC8Y1R13"),
        ("phone", "call me"),
        ("phone", "+31 10 555 0190\u{1b}[31m\0x"),
        ("website", "javascript:alert(1)"),
        ("website", "not a site"),
        ("email", "dana@rijnchem.example\r\nBcc: x@y.example"),
        ("email", "dana"),
        ("email", "d\u{202e}ana@rijnchem.example"),
        ("email", "jürgen@rijnchem.example"),
        ("password", "fourteen chars"),
        ("password", "Rijn Chemie Handel"),
        ("password", "dana@rijnchem.example"),
    ]);
    for (field, typed) in cases {
        let mut fields = form();
        fields.set_one(field, typed);
        let found = problems(&world, &fields).await;
        let at: Vec<&str> = found.iter().map(|problem| problem.field.as_str()).collect();
        let shown: String = typed.chars().take(40).collect();
        assert_eq!(at, [field], "{field} {shown:?}: {found:?}");
        let echoed = !typed.trim().is_empty() && found[0].message.contains(typed.trim());
        assert!(found[0].message.ends_with('.') && !echoed, "{field} {shown:?}: {found:?}");
    }
    for roles in [vec![], vec!["distributor", "king"], vec![""]] {
        let mut fields = form();
        fields.set("operator_roles", roles.clone());
        assert_eq!(problems(&world, &fields).await[0].field, "operator_roles", "{roles:?}");
    }
    assert_eq!(problems(&world, &Answers::new()).await.len(), 10, "all at once");
    assert!(world.mails().await.is_empty());
}

#[tokio::test]
async fn unusual_but_honest_answers_are_taken_as_they_are() {
    let world = World::with_people().await;
    for (n, (field, typed)) in [
        ("legal_name", "شركة \u{200f}الكيماويات"),
        ("legal_name", "<b>Bold</b> & \"Quoted\"; DROP TABLE org; --"),
        ("legal_name", "化学品株式会社"),
        ("person_name", "O'Neill-García"),
        ("act_for", "line one\r\nline two"),
        ("website", ""),
        ("registration_number", "HRB 12345 B (Amtsgericht Köln)"),
        ("country", "nl"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut fields = form();
        fields.set_one(field, typed);
        fields.set_one("email", format!("person{n}@rijnchem.example"));
        assert_eq!(send(&world, &fields).await.unwrap(), Applied::CheckMail, "{field} {typed:?}");
    }
}

#[tokio::test]
async fn an_address_with_an_account_gets_the_same_answer_and_another_mail() {
    let world = World::with_people().await;
    let known = "admin@meridian-reagents.example";
    let mut fields = form();
    fields.set_one("email", known);
    let before = world.hasher.computed();
    assert_eq!(send(&world, &fields).await.unwrap(), Applied::CheckMail);
    assert_eq!(world.hasher.computed() - before, 1);
    let mails = world.mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].0.as_str(), mails[0].1.as_str()), ("account_notice", known));
    assert_eq!(org::count_kind(&mut world.db.reader(), "company").await.unwrap(), 10, "nothing was added");
    world.sign_in(known).await;
}

#[tokio::test]
async fn a_stranger_cannot_prepare_an_account_for_somebody_elses_mailbox() {
    let world = World::with_people().await;
    let mut theirs = form();
    theirs.set_one("password", "lantern orchid gravel moon");
    theirs.set_one("legal_name", "Stranger Trading Ltd");
    send(&world, &theirs).await.unwrap();
    let strangers = world.token_mailed("confirm_email", EMAIL).await;
    world.wait(Timestamp::MINUTE);
    send(&world, &form()).await.unwrap();
    let own = world.token_mailed("confirm_email", EMAIL).await;
    // The owner of the mailbox opens the stranger's link; their own password does not fit it.
    assert!(matches!(press(&world, &strangers, PASSWORD).await, Err(Refusal::Invalid(_))));
    assert!(matches!(press(&world, &own, PASSWORD).await, Ok(Confirmed::SignedIn(_))));
    assert!(account::sign_in(&world, from(EMAIL, "lantern orchid gravel moon")).await.is_err());
}

#[tokio::test]
async fn a_second_company_of_one_person_is_added_to_the_account() {
    let world = World::with_people().await;
    send(&world, &form()).await.unwrap();
    let first = world.token_mailed("confirm_email", EMAIL).await;
    world.wait(Timestamp::MINUTE);
    let mut second = form();
    second.set_one("legal_name", "Rijn Logistiek B.V.");
    send(&world, &second).await.unwrap();
    let second = world.token_mailed("confirm_email", EMAIL).await;
    press(&world, &first, PASSWORD).await.unwrap();
    assert!(matches!(press(&world, &second, PASSWORD).await.unwrap(), Confirmed::SignIn));
    assert_eq!(world.principal(EMAIL).await.memberships.len(), 2);
}

#[tokio::test]
async fn somebody_signed_in_applies_without_a_mail() {
    let world = World::with_people().await;
    let principal = world.principal("admin@meridian-reagents.example").await;
    let applied = apply(&world, &principal, Lang::En, &form(), [192, 0, 2, 7].into()).await.unwrap();
    let Applied::Sent(handle) = applied else { panic!("{applied:?}") };
    let after = world.principal("admin@meridian-reagents.example").await;
    assert_eq!(after.membership(&handle).unwrap().status, OrgStatus::Applied);
    assert_eq!(world.mails().await.len(), 1, "the authority's");
}

#[tokio::test]
async fn the_link_lapses_and_is_not_guessed_at_for_long() {
    let world = World::with_people().await;
    send(&world, &form()).await.unwrap();
    let token = world.token_mailed("confirm_email", EMAIL).await;
    for _ in 0..5 {
        assert!(matches!(press(&world, &token, "a wrong password").await, Err(Refusal::Invalid(_))));
    }
    assert!(matches!(press(&world, &token, PASSWORD).await, Err(Refusal::TooOften(_))));
    world.wait(Timestamp::MINUTE);
    assert!(peek_confirm(&world, &token).await.is_ok());
    world.wait(CONFIRM_LIFE);
    assert!(matches!(peek_confirm(&world, &token).await, Err(Refusal::NotFound)));
    assert!(matches!(press(&world, &token, PASSWORD).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn applications_are_capped_per_mailbox() {
    let world = World::with_people().await;
    for _ in 0..5 {
        send(&world, &form()).await.unwrap();
    }
    assert!(matches!(send(&world, &form()).await, Err(Refusal::TooOften(_))));
}

#[tokio::test]
async fn only_countries_with_an_authority_are_offered() {
    let world = World::with_people().await;
    let codes: Vec<_> = countries(&world).await.unwrap().iter().map(|country| country.code()).collect();
    assert_eq!(codes, ["CA", "NL"]);
    let empty = World::empty().await;
    assert!(countries(&empty).await.unwrap().is_empty());
}
