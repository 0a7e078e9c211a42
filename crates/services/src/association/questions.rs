//! Members' questions. A company's officer asks its association without a name; the association drafts an answer, an authority
//! signs it, and it is published to the members, or to everybody. Who asked stands in rows that neither the association nor
//! the authority reads: only the way back to the asker does ([`tell_asker`]).

mod sign;

use domain::{
    access::{Action, Principal},
    answers::Answers,
    association::{QuestionAct, QuestionState},
    date::Date,
    ids::{OrgId, QuestionId},
    organisation::{OrgKind, OrgStatus},
    time::Timestamp,
};
use serde::Serialize;
use store::{
    StoreError, Tx,
    association::question::{self as rows, Hands, QuestionRow},
    org, person,
};

pub use sign::{of_authority, send_back, sign};

use super::{act, tell};
use crate::{
    Context, Refusal, Result,
    audit::{self, NONE},
    input::Form,
    outbox::{self, Template},
    roster::Today,
    seat::Seat,
};

/// Letters of a question, an answer and a reason.
const QUESTION: usize = 2000;
const ANSWER: usize = 8000;
const REASON: usize = 1000;

/// A question, without who asked it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Identity.
    pub id: QuestionId,
    /// Counts changes.
    pub version: i64,
    /// Who is asked.
    pub association: String,
    /// Where it stands.
    pub state: QuestionState,
    /// What was asked.
    pub asked: String,
    /// On which day.
    pub asked_on: Date,
    /// The question as it is published; empty before it was drafted.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// Whether everybody may read it.
    pub is_public: bool,
    /// Who signs.
    pub authority: Option<String>,
    /// Why it was changed, sent back or not answered.
    pub reason: String,
    /// When it was signed.
    pub signed_at: Option<Timestamp>,
}

impl From<QuestionRow> for Question {
    fn from(row: QuestionRow) -> Self {
        Self {
            id: QuestionId(row.id),
            version: row.version,
            association: row.association,
            state: QuestionState::from_code(&row.state).unwrap_or(QuestionState::Asked),
            asked: row.asked,
            asked_on: Date::from_days(row.asked_on),
            question: row.question,
            answer: row.answer,
            is_public: row.is_public,
            authority: row.authority,
            reason: row.reason,
            signed_at: row.signed_at.map(Timestamp),
        }
    }
}

/// What the log commits to. Who asked is not in it.
#[derive(Serialize)]
struct Trace<'a> {
    state: &'a str,
    question: &'a str,
    answer: &'a str,
    is_public: bool,
    reason: &'a str,
}

impl<'a> Trace<'a> {
    fn of(row: &'a QuestionRow) -> Self {
        Self {
            state: &row.state,
            question: &row.question,
            answer: &row.answer,
            is_public: row.is_public,
            reason: &row.reason,
        }
    }
}

/// Asks an association of which the company is a member. Fields: `association` (its identity), `question`.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotFound`] without the right.
pub async fn ask(ctx: &Context, principal: &Principal, org: OrgId, typed: &Answers) -> Result<QuestionId> {
    let seat = Seat::take(principal, org, Action::TakePartInAssociations)?;
    let mut form = Form::new(typed);
    let text = form.lines("question", QUESTION, "Write the question.");
    let mut tx = ctx.db.begin().await?;
    let own = store::association::associations(&mut tx, org, ctx.now()).await?;
    let chosen = own.into_iter().find(|(id, _)| id.to_string() == form.raw("association"));
    if chosen.is_none() {
        form.problem("association", "Choose one of the associations of which your company is a member.");
    }
    form.done()?;
    let Some((association, _)) = chosen else { return Err(Refusal::NotFound) };
    // Other identities tell the instant at which they were made; this one must not.
    let id = QuestionId(uuid::Builder::from_random_bytes(ctx.random()).into_uuid());
    rows::ask(&mut tx, id, association, (org, seat.id()), (&text, Date::of(ctx.now()))).await?;
    let asked = org::by_id(&mut tx, association).await?.ok_or(Refusal::NotFound)?;
    let page = format!("/questions/{id}");
    tell(ctx, &mut tx, (OrgKind::Association, association, &asked.handle), &page, Template::MemberQuestion).await?;
    let act = act(seat, Action::TakePartInAssociations, "association asked", "question", id.to_string());
    audit::record(ctx, &mut tx, act, NONE, Some(&text)).await?;
    tx.commit().await?;
    Ok(id)
}

