//! What the people of an organisation see of its notices.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    ids::{NoticeId, OrgId},
    notice::{Act, Card, Content, Missing, NoticeRef, Standing, State, second_person},
    organisation::{OrgKind, OrgStatus},
    question::ChangedGroup,
    time::Timestamp,
};
use store::{
    Read,
    notice::{self as rows, FIRST, NoticeRow, OwnListRow},
};

use super::{
    Own,
    adapt::{self, Linked},
    approval::{self, Stand},
    content_of, fault, form, number_of,
    read::{Revision, history},
    sanitise, second_persons, state_of, writers_of,
};
use crate::{Context, Result, draft::profile::zone_name, error::Refusal, seat::Seat};

/// Notices on a page of the list.
const PAGE: usize = 50;

/// A notice in the list of its organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnItem {
    /// Its number.
    pub reference: NoticeRef,
    /// Where the text stands on which people work.
    pub state: State,
    /// What readers have of it.
    pub standing: Standing,
    /// Number of the last revision.
    pub revision: i64,
    /// What it says.
    pub card: Card,
    /// When it is to be published.
    pub publish_at: Option<Timestamp>,
    /// The last change.
    pub changed: Timestamp,
    /// Who began the present text.
    pub author: String,
}

/// A page of that list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPage {
    /// The last changed first.
    pub items: Vec<OwnItem>,
    /// Whether there are more behind the last.
    pub more: bool,
    /// How many there are in each state.
    pub counts: Vec<(State, i64)>,
    /// Whether the person may write.
    pub may_write: bool,
    /// The organisation's time zone.
    pub zone: String,
}

/// What a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// Everything.
    #[default]
    All,
    /// One state.
    In(State),
}

/// A notice, for those who work on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Its number.
    pub reference: NoticeRef,
    /// Its version, for the next act.
    pub version: i64,
    /// Where the text stands.
    pub state: State,
    /// What readers have of it.
    pub standing: Standing,
    /// The text on which people work.
    pub content: Content,
    /// What the author says to the second person.
    pub note: String,
    /// Why it was sent back; may be empty.
    pub sent_back: String,
    /// Who began the text.
    pub author: String,
    /// When a second person was asked.
    pub asked: Option<Timestamp>,
    /// When it is to be published, and who approved that.
    pub scheduled: Option<(Timestamp, String)>,
    /// When and why it was withdrawn.
    pub withdrawn: Option<(Timestamp, String)>,
    /// Number of the last revision.
    pub revision: i64,
    /// Whether that asks to be acknowledged.
    pub asks: bool,
    /// What differs from that revision; everything, if there is none.
    pub changes: Vec<ChangedGroup>,
    /// What is missing before a second person can look at it.
    pub missing: Vec<Missing>,
    /// What it says that only the authority should know.
    pub warnings: Vec<String>,
    /// The revisions, the newest first.
    pub history: Vec<Revision>,
    /// Whether the person may write.
    pub may_write: bool,
    /// Whether the person may be its second person.
    pub may_publish: bool,
    /// Whether they would be, had they not written in it.
    pub is_writer: bool,
    /// How many could be.
    pub second_persons: usize,
    /// Where it stands with the authority that has to approve it.
    pub stand: Stand,
    /// The notice from which it was adapted.
    pub origin: Option<Linked>,
    /// The associations that can be named, by handle and name.
    pub associations: Vec<(String, String)>,
    /// The organisation.
    pub publisher: String,
    /// Its time zone.
    pub zone: String,
}

impl Work {
    /// Whether an act is possible now, for whoever may do it.
    #[must_use]
    pub fn allows(&self, act: Act) -> bool {
        self.state.allows(act, self.revision > 0)
    }
}

/// An organisation's own notices behind `after`, the last changed first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn list(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    shelf: Shelf,
    after: Option<&NoticeRef>,
) -> Result<OwnPage> {
    Seat::take(principal, org, Action::ReadNotices)?;
    let mut db = ctx.db.reader();
    let place = match after {
        Some(after) => {
            let row = rows::find(&mut db, after).await?.filter(|row| row.org_id == org.0);
            row.map_or(FIRST, |row| (Timestamp(row.changed_at), NoticeId(row.id)))
        }
        None => FIRST,
    };
    let state = match shelf {
        Shelf::All => "",
        Shelf::In(state) => state.code(),
    };
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let mut found = rows::list(&mut db, org, state, place, limit).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let counts = rows::counts(&mut db, org).await?;
    let row = store::org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    Ok(OwnPage {
        items: found.into_iter().map(|row| item(row, ctx.now())).collect::<Result<_>>()?,
        more,
        counts: counts.into_iter().filter_map(|(code, n)| Some((State::from_code(&code)?, n))).collect(),
        may_write: principal.allowed_in(org, Action::WriteNotices).is_ok(),
        zone: zone_name(&row).to_owned(),
    })
}

