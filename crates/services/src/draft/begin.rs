//! Beginning a draft: empty, like an earlier report, as the completion of a quick one, or by an officer on the telephone.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    ids::{DraftId, OrgId, ReportId, UserId},
    organisation::{OrgKind, OrgStatus},
    question::QuestionSet,
    reference::Reference,
    report::ReportKind,
    substance::{Kind, PublicSubstance},
};
use store::{Read, Tx, draft::NewDraft, report::content::VersionRow};

use super::{act, json, record, title, too_much, trace};
use crate::{Context, Result, error::Refusal, report::access, seat::Seat};

/// How a draft begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// What happened, if that has been chosen already.
    pub kind: Option<ReportKind>,
    /// The four questions instead of the full report.
    pub quick: bool,
}

/// Begins a draft for a company, with the person's own contact data filled in.
///
/// # Errors
/// [`Refusal::NotFound`] without the right to write for the company.
pub async fn start(ctx: &Context, principal: &Principal, org: OrgId, how: Start) -> Result<DraftId> {
    start_about(ctx, principal, org, how, "").await
}

/// The same from the page of a catalogue entry, which becomes the first substance or machine. `entry` is its handle;
/// one that the public catalogue does not have leaves the draft as it is.
///
/// # Errors
/// As [`start`].
pub async fn start_about(ctx: &Context, principal: &Principal, org: OrgId, how: Start, entry: &str) -> Result<DraftId> {
    let seat = Seat::take(principal, org, Action::WriteReports)?;
    let mut answers = contact(ctx, seat).await?;
    set_kind(&mut answers, how.kind);
    if let Some(entry) = ctx.catalogue().find_public(entry) {
        set_entry(&mut answers, &entry);
    }
    insert(ctx, seat, New { company: org, taken_by: None, answers, quick: how.quick, continues: None }).await
}

/// The same with answers that are known already, such as those of a sale that was assessed.
///
/// # Errors
/// As [`start`]; [`Refusal::Invalid`] if a draft cannot hold so much.
pub(crate) async fn start_with(ctx: &Context, principal: &Principal, org: OrgId, known: &Answers) -> Result<DraftId> {
    let seat = Seat::take(principal, org, Action::WriteReports)?;
    let mut answers = contact(ctx, seat).await?;
    for (field, texts) in known.iter() {
        answers.set(field, texts.to_vec());
    }
    answers.fits().map_err(too_much)?;
    insert(ctx, seat, New { company: org, taken_by: None, answers, quick: false, continues: None }).await
}

/// Begins a draft that an officer writes down for a company on the telephone.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the company is not one of the authority's.
pub async fn take_by_phone(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    company: OrgId,
    how: Start,
) -> Result<DraftId> {
    let seat = Seat::take(principal, authority, Action::TakeReports)?;
    let mut db = ctx.db.reader();
    let row = store::org::by_id(&mut db, company).await?.ok_or(Refusal::NotFound)?;
    let approved = row.kind == OrgKind::Company.code() && row.status == OrgStatus::Approved.code();
    if !approved || access::authority_of(&mut db, &row).await? != Some(authority) {
        return Err(Refusal::NotFound);
    }
    let mut answers = Answers::new();
    set_kind(&mut answers, how.kind);
    insert(ctx, seat, New { company, taken_by: Some(authority), answers, quick: how.quick, continues: None }).await
}

/// Begins a report like an earlier one: with its party, substances and route, without what happened.
///
/// # Errors
/// [`Refusal::NotFound`] unless the person may see that report and write for its company.
pub async fn start_like(ctx: &Context, principal: &Principal, reference: &Reference) -> Result<DraftId> {
    let (row, seat) = access::own(ctx, principal, reference, Action::WriteReports).await?;
    let content = content(&mut ctx.db.reader(), ReportId(row.id), row.current_version).await?;
    let earlier = read(&content)?;
    let mut answers = contact(ctx, seat).await?;
    for (field, texts) in earlier.only(is_copied).iter() {
        answers.set(field, texts.to_vec());
    }
    let company = OrgId(row.org_id);
    insert(ctx, seat, New { company, taken_by: None, answers, quick: content.quick, continues: None }).await
}

