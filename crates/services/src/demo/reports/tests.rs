use std::collections::HashSet;

use domain::report::{ReportKind, State};

use super::*;
use crate::{audit, desk::QueueFilter, testing::World};

async fn told() -> World {
    let world = World::with_people().await;
    seed(&world).await.unwrap();
    seed(&world).await.unwrap();
    world
}

#[tokio::test]
async fn every_story_can_happen() {
    let world = told().await;
    assert!((24..=32).contains(&stories().count()));
    assert!(matches!(audit::verify(&mut world.db.reader()).await.unwrap(), audit::Verdict::Whole(n) if n > 100));
    assert!(world.mails().await.is_empty(), "the mails of the past have left");
    // The log runs forward in time.
    let log = store::audit::page(&mut world.db.reader(), 0, 10_000).await.unwrap();
    let acts: Vec<i64> = log.iter().filter(|row| row.object_kind == "report").map(|row| row.at).collect();
    assert!(acts.is_sorted());
    let (who, org) = seated(&world, TOMAS).await.unwrap();
    let customers = crate::customer::list(&world, &who, org, &Default::default(), None, 50).await.unwrap();
    assert_eq!(customers.all, 12);
    let (due, _) = crate::customer::document::due(&world, &who, org).await.unwrap();
    assert!(due.len() >= 5, "some have ended, some end soon");
    let verdicts: HashSet<_> = customers.items.iter().filter_map(|item| item.verdict).collect();
    assert!(verdicts.len() == 4 && customers.items.iter().all(|item| item.band.is_some()), "decisions of all kinds");
    let waiting = crate::customer::decision::waiting(&world, &who, org).await.unwrap();
    let waiting: Vec<_> = waiting.iter().map(|made| made.customer_name.as_str()).collect();
    assert_eq!(waiting, ["Apotheek Groothandel Oost B.V.", "Harbour Trading House N.V."]);
    let reviews = crate::customer::review::list(&world, &who, org).await.unwrap();
    assert!(reviews.iter().any(|review| !review.why.is_empty()), "one fell due");
    let names: HashSet<_> = stories().map(|story| story.name).collect();
    assert_eq!(names.len(), stories().count(), "names are told apart");
}

#[tokio::test]
async fn the_desk_has_something_in_every_view_and_state() {
    let world = told().await;
    let who = principal(&world, JELLE).await.unwrap();
    let authority = who.memberships[0].org;
    let (mut kinds, mut states, mut bands) = (HashSet::new(), HashSet::new(), HashSet::new());
    let mut rows = Vec::new();
    for view in desk::View::ALL {
        let filter = QueueFilter { view: *view, ..QueueFilter::default() };
        let page = desk::queue(&world, &who, authority, &filter, None, 100).await.unwrap();
        assert!(!page.rows.is_empty(), "{view}");
        rows.extend(page.rows);
    }
    for row in &rows {
        kinds.insert(row.kind);
        states.insert(row.state);
        bands.insert(row.severity);
    }
    assert_eq!(kinds.len(), ReportKind::ALL.len());
    assert_eq!(states.len(), State::ALL.len() - 1, "cases are not built yet: {states:?}");
    assert_eq!(bands.len(), Band::ALL.len());
    let has = |what: &str, wanted: fn(&desk::QueueItem) -> bool| assert!(rows.iter().any(wanted), "{what}");
    assert_eq!(rows.iter().filter(|row| row.overdue).count(), 3, "one, in the views of what is open, new and nobody's");
    has("overruled", |row| row.overruled);
    has("urgent", |row| row.urgent);
    has("quick", |row| row.quick);
    has("by telephone, to be confirmed", |row| row.by_phone == Some(false));
    has("by telephone, confirmed", |row| row.by_phone == Some(true));
    has("new", |row| row.news.contains(&desk::News::Report));
    has("read", |row| row.news.is_empty());
    has("labelled", |row| row.labels.len() == 2);
    has("the same number as in another company's report", |row| row.shares && row.company.starts_with("Delta"));
    let first = desk::queue(&world, &who, authority, &QueueFilter::default(), None, 1).await.unwrap();
    assert_eq!(first.rows[0].severity, Band::Red);
    let canada = principal(&world, PRIYA).await.unwrap();
    let there = canada.memberships[0].org;
    let page = desk::queue(&world, &canada, there, &QueueFilter::default(), None, 100).await.unwrap();
    assert!(page.rows.iter().any(|row| row.unanswered), "a question that nobody answered");
}

#[tokio::test]
async fn a_company_finds_drafts_questions_and_outcomes() {
    let world = told().await;
    let who = principal(&world, TOMAS).await.unwrap();
    let home = report::home(&world, &who, who.memberships[0].org).await.unwrap();
    assert_eq!(home.drafts.len(), 2);
    let soonest = home.drafts.iter().map(|draft| draft.kept_until).min().unwrap();
    assert!(soonest.since(world.now()) < 7 * Timestamp::DAY, "one of them ages soon");
    assert!(home.unread > 0 && home.sent > 5);
    let asked = principal(&world, OLENA).await.unwrap();
    assert_eq!(report::home(&world, &asked, asked.memberships[0].org).await.unwrap().questions, 1);
    let phoned = principal(&world, WIM).await.unwrap();
    assert_eq!(report::home(&world, &phoned, phoned.memberships[0].org).await.unwrap().to_confirm, 1);
}
