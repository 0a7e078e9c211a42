//! Notices: written by an authority or an association, looked at by a second person, published, revised, withdrawn.
//!
//! - What is typed is kept as a draft, complete or not ([`save`]); it is complete when it goes to review ([`submit`]).
//! - Nobody publishes what they wrote in ([`domain::notice::second_person`]). A set time of publication is kept by the worker
//!   ([`publish_due`]): the row is locked and leaves the state, so that it happens once.
//! - Each publication is a revision with its hash and its seal, signed with the key of the receipts. It never changes; what is
//!   written later is the next one.
//! - Who sees which notice is decided in [`sight`] and nowhere else: pages, lists, counts, feeds, files ask there.
//! - Who is told of it is decided in [`reach`]: publication and the estimate before it count alike. Where a notice asks for it,
//!   people acknowledge it, and those who have not can be reminded ([`figures`], [`remind`]).
//! - Where an authority wants to see an association's notices first ([`gate`]), they wait for it after the second person
//!   ([`approval`]); an association makes a notice of its own from an authority's ([`adapt()`]).
//! - Before a text for everybody goes out, it is compared with the names and numbers in the authority's reports
//!   ([`warnings`]): whoever goes on has to say so.

mod acknowledge;
mod adapt;
mod announce;
pub mod approval;
mod file;
mod form;
pub mod gate;
mod publish;
mod reach;
mod read;
mod sanitise;
pub mod sight;
mod work;
mod write;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
pub(crate) mod tests;

use domain::{
    access::{Action, Principal},
    answers::when::LocalTime,
    encoding::hex,
    ids::{NoticeId, OrgId, UserId},
    notice::{Act, Card, Content, NoticeRef, State},
    organisation::OrgKind,
    time::Timestamp,
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use store::{
    Tx,
    notice::{self as rows, NoticeRow},
    person::MemberRow,
};
use uuid::Uuid;

use crate::{
    Context, Result,
    audit::{self, Act as AuditAct, Actor},
    error::Refusal,
    outbox::{self, Template},
    seat::Seat,
};

pub use acknowledge::{Asked, Figures, Line, Progress, Taken, acknowledge, figures, opened, remind};
pub use adapt::{Linked, Links, adapt, links, look_at_original, offered};
pub use file::{
    add as add_files, may_add as may_add_files, open as open_file, open_own as open_own_file, remove as remove_file,
};
pub use publish::{Went, publish, publish_due, schedule, send_back, withdraw};
pub use reach::{Reach, reach};
pub use read::{
    Filter, Item, Page, Revision, Shown, about_substance, concerning, latest, public, received, revision, shown,
    shown_to,
};
pub use sanitise::warnings;
pub use work::{OwnItem, OwnPage, Shelf, Work, list, preview, work};
pub use write::{Begin, create, discard, duplicate, revise, save, submit, take_back};

/// A notice of the workspace of an address.
pub type Own<'a> = (OrgId, &'a NoticeRef);

fn fault(row: &NoticeRow, what: &dyn std::fmt::Display) -> Refusal {
    Refusal::Fault(format!("notice {}: {what}", row.reference))
}

fn content_of(row: &NoticeRow) -> Result<Content> {
    serde_json::from_str(&row.content).map_err(|error| fault(row, &error))
}

fn card_of(reference: &str, card: &str) -> Result<Card> {
    serde_json::from_str(card).map_err(|error| Refusal::Fault(format!("notice {reference}: {error}")))
}

fn number_of(reference: &str) -> Result<NoticeRef> {
    reference.parse().map_err(|error| Refusal::Fault(format!("notice {reference}: {error}")))
}

fn state_of(code: &str) -> Result<State> {
    State::from_code(code).ok_or_else(|| Refusal::Fault(format!("no state {code}")))
}

fn writers_of(row: &NoticeRow) -> Result<Vec<UserId>> {
    serde_json::from_str(&row.writers).map_err(|error| fault(row, &error))
}

fn headline(content: &Content) -> String {
    content.texts.first().map(|text| text.title.chars().take(200).collect()).unwrap_or_default()
}

/// Keeps what is written, and who wrote it.
fn put(row: &mut NoticeRow, content: &Content, writer: UserId) -> Result<()> {
    let mut writers = writers_of(row)?;
    if !writers.contains(&writer) {
        writers.push(writer);
    }
    row.writers = crate::draft::json(&writers)?;
    row.content = content.canonical();
    row.headline = headline(content);
    Ok(())
}

