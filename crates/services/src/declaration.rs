//! Declarations of use: asking a customer for one by a link, taking one that was signed on paper, checking it, counting orders
//! against it.
//!
//! - [`request`]: what the company puts into it. [`signing`]: what the customer does behind the link, without an account.
//! - [`paper`]: one that was signed on paper. [`order`]: what is delivered. [`read`]: what is shown. [`remind`]: its end.
//!
//! The customer sees what the company put into the request, and nothing else: nothing of the file, and not where the
//! declaration stands after it was signed.

pub mod order;
mod paper;
mod read;
mod remind;
mod request;
pub mod signing;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use domain::{
    access::{Action, Principal},
    answers::{Answers, when::Order, when::parse_date},
    date::Date,
    declaration::{Act, LINK_DAYS, State, Template, Validity},
    ids::{CustomerId, DeclarationId, OrgId},
    lang::Lang,
    time::Timestamp,
};
use serde::Serialize;
use store::{
    Tx,
    declaration::{self as rows, Decided, DeclarationRow},
};

use crate::{
    Context, Result,
    audit::{self, Actor},
    customer::risk,
    error::Refusal,
    input::Form,
    outbox::{self, Template as Mail},
    seat::Seat,
    throttle::{self, Bucket},
};

pub use order::{Recorded, record, strike};
pub use paper::{Copy, copies, sign_on_paper};
pub use read::{
    Counted, Declaration, Event, Order as CountedOrder, Signed, Standing, Whole, due, of_customer, one, standing_of,
};
pub use remind::remind;
pub use request::{Begun, begin, create};

/// How much a customer may still get of each substance by its declarations, for pages and papers about the whole customer.
/// Whoever calls it has looked whether the person may know; [`standing_of`] looks itself.
pub(crate) async fn standing(ctx: &Context, org: OrgId, customer: CustomerId) -> Result<Vec<Standing>> {
    read::standing(ctx, org, customer).await
}

/// The most declarations of one customer.
const MOST: i64 = 500;

/// The declaration of a customer, held by the transaction, and the seat from which it is changed.
async fn held<'p>(
    tx: &mut Tx,
    principal: &'p Principal,
    customer: CustomerId,
    (id, version): (DeclarationId, i64),
) -> Result<(DeclarationRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = rows::lock(tx, id).await?.filter(|row| row.customer_id == customer.0).ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.org_id), Action::WriteCustomers)?;
    if row.version != version {
        return Err(Refusal::Stale);
    }
    Ok((row, seat))
}

/// The state of a row, as it is stored.
fn state(row: &DeclarationRow) -> Result<State> {
    State::from_code(&row.state).ok_or_else(|| Refusal::Fault(format!("no state {} of a declaration", row.state)))
}

/// The state after an act.
fn after(state: State, act: Act) -> Result<State> {
    state.after(act).map_err(|refused| Refusal::NotPossible(refused.to_string()))
}

/// The shape of a row.
fn template(row: &DeclarationRow) -> Result<&'static Template> {
    let found = Template::find(&row.template, &row.template_version);
    found.ok_or_else(|| Refusal::Fault(format!("no shape {} {}", row.template, row.template_version)))
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Refusal::Fault(error.to_string()))
}

/// A day that may be missing; a problem at the field if it is none.
fn day(form: &mut Form<'_>, field: &str, order: Order) -> Option<Date> {
    let text = form.optional(field, 60);
    if text.is_empty() || form.has_problem(field) {
        return None;
    }
    let read = parse_date(&text, order);
    if let Err(error) = &read {
        form.problem(field, sentence(error));
    }
    read.ok()
}

