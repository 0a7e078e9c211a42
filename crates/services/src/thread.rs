//! A report's thread: what company and authority say to each other, what happened, and what the desk notes for itself.
//!
//! What the company may see ([`Said`]) and what is the authority's own ([`Noted`]) are different types and different
//! rows; the company's reading knows only the first. Nobody of the authority is named to a company.

use domain::{
    access::{Action, Principal},
    concern::ORG_KIND,
    ids::{EntryId, OrgId, ReportId, UserId},
    indicator::Band,
    lang::Lang,
    live::Doing,
    look::{Look, Mark},
    organisation::OrgKind,
    reference::Reference,
    report::{Act as ReportAct, Decision, OutcomeClass, ReporterState},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    report::{ReportRow, people::Reader},
    thread::NewEntry,
};
use uuid::Uuid;

use crate::{
    Context, Result,
    audit::{self, Act, NONE},
    concern,
    draft::json,
    error::{Problem, Refusal},
    live,
    outbox::{self, Template},
    report::{
        access,
        standing::{self, Trace},
    },
    roster::{Address, Today},
    search,
    seat::Seat,
};

/// What both sides see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Said {
    /// The company sent the report.
    Sent,
    /// An officer wrote it down by telephone; the company is asked to confirm.
    TakenDown,
    /// The company confirmed what was written down.
    Confirmed,
    /// The company completed it.
    Completed {
        /// The version that came of it.
        version: i64,
    },
    /// The company changed answers.
    Amended {
        /// The version that came of it.
        version: i64,
        /// How many answers differ from the version before.
        changed: usize,
    },
    /// The company added files to the report.
    EvidenceAdded {
        /// Their names.
        names: Vec<String>,
    },
    /// A message.
    Message,
    /// A question that the company has to answer.
    Question {
        /// Until when.
        due: Timestamp,
    },
    /// The answer.
    Answer,
    /// The report stands elsewhere now.
    State {
        /// Where, as the company may know it.
        state: ReporterState,
    },
    /// There is an outcome.
    Outcome {
        /// Its class: all that the company learns.
        class: OutcomeClass,
    },
    /// The company took the report back.
    Withdrawn {
        /// Code of its reason.
        reason: String,
    },
}

/// What only the authority sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Noted {
    /// Somebody was given the report, or it was given back.
    Assigned {
        /// To whom.
        to: Option<String>,
        /// Who is away and would have got it.
        #[serde(default)]
        instead_of: Option<String>,
    },
    /// A note.
    Note,
    /// Somebody overruled the severity.
    Severity {
        /// From this band.
        from: Band,
        /// To this.
        to: Band,
        /// Code of the reason.
        reason: String,
    },
    /// It was decided.
    Decided {
        /// How.
        decision: Decision,
        /// Code of the reason.
        reason: String,
        /// The other report, if it repeats one.
        of: Option<Reference>,
    },
    /// It was taken up again.
    Reopened {
        /// Code of the reason.
        reason: String,
    },
    /// The company let the time for an answer run out.
    TimedOut,
    /// The goods leave within 48 hours now.
    Urgent,
    /// It went to somebody on duty by rule.
    AssignedByRule {
        /// To whom.
        to: String,
        /// Why.
        reason: String,
    },
    /// Nobody had opened it within an hour, so those on duty were mailed again.
    PagedAgain,
    /// The supervisors were told of the deadline.
    Escalated {
        /// Whether it is missed; it is near otherwise.
        missed: bool,
    },
    /// It was put aside.
    PutAside {
        /// Until then.
        until: Timestamp,
    },
    /// It was put back before its day.
    PutBack,
    /// Who did the act before took it back at once.
    Undone,
    /// Labels were stuck on it and taken off.
    Labelled {
        /// Names of the new ones.
        added: Vec<String>,
        /// Names of those that went.
        removed: Vec<String>,
    },
}

/// Which side an entry comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// The company.
    Company,
    /// The authority.
    Authority,
    /// The clock.
    System,
}

impl Side {
    const fn code(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Authority => "authority",
            Self::System => "system",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        match code {
            "company" => Self::Company,
            "authority" => Self::Authority,
            _ => Self::System,
        }
    }
}

/// Most characters of a message, an answer or a note.
pub const LONGEST: usize = 20_000;

/// Sends a message of the company to the authority.
///
/// # Errors
/// [`Refusal::Invalid`] for an empty or overlong text; [`Refusal::NotFound`] without the right.
pub async fn message(ctx: &Context, principal: &Principal, reference: &Reference, text: &str) -> Result<()> {
    let text = checked(text, "text")?;
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = access::lock_own(&mut tx, principal, reference, Action::WriteReports).await?;
    let before = Trace::of(&row);
    by_company(ctx, &mut tx, &mut row, seat, Said::Message, &text).await?;
    standing::save(&mut tx, &mut row).await?;
    tell_authority(ctx, &mut tx, &row, Template::MessageWaiting).await?;
    record(ctx, &mut tx, seat, (Action::WriteReports, "message sent"), Some(&before), &row).await?;
    tx.commit().await?;
    Ok(())
}

