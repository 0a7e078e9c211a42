//! Between associations and their authority: approval, adapting; and what readers are told of a withdrawal.

use domain::{
    lang::Lang,
    notice::{Approval, Original},
    notify::Topic,
};

use super::*;

const HEAD: &str = "admin@chemtrade-assoc.example";
const SUB_EDITOR: &str = "subeditor@chemtrade-assoc.example";
const ASSOCIATION: &str = "chemtrade-assoc";

async fn mailed(world: &World, template: &str) -> Vec<String> {
    let mut to: Vec<_> =
        world.mails().await.into_iter().filter(|(name, ..)| name == template).map(|(_, to, _)| to).collect();
    to.sort();
    to
}

/// Lets the association's second person go on with a draft.
async fn let_go(world: &World, editor: &Who, head: &Who, made: &NoticeRef) -> Went {
    submit(world, &editor.who, (editor.org, made), true).await.unwrap();
    let at = version(world, head, made).await;
    publish(world, &head.who, (head.org, made), at, true).await.unwrap()
}

async fn approve(world: &World, desk: &Who, made: &NoticeRef) {
    let at = approval::look(world, &desk.who, desk.org, made).await.unwrap().version;
    approval::approve(world, &desk.who, desk.org, (made, at), true).await.unwrap();
}

async fn is_public(world: &World, made: &NoticeRef) -> bool {
    shown(world, &Principal::default(), made).await.is_ok()
}

#[tokio::test]
async fn an_authority_approves_what_an_association_publishes() {
    let world = World::with_people().await;
    let (editor, head) = (who(&world, EDITOR).await, who(&world, HEAD).await);
    let (officer, lead) = (who(&world, WRITER).await, who(&world, SECOND).await);
    let foreign = who(&world, "supervisor@pco-ca.example").await;
    assert!(gone(gate::set(&world, &officer.who, officer.org, ASSOCIATION, true).await), "officers do not decide that");
    assert_eq!(
        problems(gate::set(&world, &foreign.who, foreign.org, ASSOCIATION, true).await)[0].field,
        "association",
        "not of their country"
    );
    for _ in 0..2 {
        gate::set(&world, &lead.who, lead.org, ASSOCIATION, true).await.unwrap();
    }
    assert!(gate::list(&world, &lead.who, lead.org).await.unwrap().iter().all(|one| one.is_on));
    assert!(gate::of(&world, &editor.who, editor.org).await.unwrap().is_some());

    let made = drafted(&world, &editor, &[]).await;
    let own = (editor.org, &made);
    assert_eq!(let_go(&world, &editor, &head, &made).await, Went::ToAuthority);
    assert_eq!(work(&world, &editor.who, own).await.unwrap().state, State::Approval);
    assert!(!is_public(&world, &made).await);
    assert_eq!((mailed(&world, "notice_to_approve").await.len(), mailed(&world, "approval_news").await.len()), (1, 1));
    let at = version(&world, &head, &made).await;
    assert!(matches!(publish(&world, &head.who, own, at, true).await, Err(Refusal::NotPossible(_))));
    assert!(gone(approval::look(&world, &foreign.who, foreign.org, &made).await));
    assert!(gone(approval::approve(&world, &head.who, head.org, (&made, at), true).await));
    assert_eq!(approval::waiting(&world, &officer.who, officer.org).await.unwrap(), 1);

    let seen = (&made, at);
    assert_eq!(problems(approval::send_back(&world, &officer.who, officer.org, seen, " ").await)[0].field, "why");
    approval::send_back(&world, &officer.who, officer.org, seen, "Say since when.").await.unwrap();
    world.wait(Timestamp::MINUTE);
    let back = work(&world, &editor.who, own).await.unwrap();
    assert_eq!((back.state, back.sent_back.as_str()), (State::Draft, "Say since when."));
    assert_eq!(back.stand.last.unwrap().state, Approval::Returned);
    assert!(approval::look(&world, &officer.who, officer.org, &made).await.unwrap().content.is_none());

    // 14:00 UTC is 15:00 in Amsterdam.
    submit(&world, &editor.who, own, true).await.unwrap();
    let at = version(&world, &head, &made).await;
    let later = ("23 November 2026, 16:30", true);
    assert_eq!(schedule(&world, &head.who, own, at, later).await.unwrap(), Went::ToAuthority);
    assert!(matches!(
        approval::approve(&world, &officer.who, officer.org, seen, true).await,
        Err(Refusal::Stale | Refusal::NotPossible(_))
    ));
    approve(&world, &officer, &made).await;
    assert_eq!(work(&world, &editor.who, own).await.unwrap().state, State::Scheduled);
    world.wait(91 * Timestamp::MINUTE);
    assert_eq!(publish_due(&world).await.unwrap(), 1);
    assert!(is_public(&world, &made).await);

    // The next revision, though its words are those that were approved, is approved anew.
    revise(&world, &editor.who, own).await.unwrap();
    assert_eq!(let_go(&world, &editor, &head, &made).await, Went::ToAuthority);
    assert_eq!(shown(&world, &Principal::default(), &made).await.unwrap().revision, 1);
    approve(&world, &lead, &made).await;
    assert_eq!(shown(&world, &Principal::default(), &made).await.unwrap().revision, 2);
    let (waiting, decided) = approval::list(&world, &officer.who, officer.org).await.unwrap();
    let states: Vec<_> = decided.iter().map(|one| one.state).collect();
    assert_eq!(
        (waiting.len(), states.as_slice()),
        (0, [Approval::Used, Approval::Used, Approval::Returned].as_slice())
    );
    assert!(matches!(audit::verify(&mut world.db.reader()).await.unwrap(), audit::Verdict::Whole(_)));
}

