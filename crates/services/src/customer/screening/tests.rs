//! Screening of customers on a real database: what is found when, what is decided, what outlives a crash, who is told.

use std::{fs, path::PathBuf};

use domain::{
    access::{Action, Role},
    answers::Answers,
    customer::Part,
    ids::HitId,
    screening::{Standing, State},
};

use super::*;
use crate::{
    Refusal,
    customer::{create, put, remove},
    report::tests::{Somebody, officer, reporter, somebody},
    testing::World,
    watchlist::{By, Into, Room, activate, load, refresh, sort},
};

const HEAD: &str = "id,kind,name,born,nationalities,identifiers,programmes\n";
const FIRST: &str =
    "1,person,Muhammad Ali Testov,1970,RU,,Case 1\n2,organisation,Silberweg Handelsgesellschaft,,DE,,Case 2\n";

mod own;

fn typed(fields: &[(&str, &str)]) -> Answers {
    fields.iter().copied().collect()
}

/// Puts a list in force that says this.
async fn in_force(world: &World, rows: &str) {
    let path: PathBuf = world.config.data_dir.join(format!("{}.csv", world.new_id().simple()));
    fs::write(&path, format!("{HEAD}{rows}")).unwrap();
    let found = sort(vec![path]).await.unwrap().remove(0);
    let into = Into { code: "national", label: "National list", means: "watch" };
    load(world, By::Console, found, into, Room::AtOnce).await.unwrap();
}

async fn made(world: &World, by: &Somebody, name: &str) -> CustomerId {
    create(world, &by.who, by.org, &typed(&[("legal_name", name), ("country", "DE")])).await.unwrap()
}

async fn with_person(world: &World, by: &Somebody, id: CustomerId, version: i64, name: &str) {
    let person = Part::find("person").unwrap();
    let fields = typed(&[("name", name), ("roles", "director")]);
    put(world, &by.who, (id, version), (person, None), &fields).await.unwrap();
}

/// Lets a worker work until nothing is left.
async fn settled(world: &World) {
    settled_at(world, &mut Desk::default()).await;
}

async fn settled_at(world: &World, desk: &mut Desk) {
    for _ in 0..1000 {
        if !work(world, desk).await.unwrap() {
            return;
        }
    }
    panic!("the work never ends");
}

async fn standing(world: &World, of: &Somebody, id: CustomerId) -> Standing {
    state_of(world, of.org, id).await.unwrap().standing()
}

async fn hits(world: &World, of: &Somebody) -> Vec<Line> {
    list(world, &of.who, of.org, &Filter { all: true, ..Filter::default() }, 0).await.unwrap().lines
}

async fn decided(world: &World, by: &Somebody, id: HitId, what: &str) -> Result<()> {
    let version = hit(world, &by.who, id).await.unwrap().version;
    decide(world, &by.who, (id, version), &typed(&[("decision", what), ("reason", "Compared with the register")])).await
}

#[tokio::test]
async fn a_file_is_screened_when_it_is_made_and_when_somebody_in_it_changes() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = made(&world, &me, "Silberweg Handel GmbH").await;
    assert_eq!(standing(&world, &me, id).await, Standing::Due, "nobody says that it is clear before it was checked");
    settled(&world).await;
    assert_eq!(standing(&world, &me, id).await, Standing::NoLists);
    in_force(&world, FIRST).await;
    settled(&world).await;
    assert_eq!(standing(&world, &me, id).await, Standing::Open, "the first list is a change of lists");
    // From here on this process has the lists, and who changes a file need not wait for the worker.
    refresh(&world).await.unwrap();
    let other = made(&world, &me, "Beispiel AG").await;
    assert_eq!(standing(&world, &me, other).await, Standing::Clear);
    with_person(&world, &me, other, 1, "Mohamed Aly Testow").await;
    let found = of_file(&world, &me.who, other).await.unwrap();
    assert_eq!((found.tally.open, found.hits.len(), found.hits[0].role.code()), (1, 1, "person"));
    let last = found.last.unwrap();
    assert_eq!((last.parties, last.fresh, last.lists[0].number), (2, 1, 1));
    assert!(
        matches!(&last.why, Why::Screened(domain::screening::Cause::Changed, Some(name)) if name.contains("Herrera"))
    );
    remove(&world, &me.who, (other, 2), (Part::find("person").unwrap(), 2)).await.unwrap();
    assert_eq!(standing(&world, &me, other).await, Standing::Clear, "who is not in the file any more is no hit");
    let gone = hits(&world, &me).await.into_iter().find(|line| line.customer == other).unwrap();
    assert_eq!(gone.state, State::Gone);
    // What has nothing to do with who is in the file is not screened.
    let web = typed(&[("domain", "beispiel.example")]);
    put(&world, &me.who, (other, 3), (Part::find("web").unwrap(), None), &web).await.unwrap();
    assert!(!state_of(&world, me.org, other).await.unwrap().due);
    again(&world, &me.who, other).await.unwrap();
    let last = of_file(&world, &me.who, other).await.unwrap().last.unwrap();
    assert!(matches!(last.why, Why::Screened(domain::screening::Cause::Asked, Some(_))));
}

