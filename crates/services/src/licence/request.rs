//! A company asks whether a licence covers something; the authority of the country that gave it answers with its register
//! beside the question. The company sees the answer, never the register.

mod desk;

use domain::{
    access::{Action, Principal, Role},
    answers::{Answers, when::Order},
    calendar::Zone as _,
    country::Country,
    customer::Customer,
    date::Date,
    ids::{CustomerId, LicenceRequestId, OrgId},
    lang::Lang,
    licence::{
        Activity, Names,
        request::{ANSWER_WITHIN, Outcome, Question, RequestState},
    },
    organisation::OrgKind,
    time::Timestamp,
};
use store::{
    Tx,
    licence::request::{self as rows, NewRequest, RequestRow},
    person::MemberRow,
};

pub use desk::{Beside, Candidate, DeskRequest, answer, at_desk, look, mark, waiting};

use super::refused;
use crate::{
    Context, Result,
    audit::{self, Act},
    calendar::{self, Local},
    customer,
    error::Refusal,
    outbox::{self, Template},
    roster::Today,
    seat::Seat,
};

/// What an authority answered, as the company reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub outcome: Outcome,
    /// What was said with it; may be empty.
    pub note: String,
    /// Until when it may be counted on, if that was told.
    pub until: Option<Date>,
    /// When.
    pub at: Timestamp,
}

/// A request, as the company sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Identity.
    pub id: LicenceRequestId,
    /// The company.
    pub org: OrgId,
    /// In whose file it is kept.
    pub customer: Option<CustomerId>,
    /// For which site of it.
    pub site: Option<u32>,
    /// What exactly was asked.
    pub question: Question,
    /// Where it stands.
    pub state: RequestState,
    /// Its version, for the next act.
    pub version: i64,
    /// Who asked.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Until when the authority wants to have answered.
    pub due: Timestamp,
    /// Name of the authority; none where it goes as a letter.
    pub authority: Option<String>,
    /// The answer, once there is one.
    pub answer: Option<Answered>,
}

/// Whether a licence was confirmed for something: what a decision about a customer is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// The request behind it.
    pub request: LicenceRequestId,
    /// The site in the customer's file; none where it was asked without one.
    pub site: Option<u32>,
    /// The site as it was asked for; may be empty.
    pub place: String,
    /// Number of the licence.
    pub number: String,
    /// The substance's handle.
    pub substance: String,
    /// Its name.
    pub substance_name: String,
    /// What is to be done with it.
    pub activity: Activity,
    /// Where the request stands.
    pub state: RequestState,
    /// What was answered.
    pub outcome: Option<Outcome>,
    /// Until when it may be counted on, if that was told.
    pub until: Option<Date>,
    /// When it was answered.
    pub answered: Option<Timestamp>,
    /// Who answered, or is asked; none where it goes as a letter.
    pub authority: Option<String>,
}

impl Confirmation {
    /// Whether it may be counted on that day: answered as valid, perhaps with limits, and its time not over.
    #[must_use]
    pub fn holds(&self, on: Date) -> bool {
        matches!(self.outcome, Some(Outcome::Valid | Outcome::Limited)) && self.until.is_none_or(|until| on <= until)
    }
}

pub(super) fn request(row: RequestRow) -> Result<Request> {
    let corrupt = |what: &str| Refusal::Fault(format!("licence request {}: {what}", row.id));
    let question = serde_json::from_str(&row.asked).map_err(|error| corrupt(&error.to_string()))?;
    let state = RequestState::from_code(&row.state).ok_or_else(|| corrupt("its state"))?;
    let answer = row.answered_at.and_then(|at| {
        Some(Answered {
            outcome: Outcome::from_code(&row.outcome)?,
            note: row.note.clone(),
            until: row.until_on.map(Date::from_days),
            at: Timestamp(at),
        })
    });
    Ok(Request {
        id: LicenceRequestId(row.id),
        org: OrgId(row.org_id),
        customer: row.customer_id.map(CustomerId),
        site: row.site_key.and_then(|key| u32::try_from(key).ok()),
        question,
        state,
        version: row.version,
        by: row.person,
        at: Timestamp(row.at),
        due: Timestamp(row.due_at),
        authority: row.authority,
        answer,
    })
}

