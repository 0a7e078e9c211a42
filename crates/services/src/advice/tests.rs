//! Advice through the services: the whole way, who may, what the desk sees beside, clocks and warnings, reports made of it.

use domain::answers::Answers;

use super::*;
use crate::{
    customer,
    draft::{self, Loaded},
    report::tests::{Somebody, officer, reporter, somebody},
    testing::World,
};

fn typed(more: &[(&str, &str)]) -> Answers {
    let sale = [
        ("customer.name", "Grey Harbour Trading"),
        ("customer.country", "NL"),
        ("customer.phone", "+31 20 555 0123"),
        ("country", "BE"),
        ("goods.1.name", "Acetone"),
        ("goods.1.quantity", "3 drums of 200 l"),
        ("use", "Cleaning moulds"),
        ("delivery", "27 November 2026, 9:00"),
        ("worry", "They collect it themselves, at night."),
        ("signs", "C03"),
        ("_who", "x"),
    ];
    let mut answers: Answers = sale.into_iter().collect();
    more.iter().for_each(|(field, text)| answers.set_one(field, *text));
    answers
}

async fn made(world: &World, by: &Somebody, more: &[(&str, &str)]) -> AdviceId {
    create(world, &by.who, by.org, None, &typed(more)).await.unwrap()
}

async fn asked(world: &World, by: &Somebody, more: &[(&str, &str)]) -> AdviceId {
    let id = made(world, by, more).await;
    send(world, &by.who, (id, 1)).await.unwrap();
    id
}

fn advice(fields: &[(&str, &str)]) -> Answers {
    fields.iter().copied().collect()
}

fn gone<T>(outcome: Result<T>, what: &str) {
    assert!(matches!(outcome, Err(Refusal::NotFound)), "{what}");
}

fn not_possible<T>(outcome: Result<T>, what: &str) {
    assert!(matches!(outcome, Err(Refusal::NotPossible(_))), "{what}");
}

fn fields(outcome: Result<()>) -> Vec<String> {
    match outcome {
        Err(Refusal::Invalid(problems)) => problems.into_iter().map(|problem| problem.field).collect(),
        other => panic!("{other:?}"),
    }
}

async fn mailed(world: &World) -> Vec<(String, String)> {
    let mut mails: Vec<_> = world.mails().await.into_iter().map(|(template, to, _)| (template, to)).collect();
    mails.sort();
    mails
}

fn mail(template: &str, to: &str) -> (String, String) {
    (template.to_owned(), to.to_owned())
}

#[tokio::test]
async fn a_sale_is_asked_about_asked_back_advised_and_closed() {
    let world = World::with_people().await;
    let (me, desk) = (reporter(&world).await, officer(&world).await);
    let id = asked(&world, &me, &[]).await;
    let seen = desk_view(&world, &desk.who, id).await.unwrap();
    assert_eq!((seen.state, seen.request.headline().as_str()), (State::Asked, "Acetone, 3 drums of 200 l"));
    assert_eq!((seen.request.goods[0].slug.as_deref(), seen.request.signs.len()), (Some("acetone"), 1));
    assert_eq!(figures(&world, &desk.who, desk.org).await.unwrap(), (1, 0));
    ask_back(&world, &desk.who, id, "Who collects it?").await.unwrap();
    assert_eq!(waiting_for(&world, &me.who, me.org).await.unwrap(), Some(1));
    answer(&world, &me.who, id, "A courier called Dash.").await.unwrap();
    not_possible(answer(&world, &me.who, id, "Again.").await, "an answer without a question");
    let words = advice(&[
        ("counsel", "hold"),
        ("until", "1 December 2026"),
        ("words", "Until we called."),
        ("reason", "Known courier."),
    ]);
    let stale = advise(&world, &desk.who, (id, 2), &words).await;
    assert!(matches!(stale, Err(Refusal::Stale)), "an answer came meanwhile");
    advise(&world, &desk.who, (id, 4), &words).await.unwrap();
    let mine = view(&world, &me.who, id).await.unwrap();
    assert_eq!(
        (mine.state, mine.counsel, mine.hold_until),
        (State::Advised, Some(Counsel::Hold), domain::date::Date::new(2026, 12, 1))
    );
    let said: Vec<_> = mine.thread.iter().map(|entry| (entry.body.as_str(), entry.person.is_some())).collect();
    assert_eq!(
        said,
        [("", true), ("Who collects it?", false), ("A courier called Dash.", true), ("Until we called.", false)]
    );
    let seen = desk_view(&world, &desk.who, id).await.unwrap();
    assert!(seen.is_mine && seen.thread.iter().any(|entry| entry.body == "Known courier."), "the desk's own reason");
    let again = advice(&[("counsel", "do_not_ship"), ("words", "Please keep it.")]);
    advise(&world, &desk.who, (id, seen.version), &again).await.unwrap();
    assert_eq!(view(&world, &me.who, id).await.unwrap().hold_until, None);
    assert_eq!(fields(close(&world, &me.who, id, "eaten", "").await), ["did"]);
    close(&world, &me.who, id, "refused", "").await.unwrap();
    not_possible(advise(&world, &desk.who, (id, 7), &again).await, "what is closed stays closed");
    not_possible(withdraw(&world, &me.who, id).await, "what is closed is not taken back");
    assert_eq!(waiting_for(&world, &me.who, me.org).await.unwrap(), Some(0));
    let (done, open) =
        (queue(&world, &desk.who, desk.org, true, None).await, queue(&world, &desk.who, desk.org, false, None).await);
    assert_eq!((done.unwrap().items[0].did, open.unwrap().items.len()), (Some(Did::Refused), 0));
    let (to_desk, to_officer) = ("duty@pco-nl.example", "officer@pco-nl.example");
    let to_me = "officer@meridian-reagents.example";
    assert_eq!(
        mailed(&world).await,
        [
            mail("advice_asked", to_desk),
            mail("advice_given", to_me),
            mail("advice_given", to_me),
            mail("advice_news", to_officer),
            mail("advice_news", to_officer),
            mail("advice_question", to_me),
        ]
    );
    assert!(matches!(audit::verify(&mut world.db.reader()).await.unwrap(), audit::Verdict::Whole(n) if n >= 8));
}

