//! Reading decisions: what stands on the file, and what waits for a second person.

use domain::{
    access::{Action, Principal},
    customer::decision::{Event, Limits, Verdict},
    date::Date,
    ids::{CustomerId, DecisionId, DraftId, OrgId, UserId},
    risk::{Band, Rating, Rules},
    time::Timestamp,
};
use store::customer::{
    decision::{self as rows, DecisionRow},
    standing::{self, StandingRow},
};

use super::super::{
    document,
    read::find,
    review::read_events,
    risk::{self, CONFIDENTIAL, rating_of},
};
use crate::{Context, Refusal, Result, seat::Seat};

/// Where a decision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It counts.
    InForce,
    /// It waits for a second person.
    Waits,
    /// A second person did not agree.
    TurnedDown,
    /// Another one took its place.
    Past,
}

/// What a second person answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whether they agreed.
    pub agreed: bool,
    /// What they wrote.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Identity.
    pub id: DecisionId,
    /// The customer.
    pub customer: CustomerId,
    /// Its name now.
    pub customer_name: String,
    /// Its number among the customer's.
    pub number: i64,
    /// The version of the file on which it was made.
    pub version: i64,
    /// What.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Within what.
    pub limits: Limits,
    /// The band that counted, or that was set.
    pub band: Band,
    /// The rating by the rules.
    pub rating: Rating,
    /// The next review.
    pub review_on: Option<Date>,
    /// Whether a second person had to agree.
    pub needs_second: bool,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: (UserId, String),
    /// What a second person answered.
    pub answer: Option<Answer>,
    /// Where it stands.
    pub stage: Stage,
}

/// What the file shows of risk and decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// The rating of the moment by the rules.
    pub rating: Rating,
    /// The band that counts.
    pub band: Band,
    /// By which decision it is set by hand.
    pub by_hand: Option<Decision>,
    /// The decision in force.
    pub in_force: Option<Decision>,
    /// The one that waits for a second person.
    pub waiting: Option<Decision>,
    /// The next review.
    pub review_on: Option<Date>,
    /// Why it is due before that.
    pub due: Vec<Event>,
    /// Every decision, the last one first.
    pub decisions: Vec<Decision>,
    /// Whether the person may decide.
    pub may_decide: bool,
    /// Whether the person may answer what waits.
    pub may_answer: bool,
    /// Whether hits on watch lists wait, so that nothing can be approved.
    pub open_hits: bool,
    /// Months until the next review that may be chosen, the usual one last.
    pub months: Vec<u32>,
    /// An open draft of a report that was begun from this file and that the person may see.
    pub draft: Option<DraftId>,
}

/// A rating that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// The version of the file.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// The rating.
    pub rating: Rating,
}

/// What those who may not decide are shown: nothing of reports.
struct Eyes(bool);

impl Eyes {
    fn rating(&self, rating: Rating) -> Rating {
        match Rules::of_version(&rating.version) {
            Some(rules) if !self.0 => rating.without(CONFIDENTIAL, rules),
            _ => rating,
        }
    }

    fn reason(&self, verdict: Verdict, reason: String) -> String {
        if self.0 || verdict != Verdict::Refer { reason } else { String::new() }
    }
}