/// What a request about a site of a customer begins with, from the customer's file.
#[must_use]
pub fn from_file(file: &Customer, site: Option<u32>) -> Answers {
    let mut typed: Answers =
        [("holder", file.name()), ("country", file.text("identity", "country"))].into_iter().collect();
    let entries = file.entries("site");
    let found = site.map_or_else(|| entries.first(), |key| entries.iter().find(|entry| entry.key == key));
    if let Some(entry) = found {
        let (name, address) = (entry.fields.one("name"), entry.fields.many("address").join(", "));
        typed.set_one("number", entry.fields.one("licence"));
        typed.set_one("country", entry.fields.one("country"));
        typed.set_one("site", format!("{name}, {}", address.lines().collect::<Vec<_>>().join(", ")));
    }
    if let Some(substance) = file.entries("substance").first() {
        typed.set_one("substance", substance.fields.one("name"));
    }
    typed.set_one("activity", Activity::Use.code());
    typed
}

/// Asks the authority of the country that gave a licence. Where nobody here answers for that country, the request is kept
/// with the company: it goes as a letter.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per column; [`Refusal::NotFound`] without the right, or if the customer is not the
/// company's.
pub async fn ask(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    about: Option<(CustomerId, Option<u32>)>,
    typed: &Answers,
) -> Result<LicenceRequestId> {
    let seat = Seat::take(principal, org, Action::AskLicences)?;
    if let Some((customer, site)) = about {
        let view = customer::view(ctx, principal, customer).await?;
        let unknown = site.is_some_and(|site| view.customer.entry("site", site).is_none());
        if view.org != org || unknown {
            return Err(Refusal::NotFound);
        }
    }
    let (catalogue, now) = (ctx.catalogue(), ctx.now());
    let home = Country::parse(&seat.membership.country).map_or("UTC", Country::time_zone);
    let (order, today) = (Order::of_country(&seat.membership.country), Local::named(home).day(now));
    let question = Question::read(typed, order, &Names::of_public(&catalogue), today).map_err(refused)?;
    let mut tx = ctx.db.begin().await?;
    let authority = store::org::authority_of(&mut tx, question.country.code()).await?.map(|found| OrgId(found.id));
    let id = LicenceRequestId(ctx.new_id());
    let state = if authority.is_some() { RequestState::Open } else { RequestState::Letter };
    let new = NewRequest {
        id,
        org,
        authority,
        customer: about.map(|(customer, _)| customer),
        site: about.and_then(|(_, site)| site),
        person: seat.id(),
        asked: &serde_json::to_string(&question).map_err(|error| Refusal::Fault(error.to_string()))?,
        at: now,
        due: calendar::due(&ctx.calendars(), question.country, now, ANSWER_WITHIN),
        state: state.code(),
    };
    rows::insert(&mut tx, &new).await?;
    if let Some(authority) = authority {
        tell_desk(ctx, &mut tx, authority, id).await?;
    }
    let step = if authority.is_some() { "licence asked for" } else { "letter about a licence written" };
    record(ctx, &mut tx, (seat, Action::AskLicences, step), id, Some(&question)).await?;
    tx.commit().await?;
    Ok(id)
}

async fn record(
    ctx: &Context,
    tx: &mut Tx,
    (seat, action, step): (Seat<'_>, Action, &str),
    id: LicenceRequestId,
    after: Option<&impl serde::Serialize>,
) -> Result<()> {
    let (object_kind, object_id) = ("licence_request", id.to_string());
    let act = Act { actor: seat.actor(), action, step, object_kind, object_id };
    audit::record(ctx, tx, act, audit::NONE, after).await
}

/// Tells the desk that a request waits: its duty address, else those on duty, else its administrators.
async fn tell_desk(ctx: &Context, tx: &mut Tx, authority: OrgId, id: LicenceRequestId) -> Result<()> {
    let today = Today::of(tx, authority, ctx.now()).await?;
    let mut addresses: Vec<_> = today.desk_address().into_iter().collect();
    for people in [today.on_duty(), today.admins()] {
        if addresses.is_empty() {
            addresses = today.addresses(people);
        }
    }
    for (address, lang) in addresses {
        let path = format!("/{}/a/{}/licence-requests/{id}", lang.tag(), today.handle());
        outbox::queue(ctx, tx, Template::LicenceAsked, &address, lang, &path, "").await?;
    }
    Ok(())
}

/// Tells the one who asked that an answer waits, or (if they may ask no more) those who run the company's account.
async fn tell_company(ctx: &Context, tx: &mut Tx, row: &RequestRow) -> Result<()> {
    let members = store::person::members(tx, OrgId(row.org_id)).await?;
    let role = |member: &MemberRow| Role::from_code(&member.role);
    let asks = |member: &&MemberRow| role(member).is_some_and(|role| Action::AskLicences.allows(role));
    let admin = |member: &&MemberRow| role(member).is_some_and(Role::is_admin);
    let told: Vec<&MemberRow> = match members.iter().filter(asks).find(|member| member.person_id == row.person_id) {
        Some(member) => vec![member],
        None => members.iter().filter(admin).collect(),
    };
    for member in told {
        let lang = Lang::from_tag(&member.lang).unwrap_or_default();
        let (letter, id) = (OrgKind::Company.workspace(), LicenceRequestId(row.id));
        let path = format!("/{}/{letter}/{}/licences/{id}", lang.tag(), row.company_handle);
        outbox::queue(ctx, tx, Template::LicenceAnswered, &member.email, lang, &path, "").await?;
    }
    Ok(())
}

/// The row of a company's own request.
async fn own(db: &mut impl store::Read, principal: &Principal, id: LicenceRequestId) -> Result<RequestRow> {
    principal.signed_in()?;
    let row = rows::find(db, id).await?.ok_or(Refusal::NotFound)?;
    Seat::take(principal, OrgId(row.org_id), Action::ReadCustomers)?;
    Ok(row)
}

/// A company's own request.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none, or for anybody outside its company.
pub async fn one(ctx: &Context, principal: &Principal, id: LicenceRequestId) -> Result<Request> {
    request(own(&mut ctx.db.reader(), principal, id).await?)
}

/// A company's requests behind `after` (when asked, and identity), the last one first; whether there are more.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company.
pub async fn list(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    after: Option<(i64, LicenceRequestId)>,
    limit: usize,
) -> Result<(Vec<Request>, bool)> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    let most = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut found = rows::of_org(&mut ctx.db.reader(), org, after.map(|(at, id)| (at, id.0)), most).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    Ok((found.into_iter().map(request).collect::<Result<_>>()?, more))
}

