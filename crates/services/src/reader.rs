//! Readers: people outside companies and authorities (customs, police, post, health, rescue services, transport, platforms)
//! who are told what is published for their work. A light account: no organisation, no report, a mailbox and an inbox.
//!
//! Somebody subscribes with an address and what they do; nothing more is sent before the link in the mail is followed. There
//! they choose: only mails, or a password with which they sign in. Whoever chose only mails has a password later by asking for
//! a new one. How far a reader is trusted is set by an authority of their country; it starts at a confirmed address.
//!
//! For what is published: [`meant`] gives those to tell with [`crate::notify::tell`], [`of`] what one reader is.

use std::net::IpAddr;

use domain::{
    access::{Action, Principal},
    answers::Answers,
    country::Country,
    ids::{OrgId, UserId},
    lang::Lang,
    reader::{Audience, GIVEN, Trust, level},
    time::Timestamp,
};
use serde_json::json;
use store::{
    Read, Tx, person,
    person::NewPerson,
    reader::{self as rows, About, ReaderRow},
    token as tokens,
};

use crate::{
    Context, Refusal, Result,
    account::{self, SignedIn, to_person},
    audit::{self, Act, Actor},
    input::{Form, invalid},
    learning, link,
    outbox::{self, Template},
    password,
    seat::Seat,
    secret, session,
    throttle::{self, Bucket},
};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

/// Life of the link that confirms an address.
pub const CONFIRM_LIFE: i64 = 3 * Timestamp::DAY;

pub(crate) const CONFIRM: &str = "reader";

/// A reader, as they and an authority see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub id: UserId,
    /// Name; the address for somebody who gave none.
    pub name: String,
    /// Address.
    pub email: String,
    /// What they do; none for a code that this program does not know.
    pub audience: Option<Audience>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// For whom they work; may be empty.
    pub employer: String,
    /// How far they are trusted.
    pub trust: Trust,
    /// Since when.
    pub since: Timestamp,
    /// Counts the changes.
    pub version: i64,
}

impl From<ReaderRow> for Reader {
    fn from(row: ReaderRow) -> Self {
        let (audience, trust) = (row.audience(), row.trust());
        Self {
            id: UserId(row.person_id),
            name: row.name,
            email: row.email,
            audience,
            country: row.country,
            employer: row.employer,
            trust,
            since: Timestamp(row.created_at),
            version: row.version,
        }
    }
}

/// What a reader says of themself, checked.
struct Said {
    audience: Audience,
    country: Country,
    employer: String,
}

impl Said {
    /// Fields `audience`, `country`, `employer`.
    fn read(form: &mut Form<'_>) -> Option<Self> {
        let audience = Audience::from_code(form.raw("audience"));
        if audience.is_none() {
            form.problem("audience", "Choose what is nearest to your work.");
        }
        let country = Country::parse(form.raw("country")).ok();
        if country.is_none() {
            form.problem("country", "Choose the country in which you work.");
        }
        let employer = form.optional("employer", 200);
        Some(Self { audience: audience?, country: country?, employer })
    }

    fn about(&self) -> About<'_> {
        About { audience: self.audience, country: self.country.code(), employer: &self.employer }
    }

    fn value(&self) -> serde_json::Value {
        json!({ "audience": self.audience.code(), "country": self.country.code(), "employer": self.employer })
    }
}

