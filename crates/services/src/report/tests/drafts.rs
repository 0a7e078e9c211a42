//! Writing: nothing typed is ever lost, and nobody else reads it.

use domain::{
    answers::Answers,
    question::{Form, Status},
    report::ReportKind,
};

use super::*;
use crate::{audit, draft::KEPT_FOR, testing::NOW};

fn typed(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().copied().collect()
}

#[tokio::test]
async fn a_draft_begins_with_what_is_known() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let how = Start { kind: Some(ReportKind::Theft), quick: false };
    let id = draft::start(&world, &me.who, me.org, how).await.unwrap();
    let view = open(&world, &me.who, id).await;
    assert_eq!(view.answers.one("contact.name"), "Tomás Herrera");
    assert_eq!(view.answers.one("contact.email"), "officer@meridian-reagents.example");
    assert_eq!(view.answers.one("kind"), "theft");
    assert_eq!((view.form, view.version, view.is_mine), (Form::Full, 1, true));
    assert_eq!(view.kept_until, NOW.plus(KEPT_FOR));
    let statuses: Vec<_> = view.tasks().into_iter().map(|task| task.status).collect();
    assert!(statuses.contains(&Status::NotStarted) && statuses.contains(&Status::InProgress), "{statuses:?}");
    assert!(!view.problems().is_empty());
}

#[tokio::test]
async fn right_or_wrong_everything_is_kept() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = draft::start(&world, &me.who, me.org, Start::default()).await.unwrap();
    let answers = typed(&[
        ("kind", "nonsense <script>"),
        ("aware_at", "yesterday"),
        ("substance.1.name", "\u{202e}acetone\u{7}"),
        ("party.1.email", "not an address"),
        ("why.text", "\0"),
        ("no.such.field", "is not stored"),
    ]);
    let saved = save(&world, &me.who, id, 1, &answers).await.unwrap();
    let view = open(&world, &me.who, id).await;
    assert_eq!((saved.version, view.version), (2, 2));
    for field in ["kind", "aware_at", "substance.1.name", "party.1.email"] {
        assert_eq!(view.answers.one(field), answers.one(field));
    }
    assert_eq!(view.answers.one("why.text"), "\u{FFFD}");
    assert!(!view.answers.seen("no.such.field"));
    assert_eq!(view.title, "acetone");
    // The same page once more changes nothing and makes no version.
    assert_eq!(save(&world, &me.who, id, 2, &answers).await.unwrap().version, 2);
}

#[tokio::test]
async fn what_is_too_large_is_refused_whole() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = draft::start(&world, &me.who, me.org, Start::default()).await.unwrap();
    save(&world, &me.who, id, 1, &typed(&[("why.text", "before")])).await.unwrap();
    let million = typed(&[("story", &"x".repeat(1_000_000))]);
    save(&world, &me.who, id, 2, &million).await.unwrap();
    let too_much = typed(&[("why.text", &"y".repeat(1_200_000))]);
    let refused = save(&world, &me.who, id, 3, &too_much).await;
    assert!(matches!(refused, Err(Refusal::Invalid(_))), "{refused:?}");
    let view = open(&world, &me.who, id).await;
    assert_eq!((view.answers.one("why.text"), view.answers.one("story").len()), ("before", 1_000_000));
}

#[tokio::test]
async fn two_tabs_keep_both_answers() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = draft::start(&world, &me.who, me.org, Start::default()).await.unwrap();
    save(&world, &me.who, id, 1, &typed(&[("why.text", "first tab")])).await.unwrap();
    let saved = save(&world, &me.who, id, 1, &typed(&[("why.text", "second tab")])).await.unwrap();
    assert_eq!(saved.conflicts, ["why.text"]);
    let view = open(&world, &me.who, id).await;
    assert_eq!(view.answers.one("why.text"), "second tab");
    let kept: Vec<_> = view.alternatives_at("why.text").collect();
    assert_eq!((kept.len(), kept[0].texts[0].as_str(), kept[0].by.as_str()), (1, "first tab", "Tomás Herrera"));
    let nothing = draft::choose_alternative(&world, &me.who, id, "kind", None).await;
    assert!(matches!(nothing, Err(Refusal::NotFound)));
    draft::choose_alternative(&world, &me.who, id, "why.text", Some(kept[0].id)).await.unwrap();
    let view = open(&world, &me.who, id).await;
    assert_eq!((view.answers.one("why.text"), view.alternatives.len()), ("first tab", 0));
}

