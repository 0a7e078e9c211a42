//! The roster on a real database with a clock that the tests move. It is Monday, 23 November 2026, 15:00 in Amsterdam.

use domain::{answers::Answers, reference::Reference};

use super::*;
use crate::{
    desk,
    report::tests::{HOUR, Somebody, audited, mails_after, mails_so_far, officer, order, reporter, sent, somebody},
    testing::World,
    thread::Noted,
};

const JELLE: &str = "officer@pco-nl.example";
const SAMIRA: &str = "officer2@pco-nl.example";
const ADAEZE: &str = "supervisor@pco-nl.example";

async fn lead(world: &World) -> Somebody {
    somebody(world, ADAEZE).await
}

async fn id(world: &World, email: &str) -> UserId {
    world.principal(email).await.person.unwrap().id
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

async fn put_on_duty(world: &World, on: &[(&str, &str)]) {
    let lead = lead(world).await;
    let mut days = Vec::new();
    for (text, email) in on {
        days.push((day(text), id(world, email).await));
    }
    set_days(world, &lead.who, lead.org, day("2026-11-23"), &days).await.unwrap();
}

async fn goes_away(world: &World, email: &str, first: &str, last: &str, deputy: &str) -> Result<()> {
    let me = somebody(world, email).await;
    let deputy = id(world, deputy).await.to_string();
    let fields: Answers = [("first", first), ("last", last), ("deputy", deputy.as_str())].into_iter().collect();
    add_absence(world, &me.who, me.org, &fields).await
}

fn leaving() -> Answers {
    let mut answers = order();
    answers.set("did.delivery_expected", ["2026-11-24", "09:00"]);
    answers
}

async fn noted(world: &World, reference: &Reference) -> Vec<Noted> {
    let authority = officer(world).await;
    let thread = desk::view(world, &authority.who, reference).await.unwrap().thread;
    let noted = thread.into_iter().filter_map(|entry| match entry.event {
        desk::DeskEvent::Noted(noted) => Some(noted),
        desk::DeskEvent::Said(_) => None,
    });
    noted.collect()
}

#[tokio::test]
async fn supervisors_write_the_roster_and_everybody_reads_it() {
    let world = World::with_people().await;
    put_on_duty(&world, &[("2026-11-23", JELLE), ("2026-11-24", SAMIRA), ("2027-01-01", SAMIRA)]).await;
    let reader = somebody(&world, "reader@pco-nl.example").await;
    let seen = page(&world, &reader.who, reader.org, None).await.unwrap();
    assert_eq!((seen.days.len(), seen.days[0].day, seen.today), (14, day("2026-11-23"), day("2026-11-23")));
    assert_eq!(seen.days[0].on, [id(&world, JELLE).await]);
    assert_eq!(seen.days[1].on, [id(&world, SAMIRA).await]);
    assert!(seen.days.iter().skip(2).all(|day| day.on.is_empty()), "a day outside of the page is left out");
    assert!(seen.days[5].off.is_some() && seen.days[4].off.is_none());
    assert_eq!((seen.leads, seen.me), (false, None));
    let officer = officer(&world).await;
    let refused = set_days(&world, &officer.who, officer.org, day("2026-11-23"), &[]).await;
    assert!(matches!(refused, Err(Refusal::NotFound)));
    // Somebody who does not work there is left out, and a later saving replaces.
    let lead = lead(&world).await;
    let stranger = (day("2026-11-23"), id(&world, "officer@pco-ca.example").await);
    set_days(&world, &lead.who, lead.org, day("2026-11-26"), &[stranger]).await.unwrap();
    let seen = page(&world, &lead.who, lead.org, Some(day("2026-11-25"))).await.unwrap();
    assert!(seen.days.iter().all(|day| day.on.is_empty()));
}

#[tokio::test]
async fn an_absence_needs_days_and_a_deputy() {
    let world = World::with_people().await;
    let problem = |outcome: Result<()>| match outcome {
        Err(Refusal::Invalid(problems)) => problems[0].field.clone(),
        other => panic!("{other:?}"),
    };
    for (first, last, deputy, field) in [
        ("2026-11-25", "2026-11-24", SAMIRA, "last"),
        ("2026-11-01", "2026-11-03", SAMIRA, "last"),
        ("soon", "2026-11-24", SAMIRA, "first"),
        ("2026-11-24", "2026-11-25", JELLE, "deputy"),
        ("2026-11-24", "2026-11-25", "reader@pco-nl.example", "deputy"),
        ("2026-11-24", "2026-11-25", "officer@pco-ca.example", "deputy"),
    ] {
        assert_eq!(problem(goes_away(&world, JELLE, first, last, deputy).await), field, "{first} {last} {deputy}");
    }
    goes_away(&world, JELLE, "24 November 2026", "2026-11-27", SAMIRA).await.unwrap();
    assert_eq!(problem(goes_away(&world, JELLE, "2026-11-27", "2026-11-30", SAMIRA).await), "first");
    let samira = somebody(&world, SAMIRA).await;
    let absence = page(&world, &samira.who, samira.org, None).await.unwrap().absences.remove(0);
    // A colleague cannot take it out; who leads the desk can.
    end_absence(&world, &samira.who, samira.org, absence.id).await.unwrap();
    let canada = somebody(&world, "supervisor@pco-ca.example").await;
    end_absence(&world, &canada.who, canada.org, absence.id).await.unwrap();
    assert_eq!(page(&world, &samira.who, samira.org, None).await.unwrap().absences.len(), 1);
    let lead = lead(&world).await;
    end_absence(&world, &lead.who, lead.org, absence.id).await.unwrap();
    assert!(page(&world, &samira.who, samira.org, None).await.unwrap().absences.is_empty());
}

#[tokio::test]
async fn mails_and_new_assignments_go_to_the_deputy() {
    let world = World::with_people().await;
    let (me, authority) = (reporter(&world).await, lead(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let at = desk::view(&world, &authority.who, &reference).await.unwrap().version;
    let jelle = id(&world, JELLE).await;
    desk::assign(&world, &authority.who, &reference, at, Some(jelle)).await.unwrap();
    goes_away(&world, JELLE, "2026-11-23", "2026-11-27", SAMIRA).await.unwrap();
    let known = mails_so_far(&world).await;
    crate::thread::message(&world, &me.who, &reference, "They called again.").await.unwrap();
    assert_eq!(mails_after(&world, known).await, [("message_waiting".to_owned(), SAMIRA.to_owned())]);
    let seen = desk::view(&world, &authority.who, &reference).await.unwrap();
    let away = seen.assignee.unwrap().away.unwrap();
    assert_eq!((away.until, away.deputy.as_str()), (day("2026-11-27"), "Samira El Amrani"));
    // What is given to Jelle now goes to Samira, and says so.
    let second = sent(&world, &me, &order()).await;
    let at = desk::view(&world, &authority.who, &second).await.unwrap().version;
    desk::assign(&world, &authority.who, &second, at, Some(jelle)).await.unwrap();
    let seen = desk::view(&world, &authority.who, &second).await.unwrap();
    assert_eq!(seen.assignee.unwrap().name, "Samira El Amrani");
    let instead_of = Some("Jelle Brouwer".to_owned());
    let given = Noted::Assigned { to: Some("Samira El Amrani".into()), instead_of };
    assert!(noted(&world, &second).await.contains(&given));
    let samira = somebody(&world, SAMIRA).await;
    let home = desk::home(&world, &samira.who, samira.org).await.unwrap();
    assert_eq!(home.represents, ["Jelle Brouwer"]);
    // Afterwards everything is as before.
    world.wait(5 * 24 * HOUR);
    let known = mails_so_far(&world).await;
    crate::thread::message(&world, &me.who, &reference, "And again.").await.unwrap();
    assert_eq!(mails_after(&world, known).await, [("message_waiting".to_owned(), JELLE.to_owned())]);
}

#[tokio::test]
async fn what_leaves_soon_is_mailed_to_those_on_duty_twice_unless_somebody_looks() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    put_on_duty(&world, &[("2026-11-23", JELLE), ("2026-11-23", SAMIRA)]).await;
    let urgent = |email: &str| ("urgent_report".to_owned(), email.to_owned());
    let known = mails_so_far(&world).await;
    let first = sent(&world, &me, &leaving()).await;
    let mut mails = mails_after(&world, known).await;
    mails.sort();
    assert_eq!(mails, [urgent("duty@pco-nl.example"), urgent(SAMIRA), urgent(JELLE)]);
    world.wait(HOUR);
    assert_eq!(desk::page_again(&world).await.unwrap(), 0, "an hour is an hour");
    world.wait(1);
    let known = mails_so_far(&world).await;
    assert_eq!(desk::page_again(&world).await.unwrap(), 1);
    assert_eq!(desk::page_again(&world).await.unwrap(), 0);
    assert_eq!(mails_after(&world, known).await.len(), 3);
    assert!(noted(&world, &first).await.contains(&Noted::PagedAgain));
    // Somebody looks at the second one in time; that its reporter does is nothing.
    let second = sent(&world, &me, &leaving()).await;
    let third = sent(&world, &me, &leaving()).await;
    let authority = officer(&world).await;
    desk::view(&world, &authority.who, &second).await.unwrap();
    crate::report::view(&world, &me.who, &third).await.unwrap();
    world.wait(HOUR + 1);
    assert_eq!(desk::page_again(&world).await.unwrap(), 1);
}

#[tokio::test]
async fn without_anybody_on_duty_those_who_lead_are_mailed() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let known = mails_so_far(&world).await;
    sent(&world, &me, &leaving()).await;
    let mails = mails_after(&world, known).await;
    assert!(mails.contains(&("urgent_report".to_owned(), ADAEZE.to_owned())), "{mails:?}");
    assert!(mails.iter().all(|(template, _)| template == "urgent_report"));
}

#[tokio::test]
async fn a_new_report_goes_by_rule_to_who_fits_and_says_why() {
    let world = World::with_people().await;
    let (me, lead) = (reporter(&world).await, lead(&world).await);
    put_on_duty(&world, &[("2026-11-23", JELLE), ("2026-11-23", SAMIRA)]).await;
    let skills = async |email: &str, languages: &[&str]| {
        let who = somebody(&world, email).await;
        let mut fields = Answers::new();
        fields.set("language", languages.iter().copied());
        set_skills(&world, &who.who, who.org, &fields).await.unwrap();
    };
    skills(JELLE, &["nl", "nonsense"]).await;
    skills(SAMIRA, &["nl", "es"]).await;
    let mut mexican = order();
    mexican.set_one("party.1.country", "MX");
    let with = async |reference: &Reference| {
        let seen = desk::view(&world, &lead.who, reference).await.unwrap();
        seen.assignee.map(|officer| officer.name)
    };
    let off = sent(&world, &me, &mexican).await;
    assert_eq!(with(&off).await, None, "nobody has switched it on");
    set_assigns(&world, &lead.who, lead.org, true).await.unwrap();
    let known = mails_so_far(&world).await;
    let spanish = sent(&world, &me, &mexican).await;
    assert_eq!(with(&spanish).await.as_deref(), Some("Samira El Amrani"));
    assert_eq!(mails_after(&world, known).await, [("new_report".to_owned(), SAMIRA.to_owned())]);
    let step = "WorkReports: assigned by rule: speaks Spanish, 0 open reports".to_owned();
    assert!(audited(&world, &spanish).await.contains(&step));
    let reason = "speaks Spanish, 0 open reports".to_owned();
    let told = Noted::AssignedByRule { to: "Samira El Amrani".into(), reason };
    assert!(noted(&world, &spanish).await.contains(&told));
    // Whom the rule chose is news to nobody: the report itself is.
    let filter = desk::QueueFilter { view: desk::View::News, ..desk::QueueFilter::default() };
    let samira = somebody(&world, SAMIRA).await;
    let rows = desk::queue(&world, &samira.who, samira.org, &filter, None, 50).await.unwrap().rows;
    let news = rows.into_iter().find(|row| row.reference == spanish).map(|row| row.news);
    assert_eq!(news, Some(vec![desk::News::Report]));
    // Both speak Dutch: the one with less.
    let dutch = sent(&world, &me, &order()).await;
    assert_eq!(with(&dutch).await.as_deref(), Some("Jelle Brouwer"));
    // The company does not learn of it, and still reads that the report was received.
    let seen = crate::report::view(&world, &me.who, &dutch).await.unwrap();
    assert_eq!(seen.state, domain::report::ReporterState::Sent);
    // Nobody on duty: nobody gets it.
    world.wait(48 * HOUR);
    let later = sent(&world, &me, &order()).await;
    assert_eq!(with(&later).await, None);
}

#[tokio::test]
async fn an_absence_is_taken_out_however_many_there_were() {
    let world = World::with_people().await;
    let samira = somebody(&world, SAMIRA).await;
    let (who, deputy) = (id(&world, SAMIRA).await, id(&world, JELLE).await);
    let mut tx = world.db.begin().await.unwrap();
    for n in 0..=500 {
        let days = day("2027-01-01").days() + n;
        let (first_day, last_day) = (days, days);
        let row = rows::AbsenceRow { id: world.new_id(), person_id: who.0, first_day, last_day, deputy_id: deputy.0 };
        rows::add_absence(&mut tx, samira.org, &row, world.now()).await.unwrap();
    }
    let last = rows::AbsenceRow {
        id: world.new_id(),
        person_id: who.0,
        first_day: day("2031-01-01").days(),
        last_day: day("2031-01-02").days(),
        deputy_id: deputy.0,
    };
    rows::add_absence(&mut tx, samira.org, &last, world.now()).await.unwrap();
    tx.commit().await.unwrap();
    end_absence(&world, &samira.who, samira.org, last.id).await.unwrap();
    assert_eq!(rows::absence(&mut world.db.reader(), samira.org, last.id).await.unwrap(), None);
}
