//! Members. An association names a company by its number in the register of its country, or an officer by their address, and
//! is not told whether either uses this installation; the company sees the invitation and is a member only if it accepts,
//! until it leaves, the association ends it, or the day comes.

mod file;

use domain::{
    access::{Action, Principal},
    answers::{
        Answers,
        when::{Order, parse_date},
    },
    country::Country,
    date::Date,
    fold::squash,
    ids::{MembershipId, OrgId, UserId},
    organisation::OrgKind,
    time::Timestamp,
    watchlist::ShareState,
};
use serde::Serialize;
use store::{
    StoreError, Tx,
    association::{self as rows, MemberRow, NewMember},
    org,
};

use super::{act, tell};
pub use file::{COLUMNS, import};

use crate::{
    Context, Refusal, Result,
    audit::{self, NONE},
    input::{Form, invalid},
    outbox::{self, Template},
    seat::Seat,
};

/// So far ahead an end may lie, in days.
const LONGEST: i64 = 10 * 366;
/// Members on a page.
const PAGE: usize = 100;

/// A membership, or the invitation to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Identity.
    pub id: MembershipId,
    /// Name of the association.
    pub association: String,
    /// Name of the company, as the association knows it.
    pub member: String,
    /// By what it was named: its number with the country, or an address.
    pub named_by: String,
    /// Where it stands.
    pub state: ShareState,
    /// The last day; none for no end.
    pub until: Option<Date>,
    /// When the company was invited.
    pub asked_at: Timestamp,
}

impl Membership {
    fn of(row: MemberRow, now: Timestamp) -> Self {
        let state = ShareState::from_code(&row.state).unwrap_or(ShareState::Ended);
        let over = state.is_open() && row.ends_at.is_some_and(|ends_at| now.0 >= ends_at);
        let country = Country::parse(&row.country).map_or(row.country, |country| country.name().to_owned());
        Self {
            id: MembershipId(row.id),
            association: row.association,
            member: row.member,
            named_by: if row.email.is_empty() { format!("{country}, {}", row.registration) } else { row.email },
            state: if over { ShareState::Over } else { state },
            until: row.ends_at.map(|ends_at| Date::from_days(ends_at.div_euclid(Timestamp::DAY) - 1)),
            asked_at: Timestamp(row.asked_at),
        }
    }
}

/// An association's members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members {
    /// So many now.
    pub members: i64,
    /// Invitations that wait.
    pub asked: i64,
    /// A page of them, the last one invited first.
    pub page: Vec<Membership>,
    /// Whether there are more behind it.
    pub more: bool,
}

/// The members of an association invited before `before`.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn list(ctx: &Context, principal: &Principal, org: OrgId, before: Option<MembershipId>) -> Result<Members> {
    Seat::take(principal, org, Action::ManageMembers)?;
    let mut db = ctx.db.reader();
    let (members, asked) = rows::counts(&mut db, org, ctx.now()).await?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut found = rows::of_association(&mut db, org, before, limit).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    Ok(Members { members, asked, page: found.into_iter().map(|row| Membership::of(row, ctx.now())).collect(), more })
}

/// A company, as an association names it.
#[derive(Clone, Debug, Serialize)]
struct Named {
    member: String,
    country: &'static str,
    registration: String,
    email: String,
    until: Option<String>,
    #[serde(skip)]
    last: Option<Date>,
}

impl Named {
    fn read(typed: &Answers, order: Order, now: Timestamp) -> Result<Self> {
        let mut form = Form::new(typed);
        let member = form.line("member", 200, "Enter the company's name.");
        let email = if form.raw("email").trim().is_empty() { String::new() } else { form.email("email") };
        let mut registration = form.optional("registration", 60);
        let mut country = Country::find(form.raw("country")).map_or("", |country| country.code());
        if !email.is_empty() || form.has_problem("email") {
            // The address is enough; two ways of naming would find two companies.
            (registration, country) = (String::new(), "");
        } else {
            if squash(&registration).is_empty() && !form.has_problem("registration") {
                form.problem(
                    "registration",
                    "Enter the company's number in its register, or an officer's e-mail address.",
                );
            }
            if country.is_empty() {
                form.problem("country", "Choose the country of the register.");
            }
        }
        let last = until(&mut form, order, Date::of(now));
        form.done()?;
        Ok(Self { member, country, registration, email, until: last.map(|day| day.to_string()), last })
    }

