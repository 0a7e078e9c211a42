//! Lists that leave the portal as files: who may read a list may take it away, by the filter that is set, and that they
//! did stands in the log.
//!
//! A list is read in pieces and held whole, since a workbook cannot be written before its last row is known; so there is a
//! bound, [`MOST`]. A longer list is refused rather than cut: a file that looks whole and is not would be worse than none.
//! What is public (the catalogue) needs none of this.

use domain::{
    access::{Action, Principal},
    customer::{Customer, State},
    figures::Period,
    ids::{ImportId, OrgId},
    indicator::Band,
    organisation::OrgStatus,
    refdata::{Kind, Sheet, Table},
    reference::Reference,
    report::{ReportKind, ReporterState},
};
use serde::Serialize;
use serde_json::json;

use crate::{
    Context, Result,
    audit::{self, Act},
    customer,
    desk::{self, QueueFilter, QueueItem},
    error::Refusal,
    figures::{self, Figure},
    label,
    learning::{self, Line},
    licence, log, notice,
    organisation::{self, Installation, Listed},
    refdata,
    report::{self, Filter, ReportItem, access},
    search::{self, Hit, QuestionId},
    seat::Seat,
    team::{self, Member},
};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

/// The most rows that one file holds.
pub const MOST: usize = 20_000;

/// Rows that are asked for at once.
const PIECE: u16 = 1000;

/// What the log commits to: no name, no case.
#[derive(Serialize)]
pub(crate) struct Trace<'a> {
    /// Ending of the file.
    pub format: &'a str,
    /// How many rows, or reports, it holds.
    pub rows: usize,
    /// What was looked for.
    pub filter: serde_json::Value,
}

/// What is taken away, as the log has it.
pub(crate) struct Taken<'a> {
    /// Under which right.
    pub action: Action,
    /// What.
    pub step: &'static str,
    /// Of what kind of object.
    pub kind: &'static str,
    /// Which object.
    pub id: String,
    /// How much.
    pub trace: Trace<'a>,
}

/// The reports of a company that the person may see, newest first.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company; [`Refusal::NotPossible`] if there are too many.
pub async fn own_reports(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    filter: Filter,
    format: &str,
) -> Result<Vec<ReportItem>> {
    let (mut items, mut after) = (Vec::new(), None);
    loop {
        let page = report::list(ctx, principal, org, filter, after, PIECE).await?;
        if !more(&mut items, page.rows, &mut after, page.next)? {
            break;
        }
    }
    let filter = json!({ "state": filter.state.map(ReporterState::code) });
    let trace = Trace { format, rows: items.len(), filter };
    let (action, step) = (Action::ReadOwnReports, "list of reports exported");
    note(ctx, principal, org, Taken { action, step, kind: "org", id: org.to_string(), trace }).await?;
    Ok(items)
}

/// The files of a company's customers, by name.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company; [`Refusal::NotPossible`] if there are too many.
pub async fn customers(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    filter: &customer::Filter,
    format: &str,
) -> Result<Vec<Customer>> {
    let (mut files, mut after) = (Vec::new(), None);
    loop {
        let (piece, next) = customer::every(ctx, principal, org, filter, after, PIECE).await?;
        if !more(&mut files, piece, &mut after, next)? {
            break;
        }
    }
    let filter = json!({ "state": filter.state.map(State::code), "searched": !filter.words.is_empty() });
    let trace = Trace { format, rows: files.len(), filter };
    let (action, step) = (Action::ReadCustomers, "list of customers exported");
    note(ctx, principal, org, Taken { action, step, kind: "org", id: org.to_string(), trace }).await?;
    Ok(files)
}

/// The most entries of a register that one file holds: a register is taken away whole.
const MOST_LICENCES: usize = 100_000;

