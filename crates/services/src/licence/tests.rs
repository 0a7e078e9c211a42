//! The register through the services: who may, what is kept, files, requests and their answers, what companies see.

use domain::{
    access::Role,
    answers::Answers,
    ids::{LicenceId, LicenceRequestId, OrgId},
    licence::{
        Sort, Standing,
        request::{Outcome, RequestState},
    },
    time::Timestamp,
};

use super::{request, *};
use crate::{
    Refusal, customer,
    customer::import::Stage,
    report::tests::{Somebody, officer, reporter, somebody},
    testing::World,
};

const OTHER_DESK: &str = "admin@pco-ca.example";

fn typed(fields: &[(&str, &str)]) -> Answers {
    fields.iter().copied().collect()
}

fn licence(number: &str, holder: &str) -> Answers {
    typed(&[
        ("number", number),
        ("holder", holder),
        ("country", "NL"),
        ("valid_from", "2024-01-01"),
        ("valid_to", "2027-12-31"),
        ("substances", "Acetone | use | 500 kg a year"),
    ])
}

async fn made(world: &World, by: &Somebody, number: &str, holder: &str) -> LicenceId {
    create(world, &by.who, by.org, Sort::Licence, &licence(number, holder)).await.unwrap()
}

fn gone<T>(outcome: Result<T>, what: &str) {
    assert!(matches!(outcome, Err(Refusal::NotFound)), "{what}");
}

fn problem(outcome: Result<impl std::fmt::Debug>) -> String {
    match outcome {
        Err(Refusal::Invalid(problems)) => problems[0].field.clone(),
        other => panic!("{other:?}"),
    }
}

fn all(words: &str) -> Filter {
    Filter { sort: Sort::Licence, standing: None, words: words.to_owned() }
}

fn of_role(who: &Somebody, role: Role) -> Principal {
    let mut who = who.who.clone();
    who.memberships.iter_mut().for_each(|membership| membership.role = role);
    who
}

fn question() -> Answers {
    typed(&[
        ("number", "reg 3 417"),
        ("holder", "NOORDERLICHT COATINGS BV"),
        ("country", "NL"),
        ("substance", "67-64-1"),
        ("activity", "use"),
        ("quantity", "400 kg"),
    ])
}

async fn asked(world: &World, by: &Somebody) -> LicenceRequestId {
    request::ask(world, &by.who, by.org, None, &question()).await.unwrap()
}

#[tokio::test]
async fn an_entry_is_kept_in_every_version_and_stopped_with_a_reason() {
    let world = World::with_people().await;
    let me = officer(&world).await;
    assert_eq!(problem(create(&world, &me.who, me.org, Sort::Licence, &licence("", "A")).await), "number");
    let id = made(&world, &me, "REG-3-0417", "Noorderlicht Coatings B.V.").await;
    let twice = create(&world, &me.who, me.org, Sort::Licence, &licence("reg 3 0417", "B")).await;
    assert_eq!(problem(twice), "number");
    world.wait(Timestamp::MINUTE);
    let note = typed(&[("note", "Seen"), ("stops", "")]);
    change(&world, &me.who, (id, 1), &note).await.unwrap();
    assert!(matches!(change(&world, &me.who, (id, 1), &note).await, Err(Refusal::Stale)));
    change(&world, &me.who, (id, 2), &note).await.unwrap();
    assert_eq!(view(&world, &me.who, id).await.unwrap().version, 2, "nothing was changed");

    let suspend =
        |from: &'static str, reason: &'static str| typed(&[("kind", "suspended"), ("from", from), ("reason", reason)]);
    assert_eq!(problem(stop(&world, &me.who, (id, 2), &suspend("2026-11-20", "")).await), "reason");
    stop(&world, &me.who, (id, 2), &suspend("2026-11-20", "Records are missing")).await.unwrap();
    assert_eq!(view(&world, &me.who, id).await.unwrap().standing, Standing::Suspended);
    change(&world, &me.who, (id, 3), &typed(&[("note", "Twice seen"), ("stops", "")])).await.unwrap();
    assert_eq!(view(&world, &me.who, id).await.unwrap().standing, Standing::Suspended, "no form takes it away");
    lift(&world, &me.who, (id, 4)).await.unwrap();
    assert!(matches!(lift(&world, &me.who, (id, 5)).await, Err(Refusal::NotPossible(_))));
    let seen = view(&world, &me.who, id).await.unwrap();
    let steps: Vec<_> = seen.history.iter().map(|version| version.step.as_str()).collect();
    assert_eq!(steps, ["suspension lifted", "changed", "suspended", "changed", "entered"]);
    assert_eq!(seen.standing, Standing::Valid);
    assert_eq!(seen.entry.stops()[0].to.unwrap().to_string(), "2026-11-22", "yesterday was its last day");
    let compared = compare(&world, &me.who, id, 5).await.unwrap();
    assert!(!compared.groups.is_empty() && compared.version.step == "suspension lifted");
    gone(compare(&world, &me.who, id, 9).await, "no such version");
}