/// A draft to begin.
pub(crate) struct New {
    pub company: OrgId,
    pub taken_by: Option<OrgId>,
    pub answers: Answers,
    pub quick: bool,
    /// The report whose next version it becomes, and the version it begins from.
    pub continues: Option<(ReportId, i64)>,
}

async fn insert(ctx: &Context, seat: Seat<'_>, new: New) -> Result<DraftId> {
    let mut tx = ctx.db.begin().await?;
    let id = insert_in(ctx, &mut tx, seat, new).await?;
    tx.commit().await?;
    Ok(id)
}

pub(crate) async fn insert_in(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, new: New) -> Result<DraftId> {
    let id = DraftId(ctx.new_id());
    let draft = NewDraft {
        id,
        org: new.company,
        author: seat.id(),
        taken_by: new.taken_by,
        question_set: &QuestionSet::latest().version,
        quick: new.quick,
        title: &title(&new.answers),
        answers: &json(&new.answers)?,
        continues: new.continues,
        at: ctx.now(),
    };
    store::draft::insert(tx, &draft).await?;
    let after = trace(&new.answers, 1, &[])?;
    record(ctx, tx, act(seat.actor(), new.taken_by.is_some(), "draft begun", id), None, Some(&after)).await?;
    Ok(id)
}

/// What is known about the writer need not be asked again.
pub(crate) async fn contact(ctx: &Context, seat: Seat<'_>) -> Result<Answers> {
    let person = store::person::by_id(&mut ctx.db.reader(), UserId(seat.id().0)).await?.ok_or(Refusal::NotFound)?;
    let known = [("contact.name", person.name), ("contact.email", person.email), ("contact.phone", person.phone)];
    Ok(known.into_iter().filter(|(_, text)| !text.is_empty()).collect())
}

fn set_entry(answers: &mut Answers, entry: &PublicSubstance) {
    if entry.kind == Kind::Equipment {
        answers.set_one("substances.involved", "equipment");
        answers.set_one("equipment.1.what", &entry.name);
        return;
    }
    answers.set_one("substances.involved", "substances");
    answers.set_one("substance.1.name", &entry.name);
    // Of several numbers nobody but the reporter knows which was on the order.
    if let [cas] = entry.cas.as_slice() {
        answers.set_one("substance.1.cas", cas.number.to_string());
    }
}

fn set_kind(answers: &mut Answers, kind: Option<ReportKind>) {
    if let Some(kind) = kind {
        answers.set_one("kind", kind.code());
    }
}

/// What two reports about the same customer and goods share. Amounts, dates, numbers and the story are asked anew.
fn is_copied(field: &str) -> bool {
    const FIELDS: &[&str] = &["kind", "channel", "substances.involved", "delivery.", "route.from", "route.transit"];
    const NOT: &[&str] =
        &[".quantity", ".batch", ".note", ".use", ".use_fits", ".serial", ".count", "delivery.vehicle"];
    let group = ["party.", "substance.", "equipment."].iter().any(|group| field.starts_with(group));
    let wanted =
        group || FIELDS.iter().any(|known| field == *known || (known.ends_with('.') && field.starts_with(known)));
    wanted && !NOT.iter().any(|not| field.ends_with(not))
}

pub(super) async fn content(db: &mut impl Read, report: ReportId, version: i64) -> Result<VersionRow> {
    let found = store::report::content::version(db, report, version).await?;
    found.ok_or_else(|| Refusal::Fault(format!("report {report} has no version {version}")))
}

pub(super) fn read(content: &VersionRow) -> Result<Answers> {
    serde_json::from_str(&content.answers).map_err(|error| Refusal::Fault(error.to_string()))
}