/// Subscribes an address: fields `email`, `audience`, `country`, `employer`. A link goes there; the answer is the same for
/// every address.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::TooOften`] after many.
pub async fn subscribe(ctx: &Context, lang: Lang, fields: &Answers, address: IpAddr) -> Result<()> {
    let mut form = Form::new(fields);
    let email = form.email("email");
    let said = Said::read(&mut form);
    form.done()?;
    let said = said.ok_or_else(|| Refusal::Fault("a form lost a problem".into()))?;
    let address = throttle::address_key(address);
    let buckets = [
        Bucket(throttle::FORM_OVERALL, ""),
        Bucket(throttle::FORM_ADDRESS, &address),
        Bucket(throttle::APPLY_ACCOUNT, &email),
    ];
    throttle::admit(ctx, &buckets).await?;
    let mut tx = ctx.db.begin().await?;
    if let Some(account) = person::by_email(&mut tx, &email).await? {
        let path = format!("/{}/sign-in", lang.tag());
        outbox::queue(ctx, &mut tx, Template::ReaderNotice, &email, lang, &path, "").await?;
        let step = "subscription with the address of an account";
        audit::of_person(ctx, &mut tx, (Actor::Anonymous, Action::Subscribe, step), UserId(account.id)).await?;
    } else {
        store_waiting(ctx, &mut tx, &email, lang, &said).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn store_waiting(ctx: &Context, tx: &mut Tx, email: &str, lang: Lang, said: &Said) -> Result<()> {
    let (id, now) = (UserId(ctx.new_id()), ctx.now());
    let new = NewPerson {
        id,
        email,
        name: email,
        phone: "",
        password_hash: None,
        lang: lang.tag(),
        confirmed: None,
        at: now,
    };
    person::insert(tx, &new).await?;
    rows::insert(tx, id, said.about(), now).await?;
    let path = format!("/{}/link/{{token}}", lang.tag());
    let link = outbox::queue_link(ctx, tx, Template::ConfirmReader, email, lang, &path, "").await?;
    let token = tokens::NewToken {
        token_hash: link,
        id: ctx.new_id(),
        purpose: CONFIRM,
        person: Some(id),
        org: None,
        email,
        role: "",
        created_by: None,
        at: now,
        expires: now.plus(CONFIRM_LIFE),
    };
    tokens::insert(tx, &token).await?;
    let act = Act::of_person(Actor::Anonymous, Action::Subscribe, "subscription asked for", id);
    audit::record(ctx, tx, act, audit::NONE, Some(&said.value())).await
}

/// Looks at a link that confirms a reader's address, without using it.
///
/// # Errors
/// [`Refusal::NotFound`] if it was never given, was used, or has lapsed.
pub async fn peek(ctx: &Context, token: &str) -> Result<Reader> {
    let row = link::open(ctx, token, CONFIRM).await?;
    let id = UserId(row.person_id.ok_or(Refusal::NotFound)?);
    let row = rows::by_person(&mut ctx.db.reader(), id).await?.ok_or(Refusal::NotFound)?;
    Ok(row.into())
}

/// Confirms a reader's address. With `only_mails` nobody signs in; otherwise with the fields `name` and `password`, and the
/// reader is signed in.
///
/// # Errors
/// [`Refusal::NotFound`] if the link cannot be used; [`Refusal::Invalid`] with a problem per field, and then it can be used
/// again.
pub async fn confirm(
    ctx: &Context,
    token: &str,
    only_mails: bool,
    fields: &Answers,
    agent: &str,
) -> Result<Option<SignedIn>> {
    let reader = peek(ctx, token).await?;
    let chosen = if only_mails { None } else { Some(credentials(ctx, &reader, fields).await?) };
    let now = ctx.now();
    let mut tx = ctx.db.begin().await?;
    tokens::consume(&mut tx, secret::hash(token), CONFIRM, now).await?.ok_or(Refusal::NotFound)?;
    if person::by_email(&mut tx, &reader.email).await?.is_some() {
        // Another subscription, or an application, was confirmed since.
        return Err(Refusal::NotFound);
    }
    person::confirm(&mut tx, reader.id, now).await.map_err(Refusal::overtaken)?;
    let mut row = person::by_id(&mut tx, reader.id).await?.ok_or(Refusal::NotFound)?;
    if let Some((name, phc)) = &chosen {
        person::set_profile(&mut tx, reader.id, name, "", &row.lang, &row.theme).await?;
        person::set_password(&mut tx, reader.id, phc).await?;
        row.name.clone_from(name);
    }
    let who = to_person(&row);
    let step = if only_mails { "reader confirmed, mails only" } else { "reader confirmed" };
    audit::of_person(ctx, &mut tx, (Actor::Person(&who), Action::UseLink, step), reader.id).await?;
    let signed = match chosen {
        Some(_) => Some(account::enter(ctx, &mut tx, &row, agent, None).await?),
        None => None,
    };
    tx.commit().await?;
    Ok(signed)
}

async fn credentials(ctx: &Context, reader: &Reader, fields: &Answers) -> Result<(String, String)> {
    let mut form = Form::new(fields);
    let name = form.line("name", 100, "Enter your name.");
    let chosen = form.raw("password");
    if let Err(message) = password::check(chosen, &[&name, &reader.email, &reader.employer], &ctx.catalogue()) {
        form.problem("password", message);
    }
    form.done()?;
    Ok((name, ctx.hasher.hash(chosen).await?))
}

/// The reader that a person is; none for somebody who is none.
///
/// # Errors
/// If the store fails.
pub async fn of(db: &mut impl Read, person: UserId) -> Result<Option<Reader>> {
    Ok(rows::by_person(db, person).await?.map(Reader::from))
}

/// The reader that one is oneself.
///
/// # Errors
/// [`Refusal::NotFound`] for somebody who is none.
pub async fn own(ctx: &Context, principal: &Principal) -> Result<Reader> {
    let person = principal.signed_in()?;
    of(&mut ctx.db.reader(), person.id).await?.ok_or(Refusal::NotFound)
}

/// The readers who do one of `audiences` in one of `countries` (an empty list means all), trusted so far at least.
///
/// # Errors
/// If the store fails.
pub async fn meant(
    db: &mut impl Read,
    audiences: &[Audience],
    countries: &[String],
    trust: Trust,
) -> Result<Vec<rows::MeantRow>> {
    Ok(rows::meant(db, audiences, countries, trust).await?)
}

/// Changes what one says of oneself: fields `audience`, `country`, `employer`. Trust that was given to something else is gone.
///
/// # Errors
/// [`Refusal::Invalid`] with a problem per field; [`Refusal::NotFound`] for somebody who is no reader.
pub async fn change(ctx: &Context, principal: &Principal, fields: &Answers) -> Result<()> {
    let person = principal.signed_in()?;
    let before = own(ctx, principal).await?;
    let mut form = Form::new(fields);
    let said = Said::read(&mut form);
    form.done()?;
    let said = said.ok_or_else(|| Refusal::Fault("a form lost a problem".into()))?;
    let mut tx = ctx.db.begin().await?;
    rows::change(&mut tx, person.id, said.about()).await?;
    let act = Act::of_person(Actor::Person(person), Action::ManageSelf, "reader's work changed", person.id);
    let old = json!({ "audience": before.audience, "country": before.country, "employer": before.employer });
    audit::record(ctx, &mut tx, act, Some(&old), Some(&said.value())).await?;
    tx.commit().await?;
    Ok(())
}

/// Deletes one's own account: field `confirmed`. What names the person is erased at once; that there was somebody stays.
///
/// # Errors
/// [`Refusal::NotFound`] for whoever is no reader or belongs to an organisation: its administrator ends that first;
/// [`Refusal::Invalid`] if it was not confirmed.
pub async fn delete(ctx: &Context, principal: &Principal, fields: &Answers) -> Result<()> {
    let person = principal.signed_in()?;
    own(ctx, principal).await?;
    if fields.one("confirmed") != "yes" {
        return Err(invalid("confirmed", "Tick the box to delete the account."));
    }
    let mut tx = ctx.db.begin().await?;
    if !person::memberships(&mut tx, person.id).await?.is_empty() {
        return Err(Refusal::NotFound);
    }
    audit::of_person(ctx, &mut tx, (Actor::Person(person), Action::ManageSelf, "account deleted"), person.id).await?;
    rows::remove(&mut tx, person.id).await?;
    store::notify::forget(&mut tx, person.id).await?;
    store::notify::bounce::mend(&mut tx, &person.email).await?;
    store::outbox::forget(&mut tx, person.id, &person.email).await?;
    session::sign_out(&mut tx, person.id, None).await?;
    store::factor::remove(&mut tx, person.id).await?;
    tokens::drop_of_person(&mut tx, person.id).await?;
    person::erase(&mut tx, person.id, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Which readers an authority looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Only those who do this.
    pub audience: Option<Audience>,
    /// Only those trusted so far.
    pub trust: Option<Trust>,
    /// Page, from 0.
    pub page: u32,
}

/// Readers of a page.
const PAGE: i64 = 50;

/// Readers in an authority's countries, newest first, and whether there are more.
///
/// # Errors
/// [`Refusal::NotFound`] without the right.
pub async fn list(ctx: &Context, principal: &Principal, authority: OrgId, asked: Asked) -> Result<(Vec<Reader>, bool)> {
    Seat::take(principal, authority, Action::TrustReaders)?;
    let wanted = rows::Asked {
        audience: asked.audience.map_or("", Audience::code),
        trust: asked.trust,
        limit: PAGE + 1,
        offset: i64::from(asked.page).saturating_mul(PAGE),
    };
    let mut found = rows::of_authority(&mut ctx.db.reader(), authority, wanted).await?;
    let has_more = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    if has_more {
        found.pop();
    }
    Ok((found.into_iter().map(Reader::from).collect(), has_more))
}

/// A reader in an authority's countries.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, and for a reader elsewhere.
pub async fn one(ctx: &Context, principal: &Principal, authority: OrgId, id: UserId) -> Result<Reader> {
    Seat::take(principal, authority, Action::TrustReaders)?;
    let mut reader = ctx.db.reader();
    if !rows::is_in_scope(&mut reader, authority, id).await? {
        return Err(Refusal::NotFound);
    }
    of(&mut reader, id).await?.ok_or(Refusal::NotFound)
}

/// Sets how far a reader is trusted: fields `trust` (the level) and `checked`.
///
/// # Errors
/// [`Refusal::NotFound`] without the right, and for a reader elsewhere; [`Refusal::Invalid`] if nobody said that it was checked;
/// [`Refusal::Stale`] if somebody else changed them; [`Refusal::NotPossible`] for more trust without the certificate that the authority
/// requires.
pub async fn trust(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    (id, version): (UserId, i64),
    fields: &Answers,
) -> Result<()> {
    let seat = Seat::take(principal, authority, Action::TrustReaders)?;
    let before = one(ctx, principal, authority, id).await?;
    let mut form = Form::new(fields);
    let trust = Trust::from_code(form.raw("trust")).filter(|trust| GIVEN.contains(trust));
    if trust.is_none() {
        form.problem("trust", "Choose a level.");
    }
    if form.raw("checked") != "yes" {
        form.problem("checked", "Check who this is first, then tick the box.");
    }
    form.done()?;
    let trust = trust.ok_or_else(|| Refusal::Fault("a form lost a problem".into()))?;
    let mut tx = ctx.db.begin().await?;
    // More is released to whoever is trusted further; taking trust away is always possible.
    if level(trust) > level(before.trust) {
        learning::pass(ctx, &mut tx, &seat).await?;
    }
    rows::set_trust(&mut tx, id, version, trust).await?;
    let act = Act::of_person(seat.actor(), Action::TrustReaders, "trust in a reader set", id);
    let (old, new) = (json!({ "trust": level(before.trust) }), json!({ "trust": level(trust) }));
    audit::record(ctx, &mut tx, act, Some(&old), Some(&new)).await?;
    tx.commit().await?;
    Ok(())
}
