//! Files in a real folder: limits, who may do what, what is kept, and what is swept.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use domain::{evidence::MAX_FILE, time::Timestamp};
use sha2::Digest as _;

use super::*;
use crate::{
    desk, report,
    report::tests::{Somebody, drafted, officer, order, quick, reporter, somebody},
    testing::World,
};

/// Takes in a file in pieces, as the form would.
async fn incoming(world: &World, name: &str, bytes: &[u8]) -> std::result::Result<Arrived, Rejected> {
    let mut file = Incoming::begin(world, name).await.unwrap();
    for piece in bytes.chunks(7_919) {
        file.write(piece).await.unwrap();
    }
    file.finish().await.unwrap()
}

async fn arrived(world: &World, name: &str, bytes: &[u8]) -> Arrived {
    incoming(world, name, bytes).await.unwrap()
}

async fn add(world: &World, who: &Somebody, draft: DraftId, name: &str) -> EvidenceId {
    let file = arrived(world, name, b"some words").await;
    assert_eq!(add_to_draft(world, &who.who, draft, vec![file]).await.unwrap(), []);
    // So that the next one comes later.
    world.wait(1_000);
    of_draft(world, &who.who, draft).await.unwrap().last().unwrap().id
}

fn on_disk(world: &World) -> Vec<PathBuf> {
    let folder = world.config.data_dir.join("evidence");
    fs::read_dir(folder).map(|entries| entries.map(|entry| entry.unwrap().path()).collect()).unwrap_or_default()
}

async fn read(mut download: Download) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Some(piece) = download.piece().await.unwrap() {
        bytes.extend(piece);
    }
    bytes
}

fn names(files: &[EvidenceFile]) -> Vec<&str> {
    files.iter().map(|file| file.name.as_str()).collect()
}

#[tokio::test]
async fn a_file_is_kept_as_it_came_under_another_name() {
    let world = World::with_people().await;
    let from = reporter(&world).await;
    let draft = drafted(&world, &from, &order(), false).await;
    let bytes: Vec<u8> = b"a line of text\n".repeat(20_000);
    let file = arrived(&world, "../Mail\u{202e}s of May.txt", &bytes).await;
    add_to_draft(&world, &from.who, draft, vec![file]).await.unwrap();
    let files = of_draft(&world, &from.who, draft).await.unwrap();
    assert_eq!((files[0].name.as_str(), files[0].size), ("Mails of May.txt", 300_000));
    assert_eq!(files[0].sha256, hex(&sha2::Sha256::digest(&bytes)));
    assert!(on_disk(&world).iter().all(|path| !path.display().to_string().contains("Mail")));
    let download = open_draft(&world, &from.who, draft, files[0].id).await.unwrap();
    assert_eq!(read(download).await, bytes);
}

#[tokio::test]
async fn what_is_unfit_leaves_nothing_behind() {
    let world = World::with_people().await;
    let large = vec![b'x'; usize::try_from(MAX_FILE).unwrap() + 1];
    for (name, bytes, why) in [
        ("page.html", &b"<html>"[..], "not taken"),
        ("drawing.svg", b"<svg>", "not taken"),
        ("program.pdf.exe", b"MZ", "not taken"),
        ("order.pdf", b"MZ", "ending says"),
        ("order.txt", b"", "empty"),
        ("order.txt", b"one\0two", "no text has"),
        ("order.csv", &large, "larger than 20 MB"),
    ] {
        let rejected = incoming(&world, name, bytes).await.unwrap_err();
        assert!(rejected.why.contains(why), "{rejected:?}");
        assert_eq!(on_disk(&world), Vec::<PathBuf>::new(), "{name}");
    }
    drop(arrived(&world, "left.txt", b"nobody adds it").await);
    assert_eq!(on_disk(&world), Vec::<PathBuf>::new());
    assert!(incoming(&world, "whole.csv", &large[1..]).await.is_ok(), "20 MB are taken");
}

