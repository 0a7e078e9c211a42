//! What stands on the versions of watch lists. Many are written with one statement, and what a list says about somebody is
//! kept once, however many versions say the same.

use serde_json::json;
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD_CONTENT = sqlite "INSERT INTO watch_content (hash, content) SELECT unhex(value ->> 0), value ->> 1
                          FROM json_each($1) WHERE true ON CONFLICT DO NOTHING",
                  postgres "INSERT INTO watch_content (hash, content) SELECT decode(e ->> 0, 'hex'), e ->> 1
                            FROM jsonb_array_elements(CAST(CAST($1 AS text) AS jsonb)) e ON CONFLICT DO NOTHING";
    ADD = sqlite "INSERT INTO watch_entry (version_id, entry_id, kind, name, hash)
                  SELECT $1, value ->> 0, value ->> 1, value ->> 2, unhex(value ->> 3) FROM json_each($2)",
          postgres "INSERT INTO watch_entry (version_id, entry_id, kind, name, hash)
                    SELECT $1, e ->> 0, e ->> 1, e ->> 2, decode(e ->> 3, 'hex') FROM jsonb_array_elements(CAST(CAST($2 AS text) AS jsonb)) e";
    PAGE = "SELECT e.entry_id, e.hash, c.content FROM watch_entry e JOIN watch_content c ON c.hash = e.hash
            WHERE e.version_id = $1 AND e.entry_id > $2 ORDER BY e.entry_id LIMIT $3";
    TOUCHED = "SELECT n.entry_id, n.hash, c.content FROM watch_entry n JOIN watch_content c ON c.hash = n.hash
               LEFT JOIN watch_entry o ON o.version_id = $1 AND o.entry_id = n.entry_id
               WHERE n.version_id = $2 AND (o.entry_id IS NULL OR o.hash <> n.hash) AND n.entry_id > $3
               ORDER BY n.entry_id LIMIT $4";
    CONTENT = "SELECT content FROM watch_content WHERE hash = $1";
    ADDED = "SELECT n.entry_id, n.kind, n.name FROM watch_entry n
             LEFT JOIN watch_entry o ON o.version_id = $1 AND o.entry_id = n.entry_id
             WHERE n.version_id = $2 AND o.entry_id IS NULL AND n.entry_id > $3 ORDER BY n.entry_id LIMIT $4";
    CHANGED = "SELECT n.entry_id, n.name, b.content AS before, a.content AS after FROM watch_entry n
               JOIN watch_entry o ON o.version_id = $1 AND o.entry_id = n.entry_id AND o.hash <> n.hash
               JOIN watch_content b ON b.hash = o.hash JOIN watch_content a ON a.hash = n.hash
               WHERE n.version_id = $2 AND n.entry_id > $3 ORDER BY n.entry_id LIMIT $4";
    COUNT_ADDED = "SELECT count(*) FROM watch_entry n
                   LEFT JOIN watch_entry o ON o.version_id = $1 AND o.entry_id = n.entry_id
                   WHERE n.version_id = $2 AND o.entry_id IS NULL";
    COUNT_CHANGED = "SELECT count(*) FROM watch_entry n
                     JOIN watch_entry o ON o.version_id = $1 AND o.entry_id = n.entry_id AND o.hash <> n.hash
                     WHERE n.version_id = $2";
    REMOVE_SOME = "DELETE FROM watch_entry WHERE version_id = $1 AND entry_id IN
                   (SELECT entry_id FROM watch_entry WHERE version_id = $1 LIMIT $2)";
    REMOVE_UNUSED = "DELETE FROM watch_content WHERE hash IN (SELECT c.hash FROM watch_content c
                     WHERE NOT EXISTS (SELECT 1 FROM watch_entry e WHERE e.hash = c.hash) LIMIT $1)";
}

/// An entry to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// Its number on its list.
    pub id: String,
    /// Code of its kind.
    pub kind: &'static str,
    /// Its main name.
    pub name: String,
    /// Everything the list says, JSON.
    pub content: String,
    /// SHA-256 over that, in hexadecimal.
    pub hash: String,
}

/// An entry with everything its list says.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EntryRow {
    /// Its number on its list.
    pub entry_id: String,
    /// SHA-256 over the content.
    pub hash: Vec<u8>,
    /// Everything the list says, JSON.
    pub content: String,
}

