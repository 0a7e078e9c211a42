//! What an organisation asks its people to learn, by role and day, and how far they are.
//!
//! Who assigns sees states and days: never what somebody answered, and nothing of modules that they only looked into.

use std::collections::BTreeMap;

use domain::{
    access::{Action, Principal, Role},
    answers::{
        Answers,
        when::{Order, parse_date},
    },
    date::Date,
    ids::{AssignmentId, OrgId, UserId},
    learning::{
        self as contents, Module,
        standing::{Held, Standing},
    },
    time::Timestamp,
};
use serde_json::json;
use store::{
    learning::{
        self as rows,
        assigned::{self, AssignmentRow},
    },
    person::MemberRow,
};
use uuid::Uuid;

use super::{held_of, of_person, today};
use crate::{
    Context, Refusal, Result,
    audit::{self, Act},
    input::Form,
    seat::Seat,
};

/// That a module is to be learned by those who have a role.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// Identity.
    pub id: AssignmentId,
    /// Whose.
    pub role: Role,
    /// What.
    pub module: &'static Module,
    /// By when.
    pub due: Date,
    /// Since when.
    pub made: Date,
}

/// Something that a person has to do, or has done.
#[derive(Clone, Debug)]
pub struct Task {
    /// What.
    pub module: &'static Module,
    /// Name of the organisation that asks for it.
    pub org: String,
    /// Where the person stands.
    pub standing: Standing,
    /// By when something is to be done; none if it is done.
    pub due: Option<Date>,
    /// Whether that day is over.
    pub overdue: bool,
}

/// How far one person is with one module.
#[derive(Clone, Debug)]
pub struct Line {
    /// Who.
    pub person: UserId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// What.
    pub module: &'static Module,
    /// Where they stand.
    pub standing: Standing,
    /// Pages of the present version that they have read.
    pub read: i64,
    /// When they passed.
    pub passed: Option<Timestamp>,
    /// Number of the newest certificate; empty if there is none.
    pub number: String,
    /// By when something is to be done; none if it is done.
    pub due: Option<Date>,
    /// Whether that day is over.
    pub overdue: bool,
}

/// What an administrator sees.
#[derive(Clone, Debug)]
pub struct Overview {
    /// What is assigned, the next day first.
    pub assignments: Vec<Assignment>,
    /// Everybody with everything that is assigned to them: what is overdue first, then by day and name.
    pub lines: Vec<Line>,
}

fn assignment(row: &AssignmentRow) -> Option<Assignment> {
    // A module that is no more, or a role that this program does not know, asks nothing of anybody.
    Some(Assignment {
        id: AssignmentId(row.id),
        role: Role::from_code(&row.role)?,
        module: contents::module(&row.module)?,
        due: Date::from_days(row.due_on),
        made: Date::of(Timestamp(row.created_at)),
    })
}

/// What is assigned to whoever asks, in all their places: what is overdue first, then by day; what is done last.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn tasks(ctx: &Context, principal: &Principal) -> Result<Vec<Task>> {
    let person = principal.signed_in()?;
    let mut db = ctx.db.reader();
    let found = assigned::of_person(&mut db, person.id).await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let (mine, today) = (of_person(ctx, &mut db, person.id).await?, today(ctx));
    let task = |row: assigned::TaskRow| {
        let module = contents::module(&row.module)?;
        let place = principal.memberships.iter().find(|place| place.org.0 == row.org_id)?;
        let standing = mine.standing(module);
        let day = |at: i64| Date::of(Timestamp(at));
        let due = standing.due(Date::from_days(row.due_on), day(row.joined_at), day(row.created_at));
        Some(Task { module, org: place.org_name.clone(), standing, due, overdue: due.is_some_and(|due| due < today) })
    };
    let mut tasks: Vec<Task> = found.into_iter().filter_map(task).collect();
    tasks.sort_by_key(|task| (task.due.is_none(), task.due));
    Ok(tasks)
}