#[tokio::test]
async fn a_report_has_room_for_so_much() {
    let world = World::with_people().await;
    let from = reporter(&world).await;
    let draft = drafted(&world, &from, &order(), false).await;
    let twenty = vec![b'x'; usize::try_from(MAX_FILE).unwrap()];
    for n in 0..5 {
        let file = arrived(&world, &format!("{n}.txt"), &twenty).await;
        assert_eq!(add_to_draft(&world, &from.who, draft, vec![file]).await.unwrap(), []);
    }
    let files = vec![arrived(&world, "more.txt", b"x").await];
    let rejected = add_to_draft(&world, &from.who, draft, files).await.unwrap();
    assert_eq!((rejected[0].name.as_str(), on_disk(&world).len()), ("more.txt", 5));
    // What is removed makes room.
    let first = of_draft(&world, &from.who, draft).await.unwrap()[0].id;
    remove(&world, &from.who, draft, first).await.unwrap();
    let files = vec![arrived(&world, "more.txt", b"x").await, arrived(&world, "large.txt", &twenty).await];
    let rejected = add_to_draft(&world, &from.who, draft, files).await.unwrap();
    assert_eq!(rejected.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["large.txt"]);
    // The report that comes of it has the same room.
    let reference = report::submit(&world, &from.who, draft).await.unwrap();
    let files = vec![arrived(&world, "large.txt", &twenty).await];
    assert_eq!(add_to_report(&world, &from.who, &reference, files).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_report_holds_so_many_files() {
    let world = World::with_people().await;
    let from = reporter(&world).await;
    let draft = drafted(&world, &from, &quick(), true).await;
    let mut files = Vec::new();
    for n in 0..=MAX_FILES {
        files.push(arrived(&world, &format!("{n}.txt"), b"x").await);
    }
    let rejected = add_to_draft(&world, &from.who, draft, files).await.unwrap();
    assert_eq!(rejected.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["100.txt"]);
}

#[tokio::test]
async fn sending_hands_over_and_nothing_is_removed_after() {
    let world = World::with_people().await;
    let (from, desk) = (reporter(&world).await, officer(&world).await);
    let draft = drafted(&world, &from, &order(), false).await;
    let (stays, goes) = (add(&world, &from, draft, "stays.txt").await, add(&world, &from, draft, "goes.txt").await);
    remove(&world, &from.who, draft, goes).await.unwrap();
    assert!(matches!(remove(&world, &from.who, draft, goes).await, Err(Refusal::NotFound)), "only once");
    let reference = report::submit(&world, &from.who, draft).await.unwrap();
    assert!(matches!(remove(&world, &from.who, draft, stays).await, Err(Refusal::NotFound)));
    assert!(matches!(open_draft(&world, &from.who, draft, stays).await, Err(Refusal::NotFound)));
    let late = vec![arrived(&world, "late.txt", b"x").await];
    assert!(matches!(add_to_draft(&world, &from.who, draft, late).await, Err(Refusal::NotPossible(_))));

    let before = desk::view(&world, &desk.who, &reference).await.unwrap();
    world.wait(1_000);
    let more = vec![arrived(&world, "more.txt", b"x").await];
    assert_eq!(add_to_report(&world, &from.who, &reference, more).await.unwrap(), []);
    let seen = for_desk(&world, &desk.who, &reference).await.unwrap();
    assert_eq!(names(&seen), ["stays.txt", "more.txt"]);
    let after = desk::view(&world, &desk.who, &reference).await.unwrap();
    assert_eq!(after.thread.len(), before.thread.len() + 1);
    let told = desk::DeskEvent::Said(Said::EvidenceAdded { names: vec!["more.txt".into()] });
    assert_eq!(after.thread[0].event, told);
    assert!(after.is_new(&after.thread[0]), "it is new to the desk");
}

#[tokio::test]
async fn the_custody_log_says_who_and_to_the_company_not_everything() {
    let world = World::with_people().await;
    let (from, desk) = (reporter(&world).await, officer(&world).await);
    let draft = drafted(&world, &from, &order(), false).await;
    let id = add(&world, &from, draft, "order.txt").await;
    let reference = report::submit(&world, &from.who, draft).await.unwrap();
    world.wait(1_000);
    let download = open_for_desk(&world, &desk.who, &reference, desk.org, id).await.unwrap();
    assert_eq!(read(download).await, b"some words");
    world.wait(1_000);
    open_own(&world, &from.who, &reference, from.org, id).await.unwrap();

    let deeds = |files: &[EvidenceFile]| {
        let line = |line: &Custody| (line.deed, line.person.clone());
        files[0].custody.iter().map(line).collect::<Vec<_>>()
    };
    let me = |who: &Somebody| Some(who.who.person.as_ref().unwrap().name.clone());
    let expected = |officer| {
        [(Deed::Opened, me(&from)), (Deed::Opened, officer), (Deed::HandedOver, me(&from)), (Deed::Added, me(&from))]
    };
    let seen = for_desk(&world, &desk.who, &reference).await.unwrap();
    assert_eq!(deeds(&seen), expected(me(&desk)));
    let seen = for_company(&world, &from.who, &reference).await.unwrap();
    assert_eq!(deeds(&seen), expected(None));
    assert_eq!(seen[0].custody[1].role, Some(domain::access::Role::AuthorityOfficer), "the role is known");
    let audit = store::audit::of_object(&mut world.db.reader(), "evidence", &id.to_string()).await.unwrap();
    let steps: Vec<&str> = audit.iter().filter_map(|row| Some(row.action.split_once(": ")?.1)).collect();
    assert_eq!(steps, ["evidence added", "evidence handed over", "evidence opened", "evidence opened"]);
    assert!(audit[..2].iter().all(|row| row.after_commitment.is_some()), "the hash is in the chain");
}

#[tokio::test]
async fn files_taken_by_telephone_are_the_authoritys_until_sent() {
    let world = World::with_people().await;
    let (company, desk) = (reporter(&world).await, officer(&world).await);
    let draft = desk::take_by_phone(&world, &desk.who, desk.org, company.org, draft::Start::default()).await.unwrap();
    report::tests::save(&world, &desk.who, draft, 1, &order()).await.unwrap();
    let id = add(&world, &desk, draft, "photo list.txt").await;
    assert!(matches!(of_draft(&world, &company.who, draft).await, Err(Refusal::NotFound)));
    let reference = report::submit(&world, &desk.who, draft).await.unwrap();
    let admin = somebody(&world, "admin@meridian-reagents.example").await;
    let seen = for_company(&world, &admin.who, &reference).await.unwrap();
    assert_eq!((seen[0].id, seen[0].by.clone()), (id, None), "nobody of the authority is named");
    assert!(seen[0].custody.iter().all(|line| line.person.is_none()));
}

#[tokio::test]
async fn nobody_reaches_what_is_not_theirs() {
    let world = World::with_people().await;
    let (from, desk) = (reporter(&world).await, officer(&world).await);
    let other = somebody(&world, "officer@noordkust.example").await;
    let foreign = somebody(&world, "officer@pco-ca.example").await;
    let draft = drafted(&world, &from, &order(), false).await;
    let id = add(&world, &from, draft, "order.txt").await;
    let open = drafted(&world, &from, &order(), false).await;
    let in_open = add(&world, &from, open, "open.txt").await;
    let reference = report::submit(&world, &from.who, draft).await.unwrap();
    let own = drafted(&world, &other, &order(), false).await;
    let theirs = report::submit(&world, &other.who, own).await.unwrap();
    let gone = |result: Result<()>, what: &str| assert!(matches!(result, Err(Refusal::NotFound)), "{what}: {result:?}");
    for who in [&other, &foreign] {
        let who = &who.who;
        gone(of_draft(&world, who, open).await.map(drop), "list of a draft");
        gone(open_draft(&world, who, open, in_open).await.map(drop), "file of a draft");
        gone(remove(&world, who, open, in_open).await, "removing");
        gone(add_to_draft(&world, who, open, vec![]).await.map(drop), "adding");
        gone(for_company(&world, who, &reference).await.map(drop), "list of a report");
        gone(for_desk(&world, who, &reference).await.map(drop), "list at the desk");
        gone(may_add(&world, who, &reference).await.map(drop), "may add");
        gone(add_to_report(&world, who, &reference, vec![]).await.map(drop), "adding to a report");
        gone(open_own(&world, who, &reference, from.org, id).await.map(drop), "file of a report");
        gone(open_for_desk(&world, who, &reference, desk.org, id).await.map(drop), "file at the desk");
    }
    gone(open_own(&world, &other.who, &theirs, other.org, id).await.map(drop), "under one's own report");
    gone(open_own(&world, &from.who, &reference, other.org, id).await.map(drop), "in another workspace");
    gone(open_for_desk(&world, &desk.who, &theirs, desk.org, id).await.map(drop), "under another report");
    gone(open_for_desk(&world, &desk.who, &reference, desk.org, in_open).await.map(drop), "what is still a draft's");
    gone(open_for_desk(&world, &from.who, &reference, desk.org, id).await.map(drop), "the company at the desk");
    gone(remove(&world, &from.who, open, id).await, "under another draft");
    assert!(matches!(of_draft(&world, &Principal::default(), open).await, Err(Refusal::NotSignedIn)));
}

#[tokio::test]
async fn the_sweep_takes_what_nobody_can_reach() {
    let world = World::with_people().await;
    let from = reporter(&world).await;
    let draft = drafted(&world, &from, &order(), false).await;
    add(&world, &from, draft, "stays.txt").await;
    let goes = add(&world, &from, draft, "goes.txt").await;
    let folder = world.config.data_dir.join("evidence");
    let (orphan, young, other) = (folder.join("a".repeat(64)), folder.join("b".repeat(64)), folder.join("README"));
    let now = SystemTime::UNIX_EPOCH + Duration::from_micros(world.now().0.unsigned_abs());
    let days = |days: u64| now - Duration::from_secs(days * 24 * 3600 + 60);
    for (path, at) in [(&orphan, days(1)), (&young, now), (&other, days(9))] {
        fs::File::create(path).unwrap().set_modified(at).unwrap();
    }
    for path in on_disk(&world).iter().filter(|path| ![&orphan, &young, &other].contains(path)) {
        fs::File::options().write(true).open(path).unwrap().set_modified(days(3)).unwrap();
    }
    assert_eq!(sweep(&world).await.unwrap(), 1);
    assert!(!orphan.exists() && young.exists() && other.exists());
    remove(&world, &from.who, draft, goes).await.unwrap();
    assert_eq!(sweep(&world).await.unwrap(), 0, "a removed file stays for a day");
    world.wait(Timestamp::DAY + 1);
    assert_eq!(sweep(&world).await.unwrap(), 2, "the removed one and what is no longer young");
    assert_eq!(sweep(&world).await.unwrap(), 0);
    let files = of_draft(&world, &from.who, draft).await.unwrap();
    assert_eq!(read(open_draft(&world, &from.who, draft, files[0].id).await.unwrap()).await, b"some words");
    assert_eq!(on_disk(&world).len(), 2);
}

/// Puts other bytes of the same size under the only file.
fn damage(world: &World) {
    fs::write(&on_disk(world)[0], b"same words").unwrap();
}

async fn known_damaged(world: &World) -> i64 {
    let system = world.principal("system@forerunner.example").await;
    crate::system::state(world, &system).await.unwrap().damaged_files
}

#[tokio::test]
async fn bytes_that_were_changed_are_not_handed_out() {
    let world = World::with_people().await;
    let from = reporter(&world).await;
    let draft = drafted(&world, &from, &order(), false).await;
    let id = add(&world, &from, draft, "order.txt").await;
    let mut changed = 0;
    for bytes in [&b"less"[..], b"same words", b"some words and more"] {
        fs::write(&on_disk(&world)[0], bytes).unwrap();
        for _ in 0..2 {
            let refused = open_draft(&world, &from.who, draft, id).await;
            assert!(matches!(refused, Err(Refusal::Fault(_))), "{refused:?}");
        }
        assert_eq!(known_damaged(&world).await, 1);
        fs::write(&on_disk(&world)[0], b"some words").unwrap();
        assert_eq!(read(open_draft(&world, &from.who, draft, id).await.unwrap()).await, b"some words");
        assert_eq!(known_damaged(&world).await, 0, "put back, it is whole again");
        changed += 1;
    }
    let rows = store::audit::of_object(&mut world.db.reader(), "evidence", &id.to_string()).await.unwrap();
    let steps = |step: &str| rows.iter().filter(|row| row.action.ends_with(step)).count();
    assert_eq!(
        (steps("evidence is damaged"), steps("evidence is whole again"), steps("evidence opened")),
        (changed, changed, changed),
        "each is noted once, and who got nothing opened nothing"
    );
    fs::remove_file(&on_disk(&world)[0]).unwrap();
    assert!(matches!(open_draft(&world, &from.who, draft, id).await, Err(Refusal::Unavailable(_))));
}

#[tokio::test]
async fn a_report_is_not_sent_with_a_damaged_file() {
    let world = World::with_people().await;
    let (from, desk) = (reporter(&world).await, officer(&world).await);
    let draft = drafted(&world, &from, &order(), false).await;
    let id = add(&world, &from, draft, "order.txt").await;
    damage(&world);
    let refused = report::submit(&world, &from.who, draft).await;
    assert!(matches!(&refused, Err(Refusal::NotPossible(why)) if why.contains("order.txt")), "{refused:?}");
    let stranger = somebody(&world, "officer@noordkust.example").await;
    let refused = report::submit(&world, &stranger.who, draft).await;
    assert!(matches!(refused, Err(Refusal::NotFound)), "who may not see it is told nothing: {refused:?}");
    remove(&world, &from.who, draft, id).await.unwrap();
    assert_eq!(known_damaged(&world).await, 0, "nobody misses what was taken out");
    let again = add(&world, &from, draft, "order.txt").await;
    let reference = report::submit(&world, &from.who, draft).await.unwrap();
    assert!(open_for_desk(&world, &desk.who, &reference, desk.org, again).await.is_ok());
}
