//! Full-text search of the desk. What is looked for never stands in an address: it is kept for the person who asked,
//! for some hours, under an identity that is worth nothing to anybody else.
//!
//! What a report is found by is written in the transaction of each of its versions ([`crate::report::submit`]): its
//! answers as they were understood, its number, the company's name, and what the catalogue calls its substances. Messages and
//! notes are added in the transaction that writes them ([`crate::thread`]): only the desk searches, and it reads both.

use std::{fmt, str::FromStr};

use domain::{
    access::{Action, Principal},
    encoding::hex,
    fulltext::{Piece, Question, Words, excerpt, nearest},
    ids::{OrgId, ReportId},
    question::SummaryGroup,
    reference::Reference,
    report::{CanonicalReport, State},
    substance::Catalogue,
    time::Timestamp,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::{
    Tx,
    report::ReportRow,
    search::{FoundRow, NewQuestion, Wanted},
};
use uuid::Uuid;

use crate::{
    Context, Result,
    audit::{self, Act},
    desk::View,
    error::{Problem, Refusal},
    report::{Cursor, access},
    seat::Seat,
};

/// How long a question is kept, microseconds: a working day.
pub const LIFE: i64 = 12 * Timestamp::HOUR;

/// Longest question, in characters.
pub const LONGEST: usize = 200;

/// Reports on a page.
const PAGE: i64 = 25;

/// Most characters of a report that are searched.
const BODY: usize = 100_000;

/// The identity under which a question is kept: what an address holds instead of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuestionId(pub(crate) Uuid);

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(f)
    }
}

impl FromStr for QuestionId {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self> {
        Uuid::try_parse(text).map(Self).map_err(|_| Refusal::NotFound)
    }
}

/// Where a question leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// It was the number of a report.
    Report(Reference),
    /// It was stored under this identity.
    Results(QuestionId),
}

/// A report that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its number.
    pub reference: Reference,
    /// Where it stands.
    pub state: State,
    /// Substances and amount.
    pub headline: String,
    /// The other party.
    pub party: String,
    /// Its country; may be empty.
    pub party_country: String,
    /// Name of the company.
    pub company: String,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// Where it says so, with the words marked.
    pub excerpt: Vec<Piece>,
}

/// What a question found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {
    /// What was typed.
    pub text: String,
    /// Only reports of this view; none for all.
    pub view: Option<View>,
    /// The newest first.
    pub hits: Vec<Hit>,
    /// Where the next page begins, if there is more.
    pub next: Option<Cursor>,
    /// The question as it was probably meant, if nothing was found.
    pub meant: Option<String>,
}

/// Takes a question, notes in the audit log that one was asked, and says where it leads.
///
/// # Errors
/// [`Refusal::Invalid`] without a word in it; [`Refusal::NotFound`] without a place at the desk.
pub async fn ask(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    text: &str,
    view: Option<View>,
) -> Result<Leads> {
    let seat = Seat::take(principal, authority, Action::ReadReports)?;
    if let Some(reference) = number(ctx, authority, text).await? {
        return Ok(Leads::Report(reference));
    }
    let text: String = text.trim().chars().take(LONGEST).collect();
    if Question::read(&text).is_none() {
        return Err(Refusal::Invalid(vec![Problem::new("words", "Type a word, a name or a reference")]));
    }
    let id = ctx.new_id();
    let shelf = view.map_or("", View::code);
    let question = NewQuestion { id, authority, person: seat.id(), text: &text, shelf, expires: ctx.now().plus(LIFE) };
    let mut tx = ctx.db.begin().await?;
    store::search::ask(&mut tx, &question).await?;
    let act = Act {
        actor: seat.actor(),
        action: Action::ReadReports,
        step: "reports searched",
        object_kind: "search",
        object_id: id.to_string(),
    };
    audit::record(ctx, &mut tx, act, audit::NONE, Some(&commitment(ctx, &text))).await?;
    tx.commit().await?;
    Ok(Leads::Results(QuestionId(id)))
}

/// What the log keeps of a question: whoever suspects which one it was can prove it, and nobody can read it.
fn commitment(ctx: &Context, text: &str) -> serde_json::Value {
    let salt = ctx.random::<32>();
    let digest = Sha256::new().chain_update(salt).chain_update(text).finalize();
    json!({ "salt": hex(&salt), "sha256": hex(&digest) })
}

/// The number of a report of this authority, if that is what was typed.
async fn number(ctx: &Context, authority: OrgId, text: &str) -> Result<Option<Reference>> {
    let Ok(reference) = text.trim().parse::<Reference>() else { return Ok(None) };
    let row = store::report::find(&mut ctx.db.reader(), reference.as_str()).await?;
    Ok(row.filter(|row| row.authority_id == authority.0).map(|_| reference))
}

