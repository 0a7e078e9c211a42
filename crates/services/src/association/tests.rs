//! Associations through the services. It is Monday, 23 November 2026, in Amsterdam.

use domain::{
    answers::Answers,
    association::{ConsultationState, Position, QuestionState},
    date::Date,
    ids::{ConsultationId, MembershipId, QuestionId},
    suppress::{Cell, partition},
    time::Timestamp,
    watchlist::ShareState,
};

use super::*;
use crate::{
    Refusal,
    report::tests::{Somebody, officer, order, reporter, sent, somebody},
    testing::World,
};

fn typed(fields: &[(&str, &str)]) -> Answers {
    fields.iter().copied().collect()
}

async fn editor(world: &World) -> Somebody {
    somebody(world, "editor@chemtrade-assoc.example").await
}

async fn supervisor(world: &World) -> Somebody {
    somebody(world, "supervisor@pco-nl.example").await
}

fn fields<T: std::fmt::Debug>(outcome: Result<T>) -> Vec<String> {
    match outcome {
        Err(Refusal::Invalid(problems)) => problems.into_iter().map(|problem| problem.field).collect(),
        other => panic!("{other:?}"),
    }
}

fn gone<T>(outcome: Result<T>) {
    assert!(matches!(outcome, Err(Refusal::NotFound)));
}

/// By the number of the demo's first company.
const MERIDIAN: &[(&str, &str)] = &[("member", "Meridian"), ("country", "NL"), ("registration", "9928 4407")];

/// Makes a company a member.
async fn join(world: &World, association: &Somebody, company: &Somebody, invited: &[(&str, &str)]) -> MembershipId {
    members::invite(world, &association.who, association.org, &typed(invited)).await.unwrap();
    let offers = members::offers(world, &company.who, company.org).await.unwrap();
    let id = offers.iter().find(|one| one.state == ShareState::Asked).unwrap().id;
    members::answer(world, &company.who, company.org, id, true).await.unwrap();
    id
}

