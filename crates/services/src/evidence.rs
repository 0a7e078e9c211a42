//! Evidence: files that belong to a report.
//!
//! - The bytes lie in the folder `evidence` of the data folder, under random names. A file is durable before its row is
//!   written ([`incoming`]); what has no row is swept after a day ([`sweep`]).
//! - What a file is, is judged by [`domain::evidence`] while it comes in; nothing is ever unpacked or run.
//! - A draft's files can be removed. Sending hands them over with their hashes, and from then on nothing is removed; the
//!   company can add further ones.
//! - Before bytes leave, and before a report is sent with them, they are hashed anew ([`proof`]).
//! - Whoever has a file in hands leaves a line in its custody log and a row in the audit log.

use domain::{
    access::{Action, Principal},
    encoding::hex,
    evidence::{Deed, MAX_FILES, MAX_REPORT},
    ids::{DraftId, EvidenceId, OrgId, ReportId},
    organisation::OrgKind,
    reference::Reference,
};
use serde::Serialize;
use store::{
    Tx,
    evidence::{NewCustody, NewEvidence},
};

use crate::{
    Context, Result,
    audit::{self, Act, NONE},
    draft::{self, action},
    error::{Problem, Refusal},
    outbox::Template,
    report::{
        access,
        standing::{self, Trace},
    },
    seat::Seat,
    thread::{self, Said},
};

mod incoming;
mod proof;
mod read;
mod swept;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

pub use incoming::{Arrived, Incoming};
pub(crate) use read::hand_out;
pub use read::{Custody, Download, EvidenceFile, for_company, for_desk, of_draft, open_draft, open_for_desk, open_own};
pub use swept::sweep;

pub(crate) use proof::{Stored, of_draft as prove};

/// The form field that carries files, and at which is said what is wrong with them.
pub const FIELD: &str = "files";

/// A file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Its name as shown.
    pub name: String,
    /// Why not, and what to do.
    pub why: String,
}

impl Rejected {
    /// As a problem of the form.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem::new(FIELD, format!("{}: {}", self.name, self.why))
    }
}

/// What the audit log commits to.
#[derive(Serialize)]
struct Held<'a> {
    name: &'a str,
    size: i64,
    sha256: String,
}

fn side(seat: Seat<'_>) -> &'static str {
    if seat.membership.kind == OrgKind::Authority { "authority" } else { "company" }
}

/// Adds files to a draft; those that its limits leave no room for come back.
///
/// # Errors
/// [`Refusal::NotFound`] without the right; [`Refusal::NotPossible`] if the draft is not open.
pub async fn add_to_draft(
    ctx: &Context,
    principal: &Principal,
    id: DraftId,
    files: Vec<Arrived>,
) -> Result<Vec<Rejected>> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = draft::lock(&mut tx, principal, id).await?;
    if !row.archived_as.is_empty() {
        return Err(Refusal::NotPossible("This draft is not open any more, so no file was added.".into()));
    }
    let home = Home { draft: Some(id), report: None, beside: row.completes_report.map(ReportId) };
    let (kept, rejected) = fitting(&mut tx, &home, files).await?;
    for file in &kept {
        insert(ctx, &mut tx, (seat, action(row.taken_by_authority.is_some())), &home, file).await?;
    }
    commit(tx, kept).await?;
    Ok(rejected)
}

/// Adds files to a draft in the caller's transaction. They stay once the caller has them kept. Who sends a concern sends at most
/// as many as fit.
pub(crate) async fn into_draft(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    id: DraftId,
    files: Vec<Arrived>,
) -> Result<Vec<Arrived>> {
    let home = Home { draft: Some(id), report: None, beside: None };
    let (kept, _) = fitting(tx, &home, files).await?;
    for file in &kept {
        insert(ctx, tx, (seat, Action::WriteReports), &home, file).await?;
    }
    Ok(kept)
}

/// Whether the principal may add files to a sent report: asked before anything is taken in.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn may_add(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<OrgId> {
    let (row, _) = access::own(ctx, principal, reference, Action::WriteReports).await?;
    Ok(OrgId(row.org_id))
}

/// Adds files to a report that was sent; those that its limits leave no room for come back. The authority is told that
/// something waits.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn add_to_report(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    files: Vec<Arrived>,
) -> Result<Vec<Rejected>> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = access::lock_own(&mut tx, principal, reference, Action::WriteReports).await?;
    let before = Trace::of(&row);
    let home = Home { draft: None, report: Some((ReportId(row.id), row.current_version)), beside: None };
    let (kept, rejected) = fitting(&mut tx, &home, files).await?;
    if kept.is_empty() {
        return Ok(rejected);
    }
    for file in &kept {
        insert(ctx, &mut tx, (seat, Action::WriteReports), &home, file).await?;
    }
    let names = kept.iter().map(|file| file.name.clone()).collect();
    thread::by_company(ctx, &mut tx, &mut row, seat, Said::EvidenceAdded { names }, "").await?;
    standing::save(&mut tx, &mut row).await?;
    thread::tell_authority(ctx, &mut tx, &row, Template::MessageWaiting).await?;
    thread::record(ctx, &mut tx, seat, (Action::WriteReports, "evidence added"), Some(&before), &row).await?;
    commit(tx, kept).await?;
    Ok(rejected)
}

