//! The duty roster: who is on duty, who stands in for whom, to whom mails go and new reports by rule.
//!
//! Days are those of the authority's own clock. Whoever is away has a deputy; what would go to them, goes to the deputy
//! meanwhile. What they have already stays theirs.

use domain::{
    access::{Action, Role},
    country::Country,
    date::Date,
    ids::{OrgId, UserId},
    lang::Lang,
    roster::{self, Absence, Candidate, Chosen, Matter, Speciality},
    time::Timestamp,
};
use store::{
    Read,
    duty::{self as rows, SkillRow},
    org::OrgRow,
    person::MemberRow,
    report::ReportRow,
};

use crate::{Context, Result, calendar::Local, draft::profile::zone_name, error::Refusal, report::made::Made};

mod page;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

pub use page::{
    AbsenceItem, RosterDay, RosterOfficer, RosterPage, add_absence, end_absence, page, set_assigns, set_days,
    set_skills,
};

/// Who is there today.
#[derive(Clone, Debug)]
pub(crate) struct Today {
    org: OrgRow,
    members: Vec<MemberRow>,
    absences: Vec<Absence>,
    on: Vec<UserId>,
    /// The day it is at the authority.
    pub day: Date,
}

/// Whether a member works reports.
fn works(member: &MemberRow) -> bool {
    member.may(Action::WorkReports)
}

/// The day it is at an authority.
fn day_at(org: &OrgRow, now: Timestamp) -> Date {
    use domain::calendar::Zone as _;
    Local::named(zone_name(org)).day(now)
}

/// Those absences whose deputy still works at the desk.
async fn absences(db: &mut impl Read, authority: OrgId, day: Date, members: &[MemberRow]) -> Result<Vec<Absence>> {
    let there = |person| members.iter().any(|member| member.person_id == person && works(member));
    let rows = rows::absences(db, authority, day).await?;
    Ok(rows.iter().filter(|row| there(row.deputy_id)).map(rows::AbsenceRow::absence).collect())
}

/// Somebody at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// Identity.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Until when they are away, and who stands in.
    pub away: Option<Away>,
}

impl Today {
    /// Who is there at an authority now.
    pub async fn of(db: &mut impl Read, authority: OrgId, now: Timestamp) -> Result<Self> {
        let org = store::org::by_id(db, authority).await?.ok_or(Refusal::NotFound)?;
        let day = day_at(&org, now);
        let members = store::person::members(db, authority).await?;
        let absences = absences(db, authority, day, &members).await?;
        let on = rows::days(db, authority, day, day).await?.into_iter().map(|(_, person)| person).collect();
        Ok(Self { org, members, absences, on, day })
    }

    /// Handle of the authority.
    pub fn handle(&self) -> &str {
        &self.org.handle
    }

    /// Time zone of the authority.
    pub fn zone(&self) -> &str {
        zone_name(&self.org)
    }

    /// Those to whom reports can be given.
    pub fn officers(&self) -> Vec<Officer> {
        let officer = |member: &MemberRow| {
            let id = UserId(member.person_id);
            Officer { id, name: member.name.clone(), away: self.away(id) }
        };
        self.members.iter().filter(|member| works(member)).map(officer).collect()
    }

    fn member(&self, person: UserId) -> Option<&MemberRow> {
        self.members.iter().find(|member| member.person_id == person.0)
    }

    /// Name of a member.
    pub fn name(&self, person: UserId) -> Option<&str> {
        self.member(person).map(|member| member.name.as_str())
    }

    /// Who does somebody's work today.
    pub fn stand_in(&self, person: UserId) -> UserId {
        roster::stand_in(&self.absences, person, self.day)
    }

    /// Until when somebody is away, and who stands in; none for who is there.
    pub fn away(&self, person: UserId) -> Option<Away> {
        let until = roster::away(&self.absences, person, self.day)?.last;
        let deputy = self.name(self.stand_in(person)).unwrap_or_default().to_owned();
        Some(Away { until, deputy })
    }

    /// Those for whom somebody stands in.
    pub fn represented_by(&self, person: UserId) -> Vec<String> {
        let others = self.members.iter().filter(|member| member.person_id != person.0);
        let stands_in = others.filter(|member| self.stand_in(UserId(member.person_id)) == person);
        stands_in.map(|member| member.name.clone()).collect()
    }

    /// Those on duty who work at the desk, each in the place of whom they stand in for.
    pub fn on_duty(&self) -> Vec<UserId> {
        let mut found: Vec<UserId> = Vec::new();
        for person in self.on.iter().map(|person| self.stand_in(*person)) {
            if !found.contains(&person) && self.member(person).is_some_and(works) {
                found.push(person);
            }
        }
        found
    }

