//! Who has to look at new hits is told, and what holds for a time only ends.
//!
//! A company is told once nothing of it waits to be screened any more and no change of a list is worked through: an import or a
//! change of a list makes one mail to each, however many it brings. The mail says how many, and where.

use std::collections::BTreeMap;

use domain::{
    access::{Action, Role},
    ids::{CustomerId, HitId, OrgId},
    lang::Lang,
    organisation::{OrgKind, OrgStatus},
    screening::{State, Step},
};
use store::{
    Tx,
    person::MemberRow,
    screening::{
        hit::{self as rows, NewStep},
        job,
    },
};
use uuid::Uuid;

use super::apply::{of, said};
use crate::{
    Context, Result,
    customer::risk,
    outbox::{self, Template},
};

/// Hits that are looked at in one round.
const AT_ONCE: i64 = 500;

/// Tells those who have to look; how many mails.
pub(super) async fn tell(ctx: &Context) -> Result<usize> {
    let mut db = ctx.db.reader();
    if job::next(&mut db).await?.is_some() {
        return Ok(0);
    }
    let mut mails = 0;
    for org in rows::to_tell(&mut db).await? {
        let mut tx = ctx.db.begin().await?;
        // Two who tell at the same time would tell twice.
        store::screening::changes(&mut tx).await?;
        let mut of: BTreeMap<Uuid, i64> = BTreeMap::new();
        for (person, state, count) in rows::untold(&mut tx, org).await? {
            if state == State::Open.code() {
                *of.entry(person).or_default() += count;
            }
        }
        rows::told(&mut tx, org).await?;
        mails += tell_members(ctx, &mut tx, org, of).await?;
        tx.commit().await?;
    }
    Ok(mails)
}

async fn tell_members(ctx: &Context, tx: &mut Tx, org: OrgId, of: BTreeMap<Uuid, i64>) -> Result<usize> {
    let company = store::org::by_id(tx, org).await?;
    let Some(company) = company.filter(|company| company.status == OrgStatus::Approved.code()) else { return Ok(0) };
    let members = store::person::members(tx, org).await?;
    let role = |member: &MemberRow| Role::from_code(&member.role);
    let decides = |member: &&MemberRow| role(member).is_some_and(|role| Action::DecideHits.allows(role));
    let admin = |member: &&MemberRow| role(member).is_some_and(Role::is_admin);
    let mut told: BTreeMap<Uuid, (&MemberRow, i64)> = BTreeMap::new();
    for (person, count) in of {
        let to: Vec<&MemberRow> = match members.iter().filter(decides).find(|member| member.person_id == person) {
            Some(member) => vec![member],
            None => members.iter().filter(admin).collect(),
        };
        for member in to {
            told.entry(member.person_id).or_insert((member, 0)).1 += count;
        }
    }
    for (member, count) in told.values() {
        let lang = Lang::from_tag(&member.lang).unwrap_or_default();
        let path = format!("/{}/{}/{}/hits", lang.tag(), OrgKind::Company.workspace(), company.handle);
        outbox::queue(ctx, tx, Template::HitsFound, &member.email, lang, &path, &count.to_string()).await?;
    }
    Ok(told.len())
}

/// Opens hits again of which "not a match" holds no longer; how many.
pub(super) async fn lapse(ctx: &Context) -> Result<usize> {
    let due = rows::to_lapse(&mut ctx.db.reader(), ctx.now(), AT_ONCE).await?;
    for id in &due {
        let mut tx = ctx.db.begin().await?;
        lapse_one(ctx, &mut tx, *id).await?;
        tx.commit().await?;
    }
    Ok(due.len())
}

async fn lapse_one(ctx: &Context, tx: &mut Tx, id: HitId) -> Result<()> {
    let Some(row) = rows::one(tx, id).await? else { return Ok(()) };
    let before = of(&row)?;
    let Ok(after) = before.after(Step::Lapsed, ctx.now()) else { return Ok(()) };
    if after == before {
        return Ok(());
    }
    let said = said(&row, &after, after.state() != State::Open);
    rows::save(tx, (id, row.version), &said, ctx.now()).await?;
    let new = NewStep {
        hit: id,
        number: row.version + 1,
        at: ctx.now(),
        what: "lapsed",
        person: None,
        decision: "",
        reason: "",
        run: None,
        job: None,
        search: None,
        anew: false,
    };
    rows::add_step(tx, new, &said).await?;
    risk::mark(tx, CustomerId(row.customer_id), OrgId(row.org_id)).await
}
