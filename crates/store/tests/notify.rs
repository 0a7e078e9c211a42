//! News, digests, bounces and readers hold their promises on both engines.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use domain::{
    ids::{OrgId, UserId},
    notify::{Channel, Topic},
    reader::{Audience, Trust},
    time::Timestamp,
};
use store::{
    Db, Tx,
    notify::{self, Asked, News, bounce, digest},
    org::{self, NewOrg},
    outbox,
    person::{self, NewPerson},
    reader,
};
use uuid::Uuid;

use support::each_engine;

const NOW: Timestamp = Timestamp(1_000 * Timestamp::DAY);

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

async fn people(tx: &mut Tx, many: u128) {
    let org = NewOrg {
        id: OrgId(id(900)),
        handle: "acme",
        kind: "company",
        name: "Acme",
        country: "NL",
        status: "approved",
        operator_roles: "[]",
        authority: None,
        registration_number: "",
        registration_key: "",
        name_key: "",
        vat: "",
        lei: "",
        address: "",
        phone: "",
        website: "",
        duty_email: "",
        time_zone: "Europe/Amsterdam",
        act_for_proof: "",
        checks: "[]",
        at: NOW,
    };
    org::insert(tx, &org).await.unwrap();
    for n in 1..=many {
        let new = NewPerson {
            id: UserId(id(n)),
            email: &format!("p{n}@acme.example"),
            name: "Dana",
            phone: "",
            password_hash: None,
            lang: "en",
            confirmed: (n != 9).then_some(NOW),
            at: NOW,
        };
        person::insert(tx, &new).await.unwrap();
        person::join(tx, id(700 + n), UserId(id(n)), OrgId(id(900)), "company_officer", NOW).await.unwrap();
    }
}

fn news(topic: Topic) -> News<'static> {
    News {
        topic,
        template: "message_waiting",
        org: "acme",
        base: "https://f.example",
        path: "/c/acme/reports/R",
        detail: "",
        at: NOW,
        now: NOW,
    }
}

fn pairs(first: u128, people: std::ops::RangeInclusive<u128>) -> Vec<(Uuid, UserId)> {
    people.map(|n| (id(first + n), UserId(id(n)))).collect()
}

async fn mails(db: &Db) -> Vec<outbox::Mail> {
    let mut found = outbox::list(&mut db.reader(), "waiting", 100).await.unwrap();
    found.sort_by_key(|mail| mail.id);
    found
}

const ALL: Asked<'static> = Asked { topic: "", with_seen: true, after: None, limit: 10 };

