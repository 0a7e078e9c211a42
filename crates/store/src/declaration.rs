//! Declarations of use: what was asked and signed, their substances, the orders that are counted, what happened.

pub mod order;

use domain::{
    date::Date,
    ids::{CustomerId, DeclarationId, DocumentId, OrgId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    INSERT = "INSERT INTO declaration (id, customer_id, org_id, version, state, template, template_version, request, typed, email,
              lang, link_hash, link_until, made_by, made_at, asked_at, opened_at, signed_at, signature, signed_text, sha256,
              document_id, checked_by, checked_at, reason, valid_from, valid_until, reminded)
              VALUES ($1, $2, $3, 1, 'draft', $4, $5, $6, '{}', $7, $8, NULL, NULL, $9, $10, NULL, NULL, NULL, '', '', NULL,
              NULL, NULL, NULL, '', NULL, NULL, 0)";
    ADD_ITEM = "INSERT INTO declaration_item (declaration_id, number, slug, name, code, amount, base, dimension, density)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FIND = "SELECT d.id, d.customer_id, d.org_id, d.version, c.name AS customer, d.state, d.template, d.template_version, d.request,
            d.typed, d.email, d.lang, d.link_until, d.made_by, p.name AS person, d.made_at, d.asked_at, d.opened_at, d.signed_at,
            d.signature, d.signed_text, d.sha256, d.document_id, k.name AS checker, d.checked_at, d.reason, d.valid_from, d.valid_until
            FROM declaration d JOIN customer c ON c.id = d.customer_id JOIN person p ON p.id = d.made_by
            LEFT JOIN person k ON k.id = d.checked_by WHERE d.id = $1";
    LOCK = sqlite "SELECT id FROM declaration WHERE id = $1",
           postgres "SELECT id FROM declaration WHERE id = $1 FOR UPDATE";
    BY_LINK = "SELECT id FROM declaration WHERE link_hash = $1 AND link_until > $2";
    OF_CUSTOMER = "SELECT d.id, d.customer_id, d.org_id, d.version, c.name AS customer, d.state, d.template, d.template_version,
            d.request, d.typed, d.email, d.lang, d.link_until, d.made_by, p.name AS person, d.made_at, d.asked_at, d.opened_at,
            d.signed_at, d.signature, d.signed_text, d.sha256, d.document_id, k.name AS checker, d.checked_at, d.reason,
            d.valid_from, d.valid_until
            FROM declaration d JOIN customer c ON c.id = d.customer_id JOIN person p ON p.id = d.made_by
            LEFT JOIN person k ON k.id = d.checked_by WHERE d.customer_id = $1 ORDER BY d.made_at DESC, d.id DESC LIMIT 500";
    DUE = "SELECT d.id, d.customer_id, d.org_id, d.version, c.name AS customer, d.state, d.template, d.template_version, d.request,
            d.typed, d.email, d.lang, d.link_until, d.made_by, p.name AS person, d.made_at, d.asked_at, d.opened_at, d.signed_at,
            d.signature, d.signed_text, d.sha256, d.document_id, k.name AS checker, d.checked_at, d.reason, d.valid_from, d.valid_until
            FROM declaration d JOIN customer c ON c.id = d.customer_id JOIN person p ON p.id = d.made_by
            LEFT JOIN person k ON k.id = d.checked_by
            WHERE d.org_id = $1 AND d.state = 'in_force' AND d.valid_until >= $2 AND d.valid_until <= $3
            ORDER BY d.valid_until, d.id LIMIT 500";
    COUNT = "SELECT count(*) FROM declaration WHERE customer_id = $1";
    ITEMS = "SELECT i.declaration_id, i.number, i.slug, i.name, i.code, i.amount, i.base, i.dimension, i.density,
             CAST(COALESCE((SELECT sum(o.base) FROM declaration_order o WHERE o.declaration_id = i.declaration_id
             AND o.item = i.number AND o.struck_at IS NULL), 0) AS BIGINT) AS used,
             (SELECT count(*) FROM declaration_order o WHERE o.declaration_id = i.declaration_id
             AND o.item = i.number AND o.struck_at IS NULL) AS orders
             FROM declaration_item i WHERE i.declaration_id = $1 ORDER BY i.number";
    SEND = "UPDATE declaration SET version = version + 1, state = 'asked', link_hash = $3, link_until = $4, asked_at = $5
            WHERE id = $1 AND version = $2";
    OPEN = "UPDATE declaration SET version = version + 1, state = 'opened', opened_at = $2 WHERE id = $1 AND state = 'asked'";
    TYPE = "UPDATE declaration SET typed = $2 WHERE id = $1";
    SIGN = "UPDATE declaration SET version = version + 1, state = 'signed', signed_at = $3, signature = $4, signed_text = $5,
            sha256 = $6, document_id = $7, link_until = $8, link_hash = CASE WHEN CAST($8 AS BIGINT) IS NULL THEN NULL ELSE link_hash END
            WHERE id = $1 AND version = $2";
    WITHDRAW = "UPDATE declaration SET version = version + 1, state = 'withdrawn', link_hash = NULL, link_until = NULL
                WHERE id = $1 AND version = $2";
    DECIDE = "UPDATE declaration SET version = version + 1, state = $3, checked_by = $4, checked_at = $5, reason = $6,
              valid_from = $7, valid_until = $8 WHERE id = $1 AND version = $2";
    MOVE = "UPDATE declaration SET version = version + 1, state = $3 WHERE id = $1 AND version = $2";
    END = "UPDATE declaration SET version = version + 1, state = $3, reason = $4 WHERE id = $1 AND version = $2";
    TO_REMIND = "SELECT d.id, d.org_id, d.made_by FROM declaration d
                 WHERE d.state = 'in_force' AND d.reminded < 2 AND d.reminded < $1 AND d.valid_until <= $2 AND d.valid_until >= $3
                 ORDER BY d.org_id, d.made_by, d.id LIMIT 500";
    REMINDED = "UPDATE declaration SET reminded = $2 WHERE id = $1 AND state = 'in_force' AND reminded < $2";
    NOTE = "INSERT INTO declaration_event (declaration_id, n, at, step, note, person_id)
            VALUES ($1, (SELECT COALESCE(MAX(n), 0) + 1 FROM declaration_event WHERE declaration_id = $1), $2, $3, $4, $5)";
    EVENTS = "SELECT e.at, e.step, e.note, p.name AS person FROM declaration_event e LEFT JOIN person p ON p.id = e.person_id
              WHERE e.declaration_id = $1 ORDER BY e.n DESC LIMIT 500";
}