/// An entry that one of two versions has and the other has not.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OnlyRow {
    /// Its number on its list.
    pub entry_id: String,
    /// Code of its kind.
    pub kind: String,
    /// Its main name.
    pub name: String,
}

/// An entry about which two versions say different things.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ChangedRow {
    /// Its number on its list.
    pub entry_id: String,
    /// Its main name now.
    pub name: String,
    /// What the older version says, JSON.
    pub before: String,
    /// What the newer version says, JSON.
    pub after: String,
}

/// How many entries differ between two versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Only the newer one has them.
    pub added: i64,
    /// Both have them, and say different things.
    pub changed: i64,
    /// Only the older one has them.
    pub removed: i64,
}

/// Adds entries to a version that is being loaded.
///
/// # Errors
/// [`crate::StoreError::Conflict`] if two have one number.
pub async fn add(tx: &mut Tx, version: Uuid, entries: &[NewEntry]) -> Result<()> {
    let mut contents: Vec<_> = entries.iter().map(|entry| (&entry.hash, &entry.content)).collect();
    // Two loads at the same time wait for each other in one order.
    contents.sort_unstable();
    tx.run(&ADD_CONTENT, args![json!(contents).to_string()]).await?;
    let rows: Vec<_> = entries.iter().map(|entry| (&entry.id, entry.kind, &entry.name, &entry.hash)).collect();
    tx.run(&ADD, args![version, json!(rows).to_string()]).await?;
    Ok(())
}

/// Entries of a version after a number, in the order of numbers.
///
/// # Errors
/// If the database does not answer.
pub async fn page(db: &mut impl Read, version: Uuid, after: &str, most: i64) -> Result<Vec<EntryRow>> {
    db.all(&PAGE, args![version, after, most]).await
}

/// Entries that `newer` has and `older` has not, or says otherwise, after a number.
///
/// # Errors
/// If the database does not answer.
pub async fn touched(db: &mut impl Read, older: Uuid, newer: Uuid, after: &str, most: i64) -> Result<Vec<EntryRow>> {
    db.all(&TOUCHED, args![older, newer, after, most]).await
}

/// What a list says about somebody, by its hash.
///
/// # Errors
/// If the database does not answer.
pub async fn content(db: &mut impl Read, hash: &[u8]) -> Result<Option<String>> {
    Ok(db.one::<(String,)>(&CONTENT, args![hash]).await?.map(|(content,)| content))
}

/// Entries that only `newer` has, after a number. With the versions turned round: those that only the older one has.
///
/// # Errors
/// If the database does not answer.
pub async fn added(db: &mut impl Read, older: Uuid, newer: Uuid, after: &str, most: i64) -> Result<Vec<OnlyRow>> {
    db.all(&ADDED, args![older, newer, after, most]).await
}

/// Entries about which two versions say different things, after a number.
///
/// # Errors
/// If the database does not answer.
pub async fn changed(db: &mut impl Read, older: Uuid, newer: Uuid, after: &str, most: i64) -> Result<Vec<ChangedRow>> {
    db.all(&CHANGED, args![older, newer, after, most]).await
}

/// How many entries differ between two versions.
///
/// # Errors
/// If the database does not answer.
pub async fn counts(db: &mut impl Read, older: Uuid, newer: Uuid) -> Result<Counts> {
    Ok(Counts {
        added: db.number(&COUNT_ADDED, args![older, newer]).await?.unwrap_or(0),
        changed: db.number(&COUNT_CHANGED, args![older, newer]).await?.unwrap_or(0),
        removed: db.number(&COUNT_ADDED, args![newer, older]).await?.unwrap_or(0),
    })
}

/// Removes some entries of a version; how many.
///
/// # Errors
/// If the database refuses.
pub async fn remove_some(tx: &mut Tx, version: Uuid, most: i64) -> Result<u64> {
    tx.run(&REMOVE_SOME, args![version, most]).await
}

/// Removes some of what no version says any more; how many.
///
/// # Errors
/// If the database refuses.
pub async fn remove_unused(tx: &mut Tx, most: i64) -> Result<u64> {
    tx.run(&REMOVE_UNUSED, args![most]).await
}