#[tokio::test]
async fn the_register_is_its_authoritys_alone() {
    let world = World::with_people().await;
    let (me, company, other) = (officer(&world).await, reporter(&world).await, somebody(&world, OTHER_DESK).await);
    let id = made(&world, &me, "REG-3-0417", "Noorderlicht").await;
    for foreign in [&company, &other] {
        gone(view(&world, &foreign.who, id).await, "an entry");
        gone(compare(&world, &foreign.who, id, 1).await, "a version");
        gone(list(&world, &foreign.who, me.org, &all(""), None, 9).await, "the list");
        gone(change(&world, &foreign.who, (id, 1), &licence("X", "Y")).await, "changing");
        gone(stop(&world, &foreign.who, (id, 1), &Answers::new()).await, "stopping");
        gone(create(&world, &foreign.who, me.org, Sort::Permit, &Answers::new()).await, "adding");
        let file = ("a.csv", b"number\n1\n".to_vec());
        gone(import::upload(&world, &foreign.who, me.org, Sort::Licence, file).await, "a file");
    }
    let reader = of_role(&me, Role::AuthorityReader);
    view(&world, &reader, id).await.unwrap();
    gone(change(&world, &reader, (id, 1), &licence("X", "Y")).await, "a reader changes nothing");
    assert_eq!(list(&world, &other.who, other.org, &all(""), None, 9).await.unwrap().items.len(), 0);
}

#[tokio::test]
async fn a_long_register_is_paged_and_searched() {
    let world = World::with_people().await;
    let me = officer(&world).await;
    for n in 0..5 {
        made(&world, &me, &format!("R-{n}"), &format!("Firm {n} Coatings")).await;
    }
    let first = list(&world, &me.who, me.org, &all(""), None, 3).await.unwrap();
    assert_eq!((first.items.len(), first.licences, first.permits), (3, 5, 0));
    let rest = list(&world, &me.who, me.org, &all(""), first.next, 3).await.unwrap();
    assert_eq!((rest.items.len(), rest.next), (2, None));
    assert_eq!(list(&world, &me.who, me.org, &all("coat 3"), None, 3).await.unwrap().items.len(), 1);
    let ended = Filter { standing: Some(Standing::Ended), ..all("") };
    assert!(list(&world, &me.who, me.org, &ended, None, 3).await.unwrap().items.is_empty());
    let id = ask(&world, &me.who, me.org, "Firm 3").await.unwrap();
    assert_eq!(asked_words(&world, &me, id).await.as_deref(), Some("Firm 3"));
}

async fn asked_words(world: &World, me: &Somebody, id: crate::search::QuestionId) -> Option<String> {
    super::asked(world, &me.who, me.org, id).await.unwrap()
}

async fn worked(world: &World) {
    while import::work(world).await.unwrap() {}
}