#[tokio::test]
async fn what_is_typed_is_kept_and_only_what_is_whole_is_sent() {
    let world = World::with_people().await;
    let (me, desk) = (reporter(&world).await, officer(&world).await);
    let empty = Answers::new();
    let id = create(&world, &me.who, me.org, None, &empty).await.unwrap();
    gone(desk_view(&world, &desk.who, id).await, "the desk sees nothing before it is sent");
    gone(known(&world, &desk.who, id).await, "nor what it knows");
    gone(ask_back(&world, &desk.who, id, "What?").await, "nor asks");
    assert_eq!(queue(&world, &desk.who, desk.org, false, None).await.unwrap(), Queue::default());
    let missing = ["customer.name", "country", "goods.1.name", "use", "delivery", "worry"];
    let mut found = fields(send(&world, &me.who, (id, 1)).await);
    found.sort_by_key(|field| missing.iter().position(|name| name == field));
    assert_eq!(found, missing);
    let wrong = [
        ("goods.1.quantity", "some"),
        ("goods.2.quantity", "5 kg"),
        ("delivery", "22 November 2026"),
        ("report", "FR-0000"),
        ("consignee.address", "Dock 3"),
    ];
    save(&world, &me.who, (id, 1), &typed(&wrong)).await.unwrap();
    let kept = view(&world, &me.who, id).await.unwrap();
    assert_eq!(
        (kept.typed.one("delivery"), kept.typed.seen("_who"), kept.request.is_none()),
        ("22 November 2026", false, true)
    );
    let named: Vec<_> = kept.problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(named, ["consignee.name", "goods.1.quantity", "goods.2.name", "delivery", "report"]);
    assert!(matches!(save(&world, &me.who, (id, 1), &typed(&[])).await, Err(Refusal::Stale)));
    save(&world, &me.who, (id, 2), &typed(&[])).await.unwrap();
    assert!(matches!(send(&world, &me.who, (id, 2)).await, Err(Refusal::Stale)), "what is sent is what was shown");
    send(&world, &me.who, (id, 3)).await.unwrap();
    not_possible(send(&world, &me.who, (id, 4)).await, "twice");
    not_possible(save(&world, &me.who, (id, 4), &typed(&[])).await, "what was sent stays");
    let mut long = typed(&[]);
    long.set_one("worry", "x".repeat(3_000_000));
    assert_eq!(fields(create(&world, &me.who, me.org, None, &long).await.map(drop)), [""]);
    let dropped = made(&world, &me, &[]).await;
    withdraw(&world, &me.who, dropped).await.unwrap();
    gone(desk_view(&world, &desk.who, dropped).await, "what was never sent");
}

