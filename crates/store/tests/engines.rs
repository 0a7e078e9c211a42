//! Both engines take every statement, and hold their promises.
//!
//! SQLite always; PostgreSQL where `TEST_POSTGRES_URL` names a server (`cargo xtask test` starts one).

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use store::{Arg, Db, Read as _, Sql, audit, registry};

use support::each_engine;

#[tokio::test]
async fn every_statement_prepares() {
    each_engine(async |db: Db| {
        let mut refused = Vec::new();
        for sql in registry::all() {
            let outcome = match &db {
                Db::Sqlite { write, .. } => {
                    use sqlx::Executor as _;
                    write.prepare(sqlx::SqlSafeStr::into_sql_str(sql.sqlite)).await.err()
                }
                Db::Postgres(pool) => {
                    use sqlx::Executor as _;
                    pool.prepare(sqlx::SqlSafeStr::into_sql_str(sql.postgres)).await.err()
                }
            };
            refused.extend(outcome.map(|error| format!("{}: {error}", sql.name)));
        }
        assert!(refused.is_empty(), "{refused:#?}");
    })
    .await;
}

/// Statements that must cost the same whatever the number of reports, and the index that each has to use.
const BY_INDEX: &[(&str, &str)] = &[
    ("store::figures::TOTALS", "COVERING INDEX report_by_time (authority_id=? AND sent_at>? AND sent_at<?)"),
    ("store::figures::TOOK", "COVERING INDEX report_by_time (authority_id=? AND sent_at>? AND sent_at<?)"),
    ("store::figures::WEEKS", "COVERING INDEX report_by_time (authority_id=? AND sent_at>? AND sent_at<?)"),
    ("store::figures::SUBSTANCES", "COVERING INDEX report_by_time (authority_id=? AND sent_at>? AND sent_at<?)"),
    ("store::figures::WAITING", "COVERING INDEX report_queue (authority_id=? AND urgency<?)"),
    ("store::log::OPENED", "INDEX audit_by_object (object_kind=? AND object_id=?"),
    ("store::log::GLASS", "INDEX audit_by_org (org_id=? AND seq<?)"),
    ("store::log::TEAM", "INDEX audit_by_org (org_id=?)"),
    ("store::notice::TO_PUBLISH", "INDEX notice_to_publish (publish_at<?)"),
    ("store::session::SWEEP", "INDEX session_by_expiry (expires_at<?)"),
    ("store::duty::LOADS", "INDEX report_by_load (authority_id=?"),
    ("store::report::TO_ESCALATE", "INDEX report_by_escalation (escalate_at<?)"),
    ("store::report::TO_PAGE", "INDEX report_by_page (page_at<?)"),
];

#[tokio::test]
async fn what_the_worker_and_the_figures_ask_reads_an_index() {
    each_engine(async |db: Db| {
        let Db::Sqlite { .. } = &db else { return };
        for (name, expected) in BY_INDEX {
            let sql = registry::all().find(|sql| sql.name == *name).unwrap();
            let text: &'static str = format!("EXPLAIN QUERY PLAN {}", sql.sqlite).leak();
            let explain = Sql { name: "explain", sqlite: text, postgres: text };
            let plan: Vec<(i64, i64, i64, String)> = db.reader().all(&explain, vec![]).await.unwrap();
            let steps: Vec<String> = plan.into_iter().map(|(.., step)| step).collect();
            assert!(steps.iter().any(|step| step.contains(expected)), "{name}: {steps:#?}");
            // What was found may be gone through, a table not.
            let found: Vec<&str> = steps.iter().filter_map(|step| step.strip_prefix("CO-ROUTINE ")).collect();
            let mut scanned = steps.iter().filter_map(|step| step.strip_prefix("SCAN "));
            assert!(scanned.all(|name| found.contains(&name)), "{name}: {steps:#?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_audit_log_cannot_be_changed() {
    each_engine(async |db: Db| {
        let mut tx = db.begin().await.unwrap();
        assert_eq!(audit::lock_last(&mut tx).await.unwrap(), None);
        let row = audit::AuditRow {
            seq: 1,
            at: 5,
            person_id: None,
            org_id: None,
            role: "system".into(),
            action: "Start".into(),
            object_kind: "installation".into(),
            object_id: String::new(),
            before_commitment: None,
            after_commitment: None,
            previous_hash: vec![0; 32],
            hash: vec![1; 32],
        };
        audit::append(&mut tx, &row, audit::Opening::default()).await.unwrap();
        tx.commit().await.unwrap();
        for text in ["UPDATE audit SET role = 'x'", "DELETE FROM audit"] {
            let sql = Sql { name: "tampering", sqlite: text, postgres: text };
            let mut tx = db.begin().await.unwrap();
            let refusal = tx.run(&sql, Vec::<Arg>::new()).await.unwrap_err().to_string();
            assert!(refusal.contains("append-only"), "{refusal}");
        }
        assert_eq!(audit::page(&mut db.reader(), 0, 10).await.unwrap(), vec![row]);
    })
    .await;
}

#[tokio::test]
async fn an_uncommitted_change_is_not_seen() {
    each_engine(async |db: Db| {
        let insert = "INSERT INTO setting (name, value) VALUES ('a', 'b')";
        let count = "SELECT count(*) FROM setting";
        let insert = Sql { name: "insert", sqlite: insert, postgres: insert };
        let count = Sql { name: "count", sqlite: count, postgres: count };
        let mut tx = db.begin().await.unwrap();
        tx.run(&insert, vec![]).await.unwrap();
        assert_eq!(db.reader().number(&count, vec![]).await.unwrap(), Some(0));
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(tx.number(&count, vec![]).await.unwrap(), Some(0), "dropped means rolled back");
        tx.run(&insert, vec![]).await.unwrap();
        assert!(matches!(tx.run(&insert, vec![]).await, Err(store::StoreError::Conflict(_))));
    })
    .await;
}