/// Where files go, and whose files count towards the same limits.
struct Home {
    draft: Option<DraftId>,
    report: Option<(ReportId, i64)>,
    beside: Option<ReportId>,
}

/// The files for which there is room, and the others.
async fn fitting(tx: &mut Tx, home: &Home, files: Vec<Arrived>) -> Result<(Vec<Arrived>, Vec<Rejected>)> {
    let report = home.report.map(|(report, _)| report).or(home.beside);
    let held = store::evidence::held(tx, home.draft, report).await?;
    let (mut count, mut bytes) = (usize::try_from(held.files).unwrap_or(MAX_FILES), held.bytes.unsigned_abs());
    let (mut kept, mut rejected) = (Vec::new(), Vec::new());
    for file in files {
        let why = match (count >= MAX_FILES, bytes + file.size > MAX_REPORT) {
            (true, _) => "a report holds at most 100 files",
            (_, true) => "the files of one report hold at most 100 MB together",
            _ => {
                count += 1;
                bytes += file.size;
                kept.push(file);
                continue;
            }
        };
        rejected.push(Rejected { name: file.name.clone(), why: why.to_owned() });
    }
    Ok((kept, rejected))
}

async fn insert(
    ctx: &Context,
    tx: &mut Tx,
    (seat, action): (Seat<'_>, Action),
    home: &Home,
    file: &Arrived,
) -> Result<()> {
    let id = EvidenceId(ctx.new_id());
    let size = i64::try_from(file.size).unwrap_or(i64::MAX);
    let new = NewEvidence {
        id,
        draft: home.draft,
        report: home.report,
        storage: &file.storage,
        name: &file.name,
        original_name: &file.original_name,
        kind: file.kind.code(),
        size,
        sha256: file.sha256,
        side: side(seat),
        person: seat.id(),
        at: ctx.now(),
    };
    store::evidence::insert(tx, &new).await?;
    let held = Held { name: &file.name, size, sha256: hex(&file.sha256) };
    note(ctx, tx, (seat, action), id, Deed::Added, Some(&held)).await
}

/// From here on the files stay, even if it is not known whether the commit came through: the sweep will tell.
async fn commit(tx: Tx, kept: Vec<Arrived>) -> Result<()> {
    for file in kept {
        file.keep();
    }
    tx.commit().await?;
    Ok(())
}

/// Takes a file out of a draft. Its bytes are deleted a day later.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the draft has no such file or was sent.
pub async fn remove(ctx: &Context, principal: &Principal, draft: DraftId, id: EvidenceId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = draft::lock(&mut tx, principal, draft).await?;
    let file = store::evidence::find(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    if file.draft_id != Some(draft.0) || file.report_id.is_some() {
        return Err(Refusal::NotFound);
    }
    store::evidence::remove(&mut tx, id, draft, seat.id(), ctx.now()).await?;
    note(ctx, &mut tx, (seat, action(row.taken_by_authority.is_some())), id, Deed::Removed, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes the files of a draft that is being sent those of the report.
pub(crate) async fn hand_over(
    ctx: &Context,
    tx: &mut Tx,
    (seat, action): (Seat<'_>, Action),
    draft: DraftId,
    (report, version): (ReportId, i64),
) -> Result<()> {
    let files = store::evidence::of_draft(tx, draft).await?;
    store::evidence::hand_over(tx, draft, report, version).await?;
    for file in &files {
        let held = Held { name: &file.name, size: file.size, sha256: hex(&file.sha256) };
        note(ctx, tx, (seat, action), EvidenceId(file.id), Deed::HandedOver, Some(&held)).await?;
    }
    Ok(())
}

/// Writes a line into a file's custody log, and the row of the audit log that belongs to it.
async fn note(
    ctx: &Context,
    tx: &mut Tx,
    (seat, action): (Seat<'_>, Action),
    id: EvidenceId,
    deed: Deed,
    after: Option<&Held<'_>>,
) -> Result<()> {
    let line = NewCustody {
        id: ctx.new_id(),
        evidence: id,
        at: ctx.now(),
        act: deed.code(),
        side: side(seat),
        role: seat.membership.role.code(),
        person: seat.id(),
    };
    store::evidence::note(tx, &line).await?;
    let step = match deed {
        Deed::Added => "evidence added",
        Deed::Removed => "evidence removed",
        Deed::HandedOver => "evidence handed over",
        Deed::Opened => "evidence opened",
    };
    let act = Act { actor: seat.actor(), action, step, object_kind: "evidence", object_id: id.to_string() };
    audit::record(ctx, tx, act, NONE, after).await
}
