//! Documents of customers: what was seen, by whom, until when it holds, who checked it against what, and who had the copy in
//! hands. Copies lie where evidence lies and are taken in the same way ([`crate::evidence`]).
//!
//! A copy is never removed and never replaced: a document that is of no use any more is put aside, a new one is added.

mod read;
mod remind;

use domain::{
    access::{Action, Principal},
    answers::{Answers, when::parse_date},
    customer::document::{DocumentKind, Outcome},
    date::Date,
    encoding::hex,
    ids::{CustomerId, DocumentId, OrgId},
};
use serde::Serialize;
use store::{
    Tx,
    customer::document::{self as rows, Copy, DocumentRow, Written},
};

pub(crate) use read::day_of;
pub use read::{Checked, Custody, Document, Held, due, of_customer, one, today};
pub use remind::remind;
pub(crate) use remind::{tell_of_ends, whom};

use read::file_kind;

use super::{order, risk::mark};
use crate::{
    Context, Result,
    audit::{self, Act},
    error::{Problem, Refusal},
    evidence::{Arrived, Download, Stored, hand_out},
    input::Form,
    seat::Seat,
};

/// The most documents of one customer.
const MOST: i64 = 500;

/// What was typed about a document.
#[derive(Clone, Debug, Serialize)]
struct Typed {
    kind: &'static str,
    about: String,
    number: String,
    issuer: String,
    note: String,
    issued: Option<Date>,
    expires: Option<Date>,
}

impl Typed {
    fn read(typed: &Answers, seat: Seat<'_>) -> Result<Self> {
        let mut form = Form::new(typed);
        let kind = DocumentKind::from_code(form.raw("kind"));
        if kind.is_none() {
            form.problem("kind", "Choose what it is");
        }
        let read = Self {
            kind: kind.map_or("", DocumentKind::code),
            about: form.optional("about", 200),
            number: form.optional("number", 80),
            issuer: form.optional("issuer", 200),
            note: form.optional("note", 500),
            issued: day(&mut form, "issued", seat),
            expires: day(&mut form, "expires", seat),
        };
        if let (Some(issued), Some(expires)) = (read.issued, read.expires)
            && expires < issued
        {
            form.problem("expires", "It ends before it begins");
        }
        form.done()?;
        Ok(read)
    }

    fn written(&self) -> Written<'_> {
        Written {
            kind: self.kind,
            about: &self.about,
            number: &self.number,
            issuer: &self.issuer,
            note: &self.note,
            issued: self.issued,
            expires: self.expires,
        }
    }
}

fn day(form: &mut Form<'_>, field: &str, seat: Seat<'_>) -> Option<Date> {
    let text = form.optional(field, 60);
    if text.is_empty() || form.has_problem(field) {
        return None;
    }
    let read = parse_date(&text, order(seat));
    if let Err(error) = &read {
        form.problem(field, error.to_string());
    }
    read.ok()
}

/// Whether the principal may add documents to a customer: asked before anything is taken in.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn may_add(ctx: &Context, principal: &Principal, customer: CustomerId) -> Result<OrgId> {
    let row = super::read::find(ctx, principal, customer).await?;
    let org = OrgId(row.org_id);
    Seat::take(principal, org, Action::WriteCustomers)?;
    Ok(org)
}

/// Adds a document to a customer, with its copy or, if only the original was looked at, without.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotPossible`] if there are too many; [`Refusal::NotFound`]
/// without the right.
pub async fn add(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    typed: &Answers,
    copy: Option<Arrived>,
) -> Result<DocumentId> {
    let org = may_add(ctx, principal, customer).await?;
    let seat = Seat::take(principal, org, Action::WriteCustomers)?;
    let read = Typed::read(typed, seat)?;
    let mut tx = ctx.db.begin().await?;
    if rows::count(&mut tx, customer).await? >= MOST {
        return Err(Refusal::NotPossible("A customer has at most 500 documents.".to_owned()));
    }
    let id = DocumentId(ctx.new_id());
    let held = copy.as_ref().map(|copy| Copy {
        storage: &copy.storage,
        name: &copy.name,
        kind: copy.kind.code(),
        size: i64::try_from(copy.size).unwrap_or(i64::MAX),
        sha256: copy.sha256,
    });
    rows::insert(&mut tx, id, (customer, org), &read.written(), held.as_ref(), seat.id(), ctx.now()).await?;
    let sha256 = copy.as_ref().map(|copy| hex(&copy.sha256));
    note(ctx, &mut tx, (seat, Action::WriteCustomers), id, "added", Some(&(&read, sha256))).await?;
    mark(&mut tx, customer, org).await?;
    if let Some(copy) = copy {
        copy.keep();
    }
    tx.commit().await?;
    Ok(id)
}

