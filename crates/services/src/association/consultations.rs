//! Consultations: an association asks its members, or an authority its companies, what they think of a draft. Each company takes
//! one position and may change it until the end. The owner reads positions and comments, with a company's name only where that
//! company agreed, and closes with a response that everybody who was asked reads.

mod company;

use domain::{
    access::{Action, Principal},
    answers::{
        Answers,
        when::{Order, parse_date},
    },
    association::{ConsultationState, Position, questions},
    date::Date,
    ids::{ConsultationId, OrgId},
    organisation::OrgKind,
    time::Timestamp,
};
use serde::Serialize;
use store::{
    Tx,
    association::consultation::{self as rows, ConsultationRow, PositionRow},
};

pub use company::{for_company, shown, take};

use super::{act, reached, tell};
use crate::{
    Context, Refusal, Result,
    audit::{self, NONE},
    input::Form,
    outbox::Template,
    seat::Seat,
};

/// Letters of a title, a draft, the questions, a comment.
const TITLE: usize = 200;
const BODY: usize = 40_000;
const QUESTIONS: usize = 4000;
const COMMENT: usize = 4000;
/// So many questions.
const MOST_QUESTIONS: usize = 10;
/// So long a consultation may be open, in days.
const LONGEST: i64 = 366;

/// A consultation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    /// Identity.
    pub id: ConsultationId,
    /// Counts changes.
    pub version: i64,
    /// Who asks.
    pub owner: String,
    /// Where it stands.
    pub state: ConsultationState,
    /// What it is about.
    pub title: String,
    /// The draft, restricted Markdown.
    pub body: String,
    /// The questions.
    pub questions: Vec<String>,
    /// The last day.
    pub until: Date,
    /// What the owner said in the end.
    pub response: String,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

impl Consultation {
    fn of(row: ConsultationRow, now: Timestamp) -> Self {
        let state = ConsultationState::from_code(&row.state).unwrap_or(ConsultationState::Draft);
        Self {
            id: ConsultationId(row.id),
            version: row.version,
            owner: row.owner,
            state: state.at(Timestamp(row.ends_at), now),
            title: row.title,
            body: row.body,
            questions: questions(&row.questions).into_iter().map(str::to_owned).collect(),
            until: Date::from_days(row.ends_at.div_euclid(Timestamp::DAY) - 1),
            response: row.response,
            closed_at: row.closed_at.map(Timestamp),
        }
    }
}

/// A position as it may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// What the company thinks.
    pub position: Position,
    /// What it wrote.
    pub comment: String,
    /// Its answer to each question.
    pub answers: Vec<String>,
    /// Whether its name may be read.
    pub is_named: bool,
    /// Its name; empty where it did not agree.
    pub company: String,
}

impl From<PositionRow> for Opinion {
    fn from(row: PositionRow) -> Self {
        Self {
            position: Position::from_code(&row.position).unwrap_or(Position::NoOpinion),
            comment: row.comment,
            answers: serde_json::from_str(&row.answers).unwrap_or_default(),
            is_named: row.is_named,
            company: row.company,
        }
    }
}

/// What the log commits to.
#[derive(Serialize)]
struct Trace<'a> {
    state: &'a str,
    title: &'a str,
    body: &'a str,
    questions: &'a str,
    ends_at: i64,
    response: &'a str,
}

impl<'a> Trace<'a> {
    fn of(row: &'a ConsultationRow) -> Self {
        Self {
            state: &row.state,
            title: &row.title,
            body: &row.body,
            questions: &row.questions,
            ends_at: row.ends_at,
            response: &row.response,
        }
    }
}

/// Those of an association or authority, the last one first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn list(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Consultation>> {
    Seat::take(principal, org, Action::RunConsultations)?;
    let found = rows::of_owner(&mut ctx.db.reader(), org).await?;
    Ok(found.into_iter().map(|row| Consultation::of(row, ctx.now())).collect())
}

/// One of an owner's own, with every position.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or if it is another's.
pub async fn view(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    id: ConsultationId,
) -> Result<(Consultation, Vec<Opinion>)> {
    Seat::take(principal, org, Action::RunConsultations)?;
    let mut db = ctx.db.reader();
    let row = rows::one(&mut db, id).await?.filter(|row| row.owner_id == org.0).ok_or(Refusal::NotFound)?;
    let opinions = rows::positions(&mut db, id).await?.into_iter().map(Opinion::from).collect();
    Ok((Consultation::of(row, ctx.now()), opinions))
}

/// What was typed into the form of a draft.
fn read(row: &mut ConsultationRow, typed: &Answers, order: Order, now: Timestamp) -> Result<()> {
    let mut form = Form::new(typed);
    row.title = form.line("title", TITLE, "Say in a few words what it is about.");
    row.body = form.lines("body", BODY, "Write or paste the draft.");
    row.questions = form.optional_lines("questions", QUESTIONS);
    if questions(&row.questions).len() > MOST_QUESTIONS {
        form.problem("questions", "Ask at most ten questions, one a line.");
    }
    let today = Date::of(now);
    let until = match parse_date(form.raw("until"), order) {
        Ok(day) if day <= today => Err("Choose a day that lies ahead."),
        Ok(day) if day.days() > today.days() + LONGEST => Err("Choose a day within the next twelve months."),
        Ok(day) => Ok(day),
        Err(_) => Err("Write the last day for answers, like 31 December 2027."),
    };
    match until {
        Ok(day) => row.ends_at = (day.days() + 1) * Timestamp::DAY,
        Err(message) => form.problem("until", message),
    }
    form.done()
}

