//! Hits of customers on watch lists, and everything that happened to them.

use domain::{
    ids::{CustomerId, HitId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Arg, Read, Tx, args, engine::Result, statements};

statements! {
    ADD = "INSERT INTO screening_hit (id, org_id, customer_id, party, list_code, entry_id, found_at, party_name, party_hash,
           entry_name, entry_hash, score, means, finding, state, holds, until, proposed, proposed_by, changed_at, told, version)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $7, $20, 1)";
    SAVE = "UPDATE screening_hit SET party_name = $3, party_hash = $4, entry_name = $5, entry_hash = $6, score = $7, means = $8,
            finding = $9, state = $10, holds = $11, until = $12, proposed = $13, proposed_by = $14, told = $15, changed_at = $16,
            version = version + 1 WHERE id = $1 AND version = $2";
    ONE = "SELECT h.id, h.org_id, h.customer_id, c.name AS customer, h.party, h.list_code, h.entry_id, h.party_name, h.party_hash,
           h.entry_name, h.entry_hash, h.score, h.means, h.finding, h.state, h.holds, h.until, h.proposed, h.proposed_by, h.told,
           h.found_at, h.changed_at, h.version FROM screening_hit h JOIN customer c ON c.id = h.customer_id WHERE h.id = $1";
    OF_CUSTOMER = "SELECT h.id, h.org_id, h.customer_id, '' AS customer, h.party, h.list_code, h.entry_id, h.party_name,
                   h.party_hash, h.entry_name, h.entry_hash, h.score, h.means, h.finding, h.state, h.holds, h.until, h.proposed,
                   h.proposed_by, h.told, h.found_at, h.changed_at, h.version FROM screening_hit h WHERE h.customer_id = $1
                   ORDER BY h.id LIMIT 5000";
    /// Customers from $2 on to $3 who have hits on a list.
    ON_LIST = "SELECT DISTINCT customer_id, entry_id FROM screening_hit WHERE list_code = $1 AND customer_id > $2
               AND customer_id <= $3 AND state <> 'gone'";
    LISTED = "SELECT h.id, h.customer_id, c.name AS customer, h.party, h.party_name, h.entry_name, h.list_code, coalesce(l.label, '') AS list,
              h.means, h.score, h.state, h.found_at FROM screening_hit h JOIN customer c ON c.id = h.customer_id
              LEFT JOIN watch_list l ON l.code = h.list_code WHERE h.org_id = $1
              AND ($2 = h.state OR $2 = 'all' OR ($2 = '' AND h.state IN ('open', 'waiting', 'unsure')))
              AND ($3 = '' OR h.list_code = $3) AND (h.customer_id = $4 OR $4 = $5)
              ORDER BY CASE h.state WHEN 'open' THEN 0 WHEN 'waiting' THEN 1 WHEN 'unsure' THEN 2 WHEN 'match' THEN 3
              WHEN 'no_match' THEN 4 ELSE 5 END, h.score DESC, h.id LIMIT $6 OFFSET $7";
    LISTS = "SELECT DISTINCT h.list_code AS code, coalesce(l.label, '') AS label FROM screening_hit h
             LEFT JOIN watch_list l ON l.code = h.list_code WHERE h.org_id = $1 ORDER BY label LIMIT 1000";
    TALLY = "SELECT customer_id, state, holds, count(*) AS many FROM screening_hit WHERE customer_id = $1 AND state <> 'gone'
             GROUP BY customer_id, state, holds";
    TALLIES = sqlite "SELECT customer_id, state, holds, count(*) AS many FROM screening_hit WHERE customer_id IN
                      (SELECT unhex(value) FROM json_each($1)) AND state <> 'gone' GROUP BY customer_id, state, holds",
              postgres "SELECT customer_id, state, holds, count(*) AS many FROM screening_hit WHERE customer_id IN
                        (SELECT CAST(e AS uuid) FROM jsonb_array_elements_text(CAST(CAST($1 AS text) AS jsonb)) e)
                        AND state <> 'gone' GROUP BY customer_id, state, holds";
    DUE_AMONG = sqlite "SELECT customer_id FROM screening WHERE marked > screened AND customer_id IN
                        (SELECT unhex(value) FROM json_each($1))",
                postgres "SELECT customer_id FROM screening WHERE marked > screened AND customer_id IN
                          (SELECT CAST(e AS uuid) FROM jsonb_array_elements_text(CAST(CAST($1 AS text) AS jsonb)) e)";
    TO_DO = "SELECT count(*) FROM screening_hit WHERE org_id = $1 AND state IN ('open', 'waiting', 'unsure')";
    ADD_STEP = "INSERT INTO screening_step (hit_id, number, at, what, state, holds, until, person_id, decision, reason, run_id, job,
                search, party_hash, entry_hash, score, finding)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    STEPS = "SELECT s.hit_id, s.at, s.what, s.state, s.holds, s.until, p.name AS person, s.decision, s.reason, r.cause,
             q.name AS causer, j.searched, w.content AS search, s.score, s.finding FROM screening_step s
             LEFT JOIN person p ON p.id = s.person_id LEFT JOIN screening_run r ON r.id = s.run_id
             LEFT JOIN person q ON q.id = r.person_id LEFT JOIN screening_job j ON j.number = s.job
             LEFT JOIN screening_search w ON w.hash = s.search WHERE s.hit_id = $1 ORDER BY s.number LIMIT 1000";
    STEPS_BEFORE = "SELECT s.hit_id, s.at, s.what, s.state, s.holds, s.until, p.name AS person, s.decision, s.reason, r.cause,
                    q.name AS causer, j.searched, w.content AS search, s.score, s.finding FROM screening_step s
                    JOIN screening_hit h ON h.id = s.hit_id
                    LEFT JOIN person p ON p.id = s.person_id LEFT JOIN screening_run r ON r.id = s.run_id
                    LEFT JOIN person q ON q.id = r.person_id LEFT JOIN screening_job j ON j.number = s.job
                    LEFT JOIN screening_search w ON w.hash = s.search
                    WHERE h.customer_id = $1 AND s.at < $2 ORDER BY s.hit_id, s.number LIMIT 5000";
    TO_LAPSE = "SELECT id FROM screening_hit WHERE until IS NOT NULL AND until <= $1 AND state <> 'gone' ORDER BY until LIMIT $2";
    /// Companies with hits of which nobody was told, once nothing of theirs waits to be screened.
    TO_TELL = "SELECT DISTINCT h.org_id FROM screening_hit h WHERE NOT h.told AND NOT EXISTS
               (SELECT 1 FROM screening s WHERE s.org_id = h.org_id AND s.marked > s.screened) LIMIT 50";
    UNTOLD = "SELECT c.changed_by, h.state, count(*) AS many FROM screening_hit h JOIN customer c ON c.id = h.customer_id
              WHERE h.org_id = $1 AND NOT h.told GROUP BY c.changed_by, h.state";
    TOLD = sqlite "UPDATE screening_hit SET told = 1 WHERE org_id = $1 AND NOT told",
           postgres "UPDATE screening_hit SET told = true WHERE org_id = $1 AND NOT told";
}

