//! The note that one shift leaves to the next: one for an authority, on top of its queue, with every version of it.
//!
//! Whoever works at the desk changes it; everybody at the desk reads it and says so. A version builds on the one that its
//! writer saw, so that nobody writes over what they have not read.

use domain::{
    access::{Action, Principal},
    handover::Note,
    ids::OrgId,
    time::Timestamp,
};
use serde::Serialize;
use store::handover::{self as rows, HandoverRow};

use crate::{
    Context, Result,
    audit::{self, Act, NONE},
    error::{Problem, Refusal},
    seat::Seat,
};

/// Earlier versions that are shown.
const SHOWN: i64 = 50;

/// A version of the note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// What a change builds on.
    pub version: i64,
    /// The text; empty if there is nothing to hand over.
    pub text: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Whether the asking person said that they have read it, or wrote it.
    pub read: bool,
}

/// The note with what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandoverPage {
    /// As it stands; none if there never was one.
    pub current: Option<Handover>,
    /// The versions before, the newest first, at most fifty.
    pub earlier: Vec<Handover>,
    /// Who has read it as it stands.
    pub readers: Vec<String>,
    /// Whether the person may change it.
    pub writes: bool,
}

/// The note of an authority as it stands; none if there never was one.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk.
pub async fn handover(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Option<Handover>> {
    let seat = Seat::take(principal, authority, Action::ReadReports)?;
    Ok(rows::current(&mut ctx.db.reader(), authority, seat.id()).await?.map(read))
}

/// The note with its versions and readers.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk.
pub async fn handover_page(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<HandoverPage> {
    let current = handover(ctx, principal, authority).await?;
    let writes = principal.allowed_in(authority, Action::WorkReports).is_ok();
    let Some(current) = current else { return Ok(HandoverPage { writes, ..HandoverPage::default() }) };
    let mut db = ctx.db.reader();
    let earlier = rows::versions(&mut db, authority, current.version, SHOWN).await?;
    Ok(HandoverPage {
        earlier: earlier.into_iter().map(read).collect(),
        readers: rows::readers(&mut db, authority, current.version).await?,
        current: Some(current),
        writes,
    })
}

fn read(row: HandoverRow) -> Handover {
    let read = row.read_version == Some(row.version);
    Handover { version: row.version, text: row.body, by: row.person, at: Timestamp(row.at), read }
}

/// What the audit log commits to.
#[derive(Serialize)]
struct Trace<'a> {
    version: i64,
    text: &'a str,
}

/// Writes the note anew, on top of the version `base` (0 for the first). Its writer has read it.
///
/// # Errors
/// [`Refusal::Invalid`] for an overlong text; [`Refusal::Stale`] if somebody changed it since;
/// [`Refusal::NotFound`] without the right.
pub async fn write_handover(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    base: i64,
    text: &str,
) -> Result<()> {
    let seat = Seat::take(principal, authority, Action::WorkReports)?;
    let note = Note::new(text).map_err(|why| Refusal::Invalid(vec![Problem::new("text", why.to_string())]))?;
    let (now, me) = (ctx.now(), seat.id());
    let mut tx = ctx.db.begin().await?;
    let before = rows::current(&mut tx, authority, me).await?;
    let (version, unchanged) = before.as_ref().map_or((0, ""), |row| (row.version, row.body.as_str()));
    if version == base && unchanged == note.as_str() {
        return Ok(());
    }
    rows::add(&mut tx, authority, base, &note, me, now).await?;
    rows::mark_read(&mut tx, authority, me, base + 1, now).await?;
    let before = before.as_ref().map(|row| Trace { version: row.version, text: &row.body });
    let after = Trace { version: base + 1, text: note.as_str() };
    audit::record(ctx, &mut tx, act(seat, authority, "hand-over note changed"), before.as_ref(), Some(&after)).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes that the person has read the note, if it still is as they saw it.
///
/// # Errors
/// [`Refusal::Stale`] if somebody changed it since; [`Refusal::NotFound`] without a place at the desk.
pub async fn read_handover(ctx: &Context, principal: &Principal, authority: OrgId, version: i64) -> Result<()> {
    let seat = Seat::take(principal, authority, Action::ReadReports)?;
    let mut tx = ctx.db.begin().await?;
    let current = rows::current(&mut tx, authority, seat.id()).await?.ok_or(Refusal::Stale)?;
    if current.version != version {
        return Err(Refusal::Stale);
    }
    if current.read_version != Some(version) {
        rows::mark_read(&mut tx, authority, seat.id(), version, ctx.now()).await?;
        let act = Act { action: Action::ReadReports, ..act(seat, authority, "hand-over note read") };
        audit::record(ctx, &mut tx, act, NONE, NONE).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn act<'a>(seat: Seat<'a>, authority: OrgId, step: &'a str) -> Act<'a> {
    let (object_kind, object_id) = ("org", authority.to_string());
    Act { actor: seat.actor(), action: Action::WorkReports, step, object_kind, object_id }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::{report::tests::somebody, testing::World};

    #[tokio::test]
    async fn nobody_writes_over_what_they_have_not_read() {
        let world = World::with_people().await;
        let me = somebody(&world, "officer@pco-nl.example").await;
        let other = somebody(&world, "officer2@pco-nl.example").await;
        let write = async |who: &Principal, base, text| write_handover(&world, who, me.org, base, text).await;
        let stands = async |who: &Principal| handover(&world, who, me.org).await.unwrap();
        assert_eq!(stands(&me.who).await, None);
        write(&me.who, 0, " Call back the carrier. ").await.unwrap();
        let mine = stands(&me.who).await.unwrap();
        assert_eq!((mine.version, mine.text.as_str(), mine.read), (1, "Call back the carrier.", true));
        assert_eq!(mine.by, me.who.person.as_ref().unwrap().name);
        assert!(!stands(&other.who).await.unwrap().read);
        read_handover(&world, &other.who, me.org, 1).await.unwrap();
        assert!(stands(&other.who).await.unwrap().read);
        let page = handover_page(&world, &me.who, me.org).await.unwrap();
        assert_eq!((page.readers.len(), page.writes), (2, true));

        write(&other.who, 1, "Done.").await.unwrap();
        for base in [0, 1, 7, -1] {
            assert!(matches!(write(&me.who, base, "Late.").await, Err(Refusal::Stale)), "{base}");
        }
        assert!(matches!(read_handover(&world, &me.who, me.org, 1).await, Err(Refusal::Stale)));
        assert!(!stands(&me.who).await.unwrap().read, "a change is to be read anew");
        write(&other.who, 2, "Done.").await.unwrap();
        assert_eq!(stands(&me.who).await.unwrap().version, 2, "the same again is no change");
        write(&me.who, 2, "").await.unwrap();
        let page = handover_page(&world, &me.who, me.org).await.unwrap();
        let earlier: Vec<_> = page.earlier.iter().map(|row| (row.version, row.text.as_str())).collect();
        assert_eq!(earlier, [(2, "Done."), (1, "Call back the carrier.")]);
    }

    #[tokio::test]
    async fn it_is_the_desks_own() {
        let world = World::with_people().await;
        let me = somebody(&world, "officer@pco-nl.example").await;
        write_handover(&world, &me.who, me.org, 0, "Ours.").await.unwrap();
        let too_long = write_handover(&world, &me.who, me.org, 1, &"x".repeat(5_000)).await;
        assert!(matches!(too_long, Err(Refusal::Invalid(problems)) if problems[0].field == "text"));
        let reader = somebody(&world, "reader@pco-nl.example").await;
        assert!(!handover_page(&world, &reader.who, me.org).await.unwrap().writes);
        read_handover(&world, &reader.who, me.org, 1).await.unwrap();
        assert!(matches!(write_handover(&world, &reader.who, me.org, 1, "x").await, Err(Refusal::NotFound)));
        for foreign in ["officer@pco-ca.example", "officer@meridian-reagents.example"] {
            let who = somebody(&world, foreign).await.who;
            assert!(matches!(handover(&world, &who, me.org).await, Err(Refusal::NotFound)), "{foreign}");
            assert!(matches!(handover_page(&world, &who, me.org).await, Err(Refusal::NotFound)), "{foreign}");
            assert!(matches!(read_handover(&world, &who, me.org, 1).await, Err(Refusal::NotFound)), "{foreign}");
            assert!(matches!(write_handover(&world, &who, me.org, 1, "x").await, Err(Refusal::NotFound)), "{foreign}");
        }
    }
}