/// A page of what a question found; none if the person asked no such question here, or it has lapsed.
///
/// # Errors
/// [`Refusal::NotFound`] without a place at the desk.
pub async fn results(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    id: QuestionId,
    after: Option<Cursor>,
) -> Result<Option<Results>> {
    piece(ctx, principal, authority, id, after, PAGE).await
}

/// The same with a page as long as one wants.
pub(crate) async fn piece(
    ctx: &Context,
    principal: &Principal,
    authority: OrgId,
    id: QuestionId,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Option<Results>> {
    let seat = Seat::take(principal, authority, Action::ReadReports)?;
    let mut db = ctx.db.reader();
    let asked = store::search::asked(&mut db, id.0, authority, seat.id(), ctx.now()).await?;
    let Some((text, shelf)) = asked else { return Ok(None) };
    let question = Question::read(&text).ok_or_else(|| Refusal::Fault("a stored question has no word".into()))?;
    let before = after.map_or(i64::MAX, |cursor| cursor.key);
    let wanted = Wanted { authority, question: &question, shelf: &shelf, before, limit: limit + 1 };
    let mut rows = store::search::find(&mut db, &wanted).await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| Cursor { key: row.place, id: row.id });
    let meant = if rows.is_empty() { meant(&mut db, authority, &text, &question).await? } else { None };
    let hits = rows.into_iter().map(|row| hit(row, &question)).collect::<Result<_>>()?;
    Ok(Some(Results { text, view: shelf.parse().ok(), hits, next, meant }))
}

fn hit(row: FoundRow, question: &Question) -> Result<Hit> {
    Ok(Hit {
        reference: row.reference.parse().map_err(|_| Refusal::Fault(format!("reference {}", row.reference)))?,
        state: access::state_of(&row.state)?,
        excerpt: excerpt(&row.body, question),
        headline: row.headline,
        party: row.party,
        party_country: row.party_country,
        company: row.company,
        sent_at: Timestamp(row.sent_at),
    })
}

/// The question with the words that no report holds put right, as far as a near one is known.
async fn meant(db: &mut store::Reader, authority: OrgId, text: &str, question: &Question) -> Result<Option<String>> {
    let mut meant = domain::fold::words(text);
    let mut changed = false;
    for word in question.mistypable() {
        let Some(first) = word.chars().next() else { continue };
        let known = store::search::words(db, authority, first).await?;
        if known.iter().any(|known| known == word) {
            continue;
        }
        if let Some(near) = nearest(word, known.iter().map(String::as_str)) {
            let words = meant.split(' ').map(|old| if old == word { near } else { old });
            meant = words.collect::<Vec<_>>().join(" ");
            changed = true;
        }
    }
    Ok(changed.then_some(meant))
}

/// Writes what a report is found by, in the transaction that writes what it says.
pub(crate) async fn index(
    tx: &mut Tx,
    catalogue: &Catalogue,
    row: &ReportRow,
    company: &str,
    summary: &[SummaryGroup],
    canonical: &CanonicalReport,
) -> Result<()> {
    let said = store::thread::said(tx, ReportId(row.id)).await?;
    put(tx, row, &join(body(catalogue, row, company, summary, canonical).chain(said))).await
}

/// Adds what was written to what the report is found by.
pub(crate) async fn add(tx: &mut Tx, row: &ReportRow, text: &str) -> Result<()> {
    let before = store::search::body(tx, ReportId(row.id)).await?;
    put(tx, row, &join(before.into_iter().chain([text.to_owned()]))).await
}

async fn put(tx: &mut Tx, row: &ReportRow, body: &str) -> Result<()> {
    store::search::set(tx, ReportId(row.id), OrgId(row.authority_id), body, &Words::of(body)).await?;
    Ok(())
}

fn join(parts: impl Iterator<Item = String>) -> String {
    let body = parts.collect::<Vec<_>>().join(" · ");
    body.chars().take(BODY).collect()
}

/// What a report says, in the order in which an excerpt should show it.
fn body<'a>(
    catalogue: &'a Catalogue,
    row: &'a ReportRow,
    company: &'a str,
    summary: &'a [SummaryGroup],
    canonical: &'a CanonicalReport,
) -> impl Iterator<Item = String> + 'a {
    let answers = summary.iter().flat_map(|group| &group.rows).filter(|answer| answer.provided);
    let answers = answers.map(|answer| answer.value.join(", "));
    let slugs = canonical.substances.iter().filter_map(|substance| substance.slug.as_deref());
    let names = slugs.filter_map(|slug| catalogue.find(slug)).map(|entry| entry.name.clone());
    answers.chain(names).chain([company.to_owned(), row.reference.clone()])
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