/// A declaration.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DeclarationRow {
    /// Identity.
    pub id: Uuid,
    /// The customer.
    pub customer_id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// Its version.
    pub version: i64,
    /// Name of the customer.
    pub customer: String,
    /// Code of its state.
    pub state: String,
    /// Code of its shape.
    pub template: String,
    /// Version of the shape.
    pub template_version: String,
    /// What the company put into it, JSON.
    pub request: String,
    /// What the signer typed so far, JSON.
    pub typed: String,
    /// Where the link goes.
    pub email: String,
    /// Language of the customer.
    pub lang: String,
    /// Until when the link shows something.
    pub link_until: Option<i64>,
    /// Who made it.
    pub made_by: Uuid,
    /// Their name.
    pub person: String,
    /// When.
    pub made_at: i64,
    /// When the link went last.
    pub asked_at: Option<i64>,
    /// When it was opened first.
    pub opened_at: Option<i64>,
    /// When it was signed, or entered from paper.
    pub signed_at: Option<i64>,
    /// The typed signature.
    pub signature: String,
    /// The text that was signed.
    pub signed_text: String,
    /// SHA-256 over it.
    pub sha256: Option<Vec<u8>>,
    /// The copy on paper.
    pub document_id: Option<Uuid>,
    /// Who checked it.
    pub checker: Option<String>,
    /// When.
    pub checked_at: Option<i64>,
    /// Why it was put in doubt or ended.
    pub reason: String,
    /// First day.
    pub valid_from: Option<i64>,
    /// Last day.
    pub valid_until: Option<i64>,
}

/// A substance of a declaration with what was counted of it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ItemRow {
    /// The declaration.
    pub declaration_id: Uuid,
    /// From 1.
    pub number: i64,
    /// Handle in the catalogue.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Tariff code.
    pub code: String,
    /// As typed.
    pub amount: String,
    /// In base units.
    pub base: i64,
    /// Code of what is measured.
    pub dimension: String,
    /// Grams per litre.
    pub density: Option<i64>,
    /// How much was counted, in base units.
    pub used: i64,
    /// By how many orders.
    pub orders: i64,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EventRow {
    /// When.
    pub at: i64,
    /// What.
    pub step: String,
    /// With which words.
    pub note: String,
    /// By whom; none for the customer.
    pub person: Option<String>,
}

