use std::collections::HashSet;

use super::*;
use crate::{
    report::tests::{Somebody, officer, order, reporter, sent, somebody},
    search::Leads,
    testing::World,
};

/// How often the log of somebody's organisation says that something was taken away.
async fn noted(world: &World, reader: &Somebody, step: &str) -> usize {
    let log = log::page(world, &reader.who, reader.org, &log::Filter::default(), 100).await.unwrap();
    log.entries.iter().filter(|entry| entry.what == step).count()
}

#[tokio::test]
async fn a_company_takes_away_what_the_person_may_see() {
    let world = World::with_people().await;
    let me = reporter(&world).await;
    let references = [sent(&world, &me, &order()).await, sent(&world, &me, &order()).await];
    let all = own_reports(&world, &me.who, me.org, Filter::default(), "csv").await.unwrap();
    assert_eq!(all.iter().map(|item| &item.reference).collect::<HashSet<_>>(), references.iter().collect());
    let closed = Filter { state: Some(ReporterState::Closed) };
    assert!(own_reports(&world, &me.who, me.org, closed, "json").await.unwrap().is_empty());
    let reader = somebody(&world, "reader@meridian-reagents.example").await;
    assert!(own_reports(&world, &reader.who, me.org, Filter::default(), "xlsx").await.unwrap().is_empty());
    let authority = officer(&world).await;
    let refused = own_reports(&world, &authority.who, me.org, Filter::default(), "csv").await;
    assert!(matches!(refused, Err(Refusal::NotFound)));
    let admin = somebody(&world, "admin@meridian-reagents.example").await;
    assert_eq!(noted(&world, &admin, "list of reports exported").await, 3, "the refused attempt is no act");
}

#[tokio::test]
async fn the_desk_takes_away_its_queue_and_what_it_found() {
    let world = World::with_people().await;
    let (me, desk) = (reporter(&world).await, officer(&world).await);
    let reference = sent(&world, &me, &order()).await;
    let all = queue(&world, &desk.who, desk.org, &QueueFilter::default(), "xlsx").await.unwrap();
    assert_eq!(all.iter().map(|item| &item.reference).collect::<Vec<_>>(), [&reference]);
    let late = QueueFilter { overdue: true, ..QueueFilter::default() };
    assert!(queue(&world, &desk.who, desk.org, &late, "csv").await.unwrap().is_empty());

    let Leads::Results(id) = search::ask(&world, &desk.who, desk.org, "acetone", None).await.unwrap() else { panic!() };
    let hits = found(&world, &desk.who, desk.org, id, "json").await.unwrap().unwrap();
    assert_eq!(hits.iter().map(|hit| &hit.reference).collect::<Vec<_>>(), [&reference]);
    let colleague = somebody(&world, "officer2@pco-nl.example").await;
    assert!(
        found(&world, &colleague.who, desk.org, id, "json").await.unwrap().is_none(),
        "a search is its asker's own"
    );

    for stranger in [&me, &somebody(&world, "officer@pco-ca.example").await] {
        let queue = queue(&world, &stranger.who, desk.org, &QueueFilter::default(), "csv").await;
        assert!(matches!(queue, Err(Refusal::NotFound)));
        let found = found(&world, &stranger.who, desk.org, id, "csv").await;
        assert!(matches!(found, Err(Refusal::NotFound)));
    }
    let lead = somebody(&world, "supervisor@pco-nl.example").await;
    assert_eq!(noted(&world, &lead, "list of reports exported").await, 2);
    assert_eq!(noted(&world, &lead, "list of found reports exported").await, 1);
}

#[tokio::test]
async fn organisations_colleagues_and_the_log_go_to_those_who_read_them() {
    let world = World::with_people().await;
    let (me, lead) = (reporter(&world).await, somebody(&world, "supervisor@pco-nl.example").await);
    let approved = companies(&world, &lead.who, lead.org, Some(OrgStatus::Approved), "csv").await.unwrap();
    assert!(!approved.is_empty() && approved.iter().all(|company| company.status == OrgStatus::Approved));
    assert!(matches!(companies(&world, &me.who, lead.org, None, "csv").await, Err(Refusal::NotFound)));

    let colleagues = members(&world, &me.who, me.org, "csv").await.unwrap();
    assert!(colleagues.iter().any(|member| member.name == "Tomás Herrera"));
    assert!(matches!(members(&world, &lead.who, me.org, "csv").await, Err(Refusal::NotFound)));

    let system = somebody(&world, "system@forerunner.example").await;
    assert!(!installation(&world, &system.who, "csv").await.unwrap().authorities.is_empty());
    assert!(matches!(installation(&world, &lead.who, "csv").await, Err(Refusal::NotFound)));

    let taken = acts(&world, &lead.who, lead.org, &log::Filter::default(), "csv").await.unwrap();
    assert!(taken.iter().any(|entry| entry.what == "list of organisations exported"));
    assert!(matches!(acts(&world, &me.who, me.org, &log::Filter::default(), "csv").await, Err(Refusal::NotFound)));
    assert_eq!(noted(&world, &lead, "log exported").await, 1);
    assert_eq!(noted(&world, &system, "list of organisations exported").await, 1);
}

#[test]
fn a_list_that_is_too_long_is_refused_and_not_cut() {
    let (mut all, mut after) = (vec![0; MOST - 1], Some(1));
    assert!(more(&mut all, vec![0], &mut after, Some(2)).unwrap(), "the last that fits");
    assert!(matches!(more(&mut all, vec![0], &mut after, None), Err(Refusal::NotPossible(_))));
    let sentence = too_many().to_string();
    assert!(sentence.replace(' ', "").contains(&MOST.to_string()), "{sentence}");
}
