//! What a company does: writing a request, looking at it, sending it, answering, saying what became of the sale.

use domain::{
    access::{Action, Principal},
    advice::{Act, Did, State, clock::AdviceClock},
    answers::{Answers, when::Order},
    country::Country,
    customer::Customer,
    date::Date,
    ids::{AdviceId, CustomerId, DraftId, OrgId},
};
use store::{
    advice::{self as rows, NewAdvice},
    org::OrgRow,
};

use super::{Event, Side, Trace, act, advance, content, held_own, keep, note, place, shortened, state_of, tell_desk};
use crate::{
    Context, Result,
    audit::{self, Actor},
    calendar, customer,
    draft::{New, contact, insert_in, json},
    error::{Problem, Refusal},
    outbox::Template,
    report::access,
    seat::Seat,
    thread::checked,
};

/// Fields of a form that are kept as typed; the rest is its machinery.
fn kept(typed: &Answers) -> Result<Answers> {
    const FIELDS: &[&str] = &["country", "use", "delivery", "worry", "signs", "report"];
    let is_field = |name: &str| {
        FIELDS.contains(&name) || ["customer.", "consignee.", "goods."].iter().any(|group| name.starts_with(group))
    };
    let typed = typed.only(is_field);
    typed.fits().map_err(|_| content::too_much())?;
    Ok(typed)
}

/// What a new request begins with: what the customer's file says, for the person to choose from; empty without one.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, or if the customer is another company's.
pub async fn prefilled(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    customer: Option<CustomerId>,
) -> Result<Answers> {
    Seat::take(principal, org, Action::AskAdvice)?;
    let Some(id) = customer else { return Ok(Answers::new()) };
    let view = customer::view(ctx, principal, id).await?;
    if view.org != org {
        return Err(Refusal::NotFound);
    }
    Ok(of_file(&view.customer))
}

fn of_file(file: &Customer) -> Answers {
    let mut answers = Answers::new();
    let mut put = |field: &str, text: &str| {
        if !text.is_empty() {
            answers.set_one(field, text);
        }
    };
    put("customer.name", file.name());
    put("customer.country", file.text("identity", "country"));
    put("customer.registration", file.text("identity", "registration_number"));
    put("customer.vat", file.text("numbers", "vat"));
    let of_kind = |kind: &str| file.entries("address").iter().find(|entry| entry.fields.one("kind") == kind);
    let lines = |fields: &Answers| {
        let town = format!("{} {}", fields.one("postcode"), fields.one("town"));
        [fields.one("street"), town.trim()].join("\n").trim().to_owned()
    };
    if let Some(entry) = of_kind("registered").or_else(|| of_kind("head_office")) {
        put("customer.address", &lines(&entry.fields));
    }
    let web = file.entries("web").first().map_or("", |entry| entry.fields.one("domain"));
    put("customer.website", web);
    if let Some(entry) = of_kind("delivery") {
        put("consignee.name", file.name());
        put("consignee.address", &lines(&entry.fields));
        put("consignee.country", entry.fields.one("country"));
        put("country", entry.fields.one("country"));
    } else {
        put("country", file.text("identity", "country"));
    }
    if let [only] = file.entries("substance") {
        put("goods.1.name", only.fields.one("name"));
        put("goods.1.cas", only.fields.one("cas"));
        put("use", only.fields.one("use"));
    }
    answers
}

/// Keeps a request that is not sent yet, exactly as typed.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or with another company's customer; [`Refusal::Invalid`] if it is far too long;
/// [`Refusal::NotPossible`] if no authority answers for the company.
pub async fn create(
    ctx: &Context,
    principal: &Principal,
    org: OrgId,
    customer: Option<CustomerId>,
    typed: &Answers,
) -> Result<AdviceId> {
    let seat = Seat::take(principal, org, Action::AskAdvice)?;
    prefilled(ctx, principal, org, customer).await?;
    let typed = kept(typed)?;
    let mut tx = ctx.db.begin().await?;
    let company = company(&mut tx, org).await?;
    let authority = access::authority_of(&mut tx, &company).await?;
    let authority = authority.ok_or_else(|| {
        Refusal::NotPossible("No authority that uses this portal answers for your country yet.".to_owned())
    })?;
    let id = AdviceId(ctx.new_id());
    let new = NewAdvice {
        id,
        org,
        authority,
        author: seat.id(),
        customer,
        typed: &json(&typed)?,
        party: &typed.plain("customer.name"),
        at: ctx.now(),
    };
    rows::insert(&mut tx, &new).await?;
    let act = act(seat.actor(), Action::AskAdvice, "request for advice begun", id.0);
    audit::record(ctx, &mut tx, act, audit::NONE, audit::NONE).await?;
    tx.commit().await?;
    Ok(id)
}