#[tokio::test]
async fn a_file_is_tried_then_carried_out_and_the_second_time_changes_nothing() {
    let world = World::with_people().await;
    let me = officer(&world).await;
    made(&world, &me, "R-1", "Firm One").await;
    let head = "Number of the licence;holder;country;valid_from;substances;colour\n";
    let rows = "R-1;Firm One B.V.;NL;2024-01-01;Acetone | use;red\n\
                '=2+3;Firm Two;NL;2024-01-01;UN: Table I | store;\n\
                R-3;Firm Three;Atlantis;2024-01-01;Acetone | use;\n\
                r 1;Firm Four;NL;2024-01-01;Acetone | use;\n";
    let file = || ("register.csv", format!("{head}{rows}").into_bytes());
    let up = async |file| import::upload(&world, &me.who, me.org, Sort::Licence, file).await;
    assert_eq!(problem(up(("a.csv", b"holder\nx\n".to_vec())).await), "file");
    assert_eq!(problem(up(("a.csv", b"number,Number\n1,1\n".to_vec())).await), "file");
    let id = up(file()).await.unwrap();
    worked(&world).await;
    let tried = import::view(&world, &me.who, id).await.unwrap();
    assert_eq!((tried.stage, tried.counts.adds, tried.counts.changes, tried.counts.wrong), (Stage::Tried, 1, 1, 2));
    let wrong: Vec<_> = tried.wrong.iter().map(|wrong| (wrong.0, wrong.1.as_str())).collect();
    assert_eq!(wrong, [(4, "Country of the holder"), (5, "Number of the licence")]);
    assert_eq!(list(&world, &me.who, me.org, &all(""), None, 9).await.unwrap().licences, 1, "nothing is done yet");
    import::confirm(&world, &me.who, id).await.unwrap();
    worked(&world).await;
    assert_eq!(import::view(&world, &me.who, id).await.unwrap().stage, Stage::Done);
    let found = list(&world, &me.who, me.org, &all("two"), None, 9).await.unwrap();
    assert_eq!((found.items[0].entry.number(), found.licences), ("=2+3", 2));
    let again = up(file()).await.unwrap();
    worked(&world).await;
    let tried = import::view(&world, &me.who, again).await.unwrap();
    assert_eq!((tried.counts.adds, tried.counts.changes, tried.counts.same), (0, 0, 2));
    assert!(matches!(import::confirm(&world, &me.who, again).await, Err(Refusal::NotPossible(_))));
    import::cancel(&world, &me.who, again).await.unwrap();
    // What was not in the file stayed.
    let one = list(&world, &me.who, me.org, &all("one"), None, 9).await.unwrap();
    assert_eq!(one.items[0].entry.days().1.unwrap().to_string(), "2027-12-31");
}

#[tokio::test]
async fn a_request_is_answered_beside_the_register_and_the_company_sees_the_answer_alone() {
    let world = World::with_people().await;
    let (me, company, other) = (officer(&world).await, reporter(&world).await, somebody(&world, OTHER_DESK).await);
    let right = made(&world, &me, "REG-3-0417", "Noorderlicht Coatings B.V.").await;
    made(&world, &me, "REG-9-9999", "Completely Different N.V.").await;
    assert_eq!(problem(request::ask(&world, &company.who, company.org, None, &Answers::new()).await), "number");
    let id = asked(&world, &company).await;
    gone(request::look(&world, &company.who, id).await, "the desk's view");
    gone(request::look(&world, &other.who, id).await, "another desk");
    gone(request::one(&world, &me.who, id).await, "the company's view");
    assert_eq!(request::waiting(&world, &me.who, me.org).await.unwrap(), 1);
    let (seen, _) = request::look(&world, &me.who, id).await.unwrap();
    let best = &seen.candidates[0];
    assert_eq!((best.item.id, best.likeness.number, best.verdict.is_covered()), (right, Near::Close, true));
    assert!(best.likeness.score > 0.9 && !best.likeness.why.is_empty());
    assert_eq!(seen.candidates.len(), 1, "nobody else is meant");
    // Monday 23 November, and five working days.
    assert_eq!(domain::date::Date::of(seen.request.due).to_string(), "2026-11-30");

    let answer = typed(&[("outcome", "limited"), ("until", "2027-12-31"), ("beside", &right.to_string())]);
    assert_eq!(problem(request::answer(&world, &me.who, (id, 1), &answer).await), "note");
    let reader = of_role(&me, Role::AuthorityReader);
    gone(request::answer(&world, &reader, (id, 1), &answer).await, "a reader answers nothing");
    let mut answer = answer;
    answer.set_one("note", "For cleaning only");
    request::answer(&world, &me.who, (id, 1), &answer).await.unwrap();
    assert!(matches!(request::answer(&world, &me.who, (id, 2), &answer).await, Err(Refusal::Stale)));
    let own = request::one(&world, &company.who, id).await.unwrap();
    let said = own.answer.clone().unwrap();
    assert_eq!((said.outcome, said.note.as_str()), (Outcome::Limited, "For cleaning only"));
    let whole = format!("{own:?}");
    for hidden in ["REG-3-0417", "Coatings B.V.", "Jelle", &right.to_string()] {
        assert!(!whole.contains(hidden), "{hidden}: {whole}");
    }
    let (seen, _) = request::look(&world, &me.who, id).await.unwrap();
    assert_eq!(seen.beside.unwrap().number, "REG-3-0417");
    let mails = world.mails().await;
    let last: Vec<_> =
        mails.iter().map(|(name, ..)| name.as_str()).filter(|name| name.starts_with("licence")).collect();
    assert!(last.contains(&"licence_asked") && last.contains(&"licence_answered"));
}

