//! What was backed up is there again, on whichever engine, and nothing that was damaged is taken.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use super::*;
use crate::{demo, testing::World};

/// An installation with the demo's people and reports, a key and a file in a folder.
async fn lived_in() -> World {
    let world = World::empty().await;
    demo::seed(&world).await.unwrap();
    let data = &world.config.data_dir;
    fs::write(data.join("pepper"), "07".repeat(32)).unwrap();
    fs::create_dir_all(data.join("evidence/ab")).unwrap();
    fs::write(data.join("evidence/ab/abcd"), [0, 159, 146, 150]).unwrap();
    fs::create_dir_all(data.join("mail")).unwrap();
    fs::write(data.join("mail/one.eml"), "sent").unwrap();
    world
}

/// Every row of every table, in an order of its own.
async fn rows(db: &Db) -> BTreeMap<String, Vec<String>> {
    let mut tx = dump::snapshot(db).await.unwrap();
    let mut all = BTreeMap::new();
    for table in dump::tables(&mut tx).await.unwrap() {
        let mut lines = Vec::new();
        let take = |row: Vec<Value>| -> Result<(), StoreError> {
            lines.push(format!("{:?} {}", table.columns, Value::from(row)));
            Ok(())
        };
        dump::read(&mut tx, &table, take).await.unwrap();
        lines.sort();
        all.insert(table.name, lines);
    }
    all
}

async fn shared_facts(db: &Db) -> i64 {
    let sql = "SELECT count(*) FROM report_fact";
    let statement = store::Sql { name: "test", sqlite: sql, postgres: sql };
    store::Read::number(&mut db.reader(), &statement, Vec::new()).await.unwrap().unwrap()
}

async fn fresh_file(folder: &Path) -> Db {
    Db::open(&format!("sqlite:{}", folder.join("forerunner.db").display())).await.unwrap()
}

#[tokio::test]
async fn what_was_backed_up_is_there_again() {
    let world = lived_in().await;
    let shelf = tempfile::tempdir().unwrap();
    let target = shelf.path().join("monday");
    let before = rows(&world.db).await;
    let made = make(&world, &target).await.unwrap();
    assert!(made.rows() > 500, "{} rows", made.rows());
    let names: Vec<&str> = made.files.iter().map(|file| file.path.as_str()).collect();
    assert!(names.contains(&"evidence/ab/abcd") && names.contains(&"pepper"), "{names:?}");
    assert!(!names.iter().any(|name| name.contains(".db") || name.starts_with("mail/")), "{names:?}");
    assert!(matches!(make(&world, &target).await, Err(BackupError::Exists(_))));

    // Back into a file, whichever engine it came from.
    let home = tempfile::tempdir().unwrap();
    let db = fresh_file(home.path()).await;
    restore(&target, &db, home.path()).await.unwrap();
    assert_eq!(rows(&db).await, before);
    assert_eq!(fs::read(home.path().join("evidence/ab/abcd")).unwrap(), [0, 159, 146, 150]);
    assert_eq!(fs::read(home.path().join("pepper")).unwrap(), "07".repeat(32).as_bytes());
    assert!(matches!(audit::verify(&mut db.reader()).await.unwrap(), audit::Verdict::Whole(rows) if rows > 0));

    assert!(shared_facts(&db).await == 0, "what is derived comes with the first start");

    // And from there onto an empty database of the engine that this test runs on.
    let there = World::unmigrated().await;
    restore(&target, &there.db, &there.config.data_dir).await.unwrap();
    assert_eq!(rows(&there.db).await, before);
    crate::fact::derive_anew(&there).await.unwrap();
    assert_eq!(shared_facts(&there.db).await, shared_facts(&world.db).await);
    assert!(shared_facts(&there.db).await > 20);
    let twice = restore(&target, &there.db, &there.config.data_dir).await;
    assert!(matches!(twice, Err(BackupError::NotEmpty(_))), "{twice:?}");

    // The living installation has noted that it was backed up.
    let noted = rows(&world.db).await;
    assert_eq!(noted["audit"].len(), before["audit"].len() + 1);
    assert!(noted["audit"].iter().any(|row| row.contains("backup made")));
}

#[tokio::test]
async fn what_was_damaged_is_refused_whole() {
    let world = lived_in().await;
    let shelf = tempfile::tempdir().unwrap();
    let target = shelf.path().join("monday");
    make(&world, &target).await.unwrap();
    for (file, damage) in
        [("tables/report.jsonl", "\n[]"), ("files/pepper", "x"), ("manifest.json", "{"), ("tables/audit.jsonl", "")]
    {
        let path = target.join(file);
        let whole = fs::read(&path).unwrap();
        let broken = if damage.is_empty() { Vec::new() } else { [&whole, damage.as_bytes()].concat() };
        fs::write(&path, broken).unwrap();
        let home = tempfile::tempdir().unwrap();
        let db = fresh_file(home.path()).await;
        let refused = restore(&target, &db, home.path()).await;
        assert!(matches!(refused, Err(BackupError::Damaged(_))), "{file}: {refused:?}");
        assert!(!home.path().join("pepper").exists(), "{file}");
        fs::write(&path, whole).unwrap();
    }
}

#[tokio::test]
async fn a_manifest_cannot_write_elsewhere() {
    for name in ["../pepper", "/etc/passwd", "", "a/../../b", "."] {
        assert!(inside(Path::new("/data"), name).is_err(), "{name}");
    }
    assert_eq!(inside(Path::new("/data"), "evidence/ab").unwrap(), Path::new("/data/evidence/ab"));
}
