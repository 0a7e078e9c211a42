//! Unsubscribing with one press, without signing in (RFC 8058).
//!
//! The token in a mail names person and topic only to this installation: both are encrypted under a synthetic initialisation
//! vector, an HMAC of what is encrypted (the construction of RFC 5297, with HMAC-SHA-256 for both steps). It never expires, so
//! that the oldest mail still unsubscribes; subscribing again is one press on the same page, or a choice in the settings.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    access::Action,
    ids::UserId,
    notify::{Channel, Topic},
};
use serde_json::json;
use store::{notify as rows, person};
use uuid::Uuid;

use crate::{
    Context, Refusal, Result,
    audit::{self, Act, Actor},
    secret,
};

/// What a mail can be stopped for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// One topic.
    Topic(Topic),
    /// A digest, with everything that comes in it.
    Digest(Channel),
}

impl What {
    const fn code(self) -> &'static str {
        match self {
            Self::Topic(topic) => topic.code(),
            Self::Digest(channel) => channel.code(),
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        let digest = || Channel::from_code(code).filter(|channel| channel.is_digest()).map(Self::Digest);
        Topic::from_code(code).filter(|topic| !topic.is_fixed()).map(Self::Topic).or_else(digest)
    }
}

const TAG: usize = 16;
const PERSON: usize = 16;
/// Room for a code, so that every token is equally long.
const CODE: usize = 16;

/// The token that stops something for somebody.
#[must_use]
pub fn token(ctx: &Context, person: UserId, what: What) -> String {
    let mut inside = [0; PERSON + CODE];
    inside[..PERSON].copy_from_slice(person.0.as_bytes());
    for (place, byte) in inside[PERSON..].iter_mut().zip(what.code().bytes()) {
        *place = byte;
    }
    let tag = tag(ctx, &inside);
    let mut whole = tag.to_vec();
    whole.extend(masked(ctx, &tag, &inside));
    URL_SAFE_NO_PAD.encode(whole)
}

fn tag(ctx: &Context, inside: &[u8]) -> [u8; TAG] {
    let whole = secret::keyed(&ctx.config.pepper, "unsubscribe tag", &[inside]);
    std::array::from_fn(|n| whole[n])
}

fn masked(ctx: &Context, tag: &[u8], inside: &[u8]) -> Vec<u8> {
    let mask = secret::keyed(&ctx.config.pepper, "unsubscribe mask", &[tag]);
    inside.iter().zip(mask).map(|(byte, mask)| byte ^ mask).collect()
}

fn read(ctx: &Context, token: &str) -> Option<(UserId, What)> {
    let whole = URL_SAFE_NO_PAD.decode(token).ok().filter(|whole| whole.len() == TAG + PERSON + CODE)?;
    let (given, hidden) = whole.split_at(TAG);
    let inside = masked(ctx, given, hidden);
    let expected = tag(ctx, &inside);
    if !secret::same(given, &expected) {
        return None;
    }
    let person = Uuid::from_slice(&inside[..PERSON]).ok()?;
    let code = std::str::from_utf8(&inside[PERSON..]).ok()?.trim_end_matches('\0');
    Some((UserId(person), What::from_code(code)?))
}

/// What a token stops, and whether it is stopped already. Changes nothing.
///
/// # Errors
/// [`Refusal::NotFound`] if this is no token of ours, or nobody's any more.
pub async fn look(ctx: &Context, token: &str) -> Result<(What, bool)> {
    let (person, what) = read(ctx, token).ok_or(Refusal::NotFound)?;
    let mut reader = ctx.db.reader();
    person::by_id(&mut reader, person).await?.filter(|row| row.disabled_at.is_none()).ok_or(Refusal::NotFound)?;
    let choices = rows::choices(&mut reader, person).await?;
    let stopped = topics(what, &choices).next().is_none();
    Ok((what, stopped))
}

/// The topics that a token would stop, as somebody has chosen now.
fn topics(what: What, choices: &[(String, String)]) -> impl Iterator<Item = Topic> {
    let channel = |topic: Topic| {
        let own = choices.iter().find(|(code, _)| code == topic.code());
        topic.channel(own.and_then(|(_, channel)| Channel::from_code(channel)))
    };
    Topic::ALL.iter().copied().filter(move |topic| match what {
        What::Topic(one) => *topic == one && channel(*topic) != Channel::Portal,
        What::Digest(digest) => channel(*topic) == digest,
    })
}

/// Stops the mails that a token names. Stopping twice is stopping once.
///
/// # Errors
/// [`Refusal::NotFound`] if this is no token of ours, or nobody's any more.
pub async fn stop(ctx: &Context, token: &str) -> Result<What> {
    change(ctx, token, false).await
}

/// Subscribes again to the topic of a token as it comes to everybody. What was stopped with a digest is chosen in the settings.
///
/// # Errors
/// [`Refusal::NotFound`] if this is no token of ours, names a digest, or is nobody's any more.
pub async fn again(ctx: &Context, token: &str) -> Result<What> {
    change(ctx, token, true).await
}

async fn change(ctx: &Context, token: &str, again: bool) -> Result<What> {
    let (id, what) = read(ctx, token).ok_or(Refusal::NotFound)?;
    let mut tx = ctx.db.begin().await?;
    person::by_id(&mut tx, id).await?.filter(|row| row.disabled_at.is_none()).ok_or(Refusal::NotFound)?;
    let choices = rows::choices(&mut tx, id).await?;
    let changed: Vec<Topic> = match (what, again) {
        (What::Topic(topic), true) => vec![topic],
        (What::Digest(_), true) => return Err(Refusal::NotFound),
        (_, false) => topics(what, &choices).collect(),
    };
    for topic in &changed {
        rows::choose(&mut tx, id, *topic, (!again).then_some(Channel::Portal)).await?;
    }
    if !changed.is_empty() {
        let step = if again { "subscribed again by a mail's link" } else { "unsubscribed by a mail's link" };
        let act = Act::of_person(Actor::Anonymous, Action::UseLink, step, id);
        let codes: Vec<_> = changed.iter().map(|topic| topic.code()).collect();
        audit::record(ctx, &mut tx, act, audit::NONE, Some(&json!({ "topics": codes }))).await?;
    }
    tx.commit().await?;
    Ok(what)
}