#[tokio::test]
async fn twenty_saves_at_once_all_count() {
    let world = std::sync::Arc::new(World::with_people().await);
    let me = std::sync::Arc::new(reporter(&world).await);
    let id = draft::start(&world, &me.who, me.org, Start::default()).await.unwrap();
    let saves = (1..=20).map(|n| {
        let (world, me) = (world.clone(), me.clone());
        tokio::spawn(async move {
            let field = format!("substance.{n}.name");
            save(&world, &me.who, id, 1, &typed(&[(&field, "x")])).await.unwrap().version
        })
    });
    let mut versions: Vec<i64> = Vec::new();
    for save in saves.collect::<Vec<_>>() {
        versions.push(save.await.unwrap());
    }
    versions.sort_unstable();
    assert_eq!(versions, (2..=21).collect::<Vec<_>>());
    assert_eq!(open(&world, &me.who, id).await.answers.items("substance").len(), 20);
}

#[tokio::test]
async fn a_removed_substance_can_be_put_back() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = drafted(&world, &me, &order(), false).await;
    draft::remove_item(&world, &me.who, id, "substance", 1).await.unwrap();
    let view = open(&world, &me.who, id).await;
    assert!(view.answers.items("substance").is_empty());
    assert_eq!((view.removed[0].name.as_str(), view.removed[0].group.as_str()), ("Acetone", "substance"));
    let none = draft::remove_item(&world, &me.who, id, "substance", 1).await;
    assert!(matches!(none, Err(Refusal::NotFound)));
    let number = draft::restore_item(&world, &me.who, id, view.removed[0].id).await.unwrap();
    let view = open(&world, &me.who, id).await;
    assert_eq!((number, view.answers.one("substance.1.quantity")), (1, "2 drums of 200 l"));
}

#[tokio::test]
async fn put_away_is_not_lost() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = drafted(&world, &me, &order(), false).await;
    draft::delete(&world, &me.who, id).await.unwrap();
    assert!(matches!(draft::load(&world, &me.who, id).await.unwrap(), Loaded::PutAway { .. }));
    assert!(draft::list(&world, &me.who, me.org, false).await.unwrap().is_empty());
    assert_eq!(draft::list(&world, &me.who, me.org, true).await.unwrap().len(), 1);
    assert!(matches!(super::super::submit(&world, &me.who, id).await, Err(Refusal::NotPossible(_))));
    draft::bring_back(&world, &me.who, id).await.unwrap();
    assert_eq!(open(&world, &me.who, id).await.answers.one("kind"), "order");
    // A page that was open elsewhere brings a draft back by itself.
    draft::delete(&world, &me.who, id).await.unwrap();
    save(&world, &me.who, id, 2, &typed(&[("why.text", "more")])).await.unwrap();
    assert_eq!(open(&world, &me.who, id).await.answers.one("why.text"), "more");
}