fn item(row: OwnListRow, now: Timestamp) -> Result<OwnItem> {
    let content: Content = serde_json::from_str(&row.content)
        .map_err(|error| Refusal::Fault(format!("notice {}: {error}", row.reference)))?;
    Ok(OwnItem {
        reference: number_of(&row.reference)?,
        state: state_of(&row.state)?,
        standing: Standing::of(row.revision, row.withdrawn_at.is_some(), row.ends_at.map(Timestamp), now),
        revision: row.revision,
        card: content.card(),
        publish_at: row.publish_at.map(Timestamp),
        changed: Timestamp(row.changed_at),
        author: row.author,
    })
}

/// A notice, for those who work on it.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if it is none of the organisation.
pub async fn work(ctx: &Context, principal: &Principal, (org, reference): Own<'_>) -> Result<Work> {
    let seat = Seat::take(principal, org, Action::ReadNotices)?;
    let mut db = ctx.db.reader();
    let row = rows::find(&mut db, reference).await?.filter(|row| row.org_id == org.0).ok_or(Refusal::NotFound)?;
    let content = content_of(&row)?;
    let live = live(&mut db, &row).await?;
    let members = store::person::members(&mut db, org).await?;
    let name = |id: uuid::Uuid| members.iter().find(|one| one.person_id == id).map(|one| one.name.clone());
    let writers = writers_of(&row)?;
    let publishes = principal.allowed_in(org, Action::PublishNotices).is_ok();
    let is_writer = second_person(&writers, seat.id()).is_err();
    let org_row = store::org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    Ok(Work {
        reference: reference.clone(),
        version: row.version,
        state: state_of(&row.state)?,
        standing: Standing::of(row.revision, row.withdrawn_at.is_some(), row.ends_at.map(Timestamp), ctx.now()),
        changes: content.differences(live.as_ref()),
        missing: content.missing(),
        warnings: sanitise::found(&mut db, org, &content).await?,
        note: row.note.clone(),
        sent_back: row.sent_back.clone(),
        author: name(row.author_id).unwrap_or_default(),
        asked: row.asked_at.map(Timestamp),
        scheduled: row.publish_at.map(|at| (Timestamp(at), row.approved_by.and_then(name).unwrap_or_default())),
        withdrawn: row.withdrawn_at.map(|at| (Timestamp(at), row.withdrawn_reason.clone())),
        revision: row.revision,
        asks: live.as_ref().is_some_and(|live| live.acknowledge),
        history: history(&mut db, NoticeId(row.id)).await?,
        may_write: principal.allowed_in(org, Action::WriteNotices).is_ok(),
        may_publish: publishes && !is_writer,
        is_writer: publishes && is_writer,
        second_persons: second_persons(&members, &writers).count(),
        stand: approval::stand(&mut db, &row).await?,
        origin: adapt::origin(&mut db, &row, ctx.now()).await?,
        associations: associations(&mut db).await?,
        publisher: org_row.name.clone(),
        zone: zone_name(&org_row).to_owned(),
        content,
    })
}

pub(super) async fn live(db: &mut impl Read, row: &NoticeRow) -> Result<Option<Content>> {
    let kept = rows::revision(db, NoticeId(row.id), row.revision).await?;
    kept.map(|kept| serde_json::from_str(&kept.content).map_err(|error| fault(row, &error))).transpose()
}

async fn associations(db: &mut impl Read) -> Result<Vec<(String, String)>> {
    let all = store::org::of_kind(db, OrgKind::Association.code()).await?;
    let open = all.into_iter().filter(|org| org.status == OrgStatus::Approved.code());
    Ok(open.map(|org| (org.handle, org.name)).collect())
}

/// What a form would make of a notice: for looking at it before it is kept.
///
/// # Errors
/// [`Refusal::Invalid`] where something cannot be read; [`Refusal::NotFound`] without the right.
pub async fn preview(
    ctx: &Context,
    principal: &Principal,
    (org, reference): Own<'_>,
    typed: &Answers,
) -> Result<Content> {
    Seat::take(principal, org, Action::WriteNotices)?;
    let mut db = ctx.db.reader();
    let row = rows::find(&mut db, reference).await?.filter(|row| row.org_id == org.0).ok_or(Refusal::NotFound)?;
    let org = store::org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    form::read(ctx, typed, content_of(&row)?, &org).map(|(content, _)| content)
}