/// The document of a customer and the seat from which it is changed.
async fn held<'p>(
    tx: &mut Tx,
    principal: &'p Principal,
    customer: CustomerId,
    id: DocumentId,
) -> Result<(DocumentRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = rows::find(tx, id).await?.filter(|row| row.customer_id == customer.0).ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.org_id), Action::WriteCustomers)?;
    Ok((row, seat))
}

/// Puts right what is written on a document.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::Stale`] if it was changed since or put aside;
/// [`Refusal::NotFound`] without the right.
pub async fn change(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    (id, version): (DocumentId, i64),
    typed: &Answers,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (_, seat) = held(&mut tx, principal, customer, id).await?;
    let read = Typed::read(typed, seat)?;
    rows::change(&mut tx, (id, version), &read.written()).await?;
    note(ctx, &mut tx, (seat, Action::WriteCustomers), id, "changed", Some(&read)).await?;
    mark(&mut tx, customer, seat.membership.org).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes that the person has checked a document, against what, and what it came to.
///
/// # Errors
/// As [`change`].
pub async fn check(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    (id, version): (DocumentId, i64),
    typed: &Answers,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (_, seat) = held(&mut tx, principal, customer, id).await?;
    let mut form = Form::new(typed);
    let against = form.lines("against", 500, "Say against what you checked it: the register, a call, the original");
    let outcome = Outcome::from_code(form.raw("outcome"));
    if outcome.is_none() {
        form.problem("outcome", "Choose what it came to");
    }
    form.done()?;
    let outcome = outcome.map_or("", Outcome::code);
    rows::check(&mut tx, (id, version), seat.id(), ctx.now(), (&against, outcome)).await?;
    note(ctx, &mut tx, (seat, Action::WriteCustomers), id, "checked", Some(&(against, outcome))).await?;
    mark(&mut tx, customer, seat.membership.org).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts a document aside: replaced, or of no use any more. Its copy stays.
///
/// # Errors
/// [`Refusal::Stale`] if it was changed since or put aside before; [`Refusal::NotFound`] without the right.
pub async fn end(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    (id, version): (DocumentId, i64),
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (_, seat) = held(&mut tx, principal, customer, id).await?;
    rows::end(&mut tx, (id, version), ctx.now()).await?;
    note(ctx, &mut tx, (seat, Action::WriteCustomers), id, "put aside", audit::NONE).await?;
    mark(&mut tx, customer, seat.membership.org).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes the copy of a document out.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside its company, or if there is no copy.
pub async fn open(ctx: &Context, principal: &Principal, customer: CustomerId, id: DocumentId) -> Result<Download> {
    principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    let row = rows::find(&mut tx, id).await?.filter(|row| row.customer_id == customer.0).ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.org_id), Action::ReadCustomers)?;
    let (storage, sha256) = row.storage.as_deref().zip(row.sha256.as_deref()).ok_or(Refusal::NotFound)?;
    let stored = Stored { storage, size: row.size.unsigned_abs(), sha256 };
    let file = hand_out(ctx, stored, &row.file_name, file_kind(&row)?).await?;
    note(ctx, &mut tx, (seat, Action::ReadCustomers), id, "opened", audit::NONE).await?;
    tx.commit().await?;
    Ok(file)
}

/// Writes a line into a document's custody log, and the row of the audit log that belongs to it.
async fn note(
    ctx: &Context,
    tx: &mut Tx,
    (seat, action): (Seat<'_>, Action),
    id: DocumentId,
    deed: &str,
    after: Option<&impl Serialize>,
) -> Result<()> {
    let role = (seat.membership.role.code(), seat.id());
    rows::note(tx, ctx.new_id(), id, deed, role, ctx.now()).await?;
    let step = format!("document of a customer {deed}");
    let act =
        Act { actor: seat.actor(), action, step: &step, object_kind: "customer_document", object_id: id.to_string() };
    audit::record(ctx, tx, act, audit::NONE, after).await
}

/// A problem for files that could not be taken.
#[must_use]
pub fn no_copy(message: &str) -> Refusal {
    Refusal::Invalid(vec![Problem::new(crate::evidence::FIELD, message)])
}
