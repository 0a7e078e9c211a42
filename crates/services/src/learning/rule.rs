//! Whether an authority asks its people for a certificate before they release anything to industry. Each authority chooses:
//! nothing is asked (so it begins), people are told, or the act is not possible without.
//!
//! An act that releases something calls [`pass`] in its transaction; its page shows what [`gate`] says.

use domain::{
    access::{Action, Principal},
    ids::{OrgId, UserId},
    learning::{
        self as contents,
        release::{MODULE, Mode},
    },
};
use serde_json::json;
use store::{
    Read,
    learning::{self as rows, assigned},
};

use super::{assign::record, today};
use crate::{Context, Refusal, Result, input::invalid, seat::Seat};

/// What stands between somebody and an act that releases something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Nothing.
    Open,
    /// They are told that they have no certificate.
    Told,
    /// They cannot do it without.
    Closed,
}

/// Whether somebody holds a certificate of a module today.
///
/// # Errors
/// If the store fails.
pub async fn holds(ctx: &Context, db: &mut impl Read, person: UserId, module: &str) -> Result<bool> {
    Ok(rows::holds(db, person, module, today(ctx).days()).await?)
}

async fn found(db: &mut impl Read, authority: OrgId) -> Result<Mode> {
    let mode = assigned::mode(db, authority).await?;
    Ok(mode.and_then(|code| Mode::from_code(&code)).unwrap_or(Mode::Off))
}

async fn between(ctx: &Context, db: &mut impl Read, person: UserId, authority: OrgId) -> Result<Gate> {
    let mode = found(db, authority).await?;
    // Without the module nobody could get the certificate.
    if mode == Mode::Off || contents::module(MODULE).is_none() || holds(ctx, db, person, MODULE).await? {
        return Ok(Gate::Open);
    }
    Ok(if mode == Mode::Require { Gate::Closed } else { Gate::Told })
}

/// What stands between whoever asks and what they would release for an authority.
///
/// # Errors
/// [`Refusal::NotSignedIn`] for nobody.
pub async fn gate(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Gate> {
    between(ctx, &mut ctx.db.reader(), principal.signed_in()?.id, authority).await
}

/// Lets an act pass that releases something.
///
/// # Errors
/// [`Refusal::NotPossible`] without the certificate, where the authority requires it.
pub(crate) async fn pass(ctx: &Context, db: &mut impl Read, seat: &Seat<'_>) -> Result<()> {
    match between(ctx, db, seat.id(), seat.membership.org).await? {
        Gate::Open | Gate::Told => Ok(()),
        Gate::Closed => Err(Refusal::NotPossible(
            "Your authority asks for the certificate of the module for authority staff before anything is released to \
             industry. Pass its quiz first, or ask a colleague who holds it."
                .to_owned(),
        )),
    }
}

/// What an authority asks, and how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What.
    pub mode: Mode,
    /// How many of those who release things hold the certificate today.
    pub hold: usize,
    /// How many they are.
    pub of: usize,
}

/// What an authority asks, and how it stands.
///
/// # Errors
/// [`Refusal::NotFound`] for anybody but those who assign.
pub async fn asked(ctx: &Context, principal: &Principal, authority: OrgId) -> Result<Asked> {
    Seat::take(principal, authority, Action::ManageLearning)?;
    let mut db = ctx.db.reader();
    let mut asked = Asked { mode: found(&mut db, authority).await?, hold: 0, of: 0 };
    let members = store::person::members(&mut db, authority).await?;
    for member in members.iter().filter(|member| member.may(Action::KeepLicences)) {
        asked.of += 1;
        asked.hold += usize::from(holds(ctx, &mut db, UserId(member.person_id), MODULE).await?);
    }
    Ok(asked)
}

/// Sets what an authority asks.
///
/// # Errors
/// [`Refusal::Invalid`] at `mode`; [`Refusal::NotFound`] for anybody but those who assign.
pub async fn set_mode(ctx: &Context, principal: &Principal, authority: OrgId, code: &str) -> Result<()> {
    let seat = Seat::take(principal, authority, Action::ManageLearning)?;
    let new = Mode::from_code(code).ok_or_else(|| invalid("mode", "Choose what is asked."))?;
    let mut tx = ctx.db.begin().await?;
    let old = found(&mut tx, authority).await?;
    if old == new {
        return Ok(());
    }
    assigned::set_mode(&mut tx, authority, new.code()).await?;
    let value = |mode: Mode| json!({ "asks": mode.code(), "module": MODULE });
    let step = "certificate asked for before release: changed";
    record(ctx, &mut tx, seat, step, Some(&value(old)), Some(&value(new))).await?;
    tx.commit().await?;
    Ok(())
}