#[tokio::test]
async fn a_change_of_a_list_raises_exactly_one_hit_and_tells_once() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    in_force(&world, FIRST).await;
    let (one, two) =
        (made(&world, &me, "Silberweg Handel GmbH").await, made(&world, &me, "Nordfarben Chemie AG").await);
    settled(&world).await;
    let before = hits(&world, &me).await;
    assert_eq!(before.len(), 1);
    decided(&world, &me, before[0].id, "no_match").await.unwrap();
    let boss = somebody(&world, "admin@meridian-reagents.example").await;
    agree(&world, &boss.who, (before[0].id, 2), &Answers::default()).await.unwrap();
    let mails = async || world.mails().await.into_iter().filter(|mail| mail.0 == "hits_found").collect::<Vec<_>>();
    let told = mails().await.len();
    assert_eq!(told, 1);
    in_force(&world, &format!("{FIRST}3,organisation,Nordfarben Chemie,,DE,,Case 3\n")).await;
    settled(&world).await;
    let after = hits(&world, &me).await;
    let open: Vec<_> = after.iter().filter(|line| line.state == State::Open).collect();
    assert_eq!((after.len(), open.len(), open[0].customer), (2, 1, two));
    assert_eq!(standing(&world, &me, one).await, Standing::Clear, "what was decided stays quiet");
    let found = mails().await;
    assert_eq!(found.len() - told, 1);
    assert!(found[told].1 == "officer@meridian-reagents.example" && found[told].2.ends_with("/en/c/meridian/hits"));
    let view = hit(&world, &me.who, open[0].id).await.unwrap();
    assert!(matches!(&view.steps[0].why, Why::List(list) if list.number == 2), "{:?}", view.steps);
    // The entry about which was decided says something else: it is open again, and the earlier decision is shown.
    in_force(&world, &FIRST.replace("DE,,Case 2", "DE,registration: HRB 4711,Case 2")).await;
    settled(&world).await;
    let now = hits(&world, &me).await;
    assert_eq!(
        now.iter().filter(|line| line.state == State::Open).map(|line| line.customer).collect::<Vec<_>>(),
        [one]
    );
    assert_eq!(now.iter().find(|line| line.customer == two).unwrap().state, State::Gone);
    let view = hit(&world, &me.who, before[0].id).await.unwrap();
    assert_eq!(
        view.steps.iter().map(|step| step.what).collect::<Vec<_>>(),
        [What::Found, What::Decided, What::Agreed, What::Found]
    );
    // Going back brings back what was decided then: either side says what it said.
    activate(&world, By::Console, "national", 2).await.unwrap();
    settled(&world).await;
    assert_eq!(hits(&world, &me).await.iter().filter(|line| line.state == State::Open).count(), 2);
}