/// The requests that are kept in a customer's file, the last one first.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside the customer's company.
pub async fn of_customer(ctx: &Context, principal: &Principal, customer: CustomerId) -> Result<Vec<Request>> {
    let org = customer::view(ctx, principal, customer).await?.org;
    let found = rows::of_customer(&mut ctx.db.reader(), customer, org).await?;
    found.into_iter().map(request).collect()
}

/// Answers in the company's files that have ended or end soon and were not asked for anew, the next end first.
///
/// # Errors
/// [`Refusal::NotFound`] without a place in the company.
pub async fn ending(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Request>> {
    Seat::take(principal, org, Action::ReadCustomers)?;
    let until = Date::of(ctx.now().plus(domain::customer::document::AHEAD * Timestamp::DAY));
    let found = rows::ending(&mut ctx.db.reader(), org, until).await?;
    found.into_iter().map(request).collect()
}

/// Takes a request back that was not answered yet.
///
/// # Errors
/// [`Refusal::Stale`] if it was answered or taken back meanwhile; [`Refusal::NotFound`] without the right.
pub async fn withdraw(ctx: &Context, principal: &Principal, (id, version): (LicenceRequestId, i64)) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let row = own(&mut tx, principal, id).await?;
    let seat = Seat::take(principal, OrgId(row.org_id), Action::AskLicences)?;
    rows::withdraw(&mut tx, (id, version)).await?;
    record(ctx, &mut tx, (seat, Action::AskLicences, "request about a licence taken back"), id, audit::NONE).await?;
    tx.commit().await?;
    Ok(())
}

/// For each site, substance and activity that was asked about a customer: the last answer, or that one waits. The caller has
/// checked that whoever asks may read the customer's file.
///
/// # Errors
/// If the store fails.
pub async fn standing(ctx: &Context, org: OrgId, customer: CustomerId) -> Result<Vec<Confirmation>> {
    let mut found: Vec<Confirmation> = Vec::new();
    for row in rows::of_customer(&mut ctx.db.reader(), customer, org).await? {
        let request = request(row)?;
        let (question, answer) = (request.question, request.answer);
        let about = |known: &&Confirmation| {
            (known.site, &known.place, &known.substance, known.activity)
                == (request.site, &question.site, &question.substance, question.activity)
        };
        // A later question that still waits takes nothing from an answer that is there.
        let is_known = found.iter().filter(about).any(|known| known.outcome.is_some() || answer.is_none());
        if is_known || request.state == RequestState::Withdrawn {
            continue;
        }
        found.push(Confirmation {
            request: request.id,
            site: request.site,
            place: question.site,
            number: question.number,
            substance: question.substance,
            substance_name: question.substance_name,
            activity: question.activity,
            state: request.state,
            outcome: answer.as_ref().map(|answer| answer.outcome),
            until: answer.as_ref().and_then(|answer| answer.until),
            answered: answer.as_ref().map(|answer| answer.at),
            authority: request.authority,
        });
    }
    Ok(found)
}
