//! What is new to an officer: in a report since they read it last, at the desk since they looked at the queue last.
//!
//! New is what somebody else did. Nothing is written for a report and an officer until the officer opens it: what they
//! have not read follows from the entries behind the last one they saw.

use domain::{
    access::{Action, Principal},
    ids::{OrgId, UserId},
    look::{Look, Mark, known_until},
    time::Timestamp,
};
use store::{
    Read,
    look::{self as rows, Floor, LookRow},
};

use crate::{
    Context, Result,
    audit::{self, Act, NONE},
    error::Refusal,
    seat::Seat,
};

/// So many are counted; beyond that it is "or more".
pub const COUNTED: i64 = 200;
/// A look at the queue is noted at most this often, microseconds.
const NOTE_EVERY: i64 = Timestamp::MINUTE;
/// What happened less than this ago may not be in sight of everybody yet, microseconds.
const SETTLING: i64 = Timestamp::MINUTE;

/// A kind of thing that is new in a report, in the order in which it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum News {
    /// The report itself.
    Report,
    /// The company answered a question.
    Answer,
    /// The company wrote.
    Message,
    /// The company completed or changed it.
    Changed,
    /// The company added evidence.
    Evidence,
    /// The company took it back.
    Withdrawn,
    /// The company confirmed what was taken down by telephone.
    Confirmed,
    /// A time ran out, or the goods are about to leave.
    Clock,
    /// A colleague wrote a note.
    Note,
    /// A colleague did something else.
    Colleague,
}

impl News {
    /// What an entry of a kind from a side is; nothing for one that only tells the company of another entry.
    fn of(kind: &str, side: &str) -> Option<Self> {
        Some(match (kind, side) {
            // Who has a report by rule is told with the report itself.
            ("state" | "outcome" | "assigned_by_rule", _) => return None,
            ("sent" | "taken_down", _) => Self::Report,
            ("answer", _) => Self::Answer,
            ("evidence_added", "company") => Self::Evidence,
            ("message", "company") => Self::Message,
            ("withdrawn", _) => Self::Withdrawn,
            ("confirmed", _) => Self::Confirmed,
            (_, "company") => Self::Changed,
            ("note", _) => Self::Note,
            (_, "authority") => Self::Colleague,
            _ => Self::Clock,
        })
    }

    /// Reads what the store says of unread entries: `kind:side`, with commas. Each kind of news once, in order.
    pub(super) fn read(entries: Option<&str>) -> Vec<Self> {
        let entries = entries.unwrap_or_default().split(',').filter_map(|entry| entry.split_once(':'));
        let mut news: Vec<Self> = entries.filter_map(|(kind, side)| Self::of(kind, side)).collect();
        news.sort_unstable();
        news.dedup();
        news
    }
}

/// What is new at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeskNews {
    /// When the person looked at the queue last, before this visit.
    pub since: Timestamp,
    /// Reports in which something happened since then that they have not read; at most [`COUNTED`].
    pub fresh: i64,
    /// Reports in which anything is new to them; at most [`COUNTED`].
    pub all: i64,
}

/// From where on something is new to a member of an authority.
pub(super) async fn floor(ctx: &Context, db: &mut impl Read, authority: OrgId, person: UserId) -> Result<Floor> {
    let row = rows::find(db, authority, person).await?.ok_or(Refusal::NotFound)?;
    Ok(floor_of(&row, ctx.now()))
}

fn floor_of(row: &LookRow, now: Timestamp) -> Floor {
    let known_until = known_until(Timestamp(row.joined_at), row.known_until.map(Timestamp), now);
    Floor { known_until, read_until: Timestamp(row.read_until.unwrap_or(i64::MIN)) }
}

/// Up to where a person has read everything: to before the first report in which something is new. Whoever has read
/// nearly all is not asked about all of it again.
async fn read_until(
    db: &mut impl Read,
    authority: OrgId,
    me: UserId,
    floor: Floor,
    now: Timestamp,
) -> Result<Timestamp> {
    let settled = now.plus(-SETTLING);
    let first = rows::first_unread(db, authority, me, floor).await?;
    Ok(first.map_or(settled, |first| settled.min(first.plus(-1))).max(floor.read_until))
}

/// In how many reports anything is new to a person.
pub(super) async fn count(ctx: &Context, authority: OrgId, person: UserId) -> Result<i64> {
    let mut db = ctx.db.reader();
    let floor = floor(ctx, &mut db, authority, person).await?;
    Ok(rows::count(&mut db, authority, person, floor, COUNTED).await?)
}

/// Notes that a person looks at the queue, and says what is new.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk.
pub async fn look(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<DeskNews> {
    let seat = Seat::take(principal, authority, Action::ReadReports)?;
    let (mut db, now, me) = (ctx.db.reader(), ctx.now(), seat.id());
    let row = rows::find(&mut db, authority, me).await?.ok_or(Refusal::NotFound)?;
    let mark = |at| Mark { at, n: 0 };
    let before = row
        .looked_at
        .zip(row.since_at)
        .map(|(last, since)| Look { last: mark(Timestamp(last)), since: mark(Timestamp(since)) });
    let look = before.map_or_else(|| Look::first(mark(now)), |look| look.again(mark(now)));
    let mut floor = floor_of(&row, now);
    if before.is_none_or(|before| now.since(before.last.at) >= NOTE_EVERY) {
        floor.read_until = read_until(&mut db, authority, me, floor, now).await?;
        let mut tx = ctx.db.begin().await?;
        rows::note(&mut tx, authority, me, look.last.at, look.since.at).await?;
        rows::read(&mut tx, authority, me, floor.read_until).await?;
        tx.commit().await?;
    }
    let (since, all) = (look.since.at, rows::count(&mut db, authority, me, floor, COUNTED).await?);
    let lately = Floor { known_until: since.max(floor.known_until), ..floor };
    let fresh = rows::count(&mut db, authority, me, lately, COUNTED).await?;
    Ok(DeskNews { since, fresh, all })
}

/// Notes that a person knows everything that happened at the desk so far.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk.
pub async fn know_all(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<()> {
    let seat = Seat::take(principal, authority, Action::ReadReports)?;
    let mut tx = ctx.db.begin().await?;
    rows::know(&mut tx, authority, seat.id(), ctx.now()).await?;
    let act = Act {
        actor: seat.actor(),
        action: Action::ReadReports,
        step: "everything new marked as seen",
        object_kind: "org",
        object_id: authority.to_string(),
    };
    audit::record(ctx, &mut tx, act, NONE, NONE).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_as_what_they_mean_for_an_officer() {
        for (entries, expected) in [
            (None, vec![]),
            (Some(""), vec![]),
            (Some("sent:company"), vec![News::Report]),
            (Some("message:company,answer:company,message:company"), vec![News::Answer, News::Message]),
            (Some("message:authority,note:authority,decided:authority"), vec![News::Note, News::Colleague]),
            (Some("state:system,timed_out:system"), vec![News::Clock]),
            (Some("sent:company,assigned_by_rule:system"), vec![News::Report]),
            (Some("assigned_by_rule:system"), vec![]),
            (Some("completed:company,evidence_added:company"), vec![News::Changed, News::Evidence]),
            (Some("taken_down:authority,confirmed:company,withdrawn:company"), {
                vec![News::Report, News::Withdrawn, News::Confirmed]
            }),
        ] {
            assert_eq!(News::read(entries), expected, "{entries:?}");
        }
    }
}