/// Entries of an authority's register, by holder.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the authority; [`Refusal::NotPossible`] if there are too many.
pub async fn licences(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    filter: &licence::Filter,
    format: &str,
) -> Result<Vec<domain::licence::Entry>> {
    let (mut entries, mut after) = (Vec::new(), None);
    loop {
        let (piece, next) = licence::every(ctx, principal, org, filter, after, PIECE).await?;
        entries.extend(piece.into_iter().map(|item| item.entry));
        if entries.len() > MOST_LICENCES {
            let sentence =
                "This register has more than 100 000 entries, too many for one file. Narrow it with the filters.";
            return Err(Refusal::NotPossible(sentence.to_owned()));
        }
        if next.is_none() {
            break;
        }
        after = next;
    }
    let searched = !filter.words.is_empty();
    let standing = filter.standing.map(domain::licence::Standing::code);
    let filter = json!({ "sort": filter.sort.code(), "standing": standing, "searched": searched });
    let trace = Trace { format, rows: entries.len(), filter };
    let (action, step) = (Action::ReadLicences, "register exported");
    note(ctx, principal, org, Taken { action, step, kind: "org", id: org.to_string(), trace }).await?;
    Ok(entries)
}

/// What is wrong with the rows of a file for the register.
///
/// # Errors
/// [`Refusal::NotFound`] without the right in its authority.
pub async fn licence_errors(
    ctx: &Context,
    principal: &Principal,
    id: ImportId,
    format: &str,
) -> Result<licence::import::Import> {
    let found = licence::import::wrong_rows(ctx, principal, id, MOST).await?;
    let trace = Trace { format, rows: found.wrong.len(), filter: serde_json::Value::Null };
    let (action, step) = (Action::KeepLicences, "rows of a file for the register exported");
    let taken = Taken { action, step, kind: "licence_import", id: id.to_string(), trace };
    note(ctx, principal, found.org, taken).await?;
    Ok(found)
}

/// The rows of an import that could not be carried out, with the titles of its columns.
///
/// # Errors
/// [`Refusal::NotFound`] without the right in its company.
pub async fn wrong_rows(
    ctx: &Context,
    principal: &Principal,
    id: ImportId,
    format: &str,
) -> Result<(Vec<String>, Vec<customer::import::WrongRow>)> {
    let org = customer::import::view(ctx, principal, id).await?.org;
    let (titles, rows) = customer::import::wrong_rows(ctx, principal, id).await?;
    let trace = Trace { format, rows: rows.len(), filter: serde_json::Value::Null };
    let (action, step) = (Action::WriteCustomers, "rows of an import exported");
    note(ctx, principal, org, Taken { action, step, kind: "customer_import", id: id.to_string(), trace }).await?;
    Ok((titles, rows))
}

/// A view of the queue of an authority, in its order.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk; [`Refusal::NotPossible`] if there are too many.
pub async fn queue(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    filter: &QueueFilter,
    format: &str,
) -> Result<Vec<QueueItem>> {
    let me = Seat::take(principal, authority, Action::ReadReports)?.id();
    let labels = label::of_authority(&mut ctx.db.reader(), authority).await?;
    let (mut items, mut after) = (Vec::new(), None);
    loop {
        let page = desk::rows(ctx, (authority, me), filter, &labels, after, PIECE).await?;
        if !more(&mut items, page.rows, &mut after, page.next)? {
            break;
        }
    }
    let filter = json!({
        "view": filter.view.code(),
        "band": filter.band.map(Band::code),
        "kind": filter.kind.map(ReportKind::code),
        "substance": filter.substance,
        "overdue": filter.overdue,
        "new": filter.fresh,
        "label": filter.label,
    });
    let trace = Trace { format, rows: items.len(), filter };
    let (action, step) = (Action::ReadReports, "list of reports exported");
    note(ctx, principal, authority, Taken { action, step, kind: "org", id: authority.to_string(), trace }).await?;
    Ok(items)
}

/// What a question found; none if the person asked no such question here, or it has lapsed.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk; [`Refusal::NotPossible`] if there are too many.
pub async fn found(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    id: QuestionId,
    format: &str,
) -> Result<Option<Vec<Hit>>> {
    let (mut hits, mut after) = (Vec::new(), None);
    loop {
        let page = search::piece(ctx, principal, authority, id, after, PIECE.into()).await?;
        let Some(page) = page else { return Ok(None) };
        if !more(&mut hits, page.hits, &mut after, page.next)? {
            break;
        }
    }
    let trace = Trace { format, rows: hits.len(), filter: serde_json::Value::Null };
    let (action, step) = (Action::ReadReports, "list of found reports exported");
    note(ctx, principal, authority, Taken { action, step, kind: "search", id: id.to_string(), trace }).await?;
    Ok(Some(hits))
}

