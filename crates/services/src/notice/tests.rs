use domain::{
    access::Principal,
    answers::Answers,
    ids::OrgId,
    notice::{Kind, NoticeRef, Standing, State},
    receipt::check_seal,
    time::Timestamp,
};

use super::*;
use crate::{error::Problem, notice::write::Begin, receipt, testing::World};

mod between;
mod reach;

const WRITER: &str = "officer@pco-nl.example";
const SECOND: &str = "supervisor@pco-nl.example";
const EDITOR: &str = "editor@chemtrade-assoc.example";
const PRODUCER: &str = "officer@noordkust.example";
const CARRIER: &str = "officer@deltaquay.example";

pub(crate) struct Who {
    pub(crate) who: Principal,
    pub(crate) org: OrgId,
}

pub(crate) async fn who(world: &World, email: &str) -> Who {
    let who = world.principal(email).await;
    Who { org: who.memberships[0].org, who }
}

fn typed(more: &[(&str, &str)]) -> Answers {
    let mut typed: Answers = [
        ("kind", "alert"),
        ("severity", "important"),
        ("access", "public"),
        ("title.en", "Unusual orders"),
        ("summary.en", "New buyers ask for large amounts."),
        ("body.en", "### What we see\n\nOrders **without** an end use."),
        ("action.en", "- Ask what it is for."),
    ]
    .into_iter()
    .collect();
    more.iter().for_each(|(field, text)| typed.set_one(field, *text));
    typed
}

async fn version(world: &World, me: &Who, of: &NoticeRef) -> i64 {
    work(world, &me.who, (me.org, of)).await.unwrap().version
}

async fn drafted(world: &World, me: &Who, more: &[(&str, &str)]) -> NoticeRef {
    let made = create(world, &me.who, me.org, Begin::Empty(Kind::Alert, "en")).await.unwrap();
    save(world, &me.who, (me.org, &made), 1, &typed(more)).await.unwrap();
    made
}

pub(crate) async fn put_out(world: &World, me: &Who, second: &Who, more: &[(&str, &str)]) -> NoticeRef {
    let made = drafted(world, me, more).await;
    submit(world, &me.who, (me.org, &made), true).await.unwrap();
    let at = version(world, second, &made).await;
    publish(world, &second.who, (second.org, &made), at, true).await.unwrap();
    made
}

