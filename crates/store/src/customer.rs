//! Files of customers and every version of them. What is in them is the program's business: here they are JSON with the
//! columns by which they are listed and found.

pub mod decision;
pub mod document;
pub mod import;
pub mod standing;
pub mod substance;

use domain::{
    ids::{CustomerId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO customer (id, org_id, version, name, name_key, country, state, own_number, content, found_by, created_at,
              changed_at, changed_by) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)";
    SAVE = "UPDATE customer SET version = version + 1, name = $3, name_key = $4, country = $5, state = $6, own_number = $7,
            content = $8, found_by = $9, changed_at = $10, changed_by = $11 WHERE id = $1 AND version = $2";
    ADD_VERSION = "INSERT INTO customer_version (customer_id, version, content, step, at, person_id) VALUES ($1, $2, $3, $4, $5, $6)";
    FIND = "SELECT c.id, c.org_id, c.version, c.name, c.content, c.created_at, c.changed_at, p.name AS person
            FROM customer c JOIN person p ON p.id = c.changed_by WHERE c.id = $1";
    LOCK = sqlite "SELECT c.id, c.org_id, c.version, c.name, c.content, c.created_at, c.changed_at, p.name AS person
            FROM customer c JOIN person p ON p.id = c.changed_by WHERE c.id = $1",
           postgres "SELECT c.id, c.org_id, c.version, c.name, c.content, c.created_at, c.changed_at, p.name AS person
            FROM customer c JOIN person p ON p.id = c.changed_by WHERE c.id = $1 FOR UPDATE OF c";
    BY_OWN_NUMBER = "SELECT id FROM customer WHERE org_id = $1 AND own_number = $2";
    BY_NAME = "SELECT id FROM customer WHERE org_id = $1 AND name_key = $2 AND country = $3 ORDER BY id LIMIT 1";
    /// Behind the customer $2, or from the first on; each of four words has to be found.
    PAGE = "SELECT c.id, c.name, c.country, c.state, c.own_number, c.changed_at, p.name AS person,
            s.band, s.verdict, s.review_on, s.due_since, s.waiting_id FROM customer c
            JOIN person p ON p.id = c.changed_by LEFT JOIN customer_standing s ON s.customer_id = c.id
            WHERE c.org_id = $1 AND (CAST($2 AS TEXT) = '' OR c.name_key > $2 OR (c.name_key = $2 AND c.id > $3))
            AND ($4 = '' OR c.state = $4) AND c.found_by LIKE $5 AND c.found_by LIKE $6 AND c.found_by LIKE $7 AND c.found_by LIKE $8
            ORDER BY c.name_key, c.id LIMIT $9";
    PLACE = "SELECT name_key FROM customer WHERE id = $1 AND org_id = $2";
    CONTENTS = "SELECT c.id, c.org_id, c.version, c.name, c.content, c.created_at, c.changed_at, p.name AS person
            FROM customer c JOIN person p ON p.id = c.changed_by
            WHERE c.org_id = $1 AND (CAST($2 AS TEXT) = '' OR c.name_key > $2 OR (c.name_key = $2 AND c.id > $3))
            AND ($4 = '' OR c.state = $4) AND c.found_by LIKE $5 AND c.found_by LIKE $6 AND c.found_by LIKE $7 AND c.found_by LIKE $8
            ORDER BY c.name_key, c.id LIMIT $9";
    COUNT = "SELECT count(*) FROM customer WHERE org_id = $1";
    HISTORY = "SELECT v.version, v.step, v.at, p.name AS person FROM customer_version v JOIN person p ON p.id = v.person_id
               WHERE v.customer_id = $1 AND v.version < $2 ORDER BY v.version DESC LIMIT $3";
    VERSION = "SELECT content FROM customer_version WHERE customer_id = $1 AND version = $2";
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CustomerRow {
    /// Identity.
    pub id: Uuid,
    /// The company whose file it is.
    pub org_id: Uuid,
    /// Its version.
    pub version: i64,
    /// Legal name.
    pub name: String,
    /// The file, JSON.
    pub content: String,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed last.
    pub changed_at: i64,
    /// Who changed it last.
    pub person: String,
}

/// A file in a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CustomerListRow {
    /// Identity.
    pub id: Uuid,
    /// Legal name.
    pub name: String,
    /// Code of the country.
    pub country: String,
    /// Code of the state.
    pub state: String,
    /// The company's own number.
    pub own_number: Option<String>,
    /// When it was changed last.
    pub changed_at: i64,
    /// Who changed it last.
    pub person: String,
    /// Code of its risk; empty or none before it was rated.
    pub band: Option<String>,
    /// Code of the decision in force; empty or none without.
    pub verdict: Option<String>,
    /// Day of its next review.
    pub review_on: Option<i64>,
    /// Since when it is due before that.
    pub due_since: Option<i64>,
    /// The decision that waits for a second person.
    pub waiting_id: Option<Uuid>,
}

/// A line of a file's history.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct VersionRow {
    /// The version.
    pub version: i64,
    /// What was done.
    pub step: String,
    /// When.
    pub at: i64,
    /// By whom.
    pub person: String,
}

/// What a file says, and by what it is listed and found.
#[derive(Clone, Debug)]
pub struct Content<'a> {
    /// Legal name.
    pub name: &'a str,
    /// The same folded.
    pub name_key: &'a str,
    /// Code of the country.
    pub country: &'a str,
    /// Code of the state.
    pub state: &'a str,
    /// The company's own number; none if it gave none.
    pub own_number: Option<&'a str>,
    /// The file, JSON.
    pub content: &'a str,
    /// Every name and number, folded.
    pub found_by: &'a str,
}

