//! The register of licences and permits, and every version of its entries. What is in them is the program's business: here
//! they are JSON with the columns by which they are listed and found. Files: [`import`]. What companies ask: [`request`].

pub mod import;
pub mod request;

use domain::{
    date::Date,
    ids::{LicenceId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO licence (id, org_id, sort, version, number, number_key, holder, holder_key, country, starts_on, ends_on,
              content, found_by, created_at, changed_at, changed_by)
              VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14)";
    SAVE = "UPDATE licence SET version = version + 1, number = $3, number_key = $4, holder = $5, holder_key = $6, country = $7,
            starts_on = $8, ends_on = $9, content = $10, found_by = $11, changed_at = $12, changed_by = $13
            WHERE id = $1 AND version = $2";
    DROP_STOPS = "DELETE FROM licence_stop WHERE licence_id = $1";
    ADD_STOP = "INSERT INTO licence_stop (licence_id, n, kind, from_on, to_on) VALUES ($1, $2, $3, $4, $5)";
    ADD_VERSION = "INSERT INTO licence_version (licence_id, version, content, step, at, person_id) VALUES ($1, $2, $3, $4, $5, $6)";
    COUNT_CHANGE = "INSERT INTO licence_register (org_id, changes, licences, permits) VALUES ($1, 1, $2, $3)
                    ON CONFLICT (org_id) DO UPDATE SET changes = licence_register.changes + 1,
                    licences = licence_register.licences + $2, permits = licence_register.permits + $3";
    REGISTER = "SELECT changes, licences, permits FROM licence_register WHERE org_id = $1";
    FIND = "SELECT l.id, l.org_id, l.sort, l.version, l.number, l.content, l.created_at, l.changed_at, p.name AS person
            FROM licence l JOIN person p ON p.id = l.changed_by WHERE l.id = $1";
    LOCK = sqlite "SELECT l.id, l.org_id, l.sort, l.version, l.number, l.content, l.created_at, l.changed_at, p.name AS person
            FROM licence l JOIN person p ON p.id = l.changed_by WHERE l.id = $1",
           postgres "SELECT l.id, l.org_id, l.sort, l.version, l.number, l.content, l.created_at, l.changed_at, p.name AS person
            FROM licence l JOIN person p ON p.id = l.changed_by WHERE l.id = $1 FOR UPDATE OF l";
    BY_NUMBER = "SELECT id FROM licence WHERE org_id = $1 AND sort = $2 AND number_key = $3";
    /// Behind the entry $3/$4, or from the first on; each of four words has to be found; $9 is where it stands on the day $10.
    PAGE = "SELECT l.id, l.org_id, l.sort, l.version, l.number, l.content, l.created_at, l.changed_at, p.name AS person
            FROM licence l JOIN person p ON p.id = l.changed_by
            WHERE l.org_id = $1 AND l.sort = $2
            AND (CAST($3 AS TEXT) = '' OR l.holder_key > $3 OR (l.holder_key = $3 AND l.id > $4))
            AND l.found_by LIKE $5 AND l.found_by LIKE $6 AND l.found_by LIKE $7 AND l.found_by LIKE $8
            AND (CAST($9 AS TEXT) = '' OR $9 = CASE
                WHEN EXISTS (SELECT 1 FROM licence_stop s WHERE s.licence_id = l.id AND s.kind = 'revoked'
                             AND s.from_on <= $10 AND (s.to_on IS NULL OR s.to_on >= $10)) THEN 'revoked'
                WHEN l.ends_on < $10 THEN 'ended'
                WHEN EXISTS (SELECT 1 FROM licence_stop s WHERE s.licence_id = l.id AND s.kind = 'suspended'
                             AND s.from_on <= $10 AND (s.to_on IS NULL OR s.to_on >= $10)) THEN 'suspended'
                WHEN l.starts_on > $10 THEN 'ahead'
                ELSE 'valid' END)
            ORDER BY l.holder_key, l.id LIMIT $11";
    PLACE = "SELECT holder_key FROM licence WHERE id = $1 AND org_id = $2";
    /// What matching needs of each licence, in the order of their identities.
    NAMES = "SELECT id, number, holder FROM licence WHERE org_id = $1 AND sort = 'licence' AND id > $2 ORDER BY id LIMIT $3";
    HISTORY = "SELECT v.version, v.step, v.at, p.name AS person FROM licence_version v JOIN person p ON p.id = v.person_id
               WHERE v.licence_id = $1 AND v.version < $2 ORDER BY v.version DESC LIMIT $3";
    VERSION = "SELECT content FROM licence_version WHERE licence_id = $1 AND version = $2";
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LicenceRow {
    /// Identity.
    pub id: Uuid,
    /// The authority in whose register it is.
    pub org_id: Uuid,
    /// Code of what it is.
    pub sort: String,
    /// Its version.
    pub version: i64,
    /// Its number.
    pub number: String,
    /// The entry, JSON.
    pub content: String,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed last.
    pub changed_at: i64,
    /// Who changed it last.
    pub person: String,
}

/// What an entry says, and by what it is listed and found.
#[derive(Clone, Debug)]
pub struct Content<'a> {
    /// Its number.
    pub number: &'a str,
    /// The same without signs.
    pub number_key: &'a str,
    /// Who holds it.
    pub holder: &'a str,
    /// The same folded.
    pub holder_key: &'a str,
    /// Code of the holder's country.
    pub country: &'a str,
    /// Its first day.
    pub starts: Date,
    /// Its last one.
    pub ends: Option<Date>,
    /// The entry, JSON.
    pub content: &'a str,
    /// Numbers and names, folded.
    pub found_by: &'a str,
    /// Suspensions and revocations: code, first and last day.
    pub stops: &'a [(&'static str, Date, Option<Date>)],
}

