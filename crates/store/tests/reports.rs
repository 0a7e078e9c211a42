//! Drafts, reports and threads behave the same on both engines.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "reports/evidence.rs"]
mod evidence;
#[path = "reports/fixtures.rs"]
mod fixtures;
mod support;

use domain::{
    handover::Note,
    ids::{DraftId, EntryId, LabelId, ReportId, UndoId, UserId},
    look::Mark,
    receipt::PublicKey,
    time::Timestamp,
};
use fixtures::*;
use store::{
    Db, StoreError, break_glass, draft, handover, label, leaver, live, look, receipt, registry,
    report::{self, ReportRow, content, own, people, queue},
    thread, undo,
};
use support::each_engine;
use uuid::Uuid;

#[tokio::test]
async fn a_draft_is_saved_by_version_and_put_away() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let id = DraftId(Uuid::from_u128(50));
        draft::insert(&mut tx, &new_draft(50, ANA)).await.unwrap();
        draft::insert(&mut tx, &new_draft(51, BEN)).await.unwrap();
        let content = draft::Content { title: "toluene", answers: "{\"a\":[\"b\"]}", history: "{}", kept: "{}" };
        draft::save(&mut tx, id, 1, &content, Timestamp(30)).await.unwrap();
        assert!(matches!(draft::save(&mut tx, id, 1, &content, Timestamp(31)).await, Err(StoreError::Stale)));
        let row = draft::lock(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((row.version, row.title.as_str(), row.answers.as_str()), (2, "toluene", "{\"a\":[\"b\"]}"));
        let own = draft::of_org(&mut tx, COMPANY, ANA, false, false).await.unwrap();
        assert_eq!(own.iter().map(|row| row.id).collect::<Vec<_>>(), [id.0]);
        assert_eq!(draft::of_org(&mut tx, COMPANY, ANA, true, false).await.unwrap().len(), 2);
        assert_eq!(draft::of_org(&mut tx, OTHER_COMPANY, ANA, true, false).await.unwrap(), []);
        assert_eq!(draft::to_remind(&mut tx, 1, Timestamp(30)).await.unwrap(), [DraftId(Uuid::from_u128(51))]);
        draft::archive(&mut tx, id, "aged", Timestamp(40)).await.unwrap();
        assert!(matches!(draft::save(&mut tx, id, 2, &content, Timestamp(41)).await, Err(StoreError::Stale)));
        assert_eq!(draft::of_org(&mut tx, COMPANY, ANA, false, true).await.unwrap().len(), 1);
        draft::reopen(&mut tx, id, Timestamp(50)).await.unwrap();
        draft::archive(&mut tx, id, "sent", Timestamp(60)).await.unwrap();
        assert!(matches!(draft::reopen(&mut tx, id, Timestamp(61)).await, Err(StoreError::Stale)), "sent is sent");
        assert_eq!(draft::of_org(&mut tx, COMPANY, ANA, false, true).await.unwrap(), []);
        tx.commit().await.unwrap();
        assert_eq!(draft::find(&mut db.reader(), id).await.unwrap().unwrap().archived_at, Some(60));
    })
    .await;
}

#[tokio::test]
async fn a_report_reads_back_and_changes_by_version() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let mut first = row(100, 5);
        assert!(report::insert(&mut tx, &first).await.unwrap());
        let taken = ReportRow { reference: first.reference.clone(), ..row(101, 5) };
        assert!(
            !report::insert(&mut tx, &taken).await.unwrap(),
            "a reference is given once, and the transaction goes on"
        );
        assert_eq!(report::lock(&mut tx, ReportId(first.id)).await.unwrap(), first);
        // Every column that an act may change, changed.
        first = ReportRow {
            confirmed_at: Some(31),
            kind: "theft".into(),
            state: "closed".into(),
            shelf: "closed".into(),
            on_hold: true,
            unanswered: true,
            quick: true,
            current_version: 2,
            headline: "h".into(),
            party: "p".into(),
            party_country: "DE".into(),
            band: "red".into(),
            cells: 5,
            desk_band: "green".into(),
            desk_cells: 0,
            severity: "red".into(),
            urgent: true,
            delivery_at: Some(32),
            urgency: 33,
            aware_at: Some(34),
            answer_due: 35,
            paused_at: Some(36),
            question_due: Some(37),
            duty_due: Some(38),
            basis: "b".into(),
            assigned_to: Some(OFFICER.0),
            outcome: "o".into(),
            reason_code: "r".into(),
            decided_at: Some(39),
            duplicate_of: Some(first.id),
            company_entry_at: 40,
            authority_entry_at: 41,
            updated_at: 42,
            answer_from: 43,
            answer_hours: 44,
            answer_calendar: "NL".into(),
            escalated: 2,
            escalate_at: Some(45),
            page_at: Some(46),
            first_answer_at: Some(47),
            in_time: Some(1),
            ..first
        };
        report::save(&mut tx, &first).await.unwrap();
        assert!(matches!(report::save(&mut tx, &first).await, Err(StoreError::Stale)));
        first.version = 2;
        assert_eq!(report::find(&mut tx, &first.reference).await.unwrap().unwrap(), first);
        assert_eq!(report::by_id(&mut tx, ReportId(first.id)).await.unwrap().unwrap(), first);
        assert_eq!(report::find(&mut tx, "FR-none").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_has_in_hand_is_found_and_given_on() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        draft::insert(&mut tx, &new_draft(50, ANA)).await.unwrap();
        draft::insert(&mut tx, &new_draft(51, BEN)).await.unwrap();
        let id = DraftId(Uuid::from_u128(50));
        assert_eq!(leaver::drafts(&mut tx, COMPANY, ANA).await.unwrap(), [id]);
        assert_eq!(leaver::drafts(&mut tx, OTHER_COMPANY, ANA).await.unwrap(), []);
        draft::hand_over(&mut tx, id, BEN, Timestamp(55)).await.unwrap();
        assert_eq!(leaver::drafts(&mut tx, COMPANY, BEN).await.unwrap().len(), 2);
        draft::archive(&mut tx, id, "sent", Timestamp(60)).await.unwrap();
        assert!(
            matches!(draft::hand_over(&mut tx, id, ANA, Timestamp(65)).await, Err(StoreError::Stale)),
            "sent is sent"
        );
        let held = ReportRow { assigned_to: Some(OFFICER.0), ..row(100, 5) };
        let closed = ReportRow { shelf: "closed".into(), assigned_to: Some(OFFICER.0), ..row(101, 6) };
        for one in [&held, &closed, &row(102, 7)] {
            assert!(report::insert(&mut tx, one).await.unwrap());
        }
        assert_eq!(leaver::assigned(&mut tx, AUTHORITY, OFFICER).await.unwrap(), [ReportId(held.id)]);
        assert_eq!(leaver::assigned(&mut tx, COMPANY, OFFICER).await.unwrap(), []);
        let running = leaver::running(&mut tx, COMPANY, UserId(held.author_id)).await.unwrap();
        assert_eq!(running.len(), 2);
        assert_eq!(running[0], (ReportId(held.id), held.state.clone()));
    })
    .await;
}