#[tokio::test]
async fn it_begins_from_a_customers_file_and_tells_nobody_whose() {
    let world = World::with_people().await;
    let (me, other) = (reporter(&world).await, somebody(&world, "officer@noordkust.example").await);
    let identity = advice(&[
        ("legal_name", "Grey Harbour Trading"),
        ("country", "NL"),
        ("registration_number", "12345678"),
        ("note", "secret"),
    ]);
    let file = customer::create(&world, &me.who, me.org, &identity).await.unwrap();
    let begun = prefilled(&world, &me.who, me.org, Some(file)).await.unwrap();
    let texts: Vec<_> = begun.iter().map(|(field, texts)| (field, texts[0].as_str())).collect();
    assert_eq!(
        texts,
        [
            ("country", "NL"),
            ("customer.country", "NL"),
            ("customer.name", "Grey Harbour Trading"),
            ("customer.registration", "12345678")
        ]
    );
    gone(prefilled(&world, &other.who, other.org, Some(file)).await, "another company's customer");
    gone(create(&world, &other.who, other.org, Some(file), &begun).await, "another company's customer");
    let id = create(&world, &me.who, me.org, Some(file), &typed(&[])).await.unwrap();
    send(&world, &me.who, (id, 1)).await.unwrap();
    asked(&world, &me, &[]).await;
    assert_eq!(list(&world, &me.who, me.org, Some(file), None).await.unwrap().0.len(), 1);
    assert_eq!(list(&world, &me.who, me.org, None, None).await.unwrap().0.len(), 2);
    let row = rows::find(&mut world.db.reader(), id).await.unwrap().unwrap();
    assert!(!row.content.contains("secret") && !row.content.contains("12345678"), "only what is in the form goes");
}

#[tokio::test]
async fn nobody_else_sees_or_does_anything() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = asked(&world, &me, &[]).await;
    for email in [
        "officer@noordkust.example",
        "officer@pco-ca.example",
        "reader@meridian-reagents.example",
        "system@forerunner.example",
    ] {
        let who = world.principal(email).await;
        gone(view(&world, &who, id).await, email);
        gone(desk_view(&world, &who, id).await, email);
        gone(known(&world, &who, id).await, email);
        gone(answer(&world, &who, id, "x").await, email);
        gone(send(&world, &who, (id, 2)).await, email);
        gone(close(&world, &who, id, "shipped", "").await, email);
        gone(withdraw(&world, &who, id).await, email);
        gone(to_report(&world, &who, id).await, email);
        gone(assign(&world, &who, id, "me").await, email);
        gone(ask_back(&world, &who, id, "x").await, email);
        gone(advise(&world, &who, (id, 2), &Answers::new()).await, email);
    }
    let reader = world.principal("reader@pco-nl.example").await;
    assert!(!desk_view(&world, &reader, id).await.unwrap().may_work);
    gone(assign(&world, &reader, id, "me").await, "who only reads");
    let desk = officer(&world).await;
    assert_eq!(fields(assign(&world, &desk.who, id, &me.who.person.as_ref().unwrap().id.to_string()).await), ["to"]);
    for (to, has) in [("me", Some("Jelle Brouwer")), ("nobody", None)] {
        assign(&world, &desk.who, id, to).await.unwrap();
        assert_eq!(desk_view(&world, &desk.who, id).await.unwrap().assignee.as_deref(), has);
    }
    let mine = view(&world, &me.who, id).await.unwrap();
    assert_eq!(mine.thread.len(), 1, "who has it stays at the desk");
}

#[tokio::test]
async fn the_desk_sees_who_else_asks_and_what_was_reported() {
    let world = World::with_people().await;
    let (me, other, desk) =
        (reporter(&world).await, somebody(&world, "officer@noordkust.example").await, officer(&world).await);
    let first = asked(&world, &me, &[]).await;
    let second = asked(&world, &other, &[("customer.name", "Greyharbor"), ("customer.phone", "0031205550123")]).await;
    let reported = crate::report::tests::sent(&world, &me, &crate::report::tests::order()).await;
    let known = known(&world, &desk.who, second).await.unwrap();
    assert_eq!(known.other_companies().len(), 1, "the same telephone, written otherwise");
    assert_eq!((known.requests[0].id, known.requests[0].same[0].kind), (first, domain::fact::FactKind::Phone));
    assert_eq!(known.reports.total, 0);
    let of_first = super::known(&world, &desk.who, first).await.unwrap();
    assert_eq!(of_first.reports.reports.iter().map(|one| one.reference.clone()).collect::<Vec<_>>(), [reported]);
    derive_anew(&world).await.unwrap();
    assert_eq!(super::known(&world, &desk.who, first).await.unwrap(), of_first, "derived anew it is the same");
}

