//! Orders that are counted against declarations.

use domain::{
    date::Date,
    ids::{DeclarationId, DeclarationOrderId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{Read, Tx, args, engine::Result, statements};

statements! {
    ADD = "INSERT INTO declaration_order (id, declaration_id, item, day, amount, base, reference, report, reason, person_id, at,
           struck_at, struck_by, struck_why) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, NULL, '')";
    STRIKE = "UPDATE declaration_order SET struck_at = $3, struck_by = $4, struck_why = $5
              WHERE id = $1 AND declaration_id = $2 AND struck_at IS NULL";
    ALL_OF = "SELECT o.id, o.item, o.day, o.amount, o.base, o.reference, o.report, o.reason, p.name AS person, o.at, o.struck_at,
          k.name AS striker, o.struck_why FROM declaration_order o JOIN person p ON p.id = o.person_id
          LEFT JOIN person k ON k.id = o.struck_by WHERE o.declaration_id = $1 ORDER BY o.day, o.at, o.id LIMIT 2000";
    /// Deliveries to a customer of one substance since a day, whatever they were counted against.
    DELIVERIES = "SELECT count(*) FROM declaration_order o
                  JOIN declaration_item i ON i.declaration_id = o.declaration_id AND i.number = o.item
                  JOIN declaration d ON d.id = o.declaration_id
                  WHERE d.customer_id = $1 AND i.slug = $2 AND o.day >= $3 AND o.struck_at IS NULL";
    REPORTED = "SELECT count(*) FROM declaration_order WHERE declaration_id = $1 AND item = $2 AND report = $3 AND struck_at IS NULL";
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OrderRow {
    /// Identity.
    pub id: Uuid,
    /// Number of the substance.
    pub item: i64,
    /// When it was delivered or ordered.
    pub day: i64,
    /// As typed.
    pub amount: String,
    /// In the unit of the substance.
    pub base: i64,
    /// Its reference.
    pub reference: String,
    /// Number of a report.
    pub report: String,
    /// Why it was recorded although it goes beyond.
    pub reason: String,
    /// Who recorded it.
    pub person: String,
    /// When.
    pub at: i64,
    /// When it was struck out.
    pub struck_at: Option<i64>,
    /// By whom.
    pub striker: Option<String>,
    /// Why.
    pub struck_why: String,
}

/// A new order.
#[derive(Clone, Debug)]
pub struct NewOrder<'a> {
    /// Number of the substance.
    pub item: i64,
    /// When it was delivered or ordered.
    pub day: Date,
    /// As typed.
    pub amount: &'a str,
    /// In the unit of the substance.
    pub base: i64,
    /// Its reference.
    pub reference: &'a str,
    /// Number of a report.
    pub report: &'a str,
    /// Why it is recorded although it goes beyond.
    pub reason: &'a str,
}

/// Counts an order.
///
/// # Errors
/// If the database refuses.
pub async fn add(
    tx: &mut Tx,
    (id, declaration): (DeclarationOrderId, DeclarationId),
    new: &NewOrder<'_>,
    person: UserId,
    at: Timestamp,
) -> Result<()> {
    let args = args![
        id,
        declaration,
        new.item,
        new.day.days(),
        new.amount,
        new.base,
        new.reference,
        new.report,
        new.reason,
        person,
        at,
    ];
    tx.run(&ADD, args).await?;
    Ok(())
}

/// Strikes an order out.
///
/// # Errors
/// [`crate::StoreError::Stale`] if the declaration has no such order, or it is struck out.
pub async fn strike(
    tx: &mut Tx,
    (id, declaration): (DeclarationOrderId, DeclarationId),
    why: &str,
    person: UserId,
    at: Timestamp,
) -> Result<()> {
    tx.run_one(&STRIKE, args![id, declaration, at, person, why]).await
}

/// The orders of a declaration by day, at most 2000.
///
/// # Errors
/// If the database does not answer.
pub async fn all_of(db: &mut impl Read, declaration: DeclarationId) -> Result<Vec<OrderRow>> {
    db.all(&ALL_OF, args![declaration]).await
}

/// How often a customer got a substance of the catalogue since a day, as far as it was counted.
///
/// # Errors
/// If the database does not answer.
pub async fn deliveries(db: &mut impl Read, customer: domain::ids::CustomerId, slug: &str, since: Date) -> Result<i64> {
    Ok(db.number(&DELIVERIES, args![customer, slug, since.days()]).await?.unwrap_or(0))
}

/// Whether a report is counted already.
///
/// # Errors
/// If the database does not answer.
pub async fn is_counted(db: &mut impl Read, declaration: DeclarationId, item: i64, report: &str) -> Result<bool> {
    Ok(db.number(&REPORTED, args![declaration, item, report]).await?.is_some_and(|count| count > 0))
}
