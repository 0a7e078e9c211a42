//! What readers see: lists, a notice with its history, a revision.

use domain::{
    access::{Action, Principal},
    country::Country,
    encoding::hex,
    ids::{NoticeId, OrgId},
    notice::{Access, Card, Content, Kind, NoticeRef, Severity, Standing, Trust},
    time::Timestamp,
};
use store::{
    Read,
    notice::{self as rows, FIRST, NoticeRow, Place, PublishedRow},
};

use super::{card_of, fault, number_of, sight::Eyes};
use crate::{Context, Result, draft::profile::zone_name, error::Refusal, seat::Seat};

/// Notices on a page.
const PAGE: usize = 20;
/// Rows looked at in one go.
const CHUNK: i64 = 200;

/// What a list is narrowed to. Empty fields narrow nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Of this severity.
    pub severity: Option<Severity>,
    /// About this substance, by slug.
    pub substance: String,
    /// For readers in this country: those for every country too.
    pub country: Option<Country>,
    /// Written in this language too (ISO 639-1).
    pub lang: String,
    /// With those that are no longer valid.
    pub ended: bool,
}

impl Filter {
    fn takes(&self, card: &Card, standing: Standing) -> bool {
        let countries = &card.audience.countries;
        self.kind.is_none_or(|kind| kind == card.kind)
            && self.severity.is_none_or(|severity| severity == card.severity)
            && (self.substance.is_empty() || card.audience.substances.contains(&self.substance))
            && self.country.is_none_or(|country| countries.is_empty() || countries.contains(&country))
            && (self.lang.is_empty() || card.texts.iter().any(|text| text.lang == self.lang))
            && (self.ended || standing == Standing::Valid)
    }
}

/// A published notice in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its number.
    pub reference: NoticeRef,
    /// Who published it.
    pub publisher: String,
    /// Number of its last revision.
    pub revision: i64,
    /// What it says, without its text.
    pub card: Card,
    /// Whether it holds.
    pub standing: Standing,
    /// The first publication.
    pub published: Timestamp,
    /// The last one.
    pub revised: Timestamp,
}

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The newest first.
    pub items: Vec<Item>,
    /// Whether there are more behind the last.
    pub more: bool,
}

/// A revision in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number.
    pub number: i64,
    /// When it was published.
    pub at: Timestamp,
    /// What changed, in the author's words; may be empty.
    pub note: String,
    /// SHA-256 over its content, in hexadecimal.
    pub sha256: String,
    /// What attests it.
    pub seal: String,
}

/// A notice as readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its number.
    pub reference: NoticeRef,
    /// Who published it.
    pub publisher: String,
    /// Their website; may be empty.
    pub website: String,
    /// Which revision this is.
    pub revision: i64,
    /// Number of the last revision.
    pub newest: i64,
    /// What it says; nothing after it was withdrawn.
    pub content: Option<Content>,
    /// What it said, for lists.
    pub card: Card,
    /// Whether it holds.
    pub standing: Standing,
    /// The first publication.
    pub published: Timestamp,
    /// When this revision was published.
    pub revised: Timestamp,
    /// When and why it was withdrawn.
    pub withdrawn: Option<(Timestamp, String)>,
    /// All revisions, the newest first.
    pub history: Vec<Revision>,
    /// The zone of its organisation.
    pub zone: String,
}

fn item(row: PublishedRow, now: Timestamp) -> Result<Item> {
    let card = card_of(&row.reference, &row.card)?;
    Ok(Item {
        reference: number_of(&row.reference)?,
        publisher: row.publisher,
        revision: row.revision,
        card,
        standing: Standing::of(row.revision, false, row.ends_at.map(Timestamp), now),
        published: Timestamp(row.published_at.unwrap_or_default()),
        revised: Timestamp(row.revised_at.unwrap_or_default()),
    })
}

