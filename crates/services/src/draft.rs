//! Writing a report: drafts that keep everything that is typed, from several tabs and people at once.
//!
//! - A draft is seen by its author and the company's administrators. One that an officer writes down by telephone is
//!   seen by that officer and the authority's administrators until it is sent.
//! - Saving never asks whether an answer is right: what is wrong is stored and said at the field ([`DraftView`]).
//! - The version of the questions is fixed when the draft is begun.
//! - A draft that was thrown away is put away and can be brought back; a late save from an open page brings it back by
//!   itself. What nobody changed for 30 days is erased after two reminders ([`life`]).
//!
//! How two saves of one field come together is written in [`merge`].

use domain::{
    access::{Action, Principal},
    answers::{Answers, TooMuch},
    encoding::hex,
    ids::{DraftId, OrgId, ReportId, UserId},
    time::Timestamp,
};
use sha2::{Digest as _, Sha256};
use store::{
    Read, Tx,
    draft::{Content, DraftRow},
    org::OrgRow,
};

use crate::{
    Context, Result,
    audit::{self, Act, Actor},
    error::{Problem, Refusal},
    report::access,
    seat::Seat,
};

mod begin;
mod change;
mod life;
mod list;
mod merge;
mod next;
pub(crate) mod profile;
mod view;

pub(crate) use begin::{New, contact, insert_in, start_with};
pub use begin::{Start, start, start_about, start_like, take_by_phone};
pub use change::{Saved, bring_back, choose_alternative, delete, remove_item, restore_item, save_page};
pub(crate) use life::give;
pub use life::{Colleague, age, colleagues, hand_over};
pub use list::{DraftItem, list, list_taken};
pub use merge::Post;
pub use next::{Continues, amend_instead, catch_up, changes, start_amendment, start_completion};
pub use view::{Alternative, DraftView, Loaded, Removed, Task, load};

use merge::Working;

/// How long a draft is kept after its last change.
pub const KEPT_FOR: i64 = 30 * Timestamp::DAY;

impl Working {
    fn read(row: &DraftRow) -> Result<Self> {
        let corrupt = |error: serde_json::Error| Refusal::Fault(format!("draft {}: {error}", row.id));
        Ok(Self {
            answers: serde_json::from_str(&row.answers).map_err(corrupt)?,
            history: serde_json::from_str(&row.history).map_err(corrupt)?,
            kept: serde_json::from_str(&row.kept).map_err(corrupt)?,
            version: row.version,
        })
    }

    /// Writes the draft back as its next version.
    async fn write(&self, tx: &mut Tx, id: DraftId, at: Timestamp) -> Result<i64> {
        let (answers, history, kept) = (json(&self.answers)?, json(&self.history)?, json(&self.kept)?);
        let title = title(&self.answers);
        let content = Content { title: &title, answers: &answers, history: &history, kept: &kept };
        store::draft::save(tx, id, self.version, &content, at).await?;
        Ok(self.version + 1)
    }
}

/// What the audit log commits to: which answers a draft held, not the answers themselves.
#[derive(serde::Serialize)]
struct Trace<'a> {
    version: i64,
    fields: &'a [String],
    answers_sha256: String,
}

fn trace<'a>(answers: &Answers, version: i64, fields: &'a [String]) -> Result<Trace<'a>> {
    Ok(Trace { version, fields, answers_sha256: hex(&Sha256::digest(json(answers)?)) })
}

fn act<'a>(actor: Actor<'a>, row_taken: bool, step: &'a str, id: DraftId) -> Act<'a> {
    Act { actor, action: action(row_taken), step, object_kind: "draft", object_id: id.to_string() }
}

pub(crate) const fn action(taken_by_authority: bool) -> Action {
    if taken_by_authority { Action::TakeReports } else { Action::WriteReports }
}

/// The seat from which the principal may write this draft.
fn seat_at<'p>(principal: &'p Principal, row: &DraftRow) -> Result<Seat<'p>> {
    let org = row.taken_by_authority.unwrap_or(row.org_id);
    let seat = Seat::take(principal, OrgId(org), action(row.taken_by_authority.is_some()))?;
    if UserId(row.author_id) == seat.id() || seat.is_admin() { Ok(seat) } else { Err(Refusal::NotFound) }
}

/// The authority to which a draft goes: that of the officer who writes it down, else that of the report which it completes or
/// amends, else the one that answers for the company; none if nobody does.
pub(crate) async fn authority_of(db: &mut impl Read, row: &DraftRow, company: &OrgRow) -> Result<Option<OrgId>> {
    if let Some(authority) = row.taken_by_authority {
        return Ok(Some(OrgId(authority)));
    }
    let Some(report) = row.completes_report.map(ReportId) else { return access::authority_of(db, company).await };
    let report = store::report::by_id(db, report).await?.ok_or(Refusal::NotFound)?;
    Ok(Some(OrgId(report.authority_id)))
}

/// The draft, held for writing, and the seat from which the principal may write it.
pub(crate) async fn lock<'p>(tx: &mut Tx, principal: &'p Principal, id: DraftId) -> Result<(DraftRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = store::draft::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let seat = seat_at(principal, &row)?;
    Ok((row, seat))
}

/// The draft and the seat from which the principal may see it.
pub(crate) async fn find<'p>(ctx: &Context, principal: &'p Principal, id: DraftId) -> Result<(DraftRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = store::draft::find(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotFound)?;
    let seat = seat_at(principal, &row)?;
    Ok((row, seat))
}

/// What was typed into a draft.
pub(crate) fn answers(row: &DraftRow) -> Result<Answers> {
    Ok(Working::read(row)?.answers)
}

/// What a draft is about, for lists: the chemicals or equipment, else the other party.
fn title(answers: &Answers) -> String {
    let named = |group: &str, field: &str| {
        let numbers = answers.items(group).into_iter();
        let names = numbers.map(|n| answers.plain(&domain::answers::item_key(group, n, field)));
        names.filter(|name| !name.is_empty()).collect::<Vec<_>>()
    };
    let mut names = named("substance", "name");
    names.extend(named("equipment", "what"));
    if names.is_empty() {
        names.extend(named("party", "name"));
    }
    let more = names.len().saturating_sub(2);
    names.truncate(2);
    let mut title = names.join(", ");
    if more > 0 {
        title = format!("{title} and {more} more");
    }
    title.chars().take(120).collect()
}

pub(crate) fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Refusal::Fault(error.to_string()))
}

/// More than a draft can hold is said as a problem of the whole form.
fn too_much(error: TooMuch) -> Refusal {
    Refusal::Invalid(vec![Problem::new("", format!("This could not be saved: {error}. Shorten it and save again."))])
}

async fn record(
    ctx: &Context,
    tx: &mut Tx,
    act: Act<'_>,
    before: Option<&Trace<'_>>,
    after: Option<&Trace<'_>>,
) -> Result<()> {
    audit::record(ctx, tx, act, before, after).await
}