/// A declaration of which somebody is to be reminded.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ToRemind {
    /// The declaration.
    pub id: Uuid,
    /// The company.
    pub org_id: Uuid,
    /// Who made it.
    pub made_by: Uuid,
}

/// A new declaration.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// The customer and the company.
    pub of: (CustomerId, OrgId),
    /// Code and version of the shape.
    pub template: (&'a str, &'a str),
    /// JSON.
    pub request: &'a str,
    /// Where the link goes.
    pub email: &'a str,
    /// Language of the customer.
    pub lang: &'a str,
    /// Who makes it.
    pub person: UserId,
}

/// A substance of a new declaration.
#[derive(Clone, Debug)]
pub struct NewItem<'a> {
    /// From 1.
    pub number: i64,
    /// Handle in the catalogue.
    pub slug: &'a str,
    /// Name.
    pub name: &'a str,
    /// Tariff code.
    pub code: &'a str,
    /// As typed.
    pub amount: &'a str,
    /// In base units.
    pub base: i64,
    /// Code of what is measured.
    pub dimension: &'a str,
    /// Grams per litre.
    pub density: Option<i64>,
}

/// A signature.
#[derive(Clone, Debug)]
pub struct Signature<'a> {
    /// As typed; empty for one on paper.
    pub typed: &'a str,
    /// The text with it.
    pub text: &'a str,
    /// SHA-256 over that.
    pub sha256: [u8; 32],
    /// The copy on paper.
    pub document: Option<DocumentId>,
    /// Until when the link shows the copy; none ends it.
    pub link_until: Option<Timestamp>,
}

/// What a check came to.
#[derive(Clone, Debug)]
pub struct Decided<'a> {
    /// Code of the state.
    pub state: &'a str,
    /// Why.
    pub reason: &'a str,
    /// First and last day.
    pub valid: (Option<Date>, Option<Date>),
}

/// Makes a declaration.
///
/// # Errors
/// If the database refuses.
pub async fn insert(tx: &mut Tx, id: DeclarationId, new: &New<'_>, items: &[NewItem<'_>], at: Timestamp) -> Result<()> {
    let (customer, org) = new.of;
    let (template, version) = new.template;
    let args = args![id, customer, org, template, version, new.request, new.email, new.lang, new.person, at];
    tx.run(&INSERT, args).await?;
    for item in items {
        let args = args![
            id,
            item.number,
            item.slug,
            item.name,
            item.code,
            item.amount,
            item.base,
            item.dimension,
            item.density,
        ];
        tx.run(&ADD_ITEM, args).await?;
    }
    Ok(())
}

/// The declaration with this identity.
///
/// # Errors
/// If the database does not answer.
pub async fn find(db: &mut impl Read, id: DeclarationId) -> Result<Option<DeclarationRow>> {
    db.one(&FIND, args![id]).await
}

/// The same, held against other writers until the transaction ends.
///
/// # Errors
/// If the database does not answer.
pub async fn lock(tx: &mut Tx, id: DeclarationId) -> Result<Option<DeclarationRow>> {
    let held: Option<(Uuid,)> = tx.one(&LOCK, args![id]).await?;
    if held.is_none() {
        return Ok(None);
    }
    find(tx, id).await
}

/// The declaration whose link has this hash and still shows something.
///
/// # Errors
/// If the database does not answer.
pub async fn by_link(db: &mut impl Read, hash: [u8; 32], now: Timestamp) -> Result<Option<DeclarationId>> {
    let row: Option<(Uuid,)> = db.one(&BY_LINK, args![hash, now]).await?;
    Ok(row.map(|(id,)| DeclarationId(id)))
}

/// A customer's declarations, the last one first, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn of_customer(db: &mut impl Read, customer: CustomerId) -> Result<Vec<DeclarationRow>> {
    db.all(&OF_CUSTOMER, args![customer]).await
}

/// A company's declarations in force that end from one day through another, the first to end first, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn due(db: &mut impl Read, org: OrgId, from: Date, until: Date) -> Result<Vec<DeclarationRow>> {
    db.all(&DUE, args![org, from.days(), until.days()]).await
}

/// How many declarations a customer has.
///
/// # Errors
/// If the database does not answer.
pub async fn count(db: &mut impl Read, customer: CustomerId) -> Result<i64> {
    Ok(db.number(&COUNT, args![customer]).await?.unwrap_or(0))
}

/// The substances of a declaration with what was counted of each.
///
/// # Errors
/// If the database does not answer.
pub async fn items(db: &mut impl Read, id: DeclarationId) -> Result<Vec<ItemRow>> {
    db.all(&ITEMS, args![id]).await
}