/// What is assigned in an organisation, and how far its people are.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody but those who assign.
pub async fn overview(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Overview> {
    Seat::take(principal, org, Action::ManageLearning)?;
    let mut db = ctx.db.reader();
    let assignments: Vec<Assignment> = assigned::of_org(&mut db, org).await?.iter().filter_map(assignment).collect();
    let members = store::person::members(&mut db, org).await?;
    let mut read: BTreeMap<(Uuid, String, i64), i64> = BTreeMap::new();
    for row in rows::read_by_members(&mut db, org).await? {
        read.insert((row.person_id, row.module, row.version), row.pages);
    }
    // The newest comes first and stays.
    let mut held: BTreeMap<(Uuid, String), (Held, Timestamp, String)> = BTreeMap::new();
    for row in rows::held_by_members(&mut db, org).await? {
        let found = (held_of(&row), Timestamp(row.issued_at), row.number.clone());
        held.entry((row.person_id, row.module)).or_insert(found);
    }
    let today = today(ctx);
    let line = |member: &MemberRow, assignment: &Assignment| {
        let module = assignment.module;
        let read = read.get(&(member.person_id, module.slug.clone(), module.version.into())).copied().unwrap_or(0);
        let found = held.get(&(member.person_id, module.slug.clone()));
        let pages = usize::try_from(read).unwrap_or(0);
        let standing = Standing::of(module, pages, found.map(|(held, ..)| *held), today);
        let due = standing.due(assignment.due, Date::of(Timestamp(member.since)), assignment.made);
        Line {
            person: UserId(member.person_id),
            name: member.name.clone(),
            role: assignment.role,
            module,
            standing,
            read,
            passed: found.map(|(_, at, _)| *at),
            number: found.map(|(.., number)| number.clone()).unwrap_or_default(),
            due,
            overdue: due.is_some_and(|due| due < today),
        }
    };
    let mut lines: Vec<Line> = members
        .iter()
        .flat_map(|member| {
            let own = assignments.iter().filter(|it| member.role() == Some(it.role));
            own.map(|assignment| line(member, assignment)).collect::<Vec<_>>()
        })
        .collect();
    lines.sort_by(|a, b| (a.due.is_none(), a.due, &a.name).cmp(&(b.due.is_none(), b.due, &b.name)));
    Ok(Overview { assignments, lines })
}

/// Assigns a module to roles. `typed`: `module`, `role` (one or more), `due`. What was assigned before of the same gets the new
/// day.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotFound`] for anybody but those who assign.
pub async fn assign(ctx: &Context, principal: &Principal, org: OrgId, typed: &Answers) -> Result<()> {
    let seat = Seat::take(principal, org, Action::ManageLearning)?;
    let mut form = Form::new(typed);
    let module = contents::module(form.raw("module"));
    if module.is_none() {
        form.problem("module", "Choose a module.");
    }
    let kind = seat.membership.role.org_kind();
    let roles: Vec<Role> =
        Role::of(kind).filter(|role| form.all("role").iter().any(|code| code == role.code())).collect();
    if roles.is_empty() {
        form.problem("role", "Choose at least one role.");
    }
    let due = parse_date(form.raw("due"), Order::of_country(&seat.membership.country));
    let due = match due {
        Ok(day) if day >= today(ctx) => Some(day),
        Ok(_) => {
            form.problem("due", "Enter a day that lies ahead.");
            None
        }
        Err(error) => {
            form.problem("due", error.to_string());
            None
        }
    };
    form.done()?;
    let (Some(module), Some(due)) = (module, due) else { return Err(Refusal::NotFound) };
    let mut tx = ctx.db.begin().await?;
    for role in &roles {
        let row = AssignmentRow {
            id: ctx.new_id(),
            org_id: org.0,
            role: role.code().to_owned(),
            module: module.slug.clone(),
            due_on: due.days(),
            created_at: ctx.now().0,
        };
        assigned::add(&mut tx, &row, seat.id()).await.map_err(Refusal::overtaken)?;
    }
    let codes: Vec<&str> = roles.iter().map(|role| role.code()).collect();
    let after = json!({ "module": module.slug, "roles": codes, "due": due.to_string() });
    record(ctx, &mut tx, seat, "learning assigned", None, Some(&after)).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends an assignment. What people have learned stays.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none that goes on, or for anybody but those who assign.
pub async fn end(ctx: &Context, principal: &Principal, org: OrgId, id: AssignmentId) -> Result<()> {
    let seat = Seat::take(principal, org, Action::ManageLearning)?;
    let mut tx = ctx.db.begin().await?;
    let row = assigned::find(&mut tx, id).await?.filter(|row| row.org_id == org.0).ok_or(Refusal::NotFound)?;
    assigned::end(&mut tx, id, ctx.now()).await?;
    let before = json!({ "module": row.module, "role": row.role, "due": Date::from_days(row.due_on).to_string() });
    record(ctx, &mut tx, seat, "assignment of learning ended", Some(&before), None).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) async fn record(
    ctx: &Context,
    tx: &mut store::Tx,
    seat: Seat<'_>,
    step: &str,
    before: Option<&serde_json::Value>,
    after: Option<&serde_json::Value>,
) -> Result<()> {
    let act = Act {
        actor: seat.actor(),
        action: Action::ManageLearning,
        step,
        object_kind: "org",
        object_id: seat.membership.org.to_string(),
    };
    audit::record(ctx, tx, act, before, after).await
}
