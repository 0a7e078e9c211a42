//! Reading documents: those of a customer, those that end.

use std::collections::HashMap;

use domain::{
    access::{Action, Principal, Role},
    customer::document::{AHEAD, DocumentKind, Outcome},
    date::Date,
    encoding::hex,
    evidence::Kind,
    ids::{CustomerId, DocumentId, OrgId},
    time::Timestamp,
};
use store::{
    customer::document::{self as rows, DocumentRow},
    org::OrgRow,
};
use uuid::Uuid;

use crate::{Context, Result, customer::read::find, draft::profile, error::Refusal, seat::Seat};

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Identity.
    pub id: DocumentId,
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// The company.
    pub org: OrgId,
    /// Its version, for the next change.
    pub version: i64,
    /// What it is.
    pub kind: DocumentKind,
    /// About whom or what; may be empty.
    pub about: String,
    /// The number on it.
    pub number: String,
    /// Who gave it.
    pub issuer: String,
    /// A note.
    pub note: String,
    /// Since when.
    pub issued: Option<Date>,
    /// Through which day.
    pub expires: Option<Date>,
    /// The copy.
    pub copy: Option<Held>,
    /// Who added it, and when.
    pub added: (String, Timestamp),
    /// Who checked it last.
    pub checked: Option<Checked>,
    /// When it was put aside.
    pub ended: Option<Timestamp>,
    /// Who had it in hands, newest first.
    pub custody: Vec<Custody>,
}

/// A copy that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Bytes.
    pub size: u64,
    /// SHA-256 over them, in hexadecimal.
    pub sha256: String,
}

/// A check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Against what.
    pub against: String,
    /// What it came to.
    pub outcome: Option<Outcome>,
}

/// A line of the custody log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Custody {
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub act: String,
    /// In which role.
    pub role: Option<Role>,
    /// By whom.
    pub by: String,
}

/// The documents of a customer, those put aside last.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside its company.
pub async fn of_customer(ctx: &Context, principal: &Principal, id: CustomerId) -> Result<Vec<Document>> {
    find(ctx, principal, id).await?;
    let mut db = ctx.db.reader();
    let mut lines: HashMap<Uuid, Vec<Custody>> = HashMap::new();
    for row in rows::custody(&mut db, id).await? {
        let line = Custody { at: Timestamp(row.at), act: row.act, role: Role::from_code(&row.role), by: row.person };
        lines.entry(row.document_id).or_default().push(line);
    }
    let found = rows::of_customer(&mut db, id).await?;
    found.into_iter().map(|row| document(row, &mut lines)).collect()
}

/// One document.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, it is another customer's, or for anybody outside its company.
pub async fn one(ctx: &Context, principal: &Principal, customer: CustomerId, id: DocumentId) -> Result<Document> {
    let found = of_customer(ctx, principal, customer).await?;
    found.into_iter().find(|document| document.id == id).ok_or(Refusal::NotFound)
}

/// A company's documents that have ended or end within 90 days, the first to end first, and what day it is there.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside the company.
pub async fn due(ctx: &Context, principal: &Principal, org: OrgId) -> Result<(Vec<Document>, Date)> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    let today = today(ctx, org).await?;
    let found = rows::due(&mut ctx.db.reader(), org, Date::from_days(today.days() + AHEAD)).await?;
    let found = found.into_iter().map(|row| document(row, &mut HashMap::new())).collect::<Result<_>>()?;
    Ok((found, today))
}

/// What day it is where a company works.
///
/// # Errors
/// If the database does not answer.
pub async fn today(ctx: &Context, org: OrgId) -> Result<Date> {
    let org = store::org::by_id(&mut ctx.db.reader(), org).await?.ok_or(Refusal::NotFound)?;
    Ok(day_of(ctx, &org))
}

/// The same of a company that is at hand.
pub(crate) fn day_of(ctx: &Context, org: &OrgRow) -> Date {
    profile::day_at(profile::zone_name(org), ctx.now()).unwrap_or_else(|| Date::of(ctx.now()))
}

fn document(row: DocumentRow, lines: &mut HashMap<Uuid, Vec<Custody>>) -> Result<Document> {
    let copy = match (&row.storage, &row.sha256) {
        (Some(_), Some(sha256)) => Some(Held {
            kind: file_kind(&row)?,
            name: row.file_name.clone(),
            size: row.size.unsigned_abs(),
            sha256: hex(sha256),
        }),
        _ => None,
    };
    let checked = row.checker.clone().zip(row.checked_at).map(|(by, at)| Checked {
        by,
        at: Timestamp(at),
        against: row.checked_against.clone(),
        outcome: Outcome::from_code(&row.outcome),
    });
    Ok(Document {
        id: DocumentId(row.id),
        customer: CustomerId(row.customer_id),
        customer_name: row.customer,
        org: OrgId(row.org_id),
        version: row.version,
        kind: DocumentKind::from_code(&row.kind).unwrap_or(DocumentKind::Other),
        about: row.about,
        number: row.number,
        issuer: row.issuer,
        note: row.note,
        issued: row.issued_on.map(Date::from_days),
        expires: row.expires_on.map(Date::from_days),
        copy,
        added: (row.person, Timestamp(row.added_at)),
        checked,
        ended: row.ended_at.map(Timestamp),
        custody: lines.remove(&row.id).unwrap_or_default(),
    })
}

pub(super) fn file_kind(row: &DocumentRow) -> Result<Kind> {
    Kind::from_code(&row.file_kind).ok_or_else(|| Refusal::Fault(format!("no kind of evidence {}", row.file_kind)))
}