#[tokio::test]
async fn an_access_in_need_is_decided_once_and_ended_once() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let id = Uuid::from_u128(70);
        let (operator, at) = (OTHER_COMPANY, Timestamp(100));
        let new =
            break_glass::NewGlass { id, asked_by: ANA, operator, authority: AUTHORITY, reference: "", reason: "r", at };
        break_glass::insert(&mut tx, &new).await.unwrap();
        assert_eq!(break_glass::waiting(&mut tx, ANA, Timestamp(99)).await.unwrap(), 1);
        assert_eq!(break_glass::waiting(&mut tx, ANA, at).await.unwrap(), 0);
        let early = break_glass::finish(&mut tx, id, BEN, Timestamp(101)).await;
        assert!(matches!(early, Err(StoreError::Stale)), "not open yet");
        assert!(!break_glass::was_allowed(&mut tx, AUTHORITY).await.unwrap());
        break_glass::decide(&mut tx, id, "approved", BEN, Timestamp(102), Some(Timestamp(200))).await.unwrap();
        assert!(break_glass::was_allowed(&mut tx, AUTHORITY).await.unwrap());
        let twice = break_glass::decide(&mut tx, id, "refused", BEN, Timestamp(103), None).await;
        assert!(matches!(twice, Err(StoreError::Stale)));
        let late = break_glass::finish(&mut tx, id, BEN, Timestamp(200)).await;
        assert!(matches!(late, Err(StoreError::Stale)), "it has ended by itself");
        break_glass::finish(&mut tx, id, BEN, Timestamp(150)).await.unwrap();
        let row = break_glass::find(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((row.asker.as_str(), row.decider.as_deref(), row.ended_at), ("Ana", Some("Ben"), Some(150)));
        assert_eq!(break_glass::of_authority(&mut tx, AUTHORITY).await.unwrap(), std::slice::from_ref(&row));
        assert_eq!(break_glass::of_operator(&mut tx, operator).await.unwrap(), [row]);
        assert!(report::insert(&mut tx, &row_of_glass()).await.unwrap());
        assert_eq!(break_glass::reports(&mut tx, AUTHORITY).await.unwrap().len(), 1);
        assert_eq!(break_glass::reports(&mut tx, COMPANY).await.unwrap(), []);
    })
    .await;
}

fn row_of_glass() -> ReportRow {
    row(100, 5)
}

