//! Reading declarations: those of a customer, one with its orders and history, those that end, how much is left.

use domain::{
    access::{Action, Principal},
    customer::document::AHEAD,
    date::Date,
    declaration::{Item, Request, State, Template, text},
    encoding::hex,
    ids::{CustomerId, DeclarationId, DeclarationOrderId, DocumentId, OrgId},
    quantity::{Density, Quantity},
    time::Timestamp,
};
use sha2::{Digest as _, Sha256};
use store::declaration::{self as rows, DeclarationRow, ItemRow, order as orders};

use super::{json, request::dimension, state, template};
use crate::{Context, Result, customer, customer::document::today, error::Refusal, seat::Seat};

/// A declaration.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Identity.
    pub id: DeclarationId,
    /// The customer.
    pub customer: CustomerId,
    /// Its name today.
    pub customer_name: String,
    /// The company.
    pub org: OrgId,
    /// Its version, for the next change.
    pub version: i64,
    /// How it stands today.
    pub state: State,
    /// The same as it was last changed; it does not know that time has passed.
    pub stored: State,
    /// Its shape.
    pub template: &'static Template,
    /// What the company put into it.
    pub request: Request,
    /// Where the link goes.
    pub email: String,
    /// Until when it can be used; none if none went.
    pub link_until: Option<Timestamp>,
    /// Who made it, and when.
    pub made: (String, Timestamp),
    /// When it was signed, and what.
    pub signed: Option<Signed>,
    /// Who checked it, and when.
    pub checked: Option<(String, Timestamp)>,
    /// Why it is in doubt or was ended.
    pub reason: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Its substances with what was counted.
    pub items: Vec<Counted>,
}

/// A signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// When.
    pub at: Timestamp,
    /// As typed; empty for one on paper.
    pub signature: String,
    /// The text with it.
    pub text: String,
    /// SHA-256 over that, in hexadecimal, as it was kept.
    pub sha256: String,
    /// Whether the text is still the one that was signed.
    pub whole: bool,
    /// The copy on paper.
    pub document: Option<DocumentId>,
}

/// A substance with what was counted of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The substance.
    pub item: Item,
    /// How much was delivered, in the same unit.
    pub used: Quantity,
    /// In how many orders.
    pub orders: i64,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Identity.
    pub id: DeclarationOrderId,
    /// Of which substance.
    pub substance: String,
    /// When.
    pub day: Date,
    /// As typed.
    pub amount: String,
    /// What was counted.
    pub counted: Quantity,
    /// Its reference.
    pub reference: String,
    /// Number of a report.
    pub report: String,
    /// Why it was recorded although it goes beyond.
    pub reason: String,
    /// Who recorded it, and when.
    pub recorded: (String, Timestamp),
    /// Who struck it out, when, and why.
    pub struck: Option<(String, Timestamp, String)>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub step: String,
    /// With which words.
    pub note: String,
    /// By whom; none for the customer.
    pub by: Option<String>,
}

/// A declaration with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Itself.
    pub declaration: Declaration,
    /// The text: as signed, or what will be signed without the particulars of the signer.
    pub text: String,
    /// Its orders by day.
    pub orders: Vec<Order>,
    /// What happened, the last first.
    pub history: Vec<Event>,
    /// What the officer typed for it, or the signer.
    pub typed: domain::answers::Answers,
    /// Deliveries of each substance to this customer in the last twelve months, as far as they were recorded.
    pub deliveries: Vec<i64>,
    /// What day it is where the company works.
    pub today: Date,
    /// Whether the person may change it.
    pub may_write: bool,
}

/// How much may still be delivered of a substance, by a declaration that is in force or was used up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The declaration.
    pub declaration: DeclarationId,
    /// Label of its shape.
    pub shape: &'static str,
    /// How it stands today: in force, used up, or signed and to be checked.
    pub state: State,
    /// Handle of the substance in the catalogue; empty if it is not there.
    pub slug: String,
    /// Its name.
    pub substance: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day; none if it holds for a delivery.
    pub until: Option<Date>,
    /// How much was declared.
    pub ceiling: Quantity,
    /// How much was delivered, in the same unit.
    pub used: Quantity,
}

/// A substance as it was declared.
pub(super) fn item(row: &ItemRow) -> Result<Item> {
    let fault = || Refusal::Fault(format!("no quantity in {} of {}", row.number, row.declaration_id));
    let dimension = dimension(&row.dimension).ok_or_else(fault)?;
    Ok(Item {
        number: row.number,
        slug: row.slug.clone(),
        name: row.name.clone(),
        code: row.code.clone(),
        amount: row.amount.clone(),
        quantity: Quantity::new(row.base, dimension).ok_or_else(fault)?,
        density: row.density.and_then(|density| u32::try_from(density).ok()).map(Density),
    })
}

fn counted(row: &ItemRow) -> Result<Counted> {
    let item = item(row)?;
    let used = Quantity::new(row.used.max(0), item.quantity.dimension).unwrap_or(item.quantity);
    Ok(Counted { item, used, orders: row.orders })
}

