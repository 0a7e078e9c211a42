use domain::{
    access::Principal,
    answers::Answers,
    ids::{OrgId, UserId},
    lang::Lang,
    learning::{
        Module,
        certificate::Number,
        modules,
        quiz::{self, Chosen},
        release::{MODULE, Mode},
        standing::Standing,
    },
    notify::Topic,
    time::Timestamp,
};

use super::*;
use crate::{audit, notify, outbox::Template, testing::World};

const OFFICER: &str = "officer@meridian-reagents.example";
const ADMIN: &str = "admin@meridian-reagents.example";
const DESK: &str = "officer@pco-nl.example";
const DESK_ADMIN: &str = "admin@pco-nl.example";

fn first() -> &'static Module {
    &modules()[0]
}

fn chosen(module: &Module, right: bool) -> Chosen {
    let places = |question: &domain::learning::Question| {
        (0..question.options.len()).filter(|place| question.options[*place].right == right).collect()
    };
    module.questions.iter().map(places).collect()
}

fn org(who: &Principal) -> OrgId {
    who.memberships[0].org
}

fn task(module: &Module, roles: &[&str], due: &str) -> Answers {
    let mut typed: Answers = [("module", module.slug.as_str()), ("due", due)].into_iter().collect();
    typed.set("role", roles.iter().copied());
    typed
}

async fn passed(world: &World, email: &str, module: &Module) -> Item {
    let who = world.principal(email).await;
    assert!(answer(world, &who, module, &chosen(module, true)).await.unwrap().passed);
    mine(world, &who).await.unwrap().unwrap().certificate(module).unwrap().clone()
}

/// How often somebody was told something.
async fn told(world: &World, email: &str, template: Template) -> usize {
    let who = world.principal(email).await;
    let news = notify::page(world, &who, Lang::En, Some(Topic::Learning), true, "").await.unwrap();
    let sentence = crate::mail::line(template, Lang::En);
    news.lines.iter().filter(|line| line.text == sentence).count()
}

#[tokio::test]
async fn reading_and_answers_are_kept_and_only_enough_right_ones_bring_a_certificate() {
    let world = World::with_people().await;
    let (who, module) = (world.principal(OFFICER).await, first());
    assert_eq!(mine(&world, &who).await.unwrap().unwrap().standing(module), Standing::Untouched);
    for page in [1, 1, 2] {
        read_page(&world, &who, module, page).await.unwrap();
    }
    assert!(matches!(read_page(&world, &who, module, 0).await, Err(Refusal::NotFound)));
    assert!(matches!(read_page(&world, &who, module, 99).await, Err(Refusal::NotFound)));
    let so_far = mine(&world, &who).await.unwrap().unwrap();
    assert_eq!((so_far.read(module), so_far.standing(module)), (2, Standing::Begun));
    assert!(!answer(&world, &who, module, &chosen(module, false)).await.unwrap().passed);
    assert!(mine(&world, &who).await.unwrap().unwrap().certificates.is_empty());
    // Attempts are told apart by their time.
    world.wait(Timestamp::SECOND);
    let item = passed(&world, OFFICER, module).await;
    world.wait(Timestamp::SECOND);
    let again = passed(&world, OFFICER, module).await;
    assert_eq!(item.number, again.number, "one a day");
    let (last, count) = last_attempt(&world, &who, module).await.unwrap().unwrap();
    assert!(last.passed && count == 3);
    assert_eq!(last.chosen, chosen(module, true));
    let stranger = Principal::default();
    read_page(&world, &stranger, module, 1).await.unwrap();
    assert!(mine(&world, &stranger).await.unwrap().is_none());
    assert!(matches!(answer(&world, &stranger, module, &chosen(module, true)).await, Err(Refusal::NotSignedIn)));
    assert!(audit::verify(&mut world.db.reader()).await.is_ok());
}

#[tokio::test]
async fn answers_come_at_the_pace_of_people() {
    let world = World::with_people().await;
    let (who, module) = (world.principal(OFFICER).await, first());
    for _ in 0..20 {
        answer(&world, &who, module, &chosen(module, false)).await.unwrap();
    }
    assert!(matches!(answer(&world, &who, module, &chosen(module, false)).await, Err(Refusal::TooOften(_))));
    world.wait(Timestamp::HOUR);
    answer(&world, &who, module, &chosen(module, true)).await.unwrap();
}

