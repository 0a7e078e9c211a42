//! Learning: what people have read, their quizzes and certificates, and what organisations ask of their people.
//!
//! - Everybody may read everything and answer every quiz. Of those who have signed in it is kept what they read, every answer
//!   ([`quiz`]), and a certificate for what they passed ([`certificate`]). Nothing of it is ever changed.
//! - Who runs an organisation's account assigns modules to roles with a day ([`assign`]) and sees how far people are: never what
//!   they answered. [`remind`] tells people of days that come and certificates that ended.
//! - An authority can ask its people for a certificate before they answer industry ([`rule`]).

mod assign;
mod certificate;
mod quiz;
mod remind;
mod rule;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use std::collections::BTreeSet;

use domain::{
    access::Principal,
    date::Date,
    ids::UserId,
    learning::{
        self as contents, Case, Module,
        standing::{Held, Standing},
    },
};
use store::{Read, learning as rows};

use crate::{Context, Refusal, Result};

pub use assign::{Assignment, Line, Overview, Task, assign, end, overview, tasks};
pub use certificate::{Checked, Item, Training, admit, check, own, training};
pub use quiz::{Attempt, answer, last_attempt};
pub(crate) use remind::remind;
pub(crate) use rule::pass;
pub use rule::{Asked, Gate, asked, gate, holds, set_mode};

/// What stands in the place of a module's handle for a case.
const CASE: &str = "case/";

/// A module by the handle in an address.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none.
pub fn module(slug: &str) -> Result<&'static Module> {
    contents::module(slug).ok_or(Refusal::NotFound)
}

/// A case by the handle in an address.
///
/// # Errors
/// [`Refusal::NotFound`] if there is none.
pub fn case(slug: &str) -> Result<&'static Case> {
    contents::case(slug).ok_or(Refusal::NotFound)
}

/// What somebody has learned so far.
#[derive(Clone, Debug)]
pub struct Mine {
    read: BTreeSet<(String, i64, i64)>,
    /// Certificates, the newest first.
    pub certificates: Vec<Item>,
    today: Date,
}

impl Mine {
    /// Whether a page of the module's present version was read; pages count from 1.
    #[must_use]
    pub fn has_read(&self, module: &Module, page: usize) -> bool {
        let page = i64::try_from(page).unwrap_or(i64::MAX);
        self.read.contains(&(module.slug.clone(), i64::from(module.version), page))
    }

    /// How many pages of the module's present version were read.
    #[must_use]
    pub fn read(&self, module: &Module) -> usize {
        (1..=module.pages.len()).filter(|page| self.has_read(module, *page)).count()
    }

    /// Whether a case was decided.
    #[must_use]
    pub fn decided(&self, case: &Case) -> bool {
        self.read.contains(&(format!("{CASE}{}", case.slug), 0, 0))
    }

    /// The newest certificate of a module.
    #[must_use]
    pub fn certificate(&self, module: &Module) -> Option<&Item> {
        self.certificates.iter().find(|item| item.module == module.slug)
    }

    /// Where the person stands.
    #[must_use]
    pub fn standing(&self, module: &Module) -> Standing {
        let held = self.certificate(module).map(Item::held);
        Standing::of(module, self.read(module), held, self.today)
    }
}

/// What whoever asks has learned so far; none for somebody who has not signed in.
///
/// # Errors
/// If the store fails.
pub async fn mine(ctx: &Context, principal: &Principal) -> Result<Option<Mine>> {
    let Some(person) = &principal.person else { return Ok(None) };
    Ok(Some(of_person(ctx, &mut ctx.db.reader(), person.id).await?))
}

async fn of_person(ctx: &Context, db: &mut impl Read, person: UserId) -> Result<Mine> {
    let steps = rows::steps(db, person).await?;
    let certificates = rows::certificates(db, person).await?.into_iter().map(Item::of).collect();
    let read = steps.into_iter().map(|step| (step.module, step.version, step.page)).collect();
    Ok(Mine { read, certificates, today: today(ctx) })
}

fn today(ctx: &Context) -> Date {
    Date::of(ctx.now())
}

/// Marks a page as read, if somebody has signed in. Pages count from 1.
///
/// # Errors
/// [`Refusal::NotFound`] if the module has no such page.
pub async fn read_page(ctx: &Context, principal: &Principal, module: &Module, page: usize) -> Result<()> {
    if page == 0 || page > module.pages.len() {
        return Err(Refusal::NotFound);
    }
    let page = i64::try_from(page).map_err(|_| Refusal::NotFound)?;
    step(ctx, principal, rows::StepRow { module: module.slug.clone(), version: module.version.into(), page }).await
}

/// Marks a case as decided, if somebody has signed in.
///
/// # Errors
/// If the store fails.
pub async fn decide_case(ctx: &Context, principal: &Principal, case: &Case) -> Result<()> {
    step(ctx, principal, rows::StepRow { module: format!("{CASE}{}", case.slug), version: 0, page: 0 }).await
}

async fn step(ctx: &Context, principal: &Principal, step: rows::StepRow) -> Result<()> {
    let Some(person) = &principal.person else { return Ok(()) };
    // Most pages are read more than once; a writer is asked for only the first time.
    if rows::steps(&mut ctx.db.reader(), person.id).await?.contains(&step) {
        return Ok(());
    }
    let mut tx = ctx.db.begin().await?;
    rows::add_step(&mut tx, person.id, &step, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// What an organisation may know of how far somebody is.
fn held_of(row: &rows::CertificateRow) -> Held {
    Held { version: u32::try_from(row.version).unwrap_or(0), until: Date::from_days(row.until_on) }
}
