//! Reading the audit log: an organisation sees what its own people did, a company also who else opened its reports.
//!
//! Whoever opened a report for an authority stands there with role and unit, never with a name, and nothing else that an
//! authority does inside stands there at all. What others decided about the organisation itself (approved, suspended,
//! reinstated) stands there in the same way, and so does every reading of its reports in need, with the reason. Who runs the installation sees what the system did, and no report.

use std::collections::HashMap;

use domain::{
    access::{Action, Principal, Role},
    date::Date,
    ids::{OrgId, UserId},
    organisation::OrgKind,
    reference::Reference,
    time::Timestamp,
};
use store::{
    Reader,
    log::{LogRow, Wanted, decided, glass, of_nobody, opened, own},
};
use uuid::Uuid;

use crate::{
    Context, Result,
    audit::{self, Verdict},
    break_glass,
    draft::profile::{instant, zone_name},
    error::Refusal,
};

/// What is looked for. Days are those of the organisation's own clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// By this colleague only.
    pub person: Option<UserId>,
    /// About this report only.
    pub report: Option<Reference>,
    /// From this day.
    pub from: Option<Date>,
    /// Up to and including this day.
    pub to: Option<Date>,
    /// Only rows before this place in the chain: the next page.
    pub before: Option<i64>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A colleague, in a role.
    Person {
        /// Their name.
        name: String,
        /// Their role then.
        role: Option<Role>,
    },
    /// Somebody of another organisation, who is not named.
    Unit {
        /// The organisation.
        name: String,
        /// Their role then.
        role: Option<Role>,
    },
    /// The system itself.
    System,
    /// Somebody who had not signed in.
    Nobody,
}

/// What an act was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A report.
    Report(Reference),
    /// A person, by the name they have now.
    Person(String),
    /// An organisation, by the name it has now.
    Organisation(String),
    /// Something without a page of its own.
    Other(String),
}

/// An act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the chain of all acts of the installation.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: Who,
    /// Name of the action under which it was allowed.
    pub action: String,
    /// What, in words.
    pub what: String,
    /// About what.
    pub about: About,
}

/// A page of the log, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The acts.
    pub entries: Vec<Entry>,
    /// Before which place the next page begins, if there is one.
    pub next: Option<i64>,
    /// The colleagues one can look for.
    pub people: Vec<(UserId, String)>,
    /// The zone in which the organisation reads the time.
    pub time_zone: String,
}

/// A page of an organisation's log with at most `limit` acts.
///
/// # Errors
/// [`Refusal::NotFound`] without the right to read the log of this organisation.
pub async fn page(ctx: &Context, principal: &Principal, org: OrgId, filter: &Filter, limit: usize) -> Result<Page> {
    let kind = principal.allowed_in(org, Action::ReadLog)?.kind;
    let mut db = ctx.db.reader();
    let row = store::org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    let zone = zone_name(&row);
    let object = filter.report.as_ref().map(ToString::to_string).unwrap_or_default();
    let midnight = |day: Option<Date>| day.and_then(|day| instant(zone, day, None));
    let next_day = filter.to.map(|day| Date::from_days(day.days().saturating_add(1)));
    let wanted = Wanted {
        before: filter.before.unwrap_or(i64::MAX),
        from: midnight(filter.from).unwrap_or(Timestamp(i64::MIN)),
        until: midnight(next_day).unwrap_or(Timestamp(i64::MAX)),
        object: &object,
        person: filter.person,
        limit: i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX),
    };
    let mut rows: Vec<(LogRow, bool)> = own(&mut db, org, wanted).await?.into_iter().map(|row| (row, true)).collect();
    // The acts of others have no names: where one person's are wanted, none of them is.
    let mut others = match (kind, filter.person) {
        (OrgKind::Company, None) => opened(&mut db, org, wanted).await?,
        (OrgKind::Operator, None) => of_nobody(&mut db, wanted).await?,
        (OrgKind::Authority, None) if break_glass::any(&mut db, org).await? => glass(&mut db, org, wanted).await?,
        _ => Vec::new(),
    };
    if filter.person.is_none() {
        others.extend(decided(&mut db, org, wanted).await?);
    }
    rows.extend(others.into_iter().map(|row| (row, false)));
    rows.sort_by_key(|(row, _)| std::cmp::Reverse(row.seq));
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|(row, _)| row.seq);
    let (mut names, mut reasons) = (Names::default(), break_glass::Reasons::default());
    let mut entries = Vec::with_capacity(rows.len());
    for (row, is_own) in rows {
        let about = names.about(&mut db, &row.object_kind, &row.object_id).await?;
        let mut entry = entry(row, is_own, about);
        entry.what = reasons.told(&mut db, entry.what).await?;
        entries.push(entry);
    }
    let members = store::person::members(&mut db, org).await?;
    let people = members.into_iter().map(|member| (UserId(member.person_id), member.name)).collect();
    Ok(Page { entries, next, people, time_zone: zone.to_owned() })
}

/// What was changed in an organisation's team and rights from one instant to before another, the oldest first. Who may know is
/// the caller's to say.
pub(crate) async fn team(ctx: &Context, org: OrgId, (from, until): (Timestamp, Timestamp)) -> Result<Vec<Entry>> {
    let mut db = ctx.db.reader();
    let (mut names, mut entries) = (Names::default(), Vec::new());
    for row in store::log::team(&mut db, org, from, until).await? {
        let about = names.about(&mut db, &row.object_kind, &row.object_id).await?;
        entries.push(entry(row, true, about));
    }
    Ok(entries)
}

fn entry(row: LogRow, is_own: bool, about: About) -> Entry {
    let role = Role::from_code(&row.role);
    let who = match (is_own, row.person, row.unit) {
        (true, Some(name), _) => Who::Person { name, role },
        (false, _, Some(name)) => Who::Unit { name, role },
        _ if row.role == "anonymous" => Who::Nobody,
        _ => Who::System,
    };
    let (action, what) = row.action.split_once(": ").unwrap_or(("", &row.action));
    Entry { seq: row.seq, at: Timestamp(row.at), who, action: action.to_owned(), what: what.to_owned(), about }
}

/// The names of people and organisations that acts were about, each looked up once.
#[derive(Default)]
struct Names(HashMap<Uuid, Option<String>>);

impl Names {
    async fn about(&mut self, db: &mut Reader, kind: &str, id: &str) -> Result<About> {
        let other = || About::Other(kind.to_owned());
        Ok(match kind {
            "report" => id.parse().map_or_else(|_| other(), About::Report),
            "person" => self.name(db, kind, id).await?.map_or_else(other, About::Person),
            "org" => self.name(db, kind, id).await?.map_or_else(other, About::Organisation),
            _ => other(),
        })
    }

    async fn name(&mut self, db: &mut Reader, kind: &str, id: &str) -> Result<Option<String>> {
        let Ok(id) = Uuid::try_parse(id) else { return Ok(None) };
        if let Some(known) = self.0.get(&id) {
            return Ok(known.clone());
        }
        let name = match kind {
            "person" => store::person::by_id(db, UserId(id)).await?.map(|person| person.name),
            _ => store::org::by_id(db, OrgId(id)).await?.map(|org| org.name),
        };
        self.0.insert(id, name.clone());
        Ok(name)
    }
}

/// Walks the chain of the whole installation for somebody who may read a log.
///
/// # Errors
/// [`Refusal::NotFound`] without that right.
pub async fn verify(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Verdict> {
    principal.allowed_in(org, Action::ReadLog)?;
    audit::verify(&mut ctx.db.reader()).await
}

#[cfg(test)]
mod tests;