#[tokio::test]
async fn a_draft_is_reminded_of_twice_and_then_erased() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let old = drafted(&world, &me, &order(), false).await;
    let known = mails_so_far(&world).await;
    let ticked = async |micros: i64| {
        world.wait(micros);
        draft::age(&world).await.unwrap();
        let again = draft::age(&world).await.unwrap();
        assert_eq!(again, 0, "each reminder is sent once");
        mails_after(&world, known).await.len()
    };
    assert_eq!(ticked(KEPT_FOR - 8 * Timestamp::DAY).await, 0);
    assert_eq!(ticked(Timestamp::DAY).await, 1, "a week before");
    assert_eq!(ticked(5 * Timestamp::DAY).await, 1);
    let young = drafted(&world, &me, &order(), false).await;
    assert_eq!(ticked(Timestamp::DAY).await, 2, "a day before");
    let mails = world.mails().await.split_off(known);
    for (template, to, link) in &mails {
        assert_eq!((template.as_str(), to.as_str()), ("draft_ends", "officer@meridian-reagents.example"));
        assert!(link.ends_with(&format!("/en/c/meridian/drafts/{old}")), "{link}");
    }
    assert!(matches!(draft::load(&world, &me.who, old).await.unwrap(), Loaded::Open(_)));
    ticked(Timestamp::DAY + HOUR).await;
    assert!(matches!(draft::load(&world, &me.who, old).await.unwrap(), Loaded::Erased { .. }));
    assert!(matches!(draft::load(&world, &me.who, young).await.unwrap(), Loaded::Open(_)));
    assert!(draft::list(&world, &me.who, me.org, true).await.unwrap().is_empty());
    let row = store::draft::find(&mut world.db.reader(), old).await.unwrap().unwrap();
    assert_eq!((row.answers.as_str(), row.kept.as_str(), row.title.as_str()), ("{}", "{}", ""));
    let refused = super::super::submit(&world, &me.who, old).await;
    assert!(matches!(&refused, Err(Refusal::NotPossible(why)) if why.contains("deleted")), "{refused:?}");
    // A page left open all that time still loses nothing that stands on it.
    save(&world, &me.who, old, 2, &typed(&[("why.text", "late")])).await.unwrap();
    let back = open(&world, &me.who, old).await;
    assert_eq!((back.answers.one("why.text"), back.answers.filled("kind")), ("late", false));
}

#[tokio::test]
async fn nothing_is_erased_without_a_day_of_warning() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = drafted(&world, &me, &order(), false).await;
    let known = mails_so_far(&world).await;
    // The service did not run for two months.
    world.wait(2 * KEPT_FOR);
    draft::age(&world).await.unwrap();
    assert_eq!(mails_after(&world, known).await.len(), 1, "the last reminder, and no other");
    assert!(matches!(draft::load(&world, &me.who, id).await.unwrap(), Loaded::Open(_)));
    world.wait(Timestamp::DAY + HOUR);
    draft::age(&world).await.unwrap();
    assert!(matches!(draft::load(&world, &me.who, id).await.unwrap(), Loaded::Erased { .. }));
}

#[tokio::test]
async fn whoever_goes_on_is_given_another_thirty_days() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = drafted(&world, &me, &order(), false).await;
    world.wait(KEPT_FOR - HOUR);
    draft::age(&world).await.unwrap();
    save(&world, &me.who, id, 2, &typed(&[("why.text", "more")])).await.unwrap();
    let known = mails_so_far(&world).await;
    world.wait(KEPT_FOR - 2 * Timestamp::DAY);
    draft::age(&world).await.unwrap();
    assert_eq!(mails_after(&world, known).await.len(), 1, "it is reminded of anew");
    assert!(matches!(draft::load(&world, &me.who, id).await.unwrap(), Loaded::Open(_)));
    // Put away, it is kept as long once more, and ends without a word.
    draft::delete(&world, &me.who, id).await.unwrap();
    world.wait(KEPT_FOR - HOUR);
    draft::age(&world).await.unwrap();
    assert!(matches!(draft::load(&world, &me.who, id).await.unwrap(), Loaded::PutAway { .. }));
    world.wait(2 * HOUR);
    draft::age(&world).await.unwrap();
    assert!(matches!(draft::load(&world, &me.who, id).await.unwrap(), Loaded::Erased { .. }));
    assert_eq!(mails_after(&world, known).await.len(), 1);
}