#[tokio::test]
async fn the_clock_passes_nothing_by_the_authority() {
    let world = World::with_people().await;
    let (editor, head) = (who(&world, EDITOR).await, who(&world, HEAD).await);
    let lead = who(&world, SECOND).await;
    let made = drafted(&world, &editor, &[]).await;
    let own = (editor.org, &made);
    submit(&world, &editor.who, own, true).await.unwrap();
    let at = version(&world, &head, &made).await;
    let later = ("23 November 2026, 16:30", true);
    assert_eq!(schedule(&world, &head.who, own, at, later).await.unwrap(), Went::Out);
    gate::set(&world, &lead.who, lead.org, ASSOCIATION, true).await.unwrap();
    world.wait(2 * Timestamp::HOUR);
    assert_eq!(publish_due(&world).await.unwrap(), 0);
    assert_eq!(work(&world, &editor.who, own).await.unwrap().state, State::Approval);
    assert_eq!(mailed(&world, "approval_news").await, [HEAD, EDITOR], "it did not go out when they thought");
    // What is taken back loses the question with it.
    take_back(&world, &editor.who, own).await.unwrap();
    assert_eq!(approval::waiting(&world, &lead.who, lead.org).await.unwrap(), 0);
    assert_eq!(let_go(&world, &editor, &head, &made).await, Went::ToAuthority);
    // Where the authority asks for it no more, the association decides alone.
    gate::set(&world, &lead.who, lead.org, ASSOCIATION, false).await.unwrap();
    let at = version(&world, &head, &made).await;
    assert_eq!(publish(&world, &head.who, own, at, true).await.unwrap(), Went::Out);
    assert!(is_public(&world, &made).await);
}