/// What of a list is wanted.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The authority.
    pub org: OrgId,
    /// Code of what is listed.
    pub sort: &'a str,
    /// Only behind this entry; none from the first on.
    pub after: Option<LicenceId>,
    /// Folded words that all have to be found, at most four.
    pub words: &'a [&'a str],
    /// Only those who stand here; empty for all.
    pub standing: &'a str,
    /// On this day.
    pub on: Date,
    /// At most so many.
    pub limit: i64,
}

/// How large a register is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct RegisterRow {
    /// How often it was changed.
    pub changes: i64,
    /// How many licences it holds.
    pub licences: i64,
    /// How many permits.
    pub permits: i64,
}

/// Number and holder of a licence.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NameRow {
    /// Identity.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Who holds it.
    pub holder: String,
}

/// Makes an entry; its first version is added with [`add_version`].
///
/// # Errors
/// [`crate::StoreError::Conflict`] if the register has one of this sort with the same number.
pub async fn insert(
    tx: &mut Tx,
    id: LicenceId,
    (org, sort): (OrgId, &str),
    new: &Content<'_>,
    person: UserId,
    at: Timestamp,
) -> Result<()> {
    let args = [args![id, org, sort], written(new, at, person)].concat();
    tx.run(&INSERT, args).await?;
    put_stops(tx, id, new).await?;
    let is_permit = sort == "permit";
    tx.run(&COUNT_CHANGE, args![org, i64::from(!is_permit), i64::from(is_permit)]).await?;
    Ok(())
}

/// Replaces what an entry says and counts its version up.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was changed since `version`; [`crate::StoreError::Conflict`] as for [`insert`].
pub async fn save(
    tx: &mut Tx,
    (id, version): (LicenceId, i64),
    org: OrgId,
    new: &Content<'_>,
    person: UserId,
    at: Timestamp,
) -> Result<()> {
    let args = [args![id, version], written(new, at, person)].concat();
    tx.run_one(&SAVE, args).await?;
    put_stops(tx, id, new).await?;
    tx.run(&COUNT_CHANGE, args![org, 0_i64, 0_i64]).await?;
    Ok(())
}