#[tokio::test]
async fn one_draft_makes_one_version() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        draft::insert(&mut tx, &new_draft(50, ANA)).await.unwrap();
        draft::insert(&mut tx, &new_draft(51, ANA)).await.unwrap();
        let sent = row(100, 5);
        report::insert(&mut tx, &sent).await.unwrap();
        content::add_version(&mut tx, &version(sent.id, 50, 1)).await.unwrap();
        content::add_version(&mut tx, &version(sent.id, 51, 2)).await.unwrap();
        assert_eq!(
            content::sent_as(&mut tx, DraftId(Uuid::from_u128(51))).await.unwrap(),
            Some(sent.reference.clone())
        );
        assert_eq!(content::sent_as(&mut tx, DraftId(Uuid::from_u128(52))).await.unwrap(), None);
        let listed = content::versions(&mut tx, ReportId(sent.id)).await.unwrap();
        assert_eq!(
            listed.iter().map(|row| (row.version, row.person.as_str())).collect::<Vec<_>>(),
            [(1, "Ana"), (2, "Ana")]
        );
        let read = content::version(&mut tx, ReportId(sent.id), 2).await.unwrap().unwrap();
        assert_eq!((read.version, read.person.as_str(), read.sha256), (2, "Ana", vec![7; 32]));
        let substance = |n, slug: &str| content::SubstanceRow {
            n,
            slug: slug.into(),
            name: "x".into(),
            cas: String::new(),
            base_quantity: Some(n),
            dimension: "mass".into(),
        };
        let rows = [substance(1, "acetone"), substance(3, "")];
        content::set_substances(&mut tx, ReportId(sent.id), &[substance(9, "old")]).await.unwrap();
        content::set_substances(&mut tx, ReportId(sent.id), &rows).await.unwrap();
        assert_eq!(content::substances(&mut tx, ReportId(sent.id)).await.unwrap(), rows);
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let twice = content::add_version(&mut tx, &version(sent.id, 50, 3)).await;
        assert!(matches!(twice, Err(StoreError::Conflict(_))), "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn the_queue_comes_in_pages_without_gaps_or_repeats() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        // Several of equal urgency, so that the page's end falls among them.
        for n in 0..23 {
            report::insert(&mut tx, &row(200 + n, i64::try_from(n / 5).unwrap())).await.unwrap();
        }
        report::insert(&mut tx, &ReportRow { shelf: "closed".into(), ..row(300, DECIDED + 4) }).await.unwrap();
        report::insert(&mut tx, &ReportRow { authority_id: COMPANY.0, ..row(301, 0) }).await.unwrap();
        let mut seen = Vec::new();
        let mut after = START;
        loop {
            let page = queue::page(&mut tx, &wanted(after, 4)).await.unwrap();
            let Some(last) = page.last() else { break };
            after = (last.urgency, last.id);
            seen.extend(page.iter().map(|row| row.id.as_u128()));
        }
        assert_eq!(seen, (200..223).collect::<Vec<_>>());
        let closed = queue::Wanted { shelf: "closed", before: i64::MAX, ..wanted((DECIDED, Uuid::nil()), 9) };
        assert_eq!(queue::page(&mut tx, &closed).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_queue_filters_and_counts() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let mine =
            ReportRow { assigned_to: Some(OFFICER.0), severity: "red".into(), kind: "theft".into(), ..row(400, 1) };
        let late = ReportRow { answer_due: 499, company_entry_at: 70, ..row(401, 2) };
        let waiting = ReportRow { shelf: "waiting".into(), answer_due: 1, ..row(402, 3) };
        // The second is back by now.
        let aside = ReportRow { snoozed_until: Some(501), severity: "red".into(), ..row(403, 4) };
        let mine = ReportRow { snoozed_until: Some(500), ..mine };
        for report in [&mine, &late, &waiting, &aside] {
            report::insert(&mut tx, report).await.unwrap();
        }
        let (hot, cold) = (LabelId(Uuid::from_u128(900)), LabelId(Uuid::from_u128(901)));
        label::add(&mut tx, hot, AUTHORITY, ("Hot", "hot"), "rust", Timestamp(1)).await.unwrap();
        label::add(&mut tx, cold, AUTHORITY, ("Cold", "cold"), "slate", Timestamp(1)).await.unwrap();
        for report in [&late, &aside] {
            label::stick(&mut tx, ReportId(report.id), hot).await.unwrap();
        }
        let substance = content::SubstanceRow {
            n: 1,
            slug: "acetone".into(),
            name: "acetone".into(),
            cas: String::new(),
            base_quantity: None,
            dimension: String::new(),
        };
        content::set_substances(&mut tx, ReportId(late.id), std::slice::from_ref(&substance)).await.unwrap();
        thread::mark_read(&mut tx, ReportId(late.id), OFFICER, Mark { at: Timestamp(60), n: 0 }).await.unwrap();
        let any = || wanted(START, 10);
        for (name, filter, expected) in [
            ("mine", queue::Wanted { mine: true, ..any() }, vec![mine.id]),
            ("nobody's", queue::Wanted { unassigned: true, shelf: "open", ..any() }, vec![late.id]),
            ("band", queue::Wanted { severity: "red", ..any() }, vec![mine.id]),
            ("kind", queue::Wanted { kind: "theft", ..any() }, vec![mine.id]),
            ("substance", queue::Wanted { substance: "acetone", ..any() }, vec![late.id]),
            ("overdue", queue::Wanted { overdue: true, ..any() }, vec![late.id]),
            ("shelf", queue::Wanted { shelf: "waiting", ..any() }, vec![waiting.id]),
            ("aside", queue::Wanted { aside: true, here: false, ..any() }, vec![aside.id]),
            ("label", queue::Wanted { label: Some(hot), ..any() }, vec![late.id]),
            ("label aside", queue::Wanted { label: Some(hot), aside: true, here: false, ..any() }, vec![aside.id]),
            ("other label", queue::Wanted { label: Some(cold), ..any() }, vec![]),
            ("no such substance", queue::Wanted { substance: "toluene", ..any() }, vec![]),
            ("another authority", queue::Wanted { authority: COMPANY, ..any() }, vec![]),
        ] {
            let found = queue::page(&mut tx, &filter).await.unwrap();
            assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), expected, "{name}");
        }
        let page = queue::page(&mut tx, &any()).await.unwrap();
        assert_eq!((page[0].assignee.as_deref(), page[1].company.as_str()), (Some("Olga"), "one"));
        let counts = queue::counts(&mut tx, AUTHORITY, Timestamp(500), DECIDED).await.unwrap();
        let expected = queue::Counts {
            open: 2,
            unassigned: 1,
            waiting: 1,
            accepted: 0,
            aside: 1,
            overdue: 1,
            red: 1,
            amber: 1,
            green: 0,
        };
        assert_eq!(counts, expected);
        assert_eq!(queue::mine(&mut tx, AUTHORITY, OFFICER, Timestamp(500), DECIDED).await.unwrap(), 1);
        assert_eq!(queue::mine(&mut tx, AUTHORITY, BEN, Timestamp(500), DECIDED).await.unwrap(), 0);
        assert_eq!(queue::substances(&mut tx, AUTHORITY, DECIDED).await.unwrap(), [("acetone".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn labels_stick_until_they_are_taken_off() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let (first, second, third) = (row(600, 1), row(601, 2), row(602, 3));
        for report in [&first, &second, &third] {
            report::insert(&mut tx, report).await.unwrap();
        }
        let (hot, cold) = (LabelId(Uuid::from_u128(900)), LabelId(Uuid::from_u128(901)));
        label::add(&mut tx, hot, AUTHORITY, ("Hot", "hot"), "rust", Timestamp(1)).await.unwrap();
        label::add(&mut tx, cold, AUTHORITY, ("Cold", "cold"), "slate", Timestamp(1)).await.unwrap();
        for (report, of) in [(&first, hot), (&second, cold), (&second, hot), (&second, hot), (&third, hot)] {
            label::stick(&mut tx, ReportId(report.id), of).await.unwrap();
        }
        let names = |rows: Vec<label::LabelRow>| rows.into_iter().map(|row| row.name).collect::<Vec<_>>();
        assert_eq!(names(label::of_report(&mut tx, ReportId(second.id)).await.unwrap()), ["Cold", "Hot"]);
        let page = queue::page(&mut tx, &wanted(START, 2)).await.unwrap();
        let stuck = page.iter().map(|row| {
            let mut names: Vec<&str> = row.labels.iter().flat_map(|names| names.split('\n')).collect();
            names.sort_unstable();
            names
        });
        assert_eq!(stuck.collect::<Vec<_>>(), [vec!["Hot"], vec!["Cold", "Hot"]]);
        label::take_off(&mut tx, ReportId(second.id), cold).await.unwrap();
        assert_eq!(label::count(&mut tx, hot).await.unwrap(), 3);
        label::change(&mut tx, cold, ("Ice", "ice"), "petrol").await.unwrap();
        label::remove(&mut tx, hot).await.unwrap();
        assert_eq!(names(label::of_authority(&mut tx, AUTHORITY).await.unwrap()), ["Ice"]);
        assert_eq!(names(label::of_report(&mut tx, ReportId(second.id)).await.unwrap()), [""; 0]);
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let alike = label::add(&mut tx, hot, AUTHORITY, ("ICE", "ice"), "rust", Timestamp(1)).await;
        assert!(matches!(alike, Err(StoreError::Conflict(_))), "{alike:?}");
    })
    .await;
}