/// Notes that the link went to the customer; one that went before opens nothing any more.
///
/// # Errors
/// [`crate::StoreError::Stale`] if the declaration was changed since `version`.
pub async fn send(
    tx: &mut Tx,
    (id, version): (DeclarationId, i64),
    hash: [u8; 32],
    until: Timestamp,
    at: Timestamp,
) -> Result<()> {
    tx.run_one(&SEND, args![id, version, hash, until, at]).await
}

/// Notes that the link was opened; false if it was before.
///
/// # Errors
/// If the database refuses.
pub async fn open(tx: &mut Tx, id: DeclarationId, at: Timestamp) -> Result<bool> {
    Ok(tx.run(&OPEN, args![id, at]).await? == 1)
}

/// Keeps what the signer typed.
///
/// # Errors
/// [`crate::StoreError::Stale`] if there is no such declaration.
pub async fn keep_typed(tx: &mut Tx, id: DeclarationId, typed: &str) -> Result<()> {
    tx.run_one(&TYPE, args![id, typed]).await
}

/// Keeps a signature.
///
/// # Errors
/// [`crate::StoreError::Stale`] if the declaration was changed since `version`.
pub async fn sign(
    tx: &mut Tx,
    (id, version): (DeclarationId, i64),
    signed: &Signature<'_>,
    at: Timestamp,
) -> Result<()> {
    let args = args![id, version, at, signed.typed, signed.text, signed.sha256, signed.document, signed.link_until];
    tx.run_one(&SIGN, args).await
}

/// Takes a declaration back; its link opens nothing any more.
///
/// # Errors
/// [`crate::StoreError::Stale`] if the declaration was changed since `version`.
pub async fn withdraw(tx: &mut Tx, (id, version): (DeclarationId, i64)) -> Result<()> {
    tx.run_one(&WITHDRAW, args![id, version]).await
}

/// Notes what a check came to.
///
/// # Errors
/// [`crate::StoreError::Stale`] if the declaration was changed since `version`.
pub async fn decide(
    tx: &mut Tx,
    (id, version): (DeclarationId, i64),
    decided: &Decided<'_>,
    person: UserId,
    at: Timestamp,
) -> Result<()> {
    let (from, until) = decided.valid;
    let args =
        args![id, version, decided.state, person, at, decided.reason, from.map(Date::days), until.map(Date::days),];
    tx.run_one(&DECIDE, args).await
}

/// Moves a declaration into another state because of its orders.
///
/// # Errors
/// [`crate::StoreError::Stale`] if the declaration was changed since `version`.
pub async fn set_state(tx: &mut Tx, (id, version): (DeclarationId, i64), state: &str) -> Result<()> {
    tx.run_one(&MOVE, args![id, version, state]).await
}

/// Ends a declaration before its time, or puts it in doubt later on.
///
/// # Errors
/// [`crate::StoreError::Stale`] if the declaration was changed since `version`.
pub async fn end(tx: &mut Tx, (id, version): (DeclarationId, i64), state: &str, reason: &str) -> Result<()> {
    tx.run_one(&END, args![id, version, state, reason]).await
}

/// Declarations in force that end from `today` through `day` and whose reminder `nth` was not sent, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn to_remind(db: &mut impl Read, nth: i64, day: Date, today: Date) -> Result<Vec<ToRemind>> {
    db.all(&TO_REMIND, args![nth, day.days(), today.days()]).await
}

/// Notes that the reminder `nth` is sent; false if it was before, or the declaration is not in force any more.
///
/// # Errors
/// If the database refuses.
pub async fn reminded(tx: &mut Tx, id: DeclarationId, nth: i64) -> Result<bool> {
    Ok(tx.run(&REMINDED, args![id, nth]).await? == 1)
}

/// Notes what happened, in a transaction that holds the declaration.
///
/// # Errors
/// If the database refuses.
pub async fn note(
    tx: &mut Tx,
    id: DeclarationId,
    (step, words): (&str, &str),
    person: Option<UserId>,
    at: Timestamp,
) -> Result<()> {
    tx.run(&NOTE, args![id, at, step, words, person]).await?;
    Ok(())
}

/// What happened, the last first, at most 500.
///
/// # Errors
/// If the database does not answer.
pub async fn events(db: &mut impl Read, id: DeclarationId) -> Result<Vec<EventRow>> {
    db.all(&EVENTS, args![id]).await
}
