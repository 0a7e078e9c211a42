//! A person's inbox and what they chose.

use domain::{
    access::{Action, Principal},
    answers::Answers,
    lang::Lang,
    notify::{Channel, Times, Topic},
    organisation::OrgKind,
    time::Timestamp,
};
use serde_json::json;
use store::{
    Read,
    notify::{self as rows, NewsRow},
};
use uuid::Uuid;

use crate::{
    Context, Refusal, Result,
    audit::{self, Act, Actor},
    input::invalid,
    mail,
    outbox::Template,
};

/// Lines of a page.
const PAGE: i64 = 50;

/// A line of an inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Identity.
    pub id: Uuid,
    /// What it is about.
    pub topic: Topic,
    /// A neutral sentence.
    pub text: &'static str,
    /// The organisation that it is about.
    pub org: Option<String>,
    /// Since when it stands there.
    pub at: Timestamp,
    /// Whether it was read.
    pub is_seen: bool,
}

impl Line {
    /// None for a line that this program does not know: another version wrote it.
    fn of(row: NewsRow, lang: Lang) -> Option<Self> {
        Some(Self {
            id: row.id,
            topic: Topic::from_code(&row.topic)?,
            text: mail::line(Template::from_name(&row.line)?, lang),
            org: row.org_name,
            at: Timestamp(row.at),
            is_seen: row.seen_at.is_some(),
        })
    }
}

/// A page of an inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its lines, newest first.
    pub lines: Vec<Line>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many are unread, by topic, for every topic that has such.
    pub unseen: Vec<(Topic, u64)>,
}

/// A page of one's own inbox: of one topic or all, with what was read or without, from where another page ended.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn page(
    ctx: &Context,
    principal: &Principal,
    lang: Lang,
    topic: Option<Topic>,
    with_seen: bool,
    from: &str,
) -> Result<Page> {
    let person = principal.signed_in()?;
    let mut reader = ctx.db.reader();
    let asked = rows::Asked { topic: topic.map_or("", Topic::code), with_seen, after: place(from), limit: PAGE + 1 };
    let mut found = rows::list(&mut reader, person.id, ctx.now(), asked).await?;
    let has_more = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    if has_more {
        found.pop();
    }
    let next = found.last().filter(|_| has_more).map(|last| format!("{}-{}", last.at, last.id.simple()));
    let lines = found.into_iter().filter_map(|row| Line::of(row, lang)).collect();
    Ok(Page { lines, next, unseen: unseen(ctx, principal).await? })
}

/// The place in a list that an address names; from the top where it names none.
fn place(text: &str) -> Option<(Timestamp, Uuid)> {
    let (at, id) = text.split_once('-')?;
    Some((Timestamp(at.parse().ok()?), id.parse().ok()?))
}

/// How many lines are unread, by topic.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn unseen(ctx: &Context, principal: &Principal) -> Result<Vec<(Topic, u64)>> {
    let person = principal.signed_in()?;
    let rows = rows::unseen(&mut ctx.db.reader(), person.id, ctx.now()).await?;
    let known = rows.into_iter().filter_map(|(code, many)| Some((Topic::from_code(&code)?, u64::try_from(many).ok()?)));
    let mut known: Vec<_> = known.collect();
    known.sort_unstable();
    Ok(known)
}

/// Opens a line of one's own inbox, which marks it as read: where it leads, without the language.
///
/// # Errors
/// [`Refusal::NotFound`] if it is not one's own.
pub async fn open(ctx: &Context, principal: &Principal, id: Uuid) -> Result<String> {
    let person = principal.signed_in()?;
    let path = rows::path(&mut ctx.db.reader(), id, person.id, ctx.now()).await?.ok_or(Refusal::NotFound)?;
    let mut tx = ctx.db.begin().await?;
    rows::see(&mut tx, id, person.id, Some(ctx.now())).await?;
    tx.commit().await?;
    Ok(path)
}

/// Marks a line of one's own inbox as read, or as unread.
///
/// # Errors
/// [`Refusal::NotFound`] if it is not one's own.
pub async fn mark_unread(ctx: &Context, principal: &Principal, id: Uuid, unread: bool) -> Result<()> {
    let person = principal.signed_in()?;
    rows::path(&mut ctx.db.reader(), id, person.id, ctx.now()).await?.ok_or(Refusal::NotFound)?;
    let mut tx = ctx.db.begin().await?;
    rows::see(&mut tx, id, person.id, (!unread).then(|| ctx.now())).await?;
    tx.commit().await?;
    Ok(())
}