    /// Where mails to somebody go today.
    pub fn address(&self, person: UserId) -> Option<Address> {
        let member = self.member(self.stand_in(person)).or_else(|| self.member(person))?;
        Some((member.email.clone(), member.lang()))
    }

    /// The addresses of some people, each once.
    pub fn addresses(&self, people: impl IntoIterator<Item = UserId>) -> Vec<Address> {
        let mut found: Vec<Address> = Vec::new();
        for address in people.into_iter().filter_map(|person| self.address(person)) {
            if !found.iter().any(|(known, _)| *known == address.0) {
                found.push(address);
            }
        }
        found
    }

    /// Where a mail about something goes: to whoever has it, or stands in; else to the desk's own address, to those on duty,
    /// to the administrators.
    pub fn receivers(&self, assignee: Option<UserId>) -> Vec<Address> {
        let one = assignee.and_then(|person| self.address(person)).or_else(|| self.desk_address());
        let on_duty = || self.addresses(self.on_duty());
        let found = one.map_or_else(on_duty, |address| vec![address]);
        if found.is_empty() { self.addresses(self.admins()) } else { found }
    }

    fn of_role(&self, role: Role) -> Vec<UserId> {
        let of_role = self.members.iter().filter(|member| member.role() == Some(role));
        of_role.map(|member| UserId(member.person_id)).collect()
    }

    /// Those who lead the desk: its supervisors, else its administrators.
    pub fn leaders(&self) -> Vec<UserId> {
        let supervisors = self.of_role(Role::AuthoritySupervisor);
        if supervisors.is_empty() { self.admins() } else { supervisors }
    }

    /// The address that the authority gave for what nobody has yet.
    pub fn desk_address(&self) -> Option<Address> {
        (!self.org.duty_email.is_empty()).then(|| (self.org.duty_email.clone(), Lang::default()))
    }

    /// The authority's administrators.
    pub fn admins(&self) -> Vec<UserId> {
        self.of_role(Role::AuthorityAdmin)
    }
}

/// An address of mail and the language of the mail.
pub(crate) type Address = (String, Lang);

/// Somebody is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    /// Up to and including this day.
    pub until: Date,
    /// Who stands in.
    pub deputy: String,
}

/// To whom a new report goes by rule; none where the authority has not switched that on or nobody is on duty.
pub(crate) async fn choose(
    ctx: &Context,
    db: &mut impl Read,
    today: &Today,
    row: &ReportRow,
    made: &Made,
) -> Result<Option<(Chosen, String)>> {
    let authority = OrgId(row.authority_id);
    if !rows::assigns(db, authority).await? {
        return Ok(None);
    }
    let (skills, loads) = (rows::skills(db, authority).await?, rows::loads(db, authority).await?);
    let on_duty = today.on_duty();
    let candidates: Vec<Candidate> = on_duty.into_iter().map(|person| candidate(person, &skills, &loads)).collect();
    let chosen = roster::choose(&candidates, &matter(ctx, row, made));
    Ok(chosen.map(|chosen| {
        let name = today.name(chosen.person).unwrap_or_default().to_owned();
        (chosen, name)
    }))
}

fn candidate(person: UserId, skills: &[SkillRow], loads: &[(UserId, i64)]) -> Candidate {
    let skill = skills.iter().find(|row| row.person_id == person.0);
    let open = loads.iter().find(|(who, _)| *who == person).map_or(0, |(_, open)| *open);
    Candidate {
        person,
        languages: skill.map(|row| words(&row.languages)).unwrap_or_default(),
        specialities: skill.map(|row| specialities(&row.specialities)).unwrap_or_default(),
        open,
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn specialities(text: &str) -> Vec<Speciality> {
    text.split_whitespace().filter_map(Speciality::from_code).collect()
}

fn matter(ctx: &Context, row: &ReportRow, made: &Made) -> Matter {
    let mut countries: Vec<Country> = Country::parse(&row.party_country).into_iter().collect();
    countries.push(made.country);
    let mut found: Vec<Speciality> = Vec::new();
    let catalogue = ctx.catalogue();
    for substance in &made.substances {
        let drugs = catalogue.find(&substance.slug).and_then(|entry| entry.typical_drug.as_ref());
        match drugs {
            Some(typical) => found.extend(typical.drugs.iter().map(|drug| Speciality::of_drug(drug))),
            None => found.push(Speciality::Other),
        }
    }
    if !made.canonical.equipment.is_empty() {
        found.push(Speciality::Equipment);
    }
    Matter { countries, specialities: found }
}
