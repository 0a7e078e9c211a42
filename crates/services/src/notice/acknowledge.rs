//! Acknowledgement: who was told of a notice that asks for it, who opened it, who said so, and reminding the others.
//!
//! What counts is the newest revision: a later one asks anew. Whoever was told stands in rows that publication wrote
//! ([`super::announce`]); who joins one of those companies later is asked once they open the notice, who leaves is asked no more.
//! Of notices that ask for nothing no reading is kept.
//!
//! An authority sees people of its own companies, and readers of its countries, by name; all others it sees counted. An
//! association sees counts of its members alone ([`domain::suppress`]): of those who were told at the publication and were
//! members then, as it stood when the day began, so that neither a membership that ends nor a look at the right moment tells
//! of anybody.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    access::{Action, Principal},
    date::Date,
    ids::{NoticeId, OrgId, UserId},
    notice::{Counts, Note, NoticeRef, Reader, Standing, percent},
    organisation::OrgKind,
    suppress::Cell,
    time::Timestamp,
};
use serde_json::json;
use store::{
    Read,
    notice::{self as rows, NoticeRow, reach as told},
};
use uuid::Uuid;

use super::{
    Own, act, announce, held,
    reach::recipients,
    read::{Shown, seen},
    sight::Eyes,
    work::live,
};
use crate::{
    Context, Result,
    audit::{self, Actor, NONE},
    draft::profile::zone_name,
    error::Refusal,
    notify,
    outbox::Template,
    seat::Seat,
};

/// So many people at most are looked through.
const MOST: i64 = 100_000;

/// What is asked of somebody who looks at a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// When they acknowledged it.
    pub acknowledged: Option<Timestamp>,
}

/// What is asked of whoever looks at a notice, and that they have opened it. None if nothing is asked of them.
///
/// # Errors
/// If the store fails.
pub async fn opened(ctx: &Context, principal: &Principal, shown: &Shown) -> Result<Option<Asked>> {
    let asks = shown.revision == shown.newest && shown.content.as_ref().is_some_and(|content| content.acknowledge);
    let Some(person) = principal.person.as_ref().filter(|_| asks) else { return Ok(None) };
    let mut db = ctx.db.reader();
    let row = rows::find(&mut db, &shown.reference).await?.ok_or(Refusal::NotFound)?;
    let of = (NoticeId(row.id), row.revision);
    if let Some((_, acknowledged)) = told::reading(&mut db, of, person.id).await? {
        return Ok(Some(Asked { acknowledged }));
    }
    if !told::is_asked(&mut db, of, person.id).await? {
        return Ok(None);
    }
    let mut tx = ctx.db.begin().await?;
    told::read(&mut tx, of, person.id, ctx.now()).await?;
    tx.commit().await?;
    Ok(Some(Asked { acknowledged: None }))
}