/// What a company asked itself, and what was answered to members of its associations.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn for_company(ctx: &Context, principal: &Principal, org: OrgId) -> Result<(Vec<Question>, Vec<Question>)> {
    Seat::take(principal, org, Action::ReadAssociations)?;
    let mut db = ctx.db.reader();
    let own = rows::of_company(&mut db, org).await?.into_iter().map(Question::from).collect();
    let answered = rows::for_member(&mut db, org, ctx.now()).await?.into_iter().map(Question::from).collect();
    Ok((own, answered))
}

/// What everybody may read, the last one signed first.
///
/// # Errors
/// If the store fails.
pub async fn public(ctx: &Context) -> Result<Vec<Question>> {
    Ok(rows::public(&mut ctx.db.reader()).await?.into_iter().map(Question::from).collect())
}

/// What members asked an association.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn of_association(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Question>> {
    Seat::take(principal, org, Action::AnswerMembers)?;
    Ok(rows::of_association(&mut ctx.db.reader(), org).await?.into_iter().map(Question::from).collect())
}

/// How many questions wait for an association, or for an authority's signature; none without the right.
///
/// # Errors
/// If the store fails.
pub async fn waiting(ctx: &Context, principal: &Principal, org: OrgId) -> Result<i64> {
    let may = [Action::AnswerMembers, Action::SignAnswers].map(|action| Seat::take(principal, org, action).is_ok());
    if may.contains(&true) { Ok(rows::waiting(&mut ctx.db.reader(), org).await?) } else { Ok(0) }
}

/// One question as the association (`org`) or the authority sees it.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or if it is another's.
pub async fn view(ctx: &Context, principal: &Principal, org: OrgId, id: QuestionId) -> Result<Question> {
    principal.signed_in()?;
    let row = rows::one(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotFound)?;
    let action = if row.association_id == org.0 { Action::AnswerMembers } else { Action::SignAnswers };
    if row.association_id != org.0 && row.authority_id != Some(org.0) {
        return Err(Refusal::NotFound);
    }
    Seat::take(principal, org, action)?;
    Ok(row.into())
}

/// The authorities that can sign: handle and name, that of the association's country first.
///
/// # Errors
/// If the store fails.
pub async fn signers(ctx: &Context, country: &str) -> Result<Vec<(String, String)>> {
    let mut all = org::of_kind(&mut ctx.db.reader(), OrgKind::Authority.code()).await?;
    all.retain(|one| one.status == OrgStatus::Approved.code());
    all.sort_by_key(|one| one.country != country);
    Ok(all.into_iter().map(|one| (one.handle, one.name)).collect())
}

/// A question held for an act, changed by it.
struct Held<'p> {
    row: QuestionRow,
    seat: Seat<'p>,
    before: String,
}

impl<'p> Held<'p> {
    async fn take(
        tx: &mut Tx,
        principal: &'p Principal,
        (org, action): (OrgId, Action),
        (id, version): (QuestionId, i64),
        act: QuestionAct,
    ) -> Result<Self> {
        let seat = Seat::take(principal, org, action)?;
        let row = rows::one(tx, id).await?.ok_or(Refusal::NotFound)?;
        let own = if action == Action::AnswerMembers { Some(row.association_id) } else { row.authority_id };
        if own != Some(org.0) {
            return Err(Refusal::NotFound);
        }
        let before = row.state.clone();
        let state = QuestionState::from_code(&row.state).ok_or_else(|| Refusal::Fault(before.clone()))?;
        let after = state.after(act).map_err(|why| Refusal::NotPossible(why.to_string()))?;
        if row.version != version {
            return Err(Refusal::Stale);
        }
        Ok(Self { row: QuestionRow { state: after.code().to_owned(), ..row }, seat, before })
    }

    async fn keep(self, ctx: &Context, tx: &mut Tx, (action, step): (Action, &str), hands: Hands) -> Result<()> {
        rows::save(tx, &self.row, hands).await.map_err(|error| match error {
            StoreError::Stale => Refusal::Stale,
            other => other.into(),
        })?;
        let act = act(self.seat, action, step, "question", QuestionId(self.row.id).to_string());
        audit::record(ctx, tx, act, Some(&self.before), Some(&Trace::of(&self.row))).await
    }
}

