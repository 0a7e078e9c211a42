//! Requests for advice on a sale. What the company keeps for itself (whose file it began from, what it typed) stands in no
//! statement of the desk.

pub mod desk;

use domain::{
    fact::Fact,
    ids::{AdviceId, CustomerId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO advice (id, org_id, authority_id, author_id, version, state, customer_id, typed, draft_id, report_id,
              content, headline, party, country, delivery_at, created_at, sent_at, changed_at, due_at, paused_at, calendar,
              escalated, escalate_at, assigned_to, counsel, hold_until, did)
              VALUES ($1, $2, $3, $4, 1, 'draft', $5, $6, NULL, NULL, '', '', $7, '', NULL, $8, NULL, $8, NULL, NULL, '', 0, NULL,
              NULL, '', NULL, '')";
    FIND = "SELECT a.id, a.org_id, a.authority_id, a.author_id, a.version, a.state, a.customer_id, a.typed, a.draft_id, a.report_id,
            a.content, a.headline, a.party, a.country, a.delivery_at, a.created_at, a.sent_at, a.changed_at, a.due_at,
            a.paused_at, a.calendar, a.escalated, a.escalate_at, a.assigned_to, a.counsel, a.hold_until, a.did
            FROM advice a WHERE a.id = $1";
    LOCK = sqlite "SELECT a.id, a.org_id, a.authority_id, a.author_id, a.version, a.state, a.customer_id, a.typed, a.draft_id, a.report_id,
            a.content, a.headline, a.party, a.country, a.delivery_at, a.created_at, a.sent_at, a.changed_at, a.due_at,
            a.paused_at, a.calendar, a.escalated, a.escalate_at, a.assigned_to, a.counsel, a.hold_until, a.did
            FROM advice a WHERE a.id = $1",
           postgres "SELECT a.id, a.org_id, a.authority_id, a.author_id, a.version, a.state, a.customer_id, a.typed, a.draft_id, a.report_id,
            a.content, a.headline, a.party, a.country, a.delivery_at, a.created_at, a.sent_at, a.changed_at, a.due_at,
            a.paused_at, a.calendar, a.escalated, a.escalate_at, a.assigned_to, a.counsel, a.hold_until, a.did
            FROM advice a WHERE a.id = $1 FOR UPDATE OF a";
    SAVE = "UPDATE advice SET version = version + 1, state = $3, typed = $4, draft_id = $5, report_id = $6, content = $7, headline = $8,
            party = $9, country = $10, delivery_at = $11, sent_at = $12, changed_at = $13, due_at = $14, paused_at = $15,
            calendar = $16, escalated = $17, escalate_at = $18, assigned_to = $19, counsel = $20, hold_until = $21, did = $22
            WHERE id = $1 AND version = $2";
    ADD_ENTRY = "INSERT INTO advice_entry (advice_id, n, at, side, person_id, detail, body, visible_to_company)
                 SELECT $1, coalesce(max(n), 0) + 1, $2, $3, $4, $5, $6, $7 FROM advice_entry WHERE advice_id = $1";
    /// The company is never told who at the authority wrote.
    ENTRIES = "SELECT e.at, e.side, e.detail, e.body, CASE WHEN e.side = 'company' THEN p.name END AS person
               FROM advice_entry e LEFT JOIN person p ON p.id = e.person_id
               WHERE e.advice_id = $1 AND e.visible_to_company ORDER BY e.n LIMIT 1000";
    /// A company's own before $2, the newest first; only those begun from customer $4 unless $3 is ''.
    LIST = "SELECT a.id, a.state, a.headline, a.party, a.country, a.delivery_at, a.due_at, a.paused_at, a.changed_at, a.counsel, a.did,
            p.name AS author FROM advice a JOIN person p ON p.id = a.author_id
            WHERE a.org_id = $1 AND a.id < $2 AND (CAST($3 AS TEXT) = '' OR a.customer_id = $4) ORDER BY a.id DESC LIMIT $5";
    WAITING = "SELECT count(*) FROM advice WHERE org_id = $1 AND state IN ('question', 'advised')";
    CLEAR_FACTS = "DELETE FROM advice_fact WHERE advice_id = $1";
    ADD_FACT = "INSERT INTO advice_fact (advice_id, authority_id, kind, key, shown, role, weak) VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (advice_id, kind, key) DO NOTHING";
    SENT = "SELECT id FROM advice WHERE id > $1 AND content <> '' ORDER BY id LIMIT 100";
}

/// A request, whole: for acts of either side, never for showing it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "see the table's own words in migrations/*/0045_advice.sql")]
pub struct AdviceRow {
    pub id: Uuid,
    pub org_id: Uuid,
    pub authority_id: Uuid,
    pub author_id: Uuid,
    pub version: i64,
    pub state: String,
    pub customer_id: Option<Uuid>,
    pub typed: String,
    pub draft_id: Option<Uuid>,
    pub report_id: Option<Uuid>,
    pub content: String,
    pub headline: String,
    pub party: String,
    pub country: String,
    pub delivery_at: Option<i64>,
    pub created_at: i64,
    pub sent_at: Option<i64>,
    pub changed_at: i64,
    pub due_at: Option<i64>,
    pub paused_at: Option<i64>,
    pub calendar: String,
    pub escalated: i64,
    pub escalate_at: Option<i64>,
    pub assigned_to: Option<Uuid>,
    pub counsel: String,
    pub hold_until: Option<i64>,
    pub did: String,
}

/// A request in a company's list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnListRow {
    /// Identity.
    pub id: Uuid,
    /// Code of the state.
    pub state: String,
    /// Substances and amounts.
    pub headline: String,
    /// The customer's name.
    pub party: String,
    /// Code of the destination.
    pub country: String,
    /// When the goods are to leave.
    pub delivery_at: Option<i64>,
    /// Until when the authority means to answer.
    pub due_at: Option<i64>,
    /// Since when its clock stands.
    pub paused_at: Option<i64>,
    /// The last change.
    pub changed_at: i64,
    /// Code of the advice.
    pub counsel: String,
    /// Code of what was done.
    pub did: String,
    /// Who wrote it.
    pub author: String,
}

