//! Browsers from which somebody has signed in before.
//!
//! A browser carries a random mark in a cookie, and the database its hash, with the people who have signed in there. A
//! sign-in from a browser that a person has not used before is told to that person by mail, except the very first. The
//! mark also gives the browser a bucket of its own for throttling, so that strangers who guess at an account do not keep
//! its owner waiting. It signs nobody in.

use domain::{
    access::{Membership, Person},
    country::Country,
    ids::UserId,
    time::Timestamp,
};
use jiff::tz::TimeZone;
use store::{Read, Tx, browser as rows};

use crate::{
    Context, Result,
    outbox::{self, Template},
    secret,
};

/// How long a browser is known after a sign-in: the life of the cookie.
pub const LIFE: i64 = 180 * Timestamp::DAY;

fn since(ctx: &Context) -> Timestamp {
    ctx.now().plus(-LIFE)
}

/// Whether a person has signed in before from the browser with this mark.
///
/// # Errors
/// If the store fails.
pub(crate) async fn is_known(ctx: &Context, db: &mut impl Read, mark: &str, person: UserId) -> Result<bool> {
    Ok(rows::is_known(db, secret::hash(mark), person, since(ctx)).await?)
}

/// The name of the bucket of a person's known browser; none for every other.
///
/// # Errors
/// If the store fails.
pub(crate) async fn bucket(ctx: &Context, mark: Option<&str>, person: UserId) -> Result<Option<String>> {
    let Some(mark) = mark else { return Ok(None) };
    let known = is_known(ctx, &mut ctx.db.reader(), mark, person).await?;
    Ok(known.then(|| format!("{person} {mark}")))
}

/// Notes a sign-in; the mark for the cookie: the browser's own, or a new one if it has none of ours.
///
/// # Errors
/// If the store fails.
pub(crate) async fn note(ctx: &Context, tx: &mut Tx, person: UserId, mark: Option<&str>) -> Result<String> {
    let ours = match mark {
        Some(mark) if rows::is_ours(tx, secret::hash(mark), since(ctx)).await? => Some(mark.to_owned()),
        _ => None,
    };
    let mark = ours.unwrap_or_else(|| secret::token(ctx));
    rows::see(tx, secret::hash(&mark), person, ctx.now()).await?;
    Ok(mark)
}

/// Tells somebody of a sign-in from a browser that is new to them: when, by the clock of where they work, and from what
/// kind of browser. No network address: people cannot judge it, and it would tell where somebody is.
///
/// # Errors
/// If the store fails.
pub(crate) async fn tell(
    ctx: &Context,
    tx: &mut Tx,
    person: &Person,
    places: &[Membership],
    agent: &str,
) -> Result<()> {
    let zone = places.iter().find_map(|place| Country::parse(&place.country).ok()).map_or("UTC", Country::time_zone);
    let when = moment(ctx.now(), zone);
    let detail = name(agent).map_or_else(|| when.clone(), |browser| format!("{when}, {browser}"));
    let path = format!("/{}/me", person.lang.tag());
    outbox::queue(ctx, tx, Template::NewBrowser, &person.email, person.lang, &path, &detail).await
}

fn moment(at: Timestamp, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let at = jiff::Timestamp::from_microsecond(at.0).unwrap_or_default();
    at.to_zoned_datetime(zone).strftime("%-d %B %Y, %H:%M %Z").to_string()
}

/// A browser's description in a few words: "Firefox, Linux". Anything it cannot make out is `None`.
#[must_use]
pub fn name(agent: &str) -> Option<String> {
    // The order matters: most browsers also name those they want to be taken for.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Chromium/", "Chromium"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];
    let find =
        |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => Some(format!("{browser}, {system}")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