#[tokio::test]
async fn a_number_is_genuine_for_everybody_and_tells_no_name() {
    let world = World::with_people().await;
    let item = passed(&world, OFFICER, first()).await;
    let number: Number = item.number.parse().unwrap();
    let asked = async |name: &str| check(&world, &number, name).await.unwrap().unwrap();
    assert_eq!((asked("").await.name_fits, asked("tomas  HERRERA").await.name_fits), (None, Some(true)));
    assert_eq!(asked("Somebody Else").await.name_fits, Some(false));
    assert!(asked("").await.holds);
    assert!(check(&world, &Number::from_bits(5), "").await.unwrap().is_none());
    let who = world.principal(OFFICER).await;
    let (_, text) = own(&world, &who, &number).await.unwrap();
    assert!(text.contains(&item.number) && !text.contains("Herrera"));
    let other = world.principal(ADMIN).await;
    assert!(matches!(own(&world, &other, &number).await, Err(Refusal::NotFound)));
    // A row that somebody changed in the database is not genuine any more.
    let sql = "UPDATE certificate SET until_on = until_on + 1000";
    let mut tx = world.db.begin().await.unwrap();
    tx.run(&store::Sql { name: "test", sqlite: sql, postgres: sql }, vec![]).await.unwrap();
    tx.commit().await.unwrap();
    assert!(check(&world, &number, "").await.unwrap().is_none());
    // What the visitor may ask is bounded.
    let address = [192, 0, 2, 9].into();
    for _ in 0..30 {
        admit(&world, address).await.unwrap();
    }
    assert!(matches!(admit(&world, address).await, Err(Refusal::TooOften(_))));
}

#[tokio::test]
async fn a_certificate_ends_with_its_day_and_its_holder_is_told_once() {
    let world = World::with_people().await;
    let module = first();
    let item = passed(&world, OFFICER, module).await;
    let days = item.until.days() - Date::of(world.now()).days();
    world.wait(days * Timestamp::DAY);
    remind(&world).await.unwrap();
    assert_eq!(told(&world, OFFICER, Template::CertificateEnded).await, 0, "it holds on its last day");
    world.wait(Timestamp::DAY);
    assert_eq!((remind(&world).await.unwrap(), remind(&world).await.unwrap()), (1, 0));
    assert_eq!(told(&world, OFFICER, Template::CertificateEnded).await, 1);
    let who = world.principal(OFFICER).await;
    let standing = mine(&world, &who).await.unwrap().unwrap().standing(module);
    assert_eq!(standing, Standing::Expired { until: item.until });
    let number: Number = item.number.parse().unwrap();
    assert!(!check(&world, &number, "").await.unwrap().unwrap().holds);
    passed(&world, OFFICER, module).await;
    assert!(mine(&world, &who).await.unwrap().unwrap().standing(module).holds());
}

#[tokio::test]
async fn administrators_assign_by_role_and_see_states_not_answers() {
    let world = World::with_people().await;
    let (admin, officer) = (world.principal(ADMIN).await, world.principal(OFFICER).await);
    let own_org = org(&admin);
    assign(&world, &admin, own_org, &task(first(), &["company_officer", "company_reader"], "20 December 2026"))
        .await
        .unwrap();
    let found = overview(&world, &admin, own_org).await.unwrap();
    assert_eq!((found.assignments.len(), found.lines.len()), (2, 2), "an officer and a reader");
    let tasks_of = async |who: &Principal| tasks(&world, who).await.unwrap();
    let todo = tasks_of(&officer).await;
    assert_eq!((todo.len(), todo[0].due.unwrap().to_string(), todo[0].overdue), (1, "2026-12-20".to_owned(), false));
    assert!(tasks_of(&admin).await.is_empty());
    passed(&world, OFFICER, first()).await;
    assert_eq!(tasks_of(&officer).await[0].due, None);
    let lines = overview(&world, &admin, own_org).await.unwrap().lines;
    let done = lines.iter().find(|line| line.due.is_none()).unwrap();
    assert!(done.number.starts_with("FC-") && done.passed.is_some() && lines.last().unwrap().due.is_none());
    world.wait(40 * Timestamp::DAY);
    let lines = overview(&world, &admin, own_org).await.unwrap().lines;
    assert!(lines[0].overdue && lines[0].name == "Femke Postma");
    // The same again is a new day, not a second task; an ended one asks nothing.
    let later = task(first(), &["company_officer", "company_reader"], "20 December 2027");
    assign(&world, &admin, own_org, &later).await.unwrap();
    let found = overview(&world, &admin, own_org).await.unwrap();
    assert_eq!(found.assignments.len(), 2);
    for assignment in found.assignments {
        end(&world, &admin, own_org, assignment.id).await.unwrap();
        assert!(matches!(end(&world, &admin, own_org, assignment.id).await, Err(Refusal::NotFound)));
    }
    assert!(tasks_of(&officer).await.is_empty());
}