/// Says that one has taken note of the newest revision of a notice. Twice is once.
///
/// # Errors
/// [`Refusal::NotPossible`] if nobody asks this of the person; [`Refusal::NotFound`] if it is not for them.
pub async fn acknowledge(ctx: &Context, principal: &Principal, reference: &NoticeRef) -> Result<()> {
    let person = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    let eyes = Eyes::of_person(&mut tx, principal, ctx.now()).await?;
    let row = seen(&mut tx, &eyes, reference).await?;
    let of = (NoticeId(row.id), row.revision);
    let asks = live(&mut tx, &row).await?.is_some_and(|content| content.acknowledge);
    if !asks || row.withdrawn_at.is_some() || !told::is_asked(&mut tx, of, person.id).await? {
        return Err(Refusal::NotPossible("Nobody asks you to acknowledge this notice.".to_owned()));
    }
    told::read(&mut tx, of, person.id, ctx.now()).await?;
    if told::acknowledge(&mut tx, of, person.id, ctx.now()).await? {
        let step = "notice acknowledged";
        let done = act(Actor::Person(person), Action::AcknowledgeNotices, step, &row.reference);
        audit::record(ctx, &mut tx, done, NONE, Some(&json!({ "revision": row.revision }))).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// How many of some are how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// All of them.
    pub asked: u64,
    /// Those who opened it, acknowledged or not.
    pub opened: u64,
    /// Those who acknowledged it.
    pub acknowledged: u64,
}

impl Progress {
    fn of(notes: impl IntoIterator<Item = Note>) -> Self {
        let mut progress = Self::default();
        for note in notes {
            progress.asked += 1;
            progress.opened += u64::from(note != Note::Unread);
            progress.acknowledged += u64::from(note == Note::Acknowledged);
        }
        progress
    }

    /// Those who acknowledged it, in per cent; none of nobody.
    #[must_use]
    pub fn percent(&self) -> Option<u64> {
        percent(self.acknowledged, self.asked)
    }
}

/// Somebody who was told, for the authority that answers for their company or country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The company; for a reader outside companies what they do.
    pub organisation: String,
    /// Their name; empty for somebody who gave none.
    pub person: String,
    /// How far they are.
    pub note: Note,
    /// When they opened it.
    pub opened: Option<Timestamp>,
    /// When they acknowledged it.
    pub acknowledged: Option<Timestamp>,
    /// When they were reminded of it last.
    pub reminded: Option<Timestamp>,
}

/// How far those are who were told, as far as the organisation may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The notice asks for nothing.
    NotAsked,
    /// For an authority.
    Named {
        /// Everybody, each once for each of their companies.
        people: Progress,
        /// Companies: each is as far as the first of its people.
        organisations: Progress,
        /// Those of them who are not the authority's to know by name.
        elsewhere: Progress,
        /// The others, by company and name.
        lines: Vec<Line>,
    },
    /// For an association.
    Counted {
        /// People of its members.
        counts: Counts<Note>,
        /// As it stood when this day began, in UTC.
        day: Date,
    },
}

/// Who has taken note of a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Its first title.
    pub title: String,
    /// Number of the newest revision, of which the figures are.
    pub revision: i64,
    /// When that was published.
    pub published: Option<Timestamp>,
    /// What is known.
    pub taken: Taken,
    /// Whether the person can remind those who have not.
    pub may_remind: bool,
    /// The organisation's time zone.
    pub zone: String,
}

/// Who has taken note of a notice of the organisation.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if it is none of the organisation.
pub async fn figures(ctx: &Context, principal: &Principal, (org, reference): Own<'_>) -> Result<Figures> {
    Seat::take(principal, org, Action::ReadNotices)?;
    let mut db = ctx.db.reader();
    let row = rows::find(&mut db, reference).await?.filter(|row| row.org_id == org.0).ok_or(Refusal::NotFound)?;
    let owner = store::org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    let content = live(&mut db, &row).await?;
    let asks = content.as_ref().is_some_and(|content| content.acknowledge);
    let published = row.revised_at.map(Timestamp);
    let taken = match published.filter(|_| asks) {
        None => Taken::NotAsked,
        Some(_) if owner.kind == OrgKind::Authority.code() => named(&mut db, &row).await?,
        Some(published) => counted(&mut db, &row, (published, ctx.now())).await?,
    };
    let may_remind = asks && is_valid(&row, ctx.now()) && principal.allowed_in(org, Action::WriteNotices).is_ok();
    Ok(Figures {
        title: content.map_or_else(|| row.headline.clone(), |content| super::headline(&content)),
        revision: row.revision,
        published,
        taken,
        may_remind,
        zone: zone_name(&owner).to_owned(),
    })
}

fn is_valid(row: &NoticeRow, now: Timestamp) -> bool {
    Standing::of(row.revision, row.withdrawn_at.is_some(), row.ends_at.map(Timestamp), now) == Standing::Valid
}

