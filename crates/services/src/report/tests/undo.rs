//! Taking back what was just done at the desk.

use domain::{ids::UndoId, indicator::Band, report::ReporterState};

use super::*;
use crate::{
    desk::{self, Change, DeskEvent, Give, Turn, Undone, Verdict, Went, When},
    label, report,
    thread::{self, Noted},
};

const SECOND: i64 = Timestamp::SECOND;

/// A report that an officer has opened, some time ago.
async fn at_hand(world: &World) -> (Somebody, Somebody, Reference) {
    let (me, works) = (reporter(world).await, officer(world).await);
    let reference = sent(world, &me, &order()).await;
    report::view(world, &me.who, &reference).await.unwrap();
    world.wait(HOUR);
    (me, works, reference)
}

async fn version(world: &World, who: &Somebody, reference: &Reference) -> i64 {
    desk::view(world, &who.who, reference).await.unwrap().version
}

async fn offered(world: &World, who: &Somebody) -> Option<(UndoId, String)> {
    desk::undoable(world, &who.who, who.org, "", None).await.unwrap().map(|undo| (undo.id, undo.deed))
}

async fn undo(world: &World, who: &Somebody, act: UndoId) -> Vec<Undone> {
    desk::undo(world, &who.who, who.org, act).await.unwrap().into_iter().map(|(_, how)| how).collect()
}

/// Everything that an act may have changed, but for what counts changes.
async fn stands(world: &World, reference: &Reference) -> store::report::ReportRow {
    let row = store::report::find(&mut world.db.reader(), reference.as_str()).await.unwrap().unwrap();
    store::report::ReportRow { version: 0, updated_at: 0, ..row }
}

#[tokio::test]
async fn each_act_is_taken_back_whole() {
    let world = World::with_people().await;
    let (_, works, reference) = at_hand(&world).await;
    let lead = somebody(&world, "supervisor@pco-nl.example").await;
    let fields = [("name", "Hot"), ("colour", "rust")].into_iter().collect();
    let hot = label::add(&world, &lead.who, lead.org, &fields).await.unwrap();
    let id = works.who.person.as_ref().unwrap().id;
    for deed in ["assign", "label", "snooze", "severity", "accept", "close"] {
        let (before, at) = (stands(&world, &reference).await, version(&world, &works, &reference).await);
        let (who, of) = (&works.who, &reference);
        match deed {
            "assign" => desk::assign(&world, who, of, at, Some(id)).await,
            "label" => desk::label(&world, who, of, at, &[hot]).await,
            "snooze" => desk::snooze(&world, who, of, at, When::After(3)).await,
            "severity" => desk::override_severity(&world, who, of, at, Band::Red, "other", "Known.").await,
            "accept" => desk::decide(&world, who, of, at, &Verdict::Accept, "credible", "").await,
            _ => desk::decide(&world, who, of, at, &Verdict::NoFurtherAction, "known", "").await,
        }
        .unwrap();
        let (act, called) = offered(&world, &works).await.expect(deed);
        assert_eq!(called, deed);
        assert_eq!(offered(&world, &lead).await, None, "it is offered to nobody else");
        world.wait(SECOND);
        assert_eq!(undo(&world, &lead, act).await, [], "{deed}: nor taken from them");
        assert_eq!(undo(&world, &works, act).await, [Undone::Done], "{deed}");
        assert_eq!(stands(&world, &reference).await, before, "{deed}");
        let seen = desk::view(&world, &works.who, &reference).await.unwrap();
        assert!(seen.labels.is_empty() && seen.version == at + 2, "{deed}");
        assert_eq!(seen.thread[0].event, DeskEvent::Noted(Noted::Undone));
        assert_eq!(undo(&world, &works, act).await, [], "{deed}: once");
        world.wait(HOUR);
    }
    let acts = audited(&world, &reference).await;
    assert_eq!(acts.iter().filter(|act| act.ends_with("act undone")).count(), 6, "{acts:?}");
    assert_eq!(acts.iter().filter(|act| act.ends_with("report decided")).count(), 2, "the log keeps both rows");
}

#[tokio::test]
async fn the_company_never_sees_what_was_taken_back() {
    let world = World::with_people().await;
    let (me, works, reference) = at_hand(&world).await;
    let known = mails_so_far(&world).await;
    let before = format!("{:?}", report::view(&world, &me.who, &reference).await.unwrap().thread);
    world.wait(SECOND);
    let at = version(&world, &works, &reference).await;
    desk::decide(&world, &works.who, &reference, at, &Verdict::NoFurtherAction, "known", "").await.unwrap();
    assert_eq!(mails_after(&world, known).await.len(), 1);
    world.wait(14 * SECOND);
    let due = store::outbox::list(&mut world.db.reader(), "waiting", 99).await.unwrap();
    let outcome = due.iter().find(|mail| mail.template == "outcome").unwrap();
    assert!(outcome.next_at > world.now().0, "it has not left");
    assert_eq!(offered(&world, &works).await, None, "the page does not offer it any more");
    let id = works.who.person.as_ref().unwrap().id;
    let row =
        store::undo::running(&mut world.db.reader(), id, works.org, world.now(), ("close", reference.as_str())).await;
    let act = UndoId(row.unwrap().unwrap().undo_id);
    assert_eq!(undo(&world, &works, act).await, [Undone::Done], "a press that travelled is still taken");
    assert_eq!(mails_after(&world, known).await, [], "and the mail never leaves");
    world.wait(HOUR);
    let seen = report::view(&world, &me.who, &reference).await.unwrap();
    assert_eq!((seen.state, seen.outcome, format!("{:?}", seen.thread)), (ReporterState::Sent, None, before));
    let told = desk::view(&world, &works.who, &reference).await.unwrap().thread;
    assert_eq!(told.iter().filter(|entry| entry.withheld).count(), 2, "the desk reads that it was not seen");
}