/// Does `act` to the text on which people work.
fn advance(ctx: &Context, row: &mut NoticeRow, act: Act) -> Result<()> {
    let state = state_of(&row.state)?;
    let after = state.after(act, row.revision > 0).map_err(|refused| Refusal::NotPossible(refused.to_string()))?;
    after.code().clone_into(&mut row.state);
    row.changed_at = ctx.now().0;
    Ok(())
}

/// A notice of this workspace, held, and the seat from which it is changed.
async fn held<'p>(
    tx: &mut Tx,
    principal: &'p Principal,
    (org, reference): Own<'_>,
    action: Action,
) -> Result<(NoticeRow, Seat<'p>)> {
    let seat = Seat::take(principal, org, action)?;
    let row = rows::lock(tx, reference).await?.filter(|row| row.org_id == org.0).ok_or(Refusal::NotFound)?;
    Ok((row, seat))
}

/// What the audit log commits to. What was written is in the notice and its revisions.
#[derive(Serialize)]
struct Trace {
    version: i64,
    state: String,
    sha256: String,
    revision: i64,
    publish_at: Option<i64>,
    withdrawn_reason: String,
}

impl Trace {
    fn of(row: &NoticeRow) -> Self {
        Self {
            version: row.version,
            state: row.state.clone(),
            sha256: hex(&Sha256::digest(&row.content)),
            revision: row.revision,
            publish_at: row.publish_at,
            withdrawn_reason: row.withdrawn_reason.clone(),
        }
    }
}

fn act<'s>(actor: Actor<'s>, action: Action, step: &'s str, reference: &str) -> AuditAct<'s> {
    AuditAct { actor, action, step, object_kind: "notice", object_id: reference.to_owned() }
}

/// Stores a changed notice with its audit row.
async fn keep(
    ctx: &Context,
    tx: &mut Tx,
    (actor, action, step): (Actor<'_>, Action, &str),
    before: &Trace,
    row: &mut NoticeRow,
) -> Result<()> {
    rows::save(tx, row).await?;
    row.version += 1;
    // An approval lives from the question to the publication, and ends when the text can be changed.
    let state = state_of(&row.state)?;
    if !matches!(state, State::Approval | State::Scheduled) {
        rows::approval::close(tx, NoticeId(row.id), state == State::Published).await?;
    }
    audit::record(ctx, tx, act(actor, action, step, &row.reference), Some(before), Some(&Trace::of(row))).await
}

/// Those who could be the second person of a text.
fn second_persons<'m>(members: &'m [MemberRow], writers: &'m [UserId]) -> impl Iterator<Item = &'m MemberRow> {
    members
        .iter()
        .filter(move |member| member.may(Action::PublishNotices) && !writers.contains(&UserId(member.person_id)))
}

async fn mail(ctx: &Context, tx: &mut Tx, row: &NoticeRow, template: Template, to: &[&MemberRow]) -> Result<()> {
    let org = store::org::by_id(tx, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    let letter = OrgKind::from_code(&org.kind).map_or("a", OrgKind::workspace);
    for member in to {
        let lang = member.lang();
        let path = format!("/{}/{letter}/{}/notices/{}", lang.tag(), org.handle, row.reference);
        outbox::queue(ctx, tx, template, &member.email, lang, &path, "").await?;
    }
    Ok(())
}

/// Tells who began the text that a colleague has looked at it.
async fn tell_author(ctx: &Context, tx: &mut Tx, row: &NoticeRow, author: Uuid) -> Result<()> {
    let members = store::person::members(tx, OrgId(row.org_id)).await?;
    let author: Vec<&MemberRow> = members.iter().filter(|member| member.person_id == author).collect();
    mail(ctx, tx, row, Template::NoticeDecided, &author).await
}

/// The instant of a time on the clock of a place; the beginning of the day, where only that was given.
#[must_use]
pub fn instant_of(at: LocalTime, zone: &str) -> Option<Timestamp> {
    crate::draft::profile::instant(zone, at.date, at.clock())
}

/// The instant after a notice's last day, on the clock of its organisation.
fn ends_at(content: &Content, zone: &str) -> Option<Timestamp> {
    let day = content.valid_until?;
    crate::draft::profile::instant(zone, domain::date::Date::from_days(day.days() + 1), None)
}