#[tokio::test]
async fn an_answer_is_kept_in_the_customers_file() {
    let world = World::with_people().await;
    let (me, company) = (officer(&world).await, reporter(&world).await);
    let identity = typed(&[("legal_name", "Noorderlicht Coatings B.V."), ("country", "NL")]);
    let file = customer::create(&world, &company.who, company.org, &identity).await.unwrap();
    let site = typed(&[
        ("name", "Paint plant"),
        ("address", "Havenkade 14\nHoorn"),
        ("country", "NL"),
        ("licensed", "yes"),
        ("licence", "REG-3-0417"),
    ]);
    let part = domain::customer::Part::find("site").unwrap();
    customer::put(&world, &company.who, (file, 1), (part, None), &site).await.unwrap();
    let held = customer::view(&world, &company.who, file).await.unwrap().customer;
    let mut typed_in = request::from_file(&held, None);
    assert_eq!((typed_in.one("number"), typed_in.one("site")), ("REG-3-0417", "Paint plant, Havenkade 14, Hoorn"));
    typed_in.set_one("substance", "Acetone");
    let key = held.entries("site")[0].key;
    let ask = async |about| request::ask(&world, &company.who, company.org, about, &typed_in).await;
    gone(ask(Some((file, Some(99)))).await, "no such site");
    let id = ask(Some((file, Some(key)))).await.unwrap();
    assert_eq!(standing(&world, company.org, file).await.unwrap()[0].state, RequestState::Open);
    let valid = typed(&[("outcome", "valid"), ("until", "2026-12-31")]);
    request::answer(&world, &me.who, (id, 1), &valid).await.unwrap();
    let ending = request::ending(&world, &company.who, company.org).await.unwrap();
    assert_eq!(ending.iter().map(|one| one.id).collect::<Vec<_>>(), [id]);
    world.wait(Timestamp::MINUTE);
    ask(Some((file, Some(key)))).await.unwrap();
    assert!(request::ending(&world, &company.who, company.org).await.unwrap().is_empty(), "it is asked for anew");
    let stands = standing(&world, company.org, file).await.unwrap();
    assert_eq!(stands.len(), 2, "the answer stays while another question waits");
    let answered = stands.iter().find(|one| one.outcome.is_some()).unwrap();
    assert!(answered.holds("2026-12-31".parse().unwrap()) && !answered.holds("2027-01-01".parse().unwrap()));
    assert_eq!((answered.site, answered.substance.as_str()), (Some(key), "acetone"));
    assert_eq!(request::of_customer(&world, &company.who, file).await.unwrap().len(), 2);
    gone(request::of_customer(&world, &me.who, file).await, "no authority reads a file");
}

#[tokio::test]
async fn where_nobody_answers_it_goes_as_a_letter_and_what_waits_can_be_taken_back() {
    let world = World::with_people().await;
    let company = reporter(&world).await;
    let mut abroad = question();
    abroad.set_one("country", "PL");
    let id = request::ask(&world, &company.who, company.org, None, &abroad).await.unwrap();
    let letter = request::one(&world, &company.who, id).await.unwrap();
    assert_eq!((letter.state, letter.authority), (RequestState::Letter, None));
    assert!(matches!(request::withdraw(&world, &company.who, (id, 1)).await, Err(Refusal::Stale)));
    world.wait(1_000);
    let waits = asked(&world, &company).await;
    gone(request::withdraw(&world, &of_role(&company, Role::CompanyReader), (waits, 1)).await, "a reader");
    request::withdraw(&world, &company.who, (waits, 1)).await.unwrap();
    let (all, more) = request::list(&world, &company.who, company.org, None, 1).await.unwrap();
    assert!(more && all[0].state == RequestState::Withdrawn);
    let after = Some((all[0].at.0, all[0].id));
    assert_eq!(request::list(&world, &company.who, company.org, after, 1).await.unwrap().0[0].id, id);
    let foreign = OrgId(uuid::Uuid::from_u128(7));
    gone(request::list(&world, &company.who, foreign, None, 1).await, "another company");
}
