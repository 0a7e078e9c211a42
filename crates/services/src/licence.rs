//! An authority's register of licensed operators and of permits, and what companies ask about it.
//!
//! Every change of an entry, by a form, by an act or by a file, goes through [`write`]: it keeps the version, the columns by
//! which the entry is found, and the audit row together. The register is the authority's own: a company asks ([`request`])
//! and reads the answer, never an entry.

mod held;
pub mod import;
mod read;
pub mod request;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use domain::{
    access::{Action, Principal},
    answers::{Answers, when::Order},
    customer::Fault,
    date::Date,
    encoding::hex,
    fold::{squash, words},
    ids::{LicenceId, OrgId},
    licence::{Entry, Names, Sort, Stop, StopKind},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use store::{
    StoreError, Tx,
    licence::{self as rows, Content, LicenceRow},
};

use crate::{
    Context, Result,
    audit::{self, Act},
    error::{Problem, Refusal},
    input::Form,
    seat::Seat,
};

pub(crate) use held::Registers;
pub use held::{Match, Near};
pub use read::{Compared, Filter, Item, Listed, Version, View, ask, asked, compare, every, list, today, view};
pub use request::{Confirmation, standing};

/// Whether an entry is made or changed.
pub(crate) enum Place<'r> {
    /// It is made, in the register of this authority.
    New(OrgId),
    /// It is there and held by the transaction.
    There(&'r LicenceRow),
}

/// The one way in which an entry comes into being or changes. `step` says in words what is done. An entry that would stay as
/// it is gets no version.
pub(crate) async fn write(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    place: Place<'_>,
    after: &Entry,
    step: &str,
) -> Result<LicenceId> {
    let json = serde_json::to_string(after).map_err(|error| Refusal::Fault(error.to_string()))?;
    let (number_key, holder_key, found_by) = (key(after.number()), words(after.holder()), after.search_words());
    let stops: Vec<_> = after.stops().iter().map(|stop| (stop.kind.code(), stop.from, stop.to)).collect();
    let (starts, ends) = after.days();
    let content = Content {
        number: after.number(),
        number_key: &number_key,
        holder: after.holder(),
        holder_key: &holder_key,
        country: after.country().code(),
        starts,
        ends,
        content: &json,
        found_by: &found_by,
        stops: &stops,
    };
    let (id, version) = match place {
        Place::New(org) => {
            let id = LicenceId(ctx.new_id());
            let what = (org, after.sort().code());
            rows::insert(tx, id, what, &content, seat.id(), ctx.now()).await.map_err(taken)?;
            (id, 1)
        }
        Place::There(row) => {
            let id = LicenceId(row.id);
            if entry(row)? == *after {
                return Ok(id);
            }
            let org = OrgId(row.org_id);
            rows::save(tx, (id, row.version), org, &content, seat.id(), ctx.now()).await.map_err(taken)?;
            (id, row.version + 1)
        }
    };
    rows::add_version(tx, (id, version), &json, step, seat.id(), ctx.now()).await?;
    let before = (version > 1).then(|| Trace { version: version - 1, sha256: None });
    let now = Trace { version, sha256: Some(hex(&Sha256::digest(&json))) };
    audit::record(ctx, tx, act(seat, step, "licence", id.to_string()), before.as_ref(), Some(&now)).await?;
    Ok(id)
}

/// What the log commits to: which version, and the digest of what it says.
#[derive(Serialize)]
struct Trace {
    version: i64,
    sha256: Option<String>,
}

fn act<'s>(seat: Seat<'s>, step: &'s str, object_kind: &'s str, object_id: String) -> Act<'s> {
    Act { actor: seat.actor(), action: Action::KeepLicences, step, object_kind, object_id }
}

/// By which a number is recognised, however it is written. One without a letter or digit is itself.
pub(crate) fn key(number: &str) -> String {
    let key = squash(number);
    if key.is_empty() { number.to_owned() } else { key }
}

/// Another entry has the number.
fn taken(error: StoreError) -> Refusal {
    match error {
        StoreError::Conflict(_) => Refusal::Invalid(vec![Problem::new(
            "number",
            "Another entry of the register has this number. Look at that one first",
        )]),
        other => other.into(),
    }
}

/// What a row holds.
pub(crate) fn entry(row: &LicenceRow) -> Result<Entry> {
    serde_json::from_str(&row.content).map_err(|error| Refusal::Fault(format!("licence {}: {error}", row.id)))
}

fn refused(faults: Vec<Fault>) -> Refusal {
    Refusal::Invalid(faults.into_iter().map(|fault| Problem::new(fault.field, fault.message)).collect())
}

/// How dates are written where the authority is.
fn order(seat: Seat<'_>) -> Order {
    Order::of_country(&seat.membership.country)
}

