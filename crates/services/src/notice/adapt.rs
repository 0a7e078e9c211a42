//! Notices that an association makes from an authority's. Both ends of the link are shown to who may see them; the association is
//! told when the original changes or is withdrawn, and its notice says so until somebody has looked at that.

use std::collections::HashSet;

use domain::{
    access::{Action, Principal},
    ids::{NoticeId, OrgId, UserId},
    notice::{Card, Content, NoticeRef, Original, Standing},
    organisation::OrgKind,
    time::Timestamp,
};
use store::{
    Read, Tx,
    notice::{
        self as notices, FIRST, NoticeRow, PublishedRow,
        adapted::{self as rows, LinkedRow},
    },
    org, person,
};

use super::{
    Own, act, card_of, held, number_of,
    read::{Item, gather},
    sight::Eyes,
    work::live,
    write::store_draft,
};
use crate::{
    Context, Result,
    audit::{self, NONE},
    error::{Problem, Refusal},
    input::invalid,
    notify,
    outbox::Template,
    seat::Seat,
};

/// So many notices are offered at most.
const MOST: usize = 50;

/// A notice at the other end of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Its number.
    pub reference: NoticeRef,
    /// Who published it.
    pub publisher: String,
    /// What it says, for lists; none for who may not see it any more.
    pub card: Option<Card>,
    /// The revision from which was adapted, or which was looked at last.
    pub looked_at: i64,
    /// What has become of the original since.
    pub original: Original,
}

impl Linked {
    fn of(row: LinkedRow, is_seen: bool) -> Result<Self> {
        let card = if is_seen { Some(card_of(&row.reference, &row.card)?) } else { None };
        Ok(Self {
            reference: number_of(&row.reference)?,
            publisher: row.publisher,
            card,
            looked_at: row.looked_at,
            original: Original::of(row.looked_at, row.revision, row.withdrawn_at.is_some(), is_seen),
        })
    }
}

fn sees(eyes: &Eyes, row: &LinkedRow) -> Result<bool> {
    Ok(row.revision > 0 && eyes.see(row.org_id, &card_of(&row.reference, &row.card)?))
}

/// What a published notice was adapted from and what was adapted from it, as far as somebody may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Its original.
    pub original: Option<Linked>,
    /// Those that are published and were not withdrawn.
    pub adapted: Vec<Linked>,
    /// Handle and name of the reader's associations that can adapt it.
    pub adapters: Vec<(String, String)>,
}

/// The links of a published notice for whoever looks at it.
///
/// # Errors
/// If the store fails.
pub async fn links(ctx: &Context, principal: &Principal, reference: &NoticeRef) -> Result<Links> {
    let mut db = ctx.db.reader();
    let Some(row) = notices::find(&mut db, reference).await? else { return Ok(Links::default()) };
    let mut links = Links { adapters: adapters(&mut db, principal, reference, ctx.now()).await?, ..Links::default() };
    let (original, adapted) =
        (rows::original(&mut db, NoticeId(row.id)).await?, rows::of(&mut db, NoticeId(row.id)).await?);
    if original.is_none() && adapted.is_empty() {
        return Ok(links);
    }
    let eyes = Eyes::of_person(&mut db, principal, ctx.now()).await?;
    for one in adapted.into_iter().filter(|one| one.withdrawn_at.is_none()) {
        if sees(&eyes, &one)? {
            links.adapted.push(Linked::of(one, true)?);
        }
    }
    if let Some(one) = original
        && sees(&eyes, &one)?
    {
        links.original = Some(Linked::of(one, true)?);
    }
    Ok(links)
}

async fn adapters(
    db: &mut impl Read,
    principal: &Principal,
    reference: &NoticeRef,
    now: Timestamp,
) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for place in &principal.memberships {
        let may = principal.allowed_in(place.org, Action::AdaptNotices).is_ok();
        if may && adaptable(db, place.org, reference, now).await?.is_some() {
            found.push((place.handle.clone(), place.org_name.clone()));
        }
    }
    Ok(found)
}

/// The original of a notice for the organisation that adapted it.
pub(super) async fn origin(db: &mut impl Read, row: &NoticeRow, now: Timestamp) -> Result<Option<Linked>> {
    let Some(original) = rows::original(db, NoticeId(row.id)).await? else { return Ok(None) };
    let eyes = Eyes::of_org(db, OrgId(row.org_id), now).await?;
    let is_seen = sees(&eyes, &original)?;
    Linked::of(original, is_seen).map(Some)
}