#[tokio::test]
async fn a_company_sees_what_is_its_own() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let bens =
            ReportRow { author_id: BEN.0, state: "question_asked".into(), authority_entry_at: 90, ..row(500, 1) };
        let anas = row(501, 1);
        let foreign = ReportRow { org_id: OTHER_COMPANY.0, ..row(502, 1) };
        let twin = ReportRow { duplicate_of: Some(anas.id), ..row(503, 1) };
        let foreign_twin = ReportRow { duplicate_of: Some(foreign.id), ..row(504, 1) };
        for report in [&bens, &anas, &foreign, &twin, &foreign_twin] {
            report::insert(&mut tx, report).await.unwrap();
        }
        let ana = own::Asker { org: COMPANY, person: ANA, sees_all: false };
        let newest = (i64::MAX, Uuid::max());
        let ids = |rows: Vec<own::OwnRow>| rows.iter().map(|row| row.id.as_u128()).collect::<Vec<_>>();
        assert_eq!(ids(own::list(&mut tx, ana, ("", ""), newest, 10).await.unwrap()), [504, 503, 501]);
        assert!(people::add(&mut tx, ReportId(bens.id), ANA, BEN, Timestamp(1)).await.unwrap());
        assert!(!people::add(&mut tx, ReportId(bens.id), ANA, BEN, Timestamp(2)).await.unwrap());
        assert_eq!(ids(own::list(&mut tx, ana, ("", ""), newest, 10).await.unwrap()), [504, 503, 501, 500]);
        let asked = own::list(&mut tx, ana, ("question_asked", "x"), newest, 10).await.unwrap();
        assert_eq!(ids(asked), [500]);
        let second = own::list(&mut tx, ana, ("", ""), (twin.sent_at, twin.id), 1).await.unwrap();
        assert_eq!(ids(second), [501]);
        let counts = own::counts(&mut tx, ana).await.unwrap();
        assert_eq!(counts, own::OwnCounts { sent: 4, questions: 1, unread: 1, to_confirm: 0 });
        let readers = people::readers(&mut tx, ReportId(bens.id), COMPANY, BEN).await.unwrap();
        let readers: Vec<_> = readers.iter().map(|reader| (reader.name.as_str(), reader.named)).collect();
        assert_eq!(readers, [("Ana", true), ("Ben", false)]);
        assert!(people::drop(&mut tx, ReportId(bens.id), ANA).await.unwrap());
        assert!(!people::is_named(&mut tx, ReportId(bens.id), ANA).await.unwrap());
        assert_eq!(own::twin(&mut tx, ReportId(twin.id)).await.unwrap(), Some(anas.reference));
        assert_eq!(
            own::twin(&mut tx, ReportId(foreign_twin.id)).await.unwrap(),
            None,
            "another company's stays unnamed"
        );
    })
    .await;
}

