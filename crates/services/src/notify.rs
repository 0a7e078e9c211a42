//! News for people: what stands in their inboxes, how each of them wants it, and mails that gather several lines.
//!
//! An act tells people in its own transaction: [`tell`] takes whom and which mail; the mail's topic, the person's choice and
//! the state of their address decide what leaves, and when. [`crate::outbox::queue`] does the same for one address. A line
//! holds the name of a template, whose heading is its sentence, and a path; never what a case is about.
//!
//! Somebody's choice changes nothing of what they may see: every page behind a line checks that itself.

pub mod bounce;
pub mod digest;
mod inbox;
pub mod stop;
mod topics;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

pub use inbox::{Chosen, Line, Page, Settings, choose, mark_all, mark_unread, open, page, seen_at, settings, unseen};

use domain::{ids::UserId, lang::Lang, notify::Topic, time::Timestamp};
use store::{Tx, notify as rows, person};
use uuid::Uuid;

use crate::{Context, Result, outbox::Template};

/// Tells people: a line in each inbox that leads to `path` (without the language: `/c/7k3m9qtd/reports`), and mails as each of
/// them wants news of the template's topic. Those without a confirmed account are left out; whoever is named twice is told
/// once. Ten thousand people are no more statements than ten.
///
/// # Errors
/// [`crate::Refusal::Fault`] for a template that is no news; if the store fails.
pub async fn tell(ctx: &Context, tx: &mut Tx, people: &[UserId], template: Template, path: &str) -> Result<()> {
    let topic = template.topic().ok_or_else(|| crate::Refusal::Fault(format!("{template:?} is no news")))?;
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    let pairs: Vec<_> = people.into_iter().map(|person| (ctx.new_id(), person)).collect();
    put(ctx, tx, &pairs, (topic, template), ctx.now(), path, "").await
}

/// Tells whoever has an account with this address, under the identity and from the time given; false if nobody has, or if
/// the template is no news: then the mail is a letter like any other.
pub(crate) async fn tell_address(
    ctx: &Context,
    tx: &mut Tx,
    (id, due): (Uuid, Timestamp),
    template: Template,
    recipient: &str,
    (lang, path): (Lang, &str),
    detail: &str,
) -> Result<bool> {
    let Some(topic) = template.topic() else { return Ok(false) };
    let account = person::by_email(tx, recipient).await?.filter(|row| row.disabled_at.is_none());
    let Some(account) = account else { return Ok(false) };
    let tail = path.strip_prefix('/').and_then(|path| path.strip_prefix(lang.tag())).unwrap_or(path);
    put(ctx, tx, &[(id, UserId(account.id))], (topic, template), due, tail, detail).await?;
    Ok(true)
}

async fn put(
    ctx: &Context,
    tx: &mut Tx,
    pairs: &[(Uuid, UserId)],
    (topic, template): (Topic, Template),
    at: Timestamp,
    path: &str,
    detail: &str,
) -> Result<()> {
    let (base, now) = (ctx.config.base_url.as_str(), ctx.now());
    let news = rows::News { topic, template: template.name(), org: org_of(path), base, path, detail, at, now };
    rows::tell(tx, pairs, &news).await?;
    ctx.mail_queued.notify_one();
    Ok(())
}

/// The handle of the workspace that a path leads into; empty for none.
fn org_of(path: &str) -> &str {
    let mut parts = path.trim_start_matches('/').split(['/', '?']);
    match (parts.next(), parts.next()) {
        (Some("c" | "a" | "n" | "s"), Some(handle)) => handle,
        _ => "",
    }
}