/// Begins a consultation, seen by its owner only. Fields: `title`, `body`, `questions` (one a line), `until` (the last day).
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotFound`] without the right.
pub async fn create(ctx: &Context, principal: &Principal, org: OrgId, typed: &Answers) -> Result<ConsultationId> {
    let seat = Seat::take(principal, org, Action::RunConsultations)?;
    let id = ConsultationId(ctx.new_id());
    let mut row = ConsultationRow {
        id: id.0,
        owner_id: org.0,
        owner: String::new(),
        version: 1,
        state: ConsultationState::Draft.code().to_owned(),
        title: String::new(),
        body: String::new(),
        questions: String::new(),
        ends_at: 0,
        opened_at: None,
        response: String::new(),
        closed_at: None,
    };
    read(&mut row, typed, Order::of_country(&seat.membership.country), ctx.now())?;
    let mut tx = ctx.db.begin().await?;
    rows::add(&mut tx, &row, seat.id()).await?;
    let act = act(seat, Action::RunConsultations, "consultation written", "consultation", id.to_string());
    audit::record(ctx, &mut tx, act, NONE, Some(&Trace::of(&row))).await?;
    tx.commit().await?;
    Ok(id)
}

/// One held for an act of its owner.
async fn held<'p>(
    ctx: &Context,
    tx: &mut Tx,
    principal: &'p Principal,
    org: OrgId,
    (id, version): (ConsultationId, i64),
    allowed: &[ConsultationState],
) -> Result<(ConsultationRow, Seat<'p>)> {
    let seat = Seat::take(principal, org, Action::RunConsultations)?;
    let row = rows::one(tx, id).await?.filter(|row| row.owner_id == org.0).ok_or(Refusal::NotFound)?;
    let state = Consultation::of(row.clone(), ctx.now()).state;
    if !allowed.contains(&state) {
        return Err(Refusal::NotPossible(format!("This is not possible any more: it is “{}”.", state.label())));
    }
    if row.version == version { Ok((row, seat)) } else { Err(Refusal::Stale) }
}

async fn keep(
    ctx: &Context,
    tx: &mut Tx,
    seat: Seat<'_>,
    step: &str,
    (before, row): (&ConsultationRow, &ConsultationRow),
) -> Result<()> {
    rows::save(tx, row).await?;
    let act = act(seat, Action::RunConsultations, step, "consultation", ConsultationId(row.id).to_string());
    audit::record(ctx, tx, act, Some(&Trace::of(before)), Some(&Trace::of(row))).await
}

/// Changes a draft that is not open yet.
///
/// # Errors
/// As [`create`]; [`Refusal::NotPossible`] once it is open; [`Refusal::Stale`].
pub async fn change(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    seen: (ConsultationId, i64),
    typed: &Answers,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (before, seat) = held(ctx, &mut tx, principal, org, seen, &[ConsultationState::Draft]).await?;
    let mut row = before.clone();
    read(&mut row, typed, Order::of_country(&seat.membership.country), ctx.now())?;
    keep(ctx, &mut tx, seat, "consultation changed", (&before, &row)).await?;
    tx.commit().await?;
    Ok(())
}

/// Opens a consultation: those who are asked see it and get a mail.
///
/// # Errors
/// [`Refusal::NotPossible`] if it is open already, or its last day has passed; else as [`change`].
pub async fn open(ctx: &Context, principal: &Principal, org: OrgId, seen: (ConsultationId, i64)) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (before, seat) = held(ctx, &mut tx, principal, org, seen, &[ConsultationState::Draft]).await?;
    if before.ends_at <= ctx.now().0 {
        return Err(Refusal::NotPossible("The last day has passed. Choose another one first.".into()));
    }
    let state = ConsultationState::Open.code().to_owned();
    let row = ConsultationRow { state, opened_at: Some(ctx.now().0), ..before.clone() };
    keep(ctx, &mut tx, seat, "consultation opened", (&before, &row)).await?;
    tell_asked(ctx, &mut tx, (org, seat.membership.kind), seen.0, Template::ConsultationOpened).await?;
    tx.commit().await?;
    Ok(())
}

/// Closes a consultation with a response, which those who were asked read.
///
/// # Errors
/// [`Refusal::Invalid`] without a response; [`Refusal::NotPossible`] if it was never open; else as [`change`].
pub async fn close(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    seen: (ConsultationId, i64),
    typed: &Answers,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let states = [ConsultationState::Open, ConsultationState::Ended];
    let (before, seat) = held(ctx, &mut tx, principal, org, seen, &states).await?;
    let mut form = Form::new(typed);
    let response = form.lines("response", BODY, "Say what follows from the answers.");
    form.done()?;
    let state = ConsultationState::Closed.code().to_owned();
    let row = ConsultationRow { state, response, closed_at: Some(ctx.now().0), ..before.clone() };
    keep(ctx, &mut tx, seat, "consultation closed", (&before, &row)).await?;
    tell_asked(ctx, &mut tx, (org, seat.membership.kind), seen.0, Template::ConsultationClosed).await?;
    tx.commit().await?;
    Ok(())
}

async fn tell_asked(
    ctx: &Context,
    tx: &mut Tx,
    (owner, kind): (OrgId, OrgKind),
    id: ConsultationId,
    template: Template,
) -> Result<()> {
    for (company, handle) in reached(ctx, tx, owner, kind).await? {
        let who = (OrgKind::Company, company, handle.as_str());
        tell(ctx, tx, who, &format!("/consultations/{id}"), template).await?;
    }
    Ok(())
}