#[tokio::test]
async fn a_thread_has_two_readings() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let sent = row(600, 1);
        report::insert(&mut tx, &sent).await.unwrap();
        let id = ReportId(sent.id);
        let entry = |n: u128, side: &'static str, person, visible| thread::NewEntry {
            id: EntryId(Uuid::from_u128(n)),
            report: id,
            at: Timestamp(30),
            kind: "message",
            side,
            person: Some(person),
            body: "text",
            detail: "{}",
            visible_to_company: visible,
        };
        // The identities run against the order of writing: the place in the thread counts.
        thread::add(&mut tx, &entry(9, "company", ANA, true)).await.unwrap();
        thread::add(&mut tx, &entry(8, "authority", OFFICER, true)).await.unwrap();
        thread::add(&mut tx, &entry(7, "authority", OFFICER, false)).await.unwrap();
        let company = thread::for_company(&mut tx, id).await.unwrap();
        let seen: Vec<_> = company.iter().map(|entry| (entry.n, entry.person.as_deref())).collect();
        assert_eq!(seen, [(2, None), (1, Some("Ana"))], "no officer is named to the company");
        let desk = thread::for_desk(&mut tx, id).await.unwrap();
        let seen: Vec<_> = desk.iter().map(|entry| (entry.n, entry.visible_to_company)).collect();
        assert_eq!(seen, [(3, false), (2, true), (1, true)]);
        for mark in [Mark { at: Timestamp(40), n: 3 }, Mark { at: Timestamp(35), n: 2 }] {
            thread::mark_read(&mut tx, id, OFFICER, mark).await.unwrap();
        }
        let look = thread::look(&mut tx, id, OFFICER).await.unwrap().unwrap();
        assert_eq!(look.last, Mark { at: Timestamp(40), n: 3 });
        assert!(thread::note_reading(&mut tx, id, OFFICER, Timestamp(40), Timestamp(5)).await.unwrap());
        assert!(!thread::note_reading(&mut tx, id, OFFICER, Timestamp(41), Timestamp(6)).await.unwrap());
        assert!(thread::note_reading(&mut tx, id, OFFICER, Timestamp(99), Timestamp(41)).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn what_is_new_follows_from_the_entries_behind_the_last_one_read() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let (first, second) = (row(700, 1), ReportRow { shelf: "closed".into(), ..row(701, DECIDED + 1) });
        for report in [&first, &second] {
            report::insert(&mut tx, report).await.unwrap();
        }
        let mut number = 7000;
        let mut add = async |tx: &mut store::Tx, report: &ReportRow, at, side, person| {
            number += 1;
            let new = thread::NewEntry {
                id: EntryId(Uuid::from_u128(number)),
                report: ReportId(report.id),
                at: Timestamp(at),
                kind: "note",
                side,
                person,
                body: "",
                detail: "{}",
                visible_to_company: false,
            };
            thread::add(tx, &new).await.unwrap();
        };
        add(&mut tx, &first, 30, "company", Some(ANA)).await;
        add(&mut tx, &first, 31, "system", None).await;
        add(&mut tx, &first, 32, "authority", Some(OFFICER)).await;
        add(&mut tx, &second, 40, "company", Some(ANA)).await;
        let fresh = || queue::Wanted { fresh: true, before: i64::MAX, ..wanted(START, 9) };
        let news = async |tx: &mut store::Tx, wanted: queue::Wanted<'_>| {
            let rows = queue::page(tx, &wanted).await.unwrap();
            rows.into_iter().map(|row| (row.id.as_u128(), row.news.unwrap_or_default())).collect::<Vec<_>>()
        };
        let count = async |tx: &mut store::Tx, since, limit| {
            let floor = look::Floor { known_until: Timestamp(since), read_until: Timestamp(0) };
            look::count(tx, AUTHORITY, OFFICER, floor, limit).await.unwrap()
        };
        let (own, others) = ("note:company".to_owned(), "note:company,note:system".to_owned());
        assert_eq!(news(&mut tx, fresh()).await, [(700, others), (701, own.clone())]);
        assert_eq!((count(&mut tx, 0, 9).await, count(&mut tx, 31, 9).await, count(&mut tx, 0, 1).await), (2, 1, 1));
        let known = queue::Wanted { known_until: Timestamp(31), ..fresh() };
        assert_eq!(news(&mut tx, known).await, [(701, own.clone())], "what is known is not new, though unread");
        thread::mark_read(&mut tx, ReportId(first.id), OFFICER, Mark { at: Timestamp(50), n: 3 }).await.unwrap();
        assert_eq!(news(&mut tx, fresh()).await, [(701, own.clone())]);
        // As late as one likes: an entry behind the last one read is new, whatever the clocks say.
        add(&mut tx, &first, 45, "company", Some(ANA)).await;
        assert_eq!(news(&mut tx, fresh()).await, [(700, own.clone()), (701, own.clone())]);

        // What lies behind is not looked into again, and hides nothing.
        let floor = |read| look::Floor { known_until: Timestamp(0), read_until: Timestamp(read) };
        let first_at = look::first_unread(&mut tx, AUTHORITY, OFFICER, floor(0)).await.unwrap();
        assert_eq!(first_at, Some(Timestamp(40)), "the report in which something happened first");
        assert_eq!(look::count(&mut tx, AUTHORITY, OFFICER, floor(40), 9).await.unwrap(), 1);
        assert_eq!(news(&mut tx, queue::Wanted { read_until: Timestamp(40), ..fresh() }).await, [(700, own)]);
        assert_eq!(look::first_unread(&mut tx, AUTHORITY, OFFICER, floor(45)).await.unwrap(), None);
        let held = queue::Wanted { limit: 1, ..fresh() };
        assert_eq!(queue::held(&mut tx, &held).await.unwrap(), 1, "counted up to the limit");

        let row = look::find(&mut tx, AUTHORITY, OFFICER).await.unwrap().unwrap();
        assert_eq!((row.joined_at, row.looked_at), (1, None));
        look::note(&mut tx, AUTHORITY, OFFICER, Timestamp(60), Timestamp(50)).await.unwrap();
        look::know(&mut tx, AUTHORITY, OFFICER, Timestamp(70)).await.unwrap();
        let row = look::find(&mut tx, AUTHORITY, OFFICER).await.unwrap().unwrap();
        assert_eq!((row.looked_at, row.since_at, row.known_until), (Some(60), Some(70), Some(70)));
        assert_eq!(row.read_until, None);
        look::read(&mut tx, AUTHORITY, OFFICER, Timestamp(44)).await.unwrap();
        assert_eq!(look::find(&mut tx, AUTHORITY, OFFICER).await.unwrap().unwrap().read_until, Some(44));
        assert_eq!(look::find(&mut tx, COMPANY, OFFICER).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn what_was_just_done_is_kept_for_a_while() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let (first, second) = (row(800, 1), row(801, 2));
        for report in [&first, &second] {
            report::insert(&mut tx, report).await.unwrap();
        }
        let act = |n| UndoId(Uuid::from_u128(n));
        let new = |report: &ReportRow, n| undo::NewUndo {
            report: ReportId(report.id),
            act: act(n),
            authority: AUTHORITY,
            person: OFFICER,
            deed: "close",
            at: Timestamp(100),
            until: Timestamp(115),
            version: 2,
            n: 1,
            before: "{}",
        };
        for report in [&first, &second] {
            undo::put(&mut tx, &new(report, 1)).await.unwrap();
        }
        let running = undo::running(&mut tx, OFFICER, AUTHORITY, Timestamp(114), ("close", &first.reference))
            .await
            .unwrap()
            .unwrap();
        assert_eq!((running.undo_id, running.deed.as_str(), running.at), (act(1).0, "close", 100));
        assert_eq!(undo::running(&mut tx, OFFICER, AUTHORITY, Timestamp(115), ("", "")).await.unwrap(), None);
        assert_eq!(undo::running(&mut tx, ANA, AUTHORITY, Timestamp(100), ("", "")).await.unwrap(), None);
        for other in [("accept", ""), ("close", "FR-0")] {
            assert_eq!(undo::running(&mut tx, OFFICER, AUTHORITY, Timestamp(100), other).await.unwrap(), None);
        }
        assert_eq!(undo::of_act(&mut tx, act(1), OFFICER, AUTHORITY).await.unwrap().len(), 2);
        assert_eq!(undo::of_act(&mut tx, act(1), OFFICER, COMPANY).await.unwrap(), []);
        // The next act takes the place of the one before.
        undo::put(&mut tx, &new(&second, 2)).await.unwrap();
        let left = undo::of_act(&mut tx, act(1), OFFICER, AUTHORITY).await.unwrap();
        assert_eq!(left.iter().map(|row| (row.report_id, row.version, row.n)).collect::<Vec<_>>(), [(first.id, 2, 1)]);
        assert!(!undo::forget(&mut tx, ReportId(second.id), act(1)).await.unwrap());
        assert!(undo::forget(&mut tx, ReportId(second.id), act(2)).await.unwrap());
        assert_eq!(undo::sweep(&mut tx, Timestamp(115)).await.unwrap(), 0);
        assert_eq!(undo::sweep(&mut tx, Timestamp(116)).await.unwrap(), 1);

        // What is withheld stays for the desk alone.
        let entry = |n: u128, visible_to_company| thread::NewEntry {
            id: EntryId(Uuid::from_u128(n)),
            report: ReportId(first.id),
            at: Timestamp(100),
            kind: "state",
            side: "authority",
            person: Some(OFFICER),
            body: "",
            detail: "{}",
            visible_to_company,
        };
        for (n, visible) in [(8000, true), (8001, false), (8002, true)] {
            thread::add(&mut tx, &entry(n, visible)).await.unwrap();
        }
        undo::withhold(&mut tx, ReportId(first.id), 1).await.unwrap();
        let seen = thread::for_company(&mut tx, ReportId(first.id)).await.unwrap();
        assert_eq!(seen.iter().map(|entry| entry.n).collect::<Vec<_>>(), [1]);
        let desk = thread::for_desk(&mut tx, ReportId(first.id)).await.unwrap();
        assert_eq!(desk.iter().map(|entry| entry.withheld).collect::<Vec<_>>(), [true, false, false]);
        let opened = async |tx: &mut store::Tx, at| {
            undo::is_opened_since(tx, ReportId(first.id), COMPANY, Timestamp(at)).await.unwrap()
        };
        thread::mark_read(&mut tx, ReportId(first.id), OFFICER, Mark { at: Timestamp(200), n: 3 }).await.unwrap();
        assert!(!opened(&mut tx, 100).await, "an officer is nobody of the company");
        thread::mark_read(&mut tx, ReportId(first.id), ANA, Mark { at: Timestamp(100), n: 1 }).await.unwrap();
        thread::mark_read(&mut tx, ReportId(second.id), ANA, Mark { at: Timestamp(90), n: 1 }).await.unwrap();
        let last = thread::opened_last(&mut tx, ANA, 9).await.unwrap();
        assert_eq!(last.iter().map(|row| row.id).collect::<Vec<_>>(), [first.id, second.id]);
        assert_eq!(thread::opened_last(&mut tx, ANA, 1).await.unwrap().len(), 1);
        assert!(opened(&mut tx, 100).await && !opened(&mut tx, 101).await);
    })
    .await;
}

