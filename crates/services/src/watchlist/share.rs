//! Lists that an association shares with companies that are its members. The association names a company by its number in
//! the register of its country and is not told whether it uses this installation; the company sees the offer, and is
//! searched along only if it accepts, until it leaves, the association ends it, or the day comes. Nobody at the association
//! learns what a company asked or found.

use domain::{
    access::{Action, Principal},
    answers::{
        Answers,
        when::{Order, long_date, parse_date},
    },
    country::Country,
    date::Date,
    fold::squash,
    ids::{OrgId, ShareId},
    organisation::OrgKind,
    time::Timestamp,
    watchlist::ShareState,
};
use serde::Serialize;
use store::{
    StoreError, Tx, org, person,
    watchlist::{
        self as lists,
        share::{self as rows, NewShare, ShareRow},
    },
};

use super::{By, found};
use crate::{
    Context, Refusal, Result,
    audit::{self, Act, NONE},
    customer::screening,
    input::{Form, invalid},
    outbox::{self, Template},
    seat::Seat,
};

/// So far ahead an end may lie, in days.
const LONGEST: i64 = 3 * 366;

/// An offer of a list to a company, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Identity.
    pub id: ShareId,
    /// Name of the list.
    pub label: String,
    /// Whose it is.
    pub owner: String,
    /// Name of the company, as the association knows it.
    pub member: String,
    /// Its country.
    pub country: String,
    /// Its number in the register.
    pub registration: String,
    /// Where it stands.
    pub state: ShareState,
    /// The last day on which it is searched.
    pub until: Date,
    /// When it was offered.
    pub asked_at: Timestamp,
    /// When the company answered.
    pub answered_at: Option<Timestamp>,
    /// How many stand on the list now; none while no version is in force.
    pub entries: Option<i64>,
}

impl Share {
    fn of(row: ShareRow, entries: Option<i64>, now: Timestamp) -> Self {
        let ends_at = Timestamp(row.ends_at);
        let state = ShareState::from_code(&row.state).unwrap_or(ShareState::Ended);
        let over = now >= ends_at && matches!(state, ShareState::Asked | ShareState::Accepted);
        Self {
            id: ShareId(row.id),
            label: row.label,
            owner: row.owner,
            member: row.member,
            country: Country::parse(&row.country).map_or(row.country, |country| country.name().to_owned()),
            registration: row.registration,
            state: if over { ShareState::Over } else { state },
            until: Date::from_days(ends_at.0.div_euclid(Timestamp::DAY) - 1),
            asked_at: Timestamp(row.asked_at),
            answered_at: row.answered_at.map(Timestamp),
            entries,
        }
    }
}

/// Days begin and end in UTC here: a list that is shared is no deadline.
fn today(now: Timestamp) -> Date {
    Date::from_days(now.0.div_euclid(Timestamp::DAY))
}

/// With whom an association shares a list, and did; the last one first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or if the list is another's.
pub async fn members(ctx: &Context, principal: &Principal, org: OrgId, code: &str) -> Result<Vec<Share>> {
    let hand = By::Owner(principal, org).settle()?;
    let mut db = ctx.db.reader();
    let list = found(&mut db, hand, code).await?;
    let all = rows::of_list(&mut db, list.id).await?;
    Ok(all.into_iter().map(|row| Share::of(row, None, ctx.now())).collect())
}

/// What the log commits to of an offer.
#[derive(Serialize)]
struct Trace<'a> {
    list: &'a str,
    member: &'a str,
    country: &'a str,
    registration: &'a str,
    until: String,
}