/// Adds an entry from what was typed.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per column; [`Refusal::NotFound`] without the right.
pub async fn create(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    sort: Sort,
    typed: &Answers,
) -> Result<LicenceId> {
    let seat = Seat::take(principal, org, Action::KeepLicences)?;
    let catalogue = ctx.catalogue();
    let made = Entry::read(sort, None, typed, order(seat), &Names::of_all(&catalogue)).map_err(refused)?;
    let mut tx = ctx.db.begin().await?;
    let id = write(ctx, &mut tx, seat, Place::New(org), &made, "entered").await?;
    tx.commit().await?;
    Ok(id)
}

/// The entry, held by the transaction, and the seat from which it is changed.
async fn held<'p>(
    tx: &mut Tx,
    principal: &'p Principal,
    (id, version): (LicenceId, i64),
) -> Result<(LicenceRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = rows::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.org_id), Action::KeepLicences)?;
    if row.version == version { Ok((row, seat)) } else { Err(Refusal::Stale) }
}

/// Changes an entry to what was typed. Suspensions and revocations stay: there are acts for them.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per column; [`Refusal::Stale`] if it was changed since `version`;
/// [`Refusal::NotFound`] without the right.
pub async fn change(ctx: &Context, principal: &Principal, seen: (LicenceId, i64), typed: &Answers) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, seen).await?;
    let (before, catalogue) = (entry(&row)?, ctx.catalogue());
    let typed = typed.only(|name| name != "stops");
    let names = Names::of_all(&catalogue);
    let after = Entry::read(before.sort(), Some(&before), &typed, order(seat), &names).map_err(refused)?;
    write(ctx, &mut tx, seat, Place::There(&row), &after, "changed").await?;
    tx.commit().await?;
    Ok(())
}

/// Suspends or revokes a licence from a day on, with a reason.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotPossible`] for a permit; else as [`change`].
pub async fn stop(ctx: &Context, principal: &Principal, seen: (LicenceId, i64), typed: &Answers) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, seen).await?;
    let Entry::Licence(mut licence) = entry(&row)? else {
        return Err(Refusal::NotPossible("Only a licence can be suspended. Set the last day of the permit.".into()));
    };
    let stop = typed_stop(typed, seat)?;
    let step = stop.kind.label();
    licence.stops.push(stop);
    write(ctx, &mut tx, seat, Place::There(&row), &Entry::Licence(licence), step).await?;
    tx.commit().await?;
    Ok(())
}

fn typed_stop(typed: &Answers, seat: Seat<'_>) -> Result<Stop> {
    let mut form = Form::new(typed);
    let kind = StopKind::from_code(form.raw("kind"));
    if kind.is_none() {
        form.problem("kind", "Choose what is done");
    }
    let day = |form: &mut Form<'_>, field: &str, needed: bool| {
        let text = form.optional(field, 60);
        if text.is_empty() {
            if needed && !form.has_problem(field) {
                form.problem(field, "Enter the first day");
            }
            return None;
        }
        let read = domain::answers::when::parse_date(&text, order(seat));
        read.map_err(|error| form.problem(field, error.to_string())).ok()
    };
    let from = day(&mut form, "from", true);
    let to = day(&mut form, "to", false);
    let reason = form.line("reason", 500, "Say why: it stands in the register");
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        form.problem("to", "It ends before it begins");
    }
    if kind == Some(StopKind::Revoked) && to.is_some() {
        form.problem("to", "A revocation has no end. Leave this empty, or suspend the licence");
    }
    form.done()?;
    match (kind, from) {
        (Some(kind), Some(from)) => Ok(Stop { kind, from, to, reason }),
        _ => Err(Refusal::Fault("a stop was read and is not there".into())),
    }
}

/// Ends the suspension that holds: the day before today is its last one. What was suspended before stays known.
///
/// # Errors
/// [`Refusal::NotPossible`] if nothing is suspended today, or the licence is revoked; else as [`change`].
pub async fn lift(ctx: &Context, principal: &Principal, seen: (LicenceId, i64)) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, seen).await?;
    let today = read::day_there(seat.membership, ctx.now());
    let before = entry(&row)?;
    let Entry::Licence(mut licence) = before else { return Err(nothing_to_lift()) };
    let holds = |stop: &Stop| stop.kind == StopKind::Suspended && stop.holds(today);
    if licence.stopped(today).is_none_or(|stop| !holds(stop)) {
        return Err(nothing_to_lift());
    }
    let yesterday = Date::from_days(today.days() - 1);
    // One that began today did not hold on any day.
    licence.stops.retain(|stop| !(holds(stop) && stop.from == today));
    licence.stops.iter_mut().filter(|stop| holds(stop)).for_each(|stop| stop.to = Some(yesterday));
    write(ctx, &mut tx, seat, Place::There(&row), &Entry::Licence(licence), "suspension lifted").await?;
    tx.commit().await?;
    Ok(())
}

fn nothing_to_lift() -> Refusal {
    Refusal::NotPossible("This licence is not suspended today, so there is nothing to lift.".to_owned())
}