/// Where a hit stands and what it says.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// By which name somebody stands in the file.
    pub party_name: &'a str,
    /// Hash of who is asked for.
    pub party_hash: [u8; 32],
    /// Main name of the entry.
    pub entry_name: &'a str,
    /// Hash of what the list says.
    pub entry_hash: [u8; 32],
    /// In per mille.
    pub score: i64,
    /// Code of the gravest that it means.
    pub means: &'a str,
    /// What was compared and found, JSON.
    pub finding: &'a str,
    /// Code of the state.
    pub state: &'a str,
    /// Code of what holds; empty if nothing does.
    pub holds: &'a str,
    /// Until when.
    pub until: Option<Timestamp>,
    /// What one person says; empty if nobody does.
    pub proposed: &'a str,
    /// Who.
    pub proposed_by: Option<UserId>,
    /// Whether somebody was told that it waits.
    pub told: bool,
}

/// A hit.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HitRow {
    /// Identity.
    pub id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// The customer.
    pub customer_id: Uuid,
    /// Its name; empty in lists of one customer.
    pub customer: String,
    /// Who in the file.
    pub party: String,
    /// Code of the list.
    pub list_code: String,
    /// Number on it.
    pub entry_id: String,
    /// By which name somebody stands in the file.
    pub party_name: String,
    /// Hash of who is asked for.
    pub party_hash: Vec<u8>,
    /// Main name of the entry.
    pub entry_name: String,
    /// Hash of what the list says.
    pub entry_hash: Vec<u8>,
    /// In per mille.
    pub score: i64,
    /// Code of the gravest that it means.
    pub means: String,
    /// What was compared and found, JSON.
    pub finding: String,
    /// Code of the state.
    pub state: String,
    /// Code of what holds.
    pub holds: String,
    /// Until when.
    pub until: Option<i64>,
    /// What one person says.
    pub proposed: String,
    /// Who.
    pub proposed_by: Option<Uuid>,
    /// Whether somebody was told that it waits.
    pub told: bool,
    /// When it was found first.
    pub found_at: i64,
    /// When anything happened to it last.
    pub changed_at: i64,
    /// Its version.
    pub version: i64,
}