#[tokio::test]
async fn who_has_seen_it_reads_that_it_stands_as_before() {
    let world = World::with_people().await;
    let (me, works, reference) = at_hand(&world).await;
    let at = version(&world, &works, &reference).await;
    desk::decide(&world, &works.who, &reference, at, &Verdict::NoFurtherAction, "known", "").await.unwrap();
    world.wait(SECOND);
    assert_eq!(report::view(&world, &me.who, &reference).await.unwrap().state, ReporterState::Closed);
    let (act, _) = offered(&world, &works).await.unwrap();
    assert_eq!(undo(&world, &works, act).await, [Undone::Done]);
    let seen = report::view(&world, &me.who, &reference).await.unwrap();
    assert_eq!(seen.state, ReporterState::Sent);
    assert_eq!(seen.thread[0].said, thread::Said::State { state: ReporterState::Sent });
    assert!(seen.thread.iter().any(|entry| matches!(entry.said, thread::Said::Outcome { .. })), "nothing is denied");
}

#[tokio::test]
async fn what_happened_since_and_the_time_make_it_final() {
    let world = World::with_people().await;
    let (me, works, reference) = at_hand(&world).await;
    let close = async || {
        let at = version(&world, &works, &reference).await;
        desk::decide(&world, &works.who, &reference, at, &Verdict::NoFurtherAction, "known", "").await.unwrap();
        offered(&world, &works).await.unwrap().0
    };
    let act = close().await;
    thread::message(&world, &me.who, &reference, "The van came back.").await.unwrap();
    assert_eq!(undo(&world, &works, act).await, [Undone::Changed]);
    let at = version(&world, &works, &reference).await;
    desk::reopen(&world, &works.who, &reference, at, "new_information", "").await.unwrap();
    assert_eq!(undo(&world, &works, act).await, [], "the next act took its place");
    world.wait(HOUR);
    let act = close().await;
    world.wait(16 * SECOND);
    assert_eq!(undo(&world, &works, act).await, [Undone::Late]);
    let closed = desk::view(&world, &works.who, &reference).await.unwrap();
    assert_eq!(closed.standing.state, domain::report::State::Closed);
    world.wait(2 * HOUR);
    crate::worker::sweep(&world).await.unwrap();
    assert_eq!(undo(&world, &works, act).await, []);
    for foreign in ["officer@pco-ca.example", "officer@meridian-reagents.example"] {
        let who = somebody(&world, foreign).await.who;
        assert!(matches!(desk::undo(&world, &who, works.org, act).await, Err(Refusal::NotFound)), "{foreign}");
        assert!(matches!(desk::undoable(&world, &who, works.org, "", None).await, Err(Refusal::NotFound)), "{foreign}");
    }
}

#[tokio::test]
async fn a_selection_is_taken_back_as_far_as_it_stands() {
    let world = World::with_people().await;
    let (me, works, first) = at_hand(&world).await;
    let second = sent(&world, &me, &order()).await;
    let seen = [
        (first.clone(), version(&world, &works, &first).await),
        (second.clone(), version(&world, &works, &second).await),
    ];
    let turn = Some(Turn::Close("known".into()));
    let change = Change { give: Some(Give::ToMe), turn, ..Change::default() };
    let went = desk::change(&world, &works.who, works.org, &seen, &change).await.unwrap();
    assert!(went.iter().all(|(_, how)| *how == Went::Done), "{went:?}");
    let (act, deed) = offered(&world, &works).await.unwrap();
    assert_eq!(deed, "selection");
    thread::message(&world, &me.who, &second, "The van came back.").await.unwrap();
    world.wait(SECOND);
    let went = desk::undo(&world, &works.who, works.org, act).await.unwrap();
    let how = |reference: &Reference| went.iter().find(|(known, _)| known == reference).map(|(_, how)| *how);
    assert_eq!((how(&first), how(&second)), (Some(Undone::Done), Some(Undone::Changed)));
    let view = desk::view(&world, &works.who, &first).await.unwrap();
    assert_eq!((view.standing.state, view.assignee), (domain::report::State::Sent, None));
    // What was written is said.
    let write = Change { text: "Thank you.".into(), ..Change::default() };
    world.wait(HOUR);
    let at = version(&world, &works, &first).await;
    desk::change(&world, &works.who, works.org, &[(first, at)], &write).await.unwrap();
    assert_eq!(offered(&world, &works).await, None);
}