fn declaration(row: &DeclarationRow, items: &[ItemRow], today: Date) -> Result<Declaration> {
    let until = row.valid_until.map(Date::from_days);
    let stored = state(row)?;
    let signed = row.signed_at.map(|at| Signed {
        at: Timestamp(at),
        signature: row.signature.clone(),
        text: row.signed_text.clone(),
        sha256: hex(row.sha256.as_deref().unwrap_or_default()),
        whole: row.sha256.as_deref() == Some(&Sha256::digest(&row.signed_text)[..]),
        document: row.document_id.map(DocumentId),
    });
    Ok(Declaration {
        id: DeclarationId(row.id),
        customer: CustomerId(row.customer_id),
        customer_name: row.customer.clone(),
        org: OrgId(row.org_id),
        version: row.version,
        state: stored.on(until, today),
        stored,
        template: template(row)?,
        request: json(&row.request)?,
        email: row.email.clone(),
        link_until: row.link_until.map(Timestamp),
        made: (row.person.clone(), Timestamp(row.made_at)),
        signed,
        checked: row.checker.clone().zip(row.checked_at.map(Timestamp)),
        reason: row.reason.clone(),
        from: row.valid_from.map(Date::from_days),
        until,
        items: items.iter().map(counted).collect::<Result<_>>()?,
    })
}

async fn all(ctx: &Context, found: Vec<DeclarationRow>, today: Date) -> Result<Vec<Declaration>> {
    let mut db = ctx.db.reader();
    let mut all = Vec::with_capacity(found.len());
    for row in found {
        let items = rows::items(&mut db, DeclarationId(row.id)).await?;
        all.push(declaration(&row, &items, today)?);
    }
    Ok(all)
}

/// The declarations of a customer, the last one first.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside its company.
pub async fn of_customer(ctx: &Context, principal: &Principal, customer: CustomerId) -> Result<Vec<Declaration>> {
    let view = customer::view(ctx, principal, customer).await?;
    let today = today(ctx, view.org).await?;
    let found = rows::of_customer(&mut ctx.db.reader(), customer).await?;
    all(ctx, found, today).await
}

/// A company's declarations in force that end within 90 days, the first to end first.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside the company.
pub async fn due(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Declaration>> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    let today = today(ctx, org).await?;
    let found = rows::due(&mut ctx.db.reader(), org, today, Date::from_days(today.days() + AHEAD)).await?;
    all(ctx, found, today).await
}

/// One declaration of a customer with everything that belongs to it.
///
/// # Errors
/// As [`of_customer`]; [`Refusal::NotFound`] if the customer has no such declaration.
pub async fn one(ctx: &Context, principal: &Principal, customer: CustomerId, id: DeclarationId) -> Result<Whole> {
    let view = customer::view(ctx, principal, customer).await?;
    let mut db = ctx.db.reader();
    let row = rows::find(&mut db, id).await?.filter(|row| row.customer_id == customer.0).ok_or(Refusal::NotFound)?;
    let items = rows::items(&mut db, id).await?;
    let today = today(ctx, view.org).await?;
    let declaration = declaration(&row, &items, today)?;
    let mut deliveries = Vec::new();
    for item in items.iter().filter(|item| !item.slug.is_empty()) {
        let since = Date::from_days(today.days() - 365);
        deliveries.push(orders::deliveries(&mut db, customer, &item.slug, since).await?);
    }
    let of: Vec<Item> = declaration.items.iter().map(|counted| counted.item.clone()).collect();
    let text = match &declaration.signed {
        Some(signed) => signed.text.clone(),
        None => text::body(declaration.template, &declaration.request, &of, &[]),
    };
    let orders = orders::all_of(&mut db, id).await?;
    let history = rows::events(&mut db, id).await?.into_iter().map(|row| Event {
        at: Timestamp(row.at),
        step: row.step,
        note: row.note,
        by: row.person,
    });
    Ok(Whole {
        text,
        orders: orders.into_iter().map(|row| order(row, &of)).collect::<Result<_>>()?,
        history: history.collect(),
        typed: json(&row.typed)?,
        deliveries,
        today,
        may_write: view.may_write,
        declaration,
    })
}

fn order(row: orders::OrderRow, items: &[Item]) -> Result<Order> {
    let item = items.iter().find(|item| item.number == row.item);
    let item = item.ok_or_else(|| Refusal::Fault(format!("no substance {} for order {}", row.item, row.id)))?;
    Ok(Order {
        id: DeclarationOrderId(row.id),
        substance: item.name.clone(),
        day: Date::from_days(row.day),
        amount: row.amount,
        counted: Quantity::new(row.base.max(0), item.quantity.dimension).unwrap_or(item.quantity),
        reference: row.reference,
        report: row.report,
        reason: row.reason,
        recorded: (row.person, Timestamp(row.at)),
        struck: row.striker.zip(row.struck_at.map(Timestamp)).map(|(by, at)| (by, at, row.struck_why)),
    })
}

/// How much a customer may still get of each substance by its declarations: those in force, used up, or waiting to be checked.
/// Whoever asks has looked whether the person may know.
pub(super) async fn standing(ctx: &Context, org: OrgId, customer: CustomerId) -> Result<Vec<Standing>> {
    let today = today(ctx, org).await?;
    let found = rows::of_customer(&mut ctx.db.reader(), customer).await?;
    let found = found.into_iter().filter(|row| row.org_id == org.0).collect();
    let counts = |state: State| matches!(state, State::InForce | State::UsedUp | State::Signed);
    let found = all(ctx, found, today).await?.into_iter().filter(|one| counts(one.state));
    let lines = found.flat_map(|one| {
        let (id, shape, state) = (one.id, one.template.label.as_str(), one.state);
        one.items.into_iter().map(move |counted| Standing {
            declaration: id,
            shape,
            state,
            slug: counted.item.slug,
            substance: counted.item.name,
            from: one.from,
            until: one.until,
            ceiling: counted.item.quantity,
            used: counted.used,
        })
    });
    Ok(lines.collect())
}

/// The same for a person.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside the customer's company.
pub async fn standing_of(ctx: &Context, principal: &Principal, customer: CustomerId) -> Result<Vec<Standing>> {
    let view = customer::view(ctx, principal, customer).await?;
    super::standing(ctx, view.org, customer).await
}