/// What the file shows of risk and decisions.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside its company.
pub async fn panel(ctx: &Context, principal: &Principal, id: CustomerId) -> Result<Panel> {
    let row = find(ctx, principal, id).await?;
    let (org, mut db) = (OrgId(row.org_id), ctx.db.reader());
    let seat = Seat::take(principal, org, Action::ReadCustomers)?;
    let may_decide = principal.allowed_in(org, Action::DecideCustomers).is_ok();
    let found = risk::assess(ctx, &mut db, &row).await?;
    let eyes = Eyes(may_decide);
    // A risk set by hand that counts no more is past.
    let standing = found
        .standing
        .clone()
        .map(|standing| StandingRow { override_id: found.by_hand.as_ref().map(|row| row.id), ..standing });
    let standing = standing.as_ref();
    let decisions: Vec<Decision> = rows::of_customer(&mut db, id)
        .await?
        .into_iter()
        .map(|row| decision(row, standing, &eyes))
        .collect::<Result<_>>()?;
    let with = |id: Option<uuid::Uuid>| decisions.iter().find(|made| Some(made.id.0) == id).cloned();
    let waiting = with(standing.and_then(|standing| standing.waiting_id));
    let rating = eyes.rating(found.rating);
    let band = if found.by_hand.is_some() { found.band } else { rating.band };
    let today = document::today(ctx, org).await?;
    let draft = match principal.allowed_in(org, Action::WriteReports) {
        Ok(_) => rows::open_draft(&mut db, id, seat.id(), seat.is_admin()).await?,
        Err(_) => None,
    };
    Ok(Panel {
        band,
        by_hand: with(found.by_hand.as_ref().map(|row| row.id)),
        in_force: with(standing.and_then(|standing| standing.decision_id)),
        may_answer: may_decide && waiting.as_ref().is_some_and(|made| made.by.0 != seat.id()),
        waiting,
        review_on: standing.and_then(|standing| standing.review_on).map(Date::from_days),
        due: standing.map(|standing| read_events(&standing.due_why)).unwrap_or_default(),
        decisions,
        may_decide,
        open_hits: found.open_hits,
        months: Rules::on(today).review.months(found.band).to_vec(),
        draft,
        rating,
    })
}

/// The ratings that were kept, the last one first.
///
/// # Errors
/// As [`panel`].
pub async fn ratings(ctx: &Context, principal: &Principal, id: CustomerId) -> Result<Vec<Rated>> {
    let row = find(ctx, principal, id).await?;
    let eyes = Eyes(principal.allowed_in(OrgId(row.org_id), Action::DecideCustomers).is_ok());
    let found = standing::ratings(&mut ctx.db.reader(), id).await?;
    let read = |row: standing::RatingRow| {
        let rating = serde_json::from_str(&row.rating).map_err(|error| Refusal::Fault(error.to_string()))?;
        Ok(Rated { version: row.customer_version, at: Timestamp(row.at), rating: eyes.rating(rating) })
    };
    found.into_iter().map(read).collect()
}

/// Decisions of a company that wait for a second person, the oldest first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right to decide.
pub async fn waiting(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Decision>> {
    Seat::take(principal, org, Action::DecideCustomers)?;
    let found = rows::waiting(&mut ctx.db.reader(), org).await?;
    let waits = |row| Ok(Decision { stage: Stage::Waits, ..decision(row, None, &Eyes(true))? });
    found.into_iter().map(waits).collect()
}

fn decision(row: DecisionRow, standing: Option<&StandingRow>, eyes: &Eyes) -> Result<Decision> {
    let fault = |what: &str| Refusal::Fault(format!("decision {}: {what}", row.id));
    let verdict = Verdict::from_code(&row.verdict).ok_or_else(|| fault("its verdict"))?;
    let stage = stage(&row, standing);
    Ok(Decision {
        id: DecisionId(row.id),
        customer: CustomerId(row.customer_id),
        number: row.number,
        version: row.customer_version,
        verdict,
        limits: serde_json::from_str(&row.limits).map_err(|_| fault("its limits"))?,
        band: Band::from_code(&row.band).ok_or_else(|| fault("its band"))?,
        rating: eyes.rating(rating_of(&row)?),
        review_on: row.review_on.map(Date::from_days),
        needs_second: row.needs_second,
        at: Timestamp(row.at),
        answer: answered(&row),
        stage,
        customer_name: row.customer,
        reason: eyes.reason(verdict, row.reason),
        by: (UserId(row.person_id), row.person),
    })
}

fn answered(row: &DecisionRow) -> Option<Answer> {
    Some(Answer {
        agreed: row.agreed?,
        reason: row.answer.clone().unwrap_or_default(),
        at: Timestamp(row.answered_at?),
        by: row.answerer.clone()?,
    })
}

fn stage(row: &DecisionRow, standing: Option<&StandingRow>) -> Stage {
    let is = |id: fn(&StandingRow) -> Option<uuid::Uuid>| standing.and_then(id) == Some(row.id);
    if is(|standing| standing.waiting_id) {
        Stage::Waits
    } else if is(|standing| standing.decision_id) || is(|standing| standing.override_id) {
        Stage::InForce
    } else if row.agreed == Some(false) {
        Stage::TurnedDown
    } else {
        Stage::Past
    }
}