#[tokio::test]
async fn a_company_is_invited_accepts_and_leaves_and_nobody_else_sees_it() {
    let world = World::with_people().await;
    let (us, me) = (editor(&world).await, reporter(&world).await);
    let other = somebody(&world, "officer@noordkust.example").await;
    assert_eq!(
        fields(members::invite(&world, &us.who, us.org, &typed(&[("member", "X")])).await),
        ["registration", "country"]
    );
    members::invite(&world, &us.who, us.org, &typed(MERIDIAN)).await.unwrap();
    assert_eq!(fields(members::invite(&world, &us.who, us.org, &typed(MERIDIAN)).await), ["registration"]);
    // A company that is not here looks the same to the association.
    let nobody = [("member", "Nowhere"), ("country", "BE"), ("registration", "0999.111.222")];
    members::invite(&world, &us.who, us.org, &typed(&nobody)).await.unwrap();
    let list = members::list(&world, &us.who, us.org, None).await.unwrap();
    assert_eq!((list.members, list.asked), (0, 2));
    assert!(list.page.iter().all(|one| one.state == ShareState::Asked));
    assert!(members::offers(&world, &other.who, other.org).await.unwrap().is_empty());
    let id = members::offers(&world, &me.who, me.org).await.unwrap()[0].id;
    gone(members::answer(&world, &other.who, other.org, id, true).await);
    gone(members::answer(&world, &us.who, us.org, id, true).await);
    gone(members::end(&world, &me.who, me.org, id).await);
    members::answer(&world, &me.who, me.org, id, true).await.unwrap();
    assert_eq!(of_company(&world, &me.who, me.org).await.unwrap().len(), 1);
    gone(members::leave(&world, &other.who, other.org, id).await);
    members::leave(&world, &me.who, me.org, id).await.unwrap();
    assert!(matches!(members::leave(&world, &me.who, me.org, id).await, Err(Refusal::NotPossible(_))));
    assert!(of_company(&world, &me.who, me.org).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_officer_is_invited_by_mail_and_a_membership_ends_on_its_day() {
    let world = World::with_people().await;
    let (us, me) = (editor(&world).await, reporter(&world).await);
    let by_mail =
        [("member", "Meridian"), ("email", "Officer@meridian-reagents.example"), ("until", "30 November 2026")];
    join(&world, &us, &me, &by_mail).await;
    let stranger = [("member", "X"), ("email", "nobody@nowhere.example")];
    members::invite(&world, &us.who, us.org, &typed(&stranger)).await.unwrap();
    let mut mailed = world.mails().await;
    mailed.retain(|(template, ..)| template == "membership_offered");
    assert_eq!(mailed.len(), 2, "whoever is named gets the same mail: {mailed:?}");
    let again = members::invite(&world, &us.who, us.org, &typed(MERIDIAN)).await;
    again.unwrap();
    let second = members::offers(&world, &me.who, me.org).await.unwrap()[0].id;
    let twice = members::answer(&world, &me.who, me.org, second, true).await;
    assert!(matches!(twice, Err(Refusal::NotPossible(_))), "a company is a member once");
    world.wait(9 * Timestamp::DAY);
    assert!(of_company(&world, &me.who, me.org).await.unwrap().is_empty());
    assert_eq!(members::list(&world, &us.who, us.org, None).await.unwrap().members, 0);
}

#[tokio::test]
async fn a_file_invites_all_or_none() {
    let world = World::with_people().await;
    let us = editor(&world).await;
    let take = async |text: &str| members::import(&world, &us.who, us.org, text.as_bytes()).await;
    assert_eq!(fields(take("name\nX\n").await), ["file"]);
    assert_eq!(fields(take("member,country,registration\nX,NL,1\nY,,2\nZ,NL,\n").await), ["file", "file"]);
    assert_eq!(members::list(&world, &us.who, us.org, None).await.unwrap().asked, 0);
    let file = "\u{feff}Member;Country;Registration;Email\nMeridian;NL;99284407;\nX;;;x@x.example\nMeridian again;NL;9928-4407;\n";
    assert_eq!(take(file).await.unwrap(), (2, 1));
    assert_eq!(take(file).await.unwrap(), (0, 3));
}

#[tokio::test]
async fn a_question_has_no_name_and_is_answered_only_when_an_authority_has_signed() {
    let world = World::with_people().await;
    let (us, me, desk) = (editor(&world).await, reporter(&world).await, supervisor(&world).await);
    let ask = async |association: &str| {
        let asked = typed(&[("association", association), ("question", "Must we record sales of 5 l?")]);
        questions::ask(&world, &me.who, me.org, &asked).await
    };
    assert_eq!(fields(ask(&us.org.to_string()).await), ["association"], "only members ask");
    join(&world, &us, &me, MERIDIAN).await;
    let id = ask(&us.org.to_string()).await.unwrap();
    let list = questions::of_association(&world, &us.who, us.org).await.unwrap();
    let said = format!("{list:?} {:?}", questions::view(&world, &us.who, us.org, id).await.unwrap());
    for name in ["Meridian", "Herrera", &me.org.to_string(), &me.org.0.to_string()] {
        assert!(!said.contains(name), "{name} in {said}");
    }
    gone(questions::view(&world, &desk.who, desk.org, id).await);
    let draft = |answer: &str| {
        typed(&[
            ("question", "Are small sales recorded?"),
            ("answer", answer),
            ("authority", "pco-nl"),
            ("public", "yes"),
        ])
    };
    assert_eq!(fields(questions::draft(&world, &us.who, us.org, (id, 1), &draft("")).await), ["answer"]);
    questions::draft(&world, &us.who, us.org, (id, 1), &draft("Yes, all.")).await.unwrap();
    assert!(questions::public(&world).await.unwrap().is_empty());
    let foreign = somebody(&world, "supervisor@pco-ca.example").await;
    gone(questions::sign(&world, &foreign.who, foreign.org, (id, 2), &typed(&[])).await);
    let junior = officer(&world).await;
    gone(questions::sign(&world, &junior.who, junior.org, (id, 2), &typed(&[])).await);
    questions::send_back(&world, &desk.who, desk.org, (id, 2), "Name the law.").await.unwrap();
    let stale = questions::draft(&world, &us.who, us.org, (id, 2), &draft("Yes.")).await;
    assert!(matches!(stale, Err(Refusal::Stale)));
    questions::draft(&world, &us.who, us.org, (id, 3), &draft("Yes, article 5.")).await.unwrap();
    let changed = typed(&[("question", "Are small sales recorded?"), ("answer", "Yes: article 6.")]);
    assert_eq!(fields(questions::sign(&world, &desk.who, desk.org, (id, 4), &changed).await), ["reason"]);
    let changed =
        typed(&[("question", "Are small sales recorded?"), ("answer", "Yes: article 6."), ("reason", "It is 6.")]);
    questions::sign(&world, &desk.who, desk.org, (id, 4), &changed).await.unwrap();
    let public = questions::public(&world).await.unwrap();
    assert_eq!((public[0].answer.as_str(), public[0].state), ("Yes: article 6.", QuestionState::Published));
    let (own, answered) = questions::for_company(&world, &me.who, me.org).await.unwrap();
    assert_eq!((own.len(), answered.len()), (1, 1));
    let mails = world.mails().await;
    let told: Vec<_> = mails.iter().filter(|(template, ..)| template == "question_answered").collect();
    assert_eq!((told.len(), told[0].1.as_str()), (1, "officer@meridian-reagents.example"));
    let over = questions::decline(&world, &us.who, us.org, (id, 5), "No.").await;
    assert!(matches!(over, Err(Refusal::NotPossible(_))));
}

async fn consulted(world: &World, by: &Somebody) -> ConsultationId {
    let draft = typed(&[
        ("title", "Records of small sales"),
        ("body", "Sales of **less than 5 l** are recorded."),
        ("questions", "Is it clear?\n\nWhat does it cost you?"),
        ("until", "7 December 2026"),
    ]);
    consultations::create(world, &by.who, by.org, &draft).await.unwrap()
}

#[tokio::test]
async fn members_take_a_position_and_are_named_only_if_they_agree() {
    let world = World::with_people().await;
    let (us, me) = (editor(&world).await, reporter(&world).await);
    let stranger = somebody(&world, "officer@noordkust.example").await;
    join(&world, &us, &me, MERIDIAN).await;
    let id = consulted(&world, &us).await;
    gone(consultations::shown(&world, &me.who, me.org, id).await);
    consultations::open(&world, &us.who, us.org, (id, 1)).await.unwrap();
    gone(consultations::shown(&world, &stranger.who, stranger.org, id).await);
    let position = |named: &'static str| {
        typed(&[
            ("position", "oppose"),
            ("comment", "Too much work."),
            ("answer.2", "A day a month."),
            ("named", named),
        ])
    };
    assert_eq!(fields(consultations::take(&world, &me.who, me.org, id, &typed(&[])).await), ["position"]);
    gone(consultations::take(&world, &stranger.who, stranger.org, id, &position("yes")).await);
    consultations::take(&world, &me.who, me.org, id, &position("")).await.unwrap();
    let (_, opinions) = consultations::view(&world, &us.who, us.org, id).await.unwrap();
    assert_eq!((opinions[0].company.as_str(), opinions[0].position), ("", Position::Oppose));
    assert_eq!(opinions[0].answers, ["", "A day a month."]);
    consultations::take(&world, &me.who, me.org, id, &position("yes")).await.unwrap();
    let (_, opinions) = consultations::view(&world, &us.who, us.org, id).await.unwrap();
    assert_eq!((opinions.len(), opinions[0].company.as_str()), (1, "Meridian Solvents & Reagents B.V."));
    world.wait(20 * Timestamp::DAY);
    let late = consultations::take(&world, &me.who, me.org, id, &position("yes")).await;
    assert!(matches!(late, Err(Refusal::NotPossible(_))));
    consultations::close(&world, &us.who, us.org, (id, 2), &typed(&[("response", "We drop it.")])).await.unwrap();
    let (shown, _) = consultations::shown(&world, &me.who, me.org, id).await.unwrap();
    assert_eq!((shown.state, shown.response.as_str()), (ConsultationState::Closed, "We drop it."));
    let mails = world.mails().await;
    let told = |name: &str| mails.iter().filter(|(template, ..)| template == name).count();
    assert_eq!((told("consultation_opened"), told("consultation_closed")), (1, 1));
}

#[tokio::test]
async fn an_authority_consults_its_own_companies_and_calendars_show_the_day() {
    let world = World::with_people().await;
    let (us, me, desk) = (editor(&world).await, reporter(&world).await, supervisor(&world).await);
    let canadian = somebody(&world, "officer@laurentian.example").await;
    let id = consulted(&world, &desk).await;
    gone(consultations::view(&world, &us.who, us.org, id).await);
    consultations::open(&world, &desk.who, desk.org, (id, 1)).await.unwrap();
    assert_eq!(consultations::for_company(&world, &me.who, me.org).await.unwrap().len(), 1);
    assert!(consultations::for_company(&world, &canadian.who, canadian.org).await.unwrap().is_empty());
    let event = typed(&[("title", "Annual meeting"), ("first", "2 December 2026"), ("last", "3 December 2026")]);
    calendar::add(&world, &us.who, us.org, &event).await.unwrap();
    assert_eq!(
        fields(calendar::add(&world, &us.who, us.org, &typed(&[("first", "1 May 2020")])).await),
        ["title", "first"]
    );
    let ahead = calendar::of_association(&world, &us.who, us.org).await.unwrap();
    let titles: Vec<_> = ahead.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["Annual meeting", "Records of small sales"]);
    assert_eq!(calendar::of_company(&world, &me.who, me.org).await.unwrap().len(), 1, "it is no member");
    join(&world, &us, &me, MERIDIAN).await;
    let ahead = calendar::of_company(&world, &me.who, me.org).await.unwrap();
    let file = domain::ical::write("Dates", &calendar::entries(&world, "Last day:", &ahead));
    assert!(file.contains("SUMMARY:Last day: Records of small sales"), "{file}");
    let entry = ahead[0].entry.unwrap();
    gone(calendar::remove(&world, &me.who, me.org, entry).await);
    calendar::remove(&world, &us.who, us.org, entry).await.unwrap();
    gone(calendar::remove(&world, &us.who, us.org, entry).await);
}

