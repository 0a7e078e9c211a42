//! A fresh, migrated database on each engine.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use store::{Db, migrations};

/// Runs a test on SQLite and, where `TEST_POSTGRES_URL` is set, on a PostgreSQL database of its own.
pub async fn each_engine(test: impl AsyncFn(Db)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let db = Db::open(&format!("sqlite:{}", path.display())).await.unwrap();
    migrations::migrate(&db, None).await.unwrap();
    test(db.clone()).await;
    db.close().await;

    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else { return };
    let (db, name) = postgres(&server).await;
    test(db.clone()).await;
    db.close().await;
    let mut admin = PgConnection::connect(&server).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).execute(&mut admin).await.unwrap();
}

async fn postgres(server: &str) -> (Db, String) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("store_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::connect(server).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let options = server.split_once('?').map(|(_, options)| format!("?{options}")).unwrap_or_default();
    let db = Db::open(&format!("{base}/{name}{options}")).await.unwrap();
    migrations::migrate(&db, None).await.unwrap();
    (db, name)
}