/// With a capital.
fn sentence(text: &impl ToString) -> String {
    let text = text.to_string();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Writes what happened into the history of a declaration, and the row of the audit log that belongs to it.
async fn note(
    ctx: &Context,
    tx: &mut Tx,
    who: Option<Seat<'_>>,
    id: DeclarationId,
    (step, words): (&str, &str),
    after: Option<&impl Serialize>,
) -> Result<()> {
    rows::note(tx, id, (step, words), who.map(|seat| seat.id()), ctx.now()).await?;
    let (actor, action) = match who {
        Some(seat) => (seat.actor(), Action::WriteCustomers),
        None => (Actor::Anonymous, Action::UseLink),
    };
    let step = format!("declaration: {step}");
    let act = audit::Act { actor, action, step: &step, object_kind: "declaration", object_id: id.to_string() };
    audit::record(ctx, tx, act, audit::NONE, after).await
}

/// Sends the link to the customer, once more if it went before; the one before opens nothing any more.
///
/// # Errors
/// [`Refusal::NotPossible`] if it is signed, withdrawn or has no address; [`Refusal::Stale`] if it was changed since;
/// [`Refusal::TooOften`]; [`Refusal::NotFound`] without the right.
pub async fn send(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    seen: (DeclarationId, i64),
) -> Result<()> {
    let found = one(ctx, principal, customer, seen.0).await?;
    Seat::take(principal, found.declaration.org, Action::WriteCustomers)?;
    after(found.declaration.stored, Act::Send)?;
    let email = found.declaration.email.clone();
    if email.is_empty() {
        return Err(Refusal::NotPossible(
            "There is no e-mail address in this declaration. Withdraw it and begin a new one, or let it be signed on paper."
                .to_owned(),
        ));
    }
    let org = found.declaration.org.to_string();
    throttle::admit(ctx, &[Bucket(throttle::DECLARE_ORG, &org), Bucket(throttle::DECLARE_EMAIL, &email)]).await?;
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, customer, seen).await?;
    after(state(&row)?, Act::Send)?;
    let lang = Lang::from_tag(&row.lang).unwrap_or_default();
    let path = format!("/{}/declare/{{token}}", lang.tag());
    let supplier = &found.declaration.request.supplier.name;
    let hash = outbox::queue_link(ctx, &mut tx, Mail::DeclarationAsked, &email, lang, &path, supplier).await?;
    rows::send(&mut tx, seen, hash, ctx.now().plus(LINK_DAYS * Timestamp::DAY), ctx.now()).await?;
    note(ctx, &mut tx, Some(seat), seen.0, ("link sent", ""), audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes that somebody took a copy of a signed declaration.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside the company, or if it is not signed.
pub async fn copied(ctx: &Context, principal: &Principal, customer: CustomerId, id: DeclarationId) -> Result<()> {
    principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    let row = rows::lock(&mut tx, id).await?.filter(|row| row.customer_id == customer.0).ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.org_id), Action::ReadCustomers)?;
    if !state(&row)?.is_signed() {
        return Err(Refusal::NotFound);
    }
    note(ctx, &mut tx, Some(seat), id, ("copy taken", ""), audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes back what nobody signed; its link opens nothing any more.
///
/// # Errors
/// [`Refusal::NotPossible`] if it is signed; else as [`send`].
pub async fn withdraw(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    seen: (DeclarationId, i64),
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, customer, seen).await?;
    after(state(&row)?, Act::Withdraw)?;
    rows::withdraw(&mut tx, seen).await?;
    note(ctx, &mut tx, Some(seat), seen.0, ("withdrawn", ""), audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

/// What an accepted declaration is noted with.
#[derive(Serialize)]
struct Accepted {
    from: Option<Date>,
    until: Option<Date>,
}

/// Notes that somebody compared a signed declaration and accepts it, from which day and until when.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotPossible`] if it is not signed or was decided; else as [`send`].
pub async fn accept(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    seen: (DeclarationId, i64),
    typed: &Answers,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, customer, seen).await?;
    let next = after(state(&row)?, Act::Accept)?;
    let (template, request) = (template(&row)?, json::<domain::declaration::Request>(&row.request)?);
    let order = Order::of_country(&seat.membership.country);
    let mut form = Form::new(typed);
    let words = form.optional("accept_note", 500);
    let from = day(&mut form, "from", order);
    if from.is_none() && !form.has_problem("from") {
        form.problem("from", "Enter the first day on which it holds");
    }
    let until = day(&mut form, "until", order);
    if let Some(from) = from
        && !form.has_problem("until")
        && let Err(why) = fits(template, request.period, from, until)
    {
        form.problem("until", why);
    }
    form.done()?;
    let decided = Decided { state: next.code(), reason: "", valid: (from, until) };
    rows::decide(&mut tx, seen, &decided, seat.id(), ctx.now()).await?;
    note(ctx, &mut tx, Some(seat), seen.0, ("accepted", &words), Some(&Accepted { from, until })).await?;
    risk::mark(&mut tx, customer, OrgId(row.org_id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether a declaration may hold from one day through another.
fn fits(template: &Template, period: Option<(Date, Date)>, from: Date, until: Option<Date>) -> Result<(), String> {
    use domain::answers::when::long_date;
    let latest = match (template.latest(from), period) {
        (Some(latest), Some((_, end))) => Some(latest.min(end)),
        (latest, period) => latest.or(period.map(|(_, end)| end)),
    };
    match (until, latest) {
        (Some(until), _) if until < from => Err("It ends before it begins".to_owned()),
        (Some(until), Some(latest)) if until > latest => {
            Err(format!("By its shape and its text it holds until {} at most", long_date(latest)))
        }
        (None, Some(latest)) => Err(format!("Enter the last day on which it holds, {} at most", long_date(latest))),
        _ => Ok(()),
    }
}

/// Notes that a signed declaration is not accepted, or not any more, and why. The customer is told nothing.
///
/// # Errors
/// As [`accept`].
pub async fn doubt(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    seen: (DeclarationId, i64),
    typed: &Answers,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, customer, seen).await?;
    let next = after(state(&row)?, Act::Doubt)?;
    let mut form = Form::new(typed);
    let why = form.lines("doubt_reason", 1000, "Say what is in doubt");
    form.done()?;
    let valid = (row.valid_from.map(Date::from_days), row.valid_until.map(Date::from_days));
    let decided = Decided { state: next.code(), reason: &why, valid };
    rows::decide(&mut tx, seen, &decided, seat.id(), ctx.now()).await?;
    note(ctx, &mut tx, Some(seat), seen.0, ("put in doubt", &why), Some(&why)).await?;
    risk::mark(&mut tx, customer, OrgId(row.org_id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a declaration before its time.
///
/// # Errors
/// As [`accept`].
pub async fn end(
    ctx: &Context,
    principal: &Principal,
    customer: CustomerId,
    seen: (DeclarationId, i64),
    typed: &Answers,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, customer, seen).await?;
    let next = after(state(&row)?, Act::End)?;
    let mut form = Form::new(typed);
    let why = form.lines("end_reason", 1000, "Say why it ends");
    form.done()?;
    rows::end(&mut tx, seen, next.code(), &why).await?;
    note(ctx, &mut tx, Some(seat), seen.0, ("ended", &why), Some(&why)).await?;
    risk::mark(&mut tx, customer, OrgId(row.org_id)).await?;
    tx.commit().await?;
    Ok(())
}

/// From which day and until when a signed declaration is offered to be accepted.
#[must_use]
pub fn usual_term(template: &Template, period: Option<(Date, Date)>, signed: Date) -> (Date, Option<Date>) {
    match (template.validity, period) {
        (Validity::Year, Some((from, until))) => (from.max(signed), Some(until)),
        _ => (signed, template.latest(signed)),
    }
}
