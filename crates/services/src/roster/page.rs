//! The roster as its page shows it, and what is changed there.

use domain::{
    access::{Action, Principal},
    answers::{
        Answers,
        when::{Order, parse_date},
    },
    calendar::DayOff,
    country::Country,
    date::Date,
    ids::{OrgId, UserId},
    language::Language,
    roster::{Absence, Speciality},
};
use serde::Serialize;
use store::duty::{self as rows, AbsenceRow, SkillRow};
use uuid::Uuid;

use super::{candidate, day_at, works};
use crate::{
    Context, Result,
    audit::{self, Act, NONE},
    error::{Problem, Refusal},
    seat::Seat,
};

/// Days that the page shows.
const SHOWN: i64 = 14;

/// A day of the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterDay {
    /// The day.
    pub day: Date,
    /// Why nobody works on it; none for a working day.
    pub off: Option<DayOff>,
    /// Who is on duty.
    pub on: Vec<UserId>,
}

/// Somebody at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterOfficer {
    /// Identity.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Languages they speak.
    pub languages: Vec<&'static Language>,
    /// What they know best; everything alike if empty.
    pub specialities: Vec<Speciality>,
    /// Undecided reports they have.
    pub open: i64,
}

/// Days on which somebody is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsenceItem {
    /// Identity, for taking it out.
    pub id: Uuid,
    /// Whose.
    pub person: UserId,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Who stands in.
    pub deputy: UserId,
}

/// The roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterPage {
    /// The day it is there.
    pub today: Date,
    /// Fourteen days from a Monday on.
    pub days: Vec<RosterDay>,
    /// Those who work at the desk, by name.
    pub officers: Vec<RosterOfficer>,
    /// Absences that are not over, the next first.
    pub absences: Vec<AbsenceItem>,
    /// Whether new reports are given to somebody by rule.
    pub assigns: bool,
    /// Whether the person changes the roster, and other people's absences.
    pub leads: bool,
    /// The person, if they work at the desk and have absences and languages of their own.
    pub me: Option<UserId>,
}

/// The roster from the week of a day on; this week without one.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk.
pub async fn page(ctx: &Context, principal: &Principal, authority: OrgId, from: Option<Date>) -> Result<RosterPage> {
    let seat = Seat::take(principal, authority, Action::ReadReports)?;
    let mut db = ctx.db.reader();
    let org = store::org::by_id(&mut db, authority).await?.ok_or(Refusal::NotFound)?;
    let today = day_at(&org, ctx.now());
    let first = from.unwrap_or(today).monday();
    let last = Date::from_days(first.days() + SHOWN - 1);
    let on = rows::days(&mut db, authority, first, last).await?;
    let calendars = ctx.calendars();
    let calendar = Country::parse(&org.country).ok().map(|country| calendars.of(country));
    let day = |day: Date| RosterDay {
        day,
        off: calendar.and_then(|calendar| calendar.off(day)),
        on: on.iter().filter(|(known, _)| *known == day).map(|(_, person)| *person).collect(),
    };
    let members = store::person::members(&mut db, authority).await?;
    let (skills, loads) = (rows::skills(&mut db, authority).await?, rows::loads(&mut db, authority).await?);
    let officer = |member: &store::person::MemberRow| {
        let known = candidate(UserId(member.person_id), &skills, &loads);
        let languages = known.languages.iter().filter_map(|code| Language::find(code)).collect();
        let (id, name) = (known.person, member.name.clone());
        RosterOfficer { id, name, languages, specialities: known.specialities, open: known.open }
    };
    let absence = |row: AbsenceRow| {
        let Absence { person, first, last, deputy } = row.absence();
        AbsenceItem { id: row.id, person, first, last, deputy }
    };
    Ok(RosterPage {
        today,
        days: (first.days()..=last.days()).map(Date::from_days).map(day).collect(),
        officers: members.iter().filter(|member| works(member)).map(officer).collect(),
        absences: rows::absences(&mut db, authority, today).await?.into_iter().map(absence).collect(),
        assigns: rows::assigns(&mut db, authority).await?,
        leads: Action::ManageDuty.allows(seat.membership.role),
        me: Action::NameDeputy.allows(seat.membership.role).then(|| seat.id()),
    })
}

fn act<'a>(seat: Seat<'a>, action: Action, step: &'a str, authority: OrgId) -> Act<'a> {
    Act { actor: seat.actor(), action, step, object_kind: "org", object_id: authority.to_string() }
}

async fn officers(tx: &mut store::Tx, authority: OrgId) -> Result<Vec<UserId>> {
    let members = store::person::members(tx, authority).await?;
    Ok(members.iter().filter(|member| works(member)).map(|member| UserId(member.person_id)).collect())
}

/// What the audit log commits to.
#[derive(Serialize)]
struct Days {
    first: Date,
    on: Vec<(Date, UserId)>,
}

/// Sets who is on duty in the fourteen days from the week of `first` on. Whoever does not work at the desk is left out.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn set_days(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    first: Date,
    on: &[(Date, UserId)],
) -> Result<()> {
    let seat = Seat::take(principal, authority, Action::ManageDuty)?;
    let first = first.monday();
    let last = Date::from_days(first.days() + SHOWN - 1);
    let mut tx = ctx.db.begin().await?;
    let officers = officers(&mut tx, authority).await?;
    let there = |(day, person): &&(Date, UserId)| (first..=last).contains(day) && officers.contains(person);
    let on: Vec<(Date, UserId)> = on.iter().filter(there).copied().collect();
    let before = Days { first, on: rows::days(&mut tx, authority, first, last).await? };
    rows::set_days(&mut tx, authority, first, last, &on).await?;
    let act = act(seat, Action::ManageDuty, "duty roster changed", authority);
    audit::record(ctx, &mut tx, act, Some(&before), Some(&Days { first, on })).await?;
    tx.commit().await?;
    Ok(())
}