    fn row<'n>(
        &'n self,
        key: &'n str,
        id: MembershipId,
        association: OrgId,
        (by, at): (UserId, Timestamp),
    ) -> NewMember<'n> {
        NewMember {
            id,
            association,
            member: &self.member,
            country: self.country,
            registration: &self.registration,
            registration_key: key,
            email: &self.email,
            ends_at: self.last.map(|day| Timestamp((day.days() + 1) * Timestamp::DAY)),
            by,
            at,
        }
    }
}

/// The last day, which may be missing.
fn until(form: &mut Form<'_>, order: Order, today: Date) -> Option<Date> {
    let text = form.raw("until").trim();
    if text.is_empty() {
        return None;
    }
    let day = match parse_date(text, order) {
        Ok(day) if day <= today => Err("Choose a day that lies ahead."),
        Ok(day) if day.days() > today.days() + LONGEST => Err("Choose a day within the next ten years."),
        Ok(day) => Ok(day),
        Err(_) => Err("Write the last day, like 31 December 2027, or leave this empty."),
    };
    day.map_err(|message| form.problem("until", message)).ok()
}

/// Invites a company. Fields: `member` (its name), `country` and `registration` (its number there) or `email` (of an officer),
/// `until` (the last day, or nothing). Who is named gets a mail.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotFound`] without the right.
pub async fn invite(ctx: &Context, principal: &Principal, org: OrgId, typed: &Answers) -> Result<()> {
    let seat = Seat::take(principal, org, Action::ManageMembers)?;
    let named = Named::read(typed, Order::of_country(&seat.membership.country), ctx.now())?;
    let mut tx = ctx.db.begin().await?;
    if !put(ctx, &mut tx, seat, org, &named).await? {
        let field = if named.email.is_empty() { "registration" } else { "email" };
        return Err(invalid(field, "This company is invited, or a member, already. Look at the list."));
    }
    tx.commit().await?;
    Ok(())
}

/// Puts an invitation in; not if there is one already, after which the transaction is of no use.
async fn put(ctx: &Context, tx: &mut Tx, seat: Seat<'_>, org: OrgId, named: &Named) -> Result<bool> {
    let (id, key) = (MembershipId(ctx.new_id()), squash(&named.registration));
    match rows::ask(tx, named.row(&key, id, org, (seat.id(), ctx.now()))).await {
        Err(StoreError::Conflict(_)) => return Ok(false),
        outcome => outcome?,
    }
    invited(ctx, tx, named, &key).await?;
    let act = act(seat, Action::ManageMembers, "company invited as a member", "membership", id.to_string());
    audit::record(ctx, tx, act, NONE, Some(named)).await?;
    Ok(true)
}

/// Tells those who run the companies with this number, or whoever has this address: with an account they are led to the
/// invitation, without one to the application.
async fn invited(ctx: &Context, tx: &mut Tx, named: &Named, key: &str) -> Result<()> {
    if named.email.is_empty() {
        for (company, handle) in store::watchlist::share::companies(tx, named.country, key).await? {
            tell(ctx, tx, (OrgKind::Company, company, &handle), "/associations", Template::MembershipOffered).await?;
        }
        return Ok(());
    }
    let person = store::person::by_email(tx, &named.email).await?;
    let mut path = "/en/register".to_owned();
    if let Some(person) = &person {
        let places = store::person::memberships(tx, UserId(person.id)).await?;
        let company = places.iter().find(|place| place.kind == OrgKind::Company.code());
        path = company.map_or_else(|| "/en/me".to_owned(), |place| format!("/en/c/{}/associations", place.handle));
    }
    let lang = domain::lang::Lang::En;
    outbox::queue(ctx, tx, Template::MembershipOffered, &named.email, lang, &path, "").await
}

fn over(error: StoreError) -> Refusal {
    match error {
        StoreError::Stale => {
            Refusal::NotPossible("This has been answered or ended meanwhile. Load the page again.".into())
        }
        StoreError::Conflict(_) => Refusal::NotPossible("Your company is a member of this association already.".into()),
        other => other.into(),
    }
}

