//! Files as pages list them and people take them out, for each side what it may know.

use std::collections::HashMap;

use domain::{
    access::{Action, Principal, Role},
    encoding::hex,
    evidence::{Deed, Kind},
    ids::{DraftId, EvidenceId, OrgId, ReportId},
    reference::Reference,
    time::Timestamp,
};
use store::evidence::{CustodyRow, EvidenceRow};
use tokio::{fs::File, io::AsyncReadExt as _};
use uuid::Uuid;

use super::{note, proof};
use crate::{
    Context, Result,
    draft::{self, action},
    error::Refusal,
    report::access,
    seat::Seat,
};

/// How much of a file is read at once.
pub(super) const PIECE: usize = 64 * 1024;

/// A file in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Identity.
    pub id: EvidenceId,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: Kind,
    /// Bytes.
    pub size: u64,
    /// SHA-256 over them, in hexadecimal.
    pub sha256: String,
    /// Who added it; none if it was somebody of the authority and a company asks.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Its custody log, newest first; empty in a draft.
    pub custody: Vec<Custody>,
}

/// A line of the custody log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Custody {
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub deed: Deed,
    /// In which role.
    pub role: Option<Role>,
    /// By whom; none if it was somebody of the authority and a company asks.
    pub person: Option<String>,
}

/// The files of a draft, the first added first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn of_draft(ctx: &Context, principal: &Principal, id: DraftId) -> Result<Vec<EvidenceFile>> {
    draft::find(ctx, principal, id).await?;
    let rows = store::evidence::of_draft(&mut ctx.db.reader(), id).await?;
    rows.into_iter().map(|row| file(row, &mut HashMap::new(), false)).collect()
}

/// The files of a report, as its company may know them.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn for_company(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<Vec<EvidenceFile>> {
    let (row, _) = access::own(ctx, principal, reference, Action::ReadOwnReports).await?;
    let custody = store::evidence::custody_for_company(&mut ctx.db.reader(), ReportId(row.id)).await?;
    files(ctx, ReportId(row.id), custody, true).await
}

/// The files of a report, for the desk.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn for_desk(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<Vec<EvidenceFile>> {
    let (row, _) = access::desk(ctx, principal, reference, Action::ReadReports).await?;
    let custody = store::evidence::custody(&mut ctx.db.reader(), ReportId(row.id)).await?;
    files(ctx, ReportId(row.id), custody, false).await
}

async fn files(
    ctx: &Context,
    report: ReportId,
    custody: Vec<CustodyRow>,
    for_company: bool,
) -> Result<Vec<EvidenceFile>> {
    let mut lines: HashMap<Uuid, Vec<Custody>> = HashMap::new();
    for row in custody {
        let id = row.evidence_id;
        lines.entry(id).or_default().push(line(row)?);
    }
    let rows = store::evidence::of_report(&mut ctx.db.reader(), report).await?;
    rows.into_iter().map(|row| file(row, &mut lines, for_company)).collect()
}

fn file(row: EvidenceRow, lines: &mut HashMap<Uuid, Vec<Custody>>, for_company: bool) -> Result<EvidenceFile> {
    let hidden = for_company && row.side != "company";
    Ok(EvidenceFile {
        id: EvidenceId(row.id),
        kind: kind(&row)?,
        size: row.size.unsigned_abs(),
        sha256: hex(&row.sha256),
        by: (!hidden).then_some(row.person),
        at: Timestamp(row.added_at),
        custody: lines.remove(&row.id).unwrap_or_default(),
        name: row.name,
    })
}

fn kind(row: &EvidenceRow) -> Result<Kind> {
    Kind::from_code(&row.kind).ok_or_else(|| Refusal::Fault(format!("no kind of evidence {}", row.kind)))
}

fn line(row: CustodyRow) -> Result<Custody> {
    let deed = Deed::from_code(&row.act).ok_or_else(|| Refusal::Fault(format!("no deed {}", row.act)))?;
    Ok(Custody { at: Timestamp(row.at), deed, role: Role::from_code(&row.role), person: row.person })
}

/// A file that is taken out, read piece by piece.
#[derive(Debug)]
pub struct Download {
    /// Name to offer.
    pub name: String,
    /// Kind.
    pub kind: Kind,
    /// Bytes.
    pub size: u64,
    file: File,
}

impl Download {
    /// The next piece; none at the end.
    ///
    /// # Errors
    /// If the disk gives nothing.
    pub async fn piece(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::with_capacity(PIECE);
        let read = self.file.read_buf(&mut bytes).await?;
        Ok((read > 0).then_some(bytes))
    }
}

/// Takes a file out of a draft.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the draft has no such file.
pub async fn open_draft(ctx: &Context, principal: &Principal, draft: DraftId, id: EvidenceId) -> Result<Download> {
    let (row, seat) = draft::find(ctx, principal, draft).await?;
    let action = action(row.taken_by_authority.is_some());
    open(ctx, (seat, action), id, |file| file.draft_id == Some(draft.0) && file.report_id.is_none()).await
}

/// Takes a file out of a report, for the company `org`.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the report is another's or has no such file.
pub async fn open_own(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    org: OrgId,
    id: EvidenceId,
) -> Result<Download> {
    let (row, seat) = access::own(ctx, principal, reference, Action::ReadOwnReports).await?;
    if row.org_id != org.0 {
        return Err(Refusal::NotFound);
    }
    open(ctx, (seat, Action::ReadOwnReports), id, |file| file.report_id == Some(row.id)).await
}

/// Takes a file out of a report, for the desk of `authority`.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the report is another's or has no such file.
pub async fn open_for_desk(
    ctx: &Context,
    principal: &Principal,
    reference: &Reference,
    authority: OrgId,
    id: EvidenceId,
) -> Result<Download> {
    let (row, seat) = access::desk(ctx, principal, reference, Action::ReadReports).await?;
    if row.authority_id != authority.0 {
        return Err(Refusal::NotFound);
    }
    open(ctx, (seat, Action::ReadReports), id, |file| file.report_id == Some(row.id)).await
}

async fn open(
    ctx: &Context,
    (seat, action): (Seat<'_>, Action),
    id: EvidenceId,
    belongs: impl Fn(&EvidenceRow) -> bool,
) -> Result<Download> {
    let row = store::evidence::find(&mut ctx.db.reader(), id).await?.filter(belongs).ok_or(Refusal::NotFound)?;
    let file = proof::open(ctx, &row, action).await?;
    let mut tx = ctx.db.begin().await?;
    note(ctx, &mut tx, (seat, action), id, Deed::Opened, None).await?;
    tx.commit().await?;
    Ok(Download { kind: kind(&row)?, size: row.size.unsigned_abs(), name: row.name, file })
}

/// A file of the folder, if its bytes are still those that were taken in. The right to it, and that it was taken out, is the
/// caller's to see to.
pub(crate) async fn hand_out(ctx: &Context, stored: proof::Stored<'_>, name: &str, kind: Kind) -> Result<Download> {
    let file = proof::whole(ctx, stored).await?;
    Ok(Download { kind, name: name.to_owned(), size: stored.size, file })
}