/// Something said or done.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EntryRow {
    /// When.
    pub at: i64,
    /// `company`, `authority` or `system`.
    pub side: String,
    /// What was done, JSON.
    pub detail: String,
    /// What was written.
    pub body: String,
    /// Who, as the reader may know them.
    pub person: Option<String>,
}

/// A request to store, not sent yet.
#[derive(Clone, Debug)]
pub struct NewAdvice<'a> {
    /// Identity.
    pub id: AdviceId,
    /// The company.
    pub org: OrgId,
    /// Whom it asks.
    pub authority: OrgId,
    /// Who writes it.
    pub author: UserId,
    /// From whose file it began.
    pub customer: Option<CustomerId>,
    /// What was typed, JSON.
    pub typed: &'a str,
    /// The customer's name as typed.
    pub party: &'a str,
    /// Now.
    pub at: Timestamp,
}

/// Something to add to the thread.
#[derive(Clone, Debug)]
pub struct NewEntry<'a> {
    /// Of which request; the caller holds it.
    pub advice: AdviceId,
    /// Now.
    pub at: Timestamp,
    /// `company`, `authority` or `system`.
    pub side: &'a str,
    /// Who.
    pub person: Option<UserId>,
    /// What was done, JSON.
    pub detail: &'a str,
    /// What was written.
    pub body: &'a str,
    /// Whether the company may see it.
    pub visible_to_company: bool,
}

/// Stores a request that is not sent yet.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, new: &NewAdvice<'_>) -> Result<()> {
    let args = args![new.id, new.org, new.authority, new.author, new.customer, new.typed, new.party, new.at];
    tx.run(&INSERT, args).await?;
    Ok(())
}

/// The request with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: AdviceId) -> Result<Option<AdviceRow>> {
    db.one(&FIND, args![id]).await
}

/// The same, held against other writers until the transaction ends.
///
/// # Errors
/// If the database does not answer.
pub async fn lock(tx: &mut Tx, id: AdviceId) -> Result<Option<AdviceRow>> {
    tx.one(&LOCK, args![id]).await
}

/// Stores a changed request and counts its version up.
///
/// # Errors
/// [`crate::StoreError::Stale`] if it was changed since the row's version.
pub async fn save(tx: &mut Tx, row: &AdviceRow) -> Result<()> {
    let args = args![
        row.id,
        row.version,
        &row.state,
        &row.typed,
        row.draft_id,
        row.report_id,
        &row.content,
        &row.headline,
        &row.party,
        &row.country,
        row.delivery_at,
        row.sent_at,
        row.changed_at,
        row.due_at,
        row.paused_at,
        &row.calendar,
        row.escalated,
        row.escalate_at,
        row.assigned_to,
        &row.counsel,
        row.hold_until,
        &row.did,
    ];
    tx.run_one(&SAVE, args).await
}

/// Adds to the thread.
///
/// # Errors
/// If the database refuses.
pub async fn add_entry(tx: &mut Tx, new: &NewEntry<'_>) -> Result<()> {
    let args = args![new.advice, new.at, new.side, new.person, new.detail, new.body, new.visible_to_company];
    tx.run(&ADD_ENTRY, args).await?;
    Ok(())
}

/// What a company may see of the thread, the oldest first.
///
/// # Errors
/// If the database does not answer.
pub async fn entries(db: &mut impl Read, id: AdviceId) -> Result<Vec<EntryRow>> {
    db.all(&ENTRIES, args![id]).await
}

/// A company's requests before `before`, the newest first; only those that began from one customer's file, if one is given.
///
/// # Errors
/// If the database does not answer.
pub async fn list(
    db: &mut impl Read,
    org: OrgId,
    customer: Option<CustomerId>,
    before: Option<AdviceId>,
    limit: i64,
) -> Result<Vec<OwnListRow>> {
    let one = if customer.is_some() { "one" } else { "" };
    let before = before.map_or(Uuid::max(), |before| before.0);
    db.all(&LIST, args![org, before, one, customer, limit]).await
}

/// How many requests wait for the company.
///
/// # Errors
/// If the database does not answer.
pub async fn waiting(db: &mut impl Read, org: OrgId) -> Result<i64> {
    Ok(db.number(&WAITING, args![org]).await?.unwrap_or(0))
}

/// Replaces what a request says of others.
///
/// # Errors
/// If the database refuses.
pub async fn set_facts(tx: &mut Tx, id: AdviceId, authority: OrgId, facts: &[Fact]) -> Result<()> {
    tx.run(&CLEAR_FACTS, args![id]).await?;
    for fact in facts {
        let (kind, weak) = (fact.kind.code(), fact.kind.is_weak());
        tx.run(&ADD_FACT, args![id, authority, kind, &fact.key, &fact.shown, &fact.role, weak]).await?;
    }
    Ok(())
}

/// Requests behind `after` that were sent, at most 100: for deriving what they say anew.
///
/// # Errors
/// If the database does not answer.
pub async fn sent(db: &mut impl Read, after: AdviceId) -> Result<Vec<AdviceId>> {
    let rows: Vec<(Uuid,)> = db.all(&SENT, args![after]).await?;
    Ok(rows.into_iter().map(|(id,)| AdviceId(id)).collect())
}