#[tokio::test]
async fn an_adapted_notice_is_told_of_its_original() {
    let world = World::with_people().await;
    let (me, second) = (who(&world, WRITER).await, who(&world, SECOND).await);
    let (editor, head) = (who(&world, EDITOR).await, who(&world, HEAD).await);
    let producer = who(&world, PRODUCER).await;
    let original = put_out(&world, &me, &second, &[("access", "companies")]).await;
    let offered = offered(&world, &editor.who, editor.org).await.unwrap();
    assert_eq!(offered.into_iter().map(|item| item.reference).collect::<Vec<_>>(), std::slice::from_ref(&original));
    let made = adapt(&world, &editor.who, editor.org, &original.to_string()).await.unwrap();
    let own = (editor.org, &made);
    let draft = work(&world, &editor.who, own).await.unwrap();
    assert_eq!(
        (draft.content.texts[0].title.as_str(), draft.origin.unwrap().original),
        ("Unusual orders", Original::Same)
    );
    save(&world, &editor.who, own, 1, &typed(&[])).await.unwrap();
    assert_eq!(
        problems(submit(&world, &editor.who, own, true).await)[0].field,
        "access",
        "not for more than the original"
    );
    save(&world, &editor.who, own, 2, &typed(&[("access", "companies"), ("title.en", "For our members")]))
        .await
        .unwrap();
    assert_eq!(let_go(&world, &editor, &head, &made).await, Went::Out);
    assert_eq!(problems(adapt(&world, &editor.who, editor.org, &made.to_string()).await)[0].field, "from");
    let at_original = links(&world, &producer.who, &original).await.unwrap();
    assert_eq!((at_original.adapted.len(), at_original.adapters.len()), (1, 0));
    assert_eq!(links(&world, &Principal::default(), &original).await.unwrap(), Links::default());
    assert_eq!(links(&world, &editor.who, &original).await.unwrap().adapters[0].0, ASSOCIATION);

    let what = async || links(&world, &producer.who, &made).await.unwrap().original.unwrap().original;
    assert_eq!(what().await, Original::Same);
    revise(&world, &me.who, (me.org, &original)).await.unwrap();
    submit(&world, &me.who, (me.org, &original), true).await.unwrap();
    let at = version(&world, &me, &original).await;
    publish(&world, &second.who, (second.org, &original), at, true).await.unwrap();
    assert_eq!(mailed(&world, "original_changed").await, [HEAD, EDITOR, SUB_EDITOR]);
    assert_eq!(what().await, Original::Revised);
    look_at_original(&world, &editor.who, own).await.unwrap();
    assert_eq!(what().await, Original::Same);
    withdraw(&world, &second.who, (second.org, &original), "It was wrong.").await.unwrap();
    assert_eq!(what().await, Original::Withdrawn);
    assert_eq!(mailed(&world, "original_changed").await.len(), 6);
}

#[tokio::test]
async fn who_was_told_is_told_of_the_withdrawal() {
    let world = World::with_people().await;
    let (me, second) = (who(&world, WRITER).await, who(&world, SECOND).await);
    let (producer, carrier) = (who(&world, PRODUCER).await, who(&world, CARRIER).await);
    let narrow = [("access", "audience"), ("roles", "producer"), ("trust", "2"), ("countries", "Netherlands")];
    let made = put_out(&world, &me, &second, &narrow).await;
    let told = mailed(&world, "alert_published").await;
    assert!(told.contains(&PRODUCER.to_owned()) && !told.contains(&CARRIER.to_owned()));
    let never = drafted(&world, &me, &[]).await;
    let quiet: Answers = [("alerts", "portal")].into_iter().collect();
    crate::notify::choose(&world, &producer.who, &quiet).await.unwrap();
    world.wait(Timestamp::MINUTE);
    for notice in [&made, &never] {
        withdraw(&world, &second.who, (second.org, notice), "The orders were explained.").await.unwrap();
    }
    let recalled = mailed(&world, "alert_withdrawn").await;
    assert!(!recalled.contains(&PRODUCER.to_owned()), "they chose no mail");
    assert_eq!(recalled.len() + 1, told.len());
    let lines = async |who: &Who| {
        let page = crate::notify::page(&world, &who.who, Lang::En, Some(Topic::Alerts), true, "").await.unwrap();
        page.lines.into_iter().map(|line| line.text).collect::<Vec<_>>()
    };
    assert_eq!(lines(&producer).await, ["An alert was withdrawn", "An alert was published for you"]);
    assert!(lines(&carrier).await.is_empty());
}