/// Ends a membership, or takes an invitation back.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or if it is another's; [`Refusal::NotPossible`] if it has ended.
pub async fn end(ctx: &Context, principal: &Principal, org: OrgId, id: MembershipId) -> Result<()> {
    let seat = Seat::take(principal, org, Action::ManageMembers)?;
    let mut tx = ctx.db.begin().await?;
    let row = rows::one(&mut tx, id).await?.filter(|row| row.association_id == org.0).ok_or(Refusal::NotFound)?;
    rows::end(&mut tx, id, ShareState::Ended.code(), ctx.now()).await.map_err(over)?;
    if let Some(company) = row.org_id {
        let company = org::by_id(&mut tx, OrgId(company)).await?.ok_or(Refusal::NotFound)?;
        let who = (OrgKind::Company, OrgId(company.id), company.handle.as_str());
        tell(ctx, &mut tx, who, "/associations", Template::MembershipEnded).await?;
    }
    let act = act(seat, Action::ManageMembers, "membership ended", "membership", id.to_string());
    audit::record(ctx, &mut tx, act, Some(&row.state), Some(&ShareState::Ended.code())).await?;
    tx.commit().await?;
    Ok(())
}

/// What a company was offered by its number or to the person's address, and what it answered before; what is open first.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn offers(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Membership>> {
    let seat = Seat::take(principal, org, Action::ReadAssociations)?;
    let mut db = ctx.db.reader();
    let own = org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    let number = (own.country.as_str(), own.registration_key.as_str());
    let found = rows::of_company(&mut db, org, number, &seat.person.email, ctx.now()).await?;
    let mut all: Vec<Membership> = found.into_iter().map(|row| Membership::of(row, ctx.now())).collect();
    all.sort_by_key(|membership| membership.state);
    Ok(all)
}

/// Whether an invitation is meant for a company or for the person who acts for it, or was answered by that company.
fn is_meant(row: &MemberRow, own: &org::OrgRow, email: &str) -> bool {
    match row.org_id {
        Some(org) => org == own.id,
        None if row.email.is_empty() => {
            row.country == own.country
                && row.registration_key == own.registration_key
                && !own.registration_key.is_empty()
        }
        None => row.email == email,
    }
}

/// Accepts an invitation for a company, or declines it.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or if it is for another; [`Refusal::NotPossible`] if it was answered or ended.
pub async fn answer(ctx: &Context, principal: &Principal, org: OrgId, id: MembershipId, accept: bool) -> Result<()> {
    let seat = Seat::take(principal, org, Action::TakePartInAssociations)?;
    let mut tx = ctx.db.begin().await?;
    let own = org::by_id(&mut tx, org).await?.ok_or(Refusal::NotFound)?;
    let meant = |row: &MemberRow| is_meant(row, &own, &seat.person.email);
    let row = rows::one(&mut tx, id).await?.filter(meant).ok_or(Refusal::NotFound)?;
    if row.ends_at.is_some_and(|ends_at| ends_at <= ctx.now().0) {
        return Err(Refusal::NotPossible("The last day of this invitation has passed.".into()));
    }
    let (state, step) = match accept {
        true => (ShareState::Accepted, "membership accepted"),
        false => (ShareState::Declined, "membership declined"),
    };
    rows::answer(&mut tx, id, state.code(), org, seat.id(), ctx.now()).await.map_err(over)?;
    let act = act(seat, Action::TakePartInAssociations, step, "membership", id.to_string());
    audit::record(ctx, &mut tx, act, Some(&row.state), Some(&state.code())).await?;
    tx.commit().await?;
    Ok(())
}

/// Leaves an association.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or if it is another's; [`Refusal::NotPossible`] if it has ended.
pub async fn leave(ctx: &Context, principal: &Principal, org: OrgId, id: MembershipId) -> Result<()> {
    let seat = Seat::take(principal, org, Action::TakePartInAssociations)?;
    let mut tx = ctx.db.begin().await?;
    let own = |row: &MemberRow| row.org_id == Some(org.0);
    let row = rows::one(&mut tx, id).await?.filter(own).ok_or(Refusal::NotFound)?;
    if row.state != ShareState::Accepted.code() {
        return Err(Refusal::NotPossible("Your company is no member of this association any more.".into()));
    }
    rows::end(&mut tx, id, ShareState::Left.code(), ctx.now()).await.map_err(over)?;
    let act = act(seat, Action::TakePartInAssociations, "association left", "membership", id.to_string());
    audit::record(ctx, &mut tx, act, Some(&row.state), Some(&ShareState::Left.code())).await?;
    tx.commit().await?;
    Ok(())
}