/// A hit in a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HitLineRow {
    /// Identity.
    pub id: Uuid,
    /// The customer.
    pub customer_id: Uuid,
    /// Its name.
    pub customer: String,
    /// Who in the file.
    pub party: String,
    /// By which name.
    pub party_name: String,
    /// Main name of the entry.
    pub entry_name: String,
    /// Code of the list.
    pub list_code: String,
    /// Its name.
    pub list: String,
    /// Code of the gravest that it means.
    pub means: String,
    /// In per mille.
    pub score: i64,
    /// Code of the state.
    pub state: String,
    /// When it was found first.
    pub found_at: i64,
}

/// How many hits of a customer stand so.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TallyRow {
    /// The customer.
    pub customer_id: Uuid,
    /// Code of the state.
    pub state: String,
    /// Code of what holds.
    pub holds: String,
    /// How many.
    pub many: i64,
}

/// Something that happens to a hit.
#[derive(Clone, Copy, Debug)]
pub struct NewStep<'a> {
    /// The hit.
    pub hit: HitId,
    /// Its version since.
    pub number: i64,
    /// Now.
    pub at: Timestamp,
    /// Code of what happens.
    pub what: &'a str,
    /// Who does it.
    pub person: Option<UserId>,
    /// What is decided; empty if nothing is.
    pub decision: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The screening by which it comes.
    pub run: Option<Uuid>,
    /// The change of a list by which it comes.
    pub job: Option<i64>,
    /// What was searched when a person decided.
    pub search: Option<[u8; 32]>,
    /// Whether what was compared and found is kept anew.
    pub anew: bool,
}

/// Something that happened to a hit.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StepRow {
    /// The hit.
    pub hit_id: Uuid,
    /// When.
    pub at: i64,
    /// Code of what.
    pub what: String,
    /// Code of the state since.
    pub state: String,
    /// Code of what holds since.
    pub holds: String,
    /// Until when.
    pub until: Option<i64>,
    /// Who did it.
    pub person: Option<String>,
    /// What was decided.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// Code of the cause of the screening by which it came.
    pub cause: Option<String>,
    /// Who caused that.
    pub causer: Option<String>,
    /// The version of the list by whose coming into force it came, JSON.
    pub searched: Option<String>,
    /// What was searched when a person decided, JSON.
    pub search: Option<String>,
    /// In per mille.
    pub score: i64,
    /// What was compared and found, JSON; empty if that is as before.
    pub finding: String,
}

fn said(said: &Said<'_>) -> Vec<Arg> {
    args![
        said.party_name,
        said.party_hash,
        said.entry_name,
        said.entry_hash,
        said.score,
        said.means,
        said.finding,
        said.state,
        said.holds,
        said.until,
        said.proposed,
        said.proposed_by,
        said.told,
    ]
}

/// Adds a hit: of whom (company, customer, who in the file) on what (list, number on it).
///
/// # Errors
/// [`crate::StoreError::Conflict`] if it is there.
pub async fn add(
    tx: &mut Tx,
    id: HitId,
    (org, customer, party): (OrgId, CustomerId, &str),
    (list, entry): (&str, &str),
    new: &Said<'_>,
    at: Timestamp,
) -> Result<()> {
    let args = [args![id, org, customer, party, list, entry, at], said(new)].concat();
    tx.run(&ADD, args).await?;
    Ok(())
}

/// Replaces what a hit says.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was changed since `version`.
pub async fn save(tx: &mut Tx, (id, version): (HitId, i64), new: &Said<'_>, at: Timestamp) -> Result<()> {
    let args = [args![id, version], said(new), args![at]].concat();
    tx.run_one(&SAVE, args).await
}

/// A hit.
///
/// # Errors
/// If the database does not answer.
pub async fn one(db: &mut impl Read, id: HitId) -> Result<Option<HitRow>> {
    db.one(&ONE, args![id]).await
}

/// Every hit of a customer, those that are gone included.
///
/// # Errors
/// If the database does not answer.
pub async fn of_customer(db: &mut impl Read, customer: CustomerId) -> Result<Vec<HitRow>> {
    db.all(&OF_CUSTOMER, args![customer]).await
}

/// Customers behind `after` up to `last` who have hits on a list, each with the entry's number.
///
/// # Errors
/// If the database does not answer.
pub async fn on_list(
    db: &mut impl Read,
    list: &str,
    (after, last): (CustomerId, CustomerId),
) -> Result<Vec<(Uuid, String)>> {
    db.all(&ON_LIST, args![list, after, last]).await
}

/// What of the list of hits is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The company.
    pub org: OrgId,
    /// Code of a state, `all`, or empty for those that somebody has to look at.
    pub state: &'a str,
    /// Code of a list; empty for all.
    pub list: &'a str,
    /// One customer's.
    pub customer: Option<CustomerId>,
    /// At most so many.
    pub most: i64,
    /// Behind so many.
    pub skip: i64,
}