#[tokio::test]
async fn a_job_that_is_broken_off_goes_on_and_does_nothing_twice() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    in_force(&world, FIRST).await;
    for number in 0..7 {
        made(&world, &me, &format!("Nordfarben Chemie {number} AG")).await;
    }
    settled(&world).await;
    assert!(hits(&world, &me).await.is_empty());
    in_force(&world, &format!("{FIRST}3,organisation,Nordfarben Chemie,,DE,,Case 3\n")).await;
    let small = || Desk { page: 2, ..Desk::default() };
    // One works on two customers and is gone; a file is changed and a new one made meanwhile.
    assert!(work(&world, &mut small()).await.unwrap());
    let (_, job) = progress(&world, &me.who, me.org).await.unwrap();
    let job = job.unwrap();
    assert_eq!((job.done, job.total, job.version), (2, 7, 2));
    let late = made(&world, &me, "Nordfarben Chemie Spät AG").await;
    // Two others work at the same time.
    let (mut one, mut other) = (small(), small());
    tokio::join!(settled_at(&world, &mut one), settled_at(&world, &mut other));
    settled(&world).await;
    let found = hits(&world, &me).await;
    assert_eq!(found.len(), 8);
    for line in &found {
        let steps = hit(&world, &me.who, line.id).await.unwrap().steps;
        assert_eq!((line.state, steps.len()), (State::Open, 1), "{line:?}");
    }
    assert_eq!(standing(&world, &me, late).await, Standing::Open);
    assert_eq!(progress(&world, &me.who, me.org).await.unwrap(), (0, None));
    let told = world.mails().await.into_iter().filter(|mail| mail.0 == "hits_found").count();
    assert_eq!(told, 1, "one mail for all of it");
}

#[tokio::test]
async fn a_grave_hit_takes_two_and_a_term_ends() {
    let world = World::with_people().await;
    let (me, boss) = (reporter(&world).await, somebody(&world, "admin@meridian-reagents.example").await);
    in_force(&world, "1,organisation,Silberweg Handel,,DE,,SDNTK\n2,organisation,Blauwasser Kontor Speditionsgesellschaft,,DE,,Case\n").await;
    let id = made(&world, &me, "Silberweg Handel").await;
    settled(&world).await;
    let grave = hits(&world, &me).await[0].id;
    let nothing = decide(&world, &me.who, (grave, 1), &typed(&[("decision", "no_match"), ("reason", "  ")])).await;
    assert!(matches!(nothing, Err(Refusal::Invalid(problems)) if problems[0].field == "reason"));
    decided(&world, &me, grave, "match").await.unwrap();
    let view = hit(&world, &me.who, grave).await.unwrap();
    assert!(view.takes_two && view.proposed == Some((domain::screening::Decision::Match, true)));
    assert_eq!((view.state, standing(&world, &me, id).await), (State::Waiting, Standing::Open));
    let none = Answers::default();
    assert!(matches!(agree(&world, &me.who, (grave, view.version), &none).await, Err(Refusal::NotPossible(_))));
    assert!(matches!(agree(&world, &boss.who, (grave, 1), &none).await, Err(Refusal::Stale)));
    let silent = object(&world, &boss.who, (grave, view.version), &none).await;
    assert!(matches!(silent, Err(Refusal::Invalid(_))));
    agree(&world, &boss.who, (grave, view.version), &none).await.unwrap();
    assert_eq!(standing(&world, &me, id).await, Standing::Match);
    // One alone cannot lift it.
    decided(&world, &me, grave, "no_match").await.unwrap();
    assert_eq!(standing(&world, &me, id).await, Standing::Match);
    let version = hit(&world, &boss.who, grave).await.unwrap().version;
    object(&world, &boss.who, (grave, version), &typed(&[(OBJECT_REASON, "The number is the same")])).await.unwrap();
    assert_eq!(hits(&world, &me).await[0].state, State::Match);
    // What is not grave one decides alone, for a time.
    let other = made(&world, &me, "Blauwaser Kontor").await;
    settled(&world).await;
    let light = hits(&world, &me).await.into_iter().find(|line| line.customer == other).unwrap();
    assert!(light.score < 0.9, "{light:?}");
    decided(&world, &me, light.id, "no_match").await.unwrap();
    assert_eq!(standing(&world, &me, other).await, Standing::Clear);
    assert_eq!(tick(&world).await.unwrap(), 0);
    world.wait(366 * Timestamp::DAY);
    assert_eq!(tick(&world).await.unwrap(), 1);
    assert_eq!((standing(&world, &me, other).await, tick(&world).await.unwrap()), (Standing::Open, 0));
    let steps: Vec<String> = crate::audit::rows_after(&mut world.db.reader(), 0)
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.action)
        .filter(|action| action.starts_with("DecideHits"))
        .collect();
    let said = ["decided", "agreed", "decided", "objected", "decided"].map(|what| format!("DecideHits: hit {what}"));
    assert_eq!(steps, said);
    assert!(crate::audit::verify(&mut world.db.reader()).await.is_ok());
}

