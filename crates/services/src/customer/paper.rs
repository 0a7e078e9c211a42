//! Everything that goes into a customer's file on paper, and that somebody took it.
//!
//! The last three parts come from elsewhere in plain lines; each has a function of its own below, which asks whoever keeps them.

use domain::{
    access::{Action, Principal},
    answers::when::long_date,
    date::Date,
    ids::CustomerId,
    time::Timestamp,
};
use sha2::{Digest as _, Sha256};
use store::customer as files;

use super::{
    View,
    decision::{self, Panel, Rated},
    document::{self, Document},
    history,
    screening::{Recorded, Then, Why, record},
    view,
};
use crate::{
    Context, Refusal, Result, declaration,
    export::{self, Taken, Trace},
    licence,
    watchlist::Searched,
};

/// A file with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The file.
    pub view: View,
    /// SHA-256 over its present version, in hexadecimal.
    pub sha256: String,
    /// Its risk and decisions.
    pub panel: Panel,
    /// Ratings, the last one first.
    pub ratings: Vec<Rated>,
    /// Documents, those put aside last.
    pub documents: Vec<Document>,
    /// Versions, the last one first.
    pub history: Vec<super::Version>,
    /// Whenever somebody in it was looked for on watch lists.
    pub screenings: Vec<ScreeningLine>,
    /// Declarations of use.
    pub declarations: Vec<DeclarationLine>,
    /// What the authority answered about licences.
    pub licences: Vec<LicenceLine>,
}

/// A screening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScreeningLine {
    /// When.
    pub at: Timestamp,
    /// By whom or what; empty for the service itself.
    pub by: String,
    /// The engine's version.
    pub engine: String,
    /// Every list with its version.
    pub lists: Vec<(String, String)>,
    /// What was found.
    pub hits: Vec<HitLine>,
}

/// A hit of a screening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitLine {
    /// Who was looked for.
    pub party: String,
    /// Whom the list names.
    pub entry: String,
    /// The list.
    pub list: String,
    /// How alike, in words: `94 of 100`.
    pub score: String,
    /// What was decided, by whom, when and why; in words.
    pub decided: String,
}

/// A declaration of use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeclarationLine {
    /// For which substance.
    pub substance: String,
    /// Its form.
    pub form: String,
    /// Who signed it, with position.
    pub signed_by: String,
    /// When.
    pub signed_on: Option<Date>,
    /// Until when it holds.
    pub until: Option<Date>,
    /// How much was declared, and how much of it is used, in words.
    pub quantity: String,
    /// Where it stands, in words.
    pub state: String,
    /// SHA-256 over what was signed.
    pub sha256: String,
}

/// An answer about a licence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LicenceLine {
    /// For which substance.
    pub substance: String,
    /// Its number.
    pub number: String,
    /// When the authority was asked.
    pub asked: Timestamp,
    /// When it answered.
    pub answered: Option<Timestamp>,
    /// What, in words.
    pub answer: String,
}

/// Gathers a file with all that belongs to it, and notes in the log that the person takes it.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody outside its company.
pub async fn take(ctx: &Context, principal: &Principal, id: CustomerId) -> Result<Dossier> {
    let view = view(ctx, principal, id).await?;
    let json = files::version(&mut ctx.db.reader(), id, view.version).await?.ok_or(Refusal::NotFound)?;
    let dossier = Dossier {
        sha256: domain::encoding::hex(&Sha256::digest(&json)),
        panel: decision::panel(ctx, principal, id).await?,
        ratings: decision::ratings(ctx, principal, id).await?,
        documents: document::of_customer(ctx, principal, id).await?,
        history: every_version(ctx, principal, id).await?,
        screenings: screenings(ctx, id).await?,
        declarations: declarations(ctx, principal, id).await?,
        licences: licences(ctx, principal, id).await?,
        view,
    };
    let version = dossier.view.version;
    let trace = Trace { format: "pdf", rows: 1, filter: serde_json::json!({ "version": version }) };
    let (action, step) = (Action::ReadCustomers, "customer file taken as PDF");
    let taken = Taken { action, step, kind: "customer", id: id.to_string(), trace };
    export::note(ctx, principal, dossier.view.org, taken).await?;
    Ok(dossier)
}