/// What of a list is wanted.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The company.
    pub org: OrgId,
    /// Only behind this file; none from the first on.
    pub after: Option<CustomerId>,
    /// Only in this state; empty for all.
    pub state: &'a str,
    /// Folded words that all have to be found, at most four.
    pub words: &'a [&'a str],
    /// At most so many.
    pub limit: i64,
}

/// Makes a file; its first version is added with [`add_version`].
///
/// # Errors
/// [`crate::StoreError::Conflict`] if the company has a customer with the same number of its own.
pub async fn insert(
    tx: &mut Tx,
    id: CustomerId,
    org: OrgId,
    new: &Content<'_>,
    person: UserId,
    at: Timestamp,
) -> Result<()> {
    let args = [args![id, org], written(new, at, person)].concat();
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// What both statements that write a file are given behind its identity.
fn written(new: &Content<'_>, at: Timestamp, person: UserId) -> Vec<crate::Arg> {
    args![new.name, new.name_key, new.country, new.state, new.own_number, new.content, new.found_by, at, person,]
}

/// Replaces what a file says and counts its version up.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was changed since `version`; [`crate::StoreError::Conflict`] as for [`insert`].
pub async fn save(
    tx: &mut Tx,
    (id, version): (CustomerId, i64),
    new: &Content<'_>,
    person: UserId,
    at: Timestamp,
) -> Result<()> {
    let args = [args![id, version], written(new, at, person)].concat();
    tx.run_one(&SAVE, args).await
}

/// Keeps a version of a file.
///
/// # Errors
/// If the database refuses.
pub async fn add_version(
    tx: &mut Tx,
    (id, version): (CustomerId, i64),
    content: &str,
    step: &str,
    person: UserId,
    at: Timestamp,
) -> Result<()> {
    tx.run(&ADD_VERSION, args![id, version, content, step, at, person]).await?;
    Ok(())
}

/// The file with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: CustomerId) -> Result<Option<CustomerRow>> {
    db.one(&FIND, args![id]).await
}

/// The same, held against other writers until the transaction ends.
///
/// # Errors
/// If the database does not answer.
pub async fn lock(tx: &mut Tx, id: CustomerId) -> Result<Option<CustomerRow>> {
    tx.one(&LOCK, args![id]).await
}

/// The file with a company's own number.
///
/// # Errors
/// If the database does not answer.
pub async fn by_own_number(db: &mut impl Read, org: OrgId, number: &str) -> Result<Option<CustomerId>> {
    let row: Option<(Uuid,)> = db.one(&BY_OWN_NUMBER, args![org, number]).await?;
    Ok(row.map(|(id,)| CustomerId(id)))
}

/// A file with this folded name and country.
///
/// # Errors
/// If the database does not answer.
pub async fn by_name(db: &mut impl Read, org: OrgId, name_key: &str, country: &str) -> Result<Option<CustomerId>> {
    let row: Option<(Uuid,)> = db.one(&BY_NAME, args![org, name_key, country]).await?;
    Ok(row.map(|(id,)| CustomerId(id)))
}

/// Words of a question as patterns: each stands at the beginning of a word in the file. Folded words have no wildcards.
fn patterns(words: &[&str]) -> [String; 4] {
    std::array::from_fn(|at| words.get(at).map_or_else(|| "%".to_owned(), |word| format!("% {word}%")))
}

async fn page<T: crate::engine::Row>(db: &mut impl Read, sql: &crate::Sql, wanted: &Wanted<'_>) -> Result<Vec<T>> {
    let key = match wanted.after {
        None => String::new(),
        Some(id) => {
            let row: Option<(String,)> = db.one(&PLACE, args![id, wanted.org]).await?;
            row.map(|(key,)| key).unwrap_or_default()
        }
    };
    let after = wanted.after.unwrap_or(CustomerId(Uuid::nil()));
    let [one, two, three, four] = patterns(wanted.words);
    db.all(sql, args![wanted.org, key, after, wanted.state, one, two, three, four, wanted.limit]).await
}

/// Customers of a company by name.
///
/// # Errors
/// If the database does not answer.
pub async fn list(db: &mut impl Read, wanted: &Wanted<'_>) -> Result<Vec<CustomerListRow>> {
    page(db, &PAGE, wanted).await
}

/// The same with what the files say.
///
/// # Errors
/// If the database does not answer.
pub async fn contents(db: &mut impl Read, wanted: &Wanted<'_>) -> Result<Vec<CustomerRow>> {
    page(db, &CONTENTS, wanted).await
}

/// How many customers a company has.
///
/// # Errors
/// If the database does not answer.
pub async fn count(db: &mut impl Read, org: OrgId) -> Result<i64> {
    Ok(db.number(&COUNT, args![org]).await?.unwrap_or(0))
}

/// The versions of a file before `before`, the last one first.
///
/// # Errors
/// If the database does not answer.
pub async fn history(db: &mut impl Read, id: CustomerId, before: i64, limit: i64) -> Result<Vec<VersionRow>> {
    db.all(&HISTORY, args![id, before, limit]).await
}

/// What a file said in a version, JSON.
///
/// # Errors
/// If the database does not answer.
pub async fn version(db: &mut impl Read, id: CustomerId, version: i64) -> Result<Option<String>> {
    let row: Option<(String,)> = db.one(&VERSION, args![id, version]).await?;
    Ok(row.map(|(content,)| content))
}