/// Answers the authority's question; its clock goes on.
///
/// # Errors
/// As [`message`], and [`Refusal::NotPossible`] if no question waits (somebody may have answered it).
pub async fn answer(ctx: &Context, principal: &Principal, reference: &Reference, text: &str) -> Result<()> {
    let text = checked(text, "text")?;
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = access::lock_own(&mut tx, principal, reference, Action::WriteReports).await?;
    let before = Trace::of(&row);
    standing::advance(&ctx.calendars(), &mut row, ReportAct::Answer, ctx.now())?;
    by_company(ctx, &mut tx, &mut row, seat, Said::Answer, &text).await?;
    standing::save(&mut tx, &mut row).await?;
    tell_authority(ctx, &mut tx, &row, Template::AnswerGiven).await?;
    record(ctx, &mut tx, seat, (Action::WriteReports, "question answered"), Some(&before), &row).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds something that somebody of the company said or did.
pub(crate) async fn by_company(
    ctx: &Context,
    tx: &mut Tx,
    row: &mut ReportRow,
    seat: Seat<'_>,
    said: Said,
    body: &str,
) -> Result<()> {
    row.company_entry_at = ctx.now().0;
    // What the company says is looked at now, even if the report was put aside.
    row.snoozed_until = None;
    row.updated_at = ctx.now().0;
    add(ctx, tx, row, Side::Company, Some(seat), &Entry::Said(said), body).await
}

/// Adds something that the authority said to the company.
pub(crate) async fn by_authority(
    ctx: &Context,
    tx: &mut Tx,
    row: &mut ReportRow,
    seat: Option<Seat<'_>>,
    said: Said,
    body: &str,
) -> Result<()> {
    row.authority_entry_at = ctx.now().0;
    row.updated_at = ctx.now().0;
    let side = if seat.is_some() { Side::Authority } else { Side::System };
    if side == Side::Authority && row.first_answer_at.is_none() && said != Said::TakenDown {
        row.first_answer_at = Some(ctx.now().0);
        row.in_time = Some(i64::from(ctx.now().0 <= row.answer_due));
    }
    add(ctx, tx, row, side, seat, &Entry::Said(said), body).await
}

/// Adds something for the authority alone.
pub(crate) async fn for_desk(
    ctx: &Context,
    tx: &mut Tx,
    row: &ReportRow,
    seat: Option<Seat<'_>>,
    noted: Noted,
    body: &str,
) -> Result<()> {
    let side = if seat.is_some() { Side::Authority } else { Side::System };
    add(ctx, tx, row, side, seat, &Entry::Noted(noted), body).await
}

#[derive(Serialize)]
#[serde(untagged)]
enum Entry {
    Said(Said),
    Noted(Noted),
}

async fn add(
    ctx: &Context,
    tx: &mut Tx,
    row: &ReportRow,
    side: Side,
    seat: Option<Seat<'_>>,
    entry: &Entry,
    body: &str,
) -> Result<()> {
    let detail = json(entry)?;
    let kind = serde_json::to_value(entry).ok().and_then(|value| Some(value.get("kind")?.as_str()?.to_owned()));
    let new = NewEntry {
        id: EntryId(ctx.new_id()),
        report: ReportId(row.id),
        at: ctx.now(),
        kind: &kind.unwrap_or_default(),
        side: side.code(),
        person: seat.map(|seat| seat.id()),
        body,
        detail: &detail,
        visible_to_company: matches!(entry, Entry::Said(_)),
    };
    store::thread::add(tx, &new).await?;
    if !body.is_empty() {
        search::add(tx, row, body).await?;
    }
    Ok(())
}

/// A text that a person wrote, without what no database or reader can hold; not empty, not overlong.
pub(crate) fn checked(text: &str, field: &str) -> Result<String> {
    let text = domain::answers::clean_text(text);
    let problem = |message: &str| Err(Refusal::Invalid(vec![Problem::new(field, message)]));
    match text.chars().count() {
        0 => problem("Write something first"),
        n if n > LONGEST => problem("This is too long: at most 20 000 characters fit. Send it in two parts"),
        _ => Ok(text),
    }
}

/// Appends the audit row of an act on a report, with what stood before and stands now. What was written is in the thread.
pub(crate) async fn record(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    (action, step): (Action, &str),
    before: Option<&Trace>,
    row: &ReportRow,
) -> Result<()> {
    let act = Act { actor: seat.actor(), action, step, object_kind: "report", object_id: row.reference.clone() };
    audit::record(ctx, tx, act, before, Some(&Trace::of(row))).await
}

/// Notes that somebody has opened a report: everything up to entry `n` counts as read (nothing, if they saw none of the
/// thread), and once an hour the audit log says so. At the desk, colleagues see that they are there. Their looks, with this
/// one.
pub(crate) async fn opened(
    ctx: &Context,
    seat: Seat<'_>,
    action: Action,
    report: ReportId,
    reference: &Reference,
    n: Option<i64>,
) -> Result<Look> {
    let now = ctx.now();
    let mut tx = ctx.db.begin().await?;
    let mark = n.map_or_else(Mark::default, |n| Mark { at: now, n });
    let look = store::thread::mark_read(&mut tx, report, seat.id(), mark).await?;
    if action == Action::ReadReports {
        live::come(ctx, &mut tx, seat, report, Doing::Looking).await?;
    }
    if store::thread::note_reading(&mut tx, report, seat.id(), now, now.plus(-Timestamp::HOUR)).await? {
        let (object_kind, object_id) = ("report", reference.to_string());
        let act = Act { actor: seat.actor(), action, step: "report opened", object_kind, object_id };
        audit::record(ctx, &mut tx, act, NONE, NONE).await?;
    }
    tx.commit().await?;
    Ok(look)
}

/// Queues a mail to those of the company who have to do with the report, or (if nobody of them is left) to its
/// administrators. It says nothing but that something waits.
pub(crate) async fn tell_company(ctx: &Context, tx: &mut Tx, row: &ReportRow, template: Template) -> Result<()> {
    tell_company_for(ctx, tx, row, template, ctx.now()).await.map(drop)
}

/// [`tell_company`] by mails that do not leave before `due`; their identities.
pub(crate) async fn tell_company_for(
    ctx: &Context,
    tx: &mut Tx,
    row: &ReportRow,
    template: Template,
    due: Timestamp,
) -> Result<Vec<Uuid>> {
    let mut mails = Vec::new();
    let company = store::org::by_id(tx, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    if company.kind == ORG_KIND {
        return concern::tell_association(ctx, tx, row, template, due).await;
    }
    let readers =
        store::report::people::readers(tx, ReportId(row.id), OrgId(row.org_id), UserId(row.author_id)).await?;
    let involved = |reader: &&Reader| reader.named || reader.person_id == row.author_id;
    let nobody = !readers.iter().any(|reader| involved(&reader));
    for reader in readers.iter().filter(|reader| nobody || involved(reader)) {
        let lang = Lang::from_tag(&reader.lang).unwrap_or_default();
        let path = path(lang, OrgKind::Company, &company.handle, &row.reference);
        mails.push(outbox::queue_for(ctx, tx, due, template, (&reader.email, lang), &path, "").await?);
    }
    Ok(mails)
}

/// Queues a mail to the officer who has the report, or who stands in for them; for a report that nobody has to the
/// authority's duty address, else to those on duty, else to its administrators.
pub(crate) async fn tell_authority(ctx: &Context, tx: &mut Tx, row: &ReportRow, template: Template) -> Result<()> {
    let today = Today::of(tx, OrgId(row.authority_id), ctx.now()).await?;
    tell_desk(ctx, tx, &today, row, template).await
}

/// [`tell_authority`] where it is known who is there.
pub(crate) async fn tell_desk(
    ctx: &Context,
    tx: &mut Tx,
    today: &Today,
    row: &ReportRow,
    template: Template,
) -> Result<()> {
    let addresses = today.receivers(row.assigned_to.map(UserId));
    tell(ctx, tx, row, today, template, &addresses, "").await
}

/// Queues a mail to everybody on duty, to the officer who has the report and to the duty address, because it cannot wait;
/// where nobody is on duty also to those who lead the desk. It names the report's reference and nothing else of it.
pub(crate) async fn page_out(ctx: &Context, tx: &mut Tx, row: &ReportRow) -> Result<()> {
    let today = Today::of(tx, OrgId(row.authority_id), ctx.now()).await?;
    page_desk(ctx, tx, &today, row).await
}

/// [`page_out`] where it is known who is there.
pub(crate) async fn page_desk(ctx: &Context, tx: &mut Tx, today: &Today, row: &ReportRow) -> Result<()> {
    let (on, assignee) = (today.on_duty(), row.assigned_to.map(UserId));
    let leaders = if on.is_empty() { today.leaders() } else { Vec::new() };
    let mut addresses = today.addresses(on.into_iter().chain(assignee).chain(leaders));
    addresses.extend(today.desk_address());
    tell(ctx, tx, row, today, Template::UrgentReport, &addresses, &row.reference).await
}

/// Queues a mail to the authority's supervisors, else to its administrators, or whoever stands in. It names the report's
/// reference and nothing else of it.
pub(crate) async fn tell_leaders(ctx: &Context, tx: &mut Tx, row: &ReportRow, template: Template) -> Result<()> {
    let today = Today::of(tx, OrgId(row.authority_id), ctx.now()).await?;
    let addresses = today.addresses(today.leaders());
    tell(ctx, tx, row, &today, template, &addresses, &row.reference).await
}

async fn tell(
    ctx: &Context,
    tx: &mut Tx,
    row: &ReportRow,
    today: &Today,
    template: Template,
    addresses: &[Address],
    detail: &str,
) -> Result<()> {
    for (address, lang) in addresses {
        let path = path(*lang, OrgKind::Authority, today.handle(), &row.reference);
        outbox::queue(ctx, tx, template, address, *lang, &path, detail).await?;
    }
    Ok(())
}

fn path(lang: Lang, kind: OrgKind, handle: &str, reference: &str) -> String {
    format!("/{}/{}/{handle}/reports/{reference}", lang.tag(), kind.workspace())
}