#[tokio::test]
async fn a_draft_is_handed_over_to_a_colleague() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let admin = somebody(&world, "admin@meridian-reagents.example").await;
    let reader = somebody(&world, "reader@meridian-reagents.example").await;
    let stranger = somebody(&world, "admin@noordkust.example").await;
    let id_of = |who: &Somebody| who.who.person.as_ref().unwrap().id;
    let id = drafted(&world, &me, &order(), false).await;
    let view = open(&world, &me.who, id).await;
    let names: Vec<_> =
        draft::colleagues(&world, &me.who, &view).await.unwrap().into_iter().map(|who| who.id).collect();
    assert_eq!(names, [id_of(&admin)], "those who write");
    for (who, to, refused) in [
        (&me, &stranger, "NotFound"),
        (&stranger, &admin, "NotFound"),
        (&reader, &admin, "NotFound"),
        (&me, &reader, "Invalid"),
        (&me, &me, "NotPossible"),
    ] {
        let outcome = draft::hand_over(&world, &who.who, id, id_of(to)).await;
        assert!(format!("{outcome:?}").contains(refused), "{outcome:?} is not {refused}");
    }
    let known = mails_so_far(&world).await;
    draft::hand_over(&world, &me.who, id, id_of(&admin)).await.unwrap();
    assert_eq!(
        mails_after(&world, known).await,
        [("draft_handed_over".to_owned(), "admin@meridian-reagents.example".to_owned())]
    );
    assert!(matches!(draft::load(&world, &me.who, id).await, Err(Refusal::NotFound)), "it is not mine any more");
    let view = open(&world, &admin.who, id).await;
    assert!(view.is_mine && view.answers.one("why.text") == order().one("why.text"));
    draft::hand_over(&world, &admin.who, id, id_of(&me)).await.unwrap();
    assert!(open(&world, &me.who, id).await.is_mine, "and back");
    let rows = store::audit::of_object(&mut world.db.reader(), "draft", &id.to_string()).await.unwrap();
    assert!(rows.iter().any(|row| row.action.contains(&format!("draft handed over to {}", id_of(&admin)))));
}

#[tokio::test]
async fn an_amendment_is_handed_over_with_the_right_to_its_report() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let admin = somebody(&world, "admin@meridian-reagents.example").await;
    let reference = sent(&world, &admin, &order()).await;
    let id = draft::start_amendment(&world, &admin.who, &reference).await.unwrap();
    let mine = me.who.person.as_ref().unwrap().id;
    assert!(matches!(super::super::view(&world, &me.who, &reference).await, Err(Refusal::NotFound)));
    draft::hand_over(&world, &admin.who, id, mine).await.unwrap();
    save(&world, &me.who, id, 1, &typed(&[("did.done", "refused")])).await.unwrap();
    assert_eq!(super::super::submit(&world, &me.who, id).await.unwrap(), reference);
}

#[tokio::test]
async fn a_draft_is_its_authors_and_the_administrators() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let admin = somebody(&world, "admin@meridian-reagents.example").await;
    let id = drafted(&world, &me, &order(), false).await;
    let of_admin = drafted(&world, &admin, &order(), false).await;
    assert!(!open(&world, &admin.who, id).await.is_mine);
    assert_eq!(draft::list(&world, &admin.who, me.org, false).await.unwrap().len(), 2);
    assert_eq!(draft::list(&world, &me.who, me.org, false).await.unwrap().len(), 1);
    assert!(matches!(draft::load(&world, &me.who, of_admin).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn the_log_says_that_and_not_what() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let id = drafted(&world, &me, &order(), false).await;
    draft::delete(&world, &me.who, id).await.unwrap();
    let rows = store::audit::of_object(&mut world.db.reader(), "draft", &id.to_string()).await.unwrap();
    let steps: Vec<_> = rows.iter().map(|row| row.action.as_str()).collect();
    let expected = ["WriteReports: draft begun", "WriteReports: draft saved", "WriteReports: draft put away"];
    assert_eq!(steps, expected);
    assert!(matches!(audit::verify(&mut world.db.reader()).await.unwrap(), audit::Verdict::Whole(n) if n >= 3));
}

#[tokio::test]
async fn another_like_this_takes_the_customer_not_the_story() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let mut answers = order();
    answers.set_one("delivery.country", "DE");
    answers.set_one("substance.1.use", "cleaning");
    let reference = sent(&world, &me, &answers).await;
    let id = draft::start_like(&world, &me.who, &reference).await.unwrap();
    let view = open(&world, &me.who, id).await;
    for (field, copied) in [
        ("kind", true),
        ("party.1.name", true),
        ("substance.1.name", true),
        ("delivery.country", true),
        ("substance.1.quantity", false),
        ("substance.1.use", false),
        ("why.text", false),
        ("aware_at", false),
        ("did.done", false),
    ] {
        assert_eq!(view.answers.filled(field), copied, "{field}");
    }
    assert_eq!(view.answers.one("contact.phone"), "", "contact data come from the person, not from the report");
}