/// Goes through what is published, the newest first, and keeps what is taken, until there are `most`.
pub(super) async fn gather(
    db: &mut impl Read,
    now: Timestamp,
    mut place: Place,
    most: usize,
    takes: impl Fn(&PublishedRow, &Item) -> bool,
) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    loop {
        let chunk = rows::published(db, place, CHUNK).await?;
        let Some(last) = chunk.last() else { return Ok(items) };
        place = (Timestamp(last.published_at.unwrap_or_default()), NoticeId(last.id));
        for row in chunk {
            let one = item(row.clone(), now)?;
            if takes(&row, &one) {
                items.push(one);
            }
            if items.len() == most {
                return Ok(items);
            }
        }
    }
}

/// The place behind a notice; at the beginning for none and for one that is not there.
async fn place_behind(db: &mut impl Read, after: Option<&NoticeRef>) -> Result<Place> {
    let Some(after) = after else { return Ok(FIRST) };
    let row = rows::find(db, after).await?;
    Ok(row.and_then(|row| Some((Timestamp(row.published_at?), NoticeId(row.id)))).unwrap_or(FIRST))
}

fn page(mut items: Vec<Item>) -> Page {
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    Page { items, more }
}

/// What everybody may read, behind `after`.
///
/// # Errors
/// If the store fails.
pub async fn public(ctx: &Context, filter: &Filter, after: Option<&NoticeRef>) -> Result<Page> {
    let mut db = ctx.db.reader();
    let place = place_behind(&mut db, after).await?;
    let eyes = Eyes::of_nobody();
    let takes =
        |row: &PublishedRow, one: &Item| eyes.see(row.org_id, &one.card) && filter.takes(&one.card, one.standing);
    Ok(page(gather(&mut db, ctx.now(), place, PAGE + 1, takes).await?))
}

/// The newest valid ones of those that everybody may read.
///
/// # Errors
/// If the store fails.
pub async fn latest(ctx: &Context, most: usize) -> Result<Vec<Item>> {
    let takes = |_: &PublishedRow, one: &Item| one.card.access == Access::Public && one.standing == Standing::Valid;
    gather(&mut ctx.db.reader(), ctx.now(), FIRST, most, takes).await
}

/// The newest valid ones about a substance, of those that everybody may read.
///
/// # Errors
/// If the store fails.
pub async fn about_substance(ctx: &Context, slug: &str, most: usize) -> Result<Vec<Item>> {
    let filter = Filter { substance: slug.to_owned(), ..Filter::default() };
    let takes =
        |_: &PublishedRow, one: &Item| one.card.access == Access::Public && filter.takes(&one.card, one.standing);
    gather(&mut ctx.db.reader(), ctx.now(), FIRST, most, takes).await
}

/// What concerns a company and what it may see of that, behind `after`.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn received(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    filter: &Filter,
    after: Option<&NoticeRef>,
) -> Result<Page> {
    Seat::take(principal, org, Action::ReceiveNotices)?;
    let mut db = ctx.db.reader();
    let place = place_behind(&mut db, after).await?;
    let eyes = Eyes::of_org(&mut db, org, ctx.now()).await?;
    let takes = |row: &PublishedRow, one: &Item| {
        eyes.see(row.org_id, &one.card) && eyes.are_meant(&one.card) && filter.takes(&one.card, one.standing)
    };
    Ok(page(gather(&mut db, ctx.now(), place, PAGE + 1, takes).await?))
}

/// The newest of those that concern a person, whatever they belong to, for a feed: nothing that asks for readers whom the
/// authority vouches for, since whoever has the feed's address reads it.
///
/// # Errors
/// If the store fails.
pub async fn concerning(ctx: &Context, principal: &Principal, filter: &Filter) -> Result<Vec<Item>> {
    let mut db = ctx.db.reader();
    let eyes = Eyes::of_person(&mut db, principal, ctx.now()).await?;
    let takes = |row: &PublishedRow, one: &Item| {
        let open = one.card.access == Access::Public || one.card.trust < Trust::Vetted;
        open && eyes.see(row.org_id, &one.card) && eyes.are_meant(&one.card) && filter.takes(&one.card, one.standing)
    };
    gather(&mut db, ctx.now(), FIRST, PAGE, takes).await
}