#[tokio::test]
async fn a_handover_note_builds_on_the_version_that_was_seen() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let add = async |tx: &mut store::Tx, base, text: &str| {
            handover::add(tx, AUTHORITY, base, &Note::new(text).unwrap(), OFFICER, Timestamp(10)).await
        };
        assert_eq!(handover::current(&mut tx, AUTHORITY, OFFICER).await.unwrap(), None);
        add(&mut tx, 0, "one").await.unwrap();
        add(&mut tx, 1, "two").await.unwrap();
        for base in [-1, 0, 1, 3] {
            assert!(matches!(add(&mut tx, base, "late").await, Err(StoreError::Stale)), "{base}");
        }
        for version in [2, 1] {
            handover::mark_read(&mut tx, AUTHORITY, OFFICER, version, Timestamp(11)).await.unwrap();
        }
        let current = handover::current(&mut tx, AUTHORITY, OFFICER).await.unwrap().unwrap();
        assert_eq!((current.version, current.body.as_str(), current.read_version), (2, "two", Some(2)));
        assert_eq!(handover::current(&mut tx, AUTHORITY, ANA).await.unwrap().unwrap().read_version, None);
        let earlier = handover::versions(&mut tx, AUTHORITY, 2, 9).await.unwrap();
        assert_eq!(earlier.iter().map(|row| row.body.as_str()).collect::<Vec<_>>(), ["one"]);
        assert_eq!(handover::readers(&mut tx, AUTHORITY, 2).await.unwrap(), ["Olga"]);
        assert_eq!(handover::readers(&mut tx, AUTHORITY, 1).await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn who_is_there_is_known_for_some_seconds() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let report_row = row(710, 1);
        report::insert(&mut tx, &report_row).await.unwrap();
        let id = ReportId(report_row.id);
        let beat = async |tx: &mut store::Tx, person, doing, at| {
            let (at, gone) = (Timestamp(at), Timestamp(at - 40));
            live::beat(tx, &live::Beat { report: id, person, authority: AUTHORITY, doing, at, gone }).await.unwrap();
        };
        let changed = async |tx: &mut store::Tx, since| {
            let rows = live::here(tx, AUTHORITY, Timestamp(since), 9).await.unwrap();
            rows.into_iter().map(|row| row.at).collect::<Vec<_>>()
        };
        beat(&mut tx, OFFICER, "looking", 100).await;
        beat(&mut tx, OFFICER, "looking", 115).await;
        assert_eq!(changed(&mut tx, 99).await, [100]);
        beat(&mut tx, OFFICER, "message", 120).await;
        assert_eq!((changed(&mut tx, 99).await, changed(&mut tx, 120).await), (vec![120], vec![]));
        let others = live::others(&mut tx, id, ANA, Timestamp(119)).await.unwrap();
        assert_eq!(others, [("Olga".to_owned(), "message".to_owned())]);
        assert_eq!(live::others(&mut tx, id, OFFICER, Timestamp(0)).await.unwrap(), []);
        assert_eq!(live::others(&mut tx, id, ANA, Timestamp(120)).await.unwrap(), []);
        assert_eq!(live::at_desk(&mut tx, AUTHORITY, ANA, Timestamp(0)).await.unwrap().len(), 1);
        assert_eq!(live::at_desk(&mut tx, COMPANY, ANA, Timestamp(0)).await.unwrap(), []);
        beat(&mut tx, OFFICER, "message", 160).await;
        assert_eq!(changed(&mut tx, 120).await, [160], "whoever was gone comes anew");
        assert_eq!(live::sweep(&mut tx, Timestamp(160)).await.unwrap(), 1);

        let entry = thread::NewEntry {
            id: EntryId(Uuid::from_u128(7100)),
            report: id,
            at: Timestamp(200),
            kind: "note",
            side: "authority",
            person: Some(OFFICER),
            body: "",
            detail: "{}",
            visible_to_company: false,
        };
        thread::add(&mut tx, &entry).await.unwrap();
        handover::add(&mut tx, AUTHORITY, 0, &Note::new("x").unwrap(), OFFICER, Timestamp(200)).await.unwrap();
        let entries = live::entries(&mut tx, AUTHORITY, Timestamp(199), 9).await.unwrap();
        assert_eq!(entries.iter().map(|row| (row.reference.as_str(), row.n)).collect::<Vec<_>>(), [("FR-710", 1)]);
        let notes = live::notes(&mut tx, AUTHORITY, Timestamp(199), 9).await.unwrap();
        assert_eq!(notes.iter().map(|row| (row.reference.as_str(), row.n)).collect::<Vec<_>>(), [("", 1)]);
        for authority in [AUTHORITY, COMPANY] {
            let since = Timestamp(if authority == AUTHORITY { 200 } else { 0 });
            assert_eq!(live::entries(&mut tx, authority, since, 9).await.unwrap(), []);
            assert_eq!(live::notes(&mut tx, authority, since, 9).await.unwrap(), []);
        }
    })
    .await;
}