/// Hits of a company: what waits for people first, then by score.
///
/// # Errors
/// If the database does not answer.
pub async fn listed(db: &mut impl Read, wanted: &Wanted<'_>) -> Result<Vec<HitLineRow>> {
    let nobody = CustomerId(Uuid::nil());
    let customer = wanted.customer.unwrap_or(nobody);
    let args = args![wanted.org, wanted.state, wanted.list, customer, nobody, wanted.most, wanted.skip];
    db.all(&LISTED, args).await
}

/// Lists on which the company has hits: code and name.
///
/// # Errors
/// If the database does not answer.
pub async fn lists(db: &mut impl Read, org: OrgId) -> Result<Vec<(String, String)>> {
    db.all(&LISTS, args![org]).await
}

/// How many hits of a customer stand how.
///
/// # Errors
/// If the database does not answer.
pub async fn tally(db: &mut impl Read, customer: CustomerId) -> Result<Vec<TallyRow>> {
    db.all(&TALLY, args![customer]).await
}

fn json(customers: &[CustomerId]) -> String {
    serde_json::json!(customers.iter().map(ToString::to_string).collect::<Vec<_>>()).to_string()
}

/// The same of several.
///
/// # Errors
/// If the database does not answer.
pub async fn tallies(db: &mut impl Read, customers: &[CustomerId]) -> Result<Vec<TallyRow>> {
    db.all(&TALLIES, args![json(customers)]).await
}

/// Which of several wait to be screened.
///
/// # Errors
/// If the database does not answer.
pub async fn due_among(db: &mut impl Read, customers: &[CustomerId]) -> Result<Vec<CustomerId>> {
    let found: Vec<(Uuid,)> = db.all(&DUE_AMONG, args![json(customers)]).await?;
    Ok(found.into_iter().map(|(id,)| CustomerId(id)).collect())
}

/// How many hits of a company somebody has to look at.
///
/// # Errors
/// If the database does not answer.
pub async fn to_do(db: &mut impl Read, org: OrgId) -> Result<i64> {
    Ok(db.number(&TO_DO, args![org]).await?.unwrap_or(0))
}

/// Keeps what happens to a hit, with what it says since.
///
/// # Errors
/// If the database refuses.
pub async fn add_step(tx: &mut Tx, new: NewStep<'_>, said: &Said<'_>) -> Result<()> {
    let finding = if new.anew { said.finding } else { "" };
    let args = args![
        new.hit,
        new.number,
        new.at,
        new.what,
        said.state,
        said.holds,
        said.until,
        new.person,
        new.decision,
        new.reason,
        new.run,
        new.job,
        new.search,
        said.party_hash,
        said.entry_hash,
        said.score,
        finding,
    ];
    tx.run(&ADD_STEP, args).await?;
    Ok(())
}

/// What happened to a hit, the first first.
///
/// # Errors
/// If the database does not answer.
pub async fn steps(db: &mut impl Read, hit: HitId) -> Result<Vec<StepRow>> {
    db.all(&STEPS, args![hit]).await
}

/// What happened to the hits of a customer before an instant, hit by hit.
///
/// # Errors
/// If the database does not answer.
pub async fn steps_before(db: &mut impl Read, customer: CustomerId, before: Timestamp) -> Result<Vec<StepRow>> {
    db.all(&STEPS_BEFORE, args![customer, before]).await
}

/// Hits of which what holds has ended.
///
/// # Errors
/// If the database does not answer.
pub async fn to_lapse(db: &mut impl Read, now: Timestamp, most: i64) -> Result<Vec<HitId>> {
    let found: Vec<(Uuid,)> = db.all(&TO_LAPSE, args![now, most]).await?;
    Ok(found.into_iter().map(|(id,)| HitId(id)).collect())
}

/// Companies with hits of which nobody was told, once nothing of theirs waits to be screened.
///
/// # Errors
/// If the database does not answer.
pub async fn to_tell(db: &mut impl Read) -> Result<Vec<OrgId>> {
    let found: Vec<(Uuid,)> = db.all(&TO_TELL, args![]).await?;
    Ok(found.into_iter().map(|(id,)| OrgId(id)).collect())
}

/// Of how many hits of a company nobody was told: by who changed the file last, and by state.
///
/// # Errors
/// If the database does not answer.
pub async fn untold(db: &mut impl Read, org: OrgId) -> Result<Vec<(Uuid, String, i64)>> {
    db.all(&UNTOLD, args![org]).await
}

/// Notes that they were told.
///
/// # Errors
/// If the database refuses.
pub async fn told(tx: &mut Tx, org: OrgId) -> Result<u64> {
    tx.run(&TOLD, args![org]).await
}