/// Enters days on which somebody is away: fields `person` (only for who leads the desk; else oneself), `first`, `last`,
/// `deputy`.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotFound`] without the right.
pub async fn add_absence(ctx: &Context, principal: &Principal, authority: OrgId, fields: &Answers) -> Result<()> {
    let seat = Seat::take(principal, authority, Action::NameDeputy)?;
    let leads = Action::ManageDuty.allows(seat.membership.role);
    let mut tx = ctx.db.begin().await?;
    let org = store::org::by_id(&mut tx, authority).await?.ok_or(Refusal::NotFound)?;
    let (today, officers) = (day_at(&org, ctx.now()), officers(&mut tx, authority).await?);
    let known = |field: &str| fields.one(field).parse().ok().filter(|person: &UserId| officers.contains(person));
    let person = if leads { known("person").unwrap_or(seat.id()) } else { seat.id() };
    let mut problems = Vec::new();
    let mut day = |field: &'static str| {
        let day = parse_date(fields.one(field), Order::of_country(&org.country)).ok();
        if day.is_none() {
            problems.push(Problem::new(field, "Write the day like 23 November 2026 or 2026-11-23"));
        }
        day
    };
    let days = day("first").zip(day("last"));
    if let Some(Err((field, message))) = days.map(|(first, last)| Absence::check(first, last, today)) {
        problems.push(Problem::new(field, message));
    }
    let deputy = known("deputy").filter(|deputy| *deputy != person);
    if deputy.is_none() {
        problems.push(Problem::new("deputy", "Choose a colleague who stands in"));
    }
    let (Some((first, last)), Some(deputy), true) = (days, deputy, problems.is_empty()) else {
        return Err(Refusal::Invalid(problems));
    };
    let others = rows::absences(&mut tx, authority, first).await?;
    let overlaps = |row: &AbsenceRow| row.person_id == person.0 && row.first_day <= last.days();
    if others.iter().any(overlaps) {
        let message = "Some of these days are entered already. Take that absence out first, or choose other days";
        return Err(Refusal::Invalid(vec![Problem::new("first", message)]));
    }
    let absence = Absence { person, first, last, deputy };
    let row = AbsenceRow::new(ctx.new_id(), absence);
    rows::add_absence(&mut tx, authority, &row, ctx.now()).await?;
    let act = act(seat, Action::NameDeputy, "absence entered", authority);
    audit::record(ctx, &mut tx, act, NONE, Some(&absence)).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes an absence out: one's own, or anybody's for who leads the desk. One that is not there (any more) is out already.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn end_absence(ctx: &Context, principal: &Principal, authority: OrgId, id: Uuid) -> Result<()> {
    let seat = Seat::take(principal, authority, Action::NameDeputy)?;
    let leads = Action::ManageDuty.allows(seat.membership.role);
    let mut tx = ctx.db.begin().await?;
    let found = rows::absence(&mut tx, authority, id).await?;
    let Some(row) = found.filter(|row| leads || row.person_id == seat.id().0) else { return Ok(()) };
    rows::drop_absence(&mut tx, authority, id).await?;
    let act = act(seat, Action::NameDeputy, "absence taken out", authority);
    audit::record(ctx, &mut tx, act, Some(&row.absence()), NONE).await?;
    tx.commit().await?;
    Ok(())
}

/// Says what one speaks and knows: fields `language` and `speciality`, each any number of codes.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn set_skills(ctx: &Context, principal: &Principal, authority: OrgId, fields: &Answers) -> Result<()> {
    let seat = Seat::take(principal, authority, Action::NameDeputy)?;
    let known = |field: &str, is_known: fn(&str) -> bool| {
        let codes: Vec<&str> = fields.many(field).iter().map(String::as_str).filter(|code| is_known(code)).collect();
        codes.join(" ")
    };
    let row = SkillRow {
        person_id: seat.id().0,
        languages: known("language", |code| Language::find(code).is_some()),
        specialities: known("speciality", |code| Speciality::from_code(code).is_some()),
    };
    let mut tx = ctx.db.begin().await?;
    rows::set_skills(&mut tx, authority, &row).await?;
    let after = (&row.languages, &row.specialities);
    let act = act(seat, Action::NameDeputy, "languages and specialities changed", authority);
    audit::record(ctx, &mut tx, act, NONE, Some(&after)).await?;
    tx.commit().await?;
    Ok(())
}

/// Switches giving new reports to somebody by rule on or off.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn set_assigns(ctx: &Context, principal: &Principal, authority: OrgId, assigns: bool) -> Result<()> {
    let seat = Seat::take(principal, authority, Action::ManageDuty)?;
    let mut tx = ctx.db.begin().await?;
    rows::set_assigns(&mut tx, authority, assigns).await?;
    let step = if assigns { "giving reports by rule switched on" } else { "giving reports by rule switched off" };
    audit::record(ctx, &mut tx, act(seat, Action::ManageDuty, step, authority), NONE, NONE).await?;
    tx.commit().await?;
    Ok(())
}