async fn every_version(ctx: &Context, principal: &Principal, id: CustomerId) -> Result<Vec<super::Version>> {
    let (mut all, mut before) = (Vec::new(), None);
    loop {
        let (_, page, more) = history(ctx, principal, id, before).await?;
        before = page.last().map(|version| version.number);
        all.extend(page);
        if !more || before.is_none() {
            return Ok(all);
        }
    }
}

/// Whenever somebody in the file was looked for on watch lists.
async fn screenings(ctx: &Context, id: CustomerId) -> Result<Vec<ScreeningLine>> {
    Ok(record(ctx, id).await?.into_iter().map(screening).collect())
}

fn screening(found: Recorded) -> ScreeningLine {
    let by = match &found.why {
        Why::Screened(cause, person) => {
            [Some(cause.label().to_owned()), person.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        Why::List(list) => format!("version {} of {} was put in force", list.number, list.label),
        Why::Person | Why::Time => String::new(),
    };
    let version = |list: Searched| (list.label, if list.number > 0 { list.number.to_string() } else { String::new() });
    ScreeningLine {
        at: found.at,
        by,
        engine: found.engine,
        lists: found.lists.into_iter().map(version).collect(),
        hits: found.hits.into_iter().map(hit).collect(),
    }
}

fn hit(found: Then) -> HitLine {
    let said = found.steps.iter().rev().find(|step| step.decision.is_some());
    let decided = said.map(|step| {
        let what = step.decision.map_or("", |decision| decision.label());
        let who = step.person.as_deref().unwrap_or_default();
        format!("{what}, {who}, {}: {}", long_date(Date::of(step.at)), step.reason)
    });
    HitLine {
        party: found.name,
        entry: found.entry,
        list: found.list.label,
        score: format!("{:.0} of 100", (found.score * 100.0).floor()),
        decided: decided.unwrap_or_else(|| found.state.label().to_owned()),
    }
}

/// Its declarations of use: a line for each substance.
async fn declarations(ctx: &Context, principal: &Principal, id: CustomerId) -> Result<Vec<DeclarationLine>> {
    let found = declaration::of_customer(ctx, principal, id).await?;
    let lines = found.into_iter().flat_map(|one| {
        let (form, state, until) = (one.template.label.clone(), one.state.label(), one.until);
        let (at, sha256) = one.signed.map_or((None, String::new()), |signed| (Some(signed.at), signed.sha256));
        one.items.into_iter().map(move |counted| DeclarationLine {
            substance: counted.item.name,
            form: form.clone(),
            signed_by: String::new(),
            signed_on: at.map(Date::of),
            until,
            quantity: format!("{} of {}", counted.used, counted.item.quantity),
            state: state.to_owned(),
            sha256: sha256.clone(),
        })
    });
    Ok(lines.collect())
}

/// What the authority was asked and answered about its licences.
async fn licences(ctx: &Context, principal: &Principal, id: CustomerId) -> Result<Vec<LicenceLine>> {
    let found = licence::request::of_customer(ctx, principal, id).await?;
    let line = |request: licence::request::Request| {
        let (state, answer) = (request.state, request.answer);
        let words = answer.as_ref().map(|answer| {
            let until = answer.until.map(|day| format!("until {}", long_date(day))).unwrap_or_default();
            let all = [answer.outcome.label(), &until, &answer.note];
            all.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
        });
        LicenceLine {
            substance: request.question.substance_name,
            number: request.question.number,
            asked: request.at,
            answered: answer.map(|answer| answer.at),
            answer: words.unwrap_or_else(|| state.label().to_owned()),
        }
    };
    Ok(found.into_iter().map(line).collect())
}