/// Offers a list to a company. Fields: `member` (its name), `country`, `registration` (its number there), `until` (the last
/// day). Companies with this number get a mail.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotFound`] without the right or if the list is another's.
pub async fn offer(ctx: &Context, principal: &Principal, org: OrgId, code: &str, typed: &Answers) -> Result<()> {
    let hand = By::Owner(principal, org).settle()?;
    let seat = Seat::take(principal, org, Action::ShareLists)?;
    let order = Order::of_country(&seat.membership.country);
    let list = found(&mut ctx.db.reader(), hand, code).await?;
    let (new, until) = read(typed, order, ctx.now())?;
    let id = ShareId(ctx.new_id());
    let mut tx = ctx.db.begin().await?;
    let row = NewShare { id, list: list.id, by: seat.id(), at: ctx.now(), ..new.row(until) };
    rows::ask(&mut tx, row).await.map_err(|error| match error {
        StoreError::Conflict(_) => invalid("registration", "This list is offered to this company already. Look below."),
        other => other.into(),
    })?;
    tell(ctx, &mut tx, (new.country.code(), &squash(&new.registration)), Template::ListOffered).await?;
    let trace = Trace {
        list: &list.label,
        member: &new.member,
        country: new.country.code(),
        registration: &new.registration,
        until: until.to_string(),
    };
    audit::record(
        ctx,
        &mut tx,
        act(seat, Action::ShareLists, "watch list offered to a member", id),
        NONE,
        Some(&trace),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// A company, as the association names it.
struct Named {
    member: String,
    country: Country,
    registration: String,
    key: String,
}

impl Named {
    fn row(&self, until: Date) -> NewShare<'_> {
        NewShare {
            id: ShareId(uuid::Uuid::nil()),
            list: uuid::Uuid::nil(),
            member: &self.member,
            country: self.country.code(),
            registration: &self.registration,
            registration_key: &self.key,
            ends_at: Timestamp((until.days() + 1) * Timestamp::DAY),
            by: domain::ids::UserId(uuid::Uuid::nil()),
            at: Timestamp(0),
        }
    }
}

fn read(typed: &Answers, order: Order, now: Timestamp) -> Result<(Named, Date)> {
    let mut form = Form::new(typed);
    let member = form.line("member", 200, "Enter the company's name.");
    let registration = form.line("registration", 60, "Enter the company's number in its register.");
    let key = squash(&registration);
    if key.is_empty() && !form.has_problem("registration") {
        form.problem("registration", "This has neither letters nor digits. Enter the number in the register.");
    }
    let country = Country::find(form.raw("country")).map_err(|_| form.problem("country", "Choose the country."));
    let until = match parse_date(form.raw("until"), order) {
        Ok(day) if day <= today(now) => Err("Choose a day that lies ahead."),
        Ok(day) if day.days() > today(now).days() + LONGEST => Err("Choose a day within the next three years."),
        Ok(day) => Ok(day),
        Err(_) => Err("Write the last day, like 31 December 2027."),
    };
    let until = until.map_err(|message| form.problem("until", message));
    form.done()?;
    let (Ok(country), Ok(until)) = (country, until) else { return Err(Refusal::Fault("a form lost a problem".into())) };
    Ok((Named { member, country, registration, key }, until))
}

fn act<'s>(seat: Seat<'s>, action: Action, step: &'s str, id: ShareId) -> Act<'s> {
    Act { actor: seat.actor(), action, step, object_kind: "list_share", object_id: id.to_string() }
}

/// Tells those who run the companies with this number. The mail says neither which list nor whose.
async fn tell(ctx: &Context, tx: &mut Tx, (country, key): (&str, &str), template: Template) -> Result<()> {
    for (company, handle) in rows::companies(tx, country, key).await? {
        for member in person::administrators(tx, company).await? {
            let lang = member.lang();
            let path = format!("/{}/{}/{handle}/shared-lists", lang.tag(), OrgKind::Company.workspace());
            outbox::queue(ctx, tx, template, &member.email, lang, &path, "").await?;
        }
    }
    Ok(())
}

/// Ends what the association shares, or offers, with a company.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or if it is another's; [`Refusal::NotPossible`] if it has ended.
pub async fn end(ctx: &Context, principal: &Principal, org: OrgId, (code, id): (&str, ShareId)) -> Result<()> {
    let seat = Seat::take(principal, org, Action::ShareLists)?;
    let mut tx = ctx.db.begin().await?;
    let is_own = |row: &ShareRow| row.owner_id == org.0 && row.code == code;
    let row = rows::one(&mut tx, id).await?.filter(is_own).ok_or(Refusal::NotFound)?;
    rows::end(&mut tx, id, ShareState::Ended.code(), ctx.now()).await.map_err(over)?;
    if row.state == ShareState::Accepted.code() && row.ends_at > ctx.now().0 {
        tell(ctx, &mut tx, (&row.country, &row.registration_key), Template::ListEnded).await?;
    }
    if let Some(member) = row.org_id {
        screening::sight_changed(&mut tx, OrgId(member)).await?;
    }
    let act = act(seat, Action::ShareLists, "sharing of a watch list ended", id);
    audit::record(ctx, &mut tx, act, Some(&row.state), Some(&ShareState::Ended.code())).await?;
    tx.commit().await?;
    Ok(())
}

fn over(error: StoreError) -> Refusal {
    match error {
        StoreError::Stale => {
            Refusal::NotPossible("This has been answered or ended meanwhile. Load the page again.".into())
        }
        other => other.into(),
    }
}

/// What is offered to a company, and what it answered before; what is open first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn offers(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Share>> {
    Seat::take(principal, org, Action::TakeSharedLists)?;
    let mut db = ctx.db.reader();
    let own = org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    let active = lists::active(&mut db).await?;
    let all = rows::of_company(&mut db, org, (&own.country, &own.registration_key), ctx.now()).await?;
    let mut all: Vec<Share> = all
        .into_iter()
        .map(|row| {
            let entries = active.iter().find(|version| version.list_id == row.list_id).map(|version| version.entries);
            Share::of(row, entries, ctx.now())
        })
        .collect();
    all.sort_by_key(|share| share.state);
    Ok(all)
}