#[tokio::test]
async fn a_sector_of_few_is_told_as_nothing_and_what_was_told_stays() {
    let world = World::with_people().await;
    let (us, me) = (editor(&world).await, reporter(&world).await);
    join(&world, &us, &me, MERIDIAN).await;
    for _ in 0..7 {
        sent(&world, &me, &order()).await;
    }
    assert!(sector::settle(&world).await.unwrap() > 0, "months before anybody was a member are told as nothing");
    world.wait(20 * Timestamp::DAY);
    sector::settle(&world).await.unwrap();
    assert_eq!(sector::settle(&world).await.unwrap(), 0, "a month is told once");
    let told = sector::view(&world, &us.who, us.org).await.unwrap();
    let november = Date::new(2026, 11, 1).unwrap();
    let (_, tables) = told.months.iter().find(|(month, _)| *month == november).unwrap();
    assert!(tables.values().all(|table| table.sum().is_none()), "seven reports of one company: {tables:?}");
    assert_eq!(told.reach, (1, 0));
    let many: Cell<u8> = (0..9).map(|source| (source, 1)).collect();
    let other = partition(vec![("order".to_owned(), many.clone()), ("theft".to_owned(), many)]);
    sector::keep(&world, us.org, november, &[(sector::What::Kind, other)]).await.unwrap();
    let again = sector::view(&world, &us.who, us.org).await.unwrap();
    assert_eq!(again.months, told.months, "what was told stays");
    gone(sector::view(&world, &me.who, me.org).await);
}

#[tokio::test]
async fn authorities_are_reached_and_unknown_questions_are_not_there() {
    let world = World::with_people().await;
    let us = editor(&world).await;
    let found = contacts::list(&world, &us.who, us.org).await.unwrap();
    assert!(found[0].countries.iter().any(|country| country.code() == "NL") && !found[0].phone.is_empty());
    let unknown = QuestionId(uuid::Uuid::from_u128(7));
    gone(questions::view(&world, &us.who, us.org, unknown).await);
}
