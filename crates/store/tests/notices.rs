//! Notices on both engines: versions, revisions that stay, what is published, files.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "support/company.rs"]
mod company;
mod support;

use company::{ME, NOW, ORG, add};
use domain::{
    ids::{ApprovalId, NoticeFileId, NoticeId, UserId},
    notice::{Approval, NoticeRef},
    time::Timestamp,
};
use store::{
    Db, StoreError, Tx,
    notice::{self, FIRST, NewNotice, NewRevision, adapted, approval, file, told},
};
use support::each_engine;
use uuid::Uuid;

fn number(n: u64) -> NoticeRef {
    NoticeRef::from_bits(n)
}

async fn made(tx: &mut Tx, n: u64) -> NoticeId {
    let id = NoticeId(Uuid::from_u128(n.into()));
    let new = NewNotice {
        id,
        reference: &number(n),
        org: ORG,
        author: ME,
        writers: "[]",
        content: "{}",
        headline: "Grey \u{1F9EA}",
        at: Timestamp(n.cast_signed()),
    };
    notice::insert(tx, &new).await.unwrap();
    id
}

#[tokio::test]
async fn a_notice_is_changed_once_listed_and_published() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        add(&mut tx, "authority").await;
        let (one, _) = (made(&mut tx, 1).await, made(&mut tx, 2).await);
        let mut row = notice::lock(&mut tx, &number(1)).await.unwrap().unwrap();
        assert_eq!((row.version, row.revision, row.state.as_str()), (1, 0, "draft"));
        (row.state, row.publish_at, row.changed_at) = ("scheduled".into(), Some(50), 30);
        notice::save(&mut tx, &row).await.unwrap();
        assert!(matches!(notice::save(&mut tx, &row).await, Err(StoreError::Stale)));
        let numbers = |rows: Vec<notice::OwnListRow>| rows.into_iter().map(|row| row.reference).collect::<Vec<_>>();
        let (first, second) = (number(1).to_string(), number(2).to_string());
        assert_eq!(numbers(notice::list(&mut tx, ORG, "", FIRST, 9).await.unwrap()), [first.clone(), second.clone()]);
        assert_eq!(
            numbers(notice::list(&mut tx, ORG, "draft", FIRST, 9).await.unwrap()),
            *std::slice::from_ref(&second)
        );
        let behind = (Timestamp(30), one);
        assert_eq!(numbers(notice::list(&mut tx, ORG, "", behind, 9).await.unwrap()), [second]);
        assert_eq!(notice::counts(&mut tx, ORG).await.unwrap(), [("draft".into(), 1), ("scheduled".into(), 1)]);
        assert!(notice::to_publish(&mut tx, Timestamp(49)).await.unwrap().is_empty());
        assert_eq!(notice::to_publish(&mut tx, Timestamp(50)).await.unwrap(), [first]);
        assert!(notice::published(&mut tx, FIRST, 9).await.unwrap().is_empty());
        row.version += 1;
        (row.state, row.revision, row.published_at) = ("published".into(), 1, Some(50));
        notice::save(&mut tx, &row).await.unwrap();
        let found = notice::published(&mut tx, FIRST, 9).await.unwrap();
        assert_eq!((found.len(), found[0].publisher.as_str()), (1, "X"));
        assert!(notice::published(&mut tx, (Timestamp(50), one), 9).await.unwrap().is_empty());
        row.version += 1;
        row.withdrawn_at = Some(60);
        notice::save(&mut tx, &row).await.unwrap();
        assert!(notice::published(&mut tx, FIRST, 9).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_revision_is_there_once_and_files_that_were_published_stay() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        add(&mut tx, "authority").await;
        let id = made(&mut tx, 7).await;
        for published in [false, true] {
            let file = NoticeFileId(Uuid::from_u128(40 + u128::from(published)));
            let storage = format!("{published}");
            let new = file::NewFile {
                id: file,
                notice: id,
                storage: &storage,
                name: "a.pdf",
                kind: "pdf",
                size: 3,
                sha256: [1; 32],
                by: ME,
                at: NOW,
            };
            file::insert(&mut tx, &new).await.unwrap();
            if published {
                file::publish(&mut tx, file).await.unwrap();
            }
            file::drop(&mut tx, file).await.unwrap();
            assert_eq!(file::find(&mut tx, file).await.unwrap().is_some(), published);
            assert_eq!(file::is_kept(&mut tx, &storage).await.unwrap(), published);
        }
        let new = NewRevision {
            notice: id,
            number: 1,
            at: NOW,
            content: "{}",
            sha256: [2; 32],
            seal: "s",
            note: "",
            author: ME.0,
            publisher: ME.0,
        };
        notice::add_revision(&mut tx, &new).await.unwrap();
        let kept = notice::revision(&mut tx, id, 1).await.unwrap().unwrap();
        assert_eq!((kept.author.as_str(), kept.sha256.len(), kept.seal.as_str()), ("Ingrid", 32, "s"));
        assert_eq!(notice::history(&mut tx, id).await.unwrap().len(), 1);
        assert_eq!(notice::revision(&mut tx, id, 2).await.unwrap(), None);
        assert!(matches!(notice::add_revision(&mut tx, &new).await, Err(StoreError::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn an_approval_holds_for_one_text_and_one_publication() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        add(&mut tx, "authority").await;
        let id = made(&mut tx, 9).await;
        assert_eq!(approval::gate(&mut tx, ORG).await.unwrap(), None);
        for _ in 0..2 {
            approval::set_gate(&mut tx, ORG, ORG, (ME, NOW)).await.unwrap();
        }
        assert_eq!(approval::gate(&mut tx, ORG).await.unwrap(), Some(ORG));
        approval::lift_gate(&mut tx, ORG).await.unwrap();
        assert_eq!(approval::gate(&mut tx, ORG).await.unwrap(), None);
        let question = ApprovalId(Uuid::from_u128(90));
        let new = approval::NewApproval {
            id: question,
            notice: id,
            authority: ORG,
            sha256: [7; 32],
            headline: "Grey",
            by: ME.0,
            at: NOW,
        };
        approval::ask(&mut tx, new).await.unwrap();
        assert_eq!(approval::count(&mut tx, ORG).await.unwrap(), 1);
        approval::decide(&mut tx, question, Approval::Approved, (ME, NOW), "").await.unwrap();
        let twice = approval::decide(&mut tx, question, Approval::Returned, (ME, NOW), "x").await;
        assert!(matches!(twice, Err(StoreError::Stale)));
        assert!(approval::is_approved(&mut tx, id, ORG, [7; 32]).await.unwrap());
        assert!(!approval::is_approved(&mut tx, id, ORG, [8; 32]).await.unwrap());
        approval::close(&mut tx, id, true).await.unwrap();
        assert!(!approval::is_approved(&mut tx, id, ORG, [7; 32]).await.unwrap());
        let last = approval::last_of(&mut tx, id, ORG).await.unwrap();
        assert_eq!(last, approval::last(&mut tx, id).await.unwrap());
        assert_eq!((last.unwrap().state.as_str(), approval::decided(&mut tx, ORG).await.unwrap().len()), ("used", 1));
        assert!(approval::waiting(&mut tx, ORG).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn links_and_those_who_were_told_stay() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        add(&mut tx, "authority").await;
        let (original, own) = (made(&mut tx, 11).await, made(&mut tx, 12).await);
        adapted::link(&mut tx, own, original, 1).await.unwrap();
        adapted::look(&mut tx, own, 2).await.unwrap();
        assert!(matches!(adapted::look(&mut tx, original, 2).await, Err(StoreError::Stale)));
        let row = adapted::original(&mut tx, own).await.unwrap().unwrap();
        assert_eq!((row.id, row.looked_at), (original.0, 2));
        assert_eq!(adapted::of(&mut tx, original).await.unwrap()[0].id, own.0);
        for _ in 0..2 {
            told::note(&mut tx, own, &[ME, ME, UserId(Uuid::from_u128(404))]).await.unwrap();
        }
        assert_eq!(told::people(&mut tx, own).await.unwrap(), [ME]);
        assert!(matches!(adapted::link(&mut tx, own, original, 1).await, Err(StoreError::Conflict(_))));
    })
    .await;
}
