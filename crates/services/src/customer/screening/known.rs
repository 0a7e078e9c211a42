//! What was known on a day: who stood in the file, what was searched, what was found and decided by then.

use domain::{
    access::Principal,
    customer::PartyRole,
    date::Date,
    ids::CustomerId,
    screening::{Decision, State},
    time::Timestamp,
};
use store::screening::{
    self as rows,
    hit::{self, StepRow},
    job::{self, JobRow},
};

use super::{
    decision,
    read::{Ran, Step, Why, cause_of},
    state,
    subject::{Subject, parse, role},
};
use crate::{
    Context, Result,
    customer::read::find,
    draft::profile,
    watchlist::{Finding, Search, Searched},
};

/// A hit as it stood then.
#[derive(Clone, Debug, PartialEq)]
pub struct Then {
    /// What the one who was found was for the customer, and the name asked for.
    pub name: String,
    /// Who stood on the list.
    pub entry: String,
    /// The list and its version.
    pub list: Searched,
    /// From 0 to 1.
    pub score: f32,
    /// Version of the engine.
    pub engine: String,
    /// Where it stood.
    pub state: State,
    /// What held.
    pub holds: Option<Decision>,
    /// What had happened by then, the first first.
    pub steps: Vec<Step>,
}

/// What was known at the end of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The last screening by then; none if there was none.
    pub ran: Option<Ran>,
    /// The file's version that was screened.
    pub version: i64,
    /// Who stood in the file: what they were for it, and by which name.
    pub parties: Vec<(PartyRole, String)>,
    /// Hits by then.
    pub hits: Vec<Then>,
}

/// What was known of a customer at the end of a day, by the company's clock.
///
/// # Errors
/// [`crate::Refusal::NotFound`] for anybody outside its company.
pub async fn known(ctx: &Context, principal: &Principal, customer: CustomerId, day: Date) -> Result<Known> {
    let row = find(ctx, principal, customer).await?;
    let mut db = ctx.db.reader();
    let company = store::org::by_id(&mut db, domain::ids::OrgId(row.org_id)).await?.ok_or(crate::Refusal::NotFound)?;
    let next = Date::from_days(day.days() + 1);
    let end = profile::instant(profile::zone_name(&company), next, None).unwrap_or_else(|| ctx.now());
    let Some(run) = rows::run_before(&mut db, customer, end).await? else {
        return Ok(Known { ran: None, version: 0, parties: Vec::new(), hits: Vec::new() });
    };
    let subjects: Vec<Subject> = parse(&run.parties)?;
    let search: Search = parse(&run.search)?;
    let later = job::done_between(&mut db, run.job, end).await?;
    let steps = hit::steps_before(&mut db, customer, end).await?;
    let hits = steps.chunk_by(|one, next| one.hit_id == next.hit_id).map(then).collect::<Result<Vec<_>>>()?;
    Ok(Known {
        version: run.customer_version,
        parties: subjects.iter().map(|subject| (role(&subject.party), subject.name().to_owned())).collect(),
        ran: Some(Ran {
            at: Timestamp(run.at),
            why: Why::Screened(cause_of(&run.cause), run.person),
            parties: subjects.len(),
            found: run.found,
            fresh: run.fresh,
            engine: search.engine,
            threshold: search.threshold,
            lists: searched_since(search.lists, &later)?,
        }),
        hits: hits.into_iter().flatten().collect(),
    })
}

/// The versions that were searched, with those in place that were put in force later.
pub(super) fn searched_since(mut lists: Vec<Searched>, later: &[JobRow]) -> Result<Vec<Searched>> {
    for job in later {
        let list: Searched = parse(&job.searched)?;
        lists.retain(|known| known.code != list.code);
        lists.push(list);
    }
    lists.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(lists)
}

/// A hit by its steps.
pub(super) fn then(steps: &[StepRow]) -> Result<Option<Then>> {
    let found = steps.iter().rev().find(|step| !step.finding.is_empty());
    let (Some(found), Some(last)) = (found, steps.last()) else { return Ok(None) };
    let finding: Finding = parse(&found.finding)?;
    Ok(Some(Then {
        name: finding.like,
        entry: finding.name,
        list: finding.list,
        score: finding.score,
        engine: finding.engine,
        state: state(&last.state),
        holds: decision(&last.holds),
        steps: steps.iter().map(Step::of).collect::<Result<_>>()?,
    }))
}