fn problems<T: std::fmt::Debug>(outcome: Result<T>) -> Vec<Problem> {
    match outcome {
        Err(Refusal::Invalid(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

fn gone<T: std::fmt::Debug>(outcome: Result<T>) -> bool {
    matches!(outcome, Err(Refusal::NotFound | Refusal::NotSignedIn))
}

#[tokio::test]
async fn a_notice_is_written_looked_at_published_revised_and_withdrawn() {
    let world = World::with_people().await;
    let (me, second) = (who(&world, WRITER).await, who(&world, SECOND).await);
    let made = create(&world, &me.who, me.org, Begin::Empty(Kind::Alert, "en")).await.unwrap();
    let own = (me.org, &made);
    let missing = problems(submit(&world, &me.who, own, false).await);
    assert_eq!(missing.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["title.en", "summary.en", "body.en"]);
    save(&world, &me.who, own, 1, &typed(&[("add_lang", "fr")])).await.unwrap();
    assert!(matches!(save(&world, &me.who, own, 1, &typed(&[])).await, Err(Refusal::Stale)));
    assert!(problems(submit(&world, &me.who, own, false).await).iter().all(|one| one.field.ends_with(".fr")));
    save(&world, &me.who, own, 2, &typed(&[("drop_lang", "fr")])).await.unwrap();
    submit(&world, &me.who, own, false).await.unwrap();
    let mut mails: Vec<_> = world.mails().await.into_iter().filter(|(name, ..)| name == "notice_waiting").collect();
    mails.sort();
    assert_eq!(mails.iter().map(|(_, to, _)| to.as_str()).collect::<Vec<_>>(), ["admin@pco-nl.example", SECOND]);
    assert!(mails[0].2.ends_with(&format!("/en/a/pco-nl/notices/{made}")), "{mails:?}");
    assert!(gone(shown(&world, &Principal::default(), &made).await), "not before it is published");
    assert!(gone(publish(&world, &me.who, own, 4, false).await), "an officer publishes nothing");
    assert!(matches!(publish(&world, &second.who, own, 3, false).await, Err(Refusal::Stale)));
    send_back(&world, &second.who, own, 4, "Say since when.").await.unwrap();
    let back = work(&world, &me.who, own).await.unwrap();
    assert_eq!((back.state, back.sent_back.as_str()), (State::Draft, "Say since when."));
    submit(&world, &me.who, own, false).await.unwrap();
    publish(&world, &second.who, own, 6, false).await.unwrap();
    let seen = shown(&world, &Principal::default(), &made).await.unwrap();
    assert_eq!((seen.revision, seen.standing), (1, Standing::Valid));
    let told: Vec<_> = world.mails().await.into_iter().filter(|(name, ..)| name == "alert_published").collect();
    assert!(told.iter().any(|(_, to, _)| to == PRODUCER), "{told:?}");
    assert!(told.iter().all(|(_, _, link)| link.ends_with(&format!("/notices/{made}"))), "{told:?}");
    let (_, canonical) = revision(&world, &Principal::default(), &made, 1).await.unwrap();
    let seal = check_seal(&seen.history[0].seal, &receipt::keys(&world).await.unwrap()).unwrap();
    assert_eq!(seal.statement.notice, made.to_string());
    assert_eq!(hex(&Sha256::digest(&canonical)), seal.statement.fingerprint.to_string());

    revise(&world, &second.who, own).await.unwrap();
    save(&world, &second.who, own, 8, &typed(&[("title.en", "Unusual orders, again")])).await.unwrap();
    let draft = work(&world, &second.who, own).await.unwrap();
    assert_eq!(draft.changes.iter().map(|group| group.changes.len()).sum::<usize>(), 1);
    assert_eq!(shown(&world, &Principal::default(), &made).await.unwrap().card.texts[0].title, "Unusual orders");
    submit(&world, &second.who, own, false).await.unwrap();
    let refused = publish(&world, &second.who, own, 10, false).await;
    assert!(matches!(refused, Err(Refusal::NotPossible(why)) if why.contains("Somebody else")));
    let head = who(&world, "admin@pco-nl.example").await;
    publish(&world, &head.who, own, 10, false).await.unwrap();
    let seen = shown(&world, &Principal::default(), &made).await.unwrap();
    assert_eq!((seen.revision, seen.history.len(), seen.card.texts[0].title.as_str()), (2, 2, "Unusual orders, again"));
    let (old, _) = revision(&world, &Principal::default(), &made, 1).await.unwrap();
    assert_eq!(old.content.unwrap().texts[0].title, "Unusual orders");

    assert_eq!(problems(withdraw(&world, &second.who, own, " ").await)[0].field, "reason");
    withdraw(&world, &second.who, own, "The orders were explained.").await.unwrap();
    let seen = shown(&world, &Principal::default(), &made).await.unwrap();
    assert_eq!((seen.standing, seen.content.is_none()), (Standing::Withdrawn, true));
    assert!(gone(revision(&world, &Principal::default(), &made, 1).await));
    assert!(public(&world, &Filter::default(), None).await.unwrap().items.is_empty());
    assert!(matches!(revise(&world, &me.who, own).await, Err(Refusal::NotPossible(_))));
    assert!(matches!(audit::verify(&mut world.db.reader()).await.unwrap(), audit::Verdict::Whole(_)));
}

#[tokio::test]
async fn a_set_time_is_kept_once_however_many_workers_there_are() {
    let world = World::with_people().await;
    let (me, second) = (who(&world, WRITER).await, who(&world, SECOND).await);
    let made = drafted(&world, &me, &[]).await;
    let own = (me.org, &made);
    submit(&world, &me.who, own, false).await.unwrap();
    for bad in ["", "soon", "1 January 2020", "1 January 2030"] {
        let at = version(&world, &me, &made).await;
        assert_eq!(
            problems(schedule(&world, &second.who, own, at, (bad, false)).await)[0].field,
            "publish_at",
            "{bad}"
        );
    }
    // 14:00 UTC is 15:00 in Amsterdam.
    schedule(&world, &second.who, own, 3, ("23 November 2026, 16:30", false)).await.unwrap();
    assert_eq!(publish_due(&world).await.unwrap(), 0);
    world.wait(89 * Timestamp::MINUTE);
    assert_eq!(publish_due(&world).await.unwrap(), 0);
    world.wait(2 * Timestamp::MINUTE);
    let (one, other) = tokio::join!(publish_due(&world), publish_due(&world));
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    let seen = shown(&world, &Principal::default(), &made).await.unwrap();
    assert_eq!((seen.revision, seen.history.len()), (1, 1));
    assert_eq!(publish_due(&world).await.unwrap(), 0);
}

#[tokio::test]
async fn who_is_not_meant_finds_nothing_anywhere() {
    let world = World::with_people().await;
    let (me, second) = (who(&world, WRITER).await, who(&world, SECOND).await);
    let (producer, carrier) = (who(&world, PRODUCER).await, who(&world, CARRIER).await);
    let narrow = [("access", "audience"), ("roles", "producer"), ("trust", "2"), ("countries", "Netherlands")];
    let made = put_out(&world, &me, &second, &narrow).await;
    let nobody = Principal::default();
    assert!(gone(shown(&world, &nobody, &made).await) && gone(shown(&world, &carrier.who, &made).await));
    assert!(gone(shown_to(&world, &carrier.who, carrier.org, &made).await));
    assert!(gone(revision(&world, &carrier.who, &made, 1).await));
    assert!(shown(&world, &producer.who, &made).await.is_ok());
    assert!(shown_to(&world, &producer.who, producer.org, &made).await.is_ok());
    assert!(gone(shown_to(&world, &producer.who, carrier.org, &made).await), "not in another's workspace");
    assert!(shown(&world, &me.who, &made).await.is_ok(), "its own people");
    let all = Filter::default();
    assert!(public(&world, &all, None).await.unwrap().items.is_empty());
    assert!(latest(&world, 3).await.unwrap().is_empty());
    assert!(received(&world, &carrier.who, carrier.org, &all, None).await.unwrap().items.is_empty());
    assert_eq!(received(&world, &producer.who, producer.org, &all, None).await.unwrap().items.len(), 1);
    let foreign = who(&world, "supervisor@pco-ca.example").await;
    assert!(gone(work(&world, &foreign.who, (me.org, &made)).await), "without a seat");
    assert!(gone(work(&world, &foreign.who, (foreign.org, &made)).await), "not in its own workspace either");
    assert!(gone(withdraw(&world, &foreign.who, (foreign.org, &made), "x").await));

    // A later revision for everybody does not open what was for few.
    revise(&world, &me.who, (me.org, &made)).await.unwrap();
    let at = version(&world, &me, &made).await;
    save(&world, &me.who, (me.org, &made), at, &typed(&[])).await.unwrap();
    submit(&world, &me.who, (me.org, &made), true).await.unwrap();
    let at = version(&world, &me, &made).await;
    publish(&world, &second.who, (me.org, &made), at, true).await.unwrap();
    assert!(revision(&world, &nobody, &made, 2).await.is_ok());
    assert!(gone(revision(&world, &nobody, &made, 1).await));
}

#[tokio::test]
async fn lists_are_narrowed_and_end_with_the_last_day() {
    let world = World::with_people().await;
    let (me, second) = (who(&world, WRITER).await, who(&world, SECOND).await);
    let until =
        [("valid_until", "24 November 2026"), ("substances", "acetone\n108-24-7"), ("countries", "Netherlands")];
    let made = put_out(&world, &me, &second, &until).await;
    world.wait(Timestamp::MINUTE);
    let other = put_out(&world, &me, &second, &[("kind", "guidance")]).await;
    let found = async |filter: Filter| {
        let page = public(&world, &filter, None).await.unwrap();
        page.items.into_iter().map(|item| item.reference).collect::<Vec<_>>()
    };
    assert_eq!(found(Filter::default()).await, [other.clone(), made.clone()]);
    assert_eq!(found(Filter { kind: Some(Kind::Guidance), ..Filter::default() }).await, std::slice::from_ref(&other));
    assert_eq!(found(Filter { substance: "acetone".into(), ..Filter::default() }).await, std::slice::from_ref(&made));
    assert_eq!(found(Filter { lang: "fr".into(), ..Filter::default() }).await, []);
    let canada = domain::country::Country::parse("CA").unwrap();
    assert_eq!(found(Filter { country: Some(canada), ..Filter::default() }).await, std::slice::from_ref(&other));
    assert_eq!(public(&world, &Filter::default(), Some(&other)).await.unwrap().items[0].reference, made);
    assert_eq!(about_substance(&world, "acetone", 3).await.unwrap().len(), 1);
    world.wait(2 * Timestamp::DAY);
    assert_eq!(found(Filter::default()).await, [other]);
    assert_eq!(found(Filter { ended: true, ..Filter::default() }).await.len(), 2);
    assert_eq!(shown(&world, &Principal::default(), &made).await.unwrap().standing, Standing::Expired);
}

#[tokio::test]
async fn what_cannot_be_read_is_said_at_its_field_and_nothing_is_lost() {
    let world = World::with_people().await;
    let me = who(&world, EDITOR).await;
    let made = create(&world, &me.who, me.org, Begin::Empty(Kind::Event, "nl")).await.unwrap();
    let wrong = typed(&[
        ("substances", "Acetone\nnothing known"),
        ("countries", "Belgium; Atlantis"),
        ("valid_from", "some day"),
        ("event_ends", "x"),
        ("event_place", "Utrecht"),
    ]);
    let mut fields: Vec<_> =
        problems(save(&world, &me.who, (me.org, &made), 1, &wrong).await).into_iter().map(|one| one.field).collect();
    fields.sort();
    assert_eq!(fields, ["countries", "event_ends", "event_starts", "substances", "valid_from"]);
    let copy = duplicate(&world, &me.who, (me.org, &made)).await.unwrap();
    assert_ne!(copy, made);
    let page = list(&world, &me.who, me.org, Shelf::In(State::Draft), None).await.unwrap();
    assert_eq!((page.items.len(), page.counts), (2, vec![(State::Draft, 2)]));
    assert!(list(&world, &me.who, me.org, Shelf::In(State::Published), None).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_name_from_a_report_has_to_be_confirmed() {
    let world = World::with_people().await;
    crate::demo::seed(&world).await.unwrap();
    let me = who(&world, WRITER).await;
    let named = drafted(&world, &me, &[("body.en", "Beware of Silberweg Handels GmbH in Duisburg.")]).await;
    let own = (me.org, &named);
    let found = warnings(&world, &me.who, own).await.unwrap();
    assert!(found.iter().any(|one| one.contains("Silberweg")), "{found:?}");
    assert_eq!(problems(submit(&world, &me.who, own, false).await)[0].field, "confirm");
    submit(&world, &me.who, own, true).await.unwrap();
    let second = who(&world, SECOND).await;
    let at = version(&world, &me, &named).await;
    assert_eq!(problems(publish(&world, &second.who, own, at, false).await)[0].field, "confirm");
    // An association does not learn whom reports name.
    let editor = who(&world, EDITOR).await;
    let theirs = drafted(&world, &editor, &[("body.en", "Beware of Silberweg Handels GmbH in Duisburg.")]).await;
    assert_eq!(warnings(&world, &editor.who, (editor.org, &theirs)).await.unwrap(), Vec::<String>::new());
    let restricted = drafted(&world, &me, &[("access", "companies"), ("body.en", "Silberweg Handels GmbH")]).await;
    assert_eq!(warnings(&world, &me.who, (me.org, &restricted)).await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn files_follow_the_notice() {
    let world = World::with_people().await;
    let (me, second) = (who(&world, WRITER).await, who(&world, SECOND).await);
    let made = drafted(&world, &me, &[("access", "companies")]).await;
    let own = (me.org, &made);
    let mut incoming = crate::evidence::Incoming::begin(&world, "list.txt").await.unwrap();
    incoming.write(b"one\ntwo\n").await.unwrap();
    let arrived = incoming.finish().await.unwrap().unwrap();
    add_files(&world, &me.who, own, vec![arrived]).await.unwrap();
    let file = work(&world, &me.who, own).await.unwrap().content.files[0].clone();
    let id = file.id.parse().unwrap();
    let producer = who(&world, PRODUCER).await;
    assert!(gone(open_file(&world, &producer.who, &made, id).await), "not before it is published");
    assert!(open_own_file(&world, &me.who, own, id).await.is_ok());
    submit(&world, &me.who, own, false).await.unwrap();
    assert!(matches!(remove_file(&world, &me.who, own, id).await, Err(Refusal::NotPossible(_))));
    let at = version(&world, &me, &made).await;
    publish(&world, &second.who, own, at, false).await.unwrap();
    let mut download = open_file(&world, &producer.who, &made, id).await.unwrap();
    assert_eq!(download.piece().await.unwrap().unwrap(), b"one\ntwo\n");
    assert!(gone(open_file(&world, &Principal::default(), &made, id).await));
    world.wait(3 * Timestamp::DAY);
    crate::evidence::sweep(&world).await.unwrap();
    assert!(open_file(&world, &producer.who, &made, id).await.is_ok(), "what belongs to a notice is not swept");
    withdraw(&world, &second.who, own, "Out of date.").await.unwrap();
    assert!(gone(open_file(&world, &producer.who, &made, id).await));
}