#[tokio::test]
async fn the_clock_rests_for_an_answer_and_leaders_are_told_when_it_runs_out() {
    let world = World::with_people().await;
    let (me, desk) = (reporter(&world).await, officer(&world).await);
    let far = asked(&world, &me, &[("delivery", "24 December 2026")]).await;
    // Monday 14:00 UTC and two working days.
    let due = |view: &DeskView| view.due.unwrap();
    let seen = desk_view(&world, &desk.who, far).await.unwrap();
    assert_eq!(due(&seen).at.since(world.now()), 48 * Timestamp::HOUR);
    ask_back(&world, &desk.who, far, "Who?").await.unwrap();
    world.wait(10 * Timestamp::HOUR);
    assert!(due(&desk_view(&world, &desk.who, far).await.unwrap()).rests);
    answer(&world, &me.who, far, "They.").await.unwrap();
    assert_eq!(due(&desk_view(&world, &desk.who, far).await.unwrap()).at.since(world.now()), 48 * Timestamp::HOUR);
    // Tuesday 0:00 UTC; the goods leave on Tuesday 18:00 UTC.
    let soon = asked(&world, &me, &[("delivery", "2026-11-24 19:00")]).await;
    assert_eq!(due(&desk_view(&world, &desk.who, soon).await.unwrap()).at.since(world.now()), 6 * Timestamp::HOUR);
    let open = queue(&world, &desk.who, desk.org, false, None).await.unwrap();
    assert_eq!(open.items.iter().map(|item| item.id).collect::<Vec<_>>(), [soon, far], "what leaves first");
    let told = async || {
        let count = escalate(&world).await.unwrap();
        let mails = mailed(&world).await;
        (
            count,
            mails.into_iter().filter(|(name, _)| name == "advice_near" || name == "advice_missed").collect::<Vec<_>>(),
        )
    };
    assert_eq!(told().await, (0, vec![]));
    world.wait(5 * Timestamp::HOUR);
    let near = mail("advice_near", "supervisor@pco-nl.example");
    assert_eq!(told().await, (1, vec![near.clone()]));
    assert_eq!(told().await.0, 0, "once");
    world.wait(2 * Timestamp::HOUR);
    assert_eq!(told().await, (1, vec![mail("advice_missed", "supervisor@pco-nl.example"), near]));
    assert_eq!(figures(&world, &desk.who, desk.org).await.unwrap(), (2, 1));
    assert_eq!(told().await.0, 0, "nothing more");
}

#[tokio::test]
async fn what_an_officer_has_goes_back_when_they_leave() {
    let world = World::with_people().await;
    let (me, desk) = (reporter(&world).await, officer(&world).await);
    let id = asked(&world, &me, &[]).await;
    assign(&world, &desk.who, id, "me").await.unwrap();
    let admin = world.principal("admin@pco-nl.example").await;
    let leaver = desk.who.person.as_ref().unwrap().id;
    crate::team::remove(&world, &admin, desk.org, leaver, &Answers::new()).await.unwrap();
    let seen = desk_view(&world, &admin, id).await.unwrap();
    assert_eq!((seen.assignee, seen.thread.len()), (None, 3));
}

#[tokio::test]
async fn a_report_is_made_of_it_with_everything_and_once() {
    let world = World::with_people().await;
    let (me, desk) = (reporter(&world).await, officer(&world).await);
    let id = asked(&world, &me, &[("consignee.name", "Unit 14"), ("consignee.address", "Quay 14")]).await;
    ask_back(&world, &desk.who, id, "Who collects it?").await.unwrap();
    answer(&world, &me.who, id, "A courier called Dash.").await.unwrap();
    let draft = to_report(&world, &me.who, id).await.unwrap();
    assert_eq!(to_report(&world, &me.who, id).await.unwrap(), draft);
    let Loaded::Open(begun) = draft::load(&world, &me.who, draft).await.unwrap() else { panic!("no open draft") };
    let said = |field: &str| begun.answers.many(field).join(" ");
    for (field, text) in [
        ("kind", "order"),
        ("party.1.name", "Grey Harbour Trading"),
        ("party.2.role", "consignee"),
        ("party.2.name", "Unit 14"),
        ("substance.1.name", "Acetone"),
        ("substance.1.quantity", "3 drums of 200 l"),
        ("substance.1.use", "Cleaning moulds"),
        ("delivery.country", "BE"),
        ("did.delivery_expected", "2026-11-27 09:00"),
        ("why.text", "They collect it themselves, at night."),
        ("signs.customer", "C03"),
        ("story", "A courier called Dash."),
        ("contact.email", "officer@meridian-reagents.example"),
    ] {
        assert_eq!(said(field), text, "{field}");
    }
}