#[tokio::test]
async fn the_clock_finds_its_reports() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let asked = ReportRow { shelf: "waiting".into(), question_due: Some(100), ..row(700, 1) };
        let leaving = ReportRow { delivery_at: Some(50), ..row(701, 1) };
        let marked = ReportRow { urgent: true, ..ReportRow { delivery_at: Some(50), ..row(702, 1) } };
        for report in [&asked, &leaving, &marked] {
            report::insert(&mut tx, report).await.unwrap();
        }
        assert_eq!(report::unanswered(&mut tx, Timestamp(100)).await.unwrap(), []);
        assert_eq!(report::unanswered(&mut tx, Timestamp(101)).await.unwrap(), [ReportId(asked.id)]);
        for (from, to, found) in [(40, 60, vec![ReportId(leaving.id)]), (50, 60, vec![]), (40, 50, vec![])] {
            assert_eq!(report::leaving(&mut tx, Timestamp(from), Timestamp(to)).await.unwrap(), found, "{from} {to}");
        }
    })
    .await;
}

/// Every view of the queue walks one index in order: no sorting, no look at another authority's reports.
#[tokio::test]
async fn the_queue_walks_its_index() {
    each_engine(async |db: Db| {
        let Db::Sqlite { read, .. } = &db else { return };
        let plan = async |name: &str| {
            let sql = registry::all().find(|sql| sql.name.ends_with(name)).unwrap();
            let plan: Vec<(i64, i64, i64, String)> =
                sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", sql.sqlite)))
                    .fetch_all(read)
                    .await
                    .unwrap();
            plan.into_iter().map(|(.., step)| step).collect::<Vec<_>>()
        };
        let counts = plan("queue::COUNTS").await;
        assert!(counts.iter().any(|step| step.contains("COVERING INDEX report_queue")), "{counts:#?}");
        let held: Vec<(String,)> =
            sqlx::query_as("SELECT name FROM pragma_index_info('report_queue')").fetch_all(read).await.unwrap();
        assert!(held.iter().any(|(column,)| column == "news_at"), "what rests is passed over without being read");
        let steps = plan("queue::PAGE").await;
        assert!(steps[0].contains("report_queue (authority_id=? AND (urgency,id)>(?,?)"), "{steps:#?}");
        assert!(!steps.iter().any(|step| step.contains("TEMP B-TREE")), "{steps:#?}");
    })
    .await;
}