/// Sends a drafted answer to an authority. Fields: `question` (as it is published), `answer`, `authority` (its handle),
/// `public` (`yes` if everybody may read it).
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotPossible`] in another state; [`Refusal::Stale`];
/// [`Refusal::NotFound`] without the right.
pub async fn draft(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    seen: (QuestionId, i64),
    typed: &Answers,
) -> Result<()> {
    let action = Action::AnswerMembers;
    let mut tx = ctx.db.begin().await?;
    let mut held = Held::take(&mut tx, principal, (org, action), seen, QuestionAct::Draft).await?;
    let mut form = Form::new(typed);
    held.row.question = form.lines("question", QUESTION, "Write the question so that it names nobody.");
    held.row.answer = form.lines("answer", ANSWER, "Write the answer.");
    let known = |one: &org::OrgRow| one.kind == OrgKind::Authority.code() && one.status == OrgStatus::Approved.code();
    let authority = org::by_handle(&mut tx, form.raw("authority")).await?.filter(known);
    if authority.is_none() {
        form.problem("authority", "Choose the authority that is to sign.");
    }
    form.done()?;
    let Some(authority) = authority else { return Err(Refusal::NotFound) };
    (held.row.authority_id, held.row.is_public) = (Some(authority.id), typed.one("public") == "yes");
    held.row.reason.clear();
    let hands = Hands { drafted_by: Some(held.seat.id()), signed_by: None };
    let today = Today::of(&mut tx, OrgId(authority.id), ctx.now()).await?;
    for (address, lang) in today.receivers(None) {
        let path = format!("/{}/a/{}/answers/{}", lang.tag(), authority.handle, seen.0);
        outbox::queue(ctx, &mut tx, Template::AnswerToSign, &address, lang, &path, "").await?;
    }
    held.keep(ctx, &mut tx, (action, "answer sent to the authority"), hands).await?;
    tx.commit().await?;
    Ok(())
}

/// Leaves a question without an answer; the asker reads `reason`.
///
/// # Errors
/// [`Refusal::Invalid`] without a reason; else as [`draft`].
pub async fn decline(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    seen: (QuestionId, i64),
    reason: &str,
) -> Result<()> {
    let action = Action::AnswerMembers;
    let mut tx = ctx.db.begin().await?;
    let mut held = Held::take(&mut tx, principal, (org, action), seen, QuestionAct::Decline).await?;
    held.row.reason = because("reason", reason, "Say why it is not answered; the member reads this.")?;
    tell_asker(ctx, &mut tx, seen.0).await?;
    held.keep(ctx, &mut tx, (action, "question not answered"), Hands::default()).await?;
    tx.commit().await?;
    Ok(())
}

/// A reason that must be there.
fn because(field: &str, reason: &str, missing: &str) -> Result<String> {
    let typed: Answers = [(field, reason)].into_iter().collect();
    let mut form = Form::new(&typed);
    let reason = form.lines(field, REASON, missing);
    form.done()?;
    Ok(reason)
}

async fn tell_association(ctx: &Context, tx: &mut Tx, row: &QuestionRow) -> Result<()> {
    let association = org::by_id(tx, OrgId(row.association_id)).await?.ok_or(Refusal::NotFound)?;
    let who = (OrgKind::Association, OrgId(association.id), association.handle.as_str());
    tell(ctx, tx, who, &format!("/questions/{}", QuestionId(row.id)), Template::AnswerDecided).await
}

/// The way back: whoever asked, or those who run the company if they belong to it no more.
async fn tell_asker(ctx: &Context, tx: &mut Tx, id: QuestionId) -> Result<()> {
    let (org, author) = rows::asker(tx, id).await?.ok_or(Refusal::NotFound)?;
    let company = org::by_id(tx, org).await?.ok_or(Refusal::NotFound)?;
    let members = person::members(tx, org).await?;
    let Some(asker) = members.iter().find(|member| member.person_id == author.0) else {
        return tell(ctx, tx, (OrgKind::Company, org, &company.handle), "/questions", Template::QuestionAnswered).await;
    };
    let path = format!("/{}/c/{}/questions", asker.lang().tag(), company.handle);
    outbox::queue(ctx, tx, Template::QuestionAnswered, &asker.email, asker.lang(), &path, "").await
}