/// A notice, for whoever looks.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, it was never published, or it is not for them.
pub async fn shown(ctx: &Context, principal: &Principal, reference: &NoticeRef) -> Result<Shown> {
    let mut db = ctx.db.reader();
    let eyes = Eyes::of_person(&mut db, principal, ctx.now()).await?;
    let row = seen(&mut db, &eyes, reference).await?;
    let newest = row.revision;
    whole(&mut db, ctx.now(), row, newest).await
}

/// The same in the workspace of a company.
///
/// # Errors
/// As [`shown`], and without the right.
pub async fn shown_to(ctx: &Context, principal: &Principal, org: OrgId, reference: &NoticeRef) -> Result<Shown> {
    Seat::take(principal, org, Action::ReceiveNotices)?;
    let mut db = ctx.db.reader();
    let eyes = Eyes::of_org(&mut db, org, ctx.now()).await?;
    let row = seen(&mut db, &eyes, reference).await?;
    let newest = row.revision;
    whole(&mut db, ctx.now(), row, newest).await
}

/// One revision of a notice, for whoever looks, with the canonical text that its hash is of. Older ones are seen by who sees
/// the newest, if they were for no fewer than that.
///
/// # Errors
/// As [`shown`], if there is no such revision, and after the notice was withdrawn.
pub async fn revision(
    ctx: &Context,
    principal: &Principal,
    reference: &NoticeRef,
    number: i64,
) -> Result<(Shown, String)> {
    let mut db = ctx.db.reader();
    let eyes = Eyes::of_person(&mut db, principal, ctx.now()).await?;
    let row = seen(&mut db, &eyes, reference).await?;
    let owner = row.org_id;
    let kept = rows::revision(&mut db, NoticeId(row.id), number).await?.ok_or(Refusal::NotFound)?;
    let shown = whole(&mut db, ctx.now(), row, number).await?;
    // What was for fewer readers once is not opened by a later revision for more.
    let then = shown.content.as_ref().ok_or(Refusal::NotFound)?.card();
    if eyes.see(owner, &then) { Ok((shown, kept.content)) } else { Err(Refusal::NotFound) }
}

/// A published notice that these eyes see.
pub(super) async fn seen(db: &mut impl Read, eyes: &Eyes, reference: &NoticeRef) -> Result<NoticeRow> {
    let row = rows::find(db, reference).await?.filter(|row| row.revision > 0).ok_or(Refusal::NotFound)?;
    if eyes.see(row.org_id, &card_of(&row.reference, &row.card)?) { Ok(row) } else { Err(Refusal::NotFound) }
}

async fn whole(db: &mut impl Read, now: Timestamp, row: NoticeRow, number: i64) -> Result<Shown> {
    let org = store::org::by_id(db, OrgId(row.org_id)).await?.ok_or(Refusal::NotFound)?;
    let kept = rows::revision(db, NoticeId(row.id), number).await?.ok_or(Refusal::NotFound)?;
    let history = history(db, NoticeId(row.id)).await?;
    let content: Content = serde_json::from_str(&kept.content).map_err(|error| fault(&row, &error))?;
    let withdrawn = row.withdrawn_at.map(|at| (Timestamp(at), row.withdrawn_reason.clone()));
    Ok(Shown {
        reference: number_of(&row.reference)?,
        publisher: org.name.clone(),
        website: org.website.clone(),
        revision: number,
        newest: row.revision,
        card: content.card(),
        content: withdrawn.is_none().then_some(content),
        standing: Standing::of(row.revision, withdrawn.is_some(), row.ends_at.map(Timestamp), now),
        published: Timestamp(row.published_at.unwrap_or_default()),
        revised: Timestamp(kept.at),
        withdrawn,
        history,
        zone: zone_name(&org).to_owned(),
    })
}

pub(super) async fn history(db: &mut impl Read, id: NoticeId) -> Result<Vec<Revision>> {
    let revision = |row: rows::HistoryRow| Revision {
        number: row.number,
        at: Timestamp(row.at),
        note: row.note,
        sha256: hex(&row.sha256),
        seal: row.seal,
    };
    Ok(rows::history(db, id).await?.into_iter().map(revision).collect())
}