/// The newest valid notices of authorities that an association may see, to adapt one of them.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn offered(ctx: &Context, principal: &Principal, association: OrgId) -> Result<Vec<Item>> {
    Seat::take(principal, association, Action::AdaptNotices)?;
    let mut db = ctx.db.reader();
    let authorities: HashSet<_> =
        org::of_kind(&mut db, OrgKind::Authority.code()).await?.into_iter().map(|row| row.id).collect();
    let eyes = Eyes::of_org(&mut db, association, ctx.now()).await?;
    let takes = |row: &PublishedRow, one: &Item| {
        authorities.contains(&row.org_id) && one.standing == Standing::Valid && eyes.see(row.org_id, &one.card)
    };
    gather(&mut db, ctx.now(), FIRST, MOST, takes).await
}

/// Begins a notice of an association with what a published one of an authority says; its files stay there.
///
/// # Errors
/// [`Refusal::Invalid`] at `from` if there is no such notice of an authority for this association; [`Refusal::NotFound`] without
/// the right.
pub async fn adapt(ctx: &Context, principal: &Principal, association: OrgId, from: &str) -> Result<NoticeRef> {
    let seat = Seat::take(principal, association, Action::AdaptNotices)?;
    let mut tx = ctx.db.begin().await?;
    let refused = || invalid("from", "Choose a notice of an authority that your association may read.");
    let reference: NoticeRef = from.parse().map_err(|_| refused())?;
    let original = adaptable(&mut tx, association, &reference, ctx.now()).await?.ok_or_else(refused)?;
    let content = live(&mut tx, &original).await?.ok_or_else(refused)?;
    // Whether readers are to acknowledge it, the association says anew.
    let content = Content { files: Vec::new(), acknowledge: false, ..content };
    let (id, made) = store_draft(ctx, &mut tx, seat, &content).await?;
    rows::link(&mut tx, id, NoticeId(original.id), original.revision).await?;
    let shown = made.to_string();
    let step = act(seat.actor(), Action::AdaptNotices, "notice adapted from an authority's", &shown);
    audit::record(ctx, &mut tx, step, NONE, Some(&(&original.reference, original.revision))).await?;
    tx.commit().await?;
    Ok(made)
}

/// A published notice of an authority that an association may see.
async fn adaptable(
    db: &mut impl Read,
    association: OrgId,
    reference: &NoticeRef,
    now: Timestamp,
) -> Result<Option<NoticeRow>> {
    let found = notices::find(db, reference).await?.filter(|row| row.revision > 0 && row.withdrawn_at.is_none());
    let Some(row) = found else { return Ok(None) };
    let owner = org::by_id(db, OrgId(row.org_id)).await?;
    let eyes = Eyes::of_org(db, association, now).await?;
    let fits = owner.is_some_and(|owner| owner.kind == OrgKind::Authority.code())
        && eyes.see(row.org_id, &card_of(&row.reference, &row.card)?);
    Ok(fits.then_some(row))
}

/// Notes that somebody has looked at what became of the original.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the notice was not adapted.
pub async fn look_at_original(ctx: &Context, principal: &Principal, own: Own<'_>) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (row, seat) = held(&mut tx, principal, own, Action::AdaptNotices).await?;
    let original = rows::original(&mut tx, NoticeId(row.id)).await?.ok_or(Refusal::NotFound)?;
    rows::look(&mut tx, NoticeId(row.id), original.revision).await?;
    let step = act(seat.actor(), Action::AdaptNotices, "original of a notice looked at", &row.reference);
    audit::record(ctx, &mut tx, step, Some(&original.looked_at), Some(&original.revision)).await?;
    tx.commit().await?;
    Ok(())
}

/// What an authority has for few is not opened by who adapts it.
///
/// # Errors
/// [`Refusal::Invalid`] at `access` if the notice is open to more people than its original.
pub(super) async fn must_not_open(db: &mut impl Read, row: &NoticeRow, content: &Content) -> Result<()> {
    let Some(original) = rows::original(db, NoticeId(row.id)).await? else { return Ok(()) };
    let access = card_of(&original.reference, &original.card)?.access;
    if content.access.opens_more_than(access) {
        let words = format!("The original is not for so many. Choose: {}.", access.label());
        return Err(Refusal::Invalid(vec![Problem::new("access", words)]));
    }
    Ok(())
}

/// Tells those who adapted a notice that it has changed or was withdrawn.
pub(super) async fn tell(ctx: &Context, tx: &mut Tx, original: &NoticeRow) -> Result<()> {
    for one in rows::of(tx, NoticeId(original.id)).await?.into_iter().filter(|one| one.withdrawn_at.is_none()) {
        let members = person::members(tx, OrgId(one.org_id)).await?;
        let editors = members.iter().filter(|member| member.may(Action::AdaptNotices));
        let editors: Vec<UserId> = editors.map(|member| UserId(member.person_id)).collect();
        let path = format!("/n/{}/notices/{}", one.handle, one.reference);
        notify::tell(ctx, tx, &editors, Template::OriginalChanged, &path).await?;
    }
    Ok(())
}