#[tokio::test]
async fn each_person_is_told_as_they_chose() {
    each_engine(async |db| {
        let mut tx = db.begin().await.unwrap();
        people(&mut tx, 9).await;
        let (two, three) = (UserId(id(2)), UserId(id(3)));
        notify::choose(&mut tx, two, Topic::Messages, Some(Channel::Portal)).await.unwrap();
        notify::choose(&mut tx, three, Topic::Messages, Some(Channel::Daily)).await.unwrap();
        bounce::set_broken(&mut tx, "p4@acme.example", NOW).await.unwrap();
        notify::tell(&mut tx, &pairs(1000, 1..=9), &news(Topic::Messages)).await.unwrap();
        tx.commit().await.unwrap();
        let sent: Vec<_> = mails(&db).await.into_iter().map(|mail| (mail.id, mail.recipient, mail.link)).collect();
        let to: Vec<_> = sent.iter().map(|(_, to, _)| to.as_str()).collect();
        assert_eq!(to, ["p1@acme.example", "p5@acme.example", "p6@acme.example", "p7@acme.example", "p8@acme.example"]);
        assert_eq!((sent[0].0, sent[0].2.as_str()), (id(1001), "https://f.example/en/c/acme/reports/R"));
        let mut reader = db.reader();
        for n in 1..=8 {
            let lines = notify::list(&mut reader, UserId(id(n)), NOW, ALL).await.unwrap();
            assert_eq!((lines.len(), lines[0].org_name.as_deref()), (1, Some("Acme")), "{n}");
        }
        assert!(notify::list(&mut reader, UserId(id(9)), NOW, ALL).await.unwrap().is_empty(), "never confirmed");
        let due = digest::due(&mut reader, NOW, 10).await.unwrap();
        assert_eq!(due, [digest::Due { person_id: id(3), kind: "daily".into(), due_at: 0 }]);

        // What cannot be switched off goes at once whatever was chosen, also to an address that took no mail.
        let mut tx = db.begin().await.unwrap();
        notify::tell(&mut tx, &pairs(2000, 2..=4), &news(Topic::Account)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(mails(&db).await.len(), 8);
    })
    .await;
}

#[tokio::test]
async fn a_digest_takes_what_waits_once() {
    each_engine(async |db| {
        let one = UserId(id(1));
        let mut tx = db.begin().await.unwrap();
        people(&mut tx, 1).await;
        notify::choose(&mut tx, one, Topic::Messages, Some(Channel::Weekly)).await.unwrap();
        for n in [1000, 2000, 3000] {
            notify::tell(&mut tx, &pairs(n, 1..=1), &news(Topic::Messages)).await.unwrap();
        }
        notify::see(&mut tx, id(3001), one, Some(NOW)).await.unwrap();
        let due = digest::due(&mut tx, NOW, 10).await.unwrap().remove(0);
        let to = digest::recipient(&mut tx, one, "weekly").await.unwrap().unwrap();
        assert_eq!((to.time_zone.as_deref(), to.hour, to.last_day), (Some("Europe/Amsterdam"), None, None));
        digest::plan(&mut tx, &due, NOW).await.unwrap();
        let due = digest::due(&mut tx, NOW, 10).await.unwrap().remove(0);
        assert!(digest::take(&mut tx, &due).await.unwrap());
        assert!(!digest::take(&mut tx, &due).await.unwrap(), "somebody has it");
        assert_eq!(digest::gather(&mut tx, &due, id(50), "2026-11-23", NOW).await.unwrap(), Some(2));
        let lines = digest::lines(&mut tx, id(50)).await.unwrap();
        assert_eq!((lines.len(), lines[0].many), (1, 2), "the same twice is one line");
        // Something new on the same day waits for another.
        notify::tell(&mut tx, &pairs(4000, 1..=1), &news(Topic::Messages)).await.unwrap();
        assert_eq!(digest::gather(&mut tx, &due, id(51), "2026-11-23", NOW).await.unwrap(), None);
        digest::expect_rest(&mut tx, &due).await.unwrap();
        assert_eq!(digest::due(&mut tx, NOW, 10).await.unwrap().len(), 1);
        // Whoever wants it at once from now on gets nothing of it by mail: it stands in the inbox.
        notify::choose(&mut tx, one, Topic::Messages, None).await.unwrap();
        assert_eq!(digest::gather(&mut tx, &due, id(51), "2026-11-24", NOW).await.unwrap(), Some(0));
        notify::sweep(&mut tx, NOW.plus(1), Timestamp(0)).await.unwrap();
        assert_eq!(notify::list(&mut tx, one, NOW, ALL).await.unwrap().len(), 3);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_inbox_is_its_owners() {
    each_engine(async |db| {
        let (one, two) = (UserId(id(1)), UserId(id(2)));
        let mut tx = db.begin().await.unwrap();
        people(&mut tx, 2).await;
        for n in 1..=4 {
            let at = NOW.plus(i64::try_from(n).unwrap());
            notify::tell(&mut tx, &pairs(n * 1000, 1..=1), &News { at, ..news(Topic::Messages) }).await.unwrap();
        }
        let later = NOW.plus(3);
        let first = notify::list(&mut tx, one, later, Asked { limit: 2, ..ALL }).await.unwrap();
        assert_eq!(first.iter().map(|row| row.id).collect::<Vec<_>>(), [id(3001), id(2001)], "the fourth comes later");
        let after = Some((Timestamp(first[1].at), first[1].id));
        let rest = notify::list(&mut tx, one, later, Asked { after, ..ALL }).await.unwrap();
        assert_eq!(rest.len(), 1);
        assert_eq!(notify::unseen(&mut tx, one, later).await.unwrap(), [("messages".to_owned(), 3)]);
        assert_eq!(notify::path(&mut tx, id(1001), two, later).await.unwrap(), None);
        notify::see(&mut tx, id(1001), two, Some(later)).await.unwrap();
        assert_eq!(notify::unseen(&mut tx, one, later).await.unwrap()[0].1, 3);
        notify::see(&mut tx, id(1001), one, Some(later)).await.unwrap();
        let unread = Asked { with_seen: false, ..ALL };
        assert_eq!(notify::list(&mut tx, one, later, unread).await.unwrap().len(), 2);
        assert!(notify::leads_to(&mut tx, one, later, "/c/acme/reports/R").await.unwrap());
        assert_eq!(notify::see_all(&mut tx, one, later, "advice").await.unwrap(), 0);
        notify::see_path(&mut tx, one, later, "/c/acme/reports/R").await.unwrap();
        assert!(notify::unseen(&mut tx, one, later).await.unwrap().is_empty());
        // A mail is withdrawn with its news.
        assert!(outbox::withdraw(&mut tx, id(4001)).await.unwrap());
        assert!(!outbox::withdraw(&mut tx, id(4001)).await.unwrap());
        // Whoever leaves an organisation finds nothing of it.
        person::leave(&mut tx, one, OrgId(id(900)), later).await.unwrap();
        assert!(notify::list(&mut tx, one, later, ALL).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn bounces_count_once_each() {
    each_engine(async |db| {
        let mut tx = db.begin().await.unwrap();
        assert!(bounce::note(&mut tx, id(1), "a@b.example", NOW, "gone").await.unwrap());
        assert!(!bounce::note(&mut tx, id(1), "a@b.example", NOW, "gone").await.unwrap());
        bounce::note(&mut tx, id(2), "a@b.example", NOW.plus(1), "gone too").await.unwrap();
        assert_eq!(bounce::count(&mut tx, "a@b.example", NOW).await.unwrap(), 2);
        assert_eq!(bounce::count(&mut tx, "a@b.example", NOW.plus(1)).await.unwrap(), 1);
        bounce::set_broken(&mut tx, "a@b.example", NOW).await.unwrap();
        bounce::set_broken(&mut tx, "a@b.example", NOW.plus(5)).await.unwrap();
        assert_eq!(bounce::broken_since(&mut tx, "a@b.example").await.unwrap(), Some(NOW));
        assert_eq!(bounce::counts(&mut tx, NOW).await.unwrap(), (2, 1));
        assert_eq!(bounce::broken(&mut tx).await.unwrap()[0].said.as_deref(), Some("gone too"));
        bounce::mend(&mut tx, "a@b.example").await.unwrap();
        assert_eq!(bounce::counts(&mut tx, NOW).await.unwrap(), (0, 0));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn readers_are_found_by_what_they_do() {
    each_engine(async |db| {
        let mut tx = db.begin().await.unwrap();
        people(&mut tx, 9).await;
        for (n, audience, country) in [
            (1, Audience::Customs, "NL"),
            (2, Audience::Health, "NL"),
            (3, Audience::Customs, "BE"),
            (9, Audience::Customs, "NL"),
        ] {
            let about = reader::About { audience, country, employer: "" };
            reader::insert(&mut tx, UserId(id(n)), about, NOW).await.unwrap();
        }
        let none = Trust::Anybody;
        assert_eq!(reader::meant(&mut tx, &[], &[], none).await.unwrap().len(), 3, "the ninth never confirmed");
        let customs = reader::meant(&mut tx, &[Audience::Customs], &["NL".to_owned()], none).await.unwrap();
        assert_eq!(customs.iter().map(|one| one.person_id).collect::<Vec<_>>(), [id(1)]);
        let two = Trust::Known;
        reader::set_trust(&mut tx, UserId(id(1)), 0, two).await.unwrap();
        assert!(reader::set_trust(&mut tx, UserId(id(1)), 0, two).await.is_err(), "changed meanwhile");
        let vetted = reader::meant(&mut tx, &[], &[], two).await.unwrap();
        assert_eq!((vetted.len(), vetted[0].audience.as_str()), (1, "customs"));
        let about = reader::About { audience: Audience::Police, country: "NL", employer: "" };
        reader::change(&mut tx, UserId(id(1)), about).await.unwrap();
        let row = reader::by_person(&mut tx, UserId(id(1))).await.unwrap().unwrap();
        assert_eq!((row.trust(), row.audience()), (Trust::Confirmed, Some(Audience::Police)), "that was not checked");
        assert!(reader::of_authority(&mut tx, OrgId(id(900)), reader::Asked::default()).await.unwrap().is_empty());
        assert_eq!(reader::remove_stray(&mut tx, NOW.plus(1)).await.unwrap(), 1);
        tx.commit().await.unwrap();
    })
    .await;
}