/// An authority's companies, those of one status or all.
///
/// # Errors
/// [`Refusal::NotFound`] outside the authority; [`Refusal::NotPossible`] if there are too many.
pub async fn companies(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    status: Option<OrgStatus>,
    format: &str,
) -> Result<Vec<Listed>> {
    let (mut companies, mut after) = (Vec::new(), None);
    loop {
        let page = organisation::piece(ctx, principal, authority, status, after, PIECE.into()).await?;
        if !more(&mut companies, page.companies, &mut after, page.next)? {
            break;
        }
    }
    let trace = Trace { format, rows: companies.len(), filter: json!({ "status": status.map(OrgStatus::code) }) };
    let (action, step) = (Action::ReadOrganisations, "list of organisations exported");
    note(ctx, principal, authority, Taken { action, step, kind: "org", id: authority.to_string(), trace }).await?;
    Ok(companies)
}

/// The authorities and associations of the installation.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody but a system administrator.
pub async fn installation(ctx: &Context, principal: &Principal, format: &str) -> Result<Installation> {
    let org = organisation::system(principal, Action::ViewSystem)?.org;
    let found = organisation::installation(ctx, principal).await?;
    let rows = found.authorities.len() + found.associations.len();
    let trace = Trace { format, rows, filter: serde_json::Value::Null };
    let (action, step) = (Action::ViewSystem, "list of organisations exported");
    note(ctx, principal, org, Taken { action, step, kind: "org", id: org.to_string(), trace }).await?;
    Ok(found)
}

/// The people of an organisation, by name.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody who does not belong to it.
pub async fn members(ctx: &Context, principal: &Principal, org: OrgId, format: &str) -> Result<Vec<Member>> {
    let members = team::view(ctx, principal, org).await?.members;
    let trace = Trace { format, rows: members.len(), filter: serde_json::Value::Null };
    let (action, step) = (Action::ReadTeam, "list of colleagues exported");
    note(ctx, principal, org, Taken { action, step, kind: "org", id: org.to_string(), trace }).await?;
    Ok(members)
}

/// How far an organisation's people are with what they are to learn.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody but those who assign.
pub async fn learning(ctx: &Context, principal: &Principal, org: OrgId, format: &str) -> Result<Vec<Line>> {
    let lines = learning::overview(ctx, principal, org).await?.lines;
    let trace = Trace { format, rows: lines.len(), filter: serde_json::Value::Null };
    let (action, step) = (Action::ManageLearning, "progress of learning exported");
    note(ctx, principal, org, Taken { action, step, kind: "org", id: org.to_string(), trace }).await?;
    Ok(lines)
}

/// Who of those whom an authority knows by name has taken note of one of its notices.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody else, and if the notice asks for no acknowledgement.
pub async fn acknowledgements(
    ctx: &Context,
    principal: &Principal,
    (org, reference): notice::Own<'_>,
    format: &str,
) -> Result<Vec<notice::Line>> {
    let found = notice::figures(ctx, principal, (org, reference)).await?;
    let notice::Taken::Named { lines, .. } = found.taken else { return Err(Refusal::NotFound) };
    if lines.len() > MOST {
        return Err(too_many());
    }
    let trace = Trace { format, rows: lines.len(), filter: json!({ "revision": found.revision }) };
    let (action, step) = (Action::ReadNotices, "acknowledgements of a notice exported");
    note(ctx, principal, org, Taken { action, step, kind: "notice", id: reference.to_string(), trace }).await?;
    Ok(lines)
}

