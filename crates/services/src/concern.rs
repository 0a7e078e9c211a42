//! Anonymous concerns: somebody without an account reports, and reads the answer by a phrase that only they have.
//!
//! - A concern **is** a report. It stands in the name of an organisation without members and of a person without a sign-in, which
//!   each authority that takes concerns has ([`door`]); so the desk has every tool for it that it has for a report.
//! - Nothing about the sender is asked for, passed on or kept. Whatever the sender does counts as done at the end of its day at
//!   the authority ([`Dated`]): rows, identities, the log, the dates of files, and the mail that tells the desk.
//! - The phrase is shown once ([`phrase`]). The database holds a keyed hash of it.
//! - All senders share buckets in this process ([`gate`]); a browser that has done some work has a wider one.
//! - An association passes concerns of members on ([`association`]) and reads what comes of them; it needs no phrase.

mod association;
mod door;
mod gate;
mod mailbox;
mod phrase;
mod send;
mod tick;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use domain::{
    access::{Membership, Person, Principal, Role},
    calendar::Zone as _,
    date::Date,
    ids::{OrgId, ReportId, UserId},
    lang::Lang,
    organisation::{OrgKind, OrgStatus},
    time::Timestamp,
};
use store::{
    Read,
    concern::{self as rows, DoorRow},
    org::OrgRow,
};

use crate::{Clock, Context, Result, calendar::Local, draft::profile::zone_name, error::Refusal};

pub(crate) use association::tell as tell_association;
pub use association::{Passed, list, may_pass_on, pass_on, passed, reply as reply_for_member};
pub(crate) use door::NAME;
pub use door::{Door, Place, place, places, setting, switch};
pub(crate) use gate::Gate;
pub use gate::{Room, new_form, room};
pub use mailbox::{Entry, Mailbox, Voice, add, close, look, open};
pub use phrase::Ticket;
pub use send::{FIELDS, Sending, Sent, send};
pub(crate) use tick::end_phrases;

/// What a report is as an anonymous concern, for the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// The association that passed it on, if one did.
    pub passed_on_by: Option<String>,
    /// Whether somebody can still read what the authority writes.
    pub is_heard: bool,
}

/// What a report is as an anonymous concern; none if it is none.
pub(crate) async fn of(db: &mut impl Read, report: ReportId) -> Result<Option<Concern>> {
    let row = rows::of_report(db, report).await?;
    Ok(row.map(|row| Concern { is_heard: row.is_open || row.association_id.is_some(), passed_on_by: row.association }))
}

/// What acts in the name of senders need: the context with a clock that stands at the end of the day, and who acts.
pub(crate) struct Dated {
    /// With the clock that stands.
    ctx: Context,
    /// The day, in days since 1970-01-01.
    day: i64,
    /// Everybody's and nobody's.
    sender: Principal,
    /// The organisation in whose name concerns to this authority stand.
    org: OrgId,
    /// The authority.
    authority: OrgRow,
}

impl Dated {
    /// At an authority that takes concerns, or did.
    async fn at(ctx: &Context, authority: OrgId) -> Result<(Self, DoorRow)> {
        let mut db = ctx.db.reader();
        let door = rows::door(&mut db, authority).await?.ok_or(Refusal::NotFound)?;
        let authority = store::org::by_id(&mut db, authority).await?.ok_or(Refusal::NotFound)?;
        let org = store::org::by_id(&mut db, OrgId(door.org_id)).await?.ok_or(Refusal::NotFound)?;
        let (day, end) = end_of_day(zone_name(&authority), ctx.now());
        let sender = sender(&org, UserId(door.person_id));
        let ctx = Context { clock: Clock::standing_at(end), ..ctx.clone() };
        Ok((Self { ctx, day, sender, org: OrgId(org.id), authority }, door))
    }
}

/// The day in a zone, and its last microsecond.
fn end_of_day(zone: &str, now: Timestamp) -> (i64, Timestamp) {
    let local = Local::named(zone);
    let day = local.day(now).days();
    (day, local.start(Date::from_days(day + 1)).plus(-1))
}

/// Who stands for all senders.
fn sender(org: &OrgRow, person: UserId) -> Principal {
    let person = Person { id: person, name: door::SENDER.to_owned(), email: String::new(), lang: Lang::default() };
    let membership = Membership {
        org: OrgId(org.id),
        handle: org.handle.clone(),
        org_name: org.name.clone(),
        kind: OrgKind::Company,
        country: org.country.clone(),
        status: OrgStatus::Approved,
        role: Role::CompanyOfficer,
    };
    Principal { person: Some(person), memberships: vec![membership] }
}