#[tokio::test]
async fn receipts_stay_and_their_keys_are_held_until_they_are_replaced() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let (report, old, new) = (ReportId(Uuid::from_u128(100)), PublicKey([1; 32]), PublicKey([2; 32]));
        draft::insert(&mut tx, &new_draft(50, ANA)).await.unwrap();
        report::insert(&mut tx, &row(100, 5)).await.unwrap();
        content::add_version(&mut tx, &version(report.0, 50, 1)).await.unwrap();
        assert_eq!(receipt::without(&mut tx).await.unwrap(), [(report, 1)]);
        let facts = receipt::facts(&mut tx, report, 1).await.unwrap().unwrap();
        assert_eq!((facts.reference.as_str(), facts.version), ("FR-100", 1));
        assert_eq!((facts.authority.as_str(), facts.company.as_str()), ("aut", "one"));
        assert_eq!(receipt::facts(&mut tx, report, 2).await.unwrap(), None);
        receipt::add(&mut tx, report, 1, "first").await.unwrap();
        receipt::add(&mut tx, report, 1, "second").await.unwrap();
        assert_eq!(receipt::one(&mut tx, report, 1).await.unwrap().as_deref(), Some("first"));
        assert_eq!(receipt::without(&mut tx).await.unwrap(), []);

        assert!(!receipt::hold_key(&mut tx, old, Timestamp(30)).await.unwrap(), "nobody knows it yet");
        assert!(receipt::add_key(&mut tx, old, Timestamp(30)).await.unwrap());
        assert!(!receipt::add_key(&mut tx, old, Timestamp(31)).await.unwrap());
        assert!(receipt::hold_key(&mut tx, old, Timestamp(40)).await.unwrap());
        assert!(receipt::hold_key(&mut tx, old, Timestamp(20)).await.unwrap());
        receipt::end_key(&mut tx, old, Timestamp(50)).await.unwrap();
        receipt::end_key(&mut tx, old, Timestamp(60)).await.unwrap();
        assert!(receipt::add_key(&mut tx, new, Timestamp(50)).await.unwrap());
        assert!(!receipt::hold_key(&mut tx, old, Timestamp(45)).await.unwrap(), "it was replaced");
        tx.commit().await.unwrap();
        let keys = receipt::keys(&mut db.reader()).await.unwrap();
        let told = keys.iter().map(|key| (key.public_key[0], key.since, key.until)).collect::<Vec<_>>();
        assert_eq!(told, [(2, 50, None), (1, 20, Some(50))]);
    })
    .await;
}

#[tokio::test]
async fn a_draft_knows_the_version_it_was_begun_from() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let (sent, id) = (row(100, 5), DraftId(Uuid::from_u128(60)));
        report::insert(&mut tx, &sent).await.unwrap();
        let of = ReportId(sent.id);
        let new = draft::NewDraft { continues: Some((of, 1)), ..new_draft(60, ANA) };
        draft::insert(&mut tx, &new).await.unwrap();
        assert_eq!(draft::continuing(&mut tx, of, ANA, false).await.unwrap(), Some(id));
        for (person, quick) in [(ANA, true), (BEN, false)] {
            assert_eq!(draft::continuing(&mut tx, of, person, quick).await.unwrap(), None);
        }
        draft::rebase(&mut tx, id, 2, true).await.unwrap();
        let row = draft::find(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((row.completes_report, row.based_on, row.quick), (Some(sent.id), Some(2), true));
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_reminded_of_once_and_erased_at_last() {
    each_engine(async |db: Db| {
        let mut tx = seeded(&db).await;
        let (id, away) = (DraftId(Uuid::from_u128(50)), DraftId(Uuid::from_u128(51)));
        draft::insert(&mut tx, &new_draft(50, ANA)).await.unwrap();
        draft::insert(&mut tx, &new_draft(51, ANA)).await.unwrap();
        draft::archive(&mut tx, away, "deleted", Timestamp(20)).await.unwrap();
        assert_eq!(draft::to_remind(&mut tx, 1, Timestamp(11)).await.unwrap(), [id]);
        assert!(draft::reminded(&mut tx, id, 2, Timestamp(30)).await.unwrap());
        assert!(!draft::reminded(&mut tx, id, 1, Timestamp(31)).await.unwrap(), "the later one covers the earlier");
        assert!(draft::to_remind(&mut tx, 2, Timestamp(11)).await.unwrap().is_empty());
        for (before, by, last, lapsed) in
            [(11, 30, 2, vec![id]), (11, 29, 2, vec![]), (10, 30, 2, vec![]), (21, 0, 2, vec![away])]
        {
            assert_eq!(
                draft::lapsed(&mut tx, Timestamp(before), Timestamp(by), last).await.unwrap(),
                lapsed,
                "{before} {by}"
            );
        }
        draft::hand_over(&mut tx, id, BEN, Timestamp(40)).await.unwrap();
        assert_eq!(draft::to_remind(&mut tx, 1, Timestamp(41)).await.unwrap(), [id], "who has it now is reminded anew");
        draft::erase(&mut tx, id, Timestamp(50)).await.unwrap();
        let row = draft::find(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((row.author_id, row.title.as_str(), row.answers.as_str()), (BEN.0, "", "{}"));
        assert_eq!((row.archived_as.as_str(), row.archived_at), ("erased", Some(50)));
        assert!(matches!(draft::hand_over(&mut tx, id, ANA, Timestamp(51)).await, Err(StoreError::Stale)));
        draft::reopen(&mut tx, id, Timestamp(60)).await.unwrap();
        draft::archive(&mut tx, id, "sent", Timestamp(61)).await.unwrap();
        assert!(matches!(draft::erase(&mut tx, id, Timestamp(62)).await, Err(StoreError::Stale)), "sent is sent");
    })
    .await;
}