/// Accepts what is offered to a company, or declines it.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or if it is offered to another; [`Refusal::NotPossible`] if it was answered or
/// ended meanwhile.
pub async fn answer(ctx: &Context, principal: &Principal, org: OrgId, id: ShareId, accept: bool) -> Result<()> {
    let seat = Seat::take(principal, org, Action::TakeSharedLists)?;
    let mut tx = ctx.db.begin().await?;
    let own = org::by_id(&mut tx, org).await?.ok_or(Refusal::NotFound)?;
    let row = rows::one(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    if !is_meant(&row, &own) {
        return Err(Refusal::NotFound);
    }
    if row.ends_at <= ctx.now().0 {
        let until = long_date(Share::of(row, None, ctx.now()).until);
        return Err(Refusal::NotPossible(format!("This was offered until {until}.")));
    }
    let (state, step) = match accept {
        true => (ShareState::Accepted, "shared watch list accepted"),
        false => (ShareState::Declined, "shared watch list declined"),
    };
    rows::answer(&mut tx, id, state.code(), org, seat.id(), ctx.now()).await.map_err(over)?;
    if accept {
        screening::sight_changed(&mut tx, org).await?;
    }
    let act = act(seat, Action::TakeSharedLists, step, id);
    audit::record(ctx, &mut tx, act, Some(&row.state), Some(&state.code())).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether a company is the one that an offer names, or has answered it.
fn is_meant(row: &ShareRow, own: &org::OrgRow) -> bool {
    match row.org_id {
        Some(org) => org == own.id,
        None => {
            row.country == own.country
                && row.registration_key == own.registration_key
                && !own.registration_key.is_empty()
        }
    }
}

/// Leaves a list that a company accepted: from the next question on it is not searched any more.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or if it is another's; [`Refusal::NotPossible`] if it has ended.
pub async fn leave(ctx: &Context, principal: &Principal, org: OrgId, id: ShareId) -> Result<()> {
    let seat = Seat::take(principal, org, Action::TakeSharedLists)?;
    let mut tx = ctx.db.begin().await?;
    let own = org::by_id(&mut tx, org).await?.ok_or(Refusal::NotFound)?;
    let row = rows::one(&mut tx, id).await?.filter(|row| is_meant(row, &own)).ok_or(Refusal::NotFound)?;
    if row.state != ShareState::Accepted.code() {
        return Err(Refusal::NotPossible("This list is not shared with you any more.".into()));
    }
    rows::end(&mut tx, id, ShareState::Left.code(), ctx.now()).await.map_err(over)?;
    screening::sight_changed(&mut tx, org).await?;
    let act = act(seat, Action::TakeSharedLists, "shared watch list left", id);
    audit::record(ctx, &mut tx, act, Some(&row.state), Some(&ShareState::Left.code())).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends what was shared until a day that is over: customers of the companies are looked for without it. How many.
///
/// # Errors
/// If the store fails.
pub(crate) async fn lapse(ctx: &Context) -> Result<usize> {
    let over = rows::lapsed(&mut ctx.db.reader(), ctx.now()).await?;
    for (id, member) in &over {
        let mut tx = ctx.db.begin().await?;
        match rows::end(&mut tx, ShareId(*id), ShareState::Over.code(), ctx.now()).await {
            Err(StoreError::Stale) => continue,
            outcome => outcome?,
        }
        screening::sight_changed(&mut tx, OrgId(*member)).await?;
        tx.commit().await?;
    }
    Ok(over.len())
}