/// A table of the reference data that holds for an organisation, with the tables beside it.
///
/// # Errors
/// [`Refusal::NotFound`] without the right to read it, or if there is no such table.
pub async fn reference_data(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    (kind, table): (Kind, &str),
    format: &str,
) -> Result<(&'static Table, Sheet)> {
    let view = refdata::kind(ctx, principal, org, kind).await?;
    let table = kind.table(view.scope, table).ok_or(Refusal::NotFound)?;
    let filter = json!({ "table": table.name, "version": view.holds.number, "own": view.holds.own });
    let trace = Trace { format, rows: view.sheet.rows(table.name).len(), filter };
    let (action, step) = (Action::ReadReferenceData, "reference data exported");
    note(ctx, principal, org, Taken { action, step, kind: "refdata", id: kind.code().to_owned(), trace }).await?;
    Ok((table, view.sheet))
}

/// An organisation's log, newest first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right to read it; [`Refusal::NotPossible`] if there are too many acts.
pub async fn acts(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    filter: &log::Filter,
    format: &str,
) -> Result<Vec<log::Entry>> {
    let found = log::page(ctx, principal, org, filter, MOST).await?;
    if found.next.is_some() {
        return Err(too_many());
    }
    let chosen = json!({
        "person": filter.person,
        "report": filter.report.as_ref().map(ToString::to_string),
        "from": filter.from.map(|day| day.to_string()),
        "to": filter.to.map(|day| day.to_string()),
    });
    let trace = Trace { format, rows: found.entries.len(), filter: chosen };
    let (action, step) = (Action::ReadLog, "log exported");
    note(ctx, principal, org, Taken { action, step, kind: "org", id: org.to_string(), trace }).await?;
    Ok(found.entries)
}

/// The figures of a desk over a period, as one list.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn figures(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    period: Period,
    format: &str,
) -> Result<Vec<Figure>> {
    let list = figures::figures(ctx, principal, authority, period).await?.list();
    let trace = Trace { format, rows: list.len(), filter: json!({ "weeks": period.code() }) };
    let (action, step) = (Action::ReadFigures, "figures exported");
    note(ctx, principal, authority, Taken { action, step, kind: "org", id: authority.to_string(), trace }).await?;
    Ok(list)
}

/// Notes that somebody takes the record of their company's report.
///
/// # Errors
/// [`Refusal::NotFound`] unless they may see it.
pub async fn own_record(ctx: &Context, principal: &Principal, reference: &Reference, version: i64) -> Result<()> {
    let (row, _) = access::own(ctx, principal, reference, Action::ReadOwnReports).await?;
    let taken = record_of(reference, version, Action::ReadOwnReports);
    note(ctx, principal, OrgId(row.org_id), taken).await
}

/// The same for the desk.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk of its authority.
pub async fn desk_record(ctx: &Context, principal: &Principal, reference: &Reference, version: i64) -> Result<()> {
    let (row, _) = access::desk(ctx, principal, reference, Action::ReadReports).await?;
    let taken = record_of(reference, version, Action::ReadReports);
    note(ctx, principal, OrgId(row.authority_id), taken).await
}

fn record_of(reference: &Reference, version: i64, action: Action) -> Taken<'static> {
    let trace = Trace { format: "pdf", rows: 1, filter: json!({ "version": version }) };
    Taken { action, step: "report taken as PDF", kind: "report", id: reference.to_string(), trace }
}

/// Adds a piece, and says whether there is another.
fn more<T, C>(all: &mut Vec<T>, piece: Vec<T>, after: &mut Option<C>, next: Option<C>) -> Result<bool> {
    all.extend(piece);
    if all.len() > MOST {
        return Err(too_many());
    }
    *after = next;
    Ok(after.is_some())
}

fn too_many() -> Refusal {
    let sentence = "This list has more than 20 000 rows, too many for one file. Narrow it with the filters and take it \
                    away in parts.";
    Refusal::NotPossible(sentence.to_owned())
}

/// Leaves the row of the log. Nothing is handed out that is not noted.
pub(crate) async fn note(ctx: &Context, principal: &Principal, org: OrgId, taken: Taken<'_>) -> Result<()> {
    let seat = Seat::take(principal, org, taken.action)?;
    let act = Act {
        actor: seat.actor(),
        action: taken.action,
        step: taken.step,
        object_kind: taken.kind,
        object_id: taken.id,
    };
    let mut tx = ctx.db.begin().await?;
    audit::record(ctx, &mut tx, act, audit::NONE, Some(&taken.trace)).await?;
    tx.commit().await?;
    Ok(())
}
