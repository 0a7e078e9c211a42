//! What the desk does with a request: taking it, asking back, advising.

use domain::{
    access::{Action, Principal},
    advice::{Act, Counsel},
    answers::{
        Answers,
        when::{Order, parse_date},
    },
    date::Date,
    ids::{AdviceId, OrgId, UserId},
};
use store::{
    Tx,
    advice::{self as rows, AdviceRow},
};

use super::{Event, Side, Trace, advance, keep, note, tell_company};
use crate::{
    Context, Result,
    draft::profile::profile,
    error::Refusal,
    input::Form,
    outbox::Template,
    roster::Today,
    seat::Seat,
    thread::{LONGEST, checked},
};

/// The request, held, and the desk's seat from which it is worked on. Before it is sent there is none.
async fn held<'p>(tx: &mut Tx, principal: &'p Principal, id: AdviceId) -> Result<(AdviceRow, Seat<'p>)> {
    principal.signed_in()?;
    let row = rows::lock(tx, id).await?.filter(|row| !row.content.is_empty()).ok_or(Refusal::NotFound)?;
    let seat = Seat::take(principal, OrgId(row.authority_id), Action::GiveAdvice)?;
    Ok((row, seat))
}

/// Takes a request (`me`), gives it to a colleague (identity), or puts it back (`nobody`).
///
/// # Errors
/// [`Refusal::Invalid`] for somebody who does not work there; [`Refusal::NotPossible`] once it is over; [`Refusal::NotFound`]
/// without the right.
pub async fn assign(ctx: &Context, principal: &Principal, id: AdviceId, to: &str) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held(&mut tx, principal, id).await?;
    let before = Trace::of(&row);
    let today = Today::of(&mut tx, OrgId(row.authority_id), ctx.now()).await?;
    let officer = match to {
        "nobody" => None,
        "me" => Some((seat.id(), seat.person.name.clone())),
        other => {
            let wanted = other.parse::<UserId>().ok();
            let found = today.officers().into_iter().find(|officer| Some(officer.id) == wanted);
            let nobody = || crate::input::invalid("to", "Choose somebody who works at the desk");
            Some(found.map(|officer| (officer.id, officer.name)).ok_or_else(nobody)?)
        }
    };
    advance(ctx, &mut row, Act::Assign)?;
    row.assigned_to = officer.as_ref().map(|(id, _)| id.0);
    let event = Event::Assigned { to: officer.map(|(_, name)| name) };
    note(ctx, &mut tx, &row, (Side::Authority, Some(seat.id())), &event, "").await?;
    keep(ctx, &mut tx, (seat.actor(), Action::GiveAdvice, "request for advice assigned"), &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives every request that somebody has in hand to a colleague, or back to the desk. In the transaction that ends their
/// membership.
pub(crate) async fn hand_over(
    ctx: &Context,
    tx: &mut Tx,
    (seat, action): (Seat<'_>, Action),
    leaver: UserId,
    to: Option<(UserId, &str)>,
) -> Result<()> {
    for id in rows::desk::assigned(tx, seat.membership.org, leaver).await? {
        let mut row = rows::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
        let before = Trace::of(&row);
        row.assigned_to = to.map(|(person, _)| person.0);
        let event = Event::Assigned { to: to.map(|(_, name)| name.to_owned()) };
        note(ctx, tx, &row, (Side::Authority, Some(seat.id())), &event, "").await?;
        keep(ctx, tx, (seat.actor(), action, "request for advice handed over"), &before, &mut row).await?;
    }
    Ok(())
}

/// Who asks or advises first, has it.
fn take(row: &mut AdviceRow, seat: Seat<'_>) {
    row.assigned_to = row.assigned_to.or(Some(seat.id().0));
}

/// Asks the company something; the clock rests until it answers.
///
/// # Errors
/// [`Refusal::Invalid`] for an empty or overlong text; else as [`assign`].
pub async fn ask_back(ctx: &Context, principal: &Principal, id: AdviceId, text: &str) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held(&mut tx, principal, id).await?;
    let before = Trace::of(&row);
    let text = checked(text, "question")?;
    advance(ctx, &mut row, Act::AskBack)?;
    take(&mut row, seat);
    note(ctx, &mut tx, &row, (Side::Authority, Some(seat.id())), &Event::Question, &text).await?;
    tell_company(ctx, &mut tx, &row, Template::AdviceQuestion).await?;
    keep(ctx, &mut tx, (seat.actor(), Action::GiveAdvice, "company asked about a sale"), &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}

/// Advises: `counsel`, `until` for a hold, `words` for the company, and `reason` for the desk alone (may be empty). Whoever
/// built on another `version` than the present one did not see an answer that came meanwhile.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::Stale`] if something happened since `version`; else as
/// [`assign`].
pub async fn advise(
    ctx: &Context,
    principal: &Principal,
    (id, version): (AdviceId, i64),
    typed: &Answers,
) -> Result<()> {
    let mut tx = ctx.db.begin().await?;
    let (mut row, seat) = held(&mut tx, principal, id).await?;
    let before = Trace::of(&row);
    let desk = store::org::by_id(&mut tx, OrgId(row.authority_id)).await?.ok_or(Refusal::NotFound)?;
    let mut form = Form::new(typed);
    let counsel = Counsel::from_code(form.raw("counsel"));
    if counsel.is_none() {
        form.problem("counsel", "Choose what you advise");
    }
    let missing = match counsel {
        Some(Counsel::ShipIf) => "Write down every condition that has to be met",
        _ => "Tell the company why, in a sentence that it may know",
    };
    let words = form.lines("words", LONGEST, missing);
    let reason = form.optional_lines("reason", LONGEST);
    let until = match counsel {
        Some(counsel) if counsel.has_day() => {
            let (today, order) = (profile(&desk, ctx.now()).today, Order::of_country(&desk.country));
            until(&mut form, order, today)
        }
        _ => None,
    };
    form.done()?;
    let counsel = counsel.ok_or_else(|| Refusal::Fault("no counsel and no problem".to_owned()))?;
    if row.version != version {
        return Err(Refusal::Stale);
    }
    advance(ctx, &mut row, Act::Advise)?;
    take(&mut row, seat);
    counsel.code().clone_into(&mut row.counsel);
    row.hold_until = until.map(Date::days);
    let who = (Side::Authority, Some(seat.id()));
    note(ctx, &mut tx, &row, who, &Event::Advised { counsel, until }, &words).await?;
    if !reason.is_empty() {
        note(ctx, &mut tx, &row, who, &Event::Reason, &reason).await?;
    }
    tell_company(ctx, &mut tx, &row, Template::AdviceGiven).await?;
    keep(ctx, &mut tx, (seat.actor(), Action::GiveAdvice, "advice given"), &before, &mut row).await?;
    tx.commit().await?;
    Ok(())
}

fn until(form: &mut Form<'_>, order: Order, today: Option<Date>) -> Option<Date> {
    let text = form.line("until", 60, "Say until which day the goods are to be held");
    if text.is_empty() {
        return None;
    }
    match parse_date(&text, order) {
        Ok(day) if today.is_none_or(|today| day > today) => Some(day),
        Ok(_) => {
            form.problem("until", "This day is over, or today. Give a day that lies ahead");
            None
        }
        Err(error) => {
            form.problem("until", error.to_string());
            None
        }
    }
}