/// Marks everything, or everything of a topic, as read.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn mark_all(ctx: &Context, principal: &Principal, topic: Option<Topic>) -> Result<()> {
    let person = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    rows::see_all(&mut tx, person.id, ctx.now(), topic.map_or("", Topic::code)).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes that somebody opened a page: lines that lead to it are read.
///
/// # Errors
/// If the store fails.
pub async fn seen_at(ctx: &Context, principal: &Principal, path: &str) -> Result<()> {
    let person = principal.signed_in()?;
    if rows::leads_to(&mut ctx.db.reader(), person.id, ctx.now(), path).await? {
        let mut tx = ctx.db.begin().await?;
        rows::see_path(&mut tx, person.id, ctx.now(), path).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// How somebody gets a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The topic.
    pub topic: Topic,
    /// Its channel.
    pub channel: Channel,
}

/// How somebody wants to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The topics that can come to them.
    pub topics: Vec<Chosen>,
    /// When digests leave.
    pub times: Times,
    /// Whether they are a reader, of no organisation.
    pub is_reader: bool,
}

/// How one wants to be told oneself.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn settings(ctx: &Context, principal: &Principal) -> Result<Settings> {
    read(&mut ctx.db.reader(), principal).await
}

async fn read(db: &mut impl Read, principal: &Principal) -> Result<Settings> {
    let person = principal.signed_in()?;
    let kinds: Vec<OrgKind> = principal.memberships.iter().map(|member| member.kind).collect();
    let chosen = rows::choices(db, person.id).await?;
    let topics = Topic::ALL.iter().filter(|topic| topic.concerns(&kinds)).map(|topic| {
        let own = chosen.iter().find(|(code, _)| code == topic.code());
        Chosen { topic: *topic, channel: topic.channel(own.and_then(|(_, channel)| Channel::from_code(channel))) }
    });
    let topics = topics.collect();
    let times = rows::times(db, person.id).await?.unwrap_or_default();
    let is_reader = store::reader::by_person(db, person.id).await?.is_some();
    Ok(Settings { topics, times, is_reader })
}

/// Changes how one wants to be told: a field per topic by its code, `hour`, `weekday`. What is missing stays as it is.
///
/// # Errors
/// [`Refusal::Invalid`] for an hour or day that there is not.
pub async fn choose(ctx: &Context, principal: &Principal, fields: &Answers) -> Result<()> {
    let person = principal.signed_in()?;
    let mut tx = ctx.db.begin().await?;
    let before = read(&mut tx, principal).await?;
    for Chosen { topic, channel } in before.topics.iter().filter(|chosen| !chosen.topic.is_fixed()) {
        let Some(wanted) = Channel::from_code(fields.one(topic.code())).filter(|wanted| wanted != channel) else {
            continue;
        };
        rows::choose(&mut tx, person.id, *topic, Some(wanted).filter(|wanted| *wanted != topic.standard())).await?;
    }
    let number = |name: &str, old: u8| match fields.one(name) {
        "" => Ok(i64::from(old)),
        text => text.parse().map_err(|_| invalid(name, "Choose one of the list.")),
    };
    let (hour, weekday) = (number("hour", before.times.hour)?, number("weekday", before.times.weekday)?);
    let times = Times::new(hour, weekday).ok_or_else(|| invalid("hour", "Choose one of the list."))?;
    if times != before.times {
        rows::set_times(&mut tx, person.id, times).await?;
    }
    let after = read(&mut tx, principal).await?;
    if after != before {
        let act = Act::of_person(Actor::Person(person), Action::ManageSelf, "notifications chosen", person.id);
        audit::record(ctx, &mut tx, act, Some(&value(&before)), Some(&value(&after))).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn value(settings: &Settings) -> serde_json::Value {
    let topics: serde_json::Map<_, _> =
        settings.topics.iter().map(|chosen| (chosen.topic.code().to_owned(), json!(chosen.channel.code()))).collect();
    json!({ "topics": topics, "hour": settings.times.hour, "weekday": settings.times.weekday })
}