/// What both statements that write an entry are given behind what it is.
fn written(new: &Content<'_>, at: Timestamp, person: UserId) -> Vec<crate::Arg> {
    let (starts, ends) = (new.starts.days(), new.ends.map(Date::days));
    args![
        new.number,
        new.number_key,
        new.holder,
        new.holder_key,
        new.country,
        starts,
        ends,
        new.content,
        new.found_by,
        at,
        person,
    ]
}

async fn put_stops(tx: &mut Tx, id: LicenceId, new: &Content<'_>) -> Result<()> {
    tx.run(&DROP_STOPS, args![id]).await?;
    for (n, (kind, from, to)) in (1_i64..).zip(new.stops) {
        tx.run(&ADD_STOP, args![id, n, *kind, from.days(), to.map(Date::days)]).await?;
    }
    Ok(())
}

/// Keeps a version of an entry.
///
/// # Errors
/// If the database refuses.
pub async fn add_version(
    tx: &mut Tx,
    (id, version): (LicenceId, i64),
    content: &str,
    step: &str,
    person: UserId,
    at: Timestamp,
) -> Result<()> {
    tx.run(&ADD_VERSION, args![id, version, content, step, at, person]).await?;
    Ok(())
}

/// How large a register is, and how often it was changed.
///
/// # Errors
/// If the database does not answer.
pub async fn register(db: &mut impl Read, org: OrgId) -> Result<RegisterRow> {
    Ok(db.one(&REGISTER, args![org]).await?.unwrap_or_default())
}

/// The entry with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: LicenceId) -> Result<Option<LicenceRow>> {
    db.one(&FIND, args![id]).await
}

/// The same, held against other writers until the transaction ends.
///
/// # Errors
/// If the database does not answer.
pub async fn lock(tx: &mut Tx, id: LicenceId) -> Result<Option<LicenceRow>> {
    tx.one(&LOCK, args![id]).await
}

/// The entry of a sort with this folded number.
///
/// # Errors
/// If the database does not answer.
pub async fn by_number(db: &mut impl Read, org: OrgId, sort: &str, number_key: &str) -> Result<Option<LicenceId>> {
    let row: Option<(Uuid,)> = db.one(&BY_NUMBER, args![org, sort, number_key]).await?;
    Ok(row.map(|(id,)| LicenceId(id)))
}

/// Entries by holder.
///
/// # Errors
/// If the database does not answer.
pub async fn list(db: &mut impl Read, wanted: &Wanted<'_>) -> Result<Vec<LicenceRow>> {
    let key = match wanted.after {
        None => String::new(),
        Some(id) => {
            let row: Option<(String,)> = db.one(&PLACE, args![id, wanted.org]).await?;
            row.map(|(key,)| key).unwrap_or_default()
        }
    };
    let after = wanted.after.unwrap_or(LicenceId(Uuid::nil()));
    // Folded words have no wildcards.
    let pattern = |at: usize| wanted.words.get(at).map_or_else(|| "%".to_owned(), |word| format!("% {word}%"));
    let args = args![
        wanted.org,
        wanted.sort,
        key,
        after,
        pattern(0),
        pattern(1),
        pattern(2),
        pattern(3),
        wanted.standing,
        wanted.on.days(),
        wanted.limit,
    ];
    db.all(&PAGE, args).await
}

/// Number and holder of licences behind `after`, in the order of their identities.
///
/// # Errors
/// If the database does not answer.
pub async fn names(db: &mut impl Read, org: OrgId, after: Uuid, limit: i64) -> Result<Vec<NameRow>> {
    db.all(&NAMES, args![org, after, limit]).await
}

/// The versions of an entry before `before`, the last one first.
///
/// # Errors
/// If the database does not answer.
pub async fn history(
    db: &mut impl Read,
    id: LicenceId,
    before: i64,
    limit: i64,
) -> Result<Vec<crate::customer::VersionRow>> {
    db.all(&HISTORY, args![id, before, limit]).await
}

/// What an entry said in a version, JSON.
///
/// # Errors
/// If the database does not answer.
pub async fn version(db: &mut impl Read, id: LicenceId, version: i64) -> Result<Option<String>> {
    let row: Option<(String,)> = db.one(&VERSION, args![id, version]).await?;
    Ok(row.map(|(content,)| content))
}