async fn company(db: &mut impl store::Read, org: OrgId) -> Result<OrgRow> {
    store::org::by_id(db, org).await?.ok_or(Refusal::NotFound)
}

/// Keeps what was changed in a request that is not sent yet, exactly as typed.
///
/// # Errors
/// [`Refusal::Stale`] if a colleague changed it since `version`; [`Refusal::NotPossible`] once it is sent; else as [`create`].
pub async fn save(ctx: &Context, principal: &Principal, (id, version): (AdviceId, i64), typed: &Answers) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held_own(&mut tx, principal, id).await?;
    if state_of(&row.state)? != State::Draft {
        return Err(Refusal::NotPossible("This request has been sent and stays as it is.".to_owned()));
    }
    if row.version != version {
        return Err(Refusal::Stale);
    }
    let (before, typed) = (Trace::of(&row), kept(typed)?);
    row.typed = json(&typed)?;
    row.party = typed.plain("customer.name").chars().take(300).collect();
    row.changed_at = ctx.now().0;
    let step = "request for advice changed";
    keep(ctx, &mut tx, (seat.actor(), Action::AskAdvice, step), &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}

/// Sends a request as it was shown in `version`.
///
/// # Errors
/// [`Refusal::Invalid`] with what is missing; [`Refusal::Stale`] if it is not what was shown; [`Refusal::NotPossible`] if it
/// was sent before; [`Refusal::NotFound`] without the right.
pub async fn send(ctx: &Context, principal: &Principal, (id, version): (AdviceId, i64)) -> Result<()> {
    let found = rows::find(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotFound)?;
    Seat::take(principal, OrgId(found.org_id), Action::AskAdvice)?;
    let company = company(&mut ctx.db.reader(), OrgId(found.org_id)).await?;
    let read = content::read(ctx, principal, &company, &super::own::typed(&found)?).await;
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held_own(&mut tx, principal, id).await?;
    let before = Trace::of(&row);
    advance(ctx, &mut row, Act::Send)?;
    if row.version != version || found.version != version {
        return Err(Refusal::Stale);
    }
    let read = read?;
    row.content = json(&read.request)?;
    row.headline = read.request.headline();
    row.party.clone_from(&read.request.customer.name);
    read.request.country.code().clone_into(&mut row.country);
    row.report_id = read.report;
    row.delivery_at = Some(read.delivery.0);
    row.sent_at = Some(ctx.now().0);
    start_clock(ctx, &mut row, &company);
    content::index(&mut tx, &row, &read.request, &company).await?;
    note(ctx, &mut tx, &row, (Side::Company, Some(seat.id())), &Event::Sent, "").await?;
    tell_desk(ctx, &mut tx, &row, Template::AdviceAsked).await?;
    keep(ctx, &mut tx, (seat.actor(), Action::AskAdvice, "advice asked"), &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}

fn start_clock(ctx: &Context, row: &mut rows::AdviceRow, company: &OrgRow) {
    let now = ctx.now();
    let country = Country::parse(&company.country).ok().or_else(|| Country::all().next());
    let Some(country) = country else { return };
    let allowed = AdviceClock::of(country, Date::of(now)).allowance();
    row.calendar = if allowed.working { country.code().to_owned() } else { String::new() };
    let by_time = calendar::due(&ctx.calendars(), country, now, allowed);
    row.due_at = Some(shortened(row, now, by_time).0);
    place(row, State::Asked);
}

/// Answers the authority's question; its clock goes on.
///
/// # Errors
/// [`Refusal::Invalid`] for an empty or overlong text; [`Refusal::NotPossible`] if no question waits; [`Refusal::NotFound`]
/// without the right.
pub async fn answer(ctx: &Context, principal: &Principal, id: AdviceId, text: &str) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held_own(&mut tx, principal, id).await?;
    let before = Trace::of(&row);
    let text = checked(text, "answer")?;
    advance(ctx, &mut row, Act::Answer)?;
    note(ctx, &mut tx, &row, (Side::Company, Some(seat.id())), &Event::Answer, &text).await?;
    tell_desk(ctx, &mut tx, &row, Template::AdviceNews).await?;
    keep(ctx, &mut tx, (seat.actor(), Action::AskAdvice, "question about advice answered"), &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}

/// Says what the company did in the end. The remark may be empty.
///
/// # Errors
/// [`Refusal::Invalid`] without a choice; else as [`answer`].
pub async fn close(ctx: &Context, principal: &Principal, id: AdviceId, did: &str, remark: &str) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held_own(&mut tx, principal, id).await?;
    let before = Trace::of(&row);
    let did = Did::from_code(did)
        .ok_or_else(|| Refusal::Invalid(vec![Problem::new("did", "Say what you did with the sale")]))?;
    let remark = if remark.trim().is_empty() { String::new() } else { checked(remark, "remark")? };
    advance(ctx, &mut row, Act::Close)?;
    did.code().clone_into(&mut row.did);
    note(ctx, &mut tx, &row, (Side::Company, Some(seat.id())), &Event::Closed { did }, &remark).await?;
    tell_desk(ctx, &mut tx, &row, Template::AdviceNews).await?;
    keep(ctx, &mut tx, (seat.actor(), Action::AskAdvice, "advice closed"), &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a request back, sent or not. What was sent stays with the authority.
///
/// # Errors
/// As [`answer`].
pub async fn withdraw(ctx: &Context, principal: &Principal, id: AdviceId) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held_own(&mut tx, principal, id).await?;
    let before = Trace::of(&row);
    let was_sent = !row.content.is_empty();
    advance(ctx, &mut row, Act::Withdraw)?;
    note(ctx, &mut tx, &row, (Side::Company, Some(seat.id())), &Event::Withdrawn, "").await?;
    if was_sent {
        tell_desk(ctx, &mut tx, &row, Template::AdviceNews).await?;
    }
    keep(ctx, &mut tx, (seat.actor(), Action::AskAdvice, "request for advice withdrawn"), &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}

/// The draft of a report with everything that the request says; the same one if it was made before.
///
/// # Errors
/// [`Refusal::NotFound`] without the right to write reports there.
pub async fn to_report(ctx: &Context, principal: &Principal, id: AdviceId) -> Result<DraftId> {
    let found = rows::find(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(found.org_id), Action::WriteReports)?;
    let mut answers = contact(ctx, seat).await?;
    let thread = rows::entries(&mut ctx.db.reader(), id).await?;
    let said = thread.iter().filter(|entry| entry.side == "company" && !entry.body.is_empty());
    let story = said.map(|entry| entry.body.as_str()).collect::<Vec<_>>().join("\n\n");
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held_own(&mut tx, principal, id).await?;
    if let Some(draft) = row.draft_id {
        return Ok(DraftId(draft));
    }
    let (before, order) = (Trace::of(&row), Order::of_country(&seat.membership.country));
    for (field, texts) in content::as_report(&super::own::typed(&row)?, &story, order).iter() {
        answers.set(field, texts.to_vec());
    }
    let new = New { company: OrgId(row.org_id), taken_by: None, answers, quick: false, continues: None };
    let draft = insert_in(ctx, &mut tx, seat, new).await?;
    row.draft_id = Some(draft.0);
    let who: (Actor<'_>, Action, &str) = (seat.actor(), Action::AskAdvice, "report begun from a request for advice");
    keep(ctx, &mut tx, who, &before, &mut row).await?;
    tx.commit().await?;
    Ok(draft)
}