#[tokio::test]
async fn only_administrators_assign_and_only_in_their_own_house() {
    let world = World::with_people().await;
    let admin = world.principal(ADMIN).await;
    let own_org = org(&admin);
    let typed = task(first(), &["company_officer"], "20 December 2026");
    assign(&world, &admin, own_org, &typed).await.unwrap();
    let id = overview(&world, &admin, own_org).await.unwrap().assignments[0].id;
    for email in [OFFICER, "admin@noordkust.example", DESK_ADMIN, "system@forerunner.example"] {
        let who = world.principal(email).await;
        assert!(matches!(assign(&world, &who, own_org, &typed).await, Err(Refusal::NotFound)), "{email}");
        assert!(matches!(overview(&world, &who, own_org).await, Err(Refusal::NotFound)), "{email}");
        let theirs = who.memberships[0].org;
        for place in [own_org, theirs] {
            assert!(matches!(end(&world, &who, place, id).await, Err(Refusal::NotFound)), "{email}");
        }
    }
    for (wrong, field) in [
        (task(first(), &[], "20 December 2026"), "role"),
        (task(first(), &["authority_officer"], "20 December 2026"), "role"),
        (task(first(), &["company_officer"], "20 December 2025"), "due"),
        (task(first(), &["company_officer"], "soon"), "due"),
        ([("module", "nothing"), ("role", "company_officer"), ("due", "2026-12-20")].into_iter().collect(), "module"),
    ] {
        let Err(Refusal::Invalid(problems)) = assign(&world, &admin, own_org, &wrong).await else { panic!("{field}") };
        assert_eq!(problems.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), [field]);
    }
}

#[tokio::test]
async fn people_are_reminded_seven_days_before_and_once() {
    let world = World::with_people().await;
    let admin = world.principal(ADMIN).await;
    assign(&world, &admin, org(&admin), &task(first(), &["company_officer"], "10 December 2026")).await.unwrap();
    assign(&world, &admin, org(&admin), &task(first(), &["company_reader"], "12 December 2026")).await.unwrap();
    world.wait(9 * Timestamp::DAY);
    assert_eq!(remind(&world).await.unwrap(), 0);
    world.wait(Timestamp::DAY);
    assert_eq!((remind(&world).await.unwrap(), remind(&world).await.unwrap()), (1, 0));
    assert_eq!(told(&world, OFFICER, Template::LearningDue).await, 1);
    passed(&world, "reader@meridian-reagents.example", first()).await;
    world.wait(5 * Timestamp::DAY);
    assert_eq!(remind(&world).await.unwrap(), 0, "who is done is left in peace");
}

#[tokio::test]
async fn an_authority_asks_for_the_certificate_only_if_it_decided_so() {
    let world = World::with_people().await;
    let (officer, admin) = (world.principal(DESK).await, world.principal(DESK_ADMIN).await);
    let authority = org(&admin);
    let between = async || gate(&world, &officer, authority).await.unwrap();
    assert_eq!((asked(&world, &admin, authority).await.unwrap().mode, between().await), (Mode::Off, Gate::Open));
    let module = domain::learning::module(MODULE).expect("the module that is asked for exists");
    set_mode(&world, &admin, authority, "tell").await.unwrap();
    assert_eq!(between().await, Gate::Told);
    set_mode(&world, &admin, authority, "require").await.unwrap();
    assert_eq!(between().await, Gate::Closed);
    assert!(matches!(set_mode(&world, &officer, authority, "off").await, Err(Refusal::NotFound)));
    assert!(matches!(set_mode(&world, &admin, authority, "never").await, Err(Refusal::Invalid(_))));
    let seat = crate::seat::Seat::take(&officer, authority, domain::access::Action::KeepLicences).unwrap();
    assert!(matches!(pass(&world, &mut world.db.reader(), &seat).await, Err(Refusal::NotPossible(_))));
    passed(&world, DESK, module).await;
    assert_eq!(between().await, Gate::Open);
    let person: UserId = officer.person.as_ref().unwrap().id;
    assert!(holds(&world, &mut world.db.reader(), person, MODULE).await.unwrap());
    assert!(pass(&world, &mut world.db.reader(), &seat).await.is_ok());
    let found = asked(&world, &admin, authority).await.unwrap();
    assert_eq!((found.mode, found.hold, found.of), (Mode::Require, 1, 4));
}

#[tokio::test]
async fn the_inspection_pack_gets_what_held_in_its_year() {
    let world = World::with_people().await;
    let item = passed(&world, OFFICER, first()).await;
    passed(&world, DESK, first()).await;
    let admin = world.principal(ADMIN).await;
    world.wait(60 * Timestamp::DAY);
    for (year, expected) in [(2025, 0), (2026, 1), (2027, 1)] {
        let scope = crate::inspection::begin(&world, &admin, org(&admin), year).await.unwrap();
        let found = training(&world, &admin, &scope).await.unwrap();
        assert_eq!(found.len(), expected, "{year}");
        assert!(found.iter().all(|it| it.number == item.number && it.name == "Tomás Herrera"));
    }
    assert!(quiz::grade(first(), &chosen(first(), true)).passed);
}
