//! What is ahead: an association's own entries, and the last days of consultations, its own and those of authorities. Its
//! members see the same, of all their associations.

use domain::{
    access::{Action, Principal},
    answers::{
        Answers,
        when::{Order, parse_date},
    },
    date::Date,
    ical,
    ids::{ConsultationId, EventId, OrgId},
    time::Timestamp,
};
use store::{
    StoreError,
    association::{
        calendar::{self as rows, EntryRow},
        consultation::{self, ConsultationRow},
    },
};

use super::act;
use crate::{
    Context, Refusal, Result,
    audit::{self, NONE},
    input::Form,
    seat::Seat,
};

/// So far ahead an entry may lie, in days.
const LONGEST: i64 = 5 * 366;

/// Something that is ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// What happens.
    pub title: String,
    /// More about it; may be empty.
    pub about: String,
    /// Where; may be empty.
    pub place: String,
    /// Whose entry it is.
    pub owner: String,
    /// The entry; none for the last day of a consultation.
    pub entry: Option<EventId>,
    /// Whether the reader's own organisation put it in.
    pub is_own: bool,
    /// The consultation whose last day it is.
    pub consultation: Option<ConsultationId>,
}

fn entry(row: EntryRow, reader: OrgId) -> Item {
    Item {
        first: Date::from_days(row.first_day),
        last: Date::from_days(row.last_day),
        title: row.title,
        about: row.about,
        place: row.place,
        owner: row.owner,
        entry: Some(EventId(row.id)),
        is_own: row.org_id == reader.0,
        consultation: None,
    }
}

fn ends(row: ConsultationRow, reader: OrgId) -> Item {
    let last = Date::from_days(row.ends_at.div_euclid(Timestamp::DAY) - 1);
    Item {
        first: last,
        last,
        title: row.title,
        about: String::new(),
        place: String::new(),
        owner: row.owner,
        entry: None,
        is_own: row.owner_id == reader.0,
        consultation: Some(ConsultationId(row.id)),
    }
}

fn in_order(mut items: Vec<Item>) -> Vec<Item> {
    items.sort_by(|a, b| (a.first, &a.title).cmp(&(b.first, &b.title)));
    items
}

/// What is ahead for an association.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn of_association(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Item>> {
    Seat::take(principal, org, Action::KeepCalendar)?;
    let (mut db, now) = (ctx.db.reader(), ctx.now());
    let mut items: Vec<Item> =
        rows::of_org(&mut db, org, Date::of(now)).await?.into_iter().map(|row| entry(row, org)).collect();
    let own = consultation::of_owner(&mut db, org).await?.into_iter();
    items.extend(own.filter(|row| row.state == "open" && row.ends_at > now.0).map(|row| ends(row, org)));
    items.extend(consultation::of_authorities(&mut db, now).await?.into_iter().map(|row| ends(row, org)));
    Ok(in_order(items))
}

/// What is ahead for a company: of its associations, and of whoever consults it.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn of_company(ctx: &Context, principal: &Principal, org: OrgId) -> Result<Vec<Item>> {
    Seat::take(principal, org, Action::ReadAssociations)?;
    let (mut db, now) = (ctx.db.reader(), ctx.now());
    let own = store::org::by_id(&mut db, org).await?.ok_or(Refusal::NotFound)?;
    let entries = rows::for_member(&mut db, org, Date::of(now), now).await?;
    let mut items: Vec<Item> = entries.into_iter().map(|row| entry(row, org)).collect();
    let asked = consultation::for_company(&mut db, org, own.authority_id, now).await?.into_iter();
    items.extend(asked.filter(|row| row.state == "open" && row.ends_at > now.0).map(|row| ends(row, org)));
    Ok(in_order(items))
}

/// The same for a calendar program. `closes` is put before the title of a consultation.
#[must_use]
pub fn entries(ctx: &Context, closes: &str, items: &[Item]) -> Vec<ical::Entry> {
    let host = ctx.config.base_url.rsplit("//").next().unwrap_or_default();
    let entry = |item: &Item| {
        let id = item.entry.map(|id| id.to_string()).or(item.consultation.map(|id| id.to_string()));
        let title = if item.consultation.is_some() { format!("{closes} {}", item.title) } else { item.title.clone() };
        ical::Entry {
            uid: format!("{}@{host}", id.unwrap_or_default()),
            sequence: 0,
            stamp: ctx.now(),
            when: ical::When::Days(item.first, item.last),
            title,
            about: if item.about.is_empty() { item.owner.clone() } else { format!("{}\n{}", item.owner, item.about) },
            place: item.place.clone(),
            url: String::new(),
        }
    };
    items.iter().map(entry).collect()
}

/// Puts an entry into an association's calendar. Fields: `title`, `first`, `last` (may be missing), `place`, `about`.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotFound`] without the right.
pub async fn add(ctx: &Context, principal: &Principal, org: OrgId, typed: &Answers) -> Result<()> {
    let seat = Seat::take(principal, org, Action::KeepCalendar)?;
    let (order, today) = (Order::of_country(&seat.membership.country), Date::of(ctx.now()));
    let mut form = Form::new(typed);
    let title = form.line("title", 200, "Say in a few words what happens.");
    let (place, about) = (form.optional("place", 200), form.optional_lines("about", 2000));
    let first = match parse_date(form.raw("first"), order) {
        Ok(day) if day < today => Err("Choose a day that lies ahead."),
        Ok(day) if day.days() > today.days() + LONGEST => Err("Choose a day within the next five years."),
        Ok(day) => Ok(day),
        Err(_) => Err("Write the day, like 31 December 2027."),
    };
    let first = first.map_err(|message| form.problem("first", message)).ok();
    let last = match parse_date(form.raw("last"), order) {
        _ if form.raw("last").trim().is_empty() => Ok(first),
        Ok(day) if first.is_some_and(|first| day < first || day.days() > first.days() + 366) => {
            Err("The last day comes after the first one, within a year.")
        }
        Ok(day) => Ok(Some(day)),
        Err(_) => Err("Write the day, like 31 December 2027, or leave this empty."),
    };
    let last = last.map_err(|message| form.problem("last", message)).ok().flatten();
    form.done()?;
    let (Some(first), Some(last)) = (first, last) else { return Err(Refusal::Fault("a form lost a problem".into())) };
    let id = EventId(ctx.new_id());
    let (first_day, last_day) = (first.days(), last.days());
    let row = EntryRow { id: id.0, org_id: org.0, owner: String::new(), title, about, place, first_day, last_day };
    let mut tx = ctx.db.begin().await?;
    rows::add(&mut tx, &row, seat.id(), ctx.now()).await?;
    let act = act(seat, Action::KeepCalendar, "calendar entry added", "calendar entry", id.to_string());
    audit::record(ctx, &mut tx, act, NONE, Some(&(&row.title, first_day, last_day))).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes an entry out of an association's calendar.
///
/// # Errors
/// [`Refusal::NotFound`] without the right or if it is another's.
pub async fn remove(ctx: &Context, principal: &Principal, org: OrgId, id: EventId) -> Result<()> {
    let seat = Seat::take(principal, org, Action::KeepCalendar)?;
    let mut tx = ctx.db.begin().await?;
    rows::remove(&mut tx, id, org, ctx.now()).await.map_err(|error| match error {
        StoreError::Stale => Refusal::NotFound,
        other => other.into(),
    })?;
    let act = act(seat, Action::KeepCalendar, "calendar entry removed", "calendar entry", id.to_string());
    audit::record(ctx, &mut tx, act, NONE, NONE).await?;
    tx.commit().await?;
    Ok(())
}