#[tokio::test]
async fn what_was_known_on_a_day_stays() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    in_force(&world, FIRST).await;
    let id = made(&world, &me, "Silberweg Handel GmbH").await;
    settled(&world).await;
    let today = crate::customer::document::today(&world, me.org).await.unwrap();
    let day = |ahead| domain::date::Date::from_days(today.days() + ahead);
    let first = known(&world, &me.who, id, day(0)).await.unwrap();
    assert_eq!((first.parties.len(), first.hits.len(), first.hits[0].state), (1, 1, State::Open));
    world.wait(2 * Timestamp::DAY);
    let found = hits(&world, &me).await[0].id;
    decided(&world, &me, found, "unsure").await.unwrap();
    with_person(&world, &me, id, 1, "Anna Muster").await;
    in_force(&world, "2,organisation,Ganz Anders,,DE,,Case 2\n").await;
    settled(&world).await;
    assert_eq!(known(&world, &me.who, id, day(0)).await.unwrap(), first);
    assert_eq!(known(&world, &me.who, id, day(1)).await.unwrap(), first);
    let later = known(&world, &me.who, id, day(2)).await.unwrap();
    assert_eq!((later.parties.len(), later.hits[0].state), (2, State::Gone));
    let ran = later.ran.unwrap();
    assert_eq!(ran.lists.iter().map(|list| list.number).collect::<Vec<_>>(), [2]);
    assert_eq!(known(&world, &me.who, id, day(-1)).await.unwrap().ran, None);
}

#[tokio::test]
async fn another_engine_screens_all_anew_and_other_lists_those_of_a_company() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    in_force(&world, FIRST).await;
    let id = made(&world, &me, "Silberweg Handel GmbH").await;
    settled(&world).await;
    let cause = async || match of_file(&world, &me.who, id).await.unwrap().last.unwrap().why {
        Why::Screened(cause, _) => cause.code(),
        other => panic!("{other:?}"),
    };
    assert_eq!(cause().await, "entered");
    let mut tx = world.db.begin().await.unwrap();
    store::setting::put(&mut tx, "screening_engine", "an older one").await.unwrap();
    tx.commit().await.unwrap();
    settled(&world).await;
    assert_eq!(cause().await, "engine");
    let mut tx = world.db.begin().await.unwrap();
    assert_eq!(mark_all(&mut tx, Some(me.org)).await.unwrap(), 1);
    tx.commit().await.unwrap();
    settled(&world).await;
    assert_eq!(cause().await, "sight");
    let line = &hits(&world, &me).await[0];
    assert_eq!(hit(&world, &me.who, line.id).await.unwrap().steps.len(), 1, "what is as before is no step");
}

#[tokio::test]
async fn hits_stay_within_their_company() {
    let world = World::with_people().await;
    let (me, desk) = (reporter(&world).await, officer(&world).await);
    let admin = somebody(&world, "system@forerunner.example").await;
    in_force(&world, FIRST).await;
    let id = made(&world, &me, "Silberweg Handel GmbH").await;
    settled(&world).await;
    let found = hits(&world, &me).await[0].id;
    let fields = typed(&[("decision", "no_match"), ("reason", "x")]);
    let gone = |refused: Option<Refusal>| assert!(matches!(refused, Some(Refusal::NotFound)), "{refused:?}");
    for other in [&desk, &admin] {
        gone(hit(&world, &other.who, found).await.err());
        gone(list(&world, &other.who, me.org, &Filter::default(), 0).await.err());
        gone(decide(&world, &other.who, (found, 1), &fields).await.err());
        gone(agree(&world, &other.who, (found, 1), &fields).await.err());
        gone(of_file(&world, &other.who, id).await.err());
        gone(known(&world, &other.who, id, domain::date::Date::from_days(30_000)).await.err());
        gone(again(&world, &other.who, id).await.err());
        gone(to_do(&world, &other.who, me.org).await.err());
        gone(progress(&world, &other.who, me.org).await.err());
    }
    gone(state_of(&world, desk.org, id).await.err());
    let mut reader = me.who.clone();
    reader.memberships[0].role = Role::CompanyReader;
    assert!(!Action::DecideHits.allows(Role::CompanyReader));
    assert!(!hit(&world, &reader, found).await.unwrap().may_decide);
    gone(decide(&world, &reader, (found, 1), &fields).await.err());
    gone(again(&world, &reader, id).await.err());
}