async fn named(db: &mut impl Read, row: &NoticeRow) -> Result<Taken> {
    let found = told::list(db, (NoticeId(row.id), row.revision), OrgId(row.org_id), MOST).await?;
    let note = |one: &told::RecipientRow| Note::of(one.read_at.map(Timestamp), one.acknowledged_at.map(Timestamp));
    let mut companies: BTreeMap<Uuid, Note> = BTreeMap::new();
    for one in found.iter().filter(|one| !one.org.is_empty()) {
        companies.entry(one.source_id).and_modify(|best| *best = note(one).min(*best)).or_insert_with(|| note(one));
    }
    let people = Progress::of(found.iter().map(note));
    let elsewhere = Progress::of(found.iter().filter(|one| one.is_own == 0).map(note));
    let lines = found.iter().filter(|one| one.is_own != 0).map(|one| Line {
        organisation: match one.org.is_empty() {
            true => Reader::from_code(&one.audience).map(Reader::label).unwrap_or_default().to_owned(),
            false => one.org.clone(),
        },
        person: one.person.clone(),
        note: note(one),
        opened: one.read_at.map(Timestamp),
        acknowledged: one.acknowledged_at.map(Timestamp),
        reminded: one.reminded_at.map(Timestamp),
    });
    let lines = lines.collect();
    Ok(Taken::Named { people, organisations: Progress::of(companies.into_values()), elsewhere, lines })
}

async fn counted(db: &mut impl Read, row: &NoticeRow, (published, now): (Timestamp, Timestamp)) -> Result<Taken> {
    let day = Date::of(now);
    let begins = day.days() * Timestamp::DAY;
    let before = |at: Option<i64>| at.filter(|at| *at < begins).map(Timestamp);
    let found = told::of_members(db, (NoticeId(row.id), row.revision), OrgId(row.org_id), published).await?;
    let cell = |wanted: Note| {
        let of = found.iter().filter(|(_, read, taken)| Note::of(before(*read), before(*taken)) == wanted);
        (wanted, of.map(|(company, ..)| (*company, 1)).collect::<Cell<Uuid>>())
    };
    let cells = Note::ALL.iter().map(|note| cell(*note)).collect();
    Ok(Taken::Counted { counts: Counts::told(cells), day })
}

/// Reminds those who were told of the newest revision, are still meant and have not acknowledged it: once a day at most,
/// whatever the notice. How many were reminded now; an association is told that it was done, not of how many.
///
/// # Errors
/// [`Refusal::NotPossible`] if it asks for nothing or does not hold any more; [`Refusal::NotFound`] without the right.
pub async fn remind(ctx: &Context, principal: &Principal, own: Own<'_>) -> Result<Option<usize>> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, own, Action::WriteNotices).await?;
    let content = live(&mut tx, &row).await?.filter(|content| content.acknowledge && is_valid(&row, ctx.now()));
    let content = content.ok_or_else(|| {
        Refusal::NotPossible(
            "There is nothing to remind of: this notice asks for no acknowledgement, or does not hold any more."
                .to_owned(),
        )
    })?;
    let of = (NoticeId(row.id), row.revision);
    let meant = recipients(&mut tx, ctx.now(), &content).await?;
    let meant: BTreeSet<UserId> = meant.into_iter().map(|one| one.person).collect();
    let open: Vec<UserId> = told::open(&mut tx, of).await?.into_iter().filter(|one| meant.contains(one)).collect();
    let day = Date::of(ctx.now()).days();
    let reminded = told::remind(&mut tx, of, &open, (day, ctx.now())).await?;
    notify::tell(ctx, &mut tx, &reminded, Template::NoticeReminder, &announce::path(&row)).await?;
    let after = json!({ "revision": row.revision, "reminded": reminded.len() });
    let done = act(seat.actor(), Action::WriteNotices, "reminder of a notice sent", &row.reference);
    audit::record(ctx, &mut tx, done, NONE, Some(&after)).await?;
    tx.commit().await?;
    Ok((seat.membership.kind == OrgKind::Authority).then_some(reminded.len()))
}
